use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Action;

/// What a token of the interface for programs is for. A token does what its scopes name, as far as the
/// person to whom it belongs may do it, and nothing else.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub enum Scope {
    /// Read the list of cases, cases and their originals.
    #[serde(rename = "cases:read")]
    CasesRead,
    /// Work cases: describe, call back, assess, decide, write, close.
    #[serde(rename = "cases:write")]
    CasesWrite,
    /// Take demands in, and add files to cases.
    #[serde(rename = "intake")]
    Intake,
    /// Fetch what is to be signed, and bring signatures that were made elsewhere.
    #[serde(rename = "sign")]
    Sign,
    /// What only counsel states: beliefs, findings, the signature of counsel.
    #[serde(rename = "counsel")]
    Counsel,
    /// Read and write notes that only counsel reads.
    #[serde(rename = "privileged")]
    Privileged,
    /// Read what the auditor watches.
    #[serde(rename = "audit:read")]
    AuditRead,
    /// Read whether everything is in order, and how the desk is set up.
    #[serde(rename = "setup:read")]
    SetupRead,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::CasesRead,
        Self::CasesWrite,
        Self::Intake,
        Self::Sign,
        Self::Counsel,
        Self::Privileged,
        Self::AuditRead,
        Self::SetupRead,
    ];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CasesRead => "cases:read",
            Self::CasesWrite => "cases:write",
            Self::Intake => "intake",
            Self::Sign => "sign",
            Self::Counsel => "counsel",
            Self::Privileged => "privileged",
            Self::AuditRead => "audit:read",
            Self::SetupRead => "setup:read",
        }
    }

    /// The scope with this word.
    ///
    /// # Errors
    /// A sentence with all words.
    pub fn parse(text: &str) -> Result<Self, String> {
        lagrum_model::by_word(text, &Self::ALL, Self::as_str, "is no scope")
    }

    /// The scope that an action needs. None: no token does it.
    #[must_use]
    pub fn of(action: Action) -> Option<Self> {
        Some(match action {
            Action::ReadList
            | Action::ReadCase
            | Action::ReadOriginal
            | Action::ProveEvent
            | Action::Preview => Self::CasesRead,
            Action::Describe
            | Action::Authenticate
            | Action::CallBack
            | Action::RecordMilestone
            | Action::Inquire
            | Action::Assess
            | Action::Decide
            | Action::Assign
            | Action::SendLetter
            | Action::Ask
            | Action::Note
            | Action::RecordBurden
            | Action::Recall
            | Action::Review
            | Action::Deliver
            | Action::TellPassphrase
            | Action::Link
            | Action::Join
            | Action::Split
            | Action::Close
            | Action::Reopen => Self::CasesWrite,
            Action::Intake => Self::Intake,
            Action::Sign | Action::AddSignature | Action::ExportToSign => Self::Sign,
            Action::JudgeEmergency | Action::StateFindings | Action::SignAsCounsel => Self::Counsel,
            Action::NotePrivileged | Action::ReadPrivileged => Self::Privileged,
            Action::Audit => Self::AuditRead,
            Action::Check | Action::ReadSetup => Self::SetupRead,
            Action::Settle
            | Action::VerifyRecord
            | Action::RebuildReadModel
            | Action::EndSession
            | Action::BindSignIn
            | Action::AuditSample
            | Action::ChangeLogKey
            | Action::StateLoss
            | Action::ScheduleLog
            | Action::BackUp
            | Action::ChangeSetup
            | Action::PublishReport
            | Action::AdmitOfficer => return None,
        })
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
