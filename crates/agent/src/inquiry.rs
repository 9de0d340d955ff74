//! Telling the desk which accounts there are, what the law asks of them, and which kinds of data lie here. No store is
//! searched for it.

use jiff::{SignedDuration, Timestamp};
use lagrum_mandate::answer::{AccountsTold, RefusalCode, SignedAnswer};
use lagrum_mandate::gate::{Admitted, InquiryGate, UntrustedMandate};
use lagrum_mandate::{Inquiry, Nonce};
use lagrum_model::{
    AccountIdentifier, AccountKnown, AccountNamed, AccountTold, Category, EmailAddress, Identifier,
};
use lagrum_transport::Stem;

use crate::accounts::Named;
use crate::agent::MandateOutcome;
use crate::entered::Entered;
use crate::ledger::{Beside, Carried};
use crate::outside::Told;
use crate::{Agent, AgentError};

/// Within how long a limited number of accounts is told of.
const WITHIN: SignedDuration = SignedDuration::from_hours(24);

impl Agent {
    /// What became of a question of which accounts there are.
    pub(crate) fn inquired(
        &self,
        stem: &Stem,
        untrusted: &UntrustedMandate,
        now: Timestamp,
    ) -> Result<MandateOutcome, AgentError> {
        let refused =
            |(code, why): (RefusalCode, Told)| self.refuse(stem, untrusted.digest(), code, why);
        let admitted = match self.admit_inquiry(stem, untrusted, now) {
            Ok(admitted) => admitted,
            Err(why) => return refused(why),
        };
        match self.tell(stem, admitted.inquiry(), now) {
            Ok(told) => Ok(MandateOutcome::Told(told)),
            // It is spent, and what was told follows.
            Err(error) if self.is_spent(&admitted.inquiry().nonce)? => {
                Ok(MandateOutcome::Unanswered(error.to_string()))
            }
            Err(error) => refused((error.code(), self.failures.outside(stem, &error, now))),
        }
    }

    fn admit_inquiry(
        &self,
        stem: &Stem,
        untrusted: &UntrustedMandate,
        now: Timestamp,
    ) -> Result<Admitted, (RefusalCode, Told)> {
        let outside = |error: AgentError| (error.code(), self.failures.outside(stem, &error, now));
        self.believe_log(&untrusted.proof, now).map_err(outside)?;
        let gate = InquiryGate {
            region: &self.config.region,
            roster: &self.roster,
            log: &self.log,
            is_spent: &|nonce| {
                let spent = self.is_spent(nonce);
                spent.map_err(|e| outside(e.into()).1.into_text())
            },
            remembers_since: self.ledger.begun_at().map_err(|e| outside(e.into()))?,
            now,
        };
        gate.admit(untrusted).map_err(|refused| {
            let why = self.failures.outside_of_gate(stem, &refused, now);
            (RefusalCode::from(&refused), why)
        })
    }

    fn is_spent(&self, nonce: &Nonce) -> Result<bool, rusqlite::Error> {
        Ok(self.ledger.find(nonce)?.is_some() || self.ledger.is_interrupted(nonce)?)
    }

    /// Looks the accounts up, signs what is known of them, records it, and sends it to the desk.
    fn tell(
        &self,
        stem: &Stem,
        inquiry: &Inquiry,
        now: Timestamp,
    ) -> Result<AccountsTold, AgentError> {
        let asked = inquiry.accounts.len() as u64;
        let most = u64::from(self.config.most_inquired_per_day);
        let since = now.checked_sub(WITHIN).unwrap_or(Timestamp::MIN);
        if self.ledger.inquired_since(since)?.saturating_add(asked) > most {
            return Err(AgentError::InquiredEnough { most, asked });
        }
        let accounts = inquiry.accounts.iter().map(|address| {
            Ok(AccountTold {
                address: address.clone(),
                names: self.named(address)?,
            })
        });
        let told = AccountsTold {
            case: inquiry.case.clone(),
            inquiry: inquiry.digest(),
            region: self.config.region.clone(),
            at: now,
            accounts: accounts.collect::<Result<_, AgentError>>()?,
        };
        let note = told.sign(&self.key)?;
        let carried = Carried::told(inquiry.nonce, told.inquiry, stem, note);
        self.ledger.mark_begun(&carried)?;
        let beside = Beside {
            inquired: asked,
            ..Beside::default()
        };
        self.ledger.record(&carried, &beside, now)?;
        self.hand_out(&carried, &[])?;
        Ok(told)
    }

    /// What an address names here.
    fn named(&self, address: &EmailAddress) -> Result<AccountNamed, AgentError> {
        let identifier = Identifier::EmailAddress(address.clone());
        let Ok(identifier) = AccountIdentifier::try_from(identifier) else {
            return Ok(AccountNamed::Unknown {});
        };
        Ok(match self.accounts()?.resolve(&self.config, &identifier) {
            Ok(Named::Account(_, account)) => AccountNamed::Account {
                known: self.known_of(&account)?,
            },
            Ok(Named::Alias(account)) => AccountNamed::Alias {
                of: account.facts.address.clone(),
                known: self.known_of(&account)?,
            },
            Ok(Named::Nobody) => AccountNamed::Nobody {},
            Err(AgentError::NoFacts { .. }) => AccountNamed::Unknown {},
            Err(error) => return Err(error),
        })
    }

    fn known_of(&self, account: &Entered) -> Result<AccountKnown, AgentError> {
        let facts = &account.facts;
        let served = self.accounts()?.served(account)?;
        Ok(AccountKnown {
            controller: facts.controller,
            resides_in: facts.resides_in,
            us_person: facts.us_person,
            privileged: facts.privileged,
            public_authority_of: facts.public_authority_of,
            categories: Category::ALL
                .into_iter()
                .filter(|one| served.contains(one))
                .collect(),
        })
    }
}
