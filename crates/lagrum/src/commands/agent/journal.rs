//! What an agent says where nobody sits: a service's output goes to the journal, and on from there to whomever that is
//! sent. Neither accounts, cases nor what lies in a store stand in it; whoever asks at a terminal is told all.

use std::os::unix::fs::MetadataExt as _;
use std::panic::PanicHookInfo;

use lagrum_agent::{AgentError, MandateOutcome};
use serde_json::json;

use super::{Ran, Row, hinted};

/// Where the rest is said.
const REST: &str = "`lagrum agent run` at a terminal says the rest";

/// Whether the output of this process goes to the journal: systemd names the stream, and programs that are started by
/// those of its services have the same name with another output (systemd.exec(5), JOURNAL_STREAM).
pub fn is_the_output() -> bool {
    let Ok(named) = std::env::var("JOURNAL_STREAM") else {
        return false;
    };
    [1, 2].iter().any(|stream| {
        std::fs::metadata(format!("/proc/self/fd/{stream}"))
            .is_ok_and(|about| named == format!("{}:{}", about.dev(), about.ino()))
    })
}

/// A program that fails says where in its own source, and not what it had before it.
pub fn keep_out_of_panics() {
    std::panic::set_hook(Box::new(|panic| eprintln!("lagrum: {}", failed_at(panic))));
}

fn failed_at(panic: &PanicHookInfo<'_>) -> String {
    match panic.location() {
        Some(place) => format!("the program failed at {}:{}", place.file(), place.line()),
        None => "the program failed".to_owned(),
    }
}

/// An error that ends a run, or the process.
pub fn error(error: AgentError) -> anyhow::Error {
    match error.names_nobody() {
        true => hinted(error),
        false => anyhow::anyhow!("{}; {REST}", error.in_a_class()),
    }
}

/// The same before there is a mandate: the files that it names are the agent's own.
pub fn error_at_start(failed: AgentError) -> anyhow::Error {
    match failed {
        AgentError::Io { .. } | AgentError::File(_) => hinted(failed),
        other => error(other),
    }
}

/// What became of the mandates, for machines.
pub fn json(ran: &Ran) -> Vec<serde_json::Value> {
    let row = |row: &Row| {
        let mut json = json!({"region": row.region, "outcome": in_a_word(&row.outcome)});
        if let MandateOutcome::Refused(refusal) = &row.outcome {
            json["code"] = json!(refusal.code);
        }
        let here = row.here.iter();
        let here = here.map(|one| json!({"number": one.number, "class": one.class}));
        let here: Vec<_> = here.collect();
        if !here.is_empty() {
            json["here"] = here.into();
        }
        json
    };
    ran.rows.iter().map(row).collect()
}

/// The same for people.
pub fn text(ran: &Ran) -> String {
    let mut lines: Vec<_> = ran.rows.iter().map(line).collect();
    let fails = |row: &Row| !row.here.is_empty() || !is_done(&row.outcome);
    if ran.rows.iter().any(fails) {
        lines.push(format!("{REST}."));
    }
    if ran.rows.is_empty() {
        lines.push("No mandate waits.".to_owned());
    }
    lines.join("\n") + &ran.to_review()
}

/// What is said where the desk was not told that the agent is at work.
pub fn note(ran: &Ran) -> Option<String> {
    let not_told = !ran.notes.is_empty();
    not_told.then(|| {
        format!(
            "the desk was not told that this agent is at work, for not all of that could be counted or sent; {REST}"
        )
    })
}

fn line(row: &Row) -> String {
    let mut said = format!(
        "{}: a mandate {}",
        row.region,
        match &row.outcome {
            MandateOutcome::Refused(refusal) if !row.outcome.is_recalled() => {
                format!("was refused, class `{}`", refusal.code.as_str())
            }
            MandateOutcome::Unanswered(_) => "waits, for something went wrong".to_owned(),
            MandateOutcome::Refused(_) => "was recalled, and is not carried out".to_owned(),
            other => format!("was {}", in_a_word(other)),
        }
    );
    for failure in &row.here {
        said += &match failure.number {
            0 => format!("; `{}`, not written down", failure.class),
            number => format!("; `{}`, number {number} in failures.jsonl", failure.class),
        };
    }
    said + "."
}

fn in_a_word(outcome: &MandateOutcome) -> &'static str {
    match outcome {
        MandateOutcome::AlreadyProduced => "carried out before",
        MandateOutcome::Refused(_) if outcome.is_recalled() => "recalled",
        MandateOutcome::Refused(_) => "refused",
        MandateOutcome::Unanswered(_) => "waits",
        MandateOutcome::Produced(_)
        | MandateOutcome::LookedUp(_)
        | MandateOutcome::Preserved(_)
        | MandateOutcome::Told(_) => "carried out",
    }
}

fn is_done(outcome: &MandateOutcome) -> bool {
    !matches!(in_a_word(outcome), "refused" | "waits")
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn of_a_panic_only_the_place_in_the_source_is_said() {
        let said = Arc::new(Mutex::new(String::new()));
        let keep = Arc::clone(&said);
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            *keep.lock().unwrap() = failed_at(panic);
        }));
        let failed = std::panic::catch_unwind(|| panic!("bjork@kvist.example"));
        std::panic::set_hook(before);
        assert!(failed.is_err());
        let said = said.lock().unwrap();
        assert!(said.contains("journal.rs:"), "{said}");
        assert!(!said.contains("bjork"), "{said}");
    }
}
