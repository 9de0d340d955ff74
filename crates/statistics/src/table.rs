//! A table, and how it is written.

use std::fmt;

use serde_json::{Value, json};

/// A number with up to two decimals, for example hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(u64);

impl Decimal {
    /// So many hundredths.
    #[must_use]
    pub fn hundredths(hundredths: u64) -> Self {
        Self(hundredths)
    }

    /// `seconds` divided by `of` and told in hours, rounded half up to hundredths. Nothing if `of` is zero.
    #[must_use]
    pub fn hours(seconds: u64, of: u64) -> Option<Self> {
        Self::quotient(u128::from(seconds), u128::from(of) * 3600)
    }

    /// `days` divided by `of`, rounded half up to hundredths. Nothing if `of` is zero.
    #[must_use]
    pub fn days(days: u64, of: u64) -> Option<Self> {
        Self::quotient(u128::from(days), u128::from(of))
    }

    fn quotient(sum: u128, of: u128) -> Option<Self> {
        let hundredths = (sum * 200 + of).checked_div(of * 2)?;
        Some(Self(u64::try_from(hundredths).unwrap_or(u64::MAX)))
    }
}

impl Decimal {
    pub(crate) fn in_hundredths(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest / 10, rest % 10) {
            (0, 0) => write!(formatter, "{whole}"),
            (tenths, 0) => write!(formatter, "{whole}.{tenths}"),
            (tenths, hundredths) => write!(formatter, "{whole}.{tenths}{hundredths}"),
        }
    }
}

/// A band in which a number lies. Both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Band {
    /// The least that the number may be.
    pub low: u64,
    /// The most that it may be.
    pub high: u64,
}

impl Band {
    /// The band of `number` where bands start from zero and each holds `width` numbers; a width of zero counts as one.
    #[must_use]
    pub fn of(number: u64, width: u64) -> Self {
        let width = width.max(1);
        let low = number - number % width;
        Self {
            low,
            high: low.saturating_add(width - 1),
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.low, self.high)
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A count.
    Number(u64),
    /// A number with decimals.
    Decimal(Decimal),
    /// Words, a code, a day.
    Text(String),
    /// A band.
    Band(Band),
    /// Nothing is known, or nothing can be: not the same as zero.
    Blank,
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<Decimal> for Cell {
    fn from(decimal: Decimal) -> Self {
        Self::Decimal(decimal)
    }
}

impl From<Band> for Cell {
    fn from(band: Band) -> Self {
        Self::Band(band)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        match text.is_empty() {
            true => Self::Blank,
            false => Self::Text(text),
        }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Self::Blank, Into::into)
    }
}

/// What a spreadsheet takes for the start of a formula, also in the wide letters of East Asia.
const FORMULA: [char; 10] = [
    '=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

impl Cell {
    /// How it stands in CSV, before quotes. Text that a spreadsheet would take for a formula has an apostrophe before it.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Decimal(decimal) => decimal.to_string(),
            Self::Text(text) if text.starts_with(FORMULA) => format!("'{text}"),
            Self::Text(text) => text.clone(),
            Self::Band(band) => band.to_string(),
            Self::Blank => String::new(),
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::Number(number) => json!(number),
            // Exact up to 2^53 hundredths.
            #[expect(
                clippy::cast_precision_loss,
                reason = "hours in hundredths are below 2^53"
            )]
            Self::Decimal(Decimal(hundredths)) => json!(*hundredths as f64 / 100.0),
            Self::Text(text) => json!(text),
            Self::Band(band) => json!({"low": band.low, "high": band.high}),
            Self::Blank => Value::Null,
        }
    }
}

/// A table. Every row has a cell for every column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    title: &'static str,
    sheet: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table of `rows`.
    ///
    /// `title` is the key under which its title stands in each language.
    #[must_use]
    pub fn new<const N: usize>(
        title: &'static str,
        columns: [&'static str; N],
        rows: impl IntoIterator<Item = [Cell; N]>,
    ) -> Self {
        Self {
            title,
            sheet: title.trim_start_matches("customary-"),
            columns: columns.to_vec(),
            rows: rows.into_iter().map(Vec::from).collect(),
        }
    }

    /// The key of its title.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// The same table under the name that its sheet has in an official template.
    #[must_use]
    pub fn on_sheet(self, sheet: &'static str) -> Self {
        Self { sheet, ..self }
    }

    /// The name of its sheet in a workbook.
    #[must_use]
    pub fn sheet(&self) -> &'static str {
        self.sheet
    }

    /// The heads of its columns.
    #[must_use]
    pub fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    /// Its rows, from the top.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// The cell of a row (the first is 0) below the head `column`.
    #[must_use]
    pub fn cell(&self, row: usize, column: &str) -> Option<&Cell> {
        let at = self.columns.iter().position(|head| *head == column)?;
        self.rows.get(row)?.get(at)
    }

    /// As CSV (RFC 4180): UTF-8 without a byte order mark, one line of heads, lines that end with CR LF.
    #[must_use]
    pub fn csv(&self) -> String {
        let heads = self.columns.iter().map(|head| (*head).to_owned());
        let mut text = line(heads);
        for row in &self.rows {
            text.push_str(&line(row.iter().map(Cell::written)));
        }
        text
    }

    /// As JSON: an object with `title`, `columns` and `rows`. A blank is `null`, a band `{"low": 0, "high": 249}`.
    #[must_use]
    pub fn json(&self) -> String {
        let rows = self.rows.iter();
        let rows: Vec<Vec<Value>> = rows
            .map(|row| row.iter().map(Cell::value).collect())
            .collect();
        json!({"title": self.title, "columns": self.columns, "rows": rows}).to_string()
    }
}

