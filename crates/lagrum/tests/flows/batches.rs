//! A provider whose log is written in batches: what the command line says while something waits for the next.

use std::path::Path;

use crate::by_hand::Hand;
use crate::support::Ran;
use crate::web::browser::clock;

#[test]
fn who_signs_is_told_with_which_batch_the_mandate_goes_out() {
    let (hand, made) = Hand::set_up(&[]);
    assert!(made.err.contains("eight every ten minutes"), "{}", made.err);
    let rules = hand.json(&["desk", "log-batches"]);
    assert_eq!(rules["rules"][0]["size"], 8, "{rules}");

    let before = hand.json(&["settle"])["settled"]["entries"].clone();
    assert_eq!(before, 8);
    let case = hand.decided();
    let signed = hand.approve(&case, "olof").ok();
    assert!(signed.err.contains("with the next batch"), "{}", signed.err);
    let settled = hand.json(&["settle"]);
    let next = settled["settled"]["next_batch"].as_str().unwrap();
    assert!(next.starts_with("20"), "{settled}");
    // Whole batches, also on a machine so slow that it meets a tick.
    let entries = settled["settled"]["entries"].as_u64().unwrap();
    assert_eq!(entries % 8, 0, "{settled}");
    let whole = hand.run(&["desk", "verify"]);
    assert_eq!(whole.code, Some(0), "{}{}", whole.out, whole.err);

    let refused = hand.run(&["desk", "log-batches", "--every", "10", "--size", "16"]);
    assert_eq!(refused.code, Some(1), "an analyst does not say so");
    assert!(refused.err.contains("not allowed"), "{}", refused.err);
}

/// Checks a receipt so much later, as its officer does.
fn check(hand: &Hand, clock: &Path, by: &str, receipt: &str, more: &[&str]) -> Ran {
    let trust = hand.path("provider/trust.toml");
    let arguments = [&["--json", "verify", receipt, "--trust", &trust], more].concat();
    hand.later(clock, by, "olof", &arguments)
}

#[test]
fn whoever_sent_a_demand_sees_in_the_public_log_that_it_is_counted() {
    let Some(clock) = clock() else {
        println!("SKIPPED: no libfaketime; dev/test installs it");
        return;
    };
    let (hand, _) = Hand::set_up(&[]);
    hand.json(&["settle"]);
    let case = hand.decided();
    let told = hand.run(&["receipt", &case]).ok().out;
    let receipt = hand.write("receipt.txt", &told);
    let (demand, log) = (hand.path("demand.toml"), hand.path("provider/log"));
    let all = ["--demand", &demand, "--log", &log];
    // Signed by the log, of exactly this demand; its file comes tomorrow.
    let found = check(&hand, &clock, "+0", &receipt, &all).ok().json();
    assert_eq!(found["card"], "to-come", "{found}");
    assert_eq!(found["demand_compared"], true);
    // Of another demand, of another place, or without a signature it is none.
    let other = hand.write("other.toml", hand.demand("AM-2-26"));
    let place = found["place"].as_u64().unwrap();
    let (here, there) = (
        format!("place {place}\n"),
        format!("place {}\n", (place + 1) % 24),
    );
    assert!(told.contains(&here), "{told}");
    let moved = hand.write("moved.txt", told.replace(&here, &there));
    let unsigned = hand.write("unsigned.txt", told.split('\u{2014}').next().unwrap());
    let wrong: [(&str, &[&str]); 3] = [
        (&receipt, &["--demand", &other]),
        (&moved, &[]),
        (&unsigned, &[]),
    ];
    for (file, more) in wrong {
        let refused = check(&hand, &clock, "+0", file, more);
        assert_eq!(
            refused.code,
            Some(3),
            "{file}: {}{}",
            refused.out,
            refused.err
        );
    }

    // It is carried out long before its file is written: nobody waits for a card.
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    hand.later(&clock, "+21m", "olof", &["settle"]).ok();
    let ran = hand
        .later(&clock, "+22m", "olof", &["--json", "agent", "run"])
        .ok();
    assert!(ran.out.contains("produced"), "{}{}", ran.out, ran.err);

    // The next day everybody who has the receipt finds it there.
    hand.later(&clock, "+25h", "olof", &["settle"]).ok();
    let found = check(&hand, &clock, "+25h", &receipt, &all).ok().json();
    assert_eq!(found["card"], "there", "{found}");
    let whole = hand.later(&clock, "+25h", "olof", &["desk", "verify"]);
    assert_eq!(whole.code, Some(0), "{}{}", whole.out, whole.err);
}

#[test]
fn a_log_that_is_written_at_once_has_no_receipts_and_says_so() {
    let hand = Hand::ready();
    let case = hand.decided();
    let refused = hand.run(&["receipt", &case]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.err.contains("no card in the public log"),
        "{}",
        refused.err
    );
}
