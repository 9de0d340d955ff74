//! Finding out, after a crash or a restore, what the log is, and finishing what was begun.

use crate::error::Error;
use crate::head::{Head, HeadStore, MAXIMUM_SIZE};
use crate::layout;
use crate::log::Log;
use crate::staging::{Prepared, Staged};

/// What recovery did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// Nothing was left to do.
    Clean,
    /// The log was not there yet: an empty one was made and its checkpoint published.
    Created,
    /// The head had moved, and the append was finished.
    Finished,
    /// The head had not moved, and what was prepared was discarded.
    Discarded,
}

/// The head after recovery, and what was done for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// The head: in the store, on disk, and published or waiting for witnesses.
    pub head: Head,
    /// What was done.
    pub recovery: Recovery,
}

impl Log {
    /// Brings the published log to the head that the store says, or makes an empty log if the
    /// store has none. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`Error::HeadStoreBehind`] and [`Error::CheckpointBehind`] when one of the two was rolled
    /// back; [`Error::Damaged`] when the checkpoint is not the head's, or files differ from what
    /// they must be; [`Error::StagingDamaged`]; [`Error::HeadStore`]; [`Error::File`].
    pub fn recover<S: HeadStore>(&mut self, store: &mut S) -> Result<Recovered, Error> {
        let head = store
            .head()
            .map_err(|error| Error::HeadStore(Box::new(error)))?;
        let seen = self.reader.checkpoint_if_any()?;
        let seen = seen.map(|checkpoint| checkpoint.head());
        // A newer one may wait for witnesses.
        let published = self.reader.newest_if_any()?;
        let published = published.map(|checkpoint| checkpoint.head());
        let staged = self.staging.read()?;
        let published_size = published.map_or(0, |published| published.size);

        let Some(head) = head else {
            return self.create(store, published);
        };
        if head.size > MAXIMUM_SIZE {
            let absurd = "its head has more than 2^48 entries; restore it from a backup";
            return Err(Error::HeadStore(absurd.into()));
        }
        if published_size > head.size {
            return Err(Error::HeadStoreBehind {
                published: published_size,
                head: head.size,
            });
        }
        // What waits says what was published before it.
        let waiting = self.pending.read()?;
        if let Some(waiting) = waiting
            && seen.map_or(0, |seen| seen.size) < waiting.after
        {
            return Err(Error::CheckpointBehind {
                published: seen.map_or(0, |seen| seen.size),
                head: head.size,
            });
        }
        let behind = match published {
            Some(published) if published.size == head.size => {
                if published.root != head.root {
                    let rule = "must have the root that the head store has";
                    return Err(Error::damaged(layout::CHECKPOINT, rule));
                }
                false
            }
            _ => true,
        };

        let recovery = match staged {
            Staged::Whole(prepared) if prepared.new == head => {
                self.finish(&prepared)?;
                Recovery::Finished
            }
            Staged::Damaged(rule) if behind => {
                return Err(Error::StagingDamaged {
                    head: head.size,
                    published: published_size,
                    rule,
                });
            }
            _ if behind => {
                return Err(Error::CheckpointBehind {
                    published: published_size,
                    head: head.size,
                });
            }
            Staged::Nothing => Recovery::Clean,
            Staged::Whole(_) | Staged::Damaged(_) => {
                self.staging.discard(&self.faults)?;
                Recovery::Discarded
            }
        };
        // Who has to see it may have changed since, or it was cut off while it was published.
        if self.pending.read()?.is_some() {
            self.publish(&head)?;
        }
        Ok(Recovered { head, recovery })
    }

    /// Makes the empty log. Anything that is already there says that the store lost its head.
    fn create<S: HeadStore>(
        &mut self,
        store: &mut S,
        published: Option<Head>,
    ) -> Result<Recovered, Error> {
        let tiles = self.reader.directory().join(layout::TILES);
        if published.is_some() || tiles.exists() {
            return Err(Error::HeadStoreBehind {
                published: published.map_or(0, |published| published.size),
                head: 0,
            });
        }
        let head = Head::EMPTY;
        let prepared = Prepared {
            old: None,
            new: head,
            files: Vec::new(),
        };
        self.commit(store, &prepared)?;
        Ok(Recovered {
            head,
            recovery: Recovery::Created,
        })
    }

    /// Publishes the store's head again after the log's directory was rolled back but its tiles
    /// are whole: for an operator who has seen [`Error::CheckpointBehind`] and knows why. Reads
    /// the whole log and refuses if it is not exactly the head's.
    ///
    /// # Errors
    /// [`Error::Damaged`]; [`Error::HeadStoreBehind`]; [`Error::HeadStore`]; [`Error::File`].
    pub fn publish_again<S: HeadStore>(&mut self, store: &S) -> Result<Head, Error> {
        let head = store
            .head()
            .map_err(|error| Error::HeadStore(Box::new(error)))?
            .unwrap_or(Head::EMPTY);
        if let Some(published) = self.reader.checkpoint_if_any()? {
            let size = published.head().size;
            if size > head.size {
                return Err(Error::HeadStoreBehind {
                    published: size,
                    head: head.size,
                });
            }
        }
        self.reader.verify_tree(&head)?;
        self.publish(&head)?;
        Ok(head)
    }
}
