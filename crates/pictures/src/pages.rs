//! The desk's end: starts the child, asks, and holds it to its limits.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use sha2::{Digest as _, Sha256};

use crate::paper::{
    Ask, Kind, LONGEST_FILE, LONGEST_PICTURE, LONGEST_TEXT, MOST_PAGES, NotShown, Paper, Said,
};

/// A child that has not answered by then is ended.
const TIME: Duration = Duration::from_secs(15);
/// As many children at once; others wait.
const AT_ONCE: usize = 2;
/// As long somebody waits for a turn.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest line that the child says: text, escaped, and the sizes of all pages.
const LONGEST_LINE: usize = 8 * LONGEST_TEXT + 64 * MOST_PAGES;
/// What is remembered of files that were shown, in bytes.
const REMEMBERED: usize = 48 << 20;

type Digest = [u8; 32];

/// Makes pictures of the pages of files that strangers sent.
pub struct Pages {
    program: PathBuf,
    arguments: Vec<String>,
    busy: Mutex<usize>,
    free: Condvar,
    remembered: Mutex<VecDeque<(Digest, Ask, Answered)>>,
}

#[derive(Clone)]
enum Answer {
    Paper(Arc<Paper>),
    Picture(Arc<Vec<u8>>),
}

type Answered = Result<Answer, NotShown>;

fn length(answered: &Answered) -> usize {
    match answered {
        Ok(Answer::Paper(paper)) => paper.text.len() + 8 * paper.pages.len(),
        Ok(Answer::Picture(png)) => png.len(),
        Err(_) => 64,
    }
}

impl Pages {
    /// By starting `program` with `arguments`, which has to call [`crate::answer`] with its standard input and
    /// output.
    #[must_use]
    pub fn new(program: PathBuf, arguments: Vec<String>) -> Self {
        Self {
            program,
            arguments,
            busy: Mutex::new(0),
            free: Condvar::new(),
            remembered: Mutex::new(VecDeque::new()),
        }
    }

    /// What the child could do though it must not; empty: it is shut in.
    ///
    /// # Errors
    /// When it does not start or does not answer.
    pub fn still_possible(&self) -> Result<Vec<String>, NotShown> {
        match self.ask(Ask::Try, &[])? {
            (Said::Could(what), _) => Ok(what),
            (Said::Not(why), _) => Err(why),
            _ => Err(NotShown::NotConfined),
        }
    }

    /// What a file holds.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn look(&self, file: &[u8]) -> Result<Arc<Paper>, NotShown> {
        match self.answered(Ask::Look, file)? {
            Answer::Paper(paper) => Ok(paper),
            Answer::Picture(_) => Err(NotShown::NotUnderstood),
        }
    }

    /// One page as PNG, at most `width` pixels wide; pages are counted from 0.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn picture(&self, file: &[u8], page: usize, width: u16) -> Result<Arc<Vec<u8>>, NotShown> {
        match self.answered(Ask::Picture { page, width }, file)? {
            Answer::Picture(png) => Ok(png),
            Answer::Paper(_) => Err(NotShown::NotUnderstood),
        }
    }

    /// A file that was read, or that could not be read, is not read again with every page of the desk.
    fn answered(&self, ask: Ask, file: &[u8]) -> Answered {
        if Kind::of(file).is_none() {
            return Err(NotShown::OtherKind);
        }
        let digest = Sha256::digest(file).into();
        if let Some(known) = self.recall(&digest, ask) {
            return known;
        }
        let answered = self.ask(ask, file).and_then(|said| match said {
            (Said::Paper(paper), _) if sound(&paper) => Ok(Answer::Paper(Arc::new(paper))),
            (Said::Picture(length), png)
                if length == png.len() && png.starts_with(b"\x89PNG\r\n\x1a\n") =>
            {
                Ok(Answer::Picture(Arc::new(png)))
            }
            (Said::Not(why), _) => Err(why),
            _ => Err(NotShown::NotUnderstood),
        });
        // What is of the moment and not of the file may be otherwise the next time.
        if !matches!(answered, Err(NotShown::Busy | NotShown::NotConfined)) {
            self.remember(digest, ask, answered.clone());
        }
        answered
    }

    fn recall(&self, digest: &Digest, ask: Ask) -> Option<Answered> {
        let all = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut known = all.iter();
        known
            .find(|(of, asked, _)| of == digest && *asked == ask)
            .map(|(_, _, answered)| answered.clone())
    }

    fn remember(&self, digest: Digest, ask: Ask, answered: Answered) {
        let mut all = self
            .remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        all.push_back((digest, ask, answered));
        let mut held: usize = all.iter().map(|(_, _, one)| length(one)).sum();
        while held > REMEMBERED {
            let Some((_, _, oldest)) = all.pop_front() else {
                break;
            };
            held -= length(&oldest);
        }
    }

    fn ask(&self, ask: Ask, file: &[u8]) -> Result<(Said, Vec<u8>), NotShown> {
        if file.len() > LONGEST_FILE {
            return Err(NotShown::TooMuch);
        }
        let _turn = self.turn().ok_or(NotShown::Busy)?;
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| NotShown::NotConfined)?;
        let answered = converse(&mut child, ask, file);
        // Whatever it still does, it has said what there was to say.
        let _ = child.kill();
        let _ = child.wait();
        answered
    }

    fn turn(&self) -> Option<Turn<'_>> {
        let busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut busy, waited) = self
            .free
            .wait_timeout_while(busy, PATIENCE, |busy| *busy >= AT_ONCE)
            .unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() {
            return None;
        }
        *busy += 1;
        Some(Turn(self))
    }
}

