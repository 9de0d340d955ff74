//! Whose dealings are added up, as the log of the host holds it.

use lagrum_cards::SumSet;
use lagrum_log::LogReader;

use super::Called;
use crate::FiguresError;
use crate::check::Shown;

/// How the text begins by which the log holds the set of a call: the first one is the only one.
#[must_use]
pub fn set_of(called: &Called) -> String {
    format!(
        "lagrum/count-cards/v1/sum-set\ncall {}\n",
        hex::encode(called.digest())
    )
}

/// A set that the log of the host holds: the first of its call.
#[derive(Clone, Debug)]
pub struct FixedSet {
    set: SumSet,
    entry: u64,
}

impl FixedSet {
    /// Looks for the set of a call, in the log of the host; none: not fixed yet.
    ///
    /// # Errors
    /// When the first one is no set, was fixed before complaints were due, or is not named by an index of the log yet: until
    /// then somebody could be shown another one before it.
    pub fn find(called: &Called, log: &LogReader) -> Result<Option<Self>, FiguresError> {
        let shown = Shown::of(log)?;
        let wrong = |why: &str| FiguresError::Sum(format!("the set in the log of the host {why}"));
        if shown.origin != called.call().log {
            return Err(wrong("is not looked for in this log"));
        }
        let Some((entry, text)) = shown.beginning(set_of(called)).next() else {
            return Ok(None);
        };
        let set = SumSet::parse(text).map_err(|e| wrong(&format!("is none: {e}")))?;
        let tick = shown.schedule.tick_of(entry);
        if tick.is_none_or(|tick| tick.at < called.complain_until()) {
            return Err(wrong("was fixed before complaints were due"));
        }
        if entry >= shown.named_until() {
            return Err(wrong(
                "is not named by an index of that log yet: with its next file of cards it is",
            ));
        }
        Ok(Some(Self { set, entry }))
    }

    /// The set.
    #[must_use]
    pub fn set(&self) -> &SumSet {
        &self.set
    }

    /// The entry that is it.
    #[must_use]
    pub fn entry(&self) -> u64 {
        self.entry
    }
}
