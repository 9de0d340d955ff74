//! Whether another message begins within a message: what a source would let out under the wrong date
//! if it took two for one.

use std::sync::LazyLock;

use lagrum_model::{DateRule, Period};
use mail_parser::MimeHeaders;
use memchr::memmem::{self, Finder};
use memchr::{memchr, memchr2, memrchr2};

use super::second_reader::{SecondReader, date_of, header_of};

/// How far an envelope's line and the header behind it may reach.
const REACH: usize = 8 << 10;

/// How much before a mark is looked at: the rest of its line, or of the header in which it stands.
const BEFORE: usize = 8 << 10;

/// The longest line of an envelope.
const LINE: usize = 1 << 10;

/// How much of such a line is read: sender and date.
const SENDER_AND_DATE: usize = 400;

/// So many headers are read in one message; whatever looks like more of them is for a person.
const HEADERS: u32 = 1000;

/// Reads a message as it passes by, and looks for the beginning of another one, dated outside the
/// period, wherever it stands: an envelope, at the start of a line or within it, with any line ends and in
/// any letters; or a whole header, whose envelope was lost. What lies in the parts of a multipart that is
/// ended behind it belongs to the message.
pub struct Inner {
    period: Period,
    rule: DateRule,
    /// What was not looked at yet, behind some that was.
    held: Vec<u8>,
    looked: usize,
    /// Where each of the [`MARKS`] stands next, as far as that is known.
    next: [Next; 4],
    /// How many bytes before `held` were looked at.
    passed: u64,
    /// Where the message's own header ends, if it does in what was given first.
    body: Option<u64>,
    /// The line that ends the message's parts.
    end: Option<Finder<'static>>,
    headers: u32,
    found: bool,
}

/// Where a mark stands next in what is held.
#[derive(Clone, Copy)]
enum Next {
    /// Not looked for yet.
    Unknown,
    /// Nowhere.
    Nowhere,
    /// Here.
    At(usize),
}

/// The beginnings of envelopes, and what every header holds.
static MARKS: LazyLock<[Finder<'static>; 4]> = LazyLock::new(|| {
    [
        Finder::new(b"From"),
        Finder::new(b"from"),
        Finder::new(b"FROM"),
        Finder::new(b"essage-"),
    ]
});

/// The mark of a header, in whatever letters it begins: `Message-ID`.
const HEADER: usize = 3;

impl SecondReader<'_> {
    /// Looks for another message within this one. Nothing of it is looked at yet.
    #[must_use]
    pub fn inner(&self, period: Period) -> Inner {
        let boundary = self.message.as_ref().and_then(|message| {
            let kind = message.content_type()?;
            let multipart = kind.ctype().eq_ignore_ascii_case("multipart");
            let boundary = kind.attribute("boundary").filter(|_| multipart)?;
            Some(format!("--{boundary}--"))
        });
        Inner {
            period,
            rule: self.rule,
            held: Vec::new(),
            looked: 0,
            next: [Next::Unknown; 4],
            passed: 0,
            body: empty_line(self.beginning).map(|at| at as u64),
            end: boundary.map(|end| Finder::new(end.as_bytes()).into_owned()),
            headers: 0,
            found: false,
        }
    }
}

impl Inner {
    /// The next bytes.
    pub fn look(&mut self, bytes: &[u8]) {
        for piece in bytes.chunks(64 << 10) {
            let mut held = std::mem::take(&mut self.held);
            held.extend_from_slice(piece);
            self.go_on(&held, held.len().saturating_sub(REACH));
            // And the letter before a mark.
            let behind = self.looked.saturating_sub(BEFORE + 1);
            held.drain(..behind);
            self.held = held;
            self.looked -= behind;
            self.passed += behind as u64;
            self.next = [Next::Unknown; 4];
        }
    }

    /// Whether no other message was found, now that all is read.
    ///
    /// # Errors
    /// A sentence that says what was found.
    pub fn finish(mut self) -> Result<(), String> {
        let held = std::mem::take(&mut self.held);
        self.go_on(&held, held.len());
        self.told()
    }

    /// The same for a message that is here whole, of which nothing was given yet.
    ///
    /// # Errors
    /// As [`Inner::finish`].
    pub fn whole(mut self, message: &[u8]) -> Result<(), String> {
        self.go_on(message, message.len());
        self.told()
    }

    fn told(self) -> Result<(), String> {
        if self.found {
            return Err("a second reader finds in it the beginning of another message, dated outside the mandate's period".into());
        }
        Ok(())
    }

