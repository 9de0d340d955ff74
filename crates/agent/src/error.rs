use std::path::PathBuf;

use jiff::Timestamp;
use lagrum_mandate::answer::RefusalCode;
use lagrum_mandate::gate::ANEW;
use lagrum_model::{Category, EmailAddress};
use lagrum_transport::TransportError;

use crate::doubt::LogDoubt;
use crate::telling::Telling;

/// What can go wrong on the data side.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// The configuration is wrong.
    #[error("agent configuration {file}: {why}")]
    Config {
        /// Which file.
        file: String,
        /// Field, rule and way out.
        why: String,
    },
    /// The accounts cannot be used as they are written down.
    #[error("accounts: {0}")]
    Accounts(#[from] lagrum_accounts::AccountsError),
    /// The lists of accounts here, what a source answers and the mandate do not go together.
    #[error("accounts: {0}")]
    Disagree(String),
    /// An account of which no facts are known.
    #[error("this agent knows no account `{address}`, and assumes nothing of it. If it is one, {}; if nobody here is called that, add \"{address}\" to `nobody`", facts_of(.address, *.by_hand))]
    NoFacts {
        /// As the mandate names it.
        address: EmailAddress,
        /// Whether the accounts here are written by hand.
        by_hand: bool,
    },
    /// An account of the table whose facts no rule says.
    #[error(
        "the table of accounts of this agent has `{address}`, and no rule says its facts: nothing is assumed of it. Write an [[accounts.rule]] that is for it"
    )]
    NoRule {
        /// As the mandate names it.
        address: EmailAddress,
        /// As the table does.
        of: EmailAddress,
    },
    /// Accounts are not looked up by an identifier of this kind.
    #[error(
        "it names an account by an identifier of kind `{0}`, and this agent looks accounts up by their mail address alone, so that nothing is known of that account; have the demand name the mail address"
    )]
    NotByAddress(&'static str),
    /// No source has data of this category.
    #[error("no source here serves {0} data; add one, or have the mandate leave it out")]
    NotServed(Category),
    /// No source can look up whose an identifier of this kind is.
    #[error(
        "no source here can look an account up by an identifier of kind `{0}`: name the field in a source (address_field, telephone_column, user_id_column), or take the kind out of `looks_up` at the desk"
    )]
    NotLookedUp(&'static str),
    /// The public log is not believed.
    #[error("log: {0}")]
    Log(#[from] LogDoubt),
    /// Reading or writing failed.
    #[error("{what}: {source}")]
    Io {
        /// What was read or written.
        what: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A file could not be read or written whole.
    #[error(transparent)]
    File(#[from] lagrum_durable::FileError),
    /// The record of what was carried out cannot be used.
    #[error("ledger: {}", describe(.0))]
    Ledger(#[from] rusqlite::Error),
    /// The wire to the desk failed.
    #[error(transparent)]
    Transport(#[from] lagrum_transport::TransportError),
    /// A source failed; nothing was produced.
    #[error("{0}")]
    Source(#[from] lagrum_source::SourceError),
    /// The package failed; nothing was produced.
    #[error("{0}")]
    Production(#[from] lagrum_production::ProductionError),
    /// The law packs cannot be used.
    #[error("law packs: {0}")]
    Law(#[from] lagrum_law::LawError),
    /// A report does not count what was carried out here, or cannot be checked.
    #[error(transparent)]
    Report(#[from] lagrum_figures::FiguresError),
    /// The agent's key cannot sign.
    #[error(transparent)]
    Signature(#[from] lagrum_notes::NoteError),
    /// The agent has no record of what it carried out.
    #[error("{}: this agent has no record of what it carries out yet; begin one, if the agent and its key are new", .0.display())]
    NoRecord(PathBuf),
    /// The record was there, and is not.
    #[error("{}: the record of what this agent carried out is gone; bring it back, or begin it again: then mandates issued before have to be recalled, drafted and signed anew", .0.display())]
    RecordLost(PathBuf),
    /// The mark beside the key is not there, or cannot be read.
    #[error("{}: the mark that says which record belongs to this key is gone or damaged; bring it back, or begin it again: then mandates issued before have to be recalled, drafted and signed anew", .0.display())]
    RecordNotMarked(PathBuf),
    /// The key belongs to another record.
    #[error("{}: another record belongs to this agent's key; one key works with one state directory", .0.display())]
    OtherRecord(PathBuf),
    /// The record came out of a backup.
    #[error("{}: this record knows less than the agent did: it is an old copy. Bring the newest back, or begin it again: then mandates issued before have to be recalled, drafted and signed anew", .0.display())]
    RecordOlder(PathBuf),
    /// A newer version of the program wrote it.
    #[error("{}: this record has version {found}, and this version of the program knows versions up to {known}; use the version of the program that wrote it, or a newer one", .file.display())]
    RecordNewer {
        /// Which file.
        file: PathBuf,
        /// The version that was found.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// There is a record already.
    #[error("{}: there is a record already. Begun again, mandates issued before have to be recalled, drafted and signed anew", .0.display())]
    RecordThere(PathBuf),
    /// The clock went back.
    #[error("it was {latest} (UTC) when this agent last worked, and its clock says {now}; it works again in {}, or when the clock is right. If the clock was ahead by mistake, begin the record again", wait(*.now, *.latest))]
    ClockBehind {
        /// What the clock says.
        now: Timestamp,
        /// When it last worked.
        latest: Timestamp,
    },
    /// The mandate ran out while it was carried out.
    #[error("mandate: it expired at {0}, while it was carried out; nothing was produced; {ANEW}")]
    Expired(Timestamp),
    /// The mandate was recalled while it was carried out.
    #[error("mandate: it was recalled while it was carried out; nothing was produced; {ANEW}")]
    Recalled,
    /// A recall of the mandate lies there, and cannot be read.
    #[error(
        "mandate: a note that recalls it lies in the directory that the desk and this agent share, and cannot be read: the mandate waits, until the note can be read or is gone"
    )]
    RecallUnread,
    /// The mandate was recalled after its package was lost.
    #[error(
        "mandate: it was recalled; its package was sealed and handed out, and is lost here and on the wire; nothing of it leaves any more; {ANEW}"
    )]
    RecalledLost,
    /// The mandate lies under a name that is another's.
    #[error("mandate: it lies under a name that is not its own, as no desk leaves one; {ANEW}")]
    OtherName,
    /// A mandate of a review says something else than counsel decided here.
    #[error("mandate: {0}")]
    Review(NotDecided),
    /// A decision of counsel is not taken.
    #[error(transparent)]
    Undecided(#[from] crate::ReviewRefused),
    /// A passphrase is not shown.
    #[error(transparent)]
    NotShown(#[from] crate::NotShown),
    /// The agent has no vault.
    #[error(
        "the mandate is to preserve, and this agent cannot preserve here: it has no vault. Nothing is preserved; name a `vault` in agent.toml, or have the data operator keep it by hand"
    )]
    NoVault,
    /// As many accounts were told of as are within a day.
    #[error(
        "question: this agent tells the desk of at most {most} accounts within 24 hours (`most_inquired_per_day` in agent.toml), and these {asked} would be more; it tells when that is over"
    )]
    InquiredEnough {
        /// As its configuration says.
        most: u64,
        /// Of how many it is asked.
        asked: u64,
    },
    /// Nothing is kept under the mandate whose copy is to be kept for longer.
    #[error(
        "nothing is kept here under the mandate that this one keeps a copy of for longer: it was never frozen here, or is erased; have it preserved anew"
    )]
    NotKept,
    /// What is to be kept for longer is not what was frozen.
    #[error(
        "the mandate keeps a copy for longer, and names other accounts, categories or another period than were frozen; have it preserved anew"
    )]
    OtherScope,
    /// The time is over before anything was frozen.
    #[error("the mandate keeps a copy until {0}, and that is past; nothing was preserved; {ANEW}")]
    KeptNoMore(Timestamp),
    /// By the clock here a copy is kept no more, and by the witnesses of the log it is not certain.
    #[error(
        "a copy that is preserved was to be kept until {until}; that is past by this machine's clock, and the witnesses of the log saw it last at {witnessed}: it is neither read nor erased before they saw it after that time. Set the clock, if it is wrong, or have the log cosigned again"
    )]
    ClocksDiffer {
        /// Until when it is kept (UTC).
        until: Timestamp,
        /// When the witnesses of the log saw it last (UTC).
        witnessed: Timestamp,
    },
    /// The vault holds copies of which the record of this agent knows nothing.
    #[error(
        "the vault of this region holds copies (their number: {0}) of which this agent's record knows nothing: the record is not the newest. They may be of this account, so that nothing is produced without them; bring the newest record back, or take them out of the vault"
    )]
    CopiesUnknown(usize),
    /// A copy in the vault cannot be used.
    #[error("vault: {0}")]
    Vault(String),
    /// The copy of something that was withheld is not there.
    #[error(
        "number {0}: the copy of it is not here; what is withheld can be looked at as long as it is not carried out"
    )]
    CopyGone(u64),
    /// The certificate to which is to be sealed is not good.
    #[error(
        "{0}. Nothing was produced; when two people have made another one known, the mandate is drafted anew"
    )]
    Certificate(#[from] lagrum_certificate::CertificateError),
    /// Another process has this agent.
    #[error("another process runs this agent ({0}); one at a time")]
    Busy(String),
}

