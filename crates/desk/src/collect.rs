//! Collecting what the agents answered.
//!
//! A package is kept at the desk before its production is recorded, and the exchange is emptied
//! after: cut off anywhere, the next collection goes on.

use std::collections::BTreeSet;

use jiff::Timestamp;
use lagrum_mandate::Inquiry;
use lagrum_mandate::answer::{
    AccountsTold, Preserved, Receipt, Refusal as AgentRefusal, Resolution,
};
use lagrum_model::{
    Actor, Case, CaseId, Command, InquiryRecord, MandateRecord, Region, Sha256Digest,
};
use lagrum_packages::{PackagesError, Sealed};
use lagrum_transport::{AgentAnswer, Answered, NotBelieved, Stem, TransportError};
use rand_core::CryptoRngCore;

use crate::lapse::needless;
use crate::record::{answers_to, of_each_part};
use crate::sequencer::{Held, recorded_inquiry, recorded_mandate};
use crate::session::{Acting, projecting};
use crate::{CommandError, Desk, News, Session, SettleError};

/// The end of the name of a sealed package that is kept here, whatever it is sealed with.
const PACKAGE: &str = "tar.age";
/// The end of the name of a receipt.
pub(crate) const RECEIPT: &str = "receipt";

/// Where an answer came from, and to what.
struct Incoming<'a> {
    region: &'a Region,
    stem: &'a Stem,
    id: &'a CaseId,
    case: &'a Case,
    at: Timestamp,
}

/// Why an answer is not recorded.
enum NotTaken {
    /// It is not believed, and changed nothing.
    NotBelieved(String),
    /// It, or its package, could not be fetched, kept or acknowledged.
    NotFetched(String),
    /// Something that concerns its case or all.
    Held(Held),
}

impl From<TransportError> for NotTaken {
    fn from(error: TransportError) -> Self {
        Self::NotFetched(error.to_string())
    }
}

impl From<PackagesError> for NotTaken {
    fn from(error: PackagesError) -> Self {
        match error {
            PackagesError::NotTheOne => Self::NotBelieved(error.to_string()),
            other => Self::NotFetched(other.to_string()),
        }
    }
}

impl From<CommandError> for NotTaken {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Refused { refusal, .. } => Self::NotBelieved(refusal.to_string()),
            other => Self::Held(other.into()),
        }
    }
}

fn not_believed<T>(why: impl Into<String>) -> Result<T, NotTaken> {
    Err(NotTaken::NotBelieved(why.into()))
}

impl Desk {
    /// Fetches what the agents answered, keeps their packages, and records it. What cannot be
    /// believed or fetched, a case that was changed from outside, and an agent that cannot be reached
    /// are told, and stop nothing else; each is tried again by the next collection.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn collect(
        &self,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Vec<News>, SettleError> {
        let regions: Vec<_> = self.inner.config.agents.iter().map(|a| &a.region).collect();
        self.collect_wanted(&regions, &|_| true, at, random)
    }

