use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Cursor, Read, Write};
use std::path::{Path, PathBuf};

use age::scrypt;
use age::secrecy::SecretString;
use lagrum_durable::{Draft, Lines, Scratch};
use lagrum_model::SpokenPassphrase;

use crate::check::{
    Against, Archive, Checked, Entries, Entry, Keep, KeepNothing, MANIFEST_LINE_LIMIT, check,
    is_plain,
};
use crate::layout::{HEAD, MANIFEST, ManifestLine};
use crate::plain::plain;
use crate::{PackageError, SealedFiles, Trust};

/// The longest age header that is read: a package has one recipient, which takes 200 bytes, and reading
/// one takes the square of its length.
pub(crate) const HEADER_LIMIT: u64 = 4 << 10;

/// What opens a package that was sealed with a passphrase: the words as somebody types them. What asks for more of
/// the machine than a package of ours does is refused.
#[must_use]
pub fn passphrase_identity(typed: &str) -> scrypt::Identity {
    let words = SpokenPassphrase::typed(typed);
    let mut identity = scrypt::Identity::new(SecretString::from(words.to_string()));
    identity.set_max_work_factor(SpokenPassphrase::SCRYPT_WORK);
    identity
}

/// A package that was opened and checked.
#[derive(Debug)]
pub struct Opened {
    /// What the check found.
    pub checked: Checked,
    /// Where its files lie.
    pub directory: PathBuf,
}

fn decrypt(package: &Path, identity: &dyn age::Identity) -> Result<impl io::Read, PackageError> {
    let package = SealedFiles::find(package)?;
    let fault = || PackageError::io(package.package().display().to_string());
    let mut file = BufReader::with_capacity(1 << 18, package.read()?);
    if let Some((kind, program)) = opened_elsewhere(file.fill_buf().map_err(fault())?) {
        return Err(PackageError::Key(format!(
            "this package is sealed to an {kind} certificate: the program that has its private key opens it. Decrypt it with that ({program}), and have what comes out checked as an archive that is decrypted already"
        )));
    }
    let header = header(&mut file).map_err(fault())?.ok_or_else(not_sealed)?;
    let sealed = Cursor::new(header).chain(file);
    let decryptor = age::Decryptor::new_buffered(BufReader::with_capacity(1 << 18, sealed))
        .map_err(|e| PackageError::Key(format!("not a sealed package: {e}")))?;
    let told = decryptor.is_scrypt();
    decryptor
        .decrypt(std::iter::once(identity))
        .map_err(|e| match e {
            age::DecryptError::NoMatchingKeys if told => PackageError::Key(
                "no key opens this package: it is sealed with a one-time passphrase that was told by telephone".into(),
            ),
            age::DecryptError::NoMatchingKeys => PackageError::Key(
                "this key does not open the package; it was sealed to another recipient".into(),
            ),
            age::DecryptError::DecryptionFailed if told => PackageError::Key(
                "this passphrase does not open the package: have it told again, word by word".into(),
            ),
            other => PackageError::Key(other.to_string()),
        })
}

/// To a certificate of which kind something is sealed, by how it begins, and what decrypts it.
fn opened_elsewhere(begin: &[u8]) -> Option<(&'static str, &'static str)> {
    match begin {
        // A session key of OpenPGP, with a header of the present format or the old one (RFC 9580 section 4.2).
        [0xc1 | 0x84..=0x87, ..] => Some(("OpenPGP", "gpg --decrypt")),
        // A SEQUENCE with an object identifier in it, whose length is said by its end (RFC 5652 section 3).
        [0x30, 0x80, 0x06, ..] => Some(("X.509", "openssl cms -decrypt -inform DER")),
        _ => None,
    }
}

fn not_sealed() -> PackageError {
    PackageError::Key(format!(
        "not a sealed package: it does not begin with an age header of at most {} KiB",
        HEADER_LIMIT >> 10
    ))
}

