//! Reading a table into an index.

use std::path::Path;

use lagrum_durable::{move_into_place, partial, private_file, remove};
use lagrum_model::{EmailAddress, Sha256Digest};
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use crate::entry::{BY_HAND, find, label, written_at};
use crate::input::Form;
use crate::names::{folded, wildcard_fault};
use crate::rules::Completed;
use crate::stamp::Stamp;
use crate::{AccountsError, Check, Entry, Found, Indexed, Row, Spec, csv_file, passwd_file, query};

/// How many names are brought into order before they are written: a tree that is filled in no order
/// is read and written once for each of them.
const BATCH: usize = 100_000;

/// An index is one file, made durable when it is whole, and thrown away when it is not. Nothing of it
/// goes to a file of SQLite's own.
const TABLES: &str = "
    pragma journal_mode = off; pragma synchronous = full; pragma locking_mode = exclusive;
    pragma temp_store = memory; pragma cache_size = -32768;
    begin;
    create table meta (one integer primary key check (one = 1), key text not null) strict;
    create table account (
        id integer primary key, row integer not null, entry text, address text,
        check ((entry is null) <> (address is null))
    ) strict;
    create table name (
        normal text primary key, account integer, alias integer not null
    ) strict, without rowid;
    create table folded (folded text primary key, normal text not null) strict, without rowid;
";

/// Makes the index. Gives of what, if there is an input. `key` says by what it is known.
pub(crate) fn build<A: Entry>(
    spec: &Spec<'_, A>,
    check: &mut dyn Check<A>,
    key: &dyn Fn(Option<Sha256Digest>) -> Sha256Digest,
) -> Result<Option<Stamp>, AccountsError> {
    let new = partial(spec.index);
    remove(&new)?;
    private_file(&new, b"")?;
    let made = made(spec, check, key, &new);
    match &made {
        Ok(_) => move_into_place(&new, spec.index)?,
        // Why it failed counts, not whether it could be thrown away.
        Err(_) => drop(remove(&new)),
    }
    made
}

fn made<A: Entry>(
    spec: &Spec<'_, A>,
    check: &mut dyn Check<A>,
    key: &dyn Fn(Option<Sha256Digest>) -> Sha256Digest,
    new: &Path,
) -> Result<Option<Stamp>, AccountsError> {
    let failed = |cause: rusqlite::Error| AccountsError::Index {
        file: spec.index.to_owned(),
        cause,
    };
    let (written_in, by_hand) = spec.by_hand;
    if by_hand.len() > BY_HAND || spec.nobody.len() > BY_HAND {
        return Err(AccountsError::Whole {
            table: written_in.to_owned(),
            why: format!(
                "more than {BY_HAND} accounts or addresses are written by hand, which every command would have to read; give them as `csv`, or as `database` and `query`, in [accounts]"
            ),
        });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(new, flags).map_err(failed)?;
    connection.execute_batch(TABLES).map_err(failed)?;
    check.begin(&connection).map_err(failed)?;
    let mut builder = Builder {
        connection: &connection,
        spec,
        check,
        names: Vec::with_capacity(BATCH),
        accounts: 0,
    };
    for account in by_hand {
        builder.add(0, account)?;
    }
    for address in spec.nobody {
        builder.name(address, None, false)?;
    }
    let stamp = match spec.input {
        None => None,
        Some(input) => {
            let mut names = Vec::new();
            let mut each = |number: u64, row: &Row<'_>| {
                let wrong = |why| AccountsError::Row {
                    row: input.row(number, row.get("address")),
                    why,
                };
                let Completed::Whole(values) = input.rules.complete(row).map_err(wrong)? else {
                    return builder.add_without_facts(number, row);
                };
                if names.is_empty() {
                    names = input.rules.with_columns(row.names);
                }
                let whole = Row {
                    names: &names,
                    values: &values,
                };
                let account = A::of(&whole).map_err(wrong)?;
                builder.add(number, &account)
            };
            let columns = spec.columns;
            let (marks, content) = match &input.form {
                Form::Csv(_) => csv_file::rows(input, columns, &mut each)?,
                Form::Query { query, .. } => query::rows(input, query, columns, &mut each)?,
                Form::Passwd { domain, .. } => {
                    passwd_file::rows(input, domain.as_deref(), columns, &mut each)?
                }
            };
            Some(Stamp { marks, content })
        }
    };
    builder.write_names()?;
    builder.rules_are_for_accounts()?;
    builder.none_reads_like_another()?;
    let indexed = Indexed {
        connection: &connection,
        spec,
    };
    builder.check.end(&indexed)?;
    let content = stamp.as_ref().map(|stamp| stamp.content);
    seal(&connection, key(content))
        .and_then(|()| connection.execute_batch("commit"))
        .map_err(failed)?;
    connection.close().map_err(|(_, cause)| failed(cause))?;
    Ok(stamp)
}

