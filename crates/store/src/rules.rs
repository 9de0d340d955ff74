//! When the log is written, as it was announced.

use jiff::Timestamp;
use lagrum_log::{Rule, Schedule};

use crate::{ReadTransaction, StoreError};

/// The kind of the texts that announce rules.
pub(crate) const SCHEDULE: &str = "schedule";

/// All rules, in order; none where the log is written when something happens.
pub(crate) fn schedule(transaction: &mut dyn ReadTransaction) -> Result<Schedule, StoreError> {
    let mut rules = Schedule::default();
    for notice in transaction.notices(SCHEDULE)? {
        let text = String::from_utf8_lossy(&notice.text);
        // That it was announced in time was seen when it was put there.
        let read = Rule::parse(&text).and_then(|rule| rules.add(rule, 0));
        read.map_err(|why| StoreError::Damaged(format!("the log's schedule: {why}")))?;
    }
    Ok(rules)
}

/// An instant as rules have it: seconds since 1970-01-01T00:00:00Z (POSIX).
pub(crate) fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_second()).unwrap_or_default()
}
