//! The groups of the desk: whose a case is, and a list that is arranged by them.

use lagrum_access::{Action, Denied, Person, Principal, route};
use lagrum_mandate::Person as Signer;
use lagrum_model::{Case, CaseId, Refusal, Role};
use lagrum_store::Changes;

use crate::session::{Acting, projecting};
use crate::{CommandError, Desk, News, OpenError, Session, Settled};

impl Desk {
    /// The id of the group whose a case is; none where the desk has no groups.
    pub(crate) fn group_of(&self, case: &Case) -> Result<Option<&str>, OpenError> {
        let group = self.people()?.group_of(&route(case));
        Ok(group.map(|group| group.id.as_str()))
    }

    /// Whether `by` may do `action` to a case as it stands.
    pub(crate) fn permit(
        &self,
        by: &Principal,
        action: Action,
        id: &CaseId,
        case: &Case,
    ) -> Result<(), CommandError> {
        let of = lagrum_access::CaseOf {
            state: case.state(),
            group: self.group_of(case)?,
        };
        let answer = self.inner.access.check(by, action, Some(of));
        answer.map_err(|denied| match denied {
            Denied::NotThere => CommandError::NoSuchCase(id.clone()),
            Denied::NotAllowed(refused) => refused.into(),
        })
    }

    /// Whether a case is there for somebody, as far as the list says: quickly, without waiting for anybody who
    /// works in it, and in the same time whether it is another group's or never was. Who does something to it is
    /// asked again when its events are read.
    pub(crate) fn is_there_for(&self, by: &Principal, id: &CaseId) -> Result<bool, CommandError> {
        if by.groups().is_none() {
            return Ok(true);
        }
        let people = self.people()?;
        let store = &self.inner.store;
        let found = store
            .summary(id)
            .and_then(|row| match row.route.is_empty() {
                // Its row is from before there were groups.
                true => store.case(id).map(|case| route(&case)),
                false => Ok(row.route),
            });
        match found {
            Ok(route) => {
                let group = people.group_of(&route);
                Ok(by.works_for(group.map(|group| group.id.as_str())))
            }
            // Of what is not there, is erased or cannot be read nobody can tell whose it is.
            Err(error) if error.is_of_one_case() => Ok(false),
            Err(other) => Err(other.into()),
        }
    }

    /// The same for the person of this id: nobody is told of a case of another group.
    pub(crate) fn is_there_for_person(
        &self,
        id: &str,
        case: &CaseId,
    ) -> Result<bool, CommandError> {
        if self.people()?.groups().is_empty() {
            return Ok(true);
        }
        match self.people()?.principal_signed_in(id) {
            Some(person) => self.is_there_for(&person, case),
            None => Ok(false),
        }
    }

    /// Whether a person of this id works for the group of a case: whether it is there for them.
    pub(crate) fn works_for(&self, person: &str, group: Option<&str>) -> Result<bool, OpenError> {
        let people = self.people()?;
        let person = people.principal_signed_in(person);
        Ok(person.is_some_and(|person| person.works_for(group)))
    }

    /// The people for whom a case is there, in the order of their list.
    ///
    /// # Errors
    /// When the list of people cannot be read.
    pub fn people_of(&self, case: &Case) -> Result<Vec<&Person>, OpenError> {
        let group = self.group_of(case)?;
        let mut all = Vec::new();
        for person in self.people()?.people() {
            if self.works_for(&person.id, group)? {
                all.push(person);
            }
        }
        Ok(all)
    }

    /// Whether somebody of the roster may sign in a case: who works for other groups of the desk does not.
    ///
    /// # Errors
    /// When the list of people cannot be read.
    pub fn may_sign_in(&self, name: &str, role: Role, case: &Case) -> Result<bool, OpenError> {
        match self.people()?.groups().is_empty() {
            true => Ok(true),
            false => self.signs_for(name, role, self.group_of(case)?),
        }
    }

    /// The counsel on the roster to whom a privileged note of a case is sealed, an entry for each of their keys
    /// that opens something; by name.
    pub(crate) fn opens_notes_of(&self, case: &Case) -> Result<Vec<&Signer>, OpenError> {
        let mut theirs = Vec::new();
        for one in self.roster()?.people() {
            if one.role == Role::Counsel
                && one.key.opens()
                && self.may_sign_in(&one.name, one.role, case)?
            {
                theirs.push(one);
            }
        }
        // Who has a key on a machine of their own needs no other: it may lie where the desk runs.
        let own: Vec<_> = theirs
            .iter()
            .filter(|one| one.own_machine)
            .map(|one| &one.id)
            .cloned()
            .collect();
        theirs.retain(|one| one.own_machine || !own.contains(&one.id));
        theirs.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(theirs)
    }

