//! How large a picture is made.

use crate::paper::Size;

/// The widest picture that is made, in pixels: an A4 page at 240 dots an inch.
pub(crate) const WIDEST: u16 = 2000;
/// The tallest picture that is made, in pixels.
pub(crate) const TALLEST: u16 = 4000;

/// A size within bounds, with the proportions of a page that is `width` to `height`.
pub(crate) fn fitted(width: f64, height: f64, widest: u16) -> Option<(Size, f64)> {
    let sound = |side: f64| side.is_finite() && side >= 1.0;
    if !sound(width) || !sound(height) {
        return None;
    }
    let scale = (f64::from(widest.clamp(1, WIDEST)) / width).min(f64::from(TALLEST) / height);
    // Both are at most TALLEST by now.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let side = |side: f64| (side * scale).round().max(1.0) as u16;
    let size = Size {
        width: side(width),
        height: side(height),
    };
    Some((size, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_stays_within_its_bounds_whatever_the_page() {
        for (width, height) in [(595.0, 842.0), (1.0, 1e9), (1e9, 1.0), (1e-3, 5.0)] {
            let Some((size, _)) = fitted(width, height, 1240) else {
                continue;
            };
            assert!(size.width <= 1240 && size.height <= TALLEST, "{size:?}");
        }
        for odd in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
            assert_eq!(fitted(odd, 100.0, 1240), None);
            assert_eq!(fitted(100.0, odd, 1240), None);
        }
    }
}
