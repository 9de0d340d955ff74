use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Burden, CallBack, CountCard, Duty, Lapse, Letter, Link, Original, Ruling, SealedNote,
    SenderWarning, Taken,
};
use crate::{
    AccountTold, Assessment, CountryCode, Demand, Disposition, Form, Kept, LookedUp, Moment, Part,
    PartSearched, Region, Sha256Digest,
};

/// The number of a case at this provider, for example `2026-0007`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseId {
    year: i16,
    number: u32,
}

impl CaseId {
    /// The `number`th case of `year`.
    #[must_use]
    pub fn new(year: i16, number: u32) -> Self {
        Self { year, number }
    }

    /// The year in which it was opened.
    #[must_use]
    pub fn year(&self) -> i16 {
        self.year
    }

    /// Its number within the year.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Reads `YEAR-NUMBER`.
    ///
    /// # Errors
    /// A sentence that shows the form.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.split_once('-')
            .filter(|(year, number)| year.len() == 4 && number.len() >= 4)
            .and_then(|(year, number)| Some(Self::new(year.parse().ok()?, number.parse().ok()?)))
            .filter(|id| id.to_string() == text)
            .ok_or_else(|| format!("case `{}`: write it like 2026-0007", text.escape_debug()))
    }
}

impl schemars::JsonSchema for CaseId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CaseId".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{4,}$",
            "examples": ["2026-0007"]
        })
    }
}
impl TryFrom<String> for CaseId {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}
impl From<CaseId> for String {
    fn from(id: CaseId) -> Self {
        id.to_string()
    }
}
impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:04}", self.year, self.number))
    }
}

/// In which role a person acts for the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Takes demands in and works them.
    Analyst,
    /// A lawyer, often of an outside firm, who must agree.
    Counsel,
    /// Runs an agent.
    DataOperator,
    /// Looks after the desk's programs and disks; works no case and reads none.
    Administrator,
    /// Reads everything but what is counsel's, and changes nothing.
    Auditor,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Analyst,
        Self::Counsel,
        Self::DataOperator,
        Self::Administrator,
        Self::Auditor,
    ];

    /// The spelling used in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Analyst => "analyst",
            Self::Counsel => "counsel",
            Self::DataOperator => "data-operator",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }

    /// The role with this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// Whether somebody in this role can sign mandates. Nobody carries out what they signed
    /// themselves, so a data operator does not.
    #[must_use]
    pub fn signs_mandates(self) -> bool {
        matches!(self, Self::Analyst | Self::Counsel)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_str().replace('-', " "))
    }
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Actor {
    /// A person at the provider, or its counsel.
    Person {
        /// The person's id at the provider: two people may have one name.
        id: String,
        /// Name.
        name: String,
        /// In which role.
        role: Role,
    },
    /// An agent on the data side.
    Agent {
        /// Where it runs.
        region: Region,
    },
    /// An officer of an authority, at the door for authorities: nobody at the provider.
    Officer {
        /// The officer's id at the door.
        id: String,
        /// Name.
        name: String,
        /// The authority, by its name in the provider's list.
        authority: String,
        /// For which country it acts.
        country: CountryCode,
    },
    /// The mailbox to which authorities write: what lies in it was taken in by nobody.
    Mailbox {
        /// Its address.
        address: String,
    },
    /// The desk's own way out: what went out, or could not, was told by nobody.
    Outgoing {
        /// The address from which it writes.
        address: String,
    },
}

impl Actor {
    /// The person's id at the provider or at its door, the agent's region, or the address of a mailbox.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Person { id, .. } | Self::Officer { id, .. } => id,
            Self::Agent { region } => region.as_str(),
            Self::Mailbox { address } | Self::Outgoing { address } => address,
        }
    }

    /// Whether it is counsel.
    #[must_use]
    pub fn is_counsel(&self) -> bool {
        matches!(
            self,
            Self::Person {
                role: Role::Counsel,
                ..
            }
        )
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person { name, role, .. } => write!(f, "{name} ({role})"),
            Self::Agent { region } => write!(f, "agent {region}"),
            Self::Officer {
                name, authority, ..
            } => write!(f, "{name} ({authority})"),
            Self::Mailbox { address } => write!(f, "mailbox {address}"),
            Self::Outgoing { address } => write!(f, "outgoing mail of {address}"),
        }
    }
}

