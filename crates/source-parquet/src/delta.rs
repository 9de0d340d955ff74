//! How long what is written as differences is (DELTA_BINARY_PACKED): looked at before it is decoded.

/// The largest block, and the most parts of one.
const BLOCK: u64 = 1 << 16;

/// Looks at one such stream at the beginning of `bytes`, whose numbers have `width` bits. Gives how many numbers it holds
/// and how many bytes it has, if it keeps to the format and has no more than `most` numbers.
pub(crate) fn stream(bytes: &[u8], width: u8, most: usize) -> Option<(usize, usize)> {
    let mut at = 0;
    let varint = |at: &mut usize| {
        let mut number = 0_u64;
        for place in 0..10 {
            let byte = *bytes.get(*at)?;
            *at += 1;
            number |= u64::from(byte & 0x7f).checked_shl(7 * place)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    };
    let block = varint(&mut at)?;
    let parts = varint(&mut at)?;
    let count = usize::try_from(varint(&mut at)?).ok()?;
    varint(&mut at)?;
    let sound = block > 0
        && block <= BLOCK
        && block.is_multiple_of(128)
        && parts > 0
        && block.is_multiple_of(parts)
        && (block / parts).is_multiple_of(32);
    if !sound || count > most {
        return None;
    }
    let (parts, part) = (
        usize::try_from(parts).ok()?,
        usize::try_from(block / parts).ok()?,
    );
    let mut left = count.saturating_sub(1);
    while left > 0 {
        varint(&mut at)?;
        let widths = bytes.get(at..at.checked_add(parts)?)?;
        at += parts;
        for one in widths {
            if left == 0 {
                break;
            }
            if *one > width {
                return None;
            }
            at = at.checked_add(usize::from(*one) * part / 8)?;
            left = left.saturating_sub(part);
        }
    }
    (at <= bytes.len()).then_some((count, at))
}
