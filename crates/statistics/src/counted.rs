//! Which demands count, and what is said of many of them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lagrum_figures::{Asked, CaseFacts, Outcome, Period, is_sealed};
use lagrum_model::{AuthorityKind, Category, InstrumentKind};

use crate::Decimal;

/// A demand that counts.
#[derive(Clone, Copy)]
pub(crate) struct Counted<'a> {
    pub(crate) facts: &'a CaseFacts,
    pub(crate) asked: &'a Asked,
}

/// The demands received in `period` that may be counted, each once.
pub(crate) fn counted<'a>(
    cases: impl IntoIterator<Item = &'a CaseFacts>,
    period: &Period,
) -> impl Iterator<Item = Counted<'a>> {
    let (from, until) = period.seconds();
    let is_within = move |at: Timestamp| {
        u64::try_from(at.as_second()).is_ok_and(|second| (from..until).contains(&second))
    };
    cases.into_iter().filter_map(move |facts| {
        let asked = facts.asked.as_ref()?;
        let counts =
            !facts.sent_again && is_within(facts.received_at) && !is_sealed(asked.instrument);
        counts.then_some(Counted { facts, asked })
    })
}

impl Counted<'_> {
    /// Whether a party to proceedings sent it, and no authority.
    pub(crate) fn is_private(&self) -> bool {
        self.asked.authority == AuthorityKind::PrivateParty
    }

    /// Whether it claims a danger.
    pub(crate) fn is_emergency(&self) -> bool {
        self.facts.emergency.is_some() || self.asked.instrument == InstrumentKind::EmergencyRequest
    }

    /// Whether something was handed over.
    pub(crate) fn is_disclosed(&self) -> bool {
        let outcome = self.facts.outcome;
        matches!(outcome, Some(Outcome::Produced | Outcome::ProducedInPart))
    }

    /// Whether something was handed over that is content.
    pub(crate) fn is_content(&self) -> bool {
        self.is_disclosed() && self.facts.produced().any(|one| one == Category::Content)
    }

    /// Whether something was handed over, and none of it content.
    pub(crate) fn is_noncontent(&self) -> bool {
        self.is_disclosed() && !self.is_content()
    }

    /// Whether it ended so.
    pub(crate) fn is(&self, outcome: Outcome) -> bool {
        self.facts.outcome == Some(outcome)
    }
}

/// The day of an instant, in UTC.
pub(crate) fn day(at: Timestamp) -> Date {
    at.to_zoned_datetime(TimeZone::UTC).date()
}

/// The first day of a period and its last, in UTC.
pub(crate) fn days(period: &Period) -> (Date, Date) {
    let (from, until) = period.seconds();
    let day_of = |second: u64| {
        let second = i64::try_from(second).unwrap_or_default();
        day(Timestamp::from_second(second).unwrap_or_default())
    };
    (day_of(from), day_of(until.saturating_sub(1)))
}

/// Whole seconds between two instants; none if the second lies before the first.
pub(crate) fn seconds(from: Timestamp, until: Timestamp) -> u64 {
    u64::try_from(until.as_second() - from.as_second()).unwrap_or_default()
}

/// The median of times in seconds, told in hours: of an even number, the middle between the two in the middle. Nothing
/// of none.
pub(crate) fn median(seconds: &mut [u64]) -> Option<Decimal> {
    let middle = seconds.len() / 2;
    if seconds.is_empty() {
        return None;
    }
    let is_even = seconds.len().is_multiple_of(2);
    let (below, upper, _) = seconds.select_nth_unstable(middle);
    let lower = below.iter().max().filter(|_| is_even);
    match lower {
        Some(lower) => Decimal::hours(lower.saturating_add(*upper), 2),
        None => Decimal::hours(*upper, 1),
    }
}

/// The mean of times in seconds, told in hours. Nothing of none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mean {
    seconds: u64,
    of: u64,
}

impl Mean {
    pub(crate) fn add(&mut self, seconds: u64) {
        self.seconds = self.seconds.saturating_add(seconds);
        self.of += 1;
    }

    pub(crate) fn hours(self) -> Option<Decimal> {
        Decimal::hours(self.seconds, self.of)
    }
}

/// How many of a hundred, rounded half up. Nothing of none.
pub(crate) fn percent(part: u64, whole: u64) -> Option<u64> {
    let (part, whole) = (u128::from(part), u128::from(whole));
    let rounded = (200 * part + whole).checked_div(2 * whole)?;
    u64::try_from(rounded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{SEALED, made};

    #[test]
    fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        let median = |hours: &[u64]| {
            let mut seconds: Vec<u64> = hours.iter().map(|hours| hours * 3600).collect();
            median(&mut seconds).map(|hours| hours.to_string())
        };
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[7]).as_deref(), Some("7"));
        assert_eq!(median(&[9, 1, 5]).as_deref(), Some("5"));
        assert_eq!(median(&[100, 1, 4, 2]).as_deref(), Some("3"));
        assert_eq!(median(&[4, 1]).as_deref(), Some("2.5"));
        assert_eq!(median(&[3, 3, 3, 3]).as_deref(), Some("3"));
    }

    #[test]
    fn percentages_are_rounded_half_up() {
        assert_eq!(percent(1, 8), Some(13));
        assert_eq!(percent(1, 200), Some(1));
        assert_eq!(percent(1, 201), Some(0));
        assert_eq!(percent(0, 5), Some(0));
        assert_eq!(percent(5, 5), Some(100));
        assert_eq!(percent(0, 0), None);
    }

    #[test]
    fn a_demand_counts_in_the_period_of_its_receipt_in_utc_once_and_only_if_described() {
        let year = Period::parse("2027").unwrap();
        let of = |facts: CaseFacts| counted([&facts], &year).count();
        for (received, counts) in [
            ("2026-12-31T23:59:59.9Z", 0),
            ("2027-01-01T00:00:00Z", 1),
            ("2027-12-31T23:59:59.9Z", 1),
            ("2028-01-01T00:00:00Z", 0),
            ("2028-01-01T00:30:00+01:00", 1),
            ("1969-12-31T23:00:00Z", 0),
        ] {
            assert_eq!(
                of(made("SE").received(received).facts),
                counts,
                "{received}"
            );
        }
        let mut again = made("SE").facts;
        again.sent_again = true;
        let mut unknown = made("SE").facts;
        unknown.asked = None;
        assert_eq!((of(made("SE").facts), of(again), of(unknown)), (1, 0, 0));
        assert_eq!(days(&year).0.to_string(), "2027-01-01");
        assert_eq!(days(&year).1.to_string(), "2027-12-31");
    }

    #[test]
    fn exactly_the_four_sealed_kinds_are_not_counted() {
        let kinds = InstrumentKind::ALL.into_iter();
        let sealed: Vec<_> = kinds.filter(|kind| is_sealed(*kind)).collect();
        assert_eq!(sealed, SEALED);
    }
}
