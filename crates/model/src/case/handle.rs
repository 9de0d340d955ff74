//! Which command is possible in which case, one function for each.

mod burden;
mod happens;
mod inquiries;
mod letters;
mod mandates;

use jiff::Timestamp;

use self::burden::record_burden;
use self::happens::Happens;
use super::{
    Actor, Answer, CallBack, Case, CaseId, CaseState, Command, CounselOnly, Duty, EventKind, Link,
    MandateRecord, Original, Production, Refusal, Ruling, SealedNote, SenderWarning,
};
use crate::{Assessment, Demand, Moment, ProviderFindings, Sha256Digest};

impl Case {
    /// Decides whether `actor` can give `command` now, and what it makes happen. An empty answer
    /// means that it already happened.
    ///
    /// # Errors
    /// [`Refusal`], with the fact that stands in the way.
    pub fn handle(&self, actor: &Actor, command: Command) -> Result<Vec<EventKind>, Refusal> {
        if self.events == 0 && !matches!(command, Command::Receive { .. }) {
            return Err(Refusal::NothingReceived);
        }
        let possible_when_closed = matches!(
            command,
            Command::Receive { .. }
                | Command::RecordUnreadable { .. }
                | Command::RecordProduction { .. }
                | Command::RecordNoProduction { .. }
                | Command::RecordLookUp { .. }
                | Command::RecordPreservation { .. }
                | Command::AnswerInquiry { .. }
                | Command::RefuseInquiry { .. }
                | Command::RecallMandate { .. }
                | Command::LapseMandate { .. }
                | Command::Note { .. }
                | Command::SealNote { .. }
                // A bill comes late, and so does what is paid back.
                | Command::RecordBurden { .. }
                | Command::TakeBurdenBack { .. }
                | Command::Link { .. }
                | Command::Close { .. }
                | Command::Reopen
                // What was handed over may be fetched after the case was closed.
                | Command::Fetch { .. }
                | Command::ConfirmReceipt { .. }
                | Command::ReportMissing { .. }
                | Command::View
                | Command::TellPassphrase { .. }
                | Command::RecordRemoval { .. }
                // What the mail server did is done, whatever became of the case meanwhile.
                | Command::LetterTaken { .. }
                | Command::GiveLetterUp { .. }
        );
        // What lives on is worked on: letters come, people are handed it, things happen.
        let possible_while_duties_run = matches!(
            command,
            Command::Attach { .. }
                | Command::Assign { .. }
                | Command::HandToGroup { .. }
                | Command::RecordMilestone { .. }
                | Command::SendLetter { .. }
                | Command::LetLetterWait { .. }
        );
        let possible = match self.state() {
            CaseState::Closed => possible_when_closed,
            CaseState::DutiesRun => possible_when_closed || possible_while_duties_run,
            _ => true,
        };
        if !possible {
            return Err(Refusal::Closed);
        }
        let event = match command {
            Command::Receive { original } => self.receive(original),
            Command::Attach { original } => Ok(self.attach(original)),
            Command::RecordUnreadable { why } => Ok(self.record_unreadable(why)),
            Command::Describe { demand } => self.describe(actor, demand),
            Command::Authenticate {
                verified,
                how,
                warnings,
                despite,
            } => self.authenticate(verified, how, warnings, despite),
            Command::CallBack { call } => self.call_back(call),
            Command::JudgeEmergency { believed } => self.judge_emergency(actor, believed),
            Command::RecordMilestone { what, when, ruling } => {
                self.record_milestone(actor, what, when, ruling)
            }
            Command::Assess { assessment } => self.assess(assessment),
            Command::Decide { answers } => self.decide(answers),
            Command::DraftMandate {
                mandate,
                text,
                parts,
                answers,
            } => self.draft_mandate(mandate, text, parts, answers),
            Command::Assign { to } => Ok(self.assign(to)),
            Command::HandToGroup { group } => Ok(self.hand_to_group(group)),
            Command::Note { text } => note(text),
            Command::SealNote { sealed } => seal_note(actor, sealed),
            Command::SendLetter { letter, at } => self.send_letter(letter, at),
            Command::LetLetterWait { letter, at } => self.let_letter_wait(letter, at),
            Command::LetterTaken { taken } => Ok(self.letter_taken(taken)),
            Command::GiveLetterUp { waits, why } => Ok(self.give_letter_up(waits, why)),
            Command::Approve {
                mandate,
                signer,
                role,
                signature,
            } => self.approve(mandate, signer, role, signature),
            Command::Mandate { mandate } => self.release(mandate),
            Command::RecordProduction {
                mandate,
                package,
                items,
                for_review,
                searched,
                answer,
            } => {
                let made = Production {
                    package,
                    items,
                    for_review,
                };
                self.record_production(mandate, made, searched, answer)
            }
            Command::RecordNoProduction {
                mandate,
                why,
                answer,
            } => self.record_no_production(mandate, why, answer),
            Command::RecordLookUp {
                mandate,
                found,
                answer,
            } => self.record_look_up(mandate, found, answer),
            Command::RecordPreservation {
                mandate,
                kept,
                answer,
            } => self.record_preservation(mandate, kept, answer),
            Command::Inquire {
                inquiry,
                region,
                note,
            } => self.inquire(inquiry, region, note),
            Command::AnswerInquiry {
                inquiry,
                accounts,
                answer,
            } => self.answer_inquiry(inquiry, accounts, answer),
            Command::RefuseInquiry {
                inquiry,
                why,
                answer,
            } => self.refuse_inquiry(inquiry, why, answer),
            Command::RecallMandate { mandate, note } => self.recall_mandate(mandate, note),
            Command::LapseMandate { mandate, because } => self.lapse_mandate(mandate, because),
            Command::Deliver { package, to } => self.deliver(package, to),
            Command::RecordRemoval { package, certain } => self.record_removal(package, certain),
            Command::Link { to, how } => Ok(self.link(to, how)),
            Command::Close { duties } => self.close(duties),
            Command::Reopen => Ok(self.closed.then_some(EventKind::Reopened {})),
            Command::Ask { text } => self.ask(text),
            Command::Fetch { package } => self
                .handed_over(package)
                .map(|()| Some(EventKind::Fetched { package })),
            Command::ConfirmReceipt { package } => self.confirm_receipt(package),
            Command::RecordBurden { burden } => record_burden(burden),
            Command::TakeBurdenBack { entry } => self.take_burden_back(entry),
            Command::TellPassphrase { mandate } => self.tell_passphrase(mandate),
            Command::ReportMissing { text } => {
                said("text", &text).map(|()| Some(EventKind::Missed { text }))
            }
            Command::View => viewed(actor),
        };
        Ok(event?.into_iter().collect())
    }

