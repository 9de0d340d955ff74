//! The independent re-check: reads a whole package and compares every item with the mandate.
//!
//! It shares no code with the sources: what a message's date is, it asks another mail reader.

mod entries;
mod inner;
mod limits;
mod released;
mod second_reader;
mod table;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use lagrum_durable::{Lines, Scratch};
use lagrum_log::VerifiedCheckpoint;
use lagrum_mandate::gate::{
    CLOCK_TOLERANCE, the_log_has_it, the_reviewer_signed, two_people_signed,
};
use lagrum_mandate::{Mandate, Roster, SignedTextError};
use lagrum_model::{Category, DateRule, Demand, Period, Sha256Digest};
use lagrum_notes::{VerifyingKey, role, verify_note};
use sha2::{Digest, Sha256};

use crate::layout::{
    HEAD, HEAD_LIMIT, ItemKind, MANDATE, MANIFEST, ManifestLine, PROOF, ROW_LIMIT, RecordLine,
    SEAL, STATEMENT,
};
use crate::{Limited, PackageError, Statement, Trust};

pub use self::entries::{Archive, Entries, Entry, Keep, KeepNothing};
pub use self::inner::Inner;
use self::limits::LimitedSearches;
use self::released::Releases;
pub use self::second_reader::{SecondReader, date_as_it_stands};
use self::table::{Rows, TableFault};

/// How much of a message is read for its header.
pub const HEADER_LIMIT: u64 = 1 << 20;
/// The longest manifest: some ten million items. It goes to a file, which must not fill the disk.
const MANIFEST_LIMIT: u64 = 4 << 30;
/// The longest line of a manifest: names in a store have at most some thousand bytes.
pub(crate) const MANIFEST_LINE_LIMIT: u64 = 64 << 10;

/// Against what a package is checked.
pub enum Against<'a> {
    /// The agent's own re-check before sealing: this mandate, this agent's key.
    Own {
        /// SHA-256 of the mandate's text.
        mandate: Sha256Digest,
        /// The agent's key.
        agent: &'a VerifyingKey<role::Agent>,
    },
    /// Somebody else's check, with the provider's published keys.
    Published(&'a Trust),
    /// Somebody else's check without any key: whether the package agrees with itself.
    Itself,
}

/// What a package turned out to be.
#[derive(Debug)]
pub struct Checked {
    /// The mandate in it.
    pub mandate: Mandate,
    /// The statement in it.
    pub statement: Statement,
    /// Messages and objects in it.
    pub messages: u64,
    /// Rows in it.
    pub rows: u64,
    /// Who signed the mandate: names, or empty if checked without keys.
    pub signers: Vec<String>,
    /// The checkpoint of the log under which the mandate's release was proved; none if checked
    /// without keys. Whether it is one of the public log,
    /// [`compare_with_log`](crate::compare_with_log) says.
    pub logged: Option<VerifiedCheckpoint>,
}

/// Reads all of `package`. Every file that was accepted so far goes to `keep` as well, which is
/// told the path and then the bytes. The manifest lies in `scratch` meanwhile.
///
/// # Errors
/// The first thing that does not fit: nothing of the package should then be used.
pub fn check(
    package: &mut dyn Entries,
    against: &Against<'_>,
    scratch: &Scratch,
    keep: &mut dyn Keep,
) -> Result<Checked, PackageError> {
    let mut check = Check {
        against,
        scratch,
        head: vec![],
        manifest: None,
        state: None,
        files: 0,
    };
    package.each(&mut |entry| check.entry(entry, keep))?;
    check.finish()
}

struct Check<'a> {
    against: &'a Against<'a>,
    scratch: &'a Scratch,
    /// The files before the items: SHA-256, and the bytes of all but the manifest.
    head: Vec<(Sha256Digest, Vec<u8>)>,
    manifest: Option<File>,
    state: Option<State>,
    files: usize,
}

/// What is known once the files before the items are read.
struct State {
    mandate: Mandate,
    statement: Statement,
    signers: Vec<String>,
    logged: Option<VerifiedCheckpoint>,
    lines: Lines<BufReader<File>>,
    /// What counsel released and is not here yet, if the mandate is of a review.
    releases: Option<Releases>,
    /// Which searches are limited to less than a category.
    limited: LimitedSearches,
    /// Which date decides in each source for each category.
    date_rules: BTreeMap<(String, Category), DateRule>,
    /// Rows whose table has to follow.
    untabled: Option<Rows>,
    messages: u64,
    rows: u64,
}

