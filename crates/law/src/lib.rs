//! The law as data: packs of rules, the facts they rest on, and the engine that applies them.
//!
//! **Invariant.** Nothing is produced unless a rule in force permits it and no rule in force
//! forbids it; and whatever goes wrong — a rule that cannot be read, a rule that fails while it is
//! evaluated, a day for which the packs were not read — is an error, never a permission.
//!
//! Rules are [Cedar](https://www.cedarpolicy.com) policies in the folder `law/`, which a lawyer
//! reads and changes without a compiler. [`LawPacks`] reads and checks them all at once;
//! [`LawPacks::in_force`] takes the law of one day; [`Law::find`] applies it to one holding and
//! says what to do, on which provisions, and what the authority can do instead.
//!
//! Nothing here reads a clock: the day whose law is applied is always passed in.

mod clock;
mod condition;
mod confirmation;
mod error;
mod facts;
mod files;
mod law;
mod law_for;
#[cfg(test)]
mod made_demand;
mod narrow;
mod notice;
mod pack;
mod packs;
mod procedure;
mod question;
mod rule;
mod slice;
mod translation;
mod when;

pub use clock::{
    Calendar, Clock, ClockKind, ClockRule, ClockState, Clocks, Counting, Extension, Party, Pause,
    Reading, Remark, Unit, first_due, first_end, standing, with_finding,
};
pub use condition::{Condition, Conditions, Is, Stated, Word};
pub use confirmation::Confirmation;
pub use error::LawError;
pub use facts::{Channel, Group, Way};
pub use law::Law;
pub use law_for::{LawFor, LawForPart};
pub use narrow::narrow;
pub use notice::{
    MayTell, NextStep, Notice, NoticeRule, Notices, Situation, Teller, Told, WaitsFor,
};
pub use pack::{Pack, PackKind};
pub use packs::LawPacks;
pub use question::Question;
pub use rule::{Bound, FormWord, Route, Rule, Through};
pub use translation::Translation;
