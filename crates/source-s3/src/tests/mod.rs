//! Against storage that runs, filled by the test, which so knows what lies in a period; over a wire that does as it likes.

mod faults;
mod filled;
mod logged;
mod moto;
mod odd;
mod proxy;
mod rover;
mod rover_server;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use lagrum_durable::Scratch;
use lagrum_model::{EmailAddress, Period};
use lagrum_source::{
    Context, Counts, Form, Item, Known, Record, Review, Run, Sink, SinkError, SourceError, Withheld,
};
use moto::Moto;

use crate::source::S3;

/// What a search handed over, by its place in the store.
#[derive(Debug, Default, PartialEq, Eq)]
struct Taken {
    /// Name, type and bytes.
    items: BTreeMap<String, (String, String, Vec<u8>)>,
    /// Why, and the bytes where there are any.
    reviews: BTreeMap<String, (String, Option<Vec<u8>>)>,
}

fn of_form(form: Form<'_>) -> (String, String) {
    match form {
        Form::Object { name, media_type } => {
            (name.to_owned(), media_type.unwrap_or_default().to_owned())
        }
        Form::Message => panic!("an object is no message"),
    }
}

impl Sink for Taken {
    fn item(&mut self, _: usize, item: &Item<'_>, content: &mut dyn Read) -> Result<(), SinkError> {
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        assert_eq!(bytes.len() as u64, item.length);
        let (name, media_type) = of_form(item.form);
        let before = self
            .items
            .insert(item.locator.to_owned(), (name, media_type, bytes));
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
        withheld: Option<Withheld<'_>>,
    ) -> Result<(), SinkError> {
        let bytes = withheld.map(|withheld| {
            of_form(withheld.form);
            let mut bytes = Vec::new();
            withheld.content.read_to_end(&mut bytes).unwrap();
            assert_eq!(bytes.len() as u64, withheld.length);
            bytes
        });
        let told = (review.why.to_owned(), bytes);
        assert_eq!(self.reviews.insert(review.locator.to_owned(), told), None);
        Ok(())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
fn place() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("s3").tempdir().unwrap()
}

/// Writes a file that nobody else can read.
fn secret(file: &Path, text: &str) {
    std::fs::write(file, text).unwrap();
    let owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(file, owner).unwrap();
}

/// A source, of which a test says what is not as usual.
fn opened(key: &(String, String), more: &str) -> Result<S3, SourceError> {
    let place = place();
    secret(&place.path().join("secret"), &format!("{}\n", key.1));
    let mut text = format!(
        "kind = \"s3\"\nid = \"files\"\naccess_key = \"{}\"\nsecret_file = \"secret\"\n{more}\n",
        key.0
    );
    for usual in [
        "region = \"eu-north-1\"",
        "bucket = \"store\"",
        "prefix = \"%d/%n/\"",
    ] {
        let field = usual.split(' ').next().unwrap();
        if !more.lines().any(|line| line.starts_with(field)) {
            text += &format!("{usual}\n");
        }
    }
    let config = toml::from_str(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let context = Context {
        base_directory: place.path(),
    };
    let mut source = S3::open(&config, &context)?;
    let bucket = Arc::get_mut(&mut source.bucket).unwrap();
    bucket.patience.pause = Duration::from_millis(1);
    bucket.page = 7;
    Ok(source)
}

/// The usual one, on a port.
fn at(moto: &Moto, port: u16, more: &str) -> S3 {
    opened(
        &moto.reader,
        &format!("endpoint = \"http://127.0.0.1:{port}\"\n{more}"),
    )
    .unwrap()
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

fn period(from: &str, until: &str) -> Period {
    Period::new(from.parse().unwrap(), until.parse().unwrap()).unwrap()
}

fn january() -> Period {
    period("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")
}

fn search_with(
    source: &S3,
    account: &str,
    period: &Period,
    sink: &mut dyn Sink,
) -> Result<Option<Counts>, SourceError> {
    let account = EmailAddress::parse(account).unwrap();
    source.search_account(&account, 0, period, run(&AtomicBool::new(false)), sink)
}

fn search(source: &S3, account: &str) -> Result<Option<(Counts, Taken)>, SourceError> {
    let mut taken = Taken::default();
    let counts = search_with(source, account, &january(), &mut taken)?;
    if let Some(counts) = &counts {
        assert_eq!(counts.selected as usize, taken.items.len());
        assert_eq!(counts.for_review as usize, taken.reviews.len());
    }
    Ok(counts.map(|counts| (counts, taken)))
}

fn failed(source: &S3, account: &str) -> SourceError {
    match search(source, account) {
        Err(error) => error,
        Ok(found) => panic!("{found:?}"),
    }
}
