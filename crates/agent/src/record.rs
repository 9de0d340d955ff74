use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use lagrum_durable::private_directory;
use lagrum_mandate::gate::CLOCK_TOLERANCE;

use crate::ledger::mark_of;
use crate::{AgentConfig, AgentError, Ledger};

/// Begins the record of the agent whose configuration is `file`: of a new agent, or (`again`) of one
/// whose record was lost, came out of a backup, or saw a clock that was wrong. Gives the instant
/// (UTC) before which a mandate must not have been issued.
///
/// A new record cannot know what an old one knew. So it carries out nothing that may have been
/// carried out under the old one; it is recalled, drafted and signed anew.
///
/// In the release model: `BeginAgain`.
///
/// # Errors
/// When there is a record and nobody said `again`, or when the files cannot be written.
pub fn begin_record(
    file: &Path,
    again: bool,
    now: Timestamp,
    random: [u8; 16],
) -> Result<Timestamp, AgentError> {
    let config = AgentConfig::load(file)?;
    let ledger = config.ledger();
    if !again && (ledger.exists() || mark_of(&config.key).exists()) {
        return Err(AgentError::RecordThere(ledger));
    }
    // A desk's clock may be ahead: what it issued just now may bear a later time.
    // One second more than it may be ahead: mandates have whole seconds.
    let margin = if again {
        CLOCK_TOLERANCE + SignedDuration::from_secs(1)
    } else {
        SignedDuration::ZERO
    };
    // Whole seconds, as mandates have them.
    let second = Timestamp::from_second(now.as_second()).unwrap_or(now);
    let begun_at = second.saturating_add(margin).unwrap_or(second);
    private_directory(&config.state)?;
    Ledger::begin(&ledger, &config.key, random, begun_at, now)?;
    Ok(begun_at)
}
