//! What strangers, other sites' pages and programs that break the rules try.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use super::whole_way::{demand, taken_in};
use super::{filled, json as read, refused, routes};
use crate::by_hand::Hand;
use crate::web::Served;
use crate::web::client::{Answer, parse};

#[test]
fn whoever_has_no_token_that_works_is_told_one_and_the_same_everywhere() {
    let hand = Hand::ready();
    let case = hand.decided();
    let served = Served::new(&hand);
    let before = hand.json(&["case", &case]);
    let (ended, id) = served.token("olof", &["cases:read"]);
    hand.run(&["desk", "token", "end", &id]).ok();
    let (good, _) = served.token("olof", &["cases:read"]);
    // The cookie of somebody who is signed in is nothing here.
    let olof = served.browser("olof");
    let mut bodies = std::collections::BTreeSet::new();
    let mut asked = 0;
    for (verb, path, needs) in routes() {
        if needs == "anybody" {
            continue;
        }
        for case in [&*case, "2026-9999", "x"] {
            let path = format!("/api/v1{}", filled(&path, case));
            let almost = format!("Bearer {}x", &good[..good.len() - 1]);
            for shown in [
                None,
                Some("Bearer "),
                Some("Bearer x"),
                Some("Bearer lagrum_"),
                Some(&*format!("Bearer {ended}")),
                Some(&*almost),
                Some(&*format!("Basic {good}")),
                Some(&*good),
            ] {
                let mut headers = vec![
                    ("Idempotency-Key", "k"),
                    ("Content-Type", "application/json"),
                ];
                headers.extend(shown.map(|shown| ("Authorization", shown)));
                let mut browser = olof.clone();
                let answer = browser.send(&verb, &path, &headers, b"{}");
                refused(&answer, 401, "unauthorized");
                assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
                assert_eq!(answer.header("set-cookie"), None);
                bodies.insert(answer.bytes);
                asked += 1;
            }
        }
        // Two tokens are none.
        let bearer = format!("Bearer {good}");
        let two = [("Authorization", &*bearer), ("Authorization", &*bearer)];
        let path = format!("/api/v1{}", filled(&path, &case));
        let answer = served.stranger().send(&verb, &path, &two, b"{}");
        refused(&answer, 401, "unauthorized");
    }
    assert!(asked > 900, "{asked}");
    assert_eq!(bodies.len(), 1, "all are told the same");
    assert_eq!(hand.json(&["case", &case]), before);
    // A token is nothing on the pages, and not in an address.
    let bearer = format!("Bearer {good}");
    let page = served
        .stranger()
        .send("GET", "/cases", &[("Authorization", &bearer)], b"");
    assert_eq!(page.status, 303);
    let path = format!("/api/v1/cases?access_token={good}");
    refused(&served.stranger().get(&path), 401, "unauthorized");
}

#[test]
fn no_page_of_another_site_and_no_other_name_reaches_the_interface() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.program("olof", &["cases:read", "cases:write", "intake"]);
    let case = taken_in(&mut olof, &hand, "AM-1-26");
    let path = format!("/cases/{case}/notes");
    let ours = served.origin();
    for headers in [
        vec![("Sec-Fetch-Site", "cross-site")],
        vec![("Sec-Fetch-Site", "same-site")],
        vec![("Origin", "http://evil.example")],
        vec![("Origin", "null")],
        vec![("Origin", &*ours), ("Sec-Fetch-Site", "cross-site")],
    ] {
        let mut all = vec![
            ("Content-Type", "application/json"),
            ("Idempotency-Key", "k"),
        ];
        all.extend(headers);
        refused(
            &olof.send("POST", &path, &all, b"{\"text\":\"x\"}"),
            403,
            "foreign",
        );
        refused(&olof.send("GET", "/cases", &all, b""), 403, "foreign");
    }
    // Nobody gets leave to send a token here from a page (CORS).
    let asks = [
        ("Origin", "http://evil.example"),
        ("Access-Control-Request-Method", "POST"),
    ];
    let answer = served
        .stranger()
        .send("OPTIONS", &format!("/api/v1{path}"), &asks, b"");
    assert_eq!(answer.status, 405);
    assert!(
        answer
            .headers
            .iter()
            .all(|(name, _)| !name.starts_with("access-control"))
    );
    for host in ["evil.example", "127.0.0.1", "localhost"] {
        refused(
            &olof.send("GET", "/cases", &[("Host", host)], b""),
            404,
            "not-there",
        );
    }
    let events = hand.json(&["case", &case])["events"].to_string();
    assert!(!events.contains("noted"));
}