fn refused(why: impl Into<String>) -> PackageError {
    PackageError::refused(why)
}

impl Check<'_> {
    fn entry(&mut self, entry: Entry<'_>, keep: &mut dyn Keep) -> Result<(), PackageError> {
        if let Some(name) = HEAD.get(self.files) {
            self.files += 1;
            if entry.path != *name {
                return Err(refused(format!("expected {name}, found {}", entry.path)));
            }
            self.head_file(entry, keep)?;
            if self.files == HEAD.len() {
                self.state = Some(self.open_head()?);
            }
            return Ok(());
        }
        match &mut self.state {
            Some(state) => state.item(entry, keep),
            None => Err(refused("the package's first files are not there")),
        }
    }

    fn head_file(&mut self, entry: Entry<'_>, keep: &mut dyn Keep) -> Result<(), PackageError> {
        let fault = || PackageError::io(entry.path.clone());
        keep.begin(&entry.path).map_err(fault())?;
        if entry.path == MANIFEST {
            if entry.length > MANIFEST_LIMIT {
                return Err(refused(format!("{MANIFEST} is longer than 4 GiB")));
            }
            // As long as the production is: goes to a file, not into memory.
            let mut spool = BufWriter::new(self.scratch.file().map_err(fault())?);
            let mut hasher = Sha256::new();
            copy(entry.content, |bytes| {
                hasher.update(bytes);
                spool.write_all(bytes)?;
                keep.bytes(bytes)
            })
            .map_err(fault())?;
            let mut spool = spool.into_inner().map_err(|e| fault()(e.into_error()))?;
            spool.rewind().map_err(fault())?;
            self.manifest = Some(spool);
            self.head
                .push((Sha256Digest(hasher.finalize().into()), vec![]));
            return Ok(());
        }
        if entry.length > HEAD_LIMIT {
            return Err(refused(format!("{} is longer than 4 MiB", entry.path)));
        }
        let mut bytes = Vec::new();
        entry.content.read_to_end(&mut bytes).map_err(fault())?;
        keep.bytes(&bytes).map_err(fault())?;
        self.head.push((Sha256Digest::of(&bytes), bytes));
        Ok(())
    }

    /// All files before the items are here: do they fit together, and is the mandate genuine?
    fn open_head(&mut self) -> Result<State, PackageError> {
        let file = |name: &str| {
            let at = HEAD
                .iter()
                .position(|head| *head == name)
                .unwrap_or_default();
            self.head[at].1.as_slice()
        };
        let mut digests = String::from("lagrum-seal/1\n");
        for (name, (sha256, _)) in HEAD.iter().zip(&self.head[..HEAD.len() - 1]) {
            digests.push_str(&format!("{sha256}  {name}\n"));
        }
        let note = std::str::from_utf8(file(SEAL)).map_err(|_| refused("seal.note is not text"))?;
        if !note
            .strip_prefix(&digests)
            .is_some_and(|rest| rest.starts_with('\n'))
        {
            return Err(refused(
                "seal.note does not name exactly the files of this package",
            ));
        }
        let mandate_note = file(MANDATE);
        let text = std::str::from_utf8(mandate_note)
            .ok()
            .and_then(|note| note.rsplit_once("\n\n"))
            .map(|(text, _)| format!("{text}\n"))
            .ok_or_else(|| refused("mandate.note is not a signed note"))?;
        let mandate = Mandate::parse(&text).map_err(|e| match e {
            SignedTextError::NotKnown { why, .. } => {
                PackageError::NotKnown(format!("mandate.note: {why}"))
            }
            other => refused(format!("mandate.note: {other}")),
        })?;
        // A mandate answers parts of one demand. Each search and each item is looked for among them.
        if mandate.identifiers.len() > Demand::MOST_IDENTIFIERS {
            return Err(refused("its mandate names more accounts than a demand can"));
        }
        let mut logged = None;
        let signers = match self.against {
            Against::Itself => vec![],
            Against::Own {
                mandate: digest,
                agent,
            } => {
                verify_note(file(SEAL), &[agent])
                    .map_err(|e| PackageError::Signature(e.to_string()))?;
                if mandate.digest() != *digest {
                    return Err(refused("it holds another mandate"));
                }
                vec![]
            }
            Against::Published(trust) => {
                let agents: Vec<_> = trust
                    .agents
                    .iter()
                    .filter(|agent| agent.region == mandate.region)
                    .map(|agent| &agent.key)
                    .collect();
                verify_note(file(SEAL), &agents)
                    .map_err(|e| PackageError::Signature(format!("seal.note: {e}")))?;
                let roster = trust.roster().map_err(PackageError::Key)?;
                let unsigned = |e| PackageError::Signature(format!("mandate.note: {e}"));
                two_people_signed(&roster, roster.has_own_machine(), mandate_note)
                    .map_err(unsigned)?;
                the_reviewer_signed(&roster, &mandate, mandate_note).map_err(unsigned)?;
                let policy = trust.policy().map_err(PackageError::Key)?;
                let checkpoint = the_log_has_it(&policy, file(PROOF), &mandate)
                    .map_err(|e| PackageError::Signature(format!("mandate.tlog-proof: {e}")))?;
                logged = Some(checkpoint);
                signers_of(&roster, mandate_note)
            }
        };
        let statement: Statement = serde_json::from_slice(file(STATEMENT))
            .map_err(|e| PackageError::unread(STATEMENT, &e))?;
        if statement.mandate != mandate.digest() || statement.region != mandate.region {
            return Err(refused("statement.json belongs to another mandate"));
        }
        in_its_life(&mandate, &statement)?;
        mandate
            .others(statement.answers.as_ref())
            .map_err(|why| refused(format!("statement.json: {why}")))?;
        let releases = Releases::of(&mandate, &statement)?;
        let mut date_rules = BTreeMap::new();
        for search in &statement.searches {
            if !mandate.identifiers.contains(&search.identifier)
                || !mandate.categories.contains(&search.category)
            {
                return Err(refused("a search lies outside the mandate"));
            }
            limits::of_search(&mandate, search)?;
            let rule =
                date_rules.insert((search.source.clone(), search.category), search.date_rule);
            if rule.is_some_and(|other| other != search.date_rule) {
                return Err(refused("two dates decide in one source for one category"));
            }
        }
        let limited = LimitedSearches::of(&statement);
        let manifest = self.manifest.take().ok_or_else(|| refused("no manifest"))?;
        let lines = Lines::new(BufReader::new(manifest), MANIFEST_LINE_LIMIT);
        Ok(State {
            mandate,
            statement,
            signers,
            logged,
            lines,
            releases,
            limited,
            date_rules,
            untabled: None,
            messages: 0,
            rows: 0,
        })
    }

    fn finish(self) -> Result<Checked, PackageError> {
        let Some(mut state) = self.state else {
            return Err(refused("it ends before its items begin"));
        };
        let next = state.lines.next_line();
        if next.map_err(PackageError::io(MANIFEST))?.is_some() {
            return Err(refused("an item of the manifest is missing"));
        }
        if state.untabled.is_some() {
            return Err(refused("the table of the last rows is missing"));
        }
        if let Some(releases) = &state.releases {
            releases.all_are_here()?;
        }
        if state.messages + state.rows != state.statement.produced() {
            return Err(refused("the statement tells another number of items"));
        }
        Ok(Checked {
            mandate: state.mandate,
            statement: state.statement,
            messages: state.messages,
            rows: state.rows,
            signers: state.signers,
            logged: state.logged,
        })
    }
}

