//! Tasks and thread: what is next, for whom it waits, and what was done.

use lagrum_access::Action;
use lagrum_desk::CaseView;
use lagrum_documents::{event_reason, happened, mandate_page, not_produced};
use lagrum_model::{Actor, Case, CaseId, CaseState, Challenge, Disposition, EventKind, Link, Role};
use maud::{Markup, html};

use super::{Shown, case_page, door, view, withheld};
use crate::error::Problem;
use crate::look::{
    Choice, Field, Note, Work, button, case_link, document, field, note as said_note, select,
    stamp, status, text_area,
};
use crate::pages::people::workers_of;
use crate::reply::Reply;
use crate::visit::Visit;

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    shown(visit, &view, &Shown::at("thread"))
}

fn shown(visit: &Visit<'_>, view: &CaseView, shown: &Shown<'_>) -> Result<Reply, Problem> {
    let case = &view.case;
    let alike = if case.closed {
        vec![]
    } else {
        visit.ask(|session| session.alike(&view.id))?
    };
    Ok(case_page(
        visit,
        view,
        shown,
        html! {
            @if view.unrecorded_answer {
                (said_note(Note::Quiet, html! { p { (visit.say("web-answer-waits")) } }))
            }
            @if !view.lapsed.is_empty() {
                (said_note(Note::Warning, html! { p {
                    (visit.say("web-lapsed")) " "
                    a href=(format!("/cases/{}/decision", view.id)) { (visit.say("web-tab-decision")) }
                } }))
            }
            @if let Some(there) = case.answered_in() {
                (said_note(Note::Quiet, html! { p { (visit.say("web-joined-to")) " " (case_link(there)) } }))
            }
            @if super::night::is_emergency(case) && case.answers.is_empty() && !case.closed {
                (said_note(Note::Warning, html! { p {
                    (visit.say("night-case")) " "
                    a href=(format!("/cases/{}/night", view.id)) { (visit.say("night-open")) }
                } }))
            }
            @for other in &alike {
                (said_note(Note::Warning, html! {
                    p { (visit.say("web-alike")) " " (case_link(&other.case)) }
                    @if visit.may(Action::Join) {
                        form action=(format!("/cases/{}/join", view.id)) method="post" {
                            input type="hidden" name="other" value=(other.case);
                            input type="hidden" name="reason" value=(visit.say("web-alike-reason"));
                            button { (visit.say("web-alike-link")) }
                        }
                    }
                }))
            }
            div.halves {
                section aria-labelledby="tasks" {
                    h2 #tasks { (visit.say("web-tasks")) }
                    (tasks(visit, view))
                    (mandates(visit, view))
                }
                section aria-labelledby="thread" {
                    h2 #thread { (visit.say("web-thread")) }
                    (writing(visit, view)?)
                    (door::beside(visit, view)?)
                    (events(visit, view))
                }
            }
        },
    ))
}

/// One task.
struct Task {
    name: &'static str,
    to: Option<String>,
    work: Work,
    says: String,
    more: String,
}

fn tasks(visit: &Visit<'_>, view: &CaseView) -> Markup {
    let groups = [
        ("take-in", take_in(visit, view)),
        ("answer", answer(visit, view)),
        ("hand-over", hand_over(visit, view)),
        ("duties", duties(visit, view)),
    ];
    html! {
        @for (name, tasks) in groups {
            @if !tasks.is_empty() {
                h3 { (visit.say(&format!("web-tasks-{name}"))) }
                ul.tasks {
                    @for task in tasks {
                        li {
                            div {
                                @let words = visit.say(&format!("web-task-{}", task.name));
                                @match &task.to {
                                    Some(to) => a href=(to) data-key=[(task.name == "call-back").then_some("c").and_then(|key| visit.key(key))] { (words) },
                                    None => (words),
                                }
                                @if !task.more.is_empty() { span.second { (task.more) } }
                            }
                            (status(task.work, &task.says))
                        }
                    }
                }
            }
        }
    }
}

fn task(visit: &Visit<'_>, name: &'static str, to: String, work: Work) -> Task {
    let says = visit.say(match work {
        Work::ToDo => "web-work-todo",
        Work::Done => "web-work-done",
        Work::NotYet => "web-work-not-yet",
        Work::Waiting => "web-work-waiting",
    });
    Task {
        name,
        to: (work != Work::NotYet).then_some(to),
        work,
        says,
        more: String::new(),
    }
}

