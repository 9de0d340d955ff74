//! The desk on the web: pages for the people who work at it, and for everybody.
//!
//! **Invariant.** A page is made from the desk's own questions and commands, in a session of the
//! person who asks; nothing here decides who may do what, or what the law says. There is one list of
//! routes ([`routes`]), which says of each who may come in; a route that is not in it is not there.
//! What comes in has a limit before it is read. What goes out is escaped, runs no script but the
//! desk's own file, and is kept by no cache.
//!
//! Everything works without a script, but for the passkey itself, which browsers offer to scripts
//! alone. Time and randomness are passed in. Synchronous work runs on a bounded number of threads.

mod entry;
mod error;
mod files;
mod form;
mod guard;
mod keep;
mod look;
mod origin;
mod pages;
mod paper;
mod passkey;
mod reply;
mod route;
mod serve;
mod suggest;
pub mod to_sign;
mod upload;
mod visit;
mod web;

pub use error::WebError;
pub use keep::Invitation;
pub use origin::{Origin, OriginError};
pub use route::routes;
pub use serve::serve;
pub use web::{Parts, Web};

#[cfg(test)]
mod tests;
