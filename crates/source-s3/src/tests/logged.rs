//! Files of a log in a bucket: all that belong to it arrive as they are, or the search fails.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt as _;
use std::sync::atomic::AtomicBool;

use lagrum_source::{Context, Source as _, SourceError};

use super::moto::Moto;
use super::proxy::{Deed, Wire};
use super::{place, run, secret};
use crate::log::Log;

const LAST: &str = "2026-02-12T00:00:00Z";

fn log(moto: &Moto, port: u16, more: &str) -> Result<Log, SourceError> {
    let place = place();
    secret(&place.path().join("secret"), &moto.reader.1);
    let mut text = format!(
        "kind = \"s3-log\"\nid = \"logins\"\nendpoint = \"http://127.0.0.1:{port}\"\nregion = \"eu-north-1\"\nbucket = \"store\"\naccess_key = \"{}\"\nsecret_file = \"secret\"\naccount_field = \"user\"\ntime_field = \"time\"\ntime_format = \"rfc3339\"\n{more}\n",
        moto.reader.0
    );
    for usual in [
        "prefix = \"logs/\"",
        "log = \"access-log-jsonl\"",
        "paths = [\"login.jsonl*\"]",
        "fields = { traffic = [\"time\", \"ip\"] }",
    ] {
        let field = usual.split(' ').next().unwrap();
        if !more
            .lines()
            .any(|line| line.starts_with(&format!("{field} ")))
        {
            text += &format!("{usual}\n");
        }
    }
    let context = Context {
        base_directory: place.path(),
    };
    let mut log = Log::open(
        &toml::from_str(&text).unwrap(),
        &context,
        lagrum_sources::registry,
    )?;
    let bucket = std::sync::Arc::get_mut(&mut log.bucket).unwrap();
    bucket.patience.pause = std::time::Duration::from_millis(1);
    bucket.page = 2;
    Ok(log)
}

/// What arrives: names, with bytes and second of change.
fn fetched(log: &Log) -> Result<BTreeMap<String, (Vec<u8>, i64)>, SourceError> {
    let cancelled = AtomicBool::new(false);
    log.read(run(&cancelled), &mut |reader, directory| {
        let _ = reader.probe();
        let files = std::fs::read_dir(directory).unwrap().map(|entry| {
            let entry = entry.unwrap();
            let second = entry.metadata().unwrap().mtime();
            let name = entry.file_name().into_string().unwrap();
            (name, (std::fs::read(entry.path()).unwrap(), second))
        });
        Ok(files.collect())
    })
}

#[test]
fn the_files_of_a_log_arrive_as_they_are_and_nothing_else_does() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let mut truth = BTreeMap::new();
    for number in 0..7 {
        let name = format!("login.jsonl.{number}");
        let bytes = vec![b'0' + number; usize::from(number) * 1000];
        moto.put("store", &format!("logs/{name}"), &bytes, LAST);
        truth.insert(
            name,
            (bytes, LAST.parse::<jiff::Timestamp>().unwrap().as_second()),
        );
    }
    for other in [
        "logs/",
        "logs/deeper/login.jsonl",
        "logs2/login.jsonl",
        "login.jsonl",
    ] {
        moto.put("store", other, b"another's", LAST);
    }
    assert_eq!(fetched(&log(&moto, moto.port, "").unwrap()).unwrap(), truth);
    log(&moto, moto.port, "").unwrap().probe().unwrap();

    // Half of it is none of it.
    let wire = Wire::to(
        moto.port,
        Box::new(|line, _| match line.contains("/logs/login.jsonl.5") {
            true => Deed::Changed(Box::new(|answer| answer.replace("5555", "5655"))),
            false => Deed::Pass,
        }),
    );
    let error = fetched(&log(&moto, wire.port, "").unwrap()).unwrap_err();
    assert!(
        error.to_string().contains("checksum") && error.class() == "damaged",
        "{error}"
    );
    // What no log calls a file could be anything.
    for odd in ["logs/login.jsonl ", "logs/räka", "logs/a&b"] {
        moto.put("store", odd, b"x", LAST);
        let error = fetched(&log(&moto, moto.port, "").unwrap()).unwrap_err();
        assert!(
            error.to_string().contains("no file of a log"),
            "{odd}: {error}"
        );
        moto.tell("remove", serde_json::json!({"bucket": "store", "key": odd}));
    }
}

#[test]
fn what_is_written_wrong_of_a_log_in_a_bucket_is_named_by_its_field() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    for (more, field) in [
        ("prefix = \"logs\"", "prefix"),
        ("log = \"maildir\"", "log"),
        ("log = \"access-log-none\"", "kind"),
        ("paths = [\"../login.jsonl\"]", "paths"),
        ("paths = []", "paths"),
        ("versions = true", "versions"),
        ("time_zone = \"UTC\"", "time_zone"),
    ] {
        let refused = log(&moto, moto.port, more).err().unwrap();
        assert!(
            refused.to_string().contains(&format!("field `{field}`")),
            "{more}: {refused}"
        );
    }
}
