//! Every scope at every operation: what a token is not for is refused, whoever's it is and whatever is there.

use serde_json::json;

use super::whole_way::taken_in;
use super::{Program, SCOPES, filled, json as read, refused, routes};
use crate::by_hand::Hand;
use crate::web::Served;
use crate::web::client::Answer;

/// Asks with a body that is none of what is wanted: nothing changes, also where it may come in.
fn ask(program: &mut Program, verb: &str, path: &str) -> Answer {
    match verb {
        "GET" => program.get(path),
        _ => program.post(path, &json!({"no such field": 1})),
    }
}

/// Gives a person another role, at once: somebody who is gone in between has no token any more.
fn becomes(hand: &Hand, id: &str, role: &str) {
    let file = hand.path("provider/desk/people.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let entries = text.split("[[person]]").map(|entry| {
        let theirs = entry.contains(&format!("id = \"{id}\""));
        let lines = entry
            .lines()
            .map(|line| match theirs && line.starts_with("role = ") {
                true => format!("role = \"{role}\""),
                false => line.to_owned(),
            });
        lines.collect::<Vec<_>>().join("\n") + "\n"
    });
    std::fs::write(file, entries.collect::<Vec<_>>().join("[[person]]")).unwrap();
}

/// Whether an answer lets the token in.
fn came_in(answer: &Answer) -> bool {
    let code = match answer.header("content-type") {
        Some("application/problem+json") => read(answer)["code"].as_str().unwrap().to_owned(),
        _ => String::new(),
    };
    !["unauthorized", "scope-missing", "not-allowed"].contains(&&*code)
}

#[test]
fn every_scope_reaches_its_own_operations_and_no_other() {
    let hand = Hand::ready();
    let case = hand.decided();
    let served = Served::new(&hand);
    served.hire("ada", "Ada Alm", "auditor");
    let before = hand.json(&["case", &case]);
    let (mut in_there, mut left_out) = (0, 0);
    for scope in SCOPES {
        // Somebody whose role has a use of it.
        let person = match scope {
            "audit:read" | "setup:read" => "ada",
            _ => "maja",
        };
        let mut program = served.program(person, &[scope]);
        for (verb, path, needs) in routes() {
            let answer = ask(&mut program, &verb, &filled(&path, &case));
            let words: Vec<_> = needs.split(' ').collect();
            let open = needs == "anybody" || needs == "any token" || words.contains(&scope);
            // One scope is not enough for what needs two.
            let open = open && !words.contains(&"and");
            assert_eq!(
                came_in(&answer),
                open,
                "{scope}: {verb} {path}: {}",
                answer.text()
            );
            if open {
                in_there += 1;
                continue;
            }
            left_out += 1;
            let told = refused(&answer, 403, "scope-missing");
            let names = answer.header("www-authenticate").unwrap();
            assert!(names.contains("insufficient_scope"), "{names}");
            // The same is said of a case that is not there.
            let nowhere = ask(&mut program, &verb, &filled(&path, "2026-9999"));
            assert_eq!(told, read(&nowhere), "{verb} {path}");
        }
    }
    assert!(in_there > 60 && left_out > 200, "{in_there}, {left_out}");
    assert_eq!(hand.json(&["case", &case]), before);
}

#[test]
fn a_token_never_does_more_than_its_person_may_now() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut maja = served.program(
        "maja",
        &[
            "cases:read",
            "cases:write",
            "intake",
            "counsel",
            "privileged",
            "sign",
        ],
    );
    let case = taken_in(&mut maja, &hand, "AM-1-26");
    maja.act(
        &format!("/cases/{case}/privileged-notes"),
        &json!({"text": "advice"}),
    );
    let sealed = "BEGIN AGE ENCRYPTED FILE";
    maja.get(&format!("/cases/{case}")).ok().says(sealed);
    // She becomes an auditor: she reads, without what is counsel's, and changes nothing.
    becomes(&hand, "maja", "auditor");
    assert_eq!(maja.read("/me")["role"], "auditor");
    maja.get(&format!("/cases/{case}")).ok().says_not(sealed);
    for (verb, path, needs) in routes() {
        if verb != "POST" || needs.contains("read-") || needs == "anybody" {
            continue;
        }
        let there = ask(&mut maja, &verb, &filled(&path, &case));
        let told = refused(&there, 403, "not-allowed");
        let nowhere = ask(&mut maja, &verb, &filled(&path, "2026-9999"));
        assert_eq!(told, read(&nowhere), "{path}");
    }
    // And an administrator, who reads no case: one that is there looks like one that is not.
    becomes(&hand, "maja", "administrator");
    for (verb, path, needs) in routes() {
        if !path.contains("{case}") || needs == "anybody" {
            continue;
        }
        let there = ask(&mut maja, &verb, &filled(&path, &case));
        let nowhere = ask(&mut maja, &verb, &filled(&path, "2026-9999"));
        let told = refused(&there, 403, "not-allowed");
        assert_eq!(told, read(&nowhere), "{path}");
    }
}
