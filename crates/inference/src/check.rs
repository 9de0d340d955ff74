//! How narrowly protected sums can be read, from everything that is known.

use crate::bounds::{Goal, div_up};
use crate::branch::{Answer, Relaxed, Search};
use crate::known::{Known, Way};
use crate::rows::sum_of;
use crate::seen::{Seen, Witness};
use crate::{InferenceError, Protected, System};

/// How long to search, in steps: a change of one hidden number is one, a pivot of a relaxation 8. It looks at no clock, so
/// that the same question is always answered the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// For one protected sum.
    pub for_each: u64,
    /// For all of them together.
    pub for_all: u64,
    /// Where its changes are drawn from. What is said is checked whatever it is.
    pub seed: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Self {
            for_each: 40_000,
            for_all: 6_000_000,
            seed: 1,
        }
    }
}

/// How thoroughly each protected sum is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Depth {
    /// Before anything is proved, steps in one direction.
    pub first: u64,
    /// Steps from what a relaxation proposes.
    pub from_relaxed: u64,
    /// Whether to branch over integers.
    pub branches: bool,
}

impl Depth {
    const WHOLE: Self = Self {
        first: 2_000,
        from_relaxed: 3_000,
        branches: true,
    };
    /// Enough to see that it is narrow, where a relaxation shows it.
    pub(crate) const GLANCE: Self = Self {
        first: 120,
        from_relaxed: 0,
        branches: false,
    };
}

/// How narrowly protected sums can be read by whoever knows everything that `system` holds, over integers. `truth` is the
/// true data: a solution, from which others are looked for.
///
/// Sound whatever the effort: [`Seen::Wide`] holds two solutions, and [`Seen::Narrow`] what follows from the system alone,
/// whatever the truth is.
///
/// **What its answer is used for can tell.** Where a report is refused because a sum is narrow, the refusal says that the
/// true data is one of those for which it is. So a failure here stops the report and goes to people; plans are chosen
/// before the period with [`worst_case`](crate::worst_case()), which sees no data. That many values lie between two ends says
/// nothing of how likely each is.
///
/// ```
/// use lagrum_inference::{Effort, Hidden, Protected, Published, Seen, System, check};
///
/// let mut hidden = Hidden::default();
/// let (produced, refused) = (hidden.count(), hidden.count());
/// let accounts = hidden.amount_of(produced, 1, 1_023);
/// let answered = Published::exactly(vec![(produced, 1), (refused, 1)], 40);
/// let truth = [2, 38, 3];
/// let protected = [Protected::cell(produced, 10)];
///
/// let system = System::new(&hidden, &[answered.clone()])?;
/// let seen = check(&system, &truth, &protected, Effort::default())?;
/// let Seen::Wide { lower, upper } = &seen[0] else { panic!() };
/// system.verify(&protected[0], lower, upper)?;
///
/// // With the accounts published beside it, there are one to three.
/// let system = system.with(&[Published::exactly(vec![(accounts, 1)], 3)])?;
/// let seen = check(&system, &truth, &protected, Effort::default())?;
/// assert_eq!(seen[0], Seen::Narrow { low: 1, high: 3 });
/// # Ok::<(), lagrum_inference::InferenceError>(())
/// ```
///
/// # Errors
/// When `truth` is not a solution, or a protected sum is not one of these hidden numbers.
pub fn check(
    system: &System,
    truth: &[i64],
    protected: &[Protected],
    mut effort: Effort,
) -> Result<Vec<Seen>, InferenceError> {
    examine(system, truth, protected, &mut effort, Depth::WHOLE)
}

/// [`check()`]. What is left of the effort for all is in `effort`.
pub(crate) fn examine(
    system: &System,
    truth: &[i64],
    protected: &[Protected],
    effort: &mut Effort,
    depth: Depth,
) -> Result<Vec<Seen>, InferenceError> {
    system.admits(truth)?;
    let tidy = |protected: &Protected| protected.tidy(system.len());
    let protected: Vec<Protected> = protected.iter().map(tidy).collect::<Result<_, _>>()?;
    let mut bounds = system.bounds.clone();
    // There is a solution: the truth.
    let _ = bounds.narrow(&system.rows, None);
    let mut rows = system.rows.clone();
    bounds.clip(&mut rows);
    let truth: Witness = truth.into();
    let of = |protected: Protected| {
        let (low, high) = bounds.of_sum(&protected.terms);
        let value = sum_of(&protected.terms, &truth);
        let falling = protected.terms.iter().map(|&(number, a)| (number, -a));
        Known {
            falling: falling.collect(),
            rising: protected.terms,
            width: protected.width,
            low,
            high,
            least: (value, truth.clone()),
            most: (value, truth.clone()),
            left: effort.for_each,
        }
    };
    let mut check = Check {
        sums: protected.into_iter().map(of).collect(),
        search: Search::new(&rows, &bounds, effort.seed),
        left: effort.for_all,
        depth,
    };
    let rounds = [Check::walk, Check::relax, Check::branch];
    for round in &rounds[..if depth.branches { 3 } else { 2 }] {
        for at in 0..check.sums.len() {
            if check.sums[at].is_open() {
                round(&mut check, at);
            }
        }
    }
    effort.for_all = check.left;
    Ok(check.sums.into_iter().map(Known::seen).collect())
}

