//! Scans and photographs.

use std::io::Cursor;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::FilterType as Resampling;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder as _, ImageReader, Limits,
};
use tiff::decoder::Decoder;

use crate::fit::{WIDEST, fitted};
use crate::paper::{Kind, MOST_PAGES, NotShown, Paper, Size, ends_with};

/// No side of a scan is longer, in dots: A3 at 600 dots an inch is 9,933.
const LONGEST_SIDE: u32 = 12_000;
/// As much memory a scan takes while it is read, in bytes.
const MEMORY: u64 = 192 << 20;

/// Its pages: a fax has several.
pub(crate) fn look(file: &[u8]) -> Result<Paper, NotShown> {
    let mut paper = Paper {
        kind: Kind::Picture,
        pages: vec![],
        more_pages: false,
        // For what is missing of a JPEG its reader shows grey (ITU-T T.81, B.1.1.3); those of other forms refuse it.
        cut_off: is_jpeg(file) && !ends_with(file, b"\xff\xd9"),
        text: String::new(),
        more_text: false,
    };
    if is_tiff(file) {
        let directories = directories(file)?;
        paper.more_pages = directories.len() > MOST_PAGES;
        for at in directories.into_iter().take(MOST_PAGES) {
            paper.pages.push(size(&beginning_at(file, at))?);
        }
    } else {
        paper.pages.push(size(file)?);
    }
    Ok(paper)
}

fn is_jpeg(file: &[u8]) -> bool {
    file.starts_with(b"\xff\xd8\xff")
}

/// One page, as PNG.
pub(crate) fn picture(file: &[u8], page: usize, width: u16) -> Result<Vec<u8>, NotShown> {
    let page = if is_tiff(file) {
        let directories = directories(file)?;
        let at = directories.get(page).ok_or(NotShown::NoSuchPage)?;
        beginning_at(file, *at)
    } else if page == 0 {
        file.to_vec()
    } else {
        return Err(NotShown::NoSuchPage);
    };
    let (decoder, turned) = opened(&page)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(not_shown)?;
    picture.apply_orientation(turned);
    let (size, _) = sized(picture.width(), picture.height(), width)?;
    let (wide, high) = (u32::from(size.width), u32::from(size.height));
    // A scan is made smaller, never larger than it is.
    let picture = if picture.width() > wide {
        picture.resize_exact(wide, high, Resampling::Triangle)
    } else {
        picture
    };
    let colours = on_white(&picture);
    png(&colours, picture.width(), picture.height())
}

/// The colours, with white behind what can be seen through.
fn on_white(picture: &DynamicImage) -> Vec<u8> {
    let mixed = |colour: u8, cover: u8| {
        let (colour, cover) = (u16::from(colour), u16::from(cover));
        u8::try_from((colour * cover + 255 * (255 - cover)) / 255).unwrap_or(u8::MAX)
    };
    if picture.color().has_alpha() {
        let dots = picture.to_rgba8();
        let each = dots.pixels().flat_map(|dot| {
            let [red, green, blue, cover] = dot.0;
            [red, green, blue].map(|colour| mixed(colour, cover))
        });
        each.collect()
    } else {
        picture.to_rgb8().into_raw()
    }
}

/// Colours, three bytes a dot, as PNG.
pub(crate) fn png(colours: &[u8], width: u32, height: u32) -> Result<Vec<u8>, NotShown> {
    let mut out = Vec::new();
    PngEncoder::new_with_quality(&mut out, CompressionType::Fast, FilterType::Up)
        .write_image(colours, width, height, ExtendedColorType::Rgb8)
        .map_err(not_shown)?;
    Ok(out)
}

fn not_shown(why: image::ImageError) -> NotShown {
    match why {
        image::ImageError::Limits(_) => NotShown::TooMuch,
        _ => NotShown::NotUnderstood,
    }
}

fn opened(file: &[u8]) -> Result<(impl ImageDecoder, Orientation), NotShown> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::new(Cursor::new(file))
        .with_guessed_format()
        .map_err(|_| NotShown::NotUnderstood)?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(not_shown)?;
    let turned = decoder.orientation().map_err(not_shown)?;
    if decoder.total_bytes() > MEMORY {
        return Err(NotShown::TooMuch);
    }
    Ok((decoder, turned))
}

fn sized(width: u32, height: u32, widest: u16) -> Result<(Size, f64), NotShown> {
    // What is small stays small.
    let widest = u16::try_from(width).unwrap_or(u16::MAX).min(widest);
    fitted(f64::from(width), f64::from(height), widest).ok_or(NotShown::NotUnderstood)
}

fn size(file: &[u8]) -> Result<Size, NotShown> {
    let (decoder, turned) = opened(file)?;
    let (width, height) = decoder.dimensions();
    // From 5 on, what EXIF calls its orientation lies on its side.
    let (width, height) = if turned.to_exif() >= 5 {
        (height, width)
    } else {
        (width, height)
    };
    Ok(sized(width, height, WIDEST)?.0)
}

fn is_tiff(file: &[u8]) -> bool {
    file.starts_with(b"II*\0") || file.starts_with(b"MM\0*")
}

