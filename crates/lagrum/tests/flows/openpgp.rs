//! An authority that has an OpenPGP key: two people make its certificate known, and the answer is sealed to it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use lagrum_openpgp::testing::Gpg;
use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::{Ran, ended, files_below};

const PINNED: [&str; 2] = [
    "provider/agents/lulea/recipients.toml",
    "provider/agents/stockholm/recipients.toml",
];

/// A key of this kind, whose holder is the police.
pub fn police(primary: &str, subkey: &str) -> Option<Gpg> {
    let gpg = Gpg::new()?;
    gpg.make_usual("Polismyndigheten", primary, subkey);
    Some(gpg)
}

/// A key as GnuPG makes it by itself today.
pub fn police_of_today() -> Option<Gpg> {
    police(
        "Key-Type: EDDSA\nKey-Curve: ed25519",
        "Subkey-Type: ECDH\nSubkey-Curve: cv25519",
    )
}

/// Both people compare the fingerprint, and the agents and the public are told. Gives the key's name.
fn made_known(hand: &Hand, gpg: &Gpg) -> String {
    let given = hand.write("police.asc", gpg.export("Polismyndigheten"));
    let note = hand.path("police.recipient");
    let new = ["recipient", "new", "--name", "Polismyndigheten"];
    let rest = ["--country", "SE", "--certificate", &given, "--out", &note];
    let new = hand.json(&[&new[..], &rest].concat());
    let key = new["recipient"]["key"].as_str().unwrap().to_owned();
    // What the authority reads is what its own program shows.
    let listed = gpg.run(["--fingerprint", "Polismyndigheten"]);
    let listed = String::from_utf8(listed).unwrap();
    let line = listed.lines().find(|line| line.contains(" = "));
    let shown: Vec<_> = match line {
        Some(line) => line
            .split(" = ")
            .nth(1)
            .unwrap()
            .split_whitespace()
            .collect(),
        None => listed.lines().nth(1).unwrap().split_whitespace().collect(),
    };
    let shown = shown.join(" ");
    assert_eq!(
        new["fingerprint"].as_str().unwrap().replace(' ', ""),
        shown.replace(' ', "")
    );
    for who in ["olof", "maja"] {
        let (own, secret) = (
            hand.path(&format!("{who}.key")),
            hand.path(&format!("{who}.passphrase")),
        );
        let sign = |confirm: &str| {
            let sign = ["recipient", "sign", &note, "--key", &own];
            let more = ["--passphrase-file", &secret, "--confirm", confirm];
            hand.run(&[&sign[..], &more].concat())
        };
        // Its beginning is not enough: anybody can make a key that begins like it. And it is not shown.
        let refused = sign(&shown[..14]);
        assert_ne!(refused.code, Some(0));
        assert!(!format!("{}{}", refused.out, refused.err).contains(&key[8..20]));
        sign(&shown.to_lowercase()).ok();
    }
    hand.run(&["agent", "pin", &note]).ok();
    hand.run(&["recipient", "publish", &note]).ok();
    key
}

/// A provider to which nobody's key is known, and a demand that names none.
fn hand() -> Hand {
    let hand = Hand::ready();
    for file in PINNED {
        hand.write(file, "");
    }
    let demand = hand.demand("AM-1-26");
    let (demand, _) = demand.split_once("[recipient]").unwrap();
    hand.write("demand.toml", demand);
    hand
}

/// `gpg --decrypt PACKAGE | lagrum open --decrypted - --to DIR`, after this is done to what gpg wrote.
fn opened(hand: &Hand, archive: &[u8], to: &str) -> Ran {
    let piped = hand.write("piped", archive);
    let mut command = hand.command("olof");
    command
        .args(["--json", "open", "--decrypted", "-", "--to", to])
        .stdin(Stdio::from(fs::File::open(piped).unwrap()));
    ended(&mut command)
}

