//! mbox (RFC 4155), plain or compressed, in all of its forms: mboxo, mboxrd, mboxcl and mboxcl2.
//!
//! A line `From ` begins a message when it says what an envelope says (a sender and a date), follows
//! an empty line, and a header follows it. Its content is everything from the line after that up to,
//! not including, the one empty line (a single LF) that separates it from the next, byte for byte as
//! stored: a `>From ` in the body stays as it is.
//!
//! Not every writer quotes what looks like a separator in a body (a patch, a header that somebody
//! pasted, a mailbox that was forwarded), and not every separator survives (a byte order mark, a hole
//! in the file, a missing line end). What lies behind such a line often has a date of its own, so
//! neither reading is safe. Each `From` is therefore *certainly* a separator, *certainly* text, or in
//! [doubt](Doubt). Where it is in doubt, everything from the last certain separator to the next is one
//! run of bytes: a person decides over it, unless it lies outside of the period however it is read.
//!
//! A `Content-Length` is believed only where it ends exactly at a separator or at the end of the file;
//! the parts of a multipart only when it ends before the next separator.

mod ahead;
mod beside;
mod body;
mod from;
mod line;
mod reader;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use lagrum_durable::Scratch;
use tempfile::SpooledTempFile;

pub(crate) use self::body::hides_a_mailbox;
pub use self::reader::Messages;
use crate::compressed::{self, Opened};
use crate::content::Extent;
use crate::header::HeaderTooLong;
use crate::mail::{Delivery, Judge, Verdict};
use crate::message::{Each, Message};
use crate::{Counts, Sink, SourceError, beneath};

/// Why an mbox cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MboxError {
    /// It does not begin as one.
    #[error("no mbox: the first line that is not empty does not begin with `From ` (RFC 4155)")]
    NotAnMbox,
    /// The file system, or a decoder, refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What is given of a message while it is read.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    /// The next bytes of its content.
    Bytes(&'a [u8]),
    /// The header of what began last: everything up to the first empty line.
    Header(Result<&'a [u8], HeaderTooLong>),
}

/// Where the content of a message lies, in bytes of the mbox (uncompressed).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its first byte: the one after the `From ` line.
    pub at: u64,
    /// Its length.
    pub length: u64,
    /// Why it may be several.
    pub doubt: Option<Doubt>,
}

/// Why it is in doubt where a message ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// A separator, or a line like one, ends in CR alone.
    #[error("line ends are carriage returns (CR) alone, so where a message ends is not certain")]
    Returns,
    /// Like a separator, but no empty line stands before it.
    #[error(
        "a line like a separator of messages follows without an empty line before it; it may be text, or begin another message"
    )]
    NoEmptyLine,
    /// Like a separator, but no header follows.
    #[error(
        "a line like a separator of messages stands in it, without a header behind it; it may be text, or begin another message"
    )]
    NoHeader,
    /// A header follows, but the line has no sender and date.
    #[error(
        "a line `From` with lines of a header behind it stands in it; it may be text, or begin another message"
    )]
    NoEnvelope,
    /// The first line of a patch, as git writes it.
    #[error(
        "a patch of git stands in it, whose first line looks like a separator of messages; it may be text, or begin another message"
    )]
    Patch,
    /// A multipart was not ended before it.
    #[error(
        "a separator of messages stands within its parts; it may be an attached mailbox, or the message is cut off and another begins"
    )]
    InsideParts,
    /// The `Content-Length` leads beyond it.
    #[error(
        "its Content-Length leads beyond a separator of messages; it may be a mailbox within a message, or another message"
    )]
    Length,
    /// Behind a byte order mark, NUL bytes, a form feed or blanks.
    #[error(
        "a line like a separator of messages stands behind a byte order mark, NUL bytes or other unseen characters; another message may begin there"
    )]
    Unseen,
    /// Not written as those who write mailboxes write it.
    #[error(
        "a line like a separator of messages, but with `from` in other letters or an unusual blank behind it, stands in it; another message may begin there"
    )]
    Altered,
    /// What may hold messages and is not read here.
    #[error(
        "the mark of another kind of mailbox (packed, UTF-16, MMDF or Babyl) stands in it; other messages may be hidden there"
    )]
    Hidden,
    /// In the middle of a line.
    #[error(
        "a line like a separator of messages begins in the middle of another line; a line end may be lost, and another message begin there"
    )]
    WithinLine,
    /// NUL bytes.
    #[error(
        "a hole (16 NUL bytes or more) lies in it; the end of one message and the beginning of another may be lost"
    )]
    Hole,
}

impl Doubt {
    /// Whether this is text for certain, once the multipart in which it lies is ended.
    fn may_lie_in_a_part(self) -> bool {
        matches!(
            self,
            Self::Patch
                | Self::NoEnvelope
                | Self::NoHeader
                | Self::WithinLine
                | Self::Altered
                | Self::Hidden
        )
    }

    /// Whether what it hides has no date that anybody reads.
    pub(crate) fn hides_dates(self) -> bool {
        matches!(self, Self::Hole | Self::Hidden)
    }

    /// Whether this is text for certain in a file that holds one message, where nobody quotes it.
    fn is_text_in_a_file_of_its_own(self) -> bool {
        matches!(
            self,
            Self::Patch | Self::NoEnvelope | Self::NoHeader | Self::Hole
        )
    }

    /// Whether this is text for certain, if the message ends just where its `Content-Length` says.
    fn ends_with_a_length(self) -> bool {
        self.may_lie_in_a_part() || matches!(self, Self::Unseen | Self::Hole)
    }
}

/// Up to this length a message of a compressed mbox is kept in memory; beyond it, in the agent's
/// scratch directory.
const IN_MEMORY: usize = 16 << 20;

