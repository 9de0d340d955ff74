//! How a stranger checks a report: with its files and the log, and nothing else.

use lagrum_cards::{Band, Numbers, Report, Statement, TextError, Verified, verify};
use lagrum_log::{LogReader, Schedule};
use rand_core::CryptoRngCore;

use crate::files::{MOST_VIEWS, cards_of, logged, logged_of, planned, planned_of};
use crate::make::in_words;
use crate::texts::auditors_of;
use crate::{Cell, Figure, FiguresError, Period, ReportFiles};

/// A report that follows from the cards of the log.
pub struct Checked {
    /// Of which period.
    pub period: String,
    /// Which view of it, from 1.
    pub view: u64,
    /// The newest view of it that the log names: another than `view`, if there is a later one.
    pub newest: u64,
    /// Its figures.
    pub figures: Vec<(Cell, Figure)>,
    /// How many demands it counts otherwise than the former view, in words.
    pub corrections: Vec<String>,
    /// The first and the last slot of the period, and how many cards lie there.
    pub cards: ((u64, u64), u32),
    /// The entry of the log that holds it.
    pub entry: u64,
    /// The entry that named its classes and its plan before the period began; none: they were chosen later.
    pub planned: Option<u64>,
    /// What auditors committed to before the log held it: the texts of these entries.
    pub auditors: Vec<String>,
    /// The equations, for whoever opens a card.
    pub verified: Verified,
}

/// Checks a report against the log: that the log holds it, and no other of this period and view; that its cards are
/// those of all slots of the period; that its classes are those of the code book, and its figures exactly those of the
/// plan, which are those that were planned before the period, if some were; that every figure follows from the cards;
/// and all this of each former view, too.
///
/// # Errors
/// The first of it that is not so.
pub fn check(
    files: &ReportFiles,
    log: &LogReader,
    random: &mut dyn CryptoRngCore,
) -> Result<Checked, FiguresError> {
    let shown = Shown::of(log)?;
    let mut former: Option<Verified> = None;
    for report in &files.former {
        let (_, verified) = shown.view(report, files, former.as_ref(), random)?;
        former = Some(verified);
    }
    let (entry, verified) = shown.view(&files.report, files, former.as_ref(), random)?;
    let statement = verified.statement();
    let corrections = statement.corrections.iter();
    Ok(Checked {
        period: statement.period.clone(),
        view: statement.view,
        newest: shown.newest(&statement.period, statement.view),
        figures: figures(files, statement, verified.numbers())?,
        corrections: corrections.map(|one| in_words(one, &files.book)).collect(),
        cards: (statement.slots, statement.cards),
        entry,
        auditors: shown.auditors(&statement.period, entry),
        planned: shown.planned(&Period::parse(&statement.period)?, files)?,
        verified,
    })
}

/// A log, as far as reports and sums are concerned.
pub(crate) struct Shown<'l> {
    log: &'l LogReader,
    pub(crate) schedule: Schedule,
    pub(crate) origin: String,
    size: u64,
    /// The public texts that are no files of cards, each with its entry.
    texts: Vec<(u64, Vec<u8>)>,
}

impl<'l> Shown<'l> {
    pub(crate) fn of(log: &'l LogReader) -> Result<Self, FiguresError> {
        let of_log = |e: lagrum_log::Error| FiguresError::Log(e.to_string());
        let checkpoint = log.checkpoint().map_err(of_log)?;
        let schedule = log.schedule().map_err(of_log)?;
        Ok(Self {
            log,
            origin: checkpoint.signed().origin().to_owned(),
            size: checkpoint.head().size,
            texts: log.texts(&schedule).map_err(of_log)?,
            schedule,
        })
    }

