//! What can be read of an original: its text, the pictures of its pages, and of what is attached to it.

use std::ops::Range;
use std::sync::Arc;

use lagrum_pictures::{Kind, NotShown, Pages, Paper};

use crate::paper::{self, Attached};

/// So many attachments of one mail are shown as pictures; the others can be taken.
const MOST_SHOWN: usize = 10;

/// An original, as far as it can be read.
pub(crate) struct Reading {
    /// All text that was read, one piece after the other.
    pub(crate) text: String,
    /// The file and what is attached to it, in order.
    pub(crate) pieces: Vec<Piece>,
}

/// The file itself, or one that is attached to it.
pub(crate) struct Piece {
    /// Which attachment, counted from 1; `None`: the file itself.
    pub(crate) attached: Option<usize>,
    pub(crate) name: String,
    /// Where its text stands in the whole.
    pub(crate) text: Range<usize>,
    pub(crate) seen: Seen,
}

/// How a piece is seen.
pub(crate) enum Seen {
    /// As text, with what has to be known of it.
    Text {
        more: bool,
        cut_off: bool,
        says_two_things: bool,
    },
    /// As pictures of its pages, with the text that could be read out beside them.
    Pictures(Arc<Paper>),
    /// Not at all: it is packed in this form, and nothing is ever unpacked here.
    Packed(&'static str),
    /// Not at all.
    Not(NotShown),
}

/// The form in which a file is packed, by its first bytes; never by what is in it, which nobody looks at. Office files
/// of today are ZIP, those of before are OLE.
fn packed(bytes: &[u8]) -> Option<&'static str> {
    const FORMS: [(&[u8], &str); 10] = [
        (b"PK\x03\x04", "ZIP"),
        (b"PK\x05\x06", "ZIP"),
        (b"PK\x07\x08", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE"),
        (b"\x1f\x8b", "gzip"),
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ\0", "XZ"),
        (b"\x28\xb5\x2f\xfd", "Zstandard"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"Rar!\x1a\x07", "RAR"),
    ];
    // POSIX.1-1988 and GNU alike.
    if bytes.get(257..262) == Some(b"ustar") {
        return Some("tar");
    }
    let begins = |(begin, _): &&(&[u8], &str)| bytes.starts_with(begin);
    FORMS.iter().find(begins).map(|(_, form)| *form)
}

/// Reads a file. `pages` makes the pictures, where that can be done.
pub(crate) fn read(pages: Option<&Pages>, name: &str, bytes: &[u8]) -> Reading {
    let mut reading = Reading {
        text: String::new(),
        pieces: vec![],
    };
    let attached = paper::attached(name, bytes);
    let (seen, text) = seen(pages, name, bytes);
    reading.add(None, name, seen, &text);
    for (number, one) in (1..).zip(&attached) {
        let Attached { name, bytes } = one;
        if number > MOST_SHOWN {
            reading.add(Some(number), name, Seen::Not(NotShown::TooMuch), "");
        } else {
            let (seen, text) = self::seen(pages, name, bytes);
            reading.add(Some(number), name, seen, &text);
        }
    }
    reading
}

impl Reading {
    fn add(&mut self, attached: Option<usize>, name: &str, seen: Seen, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let begin = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece {
            attached,
            name: name.to_owned(),
            text: begin..self.text.len(),
            seen,
        });
    }
}

fn seen(pages: Option<&Pages>, name: &str, bytes: &[u8]) -> (Seen, String) {
    if Kind::of(bytes).is_none() {
        if let Some(form) = packed(bytes) {
            return (Seen::Packed(form), String::new());
        }
        return match paper::text_of(name, bytes) {
            Some(paper::Words {
                text,
                more,
                cut_off,
                says_two_things,
            }) => {
                let seen = Seen::Text {
                    more,
                    cut_off,
                    says_two_things,
                };
                (seen, text)
            }
            None => (Seen::Not(NotShown::OtherKind), String::new()),
        };
    }
    let looked = match pages {
        Some(pages) => pages.look(bytes),
        None => Err(NotShown::NotConfined),
    };
    match looked {
        Ok(paper) => {
            let text = lagrum_documents::sanitize_for_terminal(&paper.text.replace('\u{c}', "\n"));
            (Seen::Pictures(paper), text)
        }
        Err(why) => (Seen::Not(why), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_named_by_its_first_bytes_whatever_its_name_says() {
        let tar = [&[0; 257][..], b"ustar\0" as &[u8]].concat();
        for (bytes, form) in [
            (&b"PK\x03\x04 cut off"[..], Some("ZIP")),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Some("OLE")),
            (b"\x1f\x8b\x08", Some("gzip")),
            (&tar, Some("tar")),
            (&tar[..260], None),
            (b"PK is a pair of letters", None),
            (b"", None),
        ] {
            for name in ["beslut.txt", "beslut.docx", "mail.eml"] {
                let reading = read(None, name, bytes);
                let found = match reading.pieces[0].seen {
                    Seen::Packed(form) => Some(form),
                    _ => None,
                };
                assert_eq!(found, form, "{name}");
                assert!(form.is_none() || reading.text.is_empty());
            }
        }
    }
}
