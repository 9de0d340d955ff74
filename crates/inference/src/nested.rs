//! Plans that keep a protected cell apart whatever the data is.

use crate::bounds::common;
use crate::planned::Planned;
use crate::published::LARGEST;
use crate::system::{Hidden, Protected};

/// The sums of a plan, as far as they form trees.
///
/// **What is proved.** Let the planned sums that hang together with cell m be *nested*: plain sums of counts without upper
/// ends, any two disjoint or one within the other, each with a class of its own that is in no sum within it. Let g be the
/// greatest common divisor of their widths. Then for all data, solutions of what is published exist in which cell m is
/// v₀, v₀ + 1, … v₀ + g − 1 for one v₀.
///
/// **Proof.** Let data x be given, and let the sum i lie in the band L_i to H_i: L_i is a multiple of its width, so of g, and
/// H_i + 1 is one too. Forget x. Set every class to 0 but those that are a sum's own, and these from the innermost sums
/// outwards, so that the sum i becomes
///
/// > M_i = max(L_i, Σ M_c over the sums c directly within i).
///
/// M_i ≤ H_i: no solution has less, as in each L_i ≤ s_i, and Σ s_c ≤ s_i because counts are not negative; and x is one with
/// s_i ≤ H_i. M_i is a multiple of g, as everything that it is made of is. H_i + 1 is a multiple of g above it, so
/// M_i + g − 1 ≤ H_i. Now raise cell m by v, 0 ≤ v < g, let every sum's own class be filled up again to what the sum needs,
/// but never below 0, and nothing more: by induction from the innermost outwards each sum becomes M_i to M_i + v, so it
/// stays in its band. (If m is the own class of the innermost sum that it is in, it begins with what that sum needs, v₀, and
/// that sum becomes M_i + v.) Every class of its own that is filled up less stays at 0 or more, as it is only filled up
/// where its sum would lie below M_i. ∎
///
/// For a protected sum with other cells, the classes that fill up are chosen outside it, so that it changes by v times the
/// coefficient of m. Amounts that are in no planned sum follow the counts: with each count there is one that fits.
pub(crate) struct Nested {
    sums: Vec<Sum>,
    /// The sums in which each hidden number is.
    of: Vec<Vec<usize>>,
    /// Counts, of which nothing else holds.
    plain: Vec<bool>,
}

struct Sum {
    /// In order.
    classes: Vec<usize>,
    width: i64,
    /// All coefficients are 1.
    is_plain: bool,
}

impl Nested {
    /// Of tidy sums.
    pub fn new(hidden: &Hidden, plan: &[Planned]) -> Self {
        let numbers = hidden.len();
        let mut sums: Vec<Sum> = Vec::new();
        for planned in plan {
            let classes: Vec<usize> = planned.terms.iter().map(|&(number, _)| number).collect();
            let is_plain = planned
                .terms
                .iter()
                .all(|&(_, coefficient)| coefficient == 1);
            if classes.is_empty() {
                continue;
            }
            let same = sums
                .iter_mut()
                .find(|other| other.classes == classes && other.is_plain && is_plain);
            match same {
                // Of two bands of one sum, of which the edges of one are edges of the other, the finer says everything.
                Some(other) if other.width % planned.width == 0 => other.width = planned.width,
                Some(other) if planned.width % other.width == 0 => {}
                _ => sums.push(Sum {
                    classes,
                    width: planned.width,
                    is_plain,
                }),
            }
        }
        let mut of = vec![Vec::new(); numbers];
        for (at, sum) in sums.iter().enumerate() {
            for &class in &sum.classes {
                of[class].push(at);
            }
        }
        let plain = plain(hidden, &of);
        Self { sums, of, plain }
    }

    /// Whether the protected sum, which is tidy, has two solutions that lie apart by its width, whatever the data is.
    pub fn keeps(&self, protected: &Protected) -> bool {
        protected.terms.iter().any(|&(cell, coefficient)| {
            self.moves(cell, protected).is_some_and(|by| {
                by >= protected.width / coefficient.abs()
                    + i64::from(protected.width % coefficient.abs() != 0)
            })
        })
    }

