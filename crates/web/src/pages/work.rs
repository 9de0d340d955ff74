//! The list of cases, its views, and the search.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use lagrum_access::Action;
use lagrum_documents::Phrases;
use lagrum_model::{CaseState, Disposition, Identifier, Role};
use lagrum_store::{CaseFilter, DESCRIBE, Due, Order, Owner, Page, Summary, WaitingFor};
use maud::{Markup, html};

use crate::error::Problem;
use crate::look::{Frame, Moment, Note, Work, case_link, moment, note, page, status, up_to_99};
use crate::pages::just_done;
use crate::pages::narrowed::Narrowed;
use crate::pages::people::person;
use crate::pages::several;
use crate::reply::Reply;
use crate::visit::Visit;

/// Rows on a page.
const ROWS: u32 = 40;
/// The shortest time that any instrument leaves: eight hours in an emergency (Article 10(4) of
/// Regulation (EU) 2023/1543). What nobody described yet may be one.
pub(crate) const SHORTEST: SignedDuration = SignedDuration::from_hours(8);

/// A view: which cases, and under which name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Mine,
    Unassigned,
    Today,
    Soon,
    Undescribed,
    Authority,
    Counsel,
    Agent,
    Open,
    Duties,
    Closed,
}

impl View {
    const GROUPS: [(&'static str, &'static [Self]); 3] = [
        (
            "views",
            &[
                Self::Mine,
                Self::Unassigned,
                Self::Today,
                Self::Soon,
                Self::Undescribed,
            ],
        ),
        ("waiting", &[Self::Authority, Self::Counsel, Self::Agent]),
        ("all", &[Self::Open, Self::Duties, Self::Closed]),
    ];

    fn all() -> impl Iterator<Item = Self> {
        Self::GROUPS.iter().flat_map(|(_, views)| *views).copied()
    }

    fn name(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Today => "today",
            Self::Soon => "soon",
            Self::Undescribed => "undescribed",
            Self::Authority => "authority",
            Self::Counsel => "counsel",
            Self::Agent => "agent",
            Self::Open => "open",
            Self::Duties => "duties",
            Self::Closed => "closed",
        }
    }

    fn filter(self, visit: &Visit<'_>) -> CaseFilter {
        let open = CaseFilter {
            open: Some(true),
            ..CaseFilter::default()
        };
        match self {
            Self::Mine => CaseFilter {
                owner: visit
                    .who
                    .as_ref()
                    .map(|who| Owner::Person(who.principal.id().to_owned())),
                ..open
            },
            Self::Unassigned => CaseFilter {
                owner: Some(Owner::Nobody),
                ..open
            },
            Self::Today => CaseFilter {
                due_before: Some(midnight(visit)),
                ..open
            },
            Self::Soon => CaseFilter {
                due_before: Some(visit.now + SignedDuration::from_hours(7 * 24)),
                ..open
            },
            Self::Undescribed => CaseFilter {
                waiting_for: Some(WaitingFor::Description),
                ..open
            },
            Self::Authority => CaseFilter {
                waiting_for: Some(WaitingFor::Authority),
                ..open
            },
            Self::Counsel => CaseFilter {
                waiting_for: Some(WaitingFor::Signature(vec![Role::Counsel])),
                ..open
            },
            Self::Agent => CaseFilter {
                waiting_for: Some(WaitingFor::Agent),
                ..open
            },
            Self::Open => open,
            Self::Duties => CaseFilter {
                state: Some(CaseState::DutiesRun),
                waiting_for: Some(WaitingFor::Nobody),
                ..open
            },
            Self::Closed => CaseFilter {
                open: Some(false),
                ..CaseFilter::default()
            },
        }
    }

    fn order(self) -> Order {
        match self {
            Self::Closed => Order::Newest,
            _ => Order::Due,
        }
    }
}

/// The end of today on the desk's wall (UTC).
fn midnight(visit: &Visit<'_>) -> Timestamp {
    let zone = visit.zone();
    let zone: &TimeZone = zone.time_zone();
    let today = visit.now.to_zoned_datetime(zone.clone()).date();
    let end = today
        .checked_add(1.day())
        .and_then(|tomorrow| tomorrow.to_zoned_datetime(zone.clone()));
    end.map_or(visit.now, |end| end.timestamp())
}

/// The work list.
pub(crate) fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let asked = visit.query.text("view");
    let view = View::all().find(|view| view.name() == asked);
    let view = view.unwrap_or(if visit.role() == Some(Role::Auditor) {
        View::Open
    } else {
        View::Mine
    });
    let name = visit.say(&format!("web-view-{}", view.name()));
    let at = match view {
        View::Duties => "duties",
        View::Counsel if visit.is_counsel() => "to-sign",
        _ => "work",
    };
    shown(
        visit,
        &Listed {
            title: &name,
            at,
            view: Some(view),
            filter: view.filter(visit),
            order: view.order(),
            empty: &visit.say(&format!("web-empty-{}", view.name())),
            address: &format!("/cases?view={}", view.name()),
        },
    )
}

