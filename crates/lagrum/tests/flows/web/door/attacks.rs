//! What officers and strangers try at the door.

use std::fs;
use std::io::Write as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use lagrum_notes::testing::Passkey;

use super::{PROSECUTOR, admitted, last_case, officer, police, prosecutor, ready, sent};
use crate::by_hand::Hand;
use crate::web::Served;
use crate::web::client::{Answer, Browser, raw};
use crate::web::passkeys::{answer, post, register, text};

/// A page without the address under which it was asked for.
fn bare(page: &Answer) -> (u16, String, Vec<(String, String)>) {
    let mut headers = page.headers.clone();
    headers.retain(|(name, _)| name != "date");
    (page.status, page.text(), headers)
}

#[test]
fn an_officer_reaches_nothing_but_the_demands_of_their_own_authority() {
    let hand = ready();
    let served = Served::with_door(&hand);
    let mut ek = police(&served);
    let mut alm = prosecutor(&served);
    let files: [(&str, &[u8]); 1] = [("beslut.txt", b"a demand of the police")];
    let path = sent(&mut ek, "AM-1-26", &files);
    let theirs = sent(&mut alm, "AM-1-26", &files);
    assert_ne!(path, theirs);
    ek.get(&path).ok();
    let case = last_case(&hand);
    let before = hand.json(&["case", &case]);
    let cases = hand.json(&["cases"]);

    // What is another's, what never was, what counts up, and what is no address at all: one page.
    let never = bare(&ek.get(&format!("/demands/{}", "0".repeat(32))));
    assert_eq!(never.0, 404);
    for wrong in [
        theirs.clone(),
        "/demands/1".into(),
        "/demands/2026-0001".into(),
        format!("/demands/{case}"),
        "/demands/..%2f..%2fdesk.toml".into(),
        format!("{path}0"),
        "/nowhere".into(),
        "/cases".into(),
        format!("/cases/{case}"),
        "/people".into(),
        "/welcome/unknown".into(),
    ] {
        assert_eq!(bare(&ek.get(&wrong)), never, "{wrong}");
    }
    let digest = "0".repeat(64);
    for wrong in [
        format!("{theirs}/packages/{digest}"),
        format!("{theirs}/receipts/{digest}"),
        format!("{path}/packages/{digest}"),
        format!("{path}/packages/x"),
    ] {
        assert_eq!(bare(&ek.get(&wrong)), never, "{wrong}");
    }
    for (wrong, fields) in [
        (format!("{theirs}/confirm"), [("package", &*digest)]),
        (format!("{theirs}/missing"), [("text", "x")]),
    ] {
        assert_eq!(bare(&ek.post(&wrong, &fields)), never, "{wrong}");
    }
    let answered = ek.upload(&format!("{theirs}/answer"), &[("answer", "x")], &[]);
    assert_eq!(bare(&answered), never);
    assert_eq!(hand.json(&["case", &case]), before);
    assert_eq!(hand.json(&["cases"]), cases);
    ek.get("/")
        .ok()
        .says_not(theirs.rsplit('/').next().unwrap());

    // How long it takes tells nothing, either.
    let mut took = |path: &str| {
        let mut all: Vec<_> = (0..15)
            .map(|_| {
                let begin = Instant::now();
                ek.get(path);
                begin.elapsed()
            })
            .collect();
        all.sort();
        all[7]
    };
    let (foreign, nothing) = (took(&theirs), took(&format!("/demands/{}", "0".repeat(32))));
    let difference = foreign.abs_diff(nothing);
    assert!(
        difference < Duration::from_millis(20),
        "{foreign:?} {nothing:?}"
    );

    // Who sends the same is told nothing of what others sent.
    let mut bo = officer(&served, "B. Bo", "Polismyndigheten", "b.bo@polisen.example");
    let page = bo.get(&path).ok();
    page.says("Received from an officer of your authority");
    page.says_not("K. Ek");
}

