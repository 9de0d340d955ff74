//! Finding the messages of an mbox in one pass, in bounded memory.

use std::fs::File;
use std::io::{self, Read};
use std::iter;

use memchr::memrchr2;

use super::ahead::{self, Ahead};
use super::body::Body;
use super::from::From;
use super::line::{self, AHEAD, Ending, Mark, Shape};
use super::{Doubt, MboxError, Piece, Stored};
use crate::header::Block;

/// How much is held at most.
const BUFFER: usize = 256 << 10;

/// How much of what was given away can still be looked at.
const BEHIND: usize = 1024;

/// So much is not given away before what follows it is known: an empty line.
const HELD_BACK: usize = 4;

/// The most that is kept of one piece when the next one comes.
const KEPT: usize = BEHIND + AHEAD + HELD_BACK;

/// So much of the beginning may be marks, holes and empty lines.
const LEADING: u64 = 1 << 20;

/// Takes the pieces of a message.
type Pieces<'a> = &'a mut dyn FnMut(Piece<'_>) -> io::Result<()>;

/// The messages of an mbox, one after the other. See the [module](crate::mbox) for what a
/// message is.
pub struct Messages<R> {
    input: Input<R>,
    /// The same file, to look where a `Content-Length` leads.
    plain: Option<File>,
    from: [From; 2],
    buffer: Vec<u8>,
    /// What stands before this is no part of the input.
    low: usize,
    /// The first byte that was not given away.
    start: usize,
    /// Up to here no message begins.
    looked: usize,
    end: usize,
    /// Where `buffer[start]` lies in the input.
    at: u64,
    /// Up to here in the input marks and holes may stand; behind it, in what was read, somebody looked and found none.
    suspect: u64,
    exhausted: bool,
    begun: bool,
    /// Whether a message is to be given even if it is empty.
    fresh: bool,
    /// Whether there should be one message only.
    alone: bool,
    header: Block,
    /// Whether the header was given.
    given: bool,
    body: Body,
}

/// Where the bytes come from.
enum Input<R> {
    /// They are read when they are needed.
    Here(R),
    /// Somebody else reads them.
    Ahead(Ahead),
}

/// What a place where `From` stands turns out to be.
enum Found {
    /// Text of the message.
    Text,
    /// The next message begins here, surely.
    Separator(Mark),
    /// Another message may begin here.
    Doubtful(Mark, Doubt),
}

/// How a `From` stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At its beginning.
    Line,
    /// At its beginning, and the line before ends in CR alone.
    AfterReturn,
    /// Behind a mark, a hole or other bytes that nobody sees.
    Unseen,
    /// Behind white space.
    Indented,
    /// Behind the marks of a quotation.
    Quoted,
    /// Behind a field's name.
    Field,
    /// Behind other text.
    Text,
}

impl<R: Read> Messages<R> {
    /// Reads `input` from where it stands, which must be the beginning of the mbox.
    pub fn new(input: R) -> Self {
        Self::with_room(Input::Here(input), BUFFER)
    }

    fn with_room(input: Input<R>, room: usize) -> Self {
        Self {
            input,
            plain: None,
            from: From::all(),
            buffer: vec![0; room],
            low: 0,
            start: 0,
            looked: 0,
            end: 0,
            at: 0,
            suspect: u64::MAX,
            exhausted: false,
            begun: false,
            fresh: false,
            alone: false,
            header: Block::default(),
            given: false,
            body: Body::default(),
        }
    }

    /// As [`Messages::new`], for an input of this length, which may be small.
    pub(crate) fn sized(input: R, length: u64) -> Self {
        let most = usize::try_from(length).map_or(BUFFER, |length| length.min(BUFFER));
        Self::with_room(Input::Here(input), most)
    }

    /// As [`Messages::new`], while another thread reads what comes next.
    pub(crate) fn read_ahead(input: R) -> io::Result<Self>
    where
        R: Send + 'static,
    {
        Self::in_pieces(input, BUFFER)
    }

    /// The same, in pieces of this length.
    pub(super) fn in_pieces(input: R, piece: usize) -> io::Result<Self>
    where
        R: Send + 'static,
    {
        let ahead = Ahead::begin(input, KEPT, piece)?;
        Ok(Self {
            suspect: 0,
            ..Self::with_room(Input::Ahead(ahead), 0)
        })
    }

