use jiff::Timestamp;
use lagrum_model::{Category, Disposition, Identifier, SubCategory};
use serde::{Deserialize, Serialize};

/// A part of the demand that a mandate does not carry out, or carries out for less than was asked, as
/// the officer who gets the package reads it: nobody takes a part of an answer for the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherPart {
    /// Whose data, as the demand says it.
    pub identifier: Identifier,
    /// Which kind.
    pub category: Category,
    /// Which boxes below it the demand ticks. Empty: all of it.
    pub sub_categories: Vec<SubCategory>,
    /// How it was answered when the mandate was drafted; [`Disposition::Wait`]: not yet.
    pub answer: Disposition,
    /// Whether the package holds it, for less than was asked.
    pub here: bool,
    /// Until when it waits at most (UTC), where that is known.
    pub until: Option<Timestamp>,
    /// The rules that decided it.
    pub by: Vec<Provision>,
}

/// A rule, as somebody outside reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// Its name in the law packs.
    pub rule: String,
    /// Where it is written.
    pub cite: String,
    /// What it says.
    pub says: String,
}

impl OtherPart {
    /// Whether what was said of a part when the mandate was drafted is still so, or it waited then.
    #[must_use]
    pub fn still_holds(&self, now: &Self) -> bool {
        let asked = |one: &Self| {
            let boxes = one.sub_categories.clone();
            (one.identifier.clone(), one.category, boxes, one.here)
        };
        let same = asked(self) == asked(now);
        same && (self.answer == Disposition::Wait
            || (self.answer, &self.by) == (now.answer, &now.by))
    }
}
