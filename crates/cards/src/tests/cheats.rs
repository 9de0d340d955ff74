//! False reports, each with an honest proof of what is false, and damaged ones.

use curve25519_dalek::scalar::Scalar;
use rand_core::RngCore;

use super::relation;
use super::world::{Repeatable, World, random};
use crate::card::{Card, bytes_of};
use crate::files::{Cards, assemble as card_file};
use crate::numbers::{Number, Numbers};
use crate::prove::{Counts, Secrets, assemble};
use crate::report::Report;
use crate::shape::{Place, Shape};
use crate::statement::Correction;
use crate::sum::Sum;
use crate::verify::{Verified, verify};

/// What a verifier is given: the card files of a log, and its reports from the first view on.
#[derive(Clone)]
pub(super) struct Case {
    pub what: String,
    pub origin: String,
    pub first: u64,
    /// How many cards each file has.
    pub sizes: Vec<usize>,
    pub files: Vec<Vec<u8>>,
    pub reports: Vec<Report>,
}

impl Case {
    /// Whether our verifier accepts the last report.
    pub(super) fn accepted(&self) -> bool {
        let mut cards = Cards::new(&self.origin, self.first);
        let mut each = self.files.iter().zip(&self.sizes);
        if each.any(|(file, size)| cards.push(file, *size).is_err()) {
            return false;
        }
        let mut former: Option<Verified> = None;
        for report in &self.reports {
            match verify(report, &cards, former.as_ref(), &mut random()) {
                Ok(verified) => former = Some(verified),
                Err(_) => return false,
            }
        }
        true
    }

    fn last(&mut self) -> &mut Report {
        self.reports.last_mut().unwrap()
    }
}

/// A report whose secrets can be anything.
pub(super) struct Forged {
    world: World,
    shape: Shape,
    secrets: Secrets,
    former: Vec<Report>,
    random: Repeatable,
}

impl Forged {
    /// Honest so far.
    pub(super) fn new(seed: u64, later: bool) -> Self {
        Self::of(World::small(seed), later)
    }

    /// Honest so far, in this world.
    pub(super) fn of(mut world: World, later: bool) -> Self {
        let mut former = Vec::new();
        if later {
            let report = world.report(None).unwrap();
            let verified = verify(&report, &world.cards, None, &mut random()).unwrap();
            world.next_view(&verified);
            // Some of what was pending is answered.
            for row in &mut world.rows {
                if row.class == Some(5) && world.random.below(2) == 0 {
                    row.class = Some(1 + world.random.below(4) as u32);
                }
            }
            former.push(report);
        }
        let mut random = Repeatable::new(world.random.next_u64());
        let shape = Shape::of(&world.statement);
        let records = world.records();
        let secrets = Counts::of(&shape, &records).unwrap().secrets(
            &world.statement,
            &shape,
            &records,
            &mut random,
        );
        Self {
            shape,
            secrets,
            former,
            random,
            world,
        }
    }

    pub(super) fn true_by_definition(&self) -> bool {
        relation::holds(&self.shape, &self.secrets)
    }

    /// The report, with an honest proof of whatever the secrets are, and card files that hold them.
    pub(super) fn case(mut self, what: &str) -> Case {
        let sizes = self.world.sizes.clone();
        let mut cards = Vec::new();
        let slots = self.world.files.len();
        let mut files = self.world.files.clone();
        for (slot, file) in files.iter_mut().enumerate().take(slots - 1).skip(1) {
            let from: usize = sizes[1..slot].iter().sum();
            let to = from + sizes[slot];
            let own: Vec<Card> = (from..to)
                .map(|card| Card {
                    point: self.secrets.cards[card].commit().compress().to_bytes(),
                    ..self.world.openings[card].card()
                })
                .collect();
            let secrets = &self.secrets.cards[from..to];
            let log_slot = self.world.first + slot as u64;
            *file = card_file(
                &self.world.statement.origin,
                log_slot,
                &own,
                secrets,
                &mut self.random,
            );
            cards.extend(own);
        }
        let statement = self.world.statement.to_string().into_bytes();
        let proof = assemble(
            &statement,
            &bytes_of(&cards),
            &self.shape,
            &self.secrets,
            &mut self.random,
        )
        .unwrap();
        // One number of what the first class is said to be, if that is a number.
        let produced = self.at(self.shape.count(1));
        let numbers = (0..100_u64)
            .find(|value| Scalar::from(*value) == produced.0)
            .map(|value| Number {
                name: "produced".to_owned(),
                value,
                blinding: produced.1,
                sum: Sum::of_cases([1]).unwrap(),
            });
        let mut reports = self.former.clone();
        reports.push(Report {
            statement,
            proof,
            numbers: Numbers(numbers.into_iter().collect())
                .to_string()
                .into_bytes(),
        });
        Case {
            what: what.to_owned(),
            origin: self.world.statement.origin.clone(),
            first: self.world.first,
            sizes,
            files,
            reports,
        }
    }

