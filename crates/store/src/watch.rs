//! What is watched about cases lies beside the list, so that looking at it reads no case.

use jiff::Timestamp;
use lagrum_model::{CaseId, WatchKind, Watched};

use crate::{Page, PageOf, StoreError};

/// The same, as columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchRow {
    /// In which case.
    pub case: CaseId,
    /// Its place among those of the case, from 0.
    pub place: u32,
    /// [`WatchKind::as_str`].
    pub kind: String,
    /// About what.
    pub about: String,
    /// From when on it counts (microseconds since 1970, UTC).
    pub since: i64,
    /// When it was over (microseconds since 1970, UTC).
    pub settled: Option<i64>,
}

/// Which of what is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchQuery {
    /// Of this kind.
    pub kind: WatchKind,
    /// That counts at this instant (microseconds since 1970, UTC), or did.
    pub at: i64,
    /// That began to count after this instant (microseconds since 1970, UTC).
    pub after: i64,
    /// Only what is not over.
    pub open: bool,
    /// Of cases of one of these groups of the desk. Only what is not over is asked for by groups.
    pub groups: Option<Vec<String>>,
    /// Which piece.
    pub page: Page,
}

/// Which of what is watched somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Only what is not over.
    Open,
    /// What began to count after this instant (UTC).
    Since(Timestamp),
    /// All of it.
    All,
}

/// Nobody counts further than that: how many more there are changes nothing, and counting them would take
/// longer with every case.
pub const MOST_COUNTED: u64 = 1000;

impl From<(u32, &Watched)> for WatchRow {
    fn from((place, one): (u32, &Watched)) -> Self {
        Self {
            case: one.case.clone(),
            place,
            kind: one.kind.as_str().to_owned(),
            about: one.about.replace('\0', "\u{fffd}"),
            since: one.since.as_microsecond(),
            settled: one.settled.map(Timestamp::as_microsecond),
        }
    }
}

impl TryFrom<WatchRow> for Watched {
    type Error = StoreError;

    fn try_from(row: WatchRow) -> Result<Self, StoreError> {
        let wrong = |what: &str| StoreError::damaged(format!("what is watched holds {what}"));
        let instant = |at| Timestamp::from_microsecond(at).map_err(|_| wrong("an impossible time"));
        Ok(Self {
            kind: WatchKind::parse(&row.kind).ok_or_else(|| wrong("an unknown kind"))?,
            since: instant(row.since)?,
            settled: row.settled.map(instant).transpose()?,
            case: row.case,
            about: row.about,
        })
    }
}

/// What was found of several groups as one page, the latest first; `total` is how many there are of all of them.
#[must_use]
pub fn latest(mut items: Vec<WatchRow>, total: u64, page: Page) -> PageOf<WatchRow> {
    items.sort_by(|one, other| {
        let order = |row: &WatchRow| (row.since, row.case.clone(), row.place);
        order(other).cmp(&order(one))
    });
    let before = usize::try_from(page.offset).unwrap_or(usize::MAX);
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    let items: Vec<_> = items.into_iter().skip(before).take(size).collect();
    PageOf {
        total: page.total(total, items.len() as u64),
        items,
        unreadable: vec![],
    }
}
