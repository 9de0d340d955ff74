//! When an object was put there, and how that lies to the period of an order.

use jiff::{SignedDuration, Timestamp};
use lagrum_model::{DateRule, Period};
use lagrum_sources::TimeFormat;

/// Nothing older is a date of an account: what lies before is what remains of a lost one (as for logs).
const FIRST: Timestamp = Timestamp::constant(398_044_800, 0);
/// How far the clock of whoever wrote may run ahead.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// Which date decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ObjectDate {
    /// When the storage took the version in.
    Modified,
    /// What whoever put it there wrote beside it, in this header.
    Metadata(String, TimeFormat),
}

impl ObjectDate {
    /// Reads what the operator wrote.
    ///
    /// # Errors
    /// The field, and what is wrong with it.
    pub(crate) fn read(
        text: &str,
        format: Option<TimeFormat>,
    ) -> Result<Self, (&'static str, &'static str)> {
        if text == "modified" {
            return match format {
                None => Ok(Self::Modified),
                Some(_) => Err(("date_format", "is of metadata alone; take it out")),
            };
        }
        let name = text.strip_prefix("metadata:").unwrap_or_default();
        let named = name.strip_prefix("x-amz-meta-").filter(|rest| {
            let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            !rest.is_empty()
                && rest
                    .bytes()
                    .all(|byte| letter(byte) || b"-_".contains(&byte))
        });
        match named {
            Some(_) => Ok(Self::Metadata(
                name.to_owned(),
                format.unwrap_or(TimeFormat::Rfc3339),
            )),
            None => Err((
                "date",
                "storage keeps no such date; write `modified`, or `metadata:x-amz-meta-…` with the rest of the name in small letters, digits, `-` and `_`",
            )),
        }
    }

    /// What the statement of a package says of it.
    pub(crate) fn rule(&self) -> DateRule {
        match self {
            Self::Modified => DateRule::LastModified,
            Self::Metadata(..) => DateRule::ObjectMetadata,
        }
    }

    /// How an object lies to a period, of which this is what stands there as its date.
    pub(crate) fn judge(&self, text: Option<&str>, period: &Period, now: Timestamp) -> Judged {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
            return Judged::Unclear("the object has no date");
        };
        let (format, name) = match self {
            Self::Modified => (TimeFormat::Rfc3339, None),
            Self::Metadata(name, format) => (*format, Some(name)),
        };
        let Some(earliest) = format.instant_of(text) else {
            return Judged::Unclear("the date cannot be read as the configuration says");
        };
        // What a storage tells without a fraction, or with one of zeros, lies within that second.
        let latest = match name {
            None => earliest.saturating_add(within(text)).unwrap_or(earliest),
            Some(_) => earliest,
        };
        let last = now.saturating_add(AHEAD).unwrap_or(Timestamp::MAX);
        if earliest < FIRST || latest > last {
            return Judged::Unclear(
                "the date is lost: it lies before 1982 or more than a day in the future",
            );
        }
        match [earliest, latest].map(|instant| period.contains(instant)) {
            [true, true] => Judged::Inside(earliest, latest),
            [false, false] if latest < period.from() || earliest >= period.until() => {
                Judged::Outside
            }
            _ => Judged::Unclear(
                "the storage tells the second alone, and the period begins or ends within it",
            ),
        }
    }
}

/// How much later it may have been than a text in RFC 3339 says: what it does not write of the second.
fn within(text: &str) -> SignedDuration {
    let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    let written = fraction[..digits].trim_end_matches('0').len();
    let steps = match written {
        0 => 0,
        1..=3 => 3,
        4..=6 => 6,
        _ => 9,
    };
    SignedDuration::from_nanos(10_i64.pow(9 - steps) - 1)
}

/// How an object lies to a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Judged {
    /// Inside: the earliest and the latest instant that it may be of.
    Inside(Timestamp, Timestamp),
    /// Outside.
    Outside,
    /// A person decides, for this reason.
    Unclear(&'static str),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn judged(date: &ObjectDate, text: &str) -> Judged {
        let period = Period::new(at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z")).unwrap();
        date.judge(Some(text), &period, at("2026-03-01T00:00:00Z"))
    }

    #[test]
    fn the_period_is_half_open_and_what_has_no_certain_date_goes_to_a_person() {
        let inside = |text: &str| matches!(judged(&ObjectDate::Modified, text), Judged::Inside(..));
        for text in [
            "2026-01-01T00:00:00.000Z",
            "2026-01-01T01:00:00+01:00",
            "2026-01-31T23:59:59Z",
        ] {
            assert!(inside(text), "{text}");
        }
        for text in ["2025-12-31T23:59:59.999Z", "2026-02-01T00:00:00.000Z"] {
            assert_eq!(
                judged(&ObjectDate::Modified, text),
                Judged::Outside,
                "{text}"
            );
        }
        for text in [
            "",
            "yesterday",
            "1970-01-01T00:00:00Z",
            "2027-01-01T00:00:00Z",
            "2026-01-05",
            "2026-01-05T00:00:00",
        ] {
            assert!(
                matches!(judged(&ObjectDate::Modified, text), Judged::Unclear(_)),
                "{text}"
            );
        }
        let fine = Period::new(at("2026-01-01T00:00:00.5Z"), at("2026-02-01T00:00:00Z")).unwrap();
        let of = |text| ObjectDate::Modified.judge(Some(text), &fine, at("2026-03-01T00:00:00Z"));
        assert!(matches!(of("2026-01-01T00:00:00.000Z"), Judged::Unclear(_)));
        assert!(matches!(of("2026-01-01T00:00:00.501Z"), Judged::Inside(..)));
        assert_eq!(of("2026-01-01T00:00:00.499Z"), Judged::Outside);
    }

    #[test]
    fn metadata_is_named_and_read_as_it_is_said_to_be_written() {
        let seconds =
            ObjectDate::read("metadata:x-amz-meta-taken", Some(TimeFormat::EpochSeconds)).unwrap();
        assert_eq!(
            judged(&seconds, "1767225600"),
            Judged::Inside(at("2026-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z"))
        );
        assert_eq!(judged(&seconds, "1767225599.9"), Judged::Outside);
        assert!(matches!(
            judged(&seconds, "2026-01-05T00:00:00Z"),
            Judged::Unclear(_)
        ));
        for wrong in [
            "header",
            "metadata:",
            "metadata:x-amz-meta-",
            "metadata:last-modified",
            "metadata:x-amz-meta-A",
            "metadata:x-amz-meta-a b",
            "x-amz-meta-a",
        ] {
            assert_eq!(
                ObjectDate::read(wrong, None).unwrap_err().0,
                "date",
                "{wrong}"
            );
        }
        assert!(ObjectDate::read("modified", Some(TimeFormat::Rfc3339)).is_err());
    }
}
