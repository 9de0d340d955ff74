//! Access logs in Parquet files: each row as a line of JSON with its exact values, which whoever reads logs in lines
//! then treats as any other.
//!
//! **Invariant.** A row is either made a line with all its values, or the search fails: groups of rows are passed over
//! only where statistics that can be trusted say that every row of them is dated where nobody asks. Nothing that a
//! file claims of itself decides how much memory is taken: its footer and each of its pages are looked at, by code
//! that takes none, before anything is unpacked or handed to the library that decodes them.
//!
//! That library is `parquet`, of the project Arrow, without Arrow: what decodes is its own, what opens files, unpacks pages
//! and puts rows together is here, since its own ways to do so keep no limits, and round times of 96 bits.
//!
//! Which account a row is does not decide here what is read: a row of somebody else that mentions the account goes
//! to a person, as a line does.

mod codec;
mod column;
mod delta;
mod fault;
mod footer;
mod page;
mod rows;
mod schema;
mod skip;
#[cfg(test)]
mod tests;
mod thrift;
mod value;

use std::fs::File;
use std::sync::Arc;

use lagrum_source::{Context, Source, SourceConfig, SourceError};
use lagrum_sources::{OpenedRows, RowForm, RowsAsked, RowsFault};
use serde::Deserialize;

/// The kind, as the configuration writes it.
pub const KIND: &str = "access-log-parquet";

/// What the pages of one group of rows may hold in memory together unless the operator says more, in MiB.
const MEMORY: usize = 64;

/// What is of this form alone. All else is of every log ([`lagrum_sources::AccessLogConfig`]).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    id: String,
    #[serde(default)]
    memory_mib: Option<usize>,
}

/// Parquet files.
#[derive(Clone, Copy, Debug)]
struct Parquet {
    /// The most that the pages of one group of rows may hold in memory together, in bytes.
    memory: usize,
}

impl RowForm for Parquet {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn open(&self, file: File, asked: &RowsAsked<'_>) -> Result<OpenedRows, RowsFault> {
        rows::open(file, asked, self.memory)
    }
}

/// An access log in Parquet files: the kind [`KIND`].
///
/// # Errors
/// [`SourceError::Config`], naming the field.
pub fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Box<dyn Source>, SourceError> {
    let (log, form) = taken_apart(config)?;
    lagrum_sources::open_rows(&log, context, Arc::new(form))
}

/// What is of every log, and what is of this form.
fn taken_apart(config: &SourceConfig) -> Result<(SourceConfig, Parquet), SourceError> {
    let (mut own, mut log) = (config.clone(), config.clone());
    own.fields.retain(|name, _| name == "memory_mib");
    log.fields.remove("memory_mib");
    let Own { id, memory_mib } = own.read()?;
    let memory = memory_mib.unwrap_or(MEMORY);
    if !(16..=65536).contains(&memory) {
        let why = "write how many MiB the pages of a group of rows may hold: 16 to 65536";
        return Err(SourceError::config(&id, "memory_mib", why));
    }
    let form = Parquet {
        memory: memory << 20,
    };
    Ok((log, form))
}
