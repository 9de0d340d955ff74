//! Reading ahead: a thread of its own reads or unpacks the next pieces while this one looks at what it has.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use super::body::is_suspect;

/// More than any mark that [`is_suspect`] looks for has in the piece before.
const MARK: usize = 16;

/// How many pieces wait at most, beside the one that is filled and the one that is looked at.
const WAITING: usize = 4;

/// Bytes as they were read.
pub(super) struct Piece {
    /// Behind as much room as was asked for.
    pub(super) bytes: Vec<u8>,
    /// Whether a mark of another kind of mailbox may end in them, or a hole.
    pub(super) suspect: bool,
}

/// What the thread says. That it says nothing more is never the end of what it reads.
enum Said {
    /// The next bytes.
    Piece(Piece),
    /// No more can be read.
    Failed(io::Error),
    End,
}

/// The pieces of an input, in their order.
pub(super) struct Ahead {
    /// How long a whole piece is, with its room.
    whole: usize,
    said: Option<Receiver<Said>>,
    /// Pieces to be filled again.
    used: SyncSender<Vec<u8>>,
    thread: Option<JoinHandle<()>>,
}

impl Ahead {
    /// Begins to read `input`, `piece` bytes at once, with `room` bytes of any content before them.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn begin(
        input: impl Read + Send + 'static,
        room: usize,
        piece: usize,
    ) -> io::Result<Self> {
        let (say, said) = sync_channel(WAITING);
        let (used, unused) = sync_channel(WAITING + 2);
        let whole = room + piece;
        let reading = move || read(input, room, whole, &say, &unused);
        let thread = thread::Builder::new().spawn(reading)?;
        Ok(Self {
            whole,
            said: Some(said),
            used,
            thread: Some(thread),
        })
    }

    /// The next piece; nothing at the end.
    pub(super) fn next(&self) -> io::Result<Option<Piece>> {
        match self.said.as_ref().map(Receiver::recv) {
            Some(Ok(Said::Piece(piece))) => Ok(Some(piece)),
            Some(Ok(Said::End)) => Ok(None),
            Some(Ok(Said::Failed(error))) => Err(error),
            Some(Err(_)) | None => Err(io::Error::other("what reads the mbox ahead has stopped")),
        }
    }

    /// Takes a piece back that nobody needs any more.
    pub(super) fn done_with(&self, piece: Vec<u8>) {
        if piece.len() == self.whole {
            // Where there is no room for it, it goes.
            let _ = self.used.try_send(piece);
        }
    }
}

impl Drop for Ahead {
    /// Nobody reads the file any more when whoever owns it goes on.
    fn drop(&mut self) {
        self.said = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Reads all of `input`, or as long as somebody takes it.
fn read(
    mut input: impl Read,
    room: usize,
    whole: usize,
    say: &SyncSender<Said>,
    unused: &Receiver<Vec<u8>>,
) {
    // What a mark may begin with that ends in the next piece.
    let mut before = [0; MARK];
    let mut held = 0;
    loop {
        let mut bytes = unused.try_recv().unwrap_or_default();
        bytes.resize(whole, 0);
        let mut filled = room;
        let last = loop {
            match input.read(&mut bytes[filled..]) {
                Ok(0) if filled < bytes.len() => break Some(Said::End),
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Some(Said::Failed(error)),
            }
            if filled == bytes.len() {
                break None;
            }
        };
        bytes.truncate(filled);
        // Whoever takes the piece writes over its room anyway.
        bytes[room - held..room].copy_from_slice(&before[..held]);
        let seen = &bytes[room - held..];
        let suspect = is_suspect(seen);
        let kept = seen.len().min(MARK);
        before[..kept].copy_from_slice(&seen[seen.len() - kept..]);
        held = kept;
        let taken = filled == room || say.send(Said::Piece(Piece { bytes, suspect })).is_ok();
        match last {
            None if taken => {}
            Some(last) if taken => {
                let _ = say.send(last);
                return;
            }
            _ => return,
        }
    }
}
