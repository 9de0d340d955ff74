use std::io::Read;
use std::path::Path;

use lagrum_mandate::answer::{Receipt, SignedAnswer};
use lagrum_model::Sha256Digest;
use lagrum_notes::{VerifyingKey, role};
use sha2::{Digest, Sha256};

use crate::PackageError;

/// Checks an agent's receipt, and that the sealed file is the one that it names.
///
/// # Errors
/// When none of `agents` signed it, or when the file is another.
pub fn verify_receipt(
    package: &Path,
    note: &[u8],
    agents: &[&VerifyingKey<role::Agent>],
) -> Result<Receipt, PackageError> {
    let (receipt, _) =
        Receipt::verify(note, agents).map_err(|e| PackageError::Signature(e.to_string()))?;
    if digest_of_file(package)? != (receipt.sha256, receipt.length) {
        return Err(PackageError::refused(
            "the sealed file is not the one that the receipt names; ask for it again",
        ));
    }
    Ok(receipt)
}

/// SHA-256 and length of a file, streaming.
///
/// # Errors
/// When it cannot be read.
pub fn digest_of_file(path: &Path) -> Result<(Sha256Digest, u64), PackageError> {
    let fault = || PackageError::io(path.display().to_string());
    let mut file = crate::open::plain(path)?;
    let (mut hasher, mut length, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut buffer).map_err(fault())?;
        if read == 0 {
            return Ok((Sha256Digest(hasher.finalize().into()), length));
        }
        hasher.update(&buffer[..read]);
        length += read as u64;
    }
}
