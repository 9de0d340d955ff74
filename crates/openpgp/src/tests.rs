//! Truth comes from GnuPG: it makes every certificate, also each that is refused, and decrypts what is sealed.

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

use jiff::Timestamp;
use lagrum_model::{CertificateKind, RecipientKey, Sha256Digest};
use pgp::composed::{Deserializable, Message, SignedSecretKey};
use pgp::types::Password;
use proptest::prelude::*;
use rand_core::{CryptoRng, RngCore};
use sha2::{Digest, Sha256};

use crate::testing::Gpg;
use crate::{Certificate, CertificateError as Error};

/// Some years after [`crate::testing::MADE`]: in November 2026.
const NOW: Timestamp = Timestamp::constant(1_796_000_000, 0);

/// Numbers that are the same in every run.
struct Numbers(u64);

impl RngCore for Numbers {
    fn next_u32(&mut self) -> u32 {
        self.next_u64() as u32
    }
    fn next_u64(&mut self) -> u64 {
        self.0 += 1;
        let digest = Sha256::digest(self.0.to_be_bytes());
        u64::from_be_bytes(*digest.first_chunk().unwrap())
    }
    fn fill_bytes(&mut self, into: &mut [u8]) {
        for piece in into.chunks_mut(8) {
            let number = self.next_u64().to_be_bytes();
            piece.copy_from_slice(&number[..piece.len()]);
        }
    }
    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(into);
        Ok(())
    }
}
impl CryptoRng for Numbers {}

const RSA: &str = "Key-Type: RSA\nKey-Length: 2048";
const RSA_SUBKEY: &str = "Subkey-Type: RSA\nSubkey-Length: 2048";
const CURVE: &str = "Key-Type: EDDSA\nKey-Curve: ed25519";
const CURVE_SUBKEY: &str = "Subkey-Type: ECDH\nSubkey-Curve: cv25519";

fn sealed(gpg: &Gpg, certificate: &Certificate, content: &[u8], name: &str) -> PathBuf {
    let mut out = Vec::new();
    certificate
        .seal(content, &mut out, &mut Numbers(7))
        .unwrap();
    let file = gpg.home().join(name);
    fs::write(&file, out).unwrap();
    file
}

/// Longer than one piece of a message, and of no round length.
fn content() -> Vec<u8> {
    let mut content = vec![0; (1 << 20) + 4321];
    Numbers(1).fill_bytes(&mut content);
    content
}

#[test]
fn what_is_sealed_to_a_certificate_gpg_decrypts_to_the_same_bytes_and_no_other_holder_can() {
    let (Some(gpg), Some(other)) = (Gpg::new(), Gpg::new()) else {
        return;
    };
    other.make_usual("Other", CURVE, CURVE_SUBKEY);
    let kinds = [
        ("Rsa", RSA, RSA_SUBKEY),
        (
            "Long",
            "Key-Type: RSA\nKey-Length: 4096",
            "Subkey-Type: RSA\nSubkey-Length: 3072",
        ),
        ("Curve", CURVE, CURVE_SUBKEY),
        (
            "Nist256",
            "Key-Type: ECDSA\nKey-Curve: nistp256",
            "Subkey-Type: ECDH\nSubkey-Curve: nistp256",
        ),
        (
            "Nist384",
            "Key-Type: ECDSA\nKey-Curve: nistp384",
            "Subkey-Type: ECDH\nSubkey-Curve: nistp384",
        ),
        (
            "Nist521",
            "Key-Type: ECDSA\nKey-Curve: nistp521",
            "Subkey-Type: ECDH\nSubkey-Curve: nistp521",
        ),
    ];
    let content = content();
    for (name, primary, subkey) in kinds {
        gpg.make_usual(name, primary, subkey);
        let armoured = gpg.export(name);
        let certificate = Certificate::read(&armoured, NOW).unwrap();
        // The fingerprint is the one that gpg shows, and armour says nothing.
        let listed = gpg.run(["--with-colons", "--fingerprint", name]);
        let listed = String::from_utf8(listed).unwrap();
        let named = certificate.key().certificate().unwrap();
        assert_eq!(named.kind, CertificateKind::OpenPgp);
        let fingerprint = named.fingerprint;
        let first = listed
            .lines()
            .find(|line| line.starts_with("fpr:"))
            .unwrap();
        assert_eq!(first, format!("fpr:::::::::{fingerprint}:"));
        assert_eq!(named.sha256, Sha256Digest::of(certificate.bytes()));
        let plain = gpg.run(["--export", name]);
        assert_eq!(Certificate::read(&plain, NOW).unwrap(), certificate);
        // What is pinned is read as it is, and as nothing else.
        let pinned = Certificate::pinned(certificate.bytes(), certificate.key(), NOW);
        assert_eq!(pinned.unwrap(), certificate);

        let file = sealed(&gpg, &certificate, &content, name);
        let opened = gpg.home().join(format!("{name}.opened"));
        assert!(gpg.decrypt(&file, &opened), "{name}");
        assert!(fs::read(&opened).unwrap() == content, "{name}");
        assert!(!other.decrypt(&file, &other.home().join(name)), "{name}");
        // And what was changed on the way is no message: gpg says so.
        let mut bytes = fs::read(&file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&file, bytes).unwrap();
        assert!(!gpg.decrypt(&file, &opened), "{name}");

        // The second reader: rPGP with the private key.
        let secret = gpg.run(["--export-secret-keys", name]);
        assert_eq!(Certificate::read(&secret, NOW), Err(Error::Secret));
        let armoured = gpg.run(["--armor", "--export-secret-keys", name]);
        assert_eq!(Certificate::read(&armoured, NOW), Err(Error::Secret));
        let secret = SignedSecretKey::from_bytes(Cursor::new(secret)).unwrap();
        let file = sealed(&gpg, &certificate, &content, name);
        let message = Message::from_bytes(Cursor::new(fs::read(file).unwrap())).unwrap();
        let mut message = message.decrypt(&Password::empty(), &secret).unwrap();
        assert!(message.as_data_vec().unwrap() == content, "{name}");
    }
}

