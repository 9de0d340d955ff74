//! Days and times as each language writes them.

use std::fmt;

use jiff::civil::{Date, Time};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};
use lagrum_law::LawPacks;
use lagrum_model::{CountryCode, Language, Period};
use serde::{Deserialize, Serialize};

use crate::Phrases;

/// A time zone by its name in the IANA database, for example `Europe/Stockholm`. The database is
/// compiled in, so that a page reads the same on every machine.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

impl Zone {
    /// Coordinated Universal Time.
    #[must_use]
    pub fn utc() -> Self {
        Self {
            name: "UTC".into(),
            zone: TimeZone::UTC,
        }
    }

    /// The zone of that name.
    ///
    /// # Errors
    /// A sentence that shows the form, if there is none.
    pub fn named(name: &str) -> Result<Self, String> {
        if name == "UTC" {
            return Ok(Self::utc());
        }
        let zone = TimeZoneDatabase::bundled().get(name).map_err(|_| {
            format!(
                "time zone `{}`: write a name of the IANA database, for example Europe/Stockholm",
                name.escape_debug()
            )
        })?;
        Ok(Self {
            name: name.to_owned(),
            zone,
        })
    }

    /// The zone of a country that has but one in the law packs' calendar.
    #[must_use]
    pub fn of_country(packs: &LawPacks, country: CountryCode) -> Option<Self> {
        let mut zones = packs.clocks().calendar(country)?.zones();
        let (name, zone) = zones.next()?;
        zones.next().is_none().then(|| Self {
            name: name.to_owned(),
            zone: zone.clone(),
        })
    }

