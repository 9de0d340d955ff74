//! The rooms of the house: who may depend on whom, and how large a file may grow.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{ended, files_below};

/// The order of the rooms. Each depends only on rooms before it.
const ORDER: [&str; 59] = [
    "lagrum-model",
    "lagrum-release-model",
    "lagrum-telemetry",
    "lagrum-durable",
    "lagrum-guest",
    "lagrum-confine",
    "lagrum-accounts",
    "lagrum-access",
    "lagrum-notes",
    "lagrum-law",
    "lagrum-blocks",
    "lagrum-paper",
    "lagrum-workbook",
    "lagrum-prove",
    "lagrum-log",
    "lagrum-cards",
    "lagrum-inference",
    "lagrum-figures",
    "lagrum-published",
    "lagrum-statistics",
    "lagrum-store",
    "lagrum-store-sqlite",
    "lagrum-store-postgres",
    "lagrum-mandate",
    "lagrum-transport",
    "lagrum-source",
    "lagrum-sources",
    "lagrum-https",
    "lagrum-objects",
    "lagrum-packages",
    "lagrum-packages-s3",
    "lagrum-ldap",
    "lagrum-source-imap",
    "lagrum-source-jmap",
    "lagrum-source-parquet",
    "lagrum-source-program",
    "lagrum-source-s3",
    "lagrum-source-sql",
    "lagrum-openpgp",
    "lagrum-cms",
    "lagrum-certificate",
    "lagrum-package",
    "lagrum-conversion",
    "lagrum-production",
    "lagrum-documents",
    "lagrum-site",
    "lagrum-agent",
    "lagrum-desk",
    "lagrum-pictures",
    "lagrum-mailbox",
    "lagrum-outgoing",
    "lagrum-openid",
    "lagrum-serving",
    "lagrum-public",
    "lagrum-exchange",
    "lagrum-web",
    "lagrum-setup",
    "lagrum-demo",
    "lagrum",
];

/// The most lines that a file of the program may have.
const LONGEST: usize = 700;

pub fn workspace() -> &'static Path {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    crates
        .and_then(Path::parent)
        .expect("the crate lies in the workspace")
}

pub fn cargo(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(workspace())
        .args(arguments)
        .args(["--offline", "--locked"]);
    ended(&mut command).ok().out
}

#[test]
fn the_data_side_does_not_depend_on_the_desk() {
    let tree = cargo(&[
        "tree",
        "-p",
        "lagrum-agent",
        "-e",
        "normal",
        "--prefix",
        "none",
    ]);
    assert!(tree.contains("lagrum-mandate v"), "{tree}");
    for wrong in ["lagrum-desk", "lagrum-web", "lagrum-report"] {
        assert!(
            !tree.contains(wrong),
            "lagrum-agent depends on {wrong}:\n{tree}"
        );
    }
}

#[test]
fn each_room_depends_only_on_rooms_before_it() {
    let metadata: Value =
        serde_json::from_str(&cargo(&["metadata", "--format-version", "1", "--no-deps"])).unwrap();
    let crates = workspace().join("crates");
    let packages = metadata["packages"].as_array().unwrap().iter();
    let packages: Vec<_> = packages
        .filter(|package| {
            Path::new(package["manifest_path"].as_str().unwrap()).starts_with(&crates)
        })
        .collect();
    let place = |name: &str| {
        ORDER
            .iter()
            .position(|room| *room == name)
            .unwrap_or_else(|| panic!("{name} has no place in ORDER"))
    };
    let mut arrows = 0;
    for package in &packages {
        let name = package["name"].as_str().unwrap();
        for dependency in package["dependencies"].as_array().unwrap() {
            let on = dependency["name"].as_str().unwrap();
            if !on.starts_with("lagrum") || dependency["kind"] == "dev" {
                continue;
            }
            assert!(place(on) < place(name), "{name} depends on {on}");
            arrows += 1;
        }
    }
    assert_eq!(packages.len(), ORDER.len());
    assert!(arrows > 15, "{arrows}");
}

