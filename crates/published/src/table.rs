//! A table of figures: the form in which they are read first.

use lagrum_figures::Figure;
use maud::{Markup, html};

use crate::data::ends;
use crate::number;
use crate::rows::{Row, Rows};
use crate::section::Section;
use crate::words::Words;

pub(crate) fn table(words: &Words, section: &Section) -> Markup {
    let rows = &section.rows;
    html! {
        table {
            caption { (section.caption) }
            thead {
                tr {
                    th scope="col" { (section.column) }
                    th scope="col" .number { (section.number) }
                }
            }
            tbody {
                @for row in &rows.own {
                    tr #(row.id) {
                        th scope="row" {
                            (row.label)
                            @if let Some(more) = row.more { span .more { (more) } }
                        }
                        td .number { (number::figure(words, row.figure)) }
                    }
                }
                @if let Some(first) = rows.alike.first() {
                    tr {
                        th scope="row" { (listed(&rows.alike, true)) }
                        td .number {
                            (number::figure(words, first.figure))
                            span .more { (words.each) }
                        }
                    }
                }
            }
        }
    }
}

/// Names, each at a place of its own. `begins`: with the first one begins what is said.
pub(crate) fn listed(rows: &[Row], begins: bool) -> Markup {
    let name = |at: usize, row: &Row| match begins && at == 0 {
        true => row.label.clone(),
        false => row.name.clone(),
    };
    html! {
        @for (at, row) in rows.iter().enumerate() {
            @if at > 0 { ", " }
            span #(row.id) { (name(at, row)) }
        }
    }
}

/// A band of these rows that begins with zero.
pub(crate) fn lowest_band(rows: &Rows) -> Option<Figure> {
    let mut all = rows.iter().map(|row| row.figure);
    all.find(|figure| matches!(figure, Figure::Between(..)) && ends(*figure).0 == 0)
}
