//! The texts, and what a case is counted as.

use std::collections::BTreeSet;

use lagrum_model::{Case, CountryCode, InstrumentKind};

use crate::{Class, CodeBook, Facts, Outcome, Plan};

fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).unwrap()
}

fn book() -> CodeBook {
    CodeBook::of(&["SE", "DK", "US"].map(country).into())
}

fn facts(country: Option<&str>, instrument: InstrumentKind, outcome: Option<Outcome>) -> Facts {
    Facts {
        country: country.map(self::country),
        instrument: Some(instrument),
        outcome,
        accounts: 0,
    }
}

#[test]
fn a_code_book_and_a_plan_are_written_in_one_way_only() {
    let text = book().to_text();
    assert_eq!(CodeBook::parse(text.as_bytes()).unwrap(), book());
    for (from, to) in [
        ("\n2 ", "\n02 "),
        ("1 pending\n", ""),
        ("\n2 ", "\n3 "),
        ("\n\n", "\n"),
        ("v1/codebook", "v2/codebook"),
        (" produced\n", "  produced\n"),
        (
            "3 DK search-warrant produced-in-part",
            "3 DK search-warrant produced",
        ),
    ] {
        assert!(text.contains(from), "{from:?}");
        let other = text.replacen(from, to, 1);
        assert!(CodeBook::parse(other.as_bytes()).is_err(), "{to:?}");
    }
    let plan = Plan::default();
    assert_eq!(Plan::parse(plan.to_text().as_bytes()).unwrap(), plan);
    for wrong in [
        "lagrum/figures/v1/plan\nband 0\naccounts 1024\n\n",
        "lagrum/figures/v1/plan\nband 010\naccounts 1024\n\n",
        "lagrum/figures/v1/plan\nband 10\naccounts 1\n\n",
        "lagrum/figures/v1/plan\nband 10\naccounts 70000\n\n",
        "lagrum/figures/v1/plan\nband 10\naccounts 1024\n",
        "lagrum/figures/v2/plan\nband 10\naccounts 1024\n\n",
        "",
    ] {
        assert!(Plan::parse(wrong.as_bytes()).is_err(), "{wrong:?}");
    }
}

/// Every answered demand is in one country, one kind and one outcome: the tables reconcile, whatever is in them.
#[test]
fn each_class_is_in_one_cell_of_each_table() {
    let book = book();
    let cells = Plan::default().cells(&book);
    for table in ["country.", "instrument.", "outcome."] {
        let mut all: Vec<u32> = cells
            .iter()
            .filter(|cell| cell.name().starts_with(table))
            .flat_map(|cell| cell.classes.iter().copied())
            .collect();
        all.sort_unstable();
        let answered: Vec<u32> = (2..=book.len()).collect();
        assert_eq!(all, answered, "{table}");
    }
    assert_eq!(cells[0].classes, (1..=book.len()).collect::<Vec<_>>());
    let names: BTreeSet<_> = cells.iter().map(|cell| cell.name()).collect();
    assert_eq!(names.len(), cells.len(), "each has a name of its own");
}

#[test]
fn what_the_code_book_does_not_name_is_counted_among_others() {
    let book = book();
    let class = |facts: Facts| book.class(book.class_of(&facts).unwrap()).unwrap().clone();
    let warrant = InstrumentKind::SearchWarrant;
    let refused = Some(Outcome::Refused);
    let answered = |country: Option<&str>, instrument: Option<&str>| Class::Answered {
        country: country.map(str::to_owned),
        instrument: instrument.map(str::to_owned),
        outcome: "refused".to_owned(),
    };
    assert_eq!(
        class(facts(Some("SE"), warrant, refused)),
        answered(Some("SE"), Some("search-warrant"))
    );
    assert_eq!(
        class(facts(Some("FR"), warrant, refused)),
        answered(None, Some("search-warrant"))
    );
    // How many of these there were, no commitment says.
    for sealed in [
        InstrumentKind::NationalSecurityLetter,
        InstrumentKind::ForeignIntelligenceOrder,
    ] {
        assert_eq!(
            class(facts(Some("US"), sealed, refused)),
            answered(None, None)
        );
    }
    assert_eq!(class(facts(Some("SE"), warrant, None)), Class::Pending);
    let of_nothing = Facts::of(&Case::from_events(&[]));
    assert_eq!(class(of_nothing), Class::Pending);
    assert!(matches!(
        class(Facts::NOT_KEPT),
        Class::Answered { country: None, instrument: None, outcome } if outcome == "not-kept"
    ));
}
