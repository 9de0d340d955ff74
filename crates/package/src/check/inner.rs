//! Whether another message begins within a message: what a source would let out under the wrong date
//! if it took two for one.

use std::collections::VecDeque;

use lagrum_model::Period;
use mail_parser::{MessageParser, MimeHeaders};
use memchr::memmem::Finder;
use memchr::{memchr, memchr2, memrchr2};

/// How far an envelope's line and the header behind it may reach.
const REACH: usize = 8 << 10;

/// How much of the line before a mark is looked at.
const BEFORE: usize = 256;

/// The longest line of an envelope.
const LINE: usize = 1 << 10;

/// How much of such a line is read: sender and date.
const SENDER_AND_DATE: usize = 400;

/// So many headers are read in one message; whatever looks like more of them is for a person.
const HEADERS: u32 = 1000;

/// Reads a message as it passes by, and looks for the beginning of another one, dated outside the
/// period, wherever it stands: at the start of a line or within it, with any line ends. What lies in
/// the parts of a multipart that is ended behind it belongs to the message.
pub struct Inner {
    period: Period,
    /// What was not looked at yet, behind some that was.
    held: Vec<u8>,
    looked: usize,
    mark: Finder<'static>,
    /// The line that ends the message's parts.
    end: Option<Finder<'static>>,
    headers: u32,
    found: bool,
}

impl Inner {
    /// Nothing read yet of a message that begins with `beginning`.
    #[must_use]
    pub fn new(beginning: &[u8], period: Period) -> Self {
        let boundary = MessageParser::default()
            .parse_headers(beginning)
            .and_then(|message| {
                let kind = message.content_type()?;
                let multipart = kind.ctype().eq_ignore_ascii_case("multipart");
                let boundary = kind.attribute("boundary").filter(|_| multipart)?;
                Some(format!("--{boundary}--"))
            });
        Self {
            period,
            held: Vec::new(),
            looked: 0,
            mark: Finder::new(b"From"),
            end: boundary.map(|end| Finder::new(end.as_bytes()).into_owned()),
            headers: 0,
            found: false,
        }
    }

    /// The next bytes.
    pub fn look(&mut self, bytes: &[u8]) {
        for piece in bytes.chunks(64 << 10) {
            self.held.extend_from_slice(piece);
            self.go_on(self.held.len().saturating_sub(REACH));
            let behind = self.looked.saturating_sub(BEFORE);
            self.held.drain(..behind);
            self.looked -= behind;
        }
    }

    /// Whether no other message was found, now that all is read.
    ///
    /// # Errors
    /// A sentence that says what was found.
    pub fn finish(mut self) -> Result<(), String> {
        self.go_on(self.held.len());
        if self.found {
            return Err("a second reader finds in it the beginning of another message, dated outside the mandate's period".into());
        }
        Ok(())
    }

    /// Looks at everything that begins before `to`.
    fn go_on(&mut self, to: usize) {
        let end_from = |held: &[u8], from: usize, end: &Option<Finder<'static>>| {
            let found = end.as_ref()?.find(&held[from..])?;
            Some(from + found)
        };
        let mark_from = |held: &[u8], from: usize, mark: &Finder<'static>| {
            mark.find(&held[from..]).map(|at| from + at)
        };
        let mut end = end_from(&self.held, self.looked, &self.end);
        let mut mark = mark_from(&self.held, self.looked, &self.mark);
        while self.looked < to {
            let next = mark.into_iter().chain(end).min().filter(|at| *at < to);
            let Some(at) = next else {
                self.looked = to;
                return;
            };
            if Some(at) == end {
                // The parts end here, and with them what they hold.
                if at == 0 || is_end(self.held[at - 1]) {
                    self.found = false;
                }
                end = end_from(&self.held, at + 1, &self.end);
            } else {
                self.found |= self.begins_another(at);
                mark = mark_from(&self.held, at + 1, &self.mark);
            }
            self.looked = at + 1;
        }
    }

    fn begins_another(&mut self, at: usize) -> bool {
        let before = &self.held[at.saturating_sub(BEFORE)..at];
        let line = &before[memrchr2(b'\n', b'\r', before).map_or(0, |end| end + 1)..];
        let quoted = !line.is_empty()
            && line.iter().any(|byte| matches!(byte, b'>' | b'|'))
            && line
                .iter()
                .all(|byte| matches!(byte, b'>' | b'|' | b' ' | b'\t'));
        if quoted {
            return false;
        }
        let rest = &self.held[at..];
        let rest = &rest[..rest.len().min(REACH)];
        let Some(length) = memchr2(b'\n', b'\r', &rest[..rest.len().min(LINE)]) else {
            return false;
        };
        let envelope = &rest[..length];
        if !(is_envelope(envelope) || (line.is_empty() && envelope.trim_ascii() == b"From")) {
            return false;
        }
        self.headers += 1;
        if self.headers > HEADERS {
            return true;
        }
        let header = header(&rest[length..]);
        let Some(date) = MessageParser::default()
            .parse_headers(&header[..])
            .and_then(|message| message.date().map(mail_parser::DateTime::to_timestamp))
        else {
            return false;
        };
        jiff::Timestamp::from_second(date).is_ok_and(|at| !self.period.contains(at))
    }
}

