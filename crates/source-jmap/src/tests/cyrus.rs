//! Against Cyrus: mail that a generator made and put there over IMAP, so that it knows what lies in a period.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use lagrum_source::{Item, Record, Review, Sink, SinkError, Source as _, Withheld};

use super::cyrus_server::Cyrus;
use super::dovecot::secret;
use super::script::{Deed, Script};
use super::{IN, Taken, failed, january, mail, opened, search, search_with};

/// One with JMAP, and its port where one user stands for others.
fn started() -> Option<(Cyrus, u16)> {
    let server = Cyrus::started()?;
    let Some([port, ..]) = server.jmap else {
        println!("SKIPPED: LAGRUM_CYRUS has no httpd");
        return None;
    };
    Some((server, port))
}

/// Puts messages where they belong: folder, internal date, bytes.
const FILL: &str = r#"
admin = client("cyrusadm")
for folder in ["user.ann", "user.ann.Sent", "user.ann.Sent.deep", "user.ann.R&AOQ-k", "user.birk"]:
    assert admin.create(folder)[0] == "OK", folder
# What birk lets ann read is not hers.
assert admin.setacl("user.birk", "ann", "lrs")[0] == "OK"
ann, birk = client("ann"), client("birk")
for number in range(3):
    assert birk.append("INBOX", None, None, b"Date: Thu, 15 Jan 2026 12:00:00 +0100\r\n\r\nbirk's %d\r\n" % number)[0] == "OK"
for line in open(sys.argv[3], "rb").read().split(b"\0"):
    folder, date, message = line.split(b"\n", 2)
    got = ann.append(folder.decode(), None, '"' + date.decode() + '"' if date else None, message)
    assert got[0] == "OK", got
ann.select("INBOX")
if ann.search(None, "ALL")[1][0].split():
    ann.store("1", "+FLAGS", "\\Seen \\Flagged")
ann.close()
"#;

/// All that can be seen of a server: folders, rights, messages, flags, dates, and how often anything changed.
const ALL: &str = r#"
admin = client("cyrusadm")
for line in sorted(admin.list()[1]):
    folder = line.split(b'"." ')[1].decode().strip('"')
    print(line, admin.getacl(folder), admin.status(folder, "(MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ)"))
for user in ["ann", "birk"]:
    own = client(user)
    for line in sorted(own.list()[1]):
        folder = line.split(b'"." ')[1].decode().strip('"')
        print(line, own.select('"%s"' % folder, readonly=True), own.response("HIGHESTMODSEQ"), own.response("RECENT"))
        print(own.fetch("1:*", "(UID FLAGS INTERNALDATE MODSEQ)"))
    print(own.lsub())
"#;

/// Of the messages of ann, those that Python's own reader finds in January, over IMAP: by the header's date, or by
/// the server's.
const READER: &str = r#"
import email, email.utils, time
from datetime import datetime, timezone
start, end = datetime(2026, 1, 1, tzinfo=timezone.utc), datetime(2026, 2, 1, tzinfo=timezone.utc)
own, found = client("ann"), set()
for folder in ["INBOX", "INBOX.Sent", "INBOX.Sent.deep", "INBOX.R&AOQ-k"]:
    own.select('"%s"' % folder, readonly=True)
    for number in own.search(None, "ALL")[1][0].split():
        told = own.fetch(number, "(INTERNALDATE BODY.PEEK[])")[1][0]
        message = email.message_from_bytes(told[1])
        if sys.argv[3].endswith("internal"):
            date = datetime.fromtimestamp(time.mktime(imaplib.Internaldate2tuple(told[0])), timezone.utc)
        else:
            try:
                date = email.utils.parsedate_to_datetime(message["Date"])
            except (TypeError, ValueError):
                continue
        if date.tzinfo and start <= date < end:
            found.add(message["Subject"])
print("\n".join(sorted(found)))
"#;

/// A generator of numbers (Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// A message, as whoever made it knows it.
struct Made {
    folder: &'static str,
    /// By the header; `None`: nobody can tell.
    dated: Option<Timestamp>,
    received: Timestamp,
    bytes: Vec<u8>,
}

