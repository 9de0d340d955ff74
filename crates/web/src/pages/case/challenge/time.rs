//! What the stages of a challenge do to the clocks.

use std::collections::BTreeMap;

use lagrum_desk::CaseView;
use lagrum_law::{Clock, ClockState};
use lagrum_model::{Case, Disposition, Moment};
use maud::{Markup, html};

use super::super::decision::what;
use super::stages::Stage;
use crate::look::{near, past_tense};
use crate::visit::Visit;

/// What recording each stage would do to the clocks, in words; as if all before it had happened.
pub(super) fn effects(
    visit: &Visit<'_>,
    case: &Case,
    all: &[Stage],
) -> BTreeMap<&'static str, Vec<String>> {
    let clocks = |case: &Case| visit.desk.clocks(case, visit.now);
    let mut found = BTreeMap::new();
    let mut so_far = case.clone();
    for stage in all.iter().filter(|one| !one.is_done(case)) {
        let Some(what) = stage.moments.first() else {
            continue;
        };
        let Ok(before) = clocks(&so_far) else { break };
        so_far.moments.add(*what, visit.now);
        let Ok(after) = clocks(&so_far) else { break };
        found.insert(stage.name, changes(visit, &before, &after));
    }
    found
}

fn changes(visit: &Visit<'_>, before: &[Clock], after: &[Clock]) -> Vec<String> {
    let mut lines = Vec::new();
    for one in after {
        let was = before.iter().find(|other| other.id == one.id);
        let name = match (was.map(|was| &was.state), &one.state) {
            (None, _) => "starts",
            (Some(was), now) if was == now => continue,
            (_, ClockState::Done { .. }) => "ends",
            (_, ClockState::Paused) => "pauses",
            (Some(ClockState::Paused), _) => "runs-on",
            _ => "moves",
        };
        let cite = visit.phrases().cite(&one.id, &one.cite);
        let kind = visit.say(&format!("web-clock-{}", one.kind.as_str()));
        let blanks = [("clock", kind.as_str()), ("cite", &cite)];
        lines.push(visit.fill(&format!("web-challenge-clock-{name}"), &blanks));
    }
    if lines.is_empty() {
        lines.push(visit.say("web-challenge-clock-none"));
    }
    lines
}

/// What the challenge does to the time, part by part and clock by clock, as it stands.
pub(super) fn clocks(visit: &Visit<'_>, view: &CaseView) -> Markup {
    let case = &view.case;
    let suspended = {
        let times = |what: Moment| case.moments.all(what).len();
        times(Moment::ReviewStarted) > times(Moment::ReviewEnded)
    };
    html! {
        div.card {
            h2 { (visit.say("web-challenge-clocks")) }
            dl.rows.plain {
                @for (part, answer) in case.answered_parts() {
                    div {
                        dt { (answer.part + 1) ". " (what(visit, part)) }
                        dd { @match (answer.disposition, suspended) {
                            (Disposition::Challenge, true) => strong { (visit.say("web-challenge-suspended")) },
                            (Disposition::Challenge, false) => strong { (visit.say("web-challenge-by-us")) },
                            (other, _) => (past_tense(visit, other)),
                        } }
                    }
                }
                @for clock in &view.clocks {
                    div {
                        dt { (visit.phrases().cite(&clock.id, &clock.cite)) }
                        dd { (clock_line(visit, clock)) }
                    }
                }
            }
            p { a href=(format!("/cases/{}/clocks", view.id)) { (visit.say("web-tab-clocks")) } }
        }
    }
}

fn clock_line(visit: &Visit<'_>, clock: &Clock) -> String {
    let kind = visit.say(&format!("web-clock-{}", clock.kind.as_str()));
    let at = clock.operative.map(|at| near(visit, at));
    let state = match &clock.state {
        ClockState::Done { by, .. } => {
            let by = visit.say(&format!("moment-{by}"));
            return visit.fill("web-challenge-clock-done", &[("by", &by)]);
        }
        ClockState::Paused => visit.say("web-challenge-clock-paused"),
        ClockState::Passed => visit.say("web-challenge-clock-passed"),
        _ => String::new(),
    };
    let line = format!("{kind} {}", at.unwrap_or_default());
    let line = visit.phrases().sentence(line.trim());
    match state.is_empty() {
        true => line,
        false => format!("{line} · {state}"),
    }
}
