//! What a search begins with, and what every reader is tried with: test data of this repository, and of
//! others where it lies beside it.

use std::fs;
use std::path::{Path, PathBuf};

use lagrum_notes::assemble;

use crate::data_side::{DataSide, directory, write};
use crate::pieces::{WITHIN, joined};
use crate::readers::{
    access_forms, access_parquet, cards, jmap, ldap, package_made, passkey, sums,
};

/// The longest file that is a seed.
const LONGEST: u64 = 64 << 10;
/// The most seeds of one place.
const MOST: usize = 80;

/// The seeds of a reader. Nothing for one whose inputs are choices and no texts.
#[must_use]
pub fn of(name: &str) -> Vec<Vec<u8>> {
    match name {
        "access_log" => [
            files("crates/lagrum/tests/store-cases", &["jsonl", "log"]),
            shared("store-cases"),
            shared("logs"),
        ]
        .concat(),
        "access_journal" | "access_mail_server" | "access_syslog" | "access_table"
        | "access_web" => [access_forms::seeds(name), shared("logs")].concat(),
        "access_parquet" => access_parquet::seeds(),
        "cards" => cards::seeds(),
        "certificate" => files("crates/openpgp/vectors", &["asc", "pgp"]),
        "certificate_x509" => files("crates/cms/vectors", &["pem", "der"]),
        "demand" => [
            files("docs/examples", &["toml"]),
            shared("law-cases"),
            shared("exchange"),
        ]
        .concat(),
        "events" => files("crates/model/golden/events", &["json"]),
        "jmap" => jmap::seeds(),
        "law_packs" => packs(),
        "ldap" => ldap::seeds(),
        "log_directory" => vec![log()],
        "mail_date" | "message" | "mbox" => mail(),
        "maildir" => maildirs(),
        "mandate" => vec![DataSide::get().mandate().to_text().into_bytes()],
        "notes" => [
            vec![DataSide::get().untrusted.note.clone()],
            files("crates/notes/src/cosigning/vectors", &["note", "vkey"]),
        ]
        .concat(),
        "package" => vec![package()],
        "package_made" => vec![package_pieces()],
        "packed" => packed(),
        "paper" => [
            mail(),
            files("docs/examples", &["toml", "txt"]),
            vec![b"a=1+2&b=%C3%A5&next=%2Fcases".to_vec()],
        ]
        .concat(),
        "passkey" => passkeys(),
        "proofs" => vec![DataSide::get().untrusted.proof.clone()],
        "records" => records(),
        "sealed" => [vec![sealed()], shared("vectors/age-cctv")].concat(),
        "settings" => files("docs/examples", &["toml"]),
        "shown" => [files("crates/documents/locales", &["ftl"]), mail()].concat(),
        "subscribers" => subscribers(),
        "sums" => sums::seeds(),
        _ => Vec::new(),
    }
}

/// A signed note, its line, keys, and the parts of an assertion behind their lengths.
fn passkeys() -> Vec<Vec<u8>> {
    let passkey = passkey::passkey();
    let line = passkey.sign_line(passkey::NAME, passkey::TEXT);
    let made = passkey.sign(b"challenge");
    let parts = [&made.authenticator_data, &made.client_data, &made.signature];
    let parts = parts.map(|part| {
        let length = u16::try_from(part.len()).expect("a short part");
        [&length.to_be_bytes()[..], part].concat()
    });
    vec![
        assemble(passkey::TEXT, &[&line]).into_bytes(),
        line.into_bytes(),
        passkey.named(passkey::NAME).to_string().into_bytes(),
        passkey.key().to_text().into_bytes(),
        passkey.spki(),
        parts.concat(),
    ]
}

/// The top of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files below a directory of the repository whose names end so; all, if nothing is named.
fn files(below: &str, endings: &[&str]) -> Vec<Vec<u8>> {
    chosen(&root().join(below), endings)
}

/// The files below a directory of the data of others, if that is there.
fn shared(below: &str) -> Vec<Vec<u8>> {
    let shared =
        std::env::var_os("LAGRUM_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let found = shared.join("data").join(below);
    if !found.exists() {
        println!(
            "SKIPPED: ../shared/data/{below} is not there; the seeds of the repository are read"
        );
    }
    chosen(&found, &[])
}

fn chosen(below: &Path, endings: &[&str]) -> Vec<Vec<u8>> {
    let ends = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        endings.is_empty() || ending.is_some_and(|ending| endings.contains(&ending))
    };
    let short = |path: &PathBuf| {
        path.metadata()
            .is_ok_and(|about| (1..=LONGEST).contains(&about.len()))
    };
    let all: Vec<_> = all_below(below)
        .into_iter()
        .filter(ends)
        .filter(short)
        .collect();
    // Spread over all of them.
    let step = all.len().div_ceil(MOST).max(1);
    let read = |path: &PathBuf| fs::read(path).expect("it can be read");
    all.iter().step_by(step).map(read).collect()
}

fn all_below(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry.expect("an entry");
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() {
            all.extend(all_below(&entry.path()));
        } else if kind.is_file() {
            all.push(entry.path());
        }
    }
    all.sort();
    all
}

fn mail() -> Vec<Vec<u8>> {
    [
        files(
            "crates/lagrum/tests/store-cases",
            &["eml", "mbox", "box", "1"],
        ),
        stores("box"),
        shared("store-cases"),
        shared("mail"),
    ]
    .concat()
}

