//! Which news follows from what was recorded. It is put into the queue once, whoever looks, and however often.

use jiff::{SignedDuration, Timestamp};
use lagrum_model::{Actor, CaseId, Event, EventKind, NewsKind, Role, WatchKind};
use lagrum_store::{
    CaseFilter, DESCRIBE, Order, Page, Recent, StoreError, Summary, Thing, WaitingFor, Which,
};
use rand_core::CryptoRngCore;

use super::Rules;
use super::queue::{Entry, To, What};
use crate::shelved::{NEWS_PLACE, OUTGOING, TOLD};
use crate::watch::is_emergency;
use crate::{CommandError, Desk};

/// What happened longer ago is no news: a desk that starts again after a week tells nobody of that week.
const OLD: SignedDuration = SignedDuration::from_hours(24);
/// That something was told is remembered for so long: longer than anything is looked at again for news.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Before a clock runs out it is told twice: when there is a day left, and when there are two hours, in which
/// somebody can still act.
const BEFORE: [SignedDuration; 2] = [
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(24),
];
/// Clocks are looked at so often: with two hours left nobody misses five minutes.
const CLOCKS_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// Events are read so many at a time, and so often in one run: the next run goes on.
const AT_A_TIME: u32 = 200;
const TIMES: usize = 10;
/// More open cases that are due are not looked at in one run.
const MOST_DUE: u32 = 1000;
/// More open emergencies are not looked at in one run.
const MOST_EMERGENCIES: u32 = 50;

impl Desk {
    /// Looks for news, and puts it into the queue.
    pub(super) fn look_for_news(
        &self,
        rules: &Rules,
        now: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), CommandError> {
        let mut news = Looking {
            desk: self,
            rules,
            now,
            random,
        };
        // First what somebody is woken for.
        news.emergencies()?;
        news.events()?;
        if news.is_time_for_clocks()? {
            news.clocks()?;
        }
        news.confirmations()
    }
}

struct Looking<'l> {
    desk: &'l Desk,
    rules: &'l Rules,
    now: Timestamp,
    random: &'l mut dyn CryptoRngCore,
}

