use lagrum_figures::{CaseFacts, Notice, Outcome, Period};
use lagrum_model::{AuthorityKind, Category, CountryCode};
use proptest::prelude::*;

use super::*;
use crate::counted::percent;
use crate::testing::{Made, SEALED, any_facts, made, shared};
use crate::{Cell, Cube, Table};

fn half() -> Period {
    Period::parse("2027H1").unwrap()
}

fn cube(cases: &[CaseFacts]) -> Cube {
    Cube::of(cases, &half())
}

fn us() -> CountryCode {
    CountryCode::parse("US").unwrap()
}

fn facts(all: &[Made]) -> Vec<CaseFacts> {
    all.iter().map(|made| made.facts.clone()).collect()
}

fn lines(table: &Table) -> Vec<String> {
    table.csv().lines().skip(1).map(str::to_owned).collect()
}

fn private(made: Made) -> Made {
    made.asked(|asked| asked.authority = AuthorityKind::PrivateParty)
}

/// All of these tables.
fn all_tables(cases: &[CaseFacts]) -> Vec<Table> {
    let GitHub {
        requests,
        accounts,
        cross_border,
    } = github(&cube(cases), us());
    vec![
        apple(&cube(cases)),
        requests,
        accounts,
        cross_border,
        google(&cube(cases)),
        microsoft(&cube(cases)),
        microsoft_content_stored_abroad(&cube(cases), us()),
        transparency_reporting_toolkit(&cube(cases), us()),
    ]
}

