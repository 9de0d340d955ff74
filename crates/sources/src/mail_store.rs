use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lagrum_mandate::Order;
use lagrum_model::Category;

use crate::accounts::{Accounts, NO_SUCH_CATEGORY};
use crate::mail::Judge;
use crate::{About, Counts, Outcome, Sink, Source, SourceError, dates, eml, maildir, mbox};

/// A directory with a place for each account, where its mail lies in one of the forms.
pub(crate) struct MailStore {
    about: About,
    root: PathBuf,
    accounts: Accounts,
    search: Search,
}

/// Searches one account's place below the root.
type Search = fn(&str, &Path, &Path, Judge<'_>, &mut dyn Sink) -> Result<Counts, SourceError>;

impl MailStore {
    /// One Maildir for each account.
    pub(crate) fn maildir(id: &str, root: PathBuf, accounts: Accounts) -> Self {
        Self::new("maildir", id, root, accounts, maildir::search)
    }

    /// One mbox for each account.
    pub(crate) fn mbox(id: &str, root: PathBuf, accounts: Accounts) -> Self {
        Self::new("mbox", id, root, accounts, mbox::search)
    }

    /// One folder of `.eml` files for each account.
    pub(crate) fn eml_folder(id: &str, root: PathBuf, accounts: Accounts) -> Self {
        Self::new("eml-folder", id, root, accounts, eml::search)
    }

    fn new(
        kind: &'static str,
        id: &str,
        root: PathBuf,
        accounts: Accounts,
        search: Search,
    ) -> Self {
        let about = About {
            id: id.to_owned(),
            kind,
            categories: vec![Category::Content],
            date_rule: dates::RULE,
        };
        Self {
            about,
            root,
            accounts,
            search,
        }
    }
}

impl Source for MailStore {
    fn about(&self) -> &About {
        &self.about
    }

    fn search(
        &self,
        order: &Order<'_>,
        now: Timestamp,
        sink: &mut dyn Sink,
    ) -> Result<Outcome, SourceError> {
        if order.category() != Category::Content {
            return Ok(NO_SUCH_CATEGORY);
        }
        let place = match self.accounts.place(order.identifier()) {
            Ok(place) => place,
            Err(outcome) => return Ok(outcome),
        };
        let judge = Judge {
            period: &order.period(),
            now,
        };
        (self.search)(&self.about.id, &self.root, place, judge, sink).map(Outcome::Searched)
    }
}
