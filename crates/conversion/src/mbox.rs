//! Messages as mailboxes, one for each account: mbox in the form called mboxrd, in which a line that begins
//! with any number of `>` and `From ` has one `>` more, so that every message can be had back to the byte.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use lagrum_package::Items;
use lagrum_package::layout::{ItemKind, ManifestLine};

use crate::files::{Hashed, create};
use crate::instants::asctime;
use crate::{ConversionError, Converted, Package};

/// Mailboxes that are open at once: the messages of a mandate lie account by account.
const OPEN: usize = 64;

/// Writes them. A message without a date of its own has on its first line the instant at which the search
/// ended: the form wants one, and that line is no part of the message.
pub(crate) fn write(from: &Package<'_>, to: &Path) -> Result<Converted, ConversionError> {
    let mut converted = Converted::default();
    let mut open: BTreeMap<PathBuf, BufWriter<File>> = BTreeMap::new();
    for line in Items::of(from.directory)? {
        let line = line?;
        match line.kind {
            ItemKind::Message => {
                message(from, &line, to, &mut open)?;
                converted.held += 1;
            }
            ItemKind::Object | ItemKind::RecordsJson | ItemKind::RecordsCsv => {
                converted.left_out += 1;
            }
        }
    }
    for (path, mut mailbox) in open {
        mailbox.flush().map_err(ConversionError::io(&path))?;
    }
    Ok(converted)
}

fn message(
    from: &Package<'_>,
    line: &ManifestLine,
    to: &Path,
    open: &mut BTreeMap<PathBuf, BufWriter<File>>,
) -> Result<(), ConversionError> {
    let path = to.join(file_name(&line.identifier.to_string()));
    let fault = || ConversionError::io(&path);
    if !open.contains_key(&path) {
        if open.len() == OPEN
            && let Some((path, mut mailbox)) = open.pop_first()
        {
            mailbox.flush().map_err(ConversionError::io(&path))?;
        }
        let mailbox = match path.exists() {
            true => File::options().append(true).open(&path).map(BufWriter::new),
            false => Ok(create(&path)?),
        };
        open.insert(path.clone(), mailbox.map_err(fault())?);
    }
    let mailbox = open.get_mut(&path).expect("it was put there");
    let dated = line.dated.unwrap_or(from.checked.statement.ended_at);
    writeln!(mailbox, "From lagrum {}", asctime(dated)).map_err(fault())?;
    let mut stored = Hashed::open(from.directory, &line.path)?;
    quoted(&mut stored, mailbox).map_err(fault())?;
    stored.is(line)
}

/// The name of an account's mailbox: what a name of a file cannot have is written as `%` and two digits.
pub(crate) fn file_name(account: &str) -> String {
    let mut name = String::new();
    for byte in account.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'@' | b'-' | b'_' | b'+' => {
                name.push(byte.into());
            }
            b'.' if !name.is_empty() => name.push('.'),
            _ => name += &format!("%{byte:02X}"),
        }
    }
    format!("{name}.mbox")
}

/// One message, quoted, with the empty line that ends it. A message that ends within a line has the end of
/// the line added: the form has no other way.
pub(crate) fn quoted(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    const FROM: &[u8] = b"From ";
    let mut buffer = vec![0; 1 << 16];
    // Where a line stands: how many `>` it began with, and how much of `From ` was seen; nothing once it is
    // known what to do with it.
    let mut begun = Some((0_u64, 0_usize));
    let mut last = b'\n';
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        let mut told = 0;
        for (at, &byte) in buffer[..read].iter().enumerate() {
            if let Some((signs, seen)) = begun {
                if byte == FROM[seen] {
                    begun = match seen + 1 < FROM.len() {
                        true => Some((signs, seen + 1)),
                        false => {
                            held(signs + 1, seen + 1, to)?;
                            told = at + 1;
                            None
                        }
                    };
                } else if byte == b'>' && seen == 0 {
                    begun = Some((signs + 1, 0));
                } else {
                    held(signs, seen, to)?;
                    told = at;
                    begun = None;
                }
            }
            if byte == b'\n' {
                to.write_all(&buffer[told..=at])?;
                told = at + 1;
                begun = Some((0, 0));
            }
        }
        if begun.is_none() {
            to.write_all(&buffer[told..read])?;
        }
        last = buffer[read - 1];
    }
    if let Some((signs, seen)) = begun {
        held(signs, seen, to)?;
    }
    if last != b'\n' {
        to.write_all(b"\n")?;
    }
    to.write_all(b"\n")
}

/// What was held back of a line's beginning.
fn held(signs: u64, seen: usize, to: &mut impl Write) -> io::Result<()> {
    io::copy(&mut io::repeat(b'>').take(signs), to)?;
    to.write_all(&b"From "[..seen])
}
