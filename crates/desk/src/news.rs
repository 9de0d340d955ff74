use jiff::Timestamp;
use lagrum_model::{CaseId, Kept, Region};
use lagrum_store::Damaged;
use serde::Serialize;

/// What the sequencer did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// Number of entries that the log has now.
    pub entries: u64,
    /// Of which cases mandates went to their agents: each once for each mandate. Told is how many.
    #[serde(serialize_with = "how_many")]
    pub released: Vec<CaseId>,
    /// Of which cases mandates were taken back.
    #[serde(serialize_with = "how_many")]
    pub recalled: Vec<CaseId>,
    /// Whether the log's witnesses have seen its checkpoint, as far as the desk's policy asks for any. Until then nothing
    /// new goes to an agent.
    #[serde(skip)]
    pub witnessed: bool,
    /// With which batch of the log the events get their place that have none yet (UTC); absent if none waits, or the
    /// log is written at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_batch: Option<Timestamp>,
    /// What could not be done, and is tried again by the next run. It stopped nothing else.
    #[serde(skip)]
    pub news: Vec<News>,
}

impl Settled {
    /// Whether everything is in the public log that was recorded, as its witnesses have seen it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.witnessed && self.next_batch.is_none()
    }
}

fn how_many<S: serde::Serializer>(cases: &[CaseId], to: S) -> Result<S::Ok, S::Error> {
    cases.len().serialize(to)
}

/// What the desk learnt from the agents, and what it could not do for one case or one agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
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
    /// An agent found out whose account something is.
    LookedUp {
        /// In which case.
        case: CaseId,
        /// How many identifiers were looked up.
        asked: usize,
        /// How many of them are certainly one account.
        known: usize,
    },
    /// An agent told which accounts there are.
    AccountsTold {
        /// In which case.
        case: CaseId,
        /// Of how many it was asked.
        accounts: usize,
    },
    /// An agent keeps a copy, or has erased it.
    Preserved {
        /// In which case.
        case: CaseId,
        /// How it stands.
        kept: Kept,
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
    /// The agent of a region cannot be reached: nothing can be left for it or taken back, or none of
    /// its answers can be fetched.
    NotReached {
        /// Where it runs.
        region: Region,
        /// Why.
        why: String,
    },
    /// What lay with the agent of a region was lost, or its exchange is a new one: what it has not
    /// answered was left for it again.
    OfferedAnew {
        /// Where it runs.
        region: Region,
        /// How many mandates.
        mandates: usize,
    },
    /// An answer is there, and it or its package could not be fetched, kept or acknowledged.
    NotFetched {
        /// In which case.
        case: CaseId,
        /// Why.
        why: String,
    },
    /// A case is not what was recorded: something of it was changed from outside. Nothing is done
    /// in it until that is mended.
    Damaged {
        /// Which case.
        case: CaseId,
        /// What is wrong with it.
        why: String,
    },
}

impl News {
    /// The case that it is about; nothing where it is about a region.
    pub(crate) fn case(&self) -> Option<&CaseId> {
        match self {
            Self::Produced { case, .. }
            | Self::LookedUp { case, .. }
            | Self::AccountsTold { case, .. }
            | Self::Preserved { case, .. }
            | Self::NotProduced { case, .. }
            | Self::NotBelieved { case, .. }
            | Self::NotFetched { case, .. }
            | Self::Damaged { case, .. } => Some(case),
            Self::NotReached { .. } | Self::OfferedAnew { .. } => None,
        }
    }
}

impl From<Damaged> for News {
    fn from(Damaged { case, why }: Damaged) -> Self {
        Self::Damaged { case, why }
    }
}
