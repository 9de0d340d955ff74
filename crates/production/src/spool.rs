use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lagrum_durable::Scratch;
use lagrum_mandate::{Order, Orders};
use lagrum_model::{AccountIdentifier, Category, Sha256Digest};
use lagrum_notes::{SigningKey, role};
use lagrum_package::cell::harmless;
use lagrum_package::check::{HEADER_LIMIT, Inner, date_as_it_stands, second_opinion};
use lagrum_package::layout::{
    HEAD, ItemKind, MANDATE, MANIFEST, ManifestLine, PROOF, RecordLine, SEAL, STATEMENT, SUMMARY,
};
use lagrum_package::{PackageError, Statement, digest_of_file};
use lagrum_source::{Form, Item, Record, Sink, SinkError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ProductionError;

/// A plaintext package while it grows: in the agent's working directory, in the data's region.
pub struct Spool {
    dir: PathBuf,
    items: tar::Builder<BufWriter<File>>,
    manifest: BufWriter<File>,
    reviews: BufWriter<File>,
    trace: BufWriter<File>,
    records: BTreeMap<RecordKey, RecordFile>,
    messages: u64,
    mtime: u64,
}

/// Something that counsel has to look at: a message or row that only a person can place inside or
/// outside the mandate, or a place in a store that could not be read.
/// Stays in the region; only its number leaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutAside {
    /// Whose data.
    pub identifier: AccountIdentifier,
    /// Which category.
    pub category: Category,
    /// Which source.
    pub source: String,
    /// Where it lies in the source.
    pub locator: String,
    /// Why a person has to look.
    pub why: String,
    /// The date as it is written there, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_date: Option<String>,
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
struct RecordKey {
    source: String,
    category: Category,
    identifier: AccountIdentifier,
}

struct RecordFile {
    /// Path in the package, without ending.
    stem: String,
    lines: BufWriter<File>,
    /// In the order in which they were met.
    columns: Vec<String>,
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

/// Where the results of one search go, and how many there were for each of its orders.
pub struct SearchSink<'s> {
    spool: &'s mut Spool,
    orders: &'s Orders<'s>,
    taken: Vec<Taken>,
}

/// What a spool took for one order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Messages, objects and rows put into the package.
    pub produced: u64,
    /// Put aside for counsel.
    pub for_review: u64,
}