struct Turn<'p>(&'p Pages);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut busy = self.0.busy.lock().unwrap_or_else(PoisonError::into_inner);
        *busy = busy.saturating_sub(1);
        self.0.free.notify_one();
    }
}

fn converse(child: &mut Child, ask: Ask, file: &[u8]) -> Result<(Said, Vec<u8>), NotShown> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(NotShown::NotConfined);
    };
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let pid = pid.ok_or(NotShown::NotConfined)?;
    let mut question = serde_json::to_vec(&ask).map_err(|_| NotShown::NotUnderstood)?;
    question.push(b'\n');
    let (done, watched) = channel::<()>();
    std::thread::scope(|scope| {
        // A child that does not read must not hold whoever asks.
        scope.spawn(move || {
            let _ = input
                .write_all(&question)
                .and_then(|()| input.write_all(file));
        });
        scope.spawn(move || {
            if watched.recv_timeout(TIME) == Err(RecvTimeoutError::Timeout) {
                // It was not waited for yet: the number is still its own.
                let _ = kill_process(pid, Signal::KILL);
            }
        });
        let said = read(output);
        // It may still be fed: it is done with.
        let _ = kill_process(pid, Signal::KILL);
        drop(done);
        said
    })
}

fn read(output: impl Read) -> Result<(Said, Vec<u8>), NotShown> {
    let limit = |most: usize| u64::try_from(most).unwrap_or(u64::MAX);
    let mut output = BufReader::new(output.take(limit(LONGEST_LINE + LONGEST_PICTURE)));
    let mut line = Vec::new();
    let heard = (&mut output)
        .take(limit(LONGEST_LINE))
        .read_until(b'\n', &mut line);
    // It died before it said anything: of its limits, or of the file.
    if heard.is_err() || line.last() != Some(&b'\n') {
        return Err(NotShown::TooMuch);
    }
    let said: Said = serde_json::from_slice(&line).map_err(|_| NotShown::NotUnderstood)?;
    let mut rest = Vec::new();
    if let Said::Picture(length) = said {
        if length > LONGEST_PICTURE {
            return Err(NotShown::TooMuch);
        }
        let most = limit(length);
        let read = output.take(most).read_to_end(&mut rest);
        read.map_err(|_| NotShown::TooMuch)?;
    }
    Ok((said, rest))
}

/// The child read a stranger's file: what it says is held to its bounds, too.
fn sound(paper: &Paper) -> bool {
    paper.pages.len() <= MOST_PAGES && paper.text.len() <= LONGEST_TEXT
}
