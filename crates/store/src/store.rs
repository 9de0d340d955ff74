use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lagrum_log::{Commitment, Head, Salt};
use lagrum_model::{Case, CaseId, Event, Sha256Digest, WatchKind, Watched};
use rand_core::CryptoRngCore;

use crate::patience::patiently;
use crate::record::{Read, hold, open_event, read};
use crate::vault::CaseKey;
use crate::{
    CaseFilter, CaseRecord, Changes, Damaged, Database, ListQuery, LogEntry, LogHead, Order,
    OutboxItem, Page, PageOf, Projection, PublicLog, ReadTransaction, Record, StoreError, Summary,
    SummaryRow, Tag, Vault, WatchQuery, WatchRow, Which, WriteTransaction,
};

/// The read model of a case, as rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) row: SummaryRow,
    pub(crate) tags: Vec<Tag>,
    pub(crate) watched: Vec<WatchRow>,
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

/// One event as it is committed to: what an agent, an officer or an auditor is shown. It opens this
/// commitment and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// In which case.
    pub case: CaseId,
    /// Sequence number of the event within its case, starting at 1.
    pub number: u64,
    /// Its position in the log, from 0; absent until it has one.
    pub position: Option<u64>,
    /// Its entry in the log.
    pub commitment: Commitment,
    /// The salt of its commitment.
    pub salt: Salt,
    /// Its exact text (JSON).
    pub text: String,
}

/// Something that waits to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its place in the order of recording.
    pub place: u64,
    /// For which case.
    pub case: CaseId,
    /// The last event of the case when it was decided. It is to be done after that one is in the log.
    pub event: u64,
    /// What is to be done; or why that cannot be read any more.
    pub item: Result<OutboxItem, String>,
}

