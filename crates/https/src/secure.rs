//! TLS, as every way out uses it.

use std::sync::Arc;

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

use crate::NoAnswer;

/// Trusts whoever vouches in `certificates` (PEM); empty: those that the machine trusts.
///
/// # Errors
/// [`NoAnswer::Certificates`].
pub fn connector(certificates: &[u8]) -> Result<TlsConnector, NoAnswer> {
    let mut roots = RootCertStore::empty();
    if certificates.is_empty() {
        for one in rustls_native_certs::load_native_certs().certs {
            // One that cannot be read vouches for nobody.
            let _ = roots.add(one);
        }
    } else {
        for one in CertificateDer::pem_slice_iter(certificates) {
            let one = one.map_err(|_| NoAnswer::Certificates)?;
            roots.add(one).map_err(|_| NoAnswer::Certificates)?;
        }
    }
    let provider = Arc::new(crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| NoAnswer::Certificates)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}