/// The answer for one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Which part of the assessment, counted from 0.
    pub part: usize,
    /// What is done.
    pub disposition: Disposition,
    /// Why.
    pub reason: String,
    /// With which form it is told to the authority, where the person who answered named its ground: Annex III
    /// to Regulation (EU) 2023/1543.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
}

impl Answer {
    /// With which form it is told: on the ground that a person named, else on that of the law.
    #[must_use]
    pub fn told_with(&self, part: &Part) -> Option<Form> {
        self.form.or(part.finding.form)
    }

    /// Whether less leaves than its part asks for.
    #[must_use]
    pub fn is_in_part(&self, part: &Part) -> bool {
        self.disposition == Disposition::Produce && part.finding.reaches_less()
    }
}

/// The version of the form in which events are kept.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
pub enum EventFormat {
    /// The first and only version.
    #[default]
    #[serde(rename = "lagrum-event/1")]
    V1,
}

/// One thing that happened in a case. Never changed, never removed: the log commits to its exact
/// text, so that text must stay readable for ever.
///
/// **How the form grows.** A kind of event, or a field, that this version does not know is refused:
/// nothing that was recorded is silently ignored. A later version of the program that has more to
/// say of a known kind writes it under `more`, and nowhere else, and only what may be left out
/// without anything being permitted that otherwise would not be. A reader keeps what it does not
/// know there, and goes on. Everything else takes a new [`EventFormat`]; the old ones stay readable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The version of this form.
    pub format: EventFormat,
    /// In which case.
    pub case: CaseId,
    /// Sequence number of the event within its case, starting at 1.
    pub number: u64,
    /// When (UTC).
    #[schemars(with = "crate::schema::Instant")]
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// Why.
    pub reason: String,
    /// What happened.
    pub what: EventKind,
    /// What later versions of the program add.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub more: BTreeMap<String, serde_json::Value>,
}

/// What happened. The fields are those of the command of the same name in [`crate::Command`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "event", rename_all = "kebab-case", deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "documented once, at the commands of the same names"
)]
pub enum EventKind {
    Received {
        original: Original,
    },
    Attached {
        original: Original,
    },
    Unreadable {
        why: String,
    },
    Described {
        demand: Box<Demand>,
    },
    Authenticated {
        verified: bool,
        how: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        warnings: Vec<SenderWarning>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        despite: Option<String>,
    },
    CalledBack {
        call: CallBack,
    },
    EmergencyJudged {
        believed: bool,
    },
    MilestoneRecorded {
        what: Moment,
        #[schemars(with = "crate::schema::Instant")]
        when: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ruling: Option<Ruling>,
    },
    Assessed {
        assessment: Box<Assessment>,
    },
    Decided {
        answers: Vec<Answer>,
    },
    MandateDrafted {
        mandate: Sha256Digest,
        text: String,
        parts: Vec<usize>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answers: Option<String>,
    },
    Approved {
        mandate: Sha256Digest,
        signer: String,
        role: Role,
        signature: String,
    },
    Mandated {
        mandate: Sha256Digest,
    },
    Produced {
        mandate: Sha256Digest,
        package: Sha256Digest,
        items: u64,
        for_review: u64,
        /// What of that is of each part that the mandate carries out.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        searched: Vec<PartSearched>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<String>,
    },
    LookedUp {
        mandate: Sha256Digest,
        found: Vec<LookedUp>,
        answer: String,
    },
    NotProduced {
        mandate: Sha256Digest,
        why: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<String>,
    },
    MandateRecalled {
        mandate: Sha256Digest,
        note: String,
    },
    MandateLapsed {
        mandate: Sha256Digest,
        because: Lapse,
    },
    Delivered {
        package: Sha256Digest,
        to: String,
    },
    Assigned {
        to: Option<String>,
    },
    HandedToGroup {
        group: String,
    },
    Noted {
        text: String,
        /// In notes of earlier versions: now such a note is sealed.
        privileged: bool,
    },
    LetterSent {
        letter: Box<Letter>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        taken: Option<Taken>,
    },
    LetterWaits {
        letter: Box<Letter>,
    },
    LetterNotSent {
        waits: u64,
        why: String,
    },
    Linked {
        to: CaseId,
        how: Link,
    },
    CardGiven {
        card: CountCard,
    },
    Closed {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        duties: Vec<Duty>,
    },
    // With braces: without them, an unknown field beside it would be read over.
    Reopened {},
    Asked {
        text: String,
    },
    Fetched {
        package: Sha256Digest,
    },
    ReceiptConfirmed {
        package: Sha256Digest,
    },
    Missed {
        text: String,
    },
    /// Of the package of which mandate; the passphrase itself is nowhere at the desk.
    PassphraseTold {
        mandate: Sha256Digest,
    },
    BurdenRecorded {
        burden: Burden,
    },
    BurdenTakenBack {
        entry: u64,
    },
    NoteSealed {
        sealed: Box<SealedNote>,
    },
    /// How the copy stands that an agent froze under the mandate: it is kept, or it is erased.
    Preserved {
        mandate: Sha256Digest,
        kept: Kept,
        answer: String,
    },
    /// An agent was asked which accounts there are.
    Inquired {
        inquiry: Sha256Digest,
        region: Region,
        note: String,
    },
    InquiryAnswered {
        inquiry: Sha256Digest,
        accounts: Vec<AccountTold>,
        answer: String,
    },
    InquiryRefused {
        inquiry: Sha256Digest,
        why: String,
        answer: String,
    },
    /// An officer saw it at the door: the first time on a day (UTC).
    Viewed {},
    /// The sealed package was removed; its receipt, and all that was recorded of it, stay. `certain`: whether it is
    /// known that nothing of it is left where it was kept.
    PackageRemoved {
        package: Sha256Digest,
        certain: bool,
    },
}