fn is_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// The lines behind an envelope's, up to the first empty one, each ended by LF.
fn header(bytes: &[u8]) -> Vec<u8> {
    let mut bytes: VecDeque<u8> = bytes.iter().copied().collect();
    let mut header = Vec::new();
    // The end of the envelope's own line.
    let mut line = vec![b'.'];
    while let Some(byte) = bytes.pop_front() {
        if !is_end(byte) {
            line.push(byte);
            continue;
        }
        if byte == b'\r' && bytes.front() == Some(&b'\n') {
            bytes.pop_front();
        }
        if line.is_empty() || line.starts_with(b"From ") {
            break;
        }
        if line != b"." {
            header.append(&mut line);
            header.push(b'\n');
        }
        line.clear();
    }
    header.append(&mut line);
    header.extend_from_slice(b"\n\n");
    header
}

/// `From SENDER Mon Mar  9 12:00:00 2026`: a month, a time and a year stand in it, in any order, and it
/// is not what git writes before every patch.
fn is_envelope(line: &[u8]) -> bool {
    const MONTHS: &str = "jan feb mar apr may jun jul aug sep oct nov dec";
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let rest = &rest[..rest.len().min(SENDER_AND_DATE)];
    // Most lines are none, and most of those have no time.
    if memchr(b':', rest).is_none() {
        return false;
    }
    let text = String::from_utf8_lossy(rest).to_ascii_lowercase();
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_ascii_whitespace() || letter == ',')
        .filter(|word| !word.is_empty())
        .take(16)
        .collect();
    let digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let year = |word: &&str| {
        (word.len() == 4 && digits(word) && (word.starts_with("19") || word.starts_with("20")))
            || (word.len() >= 10 && word.as_bytes()[4] == b'-' && digits(&word[..4]))
    };
    let time = |word: &&str| {
        let clock = word.rsplit('t').next().unwrap_or(word);
        clock.split(':').count() >= 2
            && clock
                .split(':')
                .take(2)
                .all(|part| (1..=2).contains(&part.len()) && digits(part))
    };
    let month = |word: &&str| {
        (word.len() == 3 && MONTHS.split(' ').any(|month| month == *word)) || word.contains('-')
    };
    let git = text.contains("mon sep 17 00:00:00 2001")
        && words.first().is_some_and(|word| {
            matches!(word.len(), 40 | 64) && word.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
    !git && words.iter().any(year) && words.iter().any(time) && words.iter().any(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn march() -> Period {
        let at = |text: &str| text.parse().unwrap();
        Period::new(at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z")).unwrap()
    }

    const HEAD: &str = "Date: Mon, 9 Mar 2026 12:00:00 +0000\nSubject: x\n\n";
    const PARTS: &str = "Date: Mon, 9 Mar 2026 12:00:00 +0000\nContent-Type: multipart/mixed;\n boundary=\"b b\"\n\n--b b\n\n";
    const OTHER: &str = "From ek@kvist.example Fri Apr 10 12:00:00 2026\nTo: x\nDate: Fri, 10 Apr 2026 12:00:00 +0000\n\nother\n";

    fn passes(message: &str) -> bool {
        let whole = {
            let mut inner = Inner::new(message.as_bytes(), march());
            inner.look(message.as_bytes());
            inner.finish().is_ok()
        };
        for step in [1, 7, 100] {
            let mut inner = Inner::new(message.as_bytes(), march());
            for piece in message.as_bytes().chunks(step) {
                inner.look(piece);
            }
            assert_eq!(inner.finish().is_ok(), whole, "in pieces of {step}");
        }
        whole
    }

    #[test]
    fn two_messages_that_were_taken_for_one_are_found_however_they_are_joined() {
        for between in [
            "text\n\n", "text", "\u{feff}", "\0\0\0\0", "\u{c}", "\r", " ", "x: ",
        ] {
            assert!(!passes(&format!("{HEAD}{between}{OTHER}")), "{between:?}");
        }
        let bare = OTHER.replace("From ek@kvist.example Fri Apr 10 12:00:00 2026", "From");
        assert!(!passes(&format!("{HEAD}text\n{bare}")));
        assert!(!passes(&format!("{HEAD}{}", OTHER.replace('\n', "\r"))));
        assert!(!passes(&format!("{HEAD}{}", OTHER.replace('\n', "\r\n"))));
        assert!(!passes(&format!("{PARTS}{OTHER}")), "its parts do not end");
        assert!(
            !passes(&format!("{PARTS}--b b--\n{OTHER}")),
            "they end before"
        );
        let far = "x".repeat(300_000);
        assert!(!passes(&format!("{HEAD}{far}\n{OTHER}{far}")));
    }

    #[test]
    fn what_belongs_to_a_message_stays() {
        assert!(passes(&format!("{HEAD}text\n")));
        assert!(passes(&format!("{HEAD}\n>{OTHER}")));
        assert!(passes(&format!(
            "{HEAD}\n> {}",
            OTHER.replace('\n', "\n> ")
        )));
        assert!(passes(&format!(
            "{HEAD}\n{}",
            OTHER.replace("10 Apr", "10 Mar")
        )));
        assert!(passes(&format!("{PARTS}{OTHER}--b b--\n")));
        assert!(passes(&format!(
            "{HEAD}\nFrom the archive\nDate: Thu, 1 Jan 2015 10:00:00 +0100\n"
        )));
        let git = format!("From {} Mon Sep 17 00:00:00 2001", "a".repeat(40));
        let patch = OTHER.replace("From ek@kvist.example Fri Apr 10 12:00:00 2026", &git);
        assert!(passes(&format!("{HEAD}\n{patch}")));
    }

    #[test]
    fn a_message_of_nothing_but_marks_is_for_a_person() {
        let mut inner = Inner::new(b"", march());
        let marks = "From a Mon Mar  9 12:00:00 2026\nDate: x\n".repeat(50_000);
        inner.look(marks.as_bytes());
        assert!(inner.finish().is_err());
    }
}
