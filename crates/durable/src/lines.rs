use std::io::{self, BufRead, Read};

/// Reads lines in bounded memory. The newline is not part of a line; the last line need not have one.
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    limit: u64,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// Reads `input` from where it stands; a line may have at most `limit` bytes.
    pub fn new(input: R, limit: u64) -> Self {
        let line = Vec::new();
        Self { input, limit, line }
    }

    /// The next line. It stays until the next call.
    ///
    /// # Errors
    /// When reading fails, or the line is longer ([`io::ErrorKind::FileTooLarge`]): no more of it
    /// was read than the limit.
    pub fn next_line(&mut self) -> io::Result<Option<&[u8]>> {
        self.line.clear();
        let most = self.limit.saturating_add(1);
        (&mut self.input)
            .take(most)
            .read_until(b'\n', &mut self.line)?;
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        } else if self.line.is_empty() {
            return Ok(None);
        } else if self.line.len() as u64 == most {
            let why = format!("a line is longer than {} bytes", self.limit);
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        Ok(Some(&self.line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, limit: u64) -> io::Result<Vec<String>> {
        let mut lines = Lines::new(text.as_bytes(), limit);
        let mut all = Vec::new();
        while let Some(line) = lines.next_line()? {
            all.push(String::from_utf8_lossy(line).into_owned());
        }
        Ok(all)
    }

    #[test]
    fn every_line_comes_once_with_or_without_a_newline_at_the_end() {
        assert_eq!(all("a\n\nbc\n", 2).unwrap(), ["a", "", "bc"]);
        assert_eq!(all("a\n\nbc", 2).unwrap(), ["a", "", "bc"]);
        assert!(all("", 2).unwrap().is_empty());
    }

    #[test]
    fn a_line_without_end_is_not_read_to_its_end() {
        for text in ["abc\n", "abc", "a\nbcd\n"] {
            let error = all(text, 2).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::FileTooLarge, "{text:?}");
        }
        let mut lines = Lines::new(io::BufReader::new(io::repeat(b'0')), 1000);
        assert!(lines.next_line().is_err());
        assert!(lines.line.capacity() < 1 << 14);
    }
}
