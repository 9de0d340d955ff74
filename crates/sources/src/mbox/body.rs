//! What the bytes of a message say about where it ends: its parts, its `Content-Length`, and holes.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::Doubt;
use super::line::field;
use crate::header::Block;

/// So many NUL bytes in a row are a hole in the file.
const HOLE: &[u8] = &[0; 16];

/// What begins another kind of mailbox that somebody put behind this one: packed with gzip, Zstandard, xz
/// or bzip2, which stands below; text in UTF-16, in either order of bytes; the marks of MMDF and of Babyl. Nobody sends any of
/// them unencoded.
static HIDING: LazyLock<[Finder<'static>; 6]> = LazyLock::new(|| {
    [
        Finder::new(b"\x1f\x8b\x08"),
        Finder::new(b"\x28\xb5\x2f\xfd"),
        Finder::new(b"\xfd7zXZ\0"),
        Finder::new(b"F\0r\0o\0m"),
        Finder::new(b"\x01\x01\x01\x01"),
        Finder::new(b"\x1f\x0c"),
    ]
});

/// The one of them that is text: bzip2's.
static BZIP2: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"BZh91AY&SY"));

/// Whether `bytes` hold one that no text of mail has. Each mark of [`HIDING`] has one of these, and so has a hole: where
/// none is, seven searches are spared.
fn is_no_text(bytes: &[u8]) -> bool {
    memchr::memchr3(0x01, 0x1f, 0xfd, bytes).is_some() || memchr::memchr(0, bytes).is_some()
}

/// Whether `bytes` may hold what [`Body::look`] looks for: where they do not, nobody has to.
pub(super) fn is_suspect(bytes: &[u8]) -> bool {
    is_no_text(bytes) || BZIP2.find(bytes).is_some()
}

/// Whether another kind of mailbox may begin in `bytes`.
pub(crate) fn hides_a_mailbox(bytes: &[u8]) -> bool {
    hides(bytes, is_no_text(bytes))
}

fn hides(bytes: &[u8], no_text: bool) -> bool {
    BZIP2.find(bytes).is_some() || no_text && HIDING.iter().any(|mark| mark.find(bytes).is_some())
}

/// The longest boundary (RFC 2046 section 5.1.1), and what stands around it.
const BOUNDARY: usize = 70;
/// So much of what was read before is looked at again.
const OVERLAP: usize = BOUNDARY + 6;

/// So much may stand before a message that is the whole body of another: empty lines.
const EMPTY_LINES: u64 = 4;

/// Most multiparts that are followed at once.
const PARTS: usize = 8;

/// Up to this length a `Content-Length` is heeded where nobody can look where it leads: whoever
/// sends a message may have written it.
const HEEDED: u64 = 64 << 20;

/// The body of a message, or of what may be several.
#[derive(Default)]
pub(super) struct Body {
    doubts: Vec<Doubt>,
    /// The ends of the multiparts that are open, the outermost first.
    open: Vec<Finder<'static>>,
    /// Whether the first of them is that of the first header.
    outermost: bool,
    /// Whether there should be one message only.
    alone: bool,
    /// Whether a header was read.
    known: bool,
    /// Whether the first body is a message, as the first header says.
    message: bool,
    /// What `Content-Length` says.
    length: Option<u64>,
    /// Where the first body begins.
    at: u64,
    /// How many lines of it end in CR LF.
    crlf: u64,
    /// Whether the `Content-Length` leads to a separator, if somebody looked.
    leads: Option<bool>,
}

impl Body {
    /// Nothing read yet. With `alone`, there should be one message only.
    pub(super) fn new(doubt: Option<Doubt>, alone: bool) -> Self {
        Self {
            doubts: doubt.into_iter().collect(),
            alone,
            ..Self::default()
        }
    }

    /// A doubt more.
    pub(super) fn doubt(&mut self, why: Doubt) {
        let text = self.alone && why.is_text_in_a_file_of_its_own();
        if !text && !self.doubts.contains(&why) {
            self.doubts.push(why);
        }
    }

    /// A header was read; what follows it begins at `at` in the mbox.
    pub(super) fn header(&mut self, header: &[u8], at: u64) {
        let first = !std::mem::replace(&mut self.known, true);
        if first {
            self.at = at;
            self.length = value(header, b"content-length")
                .and_then(|text| std::str::from_utf8(&text).ok()?.trim().parse().ok());
        }
        // Of several, nobody knows which one a program believes.
        for kind in values(header, b"content-type") {
            self.message |= first && is_message(&kind);
            if let Some(boundary) = boundary(&kind)
                && self.open.len() < PARTS
            {
                self.outermost |= first;
                let end = [b"--", &boundary[..], b"--"].concat();
                self.open.push(Finder::new(&end).into_owned());
            }
        }
    }