/// A file of so many bytes is read ahead. For a shorter one a thread costs more than it saves.
const READ_AHEAD: u64 = 1 << 20;

/// Of so many verdicts over what may be several messages the dates are told.
const MOST: usize = 8;

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
        .map_err(|closed| SourceError::io(id, shown.as_ref(), closed.of_place()))?;
    let mut delivery = Delivery::new(id, judge, sink);
    for (locator, why) in beside::of(&root, place) {
        delivery.unread(&locator, why)?;
    }
    let mbox = Mbox {
        id,
        shown: &shown,
        scratch: judge.run.scratch,
    };
    mbox.each(file, Some(judge), &mut |stored, verdict, content| {
        delivery.examine()?;
        if *verdict == Verdict::Out {
            return Ok(());
        }
        delivery.message(verdict, &locator(stored), stored.length, content)
    })?;
    Ok(delivery.counts)
}

/// Hands every message of an mbox to `each`, with its locator and length, whatever its date. Where
/// it is in doubt what is one message, all that it may be is handed over as one.
pub(crate) fn for_each(
    id: &str,
    shown: &str,
    file: File,
    scratch: &Scratch,
    each: Each<'_>,
) -> Result<(), SourceError> {
    let mbox = Mbox { id, shown, scratch };
    mbox.each(file, None, &mut |stored, _, content| {
        each(Message {
            locator: &locator(stored),
            length: stored.length,
            certain: stored.doubt.is_none(),
            content,
        })
    })
}

fn locator(stored: Stored) -> String {
    format!("bytes {}+{}", stored.at, stored.length)
}

/// Takes what is one message, or may be several, with the verdict over all of it.
type Take<'a> = &'a mut dyn FnMut(Stored, &Verdict, &mut dyn Read) -> Result<(), SourceError>;

/// An mbox while it is read.
struct Mbox<'a> {
    id: &'a str,
    shown: &'a str,
    scratch: &'a Scratch,
}

impl Mbox<'_> {
    /// Goes through it once. Without a judge everything is taken.
    fn each(
        &self,
        file: File,
        judge: Option<Judge<'_>>,
        take: Take<'_>,
    ) -> Result<(), SourceError> {
        let fail = |error: io::Error| SourceError::io(self.id, self.shown, error);
        let before = Fingerprint::of(&file).map_err(fail)?;
        let watched = file.try_clone().map_err(fail)?;
        let opened = compressed::open(file, Path::new(self.shown)).map_err(fail)?;
        let plain = match &opened {
            Opened::Plain(file) => Some(file.try_clone().map_err(fail)?),
            Opened::Compressed(_) => None,
        };
        let look = plain.as_ref().map(File::try_clone).transpose();
        let messages = match before.length >= READ_AHEAD {
            true => Messages::read_ahead(opened).map_err(fail)?,
            false => Messages::new(opened),
        };
        let mut messages = messages.looking_into(look.map_err(fail)?);
        let mut copy = self.scratch.spool(IN_MEMORY);
        loop {
            let mut verdicts = Verdicts::default();
            let next = messages.next_message(&mut |piece| match piece {
                Piece::Bytes(bytes) if plain.is_none() => copy.write_all(bytes),
                Piece::Bytes(_) => Ok(()),
                Piece::Header(header) => {
                    if let Some(judge) = judge {
                        verdicts.add(judge.verdict(header));
                    }
                    Ok(())
                }
            });
            let stored = match next {
                Ok(Some(stored)) => stored,
                Ok(None) => break,
                Err(MboxError::Io(error)) => return Err(fail(error)),
                Err(error) => return Err(SourceError::damaged(self.id, self.shown, error)),
            };
            let verdict = verdicts.of(stored.doubt);
            match &plain {
                Some(file) => {
                    let mut content = Extent::new(file, stored.at, stored.length);
                    take(stored, &verdict, &mut content)?;
                }
                None => {
                    copy.rewind().map_err(fail)?;
                    take(stored, &verdict, &mut copy)?;
                    copy = self.emptied(copy).map_err(fail)?;
                }
            }
        }
        if Fingerprint::of(&watched).map_err(fail)? != before {
            return Err(SourceError::changed(
                self.id,
                self.shown,
                "the mbox changed while it was read; search again when it is quiet",
            ));
        }
        Ok(())
    }
}

impl Mbox<'_> {
    /// A copy without content: the same one, unless it went to disk.
    fn emptied(&self, mut copy: SpooledTempFile) -> io::Result<SpooledTempFile> {
        if copy.is_rolled() {
            return Ok(self.scratch.spool(IN_MEMORY));
        }
        copy.rewind()?;
        copy.set_len(0)?;
        Ok(copy)
    }
}

/// The verdicts over what is one message, or may be several.
#[derive(Default)]
struct Verdicts(Vec<Verdict>);

impl Verdicts {
    /// One more. Of those that lie outside only the first is kept, and of the others a few.
    fn add(&mut self, verdict: Verdict) {
        if self.0.is_empty() || (verdict != Verdict::Out && self.0.len() < MOST) {
            self.0.push(verdict);
        }
    }

    /// What they come to.
    fn of(mut self, doubt: Option<Doubt>) -> Verdict {
        let Some(doubt) = doubt else {
            // What else looked like a message is text.
            self.0.truncate(1);
            return self.0.pop().unwrap_or(Verdict::Out);
        };
        // What a hole swallowed has no date.
        if !doubt.hides_dates() && self.0.iter().all(|verdict| *verdict == Verdict::Out) {
            return Verdict::Out;
        }
        let dates: Vec<_> = self.0.iter().filter_map(Verdict::raw_date).collect();
        Verdict::Review {
            why: doubt.to_string(),
            raw_date: (!dates.is_empty()).then(|| dates.join("; ")),
        }
    }
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
