//! A message in a file of its own (Maildir, `.eml`): plain, or compressed as Dovecot's zlib plugin
//! does it; and files that hold more than one, which never leave whole.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::os::unix::fs::FileExt;

use lagrum_durable::Scratch;
use memchr::memmem::Finder;
use tempfile::SpooledTempFile;

use crate::SourceError;
use crate::compressed::{self, Limits, Packing};
use crate::content::Extent;
use crate::dates;
use crate::header::Block;
use crate::mail::{Delivery, Judge, Verdict};
use crate::mbox::{Doubt, MboxError, Messages, Piece, hides_a_mailbox};

/// Up to this length a message that was compressed is kept in memory; beyond it, in the agent's
/// scratch directory.
const IN_MEMORY: usize = 16 << 20;

/// The longest message that is unpacked: what a mail server takes is a tenth of it.
const UNPACKED: u64 = 256 << 20;

/// Somebody may have sent a message that begins like one that is compressed: a window is at most that of
/// the highest ordinary level of Zstandard, and a mail server packs a message in one piece or a few.
const LIMITS: Limits = Limits {
    window: 23,
    members: 1000,
};

/// Said of a file with several messages.
const SEVERAL: &str = "the file holds several messages, or what looks like several (a mailbox where one message should be)";

/// Why a message cannot be read.
enum Fault {
    /// The file system refused.
    Io(io::Error),
    /// What is packed in it is damaged.
    Damaged(io::Error),
    /// It is longer than anybody's mail.
    TooLong,
}

impl Fault {
    /// What a read of packed bytes met.
    fn of(error: io::Error) -> Self {
        if error.raw_os_error().is_some() {
            Self::Io(error)
        } else {
            Self::Damaged(error)
        }
    }
}

/// A file from its beginning, whatever else reads it.
struct FromStart {
    file: File,
    at: u64,
}

impl FromStart {
    fn of(file: &File) -> io::Result<Self> {
        let file = file.try_clone()?;
        Ok(Self { file, at: 0 })
    }
}

impl Read for FromStart {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read_at(buffer, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

/// Reads the header of the message in `file`, and says how the file is packed.
fn header(file: &File, length: u64, header: &mut Block) -> Result<Option<Packing>, Fault> {
    header
        .read(&mut Extent::new(file, 0, length))
        .map_err(Fault::Io)?;
    let packing = match compressed::packing(header.beginning()) {
        // Anybody may send one whose every few bytes ask for a dictionary of their own.
        Some(Packing::Xz) => Some(Packing::Other(
            "is packed with xz, which is not read in mail; unpack it",
        )),
        other => other,
    };
    if let Some(packing @ (Packing::Gzip | Packing::Zstandard)) = packing {
        let stored = FromStart::of(file).map_err(Fault::Io)?;
        header
            .read(&mut compressed::unpack(stored, packing, LIMITS))
            .map_err(Fault::of)?;
    }
    Ok(packing)
}

/// What a look at many files needs, kept from one to the next.
pub(crate) struct Look {
    header: Block,
    buffer: Vec<u8>,
    envelope: Finder<'static>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            header: Block::default(),
            buffer: vec![0; PIECE],
            envelope: Finder::new(b"From "),
        }
    }
}

impl Look {
    /// Whether `file` is certainly one message that lies outside the period. Anything else, whatever
    /// failed included, needs a closer look.
    pub(crate) fn certainly_out(&mut self, file: &File, judge: Judge<'_>) -> bool {
        if judge.stored_out() {
            return true;
        }
        let Ok(length) = fill(file, &mut self.buffer, 0) else {
            return false;
        };
        let (begin, header) = (&self.buffer[..length], &mut self.header);
        header.clear();
        header.push(begin);
        let packing = compressed::packing(header.beginning());
        if packing.is_some() || !header.finished() && length == self.buffer.len() {
            return self.is_certainly_out_unpacked(file, judge);
        }
        self.header_is_out(judge) && self.holds_no_more(file, length).unwrap_or(false)
    }

