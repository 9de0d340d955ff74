//! The one connection that writes, and how threads take turns on it.
//!
//! Several turns may share one transaction of SQLite, a *group*: each turn is a savepoint in it. A
//! thread that ends its turn while others wait hands the connection on and waits; the one after
//! which nobody waits makes the group final for all, with one wait for the disk. Nobody is told that
//! something is recorded before it is.

use std::collections::VecDeque;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lagrum_store::StoreError;
use rusqlite::{Connection, OpenFlags, ToSql};

use crate::error::{commit_failure, failure, unavailable};
use crate::{PATIENCE, connect, schema};

/// After so many turns, or so much time, a group is made final even if others wait, for the sake of other
/// processes: they wait for SQLite's lock meanwhile, and no longer than [`PATIENCE`].
const LARGEST_GROUP: usize = 64;
const LONGEST_GROUP: Duration = Duration::from_millis(500);
/// KiB. A case touches leaves all over the indexes; those of some hundred thousand cases stay in memory.
const WRITERS_CACHE: i64 = 32 << 10;
/// Pages of 4 KiB. What is written over and over before the log is carried over to the database is carried
/// over once, so that a large database is written to about as cheaply as a small one.
const LONGEST_WAL: i64 = 8 << 10;
/// How long the lock is left free after so much time in which it never was. Who waits for it looks more often than
/// that. Between two groups it is free for a moment only, whether or not anybody waited.
const LET_IN: Duration = Duration::from_millis(10);

pub(crate) struct Writer {
    file: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Absent while somebody has the turn.
    desk: Option<Desk>,
    /// Who waits for the turn, in the order in which they get it: nobody overtakes. Each is woken by itself, since a
    /// turn takes less time than to wake everybody.
    queue: VecDeque<Arc<Condvar>>,
}

impl State {
    /// Gives the turn on.
    fn hand_on(&mut self, desk: Desk) {
        self.desk = Some(desk);
        self.wake_first();
    }

    /// Wakes whoever gets the turn, where nobody has it.
    fn wake_first(&self) {
        if let Some(first) = self.queue.front().filter(|_| self.desk.is_some()) {
            first.notify_one();
        }
    }

    /// Whether the turn is not there for whom `me` wakes.
    fn keeps_waiting(&self, me: &Arc<Condvar>) -> bool {
        let first = self.queue.front();
        self.desk.is_none() || first.is_none_or(|first| !Arc::ptr_eq(first, me))
    }
}

/// What goes from turn to turn.
struct Desk {
    connection: Connection,
    group: Option<Arc<Group>>,
    /// When the last group ended, and with it the lock.
    freed: Instant,
    /// When the lock was last left free for as long as [`LET_IN`].
    let_in: Instant,
}

/// Turns that become final together.
#[derive(Default)]
struct Group {
    began: Option<Instant>,
    state: Mutex<GroupState>,
    settled: Condvar,
}

#[derive(Default)]
struct GroupState {
    members: usize,
    /// Something was erased, so what lies in the write-ahead log must go, too.
    scrub: bool,
    outcome: Option<Outcome>,
}

/// How a group ended, for every member.
#[derive(Clone)]
enum Outcome {
    Final,
    Full(String),
    Undone(String),
    Uncertain(String),
}

impl Outcome {
    fn of(error: StoreError) -> Self {
        match error {
            StoreError::Full { source } => Self::Full(source.to_string()),
            StoreError::Uncertain { source } => Self::Uncertain(source.to_string()),
            StoreError::Unavailable { source } => Self::Undone(source.to_string()),
            other => Self::Undone(other.to_string()),
        }
    }

    fn result(self) -> Result<(), StoreError> {
        match self {
            Self::Final => Ok(()),
            Self::Full(why) => Err(StoreError::Full { source: why.into() }),
            Self::Undone(why) => Err(StoreError::Unavailable { source: why.into() }),
            Self::Uncertain(why) => Err(StoreError::Uncertain { source: why.into() }),
        }
    }
}

impl Group {
    fn state(&self) -> MutexGuard<'_, GroupState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, outcome: Outcome) {
        self.state().outcome = Some(outcome);
        self.settled.notify_all();
    }

    fn wait(&self) -> Result<(), StoreError> {
        let open = |state: &mut GroupState| state.outcome.is_none();
        let state = self
            .settled
            .wait_while(self.state(), open)
            .unwrap_or_else(PoisonError::into_inner);
        state.outcome.clone().unwrap_or(Outcome::Final).result()
    }
}

impl Writer {
    pub(crate) fn open(file: &Path) -> Result<Self, StoreError> {
        let desk = Desk {
            connection: Self::connection(file)?,
            group: None,
            freed: Instant::now(),
            let_in: Instant::now(),
        };
        Ok(Self {
            file: file.to_owned(),
            state: Mutex::new(State {
                desk: Some(desk),
                ..State::default()
            }),
        })
    }

