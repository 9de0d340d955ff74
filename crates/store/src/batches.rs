//! Batches of the log: at every tick the same number of entries, whatever happened. Events are mixed with covers,
//! so that neither times nor numbers tell how busy the desk is.
//!
//! A batch is fixed here before it is appended: whatever crashes, it stays the same.

use std::collections::HashMap;

use jiff::Timestamp;
use lagrum_log::{Commitment, Rhythm, Rule, Salt, Schedule, Slot, Tick, index_text};
use lagrum_model::CaseId;
use rand_core::CryptoRngCore;

use crate::cards::{CARDS, CardFile};
use crate::chance::below;
use crate::placing::Checks;
use crate::rules::{SCHEDULE, schedule, seconds};
use crate::{
    Batch, Cover, Damaged, LogEntry, Notice, ReadTransaction, Store, StoreError, WriteTransaction,
};

/// The kind of the texts that name others.
pub(crate) const INDEX: &str = "index";
/// Batches that are fixed in one transaction, where several were missed.
const AT_ONCE: u32 = 64;
/// Over how long it is looked how full the batches are, in seconds.
const WEEK: u64 = 7 * 24 * 3600;

/// What [`Store::tick`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Batches that were fixed.
    pub batches: u64,
    /// How many of them before their tick, because a mandate would have waited too long.
    pub early: u64,
    /// Cases whose events were left out, because something of them was changed from outside.
    pub left_out: Vec<Damaged>,
}

/// How full the batches of the last week are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fill {
    /// Entries that stand for events.
    pub events: u64,
    /// All entries.
    pub entries: u64,
    /// Batches that were written before their tick.
    pub ahead: u64,
}

impl Fill {
    /// In percent, rounded down; none before the first batch.
    #[must_use]
    pub fn percent(&self) -> Option<u64> {
        (self.events * 100).checked_div(self.entries)
    }
}

/// The instant of a tick (UTC); none where it cannot be written as one.
fn instant(seconds: u64) -> Option<Timestamp> {
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}

impl Store {
    /// When batches of the log are written. No rule: entries are written when something happens.
    ///
    /// # Errors
    /// When the database cannot be read, or a rule in it was changed.
    pub fn schedule(&self) -> Result<Schedule, StoreError> {
        schedule(&mut *self.database.read()?)
    }

    /// Has a rule announced in the log: from the first tick at or after `from` on, `rhythm` counts. Without a rule
    /// before, the first batch is due at `from`.
    ///
    /// # Errors
    /// [`StoreError::Schedule`] if it cannot be kept, or begins too soon; when the database cannot be written.
    pub fn announce(
        &self,
        rhythm: Rhythm,
        from: Timestamp,
        origin: &str,
        now: Timestamp,
    ) -> Result<Rule, StoreError> {
        let mut transaction = self.database.write("announce")?;
        let size = transaction.lock_log()?;
        let mut rules = schedule(&mut *transaction)?;
        let rule = rules.next_rule(rhythm, seconds(from), origin, size);
        // It is announced with the next batch, or with one that is due by then.
        let announced = rules.tick_of(size).map_or(0, |tick| tick.at);
        rules
            .add(rule.clone(), announced.max(seconds(now)))
            .map_err(StoreError::Schedule)?;
        transaction.put_notice(SCHEDULE, rule.to_text().as_bytes())?;
        transaction.commit()?;
        Ok(rule)
    }