#[test]
fn each_kind_of_certificate_that_is_worth_nothing_is_refused_with_its_reason() {
    let Some(_) = Gpg::new() else { return };
    let refused = |name: &str, primary: &str, subkey: &str, expected: &dyn Fn(&Error) -> bool| {
        let gpg = Gpg::new().unwrap();
        gpg.make_usual(name, primary, subkey);
        let error = Certificate::read(&gpg.export(name), NOW).unwrap_err();
        assert!(expected(&error), "{name}: {error:?}");
    };
    let algorithm = |error: &Error| matches!(error, Error::Algorithm(_));
    refused(
        "Short",
        "Key-Type: RSA\nKey-Length: 1024",
        RSA_SUBKEY,
        &algorithm,
    );
    refused(
        "Short subkey",
        RSA,
        "Subkey-Type: RSA\nSubkey-Length: 1024",
        &algorithm,
    );
    refused(
        "Dsa",
        "Key-Type: DSA\nKey-Length: 2048",
        RSA_SUBKEY,
        &algorithm,
    );
    refused(
        "ElGamal",
        RSA,
        "Subkey-Type: ELG-E\nSubkey-Length: 2048",
        &algorithm,
    );
    let brainpool = "Subkey-Type: ECDH\nSubkey-Curve: brainpoolP256r1";
    refused("Brainpool", CURVE, brainpool, &algorithm);

    // Without a subkey, and with one that only signs.
    let gpg = Gpg::new().unwrap();
    gpg.make(
        &[],
        &format!("{CURVE}\nKey-Usage: sign,cert\nName-Real: Signs\nExpire-Date: 0"),
    );
    gpg.make(&[], &format!("{RSA}\nKey-Usage: sign,cert\nSubkey-Type: RSA\nSubkey-Length: 2048\nSubkey-Usage: sign\nName-Real: Both\nExpire-Date: 0"));
    for name in ["Signs", "Both"] {
        let read = Certificate::read(&gpg.export(name), NOW);
        assert_eq!(read, Err(Error::NoEncryption), "{name}");
    }
    // Two in one file, armoured or not; and what is none.
    let both = gpg.run(["--export", "Signs", "Both"]);
    assert_eq!(Certificate::read(&both, NOW), Err(Error::Several));
    let both = [gpg.export("Signs"), gpg.export("Both")].concat();
    assert_eq!(Certificate::read(&both, NOW), Err(Error::Several));
    for nothing in [&b""[..], b"age1", b"-----BEGIN PGP MESSAGE-----\n\n=aaaa\n"] {
        assert_eq!(Certificate::read(nothing, NOW), Err(Error::NotACertificate));
    }
    let long = vec![b' '; (64 << 10) + 1];
    assert!(matches!(
        Certificate::read(&long, NOW),
        Err(Error::TooLong(_))
    ));
}

