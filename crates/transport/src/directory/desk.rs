use std::io::Read;
use std::path::{Path, PathBuf};

use lagrum_durable::{open_plain, private_directory, read, read_at_most, replace_as_its_directory};
use lagrum_model::Region;
use lagrum_notes::{VerifyingKey, role};

use super::{
    ACKNOWLEDGED, ANSWERS, BEAT, Faults, MANDATE, PACKAGE, PROOF, RECALL, RECEIPT, REFUSAL,
    REMEMBERED, inbox, is_plain, no_faults, outbox, remove, stems,
};
use crate::{
    DeskEnd, LONGEST_ANSWER, Left, NotBelieved, Offer, Stem, TransportError, UntrustedAnswer,
};

/// How the desk reaches one agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Where it runs.
    pub region: Region,
    /// Its public key.
    pub key: VerifyingKey<role::Agent>,
    /// The directory that both can write.
    pub directory: PathBuf,
}

/// The desk's end of the directories that it shares with its agents.
pub struct DirectoryDesk {
    contacts: Vec<Contact>,
    faults: Faults,
}

impl DirectoryDesk {
    /// The desk of these agents. A directory is made when something is first left in it.
    #[must_use]
    pub fn new(contacts: Vec<Contact>) -> Self {
        Self {
            contacts,
            faults: no_faults(),
        }
    }

    /// The same, passing `faults` before and after each step.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn with_faults(self, faults: Faults) -> Self {
        Self { faults, ..self }
    }

    fn contact(&self, region: &Region) -> Result<&Contact, TransportError> {
        self.contacts
            .iter()
            .find(|contact| contact.region == *region)
            .ok_or_else(|| TransportError::UnknownRegion(region.clone()))
    }

    fn directory(&self, region: &Region) -> Result<&Path, TransportError> {
        Ok(&self.contact(region)?.directory)
    }
}

/// Whether a plain file holds exactly this text.
fn is_exactly(file: &Path, text: &str) -> Result<bool, TransportError> {
    if !is_plain(file)? {
        return Ok(false);
    }
    let found = read_at_most(file, text.len() as u64 + 1)?;
    Ok(found.is_some_and(|found| found == text.as_bytes()))
}

impl DeskEnd for DirectoryDesk {
    fn agent_key(&self, region: &Region) -> Result<&VerifyingKey<role::Agent>, TransportError> {
        Ok(&self.contact(region)?.key)
    }

    fn offer(&self, region: &Region, offer: &Offer) -> Result<(), TransportError> {
        let directory = self.directory(region)?;
        let mandate = inbox(directory, &offer.stem, MANDATE);
        let proof = inbox(directory, &offer.stem, PROOF);
        let answers = inbox(directory, &offer.stem, ANSWERS);
        let told = !offer.answers.is_empty();
        // What somebody else put there in its place is no offer, whatever its name: it gives way.
        if is_exactly(&mandate, &offer.note)?
            && is_exactly(&proof, &offer.proof)?
            && (!told || is_exactly(&answers, &offer.answers)?)
        {
            return Ok(());
        }
        private_directory(&directory.join("in"))?;
        if told {
            replace_as_its_directory(&answers, offer.answers.as_bytes(), &*self.faults)?;
        }
        replace_as_its_directory(&proof, offer.proof.as_bytes(), &*self.faults)?;
        replace_as_its_directory(&mandate, offer.note.as_bytes(), &*self.faults)?;
        Ok(())
    }

    fn is_offered(&self, region: &Region, stem: &Stem) -> Result<bool, TransportError> {
        let directory = self.directory(region)?;
        Ok(
            is_plain(&inbox(directory, stem, MANDATE))?
                && is_plain(&inbox(directory, stem, PROOF))?,
        )
    }

    fn is_remembered(&self, region: &Region) -> Result<bool, TransportError> {
        Ok(is_plain(&self.directory(region)?.join(REMEMBERED))?)
    }

