//! What is proved of the packs that are compiled in, and that wrong changes to them are caught.
//! Needs the solver cvc5; without it these tests say so and prove nothing.

#![cfg(feature = "solver")]
#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

mod compared;
mod mutations;
mod needless;
mod promise;

use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use lagrum_law::{LawPacks, Question};
use lagrum_model::{AccountIdentifier, Demand, Finding, Holding};
use lagrum_prove::{Counterexample, Options, Outcome, Report, prove};

const LAW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../law");
const TODAY: Date = date(2026, 11, 21);

/// Proves the invariants alone, of all packs together.
fn together(day: Date) -> Options {
    Options {
        each_pack: false,
        each_rule: false,
        useless: false,
        ..Options::new(day)
    }
}

/// `None`, after a plain word, where the solver is not installed.
fn proved(packs: &LawPacks, against: Option<&LawPacks>, options: &Options) -> Option<Report> {
    match prove(packs, against, options) {
        Ok(report) => Some(report),
        Err(lagrum_prove::ProveError::NoSolver { program, .. }) => {
            println!("SKIPPED: the solver {program} is not here (Debian package cvc5)");
            None
        }
        Err(other) => panic!("{other}"),
    }
}

/// A copy of the packs with one text exchanged.
fn changed(file: &str, from: &str, to: &str) -> tempfile::TempDir {
    changed_in(&[(file, from, to)])
}

/// A copy of the packs with a text exchanged in each of these files.
fn changed_in(changes: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new(LAW), folder.path());
    for (file, from, to) in changes {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no `{from}`");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The invariants that do not hold, each with its counterexample.
fn refuted(report: &Report) -> Vec<(&str, &Counterexample)> {
    let refuted = report
        .checks
        .iter()
        .filter_map(|check| match &check.outcome {
            Outcome::Refuted { counterexample } => {
                Some((check.property.id.as_str(), counterexample.as_ref()))
            }
            Outcome::Proved { .. } => None,
            Outcome::Undecided { why } => panic!("{}: {why}", check.property.id),
        });
    refuted.collect()
}

/// Reads a counterexample back from the files that are printed, and applies the law to it.
fn read_back(found: &Counterexample, packs: &LawPacks) -> Finding {
    let demand = Demand::parse(found.demand_file().as_bytes()).expect("a demand file");
    assert_eq!(demand, found.demand);
    let holding: Holding = toml::from_str(&found.holding_file()).expect("a holding file");
    let basis = found.basis();
    let named = AccountIdentifier::try_from(demand.parts[0].identifiers[0].clone()).is_ok();
    let law = packs.in_force(found.as_of).unwrap();
    let law = law.only(|rule| found.packs.is_empty() || found.packs.contains(&rule.pack));
    law.find(&Question {
        basis: &basis,
        holding: &holding,
        named,
        period: demand.parts[0].period,
        sub_categories: &demand.parts[0].sub_categories,
    })
    .unwrap()
}
