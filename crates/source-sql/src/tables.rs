//! The declared tables: which hangs under which, whose their rows are and which date decides.

use std::collections::{BTreeMap, BTreeSet};

use lagrum_model::{Category, DateRule, SubCategory};
use lagrum_sources::TimeFormat;

use crate::account::Account;
use crate::address::Kind;
use crate::statement::{Statement, is_name};
use crate::written::TableConfig;

/// The most columns of one table, and the most tables of one source.
const COLUMNS_LIMIT: usize = 100;
const TABLES_LIMIT: usize = 100;

/// A checked table.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) category: Category,
    pub(crate) statement: Statement,
    /// The columns that are handed over, and what they are called in records.
    pub(crate) columns: Vec<String>,
    pub(crate) fields: Vec<String>,
    /// The column that says whose a row is, and the parameter that it has to equal.
    pub(crate) key: String,
    pub(crate) of: String,
    pub(crate) row: Option<String>,
    pub(crate) dated: Dated,
    /// Its place among the tables.
    pub(crate) parent: Option<usize>,
    pub(crate) children: Vec<usize>,
    /// Its columns that the statements of tables below it name.
    pub(crate) carried: Vec<String>,
}

/// Which date decides about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dated {
    Column {
        name: String,
        format: Option<TimeFormat>,
    },
    ByParent,
    Undated,
}

/// A field of the configuration, and what is wrong with it.
type Fault = (String, String);

type Boxes = BTreeMap<SubCategory, Vec<String>>;

/// Checks the tables that the operator wrote.
pub(crate) fn check(
    written: &[TableConfig],
    account: &Account,
    kind: Kind,
) -> Result<(Vec<Table>, Boxes), Fault> {
    if written.is_empty() || written.len() > TABLES_LIMIT {
        return Err(("table".into(), "write 1 to 100 tables".into()));
    }
    let mut tables: Vec<Table> = Vec::new();
    let mut boxes = Boxes::new();
    for one in written {
        let at = |(field, why): (&str, String)| (format!("table {}: {field}", one.name), why);
        let table = Table::check(one, &tables, account, kind).map_err(at)?;
        for (lies_in, columns) in &one.sub_categories {
            if lies_in.category() != table.category {
                let why = format!("`{lies_in}` is no box of {} data", table.category);
                return Err(at(("sub_categories", why)));
            }
            for column in columns {
                let place = table.columns.iter().position(|name| name == column);
                let place = place.ok_or_else(|| {
                    let why = format!("`{lies_in}` names `{column}`, which is not in `columns`");
                    at(("sub_categories", why))
                })?;
                let fields = boxes.entry(*lies_in).or_default();
                fields.push(table.fields[place].clone());
            }
        }
        let number = tables.len();
        if let Some(parent) = table.parent {
            let named: BTreeSet<_> = table.statement.parameters().collect();
            let named = named.into_iter().filter(|name| !account.has(name));
            let carried: Vec<_> = named.map(str::to_owned).collect();
            let parent = &mut tables[parent];
            for name in carried {
                if !parent.carried.contains(&name) {
                    parent.carried.push(name);
                }
            }
            parent.children.push(number);
        }
        tables.push(table);
    }
    for category in Category::ALL {
        let of = tables.iter().filter(|table| table.category == category);
        let rules: BTreeSet<_> = of.map(|table| table.dated == Dated::Undated).collect();
        if rules.len() > 1 {
            let why = format!(
                "some tables of {category} data have a date and some have none, and an officer is told one rule for all; make two sources of them"
            );
            return Err(("table".into(), why));
        }
    }
    Ok((tables, boxes))
}

/// Which date decides for the rows of a category.
pub(crate) fn date_rule(tables: &[Table], category: Category) -> DateRule {
    let mut of = tables.iter().filter(|table| table.category == category);
    match of.any(|table| table.dated != Dated::Undated) {
        true => DateRule::EventTime,
        false => DateRule::PresentState,
    }
}

