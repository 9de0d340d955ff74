//! Sums over classes: what numbers and bands are about.

use std::fmt;

use crate::error::TextError;
use crate::text::decimal;

const FORM: TextError = TextError::new(
    "sum",
    "it has to be `measure:terms`, as `cases:1+3..7` or `1+1024*2:2*5`, ascending, in its shortest form",
);

/// The largest weight of a class or of a column.
const MAX_WEIGHT: u64 = 65_535;

/// What is added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// How many cases.
    Cases,
    /// Amounts: columns (from 1), ascending, each with its weight.
    Columns(Vec<(u32, u32)>),
}

/// Classes `first ..= last`, each with the same weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The first class, from 1.
    pub first: u32,
    /// The last class.
    pub last: u32,
    /// How often each of them counts, from 1.
    pub weight: u32,
}

/// A sum over classes of cases, or of amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    measure: Measure,
    terms: Vec<Term>,
}

impl Sum {
    /// How many cases have one of these classes, which may stand in any order.
    ///
    /// # Errors
    ///
    /// If there is none, one twice, or one is 0.
    pub fn of_cases(classes: impl IntoIterator<Item = u32>) -> Result<Self, TextError> {
        Self::of(Measure::Cases, classes)
    }

    /// The sum of this measure over these classes, which may stand in any order.
    ///
    /// # Errors
    ///
    /// If there is none, one twice, or one is 0, or the measure is not as it is to be.
    pub fn of(measure: Measure, classes: impl IntoIterator<Item = u32>) -> Result<Self, TextError> {
        let mut classes: Vec<u32> = classes.into_iter().collect();
        classes.sort_unstable();
        let mut terms: Vec<Term> = Vec::new();
        for class in classes {
            match terms.last_mut() {
                Some(term) if term.last + 1 == class => term.last = class,
                _ => terms.push(Term {
                    first: class,
                    last: class,
                    weight: 1,
                }),
            }
        }
        Self { measure, terms }.checked()
    }

    /// Reads `measure:terms`.
    ///
    /// # Errors
    ///
    /// If it is not written in the one way that the protocol permits.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let (measure, terms) = text.split_once(':').ok_or(FORM)?;
        let measure = if measure == "cases" {
            Measure::Cases
        } else {
            let columns: Option<_> = measure.split('+').map(weighted).collect();
            Measure::Columns(columns.ok_or(FORM)?)
        };
        let terms: Option<_> = terms
            .split('+')
            .map(|term| {
                let (weight, classes) = split_weight(term)?;
                let (first, last) = match classes.split_once("..") {
                    Some((first, last)) => (number(first)?, number(last)?),
                    None => (number(classes)?, number(classes)?),
                };
                Some(Term {
                    first,
                    last,
                    weight,
                })
            })
            .collect();
        let sum = Self {
            measure,
            terms: terms.ok_or(FORM)?,
        }
        .checked()?;
        (sum.to_string() == text).then_some(sum).ok_or(FORM)
    }

    /// What is added up.
    #[must_use]
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// The classes, ascending.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Each class with its weight.
    pub(crate) fn classes(&self) -> impl Iterator<Item = (u32, u32)> {
        self.terms
            .iter()
            .flat_map(|term| (term.first..=term.last).map(|class| (class, term.weight)))
    }

    /// Whether the statement has these classes and columns.
    pub(crate) fn fits(&self, classes: u32, columns: usize) -> bool {
        let classes_fit = self.terms.iter().all(|term| term.last <= classes);
        let columns_fit = match &self.measure {
            Measure::Cases => true,
            Measure::Columns(own) => own.iter().all(|(column, _)| *column as usize <= columns),
        };
        classes_fit && columns_fit
    }

    fn checked(self) -> Result<Self, TextError> {
        let weight_fits = |weight: u32| (1..=MAX_WEIGHT).contains(&u64::from(weight));
        let measure_fits = match &self.measure {
            Measure::Cases => true,
            Measure::Columns(columns) => {
                !columns.is_empty()
                    && columns
                        .iter()
                        .all(|(column, weight)| *column > 0 && weight_fits(*weight))
                    && columns.windows(2).all(|two| two[0].0 < two[1].0)
            }
        };
        // Neighbours of one weight are one term.
        let apart = |two: &[Term]| {
            two[0].last < two[1].first
                && !(two[0].last + 1 == two[1].first && two[0].weight == two[1].weight)
        };
        let terms_fit = !self.terms.is_empty()
            && self
                .terms
                .iter()
                .all(|term| term.first > 0 && term.first <= term.last && weight_fits(term.weight))
            && self.terms.windows(2).all(apart);
        (measure_fits && terms_fit).then_some(self).ok_or(FORM)
    }
}

fn number(text: &str) -> Option<u32> {
    decimal(text)?
        .try_into()
        .ok()
        .filter(|number| *number < u32::MAX)
}

fn split_weight(text: &str) -> Option<(u32, &str)> {
    Some(match text.split_once('*') {
        Some((weight, rest)) => (number(weight)?, rest),
        None => (1, text),
    })
}

fn weighted(text: &str) -> Option<(u32, u32)> {
    let (weight, column) = split_weight(text)?;
    Some((number(column)?, weight))
}

impl fmt::Display for Sum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = |weight: u32| match weight {
            1 => String::new(),
            weight => format!("{weight}*"),
        };
        let joined = |parts: Vec<String>| parts.join("+");
        let measure = match &self.measure {
            Measure::Cases => "cases".to_owned(),
            Measure::Columns(columns) => joined(
                columns
                    .iter()
                    .map(|(column, own)| format!("{}{column}", weight(*own)))
                    .collect(),
            ),
        };
        let terms = self.terms.iter().map(|term| match term {
            Term { first, last, .. } if first == last => format!("{}{first}", weight(term.weight)),
            Term { first, last, .. } => format!("{}{first}..{last}", weight(term.weight)),
        });
        write!(formatter, "{measure}:{}", joined(terms.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_written_in_one_way_only() {
        for written in [
            "cases:1",
            "cases:1..4",
            "cases:1+3..7+2*8",
            "1:5",
            "1+1024*2:2*5..9",
            "3*1:1..2+4",
        ] {
            assert_eq!(Sum::parse(written).unwrap().to_string(), written);
        }
        for other in [
            "cases:",
            "cases",
            ":1",
            "cases:0",
            "cases:0..3",
            "cases:1+2",
            "cases:2+1",
            "cases:1+1",
            "cases:1..1",
            "cases:3..1",
            "cases:1*2",
            "cases:01",
            "cases:+1",
            "cases:1+",
            "cases: 1",
            "0:1",
            "1+1:1",
            "2+1:1",
            "cases:65536*1",
            "cases:1..2+3..4",
            "cases:-1",
            "cases:4294967295",
            "cases:1:2",
        ] {
            assert!(Sum::parse(other).is_err(), "{other}");
        }
    }

    #[test]
    fn classes_in_any_order_become_the_shortest_form() {
        assert_eq!(
            Sum::of_cases([7, 1, 3, 2]).unwrap().to_string(),
            "cases:1..3+7"
        );
        assert!(Sum::of_cases([1, 1]).is_err());
        assert!(Sum::of_cases([]).is_err());
        assert!(Sum::of_cases([0]).is_err());
    }
}
