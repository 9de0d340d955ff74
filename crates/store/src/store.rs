use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lagrum_log::{Commitment, Head};
use lagrum_model::{Actor, Case, CaseId, Event, EventKind, Sha256Digest};
use rand_core::CryptoRngCore;

use crate::patience::patiently;
use crate::record::{Read, open_event, read};
use crate::vault::CaseKey;
use crate::words::kept;
use crate::{
    CaseRecord, Changes, Database, FactRow, LogHead, Projection, PublicLog, ReadTransaction,
    StoreError, SummaryRow, Tag, Vault, WatchRow, WordTag, WriteTransaction,
};

/// The read model of a case, as rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) row: SummaryRow,
    pub(crate) tags: Vec<Tag>,
    pub(crate) words: Vec<WordTag>,
    pub(crate) watched: Vec<WatchRow>,
    pub(crate) fact: Option<FactRow>,
    /// By which groups they were made.
    pub(crate) arranged: String,
}

/// Makes the read model of a case from its fold and its events. It must depend on nothing else, so
/// that the read model can be rebuilt and compared.
pub type Project<'p> = &'p dyn Fn(&CaseId, &Case, &[Event]) -> Projection;

/// The desk's store: a database, and the vault without which nobody can read it. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) database: Arc<dyn Database>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) log: Option<Arc<dyn PublicLog>>,
}

/// A case that was opened, or is there already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Which case.
    pub case: CaseId,
    /// Whether it is new. If not, the same bytes were taken in before.
    pub new: bool,
}

