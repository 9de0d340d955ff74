//! What agents withheld in a case: what waits for counsel, how it is looked at where it lies, and what came of
//! it. Nothing of it is seen at the desk.

use lagrum_access::Action;
use lagrum_desk::{CaseView, CommandError};
use lagrum_documents::not_produced;
use lagrum_mandate::{Mandate, Reviewed};
use lagrum_model::{EventKind, MandateRecord, Role, Sha256Digest};
use maud::{Markup, html};

use super::{Shown, case_page, view, works};
use crate::error::Problem;
use crate::look::{Field, Note, Work, button, near, note, sign, stamp, status, upload_field};
use crate::reply::Reply;
use crate::visit::Visit;

/// A search that withheld something.
pub(super) struct Search<'c> {
    digest: Sha256Digest,
    mandate: Mandate,
    record: &'c MandateRecord,
    items: u64,
    for_review: u64,
    reviews: Vec<Decided<'c>>,
}

/// A mandate that carries out what counsel decided.
struct Decided<'c> {
    mandate: Mandate,
    record: &'c MandateRecord,
}

impl Decided<'_> {
    fn items(&self) -> &[Reviewed] {
        let review = self.mandate.review.as_ref();
        review.map_or(&[], |review| &review.items)
    }

    /// Whether what it decides still counts.
    fn counts(&self) -> bool {
        !self.record.is_lapsed() && !self.record.recalled
    }
}

impl Search<'_> {
    fn decided(&self) -> u64 {
        let counting = self.reviews.iter().filter(|one| one.counts());
        counting.map(|one| one.items().len() as u64).sum()
    }

    /// How many things nobody decided about.
    pub(super) fn open(&self) -> u64 {
        self.for_review.saturating_sub(self.decided())
    }
}

/// The searches of a case that withheld something.
pub(super) fn searches(view: &CaseView) -> Vec<Search<'_>> {
    let all: Vec<_> = view
        .case
        .mandates
        .iter()
        .filter_map(|(digest, record)| Some((*digest, Mandate::parse(&record.text).ok()?, record)))
        .collect();
    let withheld = all.iter().filter_map(|(digest, mandate, record)| {
        let made = record.produced.filter(|made| made.for_review > 0)?;
        let reviews = all.iter().filter(|(_, other, _)| {
            other
                .review
                .as_ref()
                .is_some_and(|review| review.of == *digest)
        });
        Some(Search {
            digest: *digest,
            mandate: mandate.clone(),
            record,
            items: made.items,
            for_review: made.for_review,
            reviews: reviews
                .map(|(_, mandate, record)| Decided {
                    mandate: mandate.clone(),
                    record,
                })
                .collect(),
        })
    });
    withheld.collect()
}

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(visit, None, None)
}

fn shown(
    visit: &Visit<'_>,
    refusal: Option<&CommandError>,
    wrong: Option<&str>,
) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let all = searches(&view);
    if all.is_empty() {
        return Err(Problem::NotThere);
    }
    let kind = Shown {
        status: match refusal.is_some() || wrong.is_some() {
            true => 422,
            false => 200,
        },
        refusal,
        ..Shown::at("withheld")
    };
    let open = all.iter().map(Search::open).sum::<u64>();
    let brings = open > 0 && works(visit, &view.case, Action::Review);
    let wrong = wrong.map(|name| visit.say(name));
    Ok(case_page(
        visit,
        &view,
        &kind,
        html! {
            div.halves.aside {
                div {
                    @for search in &all { (one(visit, &view, search)) }
                    @if brings {
                        section aria-labelledby="bring" {
                            h2 #bring { (visit.say("web-withheld-bring-title")) }
                            p { (visit.say("web-withheld-bring-lead")) }
                            form.stack action=(format!("/cases/{}/withheld", view.id)) method="post" enctype="multipart/form-data" {
                                (upload_field(&Field {
                                    name: "files",
                                    label: &visit.say("web-withheld-bring"),
                                    hint: &visit.say("web-withheld-bring-hint"),
                                    wrong: wrong.as_deref(),
                                    required: true,
                                    ..Field::default()
                                }))
                                (button(&visit.say("web-withheld-bring-button"), html! {}))
                            }
                        }
                    }
                }
                aside aria-label=(visit.say("web-withheld-beside")) {
                    div.card {
                        h2 { (visit.say("web-withheld-weigh")) }
                        p { (visit.say("web-withheld-weigh-date")) }
                        p { (visit.say("web-withheld-weigh-nothing")) }
                    }
                    div.card {
                        h2 { (visit.say("web-withheld-permit")) }
                        @for clock in view.clocks.iter().filter(|one| one.kind == lagrum_law::ClockKind::ValidUntil) {
                            @if let Some(at) = clock.operative { p { strong { (visit.fill("web-withheld-permit-at", &[("at", &near(visit, at))])) } } }
                        }
                        p { (visit.say("web-withheld-permit-means")) }
                    }
                }
            }
        },
    ))
}

