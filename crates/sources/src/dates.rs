//! Which date decides for mail, and when it counts as established.
//!
//! The `Date` header field decides (RFC 5322 section 3.6.1: when the author put the message into
//! the mail system), unless the operator chose another ([`MailDate`]): each is read as an instant in UTC.
//! The machine's time zone takes no part, and no date stands in for another.

mod rfc5322;
mod stored;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp};
use lagrum_model::Period;

use crate::MailDate;
use crate::header::{self, HeaderTooLong};

/// 1982-08-13T00:00:00Z: publication of RFC 822, which gave mail its `Date` field. Nothing older
/// is a date of mail; 1980-01-01 and the years 0002, 1706 and 1979 of real archives are what
/// remains of a lost one.
const FIRST: Timestamp = Timestamp::constant(398_044_800, 0);

/// How far a sender's clock may run ahead.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// When a message was dated: an instant, or two between which it lies (both included) where the
/// header names no zone that has one meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    earliest: Timestamp,
    latest: Timestamp,
}

/// How an [`Interval`] lies to a [`Period`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Every possible instant lies inside.
    Inside,
    /// Every possible instant lies outside.
    Outside,
    /// It depends on what the header does not say.
    Unclear,
}

impl Interval {
    /// From `earliest` to `latest`, both included. The caller keeps the order.
    pub(crate) fn between(earliest: Timestamp, latest: Timestamp) -> Self {
        Self { earliest, latest }
    }

    /// The earliest possible instant (UTC).
    #[must_use]
    pub fn earliest(&self) -> Timestamp {
        self.earliest
    }

    /// The latest possible instant (UTC).
    #[must_use]
    pub fn latest(&self) -> Timestamp {
        self.latest
    }

    /// The instant, if there is only one.
    #[must_use]
    pub fn exact(&self) -> Option<Timestamp> {
        (self.earliest == self.latest).then_some(self.earliest)
    }

    /// Whether its width is that of one second 60, and nothing else is open.
    pub(crate) fn is_leap_second(&self) -> bool {
        self.latest.duration_since(self.earliest) == SignedDuration::from_secs(1)
    }

    /// How it lies to `period`.
    #[must_use]
    pub fn position(&self, period: &Period) -> Position {
        if period.contains(self.earliest) && period.contains(self.latest) {
            Position::Inside
        } else if self.latest < period.from() || self.earliest >= period.until() {
            Position::Outside
        } else {
            Position::Unclear
        }
    }
}

/// Why a date is not established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhyNot {
    /// No `Date` field.
    #[error("the message has no Date header field")]
    Missing,
    /// A `Date` field that RFC 5322 does not allow.
    #[error("the Date header field is not a date of RFC 5322")]
    Malformed,
    /// Two `Date` fields that do not name the same instant.
    #[error("the message has several Date header fields, which contradict each other")]
    Contradictory,
    /// A line that is no header field stands before it: it may not be part of the header at all.
    #[error("a line before the Date header field is not a header field")]
    AfterBrokenHeader,
    /// Before the publication of RFC 822.
    #[error(
        "the date is lost: the Date header field lies before 13 August 1982, when mail got one"
    )]
    BeforeMail,
    /// Later than the clock allows.
    #[error("the Date header field lies more than a day in the future")]
    InTheFuture,
    /// The header does not end within the limit.
    #[error(transparent)]
    HeaderTooLong(#[from] HeaderTooLong),
}

/// The date of a message with this header block (its bytes up to the first empty line), if it is
/// established: at least one `Date` field, all naming the same instant, written as RFC 5322
/// sections 3.3 and 4.3 allow, not before 13 August 1982 and not more than 24 hours after `now`
/// (UTC).
///
/// # Errors
/// Which of these conditions does not hold.
pub fn established(header_block: &[u8], now: Timestamp) -> Result<Interval, WhyNot> {
    let mut found: Option<Interval> = None;
    for value in header::dates(header_block) {
        if value.after_broken_line {
            return Err(WhyNot::AfterBrokenHeader);
        }
        let interval = rfc5322::parse(value.text).ok_or(WhyNot::Malformed)?;
        if found.is_some_and(|other| other != interval) {
            return Err(WhyNot::Contradictory);
        }
        found = Some(interval);
    }
    let interval = found.ok_or(WhyNot::Missing)?;
    plausible(interval, now)?;
    Ok(interval)
}

