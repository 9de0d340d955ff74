//! The small texts of the protocol: decimal numbers, hexadecimal, lines of `key value`.

use crate::error::TextError;

/// A decimal number without leading zeros or signs.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let shortest = text == "0" || !text.starts_with('0');
    (plain && shortest).then(|| text.parse().ok()).flatten()
}

/// 32 bytes in lower-case hexadecimal.
pub(crate) fn hexadecimal(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let lower = text
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (lower && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(bytes)
}

/// Lines of `key value` in a fixed order, after a first line that names the form, before an empty one.
pub(crate) struct Lines<'t> {
    rest: &'t str,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t [u8], form: &'static str) -> Result<Self, TextError> {
        let text = str::from_utf8(text).ok().filter(|text| text.is_ascii());
        let rest = text
            .and_then(|text| text.strip_prefix(form)?.strip_prefix('\n'))
            .ok_or(TextError::new(
                form,
                "this has to be the first line, of ASCII text",
            ))?;
        Ok(Self { rest })
    }

    /// The next line, which must not be the last.
    pub(crate) fn line(&mut self) -> Option<&'t str> {
        let (line, rest) = self.rest.split_once('\n')?;
        if line.is_empty() {
            return None;
        }
        self.rest = rest;
        Some(line)
    }

    /// The value of the next line, which has to have this key.
    pub(crate) fn value(&mut self, key: &'static str) -> Result<&'t str, TextError> {
        self.line()
            .and_then(|line| line.strip_prefix(key)?.strip_prefix(' '))
            .ok_or(TextError::new(
                key,
                "this line is missing, or lines stand in another order",
            ))
    }

    /// Nothing but the empty line is left.
    pub(crate) fn end(self, form: &'static str) -> Result<(), TextError> {
        (self.rest == "\n")
            .then_some(())
            .ok_or(TextError::new(form, "it has to end with one empty line"))
    }
}