fn one(visit: &Visit<'_>, view: &CaseView, search: &Search<'_>) -> Markup {
    let words = visit.phrases();
    let region = search.mandate.region.to_string();
    let accounts: Vec<_> = search
        .mandate
        .identifiers
        .iter()
        .map(ToString::to_string)
        .collect();
    let categories: Vec<_> = search
        .mandate
        .categories
        .iter()
        .map(|one| words.word(&format!("category-{}", one.as_str())))
        .collect();
    let since = view.events.iter().find_map(|event| match &event.what {
        EventKind::Produced { mandate, .. } if *mandate == search.digest => Some(event.at),
        _ => None,
    });
    let row = |name: &str, value: Markup| {
        html! { div { dt { (visit.say(&format!("web-withheld-{name}"))) } dd { (value) } } }
    };
    html! {
        h2 { (visit.count("web-withheld-count", search.for_review)) }
        p { (visit.count("web-withheld-produced", search.items)) " " (visit.say("web-withheld-why")) " "
            (visit.say("web-withheld-told")) }
        (note(Note::Quiet, html! {
            p { strong { (visit.say("web-withheld-not-here")) } " " (visit.fill("web-withheld-lies", &[("region", &region)])) }
            p { (visit.say("web-withheld-seen")) }
        }))
        dl.rows.plain {
            (row("waiting", html! {
                strong { (search.open()) }
                @if search.decided() > 0 { " · " (visit.count("web-withheld-decided", search.decided())) }
            }))
            (row("what", html! { (words.sentence(&words.list(&categories))) " · " (words.list(&accounts)) }))
            (row("period", html! { (words.period_in_zone(&search.mandate.period, &visit.zone())) }))
            (row("reason", html! { (visit.say("web-withheld-reason-undated")) }))
            (row("by", html! { (visit.fill("web-withheld-agent", &[("region", &region)])) }))
            @if let Some(at) = since { (row("since", html! { (stamp(visit, at)) })) }
        }
        (steps(visit, view, search))
        @for made in &search.reviews { (decisions(visit, made)) }
    }
}

