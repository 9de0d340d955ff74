mod casework;
mod handover;

use std::path::Path;

pub use handover::Receipted;

use jiff::Timestamp;
use lagrum_law::LawPacks;
use lagrum_log::{Log, Proof};
use lagrum_mandate::gate::LoggedEvent;
use lagrum_mandate::{Mandate, Roster};
use lagrum_model::{
    Actor, Arrival, Case, CaseId, Command, Demand, DemandError, Event, Original, ProviderFindings,
    Role, Sha256Digest,
};
use lagrum_notes::{SigningKey, role};
use lagrum_transport::DeskEnd;
use lagrum_transport::directory::DirectoryDesk;
use rand_core::CryptoRngCore;

use crate::DeskError;
use crate::config::{Authorities, DeskConfig, Directory, load};
use crate::store::{Changes, Store};

/// The largest file that is taken in: scans of warrants are large, mailboxes are not demands.
const LARGEST_ORIGINAL: usize = 64 << 20;

/// The desk of one provider.
pub struct Desk {
    config: DeskConfig,
    agents: Box<dyn DeskEnd>,
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
        let log_key = SigningKey::from_secret(&read(&config.log_key)?)
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
            agents: Box::new(DirectoryDesk::new(config.contacts())),
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

    /// The desk's law packs.
    #[must_use]
    pub fn law(&self) -> &LawPacks {
        &self.law
    }

    /// The law packs that it applied, for whoever needs the desk no more.
    #[must_use]
    pub fn into_law(self) -> LawPacks {
        self.law
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
                original: Original::of(file_name, bytes, Arrival::default()),
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

    /// Signs every mandate of the case that waits for a signature, with one person's key, and
    /// releases those that then bear two. Says which mandates the person signed.
    ///
    /// # Errors
    /// When the key is not on the roster, or there is nothing to sign.
    pub fn approve(
        &mut self,
        id: &CaseId,
        key: &SigningKey<role::Person>,
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
            id: public.name().to_owned(),
            name: name.clone(),
            role,
        };
        let signed = self.store.change(id, at, &[], random, |changes| {
            let mut signed = Vec::new();
            for (digest, state) in changes.case().mandates.clone() {
                if state.is_released() || state.is_signed_by(&name) {
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
                if changes.case().handle(&actor, release.clone()).is_ok() {
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
        original: Original::of(name, bytes, Arrival::default()),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_cannot_state_the_providers_findings() {
        let person = |role| Actor::Person {
            id: "maja".into(),
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
