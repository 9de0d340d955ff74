//! What `journalctl -o export` writes (systemd's Journal Export Format), as the lines of JSON that
//! `journalctl -o json` would write: an entry is a line, numbered as the entries are.

use std::io::{self, BufRead, BufReader, Read};

/// How each entry begins.
pub(super) const BEGINNING: &[u8] = b"__CURSOR=";

/// The most that an entry may hold, in bytes; as JSON it takes six times as much at most. One that holds more (a
/// core dump) is a line that nobody can read.
const ENTRY: u64 = 8 << 20;

/// What is given out of such an entry.
const TOO_LONG: &[u8] = b"an entry of the journal that holds more than 8 MiB";

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
        let (mut text, mut left, mut any) = (Vec::new(), ENTRY, false);
        loop {
            text.clear();
            let read = (&mut self.input)
                .take(left + 1)
                .read_until(b'\n', &mut text)?;
            if read == 0 && !any {
                return Ok(false);
            }
            if text.pop() != Some(b'\n') {
                if read as u64 <= left {
                    let why = "an entry of the journal is cut off";
                    return Err(io::Error::new(io::ErrorKind::UnexpectedEof, why));
                }
                return self.pass_over(true);
            }
            if text.is_empty() {
                if !any {
                    continue;
                }
                self.line.extend_from_slice(b"}\n");
                return Ok(true);
            }
            any = true;
            left -= read as u64 - 1;
            let value = match memchr::memchr(b'=', &text) {
                Some(sign) => {
                    let value = text.split_off(sign + 1);
                    text.pop();
                    Some(value)
                }
                None => self.binary(&mut left)?,
            };
            let named = text
                .iter()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_');
            if !named || text.is_empty() {
                let why = "a line of the journal is no field";
                return Err(io::Error::new(io::ErrorKind::InvalidData, why));
            }
            let Some(value) = value else {
                return self.pass_over(false);
            };
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

    /// Reads on to the end of an entry that is too long, from the beginning of a line of it, or from `within` one
    /// that has its sign.
    fn pass_over(&mut self, mut within: bool) -> io::Result<bool> {
        self.line.clear();
        self.line.extend_from_slice(TOO_LONG);
        self.line.push(b'\n');
        loop {
            // What a line is beyond its beginning does not matter, but that one without a sign has a length behind it.
            let (mut length, mut sign, mut ended) = (u64::from(within), within, false);
            within = false;
            while !ended {
                let here = self.input.fill_buf()?;
                if here.is_empty() {
                    let why = "an entry of the journal is cut off";
                    return Err(io::Error::new(io::ErrorKind::UnexpectedEof, why));
                }
                let end = memchr::memchr(b'\n', here);
                let part = &here[..end.unwrap_or(here.len())];
                sign |= memchr::memchr(b'=', part).is_some();
                length += part.len() as u64;
                ended = end.is_some();
                let taken = part.len() + usize::from(ended);
                self.input.consume(taken);
            }
            if length == 0 {
                return Ok(true);
            }
            if !sign {
                self.binary(&mut 0)?;
            }
        }
    }

    /// A field whose length stands before it; `None`: it is longer than what is `left`, and passed over.
    fn binary(&mut self, left: &mut u64) -> io::Result<Option<Vec<u8>>> {
        let mut length = [0; 8];
        self.input.read_exact(&mut length)?;
        let length = u64::from_le_bytes(length);
        let mut value = Vec::new();
        let mut field = (&mut self.input).take(length);
        let read = match length <= *left {
            true => field.read_to_end(&mut value)? as u64,
            false => io::copy(&mut field, &mut io::sink())?,
        };
        let mut end = [0];
        self.input.read_exact(&mut end)?;
        if read != length || end != *b"\n" {
            let why = "a field of the journal has another length than stands before it";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        let kept = length <= *left;
        *left = left.saturating_sub(length);
        Ok(kept.then_some(value))
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
    fn an_entry_that_is_too_long_is_a_line_of_its_own_that_says_so() {
        let most = usize::try_from(ENTRY).expect("small");
        let rest = [&b"B=2\nC\n"[..], &3_u64.to_le_bytes(), b"\n\n\n\n\n"].concat();
        let next = b"__CURSOR=n\n\n";
        let dump = [
            &b"A\n"[..],
            &(most as u64 + 1).to_le_bytes(),
            &vec![0; most + 1],
            b"\n",
        ]
        .concat();
        let long = [b"A=", &vec![b'x'; most][..], b"\n"].concat();
        for field in [dump, long] {
            let bytes = [b"__CURSOR=m\n", &field[..], &rest, next].concat();
            let told = String::from_utf8_lossy(TOO_LONG);
            let expected = format!("{told}\n{{\"__CURSOR\":\"n\"}}\n");
            assert_eq!(read(&bytes).expect("entries"), expected);
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
