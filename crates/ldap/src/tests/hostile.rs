//! Servers that refuse, lie, or keep whoever asks waiting.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::asks::Asks;
use super::server::{PASSWORD, READER, certificate, place, restrict};
use crate::LdapFault;

/// Who listens once, and does what `says` says.
fn server<T: Send + 'static>(
    says: impl FnOnce(TcpStream) -> T + Send + 'static,
) -> (u16, JoinHandle<T>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || says(listener.accept().unwrap().0));
    (port, server)
}

fn password(below: &tempfile::TempDir) -> PathBuf {
    let password = below.path().join("password");
    fs::write(&password, PASSWORD).unwrap();
    restrict(&password);
    password
}

/// A value with its length, as `tag`.
fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = u32::try_from(contents.len()).unwrap().to_be_bytes();
    [&[tag, 0x84], &length[..], contents].concat()
}

/// A message with a number.
fn message(number: u8, what: &[u8]) -> Vec<u8> {
    tlv(0x30, &[&[2, 1, number], what].concat())
}

/// A result (of a bind 0x61, of a search 0x65).
fn result(number: u8, tag: u8, code: u8) -> Vec<u8> {
    message(number, &tlv(tag, &[0x0a, 1, code, 4, 0, 4, 0]))
}

/// An entry with attributes and their values.
fn entry(number: u8, attributes: &[(&str, &[&[u8]])]) -> Vec<u8> {
    let mut all = Vec::new();
    for (name, values) in attributes {
        let values: Vec<_> = values.iter().flat_map(|value| tlv(4, value)).collect();
        all.extend(tlv(
            0x30,
            &[tlv(4, name.as_bytes()), tlv(0x31, &values)].concat(),
        ));
    }
    message(
        number,
        &tlv(0x64, &[tlv(4, b"cn=x"), tlv(0x30, &all)].concat()),
    )
}

/// What a server that answers a bind, and then this, is understood to say.
fn answered(password: &Path, search: &[u8]) -> Result<Vec<Vec<String>>, LdapFault> {
    let search = search.to_vec();
    let (port, server) = server(move |mut stream| {
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(&result(1, 0x61, 0));
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(&search);
    });
    let answered = Asks::new(port, password.to_owned()).ask("user0@b.example");
    server.join().unwrap();
    answered.map(|answered| answered.rows)
}

#[test]
fn nothing_is_sent_unsecured_to_another_machine_or_where_starttls_is_refused() {
    // Whoever listens says no to whatever comes, and keeps it.
    let (port, heard) = server(|mut stream| {
        let mut bytes = [0; 1024];
        let read = stream.read(&mut bytes).unwrap();
        let mut all = bytes[..read].to_vec();
        stream.write_all(&result(1, 0x78, 2)).unwrap();
        let _ = stream.read_to_end(&mut all);
        all
    });
    let made = place();
    let mut asks = Asks::new(port, password(&made));
    asks.certificates = Some(certificate(made.path(), "localhost"));
    assert!(asks.refused("user0@b.example").contains("result 2"));
    let heard = heard.join().unwrap();
    let has = |what: &str| {
        heard
            .windows(what.len())
            .any(|part| part == what.as_bytes())
    };
    assert!(has("1.3.6.1.4.1.1466.20037"));
    assert!(!has(PASSWORD) && !has("user0") && !has(READER));
}

#[test]
fn who_says_yes_to_starttls_and_then_speaks_on_unsecured_hears_no_password() {
    let (port, heard) = server(|mut stream| {
        let mut all = vec![0; 4096];
        let _ = stream.read(&mut all);
        // The answers to a bind and to a search come with it, and no TLS.
        let ahead = [result(1, 0x78, 0), result(1, 0x61, 0), result(2, 0x65, 0)];
        stream.write_all(&ahead.concat()).unwrap();
        let _ = stream.read_to_end(&mut all);
        all
    });
    let made = place();
    let mut asks = Asks::new(port, password(&made));
    asks.certificates = Some(certificate(made.path(), "localhost"));
    let fault = asks.ask("user0@b.example");
    assert!(matches!(fault, Err(LdapFault::Io(_))), "{fault:?}");
    let heard = heard.join().unwrap();
    let has = |what: &str| {
        heard
            .windows(what.len())
            .any(|part| part == what.as_bytes())
    };
    assert!(!has(PASSWORD) && !has("user0") && !has(READER));
}

