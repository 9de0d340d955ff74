//! PostgreSQL: one transaction, read only and of one instant. Values come as text in forms that are set here, so that
//! none depends on the server's settings.

use std::collections::HashMap;
use std::time::Duration;

use bytes::BytesMut;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use lagrum_source::SourceError;
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{Format, IsNull, Kind as TypeKind, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, NoTls, Statement};

use crate::address::{Kind, Server};
use crate::ask::{Ask, Plan, Row, Session, Within, qualified};
use crate::cell::Cell;
use crate::dated::{civil, units};
use crate::fault::Fault;
use crate::statement::Statement as Checked;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);

struct Postgres {
    client: Client,
    /// By its text: the columns of the operator's statement.
    described: HashMap<String, Vec<(String, Type)>>,
    prepared: HashMap<String, Statement>,
}

/// Connects, lets `reader` read in one transaction, and takes leave.
pub(crate) fn read<T>(
    server: &Server,
    password: Option<&str>,
    timeout: Duration,
    reader: impl FnOnce(&mut dyn Session) -> Result<T, SourceError>,
) -> Result<T, Fault> {
    let mut config = Config::new();
    config
        .user(&server.user)
        .dbname(&server.database)
        .port(server.port)
        .application_name("lagrum")
        .connect_timeout(CONNECT);
    match &server.socket {
        Some(directory) => config.host_path(directory),
        None => config.host(&server.host),
    };
    if let Some(password) = password {
        config.password(password);
    }
    let mut client = config.connect(NoTls).map_err(refused)?;
    let timeout = timeout.as_millis();
    client
        .batch_execute(&format!(
            "set statement_timeout = {timeout}; set lock_timeout = 10000; set timezone = 'UTC'; \
             set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set bytea_output = 'hex'; \
             set extra_float_digits = 1; set client_encoding = 'UTF8'; \
             set default_transaction_read_only = on; \
             set standard_conforming_strings = on"
        ))
        .and_then(|()| client.batch_execute("begin isolation level repeatable read, read only"))
        .map_err(refused)?;
    let mut session = Postgres {
        client,
        described: HashMap::new(),
        prepared: HashMap::new(),
    };
    Ok(reader(&mut session)?)
}

/// A value as text, of whatever type the parameter is.
#[derive(Debug)]
struct Written(Option<String>);

impl ToSql for Written {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match &self.0 {
            None => IsNull::Yes,
            Some(text) => {
                out.extend_from_slice(text.as_bytes());
                IsNull::No
            }
        })
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    to_sql_checked!();
}

fn written(cell: &Cell) -> Written {
    Written(match cell {
        Cell::Bytes(bytes) => {
            let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
            Some(format!("\\x{}", digits.collect::<String>()))
        }
        other => other.text(),
    })
}

fn refused(error: postgres::Error) -> Fault {
    let Some(told) = error.as_db_error() else {
        let cause = std::error::Error::source(&error);
        let why = match cause {
            Some(cause) => format!("{error}: {cause}"),
            None => error.to_string(),
        };
        let broke = error.is_closed() || cause.is_some_and(|cause| cause.is::<std::io::Error>());
        return match broke {
            true => Fault::Unreachable(why),
            false => Fault::Damaged(why),
        };
    };
    let state = told.code();
    // What the server says beside it may repeat values.
    let why = format!("{} ({})", told.message(), state.code());
    if *state == SqlState::QUERY_CANCELED {
        return Fault::Unreachable(format!("{why}; give the table an index, or more time"));
    }
    match state.code().get(..2) {
        _ if *state == SqlState::INSUFFICIENT_PRIVILEGE => Fault::Denied(why),
        _ if *state == SqlState::READ_ONLY_SQL_TRANSACTION => {
            Fault::Statement(format!("would change the database: {why}"))
        }
        Some("28") => Fault::Denied(why),
        Some("40") => Fault::Changed(why),
        Some("08" | "53" | "55" | "57") => Fault::Unreachable(why),
        // What the server says of it repeats the value.
        Some("22") => Fault::Statement(format!(
            "compares a value with a column of another type, or computes with it ({})",
            state.code()
        )),
        Some("42" | "25" | "3D" | "3F") => Fault::Statement(why),
        _ => Fault::Damaged(why),
    }
}

