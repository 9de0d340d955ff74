//! Sealed packages in a bucket of storage that speaks the protocol of Amazon S3.
//!
//! **Invariant.** A package counts as there only when its object was read back whole and has the SHA-256 that was named;
//! nothing is overwritten; a key names the digest of ciphertext and nothing else; and a package counts as removed only when
//! a listing of its versions is empty. No more than one part of a package is in memory.

mod put;
#[cfg(test)]
mod tests;

use std::io::{ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use lagrum_durable::{FileError, NewFile};
use lagrum_https::Patience;
use lagrum_model::Sha256Digest;
use lagrum_objects::{Bucket, Client, Content, Fault, Reading, Style, Writer, Written, listing};
use lagrum_packages::{
    Before, Checked, Directory, Looked, Packages, PackagesError, Removed, S3Settings, Sealed,
    Style as Named,
};

/// How often something is asked that may be answered when it is asked again; the wait is half a second, then each
/// time twice as long.
const PATIENCE: Patience = Patience {
    tries: 6,
    pause: Duration::from_millis(500),
};
/// The same for what somebody waits for at a page.
const SHORT: u32 = 2;
/// How often what lies under a key is listed until nothing is left.
const ROUNDS: usize = 3;

/// A bucket for sealed packages.
pub struct S3Packages {
    settings: S3Settings,
    /// Where packages lay before there was a bucket: what is still there is handed over from there.
    before: Directory,
    patience: Patience,
    /// The length of a part, in bytes.
    part: usize,
    bucket: OnceLock<Arc<Bucket>>,
}

fn storage(fault: impl std::fmt::Display) -> PackagesError {
    PackagesError::Storage(fault.to_string())
}

/// What was being read from the bucket did not arrive as it should.
fn unread(one: &Sealed, error: &std::io::Error) -> PackagesError {
    match error.kind() {
        ErrorKind::InvalidData => PackagesError::OtherBytes(one.sha256),
        _ => storage(error),
    }
}

impl S3Packages {
    /// The bucket of these settings. `before` is the directory in which packages lay before. Nothing is read or asked
    /// yet.
    #[must_use]
    pub fn new(settings: S3Settings, before: PathBuf) -> Self {
        Self {
            settings,
            before: Directory::new(before),
            patience: PATIENCE,
            part: put::PART,
            bucket: OnceLock::new(),
        }
    }

    fn bucket(&self) -> Result<&Arc<Bucket>, PackagesError> {
        if let Some(bucket) = self.bucket.get() {
            return Ok(bucket);
        }
        let wrong = |why: &dyn std::fmt::Display| storage(format!("[packages_s3] {why}"));
        let settings = &self.settings;
        let prefix = &settings.prefix;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
        let named = prefix.is_empty() || prefix.ends_with('/') && !prefix.starts_with('/');
        if !named || !prefix.bytes().all(plain) || prefix.len() > 512 {
            return Err(wrong(
                &"prefix: write letters, digits, `.`, `_`, `-` and `/`, with a `/` at its end, or nothing",
            ));
        }
        let mut bucket = Bucket::checked(
            &Written {
                endpoint: &settings.endpoint,
                region: &settings.region,
                bucket: &settings.bucket,
                style: match settings.style {
                    Named::Path => Style::Path,
                    Named::VirtualHost => Style::VirtualHost,
                },
                access_key: &settings.access_key,
                secret_file: &settings.secret_file,
                certificates: settings.certificates.as_deref(),
                versions: settings.versions,
            },
            Path::new(""),
        )
        .map_err(|why| wrong(&why))?;
        bucket.patience = self.patience;
        Ok(self.bucket.get_or_init(|| Arc::new(bucket)))
    }

    fn key(&self, package: Sha256Digest) -> Vec<u8> {
        format!("{}{package}", self.settings.prefix).into_bytes()
    }

    fn client(&self) -> Result<Client, PackagesError> {
        Client::new(self.bucket()?).map_err(storage)
    }

    /// What lies under the key of a package now.
    fn listed(&self, client: &mut Client, one: &Sealed) -> Result<Option<Content>, PackagesError> {
        let key = self.key(one.sha256);
        let found = client.patiently(&|| Ok(()), &mut |client| listing::now_at(client, &key));
        found.map_err(storage)
    }

    /// An object's bytes, compared with the digest as they come.
    fn whole(
        &self,
        client: Client,
        one: &Sealed,
        content: Content,
    ) -> Result<Checked<Reading>, PackagesError> {
        let length = content.size;
        let reading = Reading::open(client, &self.key(one.sha256), content, 0, length);
        Ok(Checked::new(reading.map_err(storage)?, one.sha256, length))
    }

    /// Reads an object to its end, and compares it.
    fn compare(&self, one: &Sealed, content: Content, length: u64) -> Result<(), PackagesError> {
        if content.size != length {
            return Err(PackagesError::OtherBytes(one.sha256));
        }
        let mut bytes = self.whole(self.client()?, one, content)?;
        let read = std::io::copy(&mut bytes, &mut std::io::sink());
        read.map(drop).map_err(|error| unread(one, &error))
    }

    /// Removes what lies under a key, and says what is left.
    fn removed(&self, writer: &mut Writer, key: &[u8]) -> Result<u64, String> {
        let mut count = 0;
        if !self.settings.versions {
            let there = self.there(writer, key)?;
            let marked = writer.patiently(&mut |writer| writer.remove(key, None));
            if marked.map_err(|fault| fault.to_string())? {
                return Err(
                    "the bucket keeps versions, and this one lies there under a mark of removal; write `versions = true`, and remove it again"
                        .to_owned(),
                );
            }
            return match self.there(writer, key)? {
                true => Err("it is still there after it was removed".to_owned()),
                false => Ok(u64::from(there)),
            };
        }
        let mut refused = None;
        for _ in 0..ROUNDS {
            let keep = |entry: &lagrum_objects::Entry| entry.key == key;
            let listed = listing::settled(writer.reads(), key, &|| Ok(()), &keep);
            let listed = listed.map_err(|fault| fault.to_string())?.kept;
            if listed.is_empty() {
                return Ok(count);
            }
            for entry in &listed {
                let version = entry.version.as_deref();
                match writer.patiently(&mut |writer| writer.remove(key, version)) {
                    Ok(_) => count += u64::from(entry.content.is_some()),
                    Err(fault) => refused = Some((listed.len(), fault.to_string())),
                }
            }
        }
        Err(match refused {
            Some((versions, why)) => format!("versions left: {versions} at most; {why}"),
            None => "versions of it are there each time that they are listed".to_owned(),
        })
    }

    fn there(&self, writer: &mut Writer, key: &[u8]) -> Result<bool, String> {
        let found = writer.patiently(&mut |writer| listing::now_at(writer.reads(), key));
        found
            .map(|content| content.is_some())
            .map_err(|fault| fault.to_string())
    }
}

impl Packages for S3Packages {
    fn is_whole(&self, one: &Sealed, length: u64) -> Result<bool, PackagesError> {
        match self.listed(&mut self.client()?, one)? {
            Some(content) => self.compare(one, content, length).map(|()| true),
            None => self.before.is_whole(one, length),
        }
    }

    fn keep(&self, one: &Sealed, length: u64, from: &mut dyn Read) -> Result<(), PackagesError> {
        self.put(one, length, from)
    }

    fn hand_over(&self, one: &Sealed, to: &Path, before: Before<'_>) -> Result<(), PackagesError> {
        // It may have been handed over, and that not have been recorded.
        if let Ok(true) = Directory::holds(to, one.sha256) {
            return Ok(before()?);
        }
        let mut client = self.client()?;
        let Some(content) = self.listed(&mut client, one)? else {
            return self.before.hand_over(one, to, before);
        };
        let mut bytes = self.whole(client, one, content)?;
        let mut file = NewFile::create(to)?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = bytes.read(&mut buffer).map_err(|e| unread(one, &e))?;
            if read == 0 {
                break;
            }
            file.write_all(&buffer[..read])
                .map_err(FileError::of("write", to))?;
        }
        before()?;
        Ok(file.finish()?)
    }

    fn length(&self, one: &Sealed) -> Result<Option<u64>, PackagesError> {
        let mut client = self.client()?;
        client.patience.tries = client.patience.tries.min(SHORT);
        match self.listed(&mut client, one)? {
            Some(content) => Ok(Some(content.size)),
            None => self.before.length(one),
        }
    }

    fn read(
        &self,
        one: &Sealed,
        from: u64,
        length: u64,
    ) -> Result<Box<dyn Read + Send>, PackagesError> {
        let mut client = self.client()?;
        let Some(content) = self.listed(&mut client, one)? else {
            return self.before.read(one, from, length);
        };
        if from == 0 && length == content.size {
            return Ok(Box::new(self.whole(client, one, content)?));
        }
        let reading = Reading::open(client, &self.key(one.sha256), content, from, length);
        Ok(Box::new(reading.map_err(storage)?))
    }

    fn remove(&self, one: &Sealed) -> Result<Removed, PackagesError> {
        let key = self.key(one.sha256);
        let left = |why: String| PackagesError::NotRemoved {
            package: one.sha256,
            why,
        };
        let mut writer = Writer::new(self.bucket()?).map_err(storage)?;
        let mut removed = self.removed(&mut writer, &key).map_err(left)?;
        let not_known = match writer.patiently(&mut |writer| writer.uploads(&key)) {
            Ok((uploads, _)) => {
                for upload in uploads {
                    let ended = writer.patiently(&mut |one| one.abort(&upload.key, &upload.id));
                    ended.map_err(|fault| left(format!("an upload that did not end: {fault}")))?;
                }
                None
            }
            Err(fault) => Some(format!("uploads that did not end: {fault}")),
        };
        removed += self.before.remove(one)?.removed;
        Ok(Removed { removed, not_known })
    }

    fn look(&self) -> Option<Looked> {
        let settings = &self.settings;
        let mut looked = Looked {
            place: format!(
                "{} {} {}",
                settings.endpoint, settings.bucket, settings.prefix
            )
            .trim_end()
            .to_owned(),
            ..Looked::default()
        };
        let asked = self.bucket().and_then(|bucket| {
            let mut writer = Writer::new(bucket).map_err(storage)?;
            writer.reads().patience.tries = SHORT;
            self.look_into(&mut writer, &mut looked);
            Ok(())
        });
        if let Err(error) = asked {
            looked.faults.push(error.to_string());
        }
        Some(looked)
    }
}