/// Whose files of before are the same case again.
pub(crate) enum Same<'s> {
    /// Anybody's.
    Anybody,
    /// Those that this one sent at the door.
    Sender(&'s str),
    /// Nobody's.
    Nobody,
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
        if changes.events.is_empty() {
            return Err(StoreError::damaged("a case was to be opened without an event").into());
        }
        self.finish(name, transaction, &key, changes, project)?;
        Ok(Opened { case, new: true })
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
        let Rows { row, tags, watched } = self.row(
            &project(&changes.id, &changes.case, &changes.events),
            &changes.case,
        );
        transaction.put_summary(&row, &tags, &watched)?;
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

    /// The case as it is.
    ///
    /// # Errors
    /// When there is no such case, it was erased, or an event was changed.
    pub fn case(&self, id: &CaseId) -> Result<Case, StoreError> {
        Ok(Case::from_events(&self.events(id)?))
    }

    /// The events of a case, in order.
    ///
    /// # Errors
    /// As [`Store::record`].
    pub fn events(&self, id: &CaseId) -> Result<Vec<Event>, StoreError> {
        Ok(self.record(id)?.events)
    }

    /// The events of a case, in order, and whether they were held against the public log.
    ///
    /// # Errors
    /// When there is no such case, it was erased, an event was changed or is missing, or the public
    /// log has another one in its place.
    pub fn record(&self, id: &CaseId) -> Result<Record, StoreError> {
        let mut transaction = self.database.read()?;
        let (record, key) = self.opened(&mut *transaction, id)?;
        let Read { events, entries } = read(&mut *transaction, &record, &key)?;
        let published = transaction.head()?.map_or(0, |head| head.size);
        drop(transaction);
        let uncompared = self.hold(&entries, published)?;
        Ok(Record { events, uncompared })
    }

    fn hold(&self, entries: &[LogEntry], published: u64) -> Result<Option<String>, StoreError> {
        match &self.log {
            Some(log) => hold(&**log, entries, published),
            None => Ok(None),
        }
    }

    /// The entries of the log that are of a case, held against the public log; and why they were
    /// not, if that was not possible.
    fn held(&self, id: &CaseId) -> Result<(Vec<LogEntry>, Option<String>), StoreError> {
        let mut transaction = self.database.read()?;
        let entries = transaction.entries_of(id)?;
        let published = transaction.head()?.map_or(0, |head| head.size);
        drop(transaction);
        let uncompared = self.hold(&entries, published)?;
        Ok((entries, uncompared))
    }

    /// One event of a case as it is committed to.
    ///
    /// # Errors
    /// When there is none, the case was erased, or the event was changed.
    pub fn logged(&self, id: &CaseId, number: u64) -> Result<Logged, StoreError> {
        let mut transaction = self.database.read()?;
        let (_, key) = self.opened(&mut *transaction, id)?;
        let event = transaction.event(id, number)?;
        let event = event.ok_or_else(|| StoreError::NoSuchEvent {
            case: id.clone(),
            number,
        })?;
        open_event(id, &key, &event)?;
        let (salt, text) = key.open_event(number, &event.commitment, &event.sealed)?;
        let mut entries = transaction.entries_of(id)?;
        entries.retain(|entry| entry.event.1 == number);
        if entries
            .iter()
            .any(|entry| entry.commitment != event.commitment)
        {
            return Err(StoreError::damaged(format!(
                "event {number} of case {id} is not the one that its entry in the log commits to"
            )));
        }
        Ok(Logged {
            case: id.clone(),
            number,
            position: entries.first().map(|entry| entry.position),
            commitment: event.commitment,
            salt,
            text,
        })
    }

    /// The read model of a case.
    ///
    /// # Errors
    /// When there is no such case, or it was erased.
    pub fn summary(&self, id: &CaseId) -> Result<Summary, StoreError> {
        let mut transaction = self.database.read()?;
        match transaction.summary(id)? {
            Some(row) => row.try_into(),
            None => {
                self.opened(&mut *transaction, id)?;
                let what = format!("case {id} is missing in the read model, which can be rebuilt");
                Err(StoreError::Damaged(what))
            }
        }
    }

    /// The cases that a filter asks for, out of the read model. It lies in the clear and is not
    /// checked here: whoever has the database can change what is shown (see
    /// [`Store::compare_summaries`]).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn list(
        &self,
        filter: &CaseFilter,
        order: Order,
        page: Page,
    ) -> Result<PageOf<Summary>, StoreError> {
        let identifier = filter.identifier.as_ref();
        let tag = identifier.map(|identifier| self.vault.tag_identifier(identifier));
        self.list_tagged(filter, tag, order, page)
    }

    pub(crate) fn list_tagged(
        &self,
        filter: &CaseFilter,
        tag: Option<Tag>,
        order: Order,
        page: Page,
    ) -> Result<PageOf<Summary>, StoreError> {
        let query = ListQuery::of(filter, tag, order, page);
        let found = self.database.read()?.list(&query)?;
        let (mut items, mut unreadable) = (Vec::with_capacity(found.items.len()), vec![]);
        for row in found.items {
            let case = row.case.clone();
            match Summary::try_from(row) {
                Ok(summary) => items.push(summary),
                Err(error) => unreadable.push(Damaged::of(&case, error)?),
            }
        }
        Ok(PageOf {
            items,
            total: found.total,
            unreadable,
        })
    }

    /// How many cases each of some filters finds, counted up to [`MOST_BESIDE`](crate::MOST_BESIDE) and no
    /// further: what stands beside the name of a view.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn counts(&self, filters: &[CaseFilter]) -> Result<Vec<u64>, StoreError> {
        let mut database = self.database.read()?;
        let mut count = |filter: &CaseFilter| {
            let identifier = filter.identifier.as_ref();
            let tag = identifier.map(|identifier| self.vault.tag_identifier(identifier));
            let query = ListQuery::of(filter, tag, Order::Due, Page::number(1, 1));
            database.count(&query, crate::MOST_BESIDE)
        };
        filters.iter().map(&mut count).collect()
    }

    /// What is watched of a kind that counts at `at` (UTC), the latest first. Counted up to [`MOST_COUNTED`](crate::MOST_COUNTED). It lies in the clear and is not checked
    /// here (see [`Store::compare_summaries`]).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn watched(
        &self,
        kind: WatchKind,
        at: Timestamp,
        which: Which,
        page: Page,
    ) -> Result<PageOf<Watched>, StoreError> {
        let query = WatchQuery {
            kind,
            at: at.as_microsecond(),
            after: match which {
                Which::Since(after) => after.as_microsecond(),
                Which::Open | Which::All => i64::MIN,
            },
            open: which == Which::Open,
            page: Page {
                // No database counts further.
                offset: page.offset.min(i64::MAX as u64),
                size: page.size,
            },
        };
        let found = self.database.read()?.watched(&query)?;
        let (mut items, mut unreadable) = (Vec::with_capacity(found.items.len()), vec![]);
        for row in found.items {
            let case = row.case.clone();
            match Watched::try_from(row) {
                Ok(one) => items.push(one),
                Err(error) => unreadable.push(Damaged::of(&case, error)?),
            }
        }
        Ok(PageOf {
            items,
            total: found.total,
            unreadable,
        })
    }

    /// The number of the last case that was opened in a year; 0 if none was.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_case_number(&self, year: i16) -> Result<u32, StoreError> {
        self.database.read()?.last_case_number(year)
    }

    /// Up to `limit` events that have no position in the log yet, oldest first: of which case, and which
    /// number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn not_public(&self, limit: u32) -> Result<Vec<(CaseId, u64)>, StoreError> {
        let waiting = self.database.read()?.unplaced(0, limit)?;
        let of = |one: crate::Unplaced| (one.case, one.event.number);
        Ok(waiting.into_iter().map(of).collect())
    }

    /// The original bytes with this digest in a case.
    ///
    /// # Errors
    /// When there is no such case, it was erased, or the bytes were changed.
    pub fn original(
        &self,
        id: &CaseId,
        sha256: &Sha256Digest,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let mut transaction = self.database.read()?;
        let (_, key) = self.opened(&mut *transaction, id)?;
        transaction
            .original(id, &self.vault.tag_original(sha256))?
            .map(|sealed| key.open_original(sha256, &sealed))
            .transpose()
    }

    /// The case that was opened with bytes of this digest.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn case_of_original(&self, sha256: &Sha256Digest) -> Result<Option<CaseId>, StoreError> {
        let tag = self.vault.tag_original(sha256);
        self.database.read()?.case_of_original(&tag)
    }

    /// Up to `limit` things to do after the place `after` (0: from the start), in the order of
    /// recording.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn outbox(&self, after: u64, limit: u32) -> Result<Vec<Outgoing>, StoreError> {
        let mut transaction = self.database.read()?;
        let rows = transaction.outbox(after, limit)?;
        let mut outgoing = Vec::with_capacity(rows.len());
        for row in rows {
            let opened = self.opened(&mut *transaction, &row.case);
            let item = match opened.and_then(|(_, key)| key.open_outbox(&row.key, &row.sealed)) {
                Ok(body) => Ok(OutboxItem {
                    body,
                    key: row.key,
                    kind: row.kind,
                }),
                Err(StoreError::Damaged(why)) => Err(why),
                Err(error @ (StoreError::NoSuchCase(_) | StoreError::Erased(_))) => {
                    Err(error.to_string())
                }
                Err(other) => return Err(other),
            };
            outgoing.push(Outgoing {
                place: row.place,
                event: row.event,
                item,
                case: row.case,
            });
        }
        Ok(outgoing)
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
    pub(crate) fn row(&self, projection: &Projection, case: &Case) -> Rows {
        let mut row = SummaryRow::from(&projection.summary);
        row.events = case.events;
        let tag = |identifier| self.vault.tag_identifier(identifier);
        let mut tags: Vec<_> = projection.identifiers.iter().map(tag).collect();
        if let Some(door) = &projection.door {
            tags.extend(self.door_tags(&projection.summary.case, door));
        }
        tags.sort_unstable();
        tags.dedup();
        let watched = (0..).zip(&projection.watched).map(WatchRow::from).collect();
        Rows { row, tags, watched }
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