impl Event {
    /// Takes the text out of a privileged note. Says whether it was one.
    pub fn withhold_privileged(&mut self) -> bool {
        match &mut self.what {
            EventKind::Noted {
                text,
                privileged: true,
            } => text.clear(),
            EventKind::NoteSealed { sealed } => sealed.age.clear(),
            _ => return false,
        }
        true
    }
}

impl EventKind {
    /// What happened, in one word or two.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Received { .. } => "received",
            Self::Attached { .. } => "file attached",
            Self::Unreadable { .. } => "not readable",
            Self::Described { .. } => "described",
            Self::Authenticated { verified: true, .. } => "authenticated",
            Self::Authenticated {
                verified: false, ..
            } => "not authenticated",
            Self::CalledBack { .. } => "called back",
            Self::EmergencyJudged { .. } => "emergency judged",
            Self::MilestoneRecorded { what, .. } => what.as_str(),
            Self::Assessed { .. } => "assessed",
            Self::Decided { .. } => "decided",
            Self::MandateDrafted { .. } => "mandate drafted",
            Self::Approved { .. } => "approved",
            Self::Mandated { .. } => "mandated",
            Self::Produced { .. } => "produced",
            Self::LookedUp { .. } => "looked up",
            Self::NotProduced { .. } => "not produced",
            Self::MandateRecalled { .. } => "mandate recalled",
            Self::MandateLapsed { .. } => "mandate lapsed",
            Self::Delivered { .. } => "delivered",
            Self::Assigned { .. } => "assigned",
            Self::HandedToGroup { .. } => "handed to group",
            Self::Noted { .. } => "note",
            Self::LetterSent { .. } => "letter sent",
            Self::LetterWaits { .. } => "letter waits",
            Self::LetterNotSent { .. } => "letter not sent",
            Self::Linked { .. } => "linked",
            Self::CardGiven { .. } => "card given",
            Self::Closed { duties } if duties.is_empty() => "closed",
            Self::Closed { .. } => "closed while duties run",
            Self::Reopened {} => "reopened",
            Self::Asked { .. } => "asked",
            Self::Fetched { .. } => "fetched",
            Self::ReceiptConfirmed { .. } => "receipt confirmed",
            Self::Missed { .. } => "something missing",
            Self::PassphraseTold { .. } => "passphrase told",
            Self::BurdenRecorded { .. } => "time and cost",
            Self::BurdenTakenBack { .. } => "time and cost taken back",
            Self::NoteSealed { .. } => "sealed note",
            Self::Preserved { kept, .. } if kept.is_kept() => "preserved",
            Self::Preserved { .. } => "preservation ended",
            Self::Inquired { .. } => "accounts asked about",
            Self::InquiryAnswered { .. } => "accounts told",
            Self::InquiryRefused { .. } => "accounts not told",
            Self::Viewed {} => "viewed",
            Self::PackageRemoved { .. } => "package removed",
        }
    }
}
