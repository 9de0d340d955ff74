//! A package whose digests are right, so that what lies behind them is reached: the files before the
//! items, the items and the manifest are the input's, and the seal is made of them.
use lagrum_durable::Scratch;
use lagrum_mandate::Mandate;
use lagrum_model::Sha256Digest;
use lagrum_package::check::{Against, KeepNothing, check};
use lagrum_package::testing::InMemory;

use crate::data_side::{digest, directory};

/// A statement for a mandate, of one search that found so many rows.
pub(crate) fn statement(mandate: &Mandate, rows: u64) -> Vec<u8> {
    let searches = serde_json::json!([{
        "identifier": mandate.identifiers[0], "category": "traffic", "source": "logins",
        "date_rule": "event-time",
        "outcome": { "result": "searched", "produced": rows, "for_review": 0, "unreadable": 0 },
    }]);
    let statement = serde_json::json!({
        "mandate": mandate.digest(), "region": mandate.region, "searches": searches,
        "began_at": "2026-11-21T12:00:00Z", "ended_at": "2026-11-21T12:00:00Z",
    });
    statement.to_string().into_bytes()
}

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    // Pieces: statement, mandate, then for each item a line of the manifest and a content.
    let mut pieces = bytes.split(|byte| *byte == 0xff);
    let mut next = || pieces.next().map(<[u8]>::to_vec);
    let (statement, mandate) = (next().unwrap_or_default(), next().unwrap_or_default());
    let (mut manifest, mut items) = (Vec::new(), Vec::new());
    while let (Some(line), Some(content)) = (next(), next()) {
        let Ok(serde_json::Value::Object(mut line)) = serde_json::from_slice(&line) else {
            continue;
        };
        let path = line
            .get("path")
            .and_then(|path| path.as_str())
            .unwrap_or("items/a");
        items.push((path.to_owned(), content.clone()));
        line.insert("length".into(), content.len().into());
        line.insert("sha256".into(), digest(&content).into());
        manifest.extend(serde_json::to_vec(&line).expect("JSON"));
        manifest.push(b'\n');
    }
    let mut statement = statement;
    if let Ok(text) = std::str::from_utf8(&mandate)
        && let Ok(serde_json::Value::Object(mut fields)) = serde_json::from_slice(&statement)
    {
        fields.insert(
            "mandate".into(),
            Sha256Digest::of(text.as_bytes()).to_string().into(),
        );
        statement = serde_json::to_vec(&fields).expect("JSON");
    }
    let dir = directory();
    let scratch = Scratch::new(dir.path());
    let _ = check(
        &mut InMemory::sealed(&mandate, &statement, &manifest, items),
        &Against::Itself,
        &scratch,
        &mut KeepNothing,
    );
}
