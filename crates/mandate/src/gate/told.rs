//! What the package tells of the rest of a demand.

use super::refused::Refused;
use crate::{DemandAnswers, Mandate, NotTheAnswers, OtherPart};

/// What the package tells of the rest of the demand is what two people signed for.
pub(super) fn the_rest_is_told(
    mandate: &Mandate,
    came: &[u8],
) -> Result<(Option<DemandAnswers>, Vec<OtherPart>), Refused> {
    let refused = |why: NotTheAnswers| Refused::Mandate(why.to_string());
    let came = (!came.is_empty()).then(|| DemandAnswers::parse(came));
    let came = came.transpose().map_err(refused)?;
    let others = mandate.others(came.as_ref()).map_err(refused)?;
    Ok((came, others))
}
