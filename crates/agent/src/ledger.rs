use std::path::Path;

use jiff::Timestamp;
use lagrum_mandate::Nonce;
use lagrum_model::Sha256Digest;
use lagrum_transport::Stem;
use rusqlite::{Connection, OptionalExtension, params};

/// The agent's own record of what it carried out. A mandate is carried out once or not at all:
/// this is where that is decided.
pub struct Ledger(Connection);

/// A mandate that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Its nonce.
    pub nonce: Nonce,
    /// The name under which package and receipt travel.
    pub stem: Stem,
    /// SHA-256 of the sealed package.
    pub sha256: Sha256Digest,
    /// The signed receipt.
    pub receipt: String,
    /// Whether package and receipt were sent to the desk.
    pub handed_out: bool,
}

impl Ledger {
    /// Opens or makes the ledger.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn open(file: &Path) -> Result<Self, rusqlite::Error> {
        let connection = Connection::open(file)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(
            "create table if not exists carried (
                 nonce text primary key, stem text not null, sha256 text not null,
                 receipt text not null, sealed_at text not null, handed_out integer not null
             ) strict;
             create table if not exists remembered (
                 one integer primary key check (one = 1), checkpoint text not null
             ) strict;",
        )?;
        Ok(Self(connection))
    }

    /// What was carried out under `nonce`, if anything.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn find(&self, nonce: &Nonce) -> Result<Option<Carried>, rusqlite::Error> {
        self.0
            .query_row(
                "select nonce, stem, sha256, receipt, handed_out from carried where nonce = $1",
                [nonce.to_string()],
                carried,
            )
            .optional()
    }

    /// All that was sealed but not sent to the desk.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn not_handed_out(&self) -> Result<Vec<Carried>, rusqlite::Error> {
        self.0
            .prepare(
                "select nonce, stem, sha256, receipt, handed_out from carried where handed_out = 0",
            )?
            .query_map([], carried)?
            .collect()
    }

    /// Records, durably and for good, that a mandate was carried out.
    ///
    /// # Errors
    /// When it was carried out before, or the ledger cannot be written.
    pub fn record(&self, carried: &Carried, at: Timestamp) -> Result<(), rusqlite::Error> {
        self.0.execute(
            "insert into carried (nonce, stem, sha256, receipt, sealed_at, handed_out)
             values ($1, $2, $3, $4, $5, 0)",
            params![
                carried.nonce.to_string(),
                carried.stem.as_str(),
                carried.sha256.to_string(),
                carried.receipt,
                at.to_string()
            ],
        )?;
        Ok(())
    }

    /// Records that package and receipt were sent to the desk.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn handed_out(&self, nonce: &Nonce) -> Result<(), rusqlite::Error> {
        self.0.execute(
            "update carried set handed_out = 1 where nonce = $1",
            [nonce.to_string()],
        )?;
        Ok(())
    }

    /// The last checkpoint of the log that this agent believed.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn remembered_checkpoint(&self) -> Result<Option<String>, rusqlite::Error> {
        self.0
            .query_row("select checkpoint from remembered", [], |row| row.get(0))
            .optional()
    }

    /// Remembers a checkpoint.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn remember_checkpoint(&self, checkpoint: &str) -> Result<(), rusqlite::Error> {
        self.0.execute(
            "insert into remembered (one, checkpoint) values (1, $1)
             on conflict (one) do update set checkpoint = excluded.checkpoint",
            [checkpoint],
        )?;
        Ok(())
    }
}

fn carried(row: &rusqlite::Row<'_>) -> Result<Carried, rusqlite::Error> {
    let wrong = |column, why: String| {
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Text,
            Box::new(std::io::Error::other(why)),
        )
    };
    Ok(Carried {
        nonce: Nonce::try_from(row.get::<_, String>(0)?).map_err(|why| wrong(0, why))?,
        stem: Stem::parse(&row.get::<_, String>(1)?)
            .ok_or_else(|| wrong(1, "not the name of a mandate".into()))?,
        sha256: Sha256Digest::parse(&row.get::<_, String>(2)?).map_err(|why| wrong(2, why))?,
        receipt: row.get(3)?,
        handed_out: row.get(4)?,
    })
}
