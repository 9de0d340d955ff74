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
use lagrum_notes::{MlDsaKey, SigningKey, VerifyingKey, role};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::{Asked, Https, Outcome, Witness, ask_witnesses, log_files, witness_pages};
use lagrum_serving::serve;

const ORIGIN: &str = "kvist.example/log";
const NOW: u64 = 1_800_000_000;

fn log_key(seed: u8) -> SigningKey<role::Log> {
    SigningKey::from_seed(&[seed; 32], ORIGIN).unwrap()
}

fn witness_key(seed: u8) -> SigningKey<role::Witness> {
    SigningKey::from_seed(&[seed; 32], &format!("w{seed}.example/witness")).unwrap()
}

fn ml_dsa_key(seed: u8) -> MlDsaKey {
    MlDsaKey::from_seed(&[seed; 32], witness_key(seed).name()).unwrap()
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
    Witness::create(&place, &witness_key(seed), &ml_dsa_key(seed)).unwrap();
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
        Witness::create(&place, &witness_key(8), &ml_dsa_key(8)).is_err(),
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

/// A program in the place of a witness, which answers this.
fn says(lines: String) -> String {
    let answer = move || std::future::ready(lines.clone());
    served(Router::new().route("/add-checkpoint", axum::routing::post(answer)))
}

#[test]
fn a_witness_of_each_type_is_a_quorum_and_a_line_that_is_not_its_own_is_none() {
    let log_vkey = log_key(1).verifying_key();
    let (_a, one) = witness(7, std::slice::from_ref(&log_vkey));
    let (_b, two) = witness(8, std::slice::from_ref(&log_vkey));
    let keys = [
        one.verifying_key(),
        two.ml_dsa_key().unwrap(),
        two.verifying_key(),
    ];
    let (one, two) = (
        served(witness_pages(one, || NOW)),
        served(witness_pages(two, || NOW + 5)),
    );
    let policy = |first: &str, second: &str| {
        let text = format!(
            "log {log_vkey}\nwitness one {} {first}\nwitness two {} {second}\ngroup both all one two\nquorum both\n",
            keys[0], keys[1]
        );
        CheckpointPolicy::parse(&text).unwrap()
    };
    let mut log = Kept::new();
    log.grow(4, 1);
    let ask = |policy: &CheckpointPolicy| {
        let asked = ask_witnesses(&log.log.reader(), policy).unwrap();
        let outcomes = asked.outcomes.into_iter().map(|(_, outcome)| outcome);
        (asked.checkpoint, outcomes.collect::<Vec<_>>())
    };
    let honest = policy(&one, &two);
    let (checkpoint, outcomes) = ask(&honest);
    assert_eq!(outcomes, [Outcome::Cosigned, Outcome::Cosigned]);
    assert_eq!(honest.verify(&checkpoint).unwrap().seen_at(), Some(NOW));
    // Of two lines that each witness answered, the one of the key that the policy names.
    let plain = log.log.reader().newest().unwrap().signed().clone();
    let lines = |checkpoint: &SignedCheckpoint| checkpoint.text().lines().count();
    assert_eq!(lines(&checkpoint), lines(&plain) + 2);
    let other = CheckpointPolicy::new(log_vkey.clone(), vec![keys[2].clone()], 1).unwrap();
    assert!(other.verify(&checkpoint).is_err());

    // What the second witness answers instead, and what is kept of it: nothing.
    let (body, key) = (plain.body(), ml_dsa_key(8));
    let longer = body.replacen("\n4\n", "\n5\n", 1);
    let renamed = MlDsaKey::from_seed(&[8; 32], "w9.example/witness").unwrap();
    let wrong_key = ml_dsa_key(9).cosign(body, NOW).unwrap();
    for answer in [
        key.cosign(&longer, NOW).unwrap(),
        key.cosign(&body.replace(ORIGIN, "other.example/log"), NOW)
            .unwrap(),
        renamed.cosign(body, NOW).unwrap(),
        renamed.cosign(body, NOW).unwrap().replace("w9.", "w8."),
        wrong_key.clone(),
        wrong_key.replace("w9.", "w8."),
        witness_key(8).cosign(body, NOW).unwrap(),
        witness_key(7).cosign(body, NOW + 9).unwrap(),
    ] {
        let lying = policy(&one, &says(format!("{answer}\n")));
        let (checkpoint, outcomes) = ask(&lying);
        assert_eq!(outcomes, [Outcome::Cosigned, Outcome::NoCosignature]);
        assert_eq!(lines(&checkpoint), lines(&plain) + 1, "{answer}");
        assert!(lying.verify(&checkpoint).is_err());
    }
    let good = format!(
        "{wrong_key}\nno line\n{}\n",
        key.cosign(body, NOW + 1).unwrap()
    );
    let among = policy(&one, &says(good));
    let (checkpoint, outcomes) = ask(&among);
    assert_eq!(outcomes, [Outcome::Cosigned, Outcome::Cosigned]);
    assert!(among.verify(&checkpoint).is_ok());
}

#[test]
fn a_witness_answers_and_shows_a_line_of_each_of_its_keys() {
    let (dir, witness) = witness(7, &[log_key(1).verifying_key()]);
    let mut log = Kept::new();
    log.grow(3, 1);
    let answer = witness.add_checkpoint(log.request(0).as_bytes(), NOW);
    assert_eq!((answer.status, answer.body.lines().count()), (200, 2));
    let last = witness.last(ORIGIN).unwrap().unwrap();
    let believes = |key: VerifyingKey<role::Witness>| {
        let policy = CheckpointPolicy::new(log_key(1).verifying_key(), vec![key], 1).unwrap();
        policy.verify(&last).map(|seen| seen.seen_at()).ok()
    };
    assert_eq!(believes(witness.verifying_key()), Some(Some(NOW)));
    assert_eq!(believes(witness.ml_dsa_key().unwrap()), Some(Some(NOW)));

    // Only its own user reads its keys. One that has no second key answers with the first, as ever.
    let place = dir.path().join("witness");
    for file in ["witness.key", "witness.ml-dsa.key"] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(place.join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file}");
    }
    drop(witness);
    let second = place.join("witness.ml-dsa.key");
    let secret = fs::read_to_string(&second).unwrap();
    fs::remove_file(&second).unwrap();
    let older = Witness::open(&place).unwrap();
    assert_eq!(older.ml_dsa_key(), None);
    let answer = older.add_checkpoint(log.request(3).as_bytes(), NOW + 1);
    assert_eq!((answer.status, answer.body.lines().count()), (200, 1));
    drop(older);
    // A key of another witness, a damaged one, and the Ed25519 key in its place are none.
    let foreign = MlDsaKey::from_seed(&[7; 32], "w9.example/witness").unwrap();
    for wrong in [
        foreign.to_secret().to_string(),
        secret.replacen("w7", "w8", 1),
        witness_key(7).to_secret().to_string(),
    ] {
        lagrum_durable::private_file(&second, wrong.as_bytes()).unwrap();
        assert!(Witness::open(&place).is_err());
        fs::remove_file(&second).unwrap();
    }
    lagrum_durable::private_file(&second, secret.as_bytes()).unwrap();
    assert!(Witness::open(&place).unwrap().ml_dsa_key().is_some());
}

#[test]
fn an_origin_that_an_ml_dsa_cosignature_has_no_room_for_is_cosigned_with_ed25519() {
    for (length, lines) in [(255, 2), (256, 1)] {
        let key = SigningKey::<role::Log>::from_seed(&[1; 32], &"o".repeat(length)).unwrap();
        let (_dir, witness) = witness(7, &[key.verifying_key()]);
        let root = Head::EMPTY.root;
        let body = format!("{}\n0\n{}\n", key.name(), root.to_base64());
        let request = format!("old 0\n\n{}", key.sign_note(&body).unwrap());
        let answer = witness.add_checkpoint(request.as_bytes(), NOW);
        assert_eq!((answer.status, answer.body.lines().count()), (200, lines));
    }
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
