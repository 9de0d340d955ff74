//! Opening things below a root without ever following a symbolic link out of it.

use std::ffi::{CStr, CString, OsStr};
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path};

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, fstat, openat, statat};

/// For directories.
const DIRECTORY: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);

/// For files. A named pipe must not make the search wait, so nothing blocks.
const FILE: OFlags = OFlags::RDONLY
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC)
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY);

/// Why something below a root was not opened.
#[derive(Debug)]
pub(crate) enum Closed {
    /// A symbolic link stands in the way.
    Link,
    /// It is there, but neither a regular file nor a link.
    NotAFile,
    /// The system refused.
    Io(io::Error),
}

impl From<rustix::io::Errno> for Closed {
    fn from(error: rustix::io::Errno) -> Self {
        match error {
            rustix::io::Errno::LOOP => Self::Link,
            other => Self::Io(other.into()),
        }
    }
}

impl Closed {
    /// Whether there is nothing of that name.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::NotFound)
    }

    /// The same of the place of an account.
    pub(crate) fn of_place(self) -> io::Error {
        match self.is_absent() {
            true => io::Error::new(
                io::ErrorKind::NotFound,
                "nothing lies at the account's place; correct `place`, or the account's line in `accounts` where places are written by hand, or say in `none` that the source has nothing of it",
            ),
            false => self.into_io(),
        }
    }

    /// As the system's refusal, with the reason in words.
    pub(crate) fn into_io(self) -> io::Error {
        let invalid = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why);
        match self {
            Self::Link => invalid("a symbolic link, not followed"),
            Self::NotAFile => invalid("not a regular file"),
            Self::Io(error) => error,
        }
    }
}

/// Opens a root. The operator named it, so links on the way are followed.
pub(crate) fn open_root(path: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    Ok(openat(CWD, path, flags, Mode::empty())?)
}

/// Opens a file that the operator named; links are followed.
pub(crate) fn open_named_file(path: &Path) -> Result<File, Closed> {
    regular(openat(
        CWD,
        path,
        FILE.difference(OFlags::NOFOLLOW),
        Mode::empty(),
    )?)
}

/// Opens the directory `name` in `parent`.
pub(crate) fn open_directory(parent: impl AsFd, name: &CStr) -> Result<OwnedFd, Closed> {
    openat(parent.as_fd(), name, DIRECTORY, Mode::empty()).map_err(|error| {
        // Linux answers "not a directory" for a link here.
        match statat(parent.as_fd(), name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) if FileType::from_raw_mode(stat.st_mode).is_symlink() => Closed::Link,
            _ => Closed::from(error),
        }
    })
}

/// Opens `name` in `parent` without checking what it is. Only [`regular`] tells.
pub(crate) fn open_unchecked(parent: impl AsFd, name: &CStr) -> Result<OwnedFd, Closed> {
    Ok(openat(parent.as_fd(), name, FILE, Mode::empty())?)
}

/// Opens the regular file `name` in `parent`.
pub(crate) fn open_file(parent: impl AsFd, name: &CStr) -> Result<File, Closed> {
    regular(open_unchecked(parent, name)?)
}

/// Lets only regular files through.
fn regular(file: OwnedFd) -> Result<File, Closed> {
    if FileType::from_raw_mode(fstat(&file)?.st_mode).is_file() {
        Ok(File::from(file))
    } else {
        Err(Closed::NotAFile)
    }
}

/// Splits a checked place (see [`lagrum_source::place_fault`]) into its last name and what leads there, and
/// opens the directories on the way one by one.
fn parent_of(root: &OwnedFd, place: &Path) -> Result<(OwnedFd, CString), Closed> {
    let mut names = place
        .components()
        .filter(|component| *component != Component::CurDir)
        .map(|component| c_string(component.as_os_str()));
    let mut directory = root.try_clone().map_err(Closed::Io)?;
    let mut last = names.next().unwrap_or_else(|| Ok(c".".to_owned()))?;
    for next in names {
        directory = open_directory(&directory, &last)?;
        last = next?;
    }
    Ok((directory, last))
}

/// Opens the directory `place` below `root`; no part of it may be a link.
pub(crate) fn directory_beneath(root: &OwnedFd, place: &Path) -> Result<OwnedFd, Closed> {
    let (parent, name) = parent_of(root, place)?;
    open_directory(&parent, &name)
}

/// Opens the regular file `place` below `root`; no part of it may be a link.
pub(crate) fn file_beneath(root: &OwnedFd, place: &Path) -> Result<File, Closed> {
    let (parent, name) = parent_of(root, place)?;
    open_file(&parent, &name)
}

fn c_string(name: &OsStr) -> Result<CString, Closed> {
    CString::new(name.as_bytes()).map_err(|error| Closed::Io(error.into()))
}

/// The names in a directory with their kinds, sorted by their bytes, without `.` and `..`.
pub(crate) fn list(directory: impl AsFd) -> io::Result<Vec<(CString, FileType)>> {
    let mut names = Vec::new();
    for entry in Dir::read_from(directory.as_fd())? {
        let entry = entry?;
        let name = entry.file_name();
        if name == c"." || name == c".." {
            continue;
        }
        let mut kind = entry.file_type();
        if kind == FileType::Unknown {
            match statat(directory.as_fd(), name, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(stat) => kind = FileType::from_raw_mode(stat.st_mode),
                // Gone again: whoever needs it will look for it.
                Err(rustix::io::Errno::NOENT) => kind = FileType::RegularFile,
                Err(error) => return Err(error.into()),
            }
        }
        names.push((name.to_owned(), kind));
    }
    names.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    Ok(names)
}

/// A name for people.
pub(crate) fn shown(name: &CStr) -> String {
    String::from_utf8_lossy(name.to_bytes()).into_owned()
}
