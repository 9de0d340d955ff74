//! Public figures: what demands are counted as, what of it is published, and the report that everybody can check.
//!
//! **Invariant.** A report says nothing but what its publication plan names, as the plan says; [`check()`] reads the cards
//! from the log alone, and accepts only a report that the log holds, whose classes are those of its code book and whose
//! every figure follows from the cards. What a case is counted as follows from its events ([`CaseFacts`]).
//!
//! The protocol is that of `docs/count-cards.md`; the texts are described in `docs/figures.md`.

mod asker;
mod case_facts;
mod check;
mod code_book;
mod error;
mod facts;
mod files;
mod make;
mod outcome;
mod period;
mod plan;
mod sample;
mod sums;
mod tells;
#[cfg(test)]
mod tests;
mod texts;

pub use asker::Asker;
pub use case_facts::{Asked, CaseFacts, ChallengeFacts, EmergencyFacts, Notice, Parts, Secrecy};
pub use check::{Checked, check, said};
pub use code_book::{Class, CodeBook, is_sealed};
pub use error::FiguresError;
pub use facts::Facts;
pub use files::{MOST_VIEWS, ReportFiles, cards_of, logged, logged_of, planned, planned_of};
pub use make::{About, Counted, MadeReport, in_words, make};
pub use outcome::Outcome;
pub use period::Period;
pub use plan::{Cell, Figure, Of, Plan};
pub use sample::{OpenedCard, Sampled, cards_to_open, check_sample};
pub use sums::{
    Agreement, Answered, Called, Complained, Complaints, Dealt, FixedSet, SumChecked, SumTrustee,
    TrusteeKeys, Word, Words, check_sum, complained_about, dealing_of, dealing_text, may_be_dealt,
    set_of,
};
pub use tells::{
    Bands, CouldTell, Counts, Example, TellsTooMuch, Told, View, Who, could_tell, in_lines, tells,
};
pub use texts::{auditor, auditor_of};
