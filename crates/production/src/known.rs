use std::collections::HashSet;
use std::io::{self, BufReader, Seek, Write};
use std::path::Path;

use lagrum_durable::Lines;
use lagrum_model::{AccountIdentifier, Category, Sha256Digest};
use lagrum_package::PackageError;
use lagrum_package::layout::{ManifestLine, ROW_LIMIT};
use serde::de::DeserializeOwned;

use crate::{ProductionError, PutAside, Spool};

/// What a spool holds so far, by its bytes: what a store and a frozen copy of it both have is taken once.
#[derive(Default)]
pub struct Known(HashSet<Sha256Digest>);

impl Known {
    fn mark(account: &AccountIdentifier, category: Category, what: &str) -> Sha256Digest {
        Sha256Digest::of(format!("{account}\n{category}\n{what}").as_bytes())
    }

    /// Whether these bytes, whose SHA-256 it is, are there of the account and category. They are from here on.
    pub fn takes(
        &mut self,
        account: &AccountIdentifier,
        category: Category,
        sha256: &Sha256Digest,
    ) -> bool {
        let mark = Self::mark(account, category, &sha256.to_string());
        self.0.insert(mark)
    }

    /// The same for something that is put aside: by its bytes, or where there are none by its place.
    pub fn takes_aside(&mut self, aside: &PutAside) -> bool {
        match &aside.sha256 {
            Some(sha256) => self.takes(&aside.identifier, aside.category, sha256),
            None => {
                let place = format!("{} {}", aside.source, aside.locator);
                let mark = Self::mark(&aside.identifier, aside.category, &place);
                self.0.insert(mark)
            }
        }
    }
}

impl Spool {
    /// What it holds so far: messages and objects, rows, and what was put aside.
    ///
    /// # Errors
    /// When its files cannot be read.
    pub fn known(&mut self) -> Result<Known, ProductionError> {
        let mut known = Known::default();
        let fault = |name: &str| PackageError::io(name.to_owned());
        self.flush().map_err(fault("spool"))?;
        each(
            &self.dir.join("manifest.jsonl"),
            &mut |line: ManifestLine| {
                known.takes(&line.identifier, line.category, &line.sha256);
            },
        )
        .map_err(fault("manifest.jsonl"))?;
        each(&self.dir.join("review.jsonl"), &mut |aside: PutAside| {
            known.takes_aside(&aside);
        })
        .map_err(fault("review.jsonl"))?;
        for (key, file) in &mut self.records {
            let read = (|| -> io::Result<()> {
                file.lines.flush()?;
                let mut rows = file.lines.get_ref();
                rows.rewind()?;
                let mut lines = Lines::new(BufReader::new(rows), ROW_LIMIT as u64);
                while let Some(line) = lines.next_line()? {
                    known.takes(&key.identifier, key.category, &Sha256Digest::of(line));
                }
                let mut rows = file.lines.get_ref();
                rows.seek(io::SeekFrom::End(0)).map(|_| ())
            })();
            read.map_err(fault("records"))?;
        }
        Ok(known)
    }
}

fn each<T: DeserializeOwned>(file: &Path, visit: &mut dyn FnMut(T)) -> io::Result<()> {
    let opened = lagrum_durable::open_plain(file).map_err(|error| error.source)?;
    let mut lines = Lines::new(BufReader::new(opened), 1 << 20);
    while let Some(line) = lines.next_line()? {
        visit(serde_json::from_slice(line)?);
    }
    Ok(())
}
