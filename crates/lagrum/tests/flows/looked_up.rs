//! Who had an address and port at an instant: found out on the data side, under a mandate of its own.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::answers;

const LOG: &str = r#"{"time":"2026-08-20T19:04:05Z","user":"annie@hand.example","ip":"::ffff:198.51.100.23","port":51234}
{"time":"2026-08-20T19:04:06Z","user":"Ann@hand.example","ip":"198.51.100.23","port":51234}
{"time":"2026-08-20T19:04:07Z","user":"bo@hand.example","ip":"198.51.100.23","port":51235}
{"time":"2026-08-20T19:04:08Z","user":"bo@hand.example","ip":"203.0.113.9","port":7}
{"time":"2026-08-20T19:04:09Z","user":"ann@hand.example","ip":"203.0.113.9","port":8}
{"time":"2026-08-20T20:04:09Z","user":"bo@hand.example","ip":"192.0.2.77","port":9}
"#;

/// A provider whose log knows who came from where, and a European order for those who came from these
/// addresses.
fn provider(addresses: &[&str]) -> Hand {
    let hand = Hand::ready();
    let change = |path: &str, from: &str, to: &str| {
        let whole = fs::read_to_string(hand.path(path)).unwrap();
        assert!(whole.contains(from), "{path}: {from}");
        hand.write(path, whole.replacen(from, to, 1));
    };
    let directory = "provider/desk/directory.toml";
    change(
        directory,
        "region = \"stockholm\"\n\n[[account]]",
        "region = \"stockholm\"\nlooks_up = [\"ip-address\"]\nseconds_around = 60\n\n[[account]]",
    );
    change(
        directory,
        "categories = [\"content\"]",
        "categories = [\"content\", \"identification\"]",
    );
    hand.append(
        "provider/agents/stockholm/agent.toml",
        r#"
[[account]]
address = "bo@hand.example"
controller = "consumer"
[[source]]
kind = "access-log-jsonl"
id = "logins"
paths = ["login.jsonl"]
account_field = "user"
time_field = "time"
time_format = "rfc3339"
address_field = "ip"
port_field = "port"
fields.identification = ["time", "ip", "port"]
"#,
    );
    change(
        "provider/agents/stockholm/agent.toml",
        "\"ann@hand.example\" = \"ann\"",
        "\"ann@hand.example\" = \"ann\"\n\"bo@hand.example\" = \"bo\"",
    );
    for part in ["cur", "new", "tmp"] {
        let place = format!("provider/agents/stockholm/mail/bo/{part}");
        fs::create_dir_all(hand.path(&place)).unwrap();
    }
    hand.write("provider/agents/stockholm/login.jsonl", LOG);
    let recipients = "provider/agents/stockholm/recipients.toml";
    let known = fs::read_to_string(hand.path(recipients)).unwrap();
    let german = known
        .replace("\"SE\"", "\"DE\"")
        .replace("Polismyndigheten", "Staatsanwaltschaft Hamburg");
    hand.write(recipients, german);
    hand.append(
        "provider/desk/authorities.toml",
        r#"
[[authority]]
name = "Staatsanwaltschaft Hamburg"
country = "DE"
kind = "prosecutor"
domains = ["polisen.example"]
telephone = "+49 40 555 01 02"
"#,
    );
    let identifiers: Vec<_> = addresses
        .iter()
        .map(|address| {
            format!(
                "{{ kind = \"ip-address\", value = {{ {address}, at = \"2026-08-20T21:04:11+02:00\" }} }}"
            )
        })
        .collect();
    let demand = hand
        .demand("EPOC-7")
        .replace("Polismyndigheten", "Staatsanwaltschaft Hamburg")
        .replace("kind = \"police\"", "kind = \"prosecutor\"")
        .replace("kind = \"court-decision\"", "kind = \"european-production-order\"")
        .replace("kind = \"judge\"", "kind = \"prosecutor\"")
        .replace("country = \"SE\"", "country = \"DE\"")
        .replace("entity = \"Hand Mail AB\"\ncountry = \"DE\"", "entity = \"Hand Mail AB\"\ncountry = \"SE\"")
        .replace("2026-03-02", "2026-08-28")
        .replace("form = \"handwritten\"", "form = \"qualified\"")
        .replace(
            "identifiers = [{ kind = \"email-address\", value = \"ann@hand.example\" }]\ncategories = [\"content\"]\nperiod = { from = \"2026-01-01T00:00:00+01:00\", until = \"2026-02-01T00:00:00+01:00\" }",
            &format!(
                "identifiers = [{}]\ncategories = [\"identification\"]\nperiod = {{ from = \"2026-08-20T19:04:00Z\", until = \"2026-08-20T19:05:00Z\" }}",
                identifiers.join(", ")
            ),
        );
    hand.write("demand.toml", demand);
    hand
}

fn dispositions(found: &Value) -> Vec<&str> {
    let parts = found["parts"].as_array().unwrap().iter();
    parts
        .map(|part| part["finding"]["disposition"].as_str().unwrap())
        .collect()
}

const ANN: &str = r#"address = "198.51.100.23", port = 51234"#;
const TWO: &str = r#"address = "203.0.113.9""#;
const NOBODY: &str = r#"address = "192.0.2.77", port = 9"#;