/// The same for whichever date decides. `stored` is what the store says beside the message: the seconds of a
/// delivery, or an internal date as the server writes it.
///
/// # Errors
/// As [`established`].
pub fn established_by(
    date: MailDate,
    header_block: &[u8],
    stored: Option<&str>,
    now: Timestamp,
) -> Result<Interval, WhyNot> {
    let interval = match date {
        MailDate::Header => return established(header_block, now),
        MailDate::Received => {
            let value = header::fields(header_block, b"received").next();
            let value = value.ok_or(WhyNot::Missing)?;
            if value.after_broken_line {
                return Err(WhyNot::AfterBrokenHeader);
            }
            let at = rfc5322::behind_semicolon(value.text).ok_or(WhyNot::Malformed)?;
            rfc5322::parse(at).ok_or(WhyNot::Malformed)?
        }
        MailDate::Delivered | MailDate::Internal => {
            let at = stored::parse(stored.ok_or(WhyNot::Missing)?).ok_or(WhyNot::Malformed)?;
            Interval::between(at, at)
        }
    };
    plausible(interval, now)?;
    Ok(interval)
}

/// Refuses dates that no mail and no log of an account can bear.
pub(crate) fn plausible(interval: Interval, now: Timestamp) -> Result<(), WhyNot> {
    if interval.latest < FIRST {
        return Err(WhyNot::BeforeMail);
    }
    let last = now.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
    if interval.earliest > last {
        return Err(WhyNot::InTheFuture);
    }
    Ok(())
}

impl WhyNot {
    /// The same said of another date than the `Date` header field.
    #[must_use]
    pub fn of(self, date: MailDate) -> String {
        let named = date.named();
        match self {
            Self::Malformed if !date.is_in_the_message() => format!("the {named} cannot be read"),
            Self::Missing if date == MailDate::Delivered => {
                "the name of the file does not begin with the seconds of its delivery".to_owned()
            }
            Self::Missing if date == MailDate::Received => {
                "the message has no Received header field".to_owned()
            }
            Self::Malformed if date == MailDate::Received => {
                format!("the {named} does not end in a date of RFC 5322")
            }
            Self::BeforeMail if date != MailDate::Header => {
                format!(
                    "the date is lost: the {named} lies before 13 August 1982, when mail got one"
                )
            }
            _ => self.to_string().replace(MailDate::Header.named(), named),
        }
    }
}

/// The date that decides as it stands in a header block or beside the message, for a person to read.
#[must_use]
pub fn raw_by(date: MailDate, header_block: &[u8], stored: Option<&str>) -> Option<String> {
    match date {
        MailDate::Header => raw(header_block),
        MailDate::Received => {
            let value = header::fields(header_block, b"received").next()?;
            let at = rfc5322::behind_semicolon(value.text).unwrap_or(value.text);
            shown([String::from_utf8_lossy(at)])
        }
        MailDate::Delivered | MailDate::Internal => shown([Cow::Borrowed(stored?)]),
    }
}

/// The `Date` fields of a header block as they stand there, for a person to read: unfolded, at
/// most 200 characters, several separated by `; `.
#[must_use]
pub fn raw(header_block: &[u8]) -> Option<String> {
    let values = header::dates(header_block).take(8);
    shown(values.map(|value| String::from_utf8_lossy(value.text)))
}

fn shown<'a>(values: impl IntoIterator<Item = Cow<'a, str>>) -> Option<String> {
    let values: Vec<_> = values.into_iter().collect();
    if values.is_empty() {
        return None;
    }
    let words: Vec<Vec<&str>> = values
        .iter()
        .map(|v| v.split_ascii_whitespace().collect())
        .collect();
    let joined: Vec<String> = words.iter().map(|w| w.join(" ")).collect();
    Some(joined.join("; ").chars().take(200).collect())
}
