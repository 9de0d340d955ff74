//! The check and the seal at the same time: what is sealed are the bytes that the check reads, and their end is
//! told to the seal only when the check has accepted all of them.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use lagrum_package::PackageError;
use lagrum_package::check::{Against, Archive, Checked, KeepNothing, check};

use crate::ProductionError;
use crate::spool::Written;

/// How much is handed from one to the other at once.
const PIECE: usize = 256 << 10;

/// How many pieces wait at most: no more than these, and the one that each of the two has, are in memory.
const WAITING: usize = 8;

/// What is handed on.
enum Handed {
    /// The next bytes that the check read.
    Bytes(Vec<u8>),
    /// The check accepted all of them, and has ended.
    Accepted,
}

/// Checks `package` while `seal` reads it, each on a thread of its own. What `seal` reads ends only when the check
/// accepted all of it; where the check refuses, `seal` is given an error in place of the end. What it made comes back
/// only if the check accepted the package and `seal` read it to that end.
///
/// # Errors
/// What the check says, before anything that `seal` says.
pub(crate) fn checked_while<T>(
    package: &Written,
    against: &Against<'_>,
    seal: impl FnOnce(&mut dyn Read) -> Result<T, ProductionError>,
) -> Result<(Checked, T), ProductionError> {
    let stream = package.stream()?;
    let (to, from) = sync_channel(WAITING);
    let (used, unused) = sync_channel(WAITING + 2);
    thread::scope(|scope| {
        let checking = scope.spawn(move || {
            let mut stream = HandingOn {
                stream,
                piece: Vec::new(),
                read: 0,
                to: Some(to),
                unused,
            };
            let mut archive = Archive(&mut stream);
            let checked = check(&mut archive, against, &package.scratch, &mut KeepNothing)?;
            let fault = PackageError::io("the package's archive");
            stream.accepted().map_err(fault)?;
            Ok::<_, PackageError>(checked)
        });
        let mut stream = HandedOn {
            from,
            used,
            piece: Vec::new(),
            read: 0,
            ended: false,
        };
        let sealed = seal(&mut stream);
        let whole = stream.ended;
        // A check that waits for room is not waited for.
        drop(stream);
        let checked = checking.join().unwrap_or_else(|_| {
            let why = io::Error::other("the check broke off");
            Err(PackageError::io("the package's archive")(why))
        });
        match (checked?, sealed?) {
            done if whole => Ok(done),
            _ => {
                let why = io::Error::other("not all of it was sealed");
                Err(PackageError::io("the package's archive")(why).into())
            }
        }
    })
}

/// The archive as the check reads it. What was read is handed on.
struct HandingOn<R> {
    stream: R,
    piece: Vec<u8>,
    /// How much of the piece was read.
    read: usize,
    /// Nobody, when the seal has ended: it failed, and what the check says is still to be told.
    to: Option<SyncSender<Handed>>,
    /// Pieces that the seal is done with.
    unused: Receiver<Vec<u8>>,
}

impl<R> HandingOn<R> {
    fn hand_on(&mut self, what: Handed) {
        self.to = self.to.take().filter(|to| to.send(what).is_ok());
    }
}

impl<R: Read> HandingOn<R> {
    /// Lets the seal come to its end. The check has read all there is.
    fn accepted(mut self) -> io::Result<()> {
        if self.read(&mut [0])? != 0 {
            return Err(io::Error::other("the check left something unread"));
        }
        self.hand_on(Handed::Accepted);
        Ok(())
    }
}

impl<R: Read> Read for HandingOn<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.piece.len() {
            let empty = self.unused.try_recv().unwrap_or_default();
            let full = std::mem::replace(&mut self.piece, empty);
            if !full.is_empty() {
                self.hand_on(Handed::Bytes(full));
            }
            self.read = 0;
            self.piece.clear();
            (&mut self.stream)
                .take(PIECE as u64)
                .read_to_end(&mut self.piece)?;
        }
        let count = (&self.piece[self.read..]).read(buffer)?;
        self.read += count;
        Ok(count)
    }
}

/// The same bytes as the seal reads them.
struct HandedOn {
    from: Receiver<Handed>,
    used: SyncSender<Vec<u8>>,
    piece: Vec<u8>,
    read: usize,
    ended: bool,
}

impl Read for HandedOn {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.read == self.piece.len() && !self.ended {
            match self.from.recv() {
                Ok(Handed::Bytes(piece)) => {
                    // Where there is no room for it, it goes.
                    let _ = self
                        .used
                        .try_send(std::mem::replace(&mut self.piece, piece));
                    self.read = 0;
                }
                Ok(Handed::Accepted) => self.ended = true,
                Err(_) => return Err(io::Error::other("the check did not accept the package")),
            }
        }
        let count = (&self.piece[self.read..]).read(buffer)?;
        self.read += count;
        Ok(count)
    }
}
