use std::path::Path;

use lagrum_mandate::answer::{Receipt, SignedAnswer};
use lagrum_model::Sha256Digest;
use lagrum_notes::{NoteError, VerifyingKey, role};

use crate::volumes::digested;
use crate::{PackageError, SealedFiles};

/// Checks an agent's receipt, and that the sealed package is the one that it names: the file, or its volumes.
///
/// # Errors
/// When none of `agents` signed it, or when a file is another or missing.
pub fn verify_receipt(
    package: &Path,
    note: &[u8],
    agents: &[&VerifyingKey<role::Agent>],
) -> Result<Receipt, PackageError> {
    let (receipt, _) = Receipt::verify(note, agents).map_err(|e| match e {
        NoteError::NotKnown(why) => PackageError::NotKnown(why),
        other => PackageError::Signature(other.to_string()),
    })?;
    SealedFiles::find(package)?.check(&receipt)?;
    Ok(receipt)
}

/// SHA-256 and length of a file, streaming.
///
/// # Errors
/// When it cannot be read.
pub fn digest_of_file(path: &Path) -> Result<(Sha256Digest, u64), PackageError> {
    let found = digested(&[path])?;
    Ok((found.sha256, found.length))
}
