//! Parts of pages.

use lagrum_documents::Document;
use lagrum_model::{CaseId, Disposition};
use maud::{Markup, PreEscaped, html};

use super::{Work, sign};
use crate::visit::Visit;

/// How a note is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// Explains.
    Quiet,
    /// Goes on, but should be known.
    Warning,
    /// What was not done.
    Refused,
    /// What happened.
    Done,
}

/// A note, beside which nothing floats and which does not disappear by itself.
pub(crate) fn note(kind: Note, said: Markup) -> Markup {
    let (class, role) = match kind {
        Note::Quiet => ("quiet", None),
        Note::Warning => ("warning", None),
        Note::Refused => ("refused", Some("alert")),
        Note::Done => ("done", Some("status")),
    };
    html! { div.note.(class) role=[role] { (said) } }
}

/// A field of a form, with what was wrong with it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Field<'f> {
    pub(crate) name: &'f str,
    pub(crate) label: &'f str,
    pub(crate) hint: &'f str,
    pub(crate) value: &'f str,
    pub(crate) wrong: Option<&'f str>,
    pub(crate) required: bool,
    /// The type of the input; `text` if empty.
    pub(crate) kind: &'f str,
    pub(crate) class: &'f str,
    /// The id of a list of suggestions.
    pub(crate) list: &'f str,
    /// With which key it is entered.
    pub(crate) key: Option<&'f str>,
}

fn described(one: &Field<'_>) -> Option<String> {
    let mut ids = Vec::new();
    if !one.hint.is_empty() {
        ids.push(format!("{}-hint", one.name));
    }
    if one.wrong.is_some() {
        ids.push(format!("{}-wrong", one.name));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn around(one: &Field<'_>, control: Markup) -> Markup {
    html! {
        div.field.wrong[one.wrong.is_some()] {
            label for=(one.name) { (one.label) }
            @if !one.hint.is_empty() { p.hint id=(format!("{}-hint", one.name)) { (one.hint) } }
            @if let Some(wrong) = one.wrong { p.error id=(format!("{}-wrong", one.name)) { (wrong) } }
            (control)
        }
    }
}

/// A field of one line.
pub(crate) fn field(one: &Field<'_>) -> Markup {
    let kind = if one.kind.is_empty() {
        "text"
    } else {
        one.kind
    };
    around(
        one,
        html! {
            input id=(one.name) name=(one.name) type=(kind) value=(one.value) class=(one.class)
                list=[(!one.list.is_empty()).then_some(one.list)]
                data-key=[one.key] aria-keyshortcuts=[one.key]
                required[one.required]
                aria-describedby=[described(one)]
                aria-invalid=[one.wrong.map(|_| "true")];
        },
    )
}

/// A field of several lines.
pub(crate) fn text_area(one: &Field<'_>, lines: u8) -> Markup {
    around(
        one,
        html! {
            textarea id=(one.name) name=(one.name) rows=(lines) class=(one.class) required[one.required]
                data-key=[one.key] aria-keyshortcuts=[one.key]
                aria-describedby=[described(one)]
                aria-invalid=[one.wrong.map(|_| "true")] { (one.value) }
        },
    )
}

/// A field for files.
pub(crate) fn upload_field(one: &Field<'_>) -> Markup {
    around(
        one,
        html! {
            input id=(one.name) name=(one.name) type="file" multiple
                required[one.required]
                aria-describedby=[described(one)];
        },
    )
}

/// One of several answers: value, words, and a hint.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) hint: String,
}

impl Choice {
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: String::new(),
        }
    }
}

/// One of a long list.
pub(crate) fn select(one: &Field<'_>, all: &[Choice]) -> Markup {
    around(
        one,
        html! {
            select id=(one.name) name=(one.name) class=(one.class) required[one.required]
                data-key=[one.key] aria-keyshortcuts=[one.key]
                aria-describedby=[described(one)]
                aria-invalid=[one.wrong.map(|_| "true")] {
                @for choice in all {
                    option value=(choice.value) selected[choice.value == one.value] { (choice.label) }
                }
            }
        },
    )
}

