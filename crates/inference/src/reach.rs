//! Whether a sum can be so little at all, from everything that is known.

use crate::bounds::Goal;
use crate::branch::{Answer, Search};
use crate::rows::{sum_of, tidy};
use crate::seen::Witness;
use crate::{Effort, InferenceError, System};

/// Whether a sum of hidden numbers can be so little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reached {
    /// It can: here is a solution in which it is.
    ///
    /// **It may be the true data.** It is for whoever may see that, and never for publication.
    Can(Witness),
    /// It is proved that it cannot.
    Cannot,
    /// Neither was found within the effort. Treat it like `Cannot`.
    Unknown,
}

/// Steps from the truth, before anything is proved.
const FIRST: u64 = 2_000;

/// For each of these sums, whether it can be `most` or less in the eyes of whoever knows everything that `system` holds,
/// over integers. `truth` is the true data: a solution, from which others are looked for.
///
/// Sound whatever the effort: [`Reached::Can`] holds a solution, and [`Reached::Cannot`] follows from the system alone.
///
/// ```
/// use lagrum_inference::{Effort, Hidden, Published, Reached, System, can_be_at_most};
///
/// let hidden = Hidden::counts(2);
/// let both = Published::band(vec![(0, 1), (1, 1)], 10, 10)?;
/// let system = System::new(&hidden, &[both])?;
/// let each = [(vec![(0, 1)], 0), (vec![(0, 1), (1, 1)], 9)];
/// let reached = can_be_at_most(&system, &[2, 10], &each, Effort::default())?;
/// let Reached::Can(solution) = &reached[0] else { panic!() };
/// system.admits(solution)?;
/// assert_eq!((solution[0], &reached[1]), (0, &Reached::Cannot));
/// # Ok::<(), lagrum_inference::InferenceError>(())
/// ```
///
/// # Errors
/// When `truth` is not a solution, or a sum is not one of these hidden numbers.
pub fn can_be_at_most(
    system: &System,
    truth: &[i64],
    sums: &[(Vec<(usize, i64)>, i64)],
    effort: Effort,
) -> Result<Vec<Reached>, InferenceError> {
    system.admits(truth)?;
    let mut bounds = system.bounds.clone();
    // There is a solution: the truth.
    let _ = bounds.narrow(&system.rows, None);
    let mut rows = system.rows.clone();
    bounds.clip(&mut rows);
    let mut search = Search::new(&rows, &bounds, effort.seed);
    let mut left = effort.for_all;
    let mut found: Vec<Witness> = vec![truth.into()];
    let mut reached = Vec::with_capacity(sums.len());
    for (terms, most) in sums {
        let terms = tidy(terms, system.len())?;
        // A solution serves every sum.
        let known = found.iter().find(|one| sum_of(&terms, one) <= *most);
        if let Some(known) = known {
            reached.push(Reached::Can(known.clone()));
            continue;
        }
        if bounds.of_sum(&terms).0 > *most {
            reached.push(Reached::Cannot);
            continue;
        }
        let falling: Vec<(usize, i64)> = terms.iter().map(|&(number, a)| (number, -a)).collect();
        let goal = Goal {
            terms: &falling,
            at_least: most.saturating_neg(),
        };
        let given = left.min(effort.for_each);
        let mut own = given;
        let mut first = FIRST.min(own);
        let steps = first;
        let near = search.walk(truth, &goal, &mut first);
        own -= steps - first;
        let answer = match near {
            Some(near) => Answer::Found(near),
            None => search.reach(&goal, &mut own),
        };
        left -= given - own;
        reached.push(match answer {
            Answer::Found(solution) => {
                let solution: Witness = solution.into();
                found.push(solution.clone());
                Reached::Can(solution)
            }
            Answer::No => Reached::Cannot,
            Answer::Spent => Reached::Unknown,
        });
    }
    Ok(reached)
}