    /// Fixes the batches that are due, one for each tick that was missed; and the next one before its tick, if
    /// an event would else wait longer than the rule lets it for whose case something of the kind `urgent` is to be
    /// done. Does nothing where there is no schedule.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn tick(
        &self,
        now: Timestamp,
        urgent: &str,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Ticked, StoreError> {
        let now = seconds(now);
        let mut ticked = Ticked::default();
        loop {
            {
                let mut read = self.database.read()?;
                let rules = schedule(&mut *read)?;
                if rules.rules().is_empty() {
                    return Ok(ticked);
                }
                let size = placed(&mut *read, &rules)?;
                if next(&mut *read, &rules, size, now, urgent)?.is_none() {
                    return Ok(ticked);
                }
            }
            let mut transaction = self.database.write("batches")?;
            let mut size = transaction.lock_log()?;
            let rules = schedule(&mut *transaction)?;
            let mut making = Making {
                store: self,
                urgent,
                checks: Checks::new(self),
                random: &mut *random,
            };
            let mut made = 0;
            while made < AT_ONCE {
                let Some((tick, early)) = next(&mut *transaction, &rules, size, now, urgent)?
                else {
                    break;
                };
                let slot = rules.slot_at(&tick);
                let room = tick.size - slot.map_or(0, |slot| slot.fixed());
                let (leaves, urgent_events) = making.leaves(&mut *transaction, room)?;
                // A case that is left out hurries nobody.
                if early && urgent_events == 0 {
                    break;
                }
                let index = match slot.and_then(|slot| Some((slot, slot.index()?))) {
                    Some((slot, place)) => {
                        let text = index(&mut *transaction, &rules, &slot)?;
                        Some((transaction.put_notice(INDEX, text.as_bytes())?, place))
                    }
                    None => None,
                };
                let file = match (slot, rules.rule_of(&tick)) {
                    (Some(slot), Some(rule)) => {
                        let random = &mut *making.random;
                        Some(self.make_card_file(&mut *transaction, &slot, &rule.origin, random)?)
                    }
                    _ => None,
                };
                let mut batch = making.mixed(leaves, &tick, room);
                if let Some(CardFile { notice, left_out }) = file {
                    let last = tick.leaf + u64::from(tick.size) - 1;
                    batch.notices.push((notice, last));
                    making.checks.left_out.extend(left_out);
                }
                batch.notices.extend(index);
                transaction.place(&batch)?;
                size += u64::from(tick.size);
                ticked.batches += 1;
                ticked.early += u64::from(early);
                made += 1;
            }
            for one in making.checks.left_out {
                if !ticked.left_out.contains(&one) {
                    ticked.left_out.push(one);
                }
            }
            if made == 0 {
                return Ok(ticked);
            }
            transaction.commit()?;
        }
    }

    /// When the next batch is written, where there is a schedule and an event waits for it (UTC).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn waits_until(&self) -> Result<Option<Timestamp>, StoreError> {
        let mut transaction = self.database.read()?;
        let rules = schedule(&mut *transaction)?;
        if rules.rules().is_empty() || transaction.unplaced(0, 1)?.is_empty() {
            return Ok(None);
        }
        let size = placed(&mut *transaction, &rules)?;
        Ok(rules.tick_of(size).and_then(|tick| instant(tick.at)))
    }

    /// How full the batches of the last week are; none where there is no schedule.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn fill(&self, now: Timestamp) -> Result<Option<Fill>, StoreError> {
        let mut transaction = self.database.read()?;
        let rules = schedule(&mut *transaction)?;
        let Some(first) = rules.rules().first() else {
            return Ok(None);
        };
        let size = placed(&mut *transaction, &rules)?;
        let now = seconds(now);
        let since = rules.ticks_until(now.saturating_sub(WEEK).max(first.begins).saturating_sub(1));
        let from = rules.tick(since).map_or(size, |tick| tick.leaf);
        let written = rules.tick_of(size).map_or(0, |tick| tick.number);
        Ok(Some(Fill {
            events: transaction.events_placed_from(from)?,
            entries: size.saturating_sub(from),
            ahead: written.saturating_sub(rules.ticks_until(now)),
        }))
    }

    /// The texts that are entries of the log from `position` on, up to `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn notices_from(
        &self,
        position: u64,
        limit: u32,
    ) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let found = self.database.read()?.notices_from(position, limit)?;
        let placed = |notice: Notice| Some((notice.position?, notice.text));
        Ok(found.into_iter().filter_map(placed).collect())
    }

    /// The entries from `position` on that commit to no event, each with what is wrong with it, if something is.
    pub(crate) fn others(
        &self,
        transaction: &mut dyn ReadTransaction,
        position: u64,
        limit: u32,
    ) -> Result<HashMap<u64, (Commitment, Option<String>)>, StoreError> {
        let mut found = HashMap::new();
        for cover in transaction.covers(position, limit)? {
            let Cover {
                position,
                commitment,
                sealed,
            } = cover;
            let salt = self.vault.open_cover(position, &sealed);
            let is_it = salt.is_some_and(|salt| Commitment::cover(&salt) == commitment);
            let why =
                || format!("entry {position} of the log, which stands for nothing, was changed");
            found.insert(position, (commitment, (!is_it).then(why)));
        }
        for notice in transaction.notices_from(position, limit)? {
            if let Some(position) = notice.position {
                found.insert(position, (Commitment::public(&notice.text), None));
            }
        }
        for (position, commitment) in transaction.lost(position, limit)? {
            found.insert(position, (commitment, None));
        }
        let end = position + u64::from(limit);
        found.retain(|position, _| *position < end);
        Ok(found)
    }
}

