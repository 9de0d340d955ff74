use jiff::Timestamp;
use lagrum_model::{AccountIdentifier, Category, DateRule, Region, Sha256Digest};
use serde::{Deserialize, Serialize};

/// What was searched, found, empty and withheld: part of every package, and the whole of one that
/// holds no data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// SHA-256 of the mandate's text.
    pub mandate: Sha256Digest,
    /// Where the search was made.
    pub region: Region,
    /// When the search began (UTC).
    pub began_at: Timestamp,
    /// When it ended (UTC).
    pub ended_at: Timestamp,
    /// Each search.
    pub searches: Vec<Search>,
}

/// One search: one account, one category, one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Whose data.
    pub identifier: AccountIdentifier,
    /// Which kind.
    pub category: Category,
    /// In which source.
    pub source: String,
    /// Which date decides in this source.
    pub date_rule: DateRule,
    /// What came of it.
    pub outcome: SearchOutcome,
}

/// What came of a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "kebab-case", deny_unknown_fields)]
pub enum SearchOutcome {
    /// The source knows no account by this identifier.
    UnknownAccount,
    /// The identifier is another name of an account. It was not followed: a demand has to name the
    /// account itself.
    AliasNotFollowed,
    /// The account is there, and was searched.
    Searched {
        /// Messages or rows in this package.
        produced: u64,
        /// Messages or rows whose date could not be established: not produced, kept for counsel.
        for_review: u64,
        /// Rows that cannot be read at all, and so belong to nobody.
        unreadable: u64,
    },
}

impl Statement {
    /// Messages and rows in the package.
    #[must_use]
    pub fn produced(&self) -> u64 {
        self.sum(|outcome| match outcome {
            SearchOutcome::Searched { produced, .. } => *produced,
            _ => 0,
        })
    }

    /// Messages and rows withheld because their date could not be established.
    #[must_use]
    pub fn for_review(&self) -> u64 {
        self.sum(|outcome| match outcome {
            SearchOutcome::Searched { for_review, .. } => *for_review,
            _ => 0,
        })
    }

    fn sum(&self, of: impl Fn(&SearchOutcome) -> u64) -> u64 {
        self.searches.iter().map(|search| of(&search.outcome)).sum()
    }
}
