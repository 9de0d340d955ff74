//! The prepared append: written before the head moves, so that it can be finished afterwards.
//!
//! One private file holds the old head, the new head and every new tile and bundle, and ends with
//! the SHA-256 of all before it. It names files by their coordinates, not by path, so that even a
//! forged one cannot write outside the log's directory.

use std::path::{Path, PathBuf};

use lagrum_durable::FaultPoints;
use sha2::{Digest, Sha256};

use crate::edge::TileFile;
use crate::error::Error;
use crate::faults::Faults;
use crate::hash::Hash;
use crate::head::{Head, MAXIMUM_SIZE};
use crate::layout;

const FIRST_LINE: &[u8] = b"lagrum log prepared append v1\n";
const FILE_NAME: &str = "append";
/// What stands in place of the level for an entry bundle.
const BUNDLE: u8 = 255;
/// No prepared append is longer: the largest batch takes 70 MB.
const MAXIMUM_LENGTH: u64 = 128 << 20;

/// One append, ready to be applied.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Prepared {
    pub(crate) old: Option<Head>,
    pub(crate) new: Head,
    pub(crate) files: Vec<TileFile>,
}

/// What the staging directory holds.
pub(crate) enum Staged {
    Nothing,
    Whole(Prepared),
    Damaged(&'static str),
}

/// The private directory for the one prepared append.
#[derive(Debug)]
pub(crate) struct Staging {
    file: PathBuf,
}

impl Staging {
    pub(crate) fn new(directory: &Path) -> Self {
        let file = directory.join(FILE_NAME);
        Self { file }
    }

    pub(crate) fn write(&self, prepared: &Prepared, faults: &Faults) -> Result<(), Error> {
        faults.point(&self.file)?;
        lagrum_durable::replace_watched(&self.file, &encode(prepared), faults)?;
        Ok(())
    }

    pub(crate) fn read(&self) -> Result<Staged, Error> {
        Ok(
            match lagrum_durable::read_at_most(&self.file, MAXIMUM_LENGTH)? {
                None => Staged::Nothing,
                Some(bytes) => match decode(&bytes) {
                    Ok(prepared) => Staged::Whole(prepared),
                    Err(rule) => Staged::Damaged(rule),
                },
            },
        )
    }

    pub(crate) fn discard(&self, faults: &Faults) -> Result<(), Error> {
        faults.point(&self.file)?;
        lagrum_durable::remove(&self.file)?;
        faults.point(&self.file)?;
        Ok(())
    }
}

fn encode(prepared: &Prepared) -> Vec<u8> {
    let mut bytes = FIRST_LINE.to_vec();
    bytes.push(u8::from(prepared.old.is_some()));
    for head in [prepared.old.unwrap_or(Head::EMPTY), prepared.new] {
        bytes.extend(head.size.to_be_bytes());
        bytes.extend(head.root.0);
    }
    for TileFile { tile, content } in &prepared.files {
        bytes.push(if tile.is_data() { BUNDLE } else { tile.level() });
        bytes.extend(tile.level_index().to_be_bytes());
        bytes.extend(tile.width().to_be_bytes());
        bytes.extend(content);
    }
    let checksum = Sha256::digest(&bytes);
    bytes.extend(checksum);
    bytes
}

fn decode(bytes: &[u8]) -> Result<Prepared, &'static str> {
    let cut = "it is cut short";
    let (bytes, checksum) = bytes.split_last_chunk::<32>().ok_or(cut)?;
    if Sha256::digest(bytes)[..] != checksum[..] {
        return Err("its checksum does not fit its content");
    }
    let mut rest = Reader(bytes);
    if rest.take(FIRST_LINE.len()).ok_or(cut)? != FIRST_LINE {
        return Err("it is of another version");
    }
    let [has_old] = rest.array().ok_or(cut)?;
    let old = rest.head().ok_or(cut)?;
    let new = rest.head().ok_or(cut)?;
    if new.size > MAXIMUM_SIZE {
        return Err("its tree is too large");
    }
    let mut files = Vec::new();
    while !rest.0.is_empty() {
        let [level] = rest.array().ok_or(cut)?;
        let number = u64::from_be_bytes(rest.array().ok_or(cut)?);
        let width = u32::from_be_bytes(rest.array().ok_or(cut)?);
        if !(1..=layout::WIDTH).contains(&width) || (level >= 8 && level != BUNDLE) {
            return Err("it has a tile that cannot be");
        }
        let tile = match level {
            BUNDLE => layout::bundle(number, width),
            _ => layout::tile(level, number, width),
        };
        let content = rest.take(layout::length(&tile)).ok_or(cut)?.to_vec();
        files.push(TileFile { tile, content });
    }
    Ok(Prepared {
        old: (has_old == 1).then_some(old),
        new,
        files,
    })
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const LENGTH: usize>(&mut self) -> Option<[u8; LENGTH]> {
        self.take(LENGTH)?.try_into().ok()
    }

    fn head(&mut self) -> Option<Head> {
        Some(Head {
            size: u64::from_be_bytes(self.array()?),
            root: Hash(self.array()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prepared_append_reads_back_whole_and_any_flipped_byte_is_noticed() {
        let prepared = Prepared {
            old: Some(Head::EMPTY),
            new: Head {
                size: 1,
                root: Hash([9; 32]),
            },
            files: vec![
                TileFile {
                    tile: layout::bundle(0, 1),
                    content: vec![3; 34],
                },
                TileFile {
                    tile: layout::tile(0, 0, 1),
                    content: vec![4; 32],
                },
            ],
        };
        let bytes = encode(&prepared);
        assert_eq!(decode(&bytes).unwrap(), prepared);
        for position in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[position] ^= 1;
            assert!(decode(&flipped).is_err(), "byte {position}");
            assert!(decode(&bytes[..position]).is_err(), "cut at {position}");
        }
    }
}
