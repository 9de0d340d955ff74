use lagrum_access::Action;
use lagrum_model::{CaseId, Command, Sha256Digest};
use lagrum_packages::Removed;
use serde::Serialize;

use crate::handed_over::HandedOver;
use crate::{CommandError, Session};

/// What became of the packages of a case.
#[derive(Clone, Debug, Serialize)]
pub struct RemovedPackages {
    /// The case.
    pub case: CaseId,
    /// Those of which nothing is left here.
    pub removed: Vec<Sha256Digest>,
    /// What is left, and why.
    pub left: Vec<String>,
    /// What may be left, and cannot be known.
    pub not_known: Vec<String>,
}

/// A package that was to be handed over, and does not lie where packages are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingPackage {
    /// Of which case.
    pub case: CaseId,
    /// SHA-256 of its bytes.
    pub package: Sha256Digest,
    /// Why that is not known; absent: it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_known: Option<String>,
}

/// So many cases are looked at at a time.
const CHUNK: u32 = 500;

impl Session<'_> {
    /// Removes the sealed packages of a closed case, from where they are kept and from where deliveries are fetched, and
    /// records of which nothing is left. The receipts and all that is recorded stay. Can be done again.
    ///
    /// # Errors
    /// [`CommandError::StillOpen`]; when the person may not. What could not be removed is told, not an error.
    pub fn remove_packages(&mut self, id: &CaseId) -> Result<RemovedPackages, CommandError> {
        self.may_ever(Action::Deliver)?;
        self.theirs(id)?;
        let case = self.read_for(Action::Deliver, id)?.case;
        if !case.closed {
            return Err(CommandError::StillOpen(id.clone()));
        }
        let mut told = RemovedPackages {
            case: id.clone(),
            removed: Vec::new(),
            left: Vec::new(),
            not_known: Vec::new(),
        };
        let folder = self.desk.inner.config.deliveries.join(id.to_string());
        for record in case.mandates.values() {
            let Some(made) = HandedOver::of(record, &folder)? else {
                continue;
            };
            // The one is tried also where the other failed.
            let kept = self.desk.packages().remove(&made.one);
            match kept.and_then(|removed| made.remove().map(|()| removed)) {
                Ok(Removed { not_known, .. }) => {
                    let package = made.one.sha256;
                    self.change(Action::Deliver, id, &[], |changes, acting| {
                        let certain = not_known.is_none();
                        let command = Command::RecordRemoval { package, certain };
                        acting.command(changes, command, "sealed package removed")
                    })?;
                    told.removed.push(package);
                    told.not_known.extend(not_known);
                }
                Err(error) => {
                    told.left.push(error.to_string());
                    if let Err(error) = made.remove() {
                        told.left.push(error.to_string());
                    }
                }
            }
        }
        Ok(told)
    }

    /// The packages that are still to be handed over and do not lie where they are kept: of each case, also of one that
    /// the person does not see, its number and the digest. No byte of a package is read.
    ///
    /// # Errors
    /// When the person may not, or the store cannot be read.
    pub fn missing_packages(&self) -> Result<Vec<MissingPackage>, CommandError> {
        self.may(Action::VerifyRecord)?;
        let store = &self.desk.inner.store;
        let (mut missing, mut after) = (Vec::new(), None);
        loop {
            let cases = store.cases_after(after.as_ref(), CHUNK)?;
            let Some(last) = cases.last() else {
                return Ok(missing);
            };
            after = Some(last.case.clone());
            for id in cases.into_iter().map(|one| one.case) {
                // One that is damaged or erased has been told of by whoever verified.
                let Ok(case) = store.case(&id) else { continue };
                let waits = case.may_be_handed_over();
                let waits = waits.filter(|one| one.delivered_to.is_none() && one.removed.is_none());
                for record in waits.filter(|_| !case.closed) {
                    let Some(made) = HandedOver::of(record, &self.desk.inner.config.deliveries)?
                    else {
                        continue;
                    };
                    let not_known = match self.desk.packages().length(&made.one) {
                        Ok(Some(_)) => continue,
                        Ok(None) => None,
                        Err(error) => Some(error.to_string()),
                    };
                    missing.push(MissingPackage {
                        case: id.clone(),
                        package: made.one.sha256,
                        not_known,
                    });
                }
            }
        }
    }
}