#[test]
fn no_file_is_too_long_and_none_is_unsafe() {
    let word = concat!("un", "safe");
    let mut files = 0;
    for file in files_below(&workspace().join("crates")) {
        if file.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.lines().count();
        assert!(
            lines <= LONGEST,
            "{}: {lines} lines; divide it",
            file.display()
        );
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let found = code
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|w| w == word);
            assert!(
                !found || code.contains('"'),
                "{}:{}: {line}",
                file.display(),
                number + 1
            );
        }
        files += 1;
    }
    assert!(files > 100, "{files}");
    let manifest = fs::read_to_string(workspace().join("Cargo.toml")).unwrap();
    assert!(manifest.contains(&format!("{word}_code = \"forbid\"")));
}

#[test]
fn every_room_keeps_the_workspace_s_lints() {
    for file in files_below(&workspace().join("crates")) {
        if file.ends_with("Cargo.toml") {
            let text = fs::read_to_string(&file).unwrap();
            assert!(
                text.contains("[lints]\nworkspace = true"),
                "{}",
                file.display()
            );
        }
    }
}

/// Words after `lagrum ` that name a command: what the program itself lists.
fn commands() -> Vec<String> {
    let help = Command::new(env!("CARGO_BIN_EXE_lagrum"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let listed = help
        .split("Commands:")
        .nth(1)
        .unwrap()
        .split("Options:")
        .next()
        .unwrap();
    // A command stands two characters in; what it does may go on below.
    let lines = listed.lines().filter_map(|line| line.strip_prefix("  "));
    let names = lines.filter_map(|line| line.split(' ').next().filter(|name| !name.is_empty()));
    let names: Vec<String> = names.map(str::to_owned).collect();
    assert!(
        names.len() > 40 && names.contains(&"to-sign".to_owned()),
        "{names:?}"
    );
    names
}

/// The commands that a text names, if it tells anybody to type one.
fn commands_in(text: &str, commands: &[String]) -> Vec<String> {
    let found = text.match_indices("lagrum ").filter_map(|(at, word)| {
        let next = text[at + word.len()..].split(|c: char| !c.is_ascii_alphabetic() && c != '-');
        let next = next.into_iter().next()?.trim_end_matches('-');
        commands
            .iter()
            .any(|one| one == next)
            .then(|| format!("lagrum {next}"))
    });
    found.collect()
}

#[test]
fn no_text_below_the_roof_names_a_command() {
    let commands = commands();
    assert_eq!(
        commands_in(
            "first `lagrum assess`, then lagrum to-sign 1; lagrum is a word",
            &commands
        ),
        ["lagrum assess", "lagrum to-sign"]
    );
    let mut wrong = Vec::new();
    let mut files = 0;
    for room in fs::read_dir(workspace().join("crates")).unwrap() {
        let room = room.unwrap().path();
        if room.ends_with("lagrum") || room.ends_with("demo") {
            continue;
        }
        for folder in ["src", "locales"] {
            if !room.join(folder).exists() {
                continue;
            }
            for file in files_below(&room.join(folder)) {
                let ends = |ending: &str| file.extension().is_some_and(|have| have == ending);
                if !ends("rs") && !ends("ftl") {
                    continue;
                }
                files += 1;
                for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
                    // What a comment says is for the people who build it.
                    let code = line.split("//").next().unwrap_or_default();
                    // Nor is anybody shown what a digest begins with.
                    let code = code.split("b\"").next().unwrap_or_default();
                    for command in commands_in(code, &commands) {
                        wrong.push(format!("{}:{}: {command}", file.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(files > 150, "{files}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Whoever can write into a bucket: the place for sealed packages, and the room that makes it.
#[test]
fn only_the_place_for_packages_can_write_into_a_bucket() {
    let mut writers = BTreeSet::new();
    for file in files_below(&workspace().join("crates")) {
        if file.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let named = text.contains("lagrum_objects");
        let word = |text: &str| {
            let is_part = |at: char| at.is_alphanumeric() || at == '_';
            text.split(|at| !is_part(at)).any(|word| word == "Writer")
        };
        let room = file
            .strip_prefix(workspace().join("crates"))
            .unwrap()
            .components()
            .next()
            .unwrap();
        if named && word(&text) {
            writers.insert(room.as_os_str().to_string_lossy().into_owned());
        }
    }
    writers.remove("lagrum");
    assert_eq!(writers.into_iter().collect::<Vec<_>>(), ["packages-s3"]);
}