/// How many positions were given.
fn placed(transaction: &mut dyn ReadTransaction, rules: &Schedule) -> Result<u64, StoreError> {
    let size = transaction.log_size()?;
    match rules.rules().first() {
        Some(first) if size < first.leaf => Err(StoreError::damaged(
            "the log has fewer entries than when its schedule began",
        )),
        _ => Ok(size),
    }
}

/// The batch that is to be written now, and whether it is before its tick.
fn next(
    transaction: &mut dyn ReadTransaction,
    rules: &Schedule,
    size: u64,
    now: u64,
    urgent: &str,
) -> Result<Option<(Tick, bool)>, StoreError> {
    let Some(tick) = rules.tick_of(size) else {
        return Ok(None);
    };
    if tick.at <= now {
        return Ok(Some((tick, false)));
    }
    let Some(rule) = rules.rule_of(&tick) else {
        return Ok(None);
    };
    // What waits may have waited for a whole tick already. What fits into the batches until then is in time.
    let until = now + u64::from(rule.wait - rule.every) * 60;
    let ticks = match until.checked_sub(tick.at) {
        Some(left) => left / (u64::from(rule.every) * 60) + 1,
        None => 0,
    };
    let fixed = rules.slot_from(&tick).map_or(0, |slot| slot.fixed());
    let room = ticks * u64::from(tick.size) - slots_in(rules, &tick, ticks) * u64::from(fixed);
    let most = u32::try_from(room + 1).unwrap_or(u32::MAX);
    let waiting = transaction.urgent(urgent, most)?;
    let events: u64 = waiting.iter().map(|(_, events)| events).sum();
    Ok((events > room).then_some((tick, true)))
}

/// The text that names the public texts from the slot before this one on, but for those of its own batch.
fn index(
    transaction: &mut dyn ReadTransaction,
    rules: &Schedule,
    slot: &Slot,
) -> Result<String, StoreError> {
    let before = slot
        .number
        .checked_sub(1)
        .and_then(|number| rules.slot(number));
    let mut from = before.map_or(0, |before| before.tick.leaf);
    let mut entries = Vec::new();
    loop {
        let notices = transaction.notices_from(from, 1000)?;
        let Some(last) = notices.last().and_then(|notice| notice.position) else {
            break;
        };
        from = last + 1;
        let named = notices
            .into_iter()
            .filter(|notice| notice.kind != INDEX && notice.kind != CARDS);
        entries.extend(named.filter_map(|notice| notice.position));
    }
    entries.retain(|entry| *entry < slot.tick.leaf);
    Ok(index_text(slot.number, &entries))
}

/// How many of so many batches from this one on have a file of cards.
fn slots_in(rules: &Schedule, first: &Tick, ticks: u64) -> u64 {
    let slot = |number| Some(rules.slot_from(&rules.tick(number)?)?.number);
    let (from, to) = (slot(first.number), slot(first.number + ticks));
    from.zip(to).map_or(0, |(from, to)| to - from)
}

