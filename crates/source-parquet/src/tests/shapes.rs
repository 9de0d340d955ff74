//! Every type, however it is stored: the same lines.

use parquet::basic::{Compression, Encoding, GzipLevel, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};

use super::{Cells, Filled, file, lines, texts};

const TYPES: &str = "message log {
    required boolean truth;
    required int32 small (INTEGER(8, true));
    required int32 unsigned (INTEGER(32, false));
    required int64 large;
    required int64 largest (INTEGER(64, false));
    required float single;
    required double double;
    required int64 price (DECIMAL(18, 2));
    required binary debt (DECIMAL(40, 3));
    required fixed_len_byte_array(5) sum (DECIMAL(10, 0));
    required binary text (STRING);
    required binary old;
    required binary json (JSON);
    required binary bson (BSON);
    required fixed_len_byte_array(2) half (FLOAT16);
    required fixed_len_byte_array(16) id (UUID);
    required fixed_len_byte_array(12) span (INTERVAL);
    required fixed_len_byte_array(3) raw;
    required int32 day (DATE);
    required int32 clock (TIME(MILLIS, false));
    required int64 utc_clock (TIME(NANOS, true));
    required int64 millis (TIMESTAMP(MILLIS, true));
    required int64 micros (TIMESTAMP(MICROS, false));
    required int64 nanos (TIMESTAMP(NANOS, true));
    required int96 old_time;
}";

fn types() -> Vec<Filled> {
    let f16 = |value: f32| half::f16::from_f32(value).to_le_bytes().to_vec();
    [
        Cells::Bool(vec![true, false]),
        Cells::Int(vec![-128, 7]),
        Cells::Int(vec![-1, 0]),
        Cells::Long(vec![i64::MIN, 9_007_199_254_740_993]),
        Cells::Long(vec![-1, 0]),
        Cells::Float(vec![0.1, f32::NAN]),
        Cells::Double(vec![1e300, f64::NEG_INFINITY]),
        Cells::Long(vec![-5, 123_456]),
        Cells::Bytes(vec![
            vec![0xff],
            // 2^100
            [vec![0x10], vec![0; 12]].concat(),
        ]),
        Cells::Fixed(vec![vec![0xff; 5], vec![0, 0, 0, 1, 0]]),
        texts(&["a\"\n\u{0}", "\u{e5}\u{1f600}"]),
        Cells::Bytes(vec![b"alder".to_vec(), vec![0, 255]]),
        texts(&["{\"a\":1}", "null"]),
        texts(&["xy", ""]),
        Cells::Fixed(vec![f16(1.5), f16(-0.0)]),
        Cells::Fixed(vec![(0..16).collect(), vec![0xab; 16]]),
        Cells::Fixed(vec![
            [1_u32, 2, 3].map(u32::to_le_bytes).concat(),
            vec![0xff; 12],
        ]),
        Cells::Fixed(vec![b"abc".to_vec(), vec![0, 255, 1]]),
        Cells::Int(vec![20_513, i32::MAX]),
        Cells::Int(vec![43_200_500, 86_400_000]),
        Cells::Long(vec![0, 86_399_999_999_999]),
        Cells::Long(vec![1_772_366_400_500, i64::MAX]),
        Cells::Long(vec![1_772_366_400_000_001, -1]),
        Cells::Long(vec![1_772_366_400_000_000_001, 0]),
        Cells::Int96(vec![
            [1, 0, 2_440_588 + 20_513],
            [u32::MAX, u32::MAX, 2_440_588],
        ]),
    ]
    .into_iter()
    .map(Filled::all)
    .collect()
}

