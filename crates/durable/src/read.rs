use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rustix::fs::{Mode, OFlags};

use crate::FileError;

/// Opens a plain file for reading.
///
/// # Errors
/// When it is a link, a pipe, a device or a directory, or cannot be read.
pub fn open_plain(file: &Path) -> Result<File, FileError> {
    // Without NONBLOCK, opening a pipe would wait for somebody who never writes.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let opened = rustix::fs::open(file, flags, Mode::empty())
        .map(File::from)
        .map_err(|error| FileError::new("open", file, told(error)))?;
    let about = opened.metadata().map_err(FileError::of("open", file))?;
    if about.is_file() {
        return Ok(opened);
    }
    let source = io::Error::new(io::ErrorKind::InvalidInput, "not a plain file");
    Err(FileError::new("open", file, source))
}

/// What the system answers to a link is about levels of links, and tells nobody anything.
fn told(error: rustix::io::Errno) -> io::Error {
    if error == rustix::io::Errno::LOOP {
        let why = "it is a link, which may lead anywhere; name the file itself";
        return io::Error::new(io::ErrorKind::InvalidInput, why);
    }
    error.into()
}

/// Reads a plain file of at most `limit` bytes.
///
/// # Errors
/// As [`open_plain`], or when it is longer ([`io::ErrorKind::FileTooLarge`]).
pub fn read(file: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let opened = open_plain(file)?;
    let length = opened
        .metadata()
        .map_err(FileError::of("read", file))?
        .len();
    // What is too long is not read at all; what grows meanwhile is read no further.
    let content = match length > limit {
        true => None,
        false => Some(cut(opened, file, limit)?),
    };
    let content = content.filter(|content| content.len() as u64 <= limit);
    let Some(content) = content else {
        let why = format!("longer than {limit} bytes");
        let source = io::Error::new(io::ErrorKind::FileTooLarge, why);
        return Err(FileError::new("read", file, source));
    };
    Ok(content)
}

/// Reads a plain file of at most `limit` bytes; `None` if there is no such file.
///
/// # Errors
/// As [`read`].
pub fn read_if_any(file: &Path, limit: u64) -> Result<Option<Vec<u8>>, FileError> {
    if_any(read(file, limit))
}

/// Reads the beginning of a plain file: a file that is longer than `limit` bytes is cut one byte
/// after the limit, so that the caller sees that it is too long. `None` if there is no such file.
///
/// # Errors
/// As [`open_plain`].
pub fn read_at_most(file: &Path, limit: u64) -> Result<Option<Vec<u8>>, FileError> {
    if_any(open_plain(file).and_then(|opened| cut(opened, file, limit)))
}

fn cut(opened: File, file: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let most = limit.saturating_add(1);
    let length = opened
        .metadata()
        .map_err(FileError::of("read", file))?
        .len();
    // Exactly what is needed: growing takes up to twice the file.
    let mut content = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or_default());
    opened
        .take(most)
        .read_to_end(&mut content)
        .map_err(FileError::of("read", file))?;
    Ok(content)
}

fn if_any(content: Result<Vec<u8>, FileError>) -> Result<Option<Vec<u8>>, FileError> {
    match content {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        other => other.map(Some),
    }
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn nothing_is_read_from_links_pipes_and_directories() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str| dir.path().join(name);
        fs::write(file("plain"), b"bytes").unwrap();
        symlink(file("plain"), file("link")).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            file("pipe"),
            rustix::fs::FileType::Fifo,
            Mode::RUSR | Mode::WUSR,
            0,
        )
        .unwrap();
        assert_eq!(read(&file("plain"), 5).unwrap(), b"bytes");
        for name in ["link", "pipe", "."] {
            assert!(read(&file(name), 100).is_err(), "{name}");
            assert!(read_if_any(&file(name), 100).is_err(), "{name}");
            assert!(read_at_most(&file(name), 100).is_err(), "{name}");
        }
        assert!(read(&file("missing"), 100).is_err());
        assert_eq!(read_if_any(&file("missing"), 100).unwrap(), None);
        assert_eq!(read_at_most(&file("missing"), 100).unwrap(), None);
    }

    #[test]
    fn a_file_that_is_too_long_is_never_read_whole() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("plain");
        fs::write(&file, b"bytes").unwrap();
        let error = read(&file, 4).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert!(error.to_string().contains("longer than 4 bytes"), "{error}");
        assert_eq!(read_at_most(&file, 2).unwrap().unwrap(), b"byt");
    }
}
