//! A disk that has no room left, at every step: the case stays where it was, no partial package is
//! handed over, and when there is room again the same command finishes.
//!
//! The kernel's limit on the size of a file stands for the full disk: a write beyond it fails as one
//! on a full disk does, at a place that differs with the limit.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::by_hand::Hand;
use crate::support::{Ran, ended, entries, files_below, name};

/// Runs the program where no file can grow beyond so many KiB.
fn cramped(hand: &Hand, kib: u32, arguments: &[&str]) -> Ran {
    let mut command = Command::new("bash");
    // Ignored signals stay ignored in the program, so that the write fails instead of killing it.
    command
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"",
            "bash",
        ])
        .arg(kib.to_string())
        .arg(env!("CARGO_BIN_EXE_lagrum"))
        .arg("--dir")
        .arg(hand.path("provider"))
        .args(arguments)
        .args(["--as", "olof"])
        .stdin(Stdio::null());
    ended(&mut command)
}

/// Tries with more and more room until it works. Says after how many failures.
fn until_it_works(
    hand: &Hand,
    arguments: &[&str],
    mut after_failure: impl FnMut(u32, &Ran),
) -> (usize, Ran) {
    let rooms = (0..12)
        .chain((12..64).step_by(4))
        .chain((64..2048).step_by(64));
    until_one_works(hand, arguments, rooms, &mut after_failure)
}

/// The same with these rooms, in KiB.
fn until_one_works(
    hand: &Hand,
    arguments: &[&str],
    rooms: impl Iterator<Item = u32>,
    after_failure: &mut dyn FnMut(u32, &Ran),
) -> (usize, Ran) {
    for (failures, kib) in rooms.enumerate() {
        let ran = cramped(hand, kib, arguments);
        if ran.code == Some(0) {
            return (failures, ran);
        }
        assert!(ran.code.is_some(), "{kib} KiB: it was killed: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{kib} KiB: {}", ran.err);
        if ran.err.contains("disk I/O error") {
            assert!(ran.err.contains("the disk has room"), "{}", ran.err);
        }
        after_failure(kib, &ran);
    }
    panic!("{arguments:?} does not work with 2 MiB either");
}

fn packages(folder: &Path) -> Vec<PathBuf> {
    files_below(folder)
        .into_iter()
        .filter(|file| name(file).ends_with(".tar.age"))
        .collect()
}

#[test]
fn a_demand_is_taken_in_whole_or_not_at_all() {
    let hand = Hand::ready();
    let demand = hand.path("demand.toml");
    let cases = || hand.json(&["cases"])["cases"].as_array().unwrap().len();
    let (failures, ran) = until_it_works(&hand, &["intake", &demand], |kib, _| {
        // Opening the desk with room finishes what was begun, and finds whole cases only.
        let found = cases();
        assert!(found <= 1, "{kib} KiB: {found} cases");
        if found == 1 {
            assert_eq!(
                hand.json(&["case", "2026-0001"])["state"],
                "described",
                "{kib} KiB"
            );
        }
    });
    println!("{failures} times without room");
    assert!(failures > 3, "{failures}");
    assert_eq!(cases(), 1);
    // The log may have found no room when the database had some: then it was said so, and there is no
    // hurry.
    let public = hand.json(&["log", "verify"])["entries"] == 2;
    let told = ran.err.contains("recorded, and not yet in the public log");
    assert_eq!(told, !public, "{}", ran.err);
    hand.run(&["settle"]).ok();
    assert_eq!(hand.json(&["log", "verify"])["entries"], 2);
}

/// How many events a case has.
fn events(hand: &Hand, case: &str) -> usize {
    hand.json(&["case", case])["events"]
        .as_array()
        .unwrap()
        .len()
}

