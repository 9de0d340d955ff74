//! Programs of others, written from the specifications alone: a witness that cosigns our log, and a reader that verifies it.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::by_hand::Hand;
use crate::support::{Ran, ended};
use crate::witnessed::{log_key, witness, witness_of_both};

/// Where the packages `aics-tlog` and `aics-witness` are installed; `dev/test` does that.
fn python() -> Option<String> {
    let python = std::env::var("LAGRUM_PEERS").ok();
    if python.is_none() {
        println!("SKIPPED: no independent witness and reader; dev/test installs them");
    }
    python
}

/// A witness of somebody else's making, which knows this log.
struct Peer {
    child: Child,
    address: String,
    key: String,
}

impl Peer {
    fn new(hand: &Hand, python: &str, log: &str) -> Self {
        let place = hand.path("independent");
        fs::create_dir(&place).unwrap();
        let config = format!("{place}/witness.json");
        let run = |arguments: &[&str]| {
            let mut command = Command::new(python);
            ended(command.args(["-m", "aics_witness"]).args(arguments))
        };
        let name = "independent.example/w";
        let init = [
            "init",
            "--config",
            &config,
            "--name",
            name,
            "--listen",
            "127.0.0.1:0",
        ];
        let made = run(&init).ok();
        let said = format!("{}{}", made.out, made.err);
        let key = said
            .split_whitespace()
            .find(|word| word.starts_with(&format!("{name}+")));
        let key = key.unwrap_or_else(|| panic!("{said}")).to_owned();
        let origin = log.split_once('+').unwrap().0;
        run(&[
            "add-log", "--config", &config, "--origin", origin, "--vkey", log,
        ])
        .ok();
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let listen = format!("127.0.0.1:{port}");
        let mut child = Command::new(python)
            .args([
                "-m",
                "aics_witness",
                "serve",
                "--config",
                &config,
                "--listen",
                &listen,
            ])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It says so when it listens.
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let listening = lines.any(|line| line.unwrap().contains(&port.to_string()));
        assert!(listening, "the independent witness does not serve");
        std::thread::spawn(move || lines.for_each(drop));
        let address = format!("http://{listen}");
        Self {
            child,
            address,
            key,
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Verifies the ML-DSA-44 line of a key in a checkpoint with OpenSSL (the package `cryptography`), after
/// c2sp.org/tlog-cosignature.
const OPENSSL: &str = r#"
import base64, hashlib, struct, sys
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
vkey, note = sys.argv[1], open(sys.argv[2], encoding="utf-8").read()
name, key_id, material = vkey.split("+", 2)
material = base64.b64decode(material)
assert material[0] == 6 and len(material) == 1 + 1312
assert key_id == hashlib.sha256(name.encode() + b"\n" + material).hexdigest()[:8]
body, lines = note.rsplit("\n\n", 1)
origin, size, root = body.split("\n")[:3]
for line in lines.splitlines():
    dash, by, signature = line.split(" ")
    signature = base64.b64decode(signature)
    if by != name or signature[:4].hex() != key_id:
        continue
    assert len(signature) == 4 + 8 + 2420
    short = lambda text: struct.pack(">B", len(text.encode())) + text.encode()
    signed = b"subtree/v1\n\0" + short(name) + signature[4:12] + short(origin)
    signed += struct.pack(">QQ", 0, int(size)) + base64.b64decode(root)
    MLDSA44PublicKey.from_public_bytes(material[1:]).verify(signature[12:], signed)
    print("verified", size)
    break
"#;

/// What the independent reader says of our log, as it lies in its directory.
fn read(hand: &Hand, python: &str, log: &str, arguments: &[&str]) -> Ran {
    let mut command = Command::new(python);
    let tiles = hand.path("provider/log");
    command.args(["-m", "aics_tlog"]).args(arguments);
    ended(command.args(["--tiles", &tiles, "--log-key", log]))
}

#[test]
fn two_witnesses_of_ours_and_an_independent_one_make_a_quorum_and_an_independent_reader_verifies_the_log()
 {
    let Some(python) = python() else { return };
    let hand = Hand::ready();
    let log = log_key(&hand);
    let (one, made) = witness_of_both(&hand, "peer", &log);
    let (first, ml_dsa) = (
        made["key"].as_str().unwrap(),
        made["ml_dsa_key"].as_str().unwrap(),
    );
    let (two, second) = witness(&hand, "ngo", &log);
    let independent = Peer::new(&hand, &python, &log);
    let policy = format!(
        "log {log}\nwitness peer-old {first} {}\nwitness peer-new {ml_dsa} {}\nwitness ngo {second} {}\nwitness independent {} {}\n\
         group peer all peer-old peer-new\ngroup ours any peer ngo\ngroup enough 2 ours independent\nquorum enough\n",
        one.address, one.address, two.address, independent.key, independent.address
    );
    hand.write("provider/agents/stockholm/log.policy", &policy);
    hand.write("provider/desk/log.policy", &policy);
    let config = fs::read_to_string(hand.path("provider/desk/desk.toml")).unwrap();
    hand.write(
        "provider/desk/desk.toml",
        format!("log_policy = \"log.policy\"\n{config}"),
    );

    // Only with its cosignature is a mandate carried out.
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    assert_eq!(
        hand.json(&["agent", "run"]).as_array().map(Vec::len),
        Some(0)
    );
    let asked = hand.run(&["log", "cosign"]).ok();
    assert!(
        asked.out.contains("independent.example/w: cosigned"),
        "{}",
        asked.out
    );
    assert_eq!(hand.json(&["settle"])["settled"]["released"], 1);
    let done = hand.json(&["agent", "run"]);
    assert!(!done[0]["outcome"]["produced"].is_null(), "{done}");
    hand.json(&["settle"]);
    hand.run(&["log", "cosign"]).ok();

    let keys = [
        "--witness-key",
        first,
        "--witness-key",
        &independent.key,
        "--quorum",
        "2",
    ];
    let checked = read(
        &hand,
        &python,
        &log,
        &[&["verify-checkpoint"], &keys[..]].concat(),
    );
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
    let checkpoint = hand.path("provider/log/checkpoint");
    let verify = ["-c", OPENSSL, ml_dsa, &checkpoint];
    let openssl = ended(Command::new(&python).args(verify)).ok();
    assert!(openssl.out.starts_with("verified "), "{}", openssl.err);
    let size: u64 = {
        let text = fs::read_to_string(hand.path("provider/log/checkpoint")).unwrap();
        text.lines().nth(1).unwrap().parse().unwrap()
    };
    for index in [0, size / 2, size - 1] {
        let index = index.to_string();
        let entry = hand.path(&format!("entry-{index}"));
        let inclusion = ["verify-inclusion", "--index", &index, "--entry-out", &entry];
        let checked = read(&hand, &python, &log, &[&inclusion, &keys[..]].concat());
        assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
        assert_eq!(fs::read(&entry).unwrap().len(), 32);
    }
    // A log that was changed is no log for it.
    let tile = hand.path(&format!("provider/log/tile/entries/000.p/{size}"));
    let mut bytes = fs::read(&tile).unwrap();
    bytes[40] ^= 1;
    fs::write(&tile, bytes).unwrap();
    let index = (40 / 34).to_string();
    let checked = read(
        &hand,
        &python,
        &log,
        &["verify-inclusion", "--index", &index],
    );
    assert_ne!(checked.code, Some(0), "{}{}", checked.out, checked.err);
}