    /// Whether the first header, which ends here, says that the body is a message.
    pub(super) fn says_message(&self, header: &Block) -> bool {
        let header = header.bytes().unwrap_or_default();
        !self.known && values(header, b"content-type").any(|kind| is_message(&kind))
    }

    /// Whether what begins at `at` is the message that the first body is, as its header says.
    pub(super) fn is_itself_a_message(&self, at: u64) -> bool {
        self.message && at.saturating_sub(self.at) <= EMPTY_LINES
    }

    /// Looks at `buffer[from..to]`, which comes next and lies at `at` in the mbox: for marks and holes only if it is
    /// [suspect](is_suspect).
    pub(super) fn look(&mut self, buffer: &[u8], from: usize, to: usize, at: u64, suspect: bool) {
        // Not what stands before the body: the end of another message may.
        let body = match self.at.checked_sub(at) {
            Some(header) => from.saturating_add(usize::try_from(header).unwrap_or(usize::MAX)),
            None => from.saturating_sub(usize::try_from(at - self.at).unwrap_or(usize::MAX)),
        };
        let again = from.saturating_sub(OVERLAP).max(body).min(to);
        let closed = self.open.iter().position(|end| {
            let mut found = end.find_iter(&buffer[again..to]);
            found.any(|at| {
                let line = again + at;
                line == 0 || matches!(buffer[line - 1], b'\n' | b'\r')
            })
        });
        if let Some(closed) = closed {
            self.open.truncate(closed);
            if closed == 0 && std::mem::take(&mut self.outermost) {
                // Everything since the header lay inside of its parts.
                let alone = self.alone;
                let text = |doubt: Doubt| {
                    doubt.may_lie_in_a_part() || alone && doubt == Doubt::InsideParts
                };
                self.doubts.retain(|doubt| !text(*doubt));
            }
        }
        if suspect {
            self.look_for_marks(&buffer[from.saturating_sub(HOLE.len() - 1)..to]);
        }
        if self.length.is_some() {
            let body = from.max(body).min(to);
            let ends = memchr::memchr_iter(b'\n', &buffer[body..to]).filter(|at| {
                (body + at)
                    .checked_sub(1)
                    .is_some_and(|at| buffer[at] == b'\r')
            });
            self.crlf += ends.count() as u64;
        }
    }

    fn look_for_marks(&mut self, looked: &[u8]) {
        let no_text = is_no_text(looked);
        if no_text && memchr::memmem::find(looked, HOLE).is_some() {
            self.doubt(Doubt::Hole);
        }
        if hides(looked, no_text) {
            self.doubt(Doubt::Hidden);
        }
    }

    /// Whether a multipart was begun and not ended.
    pub(super) fn open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether the `Content-Length` claims what begins at `at`: whether it leads beyond that, to a
    /// separator of `plain` or to its end.
    pub(super) fn claims(&mut self, at: u64, plain: Option<&File>) -> bool {
        let Some(length) = self.length else {
            return false;
        };
        let Some(to) = self.at.checked_add(length).filter(|to| *to > at + 2) else {
            return false;
        };
        match plain {
            None => length <= HEEDED,
            Some(file) => *self
                .leads
                .get_or_insert_with(|| leads(file, to).unwrap_or(true)),
        }
    }

    /// What remains in doubt, if the content ends at `at`.
    pub(super) fn closed(&mut self, at: u64) -> Option<Doubt> {
        if let Some(length) = self.length {
            let body = at.saturating_sub(self.at);
            let exact = |body: u64| body.checked_sub(length).is_some_and(|more| more <= 2);
            if exact(body) || exact(body.saturating_sub(self.crlf)) {
                let alone = self.alone;
                let text =
                    |doubt: Doubt| doubt.ends_with_a_length() || alone && doubt == Doubt::Length;
                self.doubts.retain(|doubt| !text(*doubt));
            }
        }
        self.doubts.first().copied()
    }
}

/// Whether a message begins at `to`, after an empty line or without one, or `file` ends there.
fn leads(file: &File, to: u64) -> io::Result<bool> {
    let mut bytes = [0; 7];
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read_at(&mut bytes[filled..], to + filled as u64) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    if filled == 0 {
        // Just there, or far beyond.
        return Ok(file.metadata()?.len() == to);
    }
    let bytes = &bytes[..filled];
    let rest = bytes
        .strip_prefix(b"\r\n")
        .or_else(|| bytes.strip_prefix(b"\n"))
        .unwrap_or(bytes);
    Ok(rest.is_empty() || rest.starts_with(b"From "))
}

