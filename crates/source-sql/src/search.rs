//! The search: from an identifier to the account's keys, from those to the rows of its tables, and each row to the
//! order whose it is.

use std::collections::{BTreeMap, HashSet};

use lagrum_model::{Category, Period};
use lagrum_source::{
    Counts, Form, RECORD_JSON_LIMIT, Record, Review, Run, SearchResult, Sink, SourceError, Wanted,
    Withheld,
};
use lagrum_sources::{AllNames, Named};
use serde_json::value::RawValue;

use crate::account::{IDENTIFIER, NAMED};
use crate::ask::{Ask, Row, Session, Values, Within};
use crate::cell::Cell;
use crate::database::Sql;
use crate::dated::{Judge, Judged};
use crate::tables::{Dated, Table};

/// The most rows that the account's statement may give: what gives more asks for everybody.
const ACCOUNTS_LIMIT: u64 = 1000;

/// The most rows of one table under which others hang, for one account: their keys are held in memory.
const PARENTS_LIMIT: usize = 1_000_000;

/// The most letters of a date or of a row's name that are told.
const TOLD: usize = 200;

/// One order, as a database understands it.
pub(crate) struct Asked<'a> {
    pub(crate) wanted: Option<Wanted<'a>>,
    pub(crate) category: Category,
    pub(crate) period: Period,
}

/// What is known of an account in the database.
struct Found {
    /// Its keys: once for each of its names that has others.
    keys: Vec<Values>,
    /// How many rows there are whose name is like its own.
    alike: u64,
}

/// One transaction, in which all orders are carried out.
pub(crate) struct Search<'s> {
    pub(crate) sql: &'s Sql,
    pub(crate) session: &'s mut dyn Session,
    pub(crate) run: Run<'s>,
    pub(crate) sink: &'s mut dyn Sink,
}

/// What one order takes.
struct Pass {
    order: usize,
    category: Category,
    judge: Judge,
    counts: Counts,
}

