//! Servers that do not keep to the protocol, refuse, or break off: none of them makes a smaller result, or is asked for
//! more than was promised.

use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use lagrum_source::Source as _;
use serde_json::{Value, json};

use super::script::{Deed, Script, Store, answer, session};
use super::{IN, Taken, failed, mail, opened, search, search_with};

fn store(count: usize) -> Store {
    let all: Vec<_> = (0..count)
        .map(|n| mail(IN, &format!("number {n}")))
        .collect();
    Store::of(&all)
}

/// A server with nine messages that answers each request of a kind otherwise.
fn odd(what: &'static str, deed: impl Fn() -> Deed + Send + Sync + 'static) -> Script {
    Script::of(
        store(9),
        Box::new(move |asked, _, _| match asked.what == what {
            true => deed(),
            false => Deed::Pass,
        }),
    )
}

/// One whose answers of a kind are changed.
fn changed(what: &'static str, change: fn(&mut Value)) -> Script {
    odd(what, move || {
        Deed::Changed(Box::new(move |body| {
            let mut told: Value = serde_json::from_str(body).unwrap();
            match what {
                "session" => change(&mut told),
                _ => change(&mut told["methodResponses"][0][1]),
            }
            told.to_string()
        }))
    })
}

fn says(server: &Script, class: &str, words: &str) {
    let error = failed(&opened(server.port, "").unwrap(), "ann");
    assert!(
        error.class() == class && error.to_string().contains(words),
        "{class}, {words}: {error}"
    );
}

type Change = fn(&mut Value);

