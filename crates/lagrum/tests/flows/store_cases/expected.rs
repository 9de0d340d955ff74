//! What is right, as `expected.txt` says it to a machine.

use std::time::Duration;

use regex::Regex;

use crate::world::{Came, Opened, contains};

/// The lines of one file that a machine can check.
pub struct Expected(Vec<Line>);

/// One line: one of its alternatives has to hold.
struct Line {
    written: String,
    alternatives: Vec<Check>,
}

enum Check {
    /// One item or row holds all of these.
    Produced(Vec<String>),
    /// No item and no row holds this.
    Never(String),
    Items(usize),
    Rows(usize),
    /// A line of the review list matches.
    Review(Regex),
    NoReview(Regex),
    /// What the desk heard, or what the agent kept of its refusal, matches.
    Refused(Regex),
    /// The page for people matches.
    Summary(Regex),
    /// Nobody is told that there is no data, or no such account.
    NoFalseNothing,
    /// No line of a table matches.
    CsvNever(Regex),
    /// The store is as it was.
    Unchanged,
    /// The agent runs no longer.
    Seconds(Duration),
    /// The agent's process gets no more: whoever runs it sets the limit, and an agent that comes
    /// to it is killed.
    Megabytes(u64),
}

impl Expected {
    /// Reads the file; what is not a check is a remark.
    pub fn read(text: &str) -> Self {
        let lines: Vec<_> = text.lines().filter_map(Line::read).collect();
        assert!(!lines.is_empty(), "nothing to check: {text}");
        Self(lines)
    }

    /// What the agent's process may take.
    pub fn megabytes(&self) -> Option<u64> {
        let checks = self.0.iter().flat_map(|line| &line.alternatives);
        checks.into_iter().find_map(|check| match check {
            Check::Megabytes(most) => Some(*most),
            _ => None,
        })
    }

    /// The lines that do not hold.
    pub fn broken(&self, came: &Came, unchanged: bool) -> Vec<String> {
        let holds = |line: &&Line| {
            let mut alternatives = line.alternatives.iter();
            alternatives.any(|check| check.holds(came, unchanged))
        };
        let broken = self.0.iter().filter(|line| !holds(line));
        let mut told: Vec<_> = broken.map(|line| line.written.clone()).collect();
        if came.cut_off {
            told.push("the agent ran to its end".into());
        }
        told
    }
}

impl Line {
    fn read(written: &str) -> Option<Self> {
        let alternatives: Vec<_> = written.split(" OR ").map(Check::read).collect();
        let checks = alternatives.iter().flatten().count();
        assert!(
            checks == 0 || checks == alternatives.len(),
            "{written}: one of these is no check"
        );
        Some(Self {
            written: written.to_owned(),
            alternatives: alternatives.into_iter().collect::<Option<_>>()?,
        })
    }
}

impl Check {
    fn read(written: &str) -> Option<Self> {
        match written {
            "no-false-nothing" => return Some(Self::NoFalseNothing),
            "unchanged" => return Some(Self::Unchanged),
            _ => {}
        }
        let (kind, value) = written.split_once(": ")?;
        let pattern = || Regex::new(value).unwrap_or_else(|e| panic!("{written}: {e}"));
        let number = || value.parse().unwrap_or_else(|e| panic!("{written}: {e}"));
        Some(match kind {
            "produced" => Self::Produced(vec![value.to_owned()]),
            "together" => Self::Produced(value.split(" && ").map(str::to_owned).collect()),
            "never" => Self::Never(value.to_owned()),
            "items" => Self::Items(number() as usize),
            "rows" => Self::Rows(number() as usize),
            "review" => Self::Review(pattern()),
            "no-review" => Self::NoReview(pattern()),
            "refused" => Self::Refused(pattern()),
            "summary" => Self::Summary(pattern()),
            "csv-never" => Self::CsvNever(pattern()),
            "seconds" => Self::Seconds(Duration::from_secs(number())),
            "megabytes" => Self::Megabytes(number()),
            // The end of a remark's sentence.
            "vanish" => return None,
            // A check with a slip in its name would be none.
            kind if kind
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-') =>
            {
                panic!("{written}: no such check")
            }
            _ => return None,
        })
    }

    fn holds(&self, came: &Came, unchanged: bool) -> bool {
        let opened = came.opened.as_ref();
        let lines = |tables: &Opened, pattern: &Regex| {
            let mut lines = tables.csv.iter().flat_map(|table| table.lines());
            lines.any(|line| pattern.is_match(line))
        };
        match self {
            Self::Produced(all) => {
                let all: Vec<_> = all.iter().map(String::as_str).collect();
                opened.is_some_and(|opened| opened.holds(&all))
            }
            Self::Never(text) => opened.is_none_or(|opened| {
                let tables = opened.csv.iter();
                !opened.holds(&[text])
                    && tables
                        .clone()
                        .all(|table| !contains(table.as_bytes(), text.as_bytes()))
            }),
            Self::Items(number) => opened.is_some_and(|opened| opened.items.len() == *number),
            Self::Rows(number) => opened.is_some_and(|opened| opened.rows.len() == *number),
            Self::Review(pattern) => came.review.iter().any(|line| pattern.is_match(line)),
            Self::NoReview(pattern) => !came.review.iter().any(|line| pattern.is_match(line)),
            Self::Refused(pattern) => came.refusals.iter().any(|why| pattern.is_match(why)),
            Self::Summary(pattern) => {
                opened.is_some_and(|opened| pattern.is_match(&opened.summary))
            }
            Self::NoFalseNothing => {
                !came.nothing_at_the_desk && opened.is_none_or(|opened| !opened.says_nothing())
            }
            Self::CsvNever(pattern) => opened.is_none_or(|opened| !lines(opened, pattern)),
            Self::Unchanged => unchanged,
            Self::Seconds(most) => came.took <= *most,
            Self::Megabytes(_) => !came.cut_off,
        }
    }
}
