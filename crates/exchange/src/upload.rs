//! A package grows piece by piece, and gets its name when it is whole.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use lagrum_durable::{
    FileError, append_at, move_into_place, open_plain, private_directory, remove,
};
use lagrum_model::Sha256Digest;
use lagrum_transport::TransportError;
use lagrum_transport::directory::{DirectoryAgent, Faults};
use sha2::{Digest, Sha256};

use crate::way::Parcel;

/// Where packages grow, beside `in` and `out`.
const COMING: &str = "coming";
/// How many packages of a region grow at once. A further one takes the place of the one that waited longest.
const MOST: usize = 8;

/// How much of a package is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum There {
    /// So many bytes.
    Part(u64),
    /// All of it, in its place.
    Whole,
}

/// Why a piece is not taken.
#[derive(Debug)]
pub(crate) enum NotTaken {
    /// It does not begin where the package ends now, or goes beyond what was announced.
    Place,
    /// The package is longer than this exchange takes.
    TooLong,
    /// All is there, and it is not what was announced: it was thrown away.
    Other,
    /// The disk refuses.
    Failed(TransportError),
}

impl From<FileError> for NotTaken {
    fn from(error: FileError) -> Self {
        Self::Failed(error.into())
    }
}

/// The packages of one region.
pub(crate) struct Uploads<'a> {
    /// The region's directory.
    pub directory: &'a Path,
    /// The end over which everything else goes.
    pub end: &'a DirectoryAgent,
    /// The longest package that is taken, in bytes.
    pub largest: u64,
    pub faults: &'a Faults,
}

impl Uploads<'_> {
    /// How much of a package is there.
    pub(crate) fn there(&self, parcel: &Parcel) -> Result<There, FileError> {
        if is_that(&self.end.package_file(&parcel.stem), parcel)? {
            return Ok(There::Whole);
        }
        Ok(There::Part(length_of(&self.growing(parcel))?))
    }

    /// Takes the bytes that follow the first `from`.
    pub(crate) fn take(&self, parcel: &Parcel, from: u64, piece: &[u8]) -> Result<There, NotTaken> {
        if parcel.length > self.largest {
            return Err(NotTaken::TooLong);
        }
        let to = from.saturating_add(piece.len() as u64);
        let file = self.growing(parcel);
        if length_of(&file)? != from || to > parcel.length {
            return Err(NotTaken::Place);
        }
        private_directory(&self.directory.join(COMING))?;
        if from == 0 {
            self.make_room(parcel)?;
        }
        self.faults.point(&file)?;
        append_at(&file, from, piece)?;
        self.faults.point(&file)?;
        if to < parcel.length {
            return Ok(There::Part(to));
        }
        if !is_that(&file, parcel)? {
            remove(&file)?;
            return Err(NotTaken::Other);
        }
        private_directory(&self.directory.join("out"))?;
        let place = self.end.package_file(&parcel.stem);
        self.faults.point(&place)?;
        move_into_place(&file, &place)?;
        self.faults.point(&place)?;
        Ok(There::Whole)
    }

    fn growing(&self, parcel: &Parcel) -> PathBuf {
        let name = format!("{}.{}", parcel.stem, parcel.sha256);
        self.directory.join(COMING).join(name)
    }

    /// Removes what grows under the same name with other bytes, and of others what waited longest.
    fn make_room(&self, parcel: &Parcel) -> Result<(), FileError> {
        let coming = self.directory.join(COMING);
        let fault = |error| FileError::new("list", &coming, error);
        let mut others = Vec::new();
        for entry in fs::read_dir(&coming).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let (name, file) = (entry.file_name(), entry.path());
            let same_name = name
                .to_str()
                .and_then(|name| name.split_once('.'))
                .is_some_and(|(stem, _)| stem == parcel.stem.as_str());
            if file == self.growing(parcel) {
                continue;
            }
            if same_name {
                remove(&file)?;
                continue;
            }
            let changed = entry.metadata().and_then(|about| about.modified());
            others.push((changed.unwrap_or(SystemTime::UNIX_EPOCH), file));
        }
        others.sort();
        let too_many = (others.len() + 1).saturating_sub(MOST);
        others[..too_many]
            .iter()
            .try_for_each(|(_, file)| remove(file))
    }
}

/// How long a plain file is; 0, if it is not there.
fn length_of(file: &Path) -> Result<u64, FileError> {
    match open_plain(file) {
        Ok(opened) => {
            let about = opened.metadata().map_err(FileError::of("look at", file))?;
            Ok(about.len())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

/// Whether a file is there and holds exactly this package.
fn is_that(file: &Path, parcel: &Parcel) -> Result<bool, FileError> {
    // What somebody put there that is no plain file is not it, and gives way to it.
    let Ok(opened) = open_plain(file) else {
        return Ok(false);
    };
    let about = opened.metadata().map_err(FileError::of("look at", file))?;
    if about.len() != parcel.length {
        return Ok(false);
    }
    let (sha256, length) = digest(opened, file)?;
    Ok(sha256 == parcel.sha256 && length == parcel.length)
}

/// The SHA-256 and the length of what is read.
pub(crate) fn digest(mut read: impl Read, file: &Path) -> Result<(Sha256Digest, u64), FileError> {
    let (mut hash, mut piece, mut length) = (Sha256::new(), vec![0; 64 << 10], 0);
    loop {
        match read.read(&mut piece).map_err(FileError::of("read", file))? {
            0 => return Ok((Sha256Digest(hash.finalize().into()), length)),
            got => {
                hash.update(&piece[..got]);
                length += got as u64;
            }
        }
    }
}
