//! Debian's Cyrus, unpacked and not installed: it may not be installed beside Dovecot. Where it lies, `LAGRUM_CYRUS`
//! says; without it the test says so and passes.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::dovecot::{PASSWORD, free_port, ran};
use super::{IN, OUT, mail, opened, search};

struct Cyrus {
    place: tempfile::TempDir,
    port: u16,
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
    fn start(root: &Path) -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "what tests make belongs to nobody"
        )]
        let place = tempfile::Builder::new().prefix("cyrus").tempdir().unwrap();
        let (here, port) = (place.path().to_str().unwrap(), free_port());
        for folder in ["conf", "spool"] {
            fs::create_dir(place.path().join(folder)).unwrap();
        }
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
        fs::write(
            place.path().join("imapd.conf"),
            format!(
                "configdirectory: {here}/conf\npartition-default: {here}/spool\ndefaultpartition: default\nservername: localhost\n\
                 admins: cyrusadm\nproxyservers: lagrum\naltnamespace: no\nunixhierarchysep: no\ncyrus_user: {user}\ncyrus_group: {group}\n\
                 sasl_pwcheck_method: auxprop\nsasl_auxprop_plugin: sasldb\nsasl_sasldb_path: {here}/sasldb2\nsasl_mech_list: PLAIN\n\
                 allowplaintext: yes\nmaster_pid_file: {here}/master.pid\n"
            ),
        )
        .unwrap();
        fs::write(
            place.path().join("cyrus.conf"),
            format!(
                "START {{\n  recover cmd=\"{bin}/ctl_cyrusdb -C {here}/imapd.conf -r\"\n}}\n\
                 SERVICES {{\n  imap cmd=\"{bin}/imapd -C {here}/imapd.conf\" listen=\"127.0.0.1:{port}\" prefork=0\n}}\n"
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
            "-D",
        ]);
        let child = master
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { place, port, child };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("Cyrus does not start")
    }

    /// What Python's own client prints when it does this.
    fn python(&self, does: &str, more: &[&Path]) -> String {
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

const FILL: &str = r#"
admin = client("cyrusadm")
for folder in ["user.ann", "user.ann.Sent", "user.ann.R&AOQ-k", "user.birk", "everybody"]:
    assert admin.create(folder)[0] == "OK", folder
for folder in ["user.birk", "everybody"]:
    for who in ["ann", "cyrusadm"]:
        assert admin.setacl(folder, who, "lrswipkxtea")[0] == "OK"
ann = client("ann")
for line in open(sys.argv[3], "rb").read().split(b"\0"):
    folder, message = line.split(b"\n", 1)
    got = ann.append(folder.decode(), None, None, message)
    assert got[0] == "OK", got
ann.select("INBOX")
ann.store("1", "+FLAGS", "\\Seen \\Flagged")
ann.close()
assert ann.append("INBOX", None, None, b"Subject: last\r\n\r\n")[0] == "OK"
"#;

const FLAGS: &str = r#"
ann = client("ann")
for folder in ["INBOX", "INBOX.Sent", "INBOX.R&AOQ-k"]:
    print(ann.select(folder, readonly=True), ann.fetch("1:*", "(UID FLAGS)"), ann.response("RECENT"))
"#;

#[test]
fn cyrus_is_read_as_dovecot_is_and_stays_as_it_is() {
    let Some(root) = std::env::var_os("LAGRUM_CYRUS").map(PathBuf::from) else {
        println!("SKIPPED: LAGRUM_CYRUS does not say where Cyrus lies");
        return;
    };
    let server = Cyrus::start(&root);
    let long = [
        mail(IN, "long"),
        "0123456789abcd\r\n".repeat(1 << 19).into_bytes(),
    ]
    .concat();
    let messages = [
        ("INBOX", mail(IN, "one")),
        ("INBOX", mail(OUT, "two")),
        ("INBOX.Sent", long.clone()),
        ("INBOX.R&AOQ-k", mail(IN, "four")),
        // Those of another person and of everybody, which ann may read.
        ("user.birk", mail(IN, "birk's")),
        ("everybody", mail(IN, "everybody's")),
    ];
    let all: Vec<_> = messages
        .iter()
        .map(|(folder, bytes)| [folder.as_bytes(), b"\n", bytes].concat())
        .collect();
    let file = server.place.path().join("messages");
    fs::write(&file, all.join(&0)).unwrap();
    server.python(FILL, &[&file]);
    let before = server.python(FLAGS, &[]);
    assert!(
        before.contains("\\\\Seen") && before.contains("\\\\Recent"),
        "{before}"
    );

    let source = opened(server.port, "known_account = \"birk@kvist.example\"").unwrap();
    let (counts, taken) = search(&source, "ann").unwrap().unwrap();
    let locators = ["INBOX uid 1", "INBOX.R&AOQ-k uid 1", "INBOX.Sent uid 1"];
    assert_eq!(taken.locators(), locators);
    assert_eq!(taken.items[0].1, mail(IN, "one"));
    assert!(taken.items[2].1 == long);
    assert_eq!(Vec::from_iter(taken.reviews.keys()), ["INBOX uid 3"]);
    assert_eq!(counts.examined, 5);
    assert_eq!(server.python(FLAGS, &[]), before);

    let wrong = opened(server.port, "password_file = \"wrong\"").unwrap();
    assert_eq!(super::failed(&wrong, "ann").class(), "denied");
    // Cyrus lets the master user in under any name; who has no mailbox there has no folders.
    assert_eq!(super::failed(&source, "nobody").class(), "damaged");
}