/// Whether the mandate lived while it was carried out, by the agent's clock. Nothing is sealed after its end.
fn in_its_life(mandate: &Mandate, statement: &Statement) -> Result<(), PackageError> {
    let (began, ended) = (statement.began_at, statement.ended_at);
    if began > ended || mandate.issued_at > began + CLOCK_TOLERANCE || ended >= mandate.expires_at {
        return Err(refused(format!(
            "it was made from {began} to {ended}, and its mandate lived from {} to {}",
            mandate.issued_at, mandate.expires_at
        )));
    }
    Ok(())
}

fn signers_of(roster: &Roster, note: &[u8]) -> Vec<String> {
    let keys: Vec<_> = roster.people().iter().map(|person| &person.key).collect();
    let Ok((_, by)) = verify_note(note, &keys) else {
        return vec![];
    };
    by.iter()
        .filter_map(|key| roster.holder_of(key))
        .map(|person| format!("{} ({})", person.name, person.role))
        .collect()
}

impl State {
    /// One item against its line in the manifest and against the mandate.
    fn item(&mut self, entry: Entry<'_>, keep: &mut dyn Keep) -> Result<(), PackageError> {
        let fault = || PackageError::io(entry.path.clone());
        let line = self
            .lines
            .next_line()
            .map_err(PackageError::io(MANIFEST))?
            .ok_or_else(|| refused(format!("{} is not in the manifest", entry.path)))?;
        let line: ManifestLine =
            serde_json::from_slice(line).map_err(|e| PackageError::unread(MANIFEST, &e))?;
        let wrong = |why: &str| refused(format!("{}: {why}", line.path));
        if line.path != entry.path || line.length != entry.length || !is_plain(&entry.path) {
            return Err(wrong("path and length are not those of the manifest"));
        }
        if !self.mandate.identifiers.contains(&line.identifier)
            || !self.mandate.categories.contains(&line.category)
        {
            return Err(wrong("account or category lies outside the mandate"));
        }
        let limits = self.limits(&line)?;
        let mut reading = Reading {
            content: entry.content,
            keep,
            hasher: Sha256::new(),
        };
        reading.keep.begin(&entry.path).map_err(fault())?;
        let judged = match (line.kind, self.untabled.take()) {
            _ if self.releases.is_some() || line.released.is_some() => self.released(&line),
            (ItemKind::RecordsCsv, Some(rows)) => {
                rows.compare(&line, &mut reading).map_err(|e| match e {
                    TableFault::Differs(why) => wrong(&why),
                    TableFault::Io(e) => fault()(e),
                })
            }
            (ItemKind::RecordsCsv, None) => Err(wrong("a table without the rows that it is of")),
            (_, Some(_)) => Err(wrong("the table of the rows before it is missing")),
            (ItemKind::RecordsJson, None) => self.records(&line, limits.as_deref(), &mut reading),
            _ if limits
                .as_ref()
                .is_some_and(|limits| limits.things.is_empty()) =>
            {
                Err(wrong(
                    "less than its category was ordered, and nothing says that it lies therein",
                ))
            }
            (ItemKind::Message, None) => self.message(&line, &mut reading),
            (ItemKind::Object, None) => self.object(&line),
        };
        // A changed file is told as changed, whatever the change made of it.
        io::copy(&mut reading, &mut io::sink()).map_err(fault())?;
        if Sha256Digest(reading.hasher.finalize().into()) != line.sha256 {
            return Err(wrong("its SHA-256 is not that of the manifest"));
        }
        judged
    }

