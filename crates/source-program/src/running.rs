//! A program while it runs, within limits of time.

use std::io::{self, Read, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::confine::{self, Shut};
use crate::fault::Fault;

/// What is kept of what it writes to standard error, in bytes.
const SAID: u64 = 4096;
/// What is read of it at all; who writes more is not listened to any longer.
const SAID_AT_MOST: u64 = 16 << 20;
/// How much of its output is read at once, in bytes.
const PIECE: usize = 64 << 10;
/// How often it is looked whether it has ended.
const TICK: Duration = Duration::from_millis(2);

/// How long a program may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// It gives something within that time.
    pub(crate) silence: Duration,
    /// It has ended within that time.
    pub(crate) whole: Duration,
}

/// A program that runs. Its group of processes ends when this is dropped.
pub(crate) struct Running {
    child: Child,
    group: Option<Pid>,
    begun: Instant,
    limits: Limits,
    out: Receiver<io::Result<Vec<u8>>>,
    /// What came last, and how much of it was taken.
    piece: (Vec<u8>, usize),
    said: Receiver<Vec<u8>>,
}

/// Reads on its own, so that nobody waits longer than they want: a process that left the group may hold the other
/// end open.
fn pieces(mut out: ChildStdout) -> Receiver<io::Result<Vec<u8>>> {
    let (give, take) = sync_channel(2);
    std::thread::spawn(move || {
        loop {
            let mut piece = vec![0; PIECE];
            let read = match out.read(&mut piece) {
                Ok(count) => {
                    piece.truncate(count);
                    Ok(piece)
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
            let last = !matches!(&read, Ok(piece) if !piece.is_empty());
            if give.send(read).is_err() || last {
                return;
            }
        }
    });
    take
}

/// The beginning of what it writes to standard error.
fn beginning(mut said: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (give, take) = sync_channel(1);
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        let _ = said.by_ref().take(SAID).read_to_end(&mut kept);
        let _ = give.send(kept);
        let _ = io::copy(&mut said.take(SAID_AT_MOST), &mut io::sink());
    });
    take
}

impl Running {
    /// Starts a program in a group of its own, with nothing in its environment but the way to other programs.
    pub(crate) fn start(command: &mut Command, limits: Limits) -> Result<Self, Fault> {
        Self::start_with(command, limits, Shut::Out, None)
    }

    /// The same, shut in and with something to read: no more than a pipe holds.
    pub(crate) fn start_with(
        command: &mut Command,
        limits: Limits,
        shut: Shut,
        input: Option<&str>,
    ) -> Result<Self, Fault> {
        command
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("LC_ALL", "C.UTF-8")
            .stdin(match input {
                Some(_) => Stdio::piped(),
                None => Stdio::null(),
            })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        let mut child = confine::spawn(command, shut)?;
        if let Some((mut to, input)) = child.stdin.take().zip(input) {
            // One that does not read what it is asked answers what it was not asked.
            let _ = to.write_all(input.as_bytes());
        }
        let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let (Some(out), Some(said)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(io::Error::other("it has no output").into());
        };
        Ok(Self {
            child,
            group,
            begun: Instant::now(),
            limits,
            out: pieces(out),
            piece: (Vec::new(), 0),
            said: beginning(said),
        })
    }

    /// How long it is waited for now.
    fn patience(&self) -> Duration {
        let left = self.limits.whole.saturating_sub(self.begun.elapsed());
        left.min(self.limits.silence)
    }

    /// What is there now; nothing at the end. [`Running::consume`] takes it.
    pub(crate) fn here(&mut self) -> Result<&[u8], Fault> {
        if self.piece.1 == self.piece.0.len() {
            self.piece = match self.out.recv_timeout(self.patience()) {
                Ok(piece) => (piece?, 0),
                // The end was told before.
                Err(RecvTimeoutError::Disconnected) => (Vec::new(), 0),
                Err(RecvTimeoutError::Timeout) => return Err(Fault::TooSlow),
            };
        }
        Ok(&self.piece.0[self.piece.1..])
    }

    /// So many bytes are taken.
    pub(crate) fn consume(&mut self, count: usize) {
        self.piece.1 += count;
    }

    /// Takes up to this byte, which is not kept; fails beyond `most` bytes or at the end.
    pub(crate) fn until(&mut self, byte: u8, most: usize) -> Result<Vec<u8>, Fault> {
        let mut taken = Vec::new();
        loop {
            let here = self.here()?;
            if here.is_empty() {
                return Err(Fault::Nonsense("it ends in the middle"));
            }
            let end = here.iter().position(|one| *one == byte);
            let count = end.unwrap_or(here.len());
            if taken.len() + count > most {
                return Err(Fault::Nonsense("a line that is too long"));
            }
            taken.extend_from_slice(&here[..count]);
            let more = usize::from(end.is_some());
            self.consume(count + more);
            if more == 1 {
                return Ok(taken);
            }
        }
    }

    /// Takes exactly so many bytes, piece by piece.
    pub(crate) fn exactly(
        &mut self,
        mut left: u64,
        each: &mut dyn FnMut(&[u8]) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        while left > 0 {
            let most = usize::try_from(left).unwrap_or(usize::MAX);
            let here = self.here()?;
            let count = here.len().min(most);
            if count == 0 {
                return Err(Fault::Nonsense("it ends in the middle"));
            }
            each(&here[..count])?;
            self.consume(count);
            left -= count as u64;
        }
        Ok(())
    }

    /// It has nothing more to give, and ended well.
    pub(crate) fn end(mut self) -> Result<(), Fault> {
        let more = !self.here()?.is_empty();
        if more {
            return Err(Fault::Nonsense("it gives more than it should"));
        }
        self.status()
    }

    /// Why it broke off: what went wrong with the program itself, or else `fault`.
    pub(crate) fn broke_off(mut self, fault: Fault) -> Fault {
        match fault {
            Fault::Nonsense(_) => match self.here() {
                // It has ended; the reason is its own.
                Ok([]) => self.status().err().unwrap_or(fault),
                Ok(_) => fault,
                Err(own) => own,
            },
            other => other,
        }
    }

    fn status(&mut self) -> Result<(), Fault> {
        let waited = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait()? {
                break status;
            }
            if waited.elapsed() >= self.patience() {
                return Err(Fault::TooSlow);
            }
            std::thread::sleep(TICK);
        };
        self.stop();
        match status.success() {
            true => Ok(()),
            false => {
                let said = self.said.recv_timeout(Duration::from_secs(1));
                Err(failed(status, &said.unwrap_or_default()))
            }
        }
    }

    /// Nothing of its group runs on.
    fn stop(&mut self) {
        if let Some(group) = self.group.take() {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
        let _ = self.child.wait();
    }
}

fn failed(status: ExitStatus, said: &[u8]) -> Fault {
    let code = status.code();
    let by = status.signal().map(|signal| format!("signal {signal}"));
    let status = code.map(|code| format!("status {code}")).or(by);
    let said = String::from_utf8_lossy(said);
    let plain = said
        .trim()
        .chars()
        .filter(|c| !c.is_control() || *c == '\n');
    Fault::Failed {
        status: status.unwrap_or_default(),
        code,
        said: plain.collect(),
    }
}
