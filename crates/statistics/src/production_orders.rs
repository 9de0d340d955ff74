//! European Production and Preservation Orders: what a provider may send by 31 March for the calendar year before
//! (Article 28(4) of Regulation (EU) 2023/1543). The Regulation gives no form, and keeping these statistics is voluntary.
//!
//! What is asked for, by type of data, issuing State and emergency or not:
//! (a) orders received; (b) those fulfilled and not fulfilled; (c) for fulfilled production orders, the *mean* time from
//! receipt to provision; (d) the mean time from the issue of a preservation order to the request to produce that follows.
//!
//! - An order that asks for several types stands in the row of each, and once in the row `any`: the rows of types do not
//!   add up to it. Whether it was fulfilled is told of the whole order in each of them.
//! - A production order is fulfilled if something was produced; `fulfilled_in_part` says how many of these not wholly. A
//!   preservation order is fulfilled if the data is kept. `not_fulfilled` is the sum of the columns of reasons after it.
//! - (d) is blank: the facts of a case hold neither the day on which an order was issued, nor which order followed it.
//! - A mean of nothing is blank; a count of nothing is zero.
//! - States are written as in ISO 3166-1 (`GR` for Greece); days are in UTC.

use std::collections::BTreeMap;

use lagrum_figures::{CaseFacts, Outcome, Period};
use lagrum_model::{Category, CountryCode, InstrumentKind};

use crate::counted::{Counted, Mean, counted, seconds};
use crate::{Cell, Table};

/// The heads of the table. Times are means in hours.
const COLUMNS: [&str; 16] = [
    "instrument",
    "issuing_state",
    "type_of_data",
    "emergency",
    "received",
    "fulfilled",
    "fulfilled_in_part",
    "not_fulfilled",
    "no_data_found",
    "refused",
    "redirected",
    "preserved_only",
    "closed_without_answer",
    "pending",
    "mean_hours_receipt_to_provision",
    "mean_hours_issue_to_subsequent_request",
];

const KINDS: [InstrumentKind; 2] = [
    InstrumentKind::EuropeanProductionOrder,
    InstrumentKind::EuropeanPreservationOrder,
];

/// The table of the orders that were received in `period`: a block of rows for all States (`TOTAL`), then one for each
/// State from which an order came. Each block has a row for every instrument, type of data and emergency or not.
#[must_use]
pub fn production_orders<'a>(
    cases: impl IntoIterator<Item = &'a CaseFacts>,
    period: &Period,
) -> Table {
    let mut blocks: BTreeMap<Option<CountryCode>, BTreeMap<Row, Tally>> =
        BTreeMap::from([(None, BTreeMap::new())]);
    for order in counted(cases, period) {
        let Some(kind) = KINDS
            .iter()
            .position(|kind| *kind == order.asked.instrument)
        else {
            continue;
        };
        let types = order.asked.categories.iter().copied().map(Some);
        for category in types.chain([None]) {
            for state in [None, Some(order.asked.country)] {
                let block = blocks.entry(state).or_default();
                let row = (kind, category, order.is_emergency());
                block.entry(row).or_default().add(&order);
            }
        }
    }
    let rows = blocks.into_iter().flat_map(|(state, block)| {
        let state = state.map_or_else(|| "TOTAL".to_owned(), |state| state.to_string());
        rows_of_a_block().map(move |row| {
            let tally = block.get(&row).copied().unwrap_or_default();
            tally.cells(&state, row)
        })
    });
    Table::new("european-production-orders", COLUMNS, rows)
}

/// The instrument by its place in [`KINDS`], the type of data (none: any), whether it is an emergency.
type Row = (usize, Option<Category>, bool);

fn rows_of_a_block() -> impl Iterator<Item = Row> {
    let types = || [None].into_iter().chain(Category::ALL.map(Some));
    let emergency = |kind, category| [false, true].map(|is| (kind, category, is));
    (0..KINDS.len()).flat_map(move |kind| types().flat_map(move |one| emergency(kind, one)))
}

#[derive(Clone, Copy, Default)]
struct Tally {
    received: u64,
    fulfilled: u64,
    in_part: u64,
    no_data: u64,
    refused: u64,
    redirected: u64,
    preserved_only: u64,
    closed: u64,
    pending: u64,
    provision: Mean,
}

impl Tally {
    fn add(&mut self, order: &Counted) {
        self.received += 1;
        let asks_to_keep = order.asked.instrument == InstrumentKind::EuropeanPreservationOrder;
        let column = match order.facts.outcome {
            Some(Outcome::Produced | Outcome::ProducedInPart) => &mut self.fulfilled,
            Some(Outcome::Preserved) if asks_to_keep => &mut self.fulfilled,
            Some(Outcome::Preserved) => &mut self.preserved_only,
            Some(Outcome::NothingFound) => &mut self.no_data,
            Some(Outcome::Refused) => &mut self.refused,
            Some(Outcome::Redirected) => &mut self.redirected,
            Some(Outcome::NotAnswered) => &mut self.closed,
            None => &mut self.pending,
        };
        *column += 1;
        self.in_part += u64::from(order.is(Outcome::ProducedInPart));
        let provided = order.facts.answered_at;
        if let Some(provided) = provided.filter(|_| order.is_disclosed() && !asks_to_keep) {
            self.provision
                .add(seconds(order.facts.received_at, provided));
        }
    }

