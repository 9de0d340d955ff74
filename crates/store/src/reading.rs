//! What is read out of the store: cases, what was committed to, the list, what is watched, what waits.

use jiff::Timestamp;
use lagrum_log::{Commitment, Salt};
use lagrum_model::{Case, CaseId, Event, Sha256Digest, WatchKind, Watched};

use crate::record::{Read, hold, open_event, read};
use crate::{
    CaseFilter, Damaged, ListQuery, LogEntry, Order, OutboxItem, Page, PageOf, Record, Sought,
    Store, StoreError, Summary, Tag, WatchQuery, Which, WordTag,
};

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

impl Store {
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

    pub(crate) fn hold(
        &self,
        entries: &[LogEntry],
        published: u64,
    ) -> Result<Option<String>, StoreError> {
        match &self.log {
            Some(log) => hold(&**log, entries, published),
            None => Ok(None),
        }
    }

    /// The entries of the log that are of a case, held against the public log; and why they were
    /// not, if that was not possible.
    pub(crate) fn held(&self, id: &CaseId) -> Result<(Vec<LogEntry>, Option<String>), StoreError> {
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
        let query = ListQuery::of(filter, (tag, self.sought(filter)), order, page);
        let found = self.database.read()?.list(&query)?;
        readable(found, |row| &row.case)
    }

    /// The tags of the words that a filter asks for.
    fn sought(&self, filter: &CaseFilter) -> Vec<WordTag> {
        let words = filter.words.iter().flat_map(Sought::words);
        words.map(|word| self.vault.tag_word(word)).collect()
    }

    /// How many cases of these groups of the desk (`None`: of all) have more than
    /// [`MOST_WORDS`](crate::MOST_WORDS) words, so that a search may miss them; counted up to
    /// [`MOST_BESIDE`](crate::MOST_BESIDE).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn half_searched(&self, groups: Option<&[String]>) -> Result<u64, StoreError> {
        let filter = CaseFilter {
            groups: groups.map(<[String]>::to_vec),
            ..CaseFilter::default()
        };
        let words = vec![self.vault.tag_cut()];
        let query = ListQuery::of(&filter, (None, words), Order::Number, Page::number(1, 1));
        self.database.read()?.count(&query, crate::MOST_BESIDE)
    }

    /// By which groups the list is arranged, in one word; empty: by none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn arranged(&self) -> Result<String, StoreError> {
        self.database.read()?.arranged()
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
            let tags = (tag, self.sought(filter));
            let query = ListQuery::of(filter, tags, Order::Due, Page::number(1, 1));
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
        let after = match which {
            Which::Since(after) => after.as_microsecond(),
            Which::Open | Which::All => i64::MIN,
        };
        self.watched_by(kind, at, (after, which == Which::Open), None, page)
    }

    /// The same of what is not over, of cases of these groups of the desk; `None`: of all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn watched_of(
        &self,
        groups: Option<&[String]>,
        kind: WatchKind,
        at: Timestamp,
        page: Page,
    ) -> Result<PageOf<Watched>, StoreError> {
        self.watched_by(kind, at, (i64::MIN, true), groups, page)
    }

    fn watched_by(
        &self,
        kind: WatchKind,
        at: Timestamp,
        (after, open): (i64, bool),
        groups: Option<&[String]>,
        page: Page,
    ) -> Result<PageOf<Watched>, StoreError> {
        let query = WatchQuery {
            kind,
            at: at.as_microsecond(),
            after,
            open,
            groups: groups.map(<[String]>::to_vec),
            page: Page {
                // No database counts further.
                offset: page.offset.min(i64::MAX as u64),
                counted_up_to: page.counted_up_to.min(crate::MOST_COUNTED),
                ..page
            },
        };
        let found = self.database.read()?.watched(&query)?;
        readable(found, |row| &row.case)
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
}

/// Those of the rows that can be read, and the cases of the others.
fn readable<R, T: TryFrom<R, Error = StoreError>>(
    found: PageOf<R>,
    case: fn(&R) -> &CaseId,
) -> Result<PageOf<T>, StoreError> {
    let (mut items, mut unreadable) = (Vec::with_capacity(found.items.len()), vec![]);
    for row in found.items {
        let case = case(&row).clone();
        match row.try_into() {
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
