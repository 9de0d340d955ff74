use jiff::Timestamp;
use lagrum_access::{Action, Principal};
use lagrum_model::{Actor, Case, CaseId, Refusal, Role, TimeSource};
use lagrum_store::{CaseFilter, Changes};
use rand_core::CryptoRngCore;

use crate::record::Checked;
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

    /// Now, in seconds since 1970-01-01T00:00:00Z (POSIX).
    pub(crate) fn seconds(&self) -> u64 {
        u64::try_from(self.time.now().as_second()).unwrap_or_default()
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
        Ok(self.desk.inner.access.check_desk(&self.by, action)?)
    }

    /// Whether the person's role permits it, in the state in which the case is; what is of another group of the
    /// desk is not there.
    pub(crate) fn may_with(
        &self,
        action: Action,
        id: &CaseId,
        case: &Case,
    ) -> Result<(), CommandError> {
        self.desk.permit(&self.by, action, id, case)
    }

    /// Stops whoever works for other groups than that of a case: before anything is done that could tell them of
    /// it. What they may do to it is asked when it is done.
    pub(crate) fn theirs(&self, id: &CaseId) -> Result<(), CommandError> {
        match self.desk.is_there_for(&self.by, id)? {
            true => Ok(()),
            false => Err(CommandError::NoSuchCase(id.clone())),
        }
    }

    /// Whether a case is there for the person.
    #[must_use]
    pub fn sees(&self, id: &CaseId) -> bool {
        let there = self.theirs(id).is_ok();
        let case = there.then(|| self.desk.inner.store.case(id).ok()).flatten();
        case.is_some_and(|case| self.may_with(Action::ReadCase, id, &case).is_ok())
    }

    /// A case, checked, if it is there for the person.
    pub(crate) fn read_case(&self, id: &CaseId) -> Result<Checked, CommandError> {
        self.theirs(id)?;
        let read = self.desk.record(id)?;
        // What the list says is no proof: it lies in the clear.
        match self.by.works_for(self.desk.group_of(&read.case)?) {
            true => Ok(read),
            false => Err(CommandError::NoSuchCase(id.clone())),
        }
    }

    /// A case, checked, if the person may do `action` to it as it stands.
    pub(crate) fn read_for(&self, action: Action, id: &CaseId) -> Result<Checked, CommandError> {
        let read = self.read_case(id)?;
        self.may_with(action, id, &read.case)?;
        Ok(read)
    }

    /// What a filter finds of the cases that are there for the person.
    pub(crate) fn own(&self, filter: &CaseFilter) -> Result<CaseFilter, CommandError> {
        let mut filter = filter.clone();
        if let Some(mut own) = self.own_groups()? {
            let asked = filter.groups.take();
            own.retain(|group| asked.as_ref().is_none_or(|asked| asked.contains(group)));
            filter.groups = Some(own);
        } else if filter.groups.is_some() {
            self.arranged()?;
        }
        Ok(filter)
    }

    /// The groups to whose cases a list is held; `None`: it has all.
    pub(crate) fn own_groups(&self) -> Result<Option<Vec<String>>, CommandError> {
        let Some(groups) = self.by.groups() else {
            return Ok(None);
        };
        // A list that is arranged by other groups would tell of cases that are not theirs.
        self.arranged()?;
        Ok(Some(groups.to_vec()))
    }

    /// Stops where the list is not arranged by the groups that there are now.
    fn arranged(&self) -> Result<(), CommandError> {
        let mark = self.desk.people()?.groups_mark();
        match self.desk.inner.store.arranged()? == mark {
            true => Ok(()),
            false => Err(CommandError::NotArranged),
        }
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
        let by = &self.by;
        let acting = Acting {
            id,
            actor: by.actor(),
        };
        // Whoever may not know of the case neither waits for it nor hears what is wrong with it.
        self.theirs(id)?;
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
                desk.permit(by, action, id, changes.case())?;
                desk.check_signatures(id, changes.events())?;
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
    /// Whether counsel acts.
    pub(crate) fn is_counsel(&self) -> bool {
        let role = |actor: &Actor| match actor {
            Actor::Person { role, .. } => Some(*role),
            _ => None,
        };
        role(&self.actor) == Some(Role::Counsel)
    }

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
