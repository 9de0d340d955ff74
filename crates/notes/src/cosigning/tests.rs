//! The primitive against vectors and a second implementation; the form against what OpenSSL signed.

use aws_lc_rs::signature::{self as second, KeyPair as _, PqdsaKeyPair, UnparsedPublicKey};
use sha2::{Digest, Sha256};

use super::*;
use crate::ml_dsa::{MATRIX, PUBLIC};
use crate::{SigningKey, assemble, verify_note};

const NAME: &str = "witness.example/w";
const TIME: u64 = 1_800_000_000;

fn key(seed: u8) -> MlDsaKey {
    MlDsaKey::from_seed(&[seed; 32], NAME).unwrap()
}

/// The body of a checkpoint.
fn body(origin: &str, size: u64, root: u8) -> String {
    format!("{origin}\n{size}\n{}\n", BASE64_STANDARD.encode([root; 32]))
}

fn here() -> String {
    body("log.example.com/lagrum", 7, 1)
}

/// The lines of a file of vectors, divided.
fn vectors(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split(' ').collect())
}

fn hexadecimal(text: &str) -> Vec<u8> {
    let digits = |at| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digits).collect()
}

fn digest(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

#[test]
fn keys_and_signatures_are_those_of_the_vectors() {
    let mut tried = 0;
    for vector in vectors(include_str!("vectors/sign.txt")) {
        let [number, seed, message, public, signature] = vector[..] else {
            panic!("{vector:?}");
        };
        let seed: [u8; 32] = hexadecimal(seed).try_into().unwrap();
        let key = MlDsaKey::from_seed(&seed, NAME).unwrap();
        let encoded = key.key.verifying_key().encode();
        assert_eq!(digest(&encoded), hexadecimal(public), "{number}");
        let made = key.key.try_sign(&hexadecimal(message)).unwrap();
        assert_eq!(digest(&made.encode()), hexadecimal(signature), "{number}");
        tried += 1;
    }
    assert!(tried > 60, "{tried}");
}

/// Every fault that its verification had while it was made is among them: a hint twice, hints in another order, too many,
/// padding, a norm at its limit.
#[test]
fn what_the_vectors_call_valid_is_verified_and_nothing_else() {
    let mut results = Vec::new();
    for vector in vectors(include_str!("vectors/verify.txt")) {
        let [number, result, public, message, signature] = vector[..] else {
            panic!("{vector:?}");
        };
        let [public, message, signature] =
            [public, message, signature].map(|text| BASE64_STANDARD.decode(text).unwrap());
        let verified = MlDsaPublic::from_bytes(&public).map(|key| key.verify(&message, &signature));
        let expected = match result {
            "valid" => Some(true),
            "invalid" => Some(false),
            // Valid for the standard; but everybody can sign for such a key.
            "zero-key" => None,
            other => panic!("{other}"),
        };
        assert_eq!(verified, expected, "{number}");
        results.push(result);
    }
    for result in ["valid", "invalid", "zero-key"] {
        assert!(results.contains(&result), "{result}");
    }
}

/// AWS-LC, written by others, in C: one takes what the other makes, and refuses what the other refuses.
#[test]
fn a_second_implementation_agrees() {
    for number in 0..12_u8 {
        let seed: [u8; 32] = Sha256::digest([number]).into();
        let (own, text) = (MlDsaKey::from_seed(&seed, NAME).unwrap(), [number; 50]);
        let other = PqdsaKeyPair::from_seed(&second::ML_DSA_44_SIGNING, &seed).unwrap();
        let public = own.key.verifying_key().encode();
        assert_eq!(other.public_key().as_ref(), public.as_slice());
        let other_takes = |signature: &[u8]| {
            let key = UnparsedPublicKey::new(&second::ML_DSA_44, public.as_slice());
            key.verify(&text, signature).is_ok()
        };
        let own_takes = |signature: &[u8]| {
            MlDsaPublic::from_bytes(&public)
                .unwrap()
                .verify(&text, signature)
        };
        let signature = own.key.try_sign(&text).unwrap().encode();
        assert!(other_takes(&signature) && own_takes(&signature));
        let mut theirs = vec![0; second::ML_DSA_44_SIGNING.signature_len()];
        other.sign(&text, &mut theirs).unwrap();
        assert!(other_takes(&theirs) && own_takes(&theirs));
        // One bit elsewhere: in the challenge, the response and, at the end, the hints.
        for place in (0..theirs.len()).step_by(199).chain(2336..2420) {
            let mut changed = theirs.clone();
            changed[place] ^= 1 << (place % 8);
            assert!(!own_takes(&changed) && !other_takes(&changed), "{place}");
        }
    }
}

/// The note and its key were made with OpenSSL 4.0 (through Python's `cryptography` 48) over a message put together after
/// c2sp.org/tlog-cosignature, from the seed of 32 sevens.
#[test]
fn a_cosignature_that_openssl_made_is_verified() {
    let text = include_str!("vectors/openssl.vkey").trim_end();
    let note = include_str!("vectors/openssl.note");
    assert_eq!(key(7).verifying_key().to_string(), text);
    let known = VerifyingKey::<Witness>::parse(text).unwrap();
    let (body, by) = verify_note(note.as_bytes(), &[&known]).unwrap();
    assert_eq!(by, [&known]);
    assert!(body.starts_with("log.example.com/lagrum\n20852163\n"));
    // Of the same statement, only the randomness differs.
    let own = key(7).cosign(&body, 1_679_315_147).unwrap();
    let (name, own) = own.rsplit_once(' ').unwrap();
    let theirs = note.lines().last().unwrap();
    assert!(theirs.starts_with(name));
    assert_eq!(own[..16], theirs.rsplit_once(' ').unwrap().1[..16]);
}

#[test]
fn the_message_is_that_of_the_specification_to_the_byte() {
    let mut expected = b"subtree/v1\n\0\x01w".to_vec();
    expected.extend([0, 0, 0, 0, 0, 0, 1, 2]);
    expected.extend(b"\x03log");
    expected.extend([0; 8]);
    expected.extend([0, 0, 0, 0, 0, 0, 3, 4]);
    expected.extend([9; 32]);
    let made = message("w", 0x102, body("log", 0x304, 9).as_bytes());
    assert_eq!(made.unwrap(), expected);
    // Lines after the third are not signed.
    let longer = body("log", 0x304, 9) + "an extension\n";
    assert_eq!(message("w", 0x102, longer.as_bytes()).unwrap(), expected);
}

#[test]
fn what_is_no_checkpoint_is_neither_cosigned_nor_verified() {
    let root = BASE64_STANDARD.encode([1; 32]);
    let short = BASE64_STANDARD.encode([1; 31]);
    for wrong in [
        String::new(),
        "log\n7\n".into(),
        format!("log\n7\n{root}"),
        format!("log\n7\n{short}\n"),
        format!("log\n7\n{}\n", &root[1..]),
        format!("log\n07\n{root}\n"),
        format!("log\n+7\n{root}\n"),
        format!("log\n-7\n{root}\n"),
        format!("log\n18446744073709551616\n{root}\n"),
        format!("\n7\n{root}\n"),
        format!("{}\n7\n{root}\n", "o".repeat(256)),
    ] {
        assert!(message(NAME, TIME, wrong.as_bytes()).is_none(), "{wrong:?}");
        assert!(key(1).cosign(&wrong, TIME).is_err(), "{wrong:?}");
    }
    assert!(message(NAME, TIME, b"log\n7\n\xff\n").is_none());
    assert!(key(1).cosign(&body(&"o".repeat(255), 7, 1), TIME).is_ok());
    for time in [0, 1 << 63, u64::MAX] {
        assert!(key(1).cosign(&here(), time).is_err());
    }
}

#[test]
fn another_origin_size_root_time_name_or_key_is_refused() {
    let (own, text) = (key(1), here());
    let public = own.verifying_key();
    let line = own.cosign(&text, TIME).unwrap();
    assert_eq!(line, own.cosign(&text, TIME).unwrap());
    let verified = |text: &str, line: &str, known: &VerifyingKey<Witness>| {
        verify_note(assemble(text, &[line]).as_bytes(), &[known]).is_ok()
    };
    assert!(verified(&text, &line, &public));
    for other in [
        body("log.example.com/lagrun", 7, 1),
        body("log.example.com/lagrum", 8, 1),
        body("log.example.com/lagrum", 7, 2),
        "a mandate\n".into(),
    ] {
        assert!(!verified(&other, &line, &public), "{other}");
    }
    // The same signature with another time, and under another name and the id that belongs to it.
    let (name, encoded) = line.rsplit_once(' ').unwrap();
    let bytes = BASE64_STANDARD.decode(encoded).unwrap();
    let signed = |name: &str, bytes: &[u8]| format!("{name} {}", BASE64_STANDARD.encode(bytes));
    assert!(verified(&text, &signed(name, &bytes), &public));
    for place in 4..12 {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        assert!(
            !verified(&text, &signed(name, &changed), &public),
            "{place}"
        );
    }
    let elsewhere = MlDsaKey::from_seed(&[1; 32], "other.example/w").unwrap();
    let renamed = elsewhere.verifying_key();
    assert!(renamed.same_key(&public) && renamed != public);
    let moved = [&renamed.key_id().to_be_bytes()[..], &bytes[4..]].concat();
    let moved = signed("\u{2014} other.example/w", &moved);
    assert!(!verified(&text, &moved, &renamed));
    // A bit more or less.
    assert!(!verified(
        &text,
        &signed(name, &bytes[..bytes.len() - 1]),
        &public
    ));
    assert!(!verified(
        &text,
        &signed(name, &[&bytes[..], &[0]].concat()),
        &public
    ));
    // Another key's signature in this one's name spoils the note, though a good one stands beside it.
    let false_one = key(2).cosign(&text, TIME).unwrap();
    let false_one = BASE64_STANDARD.decode(false_one.rsplit_once(' ').unwrap().1);
    let false_one = [&bytes[..4], &false_one.unwrap()[4..]].concat();
    let ed25519 = SigningKey::<Witness>::from_seed(&[1; 32], NAME).unwrap();
    let other = ed25519.verifying_key();
    let good = ed25519.cosign(&text, TIME).unwrap();
    let note = assemble(&text, &[&good, &signed(name, &false_one)]);
    assert!(verify_note(note.as_bytes(), &[&other, &public]).is_err());
    assert!(verify_note(note.as_bytes(), &[&other]).is_ok());
}

#[test]
fn a_key_of_one_type_under_the_id_of_the_other_is_refused() {
    let ml_dsa = key(1).verifying_key().to_string();
    let ed25519 = SigningKey::<Witness>::from_seed(&[1; 32], NAME).unwrap();
    let ed25519 = ed25519.verifying_key().to_string();
    let parts = |text: &str| -> Vec<String> { text.split('+').map(str::to_owned).collect() };
    let material = |text: &str| {
        let encoded = text.splitn(3, '+').last().unwrap().to_owned();
        BASE64_STANDARD.decode(encoded).unwrap()
    };
    let parse = |id: &str, material: &[u8]| {
        let text = format!("{NAME}+{id}+{}", BASE64_STANDARD.encode(material));
        VerifyingKey::<Witness>::parse(&text)
    };
    let (id, other_id) = (&parts(&ml_dsa)[1], &parts(&ed25519)[1]);
    assert!(parse(id, &material(&ml_dsa)).unwrap().is_ml_dsa());
    assert!(!parse(other_id, &material(&ed25519)).unwrap().is_ml_dsa());
    assert!(parse(other_id, &material(&ml_dsa)).is_err());
    assert!(parse(id, &material(&ed25519)).is_err());
    // The bytes of the one with the type of the other, under the id that belongs to that.
    for (kind, bytes) in [
        (0x04, material(&ml_dsa)),
        (0x06, material(&ed25519)),
        (0x05, material(&ml_dsa)),
    ] {
        let typed = [&[kind], &bytes[1..]].concat();
        let id = signed_note::key_id(NAME, &typed);
        assert!(parse(&format!("{id:08x}"), &typed).is_err(), "{kind}");
    }
    // Nobody but a witness has one.
    for error in [
        VerifyingKey::<crate::role::Log>::parse(&ml_dsa).unwrap_err(),
        VerifyingKey::<crate::role::Person>::parse(&ml_dsa).unwrap_err(),
        VerifyingKey::<crate::role::Agent>::parse(&ml_dsa).unwrap_err(),
    ] {
        assert!(matches!(error, NoteError::Key { .. }), "{error}");
    }
    // A key of zeroes, with which everybody signs.
    let zero = [&[0x06], &[5; MATRIX][..], &[0; PUBLIC - MATRIX]].concat();
    let id = format!("{:08x}", signed_note::key_id(NAME, &zero));
    let error = parse(&id, &zero).unwrap_err();
    assert!(error.to_string().contains("sound"), "{error}");
}

#[test]
fn a_verifier_key_has_exactly_one_text_and_a_name_that_fits() {
    let text = key(1).verifying_key().to_string();
    for place in (0..60)
        .chain((60..text.len()).step_by(97))
        .chain([text.len() - 1])
    {
        let mut changed = text.clone().into_bytes();
        changed[place] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        assert!(VerifyingKey::<Witness>::parse(&changed).is_err(), "{place}");
    }
    let long = |length: usize| MlDsaKey::from_seed(&[1; 32], &"n".repeat(length));
    let longest = long(255).unwrap().verifying_key();
    assert_eq!(VerifyingKey::parse(&longest.to_string()).unwrap(), longest);
    assert!(long(256).is_err() && long(0).is_err());
    let name = "n".repeat(256);
    let public = [&[0x06], &key(1).key.verifying_key().encode()[..]].concat();
    let id = signed_note::key_id(&name, &public);
    let text = format!("{name}+{id:08x}+{}", BASE64_STANDARD.encode(public));
    let error = VerifyingKey::<Witness>::parse(&text).unwrap_err();
    assert!(error.to_string().contains("255"), "{error}");
}

#[test]
fn a_secret_key_with_any_changed_character_is_refused_and_never_shown() {
    let own = key(42);
    let secret = own.to_secret();
    let again = MlDsaKey::from_secret(&format!("{}\n", *secret)).unwrap();
    assert_eq!(again.verifying_key(), own.verifying_key());
    for place in 0..secret.len() {
        let mut changed = secret.as_bytes().to_vec();
        changed[place] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        let error = MlDsaKey::from_secret(&changed).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(&secret[secret.len() - 20..]));
    }
    let shown = format!("{own:?}");
    assert!(
        !shown.contains(secret.rsplit('+').next().unwrap()),
        "{shown}"
    );
    // Neither key is read as the other.
    let ed25519 = SigningKey::<Witness>::from_seed(&[42; 32], NAME).unwrap();
    assert!(MlDsaKey::from_secret(&ed25519.to_secret()).is_err());
    assert!(SigningKey::<Witness>::from_secret(&secret).is_err());
}

/// What the limits of a note leave room for (c2sp.org/signed-note asks for 16).
#[test]
fn a_note_takes_a_hundred_cosignatures() {
    let text = here();
    let keys: Vec<_> = (0..100_u8)
        .map(|seed| MlDsaKey::from_seed(&[seed; 32], &format!("w{seed}.example/w")).unwrap())
        .collect();
    let lines: Vec<_> = keys
        .iter()
        .map(|key| key.cosign(&text, TIME).unwrap())
        .collect();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let known: Vec<_> = keys.iter().map(MlDsaKey::verifying_key).collect();
    let known: Vec<_> = known.iter().collect();
    let note = assemble(&text, &lines);
    assert_eq!(verify_note(note.as_bytes(), &known).unwrap().1.len(), 100);
}
