use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Span, Timestamp, ToSpan};
use lagrum_model::CountryCode;
use serde::Deserialize;

use super::easter::{easter_sunday, orthodox_easter_sunday};
use crate::LawError;
use crate::facts::Span as Dates;

/// The public holidays and the time zones of one country.
///
/// The zones are those of the database that is compiled in, never the machine's.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Whose it is.
    pub country: CountryCode,
    /// The provision that makes these days holidays.
    pub cite: String,
    /// How far it is verified.
    pub verified: String,
    zones: Vec<(String, TimeZone)>,
    holidays: Vec<Holiday>,
    observed: Observed,
}

#[derive(Clone, Debug)]
struct Holiday {
    name: String,
    on: On,
    dates: Dates,
    except: Vec<i16>,
    observed: Option<Observed>,
}

/// On which day of a year a holiday falls.
#[derive(Clone, Copy, Debug)]
enum On {
    /// The same day every year.
    MonthDay(i8, i8),
    /// So many days from Easter Sunday of the western churches.
    Easter(i16),
    /// So many days from Easter Sunday of the eastern churches.
    OrthodoxEaster(i16),
    /// The first such weekday on or after a day.
    From(i8, i8, Weekday),
    /// The last such weekday on or before a day.
    UpTo(i8, i8, Weekday),
    /// One day of one year.
    Once(Date),
    /// The Irish day of Saint Brigid: 1 February if that is a Friday, else the first Monday.
    FridayOrFirstMonday(i8, i8),
}