    /// By how much a cell can differ between two solutions, while the other cells of a protected sum do not.
    fn moves(&self, cell: usize, protected: &Protected) -> Option<i64> {
        let mut together: Vec<usize> = self.of[cell].clone();
        let mut is_in = vec![false; self.sums.len()];
        for &sum in &together {
            is_in[sum] = true;
        }
        let mut next = 0;
        while let Some(&sum) = together.get(next) {
            next += 1;
            for &class in &self.sums[sum].classes {
                for &other in &self.of[class] {
                    if !is_in[other] {
                        is_in[other] = true;
                        together.push(other);
                    }
                }
            }
        }
        if !self.plain[cell] {
            return None;
        }
        let mut divisor = 0;
        for &sum in &together {
            let of = &self.sums[sum];
            if !of.is_plain || of.classes.iter().any(|&class| !self.plain[class]) {
                return None;
            }
            divisor = common(divisor, of.width);
        }
        // Smaller sums first, so that those within a sum come before it.
        together.sort_by_key(|&sum| self.sums[sum].classes.len());
        let mut innermost: Vec<Option<usize>> = vec![None; self.of.len()];
        for &sum in &together {
            if !self.is_nested(sum, &mut innermost, cell, protected) {
                return None;
            }
        }
        // In no sum at all, it can be anything.
        Some(if divisor == 0 { LARGEST } else { divisor - 1 })
    }

    /// Whether the sums within this one that came before are whole in it, and it has a class of its own. `outermost`: which of
    /// those that came before is the outermost around each class.
    fn is_nested(
        &self,
        sum: usize,
        outermost: &mut [Option<usize>],
        cell: usize,
        protected: &Protected,
    ) -> bool {
        let classes = &self.sums[sum].classes;
        let is_other = |class: usize| {
            class != cell && protected.terms.iter().any(|&(number, _)| number == class)
        };
        let has_own = classes
            .iter()
            .any(|&class| outermost[class].is_none() && !is_other(class));
        let mut within: Vec<usize> = classes
            .iter()
            .filter_map(|&class| outermost[class])
            .collect();
        within.sort_unstable();
        let mut runs = within.chunk_by(|a, b| a == b);
        let whole = runs.all(|run| run.len() == self.sums[run[0]].classes.len());
        for &class in classes {
            outermost[class] = Some(sum);
        }
        has_own && whole
    }
}

/// Which hidden numbers are counts without an upper end, of which nothing holds by definition; or nothing but that there are
/// amounts over them, which are in no planned sum themselves.
fn plain(hidden: &Hidden, of: &[Vec<usize>]) -> Vec<bool> {
    let (low, high) = hidden.ends();
    let ends = low.iter().zip(high);
    let mut plain: Vec<bool> = ends
        .map(|(&low, &high)| low == 0 && high == LARGEST)
        .collect();
    // Between which multiples of one count an amount lies: (count, least, most).
    let mut amounts: Vec<Option<(usize, i64, i64)>> = vec![None; low.len()];
    let mut is_amount = vec![false; low.len()];
    for sum in hidden.standing() {
        let mut understood = false;
        if let [(amount, 1), (count, by)] | [(count, by), (amount, 1)] = sum.terms[..]
            && amount != count
            && amount < low.len()
            && of[amount].is_empty()
            && plain[amount]
            && by <= 0
        {
            let times = by.saturating_neg();
            let ends = match (sum.low, sum.high) {
                (0, i64::MAX) => Some((times, i64::MAX)),
                (i64::MIN, 0) => Some((0, times)),
                _ => None,
            };
            let (known, least, most) = amounts[amount].unwrap_or((count, 0, i64::MAX));
            if let Some((from, to)) = ends
                && known == count
            {
                amounts[amount] = Some((count, least.max(from), most.min(to)));
                is_amount[amount] = true;
                understood = true;
            }
        }
        if !understood {
            for &(number, _) in &sum.terms {
                if let Some(plain) = plain.get_mut(number) {
                    *plain = false;
                }
            }
        }
    }
    // An amount that was understood at first, and then not, binds its count.
    for amount in 0..amounts.len() {
        if let Some((count, least, most)) = amounts[amount]
            && (!plain[amount] || least > most || is_amount[count])
            && let Some(plain) = plain.get_mut(count)
        {
            *plain = false;
        }
    }
    for (amount, is_amount) in is_amount.iter().enumerate() {
        plain[amount] &= !is_amount;
    }
    plain
}
