//! What `journalctl -o export` writes (systemd's Journal Export Format), as the lines of JSON that
//! `journalctl -o json` would write: an entry is a line, numbered as the entries are.

use std::io::{self, BufRead, BufReader, Read};

/// How each entry begins.
pub(super) const BEGINNING: &[u8] = b"__CURSOR=";

/// The longest line of an entry, and the longest field, in bytes.
const LIMIT: u64 = 16 << 20;
/// The most that an entry may hold, in bytes.
const ENTRY: usize = 32 << 20;

/// Entries on their way.
pub(super) struct Export<R> {
    input: BufReader<R>,
    /// The entry that is given out now, and how much of it was.
    line: Vec<u8>,
    given: usize,
}

impl<R: Read> Export<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input: BufReader::with_capacity(64 << 10, input),
            line: Vec::new(),
            given: 0,
        }
    }

    /// Makes a line of the next entry; `false`: there is none.
    fn next(&mut self) -> io::Result<bool> {
        self.line.clear();
        self.given = 0;
        let (mut text, mut held) = (Vec::new(), 0);
        loop {
            text.clear();
            (&mut self.input).take(LIMIT).read_until(b'\n', &mut text)?;
            if text.is_empty() && self.line.is_empty() {
                return Ok(false);
            }
            if text.pop() != Some(b'\n') {
                let why = "an entry of the journal is cut off, or has a line longer than 16 MiB";
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, why));
            }
            if text.is_empty() {
                if self.line.is_empty() {
                    continue;
                }
                self.line.extend_from_slice(b"}\n");
                return Ok(true);
            }
            let value = match memchr::memchr(b'=', &text) {
                Some(sign) => {
                    let value = text.split_off(sign + 1);
                    text.pop();
                    value
                }
                None => self.binary()?,
            };
            held += text.len() + value.len();
            let named = text
                .iter()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_');
            if !named || text.is_empty() || held > ENTRY {
                let why = "no entry of a journal, or one of more than 32 MiB";
                return Err(io::Error::new(io::ErrorKind::InvalidData, why));
            }
            let name = String::from_utf8_lossy(&text);
            self.line
                .push(if self.line.is_empty() { b'{' } else { b',' });
            serde_json::to_writer(&mut self.line, &*name)?;
            self.line.push(b':');
            match std::str::from_utf8(&value) {
                Ok(value) => serde_json::to_writer(&mut self.line, value)?,
                Err(_) => serde_json::to_writer(&mut self.line, &value)?,
            }
        }
    }

    /// A field whose length stands before it.
    fn binary(&mut self) -> io::Result<Vec<u8>> {
        let mut length = [0; 8];
        self.input.read_exact(&mut length)?;
        let length = u64::from_le_bytes(length);
        if length > LIMIT {
            let why = "a field of the journal is longer than 16 MiB";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        let mut value = Vec::new();
        let read = (&mut self.input).take(length).read_to_end(&mut value)?;
        let mut end = [0];
        self.input.read_exact(&mut end)?;
        if read as u64 != length || end != *b"\n" {
            let why = "a field of the journal has another length than stands before it";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(value)
    }
}

impl<R: Read> Read for Export<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.line.len() && !self.next()? {
            return Ok(0);
        }
        let rest = &self.line[self.given..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        Export::new(bytes).read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn entries_become_lines_whatever_their_fields_hold() {
        let mut bytes = b"__CURSOR=a\nMESSAGE=x=\"y\"\n\n\n__CURSOR=b\nMESSAGE\n".to_vec();
        bytes.extend_from_slice(&5_u64.to_le_bytes());
        bytes.extend_from_slice(b"a\nb\n\n\n_X\n");
        bytes.extend_from_slice(&2_u64.to_le_bytes());
        bytes.extend_from_slice(b"\xff\0\n\n");
        let expected = "{\"__CURSOR\":\"a\",\"MESSAGE\":\"x=\\\"y\\\"\"}\n{\"__CURSOR\":\"b\",\"MESSAGE\":\"a\\nb\\n\\n\",\"_X\":[255,0]}\n";
        assert_eq!(read(&bytes).expect("entries"), expected);
        let first = bytes.iter().position(|byte| *byte == b'b').expect("one") - 9;
        for cut in 1..bytes.len() {
            let whole = [first, first - 1].contains(&cut);
            assert_eq!(read(&bytes[..cut]).is_ok(), whole, "{cut}");
        }
    }

    #[test]
    fn what_is_no_entry_is_an_error() {
        let long = [&b"X\n"[..], &u64::MAX.to_le_bytes(), b"x\n\n"].concat();
        let wrong = [&b"X\n"[..], &1_u64.to_le_bytes(), b"xy\n\n"].concat();
        for bytes in [&b"a=b\n\n"[..], b"=b\n\n", b"A B=c\n\n", &long, &wrong] {
            assert!(read(bytes).is_err(), "{bytes:?}");
        }
        assert_eq!(read(b"").expect("nothing"), "");
        assert_eq!(read(b"\n\n").expect("nothing"), "");
    }
}
