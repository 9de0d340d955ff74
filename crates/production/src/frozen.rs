//! A copy that is frozen: a package with all that its search put aside, sealed to a key of its own, so that it is
//! read again only by whoever holds that key. What is read again was checked as it was frozen, and is once more.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use age::x25519;
use lagrum_durable::{Lines, NewFile, Scratch};
use lagrum_mandate::Digested;
use lagrum_model::Sha256Digest;
use lagrum_package::check::{Against, Archive, Checked, Keep, check};
use lagrum_package::layout::{MANIFEST, ManifestLine, ROW_LIMIT, RecordLine};
use lagrum_package::{PackageError, Statement, digest_of_file};

use crate::seal::{Counting, Output, finished};
use crate::side_by_side::checked_while;
use crate::spool::Written;
use crate::withheld::WITHHELD;
use crate::{ProductionError, PutAside};

/// The package in a frozen copy.
const PACKAGE: &str = "package.tar";
/// What its search put aside.
const REVIEWS: &str = "review.jsonl";
/// Where everything lay.
const TRACE: &str = "trace.jsonl";
/// The longest line of a manifest or a list.
const LINE: u64 = 64 << 10;

/// Checks the package once more, item by item, and seals it meanwhile with all that its search put aside to `key`,
/// as the file `to`, durably.
///
/// # Errors
/// [`PackageError::Refused`] when the check fails, or when something cannot be written.
pub fn freeze(
    package: &Written,
    against: &Against<'_>,
    key: &x25519::Recipient,
    to: &Path,
) -> Result<(Checked, Digested), ProductionError> {
    let (checked, output) =
        checked_while(package, against, |stream| frozen(package, stream, key, to))?;
    Ok((checked, finished(output, to)?))
}

/// Seals `stream`, which is the whole `package`, with what lies beside it.
fn frozen(
    package: &Written,
    stream: &mut dyn Read,
    key: &x25519::Recipient,
    to: &Path,
) -> Result<Output, ProductionError> {
    let fault = || PackageError::io(to.display().to_string());
    let file = NewFile::create_private(to)?;
    // A copy stays in its region, in one file.
    let output = Counting::new(io::BufWriter::with_capacity(1 << 18, file), u64::MAX);
    let encryptor = age::Encryptor::with_recipients(std::iter::once(key as &dyn age::Recipient))
        .map_err(|e| PackageError::Key(e.to_string()))?;
    let writer = encryptor.wrap_output(output).map_err(fault())?;
    let mut archive = tar::Builder::new(writer);
    let length = package.length()?;
    add(&mut archive, PACKAGE, length, stream).map_err(fault())?;
    for name in [REVIEWS, TRACE, WITHHELD] {
        let from = package.directory().join(name);
        // Of what nothing was put aside there is no copy.
        if !from.exists() {
            continue;
        }
        let mut file = lagrum_durable::open_plain(&from)?;
        let length = file.metadata().map_err(fault())?.len();
        add(&mut archive, name, length, &mut file).map_err(fault())?;
    }
    let writer = archive.into_inner().map_err(fault())?;
    Ok(writer.finish().map_err(fault())?)
}

fn add(
    archive: &mut tar::Builder<impl Write>,
    name: &str,
    length: u64,
    content: &mut dyn Read,
) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(length);
    header.set_mode(0o600);
    crate::append::append(archive, &mut header, name, content).map(|_| ())
}

/// What is done with each line of a file, and with its bytes.
pub type Visit<'v, T, E> = dyn FnMut(T, &[u8]) -> Result<(), E> + 'v;

/// A frozen copy, opened in a directory of the agent's own: plaintext, for as long as it is worked on.
pub struct Thawed {
    directory: PathBuf,
    /// What its search was.
    pub statement: Statement,
}

