//! Objects in storage that speaks the protocol of Amazon S3, below a prefix for each account, with their versions.
//!
//! **Invariant.** Nothing in the bucket changes: requests are GET and HEAD, for a
//! [`lagrum_objects::Client`] can ask no other. A search
//! tells every object and version below the account's prefix, or it fails: a listing is read to its end, twice, until
//! two agree; each key is compared with the prefix again; and of each object exactly the bytes are handed over that
//! were listed, by version and ETag. Keys are bytes, and never a path.
//!
//! Logs that lie in a bucket are fetched whole and read by the same code as logs in files.

mod account;
mod checksum;
mod config;
mod dated;
mod fault;
mod log;
mod object;
mod source;
#[cfg(test)]
mod tests;

pub use config::S3Config;
pub use log::open_log;
pub use source::open;
