//! Count cards: figures that a stranger can check, sealed demands included. The protocol is
//! `docs/count-cards.md`; this crate is it, and nothing else of Lagrum is known here.
//!
//! **Invariant.** Only [`verify()`] makes a [`Verified`] report, and it takes the cards from the
//! files that lie at the log's slots ([`Cards`]), computes every generator and challenge itself,
//! and refuses what is not written in the one way that the protocol permits. From a [`Verified`]
//! report it follows that each card with a demand is counted in exactly one class, and that every
//! number and band in it is what its sum over the classes says.
//!
//! What is secret passes only through operations whose time does not depend on it, except the
//! provider's own bookkeeping of who is in which class. There is no random source in here.

mod across;
mod batch;
mod card;
mod chain;
mod error;
mod files;
mod group;
mod lookup;
mod numbers;
mod opening;
mod prove;
mod report;
mod sample;
mod shape;
mod statement;
mod sum;
mod text;
mod totals;
mod verify;

#[cfg(test)]
mod tests;

pub use across::{Answer, Call, Complaint, Dealing, SumError, SumSet, Trustee, open_sum};
pub use card::Card;
pub use error::{CardError, ProveError, Refused, TextError};
pub use files::{Cards, write_card_file};
pub use numbers::{Number, Numbers};
pub use opening::Opening;
pub use prove::{Classified, Made, Wanted, prove};
pub use report::Report;
pub use sample::{auditor_commitment, cases_to_open, order_of_the_sample};
pub use statement::{Band, Correction, LogView, Statement};
pub use sum::{Measure, Sum, Term};
pub use totals::Totals;
pub use verify::{Counted, NotCounted, Verified, verify};