/// Where the directory of each page lies (TIFF 6.0, section 2), at most one more than is shown.
fn directories(file: &[u8]) -> Result<Vec<u32>, NotShown> {
    let not_understood = |_| NotShown::NotUnderstood;
    let mut reader = Decoder::new(Cursor::new(file)).map_err(not_understood)?;
    let mut all = Vec::new();
    loop {
        let at = reader.ifd_pointer().ok_or(NotShown::NotUnderstood)?;
        all.push(u32::try_from(at.0).map_err(|_| NotShown::NotUnderstood)?);
        if !reader.more_images() || all.len() > MOST_PAGES {
            return Ok(all);
        }
        reader.next_image().map_err(not_understood)?;
    }
}

/// The same file, whose first page is the one with that directory: its header names the first directory
/// in bytes 4 to 7.
fn beginning_at(file: &[u8], directory: u32) -> Vec<u8> {
    let mut page = file.to_vec();
    let number = if file.starts_with(b"II") {
        directory.to_le_bytes()
    } else {
        directory.to_be_bytes()
    };
    if let Some(place) = page.get_mut(4..8) {
        place.copy_from_slice(&number);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::ImageFormat;

    fn as_file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    fn read(png: &[u8]) -> DynamicImage {
        image::load_from_memory_with_format(png, ImageFormat::Png).unwrap()
    }

    #[test]
    fn a_scan_is_one_page_no_larger_than_it_is_and_no_wider_than_asked() {
        let grey = DynamicImage::new_luma8(2480, 3508);
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Tiff] {
            let file = as_file(&grey, format);
            let paper = look(&file).unwrap();
            assert_eq!(paper.pages.len(), 1, "{format:?}");
            assert_eq!(paper.pages[0].width, WIDEST);
            let shown = read(&picture(&file, 0, 1240).unwrap());
            assert_eq!((shown.width(), shown.height()), (1240, 1754));
            assert_eq!(picture(&file, 1, 1240), Err(NotShown::NoSuchPage));
        }
        let small = as_file(&DynamicImage::new_luma8(30, 20), ImageFormat::Png);
        assert_eq!(
            look(&small).unwrap().pages[0],
            Size {
                width: 30,
                height: 20
            }
        );
        assert_eq!(read(&picture(&small, 0, 1240).unwrap()).width(), 30);
    }

    #[test]
    fn each_page_of_a_fax_is_shown() {
        // Three pages of 1 bit a dot, written by the encoder of `tiff`.
        let mut file = Cursor::new(Vec::new());
        let mut writer = tiff::encoder::TiffEncoder::new(&mut file).unwrap();
        for shade in [0_u8, 128, 255] {
            writer
                .write_image::<tiff::encoder::colortype::Gray8>(8, 4, &[shade; 32])
                .unwrap();
        }
        let file = file.into_inner();
        assert_eq!(look(&file).unwrap().pages.len(), 3);
        for (page, shade) in [(0, 0), (1, 128), (2, 255)] {
            let shown = read(&picture(&file, page, 100).unwrap()).to_rgb8();
            assert_eq!(shown.get_pixel(3, 3).0, [shade; 3]);
        }
        assert_eq!(picture(&file, 3, 100), Err(NotShown::NoSuchPage));
    }

    #[test]
    fn a_scan_that_was_cut_off_is_refused_or_said_to_be() {
        let dots = (0..300 * 300_u32).map(|dot| u8::try_from((dot % 4093).pow(2) % 251).unwrap());
        let noise = image::GrayImage::from_raw(300, 300, dots.collect()).unwrap();
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Tiff] {
            let file = as_file(&noise.clone().into(), format);
            assert!(!look(&file).unwrap().cut_off, "{format:?}");
            for end in [file.len() / 2, file.len() - 2000] {
                let cut = &file[..end];
                let says_so = look(cut).is_ok_and(|paper| paper.cut_off);
                assert!(picture(cut, 0, 300).is_err() || says_so, "{format:?}");
            }
        }
    }

    #[test]
    fn what_can_be_seen_through_stands_on_white() {
        let mut clear = DynamicImage::new_rgba8(2, 1).to_rgba8();
        clear.get_pixel_mut(1, 0).0 = [10, 20, 30, 255];
        let file = as_file(&clear.into(), ImageFormat::Png);
        let shown = read(&picture(&file, 0, 100).unwrap()).to_rgb8();
        assert_eq!(shown.get_pixel(0, 0).0, [255; 3]);
        assert_eq!(shown.get_pixel(1, 0).0, [10, 20, 30]);
    }

    #[test]
    fn a_picture_that_says_it_is_immense_is_not_made() {
        let mut file = as_file(&DynamicImage::new_luma8(1, 1), ImageFormat::Png);
        // Width and height of the header (PNG, 11.2.2).
        file[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        assert!(picture(&file, 0, 100).is_err());
        assert!(look(&file).is_err());
        for odd in [
            &b"\x89PNG\r\n\x1a\n"[..],
            b"\xff\xd8\xff",
            b"II*\0\x08\0\0\0",
        ] {
            assert!(look(odd).is_err());
            assert!(picture(odd, 0, 100).is_err());
        }
    }
}
