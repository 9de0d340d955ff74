//! How a stranger checks a report: with its files and the log, and nothing else.

use lagrum_cards::{Statement, Verified, verify};
use lagrum_log::{LogReader, Schedule};
use rand_core::CryptoRngCore;

use crate::files::{cards_of, logged, logged_of};
use crate::{Cell, CodeBook, Figure, FiguresError, Period, ReportFiles};

/// A report that follows from the cards of the log.
pub struct Checked {
    /// Of which period.
    pub period: String,
    /// Its figures.
    pub figures: Vec<(Cell, Figure)>,
    /// The first and the last slot of the period, and how many cards lie there.
    pub cards: ((u64, u64), u32),
    /// The entry of the log that holds it.
    pub entry: u64,
    /// The equations, for whoever opens a card.
    pub verified: Verified,
}

/// Checks a report against the log: that the log holds it, and no other of this period; that its cards are those of all
/// slots of the period; that its classes are those of the code book, and its figures exactly those of the plan; and that
/// every figure follows from the cards.
///
/// # Errors
/// The first of it that is not so.
pub fn check(
    files: &ReportFiles,
    log: &LogReader,
    random: &mut dyn CryptoRngCore,
) -> Result<Checked, FiguresError> {
    let of_log = |e: lagrum_log::Error| FiguresError::Log(e.to_string());
    let wrong = |why: &str| FiguresError::Report(why.to_owned());
    let statement = Statement::parse(&files.report.statement)
        .map_err(|e| FiguresError::Report(e.to_string()))?;
    let checkpoint = log.checkpoint().map_err(of_log)?;
    let size = checkpoint.head().size;
    let origin = checkpoint.signed().origin();
    if statement.origin != origin {
        return Err(wrong("it is about another log"));
    }
    if statement.view != 1 {
        return Err(wrong("later views of a period are not checked yet"));
    }
    let of_then = (statement.log.size <= size)
        .then(|| log.head_of(statement.log.size))
        .transpose()
        .map_err(of_log)?;
    if of_then.is_none_or(|head| head.root.0 != statement.log.root) {
        return Err(wrong(
            "it was made from another log, or from more than is published",
        ));
    }
    let schedule = log.schedule().map_err(of_log)?;
    let entry = held(files, &statement, log, &schedule)?;

    // The cards: of all slots of the period, read from the log.
    let period = Period::parse(&statement.period)?;
    let slots = period.slots(&schedule);
    if slots != Some(statement.slots) {
        return Err(wrong("its slots are not those of its period"));
    }
    let (last, size) = (statement.slots.1, statement.log.size);
    let cards = cards_of(log, &schedule, &statement.origin, last, size)?;

    // What it says is what its plan names.
    if statement.code_book != files.book.digest() || statement.plan != files.plan.digest() {
        return Err(wrong("its code book or its plan is another than it says"));
    }
    // Other classes than those that are generated would be counted in no figure.
    if CodeBook::of(&files.book.countries()) != files.book {
        return Err(wrong("its code book is not one that is generated"));
    }
    let fits = statement.classes == files.book.len()
        && statement.pending == files.book.pending()
        && statement.values == [files.plan.accounts]
        && statement.void.is_empty()
        && statement.corrections.is_empty();
    if !fits {
        return Err(wrong(
            "it has other classes or amounts than its code book and its plan",
        ));
    }
    let verified = verify(&files.report, &cards, None, random)
        .map_err(|e| FiguresError::Report(e.to_string()))?;
    let figures = figures(files, &verified)?;
    Ok(Checked {
        period: statement.period,
        figures,
        cards: (statement.slots, statement.cards),
        entry,
        verified,
    })
}

/// The entry by which the log holds this report, and no other of its period and view.
fn held(
    files: &ReportFiles,
    statement: &Statement,
    log: &LogReader,
    schedule: &Schedule,
) -> Result<u64, FiguresError> {
    let (period, view) = (&statement.period, statement.view);
    let begins = logged_of(period, view);
    let ours = logged(period, view, &files.report.digest());
    let texts = log
        .texts(schedule)
        .map_err(|e| FiguresError::Log(e.to_string()))?;
    let mut of_period = texts
        .into_iter()
        .filter(|(_, text)| text.starts_with(begins.as_bytes()));
    match (of_period.next(), of_period.next()) {
        (Some((entry, text)), None) if text == ours.as_bytes() => Ok(entry),
        (Some(_), None) => Err(FiguresError::Report(
            "the log holds another report of this period".into(),
        )),
        (Some(_), Some(_)) => Err(FiguresError::Log(
            "it holds two reports of one period: one of them is shown to some, and the other to others"
                .into(),
        )),
        (None, _) => Err(FiguresError::Report(
            "the log does not hold it (yet): it could be shown to you alone".into(),
        )),
    }
}

/// What the report says of each figure of its plan. It says nothing else.
fn figures(files: &ReportFiles, verified: &Verified) -> Result<Vec<(Cell, Figure)>, FiguresError> {
    let other = || FiguresError::Report("it has other figures than its plan".into());
    let cells = files.plan.cells(&files.book);
    let statement = verified.statement();
    let width = files.plan.band;
    let mut figures = Vec::with_capacity(cells.len());
    if width == 1 {
        let numbers = verified.numbers();
        if !statement.bands.is_empty() || numbers.iter().count() != cells.len() {
            return Err(other());
        }
        for cell in cells {
            let number = numbers.get(&cell.name()).ok_or_else(other)?;
            if *number.sum() != cell.sum()? {
                return Err(other());
            }
            figures.push((cell, Figure::Exactly(number.value())));
        }
        return Ok(figures);
    }
    if statement.bands.len() != cells.len() || verified.numbers().iter().next().is_some() {
        return Err(other());
    }
    for (cell, band) in cells.into_iter().zip(&statement.bands) {
        let edges = band.width == width && band.low.is_multiple_of(u64::from(width));
        if band.sum != cell.sum()? || !edges {
            return Err(other());
        }
        let last = band.low + u64::from(width) - 1;
        figures.push((cell, Figure::Between(band.low, last)));
    }
    Ok(figures)
}
