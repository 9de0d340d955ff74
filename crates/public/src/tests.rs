//! A witness, a log that asks it, and what strangers are served: over sockets on this machine.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::fs;
use std::net::SocketAddr;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use axum::Router;
use lagrum_https::{Answer, Ask, Server, ask};
use lagrum_log::testing::MemoryHead;
use lagrum_log::{CheckpointPolicy, Commitment, Head, Log, Salt, SignedCheckpoint, mirror};
use lagrum_notes::{SigningKey, VerifyingKey, role};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::{Asked, Https, Outcome, Witness, ask_witnesses, log_files, serve, witness_pages};

const ORIGIN: &str = "kvist.example/log";
const NOW: u64 = 1_800_000_000;

fn log_key(seed: u8) -> SigningKey<role::Log> {
    SigningKey::from_seed(&[seed; 32], ORIGIN).unwrap()
}

fn witness_key(seed: u8) -> SigningKey<role::Witness> {
    SigningKey::from_seed(&[seed; 32], &format!("w{seed}.example/witness")).unwrap()
}

/// A log on disk.
struct Kept {
    dir: TempDir,
    log: Log,
    head: MemoryHead,
    grown: u64,
}

impl Kept {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let log = Log::open(
            &dir.path().join("public"),
            &dir.path().join("staging"),
            log_key(1),
        )
        .unwrap();
        let mut kept = Self {
            dir,
            log,
            head: MemoryHead::default(),
            grown: 0,
        };
        kept.log.recover(&mut kept.head).unwrap();
        kept
    }

    fn grow(&mut self, by: u64, salt: u8) -> Head {
        let entries: Vec<_> = (self.grown..self.grown + by)
            .map(|event| Commitment::of(&Salt::from_bytes([salt; 32]), &event.to_be_bytes()))
            .collect();
        self.grown += by;
        self.log.append(&mut self.head, &entries).unwrap()
    }

    /// What a log asks a witness that has seen so many entries.
    fn request(&self, old: u64) -> String {
        self.log.prove_consistency(old).unwrap().to_string()
    }
}

/// A witness in a directory, which knows these logs.
fn witness(seed: u8, logs: &[VerifyingKey<role::Log>]) -> (TempDir, Witness) {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("witness");
    Witness::create(&place, &witness_key(seed)).unwrap();
    let mut list = fs::read_to_string(place.join("logs")).unwrap();
    for log in logs {
        list.push_str(&format!("{log}\n"));
    }
    fs::write(place.join("logs"), list).unwrap();
    let witness = Witness::open(&place).unwrap();
    (dir, witness)
}

/// Serves these pages until the test's process ends.
fn served(pages: Router) -> String {
    let (ready, is_ready) = channel();
    thread::spawn(move || {
        let at: SocketAddr = "127.0.0.1:0".parse().unwrap();
        serve(pages, at, None, |at| ready.send(at).unwrap()).unwrap();
    });
    let at = is_ready.recv_timeout(Duration::from_secs(20)).unwrap();
    format!("http://{at}")
}

fn get(address: &str, path: &str) -> Answer {
    let mut server = Server::at(&format!("{address}/{path}")).unwrap();
    server.private = true;
    let request = Ask {
        body: None,
        headers: &[],
        within: Duration::from_secs(20),
        largest: 1 << 20,
    };
    ask(&server, &request).unwrap()
}

#[test]
fn a_witness_answers_as_the_specification_says() {
    let (_dir, witness) = witness(7, &[log_key(1).verifying_key()]);
    let mut log = Kept::new();
    let add = |request: &str, now| {
        let answer = witness.add_checkpoint(request.as_bytes(), now);
        (answer.status, answer.body)
    };
    log.grow(3, 1);
    // What it cosigned it also kept: with the log's signature and its own.
    let (status, line) = add(&log.request(0), NOW);
    assert_eq!(status, 200);
    let last = witness.last(ORIGIN).unwrap().unwrap();
    assert!(last.text().contains(line.trim_end()));
    let policy =
        CheckpointPolicy::new(log_key(1).verifying_key(), vec![witness.verifying_key()], 1)
            .unwrap();
    assert_eq!(policy.verify(&last).unwrap().seen_at(), Some(NOW));
    // Whoever does not know what it saw, learns it.
    assert_eq!(add(&log.request(0), NOW), (409, "3\n".into()));
    log.grow(5, 1);
    assert_eq!(add(&log.request(2), NOW), (409, "3\n".into()));
    assert_eq!(add(&log.request(3), NOW + 1).0, 200);
    // The same size again refreshes the time.
    assert_eq!(add(&log.request(8), NOW + 2).0, 200);
    let last = witness.last(ORIGIN).unwrap().unwrap();
    assert_eq!(policy.verify(&last).unwrap().seen_at(), Some(NOW + 2));

    // Malformed, or an old size beyond the new one.
    for wrong in ["", "old 8\n", "old x\n\n", "old 8\n\nno checkpoint\n"] {
        assert_eq!(add(wrong, NOW).0, 400, "{wrong:?}");
    }
    let beyond = log.request(8).replacen("old 8", "old 9", 1);
    assert_eq!(add(&beyond, NOW).0, 400);
    // A log that it does not know, and one that signs with another key.
    let stranger = log.request(8).replace(ORIGIN, "other.example/log");
    assert_eq!(add(&stranger, NOW).0, 404);
    let checkpoint = log.log.checkpoint().unwrap();
    let body = checkpoint.signed().body().to_owned();
    let forged = log_key(2).sign_note(&body).unwrap();
    assert_eq!(add(&format!("old 8\n\n{forged}"), NOW).0, 403);
    // A proof that does not lead there.
    log.grow(1, 1);
    let torn = log.request(8).replacen(
        "\n\n",
        "\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n",
        1,
    );
    assert_eq!(add(&torn, NOW).0, 422);
    assert_eq!(add(&log.request(8), NOW + 3).0, 200);
}

