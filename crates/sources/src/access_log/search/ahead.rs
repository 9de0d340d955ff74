//! A long log, read ahead of its turn on all processors.
//!
//! **Invariant.** What a search finds is what one reader finds who goes from line to line: counted here are only lines
//! of which nothing has to be said, because they are of the log, somebody else's or nobody's, and mention none of the
//! accounts. Every other line is given back, to be read in its turn.

use std::io::{self, Read};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Scope};

use jiff::Timestamp;
use memchr::memrchr;

use super::super::format::Format;
use super::super::line::{Account, Whose};
use super::super::lines::{LIMIT, Lines};
use super::super::mention::unescaped;
use super::days::Days;
use super::delivery::ACCOUNT;
use super::tally::bare;
use super::{may_be_address, read_line};

/// Which logs are read ahead, and in what pieces.
#[derive(Clone, Copy, Debug)]
pub(in crate::access_log) struct Ahead {
    /// Files of at least so many bytes: for shorter ones it costs more than it saves.
    pub(in crate::access_log) from: u64,
    /// How many bytes a piece has, unless one of its lines has more.
    pub(in crate::access_log) piece: usize,
}

impl Default for Ahead {
    fn default() -> Self {
        Self {
            from: 2 << 20,
            piece: 512 << 10,
        }
    }
}

/// The most threads that look at lines: each of them holds some pieces in memory.
const THREADS: usize = 4;

/// The most parts of a piece: one with more is given back whole, so that short lines of which each is told weigh no more in
/// memory than they do in the file.
const PARTS: usize = 1024;

/// What is looked for in each line.
pub(super) struct Looking<'a> {
    pub(super) format: &'a Format,
    pub(super) names: Vec<String>,
    pub(super) accounts: Vec<Arc<Account<'a>>>,
    /// The present instant (UTC).
    pub(super) now: Timestamp,
}

/// What comes next of a log.
pub(super) enum Next {
    /// Whole lines.
    Piece(Piece),
    /// It cannot be read any further.
    Failed(io::Error),
    /// A line that is longer than the limit, so many bytes from where the reading began: what was read of it, and the
    /// rest of the log.
    TooLong(u64, Vec<u8>, Box<dyn Read + Send>),
    /// The end, so many bytes from where the reading began.
    End(u64),
}

/// Lines that follow one another.
#[derive(Default)]
pub(super) struct Piece {
    pub(super) parts: Vec<Part>,
    /// How many lines end in it, empty ones too.
    pub(super) lines: u64,
}

/// A part of a piece. Numbers count from 1, from the beginning of the piece.
pub(super) enum Part {
    /// Lines of which nothing has to be said.
    Counted(Counted),
    /// The whole piece, of which nothing else is told.
    Whole(Vec<u8>),
    /// Any other line, or a piece of one.
    Line {
        number: u64,
        bytes: Vec<u8>,
        too_long: bool,
    },
}

/// Lines of the log that are none of the accounts': all with the account field, or all without.
pub(super) struct Counted {
    /// The number of the first.
    pub(super) first: u64,
    pub(super) lines: u64,
    pub(super) named: bool,
    /// Whether the account field of one of them may hold an address.
    pub(super) addresses: bool,
    /// Which of the names occur in them.
    pub(super) seen: Vec<bool>,
    pub(super) days: Days,
}

/// A piece that somebody looks at, or will.
enum Turn {
    Looked(Receiver<Piece>),
    Other(Next),
}

/// The pieces of a log, in their order.
pub(super) struct Pieces(Receiver<Turn>);

impl Pieces {
    /// Begins to read `input`, of which `begun` was read before. Whoever drops the pieces ends it.
    pub(super) fn read<'s, 'a: 's>(
        scope: &'s Scope<'s, '_>,
        looking: Looking<'a>,
        begun: Vec<u8>,
        input: Box<dyn Read + Send>,
        ahead: Ahead,
    ) -> Self {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let threads = threads.min(THREADS);
        let (give, turns) = sync_channel(2 * threads);
        let (hand_out, work) = sync_channel::<(Vec<u8>, SyncSender<Piece>)>(threads);
        let work = Arc::new(Mutex::new(work));
        let looking = Arc::new(looking);
        for _ in 0..threads {
            let (work, looking) = (Arc::clone(&work), Arc::clone(&looking));
            scope.spawn(move || {
                let next = || work.lock().unwrap_or_else(PoisonError::into_inner).recv();
                while let Ok((bytes, done)) = next() {
                    // Nobody waits for it any more: the search has ended.
                    let _ = done.send(looking.through(bytes));
                }
            });
        }
        scope.spawn(move || {
            let last = cut(begun, input, ahead.piece, |bytes| {
                let (done, looked) = sync_channel(1);
                hand_out.send((bytes, done)).is_ok() && give.send(Turn::Looked(looked)).is_ok()
            });
            if let Some(last) = last {
                let _ = give.send(Turn::Other(last));
            }
        });
        Self(turns)
    }

    /// What comes next.
    pub(super) fn next(&self) -> Next {
        let stopped = || Next::Failed(io::Error::other("what reads the log ahead has stopped"));
        match self.0.recv() {
            Ok(Turn::Looked(piece)) => piece.recv().map_or_else(|_| stopped(), Next::Piece),
            Ok(Turn::Other(other)) => other,
            Err(_) => stopped(),
        }
    }
}

