use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use crate::behind::{Behind, STEP};
use crate::{FaultPoints, FileError, NoFaults, create_directory, remove, sync_directory};

/// How many new files are open at once while they are made durable together.
const OPEN_AT_ONCE: usize = 128;

/// The name under which a file grows until it is whole. After a crash it may stay, half written;
/// the next attempt writes it again, and no reader asks for such a name.
#[must_use]
pub fn partial(file: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(".partial");
    file.with_file_name(name)
}

/// Writes a file as a whole, durably: readers and crashes see the old content or the new.
///
/// # Errors
/// When the directory cannot be written.
pub fn replace(file: &Path, content: &[u8]) -> Result<(), FileError> {
    replace_watched(file, content, &NoFaults)
}

/// As [`replace`], passing `faults` after each step.
///
/// # Errors
/// As [`replace`], and where `faults` stops.
pub fn replace_watched(
    file: &Path,
    content: &[u8],
    faults: &dyn FaultPoints,
) -> Result<(), FileError> {
    replace_with_mode(file, content, READABLE, faults)
}

/// As [`replace_watched`], of a file that nobody can read who cannot read its directory: whoever owns the directory says by
/// its mode who reads what lies in it.
///
/// # Errors
/// As [`replace_watched`].
pub fn replace_as_its_directory(
    file: &Path,
    content: &[u8],
    faults: &dyn FaultPoints,
) -> Result<(), FileError> {
    replace_with_mode(file, content, mode_as_its_directory(file)?, faults)
}

pub(crate) fn mode_as_its_directory(file: &Path) -> Result<u32, FileError> {
    let directory = parent(file);
    let about = fs::metadata(directory).map_err(FileError::of("look at", directory))?;
    Ok(READABLE & about.permissions().mode())
}

fn replace_with_mode(
    file: &Path,
    content: &[u8],
    mode: u32,
    faults: &dyn FaultPoints,
) -> Result<(), FileError> {
    let new = partial(file);
    let opened = write(&new, content, mode)?;
    faults.point(&new)?;
    sync(&opened, &new)?;
    faults.point(&new)?;
    rename(&new, file)?;
    faults.point(file)?;
    sync_directory(parent(file))?;
    faults.point(file)
}

/// Creates files under `root`, with their directories, all durable when this returns. Files that
/// are already there are left alone: the caller has compared them.
///
/// Files are made durable many at a time, because the file system then has to wait for the disk far
/// fewer times.
///
/// # Errors
/// When a directory cannot be written, and where `faults` stops.
pub fn create_all<'a>(
    root: &Path,
    files: impl Iterator<Item = (PathBuf, &'a [u8])>,
    faults: &dyn FaultPoints,
) -> Result<(), FileError> {
    let mut directories = BTreeSet::new();
    let (mut written, mut open) = (Vec::new(), Vec::new());
    for (file, content) in files {
        let mut directory = file.parent();
        while let Some(current) = directory {
            if !directories.insert(current.to_path_buf()) || current == root {
                break;
            }
            directory = current.parent();
        }
        if file.exists() {
            continue;
        }
        create_directory(parent(&file))?;
        let new = partial(&file);
        open.push((write(&new, content, READABLE)?, new.clone()));
        faults.point(&new)?;
        written.push((new, file));
        if open.len() == OPEN_AT_ONCE {
            sync_each(&mut open)?;
        }
    }
    sync_each(&mut open)?;
    for (new, file) in &written {
        faults.point(file)?;
        rename(new, file)?;
    }
    for directory in &directories {
        faults.point(directory)?;
        sync_directory(directory)?;
    }
    Ok(())
}

fn sync_each(open: &mut Vec<(File, PathBuf)>) -> Result<(), FileError> {
    open.drain(..)
        .try_for_each(|(opened, new)| sync(&opened, &new))
}

/// Writes a new file that only its owner can read, durably. One that is there already stays as it
/// is.
///
/// # Errors
/// When the file is there already, or the directory cannot be written.
pub fn private_file(file: &Path, content: &[u8]) -> Result<(), FileError> {
    let fault = |action| FileError::of(action, file);
    let mut opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .map_err(fault("create"))?;
    let written = opened
        .write_all(content)
        .and_then(|()| opened.sync_all())
        .map_err(fault("write"))
        .and_then(|()| sync_directory(parent(file)));
    if written.is_err() {
        // A key that is cut off looks like one that has to be kept.
        let _ = fs::remove_file(file);
    }
    written
}

/// Gives a file that is whole and durable its place, durably. Where it came from no longer has it.
///
/// Doing it again after it is done changes nothing: when `from` is not there, but `to` is.
///
/// # Errors
/// When neither is there, when the two are on different file systems
/// ([`ErrorKind::CrossesDevices`]), or when the directory cannot be written.
pub fn move_into_place(from: &Path, to: &Path) -> Result<(), FileError> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == ErrorKind::NotFound && is_plain(to) => {}
        Err(error) => return Err(FileError::new("put in place", to, error)),
        Ok(()) => sync_directory(parent(from))?,
    }
    sync_directory(parent(to))
}