#[test]
fn a_second_history_is_cosigned_by_nobody_and_kept_as_evidence() {
    let (dir, witness) = witness(7, &[log_key(1).verifying_key()]);
    let (mut log, mut other) = (Kept::new(), Kept::new());
    log.grow(5, 1);
    assert_eq!(
        witness
            .add_checkpoint(log.request(0).as_bytes(), NOW)
            .status,
        200
    );
    for by in [5, 1] {
        other.grow(by, 2);
        let request = other.request(5);
        assert_eq!(witness.add_checkpoint(request.as_bytes(), NOW).status, 422);
        let kept = dir
            .path()
            .join("witness/evidence")
            .join(hex::encode(Sha256::digest(ORIGIN)));
        assert_eq!(fs::read_to_string(kept).unwrap(), request);
    }
    let last = witness.last(ORIGIN).unwrap().unwrap();
    assert_eq!(last.body(), log.log.checkpoint().unwrap().signed().body());
}

#[test]
fn a_witness_is_one_process_and_goes_on_where_it_was() {
    let (dir, witness) = witness(7, &[log_key(1).verifying_key()]);
    let place = dir.path().join("witness");
    let mut log = Kept::new();
    log.grow(4, 1);
    assert_eq!(
        witness
            .add_checkpoint(log.request(0).as_bytes(), NOW)
            .status,
        200
    );
    assert!(Witness::open(&place).is_err(), "two would cosign twice");
    drop(witness);
    let again = Witness::open(&place).unwrap();
    assert_eq!(
        again.add_checkpoint(log.request(0).as_bytes(), NOW).status,
        409
    );
    // What it stored cannot be replaced by what it did not cosign.
    let stored = place.join("seen").join(hex::encode(Sha256::digest(ORIGIN)));
    let mut other = Kept::new();
    other.grow(9, 2);
    let foreign = other.log.checkpoint().unwrap();
    fs::write(&stored, foreign.signed().text()).unwrap();
    let answer = again.add_checkpoint(log.request(4).as_bytes(), NOW);
    assert_eq!(answer.status, 500, "{}", answer.body);
    assert!(
        Witness::create(&place, &witness_key(8)).is_err(),
        "a key is never replaced"
    );
}

