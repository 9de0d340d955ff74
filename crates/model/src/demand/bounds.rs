//! How much a demand file may hold: asked before anything is made of it.

use serde_json::Value;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::error::fault;
use super::{Demand, DemandError};
use crate::{is_invisible, one_line};

/// How deep fields may stand in each other: a demand has five levels. Readers call themselves for
/// each level, and TOML's dotted keys make many levels of a short text.
const DEEPEST: usize = 32;
/// How many words and marks a file may be made of, a quoted text being one: a thousand identifiers
/// are ten thousand. Each takes some hundred bytes of memory when it is read.
const MOST_TOKENS: usize = 100_000;

/// Fields in which lines may break: the last name of their path.
const SEVERAL_LINES: [&str; 2] = ["facts", "address"];

impl Demand {
    /// The longest file that is read as a description, in bytes. An original may be longer.
    pub const LONGEST: usize = 1 << 20;
    /// The most parts. A demand with a part for each of two hundred accounts is real; one with more
    /// than this is several.
    pub const MOST_PARTS: usize = 250;
    /// The most identifiers over all parts. Each is assessed for each category and each place, and
    /// signed by people who read them.
    pub const MOST_IDENTIFIERS: usize = 1000;
}

/// Refuses a file that is too long, before it is read.
pub(super) fn check_length(bytes: &[u8]) -> Result<(), DemandError> {
    if bytes.len() <= Demand::LONGEST {
        return Ok(());
    }
    Err(DemandError::NotText(format!(
        "it has {} bytes, and a description at most {} (1 MiB); describe what is asked for in a file of its own, and name this one in its `originals`",
        bytes.len(),
        Demand::LONGEST,
    )))
}

/// Refuses JSON that has too many pieces, before values are made of it. How deep it is, the reader
/// itself asks while it reads (`serde_json`: 128 levels).
pub(super) fn check_json(text: &str) -> Result<(), DemandError> {
    let (mut quoted, mut escaped, mut tokens) = (false, false, 0);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'[' | b'{' | b',' | b':' if !quoted => tokens += 1,
            _ => {}
        }
        if tokens > MOST_TOKENS {
            return too_many();
        }
    }
    Ok(())
}

fn refuse<T>(why: String) -> Result<T, DemandError> {
    Err(DemandError::NotText(why))
}

fn too_many() -> Result<(), DemandError> {
    refuse(format!(
        "it is made of more than {MOST_TOKENS} words and marks; put long prose in quotes, and ask for at most {} identifiers",
        Demand::MOST_IDENTIFIERS
    ))
}

/// Refuses TOML that is too deep or has too many pieces, before values are made of it.
pub(super) fn check_toml(text: &str) -> Result<(), DemandError> {
    let mut open: Vec<(TokenKind, usize)> = Vec::new();
    let (mut depth, mut tokens) = (0, 0);
    for token in Source::new(text).lex() {
        match token.kind() {
            TokenKind::Whitespace | TokenKind::Comment => continue,
            opening @ (TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket) => {
                open.push((opening, depth));
                depth += 1;
            }
            closing @ (TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket) => {
                let wanted = match closing {
                    TokenKind::RightSquareBracket => TokenKind::LeftSquareBracket,
                    _ => TokenKind::LeftCurlyBracket,
                };
                match open.pop() {
                    Some((opening, before)) if opening == wanted => depth = before,
                    _ => {
                        let line = text[..token.span().start()].lines().count().max(1);
                        return refuse(format!("line {line}: a bracket closes what is not open"));
                    }
                }
            }
            // A dotted key, or a number.
            TokenKind::Dot => depth += 1,
            TokenKind::Comma => depth = open.last().map_or(0, |(_, before)| before + 1),
            TokenKind::Newline if open.is_empty() => depth = 0,
            _ => {}
        }
        tokens += 1;
        if depth > DEEPEST {
            return refuse(format!(
                "its fields stand more than {DEEPEST} levels deep in each other; no field of a demand stands so deep"
            ));
        }
        if tokens > MOST_TOKENS {
            return too_many();
        }
    }
    Ok(())
}

/// Every text of a demand shows all that it holds, and stands in one line unless it is prose: an
/// authority must not write lines of its own into the pages of its case.
pub(super) fn check_texts(value: &Value) -> Result<(), DemandError> {
    walk(value, &mut String::new())
}

fn walk(value: &Value, path: &mut String) -> Result<(), DemandError> {
    let length = path.len();
    match value {
        Value::String(text) => check_text(text, path)?,
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                path.push_str(&format!("[{number}]"));
                walk(item, path)?;
                path.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                // A name that is no field's is told when the fields are read, which escape it.
                let name = name.escape_default();
                path.push_str(&if length == 0 {
                    name.to_string()
                } else {
                    format!(".{name}")
                });
                walk(field, path)?;
                path.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

fn check_text(text: &str, path: &str) -> Result<(), DemandError> {
    let name = path.rsplit('.').next().unwrap_or(path);
    let judged = if SEVERAL_LINES.contains(&name) {
        let breaks = |c: &char| matches!(c, '\n' | '\r' | '\t');
        let mut hidden = text.chars().filter(|c| is_invisible(*c) && !breaks(c));
        hidden
            .next()
            .map_or(Ok(()), |c| one_line(c.encode_utf8(&mut [0; 4])))
    } else {
        one_line(text)
    };
    judged.or_else(|why| fault(path, &why))
}

/// Refuses more parts or identifiers than people can judge.
pub(super) fn check_counts(demand: &Demand) -> Result<(), DemandError> {
    let parts = demand.parts.len();
    if parts > Demand::MOST_PARTS {
        return fault(
            "part",
            &format!(
                "it has {parts} parts, and a case at most {}; make a case of its own for the others",
                Demand::MOST_PARTS
            ),
        );
    }
    let identifiers: usize = demand.parts.iter().map(|part| part.identifiers.len()).sum();
    if identifiers > Demand::MOST_IDENTIFIERS {
        return fault(
            "part.identifiers",
            &format!(
                "the parts name {identifiers} identifiers, and a case has at most {}; make a case of its own for the others",
                Demand::MOST_IDENTIFIERS
            ),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests;
