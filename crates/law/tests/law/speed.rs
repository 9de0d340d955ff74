//! How long loading and finding take. Prints and judges nothing: `cargo test -p lagrum-law --release --test speed -- --nocapture`.

use std::time::Instant;

use crate::common::*;
use lagrum_law::LawPacks;
use lagrum_model::{Category, IssuerKind};

#[test]
fn loading_and_finding_are_timed() {
    let start = Instant::now();
    let packs = LawPacks::embedded().unwrap();
    let loaded = start.elapsed();
    let start = Instant::now();
    let law = packs.in_force(TODAY).unwrap();
    let in_force = start.elapsed();

    let bases = [
        new_york_warrant(),
        us_subpoena(),
        section_75_order(),
        swedish_court_decision(),
        danish_court_order(),
        german_production_order(IssuerKind::Prosecutor),
    ];
    let holdings: Vec<_> = ["US", "IE", "SE"]
        .into_iter()
        .flat_map(|place| Category::ALL.map(|category| holding(category, place)))
        .collect();
    let start = Instant::now();
    let mut found = 0_u32;
    let rounds = if cfg!(debug_assertions) { 2 } else { 200 };
    for _ in 0..rounds {
        for basis in &bases {
            for holding in &holdings {
                find(&law, basis, holding);
                found += 1;
            }
        }
    }
    let each = start.elapsed() / found;
    println!(
        "{} rules: loaded in {loaded:?}, in force in {in_force:?}, {each:?} for each finding \
         ({:.0} findings a second)",
        law.rules().count(),
        1.0 / each.as_secs_f64()
    );
}
