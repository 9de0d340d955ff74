//! The desk as a whole, over a real database, a real log and real files.
#![expect(
    clippy::disallowed_types,
    reason = "what is random here decides nothing that is tested"
)]

mod anew;
mod audit;
mod check;
mod door;
mod due;
mod law_cases;
mod letters;
mod many;
mod outlives;
mod passkeys;
mod roles;
pub(crate) mod world;
