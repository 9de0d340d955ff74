//! Objects of an account in storage, from the mandate to the package that its recipient opens; and storage that lets
//! nobody in.

#[path = "../../../source-s3/src/tests/moto.rs"]
pub mod moto;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use self::moto::Moto;
use crate::boxes;
use crate::by_hand::Hand;
use crate::support::{Dice, entries, files_below};

/// A provider whose agent in Stockholm reads the bucket as well, with this secret.
fn with_bucket(moto: &Moto, secret: &str) -> Hand {
    let hand = Hand::ready();
    read_bucket(
        &hand,
        moto,
        secret,
        "kind = \"s3\"\nid = \"files\"\nprefix = \"%d/%n/\"",
    );
    hand
}

/// Has an agent read the bucket as this source.
fn read_bucket(hand: &Hand, moto: &Moto, secret: &str, source: &str) {
    let file = hand.path("provider/agents/stockholm/s3.secret");
    lagrum_durable::private_file(Path::new(&file), secret.as_bytes()).unwrap();
    hand.append(
        "provider/agents/stockholm/agent.toml",
        &format!(
            "\n[[source]]\nendpoint = \"http://127.0.0.1:{}\"\nregion = \"eu-north-1\"\nbucket = \"store\"\naccess_key = \"{}\"\nsecret_file = \"s3.secret\"\n{source}\n",
            moto.port, moto.reader.0
        ),
    );
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
    let (key, date) = ("hand.example/ann/pieces.txt", "2026-01-10T00:00:00Z");
    moto.pieces("store", key, &[b"in one piece"], date);
    truth.insert(b"in one piece".to_vec(), key.to_owned());
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
    assert_eq!(endings, ["bin", "bin", "jpeg", "pdf", "txt", "txt", "txt"]);
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
        json!({"result": "searched", "produced": 7, "for_review": 0, "unreadable": 0, "removed": 1})
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
    let hand = with_bucket(&moto, &moto.other.1);
    let rehearsed = hand.run(&["agent", "rehearse"]);
    let said = rehearsed.out + &rehearsed.err;
    assert!(
        said.contains("SignatureDoesNotMatch") && !said.contains(&moto.other.1),
        "{said}"
    );
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    let ran = hand.run(&["agent", "run"]);
    let said = ran.out + &ran.err;
    assert!(said.contains("SignatureDoesNotMatch"), "{said}");
    assert!(
        !said.contains(&moto.other.1) && !said.contains(&moto.reader.0) && moto.secure.is_none(),
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

/// A log of two months over four files, the oldest first; and the addresses of the lines of January that are ann's.
fn rotated() -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let mut dice = Dice(20_26);
    let names = [
        "login.jsonl.3.gz",
        "login.jsonl.2",
        "login.jsonl.1",
        "login.jsonl",
    ];
    let (mut files, mut truth) = (Vec::new(), Vec::new());
    for (place, name) in names.iter().enumerate() {
        let mut text = String::new();
        for line in 0..40 {
            // Every file has two weeks, from the middle of December on.
            let day = 16 + 14 * place + line * 14 / 40;
            let (month, day) = match day {
                1..=31 => ("2025-12", day),
                32..=62 => ("2026-01", day - 31),
                _ => ("2026-02", day - 62),
            };
            let who = ["ann", "bo", "anna"][dice.below(3) as usize];
            let ip = format!("198.51.{place}.{line}");
            text += &format!(
                "{{\"time\":\"{month}-{day:02}T12:00:00Z\",\"user\":\"{who}@hand.example\",\"ip\":\"{ip}\",\"cell\":\"240\",\"agent\":\"x\"}}\n"
            );
            if who == "ann" && month == "2026-01" {
                truth.push(ip);
            }
        }
        if place == 3 {
            text += "{\"time\":\"lost\",\"user\":\"ann@hand.example\",\"ip\":\"192.0.2.1\"}\n";
        }
        files.push(((*name).to_owned(), text.into_bytes()));
    }
    (files, truth)
}

#[test]
fn a_log_in_a_bucket_gives_what_the_same_log_in_files_gives() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let declared = "sub_categories = { routing = [\"ip\"], location = [\"cell\"] }";
    let asked = "categories = [\"traffic\"]\nsub_categories = [\"routing\", \"volume\"]";
    let hand = boxes::provider(declared, asked);
    let agent = "provider/agents/stockholm/agent.toml";
    let written = fs::read_to_string(hand.path(agent)).unwrap();
    hand.write(
        agent,
        written.replace("[\"login.jsonl\"]", "[\"login.jsonl*\"]"),
    );
    let (files, truth) = rotated();
    assert!(truth.len() > 10, "{}", truth.len());
    for (name, bytes) in &files {
        let plain = name.trim_end_matches(".gz");
        let file = hand.write(&format!("provider/agents/stockholm/{plain}"), bytes);
        if plain != name {
            let packed = Command::new("gzip").arg(&file).status().unwrap();
            assert!(packed.success());
        }
        let bytes = fs::read(hand.path(&format!("provider/agents/stockholm/{name}"))).unwrap();
        moto.put(
            "store",
            &format!("logs/{name}"),
            &bytes,
            "2026-02-12T00:00:00Z",
        );
    }
    moto.put(
        "store",
        "logs/deeper/login.jsonl.9",
        b"of another machine",
        "2026-02-12T00:00:00Z",
    );
    moto.put("store", "logsother", b"x", "2026-02-12T00:00:00Z");
    read_bucket(
        &hand,
        &moto,
        &moto.reader.1,
        &format!(
            "kind = \"s3-log\"\nid = \"bucket\"\nprefix = \"logs/\"\nlog = \"access-log-jsonl\"\npaths = [\"login.jsonl*\"]\naccount_field = \"user\"\ntime_field = \"time\"\ntime_format = \"rfc3339\"\nfields.traffic = [\"time\", \"ip\", \"cell\", \"agent\"]\n{declared}"
        ),
    );
    let (to, _) = boxes::delivered(&hand);
    let of = |source: &str| -> Vec<String> {
        let files = files_below(&Path::new(&to).join("records"));
        let own = files.iter().find(|file| {
            let name = file.file_name().unwrap().to_str().unwrap();
            name.starts_with(&format!("{source}-traffic")) && name.ends_with(".jsonl")
        });
        let rows = lines(own.unwrap());
        rows.iter()
            .map(|row| row["fields"]["ip"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(of("logins"), truth);
    assert_eq!(of("bucket"), truth);
    let statement = fs::read(Path::new(&to).join("statement.json")).unwrap();
    let statement: Value = serde_json::from_slice(&statement).unwrap();
    let outcome = |source: &str| {
        let searches = statement["searches"].as_array().unwrap();
        searches.iter().find(|one| one["source"] == source).unwrap()["outcome"].clone()
    };
    assert_eq!(outcome("bucket"), outcome("logins"));
    assert_eq!(outcome("bucket")["for_review"], 1);
    // Nothing of it is left behind.
    let work = Path::new(&hand.path("provider/agents/stockholm/state/work")).to_owned();
    let left = if work.exists() {
        files_below(&work)
    } else {
        vec![]
    };
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_log_of_parquet_files_in_a_bucket_leaves_with_exact_values_and_a_row_without_a_time_is_reviewed()
 {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let hand = boxes::provider("", "categories = [\"traffic\"]");
    // Five rows that pyarrow wrote: the second and the fourth are of the account and of January, the last has no time.
    let bytes = include_bytes!("login.parquet");
    moto.put(
        "store",
        "logs/login-1.parquet",
        bytes,
        "2026-02-12T00:00:00Z",
    );
    read_bucket(
        &hand,
        &moto,
        &moto.reader.1,
        "kind = \"s3-log\"\nid = \"bucket\"\nprefix = \"logs/\"\nlog = \"access-log-parquet\"\npaths = [\"login-*.parquet\"]\naccount_field = \"user.mail\"\ntime_field = \"time\"\nfields.traffic = [\"time\", \"session\", \"ip\"]",
    );
    let (to, _) = boxes::delivered(&hand);
    let files = files_below(&Path::new(&to).join("records"));
    let own = files.iter().find(|file| {
        let name = file.file_name().unwrap().to_str().unwrap();
        name.starts_with("bucket-traffic") && name.ends_with(".jsonl")
    });
    let rows = lines(own.unwrap());
    let rows: Vec<_> = rows.iter().map(|row| &row["fields"]).collect();
    assert_eq!(
        rows,
        [
            &json!({"time": "2026-01-10T12:00:00Z", "session": 9_007_199_254_740_993_u64, "ip": "198.51.100.2"}),
            &json!({"time": "2026-01-31T22:59:59.999999Z", "session": u64::MAX, "ip": "198.51.100.4"}),
        ]
    );
    let statement = fs::read(Path::new(&to).join("statement.json")).unwrap();
    let statement: Value = serde_json::from_slice(&statement).unwrap();
    let searches = statement["searches"].as_array().unwrap();
    let of = searches
        .iter()
        .find(|one| one["source"] == "bucket")
        .unwrap();
    assert_eq!(of["outcome"]["for_review"], 1);
}
