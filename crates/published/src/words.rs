//! What the pages say, in each language.

mod da;
mod en;
mod sv;

use lagrum_model::Language;

/// Things that are counted.
pub(crate) struct Noun {
    /// None of them, within a sentence.
    pub(crate) none: &'static str,
    /// One of them.
    pub(crate) one: &'static str,
    /// Several, after their number.
    pub(crate) many: &'static str,
}

/// A figure in words, and whether it is exactly one: a verb may ask.
#[derive(Clone, Copy)]
pub(crate) struct Said<'a> {
    pub(crate) text: &'a str,
    pub(crate) one: bool,
}

/// What one table of answered demands says.
pub(crate) struct TableWords {
    /// Several rows, where there are too many to be named.
    pub(crate) rows: &'static str,
    /// The heading where one row is ahead of all others: its name and number.
    pub(crate) ahead: fn(&str, &str) -> String,
    /// The heading where all other rows are exactly zero.
    pub(crate) only: fn(&str, &str) -> String,
    /// The heading where several rows are exactly the same, and ahead: their names and how many answered demands.
    pub(crate) tied: fn(&str, &str) -> String,
    /// The heading where no row is above the lowest band: how many answered demands its end is.
    pub(crate) low: fn(&str) -> String,
    /// The heading where all rows are exactly zero.
    pub(crate) nothing: &'static str,
    /// The heading where nothing else can be said.
    pub(crate) plain: &'static str,
    /// What is counted.
    pub(crate) counted: &'static str,
    /// The table's caption.
    pub(crate) caption: &'static str,
    /// The head of the column of rows.
    pub(crate) column: &'static str,
    /// Before the names of rows that are exactly zero.
    pub(crate) zero: &'static str,
}

/// How the report is checked.
pub(crate) struct CheckWords {
    pub(crate) heading: &'static str,
    /// Provider and log.
    pub(crate) why: fn(&str, &str) -> String,
    pub(crate) what_is_what: &'static str,
    pub(crate) with_receipt: &'static str,
    pub(crate) shown: &'static str,
    pub(crate) shows: [&'static str; 3],
    pub(crate) planned: &'static str,
    pub(crate) not_planned: &'static str,
    pub(crate) not_shown: &'static str,
    pub(crate) shows_not: [&'static str; 4],
    /// Before the names of the files that are checked, and after them.
    pub(crate) files: (&'static str, &'static str),
    pub(crate) corrections: &'static str,
    /// Demands, and as what they were and are counted.
    pub(crate) corrected: fn(&str, &str, &str) -> String,
    pub(crate) about: &'static str,
    /// Names of provider, period, view, log and digest.
    pub(crate) facts: [&'static str; 5],
    pub(crate) to_compute: &'static str,
    pub(crate) to_print: &'static str,
}

/// A language.
pub(crate) struct Words {
    pub(crate) language: Language,
    /// The file of its page.
    pub(crate) file: &'static str,
    /// The file of its workbook.
    pub(crate) workbook: &'static str,
    /// The file of its PDF.
    pub(crate) paper: &'static str,
    pub(crate) languages: &'static str,
    pub(crate) skip: &'static str,
    /// Between thousands.
    pub(crate) thousands: &'static str,
    /// Between the ends of a band, and between months.
    pub(crate) range: &'static str,
    pub(crate) and: &'static str,
    pub(crate) months: [&'static str; 12],
    pub(crate) day: fn(i8, &str, i16) -> String,
    /// Provider and period.
    pub(crate) title: fn(&str, &str) -> String,
    /// Provider.
    pub(crate) lead: fn(&str) -> String,
    pub(crate) first_view: &'static str,
    /// The number of the view.
    pub(crate) later_view: fn(&str) -> String,

    pub(crate) how_given: &'static str,
    pub(crate) cards: &'static str,
    pub(crate) all_exact: &'static str,
    /// That all numbers are bands, and why.
    pub(crate) all_bands: &'static str,
    /// That some are.
    pub(crate) some_bands: &'static str,
    /// A band, its low and its high end.
    pub(crate) band_means: fn(&str, &str, &str) -> String,
    /// A band that begins with zero, and its high end.
    pub(crate) lowest_band: fn(&str, &str) -> String,
    /// Why not answered yet and others are less exact, and how many were received is not there.
    pub(crate) wider: &'static str,
    /// A band that begins with zero, under a table.
    pub(crate) can_be_none: fn(&str) -> String,
    pub(crate) each: &'static str,
    /// The rows that share the lowest band, in a chart.
    pub(crate) others_each: fn(&str) -> String,
    pub(crate) legend: &'static str,
    /// What a chart shows: what is counted.
    pub(crate) chart: fn(&str) -> String,
    pub(crate) number: &'static str,

    pub(crate) demands: Noun,
    pub(crate) answered: Noun,
    pub(crate) accounts: Noun,
    /// The heading of what was received: demands, and how many are not answered yet.
    pub(crate) received: fn(Said<'_>, Said<'_>) -> String,
    pub(crate) received_all_answered: fn(Said<'_>) -> String,
    /// The same where how many were received is not published: how many are not answered yet, a band.
    pub(crate) received_unsaid: fn(&str) -> String,
    pub(crate) received_none: &'static str,
    pub(crate) received_counted: &'static str,
    pub(crate) received_caption: &'static str,
    pub(crate) received_column: &'static str,
    /// Received, not answered yet and others: the name, and what more is to be said.
    pub(crate) received_rows: [(&'static str, &'static str); 3],
    /// The heading of the accounts.
    pub(crate) produced: fn(&str) -> String,
    pub(crate) produced_none: &'static str,
    pub(crate) accounts_counted: &'static str,
    pub(crate) accounts_caption: &'static str,
    pub(crate) accounts_row: &'static str,
    /// The heading where several rows are in the highest band: their names and how many answered demands.
    pub(crate) highest_band: fn(&str, &str) -> String,
    pub(crate) country: TableWords,
    pub(crate) other_countries: &'static str,
    /// One of them.
    pub(crate) another_country: &'static str,
    pub(crate) instrument: TableWords,
    pub(crate) outcome: TableWords,
    /// In the order of all outcomes: the name within a sentence, and what more is to be said.
    pub(crate) outcomes: [(&'static str, &'static str); 8],
    /// An outcome within a sentence.
    pub(crate) quoted: fn(&str) -> String,
    pub(crate) check: CheckWords,
    /// The names of the two sheets of the workbook: the figures, and how they are read and checked.
    pub(crate) sheets: [&'static str; 2],
    /// The heads of the first: table, what is counted, number or band, name in the files for programs.
    pub(crate) heads: [&'static str; 4],
}

/// Those of a language.
pub(crate) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &en::WORDS,
        Language::Swedish => &sv::WORDS,
        Language::Danish => &da::WORDS,
    }
}

impl Words {
    pub(crate) fn is_swedish(&self) -> bool {
        self.language == Language::Swedish
    }

    pub(crate) fn is_danish(&self) -> bool {
        self.language == Language::Danish
    }
}