fn take_in(visit: &Visit<'_>, view: &CaseView) -> Vec<Task> {
    let (case, id) = (&view.case, &view.id);
    let described = case.demand.is_some();
    let describe = if visit.may(Action::Describe) && !case.closed {
        format!("/cases/{id}/describe")
    } else {
        format!("/cases/{id}/demand")
    };
    let called = match () {
        () if case.is_called_back() || case.authenticated.is_some() => Work::Done,
        () if described => Work::ToDo,
        () => Work::NotYet,
    };
    vec![
        task(
            visit,
            "describe",
            describe,
            if described { Work::Done } else { Work::ToDo },
        ),
        task(visit, "call-back", format!("/cases/{id}/call-back"), called),
    ]
}

fn answer(visit: &Visit<'_>, view: &CaseView) -> Vec<Task> {
    let (case, id) = (&view.case, &view.id);
    let state = case.state();
    let assessed = match () {
        () if case.assessment.is_some() => Work::Done,
        () if case.authenticated.is_some() => Work::ToDo,
        () => Work::NotYet,
    };
    let waiting = case.waiting().next().is_some();
    let decided = match () {
        () if !view.lapsed.is_empty() => Work::ToDo,
        () if !case.answers.is_empty() && !waiting => Work::Done,
        () if case.assessment.is_some() => Work::ToDo,
        () => Work::NotYet,
    };
    let mut all = vec![
        task(visit, "assess", format!("/cases/{id}/assessment"), assessed),
        task(visit, "decide", format!("/cases/{id}/decision"), decided),
    ];
    let open: Vec<_> = case
        .mandates
        .values()
        .filter(|one| !one.is_lapsed())
        .collect();
    if !open.is_empty() {
        let missing = open.iter().any(|one| !one.is_released());
        let mut sign = task(
            visit,
            "sign",
            format!("/cases/{id}/sign"),
            if missing { Work::ToDo } else { Work::Done },
        );
        if missing {
            let counsel = open.iter().any(|one| {
                !one.is_released()
                    && one
                        .approvals
                        .iter()
                        .all(|signed| signed.role != Role::Counsel)
            });
            sign.work = Work::Waiting;
            sign.says = visit.say(if counsel {
                "web-now-counsel"
            } else {
                "web-now-analyst"
            });
        } else {
            sign.to = None;
        }
        all.push(sign);
    } else if decided != Work::Done && state < CaseState::Decided {
        all.push(task(visit, "sign", String::new(), Work::NotYet));
    }
    all
}

