//! An account as the index has it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use lagrum_accounts::{Entry, Facts, Row};
use lagrum_model::EmailAddress;
use serde::{Deserialize, Serialize};

/// An account as the index has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entered {
    /// What the law asks for.
    pub(crate) facts: Facts,
    /// What its row says of the sources.
    #[serde(default)]
    pub(crate) lies: Lies,
}

/// What the row of an account says of the sources.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Lies {
    /// Those that have nothing of it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) none: BTreeSet<String>,
    /// Its places below their roots.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) places: BTreeMap<String, PathBuf>,
}

impl Lies {
    /// Reads it out of a row.
    pub(crate) fn of(row: &Row<'_>) -> Self {
        let none = row.get("none").map_or_else(BTreeSet::new, |none| {
            none.split(' ').map(str::to_owned).collect()
        });
        let places = row.filled().filter_map(|(column, place)| {
            let source = column.strip_prefix(PLACE)?;
            Some((source.to_owned(), PathBuf::from(place)))
        });
        Self {
            none,
            places: places.collect(),
        }
    }
}

/// What the column of a source's places is called, before its id.
pub(crate) const PLACE: &str = "place.";

impl Entry for Entered {
    fn address(&self) -> &EmailAddress {
        &self.facts.address
    }

    fn aliases(&self) -> &[EmailAddress] {
        &self.facts.aliases
    }

    fn of(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            facts: Facts::of(row)?,
            lies: Lies::of(row),
        })
    }
}
