use std::collections::HashMap;
use std::fmt::Display;
use std::io::{self, BufReader, Seek, Write};
use std::path::Path;

use lagrum_durable::Lines;
use lagrum_model::{AccountIdentifier, Category, Sha256Digest};
use lagrum_package::PackageError;
use lagrum_package::layout::{ManifestLine, ROW_LIMIT};
use serde::de::DeserializeOwned;

use crate::{ProductionError, PutAside, Spool};

/// What a spool holds so far, by its bytes, and how often: what a store and a frozen copy of it both have is taken once,
/// and what one of them has twice is taken twice.
#[derive(Default)]
pub struct Known {
    held: HashMap<Sha256Digest, u64>,
    /// How often the copy had it that is read now.
    seen: HashMap<Sha256Digest, u64>,
}

impl Known {
    /// Another copy is read from here on.
    pub fn begin_copy(&mut self) {
        self.seen.clear();
    }

    fn hold(&mut self, mark: Sha256Digest) {
        *self.held.entry(mark).or_default() += 1;
    }

    /// Whether the copy now has it once more than the spool.
    fn is_new(&mut self, mark: Sha256Digest) -> bool {
        let seen = self.seen.entry(mark).or_default();
        *seen += 1;
        let held = self.held.entry(mark).or_default();
        let new = *seen > *held;
        *held = (*held).max(*seen);
        new
    }

    fn mark_of(aside: &PutAside) -> Sha256Digest {
        let (account, category) = (&aside.identifier, aside.category);
        match &aside.sha256 {
            Some(sha256) => Self::mark(account, category, sha256),
            None => {
                let place = format_args!("{} {}", aside.source, aside.locator);
                Self::mark(account, category, place)
            }
        }
    }

    fn mark(account: &AccountIdentifier, category: Category, what: impl Display) -> Sha256Digest {
        Sha256Digest::of(format!("{account}\n{category}\n{what}").as_bytes())
    }

    /// Whether these bytes, whose SHA-256 it is, are to be taken out of a copy: it has them of the account and category
    /// more often than they were taken.
    pub fn takes(
        &mut self,
        account: &AccountIdentifier,
        category: Category,
        sha256: &Sha256Digest,
    ) -> bool {
        self.is_new(Self::mark(account, category, sha256))
    }

    /// The same for something that is put aside: by its bytes, or where there are none by its place.
    pub fn takes_aside(&mut self, aside: &PutAside) -> bool {
        self.is_new(Self::mark_of(aside))
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
                known.hold(Known::mark(&line.identifier, line.category, line.sha256));
            },
        )
        .map_err(fault("manifest.jsonl"))?;
        each(&self.dir.join("review.jsonl"), &mut |aside: PutAside| {
            known.hold(Known::mark_of(&aside));
        })
        .map_err(fault("review.jsonl"))?;
        for (key, file) in &mut self.records {
            let read = (|| -> io::Result<()> {
                file.lines.flush()?;
                let mut rows = file.lines.get_ref();
                rows.rewind()?;
                let mut lines = Lines::new(BufReader::new(rows), ROW_LIMIT as u64);
                while let Some(line) = lines.next_line()? {
                    let sha256 = Sha256Digest::of(line);
                    known.hold(Known::mark(&key.identifier, key.category, sha256));
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
