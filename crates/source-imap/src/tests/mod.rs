//! Against Dovecot, over a wire that may be cut, and against servers that do not keep to the protocol.

mod cyrus;
mod cyrus_server;
mod dates;
mod dovecot;
mod odd;
mod proxy;

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

use dovecot::{Dovecot, PASSWORD, secret};
use lagrum_durable::Scratch;
use lagrum_model::{EmailAddress, Period};
use lagrum_source::{
    Context, Counts, Item, Known, Record, Review, Run, Sink, SinkError, Source as _, SourceError,
    Withheld,
};
use proxy::{Cut, Wire};

use crate::source::Imap;

/// What a search handed over: locator and bytes, and what is for a person.
#[derive(Debug, Default)]
struct Taken {
    items: Vec<(String, Vec<u8>)>,
    reviews: BTreeMap<String, String>,
}

impl Sink for Taken {
    fn item(&mut self, _: usize, item: &Item<'_>, content: &mut dyn Read) -> Result<(), SinkError> {
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        assert_eq!(bytes.len() as u64, item.length);
        self.items.push((item.locator.to_owned(), bytes));
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

impl Taken {
    fn locators(&self) -> Vec<&str> {
        self.items
            .iter()
            .map(|(locator, _)| locator.as_str())
            .collect()
    }
}

fn opened(port: u16, more: &str) -> Result<Imap, SourceError> {
    let place = tempfile::Builder::new().tempdir_in(std::env::temp_dir());
    let place = place.unwrap();
    secret(&place.path().join("secret"), &format!("{PASSWORD}\n"));
    secret(&place.path().join("wrong"), "guessed");
    let mut text =
        "kind = \"imap\"\nid = \"mail\"\nlogin = \"%n\"\nmaster = \"lagrum\"\n".to_owned();
    text += &format!("port = {port}\n{more}\n");
    for (field, usual) in [
        ("server", "server = \"127.0.0.1\"\nplain = true\n"),
        ("password_file", "password_file = \"secret\"\n"),
    ] {
        if !more.contains(field) {
            text += usual;
        }
    }
    let config = toml::from_str(&text).unwrap();
    let context = Context {
        base_directory: place.path(),
    };
    Imap::open(&config, &context)
}

fn run(cancelled: &AtomicBool) -> Run<'_> {
    static SCRATCH: LazyLock<Scratch> = LazyLock::new(|| Scratch::new(&std::env::temp_dir()));
    static KNOWN: LazyLock<Known> = LazyLock::new(Known::default);
    Run {
        now: "2026-09-01T00:00:00Z".parse().unwrap(),
        cancelled,
        scratch: &SCRATCH,
        accounts: &KNOWN,
    }
}

fn search(source: &Imap, account: &str) -> Result<Option<(Counts, Taken)>, SourceError> {
    let mut taken = Taken::default();
    let counts = search_with(source, account, &AtomicBool::new(false), &mut taken)?;
    Ok(counts.map(|counts| (counts, taken)))
}

fn search_with(
    source: &Imap,
    account: &str,
    cancelled: &AtomicBool,
    sink: &mut dyn Sink,
) -> Result<Option<Counts>, SourceError> {
    let account = EmailAddress::parse(&format!("{account}@kvist.example")).unwrap();
    let period = |at: &str| at.parse().unwrap();
    let period = Period::new(
        period("2026-01-01T00:00:00Z"),
        period("2026-02-01T00:00:00Z"),
    );
    source.search_account(&account, 0, &period.unwrap(), run(cancelled), sink)
}

fn failed(source: &Imap, account: &str) -> SourceError {
    match search(source, account) {
        Err(error) => error,
        Ok(found) => panic!("{found:?}"),
    }
}

const IN: &str = "Thu, 15 Jan 2026 12:00:00 +0100";
const OUT: &str = "Sun, 15 Feb 2026 12:00:00 +0100";

fn mail(date: &str, text: &str) -> Vec<u8> {
    format!("Subject: {text}\r\nDate: {date}\r\n\r\n{text}\r\n").into_bytes()
}

const ANN: (&str, &str) = ("ann", "maildir:~/Maildir");

#[test]
fn all_of_the_accounts_own_folders_are_read_and_nothing_at_the_server_changes() {
    let server = Dovecot::start(&[ANN]);
    for folder in ["Sent", "a \"b\\", "Räksmörgås", "deep/er", "nul", "more"] {
        server.folder("ann", folder);
    }
    let long = [
        mail(IN, "long"),
        "lång rad\r\n".repeat(1 << 20).into_bytes(),
    ]
    .concat();
    server.save("ann", "INBOX", &mail(IN, "one"));
    server.save("ann", "INBOX", &mail(OUT, "two"));
    server.save("ann", "INBOX", b"Subject: three\r\n\r\nno date\r\n");
    server.save("ann", "Sent", &mail(IN, "four"));
    server.save("ann", "a \"b\\", &mail(IN, "five"));
    server.save("ann", "Räksmörgås", &mail(IN, "six"));
    server.save("ann", "deep/er", &long);
    // No message on the wire holds a NUL: Dovecot gives another byte in its place.
    server.save("ann", "nul", &mail(IN, "nul \0"));
    // What several share is not hers.
    server.folder("ann", "Public/all");
    server.save("ann", "Public/all", &mail(IN, "everybody's"));
    server.doveadm(&[
        "flags",
        "add",
        "-u",
        "ann",
        "\\Seen \\Flagged",
        "mailbox",
        "Sent",
        "all",
    ]);
    let before = server.flags("ann");
    assert!(
        before.contains("\\Seen") && before.contains("recent=3"),
        "{before}"
    );

    let wire = Wire::to(server.port, Cut::Never);
    let source = opened(wire.port, "").unwrap();
    let (counts, taken) = search(&source, "ann").unwrap().unwrap();
    assert_eq!(
        taken.locators(),
        [
            "INBOX uid 1",
            "R&AOQ-ksm&APY-rg&AOU-s uid 1",
            "Sent uid 1",
            "a \"b\\ uid 1",
            "deep/er uid 1",
            "nul uid 1"
        ]
    );
    assert_eq!(taken.items[0].1, mail(IN, "one"));
    assert!(taken.items[4].1 == long, "of {} bytes", long.len());
    let nul = mail(IN, "nul \0").into_iter();
    let in_its_place: Vec<_> = nul
        .map(|byte| if byte == 0 { 0x80 } else { byte })
        .collect();
    assert_eq!(taken.items[5].1, in_its_place);
    assert_eq!(Vec::from_iter(taken.reviews.keys()), ["INBOX uid 3"]);
    assert_eq!(
        (counts.examined, counts.selected, counts.for_review),
        (8, 6, 1)
    );

    assert_eq!(server.flags("ann"), before);
    // Every command that was given is one that reads.
    let asked = wire.asked();
    assert!(asked.len() > 20, "{asked:#?}");
    for command in &asked {
        let reads = [
            "AUTHENTICATE PLAIN",
            "NAMESPACE",
            "LOGOUT",
            "FETCH 1:* (UID)",
        ];
        let reads = reads.contains(&command.as_str())
            || command.starts_with("LIST \"\" ")
            || command.starts_with("EXAMINE ")
            || (command.starts_with("UID FETCH ") && command.contains("BODY.PEEK[]"));
        assert!(reads, "{command}");
    }
}

#[test]
fn who_is_not_let_in_is_told_from_a_server_that_is_away_and_from_an_account_that_is_not_there() {
    let server = Dovecot::start(&[ANN, ("birk", "maildir:~/Maildir")]);
    server.save("ann", "INBOX", &mail(IN, "one"));
    let known = "known_account = \"birk@kvist.example\"";
    let source = opened(server.port, known).unwrap();
    source.probe().unwrap();
    assert!(search(&source, "ann").unwrap().is_some());
    assert!(search(&source, "nobody").unwrap().is_none());
    // With both names as one.
    let both = opened(server.port, &format!("{known}\nseparator = \"*\"")).unwrap();
    assert!(search(&both, "ann").unwrap().is_some());
    let account = EmailAddress::parse("ann*x@kvist.example").unwrap();
    assert!(
        both.search_account(
            &account,
            0,
            &Period::new(
                "2026-01-01T00:00:00Z".parse().unwrap(),
                "2026-02-01T00:00:00Z".parse().unwrap()
            )
            .unwrap(),
            run(&AtomicBool::new(false)),
            &mut Taken::default()
        )
        .is_err_and(|error| error.to_string().contains("separator"))
    );

    // Without such an account nobody knows which of the two it is.
    let unsure = opened(server.port, "").unwrap();
    let error = failed(&unsure, "nobody");
    assert_eq!(error.class(), "denied", "{error}");
    assert!(error.to_string().contains("known_account"), "{error}");
    let wrong = format!("{known}\npassword_file = \"wrong\"");
    let wrong = opened(server.port, &wrong).unwrap();
    for error in [
        failed(&wrong, "ann"),
        failed(&wrong, "nobody"),
        wrong.probe().unwrap_err(),
    ] {
        assert_eq!(error.class(), "denied", "{error}");
    }
    let away = opened(1, known).unwrap();
    for error in [failed(&away, "ann"), away.probe().unwrap_err()] {
        assert!(
            error.class() == "unreachable" && error.retryable(),
            "{error}"
        );
    }
}

#[test]
fn a_server_elsewhere_proves_its_name_first() {
    let server = Dovecot::start(&[ANN]);
    server.save("ann", "INBOX", &mail(IN, "one"));
    let certificate = server.path("cert.pem");
    std::fs::set_permissions(
        &certificate,
        std::os::unix::fs::PermissionsExt::from_mode(0o644),
    )
    .unwrap();
    let trusted = format!("certificates = {certificate:?}");
    let source = opened(
        server.secure_port,
        &format!("server = \"localhost\"\n{trusted}"),
    )
    .unwrap();
    assert_eq!(search(&source, "ann").unwrap().unwrap().0.selected, 1);
    let untrusted = opened(server.secure_port, "server = \"localhost\"").unwrap();
    let other = opened(
        server.secure_port,
        &format!("server = \"127.0.0.1\"\n{trusted}"),
    )
    .unwrap();
    for source in [untrusted, other] {
        let error = failed(&source, "ann");
        assert!(error.to_string().contains("certificate"), "{error}");
        assert!(!error.retryable());
    }
    let Err(error) = opened(143, "server = \"imap.kvist.example\"\nplain = true") else {
        panic!("opened")
    };
    assert!(error.to_string().contains("field `plain`"), "{error}");
}

#[test]
fn wherever_the_wire_is_cut_the_search_is_whole_or_fails() {
    let server = Dovecot::start(&[ANN]);
    for number in 0..3 {
        server.save("ann", "INBOX", &mail(IN, &"x".repeat(3000 + number)));
    }
    let whole = Wire::to(server.port, Cut::Never);
    let source = opened(whole.port, "").unwrap();
    assert_eq!(search(&source, "ann").unwrap().unwrap().0.selected, 3);
    let given = whole.given();
    assert!(given > 9000, "{given}");
    let mut cut_in_a_message = 0;
    for most in (1..given).step_by(211) {
        let wire = Wire::to(server.port, Cut::After(most));
        let source = opened(wire.port, "").unwrap();
        match search(&source, "ann") {
            // All was there, and only the good-bye is missing.
            Ok(found) => assert!(
                found.unwrap().0.selected == 3 && most > given - 200,
                "{most}"
            ),
            Err(error) => {
                assert_eq!(error.class(), "unreachable", "{most}: {error}");
                cut_in_a_message += usize::from(error.to_string().contains("uid"));
            }
        }
    }
    assert!(cut_in_a_message > 30, "{cut_in_a_message}");
}

/// Takes messages, and does something after each.
struct After<'a>(&'a mut dyn FnMut());

