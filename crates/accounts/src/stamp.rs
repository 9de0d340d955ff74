//! What shows, without reading it, that a table is the one that was indexed.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use lagrum_durable::{FileError, open_plain, open_settings, read_if_any, replace};
use lagrum_model::Sha256Digest;
use serde::{Deserialize, Serialize};

use crate::input::Form;
use crate::marks::Marks;
use crate::{AccountsError, Input, query};

/// The longest stamp that is read, in bytes.
const LONGEST: u64 = 4 << 10;

/// How close together two changes of a file may be, in seconds, for its marks to be the same: file
/// systems that tell time in whole seconds exist.
const COARSE: i64 = 2;

/// Beside an index: of what it was made.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stamp {
    pub(crate) marks: Marks,
    pub(crate) content: Sha256Digest,
}

fn file_of(index: &Path) -> PathBuf {
    index.with_extension("stamp")
}

impl Stamp {
    /// The digest of what stands in `input`, if its marks say that it is what it was.
    pub(crate) fn still_good(
        index: &Path,
        input: &Input,
    ) -> Result<Option<Sha256Digest>, AccountsError> {
        let file = file_of(index);
        let Some(bytes) = read_if_any(&file, LONGEST)? else {
            return Ok(None);
        };
        let Ok(stamp) = serde_json::from_slice::<Self>(&bytes) else {
            return Ok(None);
        };
        let written = open_plain(&file)?
            .metadata()
            .map_err(FileError::of("read", &file))?
            .mtime();
        // What was changed just before the stamp was written may have been changed just after, too.
        let certain = stamp.marks.latest() + COARSE <= written;
        Ok((certain && of_input(input)? == stamp.marks).then_some(stamp.content))
    }

    /// Writes it.
    pub(crate) fn write(&self, index: &Path) -> Result<(), AccountsError> {
        let text = serde_json::to_vec(self).unwrap_or_default();
        Ok(replace(&file_of(index), &text)?)
    }
}

/// The marks of a table now.
fn of_input(input: &Input) -> Result<Marks, AccountsError> {
    match &input.form {
        Form::Csv(file) | Form::Passwd { file, .. } => Marks::of(&open_settings(file)?, file),
        Form::Query { .. } => query::marks(input),
    }
}
