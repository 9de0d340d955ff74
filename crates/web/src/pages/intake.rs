//! What arrived becomes a case at once, described or not.

use lagrum_desk::{CommandError, Intake, LARGEST_ORIGINAL};
use lagrum_model::{Arrival, Channel};
use maud::html;

use crate::error::Problem;
use crate::look::{
    Choice, Field, Frame, Note, button, choices, field, note, page, text_area, upload_field,
};
use crate::pages::refused;
use crate::reply::Reply;
use crate::visit::Visit;

/// The page for a new case: files, or what was said on the telephone.
pub(crate) fn new(visit: &Visit<'_>) -> Result<Reply, Problem> {
    new_page(visit, 200, None, None)
}

fn new_page(
    visit: &Visit<'_>,
    status: u16,
    refusal: Option<&CommandError>,
    wrong: Option<&str>,
) -> Result<Reply, Problem> {
    let title = visit.say("web-new-case");
    let frame = Frame {
        title: &title,
        at: "inbox",
        narrow: true,
        failed: refusal.is_some() || wrong.is_some(),
        ..Frame::default()
    };
    let wrong = wrong.map(|name| visit.say(name));
    let limit = (LARGEST_ORIGINAL >> 20).to_string();
    let value = |name: &str| visit.form.text(name).to_owned();
    let channels: Vec<_> = Channel::SAID
        .iter()
        .map(|one| Choice::new(one.as_str(), visit.say(&format!("web-channel-{one}"))))
        .collect();
    let channel = visit.form.given("channel").unwrap_or("email").to_owned();
    Ok(page(
        visit,
        status,
        &frame,
        html! {
            h1 { (title) }
            p { (visit.say("web-new-lead")) }
            @if let Some(refusal) = refusal { (refused(visit, refusal)) }
            form.stack action="/new" method="post" enctype="multipart/form-data" {
                (upload_field(&Field {
                    name: "files",
                    label: &visit.say("web-new-files"),
                    hint: &visit.fill("web-new-files-hint", &[("limit", &limit)]),
                    wrong: wrong.as_deref(),
                    ..Field::default()
                }))
                (text_area(&Field {
                    name: "words",
                    label: &visit.say("web-new-words"),
                    hint: &visit.say("web-new-words-hint"),
                    value: &value("words"),
                    ..Field::default()
                }, 6))
                div.choice {
                    input #emergency type="checkbox" name="emergency" value="yes" checked[visit.form.ticked("emergency")];
                    label for="emergency" { (visit.say("web-new-emergency")) }
                }
                (choices(&Field {
                    name: "channel",
                    label: &visit.say("web-new-channel"),
                    value: &channel,
                    ..Field::default()
                }, &channels))
                (field(&Field {
                    name: "from",
                    label: &visit.say("web-new-from"),
                    hint: &visit.say("web-new-from-hint"),
                    value: &value("from"),
                    ..Field::default()
                }))
                (field(&Field {
                    name: "arrived",
                    label: &visit.say("web-new-arrived"),
                    hint: &visit.fill("web-new-arrived-hint", &[("zone", &visit.phrases().sentence(&visit.phrases().zone(&visit.zone())))]),
                    value: &value("arrived"),
                    kind: "datetime-local",
                    class: "short",
                    ..Field::default()
                }))
                (button(&visit.say("web-new-button"), html! { a href="/inbox" { (visit.say("web-cancel")) } }))
            }
            (note(Note::Quiet, html! { p { (visit.say("web-new-note")) } }))
        },
    ))
}

/// How a thing came, as the form says.
pub(crate) fn arrival(visit: &Visit<'_>) -> Result<Arrival, &'static str> {
    let at = match visit.form.given("arrived") {
        None => None,
        Some(text) => {
            let at = on_the_wall(visit, text).ok_or("web-wrong-time")?;
            if at > visit.now {
                return Err("web-wrong-future");
            }
            Some(at)
        }
    };
    Ok(Arrival {
        channel: Channel::parse(visit.form.text("channel")).ok(),
        from: visit.form.given("from").map(one_line),
        at,
        reference: None,
        emergency: visit.form.ticked("emergency"),
    })
}

/// An instant that was typed as the desk's wall shows it.
pub(crate) fn on_the_wall(visit: &Visit<'_>, text: &str) -> Option<jiff::Timestamp> {
    let there: jiff::civil::DateTime = text.parse().ok()?;
    let zone = visit.zone();
    let there = there.to_zoned_datetime(zone.time_zone().clone()).ok()?;
    Some(there.timestamp())
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(300)
        .collect()
}

/// Takes it in.
pub(crate) fn take_in(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let arrival = match arrival(visit) {
        Ok(arrival) => arrival,
        Err(wrong) => return new_page(visit, 422, None, Some(wrong)),
    };
    let words = visit.form.text("words");
    let mut given: Vec<(&str, &[u8])> = visit
        .uploads
        .iter()
        .map(|one| (one.name.as_str(), one.bytes.as_slice()))
        .collect();
    let said = visit.say("web-new-words-file");
    if !words.is_empty() {
        given.push((&said, words.as_bytes()));
    }
    let intakes: Vec<_> = given
        .iter()
        .map(|(file_name, bytes)| Intake {
            file_name: if file_name.is_empty() {
                "file"
            } else {
                file_name
            },
            bytes,
            arrival: arrival.clone(),
        })
        .collect();
    let Some((first, annexes)) = intakes.split_first() else {
        return new_page(visit, 422, None, Some("web-wrong-nothing"));
    };
    match visit.command(|session| session.intake(first, annexes))? {
        Ok(taken) => {
            let done = if taken.new {
                "taken-in"
            } else {
                "taken-in-before"
            };
            Ok(Reply::see(visit.after(&taken.case, "", done)?))
        }
        Err(refusal) => new_page(visit, 422, Some(&refusal), None),
    }
}
