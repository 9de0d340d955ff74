//! The log gets another key while mandates are on their way and packages lie with those who asked.

use std::fs;

use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::Ran;

const POLICY: &str = "provider/agents/stockholm/log.policy";
const AGENT: &str = "provider/agents/stockholm/agent.toml";
const TRUST: &str = "provider/trust.toml";

fn former(hand: &Hand, file: &str, key: &str, until: u64) {
    let entry = format!("\n[[former_log]]\nkey = \"{key}\"\nuntil = {until}\n");
    hand.append(file, &entry);
}

fn change(hand: &Hand, file: &str, from: &str, to: &str) {
    let whole = fs::read_to_string(hand.path(file)).unwrap();
    assert!(whole.contains(from), "{file}: {from}");
    hand.write(file, whole.replace(from, to));
}

fn by_administrator(hand: &Hand, arguments: &[&str]) -> Value {
    let whole = [&["--json", "desk", "log-key"], arguments].concat();
    hand.by("ada", &whole).ok().json()
}

fn agent(hand: &Hand) -> Value {
    hand.json(&["agent", "run"])
}

fn verified(hand: &Hand, package: &str) -> Ran {
    let (trust, key) = (hand.path(TRUST), hand.path("police.key"));
    hand.anywhere(&["verify", package, "--identity", &key, "--trust", &trust])
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().expect(field).to_owned()
}

#[test]
fn the_log_gets_another_key_and_the_old_one_stays_valid_for_the_past_alone() {
    let hand = Hand::ready();
    hand.hire("ada", "Ada Lund", "administrator");
    let (_, earlier) = hand.delivered();
    verified(&hand, &earlier).ok();

    // A mandate is on its way when the key is changed.
    hand.write("demand.toml", hand.demand("on its way"));
    let waiting = hand.decided();
    hand.approve(&waiting, "olof").ok();
    hand.approve(&waiting, "maja").ok();

    // Nobody but an administrator, and no second key beside the first.
    let refused = hand.run(&["desk", "log-key", "new"]);
    assert_eq!(refused.code, Some(1), "{}", refused.err);
    let told = by_administrator(&hand, &["new"]);
    assert_eq!(told, by_administrator(&hand, &["new"]));
    let (old, new) = (text(&told, "now"), text(&told, "next"));
    assert!(
        hand.by("ada", &["desk", "log-key", "new"])
            .ok()
            .out
            .contains(&new)
    );

    // The agent knows it first, and goes on with the word of the old one.
    change(&hand, POLICY, &old, &new);
    former(&hand, AGENT, &old, 10_000);
    let produced = agent(&hand);
    assert!(!produced[0]["outcome"]["produced"].is_null(), "{produced}");
    hand.json(&["settle"]);

    let done = by_administrator(&hand, &["use"]);
    assert_eq!(
        (text(&done, "now"), text(&done, "former")),
        (new.clone(), old.clone())
    );
    let until = done["until"].as_u64().unwrap();
    // Signed with both, so that nobody stands without one.
    let public = hand.path("provider/log");
    for key in [&old, &new] {
        hand.anywhere(&["log", "verify", "--log", &public, "--key", key])
            .ok();
    }
    let again = hand.by("ada", &["desk", "log-key", "use"]);
    assert!(
        again.code == Some(1) && again.err.contains("next key"),
        "{}",
        again.err
    );
    let secret = fs::read_to_string(hand.path("provider/desk/log.key")).unwrap();
    assert!(
        !fs::exists(hand.path("provider/desk/log.key.next")).unwrap(),
        "{}",
        secret.len()
    );

    change(&hand, AGENT, "until = 10000", &format!("until = {until}"));
    change(&hand, TRUST, &old, &new);
    former(&hand, TRUST, &old, until);
    // What was handed over before is as good as it was, and what comes is signed by the new key alone.
    verified(&hand, &earlier).ok();
    hand.write("demand.toml", hand.demand("afterwards"));
    let (_, later) = hand.delivered();
    verified(&hand, &later).ok();
    hand.json(&["log", "verify"]);
    let by_old = hand.anywhere(&["log", "verify", "--log", &public, "--key", &old]);
    assert_eq!(by_old.code, Some(3), "{}", by_old.out);
    hand.by("ada", &["desk", "verify"]).ok();

    // Without a word about the old key, or with one that ends before it, the earlier package proves nothing.
    let trust = fs::read_to_string(hand.path(TRUST)).unwrap();
    let (without, _) = trust.split_once("\n[[former_log]]").unwrap();
    for less in [
        without.to_owned(),
        trust.replace(&format!("until = {until}"), "until = 1"),
    ] {
        hand.write(TRUST, less);
        let refused = verified(&hand, &earlier);
        assert_eq!(refused.code, Some(3), "{}", refused.out);
    }
}
