//! Is everything in order? What was looked at, as facts; nothing here grows with the number of cases.

mod agents;
mod around;
mod certificates;
mod log;
mod outgoing;
mod people;

use jiff::{SignedDuration, Timestamp};
use lagrum_access::{Action, Principal};
use lagrum_model::{CaseId, Line, Matter, Standing, WatchKind};
use lagrum_store::Page;
use serde::Serialize;

use crate::{CheckSettings, CommandError, Desk, Session};

/// What was looked at, and when.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct InOrder {
    /// When (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub at: Timestamp,
    /// One line for each thing: what is not in order first.
    pub lines: Vec<Line>,
}

impl InOrder {
    /// The lines of one standing.
    pub fn of(&self, standing: Standing) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(move |line| line.standing == standing)
    }

    /// How many lines are of one standing.
    #[must_use]
    pub fn count(&self, standing: Standing) -> usize {
        self.of(standing).count()
    }
}

impl Session<'_> {
    /// Looks whether everything is in order.
    ///
    /// # Errors
    /// When the person may not ask, or the store cannot be read. What else cannot be read is a line.
    pub fn check(&self) -> Result<InOrder, CommandError> {
        self.may(Action::Check)?;
        let mut found = Found {
            desk: self.desk,
            settings: &self.desk.inner.config.check,
            now: self.time.now(),
            by: &self.by,
            groups: self.own_groups()?,
            lines: Vec::new(),
        };
        found.agents();
        found.accounts();
        found.mandates()?;
        found.people()?;
        found.sign_in_provider();
        found.authorities();
        found.log()?;
        found.outbox()?;
        found.mailboxes()?;
        found.outgoing()?;
        found.emergencies()?;
        found.certificates()?;
        found.machine();
        let mut lines = found.lines;
        lines.sort_by_key(|line| line.standing);
        Ok(InOrder {
            at: found.now,
            lines,
        })
    }
}

/// What is found out, line by line.
struct Found<'d> {
    desk: &'d Desk,
    settings: &'d CheckSettings,
    now: Timestamp,
    by: &'d Principal,
    /// The groups of whose cases it is told; `None`: of all.
    groups: Option<Vec<String>>,
    lines: Vec<Line>,
}

impl Found<'_> {
    fn line(&mut self, standing: Standing, matter: Matter) {
        self.lines.push(Line { standing, matter });
    }

    /// Whether it is told of a case.
    fn tells_of(&self, case: &CaseId) -> Result<bool, CommandError> {
        self.desk.is_there_for(self.by, case)
    }

    /// Whether an instant lies longer ago than so many hours.
    fn is_older(&self, at: Timestamp, hours: u32) -> bool {
        self.now.duration_since(at) > SignedDuration::from_hours(hours.into())
    }

    /// Whether an instant lies longer ago than something may wait.
    fn waited_long(&self, since: Timestamp) -> bool {
        let patience = SignedDuration::from_mins(self.settings.waits_minutes.into());
        self.now.duration_since(since) > patience
    }

    /// Released mandates that nobody carried out, and demands that nobody described.
    fn mandates(&mut self) -> Result<(), CommandError> {
        /// More than that nobody reads one by one.
        const MOST: u32 = 20;
        let store = &self.desk.inner.store;
        let ahead = self.now + SignedDuration::from_hours(self.settings.mandate_hours.into());
        let page = Page::number(1, MOST);
        let groups = self.groups.as_deref();
        let found = store.watched_of(groups, WatchKind::MandateRunsOut, ahead, page)?;
        for one in &found.items {
            let (case, region, at) = (one.case.clone(), one.about.clone(), one.since);
            match at <= self.now {
                true => {
                    let matter = Matter::MandateRanOut { case, region, at };
                    self.line(Standing::NotInOrder, matter);
                }
                false => self.line(Standing::Soon, Matter::MandateRunsOut { case, region, at }),
            }
        }
        if found.items.is_empty() {
            self.line(Standing::InOrder, Matter::MandatesGood);
        }
        let page = Page::number(1, 1);
        let groups = self.groups.as_deref();
        let undescribed = store.watched_of(groups, WatchKind::Undescribed, self.now, page)?;
        if undescribed.total > 0 {
            let count = undescribed.total;
            self.line(Standing::NotInOrder, Matter::Undescribed { count });
        }
        Ok(())
    }
}
