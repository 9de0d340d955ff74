use crate::state::{Log, Text};

/// One step of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AgentStep {
    /// `Agent::open`, `Ledger::open`, `Agent::time_goes_on`, `Agent::remove_left_work`.
    Open,
    /// `Agent::hand_out` of what an earlier run left: `AgentEnd::send_package`, `send_receipt`,
    /// `Ledger::handed_out`.
    HandOutLeft(Text),
    /// `Agent::hand_out` when the desk says that it has the package (`AgentEnd::is_acknowledged`,
    /// `Ledger::acknowledged`). A lying desk says so when it likes.
    Acknowledged(Text),
    /// `Agent::hear_recalls` at the start of `Agent::run`.
    HearRecalls,
    /// `DeskEnd::offer` and `AgentEnd::fetch`. The desk may offer what it likes when it likes, again
    /// and in any order, and with all signatures that it has.
    Fetch(Text),
    /// `Public::believe`, when the log's directory tells this history. Who has the log's key can sign
    /// any.
    Believe(Log),
    /// `Gate::admit`; then `Agent::carry_out` begins, and `Agent::search` runs.
    Admit,
    /// The search is done: `Agent::still_good`, and `lagrum_production::seal`.
    Seal,
    /// `Agent::still_good` once more, and `Ledger::mark_begun`: the mark names the mandate.
    Mark,
    /// `Ledger::record`: the row. The mark that names nothing any more is written right after; cut off
    /// before that, what it names stands in the record.
    Record,
    /// `Agent::hand_out`: `AgentEnd::send_package`, `send_receipt`, `Ledger::handed_out`.
    SendPackage,
    /// The run ends, or is killed.
    End,
}
