use std::path::PathBuf;

use lagrum_access::Action;
use lagrum_model::{CaseId, Command, MandateRecord, Refusal};
use lagrum_packages::PackagesError;
use serde::Serialize;

use crate::handed_over::HandedOver;
use crate::record::Checked;
use crate::session::not_compared;
use crate::{CommandError, News, Session};

/// What was handed over.
#[derive(Clone, Debug, Serialize)]
pub struct Delivered {
    /// The case.
    pub case: CaseId,
    /// The files of the sealed packages, each with its receipt beside it.
    pub packages: Vec<PathBuf>,
    /// What could not be fetched from the agents before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub news: Vec<News>,
}

impl Session<'_> {
    /// Puts every sealed package of the case that was not handed over yet where deliveries are
    /// fetched, with its receipt, and records it. Says where they lie.
    ///
    /// # Errors
    /// When nothing is there to deliver, the notified authority refused, the case could not be held
    /// against the public log, or a package is not the one that its receipt names.
    pub fn deliver(&mut self, id: &CaseId) -> Result<Delivered, CommandError> {
        self.may_ever(Action::Deliver)?;
        self.theirs(id)?;
        let news = self.collect_case(id)?;
        let Checked {
            case, uncompared, ..
        } = self.read_for(Action::Deliver, id)?;
        if let Some(why) = uncompared {
            return Err(not_compared(id, &why));
        }
        let refused = |refusal| CommandError::Refused {
            case: id.clone(),
            refusal,
        };
        let mut packages = Vec::new();
        let (mut produced, mut barred, mut undone) = (0, None, false);
        let folder = self.desk.inner.config.deliveries.join(id.to_string());
        for record in case.mandates.values() {
            let Some(made) = HandedOver::of(record, &folder)? else {
                continue;
            };
            produced += 1;
            let files = made.files().into_iter().map(|(file, _)| file);
            if record.delivered_to.is_some() {
                made.are_no_others()
                    .map_err(|error| not_handed_over(id, error))?;
                packages.extend(files);
                continue;
            }
            if case.is_undone(record) {
                undone = true;
                continue;
            }
            if let Some(by) = case.barred_by(record) {
                barred = barred.or(Some(by));
                continue;
            }
            let receipt = record.receipt.as_deref().ok_or_else(|| {
                let why = format!(
                    "case {id} is damaged: the receipt of {} is not in its event",
                    made.one.name
                );
                CommandError::Damaged(why)
            })?;
            made.put(self.desk.packages(), receipt)
                .map_err(|error| not_handed_over(id, error))?;
            self.change(Action::Deliver, id, &[], |changes, acting| {
                let to = made.mandate.recipient.name().to_owned();
                let package = made.one.sha256;
                let command = Command::Deliver { package, to };
                acting.command(changes, command, "sealed package handed over")
            })?;
            packages.extend(files);
        }
        if let Some(by) = barred.filter(|_| packages.is_empty()) {
            return Err(refused(Refusal::barred(by)));
        }
        if undone && packages.is_empty() {
            return Err(refused(Refusal::DecidedOtherwise));
        }
        let waits = |one: &MandateRecord| !one.is_released() && !one.is_lapsed();
        if produced == 0 && case.mandates.values().any(waits) {
            return Err(refused(Refusal::NotSigned));
        }
        if produced == 0 {
            return Err(refused(Refusal::NothingProduced));
        }
        Ok(Delivered {
            case: id.clone(),
            packages,
            news,
        })
    }
}

/// That other bytes lie there is a refusal; the rest may be mended by whoever looks after the desk.
fn not_handed_over(id: &CaseId, error: PackagesError) -> CommandError {
    match error {
        PackagesError::OtherBytes(_) => CommandError::Refused {
            case: id.clone(),
            refusal: Refusal::OtherBytes,
        },
        other => other.into(),
    }
}
