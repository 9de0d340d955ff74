//! Copying files one by one, each with its SHA-256, and the list of them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};

use lagrum_durable::{FileError, Lines, NewFile, create_directory, open_plain, private_directory};
use lagrum_model::Sha256Digest;
use sha2::{Digest, Sha256};

use crate::SetupError;

/// The list of the files of a copy, in the form of `sha256sum`.
pub(crate) const SUMS: &str = "SHA256SUMS";
/// A path of a copy is no longer, in bytes.
const LONGEST_PATH: u64 = 4096;
/// Directories lie no deeper in each other.
const DEEPEST: u32 = 32;

/// A copy while it is made.
pub(crate) struct Copying<'c> {
    to: &'c Path,
    sums: BTreeMap<String, Sha256Digest>,
    bytes: u64,
}

impl<'c> Copying<'c> {
    /// Into `to`, which is there.
    pub(crate) fn into(to: &'c Path) -> Self {
        Self {
            to,
            sums: BTreeMap::new(),
            bytes: 0,
        }
    }

    /// Number of files so far, and their bytes.
    pub(crate) fn much(&self) -> (u64, u64) {
        (self.sums.len() as u64, self.bytes)
    }

    /// Where a file lies in the copy; its directory is made.
    pub(crate) fn place(&self, place: &str) -> Result<PathBuf, SetupError> {
        let file = self.to.join(checked(place)?);
        make_parent(&file, place)?;
        Ok(file)
    }

    /// Copies a file.
    pub(crate) fn file(&mut self, from: &Path, place: &str) -> Result<(), SetupError> {
        let link = from.symlink_metadata().is_ok_and(|it| it.is_symlink());
        let opened = match link {
            // A setting may be a link; then it is asked who can change what it leads to.
            true => lagrum_durable::open_settings(from)?,
            false => open_plain(from)?,
        };
        let to = self.place(place)?;
        let (sum, bytes) = copied(opened, from, &to, place)?;
        self.sums.insert(place.to_owned(), sum);
        self.bytes += bytes;
        Ok(())
    }

    /// Writes a file of these bytes.
    pub(crate) fn write(&mut self, place: &str, bytes: &[u8]) -> Result<(), SetupError> {
        let file = self.place(place)?;
        let mut new = begin(&file, place)?;
        new.write_all(bytes)
            .map_err(FileError::of("write", &file))?;
        new.finish()?;
        self.sums.insert(place.to_owned(), Sha256Digest::of(bytes));
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Takes in a file that lies in its place already.
    pub(crate) fn there(&mut self, place: &str) -> Result<(), SetupError> {
        let file = self.place(place)?;
        let opened = open_plain(&file)?;
        opened
            .sync_all()
            .map_err(FileError::of("make durable", &file))?;
        let (sum, bytes) = hashed(opened, &file)?;
        self.sums.insert(place.to_owned(), sum);
        self.bytes += bytes;
        Ok(())
    }

    /// Writes the list. With it the copy is whole.
    pub(crate) fn finish(self) -> Result<(), SetupError> {
        let lines = self.sums.iter();
        let text: String = lines
            .map(|(place, sum)| format!("{sum}  {place}\n"))
            .collect();
        lagrum_durable::sync_directory(self.to)?;
        Ok(lagrum_durable::replace(
            &self.to.join(SUMS),
            text.as_bytes(),
        )?)
    }
}

/// Reads the list of a copy, and holds every file of it against its sum; nothing may lie there that is not listed.
pub(crate) fn check_sums(copy: &Path) -> Result<BTreeMap<String, Sha256Digest>, SetupError> {
    let file = copy.join(SUMS);
    let wrong = |why: String| SetupError::Copy(format!("{}: {why}", file.display()));
    let opened = match open_plain(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(wrong(
                "it is not there: this is no copy, or it was cut off while it was made".into(),
            ));
        }
        other => other?,
    };
    let mut lines = Lines::new(BufReader::new(opened), LONGEST_PATH);
    let mut sums = BTreeMap::new();
    while let Some(line) = lines.next_line().map_err(FileError::of("read", &file))? {
        let line = std::str::from_utf8(line).map_err(|_| wrong("it is no text".into()))?;
        let (sum, place) = line
            .split_once("  ")
            .ok_or_else(|| wrong("write SHA-256, two spaces and a path on each line".into()))?;
        checked(place)?;
        let sum = Sha256Digest::parse(sum).map_err(wrong)?;
        if sums.insert(place.to_owned(), sum).is_some() {
            return Err(wrong(format!("{place} is listed twice")));
        }
    }
    for (place, sum) in &sums {
        let file = copy.join(place);
        let opened = match open_plain(&file) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(SetupError::Copy(format!("{place} is missing in the copy")));
            }
            other => other?,
        };
        if hashed(opened, &file)?.0 != *sum {
            return Err(changed(place));
        }
    }
    for (_, place) in files_of(copy)? {
        if place != SUMS && !sums.contains_key(&place) {
            return Err(SetupError::Copy(format!(
                "{place} lies in the copy and is not listed in {SUMS}"
            )));
        }
    }
    Ok(sums)
}

