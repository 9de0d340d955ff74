//! Count cards: the places of the log at which cases are counted in the public figures.
//!
//! A case is given a place in a file that is still to come. The file is made with the batch of its slot, and what
//! was given to no case is blank then. What opens a card stays here, under the master key.

use jiff::Timestamp;
use lagrum_cards::{Cards, Opening, write_card_file};
use lagrum_log::{ANNOUNCED_BEFORE, LogReader, Schedule, Slot};
use lagrum_model::{CaseId, CountCard, Sha256Digest};
use rand_core::CryptoRngCore;

use crate::chance::below;
use crate::rules::{schedule, seconds};
use crate::{CardRow, Damaged, ReadTransaction, Store, StoreError, WriteTransaction};

/// The kind of the texts that are files of cards.
pub(crate) const CARDS: &str = "cards";
/// The kind of the texts by which the log holds reports.
pub(crate) const REPORT: &str = "report";

/// A file of cards that was made.
pub(crate) struct CardFile {
    /// Its place among the texts.
    pub(crate) notice: u64,
    /// Cases whose cards could not be read: they are not in it.
    pub(crate) left_out: Vec<Damaged>,
}

fn count_card(opening: &Opening) -> CountCard {
    let (slot, place) = opening.place();
    CountCard {
        slot,
        place,
        card: Sha256Digest::of(&opening.card().to_bytes()),
    }
}

/// The slot of the batch that is written next, or of a later one.
fn next_slot(
    transaction: &mut dyn ReadTransaction,
    rules: &Schedule,
) -> Result<Option<Slot>, StoreError> {
    let size = transaction.log_size()?;
    Ok(rules.tick_of(size).and_then(|tick| rules.slot_from(&tick)))
}

