//! What demands cost the provider: the time that its people recorded, what it paid, and what authorities paid back, by
//! country and kind of instrument. For the provider's own use: no law asks for it.
//!
//! - Only what people recorded is counted, so what it truly cost is more. `demands_with_entries` says of how many demands
//!   anything was recorded; where it is none, times are blank.
//! - Work on a demand that was sent again counts in the times and costs of its country and instrument; the demand
//!   counts once, as everywhere.
//! - An entry counts in the period in which its demand was received, whenever it was recorded.
//! - Amounts are in the unit of their currency with all its decimals. Currencies are never added; each has a row.

use std::collections::BTreeMap;

use lagrum_figures::{CaseFacts, Period};
use lagrum_model::{CountryCode, Currency, Money, WorkKind};

use crate::counted::Within;
use crate::{Cell, Count, Table};

/// Both tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burden {
    /// How much time: a row for each country and instrument.
    pub time: Table,
    /// How much money: a row for each country, instrument and currency of which anything was recorded.
    pub money: Table,
}

#[derive(Clone, Debug, Default)]
struct Tally {
    demands: u64,
    with_entries: u64,
    /// Whether anything was recorded, also of a demand that was sent again.
    recorded: bool,
    minutes: BTreeMap<WorkKind, u64>,
    /// Costs, paid back, refused, in the smallest unit.
    money: BTreeMap<Currency, [u64; 3]>,
}

impl Tally {
    fn add(&mut self, facts: &CaseFacts) {
        let counts = u64::from(!facts.sent_again);
        self.demands += counts;
        let Some(burden) = &facts.burden else { return };
        self.with_entries += counts;
        self.recorded = true;
        for (on, minutes) in &burden.minutes {
            let sum = self.minutes.entry(*on).or_default();
            *sum = sum.saturating_add(*minutes);
        }
        for (place, sums) in [&burden.costs, &burden.paid, &burden.refused]
            .into_iter()
            .enumerate()
        {
            for money in sums.iter() {
                let all = self.money.entry(money.currency).or_default();
                all[place] = all[place].saturating_add(money.amount);
            }
        }
    }

    fn merge(&mut self, other: Self) {
        self.demands += other.demands;
        self.with_entries += other.with_entries;
        self.recorded |= other.recorded;
        for (on, minutes) in other.minutes {
            let sum = self.minutes.entry(on).or_default();
            *sum = sum.saturating_add(minutes);
        }
        for (currency, amounts) in other.money {
            let sums = self.money.entry(currency).or_default();
            for (sum, amount) in sums.iter_mut().zip(amounts) {
                *sum = sum.saturating_add(amount);
            }
        }
    }

    fn times(&self) -> [Cell; 8] {
        let of = |on: WorkKind| self.minutes.get(&on).copied().unwrap_or_default();
        let all = self.minutes.values().copied().fold(0, u64::saturating_add);
        let [
            reading,
            verifying,
            legal,
            searching,
            answering,
            challenge,
            other,
        ] = WorkKind::ALL.map(of);
        let minutes = [
            reading, verifying, legal, searching, answering, challenge, other, all,
        ];
        minutes.map(|minutes| self.recorded.then_some(minutes).into())
    }
}

/// The heads of the table of times, those of the kinds of work in the order of [`WorkKind::ALL`].
const TIMES: [&str; 12] = [
    "country",
    "instrument",
    "demands",
    "demands_with_entries",
    "minutes_reading",
    "minutes_verifying",
    "minutes_legal_assessment",
    "minutes_searching",
    "minutes_answering",
    "minutes_challenge",
    "minutes_other",
    "minutes_all",
];

/// The heads of the table of money.
const AMOUNTS: [&str; 6] = [
    "country",
    "instrument",
    "currency",
    "costs",
    "paid_back",
    "payment_refused",
];

/// What demands cost that were received in a period, those of which nobody knows the country and kind left out.
#[derive(Clone, Debug)]
pub struct Burdens {
    within: Within,
    all: BTreeMap<(CountryCode, &'static str), Tally>,
}

impl Count for Burdens {
    fn add(&mut self, facts: &CaseFacts) {
        if let Some(asked) = self.within.received(facts) {
            let row = (asked.country, asked.instrument.as_str());
            self.all.entry(row).or_default().add(facts);
        }
    }

    fn merge(&mut self, other: Self) {
        assert_eq!(self.within, other.within, "burdens of two periods");
        for (row, tally) in other.all {
            self.all.entry(row).or_default().merge(tally);
        }
    }
}

impl Burdens {
    /// Without a case yet.
    #[must_use]
    pub fn new(period: &Period) -> Self {
        Self {
            within: Within::of(period),
            all: BTreeMap::new(),
        }
    }

