//! Servers that do not keep to the protocol: none of them makes a smaller result.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use lagrum_source::SourceError;

use super::{IN, Taken, failed, mail, opened, search, search_with};
use crate::session::Limits;

/// A server that greets, and answers each command, given with its tag, as `answer` says; with nothing it hangs up.
fn answering(
    mut answer: impl FnMut(&mut TcpStream, &str, &str) -> Option<Vec<u8>> + Send + 'static,
) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut out = stream.try_clone().unwrap();
            let _ = out.write_all(b"* OK ready\r\n");
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
                let told = match command {
                    "" => Some(b"L1 OK in\r\n".to_vec()),
                    command => answer(&mut out, tag, command),
                };
                if told.is_none_or(|told| out.write_all(&told).is_err()) {
                    break;
                }
            }
        }
    });
    port
}

/// A server with one folder and one message, which answers a command that begins with `odd` with `answer` (`TAG` stands
/// for the command's tag).
fn server(odd: &'static str, answer: &'static [u8]) -> u16 {
    answering(move |_, tag, command| match command.starts_with(odd) {
        true => Some(
            String::from_utf8_lossy(answer)
                .replace("TAG", tag)
                .into_bytes(),
        ),
        false => Some(usual_answer(tag, command)),
    })
}

fn usual_answer(tag: &str, command: &str) -> Vec<u8> {
    let before = match command.split(' ').next().unwrap() {
        "AUTHENTICATE" => return b"+ \r\n".to_vec(),
        "NAMESPACE" => b"* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n".to_vec(),
        "LIST" => b"* LIST () \"/\" INBOX\r\n".to_vec(),
        "EXAMINE" => {
            let said = "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] numbers\r\n";
            return format!("{said}{tag} OK [READ-ONLY] open\r\n").into_bytes();
        }
        "FETCH" => b"* 1 FETCH (UID 5)\r\n".to_vec(),
        "UID" => {
            let message = mail(IN, "one");
            let said = format!(
                "* 1 FETCH (UID 5 RFC822.SIZE {0} BODY[]<0> {{{0}}}\r\n",
                message.len()
            );
            [said.as_bytes(), &message, b")\r\n"].concat()
        }
        _ => vec![],
    };
    [before, format!("{tag} OK done\r\n").into_bytes()].concat()
}

#[test]
fn a_server_that_keeps_to_the_protocol_is_read() {
    let source = opened(server("NOTHING", b""), "").unwrap();
    assert_eq!(search(&source, "ann").unwrap().unwrap().0.selected, 1);
}

#[test]
fn what_is_not_in_the_protocol_or_less_than_announced_fails_the_search() {
    let cases: &[(&str, &[u8], &str)] = &[
        ("UID", b"* 1 FETCH (UID 5 RFC822.SIZE 60 BODY[]<0> NIL)\r\nTAG OK\r\n", "without content"),
        ("UID", b"* 1 FETCH (UID 5 RFC822.SIZE 60 BODY[]<0> {2}\r\nhi)\r\nTAG OK\r\n", "shorter than announced"),
        ("UID", b"* 1 FETCH (UID 5 RFC822.SIZE 1 BODY[]<0> {2}\r\nhi)\r\nTAG OK\r\n", "longer than announced"),
        ("UID", b"* 1 FETCH (UID 5 BODY[]<0> {2}\r\nhi)\r\nTAG OK\r\n", "without a length"),
        ("UID", b"* 1 FETCH (UID 6 RFC822.SIZE 2 BODY[]<0> {2}\r\nhi)\r\nTAG OK\r\n", "not asked for"),
        ("UID", b"* 1 FETCH (UID 5 RFC822.SIZE 2 BODY[]<0> {2}\r\nhi)\r\n* 1 FETCH (UID 5 RFC822.SIZE 2 BODY[]<0> {2}\r\nhi)\r\nTAG OK\r\n", "twice"),
        ("UID", b"* 1 FETCH (UID 5 RFC822.SIZE 2 BODY[]<0> {99999999999}\r\n", "more than was asked for"),
        ("UID", b"* 1 FETCH (UID 5 FLAGS (\\Seen))\r\nTAG OK\r\n", "is gone"),
        ("UID", b"TAG OK done\r\n", "is gone"),
        ("UID", b"TAG NO [EXPUNGEISSUED] some are gone\r\n", "is gone"),
        ("UID", b"TAG NO [SERVERBUG] no\r\n", "refused to give a message"),
        ("UID", b"TAG BAD what\r\n", "does not know a command"),
        ("UID", b"X9 OK done\r\n", "an answer to no command"),
        ("UID", b"* BYE shutting down\r\n", "ended the session"),
        ("UID", b"* 1 FETCH (UID 5\r\nTAG OK\r\n", "taken apart"),
        ("FETCH", b"TAG OK done\r\n", "were removed"),
        ("FETCH", b"* 2 FETCH (UID 5)\r\nTAG OK done\r\n", "were removed"),
        ("FETCH", b"TAG NO no\r\n", "refused to list messages"),
        ("EXAMINE", b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] n\r\nTAG OK [READ-WRITE] open\r\n", "for changing"),
        ("EXAMINE", b"* 1 EXISTS\r\nTAG OK [READ-ONLY] open\r\n", "UIDVALIDITY"),
        ("EXAMINE", b"* OK [UIDVALIDITY 7] n\r\nTAG OK [READ-ONLY] open\r\n", "a count"),
        ("EXAMINE", b"TAG NO [NOPERM] no\r\n", "refused to show a folder"),
        ("LIST", b"TAG NO no\r\n", "refused to list folders"),
        ("LIST", b"* LIST () \"/\" \"r\xc3\xa4k\"\r\nTAG OK done\r\n", "not in ASCII"),
        (
            "LIST",
            b"* LIST () \"/\" Sent\r\nTAG OK done\r\n",
            "without an INBOX",
        ),
        ("LIST", b"TAG OK done\r\n", "without an INBOX"),
        ("NAMESPACE", b"TAG OK done\r\n", "NAMESPACE"),
        ("NAMESPACE", b"TAG BAD unknown\r\n", "does not know a command"),
        ("AUTHENTICATE", b"* BYE no\r\n", "ended the session"),
        ("AUTHENTICATE", b"TAG NO [UNAVAILABLE] later\r\n", "UNAVAILABLE"),
    ];
    for (odd, answer, says) in cases {
        let source = opened(server(odd, answer), "").unwrap();
        let error = failed(&source, "ann");
        assert!(error.to_string().contains(says), "{says}: {error}");
    }
}

