//! Proofs and checkpoints have exactly one text each.
#![cfg_attr(fuzzing, no_main)]
use lagrum_log::{ConsistencyProof, Proof, SignedCheckpoint};

lagrum_fuzz::target!(|bytes| {
    if let Ok(proof) = Proof::parse(bytes) {
        assert_eq!(proof.to_string().as_bytes(), bytes);
    }
    if let Ok(proof) = ConsistencyProof::parse(bytes) {
        assert_eq!(proof.to_string().as_bytes(), bytes);
    }
    if let Ok(checkpoint) = SignedCheckpoint::parse(bytes) {
        assert_eq!(checkpoint.to_string().as_bytes(), bytes);
    }
});
