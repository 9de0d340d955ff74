//! The page in one language.

use lagrum_model::Language;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::notes::title;
use crate::section::{Section, sections};
use crate::table::{listed, lowest_band, table};
use crate::words::{Words, words};
use crate::{Published, chart, check, how, number};

/// How public pages look: of a report, and of what a provider shows beside it.
pub const STYLE: &str = include_str!("style.css");
/// Nothing is fetched and nothing runs, whatever stands in a name.
pub const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// `paper`: there is a PDF beside it.
pub(crate) fn page(published: &Published<'_>, words: &'static Words, paper: bool) -> String {
    let title = title(published, words);
    let lead = (words.lead)(published.provider);
    let page = html! {
        (DOCTYPE)
        html lang=(words.language.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (title) }
                meta name="description" content=(lead);
                @for language in Language::ALL {
                    link rel="alternate" hreflang=(language.as_str()) href=(self::words(language).file);
                }
                link rel="alternate" hreflang="x-default" href=(self::words(Language::English).file);
                style { (PreEscaped(STYLE)) }
            }
            body {
                a .skip href="#report" { (words.skip) }
                header { (languages(words)) }
                main #report tabindex="-1" {
                    h1 { (title) }
                    p .lead { (lead) }
                    p { (check::view(published, words)) }
                    section .note {
                        h2 { (words.how_given) }
                        (how::given(published, words))
                    }
                    @for one in sections(published, words) { (section(words, &one)) }
                    (how::corrections(published, words))
                    (how::check(published, words))
                    (how::about(published, words, paper))
                }
            }
        }
    };
    let mut text = page.into_string();
    text.push('\n');
    text
}

fn languages(own: &Words) -> Markup {
    html! {
        nav aria-label=(own.languages) {
            ul {
                @for language in Language::ALL {
                    @let words = words(language);
                    @let current = (language == own.language).then_some("page");
                    @let code = language.as_str();
                    li { a href=(words.file) lang=(code) hreflang=(code) aria-current=[current] { (language.own_name()) } }
                }
            }
        }
    }
}

fn section(words: &Words, section: &Section) -> Markup {
    let rows = &section.rows;
    let chart = chart::chart(words, section);
    let is_table = !rows.own.is_empty() || !rows.alike.is_empty();
    html! {
        section {
            h2 { (section.heading) }
            p .counted { (section.counted) }
            @if is_table {
                div .halves {
                    div {
                        (table(words, section))
                        @if let Some(band) = lowest_band(rows) {
                            p .under { ((words.can_be_none)(&number::figure(words, band))) }
                        }
                    }
                    @if let Some(chart) = chart { (chart) }
                }
            }
            @if let Some(zero) = section.zero.filter(|_| !rows.zero.is_empty()) {
                p { (zero) " " (listed(&rows.zero, false)) "." }
            }
        }
    }
}