    /// Reads one message, without a `From ` line before it: what stands in it is text unless it is
    /// certainly a separator, or one that was damaged.
    pub(crate) fn of_one_message(self) -> Self {
        Self {
            begun: true,
            fresh: true,
            alone: true,
            ..self
        }
    }

    /// Looks into `file`, which holds the same bytes, where a `Content-Length` leads.
    pub(crate) fn looking_into(self, file: Option<File>) -> Self {
        Self {
            plain: file,
            ..self
        }
    }

    /// Gives the content of the next message to `piece`, in pieces, and says where it lies. `None`
    /// at the end. Where it is in doubt what is one message, everything up to the next that surely
    /// begins is given as one, with the header of each that may be one, and the doubt is told.
    ///
    /// # Errors
    /// When this is no mbox, reading fails, or `piece` refuses.
    pub fn next_message(&mut self, piece: Pieces<'_>) -> Result<Option<Stored>, MboxError> {
        let mut doubt = None;
        if !self.begun {
            self.begun = true;
            match self.begin()? {
                None => return Ok(None),
                Some(Ending::Return) => doubt = Some(Doubt::Returns),
                Some(_) => {}
            }
        } else if self.start == self.end && self.exhausted && !self.fresh {
            return Ok(None);
        }
        self.fresh = false;
        let at = self.at;
        self.body = Body::new(doubt, self.alone);
        self.segment();
        while let Some(from) = self.next_from(piece)? {
            match self.found(from, piece)? {
                Found::Text => self.looked = from + 4,
                Found::Separator(mark) => {
                    let stored = self.close(at, piece)?;
                    self.pass(from + mark.after)?;
                    return Ok(Some(stored));
                }
                Found::Doubtful(mark, why) => {
                    self.give(from, piece)?;
                    self.give_header(piece)?;
                    self.body.doubt(why);
                    self.give(from + mark.after, piece)?;
                    self.segment();
                }
            }
        }
        let end = self.end - usize::from(self.empty_line_before(self.end));
        self.give(end, piece)?;
        let stored = self.close(at, piece)?;
        self.pass(self.end)?;
        Ok(Some(stored))
    }

    /// Passes over what stands before the first message, and its `From ` line. Says how that line
    /// ends; `None` in an empty mbox.
    fn begin(&mut self) -> Result<Option<Ending>, MboxError> {
        loop {
            self.fill_to(3)?;
            let passed = match &self.buffer[self.start..self.end] {
                [] => return Ok(None),
                [0 | b'\n' | b'\r' | 0x0c, ..] => 1,
                [0xef, 0xbb, 0xbf, ..] => 3,
                _ => break,
            };
            self.take(passed);
            if self.at > LEADING {
                return Err(MboxError::NotAnMbox);
            }
        }
        self.fill_to(AHEAD)?;
        let Some(mark) = line::mark(&self.buffer[self.start..self.end]) else {
            return Err(MboxError::NotAnMbox);
        };
        self.pass(self.start + mark.after)?;
        if mark.ending == Ending::Beyond {
            self.pass_line()?;
        }
        Ok(Some(mark.ending))
    }

    /// Passes over the rest of a line.
    fn pass_line(&mut self) -> io::Result<()> {
        loop {
            let window = &self.buffer[self.start..self.end];
            if let Some(newline) = memchr::memchr(b'\n', window) {
                return self.pass(self.start + newline + 1);
            }
            self.pass(self.end)?;
            if self.exhausted {
                return Ok(());
            }
            self.fill()?;
        }
    }

    /// A header begins here, or may begin.
    fn segment(&mut self) {
        self.header.clear();
        self.given = false;
        self.looked = self.start;
    }

    /// The next `From`, with enough behind it to tell what it is. Gives away most of what stands
    /// before it.
    fn next_from(&mut self, piece: Pieces<'_>) -> io::Result<Option<usize>> {
        loop {
            let window = &self.buffer[self.looked..self.end];
            let at = self.at + (self.looked - self.start) as u64;
            let found = self.from.iter_mut();
            let found = found.filter_map(|from| from.find(window, at)).min();
            let found = found.map(|at| self.looked + at);
            match found {
                Some(at) if self.exhausted || self.end - at >= AHEAD => return Ok(Some(at)),
                None if self.exhausted => return Ok(None),
                Some(at) => self.looked = at,
                None => self.looked = self.looked.max(self.end.saturating_sub(3)),
            }
            self.give(self.looked.saturating_sub(HELD_BACK), piece)?;
            self.fill()?;
        }
    }

