//! The child: shuts itself in, reads one question and one file, answers, ends.

use std::io::{self, Read, Write};

use crate::confine::{confine, still_possible};
use crate::paper::{Ask, LONGEST_FILE, NotShown, Paper, Said};

/// The longest question, in bytes.
const LONGEST_ASK: usize = 200;

/// Shuts this process in, reads a question and a file from `input` and answers on `output`. The process does
/// nothing else afterwards.
///
/// # Errors
/// When the answer cannot be written; whoever asked has gone.
pub fn answer(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    let shut = confine();
    let (said, picture) = match shut {
        Ok(()) => asked(&mut input),
        Err(()) => (Said::Not(NotShown::NotConfined), vec![]),
    };
    let mut line = serde_json::to_vec(&said)?;
    line.push(b'\n');
    output.write_all(&line)?;
    output.write_all(&picture)?;
    output.flush()
}

fn asked(input: &mut impl Read) -> (Said, Vec<u8>) {
    let not = |why| (Said::Not(why), vec![]);
    let mut line = Vec::new();
    let mut byte = [0];
    while line.len() < LONGEST_ASK {
        match input.read_exact(&mut byte) {
            Ok(()) if byte != *b"\n" => line.push(byte[0]),
            _ => break,
        }
    }
    let Ok(ask) = serde_json::from_slice::<Ask>(&line) else {
        return not(NotShown::NotUnderstood);
    };
    if let Ask::Try = ask {
        return (Said::Could(still_possible()), vec![]);
    }
    let mut file = Vec::new();
    let most = u64::try_from(LONGEST_FILE).unwrap_or(u64::MAX);
    if input.take(most + 1).read_to_end(&mut file).is_err() || file.len() > LONGEST_FILE {
        return not(NotShown::TooMuch);
    }
    match ask {
        Ask::Picture { page, width } => match picture(file, page, width) {
            Ok(picture) => (Said::Picture(picture.len()), picture),
            Err(why) => not(why),
        },
        Ask::Look | Ask::Try => match look(file) {
            Ok(paper) => (Said::Paper(paper), vec![]),
            Err(why) => not(why),
        },
    }
}

#[cfg(feature = "readers")]
fn look(file: Vec<u8>) -> Result<Paper, NotShown> {
    match crate::Kind::of(&file) {
        Some(crate::Kind::Pdf) => crate::pdf::look(file),
        Some(crate::Kind::Picture) => crate::scan::look(&file),
        None => Err(NotShown::OtherKind),
    }
}

#[cfg(feature = "readers")]
fn picture(file: Vec<u8>, page: usize, width: u16) -> Result<Vec<u8>, NotShown> {
    match crate::Kind::of(&file) {
        Some(crate::Kind::Pdf) => crate::pdf::picture(file, page, width),
        Some(crate::Kind::Picture) => crate::scan::picture(&file, page, width),
        None => Err(NotShown::OtherKind),
    }
}

#[cfg(not(feature = "readers"))]
fn look(_: Vec<u8>) -> Result<Paper, NotShown> {
    Err(NotShown::NotBuilt)
}

#[cfg(not(feature = "readers"))]
fn picture(_: Vec<u8>, _: usize, _: u16) -> Result<Vec<u8>, NotShown> {
    Err(NotShown::NotBuilt)
}
