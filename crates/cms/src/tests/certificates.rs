//! Which certificates are read, and why the others are not.

use der::asn1::{Any, BitString, Null, ObjectIdentifier, UintRef};
use der::{Decode, Encode};
use jiff::{SignedDuration, Timestamp};
use lagrum_model::{CertificateKind, RecipientKey, Sha256Digest};
use proptest::prelude::*;
use rsa::pkcs1;
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::{NOW, Numbers};
use crate::public_key::PublicKey;
use crate::testing::{KINDS, NIST, Openssl, RSA, Says};
use crate::{Certificate, CertificateError as Error};

#[test]
fn a_certificate_is_read_in_pem_and_der_and_named_by_what_openssl_shows() {
    let Some(openssl) = Openssl::new() else {
        return;
    };
    for kind in KINDS {
        openssl.make("police", kind, &Says::default());
        let certificate = Certificate::read(&openssl.pem("police"), NOW).unwrap();
        let der = openssl.der("police");
        assert_eq!(Certificate::read(&der, NOW).unwrap(), certificate);
        assert_eq!(certificate.bytes(), der);
        let named = certificate.key().certificate().unwrap();
        assert_eq!(named.kind, CertificateKind::X509);
        let shown = openssl.fingerprint("police").replace(':', "");
        assert_eq!(named.fingerprint, shown.to_lowercase());
        assert_eq!(named.sha256, Sha256Digest::of(&der));
        let ends: Timestamp = "2035-06-01T00:00:01Z".parse().unwrap();
        assert_eq!(certificate.expires_at(), Some(ends));
        // What is pinned is read as it is, and as nothing else.
        let pinned = |bytes: &[u8]| Certificate::pinned(bytes, certificate.key(), NOW);
        assert_eq!(pinned(&der).unwrap(), certificate);
        assert_eq!(pinned(&openssl.pem("police")), Err(Error::Another));
        openssl.make("thief", kind, &Says::default());
        assert_eq!(pinned(&openssl.der("thief")), Err(Error::Another));
        // As a form sends it.
        let pem = String::from_utf8(openssl.pem("police")).unwrap();
        let sent = format!("\r\n{}\r\n\r\n", pem.trim().replace('\n', "\r\n"));
        assert_eq!(
            Certificate::read(sent.as_bytes(), NOW).unwrap(),
            certificate
        );
    }
}

#[test]
fn each_kind_of_certificate_that_is_worth_nothing_is_refused_with_its_reason() {
    let Some(openssl) = Openssl::new() else {
        return;
    };
    let read = |kind: &[&str], extensions: &str| {
        let says = Says {
            extensions,
            ..Says::default()
        };
        openssl.make("police", kind, &says);
        Certificate::read(&openssl.pem("police"), NOW)
    };
    let usual = Says::default().extensions;
    let weak: [(&[&str], &str); 5] = [
        (&["RSA", "rsa_keygen_bits:1024"], "below 2048 bits"),
        (&["RSA-PSS", "rsa_keygen_bits:2048"], "of this algorithm"),
        (&["ED25519"], "of this algorithm"),
        (&["EC", "ec_paramgen_curve:secp256k1"], "on this curve"),
        (
            &["EC", "ec_paramgen_curve:brainpoolP256r1"],
            "on this curve",
        ),
    ];
    for (kind, why) in weak {
        let error = read(kind, usual).unwrap_err();
        assert!(matches!(error, Error::Algorithm(_)), "{kind:?} {error:?}");
        assert!(error.to_string().contains(why), "{kind:?} {error}");
        assert_eq!(error.kind(), "weak");
    }
    // A curve that is written out instead of named.
    let explicit = ["EC", "ec_paramgen_curve:P-256", "ec_param_enc:explicit"];
    assert!(matches!(read(&explicit, usual), Err(Error::Algorithm(_))));
    let small = ["RSA", "rsa_keygen_bits:2048", "rsa_keygen_pubexp:3"];
    assert_eq!(read(&small, usual), Err(Error::Exponent));

    // For what the key is, as it says itself.
    let usage = |needed, key| Err(Error::Usage { needed, key });
    let agreed = usage("keyAgreement", "a key on an elliptic curve");
    let transported = usage("keyEncipherment", "a key of RSA");
    assert_eq!(read(RSA, "keyUsage = digitalSignature"), transported);
    assert_eq!(read(RSA, "keyUsage = critical, keyAgreement"), transported);
    assert_eq!(read(NIST[0], "keyUsage = keyEncipherment"), agreed);
    assert_eq!(read(NIST[2], "keyUsage = keyCertSign, cRLSign"), agreed);
    for wrong in ["serverAuth, clientAuth", "critical, codeSigning"] {
        let extended = format!("extendedKeyUsage = {wrong}");
        assert_eq!(read(RSA, &extended), Err(Error::ExtendedUsage), "{wrong}");
    }
    let unknown = read(RSA, "1.2.3.4 = critical, ASN1:NULL");
    assert_eq!(unknown, Err(Error::Critical("1.2.3.4".into())));

    // And what is good: none of these is a reason.
    for (kind, good) in [
        (RSA, ""),
        (RSA, "keyUsage = keyEncipherment"),
        (
            NIST[1],
            "keyUsage = critical, keyAgreement, digitalSignature",
        ),
        (NIST[1], "extendedKeyUsage = anyExtendedKeyUsage"),
        (RSA, "extendedKeyUsage = clientAuth, emailProtection"),
        (RSA, "1.2.3.4 = ASN1:NULL"),
        (
            RSA,
            "basicConstraints = critical, CA:TRUE\nsubjectAltName = critical, email:a@b.example",
        ),
    ] {
        assert!(read(kind, good).is_ok(), "{good}");
    }
}