/// What nobody described yet, the oldest first.
pub(crate) fn inbox(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(
        visit,
        &Listed {
            title: &visit.say("web-nav-inbox"),
            at: "inbox",
            view: None,
            filter: View::Undescribed.filter(visit),
            order: Order::Received,
            empty: &visit.say("web-empty-undescribed"),
            address: "/inbox?",
        },
    )
}

struct Listed<'l> {
    title: &'l str,
    at: &'l str,
    view: Option<View>,
    filter: CaseFilter,
    order: Order,
    empty: &'l str,
    address: &'l str,
}

fn shown(visit: &Visit<'_>, listed: &Listed<'_>) -> Result<Reply, Problem> {
    let narrowed = Narrowed::of(visit);
    let filter = narrowed.within(listed.filter.clone());
    let number = visit.query.text("page").parse().unwrap_or(1_u64).max(1);
    let found =
        visit.ask(|session| session.cases(&filter, listed.order, Page::number(number, ROWS)))?;
    let pages = found.total.div_ceil(u64::from(ROWS)).max(1);
    let here = format!("{}{}", listed.address, narrowed.in_address());
    let address = |number: u64| format!("{here}&page={number}");
    let frame = Frame {
        title: listed.title,
        at: listed.at,
        ..Frame::default()
    };
    let counts = visit.count("web-cases", found.total);
    Ok(page(
        visit,
        200,
        &frame,
        html! {
            div.withrail {
                (rail(visit, listed.view)?)
                div {
                    div.lead {
                        h1 { (listed.title) }
                        span { (counts) }
                        div.right {
                            @if visit.may(Action::Intake) {
                                a.buttonlike.main href="/new" data-key=[visit.key("n")] aria-keyshortcuts=[visit.key("n")] {
                                    (visit.say("web-new-case")) @if visit.key("n").is_some() { " " kbd aria-hidden="true" { "n" } }
                                }
                            }
                        }
                    }
                    (just_done(visit))
                    (super::case::night::band(visit)?)
                    @if let Some(view) = listed.view { (narrowed.form(visit, view.name(), &listed.filter)?) }
                    @if !found.unreadable.is_empty() {
                        (note(Note::Warning, html! { p { (visit.count("web-unreadable", found.unreadable.len() as u64)) } }))
                    }
                    @if found.items.is_empty() {
                        p { (if narrowed.is_any() { visit.say("web-filter-nothing") } else { listed.empty.to_owned() }) }
                    } @else {
                        (several::pick(visit, &here, &found.items, |picks| table(visit, &found.items, listed.order == Order::Due, picks))?)
                        @if visit.key("j").is_some() {
                            p.keyline.second {
                                kbd { "j" } " " kbd { "k" } " " (visit.say("web-key-move")) " · "
                                kbd { "Enter" } " " (visit.say("web-key-open")) " · "
                                @if visit.may(Action::Assign) { kbd { "x" } " " (visit.say("web-key-select")) " · " }
                                a href="/settings/me" { (visit.say("web-key-off")) }
                            }
                        }
                    }
                    @if pages > 1 {
                        nav.pager aria-label=(visit.say("web-pages")) {
                            @if number > 1 { a href=(address(number - 1)) rel="prev" { (visit.say("web-page-before")) } }
                            span { (visit.fill("web-page-of", &[("page", &number.to_string()), ("pages", &pages.to_string())])) }
                            @if number < pages { a href=(address(number + 1)) rel="next" { (visit.say("web-page-next")) } }
                        }
                    }
                }
            }
        },
    ))
}

