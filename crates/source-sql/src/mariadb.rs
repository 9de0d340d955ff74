//! MariaDB and MySQL: one transaction, read only and of one instant, in UTC.

use std::collections::HashMap;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use lagrum_source::SourceError;
use mysql::consts::ColumnType;
use mysql::prelude::Queryable;
use mysql::{Column, Conn, Error, OptsBuilder, Params, Value};

use crate::address::{Kind, Server};
use crate::ask::{Ask, Plan, Row, Session, Within, qualified};
use crate::cell::Cell;
use crate::dated::units;
use crate::fault::Fault;
use crate::statement::Statement;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);

/// What a server may be silent beyond the time that a statement may take.
const SILENCE: Duration = Duration::from_secs(30);

/// The number of the character set of bytes that are no text.
const BINARY: u16 = 63;

/// How many statements are kept ready.
const KEPT: usize = 256;

struct Mariadb {
    connection: Conn,
    /// By its text: the columns of the operator's statement.
    described: HashMap<String, Vec<Described>>,
}

#[derive(Clone, Debug)]
struct Described {
    name: String,
    of: ColumnType,
    bytes: bool,
}

/// Connects, lets `reader` read in one transaction, and takes leave.
pub(crate) fn read<T>(
    server: &Server,
    password: Option<&str>,
    timeout: Duration,
    reader: impl FnOnce(&mut dyn Session) -> Result<T, SourceError>,
) -> Result<T, Fault> {
    let socket = server.socket.as_ref();
    let options = OptsBuilder::new()
        .ip_or_hostname(Some(server.host.as_str()))
        .tcp_port(server.port)
        .socket(socket.map(|path| path.to_string_lossy().into_owned()))
        // Else a connection over TCP asks the server for its socket, and goes there.
        .prefer_socket(false)
        .user(Some(server.user.as_str()))
        .pass(password)
        .db_name(Some(server.database.as_str()))
        .tcp_connect_timeout(Some(CONNECT))
        .read_timeout(Some(timeout.saturating_add(SILENCE)))
        .write_timeout(Some(SILENCE))
        .stmt_cache_size(KEPT);
    let mut connection = Conn::new(options).map_err(refused)?;
    let seconds = timeout.as_secs();
    // The two call the same thing by two names.
    let limited = connection.query_drop(format!("set session max_statement_time = {seconds}"));
    if limited.is_err() {
        let milliseconds = timeout.as_millis();
        connection
            .query_drop(format!("set session max_execution_time = {milliseconds}"))
            .map_err(refused)?;
    }
    for statement in [
        "set session time_zone = '+00:00'",
        "set session transaction_read_only = 1",
        "set session transaction isolation level repeatable read",
        "start transaction with consistent snapshot, read only",
    ] {
        let set = connection.query_drop(statement);
        // MariaDB 10 knows the second under another name.
        if set.is_err() && statement.contains("transaction_read_only") {
            connection
                .query_drop("set session tx_read_only = 1")
                .map_err(refused)?;
        } else {
            set.map_err(refused)?;
        }
    }
    let mut session = Mariadb {
        connection,
        described: HashMap::new(),
    };
    Ok(reader(&mut session)?)
}

fn refused(error: Error) -> Fault {
    let told = match error {
        Error::MySqlError(told) => told,
        Error::IoError(_) => return Fault::Unreachable(error.to_string()),
        // How the connection itself is spoken: it broke off in the middle of something.
        other => return Fault::Unreachable(other.to_string()),
    };
    let why = format!("{} ({})", told.message, told.code);
    match told.code {
        1044 | 1045 | 1142 | 1143 | 1227 | 1370 | 1698 => Fault::Denied(why),
        1792 => Fault::Statement(format!("would change the database: {why}")),
        1969 | 3024 => Fault::Unreachable(format!("{why}; give the table an index, or more time")),
        1040 | 1053 | 1203 | 1205 | 1317 | 1927 => Fault::Unreachable(why),
        1213 | 1412 => Fault::Changed(why),
        1046 | 1049 | 1052 | 1054 | 1060 | 1064 | 1115 | 1146 | 1247 | 1267 | 1305 | 1356 => {
            Fault::Statement(why)
        }
        // What the server says of others may repeat values.
        code => Fault::Damaged(format!("the server refused with its error {code}")),
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::NULL,
        Cell::Bool(value) => Value::Int((*value).into()),
        Cell::Int(number) => Value::Int(*number),
        Cell::Large(number) => Value::UInt(*number),
        Cell::Real(number) => Value::Double(*number),
        Cell::Bytes(bytes) => Value::Bytes(bytes.clone()),
        other => other
            .text()
            .map_or(Value::NULL, |text| Value::Bytes(text.into_bytes())),
    }
}