#[test]
fn what_is_asked_otherwise_is_a_problem_and_no_page() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.program("olof", &["cases:read", "cases:write", "intake"]);
    let case = taken_in(&mut olof, &hand, "AM-1-26");
    for path in [
        "/nowhere",
        "/cases/",
        "/cases/x",
        "/cases/2026-00001",
        "/cases/..%2f..",
        "/cases/2026-9999",
    ] {
        refused(&olof.get(path), 404, "not-there");
    }
    refused(
        &olof.get(&format!("/cases/{case}/originals/0")),
        404,
        "not-there",
    );
    refused(
        &olof.get(&format!("/cases/{case}/originals/9")),
        404,
        "no-such-original",
    );
    refused(&served.stranger().get("/api/v2/cases"), 404, "not-there");
    for verb in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST"] {
        let answer = olof.send(verb, &format!("/cases/{case}"), &[], b"");
        refused(&answer, 405, "method-not-allowed");
        assert_eq!(answer.header("allow"), Some("GET,HEAD"), "{verb}");
    }
    for query in [
        "page=0",
        "page=x",
        "page=",
        "page=-1",
        "page=1&page=2",
        "page=99999999999999999999",
        "page_size=501",
        "state=nothing",
        "open=maybe",
        "nothing=1",
        "due_before=yesterday",
        "page=1%",
    ] {
        let answer = olof.get(&format!("/cases?{query}"));
        assert_eq!(answer.status, 400, "{query}: {}", answer.text());
    }
    let path = format!("/cases/{case}/notes");
    let send = |olof: &mut super::Program, kind: &str, body: &[u8], key: &str| {
        olof.send(
            "POST",
            &path,
            &[("Content-Type", kind), ("Idempotency-Key", key)],
            body,
        )
    };
    for (number, body) in [
        "",
        "{",
        "[]",
        "{}",
        "{\"text\":1}",
        "[\"a\"]",
        "{\"text\":\"a\",\"text\":\"b\"}",
        "{\"text\":\"a\"} x",
        "{\"text\":\"a\",\"privileged\":true}",
        "\u{feff}{}",
    ]
    .iter()
    .enumerate()
    {
        let answer = send(
            &mut olof,
            "application/json",
            body.as_bytes(),
            &format!("b{number}"),
        );
        assert_eq!(answer.status, 400, "{body}: {}", answer.text());
    }
    let deep = "[".repeat(100_000);
    assert_eq!(
        send(&mut olof, "application/json", deep.as_bytes(), "deep").status,
        400
    );
    assert_eq!(
        send(&mut olof, "application/json", b"{\"text\":\"\xff\"}", "utf").status,
        400
    );
    let told = refused(
        &send(&mut olof, "application/json", b"{\"text\":1}", "field"),
        400,
        "body-wrong",
    );
    assert_eq!(told["errors"][0]["pointer"], "/text");
    refused(
        &send(&mut olof, "text/plain", b"{\"text\":\"a\"}", "kind"),
        415,
        "media-type",
    );
    // HTML stays text, in JSON that no browser takes for a page.
    let evil = "<script>alert(1)</script>";
    olof.act(&path, &json!({"text": evil}));
    let answer = olof.get(&format!("/cases/{case}")).ok();
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    // What somebody asks is not told to others: no address of an account is in an address of ours.
    let accounts = routes()
        .into_iter()
        .filter(|(verb, path, _)| verb == "GET" && path.contains("account"));
    assert_eq!(accounts.count(), 0);
    // The future has not arrived.
    let files = [("a.txt", &b"x"[..])];
    let later = [("at", "2999-01-01T00:00:00Z")];
    refused(
        &olof.files("/cases", &later, &files, "later"),
        422,
        "arrival-in-the-future",
    );
    for (number, fields) in [
        [("channel", "door")],
        [("channel", "")],
        [("at", "x")],
        [("privileged", "x")],
        [("files", "x")],
    ]
    .iter()
    .enumerate()
    {
        let answer = olof.files("/cases", fields, &files, &format!("f{number}"));
        refused(&answer, 400, "body-wrong");
    }
    assert_eq!(olof.files("/cases", &[], &[], "none").status, 400);
}

