//! What stands before the message in a line of syslog: RFC 5424, RFC 3164, the form with an RFC 3339 time that
//! rsyslog writes, and a line of Dovecot's own log, which names no host.

use std::borrow::Cow;

use super::super::clock::Running;
use super::super::entry::Entry;
use super::super::instant::rfc3339;
use crate::dates::Interval;

/// A line of syslog.
pub(super) struct Frame<'l> {
    /// When, if it can be told.
    pub(super) at: Option<Interval>,
    /// The fields before the message: `time`, `host`, `program`, `pid`, and those of structured data.
    pub(super) entry: Entry<'l>,
    /// Which program wrote it, if the line says so.
    pub(super) program: Option<&'l str>,
    /// The rest.
    pub(super) message: &'l str,
}

/// Takes a line apart; nothing, if it is none.
///
/// # Errors
/// As [`Running::read`].
pub(super) fn read<'l>(
    line: &'l str,
    running: &mut Running<'_>,
) -> Result<Option<Frame<'l>>, String> {
    let (line, prioritised) = match priority(line) {
        Some(rest) => (rest, true),
        None => (line, false),
    };
    if prioritised && let Some(rest) = line.strip_prefix("1 ") {
        return Ok(structured(rest));
    }
    let (time, at, rest) = match line.split_at_checked(15) {
        Some((time, rest)) if rest.starts_with(' ') && time.as_bytes()[3] == b' ' => {
            (time, running.read(time)?, rest)
        }
        _ => {
            let Some((time, at, rest)) = zoned(line) else {
                return Ok(None);
            };
            (time, Some(at), rest)
        }
    };
    if !time.ends_with(|last: char| last.is_ascii_digit() || last.is_ascii_alphabetic()) {
        return Ok(None);
    }
    let Some(rest) = rest.strip_prefix(' ') else {
        return Ok(None);
    };
    let mut entry = Entry::default();
    entry.push("time", time);
    let first = rest.split(' ').next().unwrap_or(rest);
    if first.ends_with(':') {
        // Dovecot's own log.
        entry.push("message", rest);
        return Ok(Some(Frame {
            at,
            entry,
            program: None,
            message: rest,
        }));
    }
    entry.push("host", first);
    let rest = rest[first.len()..].trim_start_matches(' ');
    let tag = rest.split(' ').next().unwrap_or(rest);
    let (program, message) = match tag.strip_suffix(':') {
        Some(name) => (Some(name), rest[tag.len()..].trim_start_matches(' ')),
        None => (None, rest),
    };
    let program = program.map(|name| match name.split_once('[') {
        Some((name, pid)) => {
            entry.push_some("pid", pid.strip_suffix(']'));
            name
        }
        None => name,
    });
    entry.push_some("program", program);
    entry.push("message", message);
    Ok(Some(Frame {
        at,
        entry,
        program,
        message,
    }))
}

/// What stands behind `<34>`.
fn priority(line: &str) -> Option<&str> {
    let (number, rest) = line.strip_prefix('<')?.split_once('>')?;
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    (digits && (1..=3).contains(&number.len())).then_some(rest)
}

/// An RFC 3339 time, and what stands behind it.
fn zoned(line: &str) -> Option<(&str, Interval, &str)> {
    let time = line.split(' ').next()?;
    let at = rfc3339(time)?;
    Some((time, Interval::between(at, at), &line[time.len()..]))
}

/// A line of RFC 5424, behind its version.
fn structured(rest: &str) -> Option<Frame<'_>> {
    let mut parts = rest.splitn(6, ' ');
    let mut part = || parts.next();
    let (time, host, program, pid, msgid) = (part()?, part()?, part()?, part()?, part()?);
    let rest = part()?;
    let mut entry = Entry::default();
    let said = |text: &'_ str| text != "-";
    let at = rfc3339(time).map(|at| Interval::between(at, at));
    entry.push_some("time", Some(time).filter(|text| said(text)));
    entry.push_some("host", Some(host).filter(|text| said(text)));
    entry.push_some("program", Some(program).filter(|text| said(text)));
    entry.push_some("pid", Some(pid).filter(|text| said(text)));
    entry.push_some("msgid", Some(msgid).filter(|text| said(text)));
    let mut rest = match rest.strip_prefix('-') {
        Some(rest) => rest,
        None => data(rest, &mut entry)?,
    };
    if !rest.is_empty() {
        rest = rest.strip_prefix(' ')?;
    }
    let message = rest.strip_prefix('\u{feff}').unwrap_or(rest);
    entry.push("message", message);
    Some(Frame {
        at,
        entry,
        program: Some(program).filter(|text| said(text)),
        message,
    })
}

/// Structured data, `[id name="value"]…`: each value by `id.name`. Gives what stands behind it.
fn data<'l>(mut rest: &'l str, entry: &mut Entry<'l>) -> Option<&'l str> {
    let mut any = false;
    while let Some(inner) = rest.strip_prefix('[') {
        any = true;
        let end = inner.find([' ', ']'])?;
        let (id, mut inner) = inner.split_at(end);
        while let Some(pair) = inner.strip_prefix(' ') {
            let (name, value) = pair.split_once("=\"")?;
            let end = closing(value)?;
            let text = &value[..end];
            let text = match text.contains('\\') {
                false => Cow::Borrowed(text),
                true => Cow::Owned(unescaped(text)),
            };
            entry.push(format!("{id}.{name}"), text);
            inner = &value[end + 1..];
        }
        rest = inner.strip_prefix(']')?;
    }
    any.then_some(rest)
}

/// Where the quotation mark stands that ends a value.
fn closing(value: &str) -> Option<usize> {
    let bytes = value.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    None
}

/// RFC 5424 section 6.3.3: only `"`, `\` and `]` are escaped.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next @ ('"' | '\\' | ']')) if letter == '\\' => {
                out.push(*next);
                letters.next();
            }
            _ => out.push(letter),
        }
    }
    out
}
