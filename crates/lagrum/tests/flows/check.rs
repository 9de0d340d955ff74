//! Whether everything is in order, on the command line.

use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::{Demo, ended, program};

/// The standings of the lines of one kind.
fn standings(found: &Value, matter: &str) -> Vec<String> {
    let lines = found["lines"].as_array().unwrap().iter();
    let of = lines.filter(|line| line["matter"] == matter);
    of.map(|line| line["standing"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_is_not_in_order_ends_with_another_code_until_it_is_mended() {
    let hand = Hand::ready();
    // Nobody said that a key lies on a machine of its holder.
    let ran = hand.run(&["check", "--json"]);
    assert_eq!(ran.code, Some(3), "{}{}", ran.out, ran.err);
    let found = ran.json();
    assert_eq!(standings(&found, "no-own-machine"), ["not-in-order"]);
    assert_eq!(standings(&found, "agent-never-seen"), ["not-known"; 2]);
    assert_eq!(
        standings(&found, "accounts-agree"),
        ["in-order"],
        "{found:#}"
    );
    assert_eq!(standings(&found, "backup-not-known"), ["not-known"]);

    for roster in ["desk", "agents/lulea", "agents/stockholm"] {
        let file = format!("provider/{roster}/roster.toml");
        let text = std::fs::read_to_string(hand.path(&file)).unwrap();
        let own = text.replacen(
            "role = \"analyst\"",
            "role = \"analyst\"\nown_machine = true",
            1,
        );
        hand.write(&file, own);
    }
    hand.run(&["agent", "run"]).ok();
    let ran = hand.run(&["check", "--json"]);
    let found = ran.json();
    assert_eq!(ran.code, Some(0), "{found:#}");
    for good in ["agent-at-work", "same-law", "same-roster"] {
        assert_eq!(standings(&found, good), ["in-order"; 2], "{good}");
    }
    // The same for people: the answer, then the groups; nothing raw, in three languages.
    for (lang, group) in [
        ("en", "Not known"),
        ("sv", "Inte känt"),
        ("da", "Ikke kendt"),
    ] {
        let told = hand.run(&["check", "--lang", lang]).ok().out;
        assert!(told.contains(group), "{told}");
        assert!(!told.contains("order-"), "{told}");
    }

    // The place of an account that is not there, as of one that is written wrongly: the agent would refuse it.
    let (mail, away) = (
        hand.path("provider/agents/stockholm/mail/ann"),
        hand.path("provider/agents/stockholm/mail/away"),
    );
    std::fs::rename(&mail, &away).unwrap();
    let ran = hand.run(&["check", "--json"]);
    assert_eq!(ran.code, Some(3));
    assert_eq!(
        standings(&ran.json(), "account-without-source"),
        ["not-in-order"]
    );
    std::fs::rename(&away, &mail).unwrap();
    hand.run(&["check"]).ok();

    // An account that the desk lists for a region, and that nothing there finds: the agent would refuse it.
    let account = "[[account]]\naddress = \"bo@hand.example\"\ncontroller = \"consumer\"\nholdings = [{ region = \"lulea\", categories = [\"content\"] }]\n";
    hand.append("provider/desk/directory.toml", account);
    let ran = hand.run(&["check", "--json"]);
    assert_eq!(ran.code, Some(3));
    let found = ran.json();
    assert_eq!(
        standings(&found, "account-without-source"),
        ["not-in-order"]
    );
    assert!(ran.out.contains("bo@hand.example"), "{}", ran.out);
    assert_eq!(
        standings(&found, "accounts-agree"),
        ["in-order"],
        "the other one"
    );

    // Settings that others can change stop the desk itself; a roster is named.
    std::fs::write(hand.path("provider/desk/roster.toml"), "nonsense").unwrap();
    let ran = hand.run(&["check", "--json"]);
    assert_eq!(ran.code, Some(3));
    assert_eq!(standings(&ran.json(), "file-fault"), ["not-in-order"]);
    assert!(ran.out.contains("roster.toml"), "{}", ran.out);
}

#[test]
fn the_fictional_provider_is_in_order() {
    let demo = Demo::new();
    let mut check = program();
    check.arg("--dir").arg(&demo.dir);
    let ran = ended(check.args(["--as", "ivar", "--json", "check"]));
    let found = ran.json();
    let lines = found["lines"].as_array().unwrap().iter();
    let wrong: Vec<_> = lines
        .filter(|line| line["standing"] == "not-in-order")
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(ran.code, Some(0));
}