    /// The same of a file that is packed, or whose header is a long one.
    fn is_certainly_out_unpacked(&mut self, file: &File, judge: Judge<'_>) -> bool {
        match header(file, u64::MAX, &mut self.header) {
            Ok(Some(Packing::Other(_))) | Err(_) => false,
            Ok(packing) => {
                self.header_is_out(judge) && may_hold_more(file, packing).is_ok_and(|more| !more)
            }
        }
    }

    fn header_is_out(&self, judge: Judge<'_>) -> bool {
        !begins_as_mbox(&self.header) && judge.verdict(self.header.bytes()) == Verdict::Out
    }

    /// Whether nothing in a file that is not packed may begin another message; the first `length` bytes of it were
    /// read.
    fn holds_no_more(&mut self, file: &File, length: usize) -> io::Result<bool> {
        let (mut length, mut at) = (length, length as u64);
        loop {
            let seen = &self.buffer[..length];
            if may_begin_another(&self.envelope, seen) {
                return Ok(false);
            }
            if length < self.buffer.len() {
                return Ok(true);
            }
            self.buffer.copy_within(length - OVERLAP.., 0);
            let read = fill(file, &mut self.buffer[OVERLAP..], at)?;
            at += read as u64;
            length = OVERLAP + read;
        }
    }
}

/// Reads from `at` on until `buffer` is full or the file ends, and gives how much that is.
fn fill(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read_at(&mut buffer[filled..], at + filled as u64) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// How much of a message is looked at together.
const PIECE: usize = 64 << 10;

/// What two pieces have in common, so that no mark is cut in two.
const OVERLAP: usize = 16;

/// Whether another message may begin in what was read.
fn may_begin_another(envelope: &Finder<'_>, seen: &[u8]) -> bool {
    envelope.find(seen).is_some() || hides_a_mailbox(seen)
}

/// Whether anything in the file may begin another message, so that its header does not speak for all of
/// it.
fn may_hold_more(file: &File, packing: Option<Packing>) -> io::Result<bool> {
    let stored = FromStart::of(file)?;
    let mut content: Box<dyn Read> = match packing {
        Some(packing) => Box::new(compressed::unpack(stored, packing, LIMITS)),
        None => Box::new(stored),
    };
    let envelope = Finder::new(b"From ");
    let mut buffer = vec![0; PIECE];
    let mut kept = 0;
    loop {
        let read = match content.read(&mut buffer[kept..]) {
            Ok(0) => return Ok(false),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let length = kept + read;
        if may_begin_another(&envelope, &buffer[..length]) {
            return Ok(true);
        }
        kept = length.min(OVERLAP);
        buffer.copy_within(length - kept..length, 0);
    }
}

/// Whether the first line is that of an mbox.
fn begins_as_mbox(header: &Block) -> bool {
    let mut bytes = header.beginning();
    loop {
        bytes = match bytes {
            [0 | b'\n' | b'\r' | 0x0c, rest @ ..] => rest,
            [0xef, 0xbb, 0xbf, rest @ ..] => rest,
            _ => return bytes.starts_with(b"From ") || bytes.starts_with(b"From\t"),
        };
    }
}

/// Judges the message in `file`, which is `length` bytes long, and does what the verdict asks for.
pub(crate) fn deliver(
    delivery: &mut Delivery<'_>,
    judge: Judge<'_>,
    block: &mut Block,
    file: &File,
    length: u64,
    locator: &str,
) -> Result<(), SourceError> {
    if judge.stored_out() {
        return Ok(());
    }
    let id = delivery.id;
    let fail = |error: io::Error| SourceError::io(id, locator, error);
    let put_aside = |delivery: &mut Delivery<'_>, why: &str| {
        let mut content = Extent::new(file, 0, length);
        delivery.put_aside(locator, why, None, length, &mut content)
    };
    let faulty = |delivery: &mut Delivery<'_>, fault: Fault| match fault {
        Fault::Io(error) => Err(fail(error)),
        Fault::Damaged(error) => {
            let why = format!("the message is compressed, and damaged: {error}");
            put_aside(delivery, &why)
        }
        Fault::TooLong => put_aside(
            delivery,
            "the message is compressed, and longer than 256 MiB when it is unpacked",
        ),
    };
    let packing = match header(file, length, block) {
        Ok(Some(Packing::Other(what))) => {
            return put_aside(delivery, &format!("the file {what}"));
        }
        Ok(packing) => packing,
        Err(fault) => return faulty(delivery, fault),
    };
    let verdict = judge.verdict(block.bytes());
    let mbox = begins_as_mbox(block);
    if verdict == Verdict::Out && !mbox {
        match may_hold_more(file, packing) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(error) => return faulty(delivery, Fault::of(error)),
        }
    }
    let Some(packing) = packing else {
        let plain = || Extent::new(file, 0, length);
        let verdict = over_all(&mut plain(), length, mbox, judge, verdict).map_err(fail)?;
        return delivery.message(&verdict, locator, length, &mut plain());
    };
    let unpacked = FromStart::of(file)
        .map_err(Fault::Io)
        .and_then(|stored| unpack(stored, packing, judge.run.scratch));
    let (mut unpacked, length) = match unpacked {
        Ok(unpacked) => unpacked,
        Err(fault) => return faulty(delivery, fault),
    };
    let verdict = over_all(&mut unpacked, length, mbox, judge, verdict).map_err(fail)?;
    unpacked.rewind().map_err(fail)?;
    delivery.message(&verdict, locator, length, &mut unpacked)
}

