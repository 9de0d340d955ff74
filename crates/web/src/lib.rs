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

pub mod api;
pub mod bindings;
mod door;
mod entry;
mod error;
mod files;
mod form;
mod guard;
mod keep;
pub mod letters;
mod look;
mod openid;
mod origin;
mod pages;
mod paper;
mod passkey;
mod reading;
mod reply;
mod route;
mod serve;
mod settings;
mod suggest;
pub mod to_sign;
mod upload;
mod visit;
mod web;
mod wire;

pub use door::routes as door_routes;
pub use error::WebError;
pub use keep::Invitation;
pub use origin::{Origin, OriginError};
pub use route::routes;
pub use serve::serve;
pub use web::{Parts, ReviewBy, TellBy, Web};

/// What reads bytes of strangers, for those who try to break it (feature `testing`).
#[cfg(feature = "testing")]
pub mod testing {
    /// Reads a form, and gives its number of fields.
    #[must_use]
    pub fn form(bytes: &[u8]) -> Option<usize> {
        crate::form::Form::parse(bytes).map(|form| form.fields().len())
    }

    /// Reads a paper, and gives the length of its text and how much it suggests.
    #[must_use]
    pub fn paper(name: &str, bytes: &[u8]) -> Option<(usize, usize)> {
        let text = crate::paper::text_of(name, bytes)?.text;
        let found = crate::suggest::found(&text, &[]);
        assert!(found.iter().all(|one| text.get(one.at.clone()).is_some()));
        Some((text.len(), found.len()))
    }

    /// Whether a text is an address of ours to go on to.
    #[must_use]
    pub fn own_path(text: &str) -> bool {
        crate::guard::own_path(text).is_some()
    }
}

#[cfg(test)]
mod tests;