#[test]
fn a_certificate_counts_only_while_it_is_good() {
    let Some(openssl) = Openssl::new() else {
        return;
    };
    let says = |from, until| Says {
        from,
        until,
        ..Says::default()
    };
    openssl.make(
        "police",
        NIST[0],
        &says("20261001000000Z", "20261231235959Z"),
    );
    let given = openssl.pem("police");
    let begins: Timestamp = "2026-10-01T00:00:00Z".parse().unwrap();
    let ends: Timestamp = "2027-01-01T00:00:00Z".parse().unwrap();
    let moment = SignedDuration::from_millis(1);
    for (now, expected) in [
        (begins - moment, Some(Error::NotYet(begins))),
        (begins, None),
        (ends - moment, None),
        (ends, Some(Error::Expired(ends))),
    ] {
        let read = Certificate::read(&given, now);
        assert_eq!(read.as_ref().err(), expected.as_ref(), "{now}");
        let key = RecipientKey::of_x509(Sha256Digest::of(&openssl.der("police")));
        let pinned = Certificate::pinned(&openssl.der("police"), &key, now);
        assert_eq!(pinned.err(), expected, "{now}");
        let kind = expected.map(|error| error.kind());
        assert!(kind.is_none_or(|kind| kind == "expired"));
    }
    // The date that stands for no end (RFC 5280 section 4.1.2.5).
    openssl.make(
        "police",
        NIST[0],
        &says("20261001000000Z", "99991231235959Z"),
    );
    let endless = Certificate::read(&openssl.pem("police"), NOW).unwrap();
    assert_eq!(endless.expires_at(), None);
}

