//! Debian's slapd, unpacked and not installed. Where it lies, `LAGRUM_SLAPD` says; without it a test says so and
//! passes.

#![allow(
    dead_code,
    reason = "each of those that take this file in uses a part of it"
)]

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub const SUFFIX: &str = "dc=b,dc=example";
pub const READER: &str = "cn=reader,dc=b,dc=example";
pub const PASSWORD: &str = "p4ssw0rd";

/// What an entry of a person has beside what is standard.
const SCHEMA: &str = "
attributetype ( 1.3.6.1.4.1.55555.1 NAME 'kind' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.55555.2 NAME 'land' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.55555.3 NAME 'usPerson' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.55555.4 NAME 'secret' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.55555.5 NAME 'state' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.55555.6 NAME 'address' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.55555.7 NAME 'otherAddress' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
objectclass ( 1.3.6.1.4.1.55555.9 NAME 'account9' SUP top STRUCTURAL MUST ( cn $ address ) MAY ( otherAddress $ kind $ land $ usPerson $ secret $ state ) )
";

/// A server with a directory of its own.
pub struct Slapd {
    pub place: tempfile::TempDir,
    pub port: u16,
    root: PathBuf,
    scheme: String,
    child: Child,
}

pub fn root() -> Option<PathBuf> {
    let root = std::env::var_os("LAGRUM_SLAPD").map(PathBuf::from);
    if root.is_none() {
        println!("SKIPPED: LAGRUM_SLAPD does not say where slapd lies");
    }
    root
}

/// A program of the unpacked packages, which finds their libraries.
fn program(root: &Path, name: &str) -> Command {
    let all = fs::read_dir(root.join("usr/lib"))
        .into_iter()
        .flatten()
        .flatten();
    let all: Vec<_> = all.map(|one| one.path().display().to_string()).collect();
    let mut command = Command::new(root.join("usr/sbin/slapd"));
    command.env("LD_LIBRARY_PATH", all.join(":"));
    if name != "slapd" {
        command.arg(format!("-T{name}"));
    }
    command
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

impl Slapd {
    /// Starts one with these entries (LDIF) below its suffix. `settings` stand in its configuration for all of it, and
    /// `scheme` is how it is reached.
    pub fn start(root: &Path, entries: &str, settings: &str, scheme: &str) -> Self {
        let place = place();
        let here = place.path().display().to_string();
        let lies = root.display();
        fs::create_dir(place.path().join("data")).unwrap();
        fs::write(place.path().join("account.schema"), SCHEMA).unwrap();
        fs::write(place.path().join("password"), format!("{PASSWORD}\n")).unwrap();
        restrict(&place.path().join("password"));
        let settings = settings.replace("HERE", &here);
        fs::write(
            place.path().join("slapd.conf"),
            format!(
                "include {lies}/etc/ldap/schema/core.schema\ninclude {here}/account.schema\n\
                 modulepath {lies}/usr/lib/ldap\nmoduleload back_mdb\npidfile {here}/pid\n{settings}\n\
                 database mdb\nsuffix \"{SUFFIX}\"\nrootdn \"{READER}\"\nrootpw {PASSWORD}\ndirectory {here}/data\n\
                 index address,otherAddress eq\n"
            ),
        )
        .unwrap();
        let top = format!(
            "dn: {SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\no: b\ndc: b\n\ndn: ou=people,{SUFFIX}\nobjectClass: organizationalUnit\nou: people\n\n"
        );
        fs::write(place.path().join("entries.ldif"), top + entries).unwrap();
        let configuration = place.path().join("slapd.conf");
        let filled = program(root, "add")
            .args(["-q", "-f"])
            .arg(&configuration)
            .arg("-l")
            .arg(place.path().join("entries.ldif"))
            .output()
            .unwrap();
        assert!(
            filled.status.success(),
            "{}",
            String::from_utf8_lossy(&filled.stderr)
        );
        let port = free_port();
        let child = running(root, place.path(), scheme, port);
        Self {
            place,
            port,
            root: root.to_owned(),
            scheme: scheme.to_owned(),
            child,
        }
    }

    pub fn password(&self) -> PathBuf {
        self.place.path().join("password")
    }

    /// Stops it as a crash would.
    pub fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Changes entries as `changes` say (LDIF), while it is stopped.
    pub fn change(&mut self, changes: &str) {
        self.stop();
        let file = self.place.path().join("changes.ldif");
        fs::write(&file, changes).unwrap();
        let changed = program(&self.root, "modify")
            .arg("-f")
            .arg(self.place.path().join("slapd.conf"))
            .arg("-l")
            .arg(file)
            .output()
            .unwrap();
        assert!(
            changed.status.success(),
            "{}",
            String::from_utf8_lossy(&changed.stderr)
        );
        self.start_again();
    }

    /// Starts it again where it was.
    pub fn start_again(&mut self) {
        self.child = running(&self.root, self.place.path(), &self.scheme, self.port);
    }
}

/// Starts a server that was set up in `place`, and waits for it.
fn running(root: &Path, place: &Path, scheme: &str, port: u16) -> Child {
    let mut child = program(root, "slapd")
        .args(["-d", "0", "-h", &format!("{scheme}://127.0.0.1:{port}")])
        .arg("-f")
        .arg(place.join("slapd.conf"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    for _ in 0..200 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return child;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    let _ = child.wait();
    panic!("slapd does not start")
}

impl Drop for Slapd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A directory of the test's own.
pub fn place() -> tempfile::TempDir {
    tempfile::Builder::new()
        .prefix("ldap")
        .tempdir_in(std::env::temp_dir())
        .unwrap()
}

/// For its owner alone.
pub fn restrict(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

/// Bytes in base64: in LDIF not every letter may stand as it is.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut all = String::new();
    for three in bytes.chunks(3) {
        let part = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = part(0) << 16 | part(1) << 8 | part(2);
        for n in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * n) & 63) as usize];
            all.push(if n <= three.len() {
                char::from(digit)
            } else {
                '='
            });
        }
    }
    all
}

/// A certificate for the host `name`, which vouches for itself alone, and beside it its key.
pub fn certificate(below: &Path, name: &str) -> PathBuf {
    let file = below.join(format!("{name}.pem"));
    let about = format!(
        "[req]\nprompt = no\ndistinguished_name = dn\nx509_extensions = own\n[dn]\nCN = {name}\n[own]\nbasicConstraints = critical, CA:FALSE\nsubjectAltName = DNS:{name}\n"
    );
    fs::write(below.join("req.conf"), about).unwrap();
    let made = Command::new("openssl")
        .args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-config",
        ])
        .arg(below.join("req.conf"))
        .arg("-keyout")
        .arg(below.join(format!("{name}.key")))
        .arg("-out")
        .arg(&file)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    file
}
