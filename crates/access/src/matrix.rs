use std::fmt::Write;

use lagrum_model::{CaseState, Role};

use crate::access::About;
use crate::{Access, Action};

/// The policy as a table, as text: a row for each action, a column for each role. A cell says
/// *always*, *never*, or in which states of a case.
#[must_use]
pub fn matrix() -> String {
    let mut rows = vec![vec!["action".to_owned()]];
    rows[0].extend(Role::ALL.iter().map(|role| role.as_str().to_owned()));
    for action in Action::ALL {
        let mut row = vec![action.as_str().to_owned()];
        row.extend(Role::ALL.iter().map(|role| cell(*role, action)));
        rows.push(row);
    }
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<_> = (0..=Role::ALL.len()).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(line, "{cell:width$}  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn cell(role: Role, action: Action) -> String {
    let access = Access::new();
    // As it is without groups, and for whoever works for the case's own.
    let may = |state: Option<CaseState>| {
        let about = match state {
            None => About::Desk { whole: true },
            Some(state) => About::Case {
                state,
                theirs: true,
            },
        };
        access.permits(role, action, about)
    };
    let (yes, no): (Vec<_>, Vec<_>) = CaseState::ALL
        .into_iter()
        .partition(|state| may(Some(*state)));
    let words = |states: &[CaseState]| {
        let all: Vec<_> = states.iter().map(|state| state.as_str()).collect();
        all.join(", ")
    };
    match (may(None), &yes[..], &no[..]) {
        (false, [], _) => "never".to_owned(),
        (true, [], _) | (_, _, []) => "always".to_owned(),
        (_, yes, no) if yes.len() > no.len() => format!("unless {}", words(no)),
        (_, yes, _) => words(yes),
    }
}
