//! Many people at one desk: nobody waits for a person who reads before signing.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::process::{Child, Stdio};

use crate::by_hand::Hand;

/// Begins to sign, and comes back when the program asks whose data leaves.
fn at_the_prompt(hand: &Hand, case: &str) -> Child {
    let (key, secret) = (hand.path("olof.key"), hand.path("olof.passphrase"));
    let mut signing = hand
        .command("olof")
        .args(["approve", case, "--key", &key, "--passphrase-file", &secret])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = Vec::new();
    let err = signing.stderr.as_mut().unwrap();
    while !told.ends_with(b": ") {
        let mut byte = [0];
        err.read_exact(&mut byte).unwrap();
        told.extend(byte);
    }
    let told = String::from_utf8(told).unwrap();
    assert!(told.contains("the account whose data leaves"), "{told}");
    signing
}

#[test]
fn fifty_read_and_one_writes_while_a_person_thinks_before_signing() {
    let hand = Hand::ready();
    let case = hand.decided();
    let mut signing = at_the_prompt(&hand, &case);
    let readers: Vec<_> = (0..50)
        .map(|_| {
            let mut reader = hand.command("maja");
            reader
                .args(["--json", "cases"])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped());
            reader.spawn().unwrap()
        })
        .collect();
    let written = hand.by("maja", &["--json", "note", &case, "called the court"]);
    assert_eq!(written.ok().json()["published"], true);
    for reader in readers {
        let ran = reader.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(0), "{told}");
        let listed: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
        assert_eq!(listed["cases"][0]["case"], case.as_str());
    }
    assert!(
        signing.try_wait().unwrap().is_none(),
        "it waits for an answer"
    );
    let mut answer = signing.stdin.take().unwrap();
    answer.write_all(b"ann@hand.example\n").unwrap();
    assert_eq!(signing.wait().unwrap().code(), Some(0));
    assert_eq!(hand.json(&["case", &case])["state"], "partly-approved");
}

#[test]
fn what_is_recorded_and_not_yet_public_is_said_so_and_published_later() {
    let hand = Hand::ready();
    let case = hand.decided();
    let number = hand.json(&["case", &case])["events"]
        .as_array()
        .unwrap()
        .len()
        + 1;
    let number = number.to_string();
    // Another process has the log for longer than anybody waits.
    let lock = File::open(hand.path("provider/desk/staging/lock")).unwrap();
    lock.lock().unwrap();
    let ran = hand
        .run(&["--json", "note", &case, "while the log was busy"])
        .ok();
    assert_eq!(ran.json()["published"], false);
    for part in ["recorded", "not yet in the public log", "lagrum settle"] {
        assert!(ran.err.contains(part), "`{part}` is missing in {}", ran.err);
    }
    assert_eq!(
        hand.json(&["case", &case])["events"][number.parse::<usize>().unwrap() - 1]["what"]["text"],
        "while the log was busy"
    );
    let early = hand.run(&["log", "proof", &case, &number]);
    assert_eq!(early.code, Some(1));
    assert!(
        early.err.contains("not yet in the public log"),
        "{}",
        early.err
    );
    drop(lock);
    hand.run(&["settle"]).ok();
    hand.run(&["log", "proof", &case, &number]).ok();

    // The log's place cannot be written.
    let (log, away) = (hand.path("provider/log"), hand.path("log-away"));
    fs::rename(&log, &away).unwrap();
    fs::write(&log, "in its place").unwrap();
    let ran = hand
        .run(&["--json", "note", &case, "while the log was away"])
        .ok();
    assert_eq!(ran.json()["published"], false);
    assert!(ran.err.contains("not yet in the public log"), "{}", ran.err);
    fs::remove_file(&log).unwrap();
    fs::rename(&away, &log).unwrap();
    hand.run(&["settle"]).ok();
    let events = hand.json(&["case", &case])["events"].clone();
    assert_eq!(
        hand.json(&["log", "verify"])["entries"],
        events.as_array().unwrap().len()
    );
}

#[test]
fn an_agent_that_cannot_be_reached_stops_nobody_elses_mandates() {
    let hand = Hand::ready();
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.run(&["attach", &case, &hand.path("police.key.pub")])
        .ok();
    // A second case for the other region, whose exchange is no directory.
    hand.append(
        "provider/desk/directory.toml",
        "\n[[account]]\naddress = \"bo@hand.example\"\ncontroller = \"consumer\"\nresides_in = \"SE\"\nholdings = [{ region = \"lulea\", categories = [\"content\"] }]\n",
    );
    let other = hand
        .demand("AM-9-26")
        .replace("ann@hand.example", "bo@hand.example");
    hand.write("demand.toml", other);
    let second = hand.decided();
    fs::create_dir_all(hand.path("provider/exchange")).unwrap();
    hand.write("provider/exchange/lulea", "in its place");
    for (case, account) in [(&second, "bo@hand.example"), (&case, "ann@hand.example")] {
        for who in ["olof", "maja"] {
            let ran = hand.approve_for(case, who, account).ok();
            println!("{case} {who}: {}", ran.err);
        }
    }
    let out = hand.run(&["--json", "agent", "run", "--region", "stockholm"]);
    assert_eq!(
        out.ok().json().as_array().unwrap().len(),
        1,
        "the mandate for Stockholm went out"
    );
    hand.run(&["deliver", &case]);
    fs::remove_file(hand.path("provider/exchange/lulea")).unwrap();
    hand.run(&["settle"]).ok();
    let out = hand.run(&["--json", "agent", "run", "--region", "lulea"]);
    assert_eq!(out.json().as_array().unwrap().len(), 1, "{}", out.err);
}

#[test]
fn nothing_is_decided_to_be_produced_where_no_agent_serves() {
    let hand = Hand::ready();
    let directory = fs::read_to_string(hand.path("provider/desk/directory.toml")).unwrap();
    let directory = directory.replace(
        "holdings = [{ region = \"stockholm\"",
        "holdings = [{ region = \"umea\"",
    ) + "\n[[place]]\nregion = \"umea\"\ncountry = \"SE\"\n";
    hand.write("provider/desk/directory.toml", directory);
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    let case = taken["cases"][0]["case"].as_str().unwrap();
    hand.verified(case);
    hand.run(&["assess", case]).ok();
    let ran = hand.run(&["decide", case]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert!(ran.err.contains("No agent serves umea"), "{}", ran.err);
    assert_eq!(hand.json(&["case", case])["state"], "assessed");
}