    fn at(&self, place: Place) -> (Scalar, Scalar) {
        match place {
            Place::First(at) => (
                self.secrets.first[at].value,
                self.secrets.first[at].blinding,
            ),
            Place::Card(row) => (
                self.secrets.cards[row].value,
                self.secrets.cards[row].blinding,
            ),
            Place::Former(_) | Place::G => unreachable!("not forged"),
        }
    }

    fn set(&mut self, place: Place, value: Scalar) {
        match place {
            Place::First(at) => self.secrets.first[at].value = value,
            Place::Card(row) => self.secrets.cards[row].value = value,
            Place::Former(_) | Place::G => unreachable!("not forged"),
        }
    }

    fn add(&mut self, place: Place, value: Scalar) {
        let old = self.at(place).0;
        self.set(place, old + value);
    }

    /// A row with a demand, or without.
    fn row(&self, demand: bool) -> usize {
        (0..8)
            .find(|row| self.world.rows[*row].class.is_some() == demand)
            .expect("small worlds have both")
    }

    fn class(&self, row: usize) -> usize {
        self.world.rows[row].class.unwrap_or(0) as usize
    }

    fn amount(&self, column: usize, row: usize) -> u32 {
        self.world.rows[row].amounts[column]
    }

    /// Another class for a row, in whatever totals are adjusted with it.
    fn reclass(&mut self, row: usize, class: usize, counts: bool, amounts: bool) {
        let old = self.class(row);
        self.set(self.shape.class(row), number(class));
        if counts {
            self.add(self.shape.count(old), -Scalar::ONE);
            if class <= self.shape.classes {
                self.add(self.shape.count(class), Scalar::ONE);
            }
        }
        for column in 0..2 {
            let amount = Scalar::from(self.amount(column, row));
            if amounts && old > 0 {
                self.add(self.shape.total(column, old), -amount);
            }
            if amounts && (1..=self.shape.classes).contains(&class) {
                self.add(self.shape.total(column, class), amount);
            }
        }
    }
}

fn number(number: usize) -> Scalar {
    Scalar::from(number as u64)
}

fn guess(random: &mut Repeatable) -> Scalar {
    crate::group::random_scalar(random)
}

/// What somebody would try. Each makes the secrets false.
type Cheat = fn(&mut Forged);

