//! The frame of every page.

use lagrum_model::{Language, Role};
use maud::{DOCTYPE, Markup, html};

use super::clock;
use crate::files;
use crate::reply::Reply;
use crate::visit::{Theme, Visit};

/// What stands around a page's own content.
#[derive(Default)]
pub(crate) struct Frame<'f> {
    /// What the page is: the first words of the window's title.
    pub(crate) title: &'f str,
    /// The entry of the navigation in which the page lies.
    pub(crate) at: &'f str,
    /// Something is wrong with what was sent: said first in the title.
    pub(crate) failed: bool,
    /// Text only, as wide as one reads.
    pub(crate) narrow: bool,
    /// The page needs the desk's script.
    pub(crate) script: bool,
    /// An emergency at night: one column, and no navigation.
    pub(crate) night: bool,
    /// What stands above the content, over the whole width.
    pub(crate) head: Option<Markup>,
}

/// A tab of a case.
pub(crate) struct Tab {
    pub(crate) to: String,
    pub(crate) name: String,
    pub(crate) here: bool,
}

/// A page for somebody who is signed in, or for anybody, with the desk's frame around it.
pub(crate) fn page(visit: &Visit<'_>, status: u16, frame: &Frame<'_>, body: Markup) -> Reply {
    let main = html! {
        main #main tabindex="-1" {
            @if let Some(head) = &frame.head { (head) }
            div.content.narrow[frame.narrow || frame.night] { (body) }
        }
    };
    Reply::page(status, whole(visit, frame, main))
}

/// A page without navigation: signing in, refusals for strangers.
pub(crate) fn plain(visit: &Visit<'_>, status: u16, title: &str, body: Markup) -> Reply {
    let frame = Frame {
        title,
        narrow: true,
        ..Frame::default()
    };
    page(visit, status, &frame, body)
}

fn whole(visit: &Visit<'_>, frame: &Frame<'_>, main: Markup) -> Markup {
    let provider = visit.desk.provider();
    let error = if frame.failed {
        format!("{} ", visit.say("web-title-error"))
    } else {
        String::new()
    };
    let title = format!("{error}{} · {provider}", frame.title);
    html! {
        (DOCTYPE)
        html lang=(visit.language) data-theme=(visit.theme.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href=(files::STYLE.address());
                // A table takes its widths from all its rows: nothing is shown before all are there, or it moves.
                link rel="expect" href="#end" blocking="render";
                link rel="icon" type="image/svg+xml" href=(files::ICON.address());
                @if frame.script { script src=(files::SCRIPT.address()) defer {} }
                @if visit.key("?").is_some() { script src=(files::KEYS.address()) defer {} }
            }
            body.night[frame.night] {
                a.skip href="#main" { (visit.say("web-skip")) }
                @if frame.night { (night_bar(visit)) } @else { (bar(visit, frame.at)) }
                (main)
                (foot(visit))
            }
        }
    }
}

fn night_bar(visit: &Visit<'_>) -> Markup {
    html! {
        header.bar {
            a.brand href="/" {
                span.mark aria-hidden="true" { "§" }
                strong { (visit.say("night-title")) }
            }
            span.person { (clock::near(visit, visit.now)) }
        }
    }
}

fn bar(visit: &Visit<'_>, at: &str) -> Markup {
    let entries: &[(&str, &str)] = match visit.role() {
        Some(Role::Analyst) => &[
            ("work", "/cases"),
            ("inbox", "/inbox"),
            ("duties", "/cases?view=duties"),
            ("authorities", "/authorities"),
        ],
        Some(Role::Counsel) => &[
            ("to-sign", "/cases?view=counsel"),
            ("challenges", "/challenges"),
            ("withheld", "/withheld"),
            ("work", "/cases"),
            ("inbox", "/inbox"),
            ("duties", "/cases?view=duties"),
            ("authorities", "/authorities"),
        ],
        Some(Role::Auditor) => &[
            ("audit", "/audit"),
            ("samples", "/audit/samples"),
            ("work", "/cases?view=open"),
            ("authorities", "/authorities"),
            ("order", "/order"),
        ],
        Some(Role::Administrator | Role::DataOperator) => &[
            ("order", "/order"),
            ("people", "/people"),
            ("agents", "/agents"),
            ("packs", "/packs"),
            ("settings", "/settings"),
        ],
        None => &[],
    };
    let waits = visit.waits();
    let key = |name: &str| match name {
        "work" => visit.key("g w"),
        "inbox" => visit.key("g i"),
        "duties" => visit.key("g d"),
        _ => None,
    };
    html! {
        header.bar {
            a.brand href="/" {
                span.mark aria-hidden="true" { "§" }
                strong { (visit.desk.provider()) }
                span.product { "Lagrum" }
            }
            @if !entries.is_empty() {
                nav aria-label=(visit.say("web-nav")) {
                    ul {
                        @for (name, to) in entries {
                            li { a href=(to) aria-current=[(*name == at).then_some("page")] data-key=[key(name)] {
                                (visit.say(&format!("web-nav-{name}")))
                                @if let Some(count) = waits.get(name).filter(|count| **count > 0) {
                                    " " span.count { (up_to_99(*count)) }
                                }
                            } }
                        }
                    }
                }
            }
            @if let Some(who) = &visit.who {
                @if matches!(who.principal.role(), Role::Analyst | Role::Counsel | Role::Auditor) {
                    form.find action="/search" method="post" role="search" {
                        label.hidden for="find" { (visit.say("web-search")) }
                        input #find name="q" type="search" placeholder=(visit.say("web-search-hint")) maxlength="300"
                            data-key=[visit.key("/")] aria-keyshortcuts=[visit.key("/")];
                    }
                }
                div.person {
                    a href="/you" { (who.principal.name()) }
                    span.second {
                        (visit.phrases().sentence(&visit.say(&format!("role-{}", who.principal.role().as_str()))))
                        " · " (clock::near(visit, visit.now))
                    }
                }
            }
        }
    }
}

fn foot(visit: &Visit<'_>) -> Markup {
    let back = crate::form::encoded(&visit.path);
    html! {
        footer.foot #end {
            p { (visit.desk.provider()) " · Lagrum " (env!("CARGO_PKG_VERSION")) }
            p { a href="/law" { (visit.say("web-nav-law")) } }
            @if visit.who.is_some() {
                p { a href="/keys" data-key=[visit.key("?")] aria-keyshortcuts=[visit.key("?")] {
                    (visit.say("web-keys")) @if visit.key("?").is_some() { " " kbd { "?" } }
                } }
                p { a href="/settings/me" { (visit.say("web-settings-mine")) } }
            }
            form action=(format!("/look?back={back}")) method="post" {
                fieldset.inline {
                    legend.hidden { (visit.say("web-language")) }
                    @for language in Language::ALL {
                        button.link name="language" value=(language) lang=(language)
                            aria-pressed=(if language == visit.language { "true" } else { "false" }) {
                            (language.own_name())
                        }
                    }
                }
                fieldset.inline {
                    legend.hidden { (visit.say("web-theme")) }
                    @for theme in Theme::ALL {
                        button.link name="theme" value=(theme.as_str())
                            aria-pressed=(if theme == visit.theme { "true" } else { "false" }) {
                            (visit.say(&format!("web-theme-{}", theme.as_str())))
                        }
                    }
                }
            }
        }
    }
}

/// A number that nobody reads to its end.
pub(crate) fn up_to_99(count: u64) -> String {
    match count {
        0..100 => count.to_string(),
        _ => "99+".to_owned(),
    }
}
