//! Files of known content, written by the library in every shape that it knows and by other programs.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

mod damaged;
mod peers;
mod searched;
mod shapes;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use lagrum_durable::Scratch;
use lagrum_model::{AccountIdentifier, Category, EmailAddress, Identifier, Period};
use lagrum_source::{
    Context, Item, Known, Record, Review, Run, SearchResult, Sink, SinkError, SourceConfig,
    SourceError, Withheld,
};
use lagrum_sources::{RowsAsked, RowsFault, rows_testing};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray, Int96};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// The values of one column of one group.
enum Cells {
    Bool(Vec<bool>),
    Int(Vec<i32>),
    Long(Vec<i64>),
    Int96(Vec<[u32; 3]>),
    Float(Vec<f32>),
    Double(Vec<f64>),
    Bytes(Vec<Vec<u8>>),
    Fixed(Vec<Vec<u8>>),
}

/// Values with their levels of definition and repetition.
struct Filled(Cells, Vec<i16>, Vec<i16>);

impl Filled {
    /// A column with a value in each row.
    fn all(cells: Cells) -> Self {
        Self(cells, Vec::new(), Vec::new())
    }
}

fn texts(all: &[&str]) -> Cells {
    Cells::Bytes(all.iter().map(|one| one.as_bytes().to_vec()).collect())
}

/// A file of this schema and these groups of rows.
fn file(schema: &str, properties: WriterProperties, groups: &[Vec<Filled>]) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).unwrap_or_else(|why| panic!("{why}")));
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties)).unwrap();
    for group in groups {
        let mut rows = writer.next_row_group().unwrap();
        for Filled(cells, definitions, repetitions) in group {
            let mut column = rows.next_column().unwrap().expect("a column");
            let levels = |levels: &Vec<i16>| (!levels.is_empty()).then(|| levels.clone());
            let (definitions, repetitions) = (levels(definitions), levels(repetitions));
            let (definitions, repetitions) = (definitions.as_deref(), repetitions.as_deref());
            macro_rules! write {
                ($writer:expr, $values:expr) => {
                    $writer
                        .write_batch($values, definitions, repetitions)
                        .unwrap()
                };
            }
            match (column.untyped(), cells) {
                (ColumnWriter::BoolColumnWriter(one), Cells::Bool(all)) => write!(one, all),
                (ColumnWriter::Int32ColumnWriter(one), Cells::Int(all)) => write!(one, all),
                (ColumnWriter::Int64ColumnWriter(one), Cells::Long(all)) => write!(one, all),
                (ColumnWriter::FloatColumnWriter(one), Cells::Float(all)) => write!(one, all),
                (ColumnWriter::DoubleColumnWriter(one), Cells::Double(all)) => write!(one, all),
                (ColumnWriter::Int96ColumnWriter(one), Cells::Int96(all)) => {
                    let all: Vec<_> = (all.iter())
                        .map(|parts| {
                            let mut value = Int96::new();
                            value.set_data(parts[0], parts[1], parts[2]);
                            value
                        })
                        .collect();
                    write!(one, &all)
                }
                (ColumnWriter::ByteArrayColumnWriter(one), Cells::Bytes(all)) => {
                    let all: Vec<ByteArray> = all.iter().cloned().map(ByteArray::from).collect();
                    write!(one, &all)
                }
                (ColumnWriter::FixedLenByteArrayColumnWriter(one), Cells::Fixed(all)) => {
                    let all: Vec<FixedLenByteArray> = (all.iter().cloned())
                        .map(|bytes| FixedLenByteArray::from(ByteArray::from(bytes)))
                        .collect();
                    write!(one, &all)
                }
                _ => panic!("a column of another type"),
            };
            column.close().unwrap();
        }
        rows.close().unwrap();
    }
    writer.close().unwrap();
    bytes
}

fn place() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// The lines of a file, of which nothing is passed over.
fn lines(bytes: &[u8]) -> Result<String, String> {
    lines_within(bytes, 64 << 20)
}

