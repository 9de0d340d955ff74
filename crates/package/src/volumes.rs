use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use lagrum_mandate::answer::Receipt;
use lagrum_mandate::{Digested, Digests, Volume, Volumes};

use crate::PackageError;
use crate::plain::plain;

/// The largest number of a volume: its name has three digits.
const LAST: u64 = 999;

/// A sealed package as it lies on disk: one file, or the volumes into which it was cut, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedFiles {
    package: PathBuf,
    files: Vec<PathBuf>,
    cut: bool,
}

impl SealedFiles {
    /// The package `at`: its own name, or that of any of its volumes.
    ///
    /// # Errors
    /// [`PackageError::Refused`] where a volume before the last that lies there is missing; which is the last, only the
    /// receipt tells.
    pub fn find(at: &Path) -> Result<Self, PackageError> {
        let package = Self::package_of(at);
        let whole = package == at && at.exists();
        let lie_there: Vec<u64> = (1..=LAST)
            .filter(|number| !whole && volume(&package, *number).exists())
            .collect();
        let Some(last) = lie_there.last() else {
            return Ok(Self {
                files: vec![at.to_owned()],
                package: at.to_owned(),
                cut: false,
            });
        };
        let missing = (1..*last).filter(|number| !lie_there.contains(number));
        refuse_missing(&package, missing)?;
        Ok(Self {
            files: (1..=*last).map(|number| volume(&package, number)).collect(),
            package,
            cut: true,
        })
    }

    /// What a package is called as a whole, where it or any of its volumes is named.
    #[must_use]
    pub fn package_of(at: &Path) -> PathBuf {
        let name = at.file_name().and_then(|name| name.to_str());
        match name.and_then(Volume::parse) {
            Some((package, _)) => at.with_file_name(package),
            None => at.to_owned(),
        }
    }

    /// What the package is called as a whole.
    #[must_use]
    pub fn package(&self) -> &Path {
        &self.package
    }

    /// Refuses a package of which a volume is missing, by what its `receipt` says, whoever signed that.
    ///
    /// # Errors
    /// Naming each that is missing.
    pub fn refuse_if_some_are_missing(&self, receipt: &Receipt) -> Result<(), PackageError> {
        let Some(volumes) = receipt.volumes.as_ref().filter(|_| self.cut) else {
            return Ok(());
        };
        let there = self.files.len() as u64;
        refuse_missing(&self.package, there + 1..=volumes.sha256.len() as u64)
    }

    /// All its bytes, in their order.
    ///
    /// # Errors
    /// When the first file cannot be opened.
    pub fn read(&self) -> Result<impl Read + use<>, PackageError> {
        let mut files = self.files.clone().into_iter();
        let now = match files.next() {
            Some(first) => Some(plain(&first)?),
            None => None,
        };
        Ok(OneByOne { now, files })
    }

    /// Whether it is, to the byte, what `receipt` names. Says which volumes are not.
    ///
    /// # Errors
    /// [`PackageError::Refused`] where it is not.
    pub(crate) fn check(&self, receipt: &Receipt) -> Result<(), PackageError> {
        match receipt.volumes.as_ref().filter(|_| self.cut) {
            Some(volumes) => self.check_each(receipt, volumes),
            None => self.check_whole(receipt),
        }
    }

    fn check_each(&self, receipt: &Receipt, volumes: &Volumes) -> Result<(), PackageError> {
        self.refuse_if_some_are_missing(receipt)?;
        if let Some(more) = self.files.get(volumes.sha256.len()) {
            return Err(PackageError::Refused(format!(
                "{} does not belong to it: it has {} volumes",
                shown(more),
                volumes.sha256.len()
            )));
        }
        let mut damaged = Vec::new();
        for (file, of) in self.files.iter().zip(volumes.of(receipt.length)) {
            let found = digested(&[file])?;
            if (found.sha256, found.length) != (of.sha256, of.length) {
                damaged.push(shown(file));
            }
        }
        match &damaged[..] {
            [] => Ok(()),
            names => Err(PackageError::Refused(format!(
                "{} {} not what the receipt names; ask for {} again, the others are whole",
                names.join(", "),
                if names.len() == 1 { "is" } else { "are" },
                if names.len() == 1 { "it" } else { "them" },
            ))),
        }
    }

    fn check_whole(&self, receipt: &Receipt) -> Result<(), PackageError> {
        let found = digested(&self.files)?;
        if (found.sha256, found.length) == (receipt.sha256, receipt.length) {
            return Ok(());
        }
        Err(PackageError::refused(
            "the sealed file is not the one that the receipt names; ask for it again",
        ))
    }
}

fn volume(package: &Path, number: u64) -> PathBuf {
    let name = package.file_name().and_then(|name| name.to_str());
    package.with_file_name(Volume::name(name.unwrap_or_default(), number))
}

fn refuse_missing(package: &Path, missing: impl Iterator<Item = u64>) -> Result<(), PackageError> {
    let names: Vec<_> = missing
        .map(|number| shown(&volume(package, number)))
        .collect();
    match &names[..] {
        [] => Ok(()),
        names => Err(PackageError::Refused(format!(
            "not all of it is here: {} {} missing. Put {} beside the others",
            names.join(", "),
            if names.len() == 1 { "is" } else { "are" },
            if names.len() == 1 { "it" } else { "them" },
        ))),
    }
}

fn shown(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str());
    name.to_string_lossy().into_owned()
}

/// SHA-256 and length of what these files are together; streaming.
pub(crate) fn digested<P: AsRef<Path>>(files: &[P]) -> Result<Digested, PackageError> {
    let (mut digests, mut buffer) = (Digests::of_one(), vec![0; 1 << 16]);
    for path in files.iter().map(AsRef::as_ref) {
        let fault = || PackageError::io(path.display().to_string());
        let mut file = plain(path)?;
        loop {
            match file.read(&mut buffer).map_err(fault())? {
                0 => break,
                read => digests.update(&buffer[..read]),
            }
        }
    }
    Ok(digests.finish())
}

/// Files one after the other, one of them open.
struct OneByOne {
    now: Option<File>,
    files: std::vec::IntoIter<PathBuf>,
}

impl Read for OneByOne {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(file) = &mut self.now {
            match file.read(buffer)? {
                0 if !buffer.is_empty() => {
                    let next = self.files.next();
                    self.now = next
                        .map(|file| plain(&file))
                        .transpose()
                        .map_err(io::Error::other)?;
                }
                read => return Ok(read),
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests;
