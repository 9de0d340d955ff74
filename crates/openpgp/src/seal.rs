use std::io::{self, Read, Write};

use pgp::composed::MessageBuilder;
use pgp::crypto::aead::{AeadAlgorithm, ChunkSize};
use pgp::crypto::sym::SymmetricKeyAlgorithm;
use rand_core::CryptoRngCore;

use crate::Certificate;

/// Why a sealed file was not written whole.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The certificate cannot be sealed to after all.
    #[error("OpenPGP: {0}")]
    OpenPgp(String),
}

impl Certificate {
    /// Writes what is read to `to`, as a message of OpenPGP that the holder of the certificate can decrypt and nobody
    /// else: AES-256 in version 1 of encrypted data, which every program reads and whose end shows that nothing was
    /// changed; in version 2 (OCB), where the certificate says that its holder's program knows it. Whatever it is long,
    /// a megabyte of it is in memory. It is not compressed and not signed, and nothing of it has a name or date.
    ///
    /// # Errors
    /// [`SealError`]. What was written until then is no message.
    pub fn seal(
        &self,
        from: impl Read,
        to: impl Write,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), SealError> {
        let message = MessageBuilder::from_reader("", from);
        let cipher = SymmetricKeyAlgorithm::AES256;
        match self.reads_version_2 {
            false => {
                let mut message = message.seipd_v1(&mut *random, cipher);
                message.encrypt_to_key(&mut *random, &self.subkey)?;
                message.to_writer(random, to)?;
            }
            true => {
                let (mode, piece) = (AeadAlgorithm::Ocb, ChunkSize::C64KiB);
                let mut message = message.seipd_v2(&mut *random, cipher, mode, piece);
                message.encrypt_to_key(&mut *random, &self.subkey)?;
                message.to_writer(random, to)?;
            }
        }
        Ok(())
    }
}

impl From<pgp::errors::Error> for SealError {
    fn from(error: pgp::errors::Error) -> Self {
        match error {
            pgp::errors::Error::IO { source, .. } => Self::Io(source),
            other => Self::OpenPgp(other.to_string()),
        }
    }
}