/// Opens the copy in `file`, of which `sha256` was written down as it was frozen, in the empty directory
/// `directory`. Nothing of it is used before all of it fits.
///
/// # Errors
/// When it is not that copy, the key does not open it, or it holds something else than the mandate with the digest
/// `mandate` permits.
pub fn thaw(
    file: &Path,
    sha256: &Sha256Digest,
    key: &x25519::Identity,
    mandate: &Sha256Digest,
    directory: &Path,
) -> Result<Thawed, ProductionError> {
    let fault = || PackageError::io(file.display().to_string());
    let wrong = |why: String| PackageError::refused(format!("{}: {why}", file.display()));
    let (found, _) = digest_of_file(file)?;
    if found != *sha256 {
        return Err(wrong("it is not the copy that was frozen".into()).into());
    }
    let sealed = BufReader::with_capacity(1 << 18, lagrum_durable::open_plain(file)?);
    let decryptor = age::Decryptor::new(sealed).map_err(|e| wrong(e.to_string()))?;
    let plain = decryptor
        .decrypt(std::iter::once(key as &dyn age::Identity))
        .map_err(|e| wrong(e.to_string()))?;
    let scratch = Scratch::new(directory);
    let mut archive = tar::Archive::new(plain);
    let mut statement = None;
    for entry in archive.entries().map_err(fault())? {
        let mut entry = entry.map_err(fault())?;
        let name = entry.path_bytes().into_owned();
        match name.as_slice() {
            name if name == PACKAGE.as_bytes() => {
                let mut keep = KeepIn::new(directory);
                let (itself, mut package) = (Against::Itself, Archive(&mut entry));
                let checked = check(&mut package, &itself, &scratch, &mut keep)?;
                keep.close().map_err(fault())?;
                if checked.mandate.digest() != *mandate {
                    return Err(wrong("it was frozen under another mandate".into()).into());
                }
                statement = Some(checked.statement);
            }
            name => {
                let known = [REVIEWS, TRACE, WITHHELD];
                let Some(name) = known.iter().find(|known| known.as_bytes() == name) else {
                    return Err(wrong("it holds a file that no copy has".into()).into());
                };
                let mut to = File::create_new(directory.join(name)).map_err(fault())?;
                io::copy(&mut entry, &mut to).map_err(fault())?;
            }
        }
    }
    // What follows the archive is read too: an altered ciphertext shows only at its end.
    io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(fault())?;
    let statement = statement.ok_or_else(|| wrong("it holds no package".into()))?;
    Ok(Thawed {
        directory: directory.to_owned(),
        statement,
    })
}

impl Thawed {
    /// Calls `visit` with each line of its manifest, and with the file that it names.
    ///
    /// # Errors
    /// When it cannot be read; what `visit` says.
    pub fn items<E: From<ProductionError>>(
        &self,
        visit: &mut dyn FnMut(ManifestLine, &Path) -> Result<(), E>,
    ) -> Result<(), E> {
        self.lines(MANIFEST, &mut |line: ManifestLine| {
            let file = self.directory.join(&line.path);
            visit(line, &file)
        })
    }

    /// Calls `visit` with each thing that its search put aside, and its number, from 1.
    ///
    /// # Errors
    /// When it cannot be read; what `visit` says.
    pub fn put_aside<E: From<ProductionError>>(
        &self,
        visit: &mut dyn FnMut(u64, PutAside) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut number = 0;
        self.lines(REVIEWS, &mut |aside: PutAside| {
            number += 1;
            visit(number, aside)
        })
    }

    /// The sealed bytes of what was put aside; nothing, where there are none.
    #[must_use]
    pub fn withheld(&self) -> Option<PathBuf> {
        Some(self.directory.join(WITHHELD)).filter(|file| file.exists())
    }

    /// Calls `visit` with each row of a file of records.
    ///
    /// # Errors
    /// When it cannot be read; what `visit` says.
    pub fn rows<E: From<ProductionError>>(
        file: &Path,
        visit: &mut Visit<'_, RecordLine, E>,
    ) -> Result<(), E> {
        each_line(file, ROW_LIMIT as u64, visit)
    }

    fn lines<T: serde::de::DeserializeOwned, E: From<ProductionError>>(
        &self,
        name: &str,
        visit: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        each_line(&self.directory.join(name), LINE, &mut |line, _| visit(line))
    }
}

fn each_line<T: serde::de::DeserializeOwned, E: From<ProductionError>>(
    file: &Path,
    limit: u64,
    visit: &mut Visit<'_, T, E>,
) -> Result<(), E> {
    let fault = || PackageError::io(file.display().to_string());
    let failed = |e: io::Error| E::from(ProductionError::from(fault()(e)));
    let opened = lagrum_durable::open_plain(file).map_err(ProductionError::from)?;
    let mut lines = Lines::new(BufReader::with_capacity(1 << 16, opened), limit);
    while let Some(line) = lines.next_line().map_err(failed)? {
        let read = serde_json::from_slice(line).map_err(|e| failed(e.into()))?;
        visit(read, line)?;
    }
    Ok(())
}

/// Keeps the files of a package below a directory.
struct KeepIn {
    root: PathBuf,
    file: Option<BufWriter<File>>,
}

impl KeepIn {
    fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            file: None,
        }
    }

    fn close(&mut self) -> io::Result<()> {
        self.file.take().map_or(Ok(()), |mut file| file.flush())
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
        self.file
            .as_mut()
            .map_or(Ok(()), |file| file.write_all(bytes))
    }
}
