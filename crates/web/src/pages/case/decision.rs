//! The answer for each part.

use lagrum_access::Action;
use lagrum_desk::{CaseView, CommandError, as_proposed};
use lagrum_documents::{answer_reason, identifier, letter_kind};
use lagrum_model::{Answer, Assessment, Case, Disposition, FormReason, Language, Part};
use maud::{Markup, html};

use super::letters::paper;
use super::original::beside_or_linked;
use super::thread::balance;
use super::{Shown, case_page, view, works};
use crate::error::Problem;
use crate::letters::of_case;
use crate::look::{
    Choice, Field, Note, answer_words, button, choices, note, past_tense, select, shape, text_area,
};
use crate::reply::Reply;
use crate::visit::Visit;

/// Answers that a person may choose in the place of the proposed one: each keeps more back.
const STRICTER: [Disposition; 7] = [
    Disposition::Wait,
    Disposition::Ask,
    Disposition::Narrow,
    Disposition::Reject,
    Disposition::RedirectToCustomer,
    Disposition::RedirectToTreatyChannel,
    Disposition::Challenge,
];

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(visit, None)
}

fn shown(visit: &Visit<'_>, refusal: Option<&CommandError>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let case = &view.case;
    let kind = match refusal {
        None => Shown::at("decision"),
        Some(refusal) => Shown::refused("decision", refusal),
    };
    let Some(found) = &case.assessment else {
        return Ok(case_page(
            visit,
            &view,
            &kind,
            html! {
                h2 { (visit.say("web-tab-decision")) }
                p.unknown { (visit.say("web-decide-not-yet")) }
                p { a href=(format!("/cases/{}/assessment", view.id)) { (visit.say("web-tab-assessment")) } }
            },
        ));
    };
    let open = works(visit, case, Action::Decide);
    let undecided = (0..found.parts.len()).any(|part| !case.is_fixed(part));
    Ok(case_page(
        visit,
        &view,
        &kind,
        html! {
            div.halves {
                div {
                    @if !case.answers.is_empty() {
                        h2 { (balance(visit, case)) }
                        (answers(visit, &view, found))
                    }
                    @if open && (undecided || !view.lapsed.is_empty()) {
                        (form(visit, &view, found))
                    }
                }
                aside aria-label=(visit.say("web-aside-papers")) {
                    (beside_or_linked(visit, &view)?)
                    (letter(visit, &view)?)
                }
            }
        },
    ))
}

/// The letter that tells the answer, as it would be proposed: of what is decided, and while nothing is, of what the law
/// proposes. Nothing where the answer goes with its package alone.
fn letter(visit: &Visit<'_>, view: &CaseView) -> Result<Markup, Problem> {
    let decided = !view.case.answers.is_empty();
    let then = match decided {
        true => view.case.clone(),
        false => as_proposed(&view.case),
    };
    let Some(kind) = then.letter_owed(&view.events) else {
        return Ok(html! {});
    };
    let country = then.demand.as_ref().map(|demand| demand.authority.country);
    let language = country.map_or(visit.language, Language::of_country);
    let (words, to) = (&visit.all_phrases[&language], (None, None));
    let made = of_case(&visit.desk, (&view.id, &then), kind, to, visit.now, words);
    let made = made.map_err(|error| Problem::Command(Box::new(error)))?;
    let name = letter_kind(kind, visit.phrases());
    Ok(html! {
        @if let Some(made) = made {
            h2 { (visit.say("web-letters-preview")) ": " (name) }
            @if !decided { p.second { (visit.say("web-decide-letter-proposed")) } }
            div.framed[decided] { (paper(&name, &made)) }
            @if decided {
                p.linked { a href=(format!("/cases/{}/letters/{kind}", view.id)) { (name) } }
            }
        }
    })
}

fn answers(visit: &Visit<'_>, view: &CaseView, found: &Assessment) -> Markup {
    html! {
        @for one in &view.case.answers {
            @if let Some(part) = found.parts.get(one.part) {
                div.card {
                    h3 { (one.part + 1) ". " (what(visit, part)) }
                    p { (shape(visit, one.disposition, one.is_in_part(part))) " " span.second { (past_tense(visit, one.disposition)) } }
                    @let reason = answer_reason(part, &one.reason, visit.phrases());
                    @if !reason.is_empty() { p.second { (reason) } }
                    @if let Some(form) = one.form {
                        @let ground = visit.say(&format!("form-reason-{}", form.reason.as_str()));
                        p.second { (visit.fill("web-decide-on-ground", &[("ground", &ground)])) }
                    }
                }
            }
        }
    }
}

