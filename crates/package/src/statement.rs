use std::collections::BTreeMap;

use jiff::Timestamp;
use lagrum_mandate::DemandAnswers;
use lagrum_model::{
    AccountIdentifier, Category, Covered, DateRule, Gap, Region, Searched, Sha256Digest,
    SubCategory,
};
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
    /// For a mandate with counsel's decisions: how much of what an earlier search withheld is in this
    /// package. Nothing was searched then. Absent: the mandate is to search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<u64>,
    /// How the whole demand was answered when the mandate was drafted, as the mandate names it. Absent:
    /// the mandate names nothing, for it carries out all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<DemandAnswers>,
}

/// What stands before the name of a source that was frozen, in the name of its copy. No source of an agent's configuration
/// is called so.
pub const FROZEN: &str = "vault-";

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
    /// To what it was limited, where less than the category was ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limited: Option<Limited>,
    /// What came of it.
    pub outcome: SearchOutcome,
}

/// What a search for less than a category is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limited {
    /// The boxes below the category that were ordered.
    pub to: Vec<SubCategory>,
    /// In which boxes messages and objects of the source lie.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<SubCategory>,
    /// Fields that may be handed over, each with the box in which it lies.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, SubCategory>,
    /// Fields of which the provider has not said in which box they lie: they are not handed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsaid: Vec<String>,
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
    /// The source keeps nothing that the provider has said to lie in a box that was ordered. It was not
    /// searched.
    NotSearched,
    /// The account is there, and was searched.
    Searched {
        /// Messages or rows in this package.
        produced: u64,
        /// Of these, at least so many stand alike in two files of the source, as a copy of a log beside it leaves them: where
        /// both are one entry, it is here twice. Of what was preserved nobody counts that.
        #[serde(default, skip_serializing_if = "is_zero")]
        repeated: u64,
        /// What only a person can place inside or outside the mandate, above all messages and rows
        /// whose date could not be established: not produced, kept for counsel.
        for_review: u64,
        /// What was not searched, because it cannot be read: rows, of which nobody can say whose they are, files, folders,
        /// messages. Some of it is among what is for review as well.
        unreadable: u64,
        /// Marks that an object was removed, of storage that keeps such: they have no content, and are not handed
        /// over.
        #[serde(default, skip_serializing_if = "is_zero")]
        removed: u64,
        /// From when to when the entries of the source reach, whoever they belong to. Absent of a mailbox and
        /// of a table: all of an account is looked at there, whatever its date, and the first and the last
        /// message tell of an account what nobody ordered. Of what was preserved: as it was when it was frozen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        covers: Option<Covered>,
        /// The longest stretches of the ordered period, ten at most and each of 24 hours or more, in which the source has
        /// no entry of anybody with a time that can be read, although it has some before and behind them: its files there
        /// may be missing, or what lies before or behind is of a wrong clock. Of what was preserved: what of these lies in the
        /// ordered period, of those that were told when it was frozen; there may be more.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gaps: Vec<Gap>,
        /// Fields that the provider hands over for this category and that no row of this search has.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        absent: Vec<String>,
    },
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Statement {
    /// Messages and rows in the package.
    #[must_use]
    pub fn produced(&self) -> u64 {
        self.released.unwrap_or_default()
            + self.sum(|outcome| match outcome {
                SearchOutcome::Searched { produced, .. } => *produced,
                _ => 0,
            })
    }

    /// Messages, rows and places in a store that a person has to look at.
    #[must_use]
    pub fn for_review(&self) -> u64 {
        self.sum(|outcome| match outcome {
            SearchOutcome::Searched { for_review, .. } => *for_review,
            _ => 0,
        })
    }

    /// Whether every search was complete and found nothing, so that "no data" is true: nothing is
    /// withheld, nothing was there that could not be read, and of nothing it is open whether it was ordered.
    #[must_use]
    pub fn found_nothing(&self) -> bool {
        let unread = self.sum(|outcome| match outcome {
            SearchOutcome::Searched { unreadable, .. } => *unreadable,
            _ => 0,
        });
        let searched = self.released.is_none();
        let limits = self.searches.iter().filter_map(|one| one.limited.as_ref());
        let unsaid = limits.into_iter().any(|limited| !limited.unsaid.is_empty());
        searched && !unsaid && self.produced() == 0 && self.for_review() == 0 && unread == 0
    }

    /// What came of all searches for one account and category.
    #[must_use]
    pub fn found_of(&self, account: &AccountIdentifier, category: Category) -> Searched {
        let mut found = Searched {
            complete: true,
            ..Searched::default()
        };
        let mut searched = false;
        for one in &self.searches {
            if one.identifier != *account || one.category != category {
                continue;
            }
            let limited = one.limited.as_ref();
            let whole = limited.is_none_or(|limited| limited.unsaid.is_empty());
            let read = match &one.outcome {
                SearchOutcome::Searched {
                    produced,
                    for_review,
                    unreadable,
                    ..
                } => {
                    found.items += produced;
                    found.for_review += for_review;
                    searched = true;
                    *unreadable == 0
                }
                // Another source may know the account.
                SearchOutcome::UnknownAccount => {
                    searched = true;
                    true
                }
                SearchOutcome::AliasNotFollowed => false,
                // It keeps nothing of what was ordered: whether that is elsewhere, the others say.
                SearchOutcome::NotSearched => true,
            };
            found.complete &= whole && read;
        }
        found.complete &= searched;
        found
    }

    fn sum(&self, of: impl Fn(&SearchOutcome) -> u64) -> u64 {
        self.searches.iter().map(|search| of(&search.outcome)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_read_leaves_a_search_incomplete_though_nothing_was_found() {
        let account = lagrum_mandate::testing::account(lagrum_model::testing::ACCOUNT);
        let of = |unread: u64| {
            let at = "2026-11-21T12:00:00Z".parse().unwrap();
            let search = |source: &str, unreadable| Search {
                identifier: account.clone(),
                category: Category::Content,
                source: source.into(),
                date_rule: DateRule::MessageDate,
                limited: None,
                outcome: SearchOutcome::Searched {
                    produced: 0,
                    repeated: 0,
                    for_review: 0,
                    unreadable,
                    removed: 0,
                    covers: None,
                    gaps: vec![],
                    absent: Vec::new(),
                },
            };
            let statement = Statement {
                mandate: Sha256Digest::of(b"mandate"),
                region: Region::parse("stockholm").unwrap(),
                began_at: at,
                ended_at: at,
                searches: vec![search("mail", unread), search("archive", 0)],
                released: None,
                answers: None,
            };
            let found = statement.found_of(&account, Category::Content);
            (found.complete, statement.found_nothing())
        };
        assert_eq!(of(0), (true, true));
        assert_eq!(of(1), (false, false));
    }
}
