//! The recipient's side, and the log: wrong keys, changed files.

use std::fs;
use std::path::Path;

use super::{CHECK_FAILED, NOT_POSSIBLE, says};
use crate::by_hand::Hand;
use crate::support::{entries, files_below, name};

#[test]
fn a_package_opens_with_its_recipients_key_only_and_never_over_something_else() {
    let hand = Hand::ready();
    let (_, package) = hand.delivered();
    let to = hand.path("to");
    let open = |package: &str, key: &str| {
        hand.run(&["open", package, "--identity", &hand.path(key), "--to", &to])
    };
    says(
        &open(&package, "stranger.key"),
        NOT_POSSIBLE,
        &["sealed to another recipient"],
    );
    says(
        &open(&package, "olof.key"),
        NOT_POSSIBLE,
        &["olof.key", "not an age identity"],
    );
    says(
        &open(&package, "none.key"),
        NOT_POSSIBLE,
        &["none.key: No such file"],
    );
    says(
        &open(&hand.path("none"), "police.key"),
        NOT_POSSIBLE,
        &["none: No such file"],
    );
    says(
        &open(&hand.path("demand.toml"), "police.key"),
        NOT_POSSIBLE,
        &["not a sealed package"],
    );
    assert!(!Path::new(&to).exists());
    open(&package, "police.key").ok();
    let before = files_below(Path::new(&to)).len();
    says(
        &open(&package, "police.key"),
        NOT_POSSIBLE,
        &["already exists", "new directory"],
    );
    assert_eq!(files_below(Path::new(&to)).len(), before);
}

#[test]
fn a_changed_package_is_told_from_a_missing_one_and_leaves_nothing() {
    let hand = Hand::ready();
    let (_, package) = hand.delivered();
    let genuine = fs::read(&package).unwrap();
    let receipt = fs::read(package.replace(".tar.age", ".receipt")).unwrap();
    fs::create_dir(hand.path("here")).unwrap();
    let key = hand.path("police.key");
    let changed = |at: usize| {
        let mut bytes = genuine.clone();
        bytes[at] ^= 1;
        bytes
    };
    for bytes in [
        changed(genuine.len() / 2),
        changed(genuine.len() - 1),
        genuine[..genuine.len() - 100].to_vec(),
        genuine[..genuine.len() / 2].to_vec(),
    ] {
        let file = hand.write("here/changed.tar.age", bytes);
        hand.write("here/changed.receipt", &receipt);
        says(
            &hand.run(&["verify", &file]),
            CHECK_FAILED,
            &["not the one that the receipt names"],
        );
        for arguments in [
            &["verify", &file, "--identity", &key][..],
            &["open", &file, "--identity", &key],
        ] {
            says(
                &hand.run(arguments),
                CHECK_FAILED,
                &["changed or cut off on its way", "ask for it again"],
            );
        }
        let left: Vec<_> = entries(Path::new(&hand.path("here")))
            .iter()
            .map(|p| name(p))
            .collect();
        assert_eq!(
            left,
            ["changed.receipt", "changed.tar.age"],
            "nothing of it is left"
        );
    }
    // Another package's receipt, and none.
    let alone = hand.write("alone.tar.age", &genuine);
    says(
        &hand.run(&["verify", &alone]),
        NOT_POSSIBLE,
        &["alone.receipt", "is needed"],
    );
    hand.write(
        "alone.receipt",
        String::from_utf8(receipt)
            .unwrap()
            .replace("\"produced\": 3", "\"produced\": 2"),
    );
    says(&hand.run(&["verify", &alone]), CHECK_FAILED, &["signature"]);
    // Without any key nothing can be checked; without the provider's it is said loudly.
    says(
        &hand.anywhere(&["verify", &package]),
        NOT_POSSIBLE,
        &["--identity", "--trust", "at least one"],
    );
    let told = hand
        .anywhere(&["verify", &package, "--identity", &key])
        .ok()
        .out;
    assert!(
        told.contains("WHO signed was not checked") && told.contains("--trust"),
        "{told}"
    );
    let trust = hand.path("demand.toml");
    says(
        &hand.anywhere(&["verify", &package, "--trust", &trust]),
        NOT_POSSIBLE,
        &["demand.toml", "trust file"],
    );
}

#[test]
fn every_change_to_an_opened_package_is_found_and_the_file_named() {
    let hand = Hand::ready();
    let (_, package) = hand.delivered();
    let (key, to) = (hand.path("police.key"), hand.path("to"));
    hand.run(&["open", &package, "--identity", &key, "--to", &to])
        .ok();
    let verify = || hand.run(&["verify", &to]);
    verify().ok();
    for file in files_below(Path::new(&to)) {
        let genuine = fs::read(&file).unwrap();
        let mut changed = genuine.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        fs::write(&file, changed).unwrap();
        let ran = verify();
        assert_eq!(ran.code, Some(3), "{}: {}", file.display(), ran.err);
        if file.starts_with(Path::new(&to).join("items")) {
            assert!(ran.err.contains(&name(&file)), "{}", ran.err);
        }
        fs::write(&file, genuine).unwrap();
    }
    let extra = hand.write("to/extra", "x");
    says(&verify(), CHECK_FAILED, &["remove what does not belong"]);
    fs::remove_file(extra).unwrap();
    verify().ok();
}

#[test]
fn a_damaged_log_is_told_with_the_file() {
    let hand = Hand::ready();
    hand.decided();
    let log = hand.path("provider/log");
    let mut tried = 0;
    for file in files_below(Path::new(&log)) {
        let genuine = fs::read(&file).unwrap();
        let mut changed = genuine.clone();
        let last = changed.len() - 2;
        changed[last] ^= 1;
        fs::write(&file, changed).unwrap();
        let ran = hand.run(&["log", "verify"]);
        fs::write(&file, genuine).unwrap();
        // Partial tiles of earlier sizes are no part of what is checked.
        if ran.code == Some(0) {
            continue;
        }
        let path = file.strip_prefix(&log).unwrap().display().to_string();
        says(&ran, CHECK_FAILED, &[&path]);
        tried += 1;
    }
    assert!(tried >= 3, "checkpoint, tile and bundle: {tried}");
    fs::remove_file(format!("{log}/checkpoint")).unwrap();
    says(
        &hand.run(&["log", "verify"]),
        CHECK_FAILED,
        &["checkpoint", "must be there", "backup"],
    );
    says(
        &hand.run(&["log", "verify", "--key", "rubbish"]),
        NOT_POSSIBLE,
        &["<name>+<id>+<base64>"],
    );
}
