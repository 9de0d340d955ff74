//! A desk made of a copy that is older than the log.

use std::fs;

use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::Ran;

/// Decides a demand with this reference and signs its mandate: it is with the agent then. Gives the case.
fn released(hand: &Hand, reference: &str) -> String {
    hand.write("demand.toml", hand.demand(reference));
    let case = hand.decided();
    for who in ["olof", "maja"] {
        hand.approve(&case, who).ok();
    }
    case
}

fn verified(hand: &Hand) -> Value {
    hand.json(&["desk", "verify"])["verified"].clone()
}

fn state_loss(hand: &Hand, who: &str, more: &[&str]) -> Ran {
    let words = ["--json", "desk", "state-loss", "--why", "the disk broke"];
    hand.by(who, &[&words[..], more].concat())
}

#[test]
fn after_a_loss_that_a_person_stated_the_desk_goes_on_and_everybody_can_read_what_was_lost() {
    let hand = Hand::ready();
    hand.hire("ada", "Ada Lund", "administrator");
    let before = released(&hand, "AM-1");
    hand.json(&["agent", "run"]);
    hand.json(&["deliver", &before]);
    let copy = hand.path("copy");
    hand.by("ada", &["desk", "backup", &copy, "--with-master-key"])
        .ok();
    let nothing = state_loss(&hand, "ada", &[]);
    assert_eq!(nothing.code, Some(1), "{}", nothing.out);
    assert!(
        nothing.err.contains("nothing that is missing"),
        "{}",
        nothing.err
    );

    // What happens after the copy: a case is noted in, and a mandate goes to its agent.
    hand.json(&["note", &before, "of which nobody will know"]);
    let lost = released(&hand, "AM-2");

    let entries = hand.json(&["log", "verify"])["entries"].clone();
    for name in ["desk", "log", "trust.toml"] {
        fs::rename(
            hand.path(&format!("provider/{name}")),
            hand.path(&format!("was-{name}")),
        )
        .unwrap();
    }
    // Restored beside, since a desk is restored where nothing is, and put beside its agents then.
    let (new, log) = (hand.path("new"), hand.path("was-log"));
    let restore = ["--as", "olof", "--dir", &new, "desk", "restore", &copy];
    let told = hand.anywhere(&[&restore[..], &["--log", &log]].concat());
    assert_eq!(told.code, Some(3), "{}", told.err);
    assert!(told.out.contains("lagrum desk state-loss"), "{}", told.out);
    for name in ["desk", "log", "trust.toml"] {
        fs::rename(
            hand.path(&format!("new/{name}")),
            hand.path(&format!("provider/{name}")),
        )
        .unwrap();
    }

    // It works on its cases, publishes nothing, and opens none: the next number was given to the case that is lost.
    let demand = hand.write("waits.toml", hand.demand("AM-3"));
    let refused = hand.run(&["intake", &demand]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert!(
        refused.err.contains("lagrum desk state-loss"),
        "{}",
        refused.err
    );
    let noted = hand.run(&["--json", "note", &before, "after the loss"]);
    assert_eq!(noted.json()["published"], false, "{}", noted.out);
    let settled = hand.run(&["settle"]);
    assert_eq!(settled.code, Some(1), "{}", settled.out);
    for said in [&noted.err, &settled.err] {
        assert!(said.contains("lagrum desk state-loss"), "{said}");
    }
    // Whoever verifies is told why, once.
    let ran = hand.run(&["--json", "desk", "verify"]);
    assert_ne!(ran.code, Some(0), "{}", ran.out);
    let faults = ran.json()["faults"].clone();
    assert_eq!(faults.as_array().map(Vec::len), Some(1), "{faults:#}");

    let refused = state_loss(&hand, "olof", &[]);
    assert_ne!(refused.code, Some(0), "{}", refused.out);
    let stated = state_loss(&hand, "ada", &["--pass-over", "20"]).ok().json();
    assert_eq!(stated["published"], true, "{stated:#}");
    let loss = &stated["loss"];
    assert!(loss["lost"].as_u64() > Some(5), "{loss:#}");
    assert_eq!(loss["passed_over"]["first"], 2, "{loss:#}");
    assert_eq!(loss["passed_over"]["last"], 200, "{loss:#}");
    let found = verified(&hand);
    assert_eq!(
        (&found["faults"], &found["lost"]),
        (&0.into(), &loss["lost"])
    );
    let whole = hand.json(&["log", "verify"]);
    assert!(whole["entries"].as_u64() > entries.as_u64(), "{whole:#}");

    // Everybody can read it, with the program of somebody who knows nothing but the log.
    let shown: Vec<String> = fs::read_dir(hand.path("provider/log/notices"))
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .filter(|text| text.starts_with("lagrum/log/v1/loss\n"))
        .collect();
    assert_eq!(shown.len(), 1);
    assert!(shown[0].contains("\nwhy the disk broke\n"), "{}", shown[0]);

    // The agent has the mandate that the desk lost, and carries it out; nothing of it is handed over.
    let ran = hand.run(&["agent", "run"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_ne!(hand.run(&["case", &lost]).code, Some(0));
    let none = hand.run(&["deliver", &lost]);
    assert_ne!(none.code, Some(0), "{}", none.out);

    // And the day goes on, for cases of before and for new ones.
    hand.json(&["deliver", &before]);
    hand.write("demand.toml", hand.demand("AM-4"));
    let (case, package) = hand.delivered();
    assert!(case.ends_with("-0201"), "{case}");
    let (trust, identity) = (hand.path("provider/trust.toml"), hand.path("police.key"));
    let words = [
        "verify",
        &package,
        "--identity",
        &identity,
        "--trust",
        &trust,
    ];
    hand.anywhere(&words).ok();
    assert_eq!(verified(&hand)["faults"], 0);
}

#[test]
fn where_the_log_is_not_in_its_place_no_case_is_opened_and_what_is_recorded_waits() {
    let hand = Hand::ready();
    let before = released(&hand, "AM-1");
    let (log, away) = (hand.path("provider/log"), hand.path("log-away"));
    fs::rename(&log, &away).unwrap();
    let demand = hand.write("waits.toml", hand.demand("AM-2"));
    let refused = || {
        let ran = hand.run(&["intake", &demand]);
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        for part in ["not where the desk left it", "lagrum log verify"] {
            assert!(ran.err.contains(part), "`{part}` is missing in {}", ran.err);
        }
    };
    // Gone; as a disk that is not mounted; one that has less than was published; one that nobody can read.
    refused();
    let _ = fs::create_dir(&log);
    refused();
    let noted = hand
        .run(&["--json", "note", &before, "while it was away"])
        .ok();
    assert_eq!(noted.json()["published"], false, "{}", noted.out);
    fs::write(format!("{log}/checkpoint"), "no checkpoint").unwrap();
    refused();

    fs::remove_dir_all(&log).unwrap();
    fs::rename(&away, &log).unwrap();
    let taken = hand.json(&["intake", &demand]);
    assert_ne!(taken["case"], before.as_str(), "{taken:#}");
    hand.json(&["settle"]);
    assert_eq!(verified(&hand)["faults"], 0);
    assert_eq!(verified(&hand)["waiting"], 0);
}