impl Search<'_> {
    /// Carries out all orders.
    pub(crate) fn answer(&mut self, asked: &[Asked<'_>]) -> Result<Vec<SearchResult>, SourceError> {
        let mut known: Vec<(Wanted<'_>, Found)> = Vec::new();
        let mut results = Vec::new();
        for (order, asked) in asked.iter().enumerate() {
            let Some(wanted) = asked.wanted else {
                results.push(SearchResult::NO_SUCH_IDENTIFIER);
                continue;
            };
            let aliases = self.run.accounts.aliases();
            if let Some(of) = aliases.of(wanted) {
                results.push(SearchResult::Alias { of: of.to_owned() });
                continue;
            }
            let place = match known.iter().position(|(other, _)| *other == wanted) {
                Some(place) => place,
                None => {
                    let found = self.account(wanted)?;
                    known.push((wanted, found));
                    known.len() - 1
                }
            };
            let found = &known[place].1;
            if found.keys.is_empty() && found.alike == 0 {
                results.push(SearchResult::UnknownAccount);
                continue;
            }
            let pass = Pass {
                order,
                category: asked.category,
                judge: Judge {
                    period: asked.period,
                    now: self.run.now,
                    utc: self.sql.utc,
                },
                counts: Counts::default(),
            };
            results.push(SearchResult::Searched(self.order(pass, found)?));
        }
        Ok(results)
    }

    /// Finds an account by all of its names.
    fn account(&mut self, wanted: Wanted<'_>) -> Result<Found, SourceError> {
        let (sql, run) = (self.sql, self.run);
        let mut found = Found {
            keys: Vec::new(),
            alike: 0,
        };
        let mut small = vec![NAMED];
        small.extend(sql.account.keys().iter().map(String::as_str));
        let others = run.accounts.aliases().names_of(wanted);
        for name in std::iter::once(wanted).chain(others) {
            let all = AllNames::new(&[name]);
            let identifier = (IDENTIFIER.to_owned(), Cell::Text(name.name().to_owned()));
            let ask = sql.ask_account(&small, identifier);
            let (mut rows, mut same) = (0, Vec::new());
            let asked = self.session.rows(&ask.ask(), &mut |row| {
                run.go_on(sql.id())?;
                rows += 1;
                if rows > ACCOUNTS_LIMIT {
                    let why = "gives more than 1000 rows for one name; it has to find one account";
                    return Err(SourceError::config(sql.id(), "account", why));
                }
                if row.cut {
                    return Err(SourceError::config(sql.id(), "account", KEY_TOO_LONG));
                }
                let mut cells = row.small.into_iter();
                let stored = cells.next().unwrap_or(Cell::Null);
                match named(&stored, &all) {
                    Named::Same => same.push(cells.collect::<Vec<_>>()),
                    Named::Alike => found.alike += 1,
                    Named::Other => {}
                }
                Ok(())
            });
            asked.map_err(|fault| sql.at(fault, "account"))?;
            if same.len() > 1 {
                let why = "gives several accounts of exactly the same name, and nobody can say from it whose data that is; let it tell them apart";
                return Err(SourceError::config(sql.id(), "account", why));
            }
            let keys = same.pop().map(|cells| {
                let names = sql.account.keys().iter().cloned();
                names.zip(cells).collect::<Values>()
            });
            if let Some(keys) = keys
                && !found.keys.contains(&keys)
            {
                found.keys.push(keys);
            }
        }
        Ok(found)
    }

    /// Goes through the tables for one order.
    fn order(&mut self, mut pass: Pass, found: &Found) -> Result<Counts, SourceError> {
        if found.alike > 0 {
            let why = format!(
                "the account's statement also gives {} accounts whose names are like the account's and are not it",
                found.alike
            );
            let review = Review::of(self.sql.id(), "account", &why);
            self.sink.for_review(pass.order, &review, None)?;
            pass.counts.for_review += 1;
        }
        for keys in &found.keys {
            for (place, table) in self.sql.tables.iter().enumerate() {
                if table.parent.is_none() {
                    self.table(&mut pass, place, keys, keys, None)?;
                }
            }
        }
        Ok(pass.counts)
    }

    /// Goes through one table, for the values of its parameters, and then through those below it.
    fn table(
        &mut self,
        pass: &mut Pass,
        place: usize,
        keys: &Values,
        values: &Values,
        by_parent: Option<&Judged>,
    ) -> Result<(), SourceError> {
        let (sql, run) = (self.sql, self.run);
        let table = &sql.tables[place];
        if !Table::leads_to(&sql.tables, place, pass.category) {
            return Ok(());
        }
        // Of nothing nothing is found, and a database may take it for anything.
        if table
            .statement
            .parameters()
            .any(|name| values.get(name) == Some(&Cell::Null))
        {
            return Ok(());
        }
        let hands_over = table.category == pass.category;
        let small = table.small();
        let ask = Ask {
            statement: &table.statement,
            values,
            small: &small,
            whole: &table.carried,
            fields: if hands_over { &table.columns } else { &[] },
            order: table.row.as_deref(),
            within: table.within(
                &pass.judge,
                Table::needs_all(&sql.tables, place, pass.category),
            ),
            most: None,
        };
        let mut below: Vec<(Values, Judged)> = Vec::new();
        let mut number = 0_u64;
        let sink = &mut *self.sink;
        let asked = self.session.rows(&ask, &mut |row| {
            run.go_on(sql.id())?;
            number += 1;
            if row.cut {
                return Err(SourceError::config(sql.id(), sql.field(table), KEY_TOO_LONG));
            }
            let one = One::new(table, row, number);
            if !values.get(&table.of).is_some_and(|asked| one.key.is(asked)) {
                let why = format!(
                    "gives a row whose `{}` is not `:{}` to the byte, so that it may be somebody else's; let the statement compare exactly",
                    table.key, table.of
                );
                return Err(SourceError::config(sql.id(), sql.field(table), why));
            }
            let judged = match (&table.dated, by_parent) {
                (Dated::Column { format, .. }, _) => pass.judge.judge(&one.date, *format),
                (Dated::ByParent, Some(judged)) => judged.clone(),
                (Dated::Undated | Dated::ByParent, _) => Judged::Inside(run.now),
            };
            if hands_over {
                pass.take(sql, table, &one, &judged, sink)?;
            }
            if !table.carried.is_empty() {
                if below.len() >= PARENTS_LIMIT {
                    let why = "has more than 1000000 rows of one account, under which others hang; give those a statement that joins the two";
                    return Err(SourceError::config(sql.id(), sql.field(table), why));
                }
                let carried = table.carried.iter().cloned();
                below.push((carried.zip(one.carried).collect(), judged));
            }
            Ok(())
        });
        asked.map_err(|fault| sql.at(fault, &sql.field(table)))?;
        for child in &table.children {
            self.below(pass, *child, keys, &below)?;
        }
        Ok(())
    }

    /// Goes through a table once for each of the rows under which it hangs.
    fn below(
        &mut self,
        pass: &mut Pass,
        child: usize,
        keys: &Values,
        parents: &[(Values, Judged)],
    ) -> Result<(), SourceError> {
        let table = &self.sql.tables[child];
        if !Table::leads_to(&self.sql.tables, child, pass.category) {
            return Ok(());
        }
        let by_parent = table.dated == Dated::ByParent;
        let mut seen = HashSet::new();
        for (carried, judged) in parents {
            // Rows below one that lies outside lie outside with it, and so does what hangs under them with no date of
            // its own; where something there has one, all are gone through.
            let all = Table::needs_all(&self.sql.tables, child, pass.category);
            if by_parent && *judged == Judged::Outside && !all {
                continue;
            }
            let mut values = keys.clone();
            let named = table.statement.parameters();
            let named = named.filter_map(|name| Some((name, carried.get(name)?)));
            values.extend(named.map(|(name, cell)| (name.to_owned(), cell.clone())));
            let written: Vec<_> = table
                .statement
                .parameters()
                .map(|name| values.get(name).and_then(Cell::text))
                .collect();
            if !seen.insert(written) {
                if by_parent {
                    let why = "hangs under two rows of its parent alike, which may have two dates; let it have one of its own";
                    return Err(SourceError::config(
                        self.sql.id(),
                        self.sql.field(table),
                        why,
                    ));
                }
                continue;
            }
            self.table(pass, child, keys, &values, by_parent.then_some(judged))?;
        }
        Ok(())
    }
}

/// Said where rows that hang under a key would be passed over.
const KEY_TOO_LONG: &str = "gives a row whose key for other rows is longer than 4096 bytes, so that those under it cannot be found; let the statement give a shorter key";

/// How a stored name lies to an account.
fn named(stored: &Cell, names: &AllNames) -> Named {
    match stored {
        Cell::Null => Named::Other,
        Cell::Bytes(bytes) => names.of_bytes(bytes),
        Cell::Text(text) => names.of_text(text),
        Cell::Int(_) | Cell::Large(_) => names.of_text(&stored.text().unwrap_or_default()),
        // Neither a fraction nor a date is a name, but may have been one.
        other => match names.of_text(&other.text().unwrap_or_default()) {
            Named::Other => Named::Other,
            _ => Named::Alike,
        },
    }
}

/// One row, taken apart.
struct One {
    locator: String,
    key: Cell,
    date: Cell,
    carried: Vec<Cell>,
    weight: u64,
    fields: Option<Vec<Cell>>,
}

impl One {
    fn new(table: &Table, row: Row, number: u64) -> Self {
        let mut small = row.small.into_iter();
        let mut next = || small.next().unwrap_or(Cell::Null);
        let key = next();
        let date = match table.dated {
            Dated::Column { .. } => next(),
            _ => Cell::Null,
        };
        let name = table.row.as_ref().map(|column| (column, next()));
        let locator = match name.and_then(|(column, cell)| Some((column, cell.text()?))) {
            Some((column, text)) => format!("table {} {column} {}", table.name, told(&text)),
            None => format!("table {} row {number}", table.name),
        };
        Self {
            locator,
            key,
            date,
            carried: small.collect(),
            weight: row.weight,
            fields: row.fields,
        }
    }
}

fn told(text: &str) -> String {
    text.chars().take(TOLD).collect()
}

impl Pass {
    /// Hands a row over, puts it before a person, or leaves it where it is.
    fn take(
        &mut self,
        sql: &Sql,
        table: &Table,
        one: &One,
        judged: &Judged,
        sink: &mut dyn Sink,
    ) -> Result<(), SourceError> {
        self.counts.examined += 1;
        if *judged == Judged::Outside {
            return Ok(());
        }
        let fields = match &one.fields {
            None => {
                let why = format!(
                    "the columns to hand over hold {} bytes, and 4 MiB is the most that a row may hold",
                    one.weight
                );
                return self.review(sql, one, &why, None, sink);
            }
            Some(cells) => {
                let values: Vec<_> = cells.iter().map(|cell| cell.json(sql.utc)).collect();
                let written: usize = values.iter().map(|value| value.get().len()).sum();
                if written > RECORD_JSON_LIMIT {
                    let why = "the columns to hand over hold so many control characters that they weigh more than 8 MiB as JSON";
                    return self.review(sql, one, why, None, sink);
                }
                values
            }
        };
        let names = table.fields.iter().map(String::as_str);
        let fields: Vec<(&str, &RawValue)> =
            names.zip(fields.iter().map(|value| &**value)).collect();
        let dated = match (judged, &table.dated) {
            (Judged::Unclear(why), _) => {
                let row: BTreeMap<_, _> = fields.iter().copied().collect();
                let bytes = serde_json::to_vec(&row)
                    .map_err(|e| SourceError::damaged(sql.id(), one.locator.as_str(), e))?;
                return self.review(sql, one, why, Some(&bytes), sink);
            }
            (_, Dated::Undated) => None,
            (Judged::Inside(instant), _) => Some(*instant),
            (Judged::Outside, _) => return Ok(()),
        };
        let record = Record {
            source: sql.id(),
            locator: &one.locator,
            dated,
            fields: &fields,
        };
        sink.record(self.order, &record)?;
        self.counts.selected += 1;
        Ok(())
    }

    /// A person decides about a row.
    fn review(
        &mut self,
        sql: &Sql,
        one: &One,
        why: &str,
        bytes: Option<&[u8]>,
        sink: &mut dyn Sink,
    ) -> Result<(), SourceError> {
        let raw_date = one.date.text().map(|text| told(&text));
        let review = Review {
            raw_date: raw_date.as_deref(),
            ..Review::of(sql.id(), &one.locator, why)
        };
        let length = bytes.map(|bytes| bytes.len() as u64);
        let mut content = bytes.unwrap_or_default();
        let withheld = length.map(|length| Withheld {
            form: Form::Object {
                name: "row.json",
                media_type: None,
            },
            length,
            content: &mut content,
        });
        sink.for_review(self.order, &review, withheld)?;
        self.counts.for_review += 1;
        Ok(())
    }
}

impl Table {
    /// The columns that are read of each row, whatever it weighs: key, date, name, and what those below need.
    pub(crate) fn small(&self) -> Vec<&str> {
        let mut small = vec![self.key.as_str()];
        if let Dated::Column { name, .. } = &self.dated {
            small.push(name);
        }
        small.extend(self.row.as_deref());
        small.extend(self.carried.iter().map(String::as_str));
        small
    }

    /// Which rows the database may leave out.
    pub(crate) fn within(&self, judge: &Judge, all: bool) -> Option<Within<'_>> {
        let Dated::Column { name, format } = &self.dated else {
            return None;
        };
        Some(Within {
            column: name,
            format: *format,
            utc: judge.utc,
            bounds: (!all).then(|| judge.bounds()),
        })
    }
}
