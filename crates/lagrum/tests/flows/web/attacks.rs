//! What strangers, and people with another role, try.

use std::ffi::OsStr;
use std::io::Write as _;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use super::Served;
use super::browser::clock;
use super::client::{Browser, raw};
use crate::by_hand::Hand;

/// Each route as the program lists it: method, path, what it needs.
pub fn routes() -> Vec<(String, String, String)> {
    let all = lagrum_web::routes();
    let lines = all.lines().map(|line| {
        let mut words = line.split_whitespace();
        let (verb, path) = (words.next().unwrap(), words.next().unwrap());
        let needs = words.collect::<Vec<_>>().join(" ");
        (verb.to_owned(), path.to_owned(), needs)
    });
    lines.collect()
}

/// A path of that route for this case.
pub fn filled(path: &str, case: &str) -> String {
    path.replace("{case}", case)
        .replace("{number}", "1")
        .replace("{page}", "1")
        .replace("{part}", "1")
        .replace("{id}", "unknown")
        .replace("{kind}", "refusal")
        .replace("{token}", "unknown")
        .replace("{kind}", "question")
        .replace("{rule}", "us.sca.subscriber")
        .replace("{version}", "0")
        .replace("{name}", "style.css")
}

pub fn ask(browser: &mut Browser, verb: &str, path: &str) -> super::client::Answer {
    match verb {
        "GET" => browser.get(path),
        _ if is_plain(path) => browser.post(path, &[]),
        _ => browser.upload(path, &[], &[]),
    }
}

/// Whether a form has no files.
pub fn is_plain(path: &str) -> bool {
    let files = [
        "/new",
        "/originals",
        "/signatures",
        "/challenge",
        "/withheld",
    ];
    !files.iter().any(|end| path.ends_with(end))
}

#[test]
fn who_is_not_signed_in_is_asked_to_and_changes_nothing() {
    let hand = Hand::ready();
    let case = hand.decided();
    let served = Served::new(&hand);
    let before = hand.json(&["case", &case]);
    let mut asked = 0;
    for (verb, path, needs) in routes() {
        if needs == "anybody" {
            continue;
        }
        let path = filled(&path, &case);
        let answer = ask(&mut served.stranger(), &verb, &path);
        assert_eq!(answer.status, 303, "{verb} {path}: {}", answer.text());
        assert!(answer.to().starts_with("/sign-in?next="), "{verb} {path}");
        asked += 1;
    }
    assert!(asked > 30, "{asked}");
    assert_eq!(hand.json(&["case", &case]), before);
}

#[test]
fn a_stranger_who_asks_to_sign_in_again_and_again_writes_nothing() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let before = hand.on_the_shelf();
    let mut challenges = std::collections::BTreeSet::new();
    let mut stranger = served.stranger();
    for _ in 0..30 {
        let page = stranger.get("/sign-in").ok().text();
        let (_, rest) = page.split_once("data-challenge=\"").unwrap();
        challenges.insert(rest.split('"').next().unwrap().to_owned());
    }
    assert_eq!(challenges.len(), 30, "none is given twice");
    // Nor do wrong answers.
    for challenge in &challenges {
        let answer = [("challenge", challenge.as_str()), ("credential", "x")];
        assert_eq!(stranger.post("/sign-in", &answer).status, 422);
    }
    assert_eq!(hand.on_the_shelf(), before);
}