    pub(crate) fn collect_wanted(
        &self,
        regions: &[&Region],
        wanted: &dyn Fn(&CaseId) -> bool,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Vec<News>, SettleError> {
        self.law()?;
        let mut news = Vec::new();
        for &region in regions {
            let answers = self.inner.transport.answers(region, &|stem: &Stem| {
                stem.case().is_some_and(|case| wanted(&case))
            });
            let answers = match answers {
                Ok(answers) => answers,
                Err(why) => {
                    news.push(News::NotReached {
                        region: region.clone(),
                        why: why.to_string(),
                    });
                    continue;
                }
            };
            for (stem, answer) in answers {
                let Some(id) = stem.case() else {
                    continue;
                };
                let case = || id.clone();
                match self.take(region, &stem, &id, answer, at, random, &mut news) {
                    Ok(()) => {}
                    Err(NotTaken::NotBelieved(why)) => {
                        news.push(News::NotBelieved { case: case(), why });
                    }
                    Err(NotTaken::NotFetched(why)) => {
                        news.push(News::NotFetched { case: case(), why });
                    }
                    Err(NotTaken::Held(held)) => news.push(held.told(&id)?),
                }
            }
        }
        Ok(news)
    }

    /// Records one answer.
    #[expect(
        clippy::too_many_arguments,
        reason = "time and randomness are passed in"
    )]
    fn take(
        &self,
        region: &Region,
        stem: &Stem,
        id: &CaseId,
        answer: Result<Answered, NotBelieved>,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
        news: &mut Vec<News>,
    ) -> Result<(), NotTaken> {
        let Answered { answer, note } = match answer {
            Ok(answered) => answered,
            Err(why) => return not_believed(why.to_string()),
        };
        let case = match self.record(id) {
            Ok(read) => read.case,
            Err(CommandError::NoSuchCase(_)) => Case::default(),
            Err(error) => return Err(error.into()),
        };
        let from = Incoming {
            region,
            stem,
            id,
            case: &case,
            at,
        };
        match answer {
            AgentAnswer::Receipt(receipt) => self.take_receipt(&from, &receipt, note, random, news),
            AgentAnswer::Resolution(found) => self.take_look_up(&from, found, note, random, news),
            AgentAnswer::Preserved(kept) => self.take_kept(&from, kept, note, random, news),
            AgentAnswer::Accounts(told) => self.take_accounts(&from, told, note, random, news),
            AgentAnswer::Refusal(refusal) => self.take_refusal(&from, &refusal, note, random, news),
        }
    }

    fn take_receipt(
        &self,
        from: &Incoming<'_>,
        receipt: &Receipt,
        note: String,
        random: &mut dyn CryptoRngCore,
        news: &mut Vec<News>,
    ) -> Result<(), NotTaken> {
        let Some(record) = from.case.mandates.get(&receipt.mandate) else {
            return not_believed("its mandate is not one of this case");
        };
        if !record.is_released() {
            return not_believed("its mandate was never released");
        }
        belongs(from, record)?;
        if receipt.case != *from.id {
            return not_believed(format!("it is a receipt for case {}", receipt.case));
        }
        let to = recorded_mandate(&record.text)?.recipient;
        if receipt.package != from.stem.handed_over_as(&to) {
            let named = receipt.package.escape_debug();
            return not_believed(format!("it is a receipt for the package `{named}`"));
        }
        match record.produced {
            Some(made) if made.package != receipt.sha256 => {
                return not_believed("another package was recorded for its mandate before");
            }
            Some(_) => {}
            None => {
                self.keep_package(from.region, from.stem, receipt)?;
                let mandate = recorded_mandate(&record.text)?;
                let parts = from.case.assessment.as_ref();
                let parts = parts.map_or(&[][..], |found| &found.parts);
                let command = Command::RecordProduction {
                    mandate: receipt.mandate,
                    package: receipt.sha256,
                    items: receipt.produced,
                    for_review: receipt.for_review,
                    searched: of_each_part(receipt, &mandate, &record.parts, parts),
                    answer: Some(note),
                };
                self.record_answer(from, command, "the agent's receipt", random)?;
                news.push(News::Produced {
                    case: from.id.clone(),
                    produced: receipt.produced,
                    for_review: receipt.for_review,
                });
            }
        }
        Ok(self.inner.transport.acknowledge(from.region, from.stem)?)
    }

    fn take_look_up(
        &self,
        from: &Incoming<'_>,
        resolution: Resolution,
        note: String,
        random: &mut dyn CryptoRngCore,
        news: &mut Vec<News>,
    ) -> Result<(), NotTaken> {
        let Some(record) = from.case.mandates.get(&resolution.mandate) else {
            return not_believed("its mandate is not one of this case");
        };
        if !record.is_released() {
            return not_believed("its mandate was never released");
        }
        belongs(from, record)?;
        if resolution.case != *from.id {
            return not_believed(format!("it is an answer for case {}", resolution.case));
        }
        let mandate = recorded_mandate(&record.text)?;
        let told = resolution.found.iter().map(|one| &one.identifier);
        if mandate.look_up.is_none() || !told.eq(&mandate.identifiers) {
            return not_believed("it tells of something else than its mandate asks");
        }
        if record.looked_up.as_ref() != Some(&resolution.found) {
            let known = resolution.found.iter().filter(|one| one.account.is_some());
            let (asked, known) = (resolution.found.len(), known.count());
            let command = Command::RecordLookUp {
                mandate: resolution.mandate,
                found: resolution.found,
                answer: note,
            };
            self.record_answer(from, command, "the agent's answer", random)?;
            news.push(News::LookedUp {
                case: from.id.clone(),
                asked,
                known,
            });
        }
        Ok(self.inner.transport.acknowledge(from.region, from.stem)?)
    }

    fn take_kept(
        &self,
        from: &Incoming<'_>,
        preserved: Preserved,
        note: String,
        random: &mut dyn CryptoRngCore,
        news: &mut Vec<News>,
    ) -> Result<(), NotTaken> {
        let Some(record) = from.case.mandates.get(&preserved.mandate) else {
            return not_believed("its mandate is not one of this case");
        };
        if !record.is_released() {
            return not_believed("its mandate was never released");
        }
        belongs(from, record)?;
        if preserved.case != *from.id {
            return not_believed(format!("it is an answer for case {}", preserved.case));
        }
        let mandate = recorded_mandate(&record.text)?;
        if !answers_to(&mandate, &preserved.kept) {
            return not_believed(
                "it keeps something else than its mandate asks, or for another time",
            );
        }
        if record.receipt.as_deref() != Some(note.as_str()) {
            let kept = preserved.kept.clone();
            let command = Command::RecordPreservation {
                mandate: preserved.mandate,
                kept: preserved.kept,
                answer: note,
            };
            self.record_answer(from, command, "the agent's receipt", random)?;
            news.push(News::Preserved {
                case: from.id.clone(),
                kept,
            });
        }
        Ok(self.inner.transport.acknowledge(from.region, from.stem)?)
    }

    fn take_accounts(
        &self,
        from: &Incoming<'_>,
        told: AccountsTold,
        note: String,
        random: &mut dyn CryptoRngCore,
        news: &mut Vec<News>,
    ) -> Result<(), NotTaken> {
        let Some(record) = from.case.inquiries.get(&told.inquiry) else {
            return not_believed("it answers a question that this case did not ask");
        };
        let inquiry = recorded_inquiry(&record.note)?;
        asked(from, &inquiry)?;
        if !told.answers(&inquiry) {
            return not_believed("it tells of something else than was asked");
        }
        if record.told.is_none() {
            let accounts = told.accounts.len();
            let command = Command::AnswerInquiry {
                inquiry: told.inquiry,
                accounts: told.accounts,
                answer: note,
            };
            self.record_answer(from, command, "the agent's answer", random)?;
            news.push(News::AccountsTold {
                case: from.id.clone(),
                accounts,
            });
        }
        Ok(self.inner.transport.acknowledge(from.region, from.stem)?)
    }

    fn take_refused_inquiry(
        &self,
        from: &Incoming<'_>,
        record: &InquiryRecord,
        refusal: &AgentRefusal,
        note: String,
        random: &mut dyn CryptoRngCore,
        news: &mut Vec<News>,
    ) -> Result<(), NotTaken> {
        let inquiry = recorded_inquiry(&record.note)?;
        asked(from, &inquiry)?;
        let known = record.refused.as_ref() == Some(&refusal.why);
        if record.told.is_none() && !known {
            let command = Command::RefuseInquiry {
                inquiry: refusal.mandate,
                why: refusal.why.clone(),
                answer: note,
            };
            self.record_answer(from, command, &refusal.why, random)?;
            news.push(News::NotProduced {
                case: from.id.clone(),
                why: refusal.why.clone(),
            });
        }
        // Nobody answers it any more: it need not be refused at each run.
        if inquiry.over_at() <= from.at {
            self.inner.transport.withdraw(from.region, from.stem)?;
        }
        Ok(())
    }

    fn take_refusal(
        &self,
        from: &Incoming<'_>,
        refusal: &AgentRefusal,
        note: String,
        random: &mut dyn CryptoRngCore,
        news: &mut Vec<News>,
    ) -> Result<(), NotTaken> {
        // A note that nobody signed has no mandate to record it under; its digest then is that of
        // all that arrived.
        let why = &refusal.why;
        if let Some(record) = from.case.inquiries.get(&refusal.mandate) {
            return self.take_refused_inquiry(from, record, refusal, note, random, news);
        }
        let Some(record) = from.case.mandates.get(&refusal.mandate) else {
            return not_believed(format!(
                "an agent refused something that is no mandate of this case: {why}"
            ));
        };
        belongs(from, record)?;
        let known = record.not_produced.as_ref() == Some(why)
            && record.refusal.as_deref() == Some(note.as_str());
        if record.is_carried_out() || known || !record.is_released() {
            return Ok(());
        }
        let command = Command::RecordNoProduction {
            mandate: refusal.mandate,
            why: why.clone(),
            answer: Some(note),
        };
        self.record_answer(from, command, why, random)?;
        news.push(News::NotProduced {
            case: from.id.clone(),
            why: why.clone(),
        });
        Ok(())
    }

    /// Records what an agent says, unless the case, as it stands now, does not take it.
    fn record_answer(
        &self,
        from: &Incoming<'_>,
        command: Command,
        reason: &str,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), NotTaken> {
        let id = from.id;
        let actor = Actor::Agent {
            region: from.region.clone(),
        };
        let acting = Acting { id, actor };
        let recorded: Result<(), CommandError> = self.inner.store.change(
            "answer",
            id,
            from.at,
            &[],
            random,
            projecting!(self),
            |changes| {
                let produced = match &command {
                    Command::RecordProduction { mandate, .. } => Some(*mandate),
                    _ => None,
                };
                acting.command(changes, command, reason)?;
                match produced {
                    Some(mandate) => needless(changes, &acting, &mandate),
                    None => Ok(()),
                }
            },
        );
        Ok(recorded?)
    }

    /// Keeps a package until its time is over. One that is not the package that the receipt names is
    /// not kept, and no more of it is read than the receipt says that there is.
    fn keep_package(
        &self,
        region: &Region,
        stem: &Stem,
        receipt: &Receipt,
    ) -> Result<(), NotTaken> {
        let (one, packages) = (sealed(stem, receipt.sha256), self.packages());
        if packages.is_whole(&one, receipt.length)? {
            return Ok(());
        }
        let mut package = self.inner.transport.package(region, stem)?;
        Ok(packages.keep(&one, receipt.length, &mut package)?)
    }
}