#[test]
fn many_at_once_are_answered_one_after_the_other() {
    let (_dir, witness) = witness(7, &[log_key(1).verifying_key()]);
    let (mut log, mut other) = (Kept::new(), Kept::new());
    log.grow(6, 1);
    other.grow(6, 2);
    let requests = [log.request(0), other.request(0)];
    let answers: Vec<u16> = thread::scope(|scope| {
        let all: Vec<_> = (0..16)
            .map(|number| {
                let (witness, request) = (&witness, &requests[number % 2]);
                scope.spawn(move || witness.add_checkpoint(request.as_bytes(), NOW).status)
            })
            .collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(
        answers.iter().filter(|status| **status == 200).count(),
        1,
        "{answers:?}"
    );
    assert_eq!(
        answers.iter().filter(|status| **status == 409).count(),
        15,
        "{answers:?}"
    );
}

fn policy_of(addresses: &[(u8, &str)], needed: usize) -> CheckpointPolicy {
    let mut text = format!("log {}\n", log_key(1).verifying_key());
    for (seed, address) in addresses {
        text.push_str(&format!(
            "witness w{seed} {} {address}\n",
            witness_key(*seed).verifying_key()
        ));
    }
    let names: Vec<_> = addresses
        .iter()
        .map(|(seed, _)| format!("w{seed}"))
        .collect();
    text.push_str(&format!(
        "group all-of-them {needed} {}\nquorum all-of-them\n",
        names.join(" ")
    ));
    CheckpointPolicy::parse(&text).unwrap()
}

#[test]
fn a_log_asks_its_witnesses_over_http_and_a_quorum_is_enough() {
    let log_vkey = log_key(1).verifying_key();
    let (_a, one) = witness(7, std::slice::from_ref(&log_vkey));
    let (_b, two) = witness(8, &[log_vkey]);
    let (_c, ignorant) = witness(9, &[]);
    let one = served(witness_pages(one, || NOW));
    let two = served(witness_pages(two, || NOW + 5));
    let ignorant = served(witness_pages(ignorant, || NOW));
    let addresses = [
        (7, &*one),
        (8, &*two),
        (9, &*ignorant),
        (10, "http://127.0.0.1:1/"),
    ];
    let policy = policy_of(&addresses, 2);

    let mut log = Kept::new();
    for by in [4, 300] {
        log.grow(by, 1);
        let Asked {
            checkpoint,
            outcomes,
        } = ask_witnesses(&log.log.reader(), &policy).unwrap();
        let outcomes: Vec<_> = outcomes.into_iter().map(|(_, outcome)| outcome).collect();
        assert_eq!(
            outcomes[..3],
            [
                Outcome::Cosigned,
                Outcome::Cosigned,
                Outcome::Refuses { status: 404 }
            ]
        );
        assert!(matches!(outcomes[3], Outcome::Silent(_)));
        assert_eq!(policy.verify(&checkpoint).unwrap().seen_at(), Some(NOW));
        log.log.publish_cosigned(&checkpoint).unwrap();
        // Asked again, the checkpoint grows by no line.
        let again = ask_witnesses(&log.log.reader(), &policy).unwrap();
        assert_eq!(
            again.checkpoint.text().lines().count(),
            checkpoint.text().lines().count()
        );
    }
    // Whoever watches a witness reads there what it saw last.
    let hash = hex::encode(Sha256::digest(ORIGIN));
    let watched = get(&one, &format!("{hash}/checkpoint"));
    assert_eq!(watched.status, 200);
    let watched = SignedCheckpoint::parse(&watched.body).unwrap();
    assert_eq!(watched.unverified_head().size, 304);
    for other in [
        "00/checkpoint".to_owned(),
        format!("{}/checkpoint", hash.to_uppercase()),
        "x".repeat(64) + "/checkpoint",
    ] {
        assert_eq!(get(&one, &other).status, 404, "{other}");
    }
    assert_eq!(
        get(&one, &format!("{}/checkpoint", "0".repeat(64))).status,
        404
    );

    // A log that was rolled back, and one with another history, are alarms.
    let mut back = Kept::new();
    back.grow(4, 1);
    let rolled_back = ask_witnesses(&back.log.reader(), &policy).unwrap();
    assert_eq!(rolled_back.outcomes[0].1, Outcome::SawMore { size: 304 });
    let mut other = Kept::new();
    other.grow(304, 2);
    let outcome = &ask_witnesses(&other.log.reader(), &policy)
        .unwrap()
        .outcomes[0]
        .1;
    assert_eq!(*outcome, Outcome::SawOther);
    assert!(outcome.is_alarm() && rolled_back.outcomes[0].1.is_alarm());
}

#[test]
fn a_log_is_served_and_copied_and_nothing_else_of_its_directory_is() {
    let mut log = Kept::new();
    log.grow(600, 1);
    let public = log.dir.path().join("public");
    fs::write(public.join("secret.txt"), "secret").unwrap();
    fs::write(log.dir.path().join("beside"), "secret").unwrap();
    std::os::unix::fs::symlink("../../../beside", public.join("tile/0/007")).unwrap();
    let address = served(log_files(public));
    assert_eq!(get(&address, "checkpoint").status, 200);
    assert_eq!(get(&address, "tile/0/001").body.len(), 256 * 32);
    for other in [
        "",
        "secret.txt",
        "tile/0/007",
        "tile/0/../../secret.txt",
        "tile/0/%2e%2e/%2e%2e/secret.txt",
        "../beside",
        "tile/0/999",
        "tile/entries/000/",
    ] {
        let answer = get(&address, other);
        assert!(
            [404, 500].contains(&answer.status),
            "{other}: {}",
            answer.status
        );
        assert!(
            !answer.body.windows(6).any(|six| six == b"secret"),
            "{other}"
        );
    }
    let own = tempfile::tempdir().unwrap();
    let policy = CheckpointPolicy::of_log(log_key(1).verifying_key());
    let copied = mirror(
        own.path(),
        &policy,
        &mut Https::below(&format!("{address}/")),
    )
    .unwrap();
    assert_eq!((copied.checkpoint.head().size, copied.new), (600, 600));
    log.grow(30, 1);
    let copied = mirror(own.path(), &policy, &mut Https::below(&address)).unwrap();
    assert_eq!((copied.checkpoint.head().size, copied.new), (630, 30));
}
