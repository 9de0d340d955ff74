//! Time and cost: what a case costs, and the entries of which that is the sum.

use lagrum_access::Action;
use lagrum_desk::CommandError;
use lagrum_documents::burden_page;
use lagrum_model::{Burden, CaseId, Money, Reimbursement, WorkKind};
use maud::{Markup, html};

use super::{Shown, case_page, view};
use crate::error::Problem;
use crate::look::{Choice, Field, button, document, field, select};
use crate::reply::Reply;
use crate::visit::Visit;

/// A field that cannot be read: its name, and the text that says why.
type Wrong = (&'static str, &'static str);

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(visit, None, None)
}

fn shown(
    visit: &Visit<'_>,
    refusal: Option<&CommandError>,
    wrong: Option<Wrong>,
) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let kind = Shown {
        status: match refusal.is_some() || wrong.is_some() {
            true => 422,
            false => 200,
        },
        refusal,
        ..Shown::at("burden")
    };
    let made = burden_page(&view.case, &visit.zone(), visit.phrases());
    let counting = view.case.burden.iter();
    let counting = counting.filter(|one| one.taken_back.is_none());
    let numbers: Vec<_> = counting.map(|one| one.number).collect();
    Ok(case_page(
        visit,
        &view,
        &kind,
        html! {
            div.halves.aside {
                div {
                    h2 { (made.title) }
                    (document(&made))
                }
                @if visit.may(Action::RecordBurden) {
                    aside {
                        p { (visit.say("web-burden-lead")) }
                        (work(visit, &view.id, wrong))
                        (reimbursement(visit, &view.id, wrong))
                        @if !numbers.is_empty() { (taking_back(visit, &view.id, &numbers)) }
                    }
                }
            }
        },
    ))
}

/// A field of one line that keeps what was written, with what is wrong with it.
fn line(visit: &Visit<'_>, name: &str, label: &str, hint: &str, wrong: Option<Wrong>) -> Markup {
    let said = wrong.filter(|(at, _)| *at == name);
    let said = said.map(|(_, why)| visit.say(why));
    let hint = match hint.is_empty() {
        true => String::new(),
        false => visit.say(hint),
    };
    field(&Field {
        name,
        label: &visit.say(label),
        hint: &hint,
        value: visit.form.text(name),
        wrong: said.as_deref(),
        required: matches!(name, "minutes" | "amount" | "why"),
        class: if matches!(name, "minutes" | "cost" | "amount") {
            "short"
        } else {
            ""
        },
        ..Field::default()
    })
}

fn work(visit: &Visit<'_>, id: &CaseId, wrong: Option<Wrong>) -> Markup {
    let words = visit.phrases();
    let kinds = WorkKind::ALL.map(|on| {
        let name = words.word(&format!("work-{}", on.as_str()));
        Choice::new(on.as_str(), words.sentence(&name))
    });
    html! {
        form aria-labelledby="burden-work" action=(format!("/cases/{id}/burden")) method="post" {
            h2 #burden-work { (visit.say("web-burden-work")) }
            (select(&Field {
                name: "on",
                label: &visit.say("web-burden-on"),
                value: visit.form.text("on"),
                ..Field::default()
            }, &kinds))
            (line(visit, "minutes", "web-burden-minutes", "", wrong))
            (line(visit, "firm", "web-burden-firm", "", wrong))
            (line(visit, "cost", "web-burden-cost", "web-burden-cost-hint", wrong))
            (line(visit, "what", "web-burden-what", "web-burden-what-hint", wrong))
            (button(&visit.say("web-burden-work-button"), html! {}))
        }
    }
}

fn reimbursement(visit: &Visit<'_>, id: &CaseId, wrong: Option<Wrong>) -> Markup {
    let outcomes = Reimbursement::ALL.map(|one| {
        let name = format!("web-burden-outcome-{}", one.as_str());
        Choice::new(one.as_str(), visit.say(&name))
    });
    html! {
        form aria-labelledby="burden-reimbursement" action=(format!("/cases/{id}/burden/reimbursement")) method="post" {
            h2 #burden-reimbursement { (visit.say("web-burden-reimbursement")) }
            p.second { (visit.say("web-burden-reimbursement-lead")) }
            (select(&Field {
                name: "outcome",
                label: &visit.say("web-burden-outcome"),
                value: visit.form.text("outcome"),
                ..Field::default()
            }, &outcomes))
            (line(visit, "amount", "web-burden-amount", "web-burden-amount-hint", wrong))
            (line(visit, "claimed", "web-burden-what", "web-burden-what-hint", wrong))
            (button(&visit.say("web-burden-reimbursement-button"), html! {}))
        }
    }
}

fn taking_back(visit: &Visit<'_>, id: &CaseId, numbers: &[u64]) -> Markup {
    let numbers = numbers.iter().map(ToString::to_string);
    let numbers: Vec<_> = numbers
        .map(|number| Choice::new(number.as_str(), number.as_str()))
        .collect();
    html! {
        form aria-labelledby="burden-take-back" action=(format!("/cases/{id}/burden/taken-back")) method="post" {
            h2 #burden-take-back { (visit.say("web-burden-take-back")) }
            p.second { (visit.say("web-burden-take-back-lead")) }
            (select(&Field {
                name: "entry",
                label: &visit.say("web-burden-number"),
                value: visit.form.text("entry"),
                class: "short",
                ..Field::default()
            }, &numbers))
            (line(visit, "why", "web-burden-why", "", None))
            (button(&visit.say("web-burden-take-back-button"), html! {}))
        }
    }
}

/// Records work.
pub(crate) fn record(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form = &visit.form;
    let on = WorkKind::parse(form.text("on")).map_err(|_| Problem::Malformed)?;
    let Ok(minutes) = form.text("minutes").parse::<u32>() else {
        return shown(visit, None, Some(("minutes", "web-burden-wrong-minutes")));
    };
    let Ok(cost) = form.given("cost").map(Money::parse).transpose() else {
        return shown(visit, None, Some(("cost", "web-burden-wrong-amount")));
    };
    let firm = form.given("firm").map(str::to_owned);
    let burden = Burden::Work {
        on,
        minutes,
        firm,
        cost,
    };
    add(visit, &burden, form.text("what"))
}

/// Records the answer to a claim for reimbursement.
pub(crate) fn reimburse(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form = &visit.form;
    let outcome = Reimbursement::parse(form.text("outcome")).map_err(|_| Problem::Malformed)?;
    let Ok(amount) = Money::parse(form.text("amount")) else {
        return shown(visit, None, Some(("amount", "web-burden-wrong-amount")));
    };
    let burden = Burden::Reimbursement { outcome, amount };
    add(visit, &burden, form.text("claimed"))
}

fn add(visit: &Visit<'_>, burden: &Burden, what: &str) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    match visit.command(|session| session.record_burden(&id, burden, what))? {
        Ok(_) => Ok(Reply::see(format!(
            "/cases/{id}/burden?done=burden-recorded"
        ))),
        Err(refusal) => shown(visit, Some(&refusal), None),
    }
}

/// Takes an entry back.
pub(crate) fn take_back(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let entry = visit.form.text("entry").parse::<u64>();
    let entry = entry.map_err(|_| Problem::Malformed)?;
    let why = visit.form.text("why");
    match visit.command(|session| session.take_burden_back(&id, entry, why))? {
        Ok(_) => Ok(Reply::see(format!(
            "/cases/{id}/burden?done=burden-taken-back"
        ))),
        Err(refusal) => shown(visit, Some(&refusal), None),
    }
}