#[test]
fn every_percentage_that_apple_printed_follows_from_its_numbers() {
    let Some(text) = shared("figures/apple-transparency.json") else {
        return;
    };
    let data: serde_json::Value = serde_json::from_str(&text).unwrap();
    let measures: Vec<&str> = data["measures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    let mut checked = 0;
    for row in data["rows"].as_array().unwrap() {
        // Period, country and kind stand before the measures.
        let number = |name: &str| {
            let at = measures.iter().position(|one| *one == name).unwrap();
            row[at + 3].as_u64()
        };
        let at = measures
            .iter()
            .position(|one| *one == "pct_data_provided")
            .unwrap();
        let Some(printed) = row[at + 3].as_f64() else {
            continue;
        };
        // Of accounts Apple prints the two kinds of data instead of their sum.
        let both = || Some(number("content_provided")? + number("noncontent_provided")?);
        let provided = number("requests_data_provided").or_else(both).unwrap();
        let own = percent(provided, number("requests_received").unwrap()).unwrap();
        assert_eq!(own as f64, printed, "{row}");
        checked += 1;
    }
    assert_eq!(checked, 4063);
}

#[test]
fn the_columns_are_those_that_the_others_print() {
    if let Some(text) = shared("figures/apple-transparency.json") {
        let data: serde_json::Value = serde_json::from_str(&text).unwrap();
        let measures = data["measures"].as_array().unwrap();
        let own = apple(&cube(&[]));
        let own: Vec<serde_json::Value> = own.columns()[3..]
            .iter()
            .map(|head| (*head).into())
            .collect();
        // The five after these are of apps taken down.
        assert_eq!(own, measures[..11]);
    }
    let own = github(&cube(&[]), us());
    for (file, table) in [
        ("requests_received_and_disclosed", own.requests),
        ("requests_accounts_affected", own.accounts),
        ("cross_border_data_requests", own.cross_border),
    ] {
        let path = format!("figures/github/data/requests_to_disclose_user_information/{file}.csv");
        if let Some(text) = shared(&path) {
            assert_eq!(table.csv().lines().next(), text.lines().next(), "{file}");
        }
    }
}

#[test]
fn apple_tells_what_was_provided_and_leaves_blank_what_nobody_knows() {
    let content = [Category::Content, Category::Subscriber];
    let all = facts(&[
        made("SE").answered(1, Outcome::Produced),
        made("SE")
            .asks_for(&content)
            .answered(1, Outcome::ProducedInPart),
        made("SE").answered(1, Outcome::Refused),
        made("SE").answered(1, Outcome::NothingFound),
        made("SE").asked(|asked| asked.identifiers = 5),
        made("SE").kind(InstrumentKind::PreservationRequest),
        made("SE").kind(InstrumentKind::EmergencyRequest),
        private(made("SE").kind(InstrumentKind::Subpoena)),
    ]);
    assert_eq!(
        lines(&apple(&cube(&all))),
        [
            "2027H1,SE,account,5,9,2,40,1,1,1,1,,,",
            "2027H1,SE,account_preservation,1,1,,,0,,,,,,",
            "2027H1,SE,emergency,1,1,0,0,0,0,0,0,,,",
            "2027H1,SE,private_party,1,1,0,0,0,0,0,0,,,",
        ]
    );
}

#[test]
fn github_tells_its_types_and_cross_border_requests_by_government() {
    use InstrumentKind as Kind;
    let all = facts(&[
        made("US")
            .kind(Kind::Subpoena)
            .answered(1, Outcome::Produced),
        made("US")
            .kind(Kind::Subpoena)
            .answered(1, Outcome::Refused),
        private(made("US").kind(Kind::Subpoena)),
        made("US")
            .kind(Kind::DisclosureOrder)
            .answered(1, Outcome::ProducedInPart),
        made("US").kind(Kind::SearchWarrant),
        made("IN").kind(Kind::EmergencyRequest),
        made("IN").kind(Kind::PoliceRequest),
        made("FR"),
        made("FR"),
        made("US").kind(Kind::PreservationRequest),
    ]);
    let found = github(&cube(&all), us());
    assert_eq!(
        lines(&found.requests),
        [
            "2027H1,civil subpoena,1,0",
            "2027H1,criminal court order,1,1",
            "2027H1,criminal or government agency subpoena,2,1",
            "2027H1,criminal search warrant,1,0",
            "2027H1,cross-border request,3,0",
            "2027H1,exigent circumstances,1,0",
        ]
    );
    assert_eq!(lines(&found.accounts), ["2027H1,2"]);
    assert_eq!(lines(&found.cross_border), ["2027H1,,FR,2", "2027H1,,IN,1"]);
}

#[test]
fn google_keeps_requests_to_preserve_apart_and_prints_no_percentage_of_them() {
    let all = facts(&[
        made("SE").answered(1, Outcome::Produced),
        made("SE"),
        made("SE"),
        made("SE").kind(InstrumentKind::PreservationOrder),
        private(made("SE")),
    ]);
    assert_eq!(
        lines(&google(&cube(&all))),
        [
            "2027-06-30,,SE,Other Court Orders,3,33,3",
            "2027-06-30,,SE,Preservation Requests,1,,1",
        ]
    );
}

#[test]
fn microsoft_tells_content_from_noncontent_and_what_is_stored_abroad() {
    let warrant = |categories: &[Category]| {
        let made = made("US").kind(InstrumentKind::SearchWarrant);
        made.asks_for(categories).answered(1, Outcome::Produced)
    };
    let mut at_home = warrant(&[Category::Content]);
    at_home.facts.parts[0].stored_in = Some(us());
    let all = facts(&[
        warrant(&[Category::Content]),
        at_home,
        warrant(&[Category::Subscriber]),
        made("US").answered(1, Outcome::NothingFound),
        made("US").kind(InstrumentKind::EmergencyRequest),
    ]);
    let columns = "2027H1,US,4,4,2,50,1,25,1,25,0,0";
    assert_eq!(lines(&microsoft(&cube(&all))), [columns]);
    let abroad = microsoft_content_stored_abroad(&cube(&all), us());
    assert_eq!(lines(&abroad), ["2027H1,US,1,,"]);
}

#[test]
fn the_toolkit_has_zeros_where_nothing_came_and_blanks_where_nothing_is_known() {
    let noticed = |notice: Notice| {
        let mut made = made("US").kind(InstrumentKind::SearchWarrant);
        made.facts.notice = notice;
        made
    };
    let all = facts(&[
        noticed(Notice::Told)
            .asks_for(&[Category::Content])
            .answered(1, Outcome::Produced),
        noticed(Notice::Forbidden),
        noticed(Notice::Delayed),
        made("US").kind(InstrumentKind::Subpoena),
        made("SE"),
    ]);
    let found = lines(&transparency_reporting_toolkit(&cube(&all), us()));
    assert_eq!(
        found,
        [
            "2027H1,Search warrant,3,3,1,0,0,0,1,2,1,0",
            "2027H1,Wiretap order,,,,,,,,,,",
            "2027H1,Pen register order,,,,,,,,,,",
            "2027H1,Other court order,0,0,0,0,0,0,0,0,0,0",
            "2027H1,\"Subpoena, criminal\",1,1,0,0,0,0,0,0,0,1",
            "2027H1,\"Subpoena, civil\",0,0,0,0,0,0,0,0,0,0",
            "2027H1,Emergency request,0,0,0,0,0,0,0,0,0,0",
            "2027H1,Total,4,4,1,0,0,0,1,2,1,1",
            "2027H1,From abroad,1,1,0,0,0,0,0,0,0,1",
            "2027H1,\"From abroad, retrospective\",,,,,,,,,,",
            "2027H1,\"From abroad, prospective\",,,,,,,,,,",
        ]
    );
}

#[test]
fn no_table_changes_for_national_security_process() {
    let mut cases = facts(&[made("US").answered(1, Outcome::Produced)]);
    let before = all_tables(&cases);
    for kind in SEALED {
        let sealed = made("US").kind(kind).emergency();
        cases.push(sealed.answered(1, Outcome::Produced).facts);
    }
    assert_eq!(all_tables(&cases), before);
    let other = made("US").kind(InstrumentKind::SearchWarrant);
    cases.push(
        other
            .asks_for(&[Category::Content])
            .answered(1, Outcome::Produced)
            .facts,
    );
    let after = all_tables(&cases);
    let changed = after
        .iter()
        .zip(&before)
        .filter(|(after, before)| after != before);
    // All but the requests from abroad.
    assert_eq!(changed.count(), before.len() - 1);
}

fn sum(table: &Table, column: &str) -> u64 {
    let cells = (0..table.rows().len()).filter_map(|row| table.cell(row, column));
    cells
        .map(|cell| {
            if let Cell::Number(number) = cell {
                *number
            } else {
                0
            }
        })
        .sum()
}

proptest! {
    #[test]
    fn sums_reconcile(cases in prop::collection::vec(any_facts(), 0..40)) {
        let apple = apple(&cube(&cases));
        for row in 0..apple.rows().len() {
            let number = |column| match apple.cell(row, column) {
                Some(Cell::Number(number)) => Some(*number),
                _ => None,
            };
            let both = number("content_provided").zip(number("noncontent_provided"));
            prop_assert_eq!(both.map(|(one, other)| one + other), number("requests_data_provided"));
            prop_assert!(number("requests_data_provided") <= number("requests_received"));
        }
        let github = github(&cube(&cases), us());
        let row = github.requests.rows().iter().find(|row| row[1].written() == "cross-border request");
        let requests = row.map_or_else(|| "0".to_owned(), |row| row[2].written());
        prop_assert_eq!(sum(&github.cross_border, "count").to_string(), requests);
        let kinds = |asks: &dyn Fn(&CaseFacts) -> bool| cases.iter().filter(|one| asks(one)).count() as u64;
        let described = kinds(&|facts| {
            let (from, until) = half().seconds();
            let second = facts.received_at.as_second();
            let is_within = second >= from as i64 && second < until as i64;
            let kind = facts.asked.as_ref().unwrap().instrument;
            is_within && !facts.sent_again && !SEALED.contains(&kind)
        });
        prop_assert_eq!(sum(&apple, "requests_received"), described);
        let toolkit = transparency_reporting_toolkit(&cube(&cases), us());
        let rows = toolkit.rows();
        for column in 2..12 {
            let number = |row: &Vec<Cell>| row[column].written().parse::<u64>().unwrap_or(0);
            let parts: u64 = rows[..7].iter().map(number).sum();
            prop_assert_eq!(parts, number(&rows[7]));
        }
        prop_assert_eq!(sum(&github.requests, "count_requests_received"), number_of(&toolkit));
    }
}

/// What came from at home and abroad together, by the toolkit.
fn number_of(toolkit: &Table) -> u64 {
    let number = |row: usize| toolkit.rows()[row][2].written().parse::<u64>().unwrap();
    number(7) + number(8)
}
