//! The protocol by which a mandate is released, carried out and recalled, as a model that is checked
//! for every state that it can reach. Nothing depends on this crate; its tests are its use.
//!
//! **Who takes part.** Two people of the roster (one of them with two keys), a stranger with a key of
//! their own, the desk, the log with its witnesses, the exchange, the agent of one region and a second
//! state directory for the same key, the operator, the clock. The desk is malicious throughout: it has
//! the log's key and signs any history, offers any mandate at any time with every signature that it
//! has, in any order and again, logs what nobody signed, withholds and takes away recalls, and says that
//! it has packages that it does not have. People sign whatever it shows. Agents are killed between any
//! two steps; state directories are lost, copied and restored; clocks go back. Whoever is where the data lies may ask
//! for the passphrase of a package, with any key.
//!
//! **Steps.** [`Action`] and [`AgentStep`] name the functions of the code, and those functions name
//! the step ("In the release model"); a test holds the two together. What must never happen is
//! [`Wrong`]; what stops it is [`Mend`], and a test takes each mend out and sees the attack.
//! [`Mend::NOT_BUILT`] lists what the checker asked for and the code does not do yet: nothing today.
//!
//! **What is assumed.** Signatures and hashes are not forged. The witnesses cosign one growing history,
//! and the public sees it. A state directory is not replaced under a running agent. A region's agent
//! has one key: a second key with a record of its own is a second agent, and would carry out again. Who
//! restores the mark together with the record, and who begins a record again, look at the clock and say
//! `begin --again`; two tests show what happens to those who do not. One step of the clock is the
//! tolerance between two clocks. Mirrors of the log and the age of cosignatures are left out: both
//! only refuse more.

mod agent;
mod mends;
mod state;
mod steps;
mod words;
mod world;

pub use mends::{Mend, Mends, Wrong};
pub use state::{Dir, Instant, Key, Left, Recall, State, Terms, Text};
pub use steps::AgentStep;
pub use world::{Action, Scope, World};
