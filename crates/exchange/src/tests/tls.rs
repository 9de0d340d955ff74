//! An address and a certificate that do not fit.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lagrum_model::Region;
use lagrum_notes::{SigningKey, role};
use lagrum_serving::Tls;
use lagrum_transport::AgentEnd as _;

use super::{Counted, Served, at, copy_of, region_text};
use crate::{AgentParts, HttpsAgent};

/// A certificate as `openssl req -x509` makes it, with what is added.
fn certificate(folder: &Path, added: &[&str]) -> (Vec<u8>, Arc<Tls>) {
    let (certificate, key) = (folder.join("own.pem"), folder.join("own.key"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-nodes", "-days", "7", "-newkey", "ec"])
        .args(["-pkeyopt", "ec_paramgen_curve:prime256v1"])
        .args(["-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost"])
        .args(added)
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    let bytes = std::fs::read(&certificate).unwrap();
    (bytes, Arc::new(Tls::new(certificate, key).unwrap()))
}

/// Why the agent gets nothing, or nothing where it does, for an address of this kind.
fn said(scheme: &str, certificate: Option<(Vec<u8>, Arc<Tls>)>) -> Option<String> {
    let root = tempfile::tempdir().unwrap();
    let key: SigningKey<role::Agent> =
        SigningKey::generate(&mut Counted::from(3), "kvist.example/agent/stockholm").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let origin = format!("{scheme}://localhost:{port}");
    let (trusted, tls) = certificate.unzip();
    let _served = Served::secured(
        listener,
        &origin,
        &root.path().join("exchange.toml"),
        &region_text("stockholm", &key),
        tls,
        1,
        |exchange| exchange,
    );
    let agent = HttpsAgent::new(AgentParts {
        address: origin,
        certificates: trusted.unwrap_or_default(),
        region: Region::parse("stockholm").unwrap(),
        key: copy_of(&key),
        clock: Box::new(at),
        random: Box::new(Counted::from(2)),
    })
    .unwrap();
    let began = Instant::now();
    let answered = agent.waiting();
    // What will not be otherwise the next time is not tried again, after pauses of more than a minute.
    assert!(began.elapsed() < Duration::from_secs(30));
    answered.err().map(|why| why.to_string())
}

#[test]
fn an_address_or_a_certificate_that_does_not_fit_is_named_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let leaf = ["-addext", "basicConstraints=critical,CA:FALSE"];
    let fits = || Some(certificate(folder.path(), &leaf));
    assert_eq!(said("https", fits()), None);
    let why = said("http", fits()).unwrap();
    assert!(why.contains("https:// in place of http://"), "{why}");
    let why = said("https", None).unwrap();
    assert!(why.contains("does not speak TLS"), "{why}");
    // As plain `openssl req -x509` makes it.
    let why = said("https", Some(certificate(folder.path(), &[]))).unwrap();
    assert!(why.contains("CA:TRUE") && why.contains("CA:FALSE"), "{why}");
}
