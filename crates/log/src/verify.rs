//! Reading the whole log again, and naming what is damaged.

use std::fs;

use tlog_tiles::Tile;

use crate::edge::{Edge, TileFile};
use crate::error::Error;
use crate::head::Head;
use crate::layout::{self, CHECKPOINT, WIDTH};
use crate::reader::{LogReader, width_at};

/// What a full check of a log read and found whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WholeLog {
    /// The head that the log signed, and that its entries hash to.
    pub head: Head,
    /// Entry bundles of this tree.
    pub bundles: u64,
    /// Tiles of this tree, in all levels.
    pub tiles: u64,
    /// Bytes of both.
    pub bytes: u64,
    /// Older partial tiles and bundles that still lie there, and agree.
    pub older_partial_files: u64,
}

impl LogReader {
    /// Checks the newest checkpoint's signature, reads every entry bundle and every tile of its tree,
    /// computes the tree from the entries, and compares it with the tiles and the signed root.
    /// Partial files of older checkpoints are compared too. Memory use does not grow with the log.
    ///
    /// # Errors
    /// [`Error::Damaged`], naming the first damaged file in order of entries: a bundle if the
    /// entries are not those that were signed, else a tile.
    pub fn verify_all(&self) -> Result<WholeLog, Error> {
        let head = self.newest()?.head();
        self.verify_tree(&head)
    }

    pub(crate) fn verify_tree(&self, head: &Head) -> Result<WholeLog, Error> {
        let mut check = Check {
            reader: self,
            head: *head,
            whole: WholeLog {
                head: *head,
                bundles: 0,
                tiles: 0,
                bytes: 0,
                older_partial_files: 0,
            },
            differing_bundle: None,
            differing_tile: None,
        };
        let mut edge = Edge::empty();
        for number in 0..head.size.div_ceil(u64::from(WIDTH)) {
            let bundle = layout::bundle(number, width_at(head.size, 0, number));
            for entry in layout::entries(&bundle, &self.read(&bundle)?)? {
                edge.push(&entry, &mut |file| check.file(&file))?;
            }
        }
        for file in edge.partial() {
            check.file(&file)?;
        }

        // If the entries hash to the signed root they are right, and what differs is the tile.
        // If not, then the entries that differ from their tile are not those that were signed.
        let right = edge.head() == *head;
        let found = if right {
            check.differing_tile
        } else {
            check.differing_bundle
        };
        match found {
            Some(file) if right => Err(Error::damaged(
                file,
                "must agree with the entries that were signed",
            )),
            Some(file) => Err(Error::damaged(
                file,
                "must hold the entries that were signed",
            )),
            None if right => Ok(check.whole),
            None => Err(Error::damaged(
                CHECKPOINT,
                "must be of the tree that entries and tiles form",
            )),
        }
    }
}

struct Check<'a> {
    reader: &'a LogReader,
    head: Head,
    whole: WholeLog,
    differing_bundle: Option<String>,
    differing_tile: Option<String>,
}

impl Check<'_> {
    /// Compares a file that was computed from the entries with the one on disk.
    fn file(&mut self, computed: &TileFile) -> Result<(), Error> {
        let TileFile { tile, content } = computed;
        self.whole.bytes += content.len() as u64;
        if tile.is_data() {
            self.whole.bundles += 1;
        } else {
            self.whole.tiles += 1;
            if self.reader.read(tile)? != *content {
                if tile.level() == 0 {
                    let width = width_at(self.head.size, 0, tile.level_index());
                    let bundle = layout::bundle(tile.level_index(), width);
                    self.differing_bundle.get_or_insert(layout::path(&bundle));
                }
                self.differing_tile.get_or_insert(layout::path(tile));
            }
        }
        self.older_partial_files(tile, content)
    }

    /// Compares partial files of older checkpoints, which are the beginning of this one.
    fn older_partial_files(&mut self, tile: &Tile, content: &[u8]) -> Result<(), Error> {
        for older in older_partials(self.reader, tile)? {
            let path = layout::path(&older);
            let length = layout::length(&older);
            match lagrum_durable::read_at_most(&self.reader.directory().join(&path), length as u64)?
            {
                Some(found) if found == content[..length] => self.whole.older_partial_files += 1,
                // It was removed meanwhile, because the full one is there.
                None => {}
                Some(_) => {
                    self.differing_tile.get_or_insert(path);
                }
            }
        }
        Ok(())
    }
}

/// Narrower partial files of `tile` that are on disk, narrowest first.
fn older_partials(reader: &LogReader, tile: &Tile) -> Result<Vec<Tile>, Error> {
    let narrowest = layout::with_width(tile, 1);
    let file = reader.directory().join(layout::path(&narrowest));
    let Some(directory) = file.parent() else {
        return Ok(Vec::new());
    };
    let listing = match fs::read_dir(directory) {
        Ok(listing) => listing,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::file("list", directory, error)),
    };
    let mut widths = Vec::new();
    for entry in listing {
        let entry = entry.map_err(|error| Error::file("list", directory, error))?;
        // Wider ones belong to a checkpoint that is still to be published.
        let width = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok());
        widths.extend(width.filter(|width| (1..tile.width()).contains(width)));
    }
    widths.sort_unstable();
    Ok(widths
        .into_iter()
        .map(|width| layout::with_width(tile, width))
        .collect())
}
