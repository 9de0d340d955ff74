//! Appending to the log.
//!
//! The order of writes makes a crash at any moment harmless: prepare all new files privately,
//! move the head in the [`HeadStore`], put the files in place, sign and publish the checkpoint (or keep
//! it until enough witnesses have seen it, where it was opened so), discard what was prepared. Signing comes after the head is durable, so that no two
//! inconsistent checkpoints are ever signed; the same head always gets the same signature.

use std::fs::{self, File};
use std::path::Path;

use lagrum_durable::FaultPoints;
use lagrum_notes::{SigningKey, VerifyingKey, role};

use crate::checkpoint::SignedCheckpoint;
use crate::commitment::Commitment;
use crate::consistency::ConsistencyProof;
use crate::edge::{Edge, TileFile};
use crate::error::Error;
use crate::faults::Faults;
use crate::head::{Head, HeadStore, MAXIMUM_SIZE};
use crate::layout::{self, CHECKPOINT, WIDTH};
use crate::notices;
use crate::pending::{Pending, PendingFile};
use crate::policy::{CheckpointPolicy, VerifiedCheckpoint};
use crate::proof::Inclusion;
use crate::reader::LogReader;
use crate::staging::{Prepared, Staging};
use crate::verify::WholeLog;

/// The most entries that one append takes: 2^20.
pub const MAXIMUM_BATCH: usize = 1 << 20;

/// The log, opened for writing. Only one process can have it open so.
#[derive(Debug)]
pub struct Log {
    pub(crate) reader: LogReader,
    pub(crate) staging: Staging,
    pub(crate) pending: PendingFile,
    witnesses: Option<CheckpointPolicy>,
    key: SigningKey<role::Log>,
    pub(crate) faults: Faults,
    /// Released by the system when it is closed, also after a crash.
    _lock: File,
}

impl Log {
    /// Opens the log in `public`, which any static web server may publish, with the private
    /// directory `staging`, which none may. Both are made if they are not there. Call
    /// [`Log::recover`] next; appending does so by itself.
    ///
    /// # Errors
    /// [`Error::Locked`] while another process has it open; [`Error::File`].
    pub fn open(public: &Path, staging: &Path, key: SigningKey<role::Log>) -> Result<Self, Error> {
        lagrum_durable::create_directory(public)?;
        lagrum_durable::private_directory(staging)?;
        let file = staging.join("lock");
        let lock = lagrum_durable::lock(&file)?.ok_or(Error::Locked { file })?;
        Ok(Self {
            reader: LogReader::open(public, key.verifying_key()).with_pending(staging),
            staging: Staging::new(staging),
            pending: PendingFile::within(staging),
            witnesses: None,
            key,
            faults: Faults::default(),
            _lock: lock,
        })
    }

    /// Publishes nothing from now on that `policy` does not believe: a new checkpoint is kept privately until
    /// [`Log::publish_cosigned`] brings what the policy's witnesses said of it. Until then readers see the one
    /// that was published before.
    #[must_use]
    pub fn published_when(mut self, policy: CheckpointPolicy) -> Self {
        self.witnesses = Some(policy);
        self
    }

    /// Appends a batch, and returns the new head when its checkpoint is signed and durable: published, or
    /// waiting for witnesses. Recovers first. An empty batch changes nothing.
    ///
    /// After an error the batch is either wholly in the log or not at all; [`Log::recover`]
    /// tells which, by the size of the head.
    ///
    /// # Errors
    /// Those of [`Log::recover`]; [`Error::TooLarge`]; [`Error::HeadMoved`] if another writer
    /// was first.
    pub fn append<S: HeadStore>(
        &mut self,
        store: &mut S,
        entries: &[Commitment],
    ) -> Result<Head, Error> {
        if entries.len() > MAXIMUM_BATCH {
            return Err(Error::TooLarge {
                what: "the number of entries in one append",
                limit: MAXIMUM_BATCH as u64,
            });
        }
        let old = self.recover(store)?.head;
        if entries.is_empty() {
            return Ok(old);
        }
        if old.size + entries.len() as u64 > MAXIMUM_SIZE {
            return Err(Error::TooLarge {
                what: "the number of entries in the log",
                limit: MAXIMUM_SIZE,
            });
        }
        let mut edge = self.load_edge(&old)?;
        let mut files = Vec::new();
        for entry in entries {
            edge.push(entry, &mut |file| {
                files.push(file);
                Ok(())
            })?;
        }
        files.extend(edge.partial());
        let prepared = Prepared {
            old: Some(old),
            new: edge.head(),
            files,
        };
        self.commit(store, &prepared)?;
        Ok(prepared.new)
    }

