//! What a plan keeps apart whatever the data will be.

use crate::check::{Depth, examine};
use crate::data::Data;
use crate::nested::Nested;
use crate::planned::Planned;
use crate::published::Published;
use crate::rows::tidy;
use crate::seen::{Seen, Witness};
use crate::{Effort, Hidden, InferenceError, Protected, System};

/// How narrowly a protected sum can be read under a plan, over all data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Worst {
    /// Whatever the data is, two solutions of what is published lie apart by the width at least: proved.
    Safe,
    /// There is data of which it can be read more narrowly. It is made up, and may be published.
    Narrow {
        /// The data.
        data: Witness,
        /// With it, the protected sum is proved to be this at least,
        low: i64,
        /// and this at most.
        high: i64,
    },
    /// Neither was found within the effort. Treat it like narrow.
    Unknown,
}

/// So many made-up data at most are looked at.
const MOST_DATA: u32 = 3_000;
/// One of them is given this part of what is there for all, at first for so many protected sums,
const PART: u64 = 100;
const FEW: usize = 24;
/// and this, where it tells of one.
const PART_OF_TELLING: u64 = 4;

/// How narrowly protected sums can be read by a reader under a plan, *whatever the data will be*. It sees no data, so that
/// what follows from its answer tells nothing: ask it when the plan is chosen, before the period.
///
/// A plan is **safe** for a protected cell where its sums form a tree. Precisely, for the sums that hang together with the
/// cell through hidden numbers that they share:
///
/// 1. each is a plain sum of counts, of which none has an upper end (but [`LARGEST`](crate::LARGEST), which no sum
///    reaches), and nothing holds of them by definition but amounts that are in no sum themselves;
/// 2. any two of them are disjoint, or one lies within the other;
/// 3. each has a class of its own: one that is in no sum within it (the protected cell may be it);
/// 4. the greatest common divisor of all widths is larger than the width that is required.
///
/// The proof stands beside the code, at `Nested`. Where a total is the sum of parts that are published in bands too (no
/// class of its own), a plan is **not** safe: ten parts that are 9 each, in bands of ten, have the total 90, and from 0 to 9
/// ten times and 90 to 99 everything follows. The same holds of two ways to cut up one total. Such data is looked for, near
/// the edges of the bands and at random.
///
/// An insider who will know a part of a class is asked about as a reader: with that part as a hidden number of its own,
/// planned with width 1.
///
/// ```
/// use lagrum_inference::{Effort, Hidden, Planned, Protected, Worst, worst_case};
///
/// let hidden = Hidden::counts(4);
/// let band = |classes: &[usize]| Planned {
///     terms: classes.iter().map(|&class| (class, 1)).collect(),
///     width: 10,
/// };
/// let protected = [Protected::cell(0, 9)];
/// let plan = [band(&[0, 1]), band(&[2, 3])];
/// let worst = worst_case(&hidden, &plan, &protected, Effort::default())?;
/// assert_eq!(worst, [Worst::Safe]);
/// # Ok::<(), lagrum_inference::InferenceError>(())
/// ```
///
/// # Errors
/// When a sum is not one of these hidden numbers, or a width is not positive.
pub fn worst_case(
    hidden: &Hidden,
    plan: &[Planned],
    protected: &[Protected],
    effort: Effort,
) -> Result<Vec<Worst>, InferenceError> {
    let numbers = hidden.len();
    let orderly = |planned: &Planned| match planned.width < 1 {
        true => Err(InferenceError::Width(planned.width)),
        false => Ok(Planned {
            terms: tidy(&planned.terms, numbers)?,
            width: planned.width,
        }),
    };
    let plan: Vec<Planned> = plan.iter().map(orderly).collect::<Result<_, _>>()?;
    let tidy = |protected: &Protected| protected.tidy(numbers);
    let protected: Vec<Protected> = protected.iter().map(tidy).collect::<Result<_, _>>()?;
    let standing = System::new(hidden, &[])?;
    let nested = Nested::new(hidden, &plan);
    let safe = |protected: &Protected| match nested.keeps(protected) {
        true => Worst::Safe,
        false => Worst::Unknown,
    };
    let mut worst: Vec<Worst> = protected.iter().map(safe).collect();
    let mut made_up = Data::new(&standing, &plan, effort.seed);
    let mut left = effort.for_all;
    for turn in 0..MOST_DATA {
        let open: Vec<usize> = (0..worst.len())
            .filter(|&at| worst[at] == Worst::Unknown)
            .collect();
        if open.is_empty() || left == 0 {
            break;
        }
        left = left.saturating_sub(1 + numbers as u64 / 8);
        let Some(data) = made_up.next(turn) else {
            continue;
        };
        let published: Vec<Published> = plan
            .iter()
            .map(|planned| planned.publish(&data))
            .collect::<Result<_, _>>()?;
        let system = System::new(hidden, &published)?;
        // A few of them first: which data tells, it mostly tells of many.
        let begin = made_up.draw(open.len());
        let few: Vec<usize> = open
            .iter()
            .copied()
            .cycle()
            .skip(begin)
            .take(FEW.min(open.len()))
            .collect();
        let mut ask = |asked: &[usize], part: u64| -> Result<Vec<Seen>, InferenceError> {
            let cells: Vec<Protected> = asked.iter().map(|&at| protected[at].clone()).collect();
            let given = left.min(effort.for_all.div_ceil(part));
            let mut own = Effort {
                for_all: given,
                ..effort
            };
            let seen = examine(&system, &data, &cells, &mut own, Depth::GLANCE)?;
            left -= given - own.for_all;
            Ok(seen)
        };
        let mut asked = few;
        let mut seen = ask(&asked, PART)?;
        let tells = seen.iter().any(|seen| matches!(seen, Seen::Narrow { .. }));
        if tells && asked.len() < open.len() {
            seen = ask(&open, PART_OF_TELLING)?;
            asked = open;
        }
        let data: Witness = data.into();
        for (&at, seen) in asked.iter().zip(seen) {
            if let Seen::Narrow { low, high } = seen {
                worst[at] = Worst::Narrow {
                    data: data.clone(),
                    low,
                    high,
                };
            }
        }
    }
    Ok(worst)
}
