//! Which room may use which, arrow by arrow; and no two files that import each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::rooms::{cargo, workspace};
use crate::support::files_below;

/// Every arrow that may be drawn. What is not here is not allowed; what is here and not drawn is to be
/// taken out.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("release-model", &[]),
    ("durable", &[]),
    ("guest", &["durable"]),
    ("confine", &[]),
    ("accounts", &["durable", "guest", "model"]),
    ("telemetry", &[]),
    ("notes", &[]),
    ("law", &["durable", "model"]),
    ("blocks", &["model"]),
    ("paper", &["blocks"]),
    ("workbook", &[]),
    ("access", &["durable", "model"]),
    ("log", &["durable", "notes"]),
    ("cards", &[]),
    ("inference", &[]),
    (
        "figures",
        &["cards", "durable", "inference", "log", "model", "notes"],
    ),
    (
        "published",
        &[
            "blocks", "cards", "durable", "figures", "model", "paper", "workbook",
        ],
    ),
    ("statistics", &["figures", "model", "workbook"]),
    ("serving", &["durable"]),
    ("public", &["durable", "https", "log", "notes"]),
    (
        "exchange",
        &["durable", "https", "mandate", "model", "notes", "transport"],
    ),
    ("prove", &["law", "model"]),
    ("mandate", &["cards", "law", "log", "model", "notes"]),
    ("store", &["cards", "durable", "log", "model", "notes"]),
    ("store-sqlite", &["log", "model", "store"]),
    ("store-postgres", &["log", "model", "store"]),
    ("transport", &["durable", "mandate", "model", "notes"]),
    ("source", &["durable", "mandate", "model"]),
    (
        "sources",
        &["durable", "guest", "mandate", "model", "source"],
    ),
    (
        "source-imap",
        &["durable", "https", "mandate", "model", "source", "sources"],
    ),
    (
        "source-jmap",
        &["durable", "https", "mandate", "model", "source", "sources"],
    ),
    (
        "source-program",
        &[
            "confine", "durable", "mandate", "model", "source", "sources",
        ],
    ),
    ("source-parquet", &["model", "source", "sources"]),
    (
        "source-s3",
        &[
            "durable", "mandate", "model", "objects", "source", "sources",
        ],
    ),
    ("objects", &["durable", "https"]),
    ("packages", &["durable", "model"]),
    (
        "packages-s3",
        &["durable", "https", "model", "objects", "packages"],
    ),
    (
        "source-sql",
        &[
            "durable", "guest", "https", "mandate", "model", "source", "sources",
        ],
    ),
    (
        "package",
        &["cards", "durable", "log", "mandate", "model", "notes"],
    ),
    ("openpgp", &["model"]),
    ("cms", &["model"]),
    ("certificate", &["cms", "model", "openpgp"]),
    ("conversion", &["durable", "model", "package"]),
    (
        "production",
        &[
            "certificate",
            "durable",
            "mandate",
            "model",
            "notes",
            "package",
            "source",
        ],
    ),
    (
        "documents",
        &["blocks", "law", "mandate", "model", "package"],
    ),
    ("site", &["documents", "law", "log", "model", "published"]),
    (
        "desk",
        &[
            "access",
            "accounts",
            "cards",
            "certificate",
            "durable",
            "figures",
            "law",
            "log",
            "mandate",
            "model",
            "notes",
            "packages",
            "store",
            "transport",
        ],
    ),
    (
        "setup",
        &[
            "access",
            "desk",
            "durable",
            "log",
            "mandate",
            "model",
            "notes",
            "package",
            "packages",
            "packages-s3",
            "store",
            "store-postgres",
            "store-sqlite",
            "transport",
        ],
    ),
    (
        "web",
        &[
            "access",
            "desk",
            "documents",
            "durable",
            "law",
            "mandate",
            "model",
            "notes",
            "openid",
            "paper",
            "pictures",
            "serving",
            "store",
            "telemetry",
        ],
    ),
    ("mailbox", &["durable"]),
    ("https", &[]),
    ("ldap", &["durable", "https"]),
    ("outgoing", &["durable", "https", "model"]),
    ("openid", &["durable", "https"]),
    ("pictures", &["confine"]),
    (
        "agent",
        &[
            "accounts",
            "cards",
            "certificate",
            "confine",
            "documents",
            "durable",
            "figures",
            "https",
            "law",
            "ldap",
            "log",
            "mandate",
            "model",
            "notes",
            "package",
            "production",
            "source",
            "source-imap",
            "source-jmap",
            "source-parquet",
            "source-program",
            "source-s3",
            "source-sql",
            "sources",
            "transport",
        ],
    ),
];

/// The roof: it may use everything, and nothing may use it.
const ROOF: &[&str] = &["lagrum", "demo", "fuzz", "testkit"];

fn short(package: &str) -> &str {
    package.strip_prefix("lagrum-").unwrap_or(package)
}

