use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lagrum_durable::{Lines, Scratch};
use lagrum_model::{AccountIdentifier, Category, Sha256Digest};
use lagrum_notes::{SigningKey, role};
use lagrum_package::cell::harmless;
use lagrum_package::check::Inner;
use lagrum_package::layout::{
    HEAD, ItemKind, MANDATE, MANIFEST, ManifestLine, PROOF, ROW_LIMIT, RecordLine, Released, SEAL,
    STATEMENT, SUMMARY,
};
use lagrum_package::{PackageError, Statement, digest_of_file};
use lagrum_source::{Form, SinkError};
use serde::{Deserialize, Serialize};

use crate::ProductionError;
use crate::append::{header, write_line};
use crate::items::Items;
use crate::put_aside::{PutAside, kind_of};
use crate::withheld::WithheldCopies;

/// A plaintext package while it grows: in the agent's working directory, in the data's region.
pub struct Spool {
    pub(crate) dir: PathBuf,
    items: Items,
    pub(crate) reviews: BufWriter<File>,
    pub(crate) trace: BufWriter<File>,
    pub(crate) withheld: WithheldCopies,
    /// Lines of the review list so far.
    pub(crate) aside: u64,
    pub(crate) records: BTreeMap<RecordKey, RecordFile>,
    pub(crate) messages: u64,
    mtime: u64,
}

/// Where one item of a package lay in its store. Stays with the agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Traced {
    /// Path in the package; rows of one file stand in its order.
    pub path: String,
    /// Which source.
    pub source: String,
    /// Where it lay in the source.
    pub locator: String,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RecordKey {
    pub(crate) source: String,
    pub(crate) category: Category,
    pub(crate) identifier: AccountIdentifier,
}

pub(crate) struct RecordFile {
    /// Path in the package, without ending.
    pub(crate) stem: String,
    pub(crate) lines: BufWriter<File>,
    /// In the order in which they were met.
    pub(crate) columns: Vec<String>,
    /// The same, to be found.
    pub(crate) known: HashSet<String>,
}

/// A plaintext package, complete and closed, not yet checked.
#[derive(Debug)]
pub struct Written {
    /// The files before the items, as the beginning of a tar archive.
    pub(crate) head: PathBuf,
    /// The items, as its end.
    pub(crate) items: PathBuf,
    /// Where both lie.
    pub(crate) scratch: Scratch,
}

