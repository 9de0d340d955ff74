//! A real mail server (Dovecot, from Debian), and servers that do not keep to the protocol.

mod dovecot;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dovecot::Dovecot;
use lagrum_mailbox::{Letter, MailboxError, MailboxSettings, Place, Read, Unread, read_new};
use zeroize::Zeroizing;

const LONGEST: u64 = 100_000;

fn read(settings: &MailboxSettings, place: Option<Place>) -> (Read, Vec<Letter>, Vec<Unread>) {
    read_until(settings, place, usize::MAX)
}

/// Reads until so many letters are taken; then taking fails.
fn read_until(
    settings: &MailboxSettings,
    place: Option<Place>,
    most: usize,
) -> (Read, Vec<Letter>, Vec<Unread>) {
    let (mut letters, mut unread) = (Vec::new(), Vec::new());
    let take = |letter| {
        if letters.len() == most {
            return Err("the desk is full".to_owned());
        }
        letters.push(letter);
        Ok(())
    };
    let done = read_new(settings, place, LONGEST, take, |one| unread.push(one));
    (done, letters, unread)
}

fn whole(done: Read) -> Place {
    assert!(done.stopped.is_none(), "{:?}", done.stopped);
    done.place.unwrap()
}

fn mail(subject: &str) -> Vec<u8> {
    format!("From: k.ek@polisen.example\r\nSubject: {subject}\r\n\r\nSe bilaga.\r\n").into_bytes()
}

fn below(place: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for folder in ["new", "cur", "tmp"] {
        for one in fs::read_dir(place.join(folder)).into_iter().flatten() {
            let path = one.unwrap().path();
            all.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    all
}

#[test]
fn what_is_new_is_read_once_in_order_and_the_mailbox_stays_as_it_is() {
    let server = Dovecot::start();
    let settings = server.settings();
    let (done, letters, _) = read(&settings, None);
    assert_eq!((whole(done).last, letters.len()), (0, 0));

    for subject in ["one", "two", "three"] {
        server.deliver(subject, &mail(subject));
    }
    let before = below(&server.maildir());
    let (done, letters, _) = read(&settings, None);
    let place = whole(done);
    let bytes: Vec<_> = letters.iter().map(|letter| letter.bytes.clone()).collect();
    assert_eq!(bytes, ["one", "two", "three"].map(mail));
    assert!(letters.iter().all(|letter| letter.arrived.is_some()));
    assert_eq!(below(&server.maildir()), before, "no flag, no move");

    let (done, letters, _) = read(&settings, Some(place));
    assert_eq!((whole(done), letters.len()), (place, 0));
    server.deliver("four", &mail("four"));
    let (done, letters, _) = read(&settings, Some(place));
    assert_eq!(letters.len(), 1);
    assert!(whole(done).last > place.last);

    // Numbers of another folder name other messages: all of them are read again.
    let other = Place {
        validity: place.validity ^ 1,
        ..place
    };
    assert_eq!(read(&settings, Some(other)).1.len(), 4);
}

#[test]
fn what_could_not_be_taken_is_read_again_and_what_is_too_long_is_named() {
    let server = Dovecot::start();
    let settings = server.settings();
    server.deliver("1", &mail("one"));
    server.deliver("2", &vec![b'x'; 200_000]);
    server.deliver("3", &mail("three"));
    let (done, letters, unread) = read_until(&settings, None, 1);
    let (error, place) = (done.stopped.unwrap(), done.place);
    assert!(matches!(error, MailboxError::NotTaken(_)), "{error}");
    assert_eq!(letters.len(), 1);
    assert_eq!(unread.iter().map(|one| one.uid).collect::<Vec<_>>(), [2]);
    assert!(unread[0].length >= 200_000);
    let (done, letters, _) = read(&settings, place);
    assert_eq!(whole(done).last, 3);
    assert_eq!(letters[0].bytes, mail("three"));
}

#[test]
fn who_is_not_let_in_or_not_believed_reads_nothing_and_says_why() {
    let server = Dovecot::start();
    server.deliver("1", &mail("one"));
    let why = |settings: &MailboxSettings| {
        let (done, letters, _) = read(settings, None);
        assert!(letters.is_empty());
        done.stopped.unwrap()
    };
    let mut settings = server.settings();
    settings.password = Zeroizing::new("guessed".to_owned());
    assert!(matches!(why(&settings), MailboxError::Denied));
    let mut settings = server.settings();
    settings.folder = "Nowhere".to_owned();
    assert!(matches!(why(&settings), MailboxError::NoFolder));
    // The machine's own list does not vouch for it.
    let mut settings = server.settings();
    settings.certificates = vec![];
    assert!(matches!(why(&settings), MailboxError::Certificate));
    // It has a certificate, for another name.
    let mut settings = server.settings();
    settings.server = "127.0.0.1".to_owned();
    assert!(matches!(why(&settings), MailboxError::Certificate));
    let mut settings = server.settings();
    settings.port = 1;
    assert!(matches!(why(&settings), MailboxError::Unreachable));
}

/// A server that says this to everybody, and then listens until the other goes.
fn says(answers: Vec<Vec<u8>>) -> MailboxSettings {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            for one in &answers {
                if stream.write_all(one).is_err() {
                    break;
                }
                let _ = stream.read(&mut [0; 4096]);
            }
        }
    });
    MailboxSettings {
        server: "127.0.0.1".to_owned(),
        port,
        user: "demands".to_owned(),
        password: Zeroizing::new("s3cret".to_owned()),
        folder: "INBOX".to_owned(),
        certificates: vec![],
        plain: true,
    }
}

#[test]
fn a_server_that_breaks_the_rules_ends_in_an_error_and_nothing_is_taken() {
    let text = |lines: &[&str]| lines.iter().map(|line| line.as_bytes().to_vec()).collect();
    let long = vec![b"* OK hi\r\n".to_vec(), b"* ".repeat(4 << 20)];
    let servers: [(&str, Vec<Vec<u8>>); 6] = [
        ("says nothing of use", text(&["hello\r\n"])),
        ("goes at once", vec![]),
        ("goes after the greeting", text(&["* OK hi\r\n"])),
        ("speaks without end", long),
        (
            "promises four gigabytes",
            text(&["* OK hi\r\n", "* 1 FETCH (BODY[] {4294967295}\r\nxx"]),
        ),
        (
            "answers another command",
            text(&["* OK hi\r\n", "zzz OK\r\n", "* BYE\r\n"]),
        ),
    ];
    for (what, answers) in servers {
        let begin = Instant::now();
        let (done, letters, _) = read(&says(answers), None);
        assert!(done.stopped.is_some() && letters.is_empty(), "{what}");
        assert!(begin.elapsed() < Duration::from_secs(40), "{what}");
    }
}
