//! The people, their keys, and the authorities.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use jiff::{Span, civil::Date};
use lagrum_mandate::Roster;
use lagrum_model::{Matter, Role, Standing};

use super::Found;
use crate::shelved;
use crate::{CommandError, ProviderFound};

impl Found<'_> {
    pub(super) fn people(&mut self) -> Result<(), CommandError> {
        // What is wrong with a file is a line of its own.
        if let Ok(roster) = self.desk.roster() {
            self.keys(roster);
            self.without_key(roster);
        }
        if let Ok(people) = self.desk.people() {
            let auditor = |one: &&lagrum_access::Person| one.role == Role::Auditor;
            if people.people().iter().find(auditor).is_none() {
                self.line(Standing::Soon, Matter::NoAuditor);
            }
            for person in people.people() {
                if people
                    .groups_of(person)
                    .is_some_and(|groups| groups.is_empty())
                {
                    let name = person.name.clone();
                    self.line(Standing::Soon, Matter::NoGroup { name });
                }
            }
        }
        let count = self.desk.shelf().all(shelved::INVITATION, self.now)?.len() as u64;
        match count {
            0 => self.line(Standing::InOrder, Matter::NoInvitations),
            count => self.line(Standing::Soon, Matter::InvitationsOpen { count }),
        }
        Ok(())
    }

    /// Whether people can sign in at the provider, where there is one.
    pub(super) fn sign_in_provider(&mut self) {
        let beside = self.desk.beside.as_ref();
        let Some(found) = beside.and_then(|beside| beside.sign_in_provider()) else {
            return;
        };
        let (standing, matter) = match found {
            ProviderFound::Unusable(why) => {
                let file = "openid.toml".to_owned();
                (Standing::NotInOrder, Matter::FileFault { file, why })
            }
            ProviderFound::Silent { issuer, why } => {
                let matter = Matter::SignInSilent { issuer, why };
                (Standing::NotInOrder, matter)
            }
            ProviderFound::There { issuer, keys } => {
                (Standing::InOrder, Matter::SignInThere { issuer, keys })
            }
        };
        self.line(standing, matter);
    }

    /// Whether two can sign, also when one key is lost.
    fn keys(&mut self, roster: &Roster) {
        let of = |role: Role| {
            let all = roster.people().iter().filter(move |one| one.role == role);
            let ids: BTreeSet<_> = all.clone().map(|one| one.id.as_str()).collect();
            (ids.len() as u64, all.collect::<Vec<_>>())
        };
        let ((analysts, _), (counsel, keys)) = (of(Role::Analyst), of(Role::Counsel));
        self.line(Standing::InOrder, Matter::Signers { analysts, counsel });
        if let (1, [first, rest @ ..]) = (counsel, &keys[..]) {
            let name = first.name.clone();
            match rest.is_empty() {
                true => self.line(Standing::Soon, Matter::OneKeyOfCounsel { name }),
                false => self.line(Standing::Soon, Matter::OneCounsel { name }),
            }
        }
        if !roster.has_own_machine() {
            self.line(Standing::NotInOrder, Matter::NoOwnMachine);
        }
    }

    /// Who signs by their role, and has no key with which they could.
    fn without_key(&mut self, roster: &Roster) {
        let Ok(people) = self.desk.people() else {
            return;
        };
        for person in people.people() {
            let has_key = roster.people().iter().any(|one| one.id == person.id);
            if person.role.signs_mandates() && !has_key {
                let name = person.name.clone();
                self.line(Standing::Soon, Matter::NoKey { name });
            }
        }
    }

    pub(super) fn authorities(&mut self) {
        let Ok(list) = self.desk.authorities() else {
            return;
        };
        if list.authorities.is_empty() {
            self.line(Standing::NotKnown, Matter::NoAuthorities);
            return;
        }
        let today = self.now.to_zoned_datetime(TimeZone::UTC).date();
        let (mut in_time, mut undated): (u64, Vec<&str>) = (0, Vec::new());
        for one in &list.authorities {
            match one.checked {
                None => undated.push(&one.name),
                Some(checked) if is_overdue(checked, today, self.settings.authority_months) => {
                    let name = one.name.clone();
                    self.line(Standing::Soon, Matter::AuthorityOverdue { name, checked });
                }
                Some(_) => in_time += 1,
            }
        }
        if let Some(first) = undated.first() {
            let (count, first) = (undated.len() as u64, (*first).to_owned());
            self.line(
                Standing::NotKnown,
                Matter::AuthorityNotDated { count, first },
            );
        }
        if in_time > 0 {
            let matter = Matter::AuthoritiesChecked { count: in_time };
            self.line(Standing::InOrder, matter);
        }
    }
}

/// Whether what was checked on a day has to be checked again.
pub(crate) fn is_overdue(checked: Date, today: Date, months: u32) -> bool {
    let until = checked.checked_add(Span::new().months(i64::from(months)));
    until.is_ok_and(|until| until < today)
}
