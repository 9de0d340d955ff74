//! Files that are cut, changed, or claim what they do not have.

use std::fs;

use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::{Cells, Filled, file, lines, lines_within, period, place, searched, texts};

const SCHEMA: &str = "message log {
    required int64 time (TIMESTAMP(MICROS, true));
    optional binary user (STRING);
    optional group tags (LIST) { repeated group list { required binary element (STRING); } }
}";

fn small(way: WriterProperties) -> Vec<u8> {
    let rows = vec![
        Filled::all(Cells::Long(vec![0, 1, 2])),
        Filled(
            texts(&["ek@kvist.example", "ek@kvist.example"]),
            vec![1, 0, 1],
            vec![],
        ),
        Filled(texts(&["a", "b", "c"]), vec![2, 2, 0, 2], vec![0, 1, 0, 0]),
    ];
    file(SCHEMA, way, &[rows])
}

fn ways() -> [WriterProperties; 3] {
    let builder = WriterProperties::builder;
    [
        builder().build(),
        builder().set_dictionary_enabled(false).build(),
        builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_writer_version(parquet::file::properties::WriterVersion::PARQUET_2_0)
            .build(),
    ]
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_an_error() {
    for way in ways() {
        let whole = small(way);
        lines(&whole).unwrap();
        for end in 0..whole.len() {
            let why = lines(&whole[..end]).unwrap_err();
            assert!(why.contains("; "), "{end}: {why}");
        }
    }
}

#[test]
fn a_byte_that_is_changed_ends_in_an_error_or_in_as_many_rows_and_never_in_a_panic() {
    for way in ways() {
        let whole = small(way);
        for place in 0..whole.len() {
            for change in [0x01, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[place] ^= change;
                if let Ok(text) = lines(&bytes) {
                    assert_eq!(text.lines().count(), 3, "{place} {change}");
                }
            }
        }
    }
}

#[test]
fn what_is_none_or_encrypted_or_unfinished_is_named() {
    let whole = small(WriterProperties::default());
    let changed = |place: usize, with: &[u8]| {
        let mut bytes = whole.clone();
        let place = if place == 0 { 0 } else { bytes.len() - place };
        bytes[place..place + with.len()].copy_from_slice(with);
        lines(&bytes).unwrap_err()
    };
    assert!(changed(0, b"PK\x03\x04").contains("no Parquet file"));
    assert!(changed(0, b"PARE").contains("encrypted"));
    assert!(changed(4, b"PARE").contains("encrypted"));
    assert!(changed(4, b"\0\0\0\0").contains("not written to its end"));
    assert!(changed(8, &[0xff, 0xff, 0xff, 0]).contains("footer is damaged"));
    assert!(lines(b"").unwrap_err().contains("no Parquet file"));
}

#[test]
fn what_unpacks_to_more_than_is_allowed_is_refused_with_the_field_that_allows_more() {
    let way = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_dictionary_enabled(false);
    let text = vec![b'x'; 7 << 20];
    let rows = || vec![Filled::all(Cells::Bytes(vec![text.clone(); 3]))];
    let bytes = file(
        "message log { required binary a (STRING); }",
        way.build(),
        &[rows()],
    );
    assert!(bytes.len() < 100_000, "{}", bytes.len());
    assert_eq!(lines_within(&bytes, 32 << 20).unwrap().lines().count(), 3);
    let why = lines_within(&bytes, 16 << 20);
    // The writer may put each value on a page of its own, which is allowed.
    if let Err(why) = why {
        assert!(why.contains("memory_mib"), "{why}");
    }
    let why = lines_within(&bytes, 4 << 20).unwrap_err();
    assert!(why.contains("memory_mib"), "{why}");

    let long = vec![Filled::all(Cells::Bytes(vec![vec![b'x'; 9 << 20]]))];
    let bytes = file(
        "message log { required binary a (STRING); }",
        WriterProperties::default(),
        &[long],
    );
    let why = lines(&bytes).unwrap_err();
    assert!(why.contains("more than 8 MiB"), "{why}");
}

#[test]
fn two_columns_of_one_name_and_schemas_without_end_are_refused() {
    let twice = file(
        "message log { required int32 a; required int32 a; }",
        WriterProperties::default(),
        &[vec![
            Filled::all(Cells::Int(vec![1])),
            Filled::all(Cells::Int(vec![2])),
        ]],
    );
    assert!(lines(&twice).unwrap_err().contains("two columns"));
    let nested = |depth: usize| {
        let open: String = (0..depth)
            .map(|n| format!("required group g{n} {{ "))
            .collect();
        let schema = format!(
            "message log {{ {open} required int32 a; {} }}",
            "}".repeat(depth)
        );
        file(
            &schema,
            WriterProperties::default(),
            &[vec![Filled::all(Cells::Int(vec![1]))]],
        )
    };
    assert!(lines(&nested(30)).is_ok());
    assert!(
        lines(&nested(33))
            .unwrap_err()
            .contains("more than 32 deep")
    );
    let wide = |columns: usize| {
        let all: String = (0..columns)
            .map(|n| format!("required int32 c{n};"))
            .collect();
        let rows = (0..columns).map(|_| Filled::all(Cells::Int(vec![1])));
        file(
            &format!("message log {{ {all} }}"),
            WriterProperties::default(),
            &[rows.collect()],
        )
    };
    assert!(lines(&wide(1000)).is_ok());
    assert!(
        lines(&wide(4000))
            .unwrap_err()
            .contains("more than 4000 columns")
    );
}

#[test]
fn a_fault_of_the_library_is_an_error_and_goes_no_further() {
    let error = crate::fault::caught::<()>(|| panic!("as a library does")).unwrap_err();
    assert!(error.to_string().contains("does not know"), "{error}");
}

#[test]
fn a_file_that_is_written_to_meanwhile_says_so_and_a_damaged_one_is_no_smaller_result() {
    let place = place();
    let path = place.path().join("a.parquet");
    let whole = small(WriterProperties::default());
    fs::write(&path, &whole[..whole.len() - 9]).unwrap();
    let march = period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
    let more = "fields.traffic = [\"time\"]";
    let error = searched(place.path(), more, "ek@kvist.example", march).unwrap_err();
    assert_eq!(error.class(), "damaged");
    let said = error.to_string();
    assert!(
        said.contains("a.parquet") && said.contains("nothing may be produced"),
        "{said}"
    );
}