impl Spool {
    /// Begins a package in the empty directory `dir`. `at` (UTC) becomes the time of every file in
    /// the archive. What is withheld is sealed to `kept_for`, for the counsel who looks at it.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn create(
        dir: &Path,
        at: Timestamp,
        kept_for: &age::x25519::Recipient,
    ) -> Result<Self, ProductionError> {
        let open = |name: &str| {
            File::options()
                .create_new(true)
                .read(true)
                .write(true)
                .open(dir.join(name))
                .map(|file| BufWriter::with_capacity(1 << 18, file))
                .map_err(PackageError::io(dir.join(name).display().to_string()))
        };
        let mtime = u64::try_from(at.as_second()).unwrap_or(0);
        Ok(Self {
            items: Items::new(open("items.tar")?, open(MANIFEST)?, mtime),
            reviews: open("review.jsonl")?,
            trace: open("trace.jsonl")?,
            withheld: WithheldCopies::begin(dir, kept_for),
            aside: 0,
            records: BTreeMap::new(),
            messages: 0,
            mtime,
            dir: dir.to_owned(),
        })
    }

    /// Writes what is held in memory to its files.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.items.files()?.manifest.flush()?;
        self.reviews.flush()
    }

    /// The next number of an item, and its path: of what source, with what ending.
    pub(crate) fn next_path(&mut self, source: &str, form: Form<'_>) -> String {
        self.messages += 1;
        let extension = match form {
            Form::Message => "eml",
            Form::Object { name, .. } => extension_of(name),
        };
        format!("items/{source}/{:06}.{extension}", self.messages)
    }

    /// Closes the package: writes the records' files, the summary that people read, the statement,
    /// the mandate with its proof, and the agent's signature over them.
    ///
    /// # Errors
    /// When something cannot be written.
    pub fn finish(
        mut self,
        note: &[u8],
        proof: &[u8],
        statement: &Statement,
        summary: &str,
        key: &SigningKey<role::Agent>,
    ) -> Result<Written, ProductionError> {
        for (record, file) in std::mem::take(&mut self.records) {
            self.close_records(&record, file)?;
        }
        let fault = |name: &str| PackageError::io(self.dir.join(name).display().to_string());
        self.items.finish().map_err(fault("items.tar"))?;
        self.reviews.flush().map_err(fault("review.jsonl"))?;
        self.trace.flush().map_err(fault("trace.jsonl"))?;
        self.withheld.close()?;
        let write = |name: &str, bytes: &[u8]| {
            std::fs::write(self.dir.join(name), bytes).map_err(fault(name))
        };
        write(SUMMARY, summary.as_bytes())?;
        let json = serde_json::to_vec_pretty(statement).expect("a statement is JSON-safe");
        write(STATEMENT, &json)?;
        write(MANDATE, note)?;
        write(PROOF, proof)?;
        let mut seal = String::from("lagrum-seal/1\n");
        for name in &HEAD[..HEAD.len() - 1] {
            let (sha256, _) = digest_of_file(&self.dir.join(name))?;
            seal.push_str(&format!("{sha256}  {name}\n"));
        }
        let seal = key
            .sign_note(&seal)
            .map_err(|e| PackageError::Signature(e.to_string()))?;
        write(SEAL, seal.as_bytes())?;

        let head = self.dir.join("head.tar");
        let mut archive = tar::Builder::new(BufWriter::new(
            File::create_new(&head).map_err(fault("head.tar"))?,
        ));
        for name in HEAD {
            let mut file = File::open(self.dir.join(name)).map_err(fault(name))?;
            let length = file.metadata().map_err(fault(name))?.len();
            archive
                .append_data(&mut header(length, self.mtime), name, &mut file)
                .map_err(fault("head.tar"))?;
        }
        // The items follow, so the archive's trailer of two empty blocks is taken off again.
        let file = archive
            .into_inner()
            .and_then(|writer| Ok(writer.into_inner()?));
        let file = file.map_err(fault("head.tar"))?;
        let length = file.metadata().map_err(fault("head.tar"))?.len();
        file.set_len(length.saturating_sub(1024))
            .map_err(fault("head.tar"))?;
        let items = self.dir.join("items.tar");
        let scratch = Scratch::new(&self.dir);
        Ok(Written {
            head,
            items,
            scratch,
        })
    }

    fn close_records(&mut self, key: &RecordKey, file: RecordFile) -> Result<(), PackageError> {
        let fault = || PackageError::io("records");
        let file_stem = file.stem;
        let mut lines = file
            .lines
            .into_inner()
            .map_err(|e| fault()(e.into_error()))?;
        lines.rewind().map_err(fault())?;
        let mut table =
            csv::Writer::from_writer(tempfile::tempfile_in(&self.dir).map_err(fault())?);
        let columns: Vec<_> = file.columns.iter().map(|name| harmless(name)).collect();
        let to_io = |e: csv::Error| io::Error::other(e.to_string());
        let heading = ["identifier", "dated"]
            .into_iter()
            .chain(columns.iter().map(|name| &**name));
        table.write_record(heading).map_err(|e| fault()(to_io(e)))?;
        let mut rows = Lines::new(BufReader::new(&lines), ROW_LIMIT as u64);
        while let Some(line) = rows.next_line().map_err(fault())? {
            let row: RecordLine = serde_json::from_slice(line).map_err(|e| fault()(e.into()))?;
            let row = [row.identifier_cell(), row.dated_cell()]
                .into_iter()
                .chain(row.cells(&file.columns));
            table.write_record(row).map_err(|e| fault()(to_io(e)))?;
        }
        let mut table = table
            .into_inner()
            .map_err(|e| fault()(io::Error::other(e.to_string())))?;
        for (kind, extension, file) in [
            (ItemKind::RecordsJson, "jsonl", &mut lines),
            (ItemKind::RecordsCsv, "csv", &mut table),
        ] {
            let length = file.seek(io::SeekFrom::End(0)).map_err(fault())?;
            file.rewind().map_err(fault())?;
            let line = ManifestLine {
                path: format!("{}.{extension}", file_stem),
                sha256: Sha256Digest([0; 32]),
                length,
                kind,
                identifier: key.identifier.clone(),
                category: key.category,
                source: key.source.clone(),
                name: None,
                media_type: None,
                dated: None,
                dated_as_stored: None,
                released: None,
            };
            self.append(line, file).map_err(fault())?;
        }
        Ok(())
    }

    pub(crate) fn record_number(&mut self) -> u64 {
        self.messages += 1;
        self.messages
    }

    /// Appends one file to the archive and one line to the manifest. Fills the line's digest.
    pub(crate) fn append(&mut self, line: ManifestLine, content: &mut dyn Read) -> io::Result<()> {
        let files = self.items.files()?;
        let line = files.append(line, content)?;
        write_line(&mut files.manifest, &line)
    }

    /// As [`Spool::append`], for a message that is here whole. That it cannot be written is told later, and at the
    /// latest by [`Spool::finish`].
    pub(crate) fn append_message(&mut self, line: ManifestLine, message: &[u8]) -> io::Result<()> {
        self.items.add(line, message)
    }

    /// As [`Spool::append`], for a message that is not here whole. Where `inner` finds the beginning
    /// of another one in it, nothing of it goes into the package: `aside` gets its bytes, and why.
    pub(crate) fn append_looking(
        &mut self,
        line: ManifestLine,
        content: &mut dyn Read,
        inner: Inner,
        aside: impl FnOnce(&mut Self, String, &mut dyn Read) -> Result<(), SinkError>,
    ) -> Result<bool, SinkError> {
        let files = self.items.files()?;
        let before = files.archive.get_mut().stream_position()?;
        let mut looking = Looking { content, inner };
        let line = files.append(line, &mut looking)?;
        let Err(why) = looking.inner.finish() else {
            write_line(&mut files.manifest, &line)?;
            return Ok(true);
        };
        let items = files.archive.get_mut();
        // Its bytes stand before the padding to whole blocks.
        let end = items.stream_position()?;
        items.flush()?;
        let mut written = items.get_ref().try_clone()?;
        written.seek(io::SeekFrom::Start(end - line.length.next_multiple_of(512)))?;
        aside(self, why, &mut written.take(line.length))?;
        let items = self.items.files()?.archive.get_mut();
        items.seek(io::SeekFrom::Start(before))?;
        items.get_mut().set_len(before)?;
        Ok(false)
    }

    /// Puts something into the package that an earlier search withheld and counsel released: the
    /// `length` bytes of `content`, as the review list names them in `aside`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn release(
        &mut self,
        aside: &PutAside,
        released: Released,
        length: u64,
        content: &mut dyn Read,
    ) -> Result<(), ProductionError> {
        let form = match &aside.name {
            None => Form::Message,
            Some(name) => Form::Object {
                name,
                media_type: None,
            },
        };
        let (kind, name, media_type) = kind_of(form);
        let line = ManifestLine {
            path: self.next_path(&aside.source, form),
            sha256: Sha256Digest([0; 32]),
            length,
            kind,
            identifier: aside.identifier.clone(),
            category: aside.category,
            source: aside.source.clone(),
            name,
            media_type,
            dated: None,
            dated_as_stored: None,
            released: Some(released),
        };
        let fault = PackageError::io(line.path.clone());
        self.append(line, content).map_err(fault)?;
        Ok(())
    }
}

