//! What is asked of the child, and what it answers.

use serde::{Deserialize, Serialize};

/// More pages than that are not shown; the file can still be taken.
pub(crate) const MOST_PAGES: usize = 200;
/// As much text is read out, in bytes.
pub(crate) const LONGEST_TEXT: usize = 256 << 10;
/// A file that is longer is not taken apart, in bytes.
pub(crate) const LONGEST_FILE: usize = 64 << 20;
/// The longest picture that is taken from the child, in bytes.
pub(crate) const LONGEST_PICTURE: usize = 32 << 20;

/// What kind of file it is, by what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// PDF (ISO 32000).
    Pdf,
    /// A scan or photograph: PNG, JPEG, WebP or TIFF.
    Picture,
}

impl Kind {
    /// By its first bytes. `None`: neither.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        // A reader of PDF looks for the mark in the first kilobyte (ISO 32000-1, annex H.3.4.1).
        let begin = &bytes[..bytes.len().min(1024)];
        if begin.windows(5).any(|five| five == b"%PDF-") {
            return Some(Self::Pdf);
        }
        let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
        let others: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*"];
        let picture = webp || others.iter().any(|mark| bytes.starts_with(mark));
        picture.then_some(Self::Picture)
    }
}

/// Whether the mark of the end of a form stands where its readers look for it: in the last kilobyte, since some programs
/// and cameras leave more behind it.
#[cfg(feature = "readers")]
pub(crate) fn ends_with(file: &[u8], mark: &[u8]) -> bool {
    let end = &file[file.len().saturating_sub(1024)..];
    end.windows(mark.len()).any(|here| here == mark)
}

/// The size of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// From left to right.
    pub width: u16,
    /// From top to bottom.
    pub height: u16,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What kind of file.
    pub kind: Kind,
    /// Its pages, in order, as they are shown at full width.
    pub pages: Vec<Size>,
    /// Whether it has more pages, which are not shown.
    pub more_pages: bool,
    /// Whether the mark of its end is not where it should be, as when it was cut off on its way: what is shown may be
    /// wrong, or not all.
    pub cut_off: bool,
    /// The text that can be read out of it, page by page; empty for a scan. It is not what stands on the
    /// page: a file can hold text that is not seen, and show text that is not held.
    pub text: String,
    /// Whether there is more text, which was not read.
    pub more_text: bool,
}

/// Why a file is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum NotShown {
    /// Neither PDF nor picture.
    #[error("the file is neither PDF nor picture")]
    OtherKind,
    /// Damaged, or of a form that the reader does not know.
    #[error("the file is damaged or of a form that is not known")]
    NotUnderstood,
    /// It opens with a password alone.
    #[error("the file opens with a password alone")]
    Locked,
    /// It is too long, too large, or took too much time or memory.
    #[error("the file asks for more than is given to a file of a stranger")]
    TooMuch,
    /// Too many files are read at this moment.
    #[error("too many files are read at this moment")]
    Busy,
    /// There is no such page.
    #[error("there is no such page")]
    NoSuchPage,
    /// The program was built without the readers.
    #[error("this program was built without readers for PDF and pictures (feature `pictures`)")]
    NotBuilt,
    /// A process cannot be shut in on this machine, or could not be started.
    #[error("a process cannot be shut in on this machine")]
    NotConfined,
}

/// One question to the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Ask {
    /// What does the file hold?
    Look,
    /// One page, counted from 0, at most that wide.
    Picture { page: usize, width: u16 },
    /// What can you still do?
    Try,
}

/// What the child says before the bytes of a picture, if there are some.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Said {
    Paper(Paper),
    /// As many bytes of PNG follow.
    Picture(usize),
    Not(NotShown),
    /// What it could still do, though it must not: empty if it is shut in.
    Could(Vec<String>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_what_stands_in_it() {
        assert_eq!(Kind::of(b"%PDF-1.7\n"), Some(Kind::Pdf));
        assert_eq!(Kind::of(b"\n\n%PDF-1.4"), Some(Kind::Pdf));
        assert_eq!(Kind::of(b"\xff\xd8\xff\xe0"), Some(Kind::Picture));
        assert_eq!(
            Kind::of(b"RIFF\x00\x00\x00\x00WEBPVP8 "),
            Some(Kind::Picture)
        );
        assert_eq!(Kind::of(b"II*\0"), Some(Kind::Picture));
        for other in [&b""[..], b"PK\x03\x04", b"RIFF", b"hello", b"<svg"] {
            assert_eq!(Kind::of(other), None);
        }
    }
}