/// What happens when a holiday falls on a weekend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Observed {
    /// Nothing.
    #[default]
    NotMoved,
    /// Saturday's is kept on Friday, Sunday's on Monday (5 U.S.C. § 6103(b)).
    Nearest,
    /// It is kept on the next day that is neither weekend nor another holiday.
    NextFree,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCalendar {
    country: CountryCode,
    zones: Vec<String>,
    cite: String,
    verified: String,
    #[serde(default)]
    observed: Observed,
    #[serde(default)]
    holiday: Vec<RawHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHoliday {
    name: String,
    /// `MM-DD`, or `YYYY-MM-DD` for a day that comes once.
    on: Option<String>,
    /// Days from Easter Sunday of the western churches.
    easter: Option<i16>,
    /// Days from Easter Sunday of the eastern churches.
    orthodox_easter: Option<i16>,
    /// A weekday, with `from` or `up_to` as `MM-DD`.
    weekday: Option<String>,
    from: Option<String>,
    up_to: Option<String>,
    /// The day itself if it is a Friday, else the first Monday after it.
    #[serde(default)]
    friday_or_first_monday: bool,
    /// First year, last year.
    since: Option<i16>,
    last: Option<i16>,
    /// Years in which it was not kept on its day.
    #[serde(default)]
    except: Vec<i16>,
    observed: Option<Observed>,
}

impl Calendar {
    pub(crate) fn parse(path: &str, text: &str) -> Result<Self, LawError> {
        Self::read(text).map_err(|why| LawError::Facts {
            path: path.to_owned(),
            why,
        })
    }

    fn read(text: &str) -> Result<Self, String> {
        let raw: RawCalendar = toml::from_str(text).map_err(|error| error.to_string())?;
        let database = TimeZoneDatabase::bundled();
        let zones = raw
            .zones
            .into_iter()
            .map(|name| {
                let zone = database.get(&name).map_err(|_| {
                    format!(
                        "`zones`: `{name}` is not a time zone; write one like `Europe/Stockholm`"
                    )
                })?;
                Ok((name, zone))
            })
            .collect::<Result<Vec<_>, String>>()?;
        if zones.is_empty() {
            return Err("`zones` is empty: name at least one time zone".into());
        }
        for (field, value) in [("cite", &raw.cite), ("verified", &raw.verified)] {
            if value.trim().is_empty() {
                return Err(format!("`{field}` is empty: say it, readers rely on it"));
            }
        }
        let holidays = raw
            .holiday
            .into_iter()
            .map(|holiday| {
                let name = holiday.name.clone();
                holiday
                    .read()
                    .map_err(|why| format!("holiday `{name}`: {why}"))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            country: raw.country,
            cite: raw.cite,
            verified: raw.verified,
            zones,
            holidays,
            observed: raw.observed,
        })
    }

    /// The names and rules of its time zones.
    pub fn zones(&self) -> impl Iterator<Item = (&str, &TimeZone)> {
        self.zones.iter().map(|(name, zone)| (name.as_str(), zone))
    }

    /// Whether its holidays are entered. Without them no working day is counted.
    #[must_use]
    pub fn knows_holidays(&self) -> bool {
        !self.holidays.is_empty()
    }

    /// The public holidays of a year, each with the day on which it is kept and its name, in the
    /// order of the days.
    #[must_use]
    pub fn holidays(&self, year: i16) -> Vec<(Date, &str)> {
        // A New Year's Day on a Saturday may be kept in the year before.
        let mut kept: Vec<_> = (year - 1..=year + 1)
            .flat_map(|year| self.kept(year))
            .filter(|(day, _)| day.year() == year)
            .collect();
        kept.sort();
        kept
    }

    fn kept(&self, year: i16) -> Vec<(Date, &str)> {
        let named: Vec<_> = self
            .holidays
            .iter()
            .filter_map(|holiday| Some((holiday.falls_on(year)?, holiday)))
            .collect();
        let mut taken: BTreeSet<Date> = named.iter().map(|(day, _)| *day).collect();
        let mut kept = Vec::new();
        for (day, holiday) in named {
            let moved = match holiday.observed.unwrap_or(self.observed) {
                Observed::NotMoved => day,
                Observed::Nearest => match day.weekday() {
                    Weekday::Saturday => plus(day, -1),
                    Weekday::Sunday => plus(day, 1),
                    _ => day,
                },
                Observed::NextFree => {
                    let mut moved = day;
                    while is_weekend(moved) || (moved != day && taken.contains(&moved)) {
                        moved = plus(moved, 1);
                    }
                    moved
                }
            };
            taken.insert(moved);
            kept.push((moved, holiday.name.as_str()));
        }
        kept
    }

    /// Whether people work on that day: no Saturday, no Sunday, no public holiday.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        !is_weekend(day)
            && !self
                .holidays(day.year())
                .iter()
                .any(|(kept, _)| *kept == day)
    }

    /// The first working day on or after `day`.
    #[must_use]
    pub fn next_working_day(&self, day: Date) -> Date {
        let mut day = day;
        while !self.is_working_day(day) {
            day = plus(day, 1);
        }
        day
    }

    /// The working day that is the `count`-th after `day`, which itself does not count.
    #[must_use]
    pub fn working_day_after(&self, day: Date, count: u32) -> Date {
        let mut day = day;
        for _ in 0..count {
            day = self.next_working_day(plus(day, 1));
        }
        day
    }
}

/// Saturday or Sunday.
fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// So many days later; at the end of the calendar (the year 9999), that end.
pub(crate) fn plus(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

/// So many months later: the same day of the month, or the month's last.
pub(crate) fn plus_months(day: Date, months: u32) -> Date {
    day.saturating_add(Span::new().months(i64::from(months)))
}

/// The day on which an instant falls.
pub(crate) fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(at).date()
}

/// The last second of a day. A day of 23 or 25 hours ends like any other.
pub(crate) fn end_of_day(day: Date, zone: &TimeZone) -> Timestamp {
    start_of_day(plus(day, 1), zone).saturating_sub_second()
}

/// The first instant of a day.
pub(crate) fn start_of_day(day: Date, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_timestamp(day.at(0, 0, 0, 0))
        .compatible()
        .unwrap_or(Timestamp::MAX)
}

trait SaturatingSubSecond {
    fn saturating_sub_second(self) -> Self;
}

