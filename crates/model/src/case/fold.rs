//! What each event makes of a case.

use super::{
    Actor, Answer, Approval, Authentication, BurdenEntry, CallBackMade, Case, Event, EventKind,
    LetterSent, LetterWaiting, MandateRecord, Note, PackageRemoved, Production, Recorded,
};
use crate::{
    AccountTold, Disposition, InquiryRecord, Moment, ProviderFindings, Sha256Digest, receipt,
};

impl Case {
    /// Adds what happened.
    pub fn apply(&mut self, event: &Event) {
        self.events = event.number;
        match &event.what {
            EventKind::Received { original } => {
                let arrived = original.arrival.at.unwrap_or(event.at);
                self.received_at = Some(receipt(arrived));
                self.moments.add(Moment::Received, arrived);
                if matches!(event.actor, Actor::Officer { .. }) {
                    self.sent_by = Some(event.actor.clone());
                }
                self.taken_in_by = Some(event.actor.clone());
                self.originals.push(original.clone());
            }
            EventKind::Attached { original } => {
                self.originals.push(original.clone());
                if matches!(event.actor, Actor::Officer { .. }) {
                    self.open_questions = 0;
                }
            }
            EventKind::Asked { .. } => self.open_questions += 1,
            EventKind::ReceiptConfirmed { package } => {
                self.confirmed.insert(*package);
            }
            EventKind::PassphraseTold { mandate } => {
                self.told.insert(*mandate, event.at);
            }
            EventKind::BurdenRecorded { burden } => self.burden.push(BurdenEntry {
                number: event.number,
                at: event.at,
                by: event.actor.clone(),
                burden: burden.clone(),
                what: event.reason.clone(),
                taken_back: None,
            }),
            EventKind::BurdenTakenBack { entry } => {
                let mut all = self.burden.iter_mut();
                if let Some(one) = all.find(|one| one.number == *entry) {
                    one.taken_back = Some(Recorded::of(event));
                }
            }
            EventKind::Fetched { .. } | EventKind::Missed { .. } | EventKind::Viewed {} => {}
            EventKind::Unreadable { why } => self.unreadable = Some(why.clone()),
            EventKind::Described { demand } => {
                let known = self.demand.as_ref().map(|demand| demand.findings);
                let none = ProviderFindings::default();
                if known.unwrap_or(none) != demand.findings {
                    self.findings_recorded = (demand.findings != none).then(|| Recorded::of(event));
                }
                self.demand = Some((**demand).clone());
                self.unreadable = None;
                // Whatever was found out about another description does not hold for this one.
                self.authenticated = None;
                self.call_backs.clear();
                self.emergency_believed = false;
                self.emergency_judged = None;
                self.assessment = None;
                self.answers.clear();
                self.mandates.clear();
            }
            EventKind::Authenticated {
                verified,
                how,
                warnings,
                despite,
            } => {
                self.authenticated = Some(Authentication {
                    verified: *verified,
                    how: how.clone(),
                    warnings: warnings.clone(),
                    despite: despite.clone(),
                    by: event.actor.clone(),
                    at: event.at,
                });
                self.assessment = None;
            }
            EventKind::CalledBack { call } => self.call_backs.push(CallBackMade {
                call: call.clone(),
                by: event.actor.clone(),
            }),
            EventKind::EmergencyJudged { believed } => {
                self.emergency_believed = *believed;
                self.emergency_judged = Some(Recorded::of(event));
                self.assessment = None;
            }
            EventKind::MilestoneRecorded { what, when, ruling } => {
                let before = self.basis();
                self.moments.add(*what, *when);
                if *what == Moment::PartlyRefused {
                    let drafted = self.mandates.values_mut();
                    drafted.for_each(|mandate| mandate.partly_refused_since = true);
                }
                self.ruled_or_appealed(event.number, (*what, *when), ruling.as_ref());
                // The same demand came earlier than it was known here.
                if *what == Moment::Received {
                    self.received_at = self.moments.first(Moment::Received);
                }
                let secrecy = self
                    .demand
                    .as_mut()
                    .and_then(|demand| demand.secrecy.as_mut());
                if let (Moment::SecrecyUntil, Some(secrecy)) = (*what, secrecy) {
                    secrecy.until = Some(*when);
                }
                let released = self.is_released();
                // What was found and decided on other facts holds no longer; what two people signed
                // and released cannot be undecided, only stopped; what is closed stays as it was
                // answered.
                if self.basis() != before && !released && !self.closed {
                    self.assessment = None;
                    self.answers.clear();
                    self.mandates.retain(|_, one| one.is_released());
                }
            }
            EventKind::Assessed { assessment } if self.is_assessed_anew() => {
                self.assessment = Some((**assessment).clone());
                self.answers.clear();
                self.mandates.retain(|_, one| one.is_released());
            }
            EventKind::Assessed { assessment } => {
                let mut assessment = (**assessment).clone();
                // What was found of the parts that are answered stays with their answers; but what is
                // open again is found anew, and decided anew where that says something else.
                let reopened: Vec<_> = self.reopened().collect();
                self.answers.retain(|answer| {
                    let found = assessment.parts.get(answer.part);
                    !reopened.contains(&answer.part)
                        || found.is_some_and(|part| part.finding.proposed() == answer.disposition)
                });
                if let Some(before) = &self.assessment {
                    let stays = |answer: &&Answer| !reopened.contains(&answer.part);
                    for answer in self.answers.iter().filter(stays) {
                        let found = before.parts.get(answer.part);
                        let place = assessment.parts.get_mut(answer.part);
                        if let (Some(found), Some(place)) = (found, place) {
                            *place = found.clone();
                        }
                    }
                }
                self.assessment = Some(assessment);
            }
            EventKind::Decided { answers } if self.is_released() => {
                self.answers
                    .retain(|old| answers.iter().all(|new| new.part != old.part));
                self.answers.extend(answers.iter().cloned());
                self.answers.sort_by_key(|answer| answer.part);
            }
            EventKind::Decided { answers } => {
                self.answers.clone_from(answers);
                self.mandates.retain(|_, one| one.is_released());
            }
            EventKind::MandateDrafted {
                mandate,
                text,
                parts,
                answers,
            } => {
                if let Some(answers) = answers {
                    let digest = Sha256Digest::of(answers.as_bytes());
                    self.answers_named.insert(digest, answers.clone());
                }
                let drafted = MandateRecord::new(text.clone(), parts.clone());
                self.mandates.insert(*mandate, drafted);
            }
            EventKind::Approved {
                mandate,
                signer,
                role,
                signature,
            } => {
                if let Some(found) = self.mandates.get_mut(mandate) {
                    found.approvals.push(Approval {
                        signer: signer.clone(),
                        role: *role,
                        signature: signature.clone(),
                    });
                }
            }
            EventKind::Mandated { mandate } => {
                if let Some(found) = self.mandates.get_mut(mandate) {
                    found.released_by_event = Some(event.number);
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
                if let Some(found) = self.mandates.get_mut(mandate) {
                    found.produced = Some(Production {
                        package: *package,
                        items: *items,
                        for_review: *for_review,
                    });
                    found.searched = searched.iter().map(|one| (one.part, one.found)).collect();
                    found.not_produced = None;
                    found.refusal = None;
                    found.receipt.clone_from(answer);
                }
            }
            EventKind::LookedUp {
                mandate,
                found,
                answer,
            } => {
                let Some(record) = self.mandates.get_mut(mandate) else {
                    return;
                };
                record.looked_up = Some(found.clone());
                record.not_produced = None;
                record.receipt = Some(answer.clone());
                // Now that it is known whose account it is, the law is applied to that.
                // What was decided after the mandate lapsed stays.
                let late = record.lapsed.is_some();
                self.answers.retain(|one| {
                    let open = !late || one.disposition == Disposition::LookUp;
                    !(open && record.parts.contains(&one.part))
                });
                if self.answers.is_empty() {
                    self.assessment = None;
                }
            }
            EventKind::Preserved {
                mandate,
                kept,
                answer,
            } => {
                // What is kept for longer, under another mandate, is the same copy.
                for record in self.mandates.values_mut() {
                    if let Some(before) = &mut record.preserved
                        && before.copy == kept.copy
                    {
                        *before = kept.clone();
                    }
                }
                if let Some(record) = self.mandates.get_mut(mandate) {
                    record.preserved = Some(kept.clone());
                    record.not_produced = None;
                    record.refusal = None;
                    record.receipt = Some(answer.clone());
                }
            }
            EventKind::Inquired {
                inquiry,
                region,
                note,
            } => {
                self.inquiries.insert(
                    *inquiry,
                    InquiryRecord {
                        region: region.clone(),
                        note: note.clone(),
                        at: event.at,
                        event: event.number,
                        told: None,
                        refused: None,
                    },
                );
            }
            EventKind::InquiryAnswered {
                inquiry, accounts, ..
            } => self.told(inquiry, accounts),
            EventKind::InquiryRefused { inquiry, why, .. } => {
                if let Some(record) = self.inquiries.get_mut(inquiry) {
                    record.refused = Some(why.clone());
                }
            }
            EventKind::NotProduced {
                mandate,
                why,
                answer,
            } => {
                if let Some(found) = self.mandates.get_mut(mandate) {
                    found.not_produced = Some(why.clone());
                    found.refusal.clone_from(answer);
                }
            }
            EventKind::MandateRecalled { mandate, .. } => {
                if let Some(found) = self.mandates.get_mut(mandate) {
                    found.recalled = true;
                }
            }
            EventKind::MandateLapsed { mandate, because } => {
                match self.mandates.get_mut(mandate) {
                    // An agent that has it may have carried it out; its answer is still to be taken.
                    Some(found) if found.is_released() => found.lapsed = Some(*because),
                    _ => {
                        self.mandates.remove(mandate);
                    }
                }
            }
            EventKind::Delivered { package, to } => {
                for found in self.mandates.values_mut() {
                    if found.produced.is_some_and(|made| made.package == *package) {
                        found.delivered_to = Some(to.clone());
                    }
                }
                let mut counted = self.mandates.values().filter(|m| self.counts(m));
                let all = counted.all(|m| m.delivered_to.is_some());
                if all && self.waiting().next().is_none() {
                    self.moments.add(Moment::Produced, event.at);
                }
            }
            EventKind::PackageRemoved { package, certain } => {
                for found in self.mandates.values_mut() {
                    if found.produced.is_some_and(|made| made.package == *package) {
                        found.removed = Some(PackageRemoved {
                            recorded: Recorded::of(event),
                            certain: *certain,
                        });
                    }
                }
            }
            EventKind::Assigned { to } => self.owner.clone_from(to),
            // Nobody of the group before looks after it any more.
            EventKind::HandedToGroup { group } => {
                self.group = Some(group.clone());
                self.owner = None;
            }
            EventKind::Noted { text, privileged } => self.notes.push(Note {
                number: event.number,
                at: event.at,
                by: event.actor.clone(),
                text: text.clone(),
                privileged: *privileged,
                sealed: None,
            }),
            EventKind::NoteSealed { sealed } => self.notes.push(Note {
                number: event.number,
                at: event.at,
                by: event.actor.clone(),
                text: String::new(),
                privileged: true,
                sealed: Some((**sealed).clone()),
            }),
            EventKind::LetterSent { letter, taken } => {
                let waited = taken.as_ref().map(|taken| taken.waits);
                self.letters_waiting
                    .retain(|one| Some(one.number) != waited && !one.is_replaced_by(letter));
                self.letters.push(LetterSent {
                    number: event.number,
                    at: event.at,
                    by: event.actor.clone(),
                    letter: (**letter).clone(),
                    taken: taken.clone(),
                });
            }
            EventKind::LetterWaits { letter } => {
                self.letters_waiting
                    .retain(|one| !one.is_replaced_by(letter));
                self.letters_waiting.push(LetterWaiting {
                    number: event.number,
                    at: event.at,
                    by: event.actor.clone(),
                    letter: (**letter).clone(),
                    given_up: None,
                });
            }
            EventKind::LetterNotSent { waits, why } => {
                let mut waiting = self.letters_waiting.iter_mut();
                if let Some(one) = waiting.find(|one| one.number == *waits) {
                    one.given_up = Some((event.at, why.clone()));
                }
            }
            EventKind::Linked { to, how } => self.links.push((to.clone(), *how)),
            EventKind::CardGiven { card } => self.card = Some(*card),
            EventKind::Closed { duties } => {
                self.closed = true;
                self.duties.clone_from(duties);
            }
            EventKind::Reopened {} => {
                self.closed = false;
                self.duties.clear();
            }
        }
    }

    /// An agent told which accounts there are. Where that is something else than before, what was found and decided
    /// on it holds no longer, as with other facts.
    fn told(&mut self, inquiry: &Sha256Digest, accounts: &[AccountTold]) {
        let Some(region) = self.inquiries.get(inquiry).map(|one| one.region.clone()) else {
            return;
        };
        let differs = accounts.iter().any(|one| {
            let before = self.told_of(&one.address);
            before.get(&region).is_some_and(|was| **was != one.names)
        });
        if let Some(record) = self.inquiries.get_mut(inquiry) {
            record.told = Some(accounts.to_vec());
            record.refused = None;
        }
        if differs && !self.is_released() && !self.closed {
            self.assessment = None;
            self.answers.clear();
            self.mandates.retain(|_, one| one.is_released());
        }
    }
}