    /// The zone in which times are told to somebody in a country: its own, where it has but one; else the one
    /// that was configured. Where none was, none is guessed: it is UTC, which stands with each time.
    #[must_use]
    pub fn told_in(packs: &LawPacks, country: CountryCode, configured: Option<Self>) -> Self {
        Self::of_country(packs, country)
            .or(configured)
            .unwrap_or_else(Self::utc)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The zone itself.
    #[must_use]
    pub fn time_zone(&self) -> &TimeZone {
        &self.zone
    }

    fn is_utc(&self) -> bool {
        self.name == "UTC"
    }
}

impl TryFrom<String> for Zone {
    type Error = String;
    fn try_from(name: String) -> Result<Self, String> {
        Self::named(&name)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Phrases {
    /// A day in running text: `8 December 2026`, `den 8 december 2026`.
    #[must_use]
    pub fn day(&self, day: Date) -> String {
        self.written("date-day", day)
    }

    /// A day as it reads after `as of`.
    pub(crate) fn day_as_of(&self, day: Date) -> String {
        self.written("date-as-of", day)
    }

    fn written(&self, form: &str, day: Date) -> String {
        let month = self.word(&format!("month-{}", day.month()));
        let (number, year) = (day.day().to_string(), day.year().to_string());
        self.fill(
            form,
            &[("day", &number), ("month", &month), ("year", &year)],
        )
    }

    /// A day in a table: `2026-12-08`, `08.12.2026`.
    #[must_use]
    pub fn short_day(&self, day: Date) -> String {
        match self.language() {
            Language::English | Language::Swedish => day.to_string(),
            Language::Danish => day.strftime("%d.%m.%Y").to_string(),
        }
    }

    /// A day and time in a table, in `zone`: `2026-12-08 16:00`.
    #[must_use]
    pub fn short_instant(&self, at: Timestamp, zone: &Zone) -> String {
        let there = at.to_zoned_datetime(zone.zone.clone());
        format!(
            "{} {}",
            self.short_day(there.date()),
            self.time(there.time())
        )
    }

    /// The day on which an instant falls in `zone`, for a table.
    #[must_use]
    pub fn short_day_of(&self, at: Timestamp, zone: &Zone) -> String {
        self.short_day(at.to_zoned_datetime(zone.zone.clone()).date())
    }

    /// A time of day. Seconds are shown where there are any.
    #[must_use]
    pub fn time(&self, time: Time) -> String {
        let mark = match self.language() {
            Language::English => ":",
            Language::Swedish | Language::Danish => ".",
        };
        let mut text = format!("{:02}{mark}{:02}", time.hour(), time.minute());
        if time.second() != 0 {
            text.push_str(&format!("{mark}{:02}", time.second()));
        }
        text
    }

    /// A zone in words, where it has some.
    #[must_use]
    pub fn zone(&self, zone: &Zone) -> String {
        self.known(&format!("zone-{}", zone.name.replace('/', "-")), &[])
            .unwrap_or_else(|| zone.name.clone())
    }

    /// Day and time in `zone` without naming it.
    fn there(&self, at: Timestamp, zone: &Zone) -> String {
        let there = at.to_zoned_datetime(zone.zone.clone());
        self.fill(
            "date-time",
            &[
                ("day", &self.day(there.date())),
                ("time", &self.time(there.time())),
            ],
        )
    }

    /// An instant in running text, with its zone.
    #[must_use]
    pub fn instant(&self, at: Timestamp, zone: &Zone) -> String {
        self.fill(
            "date-in-zone",
            &[("at", &self.there(at, zone)), ("zone", &self.zone(zone))],
        )
    }

    /// An instant in `zone` and in UTC.
    #[must_use]
    pub fn instant_both(&self, at: Timestamp, zone: &Zone) -> String {
        if zone.is_utc() {
            return self.instant(at, zone);
        }
        let local = at.to_zoned_datetime(zone.zone.clone());
        let utc = at.to_zoned_datetime(TimeZone::UTC);
        let in_utc = if local.date() == utc.date() {
            self.time(utc.time())
        } else {
            self.there(at, &Zone::utc())
        };
        self.fill(
            "date-both",
            &[
                ("at", &self.there(at, zone)),
                ("zone", &self.zone(zone)),
                ("utc", &in_utc),
            ],
        )
    }

    /// A period in `zone`. Whole days are named by the first and the last of them; the instant at
    /// which another period ends does not belong to it, and the words say so.
    #[must_use]
    pub fn period(&self, period: &Period, zone: &Zone) -> String {
        if period.is_without_beginning() {
            return self.fill("span-open", &[("until", &self.there(period.until(), zone))]);
        }
        let from = period.from().to_zoned_datetime(zone.zone.clone());
        let until = period.until().to_zoned_datetime(zone.zone.clone());
        let midnight = Time::midnight();
        if from.time() == midnight
            && until.time() == midnight
            && let Ok(last) = until.date().checked_sub(1.day())
        {
            return if last == from.date() {
                self.day(last)
            } else {
                self.fill(
                    "span-days",
                    &[("from", &self.day(from.date())), ("last", &self.day(last))],
                )
            };
        }
        self.fill(
            "span-instants",
            &[
                ("from", &self.there(period.from(), zone)),
                ("until", &self.there(period.until(), zone)),
            ],
        )
    }

    /// A period in `zone`, the zone named.
    #[must_use]
    pub fn period_in_zone(&self, period: &Period, zone: &Zone) -> String {
        self.fill(
            "date-in-zone",
            &[
                ("at", &self.period(period, zone)),
                ("zone", &self.zone(zone)),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn an_instant_is_written_as_each_language_writes_it() {
        let zone = Zone::named("Europe/Stockholm").unwrap();
        let due = at("2026-12-08T15:00:00Z");
        let said = Language::ALL.map(|language| Phrases::of(language).instant_both(due, &zone));
        assert_eq!(
            said,
            [
                "8 December 2026 at 16:00 (Swedish time; 15:00 UTC)",
                "den 8 december 2026 kl. 16.00 (svensk tid; 15.00 UTC)",
                "den 8. december 2026 kl. 16.00 (svensk tid; 15.00 UTC)",
            ]
        );
        // Where the day is another one in UTC, it is named.
        let late = Phrases::of(Language::English).instant_both(at("2026-12-07T23:30:00Z"), &zone);
        assert_eq!(
            late,
            "8 December 2026 at 00:30 (Swedish time; 7 December 2026 at 23:30 UTC)"
        );
    }

    #[test]
    fn a_period_without_a_beginning_does_not_begin_in_1970() {
        let period = Period::new(Timestamp::UNIX_EPOCH, at("2026-11-02T09:30:00Z")).unwrap();
        let zone = Zone::named("Europe/Stockholm").unwrap();
        let said = Language::ALL.map(|language| Phrases::of(language).period(&period, &zone));
        assert_eq!(
            said,
            [
                "without a beginning, until 2 November 2026 at 10:30",
                "utan början, till den 2 november 2026 kl. 10.30",
                "uden begyndelse, indtil den 2. november 2026 kl. 10.30",
            ]
        );
    }

    #[test]
    fn whole_days_are_named_by_the_last_day_that_belongs_to_them() {
        let zone = Zone::named("Europe/Copenhagen").unwrap();
        let days = Period::new(at("2013-12-31T23:00:00Z"), at("2014-03-30T22:00:00Z")).unwrap();
        let phrases = Phrases::of(Language::Danish);
        assert_eq!(
            phrases.period(&days, &zone),
            "fra og med den 1. januar 2014 til og med den 30. marts 2014"
        );
        // The same period does not consist of whole days in UTC.
        assert_eq!(
            phrases.period(&days, &Zone::utc()),
            "fra den 31. december 2013 kl. 23.00 indtil den 30. marts 2014 kl. 22.00"
        );
    }

    #[test]
    fn a_zone_that_nobody_knows_is_refused_with_the_form() {
        let why = Zone::named("Europe/Atlantis\n").unwrap_err();
        assert!(
            why.contains("Europe/Stockholm") && !why.contains('\n'),
            "{why}"
        );
    }
}
