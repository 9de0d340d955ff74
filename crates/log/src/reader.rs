//! Reading a published log: what a mirror, an auditor and the log itself can do without a key.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use lagrum_notes::{VerifyingKey, role};
use tlog_tiles::{HashReader, Tile, prove_record, prove_tree, tree_hash};

use crate::checkpoint::{MAXIMUM_CHECKPOINT, SignedCheckpoint};
use crate::commitment::Commitment;
use crate::consistency::ConsistencyProof;
use crate::error::Error;
use crate::hash::Hash;
use crate::head::{Head, MAXIMUM_SIZE};
use crate::layout::{self, CHECKPOINT, HEIGHT, WIDTH};
use crate::merkle;
use crate::pending::PendingFile;
use crate::policy::{CheckpointPolicy, VerifiedCheckpoint};
use crate::proof::Inclusion;

/// What [`LogReader::compare`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Number of entries under the newest checkpoint; none while there is none.
    pub size: Option<u64>,
    /// The first position at which the log has another entry.
    pub differs: Option<u64>,
}

/// A published log, opened for reading. Any number may be open while the log grows.
#[derive(Clone, Debug)]
pub struct LogReader {
    directory: PathBuf,
    policy: CheckpointPolicy,
    /// Whether the policy asks for witnesses, too.
    witnessed: bool,
    pending: Option<PendingFile>,
    proved: Arc<Mutex<Proved>>,
}

/// Hashes of the tree under one head that were proved to be in it: what is compared next under the same head
/// reads and hashes the upper tiles no more.
#[derive(Debug, Default)]
struct Proved {
    head: Option<Head>,
    hashes: HashMap<u64, tlog_tiles::Hash>,
}

/// How many hashes are remembered at most: some 4 MB.
const MOST_PROVED: usize = 1 << 16;

impl LogReader {
    /// A log or a mirror of it in `directory`, signed with `verifier`.
    pub fn open(directory: impl Into<PathBuf>, verifier: VerifyingKey<role::Log>) -> Self {
        Self::of(directory, &CheckpointPolicy::of_log(verifier))
    }

    /// A log or a mirror of it in `directory`, as `policy` knows its keys; whoever cosigned.
    pub fn of(directory: impl Into<PathBuf>, policy: &CheckpointPolicy) -> Self {
        Self {
            directory: directory.into(),
            policy: policy.without_witnesses(),
            witnessed: false,
            pending: None,
            proved: Arc::default(),
        }
    }

    /// A log or a mirror of it in `directory`, of which nothing is read that `policy` does not believe: its witnesses
    /// saw the checkpoint, whichever is there at that moment.
    pub fn believing(directory: impl Into<PathBuf>, policy: &CheckpointPolicy) -> Self {
        Self {
            policy: policy.clone(),
            witnessed: true,
            ..Self::of(directory, policy)
        }
    }

    /// The log as those see it who keep it: with what waits for witnesses, in the private directory `staging`.
    /// [`LogReader::checkpoint`] and [`LogReader::prove`] stay with what is published.
    #[must_use]
    pub fn with_pending(mut self, staging: &Path) -> Self {
        self.pending = Some(PendingFile::within(staging));
        self
    }

    /// The public directory.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Believes checkpoints that the log signed, whoever cosigned.
    pub fn policy(&self) -> &CheckpointPolicy {
        &self.policy
    }

    /// The published checkpoint, with its signature checked.
    ///
    /// # Errors
    /// [`Error::Damaged`] if it is missing, malformed or not signed by the log.
    pub fn checkpoint(&self) -> Result<VerifiedCheckpoint, Error> {
        self.checkpoint_if_any()?
            .ok_or_else(|| Error::damaged(CHECKPOINT, "must be there"))
    }

    pub(crate) fn checkpoint_if_any(&self) -> Result<Option<VerifiedCheckpoint>, Error> {
        let file = self.directory.join(CHECKPOINT);
        let Some(bytes) = lagrum_durable::read_at_most(&file, MAXIMUM_CHECKPOINT)? else {
            return Ok(None);
        };
        let checkpoint = SignedCheckpoint::parse(&bytes)
            .map_err(|_| Error::damaged(CHECKPOINT, "must be a checkpoint"))?;
        let checkpoint = self.policy.verify(&checkpoint).map_err(|_| {
            let rule = match self.witnessed {
                false => "must be signed by the log",
                true => "must be signed by the log, and by the witnesses that the policy asks for",
            };
            Error::damaged(CHECKPOINT, rule)
        })?;
        if checkpoint.head().size > MAXIMUM_SIZE {
            return Err(Error::damaged(CHECKPOINT, "must have at most 2^48 entries"));
        }
        Ok(Some(checkpoint))
    }

