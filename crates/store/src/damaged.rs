use lagrum_model::CaseId;
use serde::Serialize;

use crate::StoreError;

/// A case that was left out where all are gone through, because something of it was changed, or is not known to this
/// version of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Damaged {
    /// Which case.
    pub case: CaseId,
    /// What is wrong with it.
    pub why: String,
}

impl Damaged {
    /// Damage is the case's own, and so is what a newer version of the program recorded in it; everything else is an error
    /// of all.
    pub(crate) fn of(case: &CaseId, error: StoreError) -> Result<Self, StoreError> {
        match error {
            StoreError::Damaged(why) | StoreError::NotKnown(why) => Ok(Self {
                case: case.clone(),
                why,
            }),
            other => Err(other),
        }
    }
}
