//! Logs and tables of subscribers.

use rusqlite::Connection;

use super::*;

pub(super) fn all() -> Vec<Attack> {
    const ALL: &[Text] = &[
        ("access_log", "a-line", "{\"a\":\"", "x", 40 * MIB, "\"}\n"),
        (
            "access_log",
            "a-line-of-the-account",
            "{\"account\":\"bjork@kvist.example\",\"time\":\"2026-03-09T12:00:00Z\",\"event\":\"",
            "x",
            15 * MIB,
            "\"}\n",
        ),
        (
            "access_log",
            "a-row-at-the-limit",
            "{\"account\":\"bjork@kvist.example\",\"time\":\"2026-03-09T12:00:00Z\",\"event\":\"",
            "\\u0001",
            4 * MIB - 100,
            "\"}\n",
        ),
        (
            "access_log",
            "rows-of-the-account",
            "",
            "{\"account\":\"bjork@kvist.example\",\"time\":\"2026-03-09T12:00:00Z\",\"event\":\"x\"}\n",
            MIB,
            "",
        ),
        (
            "access_log",
            "mentions",
            "",
            "{\"account\":\"ek@kvist.example\",\"time\":\"2026-03-09T12:00:00Z\",\"to\":\"bjork@kvist.example\"}\n",
            2 * MIB,
            "",
        ),
        (
            "access_log",
            "fields",
            "{\"b\":1",
            ",\"a\":1",
            8 * MIB,
            "}\n",
        ),
        (
            "access_log",
            "the-same-field",
            "{\"account\":1",
            ",\"account\":1",
            8 * MIB,
            "}\n",
        ),
        ("access_log", "nested", "{\"a\":", "[", 8 * MIB, "}\n"),
        (
            "access_log",
            "nested-and-asked",
            "{\"event\":",
            "[",
            8 * MIB,
            "}\n",
        ),
        ("access_log", "at-signs", "{", "@", 8 * MIB, "}\n"),
        (
            "access_log",
            "almost-the-account",
            "{",
            "bjork@kvist.exampl",
            8 * MIB,
            "}\n",
        ),
        ("access_log", "escapes", "{", "\\u0040", 8 * MIB, "}\n"),
        ("access_log", "names", "{", "\"account\":\"", 8 * MIB, "}\n"),
        (
            "access_log",
            "names-without-value",
            "{",
            "\"account\" ",
            8 * MIB,
            "}\n",
        ),
        ("access_log", "lines", "", "\n", 8 * MIB, ""),
        ("access_log", "short-lines", "", "{}\n", 4 * MIB, ""),
        ("access_log", "no-objects", "", "x\n", 4 * MIB, ""),
        ("access_log", "zeros", "", "\0", 16 * MIB, ""),
        ("access_log", "zeros-between", "", "{\0", 4 * MIB, ""),
        (
            "access_log",
            "big-number",
            "{\"account\":\"bjork@kvist.example\",\"event\":",
            "9",
            4 * MIB - 100,
            ",\"time\":\"2026-03-09T12:00:00Z\"}\n",
        ),
        (
            "access_log",
            "big-time",
            "{\"account\":\"bjork@kvist.example\",\"time\":\"",
            "9",
            8 * MIB,
            "\"}\n",
        ),
        (
            "access_log",
            "account-of-marks",
            "{\"account\":\"",
            "\u{301}",
            8 * MIB,
            "\"}\n",
        ),
    ];
    let mut all: Vec<_> = of_texts(ALL).collect();
    for (name, address, column) in [
        ("column-of-40-MB", "'ACCOUNT'", "printf('%.40000000c', 'x')"),
        ("bytes-at-the-limit", "'ACCOUNT'", "zeroblob(4194000)"),
        (
            "text-at-the-limit",
            "'ACCOUNT'",
            "printf('%.4194000c', 'x')",
        ),
        (
            "quotes-at-the-limit",
            "'ACCOUNT'",
            "printf('%.4194000c', '\"')",
        ),
        (
            "control-characters",
            "'ACCOUNT'",
            "printf('%.4194000c', char(1))",
        ),
        (
            "formulas",
            "'ACCOUNT'",
            "replace(printf('%.2000000c', 'x'), 'x', ',=')",
        ),
        ("name-of-40-MB", "printf('%.40000000c', 'x')", "'x'"),
        (
            "name-of-marks",
            "'ACCOUNT' || replace(printf('%.1000c', 'x'), 'x', char(769))",
            "'x'",
        ),
    ] {
        all.push(attack("subscribers", name, move || {
            database(&format!(
                "INSERT INTO subscriber VALUES ({}, {column}, 7)",
                address.replace("ACCOUNT", ACCOUNT)
            ))
        }));
    }
    all.push(attack("subscribers", "many-rows", || {
        database("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) INSERT INTO subscriber SELECT 'bjork@kvist.exampl' || i, 'N', i FROM n")
    }));
    all.push(attack("subscribers", "many-rows-of-the-account", || {
        database(&format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000) INSERT INTO subscriber SELECT '{ACCOUNT}', 'N', i FROM n"))
    }));
    all
}

/// A database with a table of subscribers, into which a statement puts rows.
fn database(rows: &str) -> Vec<u8> {
    let dir = crate::scratch();
    let file = dir.path().join("s.sqlite");
    let connection = Connection::open(&file).expect("a database");
    connection
        .execute_batch(&format!(
            "PRAGMA journal_mode = off; CREATE TABLE subscriber (address, name, opened_on); {rows}"
        ))
        .expect("rows");
    drop(connection);
    std::fs::read(file).expect("a database")
}
