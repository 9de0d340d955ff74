//! Date header fields: odd, but legal; and some that nobody can read.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::made::{Period, Truth, one_of};
use crate::support::Dice;

/// The Date fields of a message, and what they say.
pub struct Dated {
    /// The lines, without the end of the last.
    pub fields: Vec<String>,
    pub truth: Truth,
    /// A form that everybody reads.
    pub plain: bool,
}

const FORMS: u64 = 20;
/// Seconds east of Greenwich.
const OFFSETS: [i64; 6] = [0, 3_600, -18_000, 20_700, 50_400, -43_200];
const PLAIN: &str = "%a, %d %b %Y %H:%M:%S";

/// An instant: inside or outside the period, often just at its edge.
pub fn instant(dice: &mut Dice, period: Period, inside: bool) -> Timestamp {
    let second = |n: i64| SignedDuration::from_secs(n);
    let far = second(dice.below(1_000_000) as i64);
    let Period { from, until } = period;
    match (inside, dice.below(6)) {
        (true, 0) => from,
        (true, 1) => until - second(1),
        (true, _) => from + second(1) + far,
        (false, 0) => from - second(1),
        (false, 1) => until,
        (false, 2 | 3) => from - second(1) - far,
        (false, _) => until + far,
    }
}

/// A date that everybody reads, written in this zone or in one of its own.
pub fn plain(dice: &mut Dice, period: Period, inside: bool, zone: &TimeZone) -> Dated {
    let at = instant(dice, period, inside);
    let east = match dice.below(2) {
        0 => zone.to_offset(at).seconds().into(),
        _ => one_of(dice, &OFFSETS),
    };
    Dated {
        fields: vec![format!(
            "Date: {}",
            written(at, east, PLAIN, &numeric(east))
        )],
        truth: period.truth(at, at),
        plain: true,
    }
}

/// A date in one of the other forms that RFC 5322 allows, or in none.
pub fn odd(dice: &mut Dice, period: Period, inside: bool) -> Dated {
    let at = instant(dice, period, inside);
    let east = one_of(dice, &OFFSETS);
    let offset = numeric(east);
    let known = |text: String| Dated {
        fields: vec![text],
        truth: period.truth(at, at),
        plain: false,
    };
    match dice.below(FORMS) {
        0 => known(format!(
            "Date: {}",
            written(at, east, "%-d %b %Y %H:%M:%S", &offset)
        )),
        1 => known(format!("Date: {} (CET)", written(at, east, PLAIN, &offset))),
        2 => {
            let zones = [
                ("EST", -5),
                ("EDT", -4),
                ("PDT", -7),
                ("GMT", 0),
                ("UT", 0),
                ("Z", 0),
            ];
            let (name, hours) = one_of(dice, &zones);
            known(format!("Date: {}", written(at, hours * 3_600, PLAIN, name)))
        }
        3 => known(format!(
            "Date: {}",
            written(at, east, "%a, %d %b %y %H:%M:%S", &offset)
        )),
        4 => known(format!(
            "Date: {}",
            written(at, east, "%a,\n %d %b %Y\n\t%H:%M:%S", &offset)
        )),
        5 => {
            let form = "%a (day (of\\) the) week), %d (2) %b %Y %H:%M:%S";
            known(format!("Date: {}", written(at, east, form, &offset)))
        }
        6 => known(format!("Date: {}", written(at, east, PLAIN, &offset)).to_lowercase()),
        7 => known(format!(
            "Date: {}",
            written(at, east, "%a, %d %b %Y %H : %M : %S", &offset)
        )),
        8 => known(format!("Date: {}", written(at, 0, PLAIN, "-0000"))),
        9 => known(format!("Date : {}", written(at, east, PLAIN, &offset))),
        10 => known(format!("DATE:{}", written(at, east, PLAIN, &offset))),
        11 => known(format!("Date:\n {}", written(at, east, PLAIN, &offset))),
        12 => {
            let other = one_of(dice, &OFFSETS);
            let mut twice = known(format!("Date: {}", written(at, east, PLAIN, &offset)));
            twice.fields.push(format!(
                "Date: {}",
                written(at, other, PLAIN, &numeric(other))
            ));
            twice
        }
        13 => {
            // Without seconds: the minute says when.
            let at = at - SignedDuration::from_secs(at.as_second().rem_euclid(60));
            let mut minute = known(format!(
                "Date: {}",
                written(at, east, "%a, %d %b %Y %H:%M", &offset)
            ));
            minute.truth = period.truth(at, at);
            minute
        }
        14 => {
            // A second that only leap seconds have: the one after the last of the minute.
            let last = at + SignedDuration::from_secs(59 - at.as_second().rem_euclid(60));
            let mut leap = known(format!(
                "Date: {}",
                written(last, east, "%a, %d %b %Y %H:%M:60", &offset)
            ));
            leap.truth = period.truth(last, last + SignedDuration::from_secs(1));
            leap
        }
        15 | 16 => {
            // A zone without one meaning: it was some clock on Earth.
            let name = one_of(dice, &["", "CEST", "J", "XYZ"]);
            let mut somewhere = known(format!("Date: {}", written(at, 0, PLAIN, name)));
            let hours = SignedDuration::from_hours;
            somewhere.truth = period.truth(at - hours(14), at + hours(12));
            somewhere
        }
        _ => {
            let lost: [&[&str]; 8] = [
                &[],
                &["Date:"],
                &["Date: sometime in spring"],
                &["Date: Sun, 30 Nov 0002 00:00:00 -0800 (PST)"],
                &["Date: Tue, 01 Jan 1980 00:00:00 +0000"],
                &["Date: 2026-03-09T12:00:00Z"],
                &["Date: Mon, 09 Mar 2026 25:00:00 +0000"],
                &[
                    "Date: Mon, 09 Mar 2026 12:00:00 +0000",
                    "Date: Tue, 10 Mar 2026 12:00:00 +0000",
                ],
            ];
            let fields = one_of(dice, &lost);
            Dated {
                fields: fields.iter().map(|field| (*field).to_owned()).collect(),
                truth: Truth::Person,
                plain: false,
            }
        }
    }
}

/// An instant on a clock this far east of Greenwich.
fn written(at: Timestamp, east: i64, form: &str, zone: &str) -> String {
    let local = at + SignedDuration::from_secs(east);
    format!("{} {zone}", local.strftime(form))
        .trim_end()
        .to_owned()
}

fn numeric(east: i64) -> String {
    let sign = if east < 0 { '-' } else { '+' };
    let minutes = east.abs() / 60;
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}