fn line(fields: impl Iterator<Item = String>) -> String {
    let fields: Vec<String> = fields.map(quoted).collect();
    // A line with nothing on it is no row for those who read it.
    match fields.as_slice() {
        [only] if only.is_empty() => "\"\"\r\n".to_owned(),
        all => all.join(",") + "\r\n",
    }
}

fn quoted(field: String) -> String {
    match field.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hours_have_up_to_two_decimals_and_are_rounded_half_up() {
        let hours = |seconds, of| Decimal::hours(seconds, of).map(|hours| hours.to_string());
        for (seconds, of, told) in [
            (0, 1, "0"),
            (3600, 1, "1"),
            (5400, 1, "1.5"),
            (18, 1, "0.01"),
            (17, 1, "0"),
            (3 * 3600 + 900, 1, "3.25"),
            (10 * 3600, 3, "3.33"),
            (20 * 3600, 3, "6.67"),
        ] {
            assert_eq!(hours(seconds, of).as_deref(), Some(told));
        }
        assert_eq!(hours(3600, 0), None);
        assert!(Decimal::hours(u64::MAX, 1).is_some());
    }

    #[test]
    fn a_band_holds_its_number_up_to_the_largest() {
        assert_eq!(Band::of(0, 100).to_string(), "0-99");
        assert_eq!(Band::of(1000, 1000).to_string(), "1000-1999");
        assert_eq!(Band::of(7, 0).to_string(), "7-7");
        assert_eq!(Band::of(u64::MAX, 1000).high, u64::MAX);
    }

    #[test]
    fn text_that_a_spreadsheet_would_calculate_has_an_apostrophe_before_it() {
        for text in ["=1+1", "+46", "-1", "@name", "\t=1", "\u{ff1d}1"] {
            assert_eq!(Cell::from(text).written(), format!("'{text}"));
        }
        for text in ["a=1", " ", "'=1", "1-2"] {
            assert_eq!(Cell::from(text).written(), text);
        }
    }

    #[test]
    fn blank_is_not_zero_in_either_form() {
        let cells = [
            Cell::from(0),
            Cell::Blank,
            Cell::from(Decimal::hundredths(1250)),
            Cell::from(Band::of(250, 250)),
            Cell::from("a \"b\", c"),
        ];
        let table = Table::new("title", ["n", "blank", "hours", "band", "text"], [cells]);
        let csv = "n,blank,hours,band,text\r\n0,,12.5,250-499,\"a \"\"b\"\", c\"\r\n";
        assert_eq!(table.csv(), csv);
        let json = r#"{"title":"title","columns":["n","blank","hours","band","text"],"rows":[[0,null,12.5,{"low":250,"high":499},"a \"b\", c"]]}"#;
        assert_eq!(table.json(), json);
        assert_eq!(table.cell(0, "n"), Some(&Cell::Number(0)));
        assert_eq!(table.cell(0, "blank"), Some(&Cell::Blank));
        assert_eq!((table.cell(1, "n"), table.cell(0, "m")), (None, None));
    }

    #[test]
    fn a_row_with_one_blank_cell_is_still_a_row() {
        let table = Table::new("title", ["only"], [[Cell::Blank], [Cell::from(1)]]);
        let text = table.csv();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.records().count(), 2);
    }

    fn cell() -> impl Strategy<Value = (Cell, String)> {
        prop_oneof![
            any::<u64>().prop_map(|number| (Cell::from(number), number.to_string())),
            Just((Cell::Blank, String::new())),
            "[ -~äß€\"',\r\n\t=@+-]{0,12}".prop_map(|text| {
                let dangerous = "=+-@\t\r".contains(text.chars().next().unwrap_or(' '));
                let seen = if dangerous {
                    format!("'{text}")
                } else {
                    text.clone()
                };
                (Cell::from(text), seen)
            }),
        ]
    }

    proptest! {
        #[test]
        fn csv_read_back_has_the_same_cells(rows in prop::collection::vec([cell(), cell(), cell()], 0..20)) {
            let cells = rows.iter().map(|row| row.clone().map(|(cell, _)| cell));
            let text = Table::new("title", ["a", "b", "c"], cells).csv();
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            prop_assert_eq!(reader.headers().unwrap(), vec!["a", "b", "c"]);
            let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            let seen: Vec<csv::StringRecord> = rows
                .iter()
                .map(|row| row.iter().map(|(_, seen)| seen.as_str()).collect())
                .collect();
            prop_assert_eq!(read, seen);
        }
    }
}
