//! The rows of a list, in bands by what is due.

use jiff::{SignedDuration, Timestamp};
use lagrum_documents::Phrases;
use lagrum_model::{CaseState, Disposition, Role};
use lagrum_store::{DESCRIBE, Due, Summary, Unsigned, WaitingFor};
use maud::{Markup, html};

use super::midnight;
use crate::look::{Moment, Work, case_link, moment, runs, status};
use crate::pages::people::person;
use crate::pages::several;
use crate::visit::Visit;

/// In which band of the list a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Band {
    Late,
    Today,
    Unknown,
    Soon,
    Later,
    NothingDue,
}

impl Band {
    fn of(now: Timestamp, end_of_today: Timestamp, due: Option<&Due>) -> Self {
        let Some(due) = due else {
            return Self::NothingDue;
        };
        match due.at {
            at if at < now => Self::Late,
            at if at < end_of_today => Self::Today,
            // It may be the shortest of all: it stands high until somebody has looked.
            _ if due.kind == DESCRIBE => Self::Unknown,
            at if at < now + SignedDuration::from_hours(14 * 24) => Self::Soon,
            _ => Self::Later,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Today => "today",
            Self::Unknown => "unknown",
            Self::Soon => "soon",
            Self::Later => "later",
            Self::NothingDue => "nothing",
        }
    }

    const ALL: [Self; 6] = [
        Self::Late,
        Self::Today,
        Self::Unknown,
        Self::Soon,
        Self::Later,
        Self::NothingDue,
    ];
}

pub(super) fn table(visit: &Visit<'_>, all: &[Summary], banded: bool, picks: bool) -> Markup {
    let end = midnight(visit);
    let bands: Vec<(_, Vec<_>)> = if banded {
        let banded = Band::ALL.into_iter().map(|band| {
            let inside = all
                .iter()
                .filter(|one| Band::of(visit.now, end, one.due.as_ref()) == band);
            (Some(band), inside.collect::<Vec<_>>())
        });
        banded.filter(|(_, inside)| !inside.is_empty()).collect()
    } else {
        vec![(None, all.iter().collect())]
    };
    let zone = visit.phrases().zone(&visit.zone());
    html! {
        table.list {
            thead { tr {
                @if picks { th scope="col" { span.hidden { (visit.say("web-column-pick")) } } }
                th scope="col" { (visit.fill("web-column-clock", &[("zone", &zone)])) }
                @for column in ["case", "from", "asked", "now"] {
                    th scope="col" { (visit.say(&format!("web-column-{column}"))) }
                }
            } }
            @for (band, cases) in &bands {
                tbody {
                    @if let Some(band) = band {
                        tr.band { th colspan=(if picks { "6" } else { "5" }) scope="colgroup" {
                            (visit.say(&format!("web-band-{}", band.name()))) " · " (cases.len())
                        } }
                    }
                    @for one in cases { (row(visit, one, picks)) }
                }
            }
        }
    }
}

fn row(visit: &Visit<'_>, one: &Summary, picks: bool) -> Markup {
    let words = visit.phrases();
    let group = group_of(visit, one);
    html! {
        tr {
            @if picks { td.pick { (several::tick(visit, one)) } }
            td { (clock(visit, one)) }
            th scope="row" {
                (case_link(&one.case))
                @if let Some(owner) = &one.owner { span.second { (person(visit, owner)) } }
                @if let Some(group) = group { span.second { (group) } }
            }
            td {
                @match &one.authority {
                    Some(name) => {
                        (name)
                        @if let Some(country) = one.authority_country { " " span.quiet { (country) } }
                        @if let Some(reference) = &one.reference { span.second { (reference) } }
                    }
                    None => span.unknown { (visit.say("web-not-described")) },
                }
            }
            td {
                @match one.instrument {
                    Some(kind) => (words.sentence(&words.word(&format!("instrument-{}", kind.as_str())))),
                    None => span.long { (one.name) },
                }
                span.second {
                    @if one.instrument.is_some() { (visit.count("web-parts", u64::from(one.parts))) }
                    @else { (visit.fill("web-received", &[("at", &crate::look::near(visit, one.received_at))])) }
                }
            }
            td { (standing(visit, one)) }
        }
    }
}

/// The name of the group whose case it is, for whoever sees the cases of several.
fn group_of<'v>(visit: &'v Visit<'_>, one: &Summary) -> Option<&'v str> {
    let own = visit.principal().ok()?.groups();
    let several = own.is_none_or(|groups| groups.len() > 1);
    let group = one.group.as_deref().filter(|_| several)?;
    Some(visit.desk.people().ok()?.group(group)?.name.as_str())
}

fn clock(visit: &Visit<'_>, one: &Summary) -> Markup {
    match &one.due {
        Some(due) if due.kind == DESCRIBE => moment(
            visit,
            &Moment {
                at: due.at,
                what: "",
                provisional: true,
            },
        ),
        Some(due) => {
            let what = match due.kind.as_str() {
                "act-by" => String::new(),
                kind => visit.say(&format!("web-clock-{kind}")),
            };
            moment(
                visit,
                &Moment {
                    at: due.at,
                    what: &what,
                    provisional: false,
                },
            )
        }
        None if one.closed => html! { span.second { (visit.say("web-clock-closed")) } },
        None if let Some(end) = &one.runs => runs(visit, end.at, ""),
        None => html! {
            div.clock {
                (crate::look::sign("dash"))
                div { (visit.say(without(one.state))) }
            }
        },
    }
}

