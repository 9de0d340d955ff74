//! A copy of a log that somebody else keeps.

use std::path::Path;

use lagrum_durable::NoFaults;
use tlog_tiles::Tile;

use crate::checkpoint::{MAXIMUM_CHECKPOINT, SignedCheckpoint};
use crate::commitment::Commitment;
use crate::edge::{Edge, TileFile};
use crate::error::Error;
use crate::head::Head;
use crate::layout::{self, CHECKPOINT, NOTICE_LIST, WIDTH};
use crate::notices;
use crate::policy::{CheckpointPolicy, VerifiedCheckpoint};
use crate::reader::{LogReader, width_at};

/// Files of the log that is copied, wherever they come from.
pub trait Fetch {
    /// What goes wrong on the way.
    type Error;

    /// The file of this name below the log's address, of at most so many bytes; none if there is no such file.
    ///
    /// # Errors
    /// When it cannot be had now, or is longer.
    fn fetch(&mut self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Self::Error>;
}

/// What became of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mirrored {
    /// The checkpoint that the copy has now, which satisfies the policy.
    pub checkpoint: VerifiedCheckpoint,
    /// How many entries were new.
    pub new: u64,
}

/// Two checkpoints that one log signed and that cannot both be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The one that the copy has.
    pub copied: SignedCheckpoint,
    /// The one that the log shows now.
    pub shown: SignedCheckpoint,
}

/// Why a copy was not brought up to date. It stays as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MirrorError<E> {
    /// A file could not be fetched.
    #[error("{file}: {source}")]
    Fetch {
        /// Which.
        file: String,
        /// Why.
        source: E,
    },
    /// The log does not have a file that its checkpoint stands for.
    #[error("the log does not have {file}, which its checkpoint needs")]
    Missing {
        /// Which.
        file: String,
    },
    /// Its checkpoint is not believed, or the copy cannot be read or written.
    #[error(transparent)]
    Log(#[from] Error),
    /// What it serves does not hash to the root that it signed: damage, here or on the way.
    #[error(
        "the files that were fetched are not those of the log's checkpoint; its copy stays as it was"
    )]
    Damaged,
    /// The log shows another history than the one that was copied: proved by its own two signatures.
    #[error(
        "the log shows another history: its {} entries of now are no continuation of the {} that were copied",
        .0.shown.unverified_head().size,
        .0.copied.unverified_head().size
    )]
    Forked(Box<Fork>),
}

/// Brings the copy in `directory` to what the log shows now. Everything is checked before the copy changes: that the
/// policy believes the log's checkpoint, that the entries hash to its root, and that the tree of the copy is its
/// beginning. Of the log only entries are fetched, the new ones; the tiles over them are computed.
///
/// The texts of public entries come before the copy moves on: it shows no entry of which a text is listed and not
/// here. One that is missing or another than its entry says is asked for again by the next run.
///
/// What is new is held in memory until it is checked, some 70 bytes an entry.
///
/// # Errors
/// [`MirrorError`].
pub fn mirror<F: Fetch>(
    directory: &Path,
    policy: &CheckpointPolicy,
    from: &mut F,
) -> Result<Mirrored, MirrorError<F::Error>> {
    let reader = LogReader::of(directory, policy);
    let old = reader.checkpoint_if_any()?;
    let text = fetch(from, CHECKPOINT, MAXIMUM_CHECKPOINT)?;
    let shown = policy.verify(&SignedCheckpoint::parse(&text)?)?;
    let head = shown.head();
    let old_head = old.as_ref().map_or(Head::EMPTY, VerifiedCheckpoint::head);
    let forked = |old: &Option<VerifiedCheckpoint>| match old {
        None => MirrorError::Damaged,
        Some(old) => MirrorError::Forked(Box::new(Fork {
            copied: old.signed().clone(),
            shown: shown.signed().clone(),
        })),
    };
    if head.size < old_head.size {
        // An older one, out of a cache? Then its tree is the beginning of ours.
        return match old {
            Some(checkpoint) if reader.tree(head.size)? == head => {
                Ok(Mirrored { checkpoint, new: 0 })
            }
            old => Err(forked(&old)),
        };
    }
    let mut edge = Edge::load(&old_head, |tile| reader.read(tile))?;
    if edge.head() != old_head {
        reader.verify_tree(&old_head)?;
    }
    let files = grow(&mut edge, head.size, &head, from)?;
    if edge.head() != head {
        // The log's own entries tell whether it forked, or whether what it serves is damaged.
        let mut anew = Edge::empty();
        grow(&mut anew, old_head.size, &head, from)?;
        let before = anew.head();
        grow(&mut anew, head.size, &head, from)?;
        let whole = anew.head() == head && before != old_head;
        return Err(if whole || head.size == old_head.size {
            forked(&old)
        } else {
            MirrorError::Damaged
        });
    }
    write(directory, &files)?;
    copy_notices(&reader, head.size, from)?;
    lagrum_durable::replace(&directory.join(CHECKPOINT), &text).map_err(Error::from)?;
    Ok(Mirrored {
        new: head.size - old_head.size,
        checkpoint: shown,
    })
}

