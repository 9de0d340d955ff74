//! An opened and checked package in the forms that the programs of its recipients read.
//!
//! **Invariant.** What comes out follows from the package alone. Each file is compared once more with its
//! SHA-256 in the manifest while it is read, and what a form cannot hold is counted and named, never left out
//! in silence. Only whoever could open the package can convert it.

mod bag;
mod custody;
mod error;
mod files;
mod instants;
mod mbox;
mod messages;
mod records;
#[cfg(test)]
mod tests;

use std::path::Path;

use jiff::Timestamp;
use lagrum_durable::Draft;
use lagrum_package::check::Checked;

pub use error::ConversionError;

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Messages as one mailbox for each account (mbox, in the form called mboxrd).
    Mbox,
    /// The whole package as a bag (RFC 8493, version 1.0, SHA-256).
    Bag,
    /// Rows and files as a response of ETSI TS 103 705 V1.1.1, with the schema of its records.
    Records,
    /// Messages as a collection of ETSI TS 103 707 V1.6.1, each message beside it.
    Messages,
    /// Who did what with which files, as JSON-LD of the CASE and UCO ontologies.
    Custody,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Mbox,
        Self::Bag,
        Self::Records,
        Self::Messages,
        Self::Custody,
    ];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mbox => "mbox",
            Self::Bag => "bagit",
            Self::Records => "ts-103-705",
            Self::Messages => "ts-103-707",
            Self::Custody => "case",
        }
    }
}

/// A package that was opened and checked.
#[derive(Clone, Copy, Debug)]
pub struct Package<'p> {
    /// What its check found.
    pub checked: &'p Checked,
    /// The directory in which it was opened.
    pub directory: &'p Path,
    /// The name under which the provider keeps its public log, if the package was checked against its keys.
    pub provider: Option<&'p str>,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Converted {
    /// Files, messages or rows of the package that are in it.
    pub held: u64,
    /// Files of the package that the form cannot hold: they are in the package alone.
    pub left_out: u64,
}

/// Writes the package in a form, into the new directory `to`; `now` (UTC) is when that was. Nothing is there
/// when it fails.
///
/// # Errors
/// [`ConversionError`]; also when `to` is there already.
pub fn convert(
    from: &Package<'_>,
    form: Form,
    to: &Path,
    now: Timestamp,
) -> Result<Converted, ConversionError> {
    let fault = || ConversionError::io(to);
    let draft = Draft::beside(to, ".lagrum-converting-").map_err(fault())?;
    let converted = match form {
        Form::Mbox => mbox::write(from, draft.path())?,
        Form::Bag => bag::write(from, draft.path(), now)?,
        Form::Records => records::write(from, draft.path(), now)?,
        Form::Messages => messages::write(from, draft.path())?,
        Form::Custody => custody::write(from, draft.path(), now)?,
    };
    draft.keep(to).map_err(fault())?;
    Ok(converted)
}
