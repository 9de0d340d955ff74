//! The second verifier says the same of every report.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::json;

use super::cheats::{CHEATS, Case, Forged, LATER_CHEATS, damaged, honest, random_witness};
use super::world::World;

fn line(case: &Case) -> String {
    let report = |report: &crate::Report| {
        [&report.statement, &report.proof, &report.numbers].map(hex::encode)
    };
    json!({
        "origin": case.origin,
        "first": case.first,
        "sizes": case.sizes,
        "files": case.files.iter().map(hex::encode).collect::<Vec<_>>(),
        "reports": case.reports.iter().map(report).collect::<Vec<_>>(),
    })
    .to_string()
}

/// The verdicts of the second verifier, one for each line.
pub(super) fn second_opinion(lines: Vec<String>) -> Vec<String> {
    let mut python = Command::new("python3")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify.py"))
        .arg("--each")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    let mut input = python.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        for line in lines {
            writeln!(input, "{line}").unwrap();
        }
    });
    let output = python.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// `LAGRUM_CHEATS` sets how many false reports there are; a tenth as many are honest.
#[test]
fn both_verifiers_accept_and_refuse_the_same_reports() {
    let many: u64 =
        std::env::var("LAGRUM_CHEATS").map_or(300, |many| many.parse().expect("a number"));
    let named: Vec<_> = CHEATS
        .iter()
        .map(|cheat| (false, cheat))
        .chain(LATER_CHEATS.iter().map(|cheat| (true, cheat)))
        .collect();
    let mut cases = Vec::new();
    let mut truths = Vec::new();
    for seed in 0..many {
        let (case, truth) = match seed % 4 {
            0 => {
                let (later, (what, cheat)) = named[(seed / 4) as usize % named.len()];
                let mut forged = Forged::new(seed / 4 % 997, later);
                cheat(&mut forged);
                (forged.case(what), false)
            }
            1 => random_witness(seed),
            _ => (damaged(seed), false),
        };
        cases.push(case);
        truths.push(truth);
    }
    for seed in 0..many.div_ceil(10) {
        cases.push(honest(seed));
        cases.push(Forged::of(World::uneven(seed), seed % 2 == 1).case("files of two sizes"));
        truths.extend([true; 2]);
    }
    let verdicts = second_opinion(cases.iter().map(line).collect());
    assert_eq!(verdicts.len(), cases.len());
    for ((case, truth), verdict) in cases.iter().zip(truths).zip(&verdicts) {
        assert_eq!(case.accepted(), truth, "the first verifier: {}", case.what);
        assert_eq!(
            verdict == "accepted",
            truth,
            "the second verifier: {}: {verdict}",
            case.what
        );
    }
}
