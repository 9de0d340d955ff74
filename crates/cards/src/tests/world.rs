//! Made-up providers, small enough to make thousands of reports of.

use rand_core::{CryptoRng, CryptoRngCore, Error, RngCore};
use sha2::{Digest, Sha512};

use crate::error::ProveError;
use crate::files::{Cards, write_card_file};
use crate::opening::Opening;
use crate::prove::{Classified, Made, Wanted, prove};
use crate::report::Report;
use crate::statement::{Band, LogView, Statement};
use crate::sum::{Measure, Sum};
use crate::verify::Verified;

/// The same numbers for the same seed.
pub(super) struct Repeatable {
    seed: u64,
    block: u64,
    left: Vec<u8>,
}

impl Repeatable {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed,
            block: 0,
            left: Vec::new(),
        }
    }

    /// A number below this.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next_u64() % bound as u64) as usize
    }
}

impl RngCore for Repeatable {
    fn next_u32(&mut self) -> u32 {
        rand_core::impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        rand_core::impls::next_u64_via_fill(self)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            if self.left.is_empty() {
                let block = Sha512::new()
                    .chain_update(self.seed.to_le_bytes())
                    .chain_update(self.block.to_le_bytes());
                self.left = block.finalize().to_vec();
                self.block += 1;
            }
            *byte = self.left.pop().unwrap();
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for Repeatable {}

/// What became of one card.
#[derive(Clone)]
pub(super) struct Row {
    pub class: Option<u32>,
    pub amounts: Vec<u32>,
    pub former: Option<u32>,
}

/// A provider with a log of card files, and what it knows of one period.
pub(super) struct World {
    pub random: Repeatable,
    pub cards: Cards,
    pub first: u64,
    pub files: Vec<Vec<u8>>,
    pub sizes: Vec<usize>,
    pub openings: Vec<Opening>,
    pub rows: Vec<Row>,
    pub statement: Statement,
}

impl World {
    /// Slots 3 and 4 of a log that begins at 2, four cards a file, five classes of which the last is pending.
    pub(super) fn small(seed: u64) -> Self {
        let statement = crate::statement::tests::small();
        Self::new(seed, statement, 2, &|_| 4)
    }

    /// The same cards in files of five and of three.
    pub(super) fn uneven(seed: u64) -> Self {
        let statement = crate::statement::tests::small();
        Self::new(seed, statement, 2, &|slot| [4, 5, 3, 4][slot as usize - 2])
    }

    /// As large as the statement says, from this slot on.
    pub(super) fn new(
        seed: u64,
        mut statement: Statement,
        first: u64,
        per_file: &dyn Fn(u64) -> usize,
    ) -> Self {
        let mut random = Repeatable::new(seed);
        let mut cards = Cards::new(&statement.origin, first);
        let (mut files, mut openings, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut sizes = Vec::new();
        for slot in first..=statement.slots.1 + 1 {
            let per_file = per_file(slot);
            sizes.push(per_file);
            let own: Vec<Opening> = (0..per_file)
                .map(|place| {
                    // The last two of each file are a demand and a blank, so that every world has both.
                    let chosen = if place + 2 >= per_file {
                        place + 2 == per_file
                    } else {
                        random.below(3) > 0
                    };
                    let demand = chosen.then(|| {
                        let mut digest = [0; 32];
                        random.fill_bytes(&mut digest);
                        digest
                    });
                    let place = u32::try_from(place).unwrap();
                    Opening::fresh(&statement.origin, slot, place, demand, &mut random)
                })
                .collect();
            let file = write_card_file(&statement.origin, slot, &own, &mut random);
            cards.push(&file, per_file).unwrap();
            files.push(file);
            if (statement.slots.0..=statement.slots.1).contains(&slot) {
                openings.extend(own);
            }
        }
        for opening in &openings {
            let class = opening
                .demand()
                .map(|_| 1 + random.below(statement.classes as usize) as u32);
            let amounts = statement.values.iter().map(|values| match class {
                Some(_) => random.below(*values as usize) as u32,
                None => 0,
            });
            rows.push(Row {
                class,
                amounts: amounts.collect(),
                former: None,
            });
        }
        statement.bands = vec![
            Band {
                sum: Sum::of_cases([2, 3]).unwrap(),
                low: 0,
                width: statement.cards + 1,
            },
            Band {
                sum: Sum::of(Measure::Columns(vec![(1, 2)]), [1, 4]).unwrap(),
                low: 0,
                width: 1 + 2 * statement.cards * (statement.values[0] - 1),
            },
        ];
        Self {
            random,
            cards,
            first,
            files,
            sizes,
            openings,
            rows,
            statement,
        }
    }

    /// The records of the cards that are not void.
    pub(super) fn records(&self) -> Vec<Classified<'_>> {
        let void = |card: usize| self.statement.void.contains(&u32::try_from(card).unwrap());
        self.openings
            .iter()
            .zip(&self.rows)
            .enumerate()
            .filter(|(card, _)| !void(*card))
            .map(|(_, (opening, row))| Classified {
                opening,
                class: row.class,
                amounts: row.amounts.clone(),
                former: row.former,
            })
            .collect()
    }

    pub(super) fn wanted(&self) -> Vec<Wanted> {
        let wanted = |name: &str, sum: &str| Wanted {
            name: name.to_owned(),
            sum: Sum::parse(sum).unwrap(),
        };
        let all = format!("..{}", self.statement.classes);
        vec![
            wanted("received", &format!("cases:1{all}")),
            wanted("produced", "cases:1"),
            wanted("accounts", &format!("1:1{all}")),
            wanted("weighted", "1+4*2:3*1..2+4"),
        ]
    }

    pub(super) fn report(&mut self, former: Option<&Verified>) -> Result<Report, ProveError> {
        self.made(former).map(|made| made.report)
    }

    pub(super) fn made(&mut self, former: Option<&Verified>) -> Result<Made, ProveError> {
        let mut random = Repeatable::new(self.random.next_u64());
        prove(
            &self.statement,
            &self.cards,
            &self.records(),
            former,
            &self.wanted(),
            &mut random,
        )
    }

    /// The statement of the next view, with the rows as they are.
    pub(super) fn next_view(&mut self, former: &Verified) {
        self.statement.view += 1;
        self.statement.former = Some(former.digest());
        self.statement.log = LogView {
            size: self.statement.log.size + 1,
            ..self.statement.log.clone()
        };
        for row in &mut self.rows {
            row.former = row.class;
        }
    }
}

/// Other numbers each time that somebody asks, and the same in each run.
pub(super) fn random() -> impl CryptoRngCore {
    use std::sync::atomic::{AtomicU64, Ordering};
    static ASKED: AtomicU64 = AtomicU64::new(1 << 32);
    Repeatable::new(ASKED.fetch_add(1, Ordering::Relaxed))
}
