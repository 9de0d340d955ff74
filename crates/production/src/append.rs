use std::io::{self, Read, Write};
use std::path::Path;

use lagrum_model::Sha256Digest;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Appends the bytes of `content` to an archive, as many as `header` says. Gives their SHA-256.
pub(crate) fn append(
    archive: &mut tar::Builder<impl Write>,
    header: &mut tar::Header,
    path: impl AsRef<Path>,
    content: &mut dyn Read,
) -> io::Result<Sha256Digest> {
    let mut hashing = Hashing {
        content,
        hasher: Sha256::new(),
        length: 0,
    };
    archive.append_data(header, path, &mut hashing)?;
    if hashing.length != header.size()? {
        return Err(cut_short());
    }
    Ok(Sha256Digest(hashing.hasher.finalize().into()))
}

pub(crate) fn cut_short() -> io::Error {
    io::Error::new(
        io::ErrorKind::UnexpectedEof,
        "the item changed its length while it was read",
    )
}

pub(crate) fn write_line(to: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *to, line)?;
    to.write_all(b"\n")
}

pub(crate) fn header(length: u64, mtime: u64) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.set_size(length);
    header.set_mode(0o644);
    header.set_mtime(mtime);
    header
}

struct Hashing<'r> {
    content: &'r mut dyn Read,
    hasher: Sha256,
    length: u64,
}

impl Read for Hashing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.content.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.length += read as u64;
        Ok(read)
    }
}
