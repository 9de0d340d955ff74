//! What figures know of the cases, for tables that laws and custom ask for.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::thread;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lagrum_access::Action;
use lagrum_figures::{CaseFacts, Period};
use lagrum_model::CaseId;
use lagrum_store::Store;

use crate::{CommandError, Session};

/// Fewer cases of a year than this are not worth a thread.
const SHARE: u32 = 1000;

/// Cases of which nothing is known, by year and number, and why.
type Unknown = BTreeMap<(i16, u32), String>;

impl Session<'_> {
    /// Counts what figures know of each case that may have come in this period or later; without one, of all cases. They
    /// are exact: whoever publishes what is made of them decides how coarse it is.
    ///
    /// Each processor counts some of the cases with `count`, into what `new` makes; whoever asks adds the parts up. No case
    /// is kept. Beside them it gives the cases of which nothing is known, and why: a table that leaves one out says so.
    ///
    /// Cases that have a number of a later year are read too, because a demand can be taken in long after it came. What
    /// was there before the period costs nothing.
    ///
    /// # Errors
    /// When the person may not, or the store cannot be read.
    pub fn count_facts<T: Send>(
        &self,
        since: Option<&Period>,
        new: impl Fn() -> T + Sync,
        count: impl Fn(&mut T, &CaseFacts) + Sync,
    ) -> Result<(Vec<T>, Vec<String>), CommandError> {
        self.may(Action::PublishReport)?;
        let year = |second: i64| {
            let at = Timestamp::from_second(second).unwrap_or_default();
            TimeZone::UTC.to_datetime(at).year()
        };
        let store = &self.desk.inner.store;
        let first = match since {
            // A demand of the last night of a year can have a number of the year in which the desk was then.
            Some(period) => year(i64::try_from(period.seconds().0).unwrap_or_default()) - 1,
            None => match store.cases_after(None, 1)?.first() {
                Some(record) => record.case.year(),
                None => return Ok((Vec::new(), Vec::new())),
            },
        };
        let years = first..=year(self.time.now().as_second()) + 1;
        let last = |year| Ok((year, store.last_case_number(year)?));
        let years: Vec<_> = years.map(last).collect::<Result<_, CommandError>>()?;
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let processors = u32::try_from(processors).unwrap_or(1);
        let share_of = |share: u32| {
            let (mut counted, mut unknown) = (new(), Unknown::new());
            for (year, last) in &years {
                let numbers = numbers(*last, share, processors);
                let mut each = |facts: &CaseFacts| count(&mut counted, facts);
                read(store, (*year, *last), numbers, &mut each, &mut unknown)?;
            }
            Ok::<_, CommandError>((counted, unknown))
        };
        let share_of = &share_of;
        let shares = thread::scope(|scope| {
            let shares: Vec<_> = (0..processors)
                .map(|share| scope.spawn(move || share_of(share)))
                .collect();
            let joined = shares.into_iter().map(|share| {
                let share = share.join();
                share.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            });
            joined.collect::<Result<Vec<_>, _>>()
        })?;
        let (parts, unknown): (Vec<T>, Vec<Unknown>) = shares.into_iter().unzip();
        let unknown: Unknown = unknown.into_iter().flatten().collect();
        Ok((parts, unknown.into_values().collect()))
    }
}

/// The numbers of which a share looks: together all, of which those up to `last` were given.
fn numbers(last: u32, share: u32, shares: u32) -> RangeInclusive<u32> {
    let each = last.div_ceil(shares).max(SHARE);
    let before = |share: u32| share.saturating_mul(each).min(last);
    let end = match share + 1 == shares {
        true => u32::MAX,
        false => before(share + 1),
    };
    before(share).saturating_add(1)..=end
}

/// Goes through the facts of the cases of a year with these numbers, of which those up to `last` were given.
fn read(
    store: &Store,
    (year, last): (i16, u32),
    numbers: RangeInclusive<u32>,
    each: &mut dyn FnMut(&CaseFacts),
    unknown: &mut Unknown,
) -> Result<(), CommandError> {
    let mut next = *numbers.start();
    let end = last.min(*numbers.end());
    store.facts_of_year(year, numbers, &mut |case, facts| {
        let number = case.number();
        unknown.extend(nothing(year, next, number - 1));
        next = number.saturating_add(1);
        match facts.map(|facts| serde_json::from_slice(&facts)) {
            Ok(Ok(facts)) => each(&facts),
            Ok(Err(why)) => {
                unknown.insert((year, number), format!("the facts of case {case}: {why}"));
            }
            Err(why) => {
                unknown.insert((year, number), why.to_string());
            }
        }
        Ok::<_, CommandError>(())
    })?;
    unknown.extend(nothing(year, next, end));
    Ok(())
}

/// That nothing is known of the cases of a year from this number to that one, if there are any.
fn nothing(year: i16, from: u32, to: u32) -> Option<((i16, u32), String)> {
    let case = |number| CaseId::new(year, number);
    let which = match from.cmp(&to) {
        std::cmp::Ordering::Less => format!("the cases {} to {}", case(from), case(to)),
        std::cmp::Ordering::Equal => format!("case {}", case(from)),
        std::cmp::Ordering::Greater => return None,
    };
    Some(((year, from), format!("figures know nothing of {which}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_hold_each_number_once() {
        for last in [0, 1, 999, 1000, 1001, 2500, 10_001] {
            for shares in 1..5 {
                let all = (0..shares).flat_map(|share| numbers(last, share, shares));
                let up_to = all.take_while(|number| *number <= last + 2);
                assert!(up_to.eq(1..=last + 2), "{last} {shares}");
            }
        }
        assert_eq!(numbers(10_000, 0, 2), 1..=5000);
        assert_eq!(numbers(10_000, 1, 2), 5001..=u32::MAX);
        assert!(numbers(0, 0, 2).is_empty());
    }

    #[test]
    fn a_gap_is_one_sentence() {
        let said = |from, to| nothing(2027, from, to).map(|(_, why)| why);
        assert_eq!(said(5, 4), None);
        assert_eq!(
            said(4, 4).as_deref(),
            Some("figures know nothing of case 2027-0004")
        );
        let many = "figures know nothing of the cases 2027-0004 to 2027-0900";
        assert_eq!(said(4, 900).as_deref(), Some(many));
    }
}