#[test]
fn what_a_listing_leaves_out_repeats_or_makes_up_fails_the_search() {
    let cases: &[(&'static str, Change, &str)] = &[
        (
            "Email/query",
            |told| told["total"] = json!(5),
            "more messages than there are",
        ),
        (
            "Email/query",
            |told| {
                told["total"] = json!(7);
                let ids = told["ids"].as_array_mut().unwrap();
                ids.truncate(7);
            },
            "another number of messages",
        ),
        (
            "Email/query",
            |told| told["total"] = json!(1_000_001),
            "more than a million",
        ),
        (
            "Email/query",
            |told| told["total"] = json!(1_u64 << 40),
            "more than a million",
        ),
        (
            "Email/query",
            |told| told["total"] = json!(100),
            "breaks off",
        ),
        ("Email/query", |told| told["ids"] = json!([]), "breaks off"),
        (
            "Email/query",
            |told| told["position"] = json!(1),
            "a page that was not asked for",
        ),
        ("Email/query", |told| told["position"] = json!(-1), "none"),
        (
            "Email/query",
            |told| told["ids"] = json!(["M1", "M1"]),
            "twice",
        ),
        ("Email/query", |told| told["ids"] = json!(["M1"]), "twice"),
        ("Email/query", |told| told["ids"] = json!(["../M1"]), "none"),
        (
            "Email/query",
            |told| told["ids"] = json!(["M1\u{202e}"]),
            "none",
        ),
        (
            "Email/query",
            |told| told["ids"] = json!(["x".repeat(256)]),
            "none",
        ),
        (
            "Email/query",
            |told| {
                told["total"] = json!(1000);
                told["ids"] = (0..20).map(|n| format!("X{n}")).collect();
            },
            "more messages than there are",
        ),
        ("Email/get", |told| told["list"] = json!([]), "leaves out"),
        (
            "Email/get",
            |told| {
                let list = told["list"].as_array_mut().unwrap();
                list.extend(list.first().cloned());
            },
            "not asked for, or one twice",
        ),
        (
            "Email/get",
            |told| drop(told.as_object_mut().unwrap().remove("state")),
            "none",
        ),
        (
            "Email/get",
            |told| told["accountId"] = json!("birk"),
            "another account",
        ),
        (
            "Mailbox/get",
            |told| told["list"] = json!([]),
            "without an inbox",
        ),
        (
            "Mailbox/get",
            |told| told["list"][1]["id"] = json!("inbox"),
            "a mailbox twice",
        ),
        (
            "Mailbox/get",
            |told| told["list"][1]["id"] = json!("other"),
            "not listed",
        ),
        (
            "Mailbox/get",
            |told| told["list"][1]["totalEmails"] = json!(5),
            "another number",
        ),
        (
            "Mailbox/get",
            |told| told["list"][0]["totalEmails"] = json!(4),
            "another number",
        ),
        (
            "Mailbox/get",
            |told| told["accountId"] = json!("birk"),
            "another account",
        ),
    ];
    for (what, change, words) in cases {
        says(&changed(what, *change), "damaged", words);
    }
    // What no message has in the first place.
    let of_messages: &[(Change, &str)] = &[
        (|one| one["mailboxIds"] = json!({}), "in no mailbox"),
        (
            |one| one["mailboxIds"] = json!({"inbox": false}),
            "not listed",
        ),
        (|one| one["blobId"] = json!("../../x"), "none"),
        (|one| one["blobId"] = json!(""), "none"),
        (|one| one["id"] = json!("M77"), "not asked for"),
        (|one| one["size"] = json!(-1), "none"),
        (|one| one["size"] = json!("7"), "none"),
        (|one| one["size"] = json!(1.5), "none"),
    ];
    for (change, words) in of_messages {
        let change = *change;
        let server = odd("Email/get", move || {
            Deed::Changed(Box::new(move |body| {
                let mut told: Value = serde_json::from_str(body).unwrap();
                if let Some(one) = told["methodResponses"][0][1]["list"].get_mut(0) {
                    change(one);
                }
                told.to_string()
            }))
        });
        says(&server, "damaged", words);
    }
}

#[test]
fn a_mailbox_that_may_not_be_read_is_denied_and_never_left_out() {
    let server = changed("Mailbox/get", |told| {
        told["list"][1]["myRights"]["mayReadItems"] = json!(false);
    });
    says(&server, "denied", "may not read");
    // Nor a message of which it is only said that it is gone.
    let server = changed("Email/get", |told| {
        if let Some(last) = told["list"].as_array_mut().unwrap().pop() {
            told["notFound"] = json!([last["id"]]);
        }
    });
    says(&server, "damaged", "says that nothing changed");
}

#[test]
fn a_session_of_somebody_else_or_elsewhere_is_not_followed() {
    let cases: &[(Change, &str, &str)] = &[
        (
            |told| told["username"] = json!("birk"),
            "damaged",
            "another account",
        ),
        (
            |told| told["username"] = json!("lagrum"),
            "damaged",
            "another account",
        ),
        (
            |told| told["primaryAccounts"]["urn:ietf:params:jmap:mail"] = json!("birk"),
            "damaged",
            "somebody else's",
        ),
        (
            |told| told["primaryAccounts"]["urn:ietf:params:jmap:mail"] = json!("nobody"),
            "denied",
            "no mail of an account",
        ),
        (
            |told| told["primaryAccounts"] = json!({}),
            "denied",
            "no mail of an account",
        ),
        (
            |told| told["primaryAccounts"] = Value::Null,
            "denied",
            "no mail of an account",
        ),
        (
            |told| told["accounts"] = Value::Null,
            "denied",
            "no mail of an account",
        ),
        (
            |told| told["accounts"]["ann"]["accountCapabilities"] = Value::Null,
            "denied",
            "no mail of an account",
        ),
        (
            |told| told["accounts"]["ann"]["accountCapabilities"] = json!({}),
            "denied",
            "no mail of an account",
        ),
        (
            |told| told["capabilities"] = json!({}),
            "damaged",
            "a session that is none",
        ),
        (
            |told| told["capabilities"]["urn:ietf:params:jmap:core"]["maxObjectsInGet"] = json!(0),
            "damaged",
            "no object",
        ),
        (
            |told| told["downloadUrl"] = json!("/jmap/blob/{accountId}/"),
            "damaged",
            "names no message",
        ),
        (
            |told| told["apiUrl"] = json!("/x y"),
            "damaged",
            "no request can have",
        ),
        (
            |told| told["apiUrl"] = json!("/x\r\nHost: y"),
            "damaged",
            "no request can have",
        ),
        (
            |told| told["apiUrl"] = json!(format!("/{}", "x".repeat(5000))),
            "damaged",
            "too long",
        ),
        (
            |told| *told = json!([]),
            "damaged",
            "a session that is none",
        ),
    ];
    for (change, class, words) in cases {
        says(&changed("session", *change), class, words);
    }
    // Another server that would take the password.
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = elsewhere.local_addr().unwrap().port();
    let reached = Arc::new(AtomicBool::new(false));
    let kept = Arc::clone(&reached);
    std::thread::spawn(move || {
        for _ in elsewhere.incoming() {
            kept.store(true, Ordering::Relaxed);
        }
    });
    for (field, rest) in [
        ("apiUrl", "/jmap/api"),
        ("downloadUrl", "/jmap/blob/{accountId}/{blobId}/{name}"),
    ] {
        for host in [
            format!("http://127.0.0.1:{port}"),
            format!("http://localhost:{port}"),
            format!("//127.0.0.1:{port}"),
            "https://{accountId}.example".to_owned(),
        ] {
            let address = format!("{host}{rest}");
            let server = odd("session", move || {
                let address = address.clone();
                Deed::Changed(Box::new(move |_| {
                    let mut told = session();
                    told[field] = json!(address);
                    told.to_string()
                }))
            });
            says(
                &server,
                "damaged",
                "not on the server which `session` names",
            );
            assert_eq!(server.asked().len(), 1);
        }
    }
    for (what, class, words) in [
        ("session", "configuration", "no redirect is followed"),
        ("Mailbox/get", "damaged", "no redirect is followed"),
        ("blob", "damaged", "no redirect is followed"),
    ] {
        for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
            let there = format!("Location: http://127.0.0.1:{port}/jmap/\r\n");
            let server = odd(what, move || Deed::Answer(answer(status, &there, b"")));
            says(&server, class, words);
        }
    }
    assert!(!reached.load(Ordering::Relaxed));
}

