//! The kind `s3`: what it says of itself, and how an account is searched.

use std::io::Read as _;
use std::sync::Arc;

use lagrum_mandate::Orders;
use lagrum_model::{Category, EmailAddress, Period, SubCategory};
use lagrum_objects::{Bucket, Client, Content, Entry, Fault, listing, shown};
use lagrum_source::{
    About, Context, Counts, Form, Item, LiesIn, Need, Review, Run, SearchResult, Sink, Source,
    SourceConfig, SourceError, Withheld,
};
use lagrum_sources::each_order;

use crate::account::Prefixes;
use crate::config::{Etag, S3Config, bucket};
use crate::dated::{Judged, ObjectDate};
use crate::fault::{at, ended};
use crate::object;

/// What errors call the storage itself.
pub(crate) const STORAGE: &str = "the storage";
/// The longest object that is fetched, in bytes.
pub(crate) const LONGEST_OBJECT: u64 = 64 << 30;
/// So many bytes are fetched for one order at most.
const MOST_BYTES: u64 = 2 << 40;

/// Objects of accounts in one bucket.
pub(crate) struct S3 {
    pub(crate) about: About,
    pub(crate) bucket: Arc<Bucket>,
    etag: Etag,
    prefixes: Prefixes,
    date: ObjectDate,
}

/// Objects in S3-compatible storage: the kind `s3`.
///
/// # Errors
/// [`SourceError::Config`], naming the field.
pub fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Box<dyn Source>, SourceError> {
    Ok(Box::new(S3::open(config, context)?))
}

/// One order, and what became of it.
struct Pass<'a> {
    place: usize,
    period: &'a Period,
    run: Run<'a>,
    sink: &'a mut dyn Sink,
    counts: Counts,
    /// Bytes that were asked for.
    fetched: u64,
}

impl S3 {
    pub(crate) fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Self, SourceError> {
        let written: S3Config = config.read()?;
        let bucket = bucket(&written.id, &written.written(), context)?;
        let (prefixes, date) = written.accounts()?;
        let etag = written.etag;
        let about = About {
            id: written.id,
            kind: "s3",
            categories: vec![Category::Content],
            date_rule: date.rule(),
            lies_in: LiesIn {
                things: vec![SubCategory::Storage],
                ..LiesIn::default()
            },
        };
        Ok(Self {
            about,
            bucket,
            etag,
            prefixes,
            date,
        })
    }

    fn id(&self) -> &str {
        &self.about.id
    }

    fn client(&self) -> Result<Client, SourceError> {
        Client::new(&self.bucket).map_err(|fault| at(fault, self.id(), STORAGE))
    }