/// A message on its way, looked at.
struct Looking<'r> {
    content: &'r mut dyn Read,
    inner: Inner,
}

impl Read for Looking<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        self.inner.look(&buffer[..count]);
        Ok(count)
    }
}

/// The ending of an object's name, as far as every file system takes it.
fn extension_of(name: &str) -> &str {
    let plain = |ending: &&str| {
        (1..=8).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.filter(plain).unwrap_or("bin")
}

impl Written {
    /// The length of the whole archive in bytes.
    pub(crate) fn length(&self) -> Result<u64, ProductionError> {
        let of = |path: &PathBuf| {
            let about = path.metadata();
            about.map_err(PackageError::io(path.display().to_string()))
        };
        Ok(of(&self.head)?.len() + of(&self.items)?.len())
    }

    /// Where its files lie.
    pub(crate) fn directory(&self) -> &Path {
        self.head.parent().unwrap_or(Path::new("."))
    }

    /// The whole archive as one stream.
    ///
    /// # Errors
    /// When the files cannot be opened.
    pub fn stream(&self) -> Result<impl Read, ProductionError> {
        let open = |path: &PathBuf| {
            File::open(path)
                .map(|file| BufReader::with_capacity(1 << 18, file))
                .map_err(PackageError::io(path.display().to_string()))
        };
        Ok(open(&self.head)?.chain(open(&self.items)?))
    }
}
