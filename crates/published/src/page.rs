//! The page in one language.

use lagrum_figures::Of;
use lagrum_model::Language;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::rows::Rows;
use crate::table::{Heads, listed, lowest_band, table};
use crate::words::{TableWords, Words, words};
use crate::{Published, chart, how, message, number, period, rows};

const STYLE: &str = include_str!("style.css");
/// Nothing is fetched and nothing runs, whatever stands in a name.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

pub(crate) fn page(published: &Published<'_>, words: &'static Words) -> String {
    let title = (words.title)(
        published.provider,
        &period::in_words(words, published.period),
    );
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
                    p { (view(published, words)) }
                    section .note {
                        h2 { (words.how_given) }
                        (how::given(published, words))
                    }
                    (figures(published, words))
                    (how::corrections(published, words))
                    (how::check(published, words))
                    (how::about(published, words))
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
                    li { a href=(words.file) lang=(code) hreflang=(code) aria-current=[current] { (words.own_name) } }
                }
            }
        }
    }
}

fn view(published: &Published<'_>, words: &Words) -> String {
    match published.view {
        0 | 1 => words.first_view.to_owned(),
        later => (words.later_view)(&number::digits(words, later)),
    }
}

fn figures(published: &Published<'_>, words: &'static Words) -> Markup {
    let received = rows::plain(published, words, |of| {
        matches!(of, Of::Received | Of::Pending | Of::Other)
    });
    let heads = Heads {
        caption: words.received_caption,
        column: words.received_column,
        number: words.number,
    };
    let heading = message::of_received(words, published);
    html! {
        (section(words, "received-chart", &heading, words.received_counted, &heads, &received, None))
        (answered(published, words, "country-chart", &|of| matches!(of, Of::Country(_))))
        (answered(published, words, "instrument-chart", &|of| matches!(of, Of::Instrument(_))))
        (answered(published, words, "outcome-chart", &|of| matches!(of, Of::Outcome(_))))
        (accounts(published, words))
    }
}

fn answered(
    published: &Published<'_>,
    words: &'static Words,
    id: &str,
    wanted: &dyn Fn(&Of) -> bool,
) -> Markup {
    let mut all = published.figures.iter().map(|(cell, _)| &cell.of);
    let Some(said) = all.find(|of| wanted(of)).and_then(|of| words.table(of)) else {
        return html! {};
    };
    let rows = rows::sorted(published, words, wanted);
    let heads = Heads {
        caption: said.caption,
        column: said.column,
        number: words.number,
    };
    let heading = message::of_table(words, said, &rows);
    section(words, id, &heading, said.counted, &heads, &rows, Some(said))
}

fn accounts(published: &Published<'_>, words: &'static Words) -> Markup {
    let Some(accounts) = message::find(published, &Of::Accounts) else {
        return html! {};
    };
    let heading = message::of_accounts(words, accounts);
    let rows = rows::plain(published, words, |of| *of == Of::Accounts);
    let heads = Heads {
        caption: words.accounts_caption,
        column: words.received_column,
        number: words.accounts_caption,
    };
    section(
        words,
        "accounts-chart",
        &heading,
        words.accounts_counted,
        &heads,
        &rows,
        None,
    )
}

fn section(
    words: &Words,
    id: &str,
    heading: &str,
    counted: &str,
    heads: &Heads,
    rows: &Rows,
    said: Option<&TableWords>,
) -> Markup {
    let chart = chart::chart(words, id, heading, counted, rows);
    let is_table = !rows.own.is_empty() || !rows.alike.is_empty();
    html! {
        section {
            h2 { (heading) }
            p .counted { (counted) }
            @if is_table {
                div .halves {
                    div {
                        (table(words, heads, rows))
                        @if let Some(band) = lowest_band(rows) {
                            p .under { ((words.can_be_none)(&number::figure(words, band))) }
                        }
                    }
                    @if let Some(chart) = chart { (chart) }
                }
            }
            @if let Some(said) = said.filter(|_| !rows.zero.is_empty()) {
                p { (said.zero) " " (listed(&rows.zero, false)) "." }
            }
        }
    }
}