    /// Searches one account for one order.
    pub(crate) fn search_account(
        &self,
        account: &EmailAddress,
        place: usize,
        period: &Period,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Option<Counts>, SourceError> {
        let prefix = self.prefixes.of(account);
        let prefix = prefix.map_err(|why| SourceError::config(self.id(), "prefix", why))?;
        let Some(prefix) = prefix else {
            return Ok(None);
        };
        let mut client = self.client()?;
        let date = &self.date;
        let keep = |entry: &Entry| match (&entry.content, date) {
            (None, _) => false,
            (Some(_), ObjectDate::Metadata(..)) => true,
            (Some(_), ObjectDate::Modified) => {
                date.judge(Some(&entry.modified), period, run.now) != Judged::Outside
            }
        };
        let go_on = || run.go_on(self.id()).map_err(ended);
        let listed = listing::settled(&mut client, &prefix, &go_on, &keep);
        let listed = listed.map_err(|fault| at(fault, self.id(), "the account's objects"))?;
        if listed.contents == 0 && listed.removed == 0 {
            return Ok(None);
        }
        let counts = Counts {
            examined: listed.contents,
            removed: listed.removed,
            ..Counts::default()
        };
        let mut pass = Pass {
            place,
            period,
            run,
            sink,
            counts,
            fetched: 0,
        };
        for entry in &listed.kept {
            let Some(content) = &entry.content else {
                continue;
            };
            run.go_on(self.id())?;
            let locator = entry.locator();
            self.take(&mut client, &mut pass, entry, content, &locator)
                .map_err(|fault| at(fault, self.id(), &locator))?;
        }
        Ok(Some(pass.counts))
    }

    /// One object: looked at, fetched, and handed over if it belongs to the order.
    fn take(
        &self,
        client: &mut Client,
        pass: &mut Pass<'_>,
        entry: &Entry,
        content: &Content,
        locator: &str,
    ) -> Result<(), Fault> {
        let run = pass.run;
        let go_on = || run.go_on(self.id()).map_err(ended);
        let raw = match &self.date {
            ObjectDate::Modified => Some(entry.modified.clone()),
            ObjectDate::Metadata(name, _) => client.patiently(&go_on, &mut |client| {
                object::metadata(client, entry, content, name)
            })?,
        };
        let raw = raw.as_deref();
        let judged = self.date.judge(raw, pass.period, run.now);
        if judged == Judged::Outside {
            return Ok(());
        }
        let raw_date: Option<String> = raw.map(|raw| raw.chars().take(200).collect());
        let review = |why| Review {
            raw_date: raw_date.as_deref(),
            ..Review::of(self.id(), locator, why)
        };
        if content.size > LONGEST_OBJECT {
            let why = "the object is longer than 64 GiB; it was not read";
            pass.sink
                .for_review(pass.place, &review(why), None)
                .map_err(|e| ended(SourceError::from(e)))?;
            pass.counts.unread();
            return Ok(());
        }
        pass.fetched = pass.fetched.saturating_add(content.size);
        if pass.fetched > MOST_BYTES {
            return Err(Fault::Nonsense(
                "more than 2 TiB of one account in the period",
            ));
        }
        let scratch = |error| SourceError::io(self.id(), "the agent's scratch directory", error);
        let file = run.scratch.file().map_err(|e| ended(scratch(e)))?;
        let fetched = client.patiently(&go_on, &mut |client| {
            object::fetch(client, entry, content, self.etag, &file, &scratch, &go_on)
        })?;
        // Written from the beginning on, the file is read from there.
        let mut bytes = (&file).take(content.size);
        let name = shown(&entry.key);
        let form = Form::Object {
            name: &name,
            media_type: fetched.media_type.as_deref(),
        };
        match judged {
            Judged::Inside(dated, dated_at_latest) => {
                let item = Item {
                    source: self.id(),
                    locator,
                    form,
                    dated,
                    dated_at_latest,
                    dated_as_stored: raw_date.as_deref(),
                    length: content.size,
                };
                pass.sink
                    .item(pass.place, &item, &mut bytes)
                    .map_err(|e| ended(SourceError::from(e)))?;
                pass.counts.selected += 1;
                pass.counts.bytes += content.size;
            }
            Judged::Unclear(why) => {
                let withheld = Withheld {
                    form,
                    length: content.size,
                    content: &mut bytes,
                };
                pass.sink
                    .for_review(pass.place, &review(why), Some(withheld))
                    .map_err(|e| ended(SourceError::from(e)))?;
                pass.counts.for_review += 1;
            }
            Judged::Outside => {}
        }
        Ok(())
    }
}

impl Source for S3 {
    fn about(&self) -> &About {
        &self.about
    }

    fn needs(&self) -> Vec<Need> {
        vec![Need::Port(self.bucket.port)]
    }

    fn probe(&self) -> Result<(), SourceError> {
        let mut client = self.client()?;
        let asked = listing::none(&mut client);
        asked.map_err(|fault| at(fault, self.id(), STORAGE))
    }

    fn search(
        &self,
        orders: &Orders<'_>,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        each_order(self.id(), orders, run, |account, place, period| {
            self.search_account(account, place, period, run, sink)
        })
    }
}
