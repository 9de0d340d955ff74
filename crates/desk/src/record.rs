//! A case as it is read for being shown, decided, signed or handed over: its events are those of the
//! store and of the public log, and what people and agents signed in them is what they signed.

use std::collections::BTreeMap;

use lagrum_mandate::answer::{
    AccountsTold, Preserved, Receipt, Refusal as AgentRefusal, Resolution, SignedAnswer,
};
use lagrum_mandate::{Inquiry, Mandate, Person, Recall, Roster};
use lagrum_model::{
    Actor, Case, CaseId, Event, EventKind, Kept, Lapse, Part, PartSearched, Region, Role,
    Sha256Digest,
};
use lagrum_notes::{VerifyingKey, assemble, role, verify_note};

use crate::{CommandError, Desk, OpenError};

/// A case that was checked as it was read.
pub(crate) struct Checked {
    pub events: Vec<Event>,
    pub case: Case,
    /// Why its events could not be held against the public log, if they could not.
    pub uncompared: Option<String>,
}

/// Something signed that is not what it claims to be.
pub(crate) struct Unsound {
    /// In which event.
    pub event: u64,
    pub why: String,
}

/// What was found of the signatures in a case.
#[derive(Default)]
pub(crate) struct Signatures {
    /// How many fit.
    pub sound: u64,
    pub unsound: Vec<Unsound>,
    /// Answers of agents that this desk knows no more: nobody can say.
    pub unknown: Vec<Unsound>,
}

impl Desk {
    /// Reads a case, and checks all of it.
    pub(crate) fn record(&self, id: &CaseId) -> Result<Checked, CommandError> {
        let read = self.inner.store.record(id)?;
        self.check_signatures(id, &read.events)?;
        Ok(Checked {
            case: Case::from_events(&read.events),
            events: read.events,
            uncompared: read.uncompared,
        })
    }

    /// Refuses a case in which a signature is not what it claims to be.
    pub(crate) fn check_signatures(
        &self,
        id: &CaseId,
        events: &[Event],
    ) -> Result<(), CommandError> {
        match self.signatures(events)?.unsound.first() {
            None => Ok(()),
            Some(Unsound { event, why }) => Err(CommandError::Damaged(format!(
                "case {id} is damaged: event {event}: {why}"
            ))),
        }
    }

    /// Checks what people and agents signed in these events of one case.
    pub(crate) fn signatures(&self, events: &[Event]) -> Result<Signatures, OpenError> {
        let signed = |event: &Event| {
            matches!(
                event.what,
                EventKind::Approved { .. }
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
            )
        };
        // The roster is read only where somebody signed.
        if !events.iter().any(signed) {
            return Ok(Signatures::default());
        }
        let mut check = Check {
            desk: self,
            people: self.signatories()?,
            parts: &[],
            drafted: BTreeMap::new(),
            asked: BTreeMap::new(),
            found: Signatures::default(),
        };
        for event in events {
            if let Err(why) = check.event(event) {
                check.found.unsound.push(Unsound {
                    event: event.number,
                    why,
                });
            }
        }
        Ok(check.found)
    }

    /// Everybody whose signature in an event can be checked: who may sign now, and who once could.
    fn signatories(&self) -> Result<Vec<&Person>, OpenError> {
        let roster: &Roster = self.roster()?;
        Ok(roster.people().iter().chain(self.former()?).collect())
    }
}

/// A mandate as it was drafted, and who signed it.
struct Drafted<'e> {
    text: &'e str,
    /// The parts of the assessment that it carries out.
    parts: &'e [usize],
    signed_by: Vec<(&'e str, Role)>,
    /// Whether somebody recalled it, and whether its agent answered that.
    recalled: bool,
    heard: bool,
}

struct Check<'d, 'e> {
    desk: &'d Desk,
    people: Vec<&'d Person>,
    /// The parts as the law was applied to them last.
    parts: &'e [Part],
    drafted: BTreeMap<Sha256Digest, Drafted<'e>>,
    /// What agents were asked of accounts.
    asked: BTreeMap<Sha256Digest, Inquiry>,
    found: Signatures,
}

