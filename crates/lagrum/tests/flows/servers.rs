//! One mailbox with a known content in seven stores: files, a mail server over three of its forms, the server's own
//! tool over two, a program. Each is searched under one mandate, and each gives the same.

#[path = "../../../source-imap/src/tests/cyrus_server.rs"]
mod cyrus_server;
#[path = "../../../source-imap/src/tests/dovecot.rs"]
pub mod dovecot;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use self::cyrus_server::Cyrus;
use self::dovecot::{Dovecot, PASSWORD, ran, secret};
use crate::by_hand::Hand;
use crate::rooms::workspace;
use crate::support::{Dice, entries, files_below};

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Produced,
    ForReview,
    Outside,
}

/// A message, as whoever wrote it knows it.
struct Made {
    number: usize,
    label: Label,
    bytes: Vec<u8>,
}

/// Messages around January 2026 in Swedish time.
fn made() -> Vec<Made> {
    let mut dice = Dice(20_26);
    let mut all = Vec::new();
    let edges = [
        ("Wed, 31 Dec 2025 22:59:59 +0000", Label::Outside),
        ("Thu, 01 Jan 2026 00:00:00 +0100", Label::Produced),
        ("Sat, 31 Jan 2026 17:59:59 -0500", Label::Produced),
        ("Sat, 31 Jan 2026 18:00:00 -0500", Label::Outside),
        ("Sun, 30 Nov 0002 00:00:00 -0800 (PST)", Label::ForReview),
        ("yesterday", Label::ForReview),
    ];
    for number in 0..60 {
        let (date, label) = match edges.get(number) {
            Some((date, label)) => ((*date).to_owned(), *label),
            None => {
                let (month, label) = match dice.below(3) {
                    0 => ("Dec 2025", Label::Outside),
                    1 => ("Feb 2026", Label::Outside),
                    _ => ("Jan 2026", Label::Produced),
                };
                // No zone leads out of the month.
                let (day, hour) = (2 + dice.below(27), dice.below(24));
                let zone = ["+0000", "-0800", "+0530", "+1400", "GMT"][number % 5];
                let date = format!("{day} {month} {hour:02}:{:02}:07 {zone}", dice.below(60));
                (date, label)
            }
        };
        let text = match number % 4 {
            0 => b"r\xe4ksm\xf6rg\xe5s\n".to_vec(),
            1 => b"Date: Thu, 15 Jan 2026 12:00:00 +0100\n\ntwice\n".to_vec(),
            2 => "x".repeat(1 + 997 * number).into_bytes(),
            _ => b"no end".to_vec(),
        };
        let head = format!("Subject: number {number}\nDate: {date}\nTo: ann@hand.example\n\n");
        let bytes = [head.as_bytes(), &text].concat();
        all.push(Made {
            number,
            label,
            bytes,
        });
    }
    all
}

/// The folder in which a message lies.
fn folder(number: usize) -> &'static str {
    ["INBOX", "Sent", "deep/er"][number % 3]
}

/// The line ends of the wire are CRLF, those of the files are LF.
fn with_plain_ends(bytes: &[u8]) -> Vec<u8> {
    let text: Vec<_> = bytes.split(|byte| *byte == b'\n').collect();
    let lines: Vec<_> = text
        .iter()
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .collect();
    lines.join(&b'\n')
}

/// What a package holds of each source.
fn produced(opened: &Path) -> BTreeMap<String, BTreeSet<Vec<u8>>> {
    let sources = entries(&opened.join("items")).into_iter();
    let each = sources.map(|source| {
        let messages = files_below(&source).into_iter();
        let messages = messages.map(|file| with_plain_ends(&fs::read(file).unwrap()));
        (
            source.file_name().unwrap().to_str().unwrap().to_owned(),
            messages.collect(),
        )
    });
    each.collect()
}

/// The same in a table that a program reads.
fn fill(database: &str, made: &[Made]) {
    let table = rusqlite::Connection::open(database).unwrap();
    let create = "create table message (id integer, account text, raw blob)";
    table.execute_batch(create).unwrap();
    for one in made {
        let row = rusqlite::params![one.number, "ann@hand.example", one.bytes];
        let add = "insert into message values ($1, $2, $3)";
        table.execute(add, row).unwrap();
    }
}

/// Those of the messages that Python's own reader, over Python's own connection, finds in the month.
const READER: &str = r#"
import email, email.utils, imaplib, re, sys
from datetime import datetime, timezone
start = datetime(2025, 12, 31, 23, tzinfo=timezone.utc)
end = datetime(2026, 1, 31, 23, tzinfo=timezone.utc)
server = imaplib.IMAP4("127.0.0.1", int(sys.argv[1]))
server.login(sys.argv[2], "own")
for folder in ["INBOX", "Sent", "deep/er"]:
    server.select(folder, readonly=True)
    for number in server.search(None, "ALL")[1][0].split():
        message = email.message_from_bytes(server.fetch(number, "(BODY.PEEK[])")[1][0][1])
        try:
            date = email.utils.parsedate_to_datetime(message["Date"])
        except (TypeError, ValueError):
            continue
        if date.tzinfo and start <= date < end:
            print(re.sub("number ", "", message["Subject"]))
