//! TLS of the desk's own, where no reverse proxy stands before it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use lagrum_durable::Seen;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto};

use crate::WebError;

/// The certificate under which desk and door are reached, and its key: two files (PEM), read anew when
/// one of them changes, so that a renewed certificate counts for the next connection.
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    loaded: RwLock<(Seen, Arc<ServerConfig>)>,
}

impl Tls {
    /// Reads the two files.
    ///
    /// # Errors
    /// When one of them cannot be read, others can read the key, or the key is not the certificate's.
    pub fn new(certificate: PathBuf, key: PathBuf) -> Result<Self, WebError> {
        let seen = seen(&certificate, &key);
        let config = load(&certificate, &key)?;
        Ok(Self {
            certificate,
            key,
            loaded: RwLock::new((seen, config)),
        })
    }

    /// The certificate as it lies there now. While what lies there cannot be used (it is being replaced,
    /// say), the last one that could be counts on.
    pub(crate) fn config(&self) -> Arc<ServerConfig> {
        let now = seen(&self.certificate, &self.key);
        let had = self.loaded.read().unwrap_or_else(PoisonError::into_inner);
        if had.0 == now {
            return Arc::clone(&had.1);
        }
        drop(had);
        let mut kept = self.loaded.write().unwrap_or_else(PoisonError::into_inner);
        if let Ok(config) = load(&self.certificate, &self.key) {
            *kept = (now, config);
        }
        Arc::clone(&kept.1)
    }
}

fn load(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, WebError> {
    let wrong = |file: &Path, why: String| WebError::Tls {
        file: file.display().to_string(),
        why,
    };
    let chain = lagrum_durable::read_settings(certificate)
        .map_err(|error| wrong(certificate, error.to_string()))?;
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(chain.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|error| wrong(certificate, error.to_string()))?;
    let secret = lagrum_durable::read_secret(key).map_err(|error| wrong(key, error.to_string()))?;
    let secret = PrivateKeyDer::from_pem_slice(secret.as_bytes())
        .map_err(|error| wrong(key, error.to_string()))?;
    let provider = Arc::new(crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, secret))
        .map_err(|error| wrong(certificate, error.to_string()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn seen(certificate: &Path, key: &Path) -> Seen {
    Seen::files([certificate, key].map(Path::to_path_buf))
}
