//! The tables of a report, in the order in which they are read.

use lagrum_figures::Of;

use crate::rows::Rows;
use crate::words::{TableWords, Words};
use crate::{Published, message, rows};

/// One table, with what is said about it.
pub(crate) struct Section {
    /// The id of its chart.
    pub(crate) chart: &'static str,
    /// What it shows.
    pub(crate) heading: String,
    /// What is counted.
    pub(crate) counted: &'static str,
    pub(crate) caption: &'static str,
    /// The head of the column of rows.
    pub(crate) column: &'static str,
    /// The head of the column of numbers.
    pub(crate) number: &'static str,
    pub(crate) rows: Rows,
    /// What stands before the names of rows that are exactly zero.
    pub(crate) zero: Option<&'static str>,
}

/// All of them. Each figure stands in one.
pub(crate) fn sections(published: &Published<'_>, words: &'static Words) -> Vec<Section> {
    let rows = rows::plain(published, words, |of| {
        matches!(of, Of::Received | Of::Pending | Of::Other)
    });
    let mut all = vec![Section {
        chart: "received-chart",
        heading: message::of_received(words, published),
        counted: words.received_counted,
        caption: words.received_caption,
        column: words.received_column,
        number: words.number,
        rows,
        zero: None,
    }];
    let is_country = |of: &Of| matches!(of, Of::Country(_));
    let is_instrument = |of: &Of| matches!(of, Of::Instrument(_));
    let is_outcome = |of: &Of| matches!(of, Of::Outcome(_));
    for (chart, said, wanted) in [
        (
            "country-chart",
            &words.country,
            &is_country as &dyn Fn(&Of) -> bool,
        ),
        ("instrument-chart", &words.instrument, &is_instrument),
        ("outcome-chart", &words.outcome, &is_outcome),
    ] {
        all.extend(answered(published, words, chart, said, wanted));
    }
    all.extend(accounts(published, words));
    all
}

fn answered(
    published: &Published<'_>,
    words: &'static Words,
    chart: &'static str,
    said: &TableWords,
    wanted: &dyn Fn(&Of) -> bool,
) -> Option<Section> {
    if !published.figures.iter().any(|(cell, _)| wanted(&cell.of)) {
        return None;
    }
    let rows = rows::sorted(published, words, wanted);
    Some(Section {
        chart,
        heading: message::of_table(words, said, &rows),
        counted: said.counted,
        caption: said.caption,
        column: said.column,
        number: words.number,
        rows,
        zero: Some(said.zero),
    })
}

fn accounts(published: &Published<'_>, words: &'static Words) -> Option<Section> {
    let accounts = message::find(published, &Of::Accounts)?;
    Some(Section {
        chart: "accounts-chart",
        heading: message::of_accounts(words, accounts),
        counted: words.accounts_counted,
        caption: words.accounts_caption,
        column: words.received_column,
        number: words.accounts_caption,
        rows: rows::plain(published, words, |of| *of == Of::Accounts),
        zero: None,
    })
}
