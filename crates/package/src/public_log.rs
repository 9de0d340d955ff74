use std::path::Path;

use lagrum_log::{LogReader, VerifiedCheckpoint, verify_consistency};

use crate::check::Checked;
use crate::{PackageError, Trust};

/// Whether the public log at `log`, as this person sees it, contains the checkpoint under which a
/// package's mandate was proved to be logged.
///
/// # Errors
/// [`PackageError::Signature`] if it does not: somebody was shown another history.
pub fn compare_with_log(
    checked: &Checked,
    trust: &Trust,
    log: &Path,
) -> Result<VerifiedCheckpoint, PackageError> {
    let fault = |why: String| PackageError::Signature(format!("the public log: {why}"));
    let policy = trust.policy().map_err(PackageError::Key)?;
    let logged = checked
        .logged
        .as_ref()
        .ok_or_else(|| fault("the package was not checked against published keys".into()))?;
    let reader = LogReader::of(log, &policy);
    let proof = reader
        .prove_consistency(logged.head().size)
        .map_err(|e| fault(e.to_string()))?;
    let public = policy
        .verify(proof.checkpoint())
        .map_err(|e| fault(e.to_string()))?;
    verify_consistency(logged, &public, &proof).map_err(|e| fault(e.to_string()))?;
    Ok(public)
}
