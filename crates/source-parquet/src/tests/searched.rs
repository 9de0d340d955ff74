//! Searches in logs whose content is known.

use std::fs;
use std::sync::Arc;

use jiff::tz::TimeZoneDatabase;
use lagrum_model::{Covered, Identifier};
use lagrum_source::{Context, SearchResult, SourceError};
use lagrum_sources::rows_testing;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use super::{Cells, Filled, at, config, file, period, place, run, searched, texts};

const SCHEMA: &str = "message log {
    required int64 time (TIMESTAMP(MICROS, true));
    optional binary user (STRING);
    required binary ip (STRING);
}";
const ALDER: &str = "alder@kvist.example";

fn micros(text: &str) -> i64 {
    at(text).as_microsecond()
}

/// Rows of the log: time, user, address.
fn group(rows: &[(&str, Option<&str>, &str)]) -> Vec<Filled> {
    let users: Vec<_> = rows.iter().filter_map(|row| row.1).collect();
    vec![
        Filled::all(Cells::Long(rows.iter().map(|row| micros(row.0)).collect())),
        Filled(
            texts(&users),
            rows.iter().map(|row| i16::from(row.1.is_some())).collect(),
            vec![],
        ),
        Filled::all(texts(&rows.iter().map(|row| row.2).collect::<Vec<_>>())),
    ]
}

fn written(properties: WriterProperties, groups: &[Vec<Filled>]) -> tempfile::TempDir {
    let place = place();
    let bytes = file(SCHEMA, properties, groups);
    fs::write(place.path().join("a.parquet"), bytes).unwrap();
    place
}

fn march() -> lagrum_model::Period {
    period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")
}

fn usual() -> Vec<Vec<Filled>> {
    vec![
        group(&[
            ("2026-01-05T00:00:00Z", Some(ALDER), "192.0.2.1"),
            ("2026-02-28T23:59:59.999999Z", Some(ALDER), "192.0.2.2"),
        ]),
        group(&[
            (
                "2026-03-01T00:00:00Z",
                Some("Alder@Kvist.example"),
                "192.0.2.3",
            ),
            ("2026-03-02T00:00:00Z", Some("birch@kvist.example"), ALDER),
            ("2026-03-03T00:00:00Z", None, "192.0.2.5"),
            ("2026-03-31T23:59:59.999999Z", Some(ALDER), "192.0.2.6"),
            ("2026-04-01T00:00:00Z", Some(ALDER), "192.0.2.7"),
        ]),
        group(&[("2026-05-01T00:00:00Z", Some(ALDER), "192.0.2.8")]),
    ]
}

