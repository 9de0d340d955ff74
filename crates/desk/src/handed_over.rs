//! The files in which a sealed package is handed over: one, or one for each of its volumes; its receipt and its sums beside
//! them.

use std::path::{Path, PathBuf};

use lagrum_durable::{remove, replace, sync_directory};
use lagrum_mandate::answer::{Receipt, SignedAnswer};
use lagrum_mandate::{Mandate, Volume};
use lagrum_model::{MandateRecord, Sha256Digest};
use lagrum_packages::{Directory, Packages, PackagesError, Piece, Sealed};
use lagrum_transport::Stem;

use crate::CommandError;
use crate::collect::{RECEIPT, sealed};
use crate::sequencer::recorded_mandate;

/// The end of the name of the file with the sums, as `sha256sum -c` reads it.
const SUMS: &str = "sha256";

/// A package where deliveries are fetched.
pub(crate) struct HandedOver {
    /// The package as it is kept.
    pub(crate) one: Sealed,
    /// Its mandate.
    pub(crate) mandate: Mandate,
    /// Its volumes; none, where it is one file.
    pub(crate) volumes: Vec<Volume>,
    folder: PathBuf,
}

impl HandedOver {
    /// That of a mandate below `folder`, if it made one.
    pub(crate) fn of(record: &MandateRecord, folder: &Path) -> Result<Option<Self>, CommandError> {
        let Some(made) = record.produced else {
            return Ok(None);
        };
        let mandate = recorded_mandate(&record.text)?;
        let receipt = record.receipt.as_deref().and_then(Receipt::read_verified);
        let volumes = receipt.and_then(|one| Some(one.volumes?.of(one.length).collect()));
        Ok(Some(Self {
            one: sealed(&Stem::of(&mandate), made.package),
            mandate,
            volumes: volumes.unwrap_or_default(),
            folder: folder.to_owned(),
        }))
    }

    fn name(&self) -> String {
        Stem::of(&self.mandate).handed_over_as(&self.mandate.recipient)
    }

    /// The file of one volume.
    pub(crate) fn file_of(&self, volume: &Volume) -> PathBuf {
        self.folder.join(Volume::name(&self.name(), volume.number))
    }

    /// Its files in their order, each with its SHA-256.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Sha256Digest)> {
        match &self.volumes[..] {
            [] => vec![(self.folder.join(self.name()), self.one.sha256)],
            volumes => volumes
                .iter()
                .map(|volume| (self.file_of(volume), volume.sha256))
                .collect(),
        }
    }

    fn beside(&self, ending: &str) -> PathBuf {
        self.folder
            .join(format!("{}.{ending}", Stem::of(&self.mandate)))
    }

    /// Whoever fetched them may have taken them away; what lies there is still the same.
    ///
    /// # Errors
    /// [`PackagesError::OtherBytes`] if it is not.
    pub(crate) fn are_no_others(&self) -> Result<(), PackagesError> {
        for (file, sha256) in self.files() {
            Directory::holds(&file, sha256)?;
        }
        Ok(())
    }

    /// Puts them there out of `packages`, with `receipt` and the sums. Can be cut off and be done again: what is there
    /// already, and is what it must be, stays. What is not, never gets there.
    pub(crate) fn put(&self, packages: &dyn Packages, receipt: &str) -> Result<(), PackagesError> {
        lagrum_durable::private_directory(&self.folder)?;
        let files = self.files();
        let sum = |(file, sha256): &(PathBuf, Sha256Digest)| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            format!("{sha256}  {name}\n")
        };
        let sums: String = files.iter().map(sum).collect();
        let before = &mut || {
            replace(&self.beside(SUMS), sums.as_bytes())?;
            replace(&self.beside(RECEIPT), receipt.as_bytes())
        };
        if self.volumes.is_empty() {
            let (file, _) = &files[0];
            return packages.hand_over(&self.one, file, before);
        }
        let piece = |volume: &Volume| Piece {
            to: self.file_of(volume),
            from: volume.from,
            length: volume.length,
            sha256: volume.sha256,
        };
        let pieces: Vec<_> = self.volumes.iter().map(piece).collect();
        packages.hand_over_in_pieces(&self.one, &pieces, before)
    }

    /// How long they are together, in bytes; `None`, where one is not there.
    pub(crate) fn length(&self) -> Option<u64> {
        let files = self.files();
        let lengths = files.iter().map(|(file, _)| {
            let about = std::fs::symlink_metadata(file).ok();
            about.filter(std::fs::Metadata::is_file).map(|of| of.len())
        });
        lengths.sum()
    }

    /// Removes them. The receipt stays, and the sums.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub(crate) fn remove(&self) -> Result<(), PackagesError> {
        for (file, _) in self.files() {
            if file.exists() {
                remove(&file)?;
                sync_directory(&self.folder)?;
            }
        }
        Ok(())
    }
}