    /// The edge of the tree `head`, read from disk and checked against its root.
    pub(crate) fn load_edge(&self, head: &Head) -> Result<Edge, Error> {
        let whole = match Edge::load(head, |tile| self.reader.read(tile)) {
            Ok(edge) if edge.head() == *head => return Ok(edge),
            Err(error @ Error::File { .. }) => return Err(error),
            _ => self.reader.verify_tree(head),
        };
        // Only a full reading tells which of the files is to blame.
        Err(match whole {
            Err(error) => error,
            Ok(_) => Error::damaged(layout::TILES, "must hold the tree of the head"),
        })
    }

    /// Prepares, moves the head, and finishes.
    pub(crate) fn commit<S: HeadStore>(
        &mut self,
        store: &mut S,
        prepared: &Prepared,
    ) -> Result<(), Error> {
        // Found now, a conflict costs nothing; found after the head moved, it would stop the log.
        self.compare_with_disk(&prepared.files)?;
        self.staging.write(prepared, &self.faults)?;
        // On an error the head may have moved or not: what was prepared must stay.
        let swapped = store
            .compare_and_swap(prepared.old.as_ref(), &prepared.new)
            .map_err(|error| Error::HeadStore(Box::new(error)))?;
        if !swapped {
            self.staging.discard(&self.faults)?;
            return Err(Error::HeadMoved);
        }
        self.finish(prepared)
    }

    /// Everything after the head moved. It can be done again any number of times.
    pub(crate) fn finish(&self, prepared: &Prepared) -> Result<(), Error> {
        self.compare_with_disk(&prepared.files)?;
        let public = self.reader.directory();
        let files = prepared.files.iter().map(|TileFile { tile, content }| {
            let file = public.join(layout::path(tile));
            (file, content.as_slice())
        });
        lagrum_durable::create_all(public, files, &self.faults)?;
        self.publish(&prepared.new)?;
        self.remove_partial(&prepared.files)?;
        self.staging.discard(&self.faults)
    }

    /// Signs `head` and publishes the checkpoint if it may be; else it waits for witnesses. What it has gathered
    /// of cosignatures stays.
    pub(crate) fn publish(&self, head: &Head) -> Result<(), Error> {
        let signed = SignedCheckpoint::sign(&self.key, head)?;
        let published = self.reader.checkpoint_if_any()?;
        if let Some(published) = &published
            && published.signed().body() == signed.body()
        {
            // It may have been put there just before a crash.
            lagrum_durable::sync_directory(self.reader.directory())?;
            return self.pending.discard(&self.faults);
        }
        // What waits and cannot be read is made anew.
        let waiting = self.pending.read().ok().flatten();
        let checkpoint = match waiting {
            Some(waiting) if waiting.checkpoint.body() == signed.body() => waiting.checkpoint,
            _ => signed,
        };
        if self.may_publish(&checkpoint) {
            return self.put_in_place(&checkpoint);
        }
        let after = published.map_or(0, |published| published.head().size);
        self.pending
            .write(&Pending { checkpoint, after }, &self.faults)
    }

    fn may_publish(&self, checkpoint: &SignedCheckpoint) -> bool {
        let policy = self.witnesses.as_ref();
        policy.is_none_or(|policy| policy.verify(checkpoint).is_ok())
    }

