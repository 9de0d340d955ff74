//! Files that whoever runs the program keeps here: keys, lists of people, settings.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use zeroize::Zeroizing;

use crate::FileError;
use crate::owner::Trusted;

/// The longest settings file: some thousands of accounts.
const LONGEST_SETTINGS: u64 = 16 << 20;
/// The longest file with a secret in it: a key under a passphrase is some hundred bytes.
const LONGEST_SECRET: u64 = 4 << 10;

/// What nobody but the owner may do with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guard {
    /// Change it.
    Change,
    /// Read or change it.
    Use,
}

impl Guard {
    /// The bits of the mode that must not be set.
    fn forbidden(self) -> u32 {
        match self {
            Self::Change => 0o022,
            Self::Use => 0o077,
        }
    }
}

/// Reads a settings file, which decides what the program believes: nobody but its owner may be able
/// to change it, as `ssh` has it for its own.
///
/// It may be named by a link, because the path is the word of whoever runs the program. It belongs to
/// them or to root, and so does each directory above it, which others can write only if it is one like
/// `/tmp`.
///
/// # Errors
/// When others can change it or put another in its place ([`io::ErrorKind::PermissionDenied`], with the way
/// out), when it belongs to somebody else, when it is no
/// plain file, is longer than 16 MiB, is not UTF-8, or cannot be read.
pub fn read_settings(file: &Path) -> Result<String, FileError> {
    let bytes = guarded(file, Guard::Change, LONGEST_SETTINGS, 0)?;
    String::from_utf8(bytes).map_err(|_| FileError::new("read", file, not_text()))
}

/// Reads a file with a secret in it: nobody but its owner may be able to read or change it.
///
/// # Errors
/// As [`read_settings`], also when others can read it, or it is longer than 4 KiB.
pub fn read_secret(file: &Path) -> Result<Zeroizing<String>, FileError> {
    // All at once: growing would leave pieces of the secret behind in memory.
    let room = LONGEST_SECRET as usize + 1;
    let bytes = Zeroizing::new(guarded(file, Guard::Use, LONGEST_SECRET, room)?);
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(FileError::new("read", file, not_text())),
    }
}

/// Opens a settings file that is as long as it is, to be read piece by piece: a table of accounts.
///
/// # Errors
/// As [`read_settings`], but for its length and its letters, which are for whoever reads it to judge.
pub fn open_settings(file: &Path) -> Result<File, FileError> {
    opened(file, Guard::Change)
}

/// Asks whether nobody but its owner can change what lies in a directory of settings: who can put a
/// file there, or another in the place of one, need not change any.
///
/// # Errors
/// When others can ([`io::ErrorKind::PermissionDenied`], with the way out), or it is no directory.
pub fn check_settings_directory(directory: &Path) -> Result<(), FileError> {
    let trusted = Trusted::here();
    trusted.check_way(directory)?;
    let about = std::fs::metadata(directory).map_err(FileError::of("open", directory))?;
    if !about.is_dir() {
        let why = io::Error::new(io::ErrorKind::InvalidInput, "not a directory");
        return Err(FileError::new("use", directory, why));
    }
    let fault = trusted.owner_fault(&about, directory);
    match fault.or_else(|| open_to_others(about.mode(), Guard::Change, directory)) {
        Some(why) => Err(FileError::new("use", directory, why)),
        None => Ok(()),
    }
}

/// What is wrong with a mode, and the way out.
fn open_to_others(mode: u32, guard: Guard, file: &Path) -> Option<io::Error> {
    let mode = mode & 0o777;
    if mode & guard.forbidden() == 0 {
        return None;
    }
    let (what, way_out) = match guard {
        Guard::Change => ("change", "go-w"),
        Guard::Use => ("read or change", "go="),
    };
    Some(io::Error::new(
        io::ErrorKind::PermissionDenied,
        format!(
            "others than its owner can {what} it (mode {mode:03o}); first make sure that nobody did, then: chmod {way_out} {}",
            file.display()
        ),
    ))
}

fn not_text() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is not text in UTF-8")
}

fn refused<T>(file: &Path, kind: io::ErrorKind, why: String) -> Result<T, FileError> {
    Err(FileError::new("use", file, io::Error::new(kind, why)))
}

fn opened(file: &Path, guard: Guard) -> Result<File, FileError> {
    let trusted = Trusted::here();
    trusted.check_way(file)?;
    // Without NONBLOCK, opening a pipe would wait for somebody who never writes.
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let opened = rustix::fs::open(file, flags, Mode::empty())
        .map(File::from)
        .map_err(|error| FileError::new("open", file, error.into()))?;
    let about = opened.metadata().map_err(FileError::of("open", file))?;
    if !about.is_file() {
        return refused(file, io::ErrorKind::InvalidInput, "not a plain file".into());
    }
    let fault = trusted.owner_fault(&about, file);
    if let Some(why) = fault.or_else(|| open_to_others(about.mode(), guard, file)) {
        return Err(FileError::new("use", file, why));
    }
    Ok(opened)
}

