//! A case from the law to the mandates that wait for signatures: what happens to the demand, what the
//! law says of it, and the answer for each part.

use jiff::Timestamp;
use jiff::civil::Date;
use lagrum_law::Clock;
use lagrum_model::{
    Actor, Answer, Assessment, Case, CaseId, Command, Demand, Disposition, Moment, Recipient,
};
use rand_core::CryptoRngCore;

use super::Desk;
use crate::config::Authorities;
use crate::mandates::{draft, to_be_carried_out};
use crate::{DeskError, assess};

impl Desk {
    /// Applies the law to a demand that need not be a case: nothing is recorded.
    ///
    /// # Errors
    /// When the law packs or the directory cannot be used.
    pub fn preview(
        &self,
        demand: &Demand,
        verified: bool,
        emergency_believed: bool,
        as_of: Date,
    ) -> Result<Assessment, DeskError> {
        let basis = demand.basis(verified, emergency_believed);
        assess::assess(demand, &basis, &self.directory, &self.law, as_of)
    }

    /// Records something that happened to a demand and that starts, stops or suspends a clock, or
    /// changes what the law says of it. What was decided on other facts is then to be assessed
    /// anew; mandates that may not be carried out any more are taken back from the agents.
    ///
    /// # Errors
    /// When it lies in the future, contradicts what is recorded, or the case is closed.
    pub fn record(
        &mut self,
        id: &CaseId,
        happened: &[(Moment, Timestamp)],
        how: &str,
        actor: &Actor,
        at: Timestamp,
        random: &mut impl CryptoRngCore,
    ) -> Result<(), DeskError> {
        if how.trim().is_empty() {
            return Err(DeskError::Wrong("say how this is known".into()));
        }
        for (what, when) in happened {
            if *when > at && *what != Moment::StatedEnd {
                return Err(DeskError::Wrong(format!(
                    "{what}={when}: that lies in the future; only `stated-end` can"
                )));
            }
        }
        let recorded = self.store.change(id, at, &[], random, |changes| {
            for &(what, when) in happened {
                changes.command(Command::RecordMilestone { what, when }, actor, how)?;
            }
            Ok(())
        });
        self.settle()?;
        recorded
    }

    /// The clocks of a case as they stand at `at`, the most pressing first. None while it is not
    /// described.
    ///
    /// # Errors
    /// When what is recorded cannot have happened in that order.
    pub fn clocks(&self, case: &Case, at: Timestamp) -> Result<Vec<Clock>, DeskError> {
        match case.demand_now() {
            Some(demand) => Ok(self.law.clocks().of(&demand, &case.moments, at)?),
            None => Ok(Vec::new()),
        }
    }

    /// Applies the law to a case, and records the findings.
    ///
    /// # Errors
    /// When the case is not authenticated, or decided already.
    pub fn assess(
        &mut self,
        id: &CaseId,
        as_of: Date,
        actor: &Actor,
        at: Timestamp,
        random: &mut impl CryptoRngCore,
    ) -> Result<Assessment, DeskError> {
        let (directory, law) = (&self.directory, &self.law);
        let assessment = self.store.change(id, at, &[], random, |changes| {
            let case = changes.case();
            let (Some(demand), Some(basis)) = (&case.demand, case.basis()) else {
                let why = format!("case {id}: describe the demand first");
                return Err(DeskError::Wrong(why));
            };
            let assessment = assess::assess(demand, &basis, directory, law, as_of)?;
            let record = Command::Assess {
                assessment: Box::new(assessment.clone()),
            };
            changes.command(record, actor, &format!("law as of {as_of}"))?;
            Ok(assessment)
        })?;
        self.settle()?;
        Ok(assessment)
    }

    /// Answers each part of a case: as the law proposes, but for the parts in `stricter`, and
    /// drafts the mandates for what is to be carried out.
    ///
    /// # Errors
    /// When the case is not assessed, an answer is laxer than the law, or no recipient's key is
    /// known for what is to be carried out.
    pub fn decide(
        &mut self,
        id: &CaseId,
        stricter: &[(usize, Disposition)],
        reason: &str,
        actor: &Actor,
        at: Timestamp,
        random: &mut impl CryptoRngCore,
    ) -> Result<(), DeskError> {
        let authorities = &self.authorities;
        self.store.change(id, at, &[], random, |changes| {
            let assessment = changes.case().assessment.clone().ok_or_else(|| {
                DeskError::Wrong(format!(
                    "case {id}: apply the law first (`lagrum assess {id}`)"
                ))
            })?;
            if let Some((part, _)) = stricter
                .iter()
                .find(|(part, _)| *part >= assessment.parts.len())
            {
                return Err(DeskError::Wrong(format!(
                    "part {}: the parts of this demand are 1 to {}",
                    part + 1,
                    assessment.parts.len()
                )));
            }
            let case = changes.case();
            // What is released is decided; what waits has no answer, unless somebody is stricter.
            let answers = assessment
                .parts
                .iter()
                .enumerate()
                .filter_map(|(part, found)| {
                    let other = stricter.iter().find(|(at, _)| *at == part);
                    let proposed = found.finding.disposition;
                    if other.is_none() && (case.is_fixed(part) || proposed == Disposition::Wait) {
                        return None;
                    }
                    Some(Answer {
                        part,
                        disposition: other.map_or(proposed, |(_, d)| *d),
                        reason: reason_for(found, other.is_some(), reason),
                    })
                })
                .collect();
            changes.command(Command::Decide { answers }, actor, reason)?;
            let case = changes.case().clone();
            if to_be_carried_out(&case).next().is_none() {
                return Ok(());
            }
            let recipient = recipient(id, &case, authorities)?;
            for draft in draft(id, &case, &recipient, at, changes.random())? {
                let command = Command::DraftMandate {
                    mandate: draft.mandate,
                    text: draft.text,
                    parts: draft.parts,
                };
                changes.command(command, actor, "for two signatures")?;
            }
            Ok(())
        })?;
        self.settle()
    }
}

/// Why a part gets its answer: the deciding rules' words, or the person's.
fn reason_for(part: &lagrum_model::Part, by_person: bool, reason: &str) -> String {
    if by_person || part.finding.decided_by.is_empty() {
        return reason.to_owned();
    }
    let rules = part
        .finding
        .decided_by
        .iter()
        .map(|rule| format!("{} ({})", rule.says, rule.cite));
    rules.collect::<Vec<_>>().join(" ")
}

/// To whom the answer is sealed. A key that was exchanged through a checked channel counts before
/// one that stands in the demand, and must not contradict it.
fn recipient(id: &CaseId, case: &Case, known: &Authorities) -> Result<Recipient, DeskError> {
    let wrong = |why: &str| DeskError::Wrong(format!("case {id}: recipient.key: {why}"));
    let demand = case
        .demand
        .as_ref()
        .ok_or_else(|| wrong("the demand is not described"))?;
    let checked = known
        .find(&demand.authority.name, demand.authority.country)
        .and_then(|authority| authority.recipient_key.as_ref());
    match (checked, &demand.recipient) {
        (Some(key), Some(asked)) if *key != asked.key => Err(wrong(
            "the demand names another key than the one that this authority gave through a checked channel; call the authority back",
        )),
        (Some(key), asked) => Ok(Recipient {
            name: asked
                .as_ref()
                .map_or(&demand.authority.name, |asked| &asked.name)
                .clone(),
            key: key.clone(),
        }),
        (None, Some(asked)) => Ok(asked.clone()),
        (None, None) => Err(wrong(
            "neither the demand nor the list of authorities has one; ask the authority for its age key (age1…)",
        )),
    }
}