    /// Publishes it; nothing waits any more that has no more entries.
    fn put_in_place(&self, checkpoint: &SignedCheckpoint) -> Result<(), Error> {
        let file = self.reader.directory().join(CHECKPOINT);
        lagrum_durable::replace_watched(&file, checkpoint.text().as_bytes(), &self.faults)?;
        let after = checkpoint.unverified_head().size;
        match self.pending.read()? {
            Some(waiting) if waiting.checkpoint.unverified_head().size > after => {
                let waiting = Pending { after, ..waiting };
                self.pending.write(&waiting, &self.faults)
            }
            _ => self.pending.discard(&self.faults),
        }
    }

    /// A file never changes once it is there; one that differs is damage.
    fn compare_with_disk(&self, files: &[TileFile]) -> Result<(), Error> {
        for TileFile { tile, content } in files {
            let path = layout::path(tile);
            let file = self.reader.directory().join(&path);
            match lagrum_durable::read_at_most(&file, content.len() as u64)? {
                Some(found) if found != *content => {
                    let rule = "already exists with different content";
                    return Err(Error::damaged(path, rule));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Removes partial files of which the full one is published now (c2sp.org/tlog-tiles allows
    /// it). Without this, a log that grows one by one would take up 256 times the space.
    fn remove_partial(&self, files: &[TileFile]) -> Result<(), Error> {
        for TileFile { tile, .. } in files.iter().filter(|file| file.tile.width() == WIDTH) {
            let narrowest = layout::path(&layout::with_width(tile, 1));
            let file = self.reader.directory().join(narrowest);
            if let Some(directory) = file.parent().filter(|directory| directory.exists()) {
                self.faults.point(directory)?;
                fs::remove_dir_all(directory)
                    .map_err(|error| Error::file("remove", directory, error))?;
            }
        }
        Ok(())
    }

    /// Publishes the texts of public entries, each with its position. To be done before `next`, the entries that follow
    /// the log's last one, are appended: then nobody sees an entry without its text.
    ///
    /// # Errors
    /// [`Error::NotInLog`] if one is of an entry that is neither in the log nor in `next`; [`Error::Damaged`] if it is
    /// not what its entry commits to, or another text lies there; [`Error::File`]. Of the first two nothing is written.
    pub fn put_notices(
        &mut self,
        notices: &[(u64, Vec<u8>)],
        next: &[Commitment],
    ) -> Result<(), Error> {
        if notices.is_empty() {
            return Ok(());
        }
        let newest = self.reader.newest_if_any()?;
        let size = newest.map_or(0, |newest| newest.head().size);
        for (position, text) in notices {
            let entry = match position.checked_sub(size) {
                Some(after) => next.get(after as usize).copied(),
                None => self.reader.entries_from(*position)?.first().copied(),
            };
            let entry = entry.ok_or(Error::NotInLog {
                what: "entry",
                asked: *position,
                size: size + next.len() as u64,
            })?;
            if entry != Commitment::public(text) {
                let path = layout::notice_path(*position);
                return Err(Error::damaged(path, "must be the text of its entry"));
            }
        }
        notices::put(self.reader.directory(), notices, &self.faults)
    }

    /// Takes a checkpoint of this log with what witnesses said of it. Publishes it if it may be, and says whether
    /// it did; if not, its cosignatures are kept. The log may have grown since: whoever asks the witnesses does
    /// not have to be faster than what is appended. Signatures of keys that are not known here are kept as they
    /// are: readers ignore those they do not trust.
    ///
    /// # Errors
    /// [`Error::NotProved`] if `cosigned` is not a checkpoint of this log, is older than the published one, or
    /// its signature by this log is gone; [`Error::File`].
    pub fn publish_cosigned(&mut self, cosigned: &SignedCheckpoint) -> Result<bool, Error> {
        let wrong = |rule| Error::NotProved {
            what: "cosigned checkpoint",
            rule,
        };
        self.reader.policy().verify(cosigned)?;
        let head = cosigned.unverified_head();
        let published = self.reader.checkpoint_if_any()?;
        if let Some(published) = &published
            && head.size < published.head().size
        {
            return Err(wrong("is older than the one that is published now"));
        }
        if head.size > self.reader.newest()?.head().size || self.reader.tree(head.size)? != head {
            return Err(wrong("is not one of this log"));
        }
        if self.may_publish(cosigned) {
            self.put_in_place(cosigned)?;
            return Ok(true);
        }
        // Published before anybody had to see it: there it gathers what it lacks.
        let gathers = published.filter(|one| !self.may_publish(one.signed()));
        if gathers.is_some_and(|published| published.signed().body() == cosigned.body()) {
            self.put_in_place(cosigned)?;
            return Ok(false);
        }
        if let Some(waiting) = self.pending.read()?
            && waiting.checkpoint.body() == cosigned.body()
        {
            let checkpoint = cosigned.clone();
            let waiting = Pending {
                checkpoint,
                ..waiting
            };
            self.pending.write(&waiting, &self.faults)?;
        }
        Ok(false)
    }

    /// Signs the published checkpoint, and the one that waits for witnesses, with the key that the log gets next,
    /// beside the key of now, so that whoever knows either of them believes it. Recovers first; doing it again changes nothing. From then
    /// on the log can be opened with either key, and what is appended next is signed by that one alone.
    ///
    /// # Errors
    /// Those of [`Log::recover`]; [`Error::Key`] if `next` is of another log, or is the key of now.
    pub fn sign_with_next<S: HeadStore>(
        &mut self,
        store: &mut S,
        next: &SigningKey<role::Log>,
    ) -> Result<Head, Error> {
        let wrong = |rule| Error::Key {
            what: "next key of the log",
            rule,
        };
        if next.name() != self.key.name() {
            return Err(wrong(
                "must have the log's name: a log keeps its name when its key changes",
            ));
        }
        if next.verifying_key() == self.key.verifying_key() {
            return Err(wrong("must be another than the log's key of now"));
        }
        let head = self.recover(store)?.head;
        if let Some(waiting) = self.pending.read()? {
            let checkpoint = waiting.checkpoint.signed_too(next)?;
            let both = Pending {
                checkpoint,
                ..waiting
            };
            self.pending.write(&both, &self.faults)?;
        }
        if let Some(published) = self.reader.checkpoint_if_any()? {
            let both = published.signed().signed_too(next)?;
            if both != *published.signed() {
                let file = self.reader.directory().join(CHECKPOINT);
                lagrum_durable::replace_watched(&file, both.text().as_bytes(), &self.faults)?;
            }
        }
        Ok(head)
    }

    /// A reader of the same directory, for other threads.
    pub fn reader(&self) -> LogReader {
        self.reader.clone()
    }

    /// The public key of this log.
    pub fn verifier(&self) -> VerifyingKey<role::Log> {
        self.key.verifying_key()
    }

    /// See [`LogReader::checkpoint`].
    ///
    /// # Errors
    /// The same.
    pub fn checkpoint(&self) -> Result<VerifiedCheckpoint, Error> {
        self.reader.checkpoint()
    }

    /// See [`LogReader::prove`].
    ///
    /// # Errors
    /// The same.
    pub fn prove(&self, index: u64) -> Result<Inclusion, Error> {
        self.reader.prove(index)
    }

    /// See [`LogReader::prove_consistency`].
    ///
    /// # Errors
    /// The same.
    pub fn prove_consistency(&self, old_size: u64) -> Result<ConsistencyProof, Error> {
        self.reader.prove_consistency(old_size)
    }

    /// See [`LogReader::entry`].
    ///
    /// # Errors
    /// The same.
    pub fn entry(&self, index: u64) -> Result<Commitment, Error> {
        self.reader.entry(index)
    }

    /// See [`LogReader::verify_all`].
    ///
    /// # Errors
    /// The same.
    pub fn verify_all(&self) -> Result<WholeLog, Error> {
        self.reader.verify_all()
    }
}
