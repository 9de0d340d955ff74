//! What is watched about a case: facts for the auditor and for whoever keeps the desk in order. What depends
//! on the time lies there with the instant from which it counts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::CaseId;

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident = $word:literal),+ $(,)?) => {
        /// What kind of thing is watched.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum WatchKind {
            $($(#[$doc])+ $name,)+
        }

        impl WatchKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its word, as texts are keyed and the database keeps it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

kinds! {
    /// Something that the provider had to do by an instant, and that was not done by then. About: the
    /// clock's rule.
    Late = "late",
    /// The same, in the last part of its time. About: the clock's rule.
    NearlyLate = "nearly-late",
    /// A demand says that somebody's life or safety is at stake, and is not answered.
    Emergency = "emergency",
    /// The same, and nobody at the desk has done anything about it.
    EmergencyUnseen = "emergency-unseen",
    /// Data was handed over in an emergency, and no authority confirmed it afterwards.
    EmergencyUnconfirmed = "emergency-unconfirmed",
    /// Data was handed over in an emergency, and counsel did not look at it afterwards.
    EmergencyUnreviewed = "emergency-unreviewed",
    /// A demand was called genuine before anybody of the authority confirmed it on the provider's number.
    NoCallBack = "no-call-back",
    /// The authority was called. About: on which number.
    Called = "called",
    /// A demand was called genuine although its sender was not as the provider knows it. About: what
    /// differed, as words.
    DespiteWarnings = "despite-warnings",
    /// People decided otherwise than the law proposed. About: part, the law's answer and theirs.
    Differs = "differs",
    /// A signature was there within seconds after its text was. About: whose, and after how many seconds.
    SignedAtOnce = "signed-at-once",
    /// A mandate was released. About: the people who signed it, in the order of their names.
    Signed = "signed",
    /// A mandate was released whose package is sealed with a passphrase. About: who tells it, and on which number.
    ByPassphrase = "by-passphrase",
    /// Accounts were asked about at an agent. About: who signed the question, how many it names, and the region.
    Inquired = "inquired",
    /// An agent refused a mandate, or could not carry it out. About: the region.
    AgentRefused = "agent-refused",
    /// The account holder had to be told, and was not. About: the rule.
    NoticeOverdue = "notice-overdue",
    /// An order of secrecy has no end. About: the rule.
    SecrecyWithoutEnd = "secrecy-without-end",
    /// Nobody decided about what an agent withheld. About: how many.
    Unreviewed = "unreviewed",
    /// A released mandate runs out, and no agent has carried it out. About: the region.
    MandateRunsOut = "mandate-runs-out",
    /// A letter that the desk was to send by itself is not sent. About: its kind.
    LetterNotSent = "letter-not-sent",
    /// Nobody described the demand.
    Undescribed = "undescribed",
    /// A part of the demand is challenged, and the case is not over. About: the parts, counted from 1.
    Challenged = "challenged",
}

impl WatchKind {
    /// The kind with this word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }
}

/// One thing that is watched about a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Watched {
    /// In which case.
    pub case: CaseId,
    /// What it is.
    pub kind: WatchKind,
    /// About what, in a word or two; what they are the kind says. Names no account.
    pub about: String,
    /// From when on it counts (UTC): before, it is nothing yet.
    #[schemars(with = "crate::schema::Instant")]
    pub since: Timestamp,
    /// When it was over (UTC). Absent: it is not.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub settled: Option<Timestamp>,
}
