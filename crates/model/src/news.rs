//! What people at the desk are told of by mail or by a program of theirs.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Role;

/// Kinds of news. Of each no more goes out than its kind, the number of the case, and when it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewsKind {
    /// Somebody's life or safety may be at stake. Whoever is on call is told first.
    Emergency,
    /// A demand came in.
    NewCase,
    /// Something that the provider has to do by an instant is due soon.
    ClockRunsOut,
    /// A decision waits for counsel's signature.
    ForCounsel,
    /// An agent answered: a package, or whose account something is.
    AgentAnswered,
    /// An agent refused a mandate, or could not carry it out.
    AgentRefused,
    /// An authority sent or said something in a case that is there already.
    Letter,
    /// A letter that the desk was to send is not sent.
    NotSent,
    /// What was handed over in an emergency is to be confirmed by now, and is not.
    Confirmation,
}

impl NewsKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Emergency,
        Self::NewCase,
        Self::ClockRunsOut,
        Self::ForCounsel,
        Self::AgentAnswered,
        Self::AgentRefused,
        Self::Letter,
        Self::NotSent,
        Self::Confirmation,
    ];

    /// Its word, in settings, in what programs are told, and as texts are keyed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::NewCase => "new-case",
            Self::ClockRunsOut => "clock-runs-out",
            Self::ForCounsel => "for-counsel",
            Self::AgentAnswered => "agent-answered",
            Self::AgentRefused => "agent-refused",
            Self::Letter => "letter",
            Self::NotSent => "not-sent",
            Self::Confirmation => "confirmation",
        }
    }

    /// What somebody in this role is told of who said nothing else: what is theirs to do, and who works no
    /// case is told of none.
    #[must_use]
    pub fn usual(self, role: Role) -> bool {
        match role {
            Role::Analyst => self != Self::ForCounsel,
            Role::Counsel => matches!(
                self,
                Self::Emergency | Self::ForCounsel | Self::Confirmation
            ),
            Role::DataOperator | Role::Administrator | Role::Auditor => false,
        }
    }
}

impl fmt::Display for NewsKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
