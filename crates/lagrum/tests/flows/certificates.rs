//! Authorities that have a certificate, of either kind: two people make it known, and the answer is sealed to it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::Timestamp;
use lagrum_certificate::Certificate;
use lagrum_cms::testing::{NIST, Openssl, RSA, Says};
use lagrum_model::{CertificateKind, RecipientKey};
use lagrum_openpgp::testing::Gpg;
use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::{Ran, ended, files_below};

const PINNED: [&str; 2] = [
    "provider/agents/lulea/recipients.toml",
    "provider/agents/stockholm/recipients.toml",
];

/// The program that has the private key.
enum Opens {
    Gpg(Gpg),
    Openssl(Openssl),
}

/// An authority with a certificate.
pub struct Holder {
    name: String,
    opens: Opens,
}

impl Holder {
    /// With a key of OpenPGP of this kind. Nothing where GnuPG is not there.
    pub fn of_openpgp(name: &str, primary: &str, subkey: &str, until: &str) -> Option<Self> {
        let gpg = Gpg::new()?;
        let form = format!(
            "{primary}\nKey-Usage: sign,cert\n{subkey}\nSubkey-Usage: encrypt\nName-Real: {name}\nExpire-Date: {until}"
        );
        gpg.make(&[], &form);
        let opens = Opens::Gpg(gpg);
        let name = name.to_owned();
        Some(Self { name, opens })
    }

    /// With a certificate of X.509 for a key of this kind. Nothing where OpenSSL is not there.
    pub fn of_x509(name: &str, kind: &[&str], says: &Says<'_>) -> Option<Self> {
        let openssl = Openssl::new()?;
        openssl.make(name, kind, says);
        let opens = Opens::Openssl(openssl);
        let name = name.to_owned();
        Some(Self { name, opens })
    }

    /// One of each kind that can be had here, on curves of NIST.
    pub fn each(name: &str) -> Vec<Self> {
        let curve = "Key-Type: ECDSA\nKey-Curve: nistp256";
        let subkey = "Subkey-Type: ECDH\nSubkey-Curve: nistp256";
        let openpgp = Self::of_openpgp(name, curve, subkey, "0");
        let x509 = Self::of_x509(name, NIST[0], &Says::default());
        openpgp.into_iter().chain(x509).collect()
    }

    /// The same, until the beginning of the fifth of October 2026 (UTC) or a while after.
    pub fn each_until_october(name: &str) -> Vec<Self> {
        let curve = "Key-Type: EDDSA\nKey-Curve: ed25519";
        let subkey = "Subkey-Type: ECDH\nSubkey-Curve: cv25519";
        let openpgp = Self::of_openpgp(name, curve, subkey, "2026-10-05");
        let until = Says {
            until: "20261005000000Z",
            ..Says::default()
        };
        let x509 = Self::of_x509(name, NIST[1], &until);
        openpgp.into_iter().chain(x509).collect()
    }

    /// Of which kind it is.
    pub fn kind(&self) -> CertificateKind {
        match self.opens {
            Opens::Gpg(_) => CertificateKind::OpenPgp,
            Opens::Openssl(_) => CertificateKind::X509,
        }
    }

    /// What the authority gives.
    pub fn given(&self) -> Vec<u8> {
        match &self.opens {
            Opens::Gpg(gpg) => gpg.export(&self.name),
            Opens::Openssl(openssl) => openssl.pem(&self.name),
        }
    }

    /// The private key, as its program exports it.
    pub fn secret(&self) -> Vec<u8> {
        match &self.opens {
            Opens::Gpg(gpg) => gpg.run(["--armor", "--export-secret-keys", &self.name]),
            Opens::Openssl(openssl) => openssl.run(["pkey", "-in", &format!("{}.key", self.name)]),
        }
    }

    /// What is sealed to at `now`.
    pub fn certificate(&self, now: Timestamp) -> Certificate {
        Certificate::read(&self.given(), self.kind(), now).unwrap()
    }

