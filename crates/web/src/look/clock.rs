//! Instants and what is left of them.

use jiff::Timestamp;
use jiff::civil::Date;
use lagrum_documents::Zone;
use maud::{Markup, html};

use super::sign;
use crate::visit::Visit;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// What a clock shows.
pub(crate) struct Moment<'m> {
    /// When (UTC).
    pub(crate) at: Timestamp,
    /// What the instant means, in one short word or two; empty where the page says it.
    pub(crate) what: &'m str,
    /// Nobody described the demand yet: the shortest time that could apply.
    pub(crate) provisional: bool,
}

/// A clock in two lines: when, and how long still.
pub(crate) fn moment(visit: &Visit<'_>, shown: &Moment<'_>) -> Markup {
    let left = shown.at.as_second() - visit.now.as_second();
    let (class, drawn) = match left {
        _ if shown.provisional => (if left < 0 { "late" } else { "soon" }, "dashed-ring"),
        ..0 => ("late", "square"),
        0..DAY => ("soon", "triangle"),
        _ => ("", "point"),
    };
    let mut second = remaining(visit, shown.at);
    if shown.provisional {
        second = format!("{second} · {}", visit.say("web-provisional"));
    }
    if !shown.what.is_empty() {
        second = format!("{} · {second}", shown.what);
    }
    html! {
        div.clock.(class) {
            (sign(drawn))
            div {
                time datetime=(shown.at) { (visit.phrases().sentence(&near(visit, shown.at))) }
                span.second { (second) }
            }
        }
    }
}

/// What runs to its end while nothing is due of us, and where that is written: no duty, and never late.
pub(crate) fn runs(visit: &Visit<'_>, until: Timestamp, cite: &str) -> Markup {
    let name = match until < visit.now {
        true => "web-clock-ran",
        false => "web-clock-runs",
    };
    let said = visit.fill(name, &[("at", &near(visit, until))]);
    html! {
        div.clock {
            (sign("dash"))
            div {
                time datetime=(until) { (visit.phrases().sentence(&said)) }
                span.second { (visit.say("web-clock-not-ours")) @if !cite.is_empty() { " · " (cite) } }
            }
        }
    }
}

/// How long still, in two units at most, rounded down; or how late.
pub(crate) fn remaining(visit: &Visit<'_>, at: Timestamp) -> String {
    let left = at.as_second() - visit.now.as_second();
    let name = if left < 0 { "web-late" } else { "web-left" };
    visit.fill(name, &[("span", &span(visit, left.abs()))])
}

fn span(visit: &Visit<'_>, seconds: i64) -> String {
    let say = |name: &str, count: i64| visit.count(name, count.unsigned_abs());
    let (days, hours, minutes) = (seconds / DAY, seconds % DAY / HOUR, seconds % HOUR / MINUTE);
    match (days, hours) {
        (0, 0) => say("web-minutes", minutes),
        (0, _) => format!(
            "{} {}",
            say("web-hours", hours),
            say("web-minutes", minutes)
        ),
        (1..7, 1..) => format!("{} {}", say("web-days", days), say("web-hours", hours)),
        _ => say("web-days", days),
    }
}

/// A day and a time as people say them: `Today 10:40`, `Sat 28 Nov 09:05`; the year where it is
/// another one.
pub(crate) fn near(visit: &Visit<'_>, at: Timestamp) -> String {
    let zone = visit.zone();
    let (there, now) = (on_the_wall(at, &zone), on_the_wall(visit.now, &zone));
    // Nobody reads the seconds.
    let minute = there.time().with().second(0).subsec_nanosecond(0).build();
    let time = visit.phrases().time(minute.unwrap_or(there.time()));
    let day = day(visit, there.date(), now.date());
    visit.fill("web-day-time", &[("day", &day), ("time", &time)])
}

/// The same as a `<time>`.
pub(crate) fn stamp(visit: &Visit<'_>, at: Timestamp) -> Markup {
    html! { time datetime=(at) { (visit.phrases().sentence(&near(visit, at))) } }
}

fn day(visit: &Visit<'_>, day: Date, today: Date) -> String {
    if day == today {
        return visit.say("web-today");
    }
    if today.tomorrow().is_ok_and(|tomorrow| day == tomorrow) {
        return visit.say("web-tomorrow");
    }
    let weekday = visit.say(&format!(
        "web-weekday-{}",
        day.weekday().to_monday_one_offset()
    ));
    let month = visit.say(&format!("web-month-{}", day.month()));
    let number = day.day().to_string();
    let year = day.year().to_string();
    let blanks = [
        ("weekday", weekday.as_str()),
        ("day", &number),
        ("month", &month),
        ("year", &year),
    ];
    let name = if day.year() == today.year() {
        "web-day"
    } else {
        "web-day-year"
    };
    visit.fill(name, &blanks)
}

fn on_the_wall(at: Timestamp, zone: &Zone) -> jiff::civil::DateTime {
    at.to_zoned_datetime(zone.time_zone().clone()).datetime()
}
