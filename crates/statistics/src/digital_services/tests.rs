use lagrum_model::AuthorityKind;
use proptest::prelude::*;

use super::*;
use crate::testing::{Made, SEALED, any_facts, made, shared};

fn year() -> Period {
    Period::parse("2027").unwrap()
}

fn sheet(all: &[Made]) -> Table {
    sheet_with(all, |_| None)
}

fn sheet_with(all: &[Made], category: impl Fn(&CaseFacts) -> Option<SubCategory>) -> Table {
    let cases: Vec<CaseFacts> = all.iter().map(|made| made.facts.clone()).collect();
    sheet_of(&cases, category)
}

fn sheet_of(cases: &[CaseFacts], category: impl Fn(&CaseFacts) -> Option<SubCategory>) -> Table {
    let mut orders = Orders::new(&year(), category);
    cases.iter().for_each(|facts| orders.add(facts));
    orders.table("Mail")
}

/// Columns of the row of a code and a scope, by their letters, as they are written.
fn row(table: &Table, code: &str, scope: &str, letters: &str) -> Vec<String> {
    let found = table
        .rows()
        .iter()
        .find(|row| (row[3].written(), row[5].written()) == (code.to_owned(), scope.to_owned()));
    let found = found.unwrap_or_else(|| panic!("{code} {scope}"));
    let at = letters.bytes().map(|letter| usize::from(letter - b'A'));
    at.map(|at| found[at].written()).collect()
}

fn scopes(table: &Table) -> Vec<String> {
    let mut scopes: Vec<String> = table.rows().iter().map(|row| row[5].written()).collect();
    scopes.dedup();
    scopes
}

fn terror() -> SubCategory {
    SubCategory::parse("KEYWORD_TERRORIST_CONTENT").unwrap()
}

#[test]
fn the_sheets_have_the_first_lines_of_the_official_template_byte_for_byte() {
    let about = Identification {
        provider: "Example AB",
        service: "Mail",
        published: "2028-02-01".parse().unwrap(),
        previous: None,
    };
    for (name, sheet) in [
        ("1_report_identification", identification(&about, &year())),
        ("3_member_states_orders", sheet(&[])),
    ] {
        let Some(official) = shared(&format!("exchange/dsa-templates/{name}.csv")) else {
            return;
        };
        let own = sheet.csv();
        assert_eq!(own.split("\r\n").next(), official.lines().next(), "{name}");
    }
}

#[test]
fn the_rows_of_each_scope_are_those_of_the_total_block_of_the_official_template() {
    let Some(official) = shared("exchange/dsa-templates/3_member_states_orders.csv") else {
        return;
    };
    let mut reader = csv::Reader::from_reader(official.as_bytes());
    let official = reader.records().map(Result::unwrap);
    let codes: Vec<String> = official
        .filter(|row| &row[5] == "TOTAL")
        .map(|row| row[3].to_owned())
        .collect();
    assert_eq!(codes.len(), 91);
    let table = sheet(&[made("SE"), made("AT")]);
    for scope in ["TOTAL", "AT", "SE"] {
        let rows = table.rows().iter();
        let own = rows.filter(|row| row[5].written() == scope);
        assert_eq!(own.map(|row| row[3].written()).collect::<Vec<_>>(), codes);
    }
    assert_eq!(scopes(&table), ["TOTAL", "AT", "SE"]);
}

#[test]
fn a_year_without_orders_has_zeros_where_one_could_have_come() {
    let table = sheet(&[]);
    assert_eq!(table.rows().len(), 91);
    for row in table.rows() {
        let cells: Vec<String> = row.iter().map(Cell::written).collect();
        assert_eq!(cells[..3], ["All", "Mail", "2027-01-01/2027-12-31"]);
        assert_eq!((cells[4].as_str(), cells[5].as_str()), ("", "TOTAL"));
        assert_eq!(cells[6..13], ["0"; 7]);
        assert_eq!(cells[13..], [""; 7]);
    }
    let text = table.csv();
    assert!(text.contains(
        "\r\nAll,Mail,2027-01-01/2027-12-31,KEYWORD_OTHER,,TOTAL,0,0,0,0,0,0,0,,,,,,,\r\n"
    ));
}

#[test]
fn greek_orders_stand_under_el() {
    let table = sheet(&[made("GR"), made("SE")]);
    assert_eq!(scopes(&table), ["TOTAL", "EL", "SE"]);
    assert_eq!(row(&table, "TOTAL", "EL", "K"), ["1"]);
}

