//! Passkeys among the keys that sign notes.

use super::*;
use crate::testing::Passkey;
use crate::{Assertion, passkey_challenge, passkey_line};

const ORIGIN: &str = "https://desk.kvist.example";
const NAME: &str = "firm.example/maja-passkey";
const TEXT: &str = "a mandate\n";

fn maja() -> Passkey {
    Passkey::new(1, ORIGIN)
}

#[test]
fn a_passkey_signs_a_note_beside_a_key_of_another_kind() {
    let (olof, public) = (person(3, "kvist.example/olof"), maja().named(NAME));
    let lines = [olof.sign_line(TEXT).unwrap(), maja().sign_line(NAME, TEXT)];
    let note = assemble(TEXT, &[&lines[0], &lines[1]]);
    let known = [&olof.verifying_key(), &public];
    let (text, by) = verify_note(note.as_bytes(), &known).unwrap();
    assert_eq!((text.as_str(), by), (TEXT, known.to_vec()));
    assert_eq!(public.passkey(), Some(&maja().key()));
    assert_eq!(olof.verifying_key().passkey(), None);
}

#[test]
fn the_line_of_a_passkey_counts_for_no_other_text_key_or_name() {
    let line = maja().sign_line(NAME, TEXT);
    let public = maja().named(NAME);
    let fits = |text: &str, line: &str, key: &VerifyingKey<Person>| {
        verify_note(assemble(text, &[line]).as_bytes(), &[key]).is_ok()
    };
    assert!(fits(TEXT, &line, &public));
    assert!(!fits("another mandate\n", &line, &public));
    assert!(!fits(TEXT, &line, &maja().named("firm.example/eva")));
    for other in [
        Passkey::new(2, ORIGIN).named(NAME),
        Passkey::new(1, "https://evil.example").named(NAME),
        Passkey::new(1, "https://desk.kvist.example:8443").named(NAME),
    ] {
        assert!(!fits(TEXT, &line, &other), "{other}");
        // Nor with the other key's name and id before it.
        let claimed = passkey_line(&other, &maja().sign(&passkey_challenge(TEXT))).unwrap();
        assert!(!fits(TEXT, &claimed, &other), "{other}");
    }
}

#[test]
fn one_flipped_bit_anywhere_makes_the_line_of_a_passkey_worthless() {
    let public = maja().named(NAME);
    let note = assemble(TEXT, &[&maja().sign_line(NAME, TEXT)]);
    assert!(verify_note(note.as_bytes(), &[&public]).is_ok());
    for bit in 0..note.len() * 8 {
        let mut changed = note.clone().into_bytes();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(verify_note(&changed, &[&public]).is_err(), "bit {bit}");
    }
}

#[test]
fn one_signature_gives_one_line() {
    let public = maja().named(NAME);
    let challenge = passkey_challenge(TEXT);
    let made = maja().sign(&challenge);
    let twin = Assertion {
        signature: crate::testing::twin(&made.signature),
        ..made.clone()
    };
    assert_ne!(made, twin);
    // Both are a browser's, and both are the passkey's.
    assert_eq!(maja().key().verify(&challenge, &made), Ok(()));
    assert_eq!(maja().key().verify(&challenge, &twin), Ok(()));
    let line = passkey_line(&public, &made).unwrap();
    assert_eq!(line, passkey_line(&public, &twin).unwrap());
    // A line with the upper one, which nobody but a forger writes, is none.
    let (lower, upper) = match made.lower().unwrap() == made {
        true => (made, twin),
        false => (twin, made),
    };
    for (assertion, counts) in [(lower, true), (upper, false)] {
        let mut bytes = public.key_id().to_be_bytes().to_vec();
        bytes.extend(assertion.to_bytes().unwrap());
        use base64::Engine as _;
        let encoded = base64::prelude::BASE64_STANDARD.encode(bytes);
        let note = assemble(TEXT, &[&format!("\u{2014} {NAME} {encoded}")]);
        assert_eq!(verify_note(note.as_bytes(), &[&public]).is_ok(), counts);
    }
}