#[test]
fn roles_see_their_own_and_what_is_not_theirs_looks_like_nothing() {
    let hand = Hand::ready();
    let case = hand.decided();
    let served = Served::new(&hand);
    served.hire("ada", "Ada Alm", "auditor");
    served.hire("dan", "Dan Dal", "administrator");
    let before = hand.json(&["case", &case]);
    let mut ada = served.browser("ada");
    let mut dan = served.browser("dan");
    let nothing = dan.get("/cases/2026-9999").text();
    // Every page says the time; a minute may pass between two.
    let clock = regex::Regex::new(r"\d\d:\d\d").unwrap();
    for (verb, path, needs) in routes() {
        let there = filled(&path, &case);
        if path.contains("{case}") {
            let answer = ask(&mut dan, &verb, &there);
            assert_eq!(answer.status, 404, "{verb} {there}");
            if verb == "GET" {
                let same = |page: &str| {
                    let page = page.replace(&there, "").replace("/cases/2026-9999", "");
                    clock.replace_all(&page, "").into_owned()
                };
                let coded = |page: &str| {
                    page.replace(&there.replace('/', "%2F"), "")
                        .replace("%2Fcases%2F2026-9999", "")
                };
                assert_eq!(
                    coded(&same(&answer.text())),
                    coded(&same(&nothing)),
                    "{there}"
                );
            }
        }
        // An auditor reads, and changes nothing but what they alone state of samples.
        let own = ["anybody", "signed in", "audit-sample"].contains(&needs.as_str());
        if verb == "POST" && !own && path != "/search" {
            let answer = ask(&mut ada, &verb, &there);
            assert_eq!(answer.status, 404, "{verb} {there}: {}", answer.text());
        }
    }
    ada.get(&format!("/cases/{case}"))
        .ok()
        .says("What happened");
    assert_eq!(hand.json(&["case", &case]), before);
    // Who left is gone at once, with a session that still ran.
    served.dismiss("ada");
    let gone = ada.get(&format!("/cases/{case}"));
    assert_eq!(
        (gone.status, gone.to().starts_with("/sign-in")),
        (303, true)
    );
}

#[test]
fn a_form_of_another_site_changes_nothing() {
    let hand = Hand::ready();
    let case = hand.decided();
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    let path = format!("/cases/{case}/notes");
    let fields = [("text", "from elsewhere")];
    let evil = "http://evil.example";
    let ours = served.origin();
    for headers in [
        vec![],
        vec![("Sec-Fetch-Site", "cross-site")],
        vec![("Sec-Fetch-Site", "same-site")],
        vec![("Sec-Fetch-Site", "none")],
        vec![("Origin", evil)],
        vec![("Origin", "null")],
        vec![("Origin", evil), ("Sec-Fetch-Site", "same-origin")],
        vec![("Origin", &*ours), ("Sec-Fetch-Site", "cross-site")],
    ] {
        let answer = olof.form(&path, &fields, &headers);
        assert_eq!(answer.status, 403, "{headers:?}");
    }
    // A page of another kind, and a form of another kind.
    let json = [
        ("Sec-Fetch-Site", "same-origin"),
        ("Content-Type", "application/json"),
    ];
    assert_eq!(
        olof.send("POST", &path, &json, b"{\"text\":\"x\"}").status,
        400
    );
    let text = [
        ("Sec-Fetch-Site", "same-origin"),
        ("Content-Type", "text/plain"),
    ];
    assert_eq!(olof.send("POST", &path, &text, b"text=x").status, 400);
    // Under another name the desk is not there: a name that leads to this machine is no way in.
    for host in ["evil.example", "127.0.0.1", "localhost"] {
        let answer = olof.send("GET", &format!("/cases/{case}"), &[("Host", host)], b"");
        assert_eq!(answer.status, 404, "{host}");
    }
    let events = hand.json(&["case", &case])["events"].to_string();
    assert!(!events.contains("from elsewhere"));
    assert_eq!(olof.post(&path, &fields).status, 303);
}

#[test]
fn a_session_is_made_here_and_stays_where_it_was_made() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    // A cookie that somebody else set is no session, and is not taken over when somebody signs in.
    let mut victim = served.stranger();
    victim
        .cookies
        .push(("lagrum".into(), "a-token-that-the-attacker-knows".into()));
    assert_eq!(victim.get("/you").status, 303);
    let link = served.invitation("olof");
    assert_eq!(victim.post(&link, &[]).status, 303);
    assert_ne!(victim.cookies[0].1, "a-token-that-the-attacker-knows");
    victim.get("/you").ok().says("Olof Strand");
    // The link works once.
    assert_eq!(served.stranger().post(&link, &[]).status, 404);
    assert_eq!(served.stranger().get(&link).status, 404);
    // The cookie in another browser is nobody.
    let mut thief = victim.clone();
    thief.name = "another browser".into();
    assert_eq!(thief.get("/you").status, 303);
    // Two of them are nobody, either.
    let mut two = victim.clone();
    let again = two.cookies[0].clone();
    two.cookies.push(again);
    assert_eq!(two.get("/you").status, 303);
    // Who leaves is out, also with a copy of the cookie.
    let mut copy = victim.clone();
    assert_eq!(victim.post("/sign-out", &[]).to(), "/sign-in");
    assert_eq!(copy.get("/you").status, 303);
    // What a script could read or another site send along, the cookie is not.
    let mut fresh = served.stranger();
    let answer = fresh.post(&served.invitation("olof"), &[]);
    let cookie = answer.header("set-cookie").unwrap();
    for must in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(must), "{cookie}");
    }
}