    /// How many entries the published checkpoint says that the log has; none if there is no checkpoint, or none that can
    /// be read. Nothing is checked: for who only has to know whether to look closer.
    #[must_use]
    pub fn claimed_size(&self) -> Option<u64> {
        let file = self.directory.join(CHECKPOINT);
        let bytes = lagrum_durable::read_at_most(&file, MAXIMUM_CHECKPOINT).ok()??;
        let checkpoint = SignedCheckpoint::parse(&bytes).ok()?;
        Some(checkpoint.unverified_head().size)
    }

    /// As [`LogReader::claimed_size`], with a checkpoint that waits for witnesses: that of the last entry that was
    /// written. What waits counts only beside the published one that lay there when it was made: a log that is not in
    /// its place has nothing.
    #[must_use]
    pub fn claimed_newest(&self) -> Option<u64> {
        // Read first: what no longer waits is published by then.
        let waiting = self.pending.as_ref().and_then(|file| file.read().ok()?);
        let published = self.claimed_size();
        let Some(waiting) = waiting.filter(|one| published.unwrap_or(0) >= one.after) else {
            return published;
        };
        published.max(Some(waiting.checkpoint.unverified_head().size))
    }

    /// The newest checkpoint that the log signed: the one that waits for witnesses, if this reader knows where that
    /// lies and there is one, else the published one.
    ///
    /// # Errors
    /// As [`LogReader::checkpoint`].
    pub fn newest(&self) -> Result<VerifiedCheckpoint, Error> {
        self.newest_if_any()?
            .ok_or_else(|| Error::damaged(CHECKPOINT, "must be there"))
    }

    pub(crate) fn newest_if_any(&self) -> Result<Option<VerifiedCheckpoint>, Error> {
        // Read first: what no longer waits is published by then.
        let waiting = match &self.pending {
            Some(file) => file.read()?,
            None => None,
        };
        let published = self.checkpoint_if_any()?;
        let Some(waiting) = waiting else {
            return Ok(published);
        };
        let waiting = self.policy.verify(&waiting.checkpoint).map_err(|_| {
            Error::damaged(
                "the checkpoint that waits for witnesses",
                "must be signed by the log",
            )
        })?;
        Ok(match published {
            Some(published) if published.head().size >= waiting.head().size => Some(published),
            _ => Some(waiting),
        })
    }

    /// Proves that the entry at `index` is under the published checkpoint. The proof has been
    /// checked, so no damage on disk gets into it.
    ///
    /// # Errors
    /// [`Error::NotInLog`]; [`Error::Damaged`], naming the first damaged file.
    pub fn prove(&self, index: u64) -> Result<Inclusion, Error> {
        self.inclusion(index).map(|(inclusion, _)| inclusion)
    }

    /// The entry at `index`, checked against the published checkpoint.
    ///
    /// # Errors
    /// As [`LogReader::prove`].
    pub fn entry(&self, index: u64) -> Result<Commitment, Error> {
        self.inclusion(index).map(|(_, entry)| entry)
    }

    /// Holds entries, each with its position, against the newest checkpoint. Positions that it
    /// does not have yet are passed over; no entry bundle is read, only the tiles over it.
    ///
    /// # Errors
    /// [`Error::Damaged`], naming the first damaged file; when a file cannot be read.
    pub fn compare(&self, entries: &[(u64, Commitment)]) -> Result<Compared, Error> {
        let Some(checkpoint) = self.newest_if_any()? else {
            return Ok(Compared {
                size: None,
                differs: None,
            });
        };
        let head = checkpoint.head();
        let tiles = TileHashes {
            hashes: RefCell::new(self.proved_under(&head)),
            ..TileHashes::new(self, head.size)
        };
        let mut differs = None;
        for (position, commitment) in entries {
            if *position >= head.size {
                continue;
            }
            let proof = tiles.finish(prove_record(head.size, *position, &tiles))?;
            let proof: Vec<Hash> = proof.into_iter().map(Hash::from).collect();
            let proves =
                |leaf: Hash| merkle::check_inclusion(&proof, &head, *position, leaf).is_ok();
            if proves(commitment.leaf_hash()) {
                continue;
            }
            // Either it is another entry, or a tile on the way is not what was signed.
            let there = tiles.hash(tlog_tiles::stored_hash_index(0, *position))?;
            if !proves(there.into()) {
                return Err(self.name_damage());
            }
            differs = Some(*position);
            break;
        }
        if differs.is_none() {
            // Each was part of a proof that held.
            self.remember(head, tiles.hashes.into_inner());
        }
        Ok(Compared {
            size: Some(head.size),
            differs,
        })
    }

