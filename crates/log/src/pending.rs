//! The checkpoint that not enough witnesses have seen yet: signed, kept privately, and not published.

use std::path::{Path, PathBuf};

use lagrum_durable::FaultPoints;

use crate::checkpoint::{MAXIMUM_CHECKPOINT, SignedCheckpoint};
use crate::error::Error;
use crate::faults::Faults;
use crate::text;

const FILE_NAME: &str = "pending";
const WHAT: &str = "pending checkpoint";

/// The file of the pending checkpoint, in the private directory beside the log.
#[derive(Clone, Debug)]
pub(crate) struct PendingFile(PathBuf);

/// A checkpoint that waits for witnesses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pending {
    /// With the cosignatures that were gathered so far.
    pub(crate) checkpoint: SignedCheckpoint,
    /// How many entries the published checkpoint had when this one was put here: it never has fewer again.
    pub(crate) after: u64,
}

impl PendingFile {
    pub(crate) fn within(staging: &Path) -> Self {
        Self(staging.join(FILE_NAME))
    }

    pub(crate) fn read(&self) -> Result<Option<Pending>, Error> {
        let Some(bytes) = lagrum_durable::read_at_most(&self.0, MAXIMUM_CHECKPOINT)? else {
            return Ok(None);
        };
        let damaged =
            |_: Error| Error::damaged(self.0.display().to_string(), "must be a checkpoint");
        let wrong = || Error::malformed(WHAT, "must start with a line `after <size>`");
        let read = || {
            let whole = std::str::from_utf8(&bytes).map_err(|_| wrong())?;
            let (first, note) = whole.split_once('\n').ok_or_else(wrong)?;
            let after = first.strip_prefix("after ").ok_or_else(wrong)?;
            Ok(Pending {
                after: text::decimal(after, WHAT)?,
                checkpoint: SignedCheckpoint::parse(note.as_bytes())?,
            })
        };
        read().map(Some).map_err(damaged)
    }

    pub(crate) fn write(&self, pending: &Pending, faults: &Faults) -> Result<(), Error> {
        let Pending { checkpoint, after } = pending;
        let text = format!("after {after}\n{checkpoint}");
        lagrum_durable::replace_watched(&self.0, text.as_bytes(), faults)?;
        Ok(())
    }

    pub(crate) fn discard(&self, faults: &Faults) -> Result<(), Error> {
        if self.0.exists() {
            faults.point(&self.0)?;
            lagrum_durable::remove(&self.0)?;
            faults.point(&self.0)?;
        }
        Ok(())
    }
}
