//! What goes out by itself, and who is woken.

use jiff::SignedDuration;
use lagrum_model::{Matter, Standing, WatchKind};
use lagrum_store::Page;

use super::Found;
use crate::CommandError;
use crate::outgoing::by_way;

/// An emergency that nobody looked at for so long is told as not in order, where the settings say nothing else.
const LOOK_WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// More than that nobody reads one by one.
const MOST: u32 = 20;

impl Found<'_> {
    /// The queue, and the letters that were given up.
    pub(super) fn outgoing(&mut self) -> Result<(), CommandError> {
        let rules = self.desk.rules();
        if let Some(why) = &rules.fault {
            let (file, why) = ("outgoing.toml".to_owned(), why.clone());
            self.line(Standing::NotInOrder, Matter::FileFault { file, why });
        }
        let mut entries = Vec::new();
        for one in self.desk.outgoing(self.now)? {
            if self.tells_of(&one.case)? {
                entries.push(one);
            }
        }
        for (way, all) in by_way(&entries) {
            let (given_up, waiting): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|one| one.given_up.is_some());
            if let Some(first) = waiting.iter().min_by_key(|one| one.since) {
                let standing = match self.waited_long(first.since) {
                    true => Standing::NotInOrder,
                    false => Standing::Soon,
                };
                let matter = Matter::OutgoingWaits {
                    way: way.to_owned(),
                    count: waiting.len() as u64,
                    since: first.since,
                    why: first.why.clone(),
                };
                self.line(standing, matter);
            }
            if let Some(last) = given_up.iter().max_by_key(|one| one.given_up) {
                let matter = Matter::OutgoingGivenUp {
                    way: way.to_owned(),
                    count: given_up.len() as u64,
                    at: last.given_up.unwrap_or(self.now),
                    why: last.why.clone().unwrap_or_default(),
                };
                self.line(Standing::NotInOrder, matter);
            }
        }
        let sends = rules.mail.is_some() || !rules.receivers.is_empty();
        if entries.is_empty() && sends {
            self.line(Standing::InOrder, Matter::OutgoingEmpty);
        }
        let store = &self.desk.inner.store;
        let (groups, kind) = (self.groups.as_deref(), WatchKind::LetterNotSent);
        let found = store.watched_of(groups, kind, self.now, Page::number(1, MOST))?;
        for one in found.items {
            let (case, at) = (one.case, one.since);
            self.line(Standing::NotInOrder, Matter::LetterNotSent { case, at });
        }
        Ok(())
    }

    /// Emergencies that nobody looks at, and whether somebody is there to be woken.
    pub(super) fn emergencies(&mut self) -> Result<(), CommandError> {
        let on_call = self.desk.rules().on_call.as_ref();
        let within = on_call.map_or(LOOK_WITHIN, |on_call| on_call.look_within);
        let store = &self.desk.inner.store;
        let (groups, kind) = (self.groups.as_deref(), WatchKind::EmergencyUnseen);
        let found = store.watched_of(groups, kind, self.now, Page::number(1, MOST))?;
        for one in found.items {
            let (case, since) = (one.case, one.since);
            let standing = match self.now.duration_since(since) > within {
                true => Standing::NotInOrder,
                false => Standing::Soon,
            };
            self.line(standing, Matter::EmergencyUnseen { case, since });
        }
        let Some(on_call) = on_call else {
            return Ok(());
        };
        if let Some(at) = on_call.first_gap(self.now) {
            self.line(Standing::Soon, Matter::NobodyOnCall { at });
        }
        // Who cannot be read is a line of its own.
        let Ok(people) = self.desk.people() else {
            return Ok(());
        };
        let mut told: Vec<&str> = Vec::new();
        for watch in &on_call.watches {
            let id = watch.person.as_str();
            let reached = people.find(id).is_some_and(|one| one.mail.is_some());
            if !reached && !told.contains(&id) {
                told.push(id);
                let person = id.to_owned();
                self.line(Standing::NotInOrder, Matter::OnCallUnreachable { person });
            }
        }
        Ok(())
    }
}
