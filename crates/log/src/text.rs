//! Small strict readers that the C2SP texts share.

use crate::error::Error;
use crate::hash::Hash;

/// No tree of up to 2^63 entries needs more hashes in a proof.
pub(crate) const MAXIMUM_PROOF_HASHES: usize = 63;

/// An ASCII decimal without sign and without leading zeroes.
pub(crate) fn decimal(text: &str, what: &str) -> Result<u64, Error> {
    let rule = "must be a decimal number without sign and leading zeroes";
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || (text.len() > 1 && text.starts_with('0')) {
        return Err(Error::malformed(what, rule));
    }
    text.parse().map_err(|_| Error::malformed(what, rule))
}

/// The hash lines of a proof.
pub(crate) fn hashes<'a>(
    lines: impl Iterator<Item = &'a str>,
    what: &str,
) -> Result<Vec<Hash>, Error> {
    let mut hashes = Vec::new();
    for line in lines {
        if hashes.len() == MAXIMUM_PROOF_HASHES {
            return Err(Error::malformed(what, "must have at most 63 hash lines"));
        }
        hashes.push(Hash::from_base64(line, what)?);
    }
    Ok(hashes)
}

pub(crate) fn write_hashes(text: &mut String, hashes: &[Hash]) {
    for hash in hashes {
        text.push_str(&hash.to_base64());
        text.push('\n');
    }
}

/// Divides a proof from the checkpoint that follows it after an empty line.
pub(crate) fn divide<'a>(
    bytes: &'a [u8],
    maximum: usize,
    what: &str,
) -> Result<(&'a str, &'a str), Error> {
    if bytes.len() > maximum {
        return Err(Error::malformed(what, "must be at most 4 MiB long"));
    }
    let text = str::from_utf8(bytes).map_err(|_| Error::malformed(what, "must be UTF-8"))?;
    text.split_once("\n\n").ok_or_else(|| {
        Error::malformed(
            what,
            "must have an empty line between the proof and its checkpoint",
        )
    })
}

/// The longest proof text that is read.
pub(crate) const MAXIMUM_TEXT: usize = 4 << 20;