    fn connection(file: &Path) -> Result<Connection, StoreError> {
        let mut connection = connect(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let pragmas: [(&str, &dyn ToSql); 5] = [
            ("journal_mode", &"wal"),
            ("synchronous", &"full"),
            ("secure_delete", &"on"),
            ("cache_size", &-WRITERS_CACHE),
            ("wal_autocheckpoint", &LONGEST_WAL),
        ];
        for (pragma, value) in pragmas {
            connection
                .pragma_update(None, pragma, value)
                .map_err(failure)?;
        }
        schema::migrate(&mut connection)?;
        // Every turn is a savepoint: what it would undo is kept in memory, and not written to a file that is never read.
        connection
            .pragma_update(None, "temp_store", "memory")
            .map_err(failure)?;
        Ok(connection)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the turn and begins.
    pub(crate) fn turn(&self) -> Result<Turn<'_>, StoreError> {
        let mut state = self.state();
        let me = Arc::new(Condvar::new());
        state.queue.push_back(Arc::clone(&me));
        let (mut state, _) = me
            .wait_timeout_while(state, PATIENCE, |state| state.keeps_waiting(&me))
            .unwrap_or_else(PoisonError::into_inner);
        // A turn that was handed on while the patience ended is taken all the same: the group in it
        // must be made final by somebody. Who is not the first leaves it to who is.
        let desk = match state.keeps_waiting(&me) {
            true => None,
            false => state.desk.take(),
        };
        state.queue.retain(|one| !Arc::ptr_eq(one, &me));
        // Who gives up may have been the first.
        state.wake_first();
        drop(state);
        let desk = desk.ok_or_else(|| unavailable("others are writing; it took more than 10 s"))?;
        let mut turn = Turn {
            writer: self,
            desk: Some(desk),
            scrub: false,
        };
        turn.begin()?;
        Ok(turn)
    }
}

/// The right to write, until it drops. Dropping it undoes what was written in it.
pub(crate) struct Turn<'w> {
    writer: &'w Writer,
    desk: Option<Desk>,
    scrub: bool,
}

impl Deref for Turn<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self
            .desk
            .as_ref()
            .expect("taken only at its end")
            .connection
    }
}

impl Turn<'_> {
    fn begin(&mut self) -> Result<(), StoreError> {
        let desk = self.desk.as_mut().expect("taken only at its end");
        if desk.group.is_none() {
            if desk.freed.elapsed() >= LET_IN {
                desk.let_in = Instant::now();
            }
            desk.connection
                .execute_batch("begin immediate")
                .map_err(failure)?;
            if let Err(error) = schema::still_known(&desk.connection) {
                let _ = desk.connection.execute_batch("rollback");
                return Err(error);
            }
            desk.group = Some(Arc::new(Group {
                began: Some(Instant::now()),
                ..Group::default()
            }));
        }
        desk.connection
            .execute_batch("savepoint turn")
            .map_err(failure)
    }

    /// The connection, if the transaction is still there: after some failures SQLite has ended it.
    pub(crate) fn live(&self) -> Result<&Connection, StoreError> {
        if self.is_autocommit() {
            return Err(unavailable("the transaction was ended by a failure"));
        }
        Ok(self)
    }

    /// What this turn removed must leave no trace in the write-ahead log.
    pub(crate) fn scrub(&mut self) {
        self.scrub = true;
    }

    /// Makes final what was written in this turn.
    pub(crate) fn commit(mut self) -> Result<(), StoreError> {
        self.live()?
            .execute_batch("release turn")
            .map_err(failure)?;
        let desk = self.desk.take().expect("taken only at its end");
        let group = desk.group.clone().expect("a turn has begun its group");
        {
            let mut state = group.state();
            state.members += 1;
            state.scrub |= self.scrub;
        }
        self.writer.finish(desk);
        group.wait()
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(desk) = self.desk.take() {
            if !desk.connection.is_autocommit() {
                let undo = "rollback to turn; release turn";
                if desk.connection.execute_batch(undo).is_err() {
                    // Then nothing of the group can be made final.
                    let _ = desk.connection.execute_batch("rollback");
                }
            }
            self.writer.finish(desk);
        }
    }
}

impl Writer {
    /// Ends a turn: hands the group on to those who wait, or makes it final.
    fn finish(&self, mut desk: Desk) {
        let Some(group) = desk.group.clone() else {
            return self.state().hand_on(desk);
        };
        let members = group.state().members;
        let long = group.began.is_some_and(|at| at.elapsed() > LONGEST_GROUP);
        let ends = members >= LARGEST_GROUP || long;
        if !desk.connection.is_autocommit() && !ends {
            let mut state = self.state();
            if !state.queue.is_empty() {
                return state.hand_on(desk);
            }
        }
        desk.group = None;
        let outcome = if desk.connection.is_autocommit() {
            Outcome::Undone("a failure ended the transaction that it shared with others".into())
        } else if members == 0 {
            let _ = desk.connection.execute_batch("rollback");
            Outcome::Final
        } else {
            match desk.connection.execute_batch("commit") {
                Ok(()) => Outcome::Final,
                Err(error) => {
                    let _ = desk.connection.execute_batch("rollback");
                    Outcome::of(commit_failure(error))
                }
            }
        };
        if matches!(outcome, Outcome::Final) && group.state().scrub {
            // As far as readers let it; the next one does the rest.
            let _ = desk
                .connection
                .query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
        }
        if !desk.connection.is_autocommit()
            && let Ok(connection) = Self::connection(&self.file)
        {
            desk.connection = connection;
        }
        group.end(outcome);
        desk.freed = Instant::now();
        if desk.let_in.elapsed() > LONGEST_GROUP {
            std::thread::sleep(LET_IN);
        }
        self.state().hand_on(desk);
    }
}

#[cfg(test)]
mod tests;
