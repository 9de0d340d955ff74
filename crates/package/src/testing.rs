//! Packages that are made in memory, for tests and for the search with made-up input (feature `testing`).

use lagrum_model::Sha256Digest;

use crate::PackageError;
use crate::check::{Entries, Entry};
use crate::layout::{HEAD, MANDATE, MANIFEST, SEAL, STATEMENT};

/// The files of a package: their paths and what is in them, in their order.
pub struct InMemory(pub Vec<(String, Vec<u8>)>);

impl Entries for InMemory {
    fn each(
        &mut self,
        visit: &mut dyn FnMut(Entry<'_>) -> Result<(), PackageError>,
    ) -> Result<(), PackageError> {
        for (path, bytes) in &self.0 {
            visit(Entry {
                path: path.clone(),
                length: bytes.len() as u64,
                content: &mut bytes.as_slice(),
            })?;
        }
        Ok(())
    }
}

impl InMemory {
    /// A package whose seal names the digests that its files have, so that what lies behind the seal is
    /// reached. `mandate` is the text without signatures; nobody's stand below it and below the seal.
    #[must_use]
    pub fn sealed(
        mandate: &[u8],
        statement: &[u8],
        manifest: &[u8],
        items: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Self {
        let mut seal = "lagrum-seal/1\n".to_owned();
        let mut files = Vec::new();
        for name in HEAD {
            let content = match name {
                STATEMENT => statement.to_vec(),
                MANDATE => [mandate, "\n\u{2014} nobody\n".as_bytes()].concat(),
                MANIFEST => manifest.to_vec(),
                SEAL => format!("{seal}\n\u{2014} nobody\n").into_bytes(),
                _ => b"for people".to_vec(),
            };
            seal += &format!("{}  {name}\n", Sha256Digest::of(&content));
            files.push((name.to_owned(), content));
        }
        files.extend(items);
        Self(files)
    }
}
