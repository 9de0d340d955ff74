//! What the auditor sees: what is late, overridden, never confirmed or done in haste, from events alone. Each
//! answer is one indexed question, however many cases there are.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use lagrum_access::Action;
use lagrum_model::{CaseId, WatchKind, Watched};
use lagrum_store::{Page, PageOf, StoreError, Which};
use serde::Serialize;

use crate::{CommandError, Session};

/// What happened longer ago than that is on the pages of its kind, and not counted as recent.
pub const RECENT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How many of the latest mandates and calls are held against each other.
const LATEST: u32 = 200;

/// What the auditor watches, in the order in which it is shown, and whether it is something that stays open
/// until somebody does something; else it happened, and stays so.
pub const AUDITED: [(WatchKind, bool); 16] = [
    (WatchKind::Late, true),
    (WatchKind::Undescribed, true),
    (WatchKind::EmergencyUnconfirmed, true),
    (WatchKind::EmergencyUnreviewed, true),
    (WatchKind::NoCallBack, true),
    (WatchKind::NoticeOverdue, true),
    (WatchKind::SecrecyWithoutEnd, true),
    (WatchKind::Unreviewed, true),
    (WatchKind::AgentRefused, true),
    (WatchKind::MandateRunsOut, true),
    (WatchKind::DespiteWarnings, false),
    (WatchKind::Differs, false),
    (WatchKind::SignedAtOnce, false),
    (WatchKind::ByPassphrase, false),
    (WatchKind::Inquired, false),
    (WatchKind::NearlyLate, false),
];

/// How much there is of one kind, counted up to [`lagrum_store::MOST_COUNTED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Audited {
    /// The kind.
    pub kind: WatchKind,
    /// Number of what is not over. Absent: it happened, and nothing ends it.
    pub open: Option<u64>,
    /// Number of what began in the last 90 days.
    pub recent: u64,
}

/// Two people, and how many of the latest mandates they signed together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Pair {
    /// The names of their keys.
    pub keys: Vec<String>,
    /// Number of the latest mandates that they signed.
    pub mandates: u64,
}

/// A call to an authority on a number that is not the one that the list has of it today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct OtherNumber {
    /// In which case.
    pub case: CaseId,
    /// The number that was called.
    pub number: String,
    /// When (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub at: Timestamp,
    /// The number in the list; absent if the authority is not in it any more.
    pub listed: Option<String>,
}

/// What the auditor sees first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Audit {
    /// When it was asked (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub at: Timestamp,
    /// How much there is of each kind.
    pub kinds: Vec<Audited>,
    /// How many of the latest released mandates were looked at for who signed them.
    pub mandates: u64,
    /// Who signed them, the most frequent first.
    pub pairs: Vec<Pair>,
    /// Of the latest calls, those on another number than the list has.
    pub other_numbers: Vec<OtherNumber>,
}

impl Session<'_> {
    /// What is to be seen of how demands are handled.
    ///
    /// # Errors
    /// When the person may not see it, or the store cannot be read.
    pub fn audit(&self) -> Result<Audit, CommandError> {
        self.may(Action::Audit)?;
        let (store, now) = (&self.desk.inner.store, self.time.now());
        let count = |kind, which| {
            let found = store.watched(kind, now, which, Page::number(1, 1))?;
            Ok::<_, StoreError>(found.total)
        };
        let mut kinds = Vec::new();
        for (kind, stays) in AUDITED {
            let open = match stays {
                true => Some(count(kind, Which::Open)?),
                false => None,
            };
            let recent = count(kind, Which::Since(now - RECENT))?;
            kinds.push(Audited { kind, open, recent });
        }
        let latest = Page::number(1, LATEST);
        let signed = store.watched(WatchKind::Signed, now, Which::All, latest)?;
        let mut together: BTreeMap<&str, u64> = BTreeMap::new();
        for one in &signed.items {
            *together.entry(&one.about).or_default() += 1;
        }
        let pair = |(keys, mandates): (&str, u64)| Pair {
            keys: keys.split(' ').map(str::to_owned).collect(),
            mandates,
        };
        let mut pairs: Vec<_> = together.into_iter().map(pair).collect();
        pairs.sort_by_key(|pair| std::cmp::Reverse(pair.mandates));
        Ok(Audit {
            at: now,
            kinds,
            mandates: signed.items.len() as u64,
            pairs,
            other_numbers: self.other_numbers(now)?,
        })
    }

    /// A page of what is watched of one kind, the latest first: what is not over, or all of it.
    ///
    /// # Errors
    /// When the person may not see it, or the store cannot be read.
    pub fn audit_of(
        &self,
        kind: WatchKind,
        open: bool,
        page: Page,
    ) -> Result<PageOf<Watched>, CommandError> {
        self.may(Action::Audit)?;
        let which = match open {
            true => Which::Open,
            false => Which::All,
        };
        let store = &self.desk.inner.store;
        Ok(store.watched(kind, self.time.now(), which, page)?)
    }

    fn other_numbers(&self, now: Timestamp) -> Result<Vec<OtherNumber>, CommandError> {
        let store = &self.desk.inner.store;
        let latest = Page::number(1, LATEST);
        let authorities = self.desk.authorities()?;
        let mut others = Vec::new();
        for call in store
            .watched(WatchKind::Called, now, Which::All, latest)?
            .items
        {
            let summary = store.summary(&call.case)?;
            let named = summary.authority.zip(summary.authority_country);
            let known = named.and_then(|(name, country)| authorities.find(&name, country));
            let listed = known.map(|known| known.telephone.clone());
            if listed.as_deref() != Some(&*call.about) {
                others.push(OtherNumber {
                    case: call.case,
                    number: call.about,
                    at: call.since,
                    listed,
                });
            }
        }
        Ok(others)
    }
}
