//! Whether each place in the stores is one account's alone: by its path when accounts are indexed, and by
//! what lies there then and whenever a mandate names an account.
//!
//! Places are brought into the order of their paths in a table of their own, where what lies within a
//! place comes directly behind it: a million of them are compared by one sweep, and never held in memory.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use lagrum_accounts::{AccountsError, Check, Found, Indexed, Row as AccountRow, Spec, Table};
use lagrum_durable::{private_file, remove};
use lagrum_model::EmailAddress;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::entered::{Entered, Lies};
use crate::stores::{Rule, Store, Stores, path_of};

/// A file or directory whatever it is called: device and inode.
type Identity = (i64, i64);

/// The place in the index of an account that is not in it.
pub(crate) const NOT_INDEXED: i64 = 0;

/// How many places are brought into order before they are written.
const BATCH: usize = 100_000;

/// What the sweep needs, beside the index; it goes when the sweep is over.
const SWEEP: &str = "
    pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive;
    pragma temp_store = memory; pragma cache_size = -16384;
    begin;
    create table place (
        path blob primary key, account integer not null, source integer not null
    ) strict, without rowid;
";

/// What stays in the index: what lay at a place when the accounts were indexed.
const LYING: &str = "
    create table lying (
        dev integer not null, ino integer not null, path blob not null, account integer not null,
        source integer not null, primary key (dev, ino)
    ) strict, without rowid;
";

const SAME: &str = "are the same place";
const WITHIN: &str = "are two accounts' places, and the second lies within the first";

/// A path as a key: its parts with NUL between them, which stands before every other byte.
fn key_of(path: &Path) -> Vec<u8> {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.as_bytes()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join(&0)
}

fn path_of_key(key: &[u8]) -> PathBuf {
    let parts = key.split(|byte| *byte == 0).map(OsStr::from_bytes);
    std::iter::once(OsStr::new("/")).chain(parts).collect()
}

/// Whose a place is.
#[derive(Clone, Debug)]
struct Owned {
    path: Vec<u8>,
    account: i64,
    source: i64,
}

impl Owned {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            path: row.get(0)?,
            account: row.get(1)?,
            source: row.get(2)?,
        })
    }

    fn holds(&self, path: &[u8]) -> bool {
        let rest = path.strip_prefix(&*self.path);
        rest.is_some_and(|rest| self.path.is_empty() || rest.first() == Some(&0))
    }
}

/// Two places that are not apart, and how.
struct Shared(Owned, Owned, &'static str);

/// The check that each account for which a source has a place is known with its facts, and that no
/// place is another account's, or lies within it: by the path, or as one directory that is reached in
/// two ways.
pub(crate) struct Apart<'s> {
    stores: &'s Stores,
    file: PathBuf,
    sweep: Option<Connection>,
    waiting: Vec<Owned>,
    shared: Option<Shared>,
}

impl<'s> Apart<'s> {
    pub(crate) fn new(stores: &'s Stores, index: &Path) -> Self {
        Self {
            stores,
            file: index.with_extension("sweep"),
            sweep: None,
            waiting: Vec::new(),
            shared: None,
        }
    }

    fn sweep(&self) -> rusqlite::Result<&Connection> {
        self.sweep.as_ref().ok_or(rusqlite::Error::InvalidQuery)
    }

    fn add(&mut self, owned: Owned) -> rusqlite::Result<()> {
        self.waiting.push(owned);
        match self.waiting.len() < BATCH {
            true => Ok(()),
            false => self.write(),
        }
    }

    fn write(&mut self) -> rusqlite::Result<()> {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_by(|one, other| one.path.cmp(&other.path));
        let mut shared = None;
        let sweep = self.sweep()?;
        for owned in waiting.drain(..) {
            let Owned {
                path,
                account,
                source,
            } = &owned;
            let added = sweep
                .prepare_cached("insert into place values ($1, $2, $3) on conflict do nothing")?
                .execute(params![path, account, source])?;
            if added == 0 {
                let there = "select path, account, source from place where path = $1";
                let there = sweep.query_row(there, [path], Owned::of)?;
                if there.account != *account {
                    shared = Some(Shared(there, owned, SAME));
                }
            }
        }
        self.waiting = waiting;
        self.shared = self.shared.take().or(shared);
        Ok(())
    }

