//! Going on after a loss: a desk whose database is older than the log it published.
//!
//! What the log has and the database does not is taken in as it is: events that were recorded and not yet placed are
//! recognised by their commitments, public texts by what the log shows; the rest is lost, and a public text says so.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lagrum_log::{Commitment, Head, LogReader, Loss, Rule, Schedule};
use lagrum_model::CaseId;
use serde::Serialize;

use crate::batches::INDEX;
use crate::cards::{CARDS, REPORT};
use crate::rules::{SCHEDULE, seconds};
use crate::{Batch, LogEntry, PassedOver, ReadTransaction, Store, StoreError, WriteTransaction};

/// The kind of the texts that state a loss.
pub(crate) const LOSS: &str = "loss";
/// Events and texts that are read at once.
const CHUNK: u32 = 1024;
/// Where the log went on, so many numbers of cases are passed over besides those that lost entries may have had: cases
/// that waited for their batch left no entry. Up to a multiple of it, so that people see where a gap ends.
const ROUND: u32 = 100;

/// What a loss came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatedLoss {
    /// How many entries of the log the database lacked.
    pub entries: u64,
    /// How many of them stand for events that were recorded here and had no place yet.
    pub recognised: u64,
    /// How many are public texts.
    pub texts: u64,
    /// How many nobody can say any more what they stand for.
    pub lost: u64,
    /// How many cases had a card in a file of count cards that the log has otherwise. It was taken back: each is counted
    /// anew when it is decided.
    pub uncounted: u64,
    /// The numbers of cases that are given to none any more.
    pub passed_over: Option<PassedOver>,
}

fn not_so<T>(why: impl Into<String>) -> Result<T, StoreError> {
    Err(StoreError::Loss(why.into()))
}

fn of_log(error: lagrum_log::Error) -> StoreError {
    StoreError::PublicLog(error)
}

/// What waits for a place here, by what its entry of the log is.
struct Waiting {
    events: HashMap<Commitment, (CaseId, u64)>,
    texts: HashMap<Commitment, u64>,
}

impl Waiting {
    fn read(transaction: &mut dyn ReadTransaction) -> Result<Self, StoreError> {
        let (mut events, mut after) = (HashMap::new(), 0);
        loop {
            let some = transaction.unplaced(after, CHUNK)?;
            let Some(last) = some.last() else {
                break;
            };
            after = last.recorded;
            events.extend(
                some.into_iter()
                    .map(|one| (one.event.commitment, (one.case, one.event.number))),
            );
        }
        let texts = transaction.notices_waiting(u32::MAX)?.into_iter();
        Ok(Self {
            events,
            texts: texts
                .map(|one| (Commitment::public(&one.text), one.place))
                .collect(),
        })
    }
}

/// What kind of text an entry of the log is.
fn kind_of(rules: &Schedule, position: u64, text: &[u8]) -> &'static str {
    let tick = rules.tick_of(position);
    let slot = tick.and_then(|tick| rules.slot_at(&tick));
    match slot {
        Some(slot) if slot.leaf() == position => CARDS,
        Some(slot) if slot.index() == Some(position) => INDEX,
        _ if Rule::begun(text).is_some() => SCHEDULE,
        _ if matches!(Loss::parse(text), Ok(Some(_))) => LOSS,
        _ => REPORT,
    }
}