    fn cells(self, state: &str, (kind, category, emergency): Row) -> [Cell; 16] {
        let reasons = [
            self.no_data,
            self.refused,
            self.redirected,
            self.preserved_only,
            self.closed,
        ];
        let [no_data, refused, redirected, preserved_only, closed] = reasons.map(Cell::from);
        [
            KINDS[kind].as_str().into(),
            state.into(),
            category.map_or("any", Category::as_str).into(),
            if emergency { "yes" } else { "no" }.into(),
            self.received.into(),
            self.fulfilled.into(),
            self.in_part.into(),
            reasons.iter().sum::<u64>().into(),
            no_data,
            refused,
            redirected,
            preserved_only,
            closed,
            self.pending.into(),
            self.provision.hours().into(),
            Cell::Blank,
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{Made, any_facts, made};

    fn order(state: &str) -> Made {
        made(state).kind(InstrumentKind::EuropeanProductionOrder)
    }

    fn table(all: &[Made]) -> Table {
        let cases: Vec<CaseFacts> = all.iter().map(|made| made.facts.clone()).collect();
        production_orders(&cases, &Period::parse("2027").unwrap())
    }

    /// The cells of a row from `received` on.
    fn row(table: &Table, key: [&str; 4]) -> Vec<String> {
        let written = |row: &Vec<Cell>| row.iter().map(Cell::written).collect::<Vec<_>>();
        let mut rows = table.rows().iter().map(written);
        rows.find(|row| row[..4] == key).unwrap()[4..].to_vec()
    }

    const PRODUCTION: &str = "european-production-order";
    const PRESERVATION: &str = "european-preservation-order";

    #[test]
    fn times_are_means_over_fulfilled_orders_and_not_medians() {
        let table = table(&[
            order("SE").answered(1, Outcome::Produced),
            order("SE").answered(2, Outcome::Produced),
            order("SE").answered(9, Outcome::ProducedInPart),
            order("SE").answered(100, Outcome::Refused),
            order("SE"),
        ]);
        let expected = ["5", "3", "1", "1", "0", "1", "0", "0", "0", "1", "4", ""];
        assert_eq!(row(&table, [PRODUCTION, "SE", "any", "no"]), expected);
        assert_eq!(row(&table, [PRODUCTION, "TOTAL", "any", "no"]), expected);
        assert_eq!(
            row(&table, [PRODUCTION, "SE", "subscriber", "no"]),
            expected
        );
        let none = ["0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "", ""];
        assert_eq!(row(&table, [PRODUCTION, "SE", "any", "yes"]), none);
        assert_eq!(row(&table, [PRODUCTION, "SE", "content", "no"]), none);
    }

    #[test]
    fn every_outcome_stands_in_one_column() {
        for outcome in Outcome::ALL.map(Some).into_iter().chain([None]) {
            let made = match outcome {
                Some(outcome) => order("SE").answered(1, outcome),
                None => order("SE"),
            };
            let cells = row(&table(&[made]), [PRODUCTION, "SE", "any", "no"]);
            let number = |at: usize| cells[at].parse::<u64>().unwrap();
            assert_eq!(number(1) + number(3) + number(9), 1, "{outcome:?}");
            assert_eq!((4..9).map(number).sum::<u64>(), number(3), "{outcome:?}");
        }
    }

    #[test]
    fn a_preservation_order_is_fulfilled_when_the_data_is_kept_and_has_no_time_of_provision() {
        let kept = |kind| made("DE").kind(kind).answered(5, Outcome::Preserved);
        let table = table(&[
            kept(InstrumentKind::EuropeanPreservationOrder),
            kept(InstrumentKind::EuropeanProductionOrder),
        ]);
        let preservation = row(&table, [PRESERVATION, "DE", "any", "no"]);
        assert_eq!((&preservation[1][..], &preservation[10][..]), ("1", ""));
        let production = row(&table, [PRODUCTION, "DE", "any", "no"]);
        assert_eq!((&production[1][..], &production[7][..]), ("0", "1"));
    }

    #[test]
    fn an_emergency_stands_apart_and_an_order_for_two_types_in_the_row_of_each() {
        let both = [Category::Subscriber, Category::Content];
        let table = table(&[order("SE").asks_for(&both).emergency(), order("FR")]);
        let received = |key| row(&table, key)[0].clone();
        for kind in ["any", "subscriber", "content"] {
            assert_eq!(received([PRODUCTION, "SE", kind, "yes"]), "1");
            assert_eq!(received([PRODUCTION, "SE", kind, "no"]), "0");
        }
        assert_eq!(received([PRODUCTION, "SE", "traffic", "yes"]), "0");
        assert_eq!(received([PRODUCTION, "TOTAL", "subscriber", "no"]), "1");
    }

    #[test]
    fn a_year_without_orders_has_a_block_of_zeros_and_other_instruments_do_not_count() {
        let empty = table(&[]);
        assert_eq!(empty.rows().len(), 20);
        assert!(empty.rows().iter().all(|row| row[4] == Cell::from(0)));
        assert_eq!(table(&[made("SE")]), empty);
        let mut again = order("SE");
        again.facts.sent_again = true;
        assert_eq!(table(&[again]), empty);
    }

    proptest! {
        #[test]
        fn states_add_up_to_the_total(all in prop::collection::vec(any_facts(), 0..40)) {
            let table = production_orders(&all, &Period::parse("2027").unwrap());
            let mut total: BTreeMap<Vec<String>, Vec<u64>> = BTreeMap::new();
            let mut sums = total.clone();
            for row in table.rows() {
                let key = [0, 2, 3].map(|at| row[at].written()).to_vec();
                let is_total = row[1].written() == "TOTAL";
                let into = if is_total { &mut total } else { &mut sums };
                let into = into.entry(key).or_insert_with(|| vec![0; 10]);
                for (sum, cell) in into.iter_mut().zip(&row[4..14]) {
                    *sum += cell.written().parse::<u64>().unwrap();
                }
            }
            if sums.is_empty() {
                sums = total.keys().map(|key| (key.clone(), vec![0; 10])).collect();
            }
            prop_assert_eq!(sums, total);
        }
    }
}
