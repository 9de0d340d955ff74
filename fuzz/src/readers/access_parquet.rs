//! A log in a Parquet file from anybody: searched or refused, and what is handed over passes the re-check.

use std::sync::Arc;

use parquet::basic::{Compression, Encoding, GzipLevel, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::data_side::{ACCOUNT, DataSide, write};

/// The source over `l.parquet`.
const SOURCE: &str = r#"
    kind = "access-log-parquet"
    id = "logins"
    paths = ["l.parquet"]
    account_field = "account"
    time_field = "time"
    fields.traffic = ["time", "account", "from"]
"#;

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    DataSide::get().search(SOURCE, |store| write(store, "l.parquet", bytes));
}

/// Values of a column, and the levels of those that are absent or repeated.
pub enum Column {
    /// Whole numbers of 64 bits.
    Long(Vec<i64>),
    /// Of 32 bits.
    Int(Vec<i32>, Vec<i16>, Vec<i16>),
    /// Bytes.
    Bytes(Vec<Vec<u8>>, Vec<i16>),
}

/// A file of this schema, with so many equal groups of rows.
///
/// # Panics
/// When the columns are not those of the schema.
#[must_use]
pub fn file(
    schema: &str,
    properties: WriterPropertiesBuilder,
    columns: &[Column],
    groups: usize,
) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let mut bytes = Vec::new();
    let properties = Arc::new(properties.build());
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties).expect("memory");
    for _ in 0..groups {
        let mut group = writer.next_row_group().expect("memory");
        for one in columns {
            let mut column = group.next_column().expect("memory").expect("a column");
            let some = |levels: &Vec<i16>| (!levels.is_empty()).then(|| levels.clone());
            match one {
                Column::Long(all) => {
                    let column = column.typed::<Int64Type>();
                    column.write_batch(all, None, None).expect("memory");
                }
                Column::Int(all, definitions, repetitions) => {
                    let (definitions, repetitions) = (some(definitions), some(repetitions));
                    let column = column.typed::<Int32Type>();
                    column
                        .write_batch(all, definitions.as_deref(), repetitions.as_deref())
                        .expect("memory");
                }
                Column::Bytes(all, definitions) => {
                    let all: Vec<_> = all.iter().cloned().map(ByteArray::from).collect();
                    let definitions = some(definitions);
                    let column = column.typed::<ByteArrayType>();
                    column
                        .write_batch(&all, definitions.as_deref(), None)
                        .expect("memory");
                }
            }
            column.close().expect("memory");
        }
        group.close().expect("memory");
    }
    writer.close().expect("memory");
    bytes
}

/// The columns that the source asks for.
pub const ASKED: &str =
    "required int64 time (TIMESTAMP(MICROS, true)); required binary account (STRING);";

/// Rows of the account, each a second after the one before it.
#[must_use]
pub fn rows(count: usize) -> [Column; 2] {
    let first = 1_773_057_600_000_000_i64;
    let times = (first..).step_by(1_000_000).take(count).collect();
    [
        Column::Long(times),
        Column::Bytes(vec![ACCOUNT.into(); count], Vec::new()),
    ]
}

/// One file for each way to write one.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let schema = format!(
        "message log {{ {ASKED}
            optional group from {{ optional binary ip (STRING); repeated int32 port; }}
            required int64 price (DECIMAL(12, 2)); }}"
    );
    let columns = || {
        let ip = vec![b"192.0.2.1".to_vec(), b"192.0.2.2".to_vec()];
        let [time, account] = rows(4);
        [
            time,
            account,
            Column::Bytes(ip, vec![2, 0, 1, 2]),
            Column::Int(vec![443, 80, 25], vec![2, 2, 0, 1, 2], vec![0, 1, 0, 0, 0]),
            Column::Long(vec![-5, 0, 100, 99]),
        ]
    };
    let mut all = Vec::new();
    for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
        let usual = || WriterProperties::builder().set_writer_version(version);
        for codec in [
            Compression::UNCOMPRESSED,
            Compression::SNAPPY,
            Compression::GZIP(GzipLevel::default()),
            Compression::LZ4_RAW,
            Compression::ZSTD(ZstdLevel::default()),
        ] {
            all.push(file(&schema, usual().set_compression(codec), &columns(), 2));
        }
        let plain = || usual().set_dictionary_enabled(false);
        all.push(file(&schema, plain(), &columns(), 1));
        for text in [
            Encoding::DELTA_BYTE_ARRAY,
            Encoding::DELTA_LENGTH_BYTE_ARRAY,
        ] {
            let way = plain()
                .set_column_encoding("time".into(), Encoding::DELTA_BINARY_PACKED)
                .set_column_encoding("price".into(), Encoding::BYTE_STREAM_SPLIT)
                .set_column_encoding("account".into(), text);
            all.push(file(&schema, way, &columns(), 1));
        }
    }
    all
}
