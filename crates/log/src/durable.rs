//! Writing files so that they are whole and stay whole, whenever the machine stops.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::faults::Faults;

/// Reads a file of at most `limit` bytes; a longer one is cut one byte after the limit, so that
/// the caller sees that it is too long. `None` if there is no such file.
pub(crate) fn read(file: &Path, limit: usize) -> Result<Option<Vec<u8>>, Error> {
    let opened = match File::open(file) {
        Ok(opened) => opened,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::file("open", file, error)),
    };
    let mut content = Vec::new();
    opened
        .take(limit as u64 + 1)
        .read_to_end(&mut content)
        .map_err(|error| Error::file("read", file, error))?;
    Ok(Some(content))
}

/// Makes the names in a directory durable.
pub(crate) fn sync_directory(directory: &Path) -> Result<(), Error> {
    // Only Unix systems open directories as files; others make renames durable by themselves.
    if cfg!(unix) {
        File::open(directory)
            .and_then(|opened| opened.sync_all())
            .map_err(|error| Error::file("make durable", directory, error))?;
    }
    Ok(())
}

/// Replaces a file as a whole: readers and crashes see the old content or the new.
pub(crate) fn replace(file: &Path, content: &[u8], faults: &Faults) -> Result<(), Error> {
    let new = beside(file);
    write(&new, content)?;
    faults.point(&new)?;
    sync(&new)?;
    faults.point(&new)?;
    rename(&new, file)?;
    faults.point(file)?;
    let directory = file.parent().unwrap_or(Path::new("."));
    sync_directory(directory)?;
    faults.point(file)
}

/// Creates files under `root`, all durable when this returns. Files that are already there are
/// left alone: the caller has compared them.
///
/// Each step is done for all files before the next one, because the file system then has to wait
/// for the disk far fewer times.
pub(crate) fn create_all<'a>(
    root: &Path,
    files: impl Iterator<Item = (PathBuf, &'a [u8])>,
    faults: &Faults,
) -> Result<(), Error> {
    let mut directories = BTreeSet::new();
    let mut written = Vec::new();
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
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent).map_err(|error| Error::file("create", parent, error))?;
        }
        let new = beside(&file);
        write(&new, content)?;
        faults.point(&new)?;
        written.push((new, file));
    }
    for (new, _) in &written {
        sync(new)?;
    }
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

/// Removes a file, if it is there.
pub(crate) fn remove(file: &Path) -> Result<(), Error> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Error::file("remove", file, error))
        }
        _ => Ok(()),
    }
}

/// The name under which a file is written before it gets its own. After a crash it may stay,
/// half written; the next attempt overwrites it, and no reader asks for such a name.
pub(crate) fn beside(file: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(".new");
    file.with_file_name(name)
}

fn write(file: &Path, content: &[u8]) -> Result<(), Error> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(file)
        .and_then(|mut opened| opened.write_all(content))
        .map_err(|error| Error::file("write", file, error))
}

fn sync(file: &Path) -> Result<(), Error> {
    OpenOptions::new()
        .write(true)
        .open(file)
        .and_then(|opened| opened.sync_all())
        .map_err(|error| Error::file("make durable", file, error))
}

fn rename(new: &Path, file: &Path) -> Result<(), Error> {
    fs::rename(new, file).map_err(|error| Error::file("put in place", file, error))
}