#[test]
fn after_signing_in_one_goes_on_to_a_page_of_ours() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    for next in [
        "//evil.example",
        "https://evil.example",
        "/%5Cevil.example",
        "%2F%2Fevil.example",
        "javascript:alert(1)",
        "/%0d%0aSet-Cookie:%20a=b",
    ] {
        let page = served.stranger().get(&format!("/sign-in?next={next}")).ok();
        assert_eq!(Browser::hidden(&page, "next"), "/", "{next}");
        let back = served
            .stranger()
            .post(&format!("/look?back={next}"), &[("theme", "dark")]);
        assert_eq!((back.status, back.to()), (303, "/"), "{next}");
    }
    let page = served
        .stranger()
        .get("/sign-in?next=%2Fcases%3Fview%3Dmine")
        .ok();
    assert_eq!(Browser::hidden(&page, "next"), "/cases?view=mine");
}

#[test]
fn what_people_and_papers_say_is_text_wherever_it_is_shown() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    let evil = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}${7*7}";
    let fields = [("channel", "email"), ("from", evil), ("words", evil)];
    let taken = olof.upload(
        "/new",
        &fields,
        &[("<svg onload=alert(1)>.txt", evil.as_bytes())],
    );
    assert_eq!(taken.status, 303, "{}", taken.text());
    let case = taken.to()["/cases/".len()..]
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let mut form = super::whole_way::description("");
    for (name, value) in &mut form {
        match *name {
            "authority" | "officer" | "reference" | "provision" | "issuer" | "signature"
            | "offence" => {
                evil.clone_into(value);
            }
            "recipient" => value.clear(),
            _ => {}
        }
    }
    let path = format!("/cases/{case}/describe");
    let form = super::whole_way::as_form(&form);
    let mut pages = vec![olof.post(&path, &form).text()];
    assert_eq!(olof.post(&format!("{path}/done"), &form).status, 303);
    olof.post(&format!("/cases/{case}/notes"), &[("text", evil)]);
    let work = [
        ("on", "other"),
        ("minutes", "5"),
        ("firm", evil),
        ("what", evil),
    ];
    let recorded = olof.post(&format!("/cases/{case}/burden"), &work);
    assert_eq!(recorded.status, 303, "{}", recorded.text());
    let found = olof.post("/search", &[("q", evil)]);
    for path in [
        "".to_owned(),
        "/demand".into(),
        "/assessment".into(),
        "/decision".into(),
        "/clocks".into(),
        "/burden".into(),
        "/originals/1".into(),
        "/originals/2".into(),
        "/describe".into(),
        "/call-back".into(),
        "/close".into(),
    ] {
        pages.push(olof.get(&format!("/cases/{case}{path}")).ok().text());
    }
    pages.push(olof.get(found.to()).ok().text());
    pages.push(olof.get("/cases?view=open").ok().text());
    pages.push(
        olof.get(&format!("/cases/{case}?done=%3Cscript%3E"))
            .ok()
            .text(),
    );
    for page in &pages {
        for bad in [
            "<script>alert",
            "<img src=x",
            "<svg onload",
            "onerror=alert(1)>{",
            ">49",
        ] {
            assert!(!page.contains(bad), "{bad} in\n{page}");
        }
    }
    // A file is given back as bytes to keep, under a name that writes no header.
    let file = olof.get(&format!("/cases/{case}/originals/1/file")).ok();
    assert_eq!(
        file.header("content-type"),
        Some("application/octet-stream")
    );
    assert!(
        file.header("content-disposition")
            .unwrap()
            .starts_with("attachment; ")
    );
    assert_eq!(file.bytes, evil.as_bytes());
}