    fn remember(&self, region: &Region) -> Result<(), TransportError> {
        let directory = self.directory(region)?;
        private_directory(&directory.join("in"))?;
        let file = directory.join(REMEMBERED);
        Ok(replace_as_its_directory(&file, b"", &*self.faults)?)
    }

    fn leave_recall(&self, region: &Region, stem: &Stem, note: &str) -> Result<(), TransportError> {
        let directory = self.directory(region)?;
        private_directory(&directory.join("in"))?;
        let file = inbox(directory, stem, RECALL);
        Ok(replace_as_its_directory(
            &file,
            note.as_bytes(),
            &*self.faults,
        )?)
    }

    fn recall(&self, region: &Region, stem: &Stem) -> Result<(), TransportError> {
        let directory = self.directory(region)?;
        // The mandate first: an agent that finds a mandate finds what belongs to it.
        for extension in [MANDATE, PROOF, ANSWERS] {
            remove(&inbox(directory, stem, extension), &self.faults)?;
        }
        Ok(())
    }

    fn withdraw(&self, region: &Region, stem: &Stem) -> Result<(), TransportError> {
        self.recall(region, stem)?;
        let directory = self.directory(region)?;
        remove(&inbox(directory, stem, RECALL), &self.faults)?;
        Ok(remove(&outbox(directory, stem, REFUSAL), &self.faults)?)
    }

    fn untrusted_answers(
        &self,
        region: &Region,
        wanted: &dyn Fn(&Stem) -> bool,
    ) -> Result<Vec<Left<UntrustedAnswer>>, TransportError> {
        let out = self.directory(region)?.join("out");
        let mut answers = Vec::new();
        for (stem, extension) in stems(&out, &[RECEIPT, REFUSAL])? {
            if !wanted(&stem) {
                continue;
            }
            let note = read(&out.join(format!("{stem}.{extension}")), LONGEST_ANSWER);
            let answer = match (note, extension) {
                (Ok(note), RECEIPT) => Ok(UntrustedAnswer::Receipt(note)),
                (Ok(note), _) => Ok(UntrustedAnswer::Refusal(note)),
                (Err(error), _) => Err(NotBelieved {
                    stem: stem.clone(),
                    why: error.to_string(),
                }),
            };
            answers.push((stem, answer));
        }
        Ok(answers)
    }

    fn untrusted_beat(&self, region: &Region) -> Result<Option<Vec<u8>>, TransportError> {
        let file = self.directory(region)?.join(BEAT);
        match read(&file, LONGEST_ANSWER) {
            Ok(note) => Ok(Some(note)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn has_answer(&self, region: &Region, stem: &Stem) -> Result<bool, TransportError> {
        let directory = self.directory(region)?;
        Ok(is_plain(&outbox(directory, stem, RECEIPT))?
            || is_plain(&outbox(directory, stem, REFUSAL))?)
    }

    fn package(
        &self,
        region: &Region,
        stem: &Stem,
    ) -> Result<Box<dyn Read + Send>, TransportError> {
        let file = outbox(self.directory(region)?, stem, PACKAGE);
        match open_plain(&file) {
            Ok(opened) => Ok(Box::new(opened)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(TransportError::NotThere {
                    what: "package",
                    stem: stem.clone(),
                })
            }
            Err(error) => Err(error.into()),
        }
    }

    fn acknowledge(&self, region: &Region, stem: &Stem) -> Result<(), TransportError> {
        // The mandate first, so that nobody begins again; the receipt last, so that a package never
        // lies there without one.
        self.recall(region, stem)?;
        let directory = self.directory(region)?;
        remove(&inbox(directory, stem, RECALL), &self.faults)?;
        if is_plain(&outbox(directory, stem, RECEIPT))? {
            private_directory(&directory.join("in"))?;
            let file = inbox(directory, stem, ACKNOWLEDGED);
            replace_as_its_directory(&file, b"", &*self.faults)?;
        }
        for extension in [PACKAGE, REFUSAL, RECEIPT] {
            remove(&outbox(directory, stem, extension), &self.faults)?;
        }
        Ok(())
    }
}
