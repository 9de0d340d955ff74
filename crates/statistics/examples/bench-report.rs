//! Counts made-up demands into a cube whenever it is told to. `dev/bench report` runs it, and puts the same rows to
//! DuckDB; nothing here judges.
//!
//! Arguments: how many demands, how many threads, a file for the demands as rows of whole numbers. It says `ready`; then it
//! reads lines: at `count` it counts all demands and prints the seconds that this took, at `write` and a file it writes the
//! cells that it counted last.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::thread;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use lagrum_figures::{
    Asked, CaseFacts, ChallengeFacts, EmergencyFacts, Notice, Outcome, Parts, Period, Secrecy,
    is_sealed,
};
use lagrum_model::{AuthorityKind, Category, CountryCode, InstrumentKind};
use lagrum_statistics::{Count as _, Cube, Demand, Kind, Sums};

const COUNTRIES: usize = 250;
const DAY: usize = 86_400;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [demands, threads, file] = &arguments[..] else {
        return Err("bench-report DEMANDS THREADS FILE".into());
    };
    let (demands, threads): (usize, usize) = (demands.parse()?, threads.parse()?);
    let period = Period::parse("2027")?;
    let mut maker = Maker::new()?;
    let demands: Vec<Demand> = (0..demands)
        .map(|_| Demand::of(&maker.case()).ok_or("a demand that counts nowhere"))
        .collect::<Result<_, _>>()?;
    let mut rows = BufWriter::new(File::create(file)?);
    for demand in &demands {
        write_row(&mut rows, &demand.kind(), &demand.sums())?;
    }
    rows.flush()?;
    println!("ready");

    let mut cube = Cube::new(&period);
    for line in std::io::stdin().lines() {
        match line?.split_once(' ') {
            None => {
                let start = Instant::now();
                cube = count(&demands, threads, &period);
                println!("{}", start.elapsed().as_secs_f64());
            }
            Some((_, file)) => {
                let mut rows = BufWriter::new(File::create(file)?);
                for (kind, sums) in cube.cells() {
                    write_row(&mut rows, kind, sums)?;
                }
                rows.flush()?;
                println!("written");
            }
        }
    }
    Ok(())
}

/// Counts all, each thread a share, as cases are counted for a report.
fn count(demands: &[Demand], threads: usize, period: &Period) -> Cube {
    let share = demands.len().div_ceil(threads).max(1);
    let parts: Vec<Cube> = thread::scope(|scope| {
        let counting: Vec<_> = demands
            .chunks(share)
            .map(|share| {
                scope.spawn(|| {
                    let mut cube = Cube::new(period);
                    cube.count(share);
                    cube
                })
            })
            .collect();
        let joined = counting.into_iter().map(|part| part.join());
        joined.map(|part| part.expect("a cube")).collect()
    });
    let mut whole = Cube::new(period);
    parts.into_iter().for_each(|part| whole.merge(part));
    whole
}

fn write_row(file: &mut impl Write, kind: &Kind, sums: &Sums) -> std::io::Result<()> {
    let letters = kind.country.as_str().bytes();
    let country = letters.fold(0, |all, letter| 26 * all + u32::from(letter - b'A'));
    writeln!(
        file,
        "{country},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
        kind.instrument as u8,
        u8::from(kind.is_private),
        u8::from(kind.is_emergency),
        kind.asked.bits(),
        kind.outcome.map_or(0, |outcome| 1 + outcome as u8),
        sums.demands,
        sums.identifiers,
        sums.accounts,
        sums.content,
        sums.content_abroad,
        sums.challenged,
        sums.withheld,
        sums.told,
        sums.timed,
        sums.seconds,
        sums.followed,
        sums.days,
    )
}

/// Makes up cases. Few countries, instruments and outcomes have most of them.
struct Maker {
    random: u64,
    countries: Vec<CountryCode>,
    instruments: Vec<InstrumentKind>,
    begin: Timestamp,
}