#[test]
fn every_type_becomes_json_without_loss() {
    let bytes = file(TYPES, WriterProperties::default(), &[types()]);
    let expected = [
        r#"{"truth":true,"small":-128,"unsigned":4294967295,"large":-9223372036854775808,"largest":18446744073709551615,"single":0.1,"double":1e+300,"price":"-0.05","debt":"-0.001","sum":"-1","text":"a\"\n\u0000","old":"alder","json":"{\"a\":1}","bson":{"base64":"eHk="},"half":1.5,"id":"00010203-0405-0607-0809-0a0b0c0d0e0f","span":{"months":1,"days":2,"milliseconds":3},"raw":{"base64":"YWJj"},"day":"2026-03-01","clock":"12:00:00.5","utc_clock":"00:00:00Z","millis":"2026-03-01T12:00:00.5Z","micros":"2026-03-01T12:00:00.000001","nanos":"2026-03-01T12:00:00.000000001Z","old_time":"2026-03-01T00:00:00.000000001"}"#,
        r#"{"truth":false,"small":7,"unsigned":0,"large":9007199254740993,"largest":0,"single":"NaN","double":"-inf","price":"1234.56","debt":"1267650600228229401496703205.376","sum":"256","text":"å😀","old":{"base64":"AP8="},"json":"null","bson":{"base64":""},"half":-0.0,"id":"abababab-abab-abab-abab-abababababab","span":{"months":4294967295,"days":4294967295,"milliseconds":4294967295},"raw":{"base64":"AP8B"},"day":2147483647,"clock":86400000,"utc_clock":"23:59:59.999999999Z","millis":9223372036854775807,"micros":"1969-12-31T23:59:59.999999","nanos":"1970-01-01T00:00:00Z","old_time":{"base64":"//////////+MPSUA"}}"#,
    ];
    let found = lines(&bytes).unwrap();
    for (found, expected) in found.lines().zip(expected) {
        assert_eq!(found, expected);
    }
}

/// A schema with everything that nests, and the lines of its rows.
const NESTED: &str = "message log {
    optional group user { optional binary id (STRING); required int32 n; }
    optional group tags (LIST) { repeated group list { optional binary element (STRING); } }
    optional group pairs (MAP) { repeated group key_value { required binary key (STRING); optional int32 value; } }
    repeated int32 bare;
    repeated group hops { required int32 at; repeated int32 via; }
    optional group old (LIST) { repeated int32 array; }
}";

const NESTED_LINES: [&str; 4] = [
    r#"{"user":{"id":"ek","n":1},"tags":["a",null,"b"],"pairs":[{"key":"k","value":7},{"key":"l","value":null}],"bare":[1,2],"hops":[{"at":1,"via":[]},{"at":2,"via":[3,4]}],"old":[5,6]}"#,
    r#"{"user":null,"tags":null,"pairs":null,"bare":[],"hops":[],"old":null}"#,
    r#"{"user":{"id":null,"n":2},"tags":[],"pairs":[],"bare":[3],"hops":[{"at":9,"via":[8]}],"old":[]}"#,
    r#"{"user":{"id":"bo","n":3},"tags":[null],"pairs":[{"key":"m","value":0}],"bare":[4,5,6],"hops":[{"at":0,"via":[]}],"old":[7]}"#,
];

fn nested() -> Vec<Filled> {
    vec![
        Filled(texts(&["ek", "bo"]), vec![2, 0, 1, 2], vec![]),
        Filled(Cells::Int(vec![1, 2, 3]), vec![1, 0, 1, 1], vec![]),
        Filled(
            texts(&["a", "b"]),
            vec![3, 2, 3, 0, 1, 2],
            vec![0, 1, 1, 0, 0, 0],
        ),
        Filled(
            texts(&["k", "l", "m"]),
            vec![2, 2, 0, 1, 2],
            vec![0, 1, 0, 0, 0],
        ),
        Filled(
            Cells::Int(vec![7, 0]),
            vec![3, 2, 0, 1, 3],
            vec![0, 1, 0, 0, 0],
        ),
        Filled(
            Cells::Int(vec![1, 2, 3, 4, 5, 6]),
            vec![1, 1, 0, 1, 1, 1, 1],
            vec![0, 1, 0, 0, 0, 1, 1],
        ),
        Filled(
            Cells::Int(vec![1, 2, 9, 0]),
            vec![1, 1, 0, 1, 1],
            vec![0, 1, 0, 0, 0],
        ),
        Filled(
            Cells::Int(vec![3, 4, 8]),
            vec![1, 2, 2, 0, 2, 1],
            vec![0, 1, 2, 0, 0, 0],
        ),
        Filled(
            Cells::Int(vec![5, 6, 7]),
            vec![2, 2, 0, 1, 2],
            vec![0, 1, 0, 0, 0],
        ),
    ]
}