fn made() -> Vec<Made> {
    let mut dice = Dice(20_26);
    let second = SignedDuration::from_secs(1);
    let (from, until) = (january().from(), january().until());
    let mut edges = [from, from - second, until - second, until]
        .into_iter()
        .cycle();
    let mut instant = |dice: &mut Dice| match dice.below(3) {
        0 => edges.next().unwrap(),
        _ => from + SignedDuration::from_secs(dice.below(86_400 * 90).cast_signed() - 86_400 * 30),
    };
    let mut all: Vec<Made> = Vec::new();
    for number in 0..60_usize {
        let (dated, received) = (instant(&mut dice), instant(&mut dice));
        let hours = [0, 14, -8, 5][number % 4];
        let local = jiff::tz::TimeZone::UTC.to_datetime(dated + SignedDuration::from_hours(hours));
        let sign = if hours < 0 { '-' } else { '+' };
        let written = format!(
            "{} {sign}{:02}00",
            local.strftime("%a, %d %b %Y %H:%M:%S"),
            hours.abs()
        );
        let (written, dated) = match number % 15 {
            14 => ("yesterday".to_owned(), None),
            _ => (written, Some(dated)),
        };
        let text = match number % 4 {
            0 => b"r\xc3\xa4ksm\xc3\xb6rg\xc3\xa5s\r\n".to_vec(),
            1 => b"Date: Thu, 15 Jan 2026 12:00:00 +0100\r\n\r\ntwice\r\n".to_vec(),
            2 => "x\r\n".repeat(1 + 997 * number).into_bytes(),
            _ => b"no end".to_vec(),
        };
        let head = format!("Subject: {number}\r\nDate: {written}\r\nTo: ann@kvist.example\r\n\r\n");
        all.push(Made {
            folder: ["INBOX", "INBOX.Sent", "INBOX.Sent.deep", "INBOX.R&AOQ-k"][number % 4],
            dated,
            received,
            bytes: [head.as_bytes(), &text].concat(),
        });
    }
    // One that lies in two folders, and one that lies in a folder twice.
    for (of, folder) in [(3, "INBOX"), (5, "INBOX.Sent")] {
        let Made {
            dated,
            received,
            ref bytes,
            ..
        } = all[of];
        let bytes = bytes.clone();
        all.push(Made {
            folder,
            dated,
            received,
            bytes,
        });
    }
    all
}

fn fill(server: &Cyrus, made: &[Made]) {
    let all: Vec<_> = made
        .iter()
        .map(|one| {
            let date = one.received.strftime("%d-%b-%Y %H:%M:%S +0000").to_string();
            [
                one.folder.as_bytes(),
                b"\n",
                date.as_bytes(),
                b"\n",
                &one.bytes,
            ]
            .concat()
        })
        .collect();
    let file = server.path("messages");
    fs::write(&file, all.join(&0)).unwrap();
    server.python(FILL, &[&file]);
}

fn subject(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines().next().unwrap().replace("Subject: ", "")
}

#[test]
fn the_messages_of_the_period_are_handed_over_and_no_others_and_cyrus_stays_as_it_is() {
    let Some((server, port)) = started() else {
        return;
    };
    let made = made();
    fill(&server, &made);
    let before = server.python(ALL, &[]);
    assert!(
        before.contains("\\\\Seen") && before.contains("HIGHESTMODSEQ"),
        "{before}"
    );
    let wire = Script::before(port, Box::new(|_, _, _| Deed::Pass));
    for (date, port) in [("header", port), ("internal", port), ("header", wire.port)] {
        let known = "known_account = \"birk@kvist.example\"";
        let source = opened(port, &format!("date = \"{date}\"\n{known}")).unwrap();
        source.probe().unwrap();
        let (counts, taken) = search(&source, "ann").unwrap();
        let decides = |one: &&Made| match date {
            "internal" => Some(one.received),
            _ => one.dated,
        };
        let unique: BTreeMap<_, _> = made.iter().map(|one| (&one.bytes, one)).collect();
        let own = || unique.values().copied();
        let truth: Vec<_> = own()
            .filter(|one| decides(one).is_some_and(|at| january().contains(at)))
            .map(|one| one.bytes.clone())
            .collect();
        assert!(
            truth.len() > 15 && own().count() - truth.len() > 15,
            "{}",
            truth.len()
        );
        assert!(
            taken.bytes() == truth,
            "{date}: {} of {}",
            taken.items.len(),
            truth.len()
        );
        let unclear = own().filter(|one| decides(one).is_none()).count();
        assert_eq!(taken.reviews.len(), unclear, "{date}: {:?}", taken.reviews);
        assert_eq!(
            (counts.examined, unclear),
            (60, if date == "internal" { 0 } else { 4 })
        );
        for (bytes, stored) in taken.items.values() {
            let received = unique[bytes].received.to_string();
            let expected = (date == "internal").then_some(received);
            assert_eq!(*stored, expected, "{}", subject(bytes));
        }
        // Another reader, over another protocol.
        let read = server.python(READER, &[date.as_ref()]);
        let read: BTreeSet<_> = read.lines().map(str::to_owned).collect();
        assert_eq!(read, truth.iter().map(|bytes| subject(bytes)).collect());
    }
    assert_eq!(server.python(ALL, &[]), before);
    // Whatever was asked of it only reads.
    let asked = wire.asked();
    assert!(asked.len() > 30, "{}", asked.len());
    for one in &asked {
        let reads = match one.what.as_str() {
            "session" | "blob" => one.head.starts_with("GET /jmap/"),
            "Mailbox/get" | "Email/query" | "Email/get" => one.head.starts_with("POST /jmap/ "),
            _ => false,
        };
        assert!(reads, "{one:?}");
    }
}

