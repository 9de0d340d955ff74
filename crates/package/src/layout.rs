//! What lies where in a package.
//!
//! | file | what it is |
//! |---|---|
//! | `SUMMARY.txt` | what this is, for people |
//! | `statement.json` | what was searched, found, empty and withheld |
//! | `mandate.note` | the mandate with its two signatures |
//! | `mandate.tlog-proof` | that the mandate is in the provider's log |
//! | `manifest.jsonl` | one line for each item: path, SHA-256, length, source, date |
//! | `seal.note` | the agent's signature over the SHA-256 of the five files above |
//! | `items/…` | messages and objects as they were stored, to the byte |
//! | `records/….jsonl`, `.csv` | rows of logs and subscriber tables: each value as it is stored, to the byte, and directly after them the same as a table that a spreadsheet may open |
//!
//! Where an item lay in its store, and how much was looked at, is not in the package: a line number or
//! the size of a mailbox tells of things that nobody ordered. The agent keeps both.
//!
//! They stand in the archive in this order; items stand in the order of the manifest.

use std::collections::HashMap;

use jiff::Timestamp;
use lagrum_log::Salt;
use lagrum_model::{AccountIdentifier, Category, Sha256Digest};
use serde::{Deserialize, Serialize};

use crate::cell;
use crate::fields::Fields;
pub use crate::fields::{FIELD_NAME_LIMIT, FIELDS_LIMIT};

/// For people.
pub const SUMMARY: &str = "SUMMARY.txt";
/// What was searched.
pub const STATEMENT: &str = "statement.json";
/// The mandate.
pub const MANDATE: &str = "mandate.note";
/// Its proof.
pub const PROOF: &str = "mandate.tlog-proof";
/// The list of items.
pub const MANIFEST: &str = "manifest.jsonl";
/// The agent's signature.
pub const SEAL: &str = "seal.note";
/// The files before the items, in order.
pub const HEAD: [&str; 6] = [SUMMARY, STATEMENT, MANDATE, PROOF, MANIFEST, SEAL];
/// The longest of these files that is read into memory.
pub const HEAD_LIMIT: u64 = 4 << 20;

/// The longest row of a file of records, in bytes: what an agent hands over of one row weighs at most
/// 4 MiB in its store and 8 MiB as JSON. Whoever reads a package holds a few copies of one row at once.
pub const ROW_LIMIT: usize = 10 << 20;

/// What kind of file an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// One message, as stored.
    Message,
    /// One object of another kind, as stored.
    Object,
    /// Rows as JSON Lines: each is a [`RecordLine`].
    RecordsJson,
    /// The same rows as CSV (RFC 4180).
    RecordsCsv,
}

/// One line of the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestLine {
    /// Path in the package.
    pub path: String,
    /// SHA-256 of the file.
    pub sha256: Sha256Digest,
    /// Its length in bytes.
    pub length: u64,
    /// What kind of file it is.
    pub kind: ItemKind,
    /// Whose data.
    pub identifier: AccountIdentifier,
    /// Which category.
    pub category: Category,
    /// Which source it comes from.
    pub source: String,
    /// For an object: its name in the store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For an object: what it is (RFC 6838), if the store says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// For a message or an object: the instant (UTC) that decided that it belongs to the period. The earliest, where its
    /// date can mean several, which all lie there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Timestamp>,
    /// For a message of a source in which the store's own date decides: what the store says, as it writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated_as_stored: Option<String>,
    /// For what counsel released: which decision of the mandate it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<Released>,
}

/// That counsel released an item which an earlier search withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Released {
    /// Its number in the mandate's review.
    pub number: u64,
    /// Opens the mandate's commitment to its bytes ([`lagrum_mandate::commitment`]).
    pub salt: Salt,
}

/// One row of a log or a subscriber table.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordLine {
    /// Whose data.
    pub identifier: AccountIdentifier,
    /// Which category.
    pub category: Category,
    /// The instant (UTC) of the event, the earliest where its date can mean several; absent for a state such as a
    /// subscriber record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Timestamp>,
    /// The row.
    pub fields: Fields,
}

impl RecordLine {
    /// The identifier as a cell of the table.
    #[must_use]
    pub fn identifier_cell(&self) -> String {
        cell::harmless(&self.identifier.to_string()).into_owned()
    }

    /// The date as a cell of the table; empty if there is none.
    #[must_use]
    pub fn dated_cell(&self) -> String {
        self.dated
            .map(|instant| instant.to_string())
            .unwrap_or_default()
    }

    /// The fields of these names as cells of the table: text as it is, anything else as JSON, both made
    /// [`harmless`](cell::harmless), but for a number; empty if one is not there or null.
    pub fn cells<'r>(&'r self, columns: &'r [String]) -> impl Iterator<Item = String> + 'r {
        let values: HashMap<_, _> = self.fields.iter().collect();
        let cell = move |column: &String| values.get(column.as_str()).map(|value| cell::of(value));
        columns
            .iter()
            .map(move |column| cell(column).unwrap_or_default())
    }
}
