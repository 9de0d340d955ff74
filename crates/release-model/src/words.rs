//! What happens, in words.

use crate::state::{Dir, Key, Text};
use crate::steps::AgentStep;
use crate::world::Action;

fn text(text: Text) -> &'static str {
    ["mandate A", "mandate B"][text]
}

fn dir(dir: Dir) -> &'static str {
    ["the agent", "the agent in the second state directory"][dir]
}

fn place(dir: Dir) -> &'static str {
    ["the agent's state directory", "the second state directory"][dir]
}

/// A step as a sentence.
pub(crate) fn of(action: &Action) -> String {
    match action {
        Action::Sign(key, it) => {
            let who = match key {
                Key::Olof => "Olof",
                Key::Maja => "Maja",
                Key::MajaToo => "Maja, with her second key,",
                Key::Stranger => "a stranger",
            };
            format!("{who} signs {}", text(*it))
        }
        Action::Publish(it) => format!("the log releases {}, and the witnesses see it", text(*it)),
        Action::SignRecall(it) => format!("somebody of the roster recalls {}", text(*it)),
        Action::LeaveRecall(it) => format!("the desk leaves the recall of {}", text(*it)),
        Action::HideRecall(it) => format!("the desk takes the recall of {} away", text(*it)),
        Action::Tick => "time passes".into(),
        Action::SetBack => "the clock is set back by one".into(),
        Action::SetRight => "the clock is set right".into(),
        Action::Copy(from, to) => format!("{} is copied over {}", place(*from), place(*to)),
        Action::Lose(it) => format!("{} is lost", place(*it)),
        Action::Show(it, key, told) => format!(
            "{key:?} asks in {} for the passphrase of {}, and is shown it",
            place(*it),
            text(*told)
        ),
        Action::BeginAgain(it) => format!("the operator begins the record in {} again", place(*it)),
        Action::Agent(it, step) => format!("{} {}", dir(*it), agent(step)),
    }
}

fn agent(step: &AgentStep) -> String {
    match step {
        AgentStep::Open => "begins to work".into(),
        AgentStep::HandOutLeft(it) => {
            format!("hands out the package of {} that was left", text(*it))
        }
        AgentStep::Acknowledged(it) => {
            format!("hears that the desk has the package of {}", text(*it))
        }
        AgentStep::HearRecalls => "hears recalls".into(),
        AgentStep::Fetch(it) => format!("fetches {}", text(*it)),
        AgentStep::Believe(shown) => {
            let shown: Vec<_> = shown.iter().map(|it| text(*it)).collect();
            format!("is shown a log that releases {}", shown.join(", then "))
        }
        AgentStep::Admit => "asks the gate".into(),
        AgentStep::Seal => "has searched, looks again, seals".into(),
        AgentStep::Record => "writes the record's row".into(),
        AgentStep::Mark => "writes the mark beside its key".into(),
        AgentStep::SendPackage => "hands the package out".into(),
        AgentStep::End => "ends, or is killed".into(),
    }
}