    /// The lists that are written by hand: each name in them is that of an account.
    fn by_hand(&mut self, index: &Indexed<'_, Entered>) -> Result<(), AccountsError> {
        for (number, store) in (0..).zip(self.stores.iter()) {
            for address in &store.none {
                is_account(index, address.normal()).map_err(|why| in_field(store, "none", why))?;
            }
            let Some(files) = &store.files else { continue };
            let Rule::ByHand(places) = &files.rule else {
                continue;
            };
            for (name, place) in places {
                let line = |why| in_field(store, "accounts", why);
                let (account, entered) = is_account(index, name).map_err(line)?;
                let (address, lies) = (&entered.facts.address, &entered.lies);
                let why = |why| AccountsError::Whole {
                    table: "agent.toml".into(),
                    why,
                };
                store.place_of(address, lies).map_err(why)?;
                let owned = Owned {
                    path: key_of(&path_of(&files.root, place)),
                    account,
                    source: number,
                };
                self.add(owned).map_err(|error| index.failed(error))?;
            }
        }
        Ok(())
    }

    /// Two places of which one is the other's, or lies within it, by their paths.
    fn by_path(&self) -> rusqlite::Result<Option<Shared>> {
        let mut places = self
            .sweep()?
            .prepare("select path, account, source from place order by path")?;
        let mut places = places.query([])?;
        let mut outer: Option<Owned> = None;
        while let Some(row) = places.next()? {
            // Of the same account both: what lies within is within the outer one.
            let path = row.get_ref(0)?.as_blob()?;
            match &outer {
                Some(around) if around.holds(path) => {
                    if around.account != row.get::<_, i64>(1)? {
                        return Ok(Some(Shared(around.clone(), Owned::of(row)?, WITHIN)));
                    }
                }
                _ => outer = Some(Owned::of(row)?),
            }
        }
        Ok(None)
    }

    /// The same by what lies there, which may be reached by links, mounts and hard links.
    fn by_what_lies_there(&self, index: &Connection) -> rusqlite::Result<Option<Shared>> {
        let mut places = self
            .sweep()?
            .prepare("select path, account, source from place order by path")?;
        let mut any = false;
        let mut walk = Walk::default();
        let mut rows = places.query([])?;
        while let Some(row) = rows.next()? {
            let path = row.get_ref(0)?.as_blob()?;
            let Some((dev, ino)) = walk.to(path) else {
                continue;
            };
            any = true;
            let owned = Owned::of(row)?;
            let added = index
                .prepare_cached(
                    "insert into lying values ($1, $2, $3, $4, $5) on conflict do nothing",
                )?
                .execute(params![dev, ino, owned.path, owned.account, owned.source])?;
            if added == 0
                && let Some(other) = whose(index, (dev, ino), owned.account)?
            {
                return Ok(Some(Shared(other, owned, SAME)));
            }
        }
        drop(rows);
        if !any {
            return Ok(None);
        }
        let mut walk = Walk::default();
        let mut rows = places.query([])?;
        while let Some(row) = rows.next()? {
            let owned = Owned::of(row)?;
            walk.to(&owned.path);
            for above in walk.above() {
                if let Some(other) = whose(index, above, owned.account)? {
                    return Ok(Some(Shared(other, owned, WITHIN)));
                }
            }
        }
        Ok(None)
    }
}

