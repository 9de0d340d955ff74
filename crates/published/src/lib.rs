//! The public report of a period, as a stranger reads it: pages in English, Swedish and Danish, and the same figures as
//! CSV and JSON. Plain files, which anybody can mirror.
//!
//! **Invariant.** [`files()`] says nothing but what it is given: the same input gives the same bytes, each figure stands in
//! each file, and a band is nowhere written as one number. Nothing here reads a clock or a file, or is checked by anybody:
//! what is checked are the files that `lagrum verify` reads, and the pages say so.
//!
//! The pages need no script and nothing from elsewhere. Names of countries and of kinds of instrument are those that
//! `lagrum-documents` has; they are taken from its files at compile time, without the law packs behind it.

mod chart;
mod data;
mod how;
mod message;
mod names;
mod number;
mod page;
mod period;
mod rows;
mod table;
#[cfg(test)]
mod tests;
mod words;

use lagrum_figures::{Cell, Figure, Period};
use lagrum_model::Language;

/// A report, as it is published.
#[derive(Clone, Copy, Debug)]
pub struct Published<'a> {
    /// Who answered the demands.
    pub provider: &'a str,
    /// Of which time it is.
    pub period: &'a Period,
    /// Which view of it, from 1.
    pub view: u64,
    /// Its figures, in the order of the plan.
    pub figures: &'a [(Cell, Figure)],
    /// How many demands it counts otherwise than the former view, in the report's English words.
    pub corrections: &'a [String],
    /// Whether it was fixed before the period began what is published of it.
    pub planned: bool,
    /// The digest by which the log holds the report.
    pub digest: &'a [u8; 32],
    /// The name of the public log.
    pub log_origin: &'a str,
    /// The command with which anybody checks it: DIR is the directory of the report, LOG the public log.
    pub verify: &'a str,
}

/// The files and their names, which are no names of a report's own files.
#[must_use]
pub fn files(published: &Published<'_>) -> Vec<(&'static str, Vec<u8>)> {
    let page = |language| {
        let words = words::words(language);
        (words.file, page::page(published, words).into_bytes())
    };
    let mut all: Vec<_> = Language::ALL.into_iter().map(page).collect();
    all.push((data::CSV, data::csv(published).into_bytes()));
    all.push((data::JSON, data::json(published).into_bytes()));
    all
}