    /// Both tables.
    #[must_use]
    pub fn tables(&self) -> Burden {
        burden(&self.all)
    }
}

fn burden(all: &BTreeMap<(CountryCode, &'static str), Tally>) -> Burden {
    let times = all.iter().map(|((country, instrument), tally)| {
        let [one, two, three, four, five, six, seven, sum] = tally.times();
        [
            country.to_string().into(),
            (*instrument).into(),
            tally.demands.into(),
            tally.with_entries.into(),
            one,
            two,
            three,
            four,
            five,
            six,
            seven,
            sum,
        ]
    });
    let money = all.iter().flat_map(|((country, instrument), tally)| {
        tally.money.iter().map(move |(currency, amounts)| {
            let [costs, paid, refused] = amounts.map(|amount| {
                let currency = *currency;
                Cell::from(Money { amount, currency }.number())
            });
            [
                country.to_string().into(),
                (*instrument).into(),
                currency.to_string().into(),
                costs,
                paid,
                refused,
            ]
        })
    });
    Burden {
        time: Table::new("burden-time", TIMES, times),
        money: Table::new("burden-money", AMOUNTS, money),
    }
}

#[cfg(test)]
mod tests {
    use lagrum_model::{Burden as Entry, BurdenSum, Reimbursement};

    use super::*;
    use crate::testing::{SEALED, made};

    fn work(on: WorkKind, minutes: u32, cost: Option<&str>) -> Entry {
        Entry::Work {
            on,
            minutes,
            firm: None,
            cost: cost.map(|text| Money::parse(text).unwrap()),
        }
    }

    /// Counted in two parts.
    fn burden(cases: &[CaseFacts], period: &Period) -> Burden {
        let mut parts = [Burdens::new(period), Burdens::new(period)];
        for (at, facts) in cases.iter().enumerate() {
            parts[at % 2].add(facts);
        }
        let [mut whole, other] = parts;
        whole.merge(other);
        whole.tables()
    }

    fn of(mut facts: CaseFacts, entries: &[Entry]) -> CaseFacts {
        facts.burden = Some(BurdenSum::of(entries));
        facts
    }

    #[test]
    fn times_and_amounts_are_summed_by_country_instrument_and_currency() {
        let period = Period::parse("2027").unwrap();
        let assessed = work(WorkKind::LegalAssessment, 90, Some("4500.50 SEK"));
        let paid = Entry::Reimbursement {
            outcome: Reimbursement::Paid,
            amount: Money::parse("1000 SEK").unwrap(),
        };
        let refused = Entry::Reimbursement {
            outcome: Reimbursement::Refused,
            amount: Money::parse("80 EUR").unwrap(),
        };
        let mut again = of(made("SE").facts, &[work(WorkKind::Reading, 5, None)]);
        again.sent_again = true;
        let facts = [
            of(made("SE").facts, &[assessed.clone(), paid]),
            of(made("SE").facts, &[assessed, refused]),
            made("SE").facts,
            again,
            made("DK").facts,
            of(
                made("SE").received("2026-12-31T23:59:59Z").facts,
                &[work(WorkKind::Other, 7, None)],
            ),
        ];
        let Burden { time, money } = burden(&facts, &period);
        assert_eq!(
            time.csv(),
            "country,instrument,demands,demands_with_entries,minutes_reading,minutes_verifying,\
             minutes_legal_assessment,minutes_searching,minutes_answering,minutes_challenge,minutes_other,minutes_all\r\n\
             DK,court-decision,1,0,,,,,,,,\r\n\
             SE,court-decision,3,2,5,0,180,0,0,0,0,185\r\n"
        );
        assert_eq!(
            money.csv(),
            "country,instrument,currency,costs,paid_back,payment_refused\r\n\
             SE,court-decision,EUR,0.00,0.00,80.00\r\n\
             SE,court-decision,SEK,9001.00,1000.00,0.00\r\n"
        );
    }

    #[test]
    fn what_may_not_be_counted_and_what_nobody_described_is_in_no_row() {
        let period = Period::parse("2027").unwrap();
        let entry = [work(WorkKind::Other, 7, Some("1 EUR"))];
        let mut facts: Vec<_> = SEALED
            .iter()
            .map(|kind| of(made("US").kind(*kind).facts, &entry))
            .collect();
        let mut unknown = of(made("US").facts, &entry);
        unknown.asked = None;
        facts.push(unknown);
        let Burden { time, money } = burden(&facts, &period);
        assert_eq!(time.csv().lines().count(), 1);
        assert_eq!(money.csv().lines().count(), 1);
    }
}