impl Sink for After<'_> {
    fn item(&mut self, _: usize, _: &Item<'_>, content: &mut dyn Read) -> Result<(), SinkError> {
        std::io::copy(content, &mut std::io::sink())?;
        (self.0)();
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
        panic!("{review:?}")
    }
}

#[test]
fn what_is_removed_moved_or_made_anew_meanwhile_is_no_smaller_result() {
    let server = Dovecot::start(&[ANN]);
    let source = opened(server.port, "").unwrap();
    let change = |what: &[&str]| {
        server.folder("ann", "Later");
        for folder in ["INBOX", "INBOX", "Later"] {
            server.save("ann", folder, &mail(IN, "one"));
        }
        let mut left = Some(what);
        let mut after = || {
            if let Some(what) = left.take() {
                server.doveadm(what);
            }
        };
        let cancelled = AtomicBool::new(false);
        let ended = search_with(&source, "ann", &cancelled, &mut After(&mut after));
        server.doveadm(&["expunge", "-u", "ann", "mailbox", "INBOX", "all"]);
        if server
            .doveadm(&["mailbox", "list", "-u", "ann"])
            .contains("Later")
        {
            server.doveadm(&["mailbox", "delete", "-u", "ann", "Later"]);
        }
        ended
    };
    for what in [
        &["expunge", "-u", "ann", "mailbox", "INBOX", "2:*"][..],
        &["expunge", "-u", "ann", "mailbox", "INBOX", "all"],
        &["expunge", "-u", "ann", "mailbox", "Later", "all"],
        &["move", "-u", "ann", "INBOX", "mailbox", "Later", "all"],
        &["mailbox", "delete", "-s", "-u", "ann", "Later"],
        &[
            "mailbox",
            "update",
            "-u",
            "ann",
            "--uid-validity",
            "77",
            "Later",
        ],
    ] {
        let error = change(what).expect_err("a smaller result");
        assert_eq!(error.class(), "changed", "{what:?}: {error}");
    }
    // Flags and what comes new take nothing away.
    let flagged = [
        "flags", "add", "-u", "ann", "\\Seen", "mailbox", "INBOX", "all",
    ];
    assert_eq!(change(&flagged).unwrap().unwrap().selected, 3);
    let copied = ["copy", "-u", "ann", "Later", "mailbox", "INBOX", "all"];
    assert_eq!(change(&copied).unwrap().unwrap().selected, 3);
}

#[test]
fn a_search_ends_between_two_messages() {
    let server = Dovecot::start(&[ANN]);
    for _ in 0..5 {
        server.save("ann", "INBOX", &mail(IN, "one"));
    }
    let source = opened(server.port, "").unwrap();
    let (cancelled, mut count) = (AtomicBool::new(false), 0);
    let mut after = || {
        count += 1;
        cancelled.store(count == 2, Ordering::Relaxed);
    };
    let ended = search_with(&source, "ann", &cancelled, &mut After(&mut after));
    assert!(
        matches!(ended, Err(SourceError::Cancelled { .. })),
        "{ended:?}"
    );
    assert_eq!(count, 2);
}
