//! TLS of one's own, where no reverse proxy stands before it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use lagrum_durable::Seen;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto};
use x509_cert::Certificate;
use x509_cert::der::Decode as _;

/// The certificate under which a server is reached, and its key: two files (PEM), read anew when
/// one of them changes, so that a renewed certificate counts for the next connection.
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    loaded: RwLock<Loaded>,
}

/// A certificate or key that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {why}")]
pub struct TlsError {
    /// Which file.
    pub file: String,
    /// What is wrong with it.
    pub why: String,
}

/// What is in use.
struct Loaded {
    seen: Seen,
    config: Arc<ServerConfig>,
    until: Timestamp,
}

impl Tls {
    /// Reads the two files.
    ///
    /// # Errors
    /// When one of them cannot be read, others can read the key, or the key is not the certificate's.
    pub fn new(certificate: PathBuf, key: PathBuf) -> Result<Self, TlsError> {
        let seen = seen(&certificate, &key);
        let (config, until) = load(&certificate, &key)?;
        Ok(Self {
            certificate,
            key,
            loaded: RwLock::new(Loaded {
                seen,
                config,
                until,
            }),
        })
    }

    /// The certificate as it lies there now. While what lies there cannot be used (it is being replaced,
    /// say), the last one that could be counts on.
    pub(crate) fn config(&self) -> Arc<ServerConfig> {
        self.look(|loaded| Arc::clone(&loaded.config))
    }

    /// Until when the certificate is good that is in use (UTC).
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.look(|loaded| loaded.until)
    }

    fn look<T>(&self, at: impl Fn(&Loaded) -> T) -> T {
        let now = seen(&self.certificate, &self.key);
        let had = self.loaded.read().unwrap_or_else(PoisonError::into_inner);
        if had.seen == now {
            return at(&had);
        }
        drop(had);
        let mut kept = self.loaded.write().unwrap_or_else(PoisonError::into_inner);
        if let Ok((config, until)) = load(&self.certificate, &self.key) {
            *kept = Loaded {
                seen: now,
                config,
                until,
            };
        }
        at(&kept)
    }
}

fn load(certificate: &Path, key: &Path) -> Result<(Arc<ServerConfig>, Timestamp), TlsError> {
    let wrong = |file: &Path, why: String| TlsError {
        file: file.display().to_string(),
        why,
    };
    let chain = lagrum_durable::read_settings(certificate)
        .map_err(|error| wrong(certificate, error.to_string()))?;
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(chain.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|error| wrong(certificate, error.to_string()))?;
    let until = chain
        .first()
        .ok_or_else(|| wrong(certificate, "it holds no certificate".into()))
        .and_then(|first| until(first).map_err(|error| wrong(certificate, error)))?;
    let secret = lagrum_durable::read_secret(key).map_err(|error| wrong(key, error.to_string()))?;
    let secret = PrivateKeyDer::from_pem_slice(secret.as_bytes())
        .map_err(|error| wrong(key, error.to_string()))?;
    let provider = Arc::new(crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, secret))
        .map_err(|error| wrong(certificate, error.to_string()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((Arc::new(config), until))
}

/// Until when a certificate is good (RFC 5280, 4.1.2.5).
fn until(certificate: &CertificateDer<'_>) -> Result<Timestamp, String> {
    let read = Certificate::from_der(certificate).map_err(|error| error.to_string())?;
    let end = read.tbs_certificate.validity.not_after.to_unix_duration();
    let end = i64::try_from(end.as_secs()).map_err(|error| error.to_string())?;
    Timestamp::from_second(end).map_err(|error| error.to_string())
}

fn seen(certificate: &Path, key: &Path) -> Seen {
    Seen::files([certificate, key].map(Path::to_path_buf))
}
