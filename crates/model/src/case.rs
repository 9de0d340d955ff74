//! The case: command in, events out.

mod check;
mod command;
mod event;
mod fold;
mod state;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp;

pub use command::{Command, Refusal};
pub use event::{Actor, Answer, CaseId, Event, EventKind, Role};
pub use state::{CaseState, MandateState};

use crate::{
    Assessment, Basis, Category, Demand, Disposition, Moment, Moments, Notification, Sha256Digest,
};

/// A case, folded from its events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// Number of events so far.
    pub events: u64,
    /// When it was received (UTC).
    pub received_at: Option<Timestamp>,
    /// The original files: name and SHA-256.
    pub originals: Vec<(String, Sha256Digest)>,
    /// Why the original could not be read, if it could not.
    pub unreadable: Option<String>,
    /// The description.
    pub demand: Option<Demand>,
    /// Whether it is genuine, and how that was found out.
    pub authenticated: Option<(bool, String)>,
    /// Whether the provider believes in a claimed danger.
    pub emergency_believed: bool,
    /// The law applied.
    pub assessment: Option<Assessment>,
    /// The answer for each part, in the order of the assessment's parts; a part that waits has none.
    /// Empty: not decided.
    pub answers: Vec<Answer>,
    /// The mandates, by the SHA-256 of their text.
    pub mandates: BTreeMap<Sha256Digest, MandateState>,
    /// What happened to the demand, as far as it is recorded: its receipt, the handing over, and
    /// what people recorded.
    pub moments: Moments,
    /// Whether it is closed.
    pub closed: bool,
}

