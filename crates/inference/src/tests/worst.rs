//! Plans, whatever the data is.

use std::collections::BTreeMap;

use super::oracle::{Draw, all, ends, sum};
use super::size::report;
use crate::random::Random;
use crate::{
    Effort, Hidden, Planned, Protected, Published, Seen, System, Worst, check, worst_case,
};

fn planned(classes: &[usize], width: i64) -> Planned {
    Planned {
        terms: classes.iter().map(|&class| (class, 1)).collect(),
        width,
    }
}

/// That the data of a narrow plan is narrow.
fn shows(hidden: &Hidden, plan: &[Planned], protected: &Protected, worst: &Worst) -> (i64, i64) {
    let Worst::Narrow { data, low, high } = worst else {
        panic!("{worst:?}");
    };
    let published: Vec<Published> = plan.iter().map(|one| one.publish(data).unwrap()).collect();
    let system = System::new(hidden, &published).unwrap();
    system.admits(data).unwrap();
    let seen = check(
        &system,
        data,
        std::slice::from_ref(protected),
        Effort::default(),
    )
    .unwrap();
    assert!(matches!(seen[0], Seen::Narrow { .. }));
    assert!(high - low < protected.width);
    (*low, *high)
}

#[test]
fn what_is_said_of_a_plan_is_so_for_all_small_data() {
    let mut draw = Draw(Random(11));
    let (mut safe, mut narrow, mut unknown, mut missed) = (0, 0, 0, 0);
    for case in 0..400 {
        let numbers = 3 + case % 2;
        let largest = if numbers == 3 { 13 } else { 8 };
        let hidden = Hidden::counts(numbers);
        let mut plan: Vec<Planned> = (0..draw.within(1, 3))
            .map(|_| Planned {
                terms: draw.terms(numbers, (1, if case % 3 == 0 { 2 } else { 1 })),
                width: [1, 2, 2, 3, 4, 4][draw.0.below(6)],
            })
            .collect();
        // So that everything has an end: what is in no sum.
        let alone = (0..numbers).filter(|class| {
            !plan
                .iter()
                .any(|one| one.terms.iter().any(|term| term.0 == *class))
        });
        let alone: Vec<usize> = alone.collect();
        plan.push(planned(&alone, 2));
        let mut protected: Vec<Protected> = (0..numbers)
            .map(|class| Protected::cell(class, draw.within(1, 3)))
            .collect();
        protected.push(Protected {
            terms: draw.terms(numbers, (-2, 3)),
            width: draw.within(1, 4),
        });
        let effort = Effort {
            for_all: 60_000,
            ..Effort::default()
        };
        let worst = worst_case(&hidden, &plan, &protected, effort).unwrap();

        // All data, by what is published of it, where no other data than these can be behind that.
        let possible = all(numbers, 0, largest);
        let mut groups: BTreeMap<Vec<i64>, Vec<&Vec<i64>>> = BTreeMap::new();
        for data in &possible {
            let of = |one: &Planned| sum(&one.terms, data).div_euclid(one.width);
            groups
                .entry(plan.iter().map(of).collect())
                .or_default()
                .push(data);
        }
        groups.retain(|bands, _| {
            (0..numbers).all(|class| {
                let mut around = plan
                    .iter()
                    .zip(bands)
                    .filter(|(one, _)| one.terms.iter().any(|term| term.0 == class));
                around.any(|(one, band)| (band + 1) * one.width - 1 <= largest)
            })
        });
        for (protected, worst) in protected.iter().zip(&worst) {
            let widths = groups.values().map(|group| {
                let (least, most) = ends(&protected.terms, group);
                most - least
            });
            let least = widths.min().unwrap_or(i64::MAX);
            match worst {
                Worst::Safe => {
                    safe += 1;
                    assert!(least >= protected.width, "{plan:?} {protected:?}");
                }
                Worst::Narrow { data, low, high } => {
                    narrow += 1;
                    shows(&hidden, &plan, protected, worst);
                    let group = groups
                        .values()
                        .find(|group| group.contains(&&data.to_vec()));
                    if let Some(group) = group {
                        let (least, most) = ends(&protected.terms, group);
                        assert!(*low <= least && most <= *high);
                    }
                }
                Worst::Unknown => {
                    unknown += 1;
                    missed += i32::from(least < protected.width);
                }
            }
        }
    }
    eprintln!("{safe} safe, {narrow} narrow, {unknown} unknown, of which {missed} are narrow");
    assert!(safe > 100 && narrow > 100);
    assert!(missed * 20 < narrow);
}

