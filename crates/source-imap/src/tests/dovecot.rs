//! Debian's Dovecot, in which each account may lie in another format, and a master user reads them all.

#![allow(
    dead_code,
    reason = "each of those that take this file in uses a part of it"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::fs;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The master user's password.
pub const PASSWORD: &str = "m4ster";

/// A server that runs until it is dropped.
pub struct Dovecot {
    place: tempfile::TempDir,
    pub port: u16,
    pub secure_port: u16,
    child: Child,
}

pub fn ran(command: &mut Command) -> String {
    let ran = command.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{command:?}: {said}");
    String::from_utf8(ran.stdout).unwrap().trim().to_owned()
}

pub fn free_port() -> u16 {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    free.local_addr().unwrap().port()
}

impl Dovecot {
    /// Starts one with these accounts, each with where its mail lies (`maildir:~/Maildir`, `sdbox:~/sdbox`).
    pub fn start(accounts: &[(&str, &str)]) -> Self {
        Self::start_with(accounts, "")
    }

    /// The same with more settings.
    pub fn start_with(accounts: &[(&str, &str)], more: &str) -> Self {
        let place = tempfile::Builder::new().prefix("dovecot").tempdir();
        let place = place.unwrap();
        let here = place.path().to_str().unwrap();
        fs::set_permissions(here, PermissionsExt::from_mode(0o755)).unwrap();
        let (port, secure_port) = (free_port(), free_port());
        certificate(here);
        // Mail is not read as root: then it belongs to nobody.
        let root = ran(Command::new("id").arg("-u")) == "0";
        let user = ran(Command::new("id").arg("-un"));
        let owner = if root { "nobody" } else { &user };
        let id = |what| ran(Command::new("id").args([what, owner]));
        let (uid, gid) = (id("-u"), id("-g"));
        fs::create_dir_all(format!("{here}/mail/public")).unwrap();
        let users = accounts.iter().map(|(name, mail)| {
            format!("{name}:{{PLAIN}}own:{uid}:{gid}::{here}/mail/{name}::userdb_mail={mail}\n")
        });
        fs::write(format!("{here}/users"), users.collect::<String>()).unwrap();
        fs::write(
            format!("{here}/masters"),
            format!("lagrum:{{PLAIN}}{PASSWORD}\n"),
        )
        .unwrap();
        if root {
            ran(Command::new("chown").args([
                "-R",
                &format!("{uid}:{gid}"),
                &format!("{here}/mail"),
            ]));
        }
        let inside = if root { "dovecot" } else { &user };
        let login = if root { "dovenull" } else { &user };
        let config = format!(
            "base_dir = {here}/run\nstate_dir = {here}/state\nlog_path = {here}/log\nprotocols = imap\nlisten = 127.0.0.1\n\
             ssl = yes\nssl_cert = <{here}/cert.pem\nssl_key = <{here}/key.pem\nmail_location = maildir:~/Maildir\n\
             default_internal_user = {inside}\ndefault_login_user = {login}\nfirst_valid_uid = 1\n\
             auth_master_user_separator = *\nauth_failure_delay = 0\n\
             service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {port}\n  }}\n  inet_listener imaps {{\n    port = {secure_port}\n    ssl = yes\n  }}\n}}\n\
             service anvil {{\n  chroot =\n  unix_listener anvil-auth-penalty {{\n    mode = 0\n  }}\n}}\nservice stats {{\n  chroot =\n}}\n\
             passdb {{\n  driver = passwd-file\n  args = {here}/masters\n  master = yes\n  result_success = continue\n}}\n\
             passdb {{\n  driver = passwd-file\n  args = {here}/users\n}}\n\
             userdb {{\n  driver = passwd-file\n  args = {here}/users\n}}\n\
             namespace inbox {{\n  inbox = yes\n  separator = /\n}}\n\
             namespace all {{\n  type = public\n  separator = /\n  prefix = Public/\n  location = maildir:{here}/mail/public\n  subscriptions = no\n  list = yes\n}}\n\
             {more}\n"
        );
        fs::write(format!("{here}/dovecot.conf"), config).unwrap();
        let mut command = Command::new("/usr/sbin/dovecot");
        command
            .args(["-F", "-c", &format!("{here}/dovecot.conf")])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().unwrap();
        let server = Self {
            place,
            port,
            secure_port,
            child,
        };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("Dovecot does not start:\n{}", server.log());
    }

    /// What it wrote down.
    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    /// A path in its directory.
    pub fn path(&self, below: &str) -> PathBuf {
        self.place.path().join(below)
    }

    /// Where the mail of an account lies.
    pub fn home(&self, account: &str) -> PathBuf {
        self.path("mail").join(account)
    }

    /// Runs its own tool, and gives what it prints.
    pub fn doveadm(&self, arguments: &[&str]) -> String {
        ran(Command::new("doveadm")
            .arg("-c")
            .arg(self.path("dovecot.conf"))
            .args(arguments))
    }

    /// Stores a message in a folder.
    pub fn save(&self, account: &str, folder: &str, message: &[u8]) {
        let mut command = Command::new("doveadm");
        command.arg("-c").arg(self.path("dovecot.conf"));
        command.args(["save", "-u", account, "-m", folder]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(message).unwrap();
        assert!(child.wait().unwrap().success(), "{}", self.log());
    }

    /// Puts a message into the Maildir of an account, received at this instant in seconds since 1970: of a file
    /// there Dovecot tells the time of its last change as the internal date.
    pub fn put_received(&self, account: &str, name: &str, message: &[u8], seconds: u64) {
        let path = self.home(account).join("Maildir/cur").join(name);
        fs::write(&path, message).unwrap();
        fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
        let file = fs::File::options().append(true).open(&path).unwrap();
        let at = std::time::UNIX_EPOCH + Duration::from_secs(seconds);
        file.set_modified(at).unwrap();
    }

    /// Makes a folder.
    pub fn folder(&self, account: &str, name: &str) {
        self.doveadm(&["mailbox", "create", "-u", account, name]);
    }

    /// Flags of all messages, and how many count as recent, as its own tool tells.
    pub fn flags(&self, account: &str) -> String {
        let recent = [
            "mailbox",
            "status",
            "-u",
            account,
            "messages unseen recent",
            "*",
        ];
        let told = self.doveadm(&recent);
        told + &self.doveadm(&["fetch", "-u", account, "mailbox uid flags", "all"])
    }
}

/// A certificate of a server, which vouches for itself alone.
pub fn certificate(here: &str) {
    let about = format!("{here}/req.conf");
    let said = "[req]\nprompt = no\ndistinguished_name = dn\nx509_extensions = own\n[dn]\nCN = localhost\n[own]\nbasicConstraints = critical, CA:FALSE\nsubjectAltName = DNS:localhost\n";
    fs::write(&about, said).unwrap();
    let (key, certificate) = (format!("{here}/key.pem"), format!("{here}/cert.pem"));
    let mut make = Command::new("openssl");
    make.args([
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
    ])
    .args(["-config", &about, "-keyout", &key, "-out", &certificate]);
    ran(&mut make);
}

/// Writes a file that nobody else can read.
pub fn secret(file: &Path, text: &str) {
    fs::write(file, text).unwrap();
    fs::set_permissions(file, PermissionsExt::from_mode(0o600)).unwrap();
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        let pid = self.child.id().to_string();
        let _ = Command::new("kill").arg(pid).status();
        let _ = self.child.wait();
    }
}
