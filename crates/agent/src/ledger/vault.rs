//! Which copies are kept in the vault of the region, until when, and which are erased.

use jiff::Timestamp;
use lagrum_mandate::{Mandate, Nonce};
use lagrum_model::{Kept, Sha256Digest};
use lagrum_transport::Stem;
use rusqlite::{Connection, Row, params};

use super::{Ledger, wrong};

/// What came with version 9: what is preserved. The text of the mandate says whose data it is; `under` is the
/// mandate under which it is kept now; `ended` is the signed answer that it is erased, until the desk has it
/// (`told`).
pub(super) const VAULT: &str = "
    create table vault (
        nonce text primary key, mandate text not null, under text not null, stem text not null,
        text text not null, kept text not null, ended text, told integer not null default 0
    ) strict;
    pragma user_version = 9;
";

/// What came with version 10: which copies are being frozen. What a run that was cut off left of one is removed; a
/// copy of which the record knows neither is not, because it is the record then that is not the newest.
pub(super) const FREEZING: &str = "
    create table freezing (nonce text primary key) strict;
    pragma user_version = 10;
";

/// What the record knows of a file in the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is kept.
    Kept,
    /// It is nobody's: its freezing was cut off before its mandate was spent, or it is erased.
    Left,
    /// This record never heard of it.
    Unknown,
}

/// A copy in the vault.
#[derive(Clone, Debug)]
pub(crate) struct Copy {
    /// The nonce of the mandate under which it was frozen: its name in the vault.
    pub(crate) nonce: Nonce,
    /// The name of that mandate on the wire.
    pub(crate) stem: Stem,
    /// The mandate under which it was frozen.
    pub(crate) mandate: Mandate,
    /// The digest of the mandate under which it is kept now.
    pub(crate) under: Sha256Digest,
    /// How it stands.
    pub(crate) kept: Kept,
    /// The signed answer that it is erased.
    pub(crate) ended: Option<String>,
}

/// What is recorded beside a mandate to preserve that was carried out.
#[derive(Clone, Copy, Debug)]
pub enum Frozen<'b> {
    /// A copy is frozen under it.
    Copy(&'b Mandate, &'b Kept),
    /// The copy that was frozen under the mandate with this nonce is kept under this one, until the instant that
    /// `Kept` names.
    Longer(&'b Nonce, &'b Kept),
}

impl Ledger {
    /// All copies that are kept.
    pub(crate) fn copies(&self) -> Result<Vec<Copy>, rusqlite::Error> {
        self.vault("ended is null")
    }

    /// Those that are erased, and of which the desk has the first answer, and not that one.
    pub(crate) fn ends_to_tell(&self) -> Result<Vec<Copy>, rusqlite::Error> {
        self.vault(
            "ended is not null and told = 0
                 and (select acknowledged from carried where carried.nonce = vault.nonce)",
        )
    }

    fn vault(&self, which: &str) -> Result<Vec<Copy>, rusqlite::Error> {
        let query = format!(
            "select nonce, stem, text, under, kept, ended from vault where {which} order by nonce"
        );
        self.connection
            .prepare(&query)?
            .query_map([], copy)?
            .collect()
    }

    /// Remembers for good that a copy is erased, and the answer that says so.
    pub(crate) fn ended(
        &self,
        nonce: &Nonce,
        kept: &Kept,
        answer: &str,
    ) -> Result<(), rusqlite::Error> {
        self.connection.execute(
            "update vault set kept = ?2, ended = ?3 where nonce = ?1",
            params![nonce.to_string(), json(kept), answer],
        )?;
        Ok(())
    }

    /// Records that the desk has the answer that a copy is erased.
    pub(crate) fn end_is_told(&self, nonce: &Nonce) -> Result<(), rusqlite::Error> {
        self.set("update vault set told = 1 where nonce = $1", nonce)
    }

    /// Remembers that a copy of this name is being frozen, until it is recorded.
    pub(crate) fn freezing(&self, nonce: &Nonce) -> Result<(), rusqlite::Error> {
        self.set(
            "insert into freezing (nonce) values ($1) on conflict (nonce) do nothing",
            nonce,
        )
    }

    /// Forgets what was being frozen: nothing of it is left.
    pub(crate) fn nothing_is_freezing(&self) -> Result<(), rusqlite::Error> {
        self.connection.execute("delete from freezing", [])?;
        Ok(())
    }

    /// What is known of the copy of this name.
    pub(crate) fn standing_of_copy(&self, nonce: &Nonce) -> Result<Standing, rusqlite::Error> {
        let is = |query| self.has(query, nonce);
        Ok(
            if is("select 1 from vault where nonce = $1 and ended is null")? {
                Standing::Kept
            } else if is("select 1 from freezing where nonce = $1")?
                || is("select 1 from vault where nonce = $1")?
            {
                Standing::Left
            } else {
                Standing::Unknown
            },
        )
    }
}

/// Enters what was frozen, with the rest of the record of its mandate.
pub(super) fn enter(
    all: &Connection,
    carried: &super::Carried,
    frozen: &Frozen<'_>,
) -> Result<(), rusqlite::Error> {
    match frozen {
        Frozen::Copy(mandate, kept) => {
            all.execute(
                "insert into vault (nonce, mandate, under, stem, text, kept)
                 values (?1, ?2, ?2, ?3, ?4, ?5)",
                params![
                    carried.nonce.to_string(),
                    carried.mandate.to_string(),
                    carried.stem.as_str(),
                    mandate.to_text(),
                    json(kept)
                ],
            )?;
            all.execute(
                "delete from freezing where nonce = ?1",
                [carried.nonce.to_string()],
            )?
        }
        Frozen::Longer(nonce, kept) => all.execute(
            "update vault set under = ?2, kept = ?3 where nonce = ?1 and ended is null",
            params![nonce.to_string(), carried.mandate.to_string(), json(kept)],
        )?,
    };
    Ok(())
}

fn json(kept: &Kept) -> String {
    serde_json::to_string(kept).expect("it is JSON-safe")
}

fn copy(row: &Row<'_>) -> rusqlite::Result<Copy> {
    let stem: String = row.get(1)?;
    let (text, kept): (String, String) = (row.get(2)?, row.get(4)?);
    Ok(Copy {
        nonce: Nonce::try_from(row.get::<_, String>(0)?).map_err(|why| wrong(0, why))?,
        stem: Stem::parse(&stem).ok_or_else(|| wrong(1, "not the name of a mandate".into()))?,
        mandate: Mandate::parse(&text).map_err(|why| wrong(2, why.to_string()))?,
        under: Sha256Digest::parse(&row.get::<_, String>(3)?).map_err(|why| wrong(3, why))?,
        kept: serde_json::from_str(&kept).map_err(|why| wrong(4, why.to_string()))?,
        ended: row.get(5)?,
    })
}

impl Copy {
    /// From when on (UTC) it is not kept any more.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        self.kept.until <= now
    }
}
