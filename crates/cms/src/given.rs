//! The one DER of a certificate, out of what a file or a form holds.

use der::asn1::AnyRef;
use der::{Decode, Tag, Tagged};

use crate::CertificateError as Error;

/// The longest that is read, in bytes.
pub(crate) const LONGEST_GIVEN: usize = 64 << 10;

const BEGIN: &str = "-----BEGIN ";
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----";

/// Exactly one structure in DER, in PEM (RFC 7468) or as it is, which is neither a private key nor a container.
pub(crate) fn der(given: &[u8]) -> Result<Vec<u8>, Error> {
    if given.len() > LONGEST_GIVEN {
        return Err(Error::TooLong(LONGEST_GIVEN));
    }
    // Each of them is a SEQUENCE, whose length, or the number behind a short one, is no character of a text.
    let bytes = match given {
        [0x30, 0x80..=0xff, ..] | [0x30, _, 0x02, ..] => given.to_vec(),
        _ => in_pem(given)?,
    };
    // Files of private keys (RFC 5208, 5958, 8017, 5915) and PKCS #12 (RFC 7292) begin with the number of their version.
    // Of PKCS #12 there are such whose length is said at the end alone.
    if bytes.starts_with(&[0x30, 0x80, 0x02]) {
        return Err(Error::Secret);
    }
    let whole = AnyRef::from_der(&bytes).map_err(|_| Error::Unreadable("its whole"))?;
    match (whole.tag(), whole.value().first()) {
        (Tag::Sequence, Some(0x02)) => Err(Error::Secret),
        (Tag::Sequence, Some(0x30)) => Ok(bytes),
        _ => Err(Error::NotACertificate),
    }
}

fn in_pem(given: &[u8]) -> Result<Vec<u8>, Error> {
    let text = std::str::from_utf8(given).map_err(|_| Error::NotACertificate)?;
    if text.contains("PRIVATE KEY-----") {
        return Err(Error::Secret);
    }
    match text.matches(BEGIN).count() {
        0 => return Err(Error::NotACertificate),
        1 => {}
        _ => return Err(Error::Several),
    }
    let text = text.trim();
    if !text.starts_with(CERTIFICATE) {
        return Err(Error::NotACertificate);
    }
    let decoded = der::pem::decode_vec(text.as_bytes());
    let (_, bytes) = decoded.map_err(|_| Error::Unreadable("its PEM (RFC 7468)"))?;
    Ok(bytes)
}
