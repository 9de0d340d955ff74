//! PDF (ISO 32000).

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt as _, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::kurbo::{BezPath, Rect};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use crate::fit::{WIDEST, fitted};
use crate::layout::{Letter, lines};
use crate::paper::{Kind, LONGEST_TEXT, MOST_PAGES, NotShown, Paper, Size, ends_with};
use crate::scan::png;

/// More letters than a page of a demand has.
const MOST_LETTERS: usize = 50_000;
/// Letters are described in thousandths of their size (ISO 32000-1, 9.2.4).
const UNITS: f64 = 1000.0;

fn open(file: Vec<u8>) -> Result<Pdf, NotShown> {
    Pdf::new(file).map_err(|why| match why {
        LoadPdfError::Decryption(_) => NotShown::Locked,
        LoadPdfError::Invalid => NotShown::NotUnderstood,
    })
}

fn sized(page: &Page<'_>, widest: u16) -> Option<(Size, f64)> {
    let (width, height) = page.render_dimensions();
    fitted(f64::from(width), f64::from(height), widest)
}

/// Its pages and its text.
pub(crate) fn look(file: Vec<u8>) -> Result<Paper, NotShown> {
    // Without the mark of its end the reader guesses what the file holds (ISO 32000-1, annex H.3.4.4).
    let cut_off = !ends_with(&file, b"%%EOF");
    let pdf = open(file)?;
    let all = pdf.pages();
    let mut paper = Paper {
        kind: Kind::Pdf,
        pages: vec![],
        more_pages: all.len() > MOST_PAGES,
        cut_off,
        text: String::new(),
        more_text: false,
    };
    let cache = InterpreterCache::new();
    for page in all.iter().take(MOST_PAGES) {
        let (size, _) = sized(page, WIDEST).ok_or(NotShown::NotUnderstood)?;
        paper.pages.push(size);
        if paper.more_text {
            continue;
        }
        let (text, all_of_it) = text(page, &cache);
        // A form feed parts pages, as it does in print.
        if paper.pages.len() > 1 {
            paper.text.push('\u{c}');
        }
        paper.text.push_str(&text);
        paper.more_text = !all_of_it;
        if paper.text.len() > LONGEST_TEXT {
            let end = paper.text.floor_char_boundary(LONGEST_TEXT);
            paper.text.truncate(end);
            paper.more_text = true;
        }
    }
    if paper.pages.is_empty() {
        return Err(NotShown::NotUnderstood);
    }
    if paper.text.trim().is_empty() {
        paper.text.clear();
    }
    Ok(paper)
}

/// One page, as PNG.
pub(crate) fn picture(file: Vec<u8>, number: usize, width: u16) -> Result<Vec<u8>, NotShown> {
    let pdf = open(file)?;
    let pages = pdf.pages();
    let page = pages.get(number).ok_or(NotShown::NoSuchPage)?;
    let (_, scale) = sized(page, width).ok_or(NotShown::NotUnderstood)?;
    #[allow(clippy::cast_possible_truncation)]
    let scale = scale as f32;
    let settings = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let pixmap = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    // On white nothing is seen through.
    let colours = pixmap.data().iter().flat_map(|dot| [dot.r, dot.g, dot.b]);
    png(&colours.collect::<Vec<u8>>(), width, height)
}

/// The text of a page, and whether that is all.
fn text<'a>(page: &Page<'a>, cache: &InterpreterCache<'a>) -> (String, bool) {
    let (width, height) = page.render_dimensions();
    let whole = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let upright = page.initial_transform(true).to_kurbo();
    let settings = InterpreterSettings::default();
    let mut context = Context::new(upright, whole, cache, page.xref(), settings);
    let mut letters = Letters::default();
    interpret_page(page, &mut context, &mut letters);
    (lines(&letters.all), !letters.more)
}

/// Draws nothing, and keeps the letters.
#[derive(Default)]
struct Letters {
    all: Vec<Letter>,
    more: bool,
}

impl<'a> Device<'a> for Letters {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.all.len() >= MOST_LETTERS {
                self.more = true;
                return;
            }
            let [a, b, _, _, x, y] = (props.transform * glyph.transform()).as_coeffs();
            let scale = a.hypot(b);
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let says = match glyph.as_unicode() {
                Some(BfString::Char(one)) => one.to_string(),
                Some(BfString::String(several)) => several,
                None => '\u{fffd}'.to_string(),
            };
            if [scale, x, y].iter().all(|number| number.is_finite()) {
                self.all.push(Letter {
                    x,
                    y,
                    size: scale * UNITS,
                    advance: advance.map(|wide| f64::from(wide) * scale),
                    says,
                });
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::pdf_of;

    #[test]
    fn a_decision_is_shown_page_by_page_and_its_text_read() {
        let file = pdf_of(&[
            &["Beslut om utlämnande av uppgifter", "Dnr 0201-K771-26"],
            &["Sida två"],
        ]);
        let paper = look(file.clone()).unwrap();
        assert_eq!(paper.pages.len(), 2);
        assert!(!paper.more_pages && !paper.more_text && !paper.cut_off);
        let text = &paper.text;
        for said in [
            "Beslut om utlämnande av uppgifter\n",
            "Dnr 0201-K771-26",
            "\u{c}Sida två",
        ] {
            assert!(text.contains(said), "{said:?} in {text:?}");
        }
        let png = picture(file.clone(), 1, 620).unwrap();
        let shown = image::load_from_memory(&png).unwrap().to_luma8();
        assert_eq!((shown.width(), shown.height()), (620, 877));
        // White paper with dark letters on it.
        let dark = shown.pixels().filter(|dot| dot.0[0] < 128).count();
        assert!((20..20_000).contains(&dark), "{dark}");
        assert_eq!(picture(file, 2, 620), Err(NotShown::NoSuchPage));
    }

    #[test]
    fn a_long_document_is_shown_in_part_and_that_is_said() {
        let page: &[&str] = &["x"];
        let paper = look(pdf_of(&vec![page; MOST_PAGES + 1])).unwrap();
        assert_eq!((paper.pages.len(), paper.more_pages), (MOST_PAGES, true));
        let line = "word ".repeat(100);
        let lines = vec![line.as_str(); 60];
        let paper = look(pdf_of(&vec![lines.as_slice(); 20])).unwrap();
        assert!(paper.more_text && paper.text.len() <= LONGEST_TEXT);
    }

    #[test]
    fn what_is_no_pdf_within_is_refused() {
        let whole = pdf_of(&[&["x"]]);
        for file in [b"%PDF-1.7".to_vec(), b"%PDF-1.7\n\xff\xfe\0\0".to_vec()] {
            assert_eq!(look(file), Err(NotShown::NotUnderstood));
        }
        for end in (0..whole.len() - 8).step_by(37) {
            // Cut off anywhere it ends in an answer, which says so.
            let cut = look(whole[..end].to_vec());
            assert!(
                cut.is_err() || cut.is_ok_and(|paper| paper.cut_off),
                "{end}"
            );
            let _ = picture(whole[..end].to_vec(), 0, 100);
        }
    }
}