#[test]
fn an_id_of_an_account_is_no_path() {
    let paths: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = Arc::clone(&paths);
    let name = "../a/b?c#d%2f\u{e4}";
    let server = Script::of(
        store(1),
        Box::new(move |asked, _, _| match asked.what.as_str() {
            "session" => Deed::Changed(Box::new(move |body| {
                let mut told: Value = serde_json::from_str(body).unwrap();
                told["primaryAccounts"]["urn:ietf:params:jmap:mail"] = json!(name);
                told["accounts"][name] = told["accounts"]["ann"].clone();
                told.to_string()
            })),
            "blob" => {
                let path = asked.head.split(' ').nth(1).unwrap().to_owned();
                kept.lock().unwrap().push(path);
                Deed::Pass
            }
            _ => Deed::Changed(Box::new(move |body| {
                let mut told: Value = serde_json::from_str(body).unwrap();
                told["methodResponses"][0][1]["accountId"] = json!(name);
                told.to_string()
            })),
        }),
    );
    assert_eq!(
        search(&opened(server.port, "").unwrap(), "ann")
            .unwrap()
            .0
            .selected,
        1
    );
    let expected = "/jmap/blob/%2E%2E%2Fa%2Fb%3Fc%23d%252f%C3%A4/BM0/message?accept=application%2Foctet-stream";
    assert_eq!(*paths.lock().unwrap(), [expected]);
}

#[test]
fn an_answer_without_end_or_without_sense_takes_no_more_than_was_allowed() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    for (what, words) in [
        ("session", "a session that is none"),
        ("Email/query", "none"),
    ] {
        for body in [
            deep.clone(),
            "{".to_owned(),
            String::new(),
            "\u{0}".to_owned(),
        ] {
            let server = odd(what, move || {
                Deed::Answer(answer("200 OK", "", body.as_bytes()))
            });
            says(&server, "damaged", words);
        }
        let long = format!("\"{}\"", "x".repeat(4 << 20));
        let server = odd(what, move || {
            Deed::Answer(answer("200 OK", "", long.as_bytes()))
        });
        says(&server, "damaged", "too long");
    }
    // Depth where nothing is looked at is no harm.
    let server = changed("Email/query", |told| {
        let mut deep = json!(1);
        for _ in 0..100 {
            deep = json!([deep]);
        }
        told["filter"] = deep;
    });
    assert_eq!(
        search(&opened(server.port, "").unwrap(), "ann")
            .unwrap()
            .0
            .selected,
        9
    );
    let head = format!("X: {}\r\n", "x".repeat(100_000));
    let server = odd("session", move || {
        Deed::Answer(answer("200 OK", &head, b"{}"))
    });
    says(&server, "damaged", "a session that is none");
    let head = format!("X: {}\r\n", "x".repeat(1 << 20));
    let server = odd("session", move || {
        Deed::Answer(answer("200 OK", &head, b"{}"))
    });
    says(&server, "unreachable", "broke off");
}

