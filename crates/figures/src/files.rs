//! A report as files, and what the log says of it.

use std::path::Path;

use lagrum_cards::{Cards, Report, Statement};
use lagrum_log::{LogReader, Schedule};

use crate::{CodeBook, FiguresError, Period, Plan};

/// The first line of the entry by which the log holds a report.
pub(crate) const LOGGED: &str = "lagrum/figures/v1/report";
/// The first line of the entry by which the log holds what is to be published of a period.
const PLANNED: &str = "lagrum/figures/v1/planned";
/// No period has more views: it is looked at twice a year, for as long as a demand can wait.
pub const MOST_VIEWS: u64 = 64;
/// No proof is longer: a million cards take some 700 MB, and nobody has so many.
const LONGEST: u64 = 1 << 30;
const STATEMENT: &str = "statement";
const PROOF: &str = "proof";
const NUMBERS: &str = "numbers";
const CODE_BOOK: &str = "codebook";
const PLAN: &str = "plan";

/// The files of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFiles {
    /// Statement, proof and numbers.
    pub report: Report,
    /// The former views of the same period, the first one first.
    pub former: Vec<Report>,
    /// The classes.
    pub book: CodeBook,
    /// What is published.
    pub plan: Plan,
}

impl ReportFiles {
    /// Reads them.
    ///
    /// # Errors
    /// When one is missing, too large, or not written as it has to be.
    pub fn read(directory: &Path) -> Result<Self, FiguresError> {
        let file = |name: &str| lagrum_durable::read(&directory.join(name), LONGEST);
        let report = read_view(directory)?;
        let statement = Statement::parse(&report.statement);
        let statement = statement.map_err(|e| FiguresError::Report(e.to_string()))?;
        if statement.view > MOST_VIEWS {
            return Err(FiguresError::Report("it is a view after the last".into()));
        }
        let former = (1..statement.view).map(|view| read_view(&directory.join(former(view))));
        Ok(Self {
            report,
            former: former.collect::<Result<_, _>>()?,
            book: CodeBook::parse(&file(CODE_BOOK)?)?,
            plan: Plan::parse(&file(PLAN)?)?,
        })
    }

    /// The files of one view of it, with those before it; none: it is not here.
    #[must_use]
    pub fn of_view(&self, view: u64) -> Option<Self> {
        let before = usize::try_from(view.checked_sub(1)?).ok()?;
        let own = self.former.iter().chain([&self.report]).nth(before)?;
        Some(Self {
            report: own.clone(),
            former: self.former.iter().take(before).cloned().collect(),
            book: self.book.clone(),
            plan: self.plan,
        })
    }

    /// Writes them into a directory that is there.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn write(&self, directory: &Path) -> Result<(), FiguresError> {
        for (view, report) in (1..).zip(&self.former) {
            let directory = directory.join(former(view));
            lagrum_durable::create_directory(&directory)?;
            write_view(&directory, report)?;
        }
        write_view(directory, &self.report)?;
        lagrum_durable::replace(&directory.join(CODE_BOOK), self.book.to_text().as_bytes())?;
        lagrum_durable::replace(&directory.join(PLAN), self.plan.to_text().as_bytes())?;
        Ok(())
    }
}

/// Where a former view lies below the newest one.
fn former(view: u64) -> String {
    format!("view-{view}")
}

fn read_view(directory: &Path) -> Result<Report, FiguresError> {
    let file = |name: &str| lagrum_durable::read(&directory.join(name), LONGEST);
    Ok(Report {
        statement: file(STATEMENT)?,
        proof: file(PROOF)?,
        numbers: file(NUMBERS)?,
    })
}

fn write_view(directory: &Path, report: &Report) -> Result<(), FiguresError> {
    for (name, bytes) in [
        (STATEMENT, &report.statement),
        (PROOF, &report.proof),
        (NUMBERS, &report.numbers),
    ] {
        lagrum_durable::replace(&directory.join(name), bytes)?;
    }
    Ok(())
}

/// The text by which the log holds what is to be published of a period, and in which classes: it counts if it was there
/// before the period began.
#[must_use]
pub fn planned(period: &Period, book: &CodeBook, plan: &Plan) -> String {
    let (book, plan) = (hex::encode(book.digest()), hex::encode(plan.digest()));
    format!("{}codebook {book}\nplan {plan}\n\n", planned_of(period))
}

/// How that text begins, whatever is planned.
#[must_use]
pub fn planned_of(period: &Period) -> String {
    format!("{PLANNED}\nperiod {period}\n")
}

/// The text by which the log holds a report: there is one for each period and view.
#[must_use]
pub fn logged(period: &str, view: u64, digest: &[u8; 32]) -> String {
    format!(
        "{}digest {}\n\n",
        logged_of(period, view),
        hex::encode(digest)
    )
}

/// How that text begins, whatever the report is.
#[must_use]
pub fn logged_of(period: &str, view: u64) -> String {
    format!("{LOGGED}\nperiod {period}\nview {view}\n")
}

/// The cards of all slots up to `last`, from the files that the log shows at their places. `size`: in its first entries so
/// many.
///
/// # Errors
/// When a file was not written yet, is not shown, or is none of cards.
pub fn cards_of(
    log: &LogReader,
    schedule: &Schedule,
    origin: &str,
    last: u64,
    size: u64,
) -> Result<Cards, FiguresError> {
    let mut cards = Cards::new(origin, 0);
    for number in 0..=last {
        let slot = schedule.slot(number).filter(|slot| slot.leaf() < size);
        let slot = slot.ok_or_else(|| {
            FiguresError::Report("a file of its period was not written yet".into())
        })?;
        let file = log
            .notice(slot.leaf())
            .map_err(|e| FiguresError::Log(e.to_string()))?;
        let file = file.ok_or_else(|| {
            FiguresError::Log(format!("it does not show file {number} of the cards"))
        })?;
        cards
            .push(&file, slot.cards as usize)
            .map_err(|e| FiguresError::Log(e.to_string()))?;
    }
    Ok(cards)
}

impl Period {
    /// The first and the last slot of the period; none if the schedule has none in it.
    #[must_use]
    pub fn slots(&self, schedule: &Schedule) -> Option<(u64, u64)> {
        let (from, until) = self.seconds();
        let mut found: Option<(u64, u64)> = None;
        for number in 0.. {
            let slot = schedule.slot(number)?;
            if slot.tick.at >= until {
                break;
            }
            if slot.tick.at >= from {
                found = Some((found.map_or(number, |(first, _)| first), number));
            }
        }
        found
    }
}