fn counts(result: SearchResult) -> lagrum_source::Counts {
    match result {
        SearchResult::Searched(counts) => counts,
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_the_accounts_rows_of_the_period_leave_each_with_its_place() {
    let place = written(WriterProperties::default(), &usual());
    let (result, taken) = searched(place.path(), "", ALDER, march()).unwrap();
    let of = |place: &str, fields: &str| (place.to_owned(), fields.to_owned());
    assert_eq!(
        taken.records,
        [
            of(
                "a.parquet row group 2 row 1",
                r#"{"time":"2026-03-01T00:00:00Z","ip":"192.0.2.3"}"#
            ),
            of(
                "a.parquet row group 2 row 4",
                r#"{"time":"2026-03-31T23:59:59.999999Z","ip":"192.0.2.6"}"#
            ),
        ]
    );
    // Somebody else's, whose address mentions the account.
    let [(at_row, why, line)] = &taken.reviews[..] else {
        panic!("{:?}", taken.reviews)
    };
    assert_eq!(at_row, "a.parquet row group 2 row 2");
    assert!(why.contains("names another"), "{why}");
    assert_eq!(
        line.as_deref(),
        Some(
            r#"{"time":"2026-03-02T00:00:00Z","user":"birch@kvist.example","ip":"alder@kvist.example"}"#
        )
    );
    let counts = counts(result);
    assert_eq!(
        (counts.examined, counts.selected, counts.unreadable),
        (8, 2, 0)
    );
    assert_eq!(
        counts.covers,
        Some(Covered {
            first: at("2026-01-05T00:00:00Z"),
            last: at("2026-05-01T00:00:00Z"),
        })
    );
}

/// The same log, the pages of whose first group are nothing.
fn damaged(place: &tempfile::TempDir) {
    let path = place.path().join("a.parquet");
    let mut bytes = fs::read(&path).unwrap();
    bytes[4..60].fill(0xff);
    fs::write(&path, bytes).unwrap();
}

#[test]
fn a_group_is_passed_over_only_where_statistics_say_for_certain_that_all_of_it_lies_outside() {
    let plain = WriterProperties::builder().set_dictionary_enabled(false);
    let place = written(plain.clone().build(), &usual());
    let (before, taken) = searched(place.path(), "", ALDER, march()).unwrap();
    damaged(&place);
    let (after, same) = searched(place.path(), "", ALDER, march()).unwrap();
    assert_eq!((before, taken), (after, same));
    // One instant of it is asked for: it is read, and found to be damaged.
    let wider = period("2026-02-28T23:59:59.999999Z", "2026-04-01T00:00:00Z");
    let error = searched(place.path(), "", ALDER, wider).unwrap_err();
    assert_eq!(error.class(), "damaged", "{error}");
    assert!(
        error.to_string().contains("a.parquet row group 1 row 1"),
        "{error}"
    );

    // Without statistics nothing is passed over.
    let without = plain
        .clone()
        .set_statistics_enabled(EnabledStatistics::None);
    let place = written(without.build(), &usual());
    damaged(&place);
    let error = searched(place.path(), "", ALDER, march()).unwrap_err();
    assert_eq!(error.class(), "damaged", "{error}");

    // A time that counts as lost is told to a person, wherever the period lies.
    let lost = [group(&[
        ("1970-01-01T00:00:00Z", Some(ALDER), "192.0.2.1"),
        ("1970-01-02T00:00:00Z", Some(ALDER), "192.0.2.1"),
    ])];
    let place = written(plain.build(), &lost);
    let (_, taken) = searched(place.path(), "", ALDER, march()).unwrap();
    assert_eq!((taken.records.len(), taken.reviews.len()), (0, 2));
}

#[test]
fn a_row_without_a_time_goes_to_a_person_and_its_group_is_read() {
    let schema = SCHEMA.replace("required int64", "optional int64");
    let rows = vec![
        Filled(
            Cells::Long(vec![micros("2026-01-01T00:00:00Z")]),
            vec![1, 0],
            vec![],
        ),
        Filled(texts(&[ALDER, ALDER]), vec![1, 1], vec![]),
        Filled::all(texts(&["192.0.2.1", "192.0.2.2"])),
    ];
    let place = place();
    let bytes = file(&schema, WriterProperties::default(), &[rows]);
    fs::write(place.path().join("a.parquet"), bytes).unwrap();
    let (result, taken) = searched(place.path(), "", ALDER, march()).unwrap();
    assert_eq!(counts(result).for_review, 1);
    assert_eq!(taken.reviews[0].0, "a.parquet row group 1 row 2");
    assert!(taken.records.is_empty());
}

#[test]
fn a_time_is_read_as_its_column_says_or_as_the_configuration_does() {
    let instant = "2026-03-29T00:30:00Z";
    let (seconds, nanoseconds) = (at(instant).as_second(), at(instant).as_nanosecond());
    let local = "2026-03-29T01:30:00"
        .parse::<jiff::civil::DateTime>()
        .unwrap();
    let stockholm = TimeZoneDatabase::bundled().get("Europe/Stockholm").unwrap();
    assert_eq!(stockholm.to_timestamp(local).unwrap(), at(instant));
    let as_utc = jiff::tz::TimeZone::UTC.to_timestamp(local).unwrap();
    let day = (as_utc.as_second() / 86_400 + 2_440_588) as u32;
    let of_day = (as_utc.as_second() % 86_400) as u64 * 1_000_000_000;
    for (column, cells, more) in [
        (
            "int64 time (TIMESTAMP(MILLIS, true))",
            Cells::Long(vec![at(instant).as_millisecond()]),
            "",
        ),
        (
            "int64 time (TIMESTAMP(NANOS, true))",
            Cells::Long(vec![nanoseconds as i64]),
            "",
        ),
        (
            "int64 time (TIMESTAMP(MICROS, false))",
            Cells::Long(vec![as_utc.as_microsecond()]),
            "zone = \"Europe/Stockholm\"",
        ),
        (
            "int96 time",
            Cells::Int96(vec![[of_day as u32, (of_day >> 32) as u32, day]]),
            "zone = \"Europe/Stockholm\"",
        ),
        (
            "int64 time",
            Cells::Long(vec![seconds]),
            "time_format = \"epoch-seconds\"",
        ),
        (
            "double time",
            Cells::Double(vec![seconds as f64 + 0.5]),
            "time_format = \"epoch-seconds\"",
        ),
        (
            "binary time (STRING)",
            texts(&["2026-03-29T02:30:00+02:00"]),
            "time_format = \"rfc3339\"",
        ),
        (
            "binary time (STRING)",
            texts(&["1774744200"]),
            "time_format = \"epoch-seconds\"",
        ),
    ] {
        let schema = format!("message log {{ required {column}; required binary user (STRING); }}");
        let rows = vec![Filled::all(cells), Filled::all(texts(&[ALDER]))];
        let place = place();
        let bytes = file(&schema, WriterProperties::default(), &[rows]);
        fs::write(place.path().join("a.parquet"), bytes).unwrap();
        let more = format!("fields.traffic = [\"time\"]\n{more}");
        let found = |from: &str, until: &str| {
            let (_, taken) = searched(place.path(), &more, ALDER, period(from, until)).unwrap();
            assert_eq!(taken.reviews, [], "{column}");
            taken.records.len()
        };
        assert_eq!(found(instant, "2026-03-29T00:30:01Z"), 1, "{column}");
        assert_eq!(found("2026-03-01T00:00:00Z", instant), 0, "{column}");
        assert_eq!(
            found("2026-03-29T00:30:01Z", "2026-04-01T00:00:00Z"),
            0,
            "{column}"
        );
    }
}

/// What is wrong with a log of these columns.
fn refused(columns: &str, cells: Vec<Cells>, more: &str) -> String {
    let rows: Vec<_> = cells.into_iter().map(Filled::all).collect();
    let place = place();
    let schema = format!("message log {{ {columns} }}");
    let bytes = file(&schema, WriterProperties::default(), &[rows]);
    fs::write(place.path().join("a.parquet"), bytes).unwrap();
    let error = searched(
        place.path(),
        &format!("fields.traffic = [\"time\"]\n{more}"),
        ALDER,
        march(),
    );
    match error {
        Err(error @ SourceError::Config { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_the_configuration_does_not_say_or_says_otherwise_is_refused_with_its_field() {
    const USER: &str = "required binary user (STRING);";
    const LOCAL: &str = "required int64 time (TIMESTAMP(MICROS, false));";
    let one = || vec![Cells::Long(vec![0]), texts(&[ALDER])];
    for (columns, cells, more, field, why) in [
        (format!("{LOCAL}{USER}"), one(), "", "zone", "tells no zone"),
        (
            format!("{LOCAL}{USER}"),
            one(),
            "time_format = \"rfc3339\"",
            "time_format",
            "says itself",
        ),
        (
            format!("required int64 time; {USER}"),
            one(),
            "",
            "time_format",
            "is no TIMESTAMP",
        ),
        (
            format!("required int64 time; {USER}"),
            one(),
            "time_format = \"rfc3339\"",
            "time_format",
            "holds numbers",
        ),
        (
            format!("required boolean time; {USER}"),
            vec![Cells::Bool(vec![true]), texts(&[ALDER])],
            "time_format = \"rfc3339\"",
            "time_format",
            "",
        ),
        (
            format!("{LOCAL} required group user {{ required int64 id; }}"),
            vec![Cells::Long(vec![0]), Cells::Long(vec![0])],
            "zone = \"UTC\"",
            "account_field",
            "is no column",
        ),
        (
            format!("{LOCAL} required binary user (DECIMAL(9, 2));"),
            one(),
            "zone = \"UTC\"",
            "account_field",
            "names no account",
        ),
        (
            format!("{LOCAL} required binary other (STRING);"),
            one(),
            "zone = \"UTC\"",
            "account_field",
            "no line of the log has a field `user`",
        ),
        (
            format!("{LOCAL}{USER}"),
            one(),
            "zone = \"Stockholm\"",
            "zone",
            "is no zone",
        ),
        (
            format!("{LOCAL}{USER}"),
            one(),
            "zone = \"UTC\"\nyear = 2026",
            "year",
            "take the line out",
        ),
        (
            format!("{LOCAL}{USER}"),
            one(),
            "zone = \"UTC\"\nmemory_mib = 1",
            "memory_mib",
            "16 to 65536",
        ),
    ] {
        let said = refused(&columns, cells, more);
        assert!(
            said.contains(&format!("field `{field}`")) && said.contains(why),
            "{columns} {more}: {said}"
        );
    }
}

#[test]
fn a_column_within_others_names_the_account() {
    let schema = "message log {
        required int64 time (TIMESTAMP(MICROS, true));
        optional group user { optional group mail { optional binary address (STRING); } }
    }";
    let rows = vec![
        Filled::all(Cells::Long(vec![micros("2026-03-05T00:00:00Z"); 4])),
        Filled(
            texts(&["ek@kvist.example", ALDER]),
            vec![3, 0, 3, 2],
            vec![],
        ),
    ];
    let place = place();
    let bytes = file(schema, WriterProperties::default(), &[rows]);
    fs::write(place.path().join("a.parquet"), bytes).unwrap();
    let more = "account_field = \"user.mail.address\"\nfields.traffic = [\"time\", \"user\"]";
    let (_, taken) = searched(place.path(), more, ALDER, march()).unwrap();
    assert_eq!(taken.records.len(), 1);
    assert_eq!(taken.records[0].0, "a.parquet row group 1 row 3");
    assert!(
        taken.records[0]
            .1
            .ends_with(r#""user":{"mail":{"address":"alder@kvist.example"}}}"#)
    );
    assert_eq!(taken.reviews, []);
}

#[test]
fn who_used_an_address_is_looked_up_and_passed_over_rows_are_counted() {
    let place = written(WriterProperties::default(), &usual());
    let (log, form) = crate::taken_apart(&config("address_field = \"ip\"")).unwrap();
    let context = Context {
        base_directory: place.path(),
    };
    let address = "192.0.2.6 at 2026-03-31T23:59:59Z".parse().unwrap();
    let address = Identifier::IpAddress(address).try_into().unwrap();
    let look_up = |from: &str, until: &str| {
        let log = (&log, &context, Arc::new(form) as _);
        let seen = rows_testing::look_up(log, &address, period(from, until), run());
        seen.unwrap().expect("the log knows addresses")
    };
    let seen = look_up("2026-03-31T00:00:00Z", "2026-04-01T00:00:00Z");
    assert_eq!(seen.names.into_iter().collect::<Vec<_>>(), [ALDER]);
    assert_eq!((seen.examined, seen.matched), (8, 1));
    let none = look_up("2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z");
    assert_eq!((none.examined, none.matched, none.unreadable), (8, 0, 0));
}