fn group(one: &Field<'_>, all: Markup) -> Markup {
    html! {
        fieldset.field.wrong[one.wrong.is_some()] aria-describedby=[described(one)] {
            legend { (one.label) }
            @if !one.hint.is_empty() { p.hint id=(format!("{}-hint", one.name)) { (one.hint) } }
            @if let Some(wrong) = one.wrong { p.error id=(format!("{}-wrong", one.name)) { (wrong) } }
            (all)
        }
    }
}

/// One of a few: all can be seen.
pub(crate) fn choices(one: &Field<'_>, all: &[Choice]) -> Markup {
    group(
        one,
        html! {
            @for (number, choice) in all.iter().enumerate() {
                @let id = format!("{}-{number}", one.name);
                div.choice {
                    input type="radio" id=(id) name=(one.name) value=(choice.value) checked[choice.value == one.value] required[one.required];
                    label for=(id) {
                        (choice.label)
                        @if !choice.hint.is_empty() { span.second { (choice.hint) } }
                    }
                }
            }
        },
    )
}

/// Any of a few.
pub(crate) fn boxes(one: &Field<'_>, all: &[Choice], ticked: &[&str]) -> Markup {
    group(
        one,
        html! {
            @for (number, choice) in all.iter().enumerate() {
                @let id = format!("{}-{number}", one.name);
                div.choice {
                    input type="checkbox" id=(id) name=(one.name) value=(choice.value) checked[ticked.contains(&choice.value.as_str())];
                    label for=(id) {
                        (choice.label)
                        @if !choice.hint.is_empty() { span.second { (choice.hint) } }
                    }
                }
            }
        },
    )
}

/// The one main button of a form, and links beside it.
pub(crate) fn button(says: &str, beside: Markup) -> Markup {
    html! { div.buttons { button.main { (says) } (beside) } }
}

/// What becomes of the data of a part, in words; `in_part`: less leaves than it asks for.
pub(crate) fn answer_words(visit: &Visit<'_>, one: Disposition, in_part: bool) -> String {
    match in_part {
        true => visit.say("web-answer-in-part"),
        false => visit.say(&format!("web-answer-{}", one.as_str())),
    }
}

/// The same: the shape says it, and the word.
pub(crate) fn shape(visit: &Visit<'_>, one: Disposition, in_part: bool) -> Markup {
    let words = answer_words(visit, one, in_part);
    let (class, drawn) = match one {
        Disposition::Produce => ("leaves", "out"),
        Disposition::Ask | Disposition::Wait | Disposition::ByHand | Disposition::LookUp => {
            ("waits", "hourglass")
        }
        _ => ("stays", "stays"),
    };
    html! { span.shape.(class) { (sign(drawn)) (words) } }
}

/// The same when it has happened.
pub(crate) fn past_tense(visit: &Visit<'_>, one: Disposition) -> String {
    visit.say(&format!("web-answered-{}", one.as_str()))
}

/// Where work stands. A status looks like no button: the name of the task is the link.
pub(crate) fn status(work: Work, says: &str) -> Markup {
    let (class, drawn) = match work {
        Work::ToDo => ("todo", "ring"),
        Work::Waiting => ("wait", "hourglass"),
        Work::Done => ("done", "tick"),
        Work::NotYet => ("notyet", "dash"),
    };
    html! { span.status.(class) { (sign(drawn)) (says) } }
}

/// The letter with its headings one step lower: the page has the steps above.
pub(crate) fn lowered(made: &Document) -> Document {
    let mut made = made.clone();
    for block in &mut made.blocks {
        if let lagrum_documents::Block::Heading { level, .. } = block {
            *level = 4;
        }
    }
    made
}

/// A document, without its title: the page has one.
pub(crate) fn document(made: &Document) -> Markup {
    let html = made.to_html();
    let body = match (html.find("</h1>\n"), html.find("<h1>")) {
        (Some(end), Some(start)) => format!("{}{}", &html[..start], &html[end + 6..]),
        _ => html,
    };
    html! { div.document { (PreEscaped(body)) } }
}

pub(crate) fn case_link(case: &CaseId) -> Markup {
    html! { a.case href=(format!("/cases/{case}")) { (case) } }
}
