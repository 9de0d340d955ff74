//! Where each cell of a table stands.

use lagrum_blocks::{Ink, Span, Table, Text};

use super::{BODY, BOTTOM, Look, MARGIN, Role, Setting, Thread, WIDTH, leading};
use crate::PaperError;

const SIZE: f32 = 10.0;
/// Between two columns.
const GAP: f32 = 14.0;
/// Above and below what stands in a row.
const AIR: f32 = 3.0;
/// What the columns behind the first may take together, of the whole width.
const OTHERS: f32 = 0.6;

/// A column: where it begins, how wide it is, and whether it holds numbers, which stand at its right edge.
#[derive(Clone, Copy)]
struct Column {
    x: f32,
    room: f32,
    numbers: bool,
}

/// What stands in a cell, and what few readers need, below it.
type Cell = (String, String);
type Row = Vec<Cell>;

fn parted(text: &Text) -> Cell {
    let is_quiet = |span: &Span| span.ink == Ink::Quiet && span.text.starts_with('\n');
    let at = text.0.iter().position(is_quiet).unwrap_or(text.0.len());
    let (first, more) = text.0.split_at(at);
    let plain = |spans: &[Span]| Text(spans.to_vec()).plain();
    (plain(first), plain(more).trim_start().to_owned())
}

impl Setting<'_> {
    pub(super) fn table(&mut self, table: &Table) -> Result<(), PaperError> {
        let heads = table.heads.iter().map(|head| (head.clone(), String::new()));
        let heads: Row = heads.collect();
        let rows = table.rows.iter();
        let rows: Vec<Row> = rows.map(|row| row.iter().map(parted).collect()).collect();
        let columns = self.columns(&heads, &rows)?;
        // Heads do not stand without a row below them.
        let least = self.height(&heads, &columns, true)? + 2.0 * leading(BODY);
        if self.y + least > BOTTOM {
            self.turn();
        }
        self.row(&heads, &columns, Some(true), 0)?;
        for (at, row) in rows.iter().enumerate() {
            if self.y + self.height(row, &columns, false)? > BOTTOM {
                self.turn();
                self.row(&heads, &columns, Some(false), 0)?;
            }
            self.row(row, &columns, None, at + 1)?;
        }
        self.space(10.0);
        Ok(())
    }

    fn columns(&self, heads: &[Cell], rows: &[Row]) -> Result<Vec<Column>, PaperError> {
        let whole = WIDTH - 2.0 * MARGIN;
        let widest = |column: usize| {
            let mut widest = self.faces.width(&heads[column].0, SIZE, true)?;
            for (text, more) in rows.iter().filter_map(|row| row.get(column)) {
                for line in text.lines().chain(more.lines()) {
                    widest = widest.max(self.faces.width(line, SIZE, false)?);
                }
            }
            Ok::<_, PaperError>(widest)
        };
        #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
        let others = heads.len().saturating_sub(1) as f32;
        let most = whole * OTHERS / others.max(1.0);
        let mut widths = Vec::new();
        for column in 1..heads.len() {
            widths.push(most.min(widest(column)? + 0.1));
        }
        let first = whole - GAP * others - widths.iter().sum::<f32>();
        widths.insert(0, first);
        let (mut columns, mut x) = (Vec::new(), MARGIN);
        for (column, room) in widths.into_iter().enumerate() {
            let is_number = |cell: &Cell| cell.0.starts_with(|c: char| c.is_ascii_digit());
            let mut cells = rows.iter().filter_map(|row| row.get(column));
            let numbers = column > 0 && cells.all(is_number);
            columns.push(Column { x, room, numbers });
            x += room + GAP;
        }
        Ok(columns)
    }

    fn height(&self, cells: &[Cell], columns: &[Column], bold: bool) -> Result<f32, PaperError> {
        let mut most = 1;
        for ((text, more), column) in cells.iter().zip(columns) {
            let mut lines = 0;
            for part in [text, more].into_iter().filter(|part| !part.is_empty()) {
                lines += self.faces.lines(part, SIZE, bold, column.room)?.len();
            }
            most = most.max(lines);
        }
        #[expect(clippy::cast_precision_loss, reason = "a cell has few lines")]
        let height = leading(SIZE) * most as f32 + 2.0 * AIR;
        Ok(height)
    }

    /// Sets one row. `head`: it is that of the heads, for the first time or again.
    fn row(
        &mut self,
        cells: &[Cell],
        columns: &[Column],
        head: Option<bool>,
        part: usize,
    ) -> Result<(), PaperError> {
        let bold = head.is_some();
        self.y += AIR;
        let (page, top) = (self.page, self.y);
        let (mut last, mut end) = (page, top);
        for (at, (cell, column)) in cells.iter().zip(columns).enumerate() {
            // A row that is taller than a page goes on, cell by cell.
            (self.page, self.y) = (page, top);
            let role = match head {
                Some(true) => Role::Head(at),
                Some(false) => Role::Again,
                None => Role::Cell(at),
            };
            let from = self.pages.lines.len();
            let look = Look {
                x: column.x,
                room: column.room,
                size: SIZE,
                bold,
                quiet: false,
                role,
                part,
            };
            let (text, more) = cell;
            self.text(text, look)?;
            if !more.is_empty() {
                self.text(
                    more,
                    Look {
                        quiet: true,
                        ..look
                    },
                )?;
            }
            if column.numbers {
                for line in &mut self.pages.lines[from..] {
                    let width = self.faces.width(line.text.trim_end(), SIZE, bold)?;
                    line.x = column.x + column.room - width;
                }
            }
            if (self.page, self.y) > (last, end) {
                (last, end) = (self.page, self.y);
            }
        }
        (self.page, self.y) = (last, end + AIR + 1.0);
        self.pages.threads.push(Thread {
            page: self.page,
            y: self.y,
            dark: bold,
        });
        Ok(())
    }
}
