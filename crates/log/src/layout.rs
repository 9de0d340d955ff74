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
/// The texts of public entries.
const NOTICES: &str = "notices";
/// The positions of the texts that are there.
pub(crate) const NOTICE_LIST: &str = "notices/list";
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

/// Where the text of a public entry lies. Its entry is [`Commitment::public`] of it.
#[must_use]
pub fn notice_path(position: u64) -> String {
    format!("{NOTICES}/{position}")
}

/// Whether this is the name of a file that a log publishes: `checkpoint`, a tile, an entry bundle
/// (c2sp.org/tlog-tiles), or the text of a public entry. Nothing else that lies in a log's directory is handed to strangers.
#[must_use]
pub fn is_public_file(path: &str) -> bool {
    if path == CHECKPOINT || path == NOTICE_LIST {
        return true;
    }
    if let Some(position) = path
        .strip_prefix(NOTICES)
        .and_then(|rest| rest.strip_prefix('/'))
    {
        return (1..=15).contains(&position.len())
            && position.bytes().all(|byte| byte.is_ascii_digit())
            && (position == "0" || !position.starts_with('0'));
    }
    let Some((level, rest)) = path
        .strip_prefix("tile/")
        .and_then(|rest| rest.split_once('/'))
    else {
        return false;
    };
    let level_fits = level == "entries"
        || (!level.is_empty()
            && level.len() <= 2
            && level.bytes().all(|byte| byte.is_ascii_digit())
            && (level == "0" || !level.starts_with('0'))
            && level.parse::<u8>().is_ok_and(|level| level < 64));
    let (number, width) = match rest.split_once(".p/") {
        Some((number, width)) => (number, Some(width)),
        None => (rest, None),
    };
    let width_fits = width.is_none_or(|width| {
        !width.starts_with('0')
            && width
                .parse::<u32>()
                .is_ok_and(|width| (1..WIDTH).contains(&width))
            && width.bytes().all(|byte| byte.is_ascii_digit())
    });
    let groups: Vec<&str> = number.split('/').collect();
    let three = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    // Groups of three digits, all but the last with an `x`; the shortest form has no empty first group.
    let number_fits = groups.len() <= 7
        && groups.split_last().is_some_and(|(last, before)| {
            three(last)
                && before
                    .iter()
                    .all(|group| group.strip_prefix('x').is_some_and(three))
                && before.first().is_none_or(|group| *group != "x000")
        });
    level_fits && width_fits && number_fits
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
    fn nothing_but_the_files_of_a_log_is_public() {
        for public in [
            "checkpoint",
            "tile/0/000",
            "tile/0/273.p/112",
            "tile/5/x001/x234/067",
            "tile/entries/x001/000.p/8",
            "notices/0",
            "notices/list",
            "notices/281474976710655",
        ] {
            assert!(is_public_file(public), "{public}");
        }
        for other in [
            "",
            "/checkpoint",
            "checkpoint/",
            ".checkpoint.partial",
            "tile",
            "tile/",
            "tile/0",
            "tile/0/",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/+1/000",
            "tile/0/0",
            "tile/0/0000",
            "tile/0/../000",
            "tile/0/x000/001",
            "tile/0/x1/001",
            "tile/0/001/002",
            "tile/0/x001",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/+1",
            "tile/0/000.p/",
            "tile/0/000.p/1/2",
            "tile/entries/../../staging/lock",
            "notices/",
            "notices/00",
            "notices/1/2",
            "notices/.1.partial",
            "notices/1234567890123456",
            "staging/lock",
            "trust.toml",
        ] {
            assert!(!is_public_file(other), "{other}");
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
