use jiff::tz::TimeZone;
use lagrum_figures::Parts;

use super::*;
use crate::testing::{Made, SEALED, made};

/// The day of publication in these tests.
fn published() -> Date {
    "2030-07-01".parse().unwrap()
}

/// Of a kind, received at noon so many days before publication, with one selector.
fn received(kind: InstrumentKind, days: i32) -> Made {
    let day = published().checked_sub(days.days()).unwrap();
    let noon = day
        .at(12, 0, 0, 0)
        .to_zoned_datetime(TimeZone::UTC)
        .unwrap();
    made("US")
        .kind(kind)
        .received(&noon.timestamp().to_string())
}

fn letter(days: i32) -> Made {
    received(InstrumentKind::NationalSecurityLetter, days)
}

fn order(days: i32, product: &str) -> Made {
    let mut made = received(InstrumentKind::ForeignIntelligenceOrder, days);
    made.facts.parts = vec![Parts {
        category: Category::Subscriber,
        stored_in: None,
        service: (!product.is_empty()).then(|| product.to_owned()),
        answer: None,
        produced: false,
        number: 1,
    }];
    made
}

fn latest(structure: Structure) -> Coverage {
    Coverage::latest(structure, published()).unwrap()
}

fn report(all: &[Made], coverage: &Coverage) -> Report {
    let mut process = Process::new(*coverage, services);
    all.iter().for_each(|made| process.add(&made.facts));
    process.report()
}

fn bands(coverage: &Coverage, all: &[Made]) -> Vec<String> {
    let report = report(all, coverage);
    let figures = report.figures.iter();
    figures.map(|(_, band)| band.to_string()).collect()
}

/// Whether a case counts in a report: with so many selectors that it leaves the lowest band.
fn counts(coverage: &Coverage, mut all: Vec<Made>) -> bool {
    let last = all.pop().unwrap().asked(|asked| asked.identifiers = 1_000);
    let before = bands(coverage, &all);
    all.push(last);
    before != bands(coverage, &all)
}

fn days(first: &str, last: &str) -> Days {
    Days {
        first: first.parse().unwrap(),
        last: last.parse().unwrap(),
    }
}

#[test]
fn bands_of_0_249_and_250_and_those_of_the_other_structures_are_right() {
    for (structure, days_ago) in [
        (Structure::BandsOf250, 10),
        (Structure::BandsOf100, 400),
        (Structure::BandsOf500, 10),
        (Structure::BandsOf1000, 10),
    ] {
        let width = structure.width();
        let coverage = latest(structure);
        for (number, low) in [
            (0, 0),
            (width - 1, 0),
            (width, width),
            (2 * width, 2 * width),
        ] {
            let all: Vec<Made> = (0..number).map(|_| letter(days_ago)).collect();
            let band = format!("{low}-{}", low + width - 1);
            let found = bands(&coverage, &all);
            assert_eq!(found[..2], [band.clone(), band], "{structure:?} {number}");
        }
    }
    let one = |selectors| {
        let made = letter(10).asked(|asked| asked.identifiers = selectors);
        bands(&latest(Structure::BandsOf250), &[made])
    };
    assert_eq!(one(249), ["0-249", "0-249"]);
    assert_eq!(one(250), ["0-249", "250-499"]);
}

#[test]
fn each_structure_covers_the_days_of_the_statute() {
    let previous = days("2030-01-02", "2030-06-30");
    let delayed = days("2029-07-07", "2030-01-02");
    for structure in [Structure::BandsOf1000, Structure::BandsOf500] {
        let coverage = latest(structure);
        assert_eq!((coverage.letters, coverage.orders), (previous, delayed));
    }
    let together = latest(Structure::BandsOf250);
    assert_eq!((together.letters, together.orders), (previous, previous));
    let annual = latest(Structure::BandsOf100);
    let year = days("2028-07-02", "2029-07-01");
    assert_eq!((annual.letters, annual.orders), (year, year));
}

#[test]
fn a_letter_counts_from_the_180th_day_before_publication_to_the_day_before_it() {
    for structure in [
        Structure::BandsOf1000,
        Structure::BandsOf500,
        Structure::BandsOf250,
    ] {
        let coverage = latest(structure);
        for (day, is_in) in [(0, false), (1, true), (180, true), (181, false)] {
            assert_eq!(
                counts(&coverage, vec![letter(day)]),
                is_in,
                "{structure:?} {day}"
            );
        }
    }
    let annual = latest(Structure::BandsOf100);
    for (day, is_in) in [(364, false), (365, true), (729, true), (730, false)] {
        assert_eq!(counts(&annual, vec![letter(day)]), is_in, "{day}");
    }
}

#[test]
fn an_order_counts_180_days_later_than_a_letter_in_reports_that_tell_them_apart() {
    let known = || order(1_000, "number-based");
    let later = |day| vec![known(), order(day, "number-based")];
    for structure in [Structure::BandsOf1000, Structure::BandsOf500] {
        let coverage = latest(structure);
        for (day, is_in) in [
            (1, false),
            (179, false),
            (180, true),
            (359, true),
            (360, false),
        ] {
            assert_eq!(counts(&coverage, later(day)), is_in, "{structure:?} {day}");
        }
    }
    let together = latest(Structure::BandsOf250);
    assert!(counts(&together, later(1)) && !counts(&together, later(181)));
}

