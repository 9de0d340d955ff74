//! Systems as large as those of a report. The benchmark makes them too.

use crate::random::Random;
use crate::{Effort, Hidden, Planned, Protected, Published, Seen, System, check};

const OUTCOMES: usize = 8;
/// The outcomes of which there are amounts.
const PRODUCED: usize = 2;
const ACCOUNTS: i64 = 1_024;

/// What a report is about: classes by country, instrument and outcome, and accounts.
pub(super) struct Report {
    pub hidden: Hidden,
    /// The sums of a plan, by name.
    pub sums: Vec<Vec<(usize, i64)>>,
    pub truth: Vec<i64>,
    pub classes: usize,
}

/// A report with so many countries and kinds of instrument, and with so many demands. `finer`: accounts by country and
/// instrument too.
pub(super) fn report(countries: usize, instruments: usize, demands: usize, finer: bool) -> Report {
    let classes = 1 + countries * instruments * OUTCOMES;
    let mut hidden = Hidden::counts(classes);
    let parts = |class: usize| {
        let class = class.checked_sub(1)?;
        let (rest, outcome) = (class / OUTCOMES, class % OUTCOMES);
        Some((rest / instruments, rest % instruments, outcome))
    };
    let mut amounts = Vec::new();
    for class in 0..classes {
        if parts(class).is_some_and(|(_, _, outcome)| outcome < PRODUCED) {
            amounts.push((class, hidden.amount_of(class, 1, ACCOUNTS - 1)));
        }
    }
    let mut random = Random(3);
    let mut truth = vec![0; hidden.len()];
    for _ in 0..demands {
        // Few countries and kinds have most of them.
        let mut part = |of: usize| {
            let first = random.below(of);
            random.below(first + 1)
        };
        let (country, instrument, outcome) = (part(countries), part(instruments), part(OUTCOMES));
        let class = match random.below(12) {
            0 => 0,
            _ => 1 + (country * instruments + instrument) * OUTCOMES + outcome,
        };
        truth[class] += 1;
        if let Some(&(_, amount)) = amounts.iter().find(|(of, _)| *of == class) {
            truth[amount] += 1 + random.below(4) as i64;
        }
    }
    let over = |wanted: &dyn Fn(usize, usize, usize) -> bool| -> Vec<(usize, i64)> {
        let within = |class: &usize| parts(*class).is_some_and(|(c, i, o)| wanted(c, i, o));
        (0..classes)
            .filter(within)
            .map(|class| (class, 1))
            .collect()
    };
    let amounts_over = |wanted: &dyn Fn(usize, usize, usize) -> bool| -> Vec<(usize, i64)> {
        let within = |class: usize| parts(class).is_some_and(|(c, i, o)| wanted(c, i, o));
        let all = amounts.iter().filter(|(class, _)| within(*class));
        all.map(|&(_, amount)| (amount, 1)).collect()
    };
    let mut sums = vec![
        (0..classes).map(|class| (class, 1)).collect(),
        vec![(0, 1)],
        amounts_over(&|_, _, _| true),
    ];
    sums.extend((0..countries).map(|own| over(&|country, _, _| country == own)));
    sums.extend((0..instruments).map(|own| over(&|_, instrument, _| instrument == own)));
    sums.extend((0..OUTCOMES).map(|own| over(&|_, _, outcome| outcome == own)));
    if finer {
        sums.extend((0..countries).map(|own| amounts_over(&|country, _, _| country == own)));
        sums.extend((0..instruments).map(|own| amounts_over(&|_, i, _| i == own)));
        sums.extend((0..PRODUCED).map(|own| amounts_over(&|_, _, outcome| outcome == own)));
        sums.extend((0..12).map(|own| over(&|c, _, o| c == own / 4 && o == own % 4)));
    }
    Report {
        hidden,
        sums,
        truth,
        classes,
    }
}

impl Report {
    pub fn published(&self, width: i64) -> Vec<Published> {
        let band = |terms: &Vec<(usize, i64)>| {
            let value: i64 = terms.iter().map(|&(number, _)| self.truth[number]).sum();
            Published::band(terms.clone(), value / width * width, width).unwrap()
        };
        self.sums.iter().map(band).collect()
    }

    pub fn plan(&self, width: i64) -> Vec<Planned> {
        let planned = |terms: &Vec<(usize, i64)>| Planned {
            terms: terms.clone(),
            width,
        };
        self.sums.iter().map(planned).collect()
    }

    pub fn seen(&self, width: i64, protected: i64) -> [usize; 3] {
        let system = System::new(&self.hidden, &self.published(width)).unwrap();
        let cells: Vec<Protected> = (1..self.hidden.len())
            .map(|class| Protected::cell(class, protected))
            .collect();
        let seen = check(&system, &self.truth, &cells, Effort::default()).unwrap();
        let mut counted = [0; 3];
        for (seen, cell) in seen.iter().zip(&cells) {
            counted[match seen {
                Seen::Wide { lower, upper } => {
                    system.verify(cell, lower, upper).unwrap();
                    0
                }
                Seen::Narrow { .. } => 1,
                Seen::Unknown => 2,
            }] += 1;
        }
        counted
    }
}

#[test]
fn a_report_in_bands_of_ten_is_decided() {
    let report = report(4, 6, 300, false);
    let [wide, narrow, unknown] = report.seen(10, 9);
    assert_eq!((wide + narrow, unknown), (report.hidden.len() - 1, 0));
}
