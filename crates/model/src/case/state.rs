use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Lapse, Recorded, Role};
use crate::{Kept, LookedUp, Searched, Sha256Digest};

/// How far a case has come. Where a case has several mandates, the one that is furthest behind
/// decides.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
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
    /// Nothing more is handed over; what was still running lives on.
    DutiesRun,
    /// Nothing more will happen.
    Closed,
}

impl CaseState {
    /// All of them, in the order in which a case goes through them.
    pub const ALL: [Self; 14] = [
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
        Self::DutiesRun,
        Self::Closed,
    ];

    /// The word in files, policies and machine-readable output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Described => "described",
            Self::Authenticated => "authenticated",
            Self::NotAuthenticated => "not-authenticated",
            Self::Assessed => "assessed",
            Self::Decided => "decided",
            Self::PartlyApproved => "partly-approved",
            Self::Mandated => "mandated",
            Self::NotProduced => "not-produced",
            Self::Produced => "produced",
            Self::Delivered => "delivered",
            Self::Waiting => "waiting",
            Self::DutiesRun => "duties-run",
            Self::Closed => "closed",
        }
    }

    /// Reads the word of [`CaseState::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

impl fmt::Display for CaseState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_str().replace('-', " "))
    }
}

/// A person's signature under a mandate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Name of the key's holder.
    pub signer: String,
    /// In which role the person signed.
    pub role: Role,
    /// The signature line of the note (c2sp.org/signed-note).
    pub signature: String,
}

/// What an agent produced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Production {
    /// SHA-256 of the sealed package.
    pub package: Sha256Digest,
    /// Number of items in it.
    pub items: u64,
    /// Number of items withheld because their date could not be established.
    pub for_review: u64,
}

/// That a package is not kept here any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageRemoved {
    /// Who removed it, and when.
    pub recorded: Recorded,
    /// Whether it is certain that nothing is left where it was kept.
    pub certain: bool,
}

/// Where one mandate stands.
#[derive(Clone, Debug, PartialEq)]
pub struct MandateRecord {
    /// The exact text that is signed.
    pub text: String,
    /// The parts of the assessment that it carries out, counted from 0.
    pub parts: Vec<usize>,
    /// Who signed.
    pub approvals: Vec<Approval>,
    /// The number of the event that released it to the agents, once it is released.
    pub released_by_event: Option<u64>,
    /// What was produced.
    pub produced: Option<Production>,
    /// What of that is of each of its parts. Empty, where its agent said so of all together alone.
    pub searched: BTreeMap<usize, Searched>,
    /// Why the agent last did not produce.
    pub not_produced: Option<String>,
    /// What it was found out: whose account each of its identifiers is. Absent: it was to search, or
    /// nothing was found out yet.
    pub looked_up: Option<Vec<LookedUp>>,
    /// The copy that was frozen under it, as its agent said last. Absent: it was not to preserve, or
    /// nothing is frozen yet.
    pub preserved: Option<Kept>,
    /// That refusal, as the agent signed it.
    pub refusal: Option<String>,
    /// Whether somebody of the roster recalled it.
    pub recalled: bool,
    /// Whether the notified authority refused in part after it was drafted: what is left of the order, counsel
    /// finds, and drafts anew.
    pub partly_refused_since: bool,
    /// Why it cannot be carried out any more. One that was produced in spite of it, because the answer
    /// came late, is produced.
    pub lapsed: Option<Lapse>,
    /// The receipt of what was produced, or what was found out, as the agent signed it.
    pub receipt: Option<String>,
    /// To whom the package was handed over.
    pub delivered_to: Option<String>,
    /// When nothing of the package was kept here any more, and who removed it.
    pub removed: Option<PackageRemoved>,
}

impl MandateRecord {
    /// A mandate of this text for these parts, which nobody has signed yet.
    #[must_use]
    pub fn new(text: String, parts: Vec<usize>) -> Self {
        Self {
            text,
            parts,
            approvals: Vec::new(),
            released_by_event: None,
            produced: None,
            searched: BTreeMap::new(),
            not_produced: None,
            looked_up: None,
            preserved: None,
            refusal: None,
            recalled: false,
            partly_refused_since: false,
            lapsed: None,
            receipt: None,
            delivered_to: None,
            removed: None,
        }
    }

    /// What an agent found of one of its parts. Of several parts together nobody can say what is of one.
    #[must_use]
    pub fn found_of(&self, part: usize) -> Option<Searched> {
        if !self.parts.contains(&part) {
            return None;
        }
        let alone = self.searched.is_empty() && self.parts.len() == 1;
        let whole = self.produced.filter(|_| alone).map(|made| Searched {
            items: made.items,
            for_review: made.for_review,
            complete: true,
        });
        self.searched.get(&part).copied().or(whole)
    }

    /// Whether it was released to the agents.
    #[must_use]
    pub fn is_released(&self) -> bool {
        self.released_by_event.is_some()
    }

    /// Whether its agent carried it out.
    #[must_use]
    pub fn is_carried_out(&self) -> bool {
        self.produced.is_some() || self.looked_up.is_some() || self.preserved.is_some()
    }

    /// Whether a copy is kept under it, as far as its agent said.
    #[must_use]
    pub fn keeps(&self) -> bool {
        self.preserved.as_ref().is_some_and(Kept::is_kept)
    }

    /// Whether an agent may still answer it, or it can still be recalled: it is released, and neither
    /// carried out nor, if it preserves, at its end.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_released() && (!self.is_carried_out() || self.keeps())
    }

    /// Whether it lapsed and nothing came of it.
    #[must_use]
    pub fn is_lapsed(&self) -> bool {
        self.lapsed.is_some() && !self.is_carried_out()
    }

    /// Whether an agent has it and may still carry it out, or has answered what is not known here yet.
    #[must_use]
    pub fn is_out(&self) -> bool {
        self.is_released() && !self.is_carried_out() && self.lapsed.is_none()
    }

    /// Whether this person signed it.
    #[must_use]
    pub fn is_signed_by(&self, signer: &str) -> bool {
        self.approvals
            .iter()
            .any(|approval| approval.signer == signer)
    }
}