/// Why a mandate of a review is not what counsel decided here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDecided {
    /// The mandate whose search it names was not carried out here.
    #[error(
        "it releases what another mandate's search withheld, and no such mandate was carried out here"
    )]
    NotHere,
    /// That search withheld nothing.
    #[error("nothing was withheld under the mandate that it names")]
    NothingWithheld,
    /// About this one nothing was decided.
    #[error("counsel decided nothing here about number {0}")]
    Nothing(u64),
    /// About this one something else was decided.
    #[error("about number {0} counsel decided otherwise here; have the review sent again")]
    Otherwise(u64),
}

/// Where the facts of an account are written down.
fn facts_of(address: &EmailAddress, by_hand: bool) -> String {
    if by_hand {
        format!("add to agent.toml: [[account]] with address = \"{address}\" and its facts")
    } else {
        "add it to the table of [accounts], with its facts".to_owned()
    }
}

/// How long until then, in words.
fn wait(now: Timestamp, latest: Timestamp) -> String {
    let minutes = latest.duration_since(now).as_mins() + 1;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// What SQLite said, and what to do where the disk is the cause.
fn describe(error: &rusqlite::Error) -> String {
    use rusqlite::ErrorCode::{DiskFull, ReadOnly, SystemIoFailure};
    match error.sqlite_error_code() {
        Some(DiskFull | ReadOnly | SystemIoFailure) => format!(
            "{error}. Nothing was changed; see that the disk has room and can be written, and try again"
        ),
        _ => error.to_string(),
    }
}

impl AgentError {
    /// The class of the error, as it stands in a refusal.
    #[must_use]
    pub fn code(&self) -> RefusalCode {
        match self {
            Self::Config { .. }
            | Self::Accounts(_)
            | Self::Disagree(_)
            | Self::NotServed(_)
            | Self::NotLookedUp(_)
            | Self::Busy(_) => RefusalCode::Configuration,
            Self::NoFacts { .. } | Self::NoRule { .. } => RefusalCode::UnknownAccount,
            Self::Log(_) => RefusalCode::Log,
            Self::NoRecord(_)
            | Self::RecordLost(_)
            | Self::RecordNotMarked(_)
            | Self::OtherRecord(_)
            | Self::RecordOlder(_)
            | Self::RecordNewer { .. }
            | Self::RecordThere(_)
            | Self::ClockBehind { .. } => RefusalCode::Ledger,
            Self::Expired(_)
            | Self::Recalled
            | Self::RecallUnread
            | Self::OtherName
            | Self::NotByAddress(_)
            | Self::Review(_)
            | Self::Undecided(_)
            | Self::NotShown(_)
            | Self::NotKept
            | Self::OtherScope
            | Self::KeptNoMore(_)
            | Self::CopyGone(_)
            | Self::Certificate(_) => RefusalCode::Mandate,
            Self::NoVault => RefusalCode::Act,
            Self::InquiredEnough { .. } => RefusalCode::Limit,
            Self::Io { .. } | Self::File(_) | Self::Transport(_) | Self::RecalledLost => {
                RefusalCode::Io
            }
            Self::Ledger(_) => RefusalCode::Ledger,
            Self::Source(_)
            | Self::Vault(_)
            | Self::ClocksDiffer { .. }
            | Self::CopiesUnknown(_) => RefusalCode::Source,
            Self::Production(_) => RefusalCode::Package,
            Self::Law(_) => RefusalCode::Law,
            Self::Report(_) => RefusalCode::Card,
            Self::Signature(_) => RefusalCode::Key,
        }
    }

    /// What is told where the law packs of an agent fail.
    pub(crate) const LAW: &str = "law: the law packs of this agent cannot be applied";

    /// The class in one word, as it is kept in the region.
    pub(crate) fn class(&self) -> &'static str {
        match self {
            Self::Source(error) => error.class(),
            Self::Vault(_) | Self::ClocksDiffer { .. } | Self::CopiesUnknown(_) => "vault",
            Self::Accounts(_) | Self::Disagree(_) => "accounts",
            other => other.code().as_str(),
        }
    }

    /// How much of it may leave the region.
    pub(crate) fn telling(&self) -> Telling {
        let class = match self {
            Self::Expired(_)
            | Self::Recalled
            | Self::RecallUnread
            | Self::RecalledLost
            | Self::OtherName
            | Self::Review(_)
            | Self::Undecided(_)
            | Self::NotShown(_)
            | Self::CopyGone(_)
            | Self::NoVault
            | Self::InquiredEnough { .. }
            | Self::NotKept
            | Self::OtherScope
            | Self::KeptNoMore(_)
            | Self::ClocksDiffer { .. }
            | Self::CopiesUnknown(_)
            | Self::NoFacts { .. }
            | Self::NoRule { .. }
            | Self::NotByAddress(_)
            | Self::Certificate(_)
            | Self::NotServed(_)
            | Self::NotLookedUp(_)
            | Self::Transport(TransportError::PackageLost(_)) => return Telling::Whole,
            Self::Log(doubt) => return doubt.telling(),
            Self::Source(error) => return Telling::Class(error.outside()),
            Self::Accounts(_) | Self::Disagree(_) => {
                "the accounts of this agent cannot be used as they are written down"
            }
            Self::Config { .. } | Self::Busy(_) => {
                "configuration: this agent is not configured for what the mandate asks"
            }
            Self::Transport(TransportError::Elsewhere(_)) => {
                "exchange: it could not be reached, or did not answer as it should"
            }
            Self::Io { .. } | Self::File(_) | Self::Transport(_) => {
                "io: a file of the agent could not be read or written"
            }
            Self::Ledger(_)
            | Self::NoRecord(_)
            | Self::RecordLost(_)
            | Self::RecordNotMarked(_)
            | Self::OtherRecord(_)
            | Self::RecordOlder(_)
            | Self::RecordNewer { .. }
            | Self::RecordThere(_)
            | Self::ClockBehind { .. } => {
                "ledger: the agent's record of what it carried out cannot be used"
            }
            Self::Vault(_) => {
                "vault: a copy that is preserved of this account cannot be opened, so that nothing may be produced without it"
            }
            Self::Production(_) => {
                "package: it failed its own check, or could not be written and sealed"
            }
            Self::Law(_) => Self::LAW,
            Self::Report(_) => "a report does not count what was carried out here",
            Self::Signature(_) => "key: the agent's key cannot sign",
        };
        Telling::Class(class.to_owned())
    }

    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}
