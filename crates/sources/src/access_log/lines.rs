//! Lines of a file, in bounded memory.
//!
//! LF, CR and CR LF end a line. A NUL byte ends a piece of one: JSON has none, and a log that was cut
//! to nothing while its writer held it open (`copytruncate`) begins with a hole of them, or has one in
//! the middle of what was a line.

use std::io::{self, Read};

use memchr::memchr3;

/// The longest line that is looked at as a whole.
pub(super) const LIMIT: usize = 16 << 20;

/// What two pieces of a line beyond the limit have in common, so that no name is cut in two.
const OVERLAP: usize = 1 << 10;

/// How much is read at once.
const PIECE: usize = 128 << 10;

/// Reads lines.
pub(super) struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    read: u64,
    number: u64,
    /// The last line ended in a CR, to which a LF may belong.
    after_cr: bool,
    /// The line goes on that is longer than the limit.
    beyond: bool,
    exhausted: bool,
}

/// A line, or a piece of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'l> {
    /// Its number, from 1, as an editor counts.
    pub(super) number: u64,
    /// Its bytes, without its end.
    pub(super) bytes: &'l [u8],
    /// Whether it belongs to a line that is longer than the limit. Such a line comes in several
    /// pieces, each with the end of the one before it.
    pub(super) too_long: bool,
}

impl<R: Read> Lines<R> {
    /// Reads `input` from where it stands.
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            buffer: vec![0; PIECE],
            start: 0,
            end: 0,
            read: 0,
            number: 1,
            after_cr: false,
            beyond: false,
            exhausted: false,
        }
    }

    /// What was read and not given, and the rest of the input. Before the first line is taken.
    pub(super) fn into_rest(mut self) -> (Vec<u8>, R) {
        self.buffer.truncate(self.end);
        (self.buffer.split_off(self.start), self.input)
    }

    /// How many bytes were read.
    pub(super) fn read(&self) -> u64 {
        self.read
    }

    /// The number of the line that comes next.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The first bytes of what is still to come, `most` at most; fewer at the end.
    pub(super) fn peek(&mut self, most: usize) -> io::Result<&[u8]> {
        while self.end - self.start < most && !self.exhausted {
            self.fill()?;
        }
        let end = self.end.min(self.start + most);
        Ok(&self.buffer[self.start..end])
    }

    /// The next line or piece; the last one need not have an end. Never empty.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        let mut searched = 0;
        loop {
            let window = &self.buffer[self.start..self.end];
            if let Some(place) = memchr3(b'\n', b'\r', 0, &window[searched..]) {
                let (length, ending) = (searched + place, window[searched + place]);
                let (from, number) = (self.start, self.number);
                let too_long = self.beyond || length > LIMIT;
                self.start += length + 1;
                self.beyond &= ending == 0;
                // A LF right after a CR ends nothing more.
                let same_end = length == 0 && ending == b'\n' && self.after_cr;
                self.after_cr = ending == b'\r';
                self.number += u64::from(ending != 0 && !same_end);
                if length > 0 {
                    return Ok(Some(Line {
                        number,
                        bytes: &self.buffer[from..from + length],
                        too_long,
                    }));
                }
                if ending == 0 {
                    let hole = &self.buffer[self.start..self.end];
                    self.start += hole.iter().take_while(|byte| **byte == 0).count();
                }
                searched = 0;
                continue;
            }
            if window.len() > LIMIT {
                let (from, to) = (self.start, self.end);
                self.start = self.end - OVERLAP;
                self.beyond = true;
                self.after_cr = false;
                return Ok(Some(Line {
                    number: self.number,
                    bytes: &self.buffer[from..to],
                    too_long: true,
                }));
            }
            if self.exhausted {
                if window.is_empty() {
                    return Ok(None);
                }
                let from = self.start;
                self.start = self.end;
                return Ok(Some(Line {
                    number: self.number,
                    bytes: &self.buffer[from..self.end],
                    too_long: self.beyond,
                }));
            }
            searched = window.len();
            self.fill()?;
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.buffer.len() - self.end < PIECE / 2 {
            let most = LIMIT + 2 * PIECE;
            self.buffer.resize((self.buffer.len() * 2).min(most), 0);
        }
        loop {
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.exhausted = true,
                Ok(count) => {
                    self.end += count;
                    self.read += count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<(u64, String)> {
        let mut lines = Lines::new(bytes);
        let mut all = Vec::new();
        while let Some(line) = lines.next().expect("memory") {
            all.push((
                line.number,
                String::from_utf8_lossy(line.bytes).into_owned(),
            ));
        }
        all
    }

    #[test]
    fn lines_end_in_any_way_and_are_counted_as_an_editor_counts() {
        let expected = [(1, "a".to_owned()), (2, "b".into()), (4, "c".into())];
        for text in ["a\nb\n\nc", "a\r\nb\r\n\r\nc\r\n", "a\rb\r\rc\r"] {
            assert_eq!(lines(text.as_bytes()), expected, "{text:?}");
        }
        assert_eq!(lines(b"\n\n"), []);
    }

    #[test]
    fn a_hole_of_nul_bytes_is_no_part_of_a_line() {
        let mut holed = vec![0; 3 * PIECE];
        holed.extend_from_slice(b"a\nbe");
        holed.extend_from_slice(&[0; 5]);
        holed.extend_from_slice(b"c\n\0\0\nd");
        let expected = [(1, "a"), (2, "be"), (2, "c"), (4, "d")];
        assert_eq!(
            lines(&holed),
            expected.map(|(n, text)| (n, text.to_owned()))
        );
    }

    #[test]
    fn a_line_beyond_the_limit_comes_in_pieces_that_overlap() {
        let mut long = vec![b'x'; 2 * LIMIT];
        long.extend_from_slice(b"\nshort\n");
        let mut lines = Lines::new(long.as_slice());
        let mut pieces = 0;
        let mut seen = 0;
        while let Some(line) = lines.next().expect("memory") {
            if line.number == 2 {
                assert_eq!((line.bytes, line.too_long), (&b"short"[..], false));
                continue;
            }
            assert!(
                line.too_long && line.number == 1 && line.bytes.len() <= LIMIT + 2 * PIECE + LIMIT
            );
            pieces += 1;
            seen += line.bytes.len();
        }
        assert!(pieces >= 2, "{pieces}");
        assert_eq!(seen, 2 * LIMIT + (pieces - 1) * OVERLAP);
    }
}