#[test]
fn what_is_not_exactly_one_certificate_is_refused_with_its_reason() {
    let Some(openssl) = Openssl::new() else {
        return;
    };
    openssl.make("police", NIST[0], &Says::default());
    openssl.make("own", RSA, &Says::default());
    let read = |given: &[u8]| Certificate::read(given, NOW).unwrap_err();
    let (pem, der) = (openssl.pem("police"), openssl.der("police"));

    // Private keys in every form in which OpenSSL writes them, and a file with key and certificate.
    let p12 = [
        "pkcs12",
        "-export",
        "-inkey",
        "police.key",
        "-in",
        "police.pem",
    ];
    let secrets = [
        openssl.run(["pkey", "-in", "police.key"]),
        openssl.run(["pkey", "-in", "police.key", "-outform", "DER"]),
        openssl.run(["pkey", "-in", "police.key", "-aes256", "-passout", "pass:a"]),
        openssl.run(["ec", "-in", "police.key"]),
        openssl.run(["ec", "-in", "police.key", "-outform", "DER"]),
        openssl.run(["rsa", "-in", "own.key", "-traditional"]),
        openssl.run(["rsa", "-in", "own.key", "-traditional", "-outform", "DER"]),
        openssl.run([&p12[..], &["-passout", "pass:a"]].concat()),
        [pem.clone(), openssl.run(["pkey", "-in", "police.key"])].concat(),
    ];
    for (number, secret) in secrets.iter().enumerate() {
        assert_eq!(read(secret), Error::Secret, "{number}");
    }
    assert_eq!(read(&[0x30, 0x80, 0x02, 0x01, 0x03]), Error::Secret);

    assert_eq!(
        read(&[pem.clone(), openssl.pem("own")].concat()),
        Error::Several
    );
    let container = ["crl2pkcs7", "-nocrl", "-certfile", "police.pem"];
    let nothing: [&[u8]; 9] = [
        b"",
        b"age1",
        b"0",
        b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n=aaaa\n-----END PGP PUBLIC KEY BLOCK-----\n",
        &openssl.run(container),
        &openssl.run([&container[..], &["-outform", "DER"]].concat()),
        &openssl.run(["pkey", "-in", "police.key", "-pubout"]),
        &openssl.run(["x509", "-in", "police.pem", "-trustout"]),
        &[b"Dear colleague,\n", &pem[..]].concat(),
    ];
    for (number, given) in nothing.iter().enumerate() {
        assert_eq!(read(given), Error::NotACertificate, "{number}");
    }
    let unreadable: [&[u8]; 5] = [
        &der[..der.len() - 1],
        &[&der[..], b"\0"].concat(),
        &[&der[..], &der[..]].concat(),
        &openssl.run(["req", "-in", "police.csr", "-outform", "DER"]),
        b"-----BEGIN CERTIFICATE-----\nMIIB\n",
    ];
    for (number, given) in unreadable.iter().enumerate() {
        let error = read(given);
        assert!(matches!(error, Error::Unreadable(_)), "{number}: {error:?}");
    }
    let long = vec![b' '; (64 << 10) + 1];
    assert_eq!(read(&long), Error::TooLong(64 << 10));
    // One that says so much that nobody would pin it.
    let says = Says {
        extensions: &format!("nsComment = \"{}\"", "a".repeat(17 << 10)),
        ..Says::default()
    };
    openssl.make("long", NIST[0], &says);
    assert_eq!(read(&openssl.pem("long")), Error::TooLong(16 << 10));
}

/// What makes a key of RSA, put together by hand: OpenSSL makes none of these.
#[test]
fn keys_of_rsa_that_nobody_makes_are_refused_before_anything_is_computed_with_them() {
    let read = |modulus: &[u8], exponent: &[u8]| {
        let key = pkcs1::RsaPublicKey {
            modulus: UintRef::new(modulus).unwrap(),
            public_exponent: UintRef::new(exponent).unwrap(),
        };
        PublicKey::read(&SubjectPublicKeyInfoOwned {
            algorithm: AlgorithmIdentifierOwned {
                oid: ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1"),
                parameters: Some(Any::encode_from(&Null).unwrap()),
            },
            subject_public_key: BitString::from_bytes(&key.to_der().unwrap()).unwrap(),
        })
        .err()
    };
    let usual = [1, 0, 1];
    let odd = |length: usize| [vec![0x81; length - 1], vec![1]].concat();
    assert_eq!(read(&odd(256), &usual), None);
    assert_eq!(read(&odd(2048), &usual), None);
    assert_eq!(read(&odd(256), &[2, 0, 0, 0, 1]), Some(Error::Exponent));
    for exponent in [
        &[1][..],
        &[3],
        &[17],
        &[0xff, 0xff],
        &[1, 0, 2],
        &[3, 0, 0, 0, 1],
        &[1; 300],
    ] {
        assert_eq!(
            read(&odd(256), exponent),
            Some(Error::Exponent),
            "{exponent:?}"
        );
    }
    let weak = |modulus: &[u8]| matches!(read(modulus, &usual), Some(Error::Algorithm(_)));
    assert!(weak(&odd(255)) && weak(&[1]) && weak(&[0x81; 256].map(|byte| byte & 0xfe)));
    assert!(weak(&[&[1][..], &odd(2048)].concat()) && weak(&odd(20_000)));
    // 2047 bits in as many bytes as 2048 need.
    assert!(weak(&[&[0x7f][..], &odd(255)].concat()));
}

