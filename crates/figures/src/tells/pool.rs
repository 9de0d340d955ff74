//! Solutions that were found for one who reads, and serve the next.

use std::sync::Arc;

use lagrum_inference::{System, Witness};

/// So many are kept.
const MOST: usize = 1_500;

/// Solutions of everything that a reader knows. One in which an authority's own demands are is, without them, a solution of
/// what the authority knows: that it is, is checked each time.
pub(super) struct Pool {
    truth: Vec<i64>,
    solutions: Vec<Witness>,
}

impl Pool {
    /// With the truth.
    pub fn new(truth: Vec<i64>) -> Self {
        let solutions = vec![truth.clone().into()];
        Self { truth, solutions }
    }

    /// Keeps a reader's solution.
    pub fn put(&mut self, solution: Witness) {
        let is_last = self
            .solutions
            .last()
            .is_some_and(|last| Arc::ptr_eq(last, &solution));
        if self.solutions.len() < MOST && !is_last {
            self.solutions.push(solution);
        }
    }

    /// Keeps a solution that was found for an authority, of whose world this is the truth.
    pub fn put_of(&mut self, others: &[i64], solution: &[i64]) {
        let own = self
            .truth
            .iter()
            .zip(others)
            .map(|(all, others)| all - others);
        let whole: Vec<i64> = solution
            .iter()
            .zip(own)
            .map(|(number, own)| number + own)
            .collect();
        self.put(whole.into());
    }

    /// Those that are solutions of what an authority knows, of whose world this is the truth; without its own.
    pub fn of<'p>(
        &'p self,
        others: &'p [i64],
        system: &'p System,
    ) -> impl Iterator<Item = Vec<i64>> + 'p {
        let own: Vec<i64> = self
            .truth
            .iter()
            .zip(others)
            .map(|(all, others)| all - others)
            .collect();
        let without = move |solution: &Witness| -> Vec<i64> {
            solution
                .iter()
                .zip(&own)
                .map(|(number, own)| number - own)
                .collect()
        };
        let each = self.solutions.iter().map(without);
        each.filter(|solution| system.admits(solution).is_ok())
    }
}