#[test]
fn parts_in_bands_are_safe_and_a_total_beside_them_is_not() {
    let hidden = Hidden::counts(20);
    let parts: Vec<Planned> = (0..10)
        .map(|part| planned(&[2 * part, 2 * part + 1], 10))
        .collect();
    let protected = [Protected::cell(0, 9), Protected::cell(0, 10)];
    let worst = worst_case(&hidden, &parts, &protected, Effort::default()).unwrap();
    assert_eq!(worst[0], Worst::Safe);
    assert!(matches!(worst[1], Worst::Narrow { .. }));

    // Ten parts of 9 each, and 90 in all: each part is exactly 9.
    let mut plan = parts.clone();
    plan.push(planned(&(0..20).collect::<Vec<_>>(), 10));
    let part = [Protected {
        terms: vec![(0, 1), (1, 1)],
        width: 9,
    }];
    let worst = worst_case(&hidden, &plan, &part, Effort::default()).unwrap();
    shows(&hidden, &plan, &part[0], &worst[0]);

    // With a class that is in the total alone it is safe again.
    let mut hidden = hidden;
    hidden.count();
    plan.pop();
    plan.push(planned(&(0..21).collect::<Vec<_>>(), 100));
    let worst = worst_case(&hidden, &plan, &part, Effort::default()).unwrap();
    assert_eq!(worst, [Worst::Safe]);
    // But not, where that is published too.
    plan.push(planned(&[20], 10));
    let worst = worst_case(&hidden, &plan, &part, Effort::default()).unwrap();
    assert_ne!(worst, [Worst::Safe]);
}

#[test]
fn two_ways_to_cut_up_one_total_are_not_safe() {
    let countries = 10;
    let cell = |country: usize, kind: usize| country * 3 + kind;
    let hidden = Hidden::counts(countries * 3);
    let mut plan: Vec<Planned> = (0..countries)
        .map(|country| planned(&[0, 1, 2].map(|kind| cell(country, kind)), 10))
        .collect();
    plan.extend((0..3).map(|kind| {
        let classes: Vec<usize> = (0..countries).map(|country| cell(country, kind)).collect();
        planned(&classes, 10)
    }));
    let protected: Vec<Protected> = (0..countries * 3)
        .map(|class| Protected::cell(class, 9))
        .collect();
    let worst = worst_case(&hidden, &plan, &protected, Effort::default()).unwrap();
    for (protected, worst) in protected.iter().zip(&worst) {
        shows(&hidden, &plan, protected, worst);
    }
}

#[test]
fn amounts_that_nobody_publishes_bind_nothing_and_others_do() {
    let mut hidden = Hidden::counts(2);
    let accounts = hidden.amount_of(0, 1, 1_023);
    let mut plan = vec![planned(&[0, 1], 10)];
    let protected = [Protected::cell(0, 9), Protected::cell(accounts, 9)];
    let worst = worst_case(&hidden, &plan, &protected, Effort::default()).unwrap();
    assert_eq!(worst[0], Worst::Safe);
    assert_ne!(worst[1], Worst::Safe);
    plan.push(planned(&[accounts], 1));
    let worst = worst_case(&hidden, &plan, &protected, Effort::default()).unwrap();
    shows(&hidden, &plan, &protected[0], &worst[0]);
    // One case more for sure than nothing else says.
    hidden.holds(Published::at_least(vec![(1, 1)], 3));
    let worst = worst_case(&hidden, &plan, &protected, Effort::default()).unwrap();
    assert!(worst.iter().all(|worst| *worst != Worst::Safe));
}

#[test]
fn a_report_by_country_instrument_and_outcome_is_not_safe() {
    let report = report(9, 3, 0, false);
    let plan = report.plan(10);
    let protected: Vec<Protected> = (1..report.classes)
        .map(|class| Protected::cell(class, 9))
        .collect();
    let worst = worst_case(&report.hidden, &plan, &protected, Effort::default()).unwrap();
    let narrow = worst
        .iter()
        .filter(|worst| matches!(worst, Worst::Narrow { .. }))
        .count();
    assert!(
        narrow * 2 > protected.len(),
        "{narrow} of {}",
        protected.len()
    );
    assert!(!worst.contains(&Worst::Safe));
}