#[test]
fn a_certificate_counts_only_while_it_is_good() {
    let Some(gpg) = Gpg::new() else { return };
    gpg.make(&[], &format!("{CURVE}\nKey-Usage: sign,cert\n{CURVE_SUBKEY}\nSubkey-Usage: encrypt\nName-Real: Ends\nExpire-Date: 2026-12-31"));
    let given = gpg.export("Ends");
    let certificate = Certificate::read(&given, NOW).unwrap();
    let ends = certificate.expires_at().unwrap();
    let last = ends - jiff::SignedDuration::from_secs(1);
    for (now, expected) in [(last, None), (ends, Some(Error::Expired(ends)))] {
        assert_eq!(Certificate::read(&given, now).err(), expected);
        let pinned = Certificate::pinned(certificate.bytes(), certificate.key(), now);
        assert_eq!(pinned.err(), expected);
    }
    let before = Timestamp::constant(1_500_000_000, 0);
    assert!(matches!(
        Certificate::read(&given, before),
        Err(Error::NotYet(_))
    ));

    // Revoked: gpg's own revocation of the key.
    let revocation = gpg.revocation();
    gpg.run(["--import", revocation.to_str().unwrap()]);
    assert_eq!(
        Certificate::read(&gpg.export("Ends"), NOW),
        Err(Error::Revoked)
    );

    // Signed with SHA-1 alone: the whole, or the subkey.
    let weak = Gpg::new().unwrap();
    weak.make(&["--cert-digest-algo", "SHA1"], &format!("{RSA}\nKey-Usage: sign,cert\n{RSA_SUBKEY}\nSubkey-Usage: encrypt\nName-Real: Old\nExpire-Date: 0"));
    let read = Certificate::read(&weak.export("Old"), NOW);
    assert_eq!(read, Err(Error::WeakHash("the primary key")));
    let weak = Gpg::new().unwrap();
    weak.make(
        &[],
        &format!("{RSA}\nKey-Usage: sign,cert\nName-Real: Half\nExpire-Date: 0"),
    );
    let listed = String::from_utf8(weak.run(["--with-colons", "--fingerprint", "Half"])).unwrap();
    let fingerprint = listed
        .lines()
        .find_map(|line| line.strip_prefix("fpr:::::::::"));
    let fingerprint = fingerprint.unwrap().trim_end_matches(':').to_owned();
    weak.run([
        "--cert-digest-algo",
        "SHA1",
        "--quick-add-key",
        &fingerprint,
        "rsa2048",
        "encr",
    ]);
    let read = Certificate::read(&weak.export("Half"), NOW);
    assert_eq!(read, Err(Error::WeakHash("the subkey for encryption")));
    // A newer one, signed well: that is sealed to, as gpg does.
    weak.run(["--quick-add-key", &fingerprint, "cv25519", "encr"]);
    let good = Certificate::read(&weak.export("Half"), NOW).unwrap();
    let file = sealed(&weak, &good, b"content", "half");
    assert!(weak.decrypt(&file, &weak.home().join("half.opened")));
}

#[test]
fn another_certificate_or_another_form_of_it_is_not_what_its_name_stands_for() {
    let Some(gpg) = Gpg::new() else { return };
    gpg.make_usual("Police", CURVE, CURVE_SUBKEY);
    let first = Certificate::read(&gpg.export("Police"), NOW).unwrap();
    let thief = Gpg::new().unwrap();
    thief.make_usual("Police", CURVE, CURVE_SUBKEY);
    let swapped = Certificate::read(&thief.export("Police"), NOW).unwrap();
    let read = Certificate::pinned(swapped.bytes(), first.key(), NOW);
    assert_eq!(read, Err(Error::Another));
    // The armoured form is the same certificate, and not the bytes that are pinned.
    let read = Certificate::pinned(&gpg.export("Police"), first.key(), NOW);
    assert_eq!(read, Err(Error::Another));
    // The thief's subkey under the primary key of the police is bound by nobody.
    let at = |one: &Certificate| {
        let tag = 0xc0 | 14;
        one.bytes().iter().rposition(|byte| *byte == tag).unwrap()
    };
    let mixed = [
        &first.bytes()[..at(&first)],
        &swapped.bytes()[at(&swapped)..],
    ]
    .concat();
    assert!(Certificate::read(&mixed, NOW).is_err());
    let fingerprint = first.key().certificate().unwrap().fingerprint;
    let key = RecipientKey::of_openpgp(fingerprint, Sha256Digest::of(&mixed)).unwrap();
    assert!(Certificate::pinned(&mixed, &key, NOW).is_err());
}

#[test]
fn who_says_that_they_read_version_2_gets_version_2() {
    use pgp::composed::{EncryptionCaps, KeyType, SecretKeyParamsBuilder, SubkeyParamsBuilder};
    use pgp::types::KeyVersion;
    let mut random = Numbers(99);
    let subkey = SubkeyParamsBuilder::default()
        .version(KeyVersion::V6)
        .key_type(KeyType::X25519)
        .can_encrypt(EncryptionCaps::All)
        .build()
        .unwrap();
    let secret = SecretKeyParamsBuilder::default()
        .version(KeyVersion::V6)
        .key_type(KeyType::Ed25519)
        .can_certify(true)
        .can_sign(true)
        .feature_seipd_v2(true)
        .primary_user_id("Version 6".into())
        .subkeys(vec![subkey])
        .build()
        .unwrap()
        .generate(&mut random)
        .unwrap();
    use pgp::ser::Serialize;
    let given = secret.to_public_key().to_bytes().unwrap();
    // It was made at the time of the machine.
    let now = Timestamp::constant(4_000_000_000, 0);
    let certificate = Certificate::read(&given, now).unwrap();
    let fingerprint = certificate.key().certificate().unwrap().fingerprint;
    assert_eq!(fingerprint.len(), 64);
    let mut sealed = Vec::new();
    let content = content();
    certificate
        .seal(&content[..], &mut sealed, &mut random)
        .unwrap();
    let message = Message::from_bytes(Cursor::new(&sealed)).unwrap();
    let mut message = message.decrypt(&Password::empty(), &secret).unwrap();
    assert!(message.as_data_vec().unwrap() == content);
    // Packet 18, and its version: behind the session key, whose header tells its length.
    let after = 2 + usize::from(sealed[1]);
    assert_eq!((sealed[0] & 0x3f, sealed[after] & 0x3f), (1, 18));
}

