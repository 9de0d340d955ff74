//! How the numbers are given, and how a stranger checks them.

use lagrum_figures::{Figure, Of};
use maud::{Markup, html};

use crate::data::{CSV, JSON, ends};
use crate::words::Words;
use crate::{Published, number, period};

/// What is checked.
const FILES: [&str; 5] = ["statement", "proof", "numbers", "codebook", "plan"];

/// What a number is: exact, or a band, and why.
pub(crate) fn given(published: &Published<'_>, words: &Words) -> Markup {
    let bands = || {
        let figures = published.figures.iter();
        figures.filter_map(|(_, figure)| match figure {
            Figure::Between(low, high) => Some((*low, *high)),
            Figure::Exactly(_) => None,
        })
    };
    let example = bands().filter(|(low, _)| *low > 0).min();
    let lowest = bands().filter(|(low, _)| *low == 0).min();
    let said = |(low, high)| number::figure_on_one_line(words, Figure::Between(low, high));
    let end = |one| number::digits(words, one);
    let exact = |figure: &Figure| matches!(figure, Figure::Exactly(_));
    let why = match bands().next() {
        None => words.all_exact,
        Some(_) if published.figures.iter().any(|(_, one)| exact(one)) => words.some_bands,
        Some(_) => words.all_bands,
    };
    html! {
        p { (words.cards) }
        p {
            (why)
            @if let Some((low, high)) = example {
                " " ((words.band_means)(&said((low, high)), &end(low), &end(high)))
            }
            @if let Some((low, high)) = lowest {
                " " ((words.lowest_band)(&said((low, high)), &end(high)))
            }
            @if is_wider(published) { " " (words.wider) }
        }
    }
}

/// Whether the figures that hold kinds of which nobody may say how many came are in wider bands than the others.
fn is_wider(published: &Published<'_>) -> bool {
    let width = |figure: &Figure| {
        let (low, high) = ends(*figure);
        high - low
    };
    let widest = |sealed: bool| {
        let of = published.figures.iter().filter(move |(cell, _)| {
            sealed == matches!(cell.of, Of::Received | Of::Pending | Of::Other)
        });
        of.map(|(_, figure)| width(figure)).max()
    };
    matches!((widest(true), widest(false)), (Some(sealed), Some(others)) if sealed > others)
}

pub(crate) fn check(published: &Published<'_>, words: &Words) -> Markup {
    let said = &words.check;
    let planned = match published.planned {
        true => said.planned,
        false => said.not_planned,
    };
    html! {
        section {
            h2 { (said.heading) }
            p { ((said.why)(published.provider, published.log_origin)) }
            pre { code lang="zxx" { (published.verify) } }
            p { (said.what_is_what) }
            p { (said.with_receipt) }
            pre { code lang="zxx" { (published.verify) " --receipt receipt.txt" } }
            div .halves {
                div {
                    h3 { (said.shown) }
                    ul {
                        @for one in said.shows { li { (one) } }
                        @if published.planned { li { (planned) } }
                    }
                }
                div {
                    h3 { (said.not_shown) }
                    ul {
                        @for one in said.shows_not { li { (one) } }
                        @if !published.planned { li { (planned) } }
                    }
                }
            }
            p {
                (said.files.0)
                @for (at, file) in FILES.iter().enumerate() {
                    @if at + 1 == FILES.len() { " " (words.and) } @else if at > 0 { "," }
                    " " code lang="zxx" { (file) }
                }
                (said.files.1)
            }
        }
    }
}

/// What a later view counts otherwise.
pub(crate) fn corrections(published: &Published<'_>, words: &Words) -> Markup {
    let said = &words.check;
    let english = said.in_english.is_some().then_some("en");
    html! {
        @if !published.corrections.is_empty() {
            section {
                h2 { (said.corrections) }
                @if let Some(why) = said.in_english { p { (why) } }
                ul lang=[english] {
                    @for one in published.corrections { li { (one) } }
                }
            }
        }
    }
}

/// Which report it is.
pub(crate) fn about(published: &Published<'_>, words: &Words) -> Markup {
    let said = &words.check;
    let [provider, period, view, log, digest] = said.facts;
    html! {
        section {
            h2 { (said.about) }
            dl {
                div { dt { (provider) } dd { (published.provider) } }
                div { dt { (period) } dd { (period::in_words(words, published.period)) } }
                div { dt { (view) } dd { (number::digits(words, published.view)) } }
                div { dt { (log) } dd { code lang="zxx" { (published.log_origin) } } }
                div { dt { (digest) } dd { code lang="zxx" { (hex::encode(published.digest)) } } }
            }
            p { (said.to_compute) " " a href=(CSV) { (CSV) } ", " a href=(JSON) { (JSON) } }
        }
    }
}
