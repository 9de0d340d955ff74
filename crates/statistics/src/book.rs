//! Tables as one workbook (XLSX).

use jiff::civil::Date;
use lagrum_workbook::{Sheet, Workbook, WorkbookError};

use crate::{Cell, Table};

/// What a workbook says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About<'a> {
    /// Its title.
    pub title: &'a str,
    /// Whose figures they are.
    pub provider: &'a str,
    /// The day (UTC) that it gives as that of its creation.
    pub day: Date,
}

/// These tables, each on a sheet of its own: numbers as numbers, bands as text, and a blank as an empty cell. Text is
/// text, whatever it begins with, so no apostrophe stands before it as in [`Table::csv`].
///
/// # Errors
/// [`WorkbookError`]: two tables of one name, or a number that a spreadsheet would round.
pub fn workbook(tables: &[Table], about: &About<'_>) -> Result<Vec<u8>, WorkbookError> {
    let sheet = |table: &Table| Sheet {
        name: table.sheet().to_owned(),
        heads: table
            .columns()
            .iter()
            .map(|head| (*head).to_owned())
            .collect(),
        rows: table
            .rows()
            .iter()
            .map(|row| row.iter().map(cell).collect())
            .collect(),
    };
    let book = Workbook {
        title: about.title,
        author: about.provider,
        language: "en",
        day: about.day,
        sheets: tables.iter().map(sheet).collect(),
    };
    book.bytes()
}

fn cell(cell: &Cell) -> lagrum_workbook::Cell {
    use lagrum_workbook::Cell as To;
    match cell {
        Cell::Number(number) => To::Number(*number),
        Cell::Decimal(decimal) => To::Hundredths(decimal.in_hundredths()),
        Cell::Text(text) => To::Text(text.clone()),
        Cell::Band(band) => To::Text(band.to_string()),
        Cell::Blank => To::Blank,
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::disallowed_methods,
        reason = "what tests make belongs to nobody"
    )]

    use std::process::Command;

    use jiff::civil::date;
    use serde_json::{Value, json};

    use super::*;
    use crate::{Band, Decimal};

    fn about() -> About<'static> {
        About {
            title: "A table",
            provider: "Brev AB",
            day: date(2028, 2, 1),
        }
    }

    #[test]
    fn every_cell_is_that_of_the_csv_and_an_official_sheet_has_its_name() {
        let texts = ["=1+1", "+46", "a, \"b\"", "1-2", "5", "EL", "\u{ff1d}1"];
        let rows = texts.iter().enumerate().map(|(at, text)| {
            let number = at as u64 * 1000;
            let blank = if at % 2 == 0 {
                Cell::Blank
            } else {
                Cell::from(number)
            };
            let hours = Cell::from(Decimal::hundredths(number / 7));
            let band = Cell::from(Band::of(number, 250));
            [Cell::from(*text), Cell::from(number), blank, hours, band]
        });
        let heads = ["text", "n", "blank", "hours", "band"];
        let tables = [
            Table::new("customary-one", heads, rows),
            Table::new("two", ["only"], [[Cell::from(0)]]).on_sheet("3_member_states_orders"),
        ];
        let bytes = workbook(&tables, &about()).unwrap();
        assert_eq!(bytes, workbook(&tables, &about()).unwrap());
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("book.xlsx");
        std::fs::write(&file, bytes).unwrap();
        let reader = concat!(env!("CARGO_MANIFEST_DIR"), "/../workbook/tests/read.py");
        let ran = Command::new("python3")
            .arg(reader)
            .arg(file)
            .output()
            .unwrap();
        let book: Value = serde_json::from_slice(&ran.stdout).unwrap();
        assert_eq!(book["created"], "2028-02-01T00:00:00Z");
        for (table, sheet) in tables.iter().zip(book["sheets"].as_array().unwrap()) {
            assert_eq!(sheet["name"], table.sheet());
            let text = table.csv();
            let mut reader = csv::ReaderBuilder::new();
            let mut reader = reader.has_headers(false).from_reader(text.as_bytes());
            let records: Vec<_> = reader.records().map(Result::unwrap).collect();
            let rows = sheet["rows"].as_array().unwrap();
            assert_eq!(rows.len(), records.len());
            for (at, (row, record)) in rows.iter().zip(&records).enumerate() {
                for (column, field) in record.iter().enumerate() {
                    let is_number = at > 0 && (record.len() == 1 || [1, 2, 3].contains(&column));
                    let field = field.strip_prefix('\'').unwrap_or(field);
                    let expected = match field {
                        "" => Value::Null,
                        number if is_number => json!(["number", number]),
                        text => json!(["text", text]),
                    };
                    assert_eq!(
                        row.get(column).unwrap_or(&Value::Null),
                        &expected,
                        "{field}"
                    );
                }
            }
        }
        assert_eq!(book["sheets"][0]["name"], "one");
    }

    #[test]
    fn two_tables_of_one_name_and_numbers_that_would_be_rounded_are_errors() {
        let table = |number| Table::new("one", ["n"], [[Cell::from(number)]]);
        assert!(workbook(&[table(1), table(2)], &about()).is_err());
        let large = workbook(&[table(u64::MAX)], &about());
        assert!(
            matches!(large, Err(WorkbookError::TooLarge(u64::MAX))),
            "{large:?}"
        );
    }
}
