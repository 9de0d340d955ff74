mod passkeys;

use signed_note::{StandardSigner, StandardVerifier};

use ed25519_dalek::VerifyingKey as PublicKey;
use rand_core::{CryptoRng, RngCore};
use signed_note::{Signer, Verifier};

use crate::role::{Agent, Log, Person, Witness};
use crate::{NoteError, SigningKey, VerifyingKey, assemble, verify_note};

/// Repeatable "random" bytes: they count.
struct Counter(u8);

impl RngCore for Counter {
    fn next_u32(&mut self) -> u32 {
        rand_core::impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        rand_core::impls::next_u64_via_fill(self)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_add(1);
            *byte = self.0;
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for Counter {}

fn key() -> SigningKey<Log> {
    SigningKey::from_seed(&[42; 32], "log.example.com/lagrum").unwrap()
}

fn person(seed: u8, name: &str) -> SigningKey<Person> {
    SigningKey::from_seed(&[seed; 32], name).unwrap()
}

#[test]
fn keys_and_signatures_are_those_of_the_standard_note_implementation() {
    // The example that the documentation of signed notes has always used.
    let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let key = SigningKey::<Log>::from_secret(secret).unwrap();
    assert_eq!(key.to_secret().as_str(), secret);
    assert_eq!(key.verifying_key().to_string(), public);
    assert_eq!(
        VerifyingKey::<Log>::parse(public).unwrap(),
        key.verifying_key()
    );

    let standard = StandardSigner::new(secret).unwrap();
    let signature = key.sign(b"text\n").unwrap();
    assert_eq!(signature, standard.sign(b"text\n").unwrap());
    assert!(
        StandardVerifier::new(public)
            .unwrap()
            .verify(b"text\n", &signature)
    );
    assert!(key.verifying_key().verify(b"text\n", &signature));
    assert!(!key.verifying_key().verify(b"next\n", &signature));
    assert!(!key.verifying_key().verify(b"text\n", &signature[1..]));
}

#[test]
fn a_generated_key_takes_its_secret_from_the_given_random_source() {
    let one = SigningKey::<Log>::generate(&mut Counter(0), "log.example.com").unwrap();
    let same = SigningKey::<Log>::generate(&mut Counter(0), "log.example.com").unwrap();
    let other = SigningKey::<Log>::generate(&mut Counter(9), "log.example.com").unwrap();
    assert_eq!(one.verifying_key(), same.verifying_key());
    assert_ne!(one.verifying_key(), other.verifying_key());
    let kept = SigningKey::<Log>::from_secret(&other.to_secret()).unwrap();
    assert_eq!(kept.verifying_key(), other.verifying_key());
    assert_eq!(kept.name(), "log.example.com");
}

#[test]
fn a_secret_key_with_any_changed_character_is_refused_and_never_shown() {
    let secret = key().to_secret();
    for position in 0..secret.len() {
        let mut changed = secret.as_bytes().to_vec();
        changed[position] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        let error = SigningKey::<Log>::from_secret(&changed).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(&secret[secret.len() - 20..]));
    }
    let shown = format!("{:?}", key());
    assert!(!shown.contains(secret.rsplit('+').next().unwrap()));
}

#[test]
fn a_verifier_key_has_exactly_one_text() {
    let text = key().verifying_key().to_string();
    for position in 0..text.len() {
        let mut changed = text.as_bytes().to_vec();
        changed[position] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        assert!(VerifyingKey::<Log>::parse(&changed).is_err(), "{changed}");
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
            *wrong == text || VerifyingKey::<Log>::parse(wrong).is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn weak_keys_and_keys_of_another_type_are_refused() {
    // The neutral element verifies signatures that nobody made.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let weak = PublicKey::from_bytes(&neutral).unwrap();
    let text = signed_note::new_ed25519_verifier_key("log.example.com", &weak);
    let error = VerifyingKey::<Log>::parse(&text).unwrap_err();
    assert!(error.to_string().contains("sound"), "{error}");

    let log = key().verifying_key().to_string();
    let error = VerifyingKey::<Witness>::parse(&log).unwrap_err();
    assert!(error.to_string().contains("0x04"), "{error}");
}

#[test]
fn origins_that_cannot_be_key_names_are_refused() {
    for origin in ["", "a b", "a+b", "a\nb", "a\u{7}b", "a\u{a0}b"] {
        assert!(
            SigningKey::<Log>::from_seed(&[1; 32], origin).is_err(),
            "{origin:?}"
        );
    }
}

#[test]
fn public_keys_are_their_text_in_json() {
    let verifier = key().verifying_key();
    let json = serde_json::to_string(&verifier).unwrap();
    assert_eq!(json, format!("\"{verifier}\""));
    assert_eq!(
        serde_json::from_str::<VerifyingKey<Log>>(&json).unwrap(),
        verifier
    );
    assert!(serde_json::from_str::<VerifyingKey<Log>>("\"x+y+z\"").is_err());
}

#[test]
fn an_error_about_a_key_says_whose_it_is() {
    let wrong = [
        SigningKey::<Log>::from_secret("x").unwrap_err(),
        SigningKey::<Person>::from_secret("x").unwrap_err(),
        SigningKey::<Agent>::generate(&mut Counter(0), "a b").unwrap_err(),
        VerifyingKey::<Person>::parse("x").unwrap_err(),
        VerifyingKey::<Witness>::parse("x").unwrap_err(),
    ];
    let begins = [
        "log's signing key: ",
        "person's signing key: ",
        "agent's signing key: ",
        "person's verifier key: ",
        "witness's verifier key: ",
    ];
    for (error, begin) in wrong.iter().zip(begins) {
        assert!(error.to_string().starts_with(begin), "{error}");
    }
}

#[test]
fn a_key_file_opens_with_its_passphrase_and_with_no_other() {
    let key = person(1, "kvist.example/maja");
    let file = key.seal("correct horse").unwrap();
    assert!(
        !file.contains("PRIVATE"),
        "the key file does not show the key"
    );
    let again = SigningKey::<Person>::open(file.as_bytes(), "correct horse").unwrap();
    assert_eq!(again.verifying_key(), key.verifying_key());
    assert!(matches!(
        SigningKey::<Person>::open(file.as_bytes(), "wrong horse"),
        Err(NoteError::Passphrase)
    ));
    assert!(matches!(
        SigningKey::<Person>::open(b"hello", "correct horse"),
        Err(NoteError::KeyFile(_))
    ));
}

#[test]
fn one_changed_byte_anywhere_makes_the_note_worthless() {
    let key = person(2, "kvist.example/maja");
    let public = key.verifying_key();
    let note = key.sign_note("a mandate\n").unwrap();
    assert_eq!(
        verify_note(note.as_bytes(), &[&public]).unwrap().1,
        [&public]
    );
    for position in 0..note.len() {
        let mut changed = note.clone().into_bytes();
        changed[position] ^= 1;
        assert!(
            verify_note(&changed, &[&public]).is_err(),
            "byte {position}"
        );
    }
}

#[test]
fn signature_lines_of_two_people_make_one_note() {
    let maja = person(3, "kvist.example/maja");
    let olof = person(4, "firm.example/olof");
    let text = "a mandate\n";
    let lines = [maja.sign_line(text).unwrap(), olof.sign_line(text).unwrap()];
    let note = assemble(text, &[&lines[0], &lines[1]]);
    let (public_maja, public_olof) = (maja.verifying_key(), olof.verifying_key());
    let (signed, by) = verify_note(note.as_bytes(), &[&public_maja, &public_olof]).unwrap();
    assert_eq!((signed.as_str(), by.len()), (text, 2));
    assert!(!public_maja.same_key(&public_olof));
    let same = person(3, "firm.example/olof").verifying_key();
    assert!(public_maja.same_key(&same) && public_maja != same);
}

#[test]
fn what_is_sealed_to_people_each_of_them_opens_and_nobody_else() {
    let key = |seed: u8, name: &str| SigningKey::<Person>::from_seed(&[seed; 32], name).unwrap();
    let (olof, at_home, maja) = (key(1, "olof"), key(2, "olof-home"), key(3, "maja"));
    let to = [olof.verifying_key(), at_home.verifying_key()];
    let sealed = crate::seal_to(&to.each_ref(), b"twelve words").unwrap();
    for holder in [&olof, &at_home] {
        assert_eq!(
            &**crate::open_sealed(holder, &sealed).unwrap(),
            b"twelve words"
        );
    }
    assert!(crate::open_sealed(&maja, &sealed).is_err());
    let mut damaged = sealed.clone();
    *damaged.last_mut().unwrap() ^= 1;
    assert!(crate::open_sealed(&olof, &damaged).is_err());
    let passkey =
        crate::testing::Passkey::new(7, "https://desk.kvist.example").named("olof-passkey");
    assert!(crate::seal_to(&[&passkey], b"twelve words").is_err());
    assert!(crate::seal_to(&[], b"twelve words").is_err());
}
