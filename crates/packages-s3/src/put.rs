//! How a package gets into the bucket.

use std::io::Read;

use hyper::body::Bytes;
use jiff::SignedDuration;
use lagrum_durable::FileError;
use lagrum_model::Sha256Digest;
use lagrum_objects::{Completed, Writer};
use lagrum_packages::{PackagesError, Sealed};
use sha2::{Digest as _, Sha256};

use crate::{S3Packages, is_open, storage};

/// The length of a part, in bytes, where a package is not longer than [`MOST_PARTS`] of them.
pub(crate) const PART: usize = 16 << 20;
/// The longest part: so much of a package is in memory.
const LONGEST_PART: u64 = 64 << 20;
/// The storage takes 10,000.
const MOST_PARTS: u64 = 9_999;
/// An upload that was begun so long ago was left by a process that is gone.
const ABANDONED: SignedDuration = SignedDuration::from_hours(24);

impl S3Packages {
    /// Puts a package there, unless it is there, and reads it back.
    pub(crate) fn put(
        &self,
        one: &Sealed,
        length: u64,
        from: &mut dyn Read,
    ) -> Result<(), PackagesError> {
        let part = (self.part as u64).max(length.div_ceil(MOST_PARTS));
        if part > LONGEST_PART {
            return Err(storage("a package of more than 624 GiB is not put there"));
        }
        let key = self.key(one.sha256);
        let mut writer = Writer::new(self.bucket()?).map_err(storage)?;
        if let Some(content) = self.listed(writer.reads(), one)? {
            // What is given is not even read: what lies there is right, or stays in the way.
            return self.compare(one, content, length);
        }
        self.clean(&mut writer);
        let upload = writer.patiently(&mut |writer| writer.begin(&key));
        let upload = upload.map_err(storage)?;
        let put = self.put_parts(&mut writer, &upload, one, (length, part), from);
        let ours = match put {
            Ok(completed) => completed,
            Err(error) => {
                // If that fails too it is abandoned, and ended when it is a day old.
                let _ = writer.patiently(&mut |writer| writer.abort(&key, &upload));
                return Err(error);
            }
        };
        if ours.is_none() {
            // Another put it there at the same time, or nobody heard that it was put together.
            let _ = writer.patiently(&mut |writer| writer.abort(&key, &upload));
        }
        let content = self.listed(writer.reads(), one)?;
        let content = content.ok_or_else(|| storage("what was put there is not there"))?;
        let compared = self.compare(one, content, length);
        if let (Err(PackagesError::OtherBytes(_)), Some(completed)) = (&compared, ours) {
            // It was put there by this and is no package: nobody is to find it in the way.
            let version = completed.version.as_deref();
            let removed = writer.patiently(&mut |writer| writer.remove(&key, version));
            if let Err(fault) = removed {
                let why = format!("the storage did not keep what it was given; {fault}");
                let package = one.sha256;
                return Err(PackagesError::NotRemoved { package, why });
            }
        }
        compared
    }

    /// Puts the parts, and puts them together when they are the package. Nothing: something lies there that may be it.
    fn put_parts(
        &self,
        writer: &mut Writer,
        upload: &str,
        one: &Sealed,
        (length, part): (u64, u64),
        from: &mut dyn Read,
    ) -> Result<Option<Completed>, PackagesError> {
        let key = self.key(one.sha256);
        let mut from = from.take(length.saturating_add(1));
        let (mut hasher, mut all, mut etags) = (Sha256::new(), 0, Vec::new());
        loop {
            let most = part.min(length.saturating_add(1) - all);
            let mut bytes = Vec::with_capacity(usize::try_from(most).unwrap_or_default());
            let name = std::path::Path::new(&one.name);
            let read = from.by_ref().take(part).read_to_end(&mut bytes);
            let read = read.map_err(FileError::of("read", name))?;
            all += read as u64;
            if all > length {
                return Err(PackagesError::NotTheOne);
            }
            if read == 0 {
                break;
            }
            hasher.update(&bytes);
            let (bytes, number) = (Bytes::from(bytes), etags.len() + 1);
            let etag = writer.patiently(&mut |writer| writer.part(&key, upload, number, &bytes));
            etags.push(etag.map_err(storage)?);
        }
        if all != length || Sha256Digest(hasher.finalize().into()) != one.sha256 {
            return Err(PackagesError::NotTheOne);
        }
        let done = writer.patiently(&mut |writer| writer.complete(&key, upload, &etags, true));
        match done {
            Ok(completed) => Ok(Some(completed)),
            Err(fault) if is_open(&fault) => match self.listed(writer.reads(), one)? {
                Some(_) => Ok(None),
                None => Err(storage(fault)),
            },
            Err(fault) => Err(storage(fault)),
        }
    }

    /// Ends uploads that a process left which is gone. That it cannot is no reason to keep nothing.
    fn clean(&self, writer: &mut Writer) {
        let prefix = self.settings.prefix.as_bytes();
        let Ok((uploads, Some(now))) = writer.uploads(prefix) else {
            writer.reads().leave();
            return;
        };
        let own = |key: &[u8]| {
            let name = key.get(prefix.len()..).unwrap_or_default();
            name.len() == 64 && name.iter().all(u8::is_ascii_hexdigit)
        };
        for upload in uploads.iter().filter(|upload| own(&upload.key)) {
            let old = |at| now.duration_since(at) > ABANDONED;
            if upload.begun.is_some_and(old) && writer.abort(&upload.key, &upload.id).is_err() {
                writer.reads().leave();
            }
        }
    }
}
