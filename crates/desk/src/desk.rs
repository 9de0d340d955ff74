use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use lagrum_law::LawPacks;
use lagrum_log::{Log, LogKey, Proof};
use lagrum_mandate::gate::LoggedEvent;
use lagrum_mandate::signature::{SigningKey, assemble};
use lagrum_mandate::{Mandate, Roster};
use lagrum_model::{
    Actor, Answer, Assessment, Case, CaseId, Command, Demand, DemandError, Disposition, Event,
    Recipient, Region, Sha256Digest,
};
use rand_core::CryptoRngCore;

use crate::config::{AgentContact, Authorities, DeskConfig, Directory, load};
use crate::exchange::{self, copy_whole, write_whole};
use crate::mandates::{draft, stem};
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

/// A demand file, read: the description, or why there is none.
pub type ReadDemand = Result<Demand, DemandError>;

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
}

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
        let read = Demand::parse(bytes);
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
        let read = Demand::parse(bytes);
        if let Err(e) = &read {
            return Err(DeskError::Wrong(format!("{file_name}: {e}")));
        }
        self.store.change(id, at, &[bytes], random, |changes| {
            attach(changes, file_name, bytes, actor)?;
            describe(changes, &read, actor)
        })?;
        self.settle()
    }

    /// Records whether a demand is genuine, and how that was found out; with `emergency_believed`
    /// also whether the provider believes in a claimed danger.
    ///
    /// # Errors
    /// When the case is not described, or decided already.
    pub fn authenticate(
        &mut self,
        id: &CaseId,
        verified: bool,
        how: &str,
        emergency_believed: Option<bool>,
        actor: &Actor,
        at: Timestamp,
        random: &mut impl CryptoRngCore,
    ) -> Result<(), DeskError> {
        self.store.change(id, at, &[], random, |changes| {
            let authenticate = Command::Authenticate {
                verified,
                how: how.to_owned(),
            };
            changes.command(authenticate, actor, how)?;
            if let Some(believed) = emergency_believed {
                changes.command(Command::JudgeEmergency { believed }, actor, how)?;
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
        assess::assess(
            demand,
            verified,
            emergency_believed,
            &self.directory,
            &self.law,
            as_of,
        )
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
            let verified = matches!(case.authenticated, Some((true, _)));
            let assessment = assess::assess(
                demand,
                verified,
                case.emergency_believed,
                directory,
                law,
                as_of,
            )?;
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
                    "part {}: the demand has {} parts",
                    part + 1,
                    assessment.parts.len()
                )));
            }
            let answers = assessment
                .parts
                .iter()
                .enumerate()
                .map(|(part, found)| {
                    let other = stricter.iter().find(|(at, _)| *at == part);
                    let disposition = other.map_or(found.finding.disposition, |(_, d)| *d);
                    Answer {
                        part,
                        disposition,
                        reason: reason_for(found, other.is_some(), reason),
                    }
                })
                .collect();
            changes.command(Command::Decide { answers }, actor, reason)?;
            let carried_out = changes
                .case()
                .answers
                .iter()
                .any(|answer| answer.disposition.is_carried_out());
            if !carried_out {
                return Ok(());
            }
            let recipient = recipient(id, changes.case(), authorities)?;
            let case = changes.case().clone();
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

    /// Fetches what the agents answered, and records it.
    ///
    /// # Errors
    /// When an answer cannot be read or believed.
    pub fn collect(
        &mut self,
        at: Timestamp,
        random: &mut impl CryptoRngCore,
    ) -> Result<Vec<Receipted>, DeskError> {
        let mut news = Vec::new();
        for contact in self.config.agents.clone() {
            for (stem, answer) in exchange::answers(&contact)? {
                let Some(id) = case_in(&stem) else { continue };
                let Ok((case, _)) = self.case(&id) else {
                    continue;
                };
                let actor = Actor::Agent {
                    region: contact.region.clone(),
                };
                let (command, why, receipted) = match answer {
                    exchange::Answer::Receipt(receipt) => {
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
                    exchange::Answer::Refusal(refusal) => {
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
        let mut produced = 0;
        for state in case.mandates.values() {
            let Some((package, _, _)) = state.produced else {
                continue;
            };
            let mandate = Mandate::parse(&state.text)
                .map_err(|e| DeskError::Damaged(format!("a mandate: {e}")))?;
            let stem = stem(&mandate);
            let to = self.config.deliveries.join(id.to_string());
            let file = to.join(format!("{stem}.tar.age"));
            produced += 1;
            if state.delivered_to.is_some() {
                delivered.push(file);
                continue;
            }
            let out = self.contact(&mandate.region)?.exchange.join("out");
            copy_whole(&out.join(format!("{stem}.tar.age")), &file, package)?;
            let receipt = out.join(format!("{stem}.receipt"));
            let bytes =
                std::fs::read(&receipt).map_err(DeskError::io(receipt.display().to_string()))?;
            write_whole(&to.join(format!("{stem}.receipt")), &bytes)?;
            let command = Command::Deliver {
                package,
                to: mandate.recipient.name.clone(),
            };
            self.store.change(id, at, &[], random, |changes| {
                changes.command(command, actor, "sealed package handed over")
            })?;
            delivered.push(file);
        }
        if produced == 0 {
            return Err(DeskError::Wrong(format!(
                "case {id}: nothing was produced; `lagrum agent run` carries mandates out"
            )));
        }
        self.settle()?;
        Ok(delivered)
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
        self.store.change(id, at, &[], random, |changes| {
            changes.command(Command::Close, actor, reason)
        })?;
        self.settle()
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

    /// Brings the log up to the events, and released mandates to their agents. Doing it again
    /// changes nothing; being cut off in between loses nothing.
    fn settle(&mut self) -> Result<(), DeskError> {
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
                if state.produced.is_none()
                    && let Some(number) = state.released_by_event
                {
                    self.release(&id, &state.text, &state.approvals, number)?;
                }
            }
        }
        Ok(())
    }

    /// Leaves a mandate with its proof for the agent of its region. The proof comes first: an agent
    /// that finds the mandate finds both.
    fn release(
        &self,
        id: &CaseId,
        text: &str,
        approvals: &[(String, lagrum_model::Role, String)],
        event: u64,
    ) -> Result<(), DeskError> {
        let mandate =
            Mandate::parse(text).map_err(|e| DeskError::Damaged(format!("a mandate: {e}")))?;
        let inbox = self.contact(&mandate.region)?.exchange.join("in");
        let file = inbox.join(format!("{}.mandate", stem(&mandate)));
        if file.exists() {
            return Ok(());
        }
        let lines: Vec<_> = approvals.iter().map(|(_, _, line)| line.as_str()).collect();
        let proof = self.proof(id, event)?.to_string();
        write_whole(
            &inbox.join(format!("{}.tlog-proof", stem(&mandate))),
            proof.as_bytes(),
        )?;
        write_whole(&file, assemble(text, &lines).as_bytes())
    }

    fn contact(&self, region: &Region) -> Result<&AgentContact, DeskError> {
        self.config
            .agents
            .iter()
            .find(|contact| contact.region == *region)
            .ok_or_else(|| DeskError::Config {
                file: "desk.toml".into(),
                why: format!("agent: none is named for the region {region}"),
            })
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

/// The case in the name under which a mandate travels.
fn case_in(stem: &str) -> Option<CaseId> {
    stem.rsplit_once('-')
        .and_then(|(case, _)| CaseId::parse(case).ok())
}
