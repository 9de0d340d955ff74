//! A region more, with its agent.

use std::fs;

use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::Ran;

const DESK: &str = "provider/desk/desk.toml";
const TRUST: &str = "provider/trust.toml";

fn ready() -> Hand {
    let hand = Hand::ready();
    hand.hire("ada", "Ada Lund", "administrator");
    hand
}

fn add(hand: &Hand, region: &str) -> Ran {
    hand.by("ada", &["--json", "desk", "region", "add", region])
}

fn text(hand: &Hand, file: &str) -> String {
    fs::read_to_string(hand.path(file)).unwrap()
}

/// Somebody whose mail lies in the new region.
fn somebody_there(hand: &Hand) {
    hand.append(
        "provider/desk/directory.toml",
        "\n[[account]]\naddress = \"bo@hand.example\"\ncontroller = \"consumer\"\nresides_in = \"SE\"\nholdings = [{ region = \"gavle\", categories = [\"content\"] }]\n",
    );
    hand.append(
        "provider/agents/gavle/agent.toml",
        "\n[[account]]\naddress = \"bo@hand.example\"\ncontroller = \"consumer\"\nresides_in = \"SE\"\n\n[[source]]\nkind = \"maildir\"\nid = \"mail\"\nroot = \"mail\"\n[source.accounts]\n\"bo@hand.example\" = \"bo\"\n",
    );
    for part in ["cur", "new", "tmp"] {
        fs::create_dir_all(hand.path(&format!("provider/agents/gavle/mail/bo/{part}"))).unwrap();
    }
    hand.write(
        "provider/agents/gavle/mail/bo/cur/1:2,S",
        "Date: Thu, 15 Jan 2026 12:00:00 +0100\nSubject: hej\n\nhej\n",
    );
}

#[test]
fn a_region_is_added_by_one_command_and_produces() {
    let hand = ready();
    hand.write(DESK, format!("# what people wrote\n{}", text(&hand, DESK)));
    // The settings of an exchange: written once, left alone then, and what they lack is said.
    let exchange = [
        "exchange",
        "new",
        "--origin",
        "https://exchange.hand.example",
    ];
    hand.run(&exchange).ok();
    let said = hand.run(&exchange).ok().out;
    assert!(said.contains("nothing was changed"), "{said}");
    let refused = hand.run(&["desk", "region", "add", "gavle=SE"]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    let added = add(&hand, "gavle=SE").ok().json();
    assert_eq!(added["record_begun"], true);
    assert_eq!(added["like"], "lulea");
    assert!(text(&hand, DESK).starts_with("# what people wrote\n"));
    let key = added["key"].as_str().unwrap();
    for file in [DESK, TRUST] {
        assert_eq!(text(&hand, file).matches(key).count(), 1, "{file}");
    }
    let settings = text(&hand, "provider/exchange.toml");
    let lacks = hand.run(&exchange);
    assert_eq!(lacks.code, Some(1), "{}", lacks.out);
    let (_, table) = lacks.err.split_once("[[region]]").unwrap();
    assert!(
        lacks.err.contains("exchange.toml is there already"),
        "{}",
        lacks.err
    );
    assert!(
        table.contains("\"gavle\"") && table.contains(key),
        "{table}"
    );
    assert!(!lacks.err.contains("\"lulea\""), "{}", lacks.err);
    hand.write(
        "provider/exchange.toml",
        format!("{settings}\n[[region]]{table}"),
    );
    hand.run(&exchange).ok();

    somebody_there(&hand);
    let demand = hand.demand("AM-7").replace("ann@", "bo@");
    hand.write("demand.toml", demand);
    let case = hand.decided();
    for who in ["olof", "maja"] {
        hand.approve_for(&case, who, "bo@hand.example").ok();
    }
    let ran = hand.json(&["agent", "run"]);
    assert_eq!(ran[0]["region"], "gavle", "{ran:#}");
    let told = hand.json(&["deliver", &case]);
    let package = told["packages"][0].as_str().expect("a package").to_owned();
    let (trust, identity) = (hand.path(TRUST), hand.path("police.key"));
    let verify = [
        "verify",
        &package,
        "--identity",
        &identity,
        "--trust",
        &trust,
    ];
    hand.anywhere(&verify).ok();

    // What is there is not added twice.
    for there in ["gavle=SE", "lulea=SE"] {
        let twice = add(&hand, there);
        assert!(
            twice.code == Some(1) && twice.err.contains("already"),
            "{}",
            twice.err
        );
    }
    let wrong = add(&hand, "gavle");
    assert!(wrong.err.contains("REGION=COUNTRY"), "{}", wrong.err);
    hand.by("ada", &["desk", "verify"]).ok();
}

#[test]
fn what_was_cut_off_is_gone_on_with_under_the_same_key() {
    let hand = ready();
    let before = text(&hand, DESK);
    let first = add(&hand, "gavle=SE").ok().json();
    // As if it had been cut off before the last file was written.
    hand.write(DESK, before);
    let policy = "provider/agents/gavle/log.policy";
    hand.append(policy, "# what the operator wrote\n");
    let again = add(&hand, "gavle=SE").ok().json();
    assert_eq!(first["key"], again["key"]);
    assert_eq!(again["record_begun"], false);
    assert!(text(&hand, policy).ends_with("# what the operator wrote\n"));
    for file in [DESK, TRUST, "provider/desk/directory.toml"] {
        assert_eq!(text(&hand, file).matches("\"gavle\"").count(), 1, "{file}");
    }
    let ran: Value = hand.json(&["agent", "run"]);
    assert_eq!(ran, serde_json::json!([]));
}

#[test]
fn where_no_other_agent_lies_the_new_one_believes_what_desk_and_published_keys_say() {
    let hand = ready();
    let roster = text(&hand, "provider/agents/lulea/roster.toml");
    let recipients = text(&hand, "provider/agents/lulea/recipients.toml");
    let policy = text(&hand, "provider/agents/lulea/log.policy");
    fs::rename(hand.path("provider/agents"), hand.path("away")).unwrap();
    let added = add(&hand, "gavle=SE").ok().json();
    assert_eq!(added["like"], Value::Null);
    for (name, expected) in [
        ("roster.toml", roster),
        ("recipients.toml", recipients),
        ("log.policy", policy),
    ] {
        assert_eq!(
            text(&hand, &format!("provider/agents/gavle/{name}")),
            expected
        );
    }
    assert_eq!(hand.json(&["agent", "run"]), serde_json::json!([]));
}
