//! A directory that desk and agent can both write: `in` holds what the desk leaves for the agent,
//! `out` what the agent leaves for the desk.
//!
//! | file | what it is |
//! |---|---|
//! | `in/STEM.mandate` | a mandate, or a question of which accounts there are, as a note with its signatures |
//! | `in/STEM.tlog-proof` | the proof that its release is in the public log; it is there before the mandate |
//! | `in/STEM.answers` | how the whole demand was answered, if the mandate names that; it is there before the mandate |
//! | `in/STEM.recall` | a note that recalls the mandate |
//! | `in/STEM.acknowledged` | the desk has the package; the agent need not keep it |
//! | `in/remembered` | the desk left here all that is open; where it is gone, all was lost, and is left again |
//! | `out/STEM.tar.age` | a sealed package; it is there before its receipt |
//! | `out/STEM.receipt` | the signed receipt |
//! | `out/STEM.refusal` | a signed refusal, until there is a receipt |
//! | `out/beat` | that the agent was at work, and when, signed |
//!
//! What is made here is its owner's alone: mandates name accounts. Where a directory lies there already, its mode says who
//! reads what is put into it, so that two users may share one over a group. A sealed package may be the agent's own file
//! under a second name.
//!
//! Neither side believes the other's files: nothing is read from what is not a plain file, nothing
//! is read or written through a link, and nothing is read without a limit.

mod agent;
mod desk;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lagrum_durable::{FaultPoints, FileError, NoFaults};

pub use agent::DirectoryAgent;
pub use desk::{Contact, DirectoryDesk};

use crate::Stem;

const MANDATE: &str = "mandate";
const PROOF: &str = "tlog-proof";
const ANSWERS: &str = "answers";
const RECEIPT: &str = "receipt";
const REFUSAL: &str = "refusal";
const RECALL: &str = "recall";
const ACKNOWLEDGED: &str = "acknowledged";
const PACKAGE: &str = "tar.age";

/// That the desk left here all that is open. No mandate has this name: it has no ending.
const REMEMBERED: &str = "in/remembered";

/// That the agent was at work. No answer has this name: it has no ending.
const BEAT: &str = "out/beat";

/// Where a step may be stopped: by a test alone.
pub type Faults = Arc<dyn FaultPoints + Send + Sync>;

fn no_faults() -> Faults {
    Arc::new(NoFaults)
}

fn inbox(directory: &Path, stem: &Stem, extension: &str) -> PathBuf {
    directory.join("in").join(format!("{stem}.{extension}"))
}

fn outbox(directory: &Path, stem: &Stem, extension: &str) -> PathBuf {
    directory.join("out").join(format!("{stem}.{extension}"))
}

/// The names of the entries with one of these extensions, in order. Names that are not plain are
/// not ours. A directory that is not there is empty.
fn stems<'e>(directory: &Path, extensions: &[&'e str]) -> Result<Vec<(Stem, &'e str)>, FileError> {
    let fault = |error| FileError::new("list", directory, error);
    let entries = match fs::read_dir(directory) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(vec![]),
        entries => entries.map_err(fault)?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let name = entry.map_err(fault)?.file_name();
        let Some((stem, extension)) = name.to_str().and_then(|name| name.split_once('.')) else {
            continue;
        };
        let known = extensions.iter().find(|known| **known == extension);
        if let (Some(stem), Some(known)) = (Stem::parse(stem), known) {
            found.push((stem, *known));
        }
    }
    found.sort();
    Ok(found)
}

fn is_plain(file: &Path) -> Result<bool, FileError> {
    match file.symlink_metadata() {
        Ok(about) => Ok(about.is_file()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(FileError::new("look at", file, error)),
    }
}

fn remove(file: &Path, faults: &Faults) -> Result<(), FileError> {
    faults.point(file)?;
    lagrum_durable::remove(file)?;
    faults.point(file)
}
