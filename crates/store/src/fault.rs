//! What is told of what was gone through.

use lagrum_model::CaseId;
use serde::Serialize;

/// Something that is not what was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Of which case, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// In which event, from 1, if it is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<u64>,
    /// What is wrong, in one sentence.
    pub why: String,
}

impl Fault {
    /// One of a case and, if it is in one, of an event.
    #[must_use]
    pub fn of(case: &CaseId, event: Option<u64>, why: impl Into<String>) -> Self {
        Self {
            case: Some(case.clone()),
            event,
            why: why.into(),
        }
    }

    /// One that is of no case, or of nobody knows which.
    #[must_use]
    pub fn of_all(why: impl Into<String>) -> Self {
        Self {
            case: None,
            event: None,
            why: why.into(),
        }
    }
}

/// Who is told what is found.
pub type Tell<'t> = &'t mut dyn FnMut(Fault);