/// The type below a domain.
fn base(of: &Type) -> &Type {
    match of.kind() {
        TypeKind::Domain(inner) => base(inner),
        _ => of,
    }
}

impl Postgres {
    fn prepared(&mut self, text: &str) -> Result<Statement, Fault> {
        if let Some(statement) = self.prepared.get(text) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(text).map_err(refused)?;
        self.prepared.insert(text.to_owned(), statement.clone());
        Ok(statement)
    }

    /// The columns of the operator's statement, each with its type.
    fn described(&mut self, inner: &str) -> Result<Vec<(String, Type)>, Fault> {
        if let Some(columns) = self.described.get(inner) {
            return Ok(columns.clone());
        }
        let statement = self.client.prepare(inner).map_err(refused)?;
        let columns = statement.columns().iter();
        let columns: Vec<_> = columns
            .map(|column| (column.name().to_owned(), base(column.type_()).clone()))
            .collect();
        self.described.insert(inner.to_owned(), columns.clone());
        Ok(columns)
    }

    /// The whole statement, its parameters in their order, and the types of the columns that are asked for.
    fn written(&mut self, ask: &Ask<'_>) -> Result<(String, Vec<String>, Vec<Type>), Fault> {
        let (inner, names) = ask.statement.numbered('$');
        let columns = self.described(&inner)?;
        let mut types = HashMap::new();
        for name in ask.columns() {
            let mut found = columns.iter().filter(|(column, _)| column == name);
            match (found.next(), found.next()) {
                (Some((_, of)), None) => types.insert(name, of.clone()),
                (None, _) => {
                    return Err(Fault::Statement(format!("gives no column `{name}`")));
                }
                (Some(_), Some(_)) => {
                    return Err(Fault::Statement(format!("gives two columns `{name}`")));
                }
            };
        }
        let condition = match ask.within {
            None => None,
            Some(within) => condition(within, &types[within.column])?,
        };
        let column = |name: &str| qualified(Kind::Postgres, name);
        let all = ask.around(
            Kind::Postgres,
            &inner,
            condition,
            |name| match types.get(name) {
                // Cast to text, an address would get a mask that it is not written with.
                Some(of) if *of == Type::INET => format!("nullif(concat({}), '')", column(name)),
                _ => format!("{}::text", column(name)),
            },
            |name| match types.get(name) {
                Some(of) if *of == Type::BYTEA => format!("octet_length({})::bigint", column(name)),
                _ => format!("octet_length({}::text)::bigint", column(name)),
            },
        );
        let asked = ask.small.iter().copied();
        let asked = asked.chain(ask.fields.iter().map(String::as_str));
        let types = asked.map(|name| types[name].clone()).collect();
        Ok((all, names, types))
    }
}

/// Which rows the server may leave out.
fn condition(within: Within<'_>, of: &Type) -> Result<Option<String>, Fault> {
    let local = [Type::TIMESTAMP, Type::DATE].contains(of);
    if local && within.format.is_none() && !within.utc {
        return Err(Fault::Statement(format!(
            "gives `{}` without a zone; write zone = \"UTC\" if its instants lie there",
            within.column
        )));
    }
    let Some(bounds) = within.bounds else {
        return Ok(None);
    };
    let column = qualified(Kind::Postgres, within.column);
    let slack = SignedDuration::from_micros(1);
    let of_number = [Type::INT2, Type::INT4, Type::INT8, Type::NUMERIC].contains(of);
    Ok(match within.format.map(units) {
        None if *of == Type::TIMESTAMPTZ => Some(bounds.condition(&column, slack, |instant| {
            format!("timestamptz '{instant:.6}'")
        })),
        None if *of == Type::TIMESTAMP => Some(bounds.condition(&column, slack, |instant| {
            let local = TimeZone::UTC.to_datetime(instant);
            format!("timestamp '{local:.6}'")
        })),
        None if *of == Type::DATE => {
            let day = SignedDuration::from_hours(24);
            Some(bounds.condition(&column, day, |instant| {
                let local = TimeZone::UTC.to_datetime(instant);
                format!("date '{}'", local.date())
            }))
        }
        Some(Some(units)) if of_number => {
            let unit = SignedDuration::from_nanos(10_i64.pow(9 - units));
            Some(bounds.condition(&column, unit, |instant| {
                (instant.as_nanosecond() / 10_i128.pow(9 - units)).to_string()
            }))
        }
        _ => None,
    })
}

