//! Texts of count cards have one form each, a card file is one of its slot, and of a report nothing but the report
//! itself is accepted.

use std::sync::OnceLock;

use lagrum_cards::{
    Band, Cards, Classified, LogView, Opening, Report, Statement, Sum, Totals, Verified, Wanted,
    prove, verify, write_card_file,
};
use lagrum_figures::{CodeBook, Period, Plan};
use rand_core::{CryptoRng, Error, RngCore};
use sha2::{Digest, Sha512};

const ORIGIN: &str = "fuzz.example/log";

/// The same numbers each time.
pub(super) struct Counted(pub(super) u64);

impl RngCore for Counted {
    fn next_u32(&mut self) -> u32 {
        rand_core::impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        rand_core::impls::next_u64_via_fill(self)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(64) {
            self.0 += 1;
            let block = Sha512::digest(self.0.to_le_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for Counted {}

/// A provider with two card files, and its report.
pub(super) struct Made {
    pub(super) origin: String,
    openings: Vec<Opening>,
    files: Vec<Vec<u8>>,
    cards: Cards,
    report: Report,
    pub(super) totals: Totals,
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| Made::of(ORIGIN, &mut Counted(0)))
}

impl Made {
    pub(super) fn of(origin: &str, random: &mut Counted) -> Self {
        let mut cards = Cards::new(origin, 0);
        let (mut openings, mut files) = (Vec::new(), Vec::new());
        for slot in 0..2 {
            let demand = [7 + slot as u8; 32];
            let own: Vec<_> = [Some(demand), None]
                .into_iter()
                .zip(0..)
                .map(|(demand, place)| Opening::fresh(origin, slot, place, demand, random))
                .collect();
            let file = write_card_file(origin, slot, &own, random);
            cards.push(&file, 2).expect("cards of ours");
            files.push(file);
            openings.extend(own);
        }
        let sum = Sum::parse("cases:1..3").expect("a sum");
        let records: Vec<_> = openings
            .iter()
            .map(|opening| Classified {
                opening,
                class: opening.demand().map(|_| 1),
                amounts: vec![u32::from(opening.demand().is_some())],
                former: None,
            })
            .collect();
        let wanted = [Wanted {
            name: "received".to_owned(),
            sum: sum.clone(),
        }];
        let statement = statement(origin, sum);
        let made = prove(&statement, &cards, &records, None, &wanted, random);
        let made = made.expect("a report of ours");
        Self {
            origin: origin.to_owned(),
            openings,
            files,
            cards,
            report: made.report,
            totals: made.totals,
        }
    }

    pub(super) fn verified(&self, random: &mut Counted) -> Verified {
        verify(&self.report, &self.cards, None, random).expect("a report of ours")
    }
}

/// Two of four cards are of the first class, and the band says 0 to 4.
fn statement(origin: &str, sum: Sum) -> Statement {
    Statement {
        origin: origin.to_owned(),
        period: "2027H1".to_owned(),
        view: 1,
        former: None,
        log: LogView {
            size: 9,
            root: [1; 32],
        },
        slots: (0, 1),
        void: vec![],
        code_book: [2; 32],
        plan: [3; 32],
        cards: 4,
        classes: 3,
        pending: Some(3),
        values: vec![4],
        bands: vec![Band {
            sum,
            low: 0,
            width: 5,
        }],
        corrections: vec![],
    }
}

/// Reads one input: its first byte says as what.
pub(crate) fn read(bytes: &[u8]) {
    let Some((as_what, bytes)) = bytes.split_first() else {
        return;
    };
    match as_what {
        0 => {
            if let Ok(statement) = Statement::parse(bytes) {
                assert_eq!(statement.to_string().as_bytes(), bytes);
            }
        }
        1 => {
            if let Ok(opening) = Opening::parse(bytes) {
                assert_eq!(opening.to_text().as_bytes(), bytes);
            }
        }
        2 => {
            let mut cards = Cards::new(ORIGIN, 0);
            if cards.push(bytes, 2).is_ok() {
                assert_eq!(bytes, made().files[0], "nobody else has the openings");
            }
        }
        3 => {
            if let Ok(book) = CodeBook::parse(bytes) {
                assert_eq!(book.to_text().as_bytes(), bytes);
            }
        }
        4 => {
            if let Ok(plan) = Plan::parse(bytes) {
                assert_eq!(plan.to_text().as_bytes(), bytes);
            }
        }
        5 => {
            let text = String::from_utf8_lossy(bytes);
            if let Ok(period) = Period::parse(&text) {
                assert_eq!(period.to_string().as_bytes(), bytes);
                let (from, until) = period.seconds();
                assert!(from < until, "{period}");
            }
        }
        _ => report(bytes),
    }
}

/// Three files behind their lengths: statement and numbers; the rest is the proof.
fn report(bytes: &[u8]) {
    let Some((lengths, rest)) = bytes.split_first_chunk::<4>() else {
        return;
    };
    let length = |at: usize| usize::from(u16::from_be_bytes([lengths[at], lengths[at + 1]]));
    let Some((statement, rest)) = rest.split_at_checked(length(0)) else {
        return;
    };
    let Some((numbers, proof)) = rest.split_at_checked(length(2)) else {
        return;
    };
    let report = Report {
        statement: statement.to_vec(),
        proof: proof.to_vec(),
        numbers: numbers.to_vec(),
    };
    let made = made();
    if verify(&report, &made.cards, None, &mut Counted(1 << 40)).is_ok() {
        assert_eq!(report.statement, made.report.statement);
        assert_eq!(report.proof, made.report.proof);
    }
}

/// What a search begins with.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let made = made();
    let Report {
        statement,
        proof,
        numbers,
    } = &made.report;
    let length = |bytes: &[u8]| u16::try_from(bytes.len()).expect("short").to_be_bytes();
    let files = [
        &length(statement)[..],
        &length(numbers),
        statement,
        numbers,
        proof,
    ]
    .concat();
    let opening = made.openings[0].to_text();
    let sweden = lagrum_model::CountryCode::parse("SE").expect("a country");
    let (book, plan) = (
        CodeBook::of(&[sweden].into()).to_text(),
        Plan::default().to_text(),
    );
    [
        (0, &statement[..]),
        (1, opening.as_bytes()),
        (2, &made.files[0]),
        (3, book.as_bytes()),
        (4, plan.as_bytes()),
        (5, b"2027H1"),
        (6, &files),
    ]
    .map(|(as_what, bytes)| [&[as_what], bytes].concat())
    .to_vec()
}
