use std::path::PathBuf;

use lagrum_access::Action;
use lagrum_model::{CaseId, Command, Refusal, Sha256Digest};
use lagrum_transport::Stem;
use serde::Serialize;

use crate::collect::{PACKAGE, RECEIPT, digest_of};
use crate::sequencer::recorded_mandate;
use crate::{CommandError, Session};

/// What was handed over.
#[derive(Clone, Debug, Serialize)]
pub struct Delivered {
    /// The case.
    pub case: CaseId,
    /// The sealed packages, each with its receipt beside it.
    pub packages: Vec<PathBuf>,
}

impl Session<'_> {
    /// Puts every sealed package of the case that was not handed over yet where deliveries are
    /// fetched, with its receipt, and records it. Says where they lie.
    ///
    /// # Errors
    /// When nothing is there to deliver, the notified authority refused, or a package is not the one
    /// that its receipt names.
    pub fn deliver(&mut self, id: &CaseId) -> Result<Delivered, CommandError> {
        self.may_ever(Action::Deliver)?;
        self.collect_case(id)?;
        let case = self.desk.inner.store.case(id)?;
        self.may_with(Action::Deliver, &case)?;
        let refused = |refusal| CommandError::Refused {
            case: id.clone(),
            refusal,
        };
        let mut packages = Vec::new();
        let (mut produced, mut barred) = (0, 0);
        for record in case.mandates.values() {
            let Some(made) = record.produced else {
                continue;
            };
            produced += 1;
            let mandate = recorded_mandate(&record.text)?;
            let stem = Stem::of(&mandate);
            let folder = self.desk.inner.config.deliveries.join(id.to_string());
            let file = folder.join(format!("{stem}.{PACKAGE}"));
            if record.delivered_to.is_some() {
                packages.push(file);
                continue;
            }
            if case.is_barred(record) {
                barred += 1;
                continue;
            }
            self.put(&folder, &stem, made.package)
                .map_err(|error| match error {
                    Problem::Refused(refusal) => refused(refusal),
                    Problem::Other(error) => error,
                })?;
            let package = made.package;
            self.change(Action::Deliver, id, &[], |changes, acting| {
                let to = mandate.recipient.name.clone();
                let command = Command::Deliver { package, to };
                acting.command(changes, command, "sealed package handed over")
            })?;
            packages.push(file);
        }
        if barred > 0 && packages.is_empty() {
            return Err(refused(Refusal::NotifiedAuthorityRefused));
        }
        if produced == 0 {
            return Err(refused(Refusal::NothingProduced));
        }
        Ok(Delivered {
            case: id.clone(),
            packages,
        })
    }

    /// Moves a package and its receipt to where deliveries are fetched. Can be cut off and be done
    /// again: what is there already, and is what it must be, stays.
    fn put(
        &self,
        folder: &std::path::Path,
        stem: &Stem,
        package: Sha256Digest,
    ) -> Result<(), Problem> {
        lagrum_durable::private_directory(folder)?;
        for extension in [RECEIPT, PACKAGE] {
            let name = format!("{stem}.{extension}");
            let (from, to) = (self.desk.packages().join(&name), folder.join(&name));
            if from.exists() {
                lagrum_durable::move_into_place(&from, &to)?;
            }
        }
        let there = digest_of(&folder.join(format!("{stem}.{PACKAGE}")))?;
        if there == package {
            return Ok(());
        }
        Err(Problem::Refused(Refusal::OtherBytes))
    }
}

enum Problem {
    Refused(Refusal),
    Other(CommandError),
}

impl From<lagrum_durable::FileError> for Problem {
    fn from(error: lagrum_durable::FileError) -> Self {
        Self::Other(error.into())
    }
}