    fn receive(&self, original: Original) -> Happens {
        if self.events > 0 {
            return Err(Refusal::AlreadyReceived);
        }
        Ok(Some(EventKind::Received { original }))
    }

    fn attach(&self, original: Original) -> Option<EventKind> {
        let there = self
            .originals
            .iter()
            .any(|have| have.sha256 == original.sha256);
        (!there).then_some(EventKind::Attached { original })
    }

    fn record_unreadable(&self, why: String) -> Option<EventKind> {
        let needless = self.demand.is_some() || self.unreadable.is_some();
        (!needless).then_some(EventKind::Unreadable { why })
    }

    /// The provider's own findings are counsel's to state: in a file that came from an authority they
    /// would be its own words about itself.
    fn describe(&self, actor: &Actor, demand: Box<Demand>) -> Happens {
        if self.demand.as_ref() == Some(&*demand) {
            return Ok(None);
        }
        // What two people signed and released was signed of this description.
        if self.is_released() {
            return Err(Refusal::DescriptionFixed);
        }
        let known = self.demand.as_ref().map(|demand| demand.findings);
        let stated = demand.findings != ProviderFindings::default();
        if stated && known != Some(demand.findings) && !actor.is_counsel() {
            return Err(Refusal::OnlyCounsel {
                what: CounselOnly::Findings,
            });
        }
        Ok(Some(EventKind::Described { demand }))
    }

