//! Debian's Cyrus, unpacked and not installed: it may not be installed beside Dovecot. Where it lies, `LAGRUM_CYRUS`
//! says; without it a test says so and passes. A user stands for others over IMAP, and over JMAP where its `httpd` is
//! there.

#![allow(
    dead_code,
    reason = "each of those that take this file in uses a part of it"
)]

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::dovecot::{PASSWORD, certificate, free_port, ran};

/// A server that runs until it is dropped.
pub struct Cyrus {
    root: PathBuf,
    place: tempfile::TempDir,
    /// Where it speaks IMAP.
    pub port: u16,
    /// Where it speaks JMAP, if it can: where one user stands for others, the same over TLS, and where none does.
    pub jmap: Option<[u16; 3]>,
    child: Child,
}

/// A program of the unpacked packages, which finds their libraries.
fn program(root: &Path, name: &str) -> Command {
    let below = |folder: &str| fs::read_dir(root.join(folder)).into_iter().flatten();
    let all = below("usr/lib").chain(below("lib")).flatten();
    let all: Vec<_> = all.map(|one| one.path().display().to_string()).collect();
    let mut command = Command::new(root.join(name));
    command.env("LD_LIBRARY_PATH", all.join(":"));
    command
}

impl Cyrus {
    /// Starts one, if there is one.
    pub fn started() -> Option<Self> {
        match std::env::var_os("LAGRUM_CYRUS") {
            Some(root) => Some(Self::start(&PathBuf::from(root))),
            None => {
                println!("SKIPPED: LAGRUM_CYRUS does not say where Cyrus lies");
                None
            }
        }
    }

    /// A path in its directory.
    pub fn path(&self, below: &str) -> PathBuf {
        self.place.path().join(below)
    }

    fn start(root: &Path) -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "what tests make belongs to nobody"
        )]
        let place = tempfile::Builder::new().prefix("cyrus").tempdir().unwrap();
        let (here, port) = (place.path().to_str().unwrap(), free_port());
        for folder in ["conf", "spool", "jwt"] {
            fs::create_dir(place.path().join(folder)).unwrap();
        }
        // What the tests sign tokens with: 32 times the letter k.
        let key = format!(
            "-----BEGIN HMAC KEY-----\n{}a2s=\n-----END HMAC KEY-----\n",
            "a2tr".repeat(10)
        );
        fs::write(place.path().join("jwt/key.pem"), key).unwrap();
        let is_root = ran(Command::new("id").arg("-u")) == "0";
        let (user, group) = match is_root {
            true => ("nobody".to_owned(), "nogroup".to_owned()),
            false => (
                ran(Command::new("id").arg("-un")),
                ran(Command::new("id").arg("-gn")),
            ),
        };
        let bin = root.join("usr/lib/cyrus/bin");
        let bin = bin.display();
        let jmap = root.join("usr/lib/cyrus/bin/httpd").exists();
        let jmap = jmap.then(|| [free_port(), free_port(), free_port()]);
        certificate(here);
        let settings = format!(
            "configdirectory: {here}/conf\npartition-default: {here}/spool\ndefaultpartition: default\nservername: localhost\n\
                 admins: cyrusadm\nproxyservers: lagrum\naltnamespace: no\nunixhierarchysep: no\ncyrus_user: {user}\ncyrus_group: {group}\n\
                 sasl_pwcheck_method: auxprop\nsasl_auxprop_plugin: sasldb\nsasl_sasldb_path: {here}/sasldb2\nsasl_mech_list: PLAIN\n\
                 allowplaintext: yes\ntls_server_cert: {here}/cert.pem\ntls_server_key: {here}/key.pem\n\
                 conversations: 1\nconversations_db: twoskip\nhttpmodules: jmap\nhttp_jwt_key_dir: {here}/jwt\n"
        );
        // Over HTTP one user stands for others only where Cyrus takes itself for the back end of several servers.
        let standing = format!("{settings}mupdate_server: localhost\n");
        for (file, settings) in [("imapd.conf", settings), ("standing.conf", standing)] {
            fs::write(place.path().join(file), settings).unwrap();
        }
        let kinds = [
            ("http", "standing", ""),
            ("https", "standing", " -s"),
            ("alone", "imapd", ""),
        ];
        let http = jmap.iter().flatten().zip(kinds).map(|(port, (name, file, more))| {
            format!("  {name} cmd=\"{bin}/httpd{more} -C {here}/{file}.conf\" listen=\"127.0.0.1:{port}\" prefork=0\n")
        });
        let http: String = http.collect();
        fs::write(
            place.path().join("cyrus.conf"),
            format!(
                "START {{\n  recover cmd=\"{bin}/ctl_cyrusdb -C {here}/imapd.conf -r\"\n}}\n\
                 SERVICES {{\n  imap cmd=\"{bin}/imapd -C {here}/imapd.conf\" listen=\"127.0.0.1:{port}\" prefork=0\n{http}}}\n"
            ),
        )
        .unwrap();
        fs::write(place.path().join("password"), format!("{PASSWORD}\n")).unwrap();
        for user in ["ann", "birk", "lagrum", "cyrusadm"] {
            let mut add = program(root, "usr/sbin/saslpasswd2");
            add.args([
                "-p",
                "-c",
                "-f",
                &format!("{here}/sasldb2"),
                "-u",
                "localhost",
                user,
            ]);
            add.stdin(fs::File::open(place.path().join("password")).unwrap());
            ran(&mut add);
        }
        if is_root {
            ran(Command::new("chown").args(["-R", &format!("{user}:{group}"), here]));
        }
        let mut master = program(root, "usr/lib/cyrus/bin/master");
        master.args([
            "-C",
            &format!("{here}/imapd.conf"),
            "-M",
            &format!("{here}/cyrus.conf"),
            // Several at once: else all have one lock.
            "-p",
            &format!("{here}/master.pid"),
            "-D",
        ]);
        let child = master
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self {
            root: root.to_owned(),
            place,
            port,
            jmap,
            child,
        };
        for _ in 0..600 {
            let mut ports = jmap.iter().flatten().chain([&port]);
            if ports.all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok()) {
                return server;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("Cyrus does not start")
    }

    /// Runs one of its own tools.
    pub fn tool(&self, name: &str, arguments: &[&str]) -> String {
        let mut tool = program(&self.root, &format!("usr/lib/cyrus/bin/{name}"));
        ran(tool.arg("-C").arg(self.path("imapd.conf")).args(arguments))
    }

    /// What Python's own client prints when it does this.
    pub fn python(&self, does: &str, more: &[&Path]) -> String {
        let connect = "import imaplib, sys\ndef client(user):\n    one = imaplib.IMAP4('127.0.0.1', int(sys.argv[1]))\n    one.login(user, sys.argv[2])\n    return one\n";
        let mut python = Command::new("python3");
        python.args([
            "-c",
            &format!("{connect}{does}"),
            &self.port.to_string(),
            PASSWORD,
        ]);
        ran(python.args(more))
    }
}

impl Drop for Cyrus {
    fn drop(&mut self) {
        let _ = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        let _ = self.child.wait();
    }
}
