//! What a plan could tell, before there is anything to tell.

use lagrum_inference::{Effort, InferenceError, Planned, Protected, Worst, worst_case};

use super::sums::Sums;
use super::world::{World, ones};
use crate::{Class, CodeBook, FiguresError, Plan};

/// What the first view of a report could tell a reader under a plan, whatever will be asked. It follows from no data.
#[derive(Clone, Debug)]
pub struct CouldTell {
    /// Classes, and accounts of classes, that stay hidden as the plan says whatever the data will be: proved.
    pub never: Vec<String>,
    /// Those for which there is data of which they could be read more narrowly.
    pub could: Vec<String>,
    /// Those for which neither was found. Treat them like those that could.
    pub unknown: Vec<String>,
    /// The simplest of the data that tells something; absent: none was found.
    pub example: Option<Example>,
}

/// Made-up data of which something can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// How many demands are in which class; nothing else came.
    pub demands: Vec<(String, i64)>,
    /// What could be read then,
    pub what: String,
    /// to be this at least,
    pub low: i64,
    /// and this at most.
    pub high: i64,
}

/// So many classes at most make an example that people can follow.
const SHORT: usize = 24;

/// What a plan could tell a reader. Only of the first view, of demands without number, and not of what an authority knows.
///
/// # Errors
/// When there is too much to be reckoned with.
pub fn could_tell(book: &CodeBook, plan: &Plan) -> Result<CouldTell, FiguresError> {
    could(book, plan).map_err(|why| FiguresError::Cards(format!("what the plan could tell: {why}")))
}

fn could(book: &CodeBook, plan: &Plan) -> Result<CouldTell, InferenceError> {
    let nothing = [Sums::none(book)];
    let cells = plan.cells(book);
    let world = World::new(book, plan, &cells, None, (&nothing, &nothing))?;
    let figures = cells.iter().zip(&world.cells[0]);
    let planned: Vec<Planned> = figures
        .map(|(cell, sum)| Planned {
            terms: ones(&sum.terms),
            width: i64::from(plan.width(cell)),
        })
        .collect();
    let mut names = vec![String::new(); world.hidden().len()];
    let (mut protected, mut asked) = (Vec::new(), Vec::new());
    for (at, class) in book.classes().iter().enumerate() {
        let width = i64::from(match class {
            Class::Pending | Class::Other => plan.band.max(plan.sealed),
            Class::Answered { .. } => plan.band,
        }) - 1;
        let count = world.counts[0][at].terms.iter().copied();
        let count = count.map(|number| (number, class.to_string()));
        let accounts = world.accounts[0][at].map(|number| (number, format!("accounts of {class}")));
        for (number, name) in count.chain(accounts) {
            names[number] = name;
            if width > 0 {
                protected.push(Protected::cell(number, width));
                asked.push(number);
            }
        }
    }
    let worst = worst_case(world.hidden(), &planned, &protected, Effort::default())?;
    let mut found = CouldTell {
        never: Vec::new(),
        could: Vec::new(),
        unknown: Vec::new(),
        example: None,
    };
    let mut least = SHORT + 1;
    for (number, worst) in asked.into_iter().zip(worst) {
        let name = names[number].clone();
        match worst {
            Worst::Safe => found.never.push(name),
            Worst::Unknown => found.unknown.push(name),
            Worst::Narrow { data, low, high } => {
                let counts = world.counts[0]
                    .iter()
                    .filter_map(|count| count.terms.first());
                let some: Vec<_> = counts.filter(|number| data[**number] != 0).collect();
                if some.len() < least {
                    least = some.len();
                    let demands = some.iter().map(|&&at| (names[at].clone(), data[at]));
                    found.example = Some(Example {
                        demands: demands.collect(),
                        what: name.clone(),
                        low,
                        high,
                    });
                }
                found.could.push(name);
            }
        }
    }
    Ok(found)
}
