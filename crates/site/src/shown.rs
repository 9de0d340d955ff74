//! What the pages are made of.

use jiff::civil::Date;
use lagrum_documents::TextError;
use lagrum_law::{LawError, LawPacks};
use lagrum_log::{CheckpointPolicy, Loss, Rule, VerifiedCheckpoint};

/// What the pages are made of.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// Who answers demands.
    pub provider: &'a str,
    /// The day of which all is said (UTC).
    pub day: Date,
    /// The rules that are applied.
    pub packs: &'a LawPacks,
    /// The public log.
    pub log: PublicLog<'a>,
    /// The reports that lie beside the pages, in the order in which they are shown.
    pub reports: &'a [ReportLine],
    /// Where the reader of a notice checks it: an address.
    pub notices: Option<&'a str>,
    /// How the provider is reached, line by line.
    pub contact: &'a [String],
    /// With what everybody checks.
    pub commands: Commands<'a>,
}

/// A public log, and who watches it.
#[derive(Clone, Copy)]
pub struct PublicLog<'a> {
    /// Whose signatures are asked for.
    pub policy: &'a CheckpointPolicy,
    /// The same as it is written, where it names witnesses.
    pub policy_text: Option<&'a str>,
    /// Where it is read: an address.
    pub address: Option<&'a str>,
    /// What it is, as enough witnesses have seen it.
    pub newest: &'a VerifiedCheckpoint,
    /// By which rule it is written; none where entries are written as things happen.
    pub rule: Option<&'a Rule>,
    /// What it says that is lost.
    pub losses: &'a [Loss],
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportLine {
    /// Of which period.
    pub period: String,
    /// Which view of it.
    pub view: u64,
    /// Where its pages lie: a path from where these pages lie, of letters, digits, `-` and `/` alone.
    pub directory: String,
    /// Whether the log holds it.
    pub logged: Logged,
}

/// Whether the log holds a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Logged {
    /// It does, as this entry.
    At(u64),
    /// It holds none of this period and view yet.
    NotYet,
    /// It holds another one of this period and view.
    Another,
}

/// The commands with which everybody checks, as they are typed.
#[derive(Clone, Copy, Debug)]
pub struct Commands<'a> {
    /// Proves what is proved of the rules.
    pub prove: &'a str,
    /// Copies the log.
    pub mirror: &'a str,
    /// Checks the receipt of a demand.
    pub receipt: &'a str,
    /// Says as what it is counted in a report.
    pub counted: &'a str,
    /// Checks a package.
    pub package: &'a str,
    /// Checks a report.
    pub report: &'a str,
}

/// Why there are no pages.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SiteError {
    /// The rules say nothing of this day.
    #[error(transparent)]
    Law(#[from] LawError),
    /// The sentences of the packs cannot be read.
    #[error(transparent)]
    Texts(#[from] TextError),
}

/// The file that holds the keys that are published, beside the pages.
pub const KEYS: &str = "trust.toml";
/// The file that says whose signatures under the log are asked for, beside the pages.
pub const POLICY: &str = "log.policy";