/// Fetches the texts of the first `size` entries that the copy does not have, and keeps those that are what their
/// entries say.
fn copy_notices<F: Fetch>(
    reader: &LogReader,
    size: u64,
    from: &mut F,
) -> Result<(), MirrorError<F::Error>> {
    let Some(list) = fetch_if_any(from, NOTICE_LIST, notices::MAXIMUM_LIST)? else {
        return Ok(());
    };
    let known = notices::list_in(reader.directory())?;
    for position in notices::parse_list(&list)? {
        if position >= size || known.binary_search(&position).is_ok() {
            continue;
        }
        let text = fetch(
            from,
            &layout::notice_path(position),
            notices::MAXIMUM_NOTICE,
        )?;
        if entry_at(reader, size, position)? != Some(Commitment::public(&text)) {
            return Err(MirrorError::Damaged);
        }
        notices::put(reader.directory(), &[(position, text)], &NoFaults)?;
    }
    Ok(())
}

/// An entry out of the bundles of a log with so many.
fn entry_at(reader: &LogReader, size: u64, position: u64) -> Result<Option<Commitment>, Error> {
    let width = u64::from(WIDTH);
    let number = position / width;
    let bundle = layout::bundle(number, width_at(size, 0, number));
    let entries = layout::entries(&bundle, &reader.read(&bundle)?)?;
    Ok(entries.get((position % width) as usize).copied())
}

/// Adds entries of the log under `head` until the tree has so many, and gives the files that they make.
fn grow<F: Fetch>(
    edge: &mut Edge,
    until: u64,
    head: &Head,
    from: &mut F,
) -> Result<Vec<TileFile>, MirrorError<F::Error>> {
    let mut files = Vec::new();
    let mut size = edge.head().size;
    while size < until {
        let number = size / u64::from(WIDTH);
        let bundle = layout::bundle(number, width_at(head.size, 0, number));
        let entries = layout::entries(&bundle, &fetch_tile(from, &bundle)?)?;
        let wanted = (until - size).min(u64::from(WIDTH)) as usize;
        for entry in entries[(size % u64::from(WIDTH)) as usize..]
            .iter()
            .take(wanted)
        {
            edge.push(entry, &mut |file| {
                files.push(file);
                Ok(())
            })?;
            size += 1;
        }
    }
    files.extend(edge.partial());
    Ok(files)
}

/// Writes what was checked. What lies beyond the copy's checkpoint is no part of it yet, and gives way.
fn write(directory: &Path, files: &[TileFile]) -> Result<(), Error> {
    lagrum_durable::create_directory(directory)?;
    let files: Vec<_> = files
        .iter()
        .map(|TileFile { tile, content }| (directory.join(layout::path(tile)), content.as_slice()))
        .collect();
    for (file, content) in &files {
        match lagrum_durable::read_at_most(file, content.len() as u64)? {
            Some(found) if found != *content => lagrum_durable::remove(file)?,
            _ => {}
        }
    }
    lagrum_durable::create_all(directory, files.into_iter(), &NoFaults)?;
    Ok(())
}

fn fetch<F: Fetch>(from: &mut F, path: &str, limit: u64) -> Result<Vec<u8>, MirrorError<F::Error>> {
    fetch_if_any(from, path, limit)?.ok_or_else(|| MirrorError::Missing {
        file: path.to_owned(),
    })
}

fn fetch_if_any<F: Fetch>(
    from: &mut F,
    path: &str,
    limit: u64,
) -> Result<Option<Vec<u8>>, MirrorError<F::Error>> {
    from.fetch(path, limit)
        .map_err(|source| MirrorError::Fetch {
            file: path.to_owned(),
            source,
        })
}

/// A partial file may have gone since the full one is there; then it is the beginning of that.
fn fetch_tile<F: Fetch>(from: &mut F, tile: &Tile) -> Result<Vec<u8>, MirrorError<F::Error>> {
    let full = layout::with_width(tile, WIDTH);
    for own in [tile, &full] {
        let length = layout::length(own);
        let fetched = fetch_if_any(from, &layout::path(own), length as u64)?;
        if let Some(mut content) = fetched.filter(|content| content.len() == length) {
            content.truncate(layout::length(tile));
            return Ok(content);
        }
    }
    Err(MirrorError::Missing {
        file: layout::path(tile),
    })
}
