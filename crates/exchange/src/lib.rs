//! The exchange between a desk and its agents, where they are on different machines: a small server in front of the
//! directories of the regions ([`Exchange`]), and the agent's end of it over HTTPS ([`HttpsAgent`]).
//!
//! **Invariant.** A request is acted upon only if an agent of the region that it names signed exactly that request, for
//! this server, in this run of it, within two minutes, and never before. Whoever else asks gets one and the same answer.
//! Nothing of a region is reached with the key of another. The server opens no database and holds no key but that of its
//! certificate; what it passes on, neither end believes. A package lies in its place only when all its bytes are there
//! and hash to what was announced.

mod act;
mod admit;
mod agent;
mod changes;
mod enrol;
mod request;
mod serve;
mod settings;
mod stopped;
mod upload;
mod used;
mod way;

#[cfg(test)]
mod tests;

pub use agent::{AgentParts, HttpsAgent};
pub use changes::look;
pub use enrol::{INVITED_FOR, Invitation, NotInvited, NotLetIn, invite, make_places};
pub use serve::{Exchange, pages};
pub use settings::{ExchangeSettings, RegionSettings};
pub use stopped::when_stopped;
