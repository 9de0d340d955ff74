//! An authority that has no key is told a passphrase by telephone; the desk never has it.

use std::fs;
use std::path::Path;

use crate::by_hand::Hand;
use crate::support::{Ran, files_below};

pub const NUMBER: &str = "+46 8 555 01 02";

const PINNED: [&str; 2] = [
    "provider/agents/lulea/recipients.toml",
    "provider/agents/stockholm/recipients.toml",
];

/// A provider that tells this authority passphrases, and a demand that names no key. No agent knows one either.
pub fn hand() -> Hand {
    let hand = Hand::ready();
    for file in PINNED {
        hand.write(file, "");
    }
    hand.hire("ada", "Ada Alm", "auditor");
    hand.append(
        "provider/desk/authorities.toml",
        "passphrase_told_by = \"olof\"\n",
    );
    let demand = hand.demand("AM-1-26");
    let (demand, _) = demand.split_once("[recipient]").unwrap();
    hand.write("demand.toml", demand);
    hand
}

/// Both people find the number, and the agents are told.
pub fn pin(hand: &Hand, number: &str) -> Ran {
    let note = hand.path("police.telephone");
    let new = ["recipient", "new", "--name", "Polismyndigheten"];
    let rest = ["--country", "SE", "--telephone", number, "--out", &note];
    hand.run(&[&new[..], &rest].concat()).ok();
    for who in ["olof", "maja"] {
        let (key, secret) = (
            hand.path(&format!("{who}.key")),
            hand.path(&format!("{who}.passphrase")),
        );
        let sign = |confirm: &str| {
            let sign = ["recipient", "sign", &note, "--key", &key];
            let more = ["--passphrase-file", &secret, "--confirm", confirm];
            hand.run(&[&sign[..], &more].concat())
        };
        // Whoever did not find it does not sign: it is not shown.
        let refused = sign("+46 8 555 01 03");
        assert_ne!(refused.code, Some(0));
        assert!(!format!("{}{}", refused.out, refused.err).contains(number));
        sign(number).ok();
    }
    hand.run(&["agent", "pin", &note])
}

pub fn show(hand: &Hand, case: &str, who: &str) -> Ran {
    let (key, secret) = (
        hand.path(&format!("{who}.key")),
        hand.path(&format!("{who}.passphrase")),
    );
    let arguments = ["--json", "agent", "passphrase", case, "--key", &key];
    hand.run(&[&arguments[..], &["--passphrase-file", &secret]].concat())
}

#[test]
fn an_authority_whose_key_is_known_where_the_data_lies_is_told_none() {
    let hand = Hand::ready();
    let before = PINNED.map(|file| fs::read(hand.path(file)).unwrap());
    let refused = pin(&hand, NUMBER);
    assert_ne!(refused.code, Some(0));
    assert!(
        refused.err.contains("Polismyndigheten (SE) has a key"),
        "{}",
        refused.err
    );
    let after = PINNED.map(|file| fs::read(hand.path(file)).unwrap());
    assert_eq!(before, after);
}

#[test]
fn an_authority_without_a_key_is_told_a_passphrase_that_the_desk_never_has() {
    let hand = hand();
    let case = hand.decided();
    let page = hand.page_signed(&case, "olof", "ann@hand.example");
    assert!(page.contains("one-time passphrase"), "{page}");
    assert!(page.contains(NUMBER), "{page}");
    hand.approve(&case, "maja").ok();
    // The number is not known where the data lies: the desk's word for it counts nothing.
    let ran = hand.run(&["agent", "run"]);
    assert!(
        ran.out.contains("does not know the recipient"),
        "{}",
        ran.out
    );
    hand.run(&["settle"]).ok();

    let hand = self::hand();
    pin(&hand, NUMBER).ok();
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    hand.run(&["agent", "run"]).ok();
    let told = hand.json(&["deliver", &case]);
    let package = told["packages"][0].as_str().unwrap().to_owned();

    // Not told yet; not by somebody else; then once.
    assert_ne!(show(&hand, &case, "maja").code, Some(0));
    let shown = show(&hand, &case, "olof").ok().json();
    assert_eq!(shown["number"], NUMBER);
    let words = shown["words"].as_str().unwrap();
    assert_ne!(show(&hand, &case, "olof").code, Some(0));
    let journal = hand.json(&["agent", "passphrase", &case]);
    assert!(journal[0]["shown_at"].is_string(), "{journal}");

    // Whoever examines the desk sees how it went out.
    let audit = ["audit", "--kind", "by-passphrase"];
    let seen = hand
        .by("ada", &[&["--json"], &audit[..]].concat())
        .ok()
        .json();
    assert_eq!(seen["items"][0]["about"], format!("olof {NUMBER}"));
    let page = hand.by("ada", &audit).ok().out;
    assert!(page.contains(&format!("olof, {NUMBER}")), "{page}");

    // Whoever tells it says so at the desk, once or again; nobody else can.
    let maja = hand.by("maja", &["told", &case]);
    assert_ne!(maja.code, Some(0), "{}", maja.out);
    hand.run(&["told", &case]).ok();
    hand.run(&["told", &case]).ok();
    let events = hand.json(&["case", &case])["events"].to_string();
    assert_eq!(events.matches("passphrase-told").count(), 1, "{events}");

    // The passphrase is nowhere: not at the desk, not with the agent, not on the wire between them.
    for file in files_below(Path::new(&hand.path("provider"))) {
        let bytes = fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(words), "{}", file.display());
    }

    // The officer opens the package with it, typed as people type.
    let typed = hand.path("typed");
    let loud = format!("{}\n", words.to_uppercase());
    lagrum_durable::private_file(Path::new(&typed), loud.as_bytes()).unwrap();
    let to = hand.path("opened");
    let open = ["open", &package, "--passphrase-file", &typed, "--to", &to];
    hand.run(&open).ok();
    assert!(Path::new(&to).join("SUMMARY.txt").exists());
    let without = hand.run(&["open", &package, "--to", &hand.path("no")]);
    assert!(without.err.contains("--passphrase"), "{}", without.err);
}
