//! The frame of the door's pages.

use lagrum_model::Language;
use maud::{DOCTYPE, Markup, html};

use super::Visitor;
use crate::files;
use crate::reply::Reply;

/// What stands around a page's own content.
#[derive(Default)]
pub(crate) struct Frame<'f> {
    /// What the page is: the first words of the window's title.
    pub(crate) title: &'f str,
    /// The entry of the navigation in which the page lies.
    pub(crate) at: &'f str,
    /// Something is wrong with what was sent: said first in the title.
    pub(crate) failed: bool,
    /// The page needs this script.
    pub(crate) script: Option<&'static files::File>,
    /// The page is for everybody: it knows nobody and keeps nothing.
    pub(crate) public: bool,
}

const ENTRIES: [(&str, &str); 4] = [
    ("demands", "/"),
    ("send", "/send"),
    ("key", "/key"),
    ("help", "/help"),
];

/// A page.
pub(crate) fn page(visitor: &Visitor<'_>, status: u16, frame: &Frame<'_>, body: Markup) -> Reply {
    let provider = visitor.desk.provider();
    let error = if frame.failed {
        format!("{} ", visitor.say("web-title-error"))
    } else {
        String::new()
    };
    let title = format!("{error}{} · {provider}", frame.title);
    let whole = html! {
        (DOCTYPE)
        html lang=(visitor.language) data-theme="system" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href=(files::STYLE.address());
                // A table takes its widths from all its rows: nothing is shown before all are there, or it moves.
                link rel="expect" href="#end" blocking="render";
                link rel="icon" type="image/svg+xml" href=(files::ICON.address());
                @if let Some(script) = frame.script { script src=(script.address()) defer {} }
            }
            body.door {
                a.skip href="#main" { (visitor.say("web-skip")) }
                (bar(visitor, frame))
                main #main tabindex="-1" { div.content.narrow { (body) } }
                (foot(visitor))
            }
        }
    };
    Reply::page(status, whole)
}

fn bar(visitor: &Visitor<'_>, frame: &Frame<'_>) -> Markup {
    let home = if frame.public { "/check" } else { "/" };
    let what = if frame.public {
        "door-for-everybody"
    } else {
        "door-for-authorities"
    };
    html! {
        header.bar {
            a.brand href=(home) {
                span.mark aria-hidden="true" { "§" }
                strong { (visitor.desk.provider()) }
                span.product { (visitor.say(what)) }
            }
            @if visitor.who.is_some() {
                nav aria-label=(visitor.say("web-nav")) {
                    ul {
                        @for (name, to) in ENTRIES {
                            li { a href=(to) aria-current=[(name == frame.at).then_some("page")] {
                                (visitor.say(&format!("door-nav-{name}")))
                            } }
                        }
                    }
                }
            }
            @if frame.public { (languages_by_address(visitor)) } @else { (languages(visitor)) }
            @if let Some(who) = &visitor.who {
                div.person {
                    a href="/you" { (who.officer.name()) }
                    span.second { (who.officer.authority()) }
                }
            }
        }
    }
}

/// Kept in a cookie.
fn languages(visitor: &Visitor<'_>) -> Markup {
    html! {
        form.langs action="/language" method="post" {
            fieldset.inline {
                legend.hidden { (visitor.say("web-language")) }
                @for language in Language::ALL {
                    button.link name="language" value=(language) lang=(language)
                        aria-pressed=(if language == visitor.language { "true" } else { "false" }) {
                        (language.own_name())
                    }
                }
            }
        }
    }
}

/// Kept nowhere but in the address.
fn languages_by_address(visitor: &Visitor<'_>) -> Markup {
    html! {
        nav.langs aria-label=(visitor.say("web-language")) {
            ul {
                @for language in Language::ALL {
                    li { a href=(format!("/check?lang={language}")) lang=(language)
                        aria-current=[(language == visitor.language).then_some("true")] {
                        (language.own_name())
                    } }
                }
            }
        }
    }
}

fn foot(visitor: &Visitor<'_>) -> Markup {
    let contact = visitor.desk.door_config().map(|door| door.contact.clone());
    let contact = contact.unwrap_or_default();
    html! {
        footer.foot #end {
            p { (visitor.say("door-foot")) }
            @if !contact.is_empty() {
                p { (visitor.say("door-contact")) " " (contact.join(" · ")) }
            }
        }
    }
}
