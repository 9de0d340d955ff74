//! What leaves the desk and what comes back: mandates to the agents, their answers, deliveries.

use std::path::PathBuf;

use jiff::Timestamp;
use lagrum_mandate::Mandate;
use lagrum_model::{Actor, CaseId, Command, MandateRecord};
use lagrum_notes::assemble;
use lagrum_transport::{AgentAnswer, Offer, Stem};
use rand_core::CryptoRngCore;

use super::Desk;
use crate::DeskError;
use crate::deliveries::{write_package, write_whole};

/// What the desk learnt from the agents about one mandate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receipted {
    /// A package was produced.
    Produced {
        /// In which case.
        case: CaseId,
        /// Messages and rows inside.
        produced: u64,
        /// Messages and rows withheld for counsel.
        for_review: u64,
    },
    /// An agent refused or failed.
    NotProduced {
        /// In which case.
        case: CaseId,
        /// Why.
        why: String,
    },
    /// Something that claims to be an agent's answer and is not. It changed nothing.
    NotBelieved {
        /// In which case.
        case: CaseId,
        /// Why.
        why: String,
    },
}

impl Receipted {
    /// What somebody has to look at, if anything.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        match self {
            Self::Produced { .. } => None,
            Self::NotProduced { case, why } => {
                Some(format!("case {case}: an agent did not produce: {why}"))
            }
            Self::NotBelieved { case, why } => Some(format!(
                "case {case}: an answer that the agent did not sign lies in the exchange: {why}"
            )),
        }
    }
}

impl Desk {
    /// Fetches what the agents answered, and records it.
    ///
    /// # Errors
    /// When an answer cannot be read, or the database cannot be written.
    pub fn collect(
        &mut self,
        at: Timestamp,
        random: &mut impl CryptoRngCore,
    ) -> Result<Vec<Receipted>, DeskError> {
        let mut news = Vec::new();
        // Answers of closed cases stay where they are and are not read again.
        let open = self.store.cases_with_open_mandates()?;
        let wanted = |stem: &Stem| stem.case().is_some_and(|id| open.contains(&id));
        for contact in self.config.agents.clone() {
            for (stem, answer) in self.agents.answers(&contact.region, &wanted)? {
                let Some(id) = stem.case() else { continue };
                let answer = match answer {
                    Ok(answer) => answer,
                    Err(error) => {
                        let why = error.to_string();
                        news.push(Receipted::NotBelieved { case: id, why });
                        continue;
                    }
                };
                let (case, _) = self.case(&id)?;
                let actor = Actor::Agent {
                    region: contact.region.clone(),
                };
                let (command, why, receipted) = match answer {
                    AgentAnswer::Receipt(receipt) => {
                        if case
                            .mandates
                            .get(&receipt.mandate)
                            .is_none_or(|m| m.produced.is_some())
                        {
                            continue;
                        }
                        let command = Command::RecordProduction {
                            mandate: receipt.mandate,
                            package: receipt.sha256,
                            items: receipt.produced,
                            for_review: receipt.for_review,
                        };
                        let (produced, for_review) = (receipt.produced, receipt.for_review);
                        let news = Receipted::Produced {
                            case: id.clone(),
                            produced,
                            for_review,
                        };
                        (command, "the agent's receipt".to_owned(), news)
                    }
                    AgentAnswer::Refusal(refusal) => {
                        // A note that nobody signed has no mandate to record it under; its digest
                        // then is that of all that arrived, and the stem tells the case.
                        let known = case.mandates.get(&refusal.mandate);
                        if known.is_none_or(|state| {
                            state.produced.is_some()
                                || state.not_produced.as_ref() == Some(&refusal.why)
                        }) {
                            continue;
                        }
                        let (mandate, why) = (refusal.mandate, refusal.why);
                        let news = Receipted::NotProduced {
                            case: id.clone(),
                            why: why.clone(),
                        };
                        (
                            Command::RecordNoProduction {
                                mandate,
                                why: why.clone(),
                            },
                            why,
                            news,
                        )
                    }
                };
                self.store.change(&id, at, &[], random, |changes| {
                    changes.command(command, &actor, &why)
                })?;
                news.push(receipted);
            }
        }
        self.settle()?;
        Ok(news)
    }