impl Maker {
    fn new() -> Result<Self, Box<dyn Error>> {
        let letters = || (b'A'..=b'Z').map(char::from);
        let pairs = letters().flat_map(|first| letters().map(move |second| [first, second]));
        let known = pairs.filter_map(|pair| CountryCode::parse(&String::from_iter(pair)).ok());
        let kinds = InstrumentKind::ALL.into_iter();
        Ok(Self {
            random: 1,
            countries: known.take(COUNTRIES).collect(),
            instruments: kinds.filter(|kind| !is_sealed(*kind)).collect(),
            begin: "2027-01-01T00:00:00Z".parse()?,
        })
    }

    /// A number below `many`: SplitMix64.
    fn below(&mut self, many: usize) -> usize {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        ((u128::from(mixed) * many as u128) >> 64) as usize
    }

    /// A number below `many`, more often a small one.
    fn small(&mut self, many: usize) -> usize {
        let most = self.below(many);
        self.below(most + 1)
    }

    fn one_of(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn after(&mut self, at: Timestamp, days: usize) -> Timestamp {
        let seconds = self.below(days * DAY) as i64;
        at + SignedDuration::from_secs(seconds)
    }

    fn asked(&mut self, received_at: Timestamp) -> Asked {
        let country = self.small(self.countries.len());
        let instrument = self.small(self.instruments.len());
        // What an instrument of this kind asks for as a rule, and sometimes content too.
        let also = if self.one_of(10) { 8 } else { 0 };
        let asked = (1 + instrument % 15) | also;
        let all = Category::ALL.into_iter().enumerate();
        let (country, instrument) = (self.countries[country], self.instruments[instrument]);
        let issued_at = received_at - SignedDuration::from_secs(self.below(9 * DAY) as i64);
        Asked {
            country,
            authority: match self.one_of(20) {
                true => AuthorityKind::PrivateParty,
                false => AuthorityKind::Police,
            },
            instrument,
            law: country,
            issued_on: Some(issued_at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date()),
            names_provision: true,
            identifiers: 1 + self.small(20) as u32,
            categories: all
                .filter(|(bit, _)| asked >> bit & 1 == 1)
                .map(|(_, one)| one)
                .collect(),
            secrecy: Secrecy::None,
        }
    }

    fn case(&mut self) -> CaseFacts {
        let received_at = self.after(self.begin, 365);
        let asked = self.asked(received_at);
        let outcome = match self.one_of(10) {
            true => None,
            false => Some(Outcome::ALL[self.small(Outcome::ALL.len())]),
        };
        let is_produced = matches!(outcome, Some(Outcome::Produced | Outcome::ProducedInPart));
        let lies = self.small(self.countries.len());
        let parts = asked.categories.iter().map(|category| Parts {
            category: *category,
            stored_in: Some(self.countries[lies]),
            service: None,
            answer: None,
            produced: is_produced,
            number: 1,
        });
        let parts = parts.collect();
        let notice = [
            Notice::Told,
            Notice::NotTold,
            Notice::Delayed,
            Notice::Forbidden,
        ];
        let keeps = asked.instrument == InstrumentKind::EuropeanPreservationOrder;
        CaseFacts {
            received_at,
            confirmed_at: None,
            answered_at: outcome.map(|_| self.after(received_at, 60)),
            production_requested_at: (keeps && self.one_of(3)).then(|| self.after(received_at, 90)),
            sent_again: false,
            burden: None,
            accounts: if is_produced {
                1 + self.small(9) as u32
            } else {
                0
            },
            asked: Some(asked),
            askers: Vec::new(),
            outcome,
            parts,
            emergency: self.one_of(15).then_some(EmergencyFacts {
                believed: None,
                disclosed: is_produced,
                confirmed: false,
            }),
            challenge: self.one_of(50).then_some(ChallengeFacts {
                outcome: None,
                withdrawn: false,
            }),
            notice: notice[self.small(notice.len())],
        }
    }
}
