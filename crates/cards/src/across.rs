//! One number over several providers, without anyone who sees a single provider's.
//!
//! Each provider deals its number, which its own report commits to, in shares to trustees (Pedersen 1991). Of
//! `threshold` trustees any can open the *sum*; fewer learn nothing. Every dealing can be checked by its
//! trustee, every complaint by everybody, and every trustee's answer by itself, so that what is false has a name.
//! What has to be said once and for ever, the call and the set of providers, lies in the log.

mod call;
mod dealing;
mod set;
mod total;
mod trustee;

pub use call::Call;
pub use dealing::Dealing;
pub use set::SumSet;
pub use total::open_sum;
pub use trustee::{Answer, Complaint, Trustee};

use crate::error::TextError;

/// With fewer, one number is too easily what the others leave of the sum.
const FEWEST_PROVIDERS: usize = 5;

/// What is refused between providers, trustees and readers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SumError {
    /// A text that is not what the protocol permits.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A dealing, complaint or answer that is not in its one encoding or has another length.
    #[error("not as many points and numbers in canonical form as this call needs")]
    Encoding,
    /// Nobody of this name was asked, or is in the set.
    #[error("{0} is not in the set of this sum")]
    Unknown(String),
    /// A share is not what the provider committed to.
    #[error("the share of {provider} for trustee {trustee} is false")]
    FalseShare {
        /// Who dealt it.
        provider: String,
        /// To whom, from 1.
        trustee: usize,
    },
    /// A complaint about a share that is what the provider committed to, or with a false proof.
    #[error("the complaint of trustee {trustee} about {provider} is false")]
    FalseComplaint {
        /// About whom.
        provider: String,
        /// By whom, from 1.
        trustee: usize,
    },
    /// A trustee's answer is not the sum of its shares.
    #[error("the answer of trustee {trustee} is false")]
    FalseAnswer {
        /// Whose it is, from 1.
        trustee: usize,
    },
    /// A second set for one number: whoever answered both would tell what lies between them.
    #[error(
        "this trustee has answered, or agreed to, another set for the same number and period; there is never a second"
    )]
    SecondSet,
    /// A set that has some providers in common with another of the period: the difference of the sums would tell of the rest.
    #[error(
        "this trustee agreed to a set of this period that has some of these providers, and not all: two such sums could be subtracted"
    )]
    Overlaps,
    /// Whoever acts is no trustee of the call.
    #[error("the call names no trustee with this key")]
    NoTrustee,
    /// Too few trustees answered.
    #[error("{found} trustees answered, and it needs {needed}")]
    TooFew {
        /// Who answered.
        found: usize,
        /// Who has to.
        needed: usize,
    },
    /// The answers fit together to something that is no number.
    #[error("the sum is no number below 2^53")]
    NoNumber,
}
