//! Looking up whose account it is that a mandate names by something else than its address.

use std::collections::BTreeSet;

use jiff::Timestamp;
use lagrum_durable::{Scratch, private_directory};
use lagrum_mandate::answer::{Resolution, SignedAnswer};
use lagrum_mandate::{Cleared, LookUps};
use lagrum_model::{AccountIdentifier, EmailAddress, Identifier, LookedIn, LookedUp};
use lagrum_source::{Known, Run, Seen};
use lagrum_transport::Stem;

use crate::accounts::Named;
use crate::ledger::{Beside, Carried};
use crate::{Agent, AgentError, Progress};

impl Agent {
    /// Carries out a cleared mandate to look up: asks the sources, signs what they know, records it, and
    /// sends it to the desk. There is no package.
    pub(crate) fn look_up(
        &self,
        stem: &Stem,
        cleared: &Cleared,
        asked: &LookUps<'_>,
        clock: &dyn Fn() -> Timestamp,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Resolution, AgentError> {
        let mandate = cleared.mandate();
        let began_at = clock();
        let resolution = Resolution {
            case: mandate.case.clone(),
            mandate: cleared.digest(),
            region: self.config.region.clone(),
            found: self.looked_up(stem, cleared, asked, began_at, watch)?,
        };
        let note = resolution.sign(&self.key)?;
        let carried = Carried::told(mandate.nonce, cleared.digest(), stem, note);
        let now = clock().max(began_at);
        self.still_good(cleared, now)?;
        // From here on the mandate is spent, whatever happens.
        self.ledger.mark_begun(&carried)?;
        self.ledger.record(&carried, &Beside::default(), now)?;
        self.remove_left_work()?;
        self.hand_out(&carried, &[])?;
        Ok(resolution)
    }

    fn looked_up(
        &self,
        stem: &Stem,
        cleared: &Cleared,
        asked: &LookUps<'_>,
        began_at: Timestamp,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Vec<LookedUp>, AgentError> {
        let work = self.work_of(&cleared.mandate().nonce.to_string());
        private_directory(&work)?;
        let scratch = Scratch::new(&work);
        let run = Run {
            now: began_at,
            cancelled: &self.cancelled,
            scratch: &scratch,
            accounts: &Known::default(),
        };
        let mut seen: Vec<Vec<(&str, Seen)>> = asked.iter().map(|_| Vec::new()).collect();
        for (number, source) in (1..).zip(&self.sources) {
            let id = source.about().id.as_str();
            run.go_on(id)?;
            watch(Progress::Searching {
                mandate: stem,
                source: id,
                orders: seen.len(),
                place: (number, self.sources.len() as u32),
            });
            let answers = source.look_up(asked, run)?;
            for (place, answer) in seen.iter_mut().zip(answers) {
                place.extend(answer.map(|one| (id, one)));
            }
        }
        let found = asked.iter().zip(seen);
        found
            .map(|((identifier, _), seen)| self.conclude(identifier, seen))
            .collect()
    }

    /// What the sources saw together: one account, several, or none.
    fn conclude(
        &self,
        identifier: &AccountIdentifier,
        seen: Vec<(&str, Seen)>,
    ) -> Result<LookedUp, AgentError> {
        if seen.is_empty() {
            return Err(AgentError::NotLookedUp(identifier.get().kind()));
        }
        let mut accounts = BTreeSet::new();
        let mut unknown = BTreeSet::new();
        for name in seen.iter().flat_map(|(_, seen)| &seen.names) {
            match self.account_called(name)? {
                Ok(account) => {
                    accounts.insert(account);
                }
                // Whoever it is, it is somebody else than any account that is known.
                Err(name) => {
                    unknown.insert(name);
                }
            }
        }
        let count = (accounts.len() + unknown.len()) as u64;
        let only = accounts.into_iter().next();
        let port_asked =
            matches!(identifier.get(), Identifier::IpAddress(address) if address.port().is_some());
        let looked_in = seen.iter().map(|(source, seen)| LookedIn {
            source: (*source).to_owned(),
            port: seen.port || !port_asked,
            examined: seen.examined,
            matched: seen.matched,
            unreadable: seen.unreadable,
        });
        Ok(LookedUp {
            identifier: identifier.clone(),
            account: only.filter(|_| count == 1),
            accounts: count,
            looked_in: looked_in.collect(),
        })
    }

    /// The account that a store calls so, by its address or another of its names; if none is known with its facts,
    /// what it is called.
    fn account_called(&self, name: &str) -> Result<Result<EmailAddress, String>, AgentError> {
        let named = EmailAddress::parse(name.trim()).ok();
        let named = named.and_then(|address| Identifier::EmailAddress(address).try_into().ok());
        let Some(named) = named else {
            return Ok(Err(name.to_owned()));
        };
        match self.accounts()?.resolve(&self.config, &named) {
            Ok(Named::Account(_, account) | Named::Alias(account)) => {
                Ok(Ok(account.facts.address.clone()))
            }
            Ok(Named::Nobody) | Err(AgentError::NoFacts { .. }) => Ok(Err(name.to_owned())),
            Err(AgentError::NoRule { of, .. }) => Ok(Err(of.normal().to_owned())),
            // Whose it is, is not known then: it is not said to be a stranger's.
            Err(error) => Err(error),
        }
    }
}
