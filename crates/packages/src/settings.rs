//! What the operator writes of a bucket for packages.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A bucket in which sealed packages lie, in the words in which a source names one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3Settings {
    /// Where the storage is: `https://…`; without TLS only on this machine.
    pub endpoint: String,
    /// The region that it says it is.
    pub region: String,
    /// The bucket.
    pub bucket: String,
    /// Where requests name the bucket.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub style: Style,
    /// Which key is used.
    pub access_key: String,
    /// Its secret, in a file that nobody else can read.
    pub secret_file: PathBuf,
    /// Certificates (PEM) of whoever vouches for the server. Absent: those that the machine trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificates: Option<PathBuf>,
    /// What stands before the digest of a package in its key; it ends with `/`, or is empty.
    #[serde(default)]
    pub prefix: String,
    /// Whether the storage knows versions: then all of a package are removed with it.
    #[serde(default = "yes")]
    pub versions: bool,
}

/// Where requests name the bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// In the path: `https://storage.example/bucket/key`.
    #[default]
    Path,
    /// In the host's name: `https://bucket.storage.example/key`.
    VirtualHost,
}

fn yes() -> bool {
    true
}

fn is_usual(style: &Style) -> bool {
    *style == Style::default()
}
