//! Small wrong changes to the law, each of which a case table must catch.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use lagrum_law::LawPacks;
use serde::Deserialize;

use crate::common::{LAW, copy_folder};
use crate::table::{Table, judge_until_fault, read_tables};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mutations {
    mutation: Vec<Mutation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mutation {
    rule: Option<String>,
    file: Option<String>,
    what: String,
    from: String,
    to: String,
    caught_by: CaughtBy,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CaughtBy {
    Cases,
    Proof,
}

/// The file in which a rule stands, and the place of its text there.
fn place_of(rule: &str) -> (String, std::ops::Range<usize>) {
    let pack = rule.split('.').next().unwrap();
    for entry in fs::read_dir(Path::new(LAW).join(pack)).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "cedar")
        {
            let text = fs::read_to_string(&path).unwrap();
            if let Some(start) = text.find(&format!("@id(\"{rule}\")")) {
                let end = text[start + 1..]
                    .find("@id(")
                    .map_or(text.len(), |at| start + 1 + at);
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                return (format!("{pack}/{name}"), start..end);
            }
        }
    }
    panic!("no rule `{rule}`: mutations.toml names rules that exist");
}

impl Mutation {
    /// The file that is changed, and its text afterwards.
    fn made(&self) -> (String, String) {
        let (file, range) = match (&self.rule, &self.file) {
            (Some(rule), None) => place_of(rule),
            (None, Some(file)) => {
                let text = fs::read_to_string(Path::new(LAW).join(file)).unwrap();
                (file.clone(), 0..text.len())
            }
            _ => panic!("`{}`: write `rule` or `file`", self.what),
        };
        let text = fs::read_to_string(Path::new(LAW).join(&file)).unwrap();
        let part = &text[range.clone()];
        assert!(
            part.contains(&self.from),
            "`{}`: {file} has no `{}`",
            self.what,
            self.from
        );
        let changed = part.replacen(&self.from, &self.to, 1);
        (
            file,
            format!("{}{changed}{}", &text[..range.start], &text[range.end..]),
        )
    }

    fn name(&self) -> String {
        let place = self.rule.as_ref().or(self.file.as_ref()).unwrap();
        format!("{place}: {}", self.what)
    }

    /// The first row of a case table that the change makes wrong. The table of the changed pack is
    /// asked first.
    fn caught(&self, tables: &BTreeMap<String, Table>) -> Option<String> {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(Path::new(LAW), copy.path());
        let (file, text) = self.made();
        fs::write(copy.path().join(&file), text).unwrap();
        let packs = LawPacks::from_dir(copy.path()).unwrap_or_else(|refused| {
            panic!("{}: a mutation is law that loads: {refused}", self.name())
        });
        let pack = file.split('/').next().unwrap();
        judge_until_fault(&packs, tables, pack)
    }
}

/// The mutations that are not caught as `mutations.toml` says.
fn misjudged(mutations: &[Mutation], tables: &BTreeMap<String, Table>) -> Vec<String> {
    let mut wrong = Vec::new();
    for mutation in mutations {
        let name = mutation.name();
        match (mutation.caught_by, mutation.caught(tables)) {
            (CaughtBy::Cases, None) => wrong.push(format!("not caught: {name}")),
            (CaughtBy::Proof, Some(row)) => wrong.push(format!(
                "a case catches it, so write `caught_by = \"cases\"`: {name}: {row}"
            )),
            (CaughtBy::Cases, Some(row)) => println!("{name}: caught by {row}"),
            (CaughtBy::Proof, None) => println!("{name}: left to a proof"),
        }
    }
    wrong
}

#[test]
fn each_small_wrong_change_is_caught_by_a_case_or_left_to_a_proof() {
    let text = fs::read_to_string(Path::new(LAW).join("mutations.toml")).unwrap();
    let mutations: Mutations = toml::from_str(&text).unwrap();
    let tables = read_tables(Path::new(LAW)).unwrap();
    // Two at a time: each loads all packs anew.
    let (first, second) = mutations.mutation.split_at(mutations.mutation.len() / 2);
    let mut wrong = std::thread::scope(|scope| {
        let other = scope.spawn(|| misjudged(second, &tables));
        let mut wrong = misjudged(first, &tables);
        wrong.extend(other.join().unwrap());
        wrong
    });
    wrong.sort();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let by_cases = mutations
        .mutation
        .iter()
        .filter(|m| m.caught_by == CaughtBy::Cases);
    assert!(by_cases.count() >= 20);
}