proptest! {
    #[test]
    fn anything_is_read_or_refused_and_what_is_read_is_its_own_reduction(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(read) = Certificate::read(&bytes, NOW) {
            prop_assert_eq!(Certificate::read(read.bytes(), NOW), Ok(read));
        }
    }
}

#[test]
fn a_certificate_with_a_byte_changed_anywhere_is_refused_or_another() {
    let Some(gpg) = Gpg::new() else { return };
    gpg.make_usual("Police", CURVE, CURVE_SUBKEY);
    let given = gpg.run(["--export", "Police"]);
    let good = Certificate::read(&given, NOW).unwrap();
    for at in 0..given.len() {
        for bit in [0x01, 0x80] {
            let mut changed = given.clone();
            changed[at] ^= bit;
            let Ok(read) = Certificate::read(&changed, NOW) else {
                continue;
            };
            // What nobody signed may differ; what is sealed to never does.
            prop_like(&read, &good);
        }
    }
}

fn prop_like(read: &Certificate, good: &Certificate) {
    assert_eq!(read.subkey, good.subkey);
    let fingerprint = |one: &Certificate| {
        let named = one.key().certificate();
        named.unwrap().fingerprint.to_owned()
    };
    assert_eq!(fingerprint(read), fingerprint(good));
}

/// The one form of a certificate is pinned for years: it must never be another. The names were computed by another
/// program: what gpg exports, with headers of the present format.
#[test]
fn the_reduced_form_of_a_certificate_and_so_its_name_stay_as_they_are() {
    let vectors = [
        ("rsa", &include_bytes!("../vectors/rsa.pgp")[..], RSA_NAME),
        ("curve", include_bytes!("../vectors/curve.pgp"), CURVE_NAME),
        ("curve", include_bytes!("../vectors/curve.asc"), CURVE_NAME),
        ("nist", include_bytes!("../vectors/nist.pgp"), NIST_NAME),
    ];
    for (what, given, name) in vectors {
        let certificate = Certificate::read(given, NOW).unwrap();
        assert_eq!(certificate.key().as_str(), name, "{what}");
        assert_eq!(certificate.expires_at(), None);
    }
}

const RSA_NAME: &str = "openpgp:039F6816FDC70321301C92D98A752FA360EBA359:32c8a4cd63b47aa4fef13283d52da8fc93ab32034e846a4bc7cda5bbd5741c8b";
const CURVE_NAME: &str = "openpgp:DAF3226B012F0BB41B132DA52F95C50EF9D0E808:6e5f6412e5e161ac91daafcc0fe5af18405ea667214ba901535ca094fd031f93";
const NIST_NAME: &str = "openpgp:57D15092F26B60BACEED7CC6A38F269CC8F97658:58f46b41c395281259bc598591a28a078ab441875d4e5cdfa955aaa824d99b0b";

/// What was read and not yet written lies in memory: that stays below two megabytes, however much is sealed.
#[test]
fn sealing_streams_whatever_the_length() {
    use std::cell::Cell;
    use std::io::{self, Read, Write};
    struct From<'c>(&'c Cell<u64>, u64);
    impl Read for From<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let most = into.len().min((self.1 - self.0.get()) as usize);
            self.0.set(self.0.get() + most as u64);
            Ok(most)
        }
    }
    struct To<'c>(&'c Cell<u64>, u64);
    impl Write for To<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.1 += bytes.len() as u64;
            let held = self.0.get().saturating_sub(self.1);
            assert!(held < 2 << 20, "{held} bytes are held");
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let length = 12 << 20;
    let read = Cell::new(0);
    let given = include_bytes!("../vectors/curve.pgp");
    let certificate = Certificate::read(given, NOW).unwrap();
    let mut to = To(&read, 0);
    certificate
        .seal(From(&read, length), &mut to, &mut Numbers(3))
        .unwrap();
    assert!(read.get() == length && to.1 > length);
}
