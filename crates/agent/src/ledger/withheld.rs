//! Which lists of what was withheld are not carried out to their end.

use std::io::ErrorKind;
use std::path::Path;

use lagrum_durable::FileError;
use lagrum_mandate::Nonce;
use rusqlite::{Connection, params};

use super::{Ledger, wrong};
use crate::AgentError;

impl Ledger {
    /// The mandates whose list of what was withheld is not carried out to its end, and how much of each waits
    /// for counsel, where that was counted.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn to_review(&self) -> Result<Vec<(Nonce, Option<u64>)>, rusqlite::Error> {
        self.connection
            .prepare("select nonce, undecided from to_review order by nonce")?
            .query_map([], |row| {
                let nonce = Nonce::try_from(row.get::<_, String>(0)?);
                Ok((nonce.map_err(|why| wrong(0, why))?, row.get(1)?))
            })?
            .collect()
    }

    /// How much of the list of a mandate waits for counsel. Of one that is carried out to its end, nothing
    /// is kept here.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn undecided(&self, nonce: &Nonce, count: u64, done: bool) -> Result<(), rusqlite::Error> {
        let nonce = nonce.to_string();
        if done {
            let statement = "delete from to_review where nonce = $1";
            self.connection.execute(statement, [nonce])?;
        } else {
            self.connection.execute(
                "update to_review set undecided = ?2 where nonce = ?1 and undecided is not ?2",
                params![nonce, count],
            )?;
        }
        Ok(())
    }
}

/// Enters the lists that lie beside a record of an older version, which had no account of them.
pub(super) fn find_lists(connection: &Connection, ledger: &Path) -> Result<(), AgentError> {
    let review = ledger.with_file_name("review");
    let fault = |error| FileError::new("list", &review, error);
    let entries = match std::fs::read_dir(&review) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(fault)?,
    };
    for entry in entries {
        let name = entry.map_err(fault)?.file_name();
        let list = name.to_str().and_then(|name| name.strip_suffix(".jsonl"));
        if let Some((_, nonce)) = list.and_then(|list| list.rsplit_once('-')) {
            connection.execute(
                "insert into to_review (nonce) select nonce from carried where nonce = $1",
                [nonce],
            )?;
        }
    }
    Ok(())
}
