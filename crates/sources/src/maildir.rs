//! Maildir, with the folders of Maildir++.
//!
//! Messages lie in `cur` and `new` of the account's directory and of its folders `.Name`; `tmp`
//! holds what is not delivered yet and is not searched; what was left there is named. A message that Dovecot compressed (gzip,
//! Zstandard) is read like any other. Results come sorted by folder, then `cur` before `new`, then
//! file name. Nothing is written, no flag is changed, no link is followed. Whatever else stands there
//! and is not known to hold no mail (a folder of another layout, a stray file) is named for a person.

mod ahead;
mod listing;
#[cfg(test)]
mod tests;
pub(crate) mod unknown;

use std::ffi::CString;
use std::fs::File;
use std::os::fd::OwnedFd;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use self::listing::{Entry, Folder, Listing, Part};
use crate::beneath::{self, Closed};
use crate::content::Extent;
use crate::header::Block;
use crate::mail::{Delivery, Judge, LINK};
use crate::message::{Each, Message};
use crate::one_file::{self, Look};
use crate::{Counts, Sink, SourceError};

/// How often a message that changes its name is looked for.
const ATTEMPTS: usize = 16;

/// Opens the account's directory.
pub(crate) fn open(id: &str, root: &Path, place: &Path) -> Result<OwnedFd, SourceError> {
    let root = beneath::open_root(root).map_err(|error| SourceError::io(id, "root", error))?;
    beneath::directory_beneath(&root, place)
        .map_err(|closed| SourceError::io(id, place.to_string_lossy(), closed.of_place()))
}

/// A delivery that began before this was cut off: after 36 hours nobody finishes one (maildir(5)).
fn delivered_before(now: Timestamp) -> Option<Timestamp> {
    now.checked_sub(SignedDuration::from_hours(36)).ok()
}

/// Searches one Maildir.
pub(crate) fn search(
    id: &str,
    root: &Path,
    place: &Path,
    judge: Judge<'_>,
    sink: &mut dyn Sink,
) -> Result<Counts, SourceError> {
    let account = open(id, root, place)?;
    let listing = listing::settled(id, &account, delivered_before(judge.run.now))?;
    let mut search = Search {
        id,
        judge,
        delivery: Delivery::new(id, judge, sink),
        header: Block::default(),
    };
    search.run(&account, &listing)?;
    Ok(search.delivery.counts)
}

/// Hands every message of a Maildir to `each`, with its locator and length, whatever its date.
pub(crate) fn for_each(id: &str, account: &OwnedFd, each: Each<'_>) -> Result<(), SourceError> {
    let listing = listing::settled(id, account, None)?;
    for folder in &listing.folders {
        let directories = Directories::open(id, account, folder)?;
        for entry in folder.entries.iter().filter(|entry| entry.message) {
            let locator = folder.locator(entry);
            if let Some((file, length)) = directories.message(folder, entry, &locator)? {
                let content = &mut Extent::new(&file, 0, length);
                each(Message::of_file(&locator, length, content))?;
            }
        }
    }
    Ok(())
}

/// One search on its way.
struct Search<'a> {
    id: &'a str,
    judge: Judge<'a>,
    delivery: Delivery<'a>,
    header: Block,
}

impl Search<'_> {
    fn run(&mut self, account: &OwnedFd, listing: &Listing) -> Result<(), SourceError> {
        for (locator, why) in &listing.unsearched {
            self.delivery.unread(locator, why)?;
        }
        for folder in &listing.folders {
            let directories = Directories::open(self.id, account, folder)?;
            let judge = self.judge;
            let look = |batch: &[Entry], room: &mut Look| {
                let out = |entry| directories.is_certainly_out(entry, judge, room);
                batch.iter().map(out).collect()
            };
            ahead::in_turn(&folder.entries, look, |batch, out| {
                let before = self.delivery.counts.selected;
                for (place, entry) in batch.iter().enumerate() {
                    if out.get(place) == Some(&true) {
                        self.delivery.examine()?;
                    } else {
                        self.deliver(&directories, folder, entry)?;
                    }
                }
                let selected = self.delivery.counts.selected - before;
                // Where most are handed over, a look at each before that would be for nothing.
                Ok(selected < batch.len() as u64 / 2)
            })?;
        }
        Ok(())
    }

    /// Looks at one message again, this time keeping it open, and does what its header asks for.
    fn deliver(
        &mut self,
        directories: &Directories<'_>,
        folder: &Folder,
        entry: &Entry,
    ) -> Result<(), SourceError> {
        let locator = folder.locator(entry);
        if !entry.message {
            return self.delivery.unread(&locator, LINK);
        }
        let Some((file, length)) = directories.message(folder, entry, &locator)? else {
            return Ok(());
        };
        self.delivery.examine()?;
        let (delivery, header) = (&mut self.delivery, &mut self.header);
        let judge = self.judge.of(entry.delivered());
        one_file::deliver(delivery, judge, header, &file, length, &locator)
    }
}

