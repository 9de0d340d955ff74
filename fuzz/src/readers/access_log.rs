//! A log in JSON Lines from anybody: searched or refused, and what is handed over passes the re-check.

use crate::data_side::{DataSide, write};

/// The source over `l.jsonl`.
pub(crate) const SOURCE: &str = r#"
    kind = "access-log-jsonl"
    id = "logins"
    paths = ["l.jsonl"]
    account_field = "account"
    time_field = "time"
    time_format = "rfc3339"
    fields.traffic = ["time", "account", "ip", "event", "client"]
"#;

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    // Its times as text, and as numbers.
    for format in ["rfc3339", "epoch-seconds"] {
        let source = SOURCE.replace("rfc3339", format);
        DataSide::get().search(&source, |store| write(store, "l.jsonl", bytes));
    }
}