/// What is said in the place of a clock: that no deadline is known, or that what outlives the case has none.
pub(crate) fn without(state: CaseState) -> &'static str {
    match state {
        CaseState::DutiesRun => "web-clock-no-day",
        _ => "web-clock-none",
    }
}

/// What is to be done, or for whom it waits.
pub(crate) fn standing(visit: &Visit<'_>, one: &Summary) -> Markup {
    let mut all: Vec<_> = std::iter::once(&one.waiting_for)
        .chain(&one.also)
        .map(|waits| stands(waits, one.closed))
        .collect();
    // What somebody here has to do goes before what others are waited for; otherwise in the order of the case.
    all.sort_by_key(|(work, _)| *work == Work::Waiting);
    let answers = answered(visit.phrases(), &one.answers);
    html! {
        @for (work, name) in all { div { (status(work, &visit.say(&format!("web-now-{name}")))) } }
        @if let Some(unsigned) = &one.to_sign { (to_sign(visit, unsigned)) }
        @if !answers.is_empty() { span.second { (answers) } }
    }
}

/// What waits for a signature: of how many accounts, what, to whom; and who signed it already.
fn to_sign(visit: &Visit<'_>, unsigned: &Unsigned) -> Markup {
    let words = visit.phrases();
    let categories = unsigned.categories.iter();
    let categories: Vec<_> = categories
        .map(|one| words.word(&format!("category-{}", one.as_str())))
        .collect();
    let blanks = [
        (
            "accounts",
            visit.count("web-accounts", unsigned.accounts.into()),
        ),
        ("categories", words.list(&categories)),
        ("to", words.list(&unsigned.recipients)),
    ];
    let blanks = blanks
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let what = match unsigned.recipients.is_empty() {
        true => "web-to-sign-stays",
        false => "web-to-sign-leaves",
    };
    let signed = match unsigned.signed_by.is_empty() {
        true => visit.say("web-to-sign-nobody"),
        false => visit.fill(
            "web-to-sign-signed",
            &[("names", &words.list(&unsigned.signed_by))],
        ),
    };
    html! {
        span.second { (visit.fill(what, &blanks)) }
        span.second { (signed) }
    }
}

fn stands(waits: &WaitingFor, closed: bool) -> (Work, &'static str) {
    match waits {
        WaitingFor::Description => (Work::ToDo, "describe"),
        WaitingFor::Authentication => (Work::ToDo, "call-back"),
        WaitingFor::Assessment => (Work::ToDo, "assess"),
        WaitingFor::Decision => (Work::ToDo, "decide"),
        WaitingFor::Signature(roles) if roles.contains(&Role::Counsel) => {
            (Work::Waiting, "counsel")
        }
        WaitingFor::Signature(_) => (Work::Waiting, "analyst"),
        WaitingFor::Agent => (Work::Waiting, "agent"),
        WaitingFor::Delivery => (Work::ToDo, "deliver"),
        WaitingFor::Authority => (Work::Waiting, "authority"),
        WaitingFor::Filing => (Work::ToDo, "filing"),
        WaitingFor::Court => (Work::Waiting, "court"),
        WaitingFor::Letter => (Work::ToDo, "letter"),
        WaitingFor::Closing => (Work::ToDo, "close"),
        WaitingFor::Nobody if closed => (Work::Done, "closed"),
        WaitingFor::Nobody => (Work::Waiting, "duty"),
    }
}

fn answered(phrases: &Phrases, answers: &[Disposition]) -> String {
    let words: Vec<_> = answers
        .iter()
        .map(|one| phrases.word(&format!("disposition-{}", one.as_str())))
        .collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_described_is_late_once_the_shortest_time_of_all_has_passed() {
        let now: Timestamp = "2026-11-27T12:00:00Z".parse().unwrap();
        let end: Timestamp = "2026-11-27T23:00:00Z".parse().unwrap();
        let band = |kind: &str, at: &str| {
            let due = Due {
                at: at.parse().unwrap(),
                clock: kind.into(),
                kind: kind.into(),
            };
            Band::of(now, end, Some(&due))
        };
        assert_eq!(band(DESCRIBE, "2026-11-27T11:59:00Z"), Band::Late);
        assert_eq!(band(DESCRIBE, "2026-11-27T12:01:00Z"), Band::Today);
        assert_eq!(band(DESCRIBE, "2026-11-27T23:30:00Z"), Band::Unknown);
        assert_eq!(band("act-by", "2026-11-27T11:59:00Z"), Band::Late);
        assert_eq!(band("act-by", "2026-11-28T11:00:00Z"), Band::Soon);
        assert_eq!(Band::of(now, end, None), Band::NothingDue);
    }
}
