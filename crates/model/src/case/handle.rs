//! Which command is possible in which case, one function for each.

use jiff::Timestamp;

use super::{
    Actor, Answer, CallBack, Case, CaseId, CaseState, Command, CounselOnly, Duty, EventKind, Lapse,
    Letter, LetterKind, Link, MandateRecord, NoLetter, Original, Production, Refusal, Role,
    SenderWarning, Taken,
};
use crate::{Assessment, Demand, LookedUp, Moment, ProviderFindings, Sha256Digest};

/// What a command makes happen: nothing, when it already happened.
type Happens = Result<Option<EventKind>, Refusal>;

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
                | Command::RecallMandate { .. }
                | Command::LapseMandate { .. }
                | Command::Note { .. }
                | Command::Link { .. }
                | Command::Close { .. }
                | Command::Reopen
                // What was handed over may be fetched after the case was closed.
                | Command::Fetch { .. }
                | Command::ConfirmReceipt { .. }
                | Command::ReportMissing { .. }
                // What the mail server did is done, whatever became of the case meanwhile.
                | Command::LetterTaken { .. }
                | Command::GiveLetterUp { .. }
        );
        // What lives on is worked on: letters come, people are handed it, things happen.
        let possible_while_duties_run = matches!(
            command,
            Command::Attach { .. }
                | Command::Assign { .. }
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
            Command::RecordMilestone { what, when } => self.record_milestone(actor, what, when),
            Command::Assess { assessment } => self.assess(assessment),
            Command::Decide { answers } => self.decide(answers),
            Command::DraftMandate {
                mandate,
                text,
                parts,
                answers,
            } => self.draft_mandate(mandate, text, parts, answers),
            Command::Assign { to } => Ok(self.assign(to)),
            Command::Note { text, privileged } => note(actor, text, privileged),
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
                answer,
            } => {
                let made = Production {
                    package,
                    items,
                    for_review,
                };
                self.record_production(mandate, made, answer)
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
            Command::RecallMandate { mandate, note } => self.recall_mandate(mandate, note),
            Command::LapseMandate { mandate, because } => self.lapse_mandate(mandate, because),
            Command::Deliver { package, to } => self.deliver(package, to),
            Command::Link { to, how } => Ok(self.link(to, how)),
            Command::Close { duties } => self.close(duties),
            Command::Reopen => Ok(self.closed.then_some(EventKind::Reopened {})),
            Command::Ask { text } => self.ask(text),
            Command::Fetch { package } => self
                .handed_over(package)
                .map(|()| Some(EventKind::Fetched { package })),
            Command::ConfirmReceipt { package } => self.confirm_receipt(package),
            Command::ReportMissing { text } => {
                said("text", &text).map(|()| Some(EventKind::Missed { text }))
            }
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

    fn record_milestone(&self, actor: &Actor, what: Moment, when: Timestamp) -> Happens {
        if what == Moment::EmergencyReviewed && !actor.is_counsel() {
            return Err(Refusal::OnlyCounsel {
                what: CounselOnly::EmergencyReview,
            });
        }
        if self.moments.all(what).contains(&when) {
            return Ok(None);
        }
        let mut moments = self.moments.clone();
        moments.add(what, when);
        moments.check()?;
        Ok(Some(EventKind::MilestoneRecorded { what, when }))
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

    fn draft_mandate(
        &self,
        mandate: Sha256Digest,
        text: String,
        parts: Vec<usize>,
        answers: Option<String>,
    ) -> Happens {
        self.check_draft(mandate, &text, &parts)?;
        if self.mandates.contains_key(&mandate) {
            return Ok(None);
        }
        Ok(Some(EventKind::MandateDrafted {
            mandate,
            text,
            parts,
            answers,
        }))
    }

    fn assign(&self, to: Option<String>) -> Option<EventKind> {
        (self.owner != to).then_some(EventKind::Assigned { to })
    }

    fn send_letter(&self, letter: Box<Letter>, at: Timestamp) -> Happens {
        if self.letters.iter().any(|sent| sent.letter == *letter) {
            return Ok(None);
        }
        self.can_send(&letter, at)?;
        Ok(Some(EventKind::LetterSent {
            letter,
            taken: None,
        }))
    }

    fn let_letter_wait(&self, letter: Box<Letter>, at: Timestamp) -> Happens {
        let sent = self.letters.iter().any(|sent| sent.letter == *letter);
        let waits = self
            .letters_waiting
            .iter()
            .any(|one| one.given_up.is_none() && one.letter == *letter);
        if sent || waits {
            return Ok(None);
        }
        self.can_send(&letter, at)?;
        Ok(Some(EventKind::LetterWaits { letter }))
    }

    fn letter_taken(&self, taken: Taken) -> Option<EventKind> {
        let waiting = self.letters_waiting.iter();
        let mut waiting = waiting.filter(|one| one.number == taken.waits);
        let letter = Box::new(waiting.next()?.letter.clone());
        Some(EventKind::LetterSent {
            letter,
            taken: Some(taken),
        })
    }

    fn give_letter_up(&self, waits: u64, why: String) -> Option<EventKind> {
        self.letter_waiting(waits)?;
        Some(EventKind::LetterNotSent { waits, why })
    }

    fn can_send(&self, letter: &Letter, at: Timestamp) -> Result<(), Refusal> {
        let kind = letter.kind;
        let no = |why| Refusal::NoLetter { kind, why };
        self.letter(kind, at).map_err(no)?;
        if letter.to.trim().is_empty() {
            return Err(Refusal::Empty { field: "to" });
        }
        if kind == LetterKind::Notice {
            let all = self.accounts_to_tell();
            let account = letter.account.as_ref();
            let account = account.filter(|one| all.contains(one));
            let account = account.ok_or_else(|| no(NoLetter::NoAccount))?;
            let waits = self
                .letters_waiting
                .iter()
                .any(|one| one.given_up.is_none() && one.letter.account.as_ref() == Some(account));
            if self.is_told(account) || waits {
                return Err(no(NoLetter::AlreadyTold));
            }
        }
        Ok(())
    }

    fn approve(
        &self,
        mandate: Sha256Digest,
        signer: String,
        role: Role,
        signature: String,
    ) -> Happens {
        let found = self.mandate(mandate)?;
        if found
            .approvals
            .iter()
            .any(|approval| approval.signer == signer && approval.signature == signature)
        {
            return Ok(None);
        }
        if found.is_released() {
            return Err(Refusal::AlreadyReleased);
        }
        if found.is_signed_by(&signer) {
            return Err(Refusal::AlreadySigned { signer });
        }
        Ok(Some(EventKind::Approved {
            mandate,
            signer,
            role,
            signature,
        }))
    }

    fn release(&self, mandate: Sha256Digest) -> Happens {
        let found = self.mandate(mandate)?;
        if found.is_released() {
            return Ok(None);
        }
        if found.approvals.len() < 2 {
            return Err(Refusal::SignatureMissing {
                have: found.approvals.len(),
            });
        }
        let counsel = |approval: &super::Approval| approval.role == Role::Counsel;
        if !found.approvals.iter().any(counsel) {
            return Err(Refusal::CounselMissing);
        }
        Ok(Some(EventKind::Mandated { mandate }))
    }

    fn record_production(
        &self,
        mandate: Sha256Digest,
        made: Production,
        answer: Option<String>,
    ) -> Happens {
        let found = self.mandate(mandate)?;
        match found.produced {
            Some(have) if have.package == made.package => return Ok(None),
            Some(_) => return Err(Refusal::OtherPackage),
            None if !found.is_released() => return Err(Refusal::NotReleased),
            None => {}
        }
        let Production {
            package,
            items,
            for_review,
        } = made;
        Ok(Some(EventKind::Produced {
            mandate,
            package,
            items,
            for_review,
            answer,
        }))
    }

    fn record_no_production(
        &self,
        mandate: Sha256Digest,
        why: String,
        answer: Option<String>,
    ) -> Happens {
        let found = self.mandate(mandate)?;
        if !found.is_released() {
            return Err(Refusal::NotReleased);
        }
        let known = found.not_produced.as_ref() == Some(&why)
            && (answer.is_none() || found.refusal == answer);
        if found.is_carried_out() || known {
            return Ok(None);
        }
        Ok(Some(EventKind::NotProduced {
            mandate,
            why,
            answer,
        }))
    }

    fn record_look_up(
        &self,
        mandate: Sha256Digest,
        found: Vec<LookedUp>,
        answer: String,
    ) -> Happens {
        let record = self.mandate(mandate)?;
        if record.looked_up.as_ref() == Some(&found) {
            return Ok(None);
        }
        if record.is_carried_out() {
            return Err(Refusal::OtherPackage);
        }
        if !record.is_released() {
            return Err(Refusal::NotReleased);
        }
        Ok(Some(EventKind::LookedUp {
            mandate,
            found,
            answer,
        }))
    }

    fn recall_mandate(&self, mandate: Sha256Digest, note: String) -> Happens {
        let found = self.mandate(mandate)?;
        if !found.is_released() {
            return Err(Refusal::NotReleased);
        }
        if found.is_carried_out() {
            return Err(Refusal::CarriedOut);
        }
        Ok((!found.recalled).then_some(EventKind::MandateRecalled { mandate, note }))
    }

    fn lapse_mandate(&self, mandate: Sha256Digest, because: Lapse) -> Happens {
        let found = self.mandate(mandate)?;
        if found.is_carried_out() {
            return Err(Refusal::CarriedOut);
        }
        // A recall that nobody answered may have come too late.
        let answered = found.recalled && found.not_produced.is_some();
        if because == (Lapse::Recalled {}) && !answered {
            return Err(Refusal::WithAgent);
        }
        Ok((found.lapsed.is_none()).then_some(EventKind::MandateLapsed { mandate, because }))
    }

    fn deliver(&self, package: Sha256Digest, to: String) -> Happens {
        let of = |made: &Production| made.package == package;
        let found = self
            .mandates
            .values()
            .find(|mandate| mandate.produced.as_ref().is_some_and(of));
        match found {
            None => Err(Refusal::NoSuchPackage),
            Some(mandate) if mandate.delivered_to.is_some() => Ok(None),
            Some(mandate) if self.is_undone(mandate) => Err(Refusal::DecidedOtherwise),
            Some(mandate) => match self.barred_by(mandate) {
                Some(by) => Err(Refusal::barred(by)),
                None => Ok(Some(EventKind::Delivered { package, to })),
            },
        }
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

fn note(actor: &Actor, text: String, privileged: bool) -> Happens {
    said("text", &text)?;
    if privileged && !actor.is_counsel() {
        return Err(Refusal::OnlyCounsel {
            what: CounselOnly::PrivilegedNote,
        });
    }
    Ok(Some(EventKind::Noted { text, privileged }))
}
