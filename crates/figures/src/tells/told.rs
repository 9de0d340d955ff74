//! What would be told, in words.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Something that a report tells of what it hides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// To whom.
    pub who: Who,
    /// Of which view, from 1.
    pub view: u64,
    /// Of which class or figure, in words.
    pub what: String,
    /// It can only lie between these, both included. Absent: whether it can be read was not found out.
    pub between: Option<(i64, i64)>,
    /// Whether it is of a class that holds kinds of which nobody may say how many there were.
    pub sealed: bool,
}

/// Who reads a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// Everybody who knows everything that was ever published of the period, and nothing else.
    Reader,
    /// An authority that knows as what its own demands are counted.
    Authority {
        /// The countries of those that know exactly this.
        countries: BTreeSet<String>,
        /// How many they are.
        authorities: u64,
        /// How many demands each of them has in the period.
        demands: u64,
    },
}

impl fmt::Display for Told {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.between {
            Some((low, high)) if low == high => write!(formatter, "{}: {low}", self.what),
            Some((low, high)) => write!(formatter, "{}: {low} to {high}", self.what),
            None => write!(formatter, "{}: not found out", self.what),
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Authority {
            countries,
            authorities,
            demands,
        } = self
        else {
            return formatter.write_str("every reader");
        };
        let countries: Vec<_> = countries.iter().map(String::as_str).collect();
        let of = countries.join(", ");
        match authorities {
            1 => write!(formatter, "an authority of {of}")?,
            many => write!(formatter, "each of {many} authorities of {of}")?,
        }
        match demands {
            1 => formatter.write_str(" that knows its own demand"),
            many => write!(formatter, " that knows its own {many} demands"),
        }
    }
}

/// Among how many values figures would be hidden, as [`crate::Plan`] has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    /// Each of them.
    pub band: u32,
    /// Those that hold kinds of which nobody may say how many there were, where that is more.
    pub sealed: u32,
}

/// A report that would tell too much.
#[derive(Clone, Debug)]
pub struct TellsTooMuch {
    /// What it would tell.
    pub told: Vec<Told>,
    /// The first bands, of those that are tried, with which it would not; absent: none of them.
    pub wider: Option<Bands>,
    /// Whether what is published is fixed already: in the log before the period, or by a former view.
    pub fixed: bool,
}

impl fmt::Display for TellsTooMuch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "no report is made, as it would tell more than it hides:\n{}",
            in_lines(&self.told)
        )?;
        const WAIT: &str = "Wait until more of the period is answered; publish nothing of it; or publish all the same (--even-telling).";
        let helps = match &self.wider {
            None => "Bands of up to 1,000 would tell as well.".to_owned(),
            Some(Bands { band, sealed }) => {
                format!("Nothing of this would be told with --band {band} --sealed {sealed}.")
            }
        };
        match (self.fixed, &self.wider) {
            (true, Some(_)) => write!(
                formatter,
                "What is published of this period is fixed, and no other bands can be taken. {WAIT} {helps} Fix those for the next period."
            )?,
            (true, None) => write!(
                formatter,
                "What is published of this period is fixed, and no other bands can be taken. {WAIT} {helps}"
            )?,
            (false, _) => write!(formatter, "{helps} {WAIT}")?,
        }
        formatter.write_str(
            "\nThat none was made for this, and which bands were taken for it, tells something too: let nobody hear of it, and fix bands before the period.",
        )
    }
}

/// So many lines are written of one reader.
const LINES: usize = 12;

/// What is told, in lines: whoever can read it, and below that what.
#[must_use]
pub fn in_lines(told: &[Told]) -> String {
    let has_views = told.iter().any(|one| one.view > 1);
    let mut text = String::new();
    for of_one in told.chunk_by(|a, b| a.who == b.who) {
        let Some(first) = of_one.first() else {
            continue;
        };
        text.push_str(&format!("  {}:\n", first.who));
        for one in of_one.iter().take(LINES) {
            match has_views {
                true => text.push_str(&format!("    view {}, {one}\n", one.view)),
                false => text.push_str(&format!("    {one}\n")),
            }
        }
        if of_one.len() > LINES {
            text.push_str(&format!("    and {} more\n", of_one.len() - LINES));
        }
    }
    text
}