#[test]
fn every_answer_says_what_a_browser_may_do_with_it() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    for path in [
        "/cases",
        "/nowhere",
        "/sign-in",
        "/law",
        "/cases/2026-0001/originals/9/file",
    ] {
        let answer = olof.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("x-frame-options"), Some("DENY"));
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        let text = answer.text();
        assert!(
            !text.contains("style=\"") && !text.contains("onclick"),
            "{path}"
        );
    }
    // Our own files are kept, and there is no other.
    let page = olof.get("/law").text();
    let style = page
        .split("href=\"")
        .find(|part| part.contains("/style.css"))
        .unwrap();
    let style = style.split('"').next().unwrap();
    let answer = olof.get(style).ok();
    assert!(
        answer
            .header("cache-control")
            .unwrap()
            .contains("immutable")
    );
    let folder = style.strip_suffix("style.css").unwrap();
    for other in [
        "../../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/desk.toml",
        "style.css%00",
        "nothing.js",
    ] {
        assert_eq!(olof.get(&format!("{folder}{other}")).status, 404, "{other}");
    }
    for odd in [
        "/cases/2026-0001/originals/../../../etc/passwd",
        "/cases/..%2f..",
        "/cases/2026-00001",
        "/cases/x",
    ] {
        assert_eq!(olof.get(odd).status, 404, "{odd}");
    }
    for verb in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let answer = olof.send(verb, "/cases", &[], b"");
        assert!(
            [400, 403, 404, 405].contains(&answer.status),
            "{verb}: {}",
            answer.status
        );
    }
}

#[test]
fn what_is_too_large_or_too_slow_ends_and_harms_nobody() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    // A form whose body never comes to its end.
    let halting = thread::spawn({
        let port = served.port;
        move || {
            let head = format!(
                "POST /sign-in HTTP/1.1\r\nHost: localhost:{port}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
            );
            let begin = Instant::now();
            (
                raw(port, head.as_bytes(), b"challenge=").status,
                begin.elapsed(),
            )
        }
    });
    // Connections that send their heads one byte at a time are ended.
    let begin = Instant::now();
    let slow: Vec<_> = (0..200)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", served.port)).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: localh").unwrap();
            stream
        })
        .collect();
    olof.get("/cases").ok();
    let mut ended = slow.into_iter();
    let mut one = ended.next().unwrap();
    one.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut buffer = [0; 512];
    let _ = std::io::Read::read(&mut one, &mut buffer);
    assert!(
        begin.elapsed() < Duration::from_secs(25),
        "{:?}",
        begin.elapsed()
    );
    // A form that is larger than any of ours.
    let large = "x".repeat(2 << 20);
    let answer = olof.post("/cases/2026-0001/notes", &[("text", &large)]);
    assert_eq!(answer.status, 413, "{}", answer.text());
    // More files than a demand has.
    let many: Vec<_> = (0..40).map(|_| ("a.txt", &b"x"[..])).collect();
    assert_eq!(
        olof.upload("/new", &[("channel", "email")], &many).status,
        413
    );
    // A head that never ends, and one that is no HTTP.
    let head = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(100_000));
    let answer = raw(served.port, head.as_bytes(), b"");
    assert!([0, 400, 431].contains(&answer.status), "{}", answer.status);
    let answer = raw(served.port, b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"");
    assert!([0, 400].contains(&answer.status));
    // A form with files that is none.
    let head = [
        ("Content-Type", "multipart/form-data"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    assert_eq!(olof.send("POST", "/new", &head, b"x").status, 400);
    olof.get("/cases").ok();
    let (status, took) = halting.join().unwrap();
    assert_eq!(status, 408);
    assert!(took < Duration::from_secs(35), "{took:?}");
}

#[test]
fn a_link_that_ran_out_signs_nobody_in() {
    let Some(library) = clock() else {
        println!("SKIPPED: no libfaketime; dev/test installs it");
        return;
    };
    let hand = Hand::ready();
    // The link is made now; whoever serves it lives so much later.
    for (later, works) in [("+23h", true), ("+25h", false)] {
        let environment = [
            ("LD_PRELOAD", library.as_os_str()),
            ("FAKETIME", OsStr::new(later)),
            ("FAKETIME_DONT_FAKE_MONOTONIC", OsStr::new("1")),
        ];
        let served = Served::within(&hand, &environment);
        let link = served.invitation("olof");
        let mut browser = served.stranger();
        let answer = browser.post(&link, &[]);
        assert_eq!(
            answer.status == 303 && answer.to() == "/you?welcome=yes",
            works,
            "{later}"
        );
        assert_eq!(browser.get("/cases").status == 200, works, "{later}");
    }
}
