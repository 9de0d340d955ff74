//! The list of cases, its views, and the search.

mod table;

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use lagrum_access::Action;
use lagrum_model::{CaseState, Identifier, Role};
use lagrum_store::{CaseFilter, Order, Owner, Page, Sought, WaitingFor};
use maud::{Markup, html};

use crate::error::Problem;
use crate::look::{Frame, Note, note, page, up_to_99};
use crate::pages::just_done;
use crate::pages::narrowed::Narrowed;
use crate::pages::several;
use crate::reply::Reply;
use crate::visit::Visit;

use table::table;
pub(crate) use table::{standing, without};

/// Rows on a page.
const ROWS: u32 = 40;
/// How far a list on a page is counted: beyond that the number helps nobody, and takes longer with every case.
const MOST_COUNTED_CASES: u64 = 10_000;

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

/// The end of today on the desk's wall (UTC). What is due before is late or due today: in the list, and in the
/// number beside its view.
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

/// Whether the person works for none of the desk's groups, so that no case is there for them.
fn in_no_group(visit: &Visit<'_>) -> bool {
    let groups = visit.principal().ok().and_then(|own| own.groups());
    groups.is_some_and(<[String]>::is_empty)
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

/// How many cases there are, of which so many at most were counted.
pub(super) fn how_many_cases(visit: &Visit<'_>, total: u64, counted: u64) -> String {
    match total < counted {
        true => visit.count("web-cases", total),
        false => visit.count("web-cases-or-more", total),
    }
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
    let narrowed = Narrowed::of(visit)?;
    let filter = narrowed.within(visit, listed.filter.clone());
    let number = visit.query.text("page").parse().unwrap_or(1_u64).max(1);
    let asked = Page::number(number, ROWS).counted_up_to(MOST_COUNTED_CASES);
    let found = visit.ask(|session| session.cases(&filter, listed.order, asked))?;
    let missed = visit.ask(|session| session.half_searched(&filter))?;
    // Of a list that was counted to its end, the last page is known.
    let is_counted = found.total < MOST_COUNTED_CASES;
    let pages = is_counted.then(|| found.total.div_ceil(u64::from(ROWS)).max(1));
    let goes_on = found.goes_on(&asked);
    let here = format!("{}{}", listed.address, narrowed.in_address());
    let address = |number: u64| format!("{here}&page={number}");
    let frame = Frame {
        title: listed.title,
        at: listed.at,
        ..Frame::default()
    };
    let counts = how_many_cases(visit, found.total, MOST_COUNTED_CASES);
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
                    (half_searched(visit, missed))
                    @if found.items.is_empty() {
                        p {
                            @if narrowed.is_any() { (visit.say("web-filter-nothing")) }
                            @else if in_no_group(visit) { (visit.say("web-empty-no-group")) }
                            @else { (listed.empty) }
                        }
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
                    @if number > 1 || goes_on {
                        nav.pager aria-label=(visit.say("web-pages")) {
                            @if number > 1 { a href=(address(number - 1)) rel="prev" { (visit.say("web-page-before")) } }
                            span {
                                @if let Some(pages) = pages { (visit.fill("web-page-of", &[("page", &number.to_string()), ("pages", &pages.to_string())])) }
                                @else { (visit.fill("web-page-number", &[("page", &number.to_string())])) }
                            }
                            @if goes_on { a href=(address(number + 1)) rel="next" { (visit.say("web-page-next")) } }
                        }
                    }
                }
            }
        },
    ))
}

/// That a search by words may have missed some cases.
fn half_searched(visit: &Visit<'_>, missed: u64) -> Markup {
    html! {
        @if missed > 0 {
            (note(Note::Warning, html! { p { (visit.count("cases-half-searched", missed)) } }))
        }
    }
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
    let search = visit.param("id")?;
    let wanted = visit.keep().kept_search(who, search)?;
    let wanted = wanted.ok_or(Problem::NotThere)?;
    let text = Some(wanted.clone());
    let identifier = Identifier::parse(&wanted).ok();
    let by = |filter: CaseFilter| {
        visit.ask(|session| {
            session.cases(
                &filter,
                Order::Newest,
                Page::number(1, MOST).counted_up_to(MOST_COUNTED_CASES),
            )
        })
    };
    let none = CaseFilter::default;
    let by_words = CaseFilter {
        words: Sought::parse(&wanted).ok(),
        ..none()
    };
    let missed = visit.ask(|session| session.half_searched(&by_words))?;
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
        (
            "words",
            match by_words.words {
                Some(_) => Some(by(by_words)?),
                None => None,
            },
        ),
    ];
    let any = groups
        .iter()
        .any(|(_, found)| found.as_ref().is_some_and(|found| found.total > 0));
    // What was found in two ways is shown once.
    let mut shown = BTreeSet::new();
    let groups = groups.map(|(name, found)| {
        let found = found.map(|mut found| {
            let all = found.items.len();
            found.items.retain(|row| shown.insert(row.case.clone()));
            let above = all - found.items.len();
            (found, above)
        });
        (name, found)
    });
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
                @if let Some((found, above)) = found.as_ref().filter(|(found, _)| found.total > 0) {
                    h2 { (visit.say(&format!("web-search-{name}"))) " · " (how_many_cases(visit, found.total, MOST_COUNTED_CASES)) }
                    @if !found.items.is_empty() { (table(visit, &found.items, false, false)) }
                    @if *above > 0 { p.second { (visit.count("web-search-above", *above as u64)) } }
                    @if *name == "words" {
                        p {
                            (visit.say("web-search-narrow")) " "
                            @for view in [View::Open, View::Closed] {
                                a href=(format!("/cases?view={}&search={search}", view.name())) { (visit.say(&format!("web-view-{}", view.name()))) } " "
                            }
                        }
                    }
                }
            }
            (half_searched(visit, missed))
            (note(Note::Quiet, html! { p { (visit.say("web-search-what")) } }))
        },
    ))
}
