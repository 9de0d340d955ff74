//! What a person sets for themselves, and the keys that do what is done often.

use jiff::tz::TimeZoneDatabase;
use lagrum_documents::Zone;
use lagrum_model::Language;
use maud::html;

use crate::error::Problem;
use crate::guard;
use crate::look::{Choice, Field, Frame, Note, button, choices, note, select};
use crate::pages::just_done;
use crate::reply::Reply;
use crate::settings::{Settings, starts};
use crate::visit::Visit;

/// All keys: what is pressed, and the word of what it does.
const KEYS: [(&str, &[(&str, &str)]); 3] = [
    (
        "everywhere",
        &[
            ("/", "search"),
            ("g w", "work"),
            ("g i", "inbox"),
            ("g d", "duties"),
            ("Ctrl + Enter", "save"),
            ("?", "keys"),
        ],
    ),
    (
        "list",
        &[
            ("j", "next"),
            ("k", "previous"),
            ("Enter", "open"),
            ("x", "select"),
            ("a", "take-ticked"),
            ("h", "hand-over-ticked"),
            ("f", "filter"),
            ("n", "new"),
        ],
    ),
    (
        "case",
        &[
            ("u", "back"),
            ("1 – 9", "tabs"),
            ("a", "take"),
            ("h", "hand-over"),
            ("c", "call"),
            ("m", "note"),
            ("]", "page-next"),
            ("[", "page-before"),
            ("plus", "larger"),
            ("-", "smaller"),
        ],
    ),
];

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let role = visit.principal()?.role();
    let title = visit.say("web-settings-mine");
    let frame = Frame {
        title: &title,
        narrow: true,
        ..Frame::default()
    };
    let set = &visit.settings;
    let languages = Language::ALL.map(|one| Choice::new(one.as_str(), one.own_name()));
    let own = visit.phrases().zone(&visit.desk_zone());
    let mut zones = vec![Choice::new(
        "",
        visit.fill("web-settings-zone-own", &[("zone", &own)]),
    )];
    let names = TimeZoneDatabase::bundled();
    for name in names.available() {
        // Those of a place; what else is in the database is there for machines.
        if name.as_str().contains('/') && !name.as_str().starts_with("Etc/") {
            zones.push(Choice::new(name.as_str(), name.as_str().replace('_', " ")));
        }
    }
    let views: Vec<_> = starts(role)
        .iter()
        .map(|(word, _)| Choice::new(*word, visit.say(&format!("web-start-{word}"))))
        .collect();
    let first = views.first().map_or("", |one| one.value.as_str());
    let keys = ["on", "off"].map(|word| Choice::new(word, visit.say(&format!("web-keys-{word}"))));
    Ok(crate::look::page(
        visit,
        200,
        &frame,
        html! {
            (just_done(visit))
            h1 { (title) }
            p { (visit.say("web-settings-lead")) }
            form.stack action="/settings/me" method="post" data-key-save=[visit.key("save")] {
                (select(&Field {
                    name: "language",
                    label: &visit.say("web-language"),
                    value: visit.language.as_str(),
                    class: "short",
                    ..Field::default()
                }, &languages))
                (select(&Field {
                    name: "zone",
                    label: &visit.say("web-settings-zone"),
                    hint: &visit.say("web-settings-zone-hint"),
                    value: set.zone.as_deref().unwrap_or_default(),
                    ..Field::default()
                }, &zones))
                @if views.len() > 1 {
                    (choices(&Field {
                        name: "start",
                        label: &visit.say("web-settings-start"),
                        value: set.start.as_deref().unwrap_or(first),
                        ..Field::default()
                    }, &views))
                }
                (choices(&Field {
                    name: "keys",
                    label: &visit.say("web-settings-keys"),
                    hint: &visit.say("web-settings-keys-hint"),
                    value: if set.keys { "on" } else { "off" },
                    ..Field::default()
                }, &keys))
                (button(&visit.say("web-settings-button"), html! { a href="/keys" { (visit.say("web-keys")) } }))
            }
            p { a href="/you" { (visit.say("web-you")) } }
        },
    ))
}

/// Keeps them. The language is the browser's at once.
pub(crate) fn set(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let who = visit.principal()?;
    let language: Language = visit
        .form
        .text("language")
        .parse()
        .map_err(|_| Problem::Malformed)?;
    let zone = match visit.form.given("zone") {
        None => None,
        Some(name) => Some(Zone::named(name).map_err(|_| Problem::Malformed)?),
    };
    let start = visit.form.given("start");
    if start.is_some_and(|word| starts(who.role()).iter().all(|(known, _)| *known != word)) {
        return Err(Problem::Malformed);
    }
    let settings = Settings {
        language: Some(language),
        zone: zone.map(|zone| zone.name().to_owned()),
        start: start.map(str::to_owned),
        keys: visit.form.text("keys") != "off",
    };
    visit.keep().keep_settings(who.id(), &settings)?;
    Ok(Reply::see("/settings/me?done=settings-kept").with(
        "set-cookie",
        guard::language_cookie(&visit.web.origin, language),
    ))
}

/// The keys, whether they are on or not.
pub(crate) fn keys(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let title = visit.say("web-keys");
    let frame = Frame {
        title: &title,
        narrow: true,
        ..Frame::default()
    };
    let on = visit.settings.keys;
    Ok(crate::look::page(
        visit,
        200,
        &frame,
        html! {
            h1 { (title) }
            (note(if on { Note::Quiet } else { Note::Warning }, html! {
                p { (visit.say(if on { "web-keys-are-on" } else { "web-keys-are-off" })) " "
                    a href="/settings/me" { (visit.say("web-settings-mine")) } }
            }))
            p { (visit.say("web-keys-lead")) }
            @for (group, all) in KEYS {
                h2 { (visit.say(&format!("web-keys-{group}"))) }
                dl.keys {
                    @for (pressed, does) in all {
                        div {
                            dt { @for one in pressed.split(' ') {
                                @match one { "+" | "–" => (one), "plus" => kbd { "+" }, one => kbd { (one) } } " "
                            } }
                            dd { (visit.say(&format!("web-key-{does}"))) }
                        }
                    }
                }
            }
        },
    ))
}
