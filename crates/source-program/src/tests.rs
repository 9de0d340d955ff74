//! Against Dovecot's own tool, over each of its formats, and against programs that do not answer as they should.

#[path = "../../source-imap/src/tests/dovecot.rs"]
mod dovecot;
mod programs;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use dovecot::Dovecot;
use lagrum_durable::Scratch;
use lagrum_model::{EmailAddress, Period};
use lagrum_source::{
    Context, Counts, Item, Known, Record, Review, Run, Sink, SinkError, Source as _, SourceError,
    Withheld,
};

use crate::doveadm::Doveadm;

/// What a search handed over: locator and bytes, and what is for a person.
#[derive(Debug, Default)]
struct Taken {
    items: BTreeMap<String, Vec<u8>>,
    reviews: BTreeMap<String, String>,
}

impl Sink for Taken {
    fn item(&mut self, _: usize, item: &Item<'_>, content: &mut dyn Read) -> Result<(), SinkError> {
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        assert_eq!(bytes.len() as u64, item.length);
        assert!(self.items.insert(item.locator.to_owned(), bytes).is_none());
        Ok(())
    }

    fn record(&mut self, _: usize, record: &Record<'_>) -> Result<(), SinkError> {
        panic!("{record:?}")
    }

    fn for_review(
        &mut self,
        _: usize,
        review: &Review<'_>,
        _: Option<Withheld<'_>>,
    ) -> Result<(), SinkError> {
        let (locator, why) = (review.locator.to_owned(), review.why.to_owned());
        self.reviews.insert(locator, why);
        Ok(())
    }
}

fn opened(program: &Path, settings: &Path) -> Doveadm {
    let text = format!(
        "kind = \"doveadm\"\nid = \"mail\"\nlogin = \"%n\"\nprogram = {program:?}\nsettings = {settings:?}\n"
    );
    let context = Context {
        base_directory: Path::new("/"),
    };
    Doveadm::open(&toml::from_str(&text).unwrap(), &context).unwrap()
}

fn of(server: &Dovecot) -> Doveadm {
    opened(Path::new("/usr/bin/doveadm"), &server.path("dovecot.conf"))
}

fn search(source: &Doveadm, account: &str) -> Result<Option<(Counts, Taken)>, SourceError> {
    with_run(account, |account, period, run, sink| {
        source.search_account(account, 0, period, run, sink)
    })
}

