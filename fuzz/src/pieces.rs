//! Inputs that are made of several pieces, so that a search for inputs can change, cut and double each
//! by itself.

/// What stands between two pieces: no byte of a text in UTF-8.
pub(crate) const BETWEEN: u8 = 0xff;
/// What stands between the parts of one piece; none of a text either.
pub(crate) const WITHIN: u8 = 0xfe;

/// The pieces of an input.
pub(crate) fn pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == BETWEEN)
}

/// An input of these pieces.
pub(crate) fn joined<T: AsRef<[u8]>>(pieces: impl IntoIterator<Item = T>) -> Vec<u8> {
    let pieces: Vec<_> = pieces.into_iter().collect();
    let pieces: Vec<&[u8]> = pieces.iter().map(AsRef::as_ref).collect();
    pieces.join(&BETWEEN)
}

/// A name and the bytes that belong to it: the first line of a piece, and the rest.
pub(crate) fn named(piece: &[u8]) -> Option<(&str, &[u8])> {
    let end = piece.iter().position(|byte| *byte == b'\n')?;
    let name = std::str::from_utf8(&piece[..end]).ok()?;
    Some((name, &piece[end + 1..]))
}
