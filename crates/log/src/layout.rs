//! Names and contents of the published files (c2sp.org/tlog-tiles).

use tlog_tiles::Tile;

use crate::commitment::Commitment;
use crate::error::Error;

/// Tiles are subtrees of this height.
pub(crate) const HEIGHT: u8 = 8;
/// Hashes in a full tile, and entries in a full bundle.
pub(crate) const WIDTH: u32 = 1 << HEIGHT;
/// File name of the checkpoint.
pub(crate) const CHECKPOINT: &str = "checkpoint";
/// Directory of tiles and entry bundles.
pub(crate) const TILES: &str = "tile";
/// Bytes of an entry in a bundle: its length as a big-endian 16-bit number, and a commitment.
const ENTRY_LENGTH: usize = 2 + 32;

/// Where a tile or an entry bundle lies in the log's directory.
///
/// `tlog_tiles` writes the older form of Go's checksum database, with the height and with `data`.
pub(crate) fn path(tile: &Tile) -> String {
    let older = tile.path();
    let rest = older.strip_prefix("tile/8/").unwrap_or(&older);
    match rest.strip_prefix("data/") {
        Some(number) => format!("{TILES}/entries/{number}"),
        None => format!("{TILES}/{rest}"),
    }
}

/// The entry bundle with number `number` and `width` entries.
pub(crate) fn bundle(number: u64, width: u32) -> Tile {
    Tile::new(HEIGHT, 0, number, width, true)
}

/// The tile of hashes with number `number` in `level`.
pub(crate) fn tile(level: u8, number: u64, width: u32) -> Tile {
    Tile::new(HEIGHT, level, number, width, false)
}

/// The same tile or bundle, with another width.
pub(crate) fn with_width(tile: &Tile, width: u32) -> Tile {
    Tile::new(
        HEIGHT,
        tile.level(),
        tile.level_index(),
        width,
        tile.is_data(),
    )
}

/// How many bytes its file has.
pub(crate) fn length(tile: &Tile) -> usize {
    let each = if tile.is_data() { ENTRY_LENGTH } else { 32 };
    tile.width() as usize * each
}

/// Appends an entry to the content of a bundle.
pub(crate) fn push_entry(content: &mut Vec<u8>, entry: &Commitment) {
    content.extend(32_u16.to_be_bytes());
    content.extend(entry.as_bytes());
}

/// Reads the entries of a bundle of which the length has been checked.
pub(crate) fn entries(tile: &Tile, content: &[u8]) -> Result<Vec<Commitment>, Error> {
    let mut entries = Vec::with_capacity(WIDTH as usize);
    for chunk in content.chunks(ENTRY_LENGTH) {
        match chunk
            .strip_prefix(&32_u16.to_be_bytes())
            .map(<[u8; 32]>::try_from)
        {
            Some(Ok(bytes)) => entries.push(Commitment::from_bytes(bytes)),
            _ => {
                let rule = "every entry must be 32 bytes long, and say so";
                return Err(Error::damaged(path(tile), rule));
            }
        }
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_and_bundles_lie_where_the_specification_says() {
        let cases = [
            (tile(0, 0, 256), "tile/0/000"),
            (tile(0, 273, 112), "tile/0/273.p/112"),
            (tile(2, 0, 1), "tile/2/000.p/1"),
            (tile(5, 1_234_067, 256), "tile/5/x001/x234/067"),
            (tile(63, 1_000, 255), "tile/63/x001/000.p/255"),
            (bundle(999, 256), "tile/entries/999"),
            (bundle(1_234_067, 8), "tile/entries/x001/x234/067.p/8"),
        ];
        for (tile, expected) in cases {
            assert_eq!(path(&tile), expected);
        }
    }

    #[test]
    fn a_bundle_is_a_sequence_of_entries_after_their_length() {
        let one = Commitment::from_bytes([1; 32]);
        let two = Commitment::from_bytes([2; 32]);
        let mut content = Vec::new();
        push_entry(&mut content, &one);
        push_entry(&mut content, &two);
        assert_eq!(content.len(), length(&bundle(0, 2)));
        assert_eq!((content[0], content[1], content[2]), (0, 32, 1));
        assert_eq!(entries(&bundle(0, 2), &content).unwrap(), [one, two]);

        content[35] = 31;
        let error = entries(&bundle(0, 2), &content).unwrap_err();
        assert!(error.to_string().contains("tile/entries/000.p/2"));
    }
}
