mod cards;
mod inquired;
mod mark;
mod numbers;
mod told;
mod vault;
mod withheld;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lagrum_mandate::answer::{AccountsTold, Preserved, Receipt, Resolution, SignedAnswer};
use lagrum_mandate::{Nonce, Review, ToldPassphrase};
use lagrum_model::{CaseId, Sha256Digest};
use lagrum_transport::Stem;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

pub(crate) use self::cards::CardOf;
use self::cards::{ASKED, CARDS};
use self::inquired::INQUIRED;
use self::mark::{Begun, LONGEST_MARK, Mark};
pub(crate) use self::numbers::Numbers;
pub use self::told::Told;
pub use self::vault::Frozen;
pub(crate) use self::vault::{Copy, Standing as StandingOfCopy};
use self::vault::{FREEZING, VAULT};
use crate::AgentError;

/// The agent's own record of what it carried out. A mandate is carried out once or not at all:
/// this is where that is decided.
///
/// A mandate is named by the mark before it stands in the record. So one that was begun and not recorded,
/// because the program was killed between the two or because an older copy of the record was put back,
/// counts as spent: it is carried out at most once.
///
/// It begins at an instant, and no mandate that was issued before is carried out: what a record that
/// was lost would have known of it, nobody knows. Beside the agent's key lies its mark (`Mark`), so that
/// the key works with the newest record and with no other.
pub struct Ledger {
    connection: Connection,
    mark: PathBuf,
}

/// A mandate that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Its nonce.
    pub nonce: Nonce,
    /// SHA-256 of its text.
    pub mandate: Sha256Digest,
    /// The name under which package and receipt travel.
    pub stem: Stem,
    /// SHA-256 of the sealed package.
    pub sha256: Sha256Digest,
    /// The signed receipt.
    pub receipt: String,
    /// Whether package and receipt were sent to the desk.
    pub handed_out: bool,
}

/// What is recorded beside a mandate that was carried out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'b> {
    /// Counsel's decisions that it carried out.
    pub review: Option<&'b Review>,
    /// How many things it withheld.
    pub withheld: u64,
    /// Of which case, and who tells its passphrase to whom.
    pub told: Option<(&'b CaseId, &'b ToldPassphrase)>,
    /// What it froze.
    pub frozen: Option<&'b Frozen<'b>>,
    /// Of how many accounts the desk was told that they are there or not.
    pub inquired: u64,
}

impl Carried {
    /// What was told and is no package: the signed `answer` stands in place of the receipt, and was not sent yet.
    pub(crate) fn told(nonce: Nonce, mandate: Sha256Digest, stem: &Stem, answer: String) -> Self {
        Self {
            nonce,
            mandate,
            stem: stem.clone(),
            sha256: Sha256Digest::of(answer.as_bytes()),
            receipt: answer,
            handed_out: false,
        }
    }

    /// Whether there is a package. Under a mandate to look up or to preserve, and after a question of which accounts
    /// there are, there is none, and what the agent found out, or keeps, stands in place of the receipt.
    #[must_use]
    pub fn has_package(&self) -> bool {
        let told = [
            Resolution::HEADING,
            Preserved::HEADING,
            AccountsTold::HEADING,
        ];
        !told.iter().any(|heading| self.receipt.starts_with(heading))
    }

    /// What the receipt says. It is this agent's own, and was signed before it was recorded.
    ///
    /// # Errors
    /// When it is not a receipt: the record is damaged.
    pub fn receipt(&self) -> Result<Receipt, AgentError> {
        Receipt::read_verified(&self.receipt).ok_or_else(|| wrong(3, "not a receipt".into()).into())
    }
}

/// What an agent remembers for good.
const TABLES: &str = "
    create table carried (
        nonce text primary key, mandate text not null, stem text not null, sha256 text not null,
        receipt text not null, sealed_at text not null,
        handed_out integer not null, acknowledged integer not null
    ) strict;
    create index unfinished on carried (acknowledged) where acknowledged = 0;
    create table remembered (
        one integer primary key check (one = 1), checkpoint text not null, seen integer not null
    ) strict;
    create table recalled (
        mandate text primary key, note text not null, seen_at text not null
    ) strict;
    create table record (
        one integer primary key check (one = 1), id text not null, begun_at text not null,
        latest text not null
    ) strict;
