//! Whether everything is in order, as facts: one line for each thing that was looked at. The words stand in
//! `lagrum-documents`.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::{CaseId, Region, Sha256Digest};

/// How a thing stands. What is not known is never counted as in order.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Somebody has to do something now.
    NotInOrder,
    /// Somebody has to do something soon, or should know.
    Soon,
    /// It was looked at, and is as it should be.
    InOrder,
    /// Nobody can tell from here.
    NotKnown,
}

impl Standing {
    /// All of them, in the order in which people read them.
    pub const ALL: [Self; 4] = [Self::NotInOrder, Self::Soon, Self::InOrder, Self::NotKnown];

    /// Its word, as texts are keyed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotInOrder => "not-in-order",
            Self::Soon => "soon",
            Self::InOrder => "in-order",
            Self::NotKnown => "not-known",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Line {
    /// How it stands.
    pub standing: Standing,
    /// What it is.
    #[serde(flatten)]
    pub matter: Matter,
}

/// Where somebody goes who wants to see more, or mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goes {
    /// The agents.
    Agents,
    /// The accounts and where their data lies.
    Accounts,
    /// One case.
    Case(CaseId),
    /// The people and their keys.
    People,
    /// The list of authorities.
    Authorities,
    /// The law packs.
    Law,
    /// The settings.
    Settings,
}