#[test]
fn who_may_not_stand_for_an_account_is_denied_and_an_account_that_is_not_there_is_no_empty_one() {
    let Some((server, port)) = started() else {
        return;
    };
    fill(&server, &made()[..2]);
    let [.., alone] = server.jmap.unwrap();
    let known = "known_account = \"ann@kvist.example\"";
    let sources = [
        // A wrong password; somebody who may stand for nobody; a server that lets nobody stand for others.
        (port, "password_file = \"wrong\""),
        (port, "user = \"birk\""),
        (alone, ""),
    ];
    for (port, more) in sources {
        let source = opened(port, &format!("{known}\n{more}")).unwrap();
        for error in [failed(&source, "ann"), source.probe().unwrap_err()] {
            assert_eq!(error.class(), "denied", "{more}: {error}");
            assert!(
                error.to_string().contains("does not let the login in"),
                "{error}"
            );
        }
    }
    let source = opened(port, known).unwrap();
    assert_eq!(search(&source, "ann").unwrap().0.examined, 2);
    let error = failed(&source, "nobody");
    assert_eq!(error.class(), "denied", "{error}");
    let unknown = opened(port, "known_account = \"nobody@kvist.example\"").unwrap();
    assert!(
        unknown
            .probe()
            .unwrap_err()
            .to_string()
            .contains("no mail of an account")
    );
    // Another name of the account is not the account.
    let whole = opened(port, "login = \"%n@elsewhere.example\"").unwrap();
    assert_eq!(failed(&whole, "ann").class(), "denied");
}

/// A token of this user (RFC 7519), as whoever has Cyrus's key makes one.
const TOKEN: &str = r#"
import base64, hashlib, hmac, json, time
def coded(text):
    return base64.urlsafe_b64encode(text).rstrip(b"=")
said = [{"alg": "HS256", "typ": "JWT"}, {"sub": sys.argv[3], "iat": int(time.time())}]
said = b".".join(coded(json.dumps(one).encode()) for one in said)
print((said + b"." + coded(hmac.new(b"k" * 32, said, hashlib.sha256).digest())).decode())
"#;

#[test]
fn a_token_signs_in_as_a_password_does() {
    let Some((server, port)) = started() else {
        return;
    };
    fill(&server, &made()[..2]);
    let place = tempfile::Builder::new().tempdir_in(std::env::temp_dir());
    let place = place.unwrap();
    let of = |user: &str| {
        let file = place.path().join(user);
        secret(&file, &server.python(TOKEN, &[user.as_ref()]));
        opened(port, &format!("token_file = {file:?}")).unwrap()
    };
    assert_eq!(search(&of("lagrum"), "ann").unwrap().0.examined, 2);
    assert_eq!(failed(&of("birk"), "ann").class(), "denied");
    let wrong = opened(port, "token_file = \"wrong\"").unwrap();
    assert_eq!(failed(&wrong, "ann").class(), "denied");
}