    /// The fingerprint as its program shows it, and so as the authority reads it.
    pub fn shown(&self) -> String {
        let gpg = match &self.opens {
            Opens::Gpg(gpg) => gpg,
            Opens::Openssl(openssl) => return openssl.fingerprint(&self.name),
        };
        let listed = String::from_utf8(gpg.run(["--fingerprint", &self.name])).unwrap();
        let line = listed.lines().find(|line| line.contains(" = "));
        let shown = match line {
            Some(line) => line.split(" = ").nth(1).unwrap(),
            None => listed.lines().nth(1).unwrap(),
        };
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Decrypts a package; whether its program said that it could.
    pub fn decrypt(&self, from: &Path, to: &Path) -> bool {
        match &self.opens {
            Opens::Gpg(gpg) => gpg.decrypt(from, to),
            Opens::Openssl(openssl) => openssl.decrypt(&self.name, from, to),
        }
    }

    /// Whether its kind of program takes in what a page shows, and shows the same fingerprint of it.
    pub fn takes_in(&self, given: &[u8]) {
        match &self.opens {
            Opens::Gpg(gpg) => {
                let file = self.file("taken-in");
                fs::write(&file, given).unwrap();
                let other = Gpg::new().unwrap();
                other.run(["--import", file.to_str().unwrap()]);
                let fingerprint = |one: &Gpg| one.run(["--with-colons", "--fingerprint"]);
                let line = |listed: Vec<u8>| {
                    let listed = String::from_utf8(listed).unwrap();
                    let line = listed.lines().find(|line| line.starts_with("fpr:"));
                    line.unwrap().to_owned()
                };
                assert_eq!(line(fingerprint(&other)), line(fingerprint(gpg)));
            }
            Opens::Openssl(openssl) => {
                fs::write(self.file("taken-in.pem"), given).unwrap();
                let shown = openssl.fingerprint("taken-in");
                assert_eq!(shown, openssl.fingerprint(&self.name));
            }
        }
    }

    /// A place for files of the test.
    pub fn file(&self, name: &str) -> PathBuf {
        match &self.opens {
            Opens::Gpg(gpg) => gpg.home().join(name),
            Opens::Openssl(openssl) => openssl.file(name),
        }
    }
}

/// Both people compare the fingerprint, and the agents and the public are told. Gives the key's name.
pub fn made_known(hand: &Hand, holder: &Holder) -> RecipientKey {
    let given = hand.write("police.given", holder.given());
    let note = hand.path("police.recipient");
    let new = ["recipient", "new", "--name", "Polismyndigheten"];
    let rest = ["--country", "SE", "--certificate", &given, "--out", &note];
    let new = hand.json(&[&new[..], &rest].concat());
    let key = RecipientKey::parse(new["recipient"]["key"].as_str().unwrap()).unwrap();
    // What the authority reads is what its own program shows.
    let shown = holder.shown();
    assert_eq!(
        new["fingerprint"].as_str().unwrap().replace(' ', ""),
        shown.replace([' ', ':'], "")
    );
    let named = key.certificate().unwrap();
    assert_eq!(named.kind, holder.kind());
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
        assert!(!format!("{}{}", refused.out, refused.err).contains(&named.fingerprint[..12]));
        sign(&shown.to_lowercase()).ok();
    }
    hand.run(&["agent", "pin", &note]).ok();
    hand.run(&["recipient", "publish", &note]).ok();
    key
}

/// A provider to which nobody's key is known, and a demand that names none.
pub fn hand() -> Hand {
    let hand = Hand::ready();
    for file in PINNED {
        hand.write(file, "");
    }
    let demand = hand.demand("AM-1-26");
    let (demand, _) = demand.split_once("[recipient]").unwrap();
    hand.write("demand.toml", demand);
    hand
}

/// `… | lagrum open --decrypted - --to DIR`, of what another program wrote.
fn opened(hand: &Hand, archive: &[u8], to: &str) -> Ran {
    let piped = hand.write("piped", archive);
    let piped = Stdio::from(fs::File::open(piped).unwrap());
    opened_from(hand, piped, to)
}

fn opened_from(hand: &Hand, archive: Stdio, to: &str) -> Ran {
    let trust = hand.path("provider/trust.toml");
    let mut command = hand.command("olof");
    command
        .args(["--json", "open", "--decrypted", "-", "--to", to])
        .args(["--trust", &trust])
        .stdin(archive);
    ended(&mut command)
}

/// What is handed over is sealed to the certificate, ends as its kind has it, and is opened by the program of its
/// holder; `says` stands in the refusal of whoever tries with a key of age. Gives the package.
fn answered(hand: &Hand, holder: &Holder, ending: &str, says: &str) -> PathBuf {
    let key = made_known(hand, holder);
    hand.append(
        "provider/desk/authorities.toml",
        &format!("recipient_key = \"{key}\"\n"),
    );
    let case = hand.decided();
    // Whoever signs sees the fingerprint as programs show it, and since when their list knows it.
    let page = hand.page_signed(&case, "olof", "ann@hand.example");
    let flat = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains(&lagrum_documents::fingerprint(&key)),
        "{page}"
    );
    let unvouched = flat.contains("nobody looked up who issued it");
    assert_eq!(unvouched, holder.kind() == CertificateKind::X509, "{page}");
    hand.approve(&case, "maja").ok();
    hand.run(&["agent", "run"]).ok();
    let told = hand.json(&["deliver", &case]);
    let package = told["packages"][0].as_str().unwrap();
    assert!(package.ends_with(ending), "{package}");
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
    assert!(refused.err.contains(says), "{}", refused.err);

    // The holder's program does, and what it writes is checked as every package.
    let archive = hand.path("archive.tar");
    assert!(holder.decrypt(Path::new(package), Path::new(&archive)));
    let archive = fs::read(archive).unwrap();
    let seen = opened(hand, &archive, &hand.path("to")).ok().json();
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

    // What was changed after that, or cut off, is no package; nothing is left of it.
    let middle = archive.len() / 2;
    let mut changed = archive.clone();
    changed[middle] ^= 1;
    for wrong in [&changed[..], &archive[..middle], b""] {
        let ran = opened(hand, wrong, &hand.path("wrong"));
        assert_ne!(ran.code, Some(0), "{}", ran.out);
        assert!(!Path::new(&hand.path("wrong")).exists());
    }
    package.into()
}

