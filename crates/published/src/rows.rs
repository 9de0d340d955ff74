//! The rows of a table.

use lagrum_figures::{Cell, Figure, Of};

use crate::data::ends;
use crate::words::Words;
use crate::{Published, names, number};

/// So many rows may say the same lowest band before they are said in one.
const MOST_ALIKE: usize = 6;

/// A figure with its name.
pub(crate) struct Row {
    /// Its name in the files for programs.
    pub(crate) id: String,
    pub(crate) figure: Figure,
    /// Its name within a sentence.
    pub(crate) in_sentence: String,
    /// Its name in a list.
    pub(crate) name: String,
    /// The same at the beginning of a row.
    pub(crate) label: String,
    /// What more is to be said of it.
    pub(crate) more: Option<&'static str>,
    /// Whether it is what the others leave.
    pub(crate) rest: bool,
}

/// The rows of a table, as they are shown.
#[derive(Default)]
pub(crate) struct Rows {
    /// One after the other, the largest first.
    pub(crate) own: Vec<Row>,
    /// Those that are all in the same lowest band, and too many to say it of each.
    pub(crate) alike: Vec<Row>,
    /// Those that are exactly zero.
    pub(crate) zero: Vec<Row>,
}

impl Rows {
    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Row> {
        self.own.iter().chain(&self.alike).chain(&self.zero)
    }
}

/// The figures that `wanted` wants, each as it is, in the order of the report.
pub(crate) fn plain(
    published: &Published<'_>,
    words: &'static Words,
    wanted: impl Fn(&Of) -> bool,
) -> Rows {
    Rows {
        own: rows(published, words, wanted),
        ..Rows::default()
    }
}

/// The figures of a table of answered demands.
pub(crate) fn sorted(
    published: &Published<'_>,
    words: &'static Words,
    wanted: impl Fn(&Of) -> bool,
) -> Rows {
    let mut own = rows(published, words, wanted);
    // Letters that come last in the alphabets of these languages do so in Unicode, but not all in the right order.
    let key = |row: &Row| {
        let (low, high) = ends(row.figure);
        let alphabet = |one: char| match one {
            'Å' if words.is_swedish() => 'Ã',
            'Å' if words.is_danish() => 'ß',
            other => other,
        };
        let name: String = row.label.chars().map(alphabet).collect();
        (row.rest, u64::MAX - low, u64::MAX - high, name)
    };
    own.sort_by_cached_key(key);
    let zero = own.extract_if(.., |row| row.figure == Figure::Exactly(0));
    let zero = zero.collect();
    let lowest = |row: &Row| !row.rest && ends(row.figure).0 == 0;
    let first = own.iter().find(|row| lowest(row)).map(|row| row.figure);
    let is_alike = |row: &Row| lowest(row) && Some(row.figure) == first;
    let alike = match own.iter().filter(|row| is_alike(row)).count() > MOST_ALIKE {
        true => own.extract_if(.., |row| is_alike(row)).collect(),
        false => Vec::new(),
    };
    Rows { own, alike, zero }
}

fn rows(
    published: &Published<'_>,
    words: &'static Words,
    wanted: impl Fn(&Of) -> bool,
) -> Vec<Row> {
    let figures = published.figures.iter();
    let figures = figures.filter(|(cell, _)| wanted(&cell.of));
    figures
        .map(|(cell, figure)| row(words, cell, *figure))
        .collect()
}

fn row(words: &'static Words, cell: &Cell, figure: Figure) -> Row {
    let language = words.language;
    let (mut rest, mut more) = (false, None);
    let (in_sentence, name) = match &cell.of {
        Of::Received | Of::Pending | Of::Other => {
            let at = match cell.of {
                Of::Received => 0,
                Of::Pending => 1,
                _ => 2,
            };
            let (name, said) = words.received_rows[at];
            more = Some(said);
            (name.to_owned(), name.to_owned())
        }
        Of::Accounts => (words.accounts_row.to_owned(), words.accounts_row.to_owned()),
        Of::Country(None) => {
            rest = true;
            let name = words.other_countries.to_owned();
            (name.clone(), name)
        }
        Of::Country(Some(code)) => (
            names::country_in_sentence(language, code),
            names::country(language, code),
        ),
        Of::Instrument(kind) => {
            let name = names::instrument(language, kind);
            (name.clone(), name)
        }
        Of::Outcome(outcome) => {
            let (name, said) = names::outcome(words, outcome);
            more = said;
            ((words.quoted)(&name), name)
        }
    };
    Row {
        id: cell.name(),
        figure,
        in_sentence,
        label: number::sentence(&name),
        name,
        more,
        rest,
    }
}
