//! What was received is given back, byte for byte.

use std::fs;

use crate::by_hand::Hand;

/// Bytes that no text is made of.
fn scan(seed: u32) -> Vec<u8> {
    let bytes = (0..70_000_u32).map(|n| (n.wrapping_mul(31).wrapping_add(seed) % 251) as u8);
    bytes.collect()
}

#[test]
fn every_original_is_given_back_byte_for_byte() {
    let hand = Hand::ready();
    let (first, annex, late) = (scan(1), scan(2), scan(3));
    hand.write("scan.pdf", &first);
    hand.write("annex.bin", &annex);
    let text = "originals = [\"scan.pdf\", \"annex.bin\"]\n".to_owned() + &hand.demand("AM-1-26");
    hand.write("demand.toml", &text);
    let case = hand.decided();
    let letter = hand.write("letter.txt", &late);
    let attached = hand.json(&["attach", &case, &letter, "--channel", "post"]);
    assert_eq!(attached["attached"], "letter.txt");
    let all = [text.as_bytes(), &first, &annex, &late];
    for (number, bytes) in (1..).zip(all) {
        let number = number.to_string();
        // To standard output …
        let mut command = hand.command("olof");
        let ran = command.args(["original", &case, &number]).output().unwrap();
        assert_eq!(ran.status.code(), Some(0));
        assert!(ran.stdout == bytes, "original {number}");
        // … and to a file, which is never written over.
        let out = hand.path(&format!("out-{number}"));
        let told = hand.json(&["original", &case, &number, "--out", &out]);
        assert!(fs::read(&out).unwrap() == bytes, "original {number}");
        assert_eq!(told["sha256"], crate::support::sha256(bytes));
        let again = hand.run(&["original", &case, &number, "--out", &out]);
        assert_eq!(again.code, Some(1), "{}", again.out);
        assert!(again.err.contains(&out), "{}", again.err);
    }
    for number in ["0", "5"] {
        let ran = hand.run(&["original", &case, number]);
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        assert!(
            ran.err.contains(&format!("no original {number}")) && ran.err.contains("lagrum case"),
            "{}",
            ran.err
        );
    }
    // The same file again is no second original.
    hand.run(&["attach", &case, &letter]).ok();
    let shown = hand.json(&["case", &case]);
    assert_eq!(shown["originals"].as_array().unwrap().len(), 4);
}
