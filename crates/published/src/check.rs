//! What is said of how the numbers are given and how a stranger checks them, in whatever form.

use lagrum_figures::{Class, Figure, Of};

use crate::data::ends;
use crate::words::Words;
use crate::{Corrected, Published, names, number, period};

/// What is checked.
const FILES: [&str; 5] = ["statement", "proof", "numbers", "codebook", "plan"];

/// What a number is, in paragraphs: exact, or a band, and why.
pub(crate) fn given(published: &Published<'_>, words: &Words) -> [String; 2] {
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
    let mut all = vec![match bands().next() {
        None => words.all_exact.to_owned(),
        Some(_) if published.figures.iter().any(|(_, one)| exact(one)) => {
            words.some_bands.to_owned()
        }
        Some(_) => words.all_bands.to_owned(),
    }];
    if let Some((low, high)) = example {
        all.push((words.band_means)(
            &said((low, high)),
            &end(low),
            &end(high),
        ));
    }
    if let Some((low, high)) = lowest {
        all.push((words.lowest_band)(&said((low, high)), &end(high)));
    }
    if is_wider(published) {
        all.push(words.wider.to_owned());
    }
    [words.cards.to_owned(), all.join(" ")]
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

/// Which view of the period it is.
pub(crate) fn view(published: &Published<'_>, words: &Words) -> String {
    match published.view {
        0 | 1 => words.first_view.to_owned(),
        later => (words.later_view)(&number::digits(words, later)),
    }
}

/// The command with which anybody checks it, and the one for whoever has a receipt.
pub(crate) fn commands(published: &Published<'_>) -> [String; 2] {
    let verify = published.verify;
    [verify.to_owned(), format!("{verify} --receipt receipt.txt")]
}

/// What the check shows, and what it does not.
pub(crate) fn shown(published: &Published<'_>, words: &Words) -> [Vec<&'static str>; 2] {
    let said = &words.check;
    let (mut shows, mut shows_not) = (said.shows.to_vec(), said.shows_not.to_vec());
    match published.planned {
        true => shows.push(said.planned),
        false => shows_not.push(said.not_planned),
    }
    [shows, shows_not]
}

/// The names of the files that are checked, with what stands before each.
pub(crate) fn checked_files(words: &Words) -> impl Iterator<Item = (String, &'static str)> {
    FILES.iter().enumerate().map(|(at, file)| {
        let before = match at {
            0 => " ".to_owned(),
            _ if at + 1 == FILES.len() => format!(" {} ", words.and),
            _ => ", ".to_owned(),
        };
        (before, *file)
    })
}

/// What a later view counts otherwise, line by line.
pub(crate) fn corrections(published: &Published<'_>, words: &Words) -> Vec<String> {
    let all = published.corrections.iter();
    let said = |one: &Corrected| {
        let demands = number::counted(words, &words.demands, Figure::Exactly(one.count));
        let (from, to) = (class(words, &one.from), class(words, &one.to));
        (words.check.corrected)(&demands, &from, &to)
    };
    all.map(said).collect()
}

fn class(words: &Words, class: &Class) -> String {
    let [_, (pending, _), (other, _)] = words.received_rows;
    match class {
        Class::Pending => pending.to_owned(),
        Class::Other => other.to_owned(),
        Class::Answered {
            country,
            instrument,
            outcome,
        } => {
            let country = match country {
                Some(code) => names::country(words.language, code),
                None => words.another_country.to_owned(),
            };
            let instrument = names::instrument(words.language, instrument);
            let (outcome, _) = names::outcome(words, outcome);
            format!("{country}, {instrument}, {outcome}")
        }
    }
}

/// Which report it is: what each fact is called, what it is, and whether it is a name for programs.
pub(crate) fn facts(published: &Published<'_>, words: &Words) -> [(&'static str, String, bool); 5] {
    let [provider, of, view, log, digest] = words.check.facts;
    [
        (provider, published.provider.to_owned(), false),
        (of, period::in_words(words, &published.period), false),
        (view, number::digits(words, published.view), false),
        (log, published.log_origin.clone(), true),
        (digest, hex::encode(published.digest), true),
    ]
}
