//! Whether a notice to an account holder is genuine: for everybody, without a session and a cookie.

use lagrum_desk::KnownLetter;
use lagrum_documents::{Zone, letter_kind};
use lagrum_model::LetterCode;
use maud::{Markup, html};

use super::super::Visitor;
use super::super::frame::{Frame, page as framed};
use crate::error::Problem;
use crate::look::{Field, Note, button, field, note, sign};
use crate::reply::Reply;

/// The page.
pub(crate) fn page(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    Ok(shown(visitor, 200, html! {}))
}

fn shown(visitor: &Visitor<'_>, status: u16, answer: Markup) -> Reply {
    let title = visitor.say("door-check-title");
    let frame = Frame {
        title: &title,
        public: true,
        ..Frame::default()
    };
    framed(
        visitor,
        status,
        &frame,
        html! {
            h1 { (title) }
            p { (visitor.say("door-check-lead")) }
            form.stack action="/check" method="post" {
                input type="hidden" name="lang" value=(visitor.language);
                (field(&Field {
                    name: "words",
                    label: &visitor.say("door-check-words"),
                    required: true,
                    ..Field::default()
                }))
                (button(&visitor.say("door-check-button"), html! {}))
            }
            (answer)
        },
    )
}

/// Looks four words up. Every try is counted, by address and altogether; beyond that nothing is looked
/// up, and the page says so, whatever the words are.
pub(crate) fn checked(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let counted = visitor.door.tries.one_more(&visitor.from, visitor.now);
    if !counted {
        let answer = note(
            Note::Warning,
            html! { p { (visitor.say("door-check-too-many")) } },
        );
        return Ok(shown(visitor, 429, answer));
    }
    let words: String = visitor.form.text("words").chars().take(200).collect();
    let known = match LetterCode::parse(&words) {
        Some(code) => visitor.desk.letter_of_code(code, visitor.now)?,
        None => None,
    };
    let answer = match known {
        Some(letter) => genuine(visitor, &letter),
        None => note(
            Note::Warning,
            html! {
                h2 { (visitor.say("door-check-unknown")) }
                p { (visitor.say("door-check-unknown-way")) }
            },
        ),
    };
    Ok(shown(visitor, 200, answer))
}

/// What the letter says in general terms: never whose account, and of the authority no more than its
/// country.
fn genuine(visitor: &Visitor<'_>, letter: &KnownLetter) -> Markup {
    let words = visitor.phrases();
    let zone = visitor.desk.zone_name();
    let zone = zone.and_then(|name| Zone::named(name).ok());
    let zone = zone.unwrap_or_else(Zone::utc);
    let sent = words.short_day_of(letter.sent_at, &zone);
    html! {
        section.act role="status" {
            h2 { (sign("tick")) (visitor.say("door-check-yes")) }
            dl.rows {
                div { dt { (visitor.say("door-check-sent")) }
                    dd { (visitor.fill("door-check-sent-by", &[("day", &sent), ("provider", visitor.desk.provider())])) } }
                div { dt { (visitor.say("door-check-what")) }
                    dd { (words.sentence(&letter_kind(letter.kind, words))) } }
                div { dt { (visitor.say("door-check-country")) }
                    dd { (words.country(letter.country)) } }
            }
            p.second { (visitor.say("door-check-not-whose")) }
        }
    }
}
