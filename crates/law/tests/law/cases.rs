//! The case tables of all packs, and which rules they try.

use std::collections::BTreeSet;
use std::path::Path;

use lagrum_law::LawPacks;

use crate::common::LAW;
use crate::table::{judge, read_tables};

#[test]
fn each_rule_decides_one_demand_and_just_does_not_decide_another() {
    let packs = LawPacks::from_dir(Path::new(LAW)).unwrap();
    let tables = read_tables(Path::new(LAW)).unwrap();
    let judged = judge(&packs, &tables);
    assert!(judged.faults.is_empty(), "\n{}", judged.faults.join("\n"));

    let rules = packs.rules().map(|rule| rule.id.clone());
    let notices = packs.notices().rules().iter().map(|rule| rule.id.clone());
    let written: BTreeSet<String> = rules.chain(notices).collect();
    println!("{} rows in {} tables", judged.rows, tables.len());
    for pack in packs.packs() {
        let own: Vec<_> = packs
            .rules()
            .filter(|rule| rule.pack == pack.name)
            .collect();
        let tried = own.iter().filter(|rule| judged.tried.contains(&rule.id));
        println!(
            "{:9} {:3} of {:3} rules tried",
            pack.name,
            tried.count(),
            own.len()
        );
    }
    let untried: Vec<_> = written.difference(&judged.tried).collect();
    assert!(
        untried.is_empty(),
        "no case with a near miss tries {untried:#?}"
    );
    for pack in packs.packs() {
        assert!(
            tables.contains_key(&pack.name),
            "{} has no cases.toml",
            pack.name
        );
    }
}