    /// What counsel released: its bytes decide, which two people signed for, and no date.
    fn released(&mut self, line: &ManifestLine) -> Result<(), PackageError> {
        let wrong = |why: String| refused(format!("{}: {why}", line.path));
        let releases = self
            .releases
            .as_mut()
            .ok_or_else(|| wrong("no decision of counsel releases it".into()))?;
        releases.take(line).map_err(wrong)?;
        self.messages += 1;
        Ok(())
    }

    /// What another reader cannot date is dated by the source alone.
    fn object(&mut self, line: &ManifestLine) -> Result<(), PackageError> {
        let period = self.mandate.period;
        if !line.dated.is_some_and(|instant| period.contains(instant)) {
            let why = "its date lies outside the mandate's period";
            return Err(refused(format!("{}: {why}", line.path)));
        }
        let rule = self.date_rules.get(&(line.source.clone(), line.category));
        let stored = line.dated_as_stored.as_deref();
        // Metadata may be written in more than one way; which, the agent alone knows.
        if rule == Some(&DateRule::LastModified)
            && stored.and_then(|stored| stored.parse().ok()) != line.dated
        {
            let why = "its date is not the one that the store says";
            return Err(refused(format!("{}: {why}", line.path)));
        }
        self.messages += 1;
        Ok(())
    }

