//! Connectors: one module for each kind of store, behind [`lagrum_source::Source`].
//!
//! **Invariant.** A search writes nothing to the store, and follows no symbolic link below the root
//! that the operator named. Stored bytes are handed over untouched and as a stream: memory does not
//! grow with the size of the messages, and of a Maildir only the names of its files are held. Each
//! store is read once for all orders of a mandate that it serves. No time zone of the machine takes
//! part in any decision.

mod access_log;
mod beneath;
mod compressed;
mod content;
pub mod dates;
mod eml;
mod handed;
mod header;
pub mod import;
mod likeness;
mod magic;
mod mail;
mod mail_date;
mod mail_store;
mod maildir;
pub mod mbox;
mod message;
mod one_file;
mod subscribers;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

#[cfg(feature = "testing")]
pub use access_log::rows_testing;
pub use access_log::{
    AccessLogConfig, LogKind, OpenedRows, RowForm, RowGroup, RowsAsked, RowsFault, Skipped,
    TimeFormat, YearRule, open_rows,
};
pub use handed::{Handed, each_order};
pub use header::HeaderTooLong;
pub use likeness::{AllNames, Named};
pub use mail_date::MailDate;
pub use mail_store::MailConfig;
pub use subscribers::SubscribersConfig;

use lagrum_source::{
    About, Context, Counts, Form, Item, LiesIn, RECORD_JSON_LIMIT, RECORD_LIMIT, Record, Registry,
    Review, Run, SearchResult, Seen, Sink, Source, SourceConfig, SourceError, Wanted, Withheld,
};

/// The kinds of source of this crate.
#[must_use]
pub fn registry() -> Registry {
    let registry = Registry::default()
        .with("maildir", mail_store::open_maildir)
        .with("mbox", mail_store::open_mbox)
        .with("eml-folder", mail_store::open_eml_folder)
        .with("subscribers-sqlite", subscribers::open);
    let kinds = LogKind::ALL.iter();
    kinds.fold(registry, |registry, (kind, _)| {
        registry.with(kind, access_log::open)
    })
}