/// Unpacks a whole message.
fn unpack(
    stored: FromStart,
    packing: Packing,
    scratch: &Scratch,
) -> Result<(SpooledTempFile, u64), Fault> {
    let mut spool = scratch.spool(IN_MEMORY);
    let mut input = compressed::unpack(stored, packing, LIMITS).take(UNPACKED + 1);
    let mut buffer = vec![0; 64 << 10];
    let mut length = 0;
    loop {
        match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => {
                io::Write::write_all(&mut spool, &buffer[..count]).map_err(Fault::Io)?;
                length += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Fault::of(error)),
        }
    }
    if length > UNPACKED {
        return Err(Fault::TooLong);
    }
    spool.rewind().map_err(Fault::Io)?;
    Ok((spool, length))
}

/// The verdict over all of a file, whose header alone got `first`: one that holds several messages
/// lies outside the period if all of them do, and else is for a person.
fn over_all(
    content: &mut dyn Read,
    length: u64,
    mbox: bool,
    judge: Judge<'_>,
    first: Verdict,
) -> io::Result<Verdict> {
    let (mut all_out, mut dates) = (true, Vec::new());
    let mut header = |piece: Piece<'_>| {
        if let Piece::Header(header) = piece {
            all_out &= judge.verdict(header) == Verdict::Out;
            if dates.len() < 8 {
                let raw = |header| dates::raw_by(judge.date, header, judge.stored);
                dates.extend(header.ok().and_then(raw));
            }
        }
        Ok(())
    };
    let mut messages = if mbox {
        Messages::sized(content, length)
    } else {
        Messages::sized(content, length).of_one_message()
    };
    let mut count = 0;
    let (mut doubt, mut hidden) = (false, false);
    loop {
        match messages.next_message(&mut header) {
            Ok(Some(stored)) => {
                count += 1;
                doubt |= stored.doubt.is_some();
                hidden |= stored.doubt.is_some_and(Doubt::hides_dates);
            }
            Ok(None) => break,
            // No envelope after all.
            Err(MboxError::NotAnMbox) => return Ok(first),
            Err(MboxError::Io(error)) => return Err(error),
        }
    }
    if count <= 1 && !doubt {
        return Ok(first);
    }
    if all_out && !hidden {
        return Ok(Verdict::Out);
    }
    Ok(Verdict::Review {
        why: SEVERAL.into(),
        raw_date: (!dates.is_empty()).then(|| dates.join("; ")),
    })
}
