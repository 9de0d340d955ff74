//! What lies in a Maildir, folder by folder.

use std::ffi::{CStr, CString};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use jiff::Timestamp;
use rustix::fs::{AtFlags, FileType, Stat, statat};

use super::unknown;
use crate::SourceError;
use crate::beneath::{self, Closed};
use crate::mail::LINK;

/// How often a Maildir is listed until two listings agree.
const ATTEMPTS: usize = 16;

/// Said of `tmp` that nobody can look into.
const UNSEEN: &str =
    "it cannot be listed, so that nobody knows whether a delivery was cut off there";
/// Said of `tmp` in which something stayed.
const UNDELIVERED: &str = "messages lie there since more than 36 hours ago, whose delivery was cut off; they were not searched";

/// The two parts of a folder that hold messages, in the order of the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Seen by a mail program.
    Cur,
    /// Delivered, not seen yet.
    New,
}

impl Part {
    /// The name of its directory.
    pub(super) fn name(self) -> &'static CStr {
        match self {
            Self::Cur => c"cur",
            Self::New => c"new",
        }
    }
}

/// One file in `cur` or `new`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// Where.
    pub(super) part: Part,
    /// Its name.
    pub(super) name: CString,
    /// Whether it is a message. Otherwise it is a link.
    pub(super) message: bool,
}

impl Entry {
    /// The part of the name that stays when flags change.
    pub(super) fn unique(&self) -> &[u8] {
        unique(&self.name)
    }

    /// The seconds with which the name begins (maildir(5)): when the message was put there.
    pub(super) fn delivered(&self) -> Option<&str> {
        let unique = std::str::from_utf8(self.unique()).ok()?;
        let (seconds, _) = unique.split_once('.')?;
        // Fewer are a name of another kind, more are no seconds.
        let plain = (9..=11).contains(&seconds.len());
        (plain && seconds.bytes().all(|byte| byte.is_ascii_digit())).then_some(seconds)
    }
}

/// The part of a message's name that stays when flags change: what stands before the colon.
pub(super) fn unique(name: &CStr) -> &[u8] {
    let name = name.to_bytes();
    &name[..memchr::memchr(b':', name).unwrap_or(name.len())]
}

/// A folder: the Maildir itself (`.`) or one of Maildir++ (`.Name`).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Folder {
    /// The name of its directory.
    pub(super) name: CString,
    /// The beginning of the locators of its messages: nothing, or `.Name/`.
    pub(super) label: String,
    /// Its messages and links, sorted.
    pub(super) entries: Vec<Entry>,
}

impl Folder {
    /// Where `entry` lies in the Maildir.
    pub(super) fn locator(&self, entry: &Entry) -> String {
        let part = if entry.part == Part::Cur {
            "cur"
        } else {
            "new"
        };
        format!("{}{part}/{}", self.label, beneath::shown(&entry.name))
    }

    /// Whether a message of this name was listed.
    pub(super) fn holds(&self, part: Part, name: &CStr) -> bool {
        self.entries
            .binary_search_by(|entry| (entry.part, entry.name.as_c_str()).cmp(&(part, name)))
            .is_ok()
    }
}

/// All folders of a Maildir.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listing {
    /// The folders, the Maildir itself first, then by name.
    pub(super) folders: Vec<Folder>,
    /// What stands there and is not searched: its locator, and why.
    pub(super) unsearched: Vec<(String, &'static str)>,
    /// What is in `tmp` longer than since then was never delivered to its end.
    delivered: Option<Timestamp>,
}

/// Lists a Maildir until two listings in a row hold the same messages, so that none is missed
/// because a mail program moved it from a part not yet listed to one already listed.
///
/// What stands in `tmp` since before the instant `delivered`, if there is one, is named.
pub(super) fn settled(
    id: &str,
    account: &OwnedFd,
    delivered: Option<Timestamp>,
) -> Result<Listing, SourceError> {
    let mut before = list(id, account, delivered)?;
    for _ in 0..ATTEMPTS {
        let after = list(id, account, delivered)?;
        if before == after || before.messages() == after.messages() {
            return Ok(after);
        }
        before = after;
    }
    Err(SourceError::changed(
        id,
        "root",
        "the Maildir changes faster than it can be listed; search again when it is quiet",
    ))
}