impl Case {
    /// Folds `events` into a case.
    #[must_use]
    pub fn from_events<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut case = Self::default();
        for event in events {
            case.apply(event);
        }
        case
    }

    /// The demand as it stands: what it says, and what the enforcing authority did since, which goes
    /// before what the certificate said of it. Absent while it is not described.
    #[must_use]
    pub fn demand_now(&self) -> Option<Demand> {
        let mut demand = self.demand.clone()?;
        if self.moments.first(Moment::Refused).is_some() {
            demand.instrument.notification = Some(Notification::Refused);
        } else if self.moments.first(Moment::Cleared).is_some() {
            demand.instrument.notification = Some(Notification::Cleared);
        }
        Some(demand)
    }

    /// The facts of the demand as it stands, for the law, with what the provider found. Absent while
    /// it is not described.
    #[must_use]
    pub fn basis(&self) -> Option<Basis> {
        let verified = matches!(self.authenticated, Some((true, _)));
        Some(self.demand_now()?.basis(verified, self.emergency_believed))
    }

    /// The parts that have no answer yet, though the demand is decided: they wait.
    pub fn waiting(&self) -> impl Iterator<Item = usize> {
        let parts = match &self.assessment {
            Some(assessment) if !self.answers.is_empty() => assessment.parts.len(),
            _ => 0,
        };
        (0..parts).filter(|part| self.answers.iter().all(|answer| answer.part != *part))
    }

    /// Whether a mandate is on its way: then what is answered so far is fixed.
    fn is_released(&self) -> bool {
        self.mandates.values().any(|mandate| mandate.released)
    }

    /// Whether the answer for a part can be taken back no more.
    #[must_use]
    pub fn is_fixed(&self, part: usize) -> bool {
        self.is_released() && self.answers.iter().any(|answer| answer.part == part)
    }

    /// Whether a mandate must not be carried out or its package handed over any more: the notified
    /// authority refused, and it is of traffic data or content (Articles 8(1) and 12(2) of
    /// Regulation (EU) 2023/1543).
    #[must_use]
    pub fn is_barred(&self, mandate: &MandateState) -> bool {
        let notified = |part: &usize| {
            self.assessment
                .as_ref()
                .and_then(|assessment| assessment.parts.get(*part))
                .is_none_or(|part| matches!(part.category, Category::Traffic | Category::Content))
        };
        self.moments.first(Moment::Refused).is_some() && mandate.parts.iter().any(notified)
    }

    /// Where the case stands.
    #[must_use]
    pub fn state(&self) -> CaseState {
        if self.closed {
            return CaseState::Closed;
        }
        if !self.answers.is_empty() {
            let of = |mandate: &MandateState| match mandate {
                MandateState {
                    delivered_to: Some(_),
                    ..
                } => CaseState::Delivered,
                MandateState {
                    produced: Some(_), ..
                } => CaseState::Produced,
                MandateState {
                    not_produced: Some(_),
                    ..
                } => CaseState::NotProduced,
                MandateState { released: true, .. } => CaseState::Mandated,
                MandateState { approvals, .. } if !approvals.is_empty() => {
                    CaseState::PartlyApproved
                }
                _ => CaseState::Decided,
            };
            let waits = self.waiting().next().is_some();
            let rest = if waits {
                CaseState::Waiting
            } else {
                CaseState::Decided
            };
            let furthest_behind = self.mandates.values().map(of).min().unwrap_or(rest);
            return match furthest_behind {
                CaseState::Delivered => rest.max(CaseState::Delivered),
                other => other,
            };
        }
        match (&self.assessment, &self.authenticated, &self.demand) {
            (Some(_), _, _) => CaseState::Assessed,
            (None, Some((true, _)), _) => CaseState::Authenticated,
            (None, Some((false, _)), _) => CaseState::NotAuthenticated,
            (None, None, Some(_)) => CaseState::Described,
            (None, None, None) => CaseState::Received,
        }
    }

    /// Decides whether `command` is possible, and what it makes happen. An empty answer means that
    /// it already happened.
    ///
    /// # Errors
    /// [`Refusal`], with the rule and what has to come first.
    pub fn handle(&self, command: Command) -> Result<Vec<EventKind>, Refusal> {
        let not_now = |rule| Refusal::NotNow {
            state: self.state().as_str(),
            rule,
        };
        let open = |rule| {
            if self.closed {
                Err(not_now(rule))
            } else {
                Ok(())
            }
        };
        if self.events == 0 && !matches!(command, Command::Receive { .. }) {
            return Err(not_now("the demand's bytes are taken in first"));
        }
        let event = match command {
            Command::Receive {
                file_name,
                sha256,
                length,
            } => {
                if self.events > 0 {
                    return Err(not_now("a case is received once"));
                }
                EventKind::Received {
                    file_name,
                    sha256,
                    length,
                }
            }
            Command::Attach {
                file_name,
                sha256,
                length,
            } => {
                open("files are attached to an open case")?;
                if self.originals.iter().any(|(_, have)| *have == sha256) {
                    return Ok(vec![]);
                }
                EventKind::Attached {
                    file_name,
                    sha256,
                    length,
                }
            }
            Command::RecordUnreadable { why } => {
                if self.demand.is_some() || self.unreadable.is_some() {
                    return Ok(vec![]);
                }
                EventKind::Unreadable { why }
            }
            Command::Describe { demand } => {
                open("a closed case keeps its description")?;
                if self.demand.as_ref() == Some(&*demand) {
                    return Ok(vec![]);
                }
                if !self.answers.is_empty() {
                    return Err(not_now(
                        "the description is fixed once the demand is decided",
                    ));
                }
                EventKind::Described { demand }
            }
            Command::Authenticate { verified, how } => {
                open("a closed case is not authenticated again")?;
                if self.demand.is_none() {
                    return Err(not_now("describe the demand first"));
                }
                if !self.answers.is_empty() {
                    return Err(not_now("a demand is authenticated before it is decided"));
                }
                if how.trim().is_empty() {
                    return Err(Refusal::Against("say how the sender was checked".into()));
                }
                EventKind::Authenticated { verified, how }
            }
            Command::JudgeEmergency { believed } => {
                open("a closed case is not judged again")?;
                let claimed = self
                    .demand
                    .as_ref()
                    .is_some_and(|demand| demand.emergency.is_some());
                if !claimed {
                    return Err(Refusal::Against("the demand claims no emergency".into()));
                }
                if !self.answers.is_empty() {
                    return Err(not_now(
                        "an emergency is judged before the demand is decided",
                    ));
                }
                EventKind::EmergencyJudged { believed }
            }
            Command::Happen { what, when } => {
                open("nothing is recorded in a closed case")?;
                if self.moments.all(what).contains(&when) {
                    return Ok(vec![]);
                }
                let mut moments = self.moments.clone();
                moments.add(what, when);
                moments
                    .check()
                    .map_err(|why| Refusal::Against(why.to_string()))?;
                EventKind::Happened { what, when }
            }
            Command::Assess { assessment } => {
                open("a closed case is not assessed again")?;
                if self.authenticated.is_none() {
                    return Err(not_now(
                        "say first whether the demand is genuine (`lagrum authenticate`)",
                    ));
                }
                if !self.answers.is_empty() {
                    if self.waiting().next().is_none() {
                        return Err(not_now("the demand is already decided"));
                    }
                    self.check_same_parts(&assessment)?;
                }
                if self.assessment.as_ref() == Some(&*assessment) {
                    return Ok(vec![]);
                }
                EventKind::Assessed { assessment }
            }
            Command::Decide { answers } => {
                open("a closed case is not decided again")?;
                self.check_answers(&answers)?;
                EventKind::Decided { answers }
            }
            Command::DraftMandate {
                mandate,
                text,
                parts,
            } => {
                open("a closed case gets no mandate")?;
                self.check_draft(mandate, &text, &parts)?;
                if self.mandates.contains_key(&mandate) {
                    return Ok(vec![]);
                }
                EventKind::MandateDrafted {
                    mandate,
                    text,
                    parts,
                }
            }
            Command::Approve {
                mandate,
                signer,
                role,
                signature,
            } => {
                open("nothing is signed in a closed case")?;
                let found = self.mandate(mandate)?;
                if found.released {
                    return Err(not_now("this mandate already bears two signatures"));
                }
                if found.approvals.iter().any(|(name, _, _)| *name == signer) {
                    return Err(Refusal::Against(format!(
                        "{signer} already signed this mandate; the second signature is another person's"
                    )));
                }
                EventKind::Approved {
                    mandate,
                    signer,
                    role,
                    signature,
                }
            }
            Command::Mandate { mandate } => {
                open("no mandate leaves a closed case")?;
                let found = self.mandate(mandate)?;
                if found.released {
                    return Ok(vec![]);
                }
                if found.approvals.len() < 2 {
                    return Err(not_now("a mandate needs the signatures of two people"));
                }
                if !found
                    .approvals
                    .iter()
                    .any(|(_, role, _)| *role == Role::Counsel)
                {
                    return Err(not_now("one of the two signatures is counsel's"));
                }
                EventKind::Mandated { mandate }
            }
            Command::RecordProduction {
                mandate,
                package,
                items,
                for_review,
            } => {
                let found = self.mandate(mandate)?;
                match found.produced {
                    Some((have, _, _)) if have == package => return Ok(vec![]),
                    Some(_) => {
                        return Err(Refusal::Against(
                            "this mandate was already carried out; a second package is not accepted"
                                .into(),
                        ));
                    }
                    None if !found.released => {
                        return Err(not_now("a mandate is released before it is carried out"));
                    }
                    None => EventKind::Produced {
                        mandate,
                        package,
                        items,
                        for_review,
                    },
                }
            }
            Command::RecordNoProduction { mandate, why } => {
                let found = self.mandate(mandate)?;
                if found.produced.is_some() || found.not_produced.as_ref() == Some(&why) {
                    return Ok(vec![]);
                }
                EventKind::NotProduced { mandate, why }
            }
            Command::Deliver { package, to } => {
                let found = self
                    .mandates
                    .values()
                    .find(|mandate| mandate.produced.is_some_and(|(have, _, _)| have == package));
                match found {
                    None => return Err(not_now("this package is no production of this case")),
                    Some(mandate) if mandate.delivered_to.is_some() => return Ok(vec![]),
                    Some(mandate) if self.is_barred(mandate) => {
                        return Err(not_now(
                            "the notified authority refused: nothing is handed over (Article 12(2) of Regulation (EU) 2023/1543)",
                        ));
                    }
                    Some(_) => EventKind::Delivered { package, to },
                }
            }
            Command::Close => {
                if self.closed {
                    return Ok(vec![]);
                }
                if self.answers.is_empty() && self.unreadable.is_none() {
                    return Err(not_now(
                        "a demand is answered, part by part, before it is closed",
                    ));
                }
                if self.waiting().next().is_some() {
                    return Err(not_now(
                        "a part waits; answer it when what it waits for has happened, or more strictly",
                    ));
                }
                for state in self
                    .mandates
                    .values()
                    .filter(|state| !self.is_barred(state))
                {
                    if state.produced.is_some() && state.delivered_to.is_none() {
                        return Err(not_now(
                            "a package waits to be handed over (`lagrum deliver`)",
                        ));
                    }
                    if state.produced.is_none() && state.not_produced.is_none() {
                        return Err(not_now(if state.released {
                            "an agent still has a mandate of this case"
                        } else {
                            "something was decided to be produced; have it signed and carried out, or decide again"
                        }));
                    }
                }
                EventKind::Closed
            }
        };
        Ok(vec![event])
    }

    /// The dispositions that were decided, each once, in the order of [`Disposition`].
    #[must_use]
    pub fn dispositions(&self) -> Vec<Disposition> {
        let mut all: Vec<_> = self
            .answers
            .iter()
            .map(|answer| answer.disposition)
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
