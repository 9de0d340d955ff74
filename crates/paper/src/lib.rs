//! A document as a PDF that is read aloud as well as it is printed: tagged, with its language, title
//! and headings (PDF/UA-1).
//!
//! **Invariant.** Nothing is left out and nothing is changed: a character that the typeface does not
//! have is an error, never a box. The same document, author and instant give the same bytes.

mod measure;
mod set;
mod write;

use jiff::Timestamp;
use lagrum_blocks::Document;

/// Why a document cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The typeface lacks a character.
    #[error("the typeface of letters has no `{0}` (U+{code:04X}); write it in another way", code = u32::from(*.0))]
    NoGlyph(char),
    /// The writer of PDF files refuses what it was given.
    #[error("the PDF cannot be written: {0}")]
    Writer(String),
}

/// What a sheet says beside the document.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// Whose letter it is.
    pub author: &'a str,
    /// When it was written (UTC); none: the file does not say.
    pub written_at: Option<Timestamp>,
}

/// The document as a tagged PDF on A4.
///
/// # Errors
/// [`PaperError::NoGlyph`] for a character that the typeface lacks.
pub fn pdf(document: &Document, sheet: &Sheet<'_>) -> Result<Vec<u8>, PaperError> {
    let faces = measure::Faces::new()?;
    let pages = set::set(document, &faces)?;
    write::write(document, sheet, &pages)
}

#[cfg(test)]
mod tests;
