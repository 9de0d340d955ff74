//! Programs that feed arbitrary bytes to whatever reads bytes from outside.
//!
//! Each [reader](READERS) takes one input and panics where a promise is broken. `dev/fuzz` searches for
//! inputs that break one; the test `limits` gives each reader its [seeds](seeds::of) and a list of
//! attacks, in a process that may take 128 MiB of memory and one second of processor time for each
//! megabyte that it reads. A finding is tried again with
//! `cargo run -p lagrum-fuzz -- NAME fuzz/artifacts/NAME/crash-…`.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "what is made here belongs to nobody"
)]

mod data_side;
mod pieces;
mod readers;
pub mod seeds;

/// Parquet files.
pub use readers::access_parquet as columns;
pub use readers::ldap::large as large_entry;

/// What reads one input.
pub type Reader = fn(&[u8]);

/// Every reader, by its name.
pub const READERS: &[(&str, Reader)] = &[
    ("access_journal", readers::access_forms::journal),
    ("access_log", readers::access_log::read),
    ("access_mail_server", readers::access_forms::mail_server),
    ("access_parquet", readers::access_parquet::read),
    ("access_syslog", readers::access_forms::syslog),
    ("access_table", readers::access_forms::table),
    ("access_web", readers::access_forms::web),
    ("cards", readers::cards::read),
    ("certificate", readers::certificate::openpgp),
    ("certificate_x509", readers::certificate::x509),
    ("demand", readers::demand::read),
    ("events", readers::events::read),
    ("jmap", readers::jmap::read),
    ("law_packs", readers::law_packs::read),
    ("ldap", readers::ldap::read),
    ("log_directory", readers::log_directory::read),
    ("log_made", readers::log_made::read),
    ("mail_date", readers::mail_date::read),
    ("maildir", readers::maildir::read),
    ("mandate", readers::mandate::read),
    ("mbox", readers::mbox::read),
    ("mbox_made", readers::mbox_made::read),
    ("message", readers::message::read),
    ("notes", readers::notes::read),
    ("package", readers::package::read),
    ("package_made", readers::package_made::read),
    ("packed", readers::packed::read),
    ("paper", readers::paper::read),
    ("passkey", readers::passkey::read),
    ("proofs", readers::proofs::read),
    ("records", readers::records::read),
    ("sealed", readers::sealed::read),
    ("settings", readers::settings::read),
    ("shown", readers::shown::read),
    ("subscribers", readers::subscribers::read),
    ("sums", readers::sums::read),
];

/// The reader of this name.
#[must_use]
pub fn reader(name: &str) -> Option<Reader> {
    let found = READERS.iter().find(|(one, _)| *one == name);
    found.map(|(_, reader)| *reader)
}