impl Looking<'_> {
    /// Puts news there for these people and programs, unless it was put there before.
    fn tell(
        &mut self,
        name: &str,
        case: &CaseId,
        kind: NewsKind,
        at: Timestamp,
        whom: Vec<To>,
    ) -> Result<(), CommandError> {
        let shelf = self.desk.shelf();
        let remembered = self.now + REMEMBERED;
        let mut entries = Vec::new();
        for to in whom {
            // The same news has the same name, whoever puts it there.
            let whose = serde_json::to_string(&to).unwrap_or_default();
            let word = shelf.word(OUTGOING, format!("{name}\n{whose}").as_bytes());
            let id: String = word.0[..16]
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let entry = Entry::new(id, case, to, What::News { kind, at }, self.now);
            entries.push((entry.id.clone(), entry.bytes()?));
        }
        let mut things = vec![Thing {
            kind: TOLD,
            key: name.as_bytes(),
            value: b"",
            until: Some(remembered),
        }];
        things.extend(entries.iter().map(|(id, bytes)| Thing {
            kind: OUTGOING,
            key: id.as_bytes(),
            value: bytes,
            until: None,
        }));
        // Asked without writing first: most was told long ago.
        if shelf.get(TOLD, name.as_bytes(), self.now)?.is_none() {
            shelf.put_all_if_first(&things, self.random)?;
        }
        Ok(())
    }

    /// Who hears of news of a kind: people with an address, and programs.
    fn who(&self, kind: NewsKind, case: &CaseId) -> Result<Vec<To>, CommandError> {
        let mut all = self.people(kind, case)?;
        all.extend(self.programs(kind));
        Ok(all)
    }

    fn people(&self, kind: NewsKind, case: &CaseId) -> Result<Vec<To>, CommandError> {
        if self.rules.mail.is_none() {
            return Ok(Vec::new());
        }
        let people = self.desk.people()?.people().iter();
        let mut hear = Vec::new();
        for one in people.filter(|one| one.mail.is_some() && one.hears_of(kind)) {
            if self.is_there_for(&one.id, case)? {
                hear.push(To::Person { id: one.id.clone() });
            }
        }
        Ok(hear)
    }

    /// Whether a case is there for a person: nobody is told of a case of another group.
    fn is_there_for(&self, person: &str, case: &CaseId) -> Result<bool, CommandError> {
        self.desk.is_there_for_person(person, case)
    }

    fn programs(&self, kind: NewsKind) -> Vec<To> {
        let receivers = self.rules.receivers.iter();
        let hear = receivers.filter(|one| one.news.contains(&kind));
        let to = |one: &super::Receiver| To::Receiver {
            name: one.name.clone(),
        };
        hear.map(to).collect()
    }

    /// Emergencies that nobody has seen: who is on call is woken at once, and the next one when nobody did
    /// anything for as long as the settings say.
    fn emergencies(&mut self) -> Result<(), CommandError> {
        let page = Page::number(1, MOST_EMERGENCIES);
        let store = &self.desk.inner.store;
        let found = store.watched(WatchKind::EmergencyUnseen, self.now, Which::Open, page)?;
        for one in found.items {
            if self.now.duration_since(one.since) > OLD {
                continue;
            }
            let alarm = |step: &str| format!("alarm {} {} {step}", one.case, one.since);
            let (case, kind, at) = (&one.case, NewsKind::Emergency, one.since);
            let programs = self.programs(kind);
            self.tell(&alarm("programs"), case, kind, at, programs)?;
            let Some(on_call) = &self.rules.on_call else {
                let all = self.people(kind, case)?;
                self.tell(&alarm("everybody"), case, kind, at, all)?;
                continue;
            };
            let mut woken = Vec::new();
            for id in on_call.at(self.now) {
                if self.is_there_for(id, case)? {
                    woken.push(id);
                }
            }
            let waited = self.now.duration_since(one.since).as_secs();
            let step = waited / on_call.look_within.as_secs().max(1);
            let step = usize::try_from(step).unwrap_or(usize::MAX);
            let turn: Vec<String> = woken
                .iter()
                .take(step.saturating_add(1))
                .map(|id| (*id).to_owned())
                .collect();
            let all_were = step >= woken.len();
            for id in turn {
                self.tell(
                    &alarm(&id),
                    case,
                    kind,
                    at,
                    vec![To::Person { id: id.clone() }],
                )?;
            }
            // Nobody is on call, or none of them did anything: then everybody who hears of emergencies.
            if all_were {
                let all = self.people(kind, case)?;
                self.tell(&alarm("everybody"), case, kind, at, all)?;
            }
        }
        Ok(())
    }

    /// What was recorded since the last look.
    fn events(&mut self) -> Result<(), CommandError> {
        let desk = self.desk;
        let (store, shelf) = (&desk.inner.store, desk.shelf());
        let place = shelf.get(NEWS_PLACE, b"log", self.now)?;
        let place = place.and_then(|bytes| bytes.try_into().ok().map(u64::from_be_bytes));
        let mut place = match place {
            Some(place) => place,
            // What was there before anybody was told of anything is no news.
            None => {
                let head = store.published()?.map_or(0, |head| head.size);
                self.keep_place(head)?;
                head
            }
        };
        for _ in 0..TIMES {
            let events = store.recent(place, AT_A_TIME)?;
            let Some(last) = events.last().and_then(|one| one.position) else {
                break;
            };
            for one in events {
                self.event(&one)?;
            }
            place = last + 1;
            self.keep_place(place)?;
        }
        // News does not wait for the log.
        for one in store.recent_unplaced(AT_A_TIME)? {
            self.event(&one)?;
        }
        Ok(())
    }

    fn keep_place(&mut self, place: u64) -> Result<(), CommandError> {
        let shelf = self.desk.shelf();
        let place = place.to_be_bytes();
        Ok(shelf.put(NEWS_PLACE, b"log", &place, None, self.random)?)
    }

    fn event(&mut self, one: &Recent) -> Result<(), CommandError> {
        let Some(event) = &one.event else {
            return Ok(());
        };
        if self.now.duration_since(event.at) > OLD {
            return Ok(());
        }
        let Some(kind) = self.kind_of(event)? else {
            return Ok(());
        };
        let name = format!("event {} {} {kind}", one.case, one.number);
        let whom = self.who(kind, &one.case)?;
        self.tell(&name, &one.case, kind, event.at, whom)
    }

    fn kind_of(&self, event: &Event) -> Result<Option<NewsKind>, CommandError> {
        let by_officer = matches!(event.actor, Actor::Officer { .. });
        let by_person = matches!(event.actor, Actor::Person { .. });
        Ok(match &event.what {
            // Whoever is woken for it is told as whoever is on call.
            EventKind::Received { original } if original.arrival.emergency && !by_person => None,
            EventKind::Received { original } if original.arrival.emergency => {
                Some(NewsKind::Emergency)
            }
            EventKind::Received { .. } => Some(NewsKind::NewCase),
            // Somebody saw only then that it is one: the others are told, above all counsel.
            EventKind::Described { demand } if is_emergency(demand) => Some(NewsKind::Emergency),
            EventKind::Attached { .. } | EventKind::Missed { .. } if by_officer => {
                Some(NewsKind::Letter)
            }
            EventKind::Decided { .. } => {
                let waits = self.desk.inner.store.summary(&event.case);
                match waits {
                    Ok(Summary {
                        waiting_for: WaitingFor::Signature(roles),
                        ..
                    }) if roles.contains(&Role::Counsel) => Some(NewsKind::ForCounsel),
                    Ok(_)
                    | Err(
                        StoreError::Damaged(_) | StoreError::NotKnown(_) | StoreError::Erased(_),
                    ) => None,
                    Err(other) => return Err(other.into()),
                }
            }
            EventKind::Produced { .. }
            | EventKind::LookedUp { .. }
            | EventKind::InquiryAnswered { .. }
            | EventKind::Preserved { .. } => Some(NewsKind::AgentAnswered),
            EventKind::NotProduced { .. } | EventKind::InquiryRefused { .. } => {
                Some(NewsKind::AgentRefused)
            }
            EventKind::LetterNotSent { .. } => Some(NewsKind::NotSent),
            _ => None,
        })
    }

    /// Whether nobody looked at the clocks lately: of two processes one does.
    fn is_time_for_clocks(&mut self) -> Result<bool, CommandError> {
        let until = Some(self.now + CLOCKS_EVERY);
        let shelf = self.desk.shelf();
        Ok(shelf.put_first(NEWS_PLACE, b"clocks", b"", until, self.random)?)
    }

    /// Clocks that are about to run out, each told once for each time that is left.
    fn clocks(&mut self) -> Result<(), CommandError> {
        let longest = BEFORE[BEFORE.len() - 1];
        let filter = CaseFilter {
            open: Some(true),
            due_before: Some(self.now + longest),
            ..CaseFilter::default()
        };
        let page = Page::number(1, MOST_DUE);
        let found = self.desk.inner.store.list(&filter, Order::Due, page)?;
        for one in found.items {
            let Some(due) = one.due else {
                continue;
            };
            let at = due.at;
            let left = at.duration_since(self.now);
            let Some(before) = BEFORE.into_iter().find(|before| left <= *before) else {
                continue;
            };
            // What is late already stands first in the list, and in the check.
            if left.is_negative() {
                continue;
            }
            // That nobody described it is told when there is little time left, not when it came in.
            if due.clock == DESCRIBE && before != BEFORE[0] {
                continue;
            }
            let hours = before.as_hours();
            let name = format!("clock {} {} {at} {hours}", one.case, due.clock);
            let whom = self.who(NewsKind::ClockRunsOut, &one.case)?;
            self.tell(&name, &one.case, NewsKind::ClockRunsOut, at, whom)?;
        }
        Ok(())
    }

    /// Emergencies of which the confirmation is due.
    fn confirmations(&mut self) -> Result<(), CommandError> {
        let page = Page::number(1, MOST_EMERGENCIES);
        let store = &self.desk.inner.store;
        let kind = WatchKind::EmergencyUnconfirmed;
        let found = store.watched(kind, self.now, Which::Open, page)?;
        for one in found.items {
            let name = format!("confirmation {} {}", one.case, one.since);
            let whom = self.who(NewsKind::Confirmation, &one.case)?;
            self.tell(&name, &one.case, NewsKind::Confirmation, one.since, whom)?;
        }
        Ok(())
    }
}