impl Check<Entered> for Apart<'_> {
    fn begin(&mut self, index: &Connection) -> rusqlite::Result<()> {
        let made = remove(&self.file).and_then(|()| private_file(&self.file, b""));
        if let Err(error) = made {
            let why = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CANTOPEN);
            return Err(rusqlite::Error::SqliteFailure(why, Some(error.to_string())));
        }
        let sweep = Connection::open(&self.file)?;
        sweep.execute_batch(SWEEP)?;
        self.sweep = Some(sweep);
        index.execute_batch(LYING)
    }

    fn account(&mut self, _: &Connection, id: i64, account: &Entered) -> Result<(), String> {
        self.lies_at(id, &account.facts.address, &account.lies)
    }

    fn without_facts(
        &mut self,
        _: &Connection,
        id: i64,
        address: &EmailAddress,
        row: &AccountRow<'_>,
    ) -> Result<(), String> {
        // Its mail is no less its own.
        self.lies_at(id, address, &Lies::of(row))
    }

    fn end(&mut self, index: &Indexed<'_, Entered>) -> Result<(), AccountsError> {
        let failed = |error| index.failed(error);
        self.by_hand(index)?;
        self.write().map_err(failed)?;
        let mut shared = self.shared.take();
        if shared.is_none() {
            shared = self.by_path().map_err(failed)?;
        }
        if shared.is_none() {
            shared = self
                .by_what_lies_there(index.connection())
                .map_err(failed)?;
        }
        match shared {
            None => Ok(()),
            Some(shared) => Err(told(&shared, self.stores, &|id| index.written_at(id))?),
        }
    }
}

impl Apart<'_> {
    /// Keeps the places of an account.
    fn lies_at(&mut self, id: i64, address: &EmailAddress, lies: &Lies) -> Result<(), String> {
        let sources: Vec<_> = self.stores.iter().map(|store| store.id.as_str()).collect();
        let unknown = |id: &&String| !sources.contains(&id.as_str());
        if let Some(id) = lies.none.iter().find(unknown) {
            return Err(format!("column `none`: there is no source `{id}`"));
        }
        for (number, store) in (0..).zip(self.stores.iter()) {
            let Some(files) = &store.files else { continue };
            if matches!(files.rule, Rule::ByHand(_)) {
                continue;
            }
            if let Some(place) = store.place_of(address, lies)? {
                let owned = Owned {
                    path: key_of(&path_of(&files.root, &place)),
                    account: id,
                    source: number,
                };
                self.add(owned).map_err(|error| error.to_string())?;
            }
        }
        Ok(())
    }
}

impl Drop for Apart<'_> {
    fn drop(&mut self) {
        self.sweep = None;
        // If it stays, the next one begins with removing it.
        drop(remove(&self.file));
    }
}

/// Checks again that nothing at the place of an account, or around it, is another account's: a
/// directory may have been mounted, linked or moved since.
pub(crate) fn still_apart(
    table: &Table<Entered>,
    spec: &Spec<'_, Entered>,
    stores: &Stores,
    account: i64,
    source: &str,
    place: &Path,
) -> Result<(), AccountsError> {
    let number = (0..).zip(stores.iter()).find(|(_, one)| one.id == source);
    let Some((number, files)) = number.and_then(|(n, one)| Some((n, one.files.as_ref()?))) else {
        return Ok(());
    };
    let owned = Owned {
        path: key_of(&path_of(&files.root, place)),
        account,
        source: number,
    };
    let mut walk = Walk::default();
    let at = walk.to(&owned.path);
    let failed = |error| table.failed(error);
    let around = walk.above().map(|identity| (identity, WITHIN));
    for (identity, why) in at
        .map(|identity| (identity, SAME))
        .into_iter()
        .chain(around)
    {
        let other = whose(table.connection(), identity, account).map_err(failed)?;
        // What lay there may be gone, and its number be used again.
        let still = |other: &Owned| Walk::default().to(&other.path) == Some(identity);
        if let Some(other) = other.filter(still) {
            let shared = Shared(other, owned, why);
            return Err(told(&shared, stores, &|id| table.written_at(spec, id))?);
        }
    }
    Ok(())
}