impl Table {
    fn check(
        written: &TableConfig,
        before: &[Self],
        account: &Account,
        kind: Kind,
    ) -> Result<Self, (&'static str, String)> {
        let named = |field: &'static str, name: &str| match is_name(name) {
            true => Ok(name.to_owned()),
            false => {
                let why =
                    format!("`{name}`: write a name of ASCII letters, digits and `_`, at most 64");
                Err((field, why))
            }
        };
        let name = named("name", &written.name)?;
        if before.iter().any(|other| other.name == name) {
            return Err(("name", "another table has it; write each once".into()));
        }
        let mut columns = Vec::new();
        for column in &written.columns {
            if columns.contains(column) {
                return Err((
                    "columns",
                    format!("`{column}` stands there twice; keep one"),
                ));
            }
            columns.push(named("columns", column)?);
        }
        if columns.is_empty() || columns.len() > COLUMNS_LIMIT {
            return Err(("columns", "write 1 to 100 columns".into()));
        }
        let parent = match &written.parent {
            None => None,
            Some(parent) => {
                let place = before.iter().position(|table| table.name == *parent);
                let why = format!("no table before this one is called `{parent}`; write it there");
                Some(place.ok_or(("parent", why))?)
            }
        };
        let of = match (&written.of, parent) {
            (Some(of), _) => named("of", of)?,
            (None, None) => account.first_key().to_owned(),
            (None, Some(_)) => {
                let why =
                    "say which column of the parent, or which of `account_keys`, `key` equals";
                return Err(("of", why.into()));
            }
        };
        if parent.is_none() && !account.has(&of) {
            return Err(("of", format!("`{of}` is none of `account_keys`")));
        }
        let key = named("key", &written.key)?;
        let statement = match (&written.statement, &written.table) {
            (Some(_), Some(_)) => {
                return Err(("table", "`statement` says all; keep one of the two".into()));
            }
            (Some(statement), None) => {
                Statement::parse(statement, kind).map_err(|why| ("statement", why))?
            }
            (None, table) => {
                let table = table.as_ref().unwrap_or(&name);
                for part in table.split('.') {
                    named("table", part)?;
                }
                Statement::of_table(table, &key, &of, kind)
            }
        };
        if !statement.parameters().any(|parameter| parameter == of) {
            let why = format!("names no `:{of}`, so that it would give the rows of everybody");
            return Err(("statement", why));
        }
        for parameter in statement.parameters() {
            match parameter {
                "from" | "until" => {
                    let why = "the period is set around the statement here, so that no row without a date is lost; name the column in `date` and leave `:from` and `:until` out";
                    return Err(("statement", why.into()));
                }
                "identifier" | "lagrum" => {
                    let why = format!("names `:{parameter}`; tables know the account by its keys");
                    return Err(("statement", why));
                }
                known if account.has(known) || parent.is_some() => {}
                unknown => {
                    let why = format!(
                        "names `:{unknown}`, which is none of `account_keys`, and it has no `parent`"
                    );
                    return Err(("statement", why));
                }
            }
        }
        let dated = Self::dated(written, before, parent)?;
        Ok(Self {
            fields: columns
                .iter()
                .map(|column| format!("{name}.{column}"))
                .collect(),
            category: written.category,
            statement,
            columns,
            key,
            of,
            row: written
                .row
                .as_deref()
                .map(|row| named("row", row))
                .transpose()?,
            dated,
            parent,
            children: Vec::new(),
            carried: Vec::new(),
            name,
        })
    }

    fn dated(
        written: &TableConfig,
        before: &[Self],
        parent: Option<usize>,
    ) -> Result<Dated, (&'static str, String)> {
        let fault = |field, why: &str| Err((field, why.to_owned()));
        if written.date_format.is_some() && written.date.is_none() {
            return fault("date_format", "needs `date` beside it");
        }
        match (&written.date, written.dated_by_parent, written.undated) {
            (Some(name), false, false) => match is_name(name) {
                true => Ok(Dated::Column {
                    name: name.clone(),
                    format: written.date_format,
                }),
                false => fault("date", "write a name of ASCII letters, digits and `_`"),
            },
            (None, true, false) => match parent.map(|parent| &before[parent].dated) {
                Some(Dated::Column { .. } | Dated::ByParent) => Ok(Dated::ByParent),
                Some(Dated::Undated) => fault("dated_by_parent", "the parent has no date either"),
                None => fault("dated_by_parent", "it has no `parent`"),
            },
            (None, false, true) if written.category == Category::Subscriber => Ok(Dated::Undated),
            (None, false, true) => fault(
                "undated",
                "only subscriber data is a present state; of other data an order has a period, and somebody has to say which date decides",
            ),
            (None, false, false) => fault(
                "date",
                "say which column's instant decides, or that the parent's does (`dated_by_parent`), or that the rows are a present state (`undated`)",
            ),
            _ => fault(
                "date",
                "`date`, `dated_by_parent` and `undated` are three answers to one question; keep one",
            ),
        }
    }

    /// Whether rows of this category are found at or below a table.
    pub(crate) fn leads_to(tables: &[Self], place: usize, category: Category) -> bool {
        let table = &tables[place];
        let mut below = table.children.iter();
        table.category == category || below.any(|child| Self::leads_to(tables, *child, category))
    }

    /// Whether rows outside the period have to be gone through as well, since rows below them have dates of their
    /// own or none.
    pub(crate) fn needs_all(tables: &[Self], place: usize, category: Category) -> bool {
        let below = tables[place].children.iter().copied();
        let mut below = below.filter(|child| Self::leads_to(tables, *child, category));
        below.any(|child| {
            tables[child].dated != Dated::ByParent || Self::needs_all(tables, child, category)
        })
    }
}
