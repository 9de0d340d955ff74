//! What leaves the region when a mandate is refused: what the gate says of the mandate, facts of closed
//! types, or a class and a number. What a file, a store, a table, another program or a library said stays
//! here, under that number: it may name files, folders and other people's accounts.

use std::any::Any;
use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lagrum_mandate::answer::RefusalCode;
use lagrum_mandate::gate::Refused;
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
}

impl Failures {
    /// Below the agent's state.
    pub(crate) fn below(state: &Path) -> Self {
        Self {
            file: state.join(FAILURES),
            kept: RefCell::default(),
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
        let mut reader = BufReader::new(&file);
        let (mut line, mut lines) = (Vec::new(), 0);
        while reader.read_until(b'\n', &mut line)? > 0 {
            lines += 1;
            let same = |known: &Failure| {
                (&known.mandate, &known.class, &known.why)
                    == (&failure.mandate, &failure.class, &failure.why)
            };
            if let Some(known) = serde_json::from_slice(&line).ok().filter(same) {
                *failure = known;
                return Ok(());
            }
            // Cut off while it was written: the next begins on a line of its own.
            let whole = line.ends_with(b"\n");
            line.clear();
            if !whole {
                (&file).write_all(b"\n")?;
            }
        }
        failure.number = lines + 1;
        let line = serde_json::to_string(failure).expect("it is JSON-safe");
        (&file).write_all(format!("{line}\n").as_bytes())
    }
}

/// What the program said when it failed.
pub(crate) fn said_by(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "the program did not say why".to_owned())
}
