//! Against Cyrus.

use std::fs;

use super::cyrus_server::Cyrus;
use super::{IN, OUT, mail, opened, search};

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
    let Some(server) = Cyrus::started() else {
        return;
    };
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
    let file = server.path("messages");
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
