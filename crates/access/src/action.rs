use std::fmt;

use serde::Serialize;

/// Something that a person can do at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Take a demand in as a new case, or add a file to a case.
    Intake,
    /// Describe the demand of a case.
    Describe,
    /// Record whether the demand is genuine and how that was found out.
    Authenticate,
    /// Record a call to the authority, on the number that the provider has of it.
    CallBack,
    /// Record whether the provider itself believes in a claimed danger.
    JudgeEmergency,
    /// Record the provider's own findings of law.
    StateFindings,
    /// Record an event that affects a deadline or the assessment.
    RecordMilestone,
    /// Ask agents, with somebody's signature, which accounts there are.
    Inquire,
    /// Apply the law to a case.
    Assess,
    /// Answer the parts of a demand.
    Decide,
    /// Sign a mandate, in one's own role.
    Sign,
    /// Give the signature that only counsel can give.
    SignAsCounsel,
    /// Add a signature that a person made elsewhere.
    AddSignature,
    /// Take out the text and the page that are to be signed.
    ExportToSign,
    /// Say who works on a case.
    Assign,
    /// Record that a letter was sent.
    SendLetter,
    /// Ask the authority something that its officers read at the door.
    Ask,
    /// Write a note into a case.
    Note,
    /// Write a note that only counsel may read.
    NotePrivileged,
    /// Record what a case costs in time and money, or take an entry of it back.
    RecordBurden,
    /// Recall a mandate that no agent has carried out, with somebody's signature.
    Recall,
    /// Take what counsel decided about what an agent withheld, and draft the mandate for it.
    Review,
    /// Hand a package over.
    Deliver,
    /// Record that one told a passphrase by telephone.
    TellPassphrase,
    /// Say what another case is to this one.
    Link,
    /// Join two arrivals of one demand into one case.
    Join,
    /// Take a second demand out of a case, into a case of its own.
    Split,
    /// Close a case.
    Close,
    /// Take a closed case up again.
    Reopen,
    /// Read the list of cases.
    ReadList,
    /// Read a case.
    ReadCase,
    /// Read a file as it was received.
    ReadOriginal,
    /// Read what only counsel may read.
    ReadPrivileged,
    /// Open one event of a case for somebody outside, with the proof that it is in the log.
    ProveEvent,
    /// Apply the law to a demand that is no case yet, over the provider's own accounts.
    Preview,
    /// Bring the log up to the events, release mandates, collect the agents' answers.
    Settle,
    /// Hold all that is kept against the log: what is wrong, by case and event, and nothing of what
    /// they say.
    VerifyRecord,
    /// Build the list of cases again from the events.
    RebuildReadModel,
    /// Give the log another key.
    ChangeLogKey,
    /// State that what entries of the log stand for is lost, and have the desk go on.
    StateLoss,
    /// Say when batches of the log are written, and how many entries each has.
    ScheduleLog,
    /// Make a copy of desk and log that another desk can be made of.
    BackUp,
    /// Add a region with its agent, add somebody who works here, or take somebody out.
    ChangeSetup,
    /// Make a report of the public figures, and have the log say so.
    PublishReport,
    /// Look whether everything is in order.
    Check,
    /// Read how the desk is set up: people and keys, agents, packs, settings; never a secret.
    ReadSetup,
    /// End a session of somebody who is signed in, or take an invitation back.
    EndSession,
    /// Agree that an account at the sign-in provider signs in whoever asked for it, signed in here, or refuse.
    BindSignIn,
    /// Read what is watched about how demands are handled.
    Audit,
    /// Order samples for a second examination, draw them, and state what came of it.
    AuditSample,
    /// Make an officer of an authority known at the door, give them a new link, or end their access.
    AdmitOfficer,
}

impl Action {
    /// All of them, in the order of the matrix.
    pub const ALL: [Self; 51] = [
        Self::Intake,
        Self::Describe,
        Self::Authenticate,
        Self::CallBack,
        Self::JudgeEmergency,
        Self::StateFindings,
        Self::RecordMilestone,
        Self::Inquire,
        Self::Assess,
        Self::Decide,
        Self::Sign,
        Self::SignAsCounsel,
        Self::AddSignature,
        Self::ExportToSign,
        Self::Assign,
        Self::SendLetter,
        Self::Ask,
        Self::Note,
        Self::NotePrivileged,
        Self::RecordBurden,
        Self::Recall,
        Self::Review,
        Self::Deliver,
        Self::TellPassphrase,
        Self::Link,
        Self::Join,
        Self::Split,
        Self::Close,
        Self::Reopen,
        Self::ReadList,
        Self::ReadCase,
        Self::ReadOriginal,
        Self::ReadPrivileged,
        Self::ProveEvent,
        Self::Preview,
        Self::Settle,
        Self::VerifyRecord,
        Self::RebuildReadModel,
        Self::ChangeLogKey,
        Self::StateLoss,
        Self::ScheduleLog,
        Self::BackUp,
        Self::ChangeSetup,
        Self::PublishReport,
        Self::Check,
        Self::ReadSetup,
        Self::EndSession,
        Self::BindSignIn,
        Self::Audit,
        Self::AuditSample,
        Self::AdmitOfficer,
    ];

    /// The spelling used in the policy.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Describe => "describe",
            Self::Authenticate => "authenticate",
            Self::CallBack => "call-back",
            Self::JudgeEmergency => "judge-emergency",
            Self::StateFindings => "state-findings",
            Self::RecordMilestone => "record-milestone",
            Self::Inquire => "inquire",
            Self::Assess => "assess",
            Self::Decide => "decide",
            Self::Sign => "sign",
            Self::SignAsCounsel => "sign-as-counsel",
            Self::AddSignature => "add-signature",
            Self::ExportToSign => "export-to-sign",
            Self::Assign => "assign",
            Self::SendLetter => "send-letter",
            Self::Ask => "ask",
            Self::Note => "note",
            Self::NotePrivileged => "note-privileged",
            Self::RecordBurden => "record-burden",
            Self::Recall => "recall",
            Self::Review => "review",
            Self::Deliver => "deliver",
            Self::TellPassphrase => "tell-passphrase",
            Self::Link => "link",
            Self::Join => "join",
            Self::Split => "split",
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::ReadList => "read-list",
            Self::ReadCase => "read-case",
            Self::ReadOriginal => "read-original",
            Self::ReadPrivileged => "read-privileged",
            Self::ProveEvent => "prove-event",
            Self::Preview => "preview",
            Self::Settle => "settle",
            Self::VerifyRecord => "verify-record",
            Self::RebuildReadModel => "rebuild-read-model",
            Self::ChangeLogKey => "change-log-key",
            Self::StateLoss => "state-loss",
            Self::ScheduleLog => "schedule-log",
            Self::BackUp => "back-up",
            Self::ChangeSetup => "change-setup",
            Self::PublishReport => "publish-report",
            Self::Check => "check",
            Self::ReadSetup => "read-setup",
            Self::EndSession => "end-session",
            Self::BindSignIn => "bind-sign-in",
            Self::Audit => "audit",
            Self::AuditSample => "audit-sample",
            Self::AdmitOfficer => "admit-officer",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
