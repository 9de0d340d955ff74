use super::Role;
use crate::Sha256Digest;

/// How far a case has come. Where a case has several mandates, the one that is furthest behind
/// decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseState {
    /// Bytes are here; nobody could describe the demand yet.
    Received,
    /// The demand is described; nobody has said whether it is genuine.
    Described,
    /// A person verified that it comes from the authority.
    Authenticated,
    /// A person could not verify it.
    NotAuthenticated,
    /// The law has been applied to each part.
    Assessed,
    /// Each part has its answer.
    Decided,
    /// At least one of two people signed a mandate.
    PartlyApproved,
    /// Every mandate bears two signatures and is in the log.
    Mandated,
    /// An agent could not carry a mandate out.
    NotProduced,
    /// Every mandate was carried out.
    Produced,
    /// Every production was handed over.
    Delivered,
    /// What could be answered is answered; other parts wait.
    Waiting,
    /// Nothing more will happen.
    Closed,
}

impl CaseState {
    /// All of them, in order.
    pub const ALL: [Self; 13] = [
        Self::Received,
        Self::Described,
        Self::Authenticated,
        Self::NotAuthenticated,
        Self::Assessed,
        Self::Decided,
        Self::PartlyApproved,
        Self::Mandated,
        Self::NotProduced,
        Self::Produced,
        Self::Delivered,
        Self::Waiting,
        Self::Closed,
    ];

    /// The state in words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received, not described",
            Self::Described => "described",
            Self::Authenticated => "authenticated",
            Self::NotAuthenticated => "not authenticated",
            Self::Assessed => "assessed",
            Self::Decided => "decided",
            Self::PartlyApproved => "partly approved",
            Self::Mandated => "mandated",
            Self::NotProduced => "not produced",
            Self::Produced => "produced",
            Self::Delivered => "delivered",
            Self::Waiting => "partly answered, the rest waits",
            Self::Closed => "closed",
        }
    }
}

/// Where one mandate stands.
#[derive(Clone, Debug, PartialEq)]
pub struct MandateState {
    /// The exact text that is signed.
    pub text: String,
    /// The parts that it carries out.
    pub parts: Vec<usize>,
    /// Who signed, in which role, with which signature line.
    pub approvals: Vec<(String, Role, String)>,
    /// Whether it was released to the agents.
    pub released: bool,
    /// The number of the event that released it.
    pub released_by_event: Option<u64>,
    /// The sealed package (SHA-256), its number of items, and of items withheld for review.
    pub produced: Option<(Sha256Digest, u64, u64)>,
    /// Why the agent last did not produce.
    pub not_produced: Option<String>,
    /// To whom the package was handed over.
    pub delivered_to: Option<String>,
}
