//! How long it takes to look for what reports of full size tell. `dev/bench inference` runs it; it prints and judges
//! nothing.

#[path = "../src/random.rs"]
mod random;
#[path = "../src/tests/size.rs"]
mod size;

use std::time::Instant;

use lagrum_inference::{
    Effort, Hidden, Planned, Protected, Published, Seen, System, Worst, check, worst_case,
};

/// Countries, kinds of instrument, and whether accounts are told by each of them too.
const SIZES: [(usize, usize, bool); 2] = [(10, 20, false), (32, 16, true)];
/// The width of each band, and how wide a class has to stay.
const WIDTHS: [(i64, i64); 7] = [
    (10, 9),
    (1, 9),
    (1, 2),
    (10, 10),
    (10, 20),
    (100, 99),
    (1_000, 999),
];

fn main() {
    println!("of plans in bands of 10, before there is data:");
    SIZES.into_iter().for_each(plan);
    println!("of data:");
    for size in SIZES {
        for demands in [20, 1_200, 30_000] {
            data(size, demands);
        }
    }
}

fn plan((countries, instruments, finer): (usize, usize, bool)) {
    let report = size::report(countries, instruments, 0, finer);
    let plan = report.plan(10);
    let cells: Vec<Protected> = (1..report.classes)
        .map(|class| Protected::cell(class, 9))
        .collect();
    let began = Instant::now();
    let worst = worst_case(&report.hidden, &plan, &cells, Effort::default()).expect("a plan");
    let took = began.elapsed().as_millis();
    let narrow = worst
        .iter()
        .filter(|worst| matches!(worst, Worst::Narrow { .. }))
        .count();
    println!(
        "  {} sums: {narrow} of {} classes can be narrow, {took} ms",
        plan.len(),
        cells.len()
    );
}

fn data((countries, instruments, finer): (usize, usize, bool), demands: usize) {
    for (width, protected) in WIDTHS {
        let report = size::report(countries, instruments, demands, finer);
        let began = Instant::now();
        let [wide, narrow, unknown] = report.seen(width, protected);
        let took = began.elapsed().as_millis();
        println!(
            "  {} classes, {} sums, {demands} demands, bands of {width}, to stay {protected} wide at least: {wide} wide, {narrow} narrow, {unknown} unknown, {took} ms",
            report.classes,
            report.sums.len()
        );
    }
}
