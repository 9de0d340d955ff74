//! Cases whose answer is known.

use std::sync::Arc;

use crate::{
    Effort, Hidden, InferenceError, LARGEST, Planned, Protected, Published, Seen, System, check,
    worst_case,
};

fn seen(system: &System, truth: &[i64], protected: &[Protected]) -> Vec<Seen> {
    let seen = check(system, truth, protected, Effort::default()).unwrap();
    for (seen, protected) in seen.iter().zip(protected) {
        if let Seen::Wide { lower, upper } = seen {
            system.verify(protected, lower, upper).unwrap();
        }
    }
    seen
}

fn over(classes: impl IntoIterator<Item = usize>) -> Vec<(usize, i64)> {
    classes.into_iter().map(|class| (class, 1)).collect()
}

#[test]
fn accounts_tell_of_productions() {
    let mut hidden = Hidden::default();
    let (produced, refused) = (hidden.count(), hidden.count());
    let accounts = hidden.amount_of(produced, 1, 1_023);
    let no_accounts = hidden.amount_of(refused, 0, 0);
    let answered = Published::exactly(over([produced, refused]), 40);
    let truth = [2, 38, 3, 0];
    let cell = [Protected::cell(produced, 40)];
    let system = System::new(&hidden, &[answered]).unwrap();
    assert!(matches!(seen(&system, &truth, &cell)[0], Seen::Wide { .. }));
    let accounts = Published::exactly(over([accounts, no_accounts]), 3);
    let system = system.with(&[accounts]).unwrap();
    assert_eq!(
        seen(&system, &truth, &cell)[0],
        Seen::Narrow { low: 1, high: 3 }
    );
}

#[test]
fn an_authority_with_eleven_of_twelve_reads_the_twelfth() {
    // Twelve cases in four classes, banded one by one, and in all as they are.
    let hidden = Hidden::counts(4);
    let truth = [8, 3, 1, 0];
    let mut published: Vec<Published> = (0..4)
        .map(|class| Published::band(over([class]), 0, 10).unwrap())
        .collect();
    published.push(Published::exactly(over(0..4), 12));
    let cells: Vec<Protected> = (0..4).map(|class| Protected::cell(class, 9)).collect();
    let reader = System::new(&hidden, &published).unwrap();
    let all_wide = |seen: Vec<Seen>| seen.iter().all(|seen| matches!(seen, Seen::Wide { .. }));
    assert!(all_wide(seen(&reader, &truth, &cells)));
    let own = [
        Published::at_least(over([0]), 8),
        Published::at_least(over([1]), 3),
    ];
    let authority = reader.with(&own).unwrap();
    let read = seen(&authority, &truth, &cells);
    assert_eq!(read[0], Seen::Narrow { low: 8, high: 9 });
    assert_eq!(read[2], Seen::Narrow { low: 0, high: 1 });
    // With six of them it does not.
    let six = reader.with(&[Published::at_least(over([0]), 6)]).unwrap();
    assert!(matches!(
        check(&six, &truth, &[Protected::cell(2, 6)], Effort::default()).unwrap()[0],
        Seen::Wide { .. }
    ));
}

#[test]
fn bands_that_nearly_add_up_to_the_total_tell() {
    let hidden = Hidden::counts(14);
    let mut published: Vec<Published> = (0..14)
        .map(|class| Published::band(over([class]), 0, 10).unwrap())
        .collect();
    published.push(Published::band(over(0..14), 120, 10).unwrap());
    let mut truth = [9; 14];
    truth[0] = 5;
    let system = System::new(&hidden, &published).unwrap();
    // Thirteen others are 117 at most.
    let cells: Vec<Protected> = (0..14).map(|class| Protected::cell(class, 9)).collect();
    for seen in seen(&system, &truth, &cells) {
        assert_eq!(seen, Seen::Narrow { low: 3, high: 9 });
    }
    let cells: Vec<Protected> = (0..14).map(|class| Protected::cell(class, 6)).collect();
    let all = seen(&system, &truth, &cells);
    assert!(all.iter().all(|seen| matches!(seen, Seen::Wide { .. })));
}

