use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use lagrum_model::{CountryCode, Demand, Moment, Moments};

use super::calendar::{end_of_day, start_of_day};
use super::count::{later, read, read_elapsed, stated};
use super::data::{Place, Stated};
use super::{Calendar, Clock, ClockKind, ClockRule, ClockState, Counting, Pause, Reading, Remark};
use crate::{Group, LawError};

/// All clocks of all packs, with the calendars that they are counted in.
#[derive(Clone, Debug, Default)]
pub struct Clocks {
    rules: Vec<ClockRule>,
    calendars: BTreeMap<CountryCode, Calendar>,
    groups: Vec<Group>,
}

impl Clocks {
    pub(crate) fn new(
        rules: Vec<ClockRule>,
        calendars: Vec<Calendar>,
        groups: &[Group],
    ) -> Result<Self, LawError> {
        let names: BTreeSet<_> = rules.iter().map(|rule| rule.id.as_str()).collect();
        let fault = |rule: &ClockRule, why: String| LawError::Facts {
            path: format!("{}/clocks.toml", rule.pack),
            why: format!("clock `{}`: {why}", rule.id),
        };
        for (at, rule) in rules.iter().enumerate() {
            rule.when
                .check_groups(groups)
                .map_err(|why| fault(rule, why))?;
            if rules.iter().skip(at + 1).any(|other| other.id == rule.id) {
                return Err(fault(rule, "another clock has the same `id`".into()));
            }
            for (field, other) in [("released_by", &rule.released_by), ("after", &rule.after)] {
                if let Some(other) = other
                    && !names.contains(other.as_str())
                {
                    return Err(fault(
                        rule,
                        format!("`{field}`: there is no clock `{other}`"),
                    ));
                }
            }
        }
        let calendars = calendars
            .into_iter()
            .map(|calendar| (calendar.country, calendar))
            .collect();
        Ok(Self {
            rules,
            calendars,
            groups: groups.to_vec(),
        })
    }

    /// The clocks that the packs state, pack by pack.
    #[must_use]
    pub fn rules(&self) -> &[ClockRule] {
        &self.rules
    }

    /// The calendar of a country, if there is one.
    #[must_use]
    pub fn calendar(&self, country: CountryCode) -> Option<&Calendar> {
        self.calendars.get(&country)
    }

    /// The calendars, by country.
    pub fn calendars(&self) -> impl Iterator<Item = &Calendar> {
        self.calendars.values()
    }

    /// The clocks of a demand, as they stand at `now`, the most pressing first.
    ///
    /// A clock that nothing started is not there. What happened after `now` is not known yet.
    ///
    /// # Errors
    /// [`LawError::Moments`] if what happened cannot have happened in that order.
    pub fn of(
        &self,
        demand: &Demand,
        moments: &Moments,
        now: Timestamp,
    ) -> Result<Vec<Clock>, LawError> {
        let moments = moments.until(now);
        moments.check()?;
        let mut clocks: Vec<_> = self
            .rules
            .iter()
            .filter(|rule| rule.when.applies(demand))
            .filter_map(|rule| Some((rule, self.run(rule, demand, &moments, now)?)))
            .collect();
        let ran_out: BTreeSet<_> = clocks
            .iter()
            // What releases the provider must have run out on every reading, the doubtful one too.
            .filter(|(_, clock)| clock.state == ClockState::Passed)
            .filter(|(_, clock)| clock.due.iter().all(|reading| reading.at < now))
            .map(|(rule, _)| rule.id.clone())
            .collect();
        for (rule, clock) in &mut clocks {
            let ended = matches!(clock.state, ClockState::Done { .. });
            if let Some(by) = rule.released_by.clone()
                && ran_out.contains(&by)
                && !ended
            {
                clock.state = ClockState::Released { by };
                clock.operative = None;
            }
        }
        at_once(&mut clocks, now);
        let mut clocks: Vec<_> = clocks.into_iter().map(|(_, clock)| clock).collect();
        clocks.sort_by(|a, b| {
            let key = |clock: &Clock| (clock.operative.unwrap_or(Timestamp::MAX), clock.id.clone());
            key(a).cmp(&key(b))
        });
        Ok(clocks)
    }