    /// Puts every sealed package of the case that was not handed over yet where deliveries are
    /// fetched, with its receipt, and records it. Says where.
    ///
    /// # Errors
    /// When nothing is there to deliver, or a package is not the one that its receipt names.
    pub fn deliver(
        &mut self,
        id: &CaseId,
        actor: &Actor,
        at: Timestamp,
        random: &mut impl CryptoRngCore,
    ) -> Result<Vec<PathBuf>, DeskError> {
        let (case, _) = self.case(id)?;
        let mut delivered = Vec::new();
        let (mut produced, mut barred) = (0, 0);
        for state in case.mandates.values() {
            let Some(package) = state.produced.map(|made| made.package) else {
                continue;
            };
            let mandate = Mandate::parse(&state.text)
                .map_err(|e| DeskError::Damaged(format!("a mandate: {e}")))?;
            let stem = Stem::of(&mandate);
            let to = self.config.deliveries.join(id.to_string());
            let file = to.join(stem.package());
            produced += 1;
            if state.delivered_to.is_some() {
                delivered.push(file);
                continue;
            }
            if case.is_barred(state) {
                barred += 1;
                continue;
            }
            let sealed = self.agents.package(&mandate.region, &stem)?;
            write_package(sealed, &file, package)?;
            let receipt = self.agents.receipt_note(&mandate.region, &stem)?;
            write_whole(&to.join(format!("{stem}.receipt")), &receipt)?;
            let command = Command::Deliver {
                package,
                to: mandate.recipient.name.clone(),
            };
            self.store.change(id, at, &[], random, |changes| {
                changes.command(command, actor, "sealed package handed over")
            })?;
            delivered.push(file);
        }
        if barred > 0 && delivered.is_empty() {
            return Err(DeskError::Wrong(format!(
                "case {id}: the notified authority refused, so nothing is handed over (Article 12(2) of Regulation (EU) 2023/1543)"
            )));
        }
        if produced == 0 {
            return Err(DeskError::Wrong(format!(
                "case {id}: nothing was produced; `lagrum agent run` carries mandates out"
            )));
        }
        self.settle()?;
        Ok(delivered)
    }

    /// Brings the log up to the events, and released mandates to their agents. Doing it again
    /// changes nothing; being cut off in between loses nothing.
    pub(super) fn settle(&mut self) -> Result<(), DeskError> {
        let mut size = self.log.recover(&mut self.store)?.head.size;
        loop {
            let waiting = self.store.commitments_from(size)?;
            if waiting.is_empty() {
                break;
            }
            size = self.log.append(&mut self.store, &waiting)?.size;
        }
        for id in self.store.cases_with_open_mandates()? {
            let (case, _) = self.case(&id)?;
            for state in case.mandates.values() {
                let Some(number) = state.released_by_event.filter(|_| state.produced.is_none())
                else {
                    continue;
                };
                if case.is_barred(state) {
                    self.take_back(state)?;
                } else {
                    self.release(&id, &state.text, &state.approvals, number)?;
                }
            }
        }
        Ok(())
    }

    /// Takes back every mandate of the case that no agent has answered, so that none is carried out
    /// after the case is closed.
    pub(super) fn withdraw(&self, id: &CaseId) -> Result<(), DeskError> {
        let (case, _) = self.case(id)?;
        for state in case
            .mandates
            .values()
            .filter(|state| state.produced.is_none())
        {
            self.take_back(state)?;
        }
        Ok(())
    }

    /// Takes one mandate back from where its agent would find it.
    fn take_back(&self, state: &MandateRecord) -> Result<(), DeskError> {
        let mandate = Mandate::parse(&state.text)
            .map_err(|e| DeskError::Damaged(format!("a mandate: {e}")))?;
        Ok(self.agents.recall(&mandate.region, &Stem::of(&mandate))?)
    }

    /// Leaves a mandate with its proof for the agent of its region. The proof comes first: an agent
    /// that finds the mandate finds both.
    fn release(
        &self,
        id: &CaseId,
        text: &str,
        approvals: &[lagrum_model::Approval],
        event: u64,
    ) -> Result<(), DeskError> {
        let mandate =
            Mandate::parse(text).map_err(|e| DeskError::Damaged(format!("a mandate: {e}")))?;
        let stem = Stem::of(&mandate);
        if self.agents.is_offered(&mandate.region, &stem)? {
            return Ok(());
        }
        let lines: Vec<_> = approvals
            .iter()
            .map(|approval| approval.signature.as_str())
            .collect();
        let offer = Offer {
            stem,
            note: assemble(text, &lines),
            proof: self.proof(id, event)?.to_string(),
        };
        Ok(self.agents.offer(&mandate.region, &offer)?)
    }
}
