//! What the bytes of a message say about where it ends: its parts, its `Content-Length`, and holes.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use memchr::memmem::Finder;

use super::Doubt;
use super::line::field;

/// So many NUL bytes in a row are a hole in the file.
const HOLE: &[u8] = &[0; 16];

/// The longest boundary (RFC 2046 section 5.1.1), and what stands around it.
const BOUNDARY: usize = 70;
/// So much of what was read before is looked at again.
const OVERLAP: usize = BOUNDARY + 6;

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
        let boundary = value(header, b"content-type").and_then(|text| boundary(&text));
        if let Some(boundary) = boundary
            && self.open.len() < PARTS
        {
            self.outermost |= first;
            let end = [b"--", &boundary[..], b"--"].concat();
            self.open.push(Finder::new(&end).into_owned());
        }
    }

    /// Looks at `buffer[from..to]`, which comes next and lies at `at` in the mbox.
    pub(super) fn look(&mut self, buffer: &[u8], from: usize, to: usize, at: u64) {
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
        let again = from.saturating_sub(HOLE.len() - 1);
        if memchr::memmem::find(&buffer[again..to], HOLE).is_some() {
            self.doubt(Doubt::Hole);
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
    let mut lines = header
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .skip_while(|line| !field(line).is_some_and(|found| found.eq_ignore_ascii_case(name)));
    let first = lines.next()?;
    let colon = memchr::memchr(b':', first)?;
    let mut value = first[colon + 1..].to_vec();
    for line in lines.take_while(|line| matches!(line.first(), Some(b' ' | b'\t'))) {
        value.extend_from_slice(line);
    }
    Some(value)
}

/// The boundary of a `Content-Type` that is a multipart.
fn boundary(value: &[u8]) -> Option<Vec<u8>> {
    let value = value.trim_ascii_start();
    if !value.get(..10)?.eq_ignore_ascii_case(b"multipart/") {
        return None;
    }
    let lower = value.to_ascii_lowercase();
    let at = memchr::memmem::find(&lower, b"boundary")? + 8;
    let rest = value[at..].trim_ascii_start().strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let found = match rest.strip_prefix(b"\"") {
        Some(quoted) => &quoted[..memchr::memchr(b'"', quoted)?],
        None => {
            let end = rest
                .iter()
                .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b';' | b'('));
            &rest[..end.unwrap_or(rest.len())]
        }
    };
    (1..=BOUNDARY)
        .contains(&found.len())
        .then(|| found.to_vec())
}
