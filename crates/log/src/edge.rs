//! The right edge of the tree: all that is needed to append, without reading what lies left of it.

use tlog_tiles::{Tile, node_hash, record_hash};

use crate::commitment::Commitment;
use crate::error::Error;
use crate::hash::Hash;
use crate::head::Head;
use crate::layout::{self, HEIGHT, WIDTH};

/// A file of the published log: a tile or a bundle, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TileFile {
    pub(crate) tile: Tile,
    pub(crate) content: Vec<u8>,
}

/// What lies in the not yet full tile of one level.
#[derive(Default)]
struct Level {
    /// Number of this tile within the level.
    number: u64,
    /// Fewer than 256 hashes, 32 bytes each.
    hashes: Vec<u8>,
    /// Whether hashes were added since the edge was loaded.
    grown: bool,
}

/// Takes entries and gives the files that they complete.
pub(crate) struct Edge {
    size: u64,
    /// Content of the not yet full entry bundle.
    entries: Vec<u8>,
    levels: Vec<Level>,
}

impl Edge {
    /// The edge of the tree without entries.
    pub(crate) fn empty() -> Self {
        Self {
            size: 0,
            entries: Vec::new(),
            levels: Vec::new(),
        }
    }

    /// The edge of the tree `head`, from its partial tiles and bundle, which `read` gives.
    /// The caller compares [`Edge::head`] with `head`, and so knows that all of them are right.
    pub(crate) fn load(
        head: &Head,
        mut read: impl FnMut(&Tile) -> Result<Vec<u8>, Error>,
    ) -> Result<Self, Error> {
        let mut edge = Self::empty();
        edge.size = head.size;
        let mut count = head.size;
        for level in 0.. {
            if count == 0 {
                break;
            }
            let (number, width) = divide(count);
            let mut hashes = Vec::new();
            if width > 0 {
                hashes = read(&layout::tile(level, number, width))?;
            }
            edge.levels.push(Level {
                number,
                hashes,
                grown: false,
            });
            count = number;
        }
        let (number, width) = divide(head.size);
        if width > 0 {
            let bundle = layout::bundle(number, width);
            edge.entries = read(&bundle)?;
            // The root says nothing about entries, only about leaf hashes.
            let leaves = &edge.levels[0].hashes;
            for (entry, leaf) in layout::entries(&bundle, &edge.entries)?
                .iter()
                .zip(leaves.chunks(32))
            {
                if entry.leaf_hash().0 != leaf {
                    let rule = "its entries must hash to the tile of level 0 beside it";
                    return Err(Error::damaged(layout::path(&bundle), rule));
                }
            }
        }
        Ok(edge)
    }

    /// Adds one entry; `complete` gets each file that is now full.
    pub(crate) fn push(
        &mut self,
        entry: &Commitment,
        complete: &mut impl FnMut(TileFile) -> Result<(), Error>,
    ) -> Result<(), Error> {
        layout::push_entry(&mut self.entries, entry);
        let bundle = layout::bundle(self.size >> HEIGHT, WIDTH);
        self.size += 1;
        if self.entries.len() == layout::length(&bundle) {
            complete(TileFile {
                tile: bundle,
                content: std::mem::take(&mut self.entries),
            })?;
        }

        let mut hash = record_hash(entry.as_bytes());
        for level in 0_u8.. {
            let position = usize::from(level);
            if position == self.levels.len() {
                self.levels.push(Level::default());
            }
            let current = &mut self.levels[position];
            current.hashes.extend(hash.0);
            current.grown = true;
            let tile = layout::tile(level, current.number, WIDTH);
            if current.hashes.len() < layout::length(&tile) {
                break;
            }
            let content = std::mem::take(&mut current.hashes);
            current.number += 1;
            hash = Tile::subtree_hash(&content);
            complete(TileFile { tile, content })?;
        }
        Ok(())
    }

    /// The partial files that changed since the edge was loaded.
    pub(crate) fn partial(&self) -> Vec<TileFile> {
        let mut files = Vec::new();
        let (number, width) = divide(self.size);
        if width > 0 && self.levels.first().is_some_and(|level| level.grown) {
            files.push(TileFile {
                tile: layout::bundle(number, width),
                content: self.entries.clone(),
            });
        }
        for (level, current) in (0_u8..).zip(&self.levels) {
            if current.grown && !current.hashes.is_empty() {
                // Fewer than 256, so the width fits.
                let width = (current.hashes.len() / 32) as u32;
                files.push(TileFile {
                    tile: layout::tile(level, current.number, width),
                    content: current.hashes.clone(),
                });
            }
        }
        files
    }

    /// Size and root of the tree (RFC 6962 section 2.1): the complete subtrees along the edge,
    /// joined from right to left.
    pub(crate) fn head(&self) -> Head {
        let mut root = None;
        for level in &self.levels {
            let mut rest = level.hashes.as_slice();
            while !rest.is_empty() {
                // The lowest bit of the width is the smallest, rightmost complete subtree.
                let count = rest.len() / 32;
                let (left, subtree) = rest.split_at(32 * (count & (count - 1)));
                let subtree = Tile::subtree_hash(subtree);
                root = Some(match root {
                    Some(right) => node_hash(subtree, right),
                    None => subtree,
                });
                rest = left;
            }
        }
        Head {
            size: self.size,
            root: root.map_or(Hash::EMPTY_TREE, Hash::from),
        }
    }
}

/// Number of full tiles, and width of the partial one after them.
fn divide(count: u64) -> (u64, u32) {
    (count >> HEIGHT, (count % u64::from(WIDTH)) as u32)
}

#[cfg(test)]
mod tests;