#[test]
fn desk_and_door_share_no_session_no_link_and_no_passkey() {
    let hand = ready();
    let served = Served::with_door(&hand);
    let at_door = format!("http://localhost:{}", served.door);
    let path = admitted(&served, "K. Ek", "Polismyndigheten", "k.ek@polisen.example");
    // A link of one side is nothing on the other, and using it there does not use it up.
    assert_eq!(served.stranger().post(&path, &[]).status, 404);
    let invitation = served.invitation("olof");
    assert_eq!(Browser::new(served.door).post(&invitation, &[]).status, 404);
    let mut ek = Browser::new(served.door);
    assert_eq!(ek.post(&path, &[]).status, 303);
    assert_eq!(Browser::new(served.door).post(&path, &[]).status, 404);
    let mut olof = served.stranger();
    assert_eq!(olof.post(&invitation, &[]).status, 303);

    // A session, too, under its own name and under the other's.
    for (from, port, name) in [
        (&olof, served.door, "lagrum-door"),
        (&olof, served.door, "lagrum"),
        (&ek, served.port, "lagrum"),
        (&ek, served.port, "lagrum-door"),
    ] {
        let mut thief = from.clone();
        thief.port = port;
        thief.cookies = vec![(name.to_owned(), from.cookies[0].1.clone())];
        let answer = thief.get("/you");
        assert_eq!(
            (answer.status, answer.to().starts_with("/sign-in")),
            (303, true)
        );
    }

    // A passkey signs in where it was made, once for each challenge, and until it is ended.
    let passkey = Passkey::new(7, &at_door);
    let credential = text(&[7; 20]);
    assert_eq!(
        register(&mut ek, &passkey, &credential, &at_door).status,
        303
    );
    let mut browser = Browser::new(served.door);
    let fields = answer(&mut browser, &passkey, &credential);
    assert_eq!(post(&mut browser, &fields).status, 303);
    browser.get("/").ok().says("Polismyndigheten");
    assert_eq!(post(&mut Browser::new(served.door), &fields).status, 422);
    let mut desk = served.stranger();
    let theirs = answer(&mut desk, &passkey, &credential);
    assert_eq!(post(&mut desk, &theirs).status, 422);
    // The passkey of a person of the desk opens no door.
    let own = Passkey::new(8, &served.origin());
    let other = text(&[8; 20]);
    assert_eq!(
        register(&mut olof, &own, &other, &served.origin()).status,
        303
    );
    let mut stranger = Browser::new(served.door);
    let fields = answer(&mut stranger, &own, &other);
    assert_eq!(post(&mut stranger, &fields).status, 422);

    // Ended: every session and every passkey, at once.
    let page = olof.get("/officers").ok();
    let id = Browser::hidden(&page, "officer");
    assert_eq!(olof.post("/officers/end", &[("officer", &id)]).status, 303);
    for gone in [&mut ek, &mut browser] {
        assert_eq!(gone.get("/").status, 303);
        assert_eq!(gone.upload("/send", &[], &[("a.txt", b"a")]).status, 303);
    }
    let fields = answer(&mut Browser::new(served.door), &passkey, &credential);
    assert_eq!(post(&mut Browser::new(served.door), &fields).status, 422);
    assert_eq!(olof.post("/officers/link", &[("officer", &id)]).status, 404);
    // An authority that is taken out of the list takes its officers with it.
    let mut alm = prosecutor(&served);
    alm.get("/").ok();
    let file = hand.path("provider/desk/authorities.toml");
    let list = fs::read_to_string(&file).unwrap();
    fs::write(&file, list.replace(PROSECUTOR, "")).unwrap();
    assert_eq!(alm.get("/").status, 303);
}

#[test]
fn who_is_not_an_officer_is_asked_to_sign_in_and_sends_nothing() {
    let hand = ready();
    let served = Served::with_door(&hand);
    let address = "0".repeat(32);
    let mut asked = 0;
    for line in lagrum_web::door_routes().lines() {
        let mut words = line.split_whitespace();
        let (verb, path) = (words.next().unwrap(), words.next().unwrap());
        let needs = words.collect::<Vec<_>>().join(" ");
        let path = path
            .replace("{address}", &address)
            .replace("{package}", &"0".repeat(64));
        let mut stranger = Browser::new(served.door);
        let answer = match verb {
            "GET" => stranger.get(&path),
            _ if path.ends_with("/send") || path.ends_with("/answer") => {
                stranger.upload(&path, &[], &[("a.txt", b"a")])
            }
            _ => stranger.post(&path, &[]),
        };
        match needs.as_str() {
            "an officer" => {
                assert_eq!(answer.status, 303, "{verb} {path}: {}", answer.text());
                assert!(answer.to().starts_with("/sign-in?next="), "{verb} {path}");
                asked += 1;
            }
            _ => assert!(answer.status != 500, "{verb} {path}"),
        }
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
        assert_eq!(answer.header("x-frame-options"), Some("DENY"));
    }
    assert!(asked > 15, "{asked}");
    assert_eq!(hand.json(&["cases"])["cases"].as_array().unwrap().len(), 0);
    // The door is shut where nobody opened it.
    let shut = Hand::ready();
    let served = Served::new(&shut);
    let mut olof = served.browser("olof");
    olof.get("/officers").ok().says("The door is closed");
    let fields = [
        ("authority", "SE|Polismyndigheten"),
        ("name", "K"),
        ("email", "k@polisen.example"),
        ("answered-by", "x"),
    ];
    assert_eq!(olof.post("/officers", &fields).status, 404);
}

