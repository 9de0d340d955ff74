//! How wide text is.

use lagrum_blocks::tied;
use ttf_parser::Face;

use crate::PaperError;

pub(crate) const REGULAR: &[u8] = include_bytes!("../fonts/lagrum-serif-regular.ttf");
pub(crate) const BOLD: &[u8] = include_bytes!("../fonts/lagrum-serif-bold.ttf");

/// The two weights.
pub(crate) struct Faces {
    regular: Face<'static>,
    bold: Face<'static>,
}

impl Faces {
    pub(crate) fn new() -> Result<Self, PaperError> {
        let face = |bytes| Face::parse(bytes, 0).map_err(|e| PaperError::Writer(e.to_string()));
        Ok(Self {
            regular: face(REGULAR)?,
            bold: face(BOLD)?,
        })
    }

    /// How wide `text` is at `size` points, in points.
    pub(crate) fn width(&self, text: &str, size: f32, bold: bool) -> Result<f32, PaperError> {
        let face = if bold { &self.bold } else { &self.regular };
        let mut units = 0_u32;
        for c in text.chars() {
            let glyph = face.glyph_index(c).ok_or(PaperError::NoGlyph(c))?;
            units += u32::from(face.glyph_hor_advance(glyph).unwrap_or_default());
        }
        #[expect(clippy::cast_precision_loss, reason = "a line is short")]
        let width = units as f32 * size / f32::from(face.units_per_em());
        Ok(width)
    }

    /// Parts text into lines no wider than `room`, between words; a word that is wider than a line is
    /// parted anywhere. A line that goes on ends with a blank, so that it reads on.
    pub(crate) fn lines(
        &self,
        text: &str,
        size: f32,
        bold: bool,
        room: f32,
    ) -> Result<Vec<String>, PaperError> {
        let mut lines = Vec::new();
        for written in text.split('\n') {
            let mut line = String::new();
            for word in tied(written).split(' ').filter(|word| !word.is_empty()) {
                let mut word = word.to_owned();
                loop {
                    let joined = match line.is_empty() {
                        true => word.clone(),
                        false => format!("{line} {word}"),
                    };
                    if self.width(&joined, size, bold)? <= room {
                        line = joined;
                        break;
                    }
                    if !line.is_empty() {
                        lines.push(format!("{} ", std::mem::take(&mut line)));
                        continue;
                    }
                    let head = self.fitting(&word, size, bold, room)?;
                    let rest = word.split_off(head);
                    lines.push(std::mem::replace(&mut word, rest));
                }
            }
            lines.push(line);
        }
        Ok(lines)
    }

    /// How many bytes of a word that is wider than a line fit on one: one character at least.
    fn fitting(&self, word: &str, size: f32, bold: bool, room: f32) -> Result<usize, PaperError> {
        let mut fits = word.chars().next().map_or(0, char::len_utf8);
        for (at, c) in word.char_indices() {
            let end = at + c.len_utf8();
            if self.width(&word[..end], size, bold)? > room {
                break;
            }
            fits = fits.max(end);
        }
        Ok(fits)
    }
}
