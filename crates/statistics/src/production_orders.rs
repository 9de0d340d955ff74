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
//! - (d) is in days, because an order names the day of its issue and no hour: from that day to the one (in UTC) on which the
//!   authority confirmed that it issued a request for what is preserved (Article 11(1)). An order of which it confirmed
//!   none is not in the mean.
//! - A mean of nothing is blank; a count of nothing is zero.
//! - States are written as in ISO 3166-1 (`GR` for Greece); days are in UTC.

use std::collections::BTreeSet;

use lagrum_figures::Outcome;
use lagrum_model::{Category, InstrumentKind};

use crate::cube::Became;
use crate::{Cell, Cube, Decimal, Table};

/// The heads of the table. Times are means.
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
    "mean_days_issue_to_subsequent_request",
];

const KINDS: [InstrumentKind; 2] = [
    InstrumentKind::EuropeanProductionOrder,
    InstrumentKind::EuropeanPreservationOrder,
];

/// The table of the orders that were received in `period`: a block of rows for all States (`TOTAL`), then one for each
/// State from which an order came. Each block has a row for every instrument, type of data and emergency or not.
#[must_use]
pub fn production_orders(cube: &Cube) -> Table {
    let counts = cube.by(|order| {
        let order = *order;
        let mut kinds = KINDS.iter();
        let kind = kinds.position(|kind| *kind == order.instrument);
        kind.into_iter().flat_map(move |kind| {
            let types = order.asked.iter().map(Some).chain([None]);
            types.flat_map(move |category| {
                let row = (kind, category, order.is_emergency);
                [None, Some(order.country)].map(|state| (state, row))
            })
        })
    });
    let came: BTreeSet<_> = counts
        .keys()
        .map(|(state, _)| *state)
        .chain([None])
        .collect();
    let rows = came.into_iter().flat_map(|state| {
        let counts = &counts;
        let text = state.map_or_else(|| "TOTAL".to_owned(), |state| state.to_string());
        rows_of_a_block().map(move |row| {
            let became = counts.get(&(state, row)).copied();
            cells(became.unwrap_or_default(), &text, row)
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

fn cells(became: Became, state: &str, (kind, category, emergency): Row) -> [Cell; 16] {
    let asks_to_keep = KINDS[kind] == InstrumentKind::EuropeanPreservationOrder;
    let number = |outcome: Outcome| became.of(outcome).demands;
    let provided = became.disclosed();
    let kept = number(Outcome::Preserved);
    let (fulfilled, preserved_only) = match asks_to_keep {
        true => (provided.demands + kept, 0),
        false => (provided.demands, kept),
    };
    let reasons = [
        number(Outcome::NothingFound),
        number(Outcome::Refused),
        number(Outcome::Redirected),
        preserved_only,
        number(Outcome::NotAnswered),
    ];
    let [no_data, refused, redirected, preserved_only, closed] = reasons.map(Cell::from);
    let provision = Decimal::hours(provided.seconds, provided.timed);
    let all = became.all();
    let request = Decimal::days(all.days, all.followed);
    [
        KINDS[kind].as_str().into(),
        state.into(),
        category.map_or("any", Category::as_str).into(),
        if emergency { "yes" } else { "no" }.into(),
        all.demands.into(),
        fulfilled.into(),
        number(Outcome::ProducedInPart).into(),
        reasons.iter().sum::<u64>().into(),
        no_data,
        refused,
        redirected,
        preserved_only,
        closed,
        became.of(None).demands.into(),
        provision.filter(|_| !asks_to_keep).into(),
        request.filter(|_| asks_to_keep).into(),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use lagrum_figures::{CaseFacts, Period};
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{Made, any_facts, made};

    fn order(state: &str) -> Made {
        made(state).kind(InstrumentKind::EuropeanProductionOrder)
    }

    fn cube<'a>(cases: impl IntoIterator<Item = &'a CaseFacts>) -> Cube {
        Cube::of(cases, &Period::parse("2027").unwrap())
    }

    fn table(all: &[Made]) -> Table {
        production_orders(&cube(all.iter().map(|made| &made.facts)))
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
    fn the_time_to_the_request_that_follows_is_a_mean_of_days_over_those_that_were_followed() {
        let followed = |issued: &str, requested: &str| {
            let mut order = made("DE").kind(InstrumentKind::EuropeanPreservationOrder);
            order = order.asked(|asked| asked.issued_on = Some(issued.parse().unwrap()));
            order.facts.production_requested_at = Some(requested.parse().unwrap());
            order
        };
        // Without the day of issue, and of a production order, there is no such time.
        let mut unknown = followed("2027-02-27", "2027-03-30T12:00:00Z");
        unknown = unknown.asked(|asked| asked.issued_on = None);
        let production = followed("2027-02-01", "2027-03-30T12:00:00Z")
            .kind(InstrumentKind::EuropeanProductionOrder);
        let table = table(&[
            followed("2027-02-27", "2027-03-02T23:59:59Z"),
            followed("2027-02-27", "2027-03-03T00:00:00Z"),
            made("DE").kind(InstrumentKind::EuropeanPreservationOrder),
            unknown,
            production,
        ]);
        let preservation = row(&table, [PRESERVATION, "DE", "any", "no"]);
        assert_eq!(preservation[11], "3.5");
        assert_eq!(row(&table, [PRODUCTION, "DE", "any", "no"])[11], "");
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
            let table = production_orders(&cube(&all));
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
