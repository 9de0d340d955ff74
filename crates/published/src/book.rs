//! The figures as a workbook (XLSX).

use lagrum_blocks::{Block, Text};
use lagrum_figures::Figure;
use lagrum_workbook::{Cell, Sheet, Workbook, WorkbookError};

use crate::rows::Row;
use crate::section::sections;
use crate::words::Words;
use crate::{Published, notes, number, period};

/// Two sheets: the figures, exact ones as numbers and bands as text; and how they are read and checked.
pub(crate) fn book(
    published: &Published<'_>,
    words: &'static Words,
) -> Result<Vec<u8>, WorkbookError> {
    let notes = notes::notes(published, words);
    let [figures, how] = words.sheets.map(str::to_owned);
    let book = Workbook {
        title: &notes.title,
        author: published.provider,
        language: words.language.as_str(),
        day: period::over(&published.period),
        sheets: vec![
            Sheet {
                name: figures,
                heads: words.heads.map(str::to_owned).to_vec(),
                rows: figures_of(published, words),
            },
            Sheet {
                name: how,
                heads: vec![notes.title.clone()],
                rows: notes.blocks.iter().flat_map(said).collect(),
            },
        ],
    };
    book.bytes()
}

fn figures_of(published: &Published<'_>, words: &'static Words) -> Vec<Vec<Cell>> {
    let all = sections(published, words);
    let rows = all.iter().flat_map(|section| {
        let rows = section.rows.iter();
        rows.map(|row| row_of(words, section.caption, row))
    });
    rows.collect()
}

fn row_of(words: &Words, caption: &str, row: &Row) -> Vec<Cell> {
    let what = match row.more {
        Some(more) => format!("{} ({more})", row.label),
        None => row.label.clone(),
    };
    let figure = match row.figure {
        Figure::Exactly(number) => Cell::Number(number),
        band @ Figure::Between(..) => Cell::Text(number::figure(words, band)),
    };
    let text = |text: &str| Cell::Text(text.to_owned());
    vec![text(caption), Cell::Text(what), figure, text(&row.id)]
}

/// A block as rows of one cell.
fn said(block: &Block) -> Vec<Vec<Cell>> {
    let row = |text: &Text| vec![Cell::Text(text.plain())];
    match block {
        Block::Heading { text, .. } => vec![vec![], vec![Cell::Strong(text.plain())]],
        Block::Paragraph { text } | Block::Notice { text, .. } => vec![row(text)],
        Block::Preformatted { text } => vec![vec![Cell::Text(text.clone())]],
        Block::List { items, .. } => items.iter().flatten().flat_map(said).collect(),
        Block::Fields { fields } => {
            let line =
                |value: &Text, label: &str| vec![Cell::Text(format!("{label}: {}", value.plain()))];
            let fields = fields.iter();
            let lines =
                fields.flat_map(|field| field.value.iter().map(|one| line(one, &field.label)));
            lines.collect()
        }
        Block::Table { table } => {
            let rows = table.rows.iter();
            rows.map(|cells| cells.iter().flat_map(row).collect())
                .collect()
        }
        Block::Rule => Vec::new(),
    }
}