/// Puts a file of a copy in its place below `to`; it is what was checked.
pub(crate) fn put(
    copy: &Path,
    place: &str,
    sum: &Sha256Digest,
    to: &Path,
) -> Result<(), SetupError> {
    let (from, file) = (copy.join(place), to.join(place));
    make_parent(&file, place)?;
    match copied(open_plain(&from)?, &from, &file, place)? {
        (found, _) if found == *sum => Ok(()),
        _ => {
            lagrum_durable::remove(&file)?;
            Err(changed(place))
        }
    }
}

fn changed(place: &str) -> SetupError {
    SetupError::Copy(format!(
        "{place} is not what was copied: its SHA-256 is another than {SUMS} says"
    ))
}

/// The files below a directory, however deep, in order, each with its path from there; none if it is not there.
/// Files that are half written are left out.
pub(crate) fn files_of(directory: &Path) -> Result<Vec<(PathBuf, String)>, SetupError> {
    let mut found = Vec::new();
    gather(directory, "", 0, &mut found)?;
    Ok(found)
}

fn gather(
    directory: &Path,
    before: &str,
    depth: u32,
    found: &mut Vec<(PathBuf, String)>,
) -> Result<(), SetupError> {
    let entries = match fs::read_dir(directory) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(FileError::of("read", directory))?,
    };
    let entries: Result<Vec<_>, _> = entries.collect();
    let mut entries = entries.map_err(FileError::of("read", directory))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        let refused = |why: &str| SetupError::Copy(format!("{}: {why}", path.display()));
        let name = name.to_str().filter(|name| !name.contains(['\n', '\\']));
        let name = name.ok_or_else(|| {
            refused("its name cannot be listed: no line breaks, no backslashes, UTF-8")
        })?;
        let place = format!("{before}{name}");
        // What is gone meanwhile is not copied.
        let Ok(kind) = path.symlink_metadata() else {
            continue;
        };
        if kind.is_dir() {
            if depth == DEEPEST {
                return Err(refused("it lies too deep"));
            }
            gather(&path, &format!("{place}/"), depth + 1, found)?;
        } else if kind.is_symlink() && path.is_dir() {
            return Err(refused(
                "it is a link to a directory; put the directory itself there",
            ));
        } else if !(name.starts_with('.') && name.ends_with(".partial")) {
            found.push((path, place));
        }
    }
    Ok(())
}

/// A path that leads nowhere but below where it starts.
fn checked(place: &str) -> Result<&Path, SetupError> {
    let path = Path::new(place);
    let plain = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    match plain && !place.is_empty() && !place.contains(['\n', '\\']) {
        true => Ok(path),
        false => Err(SetupError::Copy(format!(
            "`{}`: a path of a copy names files below it alone",
            place.escape_debug()
        ))),
    }
}

/// What is no part of the public log, of what is handed over, or of the published keys is for its owner alone.
fn is_private(place: &str) -> bool {
    !place.starts_with("log/") && !place.starts_with("deliveries/") && place != "trust.toml"
}

