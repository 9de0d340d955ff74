//! Under which wider bands a report would not tell too much.

use super::{Counts, Told, tells};
use crate::{FiguresError, Plan};

/// Bands that are tried.
const BANDS: [u32; 8] = [10, 20, 25, 50, 100, 250, 500, 1_000];

/// The first plan, of those that are tried, under which nothing is told: bands are widened until none tells, and those of
/// kinds of which nobody may say how many there were where these tell. `told`: what is told under `plan` itself.
pub(crate) fn wider(
    period: &Counts<'_>,
    plan: &Plan,
    told: &[Told],
) -> Result<Option<Plan>, FiguresError> {
    let next = |width: u32| BANDS.into_iter().find(|band| *band > width);
    let (mut plan, mut told) = (*plan, told.to_vec());
    while !told.is_empty() {
        let is_sealed = |one: &Told| one.sealed;
        if told.iter().any(is_sealed) {
            match next(plan.sealed.max(plan.band)) {
                Some(width) => plan.sealed = width,
                None => return Ok(None),
            }
        }
        if !told.iter().all(is_sealed) {
            match next(plan.band) {
                Some(width) => plan.band = width,
                None => return Ok(None),
            }
        }
        told = tells(period, &plan)?;
    }
    Ok(Some(plan))
}
