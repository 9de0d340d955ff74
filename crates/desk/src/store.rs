use std::path::Path;

use jiff::Timestamp;
use lagrum_log::{Commitment, Hash, Head, HeadStore, Salt};
use lagrum_model::{Actor, Case, CaseId, Event, EventKind, Sha256Digest};
use rand_core::CryptoRngCore;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::DeskError;

/// The desk's database: events, original files, and the head of the log. Events are only ever
/// appended; the position of an event in the store is its position in the log.
pub struct Store(Connection);

/// An event as it is committed to: its exact text and its salt.
#[derive(Clone, Debug)]
pub struct Logged {
    /// Its position in the log, from 0.
    pub index: u64,
    /// The salt of its commitment.
    pub salt: Salt,
    /// Its exact text (JSON).
    pub text: String,
}

const SCHEMA: &str = "
create table if not exists event (
    position integer primary key,
    case_year integer not null,
    case_number integer not null,
    number integer not null,
    salt blob not null check (length(salt) = 32),
    commitment blob not null check (length(commitment) = 32),
    text text not null,
    unique (case_year, case_number, number)
) strict;
create table if not exists original (
    sha256 text primary key,
    bytes blob not null
) strict;
create table if not exists log_head (
    one integer primary key check (one = 1),
    size integer not null,
    root blob not null check (length(root) = 32)
) strict;
create trigger if not exists event_stays before update on event
    begin select raise(abort, 'events are never changed'); end;
create trigger if not exists event_remains before delete on event
    begin select raise(abort, 'events are never removed'); end;
create index if not exists event_kind on event (json_extract(text, '$.what.event'));
pragma user_version = 1;
";