impl S3Packages {
    fn look_into(&self, writer: &mut Writer, looked: &mut Looked) {
        let listed = writer.patiently(&mut |writer| listing::none(writer.reads()));
        if let Err(fault) = listed {
            // Whatever else is asked would fail as well.
            looked.faults.push(fault.to_string());
            return;
        }
        let prefix = self.settings.prefix.as_bytes();
        // It is begun and ended, and nothing lies there after: so it is known that packages could be put there.
        let probe = [prefix, &b"check"[..]].concat();
        let written = writer.patiently(&mut |writer| {
            let upload = writer.begin(&probe)?;
            writer.abort(&probe, &upload)
        });
        if let Err(fault) = written {
            looked.faults.push(fault.to_string());
        }
        match writer.patiently(&mut Writer::keeps_versions) {
            Ok(true) if !self.settings.versions => looked.faults.push(
                "the bucket keeps versions, so that what is removed stays there; write `versions = true`"
                    .to_owned(),
            ),
            Ok(_) => {}
            Err(fault) => looked
                .not_known
                .push(format!("whether the bucket keeps versions: {fault}")),
        }
        let first = writer.patiently(&mut |writer| listing::first_below(writer.reads(), prefix));
        let keys = [Some(Vec::new()), first.ok().flatten()];
        for key in keys.into_iter().flatten() {
            match writer.patiently(&mut |writer| writer.is_open_to_all(&key)) {
                Ok(true) => looked
                    .faults
                    .push("anybody may read in the bucket without a key; close it".to_owned()),
                Ok(false) => continue,
                Err(fault) => looked
                    .not_known
                    .push(format!("whether anybody may read in the bucket: {fault}")),
            }
            break;
        }
    }
}

/// Whether a fault leaves open what happened.
fn is_open(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::There | Fault::NoUpload | Fault::Broke(_) | Fault::Busy(..)
    )
}