/// What a part asks for, in one line.
pub(super) fn what(visit: &Visit<'_>, part: &Part) -> String {
    let words = visit.phrases();
    let category = words.word(&format!("category-{}", part.category.as_str()));
    let blanks = [
        ("category", category.as_str()),
        ("identifier", &identifier(&part.identifier, words)),
    ];
    let said = words.sentence(&words.fill("part-of", &blanks));
    match &part.holding {
        Some(holding) => format!(
            "{said} ({}, {})",
            holding.region,
            words.country(holding.stored_in)
        ),
        None => said,
    }
}

fn form(visit: &Visit<'_>, view: &CaseView, found: &Assessment) -> Markup {
    let case = &view.case;
    html! {
        h2 { (visit.say("web-decide")) }
        p { (visit.say("web-decide-lead")) }
        form.stack action=(format!("/cases/{}/decision", view.id)) method="post" {
            @for (place, part) in found.parts.iter().enumerate() {
                @if !case.is_fixed(place) || case.reopened().any(|open| open == place) {
                    div.card { (choice(visit, place, part, case.answer_of(place))) }
                }
            }
            @if is_certificate(case) { (ground(visit)) }
            (text_area(&Field {
                name: "reason",
                label: &visit.say("web-decide-reason"),
                hint: &visit.say("web-decide-reason-hint"),
                value: visit.form.text("reason"),
                ..Field::default()
            }, 3))
            (note(Note::Quiet, html! { p { (visit.say("web-decide-then")) } }))
            (button(&visit.say("web-decide-button"), html! {
                a href=(format!("/cases/{}", view.id)) { (visit.say("web-cancel")) }
            }))
        }
    }
}

fn is_certificate(case: &Case) -> bool {
    let demand = case.demand.as_ref();
    demand.is_some_and(|demand| demand.instrument.kind.is_certificate())
}

/// On which ground of Annex III what is refused of a certificate is refused.
fn ground(visit: &Visit<'_>) -> Markup {
    let words = visit.phrases();
    let named = FormReason::ALL.map(|one| {
        let says = words.word(&format!("form-reason-{}", one.as_str()));
        Choice::new(one.as_str(), words.sentence(&says))
    });
    let none = Choice::new("", visit.say("web-decide-ground-none"));
    let all: Vec<_> = std::iter::once(none).chain(named).collect();
    select(
        &Field {
            name: "ground",
            label: &visit.say("web-decide-ground"),
            hint: &visit.say("web-decide-ground-hint"),
            value: visit.form.text("ground"),
            ..Field::default()
        },
        &all,
    )
}

/// What a part can be answered. Where a person answered otherwise than the law proposes, that stays unless the
/// proposal is chosen.
fn choice(visit: &Visit<'_>, place: usize, part: &Part, answered: Option<&Answer>) -> Markup {
    let name = format!("part-{place}");
    let proposed = part.finding.proposed();
    let answered = answered.map(|answer| answer.disposition);
    let otherwise = answered.filter(|answered| *answered != proposed);
    let as_proposed = otherwise.map_or("", |_| proposed.as_str());
    let chosen = match (visit.form.text(&name), otherwise) {
        ("", Some(otherwise)) => otherwise.as_str(),
        (chosen, _) => chosen,
    };
    let mut all = vec![Choice {
        hint: visit.say("web-decide-proposed"),
        ..Choice::new(
            as_proposed,
            answer_words(visit, proposed, part.finding.reaches_less()),
        )
    }];
    // More than the law grants is not on the list.
    let others = STRICTER.into_iter().filter(|one| *one != proposed);
    if proposed.is_granted() || proposed == Disposition::Wait {
        all.extend(others.map(|one| Choice::new(one.as_str(), answer_words(visit, one, false))));
    }
    let label = format!("{}. {}", place + 1, what(visit, part));
    html! {
        (choices(&Field {
            name: &name,
            label: &label,
            value: chosen,
            ..Field::default()
        }, &all))
    }
}

/// Records the answers, and drafts the mandates.
pub(crate) fn decide(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let mut stricter = Vec::new();
    for (name, value) in visit.form.fields() {
        let Some(place) = name.strip_prefix("part-") else {
            continue;
        };
        if value.is_empty() {
            continue;
        }
        let place: usize = place.parse().map_err(|_| Problem::Malformed)?;
        let answer = Disposition::parse(value).ok_or(Problem::Malformed)?;
        stricter.push((place, answer));
    }
    let reason = visit.form.text("reason");
    let reason = if reason.is_empty() && stricter.is_empty() {
        "as the law proposes"
    } else {
        reason
    };
    let ground = visit.form.given("ground").map(FormReason::parse);
    let ground = ground.transpose().map_err(|_| Problem::Malformed)?;
    match visit.command(|session| session.decide_on(&id, &stricter, ground, reason))? {
        Ok(done) => {
            let to = if done.mandates.is_empty() {
                ""
            } else {
                "/sign"
            };
            Ok(Reply::see(format!("/cases/{id}{to}?done=decided")))
        }
        Err(refusal) => shown(visit, Some(&refusal)),
    }
}
