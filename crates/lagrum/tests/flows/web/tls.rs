//! TLS of the desk's own: what a browser meets where no reverse proxy stands before it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::free_port;
use crate::by_hand::Hand;
use crate::support::scratch;

/// A certificate for this machine that is good for a week, made by openssl, with its key.
fn make_certificate(dir: &Path, name: &str) {
    make_certificate_for(dir, name, "7");
}

fn make_certificate_for(dir: &Path, name: &str, days: &str) {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt"])
        .args(["ec_paramgen_curve:prime256v1", "-nodes", "-days", days])
        .args(["-subj", &format!("/CN={name}")])
        .args(["-addext", "subjectAltName=DNS:localhost"])
        .arg("-keyout")
        .arg(dir.join("new.key"))
        .arg("-out")
        .arg(dir.join("new.pem"))
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(made.success());
    fs::set_permissions(dir.join("new.key"), fs::Permissions::from_mode(0o600)).unwrap();
    // One after the other, as programs that renew certificates do.
    fs::rename(dir.join("new.pem"), dir.join("desk.pem")).unwrap();
    fs::rename(dir.join("new.key"), dir.join("desk.key")).unwrap();
}

/// A desk that is served until this value drops.
struct Serving {
    child: Child,
    port: u16,
    /// Open for as long as it is served: it may have more to say.
    _out: BufReader<ChildStdout>,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(hand: &Hand, dir: &Path, port: u16, origin: &str) -> Command {
    let mut command = hand.command("olof");
    command
        .args(["desk", "serve", "--listen", &format!("127.0.0.1:{port}")])
        .args(["--origin", origin, "--certificate"])
        .arg(dir.join("desk.pem"))
        .arg("--key")
        .arg(dir.join("desk.key"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn serve(hand: &Hand, dir: &Path) -> Serving {
    let port = free_port();
    let mut child = command(hand, dir, port, &format!("https://localhost:{port}"))
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut first).unwrap();
    assert!(first.contains("https://localhost"), "{first}");
    Serving {
        child,
        port,
        _out: out,
    }
}

/// What openssl gets for a request, over a connection whose certificate it believes.
fn ask(port: u16, trusted: &Path, more: &[&str]) -> String {
    let mut child = Command::new("openssl")
        .args(["s_client", "-connect", &format!("127.0.0.1:{port}")])
        .args(["-servername", "localhost", "-verify_return_error"])
        .args(["-verify_hostname", "localhost", "-ign_eof", "-CAfile"])
        .arg(trusted)
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let request =
        format!("GET /sign-in HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    let _ = child.stdin.as_mut().unwrap().write_all(request.as_bytes());
    let done = child.wait_with_output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    String::from_utf8_lossy(&said).into_owned()
}

/// What the check says of the certificate, once it says this of it: the desk tells it every now and then.
fn is_told(hand: &Hand, matter: &str) -> Value {
    for _ in 0..60 {
        let found = hand.run(&["check", "--json"]).json();
        let lines = found["lines"].as_array().unwrap();
        if let Some(line) = lines.iter().find(|line| line["matter"] == matter) {
            return line.clone();
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    panic!("{matter}: never told");
}

#[test]
fn the_desk_speaks_tls_with_a_certificate_that_is_renewed_while_it_serves() {
    let hand = Hand::ready();
    let dir = scratch();
    make_certificate(dir.path(), "first");
    let served = serve(&hand, dir.path());
    let pem = dir.path().join("desk.pem");
    let page = ask(served.port, &pem, &[]);
    assert!(page.contains("HTTP/1.1 200"), "{page}");
    assert!(
        page.contains("strict-transport-security: max-age="),
        "{page}"
    );
    assert!(page.contains("subject=CN = first"), "{page}");
    for version in ["-tls1_2", "-tls1_3"] {
        assert!(ask(served.port, &pem, &[version]).contains("HTTP/1.1 200"));
    }

    let line = is_told(&hand, "certificate-runs-out");
    assert_eq!(
        (&line["standing"], &line["days"]),
        (&json!("soon"), &json!(6))
    );

    // Whoever speaks in clear gets nothing, and whoever says nothing keeps nobody out.
    let silent: Vec<_> = (0..50)
        .map(|_| TcpStream::connect(("127.0.0.1", served.port)).unwrap())
        .collect();
    let clear = super::client::raw(
        served.port,
        format!(
            "GET /sign-in HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            served.port
        )
        .as_bytes(),
        &[],
    );
    // At most an alert of TLS (RFC 8446, 6), which is seven bytes.
    assert_eq!(clear.status, 0);
    assert!(clear.bytes.len() <= 7, "{}", clear.text());
    assert!(ask(served.port, &pem, &[]).contains("HTTP/1.1 200"));
    drop(silent);

    // What cannot be used is not used; what is renewed is, without a restart.
    let good = fs::read(&pem).unwrap();
    fs::write(&pem, "nothing of a certificate").unwrap();
    let kept = dir.path().join("kept.pem");
    fs::write(&kept, &good).unwrap();
    assert!(ask(served.port, &kept, &[]).contains("subject=CN = first"));
    is_told(&hand, "certificate-runs-out");
    make_certificate_for(dir.path(), "second", "90");
    let page = ask(served.port, &pem, &[]);
    assert!(page.contains("subject=CN = second"), "{page}");
    assert!(page.contains("HTTP/1.1 200"), "{page}");
    let line = is_told(&hand, "certificate-good");
    assert_eq!(
        (&line["standing"], &line["days"]),
        (&json!("in-order"), &json!(89))
    );
}

#[test]
fn a_certificate_that_cannot_be_served_is_told_before_the_desk_is() {
    let hand = Hand::ready();
    let dir = scratch();
    make_certificate(dir.path(), "one");
    let port = free_port();
    let refused = |origin: &str| {
        let done = command(&hand, dir.path(), port, origin).output().unwrap();
        assert!(!done.status.success());
        String::from_utf8_lossy(&done.stderr).into_owned()
    };
    let open = refused(&format!("http://localhost:{port}"));
    assert!(open.contains("https://"), "{open}");
    let secure = format!("https://localhost:{port}");
    let key = dir.path().join("desk.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let readable = refused(&secure);
    assert!(readable.contains("desk.key"), "{readable}");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    let other = scratch();
    make_certificate(other.path(), "other");
    fs::copy(other.path().join("desk.key"), &key).unwrap();
    let another = refused(&secure);
    assert!(another.contains("desk.pem"), "{another}");
}
