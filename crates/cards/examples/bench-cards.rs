//! What a report of count cards costs its maker and its readers, beside the least that any reader of so many
//! points can do. `dev/bench-cards` runs it; it prints and judges nothing.

#![expect(
    clippy::disallowed_types,
    reason = "a benchmark is a program of its own"
)]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use lagrum_cards::{
    Band, Cards, Classified, LogView, Opening, Statement, Sum, Wanted, prove, verify,
    write_card_file,
};
use rand_core::{OsRng, RngCore};

const PER_FILE: u32 = 32;
const ORIGIN: &str = "bench.example/log";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [directory, cards, classes] = &arguments[..] else {
        return Err("bench-cards DIRECTORY CARDS CLASSES".into());
    };
    let (directory, count, classes) = (Path::new(directory), cards.parse()?, classes.parse()?);
    let statement = statement(count, classes)?;
    fs::create_dir_all(directory.join("cards"))?;

    let start = Instant::now();
    let mut openings = Vec::new();
    let mut files = Vec::new();
    for slot in 0..u64::from(count / PER_FILE) {
        let own: Vec<Opening> = (0..PER_FILE)
            .map(|place| {
                let mut demand = [0; 32];
                OsRng.fill_bytes(&mut demand);
                let demand = (!OsRng.next_u32().is_multiple_of(3)).then_some(demand);
                Opening::fresh(ORIGIN, slot, place, demand, &mut OsRng)
            })
            .collect();
        files.push(write_card_file(ORIGIN, slot, &own, &mut OsRng));
        openings.extend(own);
    }
    let cards_made = start.elapsed();

    let records: Vec<Classified<'_>> = openings
        .iter()
        .map(|opening| {
            let class = opening.demand().map(|_| 1 + OsRng.next_u32() % classes);
            Classified {
                opening,
                class,
                amounts: vec![class.map_or(0, |_| OsRng.next_u32() % 1024)],
                former: None,
            }
        })
        .collect();
    let wanted: Vec<Wanted> = (0..128)
        .map(|number| {
            let first = 1 + number * classes / 128;
            let last = (first + classes / 128).min(classes);
            Ok(Wanted {
                name: format!("number-{number:03}"),
                sum: Sum::of_cases(first..=last)?,
            })
        })
        .collect::<Result<_, Box<dyn Error>>>()?;

    let start = Instant::now();
    let mut cards = Cards::new(ORIGIN, 0);
    for (slot, file) in files.iter().enumerate() {
        cards.push(file, PER_FILE as usize)?;
        fs::write(directory.join("cards").join(slot.to_string()), file)?;
    }
    let read = start.elapsed();
    let start = Instant::now();
    let made = prove(&statement, &cards, &records, None, &wanted, &mut OsRng)?;
    let proved = start.elapsed();
    let report = made.report;
    let start = Instant::now();
    verify(&report, &cards, None, &mut OsRng)?;
    let verified = start.elapsed();
    fs::write(directory.join("statement"), &report.statement)?;
    fs::write(directory.join("proof"), &report.proof)?;
    fs::write(directory.join("numbers"), &report.numbers)?;

    // Every reader has to decode each point and multiply it once.
    let lookups = 2 * count as usize + 1;
    let points = 3 * count as usize + 2 * classes as usize + 1 + 1024 + 10_000 + 3 * lookups;
    let bound = bound(points);
    println!("{count} cards, {classes} classes, 128 numbers, one band of 10,000:");
    println!(
        "  cards made {}, read from their files {}",
        seconds(cards_made),
        seconds(read)
    );
    println!(
        "  proof {:.2} MB, made {}",
        report.proof.len() as f64 / 1e6,
        seconds(proved)
    );
    println!(
        "  verified {}, reading the cards included {}",
        seconds(verified),
        seconds(verified + read)
    );
    println!(
        "  {:.2} times what one processor needs to decode {points} points and add them up once ({})",
        verified.as_secs_f64() / bound.as_secs_f64(),
        seconds(bound)
    );
    Ok(())
}

fn statement(cards: u32, classes: u32) -> Result<Statement, Box<dyn Error>> {
    Ok(Statement {
        origin: ORIGIN.to_owned(),
        period: "2027H1".to_owned(),
        view: 1,
        former: None,
        log: LogView {
            size: 1_000_000,
            root: [7; 32],
        },
        slots: (0, u64::from(cards / PER_FILE) - 1),
        void: vec![],
        code_book: [1; 32],
        plan: [2; 32],
        cards,
        classes,
        pending: Some(classes),
        values: vec![1024],
        bands: vec![Band {
            sum: Sum::of_cases(1..=classes / 8)?,
            low: 0,
            width: 10_000,
        }],
        corrections: vec![],
    })
}

fn bound(points: usize) -> Duration {
    let mut scalar = Scalar::from(3_u8);
    let mut point = curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
    let mut encoded: Vec<CompressedRistretto> = Vec::new();
    let mut scalars = Vec::new();
    for _ in 0..points {
        scalar *= scalar;
        point += curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
        encoded.push(point.compress());
        scalars.push(scalar);
    }
    let start = Instant::now();
    let decoded: Vec<RistrettoPoint> = encoded
        .iter()
        .filter_map(CompressedRistretto::decompress)
        .collect();
    std::hint::black_box(RistrettoPoint::vartime_multiscalar_mul(&scalars, &decoded));
    start.elapsed()
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