impl<'e> Check<'_, 'e> {
    fn event(&mut self, event: &'e Event) -> Result<(), String> {
        match &event.what {
            EventKind::Assessed { assessment } => self.parts = &assessment.parts,
            EventKind::MandateDrafted {
                mandate,
                text,
                parts,
                ..
            } => {
                if Sha256Digest::of(text.as_bytes()) != *mandate {
                    return Err("the text of the mandate is not the one of its digest".into());
                }
                let signed_by = Vec::new();
                let drafted = Drafted {
                    text,
                    parts,
                    signed_by,
                    recalled: false,
                    heard: false,
                };
                self.drafted.insert(*mandate, drafted);
            }
            EventKind::Approved {
                mandate,
                signer,
                role,
                signature,
            } => {
                let drafted = self.drafted.get_mut(mandate).ok_or("no such mandate")?;
                approval(&self.people, drafted.text, signer, *role, signature)?;
                drafted.signed_by.push((signer, *role));
                self.found.sound += 1;
            }
            EventKind::Mandated { mandate } => {
                let drafted = self.drafted.get(mandate).ok_or("no such mandate")?;
                let signed = &drafted.signed_by;
                let counsel = signed.iter().any(|(_, role)| *role == Role::Counsel);
                let (first, _) = signed.first().ok_or("nobody signed the mandate")?;
                if !counsel || signed.iter().all(|(name, _)| name == first) {
                    return Err("not two people signed the mandate, one of them counsel".into());
                }
            }
            EventKind::Produced {
                mandate,
                package,
                items,
                for_review,
                searched,
                answer,
            } => {
                let drafted = self.drafted.get(mandate).ok_or("no such mandate")?;
                let (of, parts) = (drafted.parts, self.parts);
                let says = |receipt: &Receipt, text: &Mandate| {
                    receipt.case == event.case
                        && receipt.mandate == *mandate
                        && receipt.sha256 == *package
                        && receipt.produced == *items
                        && receipt.for_review == *for_review
                        && *searched == of_each_part(receipt, text, of, parts)
                };
                self.answer(event, mandate, answer.as_deref(), says)?;
            }
            EventKind::LookedUp {
                mandate,
                found,
                answer,
            } => {
                let says = |said: &Resolution, _: &Mandate| {
                    said.case == event.case && said.mandate == *mandate && said.found == *found
                };
                self.answer(event, mandate, Some(answer), says)?;
            }
            EventKind::Preserved {
                mandate,
                kept,
                answer,
            } => {
                let says = |said: &Preserved, text: &Mandate| {
                    said.case == event.case
                        && said.mandate == *mandate
                        && said.kept == *kept
                        && answers_to(text, kept)
                };
                self.answer(event, mandate, Some(answer), says)?;
            }
            EventKind::NotProduced {
                mandate,
                why,
                answer,
            } => {
                let says = |refusal: &AgentRefusal, _: &Mandate| {
                    refusal.mandate == *mandate && refusal.why == *why
                };
                self.answer(event, mandate, answer.as_deref(), says)?;
                let heard = answer.as_deref().and_then(AgentRefusal::read_verified);
                if let Some(drafted) = self.drafted.get_mut(mandate) {
                    drafted.heard = heard.is_some_and(|refusal| refusal.recalled);
                }
            }
            EventKind::Inquired {
                inquiry,
                region,
                note,
            } => {
                let (asked, _) = Inquiry::signed_by(&self.people, note.as_bytes())
                    .map_err(|e| format!("the question: {e}"))?;
                let same = asked.digest() == *inquiry && asked.case == event.case;
                if !same || asked.region != *region {
                    return Err("the question is another than the event says".into());
                }
                self.asked.insert(*inquiry, asked);
                self.found.sound += 1;
            }
            EventKind::InquiryAnswered {
                inquiry,
                accounts,
                answer,
            } => {
                let asked = self.asked.get(inquiry).ok_or("no such question")?.clone();
                let region = asked.region.clone();
                self.signed(event, &region, Some(answer), |said: &AccountsTold| {
                    said.answers(&asked) && said.accounts == *accounts
                })?;
            }
            EventKind::InquiryRefused {
                inquiry,
                why,
                answer,
            } => {
                let asked = self.asked.get(inquiry).ok_or("no such question")?;
                let region = asked.region.clone();
                self.signed(event, &region, Some(answer), |said: &AgentRefusal| {
                    said.mandate == *inquiry && said.why == *why
                })?;
            }
            EventKind::MandateRecalled { mandate, note } => {
                let drafted = self.drafted.get_mut(mandate).ok_or("no such mandate")?;
                let (recall, _) = Recall::signed_by(&self.people, note.as_bytes())
                    .map_err(|e| format!("the recall: {e}"))?;
                if recall.case != event.case || recall.mandate != *mandate {
                    return Err("the recall is of another mandate than the event says".into());
                }
                drafted.recalled = true;
                self.found.sound += 1;
            }
            EventKind::MandateLapsed { mandate, because } => {
                let drafted = self.drafted.get(mandate).ok_or("no such mandate")?;
                let text = Mandate::parse(drafted.text).map_err(|e| format!("the mandate: {e}"))?;
                let lapsed = match because {
                    Lapse::Expired { at } => *at == text.expires_at && event.at >= *at,
                    Lapse::Recalled {} => drafted.recalled && drafted.heard,
                    Lapse::Needless {} => true,
                };
                if !lapsed {
                    return Err("the mandate did not lapse as the event says".into());
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Checks that the agent of the mandate's region signed what the event says.
    fn answer<A: SignedAnswer>(
        &mut self,
        event: &Event,
        mandate: &Sha256Digest,
        answer: Option<&str>,
        says: impl FnOnce(&A, &Mandate) -> bool,
    ) -> Result<(), String> {
        let drafted = self.drafted.get(mandate).ok_or("no such mandate")?;
        let mandate = Mandate::parse(drafted.text).map_err(|e| format!("the mandate: {e}"))?;
        let region = mandate.region.clone();
        self.signed(event, &region, answer, |signed| says(signed, &mandate))
    }

    /// Checks that the agent of a region signed what the event says.
    fn signed<A: SignedAnswer>(
        &mut self,
        event: &Event,
        region: &Region,
        answer: Option<&str>,
        says: impl FnOnce(&A) -> bool,
    ) -> Result<(), String> {
        if event.actor
            != (Actor::Agent {
                region: region.clone(),
            })
        {
            return Err(format!("{} answers a mandate for {region}", event.actor));
        }
        let answer = answer.ok_or("it holds no answer that an agent signed")?;
        let Ok(key) = self.desk.inner.transport.agent_key(region) else {
            self.found.unknown.push(Unsound {
                event: event.number,
                why: format!("this desk knows no agent of {region}, whose answer it holds"),
            });
            return Ok(());
        };
        let (signed, _) = A::verify(answer.as_bytes(), &[key])
            .map_err(|e| format!("the answer of the agent {region}: {e}"))?;
        if !says(&signed) {
            return Err(format!(
                "the agent {region} signed another answer than the event says"
            ));
        }
        self.found.sound += 1;
        Ok(())
    }
}

/// What a receipt says of each part that its mandate carries out.
pub(crate) fn of_each_part(
    receipt: &Receipt,
    mandate: &Mandate,
    of: &[usize],
    parts: &[Part],
) -> Vec<PartSearched> {
    let found = |place: &usize| {
        let part = parts.get(*place)?;
        let found = receipt.found_of(mandate, &part.named()?, part.category)?;
        Some(PartSearched {
            part: *place,
            found,
        })
    };
    of.iter().filter_map(found).collect()
}

/// Checks that this person signed this text in this role.
fn approval(
    people: &[&Person],
    text: &str,
    signer: &str,
    role: Role,
    line: &str,
) -> Result<(), String> {
    let theirs = people
        .iter()
        .filter(|person| person.name == signer && person.role == role);
    // One person may have had several keys.
    let keys: Vec<&VerifyingKey<role::Person>> = theirs.map(|person| &person.key).collect();
    if keys.is_empty() {
        return Err(format!(
            "a signature of {signer} ({role}), who is not on the roster; whoever signed once and does no more is named in the file `former` of desk.toml"
        ));
    }
    let note = assemble(text, &[line]);
    let mut refused = None;
    for key in keys {
        match verify_note(note.as_bytes(), &[key]) {
            Ok(_) => return Ok(()),
            Err(why) => refused = Some(why),
        }
    }
    let why = refused.map_or_else(String::new, |why| why.to_string());
    Err(format!("the signature of {signer} ({role}): {why}"))
}

/// Whether a mandate is one to preserve, and a copy that is kept under it is kept until the instant that it names. One
/// that is erased may have been kept for longer, under another.
pub(crate) fn answers_to(mandate: &Mandate, kept: &Kept) -> bool {
    let asked = mandate
        .recipient
        .kept()
        .filter(|_| mandate.look_up.is_none());
    asked.is_some_and(|asked| !kept.is_kept() || asked.until == kept.until)
}