    /// What the `From` at `from` is. Gives away what stands before its line.
    fn found(&mut self, from: usize, piece: Pieces<'_>) -> io::Result<Found> {
        let low = from.saturating_sub(BEHIND).max(self.low);
        let line = memrchr2(b'\n', b'\r', &self.buffer[low..from]).map_or(low, |at| low + at + 1);
        let place = place(&self.buffer[self.low..line], &self.buffer[line..from]);
        let here = &self.buffer[from..self.end];
        let word = matches!(place, Place::Text | Place::Field) && !line::as_usual(here);
        // In prose `from` is a word like any other.
        if word || place == Place::Quoted {
            return Ok(Found::Text);
        }
        let Some(mark) = line::mark(here) else {
            return Ok(Found::Text);
        };
        // An empty line before it is no content, if this is a separator.
        let separated = place == Place::Line && self.empty_line_before(line);
        self.give(line - usize::from(separated), piece)?;
        let in_header = !self.header.finished();
        // Its header ends with the empty line that was kept back.
        let itself = in_header && separated && self.body.says_message(&self.header);
        Ok(self.judge(place, mark, line, in_header, itself))
    }

    fn judge(
        &mut self,
        place: Place,
        mark: Mark,
        line: usize,
        in_header: bool,
        itself: bool,
    ) -> Found {
        let next = mark.next;
        let envelope = mark.shape == Shape::Envelope;
        // Real headers have broken lines, but not at their beginning.
        let header = next.sound && next.fields > 0 || next.known && next.fields > 1;
        let doubtful = |yes: bool, why: Doubt| {
            if yes {
                Found::Doubtful(mark, why)
            } else {
                Found::Text
            }
        };
        match place {
            Place::Quoted => Found::Text,
            _ if !mark.usual => doubtful(next.field || next.nearby, Doubt::Altered),
            _ if mark.ending == Ending::Return || place == Place::AfterReturn => {
                doubtful(envelope || next.nearby, Doubt::Returns)
            }
            Place::Line if envelope && header => {
                let before = &self.buffer[self.low..line];
                let empty = before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n");
                let delivered = next.trace && next.fields > 1;
                if !empty && !delivered {
                    return doubtful(true, Doubt::NoEmptyLine);
                }
                let at = self.at + line.saturating_sub(self.start) as u64;
                if itself || self.body.open() || self.body.is_itself_a_message(at) {
                    return doubtful(true, Doubt::InsideParts);
                }
                if self.body.claims(at, self.plain.as_ref()) {
                    return doubtful(true, Doubt::Length);
                }
                Found::Separator(mark)
            }
            Place::Line if envelope => doubtful(true, Doubt::NoHeader),
            Place::Line => {
                let patch = mark.shape == Shape::Patch;
                let why = if patch {
                    Doubt::Patch
                } else {
                    Doubt::NoEnvelope
                };
                doubtful(next.nearby || mark.ending == Ending::Beyond, why)
            }
            Place::Unseen => doubtful(envelope || next.nearby, Doubt::Unseen),
            Place::Indented if in_header => doubtful(envelope && next.nearby, Doubt::Unseen),
            Place::Indented => doubtful(
                envelope && next.nearby || next.known && next.fields > 1,
                Doubt::Unseen,
            ),
            Place::Text if !in_header => doubtful(
                envelope && next.field || next.known && next.fields > 1,
                Doubt::WithinLine,
            ),
            Place::Text | Place::Field | Place::AfterReturn => {
                doubtful(envelope && next.field, Doubt::WithinLine)
            }
        }
    }

    /// Whether an empty line, LF alone, stands before `line` and was not given away.
    fn empty_line_before(&self, line: usize) -> bool {
        line > self.start && self.buffer[self.low..line].ends_with(b"\n\n")
    }