/// Announces a large body, and sends nothing of it until it is answered.
fn announced(port: u16, head: &str, length: u64) -> (Answer, Duration) {
    let begin = Instant::now();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let head = format!(
        "{head}Host: localhost:{port}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    (parse(&bytes), begin.elapsed())
}

#[test]
fn nothing_large_is_read_of_somebody_who_may_not_send_it() {
    let hand = Hand::ready();
    let case = hand.decided();
    let served = Served::new(&hand);
    served.hire("ada", "Ada Alm", "auditor");
    let (reads_only, _) = served.token("olof", &["cases:read"]);
    let (good, _) = served.token("olof", &["intake", "cases:write"]);
    let large = 90 << 20;
    let form = "Content-Type: multipart/form-data; boundary=x\r\n";
    let keyed = "Idempotency-Key: k\r\n";
    // Answered at once, though nothing of the body came: nobody waited for it.
    for (token, status, code) in [
        ("", 401, "unauthorized"),
        (&*reads_only, 403, "scope-missing"),
    ] {
        let head = format!(
            "POST /api/v1/cases HTTP/1.1\r\nAuthorization: Bearer {token}\r\n{form}{keyed}"
        );
        let (answer, took) = announced(served.port, &head, large);
        refused(&answer, status, code);
        assert!(took < Duration::from_secs(8), "{took:?}");
    }
    for (length, path, kind) in [
        (98_u64 << 20, "/api/v1/cases".to_owned(), form),
        (
            2 << 20,
            format!("/api/v1/cases/{case}/notes"),
            "Content-Type: application/json\r\n",
        ),
    ] {
        let head = format!("POST {path} HTTP/1.1\r\nAuthorization: Bearer {good}\r\n{kind}{keyed}");
        let (answer, took) = announced(served.port, &head, length);
        refused(&answer, 413, "too-large");
        assert!(took < Duration::from_secs(8), "{took:?}");
    }
    // The same of the desk's own pages: a stranger, and somebody whose role sends nothing.
    let mut ada = served.browser("ada");
    let own = format!(
        "Cookie: {}={}\r\nUser-Agent: {}\r\n",
        ada.cookies[0].0, ada.cookies[0].1, ada.name
    );
    for path in [
        "/new".to_owned(),
        format!("/cases/{case}/originals"),
        format!("/cases/{case}/signatures"),
    ] {
        let head = format!("POST {path} HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\n{form}");
        let (answer, took) = announced(served.port, &head, large);
        assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        assert!(took < Duration::from_secs(8), "{path}: {took:?}");
        let (answer, took) = announced(served.port, &format!("{head}{own}"), large);
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        assert!(took < Duration::from_secs(8), "{path}: {took:?}");
    }
    // Who sends all of it anyway is answered, and the desk goes on.
    let answer = ada.upload("/new", &[], &[("a.bin", &vec![0; 3 << 20])]);
    assert!([0, 404].contains(&answer.status), "{}", answer.status);
    ada.get("/audit").ok();
    let mut olof = served.with_token(&good);
    let many: Vec<_> = (0..31).map(|_| ("a.txt", &b"x"[..])).collect();
    refused(&olof.files("/cases", &[], &many, "many"), 413, "too-large");
    let text = "x".repeat((1 << 20) + 10);
    let long = olof.post(&format!("/cases/{case}/notes"), &json!({"text": text}));
    assert!([0, 413].contains(&long.status), "{}", long.text());
    // A body without an end is ended.
    let head = format!(
        "POST /api/v1/cases/{case}/notes HTTP/1.1\r\nAuthorization: Bearer {good}\r\nContent-Type: application/json\r\n{keyed}"
    );
    let (answer, took) = announced(served.port, &head, 100);
    refused(&answer, 408, "too-slow");
    assert!(took < Duration::from_secs(29), "{took:?}");
}

#[test]
fn nobody_finds_out_which_cases_are_there_who_may_not_see_them() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    served.hire("dan", "Dan Dal", "administrator");
    let mut olof = served.program("olof", &["cases:read", "intake"]);
    let case = taken_in(&mut olof, &hand, "AM-1-26");
    let mut dan = served.program("dan", &["setup:read"]);
    for path in [
        "",
        "/originals/1",
        "/sender",
        "/letters",
        "/to-sign",
        "/alike",
        "/events/1/proof",
    ] {
        let there = dan.get(&format!("/cases/{case}{path}"));
        let nowhere = dan.get(&format!("/cases/2026-9998{path}"));
        assert_eq!(
            (there.status, &there.bytes),
            (nowhere.status, &nowhere.bytes),
            "{path}"
        );
        assert!(!there.text().contains(&case));
    }
    // What is in order is told to everybody, and names cases by their numbers alone.
    let check = dan.read("/check").to_string();
    assert!(
        !check.contains("AM-1-26") && !check.contains("ann@hand"),
        "{check}"
    );
    let settings = dan.read("/settings").to_string();
    assert!(!settings.contains("password"), "{settings}");
    // Nobody changes what they only read.
    let before = hand.json(&["case", &case]);
    refused(
        &olof.post(&format!("/cases/{case}/demand"), &demand(&hand, "X")),
        403,
        "scope-missing",
    );
    assert_eq!(hand.json(&["case", &case]), before);
    let codes = read(&served.stranger().get("/api/v1/problems").ok());
    assert!(codes["problems"].as_array().unwrap().len() > 90);
}