    /// What is remembered of a tree. Who compares meanwhile has nothing remembered, and reads.
    fn proved_under(&self, head: &Head) -> HashMap<u64, tlog_tiles::Hash> {
        let mut proved = self.proved.lock().unwrap_or_else(PoisonError::into_inner);
        let Proved { head: of, hashes } = std::mem::take(&mut *proved);
        match of {
            Some(of) if of == *head && hashes.len() < MOST_PROVED => hashes,
            _ => HashMap::new(),
        }
    }

    fn remember(&self, head: Head, hashes: HashMap<u64, tlog_tiles::Hash>) {
        let head = Some(head);
        *self.proved.lock().unwrap_or_else(PoisonError::into_inner) = Proved { head, hashes };
    }

    /// The entries from `position` on that lie in one bundle with it: at most 256, none at the end of
    /// the log. Not proved; [`LogReader::verify_all`] proves all of them.
    ///
    /// # Errors
    /// As [`LogReader::checkpoint`], and when the bundle is missing or too short.
    pub fn entries_from(&self, position: u64) -> Result<Vec<Commitment>, Error> {
        let size = self.newest()?.head().size;
        if position >= size {
            return Ok(Vec::new());
        }
        let number = position >> HEIGHT;
        let bundle = layout::bundle(number, width_at(size, 0, number));
        let mut entries = layout::entries(&bundle, &self.read(&bundle)?)?;
        Ok(entries.split_off((position % u64::from(WIDTH)) as usize))
    }

    fn inclusion(&self, index: u64) -> Result<(Inclusion, Commitment), Error> {
        let checkpoint = self.checkpoint()?;
        let head = checkpoint.head();
        if index >= head.size {
            return Err(Error::NotInLog {
                what: "entry",
                asked: index,
                size: head.size,
            });
        }
        let number = index >> HEIGHT;
        let bundle = layout::bundle(number, width_at(head.size, 0, number));
        let entries = layout::entries(&bundle, &self.read(&bundle)?)?;
        // The length of the bundle was checked, so the entry is there.
        let entry = entries[(index % u64::from(WIDTH)) as usize];

        let tiles = TileHashes::new(self, head.size);
        let hashes = tiles.finish(prove_record(head.size, index, &tiles))?;
        let hashes: Vec<Hash> = hashes.into_iter().map(Hash::from).collect();
        if merkle::check_inclusion(&hashes, &head, index, entry.leaf_hash()).is_err() {
            return Err(self.name_damage());
        }
        let inclusion = Inclusion::new(index, hashes, checkpoint.signed().clone());
        Ok((inclusion, entry))
    }

    /// Proves that the published checkpoint's tree starts with the tree of `old_size` entries.
    /// The proof has been checked, so no damage on disk gets into it.
    ///
    /// # Errors
    /// [`Error::NotInLog`]; [`Error::Damaged`], naming the first damaged file.
    pub fn prove_consistency(&self, old_size: u64) -> Result<ConsistencyProof, Error> {
        self.prove_growth(&self.checkpoint()?, old_size)
    }

    /// Proves the same for another checkpoint of this log: one that waits, or one of before.
    ///
    /// # Errors
    /// As [`LogReader::prove_consistency`].
    pub fn prove_growth(
        &self,
        checkpoint: &VerifiedCheckpoint,
        old_size: u64,
    ) -> Result<ConsistencyProof, Error> {
        let (hashes, _) = self.growth(&checkpoint.head(), old_size)?;
        let signed = checkpoint.signed().clone();
        Ok(ConsistencyProof::new(old_size, hashes, signed))
    }

    /// Size and root of the first `size` entries, checked against the published checkpoint.
    ///
    /// # Errors
    /// As [`LogReader::prove_consistency`].
    pub fn head_of(&self, size: u64) -> Result<Head, Error> {
        Ok(self.growth(&self.checkpoint()?.head(), size)?.1)
    }

    /// What proves that a tree starts with its first `old_size` entries, and size and root of those: checked.
    fn growth(&self, head: &Head, old_size: u64) -> Result<(Vec<Hash>, Head), Error> {
        if old_size > head.size {
            return Err(Error::NotInLog {
                what: "tree size",
                asked: old_size,
                size: head.size,
            });
        }
        if old_size == 0 {
            return Ok((Vec::new(), Head::EMPTY));
        }
        let tiles = TileHashes::new(self, head.size);
        let proof = tiles.finish(prove_tree(head.size, old_size, &tiles))?;
        let hashes: Vec<Hash> = proof.into_iter().map(Hash::from).collect();
        let old = Head {
            size: old_size,
            root: tiles.finish(tree_hash(old_size, &tiles))?.into(),
        };
        match merkle::check_consistency(&hashes, &old, head) {
            Ok(()) => Ok((hashes, old)),
            Err(_) => Err(self.name_damage()),
        }
    }