#[test]
fn a_message_of_another_length_than_announced_is_none() {
    let long = mail(IN, "number 0, and more than was said");
    let server = odd("blob", move || Deed::Answer(answer("200 OK", "", &long)));
    says(&server, "damaged", "longer than announced");
    let server = odd("blob", || Deed::Answer(answer("200 OK", "", b"Date:")));
    says(&server, "damaged", "shorter than announced");
    let server = odd("blob", || Deed::Answer(answer("200 OK", "", b"")));
    says(&server, "damaged", "shorter than announced");
    // Without a length the end of the connection is its end.
    let server = odd("blob", || {
        Deed::Answer(b"HTTP/1.0 200 OK\r\n\r\nSubject: n".to_vec())
    });
    says(&server, "damaged", "shorter than announced");
    // One that nobody sends is not fetched, and a person is told.
    let server = changed("Email/get", |told| {
        for one in told["list"].as_array_mut().unwrap() {
            one["size"] = json!((256_u64 << 20) + 1);
        }
    });
    let (counts, taken) = search(&opened(server.port, "").unwrap(), "ann").unwrap();
    assert_eq!((counts.selected, counts.for_review), (0, 9));
    assert!(taken.reviews["email M1"].contains("256 MiB"));
    assert!(server.asked().iter().all(|one| one.what != "blob"));
}

#[test]
fn wherever_an_answer_breaks_off_the_search_is_whole_or_fails() {
    for what in ["session", "Mailbox/get", "Email/query", "Email/get", "blob"] {
        for most in [0, 1, 20, 44] {
            let server = odd(what, move || Deed::Cut(most));
            says(&server, "unreachable", "broke off");
            let tried = server.asked().iter().filter(|one| one.what == what).count();
            assert!(tried >= 5, "{what}: {tried}");
            // Once is no harm: it is asked again, and nothing of the broken answer is left.
            let once = AtomicUsize::new(0);
            let server = odd(what, move || match once.fetch_add(1, Ordering::Relaxed) {
                0 => Deed::Cut(most),
                _ => Deed::Pass,
            });
            let (_, taken) = search(&opened(server.port, "").unwrap(), "ann").unwrap();
            let mut expected: Vec<_> = (0..9).map(|n| mail(IN, &format!("number {n}"))).collect();
            expected.sort_unstable();
            assert_eq!(taken.bytes(), expected, "{what} {most}");
        }
    }
}

#[test]
fn a_refusal_says_whether_it_passes_and_nothing_of_what_the_server_wrote() {
    let body = b"{\"type\":\"urn:x\",\"detail\":\"ann's secret m4ster\"}";
    for (status, what, class, tries) in [
        ("401 Unauthorized", "session", "denied", 1),
        ("403 Forbidden", "session", "denied", 1),
        ("404 Not Found", "session", "configuration", 1),
        ("429 Too Many Requests", "session", "unreachable", 5),
        ("500 Internal Server Error", "session", "unreachable", 5),
        ("503 Service Unavailable", "session", "unreachable", 5),
        ("501 Not Implemented", "session", "denied", 1),
        ("204 No Content", "session", "denied", 1),
        ("206 Partial Content", "session", "denied", 1),
        ("400 Bad Request", "Email/query", "denied", 1),
        ("401 Unauthorized", "Email/query", "denied", 1),
        ("429 Too Many Requests", "Email/query", "unreachable", 5),
        ("500 Internal Server Error", "Email/get", "unreachable", 5),
        ("401 Unauthorized", "blob", "denied", 1),
        ("404 Not Found", "blob", "changed", 1),
        ("410 Gone", "blob", "changed", 1),
        ("429 Too Many Requests", "blob", "unreachable", 5),
        ("206 Partial Content", "blob", "denied", 1),
    ] {
        let server = odd(what, move || Deed::Answer(answer(status, "", body)));
        let error = failed(&opened(server.port, "").unwrap(), "ann");
        assert_eq!(error.class(), class, "{status} {what}: {error}");
        assert_eq!(
            error.retryable(),
            ["unreachable", "changed"].contains(&class)
        );
        let tried = server.asked().iter().filter(|one| one.what == what).count();
        assert_eq!(tried, tries, "{status} {what}");
        let told = format!("{error} {error:?}");
        assert!(
            !told.contains("secret") && !told.contains("m4ster"),
            "{told}"
        );
        assert!(!error.outside().contains("ann"), "{}", error.outside());
    }
    let refused = |code: &'static str| {
        odd("Email/query", move || {
            Deed::Changed(Box::new(move |_| {
                let refusal = json!({"type": code, "description": "ann's secret"});
                json!({"methodResponses": [["error", refusal, "0"]], "sessionState": "0"})
                    .to_string()
            }))
        })
    };
    says(
        &refused("serverUnavailable"),
        "unreachable",
        "tries made: 5",
    );
    says(
        &refused("accountNotFound"),
        "denied",
        "no mail of an account",
    );
    says(
        &refused("forbidden"),
        "denied",
        "refused to list messages (forbidden)",
    );
}