#[test]
fn what_only_integers_tell_is_seen() {
    // 2a + 2b + c = 7, and c is 0 or 1: over fractions it is both.
    let mut hidden = Hidden::counts(2);
    let c = hidden.between(0, Some(1));
    let odd = Published::exactly(vec![(0, 2), (1, 2), (c, 1)], 7);
    let system = System::new(&hidden, &[odd]).unwrap();
    let cell = [Protected::cell(c, 1)];
    assert_eq!(
        seen(&system, &[2, 1, 1], &cell)[0],
        Seen::Narrow { low: 1, high: 1 }
    );
    // 2a + 2b = 6 and a to 2: a is 0 to 2, the difference of both even.
    let hidden = Hidden::counts(2);
    let known = [
        Published::exactly(vec![(0, 2), (1, 2)], 6),
        Published::at_most(over([0]), 2),
    ];
    let system = System::new(&hidden, &known).unwrap();
    let difference = [Protected {
        terms: vec![(0, 1), (1, -1)],
        width: 4,
    }];
    assert!(matches!(
        seen(&system, &[1, 2], &difference)[0],
        Seen::Wide { .. }
    ));
}

#[test]
fn a_gap_in_a_table_of_three_ways_is_seen() {
    // Three by three by three, all margins of two ways published. A table whose only move is a half one over fractions is
    // searched for among tables of 0 and 1; the oracle is the enumeration of what is possible.
    let at = |a: usize, b: usize, c: usize| (a * 3 + b) * 3 + c;
    let mut lines = Vec::new();
    for i in 0..3 {
        for j in 0..3 {
            lines.push(over((0..3).map(|k| at(i, j, k))));
            lines.push(over((0..3).map(|k| at(i, k, j))));
            lines.push(over((0..3).map(|k| at(k, i, j))));
        }
    }
    let hidden = Hidden::counts(27);
    let mut draw = super::oracle::Draw(crate::random::Random(5));
    let mut decided = [0; 2];
    for _ in 0..30 {
        let truth: Vec<i64> = (0..27).map(|_| draw.within(0, 1)).collect();
        let publish = |line: &Vec<(usize, i64)>| {
            Published::exactly(
                line.clone(),
                line.iter().map(|&(cell, _)| truth[cell]).sum(),
            )
        };
        let published: Vec<Published> = lines.iter().map(publish).collect();
        let system = System::new(&hidden, &published).unwrap();
        let cells: Vec<Protected> = (0..27).map(|cell| Protected::cell(cell, 1)).collect();
        for seen in seen(&system, &truth, &cells) {
            match seen {
                Seen::Wide { .. } => decided[0] += 1,
                Seen::Narrow { .. } => decided[1] += 1,
                Seen::Unknown => panic!("undecided"),
            }
        }
    }
    assert!(decided[0] > 0 && decided[1] > 0, "{decided:?}");
}

#[test]
fn a_witness_with_one_number_changed_is_refused() {
    let hidden = Hidden::counts(6);
    let truth = [4, 7, 2, 11, 0, 6];
    let published = [
        Published::exactly(over([0, 1, 2]), 13),
        Published::exactly(over([3, 4, 5]), 17),
        Published::exactly(over([0, 3]), 15),
        Published::exactly(over([1, 4]), 7),
    ];
    let system = System::new(&hidden, &published).unwrap();
    let protected = Protected::cell(0, 5);
    let read = seen(&system, &truth, std::slice::from_ref(&protected));
    let Seen::Wide { lower, upper } = &read[0] else {
        panic!("{read:?}");
    };
    for number in 0..6 {
        for by in [-1, 1, 1_000] {
            let mut other = upper.to_vec();
            other[number] += by;
            let refused = system.verify(&protected, lower, &other).unwrap_err();
            let is_named = matches!(
                refused,
                InferenceError::Sum { .. } | InferenceError::Number { .. }
            );
            assert!(is_named, "{refused}");
            let refused = system.verify(&protected, &other, upper);
            assert!(refused.is_err());
        }
    }
    let swapped = system.verify(&protected, upper, lower);
    assert!(matches!(swapped, Err(InferenceError::Near { .. })));
    assert!(matches!(
        system.verify(&protected, &upper[1..], lower),
        Err(InferenceError::Length { given: 5, of: 6 })
    ));
}

#[test]
fn the_same_question_has_the_same_answer_and_one_witness_serves_many() {
    let hidden = Hidden::counts(40);
    let truth: Vec<i64> = (0..40).map(|class| class % 7).collect();
    let all = Published::band(over(0..40), 110, 10).unwrap();
    let system = System::new(&hidden, &[all]).unwrap();
    let cells: Vec<Protected> = (0..40).map(|class| Protected::cell(class, 3)).collect();
    let first = seen(&system, &truth, &cells);
    assert_eq!(first, seen(&system, &truth, &cells));
    let mut witnesses = Vec::new();
    for seen in &first {
        let Seen::Wide { lower, upper } = seen else {
            panic!("{seen:?}");
        };
        witnesses.extend([Arc::as_ptr(lower), Arc::as_ptr(upper)]);
    }
    let given = witnesses.len();
    witnesses.sort();
    witnesses.dedup();
    assert!(witnesses.len() < given, "{} of {given}", witnesses.len());
}

