//! What goes back to a browser.

use std::fmt;
use std::io::Read;

use maud::Markup;

/// An answer: status, headers of its own, bytes. The headers that every answer has, the guard adds.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// In the place of a body: bytes that are read as they are sent.
    pub(crate) piece: Option<Piece>,
}

/// Bytes that are read as they are sent.
pub(crate) struct Piece {
    pub(crate) bytes: Box<dyn Read + Send>,
    /// How many they are.
    pub(crate) length: u64,
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Piece({} bytes)", self.length)
    }
}

impl Reply {
    /// A page.
    pub(crate) fn page(status: u16, page: Markup) -> Self {
        Self {
            status,
            headers: vec![("content-type", "text/html; charset=utf-8".into())],
            body: page.into_string().into_bytes(),
            piece: None,
        }
    }

    /// Go on there. `to` is an address of ours, from its first slash on.
    pub(crate) fn see(to: impl Into<String>) -> Self {
        Self {
            status: 303,
            headers: vec![("location", to.into())],
            body: vec![],
            piece: None,
        }
    }

    /// Go on to another site: the sign-in provider of the desk's own settings, and nothing else.
    pub(crate) fn away(there: String) -> Self {
        Self::see(there)
    }

    /// A file for the person to keep. It is never shown in the browser.
    pub(crate) fn file(name: &str, bytes: Vec<u8>) -> Self {
        Self {
            status: 200,
            headers: vec![
                ("content-type", "application/octet-stream".into()),
                ("content-disposition", attachment(name)),
            ],
            body: bytes,
            piece: None,
        }
    }

    /// A piece of a file for the person to keep: of so many bytes from there on.
    pub(crate) fn piece(status: u16, name: &str, piece: Piece) -> Self {
        Self {
            status,
            piece: Some(piece),
            ..Self::file(name, vec![])
        }
    }

    /// A picture that was made here.
    pub(crate) fn picture(png: Vec<u8>) -> Self {
        Self {
            status: 200,
            headers: vec![("content-type", "image/png".into())],
            body: png,
            piece: None,
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// A file name as RFC 6266 wants it: plain letters, and all of it in UTF-8 (RFC 8187).
fn attachment(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
    let ascii: String = name
        .chars()
        .map(|c| if plain(c) { c } else { '_' })
        .collect();
    let ascii = ascii.trim_start_matches('.');
    let ascii = if ascii.is_empty() { "file" } else { ascii };
    format!(
        "attachment; filename=\"{ascii}\"; filename*=UTF-8''{}",
        crate::form::encoded(name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_from_outside_cannot_write_a_header() {
        let said = attachment("..\"\r\nSet-Cookie: a=b;/../å.pdf");
        assert!(!said.contains(['\r', '\n']));
        assert_eq!(said.matches('"').count(), 2);
        assert!(said.contains("%C3%A5.pdf"), "{said}");
    }
}