#[test]
fn a_server_elsewhere_proves_its_name_first() {
    let Some((server, _)) = started() else {
        return;
    };
    fill(&server, &made()[..2]);
    let [_, port, _] = server.jmap.unwrap();
    // The agent believes no file in a directory that belongs to others.
    let place = tempfile::Builder::new().tempdir_in(std::env::temp_dir());
    let place = place.unwrap();
    let certificate = place.path().join("cert.pem");
    secret(
        &certificate,
        &fs::read_to_string(server.path("cert.pem")).unwrap(),
    );
    let at = |host: &str, more: &str| {
        let session = format!("session = \"https://{host}:{port}/jmap/\"\n{more}");
        opened(port, &session).unwrap()
    };
    let trusted = format!("certificates = {certificate:?}");
    let (counts, _) = search(&at("localhost", &trusted), "ann").unwrap();
    assert_eq!(counts.examined, 2);
    for source in [at("localhost", ""), at("127.0.0.1", &trusted)] {
        for error in [failed(&source, "ann"), source.probe().unwrap_err()] {
            assert!(error.to_string().contains("certificate"), "{error}");
            assert!(!error.retryable());
        }
    }
}

#[test]
fn a_folder_that_the_account_may_see_and_not_read_fails_the_search() {
    let Some((server, port)) = started() else {
        return;
    };
    fill(&server, &made()[..8]);
    let source = opened(port, "").unwrap();
    assert_eq!(search(&source, "ann").unwrap().0.examined, 8);
    let rights = "admin = client(\"cyrusadm\")\nassert admin.setacl(\"user.ann.Sent\", \"ann\", sys.argv[3][1:])[0] == \"OK\"\n";
    server.python(rights, &["/l".as_ref()]);
    let error = failed(&source, "ann");
    assert_eq!(error.class(), "denied", "{error}");
    assert!(error.to_string().contains("may not read"), "{error}");
    server.python(rights, &["/lr".as_ref()]);
    assert_eq!(search(&source, "ann").unwrap().0.examined, 8);
    // Cyrus lets owners see what they may not read, whatever is taken from them.
    let unseen = "admin = client(\"cyrusadm\")\nassert admin.deleteacl(\"user.ann.Sent.deep\", \"ann\")[0] == \"OK\"\n";
    server.python(unseen, &[]);
    let error = failed(&source, "ann");
    assert!(error.to_string().contains("may not read"), "{error}");
}

#[test]
fn what_is_marked_as_deleted_is_not_shown_as_the_documentation_says() {
    let Some((server, port)) = started() else {
        return;
    };
    fill(&server, &made()[..8]);
    let source = opened(port, "").unwrap();
    assert_eq!(search(&source, "ann").unwrap().0.examined, 8);
    let deleted = "own = client(\"ann\")\nown.select(\"INBOX\")\nown.store(\"1\", \"+FLAGS\", \"\\\\Deleted\")\n";
    server.python(deleted, &[]);
    assert_eq!(search(&source, "ann").unwrap().0.examined, 7);
}

#[test]
fn an_account_of_which_cyrus_has_lost_count_fails_the_search() {
    let Some((server, port)) = started() else {
        return;
    };
    fill(&server, &made()[..8]);
    let source = opened(port, "").unwrap();
    // As it is where conversations were not kept when the mail came, until they are made.
    server.tool("ctl_conversationsdb", &["-z", "ann"]);
    let error = failed(&source, "ann");
    assert_eq!(error.class(), "damaged", "{error}");
    server.tool("ctl_conversationsdb", &["-b", "ann"]);
    assert_eq!(search(&source, "ann").unwrap().0.examined, 8);
}

/// What may happen to a message meanwhile.
const CHANGES: [(&str, usize); 3] = [
    (
        "assert own.append(\"INBOX\", None, None, b\"Date: Thu, 15 Jan 2026 12:00:00 +0100\\r\\n\\r\\nnew\\r\\n\")[0] == \"OK\"",
        13,
    ),
    (
        "assert own.copy(\"1\", \"INBOX.Sent\")[0] == \"OK\"\nown.store(\"1\", \"+FLAGS\", \"\\\\Deleted\")\nown.expunge()",
        12,
    ),
    (
        "own.store(\"1\", \"+FLAGS\", \"\\\\Deleted\")\nown.expunge()",
        11,
    ),
];

