//! What the operator writes of a bucket, checked.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lagrum_durable::{read_secret, read_settings};
use lagrum_https::{Patience, Peer, Server, connector};
use lagrum_source::{Context, SourceError};
use lagrum_sources::TimeFormat;
use serde::Deserialize;
use tokio_rustls::TlsConnector;
use zeroize::Zeroizing;

use crate::account::Prefixes;
use crate::dated::ObjectDate;
use crate::sign::Key;

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

/// Where requests name the bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// In the path: `https://storage.example/bucket/key`.
    #[default]
    Path,
    /// In the host's name: `https://bucket.storage.example/key`.
    VirtualHost,
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

/// A bucket, and how to read it.
pub(crate) struct Bucket {
    pub(crate) secure: Option<TlsConnector>,
    /// To whom is connected, and what its certificate has to name.
    pub(crate) connect: String,
    pub(crate) port: u16,
    /// What requests name as their host.
    pub(crate) host: String,
    /// What stands before a key in a request's path: it ends with `/`.
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) key: Key,
    pub(crate) versions: bool,
    pub(crate) etag: Etag,
    pub(crate) patience: Patience,
    /// How many keys a page of a listing has at most.
    pub(crate) page: u32,
}

/// What is written of a bucket, whatever lies in it.
pub(crate) struct Written<'w> {
    pub(crate) id: &'w str,
    pub(crate) endpoint: &'w str,
    pub(crate) region: &'w str,
    pub(crate) bucket: &'w str,
    pub(crate) style: Style,
    pub(crate) access_key: &'w str,
    pub(crate) secret_file: &'w Path,
    pub(crate) certificates: Option<&'w Path>,
    pub(crate) versions: bool,
    pub(crate) etag: Etag,
}

impl S3Config {
    /// What it says of the bucket.
    pub(crate) fn written(&self) -> Written<'_> {
        Written {
            id: &self.id,
            endpoint: &self.endpoint,
            region: &self.region,
            bucket: &self.bucket,
            style: self.style,
            access_key: &self.access_key,
            secret_file: &self.secret_file,
            certificates: self.certificates.as_deref(),
            versions: self.versions,
            etag: self.etag,
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

impl Bucket {
    /// To whom requests go.
    pub(crate) fn peer(&self) -> Peer<'_> {
        Peer {
            host: &self.connect,
            port: self.port,
            secure: self.secure.as_ref(),
        }
    }

    /// Checks what the operator wrote.
    pub(crate) fn checked(
        written: &Written<'_>,
        context: &Context<'_>,
    ) -> Result<Self, SourceError> {
        let fault = |field: &str, why: &str| SourceError::config(written.id, field, why);
        let server = Server::at(written.endpoint).filter(|server| !server.path.contains('?'));
        let server = server.ok_or_else(|| {
            let why = "write https://HOST, with a port or a path if it has one; http:// is for this machine alone, and no name or key stands in it";
            fault("endpoint", why)
        })?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        for (field, value) in [("bucket", written.bucket), ("region", written.region)] {
            let named = !value.bytes().all(|byte| byte == b'.') && value.len() <= 255;
            if !named || !value.bytes().all(plain) {
                return Err(fault(
                    field,
                    "write its name: letters, digits, `.`, `_` and `-`",
                ));
            }
        }
        let visible = |byte: u8| byte.is_ascii_graphic() && byte != b'/' && byte != b',';
        if written.access_key.is_empty() || !written.access_key.bytes().all(visible) {
            return Err(fault(
                "access_key",
                "write which key is used, without a blank",
            ));
        }
        let below = |path: &Path| context.base_directory.join(path);
        let secret = read_secret(&below(written.secret_file))
            .map_err(|e| fault("secret_file", &e.to_string()))?;
        let secret = Zeroizing::new(secret.trim_end_matches(['\r', '\n']).to_owned());
        if secret.is_empty() {
            return Err(fault("secret_file", "holds no secret"));
        }
        let secure = match server.secure {
            false => None,
            true => {
                let certificates = match written.certificates {
                    Some(path) => read_settings(&below(path))
                        .map_err(|e| fault("certificates", &e.to_string()))?
                        .into_bytes(),
                    None => vec![],
                };
                let connector = connector(&certificates);
                Some(connector.map_err(|e| fault("certificates", &e.to_string()))?)
            }
        };
        let before = server.path.trim_end_matches('/');
        let name = written.bucket;
        let (connect, host, path) = match written.style {
            Style::Path => (server.host, server.authority, format!("{before}/{name}/")),
            Style::VirtualHost => {
                // A name below this machine's could lie anywhere.
                let connect = match server.secure {
                    true => format!("{name}.{}", server.host),
                    false => server.host,
                };
                let host = format!("{name}.{}", server.authority);
                (connect, host, format!("{before}/"))
            }
        };
        Ok(Self {
            secure,
            connect,
            port: server.port,
            host,
            path,
            name: name.to_owned(),
            key: Key {
                id: written.access_key.to_owned(),
                secret,
                region: written.region.to_owned(),
            },
            versions: written.versions,
            etag: written.etag,
            patience: Patience {
                tries: 6,
                pause: Duration::from_millis(500),
            },
            page: 1000,
        })
    }
}
