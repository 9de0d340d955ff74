//! What the operator writes of a bucket, checked.

use std::path::PathBuf;
use std::sync::Arc;

use lagrum_objects::{Bucket, Style, Written};
use lagrum_source::{Context, SourceError};
use lagrum_sources::TimeFormat;
use serde::Deserialize;

use crate::account::Prefixes;
use crate::dated::ObjectDate;

/// Objects in S3-compatible storage.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3Config {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// Where the storage is: `https://…`; without TLS only on this machine.
    pub endpoint: String,
    /// The region that it says it is.
    pub region: String,
    /// The bucket.
    pub bucket: String,
    /// Where requests name the bucket.
    #[serde(default)]
    pub style: Style,
    /// Which key is used.
    pub access_key: String,
    /// Its secret, in a file that nobody else can read.
    pub secret_file: PathBuf,
    /// Certificates (PEM) of whoever vouches for the server. Absent: those that the machine trusts.
    #[serde(default)]
    pub certificates: Option<PathBuf>,
    /// Where an account's objects lie, with `%u`, `%n` and `%d`; it ends with `/`.
    pub prefix: String,
    /// The domain of all accounts, if the prefix does not name it.
    #[serde(default)]
    pub domain: Option<String>,
    /// Whether what was overwritten or removed, and is still kept, is searched as well.
    #[serde(default = "yes")]
    pub versions: bool,
    /// Which date decides: `modified`, or `metadata:x-amz-meta-…`.
    #[serde(default = "modified")]
    pub date: String,
    /// How the metadata writes it. Absent: as RFC 3339.
    #[serde(default)]
    pub date_format: Option<TimeFormat>,
    /// What its ETags are.
    #[serde(default)]
    pub etag: Etag,
}

/// What the ETag of an object is that was put in one piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Etag {
    /// The MD5 of its bytes, with which they are compared.
    #[default]
    Md5,
    /// Nothing that could be compared.
    Opaque,
}

fn yes() -> bool {
    true
}

fn modified() -> String {
    "modified".to_owned()
}

impl S3Config {
    /// What it says of the bucket.
    pub(crate) fn written(&self) -> Written<'_> {
        Written {
            endpoint: &self.endpoint,
            region: &self.region,
            bucket: &self.bucket,
            style: self.style,
            access_key: &self.access_key,
            secret_file: &self.secret_file,
            certificates: self.certificates.as_deref(),
            versions: self.versions,
        }
    }

    /// Where accounts lie in the bucket, and which date decides.
    pub(crate) fn accounts(&self) -> Result<(Prefixes, ObjectDate), SourceError> {
        let fault = |(field, why): (&str, &str)| SourceError::config(&self.id, field, why);
        let prefixes = Prefixes::read(&self.prefix, self.domain.as_deref()).map_err(fault)?;
        let date = ObjectDate::read(&self.date, self.date_format).map_err(fault)?;
        Ok((prefixes, date))
    }
}

/// The bucket that the source `id` reads.
pub(crate) fn bucket(
    id: &str,
    written: &Written<'_>,
    context: &Context<'_>,
) -> Result<Arc<Bucket>, SourceError> {
    let bucket = Bucket::checked(written, context.base_directory);
    let bucket = bucket.map_err(|wrong| SourceError::config(id, wrong.field, &wrong.why))?;
    Ok(Arc::new(bucket))
}
