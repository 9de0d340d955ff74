use std::fmt::Write as _;

use jiff::Timestamp;
use lagrum_mandate::Mandate;
use lagrum_model::{AccountIdentifier, Category, Region, Sha256Digest};
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
    pub date_rule: String,
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

    /// The statement in words, as it stands in the package.
    #[must_use]
    pub fn summary(&self, mandate: &Mandate) -> String {
        let mut text = String::new();
        let produced = self.produced();
        let _ = write!(
            text,
            "ANSWER TO A DEMAND FOR DATA\n\n\
             Your reference   {}\n\
             Our case         {}\n\
             Legal basis      {}\n\
             Sealed for       {}\n\
             Period           from {}\n                 \
             up to, not including, {}\n\
             Searched in      {}, from {} to {}\n\n",
            mandate.reference,
            mandate.case,
            mandate.provision,
            mandate.recipient.name,
            mandate.period.from(),
            mandate.period.until(),
            self.region,
            self.began_at.strftime("%Y-%m-%d %H:%M:%S"),
            self.ended_at.strftime("%Y-%m-%d %H:%M:%S UTC"),
        );
        if produced == 0 {
            text.push_str("NO DATA. The search described below found nothing to produce.\n\n");
        } else {
            let _ = write!(
                text,
                "This package holds {produced} messages and records.\n\n"
            );
        }
        text.push_str("What was searched\n");
        for search in &self.searches {
            let _ = write!(
                text,
                "\n  {} data of {} in {}\n",
                search.category, search.identifier, search.source
            );
            match &search.outcome {
                SearchOutcome::UnknownAccount => {
                    text.push_str("    this source has no account of that name\n");
                }
                SearchOutcome::AliasNotFollowed => text.push_str(
                    "    this is another name of an account; it was not followed.\n    \
                     A demand has to name the account itself.\n",
                ),
                SearchOutcome::Searched {
                    produced,
                    for_review,
                    unreadable,
                } => {
                    let _ = writeln!(text, "    searched; produced {produced}");
                    if *for_review > 0 {
                        let _ = writeln!(
                            text,
                            "    withheld {for_review} whose date cannot be established; the provider's counsel reviews them"
                        );
                    }
                    if *unreadable > 0 {
                        let _ = writeln!(text, "    {unreadable} entries cannot be read by anyone");
                    }
                    let _ = writeln!(text, "    {}", search.date_rule);
                }
            }
        }
        text.push_str(
            "\nHow to check this package\n\n  \
             `lagrum verify` checks it offline. Without Lagrum: manifest.jsonl gives the SHA-256 of\n  \
             every item; mandate.note is signed by two people and seal.note by the provider's agent\n  \
             (c2sp.org/signed-note, Ed25519); mandate.tlog-proof shows that the mandate stands in the\n  \
             provider's public log (c2sp.org/tlog-proof).\n",
        );
        // The reference and the names are the authority's own words.
        text.retain(|c| c == '\n' || !c.is_control());
        text
    }
}