/// The file of this name of each case of an odd store.
fn stores(name: &str) -> Vec<Vec<u8>> {
    let cases = root().join("crates/lagrum/tests/store-cases");
    let all = all_below(&cases).into_iter();
    all.filter(|path| path.ends_with(Path::new("store").join(name)))
        .map(|path| fs::read(path).expect("it can be read"))
        .collect()
}

/// Each Maildir of an odd store, as names and contents.
fn maildirs() -> Vec<Vec<u8>> {
    let cases = root().join("crates/lagrum/tests/store-cases");
    let entries = fs::read_dir(cases).expect("they are there");
    let mut all: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path().join("store/b"))
        .filter(|account| account.is_dir())
        .collect();
    all.sort();
    let piece = |account: &Path, path: PathBuf| {
        let name = path
            .strip_prefix(account)
            .expect("it is below")
            .to_string_lossy();
        [
            name.as_bytes(),
            b"\n",
            &fs::read(&path).expect("it can be read"),
        ]
        .concat()
    };
    all.iter()
        .map(|account| {
            joined(
                all_below(account)
                    .into_iter()
                    .map(|path| piece(account, path)),
            )
        })
        .filter(|seed| seed.len() as u64 <= LONGEST)
        .collect()
}

fn packs() -> Vec<Vec<u8>> {
    let law = root().join("law");
    let mut all: Vec<_> = all_below(&law);
    all.retain(|path| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        matches!(ending, Some("cedar" | "toml" | "ftl"))
    });
    let named = |path: &PathBuf| {
        let name = path
            .strip_prefix(&law)
            .expect("it is below")
            .to_string_lossy();
        [
            name.as_bytes(),
            b"\n",
            &fs::read(path).expect("it can be read"),
        ]
        .concat()
    };
    // Each file alone, as one of a pack that has a page; and each pack.
    let page = |path: &PathBuf| path.with_file_name("pack.toml");
    let alone = all.iter().map(|path| {
        joined(
            [named(path)]
                .into_iter()
                .chain(page(path).exists().then(|| named(&page(path)))),
        )
    });
    alone.collect()
}

fn log() -> Vec<u8> {
    let checkpoint = "kvist.example/log\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let entry = [&[0, 32][..], &[1; 32]].concat();
    joined([checkpoint.as_bytes(), &[2; 96], &entry.repeat(3)])
}

/// A package, as it is sealed.
fn package() -> Vec<u8> {
    let side = DataSide::get();
    let dir = directory();
    let written = side.spooled("mail", &dir.path().join("work"), &[], |_, _| Some(vec![]));
    let mut all = Vec::new();
    let written = written.expect("a package");
    let mut stream = written.stream().expect("it is there");
    std::io::Read::read_to_end(&mut stream, &mut all).expect("it is there");
    all
}

fn sealed() -> Vec<u8> {
    let to = lagrum_model::testing::RECIPIENT_KEY;
    let to: age::x25519::Recipient = to.parse().expect("a key");
    age::encrypt(&to, &package()).expect("it is sealed")
}

fn package_pieces() -> Vec<u8> {
    let mandate = DataSide::get().mandate();
    let message = "Date: Mon, 9 Mar 2026 12:00:00 +0000\n\ntext\n";
    let line = serde_json::json!({
        "path": "items/mail/000001.eml", "kind": "message", "identifier": mandate.identifiers[0],
        "category": "content", "source": "mail", "dated": "2026-03-09T12:00:00Z",
        "sha256": "", "length": 0,
    });
    joined([
        package_made::statement(mandate, 1),
        mandate.to_text().into_bytes(),
        line.to_string().into_bytes(),
        message.as_bytes().to_vec(),
    ])
}

fn packed() -> Vec<Vec<u8>> {
    let mail = stores("box");
    let ways = 0_u8..6;
    ways.zip(mail.iter().cycle())
        .map(|(way, mail)| [&[way][..], mail].concat())
        .chain(
            shared("mail")
                .into_iter()
                .filter(|bytes| bytes.starts_with(b"\x1f\x8b")),
        )
        .collect()
}

fn records() -> Vec<Vec<u8>> {
    let row =
        r#"{"ip":"192.0.2.1","port":4711,"note":null,"agent":"=cmd, \"x\"","tags":["x","y"]}"#;
    let table = "identifier,dated,ip,port,note,agent,tags\nbjork@kvist.example,2026-03-09T12:00:00Z,192.0.2.1,4711,,\"'=cmd, \"\"x\"\"\",\"[\"\"x\"\",\"\"y\"\"]\"\n";
    vec![
        joined([row.as_bytes(), table.as_bytes()]),
        row.as_bytes().to_vec(),
    ]
}

fn subscribers() -> Vec<Vec<u8>> {
    let row = |name: &str| joined_within(&[&format!("tbjork@kvist.example{name}"), "tNAME", "i7"]);
    let rows = joined([
        row(""),
        row("\r"),
        row(" ").to_ascii_uppercase(),
        b"b\0\x01".to_vec(),
    ]);
    let dir = directory();
    let text = |text: &str| rusqlite::types::Value::Text(text.to_owned());
    let one = [text("bjork@kvist.example"), text("NAME"), text("2026")];
    write(dir.path(), "x", b"");
    let file = dir.path().join("s.sqlite");
    crate::readers::subscribers::database(&file, &[one]);
    vec![rows, fs::read(file).expect("a database")]
}

fn joined_within(cells: &[&str]) -> Vec<u8> {
    let cells: Vec<_> = cells.iter().map(|cell| cell.as_bytes()).collect();
    cells.join(&WITHIN)
}
