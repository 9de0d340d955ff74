//! Who gets in, and who does not.

use std::io::{Read, Write};
use std::net::TcpStream;

use lagrum_https::{Answer, Ask, Server, ask};
use lagrum_model::Sha256Digest;
use lagrum_transport::testing::{agent_key, offer, receipt_note, region, stem};

use super::*;
use crate::request::{HEADER, Signed};

const TIME: Duration = Duration::from_secs(20);

fn wire() -> OverHttp {
    let wire = OverHttp::new(region(), &agent_key(), Arc::default());
    wire.desk()
        .offer(&region(), &offer("2026-0004-00000001"))
        .unwrap();
    wire
}

/// The run of the server of a test.
fn run() -> String {
    let mut run = [0; 16];
    Counted::from(1).fill_bytes(&mut run);
    hex::encode(run)
}

/// A good request.
fn good(wire: &OverHttp, nonce: u8) -> Signed {
    Signed {
        to: wire.served.origin(),
        method: "GET".into(),
        path: "/v1/stockholm/waiting".into(),
        body: Sha256Digest::of(b""),
        run: run(),
        at: at(),
        nonce: hex::encode([nonce; 16]),
    }
}

fn server(wire: &OverHttp, path: &str) -> Server {
    let mut server = Server::at(&format!("{}{path}", wire.served.origin())).unwrap();
    server.private = true;
    server
}

/// What the server says to it.
fn said(wire: &OverHttp, path: &str, header: Option<&str>, body: Option<&[u8]>) -> (u16, String) {
    let server = server(wire, path);
    let headers: Vec<_> = header.iter().map(|value| (HEADER, *value)).collect();
    let what = Ask {
        body,
        headers: &headers,
        within: TIME,
        largest: 1 << 20,
    };
    let Answer { status, body } = ask(&server, &what).unwrap();
    (status, String::from_utf8(body).unwrap())
}

fn signed_by(wire: &OverHttp, request: &Signed, key: &SigningKey<role::Agent>) -> (u16, String) {
    let header = request.header(key).unwrap();
    said(wire, &request.path, Some(&header), None)
}

const WAITS: &str = "2026-0004-00000001\n";

#[test]
fn a_request_that_was_there_is_not_acted_upon_again_nor_in_another_run() {
    let mut wire = wire();
    let request = good(&wire, 1);
    assert_eq!(
        signed_by(&wire, &request, &agent_key()),
        (200, WAITS.into())
    );
    let again = signed_by(&wire, &request, &agent_key());
    assert_eq!(again, (409, "again".into()));
    // Another run at the same place, which remembers nothing of it.
    let settings = wire.root.path().join("exchange.toml");
    let place = wire.served.address;
    wire.served.end.take();
    wire.served.thread.take().unwrap().join().unwrap();
    let listener = std::net::TcpListener::bind(place).unwrap();
    let regions = region_text("stockholm", &agent_key());
    wire.served = Served::at(listener, &settings, &regions, 9, |exchange| exchange);
    let (status, now) = signed_by(&wire, &request, &agent_key());
    assert_eq!(status, 409);
    assert!(
        now.starts_with("run ") && now != format!("run {}", run()),
        "{now}"
    );
    // The agent itself goes on by itself.
    assert_eq!(wire.agent().waiting().unwrap().len(), 1);
}

#[test]
fn a_clock_that_is_two_minutes_off_is_told_what_time_it_is() {
    let wire = wire();
    for (nonce, off) in [(1, -121), (2, 121)] {
        let mut request = good(&wire, nonce);
        request.at = at() + jiff::SignedDuration::from_secs(off);
        let answer = signed_by(&wire, &request, &agent_key());
        assert_eq!(answer, (409, format!("clock {}", at())));
    }
}

