//! What the file holds, as Python's standard library reads it.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::process::Command;

use jiff::civil::date;
use serde_json::{Value, json};

use super::*;

fn book(rows: Vec<Vec<Cell>>) -> Workbook<'static> {
    Workbook {
        title: "Siffror & tal",
        author: "Brev <och> Moln AB",
        language: "sv",
        day: date(2027, 7, 1),
        sheets: vec![
            Sheet {
                name: "Siffror".to_owned(),
                heads: vec!["Vad".to_owned(), "Antal".to_owned()],
                rows,
            },
            Sheet {
                name: "3_member_states_orders".to_owned(),
                heads: vec!["A".to_owned()],
                rows: Vec::new(),
            },
        ],
    }
}

/// What stands in the file.
fn read(bytes: &[u8]) -> Value {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("book.xlsx");
    std::fs::write(&file, bytes).unwrap();
    let reader = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/read.py");
    let ran = Command::new("python3")
        .arg(reader)
        .arg(file)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{told}");
    serde_json::from_slice(&ran.stdout).unwrap()
}

#[test]
fn numbers_are_numbers_and_everything_else_is_text() {
    let text = |text: &str| Cell::Text(text.to_owned());
    let written = [
        "=1+1",
        "+46",
        "-1",
        "@x",
        "{=A1}",
        "https://example.org",
        "0 till 9",
        "12",
        "TRUE",
        " a\nb ",
        "_x0041_",
        "a\u{1b}[2J\u{7}",
        "<b>&\"'",
        "å–ß\u{a0}漢",
    ];
    let mut rows = vec![
        vec![Cell::Strong("Rubrik".to_owned())],
        vec![text("a"), Cell::Number(0)],
        vec![Cell::Blank, Cell::Number(LARGEST)],
        vec![text(""), Cell::Hundredths(1250)],
        vec![text("tusen"), Cell::Number(1_234_567)],
    ];
    rows.extend(written.map(|one| vec![text(one)]));
    let book = book(rows);
    let found = read(&book.bytes().unwrap());
    assert_eq!(found["title"], "Siffror & tal");
    assert_eq!(found["author"], "Brev <och> Moln AB");
    assert_eq!(found["language"], "sv");
    assert_eq!(found["created"], "2027-07-01T00:00:00Z");
    let mut cells = vec![
        json!([["text", "Vad"], ["text", "Antal"]]),
        json!([["text", "Rubrik"]]),
        json!([["text", "a"], ["number", "0"]]),
        json!([null, ["number", "9007199254740992"]]),
        json!([null, ["number", "12.5"]]),
        json!([["text", "tusen"], ["number", "1234567"]]),
    ];
    cells.extend(written.map(|one| json!([["text", one]])));
    assert_eq!(found["sheets"][0]["rows"], Value::Array(cells));
    assert_eq!(found["sheets"][0]["frozen"], json!(["1", "A2"]));
    assert_eq!(found["sheets"][1]["name"], "3_member_states_orders");
    assert_eq!(found["sheets"][1]["rows"], json!([[["text", "A"]]]));
    assert_eq!(found["formulas"], 0);
    assert_eq!(found["links"], 0);
}

#[test]
fn the_same_workbook_gives_the_same_bytes_a_second_later() {
    let book = book(vec![vec![Cell::Number(1)]]);
    let once = book.bytes().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(once, book.bytes().unwrap());
}

#[test]
fn what_does_not_fit_is_an_error() {
    let of = |cell| book(vec![vec![cell]]).bytes();
    let large = of(Cell::Number(LARGEST + 1));
    assert!(
        matches!(large, Err(WorkbookError::TooLarge(_))),
        "{large:?}"
    );
    let long = of(Cell::Text("a".repeat(32_768)));
    assert!(matches!(long, Err(WorkbookError::Writer(_))), "{long:?}");
    let mut twice = book(Vec::new());
    twice.sheets[1].name = "siffror".to_owned();
    assert!(matches!(twice.bytes(), Err(WorkbookError::Writer(_))));
}
