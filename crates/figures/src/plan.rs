//! What is published, and how.

use std::collections::BTreeSet;

use lagrum_cards::{Measure, Sum};
use sha2::{Digest, Sha256};

use crate::{Class, CodeBook, FiguresError};

const FIRST_LINE: &str = "lagrum/figures/v1/plan";
const WHAT: &str = "publication plan";

/// Which figures a report has, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many values a figure is hidden among: each is published as the band of so many in which it lies, with fixed
    /// edges from 0 on. 1: it is published as it is.
    pub band: u32,
    /// The same of figures that hold kinds of which nobody may say how many there were, where that is more: pending and
    /// others. How many were received is not published then.
    pub sealed: u32,
    /// More accounts than one less than so many no case can have.
    pub accounts: u32,
}

impl Default for Plan {
    /// Bands of ten: 0 to 9, 10 to 19, and so on; of 250 where sealed kinds are, as in the narrowest half-year of 50 U.S.C.
    /// § 1874.
    fn default() -> Self {
        Self {
            band: 10,
            sealed: 250,
            accounts: 1024,
        }
    }
}

/// What a figure is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// Demands that were received. Not published where sealed kinds are hidden among more values than all else.
    Received,
    /// Demands that are not answered yet.
    Pending,
    /// Demands that nobody described, and kinds of instrument that the code book does not name, unless they are pending.
    /// The figures below hold none of them.
    Other,
    /// Accounts of which something was produced.
    Accounts,
    /// Answered demands of authorities of a country; absent: of all other countries.
    Country(Option<String>),
    /// Answered demands by instruments of a kind.
    Instrument(String),
    /// Demands of which this became.
    Outcome(String),
}

/// A figure of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it is about.
    pub of: Of,
    /// Over which classes it is a sum.
    pub(crate) classes: Vec<u32>,
}

/// What a report says of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// It is this.
    Exactly(u64),
    /// It lies between these, both included.
    Between(u64, u64),
}

impl Cell {
    /// What the report calls it where it is a number.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.of {
            Of::Received => "received".to_owned(),
            Of::Pending => "pending".to_owned(),
            Of::Other => "other".to_owned(),
            Of::Accounts => "accounts".to_owned(),
            Of::Country(country) => format!("country.{}", country.as_deref().unwrap_or("other")),
            Of::Instrument(kind) => format!("instrument.{kind}"),
            Of::Outcome(outcome) => format!("outcome.{outcome}"),
        }
    }

    /// What it is, for people who read English.
    #[must_use]
    pub fn in_words(&self) -> String {
        match &self.of {
            Of::Received => "demands received".to_owned(),
            Of::Pending => "not answered yet".to_owned(),
            Of::Other => "others: not described, or of kinds that are not told apart".to_owned(),
            Of::Accounts => "accounts of which something was produced".to_owned(),
            Of::Country(country) => format!(
                "answered, authorities of {}",
                country.as_deref().unwrap_or("all other countries")
            ),
            Of::Instrument(kind) => format!("answered, by {}", kind.replace('-', " ")),
            Of::Outcome(outcome) => match outcome.as_str() {
                "not-answered" => "closed without an answer".to_owned(),
                other => other.replace('-', " "),
            },
        }
    }

    /// The sum that it is.
    ///
    /// # Errors
    /// When the protocol has no such sum.
    pub fn sum(&self) -> Result<Sum, FiguresError> {
        let classes = self.classes.iter().copied();
        let sum = match self.of {
            Of::Accounts => Sum::of(Measure::Columns(vec![(1, 1)]), classes),
            _ => Sum::of_cases(classes),
        };
        sum.map_err(|e| FiguresError::Cards(e.to_string()))
    }
}

impl Plan {
    /// Among how many values a figure is hidden; 1: it is published as it is.
    #[must_use]
    pub fn width(&self, cell: &Cell) -> u32 {
        match cell.of {
            Of::Received | Of::Pending | Of::Other => self.band.max(self.sealed),
            Of::Accounts | Of::Country(_) | Of::Instrument(_) | Of::Outcome(_) => self.band,
        }
    }

    /// The figures, in the order in which a report has them.
    #[must_use]
    pub fn cells(&self, book: &CodeBook) -> Vec<Cell> {
        let (mut countries, mut instruments, mut outcomes) =
            (BTreeSet::new(), BTreeSet::new(), Vec::new());
        for class in book.classes() {
            if let Class::Answered {
                country,
                instrument,
                outcome,
            } = class
            {
                countries.insert(country.clone());
                instruments.insert(instrument.clone());
                if !outcomes.contains(outcome) {
                    outcomes.push(outcome.clone());
                }
            }
        }
        let cell = |of: Of, wanted: &dyn Fn(&Class) -> bool| Cell {
            of,
            classes: book.numbers(wanted),
        };
        let mut cells = Vec::new();
        // Beside other figures in narrower bands, the sum would tell more of sealed kinds than their own band.
        if self.sealed <= self.band {
            cells.push(cell(Of::Received, &|_| true));
        }
        cells.extend([
            cell(Of::Pending, &|class| *class == Class::Pending),
            cell(Of::Other, &|class| *class == Class::Other),
            cell(Of::Accounts, &|class| {
                matches!(class, Class::Answered { .. })
            }),
        ]);
        for own in countries {
            let wanted =
                |class: &Class| matches!(class, Class::Answered { country, .. } if *country == own);
            cells.push(cell(Of::Country(own.clone()), &wanted));
        }
        for own in instruments {
            let wanted = |class: &Class| matches!(class, Class::Answered { instrument, .. } if *instrument == own);
            cells.push(cell(Of::Instrument(own.clone()), &wanted));
        }
        for own in outcomes {
            let wanted =
                |class: &Class| matches!(class, Class::Answered { outcome, .. } if *outcome == own);
            cells.push(cell(Of::Outcome(own.clone()), &wanted));
        }
        cells
    }

    /// The text. There is one for each plan.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self {
            band,
            sealed,
            accounts,
        } = self;
        format!("{FIRST_LINE}\nband {band}\nsealed {sealed}\naccounts {accounts}\n\n")
    }

    /// Reads a plan.
    ///
    /// # Errors
    /// When it is not written as [`Plan::to_text`] writes, or cannot be kept.
    pub fn parse(text: &[u8]) -> Result<Self, FiguresError> {
        const RULE: &str = "it has the lines `band` and `sealed`, 1 to 65,536, and `accounts`, 2 to 65,536, and an empty one";
        let wrong = || FiguresError::text(WHAT, RULE);
        let text = std::str::from_utf8(text).map_err(|_| wrong())?;
        let first = text.strip_prefix(FIRST_LINE).is_some();
        let read = || -> Option<Self> {
            let mut values = text.split('\n').skip(1);
            let mut number = |key: &str| -> Option<u32> {
                let line = values.next()?.strip_prefix(key)?.strip_prefix(' ')?;
                line.parse().ok()
            };
            Some(Self {
                band: number("band")?,
                sealed: number("sealed")?,
                accounts: number("accounts")?,
            })
        };
        let plan = read().filter(|_| first).ok_or_else(wrong)?;
        let can_be = [plan.band, plan.sealed]
            .iter()
            .all(|width| (1..=65_536).contains(width))
            && (2..=65_536).contains(&plan.accounts);
        match can_be && plan.to_text() == text {
            true => Ok(plan),
            false => Err(wrong()),
        }
    }

    /// SHA-256 of the text.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.to_text()).into()
    }
}