#[test]
fn only_a_passkey_gives_the_line_of_a_passkey_and_only_with_a_signature() {
    let made = maja().sign(&passkey_challenge(TEXT));
    let error = passkey_line(&person(3, NAME).verifying_key(), &made).unwrap_err();
    assert!(error.to_string().contains("must be a passkey"), "{error}");
    for (wrong, says) in [
        (
            Assertion {
                client_data: vec![b' '; 5000],
                ..made.clone()
            },
            "size",
        ),
        (
            Assertion {
                signature: vec![0; 64],
                ..made
            },
            "signature",
        ),
    ] {
        let error = passkey_line(&maja().named(NAME), &wrong).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn a_passkey_is_a_persons_key_and_never_a_logs_an_agents_or_a_witness() {
    let text = maja().named(NAME).to_string();
    assert_eq!(
        VerifyingKey::<Person>::parse(&text).unwrap(),
        maja().named(NAME)
    );
    assert!(VerifyingKey::<Log>::parse(&text).is_err());
    assert!(VerifyingKey::<Agent>::parse(&text).is_err());
    assert!(VerifyingKey::<Witness>::parse(&text).is_err());
    let json = format!("\"{text}\"");
    assert!(serde_json::from_str::<VerifyingKey<Person>>(&json).is_ok());
    assert!(serde_json::from_str::<VerifyingKey<Agent>>(&json).is_err());
}

#[test]
fn the_text_of_a_passkey_is_its_one_text_and_shows_where_it_signs() {
    let public = maja().named(NAME);
    let text = public.to_string();
    for at in 0..text.len() {
        let mut changed = text.as_bytes().to_vec();
        changed[at] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        assert!(
            VerifyingKey::<Person>::parse(&changed).is_err(),
            "{changed}"
        );
    }
    use base64::Engine as _;
    let base64 = base64::prelude::BASE64_STANDARD;
    let encoded = text.splitn(3, '+').last().unwrap();
    let material = base64.decode(encoded).unwrap();
    assert_eq!(material[0], 0xff);
    assert_eq!(&material[1..23], b"lagrum passkey es256/1");
    assert_eq!(&material[56..], ORIGIN.as_bytes());
    // What is not exactly that, under the id that would belong to it.
    let longer_point = {
        let point = p256::PublicKey::from_sec1_bytes(&material[23..56]).unwrap();
        use p256::elliptic_curve::sec1::ToEncodedPoint as _;
        point.to_encoded_point(false).as_bytes().to_vec()
    };
    for wrong in [
        material[..56].to_vec(),
        material[..40].to_vec(),
        material[..1].to_vec(),
        [&material[..], b"/"].concat(),
        [&material[..], b"\xff"].concat(),
        [&b"\xfflagrum passkey es256/2"[..], &material[23..]].concat(),
        [&material[..23], &longer_point, ORIGIN.as_bytes()].concat(),
        [&material[..23], &[0; 33], ORIGIN.as_bytes()].concat(),
    ] {
        let id = signed_note::key_id(NAME, &wrong);
        let text = format!("{NAME}+{id:08x}+{}", base64.encode(&wrong));
        assert!(VerifyingKey::<Person>::parse(&text).is_err(), "{text}");
    }
    let huge = format!("{NAME}+00000000+{}", "A".repeat(1 << 20));
    assert!(VerifyingKey::<Person>::parse(&huge).is_err());
}

#[test]
fn a_key_is_the_same_key_wherever_it_may_sign() {
    let public = maja().named(NAME);
    let elsewhere = Passkey::new(1, "https://desk.example").named("firm.example/eva");
    assert!(public.same_key(&elsewhere) && public != elsewhere);
    assert!(!public.same_key(&Passkey::new(2, ORIGIN).named(NAME)));
    assert!(!public.same_key(&person(1, NAME).verifying_key()));
    for name in ["", "a b", "a+b", "a\nb"] {
        assert!(VerifyingKey::from_passkey(name, maja().key()).is_err());
    }
}

#[test]
fn a_key_of_another_kind_under_the_same_name_and_id_gives_no_passkey_a_signature() {
    // The ids have 32 bits. These two were found among 250 000 keys and 64 000 origins.
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&185_008_u32.to_be_bytes());
    let key = SigningKey::<Person>::from_seed(&seed, NAME).unwrap();
    let passkey = Passkey::new(1, "https://desk.kvist.example:18027");
    let (ed25519, public) = (key.verifying_key(), passkey.named(NAME));
    assert_eq!(ed25519.key_id(), public.key_id());
    assert_ne!(ed25519, public);
    let lines = [key.sign_line(TEXT).unwrap(), passkey.sign_line(NAME, TEXT)];
    for (line, fits, other) in [
        (&lines[0], &ed25519, &public),
        (&lines[1], &public, &ed25519),
    ] {
        let note = assemble(TEXT, &[line]);
        assert!(verify_note(note.as_bytes(), &[fits]).is_ok());
        assert!(verify_note(note.as_bytes(), &[other]).is_err());
        // Known together, neither is told from the other, and so neither counts.
        assert!(verify_note(note.as_bytes(), &[fits, other]).is_err());
    }
    let both = assemble(TEXT, &[&lines[0], &lines[1]]);
    assert!(verify_note(both.as_bytes(), &[&ed25519, &public]).is_err());
}