impl Mariadb {
    fn described(&mut self, inner: &str) -> Result<Vec<Described>, Fault> {
        if let Some(columns) = self.described.get(inner) {
            return Ok(columns.clone());
        }
        let statement = self.connection.prep(inner).map_err(refused)?;
        let described = |column: &Column| Described {
            name: column.name_str().into_owned(),
            of: column.column_type(),
            bytes: column.character_set() == BINARY,
        };
        let columns: Vec<_> = statement.columns().iter().map(described).collect();
        self.connection.close(statement).map_err(refused)?;
        self.described.insert(inner.to_owned(), columns.clone());
        Ok(columns)
    }

    /// The whole statement, its parameters in their order, and the columns that are asked for.
    fn written(&mut self, ask: &Ask<'_>) -> Result<(String, Vec<String>, Vec<Described>), Fault> {
        let mut names: Vec<String> = Vec::new();
        let inner = ask.statement.filled(|name| {
            names.push(name.to_owned());
            "?".to_owned()
        });
        let columns = self.described(&inner)?;
        let find = |name: &str| {
            let mut found = columns.iter().filter(|column| column.name == name);
            match (found.next(), found.next()) {
                (Some(one), None) => Ok(one.clone()),
                (None, _) => Err(Fault::Statement(format!("gives no column `{name}`"))),
                _ => Err(Fault::Statement(format!("gives two columns `{name}`"))),
            }
        };
        let asked = ask.small.iter().copied();
        let asked = asked.chain(ask.fields.iter().map(String::as_str));
        let types = asked.map(find).collect::<Result<Vec<_>, _>>()?;
        let condition = match ask.within {
            None => None,
            Some(within) => condition(within, &find(within.column)?)?,
        };
        let column = |name: &str| qualified(Kind::Mysql, name);
        let all = ask.around(Kind::Mysql, &inner, condition, column, |name| {
            format!("octet_length({})", column(name))
        });
        Ok((all, names, types))
    }
}

/// Which rows the server may leave out.
fn condition(within: Within<'_>, of: &Described) -> Result<Option<String>, Fault> {
    let local = matches!(
        of.of,
        ColumnType::MYSQL_TYPE_DATETIME
            | ColumnType::MYSQL_TYPE_DATETIME2
            | ColumnType::MYSQL_TYPE_DATE
            | ColumnType::MYSQL_TYPE_NEWDATE
    );
    if local && within.format.is_none() && !within.utc {
        return Err(Fault::Statement(format!(
            "gives `{}` without a zone; write zone = \"UTC\" if its instants lie there",
            within.column
        )));
    }
    let Some(bounds) = within.bounds else {
        return Ok(None);
    };
    let column = qualified(Kind::Mysql, within.column);
    let instant = local
        || matches!(
            of.of,
            ColumnType::MYSQL_TYPE_TIMESTAMP | ColumnType::MYSQL_TYPE_TIMESTAMP2
        );
    let whole = matches!(
        of.of,
        ColumnType::MYSQL_TYPE_TINY
            | ColumnType::MYSQL_TYPE_SHORT
            | ColumnType::MYSQL_TYPE_INT24
            | ColumnType::MYSQL_TYPE_LONG
            | ColumnType::MYSQL_TYPE_LONGLONG
            | ColumnType::MYSQL_TYPE_NEWDECIMAL
    );
    Ok(match within.format.map(units) {
        None if instant => {
            // A day is compared as its first instant.
            let day = SignedDuration::from_hours(24);
            Some(bounds.condition(&column, day, |instant| {
                format!("timestamp '{}'", shown(TimeZone::UTC.to_datetime(instant)))
            }))
        }
        Some(Some(units)) if whole => {
            let unit = SignedDuration::from_nanos(10_i64.pow(9 - units));
            Some(bounds.condition(&column, unit, |instant| {
                (instant.as_nanosecond() / 10_i128.pow(9 - units)).to_string()
            }))
        }
        _ => None,
    })
}

fn shown(local: DateTime) -> String {
    format!("{local:.6}").replace('T', " ")
}

impl Session for Mariadb {
    fn rows(
        &mut self,
        ask: &Ask<'_>,
        each: &mut dyn FnMut(Row) -> Result<(), SourceError>,
    ) -> Result<(), Fault> {
        let (all, names, types) = self.written(ask)?;
        let values = names.iter().map(|name| ask.value(name).map(value));
        let values: Vec<Value> = values.collect::<Result<_, _>>()?;
        let values = match values.is_empty() {
            true => Params::Empty,
            false => Params::Positional(values),
        };
        let statement = self.connection.prep(&all).map_err(refused)?;
        let rows = self
            .connection
            .exec_iter(&statement, values)
            .map_err(refused)?;
        for row in rows {
            let mut cells = row.map_err(refused)?.unwrap().into_iter();
            let weight = match cells.next() {
                Some(Value::Int(weight)) => u64::try_from(weight).unwrap_or(u64::MAX),
                Some(Value::UInt(weight)) => weight,
                Some(Value::Bytes(digits)) => std::str::from_utf8(&digits)
                    .ok()
                    .and_then(|digits| digits.parse().ok())
                    .unwrap_or(u64::MAX),
                _ => u64::MAX,
            };
            let cells: Vec<_> = cells
                .zip(&types)
                .map(|(value, of)| cell(value, of))
                .collect();
            if cells.len() != types.len() {
                return Err(Fault::Damaged(
                    "a row has fewer columns than were asked for".into(),
                ));
            }
            each(ask.row(weight, cells))?;
        }
        Ok(())
    }

