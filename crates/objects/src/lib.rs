//! One bucket of storage that speaks the protocol of Amazon S3: requests signed, answers read, listings to their end.
//!
//! **Invariant.** A [`Client`] can ask GET and HEAD alone: so whoever holds nothing else changes nothing in the bucket. What
//! changes it is asked by a [`Writer`], which nobody makes out of a client. Keys are bytes, and never a path; a listing
//! is read to its end, and what is read of an object is what was listed, by ETag and length, or an error.
//!
//! A signature and a client of its own and not one of the libraries: `rusty-s3` knows no versions and writes keys
//! through a type that resolves `..`, `object_store` lists and removes no versions and completes no upload under a
//! condition, and what Amazon gives out is larger than all of the agent.

mod answer;
mod bucket;
mod client;
mod fault;
mod key;
pub mod listing;
mod reading;
mod sign;
mod writer;
mod xml;

pub use answer::{Content, Entry};
pub use bucket::{Bucket, Style, Written, Wrong};
pub use client::{Answer, Ask, Client, Verb};
pub use fault::Fault;
pub use key::shown;
pub use reading::Reading;
pub use writer::{Completed, Upload, Writer};
