//! What a report would tell of what it hides: looked for before it is made.

mod authorities;
mod planned;
mod pool;
mod reader;
mod sums;
#[cfg(test)]
mod tests;
mod told;
mod wider;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use lagrum_cards::Correction;
use lagrum_inference::InferenceError;

pub use planned::{CouldTell, Example, could_tell};
pub use told::{Bands, TellsTooMuch, Told, Who, in_lines};
pub(crate) use wider::wider;

use crate::{Asker, Cell, Class, CodeBook, FiguresError, Plan};
use sums::Sums;

/// As what a view counts the cards of its period.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The class of each card, in order; none of a blank one.
    pub classes: &'a [Option<u32>],
    /// The accounts of each.
    pub accounts: &'a [u32],
    /// What it says otherwise than the view before.
    pub corrections: &'a [Correction],
}

/// What is published of a period, and who knows a part of it beforehand.
#[derive(Clone, Copy, Debug)]
pub struct Counts<'a> {
    /// The classes.
    pub book: &'a CodeBook,
    /// How many cards lie in the period.
    pub cards: u32,
    /// Everything that was published of it, and what would be now.
    pub views: &'a [View<'a>],
    /// The authorities that know the demand on each card. A card that is blank, or of which nobody knows who asked, has none.
    pub askers: &'a [&'a [Asker]],
}

/// The classes and figures that could be read out of what is published with the last of these views and everything before
/// it: by a reader who knows nothing else, to fewer values than the plan hides them among; and by each authority, which
/// knows as what its own demands are counted, of the demands of others. What could not be found out counts, too.
///
/// **What an authority may not read.** It subtracts its own, so that what is left of a band has other edges: with 11 of 10 to
/// 19, others have 0 to 8. A rule that the whole band be left would refuse every report in which an authority has a
/// demand of its own. So of the demands of others in a class, of their accounts and of each figure, half the values are to
/// be left, and two at least, *where there is one for certain*. Where there may be none, nothing of anybody's demand is
/// told: that others have few at most, or none, follows wherever one authority has most of a figure and fills its band, and
/// no width of bands helps, as each has an upper half. In classes of kinds of which nobody may say how many there were, and
/// only there, that there is none is a secret itself: half the values are to be left whatever they are.
///
/// # Errors
/// When there is too much to be reckoned with.
pub fn tells(period: &Counts<'_>, plan: &Plan) -> Result<Vec<Told>, FiguresError> {
    found(period, plan)
        .map_err(|why| FiguresError::Cards(format!("what the report would tell: {why}")))
}

fn found(period: &Counts<'_>, plan: &Plan) -> Result<Vec<Told>, InferenceError> {
    let cells = plan.cells(period.book);
    let asked = Asked {
        period,
        plan,
        cells: &cells,
        all: Sums::of(period.book, period.views),
    };
    let (mut told, mut pool) = asked.by_a_reader()?;
    told.extend(asked.by_authorities(&mut pool)?);
    Ok(told)
}

/// A period under a plan.
struct Asked<'a> {
    period: &'a Counts<'a>,
    plan: &'a Plan,
    cells: &'a [Cell],
    all: Vec<Sums>,
}

impl Asked<'_> {
    /// Among how many values a class is hidden from a reader.
    fn values(&self, class: &Class) -> i64 {
        let Plan { band, sealed, .. } = *self.plan;
        let values = i64::from(match class {
            Class::Pending | Class::Other => band.max(sealed),
            Class::Answered { .. } => band,
        });
        match class {
            // How many waited is told by what was answered since, whatever else is: half a band has to be left.
            Class::Pending if self.period.views.len() > 1 => (values - 1) / 2 + 1,
            _ => values,
        }
    }

    /// On which cards the demands of each authority are.
    fn cards_of(&self) -> BTreeMap<&Asker, Vec<usize>> {
        let mut cards: BTreeMap<&Asker, Vec<usize>> = BTreeMap::new();
        for (card, askers) in self.period.askers.iter().enumerate() {
            for asker in *askers {
                cards.entry(asker).or_default().push(card);
            }
        }
        cards
    }

    /// What authorities know beforehand of each view, and which of them know exactly this.
    fn knowledge(&self) -> BTreeMap<Vec<Sums>, Vec<&Asker>> {
        let mut knowledge: BTreeMap<Vec<Sums>, Vec<&Asker>> = BTreeMap::new();
        for (asker, cards) in self.cards_of() {
            let known = Sums::of_cards(self.period.book, self.period.views, &cards);
            knowledge.entry(known).or_default().push(asker);
        }
        knowledge
    }
}

/// The countries of authorities.
fn countries(askers: &[&Asker]) -> BTreeSet<String> {
    askers
        .iter()
        .map(|asker| asker.country.to_string())
        .collect()
}