#[test]
fn who_signs_in_is_said_as_the_settings_have_it_and_no_secret_is_told() {
    let server = Script::of(store(1), Box::new(|_, _, _| Deed::Pass));
    let of = |more: &str| {
        let source = opened(server.port, more).unwrap();
        source.probe().unwrap();
        let head = server.asked().pop().unwrap().head.to_ascii_lowercase();
        let line = |name: &str| {
            let mut all = head.lines().filter_map(|line| line.strip_prefix(name));
            all.next().map(str::to_owned)
        };
        (line("authorization: "), line("authorize-as: "))
    };
    // lagrum:m4ster
    let basic = Some("basic bgfncnvtom00c3rlcg==".to_owned());
    assert_eq!(of(""), (basic.clone(), None));
    let known = of("known_account = \"ann@kvist.example\"");
    assert_eq!(known, (basic, Some("ann".to_owned())));
    let token = of("token_file = \"secret\"");
    assert_eq!(token, (Some("bearer m4ster".to_owned()), None));

    let faults: &[(&str, &str)] = &[
        ("session = \"http://mail.kvist.example/jmap/\"", "session"),
        (
            "session = \"https://lagrum@mail.kvist.example/jmap/\"",
            "session",
        ),
        ("session = \"mail.kvist.example\"", "session"),
        ("user = \"\"", "user"),
        ("user = \"a:b\"", "user"),
        ("user = \"lagrum\"\ntoken_file = \"secret\"", "user"),
        ("password_file = \"none\"", "password_file"),
        ("password_file = \"empty\"", "password_file"),
        ("token_file = \"empty\"", "token_file"),
        ("login = \"all\"", "login"),
        ("date = \"delivered\"", "date"),
        (
            "known_account = \"\u{e4}nn@kvist.example\"",
            "known_account",
        ),
        (
            "certificates = \"none\"\nsession = \"https://localhost/jmap/\"",
            "certificates",
        ),
    ];
    for (more, field) in faults {
        let Err(error) = opened(server.port, more) else {
            panic!("{more}")
        };
        assert!(
            error.to_string().contains(&format!("field `{field}`")),
            "{more}: {error}"
        );
        assert!(!error.to_string().contains("m4ster"), "{error}");
    }
    let away = opened(1, "").unwrap();
    for error in [failed(&away, "ann"), away.probe().unwrap_err()] {
        assert!(
            error.class() == "unreachable" && error.retryable(),
            "{error}"
        );
    }
}

#[test]
fn a_search_that_is_ended_asks_for_nothing_more() {
    let server = Script::of(store(9), Box::new(|_, _, _| Deed::Pass));
    let source = opened(server.port, "").unwrap();
    let ended = search_with(
        &source,
        "ann",
        &AtomicBool::new(true),
        &mut Taken::default(),
    );
    assert_eq!(ended.unwrap_err().class(), "cancelled");
    assert_eq!(server.asked().len(), 0);
}
