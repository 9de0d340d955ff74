//! Against real databases, each filled by the test, which so knows what lies in a period.

mod examples;
mod filled;
mod look_ups;
mod odd;
mod servers;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use lagrum_durable::Scratch;
use lagrum_model::{Category, Period};
use lagrum_source::{
    Context, Item, Known, Record, Review, Run, SearchResult, Sink, SinkError, SourceError, Wanted,
    Withheld,
};
use serde_json::Value;

use crate::database::Sql;
use crate::search::Asked;

/// What a search handed over, by its place in the store.
#[derive(Debug, Default, PartialEq)]
struct Taken {
    records: BTreeMap<String, Value>,
    /// Why, and the bytes where there are any.
    reviews: BTreeMap<String, (String, Option<Value>)>,
}

impl Taken {
    fn names(&self) -> Vec<&str> {
        self.records.keys().map(String::as_str).collect()
    }

    fn put_aside(&self) -> Vec<&str> {
        self.reviews.keys().map(String::as_str).collect()
    }
}

impl Sink for Taken {
    fn item(&mut self, _: usize, item: &Item<'_>, _: &mut dyn Read) -> Result<(), SinkError> {
        panic!("{item:?}")
    }

    fn record(&mut self, _: usize, record: &Record<'_>) -> Result<(), SinkError> {
        let fields = record.fields.iter();
        let fields = fields.map(|(name, value)| {
            (
                (*name).to_owned(),
                serde_json::from_str(value.get()).unwrap(),
            )
        });
        let fields = Value::Object(fields.collect());
        let before = self.records.insert(record.locator.to_owned(), fields);
        assert_eq!(before, None, "{}", record.locator);
        Ok(())
    }

    fn for_review(
        &mut self,
        _: usize,
        review: &Review<'_>,
        withheld: Option<Withheld<'_>>,
    ) -> Result<(), SinkError> {
        let bytes = withheld.map(|withheld| {
            let mut bytes = Vec::new();
            withheld.content.read_to_end(&mut bytes).unwrap();
            assert_eq!(bytes.len() as u64, withheld.length);
            serde_json::from_slice(&bytes).unwrap()
        });
        let told = (review.why.to_owned(), bytes);
        self.reviews.insert(review.locator.to_owned(), told);
        Ok(())
    }
}

fn opened(text: &str, base: &Path) -> Result<Sql, SourceError> {
    let config = toml::from_str(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let context = Context {
        base_directory: base,
    };
    Sql::open(&config, &context)
}

fn run(cancelled: &AtomicBool) -> Run<'_> {
    static SCRATCH: LazyLock<Scratch> = LazyLock::new(|| Scratch::new(&std::env::temp_dir()));
    static KNOWN: LazyLock<Known> = LazyLock::new(Known::default);
    Run {
        now: "2026-09-01T00:00:00Z".parse().unwrap(),
        cancelled,
        scratch: &SCRATCH,
        accounts: &KNOWN,
    }
}

/// January 2026 in UTC.
fn january() -> Period {
    let at = |text: &str| text.parse().unwrap();
    Period::new(at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z")).unwrap()
}

fn search_with(
    source: &Sql,
    name: &str,
    category: Category,
    sink: &mut dyn Sink,
) -> Result<SearchResult, SourceError> {
    let asked = Asked {
        wanted: Some(Wanted::Email(name)),
        category,
        period: january(),
    };
    let mut results = source.answer(&[asked], run(&AtomicBool::new(false)), sink)?;
    Ok(results.remove(0))
}

fn search(source: &Sql, name: &str, category: Category) -> Result<Taken, SourceError> {
    let mut taken = Taken::default();
    match search_with(source, name, category, &mut taken)? {
        SearchResult::Searched(counts) => {
            assert_eq!(counts.selected as usize, taken.records.len());
            assert_eq!(counts.for_review as usize, taken.reviews.len());
            Ok(taken)
        }
        other => panic!("{name}: {other:?}"),
    }
}

fn failed<T: std::fmt::Debug>(result: Result<T, SourceError>) -> SourceError {
    match result {
        Err(error) => error,
        Ok(found) => panic!("{found:?}"),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
fn place() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("sql").tempdir().unwrap()
}