    fn run(
        &self,
        rule: &ClockRule,
        demand: &Demand,
        moments: &Moments,
        now: Timestamp,
    ) -> Option<Clock> {
        let mut remarks = Vec::new();
        let places = self.places(rule, demand, &mut remarks);
        let (started_by, started_at) = started(rule, demand, moments, &places, &mut remarks)?;
        let day = super::day_in_utc(started_at);
        if started_at > now || !rule.in_force(day) || !rule.when.found(demand, &self.groups, day) {
            return None;
        }
        let pauses = pauses(rule, moments, now);
        let due = |extensions| {
            let mut due = readings(rule, extensions, started_at, &places, &mut Vec::new());
            for reading in &mut due {
                reading.at = pause(reading.at, &pauses, now);
            }
            due.sort_by_key(|reading| (reading.at, reading.rule, reading.place));
            due
        };
        readings(rule, 0, started_at, &places, &mut remarks);
        let mut due_now = due(0);
        let mut extensions = 0;
        if let Some(extend) = rule.extend {
            for &at in moments.all(Moment::Extended) {
                if extend.times.is_some_and(|times| extensions >= times) {
                    remarks.push(Remark::ExtensionTooMany { at });
                } else if at > operative(rule, &due_now)? {
                    remarks.push(Remark::ExtensionTooLate { at });
                } else {
                    extensions += 1;
                    due_now = due(extensions);
                }
            }
        }
        let end = operative(rule, &due_now)?;
        // A day that the instrument names as its last is what it states of its own validity.
        let named_day = || {
            let day = demand.instrument.valid_until?;
            let (_, zone) = places.first()?.zones().next()?;
            (rule.kind == ClockKind::ValidUntil).then(|| end_of_day(day, zone))
        };
        if let Some(at) = moments.first(Moment::StatedEnd).or_else(named_day) {
            match rule.stated {
                Some(Stated::Replaces) => due_now = vec![stated(at)],
                Some(Stated::Shortens) if at < end => due_now = vec![stated(at)],
                _ => {}
            }
        }
        // What the authority granted by letter counts where it is the provider who has to answer.
        let granted = moments.all(Moment::GrantedUntil).last();
        if let Some(&at) = granted.filter(|_| rule.is_time_to_answer())
            && at > operative(rule, &due_now)?
        {
            due_now = vec![stated(at)];
        }
        let end = operative(rule, &due_now)?;
        let paused = pauses.iter().rfind(|pause| pause.since < end).copied();
        let mut state = match paused {
            Some(Pause { until: None, .. }) => ClockState::Paused,
            _ if end < now => ClockState::Passed,
            _ => ClockState::Running,
        };
        let mut operative = Some(end);
        for &by in &rule.open_ended_by {
            match moments.first(by) {
                Some(at) if at > end => remarks.push(Remark::TooLate { what: by, at }),
                Some(_) => {
                    state = ClockState::OpenEnded { by };
                    operative = None;
                }
                None => {}
            }
        }
        // Nobody has to answer what its authority took back.
        let withdrawn = rule.is_time_to_answer().then_some(&Moment::Withdrawn);
        let done = rule
            .stops
            .iter()
            .chain(withdrawn)
            .filter_map(|&by| Some((moments.first(by)?, by)))
            .min();
        if let Some((at, by)) = done {
            state = ClockState::Done { by, at };
        }
        Some(Clock {
            id: rule.id.clone(),
            kind: rule.kind,
            party: rule.party,
            started_by,
            started_at,
            due: due_now,
            operative,
            state,
            paused,
            extensions,
            remarks,
            cite: rule.cite.clone(),
            says: rule.says.clone(),
            verified: rule.verified.clone(),
        })
    }

    /// The calendars that count for a clock; each country once.
    fn places(
        &self,
        rule: &ClockRule,
        demand: &Demand,
        remarks: &mut Vec<Remark>,
    ) -> Vec<&Calendar> {
        let mut seen = BTreeSet::new();
        let mut calendars = Vec::new();
        for place in &rule.places {
            let country = match place {
                Place::Addressee => demand.addressee.country,
                Place::Authority => demand.authority.country,
                Place::Instrument => demand.instrument.country,
            };
            if seen.insert(country) {
                match self.calendars.get(&country) {
                    Some(calendar) => calendars.push(calendar),
                    None => remarks.push(Remark::NoCalendar { country }),
                }
            }
        }
        calendars
    }
}

