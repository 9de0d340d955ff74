//! What a provider dealt, as its own log holds it.

use lagrum_cards::{Dealing, Verified};
use lagrum_log::LogReader;
use rand_core::CryptoRngCore;

use super::Called;
use crate::check::{Checked, Shown, check};
use crate::{Cell, Figure, FiguresError, Of, ReportFiles};

/// The first line of the entry by which a provider deals.
const DEALING: &str = "lagrum/figures/v1/dealing";

/// How the text begins by which a provider deals a figure of a period, to whatever call: the first in its log is the only
/// one.
#[must_use]
pub fn dealing_of(called: &Called) -> String {
    let call = called.call();
    format!("{DEALING}\nperiod {}\nfigure {}\n", call.period, call.name)
}

/// The text by which a provider deals, about this report.
#[must_use]
pub fn dealing_text(called: &Called, report: &Verified, dealing: &Dealing) -> String {
    let view = report.statement().view;
    written(called, view, &report.digest(), dealing.as_bytes())
}

fn written(called: &Called, view: u64, report: &[u8; 32], dealing: &[u8]) -> String {
    format!(
        "{}call {}\nview {view}\nreport {}\ndealing {}\n\n",
        dealing_of(called),
        hex::encode(called.digest()),
        hex::encode(report),
        hex::encode(dealing),
    )
}

/// Whether a provider's report lets it deal what is asked: it was asked, its plan was in its log before the period began and
/// has this figure, over the same classes, and no kinds are in it of which nobody may say how many there were, unless it is
/// published as it is. Gives what the report itself says of the figure. Nothing here depends on the number.
///
/// # Errors
/// The first of it that is not so.
pub fn may_be_dealt(
    called: &Called,
    files: &ReportFiles,
    checked: &Checked,
) -> Result<Figure, FiguresError> {
    let wrong = |why: String| FiguresError::Sum(why);
    let (call, origin) = (called.call(), &checked.verified.statement().origin);
    if !call.providers.contains(origin) {
        return Err(wrong(format!("{origin} was not asked")));
    }
    if checked.period != call.period || call.code_book != files.book.digest() {
        return Err(wrong(format!(
            "the report of {origin} has another period or other classes than the call"
        )));
    }
    if checked.planned.is_none() {
        return Err(wrong(format!(
            "what {origin} publishes was not fixed before the period began"
        )));
    }
    let is_it = |(cell, _): &&(Cell, Figure)| {
        cell.name() == call.name && cell.sum().is_ok_and(|sum| sum == call.sum)
    };
    let found = checked.figures.iter().find(is_it).ok_or_else(|| {
        wrong(format!(
            "the plan of {origin} has no figure {} over the classes of the call",
            call.name
        ))
    })?;
    let (cell, figure) = found;
    let sealed = matches!(cell.of, Of::Received | Of::Pending | Of::Other);
    match sealed && files.plan.width(cell) > 1 {
        false => Ok(*figure),
        true => Err(wrong(format!(
            "{} holds kinds of which nobody may say how many there were, and {origin} publishes it in a band only",
            call.name
        ))),
    }
}

/// What a provider dealt, about a report that was checked.
#[derive(Debug)]
pub struct Dealt {
    /// The shares.
    pub dealing: Dealing,
    /// The entry of the provider's log that holds them.
    pub entry: u64,
    /// Of which view of its report.
    pub view: u64,
    /// What that report says of the figure.
    pub figure: Figure,
}

impl Dealt {
    /// Looks for what a provider dealt, in its log, and checks it with its report; none: nothing yet.
    ///
    /// # Errors
    /// When it dealt the figure to another call, too late, about a report that is not believed, or one that does not let it
    /// deal; or what it dealt is in no form that could be checked.
    pub fn find(
        called: &Called,
        files: &ReportFiles,
        log: &LogReader,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Option<Self>, FiguresError> {
        let shown = Shown::of(log)?;
        let wrong = |why: &str| FiguresError::Sum(format!("{} {why}", shown.origin));
        let first = shown.beginning(dealing_of(called)).next();
        let Some((entry, text)) = first else {
            return Ok(None);
        };
        let parts = parts(called, text)
            .ok_or_else(|| wrong("dealt this figure to another call, or in no form"))?;
        let tick = shown.schedule.tick_of(entry);
        if tick.is_none_or(|tick| tick.at >= called.deal_until()) {
            return Err(wrong("dealt after the last day for it"));
        }
        let files = files
            .of_view(parts.view)
            .ok_or_else(|| wrong("dealt about a view of its report that is not here"))?;
        let checked = check(&files, log, random)?;
        let figure = may_be_dealt(called, &files, &checked)?;
        if checked.verified.digest() != parts.report {
            return Err(wrong("dealt about another report"));
        }
        let dealing = Dealing::read(called.call(), &checked.verified, parts.dealing)?;
        Ok(Some(Self {
            dealing,
            entry,
            view: parts.view,
            figure,
        }))
    }
}

struct Parts {
    view: u64,
    report: [u8; 32],
    dealing: Vec<u8>,
}

/// The parts of the text, if it is written as [`dealing_text`] writes it.
fn parts(called: &Called, text: &[u8]) -> Option<Parts> {
    let text = std::str::from_utf8(text).ok()?;
    let mut lines = text.strip_prefix(&dealing_of(called))?.split('\n').skip(1);
    let mut value = |key: &str| lines.next()?.strip_prefix(key)?.strip_prefix(' ');
    let view: u64 = value("view")?.parse().ok()?;
    let mut report = [0; 32];
    hex::decode_to_slice(value("report")?, &mut report).ok()?;
    let dealing = hex::decode(value("dealing")?).ok()?;
    let same = written(called, view, &report, &dealing) == text;
    same.then_some(Parts {
        view,
        report,
        dealing,
    })
}
