//! What is next, for whom it waits, and what cannot start yet.

use lagrum_access::Action;
use lagrum_desk::{CaseView, tellers};
use lagrum_documents::{Outliving, may_tell, next_step, not_produced};
use lagrum_law::{NextStep, Notice, Told};
use lagrum_mandate::answer::heard_recall;
use lagrum_model::{CaseState, Challenge, Duty, Role};
use maud::{Markup, html};

use crate::look::{Work, status};
use crate::pages::case::{night, withheld, works};
use crate::visit::Visit;

/// One task.
struct Task {
    name: &'static str,
    to: Option<String>,
    work: Work,
    says: String,
    more: String,
}

pub(super) fn tasks(visit: &Visit<'_>, view: &CaseView) -> Markup {
    // Of what ended only what was done is told of these: nobody takes it in or answers it any more.
    let left = |mut tasks: Vec<Task>| {
        tasks.retain(|task| task.work == Work::Done || !view.case.closed);
        tasks
    };
    let groups = [
        ("take-in", left(take_in(visit, view))),
        ("answer", left(answer(visit, view))),
        ("hand-over", hand_over(visit, view)),
        ("notice", notices(visit, view)),
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
    let describe = if works(visit, case, Action::Describe) {
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
    let mut all: Vec<_> = inquire(visit, view).into_iter().collect();
    all.extend([
        task(visit, "assess", format!("/cases/{id}/assessment"), assessed),
        task(visit, "decide", format!("/cases/{id}/decision"), decided),
    ]);
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

/// Asking agents which accounts there are, where they are to be asked or were.
fn inquire(visit: &Visit<'_>, view: &CaseView) -> Option<Task> {
    let case = &view.case;
    let to_ask = visit.desk.to_inquire(case, false, visit.now).ok();
    let to_ask = to_ask.is_some_and(|asked| !asked.is_empty());
    let waits = case
        .inquiries
        .values()
        .any(|one| one.told.is_none() && one.refused.is_none());
    let work = match () {
        () if to_ask && case.authenticated.is_some() => Work::ToDo,
        () if to_ask => Work::NotYet,
        () if waits => Work::Waiting,
        () if !case.inquiries.is_empty() => Work::Done,
        () => return None,
    };
    let mut task = task(
        visit,
        "inquire",
        format!("/cases/{}/accounts", view.id),
        work,
    );
    if work == Work::Waiting {
        task.says = visit.say("web-now-agent");
    }
    Some(task)
}

fn hand_over(visit: &Visit<'_>, view: &CaseView) -> Vec<Task> {
    let (case, id) = (&view.case, &view.id);
    let mut all = Vec::new();
    let out: Vec<_> = case
        .mandates
        .values()
        .filter(|one| one.is_released() && !one.is_lapsed())
        // Its agent answered that somebody recalled it: nobody waits for that.
        .filter(|one| !heard_recall(one))
        .collect();
    if !out.is_empty() {
        let made = out.iter().all(|one| one.is_carried_out());
        let mut produce = task(
            visit,
            match case.only_preserves() {
                true => "preserve",
                false => "produce",
            },
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
    // Nothing of what ended is carried out or handed over any more.
    all.retain(|task| task.work == Work::Done || !case.closed);
    if let Some(at) = night::to_confirm(view) {
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
    let tell = tell(visit, view);
    let to_tell = tell.as_ref().is_some_and(|task| task.work != Work::Done);
    all.extend(tell);
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
        _ if owed.is_some() || to_tell => Work::NotYet,
        CaseState::Delivered if !before_a_court => Work::ToDo,
        CaseState::Decided if idle => Work::ToDo,
        _ => Work::NotYet,
    };
    if closing != Work::NotYet {
        all.push(task(visit, "close", format!("/cases/{id}/close"), closing));
    }
    all
}

/// Telling whose data it is, or the customer who is the controller, of a demand that is decided: what the law says is
/// next. None, where it is not the provider's to do or to wait for.
fn notices(visit: &Visit<'_>, view: &CaseView) -> Vec<Task> {
    let (case, id) = (&view.case, &view.id);
    if case.closed || case.answers.is_empty() {
        return Vec::new();
    }
    let words = visit.phrases();
    let one = |notice: &Notice| {
        let (name, to) = match notice.whom {
            Told::AccountHolder => ("notice", format!("/cases/{id}/letters/notice")),
            Told::Controller => ("notice-controller", format!("/cases/{id}/clocks")),
        };
        let (work, waits) = match notice.next_step {
            NextStep::Tell
            | NextStep::TellWithEffect
            | NextStep::AskForRenewal
            | NextStep::AskForEnd
            | NextStep::AskForBasis
            | NextStep::AskForReview
            | NextStep::AskWhetherTold
            | NextStep::AskPermission => (Work::ToDo, None),
            NextStep::Choose | NextStep::AskCounsel => (Work::Waiting, Some("web-now-counsel")),
            NextStep::WaitForEnd | NextStep::WaitForDanger => (Work::Waiting, None),
            NextStep::Nothing if case.moments.first(notice.whom.moment()).is_some() => {
                (Work::Done, None)
            }
            NextStep::Verify | NextStep::AuthorityTells | NextStep::Nothing => return None,
        };
        let mut task = task(visit, name, to, work);
        if let Some(waits) = waits {
            task.says = visit.say(waits);
        }
        task.more = match work {
            Work::Done => String::new(),
            _ if waits.is_none() && work == Work::Waiting => {
                may_tell(notice, &visit.zone(), visit.now, words)
            }
            _ => next_step(notice, words),
        };
        Some(task)
    };
    let all = visit.desk.notices(case, visit.now).unwrap_or_default();
    all.iter().filter_map(one).collect()
}

/// Telling the passphrases of packages that have one; none where no package has.
fn tell(visit: &Visit<'_>, view: &CaseView) -> Option<Task> {
    let case = &view.case;
    let tellers = tellers(case).unwrap_or_default();
    if tellers.is_empty() {
        return None;
    }
    let open = tellers
        .iter()
        .find(|(digest, _)| !case.told.contains_key(digest));
    let own = |by: &str| visit.principal().is_ok_and(|own| own.id() == by);
    let work = match open {
        None => Work::Done,
        Some((_, by)) if own(by) => Work::ToDo,
        Some(_) => Work::Waiting,
    };
    let mut told = task(visit, "tell", "#deliver".into(), work);
    match open {
        Some((_, by)) if own(by) => {
            let command = (visit.web.tell)(&view.id);
            told.more = visit.fill("web-tell-how", &[("command", &command)]);
        }
        Some((_, by)) => {
            let people = visit.desk.people().ok();
            let name = people.and_then(|people| Some(people.find(by)?.name.clone()));
            told.says = visit.fill("web-tell-waits", &[("name", name.as_ref().unwrap_or(by))]);
        }
        None => {}
    }
    Some(told)
}

fn duties(visit: &Visit<'_>, view: &CaseView) -> Vec<Task> {
    let case = &view.case;
    // A review and a challenge have tasks of their own.
    let other = |duty: &&Duty| !matches!(duty, Duty::Review { .. } | Duty::Challenge);
    let notices = visit.desk.notices(case, visit.now).unwrap_or_default();
    let zone = visit.zone();
    let still = Outliving::of(case, &view.clocks, &notices, &zone);
    case.duties
        .iter()
        .filter(other)
        .map(|duty| {
            let mut one = task(
                visit,
                "duty",
                format!("/cases/{}/clocks", view.id),
                Work::Waiting,
            );
            one.more = lagrum_documents::duty(duty, Some(&still), visit.phrases());
            one
        })
        .collect()
}
