//! What leaves the region when a mandate is refused: what the gate says of the mandate, facts of closed
//! types, or a class and a number. What a file, a store, a table, another program or a library said stays
//! here, under that number: it may name files, folders and other people's accounts.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lagrum_mandate::answer::RefusalCode;
use lagrum_mandate::gate::Refused;
use lagrum_model::Sha256Digest;
use lagrum_transport::Stem;
use serde::{Deserialize, Serialize};

use crate::AgentError;
use crate::telling::Telling;

/// What was said when something failed, below the agent's state.
const FAILURES: &str = "failures.jsonl";

/// A reason that may leave the region. It is made in this module alone.
#[derive(Debug)]
pub(crate) struct Told(String);

/// What stays in the region of one failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The number that the desk is told; 0, if it could not be written down.
    pub number: u64,
    /// When it was first said (UTC).
    pub at: Timestamp,
    /// The name of the mandate.
    pub mandate: String,
    /// Its class in one word.
    pub class: String,
    /// What was said, with the names of files and folders.
    pub why: String,
}

impl Told {
    /// Fixed words.
    pub(crate) fn fixed(words: &'static str) -> Self {
        Self(words.to_owned())
    }

    /// As it stands in a refusal.
    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

/// Where it is kept what was said when something failed.
pub(crate) struct Failures {
    file: PathBuf,
    /// Since the agent was opened.
    kept: RefCell<Vec<Failure>>,
    /// What was kept before, once it was read.
    known: RefCell<Option<Known>>,
}

impl Failures {
    /// Below the agent's state.
    pub(crate) fn below(state: &Path) -> Self {
        Self {
            file: state.join(FAILURES),
            kept: RefCell::default(),
            known: RefCell::default(),
        }
    }

    /// What the desk is told of an error.
    pub(crate) fn outside(&self, stem: &Stem, error: &AgentError, at: Timestamp) -> Told {
        match error.telling() {
            Telling::Whole => Told(error.to_string()),
            Telling::Class(told) => self.numbered(stem, error.class(), &told, error, at),
        }
    }

    /// What the desk is told of a refusal of the gate. What this agent had to look up for it was told
    /// or kept when it failed.
    pub(crate) fn outside_of_gate(&self, stem: &Stem, refused: &Refused, at: Timestamp) -> Told {
        match refused {
            Refused::LawFails(_) => {
                let class = RefusalCode::Law.as_str();
                self.numbered(stem, class, AgentError::LAW, refused, at)
            }
            _ => Told(refused.to_string()),
        }
    }

    /// What is told of something of which nothing may leave but `told`.
    pub(crate) fn numbered(
        &self,
        stem: &Stem,
        class: &str,
        told: &str,
        why: &dyn ToString,
        at: Timestamp,
    ) -> Told {
        let mut failure = Failure {
            number: 0,
            at,
            mandate: stem.to_string(),
            class: class.to_owned(),
            why: why.to_string(),
        };
        let kept = self.keep(&mut failure);
        let place = match &kept {
            Ok(()) => format!(
                "where and why stands in the region, under number {} ({FAILURES})",
                failure.number
            ),
            Err(_) => format!(
                "where and why could not be written down in the region ({FAILURES}); whoever runs the agent sees it"
            ),
        };
        if let Err(error) = kept {
            failure.why += &format!(" (not written to {FAILURES}: {error})");
        }
        self.kept.borrow_mut().push(failure);
        Told(format!("{told}; {place}"))
    }

    /// What failed since the agent was opened.
    pub(crate) fn so_far(&self) -> Vec<Failure> {
        self.kept.borrow().clone()
    }

    /// Keeps in the region what was said, and gives it its number. What was said before of the same
    /// mandate has its number already: the desk is told nothing new each time that the agent runs.
    fn keep(&self, failure: &mut Failure) -> io::Result<()> {
        let file = File::options()
            .create(true)
            .read(true)
            .append(true)
            .mode(0o600)
            .open(&self.file)?;
        let mut known = self.known.borrow_mut();
        let known = match &mut *known {
            Some(known) => known,
            none => none.insert(Known::read(&file)?),
        };
        let digest = said(failure);
        if let Some((number, at)) = known.by_digest.get(&digest) {
            (failure.number, failure.at) = (*number, *at);
            return Ok(());
        }
        failure.number = known.lines + 1;
        let line = serde_json::to_string(failure).expect("it is JSON-safe");
        (&file).write_all(format!("{line}\n").as_bytes())?;
        known.lines += 1;
        known.by_digest.insert(digest, (failure.number, failure.at));
        Ok(())
    }
}

/// What is in the file. It is read once, when something fails for the first time since the agent was
/// opened.
struct Known {
    lines: u64,
    by_digest: HashMap<Sha256Digest, (u64, Timestamp)>,
}

impl Known {
    fn read(file: &File) -> io::Result<Self> {
        let mut known = Self {
            lines: 0,
            by_digest: HashMap::new(),
        };
        let mut reader = BufReader::new(file);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            known.lines += 1;
            if let Ok(failure) = serde_json::from_slice::<Failure>(&line) {
                let kept = (failure.number, failure.at);
                known.by_digest.insert(said(&failure), kept);
            }
            // Cut off while it was written: the next begins on a line of its own.
            if !line.ends_with(b"\n") {
                let mut file = file;
                file.write_all(b"\n")?;
            }
            line.clear();
        }
        Ok(known)
    }
}

/// What makes two failures the same: of which mandate, of what class, and what was said.
fn said(failure: &Failure) -> Sha256Digest {
    let Failure {
        mandate,
        class,
        why,
        ..
    } = failure;
    Sha256Digest::of(format!("{mandate}\n{class}\n{why}").as_bytes())
}

/// What the program said when it failed.
pub(crate) fn said_by(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "the program did not say why".to_owned())
}
