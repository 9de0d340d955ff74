//! Lines of a file, in bounded memory.

use std::io::{self, Read};

use memchr::memchr;

/// The longest line.
const LIMIT: usize = 16 << 20;

/// How much is read at once.
const PIECE: usize = 128 << 10;

/// Reads lines. The newline, and a CR before it, are not part of a line.
pub(super) struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    read: u64,
    exhausted: bool,
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
            exhausted: false,
        }
    }

    /// How many bytes were read.
    pub(super) fn read(&self) -> u64 {
        self.read
    }

    /// The next line; the last one need not end in a newline.
    pub(super) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        let mut searched = 0;
        let line = loop {
            let window = &self.buffer[self.start..self.end];
            if let Some(newline) = memchr(b'\n', &window[searched..]) {
                let length = searched + newline;
                let line = self.start..self.start + length;
                self.start += length + 1;
                break line;
            }
            if window.len() > LIMIT {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the line is longer than 16 MiB, so this is not a log in JSON Lines",
                ));
            }
            if self.exhausted {
                if window.is_empty() {
                    return Ok(None);
                }
                let line = self.start..self.end;
                self.start = self.end;
                break line;
            }
            searched = window.len();
            self.fill()?;
        };
        let line = &self.buffer[line];
        Ok(Some(line.strip_suffix(b"\r").unwrap_or(line)))
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.buffer.len() - self.end < PIECE / 2 {
            self.buffer.resize(self.buffer.len() * 2, 0);
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
