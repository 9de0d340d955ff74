//! What an agent says of how far it shut itself in.

use std::path::PathBuf;

use lagrum_agent::{AgentError, ShutIn};
use lagrum_telemetry::{Facts, Happening};

use crate::context::Context;

/// When a process of agents that is shut in whole says so.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Say {
    /// At every start.
    Always,
    /// Never: it is started anew every few minutes.
    WhatIsMissing,
}

/// Shuts this process in, and tells how far.
pub fn shut_in(context: &Context, files: &[PathBuf], say: Say) -> Result<ShutIn, AgentError> {
    let shut = lagrum_agent::shut_in(files)?;
    log(&shut);
    let whole = !shut.is_off() && shut.missing.is_empty() && shut.left.is_empty();
    if !whole || shut.root || say == Say::Always {
        context.note(&in_words(&shut));
    }
    Ok(shut)
}

fn log(shut: &ShutIn) {
    let not = |code| {
        Happening::NotShutIn.tell(Facts {
            code: Some(code),
            ..Facts::default()
        });
    };
    if shut.is_off() {
        not("off");
    } else {
        Happening::ShutIn.tell(Facts {
            count: shut.ports().map(|ports| ports.len() as u64),
            ..Facts::default()
        });
    }
    let left = shut.left.values().flatten();
    let parts: std::collections::BTreeSet<_> = shut.missing.iter().chain(left).collect();
    for part in parts {
        not(part.as_str());
    }
    if shut.root {
        Happening::RunsAsRoot.tell(Facts::default());
    }
}

fn in_words(shut: &ShutIn) -> String {
    let mut said = Vec::new();
    if shut.is_off() {
        said.push("the agent is not shut in: `confine` is \"off\"".to_owned());
    } else {
        let ports = match shut.ports() {
            None => "to all ports".to_owned(),
            Some(ports) if ports.is_empty() => "to nobody".to_owned(),
            Some(ports) => {
                let ports: Vec<_> = ports.iter().map(ToString::to_string).collect();
                format!("to ports {}", ports.join(", "))
            }
        };
        said.push(format!("the agent is shut in; it can connect {ports}"));
    }
    let names = |parts: Vec<&str>| parts.join(", ");
    if !shut.missing.is_empty() {
        let missing = shut.missing.iter().map(|part| part.as_str());
        let missing = names(missing.collect());
        said.push(format!(
            "NOT GIVEN UP, since this system does not have it, or does not let it be given up: {missing}"
        ));
    }
    for (source, left) in &shut.left {
        let left = names(left.iter().map(|part| part.as_str()).collect());
        said.push(format!(
            "NOT GIVEN UP, since source `{source}` needs it: {left}"
        ));
    }
    if shut.root {
        said.push("it runs as root; give it a user of its own if its stores allow it".to_owned());
    }
    said.join("; ")
}
