//! Passphrases that are told by telephone. One is made where the data lies, sealed to the keys of the person who is to
//! tell it, and shown to that person once. It never leaves for the desk: what two people signed says who tells it, and
//! on which number that the agent itself knows.

use std::path::PathBuf;

use jiff::Timestamp;
use lagrum_mandate::{Nonce, ToldPassphrase};
use lagrum_model::{CaseId, SpokenPassphrase};
use lagrum_notes::{SigningKey, open_sealed, role, seal_to};
use rand_core::CryptoRngCore;
use zeroize::Zeroizing;

use crate::ledger::Told;
use crate::{Agent, AgentError};

/// The longest sealed passphrase that is read.
const LONGEST: u64 = 16 << 10;

/// Why a passphrase is not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotShown {
    /// No package of this case was sealed with one, here.
    #[error("case {0}: no package was sealed with a passphrase here")]
    NoCase(CaseId),
    /// The key belongs to nobody of the roster.
    #[error("this key is nobody's on this agent's roster; nothing is shown to others")]
    NotOnRoster,
    /// Another person tells it.
    #[error("{0} tells it, and nobody else is shown it: that is what two people signed")]
    Another(String),
    /// It was shown before.
    #[error(
        "it was shown to {by} at {at}, and is shown once. If it was not written down, have the mandate's data released anew: draft and sign another mandate"
    )]
    Shown {
        /// To whom.
        by: String,
        /// When (UTC).
        at: Timestamp,
    },
    /// The file in which it lay sealed is gone or damaged.
    #[error("what it lay sealed in is gone or damaged; draft and sign another mandate")]
    Gone,
}

/// A passphrase as it is shown, once.
pub struct Passphrase {
    /// What stands of it in the journal.
    pub told: Told,
    /// The words.
    pub words: Zeroizing<String>,
}

/// A passphrase of `random`.
pub(crate) fn make(random: &mut dyn CryptoRngCore) -> SpokenPassphrase {
    let mut bytes = Zeroizing::new([0; SpokenPassphrase::BYTES]);
    random.fill_bytes(&mut *bytes);
    SpokenPassphrase::new(*bytes)
}

impl Agent {
    /// The journal: which passphrases were made here, who tells them, and when they were shown. No passphrase stands
    /// in it.
    ///
    /// # Errors
    /// When the agent's record cannot be read.
    pub fn passphrases(&self, case: Option<&CaseId>) -> Result<Vec<Told>, AgentError> {
        Ok(self.ledger.told(case)?)
    }

    /// Shows the passphrase of a case to the person who is to tell it: the first that waits. That it is shown is
    /// written down before it is.
    ///
    /// In the release model: `Show`.
    ///
    /// # Errors
    /// [`NotShown`]; when the agent's files cannot be used.
    pub fn show_passphrase(
        &self,
        case: &CaseId,
        key: &SigningKey<role::Person>,
        now: Timestamp,
    ) -> Result<Passphrase, AgentError> {
        let holder = self.roster.holder_of(&key.verifying_key());
        let holder = holder.ok_or(NotShown::NotOnRoster)?;
        let all = self.ledger.told(Some(case))?;
        let waits = all.iter().find(|one| one.shown_at.is_none());
        let told = waits.or(all.last());
        let told = told.ok_or_else(|| NotShown::NoCase(case.clone()))?.clone();
        if told.told.told_by != holder.id {
            return Err(NotShown::Another(told.told.told_by).into());
        }
        if let Some(at) = told.shown_at {
            let by = told.told.told_by;
            return Err(NotShown::Shown { by, at }.into());
        }
        let file = self.passphrase_of(&told.nonce);
        let sealed = lagrum_durable::read_if_any(&file, LONGEST)?;
        let words = sealed.and_then(|sealed| open_sealed(key, &sealed).ok());
        let words = words.and_then(|words| String::from_utf8(words.to_vec()).ok());
        let words = Zeroizing::new(words.ok_or(NotShown::Gone)?);
        // Of two who ask at once one is shown it.
        if !self.ledger.showing(&told.nonce, now)? {
            let by = told.told.told_by;
            return Err(NotShown::Shown { by, at: now }.into());
        }
        lagrum_durable::remove(&file)?;
        let told = Told {
            shown_at: Some(now),
            ..told
        };
        Ok(Passphrase { told, words })
    }

    /// Keeps a passphrase, sealed to every key of the person who is to tell it.
    pub(crate) fn keep_passphrase(
        &self,
        nonce: &Nonce,
        told: &ToldPassphrase,
        passphrase: &SpokenPassphrase,
    ) -> Result<(), AgentError> {
        let people = self.roster.people().iter();
        let theirs = people.filter(|person| person.id == told.told_by);
        let keys: Vec<_> = theirs.map(|person| &person.key).collect();
        let sealed = seal_to(&keys, passphrase.words().as_bytes())?;
        Ok(lagrum_durable::replace(
            &self.passphrase_of(nonce),
            &sealed,
        )?)
    }

    /// Removes what was kept for a package that was not sealed to its end.
    pub(crate) fn remove_left_passphrases(&self) -> Result<(), AgentError> {
        for left in crate::carry_out::entries(&self.config.state.join("told"))? {
            let name = left.file_name().and_then(|name| name.to_str());
            let nonce = name.and_then(|name| name.strip_suffix(".age"));
            let nonce = nonce.and_then(|nonce| Nonce::try_from(nonce.to_owned()).ok());
            let waits = match nonce {
                Some(nonce) => self
                    .ledger
                    .told_under(&nonce)?
                    .is_some_and(|told| told.shown_at.is_none()),
                None => false,
            };
            if !waits {
                lagrum_durable::remove(&left)?;
            }
        }
        Ok(())
    }

    fn passphrase_of(&self, nonce: &Nonce) -> PathBuf {
        let told = self.config.state.join("told");
        told.join(format!("{nonce}.age"))
    }
}