/// What has to be done, one after the other.
fn steps(visit: &Visit<'_>, view: &CaseView, search: &Search<'_>) -> Markup {
    let id = &view.id;
    let last = search.reviews.iter().rfind(|one| one.counts());
    let open = search.open() > 0;
    let signed = last.is_some_and(|one| one.record.is_released());
    let made = last.is_some_and(|one| one.record.produced.is_some());
    let work = |done: bool, now: bool| match (done, now) {
        (true, _) => Work::Done,
        (false, true) => Work::ToDo,
        (false, false) => Work::NotYet,
    };
    let says = |work: Work| {
        visit.say(match work {
            Work::ToDo => "web-work-todo",
            Work::Done => "web-work-done",
            Work::NotYet => "web-work-not-yet",
            Work::Waiting => "web-work-waiting",
        })
    };
    let look = work(!open, true);
    let bring = work(!open, true);
    let two = match last {
        Some(one) if !signed => {
            let counsel = one
                .record
                .approvals
                .iter()
                .all(|approval| approval.role != Role::Counsel);
            let name = if counsel {
                "web-now-counsel"
            } else {
                "web-now-analyst"
            };
            (Work::Waiting, visit.say(name))
        }
        _ => (work(signed, false), says(work(signed, false))),
    };
    let leaves = match (made, signed) {
        (true, _) => (Work::Done, says(Work::Done)),
        (false, true) => (Work::Waiting, visit.say("web-now-agent")),
        (false, false) => (Work::NotYet, says(Work::NotYet)),
    };
    let counsel = match visit.role() {
        Some(Role::Counsel) => visit.principal().map_or("", |who| who.id()).to_owned(),
        _ => visit.say("web-withheld-counsel-id"),
    };
    let commands = (visit.web.review)(id, &search.mandate.region, &counsel);
    html! {
        ul.tasks {
            li {
                div {
                    strong { (visit.say("web-withheld-look")) }
                    span.second { (visit.say("web-withheld-look-how")) }
                    @if open {
                        details {
                            summary { (visit.say("web-withheld-commands")) }
                            dl.commands {
                                @for (name, command) in ["list", "show", "release", "refuse", "out"].iter().zip(&commands) {
                                    dt { (visit.say(&format!("web-withheld-command-{name}"))) }
                                    dd { code { (command) } }
                                }
                            }
                            p.second { (visit.say("web-withheld-own-key")) }
                        }
                    }
                }
                (status(look, &says(look)))
            }
            li {
                div {
                    @if open { a href="#bring" { (visit.say("web-withheld-bring-title")) } }
                    @else { (visit.say("web-withheld-bring-title")) }
                }
                (status(bring, &says(bring)))
            }
            li {
                div {
                    @if last.is_some() && !signed { a href=(format!("/cases/{id}/sign")) { (visit.say("web-withheld-sign")) } }
                    @else { (visit.say("web-withheld-sign")) }
                    span.second { (visit.say("web-withheld-sign-who")) }
                }
                (status(two.0, &two.1))
            }
            li {
                div {
                    @if made { a href=(format!("/cases/{id}#deliver")) { (visit.say("web-withheld-package")) } }
                    @else { (visit.say("web-withheld-package")) }
                    @if let Some(why) = last.and_then(|one| not_produced(one.record, visit.phrases())) {
                        span.second { (visit.fill("web-not-produced", &[("why", &why)])) }
                    }
                }
                (status(leaves.0, &leaves.1))
            }
        }
        @if search.record.recalled { p.second { (visit.say("web-withheld-recalled")) } }
    }
}

/// What counsel decided, thing by thing; what follows each other and says the same is one row.
fn decisions(visit: &Visit<'_>, made: &Decided<'_>) -> Markup {
    let same = |one: &Reviewed, next: &Reviewed| {
        one.number + 1 == next.number
            && one.released.is_some() == next.released.is_some()
            && one.reason == next.reason
    };
    let runs: Vec<_> = made.items().chunk_by(same).collect();
    let review = made.mandate.review.as_ref();
    let by = review.map(|review| crate::pages::people::person(visit, &review.by));
    let name = match (made.counts(), made.record.produced) {
        (false, _) => "web-withheld-outcome-void",
        (true, Some(_)) => "web-withheld-outcome-done",
        (true, None) => "web-withheld-outcome-open",
    };
    html! {
        h3 { (visit.fill(name, &[("by", &by.unwrap_or_default())])) }
        table.list {
            thead { tr {
                th scope="col" { (visit.say("web-withheld-column-number")) }
                th scope="col" { (visit.say("web-withheld-column-decision")) }
                th scope="col" { (visit.say("web-withheld-column-reason")) }
            } }
            tbody {
                @for run in &runs {
                    @if let (Some(first), Some(last)) = (run.first(), run.last()) {
                        tr {
                            th scope="row" {
                                @if first.number == last.number { (first.number) }
                                @else { (first.number) "–" (last.number) }
                            }
                            td {
                                @if first.released.is_some() {
                                    span.shape.leaves { (sign("out")) (visit.say("web-withheld-released")) }
                                } @else {
                                    span.shape.stays { (sign("stays")) (visit.say("web-withheld-refused")) }
                                }
                            }
                            td { (first.reason) }
                        }
                    }
                }
            }
        }
    }
}

/// Takes what counsel brought from the region, and drafts the mandate for it.
pub(crate) fn bring(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let [upload] = visit.uploads.as_slice() else {
        return shown(visit, None, Some("web-withheld-one-file"));
    };
    match visit.command(|session| session.review(&id, &upload.bytes))? {
        Ok(_) => Ok(Reply::see(format!("/cases/{id}/withheld?done=reviewed"))),
        Err(refusal) => shown(visit, Some(&refusal), None),
    }
}
