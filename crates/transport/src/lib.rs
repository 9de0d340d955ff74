//! The wire between the desk and the agents, as types: what travels ([`Offer`], [`AgentAnswer`]),
//! under which name ([`Stem`]), and the two ends ([`DeskEnd`], [`AgentEnd`]).
//!
//! **Invariant.** Each step can be done again, after it failed anywhere, and then gives the same
//! result; what one end sees of the other's is whole or not there. Neither end believes the other:
//! what an agent fetches is an [`UntrustedMandate`](lagrum_mandate::gate::UntrustedMandate), and no
//! answer leaves [`DeskEnd::answers`] that the agent of its region did not sign. One entry that
//! cannot be read stops no other.
//!
//! [`directory`] is the first transport: a directory that both can write. To add one, implement the
//! two traits and run what is in the module `testing` (a feature) over it.

pub mod directory;
mod ends;
mod error;
mod messages;
mod stem;

#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;

pub use ends::{AgentEnd, DeskEnd, Left};
pub use error::{FetchError, NotBelieved, TransportError};
pub use messages::{AgentAnswer, Answered, LONGEST_ANSWER, LONGEST_OFFER, Offer, UntrustedAnswer};
pub use stem::Stem;
