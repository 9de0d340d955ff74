//! The header block of a message: where it ends, and its `Date` fields.

use std::io::{self, Read};

use memchr::memchr;

/// How many bytes of a header are read.
pub(crate) const LIMIT: usize = 1 << 20;

/// The header does not end within the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the header is longer than 1 MiB")]
pub struct HeaderTooLong;

/// How much is read at once: most headers fit.
const STEP: usize = 4096;

/// A header block while it is being read: everything up to the first empty line, or the whole
/// message if it has none. Reused from message to message.
#[derive(Debug, Default)]
pub(crate) struct Block {
    buffer: Vec<u8>,
    filled: usize,
    end: Option<usize>,
}

impl Block {
    /// Forgets the previous message.
    pub(crate) fn clear(&mut self) {
        self.filled = 0;
        self.end = None;
    }

    /// Whether more bytes would change nothing.
    pub(crate) fn finished(&self) -> bool {
        self.end.is_some() || self.filled > LIMIT
    }

    /// The first bytes, as far as they were read.
    pub(crate) fn beginning(&self) -> &[u8] {
        &self.buffer[..self.filled.min(64)]
    }

    /// How many bytes were looked at.
    pub(crate) fn seen(&self) -> usize {
        self.filled
    }

    /// The length of the header with the empty line that ends it, if one does.
    pub(crate) fn length_with_end(&self) -> Option<usize> {
        let end = self.end?;
        Some(end + if self.buffer[end] == b'\r' { 2 } else { 1 })
    }

    /// Adds the next bytes of the message.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.buffer.truncate(self.filled);
        // Of a body that came with it, little is copied.
        for bytes in bytes.chunks(STEP / 4) {
            if self.finished() {
                return;
            }
            let bytes = &bytes[..bytes.len().min(LIMIT + 1 - self.filled)];
            self.buffer.extend_from_slice(bytes);
            self.grown(bytes.len());
        }
    }

    /// Reads the header from the beginning of a message, and not much more.
    pub(crate) fn read(&mut self, input: &mut impl Read) -> io::Result<()> {
        self.clear();
        while !self.finished() {
            let wanted = (self.filled + STEP.max(self.filled)).min(LIMIT + 1);
            if self.buffer.len() < wanted {
                self.buffer.resize(wanted, 0);
            }
            match input.read(&mut self.buffer[self.filled..wanted]) {
                Ok(0) => break,
                Ok(count) => self.grown(count),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The header block.
    ///
    /// # Errors
    /// [`HeaderTooLong`] when it does not end within [`LIMIT`].
    pub(crate) fn bytes(&self) -> Result<&[u8], HeaderTooLong> {
        match self.end {
            Some(end) => Ok(&self.buffer[..end]),
            None if self.filled > LIMIT => Err(HeaderTooLong),
            None => Ok(&self.buffer[..self.filled]),
        }
    }

    fn grown(&mut self, by: usize) {
        let seen = self.filled;
        self.filled += by;
        self.end = end(&self.buffer[..self.filled], seen);
    }
}

/// Where the first empty line begins, if one does. The bytes before `seen` held none.
fn end(bytes: &[u8], seen: usize) -> Option<usize> {
    if bytes.starts_with(b"\n") || bytes.starts_with(b"\r\n") {
        return Some(0);
    }
    let mut at = seen.saturating_sub(2);
    while let Some(newline) = memchr(b'\n', &bytes[at..]) {
        at += newline + 1;
        if bytes[at..].starts_with(b"\n") || bytes[at..].starts_with(b"\r\n") {
            return Some(at);
        }
    }
    None
}

/// The value of one field, with its folds.
pub(crate) struct Value<'a> {
    /// From the colon to the end of the last continuation line.
    pub(crate) text: &'a [u8],
    /// Whether a line that is no header field stands before it.
    pub(crate) after_broken_line: bool,
}

/// The `Date` fields of a header block.
pub(crate) fn dates(block: &[u8]) -> impl Iterator<Item = Value<'_>> {
    fields(block, b"date")
}

