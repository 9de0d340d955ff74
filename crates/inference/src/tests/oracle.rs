//! Small random systems, of which all solutions are enumerated.

use crate::bounds::Goal;
use crate::branch::{Answer, Relaxed, Search};
use crate::random::Random;
use crate::rows::tidy;
use crate::{Effort, Hidden, Protected, Published, Reached, Seen, System, can_be_at_most, check};

/// Draws small systems.
pub(super) struct Draw(pub Random);

impl Draw {
    pub fn within(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.0.below(usize::try_from(high - low + 1).unwrap())).unwrap()
    }

    pub fn terms(&mut self, numbers: usize, coefficients: (i64, i64)) -> Vec<(usize, i64)> {
        let mut terms = Vec::new();
        for number in 0..numbers {
            if self.0.below(5) < 3 {
                let coefficient = match self.0.below(3) {
                    0 => self.within(coefficients.0, coefficients.1),
                    _ => 1,
                };
                terms.push((number, coefficient));
            }
        }
        terms
    }
}

/// All values between the ends.
pub(super) fn all(numbers: usize, low: i64, high: i64) -> Vec<Vec<i64>> {
    let mut all = vec![Vec::new()];
    for _ in 0..numbers {
        all = all
            .into_iter()
            .flat_map(|values: Vec<i64>| {
                (low..=high).map(move |value| {
                    let mut longer = values.clone();
                    longer.push(value);
                    longer
                })
            })
            .collect();
    }
    all
}

pub(super) fn sum(terms: &[(usize, i64)], values: &[i64]) -> i64 {
    terms.iter().map(|&(number, a)| a * values[number]).sum()
}

/// The smallest and the largest that a sum is in these solutions.
pub(super) fn ends(terms: &[(usize, i64)], solutions: &[&Vec<i64>]) -> (i64, i64) {
    let all = || solutions.iter().map(|values| sum(terms, values));
    (all().min().unwrap(), all().max().unwrap())
}

/// A small system, and all its solutions.
struct Small {
    system: System,
    truth: Vec<i64>,
    largest: i64,
    solutions: Vec<Vec<i64>>,
}

fn small(draw: &mut Draw, case: usize) -> Small {
    let numbers = 3 + case % 4;
    let largest = if numbers == 6 { 4 } else { 6 };
    let coefficients = [(1, 1), (1, 3), (-2, 3)][case % 3];
    let truth: Vec<i64> = (0..numbers).map(|_| draw.within(0, largest)).collect();
    let mut hidden = Hidden::default();
    for _ in 0..numbers {
        hidden.between(0, Some(largest));
    }
    let published: Vec<Published> = (0..draw.within(1, 5))
        .map(|_| {
            let terms = draw.terms(numbers, coefficients);
            let value = sum(&terms, &truth);
            match draw.within(0, 3) {
                0 | 1 => Published::exactly(terms, value),
                _ => {
                    let width = draw.within(2, 5);
                    Published::band(terms, value.div_euclid(width) * width, width).unwrap()
                }
            }
        })
        .collect();
    let mut solutions = all(numbers, 0, largest);
    let holds =
        |one: &Published, values: &[i64]| (one.low..=one.high).contains(&sum(&one.terms, values));
    solutions.retain(|values| published.iter().all(|one| holds(one, values)));
    Small {
        system: System::new(&hidden, &published).unwrap(),
        truth,
        largest,
        solutions,
    }
}

#[test]
fn branching_finds_the_furthest_solution_and_nothing_beyond() {
    let mut draw = Draw(Random(13));
    let mut found = [0; 3];
    for case in 0..400 {
        let Small {
            system, solutions, ..
        } = small(&mut draw, case);
        let solutions: Vec<&Vec<i64>> = solutions.iter().collect();
        let mut search = Search::new(&system.rows, &system.bounds, 1);
        for _ in 0..3 {
            let terms = tidy(&draw.terms(system.len(), (-2, 3)), system.len()).unwrap();
            let (_, most) = ends(&terms, &solutions);
            match search.relax(&terms, &mut 100_000) {
                Relaxed::AtMost(bound, _) => assert!(bound >= most),
                Relaxed::NoSolution => panic!("there is one"),
            }
            for beyond in 0..2 {
                let goal = Goal {
                    terms: &terms,
                    at_least: most + beyond,
                };
                match search.reach(&goal, &mut 100_000) {
                    Answer::Found(values) => {
                        system.admits(&values).unwrap();
                        assert!(beyond == 0 && sum(&terms, &values) == most);
                        found[0] += 1;
                    }
                    Answer::No => {
                        assert_eq!(beyond, 1);
                        found[1] += 1;
                    }
                    Answer::Spent => found[2] += 1,
                }
            }
        }
    }
    assert!(found[2] * 50 < found[0] + found[1], "{found:?}");
}