    /// Looks at everything in `held` that begins before `to`.
    fn go_on(&mut self, held: &[u8], to: usize) {
        let end_from = |held: &[u8], from: usize, end: &Option<Finder<'static>>| {
            let found = end.as_ref()?.find(&held[from..])?;
            Some(from + found)
        };
        let mut end = end_from(held, self.looked, &self.end);
        while self.looked < to {
            let mark = self.next_mark(held);
            let next = mark.map(|(at, _)| at).into_iter().chain(end).min();
            let Some(at) = next.filter(|at| *at < to) else {
                self.looked = to;
                // What begins later may be longer by then.
                self.next = [Next::Unknown; 4];
                return;
            };
            if Some(at) == end {
                // The parts end here, and with them what they hold.
                if at == 0 || is_end(held[at - 1]) {
                    self.found = false;
                }
                end = end_from(held, at + 1, &self.end);
            } else if mark.is_some_and(|(_, kind)| kind == HEADER) {
                self.found |= self.is_another_header(held, at);
            } else {
                self.found |= self.begins_another(held, at);
            }
            self.looked = at + 1;
        }
    }

    /// The next mark in what was not looked at yet, and which one it is.
    fn next_mark(&mut self, held: &[u8]) -> Option<(usize, usize)> {
        for (next, mark) in self.next.iter_mut().zip(&*MARKS) {
            let known = match *next {
                Next::Nowhere => true,
                Next::At(at) => at >= self.looked,
                Next::Unknown => false,
            };
            if !known {
                let found = mark.find(&held[self.looked..]);
                *next = found.map_or(Next::Nowhere, |at| Next::At(self.looked + at));
            }
        }
        let places = self.next.iter().enumerate();
        places
            .filter_map(|(kind, next)| match next {
                Next::At(at) => Some((*at, kind)),
                _ => None,
            })
            .min()
    }

    /// Whether `essage-` at `at` stands in the header of another message: a paragraph of fields with a date
    /// outside the period, whoever wrote it and whoever got it, and nothing else but perhaps a line before them.
    fn is_another_header(&mut self, held: &[u8], at: usize) -> bool {
        let place = self.passed + at as u64;
        if self.body.is_none_or(|body| place <= body) {
            return false;
        }
        let Some(name) = at.checked_sub(1) else {
            return false;
        };
        let begins = name == 0 || is_end(held[name - 1]);
        let field = held[name..].get(..11).unwrap_or_default();
        if !begins || !field.eq_ignore_ascii_case(b"message-id:") {
            return false;
        }
        self.headers += 1;
        if self.headers > HEADERS {
            return true;
        }
        let low = name.saturating_sub(BEFORE);
        let from = last_empty_line(&held[low..name]).map_or(low, |at| low + at);
        let to = (name + REACH).min(held.len());
        let header = header(&held[from..to]);
        let lines: Vec<_> = header.split(|byte| *byte == b'\n').collect();
        let is_field = |line: &&[u8]| {
            let colon = memchr(b':', line).unwrap_or(0);
            colon > 0 && line[..colon].iter().all(u8::is_ascii_graphic)
        };
        let goes_on = |line: &&[u8]| matches!(line.first(), None | Some(b' ' | b'\t'));
        let first = usize::from(lines.first().is_some_and(|line| !is_field(line)));
        if !lines[first..]
            .iter()
            .all(|line| is_field(line) || goes_on(line))
        {
            return false;
        }
        let names = |name: &str| {
            lines.iter().any(|line| {
                let start = line.get(..name.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
            })
        };
        let delivered = [
            "received:",
            "return-path:",
            "delivered-to:",
            "to:",
            "mime-version:",
        ];
        names("from:")
            && delivered.iter().any(|name| names(name))
            && self.is_outside(&header[if first == 0 { 0 } else { lines[0].len() + 1 }..])
    }

    /// Whether this header says a date outside the period.
    fn is_outside(&self, header: &[u8]) -> bool {
        // One that lost its `Received`, or whose store told its date, still has the one of its author.
        let date = header_of(self.rule, header).and_then(|message| {
            let decides = date_of(self.rule, &message).or_else(|| message.date());
            decides.map(mail_parser::DateTime::to_timestamp)
        });
        date.and_then(|date| jiff::Timestamp::from_second(date).ok())
            .is_some_and(|at| !self.period.contains(at))
    }

    fn begins_another(&mut self, held: &[u8], at: usize) -> bool {
        let before = &held[at.saturating_sub(BEFORE)..at];
        let line = &before[memrchr2(b'\n', b'\r', before).map_or(0, |end| end + 1)..];
        // That all are such ends at the first that is none: a line may be long, and hold many marks.
        let quoted = !line.is_empty()
            && line
                .iter()
                .all(|byte| matches!(byte, b'>' | b'|' | b' ' | b'\t'))
            && line.iter().any(|byte| matches!(byte, b'>' | b'|'));
        if quoted {
            return false;
        }
        let rest = &held[at..];
        let rest = &rest[..rest.len().min(REACH)];
        let Some(length) = memchr2(b'\n', b'\r', &rest[..rest.len().min(LINE)]) else {
            return false;
        };
        let envelope = &rest[..length];
        if !(is_envelope(envelope)
            || (line.is_empty() && envelope.trim_ascii().eq_ignore_ascii_case(b"From")))
        {
            return false;
        }
        self.headers += 1;
        if self.headers > HEADERS {
            return true;
        }
        self.is_outside(&header(&rest[length..]))
    }
}