/// The value of the first field of this name, unfolded.
fn value(header: &[u8], name: &[u8]) -> Option<Vec<u8>> {
    values(header, name).next()
}

/// The values of all fields of this name, unfolded.
fn values<'h>(header: &'h [u8], name: &'h [u8]) -> impl Iterator<Item = Vec<u8>> + 'h {
    let mut ends = memchr::memchr_iter(b'\n', header);
    let mut at = Some(0);
    let lines = std::iter::from_fn(move || {
        let from = at?;
        let end = ends.next();
        at = end.map(|end| end + 1);
        Some(&header[from..end.unwrap_or(header.len())])
    });
    let mut lines = lines
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .peekable();
    let is_named = move |line: &&[u8]| {
        let begins = (line.get(..name.len())).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
        begins && field(line).is_some_and(|found| found.len() == name.len())
    };
    std::iter::from_fn(move || {
        let first = lines.by_ref().find(is_named)?;
        let colon = memchr::memchr(b':', first)?;
        let mut value = first[colon + 1..].to_vec();
        while let Some(line) = lines.next_if(|line| matches!(line.first(), Some(b' ' | b'\t'))) {
            value.extend_from_slice(line);
        }
        Some(value)
    })
}

/// Whether a `Content-Type` says that the body is itself a message or a mailbox.
fn is_message(kind: &[u8]) -> bool {
    let kind = kind.trim_ascii_start().to_ascii_lowercase();
    kind.starts_with(b"message/") || kind.starts_with(b"application/mbox")
}

/// The boundary of a `Content-Type` that is a multipart: a parameter of RFC 2045, or the pieces and the
/// escapes of RFC 2231. A comment is none.
fn boundary(value: &[u8]) -> Option<Vec<u8>> {
    let value = value.trim_ascii_start();
    if !value.get(..10)?.eq_ignore_ascii_case(b"multipart/") {
        return None;
    }
    let mut found = Vec::new();
    for (name, text) in parameters(value) {
        let name = name.to_ascii_lowercase();
        match name.strip_prefix(b"boundary") {
            // The first one counts.
            Some(b"") if found.is_empty() => found = text,
            Some([b'*', rest @ ..]) => {
                let escaped = rest.is_empty() || rest.ends_with(b"*");
                found.extend(if escaped { unescaped(&text) } else { text });
            }
            _ => {}
        }
    }
    (1..=BOUNDARY).contains(&found.len()).then_some(found)
}

/// The parameters of a field, their quotation marks undone.
fn parameters(value: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut found = Vec::new();
    let (mut name, mut text, mut in_text) = (Vec::new(), Vec::new(), false);
    let (mut quoted, mut comments, mut ended) = (false, 0_u32, false);
    let mut bytes = value.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if quoted || comments > 0 => {
                let next = bytes.next();
                if comments == 0 && in_text {
                    text.extend(next);
                }
            }
            b'"' if comments == 0 => quoted = !quoted,
            b'(' if !quoted => comments += 1,
            b')' if !quoted && comments > 0 => comments -= 1,
            _ if comments > 0 => {}
            b';' if !quoted => {
                found.push((std::mem::take(&mut name), std::mem::take(&mut text)));
                (in_text, ended) = (false, false);
            }
            b'=' if !quoted && !in_text => in_text = true,
            // A value without quotation marks ends at a blank.
            byte if byte.is_ascii_whitespace() && !quoted => ended = in_text && !text.is_empty(),
            _ if ended => {}
            byte if in_text => text.push(byte),
            byte => name.push(byte),
        }
    }
    // What a quotation mark begins and nothing ends is no value.
    if !quoted {
        found.push((name, text));
    }
    found
}

/// A value of RFC 2231 without its character set and language, and with its escapes undone.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let marks: Vec<_> = memchr::memchr_iter(b'\'', text).take(2).collect();
    let mut rest = match marks[..] {
        [_, second] => &text[second + 1..],
        _ => text,
    };
    let mut found = Vec::new();
    while let [byte, after @ ..] = rest {
        let hex = |digits: &[u8]| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        };
        match after.get(..2).and_then(hex) {
            Some(value) if *byte == b'%' => {
                found.push(value);
                rest = &after[2..];
            }
            _ => {
                found.push(*byte);
                rest = after;
            }
        }
    }
    found
}
