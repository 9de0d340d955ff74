use base64::prelude::{BASE64_STANDARD, Engine};
use ed25519_dalek::{Signer, SigningKey};
use lagrum_notes::{VerifyingKey, role};
use proptest::prelude::*;

use super::*;
use crate::tests::support::{Place, commitments, key, policy};
use crate::{ConsistencyProof, verify_consistency};

/// A witness, made by hand after c2sp.org/tlog-cosignature.
struct Witness {
    name: &'static str,
    key: SigningKey,
}

impl Witness {
    fn new(name: &'static str, seed: u8) -> Self {
        let key = SigningKey::from_bytes(&[seed; 32]);
        Self { name, key }
    }

    fn material(&self) -> Vec<u8> {
        [&[4], self.key.verifying_key().as_bytes().as_slice()].concat()
    }

    fn verifier(&self) -> VerifyingKey<role::Witness> {
        let id = signed_note::key_id(self.name, &self.material());
        let encoded = BASE64_STANDARD.encode(self.material());
        VerifyingKey::parse(&format!("{}+{id:08x}+{encoded}", self.name)).unwrap()
    }

    fn line(&self, time: u64, body: &str) -> String {
        let message = format!("cosignature/v1\ntime {time}\n{body}");
        let mut bytes = signed_note::key_id(self.name, &self.material())
            .to_be_bytes()
            .to_vec();
        bytes.extend(time.to_be_bytes());
        bytes.extend(self.key.sign(message.as_bytes()).to_bytes());
        format!("\u{2014} {} {}\n", self.name, BASE64_STANDARD.encode(bytes))
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn a_checkpoint_counts_only_with_enough_witnesses_of_the_policy() {
    let (place, _) = Place::with_log(9);
    let plain = place.reader().checkpoint().unwrap().signed().clone();
    let (one, two) = (
        Witness::new("w.example/1", 1),
        Witness::new("w.example/2", 2),
    );
    let stranger = Witness::new("w.example/3", 3);
    let known = vec![one.verifier(), two.verifier()];
    let need =
        |required| CheckpointPolicy::new(key().verifying_key(), known.clone(), required).unwrap();

    assert!(need(0).verify(&plain).is_ok());
    assert!(refusal(need(1).verify(&plain)).contains("fewer witnesses"));

    let line = one.line(1_700_000_000, plain.body());
    let cosigned = plain.with_signatures(&line).unwrap();
    let verified = need(1).verify(&cosigned).unwrap();
    assert_eq!(verified.cosignatures().len(), 1);
    assert_eq!(verified.cosignatures()[0].witness, "w.example/1");
    assert_eq!(verified.cosignatures()[0].time, 1_700_000_000);
    // The same witness twice, or a stranger, is not a second witness.
    let twice = cosigned
        .with_signatures(&one.line(5, plain.body()))
        .unwrap();
    assert!(need(2).verify(&twice).is_err());
    let line = stranger.line(5, plain.body());
    assert!(
        need(2)
            .verify(&cosigned.with_signatures(&line).unwrap())
            .is_err()
    );
    let both = cosigned
        .with_signatures(&two.line(6, plain.body()))
        .unwrap();
    assert_eq!(need(2).verify(&both).unwrap().cosignatures().len(), 2);
    // Enough of them saw it: of two the older counts, of one the newer.
    assert_eq!(need(2).verify(&both).unwrap().seen_at(), Some(6));
    assert_eq!(
        need(1).verify(&both).unwrap().seen_at(),
        Some(1_700_000_000)
    );
    assert_eq!(need(0).verify(&both).unwrap().seen_at(), None);

    // A cosignature of another body, of an impossible time, or without the log's own signature.
    let line = one.line(5, "log.example.com/lagrum\n9\nother\n");
    assert!(
        need(0)
            .verify(&plain.with_signatures(&line).unwrap())
            .is_err()
    );
    let line = one.line(1 << 63, plain.body());
    assert!(
        need(0)
            .verify(&plain.with_signatures(&line).unwrap())
            .is_err()
    );
    let alone = format!("{}\n{}", plain.body(), one.line(5, plain.body()));
    let alone = SignedCheckpoint::parse(alone.as_bytes()).unwrap();
    assert!(refusal(need(1).verify(&alone)).contains("not signed by the log"));

    // And a proof takes the cosigned text in.
    let inclusion = place
        .reader()
        .prove(3)
        .unwrap()
        .with_checkpoint(both)
        .unwrap();
    let proof = Proof::new(inclusion, Vec::new()).unwrap();
    let read = Proof::parse(proof.to_string().as_bytes()).unwrap();
    assert!(read.verify(&need(2), &commitments(3, 4)[0]).is_ok());
}

#[test]
fn a_policy_in_which_a_key_would_count_twice_cannot_be_made() {
    let log = key().verifying_key();
    let one = Witness::new("w.example/1", 1).verifier();
    let same_key = Witness::new("w.example/2", 1).verifier();
    let same_name = Witness::new("w.example/1", 2).verifier();
    let log_key = Witness::new("w.example/3", 42).verifier();
    let make = |witnesses, required| CheckpointPolicy::new(log.clone(), witnesses, required);
    assert!(make(vec![one.clone()], 1).is_ok());
    assert!(make(vec![one.clone()], 2).is_err());
    assert!(make(vec![one.clone(), same_key], 1).is_err());
    assert!(make(vec![one, same_name], 1).is_err());
    assert!(make(vec![log_key], 1).is_err());
}

#[test]
fn a_proof_with_any_flipped_bit_is_refused() {
    let (place, _) = Place::with_log(300);
    let entry = commitments(270, 271)[0];
    let proof = Proof::new(place.reader().prove(270).unwrap(), Vec::new()).unwrap();
    let text = proof.to_string().into_bytes();
    assert!(
        Proof::parse(&text)
            .unwrap()
            .verify(&policy(), &entry)
            .is_ok()
    );
    for position in 0..text.len() {
        for bit in 0..8 {
            let mut flipped = text.clone();
            flipped[position] ^= 1 << bit;
            let accepted = Proof::parse(&flipped)
                .and_then(|proof| proof.verify(&policy(), &entry))
                .is_ok();
            assert!(!accepted, "bit {bit} of byte {position}");
        }
    }
}

#[test]
fn a_consistency_proof_with_any_flipped_bit_is_refused() {
    let (place, mut store) = Place::with_log(200);
    let old = place.reader().checkpoint().unwrap();
    place.append(&mut store, 200, 300).unwrap();
    let text = place.reader().prove_consistency(200).unwrap().to_string();
    let check = |bytes: &[u8]| -> Result<(), Error> {
        let proof = ConsistencyProof::parse(bytes)?;
        let new = policy().verify(proof.checkpoint())?;
        verify_consistency(&old, &new, &proof)
    };
    check(text.as_bytes()).unwrap();
    for position in 0..text.len() {
        for bit in 0..8 {
            let mut flipped = text.clone().into_bytes();
            flipped[position] ^= 1 << bit;
            assert!(check(&flipped).is_err(), "bit {bit} of byte {position}");
        }
    }
}

#[test]
fn the_text_of_a_consistency_proof_follows_the_specification_line_by_line() {
    let (place, mut store) = Place::with_log(1);
    place.append(&mut store, 1, 2).unwrap();
    let proof = place.reader().prove_consistency(1).unwrap();
    let hash = commitments(1, 2)[0].leaf_hash().to_base64();
    let expected = format!("old 1\n{hash}\n\n{}", proof.checkpoint());
    assert_eq!(proof.to_string(), expected);
    for (right, wrong) in [
        ("old 1", "old 01"),
        ("old 1", "Old 1"),
        ("old 1\n", ""),
        ("=\n\n", "\n\n"),
        ("\n\n", "\n\n\n"),
    ] {
        let text = expected.replacen(right, wrong, 1);
        assert!(ConsistencyProof::parse(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn the_text_of_a_proof_follows_the_specification_line_by_line() {
    let (place, _) = Place::with_log(3);
    let inclusion = place.reader().prove(2).unwrap();
    let checkpoint = inclusion.checkpoint().text().to_owned();
    let left = crate::tests::support::tree_by_definition(&commitments(0, 2));
    let proof = Proof::new(inclusion, b"salt and event".to_vec()).unwrap();
    let expected = format!(
        "c2sp.org/tlog-proof@v1\nextra c2FsdCBhbmQgZXZlbnQ=\nindex 2\n{}\n\n{checkpoint}",
        left.to_base64()
    );
    assert_eq!(proof.to_string(), expected);
    assert_eq!(proof.extra(), b"salt and event");
    assert_eq!(Proof::parse(expected.as_bytes()).unwrap(), proof);

    for (right, wrong, named) in [
        ("proof@v1", "proof@v2", "first line"),
        ("extra c2FsdCBhbmQgZXZlbnQ=", "extra ", "`extra`"),
        (
            "extra c2FsdCBhbmQgZXZlbnQ=",
            "extra c2FsdCBhbmQgZXZlbnR=",
            "`extra`",
        ),
        (
            "extra c2FsdCBhbmQgZXZlbnQ=",
            "extra c2FsdCBhbmQgZXZlbnQ",
            "`extra`",
        ),
        ("extra ", "extra  ", "`extra`"),
        ("extra ", "Extra ", "index"),
        ("index 2", "index 02", "`index`"),
        ("index 2", "index +2", "`index`"),
        ("index 2", "index  2", "`index`"),
        ("index 2", "index 2 ", "`index`"),
        ("index 2", "index ", "`index`"),
        ("index 2", "index 18446744073709551616", "`index`"),
        ("index 2\n", "", "index"),
        ("index 2\n", "index 2\r\n", "`index`"),
        ("\n\nlog.example", "\nlog.example", "hash lines"),
        ("\n\nlog.example", "\n\n\nlog.example", "checkpoint"),
        ("\n3\n", "\n03\n", "checkpoint"),
        ("\n3\n", "\n3\nmore\n\n", "checkpoint"),
    ] {
        let text = expected.replacen(right, wrong, 1);
        assert_ne!(text, expected);
        let error = refusal(Proof::parse(text.as_bytes()));
        assert!(error.contains(named), "{wrong:?}: {error}");
    }
    for wrong in [
        format!("{expected}\n"),
        format!("{expected}x"),
        format!("\n{expected}"),
    ] {
        assert!(Proof::parse(wrong.as_bytes()).is_err());
    }
    let hash = format!("{}\n", left.to_base64());
    let many = expected.replacen(&hash, &hash.repeat(64), 1);
    assert!(refusal(Proof::parse(many.as_bytes())).contains("63"));
}

#[test]
fn extra_data_larger_than_a_proof_may_carry_is_refused() {
    let (place, _) = Place::with_log(1);
    let inclusion = place.reader().prove(0).unwrap();
    assert!(Proof::new(inclusion.clone(), vec![0; MAXIMUM_EXTRA + 1]).is_err());
    let largest = Proof::new(inclusion, vec![0; MAXIMUM_EXTRA]).unwrap();
    assert_eq!(
        Proof::parse(largest.to_string().as_bytes()).unwrap(),
        largest
    );
}

#[test]
fn a_proof_of_another_log_is_refused() {
    let (place, _) = Place::with_log(2);
    let proof = place.reader().prove(0).unwrap();
    let other = lagrum_notes::SigningKey::from_seed(&[42; 32], "log.example.com/other").unwrap();
    let other = CheckpointPolicy::of_log(other.verifying_key());
    let error = refusal(proof.verify(&other, &commitments(0, 1)[0]));
    assert!(error.contains("another log"), "{error}");
}

proptest! {
    #[test]
    fn no_bytes_make_the_parsers_panic_and_what_they_accept_they_write_the_same(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        lines in "(c2sp.org/tlog-proof@v1\n|old 5\n)?(extra [A-Za-z]{4}\n)?(index [0-9]{1,3}\n)?([A-Za-z0-9+/]{43}=\n){0,3}\n?(a\n[0-9]{1,20}\n[A-Z]{43}=\n)?(b\n)?\n?(\u{2014} a [A-Za-z]{8,12}\n)?",
    ) {
        for bytes in [&bytes[..], lines.as_bytes()] {
            if let Ok(proof) = Proof::parse(bytes) {
                prop_assert!(proof.to_string().as_bytes() == bytes);
            }
            if let Ok(proof) = ConsistencyProof::parse(bytes) {
                prop_assert!(proof.to_string().as_bytes() == bytes);
            }
            if let Ok(checkpoint) = SignedCheckpoint::parse(bytes) {
                prop_assert_eq!(checkpoint.text().as_bytes(), bytes);
            }
        }
    }
}