";

/// What came with version 3: which decisions of counsel were carried out.
const REVIEWED: &str = "
    create index if not exists of_mandate on carried (mandate);
    create table reviewed (
        withheld_under text not null, number integer not null, mandate text not null,
        primary key (withheld_under, number)
    ) strict;
    pragma user_version = 3;
";

/// What came with version 4: mandates that are spent and of which no package is left to hand out. Of one
/// that was begun and not recorded (`interrupted`) it is not known whether a package left; one whose
/// package was removed because of a recall (`stopped`) never leaves.
const SPENT: &str = "
    create table interrupted (nonce text primary key, mandate text not null) strict;
    create table stopped (nonce text primary key) strict;
    pragma user_version = 4;
";

/// What came with version 5: the lists of what was withheld that are not carried out to their end, so that
/// they are found without reading those that are. How much of a list waits for counsel; nothing, where
/// nobody counted it yet.
const TO_REVIEW: &str = "
    create table to_review (nonce text primary key, undecided integer) strict;
    pragma user_version = 5;
";

/// What came with version 6: the journal of passphrases that are told by telephone, without the passphrases: who
/// tells which on what number, and when it was shown to them.
const TOLD: &str = "
    create table told (
        nonce text primary key, of_case text not null, mandate text not null, name text not null,
        told_by text not null, on_number text not null, shown_at text
    ) strict;
    create index told_of_case on told (of_case);
    pragma user_version = 6;
";

/// What came with each version, from the third on. One that was published is never changed.
const LATER: [&str; 9] = [
    REVIEWED, SPENT, TO_REVIEW, TOLD, CARDS, ASKED, VAULT, FREEZING, INQUIRED,
];

/// The version of the record that this program writes.
const NEWEST: i64 = LATER.len() as i64 + 2;