fn lines_within(bytes: &[u8], memory: usize) -> Result<String, String> {
    let place = place();
    let path = place.path().join("a.parquet");
    fs::write(&path, bytes).unwrap();
    let asked = RowsAsked {
        names: &[],
        time_format: None,
        zone: false,
        outside: &|_, _| false,
    };
    let opened = crate::rows::open(fs::File::open(&path).unwrap(), &asked, memory);
    let mut opened = opened.map_err(|fault| match fault {
        RowsFault::Damaged(why) => why,
        other => panic!("{other:?}"),
    })?;
    let mut text = String::new();
    let read = opened.lines.read_to_string(&mut text);
    read.map_err(|error| error.to_string())?;
    let rows: u64 = opened.groups.iter().map(|group| group.rows).sum();
    assert_eq!(text.lines().count() as u64, rows);
    Ok(text)
}

/// What a search handed over.
#[derive(Debug, Default, PartialEq, Eq)]
struct Taken {
    /// Place, time and fields.
    records: Vec<(String, String)>,
    /// Place, reason and line.
    reviews: Vec<(String, String, Option<String>)>,
}

impl Sink for Taken {
    fn item(&mut self, _: usize, item: &Item<'_>, _: &mut dyn Read) -> Result<(), SinkError> {
        panic!("{item:?}")
    }

    fn record(&mut self, _: usize, record: &Record<'_>) -> Result<(), SinkError> {
        let fields: Vec<_> = (record.fields.iter())
            .map(|(name, value)| format!("{name:?}:{value}"))
            .collect();
        let fields = format!("{{{}}}", fields.join(","));
        self.records.push((record.locator.to_owned(), fields));
        Ok(())
    }

    fn for_review(
        &mut self,
        _: usize,
        review: &Review<'_>,
        withheld: Option<Withheld<'_>>,
    ) -> Result<(), SinkError> {
        let line = withheld.map(|withheld| {
            let mut text = String::new();
            withheld.content.read_to_string(&mut text).unwrap();
            text
        });
        let told = (review.locator.to_owned(), review.why.to_owned(), line);
        self.reviews.push(told);
        Ok(())
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn period(from: &str, until: &str) -> Period {
    Period::new(at(from), at(until)).unwrap()
}

fn email(text: &str) -> AccountIdentifier {
    let address = EmailAddress::parse(text).unwrap();
    Identifier::EmailAddress(address).try_into().unwrap()
}

fn run() -> Run<'static> {
    static SCRATCH: LazyLock<Scratch> = LazyLock::new(|| Scratch::new(&std::env::temp_dir()));
    static KNOWN: LazyLock<Known> = LazyLock::new(Known::default);
    static CANCELLED: AtomicBool = AtomicBool::new(false);
    Run {
        now: at("2026-09-01T00:00:00Z"),
        cancelled: &CANCELLED,
        scratch: &SCRATCH,
        accounts: &KNOWN,
    }
}

/// A log over the files of a directory.
fn config(more: &str) -> SourceConfig {
    let mut text = format!("kind = \"access-log-parquet\"\nid = \"logins\"\n{more}\n");
    for usual in [
        "paths = [\"*.parquet\"]",
        "account_field = \"user\"",
        "time_field = \"time\"",
        "fields.traffic = [\"time\", \"ip\"]",
    ] {
        let field = usual.split(' ').next().unwrap();
        if !more.lines().any(|line| line.starts_with(field)) {
            text = format!("{text}{usual}\n");
        }
    }
    toml::from_str(&text).unwrap_or_else(|why| panic!("{why}\n{text}"))
}

fn searched(
    directory: &Path,
    more: &str,
    account: &str,
    period: Period,
) -> Result<(SearchResult, Taken), SourceError> {
    searched_at(directory, more, account, period, run())
}

fn searched_at(
    directory: &Path,
    more: &str,
    account: &str,
    period: Period,
    run: Run<'_>,
) -> Result<(SearchResult, Taken), SourceError> {
    let (log, form) = crate::taken_apart(&config(more))?;
    let context = Context {
        base_directory: directory,
    };
    let mut taken = Taken::default();
    let log = (&log, &context, Arc::new(form) as _);
    let account = email(account);
    let found = rows_testing::search(log, &account, Category::Traffic, period, run, &mut taken)?;
    Ok((found, taken))
}