/// Whose place this was when accounts were indexed, if it was another account's.
fn whose(index: &Connection, at: Identity, account: i64) -> rusqlite::Result<Option<Owned>> {
    index
        .prepare_cached(
            "select path, account, source from lying where dev = $1 and ino = $2 and account <> $3",
        )?
        .query_row(params![at.0, at.1, account], Owned::of)
        .optional()
}

fn told(
    Shared(one, other, why): &Shared,
    stores: &Stores,
    written_at: &dyn Fn(i64) -> Result<String, AccountsError>,
) -> Result<AccountsError, AccountsError> {
    let line = |owned: &Owned| -> Result<String, AccountsError> {
        let source = stores.get(owned.source).map_or("", |store| &store.id);
        let path = path_of_key(&owned.path);
        let written = match owned.account {
            NOT_INDEXED => "an account that was looked up".to_owned(),
            account => written_at(account)?,
        };
        Ok(format!(
            "{written}, `{}` in source `{source}`,",
            path.display()
        ))
    };
    Ok(AccountsError::Two {
        one: line(one)?,
        other: line(other)?,
        why: format!(
            "{why}, so that mail of one of the two accounts would be taken for the other's; give each a place of its own"
        ),
    })
}

fn in_field(store: &Store, field: &str, why: String) -> AccountsError {
    let id = &store.id;
    AccountsError::Whole {
        table: "agent.toml".into(),
        why: format!("source `{id}`: field `{field}`: {why}"),
    }
}

/// Checks that `name` is the address of an account, and no other name of one.
fn is_account(index: &Indexed<'_, Entered>, name: &str) -> Result<(i64, Entered), String> {
    let found = index.find(&name.to_ascii_lowercase());
    match found.map_err(|error| error.to_string())? {
        (Some(id), Found::Account(account)) => Ok((id, account)),
        (_, Found::Alias(account)) => Err(format!(
            "`{name}` is another name of `{}`; write that",
            account.facts.address
        )),
        (_, Found::Nobody) => Err(format!(
            "`{name}` stands in `nobody` as well; keep it in one of the two"
        )),
        (_, Found::WithoutFacts(_)) => Err(format!(
            "no [[accounts.rule]] is for `{name}`, so nothing is known of it that the law asks for; write one, or take the line out"
        )),
        _ => Err(format!(
            "no [[account]] has the address `{name}`, so nothing is known of it that the law asks for; add one, or take the line out"
        )),
    }
}

/// A way down to one place after the other, in their order: each directory on it is looked at once.
#[derive(Default)]
struct Walk {
    path: Vec<u8>,
    /// For each part, where it ends in `path`, and what lies there.
    parts: Vec<(usize, Option<Identity>)>,
}

impl Walk {
    /// What lies at a place.
    fn to(&mut self, path: &[u8]) -> Option<Identity> {
        let still = |end: usize| {
            self.path.get(..end) == path.get(..end) && matches!(path.get(end), None | Some(0))
        };
        let kept = self.parts.iter().take_while(|(end, _)| still(*end)).count();
        self.parts.truncate(kept);
        path.clone_into(&mut self.path);
        let mut end = self.parts.last().map_or(0, |(end, _)| end + 1);
        while end <= path.len() {
            let part = path[end..].iter().position(|byte| *byte == 0);
            end = part.map_or(path.len(), |length| end + length);
            let gone = matches!(self.parts.last(), Some((_, None)));
            let found = match gone {
                true => None,
                false => path_of_key(&path[..end]).metadata().ok(),
            };
            let identity = found.map(|at| (at.dev().cast_signed(), at.ino().cast_signed()));
            self.parts.push((end, identity));
            end += 1;
        }
        self.parts.last().and_then(|(_, identity)| *identity)
    }

    /// What lies above it, from the bottom up.
    fn above(&self) -> impl Iterator<Item = Identity> {
        let parts = self.parts.iter().rev().skip(1);
        parts.filter_map(|(_, identity)| *identity)
    }
}
