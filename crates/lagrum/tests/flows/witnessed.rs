//! The log is witnessed and copied by programs of their own, and nothing goes out that its witnesses have not seen.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::by_hand::Hand;

/// A program that serves until this value drops.
pub struct Serving {
    child: Child,
    pub address: String,
}

impl Serving {
    /// Starts it; its first lines are what it says as JSON.
    pub fn new(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            said.push_str(&line.unwrap());
            if said.trim_end().ends_with('}') {
                break;
            }
        }
        let said: Value = serde_json::from_str(&said).unwrap();
        let address = format!("http://{}", said["listening"].as_str().unwrap());
        Self { child, address }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lagrum(hand: &Hand, arguments: &[&str]) -> Command {
    let mut command = hand.command("olof");
    command.args(["--json"]).args(arguments);
    command
}

/// A witness that knows this log, served; its key of Ed25519.
pub fn witness(hand: &Hand, name: &str, log: &str) -> (Serving, String) {
    let (serving, made) = witness_of_both(hand, name, log);
    (serving, made["key"].as_str().unwrap().to_owned())
}

/// The same, with what `witness new` said.
pub fn witness_of_both(hand: &Hand, name: &str, log: &str) -> (Serving, Value) {
    let place = hand.path(name);
    let made = hand.json(&["witness", "new", &place, &format!("{name}.example/w")]);
    hand.append(&format!("{name}/logs"), &format!("{log}\n"));
    let serve = ["witness", "serve", &place, "--listen", "127.0.0.1:0"];
    (Serving::new(lagrum(hand, &serve)), made)
}

pub fn log_key(hand: &Hand) -> String {
    let policy = fs::read_to_string(hand.path("provider/agents/stockholm/log.policy")).unwrap();
    let line = policy.lines().find_map(|line| line.strip_prefix("log "));
    line.unwrap().trim().to_owned()
}

#[test]
fn what_the_witnesses_of_the_log_have_not_seen_goes_to_no_agent() {
    let hand = Hand::ready();
    let log = log_key(&hand);
    let (one, first) = witness(&hand, "peer", &log);
    // The second one's word counts by its ML-DSA-44 key.
    let (two, made) = witness_of_both(&hand, "ngo", &log);
    let second = made["ml_dsa_key"].as_str().unwrap();
    let policy = |needed: usize| {
        format!(
            "log {log}\nwitness peer {first} {}\nwitness ngo {second} {}\nwitness gone gone.example/w+{} http://127.0.0.1:1\ngroup enough {needed} peer ngo gone\nquorum enough\n",
            one.address,
            two.address,
            // Nobody's: a key of a third witness, which never answers.
            hand.json(&[
                "witness",
                "new",
                &hand.path(&format!("gone-{needed}")),
                "gone.example/w"
            ])["key"]
                .as_str()
                .unwrap()
                .split_once('+')
                .unwrap()
                .1
        )
    };
    let agreed = policy(2);
    hand.write("provider/agents/stockholm/log.policy", &agreed);
    hand.write("provider/desk/log.policy", &agreed);
    let config = fs::read_to_string(hand.path("provider/desk/desk.toml")).unwrap();
    hand.write(
        "provider/desk/desk.toml",
        format!("log_policy = \"log.policy\"\n{config}"),
    );

    let checkpoint = || fs::read(hand.path("provider/log/checkpoint")).ok();
    let before = checkpoint();
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    let signed = hand.approve(&case, "maja").ok();
    // It is in the log, which nobody is shown before they have seen it; and not on its way.
    assert_eq!(checkpoint(), before);
    assert!(signed.err.contains("have not seen it"), "{}", signed.err);
    assert!(!signed.out.contains("on its way"), "{}", signed.out);
    assert_eq!(
        hand.json(&["agent", "run"]).as_array().map(Vec::len),
        Some(0)
    );
    let proof = hand.run(&["log", "proof", &case, "1"]);
    assert_eq!(proof.code, Some(1), "{}", proof.out);

    let whole = hand.run(&["desk", "verify"]);
    assert_eq!(whole.code, Some(0), "{}{}", whole.out, whole.err);

    let asked = hand.run(&["log", "cosign"]).ok();
    assert_ne!(checkpoint(), before);
    assert!(
        asked.out.contains("peer.example/w: cosigned"),
        "{}",
        asked.out
    );
    assert!(
        asked.out.contains("gone.example/w: no answer"),
        "{}",
        asked.out
    );
    let settled = hand.json(&["settle"]);
    assert_eq!(settled["settled"]["released"], 1, "{settled}");
    let done = hand.json(&["agent", "run"]);
    assert!(!done[0]["outcome"]["produced"].is_null(), "{done}");

    // With one witness that does not answer too few are left, and the next mandate waits.
    drop(two);
    hand.write("demand.toml", hand.demand("the next"));
    let next = hand.decided();
    hand.approve(&next, "olof").ok();
    hand.approve(&next, "maja").ok();
    let asked = hand.run(&["log", "cosign"]);
    assert_eq!(asked.code, Some(3), "{}", asked.out);
    assert!(asked.out.contains("Not enough of them"), "{}", asked.out);
    hand.json(&["settle"]);
    assert_eq!(
        hand.json(&["agent", "run"]).as_array().map(Vec::len),
        Some(0)
    );
}

#[test]
fn a_log_is_served_and_copied_and_another_history_of_it_is_kept_as_evidence() {
    let hand = Hand::ready();
    hand.delivered();
    let log = log_key(&hand);
    let policy = hand.write("own.policy", format!("log {log}\nquorum none\n"));
    let served = Serving::new(lagrum(&hand, &["log", "serve", "--listen", "127.0.0.1:0"]));
    let copy = hand.path("copy");
    let mirror = |address: &str| {
        hand.anywhere(&[
            "--json", "log", "mirror", address, &copy, "--policy", &policy,
        ])
    };
    let first = mirror(&served.address).ok().json();
    assert_eq!(first["new"], first["entries"]);
    hand.write("demand.toml", hand.demand("one more"));
    hand.decided();
    let second = mirror(&served.address).ok().json();
    assert!(second["new"].as_u64() > Some(0), "{second}");
    let checked = hand
        .anywhere(&["log", "verify", "--log", &copy, "--key", &log])
        .ok();
    assert!(checked.out.contains("is whole"), "{}", checked.out);

    // The same key signs another history: as many entries, other ones.
    let forged = hand.path("forged");
    let entries = second["entries"].as_u64().unwrap();
    let secret = fs::read_to_string(hand.path("provider/desk/log.key")).unwrap();
    let key = lagrum_notes::SigningKey::from_secret(secret.trim()).unwrap();
    let mut other =
        lagrum_log::Log::open(forged.as_ref(), hand.path("forged-staging").as_ref(), key).unwrap();
    let salt = lagrum_log::Salt::from_bytes([5; 32]);
    let events: Vec<_> = (0..entries + 1)
        .map(|event| lagrum_log::Commitment::of(&salt, &event.to_be_bytes()))
        .collect();
    other
        .append(&mut lagrum_log::testing::MemoryHead::default(), &events)
        .unwrap();
    let shown = Serving::new(lagrum(
        &hand,
        &["log", "serve", "--log", &forged, "--listen", "127.0.0.1:0"],
    ));
    let refused = mirror(&shown.address);
    assert_eq!(refused.code, Some(3), "{}", refused.out);
    assert!(refused.err.contains("another history"), "{}", refused.err);
    let evidence = fs::read_to_string(hand.path("copy.forked")).unwrap();
    let origin = log.split('+').next().unwrap();
    assert_eq!(
        evidence.matches(&format!("{origin}\n")).count(),
        2,
        "{evidence}"
    );
    // The copy stays as it was, and goes on with the genuine log.
    assert_eq!(mirror(&served.address).ok().json()["new"], 0);
    assert!(fs::exists::<&OsStr>(copy.as_ref()).unwrap());
}
