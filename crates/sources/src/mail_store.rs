use std::path::{Path, PathBuf};

use lagrum_mandate::Orders;
use lagrum_model::Category;
use lagrum_source::place_fault;
use serde::Deserialize;

use crate::mail::Judge;
use crate::{
    About, Context, Counts, MailDate, Run, SearchResult, Sink, Source, SourceConfig, SourceError,
    beneath, eml, maildir, mbox,
};

/// Mail in files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// The directory that holds all accounts. It may be reached through a link; nothing below it
    /// may be one.
    pub root: PathBuf,
    /// Which date decides ([`MailDate`]). Absent: the `Date` header field.
    #[serde(default)]
    pub date: Option<String>,
}

/// A directory with a place for each account, where its mail lies in one of the forms.
struct MailStore {
    about: About,
    root: PathBuf,
    date: MailDate,
    search: Search,
}

/// Searches one account's place below the root, for one order.
type Search = fn(&str, &Path, &Path, Judge<'_>, &mut dyn Sink) -> Result<Counts, SourceError>;

/// A directory with one Maildir (Maildir++ folders included) for each account.
pub(crate) fn open_maildir(
    config: &SourceConfig,
    context: &Context<'_>,
) -> Result<Box<dyn Source>, SourceError> {
    let can = [MailDate::Header, MailDate::Received, MailDate::Delivered];
    open("maildir", maildir::search, &can, config, context)
}

/// A directory with one mbox for each account, plain, gzip or Zstandard.
pub(crate) fn open_mbox(
    config: &SourceConfig,
    context: &Context<'_>,
) -> Result<Box<dyn Source>, SourceError> {
    // The line `From ` before a message names no zone.
    open("mbox", mbox::search, &IN_THE_MESSAGE, config, context)
}

/// A directory with one folder of `.eml` files for each account.
pub(crate) fn open_eml_folder(
    config: &SourceConfig,
    context: &Context<'_>,
) -> Result<Box<dyn Source>, SourceError> {
    open("eml-folder", eml::search, &IN_THE_MESSAGE, config, context)
}

/// The dates that stand in a message.
const IN_THE_MESSAGE: [MailDate; 2] = [MailDate::Header, MailDate::Received];

fn open(
    kind: &'static str,
    search: Search,
    can: &[MailDate],
    config: &SourceConfig,
    context: &Context<'_>,
) -> Result<Box<dyn Source>, SourceError> {
    let MailConfig { id, root, date } = config.read()?;
    let date = MailDate::read(&id, kind, date.as_deref(), can)?;
    let root = context.base_directory.join(root);
    if !root.is_dir() {
        let why = format!("{} is not a directory; correct the path", root.display());
        return Err(SourceError::config(&id, "root", why));
    }
    Ok(Box::new(MailStore {
        about: About::of_mail(id, kind, date.rule()),
        root,
        date,
        search,
    }))
}

impl Source for MailStore {
    fn about(&self) -> &About {
        &self.about
    }

    fn root(&self) -> Option<&Path> {
        Some(&self.root)
    }

    fn probe(&self) -> Result<(), SourceError> {
        beneath::open_root(&self.root)
            .map(|_| ())
            .map_err(|error| SourceError::io(&self.about.id, "root", error))
    }

    fn search(
        &self,
        orders: &Orders<'_>,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        // Each account has a place of its own, so that nothing is read twice.
        let mut results = Vec::new();
        for (place_of_order, order) in orders.iter().enumerate() {
            if order.category() != Category::Content {
                results.push(SearchResult::NO_SUCH_CATEGORY);
                continue;
            }
            let place = match run.accounts.place(&self.about.id, order.identifier()) {
                Ok(place) => place,
                Err(why) => {
                    results.push(why.into());
                    continue;
                }
            };
            if let Some(why) = place_fault(place) {
                let why = format!("the place of `{}` {why}", order.identifier());
                return Err(SourceError::config(&self.about.id, "accounts", why));
            }
            let judge = Judge {
                order: place_of_order,
                period: &order.period(),
                date: self.date,
                stored: None,
                run,
            };
            let counts = (self.search)(&self.about.id, &self.root, place, judge, sink)?;
            results.push(SearchResult::Searched(counts));
        }
        Ok(results)
    }
}
