//! A folder of `.eml` files, one message in each, folders within it included.
//!
//! Results come sorted by path. Links are not followed; files of another kind, and what lies behind a
//! name that begins with a dot, are named for a person to decide.

use std::ffi::{CStr, CString};
use std::os::fd::OwnedFd;
use std::path::Path;

use crate::content::Extent;
use crate::header::Block;
use crate::mail::{Delivery, Judge, LINK};
use crate::maildir::unknown;
use crate::message::{Each, Message};
use crate::{Counts, Sink, SourceError, beneath, maildir, one_file};

/// How deep folders may lie in each other.
const DEPTH: usize = 64;

/// Searches one folder.
pub(crate) fn search(
    id: &str,
    root: &Path,
    place: &Path,
    judge: Judge<'_>,
    sink: &mut dyn Sink,
) -> Result<Counts, SourceError> {
    let account = maildir::open(id, root, place)?;
    let mut delivery = Delivery::new(id, judge, sink);
    let mut header = Block::default();
    walk(id, &account, &mut |found| match found {
        Found::Other { locator, why } => delivery.unread(locator, why),
        Found::Message {
            directory,
            name,
            locator,
        } => {
            let (file, length) = open(id, directory, name, locator)?;
            delivery.examine()?;
            one_file::deliver(&mut delivery, judge, &mut header, &file, length, locator)
        }
    })?;
    Ok(delivery.counts)
}

/// Hands every message of a folder to `each`, with its locator and length, whatever its date.
pub(crate) fn for_each(id: &str, folder: &OwnedFd, each: Each<'_>) -> Result<(), SourceError> {
    walk(id, folder, &mut |found| match found {
        Found::Other { .. } => Ok(()),
        Found::Message {
            directory,
            name,
            locator,
        } => {
            let (file, length) = open(id, directory, name, locator)?;
            each(Message::of_file(
                locator,
                length,
                &mut Extent::new(&file, 0, length),
            ))
        }
    })
}

fn open(
    id: &str,
    directory: &OwnedFd,
    name: &CStr,
    locator: &str,
) -> Result<(std::fs::File, u64), SourceError> {
    let file = beneath::open_file(directory, name)
        .map_err(|closed| SourceError::io(id, locator, closed.into_io()))?;
    let length = file
        .metadata()
        .map_err(|error| SourceError::io(id, locator, error))?
        .len();
    Ok((file, length))
}

/// What stands in a folder.
enum Found<'a> {
    /// A message, not opened yet.
    Message {
        directory: &'a OwnedFd,
        name: &'a CStr,
        locator: &'a str,
    },
    /// Something that is not read.
    Other { locator: &'a str, why: &'static str },
}

/// One folder on the way down, with what is still to do in it, last first.
struct Level {
    directory: OwnedFd,
    label: String,
    left: Vec<(CString, rustix::fs::FileType)>,
}

/// Goes through a folder and those within it, in the order of their paths. Names that begin with
/// a dot are named, unless they are known to hold no mail.
fn walk(
    id: &str,
    folder: &OwnedFd,
    each: &mut dyn FnMut(Found<'_>) -> Result<(), SourceError>,
) -> Result<(), SourceError> {
    let level = |directory: OwnedFd, label: String| {
        let shown = if label.is_empty() { "root" } else { &label };
        let mut left =
            beneath::list(&directory).map_err(|error| SourceError::io(id, shown, error))?;
        left.reverse();
        Ok::<_, SourceError>(Level {
            directory,
            label,
            left,
        })
    };
    let root = folder
        .try_clone()
        .map_err(|error| SourceError::io(id, "root", error))?;
    let mut levels = vec![level(root, String::new())?];
    while let Some(top) = levels.last_mut() {
        let Some((name, kind)) = top.left.pop() else {
            levels.pop();
            continue;
        };
        let locator = format!("{}{}", top.label, beneath::shown(&name));
        if name.to_bytes().starts_with(b".")
            || !(kind.is_dir() || kind.is_file() || kind.is_symlink())
        {
            if let Some(why) = unknown::why(&top.directory, &name, kind) {
                let slash = if kind.is_dir() { "/" } else { "" };
                let locator = format!("{locator}{slash}");
                each(Found::Other {
                    locator: &locator,
                    why,
                })?;
            }
        } else if kind.is_symlink() {
            each(Found::Other {
                locator: &locator,
                why: LINK,
            })?;
        } else if kind.is_dir() {
            let opened = beneath::open_directory(&top.directory, &name)
                .map_err(|closed| SourceError::io(id, &locator, closed.into_io()))?;
            if levels.len() == DEPTH {
                return Err(SourceError::damaged(
                    id,
                    locator,
                    "folders lie more than 64 deep in each other; flatten them",
                ));
            }
            levels.push(level(opened, format!("{locator}/"))?);
        } else if kind.is_file() && is_eml(&name) {
            each(Found::Message {
                directory: &top.directory,
                name: &name,
                locator: &locator,
            })?;
        } else if kind.is_file() {
            each(Found::Other {
                locator: &locator,
                why: "a file whose name does not end in `.eml`; it was not read",
            })?;
        }
    }
    Ok(())
}

fn is_eml(name: &CStr) -> bool {
    let name = name.to_bytes();
    name.len() > 4 && name[name.len() - 4..].eq_ignore_ascii_case(b".eml")
}

#[cfg(test)]
mod tests;