pub(super) const CHEATS: &[(&str, Cheat)] = &[
    ("a demand classed as a blank, counts and all", |forged| {
        let row = forged.row(true);
        forged.reclass(row, 0, true, true);
    }),
    ("a demand classed as a blank, nothing else", |forged| {
        let row = forged.row(true);
        forged.reclass(row, 0, false, false);
    }),
    ("a blank classed as a demand, counts and all", |forged| {
        let row = forged.row(false);
        forged.reclass(row, 1, true, true);
    }),
    ("a card worth two", |forged| {
        let row = forged.row(true);
        let class = forged.class(row);
        forged.set(Place::Card(row), number(2));
        forged.add(forged.shape.count(class), Scalar::ONE);
    }),
    ("class and card traded for a guessed y", |forged| {
        let row = forged.row(true);
        let y = guess(&mut forged.random);
        let class = forged.class(row);
        forged.set(Place::Card(row), number(2));
        forged.set(forged.shape.class(row), number(class) - y);
    }),
    ("two cards of a half", |forged| {
        let half = number(2).invert();
        let rows: Vec<usize> = (0..8).filter(|row| forged.class(*row) == 0).collect();
        let Some(two) = rows.get(..2) else {
            // A world with one blank: half a card is false just the same.
            return forged.set(Place::Card(rows[0]), half);
        };
        for row in [two[0], two[1]] {
            forged.set(Place::Card(row), half);
            forged.set(forged.shape.class(row), number(1));
            forged.add(forged.shape.count(0), -Scalar::ONE);
        }
        forged.add(forged.shape.count(1), Scalar::ONE);
    }),
    ("a class outside the book", |forged| {
        let row = forged.row(true);
        forged.reclass(row, 6, true, true);
    }),
    (
        "two cards at a pole outside, whose amounts cancel for a guessed x",
        |forged| {
            let x = guess(&mut forged.random);
            let rows: Vec<usize> = (0..8)
                .filter(|row| forged.class(*row) > 0)
                .take(2)
                .collect();
            for row in rows {
                forged.reclass(row, 9, true, true);
                forged.set(forged.shape.amount(0, row), -x.invert());
            }
        },
    ),
    ("a count moved between classes", |forged| {
        forged.add(forged.shape.count(1), -Scalar::ONE);
        forged.add(forged.shape.count(2), Scalar::ONE);
    }),
    ("counts moved for a guessed point", |forged| {
        let (y, z) = (guess(&mut forged.random), guess(&mut forged.random));
        let weight = |class: usize| z - number(class) - y;
        forged.add(forged.shape.count(3), weight(3));
        forged.add(forged.shape.count(4), -weight(4));
    }),
    ("one more, paid with amounts for a guessed x", |forged| {
        let x = guess(&mut forged.random);
        forged.add(forged.shape.count(3), Scalar::ONE);
        forged.add(forged.shape.total(0, 3), -x.invert());
    }),
    ("one blank fewer", |forged| {
        forged.add(forged.shape.count(0), -Scalar::ONE)
    }),
    ("amounts of a class understated", |forged| {
        forged.add(forged.shape.total(1, 2), -Scalar::ONE)
    }),
    ("amounts moved between classes", |forged| {
        forged.add(forged.shape.total(0, 1), -Scalar::ONE);
        forged.add(forged.shape.total(0, 2), Scalar::ONE);
    }),
    ("amounts hidden in a blank", |forged| {
        let row = forged.row(false);
        forged.set(forged.shape.amount(0, row), number(3));
        forged.add(forged.shape.in_range(0, 0), -Scalar::ONE);
        forged.add(forged.shape.in_range(0, 3), Scalar::ONE);
    }),
    ("a negative amount, totals and all", |forged| {
        let row = forged.row(true);
        let (class, old) = (forged.class(row), forged.amount(0, row));
        forged.set(forged.shape.amount(0, row), -number(1000));
        forged.add(
            forged.shape.total(0, class),
            -number(1000) - Scalar::from(old),
        );
        forged.add(forged.shape.in_range(0, old as usize), -Scalar::ONE);
    }),
    ("too large an amount, totals and all", |forged| {
        let row = forged.row(true);
        let (class, old) = (forged.class(row), forged.amount(0, row));
        forged.set(forged.shape.amount(0, row), number(4));
        forged.add(forged.shape.total(0, class), number(4) - Scalar::from(old));
        forged.add(forged.shape.in_range(0, old as usize), -Scalar::ONE);
    }),
    ("amounts counted in another row of the range", |forged| {
        forged.add(forged.shape.in_range(1, 3), Scalar::ONE);
        forged.add(forged.shape.in_range(1, 4), -Scalar::ONE);
    }),
    ("a class changed and totals kept", |forged| {
        let row = forged.row(true);
        let other = 1 + forged.class(row) % 5;
        forged.reclass(row, other, false, false);
    }),
    ("a false band, multiplicities moved", |forged| {
        forged.world.statement.bands[0].low = 9;
        forged.shape = Shape::of(&forged.world.statement);
        for at in 0..9 {
            let own = if at == 0 { Scalar::ONE } else { Scalar::ZERO };
            forged.set(forged.shape.in_band(0, at), own);
        }
    }),
    (
        "a false band, multiplicities fitted to a guessed point",
        |forged| {
            let z = guess(&mut forged.random);
            let actual: Scalar = [2, 3]
                .map(|class| forged.at(forged.shape.count(class)).0)
                .iter()
                .sum();
            forged.world.statement.bands[0].low = 20;
            forged.shape = Shape::of(&forged.world.statement);
            let distance = actual - number(20);
            for at in 0..9 {
                let own = if at == 0 {
                    z * (z - distance).invert()
                } else {
                    Scalar::ZERO
                };
                forged.set(forged.shape.in_band(0, at), own);
            }
        },
    ),
    (
        "half in one place of a band and half in another",
        |forged| {
            let half = number(2).invert();
            for at in 0..9 {
                let own = if at < 2 { half } else { Scalar::ZERO };
                forged.set(forged.shape.in_band(0, at), own);
            }
        },
    ),
];

