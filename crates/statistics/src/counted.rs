//! Which demands count, and what is said of many of them.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use lagrum_figures::{Asked, CaseFacts, Period, is_sealed};

use crate::Decimal;
use crate::demand::Demand;
use crate::span::day;

/// A period, beside the demands that were received in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Within {
    period: Period,
    seconds: Range<u64>,
}

impl Within {
    pub(crate) fn of(period: &Period) -> Self {
        let (from, until) = period.seconds();
        Self {
            period: period.clone(),
            seconds: from..until,
        }
    }

    pub(crate) fn period(&self) -> &Period {
        &self.period
    }

    /// The demand of a case, if it was received in the period and may be counted.
    pub(crate) fn demand(&self, facts: &CaseFacts) -> Option<Demand> {
        self.is_within(facts).then(|| Demand::of(facts)).flatten()
    }

    /// What a case asks for, if it was received in the period and may be counted, or was sent again.
    pub(crate) fn received<'f>(&self, facts: &'f CaseFacts) -> Option<&'f Asked> {
        let asked = facts.asked.as_ref()?;
        (self.is_within(facts) && !is_sealed(asked.instrument)).then_some(asked)
    }

    fn is_within(&self, facts: &CaseFacts) -> bool {
        let second = u64::try_from(facts.received_at.as_second());
        second.is_ok_and(|second| self.seconds.contains(&second))
    }
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

/// The median of times in seconds, told in hours: of an even number, the middle between the two in the middle. Nothing
/// of none.
pub(crate) fn median(seconds: &mut [u32]) -> Option<Decimal> {
    let middle = seconds.len() / 2;
    if seconds.is_empty() {
        return None;
    }
    let is_even = seconds.len().is_multiple_of(2);
    let (below, upper, _) = seconds.select_nth_unstable(middle);
    let lower = below.iter().max().filter(|_| is_even);
    let upper = u64::from(*upper);
    match lower {
        Some(lower) => Decimal::hours(u64::from(*lower) + upper, 2),
        None => Decimal::hours(upper, 1),
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
    use lagrum_figures::is_sealed;
    use lagrum_model::InstrumentKind;

    use super::*;
    use crate::testing::{SEALED, made};

    #[test]
    fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        let median = |hours: &[u32]| {
            let mut seconds: Vec<u32> = hours.iter().map(|hours| hours * 3600).collect();
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
        let of = |facts: CaseFacts| usize::from(Within::of(&year).demand(&facts).is_some());
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
