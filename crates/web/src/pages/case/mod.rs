//! One case: what all its pages have in common.

pub(crate) mod assessment;
pub(crate) mod burden;
pub(crate) mod call_back;
pub(crate) mod challenge;
pub(crate) mod clocks;
pub(crate) mod close;
pub(crate) mod decision;
pub(crate) mod demand;
pub(crate) mod describe;
pub(crate) mod door;
pub(crate) mod inquire;
pub(crate) mod letters;
pub(crate) mod night;
pub(crate) mod original;
pub(crate) mod sign;
pub(crate) mod thread;
pub(crate) mod withheld;

use lagrum_access::Action;
use lagrum_desk::{CaseView, CommandError, SHORTEST};
use lagrum_law::{first_due, first_end};
use lagrum_model::{Actor, Case, CaseState, Identifier};
use maud::{Markup, html};

use crate::error::Problem;
use crate::look::{Frame, Moment, Note, Tab, moment, note, page, runs};
use crate::pages::people::person;
use crate::pages::work::without;
use crate::pages::{just_done, refused};
use crate::reply::Reply;
use crate::visit::Visit;

/// Who did something, as the page of a case names them.
pub(crate) fn who(visit: &Visit<'_>, actor: &Actor) -> String {
    match actor {
        Actor::Person { name, .. } => name.clone(),
        Actor::Officer {
            name, authority, ..
        } => format!("{name}, {authority}"),
        Actor::Agent { region } => {
            let words = visit.phrases();
            words.sentence(&visit.fill("actor-agent", &[("region", region.as_str())]))
        }
        Actor::Mailbox { .. } | Actor::Outgoing { .. } => visit.say("web-the-desk"),
    }
}

/// Whether the person can do this to the case now. What ended is worked on no more, whoever asks.
pub(crate) fn works(visit: &Visit<'_>, case: &Case, action: Action) -> bool {
    !case.closed && visit.may(action)
}

/// The case of the address.
pub(crate) fn view(visit: &Visit<'_>) -> Result<CaseView, Problem> {
    let id = visit.case_id()?;
    visit.ask(|session| session.case(&id))
}

/// What a page of a case shows.
pub(crate) struct Shown<'s> {
    /// Which tab.
    pub(crate) at: &'s str,
    /// What the page is, beside the case's number; empty: the tab's name.
    pub(crate) title: &'s str,
    pub(crate) status: u16,
    pub(crate) script: bool,
    /// What was just refused.
    pub(crate) refusal: Option<&'s CommandError>,
}

impl<'s> Shown<'s> {
    pub(crate) fn at(at: &'s str) -> Self {
        Self {
            at,
            title: "",
            status: 200,
            script: false,
            refusal: None,
        }
    }

    pub(crate) fn refused(at: &'s str, refusal: &'s CommandError) -> Self {
        Self {
            status: 422,
            refusal: Some(refusal),
            ..Self::at(at)
        }
    }
}

/// A page of a case: head, tabs, and its own content.
pub(crate) fn case_page(
    visit: &Visit<'_>,
    view: &CaseView,
    shown: &Shown<'_>,
    body: Markup,
) -> Reply {
    let name = match shown.title {
        "" => visit.say(&format!("web-tab-{}", shown.at)),
        title => title.to_owned(),
    };
    let title = format!("{name} · {}", view.id);
    let frame = Frame {
        title: &title,
        at: "work",
        failed: shown.status >= 400,
        script: shown.script,
        head: Some(head(visit, view, shown.at)),
        ..Frame::default()
    };
    page(
        visit,
        shown.status,
        &frame,
        html! {
            (just_done(visit))
            @if let Some(refusal) = shown.refusal { (refused(visit, refusal)) }
            @if let Some(why) = &view.uncompared {
                (note(Note::Warning, html! { p { (visit.say("web-uncompared")) } p.second { (why) } }))
            }
            (body)
        },
    )
}

/// The one sentence that says what the case is.
pub(crate) fn title(visit: &Visit<'_>, case: &Case) -> String {
    let words = visit.phrases();
    match &case.demand {
        None => {
            let name = case.originals.first().map(|one| one.file_name.as_str());
            visit.fill(
                "web-case-undescribed",
                &[("file", name.unwrap_or_default())],
            )
        }
        Some(demand) => {
            let kind = words.word(&format!("instrument-{}", demand.instrument.kind.as_str()));
            let kind = words.sentence(&kind);
            match demand.identifiers().as_slice() {
                [] => kind,
                [one] => {
                    let one = account(one);
                    visit.fill("web-case-for", &[("what", &kind), ("account", &one)])
                }
                several => {
                    let count = visit.count("web-accounts", several.len() as u64);
                    visit.fill("web-case-for", &[("what", &kind), ("account", &count)])
                }
            }
        }
    }
}

