//! Debian's Dovecot, with a mailbox of its own.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use lagrum_mailbox::MailboxSettings;
use zeroize::Zeroizing;

/// A server that runs until it is dropped.
pub struct Dovecot {
    place: tempfile::TempDir,
    port: u16,
    child: Child,
}

fn ran(command: &mut Command) -> String {
    let ran = command.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{command:?}: {said}");
    String::from_utf8(ran.stdout).unwrap().trim().to_owned()
}

impl Dovecot {
    /// Starts one.
    pub fn start() -> Self {
        let place = tempfile::Builder::new()
            .prefix("dovecot")
            .tempdir_in(std::env::temp_dir())
            .unwrap();
        let here = place.path().to_str().unwrap();
        fs::set_permissions(here, PermissionsExt::from_mode(0o755)).unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|free| free.local_addr())
            .unwrap()
            .port();
        // A certificate of a server, which vouches for itself alone.
        let about = format!("{here}/req.conf");
        let said = "[req]\nprompt = no\ndistinguished_name = dn\nx509_extensions = own\n[dn]\nCN = localhost\n[own]\nbasicConstraints = critical, CA:FALSE\nsubjectAltName = DNS:localhost\n";
        fs::write(&about, said).unwrap();
        let (key, certificate) = (format!("{here}/key.pem"), format!("{here}/cert.pem"));
        let mut make = Command::new("openssl");
        make.args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        ])
        .args(["-config", &about])
        .args(["-keyout", &key, "-out", &certificate]);
        ran(&mut make);
        // Mail is not read as root: then it belongs to nobody.
        let root = ran(Command::new("id").arg("-u")) == "0";
        let user = ran(Command::new("id").arg("-un"));
        let owner = if root {
            "nobody".to_owned()
        } else {
            user.clone()
        };
        let (uid, gid) = (
            ran(Command::new("id").args(["-u", &owner])),
            ran(Command::new("id").args(["-g", &owner])),
        );
        for folder in ["new", "cur", "tmp"] {
            fs::create_dir_all(format!("{here}/mail/demands/{folder}")).unwrap();
        }
        if root {
            let owner = format!("{uid}:{gid}");
            ran(Command::new("chown").args(["-R", &owner, &format!("{here}/mail")]));
        }
        let inside = if root { "dovecot" } else { &user };
        let login = if root { "dovenull" } else { &user };
        let config = format!(
            "base_dir = {here}/run\nstate_dir = {here}/state\nlog_path = {here}/log\nprotocols = imap\nlisten = 127.0.0.1\n\
             ssl = required\nssl_cert = <{certificate}\nssl_key = <{key}\nmail_location = maildir:{here}/mail/%u\n\
             default_internal_user = {inside}\ndefault_login_user = {login}\nfirst_valid_uid = 1\n\
             service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = 0\n  }}\n  inet_listener imaps {{\n    port = {port}\n    ssl = yes\n  }}\n}}\n\
             service anvil {{\n  chroot =\n}}\nservice stats {{\n  chroot =\n}}\n\
             passdb {{\n  driver = static\n  args = password=s3cret\n}}\n\
             userdb {{\n  driver = static\n  args = uid={uid} gid={gid} home={here}/mail/%u\n}}\n"
        );
        fs::write(format!("{here}/dovecot.conf"), config).unwrap();
        let mut command = Command::new("/usr/sbin/dovecot");
        command
            .args(["-F", "-c", &format!("{here}/dovecot.conf")])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().unwrap();
        let server = Self { place, port, child };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(server.place.path().join("log")).unwrap_or_default();
        panic!("Dovecot does not start:\n{log}");
    }

    /// How it is reached.
    pub fn settings(&self) -> MailboxSettings {
        MailboxSettings {
            server: "localhost".to_owned(),
            port: self.port,
            user: "demands".to_owned(),
            password: Zeroizing::new("s3cret".to_owned()),
            folder: "INBOX".to_owned(),
            certificates: fs::read(self.place.path().join("cert.pem")).unwrap(),
            plain: false,
        }
    }

    /// Where the messages lie.
    pub fn maildir(&self) -> PathBuf {
        self.place.path().join("mail/demands")
    }

    /// Puts a message there, as a delivery agent does.
    pub fn deliver(&self, name: &str, message: &[u8]) {
        let place = self.maildir();
        let waiting = place.join("tmp").join(name);
        fs::write(&waiting, message).unwrap();
        owned_like(&place, &waiting);
        // In the order of their arrival: by name, where the second is the same.
        let count = fs::read_dir(place.join("new")).unwrap().count();
        fs::rename(
            &waiting,
            place.join(format!("new/{}.{name}", 1_700_000_000 + count)),
        )
        .unwrap();
    }
}

fn owned_like(of: &Path, file: &Path) {
    ran(Command::new("chown").arg("--reference").arg(of).arg(file));
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        let pid = self.child.id().to_string();
        let _ = Command::new("kill").arg(pid).status();
        let _ = self.child.wait();
    }
}
