//! What the operator writes of a bucket, checked.

use std::path::Path;
use std::time::Duration;

use lagrum_durable::{read_secret, read_settings};
use lagrum_https::{Patience, Peer, Server, connector};
use serde::Deserialize;
use tokio_rustls::TlsConnector;
use zeroize::Zeroizing;

use crate::sign::Key;

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

/// A bucket, and how it is asked.
pub struct Bucket {
    secure: Option<TlsConnector>,
    /// To whom is connected, and what its certificate has to name.
    pub connect: String,
    /// On which port.
    pub port: u16,
    /// What requests name as their host.
    pub host: String,
    /// What stands before a key in a request's path: it ends with `/`.
    pub path: String,
    pub(crate) name: String,
    pub(crate) key: Key,
    /// Whether it is one that keeps what was overwritten or removed, as versions.
    pub versions: bool,
    /// How often a request is made that may succeed if it is made again.
    pub patience: Patience,
    /// How many keys a page of a listing has at most.
    pub page: u32,
}

/// What is written of a bucket, whatever lies in it.
#[derive(Clone, Copy, Debug)]
pub struct Written<'w> {
    /// Where the storage is: `https://…`; without TLS only on this machine.
    pub endpoint: &'w str,
    /// The region that it says it is.
    pub region: &'w str,
    /// The bucket.
    pub bucket: &'w str,
    /// Where requests name the bucket.
    pub style: Style,
    /// Which key is used.
    pub access_key: &'w str,
    /// Its secret, in a file that nobody else can read.
    pub secret_file: &'w Path,
    /// Certificates (PEM) of whoever vouches for the server. Absent: those that the machine trusts.
    pub certificates: Option<&'w Path>,
    /// Whether the bucket keeps versions.
    pub versions: bool,
}

/// A field that cannot be used as it is written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {why}")]
pub struct Wrong {
    /// Its name.
    pub field: &'static str,
    /// What is wrong, and what to write.
    pub why: String,
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

    /// Checks what the operator wrote. Its files lie below `base`.
    ///
    /// # Errors
    /// The field that is wrong.
    pub fn checked(written: &Written<'_>, base: &Path) -> Result<Self, Wrong> {
        let fault = |field: &'static str, why: &str| Wrong {
            field,
            why: why.to_owned(),
        };
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
        let below = |path: &Path| base.join(path);
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
            patience: Patience {
                tries: 6,
                pause: Duration::from_millis(500),
            },
            page: 1000,
        })
    }
}
