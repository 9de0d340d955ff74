//! The footer of a file: looked at, and then read.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use lagrum_sources::RowsFault;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};

use crate::fault::caught;
use crate::thrift::{Compact, I32, LIST, Malformed, STRUCT};

/// The longest footer, in bytes.
const LONGEST: usize = 16 << 20;
/// The most elements of a schema, columns and groups together.
const ELEMENTS: usize = 4000;
/// How deep they may lie in one another; a list takes three levels.
const DEPTH: usize = 32;
/// The most groups of rows, and columns of all of them together.
const GROUPS: usize = 1 << 16;
const CHUNKS: usize = 50_000;

/// What a person is told of a footer that breaks the format.
const BROKEN: &str =
    "its footer is damaged; have its writer write the file again, or take it out of `paths`";
const ENCRYPTED: &str = "it is encrypted, which is not read here; give the log without the encryption of Parquet, on a disk that is encrypted";

/// Why a footer is not read.
enum Fault {
    Malformed,
    Encrypted,
    Large(&'static str),
}

impl From<Malformed> for Fault {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

/// Reads the footer of a file of so many bytes. Gives it, and where it begins.
///
/// # Errors
/// When the file is no whole Parquet file, or its footer is more than is read.
pub(crate) fn read(file: &File, length: u64) -> Result<(ParquetMetaData, u64), RowsFault> {
    let damaged = |why: &str| RowsFault::Damaged(why.to_owned());
    let mut begin = [0; 4];
    if length >= 4 {
        file.read_exact_at(&mut begin, 0)?;
    }
    if &begin == b"PARE" {
        return Err(damaged(ENCRYPTED));
    }
    if &begin != b"PAR1" {
        return Err(damaged(
            "it is no Parquet file; take it out of `paths`, or name the kind of log that it is",
        ));
    }
    let unfinished = "it has no footer, so that it was not written to its end, or is cut off; name only files that their writer is done with, and have this one written again";
    if length < 12 {
        return Err(damaged(unfinished));
    }
    let mut tail = [0; 8];
    file.read_exact_at(&mut tail, length - 8)?;
    match &tail[4..] {
        b"PAR1" => {}
        b"PARE" => return Err(damaged(ENCRYPTED)),
        _ => return Err(damaged(unfinished)),
    }
    let size = u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]);
    let begins = (length - 8).checked_sub(u64::from(size));
    let begins = begins
        .filter(|at| *at >= 4)
        .ok_or_else(|| damaged(BROKEN))?;
    let size = usize::try_from(size).map_err(|_| damaged(BROKEN))?;
    if size > LONGEST {
        return Err(large("a footer of more than 16 MiB"));
    }
    let mut bytes = vec![0; size];
    file.read_exact_at(&mut bytes, begins)?;
    look_at(&bytes).map_err(|fault| match fault {
        Fault::Malformed => damaged(BROKEN),
        Fault::Encrypted => damaged(ENCRYPTED),
        Fault::Large(what) => large(what),
    })?;
    let read = caught(|| {
        ParquetMetaDataReader::decode_metadata(&bytes)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, BROKEN))
    });
    Ok((read.map_err(|_| damaged(BROKEN))?, begins))
}

fn large(what: &str) -> RowsFault {
    RowsFault::Damaged(format!(
        "it has {what}, which is not read; have the log written in more and smaller files"
    ))
}

/// Looks at what a footer says of sizes.
fn look_at(bytes: &[u8]) -> Result<(), Fault> {
    let mut footer = Compact::new(bytes);
    let (mut schema, mut groups, mut chunks) = (false, false, 0);
    footer.fields(|footer, field, kind| match (field, kind) {
        (2, LIST) if !schema => {
            schema = true;
            self::schema(footer).map(|()| true)
        }
        (4, LIST) if !groups => {
            groups = true;
            let many = "more than 65536 groups of rows";
            for _ in 0..structures(footer, GROUPS, many)? {
                row_group(footer, &mut chunks)?;
            }
            Ok(true)
        }
        // Its name for the key that encrypts, with which a footer may still be plain.
        (8 | 9, _) => Err(Fault::Encrypted),
        (2 | 4, _) => Err(Fault::Malformed),
        _ => Ok(false),
    })?;
    match schema {
        true => Ok(()),
        false => Err(Fault::Malformed),
    }
}

/// The beginning of a list of structures, of which there may be `most`.
fn structures(bytes: &mut Compact<'_>, most: usize, many: &'static str) -> Result<usize, Fault> {
    let (kind, count) = bytes.list(usize::MAX)?;
    if count > most {
        return Err(Fault::Large(many));
    }
    match kind == STRUCT || count == 0 {
        true => Ok(count),
        false => Err(Fault::Malformed),
    }
}

fn schema(footer: &mut Compact<'_>) -> Result<(), Fault> {
    let count = structures(footer, ELEMENTS, "more than 4000 columns")?;
    // How many elements are still to come of each group that is open.
    let mut open: Vec<i32> = Vec::new();
    for place in 0..count {
        let mut children = 0;
        footer.fields(|footer, field, kind| match (field, kind) {
            (5, I32) => {
                children = footer.int()?;
                Ok::<_, Fault>(true)
            }
            _ => Ok(false),
        })?;
        while open.last() == Some(&0) {
            open.pop();
        }
        match open.last_mut() {
            Some(left) => *left -= 1,
            None if place == 0 => {}
            None => return Err(Fault::Malformed),
        }
        if children < 0 || usize::try_from(children).is_ok_and(|many| many > count) {
            return Err(Fault::Malformed);
        }
        if children > 0 {
            open.push(children);
        }
        if open.len() > DEPTH {
            return Err(Fault::Large(
                "columns that lie more than 32 deep in one another",
            ));
        }
    }
    match count > 1 && open.iter().all(|left| *left == 0) {
        true => Ok(()),
        false => Err(Fault::Malformed),
    }
}

fn row_group(footer: &mut Compact<'_>, chunks: &mut usize) -> Result<(), Fault> {
    let mut columns = false;
    footer.fields(|footer, field, kind| match (field, kind) {
        (1, LIST) if !columns => {
            columns = true;
            let many = "more than 50,000 columns in all groups of rows together";
            let count = structures(footer, CHUNKS, many)?;
            *chunks += count;
            if *chunks > CHUNKS {
                return Err(Fault::Large(many));
            }
            for _ in 0..count {
                footer.fields(|_, field, _| match field {
                    8 | 9 => Err(Fault::Encrypted),
                    _ => Ok(false),
                })?;
            }
            Ok(true)
        }
        (1, _) => Err(Fault::Malformed),
        _ => Ok(false),
    })
}
