//! Somebody begins to work here, and somebody does no more.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::by_hand::Hand;
use crate::support::Ran;

fn text(hand: &Hand, file: &str) -> String {
    fs::read_to_string(hand.path(file)).unwrap()
}

/// A desk with an administrator, and somebody who has made a key.
fn ready() -> Hand {
    let hand = Hand::ready();
    hand.hire("ada", "Ada Lund", "administrator");
    let secret = hand.path("siv.passphrase");
    lagrum_durable::private_file(Path::new(&secret), b"a sentence of Siv's").unwrap();
    let key = hand.path("siv.key");
    let name = ["--name", "hand.example/siv", "--passphrase-file", &secret];
    hand.anywhere(&[&["key", "new", &key][..], &name].concat())
        .ok();
    hand
}

fn person(hand: &Hand, arguments: &[&str]) -> Ran {
    let words = [&["--json", "desk", "person"], arguments].concat();
    hand.by("ada", &words)
}

fn add_siv(hand: &Hand, more: &[&str]) -> Ran {
    let (user, key) = (
        lagrum_access::current_user().unwrap(),
        hand.path("siv.key.pub"),
    );
    let words = [
        "add", "siv", "--name", "Siv Ask", "--role", "analyst", "--user", &user, "--key", &key,
    ];
    person(hand, &[&words[..], more].concat())
}

/// Siv signs with the key of `whose`.
fn sign(hand: &Hand, case: &str, whose: &str) -> Ran {
    let (key, secret) = (
        hand.path(&format!("{whose}.key")),
        hand.path(&format!("{whose}.passphrase")),
    );
    let words = ["--json", "approve", case, "--confirm", "ann@hand.example"];
    let with = ["--key", &key, "--passphrase-file", &secret];
    hand.by("siv", &[&words[..], &with].concat())
}

/// Takes a demand in as Siv, and brings it as far as a decision.
fn decided_by_siv(hand: &Hand) -> String {
    let file = hand.write("by-siv.toml", hand.demand("by Siv"));
    let taken = hand.by("siv", &["--json", "intake", &file]).ok().json();
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    let called = ["call-back", &case, "--confirmed", "--answered-by", "K. Ek"];
    hand.by("siv", &called).ok();
    let genuine = ["authenticate", &case, "--verified", "--how", "called back"];
    hand.by("siv", &genuine).ok();
    hand.by("siv", &["assess", &case]).ok();
    hand.by("siv", &["decide", &case]).ok();
    case
}