/// A name that waits to be written.
struct Name {
    normal: String,
    account: Option<i64>,
    alias: bool,
}

struct Builder<'b, 's, A> {
    connection: &'b Connection,
    spec: &'b Spec<'s, A>,
    check: &'b mut dyn Check<A>,
    names: Vec<Name>,
    accounts: i64,
}

impl<A: Entry> Builder<'_, '_, A> {
    fn failed(&self, cause: rusqlite::Error) -> AccountsError {
        let file = self.spec.index.to_owned();
        AccountsError::Index { file, cause }
    }

    /// Adds an account. `row` is 0 for one that is written by hand.
    fn add(&mut self, row: u64, account: &A) -> Result<(), AccountsError> {
        let address = account.address();
        let wrong = |why| AccountsError::Row {
            row: label(self.spec, row, address),
            why,
        };
        let entry = serde_json::to_string(account).map_err(|error| wrong(error.to_string()))?;
        let id = self.insert(row, Some(&entry), None)?;
        self.check
            .account(self.connection, id, account)
            .map_err(wrong)?;
        self.names_of(row, id, address, account.aliases())
    }

    /// Adds an account of the table for which there is no rule: it is there, and its facts are not known.
    fn add_without_facts(&mut self, number: u64, row: &Row<'_>) -> Result<(), AccountsError> {
        let read = row.need("address", EmailAddress::parse);
        let read = read.and_then(|address| Ok((address, row.aliases()?)));
        let (address, aliases) = read.map_err(|why| AccountsError::Row {
            row: self
                .spec
                .input
                .map_or_else(String::new, |input| input.row(number, row.get("address"))),
            why,
        })?;
        let id = self.insert(number, None, Some(address.as_written()))?;
        self.check
            .without_facts(self.connection, id, &address, row)
            .map_err(|why| AccountsError::Row {
                row: label(self.spec, number, &address),
                why,
            })?;
        self.names_of(number, id, &address, &aliases)
    }

    fn insert(
        &mut self,
        row: u64,
        entry: Option<&str>,
        address: Option<&str>,
    ) -> Result<i64, AccountsError> {
        self.accounts += 1;
        let id = self.accounts;
        self.connection
            .prepare_cached("insert into account (id, row, entry, address) values ($1, $2, $3, $4)")
            .and_then(|mut insert| insert.execute(params![id, row.cast_signed(), entry, address]))
            .map_err(|cause| self.failed(cause))?;
        Ok(id)
    }

    fn names_of(
        &mut self,
        row: u64,
        id: i64,
        address: &EmailAddress,
        aliases: &[EmailAddress],
    ) -> Result<(), AccountsError> {
        let mut names = std::iter::once(address).chain(aliases);
        if let Some(why) = names.find_map(wildcard_fault) {
            return Err(AccountsError::Row {
                row: label(self.spec, row, address),
                why,
            });
        }
        self.name(address, Some(id), false)?;
        for alias in aliases {
            self.name(alias, Some(id), true)?;
        }
        Ok(())
    }

    /// A rule for one account that is written with another name than the account's would leave it to the
    /// rule for all others.
    fn rules_are_for_accounts(&self) -> Result<(), AccountsError> {
        let Some(input) = self.spec.input else {
            return Ok(());
        };
        for (normal, rule) in input.rules.addresses() {
            let of = "select name.alias = 0 and account.row <> 0
                      from name join account on account.id = name.account where name.normal = $1";
            let of = self
                .connection
                .prepare_cached(of)
                .and_then(|mut of| {
                    of.query_row([normal], |row| row.get::<_, bool>(0))
                        .optional()
                })
                .map_err(|cause| self.failed(cause))?;
            if of != Some(true) {
                return Err(AccountsError::Whole {
                    table: input.shown(),
                    why: format!(
                        "{rule} is for `{normal}`, which is no account of this table; write the address that it has there, or take it out"
                    ),
                });
            }
        }
        Ok(())
    }