"#;

#[test]
fn the_same_mail_in_files_on_a_server_and_behind_its_tool_gives_the_same() {
    let hand = Hand::ready();
    let server = Dovecot::start(&[
        ("ann", "maildir:~/Maildir"),
        ("ann-sdbox", "sdbox:~/sdbox"),
        ("ann-mdbox", "mdbox:~/mdbox"),
    ]);
    let agent = hand.path("provider/agents/stockholm");
    let files = Path::new(&agent).join("mail/ann");
    fs::remove_dir_all(&files).unwrap();
    for account in ["ann", "ann-sdbox", "ann-mdbox"] {
        for folder in ["Sent", "deep/er"] {
            server.folder(account, folder);
        }
    }
    let made = made();
    for one in &made {
        let folder = folder(one.number);
        for account in ["ann", "ann-sdbox", "ann-mdbox"] {
            server.save(account, folder, &one.bytes);
        }
        let below = files.join(match folder {
            "INBOX" => "cur".to_owned(),
            other => format!(".{}/cur", other.replace('/', ".")),
        });
        fs::create_dir_all(&below).unwrap();
        fs::write(below.join(format!("{}:2,S", one.number)), &one.bytes).unwrap();
    }
    secret(&Path::new(&agent).join("imap.password"), PASSWORD);
    let mut sources = String::new();
    for (id, account) in [
        ("imap", "%n"),
        ("imap-sdbox", "%n-sdbox"),
        ("imap-mdbox", "%n-mdbox"),
    ] {
        sources += &format!(
            "\n[[source]]\nkind = \"imap\"\nid = \"{id}\"\nserver = \"127.0.0.1\"\nport = {}\nplain = true\nmaster = \"lagrum\"\npassword_file = \"imap.password\"\nlogin = \"{account}\"\n",
            server.port
        );
    }
    for (id, account) in [("tool-sdbox", "%n-sdbox"), ("tool-mdbox", "%n-mdbox")] {
        let settings = server.path("dovecot.conf");
        sources += &format!(
            "\n[[source]]\nkind = \"doveadm\"\nid = \"{id}\"\nsettings = {settings:?}\nlogin = \"{account}\"\n"
        );
    }
    let example = workspace().join("docs/examples/mail_from_sqlite.py");
    let own = hand.write("mail_from_sqlite.py", fs::read(example).unwrap());
    fs::set_permissions(&own, PermissionsExt::from_mode(0o755)).unwrap();
    let database = hand.path("mail.sqlite");
    fill(&database, &made);
    sources += &format!(
        "\n[[source]]\nkind = \"program\"\nid = \"program\"\nprogram = {own:?}\narguments = [{database:?}]\n"
    );
    hand.append("provider/agents/stockholm/agent.toml", &sources);
    let before = ["ann", "ann-sdbox", "ann-mdbox"].map(|account| server.flags(account));

    let (_, package) = hand.delivered();
    let to = hand.path("opened");
    hand.anywhere(&[
        "open",
        &package,
        "--identity",
        &hand.path("police.key"),
        "--to",
        &to,
    ])
    .ok();

    let with = |label| made.iter().filter(move |one| one.label == label);
    let truth: BTreeSet<_> = with(Label::Produced).map(|one| one.bytes.clone()).collect();
    assert!(
        truth.len() > 10 && with(Label::Outside).count() > 10,
        "{}",
        truth.len()
    );
    let produced = produced(Path::new(&to));
    let ids = [
        "imap",
        "imap-mdbox",
        "imap-sdbox",
        "mail",
        "program",
        "tool-mdbox",
        "tool-sdbox",
    ];
    assert_eq!(Vec::from_iter(produced.keys()), ids);
    for (source, messages) in &produced {
        assert!(
            *messages == truth,
            "{source}: {} of {}",
            messages.len(),
            truth.len()
        );
    }
    // For a person: the same messages of each, by their dates as they stand there.
    let lists = entries(&Path::new(&agent).join("state/review")).into_iter();
    let lists = lists.filter(|file| file.extension().is_some_and(|end| end == "jsonl"));
    let lines: String = lists
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    let mut reviews: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let of = |field: &str| line[field].as_str().unwrap_or_default().trim().to_owned();
        assert!(
            reviews
                .entry(of("source"))
                .or_default()
                .insert(of("raw_date"))
        );
    }
    assert_eq!(Vec::from_iter(reviews.keys()), ids);
    for (source, dates) in &reviews {
        assert_eq!(
            dates.len(),
            with(Label::ForReview).count(),
            "{source}: {dates:?}"
        );
        assert!(dates.contains("yesterday"), "{source}: {dates:?}");
    }

    let mut reader = Command::new("python3");
    reader.args(["-c", READER, &server.port.to_string(), "ann-sdbox"]);
    let read: BTreeSet<usize> = ran(&mut reader)
        .lines()
        .map(|line| line.parse().unwrap())
        .collect();
    assert_eq!(read, with(Label::Produced).map(|one| one.number).collect());
    let after = ["ann", "ann-sdbox", "ann-mdbox"].map(|account| server.flags(account));
    assert_eq!(before, after);
}