#[test]
fn whoever_is_no_agent_of_the_region_gets_one_answer_whatever_they_ask() {
    let wire = wire();
    let stranger = SigningKey::from_seed(&[8; 32], "kvist.example/agent/stockholm").unwrap();
    let unknown = SigningKey::from_seed(&[7; 32], "kvist.example/agent/oslo").unwrap();
    let changed = |change: fn(&mut Signed)| {
        let mut request = good(&wire, 3);
        change(&mut request);
        request
    };
    let header = |request: &Signed| request.header(&agent_key()).unwrap();
    let requests = [
        (
            good(&wire, 3).path,
            Some(good(&wire, 3).header(&stranger).unwrap()),
        ),
        (
            good(&wire, 3).path,
            Some(good(&wire, 3).header(&unknown).unwrap()),
        ),
        (good(&wire, 3).path, None),
        (good(&wire, 3).path, Some("no note".into())),
        // Signed by the right key, for something else.
        (
            "/v1/stockholm/recalls".into(),
            Some(header(&good(&wire, 3))),
        ),
        (
            good(&wire, 3).path,
            Some(header(&changed(|one| one.to = "http://localhost:1".into()))),
        ),
        (
            good(&wire, 3).path,
            Some(header(&changed(|one| one.method = "POST".into()))),
        ),
        // What is not there, and what never could be.
        (
            "/v1/dublin/waiting".into(),
            Some(header(&changed(|one| {
                one.path = "/v1/dublin/waiting".into()
            }))),
        ),
        ("/v1/stockholm/exchange.toml".into(), None),
        ("/".into(), None),
    ];
    for (path, header) in &requests {
        let answer = said(&wire, path, header.as_deref(), None);
        assert_eq!(answer, (403, String::new()), "{path} {header:?}");
    }
    // None of that used the number up.
    let answer = signed_by(&wire, &good(&wire, 3), &agent_key());
    assert_eq!(answer, (200, WAITS.into()));
    let lost = agent_at(&wire.served.origin(), "stockholm", &stranger, 5);
    let why = lost.waiting().unwrap_err().to_string();
    assert!(why.contains("does not know this agent's key"), "{why}");
}

#[test]
fn an_agent_reaches_its_own_region_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let dublin = SigningKey::from_seed(&[9; 32], "kvist.example/agent/dublin").unwrap();
    let regions = region_text("stockholm", &agent_key()) + &region_text("dublin", &dublin);
    let served = Served::new(&root.path().join("exchange.toml"), &regions, |one| one);
    let own = agent_at(&served.origin(), "dublin", &dublin, 5);
    own.send_refusal(&stem("a"), "no").unwrap();
    assert!(root.path().join("dublin/out/a.refusal").is_file());
    let other = agent_at(&served.origin(), "stockholm", &dublin, 6);
    assert!(other.waiting().is_err());
    assert!(other.send_refusal(&stem("a"), "no").is_err());
    assert!(!root.path().join("stockholm").exists());
}

