//! The public report of a period, as a stranger reads it: pages, workbooks and tagged PDF in English, Swedish and Danish,
//! and the same figures as CSV and JSON. Plain files, which anybody can mirror.
//!
//! **Invariant.** [`Published::files`] says nothing but what the report's own files say: the same input gives the same
//! bytes, each figure stands in each file, and a band is nowhere written as one number. Nothing here reads a clock, or is
//! checked by anybody: what is checked are the files from which it follows, and the pages say so.
//!
//! The pages need no script and nothing from elsewhere. Names of countries and of kinds of instrument are those that
//! `lagrum-documents` has; they are taken from its files at compile time, without the law packs behind it.

mod book;
mod chart;
mod check;
mod data;
#[cfg(any(feature = "pdf", test))]
mod document;
mod how;
mod message;
mod names;
mod notes;
mod number;
mod page;
mod paper;
mod period;
mod rows;
mod section;
mod table;
#[cfg(test)]
mod tests;
mod words;

use std::path::Path;

use lagrum_cards::{Statement, TextError};
use lagrum_durable::FileError;
use lagrum_figures::{Cell, Class, Figure, FiguresError, Period, ReportFiles, said};
use lagrum_model::Language;
use lagrum_workbook::WorkbookError;

pub use page::{POLICY, STYLE};

/// A report, as it is published. [`Published::of`] reads it out of the report's own files.
#[derive(Clone, Debug)]
pub struct Published<'a> {
    /// Who answered the demands.
    pub provider: &'a str,
    /// Of which time it is.
    pub period: Period,
    /// Which view of it, from 1.
    pub view: u64,
    /// Its figures, in the order of the plan.
    pub figures: Vec<(Cell, Figure)>,
    /// What it counts otherwise than the former view.
    pub corrections: Vec<Corrected>,
    /// Whether it was fixed before the period began what is published of it.
    pub planned: bool,
    /// The digest by which the log holds the report.
    pub digest: [u8; 32],
    /// The name of the public log.
    pub log_origin: String,
    /// The command with which anybody checks it: DIR is the directory of the report, LOG the public log.
    pub verify: &'a str,
}

/// Demands that are counted otherwise than in the former view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// How many.
    pub count: u64,
    /// As what they were counted.
    pub from: Class,
    /// As what they are counted.
    pub to: Class,
}

/// What the report's own files do not say.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Who answered the demands.
    pub provider: &'a str,
    /// Whether it was fixed before the period began what is published of it.
    pub planned: bool,
    /// The command with which anybody checks it: DIR is the directory of the report, LOG the public log.
    pub verify: &'a str,
}

/// Why a report cannot be published.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishedError {
    /// Its own files do not say what they have to.
    #[error(transparent)]
    Report(#[from] FiguresError),
    /// Its figures do not fit into a workbook.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// A file cannot be written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPaper {
    /// The program was built without.
    #[error("this program was built without PDF: build it with the feature `pdf`")]
    NotBuilt,
    /// It cannot be set: the typeface lacks a character of a name, for example.
    #[error("{0}")]
    NotSet(String),
}

/// The files of a report for readers.
#[derive(Clone, Debug)]
pub struct Files {
    /// Names, which are no names of a report's own files, and bytes.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// Why there is no PDF among them, if there is none.
    pub no_paper: Option<NoPaper>,
}

impl<'a> Published<'a> {
    /// What is published of a report.
    ///
    /// # Errors
    /// [`PublishedError::Report`] when its files do not say what they have to. Whether they are true is not looked at.
    pub fn of(files: &ReportFiles, about: About<'a>) -> Result<Self, PublishedError> {
        let wrong = |why: &str| FiguresError::Report(why.to_owned());
        let text = |why: TextError| wrong(&why.to_string());
        let statement = Statement::parse(&files.report.statement).map_err(text)?;
        let class = |number| {
            let class = files.book.class(number).cloned();
            class.ok_or_else(|| wrong("it corrects a class that its code book does not have"))
        };
        let corrections = statement.corrections.iter().map(|one| {
            Ok(Corrected {
                count: one.count.into(),
                from: class(one.from)?,
                to: class(one.to)?,
            })
        });
        Ok(Self {
            provider: about.provider,
            verify: about.verify,
            planned: about.planned,
            period: Period::parse(&statement.period)?,
            view: statement.view,
            figures: said(files)?,
            corrections: corrections.collect::<Result<_, FiguresError>>()?,
            digest: files.report.digest(),
            log_origin: statement.origin,
        })
    }

    /// Its files for readers.
    ///
    /// # Errors
    /// [`PublishedError::Workbook`].
    pub fn files(&self) -> Result<Files, PublishedError> {
        let (papers, no_paper) = match paper::papers(self) {
            Ok(papers) => (papers, None),
            Err(why) => (Vec::new(), Some(why)),
        };
        let mut files = Vec::new();
        for language in Language::ALL {
            let words = words::words(language);
            let page = page::page(self, words, no_paper.is_none());
            files.push((words.file, page.into_bytes()));
            files.push((words.workbook, book::book(self, words)?));
        }
        files.extend(papers);
        files.push((data::CSV, data::csv(self).into_bytes()));
        files.push((data::JSON, data::json(self).into_bytes()));
        Ok(Files { files, no_paper })
    }

    /// Writes its files for readers into the directory of the report, in the place of those of a former view. What this
    /// program cannot make anew is taken away: it would be about another view. Gives why there is no PDF, if there is
    /// none.
    ///
    /// # Errors
    /// [`PublishedError`].
    pub fn write(&self, directory: &Path) -> Result<Option<NoPaper>, PublishedError> {
        let Files { files, no_paper } = self.files()?;
        if no_paper.is_some() {
            for language in Language::ALL {
                lagrum_durable::remove(&directory.join(words::words(language).paper))?;
            }
        }
        for (name, bytes) in files {
            lagrum_durable::replace(&directory.join(name), &bytes)?;
        }
        Ok(no_paper)
    }
}

/// The file of the page in a language.
#[must_use]
pub fn page_file(language: Language) -> &'static str {
    words::words(language).file
}
