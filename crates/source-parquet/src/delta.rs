//! What is written as differences (DELTA_BINARY_PACKED): looked at before it is decoded.

/// The largest block.
const BLOCK: u64 = 1 << 16;

/// Bytes on their way.
struct Bytes<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Bytes<'_> {
    fn varint(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for place in 0..10 {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            number |= u64::from(byte & 0x7f).checked_shl(7 * place)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.varint()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }
}

/// Looks at one such stream at the beginning of `bytes`, whose numbers have `width` bits. Gives how many numbers it holds
/// and how many bytes it has, if it keeps to the format and has no more than `most` numbers.
pub(crate) fn stream(bytes: &[u8], width: u8, most: usize) -> Option<(usize, usize)> {
    walk(bytes, width, most, None)
}

/// The same of numbers of 32 bits that are lengths: none of them may be less than nothing.
fn lengths(bytes: &[u8], most: usize) -> Option<(Vec<u32>, usize)> {
    let mut all = Vec::new();
    let (_, at) = walk(bytes, 32, most, Some(&mut all))?;
    Some((all, at))
}

/// Whether `bytes` are values of different length behind all of their lengths.
pub(crate) fn texts(bytes: &[u8], most: usize) -> Option<()> {
    let (lengths, at) = lengths(bytes, most)?;
    fits(&lengths, bytes.len() - at)
}

/// Whether they are what each value has in common with the one before it, and what is behind that. `fixed`: the bytes
/// of each, if all have as many.
pub(crate) fn prefixed(bytes: &[u8], most: usize, fixed: Option<usize>) -> Option<()> {
    let (prefixes, at) = lengths(bytes, most)?;
    let rest = &bytes[at..];
    let (suffixes, at) = lengths(rest, most)?;
    fits(&suffixes, rest.len() - at)?;
    let mut before = 0;
    for (prefix, suffix) in prefixes.iter().zip(&suffixes) {
        if *prefix as usize > before {
            return None;
        }
        before = *prefix as usize + *suffix as usize;
        if fixed.is_some_and(|fixed| fixed != before) {
            return None;
        }
    }
    (prefixes.len() == suffixes.len()).then_some(())
}

fn fits(lengths: &[u32], bytes: usize) -> Option<()> {
    let sum: u64 = lengths.iter().map(|length| u64::from(*length)).sum();
    (sum <= bytes as u64).then_some(())
}

fn walk(
    bytes: &[u8],
    width: u8,
    most: usize,
    mut lengths: Option<&mut Vec<u32>>,
) -> Option<(usize, usize)> {
    let mut all = Bytes { bytes, at: 0 };
    let block = all.varint()?;
    let parts = all.varint()?;
    let count = usize::try_from(all.varint()?).ok()?;
    let mut last = all.signed()?;
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
    let mut give = |number: i64| {
        if let Some(lengths) = &mut lengths {
            lengths.push(
                u32::try_from(number)
                    .ok()
                    .filter(|one| *one <= i32::MAX as u32)?,
            );
        }
        Some(())
    };
    if count > 0 {
        give(last)?;
    }
    let mut left = count.saturating_sub(1);
    while left > 0 {
        let least = all.signed()?;
        let widths = bytes.get(all.at..all.at.checked_add(parts)?)?;
        all.at += parts;
        for one in widths {
            if left == 0 {
                break;
            }
            if *one > width {
                return None;
            }
            let end = all.at.checked_add(usize::from(*one) * part / 8)?;
            let packed = bytes.get(all.at..end)?;
            all.at = end;
            let here = part.min(left);
            // Numbers of 64 bits are no lengths, and nothing can be wrong with them.
            if width == 32 {
                for place in 0..here {
                    let delta = least.wrapping_add(bits(packed, place, *one));
                    last = last.wrapping_add(delta);
                    last = i64::from(last as i32); // as numbers of 32 bits go on
                    give(last)?;
                }
            }
            left -= here;
        }
    }
    Some((count, all.at))
}

/// The number at a place of numbers of so many bits, 32 at most.
fn bits(packed: &[u8], place: usize, width: u8) -> i64 {
    let from = place * usize::from(width);
    let mut number = 0_u64;
    for (at, byte) in packed.iter().skip(from / 8).take(5).enumerate() {
        number |= u64::from(*byte) << (8 * at);
    }
    let mask = (1_u64 << width) - 1;
    ((number >> (from % 8)) & mask).cast_signed()
}
