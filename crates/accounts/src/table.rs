use std::fmt::Write as _;
use std::fs::File;
use std::marker::PhantomData;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use lagrum_durable::FileError;
use lagrum_model::{EmailAddress, Sha256Digest};
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use sha2::{Digest, Sha256};

use crate::entry::{self, find};
use crate::input::Form;
use crate::stamp::Stamp;
use crate::{AccountsError, Check, Entry, Found, Spec, build, csv_file, passwd_file, query};

/// What an index is: another number is another form, and is made anew.
const FORMAT: u32 = 2;

/// A table of accounts, indexed.
#[derive(Debug)]
pub struct Table<A> {
    connection: Connection,
    file: PathBuf,
    key: Sha256Digest,
    holds: PhantomData<fn() -> A>,
}

impl<A: Entry> Spec<'_, A> {
    /// The digest of all but the input.
    fn digest(&self) -> Sha256Digest {
        let mut digest = Sha256::new();
        let (columns, hand) = (self.columns, &self.by_hand);
        let parts = [
            FORMAT.to_be_bytes().to_vec(),
            serde_json::to_vec(hand).unwrap_or_default(),
            serde_json::to_vec(self.nobody).unwrap_or_default(),
            serde_json::to_vec(&self.input).unwrap_or_default(),
            serde_json::to_vec(&(&columns.required, &columns.optional)).unwrap_or_default(),
            self.settings.to_vec(),
        ];
        for part in parts {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        Sha256Digest(digest.finalize().into())
    }

    /// What an index is known by.
    fn key(&self, content: Option<Sha256Digest>) -> Sha256Digest {
        let mut bytes = self.digest().0.to_vec();
        bytes.extend(content.map_or(Vec::new(), |content| content.0.to_vec()));
        Sha256Digest::of(&bytes)
    }

    /// The digest of what stands in the input, by its marks alone.
    fn unchanged(&self) -> Result<Option<Sha256Digest>, AccountsError> {
        match self.input {
            None => Ok(Some(self.key(None))),
            Some(input) => {
                let content = Stamp::still_good(self.index, input)?;
                Ok(content.map(|content| self.key(Some(content))))
            }
        }
    }

    /// The same, by reading it.
    fn read_again(&self) -> Result<Option<(Sha256Digest, Stamp)>, AccountsError> {
        let Some(input) = self.input else {
            return Ok(None);
        };
        let (marks, content) = match &input.form {
            Form::Csv(file) => csv_file::digest(file)?,
            Form::Query { query, .. } => {
                query::rows(input, query, self.columns, &mut |_, _| Ok(()))?
            }
            Form::Passwd { domain, .. } => {
                let domain = domain.as_deref();
                passwd_file::rows(input, domain, self.columns, &mut |_, _| Ok(()))?
            }
        };
        Ok(Some((self.key(Some(content)), Stamp { marks, content })))
    }
}

impl<A: Entry> Table<A> {
    /// Opens the index of a table; makes it first, if there is none, or the table changed since.
    ///
    /// # Errors
    /// When something is wrong with the table (it is said with which row), or the index cannot be
    /// written.
    pub fn open(spec: &Spec<'_, A>, check: &mut dyn Check<A>) -> Result<Self, AccountsError> {
        let there = |spec: &Spec<'_, A>| -> Result<Option<Self>, AccountsError> {
            let key = spec.unchanged()?;
            Ok(key.and_then(|key| Self::with_key(spec.index, key)))
        };
        if let Some(table) = there(spec)? {
            return Ok(table);
        }
        // One at a time: the others then find what the first has made.
        let lock_file = spec.index.with_extension("lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&lock_file)
            .map_err(FileError::of("open", &lock_file))?;
        lock.lock().map_err(FileError::of("lock", &lock_file))?;
        if let Some(table) = there(spec)? {
            return Ok(table);
        }
        if spec.index.exists()
            && let Some((key, stamp)) = spec.read_again()?
            && let Some(table) = Self::with_key(spec.index, key)
        {
            stamp.write(spec.index)?;
            return Ok(table);
        }
        let stamp = build::build(spec, check, &|content| spec.key(content))?;
        let content = stamp.as_ref().map(|stamp| stamp.content);
        if let Some(stamp) = stamp {
            stamp.write(spec.index)?;
        }
        let key = spec.key(content);
        Self::with_key(spec.index, key).ok_or_else(|| AccountsError::Whole {
            table: spec.index.display().to_string(),
            why: "the index of accounts was made and cannot be read".into(),
        })
    }

    /// Whether the table is still the one that was indexed, as far as its marks tell. Where they do
    /// not, [`Table::open`] reads it again.
    ///
    /// # Errors
    /// When the table is not there any more.
    pub fn is_current(&self, spec: &Spec<'_, A>) -> Result<bool, AccountsError> {
        Ok(spec.unchanged()? == Some(self.key))
    }

    /// What an address names.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn find(&self, address: &EmailAddress) -> Result<(Option<i64>, Found<A>), AccountsError> {
        let found = find(&self.connection, address.normal()).map_err(|cause| self.failed(cause))?;
        Ok(found.unwrap_or((None, Found::Unknown)))
    }

    /// A name in the index that is not `normal` and reads like it; `plainest` is what `normal` looks like.
    pub(crate) fn reads_like(
        &self,
        normal: &str,
        plainest: &str,
    ) -> Result<Option<String>, AccountsError> {
        let query = "select normal from folded where folded = $1 and normal <> $2
                     union all select normal from name where normal = $1 and normal <> $2 limit 1";
        let found = self
            .connection
            .query_row(query, [plainest, normal], |row| row.get(0));
        found.optional().map_err(|cause| self.failed(cause))
    }

    /// The index, for the tables that a [`Check`] keeps in it.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Where the account at a place of the index is written down, for whoever has to mend it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn written_at(&self, spec: &Spec<'_, A>, id: i64) -> Result<String, AccountsError> {
        entry::written_at(&self.connection, spec, id).map_err(|cause| self.failed(cause))
    }

    /// What SQLite said of the index.
    #[must_use]
    pub fn failed(&self, cause: rusqlite::Error) -> AccountsError {
        let file = self.file.clone();
        AccountsError::Index { file, cause }
    }

    /// The index, if it is whole and known by this key.
    fn with_key(index: &Path, key: Sha256Digest) -> Option<Self> {
        let connection = connect(index).ok()?;
        let known = connection
            .query_row("select key from meta", [], |row| row.get::<_, String>(0))
            .ok()?;
        (known == key.to_string()).then(|| Self {
            connection,
            file: index.to_owned(),
            key,
            holds: PhantomData,
        })
    }
}

/// Opens an index, which nobody writes to any more: a newer one is another file of the same name.
fn connect(index: &Path) -> rusqlite::Result<Connection> {
    let mut name = String::from("file:");
    for byte in index.as_os_str().as_bytes() {
        // Writing to a String cannot fail.
        let _ = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                write!(name, "{}", char::from(*byte))
            }
            other => write!(name, "%{other:02x}"),
        };
    }
    name.push_str("?mode=ro&immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(name, flags)?;
    connection.execute_batch("pragma temp_store = memory; pragma query_only = on;")?;
    Ok(connection)
}