struct Check<'a> {
    sums: Vec<Known>,
    search: Search<'a>,
    left: u64,
    depth: Depth,
}

impl Check<'_> {
    /// Steps for one search of a protected sum.
    fn with<T>(
        &mut self,
        at: usize,
        most: u64,
        search: impl FnOnce(&mut Self, &mut u64) -> T,
    ) -> T {
        let given = most.min(self.sums[at].left).min(self.left);
        let mut left = given;
        let found = search(self, &mut left);
        let taken = given - left;
        self.sums[at].left -= taken;
        self.left -= taken;
        found
    }

    /// A solution serves every protected sum.
    fn keep(&mut self, values: Vec<i64>) {
        let witness: Witness = values.into();
        for known in self.sums.iter_mut().filter(|known| known.is_open()) {
            let value = sum_of(&known.rising, &witness);
            if value > known.most.0 {
                known.most = (value, witness.clone());
            }
            if value < known.least.0 {
                known.least = (value, witness.clone());
            }
        }
    }

    fn try_walk(&mut self, at: usize, way: Way, at_least: i64, near: Option<&[f64]>) -> bool {
        let terms = self.sums[at].terms(way).to_vec();
        let from = match way {
            Way::Up => self.sums[at].most.1.clone(),
            Way::Down => self.sums[at].least.1.clone(),
        };
        let most = match near {
            Some(_) => self.depth.from_relaxed,
            None => self.depth.first,
        };
        let found = self.with(at, most, |check, steps| {
            let goal = Goal {
                terms: &terms,
                at_least,
            };
            match near {
                Some(near) => check.search.walk_from(near, &goal, steps),
                None => check.search.walk(&from, &goal, steps),
            }
        });
        match found {
            Some(found) => {
                self.keep(found);
                true
            }
            None => false,
        }
    }

    /// Solutions near those that are known.
    fn walk(&mut self, at: usize) {
        for way in [Way::Up, Way::Down] {
            // Half of the way, where the whole is too far.
            for part in [1, 2] {
                let (known, wanted) = (&self.sums[at], self.sums[at].wanted(way));
                let further = wanted - known.reached(way);
                if further <= 0 || !known.is_open() {
                    break;
                }
                let goal = known.reached(way) + div_up(further, part);
                if self.try_walk(at, way, goal, None) {
                    break;
                }
            }
        }
    }

    /// Bounds by a relaxation, and solutions near its own.
    fn relax(&mut self, at: usize) {
        for way in [Way::Up, Way::Down] {
            let known = &self.sums[at];
            if !known.is_open() || known.wanted(way) <= known.reached(way) {
                continue;
            }
            let terms = known.terms(way).to_vec();
            let relaxed = self.with(at, u64::MAX, |check, steps| {
                check.search.relax(&terms, steps)
            });
            let Relaxed::AtMost(most, near) = relaxed else {
                // The truth is a solution, so this is never proved.
                continue;
            };
            self.sums[at].at_most(way, most);
            let known = &self.sums[at];
            let wanted = known.wanted(way);
            if known.is_open() && wanted > known.reached(way) {
                self.try_walk(at, way, wanted, near.as_deref());
            }
        }
    }

    /// Over integers, as far as the steps go.
    fn branch(&mut self, at: usize) {
        let mut spent = [false; 2];
        // First as far as it could be at all; then halfway, and so on.
        let mut halves = [false; 2];
        while self.sums[at].is_open() && spent != [true; 2] {
            for (side, way) in [Way::Up, Way::Down].into_iter().enumerate() {
                let known = &self.sums[at];
                let further = known.wanted(way) - known.reached(way);
                if further <= 0 || spent[side] || !known.is_open() {
                    spent[side] |= further <= 0 && self.is_at_end(at, way);
                    continue;
                }
                let at_least = known.reached(way)
                    + if halves[side] {
                        div_up(further, 2)
                    } else {
                        further
                    };
                halves[side] = true;
                let terms = known.terms(way).to_vec();
                let goal = Goal {
                    terms: &terms,
                    at_least,
                };
                let half = known.left / 2;
                match self.with(at, half, |check, steps| check.search.reach(&goal, steps)) {
                    Answer::Found(found) => self.keep(found),
                    Answer::No => self.sums[at].at_most(way, at_least - 1),
                    Answer::Spent => spent[side] = true,
                }
            }
        }
    }

    fn is_at_end(&self, at: usize, way: Way) -> bool {
        let known = &self.sums[at];
        match way {
            Way::Up => known.high <= known.most.0,
            Way::Down => known.low >= known.least.0,
        }
    }
}