/// The fields of this name (in small letters) of a header block, in any letter case, white space before
/// the colon allowed (RFC 5322 section 4.5). A first line that begins with `From ` is the mark of an mbox
/// and skipped.
pub(crate) fn fields<'a>(block: &'a [u8], name: &'static [u8]) -> impl Iterator<Item = Value<'a>> {
    let skip = if block.starts_with(b"From ") || block.starts_with(b">From ") {
        line_end(block, 0)
    } else {
        0
    };
    let mut at = skip;
    let mut broken = false;
    std::iter::from_fn(move || {
        while at < block.len() {
            let start = at;
            at = line_end(block, start);
            let line = &block[start..at];
            if matches!(line[0], b' ' | b'\t') {
                // A continuation: of a field that was passed over, or of nothing.
                broken |= start == skip;
                continue;
            }
            let Some(colon) = colon(line) else {
                broken = true;
                continue;
            };
            if line[..colon].trim_ascii_end().eq_ignore_ascii_case(name) {
                while at < block.len() && matches!(block[at], b' ' | b'\t') {
                    at = line_end(block, at);
                }
                return Some(Value {
                    text: &block[start + colon + 1..at],
                    after_broken_line: broken,
                });
            }
        }
        None
    })
}

/// Where the line that begins at `start` ends, its newline included.
fn line_end(block: &[u8], start: usize) -> usize {
    memchr(b'\n', &block[start..]).map_or(block.len(), |newline| start + newline + 1)
}

/// The colon after the name of a field, if `line` is one (RFC 5322 sections 2.2 and 4.5.8).
fn colon(line: &[u8]) -> Option<usize> {
    let name = line
        .iter()
        .take_while(|byte| matches!(byte, 33..=57 | 59..=126))
        .count();
    let space = line[name..]
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    (name > 0 && line.get(name + space) == Some(&b':')).then_some(name + space)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(bytes: &[u8]) -> Vec<u8> {
        let mut block = Block::default();
        block.read(&mut &bytes[..]).expect("memory");
        block.bytes().expect("short").to_vec()
    }

    #[test]
    fn the_header_ends_at_the_first_empty_line_with_either_line_end() {
        assert_eq!(block(b"A: b\n\nbody"), b"A: b\n");
        assert_eq!(block(b"A: b\r\n\r\nbody"), b"A: b\r\n");
        assert_eq!(block(b"A: b\nC: d"), b"A: b\nC: d");
        assert_eq!(block(b"\nDate: body"), b"");
        assert_eq!(block(b"\r\nDate: body"), b"");
        assert_eq!(block(b""), b"");
    }

    #[test]
    fn the_end_is_found_wherever_the_pieces_are_cut() {
        let message = b"Subject: x\r\nDate: y\r\n\r\nbody\r\n\r\n";
        for first in 0..message.len() {
            for second in first..message.len() {
                let mut block = Block::default();
                for piece in [
                    &message[..first],
                    &message[first..second],
                    &message[second..],
                ] {
                    block.push(piece);
                }
                assert_eq!(block.bytes(), Ok(&message[..21]));
            }
        }
    }

    #[test]
    fn a_header_beyond_the_limit_is_said_to_be_too_long() {
        let long = vec![b'x'; LIMIT + 10];
        let mut block = Block::default();
        block.read(&mut &long[..]).expect("memory");
        assert_eq!(block.bytes(), Err(HeaderTooLong));
        block.clear();
        block.push(&long);
        assert_eq!(block.bytes(), Err(HeaderTooLong));
        block.clear();
        block.push(&long[..LIMIT]);
        assert_eq!(block.bytes().map(<[u8]>::len), Ok(LIMIT));
    }

    #[test]
    fn only_whole_field_names_are_dates() {
        let header = b"From x\nDate-Warning: 1\nX-Date: 2\nDATE \t: 3\n 4\ndated: 5\ndate:6\n";
        let found: Vec<_> = dates(header)
            .map(|value| (value.text, value.after_broken_line))
            .collect();
        assert_eq!(found, [(&b" 3\n 4\n"[..], false), (&b"6\n"[..], false)]);
    }

    #[test]
    fn a_date_after_a_line_that_is_no_field_is_marked() {
        let marks = |header: &[u8]| {
            dates(header)
                .map(|v| v.after_broken_line)
                .collect::<Vec<_>>()
        };
        assert_eq!(marks(b"A: b\nno field here\nDate: x\n"), [true]);
        assert_eq!(marks(b" continues nothing\nDate: x\n"), [true]);
        assert_eq!(marks(b"Date: x\nno field here\n"), [false]);
        assert_eq!(marks(b"From y\n A: b\nDate: x\n"), [true]);
    }
}