/// Puts messages into Cyrus, as mail servers have them; those of an even number were received in the month.
const FILL: &str = r#"
admin = client("cyrusadm")
for folder in ["user.ann", "user.ann.Sent", "user.ann.deep"]:
    assert admin.create(folder)[0] == "OK", folder
ann = client("ann")
for line in open(sys.argv[3], "rb").read().split(b"\0"):
    folder, date, message = line.split(b"\n", 2)
    assert ann.append(folder.decode(), None, '"' + date.decode() + '"', message)[0] == "OK"
"#;

#[test]
fn the_same_mail_on_a_jmap_server_gives_the_same_by_either_date() {
    let Some(server) = Cyrus::started() else {
        return;
    };
    let Some([port, ..]) = server.jmap else {
        println!("SKIPPED: LAGRUM_CYRUS has no httpd");
        return;
    };
    let hand = Hand::ready();
    let agent = hand.path("provider/agents/stockholm");
    let made = made();
    let lines: Vec<_> = made
        .iter()
        .map(|one| {
            let folder = ["INBOX", "INBOX.Sent", "INBOX.deep"][one.number % 3];
            let received = match one.number % 2 {
                0 => "31-Jan-2026 23:59:59 +0100",
                _ => "01-Feb-2026 00:00:00 +0100",
            };
            let lines: Vec<_> = one.bytes.split(|byte| *byte == b'\n').collect();
            let head = format!("{folder}\n{received}\n");
            [head.as_bytes(), &lines.join(&b"\r\n"[..])].concat()
        })
        .collect();
    let file = server.path("messages");
    fs::write(&file, lines.join(&0)).unwrap();
    server.python(FILL, &[&file]);
    secret(&Path::new(&agent).join("jmap.password"), PASSWORD);
    let mut sources = String::new();
    for date in ["header", "internal"] {
        sources += &format!(
            "\n[[source]]\nkind = \"jmap\"\nid = \"{date}\"\nsession = \"http://127.0.0.1:{port}/jmap/\"\nuser = \"lagrum\"\npassword_file = \"jmap.password\"\nlogin = \"%n\"\ndate = \"{date}\"\n"
        );
    }
    hand.append("provider/agents/stockholm/agent.toml", &sources);
    let (_, package) = hand.delivered();
    let (to, key) = (hand.path("opened"), hand.path("police.key"));
    hand.anywhere(&["open", &package, "--identity", &key, "--to", &to])
        .ok();
    let produced = produced(Path::new(&to));
    let bytes = |which: &dyn Fn(&&Made) -> bool| -> BTreeSet<_> {
        let all = made.iter().filter(|one| which(one));
        all.map(|one| one.bytes.clone()).collect()
    };
    let by_header = bytes(&|one| one.label == Label::Produced);
    let by_server = bytes(&|one| one.number % 2 == 0);
    assert!(by_header.len() > 10 && by_server.len() == 30);
    assert!(
        produced["header"] == by_header,
        "{}",
        produced["header"].len()
    );
    assert!(
        produced["internal"] == by_server,
        "{}",
        produced["internal"].len()
    );
    let statement = fs::read_to_string(Path::new(&to).join("statement.json")).unwrap();
    assert!(statement.contains("internal-date"), "{statement}");
    let manifest = fs::read_to_string(Path::new(&to).join("manifest.jsonl")).unwrap();
    assert!(
        manifest.contains("\"dated_as_stored\":\"2026-01-31T22:59:59Z\""),
        "{manifest}"
    );
}

#[test]
fn a_server_that_is_away_or_lets_nobody_in_produces_nothing_and_the_reason_stays_in_the_region() {
    let hand = Hand::ready();
    let agent = hand.path("provider/agents/stockholm");
    secret(&Path::new(&agent).join("imap.password"), PASSWORD);
    hand.append(
        "provider/agents/stockholm/agent.toml",
        "\n[[source]]\nkind = \"imap\"\nid = \"imap\"\nserver = \"127.0.0.1\"\nport = 1\nplain = true\nmaster = \"lagrum\"\npassword_file = \"imap.password\"\n",
    );
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    let ran = hand.run(&["agent", "run"]);
    assert!(
        ran.out.contains("unreachable") || ran.err.contains("cannot be reached"),
        "{}\n{}",
        ran.out,
        ran.err
    );
    let out = entries(Path::new(&hand.path("provider/exchange/stockholm/out")));
    let sealed = out
        .iter()
        .find(|file| file.extension().is_some_and(|end| end == "age"));
    assert_eq!(sealed, None);
    assert!(entries(&Path::new(&agent).join("state/sealed")).is_empty());
    let told: String = out
        .iter()
        .map(|file| String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned())
        .collect();
    assert!(!told.contains("127.0.0.1"), "{told}");
}