/// Cuts a log behind line feeds, and says what is behind the last piece; nothing, if nobody takes pieces any more.
fn cut(
    mut held: Vec<u8>,
    mut input: Box<dyn Read + Send>,
    size: usize,
    mut give: impl FnMut(Vec<u8>) -> bool,
) -> Option<Next> {
    let mut read = 0;
    // Up to where no line feed is.
    let mut looked = 0;
    loop {
        let wanted = (size as u64).max(1);
        let filled = (&mut input).take(wanted).read_to_end(&mut held);
        let ended = match &filled {
            Ok(count) => (*count as u64) < wanted,
            Err(_) => true,
        };
        let found = memrchr(b'\n', &held[looked..]);
        let end = match (&filled, found) {
            // What is behind the last line feed is the last line.
            (Ok(_), _) if ended => held.len(),
            (_, Some(last)) => looked + last + 1,
            (_, None) => 0,
        };
        if end > 0 {
            let rest = held.split_off(end);
            read += end as u64;
            if !give(std::mem::replace(&mut held, rest)) {
                return None;
            }
        }
        looked = held.len();
        match filled {
            Err(error) => return Some(Next::Failed(error)),
            Ok(_) if ended => return Some(Next::End(read)),
            Ok(_) if held.len() > LIMIT => return Some(Next::TooLong(read, held, input)),
            Ok(_) => {}
        }
    }
}

impl Looking<'_> {
    /// Looks at the lines of a piece, of which the first begins at its beginning.
    fn through(&self, bytes: Vec<u8>) -> Piece {
        let mut lines = Lines::new(&*bytes);
        let mut piece = Piece::default();
        let mut reading = self.format.reading(self.now, None);
        // Reading of memory does not fail.
        while let Ok(Some(line)) = lines.next() {
            if piece.parts.len() > PARTS {
                continue;
            }
            let bare = bare(line.bytes);
            if bare.is_empty() {
                continue;
            }
            let read = match line.too_long {
                true => None,
                false => read_line(&mut reading, &self.names, line, bare, self.now).ok(),
            };
            let fields = read.as_ref().and_then(|read| read.as_ref());
            let counted = fields.and_then(|read| {
                let fields = read.fields.as_ref().filter(|fields| !fields.twice)?;
                let account = fields.values[ACCOUNT].as_deref();
                let text = unescaped(bare);
                let is_nobodys = |of: &Arc<Account<'_>>| {
                    let whose = of.whose(account);
                    !matches!(whose, Whose::Theirs | Whose::Alike)
                        && !of.is_mentioned(&text, Some(whose))
                };
                self.accounts
                    .iter()
                    .all(is_nobodys)
                    .then_some((read, fields))
            });
            let Some((read, fields)) = counted else {
                piece.parts.push(Part::Line {
                    number: line.number,
                    bytes: line.bytes.to_vec(),
                    too_long: line.too_long,
                });
                continue;
            };
            let named = fields.values[ACCOUNT].is_some();
            let run = match piece.parts.last_mut() {
                Some(Part::Counted(run)) if run.named == named => run,
                _ => {
                    piece.parts.push(Part::Counted(Counted {
                        first: line.number,
                        lines: 0,
                        named,
                        addresses: false,
                        seen: vec![false; self.names.len()],
                        days: Days::default(),
                    }));
                    match piece.parts.last_mut() {
                        Some(Part::Counted(run)) => run,
                        _ => continue,
                    }
                }
            };
            run.lines += 1;
            run.addresses |= may_be_address(fields);
            for (seen, value) in run.seen.iter_mut().zip(&fields.values) {
                *seen |= value.is_some();
            }
            if let Ok(dated) = read.dated {
                run.days.entry(dated);
            }
        }
        piece.lines = lines.number() - 1;
        if piece.parts.len() > PARTS {
            piece.parts = vec![Part::Whole(bytes)];
        }
        piece
    }
}