fn rail(visit: &Visit<'_>, here: Option<View>) -> Result<Markup, Problem> {
    let auditor = visit.role() == Some(Role::Auditor);
    let filters: Vec<_> = View::all().map(|view| view.filter(visit)).collect();
    let counts = visit.ask(|session| session.counts(&filters))?;
    let counted = |view: View| {
        let place = View::all().position(|one| one == view);
        place
            .and_then(|place| counts.get(place).copied())
            .unwrap_or_default()
    };
    Ok(html! {
        nav.rail aria-label=(visit.say("web-view-nav")) {
            @for (group, views) in View::GROUPS {
                @let views = views.iter().filter(|view| !(auditor && **view == View::Mine));
                div {
                    h2 { (visit.say(&format!("web-view-group-{group}"))) }
                    ul {
                        @for view in views {
                            li {
                                a href=(format!("/cases?view={}", view.name())) aria-current=[(here == Some(*view)).then_some("page")] {
                                    span { (visit.say(&format!("web-view-{}", view.name()))) }
                                    @let count = counted(*view);
                                    " " span.count.late[*view == View::Today && count > 0] { (up_to_99(count)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    })
}

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
        if due.kind == DESCRIBE {
            // It may be the shortest of all: it stands high until somebody has looked.
            return match due.at + SHORTEST {
                at if at < now => Self::Late,
                at if at < end_of_today => Self::Today,
                _ => Self::Unknown,
            };
        }
        match due.at {
            at if at < now => Self::Late,
            at if at < end_of_today => Self::Today,
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

/// The instant that a list shows of what is due.
fn shown_at(due: &Due) -> Timestamp {
    match due.kind.as_str() {
        DESCRIBE => due.at + SHORTEST,
        _ => due.at,
    }
}

fn table(visit: &Visit<'_>, all: &[Summary], banded: bool, picks: bool) -> Markup {
    let end = midnight(visit);
    let bands: Vec<(Option<Band>, Vec<&Summary>)> = if banded {
        let banded = Band::ALL.into_iter().map(|band| {
            let inside = all
                .iter()
                .filter(|one| Band::of(visit.now, end, one.due.as_ref()) == band);
            let mut inside: Vec<_> = inside.collect();
            // As the clocks are shown: of what nobody described yet that is the shortest that could run.
            inside.sort_by_key(|one| one.due.as_ref().map(shown_at));
            (Some(band), inside)
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
                    None => (one.name),
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
                at: due.at + SHORTEST,
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
        None => html! {
            div.clock {
                (crate::look::sign("dash"))
                div { (visit.say("web-clock-none")) }
            }
        },
    }
}

/// What is to be done, or for whom it waits.
pub(crate) fn standing(visit: &Visit<'_>, one: &Summary) -> Markup {
    let (work, name) = match &one.waiting_for {
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
        WaitingFor::Nobody if one.closed => (Work::Done, "closed"),
        WaitingFor::Nobody => (Work::Waiting, "duty"),
    };
    let answers = answered(visit.phrases(), &one.answers);
    html! {
        (status(work, &visit.say(&format!("web-now-{name}"))))
        @if !answers.is_empty() { span.second { (answers) } }
    }
}

fn answered(phrases: &Phrases, answers: &[Disposition]) -> String {
    let words: Vec<_> = answers
        .iter()
        .map(|one| phrases.word(&format!("disposition-{}", one.as_str())))
        .collect();
    words.join(", ")
}

/// A search is a POST, so that no account stands in an address; its answer is found under a name that
/// means nothing.
pub(crate) fn search(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let wanted = visit.form.text("q");
    if wanted.is_empty() {
        return Ok(Reply::see("/cases"));
    }
    if let Ok(id) = lagrum_model::CaseId::parse(wanted)
        && visit.ask(|session| session.case(&id)).is_ok()
    {
        return Ok(Reply::see(format!("/cases/{id}")));
    }
    let who = visit.principal()?.id().to_owned();
    let id = visit.keep().keep_search(&who, wanted)?;
    Ok(Reply::see(format!("/search/{id}")))
}

/// What was found.
pub(crate) fn found(visit: &Visit<'_>) -> Result<Reply, Problem> {
    const MOST: u32 = 50;
    let who = visit.principal()?.id();
    let wanted = visit.keep().kept_search(who, visit.param("id")?)?;
    let wanted = wanted.ok_or(Problem::NotThere)?;
    let text = Some(wanted.clone());
    let identifier = Identifier::parse(&wanted).ok();
    let by = |filter: CaseFilter| {
        visit.ask(|session| session.cases(&filter, Order::Newest, Page::number(1, MOST)))
    };
    let none = CaseFilter::default;
    let groups = [
        (
            "account",
            match identifier {
                Some(identifier) => Some(by(CaseFilter {
                    identifier: Some(identifier),
                    ..none()
                })?),
                None => None,
            },
        ),
        (
            "reference",
            Some(by(CaseFilter {
                reference: text.clone(),
                ..none()
            })?),
        ),
        (
            "authority",
            Some(by(CaseFilter {
                authority: text,
                ..none()
            })?),
        ),
    ];
    let any = groups
        .iter()
        .any(|(_, found)| found.as_ref().is_some_and(|found| found.total > 0));
    let title = visit.say("web-search-title");
    let frame = Frame {
        title: &title,
        ..Frame::default()
    };
    Ok(page(
        visit,
        200,
        &frame,
        html! {
            h1 { (visit.fill("web-search-for", &[("wanted", &wanted)])) }
            @if !any { p { (visit.say("web-search-nothing")) } }
            @for (name, found) in &groups {
                @if let Some(found) = found.as_ref().filter(|found| found.total > 0) {
                    h2 { (visit.say(&format!("web-search-{name}"))) " · " (found.total) }
                    (table(visit, &found.items, false, false))
                }
            }
            (note(Note::Quiet, html! { p { (visit.say("web-search-what")) } }))
        },
    ))
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
        assert_eq!(band(DESCRIBE, "2026-11-27T03:59:00Z"), Band::Late);
        assert_eq!(band(DESCRIBE, "2026-11-27T04:01:00Z"), Band::Today);
        assert_eq!(band(DESCRIBE, "2026-11-27T15:30:00Z"), Band::Unknown);
        assert_eq!(band("act-by", "2026-11-27T11:59:00Z"), Band::Late);
        assert_eq!(band("act-by", "2026-11-28T11:00:00Z"), Band::Soon);
        assert_eq!(Band::of(now, end, None), Band::NothingDue);
    }
}