#[test]
fn a_line_without_end_and_answers_without_end_take_no_more_than_was_allowed() {
    let line = [b"* OK ".as_slice(), &[b'x'; 200_000]].concat();
    let source = opened(server("LIST", line.leak()), "").unwrap();
    assert!(failed(&source, "ann").to_string().contains("too long"));
}

/// Two folders of one message each, named twice as a server may.
const TWO: &[u8] =
    b"* LIST () \"/\" INBOX\r\n* LIST () \"/\" Sent\r\n* LIST () \"/\" Sent\r\nTAG OK done\r\n";

#[test]
fn an_account_is_listed_up_to_what_all_of_its_folders_may_hold_together() {
    let port = server("LIST", TWO);
    let tried = |limits| {
        let mut source = opened(port, "").unwrap();
        source.limits = limits;
        search(&source, "ann").map(|found| found.unwrap().0.selected)
    };
    let just = Limits {
        folders: 2,
        messages: 2,
        bytes: 1000,
    };
    assert_eq!(tried(just).unwrap(), 2);
    let few = Limits {
        messages: 1,
        ..just
    };
    let one = Limits { folders: 1, ..just };
    let short = Limits { bytes: 100, ..just };
    for (limits, says) in [
        (few, "1,000,000 messages"),
        (one, "100,000 folders"),
        (short, "128 MiB of folders' names"),
    ] {
        let error = tried(limits).unwrap_err();
        let text = error.to_string();
        assert!(text.contains(says), "{says}: {text}");
        assert!(text.contains("of kind maildir, mbox or doveadm"), "{text}");
        assert!(!error.retryable(), "{text}");
    }
}

#[test]
fn no_message_is_asked_for_where_a_folder_has_too_many() {
    let many = b"* 1000001 EXISTS\r\n* OK [UIDVALIDITY 7] n\r\nTAG OK [READ-ONLY] open\r\n";
    let source = opened(server("EXAMINE", many), "").unwrap();
    let error = failed(&source, "ann").to_string();
    assert!(error.contains("1,000,000 messages"), "{error}");
    // Nor are more taken than it said.
    let more: Vec<u8> = (1..=3)
        .flat_map(|place| format!("* {place} FETCH (UID {place})\r\n").into_bytes())
        .chain(*b"TAG OK done\r\n")
        .collect();
    let mut source = opened(server("FETCH", more.leak()), "").unwrap();
    source.limits.messages = 2;
    let error = failed(&source, "ann").to_string();
    assert!(error.contains("1,000,000 messages"), "{error}");
}

#[test]
fn a_search_ends_while_a_server_lists_without_end() {
    let port = answering(|out, tag, command| {
        if !command.starts_with("FETCH") {
            return Some(usual_answer(tag, command));
        }
        // A little at a time, as one does that has much to do.
        loop {
            std::thread::sleep(Duration::from_millis(20));
            out.write_all(b"* 1 FETCH (UID 5)\r\n").ok()?;
        }
    });
    let source = opened(port, "").unwrap();
    let (cancelled, began) = (AtomicBool::new(false), Instant::now());
    let ended = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(300));
            cancelled.store(true, Ordering::Relaxed);
        });
        search_with(&source, "ann", &cancelled, &mut Taken::default())
    });
    assert!(
        matches!(ended, Err(SourceError::Cancelled { .. })),
        "{ended:?}"
    );
    assert!(began.elapsed() < Duration::from_secs(30));
}
