//! What stands in the place of the prover where it was not built in.

use lagrum_law::LawPacks;

use crate::{Options, Progress, ProveError, Report};

/// Proves nothing, and says so.
///
/// # Errors
/// Always [`ProveError::NotBuilt`].
pub fn prove(
    _packs: &LawPacks,
    _against: Option<&LawPacks>,
    _options: &Options,
) -> Result<Report, ProveError> {
    Err(ProveError::NotBuilt)
}

/// Proves nothing, and says so.
///
/// # Errors
/// Always [`ProveError::NotBuilt`].
pub fn prove_watched(
    packs: &LawPacks,
    against: Option<&LawPacks>,
    options: &Options,
    _watch: impl Fn(Progress) + Sync,
) -> Result<Report, ProveError> {
    prove(packs, against, options)
}