impl Spool {
    /// Begins a package in the empty directory `dir`. `at` (UTC) becomes the time of every file in
    /// the archive.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn create(dir: &Path, at: Timestamp) -> Result<Self, ProductionError> {
        let open = |name: &str| {
            File::create_new(dir.join(name))
                .map(|file| BufWriter::with_capacity(1 << 18, file))
                .map_err(PackageError::io(dir.join(name).display().to_string()))
        };
        Ok(Self {
            items: tar::Builder::new(open("items.tar")?),
            manifest: open(MANIFEST)?,
            reviews: open("review.jsonl")?,
            trace: open("trace.jsonl")?,
            records: BTreeMap::new(),
            messages: 0,
            mtime: u64::try_from(at.as_second()).unwrap_or(0),
            dir: dir.to_owned(),
        })
    }

    /// Where the results of a search for `orders` go.
    pub fn sink<'s>(&'s mut self, orders: &'s Orders<'s>) -> SearchSink<'s> {
        SearchSink {
            spool: self,
            orders,
            taken: vec![Taken::default(); orders.len()],
        }
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
        self.manifest.flush().map_err(fault(MANIFEST))?;
        self.reviews.flush().map_err(fault("review.jsonl"))?;
        self.trace.flush().map_err(fault("trace.jsonl"))?;
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
        let items = self
            .items
            .into_inner()
            .and_then(|mut writer| writer.flush());
        items.map_err(PackageError::io("items.tar"))?;
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
        for line in BufReader::new(&lines).lines() {
            let line = line.map_err(fault())?;
            let row: RecordLine = serde_json::from_str(&line).map_err(|e| fault()(e.into()))?;
            let cells = file.columns.iter().map(|column| row.cell(column));
            let row = [row.identifier_cell(), row.dated_cell()]
                .into_iter()
                .chain(cells);
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
            };
            self.append(line, file).map_err(fault())?;
        }
        Ok(())
    }

    fn record_number(&mut self) -> u64 {
        self.messages += 1;
        self.messages
    }

    /// Appends one file to the archive and one line to the manifest. Fills the line's digest.
    fn append(&mut self, line: ManifestLine, content: &mut dyn Read) -> io::Result<()> {
        let line = self.append_content(line, content)?;
        write_line(&mut self.manifest, &line)
    }

    /// As [`Spool::append`], for a message that is not here whole: takes it out again when `inner`
    /// finds the beginning of another one in it, and says so.
    fn append_looking(
        &mut self,
        line: ManifestLine,
        content: &mut dyn Read,
        inner: Inner,
    ) -> io::Result<Result<(), String>> {
        let before = self.items.get_mut().stream_position()?;
        let mut looking = Looking { content, inner };
        let line = self.append_content(line, &mut looking)?;
        if let Err(why) = looking.inner.finish() {
            let items = self.items.get_mut();
            items.seek(io::SeekFrom::Start(before))?;
            items.get_mut().set_len(before)?;
            return Ok(Err(why));
        }
        write_line(&mut self.manifest, &line)?;
        Ok(Ok(()))
    }

    /// Appends one file to the archive, and gives its line with its digest.
    fn append_content(
        &mut self,
        mut line: ManifestLine,
        content: &mut dyn Read,
    ) -> io::Result<ManifestLine> {
        let mut hashing = Hashing {
            inner: content,
            hasher: Sha256::new(),
            length: 0,
        };
        let mut header = header(line.length, self.mtime);
        self.items
            .append_data(&mut header, &line.path, &mut hashing)?;
        if hashing.length != line.length {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the item changed its length while it was read",
            ));
        }
        line.sha256 = Sha256Digest(hashing.hasher.finalize().into());
        Ok(line)
    }
}

fn write_line(to: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *to, line)?;
    to.write_all(b"\n")
}

fn header(length: u64, mtime: u64) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.set_size(length);
    header.set_mode(0o644);
    header.set_mtime(mtime);
    header
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

struct Hashing<'r> {
    inner: &'r mut dyn Read,
    hasher: Sha256,
    length: u64,
}

impl Read for Hashing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.length += read as u64;
        Ok(read)
    }
}

impl SearchSink<'_> {
    /// What was taken for each order, in their order.
    #[must_use]
    pub fn taken(&self) -> &[Taken] {
        &self.taken
    }

    fn order(&self, place: usize) -> Result<Order<'_>, SinkError> {
        let order = self.orders.get(place);
        order.ok_or_else(|| io::Error::other("a result for an order that nobody gave").into())
    }

    /// Puts a message aside, with the date as it stands in its beginning.
    fn message_aside(
        &mut self,
        place: usize,
        item: &Item<'_>,
        why: String,
        beginning: &[u8],
    ) -> Result<(), SinkError> {
        let order = self.order(place)?;
        let aside = PutAside {
            identifier: order.identifier().clone(),
            category: order.category(),
            source: item.source.to_owned(),
            locator: item.locator.to_owned(),
            why,
            raw_date: date_as_it_stands(beginning),
        };
        self.put_aside(place, aside)
    }

    fn put_aside(&mut self, place: usize, aside: PutAside) -> Result<(), SinkError> {
        write_line(&mut self.spool.reviews, &aside)?;
        self.taken[place].for_review += 1;
        Ok(())
    }
}

