//! Notes and keys from anybody: verified or refused, and a key has exactly one text.
use std::sync::OnceLock;

use lagrum_mandate::answer::{Receipt, Refusal, SignedAnswer};
use lagrum_model::RecipientKey;
use lagrum_notes::{MlDsaKey, SigningKey, VerifyingKey, divide_cosignature, role, verify_note};

type Keys = [VerifyingKey<role::Agent>; 3];

fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| {
        [1, 2, 3].map(|seed| {
            SigningKey::<role::Agent>::from_seed(&[seed; 32], "kvist.example/agent")
                .expect("a name")
                .verifying_key()
        })
    })
}

/// The two keys of the witness whose checkpoint is a seed.
fn witness() -> &'static [VerifyingKey<role::Witness>; 2] {
    static KEYS: OnceLock<[VerifyingKey<role::Witness>; 2]> = OnceLock::new();
    KEYS.get_or_init(|| {
        let (seed, name) = ([7; 32], "witness.example/w");
        let old = SigningKey::from_seed(&seed, name).expect("a name");
        let new = MlDsaKey::from_seed(&seed, name).expect("a name");
        [old.verifying_key(), new.verifying_key()]
    })
}

/// A cosigned checkpoint, and the key of a witness.
fn cosigned(bytes: &[u8]) {
    let known: Vec<_> = witness().iter().collect();
    if let Ok((text, _)) = verify_note(bytes, &known) {
        assert!(bytes.starts_with(text.as_bytes()));
    }
    let _ = divide_cosignature(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(key) = VerifyingKey::<role::Witness>::parse(text) {
        assert_eq!(key.to_string(), text);
    }
    if let Ok(key) = MlDsaKey::from_secret(text) {
        assert_eq!(*key.to_secret(), text.trim_end_matches(['\r', '\n']));
    }
}

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let keys: Vec<_> = keys().iter().collect();
    let _ = verify_note(bytes, &keys);
    let _ = Receipt::verify(bytes, &keys);
    let _ = Refusal::verify(bytes, &keys);
    cosigned(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(key) = VerifyingKey::<role::Log>::parse(text) {
        assert_eq!(key.to_string(), text);
    }
    let _ = SigningKey::<role::Log>::from_secret(text);
    if let Ok(key) = RecipientKey::parse(text) {
        assert_eq!(key.as_str(), text);
        if key.certificate().is_some() {
            return;
        }
        let to: age::x25519::Recipient = String::from(key).parse().expect("age knows the key");
        age::encrypt(&to, b"x").expect("whatever is a key can be sealed to");
    }
}