#[test]
fn only_member_states_of_the_union_count() {
    let others = ["US", "GB", "NO", "CH", "IS"].map(made);
    assert_eq!(sheet(&others), sheet(&[]));
    let all: Vec<Made> = MEMBER_STATES.into_iter().map(made).collect();
    assert_eq!(row(&sheet(&all), "TOTAL", "TOTAL", "K"), ["27"]);
    assert_eq!(scopes(&sheet(&all)).len(), 28);
}

#[test]
fn an_order_that_names_no_provision_is_not_specified_and_no_other_order_is() {
    let nameless = made("SE").asked(|asked| asked.names_provision = false);
    let asked = std::cell::Cell::new(0);
    let table = sheet_with(&[nameless, made("SE")], |_| {
        asked.set(asked.get() + 1);
        None
    });
    assert_eq!(row(&table, NOT_SPECIFIED, "TOTAL", "K"), ["1"]);
    assert_eq!(row(&table, NOT_SPECIFIED, "SE", "K"), ["1"]);
    assert_eq!(row(&table, "TOTAL", "SE", "K"), ["2"]);
    assert_eq!(asked.get(), 1);
}

#[test]
fn an_order_without_a_category_stands_in_the_total_alone_and_the_context_says_so() {
    let table = sheet(&[made("SE")]);
    let counted = table.rows().iter().filter(|row| row[10] != Cell::from(0));
    let counted: Vec<_> = counted.map(|row| row[3].written()).collect();
    assert_eq!(counted, ["TOTAL", "TOTAL"]);
    let context = &row(&table, "TOTAL", "SE", "R")[0];
    assert!(context.contains(": 1."), "{context}");
    let known = sheet_with(&[made("SE")], |_| Some(terror()));
    assert_eq!(row(&known, "TOTAL", "SE", "R"), [""]);
    assert_eq!(row(&known, "KEYWORD_TERRORIST_CONTENT", "SE", "K"), ["1"]);
    let category = IllegalContent::RiskForPublicSecurity.code();
    assert_eq!(row(&known, category, "SE", "K"), ["1"]);
}

#[test]
fn each_description_that_the_provider_adds_has_one_row_of_its_own_in_every_scope() {
    let content = IllegalContent::CyberViolence;
    let of_germany = |facts: &CaseFacts| facts.asked.as_ref().unwrap().country.as_str() == "DE";
    let table = sheet_with(&[made("SE"), made("DE"), made("DE")], |facts| {
        let text = if of_germany(facts) {
            " Doxing "
        } else {
            "Swatting"
        };
        SubCategory::described(content, text)
    });
    let others = |scope: &str| -> Vec<[String; 2]> {
        let rows = table.rows().iter();
        let rows = rows.filter(|row| row[3].written() == OTHER && row[5].written() == scope);
        let told = rows.filter(|row| row[4] != Cell::Blank);
        told.map(|row| [row[4].written(), row[10].written()])
            .collect()
    };
    let row = |text: &str, count: &str| [text.to_owned(), count.to_owned()];
    assert_eq!(others("TOTAL"), [row("Doxing", "2"), row("Swatting", "1")]);
    assert_eq!(others("SE"), [row("Doxing", "0"), row("Swatting", "1")]);
    assert!(SubCategory::described(content, " \t").is_none());
    assert!(SubCategory::parse(OTHER).is_none());
}

#[test]
fn a_demand_sent_again_counts_once() {
    let mut again = made("SE");
    again.facts.sent_again = true;
    assert_eq!(row(&sheet(&[made("SE"), again]), "TOTAL", "SE", "K"), ["1"]);
}

#[test]
fn what_provides_nothing_or_orders_nothing_or_comes_from_no_authority_is_no_order() {
    use InstrumentKind as Kind;
    let left_out = [
        Kind::EuropeanPreservationOrder,
        Kind::PreservationOrder,
        Kind::PreservationRequest,
        Kind::EmergencyRequest,
        Kind::MutualLegalAssistanceRequest,
    ];
    for kind in InstrumentKind::ALL {
        let is_in = !left_out.contains(&kind) && !SEALED.contains(&kind);
        let table = sheet(&[made("SE").kind(kind)]);
        let counts = u64::from(is_in).to_string();
        assert_eq!(row(&table, "TOTAL", "TOTAL", "K"), [counts], "{kind}");
    }
    let private = made("SE").asked(|asked| asked.authority = AuthorityKind::PrivateParty);
    assert_eq!(sheet(&[private]), sheet(&[]));
}

#[test]
fn medians_are_in_hours_and_a_receipt_within_one_hour_is_zero() {
    let order = || made("SE");
    let table = sheet(&[
        order().confirmed(60).answered(10, Outcome::Produced),
        order().confirmed(61).answered(20, Outcome::Refused),
        order().confirmed(120).answered(90, Outcome::NothingFound),
        // Withdrawn, and never confirmed: in neither median.
        order().answered(1, Outcome::NotAnswered),
    ]);
    assert_eq!(row(&table, "TOTAL", "SE", "KLM"), ["4", "1.02", "20"]);
    let at_once = sheet(&[order().confirmed(0), order().confirmed(60)]);
    assert_eq!(row(&at_once, "TOTAL", "SE", "KLMST")[..3], ["2", "0", ""]);
}

