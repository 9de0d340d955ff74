use std::os::unix::fs::symlink;

use tempfile::TempDir;

use super::*;
use crate::testing::{Taken, dated, period, run, write};

const IN: &str = "Wed, 1 Jul 2020 12:00:00 +0200";

#[test]
fn messages_come_from_all_folders_in_the_order_of_their_paths() {
    let root = TempDir::new().expect("a directory");
    let outside = TempDir::new().expect("a directory");
    write(&outside.path().join("3.eml"), &dated(IN));
    let out = dated("Thu, 1 Jul 2021 12:00:00 +0200");
    for (name, bytes) in [
        ("a/b/2.EML", dated(IN)),
        ("a/1.eml", dated(IN)),
        ("b/1.eml", out),
        ("b/notes.txt", dated(IN)),
        (".git/1.eml", dated(IN)),
        (".DS_Store", vec![0]),
        ("z.eml", dated("lost")),
    ] {
        write(&root.path().join("alder").join(name), &bytes);
    }
    symlink(outside.path(), root.path().join("alder/link")).expect("a link");
    let period = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    let judge = Judge {
        date: crate::MailDate::Header,
        stored: None,
        period: &period,
        run: run(),
        order: 0,
    };
    let mut taken = Taken::default();
    let counts = search("e", root.path(), Path::new("alder"), judge, &mut taken).expect("searched");
    assert_eq!(taken.locators(), ["a/1.eml", "a/b/2.EML"]);
    assert_eq!(
        taken.review_locators(),
        [".git/", "b/notes.txt", "link", "z.eml"]
    );
    assert_eq!(
        (counts.examined, counts.selected, counts.for_review),
        (4, 2, 4)
    );
}

#[test]
fn folders_that_never_end_are_an_error() {
    let root = TempDir::new().expect("a directory");
    write(&root.path().join("a/".repeat(70)).join("1.eml"), &dated(IN));
    let period = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    let judge = Judge {
        date: crate::MailDate::Header,
        stored: None,
        period: &period,
        run: run(),
        order: 0,
    };
    let result = search(
        "e",
        root.path(),
        Path::new("."),
        judge,
        &mut Taken::default(),
    );
    assert!(result.expect_err("deep").to_string().contains("64 deep"));
}