/// Adds bytes at the end of a file of one's own that has `length` bytes now, durably, and makes it if it has
/// none and is not there. Its name is one that no reader asks for as whole.
///
/// # Errors
/// When it has another length ([`ErrorKind::InvalidInput`]), is no plain file, or the disk refuses. Bytes that were
/// written before it failed are taken away again, as far as the disk allows.
pub fn append_at(file: &Path, length: u64, bytes: &[u8]) -> Result<(), FileError> {
    let fault = |action| FileError::of(action, file);
    let flags = OFlags::WRONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let made = if length == 0 {
        OFlags::CREATE
    } else {
        OFlags::empty()
    };
    let mode = Mode::from_raw_mode(READABLE);
    let opened = rustix::fs::open(file, flags | made | OFlags::APPEND, mode);
    let mut opened = File::from(opened.map_err(|error| fault("open")(error.into()))?);
    let about = opened.metadata().map_err(fault("look at"))?;
    if !about.is_file() || about.len() != length {
        let source = io::Error::new(ErrorKind::InvalidInput, "not as long as was said");
        return Err(FileError::new("go on with", file, source));
    }
    let written = opened
        .write_all(bytes)
        .and_then(|()| opened.sync_all())
        .map_err(fault("write"));
    if written.is_err() {
        let _ = opened.set_len(length);
    } else if length == 0 {
        sync_directory(parent(file))?;
    }
    written
}

fn is_plain(file: &Path) -> bool {
    file.symlink_metadata().is_ok_and(|about| about.is_file())
}

/// A file that grows under another name until it is whole. Dropped before [`NewFile::finish`], it
/// is removed.
#[derive(Debug)]
pub struct NewFile {
    opened: File,
    behind: Behind,
    new: PathBuf,
    file: PathBuf,
    finished: bool,
}

impl NewFile {
    /// Begins the file. Nobody sees it under its name before [`NewFile::finish`].
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn create(file: &Path) -> Result<Self, FileError> {
        Self::with_mode(file, READABLE)
    }

    /// The same, of a file that only its owner can read.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn create_private(file: &Path) -> Result<Self, FileError> {
        Self::with_mode(file, 0o600)
    }

    /// The same, of a file that nobody can read who cannot read its directory ([`replace_as_its_directory`]).
    ///
    /// # Errors
    /// When the directory cannot be looked at or written.
    pub fn create_as_its_directory(file: &Path) -> Result<Self, FileError> {
        Self::with_mode(file, mode_as_its_directory(file)?)
    }

    fn with_mode(file: &Path, mode: u32) -> Result<Self, FileError> {
        let new = partial(file);
        Ok(Self {
            opened: create(&new, mode)?,
            behind: Behind::default(),
            new,
            file: file.to_path_buf(),
            finished: false,
        })
    }

    /// Adds all that follows in `from`, without a way through this process where the system knows a shorter one.
    /// Gives how many bytes that were.
    ///
    /// # Errors
    /// When `from` cannot be read, or the disk refuses.
    pub fn copy_from(&mut self, from: &mut File) -> io::Result<u64> {
        let mut copied = 0;
        loop {
            let count = io::copy(&mut from.take(STEP), &mut self.opened)?;
            if count == 0 {
                return Ok(copied);
            }
            self.behind.wrote(&self.opened, count)?;
            copied += count;
        }
    }

    /// Makes the bytes durable and gives the file its name, in place of one that had it before.
    ///
    /// # Errors
    /// When the disk or the directory refuses.
    pub fn finish(mut self) -> Result<(), FileError> {
        let behind = self.behind.end();
        behind.map_err(FileError::of("make durable", &self.new))?;
        sync(&self.opened, &self.new)?;
        rename(&self.new, &self.file)?;
        self.finished = true;
        sync_directory(parent(&self.file))
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.opened.write(bytes)?;
        self.behind.wrote(&self.opened, written as u64)?;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.opened.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.finished {
            // If it stays, the next attempt writes it again.
            let _ = fs::remove_file(&self.new);
        }
    }
}

pub(crate) fn parent(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new("."))
}

/// The mode of a file that everybody may read. Whatever the umask: what others could change, `read_settings` refuses.
const READABLE: u32 = 0o644;

/// Opens a new file, and never writes through a link that somebody left in its place.
fn create(new: &Path, mode: u32) -> Result<File, FileError> {
    remove(new)?;
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(new)
        .map_err(FileError::of("create", new))
}

fn write(new: &Path, content: &[u8], mode: u32) -> Result<File, FileError> {
    let mut opened = create(new, mode)?;
    opened
        .write_all(content)
        .map_err(FileError::of("write", new))?;
    Ok(opened)
}

