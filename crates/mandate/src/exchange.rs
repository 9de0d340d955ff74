//! Files that two sides leave for each other where both can write: desk and agents.
//!
//! Neither side believes the other's directory: nothing is read from what is no plain file, and
//! nothing is read or written through a link that somebody put there.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use rustix::fs::{Mode, OFlags};

/// Opens a plain file for reading.
///
/// # Errors
/// When it is a link, a pipe, a device or a directory, or cannot be read.
pub fn open_plain(path: &Path) -> io::Result<File> {
    // Without NONBLOCK, opening a pipe would wait for whoever never writes.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::other("is no plain file"))
    }
}

/// Reads a plain file of at most `longest` bytes.
///
/// # Errors
/// As [`open_plain`], or when it is longer.
pub fn read_plain(path: &Path, longest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_plain(path)?
        .take(longest + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > longest {
        return Err(io::Error::other(format!("is longer than {longest} bytes")));
    }
    Ok(bytes)
}

/// Opens a new file, and never writes through a link that somebody left in its place.
///
/// # Errors
/// When the directory cannot be written.
pub fn new_file(path: &Path) -> io::Result<File> {
    if path.symlink_metadata().is_ok() {
        fs::remove_file(path)?;
    }
    File::create_new(path)
}

/// Writes a file whole or not at all, durably.
///
/// # Errors
/// When the directory cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = partial(path);
    let mut file = new_file(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    put_in_place(&temporary, path)
}

/// The name under which a file grows until it is whole.
#[must_use]
pub fn partial(path: &Path) -> std::path::PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.partial"))
}

/// Gives a whole file its name, durably.
///
/// # Errors
/// When the directory cannot be written.
pub fn put_in_place(temporary: &Path, path: &Path) -> io::Result<()> {
    fs::rename(temporary, path)?;
    match path.parent() {
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn nothing_is_read_from_links_pipes_and_directories() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::write(at("plain"), b"bytes").unwrap();
        symlink(at("plain"), at("link")).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            at("pipe"),
            rustix::fs::FileType::Fifo,
            Mode::RUSR | Mode::WUSR,
            0,
        )
        .unwrap();
        assert_eq!(read_plain(&at("plain"), 5).unwrap(), b"bytes");
        assert!(read_plain(&at("plain"), 4).is_err());
        for name in ["link", "pipe", ".", "missing"] {
            assert!(read_plain(&at(name), 100).is_err(), "{name}");
        }
    }

    #[test]
    fn nothing_is_written_through_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::write(at("roster"), b"people").unwrap();
        symlink(at("roster"), at(".answer.partial")).unwrap();
        symlink(at("roster"), at("answer")).unwrap();
        write_whole(&at("answer"), b"no").unwrap();
        assert_eq!(fs::read(at("roster")).unwrap(), b"people");
        assert_eq!(read_plain(&at("answer"), 9).unwrap(), b"no");
    }
}