impl Store {
    /// Gives a case a place in the next file that has one, which is left to chance. None where there is no
    /// schedule, or all files of the next thirty days are full.
    pub(crate) fn give_card(
        &self,
        transaction: &mut dyn WriteTransaction,
        case: &CaseId,
        demand: &Sha256Digest,
        now: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Option<CountCard>, StoreError> {
        let rules = schedule(&mut *transaction)?;
        let Some(rule) = rules.rules().first() else {
            return Ok(None);
        };
        transaction.lock_cards()?;
        let Some(next) = next_slot(&mut *transaction, &rules)? else {
            return Ok(None);
        };
        // What a rule that is announced now changes lies further away.
        let horizon = seconds(now).saturating_add(ANNOUNCED_BEFORE);
        // Files before the last one that has a card of a case are full; but for one that somebody else put there.
        let last = transaction.last_slot()?.unwrap_or(0);
        let is_own = |row: &CardRow| row.case.is_some() && self.open_card(row).is_some();
        let is_believed = transaction.cards_in(last)?.iter().any(is_own);
        let mut number = if is_believed {
            last.max(next.number)
        } else {
            next.number
        };
        loop {
            let Some(slot) = rules.slot(number).filter(|slot| slot.tick.at < horizon) else {
                return Ok(None);
            };
            let taken = transaction.cards_in(number)?;
            let is_free = |place: &u32| taken.iter().all(|row| row.place != *place);
            let free: Vec<u32> = (0..slot.cards).filter(is_free).collect();
            if free.is_empty() {
                number += 1;
                continue;
            }
            let place = free[below(random, free.len() as u64) as usize];
            let opening = Opening::fresh(&rule.origin, number, place, Some(demand.0), random);
            let row = self.card_row(&opening, Some(case), random);
            transaction.put_card(&row)?;
            return Ok(Some(count_card(&opening)));
        }
    }

    /// Takes back what opens cards of cases in files that the log has between two positions, where it is not the card
    /// that the log has there: such a case is counted anew. Says how many it took back.
    pub(crate) fn take_back_cards(
        &self,
        transaction: &mut dyn WriteTransaction,
        log: &LogReader,
        (rules, origin): (&Schedule, &str),
        (from, until): (u64, u64),
    ) -> Result<u64, StoreError> {
        transaction.lock_cards()?;
        let mut taken = 0;
        let mut next = rules.tick_of(from).and_then(|tick| rules.slot_from(&tick));
        while let Some(slot) = next.filter(|slot| slot.leaf() < until) {
            next = rules.slot(slot.number + 1);
            let mut rows = transaction.cards_in(slot.number)?;
            rows.retain(|row| row.case.is_some());
            if rows.is_empty() {
                continue;
            }
            let file = log.notice(slot.leaf()).map_err(StoreError::PublicLog)?;
            let mut cards = Cards::new(origin, slot.number);
            let is_read = file.is_some_and(|file| cards.push(&file, slot.cards as usize).is_ok());
            for row in rows {
                let own = self.open_card(&row).map(|own| own.card());
                let theirs = cards.at(row.slot, row.place).copied();
                if !is_read || own.is_none() || own != theirs {
                    transaction.remove_card(row.slot, row.place)?;
                    taken += 1;
                }
            }
        }
        Ok(taken)
    }

    /// Makes the file of a slot: the cards that were given, and blank ones in all other places.
    pub(crate) fn make_card_file(
        &self,
        transaction: &mut dyn WriteTransaction,
        slot: &Slot,
        origin: &str,
        random: &mut dyn CryptoRngCore,
    ) -> Result<CardFile, StoreError> {
        transaction.lock_cards()?;
        let mut left_out = Vec::new();
        let mut given: Vec<Option<Opening>> = vec![None; slot.cards as usize];
        for row in transaction.cards_in(slot.number)? {
            let opening = self.open_card(&row).filter(|own| own.origin() == origin);
            match (opening, given.get_mut(row.place as usize)) {
                (Some(opening), Some(place)) => *place = Some(opening),
                // It stops nobody else: its place becomes a blank one, and its case says so.
                _ => {
                    transaction.remove_card(row.slot, row.place)?;
                    if let Some(case) = &row.case {
                        left_out.push(Damaged::of(case, changed(case))?);
                    }
                }
            }
        }
        let mut openings = Vec::with_capacity(given.len());
        for (place, opening) in (0..).zip(given) {
            openings.push(match opening {
                Some(opening) => opening,
                None => {
                    let blank = Opening::fresh(origin, slot.number, place, None, random);
                    transaction.put_card(&self.card_row(&blank, None, random))?;
                    blank
                }
            });
        }
        let file = write_card_file(origin, slot.number, &openings, random);
        Ok(CardFile {
            notice: transaction.put_notice(CARDS, &file)?,
            left_out,
        })
    }

    /// What opens the card of a case; none if it has none.
    ///
    /// # Errors
    /// When it was changed, or the database cannot be read.
    pub fn opening(&self, case: &CaseId) -> Result<Option<Opening>, StoreError> {
        self.opening_in(&mut *self.database.read()?, case)
    }

    fn opening_in(
        &self,
        transaction: &mut dyn ReadTransaction,
        case: &CaseId,
    ) -> Result<Option<Opening>, StoreError> {
        let Some(row) = transaction.card_of(case)? else {
            return Ok(None);
        };
        self.open_card(&row).ok_or_else(|| changed(case)).map(Some)
    }

    /// What opens the cards of a file, in the order of their places, each with its case; none of a blank one.
    ///
    /// # Errors
    /// When one was changed, or the database cannot be read.
    pub fn cards_of_slot(&self, slot: u64) -> Result<Vec<(Option<CaseId>, Opening)>, StoreError> {
        let rows = self.database.read()?.cards_in(slot)?;
        let open = |row: CardRow| {
            let opening = self.open_card(&row).ok_or_else(|| match &row.case {
                Some(case) => changed(case),
                None => StoreError::damaged(format!(
                    "what opens a blank card of file {slot} was changed"
                )),
            })?;
            Ok((row.case, opening))
        };
        rows.into_iter().map(open).collect()
    }

    /// Keeps a report, and has the log say so, where none was kept under this key before. Says whether it did.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn put_report(
        &self,
        kind: &str,
        key: &[u8],
        value: &[u8],
        text: &str,
        random: &mut dyn CryptoRngCore,
    ) -> Result<bool, StoreError> {
        let row = self.shelf().row(kind, key, value, None, random);
        let mut transaction = self.database.write("report")?;
        self.mark(&mut *transaction)?;
        if !transaction.put_shelf_first(&row)? {
            return Ok(false);
        }
        transaction.put_notice(REPORT, text.as_bytes())?;
        transaction.commit()?;
        Ok(true)
    }

    /// Whether what opens the card of a case is what its events say.
    pub(crate) fn card_fault(
        &self,
        transaction: &mut dyn ReadTransaction,
        case: &CaseId,
        said: Option<CountCard>,
    ) -> Result<Option<String>, StoreError> {
        let opening = match self.opening_in(transaction, case) {
            Ok(opening) => opening,
            Err(error) => return Ok(Some(Damaged::of(case, error)?.why)),
        };
        let is_so = opening.as_ref().map(count_card) == said;
        let why = || format!("what opens the card of case {case} is not what its events say");
        Ok((!is_so).then(why))
    }

    fn card_row(
        &self,
        opening: &Opening,
        case: Option<&CaseId>,
        random: &mut dyn CryptoRngCore,
    ) -> CardRow {
        let (slot, place) = opening.place();
        let sealed =
            self.vault
                .seal_card((slot, place), case, opening.to_text().as_bytes(), random);
        CardRow {
            slot,
            place,
            case: case.cloned(),
            sealed,
        }
    }

    /// What opens a card; nothing if it was changed, or lies in another place.
    fn open_card(&self, row: &CardRow) -> Option<Opening> {
        let at = (row.slot, row.place);
        let text = self.vault.open_card(at, row.case.as_ref(), &row.sealed)?;
        let opening = Opening::parse(&text).ok()?;
        let is_its = opening.place() == at && opening.demand().is_some() == row.case.is_some();
        is_its.then_some(opening)
    }
}

fn changed(case: &CaseId) -> StoreError {
    StoreError::Damaged(format!(
        "what opens the card of case {case} was changed after it was recorded"
    ))
}
