//! Whether the bytes of a line mention a name, in whatever field and however escaped.

use std::borrow::Cow;

use memchr::memmem::{Finder, find};
use memchr::{memchr, memchr_iter};

use crate::Wanted;

/// The bytes of a line with its escapes undone, as far as they are any: those of JSON, the `\x22`
/// that web servers write, and the `%40` of web addresses. Nothing here decides what a line says; it finds
/// candidates.
pub(super) fn unescaped(line: &[u8]) -> Cow<'_, [u8]> {
    let line = unescaped_by_backslash(line);
    if memchr(b'%', &line).is_none() {
        return line;
    }
    let mut rest = &line[..];
    let mut bytes = Vec::new();
    while let Some(at) = find(rest, b"%40") {
        bytes.extend_from_slice(&rest[..at]);
        bytes.push(b'@');
        rest = &rest[at + 3..];
    }
    if bytes.is_empty() && rest.len() == line.len() {
        return line;
    }
    bytes.extend_from_slice(rest);
    bytes.into()
}

fn unescaped_by_backslash(line: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr(b'\\', line) else {
        return line.into();
    };
    let mut bytes = line[..first].to_vec();
    let mut rest = &line[first..];
    let number = |digits: Option<&[u8]>| {
        let text = std::str::from_utf8(digits?).ok()?;
        u32::from_str_radix(text, 16).ok()
    };
    while let Some(at) = memchr(b'\\', rest) {
        bytes.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let Some((kind, after)) = rest.split_first() else {
            break;
        };
        match kind {
            b'u' => {
                let high = number(after.get(..4));
                let low = after
                    .get(4..6)
                    .filter(|mark| *mark == b"\\u")
                    .and_then(|_| number(after.get(6..10)));
                let (character, taken) = match (high, low) {
                    (Some(high @ 0xd800..0xdc00), Some(low @ 0xdc00..0xe000)) => {
                        let scalar = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                        (char::from_u32(scalar), 10)
                    }
                    (Some(unit), _) => (char::from_u32(unit), 4),
                    (None, _) => (None, 0),
                };
                let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
                bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                rest = &after[taken..];
            }
            b'x' => {
                let byte = number(after.get(..2));
                let byte = byte.and_then(|byte| u8::try_from(byte).ok());
                bytes.push(byte.unwrap_or(b'?'));
                rest = &after[if byte.is_some() { 2 } else { 0 }..];
            }
            b'b' | b'f' | b'n' | b'r' | b't' => {
                bytes.push(b' ');
                rest = after;
            }
            other => {
                bytes.push(*other);
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest);
    bytes.into()
}

/// A name, made ready to be looked for in many lines.
pub(super) struct Mention<'a> {
    wanted: Wanted<'a>,
    bytes: Finder<'a>,
}

impl<'a> Mention<'a> {
    pub(super) fn new(wanted: Wanted<'a>) -> Self {
        Self {
            wanted,
            bytes: Finder::new(wanted.name()),
        }
    }

    /// Whether the name stands in `text` as a whole: an address that is no part of a longer one, any
    /// other name between quotation marks.
    pub(super) fn is_in(&self, text: &[u8]) -> bool {
        let Wanted::Email(normal) = self.wanted else {
            let length = self.wanted.name().len();
            let mut from = 0;
            // One may begin within another: a name may hold quotation marks.
            while let Some(found) = text.get(from..).and_then(|rest| self.bytes.find(rest)) {
                let start = from + found;
                let before = start.checked_sub(1).and_then(|at| text.get(at));
                if before == Some(&b'"') && text.get(start + length) == Some(&b'"') {
                    return true;
                }
                from = start + 1;
            }
            return false;
        };
        let normal = normal.as_bytes();
        let local = memchr(b'@', normal).unwrap_or(0);
        memchr_iter(b'@', text).any(|at| {
            let Some(start) = at.checked_sub(local) else {
                return false;
            };
            text.get(start..start + normal.len())
                .is_some_and(|written| written.eq_ignore_ascii_case(normal))
                && !goes_on_before(&text[..start])
                && !goes_on_after(&text[start + normal.len()..])
        })
    }

    /// Whether the name is a number, which lines are full of.
    pub(super) fn is_number(&self) -> bool {
        self.wanted.name().bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// Whether an address is longer to the left. Most signs that a local part may hold (RFC 5322 section
/// 3.2.3) stand between fields as well; they end it here, which finds rather too many.
fn goes_on_before(text: &[u8]) -> bool {
    text.last()
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || b"._-+".contains(byte))
}

/// Whether an address is longer to the right.
fn goes_on_after(text: &[u8]) -> bool {
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    match text.first() {
        Some(b'.' | b'-') => letter(text.get(1)),
        other => letter(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_json_and_of_web_servers_are_undone() {
        for (line, expected) in [
            (r"plain", "plain"),
            (r"al\u0064er\u0040kvist", "alder@kvist"),
            (r#"\x22alder\x40kvist\x22"#, "\"alder@kvist\""),
            (r"a\/b\\c\n", "a/b\\c "),
            (r"\ud83d\ude00", "\u{1f600}"),
            (r"\ud83d", "\u{fffd}"),
            (r"\u00", "\u{fffd}00"),
            (r"\xzz", "?zz"),
            ("/in?user=alder%40kvist", "/in?user=alder@kvist"),
            ("%40", "@"),
            ("\\", ""),
        ] {
            assert_eq!(
                String::from_utf8_lossy(&unescaped(line.as_bytes())),
                expected,
                "{line}"
            );
        }
    }

    #[test]
    fn an_address_is_found_as_a_whole_and_a_name_between_its_marks() {
        let alder = Mention::new(Wanted::Email("alder@kvist.example"));
        for text in [
            "alder@kvist.example",
            "to=<Alder@Kvist.EXAMPLE>, ok",
            "user=alder@kvist.example.",
            "mailto:alder@kvist.example?x",
            "\u{201c}alder@kvist.example\u{201d}",
            "b@c.example, alder@kvist.example - ",
        ] {
            assert!(alder.is_in(text.as_bytes()), "{text}");
        }
        for text in [
            "balder@kvist.example",
            "b.alder@kvist.example",
            "b+alder@kvist.example",
            "alder@kvist.example.evil",
            "alder@kvist.examples",
            "alder@kvist.example-x",
            "alder",
            "@kvist.example",
        ] {
            assert!(!alder.is_in(text.as_bytes()), "{text}");
        }
        let number = Mention::new(Wanted::Exact("7"));
        assert!(number.is_in(br#"{"id":"7"}"#) && number.is_number());
        assert!(!number.is_in(br#"{"id":7,"ip":"192.0.2.7"}"#));
    }
}