    fn columns(&mut self, statement: &Statement) -> Result<Vec<String>, Fault> {
        let inner = statement.filled(|_| "?".to_owned());
        let columns = self.described(&inner)?;
        Ok(columns.into_iter().map(|column| column.name).collect())
    }

    fn plan(&mut self, ask: &Ask<'_>) -> Result<Plan, Fault> {
        let (all, names, _) = self.written(ask)?;
        let values = match names.len() {
            0 => Params::Empty,
            // Of nothing the server knows at once that nothing equals it; a text is compared with a number by its index,
            // and a number with a text is not.
            count => Params::Positional(vec![Value::Bytes(b"0".to_vec()); count]),
        };
        let explain = format!("explain {all}");
        let rows: Vec<mysql::Row> = self.connection.exec(explain, values).map_err(refused)?;
        let (mut lines, mut scans) = (Vec::new(), Vec::new());
        for row in rows {
            let of = |name: &str| {
                let text: Option<Option<String>> = row.get_opt(name).and_then(Result::ok);
                text.flatten().unwrap_or_else(|| "-".to_owned())
            };
            let (table, how, key) = (of("table"), of("type"), of("key"));
            lines.push(format!("{table}: {how}, key {key}, {}", of("Extra")));
            if matches!(how.as_str(), "ALL" | "index") && !table.starts_with('<') {
                scans.push(table);
            }
        }
        Ok(Plan {
            statement: all,
            lines,
            scans,
        })
    }
}

fn cell(value: Value, of: &Described) -> Cell {
    match value {
        Value::NULL => Cell::Null,
        Value::Int(number) => Cell::Int(number),
        Value::UInt(number) => i64::try_from(number).map_or(Cell::Large(number), Cell::Int),
        // In the letters that the shorter number has.
        Value::Float(number) => match number.to_string().parse() {
            Ok(number) => Cell::Real(number),
            Err(_) => Cell::Text(number.to_string()),
        },
        Value::Double(number) => Cell::Real(number),
        Value::Date(year, month, day, hour, minute, second, micros) => {
            date(of, [month, day, hour, minute, second], year, micros)
        }
        Value::Time(negative, days, hours, minutes, seconds, micros) => {
            let (sign, hours) = (
                if negative { "-" } else { "" },
                days * 24 + u32::from(hours),
            );
            Cell::Text(format!(
                "{sign}{hours:02}:{minutes:02}:{seconds:02}.{micros:06}"
            ))
        }
        Value::Bytes(bytes) => match (of.of, String::from_utf8(bytes)) {
            (ColumnType::MYSQL_TYPE_DECIMAL | ColumnType::MYSQL_TYPE_NEWDECIMAL, Ok(text)) => {
                Cell::Decimal(text)
            }
            (ColumnType::MYSQL_TYPE_BIT, Ok(text)) => Cell::Bytes(text.into_bytes()),
            (ColumnType::MYSQL_TYPE_JSON, Ok(text)) => Cell::Text(text),
            (_, Ok(text)) if !of.bytes => Cell::Text(text),
            (_, Ok(text)) => Cell::Bytes(text.into_bytes()),
            (_, Err(bytes)) => Cell::Bytes(bytes.into_bytes()),
        },
    }
}

/// A date in the form of its column. The days that the calendar does not have (0000-00-00) stay as they are written.
fn date(of: &Described, parts: [u8; 5], year: u16, micros: u32) -> Cell {
    let [month, day, hour, minute, second] = parts;
    let [month_, day_, hour_, minute_, second_] =
        parts.map(|part| i8::try_from(part).unwrap_or(-1));
    let whole = matches!(
        of.of,
        ColumnType::MYSQL_TYPE_DATE | ColumnType::MYSQL_TYPE_NEWDATE
    );
    let local = i16::try_from(year).ok().and_then(|year| {
        let nanos = i32::try_from(micros.checked_mul(1000)?).ok()?;
        DateTime::new(year, month_, day_, hour_, minute_, second_, nanos).ok()
    });
    let zoned = matches!(
        of.of,
        ColumnType::MYSQL_TYPE_TIMESTAMP | ColumnType::MYSQL_TYPE_TIMESTAMP2
    );
    match local {
        Some(local) if whole => Cell::Day(local.date()),
        // The session lies in UTC.
        Some(local) if zoned => match TimeZone::UTC.to_timestamp(local) {
            Ok(instant) => Cell::Instant(instant),
            Err(_) => Cell::Local(local),
        },
        Some(local) => Cell::Local(local),
        None => Cell::Text(format!(
            "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{micros:06}"
        )),
    }
}