impl Sink for SearchSink<'_> {
    fn item(
        &mut self,
        place: usize,
        item: &Item<'_>,
        content: &mut dyn Read,
    ) -> Result<(), SinkError> {
        let order = self.order(place)?;
        let (identifier, category) = (order.identifier().clone(), order.category());
        let period = order.period();
        let mut beginning = Vec::new();
        if item.form == Form::Message {
            // A second, independent reader must agree on the date before anything is produced.
            content
                .take(HEADER_LIMIT.min(item.length))
                .read_to_end(&mut beginning)?;
            // A short message is here whole: whether another begins in it can be told at once.
            let opinion = second_opinion(&beginning, period).and_then(|()| {
                let mut inner = Inner::new(&beginning, period);
                if item.length > HEADER_LIMIT {
                    return Ok(());
                }
                inner.look(&beginning);
                inner.finish()
            });
            if let Err(why) = opinion {
                return self.message_aside(place, item, why, &beginning);
            }
        }
        self.spool.messages += 1;
        let (kind, extension, name, media_type) = match item.form {
            Form::Message => (ItemKind::Message, "eml", None, None),
            Form::Object { name, media_type } => (
                ItemKind::Object,
                extension_of(name),
                Some(name.to_owned()),
                media_type.map(str::to_owned),
            ),
        };
        let line = ManifestLine {
            path: format!(
                "items/{}/{:06}.{extension}",
                item.source, self.spool.messages
            ),
            sha256: Sha256Digest([0; 32]),
            length: item.length,
            kind,
            identifier,
            category,
            source: item.source.to_owned(),
            name,
            media_type,
            dated: Some(item.dated),
        };
        let traced = Traced {
            path: line.path.clone(),
            source: line.source.clone(),
            locator: item.locator.to_owned(),
        };
        let mut whole = beginning.as_slice().chain(content);
        if item.form == Form::Message && item.length > HEADER_LIMIT {
            let inner = Inner::new(&beginning, period);
            if let Err(why) = self.spool.append_looking(line, &mut whole, inner)? {
                return self.message_aside(place, item, why, &beginning);
            }
        } else {
            self.spool.append(line, &mut whole)?;
        }
        write_line(&mut self.spool.trace, &traced)?;
        self.taken[place].produced += 1;
        Ok(())
    }

    fn record(&mut self, place: usize, record: &Record<'_>) -> Result<(), SinkError> {
        let order = self.order(place)?;
        let key = RecordKey {
            source: record.source.to_owned(),
            category: order.category(),
            identifier: order.identifier().clone(),
        };
        if !self.spool.records.contains_key(&key) {
            let number = self.spool.record_number();
            let file = RecordFile {
                stem: format!("records/{}-{}-{number:04}", key.source, key.category),
                lines: BufWriter::new(tempfile::tempfile_in(&self.spool.dir)?),
                columns: Vec::new(),
            };
            self.spool.records.insert(key.clone(), file);
        }
        let Some(file) = self.spool.records.get_mut(&key) else {
            return Err(io::Error::other("records").into());
        };
        for (column, _) in record.fields {
            if !file.columns.iter().any(|one| one == column) {
                file.columns.push((*column).to_owned());
            }
        }
        let traced = Traced {
            path: format!("{}.jsonl", file.stem),
            source: key.source,
            locator: record.locator.to_owned(),
        };
        write_line(&mut self.spool.trace, &traced)?;
        let line = RecordLine {
            identifier: key.identifier,
            category: key.category,
            dated: record.dated,
            fields: record.fields.iter().copied().collect(),
        };
        write_line(&mut file.lines, &line)?;
        self.taken[place].produced += 1;
        Ok(())
    }

    fn for_review(
        &mut self,
        place: usize,
        review: &lagrum_source::Review<'_>,
    ) -> Result<(), SinkError> {
        let order = self.order(place)?;
        let aside = PutAside {
            identifier: order.identifier().clone(),
            category: order.category(),
            source: review.source.to_owned(),
            locator: review.locator.to_owned(),
            why: review.why.to_owned(),
            raw_date: review.raw_date.map(str::to_owned),
        };
        self.put_aside(place, aside)
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