/// Ways to write a file.
fn ways() -> Vec<WriterProperties> {
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::LZ4_RAW,
        Compression::ZSTD(ZstdLevel::default()),
    ];
    let mut all = Vec::new();
    for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
        for codec in codecs {
            for dictionary in [true, false] {
                for rows in [1, 3, 20_000] {
                    all.push(
                        WriterProperties::builder()
                            .set_writer_version(version)
                            .set_compression(codec)
                            .set_dictionary_enabled(dictionary)
                            .set_data_page_row_count_limit(rows)
                            .set_write_batch_size(1)
                            .build(),
                    );
                }
            }
        }
    }
    all
}

#[test]
fn however_a_file_is_written_it_says_the_same() {
    let plain = lines(&file(TYPES, WriterProperties::default(), &[types()])).unwrap();
    let expected = NESTED_LINES.map(|line| format!("{line}\n")).concat();
    for way in ways() {
        let groups = [types(), types()];
        let found = lines(&file(TYPES, way.clone(), &groups)).unwrap();
        assert_eq!(found, format!("{plain}{plain}"), "{way:?}");
        let groups = [nested(), nested(), nested()];
        let found = lines(&file(NESTED, way.clone(), &groups)).unwrap();
        assert_eq!(found, expected.repeat(3), "{way:?}");
    }
}

#[test]
fn every_encoding_says_the_same() {
    const SCHEMA: &str = "message log {
        required int32 a; required int64 b; required double c;
        optional binary d (STRING); required fixed_len_byte_array(4) e; required boolean f;
    }";
    const ROWS: i32 = 5000;
    let group = || {
        let rows = || 0..ROWS;
        let texts = rows().filter(|row| row % 7 != 0);
        vec![
            Filled::all(Cells::Int(rows().map(|row| row * 7919 - 90_000).collect())),
            Filled::all(Cells::Long(
                rows().map(|row| i64::from(row) << 33).collect(),
            )),
            Filled::all(Cells::Double(
                rows().map(|row| f64::from(row) / 3.0).collect(),
            )),
            Filled(
                Cells::Bytes(
                    texts
                        .map(|row| format!("/in/{}/{row}", "x".repeat(row as usize % 40)).into())
                        .collect(),
                ),
                rows().map(|row| i16::from(row % 7 != 0)).collect(),
                vec![],
            ),
            Filled::all(Cells::Fixed(
                rows()
                    .map(|row| (row % 300).to_be_bytes().to_vec())
                    .collect(),
            )),
            Filled::all(Cells::Bool(rows().map(|row| row % 3 == 0).collect())),
        ]
    };
    let plain = WriterProperties::builder().set_dictionary_enabled(false);
    let expected = lines(&file(SCHEMA, plain.build(), &[group()])).unwrap();
    let first = expected.lines().nth(8).unwrap();
    assert_eq!(
        first,
        r#"{"a":-26648,"b":68719476736,"c":2.6666666666666665,"d":"/in/xxxxxxxx/8","e":{"base64":"AAAACA=="},"f":false}"#
    );
    let whole = [
        Encoding::DELTA_BINARY_PACKED,
        Encoding::BYTE_STREAM_SPLIT,
        Encoding::PLAIN,
    ];
    let text = [
        Encoding::DELTA_LENGTH_BYTE_ARRAY,
        Encoding::DELTA_BYTE_ARRAY,
    ];
    for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
        for whole in whole {
            for text in text {
                let way = WriterProperties::builder()
                    .set_writer_version(version)
                    .set_dictionary_enabled(false)
                    .set_statistics_enabled(EnabledStatistics::None)
                    .set_data_page_row_count_limit(700)
                    .set_column_encoding("a".into(), whole)
                    .set_column_encoding("b".into(), whole)
                    .set_column_encoding("d".into(), text)
                    .set_column_encoding("e".into(), Encoding::DELTA_BYTE_ARRAY)
                    .build();
                let found = lines(&file(SCHEMA, way, &[group()])).unwrap();
                assert!(found == expected, "{version:?} {whole} {text}");
            }
        }
    }
}

#[test]
fn a_file_without_rows_has_no_lines() {
    for groups in [&[][..], &[vec![Filled::all(Cells::Int(vec![]))]]] {
        let bytes = file(
            "message log { required int32 a; }",
            WriterProperties::default(),
            groups,
        );
        assert_eq!(lines(&bytes).unwrap(), "");
    }
}
