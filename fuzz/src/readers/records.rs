//! Rows and the table beside them. Rows that a source hands over become a file of rows and a table that
//! the re-check accepts; rows and a table that somebody else wrote, in a package whose digests are right,
//! are accepted only if they say the same.

use lagrum_model::Category;
use lagrum_source::{Counts, Record, SearchResult, Sink};
use serde_json::value::RawValue;

use super::package_made;
use crate::data_side::{ACCOUNT, DataSide, directory};
use crate::pieces::{joined, pieces};

/// When the rows happened.
const DATED: &str = "2026-03-09T12:00:00Z";

/// The fields of a line, if a source could hand them over: an object without a name twice.
fn fields(line: &str) -> Option<lagrum_package::Fields> {
    serde_json::from_str(line).ok()
}

/// Reads one input: lines with the fields of one row each, and a table.
pub(crate) fn read(bytes: &[u8]) {
    let mut pieces = pieces(bytes);
    let text = String::from_utf8_lossy(pieces.next().unwrap_or_default());
    let rows: Vec<_> = text.lines().filter_map(fields).take(500).collect();
    handed_over(&rows);
    foreign(&rows, pieces.next());
}

fn handed_over(rows: &[lagrum_package::Fields]) {
    let side = DataSide::get();
    let dir = directory();
    let work = dir.path().join("work");
    let written = side.spooled("logins", &work, &[Category::Traffic], |orders, sink| {
        let names: std::collections::BTreeSet<_> =
            rows.iter().flat_map(|row| row.names()).collect();
        if names.len() > lagrum_package::layout::FIELDS_LIMIT {
            return None;
        }
        for (number, row) in rows.iter().enumerate() {
            let fields: Vec<(&str, &RawValue)> = row.iter().collect();
            let record = Record {
                source: "logins",
                locator: &format!("line {number}"),
                dated: Some(DATED.parse().expect("an instant")),
                fields: &fields,
            };
            sink.record(0, &record).expect("it is taken");
        }
        Some(vec![
            SearchResult::Searched(Counts::default());
            orders.len()
        ])
    });
    if let Some(written) = written {
        let checked = side.checked(&written);
        let checked =
            checked.unwrap_or_else(|why| panic!("the re-check refuses its own rows: {why}"));
        assert_eq!(checked.rows, rows.len() as u64);
    }
}

fn foreign(rows: &[lagrum_package::Fields], table: Option<&[u8]>) {
    let identifier = serde_json::json!({ "kind": "email-address", "value": ACCOUNT });
    let row = |fields: &lagrum_package::Fields| {
        let fields = serde_json::to_string(fields).expect("JSON");
        format!(
            "{{\"identifier\":{identifier},\"category\":\"traffic\",\"dated\":\"{DATED}\",\"fields\":{fields}}}\n"
        )
    };
    let lines: String = rows.iter().map(row).collect();
    let line = |kind: &str, ending: &str| {
        serde_json::json!({
            "path": format!("records/logins-traffic-0001.{ending}"),
            "kind": kind, "identifier": identifier, "category": "traffic", "source": "logins",
            "sha256": "", "length": 0,
        })
        .to_string()
        .into_bytes()
    };
    let side = DataSide::get();
    let mut package = vec![
        package_made::statement(side.mandate(), rows.len() as u64),
        side.mandate().to_text().into_bytes(),
        line("records-json", "jsonl"),
        lines.into_bytes(),
    ];
    if let Some(table) = table {
        package.extend([line("records-csv", "csv"), table.to_vec()]);
    }
    package_made::read(&joined(package));
}
