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
    /// As text.
    Text,
    /// As pictures of its pages, with the text that could be read out beside them.
    Pictures(Arc<Paper>),
    /// Not at all.
    Not(NotShown),
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
        return match paper::text_of(name, bytes) {
            Some(text) => (Seen::Text, text),
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
