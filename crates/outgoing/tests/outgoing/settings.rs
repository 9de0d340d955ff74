//! `outgoing.toml`: what is wrong is told by its field, and nothing is guessed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use lagrum_model::{LetterKind, NewsKind};
use lagrum_outgoing::{OutgoingSettings, Security};

fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::Builder::new()
        .tempdir_in(std::env::temp_dir())
        .unwrap();
    let path = place.path().join("outgoing.toml");
    fs::write(&path, text).unwrap();
    for (name, secret) in [
        ("password", "s3cret\n"),
        (
            "secret",
            "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n",
        ),
        ("short", "c2hvcnQ=\n"),
    ] {
        let file = place.path().join(name);
        fs::write(&file, secret).unwrap();
        fs::set_permissions(file, PermissionsExt::from_mode(0o600)).unwrap();
    }
    (place, path)
}

const WHOLE: &str = r#"
desk = "https://desk.kvist.example/"
language = "sv"

[mail]
server = "smtp.kvist.example"
user = "desk"
password_file = "password"
from = "Kvist Mail <desk@kvist.example>"
letters = ["acknowledgement"]

[[receiver]]
name = "pager"
url = "https://pager.kvist.example/hook?x=1"
secret_file = "secret"
news = ["emergency", "confirmation"]

[on-call]
zone = "Europe/Stockholm"

[[on-call.watch]]
person = "olof"
days = ["sat", "sun"]
from = "00:00"
until = "00:00"

[[on-call.watch]]
person = "maja"
from = "18:00"
until = "08:00"
"#;

#[test]
fn what_is_left_out_is_the_usual() {
    let (_place, path) = written(WHOLE);
    let read = OutgoingSettings::read(&path).unwrap().unwrap();
    assert_eq!(read.desk.as_deref(), Some("https://desk.kvist.example"));
    let mail = read.mail.unwrap();
    assert_eq!((mail.port, mail.security), (465, Security::Tls));
    assert_eq!(mail.address, "desk@kvist.example");
    assert_eq!(mail.login.unwrap().1.as_str(), "s3cret");
    assert_eq!(mail.letters, [LetterKind::Acknowledgement]);
    let [pager] = &read.receivers[..] else {
        panic!("one receiver");
    };
    assert_eq!(
        (pager.server.host.as_str(), pager.server.port),
        ("pager.kvist.example", 443)
    );
    assert_eq!(pager.server.path, "/hook?x=1");
    assert_eq!(pager.secret.as_slice(), b"0123456789abcdef0123456789abcdef");
    assert_eq!(pager.news, [NewsKind::Emergency, NewsKind::Confirmation]);
    assert!(pager.server.secure && !pager.server.private);
    let on_call = read.on_call.unwrap();
    assert_eq!(on_call.look_within.as_mins(), 10);
    assert_eq!(on_call.watches[0].days.len(), 2);
    assert_eq!(on_call.watches[1].days.len(), 7);
    let none = OutgoingSettings::read(Path::new("/nowhere/outgoing.toml"));
    assert!(none.unwrap().is_none());
    let (_place, path) = written("");
    let empty = OutgoingSettings::read(&path).unwrap().unwrap();
    assert!(empty.mail.is_none() && empty.receivers.is_empty());
}

#[test]
fn what_is_wrong_is_told_by_its_field() {
    let refused = |from: &str, to: &str, says: &str| {
        assert!(WHOLE.contains(from), "{from}");
        let (_place, path) = written(&WHOLE.replacen(from, to, 1));
        let why = OutgoingSettings::read(&path).err().unwrap().to_string();
        assert!(why.contains(says), "{why}");
    };
    for (from, to, says) in [
        ("letters = [", "leters = [", "leters"),
        ("\"acknowledgement\"", "\"all\"", "unknown variant `all`"),
        (
            "user = \"desk\"\n",
            "",
            "`user` and `password_file` belong together",
        ),
        (
            "password_file = \"password\"",
            "password_file = \"none\"",
            "none",
        ),
        (
            "server = \"smtp",
            "security = \"none\"\nserver = \"smtp",
            "only a server on this machine",
        ),
        ("Kvist Mail <desk@kvist.example>", "desk", "`from`"),
        (
            "https://desk.kvist.example/",
            "http://desk.kvist.example",
            "desk:",
        ),
        (
            "https://desk.kvist.example/",
            "https://desk.kvist.example/x",
            "desk:",
        ),
        ("https://pager", "http://pager", "only https"),
        ("https://pager", "ftp://pager", "only https"),
        ("https://pager", "https://user:word@pager", "no user"),
        ("name = \"pager\"", "name = \"mail\"", "`name`"),
        (
            "secret_file = \"secret\"",
            "secret_file = \"short\"",
            "at least 24 random bytes",
        ),
        ("\"confirmation\"", "\"gossip\"", "unknown variant `gossip`"),
        (
            "Europe/Stockholm",
            "Europe/Kvist",
            "zone `Europe/Kvist` is not known",
        ),
        ("\"sat\"", "\"saturday\"", "watch of olof: `days`"),
        ("\"18:00\"", "\"six\"", "watch of maja: `from` and `until`"),
        (
            "[on-call]\n",
            "[on-call]\nlook_within_minutes = 0\n",
            "look_within_minutes",
        ),
    ] {
        refused(from, to, says);
    }
    let (place, path) = written(WHOLE);
    fs::set_permissions(
        place.path().join("secret"),
        PermissionsExt::from_mode(0o644),
    )
    .unwrap();
    assert!(
        OutgoingSettings::read(&path).is_err(),
        "others could read a secret"
    );
    let twice = WHOLE.replace("[on-call]\n", "[[receiver]]\nname = \"pager\"\nurl = \"https://x.example\"\nsecret_file = \"secret\"\nnews = []\n\n[on-call]\n");
    let (_place, path) = written(&twice);
    let why = OutgoingSettings::read(&path).err().unwrap().to_string();
    assert!(why.contains("occurs twice"), "{why}");
    // On this machine no TLS is needed, and http is enough.
    let local = WHOLE
        .replace("smtp.kvist.example\"", "localhost\"\nsecurity = \"none\"")
        .replace("https://pager.kvist.example", "http://localhost:9000");
    let (_place, path) = written(&local);
    let read = OutgoingSettings::read(&path).unwrap().unwrap();
    assert_eq!(read.mail.unwrap().port, 25);
    assert_eq!(
        (
            read.receivers[0].server.port,
            read.receivers[0].server.secure
        ),
        (9000, false)
    );
}