#[test]
fn an_authority_with_an_openpgp_key_opens_its_answer_with_gpg_and_checks_the_whole_chain() {
    let primary = "Key-Type: RSA\nKey-Length: 3072";
    let subkey = "Subkey-Type: RSA\nSubkey-Length: 3072";
    let police = |primary, subkey| Holder::of_openpgp("Polismyndigheten", primary, subkey, "0");
    let Some(holder) = police(primary, subkey) else {
        return;
    };
    let hand = hand();
    let package = answered(&hand, &holder, ".tar.pgp", "gpg --decrypt");
    // Another holder of an OpenPGP key, of the same name, opens nothing.
    let other = police(
        "Key-Type: EDDSA\nKey-Curve: ed25519",
        "Subkey-Type: ECDH\nSubkey-Curve: cv25519",
    );
    let other = other.unwrap();
    assert!(!other.decrypt(&package, &other.file("none")));
}

#[test]
fn an_authority_with_an_smime_certificate_opens_its_answer_with_openssl_and_checks_the_whole_chain()
{
    let police = || Holder::of_x509("Polismyndigheten", RSA, &Says::default());
    let Some(holder) = police() else {
        return;
    };
    let hand = hand();
    let package = answered(&hand, &holder, ".tar.p7m", "openssl cms -decrypt");
    let other = police().unwrap();
    assert!(!other.decrypt(&package, &other.file("none")));

    // As docs/package.md has it: piped, whatever openssl finds out at the end.
    let piped = |package: &Path, to: &str| {
        let mut openssl = Command::new("openssl");
        openssl.args(["cms", "-decrypt", "-inform", "DER", "-in"]);
        openssl.arg(package).arg("-inkey");
        openssl.arg(holder.file("Polismyndigheten.key"));
        openssl.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut openssl = openssl.spawn().unwrap();
        let ran = opened_from(&hand, openssl.stdout.take().unwrap().into(), to);
        (openssl.wait().unwrap().success(), ran)
    };
    let (whole, ran) = piped(&package, &hand.path("piped-to"));
    assert!(whole);
    assert_eq!(ran.ok().json()["messages"], 3);
    // What was changed on its way openssl writes before it says so; nothing is left of that.
    let genuine = fs::read(&package).unwrap();
    let changed = |at: usize, name: &str| {
        let mut changed = genuine.clone();
        changed[at] ^= 1;
        PathBuf::from(hand.write(name, changed))
    };
    let middle = changed(genuine.len() / 2, "changed.p7m");
    let (whole, ran) = piped(&middle, &hand.path("wrong"));
    assert!(!whole);
    assert_ne!(ran.code, Some(0), "{}", ran.out);
    assert!(!Path::new(&hand.path("wrong")).exists());
    // Where the tag alone was changed, openssl says so, and every byte of the archive is the agent's.
    let tag = changed(genuine.len() - 6 - 8, "tag.p7m");
    let (whole, ran) = piped(&tag, &hand.path("tag"));
    assert!(!whole);
    assert_eq!(ran.ok().json()["messages"], 3);
}

#[test]
fn a_private_key_is_refused_wherever_a_certificate_is_asked_for_and_kept_nowhere() {
    let hand = hand();
    for holder in Holder::each("Polismyndigheten") {
        let secret = holder.secret();
        let line = String::from_utf8(secret.clone()).unwrap();
        let line = line.lines().nth(3).unwrap().to_owned();
        let given = hand.write("police.given", &secret);
        let out = hand.path("note");
        let new = ["recipient", "new", "--name", "Polismyndigheten"];
        let more = ["--country", "SE", "--certificate", &given, "--out", &out];
        let new = hand.run(&[&new[..], &more].concat());
        assert_ne!(new.code, Some(0));
        assert!(new.err.contains("PRIVATE key"), "{}", new.err);
        assert!(!format!("{}{}", new.out, new.err).contains(&line));
        assert!(!Path::new(&out).exists());
        fs::remove_file(given).unwrap();
        for file in files_below(Path::new(&hand.path(""))) {
            let text = fs::read(&file).unwrap();
            let there = String::from_utf8_lossy(&text).contains(&line);
            assert!(!there, "{}", file.display());
        }
    }
}
