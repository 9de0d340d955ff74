use lagrum_durable::FileError;
use lagrum_model::Region;

use crate::Stem;

/// What can go wrong on the wire itself. The same step again, once the cause is removed, gives what
/// it would have given.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// The directory between the two could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The other end of the wire is elsewhere, and does not answer, or not as it should.
    #[error("the exchange: {0}")]
    Elsewhere(String),
    /// No agent is configured for this region.
    #[error("no agent is named for the region {0}; name it in the desk's configuration")]
    UnknownRegion(Region),
    /// The agent has left no such thing.
    #[error("the agent has left no {what} for {stem}")]
    NotThere {
        /// "package".
        what: &'static str,
        /// Under which name.
        stem: Stem,
    },
    /// A sealed package was lost, or damaged, before the desk had it.
    #[error(
        "the sealed package {0} is gone or damaged; its mandate is spent; have it recalled and, when this agent has answered that, drafted anew"
    )]
    PackageLost(Stem),
}

/// Why a mandate cannot be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// It was recalled since it was seen.
    #[error("{0} was recalled")]
    Recalled(Stem),
    /// What lies there cannot be a mandate: it is too long, not a plain file, or has no proof.
    #[error("the mandate cannot be read: {0}")]
    Unreadable(String),
    /// The wire failed.
    #[error(transparent)]
    Transport(#[from] TransportError),
}

/// Why something that claims to be an agent's answer is not believed. It changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{stem}: {why}")]
pub struct NotBelieved {
    /// Under which name it was found.
    pub stem: Stem,
    /// What is wrong with it.
    pub why: String,
}
