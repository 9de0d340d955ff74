//! What a server says (RFC 3501, 9): atoms, strings and lists.

use crate::fault::Fault;

/// How deep lists may lie in each other.
const DEPTH: usize = 16;

/// One thing that a server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A word that is no string: a number, `NIL`, a name, `BODY[]<0>`.
    Word(Vec<u8>),
    /// A string, quoted or literal.
    Text(Vec<u8>),
    /// A list in parentheses.
    List(Vec<Value>),
}

impl Value {
    /// Whether it is this word, in any letter case.
    pub(crate) fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(bytes) if bytes.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// The number, if it is one.
    pub(crate) fn number(&self) -> Option<u32> {
        let Self::Word(word) = self else { return None };
        let digits = word.iter().all(u8::is_ascii_digit);
        std::str::from_utf8(word)
            .ok()?
            .parse()
            .ok()
            .filter(|_| digits)
    }

    /// What a name or a string holds; `None` for `NIL` and lists.
    pub(crate) fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Word(word) if word.eq_ignore_ascii_case(b"NIL") => None,
            Self::Word(bytes) | Self::Text(bytes) => Some(bytes),
            Self::List(_) => None,
        }
    }

    /// What a list holds.
    pub(crate) fn list(&self) -> Option<&[Self]> {
        match self {
            Self::List(values) => Some(values),
            _ => None,
        }
    }
}

const TORN: Fault = Fault::Nonsense("an answer that cannot be taken apart");

/// Takes an answer apart: its lines as they came, literals in their places, without the last line end.
pub(crate) fn values(mut rest: &[u8]) -> Result<Vec<Value>, Fault> {
    let mut open: Vec<Vec<Value>> = vec![Vec::new()];
    loop {
        let value = match rest {
            [] => break,
            [b' ', after @ ..] => {
                rest = after;
                continue;
            }
            [b'(', after @ ..] => {
                rest = after;
                open.push(Vec::new());
                if open.len() > DEPTH {
                    return Err(TORN);
                }
                continue;
            }
            [b')', after @ ..] => {
                rest = after;
                Value::List(open.pop().ok_or(TORN)?)
            }
            [b'"', after @ ..] => {
                let (text, after) = quoted(after)?;
                rest = after;
                Value::Text(text)
            }
            [b'{', after @ ..] => {
                let (text, after) = literal(after)?;
                rest = after;
                Value::Text(text)
            }
            _ => {
                let end = |byte: &u8| matches!(byte, b' ' | b'(' | b')' | b'"' | b'\r' | b'\n');
                let length = rest.iter().position(end).unwrap_or(rest.len());
                if length == 0 {
                    return Err(TORN);
                }
                let (word, after) = rest.split_at(length);
                rest = after;
                Value::Word(word.to_vec())
            }
        };
        open.last_mut().ok_or(TORN)?.push(value);
    }
    match (open.pop(), open.is_empty()) {
        (Some(values), true) => Ok(values),
        _ => Err(TORN),
    }
}

fn quoted(mut rest: &[u8]) -> Result<(Vec<u8>, &[u8]), Fault> {
    let mut text = Vec::new();
    loop {
        match rest {
            [b'"', after @ ..] => return Ok((text, after)),
            [b'\\', byte @ (b'"' | b'\\'), after @ ..] => {
                text.push(*byte);
                rest = after;
            }
            [b'\\' | b'\r' | b'\n', ..] | [] => return Err(TORN),
            [byte, after @ ..] => {
                text.push(*byte);
                rest = after;
            }
        }
    }
}

fn literal(rest: &[u8]) -> Result<(Vec<u8>, &[u8]), Fault> {
    let end = rest.iter().position(|byte| *byte == b'}').ok_or(TORN)?;
    let length = std::str::from_utf8(&rest[..end]).ok();
    let length: usize = length.and_then(|text| text.parse().ok()).ok_or(TORN)?;
    let after = rest[end + 1..].strip_prefix(b"\r\n").ok_or(TORN)?;
    let (text, after) = after.split_at_checked(length).ok_or(TORN)?;
    Ok((text.to_vec(), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(word: &str) -> Value {
        Value::Word(word.into())
    }

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn an_answer_is_taken_apart_whatever_its_strings_hold() {
        let list = values(b"LIST (\\HasNoChildren \\Sent) \".\" \"a \\\"b\\\\ )(\"").unwrap();
        let flags = Value::List(vec![word("\\HasNoChildren"), word("\\Sent")]);
        assert_eq!(list, [word("LIST"), flags, text("."), text("a \"b\\ )(")]);
        let fetch = values(b"FETCH (UID 7 BODY[]<0> {9}\r\nUID 8)\r\n\" X NIL)").unwrap();
        let Value::List(items) = &fetch[1] else {
            panic!("{fetch:?}")
        };
        assert_eq!(items[1].number(), Some(7));
        assert_eq!(items[3], text("UID 8)\r\n\""));
        assert_eq!(items[5].text(), None);
        assert_eq!(values(b"(()) \"\"").unwrap()[1], text(""));
    }

    #[test]
    fn what_is_torn_is_no_answer() {
        for torn in [
            &b"(UID 7"[..],
            b"UID 7)",
            b"\"a",
            b"\"a\\x\"",
            b"{3}\r\nab",
            b"{3}ab",
            b"{x}\r\nab",
            b"{-1}\r\n",
            b"a\r\nb",
            &[b'('; 100],
        ] {
            let shown = String::from_utf8_lossy(torn);
            assert!(values(torn).is_err(), "{shown}");
        }
        assert_eq!(word("+7").number(), None);
        assert_eq!(word("4294967296").number(), None);
    }
}