    /// Whether somebody of the roster, whom it names as the list of people does, works for the group of a case.
    pub(crate) fn signs_for(
        &self,
        name: &str,
        role: Role,
        group: Option<&str>,
    ) -> Result<bool, OpenError> {
        let mut theirs = self.people()?.people().iter();
        let theirs = theirs.find(|one| one.name == name && one.role == role);
        match theirs {
            Some(person) => self.works_for(&person.id, group),
            None => Ok(false),
        }
    }

    /// Arranges the list of cases by the groups as they are now, if it is not. Gives whether it was not.
    ///
    /// # Errors
    /// When the list of people is wrong, or the store cannot be written.
    pub fn arrange(&self) -> Result<bool, OpenError> {
        let people = self.people()?;
        let group_of = |route: &str| {
            let group = people.group_of(route);
            group.map(|group| group.id.clone()).unwrap_or_default()
        };
        let store = &self.inner.store;
        let mark = people.groups_mark();
        Ok(store.arrange(&mark, &group_of, projecting!(self))?)
    }

    /// The same for whoever opens the desk: nothing is written, and nothing refused, where it has no groups and had
    /// none.
    ///
    /// # Errors
    /// As [`Desk::arrange`].
    pub fn follow_groups(&self) -> Result<(), OpenError> {
        let none = self.people()?.groups().is_empty();
        let had = || {
            self.inner
                .store
                .arranged()
                .is_ok_and(|word| !word.is_empty())
        };
        if !none || had() {
            self.arrange()?;
        }
        Ok(())
    }

    /// Somebody who does not work for the group of a case looks after it no more.
    pub(crate) fn only_its_own_owner(
        &self,
        changes: &mut Changes<'_>,
        acting: &Acting<'_>,
    ) -> Result<(), CommandError> {
        let case = changes.case();
        let grouped = !self.people()?.groups().is_empty();
        let Some(owner) = case.owner.clone().filter(|_| grouped) else {
            return Ok(());
        };
        let group = self.group_of(case)?.map(str::to_owned);
        if self.works_for(&owner, group.as_deref())? {
            return Ok(());
        }
        let command = lagrum_model::Command::Assign { to: None };
        acting.command(changes, command, "it went to another group")
    }

    /// That somebody can be handed a case.
    pub(crate) fn can_look_after(
        &self,
        case: &Case,
        person: &str,
    ) -> Result<Result<(), Refusal>, OpenError> {
        let id = person.to_owned();
        if self.people()?.find(person).is_none() {
            return Ok(Err(Refusal::UnknownPerson { id }));
        }
        Ok(match self.works_for(person, self.group_of(case)?)? {
            true => Ok(()),
            false => Err(Refusal::OfAnotherGroup { id }),
        })
    }
}

impl Session<'_> {
    /// What is told to this person of what a run brought: nothing of cases that are not there for them, and no
    /// number of what was done in others.
    ///
    /// # Errors
    /// When the list of people is wrong, or the store cannot be read.
    pub fn told(
        &self,
        settled: Settled,
        news: Vec<News>,
    ) -> Result<(Settled, Vec<News>), CommandError> {
        if self.by.groups().is_none() {
            return Ok((settled, news));
        }
        let theirs = |case: &CaseId| self.desk.is_there_for(&self.by, case);
        let own = |news: Vec<News>| {
            let mut own = Vec::new();
            for one in news {
                let told = match (&one, one.case()) {
                    (_, Some(case)) => theirs(case)?,
                    (News::OfferedAnew { .. }, None) => false,
                    (_, None) => true,
                };
                if told {
                    own.push(one);
                }
            }
            Ok::<_, CommandError>(own)
        };
        let (mut released, mut recalled) = (Vec::new(), Vec::new());
        for (all, own) in [
            (settled.released, &mut released),
            (settled.recalled, &mut recalled),
        ] {
            for case in all {
                if theirs(&case)? {
                    own.push(case);
                }
            }
        }
        let settled = Settled {
            witnessed: settled.witnessed,
            next_batch: settled.next_batch,
            entries: settled.entries,
            released,
            recalled,
            news: own(settled.news)?,
        };
        Ok((settled, own(news)?))
    }
}