    fn authenticate(
        &self,
        verified: bool,
        how: String,
        warnings: Vec<SenderWarning>,
        despite: Option<String>,
    ) -> Happens {
        if self.demand.is_none() {
            return Err(Refusal::NotDescribed);
        }
        if !self.answers.is_empty() {
            return Err(Refusal::AlreadyDecided);
        }
        if how.trim().is_empty() {
            return Err(Refusal::Empty { field: "how" });
        }
        let answered = despite.as_ref().is_some_and(|why| !why.trim().is_empty());
        if verified && !warnings.is_empty() && !answered {
            return Err(Refusal::SenderWarnings { warnings });
        }
        Ok(Some(EventKind::Authenticated {
            verified,
            how,
            warnings,
            despite,
        }))
    }

    fn call_back(&self, call: CallBack) -> Happens {
        if self.demand.is_none() {
            return Err(Refusal::NotDescribed);
        }
        for (field, text) in [("number", &call.number), ("answered-by", &call.answered_by)] {
            if text.trim().is_empty() {
                return Err(Refusal::Empty { field });
            }
        }
        let again = self.call_backs.iter().any(|made| made.call == call);
        Ok((!again).then_some(EventKind::CalledBack { call }))
    }

    fn judge_emergency(&self, actor: &Actor, believed: bool) -> Happens {
        if !actor.is_counsel() {
            return Err(Refusal::OnlyCounsel {
                what: CounselOnly::EmergencyBelief,
            });
        }
        let claimed = self
            .demand
            .as_ref()
            .is_some_and(|demand| demand.emergency.is_some());
        if !claimed {
            return Err(Refusal::NoEmergencyClaimed);
        }
        if !self.answers.is_empty() {
            return Err(Refusal::AlreadyDecided);
        }
        Ok(Some(EventKind::EmergencyJudged { believed }))
    }

    fn record_milestone(
        &self,
        actor: &Actor,
        what: Moment,
        when: Timestamp,
        ruling: Option<Ruling>,
    ) -> Happens {
        if ruling.is_some() && !what.is_a_ruling() {
            return Err(Refusal::NoRuling { what });
        }
        if let Some(what) = CounselOnly::of(what).filter(|_| !actor.is_counsel()) {
            return Err(Refusal::OnlyCounsel { what });
        }
        let known = match what {
            Moment::SecrecyUntil => {
                let secrecy = self
                    .demand
                    .as_ref()
                    .and_then(|demand| demand.secrecy.as_ref());
                secrecy.ok_or(Refusal::NoSecrecy)?.until == Some(when)
            }
            _ => self.moments.all(what).contains(&when),
        };
        if known && !self.adds_how_it_went(what, when, ruling.as_ref()) {
            return Ok(None);
        }
        let mut moments = self.moments.clone();
        moments.add(what, when);
        moments.check()?;
        Ok(Some(EventKind::MilestoneRecorded { what, when, ruling }))
    }

    fn assess(&self, assessment: Box<Assessment>) -> Happens {
        if self.authenticated.is_none() {
            return Err(Refusal::NotAuthenticated);
        }
        if self.is_assessed_anew() {
            // A decision is not undone by an assessment that says the same.
            let before = self.assessment.as_ref();
            if before.is_some_and(|before| before.parts == assessment.parts) {
                return Err(Refusal::NothingPending);
            }
        } else if !self.answers.is_empty() {
            if self.waiting().next().is_none() && self.reopened().next().is_none() {
                return Err(Refusal::NothingPending);
            }
            self.check_same_parts(&assessment)?;
        }
        if self.assessment.as_ref() == Some(&*assessment) {
            return Ok(None);
        }
        Ok(Some(EventKind::Assessed { assessment }))
    }

