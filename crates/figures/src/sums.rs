//! Sums over several providers, as logs and files hold them: the call, what each provider dealt, the set, and what
//! trustees say. The mathematics is that of `lagrum-cards`; how it is done is described in `docs/figures.md`.

mod call;
mod dealing;
mod set;
#[cfg(test)]
mod tests;
mod total;
mod trustee;
mod words;

pub use call::{Called, TrusteeKeys};
pub use dealing::{Dealt, dealing_of, dealing_text, may_be_dealt};
pub use set::{FixedSet, set_of};
pub use total::{Complaints, SumChecked, check_sum, complained_about};
pub use trustee::SumTrustee;
pub use words::{Agreement, Answered, Complained, Word, Words};
