//! The interface for programs, asked over sockets.

mod attacks;
mod once;
mod schemathesis;
mod scopes;
mod whole_way;

use serde_json::Value;

use super::Served;
use super::client::{Answer, Browser};
use crate::support::ended;

/// A program with a token.
pub struct Program {
    browser: Browser,
    token: String,
    /// Each request that changes something has a key of its own.
    count: u32,
}

impl Served<'_> {
    /// A new token: its text and its id.
    pub fn token(&self, person: &str, scopes: &[&str]) -> (String, String) {
        let mut arguments = vec!["desk", "token", "add", person, "--name", "tests"];
        for scope in scopes {
            arguments.extend(["--scope", scope]);
        }
        let made = self.hand.json(&arguments);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&made["token"]), text(&made["about"]["id"]))
    }

    /// A program that acts for this person.
    pub fn program(&self, person: &str, scopes: &[&str]) -> Program {
        self.with_token(&self.token(person, scopes).0)
    }

    /// A program that shows this token.
    pub fn with_token(&self, token: &str) -> Program {
        Program {
            browser: self.stranger(),
            token: token.to_owned(),
            count: 0,
        }
    }
}

impl Program {
    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], b"")
    }

    /// What is answered, which has to be right.
    pub fn read(&mut self, path: &str) -> Value {
        json(&self.get(path).ok())
    }

    /// Something that is done once.
    pub fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.count += 1;
        let key = format!("key-{}", self.count);
        self.post_with(path, body, &key)
    }

    pub fn post_with(&mut self, path: &str, body: &Value, key: &str) -> Answer {
        let headers = [
            ("Content-Type", "application/json"),
            ("Idempotency-Key", key),
        ];
        self.send("POST", path, &headers, body.to_string().as_bytes())
    }

    /// What is answered, which has to be right.
    pub fn act(&mut self, path: &str, body: &Value) -> Value {
        json(&self.post(path, body).ok())
    }

    /// Files, with how they came.
    pub fn files(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
        key: &str,
    ) -> Answer {
        let boundary = format!("edge-{key}");
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend(head.as_bytes());
        }
        for (name, bytes) in files {
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n"
            );
            body.extend(head.as_bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{boundary}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        let headers = [("Content-Type", &*kind), ("Idempotency-Key", key)];
        self.send("POST", path, &headers, &body)
    }

    /// Any request, with the token.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let mut all = vec![("Authorization", &*bearer)];
        all.extend(headers);
        let path = format!("/api/v1{path}");
        self.browser.send(method, &path, &all, body)
    }
}

pub fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|e| panic!("{e}: {}", answer.text()))
}

/// That an answer is a problem with this code.
#[track_caller]
pub fn refused(answer: &Answer, status: u16, code: &str) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    let told = json(answer);
    assert_eq!(told["code"], code, "{told}");
    assert_eq!(told["status"], status);
    assert_eq!(told["type"], format!("/api/v1/problems/{code}"));
    told
}

/// Each operation as the program lists it: method, path, what it needs.
pub fn routes() -> Vec<(String, String, String)> {
    let all = lagrum_web::api::routes();
    let lines = all.lines().map(|line| {
        let mut words = line.split_whitespace();
        let (verb, path) = (words.next().unwrap(), words.next().unwrap());
        let needs = words.collect::<Vec<_>>().join(" ");
        (verb.to_owned(), path.to_owned(), needs)
    });
    lines.collect()
}

/// A path of that operation for this case, below `/api/v1`.
pub fn filled(path: &str, case: &str) -> String {
    let filled = path
        .replace("{case}", case)
        .replace("{number}", "1")
        .replace("{letter}", "question")
        .replace("{watched}", "late")
        .replace("{sample}", "none")
        .replace("{code}", "closed");
    assert!(!filled.contains('{'), "{filled}");
    filled.strip_prefix("/api/v1").unwrap().to_owned()
}

/// Scopes that exist.
pub const SCOPES: [&str; 8] = [
    "cases:read",
    "cases:write",
    "intake",
    "sign",
    "counsel",
    "privileged",
    "audit:read",
    "setup:read",
];

