//! What shows that a file was changed.

use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use lagrum_durable::FileError;
use serde::{Deserialize, Serialize};

use crate::AccountsError;

/// Of a file: when it was written and changed (seconds and nanoseconds), device, inode and length;
/// of a database with a write-ahead log that of both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Marks(pub(crate) Vec<i64>);

impl Marks {
    /// Those of an open file.
    pub(crate) fn of(opened: &File, path: &Path) -> Result<Self, AccountsError> {
        let about = opened.metadata().map_err(FileError::of("read", path))?;
        let numbers = [about.dev(), about.ino(), about.len()].map(u64::cast_signed);
        let mut marks = vec![
            about.mtime(),
            about.mtime_nsec(),
            about.ctime(),
            about.ctime_nsec(),
        ];
        marks.extend(numbers);
        Ok(Self(marks))
    }

    /// The last change that they tell of, in seconds. Nobody can set that time back.
    pub(crate) fn latest(&self) -> i64 {
        self.0
            .chunks(7)
            .filter_map(|marks| marks.get(2))
            .max()
            .copied()
            .unwrap_or_default()
    }
}
