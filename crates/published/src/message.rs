//! Headings that say what a table shows, and no more than its figures do.

use lagrum_figures::{Figure, Of};

use crate::data::ends;
use crate::rows::{Row, Rows};
use crate::words::{Said, TableWords, Words};
use crate::{Published, number};

/// So many names stand in a heading; more are counted.
const MOST_NAMES: usize = 3;

/// What a table of answered demands shows.
pub(crate) fn of_table(words: &Words, table: &TableWords, rows: &Rows) -> String {
    let some = || rows.iter().filter(|row| ends(row.figure).1 > 0);
    let Some(most) = some().map(|row| ends(row.figure).0).max() else {
        return table.nothing.to_owned();
    };
    let answered = |figure| number::counted(words, &words.answered, figure);
    let text = if most == 0 {
        let high = some().map(|row| ends(row.figure).1).max();
        (table.low)(&answered(Figure::Exactly(high.unwrap_or_default())))
    } else {
        // Each of these can be the largest.
        let first: Vec<&Row> = some().filter(|row| ends(row.figure).1 >= most).collect();
        match first[..] {
            [one] => {
                let said = match some().count() {
                    1 if !one.rest => table.only,
                    _ => table.ahead,
                };
                said(
                    &one.in_sentence,
                    &number::figure_on_one_line(words, one.figure),
                )
            }
            [one, ..] if first.iter().all(|row| row.figure == one.figure) => {
                let said = match one.figure {
                    Figure::Exactly(_) => table.tied,
                    Figure::Between(..) => words.highest_band,
                };
                let names = names(words, table, &first);
                names.map_or_else(
                    || table.plain.to_owned(),
                    |names| said(&names, &answered(one.figure)),
                )
            }
            _ => table.plain.to_owned(),
        }
    };
    number::sentence(&text)
}

fn names(words: &Words, table: &TableWords, rows: &[&Row]) -> Option<String> {
    if rows.len() <= MOST_NAMES {
        let names: Vec<_> = rows.iter().map(|row| row.in_sentence.clone()).collect();
        return Some(number::list(words, &names));
    }
    let many = format!("{} {}", rows.len(), table.rows);
    rows.iter().all(|row| !row.rest).then_some(many)
}

/// How many demands were received.
pub(crate) fn of_received(words: &Words, published: &Published<'_>) -> String {
    let figure = |of: Of| find(published, &of);
    let Some(received) = figure(Of::Received) else {
        let pending = figure(Of::Pending);
        let said = |pending| {
            let pending = number::counted(words, &words.demands, pending);
            number::sentence(&(words.received_unsaid)(&pending))
        };
        return pending.map_or_else(|| words.received_caption.to_owned(), said);
    };
    let demands = number::counted(words, &words.demands, received);
    let demands = Said {
        text: &demands,
        one: received == Figure::Exactly(1),
    };
    let text = match (received, figure(Of::Pending)) {
        (Figure::Exactly(0), _) => words.received_none.to_owned(),
        (_, None | Some(Figure::Exactly(0))) => (words.received_all_answered)(demands),
        (_, Some(pending)) => {
            let text = number::figure_on_one_line(words, pending);
            let one = pending == Figure::Exactly(1);
            (words.received)(demands, Said { text: &text, one })
        }
    };
    number::sentence(&text)
}

/// Of how many accounts something was produced.
pub(crate) fn of_accounts(words: &Words, accounts: Figure) -> String {
    match accounts {
        Figure::Exactly(0) => words.produced_none.to_owned(),
        some => (words.produced)(&number::counted(words, &words.accounts, some)),
    }
}

/// A figure of the report.
pub(crate) fn find(published: &Published<'_>, of: &Of) -> Option<Figure> {
    let mut all = published.figures.iter();
    let found = all.find(|(cell, _)| cell.of == *of);
    found.map(|(_, figure)| *figure)
}