#[test]
fn forms_of_other_sites_other_hosts_and_what_does_not_arrive_change_nothing() {
    let hand = ready();
    let served = Served::with_door(&hand);
    let mut ek = police(&served);
    let path = sent(&mut ek, "AM-1-26", &[("beslut.txt", b"a demand")]);
    let case = last_case(&hand);
    let before = hand.json(&["case", &case]);
    let (missing, fields) = (format!("{path}/missing"), [("text", "from elsewhere")]);
    let desk = served.origin();
    for headers in [
        vec![],
        vec![("Sec-Fetch-Site", "cross-site")],
        vec![("Sec-Fetch-Site", "same-site")],
        vec![("Origin", "http://evil.example")],
        vec![("Origin", "null")],
        // The desk is another site.
        vec![("Origin", &*desk)],
        vec![("Origin", &*desk), ("Sec-Fetch-Site", "same-origin")],
    ] {
        assert_eq!(
            ek.form(&missing, &fields, &headers).status,
            403,
            "{headers:?}"
        );
    }
    for host in [
        "evil.example",
        "localhost",
        &format!("localhost:{}", served.port),
    ] {
        assert_eq!(
            ek.send("GET", "/", &[("Host", host)], b"").status,
            404,
            "{host}"
        );
    }
    // Nothing, an empty file, half of one, too much, too many.
    let nothing = ek.upload("/send", &[("kind", "order")], &[]);
    assert_eq!(nothing.status, 422);
    nothing.says("Nothing arrived.");
    let empty = ek.upload("/send", &[], &[("EPOC-0004.xml", b"")]);
    assert_eq!(empty.status, 422);
    empty.says("Send EPOC-0004.xml again");
    let cut =
        b"--xyz\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\nhalf";
    let headers = [
        ("Content-Type", "multipart/form-data; boundary=xyz"),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    let half = ek.send("POST", "/send", &headers, cut);
    assert_eq!(half.status, 400, "{}", half.text());
    half.says("Only part of it arrived");
    let many: Vec<_> = (0..40).map(|_| ("a.txt", &b"x"[..])).collect();
    assert_eq!(ek.upload("/send", &[], &many).status, 413);
    let large = vec![b'x'; 65 << 20];
    let answer = ek.upload("/send", &[], &[("large.bin", &large)]);
    assert_eq!(answer.status, 413, "{}", answer.text());
    answer.says("64 MB");
    // An upload that stands still holds up nobody, and who is nobody is not read at all.
    let head = format!(
        "POST /send HTTP/1.1\r\nHost: localhost:{}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=xyz\r\nContent-Length: 90000000\r\n\r\n",
        served.door
    );
    let refused = raw(served.door, head.as_bytes(), b"");
    assert_eq!(refused.status, 303);
    let cookie = format!("{}={}", ek.cookies[0].0, ek.cookies[0].1);
    let head = head.replace(
        "\r\n\r\n",
        &format!("\r\nUser-Agent: {}\r\nCookie: {cookie}\r\n\r\n", ek.name),
    );
    let slow: Vec<_> = (0..4)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", served.door)).unwrap();
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    ek.get("/").ok();
    sent(&mut ek, "AM-2-26", &[("beslut.txt", b"another demand")]);
    drop(slow);
    assert_eq!(hand.json(&["case", &case]), before);
    assert_eq!(hand.json(&["cases"])["cases"].as_array().unwrap().len(), 2);
    // After signing in one goes on to a page of ours.
    for next in [
        "//evil.example",
        "https://evil.example",
        "%2F%2Fevil.example",
    ] {
        let page = Browser::new(served.door)
            .get(&format!("/sign-in?next={next}"))
            .ok();
        assert_eq!(Browser::hidden(&page, "next"), "/", "{next}");
    }
    let mut other = Browser::new(served.door);
    let site = [
        ("Sec-Fetch-Site", "same-origin"),
        ("Referer", "http://evil.example/x"),
    ];
    let back = other.form("/language", &[("language", "sv")], &site);
    assert_eq!((back.status, back.to()), (303, "/"));
}

#[test]
fn what_officers_write_is_text_wherever_it_is_shown() {
    let hand = ready();
    let served = Served::with_door(&hand);
    let evil = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}${7*7}";
    let mut ek = officer(&served, evil, "Polismyndigheten", "k.ek@polisen.example");
    let fields = [
        ("kind", evil),
        ("reference", evil),
        ("accounts", evil),
        ("secret", "yes"),
        ("secret-until", evil),
        ("secret-under", evil),
        ("words", evil),
    ];
    let names = [
        "../../../etc/passwd<svg onload=alert(1)>",
        "..\\..\\desk.toml",
        "a\u{202e}b.txt",
    ];
    let files: Vec<_> = names.iter().map(|name| (*name, evil.as_bytes())).collect();
    let answer = ek.upload("/send", &fields, &files[..1]);
    assert_eq!(answer.status, 303, "{}", answer.text());
    let path = answer.to().split('?').next().unwrap().to_owned();
    let case = last_case(&hand);
    for (name, bytes) in &files[1..] {
        let file: [(&str, &[u8]); 1] = [(name, bytes)];
        assert_eq!(
            ek.upload(&format!("{path}/answer"), &[("answer", evil)], &file)
                .status,
            303
        );
    }
    let mut olof = served.browser("olof");
    assert_eq!(
        olof.post(&format!("/cases/{case}/ask"), &[("question", evil)])
            .status,
        303
    );
    ek.post(&format!("{path}/missing"), &[("text", evil)]);
    let mut pages = vec![
        ek.post("/key", &[("key", evil)]).text(),
        ek.get(&format!("{path}?done=%3Cscript%3E&warn=%3Cscript%3E"))
            .ok()
            .text(),
        ek.get(&format!("/demands/{evil}").replace([' ', '"', '<', '>'], "%20"))
            .text(),
    ];
    for at in ["/", "/you", "/key"] {
        pages.push(ek.get(at).ok().text());
    }
    for at in [
        "/officers".to_owned(),
        format!("/cases/{case}"),
        format!("/cases/{case}/originals/1"),
        format!("/cases/{case}/demand"),
        "/inbox".into(),
        format!("/cases/{case}/call-back"),
    ] {
        pages.push(olof.get(&at).ok().text());
    }
    for page in &pages {
        for bad in [
            "<script>alert",
            "<img src=x",
            "<svg onload",
            "onerror=alert(1)>{",
            ">49",
            "etc/passwd",
        ] {
            assert!(!page.contains(bad), "{bad} in\n{page}");
        }
    }
}

