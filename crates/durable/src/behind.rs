use std::fs::File;
use std::io;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};

/// After so many bytes more, what is written is given to the disk.
pub(crate) const STEP: u64 = 8 << 20;

/// Gives a long file to the disk while it grows, on a thread of its own, so that little is left to wait for at its end.
///
/// The thread has a duplicate of the descriptor that writes, so the system tells an error of writing back to one of the two
/// alone. What the thread was told is told again by [`Behind::wrote`] and [`Behind::end`]; one of them must be asked before
/// anybody calls the file durable.
#[derive(Debug, Default)]
pub(crate) struct Behind {
    /// Bytes since the thread was last asked.
    since: u64,
    /// Whether the disk refused something: the file is never whole.
    failed: bool,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    ask: SyncSender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl Behind {
    /// So many bytes more were written to `file`, which is the same each time.
    ///
    /// # Errors
    /// When the disk refused what was written before.
    pub(crate) fn wrote(&mut self, file: &File, count: u64) -> io::Result<()> {
        self.since += count;
        if self.failed {
            return self.end();
        }
        if self.since < STEP {
            return Ok(());
        }
        self.since = 0;
        if self.running.is_none() {
            // Without the thread there is more to wait for at the end, and nothing else.
            self.running = Running::begin(file).ok();
        }
        let asked = self.running.as_ref().map(|one| one.ask.try_send(()));
        match asked {
            // Asked once while it is at it, it will do all there is then.
            None | Some(Ok(()) | Err(TrySendError::Full(()))) => Ok(()),
            Some(Err(TrySendError::Disconnected(()))) => self.end(),
        }
    }

    /// Nothing more is written. Waits until the thread is done.
    ///
    /// # Errors
    /// When the disk refused something.
    pub(crate) fn end(&mut self) -> io::Result<()> {
        let Some(Running { ask, thread }) = self.running.take() else {
            return match self.failed {
                true => Err(io::Error::other("not all of it could be made durable")),
                false => Ok(()),
            };
        };
        drop(ask);
        let broke_off = |_| Err(io::Error::other("what makes it durable broke off"));
        let ended = thread.join().unwrap_or_else(broke_off);
        self.failed |= ended.is_err();
        ended
    }
}

impl Running {
    fn begin(file: &File) -> io::Result<Self> {
        let file = file.try_clone()?;
        let (ask, asked) = sync_channel(1);
        let thread = thread::Builder::new()
            .spawn(move || asked.iter().try_for_each(|()| file.sync_data()))?;
        Ok(Self { ask, thread })
    }
}

impl Drop for Behind {
    /// Nobody has the file any more when whoever owns it goes on.
    fn drop(&mut self) {
        let _ = self.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_disk_refused_is_told_and_never_forgotten() {
        // Nothing can be made durable there.
        let null = File::options().write(true).open("/dev/null").unwrap();
        let mut behind = Behind::default();
        behind.wrote(&null, STEP - 1).unwrap();
        assert!(behind.running.is_none(), "a short file needs no thread");
        behind.wrote(&null, 1).unwrap();
        let told = behind.end().unwrap_err();
        assert_eq!(told.kind(), null.sync_data().unwrap_err().kind());
        behind.end().unwrap_err();
        behind.wrote(&null, 1).unwrap_err();
        // Whoever goes on writing is told as well.
        let mut behind = Behind::default();
        let refused = (0..10_000).find_map(|_| {
            thread::sleep(std::time::Duration::from_millis(1));
            behind.wrote(&null, STEP).err()
        });
        assert_eq!(refused.unwrap().kind(), told.kind());
    }
}
