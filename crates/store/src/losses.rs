//! What the public log says of losses, against what is kept as lost.

use lagrum_log::{Commitment, Loss};

use crate::fault::{Fault, Tell};
use crate::loss::LOSS;
use crate::{Store, StoreError};

/// A loss, and how many entries that are kept as lost it accounts for.
struct Kept {
    loss: Loss,
    entries: u64,
}

impl Kept {
    fn has(&self, position: u64) -> bool {
        (self.loss.first..=self.loss.last).contains(&position)
    }
}

/// The losses that the public log states, and those that it will. Without one, whatever is kept as lost is a fault.
#[derive(Default)]
pub struct Losses {
    /// In the order of their entries.
    stated: Vec<Kept>,
    /// Their texts are not published yet.
    waiting: Vec<Kept>,
}

impl Store {
    /// Reads which losses the log states in its first `size` entries, of which `entry` gives each as the log itself has
    /// it. `tell` hears of texts that are kept for entries that the log was never given.
    ///
    /// # Errors
    /// When the database cannot be read; those of `entry`.
    pub fn losses(
        &self,
        size: u64,
        entry: &mut dyn FnMut(u64) -> Result<Option<Commitment>, StoreError>,
        tell: Tell<'_>,
    ) -> Result<Losses, StoreError> {
        let mut transaction = self.database.read()?;
        let given = transaction.log_size()?;
        for notice in transaction.notices_from(given, MOST_TOLD)? {
            if let Some(position) = notice.position {
                let why = format!(
                    "a public text is kept as entry {position} of the log, of which no more than {given} were written"
                );
                tell(Fault::of_all(why));
            }
        }
        let mut stated = Vec::new();
        let mut waiting = Vec::new();
        for notice in transaction.notices(LOSS)? {
            // What cannot be read states nothing; if it has an entry, that is another one, and told.
            let Ok(Some(loss)) = Loss::parse(&notice.text) else {
                continue;
            };
            let kept = Kept { loss, entries: 0 };
            match notice.position {
                Some(position) if position < size => {
                    let is_it = entry(position)? == Some(Commitment::public(&notice.text));
                    // Nobody states a loss of what comes after.
                    if is_it && kept.loss.last < position {
                        stated.push((position, kept));
                    }
                }
                Some(position) if position >= given => {}
                _ => waiting.push(kept),
            }
        }
        stated.sort_by_key(|(position, _)| *position);
        Ok(Losses {
            stated: stated.into_iter().map(|(_, kept)| kept).collect(),
            waiting,
        })
    }
}

/// Of texts without an entry so many are named.
const MOST_TOLD: u32 = 100;

impl Losses {
    /// Counts an entry that is kept as lost, and says whether the log states it. The last loss counts that says so: who
    /// restores an older copy once more states it anew.
    pub(crate) fn states(&mut self, position: u64) -> bool {
        let last = self.stated.iter_mut().rev().find(|kept| kept.has(position));
        last.map(|kept| kept.entries += 1).is_some()
    }

    /// Counts one that the log will state, and says whether it will.
    pub(crate) fn will_state(&mut self, position: u64) -> bool {
        let last = self
            .waiting
            .iter_mut()
            .rev()
            .find(|kept| kept.has(position));
        last.map(|kept| kept.entries += 1).is_some()
    }

    /// After all entries: tells which losses are not stated yet, and where more is kept as lost than the log states.
    /// Fewer are no fault: after a newer copy turned up more is known than when the loss was stated, and each entry of
    /// it was compared like any other.
    pub fn finish(self, tell: Tell<'_>) {
        for Kept { loss, entries } in &self.waiting {
            let (first, last) = (loss.first, loss.last);
            if *entries > 0 {
                let why = format!(
                    "{entries} of the entries {first} to {last} of the public log are kept as lost, and the loss is not stated yet: what says so waits to be published"
                );
                tell(Fault::of_all(why));
            }
        }
        for Kept { loss, entries } in self.stated {
            let (first, last, lost) = (loss.first, loss.last, loss.lost);
            if entries > lost {
                let why = format!(
                    "the public log says that {lost} of its entries {first} to {last} are lost, and {entries} are kept as lost"
                );
                tell(Fault::of_all(why));
            }
        }
    }
}
