mod handover;

use std::path::Path;

pub use handover::Receipted;

use jiff::Timestamp;
use jiff::civil::Date;
use lagrum_law::{Clock, LawPacks};
use lagrum_log::{Log, LogKey, Proof};
use lagrum_mandate::gate::LoggedEvent;
use lagrum_mandate::signature::SigningKey;
use lagrum_mandate::{Mandate, Roster};
use lagrum_model::{
    Actor, Answer, Assessment, Case, CaseId, Command, Demand, DemandError, Disposition, Event,
    Moment, ProviderFindings, Recipient, Role, Sha256Digest,
};
use rand_core::CryptoRngCore;

use crate::config::{Authorities, DeskConfig, Directory, load};

use crate::mandates::{draft, to_be_carried_out};
use crate::store::{Changes, Store};
use crate::{DeskError, assess};

/// The largest file that is taken in: scans of warrants are large, mailboxes are not demands.
const LARGEST_ORIGINAL: usize = 64 << 20;

/// The desk of one provider.
pub struct Desk {
    config: DeskConfig,
    store: Store,
    log: Log,
    roster: Roster,
    directory: Directory,
    authorities: Authorities,
    law: LawPacks,
}

/// What a person found out about a demand.
#[derive(Clone, Copy, Debug)]
pub struct Genuine<'g> {
    /// Whether it comes from the authority.
    pub verified: bool,
    /// How that was found out.
    pub how: &'g str,
    /// Counsel's own belief in a claimed danger, if one is claimed.
    pub emergency_believed: Option<bool>,
}

/// A demand file, read: the description, or why there is none.
pub type ReadDemand = Result<Demand, DemandError>;

impl Desk {
    /// Opens the desk whose configuration is `file`, and finishes whatever an earlier run left
    /// unfinished: the log is brought up to the events, and released mandates to their agents.
    ///
    /// # Errors
    /// When configuration, database, log or law packs cannot be used.
    pub fn open(file: &Path) -> Result<Self, DeskError> {
        let config = DeskConfig::load(file)?;
        let fault = |file: &Path, why: String| DeskError::Config {
            file: file.display().to_string(),
            why,
        };
        let read =
            |path: &Path| std::fs::read_to_string(path).map_err(|e| fault(path, e.to_string()));
        let base = file.parent().unwrap_or(Path::new("."));
        let log_key = LogKey::from_secret_string(read(&config.log_key)?.trim())
            .map_err(|e| fault(&config.log_key, e.to_string()))?;
        let roster =
            Roster::parse(&read(&config.roster)?).map_err(|why| fault(&config.roster, why))?;
        let law = match &config.law {
            Some(path) => LawPacks::from_dir(path)?,
            None => LawPacks::embedded()?,
        };
        let mut desk = Self {
            store: Store::open(&base.join("desk.sqlite"))?,
            log: Log::open(&config.log, &base.join("staging"), log_key)?,
            roster,
            directory: load(&config.directory)?,
            authorities: load(&config.authorities)?,
            law,
            config,
        };
        desk.settle()?;
        Ok(desk)
    }

