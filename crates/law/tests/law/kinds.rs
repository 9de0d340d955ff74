//! Each kind of fault that was found has members beside the one that it was found by.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::common::LAW;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Register {
    kind: Vec<Kind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    name: String,
    says: String,
    example: String,
    members: Vec<String>,
}

/// What stands in the tables of cases.
struct Known {
    cases: BTreeSet<String>,
    rules: BTreeSet<String>,
}

fn known() -> Known {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/law-cases");
    let read = |file: &Path| -> toml::Table {
        let text = fs::read_to_string(file).unwrap();
        text.parse().unwrap()
    };
    let named = |table: &toml::Table, field: &str| -> Vec<String> {
        let rows = table.get("case").and_then(toml::Value::as_array);
        let rows = rows.into_iter().flatten();
        rows.filter_map(|row| Some(row.get(field)?.as_str()?.to_owned()))
            .collect()
    };
    let files = ["expected.toml", "members.toml"].map(|name| read(&here.join(name)));
    let cases = files.iter().flat_map(|file| named(file, "no")).collect();
    let mut rules = BTreeSet::new();
    for pack in fs::read_dir(LAW).unwrap() {
        let table = pack.unwrap().path().join("cases.toml");
        if table.is_file() {
            rules.extend(named(&read(&table), "rule"));
        }
    }
    Known { cases, rules }
}

/// Why a member is not there, if it is not.
fn missing(member: &str, known: &Known) -> Option<String> {
    if let Some(no) = member.strip_prefix("case ") {
        return (!known.cases.contains(no)).then(|| format!("there is no case `{no}`"));
    }
    if let Some(rule) = member.strip_prefix("rule ") {
        return (!known.rules.contains(rule)).then(|| format!("no table tries `{rule}`"));
    }
    let Some((path, name)) = member.split_once("::") else {
        return Some(format!("`{member}` is no case, rule or test"));
    };
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path);
    let Ok(text) = fs::read_to_string(&file) else {
        return Some(format!("there is no file {path}"));
    };
    let at = text.find(&format!("fn {name}()"));
    // Beneath `#[test]`, with nothing but attributes between.
    let tested = at.is_some_and(|at| {
        let before = &text[..at];
        let attributes = before.rfind("#[test]").map_or("", |from| &before[from..]);
        attributes.lines().all(|line| {
            let line = line.trim();
            let runs = !line.starts_with("#[ignore");
            line.is_empty() || (line.starts_with("#[") && runs) || line.starts_with("///")
        }) && !attributes.is_empty()
    });
    (!tested).then(|| format!("{path} has no test `{name}`"))
}

#[test]
fn each_kind_of_fault_has_three_members_beside_the_one_it_was_found_by() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/law-cases/kinds.toml");
    let register: Register = toml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let known = known();
    let mut faults = Vec::new();
    let mut names = BTreeSet::new();
    for kind in &register.kind {
        let mut fault = |why: String| faults.push(format!("{}: {why}", kind.name));
        if !names.insert(&kind.name) {
            fault("stands twice".into());
        }
        if kind.says.trim().is_empty() || kind.example.trim().is_empty() {
            fault("says nothing".into());
        }
        let mut others: BTreeSet<_> = kind.members.iter().collect();
        others.remove(&kind.example);
        if others.len() < 3 || others.len() != kind.members.len() {
            fault(format!(
                "has {} other members, each named once",
                others.len()
            ));
        }
        let example = kind.example.starts_with("case ").then_some(&kind.example);
        for why in others
            .into_iter()
            .chain(example)
            .filter_map(|one| missing(one, &known))
        {
            fault(why);
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(register.kind.len() >= 18);
}

/// A name that is nowhere is found out: else the register would prove nothing.
#[test]
fn a_member_that_is_not_there_is_told() {
    let known = known();
    for nowhere in [
        "case no/such",
        "rule no.such",
        "crates/law/tests/law/kinds.rs::no_such_test",
        "crates/law/tests/law/kinds.rs::known",
        "crates/law/tests/law/no_such_file.rs::known",
        "anything",
    ] {
        assert!(missing(nowhere, &known).is_some(), "{nowhere}");
    }
    let here = "crates/law/tests/law/kinds.rs::a_member_that_is_not_there_is_told";
    assert_eq!(missing(here, &known), None);
}