impl Store {
    /// Takes in what the public log has and this database does not, and has the log say what of it is lost, and `why`
    /// (one line that everybody can read). At least `pass_over` numbers of cases are given to no case any more and, where
    /// the log went on, at least a hundred more than entries are lost: each may have opened a case, and cases that were
    /// not published yet left none. Only if more than those hundred waited unpublished, `pass_over` has to say how many.
    /// In one transaction; the log is not written.
    ///
    /// Whoever calls it has checked every hash of the log, and holds it, so that nobody writes to it.
    ///
    /// # Errors
    /// [`StoreError::Loss`] if nothing is lost, or it is another log than the one that was published from here; when the
    /// database cannot be written or the log cannot be read. Then nothing is changed.
    pub fn state_loss(
        &self,
        log: &LogReader,
        why: &str,
        pass_over: u32,
        at: Timestamp,
    ) -> Result<StatedLoss, StoreError> {
        let newest = log.newest().map_err(of_log)?;
        let (now, origin) = (newest.head(), newest.signed().origin().to_owned());
        let mut transaction = self.database.write("loss")?;
        let size = transaction.lock_log()?;
        let was = published(&mut *transaction, log, &now)?;
        if now.size == was.size && pass_over == 0 {
            return not_so("the public log has nothing that is missing here");
        }
        self.same_so_far(log, (was.size, size), &now)?;

        let mut taken = Taken {
            waiting: Waiting::read(&mut *transaction)?,
            rules: log.schedule().map_err(of_log)?,
            done: StatedLoss {
                entries: now.size - size,
                recognised: 0,
                texts: 0,
                lost: 0,
                uncounted: 0,
                passed_over: None,
            },
            between: None,
        };
        let mut position = size;
        while position < now.size {
            let mut entries = log.entries_from(position).map_err(of_log)?;
            entries.truncate((now.size - position) as usize);
            if entries.is_empty() {
                return not_so("the public log ends before its checkpoint");
            }
            let batch = taken.batch(&mut *transaction, log, position, &entries)?;
            transaction.place(&batch)?;
            position += entries.len() as u64;
        }
        if now != was && !transaction.compare_and_swap(Some(&was), &now)? {
            return Err(StoreError::ChangedMeanwhile);
        }
        let Taken {
            mut done,
            between,
            rules,
            ..
        } = taken;
        let files = (&rules, &*origin);
        done.uncounted = self.take_back_cards(&mut *transaction, log, files, (size, now.size))?;
        if let Some((first, last)) = between {
            let text = Loss {
                origin,
                first,
                last,
                lost: done.lost,
                at: seconds(at),
                why: why.to_owned(),
            };
            let text = text
                .to_text()
                .map_err(|e| StoreError::Loss(e.to_string()))?;
            transaction.put_notice(LOSS, text.as_bytes())?;
        }
        let at_least = match now == was {
            true => 0,
            false => u32::try_from(done.lost)
                .unwrap_or(u32::MAX)
                .saturating_add(ROUND),
        };
        done.passed_over = passed(&mut *transaction, at_least.max(pass_over), at)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Where positions were given here that were not published from here, the log has the same entries there.
    fn same_so_far(
        &self,
        log: &LogReader,
        (from, size): (u64, u64),
        now: &Head,
    ) -> Result<(), StoreError> {
        let otherwise = "positions were given here that the public log has otherwise: the desk worked on after it was restored, \
before the loss was stated. Restore the copy again";
        if size > now.size {
            return not_so(otherwise);
        }
        let mut position = from;
        while position < size {
            let mut theirs = log.entries_from(position).map_err(of_log)?;
            theirs.truncate((size - position) as usize);
            let ours = self.entries_from(position, theirs.len() as u32)?;
            let ours = ours.iter().map(|leaf| leaf.commitment);
            if theirs.is_empty() || !ours.eq(theirs.iter().copied()) {
                return not_so(otherwise);
            }
            position += theirs.len() as u64;
        }
        Ok(())
    }
}

/// The head that was published from here, of which the log is a continuation.
fn published(
    transaction: &mut dyn WriteTransaction,
    log: &LogReader,
    now: &Head,
) -> Result<Head, StoreError> {
    let was = transaction.head()?.unwrap_or(Head::EMPTY);
    if now.size < was.size {
        return not_so(
            "the public log has fewer entries than were published from here: it was rolled back itself",
        );
    }
    match log.head_of(was.size).map_err(of_log)? == was {
        true => Ok(was),
        false => not_so("the public log is another one than was published from here"),
    }
}

/// What is found while the entries are taken in.
struct Taken {
    waiting: Waiting,
    rules: Schedule,
    done: StatedLoss,
    /// The first and the last entry that are lost.
    between: Option<(u64, u64)>,
}

impl Taken {
    fn batch(
        &mut self,
        transaction: &mut dyn WriteTransaction,
        log: &LogReader,
        position: u64,
        entries: &[Commitment],
    ) -> Result<Batch, StoreError> {
        let mut batch = Batch::default();
        for (position, commitment) in (position..).zip(entries.iter().copied()) {
            if let Some(event) = self.waiting.events.remove(&commitment) {
                self.done.recognised += 1;
                batch.entries.push(LogEntry {
                    position,
                    commitment,
                    event,
                });
            } else if let Some(place) = self.waiting.texts.remove(&commitment) {
                self.done.texts += 1;
                batch.notices.push((place, position));
            } else if let Some(text) = log.notice(position).map_err(of_log)? {
                self.done.texts += 1;
                let kind = kind_of(&self.rules, position, &text);
                batch
                    .notices
                    .push((transaction.put_notice(kind, &text)?, position));
            } else {
                self.done.lost += 1;
                let first = self.between.map_or(position, |(first, _)| first);
                self.between = Some((first, position));
                batch.lost.push((position, commitment));
            }
        }
        Ok(batch)
    }
}

/// Passes over the numbers that follow in this year (UTC): in no other one are any given.
fn passed(
    transaction: &mut dyn WriteTransaction,
    at_least: u32,
    at: Timestamp,
) -> Result<Option<PassedOver>, StoreError> {
    if at_least == 0 {
        return Ok(None);
    }
    let year = at.to_zoned_datetime(TimeZone::UTC).year();
    let given = transaction.last_case_number(year)?;
    let last = given.saturating_add(at_least);
    let last = last.checked_next_multiple_of(ROUND).unwrap_or(last);
    let first = given.saturating_add(1);
    let numbers = PassedOver { year, first, last };
    transaction.pass_over(numbers)?;
    Ok(Some(numbers))
}
