//! Plain, gzip (RFC 1952) and Zstandard (RFC 8878) files, told apart by their first bytes.
//!
//! A compressed file that ends early is an error at the point where it ends: its decoders never
//! report the end of the data before the end of the format.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::Path;

use flate2::read::MultiGzDecoder;

/// A file as it is read.
pub(crate) enum Opened {
    /// Stored as it is; can be read at any place.
    Plain(File),
    /// Can be read only from front to back.
    Compressed(Box<dyn Read + Send>),
}

/// Looks at the first bytes of `file`. `name` is asked only whether a file too short to tell was
/// meant to be compressed.
pub(crate) fn open(file: File, name: &Path) -> io::Result<Opened> {
    let mut magic = [0; 4];
    let mut filled = 0;
    while filled < magic.len() {
        match file.read_at(&mut magic[filled..], filled as u64) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    match magic {
        [0x1f, 0x8b, ..] if filled >= 2 => {
            Ok(Opened::Compressed(Box::new(MultiGzDecoder::new(file))))
        }
        // A frame, or a skippable frame before the first one.
        [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => {
            Ok(Opened::Compressed(Box::new(zstd::Decoder::new(file)?)))
        }
        _ if filled < 4 && named_compressed(name) => Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            "named as a compressed file, but it ends before its first frame; it was probably cut off",
        )),
        _ => Ok(Opened::Plain(file)),
    }
}

fn named_compressed(name: &Path) -> bool {
    name.extension()
        .is_some_and(|extension| extension == "gz" || extension == "zst")
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.read(buffer),
            Self::Compressed(decoder) => decoder.read(buffer),
        }
    }
}
