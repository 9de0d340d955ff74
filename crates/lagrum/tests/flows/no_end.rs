//! Orders that name no end: most do. They reach what there was when they were received.

use crate::by_hand::Hand;

const PERIOD: &str =
    "period = { from = \"2026-01-01T00:00:00+01:00\", until = \"2026-02-01T00:00:00+01:00\" }\n";

/// The demand of the usual provider with another period, taken in at this moment, whichever part of a second
/// that is.
fn asked(hand: &Hand, period: &str) -> String {
    let demand = hand.demand("AM-1-26");
    assert!(demand.contains(PERIOD));
    hand.write("demand.toml", demand.replace(PERIOD, period));
    hand.decided()
}

#[test]
fn an_order_to_the_present_or_without_any_time_is_answered_up_to_its_receipt() {
    let hand = Hand::ready();
    for (period, items) in [
        ("", 5),
        ("period = { from = \"2026-01-01T00:00:00+01:00\" }\n", 4),
        ("period = { until = \"2099-01-01T00:00:00Z\" }\n", 5),
    ] {
        let case = asked(&hand, period);
        let shown = hand.json(&["case", &case]);
        let part = &shown["assessment"]["parts"][0]["finding"];
        assert_eq!(part["disposition"], "produce", "{shown}");
        let until = part["within"]["period"]["until"].as_str().expect("an end");
        let until: jiff::Timestamp = until.parse().unwrap();
        assert!(until <= crate::support::now(), "{shown}");
        // Only who named an end that lies beyond is answered in part.
        let cut = period.contains("until");
        let letters = hand.json(&["letter", &case])["letters"].clone();
        let mut letters = letters.as_array().unwrap().iter();
        let narrowing = letters.find(|one| one["kind"] == "narrowing").unwrap();
        assert_eq!(narrowing["why_not"].is_null(), cut, "{period}: {narrowing}");
        for who in ["olof", "maja"] {
            hand.approve(&case, who).ok();
        }
        hand.run(&["agent", "run"]).ok();
        let package = hand.json(&["deliver", &case])["packages"][0].clone();
        let (key, to) = (hand.path("police.key"), hand.path(&format!("to-{case}")));
        let opening = [
            "open",
            package.as_str().unwrap(),
            "--identity",
            &key,
            "--to",
            &to,
        ];
        hand.anywhere(&opening).ok();
        let left = crate::support::entries(std::path::Path::new(&to).join("items/mail").as_path());
        assert_eq!(left.len(), items, "{period}");
    }
}
