//! Counsel signs with a passkey, from the registration of its key to the package that everybody can
//! verify.

use std::fs;
use std::path::Path;

use lagrum_notes::testing::Passkey;
use serde_json::{Value, json};

use crate::by_hand::Hand;

const ORIGIN: &str = "https://desk.hand.example";
const NAME: &str = "hand.example/maja-passkey";

/// The provider of [`Hand::ready`], at which counsel has a passkey besides, and the key of `own` lies on
/// a machine of the own.
fn with_passkey(passkey: &Passkey, own: &str) -> Hand {
    let hand = Hand::ready();
    fs::rename(hand.path("provider"), hand.path("before")).unwrap();
    hand.write("maja.passkey.pub", format!("{}\n", passkey.named(NAME)));
    let person = |name_and_role: &str, who: &str| {
        let own = if who == own { "=own-machine" } else { "" };
        hand.person(name_and_role, who) + own
    };
    let (olof, maja) = (
        person("Olof Strand=analyst=", "olof"),
        person("Maja Ek=counsel=", "maja"),
    );
    let majas_passkey = format!("Maja Ek=counsel={}", hand.path("maja.passkey.pub"));
    let mut init = vec![
        "init",
        "--log-at-once",
        "--provider",
        "Hand Mail",
        "--domain",
        "hand.example",
    ];
    init.extend(["--region", "stockholm=SE", "--recipient"]);
    let known = hand.known("Polismyndigheten=SE");
    init.push(&known);
    for person in [&olof, &maja, &majas_passkey] {
        init.extend(["--person", person]);
    }
    hand.run(&init).ok();
    for file in ["directory.toml", "authorities.toml"] {
        let from = hand.path(&format!("before/desk/{file}"));
        fs::copy(from, hand.path(&format!("provider/desk/{file}"))).unwrap();
    }
    // The accounts and stores of the agent, behind what the set-up wrote.
    let before = fs::read_to_string(hand.path("before/agents/stockholm/agent.toml")).unwrap();
    let stores = &before[before.find("\n[[account]]").unwrap()..];
    hand.append("provider/agents/stockholm/agent.toml", stores);
    let mail = |top: &str| hand.path(&format!("{top}/agents/stockholm/mail"));
    fs::rename(mail("before"), mail("provider")).unwrap();
    hand
}

/// Brings to the desk what the passkey signed for the one mandate of a case.
fn add(hand: &Hand, case: &str, passkey: &Passkey, text: &str) -> crate::support::Ran {
    let digest = lagrum_model::Sha256Digest::of(text.as_bytes());
    let signatures = json!({
        "format": "lagrum-signatures/1",
        "case": case,
        "signatures": [{"mandate": digest, "line": passkey.sign_line(NAME, text)}],
    });
    let file = hand.write("passkey.signatures", signatures.to_string());
    hand.run(&["--json", "add-signature", case, &file])
}

/// The one text that waits to be signed.
fn text(hand: &Hand, case: &str) -> String {
    let file = hand.path(&format!("to-sign-{case}.json"));
    hand.run(&["to-sign", case, "--out", &file]).ok();
    let file: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    file["texts"][0].as_str().unwrap().to_owned()
}

#[test]
fn counsels_passkey_and_a_key_on_a_machine_of_the_own_let_out_what_everybody_can_verify() {
    let passkey = Passkey::new(1, ORIGIN);
    let hand = with_passkey(&passkey, "olof");
    // What is published says which key is a passkey, and both keys are one person's.
    let trust = fs::read_to_string(hand.path("provider/trust.toml")).unwrap();
    let trust: toml::Table = trust.parse().unwrap();
    let people: Vec<_> = trust["person"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let said = |field: &str| one.get(field).and_then(toml::Value::as_str);
            (said("id"), said("passkey"))
        })
        .collect();
    assert_eq!(
        people,
        [
            (Some("olof"), None),
            (Some("maja"), None),
            (Some("maja"), Some(ORIGIN))
        ]
    );
    let at_desk = fs::read_to_string(hand.path("provider/desk/people.toml")).unwrap();
    assert_eq!(at_desk.matches("[[person]]").count(), 2, "{at_desk}");

    let case = hand.decided();
    let text = text(&hand, &case);
    let added = add(&hand, &case, &passkey, &text).ok().json();
    assert_eq!(
        (&added["signer"], &added["released"]),
        (&"Maja Ek".into(), &false.into())
    );
    // Olof signs on a machine of his own.
    let file = hand.path(&format!("to-sign-{case}.json"));
    let (key, secret) = (hand.path("olof.key"), hand.path("olof.passphrase"));
    let signed = hand.path("olof.signatures");
    hand.anywhere(&[
        "sign",
        &file,
        "--key",
        &key,
        "--passphrase-file",
        &secret,
        "--confirm",
        "ann@hand.example",
        "--out",
        &signed,
    ])
    .ok();
    let added = hand.json(&["add-signature", &case, &signed]);
    assert_eq!(added["released"], true);
    let ran = hand.run(&["--json", "agent", "run"]).ok().json();
    assert_eq!(ran[0]["outcome"]["produced"]["produced"], 3, "{ran}");
    let told = hand.json(&["deliver", &case]);
    let package = told["packages"][0].as_str().unwrap();

    let (key, to) = (hand.path("police.key"), hand.path("to"));
    let trust = hand.path("provider/trust.toml");
    let open = ["--json", "open", package, "--identity", &key, "--to", &to];
    let opened = hand
        .anywhere(&[&open[..], &["--trust", &trust]].concat())
        .ok()
        .json();
    assert_eq!(
        opened["signed_by"],
        json!(["Olof Strand (analyst)", "Maja Ek (counsel)"])
    );
    let verify = ["--json", "verify", &to, "--trust", &trust];
    let verified = hand.anywhere(&verify).ok().json();
    assert_eq!(verified["checked_against_published_keys"], true);
}

