//! What is sealed, and who can open it.

use std::cell::Cell;
use std::fs;
use std::io::{self, Read, Write};

use aes_gcm::aead::{AeadInPlace, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use proptest::prelude::*;

use super::{NOW, Numbers};
use crate::gcm::{Gcm, LONGEST, NoMore};
use crate::testing::{KINDS, NIST, Openssl, RSA, Says};
use crate::{Certificate, SealError};

fn sealed(certificate: &Certificate, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let sealed = certificate.seal(content, &mut out, &mut Numbers(7));
    sealed.unwrap();
    out
}

fn content(length: usize) -> Vec<u8> {
    let mut content = vec![0; length];
    rand_core::RngCore::fill_bytes(&mut Numbers(1), &mut content);
    content
}

#[test]
fn what_is_sealed_to_a_certificate_openssl_decrypts_to_the_same_bytes_and_no_other_holder_can() {
    let Some(openssl) = Openssl::new() else {
        return;
    };
    let longer: &[&str] = &["RSA", "rsa_keygen_bits:3072"];
    for kind in KINDS.into_iter().chain([longer]) {
        openssl.make("police", kind, &Says::default());
        openssl.make("thief", kind, &Says::default());
        let certificate = Certificate::read(&openssl.pem("police"), NOW).unwrap();
        let (file, opened) = (openssl.file("sealed"), openssl.file("opened"));
        // Nothing, less than a block, exactly one piece, one more byte, and several pieces of no round length.
        for length in [0, 1, 16, 64 << 10, (64 << 10) + 1, (1 << 20) + 4321] {
            let content = content(length);
            fs::write(&file, sealed(&certificate, &content)).unwrap();
            assert!(
                openssl.decrypt("police", &file, &opened),
                "{kind:?} {length}"
            );
            assert!(fs::read(&opened).unwrap() == content, "{kind:?} {length}");
            // Of no content nothing could be told from a refusal.
            let stolen = openssl.decrypt("thief", &file, &opened);
            assert!(!stolen, "{kind:?} {length}");
        }
    }
}

/// A bit of every third byte, and of every byte of the tag and of what stands behind it.
#[test]
fn a_message_with_a_bit_changed_anywhere_does_not_open_or_opens_to_the_same() {
    let Some(openssl) = Openssl::new() else {
        return;
    };
    for kind in [RSA, NIST[0]] {
        openssl.make("police", kind, &Says::default());
        let certificate = Certificate::read(&openssl.pem("police"), NOW).unwrap();
        let content = content(300);
        let whole = sealed(&certificate, &content);
        let (file, opened) = (openssl.file("sealed"), openssl.file("opened"));
        let tag = whole.len() - 6 - 16;
        let (mut refused, mut same) = (0, 0);
        for at in (0..whole.len()).step_by(3).chain(tag..whole.len()) {
            let mut changed = whole.clone();
            changed[at] ^= 1 << (at % 8);
            fs::write(&file, &changed).unwrap();
            match openssl.decrypt("police", &file, &opened) {
                false => refused += 1,
                // Some of it is a name of whom it is for, and says nothing of the content.
                true => {
                    assert!(fs::read(&opened).unwrap() == content, "{kind:?} {at}");
                    assert!(at < tag - 300, "{kind:?} {at}");
                    same += 1;
                }
            }
        }
        assert!(
            refused > 150 && refused > same,
            "{kind:?}: {refused}, {same}"
        );
        // And what was cut off anywhere near its end is no message.
        for cut in [1, 2, 6, 7, 22, 23, 40, 200] {
            fs::write(&file, &whole[..whole.len() - cut]).unwrap();
            assert!(!openssl.decrypt("police", &file, &opened), "{kind:?} {cut}");
        }
    }
}

/// The form is the one of RFC 5083 and RFC 5084, as OpenSSL reads and prints it.
#[test]
fn a_message_says_what_it_is_made_of_and_of_whom_only_issuer_and_serial_number() {
    let Some(openssl) = Openssl::new() else {
        return;
    };
    for (kind, wanted) in [
        (KINDS[0], &["rsaesOaep", "mgf1", "ktri"][..]),
        (
            KINDS[1],
            &[
                "dhSinglePass-stdDH-sha256kdf-scheme",
                "id-aes256-wrap",
                "kari",
            ],
        ),
    ] {
        openssl.make("police", kind, &Says::default());
        let certificate = Certificate::read(&openssl.pem("police"), NOW).unwrap();
        let file = openssl.file("sealed");
        fs::write(&file, sealed(&certificate, b"content")).unwrap();
        let printed = [
            "cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in",
        ];
        let printed = openssl.run([&printed[..], &[file.to_str().unwrap()]].concat());
        let printed = String::from_utf8(printed).unwrap();
        let always = ["id-smime-ct-authEnvelopedData", "aes-256-gcm", "pkcs7-data"];
        for word in wanted.iter().chain(&always) {
            assert!(printed.contains(word), "{word}: {printed}");
        }
        assert!(printed.contains("CN=police"), "{printed}");
    }
}

proptest! {
    #[test]
    fn a_content_that_comes_in_pieces_is_encrypted_as_one_that_is_in_memory(
        key: [u8; 32], nonce: [u8; 12], blocks in prop::collection::vec(0_usize..5, 0..6), rest in 0_usize..16,
    ) {
        let length = blocks.iter().sum::<usize>() * 16 + rest;
        let whole = content(length);
        let mut expected = whole.clone();
        let other = Aes256Gcm::new(&key.into());
        let tag = other.encrypt_in_place_detached(Nonce::from_slice(&nonce), b"", &mut expected).unwrap();
        let mut got = whole;
        let mut gcm = Gcm::new(&key, &nonce);
        let mut at = 0;
        for many in blocks {
            gcm.encrypt(&mut got[at..at + many * 16]).unwrap();
            at += many * 16;
        }
        gcm.encrypt(&mut got[at..]).unwrap();
        prop_assert_eq!(got, expected);
        prop_assert_eq!(&gcm.tag()[..], &tag[..]);
    }
}

#[test]
fn more_than_a_nonce_may_encrypt_is_refused_before_it_is_encrypted() {
    assert_eq!(LONGEST, 68_719_476_704);
    let mut gcm = Gcm::new(&[1; 32], &[2; 12]).almost_full(48);
    assert_eq!(gcm.encrypt(&mut [0; 32]), Ok(()));
    let mut more = [0; 17];
    assert_eq!(gcm.encrypt(&mut more), Err(NoMore));
    assert_eq!(more, [0; 17]);
    assert_eq!(gcm.encrypt(&mut [0; 15]), Ok(()));
    // What ended within a block goes on no more, also where there is room.
    assert_eq!(gcm.encrypt(&mut [0]), Err(NoMore));
    let error = SealError::from(NoMore);
    assert!(error.to_string().contains("narrow the period"), "{error}");
}

/// What was read and not yet written lies in memory: that stays at one piece, however much is sealed.
#[test]
fn sealing_streams_whatever_the_length() {
    struct From<'c>(&'c Cell<u64>, u64);
    impl Read for From<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            // In pieces of no round length, as a pipe gives them.
            let most = into.len().min((self.1 - self.0.get()) as usize).min(12_345);
            self.0.set(self.0.get() + most as u64);
            Ok(most)
        }
    }
    struct To<'c>(&'c Cell<u64>, u64);
    impl Write for To<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.1 += bytes.len() as u64;
            let held = self.0.get().saturating_sub(self.1);
            assert!(held <= 64 << 10, "{held} bytes are held");
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let length = 12 << 20;
    let read = Cell::new(0);
    let Some(openssl) = Openssl::new() else {
        return;
    };
    openssl.make("police", RSA, &Says::default());
    let certificate = Certificate::read(&openssl.pem("police"), NOW).unwrap();
    let mut to = To(&read, 0);
    certificate
        .seal(From(&read, length), &mut to, &mut Numbers(3))
        .unwrap();
    assert!(read.get() == length && to.1 > length);
}

#[test]
fn what_cannot_be_read_or_written_ends_the_sealing() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let Some(openssl) = Openssl::new() else {
        return;
    };
    openssl.make("police", KINDS[1], &Says::default());
    let certificate = Certificate::read(&openssl.pem("police"), NOW).unwrap();
    let from = certificate.seal(Broken, Vec::new(), &mut Numbers(3));
    assert!(matches!(from, Err(SealError::Io(_))));
    let to = certificate.seal(&b"content"[..], Broken, &mut Numbers(3));
    assert!(matches!(to, Err(SealError::Io(_))));
}