/// The open directories of one folder.
struct Directories<'a> {
    id: &'a str,
    cur: Option<OwnedFd>,
    new: Option<OwnedFd>,
}

impl<'a> Directories<'a> {
    fn open(id: &'a str, account: &OwnedFd, folder: &Folder) -> Result<Self, SourceError> {
        let fail = |closed: Closed| SourceError::io(id, &folder.label, closed.into_io());
        let directory = beneath::open_directory(account, &folder.name).map_err(fail)?;
        let part = |part: Part| match beneath::open_directory(&directory, part.name()) {
            Ok(opened) => Ok(Some(opened)),
            Err(closed) if closed.is_absent() || matches!(closed, Closed::Link) => Ok(None),
            Err(closed) => Err(fail(closed)),
        };
        Ok(Self {
            id,
            cur: part(Part::Cur)?,
            new: part(Part::New)?,
        })
    }

    fn of(&self, part: Part) -> Option<&OwnedFd> {
        match part {
            Part::Cur => self.cur.as_ref(),
            Part::New => self.new.as_ref(),
        }
    }

    /// Whether this is a message that certainly lies outside the period. Everything else, whatever failed included,
    /// gets a second and closer look.
    fn is_certainly_out(&self, entry: &Entry, judge: Judge<'_>, room: &mut Look) -> bool {
        let Some(directory) = self.of(entry.part).filter(|_| entry.message) else {
            return false;
        };
        // A search that has to end is not waited for.
        if judge.run.go_on(self.id).is_err() {
            return false;
        }
        let judge = judge.of(entry.delivered());
        if judge.stored_out() {
            return true;
        }
        let file = beneath::open_unchecked(directory, &entry.name);
        file.is_ok_and(|file| room.certainly_out(&File::from(file), judge))
    }

    /// Opens a message. A mail program that sets a flag renames it, from `new` to `cur` or within
    /// `cur`, so a message that is gone is looked for by the part of its name before the colon.
    /// `None` when it is found under a name that has an entry of its own.
    fn message(
        &self,
        folder: &Folder,
        entry: &Entry,
        locator: &str,
    ) -> Result<Option<(File, u64)>, SourceError> {
        let fail = |error: std::io::Error| SourceError::io(self.id, locator, error);
        let mut now_at = (entry.part, entry.name.clone());
        for _ in 0..ATTEMPTS {
            let closed = match self.of(now_at.0) {
                Some(directory) => match beneath::open_file(directory, &now_at.1) {
                    Ok(file) => {
                        let length = file.metadata().map_err(fail)?.len();
                        return Ok(Some((file, length)));
                    }
                    Err(closed) => closed,
                },
                None => Closed::Io(std::io::ErrorKind::NotFound.into()),
            };
            if !closed.is_absent() {
                return Err(fail(closed.into_io()));
            }
            match self.renamed(entry).map_err(fail)? {
                Some((part, name)) if folder.holds(part, &name) => return Ok(None),
                Some(found) => now_at = found,
                None => break,
            }
        }
        Err(SourceError::changed(
            self.id,
            locator,
            "the message was there when the folder was listed and is gone; search again",
        ))
    }

    /// Where the message of `entry` lies now.
    fn renamed(&self, entry: &Entry) -> std::io::Result<Option<(Part, CString)>> {
        for part in [Part::New, Part::Cur] {
            let Some(directory) = self.of(part) else {
                continue;
            };
            for (name, kind) in beneath::list(directory)? {
                if kind.is_file() && listing::unique(&name) == entry.unique() {
                    return Ok(Some((part, name)));
                }
            }
        }
        Ok(None)
    }
}
