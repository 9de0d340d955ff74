//! What goes out by itself: letters by mail, and news to people and to programs of theirs.
//!
//! **Invariant.** What is to go out lies in the desk's store, sealed, from the transaction that caused it (a
//! letter) or from one that follows from what is recorded and puts it there once (news), until it went out or is
//! given up. One process at a time has an entry in hand. It goes out at least once, each time under the same
//! name, so that its receiver can tell doubles. How it is carried, the [`Carrier`] knows: here is neither SMTP
//! nor HTTP. What is left of an entry that went out is what the case records; so nothing here costs more with
//! the years.

mod letters;
mod news;
mod on_call;
mod queue;
mod rules;

use jiff::Timestamp;
use lagrum_model::{CaseId, Language, NewsKind};

pub use letters::ByItself;
pub use on_call::{OnCall, Watch};
pub use queue::Ran;
pub(crate) use queue::by_way;
pub use rules::{MailRules, Receiver, Rules};

/// What is carried, with all that may be known outside.
#[derive(Clone, Copy, Debug)]
pub enum Parcel<'p> {
    /// A mail.
    Mail {
        /// Its name, the same at every try: 32 hexadecimal digits.
        id: &'p str,
        /// To which address.
        to: &'p str,
        /// What it says.
        says: Says<'p>,
    },
    /// A message to a program.
    Hook {
        /// Its name, the same at every try: 32 hexadecimal digits.
        id: &'p str,
        /// To which receiver, by its name in the settings.
        receiver: &'p str,
        /// What is told.
        news: News<'p>,
    },
}

/// News: nothing of the demand but the number of its case.
#[derive(Clone, Copy, Debug)]
pub struct News<'p> {
    /// Which kind.
    pub kind: NewsKind,
    /// In which case.
    pub case: &'p CaseId,
    /// When it was (UTC).
    pub at: Timestamp,
}

/// What a mail says.
#[derive(Clone, Copy, Debug)]
pub enum Says<'p> {
    /// News for somebody of the desk.
    News(News<'p>),
    /// That a letter lies behind an officer's sign-in, and where.
    AtDoor {
        /// The address of the demand at the door.
        link: &'p str,
        /// In which language.
        language: Language,
    },
    /// A letter word for word, where the settings allow it for its kind.
    Letter {
        /// Its text.
        text: &'p str,
        /// In which language.
        language: Language,
    },
}

/// That it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// What the server answered: a reply code of SMTP, or a status of HTTP.
    pub code: u16,
    /// Under which name a mail went.
    pub message_id: String,
}

/// That it was not taken. No text of a server stands in it: what a server says may name people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct NotCarried {
    /// Why, in one sentence.
    pub why: String,
    /// Whether it may be taken another time.
    pub later: bool,
}

/// Carries what goes out. The roof gives it.
pub trait Carrier {
    /// Carries one thing. May take minutes, and ends in any case.
    ///
    /// # Errors
    /// When it was not taken, or nobody can say whether it was.
    fn carry(&self, parcel: &Parcel<'_>) -> Result<Carried, NotCarried>;
}