#[test]
fn what_is_no_answer_ends_a_look_up_and_costs_no_more_than_its_limit() {
    let made = place();
    let password = password(&made);
    // A search request with a filter of negations within each other, as an answer; and with a number whose length is
    // written so that a careless reader sees another word in its place.
    let mut deep = vec![0x87, 1, b'a'];
    for _ in 0..20_000 {
        deep = tlv(0xa2, &deep);
    }
    let operation = [
        &[4, 0, 10, 1, 2, 10, 1, 0, 2, 1, 0, 2, 1, 0, 1, 1, 0],
        &deep[..],
        &[0x30, 0],
    ];
    let deep = tlv(0x63, &operation.concat());
    let mut disguised = [&[2, 0x81, 1, 1][..], &deep].concat();
    disguised[2 + 0x81 + 3] = 0x61;
    let endless = (0..20_000).fold(Vec::new(), |mut all, _| {
        all.extend([0x24, 0x80]);
        all
    });
    for answer in [
        b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
        vec![0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
        vec![0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 2, 1, 1],
        vec![0x30, 0x85, 0, 0, 0, 0, 3, 2, 1, 1],
        vec![0x30, 0x80],
        vec![0x30, 0x00],
        vec![0x30, 0x03, 2, 1, 1],
        // The answer to another question, a notice that it ends, and one that ends in the middle.
        result(9, 0x61, 0),
        result(0, 0x78, 0),
        result(1, 0x61, 0)[..9].to_vec(),
        // A code that nobody knows, and an answer to a search instead.
        result(1, 0x61, 99),
        result(1, 0x65, 0),
        message(1, &deep),
        tlv(0x30, &disguised),
        message(1, &tlv(0x61, &[&[10, 1, 0][..], &endless].concat())),
        Vec::new(),
    ] {
        let says = answer.clone();
        let (port, server) = server(move |mut stream| {
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(&says);
        });
        let fault = Asks::new(port, password.clone()).ask("user0@b.example");
        let is = matches!(fault, Err(LdapFault::Nonsense(_) | LdapFault::Io(_)));
        let shown = &answer[..answer.len().min(20)];
        assert!(is, "{shown:02x?}: {fault:?}");
        server.join().unwrap();
    }
}

#[test]
fn an_entry_that_cannot_be_told_whole_is_an_error_and_not_a_part_of_it() {
    let made = place();
    let password = password(&made);
    let right: (&str, &[&[u8]]) = ("ADDRESS", &[b"user0@b.example"]);
    let with = |name: &str, values: &[&[u8]]| {
        let entry = entry(2, &[right, (name, values)]);
        answered(&password, &[entry, result(2, 0x65, 0)].concat())
    };
    let rows = with("otherAddress", &[b"y@b.example", b"x@b.example"]).unwrap();
    assert_eq!(rows[0][..2], ["user0@b.example", "x@b.example y@b.example"]);
    let many: Vec<_> = (0..1001_u16).map(u16::to_be_bytes).collect();
    let many: Vec<_> = many.iter().map(|value| &value[..]).collect();
    for (name, values, says) in [
        (
            "otherAddress;lang-sv",
            &[&b"x@b.example"[..]][..],
            "semicolon",
        ),
        ("otherAddress;range=0-1499", &[b"x@b.example"], "semicolon"),
        ("rfc822Mailbox", &[b"x@b.example"], "a name by which"),
        ("otherAddress", &[b"x@b.example y@b.example"], "a blank"),
        ("otherAddress", &[b""], "a blank"),
        ("otherAddress", &[b"\xff\xfe@b.example"], "UTF-8"),
        ("otherAddress", &many, "1000 values"),
        ("secret", &[b"no", b"yes"], "several values"),
        ("address", &[b"user1@b.example"], "several values"),
    ] {
        let why = with(name, values).unwrap_err().to_string();
        assert!(
            why.contains(says) && !why.contains("b.example"),
            "{name}: {why}"
        );
    }
    // An entry, and then: another question's end, nothing, a reference, more than was asked for.
    let entry = entry(2, &[right]);
    let reference = message(2, &tlv(0x73, &tlv(4, b"ldap://127.0.0.1:1/")));
    for (after, says) in [
        (result(1, 0x65, 0), "not asked"),
        (Vec::new(), "unexpected end of file"),
        ([reference, result(2, 0x65, 0)].concat(), "another server"),
        (
            [&entry[..], &entry, &result(2, 0x65, 0)].concat(),
            "more entries",
        ),
        (result(2, 0x65, 4), "result 4"),
        (result(2, 0x65, 3), "result 3"),
        (result(2, 0x65, 11), "result 11"),
        (result(2, 0x65, 10), "another server"),
        (result(2, 0x65, 50), "does not let"),
        (result(2, 0x61, 0), "answers a search otherwise"),
    ] {
        let why = answered(&password, &[&entry[..], &after].concat());
        let why = why.unwrap_err().to_string();
        assert!(why.contains(says), "{says}: {why}");
    }
}

#[test]
fn whoever_keeps_a_look_up_waiting_is_waited_for_no_longer_than_was_said() {
    let made = place();
    let (password, vouches) = (password(&made), certificate(made.path(), "localhost"));
    // One that says nothing at all; one that says a long message, or a handshake, byte for byte.
    let slow: [(&str, &[u8], bool); 3] = [
        ("ldap", b"", false),
        ("ldap", &[0x30, 0x84, 0, 7, 0, 0], false),
        ("ldaps", &[0x16, 3, 3, 0x3f, 0xff, 2, 0, 0x3f, 0xf0], true),
    ];
    for (scheme, begins, secured) in slow {
        let (port, server) = server(move |mut stream| {
            stream.set_nodelay(true).unwrap();
            let _ = stream.write_all(begins);
            let waits = Instant::now();
            while waits.elapsed() < Duration::from_secs(20) {
                std::thread::sleep(Duration::from_millis(100));
                if !begins.is_empty() && stream.write_all(&[0]).is_err() {
                    break;
                }
                if begins.is_empty() && waits.elapsed() > Duration::from_secs(3) {
                    break;
                }
            }
        });
        let mut asks = Asks::new(port, password.clone());
        asks.address = format!("{scheme}://localhost:{port}");
        asks.certificates = secured.then(|| vouches.clone());
        asks.seconds = 1;
        let began = Instant::now();
        match asks.ask("user0@b.example") {
            Err(LdapFault::Io(error)) => {
                assert_eq!(
                    error.kind(),
                    std::io::ErrorKind::TimedOut,
                    "{scheme}: {error}"
                );
            }
            other => panic!("{scheme}: {other:?}"),
        }
        assert!(began.elapsed() < Duration::from_secs(3), "{scheme}");
        server.join().unwrap();
    }
}
