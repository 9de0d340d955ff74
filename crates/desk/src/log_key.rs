//! Changing the log's key. The old one stays valid for the past: whoever checks a checkpoint is told up to
//! which size of the log it counts.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Instant;

use lagrum_access::Action;
use lagrum_notes::{SigningKey, VerifyingKey, role};

use crate::{CommandError, OpenError, Session};

/// The key that the log gets next.
#[derive(Clone, Debug)]
pub struct NextKey {
    /// Its public half.
    pub next: VerifyingKey<role::Log>,
    /// The public half of the key with which the log signs now.
    pub now: VerifyingKey<role::Log>,
    /// How many entries the log has.
    pub entries: u64,
}

/// That the log has another key.
#[derive(Clone, Debug)]
pub struct KeyChanged {
    /// The public half of the key with which it signs now.
    pub now: VerifyingKey<role::Log>,
    /// The public half of the key with which it signed before.
    pub former: VerifyingKey<role::Log>,
    /// How many entries it had when the key was changed: so far the former key counts.
    pub until: u64,
}

impl Session<'_> {
    /// Makes the key that the log gets next, or tells of the one that is there, so that those who check the
    /// log can be told before it signs.
    ///
    /// # Errors
    /// When the person may not, or the files of the keys cannot be read or written.
    pub fn make_next_log_key(&mut self) -> Result<NextKey, CommandError> {
        self.may(Action::ChangeLogKey)?;
        let now = self.desk.log_key()?.verifying_key();
        let next = match self.next_log_key()? {
            Some(there) => there,
            None => {
                let made = SigningKey::generate(&mut self.random, now.name())
                    .map_err(|e| OpenError::config(&self.next_log_key_file(), e))?;
                let secret = made.to_secret();
                lagrum_durable::private_file(&self.next_log_key_file(), secret.as_bytes())?;
                made
            }
        };
        let published = self.desk.inner.store.published()?;
        Ok(NextKey {
            next: next.verifying_key(),
            now,
            entries: published.map_or(0, |head| head.size),
        })
    }

    /// Lets the log sign with its next key from now on. The published checkpoint is signed with both, so that
    /// no reader stands without one, whenever this ends; doing it again finishes it.
    ///
    /// # Errors
    /// When the person may not; when no next key was made; when the log or the files of the keys cannot be
    /// read or written.
    pub fn change_log_key(&mut self) -> Result<KeyChanged, CommandError> {
        self.may(Action::ChangeLogKey)?;
        let file = self.next_log_key_file();
        let next = self.next_log_key()?.ok_or_else(|| {
            OpenError::config(&file, "it is not there: make the log's next key first")
        })?;
        let mut log = self.desk.open_log(Instant::now())?;
        let former = log.verifier();
        let mut head = self.desk.inner.store.log_head();
        let until = log.sign_with_next(&mut head, &next)?.size;
        lagrum_durable::move_into_place(&file, &self.desk.inner.config.log_key)?;
        Ok(KeyChanged {
            now: next.verifying_key(),
            former,
            until,
        })
    }

    fn next_log_key(&self) -> Result<Option<SigningKey<role::Log>>, OpenError> {
        let file = self.next_log_key_file();
        let text = match lagrum_durable::read_secret(&file) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read.map_err(|e| OpenError::config(&file, e.source))?,
        };
        let key = SigningKey::from_secret(text.trim()).map_err(|e| OpenError::config(&file, e))?;
        Ok(Some(key))
    }

    /// Beside the key of now, and on its disk.
    fn next_log_key_file(&self) -> PathBuf {
        let mut name = self.desk.inner.config.log_key.clone().into_os_string();
        name.push(".next");
        name.into()
    }
}