#[test]
fn a_median_of_orders_without_a_time_is_blank_and_says_why() {
    let cells = row(&sheet(&[made("SE")]), "TOTAL", "TOTAL", "KLMST");
    assert_eq!(cells[..3], ["1", "", ""]);
    assert!(cells[3].contains("confirmed") && cells[4].contains("answer"));
    let cells = row(&sheet(&[made("SE")]), NOT_SPECIFIED, "TOTAL", "KLMST");
    assert_eq!(cells, ["0", "0", "0", "", ""]);
}

#[test]
fn the_identification_names_provider_service_and_days() {
    let about = Identification {
        provider: "Example AB",
        service: "Mail, web",
        published: "2027-08-15".parse().unwrap(),
        previous: Some("2027-02-20".parse().unwrap()),
    };
    let half = Period::parse("2027H1").unwrap();
    let lines = [
        "Applicability,Service,Indicator,Value",
        "All,\"Mail, web\",Name of the service provider,Example AB",
        "All,\"Mail, web\",Date of the publication of the report,2027-08-15",
        "All,\"Mail, web\",Date of the publication of the latest previous report,2027-02-20",
        "All,\"Mail, web\",Starting date of reporting period,2027-01-01",
        "All,\"Mail, web\",Ending date of reporting period,2027-06-30",
        "",
    ];
    assert_eq!(identification(&about, &half).csv(), lines.join("\r\n"));
    let first = Identification {
        previous: None,
        ..about
    };
    let table = identification(&first, &half);
    assert_eq!(table.cell(2, "Value"), Some(&Cell::Blank));
}

fn any_sub() -> impl Strategy<Value = Option<SubCategory>> {
    let listed = IllegalContent::ALL.map(IllegalContent::keywords).concat();
    prop_oneof![
        Just(None),
        prop::sample::select(listed).prop_map(SubCategory::parse),
        prop::sample::select(vec!["Doxing", "Swatting"])
            .prop_map(|text| { SubCategory::described(IllegalContent::CyberViolence, text) }),
    ]
}

proptest! {
    #[test]
    fn member_states_add_up_to_the_total_and_sub_categories_to_their_category(
        all in prop::collection::vec((any_facts(), any_sub()), 0..40),
    ) {
        let cases: Vec<CaseFacts> = all.iter().map(|(facts, _)| facts.clone()).collect();
        let sub_of = |facts: &CaseFacts| {
            let found = all.iter().find(|(one, _)| one == facts);
            found.and_then(|(_, sub)| sub.clone())
        };
        let table = sheet_of(&cases, sub_of);
        let number = |cell: &Cell| match cell {
            Cell::Number(number) => *number,
            other => panic!("{other:?}"),
        };
        let mut totals: BTreeMap<(String, String), u64> = BTreeMap::new();
        let mut sums = totals.clone();
        for row in table.rows() {
            let sums = if row[5].written() == "TOTAL" { &mut totals } else { &mut sums };
            *sums.entry((row[3].written(), row[4].written())).or_default() += number(&row[10]);
        }
        sums.extend(totals.keys().filter(|_| sums.is_empty()).map(|key| (key.clone(), 0)).collect::<Vec<_>>());
        prop_assert_eq!(&sums, &totals);
        let is_counted = |code: &str| -> u64 {
            let rows = table.rows().iter().filter(|row| row[5].written() == "TOTAL");
            rows.filter(|row| row[3].written() == code).map(|row| number(&row[10])).sum()
        };
        let mut placed = is_counted(NOT_SPECIFIED);
        let block: Vec<_> = table.rows().iter().take_while(|row| row[5].written() == "TOTAL").collect();
        let mut open: Option<(u64, u64)> = None;
        for row in block {
            let (code, count) = (row[3].written(), number(&row[10]));
            if code.starts_with("KEYWORD") {
                open = open.map(|(own, subs)| (own, subs + count));
                continue;
            }
            if let Some((own, subs)) = open {
                prop_assert_eq!(own, subs);
                placed += own;
            }
            open = (code != "TOTAL").then_some((count, 0));
        }
        let context = &row(&table, "TOTAL", "TOTAL", "R")[0];
        let told = context.split(": ").nth(1).and_then(|text| text.split('.').next());
        let without = told.map_or(0, |number| number.parse().unwrap());
        prop_assert_eq!(is_counted("TOTAL"), placed + without);
    }
}
