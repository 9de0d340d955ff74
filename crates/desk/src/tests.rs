//! The desk as a whole, over a real database, a real log and real files.
#![expect(
    clippy::disallowed_types,
    reason = "what is random here decides nothing that is tested"
)]

mod agent;
mod anew;
mod audit;
mod batches;
mod challenge;
mod check;
mod door;
mod due;
mod groups;
mod inquired;
mod joined;
mod law_cases;
mod letters;
mod looks;
mod many;
mod news;
mod outgoing;
mod outlives;
mod passkeys;
mod roles;
mod watched;
pub(crate) mod world;
