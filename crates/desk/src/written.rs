//! What people wrote in a case: the texts by whose words it is found.
//!
//! A privileged note is none of them: a search would tell those who may not read it which words stand in it.
//! What programs write (mandates, receipts, why an agent refused) is none either.

use lagrum_model::{
    Actor, Answer, Burden, CallBack, Contact, Demand, EarlierRequest, Event, EventKind, Issuer,
    Letter, Original, Ruling, Sha256Digest,
};

/// The texts, in the order of writing.
pub(crate) fn written(events: &[Event]) -> Vec<String> {
    let mut texts = Texts::default();
    for event in events {
        texts.event(event);
    }
    texts.0
}

/// The letters, by the digests of their texts; each once.
pub(crate) fn letters(events: &[Event]) -> Vec<Sha256Digest> {
    let mut letters = Vec::new();
    for event in events {
        if let EventKind::LetterSent { letter, .. } | EventKind::LetterWaits { letter } =
            &event.what
            && !letters.contains(&letter.sha256)
        {
            letters.push(letter.sha256);
        }
    }
    letters
}

/// Whether a person said why. Of everything else the program says it, in a word that it always uses.
fn has_own_reason(event: &Event) -> bool {
    matches!(event.actor, Actor::Person { .. })
        && matches!(
            event.what,
            EventKind::EmergencyJudged { .. }
                | EventKind::MilestoneRecorded { .. }
                | EventKind::Decided { .. }
                | EventKind::MandateRecalled { .. }
                | EventKind::HandedToGroup { .. }
                | EventKind::Linked { .. }
                | EventKind::Closed { .. }
                | EventKind::Reopened {}
                | EventKind::BurdenTakenBack { .. }
        )
}

#[derive(Default)]
struct Texts(Vec<String>);

impl Texts {
    fn add(&mut self, text: &str) {
        // The same reason stands beside what it is the reason of.
        if self.0.last().is_none_or(|last| last != text) {
            self.0.push(text.to_owned());
        }
    }

    fn some(&mut self, text: Option<&String>) {
        if let Some(text) = text {
            self.add(text);
        }
    }

    fn event(&mut self, event: &Event) {
        if has_own_reason(event) {
            self.add(&event.reason);
        }
        match &event.what {
            EventKind::Received { original } | EventKind::Attached { original } => {
                self.original(original);
            }
            EventKind::Described { demand } => self.demand(demand),
            EventKind::Authenticated { how, despite, .. } => {
                self.add(how);
                self.some(despite.as_ref());
            }
            EventKind::CalledBack { call } => self.call(call),
            EventKind::MilestoneRecorded { ruling, .. } => {
                let number = |ruling: &Ruling| ruling.case_number.clone();
                self.some(ruling.as_ref().and_then(number).as_ref());
            }
            EventKind::Decided { answers } => {
                for Answer { reason, .. } in answers {
                    self.add(reason);
                }
            }
            EventKind::Delivered { to, .. } => self.add(to),
            EventKind::Noted {
                text,
                privileged: false,
            }
            | EventKind::Asked { text }
            | EventKind::Missed { text } => self.add(text),
            EventKind::LetterSent { letter, .. } | EventKind::LetterWaits { letter } => {
                self.letter(letter);
            }
            EventKind::BurdenRecorded {
                burden: Burden::Work { firm, .. },
            } => self.some(firm.as_ref()),
            EventKind::Noted {
                privileged: true, ..
            }
            | EventKind::NoteSealed { .. }
            | EventKind::Unreadable { .. }
            | EventKind::EmergencyJudged { .. }
            | EventKind::Assessed { .. }
            | EventKind::MandateDrafted { .. }
            | EventKind::Approved { .. }
            | EventKind::Mandated { .. }
            | EventKind::Produced { .. }
            | EventKind::LookedUp { .. }
            | EventKind::Preserved { .. }
            | EventKind::Inquired { .. }
            | EventKind::InquiryAnswered { .. }
            | EventKind::InquiryRefused { .. }
            | EventKind::NotProduced { .. }
            | EventKind::MandateRecalled { .. }
            | EventKind::MandateLapsed { .. }
            | EventKind::Assigned { .. }
            | EventKind::HandedToGroup { .. }
            | EventKind::LetterNotSent { .. }
            | EventKind::Linked { .. }
            | EventKind::CardGiven { .. }
            | EventKind::Closed { .. }
            | EventKind::Reopened {}
            | EventKind::Fetched { .. }
            | EventKind::Viewed {}
            | EventKind::ReceiptConfirmed { .. }
            | EventKind::PassphraseTold { .. }
            | EventKind::PackageRemoved { .. }
            | EventKind::BurdenRecorded { .. }
            | EventKind::BurdenTakenBack { .. } => {}
        }
    }

    fn original(&mut self, original: &Original) {
        self.add(&original.file_name);
        self.some(original.arrival.from.as_ref());
        self.some(original.arrival.reference.as_ref());
    }

    fn call(&mut self, call: &CallBack) {
        self.add(&call.number);
        self.add(&call.answered_by);
    }

    fn letter(&mut self, letter: &Letter) {
        self.add(&letter.to);
        self.some(letter.account.as_ref().map(ToString::to_string).as_ref());
    }

    fn issuer(&mut self, issuer: Option<&Issuer>) {
        if let Some(issuer) = issuer {
            self.add(&issuer.name);
            self.some(issuer.reference.as_ref());
        }
    }

    fn contact(&mut self, contact: &Contact) {
        self.add(&contact.name);
        let more = [&contact.address, &contact.email, &contact.telephone];
        for text in more {
            self.some(text.as_ref());
        }
    }

    fn demand(&mut self, demand: &Demand) {
        self.add(&demand.reference);
        for name in &demand.originals {
            self.add(name);
        }
        let authority = &demand.authority;
        self.add(&authority.name);
        self.add(&authority.officer.name);
        self.add(&authority.officer.email);
        let instrument = &demand.instrument;
        self.add(&instrument.provision);
        self.issuer(Some(&instrument.issued_by));
        self.issuer(instrument.validated_by.as_ref());
        for signature in &instrument.signatures {
            self.add(&signature.name);
        }
        self.some(instrument.treaty.as_ref());
        self.add(&demand.addressee.entity);
        if let Some(offence) = &demand.offence {
            self.add(&offence.description);
            self.some(offence.provision.as_ref());
        }
        if let Some(emergency) = &demand.emergency {
            self.add(&emergency.facts);
        }
        if let Some(secrecy) = &demand.secrecy {
            self.add(&secrecy.provision);
            self.issuer(secrecy.issued_by.as_ref());
        }
        self.process(demand);
        for identifier in demand.identifiers() {
            self.add(&identifier.value());
        }
        self.some(demand.recipient.as_ref().map(|one| &one.name));
    }

    fn process(&mut self, demand: &Demand) {
        let process = &demand.process;
        for EarlierRequest {
            authority,
            reference,
            our_reference,
            ..
        } in &process.earlier_requests
        {
            self.add(authority);
            self.add(reference);
            self.some(our_reference.as_ref());
        }
        self.some(process.service.as_ref());
        self.some(process.preferred_format.as_ref());
        let named = process.contact.iter().chain(&process.notified);
        for contact in named.chain(&process.further_recipients) {
            self.contact(contact);
        }
    }
}

#[cfg(test)]
mod tests;