/// The header of an age file (C2SP, age-encryption.org/v1), up to and with its last line. `None` if
/// it does not end within `HEADER_LIMIT` bytes.
///
/// `age` begins again at the header's start with each line, so that its time grows with the square
/// of the header: it gets only one that is short.
pub fn header(file: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut header = Vec::new();
    let mut limited = file.take(HEADER_LIMIT);
    loop {
        let start = header.len();
        limited.read_until(b'\n', &mut header)?;
        let line = &header[start..];
        if !line.ends_with(b"\n") {
            return Ok(None);
        }
        if line.starts_with(b"---") {
            return Ok(Some(header));
        }
    }
}

/// Decrypts a package, checks all of it, and puts its files into the new directory `to`. Nothing
/// is left there when the check fails.
///
/// # Errors
/// When the key does not open it, when anything in it does not fit, or when `to` is there already.
pub fn open_into(
    package: &Path,
    identity: &dyn age::Identity,
    against: &Against<'_>,
    to: &Path,
) -> Result<Opened, PackageError> {
    open_archive_into(decrypt(package, identity)?, against, to)
}

/// Checks the archive of a package that another program decrypted, and puts its files into the new directory `to`.
/// Nothing is left there when the check fails. That the archive is the one of a sealed package follows from the
/// agent's signature inside it, and not from who decrypted it.
///
/// # Errors
/// As [`open_into`], but for the key.
pub fn open_archive_into(
    archive: impl Read,
    against: &Against<'_>,
    to: &Path,
) -> Result<Opened, PackageError> {
    let fault = || PackageError::io(to.display().to_string());
    let draft = Draft::beside(to, ".lagrum-opening-").map_err(fault())?;
    let mut keep = KeepIn {
        root: draft.path().to_owned(),
        file: None,
    };
    let scratch = Scratch::new(draft.path());
    let checked = check(&mut Archive(archive), against, &scratch, &mut keep)?;
    keep.close().map_err(fault())?;
    draft.keep(to).map_err(fault())?;
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
    identity: &dyn age::Identity,
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
            let file = match plain(&full) {
                Err(PackageError::Io { source, .. })
                    if source.kind() == io::ErrorKind::InvalidInput =>
                {
                    return Err(PackageError::Refused(format!("{path} is not a plain file")));
                }
                opened => opened?,
            };
            files += 1;
            let length = file.metadata().map_err(fault())?.len();
            visit(Entry {
                path: path.to_owned(),
                length,
                // What grows meanwhile is read no further.
                content: &mut file.take(length),
            })
        };
        for name in HEAD {
            one(name)?;
        }
        for line in Items::of(&self.0)? {
            one(&line?.path)?;
        }
        let found = count_files(&self.0).map_err(PackageError::io(self.0.display().to_string()))?;
        if found != files {
            return Err(PackageError::Refused(format!(
                "the directory holds {found} files, the package {files}; remove what does not belong to it"
            )));
        }
        Ok(())
    }
}

/// The manifest of an opened package, line by line. No path of it leads out of the directory.
pub struct Items {
    lines: Lines<BufReader<File>>,
    of: PathBuf,
}

impl Items {
    /// Of the package in this directory.
    ///
    /// # Errors
    /// When the manifest cannot be opened.
    pub fn of(directory: &Path) -> Result<Self, PackageError> {
        let of = directory.join(MANIFEST);
        let lines = Lines::new(BufReader::new(plain(&of)?), MANIFEST_LINE_LIMIT);
        Ok(Self { lines, of })
    }

    fn line(&mut self) -> Result<Option<ManifestLine>, PackageError> {
        let of = &self.of;
        let fault = || PackageError::io(of.display().to_string());
        let Some(line) = self.lines.next_line().map_err(fault())? else {
            return Ok(None);
        };
        let line: ManifestLine =
            serde_json::from_slice(line).map_err(|e| PackageError::unread(MANIFEST, &e))?;
        match is_plain(&line.path) {
            true => Ok(Some(line)),
            false => Err(PackageError::refused(
                "manifest.jsonl: a path leads elsewhere",
            )),
        }
    }
}

impl Iterator for Items {
    type Item = Result<ManifestLine, PackageError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.line().transpose()
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