impl Store {
    /// Opens or makes the database.
    ///
    /// # Errors
    /// When the file cannot be used, or a newer version of Lagrum wrote it.
    pub fn open(file: &Path) -> Result<Self, DeskError> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        let version: i64 = connection.query_row("pragma user_version", [], |row| row.get(0))?;
        match version {
            0 => connection.execute_batch(SCHEMA)?,
            1 => {}
            other => {
                return Err(DeskError::Damaged(format!(
                    "its schema has version {other}, this program knows version 1; use the newer program"
                )));
            }
        }
        Ok(Self(connection))
    }

    /// The cases, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cases(&self) -> Result<Vec<CaseId>, DeskError> {
        let mut query = self.0.prepare(
            "select distinct case_year, case_number from event order by case_year, case_number",
        )?;
        let cases = query.query_map([], |row| Ok(CaseId::new(row.get(0)?, row.get(1)?)))?;
        Ok(cases.collect::<Result<_, _>>()?)
    }

    /// The events of a case, in order.
    ///
    /// # Errors
    /// When there is no such case, or an event cannot be read.
    pub fn events(&self, case: &CaseId) -> Result<Vec<Event>, DeskError> {
        let logged = logged(
            &self.0,
            "case_year = $1 and case_number = $2",
            params![case.year(), case.number()],
        )?;
        if logged.is_empty() {
            return Err(DeskError::NoCase(case.clone()));
        }
        logged.iter().map(|logged| parse(&logged.text)).collect()
    }

    /// One event of a case as it is committed to.
    ///
    /// # Errors
    /// When there is none.
    pub fn logged(&self, case: &CaseId, number: u64) -> Result<Logged, DeskError> {
        logged(
            &self.0,
            "case_year = $1 and case_number = $2 and number = $3",
            params![case.year(), case.number(), number],
        )?
        .pop()
        .ok_or_else(|| DeskError::NoCase(case.clone()))
    }

    /// All events from `position` on, as they are committed to.
    ///
    /// # Errors
    /// When the database cannot be read, or a commitment does not fit its event.
    pub fn commitments_from(&self, position: u64) -> Result<Vec<Commitment>, DeskError> {
        let mut query = self.0.prepare(
            "select salt, text, commitment from event where position >= $1 order by position limit 4096",
        )?;
        let rows = query.query_map([position], |row| {
            Ok((
                row.get::<_, [u8; 32]>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, [u8; 32]>(2)?,
            ))
        })?;
        rows.map(|row| {
            let (salt, text, stored) = row?;
            let commitment = Commitment::of(&Salt::from_bytes(salt), text.as_bytes());
            if *commitment.as_bytes() == stored {
                Ok(commitment)
            } else {
                Err(DeskError::Damaged(
                    "an event was changed after it was recorded".into(),
                ))
            }
        })
        .collect()
    }

    /// The cases that have released a mandate and are not closed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cases_with_open_mandates(&self) -> Result<Vec<CaseId>, DeskError> {
        let mut query = self.0.prepare(
            "select distinct case_year, case_number from event as released
             where json_extract(text, '$.what.event') = 'mandated'
               and not exists (
                   select 1 from event as ended
                   where ended.case_year = released.case_year
                     and ended.case_number = released.case_number
                     and json_extract(ended.text, '$.what.event') = 'closed')
             order by case_year, case_number",
        )?;
        let cases = query.query_map([], |row| Ok(CaseId::new(row.get(0)?, row.get(1)?)))?;
        Ok(cases.collect::<Result<_, _>>()?)
    }

    /// The case to which bytes with this digest belong, if they were taken in before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn case_of_original(&self, sha256: &Sha256Digest) -> Result<Option<CaseId>, DeskError> {
        let mut query = self.0.prepare(
            "select case_year, case_number from event
             where number = 1 and json_extract(text, '$.what.sha256') = $1",
        )?;
        Ok(query
            .query_row([sha256.to_string()], |row| {
                Ok(CaseId::new(row.get(0)?, row.get(1)?))
            })
            .optional()?)
    }

    /// The original bytes with this digest.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn original(&self, sha256: &Sha256Digest) -> Result<Option<Vec<u8>>, DeskError> {
        Ok(self
            .0
            .query_row(
                "select bytes from original where sha256 = $1",
                [sha256.to_string()],
                |row| row.get(0),
            )
            .optional()?)
    }

    /// Opens the next case of the year of `at` (UTC) with the events that `first` gives, and keeps
    /// the original bytes, in one transaction.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn open_case(
        &mut self,
        at: Timestamp,
        originals: &[&[u8]],
        random: &mut impl CryptoRngCore,
        first: impl FnOnce(&mut Changes<'_>) -> Result<(), DeskError>,
    ) -> Result<CaseId, DeskError> {
        let transaction = self
            .0
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let year = at.to_zoned(jiff::tz::TimeZone::UTC).year();
        let number: u32 = transaction.query_row(
            "select coalesce(max(case_number), 0) + 1 from event where case_year = $1",
            [year],
            |row| row.get(0),
        )?;
        let id = CaseId::new(year, number);
        keep(&transaction, originals)?;
        let case = Case::default();
        let mut changes = Changes {
            id: id.clone(),
            case,
            at,
            events: vec![],
            random,
        };
        first(&mut changes)?;
        changes.append_to(&transaction)?;
        transaction.commit()?;
        Ok(id)
    }

    /// Changes a case: folds its events, lets `change` act on it, and appends what happened, in
    /// one transaction. Two people who work on one case at once cannot overwrite each other.
    ///
    /// # Errors
    /// When there is no such case, the change is refused, or the database cannot be written.
    pub fn change<T>(
        &mut self,
        id: &CaseId,
        at: Timestamp,
        originals: &[&[u8]],
        random: &mut impl CryptoRngCore,
        change: impl FnOnce(&mut Changes<'_>) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        let transaction = self
            .0
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let events = logged(
            &transaction,
            "case_year = $1 and case_number = $2",
            params![id.year(), id.number()],
        )?;
        if events.is_empty() {
            return Err(DeskError::NoCase(id.clone()));
        }
        let events: Vec<Event> = events
            .iter()
            .map(|logged| parse(&logged.text))
            .collect::<Result<_, _>>()?;
        keep(&transaction, originals)?;
        let case = Case::from_events(&events);
        let mut changes = Changes {
            id: id.clone(),
            case,
            at,
            events: vec![],
            random,
        };
        let answer = change(&mut changes)?;
        changes.append_to(&transaction)?;
        transaction.commit()?;
        Ok(answer)
    }
}