#[test]
fn a_body_that_is_too_long_another_or_too_slow_changes_nothing() {
    let wire = OverHttp::new(region(), &agent_key(), Arc::default());
    let limited = Served::new(
        &wire.root.path().join("other.toml"),
        &region_text("stockholm", &agent_key()),
        |exchange| exchange.with_body_time(Duration::from_millis(300)),
    );
    let wire = OverHttp {
        served: limited,
        ..wire
    };
    let path = "/v1/stockholm/receipt/a";
    let request = |nonce, body: &[u8]| Signed {
        method: "POST".into(),
        path: path.into(),
        body: Sha256Digest::of(body),
        ..good(&wire, nonce)
    };
    let post = |signed: &Signed, body: &[u8]| {
        let header = signed.header(&agent_key()).unwrap();
        said(&wire, path, Some(&header), Some(body)).0
    };
    let long = vec![b'a'; (1 << 20) + 1];
    // A server that reads no further may close the connection before all was sent: then there is no answer.
    let header = request(1, &long).header(&agent_key()).unwrap();
    let server = server(&wire, path);
    let what = Ask {
        body: Some(&long),
        headers: &[(HEADER, &header)],
        within: TIME,
        largest: 10,
    };
    let answer = ask(&server, &what).map(|answer| answer.status);
    assert!(answer.is_err() || answer == Ok(413), "{answer:?}");
    assert_eq!(post(&request(2, b"one"), b"two"), 400);
    // Its head comes, and then nothing more.
    let header = request(3, b"slow").header(&agent_key()).unwrap();
    let mut slow = TcpStream::connect(wire.served.address).unwrap();
    write!(
        slow,
        "POST {path} HTTP/1.1\r\nhost: a\r\n{HEADER}: {header}\r\ncontent-length: 4\r\n\r\nsl"
    )
    .unwrap();
    slow.set_read_timeout(Some(TIME)).unwrap();
    let mut answer = [0; 12];
    slow.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 408");
    // Nor is a length believed that is not said.
    let header = request(4, &long).header(&agent_key()).unwrap();
    let mut chunked = TcpStream::connect(wire.served.address).unwrap();
    write!(chunked, "POST {path} HTTP/1.1\r\nhost: a\r\n{HEADER}: {header}\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n", long.len()).unwrap();
    let _ = chunked.write_all(&long);
    let _ = chunked.write_all(b"\r\n0\r\n\r\n");
    chunked.set_read_timeout(Some(TIME)).unwrap();
    let mut answer = [0; 12];
    if chunked.read_exact(&mut answer).is_ok() {
        assert_eq!(&answer, b"HTTP/1.1 413");
    }
    assert!(!wire.file("out/a.receipt").exists());
    assert_eq!(
        post(
            &request(5, receipt_note().as_bytes()),
            receipt_note().as_bytes()
        ),
        200
    );
    assert!(wire.file("out/a.receipt").is_file());
}

#[test]
fn no_name_leads_out_of_the_region_s_directory() {
    let wire = wire();
    for (nonce, path) in (10..).zip([
        "/v1/stockholm/mandate/..",
        "/v1/stockholm/mandate/%2e%2e%2fexchange",
        "/v1/stockholm/recall/2026-0004-00000001.mandate",
        "/v1/stockholm/exchange.toml",
        "/v1/stockholm/waiting?all",
    ]) {
        let mut request = good(&wire, nonce);
        request.path = path.into();
        let answer = signed_by(&wire, &request, &agent_key());
        assert_eq!(answer, (404, String::new()), "{path}");
    }
}

#[test]
fn settings_count_as_they_lie_there_and_a_key_that_was_taken_out_counts_no_more() {
    let wire = wire();
    assert_eq!(wire.agent().waiting().unwrap().len(), 1);
    let settings = wire.root.path().join("exchange.toml");
    let other = SigningKey::from_seed(&[8; 32], "kvist.example/agent/two").unwrap();
    let text = |key| {
        format!(
            "origin = \"{}\"\n{}",
            wire.served.origin(),
            region_text("stockholm", key)
        )
    };
    lagrum_durable::replace(&settings, text(&other).as_bytes()).unwrap();
    assert!(wire.agent().waiting().is_err());
    let two = agent_at(&wire.served.origin(), "stockholm", &other, 5);
    assert_eq!(two.waiting().unwrap().len(), 1);
    // What cannot be read changes nothing.
    lagrum_durable::replace(&settings, b"nothing").unwrap();
    assert_eq!(two.waiting().unwrap().len(), 1);
}

#[test]
fn whoever_waits_hears_of_what_is_new_at_once_and_of_nothing_after_a_while() {
    let wire = wire();
    let seen = wire.agent.changes(None).unwrap();
    std::thread::scope(|threads| {
        let waits = threads.spawn(|| wire.agent.changes(Some(seen)).unwrap());
        std::thread::sleep(Duration::from_millis(300));
        assert!(!waits.is_finished());
        wire.desk()
            .offer(&region(), &offer("2026-0005-00000002"))
            .unwrap();
        assert_ne!(waits.join().unwrap(), seen);
    });
    assert_eq!(wire.agent().waiting().unwrap().len(), 2);
}