fn sync(opened: &File, file: &Path) -> Result<(), FileError> {
    opened
        .sync_all()
        .map_err(FileError::of("make durable", file))
}

fn rename(new: &Path, file: &Path) -> Result<(), FileError> {
    fs::rename(new, file).map_err(FileError::of("put in place", file))
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
mod tests {
    use std::cell::Cell;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn nothing_is_written_through_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str| dir.path().join(name);
        fs::write(file("roster"), b"people").unwrap();
        symlink(file("roster"), file(".answer.partial")).unwrap();
        symlink(file("roster"), file("answer")).unwrap();
        replace(&file("answer"), b"no").unwrap();
        assert_eq!(fs::read(file("roster")).unwrap(), b"people");
        assert_eq!(crate::read(&file("answer"), 9).unwrap(), b"no");
    }

    /// Stops at one step.
    struct StopAt(Cell<u32>);

    impl FaultPoints for StopAt {
        fn point(&self, file: &Path) -> Result<(), FileError> {
            match self.0.get() {
                0 => Err(FileError::new("go on with", file, io::Error::other("here"))),
                left => {
                    self.0.set(left - 1);
                    Ok(())
                }
            }
        }
    }

    #[test]
    fn whenever_writing_stops_the_file_has_all_of_the_old_bytes_or_all_of_the_new() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("head");
        let mut stops = 0;
        loop {
            fs::write(&file, b"old").unwrap();
            let done = replace_watched(&file, b"newer", &StopAt(Cell::new(stops)));
            let content = fs::read(&file).unwrap();
            if done.is_ok() {
                assert_eq!(content, b"newer");
                break;
            }
            assert_eq!(
                content,
                if stops < 2 {
                    b"old".as_slice()
                } else {
                    b"newer"
                }
            );
            stops += 1;
        }
        assert_eq!(stops, 4);
    }

    #[test]
    fn more_files_than_are_open_at_once_are_all_written() {
        let dir = tempfile::tempdir().unwrap();
        let name = |number: usize| dir.path().join(format!("{}/{number}", number % 3));
        let count = OPEN_AT_ONCE * 2 + 1;
        create_all(
            dir.path(),
            (0..count).map(|number| (name(number), b"tile".as_slice())),
            &NoFaults,
        )
        .unwrap();
        for number in 0..count {
            assert_eq!(fs::read(name(number)).unwrap(), b"tile");
            assert!(!partial(&name(number)).exists());
        }
    }

    #[test]
    fn a_new_file_appears_only_when_it_is_finished() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("package");
        let mut begun = NewFile::create(&file).unwrap();
        begun.write_all(b"half").unwrap();
        drop(begun);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        let mut begun = NewFile::create(&file).unwrap();
        begun.write_all(b"whole").unwrap();
        assert!(!file.exists());
        begun.finish().unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"whole");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_private_file_is_nobody_else_s_and_is_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("key");
        private_file(&file, b"secret").unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let error = private_file(&file, b"other").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&file).unwrap(), b"secret");
    }

    #[test]
    fn nobody_reads_a_file_who_cannot_read_its_directory() {
        let dir = tempfile::tempdir().unwrap();
        for (directory, file) in [
            (0o700, 0o600),
            (0o2770, 0o640),
            (0o750, 0o640),
            (0o755, 0o644),
        ] {
            fs::set_permissions(dir.path(), fs::Permissions::from_mode(directory)).unwrap();
            let note = dir.path().join("note");
            replace_as_its_directory(&note, b"account", &NoFaults).unwrap();
            let mode = note.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, file, "{directory:o}");
            let package = dir.path().join("package");
            NewFile::create_as_its_directory(&package)
                .unwrap()
                .finish()
                .unwrap();
            let mode = package.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, file, "{directory:o}");
            fs::remove_file(&package).unwrap();
        }
    }

    #[test]
    fn a_file_grows_only_from_where_it_ends_and_through_no_link() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("part"), dir.path().join("link"));
        append_at(&file, 0, b"ab").unwrap();
        append_at(&file, 2, b"cd").unwrap();
        for wrong in [0, 2, 5] {
            let error = append_at(&file, wrong, b"x").unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{wrong}");
        }
        symlink(&file, &link).unwrap();
        assert!(append_at(&link, 4, b"x").is_err());
        assert!(append_at(&dir.path().join("none"), 4, b"x").is_err());
        assert!(!dir.path().join("none").exists());
        assert_eq!(fs::read(&file).unwrap(), b"abcd");
    }

    #[test]
    fn moving_a_file_again_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("sealed"), dir.path().join("package"));
        assert!(move_into_place(&from, &to).is_err());
        fs::write(&from, b"ciphertext").unwrap();
        move_into_place(&from, &to).unwrap();
        move_into_place(&from, &to).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"ciphertext");
    }
}