    /// Gives the content up to `to` away, if it was not given yet.
    fn give(&mut self, to: usize, piece: Pieces<'_>) -> io::Result<()> {
        if to <= self.start {
            return Ok(());
        }
        let (from, at) = (self.start, self.at);
        piece(Piece::Bytes(&self.buffer[from..to]))?;
        if !self.given {
            let before = self.header.seen();
            self.header.push(&self.buffer[from..to]);
            if self.header.finished() {
                let behind = self.header.length_with_end().unwrap_or(before);
                self.tell_header(at + behind.saturating_sub(before) as u64, piece)?;
            }
        }
        let low = self.low;
        // What began in the piece before may end here.
        let suspect = at < self.suspect.saturating_add(BEHIND as u64);
        let buffer = &self.buffer[low..];
        self.body.look(buffer, from - low, to - low, at, suspect);
        self.take(to - from);
        Ok(())
    }

    /// Gives the header of what ends here, if it did not end before.
    fn give_header(&mut self, piece: Pieces<'_>) -> io::Result<()> {
        if self.given {
            return Ok(());
        }
        self.tell_header(self.at, piece)
    }

    fn tell_header(&mut self, behind: u64, piece: Pieces<'_>) -> io::Result<()> {
        self.given = true;
        let header = self.header.bytes();
        self.body.header(header.unwrap_or_default(), behind);
        piece(Piece::Header(header))
    }

    /// The message that began at `at` ends here.
    fn close(&mut self, at: u64, piece: Pieces<'_>) -> io::Result<Stored> {
        self.give_header(piece)?;
        Ok(Stored {
            at,
            length: self.at - at,
            doubt: self.body.closed(self.at),
        })
    }

    /// Passes over everything up to `to`: it belongs to no message.
    fn pass(&mut self, to: usize) -> io::Result<()> {
        self.take(to - self.start);
        Ok(())
    }

    /// Counts the first bytes as done.
    fn take(&mut self, count: usize) {
        self.start += count;
        self.at += count as u64;
    }

    fn fill_to(&mut self, least: usize) -> io::Result<()> {
        while self.end - self.start < least && !self.exhausted {
            self.fill()?;
        }
        Ok(())
    }

    /// Reads on, behind what is still to be looked at.
    fn fill(&mut self) -> io::Result<()> {
        let input = match &mut self.input {
            Input::Here(input) => input,
            Input::Ahead(ahead) => {
                let next = ahead.next()?;
                match next {
                    Some(piece) => self.go_on_with(piece),
                    None => self.exhausted = true,
                }
                return Ok(());
            }
        };
        let low = self.start.saturating_sub(BEHIND);
        if low > 0 && self.buffer.len() - self.end < self.buffer.len() / 2 {
            self.buffer.copy_within(low..self.end, 0);
            self.start -= low;
            self.looked = self.looked.saturating_sub(low);
            self.end -= low;
        }
        loop {
            match input.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.exhausted = true,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            return Ok(());
        }
    }

    /// Puts what is still to be looked at into the room before `piece`, and goes on there.
    fn go_on_with(&mut self, piece: ahead::Piece) {
        let suspect = piece.suspect;
        let mut piece = piece.bytes;
        let low = self.start.saturating_sub(BEHIND).max(self.low);
        let held = &self.buffer[low..self.end];
        // There is room enough; but if there is not, it is made.
        piece.splice(..0, iter::repeat_n(0, held.len().saturating_sub(KEPT)));
        let begin = KEPT.max(held.len()) - held.len();
        piece[begin..begin + held.len()].copy_from_slice(held);
        self.start = begin + self.start - low;
        self.looked = begin + self.looked.saturating_sub(low);
        (self.low, self.end) = (begin, piece.len());
        if suspect {
            self.suspect = self.at + (self.end - self.start) as u64;
        }
        let used = std::mem::replace(&mut self.buffer, piece);
        if let Input::Ahead(ahead) = &self.input {
            ahead.done_with(used);
        }
    }
}

/// How a `From` stands: after `before`, in its line behind `prefix`.
fn place(before: &[u8], prefix: &[u8]) -> Place {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
    let is_quote = |byte: &u8| matches!(byte, b'>' | b'|');
    if prefix.is_empty() {
        return match before.last() {
            Some(b'\r') => Place::AfterReturn,
            _ => Place::Line,
        };
    }
    if prefix.iter().all(is_space) {
        Place::Indented
    } else if prefix.iter().all(|byte| is_space(byte) || is_quote(byte)) {
        Place::Quoted
    } else if !prefix.iter().any(u8::is_ascii_graphic) {
        Place::Unseen
    } else if line::field(prefix).is_some() {
        Place::Field
    } else {
        Place::Text
    }
}
