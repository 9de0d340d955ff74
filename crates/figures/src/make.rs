//! How a report is made.

use std::collections::BTreeMap;

use lagrum_cards::{
    Band, Cards, Classified, Correction, LogView, Made, Opening, Statement, Verified, Wanted, prove,
};
use rand_core::CryptoRngCore;

use crate::tells::wider;
use crate::{
    Asker, Bands, Cell, CodeBook, Counts, Facts, FiguresError, Of, Period, Plan, TellsTooMuch,
    Told, View, Who, tells,
};

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
    /// The former view, if it is not the first.
    pub former: Option<&'a Verified>,
    /// All former views: what they count.
    pub views: &'a [View<'a>],
    /// Whether it is made though more could be read out of it than its bands say.
    pub even_telling: bool,
    /// Whether what is published was fixed before, so that no other bands can be taken.
    pub fixed: bool,
    /// Whether it may say otherwise than the former one what became of a demand that was answered then.
    pub correct: bool,
}

/// What is known of one card of the period.
#[derive(Clone, Debug)]
pub struct Counted {
    /// What opens it.
    pub opening: Opening,
    /// What its case is counted as; absent: it is blank.
    pub facts: Option<Facts>,
    /// As what the former view counts it. Not looked at in the first.
    pub former: Option<u32>,
}

/// A report that was made.
pub struct MadeReport {
    /// What is published, and what opens its totals.
    pub made: Made,
    /// The class of each card; none of a blank one. The next view needs them, and nobody else.
    pub classes: Vec<Option<u32>>,
    /// The accounts of each card.
    pub accounts: Vec<u32>,
    /// What can be read out of it though it is hidden. For the people of the desk, and never for publication.
    pub told: Vec<Told>,
    /// Of how many demands nobody knows who asked: what their authorities can read was not looked for.
    pub of_nobody: usize,
}

/// Makes a report of a period: `cards` are all of the log, `counted` those of the period, in the order of slot and
/// place. What the plan names is published, and nothing else; in a later view beside it how many demands are counted
/// otherwise than before.
///
/// # Errors
/// When they do not fit each other, or a case has more accounts than the plan permits. [`FiguresError::Tells`] when more
/// could be read out of it than its bands say. [`FiguresError::Otherwise`] when
/// a later view would say otherwise what became of a demand, and may not.
pub fn make(
    about: &About<'_>,
    book: &CodeBook,
    plan: &Plan,
    cards: &Cards,
    counted: &[Counted],
    random: &mut dyn CryptoRngCore,
) -> Result<MadeReport, FiguresError> {
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
        // What was answered keeps its amount.
        let kept = about
            .views
            .last()
            .filter(|_| one.former.is_some() && one.former == class && class != book.pending());
        let accounts = kept
            .and_then(|view| view.accounts.get(records.len()))
            .copied()
            .unwrap_or(accounts);
        records.push(Classified {
            opening: &one.opening,
            class,
            amounts: vec![accounts],
            former: one.former,
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
        match plan.width(&cell) {
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
    let corrections = match about.former {
        Some(_) => corrections(&records, book),
        None => Vec::new(),
    };
    if !corrections.is_empty() && !about.correct {
        let all = corrections.iter().map(|one| in_words(one, book));
        return Err(FiguresError::Otherwise(all.collect()));
    }
    let classes: Vec<_> = records.iter().map(|record| record.class).collect();
    let accounts: Vec<_> = records.iter().map(|record| record.amounts[0]).collect();
    let own = View {
        classes: &classes,
        accounts: &accounts,
        corrections: &corrections,
    };
    let views: Vec<_> = about.views.iter().copied().chain([own]).collect();
    let askers: Vec<&[Asker]> = counted.iter().map(askers_of).collect();
    let demands = counted.iter().filter(|one| one.facts.is_some());
    let of_nobody = demands.filter(|one| askers_of(one).is_empty()).count();
    let counts = Counts {
        book,
        cards: u32::try_from(counted.len()).unwrap_or(u32::MAX),
        views: &views,
        askers: &askers,
    };
    let told = look(about, &counts, plan)?;
    let statement = Statement {
        origin: about.origin.to_owned(),
        period: about.period.to_string(),
        view: about.former.map_or(1, |former| former.statement().view + 1),
        former: about.former.map(Verified::digest),
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
        corrections,
    };
    let made = prove(&statement, cards, &records, about.former, &wanted, random);
    let made = made.map_err(|e| fault(e.to_string()))?;
    Ok(MadeReport {
        made,
        classes,
        accounts,
        told,
        of_nobody,
    })
}

fn askers_of(counted: &Counted) -> &[Asker] {
    let facts = counted.facts.as_ref();
    facts.map_or(&[], |facts| &facts.askers)
}

/// What would be told. Where it is made all the same, that it was not found out is no reason to make none.
fn look(about: &About<'_>, counts: &Counts<'_>, plan: &Plan) -> Result<Vec<Told>, FiguresError> {
    let told = match tells(counts, plan) {
        Err(why) if about.even_telling => vec![Told {
            who: Who::Reader,
            view: counts.views.len() as u64,
            what: why.to_string(),
            between: None,
            sealed: true,
        }],
        told => told?,
    };
    if told.is_empty() || about.even_telling {
        return Ok(told);
    }
    Err(FiguresError::Tells(Box::new(TellsTooMuch {
        wider: wider(counts, plan, &told)?.map(|plan| Bands {
            band: plan.band,
            sealed: plan.sealed,
        }),
        fixed: about.fixed || about.former.is_some(),
        told,
    })))
}

/// How many demands are counted otherwise than in the former view, and were not pending then.
fn corrections(records: &[Classified<'_>], book: &CodeBook) -> Vec<Correction> {
    let mut found: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for record in records {
        if let (Some(from), Some(to)) = (record.former, record.class)
            && from != to
            && Some(from) != book.pending()
        {
            *found.entry((from, to)).or_default() += 1;
        }
    }
    let correction = |((from, to), count)| Correction { from, to, count };
    found.into_iter().map(correction).collect()
}

/// A correction, for people.
#[must_use]
pub fn in_words(correction: &Correction, book: &CodeBook) -> String {
    let class = |number| {
        let class = book.class(number);
        class.map_or_else(|| "?".to_owned(), ToString::to_string)
    };
    let (from, to) = (class(correction.from), class(correction.to));
    format!("{} from {from} to {to}", correction.count)
}