#[test]
fn without_effort_nothing_is_claimed() {
    let hidden = Hidden::counts(3);
    let system = System::new(&hidden, &[Published::exactly(over(0..3), 9)]).unwrap();
    let effort = Effort {
        for_each: 0,
        for_all: 0,
        seed: 0,
    };
    let protected = [Protected::cell(0, 5), Protected::cell(0, 10)];
    let seen = check(&system, &[3, 3, 3], &protected, effort).unwrap();
    assert_eq!(seen, [Seen::Unknown, Seen::Narrow { low: 0, high: 9 }]);
}

#[test]
fn odd_input_is_refused_or_reckoned_with() {
    let hidden = Hidden::counts(2);
    let system = |published: &[Published]| System::new(&hidden, published);
    assert!(matches!(
        system(&[Published::exactly(over([2]), 0)]),
        Err(InferenceError::NoSuchNumber { number: 2, of: 2 })
    ));
    let backwards = Published {
        terms: over([0]),
        low: 1,
        high: 0,
    };
    assert!(matches!(
        system(&[backwards]),
        Err(InferenceError::Empty { .. })
    ));
    for coefficient in [i64::MIN, i64::MAX, 1 << 40] {
        let heavy = Published::exactly(vec![(0, coefficient), (0, coefficient), (1, 1)], 0);
        assert!(matches!(system(&[heavy]), Err(InferenceError::TooLarge(_))));
    }
    assert!(Published::band(over([0]), 0, 0).is_err());
    assert!(Published::band(over([0]), i64::MAX, 10).is_err());
    let mut far = Hidden::default();
    far.between(i64::MIN, None);
    assert!(System::new(&far, &[]).is_err());
    let mut odd = Hidden::default();
    let count = odd.count();
    odd.amount_of(count, i64::MIN, i64::MAX);
    assert!(System::new(&odd, &[]).is_err());

    let free = system(&[]).unwrap();
    let ask =
        |truth: &[i64], protected: Protected| check(&free, truth, &[protected], Effort::default());
    assert!(matches!(
        ask(&[0], Protected::cell(0, 1)),
        Err(InferenceError::Length { .. })
    ));
    assert!(matches!(
        ask(&[0, -1], Protected::cell(0, 1)),
        Err(InferenceError::Number { .. })
    ));
    assert!(matches!(
        ask(&[0, 0], Protected::cell(2, 1)),
        Err(InferenceError::NoSuchNumber { .. })
    ));
    assert!(matches!(
        ask(&[0, 0], Protected::cell(0, 0)),
        Err(InferenceError::Width(0))
    ));
    // Nothing is published: as wide as numbers go.
    let seen = ask(&[0, 0], Protected::cell(0, LARGEST)).unwrap();
    assert!(matches!(seen[0], Seen::Wide { .. }));
    let seen = ask(&[0, 0], Protected::cell(0, i64::MAX)).unwrap();
    assert!(matches!(
        seen[0],
        Seen::Narrow {
            low: 0,
            high: LARGEST
        }
    ));
    // A sum of nothing is 0.
    let nothing = Protected {
        terms: vec![(0, 1), (0, -1)],
        width: 1,
    };
    assert_eq!(
        ask(&[0, 0], nothing).unwrap(),
        [Seen::Narrow { low: 0, high: 0 }]
    );
    // What is true is not what is published.
    let other = system(&[Published::exactly(over([0, 1]), 5)]).unwrap();
    let wrong = check(&other, &[1, 1], &[], Effort::default());
    assert!(matches!(
        wrong,
        Err(InferenceError::Sum {
            sum: 0,
            value: 2,
            ..
        })
    ));

    let plan = Planned {
        terms: over([0]),
        width: 0,
    };
    assert!(plan.publish(&[1, 2]).is_err());
    assert!(worst_case(&hidden, &[plan], &[], Effort::default()).is_err());
    let plan = Planned {
        terms: over([0]),
        width: i64::MAX,
    };
    assert!(plan.publish(&[]).is_err());
    let none = worst_case(&Hidden::default(), &[], &[], Effort::default()).unwrap();
    assert!(none.is_empty());
    let wide = worst_case(
        &hidden,
        &[plan],
        &[Protected::cell(0, 9)],
        Effort::default(),
    );
    assert!(wide.is_ok());
}