#[test]
fn every_arrow_between_rooms_is_one_that_is_written_down() {
    let metadata: Value =
        serde_json::from_str(&cargo(&["metadata", "--format-version", "1", "--no-deps"])).unwrap();
    let mut drawn: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        let from = short(package["name"].as_str().unwrap()).to_owned();
        let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
        if manifest.starts_with(workspace().join("crates")) {
            let folder = manifest.parent().and_then(Path::file_name).unwrap();
            assert_eq!(folder, from.as_str(), "the folder has the room's name");
        }
        let to = drawn.entry(from).or_default();
        for dependency in package["dependencies"].as_array().unwrap() {
            let name = dependency["name"].as_str().unwrap();
            if name.starts_with("lagrum") && dependency["kind"] != "dev" {
                to.insert(short(name).to_owned());
            }
        }
    }
    let mut wrong = Vec::new();
    for (from, to) in &drawn {
        if ROOF.contains(&from.as_str()) {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(room, _)| room == from) else {
            wrong.push(format!("{from}: the room has no row"));
            continue;
        };
        for room in to.iter().filter(|room| !allowed.contains(&room.as_str())) {
            wrong.push(format!("{from} may not use {room}"));
        }
        for room in allowed.iter().filter(|room| !to.contains(**room)) {
            wrong.push(format!("{from} does not use {room} any more: take it out"));
        }
    }
    for (room, _) in ARROWS.iter().filter(|(room, _)| !drawn.contains_key(*room)) {
        wrong.push(format!("{room}: there is no such room"));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_package_is_verified_without_a_database_a_connector_or_the_desk() {
    let tree = cargo(&[
        "tree",
        "-p",
        "lagrum-package",
        "-e",
        "normal",
        "--prefix",
        "none",
    ]);
    assert!(tree.contains("lagrum-mandate v"), "{tree}");
    for wrong in [
        "rusqlite",
        "libsqlite3-sys",
        "zstd",
        "lagrum-source",
        "lagrum-desk",
        "lagrum-store",
        "postgres",
    ] {
        let found = tree.lines().find(|line| line.starts_with(wrong));
        assert_eq!(found, None);
    }
}

#[test]
fn what_is_made_for_tests_is_in_no_program_that_is_given_out() {
    let tree = |edges: &str| cargo(&["tree", "-p", "lagrum", "-e", edges, "--prefix", "none"]);
    let kit = |tree: &str| tree.contains("feature \"testing\"");
    assert!(
        kit(&tree("features")),
        "what is looked for has another name"
    );
    let given_out = tree("features,no-dev");
    assert!(!kit(&given_out), "{given_out}");
}

#[test]
fn desk_and_data_side_share_only_the_ports() {
    let below = |room: &str| -> BTreeSet<&str> {
        let mut all = BTreeSet::new();
        let mut next = vec![room];
        while let Some(room) = next.pop() {
            let row = ARROWS.iter().find(|(name, _)| *name == room);
            for to in row.map_or(&[][..], |(_, to)| to) {
                if all.insert(*to) {
                    next.push(to);
                }
            }
        }
        all
    };
    let (desk, agent) = (below("desk"), below("agent"));
    let shared: Vec<_> = desk.intersection(&agent).copied().collect();
    assert_eq!(
        shared,
        [
            "accounts",
            "cards",
            "certificate",
            "cms",
            "durable",
            "figures",
            "guest",
            "inference",
            "law",
            "log",
            "mandate",
            "model",
            "notes",
            "openpgp",
            "transport"
        ]
    );
    assert!(!desk.contains("agent") && !agent.contains("desk") && !agent.contains("store"));
}

/// The file in which a module of a crate stands.
fn modules(crate_folder: &Path) -> BTreeMap<Vec<String>, PathBuf> {
    let source = crate_folder.join("src");
    let files = files_below(&source).into_iter();
    let rust = files.filter(|file| file.extension().is_some_and(|end| end == "rs"));
    rust.filter_map(|file| {
        let inside = file.strip_prefix(&source).ok()?.with_extension("");
        let mut path: Vec<String> = inside
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        if let Some("lib" | "main" | "mod") = path.last().map(String::as_str) {
            path.pop();
        }
        Some((path, file))
    })
    .collect()
}

/// Each path that a `use` names, written out: `crate::a::{b, c::D}` gives two.
fn named(text: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for statement in statements(
        text,
        &["use ", "pub use ", "pub(crate) use ", "pub(super) use "],
    ) {
        spread(&statement, &[], &mut all);
    }
    all
}

/// What stands between one of these beginnings of a line and its semicolon.
fn statements(text: &str, beginnings: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines().map(str::trim) {
        let begins = || beginnings.iter().find_map(|word| line.strip_prefix(word));
        let piece = match &open {
            Some(_) => line,
            None => match begins() {
                Some(rest) => rest,
                None => continue,
            },
        };
        let mut so_far = open.take().unwrap_or_default();
        so_far.push_str(piece.trim_end_matches(';'));
        if piece.ends_with(';') {
            all.push(so_far);
        } else {
            open = Some(so_far);
        }
    }
    all
}

fn spread(text: &str, before: &[String], all: &mut Vec<Vec<String>>) {
    let text = text.trim();
    let Some(open) = text.find('{') else {
        let mut path = before.to_vec();
        let plain = text.split(" as ").next().unwrap_or(text);
        path.extend(plain.split("::").map(|part| part.trim().to_owned()));
        all.push(path);
        return;
    };
    let mut before = before.to_vec();
    let head = text[..open].trim().trim_end_matches("::");
    if !head.is_empty() {
        before.extend(head.split("::").map(|part| part.trim().to_owned()));
    }
    let inside = &text[open + 1..text.rfind('}').unwrap_or(text.len())];
    let (mut depth, mut from) = (0, 0);
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                spread(&inside[from..at], &before, all);
                from = at + 1;
            }
            _ => {}
        }
    }
    if !inside[from..].trim().is_empty() {
        spread(&inside[from..], &before, all);
    }
}