impl SaturatingSubSecond for Timestamp {
    fn saturating_sub_second(self) -> Self {
        self.checked_sub(1.second()).unwrap_or(Self::MIN)
    }
}

impl RawHoliday {
    fn read(self) -> Result<Holiday, String> {
        let weekday = self.weekday.as_deref().map(weekday).transpose()?;
        let easter = match (self.easter, self.orthodox_easter) {
            (Some(_), Some(_)) => return Err("write either `easter` or `orthodox_easter`".into()),
            (western, eastern) => western.map(On::Easter).or(eastern.map(On::OrthodoxEaster)),
        };
        let on = match (self.on, easter, weekday, self.from, self.up_to) {
            (Some(on), None, None, None, None) if on.len() == 10 => On::Once(
                on.parse()
                    .map_err(|_| format!("`on` is `{on}`: write YYYY-MM-DD or MM-DD"))?,
            ),
            (Some(on), None, None, None, None) => {
                let (month, day) = month_day(&on)?;
                if self.friday_or_first_monday {
                    On::FridayOrFirstMonday(month, day)
                } else {
                    On::MonthDay(month, day)
                }
            }
            (None, Some(easter), None, None, None) => easter,
            (None, None, Some(weekday), Some(from), None) => {
                let (month, day) = month_day(&from)?;
                On::From(month, day, weekday)
            }
            (None, None, Some(weekday), None, Some(up_to)) => {
                let (month, day) = month_day(&up_to)?;
                On::UpTo(month, day, weekday)
            }
            _ => {
                return Err(
                    "write `on`, or `easter`, or `orthodox_easter`, or `weekday` with `from` or `up_to`".to_owned(),
                );
            }
        };
        let year = |year: i16| {
            Date::new(year, 1, 1).map_err(|_| format!("`{year}` is not a year of the calendar"))
        };
        Ok(Holiday {
            name: self.name,
            on,
            dates: Dates {
                from: self.since.map(year).transpose()?,
                until: self
                    .last
                    .map(|last| year(last.saturating_add(1)))
                    .transpose()?,
            },
            except: self.except,
            observed: self.observed,
        })
    }
}

impl Holiday {
    fn falls_on(&self, year: i16) -> Option<Date> {
        let weekday_from =
            |from: Date, weekday: Weekday| plus(from, i32::from(from.weekday().until(weekday)));
        let day = match self.on {
            On::MonthDay(month, day) => Date::new(year, month, day).ok()?,
            On::Easter(days) => plus(easter_sunday(year), i32::from(days)),
            On::OrthodoxEaster(days) => plus(orthodox_easter_sunday(year), i32::from(days)),
            On::From(month, day, weekday) => {
                weekday_from(Date::new(year, month, day).ok()?, weekday)
            }
            On::UpTo(month, day, weekday) => {
                let last = Date::new(year, month, day).ok()?;
                plus(last, -i32::from(weekday.until(last.weekday())))
            }
            On::Once(day) => Some(day).filter(|day| day.year() == year)?,
            On::FridayOrFirstMonday(month, day) => {
                let first = Date::new(year, month, day).ok()?;
                if first.weekday() == Weekday::Friday {
                    first
                } else {
                    weekday_from(first, Weekday::Monday)
                }
            }
        };
        let holds = self.dates.holds_on(Date::new(year, 1, 1).ok()?);
        (holds && !self.except.contains(&year)).then_some(day)
    }
}

fn month_day(text: &str) -> Result<(i8, i8), String> {
    let wrong = || format!("`{text}`: write a day of the year as MM-DD");
    let (month, day) = text.split_once('-').ok_or_else(wrong)?;
    let (month, day): (i8, i8) = (
        month.parse().map_err(|_| wrong())?,
        day.parse().map_err(|_| wrong())?,
    );
    Date::new(2024, month, day).map_err(|_| wrong())?;
    Ok((month, day))
}

fn weekday(text: &str) -> Result<Weekday, String> {
    Ok(match text {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return Err(format!("`weekday` is `{text}`: write monday to sunday")),
    })
}
