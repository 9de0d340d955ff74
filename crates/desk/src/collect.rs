//! Collecting what the agents answered.
//!
//! A package is kept at the desk before its production is recorded, and the exchange is emptied
//! after: cut off anywhere, the next collection goes on.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::Path;

use jiff::Timestamp;
use lagrum_mandate::answer::{Receipt, Refusal as AgentRefusal};
use lagrum_model::{Actor, Case, CaseId, Command, Refusal, Region, Sha256Digest};
use lagrum_store::StoreError;
use lagrum_transport::{AgentAnswer, NotBelieved, Stem};
use rand_core::CryptoRngCore;
use sha2::Digest;

use crate::sequencer::recorded_mandate;
use crate::session::{Acting, projecting};
use crate::{CommandError, Desk, News, Session, SettleError};

/// The end of the name of a sealed package.
pub(crate) const PACKAGE: &str = "tar.age";
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

impl Incoming<'_> {
    fn not_believed(&self, why: &str) -> Option<News> {
        Some(News::NotBelieved {
            case: self.id.clone(),
            why: why.to_owned(),
        })
    }
}

impl Desk {
    /// Fetches what the agents answered, keeps their packages, and records it. What cannot be
    /// believed, and an agent that cannot be reached, stop nobody's other work.
    ///
    /// # Errors
    /// When an exchange cannot be read (what the others answered is recorded), or the store cannot be
    /// written.
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
        let (mut news, mut unreachable) = (Vec::new(), None);
        for &region in regions {
            let answers = self.inner.transport.answers(region, &|stem: &Stem| {
                stem.case().is_some_and(|case| wanted(&case))
            });
            let answers = match answers {
                Ok(answers) => answers,
                Err(error) => {
                    unreachable.get_or_insert(error);
                    continue;
                }
            };
            for (stem, answer) in answers {
                news.extend(self.take(region, &stem, answer, at, random)?);
            }
        }
        unreachable.map_or(Ok(news), |error| Err(error.into()))
    }

    /// Records one answer.
    fn take(
        &self,
        region: &Region,
        stem: &Stem,
        answer: Result<AgentAnswer, NotBelieved>,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Option<News>, SettleError> {
        let Some(id) = stem.case() else {
            return Ok(None);
        };
        let case = match self.inner.store.case(&id) {
            Ok(case) => case,
            Err(StoreError::NoSuchCase(_)) => Case::default(),
            Err(error) => return Err(error.into()),
        };
        let from = Incoming {
            region,
            stem,
            id: &id,
            case: &case,
            at,
        };
        match answer {
            Err(why) => Ok(from.not_believed(&why.to_string())),
            Ok(AgentAnswer::Receipt(receipt)) => self.take_receipt(&from, &receipt, random),
            Ok(AgentAnswer::Refusal(refusal)) => self.take_refusal(&from, &refusal, random),
        }
    }

    fn take_receipt(
        &self,
        from: &Incoming<'_>,
        receipt: &Receipt,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Option<News>, SettleError> {
        let Some(record) = from.case.mandates.get(&receipt.mandate) else {
            return Ok(from.not_believed("its mandate is not one of this case"));
        };
        if record.produced.is_none() {
            if !record.is_released() {
                return Ok(from.not_believed("its mandate was never released"));
            }
            if !self.keep_package(from.region, from.stem, receipt.sha256)? {
                let why = "the package is not the one that the receipt names";
                return Ok(from.not_believed(why));
            }
            let command = Command::RecordProduction {
                mandate: receipt.mandate,
                package: receipt.sha256,
                items: receipt.produced,
                for_review: receipt.for_review,
            };
            if let Some(refused) =
                self.record_answer(from, command, "the agent's receipt", random)?
            {
                return Ok(from.not_believed(&refused.to_string()));
            }
        }
        self.inner.transport.acknowledge(from.region, from.stem)?;
        Ok(record.produced.is_none().then(|| News::Produced {
            case: from.id.clone(),
            produced: receipt.produced,
            for_review: receipt.for_review,
        }))
    }

    fn take_refusal(
        &self,
        from: &Incoming<'_>,
        refusal: &AgentRefusal,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Option<News>, SettleError> {
        // A note that nobody signed has no mandate to record it under; its digest then is that of
        // all that arrived.
        let why = &refusal.why;
        let Some(record) = from.case.mandates.get(&refusal.mandate) else {
            return Ok(from.not_believed(&format!(
                "an agent refused something that is no mandate of this case: {why}"
            )));
        };
        let known = record.not_produced.as_ref() == Some(why);
        if record.produced.is_some() || known || !record.is_released() {
            return Ok(None);
        }
        let command = Command::RecordNoProduction {
            mandate: refusal.mandate,
            why: why.clone(),
        };
        if let Some(refused) = self.record_answer(from, command, why, random)? {
            return Ok(from.not_believed(&refused.to_string()));
        }
        Ok(Some(News::NotProduced {
            case: from.id.clone(),
            why: why.clone(),
        }))
    }

    /// Records what an agent says, or says why the case, as it stands now, does not take it.
    fn record_answer(
        &self,
        from: &Incoming<'_>,
        command: Command,
        reason: &str,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Option<Refusal>, SettleError> {
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
            |changes| acting.command(changes, command, reason),
        );
        match recorded {
            Ok(()) => Ok(None),
            Err(CommandError::Refused { refusal, .. }) => Ok(Some(refusal)),
            Err(CommandError::Store(error)) => Err(error.into()),
            Err(other) => Err(SettleError::Damaged(other.to_string())),
        }
    }

    /// Keeps a package and its receipt until they are delivered. Says whether the package is the one
    /// that is expected; one that is not is not kept.
    fn keep_package(
        &self,
        region: &Region,
        stem: &Stem,
        expected: Sha256Digest,
    ) -> Result<bool, SettleError> {
        let folder = self.packages();
        lagrum_durable::private_directory(folder)?;
        let file = folder.join(format!("{stem}.{PACKAGE}"));
        if !(file.exists() && digest_of(&file)? == expected) {
            let mut package = self.inner.transport.package(region, stem)?;
            let mut kept = lagrum_durable::NewFile::create(&file)?;
            let mut hasher = sha2::Sha256::new();
            let mut buffer = vec![0; 1 << 16];
            loop {
                let read = package
                    .read(&mut buffer)
                    .map_err(lagrum_durable::FileError::of("read", &file))?;
                if read == 0 {
                    break;
                }
                hasher.update(&buffer[..read]);
                kept.write_all(&buffer[..read])
                    .map_err(lagrum_durable::FileError::of("write", &file))?;
            }
            if Sha256Digest(hasher.finalize().into()) != expected {
                return Ok(false);
            }
            kept.finish()?;
        }
        let receipt = self.inner.transport.receipt_note(region, stem)?;
        lagrum_durable::replace(&folder.join(format!("{stem}.{RECEIPT}")), &receipt)?;
        Ok(true)
    }
}

impl Session<'_> {
    /// Records what agents answered to the mandates of one case. Only the regions that it went to are
    /// asked: another exchange that cannot be reached is not in its way.
    pub(crate) fn collect_case(&mut self, id: &CaseId) -> Result<(), CommandError> {
        let at = self.time.now();
        let case = self.desk.inner.store.case(id)?;
        let mandates: Vec<_> = case
            .mandates
            .values()
            .filter(|record| record.is_released())
            .map(|record| recorded_mandate(&record.text))
            .collect::<Result<_, _>>()?;
        let regions: BTreeSet<_> = mandates.iter().map(|mandate| &mandate.region).collect();
        let regions: Vec<_> = regions.into_iter().collect();
        self.desk
            .collect_wanted(&regions, &|case| case == id, at, self.random)
            .map(|_| ())
            .map_err(CommandError::from)
    }
}

/// SHA-256 of a file.
pub(crate) fn digest_of(file: &Path) -> Result<Sha256Digest, lagrum_durable::FileError> {
    let mut opened = lagrum_durable::open_plain(file)?;
    let mut hasher = sha2::Sha256::new();
    std::io::copy(&mut opened, &mut hasher).map_err(lagrum_durable::FileError::of("read", file))?;
    Ok(Sha256Digest(hasher.finalize().into()))
}
#[cfg(test)]
mod tests {
    #![expect(
        clippy::disallowed_types,
        reason = "what is random here decides nothing that is tested"
    )]

    use lagrum_model::{Region, Role};
    use lagrum_notes::{SigningKey, role};
    use rand_core::OsRng;

    use crate::tests::world::{World, person, take};
    use crate::{AgentContact, CommandError, DeskConfig, SettleError};

    #[test]
    fn an_exchange_that_cannot_be_reached_is_in_the_way_of_no_case_that_never_went_there() {
        let world = World::new();
        let file = world.dir().join("desk.toml");
        let mut config: DeskConfig =
            toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let agent = SigningKey::<role::Agent>::generate(&mut OsRng, "kvist.example/b").unwrap();
        std::fs::write(world.dir().join("no-exchange"), "a file").unwrap();
        config.agents.push(AgentContact {
            region: Region::parse("elsewhere").unwrap(),
            key: agent.verifying_key(),
            exchange: "no-exchange".into(),
        });
        std::fs::write(&file, toml::to_string(&config).unwrap()).unwrap();
        let desk = world.desk();
        let mut random = OsRng;
        let all = desk.collect(jiff::Timestamp::UNIX_EPOCH, &mut random);
        assert!(matches!(all, Err(SettleError::Transport(_))), "{all:?}");
        let mut session = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
        let id = take(&mut session, "R 1").case;
        let closed = session.close(&id, "no");
        assert!(
            matches!(closed, Err(CommandError::Refused { .. })),
            "{closed:?}"
        );
    }
}
