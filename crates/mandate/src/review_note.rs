use lagrum_model::{CaseId, Region};
use serde::{Deserialize, Serialize};

use crate::Review;
use crate::answer::SignedAnswer;

/// The decisions of a review, as the agent that keeps what was withheld tells them to the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewNote {
    /// The case.
    pub case: CaseId,
    /// Where it was decided.
    pub region: Region,
    /// The decisions.
    pub review: Review,
}

impl SignedAnswer for ReviewNote {
    const HEADING: &'static str = "lagrum-review/1";
}