/// Where the first empty line ends.
fn empty_line(bytes: &[u8]) -> Option<usize> {
    let mut found = None;
    for end in [&b"\n\n"[..], b"\n\r\n", b"\r\r"] {
        // Behind one that ends earlier nobody looks: it may be most of a message.
        let before = &bytes[..found.unwrap_or(bytes.len())];
        found = memmem::find(before, end).map(|at| at + end.len()).or(found);
    }
    found
}

/// Where the last empty line ends.
fn last_empty_line(bytes: &[u8]) -> Option<usize> {
    let ends = [&b"\n\n"[..], b"\n\r\n", b"\r\r"];
    let found = ends
        .iter()
        .filter_map(|end| Some(memmem::rfind(bytes, end)? + end.len()));
    found.max()
}

fn is_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// The lines behind an envelope's, up to the first empty one, each ended by LF.
fn header(bytes: &[u8]) -> Vec<u8> {
    let mut header = Vec::new();
    let mut rest = bytes;
    // What stands on the envelope's own line, if anything does, is no field.
    let mut first = true;
    while let Some(end) = memchr2(b'\n', b'\r', rest) {
        let line = &rest[..end];
        if !first && (line.is_empty() || line.starts_with(b"From ")) {
            rest = line;
            break;
        }
        if !line.is_empty() && (first || line != b".") {
            header.extend_from_slice(if first { b"." } else { b"" });
            header.extend_from_slice(line);
            header.push(b'\n');
        }
        let both = rest[end..].starts_with(b"\r\n");
        rest = &rest[end + 1 + usize::from(both)..];
        first = false;
    }
    header.extend_from_slice(if first { b"." } else { b"" });
    header.extend_from_slice(rest);
    header.extend_from_slice(b"\n\n");
    header
}

/// `From SENDER Mon Mar  9 12:00:00 2026`: a month, a time and a year stand in it, in any order, and it
/// is not what git writes before every patch.
fn is_envelope(line: &[u8]) -> bool {
    const MONTHS: &str = "jan feb mar apr may jun jul aug sep oct nov dec";
    let Some((word, rest)) = line.split_at_checked(4) else {
        return false;
    };
    // In any letters, and with any blank behind it.
    let blank = rest.first().is_some_and(|byte| !byte.is_ascii_graphic());
    if !word.eq_ignore_ascii_case(b"From") || !blank {
        return false;
    }
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

    fn begun(message: &[u8]) -> Inner {
        SecondReader::of(DateRule::MessageDate, message).inner(march())
    }

    fn passes(message: &str) -> bool {
        let message = message.as_bytes();
        let whole = begun(message).whole(message).is_ok();
        for step in [1, 7, 100, message.len()] {
            let mut inner = begun(message);
            for piece in message.chunks(step) {
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
        for from in ["from ", "FROM ", "From\t", "From\u{a0}"] {
            let other = OTHER.replacen("From ", from, 1);
            assert!(!passes(&format!("{HEAD}text\n\n{other}")), "{from:?}");
        }
        let far = "x".repeat(300_000);
        assert!(!passes(&format!("{HEAD}{far}\n{OTHER}{far}")));
    }

    #[test]
    fn a_header_whose_envelope_was_lost_is_found() {
        const LOST: &str = "Return-Path: <ek@kvist.example>\nReceived: from a\n\tby b\nFrom: ek@kvist.example\nTo: x\nMessage-ID: <1@x>\nDate: Fri, 10 Apr 2026 12:00:00 +0000\n\nother\n";
        let head = HEAD.replace("Subject", "From: a\nTo: b\nMessage-Id: <0@x>\nSubject");
        for before in [
            "",
            "rom ek@kvist.example Fri Apr 10 12:00:00 2026\n",
            "\u{1}\u{1}\u{1}\u{1}\n",
        ] {
            let other = format!("{before}{LOST}");
            assert!(!passes(&format!("{head}text\n\n{other}")), "{before:?}");
            let crlf = other.replace('\n', "\r\n");
            assert!(!passes(&format!("{head}text\r\n\r\n{crlf}")), "{before:?}");
            let far = "x\n".repeat(15_000);
            assert!(!passes(&format!("{head}{far}\n{other}{far}")), "{before:?}");
        }
        assert!(passes(&format!(
            "{head}text\n\n{}",
            LOST.replace("10 Apr", "10 Mar")
        )));
        assert!(passes(&format!("{head}> {}", LOST.replace('\n', "\n> "))));
        assert!(passes(&format!("{PARTS}{LOST}--b b--\n")));
        // What somebody forwarded in the text has no number, and what stands in prose is no header.
        assert!(passes(&format!(
            "{head}text\n\n{}",
            LOST.replace("Message-ID: <1@x>\n", "")
        )));
        assert!(passes(&format!("{head}see below\nand\n{LOST}")));
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
        let mut inner = begun(b"");
        let marks = "From a Mon Mar  9 12:00:00 2026\nDate: x\n".repeat(50_000);
        inner.look(marks.as_bytes());
        assert!(inner.finish().is_err());
    }
}