fn account(one: &Identifier) -> String {
    one.value()
}

fn head(visit: &Visit<'_>, view: &CaseView, at: &str) -> Markup {
    let case = &view.case;
    let words = visit.phrases();
    let people = visit.desk.people().ok();
    let group = people.and_then(|people| people.group_of(&lagrum_access::route(case)));
    let second = case.demand.as_ref().map(|demand| {
        format!(
            "{} ({}) · {} · {}",
            demand.authority.name,
            demand.authority.country,
            demand.reference,
            visit.fill(
                "web-issued",
                &[("day", &words.day(demand.instrument.issued_on))]
            )
        )
    });
    let tabs = [
        ("thread", "", true),
        ("demand", "/demand", true),
        ("assessment", "/assessment", true),
        ("decision", "/decision", true),
        ("challenge", "/challenge", case.was_challenged()),
        ("withheld", "/withheld", case.has_withheld()),
        ("letters", "/letters", true),
        ("clocks", "/clocks", true),
        ("burden", "/burden", true),
    ];
    let tabs = tabs.into_iter().filter(|(_, _, there)| *there);
    let tabs = tabs.map(|(name, end, _)| Tab {
        to: format!("/cases/{}{end}", view.id),
        name: visit.say(&format!("web-tab-{name}")),
        here: name == at,
    });
    html! {
        div.head {
            div {
                nav aria-label=(visit.say("web-crumbs")) {
                    p.crumbs { a href="/cases" data-key=[visit.key("u")] aria-keyshortcuts=[visit.key("u")] { (visit.say("web-nav-work")) } " › " strong { (view.id) } }
                }
                div.over {
                    div {
                        h1 { (title(visit, case)) }
                        @if let Some(second) = second { span.second { (second) } }
                        @else if let Some(at) = case.received_at {
                            span.second { (visit.fill("web-received", &[("at", &crate::look::near(visit, at))])) }
                        }
                    }
                    div.facts {
                        (next_clock(visit, view))
                        div {
                            @match &case.owner {
                                Some(owner) => { (visit.fill("web-owner", &[("name", &person(visit, owner))])) }
                                None => span.unknown { (visit.say("web-owner-none")) },
                            }
                            @if let Some(group) = group { span.second { (visit.fill("web-group", &[("group", &group.name)])) } }
                            span.second { (words.sentence(&words.word(&format!("web-state-{}", case.state().as_str())))) }
                        }
                    }
                }
                nav aria-label=(visit.say("web-case-nav")) {
                    ul.tabs {
                        @for (number, tab) in (1..=9).zip(tabs) {
                            @let key = number.to_string();
                            li { a href=(tab.to) aria-current=[tab.here.then_some("page")]
                                data-key=[visit.key(&key)] aria-keyshortcuts=[visit.key(&key)] { (tab.name) } }
                        }
                    }
                }
            }
        }
    }
}

pub(crate) fn next_clock(visit: &Visit<'_>, view: &CaseView) -> Markup {
    let case = &view.case;
    if case.state() == CaseState::Closed {
        return html! {};
    }
    if case.demand.is_none() {
        let Some(at) = case.received_at else {
            return html! {};
        };
        return moment(
            visit,
            &Moment {
                at: at + SHORTEST,
                what: &visit.say("web-clock-act-by"),
                provisional: true,
            },
        );
    }
    match first_due(&view.clocks).and_then(|clock| Some((clock, clock.operative?))) {
        Some((clock, at)) => moment(
            visit,
            &Moment {
                at,
                what: &visit.say(&format!("web-clock-{}", clock.kind.as_str())),
                provisional: false,
            },
        ),
        None => match first_end(&view.clocks).and_then(|clock| Some((clock, clock.operative?))) {
            Some((clock, at)) => runs(visit, at, &visit.phrases().cite(&clock.id, &clock.cite)),
            None => {
                html! { div.clock { (crate::look::sign("dash")) div { (visit.say(without(case.state()))) } } }
            }
        },
    }
}
