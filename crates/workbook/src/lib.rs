//! Tables as a workbook (XLSX, ISO/IEC 29500), for whoever reads figures in a spreadsheet.
//!
//! **Invariant.** Each cell holds what it was given: a number as a number, everything else as text, which no spreadsheet
//! takes for a formula. A number that a spreadsheet would round is refused. The same workbook gives the same bytes:
//! nothing here reads a clock.

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// Spreadsheets compute with numbers of 53 bits.
    #[error("{0} is larger than a spreadsheet can hold exactly")]
    TooLarge(u64),
    /// It does not fit into the format: a text of more than 32,767 characters, for example, or a name that no sheet may
    /// have.
    #[error("the workbook cannot be written: {0}")]
    Writer(#[from] XlsxError),
}

/// What a workbook holds, and what it says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workbook<'a> {
    /// Its title.
    pub title: &'a str,
    /// Whose it is.
    pub author: &'a str,
    /// The language of its texts (BCP 47). XLSX has no place of its own for it: it stands in a property `Language`.
    pub language: &'a str,
    /// The day (UTC) that it gives as that of its creation, because one has to be there.
    pub day: Date,
    /// Its sheets, from the first.
    pub sheets: Vec<Sheet>,
}

/// A sheet: one row of heads, which stays in sight, and rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name: 31 characters at most, and none of `[]:*?/\`.
    pub name: String,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A count.
    Number(u64),
    /// So many hundredths, as a number with two decimals.
    Hundredths(u64),
    /// Text.
    Text(String),
    /// Text that stands out, for example a heading.
    Strong(String),
    /// Nothing.
    Blank,
}

/// Up to here every whole number is exact in a spreadsheet.
const LARGEST: u64 = 1 << 53;
/// How wide a column is, in characters.
const NARROWEST: usize = 10;
const WIDEST: usize = 70;
/// A4.
const PAPER: u8 = 9;

impl Workbook<'_> {
    /// The file.
    ///
    /// # Errors
    /// [`WorkbookError`].
    pub fn bytes(&self) -> Result<Vec<u8>, WorkbookError> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let part = |part: i8| part.unsigned_abs();
        let year = self.day.year().unsigned_abs();
        let day = ExcelDateTime::from_ymd(year, part(self.day.month()), part(self.day.day()))?;
        let about = DocProperties::new()
            .set_title(self.title)
            .set_author(self.author)
            .set_creation_datetime(&day)
            .set_custom_property("Language", self.language);
        book.set_properties(&about);
        for sheet in &self.sheets {
            sheet.write(book.add_worksheet())?;
        }
        Ok(book.save_to_buffer()?)
    }
}

impl Sheet {
    fn write(&self, to: &mut Worksheet) -> Result<(), WorkbookError> {
        to.set_name(self.name.as_str())?;
        let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let strong = plain.clone().set_bold();
        let head = strong.clone().set_border_bottom(FormatBorder::Thin);
        let number = Format::new()
            .set_align(FormatAlign::Top)
            .set_num_format("#,##0");
        for (column, text) in (0..).zip(&self.heads) {
            to.write_string_with_format(0, column, text, &head)?;
            to.set_column_width(column, self.width(column.into()))?;
        }
        for (at, row) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(row) {
                match cell {
                    Cell::Number(one) => {
                        to.write_number_with_format(at, column, exact(*one)?, &number)?;
                    }
                    Cell::Hundredths(one) => {
                        to.write_number_with_format(at, column, exact(*one)? / 100.0, &plain)?;
                    }
                    Cell::Text(text) => {
                        to.write_string_with_format(at, column, text, &plain)?;
                    }
                    Cell::Strong(text) => {
                        to.write_string_with_format(at, column, text, &strong)?;
                    }
                    Cell::Blank => {}
                }
            }
        }
        to.set_freeze_panes(1, 0)?;
        to.set_repeat_rows(0, 0)?;
        to.set_paper_size(PAPER);
        to.set_landscape();
        to.set_print_fit_to_pages(1, 0);
        Ok(())
    }

    /// As wide as its longest line, within reason: longer ones wrap.
    fn width(&self, column: usize) -> f64 {
        let head = self.heads.get(column).map_or(0, |head| longest_word(head));
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(Cell::width).max().unwrap_or_default().max(head);
        let width = (widest + 2).clamp(NARROWEST, WIDEST);
        f64::from(u32::try_from(width).unwrap_or_default())
    }
}

impl Cell {
    fn width(&self) -> usize {
        match self {
            // With what stands between thousands.
            Self::Number(one) => one.to_string().len() * 4 / 3,
            Self::Hundredths(one) => one.to_string().len() + 1,
            Self::Text(text) | Self::Strong(text) => {
                let lines = text.lines().map(|line| line.chars().count());
                lines.max().unwrap_or_default()
            }
            Self::Blank => 0,
        }
    }
}

fn longest_word(text: &str) -> usize {
    let words = text.split(' ').map(|word| word.chars().count());
    words.max().unwrap_or_default()
}

fn exact(number: u64) -> Result<f64, WorkbookError> {
    if number > LARGEST {
        return Err(WorkbookError::TooLarge(number));
    }
    #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
    Ok(number as f64)
}