/// What somebody would try in a later view.
pub(super) const LATER_CHEATS: &[(&str, Cheat)] = &[
    ("an answered demand classed otherwise", |forged| {
        let to = 1 + forged.random.below(4);
        moved(forged, to);
    }),
    ("an answered demand pending again", |forged| {
        moved(forged, 5)
    }),
    ("an answered demand gone", |forged| moved(forged, 0)),
    ("a correction that counts another number", |forged| {
        let (row, from) = answered(forged);
        let to = 1 + from % 4;
        forged.reclass(row, to, true, true);
        forged.add(forged.shape.moved(from), -Scalar::ONE);
        band(forged);
        forged.world.statement.corrections = vec![Correction {
            from: from as u32,
            to: to as u32,
            count: 2,
        }];
        forged.shape = Shape::of(&forged.world.statement);
    }),
    ("a way counted as another", |forged| {
        forged.add(forged.shape.moved(0), -Scalar::ONE);
        forged.add(forged.shape.moved(1), Scalar::ONE);
    }),
];

/// A row that had an answer in the former view, and its class. Without one: of any demand, which is false too.
fn answered(forged: &Forged) -> (usize, usize) {
    let row = (0..8).find(|row| matches!(forged.world.rows[*row].former, Some(1..=4)));
    let row = row.unwrap_or_else(|| forged.row(true));
    (row, forged.class(row))
}

fn moved(forged: &mut Forged, to: usize) {
    let (row, from) = answered(forged);
    let to = if to == from { 1 + from % 4 } else { to };
    forged.reclass(row, to, true, true);
    forged.add(forged.shape.moved(from), -Scalar::ONE);
    forged.add(forged.shape.moved(to), Scalar::ONE);
    band(forged);
}

/// Bands as they would be after the change.
fn band(forged: &mut Forged) {
    let sum: Scalar = [2, 3]
        .map(|class| forged.at(forged.shape.count(class)).0)
        .iter()
        .sum();
    for at in 0..9 {
        let own = if number(at) == sum {
            Scalar::ONE
        } else {
            Scalar::ZERO
        };
        forged.set(forged.shape.in_band(0, at), own);
    }
}

/// A false witness, or by chance a true one, and which.
pub(super) fn random_witness(seed: u64) -> (Case, bool) {
    let mut forged = Forged::new(seed % 50, seed.is_multiple_of(3));
    let mut random = Repeatable::new(seed);
    for _ in 0..1 + random.below(3) {
        let place = |random: &mut Repeatable, forged: &Forged| match random.below(10) {
            0 => Place::Card(random.below(8)),
            1..=4 => forged.shape.class(random.below(8)),
            _ => Place::First(random.below(forged.shape.first)),
        };
        let (here, there) = (place(&mut random, &forged), place(&mut random, &forged));
        match random.below(5) {
            0 => forged.add(here, Scalar::ONE),
            1 => forged.add(here, -Scalar::ONE),
            2 => forged.set(here, guess(&mut random)),
            3 => {
                forged.add(here, Scalar::ONE);
                forged.add(there, -Scalar::ONE);
            }
            _ => {
                let (one, other) = (forged.at(here).0, forged.at(there).0);
                forged.set(here, other);
                forged.set(there, one);
            }
        }
    }
    let truth = forged.true_by_definition();
    (forged.case("a random witness"), truth)
}

/// An honest report.
pub(super) fn honest(seed: u64) -> Case {
    Forged::new(seed, seed % 2 == 1).case("honest")
}