    fn name(
        &mut self,
        address: &EmailAddress,
        account: Option<i64>,
        alias: bool,
    ) -> Result<(), AccountsError> {
        self.names.push(Name {
            normal: address.normal().to_owned(),
            account,
            alias,
        });
        match self.names.len() < BATCH {
            true => Ok(()),
            false => self.write_names(),
        }
    }

    fn write_names(&mut self) -> Result<(), AccountsError> {
        let mut names = std::mem::take(&mut self.names);
        // Stable: of two that are the same, the one that came first is there first.
        names.sort_by(|one, other| one.normal.cmp(&other.normal));
        for name in names.drain(..) {
            let Name {
                normal,
                account,
                alias,
            } = &name;
            let inserted = self
                .connection
                .prepare_cached(
                    "insert into name (normal, account, alias) values ($1, $2, $3)
                     on conflict do nothing",
                )
                .and_then(|mut insert| insert.execute(params![normal, account, alias]))
                .map_err(|cause| self.failed(cause))?;
            if inserted == 0 {
                return Err(self.twice(&name)?);
            }
            if !normal.is_ascii() {
                self.fold(normal)?;
            }
        }
        self.names = names;
        Ok(())
    }

    fn twice(&self, name: &Name) -> Result<AccountsError, AccountsError> {
        let normal = &name.normal;
        let (first, _) = find::<A>(self.connection, normal)
            .map_err(|cause| self.failed(cause))?
            .unwrap_or((None, Found::Unknown));
        Ok(AccountsError::Two {
            one: self.at(first)?,
            other: self.at(name.account)?,
            why: format!(
                "`{normal}` stands twice among the accounts, their aliases and `nobody`; write each address once"
            ),
        })
    }

    /// Where an account is written down; `None` stands for `nobody`.
    fn at(&self, account: Option<i64>) -> Result<String, AccountsError> {
        match account {
            None => Ok(format!("{}: `nobody`", self.spec.by_hand.0)),
            Some(id) => {
                written_at(self.connection, self.spec, id).map_err(|cause| self.failed(cause))
            }
        }
    }

    /// Keeps what a name looks like in small letters and the plainest form of each.
    fn fold(&self, normal: &str) -> Result<(), AccountsError> {
        let folded = folded(normal);
        let add = || -> rusqlite::Result<Option<String>> {
            let values = [&folded, normal];
            let added = self
                .connection
                .prepare_cached("insert into folded values ($1, $2) on conflict do nothing")?
                .execute(values)?;
            if added == 1 {
                return Ok(None);
            }
            let other = "select normal from folded where folded = $1";
            self.connection
                .query_row(other, [&folded], |row| row.get(0))
                .optional()
        };
        match add().map_err(|cause| self.failed(cause))? {
            None => Ok(()),
            Some(other) => Err(self.alike(&other, normal)?),
        }
    }

    /// Nobody can tell two names apart that read alike: a demand for the one is taken for the other's.
    fn none_reads_like_another(&self) -> Result<(), AccountsError> {
        let pair = self.connection.query_row(
            "select name.normal, folded.normal from folded join name on name.normal = folded.folded
             where name.normal <> folded.normal limit 1",
            [],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)),
        );
        match pair.optional().map_err(|cause| self.failed(cause))? {
            None => Ok(()),
            Some((one, other)) => Err(self.alike(&one, &other)?),
        }
    }

    fn alike(&self, one: &str, other: &str) -> Result<AccountsError, AccountsError> {
        let at = |normal: &str| {
            let found = find::<A>(self.connection, normal).map_err(|cause| self.failed(cause))?;
            self.at(found.and_then(|(id, _)| id))
        };
        Ok(AccountsError::Two {
            one: at(one)?,
            other: at(other)?,
            why: format!(
                "`{one}` and `{other}` read alike (Unicode, form NFKC in small letters), and nobody could say which of them a demand means; keep one"
            ),
        })
    }
}

/// Marks an index as whole.
fn seal(connection: &Connection, key: Sha256Digest) -> rusqlite::Result<()> {
    let key = params![key.to_string()];
    connection.execute("insert into meta (one, key) values (1, $1)", key)?;
    Ok(())
}