#[test]
fn words_that_nobody_knows_and_what_is_none_give_one_page_and_tries_are_counted() {
    let hand = ready();
    let served = Served::with_door(&hand);
    let mut reader = Browser::new(served.door);
    let page = reader.get("/check?lang=sv").ok();
    page.says("Är meddelandet äkta?");
    let unknown = reader.post("/check", &[("words", "aardvark adroitness absurd adviser")]);
    assert_eq!(unknown.status, 200);
    unknown.says("We do not know these words");
    let long = "aardvark ".repeat(1_000);
    for wrong in ["", "cedar", "<script>", "aardvark adroitness absurd", &long] {
        assert_eq!(
            bare(&reader.post("/check", &[("words", wrong)])),
            bare(&unknown),
            "{wrong}"
        );
    }
    // No cookie is set, and none is looked at.
    assert!(reader.cookies.is_empty());
    let mut ek = police(&served);
    ek.get("/check").ok().says_not("K. Ek");
    // Beyond twenty in an hour nothing is looked up, and the page says so; of another address it is.
    let known = [("Sec-Fetch-Site", "same-origin")];
    let words = [("words", "aardvark adroitness absurd adviser")];
    let mut refused = 0;
    for _ in 0..30 {
        refused += u32::from(reader.form("/check", &words, &known).status == 429);
    }
    assert_eq!(refused, 30 - 20 + 6);
    let other = [
        ("Sec-Fetch-Site", "same-origin"),
        ("X-Forwarded-For", "203.0.113.9"),
    ];
    assert_eq!(reader.form("/check", &words, &other).status, 200);
}