#[test]
fn an_order_on_a_product_first_asked_about_539_days_ago_is_not_counted_and_on_one_of_540_is() {
    for structure in [Structure::BandsOf1000, Structure::BandsOf500] {
        let latest = latest(structure);
        // The first order itself, in a report of its own period that is made later.
        let last = published().checked_sub(400.days()).unwrap();
        let earlier = latest.ending(last).unwrap();
        assert!(!counts(&earlier, vec![order(539, "number-based")]));
        assert!(counts(&earlier, vec![order(540, "number-based")]));
        // A later order on the same product, and one on another.
        let second = |first, product| vec![order(first, "number-based"), order(200, product)];
        assert!(!counts(&latest, second(539, "number-based")));
        assert!(counts(&latest, second(540, "number-based")));
        assert!(!counts(&latest, second(540, "internet-access")));
        // What nobody said the product of is one product.
        let unnamed = |first| vec![order(first, ""), order(200, "")];
        assert!(!counts(&latest, unnamed(539)) && counts(&latest, unnamed(540)));
    }
}

#[test]
fn the_order_of_the_cases_does_not_matter_and_a_new_product_holds_back_an_old_one_beside_it() {
    let latest = latest(Structure::BandsOf500);
    let old = order(600, "number-based");
    let mut both = order(200, "number-based").asked(|asked| asked.identifiers = 600);
    let told = bands(&latest, &[both.clone(), old.clone()]);
    assert_eq!(told, bands(&latest, &[old.clone(), both.clone()]));
    assert_eq!(told[5], "500-999");
    let mut other = both.facts.parts[0].clone();
    other.service = Some("internet-access".to_owned());
    both.facts.parts.push(other);
    assert_eq!(bands(&latest, &[both, old])[5], "0-499");
}

#[test]
fn the_statute_holds_back_no_letter_and_nothing_where_all_process_stands_together() {
    assert!(counts(&latest(Structure::BandsOf1000), vec![letter(1)]));
    assert!(counts(
        &latest(Structure::BandsOf250),
        vec![order(1, "number-based")]
    ));
    assert!(counts(
        &latest(Structure::BandsOf100),
        vec![order(400, "number-based")]
    ));
}

#[test]
fn contents_and_noncontents_stand_apart_with_their_selectors() {
    let of = |categories: &[Category], selectors| {
        let made = order(200, "number-based").asks_for(categories);
        made.asked(|asked| asked.identifiers = selectors)
    };
    let all = [
        order(1_000, "number-based"),
        of(&[Category::Content, Category::Traffic], 1_500),
        of(&[Category::Traffic], 2_500),
        of(&[], 600),
    ];
    let found = bands(&latest(Structure::BandsOf1000), &all);
    assert_eq!(
        found,
        ["0-999", "0-999", "0-999", "1000-1999", "0-999", "3000-3999"]
    );
}

#[test]
fn nothing_else_counts_and_what_was_sent_again_counts_once() {
    let coverage = latest(Structure::BandsOf250);
    for kind in InstrumentKind::ALL {
        let is_in = SEALED[..2].contains(&kind);
        assert_eq!(counts(&coverage, vec![received(kind, 10)]), is_in, "{kind}");
    }
    let mut again = letter(10);
    again.facts.sent_again = true;
    assert!(!counts(&coverage, vec![again]));
}

#[test]
fn a_period_may_end_earlier_and_never_later_than_the_statute_says() {
    for structure in [
        Structure::BandsOf1000,
        Structure::BandsOf500,
        Structure::BandsOf100,
    ] {
        let latest = latest(structure);
        let last = latest.orders.last;
        assert_eq!(latest.ending(last).unwrap(), latest);
        let earlier = latest.ending(last.yesterday().unwrap()).unwrap();
        assert_eq!(earlier.orders.last, last.yesterday().unwrap());
        assert_eq!(
            earlier.orders.first,
            latest.orders.first.yesterday().unwrap()
        );
        let later = latest.ending(last.tomorrow().unwrap());
        assert!(matches!(later, Err(StatisticsError::Days { .. })));
    }
    let fixed = latest(Structure::BandsOf250);
    assert!(fixed.ending(fixed.orders.last).is_err());
}

#[test]
fn days_outside_the_calendar_are_an_error() {
    for structure in Structure::ALL {
        let found = Coverage::latest(structure, Date::MIN);
        assert!(matches!(found, Err(StatisticsError::Calendar(_))));
        assert!(Coverage::latest(structure, Date::MAX).is_ok());
    }
}

#[test]
fn the_table_names_each_figure_with_its_days_and_its_band() {
    let cases = [letter(10)];
    let table = report(&cases, &latest(Structure::BandsOf500)).table();
    let lines: Vec<String> = table.csv().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 7);
    assert_eq!(
        lines[1],
        "national-security-letters,2030-01-02,2030-06-30,0-499"
    );
    assert_eq!(lines[3], "content-orders,2029-07-07,2030-01-02,0-499");
}