/// What was looked at, and what was found. Instants are in UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(tag = "matter", rename_all = "kebab-case")]
#[expect(
    missing_docs,
    reason = "each field is what its name says, of what its variant says"
)]
pub enum Matter {
    /// An agent told that it was at work.
    AgentAtWork {
        region: Region,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
        version: String,
    },
    /// An agent carries out a mandate.
    AgentBusy {
        region: Region,
        #[schemars(with = "crate::schema::Instant")]
        since: Timestamp,
        /// What it does, as a word: `reading`, `searching`, `sealing`, or `other`.
        step: String,
        /// Which source it searches, from 1; 0 for none.
        source: u32,
        /// How many it has; 0 where `source` is.
        sources: u32,
    },
    /// An agent carried out a mandate and has told nothing since, though it tells something every few minutes.
    AgentBrokeOff {
        region: Region,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// An agent has told nothing for longer than the setting says.
    AgentSilent {
        region: Region,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
        /// How many mandates waited for it then; absent where that tells of cases that are not there for
        /// whoever reads it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        waiting: Option<u64>,
    },
    /// An agent has never told anything.
    AgentNeverSeen { region: Region },
    /// What an agent tells cannot be fetched.
    AgentUnreachable { region: Region, why: String },
    /// An agent's clock is ahead of the desk's.
    AgentClock {
        region: Region,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// An agent refused mandates in its last run: how many, and for what kinds of reasons.
    AgentRefused {
        region: Region,
        count: u64,
        codes: Vec<String>,
    },
    /// Things that an agent withheld wait for counsel.
    WaitsForCounsel { region: Region, count: u64 },
    /// Cards that an agent was promised did not come into the public log.
    CardsMissing { region: Region, count: u64 },
    /// An agent applies the same law as the desk.
    SameLaw { region: Region, law: Sha256Digest },
    /// An agent applies other law packs than the desk.
    OtherLaw {
        region: Region,
        there: Sha256Digest,
        here: Sha256Digest,
    },
    /// Which law packs an agent applies, it has not told.
    LawNotKnown { region: Region },
    /// An agent believes the same people as the desk.
    SameRoster { region: Region },
    /// An agent believes other people, or other keys, than the desk.
    OtherRoster { region: Region },
    /// An agent runs another version of the program than the desk.
    OtherVersion {
        region: Region,
        there: String,
        here: String,
    },
    /// An agent would carry out what nobody signed on a machine of their own.
    OwnMachineOff { region: Region },
    /// Each account that is listed by hand for a region is found there.
    AccountsAgree { region: Region, count: u64 },
    /// An account is listed for a region, and no source there finds it, or its facts are missing.
    AccountWithoutSource { region: Region, account: String },
    /// The accounts of a region cannot be used as they are written down there.
    AccountsFault { region: Region, why: String },
    /// The accounts of a region cannot be compared from here.
    AccountsNotCompared { region: Region },
    /// A table of accounts was indexed, and is not compared with the agents row by row.
    AccountsOfTable,
    /// The list of accounts cannot be used.
    DirectoryFault { why: String },
    /// A released mandate that no agent has carried out runs out.
    MandateRunsOut {
        case: CaseId,
        region: String,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// The same, and it has run out.
    MandateRanOut {
        case: CaseId,
        region: String,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// No released mandate is about to run out.
    MandatesGood,
    /// Demands that nobody described for longer than the shortest clock.
    Undescribed { count: u64 },
    /// Nobody's key lies on a machine of their own.
    NoOwnMachine,
    /// People can sign: so many analysts and counsel have keys.
    Signers { analysts: u64, counsel: u64 },
    /// Somebody whose role signs has no key on the roster.
    NoKey { name: String },
    /// Somebody works cases by their role, and for no group of the desk: no case is there for them.
    NoGroup { name: String },
    /// There is one person on the roster who is counsel, with one key: if it is lost nobody can sign.
    OneKeyOfCounsel { name: String },
    /// There is one person on the roster who is counsel, with several keys.
    OneCounsel { name: String },
    /// Nobody is an auditor.
    NoAuditor,
    /// Invitations with which somebody could sign in still work.
    InvitationsOpen { count: u64 },
    /// No invitation works any more.
    NoInvitations,
    /// The sign-in provider answers, with so many keys.
    SignInThere { issuer: String, keys: u64 },
    /// It cannot be used just now.
    SignInSilent { issuer: String, why: String },
    /// An authority's contact details were last checked on that day, which is too long ago.
    AuthorityOverdue {
        name: String,
        #[schemars(with = "crate::schema::Day")]
        checked: Date,
    },
    /// When these authorities' contact details were checked was not written down.
    AuthorityNotDated { count: u64, first: String },
    /// So many authorities' contact details were checked in time.
    AuthoritiesChecked { count: u64 },
    /// No authority is listed.
    NoAuthorities,
    /// All that is recorded is in the public log.
    LogPublished { entries: u64 },
    /// Events wait for their place in the public log since then.
    LogBehind {
        events: u64,
        #[schemars(with = "crate::schema::Instant")]
        since: Timestamp,
    },
    /// Events get their place in the public log with the next batch.
    LogWaits {
        events: u64,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// So much of the log's batches of the last week stands for events, in percent: too much.
    LogFull { percent: u64 },
    /// So many batches were written before their tick, because a mandate would have waited too long.
    LogAhead { batches: u64 },
    /// Nothing was recorded yet.
    LogEmpty,
    /// The public log cannot be read, or is not what the desk published.
    LogFault { why: String },
    /// Nobody told the desk which witnesses the log has.
    NoWitnesses,
    /// Enough witnesses saw the published checkpoint, the last of those needed at that instant.
    Witnessed {
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// They saw it too long ago.
    WitnessesOld {
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// Not enough of them saw it.
    WitnessesMissing { why: String },
    /// Nothing waits to be sent or taken back.
    OutboxEmpty,
    /// Things wait to be sent or taken back since then.
    OutboxWaits {
        count: u64,
        #[schemars(with = "crate::schema::Instant")]
        since: Timestamp,
    },
    /// The mailbox to which authorities write was read to its end.
    MailboxRead {
        address: String,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// Nobody reads it any more.
    MailboxNotRead {
        address: String,
        #[schemars(with = "Option<crate::schema::Instant>")]
        at: Option<Timestamp>,
    },
    /// It cannot be read since then.
    MailboxFailing {
        address: String,
        #[schemars(with = "crate::schema::Instant")]
        since: Timestamp,
        why: String,
    },
    /// So many messages in it are too long to be taken in.
    MailNotTaken { address: String, count: u64 },
    /// Nothing waits to go out by itself.
    OutgoingEmpty,
    /// Things wait to go out by a way: mail, or a program.
    OutgoingWaits {
        way: String,
        count: u64,
        #[schemars(with = "crate::schema::Instant")]
        since: Timestamp,
        why: Option<String>,
    },
    /// News that should have gone out was given up.
    OutgoingGivenUp {
        way: String,
        count: u64,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
        why: String,
    },
    /// A letter is not sent.
    LetterNotSent {
        case: CaseId,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// An emergency came in, and nobody has done anything about it.
    EmergencyUnseen {
        case: CaseId,
        #[schemars(with = "crate::schema::Instant")]
        since: Timestamp,
    },
    /// Nobody is on call from then on.
    NobodyOnCall {
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// Somebody is on call whom nobody can reach: not in the list of people, or without an address.
    OnCallUnreachable { person: String },
    /// There is room on the disk, in mebibytes.
    DiskFree { free: u64 },
    /// There is little room on the disk, in mebibytes.
    DiskLow { free: u64 },
    /// How much room there is cannot be found out.
    DiskNotKnown,
    /// The bucket for sealed packages takes them, and keeps them from others.
    PackagesKept { place: String },
    /// It cannot be used as it is.
    PackagesFault { place: String, why: String },
    /// Something of it cannot be known from here.
    PackagesNotKnown { place: String, why: String },
    /// The last backup was made then.
    BackupMade {
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// The last backup is too old.
    BackupOld {
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// Nobody told the desk how to see when a backup was made.
    BackupNotKnown,
    /// The certificate under which browsers reach the desk is good until then: so many whole days.
    CertificateGood {
        origin: String,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
        days: u64,
    },
    /// It is about to run out.
    CertificateRunsOut {
        origin: String,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
        days: u64,
    },
    /// It has run out.
    CertificateRanOut {
        origin: String,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// Nobody serves the desk there with a certificate of its own since then.
    CertificateNotSeen {
        origin: String,
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// Settings and keys can be changed by their owner alone.
    FilesGuarded { count: u64 },
    /// A settings file or key cannot be used as it lies there.
    FileFault { file: String, why: String },
    /// Every user of the machine can enter a directory in which mandates lie.
    MandatesOpen { directory: String },
    /// The law packs cannot be used.
    LawFault { why: String },
}

impl Matter {
    /// Its word, as texts are keyed.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::AgentAtWork { .. } => "agent-at-work",
            Self::AgentBusy { .. } => "agent-busy",
            Self::AgentBrokeOff { .. } => "agent-broke-off",
            Self::AgentSilent { .. } => "agent-silent",
            Self::AgentNeverSeen { .. } => "agent-never-seen",
            Self::AgentUnreachable { .. } => "agent-unreachable",
            Self::AgentClock { .. } => "agent-clock",
            Self::AgentRefused { .. } => "agent-refused",
            Self::WaitsForCounsel { .. } => "waits-for-counsel",
            Self::CardsMissing { .. } => "cards-missing",
            Self::SameLaw { .. } => "same-law",
            Self::OtherLaw { .. } => "other-law",
            Self::LawNotKnown { .. } => "law-not-known",
            Self::SameRoster { .. } => "same-roster",
            Self::OtherRoster { .. } => "other-roster",
            Self::OtherVersion { .. } => "other-version",
            Self::OwnMachineOff { .. } => "own-machine-off",
            Self::AccountsAgree { .. } => "accounts-agree",
            Self::AccountWithoutSource { .. } => "account-without-source",
            Self::AccountsFault { .. } => "accounts-fault",
            Self::AccountsNotCompared { .. } => "accounts-not-compared",
            Self::AccountsOfTable => "accounts-of-table",
            Self::DirectoryFault { .. } => "directory-fault",
            Self::MandateRunsOut { .. } => "mandate-runs-out",
            Self::MandateRanOut { .. } => "mandate-ran-out",
            Self::MandatesGood => "mandates-good",
            Self::Undescribed { .. } => "undescribed",
            Self::NoOwnMachine => "no-own-machine",
            Self::Signers { .. } => "signers",
            Self::NoKey { .. } => "no-key",
            Self::NoGroup { .. } => "no-group",
            Self::OneKeyOfCounsel { .. } => "one-key-of-counsel",
            Self::OneCounsel { .. } => "one-counsel",
            Self::NoAuditor => "no-auditor",
            Self::InvitationsOpen { .. } => "invitations-open",
            Self::NoInvitations => "no-invitations",
            Self::SignInThere { .. } => "sign-in-there",
            Self::SignInSilent { .. } => "sign-in-silent",
            Self::AuthorityOverdue { .. } => "authority-overdue",
            Self::AuthorityNotDated { .. } => "authority-not-dated",
            Self::AuthoritiesChecked { .. } => "authorities-checked",
            Self::NoAuthorities => "no-authorities",
            Self::LogPublished { .. } => "log-published",
            Self::LogBehind { .. } => "log-behind",
            Self::LogWaits { .. } => "log-waits",
            Self::LogFull { .. } => "log-full",
            Self::LogAhead { .. } => "log-ahead",
            Self::LogEmpty => "log-empty",
            Self::LogFault { .. } => "log-fault",
            Self::NoWitnesses => "no-witnesses",
            Self::Witnessed { .. } => "witnessed",
            Self::WitnessesOld { .. } => "witnesses-old",
            Self::WitnessesMissing { .. } => "witnesses-missing",
            Self::OutboxEmpty => "outbox-empty",
            Self::OutboxWaits { .. } => "outbox-waits",
            Self::MailboxRead { .. } => "mailbox-read",
            Self::MailboxNotRead { .. } => "mailbox-not-read",
            Self::MailboxFailing { .. } => "mailbox-failing",
            Self::MailNotTaken { .. } => "mail-not-taken",
            Self::OutgoingEmpty => "outgoing-empty",
            Self::OutgoingWaits { .. } => "outgoing-waits",
            Self::OutgoingGivenUp { .. } => "outgoing-given-up",
            Self::LetterNotSent { .. } => "letter-not-sent",
            Self::EmergencyUnseen { .. } => "emergency-unseen",
            Self::NobodyOnCall { .. } => "nobody-on-call",
            Self::OnCallUnreachable { .. } => "on-call-unreachable",
            Self::DiskFree { .. } => "disk-free",
            Self::DiskLow { .. } => "disk-low",
            Self::DiskNotKnown => "disk-not-known",
            Self::PackagesKept { .. } => "packages-kept",
            Self::PackagesFault { .. } => "packages-fault",
            Self::PackagesNotKnown { .. } => "packages-not-known",
            Self::BackupMade { .. } => "backup-made",
            Self::BackupOld { .. } => "backup-old",
            Self::BackupNotKnown => "backup-not-known",
            Self::CertificateGood { .. } => "certificate-good",
            Self::CertificateRunsOut { .. } => "certificate-runs-out",
            Self::CertificateRanOut { .. } => "certificate-ran-out",
            Self::CertificateNotSeen { .. } => "certificate-not-seen",
            Self::FilesGuarded { .. } => "files-guarded",
            Self::FileFault { .. } => "file-fault",
            Self::MandatesOpen { .. } => "mandates-open",
            Self::LawFault { .. } => "law-fault",
        }
    }

    /// Where somebody goes who wants to see more, or mend it.
    #[must_use]
    pub fn goes(&self) -> Goes {
        match self {
            Self::AgentAtWork { .. }
            | Self::AgentBusy { .. }
            | Self::AgentBrokeOff { .. }
            | Self::AgentSilent { .. }
            | Self::AgentNeverSeen { .. }
            | Self::AgentUnreachable { .. }
            | Self::AgentClock { .. }
            | Self::AgentRefused { .. }
            | Self::WaitsForCounsel { .. }
            | Self::CardsMissing { .. }
            | Self::OtherRoster { .. }
            | Self::OtherVersion { .. }
            | Self::SameRoster { .. }
            | Self::OwnMachineOff { .. } => Goes::Agents,
            Self::SameLaw { .. }
            | Self::OtherLaw { .. }
            | Self::LawNotKnown { .. }
            | Self::LawFault { .. } => Goes::Law,
            Self::AccountsAgree { .. }
            | Self::AccountWithoutSource { .. }
            | Self::AccountsFault { .. }
            | Self::AccountsNotCompared { .. }
            | Self::AccountsOfTable
            | Self::DirectoryFault { .. } => Goes::Accounts,
            Self::MandateRunsOut { case, .. }
            | Self::MandateRanOut { case, .. }
            | Self::LetterNotSent { case, .. }
            | Self::EmergencyUnseen { case, .. } => Goes::Case(case.clone()),
            Self::OnCallUnreachable { .. }
            | Self::NoOwnMachine
            | Self::Signers { .. }
            | Self::NoKey { .. }
            | Self::OneKeyOfCounsel { .. }
            | Self::OneCounsel { .. }
            | Self::NoAuditor
            | Self::NoGroup { .. }
            | Self::InvitationsOpen { .. }
            | Self::NoInvitations => Goes::People,
            Self::AuthorityOverdue { .. }
            | Self::AuthorityNotDated { .. }
            | Self::AuthoritiesChecked { .. }
            | Self::NoAuthorities => Goes::Authorities,
            _ => Goes::Settings,
        }
    }
}
