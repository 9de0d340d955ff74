//! One look-up in a database, as it is configured beside the sources: which row belongs to a name.

use std::path::Path;
use std::time::Duration;

use lagrum_source::SourceError;
use zeroize::Zeroizing;

use crate::account::{IDENTIFIER, only_identifier};
use crate::address::{Address, Kind};
use crate::ask::{Ask, Session, Values};
use crate::cell::Cell;
use crate::config::password;
use crate::database::read;
use crate::fault::Fault;
use crate::statement::Statement;

/// More rows are not looked at.
const TWO: u64 = 2;

/// What the operator writes of a look-up.
#[derive(Clone, Debug)]
pub struct LookUpConfig<'c> {
    /// Where the database is, as a source writes it.
    pub database: &'c str,
    /// The user's password, in a file that nobody else can read. Absent: the database asks for none.
    pub password_file: Option<&'c Path>,
    /// The query that gives the row of `:identifier`.
    pub query: &'c str,
    /// How long one look-up may take, in seconds.
    pub timeout_seconds: u32,
}

/// A look-up that can be made. Nothing of the database is kept between two.
#[derive(Debug)]
pub struct LookUp {
    id: String,
    address: Address,
    password: Option<Zeroizing<String>>,
    timeout: Duration,
    statement: Statement,
}

/// The columns of the query, and the rows that it gave for a name: each value as text, nothing as an empty one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, in the order of the columns.
    pub rows: Vec<Vec<String>>,
}

impl LookUp {
    /// Checks a configuration; nothing is connected to. `id` is what errors call it.
    ///
    /// # Errors
    /// [`SourceError::Config`], naming the field.
    pub fn open(id: &str, config: &LookUpConfig<'_>) -> Result<Self, SourceError> {
        let fault = |field: &str, why: String| SourceError::config(id, field, why);
        let address = Address::parse(config.database).map_err(|why| fault("database", why))?;
        let password =
            password(config.password_file, &address).map_err(|why| fault("password_file", why))?;
        if !(1..=600).contains(&config.timeout_seconds) {
            return Err(fault("timeout_seconds", "write 1 to 600 seconds".into()));
        }
        let statement = Statement::parse(config.query, address.kind());
        let statement = statement.map_err(|why| fault("query", why))?;
        only_identifier(&statement).map_err(|why| fault("query", why))?;
        Ok(Self {
            id: id.to_owned(),
            address,
            password,
            timeout: Duration::from_secs(config.timeout_seconds.into()),
            statement,
        })
    }

    /// The port that is connected to, unless it is a file or a Unix socket.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.address.port()
    }

    /// Lets `reader` ask in one read-only transaction of one instant: for a name it gives the rows that belong to it, at
    /// most two of them, since two are too many.
    ///
    /// # Errors
    /// When the database does not answer, the query is wrong, or a row cannot be told whole: never an empty answer
    /// instead. And what `reader` says.
    pub fn read<T, E: From<SourceError>>(
        &self,
        reader: impl FnOnce(&mut dyn FnMut(&str) -> Result<Answered, SourceError>) -> Result<T, E>,
    ) -> Result<T, E> {
        let password = self.password.as_ref().map(|password| password.as_str());
        let read = read(&self.address, password, self.timeout, |session| {
            Ok(reader(&mut |identifier| self.rows(session, identifier)))
        });
        read.map_err(|fault| self.at(fault))?
    }

    fn rows(&self, session: &mut dyn Session, identifier: &str) -> Result<Answered, SourceError> {
        let name = Cell::Text(identifier.to_owned());
        let values = Values::from([(IDENTIFIER.to_owned(), name)]);
        let columns = session.columns(&self.statement);
        let columns = columns.map_err(|fault| self.at(fault))?;
        let ask = Ask {
            statement: &self.statement,
            values: &values,
            small: &[],
            whole: &[],
            fields: &columns,
            order: None,
            within: None,
            most: Some(TWO),
        };
        let mut rows = Vec::new();
        let asked = session.rows(&ask, &mut |row| {
            let fields = row.fields.ok_or_else(|| {
                let why = "the row of an account weighs more than 4 MiB";
                SourceError::damaged(&self.id, self.address.to_string(), why)
            })?;
            let told = fields.iter().map(|cell| self.told(cell));
            rows.push(told.collect::<Result<_, _>>()?);
            Ok(())
        });
        asked.map_err(|fault| self.at(fault))?;
        Ok(Answered { columns, rows })
    }

    /// A value as text, if that is what it is or it can be nothing else.
    fn told(&self, cell: &Cell) -> Result<String, SourceError> {
        match cell {
            Cell::Null => Ok(String::new()),
            Cell::Bool(_) | Cell::Int(_) | Cell::Large(_) | Cell::Text(_) => {
                Ok(cell.text().unwrap_or_default())
            }
            // A text that is compared by its bytes is told as bytes.
            Cell::Bytes(bytes) if self.address.kind() == Kind::Mysql => {
                String::from_utf8(bytes.clone()).map_err(|_| self.not_told())
            }
            _ => Err(self.not_told()),
        }
    }

    fn not_told(&self) -> SourceError {
        let why = "gives a value that is neither text nor a whole number nor yes or no; cast it";
        SourceError::config(&self.id, "query", why)
    }

    fn at(&self, fault: Fault) -> SourceError {
        fault.at(&self.id, &self.address.to_string(), "query")
    }
}
