use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use lagrum_durable::Seen;
use lagrum_log::{Commitment, Compared, LogReader};
use lagrum_notes::{SigningKey, role};
use lagrum_store::PublicLog;

use crate::OpenError;

/// The desk's own public log, with what of it waits for witnesses. Its key is looked for when something is first held against it, and again when it was
/// changed.
pub(crate) struct Published {
    directory: PathBuf,
    staging: PathBuf,
    key: PathBuf,
    reader: Mutex<Option<(Seen, LogReader)>>,
}

impl Published {
    pub(crate) fn new(directory: PathBuf, staging: PathBuf, key: PathBuf) -> Self {
        Self {
            directory,
            staging,
            key,
            reader: Mutex::default(),
        }
    }

    pub(crate) fn reader(&self) -> Result<LogReader, OpenError> {
        let mut known = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = Seen::files([self.key.clone()]);
        if let Some((at, reader)) = &*known
            && *at == seen
        {
            return Ok(reader.clone());
        }
        let fault = |why: &dyn ToString| OpenError::config(&self.key, why.to_string());
        let text = lagrum_durable::read_secret(&self.key).map_err(|e| fault(&e.source))?;
        let key: SigningKey<role::Log> =
            SigningKey::from_secret(text.trim()).map_err(|e| fault(&e))?;
        let reader = LogReader::open(&self.directory, key.verifying_key());
        let reader = reader.with_pending(&self.staging);
        *known = Some((seen, reader.clone()));
        Ok(reader)
    }
}

impl PublicLog for Published {
    fn compare(&self, entries: &[(u64, Commitment)]) -> Result<Compared, lagrum_log::Error> {
        match self.reader() {
            Ok(reader) => reader.compare(entries),
            Err(why) => Err(lagrum_log::Error::File {
                action: "use",
                file: self.key.clone(),
                source: std::io::Error::other(why.to_string()),
            }),
        }
    }
}