/// Which file of the crate each file takes something from. What a file only hands on (`pub use` of a
/// module below it) counts as the file where it stands.
fn imports(crate_folder: &Path) -> BTreeMap<PathBuf, BTreeSet<PathBuf>> {
    let modules = modules(crate_folder);
    let texts: BTreeMap<&Vec<String>, String> = modules
        .iter()
        .map(|(path, file)| {
            let text = fs::read_to_string(file).unwrap();
            // Tests may look at everything.
            let text = match text.find("#[cfg(test)]\nmod tests {") {
                Some(end) => text[..end].to_owned(),
                None => text,
            };
            let code: Vec<_> = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            (path, code.join("\n"))
        })
        .collect();
    let handed_on: BTreeMap<Vec<String>, BTreeMap<String, Vec<String>>> = texts
        .iter()
        .map(|(path, text)| {
            let mut names = BTreeMap::new();
            for statement in statements(text, &["pub use ", "pub(crate) use ", "pub(super) use "]) {
                let mut all = Vec::new();
                spread(&statement, &[], &mut all);
                for one in all {
                    let mut target = (*path).clone();
                    let inside = match one.first().map(String::as_str) {
                        Some("crate" | "super") | None => continue,
                        Some("self") => &one[1..],
                        _ => &one[..],
                    };
                    let Some((name, way)) = inside.split_last() else {
                        continue;
                    };
                    target.extend(way.iter().cloned());
                    if modules.contains_key(&target) && !way.is_empty() {
                        names.insert(name.clone(), target);
                    }
                }
            }
            ((*path).clone(), names)
        })
        .collect();
    let mut found: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
    for (path, text) in &texts {
        let file = modules[*path].clone();
        if file
            .components()
            .any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs")
        {
            continue;
        }
        let to = found.entry(file.clone()).or_default();
        for one in named(text) {
            let mut at: Vec<String> = match one.first().map(String::as_str) {
                Some("crate") => Vec::new(),
                Some("super") => path[..path.len().saturating_sub(1)].to_vec(),
                _ => continue,
            };
            let mut ended = false;
            for part in &one[1..] {
                if part == "super" {
                    at.pop();
                    continue;
                }
                let mut deeper = at.clone();
                deeper.push(part.clone());
                if modules.contains_key(&deeper) {
                    at = deeper;
                } else if let Some(target) = handed_on.get(&at).and_then(|names| names.get(part)) {
                    at = target.clone();
                    // What was handed on may be handed on again.
                    while let Some(next) = handed_on.get(&at).and_then(|names| names.get(part)) {
                        at = next.clone();
                    }
                    ended = true;
                } else {
                    ended = true;
                }
                if ended {
                    break;
                }
            }
            if let Some(target) = modules.get(&at).filter(|target| **target != file) {
                to.insert(target.clone());
            }
        }
    }
    found
}

#[test]
fn no_two_files_import_each_other_in_a_circle() {
    let mut circles = Vec::new();
    let (mut files, mut arrows) = (0, 0);
    for entry in fs::read_dir(workspace().join("crates")).unwrap() {
        let graph = imports(&entry.unwrap().path());
        files += graph.len();
        arrows += graph.values().map(BTreeSet::len).sum::<usize>();
        for start in graph.keys() {
            let mut seen = BTreeSet::new();
            let mut next: Vec<&PathBuf> = graph[start].iter().collect();
            while let Some(file) = next.pop() {
                if file == start {
                    circles.push(start.strip_prefix(workspace()).unwrap().to_owned());
                    break;
                }
                if seen.insert(file) {
                    next.extend(graph.get(file).into_iter().flatten());
                }
            }
        }
    }
    println!("{files} files, {arrows} arrows between them");
    assert!(files > 150 && arrows > 200, "{files} {arrows}");
    assert!(circles.is_empty(), "in a circle: {circles:#?}");
}