#[test]
fn who_replaces_somebody_signs_and_who_was_replaced_does_no_more() {
    let hand = ready();
    let (_, earlier) = hand.delivered();
    hand.write("demand.toml", hand.demand("on its way"));
    // Released with a signature of Olof's, and no agent has carried it out.
    let waiting = hand.decided();
    hand.approve(&waiting, "olof").ok();
    hand.approve(&waiting, "maja").ok();
    hand.run(&["assign", &waiting, "olof"]).ok();

    // Without whoever follows there would not be two who sign.
    let alone = person(&hand, &["end", "olof", "--agents"]);
    assert!(
        alone.code == Some(1) && alone.err.contains("two different people"),
        "{}",
        alone.err
    );
    let refused = hand.run(&["desk", "person", "end", "maja"]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    hand.run(&["cases"]).ok();

    let added = add_siv(&hand, &["--agents"]).ok().json();
    assert!(
        added["roster"].as_str().unwrap().contains("[[person]]"),
        "{added:#}"
    );
    let agents = json!([
        {"region": "lulea", "changed": true}, {"region": "stockholm", "changed": true},
    ]);
    assert_eq!(added["agents"], agents);
    let ended = person(&hand, &["end", "olof", "--agents"]).ok().json();
    assert_eq!(ended["agents"], agents);
    assert_eq!(
        ended["cases"],
        json!({"looked_after": [waiting], "signed": [waiting], "not_known": []})
    );

    // Olof gives no command any more, and his key signs nothing, whoever has it.
    assert_eq!(hand.run(&["cases"]).code, Some(1));
    let case = decided_by_siv(&hand);
    let by_him = sign(&hand, &case, "olof");
    assert_eq!(by_him.code, Some(1), "{}", by_him.out);
    // The agent, too, believes him no more.
    let ran = hand.by("siv", &["--json", "agent", "run"]);
    assert_eq!(ran.code, Some(4), "{}", ran.out);

    sign(&hand, &case, "siv").ok();
    sign(&hand, &case, "maja").ok();
    let ran = hand.by("siv", &["--json", "agent", "run"]).json();
    let outcomes: Vec<_> = ran.as_array().unwrap().iter().collect();
    assert!(
        outcomes
            .iter()
            .any(|one| !one["outcome"]["produced"].is_null()),
        "{ran:#}"
    );
    let told = hand.by("siv", &["--json", "deliver", &case]).ok().json();
    let later = told["packages"][0].as_str().unwrap().to_owned();

    // What he signed stays verified, at the desk and for those who have it.
    let verified = hand.by("ada", &["--json", "desk", "verify"]).ok().json();
    assert_eq!(verified["verified"]["faults"], 0);
    let (trust, identity) = (hand.path("provider/trust.toml"), hand.path("police.key"));
    for package in [&earlier, &later] {
        let verify = [
            "verify",
            package,
            "--identity",
            &identity,
            "--trust",
            &trust,
        ];
        hand.anywhere(&verify).ok();
    }
    let former = text(&hand, "provider/desk/former.toml");
    assert!(former.starts_with("# People who once signed"), "{former}");
    assert_eq!(former.matches("Olof Strand").count(), 1, "{former}");
    let again = person(&hand, &["end", "olof"]);
    assert!(again.err.contains("nobody"), "{}", again.err);
}

#[test]
fn the_rosters_of_agents_are_left_to_those_who_operate_them_unless_it_is_asked_for() {
    let hand = ready();
    let roster = "provider/agents/stockholm/roster.toml";
    let before = text(&hand, roster);
    let added = add_siv(&hand, &[]).ok().json();
    assert_eq!(
        added["agents"][1],
        json!({"region": "stockholm", "changed": false})
    );
    assert_eq!(text(&hand, roster), before);
    let words = ["desk", "person", "end", "siv"];
    let told = hand.by("ada", &words).ok().out;
    assert!(
        told.contains("STILL on the rosters of the agents of lulea, stockholm"),
        "{told}"
    );
    assert!(told.contains("id = \"siv\""), "{told}");
    assert_eq!(text(&hand, roster), before);
}

#[test]
fn nothing_is_written_of_somebody_who_could_not_work_here() {
    let hand = ready();
    let files = [
        "desk/people.toml",
        "desk/roster.toml",
        "trust.toml",
        "agents/lulea/roster.toml",
    ];
    let all = || files.map(|file| text(&hand, &format!("provider/{file}")));
    let before = all();
    let key = hand.path("siv.key.pub");
    for (arguments, why) in [
        (
            &["add", "olof", "--name", "Siv Ask", "--role", "analyst"][..],
            "twice",
        ),
        (
            &[
                "add",
                "olle",
                "--name",
                "Olof Strand",
                "--role",
                "analyst",
                "--key",
                &key,
            ],
            "reads like",
        ),
        (
            &[
                "add", "siv", "--name", "Siv Ask", "--role", "auditor", "--key", &key,
            ],
            "signs no mandates",
        ),
        (
            &["add", "siv", "--name", "Siv Ask", "--role", "chief"],
            "write one of",
        ),
        (&["end", "maja"], "at least one counsel"),
        (&["end", "nobody"], "nobody at this desk"),
    ] {
        let refused = person(&hand, arguments);
        assert!(
            refused.code == Some(1) && refused.err.contains(why),
            "{arguments:?}: {}",
            refused.err
        );
        assert_eq!(all(), before, "{arguments:?}");
    }
    // Who signs nothing is on no roster; who works for a group leaves it with the desk.
    person(
        &hand,
        &["add", "eva", "--name", "Eva Holm", "--role", "counsel"],
    )
    .ok();
    hand.append(
        "provider/desk/people.toml",
        "\n[[group]]\nid = \"all\"\nname = \"All\"\npeople = [\"olof\", \"eva\", \"maja\"]\nthe_rest = true\n",
    );
    let ended: Value = person(&hand, &["end", "eva"]).ok().json();
    assert_eq!(ended["former"], "");
    assert!(!text(&hand, "provider/desk/people.toml").contains("eva"));
    assert_eq!(all()[1..], before[1..]);
    hand.run(&["cases"]).ok();
}