    /// Size and root of the first `size` entries under the newest checkpoint, out of its tiles.
    pub(crate) fn tree(&self, size: u64) -> Result<Head, Error> {
        if size == 0 {
            return Ok(Head::EMPTY);
        }
        let newest = self.newest()?.head();
        let tiles = TileHashes::new(self, newest.size);
        let root = tiles.finish(tree_hash(size, &tiles))?;
        Ok(Head {
            size,
            root: root.into(),
        })
    }

    /// Reads a tile or bundle and checks its length. A partial one may have been removed since
    /// the full one is there; then it is the beginning of that (c2sp.org/tlog-tiles).
    pub(crate) fn read(&self, tile: &Tile) -> Result<Vec<u8>, Error> {
        let length = layout::length(tile);
        let path = layout::path(tile);
        if let Some(content) =
            lagrum_durable::read_at_most(&self.directory.join(&path), length as u64)?
        {
            if content.len() != length {
                return Err(Error::damaged(path, "must have the length of its width"));
            }
            return Ok(content);
        }
        let full = layout::with_width(tile, WIDTH);
        let limit = layout::length(&full);
        match lagrum_durable::read_at_most(&self.directory.join(layout::path(&full)), limit as u64)?
        {
            Some(mut content) if content.len() == limit => {
                content.truncate(length);
                Ok(content)
            }
            _ => Err(Error::damaged(path, "must be there")),
        }
    }

    /// Which file is to blame for a proof that does not hold.
    fn name_damage(&self) -> Error {
        match self.verify_all() {
            Err(error) => error,
            Ok(_) => Error::damaged(CHECKPOINT, "must be of the tree that its tiles form"),
        }
    }
}

/// Width of a tile in the tree of `size` entries.
pub(crate) fn width_at(size: u64, level: u8, number: u64) -> u32 {
    let count = size >> (u32::from(HEIGHT) * u32::from(level));
    let width = count.saturating_sub(number << HEIGHT).min(u64::from(WIDTH));
    width as u32
}

/// Gives single hashes out of the tiles. It does not check them: whoever uses it checks the
/// result against a signed root. (`tlog_tiles::TileHashReader` is not used because it leaves
/// full tiles unchecked when several edge hashes lie in one tile.)
struct TileHashes<'a> {
    reader: &'a LogReader,
    size: u64,
    tiles: RefCell<HashMap<Tile, Vec<u8>>>,
    /// Hashes inside a tile are computed from its leaves; proofs of neighbours share most of them.
    hashes: RefCell<HashMap<u64, tlog_tiles::Hash>>,
    error: RefCell<Option<Error>>,
}

impl<'a> TileHashes<'a> {
    fn new(reader: &'a LogReader, size: u64) -> Self {
        Self {
            reader,
            size,
            tiles: RefCell::default(),
            hashes: RefCell::default(),
            error: RefCell::default(),
        }
    }

    /// Replaces the library's error by what happened here.
    fn finish<T>(&self, result: Result<T, tlog_tiles::Error>) -> Result<T, Error> {
        result.map_err(|_| {
            self.error
                .take()
                .unwrap_or_else(|| Error::damaged(layout::TILES, "must have all tiles"))
        })
    }

    fn hash(&self, index: u64) -> Result<tlog_tiles::Hash, Error> {
        if let Some(known) = self.hashes.borrow().get(&index) {
            return Ok(*known);
        }
        let narrow = Tile::from_index(HEIGHT, index);
        let width = width_at(self.size, narrow.level(), narrow.level_index());
        let tile = layout::with_width(&narrow, width.max(narrow.width()));
        let mut tiles = self.tiles.borrow_mut();
        let content = match tiles.entry(tile) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(self.reader.read(&tile)?),
        };
        let hash = tile
            .hash_at_index(content, index)
            .map_err(|_| Error::damaged(layout::path(&tile), "must hold this hash"))?;
        self.hashes.borrow_mut().insert(index, hash);
        Ok(hash)
    }
}

impl HashReader for TileHashes<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        let hashes: Result<Vec<_>, _> = indexes.iter().map(|index| self.hash(*index)).collect();
        hashes.map_err(|error| {
            self.error.replace(Some(error));
            tlog_tiles::Error::InvalidTile
        })
    }
}