#[test]
fn a_token_is_made_listed_and_ended_and_ends_with_its_person() {
    let hand = crate::by_hand::Hand::ready();
    let served = Served::new(&hand);
    let (text, id) = served.token("olof", &["cases:read", "intake"]);
    assert!(text.starts_with("lagrum_") && text.len() > 40, "{text}");
    let list = |served: &Served<'_>| served.hand.json(&["desk", "token", "list"]);
    let all = list(&served);
    assert_eq!(all["tokens"][0]["id"], id);
    assert_eq!(all["tokens"][0]["person"], "olof");
    assert_eq!(all["tokens"][0]["seen"], Value::Null);
    // Nobody finds the token again: not in the list, and not in the database.
    assert!(!all.to_string().contains(&text));
    for file in ["desk.sqlite", "desk.sqlite-wal"] {
        let bytes = std::fs::read(hand.path(&format!("provider/desk/{file}"))).unwrap_or_default();
        let found = bytes
            .windows(text.len())
            .any(|piece| piece == text.as_bytes());
        assert!(!found, "{file}");
    }
    let mut program = served.with_token(&text);
    let me = program.read("/me");
    assert_eq!(
        (&me["id"], &me["role"]),
        (&"olof".into(), &"analyst".into())
    );
    assert_eq!(
        me["token"]["scopes"],
        serde_json::json!(["cases:read", "intake"])
    );
    assert_ne!(
        list(&served)["tokens"][0]["seen"],
        Value::Null,
        "its last use is seen"
    );
    // The administrator sees it, and ends it; so does the command line.
    served.hire("dan", "Dan Dal", "administrator");
    let mut dan = served.browser("dan");
    let page = dan.get("/people").ok();
    page.says("tests");
    page.says_not(&text);
    hand.run(&["desk", "token", "end", &id]).ok();
    refused(&program.get("/me"), 401, "unauthorized");
    assert_eq!(hand.run(&["desk", "token", "end", &id]).code, Some(1));

    let mut other = served.program("olof", &["cases:read"]);
    other.read("/cases");
    let page = dan.get("/people").ok().text();
    let (_, rest) = page.split_once("value=\"token\"").unwrap();
    let (_, rest) = rest.split_once("name=\"which\" value=\"").unwrap();
    let which = rest.split('"').next().unwrap();
    let ended = dan.post("/people/end", &[("kind", "token"), ("which", which)]);
    assert_eq!(ended.status, 303, "{}", ended.text());
    refused(&other.get("/cases"), 401, "unauthorized");

    // Who left has no token any more; and whoever gets that id later does not have it either.
    served.hire("ada", "Ada Alm", "auditor");
    let mut ada = served.program("ada", &["audit:read"]);
    ada.read("/audit");
    served.dismiss("ada");
    refused(&ada.get("/audit"), 401, "unauthorized");
    let gone = || list(&served)["tokens"].as_array().unwrap().is_empty();
    let begin = std::time::Instant::now();
    while !gone() && begin.elapsed() < std::time::Duration::from_secs(40) {
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
    served.hire("ada", "Adam Alm", "auditor");
    refused(&ada.get("/audit"), 401, "unauthorized");
}

#[test]
fn a_token_that_would_be_wrong_or_useless_is_not_made() {
    let hand = crate::by_hand::Hand::ready();
    for (arguments, says) in [
        (
            &["nobody", "--name", "x", "--scope", "intake"][..],
            "people.toml",
        ),
        (
            &["olof", "--name", "x", "--scope", "audit:read"],
            "may do nothing of it",
        ),
        (
            &["olof", "--name", "x", "--scope", "counsel"],
            "may do nothing of it",
        ),
        (
            &["olof", "--name", " ", "--scope", "intake"],
            "what the token is for",
        ),
        (
            &["olof", "--name", "x", "--scope", "everything"],
            "is no scope",
        ),
        (
            &["olof", "--name", "x", "--scope", "intake", "--days", "367"],
            "367",
        ),
        (&["olof", "--name", "x"], "--scope"),
    ] {
        let ran = hand.run(&[&["desk", "token", "add"], arguments].concat());
        assert_ne!(ran.code, Some(0), "{arguments:?}");
        assert!(ran.err.contains(says), "{arguments:?}: {}", ran.err);
    }
    for _ in 0..20 {
        hand.run(&[
            "desk", "token", "add", "olof", "--name", "x", "--scope", "intake",
        ])
        .ok();
    }
    let more = hand.run(&[
        "desk", "token", "add", "olof", "--name", "x", "--scope", "intake",
    ]);
    assert!(more.err.contains("20 tokens already"), "{}", more.err);
}

/// Signs on a person's own machine what a program fetched there; gives what the program brings back.
pub fn signed_at_home(served: &Served<'_>, who: &str, file: &[u8]) -> Value {
    let hand = served.hand;
    let to_sign = hand.write(&format!("{who}-to-sign.json"), file);
    let (key, secret) = (
        hand.path(&format!("{who}.key")),
        hand.path(&format!("{who}.passphrase")),
    );
    let mut command = crate::support::program();
    let confirm = ["--confirm", "ann@hand.example"];
    let with = ["--key", &key, "--passphrase-file", &secret];
    ended(command.args(["sign", &to_sign]).args(with).args(confirm)).ok();
    let signed = std::fs::read(hand.path(&format!("{who}-to-sign.signatures"))).unwrap();
    serde_json::from_slice(&signed).unwrap()
}
