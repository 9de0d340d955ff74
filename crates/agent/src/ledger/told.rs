//! The journal of passphrases that are told by telephone. No passphrase stands in it.

use jiff::Timestamp;
use lagrum_mandate::{Nonce, TelephoneNumber, ToldPassphrase};
use lagrum_model::{CaseId, Sha256Digest};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::{Carried, Ledger, wrong};

/// A passphrase in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The case.
    pub case: CaseId,
    /// SHA-256 of the mandate's text.
    pub mandate: Sha256Digest,
    /// Who tells it to whom, on which number.
    pub told: ToldPassphrase,
    /// When it was shown to who tells it (UTC); nothing, while it waits.
    pub shown_at: Option<Timestamp>,
    /// The mandate's nonce.
    #[serde(skip)]
    pub nonce: Nonce,
}

/// Enters one that was made.
pub(super) fn enter(
    connection: &Connection,
    carried: &Carried,
    case: &CaseId,
    told: &ToldPassphrase,
) -> Result<(), rusqlite::Error> {
    connection.execute(
        "insert into told (nonce, of_case, mandate, name, told_by, on_number)
         values ($1, $2, $3, $4, $5, $6)",
        params![
            carried.nonce.to_string(),
            case.to_string(),
            carried.mandate.to_string(),
            told.name,
            told.told_by,
            told.on_number.as_str()
        ],
    )?;
    Ok(())
}

const COLUMNS: &str =
    "select nonce, of_case, mandate, name, told_by, on_number, shown_at from told";

impl Ledger {
    /// The passphrases of one case, or of all, in the order in which they were made.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn told(&self, case: Option<&CaseId>) -> Result<Vec<Told>, rusqlite::Error> {
        let query = format!("{COLUMNS} where $1 is null or of_case = $1 order by rowid");
        self.connection
            .prepare(&query)?
            .query_map([case.map(ToString::to_string)], read)?
            .collect()
    }

    /// The one of a mandate.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn told_under(&self, nonce: &Nonce) -> Result<Option<Told>, rusqlite::Error> {
        let query = format!("{COLUMNS} where nonce = $1");
        self.connection
            .query_row(&query, [nonce.to_string()], read)
            .optional()
    }

    /// Writes down that one is shown now; says whether it is the first time.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn showing(&self, nonce: &Nonce, at: Timestamp) -> Result<bool, rusqlite::Error> {
        let changed = self.connection.execute(
            "update told set shown_at = ?2 where nonce = ?1 and shown_at is null",
            params![nonce.to_string(), at.to_string()],
        )?;
        Ok(changed == 1)
    }
}

fn read(row: &Row<'_>) -> Result<Told, rusqlite::Error> {
    let text = |column: usize| row.get::<_, String>(column);
    let number = TelephoneNumber::parse(&text(5)?).map_err(|why| wrong(5, why))?;
    let shown_at: Option<String> = row.get(6)?;
    let shown_at = shown_at.map(|at| at.parse().map_err(|e: jiff::Error| wrong(6, e.to_string())));
    Ok(Told {
        nonce: Nonce::try_from(text(0)?).map_err(|why| wrong(0, why))?,
        case: CaseId::parse(&text(1)?).map_err(|why| wrong(1, why))?,
        mandate: Sha256Digest::parse(&text(2)?).map_err(|why| wrong(2, why))?,
        told: ToldPassphrase::new(&text(3)?, &text(4)?, number),
        shown_at: shown_at.transpose()?,
    })
}
