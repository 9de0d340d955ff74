use signed_note::{StandardSigner, StandardVerifier};

use super::*;
use crate::tests::support::{Counter, key};

#[test]
fn keys_and_signatures_are_those_of_the_standard_note_implementation() {
    // The example that the documentation of signed notes has always used.
    let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let key = LogKey::from_secret_string(secret).unwrap();
    assert_eq!(key.to_secret_string().as_str(), secret);
    assert_eq!(key.verifier().to_string(), public);
    assert_eq!(LogVerifier::parse(public).unwrap(), key.verifier());

    let standard = StandardSigner::new(secret).unwrap();
    let signature = key.sign(b"text\n").unwrap();
    assert_eq!(signature, standard.sign(b"text\n").unwrap());
    assert!(
        StandardVerifier::new(public)
            .unwrap()
            .verify(b"text\n", &signature)
    );
    assert!(key.verifier().verify(b"text\n", &signature));
    assert!(!key.verifier().verify(b"next\n", &signature));
    assert!(!key.verifier().verify(b"text\n", &signature[1..]));
}

#[test]
fn a_generated_key_takes_its_secret_from_the_given_random_source() {
    let one = LogKey::generate(&mut Counter(0), "log.example.com").unwrap();
    let same = LogKey::generate(&mut Counter(0), "log.example.com").unwrap();
    let other = LogKey::generate(&mut Counter(9), "log.example.com").unwrap();
    assert_eq!(one.verifier(), same.verifier());
    assert_ne!(one.verifier(), other.verifier());
    let kept = LogKey::from_secret_string(&other.to_secret_string()).unwrap();
    assert_eq!(kept.verifier(), other.verifier());
    assert_eq!(kept.origin(), "log.example.com");
}

#[test]
fn a_secret_key_with_any_changed_character_is_refused_and_never_shown() {
    let secret = key().to_secret_string();
    for position in 0..secret.len() {
        let mut changed = secret.as_bytes().to_vec();
        changed[position] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        let error = LogKey::from_secret_string(&changed).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(&secret[secret.len() - 20..]));
    }
    let shown = format!("{:?}", key());
    assert!(!shown.contains(secret.rsplit('+').next().unwrap()));
}

#[test]
fn a_verifier_key_has_exactly_one_text() {
    let text = key().verifier().to_string();
    for position in 0..text.len() {
        let mut changed = text.as_bytes().to_vec();
        changed[position] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        assert!(LogVerifier::parse(&changed).is_err(), "{changed}");
    }
    let (name, rest) = text.split_once('+').unwrap();
    let (id, encoded) = rest.split_once('+').unwrap();
    let upper = format!("{name}+{}+{encoded}", id.to_uppercase());
    for wrong in [
        "",
        "name",
        "name+00000000",
        "name+00000000+",
        &format!("{text}\n"),
        &format!(" {text}"),
        &format!("{name}+0{id}+{encoded}"),
        &upper,
    ] {
        assert!(
            *wrong == text || LogVerifier::parse(wrong).is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn weak_keys_and_keys_of_another_type_are_refused() {
    // The neutral element verifies signatures that nobody made.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let weak = VerifyingKey::from_bytes(&neutral).unwrap();
    let text = signed_note::new_ed25519_verifier_key("log.example.com", &weak);
    let error = LogVerifier::parse(&text).unwrap_err();
    assert!(error.to_string().contains("sound"), "{error}");

    let log = key().verifier().to_string();
    let error = WitnessVerifier::parse(&log).unwrap_err();
    assert!(error.to_string().contains("0x04"), "{error}");
}

#[test]
fn origins_that_cannot_be_key_names_are_refused() {
    for origin in ["", "a b", "a+b", "a\nb", "a\u{7}b", "a\u{a0}b"] {
        assert!(LogKey::from_seed(&[1; 32], origin).is_err(), "{origin:?}");
    }
}

#[test]
fn public_keys_are_their_text_in_json() {
    let verifier = key().verifier();
    let json = serde_json::to_string(&verifier).unwrap();
    assert_eq!(json, format!("\"{verifier}\""));
    assert_eq!(
        serde_json::from_str::<LogVerifier>(&json).unwrap(),
        verifier
    );
    assert!(serde_json::from_str::<LogVerifier>("\"x+y+z\"").is_err());
}
