//! The register of attacks and of odd stores, `docs/attacks.toml`: each kind has three members at
//! least, each of which is a test that runs; and each sentence of SECURITY.md has a test that shows it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::support::entries;

/// The original, and two further ones.
const LEAST: usize = 3;

/// `docs/attacks.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Register {
    attack: Vec<Kind>,
    store: Vec<Kind>,
    sentence: Vec<Sentence>,
    limit: Vec<Limit>,
}

/// A kind of attack, or of odd store.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    kind: String,
    is: String,
    tests: Vec<String>,
}

/// A sentence of SECURITY.md that holds, by its number.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    number: usize,
    tests: Vec<String>,
}

/// Something against which SECURITY.md does not protect, by its first words: tests that show how far it
/// goes, or why none can.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    begins: String,
    #[serde(default)]
    tests: Vec<String>,
    no_test: Option<String>,
}

fn repository() -> PathBuf {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    crates.canonicalize().expect("the workspace")
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn register() -> Register {
    toml::from_str(&read("docs/attacks.toml")).unwrap_or_else(|e| panic!("docs/attacks.toml: {e}"))
}

/// What is wrong with a test that the register names: `path/to/file.rs::function`, or the folder of a
/// store case.
fn fault(named: &str) -> Option<String> {
    let Some((file, function)) = named.split_once("::") else {
        let case = repository().join(named);
        let there = named.starts_with("crates/lagrum/tests/store-cases/")
            && case.join("expected.txt").is_file()
            && case.join("case.toml").is_file();
        return (!there).then(|| format!("{named}: there is no such case"));
    };
    let Ok(text) = fs::read_to_string(repository().join(file)) else {
        return Some(format!("{named}: there is no such file"));
    };
    is_run(&text, function)
        .err()
        .map(|why| format!("{named}: {why}"))
}

/// Whether `function` is a test in `text`, and one that runs.
fn is_run(text: &str, function: &str) -> Result<(), &'static str> {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let begins = format!("fn {function}(");
    let declares = |line: &&str| {
        line.strip_prefix("async ")
            .unwrap_or(line)
            .starts_with(&begins)
    };
    let Some(at) = lines.iter().position(declares) else {
        return Err("there is no such function");
    };
    let attributes = lines[..at].iter().rev();
    let above = attributes.take_while(|line| line.starts_with("#[") || line.starts_with("//"));
    let above: Vec<_> = above.collect();
    if above.iter().any(|line| line.starts_with("#[ignore")) {
        return Err("it is ignored");
    }
    if !above.iter().any(|line| **line == "#[test]") {
        return Err("it is no test");
    }
    Ok(())
}

/// The points of a section of SECURITY.md, each as one line.
fn points(section: &str, begins: impl Fn(&str) -> bool) -> Vec<String> {
    let text = read("SECURITY.md");
    let (_, after) = text.split_once(&format!("## {section}\n")).expect(section);
    let body = after.split_once("\n## ").map_or(after, |(body, _)| body);
    let mut points: Vec<String> = Vec::new();
    for line in body.lines() {
        if begins(line) {
            points.push(line.to_owned());
        } else if let (Some(last), true) = (points.last_mut(), line.starts_with("  ")) {
            last.push(' ');
            last.push_str(line.trim());
        }
    }
    points
}

#[test]
fn each_kind_of_attack_and_of_odd_store_has_members_that_run() {
    let register = register();
    assert!(register.attack.len() >= 17 && register.store.len() >= 23);
    let mut wrong = Vec::new();
    let mut kinds = BTreeSet::new();
    for kind in register.attack.iter().chain(&register.store) {
        let Kind { kind, is, tests } = kind;
        if !kinds.insert(kind) {
            wrong.push(format!("{kind}: stands there twice"));
        }
        if !is.ends_with(['.', ')']) {
            wrong.push(format!("{kind}: says in no sentence what it is"));
        }
        let distinct: BTreeSet<_> = tests.iter().collect();
        if distinct.len() < LEAST || distinct.len() < tests.len() {
            wrong.push(format!("{kind}: {LEAST} different members at least"));
        }
        wrong.extend(tests.iter().filter_map(|test| fault(test)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn each_store_case_is_of_a_kind() {
    let register = register();
    let named: BTreeSet<_> = register
        .store
        .iter()
        .flat_map(|kind| &kind.tests)
        .map(String::as_str)
        .collect();
    let folder = "crates/lagrum/tests/store-cases";
    let cases = entries(&repository().join(folder)).into_iter();
    let without: Vec<_> = cases
        .filter(|case| case.is_dir())
        .map(|case| format!("{folder}/{}", crate::support::name(&case)))
        .filter(|case| !named.contains(case.as_str()))
        .collect();
    assert!(without.is_empty(), "of no kind:\n{}", without.join("\n"));
}

#[test]
fn each_sentence_of_the_security_page_has_a_test_that_shows_it() {
    let register = register();
    let numbered = |line: &str| {
        line.split_once(". ")
            .is_some_and(|(n, _)| n.parse::<usize>().is_ok())
    };
    let sentences = points("What we hold to be true", numbered);
    let mut wrong = Vec::new();
    let numbers: Vec<_> = register.sentence.iter().map(|one| one.number).collect();
    assert_eq!(numbers, (1..=sentences.len()).collect::<Vec<_>>());
    for (sentence, shown) in sentences.iter().zip(&register.sentence) {
        let named = sentence.contains(".rs`") || sentence.contains(".rs:");
        if !named && !sentence.contains("/tests/") && !sentence.contains("fuzz/tests") {
            wrong.push(format!("names no test itself: {sentence}"));
        }
        if shown.tests.is_empty() {
            wrong.push(format!("no test shows: {sentence}"));
        }
        wrong.extend(shown.tests.iter().filter_map(|test| fault(test)));
    }
    let limits = points("What we do not protect against", |line| {
        line.starts_with("- ")
    });
    assert_eq!(limits.len(), register.limit.len(), "{limits:#?}");
    for (limit, known) in limits.iter().zip(&register.limit) {
        if !limit[2..].starts_with(&known.begins) {
            wrong.push(format!("{} is not how this begins: {limit}", known.begins));
        }
        if known.tests.is_empty() == known.no_test.is_none() {
            wrong.push(format!("a test, or why there is none: {limit}"));
        }
        wrong.extend(known.tests.iter().filter_map(|test| fault(test)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_test_that_is_gone_or_ignored_is_found_out() {
    let text =
        "#[test]\nfn runs() {}\n#[test]\n#[ignore = \"slow\"]\nfn rests() {}\nfn helps() {}\n";
    assert_eq!(is_run(text, "runs"), Ok(()));
    assert_eq!(is_run(text, "rests"), Err("it is ignored"));
    assert_eq!(is_run(text, "helps"), Err("it is no test"));
    assert_eq!(is_run(text, "gone"), Err("there is no such function"));
    assert!(fault("crates/lagrum/tests/store-cases/no-such-store").is_some());
    assert!(fault("crates/lagrum/src/no_such_file.rs::gone").is_some());
}
