//! Proofs and checkpoints have exactly one text each.
use lagrum_log::{ConsistencyProof, Proof, Rule, SignedCheckpoint};

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    if let Ok(proof) = Proof::parse(bytes) {
        assert_eq!(proof.to_string().as_bytes(), bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(rule) = Rule::parse(text)
    {
        assert_eq!(rule.to_text(), text);
    }
    if let Ok(proof) = ConsistencyProof::parse(bytes) {
        assert_eq!(proof.to_string().as_bytes(), bytes);
    }
    if let Ok(checkpoint) = SignedCheckpoint::parse(bytes) {
        assert_eq!(checkpoint.to_string().as_bytes(), bytes);
    }
}