#[test]
fn every_command_of_a_case_is_recorded_whole_or_not_at_all() {
    let hand = Hand::ready();
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    let (secret, key) = (hand.path("olof.passphrase"), hand.path("olof.key"));
    let sign = [
        "approve",
        &case,
        "--key",
        &key,
        "--passphrase-file",
        &secret,
        "--confirm",
        "ann@hand.example",
    ];
    let steps: [&[&str]; 10] = [
        &["call-back", &case, "--confirmed", "--answered-by", "K. Ek"],
        &["authenticate", &case, "--verified", "--how", "called back"],
        &["assess", &case],
        &["note", &case, "read"],
        &["assign", &case, "olof"],
        &["decide", &case],
        &sign,
        &[
            "record",
            &case,
            "served=2026-01-20T10:00:00Z",
            "--how",
            "letter",
        ],
        &["settle"],
        &["log", "verify"],
    ];
    let mut failed = 0;
    for step in steps {
        let before = events(&hand, &case);
        let mut seen = vec![];
        // Finest where the database's own files end.
        let rooms = (0..2048).step_by(72);
        let (failures, _) = until_one_works(&hand, step, rooms, &mut |kib, ran| {
            seen.push((kib, events(&hand, &case)));
            assert!(!ran.err.is_empty(), "{step:?} at {kib} KiB says nothing");
        });
        let after = events(&hand, &case);
        for (kib, between) in seen {
            assert!(
                [before, after].contains(&between),
                "{step:?} at {kib} KiB: {between} of {before} to {after}"
            );
        }
        println!("{failures} times without room: {step:?}");
        failed += failures;
    }
    assert!(failed > 40, "{failed}");
    hand.run(&["settle"]).ok();
    hand.json(&["log", "verify"]);
    hand.run(&["desk", "verify"]);
}

#[test]
fn an_agent_without_room_hands_over_nothing_and_finishes_when_there_is_room() {
    let hand = Hand::ready();
    // Larger than the agent's ledger, so that between the two limits it is the package that finds no
    // room.
    let long = format!(
        "Date: Fri, 16 Jan 2026 12:00:00 +0000\nSubject: lång\n\n{}\n",
        "rad efter rad\n".repeat(20_000)
    );
    hand.write("provider/agents/stockholm/mail/ann/cur/long:2,S", long);
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    let out = PathBuf::from(hand.path("provider/exchange/stockholm/out"));
    // The agent alone, as on a host of its own: it is its own files that find no room.
    let config = hand.path("provider/agents/stockholm/agent.toml");
    let run = ["agent", "run", "--config", &config];
    let (failures, _) = until_it_works(&hand, &run, |kib, ran| {
        println!("{kib} KiB: {}", ran.err.trim());
        let found = if out.exists() { packages(&out) } else { vec![] };
        assert!(
            found.is_empty(),
            "{kib} KiB: a package of a run that failed: {found:?}\n{}",
            ran.err
        );
    });
    println!("{failures} times without room");
    assert!(failures > 1, "{failures}");
    assert_eq!(packages(&out).len(), 1, "{:?}", entries(&out));
    let work = PathBuf::from(hand.path("provider/agents/stockholm/state/work"));
    assert!(
        !work.exists() || files_below(&work).is_empty(),
        "plaintext is left: {:?}",
        files_below(&work)
    );

    let deliveries = PathBuf::from(hand.path("provider/deliveries"));
    let (failures, _) = until_it_works(&hand, &["deliver", &case], |kib, _| {
        let found = packages(&deliveries);
        // A whole package may already be there although its delivery is not recorded yet.
        for package in found {
            let trust = hand.path("provider/trust.toml");
            let package = package.to_str().unwrap();
            let verified = hand.anywhere(&["verify", package, "--trust", &trust]);
            assert_ne!(verified.code, Some(3), "{kib} KiB: {}", verified.err);
        }
    });
    println!("{failures} times without room");
    let trust = hand.path("provider/trust.toml");
    let package = packages(&deliveries)[0].to_str().unwrap().to_owned();
    let sealed = hand
        .anywhere(&["--json", "verify", &package, "--trust", &trust])
        .ok()
        .json();
    assert_eq!(sealed["receipt"]["produced"], 4);
    hand.run(&["close", &case, "--duties-live-on"]).ok();
}
