//! Who is on call.

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// The hours in which people are woken for an emergency, in the order in which they are.
#[derive(Clone, Debug)]
pub struct OnCall {
    /// In which zone the hours are.
    pub zone: TimeZone,
    /// So long somebody has until the next one is woken.
    pub look_within: SignedDuration,
    /// The hours.
    pub watches: Vec<Watch>,
}

/// Hours of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The person's id in people.toml.
    pub person: String,
    /// The days on which they begin.
    pub days: Vec<Weekday>,
    /// When they begin.
    pub from: Time,
    /// When they end; not later than they begin: on the next day.
    pub until: Time,
}

impl Watch {
    fn holds(&self, day: Weekday, time: Time) -> bool {
        let begins = |day: Weekday| self.days.contains(&day);
        if self.from < self.until {
            return begins(day) && self.from <= time && time < self.until;
        }
        (begins(day) && self.from <= time) || (begins(day.previous()) && time < self.until)
    }
}

impl OnCall {
    /// Who is on call at `at` (UTC), the one who is woken first in front; each once.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Vec<&str> {
        let there = at.to_zoned_datetime(self.zone.clone());
        let mut all: Vec<&str> = Vec::new();
        for watch in &self.watches {
            if watch.holds(there.weekday(), there.time()) && !all.contains(&watch.person.as_str()) {
                all.push(&watch.person);
            }
        }
        all
    }

    /// The first hour from `at` (UTC) on, of the seven days that follow, in which nobody is on call.
    #[must_use]
    pub fn first_gap(&self, at: Timestamp) -> Option<Timestamp> {
        (0..7 * 24)
            .map(|hour| at + SignedDuration::from_hours(hour))
            .find(|hour| self.at(*hour).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn night(person: &str, days: &[Weekday]) -> Watch {
        Watch {
            person: person.into(),
            days: days.to_vec(),
            from: Time::constant(18, 0, 0, 0),
            until: Time::constant(8, 0, 0, 0),
        }
    }

    #[test]
    fn hours_run_over_midnight_and_over_the_change_of_clocks() {
        use Weekday::{Monday, Saturday, Sunday};
        let on_call = OnCall {
            zone: TimeZone::get("Europe/Stockholm").unwrap(),
            look_within: SignedDuration::from_mins(10),
            watches: vec![
                night("olof", &[Sunday]),
                night("maja", &[Saturday, Sunday]),
                Watch {
                    person: "eva".into(),
                    days: vec![Monday],
                    from: Time::midnight(),
                    until: Time::midnight(),
                },
            ],
        };
        let at = |text: &str| on_call.at(text.parse().unwrap());
        // Sunday 25 October 2026, 03:00 there happens twice.
        assert_eq!(at("2026-10-25T00:30:00Z"), ["maja"]);
        assert_eq!(at("2026-10-25T01:30:00Z"), ["maja"]);
        assert_eq!(at("2026-10-25T06:59:00Z"), ["maja"]);
        assert!(at("2026-10-25T07:00:00Z").is_empty());
        assert_eq!(at("2026-10-25T17:00:00Z"), ["olof", "maja"]);
        assert!(at("2026-10-25T16:59:00Z").is_empty());
        // From midnight to midnight is a day.
        assert_eq!(at("2026-10-25T23:00:00Z"), ["olof", "maja", "eva"]);
        assert_eq!(at("2026-10-26T22:59:00Z"), ["eva"]);
        assert!(at("2026-10-26T23:00:00Z").is_empty());
        let gap = on_call.first_gap("2026-10-26T08:00:00Z".parse().unwrap());
        assert_eq!(gap, Some("2026-10-26T23:00:00Z".parse().unwrap()));
    }
}
