//! What is done once, however often it is asked for.

use serde_json::json;

use super::whole_way::taken_in;
use super::{json as read, refused, routes};
use crate::by_hand::Hand;
use crate::web::Served;

#[test]
fn the_same_key_with_the_same_request_is_done_once_and_answered_the_same() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let scopes = ["cases:read", "cases:write", "intake"];
    let mut olof = served.program("olof", &scopes);
    let case = taken_in(&mut olof, &hand, "AM-1-26");
    let path = format!("/cases/{case}/notes");
    let notes = |hand: &Hand| {
        let events = hand.json(&["case", &case])["events"].clone();
        let events = events.as_array().unwrap().clone();
        events
            .iter()
            .filter(|one| one["what"]["event"] == "noted")
            .count()
    };
    let note = json!({"text": "once"});
    let first = olof.post_with(&path, &note, "a-key").ok();
    let again = olof.post_with(&path, &note, "a-key").ok();
    assert_eq!(first.bytes, again.bytes);
    assert_eq!(first.header("idempotency-replayed"), None);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(notes(&hand), 1);
    // A refusal is kept, too; a new attempt has a new key.
    let early = json!({"reason": "x"});
    let decision = format!("/cases/{case}/decision");
    let one = olof.post_with(&decision, &early, "early");
    refused(&one, 409, "not-assessed");
    let two = olof.post_with(&decision, &early, "early");
    assert_eq!((two.status, &two.bytes), (409, &one.bytes));
    assert_eq!(two.header("idempotency-replayed"), Some("true"));
    // Another body, another address, another operation: another request.
    for (path, body) in [
        (path.clone(), json!({"text": "twice"})),
        (format!("/cases/{case}/closing"), json!({"reason": "once"})),
        ("/cases/2026-9999/notes".to_owned(), note.clone()),
    ] {
        refused(
            &olof.post_with(&path, &body, "a-key"),
            422,
            "idempotency-key-reused",
        );
    }
    assert_eq!(notes(&hand), 1);
    // A key is one token's: another token with it does its own.
    let mut other = served.program("olof", &scopes);
    other
        .post_with(&path, &json!({"text": "mine"}), "a-key")
        .ok();
    assert_eq!(notes(&hand), 2);
    // What a request does not say, its boundary, makes no other request of it: the same bytes are one case.
    let files = [("a.txt", &b"paper"[..])];
    let one = olof.files("/cases", &[], &files, "same");
    let two = olof.files("/cases", &[], &files, "same");
    assert_eq!((one.status, two.status), (201, 201), "{}", two.text());
    assert_eq!(one.bytes, two.bytes);
    assert_eq!(two.header("location"), one.header("location"));
    let other = [("a.txt", &b"other paper"[..])];
    refused(
        &olof.files("/cases", &[], &other, "same"),
        422,
        "idempotency-key-reused",
    );
    // What is kept is unreadable in the database.
    let bytes = std::fs::read(hand.path("provider/desk/desk.sqlite")).unwrap();
    assert!(!bytes.windows(5).any(|piece| piece == b"a-key"));
}

#[test]
fn nothing_changes_without_a_key() {
    let hand = Hand::ready();
    let case = hand.decided();
    let served = Served::new(&hand);
    let scopes = [
        "cases:read",
        "cases:write",
        "intake",
        "sign",
        "counsel",
        "privileged",
    ];
    let mut maja = served.program("maja", &scopes);
    let before = hand.json(&["case", &case]);
    let json_kind = ("Content-Type", "application/json");
    let long = "k".repeat(129);
    let mut asked = 0;
    for (verb, path, _) in routes() {
        let asks = ["/search", "/preview"];
        let asks = asks.iter().any(|end| path.ends_with(end)) || path.contains("/proposed/");
        let changes = verb == "POST" && !asks;
        if !changes {
            continue;
        }
        let path = super::filled(&path, &case);
        let none = maja.send("POST", &path, &[json_kind], b"{}");
        refused(&none, 400, "idempotency-key-wrong");
        for wrong in ["", "a b", "a\"", &long] {
            let headers = [json_kind, ("Idempotency-Key", wrong)];
            let answer = maja.send("POST", &path, &headers, b"{}");
            refused(&answer, 400, "idempotency-key-wrong");
        }
        let twice = [
            json_kind,
            ("Idempotency-Key", "a"),
            ("Idempotency-Key", "a"),
        ];
        refused(
            &maja.send("POST", &path, &twice, b"{}"),
            400,
            "idempotency-key-wrong",
        );
        asked += 1;
    }
    assert_eq!(asked, 29);
    assert_eq!(hand.json(&["case", &case]), before);
}

#[test]
fn of_eight_at_once_one_does_it() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let (token, _) = served.token("olof", &["cases:read", "cases:write", "intake"]);
    let case = taken_in(&mut served.with_token(&token), &hand, "AM-1-26");
    let path = format!("/cases/{case}/notes");
    for round in 0..4 {
        let key = format!("round-{round}");
        let all: Vec<_> = std::thread::scope(|scope| {
            let each = (0..8).map(|_| {
                let (path, key, token) = (&path, &key, &token);
                let mut program = served.with_token(token);
                scope.spawn(move || program.post_with(path, &json!({"text": key}), key))
            });
            let each: Vec<_> = each.collect();
            each.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let done: Vec<_> = all.iter().filter(|one| one.status == 200).collect();
        let first = done
            .iter()
            .filter(|one| one.header("idempotency-replayed").is_none());
        assert_eq!(first.count(), 1);
        for one in all.iter().filter(|one| one.status != 200) {
            refused(one, 409, "idempotency-key-busy");
            assert_eq!(one.header("retry-after"), Some("5"));
        }
        assert!(done.iter().all(|one| read(one) == read(done[0])));
    }
    let events = hand.json(&["case", &case])["events"].clone();
    let noted = events
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["what"]["event"] == "noted");
    assert_eq!(noted.count(), 4);
}