    fn decide(&self, answers: Vec<Answer>) -> Happens {
        self.check_answers(&answers)?;
        Ok(Some(EventKind::Decided { answers }))
    }

    fn assign(&self, to: Option<String>) -> Option<EventKind> {
        (self.owner != to).then_some(EventKind::Assigned { to })
    }

    fn hand_to_group(&self, group: String) -> Option<EventKind> {
        (self.group.as_deref() != Some(group.as_str()))
            .then_some(EventKind::HandedToGroup { group })
    }

    /// Nobody reads a question in a case that did not come through the door.
    fn ask(&self, text: String) -> Happens {
        said("text", &text)?;
        if self.sent_by.is_none() {
            return Err(Refusal::NotFromTheDoor);
        }
        Ok(Some(EventKind::Asked { text }))
    }

    fn handed_over(&self, package: Sha256Digest) -> Result<(), Refusal> {
        let it = |one: &MandateRecord| {
            one.delivered_to.is_some() && one.produced.is_some_and(|made| made.package == package)
        };
        match self.mandates.values().any(it) {
            true => Ok(()),
            false => Err(Refusal::NoSuchPackage),
        }
    }

    fn confirm_receipt(&self, package: Sha256Digest) -> Happens {
        self.handed_over(package)?;
        let confirmed = self.confirmed.contains(&package);
        Ok((!confirmed).then_some(EventKind::ReceiptConfirmed { package }))
    }

    fn link(&self, to: CaseId, how: Link) -> Option<EventKind> {
        let there = self.links.contains(&(to.clone(), how));
        (!there).then_some(EventKind::Linked { to, how })
    }

    fn close(&self, duties: Vec<Duty>) -> Happens {
        if self.closed && self.duties == duties {
            return Ok(None);
        }
        let left_out: Vec<_> = self
            .own_duties()
            .into_iter()
            .filter(|duty| !duties.contains(duty))
            .collect();
        if !left_out.is_empty() {
            return Err(Refusal::DutiesRun { duties: left_out });
        }
        let closed = || {
            Ok(Some(EventKind::Closed {
                duties: duties.clone(),
            }))
        };
        if self.closed
            || self.answered_in().is_some() && !self.mandates.values().any(|one| self.counts(one))
        {
            return closed();
        }
        if self.answers.is_empty() && self.unreadable.is_none() {
            return Err(Refusal::NotAnswered);
        }
        let parts: Vec<_> = self.waiting().collect();
        if !parts.is_empty() {
            return Err(Refusal::PartsPending { parts });
        }
        for mandate in self
            .mandates
            .values()
            .filter(|m| !self.is_barred(m) && self.counts(m))
        {
            if mandate.produced.is_some() && mandate.delivered_to.is_none() {
                return Err(Refusal::NotDelivered);
            }
            if !mandate.is_carried_out() && mandate.not_produced.is_none() {
                return Err(if mandate.is_released() {
                    Refusal::WithAgent
                } else {
                    Refusal::NotSigned
                });
            }
        }
        closed()
    }
}

fn said(field: &'static str, text: &str) -> Result<(), Refusal> {
    match text.trim().is_empty() {
        true => Err(Refusal::Empty { field }),
        false => Ok(()),
    }
}

/// That somebody of the desk looked is no event: whoever works a case reads it all day.
fn viewed(actor: &Actor) -> Happens {
    match actor {
        Actor::Officer { .. } => Ok(Some(EventKind::Viewed {})),
        _ => Err(Refusal::OnlyOfficer),
    }
}

fn note(text: String) -> Happens {
    said("text", &text)?;
    Ok(Some(EventKind::Noted {
        text,
        privileged: false,
    }))
}

fn seal_note(actor: &Actor, sealed: Box<SealedNote>) -> Happens {
    if !actor.is_counsel() {
        return Err(Refusal::OnlyCounsel {
            what: CounselOnly::PrivilegedNote,
        });
    }
    Ok(Some(EventKind::NoteSealed { sealed }))
}
