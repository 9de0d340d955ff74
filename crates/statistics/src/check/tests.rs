use proptest::prelude::*;

use super::*;
use crate::counted::percent;
use crate::testing::shared;

const GITHUB: Columns = Columns {
    received: "count_requests_received",
    disclosed: Some("count_disclosed"),
    percentage: None,
};

#[test]
fn githubs_rows_of_2021_are_flagged_and_those_that_add_up_are_not() {
    let folder = "figures/github/data/requests_to_disclose_user_information";
    let Some(text) = shared(&format!("{folder}/requests_received_and_disclosed.csv")) else {
        return;
    };
    let checked = csv(text.as_bytes(), &GITHUB).unwrap();
    let lines: Vec<&str> = text.lines().skip(1).collect();
    let flagged: Vec<&str> = checked
        .flags
        .iter()
        .map(|(row, _)| lines[usize::try_from(*row).unwrap() - 1])
        .collect();
    assert_eq!(
        flagged,
        [
            "2021,criminal or government agency subpoena,183,269",
            "2021,criminal court order,94,170",
            "2021,criminal search warrant,22,64",
        ]
    );
    assert_eq!((checked.rows, checked.not_numbers), (lines.len() as u64, 0));
    let path = "by_calendar_year_half/requests_received_and_disclosed_by_calendar_year_half.csv";
    let Some(halves) = shared(&format!("{folder}/{path}")) else {
        return;
    };
    let checked = csv(halves.as_bytes(), &GITHUB).unwrap();
    assert!(checked.rows > 10 && checked.flags.is_empty());
}

#[test]
fn of_the_rows_of_nineteen_providers_one_percentage_does_not_follow() {
    let Some(text) = shared("figures/providers-2009-2013.csv") else {
        return;
    };
    let some = "where some data was disclosed (content or non content)";
    let columns = Columns {
        received: "User Data Requests",
        disclosed: Some(&format!("Number of Requests {some}")),
        percentage: Some(&format!("Percentage of Requests {some}")),
    };
    let checked = csv(text.as_bytes(), &columns).unwrap();
    let does_not_follow = Fault::PercentageDoesNotFollow {
        received: 23,
        disclosed: 8,
    };
    let faults: Vec<Fault> = checked.flags.iter().map(|(_, fault)| *fault).collect();
    assert_eq!(faults, [does_not_follow]);
    assert!(checked.not_numbers > 0);
}

#[test]
fn each_thing_that_cannot_be_has_a_flag_of_its_own() {
    let read = |text: &str| {
        let columns = Columns {
            received: "received",
            disclosed: Some("disclosed"),
            percentage: Some("pct"),
        };
        let text = format!("received,disclosed,pct\n{text}\n");
        let checked = csv(text.as_bytes(), &columns).unwrap();
        let faults = checked.flags.into_iter().map(|(_, fault)| fault);
        (faults.collect::<Vec<_>>(), checked.not_numbers)
    };
    let follows_not = |received, disclosed| Fault::PercentageDoesNotFollow {
        received,
        disclosed,
    };
    for (line, faults, not_numbers) in [
        ("10,5,50", vec![], 0),
        ("10,5,50.0%", vec![], 0),
        ("10,5,51", vec![follows_not(10, 5)], 0),
        ("10,5,49", vec![follows_not(10, 5)], 0),
        ("8,1,13", vec![], 0),
        ("8,1,12", vec![], 0),
        ("8,1,12.5", vec![], 0),
        ("8,1,14", vec![follows_not(8, 1)], 0),
        ("8,1,13.0", vec![follows_not(8, 1)], 0),
        ("\"1,178\",695,59", vec![], 0),
        ("0,0,0", vec![], 0),
        ("0,0,100", vec![], 0),
        ("0,0,50", vec![follows_not(0, 0)], 0),
        ("-1,,", vec![Fault::Negative], 0),
        (",,-0.5", vec![Fault::Negative], 0),
        (",,101", vec![Fault::Above100], 0),
        (",,100.0", vec![], 0),
        ("<10,5,50", vec![], 1),
        ("n/a,?,1.2.3", vec![], 3),
        ("5", vec![], 0),
        (",,", vec![], 0),
        ("9223372036854775807,9223372036854775807,100", vec![], 0),
        ("9223372036854775808,1,", vec![], 1),
    ] {
        assert_eq!(read(line), (faults, not_numbers), "{line}");
    }
    let more = Fault::MoreDisclosedThanReceived {
        received: 5,
        disclosed: 6,
    };
    assert_eq!(read("5,6,120").0, [Fault::Above100, more]);
}

#[test]
fn a_missing_column_and_what_is_no_text_are_errors() {
    let found = csv(b"year,type\n2021,x\n", &GITHUB);
    assert!(matches!(found, Err(StatisticsError::NoColumn(name)) if name == GITHUB.received));
    let found = csv(
        b"count_requests_received,count_disclosed\n\xff,1\n",
        &GITHUB,
    );
    assert!(matches!(found, Err(StatisticsError::Csv(_))));
    let marked = "\u{feff}count_requests_received,count_disclosed\n1,2\n";
    assert_eq!(csv(marked.as_bytes(), &GITHUB).unwrap().flags.len(), 1);
}

proptest! {
    #[test]
    fn what_follows_is_never_flagged(received in 0i64..1_000_000, share in 0i64..=100) {
        let disclosed = received * share / 100;
        let printed = percent(disclosed as u64, received as u64);
        let printed = printed.and_then(|pct| Percentage::parse(&pct.to_string()));
        prop_assert_eq!(row(Some(received), Some(disclosed), printed), vec![]);
    }

    #[test]
    fn foreign_bytes_are_read_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        numbers in prop::collection::vec((any::<i64>(), any::<i64>(), "[-+0-9.%]{0,12}"), 0..5),
    ) {
        let mut text = b"count_requests_received,count_disclosed,pct\n".to_vec();
        for (received, disclosed, pct) in &numbers {
            text.extend(format!("{received},{disclosed},{pct}\n").bytes());
        }
        let columns = Columns { percentage: Some("pct"), ..GITHUB };
        let checked = csv(&text, &columns).unwrap();
        prop_assert_eq!(checked.rows, numbers.len() as u64);
        text.extend(&bytes);
        if let Ok(checked) = csv(&text, &columns) {
            prop_assert!(checked.flags.iter().all(|(row, _)| (1..=checked.rows).contains(row)));
        }
    }
}