    /// The provider's name.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.config.provider
    }

    /// The database, for reading.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The public log.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Authorities whose contact details were checked.
    #[must_use]
    pub fn authorities(&self) -> &Authorities {
        &self.authorities
    }

    /// A case and its events.
    ///
    /// # Errors
    /// When there is no such case.
    pub fn case(&self, id: &CaseId) -> Result<(Case, Vec<Event>), DeskError> {
        let events = self.store.events(id)?;
        Ok((Case::from_events(&events), events))
    }

    /// Takes a demand in: the bytes are kept with their digest whether or not they can be read.
    /// The same bytes again give the same case. `attached` is the original instrument, if it is
    /// another file.
    ///
    /// # Errors
    /// When it is too large or cannot be stored.
    pub fn intake(
        &mut self,
        file_name: &str,
        bytes: &[u8],
        attached: Option<(&str, &[u8])>,
        actor: &Actor,
        at: Timestamp,
        random: &mut impl CryptoRngCore,
    ) -> Result<(CaseId, ReadDemand), DeskError> {
        for bytes in std::iter::once(bytes).chain(attached.map(|(_, bytes)| bytes)) {
            if bytes.len() > LARGEST_ORIGINAL {
                return Err(DeskError::Wrong(format!(
                    "{file_name}: larger than 64 MiB; take in the demand itself and keep annexes elsewhere"
                )));
            }
        }
        let read = read_by(actor, bytes);
        let sha256 = Sha256Digest::of(bytes);
        if let Some(id) = self.store.case_of_original(&sha256)? {
            return Ok((id, read));
        }
        let mut originals = vec![bytes];
        originals.extend(attached.map(|(_, bytes)| bytes));
        let id = self.store.open_case(at, &originals, random, |changes| {
            let receive = Command::Receive {
                file_name: file_name.to_owned(),
                sha256,
                length: bytes.len() as u64,
            };
            changes.command(receive, actor, "received")?;
            if let Some((name, bytes)) = attached {
                attach(changes, name, bytes, actor)?;
            }
            describe(changes, &read, actor)
        })?;
        self.settle()?;
        Ok((id, read))
    }

    /// Adds a description to a case whose original could not be read, or a corrected one.
    ///
    /// # Errors
    /// When the file cannot be read as a demand, or the case is decided already.
    pub fn describe(
        &mut self,
        id: &CaseId,
        file_name: &str,
        bytes: &[u8],
        actor: &Actor,
        at: Timestamp,
        random: &mut impl CryptoRngCore,
    ) -> Result<(), DeskError> {
        let read = read_by(actor, bytes);
        if let Err(e) = &read {
            return Err(DeskError::Wrong(format!("{file_name}: {e}")));
        }
        self.store.change(id, at, &[bytes], random, |changes| {
            attach(changes, file_name, bytes, actor)?;
            describe(changes, &read, actor)
        })?;
        self.settle()
    }

    /// Records whether a demand is genuine, and whether the provider believes in a claimed danger.
    ///
    /// # Errors
    /// When the case is not described, or decided already.
    pub fn authenticate(
        &mut self,
        id: &CaseId,
        genuine: &Genuine<'_>,
        actor: &Actor,
        at: Timestamp,
        random: &mut impl CryptoRngCore,
    ) -> Result<(), DeskError> {
        let Genuine {
            verified,
            how,
            emergency_believed,
        } = *genuine;
        self.store.change(id, at, &[], random, |changes| {
            let how = how.to_owned();
            let reason = how.clone();
            changes.command(Command::Authenticate { verified, how }, actor, &reason)?;
            if let Some(believed) = emergency_believed {
                changes.command(Command::JudgeEmergency { believed }, actor, &reason)?;
            }
            Ok(())
        })?;
        self.settle()
    }

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
                changes.command(Command::Happen { what, when }, actor, how)?;
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
            let demand = case
                .demand
                .as_ref()
                .ok_or_else(|| DeskError::Wrong(format!("case {id}: describe the demand first")))?;
            let basis = case
                .basis()
                .ok_or_else(|| DeskError::Wrong(format!("case {id}: describe the demand first")))?;
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
            let released = case.mandates.values().any(|mandate| mandate.released);
            let fixed = |part: usize| released && case.answers.iter().any(|a| a.part == part);
            let answers = assessment
                .parts
                .iter()
                .enumerate()
                .filter_map(|(part, found)| {
                    let other = stricter.iter().find(|(at, _)| *at == part);
                    let proposed = found.finding.disposition;
                    if other.is_none() && (fixed(part) || proposed == Disposition::Wait) {
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

    /// Signs every mandate of the case that waits for a signature, with one person's key, and
    /// releases those that then bear two. Says which mandates the person signed.
    ///
    /// # Errors
    /// When the key is not on the roster, or there is nothing to sign.
    pub fn approve(
        &mut self,
        id: &CaseId,
        key: &SigningKey,
        at: Timestamp,
        random: &mut impl CryptoRngCore,
    ) -> Result<Vec<Mandate>, DeskError> {
        let public = key.verifying_key();
        let person = self.roster.holder_of(&public).ok_or_else(|| {
            DeskError::Wrong(format!(
                "the key {} is not on the roster; the operator adds it there and at every agent",
                public.name()
            ))
        })?;
        let (name, role) = (person.name.clone(), person.role);
        let actor = Actor::Person {
            name: name.clone(),
            role,
        };
        let signed = self.store.change(id, at, &[], random, |changes| {
            let mut signed = Vec::new();
            for (digest, state) in changes.case().mandates.clone() {
                if state.released || state.approvals.iter().any(|(who, _, _)| *who == name) {
                    continue;
                }
                let mandate = Mandate::parse(&state.text)
                    .map_err(|e| DeskError::Damaged(format!("a drafted mandate: {e}")))?;
                let signature = key
                    .sign_line(&state.text)
                    .map_err(|e| DeskError::Wrong(e.to_string()))?;
                let approve = Command::Approve {
                    mandate: digest,
                    signer: name.clone(),
                    role,
                    signature,
                };
                changes.command(approve, &actor, "signed")?;
                // The rule of two, one of them counsel, is the case's own: ask it.
                let release = Command::Mandate { mandate: digest };
                if changes.case().handle(release.clone()).is_ok() {
                    changes.command(release, &actor, "two people signed, one of them counsel")?;
                }
                signed.push(mandate);
            }
            if signed.is_empty() {
                return Err(DeskError::Wrong(format!(
                    "case {id}: no mandate waits for {name}'s signature"
                )));
            }
            Ok(signed)
        })?;
        self.settle()?;
        Ok(signed)
    }

    /// Ends a case.
    ///
    /// # Errors
    /// When it is not answered, or an agent still has a mandate of it.
    pub fn close(
        &mut self,
        id: &CaseId,
        reason: &str,
        actor: &Actor,
        at: Timestamp,
        random: &mut impl CryptoRngCore,
    ) -> Result<(), DeskError> {
        self.withdraw(id)?;
        // What an agent answered before that counts; and if the case cannot be closed, settling
        // leaves its mandates for the agents again.
        self.collect(at, random)?;
        let closed = self.store.change(id, at, &[], random, |changes| {
            changes.command(Command::Close, actor, reason)
        });
        self.settle()?;
        closed
    }

    /// The proof that an event of a case is in the public log, with the event and its salt inside.
    ///
    /// # Errors
    /// When there is no such event.
    pub fn proof(&self, id: &CaseId, number: u64) -> Result<Proof, DeskError> {
        let logged = self.store.logged(id, number)?;
        let inclusion = self.log.prove(logged.index)?;
        let event = LoggedEvent {
            salt: logged.salt,
            event: logged.text,
        };
        let extra = serde_json::to_vec(&event)
            .map_err(|e| DeskError::Damaged(format!("an event cannot be written: {e}")))?;
        Ok(Proof::new(inclusion, extra)?)
    }
}

fn attach(changes: &mut Changes, name: &str, bytes: &[u8], actor: &Actor) -> Result<(), DeskError> {
    let command = Command::Attach {
        file_name: name.to_owned(),
        sha256: Sha256Digest::of(bytes),
        length: bytes.len() as u64,
    };
    changes.command(command, actor, "belongs to the demand")
}

/// Reads a demand file that `actor` brings. The provider's own findings are counsel's to state: in
/// a file that came from an authority they would be its own words about itself.
fn read_by(actor: &Actor, bytes: &[u8]) -> ReadDemand {
    let demand = Demand::parse(bytes)?;
    let by_counsel = matches!(
        actor,
        Actor::Person {
            role: Role::Counsel,
            ..
        }
    );
    if demand.findings == ProviderFindings::default() || by_counsel {
        return Ok(demand);
    }
    Err(DemandError::Field {
        field: "findings".into(),
        why: "the provider's own findings are stated by counsel; leave them out, and have counsel take in a file with them (`lagrum intake --for CASE FILE --counsel`)".into(),
    })
}

fn describe(changes: &mut Changes, read: &ReadDemand, actor: &Actor) -> Result<(), DeskError> {
    let (command, reason) = match read {
        Ok(demand) => (
            Command::Describe {
                demand: Box::new(demand.clone()),
            },
            "as received",
        ),
        Err(e) => (
            Command::RecordUnreadable { why: e.to_string() },
            "kept as received",
        ),
    };
    changes.command(command, actor, reason)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_cannot_state_the_providers_findings() {
        let person = |role| Actor::Person {
            name: "Maja".into(),
            role,
        };
        let somebody = "{ kind = \"email-address\", value = \"bjork@kvist.example\" }";
        let plain = crate::assess::tests::DEMAND.replace("IDENTIFIER", somebody);
        assert!(read_by(&person(Role::Analyst), plain.as_bytes()).is_ok());
        let mut demand = Demand::parse(plain.as_bytes()).unwrap();
        demand.findings.foreign_law_cleared = true;
        let json = serde_json::to_vec(&demand).unwrap();
        assert!(read_by(&person(Role::Counsel), &json).is_ok());
        let why = read_by(&person(Role::Analyst), &json)
            .unwrap_err()
            .to_string();
        assert!(
            why.contains("field `findings`") && why.contains("counsel"),
            "{why}"
        );
    }
}