#[test]
fn who_had_an_address_and_port_is_found_out_by_two_people_and_an_agent_and_then_answered() {
    let hand = provider(&[ANN, TWO, NOBODY]);
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    let case = case.as_str();
    hand.verified(case);
    let found = hand.json(&["assess", case])["assessment"].clone();
    assert_eq!(dispositions(&found), ["look-up"; 3], "{found}");
    let decided = hand.json(&["decide", case]);
    assert_eq!(
        decided["mandates"].as_array().unwrap().len(),
        1,
        "{decided}"
    );

    // One person is not enough, and both read that nothing is handed over.
    let three = ["3".to_owned()];
    let seen = hand.page_signed(case, "olof", "3");
    for shown in [
        "What is looked up",
        "198.51.100.23 port 51234 at 2026-08-20T19:04:11Z",
        "60 seconds before and after",
        "the desk of Hand Mail alone",
    ] {
        assert!(seen.contains(shown), "{shown} is missing:\n{seen}");
    }
    assert_eq!(
        hand.run(&["--json", "agent", "run"]).ok().json(),
        serde_json::json!([])
    );
    hand.approve_all(case, "maja", &three).ok();
    let ran = hand.run(&["--json", "agent", "run"]).ok().json();
    assert_eq!(ran[0]["outcome"]["looked_up"], 3, "{ran}");
    // A mandate is carried out once, and there is no package.
    let again = hand.run(&["--json", "agent", "run"]).ok().json();
    assert_eq!(again[0]["outcome"], "already produced");
    let out = answers(Path::new(&hand.path("provider/exchange/stockholm/out")));
    assert_eq!(out.len(), 1, "{out:?}");
    let news = hand.json(&["settle"])["news"].clone();
    assert_eq!(
        (&news[0]["news"], &news[0]["known"]),
        (&"looked-up".into(), &1.into()),
        "{news}"
    );
    let out = answers(Path::new(&hand.path("provider/exchange/stockholm/out")));
    assert!(out.is_empty(), "{out:?}");

    // It is judged anew, now that it is known who it is.
    assert_eq!(hand.json(&["case", case])["state"], "authenticated");
    let found = hand.json(&["assess", case])["assessment"].clone();
    assert_eq!(
        dispositions(&found),
        ["produce", "ask", "no-data"],
        "{found}"
    );
    assert_eq!(found["parts"][0]["account"], "ann@hand.example");
    for (part, says) in [
        (
            0,
            "the account is ann@hand.example (`logins`: 2 of 6 entries fit)",
        ),
        (1, "2 accounts fit, so nobody can tell which it is"),
        (2, "no account fits"),
    ] {
        let note = found["parts"][part]["note"].as_str().unwrap();
        assert!(note.contains(says), "{note}");
    }
    let told = found.to_string();
    assert!(
        !told.contains("bo@hand.example"),
        "of several nobody is named"
    );

    let decided = hand.json(&["decide", case]);
    let mandates = decided["mandates"].as_array().unwrap();
    assert_eq!(
        mandates.len(),
        1,
        "what was looked up waits no more: {decided}"
    );
    let seen = hand.page_signed(case, "olof", "ann@hand.example");
    assert!(
        seen.contains("198.51.100.23 port 51234 at 2026-08-20T19:04:11Z → ann@hand.example"),
        "{seen}"
    );
    hand.approve(case, "maja").ok();
    let ran = hand.run(&["--json", "agent", "run"]).ok().json();
    assert_eq!(ran[0]["outcome"]["produced"]["produced"], 3, "{ran}");
    let told = hand.json(&["deliver", case]);
    let package = told["packages"][0].as_str().unwrap();
    let (key, to) = (hand.path("police.key"), hand.path("to"));
    hand.anywhere(&["open", package, "--identity", &key, "--to", &to])
        .ok();
    let summary = fs::read_to_string(Path::new(&to).join("SUMMARY.txt")).unwrap();
    let flat = summary.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("198.51.100.23")
            && flat.contains("ann@hand.example (")
            && flat.contains("logins"),
        "{summary}"
    );
    assert!(!summary.contains("bo@hand.example"), "{summary}");
    // All of it stands in the record, signed, and in the log.
    let verified = hand.run(&["desk", "verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.out);
    assert_eq!(hand.json(&["close", case])["closed"], true);
}

#[test]
fn a_resolution_that_was_made_up_at_the_desk_is_not_believed() {
    let hand = provider(&[ANN]);
    let case = hand.decided();
    let confirm = ["198.51.100.23 port 51234 at 2026-08-20T19:04:11Z".to_owned()];
    hand.approve_all(&case, "olof", &confirm).ok();
    hand.approve_all(&case, "maja", &confirm).ok();
    hand.run(&["agent", "run"]).ok();
    let out = answers(Path::new(&hand.path("provider/exchange/stockholm/out")));
    let note = fs::read_to_string(&out[0]).unwrap();
    fs::write(&out[0], note.replace("ann@hand.example", "bo@hand.example")).unwrap();
    let news = hand.json(&["settle"])["news"].clone();
    assert_eq!(news[0]["news"], "not-believed", "{news}");
    fs::write(&out[0], note).unwrap();
    let news = hand.json(&["settle"])["news"].clone();
    assert_eq!(news[0]["news"], "looked-up", "{news}");
}
