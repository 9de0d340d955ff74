use std::io::{self, ErrorKind, Read, Write};

use cms::enveloped_data::RecipientInfos;
use der::asn1::{Any, ObjectIdentifier, OctetString, SetOfVec};
use der::{Encode, Header, Length, Sequence, Tag};
use rand_core::CryptoRngCore;
use x509_cert::spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use crate::gcm::{Gcm, NONCE, TAG};
use crate::recipient::ContentKey;
use crate::{Certificate, SealError};

/// RFC 5083 section 2.
const AUTH_ENVELOPED_DATA: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.23");
/// RFC 5652 section 4.
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
/// RFC 5084 section 3.2.
const AES256_GCM: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.46");

/// How much of the content is in memory, in bytes: a whole number of blocks of AES.
const PIECE: usize = 64 << 10;

/// The beginning and the end of what says its length by its end (X.690 section 8.1.3.6).
const SEQUENCE: [u8; 2] = [0x30, 0x80];
const CONTEXT_0: [u8; 2] = [0xa0, 0x80];
const END: [u8; 2] = [0, 0];

/// How a content is encrypted (RFC 5084 section 3.2).
#[derive(Sequence)]
struct GcmParameters {
    nonce: OctetString,
    tag_length: u8,
}

impl Certificate {
    /// Writes what is read to `to`, as a message of CMS that the holder of the certificate can decrypt and nobody else:
    /// AuthEnvelopedData (RFC 5083) with AES-256-GCM, whose tag at the end shows that nothing was changed. The key of
    /// the content is encrypted with RSAES-OAEP and SHA-256, or wrapped with one that follows from an ephemeral key
    /// (RFC 5753). However long it is, one piece of it is in memory. It is not compressed and not signed, and nothing of
    /// it has a name or date but the certificate's issuer and serial number.
    ///
    /// # Errors
    /// [`SealError`]. What was written until then is no message.
    pub fn seal(
        &self,
        mut from: impl Read,
        mut to: impl Write,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), SealError> {
        let mut key = ContentKey::default();
        random.fill_bytes(&mut *key);
        let mut nonce = [0; NONCE];
        random.fill_bytes(&mut nonce);
        to.write_all(&self.head(&key, &nonce, random)?)?;
        let mut gcm = Gcm::new(&key, &nonce);
        let mut piece = Zeroizing::new(vec![0; PIECE]);
        loop {
            let read = filled(&mut from, &mut piece)?;
            let piece = &mut piece[..read];
            gcm.encrypt(piece)?;
            if !piece.is_empty() {
                to.write_all(&header(piece.len())?)?;
                to.write_all(piece)?;
            }
            if read < PIECE {
                break;
            }
        }
        // The content, and what holds it.
        to.write_all(&[END, END].concat())?;
        to.write_all(&header(TAG)?)?;
        to.write_all(&gcm.tag())?;
        to.write_all(&[END, END, END].concat())?;
        Ok(())
    }

    /// All before the content.
    fn head(
        &self,
        key: &ContentKey,
        nonce: &[u8],
        random: &mut dyn CryptoRngCore,
    ) -> Result<Vec<u8>, SealError> {
        let told = SetOfVec::from_iter([self.told(key, random)?])?;
        let cipher = AlgorithmIdentifierOwned {
            oid: AES256_GCM,
            parameters: Some(Any::encode_from(&GcmParameters {
                nonce: OctetString::new(nonce)?,
                tag_length: TAG as u8,
            })?),
        };
        let mut head = Vec::new();
        head.extend(SEQUENCE);
        AUTH_ENVELOPED_DATA.encode_to_vec(&mut head)?;
        head.extend([CONTEXT_0, SEQUENCE].concat());
        // The version (RFC 5083 section 2.1).
        0_u8.encode_to_vec(&mut head)?;
        RecipientInfos(told).encode_to_vec(&mut head)?;
        head.extend(SEQUENCE);
        DATA.encode_to_vec(&mut head)?;
        cipher.encode_to_vec(&mut head)?;
        head.extend(CONTEXT_0);
        Ok(head)
    }
}

/// What stands before this many bytes.
fn header(length: usize) -> Result<Vec<u8>, SealError> {
    Ok(Header::new(Tag::OctetString, Length::try_from(length)?)?.to_der()?)
}

/// As much as there is, until it is full.
fn filled(from: &mut impl Read, piece: &mut [u8]) -> io::Result<usize> {
    let mut full = 0;
    while full < piece.len() {
        match from.read(&mut piece[full..]) {
            Ok(0) => break,
            Ok(read) => full += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(full)
}
