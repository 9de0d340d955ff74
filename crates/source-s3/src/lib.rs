//! Objects in storage that speaks the protocol of Amazon S3, below a prefix for each account, with their versions.
//!
//! **Invariant.** Nothing in the bucket changes: requests are GET and HEAD, and no other can be written here. A search
//! tells every object and version below the account's prefix, or it fails: a listing is read to its end, twice, until
//! two agree; each key is compared with the prefix again; and of each object exactly the bytes are handed over that
//! were listed, by version and ETag. Keys are bytes, and never a path.
//!
//! Logs that lie in a bucket are fetched whole and read by the same code as logs in files.
//!
//! A signature and a client of its own and not one of the libraries: `rusty-s3` knows no versions and writes keys
//! through a type that resolves `..`, `object_store` lists no versions either, and what Amazon gives out is larger than
//! all of the agent.

mod account;
mod answer;
mod checksum;
mod client;
mod config;
mod dated;
mod fault;
mod key;
mod listing;
mod log;
mod object;
mod sign;
mod source;
#[cfg(test)]
mod tests;
mod xml;

pub use config::S3Config;
pub use log::open_log;
pub use source::open;