/// What has to be done at once when something else no longer forbids it: there is no such duty before
/// the end of that other clock, and from then on it is due.
fn at_once(clocks: &mut Vec<(&ClockRule, Clock)>, now: Timestamp) {
    let opened: BTreeMap<_, _> = clocks
        .iter()
        .filter(|(_, clock)| clock.state == ClockState::Passed)
        .map(|(rule, clock)| (rule.id.clone(), clock.operative))
        .collect();
    clocks.retain_mut(|(rule, clock)| {
        let Some(other) = &rule.after else {
            return true;
        };
        let Some(&since) = opened.get(other) else {
            return matches!(clock.state, ClockState::Done { .. });
        };
        clock.operative = clock.operative.max(since);
        // What is acted on is the end of what forbids it: no reading before that is one of this duty.
        let acted_on = clock.operative;
        clock.due.retain(|reading| {
            let sure = !reading.rule.is_doubtful() || reading.rule == Counting::Stated;
            sure && Some(reading.at) >= acted_on
        });
        if clock.state == ClockState::Running && clock.operative.is_some_and(|end| end < now) {
            clock.state = ClockState::Passed;
        }
        true
    });
}

/// What started a clock. A decision of which only the day is known counts from that day's start.
fn started(
    rule: &ClockRule,
    demand: &Demand,
    moments: &Moments,
    places: &[&Calendar],
    remarks: &mut Vec<Remark>,
) -> Option<(Moment, Timestamp)> {
    rule.starts.iter().find_map(|&what| {
        if let Some(at) = moments.first(what) {
            return Some((what, at));
        }
        (what == Moment::Decided).then(|| {
            remarks.push(Remark::DayOnly);
            let day = demand.instrument.issued_on;
            let first = places
                .iter()
                .flat_map(|calendar| calendar.zones())
                .map(|(_, zone)| start_of_day(day, zone))
                .min()
                .unwrap_or_else(|| start_of_day(day, &jiff::tz::TimeZone::UTC));
            (what, first)
        })
    })
}

fn readings(
    rule: &ClockRule,
    extensions: usize,
    start: Timestamp,
    places: &[&Calendar],
    remarks: &mut Vec<Remark>,
) -> Vec<Reading> {
    let amount = rule.period(extensions);
    let mut all = Vec::new();
    for &counting in &rule.counting {
        if let Some(reading) = read_elapsed(counting, amount, start) {
            all.push(reading);
            continue;
        }
        for calendar in places {
            match read(counting, amount, start, rule.kind, calendar) {
                Some(reading) => all.push(reading),
                None => {
                    let remark = Remark::NoHolidays {
                        country: calendar.country,
                    };
                    if !remarks.contains(&remark) {
                        remarks.push(remark);
                    }
                }
            }
        }
    }
    all
}

/// The instant to act on.
fn operative(rule: &ClockRule, due: &[Reading]) -> Option<Timestamp> {
    let sure = due
        .iter()
        .filter(|reading| !reading.rule.is_doubtful() || reading.rule == Counting::Stated)
        .map(|reading| reading.at);
    if rule.kind.latest_counts() {
        sure.max()
    } else {
        sure.min()
    }
}

/// The suspensions of a clock, none overlapping another, in the order of time.
fn pauses(rule: &ClockRule, moments: &Moments, now: Timestamp) -> Vec<Pause> {
    let mut all: Vec<_> = rule
        .pauses
        .iter()
        .flat_map(|pause| {
            let ends = moments.all(pause.until);
            moments
                .all(pause.from)
                .iter()
                .enumerate()
                .map(move |(at, &since)| Pause {
                    by: pause.from,
                    since,
                    until: ends.get(at).copied(),
                })
        })
        .collect();
    all.sort_by_key(|pause| pause.since);
    let mut merged: Vec<Pause> = Vec::new();
    for pause in all {
        match merged.last_mut() {
            Some(last) if last.until.is_none_or(|until| pause.since <= until) => {
                last.until = match (last.until, pause.until) {
                    (Some(a), Some(b)) => Some(a.max(b)),
                    _ => None,
                };
            }
            _ => merged.push(pause),
        }
    }
    debug_assert!(merged.iter().all(|pause| pause.since <= now));
    merged
}

/// Moves an end by every suspension that began before it, each by exactly its length.
fn pause(end: Timestamp, pauses: &[Pause], now: Timestamp) -> Timestamp {
    pauses.iter().fold(end, |end, pause| {
        if pause.since < end {
            let length: SignedDuration = pause.until.unwrap_or(now).duration_since(pause.since);
            later(end, length)
        } else {
            end
        }
    })
}
