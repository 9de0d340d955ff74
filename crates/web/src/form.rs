//! What a form sends.

use std::str;

/// The fields of a form or of the query of an address, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form(Vec<(String, String)>);

/// More fields than any of our forms has: a longer list is refused before it is taken apart.
const MOST_FIELDS: usize = 1_000;

impl Form {
    /// Reads `application/x-www-form-urlencoded` (WHATWG URL Standard, section 5.1); `None` if it is
    /// not UTF-8 after decoding, or has too many fields.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        if text.iter().filter(|byte| **byte == b'&').count() >= MOST_FIELDS {
            return None;
        }
        let pairs = text
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty());
        let fields = pairs.map(|pair| {
            let at = pair.iter().position(|byte| *byte == b'=');
            let (name, value) = match at {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &[][..]),
            };
            Some((decoded(name)?, decoded(value)?))
        });
        fields.collect::<Option<_>>().map(Self)
    }

    pub(crate) fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    pub(crate) fn fields(&self) -> &[(String, String)] {
        &self.0
    }

    /// The first value of a field, without blanks around it; nothing if it is empty.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// The first value of a field, without blanks around it; empty if it is not there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value of a field as it came.
    pub(crate) fn raw(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }

    /// Every value of a field.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = move |field: &&(String, String)| field.0 == name;
        self.0.iter().filter(named).map(|(_, value)| value.as_str())
    }

    /// Whether a box is ticked.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        !self.raw(name).is_empty()
    }
}

fn decoded(text: &[u8]) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: u8| (byte as char).to_digit(16);
                let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    // What a person types in a field has no control character but the end of a line.
    let text = String::from_utf8(out).ok()?;
    (!text.contains('\0')).then(|| text.replace("\r\n", "\n"))
}

/// A text as the value of a query field.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(byte as char);
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_browsers_write_it_and_nothing_else() {
        let form = Form::parse("a=1+2&b=%C3%A5%26&a=x&flag&=y&&c=1%0D%0A2".as_bytes()).unwrap();
        assert_eq!(form.text("a"), "1 2");
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["1 2", "x"]);
        assert_eq!(form.text("b"), "å&");
        assert_eq!(form.raw("c"), "1\n2");
        assert!(!form.ticked("flag") && form.given("flag").is_none());
        for wrong in ["a=%", "a=%2", "a=%zz", "a=%ff", "a=%00"] {
            assert_eq!(Form::parse(wrong.as_bytes()), None, "{wrong}");
        }
        assert_eq!(Form::parse("a&".repeat(2_000).as_bytes()), None);
    }

    #[test]
    fn what_is_encoded_reads_back() {
        for text in ["", "a b", "å/?&=%+#\"'<>", "🦀"] {
            let form = Form::parse(format!("x={}", encoded(text)).as_bytes()).unwrap();
            assert_eq!(form.raw("x"), text);
        }
    }
}