/// What is remembered while batches are made in one transaction.
struct Making<'m> {
    store: &'m Store,
    urgent: &'m str,
    checks: Checks<'m>,
    random: &'m mut dyn CryptoRngCore,
}

/// What gets a position.
enum Given {
    Event(CaseId, u64, Commitment),
    Notice(u64),
}

impl Making<'_> {
    /// What comes into a batch that has room for so many: texts first, then the events of cases for which something
    /// is to be done, then all others in the order of recording. Says how many events it has of those cases.
    fn leaves(
        &mut self,
        transaction: &mut dyn WriteTransaction,
        size: u32,
    ) -> Result<(Vec<Given>, usize), StoreError> {
        let room = size as usize;
        let mut leaves = Vec::with_capacity(room);
        for notice in transaction.notices_waiting(size)? {
            leaves.push(Given::Notice(notice.place));
        }
        for (case, _) in transaction.urgent(self.urgent, size)? {
            for number in transaction.unplaced_of(&case)? {
                if leaves.len() == room {
                    break;
                }
                if let Some(event) = transaction.event(&case, number)? {
                    let commitment = event.commitment;
                    if self.checks.may(transaction, &case, &event)? {
                        leaves.push(Given::Event(case.clone(), number, commitment));
                    }
                }
            }
        }
        let is_event = |leaf: &&Given| matches!(leaf, Given::Event(..));
        let urgent = leaves.iter().filter(is_event).count();
        let taken = |leaves: &[Given], case: &CaseId, number: u64| {
            leaves.iter().any(
                |leaf| matches!(leaf, Given::Event(of, event, _) if of == case && *event == number),
            )
        };
        let mut after = 0;
        while leaves.len() < room {
            let waiting = transaction.unplaced(after, size.saturating_mul(2))?;
            let Some(last) = waiting.last() else {
                break;
            };
            after = last.recorded;
            for one in waiting {
                let (case, number) = (one.case, one.event.number);
                if leaves.len() == room || taken(&leaves, &case, number) {
                    continue;
                }
                let commitment = one.event.commitment;
                if self.checks.may(transaction, &case, &one.event)? {
                    leaves.push(Given::Event(case, number, commitment));
                }
            }
        }
        Ok((leaves, urgent))
    }

    /// The first so many places of a batch. Covers fill them up. Who has which place is left to chance, but events
    /// of one case stay in their order.
    fn mixed(&mut self, leaves: Vec<Given>, tick: &Tick, room: u32) -> Batch {
        let mut places: Vec<u64> = (tick.leaf..tick.leaf + u64::from(room)).collect();
        for last in (1..places.len()).rev() {
            let other = below(self.random, last as u64 + 1) as usize;
            places.swap(last, other);
        }
        let (given, rest) = places.split_at(leaves.len());
        let mut batch = Batch::default();
        // Of one case the first event has the first of its places.
        let mut of_case: HashMap<&CaseId, Vec<u64>> = HashMap::new();
        for (leaf, place) in leaves.iter().zip(given) {
            if let Given::Event(case, ..) = leaf {
                of_case.entry(case).or_default().push(*place);
            }
        }
        for places in of_case.values_mut() {
            places.sort_unstable_by(|one, other| other.cmp(one));
        }
        for (leaf, place) in leaves.iter().zip(given) {
            match leaf {
                Given::Notice(notice) => batch.notices.push((*notice, *place)),
                Given::Event(case, number, commitment) => {
                    let position = of_case.get_mut(case).and_then(Vec::pop);
                    batch.entries.push(LogEntry {
                        position: position.unwrap_or(*place),
                        commitment: *commitment,
                        event: (case.clone(), *number),
                    });
                }
            }
        }
        for position in rest {
            let mut salt = [0; 32];
            self.random.fill_bytes(&mut salt);
            let salt = Salt::from_bytes(salt);
            batch.covers.push(Cover {
                position: *position,
                commitment: Commitment::cover(&salt),
                sealed: self.store.vault.seal_cover(*position, &salt, self.random),
            });
        }
        batch
    }
}
