//! mbox (RFC 4155), plain or compressed.
//!
//! Every line that begins with `From ` begins a message. Its content is everything from the line
//! after that up to, not including, the one empty line (a single LF) that separates it from the
//! next such line or from the end of the file, byte for byte as stored: a `>From ` in the body
//! stays as it is. That is, to the byte, what Python's `mailbox.mbox(...).get_bytes` gives, so that
//! others can check it.
//!
//! RFC 4155 wants an empty line before `From `. It is not asked for here, because real mailboxes
//! leave it out, and two messages taken for one would let the second leave under the date of the
//! first. The price: where a body has a line `From ` that its writer did not quote, the message
//! ends there, and the rest, which has no date, goes to a person. An empty line that ends in CR LF
//! is content: it stays with the message before it.

mod reader;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use tempfile::SpooledTempFile;

pub use self::reader::{MboxError, Messages, Stored};
use crate::compressed::{self, Opened};
use crate::content::Extent;
use crate::header::Block;
use crate::mail::{Delivery, Judge, Verdict};
use crate::message::Each;
use crate::{Counts, Sink, SourceError, beneath};

/// Up to this length a message of a compressed mbox is kept in memory; beyond it, in a temporary
/// file without a name.
const IN_MEMORY: usize = 1 << 20;

/// Searches one mbox.
pub(crate) fn search(
    id: &str,
    root: &Path,
    place: &Path,
    judge: Judge<'_>,
    sink: &mut dyn Sink,
) -> Result<Counts, SourceError> {
    let shown = place.to_string_lossy();
    let root = beneath::open_root(root).map_err(|error| SourceError::io(id, "root", error))?;
    let file = beneath::file_beneath(&root, place)
        .map_err(|closed| SourceError::io(id, shown.as_ref(), closed.into_io()))?;
    let mut delivery = Delivery::new(id, judge, sink);
    let mut header = Block::default();
    let mut judged = None;
    let wanted = |bytes: &[u8], start: bool, end: bool, judged: &mut Option<Verdict>| {
        if start {
            header.clear();
            *judged = None;
        }
        header.push(bytes);
        if judged.is_none() && (end || header.finished()) {
            *judged = Some(judge.verdict(&header));
        }
        *judged != Some(Verdict::Out)
    };
    each(
        id,
        &shown,
        file,
        &mut judged,
        wanted,
        &mut |judged, locator, length, content| {
            delivery.examine()?;
            match judged {
                Some(verdict) => delivery.message(verdict, locator, length, content),
                None => Ok(()),
            }
        },
    )?;
    Ok(delivery.counts)
}

/// Hands every message of an mbox to `each`, with its locator and length, whatever its date.
pub(crate) fn for_each(
    id: &str,
    shown: &str,
    file: File,
    each_message: Each<'_>,
) -> Result<(), SourceError> {
    let all = |_: &[u8], _: bool, _: bool, (): &mut ()| true;
    each(
        id,
        shown,
        file,
        &mut (),
        all,
        &mut |(), locator, length, content| each_message(locator, length, content),
    )
}

/// Takes a message: the state, its locator, its length, its content.
type EachWith<'a, S> =
    &'a mut dyn FnMut(&mut S, &str, u64, &mut dyn Read) -> Result<(), SourceError>;

/// Goes through an mbox once. `wanted` sees every piece of every message (with whether it is the
/// first, and whether the message is complete) and says whether the content may still be asked
/// for; `each` gets every message when it is complete.
fn each<S>(
    id: &str,
    shown: &str,
    file: File,
    state: &mut S,
    mut wanted: impl FnMut(&[u8], bool, bool, &mut S) -> bool,
    each: EachWith<'_, S>,
) -> Result<(), SourceError> {
    let fail = |error: io::Error| SourceError::io(id, shown, error);
    let before = Fingerprint::of(&file).map_err(fail)?;
    let watched = file.try_clone().map_err(fail)?;
    let opened = compressed::open(file, Path::new(shown)).map_err(fail)?;
    let plain = match &opened {
        Opened::Plain(file) => Some(file.try_clone().map_err(fail)?),
        Opened::Compressed(_) => None,
    };
    let mut messages = Messages::new(opened);
    let mut spool = SpooledTempFile::new(IN_MEMORY);
    loop {
        let mut first = true;
        let mut keep = true;
        let next = messages.next_message(&mut |piece| {
            keep = wanted(piece, first, false, state) && keep;
            first = false;
            if keep && plain.is_none() {
                spool.write_all(piece)?;
            }
            Ok(())
        });
        let stored = match next {
            Ok(Some(stored)) => stored,
            Ok(None) => break,
            Err(MboxError::Io(error)) => return Err(fail(error)),
            Err(error) => return Err(SourceError::damaged(id, shown, error)),
        };
        wanted(&[], first, true, state);
        let locator = format!("bytes {}+{}", stored.at, stored.length);
        if let Some(file) = &plain {
            let mut content = Extent::new(file, stored.at, stored.length);
            each(state, &locator, stored.length, &mut content)?;
        } else {
            spool.rewind().map_err(fail)?;
            each(state, &locator, stored.length, &mut spool)?;
            spool = emptied(spool).map_err(fail)?;
        }
    }
    if Fingerprint::of(&watched).map_err(fail)? != before {
        return Err(SourceError::changed(
            id,
            shown,
            "the mbox changed while it was read; search again when it is quiet",
        ));
    }
    Ok(())
}

/// A spool without content: the same one, unless it went to disk.
fn emptied(mut spool: SpooledTempFile) -> io::Result<SpooledTempFile> {
    if spool.is_rolled() {
        return Ok(SpooledTempFile::new(IN_MEMORY));
    }
    spool.rewind()?;
    spool.set_len(0)?;
    Ok(spool)
}

/// What changes when a file is written.
#[derive(PartialEq, Eq)]
struct Fingerprint {
    length: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Fingerprint {
    fn of(file: &File) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt;
        let metadata = file.metadata()?;
        Ok(Self {
            length: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }
}
