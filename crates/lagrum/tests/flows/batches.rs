//! A provider whose log is written in batches: what the command line says while something waits for the next.

use crate::by_hand::Hand;

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