    /// Checks one view. Gives the entry that holds it, too.
    fn view(
        &self,
        report: &Report,
        files: &ReportFiles,
        former: Option<&Verified>,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(u64, Verified), FiguresError> {
        let wrong = |why: &str| FiguresError::Report(why.to_owned());
        let statement =
            Statement::parse(&report.statement).map_err(|e| FiguresError::Report(e.to_string()))?;
        if statement.origin != self.origin {
            return Err(wrong("it is about another log"));
        }
        if statement.view != former.map_or(1, |former| former.statement().view + 1) {
            return Err(wrong("a former view of it is missing"));
        }
        let of_then = (statement.log.size <= self.size)
            .then(|| self.log.head_of(statement.log.size))
            .transpose()
            .map_err(|e| FiguresError::Log(e.to_string()))?;
        if of_then.is_none_or(|head| head.root.0 != statement.log.root) {
            return Err(wrong(
                "it was made from another log, or from more than is published",
            ));
        }
        let entry = self.held(report, &statement)?;

        // The cards: of all slots of the period, read from the log.
        let slots = Period::parse(&statement.period)?.slots(&self.schedule);
        if slots != Some(statement.slots) {
            return Err(wrong("its slots are not those of its period"));
        }
        let (last, size) = (statement.slots.1, statement.log.size);
        let cards = cards_of(self.log, &self.schedule, &statement.origin, last, size)?;

        // What it says is what its plan names.
        if statement.code_book != files.book.digest() || statement.plan != files.plan.digest() {
            return Err(wrong("its code book or its plan is another than it says"));
        }
        // Other classes than those that are generated would be counted in no figure.
        if !files.book.is_generated() {
            return Err(wrong("its code book is not one that is generated"));
        }
        let fits = statement.classes == files.book.len()
            && statement.pending == files.book.pending()
            && statement.values == [files.plan.accounts]
            && statement.void.is_empty();
        if !fits {
            return Err(wrong(
                "it has other classes or amounts than its code book and its plan",
            ));
        }
        let verified = verify(report, &cards, former, random)
            .map_err(|e| FiguresError::Report(e.to_string()))?;
        Ok((entry, verified))
    }

    /// The entry by which the log holds this report, and no other of its period and view.
    fn held(&self, report: &Report, statement: &Statement) -> Result<u64, FiguresError> {
        let (period, view) = (&statement.period, statement.view);
        let ours = logged(period, view, &report.digest());
        let mut of_view = self.beginning(logged_of(period, view));
        match (of_view.next(), of_view.next()) {
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

    /// The newest view of a period that the log names, from `view` on.
    fn newest(&self, period: &str, view: u64) -> u64 {
        let is_there = |view: &u64| self.beginning(logged_of(period, *view)).next().is_some();
        let later = (view + 1..=MOST_VIEWS).filter(is_there);
        later.max().unwrap_or(view)
    }

    /// The entry that named code book and plan before the period began. What was planned later does not count; where
    /// something else was planned in time, the report is false.
    fn planned(&self, period: &Period, files: &ReportFiles) -> Result<Option<u64>, FiguresError> {
        let begins = period.seconds().0;
        let in_time = |entry: u64| {
            let tick = self.schedule.tick_of(entry);
            tick.is_some_and(|tick| tick.at < begins)
        };
        let ours = planned(period, &files.book, &files.plan);
        let mut found = self.beginning(planned_of(period));
        match found.find(|(entry, _)| in_time(*entry)) {
            None => Ok(None),
            Some((entry, text)) if text == ours.as_bytes() => Ok(Some(entry)),
            Some(_) => Err(FiguresError::Report(
                "another plan or code book was in the log before the period began".into(),
            )),
        }
    }

    /// What auditors committed to for a period, in entries before this one.
    fn auditors(&self, period: &str, before: u64) -> Vec<String> {
        let texts = self.beginning(auditors_of(period));
        let earlier = texts.filter(|(entry, _)| *entry < before);
        earlier
            .map(|(_, text)| String::from_utf8_lossy(text).into_owned())
            .collect()
    }

    /// Up to which entry the log's own indexes name its public texts: before it no copy can hide one.
    pub(crate) fn named_until(&self) -> u64 {
        let slots = (0..).map_while(|number| self.schedule.slot(number));
        let there = slots.take_while(|slot| slot.leaf() < self.size);
        let indexed = there.filter(|slot| slot.index().is_some());
        indexed.last().map_or(0, |slot| slot.tick.leaf)
    }

    /// The public texts that begin so, in the order of the log, each with its entry.
    pub(crate) fn beginning(&self, begins: String) -> impl Iterator<Item = (u64, &[u8])> {
        let texts = self.texts.iter();
        texts
            .filter(move |(_, text)| text.starts_with(begins.as_bytes()))
            .map(|(entry, text)| (*entry, text.as_slice()))
    }
}

/// What a report says of each figure of its plan, for whoever made it: nothing of it is checked.
///
/// # Errors
/// When it is not written as a report is, or has other figures than its plan.
pub fn said(files: &ReportFiles) -> Result<Vec<(Cell, Figure)>, FiguresError> {
    let wrong = |why: TextError| FiguresError::Report(why.to_string());
    let statement = Statement::parse(&files.report.statement).map_err(wrong)?;
    let numbers = Numbers::parse(&files.report.numbers).map_err(wrong)?;
    figures(files, &statement, &numbers)
}

/// What the report says of each figure of its plan. It says nothing else.
fn figures(
    files: &ReportFiles,
    statement: &Statement,
    numbers: &Numbers,
) -> Result<Vec<(Cell, Figure)>, FiguresError> {
    let other = || FiguresError::Report("it has other figures than its plan".into());
    let mut bands = statement.bands.iter();
    let mut exact = 0;
    let mut figures = Vec::new();
    for cell in files.plan.cells(&files.book) {
        let sum = cell.sum()?;
        let figure = match files.plan.width(&cell) {
            1 => {
                let number = numbers
                    .get(&cell.name())
                    .filter(|number| *number.sum() == sum);
                exact += 1;
                Figure::Exactly(number.ok_or_else(other)?.value())
            }
            width => {
                let fits = |band: &&Band| {
                    let edges = band.width == width && band.low.is_multiple_of(u64::from(width));
                    edges && band.sum == sum
                };
                let band = bands.next().filter(fits).ok_or_else(other)?;
                Figure::Between(band.low, band.low + u64::from(width) - 1)
            }
        };
        figures.push((cell, figure));
    }
    match bands.next().is_none() && numbers.iter().count() == exact {
        true => Ok(figures),
        false => Err(other()),
    }
}