/// Whose files of before are the same case again.
pub(crate) enum Same<'s> {
    /// Anybody's.
    Anybody,
    /// Those that this one sent at the door.
    Sender(&'s str),
    /// Those of the cases that are there for somebody, by the way that they go.
    Theirs(&'s dyn Fn(&str) -> bool),
    /// Nobody's.
    Nobody,
}

/// Of cases that have the same file, so many are looked at.
const MOST_ALIKE: u32 = 1000;
/// A list that was written by groups of more than one kind.
const MIXED: &str = "-";

/// Writes the read model of a case. Whoever writes by other groups than the list is arranged by leaves a list that
/// has to be arranged anew.
pub(crate) fn put_rows(
    transaction: &mut dyn WriteTransaction,
    rows: &Rows,
) -> Result<(), StoreError> {
    let held = transaction.hold_arranged(false)?;
    transaction.put_summary(&rows.row, &rows.tags, &rows.watched)?;
    transaction.put_words(&rows.row.case, &rows.words)?;
    if let Some(fact) = &rows.fact {
        transaction.put_fact(fact)?;
    }
    if held != rows.arranged && held != MIXED {
        transaction.put_arranged(MIXED)?;
    }
    Ok(())
}

impl Store {
    /// The store in `database`, with the vault under which it was written. Writes nothing.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`] when another master key was used before; when the database cannot be
    /// read.
    pub fn open(database: Arc<dyn Database>, vault: Vault) -> Result<Self, StoreError> {
        let mark = database.read()?.key_mark()?;
        if mark.is_some_and(|mark| mark != vault.mark()) {
            return Err(StoreError::WrongKey);
        }
        Ok(Self {
            database,
            vault: Arc::new(vault),
            log: None,
        })
    }

    /// The same store, which holds all that it reads against the public log as well.
    #[must_use]
    pub fn held_against(self, log: Arc<dyn PublicLog>) -> Self {
        Self {
            log: Some(log),
            ..self
        }
    }

    /// The head of the log, for [`lagrum_log::Log`].
    #[must_use]
    pub fn log_head(&self) -> LogHead<'_> {
        LogHead::new(&*self.database)
    }

    /// The head of the log as the desk last published it, or is about to; none before the first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn published(&self) -> Result<Option<Head>, StoreError> {
        self.database.read()?.head()
    }

    /// Opens the next case of the year of `at` (UTC) with the events that `first` commands, and keeps
    /// the original bytes, in one transaction. If a case was opened before with the first of
    /// `originals`, gives that one and changes nothing.
    ///
    /// # Errors
    /// What `first` refuses; when the database cannot be written. Then nothing is recorded.
    pub fn open_case<E: From<StoreError>>(
        &self,
        name: &'static str,
        at: Timestamp,
        originals: &[&[u8]],
        random: &mut dyn CryptoRngCore,
        project: Project<'_>,
        first: impl FnOnce(&mut Changes<'_>) -> Result<(), E>,
    ) -> Result<Opened, E> {
        self.opened_by(name, at, originals, Same::Anybody, random, project, first)
    }

    /// Opens a case with files that another case has already: the demand is a second one in the same papers.
    /// The same bytes that come in again give the case that had them first.
    ///
    /// # Errors
    /// As [`Store::open_case`].
    pub fn open_another<E: From<StoreError>>(
        &self,
        name: &'static str,
        at: Timestamp,
        originals: &[&[u8]],
        random: &mut dyn CryptoRngCore,
        project: Project<'_>,
        first: impl FnOnce(&mut Changes<'_>) -> Result<(), E>,
    ) -> Result<Opened, E> {
        self.opened_by(name, at, originals, Same::Nobody, random, project, first)
    }

    /// Opens a case for somebody who sees some cases only: `theirs` says whether those are that go some way
    /// ([`Summary::route`](crate::Summary::route)). If one of theirs began with the first of `originals`, gives
    /// that one and changes nothing. What lies in others tells them nothing.
    ///
    /// # Errors
    /// As [`Store::open_case`].
    #[expect(
        clippy::too_many_arguments,
        reason = "time and randomness are passed in"
    )]
    pub fn open_case_of_theirs<E: From<StoreError>>(
        &self,
        name: &'static str,
        at: Timestamp,
        theirs: &dyn Fn(&str) -> bool,
        originals: &[&[u8]],
        random: &mut dyn CryptoRngCore,
        project: Project<'_>,
        first: impl FnOnce(&mut Changes<'_>) -> Result<(), E>,
    ) -> Result<Opened, E> {
        let same = Same::Theirs(theirs);
        self.opened_by(name, at, originals, same, random, project, first)
    }

    /// What the ways to open a case have in common: `same` says of whom what came before is the same.
    #[expect(
        clippy::too_many_arguments,
        reason = "time and randomness are passed in"
    )]
    pub(crate) fn opened_by<E: From<StoreError>>(
        &self,
        name: &'static str,
        at: Timestamp,
        originals: &[&[u8]],
        same: Same<'_>,
        random: &mut dyn CryptoRngCore,
        project: Project<'_>,
        first: impl FnOnce(&mut Changes<'_>) -> Result<(), E>,
    ) -> Result<Opened, E> {
        let mut transaction = self.database.write(name)?;
        let year = at.to_zoned_datetime(TimeZone::UTC).year();
        let number = transaction.next_case_number(year)?;
        // Asked while nobody else can open a case: of two who bring the same bytes, one opens.
        let mut opens = true;
        if let Some(bytes) = originals.first() {
            let tag = self.vault.tag_original(&Sha256Digest::of(bytes));
            let known = transaction.case_of_original(&tag)?;
            opens = known.is_none();
            let same = match same {
                Same::Theirs(theirs) => {
                    self.began_with(&mut *transaction, &Sha256Digest::of(bytes), theirs)?
                }
                Same::Sender(sender) => self.sent_before(&mut *transaction, sender, originals)?,
                Same::Anybody => known,
                Same::Nobody => None,
            };
            if let Some(case) = same {
                return Ok(Opened { case, new: false });
            }
        }
        self.mark(&mut *transaction)?;
        let case = CaseId::new(year, number);
        let (key, wrapped) = self.vault.new_key(&case, random);
        transaction.put_case(&case, &wrapped)?;
        self.keep(&mut *transaction, &case, &key, originals, opens, random)?;
        let mut changes = Changes::new(case.clone(), vec![], at, random);
        first(&mut changes)?;
        let Some(opened) = changes.events.first() else {
            return Err(StoreError::damaged("a case was to be opened without an event").into());
        };
        // Anybody can write to a mailbox: what comes there is counted when a person says that it is a demand.
        let actor = opened.actor.clone();
        if !matches!(actor, Actor::Mailbox { .. }) {
            changes.count(&actor);
        }
        self.count(&mut *transaction, &mut changes)?;
        self.finish(name, transaction, &key, changes, project)?;
        Ok(Opened { case, new: true })
    }

    /// The first case of theirs that began with these bytes, and did not get them later beside others.
    fn began_with(
        &self,
        transaction: &mut dyn ReadTransaction,
        sha256: &Sha256Digest,
        theirs: &dyn Fn(&str) -> bool,
    ) -> Result<Option<CaseId>, StoreError> {
        let tag = self.vault.tag_original(sha256);
        for case in transaction.cases_with_original(&tag, MOST_ALIKE)? {
            let row = transaction.summary(&case)?;
            if !row.is_some_and(|row| theirs(&row.route)) {
                continue;
            }
            let (_, key) = self.opened(transaction, &case)?;
            let first = transaction.event(&case, 1)?;
            // What cannot be read began with nothing that anybody could say.
            let first = first.and_then(|first| open_event(&case, &key, &first).ok());
            if let Some(EventKind::Received { original }) = first.map(|first| first.what)
                && original.sha256 == *sha256
            {
                return Ok(Some(case));
            }
        }
        Ok(None)
    }

    /// Changes a case: folds its events, lets `change` act on it, and records what happened, in one
    /// transaction. People who work on one case at once wait for each other.
    ///
    /// `change` must not wait for a person or a network. It is told by [`Changes::uncompared`] when
    /// the public log could not be looked at.
    ///
    /// # Errors
    /// What `change` refuses; when there is no such case, something of it was changed from outside,
    /// or the database cannot be written. Then nothing is recorded.
    #[expect(
        clippy::too_many_arguments,
        reason = "time and randomness are passed in"
    )]
    pub fn change<T, E: From<StoreError>>(
        &self,
        name: &'static str,
        id: &CaseId,
        at: Timestamp,
        originals: &[&[u8]],
        random: &mut dyn CryptoRngCore,
        project: Project<'_>,
        change: impl FnOnce(&mut Changes<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // The files of the log are read before anybody has to wait for this transaction.
        let (held, mut uncompared) = self.held(id)?;
        let mut transaction = self.database.write(name)?;
        let record = transaction.lock_case(id)?;
        let record = record.ok_or_else(|| StoreError::NoSuchCase(id.clone()))?;
        let key = self.key_of(&record)?;
        let Read { events, entries } = read(&mut *transaction, &record, &key)?;
        if entries != held {
            let published = transaction.head()?.map_or(0, |head| head.size);
            uncompared = self.hold(&entries, published)?;
        }
        self.keep(&mut *transaction, id, &key, originals, false, random)?;
        let before = events.len();
        let mut changes = Changes::new(id.clone(), events, at, random);
        changes.uncompared = uncompared;
        let answer = change(&mut changes)?;
        self.count(&mut *transaction, &mut changes)?;
        let idle = changes.events.len() == before
            && changes.outbox.is_empty()
            && changes.done.is_empty()
            && changes.shelf.is_empty()
            && changes.unshelved.is_empty()
            && originals.is_empty();
        if !idle {
            self.finish(name, transaction, &key, changes, project)?;
        }
        Ok(answer)
    }

    /// Marks a new database with the master key, so that it is never used with another one.
    pub(crate) fn mark(&self, transaction: &mut dyn WriteTransaction) -> Result<(), StoreError> {
        let ours = self.vault.mark();
        let mut there = transaction.key_mark()?;
        if there.is_none() {
            transaction.put_key_mark(&ours)?;
            there = transaction.key_mark()?;
        }
        match there {
            Some(mark) if mark == ours => Ok(()),
            _ => Err(StoreError::WrongKey),
        }
    }

    fn keep(
        &self,
        transaction: &mut dyn WriteTransaction,
        case: &CaseId,
        key: &CaseKey,
        originals: &[&[u8]],
        opening: bool,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), StoreError> {
        for (place, bytes) in originals.iter().enumerate() {
            let digest = Sha256Digest::of(bytes);
            let sealed = key.seal_original(&digest, bytes, random);
            let opens = opening && place == 0;
            transaction.put_original(case, &self.vault.tag_original(&digest), opens, &sealed)?;
        }
        Ok(())
    }

    /// Gives the case a card, if that is wanted and it has none.
    fn count(
        &self,
        transaction: &mut dyn WriteTransaction,
        changes: &mut Changes<'_>,
    ) -> Result<(), StoreError> {
        let Some(actor) = changes.counted_by.take() else {
            return Ok(());
        };
        if changes.case.card.is_some() && transaction.card_of(&changes.id)?.is_some() {
            return Ok(());
        }
        let Some(first) = changes.case.originals.first() else {
            return Ok(());
        };
        let (case, demand, at) = (changes.id.clone(), first.sha256, changes.at());
        if let Some(card) = self.give_card(transaction, &case, &demand, at, changes.random())? {
            let what = EventKind::CardGiven { card };
            changes.add(what, &actor, "counted in the public figures");
        }
        Ok(())
    }

    fn finish(
        &self,
        name: &'static str,
        mut transaction: Box<dyn WriteTransaction + '_>,
        key: &CaseKey,
        mut changes: Changes<'_>,
        project: Project<'_>,
    ) -> Result<(), StoreError> {
        let sealed = changes.seal_events(key)?;
        for event in &sealed {
            transaction.append_event(&changes.id, event)?;
        }
        let projection = project(&changes.id, &changes.case, &changes.events);
        let rows = self.row(&mut *transaction, key, &projection, &changes.case)?;
        put_rows(&mut *transaction, &rows)?;
        for row in changes.seal_outbox(key) {
            transaction.put_outbox(&row)?;
        }
        for row in changes.seal_shelf(&self.vault) {
            transaction.put_shelf(&row)?;
        }
        for (kind, key) in &changes.unshelved {
            transaction.remove_shelf(kind, &self.vault.tag_shelf(kind, key))?;
        }
        for key in &changes.done {
            transaction.outbox_done(key)?;
        }
        match (transaction.commit(), sealed.last()) {
            (Err(StoreError::Uncertain { source }), Some(last)) => {
                self.settle(name, &changes.id, last.number, &last.commitment, source)
            }
            (result, _) => result,
        }
    }

    /// Finds out whether a transaction was recorded whose end nobody heard of: whether its last event
    /// is there. Asks under the locks that the transaction held, so that it cannot arrive later.
    fn settle(
        &self,
        name: &'static str,
        case: &CaseId,
        number: u64,
        commitment: &Commitment,
        source: Box<dyn std::error::Error + Send + Sync>,
    ) -> Result<(), StoreError> {
        let look = || -> Result<bool, StoreError> {
            let mut transaction = self.database.write(name)?;
            transaction.next_case_number(case.year())?;
            transaction.lock_case(case)?;
            let found = transaction.event(case, number)?;
            Ok(found.is_some_and(|event| event.commitment == *commitment))
        };
        match patiently(look) {
            Ok(true) => Ok(()),
            Ok(false) => Err(StoreError::Unavailable { source }),
            Err(_) => Err(StoreError::Uncertain { source }),
        }
    }

    /// Strikes something off that was done. Doing it again changes nothing.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn outbox_done(&self, key: &str) -> Result<(), StoreError> {
        let mut transaction = self.database.write("outbox")?;
        transaction.outbox_done(key)?;
        transaction.commit()
    }

    /// The read model of a projection as it is stored.
    pub(crate) fn row(
        &self,
        transaction: &mut dyn ReadTransaction,
        key: &CaseKey,
        projection: &Projection,
        case: &Case,
    ) -> Result<Rows, StoreError> {
        let mut row = SummaryRow::from(&projection.summary);
        row.events = case.events;
        let tag = |identifier| self.vault.tag_identifier(identifier);
        let mut tags: Vec<_> = projection.identifiers.iter().map(tag).collect();
        if let Some(door) = &projection.door {
            tags.extend(self.door_tags(&projection.summary.case, door));
        }
        tags.sort_unstable();
        tags.dedup();
        let words = self.words(transaction, key, projection)?;
        let watched = (0..).zip(&projection.watched).map(WatchRow::from).collect();
        let case = &projection.summary.case;
        let fact = projection.facts.as_ref().map(|facts| FactRow {
            case: case.clone(),
            sealed: self.vault.seal_fact(case, facts),
        });
        Ok(Rows {
            row,
            tags,
            words,
            watched,
            fact,
            arranged: projection.arranged.clone(),
        })
    }

    /// The tags of the words of a case. A letter whose text is gone or was changed gives none: who reads or
    /// verifies the case is told.
    fn words(
        &self,
        transaction: &mut dyn ReadTransaction,
        key: &CaseKey,
        projection: &Projection,
    ) -> Result<Vec<WordTag>, StoreError> {
        let case = &projection.summary.case;
        let mut letters = Vec::new();
        for digest in &projection.letters {
            let sealed = transaction.original(case, &self.vault.tag_original(digest))?;
            let opened = sealed.and_then(|sealed| key.open_original(digest, &sealed).ok());
            letters.extend(opened.and_then(|bytes| String::from_utf8(bytes).ok()));
        }
        let texts: Vec<_> = projection
            .written
            .iter()
            .chain(&letters)
            .map(String::as_str)
            .collect();
        let (words, cut) = kept(&texts);
        let mut tags: Vec<_> = words.iter().map(|word| self.vault.tag_word(word)).collect();
        tags.extend(cut.then(|| self.vault.tag_cut()));
        tags.sort_unstable();
        tags.dedup();
        Ok(tags)
    }

    pub(crate) fn key_of(&self, record: &CaseRecord) -> Result<CaseKey, StoreError> {
        let wrapped = record.key.as_ref();
        let wrapped = wrapped.ok_or_else(|| StoreError::Erased(record.case.clone()))?;
        self.vault.unwrap(&record.case, wrapped)
    }

    pub(crate) fn opened(
        &self,
        transaction: &mut dyn ReadTransaction,
        id: &CaseId,
    ) -> Result<(CaseRecord, CaseKey), StoreError> {
        let record = transaction.case(id)?;
        let record = record.ok_or_else(|| StoreError::NoSuchCase(id.clone()))?;
        let key = self.key_of(&record)?;
        Ok((record, key))
    }
}
