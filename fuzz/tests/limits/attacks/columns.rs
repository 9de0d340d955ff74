//! Parquet files.

use lagrum_fuzz::columns::{ASKED, Column, file, rows};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::*;

fn packed() -> parquet::file::properties::WriterPropertiesBuilder {
    WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default()))
}

fn with(more: &str) -> String {
    format!("message log {{ {ASKED} {more} }}")
}

/// An attack of which so many bytes are read.
fn reads(
    name: &'static str,
    read: usize,
    bytes: impl Fn() -> Vec<u8> + Send + Sync + 'static,
) -> Attack {
    Attack {
        read: read as u64,
        ..attack("access_parquet", name, bytes)
    }
}

pub(super) fn all() -> Vec<Attack> {
    let one = |column: Column, count: usize| {
        let [time, account] = rows(count);
        [time, account, column]
    };
    vec![
        // What is packed to nothing, and is more than may be held.
        reads("a-page-of-much", 100 * MIB, move || {
            let column = Column::Bytes(vec![vec![b'x'; 100 * MIB]], Vec::new());
            let schema = with("required binary event (STRING);");
            let plain = packed().set_dictionary_enabled(false);
            file(&schema, plain, &one(column, 1), 1)
        }),
        // Rows that take no bytes.
        reads("rows-of-nothing", 30 * MIB, move || {
            let column = Column::Bytes(Vec::new(), vec![0; 200_000]);
            let schema = with("optional binary event (STRING);");
            let mut all = one(column, 200_000);
            all[1] = Column::Bytes(vec![b"ek@kvist.example".to_vec(); 200_000], Vec::new());
            file(&schema, packed(), &all, 1)
        }),
        // Each value is the one before it and a letter.
        reads("values-that-grow", 32 * MIB, move || {
            let texts = (0..4000).map(|length| vec![b'x'; 4 * length]).collect();
            let column = Column::Bytes(texts, Vec::new());
            let schema = with("required binary event (STRING);");
            let way = packed()
                .set_dictionary_enabled(false)
                .set_column_encoding("event".into(), Encoding::DELTA_BYTE_ARRAY);
            file(&schema, way, &one(column, 4000), 1)
        }),
        // One row of many values.
        reads("a-list-of-much", 20 * MIB, move || {
            let count = 3_000_000;
            let mut repetitions = vec![1; count];
            repetitions[0] = 0;
            let column = Column::Int(vec![7; count], vec![1; count], repetitions);
            let schema = with("repeated int32 event;");
            file(&schema, packed(), &one(column, 1), 1)
        }),
        reads("a-dictionary-of-much", 16 * MIB, move || {
            let count = 400_000;
            let texts = (0..count)
                .map(|number| format!("{number:x}").into())
                .collect();
            let column = Column::Bytes(texts, Vec::new());
            let schema = with("required binary event (STRING);");
            let way = packed().set_dictionary_page_size_limit(64 * MIB);
            let mut all = one(column, count);
            all[1] = Column::Bytes(vec![b"ek@kvist.example".to_vec(); count], Vec::new());
            file(&schema, way, &all, 1)
        }),
        // Of a footer only.
        attack("access_parquet", "columns-in-groups", move || {
            let many: String = (0..1500).map(|n| format!("required int32 c{n};")).collect();
            let mut all: Vec<_> = rows(1).into();
            all.extend((0..1500).map(|_| Column::Int(vec![1], Vec::new(), Vec::new())));
            file(&with(&many), WriterProperties::builder(), &all, 33)
        }),
        attack("access_parquet", "groups", move || {
            file(&with(""), WriterProperties::builder(), &rows(1), 20_000)
        }),
        // A list that says that it has more elements than bytes follow, and one that has them.
        attack("access_parquet", "a-footer-of-lists", || {
            let lists = [&[0x29, 0xfc, 0x80, 0x80, 0x80, 0x04][..], &vec![0; 8 * MIB]].concat();
            let length = u32::try_from(lists.len()).expect("short").to_le_bytes();
            [b"PAR1", &lists[..], &length, b"PAR1"].concat()
        }),
        attack("access_parquet", "a-footer-in-a-footer", || {
            let deep = vec![0x1c; 4 * MIB];
            let length = u32::try_from(deep.len()).expect("short").to_le_bytes();
            [b"PAR1", &deep[..], &length, b"PAR1"].concat()
        }),
    ]
}