fn hand_over(visit: &Visit<'_>, view: &CaseView) -> Vec<Task> {
    let (case, id) = (&view.case, &view.id);
    let mut all = Vec::new();
    let out: Vec<_> = case
        .mandates
        .values()
        .filter(|one| one.is_released() && !one.is_lapsed())
        .collect();
    if !out.is_empty() {
        let made = out.iter().all(|one| one.is_carried_out());
        let mut produce = task(
            visit,
            "produce",
            String::new(),
            if made { Work::Done } else { Work::Waiting },
        );
        produce.to = None;
        if !made {
            produce.says = visit.say("web-now-agent");
            let why = out
                .iter()
                .find_map(|one| not_produced(one, visit.phrases()));
            produce.more = why
                .map(|why| visit.fill("web-not-produced", &[("why", &why)]))
                .unwrap_or_default();
        }
        all.push(produce);
        let produced = out.iter().filter(|one| one.produced.is_some()).count();
        if produced > 0 {
            let handed = out.iter().filter(|one| one.delivered_to.is_some()).count();
            let work = if handed >= produced {
                Work::Done
            } else {
                Work::ToDo
            };
            all.push(task(visit, "deliver", "#deliver".into(), work));
        }
    }
    if let Some(at) = super::night::to_confirm(view) {
        let due = at <= visit.now;
        let mut confirm = task(
            visit,
            "confirm",
            format!("/cases/{id}/clocks"),
            if due { Work::ToDo } else { Work::Waiting },
        );
        confirm.more = visit.fill("night-confirm-by", &[("at", &crate::look::near(visit, at))]);
        if !due {
            confirm.says = visit.say("night-confirm-authority");
        }
        all.push(confirm);
    }
    if let Some(standing) = case.challenge() {
        let work = match standing {
            Challenge::ToFile | Challenge::Ruled => Work::ToDo,
            Challenge::Before => Work::Waiting,
            Challenge::Withdrawn => Work::Done,
        };
        let mut challenge = task(visit, "challenge", format!("/cases/{id}/challenge"), work);
        challenge.says = visit.say(&format!("web-challenge-now-{}", standing.as_str()));
        all.push(challenge);
    }
    let open = withheld::searches(view)
        .iter()
        .map(withheld::Search::open)
        .sum::<u64>();
    if case.has_withheld() {
        let work = if open > 0 { Work::Waiting } else { Work::Done };
        let mut review = task(visit, "withheld", format!("/cases/{id}/withheld"), work);
        if open > 0 {
            review.says = visit.say("web-now-counsel");
            review.more = visit.count("web-withheld-things", open);
        }
        all.push(review);
    }
    let before_a_court = matches!(
        case.challenge(),
        Some(Challenge::ToFile | Challenge::Before)
    );
    let idle = !before_a_court
        && case
            .mandates
            .values()
            .all(|one| one.is_lapsed() || one.delivered_to.is_some());
    let owed = case.letter_owed(&view.events);
    if let Some(kind) = owed {
        let mut letter = task(
            visit,
            "letter",
            format!("/cases/{id}/letters/{kind}"),
            Work::ToDo,
        );
        letter.more = lagrum_documents::letter_kind(kind, visit.phrases());
        all.push(letter);
    }
    let closing = match case.state() {
        CaseState::Closed | CaseState::DutiesRun => Work::Done,
        _ if owed.is_some() => Work::NotYet,
        CaseState::Delivered if !before_a_court => Work::ToDo,
        CaseState::Decided if idle => Work::ToDo,
        _ => Work::NotYet,
    };
    if closing != Work::NotYet {
        all.push(task(visit, "close", format!("/cases/{id}/close"), closing));
    }
    all
}

fn duties(visit: &Visit<'_>, view: &CaseView) -> Vec<Task> {
    let case = &view.case;
    case.duties
        .iter()
        .map(|duty| {
            let mut one = task(
                visit,
                "duty",
                format!("/cases/{}/clocks", view.id),
                Work::Waiting,
            );
            one.more = lagrum_documents::duty(duty, visit.phrases());
            one
        })
        .collect()
}

fn mandates(visit: &Visit<'_>, view: &CaseView) -> Markup {
    let case = &view.case;
    let zone = visit.zone();
    let to_deliver = case
        .mandates
        .values()
        .any(|one| one.produced.is_some() && one.delivered_to.is_none());
    let to_tell = visit.ask(|session| session.passphrases_to_tell(case));
    let to_tell = to_tell.is_ok_and(|mandates| !mandates.is_empty());
    html! {
        @if !case.mandates.is_empty() {
            h2 #deliver { (visit.say("mandates")) }
            @if to_deliver && visit.may(Action::Deliver) {
                form action=(format!("/cases/{}/deliver", view.id)) method="post" {
                    (button(&visit.say("web-deliver"), html! {}))
                }
            }
            @if to_tell && visit.may(Action::TellPassphrase) {
                form action=(format!("/cases/{}/passphrase-told", view.id)) method="post" {
                    (button(&visit.say("web-passphrase-told"), html! {}))
                }
            }
            @for (digest, one) in &case.mandates {
                div.card {
                    @let made = mandate_page(digest, one, case, &zone, visit.phrases());
                    h3 { (made.title) }
                    (document(&made))
                }
            }
        }
    }
}

