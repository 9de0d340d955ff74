//! Against Cyrus, and against servers that do as a test says: change meanwhile, break off, do not keep to the protocol.

mod changes;
mod cyrus;
#[path = "../../../source-imap/src/tests/cyrus_server.rs"]
mod cyrus_server;
#[path = "../../../source-imap/src/tests/dovecot.rs"]
mod dovecot;
mod odd;
mod script;

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use lagrum_durable::Scratch;
use lagrum_model::{EmailAddress, Period};
use lagrum_source::{
    Context, Counts, Item, Known, Record, Review, Run, Sink, SinkError, SourceError, Withheld,
};

use crate::source::Jmap;
use dovecot::{PASSWORD, secret};

/// What a search handed over, by its place in the store.
#[derive(Debug, Default, PartialEq, Eq)]
struct Taken {
    /// The bytes, and the date as the store writes it.
    items: BTreeMap<String, (Vec<u8>, Option<String>)>,
    /// Why.
    reviews: BTreeMap<String, String>,
}

impl Taken {
    /// The bytes alone, in the order of the bytes.
    fn bytes(&self) -> Vec<Vec<u8>> {
        let mut all: Vec<_> = self
            .items
            .values()
            .map(|(bytes, _)| bytes.clone())
            .collect();
        all.sort_unstable();
        all
    }
}

impl Sink for Taken {
    fn item(&mut self, _: usize, item: &Item<'_>, content: &mut dyn Read) -> Result<(), SinkError> {
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        assert_eq!(bytes.len() as u64, item.length);
        let stored = item.dated_as_stored.map(str::to_owned);
        let before = self.items.insert(item.locator.to_owned(), (bytes, stored));
        assert_eq!(before, None, "{}", item.locator);
        Ok(())
    }

    fn record(&mut self, _: usize, record: &Record<'_>) -> Result<(), SinkError> {
        panic!("{record:?}")
    }

    fn for_review(
        &mut self,
        _: usize,
        review: &Review<'_>,
        _: Option<Withheld<'_>>,
    ) -> Result<(), SinkError> {
        let (locator, why) = (review.locator.to_owned(), review.why.to_owned());
        assert_eq!(self.reviews.insert(locator, why), None);
        Ok(())
    }
}

/// A source, of which a test says what is not as usual.
fn opened(port: u16, more: &str) -> Result<Jmap, SourceError> {
    let place = tempfile::Builder::new().tempdir_in(std::env::temp_dir());
    let place = place.unwrap();
    secret(&place.path().join("secret"), &format!("{PASSWORD}\n"));
    secret(&place.path().join("wrong"), "guessed");
    secret(&place.path().join("empty"), "\n");
    let mut text = format!("kind = \"jmap\"\nid = \"mail\"\n{more}\n");
    for (fields, usual) in [
        (
            &["session"][..],
            format!("session = \"http://127.0.0.1:{port}/jmap/\"\n"),
        ),
        (&["login"], "login = \"%n\"\n".to_owned()),
        (&["user", "token_file"], "user = \"lagrum\"\n".to_owned()),
        (
            &["password_file", "token_file"],
            "password_file = \"secret\"\n".to_owned(),
        ),
    ] {
        let written = |field: &&str| more.lines().any(|line| line.starts_with(*field));
        if !fields.iter().any(written) {
            text += &usual;
        }
    }
    let config = toml::from_str(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let context = Context {
        base_directory: place.path(),
    };
    let mut source = Jmap::open(&config, &context)?;
    source.server.patience.pause = Duration::from_millis(1);
    source.server.page = 7;
    Ok(source)
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

fn january() -> Period {
    let at = |text: &str| text.parse().unwrap();
    Period::new(at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z")).unwrap()
}

fn search_with(
    source: &Jmap,
    account: &str,
    cancelled: &AtomicBool,
    sink: &mut dyn Sink,
) -> Result<Counts, SourceError> {
    let account = EmailAddress::parse(&format!("{account}@kvist.example")).unwrap();
    source.search_account(&account, 0, &january(), run(cancelled), sink)
}

fn search(source: &Jmap, account: &str) -> Result<(Counts, Taken), SourceError> {
    let mut taken = Taken::default();
    let counts = search_with(source, account, &AtomicBool::new(false), &mut taken)?;
    assert_eq!(counts.selected as usize, taken.items.len());
    assert_eq!(counts.for_review as usize, taken.reviews.len());
    Ok((counts, taken))
}

fn failed(source: &Jmap, account: &str) -> SourceError {
    match search(source, account) {
        Err(error) => error,
        Ok(found) => panic!("{found:?}"),
    }
}

const IN: &str = "Thu, 15 Jan 2026 12:00:00 +0100";
const OUT: &str = "Sun, 15 Feb 2026 12:00:00 +0100";

fn mail(date: &str, text: &str) -> Vec<u8> {
    format!("Subject: {text}\r\nDate: {date}\r\n\r\n{text}\r\n").into_bytes()
}