#[test]
fn a_passkey_and_a_key_at_the_desk_let_nothing_out_of_an_agent_by_default() {
    let passkey = Passkey::new(1, ORIGIN);
    // Counsel's other key lies on a machine of the own, and is not used.
    let hand = with_passkey(&passkey, "maja");
    let case = hand.decided();
    let text = text(&hand, &case);
    // The desk says so at once; one that says that nobody has such a key does not.
    assert_eq!(add(&hand, &case, &passkey, &text).code, Some(1));
    let roster = hand.path("provider/desk/roster.toml");
    let told = fs::read_to_string(&roster).unwrap();
    let lies = told.replace("own_machine = true", "own_machine = false");
    assert_ne!(lies, told);
    fs::write(&roster, lies).unwrap();
    add(&hand, &case, &passkey, &text).ok();
    assert_eq!(hand.approve(&case, "olof").ok().json()["released"], true);
    let ran = hand.run(&["--json", "agent", "run"]);
    assert_eq!(ran.code, Some(4), "{}", ran.out);
    let why = ran.json()[0]["outcome"]["refused"].to_string();
    assert!(
        why.contains("neither key lies on its holder's own machine"),
        "{why}"
    );
}

#[test]
fn the_desk_takes_from_a_passkey_only_what_it_signed_for_that_mandate() {
    let passkey = Passkey::new(1, ORIGIN);
    let hand = with_passkey(&passkey, "olof");
    let case = hand.decided();
    let text = text(&hand, &case);
    let events = hand.json(&["case", &case])["events"].clone();
    for wrong in [
        Passkey::new(2, ORIGIN),
        Passkey::new(1, "https://evil.example"),
    ] {
        let refused = add(&hand, &case, &wrong, &text);
        assert_eq!(refused.code, Some(1), "{}", refused.out);
    }
    assert_eq!(hand.json(&["case", &case])["events"], events);
    add(&hand, &case, &passkey, &text).ok();
}

#[test]
fn the_data_operator_sees_what_key_it_is_and_compares_words() {
    let hand = Hand::people();
    let passkey = Passkey::new(1, ORIGIN).named(NAME);
    let file = hand.write("maja.passkey.pub", format!("{passkey}\n"));
    let shown = hand.anywhere(&["key", "show", &file]).ok().out;
    let told = hand.anywhere(&["--json", "key", "show", &file]).ok().json();
    assert_eq!(told["public_key"], passkey.to_string());
    assert_eq!(
        (&told["name"], &told["passkey"]),
        (&NAME.into(), &ORIGIN.into())
    );
    let words = told["fingerprint"].as_str().unwrap();
    assert_eq!(words.split(' ').count(), 8);
    for part in [words, "a passkey", &format!("passkey = \"{ORIGIN}\"")] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let other = hand.write("other.pub", Passkey::new(2, ORIGIN).named(NAME).to_string());
    let other = hand
        .anywhere(&["--json", "key", "show", &other])
        .ok()
        .json();
    assert_ne!(other["fingerprint"], words);
    let maja = hand.path("maja.key.pub");
    let told = hand.anywhere(&["--json", "key", "show", &maja]).ok().json();
    assert_eq!(told["passkey"], Value::Null);
    let secret = hand.anywhere(&["key", "show", &hand.path("maja.key")]);
    assert_eq!(secret.code, Some(1));
    assert!(secret.err.contains("not a public key"), "{}", secret.err);

    // Nobody says of a passkey that it lies on a machine of the own.
    let init = |people: &[&str]| {
        let mut all = vec!["init", "--provider", "X", "--domain", "x.example"];
        all.extend(["--region", "dublin=IE"]);
        all.extend(people.iter().flat_map(|person| ["--person", person]));
        hand.run(&all)
    };
    let olof = hand.person("Olof Strand=analyst=", "olof");
    let own = format!("Maja Ek=counsel={file}=own-machine");
    let refused = init(&[&olof, &own]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused
            .err
            .contains("a passkey is never `own_machine = true`"),
        "{}",
        refused.err
    );
    assert!(!Path::new(&hand.path("provider")).exists());
    // Two keys under one name do not make two people.
    let twice = format!("Olof Strand=counsel={file}");
    let refused = init(&[&olof, &twice]);
    assert!(
        refused.err.contains("two names or two roles"),
        "{}",
        refused.err
    );
    let majas = format!("Maja Ek=counsel={file}");
    let refused = init(&[&majas, &hand.person("Maja Ek=counsel=", "maja")]);
    assert!(
        refused.err.contains("two different people"),
        "{}",
        refused.err
    );
    init(&[&olof, &majas]).ok();
}