fn list(id: &str, account: &OwnedFd, delivered: Option<Timestamp>) -> Result<Listing, SourceError> {
    let fail = |locator: &str, error: io::Error| SourceError::io(id, locator, error);
    let mut listing = Listing {
        folders: Vec::new(),
        unsearched: Vec::new(),
        delivered,
    };
    if !listing.folder(id, account, c".", String::new())? {
        return Err(SourceError::damaged(
            id,
            "root",
            unknown::no_maildir(account),
        ));
    }
    for (name, kind) in beneath::list(account).map_err(|error| fail("root", error))? {
        if kind.is_dir() && name.to_bytes().starts_with(b".") {
            let label = format!("{}/", beneath::shown(&name));
            let opened = beneath::open_directory(account, &name)
                .map_err(|closed| fail(&label, closed.into_io()))?;
            if listing.folder(id, &opened, &name, label.clone())? {
                let below = beneath::list(&opened).map_err(|error| fail(&label, error))?;
                for (name, kind) in below {
                    listing.name(&opened, &label, &name, kind);
                }
                continue;
            }
        }
        listing.name(account, "", &name, kind);
    }
    Ok(listing)
}

impl Listing {
    /// Names what stands beside the parts of a folder, if it may hold mail.
    fn name(&mut self, folder: &OwnedFd, label: &str, name: &CStr, kind: FileType) {
        if [c"cur", c"new", c"tmp"].contains(&name) {
            return;
        }
        if let Some(why) = unknown::why(folder, name, kind) {
            let slash = if kind.is_dir() { "/" } else { "" };
            let locator = format!("{label}{}{slash}", beneath::shown(name));
            self.unsearched.push((locator, why));
        }
    }

    /// Adds a folder, if it is one: if it has `cur` or `new`.
    fn folder(
        &mut self,
        id: &str,
        directory: impl AsFd,
        name: &CStr,
        label: String,
    ) -> Result<bool, SourceError> {
        let mut entries = Vec::new();
        let mut found = false;
        // `new` first: messages go from there to `cur`, so none escapes between the two.
        for part in [Part::New, Part::Cur] {
            let at = format!("{label}{}", beneath::shown(part.name()));
            let opened = match beneath::open_directory(directory.as_fd(), part.name()) {
                Ok(opened) => opened,
                Err(closed) if closed.is_absent() => continue,
                Err(Closed::Link) => {
                    found = true;
                    self.unsearched.push((at, LINK));
                    continue;
                }
                Err(closed) => return Err(SourceError::io(id, at, closed.into_io())),
            };
            found = true;
            let names = beneath::list(&opened).map_err(|error| SourceError::io(id, &at, error))?;
            for (name, kind) in names {
                let hidden = name.to_bytes().starts_with(b".");
                if !hidden && (kind.is_file() || kind.is_symlink()) {
                    entries.push(Entry {
                        part,
                        name,
                        message: kind.is_file(),
                    });
                } else if let Some(why) = unknown::why(&opened, &name, kind) {
                    let slash = if kind.is_dir() { "/" } else { "" };
                    let locator = format!("{at}/{}{slash}", beneath::shown(&name));
                    self.unsearched.push((locator, why));
                }
            }
        }
        self.undelivered(directory.as_fd(), &label);
        if found {
            entries.sort_unstable();
            self.folders.push(Folder {
                name: name.to_owned(),
                label,
                entries,
            });
        }
        Ok(found)
    }

    /// Names the directory `tmp` of a folder, if something was left in it.
    fn undelivered(&mut self, folder: BorrowedFd<'_>, label: &str) {
        let Some(delivered) = self.delivered else {
            return;
        };
        let why = match beneath::open_directory(folder, c"tmp") {
            Ok(tmp) => {
                let stays = |(name, kind): &(CString, FileType)| {
                    let about = statat(&tmp, name, AtFlags::SYMLINK_NOFOLLOW);
                    let old =
                        |stat: Stat| stat.st_size > 0 && stat.st_mtime < delivered.as_second();
                    kind.is_file() && about.is_ok_and(old)
                };
                match beneath::list(&tmp) {
                    Ok(names) => names.iter().any(stays).then_some(UNDELIVERED),
                    Err(_) => Some(UNSEEN),
                }
            }
            Err(Closed::Link) => Some(LINK),
            Err(closed) if closed.is_absent() => None,
            Err(_) => Some(UNSEEN),
        };
        let named = why.map(|why| (format!("{label}tmp/"), why));
        self.unsearched.extend(named);
    }

    /// The messages by folder and by the part of their names that stays.
    fn messages(&self) -> Vec<(&CStr, &[u8])> {
        let mut all: Vec<_> = self
            .folders
            .iter()
            .flat_map(|folder| {
                folder
                    .entries
                    .iter()
                    .map(|entry| (folder.name.as_c_str(), entry.unique()))
            })
            .collect();
        all.sort_unstable();
        all
    }
}