/// What happens to a case within one transaction.
pub struct Changes<'r> {
    id: CaseId,
    case: Case,
    at: Timestamp,
    events: Vec<Event>,
    random: &'r mut dyn CryptoRngCore,
}

impl Changes<'_> {
    /// The case as it is now.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// The caller's source of randomness.
    pub fn random(&mut self) -> &mut dyn CryptoRngCore {
        self.random
    }

    /// Gives a command to the case.
    ///
    /// # Errors
    /// When the case refuses it.
    pub fn command(
        &mut self,
        command: lagrum_model::Command,
        actor: &Actor,
        reason: &str,
    ) -> Result<(), DeskError> {
        let refused = |refusal| DeskError::Refused {
            case: self.id.clone(),
            refusal,
        };
        for what in self.case.handle(actor, command).map_err(refused)? {
            self.add(what, actor, reason);
        }
        Ok(())
    }

    fn append_to(&mut self, connection: &Connection) -> Result<(), DeskError> {
        for event in &self.events {
            let text = serde_json::to_string(event)
                .map_err(|e| DeskError::Damaged(format!("an event cannot be written: {e}")))?;
            let mut salt = [0; 32];
            self.random.fill_bytes(&mut salt);
            let salt = Salt::from_bytes(salt);
            let commitment = Commitment::of(&salt, text.as_bytes());
            connection.execute(
                "insert into event
                     (position, case_year, case_number, number, salt, commitment, text)
                 values
                     ((select coalesce(max(position) + 1, 0) from event), $1, $2, $3, $4, $5, $6)",
                params![
                    event.case.year(),
                    event.case.number(),
                    event.number,
                    salt.as_bytes(),
                    commitment.as_bytes(),
                    text
                ],
            )?;
        }
        Ok(())
    }

    fn add(&mut self, what: EventKind, actor: &Actor, reason: &str) {
        let event = Event {
            format: lagrum_model::EventFormat::V1,
            more: std::collections::BTreeMap::new(),
            case: self.id.clone(),
            number: self.case.events + 1,
            at: self.at,
            actor: actor.clone(),
            reason: reason.to_owned(),
            what,
        };
        self.case.apply(&event);
        self.events.push(event);
    }
}

fn keep(connection: &Connection, originals: &[&[u8]]) -> Result<(), DeskError> {
    for bytes in originals {
        connection.execute(
            "insert into original (sha256, bytes) values ($1, $2) on conflict do nothing",
            params![Sha256Digest::of(bytes).to_string(), bytes],
        )?;
    }
    Ok(())
}

fn parse(text: &str) -> Result<Event, DeskError> {
    serde_json::from_str(text)
        .map_err(|e| DeskError::Damaged(format!("an event cannot be read: {e}")))
}

fn logged(
    connection: &Connection,
    condition: &'static str,
    values: impl rusqlite::Params,
) -> Result<Vec<Logged>, DeskError> {
    let mut query = connection.prepare(&format!(
        "select position, salt, text from event where {condition} order by position"
    ))?;
    let rows = query.query_map(values, |row| {
        Ok(Logged {
            index: row.get(0)?,
            salt: Salt::from_bytes(row.get(1)?),
            text: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl HeadStore for Store {
    type Error = rusqlite::Error;

    fn head(&self) -> Result<Option<Head>, rusqlite::Error> {
        self.0
            .query_row("select size, root from log_head", [], |row| {
                Ok(Head {
                    size: row.get(0)?,
                    root: Hash(row.get(1)?),
                })
            })
            .optional()
    }

    fn compare_and_swap(
        &mut self,
        expected: Option<&Head>,
        new: &Head,
    ) -> Result<bool, rusqlite::Error> {
        let transaction = self
            .0
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = match expected {
            None => transaction.execute(
                "insert into log_head (one, size, root) values (1, $1, $2) on conflict do nothing",
                params![new.size, new.root.0],
            )?,
            Some(old) => transaction.execute(
                "update log_head set size = $1, root = $2 where size = $3 and root = $4",
                params![new.size, new.root.0, old.size, old.root.0],
            )?,
        };
        transaction.commit()?;
        Ok(changed == 1)
    }
}

#[cfg(test)]
mod tests;
