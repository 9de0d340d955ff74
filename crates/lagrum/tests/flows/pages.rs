//! The pages for readers keep their word: links lead somewhere, commands exist, and what is marked
//! to be run is run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{ended, entries, files_below, lagrum, name, now, program, scratch};

fn repository() -> PathBuf {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    crates.canonicalize().expect("the workspace")
}

/// Every page for readers, with its text.
fn pages() -> Vec<(PathBuf, String)> {
    let root = repository();
    let mut files = entries(&root);
    for folder in ["docs", "law"] {
        files.extend(files_below(&root.join(folder)));
    }
    files
        .into_iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "md"))
        .map(|file| {
            let text = fs::read_to_string(&file).expect("a page");
            (file, text)
        })
        .collect()
}

/// The fenced blocks of a page: what stands after the fence, and the lines.
fn blocks(text: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            let body: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
            found.push((kind.trim(), body.join("\n")));
        }
    }
    found
}

/// The text without its fenced blocks.
fn prose(text: &str) -> String {
    let mut inside = false;
    let lines = text.lines().filter(|line| {
        let fence = line.starts_with("```");
        inside ^= fence;
        !fence && !inside
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_link_between_the_pages_leads_to_a_file() {
    let mut links = 0;
    for (page, text) in pages() {
        for target in prose(&text).split("](").skip(1) {
            let target = target.split(')').next().unwrap_or_default();
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains("://") || path.starts_with("mailto:") {
                continue;
            }
            let file = page.parent().expect("a folder").join(path);
            assert!(file.exists(), "{}: {target}", page.display());
            links += 1;
        }
    }
    assert!(links > 30, "{links}");
}

#[test]
fn every_place_in_the_code_that_contributors_are_sent_to_is_there() {
    let root = repository();
    let text = fs::read_to_string(root.join("CONTRIBUTING.md")).expect("the page");
    let mut places = 0;
    for span in prose(&text).split('`').skip(1).step_by(2) {
        if ["crates/", "docs/", "law/", "fuzz/", "dev/"]
            .iter()
            .any(|start| span.starts_with(start))
        {
            assert!(root.join(span).exists(), "CONTRIBUTING.md: {span}");
            places += 1;
        }
    }
    assert!(places > 10, "{places}");
}

/// A command line that a page shows, as words: from `lagrum` on, to the end of the command.
fn shown_commands(text: &str) -> Vec<Vec<String>> {
    let mut shown = Vec::new();
    for (kind, body) in blocks(text) {
        if kind != "sh" && !kind.starts_with("sh ") {
            continue;
        }
        for line in body.replace("\\\n", " ").lines() {
            let line = line.split(" #").next().unwrap_or_default();
            let line = line.replace("cargo run -- ", "lagrum ");
            shown.push(line);
        }
    }
    for span in prose(text).split('`').skip(1).step_by(2) {
        shown.push(span.replace('\n', " "));
    }
    shown
        .iter()
        .filter_map(|line| line.trim().strip_prefix("lagrum "))
        .map(|rest| rest.split_whitespace().map(str::to_owned).collect())
        .collect()
}

#[test]
fn every_command_that_a_page_shows_exists_with_its_options() {
    let mut help_of: BTreeMap<Vec<String>, Option<String>> = BTreeMap::new();
    let mut help = |words: &[String]| {
        help_of
            .entry(words.to_vec())
            .or_insert_with(|| {
                let ran = lagrum(words.iter().map(String::as_str).chain(["--help"]));
                (ran.code == Some(0)).then_some(ran.out)
            })
            .clone()
    };
    let mut checked = 0;
    for (page, text) in pages() {
        for words in shown_commands(&text) {
            // Options that stand before the command are those of every command.
            let mut at = 0;
            while words.get(at).is_some_and(|word| word.starts_with("--")) {
                at += if words[at] == "--json" { 1 } else { 2 };
            }
            let Some(first) = words.get(at) else { continue };
            let line = words.join(" ");
            let wrong = |why: &str| panic!("{}: lagrum {line}: {why}", page.display());
            let mut command = vec![first.clone()];
            let Some(mut described) = help(&command) else {
                wrong("there is no such command")
            };
            for deeper in 1..=2 {
                if described.contains("\nCommands:\n")
                    && let Some(next) = words.get(at + deeper)
                    && next.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                {
                    command.push(next.clone());
                    let Some(text) = help(&command) else {
                        wrong("there is no such command")
                    };
                    described = text;
                }
            }
            for word in &words {
                let option = word.split('=').next().unwrap_or_default();
                if option.starts_with("--") && option.len() > 2 {
                    let known = described
                        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
                        .any(|found| found == option);
                    if !known {
                        wrong(&format!("it has no option {option}"));
                    }
                }
            }
            checked += 1;
        }
    }
    assert!(checked > 30, "{checked}");
}

/// Runs what each page marks with `sh run`, block after block, in a directory of its own, where the
/// examples lie as they do in the repository.
#[test]
fn what_a_page_marks_to_be_run_runs_as_printed() {
    let root = repository();
    let year = now().to_string()[..4].to_owned();
    let mut ran = 0;
    for (page, text) in pages() {
        let blocks: Vec<_> = blocks(&text)
            .into_iter()
            .filter(|(kind, _)| *kind == "sh run")
            .map(|(_, body)| body)
            .collect();
        if blocks.is_empty() {
            continue;
        }
        let place = scratch();
        let copied = ended(
            Command::new("cp")
                .arg("-r")
                .args(["docs", "law"].map(|folder| root.join(folder)))
                .arg(place.path()),
        );
        assert_eq!(copied.code, Some(0), "{}", copied.err);
        // A case bears the year in which it was opened.
        let script = format!("set -euo pipefail\n{}\n", blocks.join("\n"))
            .replace("2026-0001", &format!("{year}-0001"));
        let bin = Path::new(env!("CARGO_BIN_EXE_lagrum"))
            .parent()
            .expect("a folder");
        let path = std::env::var("PATH").unwrap_or_default();
        let mut shell = program_environment(Command::new("bash"));
        shell
            .args(["-c", &script])
            .current_dir(place.path())
            .env("PATH", format!("{}:{path}", bin.display()));
        let done = ended(&mut shell);
        assert_eq!(
            done.code,
            Some(0),
            "{}:\n{script}\n{}\n{}",
            name(&page),
            done.out,
            done.err
        );
        ran += blocks.len();
    }
    assert!(ran > 0, "no page marks anything to be run");
}

/// The environment that says nothing to the program.
fn program_environment(mut command: Command) -> Command {
    for (variable, _) in program().get_envs().filter(|(_, value)| value.is_none()) {
        command.env_remove(variable);
    }
    command
}