impl Ledger {
    /// Begins the record of the agent whose key is `key`. What a record that is there already knows
    /// stays; but mandates that were issued before `at` (UTC) are carried out no more. `id` names
    /// the record: 128 random bits.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub fn begin(
        file: &Path,
        key: &Path,
        id: [u8; 16],
        at: Timestamp,
        now: Timestamp,
    ) -> Result<(), AgentError> {
        let connection = connect(file, OpenFlags::SQLITE_OPEN_CREATE)?;
        bring_up(&connection, file)?;
        let id = Nonce(id).to_string();
        connection.execute(
            "insert into record (one, id, begun_at, latest) values (1, $1, $2, $3)
             on conflict (one) do update set id = excluded.id, begun_at = excluded.begun_at,
                 latest = excluded.latest",
            params![id, at.to_string(), now.to_string()],
        )?;
        let ledger = Self {
            connection,
            mark: mark_of(key),
        };
        ledger.set_mark()
    }

    /// Opens the record of the agent whose key is `key`.
    ///
    /// In the release model: `Open`.
    ///
    /// # Errors
    /// When there is none, when it is not the one that belongs to the key or is older than that one
    /// (a backup, a second state directory), or when the files cannot be used.
    pub fn open(file: &Path, key: &Path) -> Result<Self, AgentError> {
        let mark = mark_of(key);
        let marked = lagrum_durable::read_if_any(&mark, LONGEST_MARK)?;
        if !file.exists() {
            return Err(match marked {
                None => AgentError::NoRecord(file.to_owned()),
                Some(_) => AgentError::RecordLost(file.to_owned()),
            });
        }
        let connection = connect(file, OpenFlags::empty())?;
        bring_up(&connection, file)?;
        let ledger = Self { connection, mark };
        let mut knows = ledger.knows()?;
        let marked: Mark = marked
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .ok_or_else(|| AgentError::RecordNotMarked(ledger.mark.clone()))?;
        if marked.record != knows.record {
            return Err(AgentError::OtherRecord(file.to_owned()));
        }
        // Cut off between mark and record: whether it left is not known, so it counts as spent.
        if let Some(begun) = &marked.begun
            && ledger.find(&begun.nonce)?.is_none()
        {
            ledger.connection.execute(
                "insert into interrupted (nonce, mandate) values ($1, $2)
                 on conflict (nonce) do nothing",
                params![begun.nonce.to_string(), begun.mandate.to_string()],
            )?;
            knows = ledger.knows()?;
        }
        if marked.is_ahead_of(&knows) {
            return Err(AgentError::RecordOlder(file.to_owned()));
        }
        // Cut off between the two: the record is ahead, and the mark follows.
        if marked != knows {
            ledger.set_mark()?;
        }
        Ok(ledger)
    }

    /// What the mark of this record says.
    fn knows(&self) -> Result<Mark, rusqlite::Error> {
        self.connection.query_row(
            "select id, (select count(*) from carried) + (select count(*) from interrupted),
                 (select count(*) from recalled), latest,
                 coalesce((select seen from remembered), 0)
             from record",
            [],
            |row| {
                Ok(Mark {
                    record: row.get(0)?,
                    carried: row.get(1)?,
                    recalled: row.get(2)?,
                    latest: row.get(3)?,
                    seen: row.get(4)?,
                    begun: None,
                })
            },
        )
    }

    /// Writes the mark anew, after the record.
    fn set_mark(&self) -> Result<(), AgentError> {
        self.write_mark(&self.knows()?)
    }

    fn write_mark(&self, mark: &Mark) -> Result<(), AgentError> {
        let mark = serde_json::to_vec(mark).expect("it is JSON-safe");
        Ok(lagrum_durable::replace(&self.mark, &mark)?)
    }

    /// Names the mandate in the mark that is recorded next. From then on it is spent, even if the program
    /// is cut off before [`Ledger::record`].
    ///
    /// In the release model: `Mark`.
    ///
    /// # Errors
    /// When the mark cannot be written.
    pub fn mark_begun(&self, carried: &Carried) -> Result<(), AgentError> {
        let mut mark = self.knows()?;
        mark.carried += 1;
        mark.begun = Some(Begun {
            nonce: carried.nonce,
            mandate: carried.mandate,
        });
        self.write_mark(&mark)
    }

    /// Whether a mandate was begun and not recorded.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn is_interrupted(&self, nonce: &Nonce) -> Result<bool, rusqlite::Error> {
        self.has("select 1 from interrupted where nonce = $1", nonce)
    }

    /// Whether the package of a mandate that was carried out was removed because of a recall.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn is_stopped(&self, nonce: &Nonce) -> Result<bool, rusqlite::Error> {
        self.has("select 1 from stopped where nonce = $1", nonce)
    }

    fn has(&self, query: &str, nonce: &Nonce) -> Result<bool, rusqlite::Error> {
        self.connection
            .query_row(query, [nonce.to_string()], |_| Ok(()))
            .optional()
            .map(|found| found.is_some())
    }

    /// Records that the package of a mandate was removed because of a recall, before it was handed out.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn stopped(&self, nonce: &Nonce) -> Result<(), rusqlite::Error> {
        let all = self.connection.unchecked_transaction()?;
        let nonce = [nonce.to_string()];
        all.execute(
            "insert into stopped (nonce) values ($1) on conflict (nonce) do nothing",
            nonce.clone(),
        )?;
        all.execute(
            "update carried set handed_out = 1, acknowledged = 1 where nonce = $1",
            nonce,
        )?;
        all.commit()
    }

    /// Since when it knows what was carried out (UTC).
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn begun_at(&self) -> Result<Timestamp, rusqlite::Error> {
        self.instant("select begun_at from record")
    }

    /// The latest instant (UTC) at which this agent ever worked.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn latest(&self) -> Result<Timestamp, rusqlite::Error> {
        self.instant("select latest from record")
    }

    fn instant(&self, query: &str) -> Result<Timestamp, rusqlite::Error> {
        let text: String = self.connection.query_row(query, [], |row| row.get(0))?;
        text.parse()
            .map_err(|e: jiff::Error| wrong(0, e.to_string()))
    }

    /// Remembers that it is at least `now` (UTC).
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn it_is(&self, now: Timestamp) -> Result<(), AgentError> {
        if now > self.latest()? {
            self.connection
                .execute("update record set latest = $1", [now.to_string()])?;
            self.set_mark()?;
        }
        Ok(())
    }

    /// What was carried out under `nonce`, if anything.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn find(&self, nonce: &Nonce) -> Result<Option<Carried>, rusqlite::Error> {
        self.connection
            .query_row(
                "select nonce, stem, sha256, receipt, handed_out, mandate from carried where nonce = $1",
                [nonce.to_string()],
                carried,
            )
            .optional()
    }

    /// What was carried out under the mandate with this digest, if anything.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn find_by_mandate(
        &self,
        mandate: &Sha256Digest,
    ) -> Result<Option<Carried>, rusqlite::Error> {
        self.connection
            .query_row(
                "select nonce, stem, sha256, receipt, handed_out, mandate from carried where mandate = $1",
                [mandate.to_string()],
                carried,
            )
            .optional()
    }

    /// All that was sealed and that the desk has not acknowledged.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn not_acknowledged(&self) -> Result<Vec<Carried>, rusqlite::Error> {
        self.connection
            .prepare(
                "select nonce, stem, sha256, receipt, handed_out, mandate from carried where acknowledged = 0",
            )?
            .query_map([], carried)?
            .collect()
    }

    /// Records, durably and for good, that a mandate was carried out, and with it which decisions of
    /// `review`, and how much it `withheld`. The mark named it before ([`Ledger::mark_begun`]).
    ///
    /// In the release model: `Record`.
    ///
    /// # Errors
    /// When it was carried out before, or the files cannot be written.
    pub fn record(
        &self,
        carried: &Carried,
        beside: &Beside<'_>,
        at: Timestamp,
    ) -> Result<(), AgentError> {
        let recorded = self.write_record(carried, beside, at);
        // What is certainly not in the record was not begun either: it may be tried again.
        if recorded.is_err() && self.find(&carried.nonce)?.is_some() {
            return self.set_mark();
        }
        self.set_mark()?;
        Ok(recorded?)
    }

    fn write_record(
        &self,
        carried: &Carried,
        beside: &Beside<'_>,
        at: Timestamp,
    ) -> Result<(), rusqlite::Error> {
        let Beside {
            review,
            withheld,
            told,
            frozen,
            inquired,
        } = *beside;
        let all = self.connection.unchecked_transaction()?;
        for item in review.iter().flat_map(|review| &review.items) {
            all.execute(
                "insert into reviewed (withheld_under, number, mandate) values ($1, $2, $3)",
                params![
                    review.map(|review| review.of.to_string()),
                    item.number,
                    carried.mandate.to_string()
                ],
            )?;
        }
        all.execute(
            "insert into carried
                 (nonce, stem, sha256, receipt, sealed_at, mandate, handed_out, acknowledged)
             values ($1, $2, $3, $4, $5, $6, 0, 0)",
            params![
                carried.nonce.to_string(),
                carried.stem.as_str(),
                carried.sha256.to_string(),
                carried.receipt,
                at.to_string(),
                carried.mandate.to_string()
            ],
        )?;
        if withheld > 0 {
            all.execute(
                "insert into to_review (nonce, undecided) values ($1, $2)",
                params![carried.nonce.to_string(), withheld],
            )?;
        }
        if let Some((case, told)) = told {
            told::enter(&all, carried, case, told)?;
        }
        if let Some(frozen) = frozen {
            vault::enter(&all, carried, frozen)?;
        }
        if inquired > 0 {
            inquired::record(&all, &carried.nonce.to_string(), inquired, at)?;
        }
        all.commit()
    }

    /// The numbers of what the mandate with this digest withheld and counsel's decision about which
    /// was carried out.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn reviewed(&self, under: &Sha256Digest) -> Result<BTreeSet<u64>, rusqlite::Error> {
        self.connection
            .prepare("select number from reviewed where withheld_under = $1")?
            .query_map([under.to_string()], |row| row.get(0))?
            .collect()
    }

    /// Records that package and receipt were sent to the desk.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn handed_out(&self, nonce: &Nonce) -> Result<(), rusqlite::Error> {
        self.set("update carried set handed_out = 1 where nonce = $1", nonce)
    }

    /// Records that the desk has the package.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn acknowledged(&self, nonce: &Nonce) -> Result<(), rusqlite::Error> {
        self.set(
            "update carried set handed_out = 1, acknowledged = 1 where nonce = $1",
            nonce,
        )
    }

    fn set(&self, statement: &str, nonce: &Nonce) -> Result<(), rusqlite::Error> {
        self.connection.execute(statement, [nonce.to_string()])?;
        Ok(())
    }

    /// Remembers for good that a mandate was recalled.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn recall(
        &self,
        mandate: &Sha256Digest,
        note: &str,
        at: Timestamp,
    ) -> Result<(), AgentError> {
        let new = self.connection.execute(
            "insert into recalled (mandate, note, seen_at) values ($1, $2, $3)
             on conflict (mandate) do nothing",
            params![mandate.to_string(), note, at.to_string()],
        )?;
        if new > 0 {
            self.set_mark()?;
        }
        Ok(())
    }

    /// Whether a mandate was recalled.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn is_recalled(&self, mandate: &Sha256Digest) -> Result<bool, rusqlite::Error> {
        self.connection
            .query_row(
                "select 1 from recalled where mandate = $1",
                [mandate.to_string()],
                |_| Ok(()),
            )
            .optional()
            .map(|found| found.is_some())
    }

    /// The last checkpoint of the log that this agent believed.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn remembered_checkpoint(&self) -> Result<Option<String>, rusqlite::Error> {
        self.connection
            .query_row("select checkpoint from remembered", [], |row| row.get(0))
            .optional()
    }

    /// Remembers a checkpoint, and how many entries it has.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub fn remember_checkpoint(&self, checkpoint: &str, entries: u64) -> Result<(), AgentError> {
        self.connection.execute(
            "insert into remembered (one, checkpoint, seen) values (1, $1, $2)
             on conflict (one) do update set checkpoint = excluded.checkpoint, seen = excluded.seen",
            params![checkpoint, entries],
        )?;
        self.set_mark()
    }
}

