//! A table of subscribers: a database that anybody changed, or one whose rows are the pieces of the
//! input, each cell with its type.

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::data_side::{DataSide, write};
use crate::pieces::{WITHIN, pieces};

/// The source over `s.sqlite`.
const SOURCE: &str = r#"
    kind = "subscribers-sqlite"
    id = "subscribers"
    database = "s.sqlite"
    table = "subscriber"
    account_column = "address"
    columns = ["address", "name", "opened_on"]
"#;

/// A cell: its type, and what stands in it.
fn value(cell: &[u8]) -> Value {
    let Some((kind, rest)) = cell.split_first() else {
        return Value::Null;
    };
    let text = String::from_utf8_lossy(rest);
    match kind {
        b'i' => text.parse().map_or(Value::Null, Value::Integer),
        b'r' => text.parse().map_or(Value::Null, Value::Real),
        b'b' => Value::Blob(rest.to_vec()),
        // A text that is long costs the input little.
        b'x' => Value::Text(text.repeat(1000)),
        _ => Value::Text(text.into_owned()),
    }
}

/// A database with these rows.
pub(crate) fn database(file: &std::path::Path, rows: &[[Value; 3]]) {
    let connection = Connection::open(file).expect("a database");
    let table = "PRAGMA journal_mode = off; PRAGMA synchronous = off; CREATE TABLE subscriber (address, name, opened_on);";
    connection.execute_batch(table).expect("a table");
    for row in rows {
        let row = rusqlite::params_from_iter(row);
        connection
            .execute("INSERT INTO subscriber VALUES (?, ?, ?)", row)
            .expect("a row");
    }
}

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    DataSide::get().search(SOURCE, |store| {
        if bytes.starts_with(b"SQLite format 3\0") {
            return write(store, "s.sqlite", bytes);
        }
        let row = |piece: &[u8]| {
            let mut cells = piece.split(|byte| *byte == WITHIN).map(value);
            [(); 3].map(|()| cells.next().unwrap_or(Value::Null))
        };
        let rows: Vec<_> = pieces(bytes).take(200).map(row).collect();
        database(&store.join("s.sqlite"), &rows);
    });
}
