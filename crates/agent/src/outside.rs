//! What leaves the region when a mandate is refused: what the gate says of the mandate, facts of closed
//! types, or a class and a number. What a file, a store, a table, another program or a library said stays
//! here, under that number: it may name files, folders and other people's accounts.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::{File, Permissions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
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

/// The longest that file becomes, in bytes: some ten thousand failures. Then the older half goes. It is
/// read once in each run in which something fails, and a mandate that fails says the same each time.
const LONGEST: u64 = 4 << 20;

/// Of what was said of one failure, so many bytes are kept: a library may repeat all that it was given.
const LONGEST_SAID: usize = 16 << 10;

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
            why: beginning(why.to_string()),
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
        let read = match known.take() {
            Some(read) => read,
            None => Known::read(&file)?,
        };
        let read = known.insert(read);
        let digest = said(failure);
        if let Some((number, at)) = read.by_digest.get(&digest) {
            (failure.number, failure.at) = (*number, *at);
            return Ok(());
        }
        failure.number = read.last + 1;
        let line = serde_json::to_string(failure).expect("it is JSON-safe");
        (&file).write_all(format!("{line}\n").as_bytes())?;
        read.last = failure.number;
        read.by_digest.insert(digest, (failure.number, failure.at));
        if file.metadata()?.len() > LONGEST {
            self.forget_the_oldest(&file)?;
            *known = None;
        }
        Ok(())
    }

    /// Keeps the newer half. The numbers go on.
    fn forget_the_oldest(&self, file: &File) -> io::Result<()> {
        let mut file = file;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(LONGEST / 2)))?;
        let mut newer = Vec::new();
        file.take(LONGEST / 2).read_to_end(&mut newer)?;
        let begins = newer.iter().position(|byte| *byte == b'\n');
        let newer = &newer[begins.map_or(0, |end| end + 1)..];
        lagrum_durable::replace(&self.file, newer).map_err(|error| error.source)?;
        std::fs::set_permissions(&self.file, Permissions::from_mode(0o600))
    }
}

/// What is in the file. It is read once, when something fails for the first time since the agent was
/// opened.
struct Known {
    /// The number of the last.
    last: u64,
    by_digest: HashMap<Sha256Digest, (u64, Timestamp)>,
}

impl Known {
    fn read(file: &File) -> io::Result<Self> {
        let mut known = Self {
            last: 0,
            by_digest: HashMap::new(),
        };
        let mut reader = BufReader::new(file);
        reader.rewind()?;
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            match serde_json::from_slice::<Failure>(&line) {
                Ok(failure) => {
                    let kept = (failure.number, failure.at);
                    known.by_digest.insert(said(&failure), kept);
                    known.last = known.last.max(failure.number);
                }
                // Its number was told, and is not told of anything else.
                Err(_) => known.last += 1,
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

/// The beginning of what was said, which is mostly all of it.
fn beginning(mut said: String) -> String {
    if said.len() > LONGEST_SAID {
        said.truncate(said.floor_char_boundary(LONGEST_SAID));
        said.push_str(" ...");
    }
    said
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

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
mod tests {
    use super::*;

    fn failures(state: &Path) -> Failures {
        Failures::below(state)
    }

    fn say(failures: &Failures, mandate: usize, why: &str) -> u64 {
        let stem = Stem::parse(&format!("2026-0004-{mandate:08}")).unwrap();
        let at = "2026-11-21T10:00:00Z".parse().unwrap();
        failures.numbered(&stem, "source", "a class", &why, at);
        failures.so_far().last().unwrap().number
    }

    #[test]
    fn however_much_fails_the_file_stays_short_and_no_number_is_told_twice() {
        let state = tempfile::tempdir().unwrap();
        let file = state.path().join(FAILURES);
        let long = "x".repeat(LONGEST_SAID * 3);
        let (mut number, mut shortened, mut before) = (0, 0, 0);
        for run in 0..4 {
            let failures = failures(state.path());
            for mandate in 0..200 {
                number += 1;
                assert_eq!(say(&failures, mandate, &format!("{run} {long}")), number);
                let length = file.metadata().unwrap().len();
                assert!(length <= LONGEST, "{length}");
                shortened += u64::from(length < before);
                before = length;
            }
            // The newest are there still, also for the next run.
            assert_eq!(say(&failures, 199, &format!("{run} {long}")), number);
            let next = self::failures(state.path());
            assert_eq!(say(&next, 199, &format!("{run} {long}")), number);
        }
        assert!(shortened >= 3, "{shortened}");
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let text = std::fs::read_to_string(&file).unwrap();
        for line in text.lines() {
            serde_json::from_str::<Failure>(line).unwrap();
        }
    }
}