fn writing(visit: &Visit<'_>, view: &CaseView) -> Result<Markup, Problem> {
    let id = &view.id;
    let mut people = vec![Choice::new("", visit.say("web-owner-none"))];
    people.extend(workers_of(visit, &view.case)?);
    let owner = view.case.owner.clone().unwrap_or_default();
    let grouped = !visit.desk.people()?.groups().is_empty();
    Ok(html! {
        @if visit.may(Action::Note) {
            form.card action=(format!("/cases/{id}/notes")) method="post" data-key-save=[visit.key("save")] {
                (text_area(&Field {
                    name: "text",
                    label: &visit.say("web-note"),
                    hint: &visit.say(if grouped { "web-note-hint-group" } else { "web-note-hint" }),
                    required: true,
                    key: visit.key("m"),
                    ..Field::default()
                }, 3))
                @if visit.may(Action::NotePrivileged) {
                    div.choice {
                        input #privileged type="checkbox" name="privileged" value="yes";
                        label for="privileged" { (visit.say("web-note-privileged")) }
                    }
                }
                div.buttons { button { (visit.say("web-note-button")) } }
            }
        }
        @if let Some(me) = takes(visit, view) {
            form action=(format!("/cases/{id}/owner")) method="post" {
                input type="hidden" name="owner" value=(me);
                button data-key=[visit.key("a")] aria-keyshortcuts=[visit.key("a")] { (visit.say("web-take")) }
            }
        }
        @if visit.may(Action::Assign) && !view.case.closed {
            details {
                summary { (visit.say("web-more")) }
                form action=(format!("/cases/{id}/owner")) method="post" {
                    (select(&Field {
                        name: "owner",
                        label: &visit.say("web-hand-over"),
                        value: &owner,
                        class: "short",
                        key: visit.key("h"),
                        ..Field::default()
                    }, &people))
                    button { (visit.say("web-hand-over-button")) }
                }
                (to_group(visit, view)?)
                form action=(format!("/cases/{id}/links")) method="post" {
                    input type="hidden" name="how" value="related";
                    (field(&Field {
                        name: "other",
                        label: &visit.say("web-link"),
                        hint: &visit.say("web-link-hint"),
                        class: "short",
                        required: true,
                        ..Field::default()
                    }))
                    (field(&Field {
                        name: "reason",
                        label: &visit.say("web-link-why"),
                        required: true,
                        ..Field::default()
                    }))
                    button { (visit.say("web-link-button")) }
                }
                @if visit.may(Action::Join) {
                    form action=(format!("/cases/{id}/join")) method="post" {
                        (field(&Field {
                            name: "into",
                            label: &visit.say("web-join"),
                            hint: &visit.say("web-join-hint"),
                            class: "short",
                            required: true,
                            ..Field::default()
                        }))
                        (field(&Field {
                            name: "why",
                            label: &visit.say("web-link-why"),
                            required: true,
                            ..Field::default()
                        }))
                        button { (visit.say("web-join-button")) }
                    }
                }
                p { a href=(format!("/cases/{id}/close")) { (visit.say("web-task-close")) } }
            }
        }
    })
}

/// The form with which a case is handed to another group: nothing where the desk has none.
fn to_group(visit: &Visit<'_>, view: &CaseView) -> Result<Markup, Problem> {
    let people = visit.desk.people()?;
    let own = people.group_of(&lagrum_access::route(&view.case));
    let others = people.groups().iter().filter(|one| Some(*one) != own);
    let others: Vec<_> = others.map(|one| Choice::new(&one.id, &one.name)).collect();
    Ok(html! {
        @if !others.is_empty() {
            form action=(format!("/cases/{}/group", view.id)) method="post" {
                (select(&Field {
                    name: "group",
                    label: &visit.say("web-group-to"),
                    hint: &visit.say("web-group-to-hint"),
                    class: "short",
                    ..Field::default()
                }, &others))
                (field(&Field {
                    name: "group-why",
                    label: &visit.say("web-group-why"),
                    required: true,
                    ..Field::default()
                }))
                button { (visit.say("web-group-button")) }
            }
        }
    })
}

/// Who would take the case over with one press: somebody who may, and does not have it.
fn takes<'v>(visit: &'v Visit<'_>, view: &CaseView) -> Option<&'v str> {
    let me = visit.who.as_ref()?.principal.id();
    let open = !view.case.closed && view.case.owner.as_deref() != Some(me);
    (open && visit.may(Action::Assign)).then_some(me)
}

/// The events, the newest first.
fn events(visit: &Visit<'_>, view: &CaseView) -> Markup {
    let zone = visit.zone();
    let words = visit.phrases();
    html! {
        ol.thread reversed {
            @for event in view.events.iter().rev() {
                li {
                    (stamp(visit, event.at))
                    div {
                        @let private = matches!(event.what, EventKind::Noted { privileged: true, .. });
                        @let text = happened(event, visit.is_counsel(), &zone, words).plain();
                        strong { (who(visit, &event.actor)) } " · "
                        @if private { span.counselonly { (text) } } @else { (text) }
                        @if shows_reason(&event.what) && !event.reason.is_empty() { p.second { (event_reason(&event.reason, words)) } }
                    }
                }
            }
        }
    }
}