fn make_parent(file: &Path, place: &str) -> Result<(), SetupError> {
    let parent = file.parent().unwrap_or(Path::new("."));
    match is_private(place) {
        true => private_directory(parent)?,
        false => create_directory(parent)?,
    }
    Ok(())
}

fn begin(file: &Path, place: &str) -> Result<NewFile, FileError> {
    match is_private(place) {
        true => NewFile::create_private(file),
        false => NewFile::create(file),
    }
}

fn copied(
    mut from: File,
    named: &Path,
    to: &Path,
    place: &str,
) -> Result<(Sha256Digest, u64), SetupError> {
    let mut new = begin(to, place)?;
    let read = in_pieces(&mut from, named, &mut |piece| {
        new.write_all(piece).map_err(FileError::of("write", to))
    })?;
    new.finish()?;
    Ok(read)
}

fn hashed(mut file: File, named: &Path) -> Result<(Sha256Digest, u64), FileError> {
    in_pieces(&mut file, named, &mut |_| Ok(()))
}

/// Reads to the end in bounded memory; gives the SHA-256 of all, and how many bytes there were.
fn in_pieces(
    from: &mut File,
    named: &Path,
    each: &mut dyn FnMut(&[u8]) -> Result<(), FileError>,
) -> Result<(Sha256Digest, u64), FileError> {
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = from
            .read(&mut piece)
            .map_err(FileError::of("read", named))?;
        if read == 0 {
            return Ok((Sha256Digest(hash.finalize().into()), bytes));
        }
        hash.update(&piece[..read]);
        each(&piece[..read])?;
        bytes += read as u64;
    }
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_whole_and_names_nothing_outside_of_it() {
        let dir = tempfile::tempdir().unwrap();
        let at = dir.path();
        let refused = |why: &str| {
            let error = check_sums(at).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        };
        refused("cut off");
        let mut copy = Copying::into(at);
        copy.write("desk/a", b"one").unwrap();
        copy.write("log/b", b"").unwrap();
        assert!(copy.write("../c", b"").is_err());
        assert!(copy.write("/c", b"").is_err());
        assert_eq!(copy.much(), (2, 3));
        copy.finish().unwrap();
        let sums = check_sums(at).unwrap();
        assert_eq!(sums["desk/a"], Sha256Digest::of(b"one"));

        let list = fs::read_to_string(at.join(SUMS)).unwrap();
        let none = Sha256Digest::of(b"");
        for (more, why) in [
            (format!("{none}  ../a\n"), "below it alone"),
            (format!("{none}  log/b\n"), "twice"),
            (format!("{none}  log/c\n"), "missing"),
            (format!("{none} log/c\n"), "two spaces"),
            ("no sum  log/c\n".to_owned(), "64"),
        ] {
            fs::write(at.join(SUMS), format!("{list}{more}")).unwrap();
            refused(why);
        }
        fs::write(at.join(SUMS), &list).unwrap();
        fs::write(at.join("desk/a"), b"two").unwrap();
        refused("not what was copied");
        fs::write(at.join("desk/a"), b"one").unwrap();
        std::os::unix::fs::symlink(at.join("log/b"), at.join("log/d")).unwrap();
        refused("not listed");
    }

    #[test]
    fn what_was_checked_and_changed_since_is_not_put_in_place() {
        let dir = tempfile::tempdir().unwrap();
        let (copy, to) = (dir.path().join("copy"), dir.path().join("to"));
        fs::create_dir(&copy).unwrap();
        let mut copying = Copying::into(&copy);
        copying.write("desk/a", b"one").unwrap();
        copying.finish().unwrap();
        let sums = check_sums(&copy).unwrap();
        fs::write(copy.join("desk/a"), b"two").unwrap();
        assert!(put(&copy, "desk/a", &sums["desk/a"], &to).is_err());
        assert!(!to.join("desk/a").exists());
        fs::write(copy.join("desk/a"), b"one").unwrap();
        put(&copy, "desk/a", &sums["desk/a"], &to).unwrap();
        assert_eq!(fs::read(to.join("desk/a")).unwrap(), b"one");
    }
}
