//! On a page: how the numbers are given, and how a stranger checks them.

use maud::{Markup, html};

use crate::data::{CSV, JSON};
use crate::words::Words;
use crate::{Published, check};

/// What a number is: exact, or a band, and why.
pub(crate) fn given(published: &Published<'_>, words: &Words) -> Markup {
    html! {
        @for paragraph in check::given(published, words) { p { (paragraph) } }
    }
}

pub(crate) fn check(published: &Published<'_>, words: &Words) -> Markup {
    let said = &words.check;
    let [verify, with_receipt] = check::commands(published);
    let [shows, shows_not] = check::shown(published, words);
    html! {
        section {
            h2 { (said.heading) }
            p { ((said.why)(published.provider, &published.log_origin)) }
            pre { code lang="zxx" { (verify) } }
            p { (said.what_is_what) }
            p { (said.with_receipt) }
            pre { code lang="zxx" { (with_receipt) } }
            div .halves {
                div {
                    h3 { (said.shown) }
                    ul { @for one in shows { li { (one) } } }
                }
                div {
                    h3 { (said.not_shown) }
                    ul { @for one in shows_not { li { (one) } } }
                }
            }
            p {
                (said.files.0)
                @for (before, file) in check::checked_files(words) {
                    (before) code lang="zxx" { (file) }
                }
                (said.files.1)
            }
        }
    }
}

/// What a later view counts otherwise.
pub(crate) fn corrections(published: &Published<'_>, words: &Words) -> Markup {
    html! {
        @if !published.corrections.is_empty() {
            section {
                h2 { (words.check.corrections) }
                ul {
                    @for one in check::corrections(published, words) { li { (one) } }
                }
            }
        }
    }
}

/// Which report it is, and in which other forms it is there. `paper`: a PDF is.
pub(crate) fn about(published: &Published<'_>, words: &Words, paper: bool) -> Markup {
    let said = &words.check;
    html! {
        section {
            h2 { (said.about) }
            dl {
                @for (name, fact, is_code) in check::facts(published, words) {
                    div {
                        dt { (name) }
                        dd { @if is_code { code lang="zxx" { (fact) } } @else { (fact) } }
                    }
                }
            }
            p {
                (said.to_compute)
                @for (at, file) in [words.workbook, CSV, JSON].into_iter().enumerate() {
                    @if at > 0 { "," }
                    " " a href=(file) { (file) }
                }
            }
            @if paper { p { (said.to_print) " " a href=(words.paper) { (words.paper) } } }
        }
    }
}