#[test]
fn an_authority_with_an_openpgp_key_opens_its_answer_with_gpg_and_checks_the_whole_chain() {
    let Some(gpg) = police(
        "Key-Type: RSA\nKey-Length: 3072",
        "Subkey-Type: RSA\nSubkey-Length: 3072",
    ) else {
        return;
    };
    let hand = hand();
    let key = made_known(&hand, &gpg);
    hand.append(
        "provider/desk/authorities.toml",
        &format!("recipient_key = \"{key}\"\n"),
    );
    let case = hand.decided();
    // Whoever signs sees the fingerprint as programs show it, and since when their list knows it.
    let page = hand.page_signed(&case, "olof", "ann@hand.example");
    let fingerprint = &key["openpgp:".len()..][..40];
    let groups: Vec<_> = (0..10).map(|at| &fingerprint[at * 4..][..4]).collect();
    let flat = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(&groups.join(" ")), "{page}");
    hand.approve(&case, "maja").ok();
    hand.run(&["agent", "run"]).ok();
    let told = hand.json(&["deliver", &case]);
    let package = told["packages"][0].as_str().unwrap();
    assert!(package.ends_with(".tar.pgp"), "{package}");
    let trust = hand.path("provider/trust.toml");

    // The receipt names exactly this ciphertext, under this name.
    let receipt = hand
        .run(&["--json", "verify", package, "--trust", &trust])
        .ok()
        .json();
    let file = Path::new(package).file_name().unwrap().to_str().unwrap();
    assert_eq!(receipt["receipt"]["package"], file);

    // No key of age opens it, and the message says what does.
    let refused = hand.run(&[
        "open",
        package,
        "--identity",
        &hand.path("police.key"),
        "--to",
        &hand.path("to"),
    ]);
    assert_ne!(refused.code, Some(0));
    assert!(refused.err.contains("gpg --decrypt"), "{}", refused.err);

    // gpg does, and what it writes is checked as every package.
    let archive = hand.path("archive.tar");
    assert!(gpg.decrypt(Path::new(package), Path::new(&archive)));
    let archive = fs::read(archive).unwrap();
    let seen = opened(&hand, &archive, &hand.path("to")).ok().json();
    assert_eq!(seen["checked_against_published_keys"], Value::Bool(true));
    assert_eq!(seen["signed_by"].as_array().unwrap().len(), 2);
    assert_eq!(seen["messages"], 3);
    // The same out of a file, and with tar alone.
    let file = hand.write("again.tar", &archive);
    hand.run(&["open", "--decrypted", &file]).ok();
    fs::create_dir(hand.path("by-tar")).unwrap();
    let mut tar = Command::new("tar");
    ended(tar.args(["-x", "-f", &file, "-C", &hand.path("by-tar")])).ok();
    hand.run(&["verify", &hand.path("by-tar")]).ok();
    let files = |name: &str| {
        let all = files_below(Path::new(&hand.path(name))).into_iter();
        all.map(|file| fs::read(file).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(files("to"), files("by-tar"));
    assert_eq!(files("to"), files("again"));

    // What was changed after gpg, or cut off, is no package; nothing is left of it.
    let middle = archive.len() / 2;
    let mut changed = archive.clone();
    changed[middle] ^= 1;
    for wrong in [&changed[..], &archive[..middle], b""] {
        let ran = opened(&hand, wrong, &hand.path("wrong"));
        assert_ne!(ran.code, Some(0), "{}", ran.out);
        assert!(!Path::new(&hand.path("wrong")).exists());
    }

    // Another holder of an OpenPGP key, of the same name, opens nothing.
    let other = police_of_today().unwrap();
    assert!(!other.decrypt(Path::new(package), &other.home().join("none")));
}

#[test]
fn a_private_key_is_refused_wherever_a_certificate_is_asked_for_and_kept_nowhere() {
    let Some(gpg) = police_of_today() else { return };
    let hand = hand();
    let secret = gpg.run(["--armor", "--export-secret-keys", "Polismyndigheten"]);
    let line = String::from_utf8(secret.clone()).unwrap();
    let line = line.lines().nth(4).unwrap().to_owned();
    let given = hand.write("police.asc", &secret);
    let out = hand.path("note");
    let new = [
        "recipient",
        "new",
        "--name",
        "Polismyndigheten",
        "--country",
        "SE",
    ];
    let new = hand.run(&[&new[..], &["--certificate", &given, "--out", &out]].concat());
    assert_ne!(new.code, Some(0));
    assert!(new.err.contains("PRIVATE key"), "{}", new.err);
    assert!(!format!("{}{}", new.out, new.err).contains(&line));
    assert!(!Path::new(&out).exists());
    fs::remove_file(given).unwrap();
    for file in files_below(Path::new(&hand.path(""))) {
        let text = fs::read(&file).unwrap();
        assert!(
            !String::from_utf8_lossy(&text).contains(&line),
            "{}",
            file.display()
        );
    }
}