#[test]
fn what_comes_goes_or_is_moved_at_cyrus_between_two_pages_is_no_smaller_result() {
    for (change, expected) in CHANGES {
        for (what, number) in [("Email/query", 1), ("Email/get", 1), ("Mailbox/get", 1)] {
            let Some((server, port)) = started() else {
                return;
            };
            let mut made = made();
            made.truncate(12);
            for one in &mut made {
                let text = subject(&one.bytes);
                one.bytes = mail(IN, &text);
            }
            fill(&server, &made);
            let does = format!("own = client(\"ann\")\nown.select(\"INBOX\")\n{change}\n");
            // The wire outlives the server, which ends with the test.
            let server = Arc::new(Mutex::new(Some(server)));
            let kept = Arc::clone(&server);
            let wire = Script::before(
                port,
                Box::new(move |asked, times, _| {
                    if let Some(server) = kept.lock().unwrap().as_ref()
                        && asked.what == what
                        && times == number
                    {
                        server.python(&does, &[]);
                    }
                    Deed::Pass
                }),
            );
            let (counts, taken) = search(&opened(wire.port, "").unwrap(), "ann").unwrap();
            assert_eq!(taken.items.len(), expected, "{change} at {what}");
            assert_eq!(counts.examined as usize, expected);
            let listed = wire
                .asked()
                .iter()
                .filter(|one| one.what == "Mailbox/get")
                .count();
            assert!(listed > 2, "it was listed once more: {listed}");
            drop(server.lock().unwrap().take());
        }
    }
}

/// Takes messages, and does something after the first.
struct AfterFirst<'a>(Option<&'a dyn Fn()>, Taken);

impl Sink for AfterFirst<'_> {
    fn item(
        &mut self,
        order: usize,
        item: &Item<'_>,
        content: &mut dyn Read,
    ) -> Result<(), SinkError> {
        self.1.item(order, item, content)?;
        if let Some(does) = self.0.take() {
            does();
        }
        Ok(())
    }

    fn record(&mut self, order: usize, record: &Record<'_>) -> Result<(), SinkError> {
        self.1.record(order, record)
    }

    fn for_review(
        &mut self,
        order: usize,
        review: &Review<'_>,
        withheld: Option<Withheld<'_>>,
    ) -> Result<(), SinkError> {
        self.1.for_review(order, review, withheld)
    }
}

#[test]
fn a_search_ends_between_two_messages_and_what_goes_after_it_was_listed_is_whole_or_an_error() {
    let Some((server, port)) = started() else {
        return;
    };
    let mut made = made();
    made.truncate(12);
    for one in &mut made {
        let text = subject(&one.bytes);
        one.bytes = mail(IN, &text);
    }
    fill(&server, &made);
    let source = opened(port, "").unwrap();
    let cancelled = AtomicBool::new(false);
    let ends = || cancelled.store(true, Ordering::Relaxed);
    let mut sink = AfterFirst(Some(&ends), Taken::default());
    let ended = search_with(&source, "ann", &cancelled, &mut sink);
    assert_eq!(ended.unwrap_err().class(), "cancelled");
    assert_eq!(sink.1.items.len(), 1);

    let empties = "own = client(\"ann\")\nfor folder in [\"INBOX\", \"INBOX.Sent\", \"INBOX.Sent.deep\", \"INBOX.R&AOQ-k\"]:\n    own.select('\"%s\"' % folder)\n    own.store(\"1:*\", \"+FLAGS\", \"\\\\Deleted\")\n    own.expunge()\n";
    let does = || drop(server.python(empties, &[]));
    let mut sink = AfterFirst(Some(&does), Taken::default());
    match search_with(&source, "ann", &AtomicBool::new(false), &mut sink) {
        // Cyrus keeps for a while what was expunged, and gives it to whoever knows what it is called.
        Ok(counts) => {
            let mut all: Vec<_> = made.iter().map(|one| one.bytes.clone()).collect();
            all.sort_unstable();
            assert_eq!((counts.selected, sink.1.bytes()), (12, all));
        }
        Err(error) => assert_eq!(error.class(), "changed", "{error}"),
    }
    let (counts, taken) = search(&source, "ann").unwrap();
    assert_eq!((counts.examined, taken), (0, Taken::default()));
}