/// Searches for this account in January 2026 (UTC).
fn with_run(
    account: &str,
    search: impl FnOnce(
        &EmailAddress,
        &Period,
        Run<'_>,
        &mut dyn Sink,
    ) -> Result<Option<Counts>, SourceError>,
) -> Result<Option<(Counts, Taken)>, SourceError> {
    static SCRATCH: LazyLock<Scratch> = LazyLock::new(|| Scratch::new(&std::env::temp_dir()));
    let (known, cancelled) = (Known::default(), AtomicBool::new(false));
    let run = Run {
        now: "2026-09-01T00:00:00Z".parse().unwrap(),
        cancelled: &cancelled,
        scratch: &SCRATCH,
        accounts: &known,
    };
    let account = EmailAddress::parse(&format!("{account}@kvist.example")).unwrap();
    let at = |text: &str| text.parse().unwrap();
    let period = Period::new(at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z")).unwrap();
    let mut taken = Taken::default();
    let counts = search(&account, &period, run, &mut taken)?;
    Ok(counts.map(|counts| (counts, taken)))
}

fn failed(source: &Doveadm, account: &str) -> SourceError {
    match search(source, account) {
        Err(error) => error,
        Ok(found) => panic!("{found:?}"),
    }
}

const IN: &str = "Thu, 15 Jan 2026 12:00:00 +0100";
const OUT: &str = "Sun, 15 Feb 2026 12:00:00 +0100";

fn mail(date: &str, text: &[u8]) -> Vec<u8> {
    [
        format!("Subject: x\nDate: {date}\n\n").as_bytes(),
        text,
        b"\n",
    ]
    .concat()
}

#[test]
fn the_date_at_which_dovecot_received_a_message_decides_where_the_operator_chose_it() {
    let server = Dovecot::start(&[("ann", "maildir:~/Maildir")]);
    server.folder("ann", "Sent");
    server.flags("ann");
    let at = |text: &str| {
        let at: jiff::Timestamp = text.parse().unwrap();
        u64::try_from(at.as_second()).unwrap()
    };
    for (number, (received, date)) in [
        ("2025-12-31T23:59:59Z", IN),
        ("2026-01-01T00:00:00Z", OUT),
        ("2026-01-31T23:59:59Z", OUT),
        ("2026-02-01T00:00:00Z", IN),
    ]
    .into_iter()
    .enumerate()
    {
        let message = mail(date, format!("{number}").as_bytes());
        let name = format!("1700000000.M{number}P1.mx,S={}:2,S", message.len());
        server.put_received("ann", &name, &message, at(received));
    }
    let (tool, settings) = ("/usr/bin/doveadm", server.path("dovecot.conf"));
    for (date, expected) in [("internal", ["1", "2"]), ("header", ["0", "3"])] {
        let text = format!(
            "kind = \"doveadm\"\nid = \"mail\"\nlogin = \"%n\"\nprogram = {tool:?}\nsettings = {settings:?}\ndate = {date:?}\n"
        );
        let context = Context {
            base_directory: Path::new("/"),
        };
        let source = Doveadm::open(&toml::from_str(&text).unwrap(), &context).unwrap();
        let (counts, taken) = search(&source, "ann").unwrap().unwrap();
        assert_eq!((counts.examined, counts.for_review), (4, 0), "{date}");
        let mut bodies: Vec<_> = taken
            .items
            .values()
            .map(|bytes| {
                String::from_utf8_lossy(bytes)
                    .trim_end()
                    .rsplit('\n')
                    .next()
                    .unwrap()
                    .to_owned()
            })
            .collect();
        bodies.sort();
        assert_eq!(bodies, expected, "{date}");
    }
}

/// The settings of Dovecot for keys of its own with which it encrypts what it stores.
fn encrypting(place: &Path) -> String {
    let (key, public) = (place.join("own.pem"), place.join("public.pem"));
    let mut make = Command::new("openssl");
    make.args([
        "genpkey",
        "-algorithm",
        "EC",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-out",
    ]);
    dovecot::ran(make.arg(&key));
    let mut public_part = Command::new("openssl");
    public_part
        .args(["pkey", "-pubout", "-in"])
        .arg(&key)
        .arg("-out")
        .arg(&public);
    dovecot::ran(&mut public_part);
    fs::set_permissions(&key, PermissionsExt::from_mode(0o644)).unwrap();
    fs::set_permissions(place, PermissionsExt::from_mode(0o755)).unwrap();
    format!(
        "mail_plugins = mail_crypt\nplugin {{\n  mail_crypt_global_private_key = <{}\n  mail_crypt_global_public_key = <{}\n  mail_crypt_save_version = 2\n}}\n",
        key.display(),
        public.display()
    )
}

#[test]
fn each_form_in_which_dovecot_keeps_mail_gives_the_same_and_stays_as_it_is() {
    let keys = tempfile::Builder::new()
        .tempdir_in(std::env::temp_dir())
        .unwrap();
    let plain = "mail_attachment_dir =\n".to_owned();
    let compressed = "mail_plugins = zlib\nplugin {\n  zlib_save = gz\n}\n".to_owned();
    let encrypted = encrypting(keys.path());
    // What could be taken for the beginning of another message in one form or another.
    let forged = b"\nmailbox-guid=0ad73d2271dc0b6b3333000083ecc375 uid=9 guid=0ad7 text=Date: Thu, 15 Jan 2026\n\x0cr\xe4k \x01 \x7f \xff\xfe\t\n\t\n";
    let truth: [(&str, Vec<u8>); 4] = [
        ("INBOX uid 1", mail(IN, forged)),
        (
            "INBOX uid 4",
            mail(IN, &b"0123456789abcde\n".repeat(70_000)),
        ),
        ("INBOX uid 5", mail(IN, b"")),
        ("R\u{e4}k sm/a \"b uid 1", mail(IN, b"in a folder")),
    ];
    for (form, more, hidden) in [
        ("maildir:~/Maildir", &plain, false),
        ("sdbox:~/sdbox", &plain, false),
        ("mdbox:~/mdbox", &plain, false),
        ("mbox:~/mail:INBOX=~/inbox", &plain, false),
        ("sdbox:~/sdbox", &compressed, true),
        ("mdbox:~/mdbox", &compressed, true),
        ("maildir:~/Maildir", &compressed, true),
        ("sdbox:~/sdbox", &encrypted, true),
    ] {
        let server = Dovecot::start_with(&[("ann", form)], more);
        server.folder("ann", "R\u{e4}k sm/a \"b");
        server.folder("ann", "Public/all");
        server.save("ann", "Public/all", &mail(IN, b"everybody's"));
        server.save("ann", "INBOX", &truth[0].1);
        server.save("ann", "INBOX", &mail(OUT, forged));
        server.save("ann", "INBOX", b"Subject: three\n\nno date\n");
        server.save("ann", "INBOX", &truth[1].1);
        server.save("ann", "INBOX", &truth[2].1);
        server.save("ann", "R\u{e4}k sm/a \"b", &truth[3].1);
        server.doveadm(&[
            "flags", "add", "-u", "ann", "\\Seen", "mailbox", "INBOX", "uid", "2",
        ]);
        let before = server.flags("ann");
        // Read without the server, the text is not there: it is packed or encrypted.
        let stored = Command::new("grep")
            .args(["-rqa", "in a folder"])
            .arg(server.home("ann"))
            .status();
        assert_eq!(stored.unwrap().success(), !hidden, "{form} {more}");

        let (counts, taken) = search(&of(&server), "ann").unwrap().unwrap();
        let truth: BTreeMap<_, _> = truth
            .iter()
            .map(|(at, bytes)| ((*at).to_owned(), bytes.clone()))
            .collect();
        assert!(
            taken.items == truth,
            "{form} {more}: {:?}",
            taken.items.keys()
        );
        assert_eq!(
            Vec::from_iter(taken.reviews.keys()),
            ["INBOX uid 3"],
            "{form} {more}"
        );
        assert_eq!((counts.examined, counts.selected), (6, 4));
        assert_eq!(server.flags("ann"), before, "{form} {more}");
    }
}

#[test]
fn an_account_that_is_not_there_is_told_from_a_store_that_cannot_be_read() {
    let server = Dovecot::start(&[("ann", "sdbox:~/sdbox")]);
    for _ in 0..3 {
        server.save("ann", "INBOX", &mail(IN, b"one"));
    }
    let source = of(&server);
    source.probe().unwrap();
    assert_eq!(source.rehearse().unwrap().len(), 1);
    assert!(search(&source, "nobody").unwrap().is_none());
    assert_eq!(search(&source, "ann").unwrap().unwrap().0.selected, 3);
    // A pattern would be every account's mail.
    for pattern in ["a*", "an?"] {
        let error = failed(&source, pattern);
        assert!(error.to_string().contains("field `login`"), "{error}");
    }
    let message = server
        .home("ann")
        .join("sdbox/mailboxes/INBOX/dbox-Mails/u.2");
    let whole = fs::read(&message).unwrap();
    fs::write(&message, &whole[..whole.len() / 2]).unwrap();
    let error = failed(&source, "ann");
    assert!(error.to_string().contains("uid 2"), "{error}");
    fs::remove_file(&message).unwrap();
    failed(&source, "ann");
    let away = opened(
        Path::new("/usr/bin/doveadm"),
        Path::new("/nowhere/dovecot.conf"),
    );
    failed(&away, "ann");
}

/// A tool that answers like this, in place of Dovecot's: the first words as a listing, the others as messages.
fn tool(listing: &str, messages: &str) -> (tempfile::TempDir, Doveadm) {
    let place = tempfile::Builder::new()
        .tempdir_in(std::env::temp_dir())
        .unwrap();
    let file = place.path().join("doveadm");
    let script =
        format!("#!/bin/sh\ncase \"$*\" in\n*json*) {listing} ;;\n*) {messages} ;;\nesac\n");
    fs::write(&file, script).unwrap();
    fs::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
    let source = opened(&file, Path::new("/dev/null"));
    (place, source)
}

#[test]
fn a_rehearsal_asks_dovecot_for_users_and_says_what_it_did_not_ask() {
    for (user, lets_in) in [
        ("exit 67", true),
        ("echo uid 5000", true),
        (
            "echo 'connect(/run/dovecot/auth-userdb) failed: Permission denied' >&2; exit 75",
            false,
        ),
        ("exit 77", false),
        ("exit 89", false),
    ] {
        let place = tempfile::Builder::new()
            .tempdir_in(std::env::temp_dir())
            .unwrap();
        let file = place.path().join("doveadm");
        let script =
            format!("#!/bin/sh\ncase \"$*\" in\n*user*) {user} ;;\n*) echo INBOX ;;\nesac\n");
        fs::write(&file, script).unwrap();
        fs::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
        let source = opened(&file, Path::new("/dev/null"));
        // The tool itself is there in all of them.
        source.probe().unwrap();
        let rehearsed = source.rehearse();
        assert_eq!(rehearsed.is_ok(), lets_in, "{user}: {rehearsed:?}");
        match rehearsed {
            Ok(parts) => assert!(parts[0].warnings[0].contains("was not asked"), "{parts:?}"),
            Err(error) => assert!(error.to_string().contains("auth-userdb"), "{error}"),
        }
    }
}

#[test]
fn a_tool_that_gives_half_or_more_or_another_fails_the_search() {
    let one = r#"printf '[{"mailbox":"INBOX","mailbox-guid":"0a","uid":"1","guid":"g","size.physical":"45"}]'"#;
    let text = r"Date: Thu, 15 Jan 2026 12:00:00 +0100\n\n12345\n";
    let right = format!("printf 'mailbox-guid=0a uid=1 guid=g text={text}\\n'");
    let (_place, source) = tool(one, &right);
    let (counts, _) = search(&source, "ann").unwrap().unwrap();
    assert_eq!((counts.selected, counts.bytes), (1, 45));
    for (listing, messages, says) in [
        (one, format!("{right}; exit 1"), "status 1"),
        (one, format!("{right}; kill -9 $$"), "signal 9"),
        (
            one,
            "printf 'mailbox-guid=0a uid=1 guid=g text=Date: '; echo broken >&2; exit 9".to_owned(),
            "broken",
        ),
        (
            one,
            "printf 'mailbox-guid=0a uid=1 guid=g text=Date: '".to_owned(),
            "in the middle",
        ),
        (
            one,
            format!("printf 'mailbox-guid=0a uid=1 guid=g text={text}x\\n'"),
            "another length",
        ),
        (one, format!("{right}; printf more"), "more than it should"),
        (
            one,
            format!("printf 'mailbox-guid=0a uid=2 guid=g text={text}\\n'"),
            "is another now",
        ),
        (
            one,
            format!("printf 'mailbox-guid=0a uid=1 guid=h text={text}\\n'"),
            "is another now",
        ),
        (one, "true".to_owned(), "is gone"),
        (
            one,
            "printf 'mailbox-guid=0a uid=1'".to_owned(),
            "in the middle",
        ),
        ("printf '[{'", right.clone(), "cannot be read"),
        ("true", right.clone(), "cannot be read"),
        ("date +[%N]", right.clone(), "cannot be read"),
        ("printf '[]'; exit 77", right.clone(), "status 77"),
        ("exit 75", right.clone(), "status 75"),
    ] {
        let (_place, source) = tool(listing, &messages);
        let error = failed(&source, "ann");
        assert!(error.to_string().contains(says), "{messages}: {error}");
    }
    let (_place, source) = tool("exit 67", "true");
    assert!(search(&source, "ann").unwrap().is_none());
}
