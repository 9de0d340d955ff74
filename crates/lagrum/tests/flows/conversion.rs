//! An opened package in the forms of other programs: each is read by a program that others wrote.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::{
    Demo, ended, files_below, identities, lagrum, released, scratch, sha256, shared,
};

/// The forms.
const FORMS: [&str; 5] = ["bagit", "ts-103-705", "ts-103-707", "case", "mbox"];

/// What the programs of others say of what was written.
fn read(form: &str, place: &Path, more: Option<&Path>) -> Option<Value> {
    let Some(python) = env::var_os("LAGRUM_READERS") else {
        println!("SKIPPED: no readers; dev/test installs them and sets LAGRUM_READERS");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flows/converted.py");
    let mut reader = Command::new(python);
    reader.arg(script).arg(form).arg(place).args(more);
    Some(ended(&mut reader).ok().json())
}

/// The packages of the demo, opened, each with its manifest.
fn opened(demo: &Demo, below: &Path) -> Vec<(PathBuf, Vec<Value>)> {
    let identities = identities(&demo.dir);
    let packages = released(&demo.dir).into_iter();
    let opened = packages.map(|one| {
        let to = below.join(&one.stem);
        let identity = &identities[one.mandate.recipient.key().unwrap().as_str()];
        let [package, identity, at, dir] =
            [&one.package, identity, &to, &demo.dir].map(|path| path.to_str().unwrap());
        lagrum([
            "open",
            package,
            "--identity",
            identity,
            "--to",
            at,
            "--dir",
            dir,
        ])
        .ok();
        let manifest = fs::read_to_string(to.join("manifest.jsonl")).unwrap();
        let lines = manifest
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        (to.clone(), lines.collect())
    });
    opened.collect()
}

fn convert(package: &Path, form: &str, out: &Path, demo: &Demo) -> crate::support::Ran {
    let [package, out, dir] = [package, out, &demo.dir].map(|path| path.to_str().unwrap());
    lagrum([
        "convert", package, "--to", form, "--out", out, "--dir", dir, "--json",
    ])
}

#[test]
fn other_programs_read_a_package_in_the_forms_that_they_know() {
    let demo = Demo::new();
    let scratch = scratch();
    let schemas = shared("exchange/etsi/103705-1.1.1");
    let (mut read_at_all, mut in_collections) = (0, 0);
    for (package, manifest) in opened(&demo, scratch.path()) {
        let of = |kind: &[&str]| {
            let lines = manifest.iter();
            let lines = lines.filter(|line| kind.contains(&line["kind"].as_str().unwrap()));
            lines.cloned().collect::<Vec<_>>()
        };
        let out = |form: &str| package.with_extension(form);
        for form in FORMS {
            convert(&package, form, &out(form), &demo).ok();
        }
        let Some(bag) = read("bagit", &out("bagit"), None) else {
            return;
        };
        assert_eq!(bag["files"], files_below(&package).len());
        let custody = read("case", &out("case"), None).unwrap();
        let mut digests: Vec<_> = manifest.iter().map(|line| line["sha256"].clone()).collect();
        digests.sort_by_key(ToString::to_string);
        assert_eq!(
            custody["hashes"],
            Value::from(digests),
            "{}",
            package.display()
        );
        // What Python's reader gives back has no end of its last line.
        let mailboxes = read("mbox", &out("mbox"), None).unwrap();
        let messages = of(&["message"]);
        let mut stored: Vec<_> = messages
            .iter()
            .map(|line| {
                let bytes = fs::read(package.join(line["path"].as_str().unwrap())).unwrap();
                let end = bytes.iter().rposition(|byte| *byte != b'\n');
                sha256(&bytes[..end.map_or(0, |end| end + 1)])
            })
            .collect();
        stored.sort();
        assert_eq!(
            mailboxes["messages"],
            Value::from(stored),
            "{}",
            package.display()
        );
        read_at_all += messages.len();
        let Some(schemas) = &schemas else { continue };
        let records = read("ts-103-705", &out("ts-103-705"), Some(schemas)).unwrap();
        let rows = of(&["records-json"]).into_iter().map(|line| {
            let text = fs::read_to_string(package.join(line["path"].as_str().unwrap())).unwrap();
            text.lines().count()
        });
        assert_eq!(records["rows"], rows.sum::<usize>());
        assert_eq!(records["files"], of(&["message", "object"]).len());
        assert_ne!(records["provider"], "");
        let of_mail = shared("exchange/etsi/103707-1.6.1").expect("it lies beside the other");
        let collection = read("ts-103-707", &out("ts-103-707"), Some(&of_mail)).unwrap();
        let dated = messages.iter().filter(|line| !line["dated"].is_null());
        let mut dated: Vec<_> = dated.map(of_manifest).collect();
        dated.sort();
        in_collections += dated.len();
        assert_eq!(collection["messages"], serde_json::json!(dated));
    }
    assert!(read_at_all > 10, "{read_at_all}");
    assert!(schemas.is_none() || in_collections > 10, "{in_collections}");
}

/// A message of the manifest: its SHA-256, and its instant as ETSI writes it.
fn of_manifest(line: &Value) -> [String; 2] {
    let at: jiff::Timestamp = line["dated"].as_str().unwrap().parse().unwrap();
    [
        line["sha256"].as_str().unwrap().to_owned(),
        format!("{at:.6}"),
    ]
}

#[test]
fn of_a_package_that_was_changed_nothing_is_converted() {
    let demo = Demo::new();
    let scratch = scratch();
    let (package, manifest) = opened(&demo, scratch.path()).remove(0);
    let out = scratch.path().join("out");
    let item = package.join(manifest[0]["path"].as_str().unwrap());
    let mut bytes = fs::read(&item).unwrap();
    bytes[0] ^= 1;
    fs::write(&item, bytes).unwrap();
    for form in FORMS {
        let ran = convert(&package, form, &out, &demo);
        assert_ne!(ran.code, Some(0), "{form}: {}", ran.out);
        assert!(!out.exists(), "{form}");
        let left = fs::read_dir(scratch.path()).unwrap();
        let left = left.filter(|one| {
            let name = one.as_ref().unwrap().file_name();
            name.to_string_lossy().starts_with(".lagrum")
        });
        assert_eq!(left.count(), 0, "{form}");
    }
}
