//! Objects of an account in storage, from the mandate to the package that its recipient opens; and storage that lets
//! nobody in.

#[path = "../../../source-s3/src/tests/moto.rs"]
mod moto;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use self::moto::Moto;
use crate::by_hand::Hand;
use crate::support::{entries, files_below};

/// A provider whose agent in Stockholm reads the bucket as well, with this secret.
fn with_bucket(moto: &Moto, secret: &str) -> Hand {
    let hand = Hand::ready();
    let file = hand.path("provider/agents/stockholm/s3.secret");
    lagrum_durable::private_file(Path::new(&file), secret.as_bytes()).unwrap();
    hand.append(
        "provider/agents/stockholm/agent.toml",
        &format!(
            "\n[[source]]\nkind = \"s3\"\nid = \"files\"\nendpoint = \"http://127.0.0.1:{}\"\nregion = \"eu-north-1\"\nbucket = \"store\"\naccess_key = \"{}\"\nsecret_file = \"s3.secret\"\nprefix = \"%d/%n/\"\n",
            moto.port, moto.reader.0
        ),
    );
    hand
}

fn lines(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn the_versions_of_the_period_reach_the_recipient_under_names_that_are_no_paths() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let mut truth = BTreeMap::new();
    // January 2026 in Swedish time.
    for (number, (key, date, inside)) in [
        ("notes.txt", "2025-12-31T22:59:59Z", false),
        ("notes.txt", "2025-12-31T23:00:00Z", true),
        ("notes.txt", "2026-01-31T22:59:59Z", true),
        ("notes.txt", "2026-01-31T23:00:00Z", false),
        ("../../../../tmp/x.jpeg", "2026-01-10T00:00:00Z", true),
        ("räka 🦐", "2026-01-10T00:00:00Z", true),
        (
            "a.tar.gz.or+a very long ending",
            "2026-01-10T00:00:00Z",
            true,
        ),
        ("gone.pdf", "2026-01-10T00:00:00Z", true),
    ]
    .into_iter()
    .enumerate()
    {
        let key = format!("hand.example/ann/{key}");
        let bytes = format!("object {number}").into_bytes();
        moto.put("store", &key, &bytes, date);
        if inside {
            truth.insert(bytes, key);
        }
    }
    moto.remove("store", "hand.example/ann/gone.pdf");
    moto.put(
        "store",
        "hand.example/anna/x",
        b"another's",
        "2026-01-10T00:00:00Z",
    );
    let before = moto.all_of("store");
    let hand = with_bucket(&moto, &moto.reader.1);

    let rehearsed = hand.run(&["agent", "rehearse"]);
    assert!(
        rehearsed.out.contains("files"),
        "{}{}",
        rehearsed.out,
        rehearsed.err
    );
    let (_, package) = hand.delivered();
    let to = hand.path("opened");
    let key = hand.path("police.key");
    hand.anywhere(&["open", &package, "--identity", &key, "--to", &to])
        .ok();
    assert_eq!(moto.all_of("store"), before);

    let opened = Path::new(&to);
    let found: Vec<_> = lines(&opened.join("manifest.jsonl"))
        .into_iter()
        .filter(|line| line["source"] == "files")
        .collect();
    let named: BTreeMap<_, _> = found
        .iter()
        .map(|line| {
            let path = line["path"].as_str().unwrap();
            let name = line["name"].as_str().unwrap().to_owned();
            (fs::read(opened.join(path)).unwrap(), name)
        })
        .collect();
    assert_eq!(named, truth);
    let mut endings: Vec<_> = files_below(&opened.join("items/files"))
        .iter()
        .map(|file| file.extension().unwrap().to_str().unwrap().to_owned())
        .collect();
    endings.sort_unstable();
    assert_eq!(endings, ["bin", "bin", "jpeg", "pdf", "txt", "txt"]);
    let statement: Value =
        serde_json::from_slice(&fs::read(opened.join("statement.json")).unwrap()).unwrap();
    let searches = statement["searches"].as_array().unwrap();
    let search = searches
        .iter()
        .find(|one| one["source"] == "files")
        .unwrap();
    assert_eq!(search["date_rule"], "last-modified");
    assert_eq!(
        search["outcome"],
        json!({"result": "searched", "produced": 6, "for_review": 0, "unreadable": 0, "removed": 1})
    );
    let summary = files_below(opened)
        .into_iter()
        .find(|file| file.ends_with("SUMMARY.txt"));
    let summary = fs::read_to_string(summary.unwrap()).unwrap();
    assert!(
        summary.contains("1 removal of an object") || summary.contains("1 borttagning"),
        "{summary}"
    );
}

#[test]
fn storage_that_lets_nobody_in_produces_nothing_and_the_reason_stays_in_the_region() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    moto.put("store", "hand.example/ann/x", b"x", "2026-01-10T00:00:00Z");
    let hand = with_bucket(&moto, "guessed");
    let rehearsed = hand.run(&["agent", "rehearse"]);
    let said = rehearsed.out + &rehearsed.err;
    assert!(
        said.contains("SignatureDoesNotMatch") && !said.contains("guessed"),
        "{said}"
    );
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    let ran = hand.run(&["agent", "run"]);
    let said = ran.out + &ran.err;
    assert!(said.contains("SignatureDoesNotMatch"), "{said}");
    assert!(
        !said.contains("guessed") && !said.contains(&moto.reader.0),
        "{said}"
    );
    let out = entries(Path::new(&hand.path("provider/exchange/stockholm/out")));
    assert!(
        !out.iter()
            .any(|file| file.extension().is_some_and(|end| end == "age"))
    );
    let told: String = out
        .iter()
        .map(|file| String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned())
        .collect();
    assert!(
        told.contains("denied") && !told.contains("127.0.0.1") && !told.contains("Signature"),
        "{told}"
    );
}