fn guarded(file: &Path, guard: Guard, limit: u64, room: usize) -> Result<Vec<u8>, FileError> {
    let mut content = Vec::with_capacity(room);
    opened(file, guard)?
        .take(limit + 1)
        .read_to_end(&mut content)
        .map_err(FileError::of("read", file))?;
    if content.len() as u64 > limit {
        return refused(
            file,
            io::ErrorKind::FileTooLarge,
            format!("longer than {limit} bytes"),
        );
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::disallowed_methods,
        reason = "a test's files are no account's data"
    )]

    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::PathBuf;

    use super::*;

    struct Place(tempfile::TempDir);

    impl Place {
        fn with(mode: u32) -> (Self, PathBuf) {
            let place = Self(tempfile::tempdir().unwrap());
            let file = place.0.path().join("roster.toml");
            fs::write(&file, "people").unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            (place, file)
        }
    }

    #[test]
    fn settings_that_others_can_change_are_refused_with_the_way_out() {
        for mode in [0o666, 0o664, 0o646, 0o602] {
            let (_place, file) = Place::with(mode);
            let error = read_settings(&file).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::PermissionDenied, "{mode:o}");
            assert!(error.to_string().contains("chmod go-w"), "{error}");
            assert_eq!(open_settings(&file).unwrap_err().kind(), error.kind());
        }
        for mode in [0o644, 0o600, 0o444, 0o640] {
            let (_place, file) = Place::with(mode);
            assert_eq!(read_settings(&file).unwrap(), "people", "{mode:o}");
        }
    }

    #[test]
    fn a_directory_in_which_others_can_put_settings_is_refused_with_the_way_out() {
        let place = tempfile::tempdir().unwrap();
        for mode in [0o777, 0o775, 0o757, 0o1777] {
            fs::set_permissions(place.path(), fs::Permissions::from_mode(mode)).unwrap();
            let error = check_settings_directory(place.path()).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::PermissionDenied, "{mode:o}");
            assert!(error.to_string().contains("chmod go-w "), "{error}");
        }
        for mode in [0o755, 0o700, 0o2755] {
            fs::set_permissions(place.path(), fs::Permissions::from_mode(mode)).unwrap();
            check_settings_directory(place.path()).unwrap();
        }
        let (_place, file) = Place::with(0o600);
        assert!(check_settings_directory(&file).is_err());
        assert!(check_settings_directory(&place.path().join("none")).is_err());
    }

    #[test]
    fn a_secret_that_others_can_read_is_refused_with_the_way_out() {
        for mode in [0o666, 0o644, 0o640, 0o604, 0o620] {
            let (_place, file) = Place::with(mode);
            let error = read_secret(&file).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::PermissionDenied, "{mode:o}");
            assert!(error.to_string().contains("chmod go= "), "{error}");
        }
        for mode in [0o600, 0o400] {
            let (_place, file) = Place::with(mode);
            assert_eq!(read_secret(&file).unwrap().as_str(), "people", "{mode:o}");
        }
    }

    #[test]
    fn a_link_is_followed_but_hides_neither_the_mode_nor_a_pipe() {
        let (place, file) = Place::with(0o666);
        let link = place.0.path().join("link");
        symlink(&file, &link).unwrap();
        assert!(read_settings(&link).is_err());
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(read_settings(&link).unwrap(), "people");

        let pipe = place.0.path().join("pipe");
        let (own, kind) = (Mode::RUSR | Mode::WUSR, rustix::fs::FileType::Fifo);
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, kind, own, 0).unwrap();
        fs::remove_file(&link).unwrap();
        symlink(&pipe, &link).unwrap();
        assert!(read_settings(&link).is_err());
        assert!(open_settings(&link).is_err());
        assert!(read_secret(&link).is_err());
        assert!(read_settings(Path::new("/dev/zero")).is_err());
    }

    #[test]
    fn what_is_too_long_or_no_text_is_refused() {
        let (_place, file) = Place::with(0o600);
        fs::write(&file, vec![b'a'; LONGEST_SECRET as usize + 1]).unwrap();
        let error = read_secret(&file).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert!(read_settings(&file).is_ok());
        fs::write(&file, b"\xff").unwrap();
        assert!(read_secret(&file).is_err());
        assert!(read_settings(&file).is_err());
    }
}