/// A package as it is kept.
pub(crate) fn sealed(stem: &Stem, sha256: Sha256Digest) -> Sealed {
    Sealed {
        name: format!("{stem}.{PACKAGE}"),
        sha256,
    }
}

/// Whether an answer came from the agent that was asked, under the name under which the question went there.
fn asked(from: &Incoming<'_>, inquiry: &Inquiry) -> Result<(), NotTaken> {
    let sent = Stem::new(from.id, &inquiry.nonce);
    match inquiry.region == *from.region && sent == *from.stem {
        true => Ok(()),
        false => not_believed("another agent was asked, or under another name"),
    }
}

/// Whether an answer came from the agent to which its mandate went, under the name under which it
/// went there.
fn belongs(from: &Incoming<'_>, record: &MandateRecord) -> Result<(), NotTaken> {
    let mandate = recorded_mandate(&record.text)?;
    if mandate.region != *from.region {
        return not_believed(format!(
            "the agent of {} answers a mandate for {}",
            from.region, mandate.region
        ));
    }
    let sent = Stem::of(&mandate);
    if sent != *from.stem {
        return not_believed(format!("its mandate was sent as {sent}"));
    }
    Ok(())
}

impl Session<'_> {
    /// Records what agents answered to the mandates of one case, and says what could not be fetched.
    /// Only the regions that it went to are asked.
    pub(crate) fn collect_case(&mut self, id: &CaseId) -> Result<Vec<News>, CommandError> {
        let at = self.time.now();
        let case = self.desk.record(id)?.case;
        let mandates: Vec<_> = case
            .mandates
            .values()
            .filter(|record| record.is_open())
            .map(|record| recorded_mandate(&record.text))
            .collect::<Result<_, _>>()?;
        let asked = case.inquiries.values().filter(|one| one.told.is_none());
        let regions = mandates.iter().map(|mandate| &mandate.region);
        let regions: BTreeSet<_> = regions.chain(asked.map(|one| &one.region)).collect();
        let regions: Vec<_> = regions.into_iter().collect();
        let mut news = self
            .desk
            .collect_wanted(&regions, &|case| case == id, at, self.random)?;
        // What was recorded, the case itself shows.
        news.retain(|one| {
            !matches!(
                one,
                News::Produced { .. }
                    | News::LookedUp { .. }
                    | News::AccountsTold { .. }
                    | News::Preserved { .. }
                    | News::NotProduced { .. }
            )
        });
        Ok(news)
    }
}

#[cfg(test)]
mod tests;