#[test]
fn what_is_said_is_so_for_all_solutions() {
    let mut draw = Draw(Random(7));
    let (mut asked, mut unknown) = (0_u32, 0_u32);
    let (mut wide, mut narrow) = (0_u32, 0_u32);
    for case in 0..1_500 {
        let Small {
            system,
            truth,
            largest,
            solutions,
        } = small(&mut draw, case);
        let solutions: Vec<&Vec<i64>> = solutions.iter().collect();
        let numbers = system.len();
        for values in all(numbers, 0, 2) {
            assert_eq!(system.admits(&values).is_ok(), solutions.contains(&&values));
        }
        let mut protected: Vec<Protected> = (0..numbers)
            .map(|number| Protected::cell(number, draw.within(1, largest)))
            .collect();
        protected.push(Protected {
            terms: draw.terms(numbers, (-2, 3)),
            width: draw.within(1, 12),
        });
        let seen = check(&system, &truth, &protected, Effort::default()).unwrap();
        for (seen, protected) in seen.iter().zip(&protected) {
            let (least, most) = ends(&protected.terms, &solutions);
            asked += 1;
            match seen {
                Seen::Wide { lower, upper } => {
                    wide += 1;
                    system.verify(protected, lower, upper).unwrap();
                    assert!(most - least >= protected.width);
                }
                Seen::Narrow { low, high } => {
                    narrow += 1;
                    assert!(*low <= least && most <= *high && high - low < protected.width);
                }
                Seen::Unknown => unknown += 1,
            }
        }
    }
    assert!(wide > asked / 10 && narrow > asked / 10, "{wide} {narrow}");
    assert!(unknown * 50 < asked, "{unknown} of {asked}");
    eprintln!("{unknown} of {asked} unknown, {wide} wide, {narrow} narrow");
}

#[test]
fn whether_a_sum_can_be_so_little_is_so_for_all_solutions() {
    let mut draw = Draw(Random(11));
    let mut found = [0; 3];
    for case in 0..600 {
        let Small {
            system,
            truth,
            solutions,
            ..
        } = small(&mut draw, case);
        let solutions: Vec<&Vec<i64>> = solutions.iter().collect();
        let sums: Vec<(Vec<(usize, i64)>, i64)> = (0..4)
            .map(|_| {
                let terms = draw.terms(system.len(), (-2, 3));
                let most = ends(&terms, &solutions).0 + draw.within(-1, 1);
                (terms, most)
            })
            .collect();
        let reached = can_be_at_most(&system, &truth, &sums, Effort::default()).unwrap();
        for ((terms, most), reached) in sums.iter().zip(reached) {
            let can = ends(terms, &solutions).0 <= *most;
            match reached {
                Reached::Can(solution) => {
                    system.admits(&solution).unwrap();
                    assert!(can && sum(terms, &solution) <= *most);
                    found[0] += 1;
                }
                Reached::Cannot => {
                    assert!(!can);
                    found[1] += 1;
                }
                Reached::Unknown => found[2] += 1,
            }
        }
    }
    assert!(
        found[0] > 500 && found[1] > 300 && found[2] < 50,
        "{found:?}"
    );
    // Without effort nothing is claimed but what the truth shows.
    let none = Effort {
        for_each: 0,
        for_all: 0,
        seed: 1,
    };
    let both = Published::band(vec![(0, 1), (1, 1)], 10, 10).unwrap();
    let system = System::new(&Hidden::counts(2), &[both]).unwrap();
    let sums = [(vec![(0, 1)], 0), (vec![(0, 1)], 2)];
    let reached = can_be_at_most(&system, &[2, 10], &sums, none).unwrap();
    assert_eq!(reached[0], Reached::Unknown);
    assert!(matches!(reached[1], Reached::Can(_)));
}
