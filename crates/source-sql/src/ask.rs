//! What is asked of a database: the operator's statement, with what is set around it here.

use std::collections::BTreeMap;

use lagrum_source::{RECORD_LIMIT, SourceError};
use lagrum_sources::TimeFormat;

use crate::address::Kind;
use crate::cell::Cell;
use crate::dated::Bounds;
use crate::fault::Fault;
use crate::statement::Statement;

/// What the statement's rows are called around it.
pub(crate) const ROWS: &str = "lagrum_rows";

/// The longest name, key or date that is looked at, in bytes. What is longer counts as nothing, but for a key under which
/// other rows hang.
const SMALL_LIMIT: usize = 4096;

/// The values of parameters.
pub(crate) type Values = BTreeMap<String, Cell>;

/// What is asked.
pub(crate) struct Ask<'a> {
    pub(crate) statement: &'a Statement,
    pub(crate) values: &'a Values,
    /// Columns that are always given: keys, dates, names.
    pub(crate) small: &'a [&'a str],
    /// Those of them of which a longer one is not nothing: other rows hang under it.
    pub(crate) whole: &'a [String],
    /// Columns that are given unless they weigh too much together.
    pub(crate) fields: &'a [String],
    /// The column in whose order rows come.
    pub(crate) order: Option<&'a str>,
    /// Which rows may be left out.
    pub(crate) within: Option<Within<'a>>,
    /// How many rows are given at most. None: all.
    pub(crate) most: Option<u64>,
}

/// The column whose instant decides, and which rows may be left out for it.
#[derive(Clone, Copy)]
pub(crate) struct Within<'a> {
    pub(crate) column: &'a str,
    pub(crate) format: Option<TimeFormat>,
    /// Whether instants without a zone lie in UTC.
    pub(crate) utc: bool,
    /// None: every row is wanted.
    pub(crate) bounds: Option<Bounds>,
}

/// One row.
pub(crate) struct Row {
    /// What its fields weigh, in bytes.
    pub(crate) weight: u64,
    pub(crate) small: Vec<Cell>,
    /// Whether one of those that other rows hang under is longer than what is looked at.
    pub(crate) cut: bool,
    /// None: they weigh too much.
    pub(crate) fields: Option<Vec<Cell>>,
}

/// What a database would do for a statement.
pub(crate) struct Plan {
    pub(crate) statement: String,
    pub(crate) lines: Vec<String>,
    /// What it would read from end to end.
    pub(crate) scans: Vec<String>,
}

/// One read-only transaction of one instant.
pub(crate) trait Session {
    /// Gives the rows one by one.
    fn rows(
        &mut self,
        ask: &Ask<'_>,
        each: &mut dyn FnMut(Row) -> Result<(), SourceError>,
    ) -> Result<(), Fault>;

    /// The names of the columns that a statement gives.
    fn columns(&mut self, statement: &Statement) -> Result<Vec<String>, Fault>;

    /// Says what it would do for them, whatever the values of the parameters are.
    fn plan(&mut self, ask: &Ask<'_>) -> Result<Plan, Fault>;
}

impl Ask<'_> {
    /// The names of all columns that are asked for, each once.
    pub(crate) fn columns(&self) -> Vec<&str> {
        let mut columns: Vec<&str> = self.small.to_vec();
        columns.extend(self.fields.iter().map(String::as_str));
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// The statement around the operator's `inner` one. `text` writes a column as it is to be given, `length` how
    /// many bytes it has.
    pub(crate) fn around(
        &self,
        kind: Kind,
        inner: &str,
        condition: Option<String>,
        text: impl Fn(&str) -> String,
        length: impl Fn(&str) -> String,
    ) -> String {
        let weights = self
            .fields
            .iter()
            .map(|column| format!("coalesce({}, 0)", length(column)));
        let weight = weights.collect::<Vec<_>>().join(" + ");
        let weight = match (weight.is_empty(), self.whole.first()) {
            (false, _) => weight,
            // Of the same type.
            (true, Some(column)) => format!("coalesce({}, 0) * 0", length(column)),
            (true, None) => "0".to_owned(),
        };
        let cut = self.whole.iter();
        let cut: Vec<_> = cut
            .map(|column| format!("{} > {SMALL_LIMIT}", length(column)))
            .collect();
        let mut columns = vec![match cut.is_empty() {
            true => weight.clone(),
            false => format!("case when {} then -1 else {weight} end", cut.join(" or ")),
        }];
        columns.extend(self.small.iter().map(|column| {
            let (text, length) = (text(column), length(column));
            format!("case when {length} <= {SMALL_LIMIT} then {text} end")
        }));
        columns.extend(self.fields.iter().map(|column| {
            format!(
                "case when {weight} <= {RECORD_LIMIT} then {} end",
                text(column)
            )
        }));
        let mut all = format!("select {} from ({inner}) as {ROWS}", columns.join(", "));
        if let Some(condition) = condition {
            all += &format!(" where {condition}");
        }
        if let Some(order) = self.order {
            all += &format!(" order by {}", qualified(kind, order));
        }
        if let Some(most) = self.most {
            all += &format!(" limit {most}");
        }
        all
    }

    /// Whether the first column has a number.
    pub(crate) fn weighs(&self) -> bool {
        !self.fields.is_empty() || !self.whole.is_empty()
    }

    /// A row out of its cells, and what it weighs: [`u64::MAX`], where that is not known or something is cut.
    pub(crate) fn row(&self, weight: u64, mut cells: Vec<Cell>) -> Row {
        let fields = cells.split_off(self.small.len());
        let light = usize::try_from(weight).is_ok_and(|weight| weight <= RECORD_LIMIT);
        Row {
            weight,
            small: cells,
            cut: weight == u64::MAX && !self.whole.is_empty(),
            fields: light.then_some(fields),
        }
    }

    /// The values of parameters, in the order of their names.
    pub(crate) fn value(&self, name: &str) -> Result<&Cell, Fault> {
        let value = self.values.get(name);
        value.ok_or_else(|| Fault::Statement(format!("`:{name}` has no value here")))
    }
}

/// A column of the operator's statement. Qualified, because SQLite would take an unknown name in quotation marks that
/// stands alone for a piece of text.
pub(crate) fn qualified(kind: Kind, column: &str) -> String {
    format!("{ROWS}.{}", kind.quoted(column))
}
