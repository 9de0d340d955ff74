//! The whole report as a list of blocks, to be printed.

use lagrum_blocks::{Block, Document, Ink, Table, Text};
use lagrum_figures::Figure;

use crate::notes::{before, checked, free};
use crate::rows::{Row, Rows};
use crate::section::{Section, sections};
use crate::table::lowest_band;
use crate::words::Words;
use crate::{Published, number};

pub(crate) fn document(published: &Published<'_>, words: &'static Words) -> Document {
    let mut document = before(published, words);
    for section in sections(published, words) {
        figures(&mut document, words, &section);
    }
    checked(&mut document, published, words);
    document
}

fn figures(document: &mut Document, words: &Words, section: &Section) {
    let rows = &section.rows;
    document.section(free(section.heading.clone()));
    document.paragraph(section.counted);
    let table = table(words, section);
    if !table.rows.is_empty() {
        document.blocks.push(Block::Table { table });
    }
    if let Some(band) = lowest_band(rows) {
        document.paragraph((words.can_be_none)(&number::figure(words, band)));
    }
    if let Some(zero) = section.zero.filter(|_| !rows.zero.is_empty()) {
        document.paragraph(format!("{zero} {}.", listed(&rows.zero, false)));
    }
}

fn table(words: &Words, section: &Section) -> Table {
    let Rows { own, alike, .. } = &section.rows;
    let figure = |figure: Figure| number::figure(words, figure);
    let own = own.iter().map(|row| {
        let label = Text::from(row.label.as_str());
        let label = match row.more {
            Some(more) => label.then(Ink::Quiet, format!("\n{more}")),
            None => label,
        };
        vec![label, figure(row.figure).into()]
    });
    let alike = alike.first().map(|first| {
        let each = format!("\n{}", words.each);
        let number = Text::from(figure(first.figure)).then(Ink::Quiet, each);
        vec![listed(alike, true).into(), number]
    });
    Table {
        heads: vec![section.column.to_owned(), section.number.to_owned()],
        rows: own.chain(alike).collect(),
        spare: Vec::new(),
    }
}

fn listed(rows: &[Row], begins: bool) -> String {
    let names = rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>();
    let text = names.join(", ");
    if begins {
        number::sentence(&text)
    } else {
        text
    }
}
