//! What the tests of this crate share.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use lagrum_durable::Scratch;
use lagrum_model::{Period, Sha256Digest};
use serde_json::value::RawValue;

use lagrum_source::{Aliases, Known, SinkError};

use crate::{Item, Record, Review, Run, Sink, Withheld};

/// What a search handed over.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Locator, date and content of each message.
    pub(crate) items: Vec<(String, Timestamp, Vec<u8>)>,
    /// What the store says of the date of each message, if that decides.
    pub(crate) stored: Vec<Option<String>>,
    /// Locator, date and fields of each record, the fields as one JSON object.
    pub(crate) records: Vec<(String, Option<Timestamp>, String)>,
    /// Locator, reason, date as written and digest of what a person decides.
    pub(crate) reviews: Vec<(String, String, Option<String>, Option<Sha256Digest>)>,
}

impl Taken {
    pub(crate) fn locators(&self) -> Vec<&str> {
        self.items
            .iter()
            .map(|(locator, ..)| locator.as_str())
            .collect()
    }

    pub(crate) fn review_locators(&self) -> Vec<&str> {
        self.reviews
            .iter()
            .map(|(locator, ..)| locator.as_str())
            .collect()
    }
}

impl Sink for Taken {
    fn item(&mut self, _: usize, item: &Item<'_>, content: &mut dyn Read) -> Result<(), SinkError> {
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        assert_eq!(bytes.len() as u64, item.length, "{}", item.locator);
        self.stored.push(item.dated_as_stored.map(str::to_owned));
        self.items
            .push((item.locator.to_owned(), item.dated, bytes));
        Ok(())
    }

    fn record(&mut self, _: usize, record: &Record<'_>) -> Result<(), SinkError> {
        let field = |(name, value): &(&str, &RawValue)| format!("{name:?}:{value}");
        let fields: Vec<_> = record.fields.iter().map(field).collect();
        let fields = format!("{{{}}}", fields.join(","));
        self.records
            .push((record.locator.to_owned(), record.dated, fields));
        Ok(())
    }

    fn for_review(
        &mut self,
        _: usize,
        review: &Review<'_>,
        withheld: Option<Withheld<'_>>,
    ) -> Result<(), SinkError> {
        let digest = withheld.map(|withheld| {
            let mut bytes = Vec::new();
            withheld.content.read_to_end(&mut bytes).expect("bytes");
            assert_eq!(bytes.len() as u64, withheld.length, "{}", review.locator);
            Sha256Digest::of(&bytes)
        });
        self.reviews.push((
            review.locator.to_owned(),
            review.why.to_owned(),
            review.raw_date.map(str::to_owned),
            digest,
        ));
        Ok(())
    }
}

/// An instant.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// A period.
pub(crate) fn period(from: &str, until: &str) -> Period {
    Period::new(at(from), at(until)).expect("a period")
}

/// The present of all tests.
pub(crate) fn now() -> Timestamp {
    at("2026-09-01T00:00:00Z")
}

/// The run of all tests: nobody ends it.
pub(crate) fn run() -> Run<'static> {
    static CANCELLED: AtomicBool = AtomicBool::new(false);
    Run {
        now: now(),
        cancelled: &CANCELLED,
        scratch: scratch(),
        accounts: known(),
    }
}

/// The accounts of all tests: two of them have another name.
pub(crate) fn known() -> &'static Known {
    static KNOWN: LazyLock<Known> = LazyLock::new(|| {
        let pairs = [
            ("info@kvist.example", "alder@kvist.example"),
            ("office@kvist.example", "birch@kvist.example"),
        ];
        let pairs = pairs.map(|(alias, of)| (alias.to_owned(), of.to_owned()));
        Known::new(Aliases::try_from(BTreeMap::from(pairs)).expect("aliases"))
    });
    &KNOWN
}

/// Where the tests work: the system's directory for temporary files.
pub(crate) fn scratch() -> &'static Scratch {
    static SCRATCH: LazyLock<Scratch> = LazyLock::new(|| Scratch::new(&std::env::temp_dir()));
    &SCRATCH
}

/// A message with this `Date` field.
pub(crate) fn dated(date: &str) -> Vec<u8> {
    format!("Subject: hej\nDate: {date}\nTo: b@kvist.example\n\nText of {date}\n").into_bytes()
}

/// Writes a file, with the directories on the way.
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("directories");
    fs::write(path, bytes).expect("a file");
}

/// `bytes` as a gzip file.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// `bytes` as a Zstandard file.
pub(crate) fn zstandard(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).expect("memory")
}
