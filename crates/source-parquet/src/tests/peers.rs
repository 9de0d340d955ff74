//! Files of other programs (pyarrow, DuckDB, fastparquet), and ours as pyarrow reads them.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{lines, period, place, searched_at};

/// What the other programs are run by.
fn python() -> Option<OsString> {
    let python = env::var_os("LAGRUM_COLUMNS");
    if python.is_none() {
        println!("SKIPPED: no pyarrow; dev/test installs it and sets LAGRUM_COLUMNS");
    }
    python
}

fn ran(python: &OsString, arguments: &[&str], zone: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/peers.py");
    let ran = Command::new(python)
        .arg(script)
        .args(arguments)
        .env("TZ", zone)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    String::from_utf8(ran.stdout).unwrap()
}

fn values(text: &str) -> Vec<Value> {
    let values = text.lines();
    values
        .map(|line| serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}")))
        .collect()
}

#[test]
fn what_other_programs_write_is_read_as_they_meant_it() {
    let Some(python) = python() else { return };
    let place = place();
    ran(
        &python,
        &["write", place.path().to_str().unwrap()],
        "Asia/Kathmandu",
    );
    let mut count = 0;
    let mut files: Vec<_> = fs::read_dir(place.path())
        .unwrap()
        .map(|one| one.unwrap().path())
        .collect();
    files.sort();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|is| is == "parquet"))
    {
        let found = lines(&fs::read(file).unwrap());
        let found = found.unwrap_or_else(|why| panic!("{}: {why}", file.display()));
        let truth = fs::read_to_string(file.with_extension("jsonl")).unwrap();
        for (number, (found, truth)) in values(&found).iter().zip(values(&truth)).enumerate() {
            assert_eq!(*found, truth, "{} row {number}", file.display());
        }
        assert_eq!(
            found.lines().count(),
            truth.lines().count(),
            "{}",
            file.display()
        );
        count += 1;
    }
    assert!(count >= 30, "{count} files");
}

#[test]
fn a_page_whose_checksum_is_not_its_own_is_damaged() {
    let Some(python) = python() else { return };
    let place = place();
    ran(
        &python,
        &["checksum", place.path().to_str().unwrap()],
        "UTC",
    );
    let bytes = fs::read(place.path().join("a.parquet")).unwrap();
    let found = bytes
        .windows(8)
        .position(|part| part == b"findable")
        .unwrap();
    lines(&bytes).unwrap();
    let mut changed = bytes;
    changed[found] = b'F';
    let why = lines(&changed).unwrap_err();
    assert!(why.contains("checksum"), "{why}");
}

#[test]
fn an_encrypted_file_is_refused_however_its_footer_is_kept() {
    let Some(python) = python() else { return };
    let place = place();
    ran(
        &python,
        &["encrypted", place.path().to_str().unwrap()],
        "UTC",
    );
    for name in ["footer", "plain-footer"] {
        let bytes = fs::read(place.path().join(format!("{name}.parquet"))).unwrap();
        let why = lines(&bytes).unwrap_err();
        assert!(why.contains("encrypted"), "{name}: {why}");
    }
}

#[test]
fn nothing_of_a_period_is_missed_and_nothing_is_over_in_three_zones() {
    let Some(python) = python() else { return };
    for zone in ["UTC", "Europe/Stockholm", "America/St_Johns"] {
        let place = place();
        let said = ran(
            &python,
            &["log", place.path().to_str().unwrap(), zone],
            zone,
        );
        let truth: Value = serde_json::from_str(&said).unwrap();
        let wanted = |what: &str| -> Vec<String> {
            let all = truth[what].as_array().unwrap().iter();
            all.map(|one| one.as_str().unwrap().to_owned()).collect()
        };
        let more = format!("zone = \"{zone}\"\nfields.traffic = [\"time\", \"n\"]");
        let march = period("2026-10-01T00:00:00Z", "2026-10-25T00:45:00Z");
        let mut run = super::run();
        run.now = "2027-01-01T00:00:00Z".parse().unwrap();
        let (_, taken) =
            searched_at(place.path(), &more, "alder@kvist.example", march, run).unwrap();
        let places: Vec<_> = taken
            .records
            .iter()
            .map(|(place, _)| place.clone())
            .collect();
        assert_eq!(places, wanted("inside"), "{zone}");
        assert!(places.len() > 50);
        let reviews: Vec<_> = taken
            .reviews
            .iter()
            .map(|(place, ..)| place.clone())
            .collect();
        assert_eq!(reviews, wanted("unclear"), "{zone}");
    }
}
