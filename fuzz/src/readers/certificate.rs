//! Certificates from anybody, of OpenPGP and X.509: refused, or brought into one form that can be sealed to.
#![allow(
    clippy::disallowed_types,
    reason = "what is sealed here is nothing, and is thrown away"
)]
use jiff::Timestamp;
use lagrum_certificate::Certificate;
use lagrum_model::CertificateKind;
use rand_core::OsRng;

/// In November 2026.
const NOW: Timestamp = Timestamp::constant(1_796_000_000, 0);

/// Reads one input as a certificate of OpenPGP.
pub(crate) fn openpgp(bytes: &[u8]) {
    read(bytes, CertificateKind::OpenPgp);
}

/// Reads one input as a certificate of X.509.
pub(crate) fn x509(bytes: &[u8]) {
    read(bytes, CertificateKind::X509);
}

fn read(bytes: &[u8], kind: CertificateKind) {
    let Ok(read) = Certificate::read(bytes, kind, NOW) else {
        return;
    };
    let again = Certificate::pinned(read.bytes(), read.key(), NOW);
    assert!(again.is_ok_and(|again| again == read));
    let mut sealed = Vec::new();
    read.seal(&b"x"[..], &mut sealed, &mut OsRng)
        .expect("whatever is read can be sealed to");
}
