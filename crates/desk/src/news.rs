use lagrum_model::CaseId;
use serde::Serialize;

/// What the sequencer did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// Number of entries that the log has now.
    pub entries: u64,
    /// Mandates that went to their agents.
    pub released: usize,
    /// Mandates that were taken back.
    pub recalled: usize,
}

/// What the desk learnt from an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "news", rename_all = "kebab-case")]
pub enum News {
    /// A package was produced.
    Produced {
        /// In which case.
        case: CaseId,
        /// Messages and rows inside.
        produced: u64,
        /// Messages and rows withheld for counsel.
        for_review: u64,
    },
    /// An agent refused or failed.
    NotProduced {
        /// In which case.
        case: CaseId,
        /// Why.
        why: String,
    },
    /// Something that claims to be an agent's answer and is not, or a package that is not the one
    /// that its receipt names. It changed nothing.
    NotBelieved {
        /// In which case.
        case: CaseId,
        /// Why.
        why: String,
    },
}