/// Reasons that a person gave; the others only repeat what the event says.
fn shows_reason(what: &EventKind) -> bool {
    !matches!(
        what,
        EventKind::Noted { .. } | EventKind::Assigned { .. } | EventKind::Approved { .. }
    )
}

pub(super) fn who(visit: &Visit<'_>, actor: &Actor) -> String {
    match actor {
        Actor::Person { name, .. } => name.clone(),
        Actor::Officer {
            name, authority, ..
        } => format!("{name}, {authority}"),
        _ => visit.say("web-the-desk"),
    }
}

/// Writes a note.
pub(crate) fn note(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let (text, privileged) = (visit.form.text("text"), visit.form.ticked("privileged"));
    go_on(visit, &id, "noted", |session| {
        session.note(&id, text, privileged)
    })
}

/// Asks the authority something that its officers read at the door.
pub(crate) fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let text = visit.form.text("question");
    go_on(visit, &id, "asked", |session| session.ask(&id, text))
}

/// Hands the case over.
pub(crate) fn assign(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let to = visit.form.given("owner");
    go_on(visit, &id, "assigned", |session| session.assign(&id, to))
}

/// Hands the case to another group. Who does not work for it goes back to the list.
pub(crate) fn hand_to_group(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let (group, why) = (visit.form.text("group"), visit.form.text("group-why"));
    match visit.command(|session| session.hand_to_group(&id, group, why))? {
        Ok(()) => Ok(Reply::see(visit.after(&id, "", "handed-to-group")?)),
        Err(refusal) => shown(visit, &view(visit)?, &Shown::refused("thread", &refusal)),
    }
}

/// Links two cases.
pub(crate) fn link(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let other = CaseId::parse(visit.form.text("other")).map_err(|_| Problem::NotThere)?;
    let how = match visit.form.text("how") {
        "answered-there" => Link::AnsweredThere,
        _ => Link::Related,
    };
    let reason = visit.form.text("reason");
    go_on(visit, &id, "linked", |session| {
        session.link(&id, &other, how, reason)
    })
}

/// Joins the case to another: this one ends, and its files go there.
pub(crate) fn join(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let (form, both) = (&visit.form, ["other", "into"]);
    let other = both.iter().find_map(|name| form.given(name));
    let other = other.and_then(|text| CaseId::parse(text).ok());
    let other = other.ok_or(Problem::NotThere)?;
    let reason = form.given("reason").or_else(|| form.given("why"));
    let reason = reason.unwrap_or_default();
    match visit.command(|session| session.join(&id, &other, reason))? {
        Ok(_) => Ok(Reply::see(format!("/cases/{other}?done=joined"))),
        Err(refusal) => shown(visit, &view(visit)?, &Shown::refused("thread", &refusal)),
    }
}

/// Hands the sealed packages over.
pub(crate) fn deliver(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    go_on(visit, &id, "delivered", |session| {
        session.deliver(&id).map(|_| ())
    })
}

/// The person told a passphrase by telephone.
pub(crate) fn passphrase_told(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    go_on(visit, &id, "passphrase-told", |session| {
        session.passphrase_told(&id).map(|_| ())
    })
}

/// A small command of this page: done, or refused on the page itself.
fn go_on(
    visit: &Visit<'_>,
    id: &CaseId,
    done: &str,
    command: impl FnOnce(&mut lagrum_desk::Session<'_>) -> Result<(), lagrum_desk::CommandError>,
) -> Result<Reply, Problem> {
    match visit.command(command)? {
        Ok(()) => Ok(Reply::see(format!("/cases/{id}?done={done}"))),
        Err(refusal) => shown(visit, &view(visit)?, &Shown::refused("thread", &refusal)),
    }
}

/// How many parts leave, and how many stay, in one sentence.
pub(crate) fn balance(visit: &Visit<'_>, case: &Case) -> String {
    let answers = &case.answers;
    let leaves = answers
        .iter()
        .filter(|one| one.disposition == Disposition::Produce)
        .count();
    let waits = case.waiting().count();
    let stays = answers.len() - leaves;
    let mut said = vec![
        visit.count("web-leaves", leaves as u64),
        visit.count("web-stays", stays as u64),
    ];
    if waits > 0 {
        said.push(visit.count("web-waits", waits as u64));
    }
    said.join(" ")
}
