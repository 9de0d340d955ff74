use std::io::{self, Read, Write};
use std::path::Path;

use age::secrecy::SecretString;
use age::{scrypt, x25519};
use lagrum_certificate::{Certificate, SealError};
use lagrum_durable::NewFile;
use lagrum_mandate::{Digested, Digests, Mandate, SealedTo, Volumes};
use lagrum_model::SpokenPassphrase;
use lagrum_notes::{VerifyingKey, role};
use lagrum_package::PackageError;
use lagrum_package::check::{Against, Checked};
use rand_core::CryptoRngCore;

use crate::ProductionError;
use crate::side_by_side::checked_while;
use crate::spool::Written;

/// With what a package is sealed, beside what its mandate says.
#[derive(Clone, Copy, Debug)]
pub enum SealWith<'s> {
    /// The age key of the mandate, and nothing else.
    Key,
    /// The certificate that the key of the mandate names.
    Certificate(&'s Certificate),
    /// The passphrase that is told.
    Passphrase(&'s SpokenPassphrase),
}

/// Checks the package once more, item by item, and seals it meanwhile to the recipient of `mandate` as `to`,
/// durably. The end of what is sealed is written only when the check has accepted all of it: an item outside the
/// mandate leaves no ciphertext.
///
/// It is accepted if it holds this mandate, and `agent` signed it. It is sealed as the mandate says, and in no other
/// way: `with` a passphrase exactly if the mandate is for one, and `with` the certificate that it names exactly if it
/// names one. `random` is used for a certificate alone.
///
/// What is told of the file names the volumes of `volume` bytes into which it can be cut, or of longer ones where there
/// would be too many.
///
/// # Errors
/// [`PackageError::Refused`] when the check fails, or when something cannot be written.
pub fn seal(
    package: &Written,
    mandate: &Mandate,
    agent: &VerifyingKey<role::Agent>,
    with: SealWith<'_>,
    to: &Path,
    volume: u64,
    random: &mut dyn CryptoRngCore,
) -> Result<(Checked, Digested), ProductionError> {
    let volume = Volumes::length_for(volume, package.length()?);
    let against = Against::Own {
        mandate: mandate.digest(),
        agent,
    };
    let recipient: Box<dyn age::Recipient> = match (&mandate.recipient, with) {
        (SealedTo::Key(recipient), SealWith::Certificate(certificate))
            if *certificate.key() == recipient.key =>
        {
            let (checked, output) = checked_while(package, &against, |archive| {
                seal_to_certificate(archive, certificate, begun(to, volume)?, to, random)
            })?;
            return Ok((checked, finished(output, to)?));
        }
        (SealedTo::Key(recipient), SealWith::Key) if recipient.key.certificate().is_none() => {
            let key: Result<x25519::Recipient, &str> = recipient.key.as_str().parse();
            let wrong = |e| PackageError::Key(format!("recipient's key: {e}"));
            Box::new(key.map_err(wrong)?)
        }
        (SealedTo::Passphrase(_), SealWith::Passphrase(passphrase)) => {
            let words = SecretString::from(passphrase.words().to_string());
            let mut recipient = scrypt::Recipient::new(words);
            recipient.set_work_factor(SpokenPassphrase::SCRYPT_WORK);
            Box::new(recipient)
        }
        _ => {
            let why = "the mandate is to be sealed in another way".to_owned();
            return Err(PackageError::Key(why).into());
        }
    };
    let (checked, output) = checked_while(package, &against, |archive| {
        let fault = || PackageError::io(to.display().to_string());
        let output = begun(to, volume)?;
        let encryptor = age::Encryptor::with_recipients(std::iter::once(&*recipient))
            .map_err(|e| PackageError::Key(e.to_string()))?;
        let mut writer = encryptor.wrap_output(output).map_err(fault())?;
        io::copy(archive, &mut writer).map_err(fault())?;
        Ok(writer.finish().map_err(fault())?)
    })?;
    Ok((checked, finished(output, to)?))
}

/// The same archive, as a message of OpenPGP or CMS.
fn seal_to_certificate(
    archive: &mut dyn Read,
    certificate: &Certificate,
    mut output: Output,
    to: &Path,
    random: &mut dyn CryptoRngCore,
) -> Result<Output, ProductionError> {
    certificate
        .seal(archive, &mut output, random)
        .map_err(|error| match error {
            SealError::Io(source) => PackageError::io(to.display().to_string())(source),
            other @ SealError::Sealing(_) => PackageError::Key(other.to_string()),
        })?;
    Ok(output)
}

/// A file that has its name when it is whole, counted and digested.
pub(crate) type Output = Counting<io::BufWriter<NewFile>>;

fn begun(to: &Path, volume: u64) -> Result<Output, ProductionError> {
    let file = io::BufWriter::with_capacity(1 << 18, NewFile::create(to)?);
    Ok(Counting::new(file, volume))
}

/// Gives the file its name.
pub(crate) fn finished(mut output: Output, to: &Path) -> Result<Digested, ProductionError> {
    let fault = || PackageError::io(to.display().to_string());
    output.flush().map_err(fault())?;
    let (sealed, inner) = output.end();
    let file = inner.into_inner().map_err(|e| fault()(e.into_error()))?;
    file.finish()?;
    Ok(sealed)
}

/// What is written to a file, counted and digested.
pub(crate) struct Counting<W> {
    inner: W,
    digests: Digests,
}

impl<W> Counting<W> {
    /// What is written comes to be volumes of `volume` bytes.
    pub(crate) fn new(inner: W, volume: u64) -> Self {
        let digests = Digests::new(volume);
        Self { inner, digests }
    }

    /// What was written, and where.
    pub(crate) fn end(self) -> (Digested, W) {
        (self.digests.finish(), self.inner)
    }
}

impl<W: Write> Write for Counting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.digests.update(&bytes[..written]);
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
