use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use lagrum_durable::{
    FileError, NewFile, open_plain, private_directory, read, replace_as_its_directory, second_name,
};
use lagrum_mandate::gate::UntrustedMandate;

use super::{
    ACKNOWLEDGED, ANSWERS, BEAT, Faults, MANDATE, PACKAGE, PROOF, RECALL, RECEIPT, REFUSAL, inbox,
    is_plain, no_faults, outbox, remove, stems,
};
use crate::{AgentEnd, FetchError, LONGEST_ANSWER, LONGEST_OFFER, Stem, TransportError};

/// An agent's end of the directory that it shares with the desk.
pub struct DirectoryAgent {
    directory: PathBuf,
    faults: Faults,
}

impl DirectoryAgent {
    /// The end in `directory`, which is made when the agent first looks into it.
    #[must_use]
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self {
            directory: directory.into(),
            faults: no_faults(),
        }
    }

    /// The same, passing `faults` before and after each step.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn with_faults(self, faults: Faults) -> Self {
        Self { faults, ..self }
    }

    /// The names under which somebody left a note that recalls a mandate, in their order.
    ///
    /// # Errors
    /// [`TransportError`], when the directory cannot be read.
    pub fn recalled(&self) -> Result<Vec<Stem>, TransportError> {
        let found = stems(&self.directory.join("in"), &[RECALL])?;
        Ok(found.into_iter().map(|(stem, _)| stem).collect())
    }

    /// The note that lies there as a recall; nothing, if none does any more.
    ///
    /// # Errors
    /// [`TransportError`], when it cannot be read.
    pub fn recall_note(&self, stem: &Stem) -> Result<Vec<u8>, TransportError> {
        match read(&inbox(&self.directory, stem, RECALL), LONGEST_ANSWER) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            note => Ok(note?),
        }
    }

    /// Where a sealed package lies when it is whole.
    #[must_use]
    pub fn package_file(&self, stem: &Stem) -> PathBuf {
        outbox(&self.directory, stem, PACKAGE)
    }

    /// Whether a sealed package lies there.
    ///
    /// # Errors
    /// [`TransportError`], when the directory cannot be read.
    pub fn has_package(&self, stem: &Stem) -> Result<bool, TransportError> {
        Ok(is_plain(&self.package_file(stem))?)
    }

    fn leave(&self, stem: &Stem, extension: &str, note: &str) -> Result<(), TransportError> {
        private_directory(&self.directory.join("out"))?;
        let file = outbox(&self.directory, stem, extension);
        Ok(replace_as_its_directory(
            &file,
            note.as_bytes(),
            &*self.faults,
        )?)
    }
}

impl AgentEnd for DirectoryAgent {
    fn waiting(&self) -> Result<Vec<Stem>, TransportError> {
        let inbox = self.directory.join("in");
        private_directory(&inbox)?;
        private_directory(&self.directory.join("out"))?;
        let found = stems(&inbox, &[MANDATE])?;
        Ok(found.into_iter().map(|(stem, _)| stem).collect())
    }

    fn fetch(&self, stem: &Stem) -> Result<UntrustedMandate, FetchError> {
        let part = |extension| read(&inbox(&self.directory, stem, extension), LONGEST_OFFER);
        let unreadable = |error: FileError| FetchError::Unreadable(error.to_string());
        let note = match part(MANDATE) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(FetchError::Recalled(stem.clone()));
            }
            note => note.map_err(unreadable)?,
        };
        let proof = part(PROOF).map_err(unreadable)?;
        let answers = match part(ANSWERS) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            answers => answers.map_err(unreadable)?,
        };
        Ok(UntrustedMandate {
            note,
            proof,
            answers,
        })
    }

    fn recalls(&self, hear: &mut dyn FnMut(&Stem, Vec<u8>)) -> Result<Vec<Stem>, TransportError> {
        let mut unread = Vec::new();
        for stem in self.recalled()? {
            match self.recall_note(&stem) {
                Ok(note) => hear(&stem, note),
                Err(_) => unread.push(stem),
            }
        }
        Ok(unread)
    }

    fn is_acknowledged(&self, stem: &Stem) -> Result<bool, TransportError> {
        Ok(is_plain(&inbox(&self.directory, stem, ACKNOWLEDGED))?)
    }

    fn forget(&self, stem: &Stem) -> Result<(), TransportError> {
        let file = inbox(&self.directory, stem, ACKNOWLEDGED);
        Ok(remove(&file, &self.faults)?)
    }

    fn is_answered(&self, stem: &Stem) -> Result<bool, TransportError> {
        Ok(is_plain(&outbox(&self.directory, stem, RECEIPT))?)
    }

    fn send_refusal(&self, stem: &Stem, note: &str) -> Result<(), TransportError> {
        self.leave(stem, REFUSAL, note)
    }

    fn send_beat(&self, note: &str) -> Result<(), TransportError> {
        private_directory(&self.directory.join("out"))?;
        let file = self.directory.join(BEAT);
        Ok(replace_as_its_directory(
            &file,
            note.as_bytes(),
            &*self.faults,
        )?)
    }

    fn send_package(&self, stem: &Stem, sealed: &Path) -> Result<(), TransportError> {
        private_directory(&self.directory.join("out"))?;
        let package = outbox(&self.directory, stem, PACKAGE);
        self.faults.point(&package)?;
        match put_beside(sealed, &package) {
            Err(_) if !is_plain(sealed)? => {
                if !is_plain(&package)? {
                    return Err(TransportError::PackageLost(stem.clone()));
                }
            }
            copied => copied?,
        }
        Ok(self.faults.point(&package)?)
    }

    fn send_receipt(&self, stem: &Stem, note: &str) -> Result<(), TransportError> {
        self.leave(stem, RECEIPT, note)?;
        let refusal = outbox(&self.directory, stem, REFUSAL);
        Ok(remove(&refusal, &self.faults)?)
    }
}

/// The agent keeps its own until the desk has acknowledged it. Where both lie on one file system, it is the same file
/// under two names: nobody changes a sealed package, and a large one needs its room once.
fn put_beside(sealed: &Path, package: &Path) -> Result<(), FileError> {
    if second_name(sealed, package)? {
        return Ok(());
    }
    let mut copy = NewFile::create_as_its_directory(package)?;
    copy.copy_from(&mut open_plain(sealed)?)
        .map_err(|error| FileError::new("copy", package, error))?;
    copy.finish()
}