/// Without its signature nobody can tell a changed certificate from another one: it is refused, or has another name.
#[test]
fn a_certificate_with_a_bit_changed_anywhere_is_refused_or_another() {
    let Some(openssl) = Openssl::new() else {
        return;
    };
    openssl.make("police", NIST[0], &Says::default());
    let given = openssl.der("police");
    let good = Certificate::read(&given, NOW).unwrap();
    for at in 0..given.len() {
        for bit in 0..8 {
            let mut changed = given.clone();
            changed[at] ^= 1 << bit;
            let pinned = Certificate::pinned(&changed, good.key(), NOW);
            assert!(pinned.is_err(), "{at} {bit}");
            if let Ok(read) = Certificate::read(&changed, NOW) {
                assert_ne!(read.key(), good.key(), "{at} {bit}");
            }
        }
    }
}

proptest! {
    #[test]
    fn anything_is_read_or_refused_and_what_is_read_is_what_was_given(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(read) = Certificate::read(&bytes, NOW) {
            prop_assert_eq!(Certificate::pinned(read.bytes(), read.key(), NOW), Ok(read));
        }
    }
}

/// A serial number and an issuer are in a message as they are in the certificate: by them its holder's program finds it.
#[test]
fn what_names_the_certificate_in_a_message_is_what_the_certificate_says() {
    let Some(openssl) = Openssl::new() else {
        return;
    };
    openssl.make("police", NIST[0], &Says::default());
    let der = openssl.der("police");
    let certificate = Certificate::read(&der, NOW).unwrap();
    let issued = certificate.issued.to_der().unwrap();
    let parts = der::asn1::AnyRef::from_der(&issued).unwrap();
    let whole = |part: &[u8]| der.windows(part.len()).any(|one| one == part);
    let issuer = certificate.issued.issuer.to_der().unwrap();
    let serial = certificate.issued.serial_number.to_der().unwrap();
    assert!(whole(&issuer) && whole(&serial));
    assert_eq!(parts.value(), [issuer, serial].concat());
}

/// Certificates that OpenSSL made in June of 2020, and one with the longest key and exponent, which nobody holds.
#[test]
fn certificates_of_before_keep_their_names_and_are_sealed_to() {
    let vectors = [
        (&include_bytes!("../../vectors/rsa.pem")[..], RSA_NAME),
        (include_bytes!("../../vectors/p256.der"), P256_NAME),
        (include_bytes!("../../vectors/p384.pem"), P384_NAME),
        (include_bytes!("../../vectors/p521.der"), P521_NAME),
        (include_bytes!("../../vectors/longest.der"), LONGEST_NAME),
    ];
    for (given, name) in vectors {
        let certificate = Certificate::read(given, NOW).unwrap();
        assert_eq!(certificate.key().as_str(), name);
        let mut sealed = Vec::new();
        let done = certificate.seal(&b"content"[..], &mut sealed, &mut Numbers(5));
        done.unwrap();
        assert!(sealed.starts_with(&[0x30, 0x80, 0x06]) && sealed.ends_with(&[0; 6]));
    }
}

const RSA_NAME: &str = "x509:2ea6163e6ff987499325d6d0d8d56cf198b00661c2a0fa8cb5eb6843057f79b9";
const P256_NAME: &str = "x509:ad1fc22e9c45452aff6918aea4131d28b45d3b2f6e55551232a7fa1617a12432";
const P384_NAME: &str = "x509:926086b9afbbfae129bc5c36b5a0dbb403405b8ac0ed609b67b570e1409e0925";
const P521_NAME: &str = "x509:ae693e10b7d4578f604eab4464c28b6d3a751ddc766d5235ac2318a7f7ec299b";
const LONGEST_NAME: &str = "x509:f1d6dfbe233597f1a4cc85406f9f6c54e4eb31c59d10240eaf097491b8b3e9a9";
