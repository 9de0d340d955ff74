//! How a report is made.

use lagrum_cards::{Band, Cards, Classified, LogView, Made, Opening, Statement, Wanted, prove};
use rand_core::CryptoRngCore;

use crate::{Cell, CodeBook, Facts, FiguresError, Of, Period, Plan};

/// Of what a report is.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// The log.
    pub origin: &'a str,
    /// The period.
    pub period: &'a Period,
    /// From which view of the log its cards are.
    pub log: LogView,
    /// The first and the last slot of the period.
    pub slots: (u64, u64),
}

/// What is known of one card of the period.
#[derive(Clone, Debug)]
pub struct Counted {
    /// What opens it.
    pub opening: Opening,
    /// What its case is counted as; absent: it is blank.
    pub facts: Option<Facts>,
}

/// Makes the first report of a period: `cards` are all of the log, `counted` those of the period, in the order of slot and
/// place. What the plan names is published, and nothing else.
///
/// # Errors
/// When they do not fit each other, or a case has more accounts than the plan permits.
pub fn make(
    about: &About<'_>,
    book: &CodeBook,
    plan: &Plan,
    cards: &Cards,
    counted: &[Counted],
    random: &mut dyn CryptoRngCore,
) -> Result<Made, FiguresError> {
    let fault = |why: String| FiguresError::Cards(why);
    let mut records = Vec::with_capacity(counted.len());
    for one in counted {
        let class =
            match &one.facts {
                None => None,
                Some(facts) => Some(book.class_of(facts).ok_or_else(|| {
                    fault(format!("no class of the code book is that of {facts:?}"))
                })?),
            };
        let accounts = one.facts.as_ref().map_or(0, |facts| facts.accounts);
        if accounts >= plan.accounts {
            return Err(fault(format!(
                "a case has {accounts} accounts, and the plan permits {} at most",
                plan.accounts - 1
            )));
        }
        records.push(Classified {
            opening: &one.opening,
            class,
            amounts: vec![accounts],
            former: None,
        });
    }
    let value = |cell: &Cell| -> u64 {
        let within = |record: &&Classified<'_>| {
            record
                .class
                .is_some_and(|class| cell.classes.binary_search(&class).is_ok())
        };
        let all = records.iter().filter(within);
        match cell.of {
            Of::Accounts => all.map(|record| u64::from(record.amounts[0])).sum(),
            _ => all.count() as u64,
        }
    };
    let (mut bands, mut wanted) = (Vec::new(), Vec::new());
    for cell in plan.cells(book) {
        let sum = cell.sum()?;
        match plan.band {
            1 => wanted.push(Wanted {
                name: cell.name(),
                sum,
            }),
            width => bands.push(Band {
                low: value(&cell) / u64::from(width) * u64::from(width),
                width,
                sum,
            }),
        }
    }
    let statement = Statement {
        origin: about.origin.to_owned(),
        period: about.period.to_string(),
        view: 1,
        former: None,
        log: about.log.clone(),
        slots: about.slots,
        void: Vec::new(),
        code_book: book.digest(),
        plan: plan.digest(),
        cards: u32::try_from(counted.len())
            .map_err(|_| fault("the period has more cards than a report can have".into()))?,
        classes: book.len(),
        pending: book.pending(),
        values: vec![plan.accounts],
        bands,
        corrections: Vec::new(),
    };
    prove(&statement, cards, &records, None, &wanted, random).map_err(|e| fault(e.to_string()))
}