impl Session for Postgres {
    fn rows(
        &mut self,
        ask: &Ask<'_>,
        each: &mut dyn FnMut(Row) -> Result<(), SourceError>,
    ) -> Result<(), Fault> {
        let (all, names, types) = self.written(ask)?;
        let statement = self.prepared(&all)?;
        let values = names.iter().map(|name| ask.value(name).map(written));
        let values: Vec<Written> = values.collect::<Result<_, _>>()?;
        let mut rows = self
            .client
            .query_raw(&statement, &values)
            .map_err(refused)?;
        while let Some(row) = rows.next().map_err(refused)? {
            let weight: i64 = match ask.weighs() {
                true => row.try_get(0).map_err(refused)?,
                false => 0,
            };
            let cells = types.iter().enumerate().map(|(place, of)| {
                let text: Option<&str> = row.try_get(place + 1).map_err(refused)?;
                Ok(text.map_or(Cell::Null, |text| cell(text, of)))
            });
            let cells = cells.collect::<Result<_, Fault>>()?;
            each(ask.row(u64::try_from(weight).unwrap_or(u64::MAX), cells))?;
        }
        Ok(())
    }

    fn columns(&mut self, statement: &Checked) -> Result<Vec<String>, Fault> {
        let (inner, _) = statement.numbered('$');
        let columns = self.described(&inner)?;
        Ok(columns.into_iter().map(|(name, _)| name).collect())
    }

    fn plan(&mut self, ask: &Ask<'_>) -> Result<Plan, Fault> {
        let (all, names, _) = self.written(ask)?;
        let nothing = vec!["null"; names.len()].join(", ");
        let nothing = if names.is_empty() {
            nothing
        } else {
            format!("({nothing})")
        };
        let mut explained = |seqscan: &str| {
            // A plan that was made stays as it was made, so the statement is prepared anew.
            self.client
                .batch_execute(&format!(
                    "set local plan_cache_mode = force_generic_plan; \
                     set local enable_seqscan = {seqscan}; prepare lagrum_plan as {all}"
                ))
                .map_err(refused)?;
            let explain = format!("explain (costs off) execute lagrum_plan{nothing}");
            let rows = self.client.simple_query(&explain).map_err(refused)?;
            let lines = rows.into_iter().filter_map(|message| match message {
                postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
                _ => None,
            });
            self.client
                .batch_execute("deallocate lagrum_plan")
                .map_err(refused)?;
            Ok::<Vec<_>, Fault>(lines.collect())
        };
        let lines = explained("on")?;
        // Of a small table the server reads all, whether it has an index or not.
        let without = explained("off")?;
        let scanned = |line: &String| {
            let (_, of) = line.split_once("Seq Scan on ")?;
            of.split(' ').next().map(str::to_owned)
        };
        Ok(Plan {
            statement: all,
            scans: without.iter().filter_map(scanned).collect(),
            lines,
        })
    }
}

fn cell(text: &str, of: &Type) -> Cell {
    let read = match *of {
        Type::BOOL => match text {
            "true" => Some(Cell::Bool(true)),
            "false" => Some(Cell::Bool(false)),
            _ => None,
        },
        Type::INT2 | Type::INT4 | Type::INT8 | Type::OID => text.parse().ok().map(Cell::Int),
        Type::FLOAT4 | Type::FLOAT8 => text.parse().ok().map(Cell::Real),
        Type::NUMERIC => Some(Cell::Decimal(text.to_owned())),
        Type::BYTEA => hex(text).map(Cell::Bytes),
        Type::TIMESTAMPTZ => text
            .strip_suffix("+00")
            .and_then(|local| TimeZone::UTC.to_timestamp(civil(local)?).ok())
            .map(Cell::Instant),
        Type::TIMESTAMP => civil(text).map(Cell::Local),
        Type::DATE => match text.len() {
            10 => text.parse().ok().map(Cell::Day),
            _ => None,
        },
        _ => None,
    };
    // What a type holds beyond that (infinity, years before Christ) stays as the server writes it.
    read.unwrap_or_else(|| Cell::Text(text.to_owned()))
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x")?.as_bytes();
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|one| u8::try_from(one).ok())
    };
    let pairs = digits.chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect()
}