/// Brings a record into the form of this version. One of a newer version is refused: what it knows beyond this form
/// would be passed over, and it may say that something is spent.
fn bring_up(connection: &Connection, file: &Path) -> Result<(), AgentError> {
    let version: i64 = connection.query_row("pragma user_version", [], |row| row.get(0))?;
    let missing = match version {
        NEWEST => return Ok(()),
        0 => TABLES.to_owned() + &LATER.concat(),
        _ => {
            let done = usize::try_from(version - 2).ok();
            let missing = done.and_then(|done| LATER.get(done..));
            let newer = || AgentError::RecordNewer {
                file: file.to_owned(),
                found: version,
                known: NEWEST,
            };
            missing.ok_or_else(newer)?.concat()
        }
    };
    let all = connection.unchecked_transaction()?;
    all.execute_batch(&missing)?;
    if version < 5 {
        withheld::find_lists(&all, file)?;
    }
    Ok(all.commit()?)
}

fn connect(file: &Path, more: OpenFlags) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // What SQLite sets aside lies nowhere else.
    connection.pragma_update(None, "temp_store", "memory")?;
    Ok(connection)
}

/// Where the mark of a key lies.
pub(crate) fn mark_of(key: &Path) -> PathBuf {
    key.with_extension("mark")
}

fn wrong(column: usize, why: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(
        column,
        rusqlite::types::Type::Text,
        Box::new(std::io::Error::other(why)),
    )
}

fn carried(row: &rusqlite::Row<'_>) -> Result<Carried, rusqlite::Error> {
    Ok(Carried {
        nonce: Nonce::try_from(row.get::<_, String>(0)?).map_err(|why| wrong(0, why))?,
        stem: Stem::parse(&row.get::<_, String>(1)?)
            .ok_or_else(|| wrong(1, "not the name of a mandate".into()))?,
        sha256: Sha256Digest::parse(&row.get::<_, String>(2)?).map_err(|why| wrong(2, why))?,
        receipt: row.get(3)?,
        handed_out: row.get(4)?,
        mandate: Sha256Digest::parse(&row.get::<_, String>(5)?).map_err(|why| wrong(5, why))?,
    })
}
