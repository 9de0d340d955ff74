//! What can be told of a log from its files: where it has nothing, and what stands in two of them.

use super::*;

const ALDER: &str = "alder@kvist.example";

fn line(time: &str, user: &str) -> String {
    format!("{{\"time\":\"{time}\",\"user\":\"{user}\",\"ip\":\"192.0.2.7\"}}\n")
}

fn search(files: &[(&str, String)]) -> (Counts, Taken) {
    let files: Vec<_> = (files.iter())
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    let paths: Vec<_> = files.iter().map(|(name, _)| *name).collect();
    let (result, taken) = (Store::new(&files).run(&paths, Category::Traffic)).expect("searched");
    let SearchResult::Searched(counts) = result else {
        panic!("{result:?}")
    };
    (counts, taken)
}

/// An entry of somebody at each noon of March from one day to another, both included.
fn noons(first: u32, last: u32) -> String {
    let noon = |day| {
        line(
            &format!("2026-03-{day:02}T12:00:00Z"),
            "birch@kvist.example",
        )
    };
    (first..=last).map(noon).collect()
}

#[test]
fn one_entry_of_a_wrong_clock_does_not_hide_that_a_log_begins_late() {
    let (counts, _) = search(&[("l.jsonl", noons(10, 31))]);
    assert_eq!(
        counts.covers.map(|covers| covers.first),
        Some(at("2026-03-10T12:00:00Z"))
    );
    // A day between one entry and the next is told as well: nothing was written in it.
    let days = |from, until| gaps(&[(from, until)]);
    assert!(
        !counts
            .gaps
            .iter()
            .any(|gap| gap.from < at("2026-03-10T12:00:00Z"))
    );
    for wrong in ["1999-01-01T00:00:00Z", "2026-03-01T00:00:00Z"] {
        for text in [
            line(wrong, "birch@kvist.example") + &noons(10, 31),
            noons(10, 31) + &line(wrong, "birch@kvist.example"),
        ] {
            let (counts, _) = search(&[("l.jsonl", text)]);
            assert_eq!(counts.covers.map(|covers| covers.first), Some(at(wrong)));
            let begins = days("2026-03-01T00:00:00Z", "2026-03-10T12:00:00Z");
            assert_eq!(counts.gaps[..1], begins);
        }
    }
}

#[test]
fn a_file_that_is_missing_between_two_others_is_seen_from_the_days_it_leaves_empty() {
    let half = |day: u32| {
        let hour = |hour| {
            line(
                &format!("2026-03-{day:02}T{hour:02}:00:00Z"),
                "birch@kvist.example",
            )
        };
        [0, 6, 12, 18].map(hour).concat()
    };
    let days = |first: u32, last: u32| (first..=last).map(half).collect::<String>();
    let (counts, _) = search(&[("a.jsonl", days(1, 31))]);
    assert_eq!(counts.gaps, []);
    let (counts, _) = search(&[("b.jsonl", days(16, 31)), ("a.jsonl", days(1, 11))]);
    let missing = gaps(&[("2026-03-11T18:00:00Z", "2026-03-16T00:00:00Z")]);
    assert_eq!(counts.gaps, missing);
    // What lies outside the period is nothing that anybody asked for.
    let before =
        line("2026-01-01T00:00:00Z", "x@kvist.example") + &line("2026-02-20T00:00:00Z", "x");
    let (counts, _) = search(&[(
        "a.jsonl",
        before + &line("2026-02-28T23:00:00Z", "x") + &days(1, 31),
    )]);
    assert_eq!(counts.gaps, []);
}

#[test]
fn what_stands_in_two_files_leaves_twice_and_it_is_counted() {
    let theirs = |day: u32| line(&format!("2026-03-{day:02}T12:00:00Z"), ALDER);
    let days = |first: u32, last: u32| (first..=last).map(theirs).collect::<String>();
    // Two entries of one file that say the same are two.
    let (counts, taken) = search(&[
        ("l.jsonl.1", days(1, 9)),
        ("l.jsonl", days(10, 12) + &days(10, 12)),
    ]);
    assert_eq!((counts.selected, counts.repeated), (15, 0));
    assert_eq!(taken.reviews, []);
    // The copy was made, and the log not cut to nothing. Nothing is withheld for that.
    let (counts, taken) = search(&[
        ("l.jsonl.2", days(1, 3)),
        ("l.jsonl.1", days(4, 9)),
        ("l.jsonl", days(1, 12)),
    ]);
    let whole = (counts.selected, counts.repeated, counts.for_review);
    assert_eq!(whole, (21, 9, 0));
    assert_eq!((counts.unreadable, taken.reviews.len()), (0, 0));
    // Of others nothing is counted.
    let (counts, _) = search(&[("l.jsonl.1", noons(1, 9)), ("l.jsonl", noons(1, 12))]);
    assert_eq!((counts.selected, counts.repeated), (0, 0));
}