/// An honest report, damaged or told of something else.
pub(super) fn damaged(seed: u64) -> Case {
    let mut case = honest(seed % 50);
    let mut random = Repeatable::new(seed);
    let swap = |bytes: &mut Vec<u8>, random: &mut Repeatable, unit: usize| {
        let units = bytes.len() / unit;
        let one = random.below(units);
        let other = (one + 1 + random.below(units - 1)) % units;
        for at in 0..unit {
            bytes.swap(one * unit + at, other * unit + at);
        }
    };
    let flip = |bytes: &mut Vec<u8>, random: &mut Repeatable| {
        let at = random.below(bytes.len());
        bytes[at] ^= 1 << random.below(8);
    };
    let kind = random.below(17);
    match kind {
        0..=2 => flip(&mut case.last().proof, &mut random),
        3 => flip(&mut case.last().statement, &mut random),
        4 => {
            // Not in the name: what a number is, its sum says, and the digest binds both.
            let numbers = &mut case.last().numbers;
            let name = numbers
                .windows(4)
                .position(|four| four == b"ced ")
                .expect("a name")
                + 3;
            let mut rest = numbers.split_off(name);
            flip(&mut rest, &mut random);
            numbers.extend(rest);
        }
        5 => {
            let file = random.below(case.files.len() - 1);
            flip(&mut case.files[file], &mut random);
        }
        6 => swap(&mut case.last().proof, &mut random, 32),
        7 => {
            // Two cards of one file, under its proof.
            let mut cards = case.files[1][..256].to_vec();
            swap(&mut cards, &mut random, 64);
            case.files[1].splice(..256, cards);
        }
        8 => {
            let files = case.files.len();
            case.files
                .swap(1 + random.below(2), (files - 1) * random.below(2));
        }
        9 => drop(case.files.remove(random.below(3))),
        10 => {
            let proof = &mut case.last().proof;
            let at = random.below(proof.len() / 32) * 32;
            proof.drain(at..at + 32);
        }
        11 => {
            let proof = &mut case.last().proof;
            proof.extend([0; 32]);
            let kept = proof.len() - random.below(32);
            proof.truncate(kept);
        }
        12 => {
            // A scalar plus the order of the group, which opens like it.
            let order =
                hex::decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
                    .unwrap();
            let proof = &mut case.last().proof;
            let at = proof.len() - 32 * (1 + random.below(10));
            let mut carry = 0;
            for (byte, more) in proof[at..at + 32].iter_mut().zip(order) {
                let sum = u16::from(*byte) + u16::from(more) + carry;
                *byte = sum as u8;
                carry = sum >> 8;
            }
        }
        13 => {
            let (old, new) = [
                ("period 2027H1", "period 2027H2"),
                ("view 1", "view 3"),
                ("slots 3 4", "slots 2 3"),
                ("slots 3 4", "slots 4 5"),
                ("classes 5", "classes 6"),
                ("pending 5", "pending 4"),
                ("codebook 01", "codebook 02"),
                ("plan 02", "plan 01"),
                ("void -", "void 3"),
                ("log 81", "log 91"),
                ("cases:2..3", "cases:2..4"),
                ("origin kvist", "origin kvast"),
            ][random.below(12)];
            let statement = String::from_utf8(case.last().statement.clone()).unwrap();
            let other = statement.replacen(old, new, 1);
            // In a later view some of these lines are others.
            let other = if other == statement {
                statement.replacen("cards 8", "cards 4", 1)
            } else {
                other
            };
            case.last().statement = other.into_bytes();
        }
        14 => {
            let numbers = String::from_utf8(case.last().numbers.clone()).unwrap();
            let line = numbers.lines().nth(1).expect("one number").to_owned();
            let mut parts: Vec<String> = line.split(' ').map(str::to_owned).collect();
            match random.below(4) {
                0 => parts[1] = (parts[1].parse::<u64>().unwrap() + 1).to_string(),
                1 => parts[3] = "cases:1..2".to_owned(),
                2 => parts[3] = "1:1".to_owned(),
                // The order of the group plus the number.
                _ => {
                    parts[1] = "7237005577332262213973186563042994240857116359379907606001950938285454250989".to_owned();
                }
            }
            let other = numbers.replace(&line, &parts.join(" "));
            // A class without cases and one with none beside it have one sum, but never one blinding.
            case.last().numbers = other.into_bytes();
        }
        15 => {
            // Both parts of another report of the same cards.
            let other = honest(seed % 50 + 2);
            case.last().proof = other.reports.last().unwrap().proof.clone();
        }
        _ => case.origin = "kvist.example/other".to_owned(),
    }
    case.what = format!("damaged {seed}, kind {kind}");
    case
}

#[test]
fn a_false_report_with_an_honest_proof_of_it_is_refused() {
    for seed in 0..4 {
        for (what, cheat) in CHEATS.iter().chain(LATER_CHEATS) {
            let later = LATER_CHEATS.iter().any(|(own, _)| own == what);
            for later in [later, true] {
                let mut forged = Forged::new(seed, later);
                assert!(forged.true_by_definition(), "{what}: it begins honest");
                cheat(&mut forged);
                assert!(!forged.true_by_definition(), "{what}");
                assert!(!forged.case(what).accepted(), "{what}");
            }
        }
    }
}

#[test]
fn a_witness_is_accepted_exactly_if_what_it_says_is_so() {
    let mut accepted = 0;
    for seed in 0..400 {
        let (case, truth) = random_witness(seed);
        assert_eq!(case.accepted(), truth, "seed {seed}");
        accepted += u32::from(truth);
    }
    assert!(accepted > 0, "some swaps change nothing");
}

#[test]
fn a_damaged_report_or_one_about_something_else_is_refused() {
    for seed in 0..400 {
        let case = damaged(seed);
        assert!(!case.accepted(), "{}", case.what);
    }
}

#[test]
fn honest_reports_are_accepted() {
    for seed in 0..60 {
        assert!(honest(seed).accepted(), "seed {seed}");
    }
}
