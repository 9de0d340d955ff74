//! The items of a package and their manifest while they grow. Messages that are in memory are digested and written by
//! a thread of its own while the search reads the next ones; everything else is written at once.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use lagrum_model::Sha256Digest;
use lagrum_package::layout::ManifestLine;

use crate::append::{append, cut_short, header, write_line};

/// So many bytes of messages are handed to the thread at once, or one message if it is longer.
const BATCH: usize = 256 << 10;

/// The archive of the items, and the manifest.
pub(crate) struct Files {
    pub(crate) archive: tar::Builder<BufWriter<File>>,
    pub(crate) manifest: BufWriter<File>,
    mtime: u64,
}

impl Files {
    /// Appends one file to the archive, and gives its line with its digest.
    pub(crate) fn append(
        &mut self,
        mut line: ManifestLine,
        content: &mut dyn Read,
    ) -> io::Result<ManifestLine> {
        let mut header = header(line.length, self.mtime);
        line.sha256 = append(&mut self.archive, &mut header, &line.path, content)?;
        Ok(line)
    }

    fn append_all(&mut self, batch: &mut Batch) -> io::Result<()> {
        let mut rest = batch.bytes.as_slice();
        for mut line in batch.lines.drain(..) {
            let length = usize::try_from(line.length).unwrap_or(usize::MAX);
            let (message, behind) = rest.split_at_checked(length).ok_or_else(cut_short)?;
            line.sha256 = Sha256Digest::of(message);
            let mut header = header(line.length, self.mtime);
            self.archive.append_data(&mut header, &line.path, message)?;
            write_line(&mut self.manifest, &line)?;
            rest = behind;
        }
        batch.bytes.clear();
        Ok(())
    }
}

/// Messages on their way to the thread, one behind the other, and their lines without digests.
#[derive(Default)]
struct Batch {
    lines: Vec<ManifestLine>,
    bytes: Vec<u8>,
}

/// The files, wherever they are.
pub(crate) struct Items {
    held: Held,
    /// What was not handed on yet.
    batch: Batch,
}

enum Held {
    /// Nobody else has them.
    Here(Files),
    /// The thread has them.
    Away(Running),
    /// Writing them failed. The package ends here.
    Lost,
}

/// The thread that writes.
struct Running {
    to: Option<SyncSender<Batch>>,
    /// Batches that are written, to be filled again.
    written: Receiver<Batch>,
    thread: Option<JoinHandle<io::Result<Files>>>,
}

impl Items {
    /// None yet. `mtime` (seconds since 1970, UTC) becomes the time of every file in the archive.
    pub(crate) fn new(archive: BufWriter<File>, manifest: BufWriter<File>, mtime: u64) -> Self {
        Self {
            held: Held::Here(Files {
                archive: tar::Builder::new(archive),
                manifest,
                mtime,
            }),
            batch: Batch::default(),
        }
    }

    /// Adds a message that is here whole. That it cannot be written is told at the latest by [`Items::files`].
    pub(crate) fn add(&mut self, line: ManifestLine, message: &[u8]) -> io::Result<()> {
        if line.length != message.len() as u64 {
            return Err(cut_short());
        }
        self.batch.lines.push(line);
        self.batch.bytes.extend_from_slice(message);
        if self.batch.bytes.len() < BATCH {
            return Ok(());
        }
        self.held = match std::mem::replace(&mut self.held, Held::Lost) {
            Held::Here(files) => Held::Away(Running::begin(files)?),
            other => other,
        };
        let Held::Away(running) = &mut self.held else {
            return Err(lost());
        };
        running.hand_on(&mut self.batch)
    }

    /// The files, when all that was added is in them.
    pub(crate) fn files(&mut self) -> io::Result<&mut Files> {
        let mut files = match std::mem::replace(&mut self.held, Held::Lost) {
            Held::Here(files) => files,
            Held::Away(mut running) => running.end()?,
            Held::Lost => return Err(lost()),
        };
        files.append_all(&mut self.batch)?;
        self.held = Held::Here(files);
        match &mut self.held {
            Held::Here(files) => Ok(files),
            Held::Away(_) | Held::Lost => Err(lost()),
        }
    }

    /// Ends the archive, and gives both files to the disk.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.files()?;
        let Held::Here(files) = self.held else {
            return Err(lost());
        };
        let Files {
            archive,
            mut manifest,
            ..
        } = files;
        manifest.flush()?;
        archive.into_inner()?.flush()
    }
}

impl Running {
    fn begin(mut files: Files) -> io::Result<Self> {
        // One waits while one is written and one is filled.
        let (to, batches) = sync_channel::<Batch>(1);
        let (back, written) = sync_channel(3);
        let thread = thread::Builder::new().spawn(move || {
            for mut batch in batches {
                files.append_all(&mut batch)?;
                // Where there is no room for it, it goes.
                let _ = back.try_send(batch);
            }
            Ok(files)
        })?;
        Ok(Self {
            to: Some(to),
            written,
            thread: Some(thread),
        })
    }

    fn hand_on(&mut self, batch: &mut Batch) -> io::Result<()> {
        let empty = self.written.try_recv().unwrap_or_default();
        let full = std::mem::replace(batch, empty);
        match self.to.as_ref().map(|to| to.send(full)) {
            Some(Ok(())) => Ok(()),
            // It writes no more: it says why.
            _ => self.end().and_then(|_| Err(lost())),
        }
    }

    /// Waits until all is written that was handed on.
    fn end(&mut self) -> io::Result<Files> {
        self.to = None;
        let thread = self.thread.take().ok_or_else(lost)?;
        thread.join().unwrap_or_else(|_| Err(lost()))
    }
}

impl Drop for Running {
    /// Nobody writes into the directory any more when whoever owns it goes on.
    fn drop(&mut self) {
        let _ = self.end();
    }
}

fn lost() -> io::Error {
    io::Error::other("an item could not be written, and none can be after it")
}
