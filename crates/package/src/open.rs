use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use age::x25519;
use lagrum_durable::Scratch;

use crate::check::{Against, Archive, Checked, Entries, Entry, Keep, KeepNothing, check, is_plain};
use crate::layout::{HEAD, MANIFEST, ManifestLine};
use crate::{PackageError, Trust};

/// A package that was opened and checked.
#[derive(Debug)]
pub struct Opened {
    /// What the check found.
    pub checked: Checked,
    /// Where its files lie.
    pub directory: PathBuf,
}

fn decrypt(package: &Path, identity: &x25519::Identity) -> Result<impl io::Read, PackageError> {
    let file = File::open(package).map_err(PackageError::io(package.display().to_string()))?;
    let decryptor = age::Decryptor::new_buffered(BufReader::with_capacity(1 << 18, file))
        .map_err(|e| PackageError::Key(format!("not a sealed package: {e}")))?;
    decryptor
        .decrypt(std::iter::once(identity as &dyn age::Identity))
        .map_err(|e| match e {
            age::DecryptError::NoMatchingKeys => PackageError::Key(
                "this key does not open the package; it was sealed to another recipient".into(),
            ),
            other => PackageError::Key(other.to_string()),
        })
}

/// Decrypts a package, checks all of it, and puts its files into the new directory `to`. Nothing
/// is left there when the check fails.
///
/// # Errors
/// When the key does not open it, when anything in it does not fit, or when `to` is there already.
pub fn open_into(
    package: &Path,
    identity: &x25519::Identity,
    against: &Against<'_>,
    to: &Path,
) -> Result<Opened, PackageError> {
    let fault = || PackageError::io(to.display().to_string());
    if to.exists() {
        return Err(fault()(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "already exists; name a new directory",
        )));
    }
    let parent = match to.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let directory = tempfile::Builder::new()
        .prefix(".lagrum-opening-")
        .tempdir_in(parent)
        .map_err(fault())?;
    let mut keep = KeepIn {
        root: directory.path().to_owned(),
        file: None,
    };
    let stream = decrypt(package, identity)?;
    let scratch = Scratch::new(directory.path());
    let checked = check(&mut Archive(stream), against, &scratch, &mut keep)?;
    keep.close().map_err(fault())?;
    fs::rename(directory.path(), to).map_err(fault())?;
    // The directory has its name now and stays.
    let _ = directory.keep();
    Ok(Opened {
        checked,
        directory: to.to_owned(),
    })
}

/// Decrypts a package and checks all of it without writing any of it but the manifest, which lies in
/// `scratch` meanwhile.
///
/// # Errors
/// As [`open_into`].
pub fn verify_sealed(
    package: &Path,
    identity: &x25519::Identity,
    trust: Option<&Trust>,
    scratch: &Scratch,
) -> Result<Checked, PackageError> {
    let against = trust.map_or(Against::Itself, Against::Published);
    check(
        &mut Archive(decrypt(package, identity)?),
        &against,
        scratch,
        &mut KeepNothing,
    )
}

/// Checks a package that was opened before, by Lagrum or by `age` and `tar`.
///
/// # Errors
/// When anything does not fit, a file is missing, or one is there that does not belong to it.
pub fn verify_directory(
    directory: &Path,
    trust: Option<&Trust>,
    scratch: &Scratch,
) -> Result<Checked, PackageError> {
    let against = trust.map_or(Against::Itself, Against::Published);
    check(
        &mut Directory(directory.to_owned()),
        &against,
        scratch,
        &mut KeepNothing,
    )
}

struct Directory(PathBuf);

impl Entries for Directory {
    fn each(
        &mut self,
        visit: &mut dyn FnMut(Entry<'_>) -> Result<(), PackageError>,
    ) -> Result<(), PackageError> {
        let mut files = 0;
        let mut one = |path: &str| {
            let full = self.0.join(path);
            let fault = || PackageError::io(full.display().to_string());
            let about = fs::symlink_metadata(&full).map_err(fault())?;
            if !about.is_file() {
                return Err(PackageError::Refused(format!("{path} is not a plain file")));
            }
            files += 1;
            let mut file = File::open(&full).map_err(fault())?;
            visit(Entry {
                path: path.to_owned(),
                length: about.len(),
                content: &mut file,
            })
        };
        for name in HEAD {
            one(name)?;
        }
        let manifest = self.0.join(MANIFEST);
        let fault = || PackageError::io(manifest.display().to_string());
        let lines = BufReader::new(File::open(&manifest).map_err(fault())?);
        for line in io::BufRead::lines(lines) {
            let line: ManifestLine = serde_json::from_str(&line.map_err(fault())?)
                .map_err(|e| PackageError::Refused(format!("manifest.jsonl: {e}")))?;
            if !is_plain(&line.path) {
                return Err(PackageError::Refused(
                    "manifest.jsonl: a path leads elsewhere".into(),
                ));
            }
            one(&line.path)?;
        }
        let found = count_files(&self.0).map_err(fault())?;
        if found != files {
            return Err(PackageError::Refused(format!(
                "the directory holds {found} files, the package {files}; remove what does not belong to it"
            )));
        }
        Ok(())
    }
}

fn count_files(directory: &Path) -> io::Result<u64> {
    let mut count = 0;
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        count += if entry.file_type()?.is_dir() {
            count_files(&entry.path())?
        } else {
            1
        };
    }
    Ok(count)
}

/// Keeps accepted files below a directory. The check lets only plain relative paths through.
struct KeepIn {
    root: PathBuf,
    file: Option<BufWriter<File>>,
}

impl KeepIn {
    fn close(&mut self) -> io::Result<()> {
        match self.file.take() {
            Some(mut file) => file.flush(),
            None => Ok(()),
        }
    }
}

impl Keep for KeepIn {
    fn begin(&mut self, path: &str) -> io::Result<()> {
        self.close()?;
        let full = self.root.join(path);
        if let Some(parent) = full.parent() {
            fs::create_dir_all(parent)?;
        }
        self.file = Some(BufWriter::new(File::create_new(full)?));
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.file {
            Some(file) => file.write_all(bytes),
            None => Ok(()),
        }
    }
}