    fn message(&mut self, line: &ManifestLine, content: &mut dyn Read) -> Result<(), PackageError> {
        let wrong = |why: &str| refused(format!("{}: {why}", line.path));
        let period = self.mandate.period;
        if !line.dated.is_some_and(|instant| period.contains(instant)) {
            return Err(wrong("its date lies outside the mandate's period"));
        }
        let room = usize::try_from(line.length.min(HEADER_LIMIT)).unwrap_or_default();
        let mut beginning = Vec::with_capacity(room);
        content
            .take(HEADER_LIMIT)
            .read_to_end(&mut beginning)
            .map_err(PackageError::io(line.path.clone()))?;
        let rule = self
            .date_rules
            .get(&(line.source.clone(), line.category))
            .copied();
        let rule = rule.ok_or_else(|| wrong("no search says which date decides in its source"))?;
        let stored = line.dated_as_stored.as_deref();
        let reader = SecondReader::of(rule, &beginning);
        reader.agrees(stored, period).map_err(|why| wrong(&why))?;
        if stored.is_some() && matches!(rule, DateRule::MessageDate | DateRule::ReceivedField) {
            return Err(wrong("it tells a date of the store, which does not decide"));
        }
        if stored.is_some_and(|stored| second_reader::stored_date(rule, stored) != line.dated) {
            return Err(wrong("its date is not the one that the store says"));
        }
        let mut inner = reader.inner(period);
        let alone = if (beginning.len() as u64) < HEADER_LIMIT {
            inner.whole(&beginning)
        } else {
            inner.look(&beginning);
            let fault = PackageError::io(line.path.clone());
            copy(content, |bytes| {
                inner.look(bytes);
                Ok(())
            })
            .map_err(fault)?;
            inner.finish()
        };
        alone.map_err(|why| wrong(&why))?;
        self.messages += 1;
        Ok(())
    }

    fn records(
        &mut self,
        line: &ManifestLine,
        limits: Option<&Limited>,
        content: &mut dyn Read,
    ) -> Result<(), PackageError> {
        let wrong = |why: &str| refused(format!("{}: {why}", line.path));
        let period = self.mandate.period;
        let mut rows = Rows::new(line);
        let content = BufReader::with_capacity(1 << 16, content);
        let mut lines = Lines::new(content, ROW_LIMIT as u64);
        loop {
            let row = match lines.next_line() {
                Ok(Some(row)) => row,
                Ok(None) => break,
                Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                    return Err(wrong("a row is longer than 10 MiB"));
                }
                Err(error) => return Err(PackageError::io(line.path.clone())(error)),
            };
            let read = check_row(row, line, period).map_err(|why| wrong(&why))?;
            limits::of_row(&read, limits).map_err(|why| wrong(&why))?;
            rows.push(&read).map_err(|why| wrong(&why))?;
            self.rows += 1;
        }
        self.untabled = Some(rows);
        Ok(())
    }
}

/// The content of one item: whatever is read of it is kept and digested as well.
struct Reading<'r> {
    content: &'r mut dyn Read,
    keep: &'r mut dyn Keep,
    hasher: Sha256,
}

impl Read for Reading<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.content.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.keep.bytes(&buffer[..read])?;
        Ok(read)
    }
}

fn check_row(row: &[u8], line: &ManifestLine, period: Period) -> Result<RecordLine, String> {
    let row: RecordLine = serde_json::from_slice(row).map_err(|e| format!("a row: {e}"))?;
    if row.identifier != line.identifier || row.category != line.category {
        return Err("a row is about another account or of another category".into());
    }
    match row.dated {
        Some(instant) if !period.contains(instant) => {
            Err("a row lies outside the mandate's period".into())
        }
        // Only a present state has no date.
        None if row.category != Category::Subscriber => Err("a row has no date".into()),
        _ => Ok(row),
    }
}

/// Relative, without `..` and without anything that a file system would take for a command.
pub(crate) fn is_plain(path: &str) -> bool {
    let part_ok = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    path.len() <= 200
        && (path.starts_with("items/") || path.starts_with("records/"))
        && path.split('/').all(part_ok)
}

fn copy(from: &mut dyn Read, mut to: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => to(&buffer[..read])?,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

#[cfg(test)]
mod tests;
