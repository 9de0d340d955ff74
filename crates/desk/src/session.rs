use jiff::Timestamp;
use lagrum_access::{Action, Principal};
use lagrum_model::{Actor, Case, CaseId, Refusal, TimeSource};
use lagrum_store::Changes;
use rand_core::CryptoRngCore;

use crate::{CommandError, Desk};

/// The projection of this desk, as the store wants it.
macro_rules! projecting {
    ($desk:expr) => {
        &|id: &lagrum_model::CaseId, case: &lagrum_model::Case, events: &[lagrum_model::Event]| {
            $crate::projection::project($desk, id, case, events)
        }
    };
}
pub(crate) use projecting;

/// What one person does at the desk: who acts, at what time, with which randomness. Each command
/// and each question is one method; the command's files are in `command/`, the questions in
/// `query.rs`.
pub struct Session<'d> {
    pub(crate) desk: &'d Desk,
    pub(crate) by: Principal,
    pub(crate) time: &'d dyn TimeSource,
    pub(crate) random: &'d mut dyn CryptoRngCore,
}

impl Desk {
    /// What `by` does at the desk, at the time and with the randomness that are passed in.
    #[must_use]
    pub fn session<'d>(
        &'d self,
        by: Principal,
        time: &'d dyn TimeSource,
        random: &'d mut dyn CryptoRngCore,
    ) -> Session<'d> {
        Session::new(self, by, time, random)
    }
}

impl<'d> Session<'d> {
    pub(crate) fn new(
        desk: &'d Desk,
        by: Principal,
        time: &'d dyn TimeSource,
        random: &'d mut dyn CryptoRngCore,
    ) -> Self {
        Self {
            desk,
            by,
            time,
            random,
        }
    }

    /// Who acts.
    #[must_use]
    pub fn by(&self) -> &Principal {
        &self.by
    }

    /// The desk.
    #[must_use]
    pub fn desk(&self) -> &'d Desk {
        self.desk
    }

    /// Now (UTC).
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.time.now()
    }

    /// Whether the person's role permits what is done at the desk as a whole.
    pub(crate) fn may(&self, action: Action) -> Result<(), CommandError> {
        Ok(self.desk.inner.access.check(&self.by, action, None)?)
    }

    /// Whether the person's role permits it, in the state in which the case is.
    pub(crate) fn may_with(&self, action: Action, case: &Case) -> Result<(), CommandError> {
        let state = Some(case.state());
        Ok(self.desk.inner.access.check(&self.by, action, state)?)
    }

    /// Whether the person's role permits it in any state at all: asked before something is done that
    /// may bring the case into another state.
    pub(crate) fn may_ever(&self, action: Action) -> Result<(), CommandError> {
        Ok(self.desk.inner.access.check_ever(&self.by, action)?)
    }

    /// One command: authorised in the state in which it finds the case, in one transaction.
    pub(crate) fn change<T>(
        &mut self,
        action: Action,
        id: &CaseId,
        originals: &[&[u8]],
        change: impl FnOnce(&mut Changes<'_>, &Acting<'_>) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        let desk = self.desk;
        let (by, access) = (&self.by, &desk.inner.access);
        let acting = Acting {
            id,
            actor: by.actor(),
        };
        // Read before the transaction, so that nobody waits for it.
        desk.law()?;
        let at = self.time.now();
        desk.inner.store.change(
            action.as_str(),
            id,
            at,
            originals,
            self.random,
            projecting!(desk),
            |changes| {
                desk.check_signatures(id, changes.events())?;
                access.check(by, action, Some(changes.case().state()))?;
                change(changes, &acting)
            },
        )
    }
}

/// That a case could not be held against the public log.
pub(crate) fn not_compared(id: &CaseId, why: &str) -> CommandError {
    CommandError::NotCompared {
        case: id.clone(),
        why: why.to_owned(),
    }
}

/// Who acts in which case, within one transaction.
pub(crate) struct Acting<'a> {
    pub(crate) id: &'a CaseId,
    pub(crate) actor: Actor,
}

impl Acting<'_> {
    /// Gives a command to the case.
    pub(crate) fn command(
        &self,
        changes: &mut Changes<'_>,
        command: lagrum_model::Command,
        reason: &str,
    ) -> Result<(), CommandError> {
        changes
            .command(command, &self.actor, reason)
            .map_err(|refusal| self.refused(refusal))
    }

    /// Stops what must not be done with a case that could not be held against the public log.
    pub(crate) fn compared(&self, uncompared: Option<&str>) -> Result<(), CommandError> {
        match uncompared {
            None => Ok(()),
            Some(why) => Err(not_compared(self.id, why)),
        }
    }

    /// A refusal in this case.
    pub(crate) fn refused(&self, refusal: Refusal) -> CommandError {
        CommandError::Refused {
            case: self.id.clone(),
            refusal,
        }
    }
}
