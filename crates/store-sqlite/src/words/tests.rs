use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use lagrum_store::{ListQuery, Order, Page};

use super::*;
use crate::{list, schema};

/// More than are looked up one by one.
const CASES: u32 = RARE + 200;
/// All cases have the first; every second the other; few have the third.
const ALL: i64 = 11;
const SECOND: i64 = -12;
const FEW: i64 = 13;

fn has(n: u32, word: i64) -> bool {
    match word {
        ALL => true,
        SECOND => n.is_multiple_of(2),
        FEW => n <= 12,
        _ => false,
    }
}

fn filled(cases: u32) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    schema::migrate(&mut connection).unwrap();
    for n in 1..=cases {
        let case = CaseId::new(2026, n);
        let rank = 2 - u8::from(n.is_multiple_of(3));
        connection
            .execute(
                "insert into case_file (year, number, events, key) values (2026, ?1, 1, x'00')",
                [n],
            )
            .unwrap();
        connection
            .execute(
                "insert into summary (year, number, name, received_at, state, rank, authority_folded,
                     reference_folded, answers, parts, waiting_for, waiting_roles, events)
                 values (2026, ?1, '', ?2, 'received', ?3, '', '', '', 0, 'nobody', '', 1)",
                params![n, n * 37 % 1201, rank],
            )
            .unwrap();
        let words = [ALL, SECOND, FEW].into_iter().filter(|word| has(n, *word));
        let mut words: Vec<_> = words.map(WordTag).collect();
        words.sort_unstable();
        put(&connection, &case, &words).unwrap();
    }
    connection
}

fn query(words: &[i64], open: Option<bool>, order: Order, page: Page) -> ListQuery {
    ListQuery {
        state: None,
        authority: None,
        reference: None,
        country: None,
        instrument: None,
        received_since: None,
        received_before: None,
        identifier: None,
        words: words.iter().copied().map(WordTag).collect(),
        owner: None,
        without_owner: false,
        waiting_for: None,
        waiting_roles: vec![],
        due_before: None,
        open,
        groups: None,
        order,
        page,
    }
}

#[test]
fn rare_words_and_those_of_all_find_the_same_as_reading_each_case() {
    let connection = filled(CASES);
    assert!(
        asked(&connection, &[WordTag(ALL), WordTag(FEW)])
            .unwrap()
            .rare
    );
    assert!(!asked(&connection, &[WordTag(ALL)]).unwrap().rare);
    for words in [
        &[ALL][..],
        &[SECOND, ALL],
        &[FEW],
        &[ALL, FEW, SECOND],
        &[ALL, 14],
        &[15],
    ] {
        for open in [None, Some(true), Some(false)] {
            let fits = |n: &u32| {
                words.iter().all(|word| has(*n, *word))
                    && open.is_none_or(|open| n.is_multiple_of(3) == open)
            };
            let expected: Vec<_> = (1..=CASES).filter(fits).collect();
            for order in [Order::Number, Order::Newest, Order::Due, Order::Received] {
                let mut sorted = expected.clone();
                match order {
                    Order::Number => {}
                    Order::Newest => sorted.reverse(),
                    Order::Due => sorted.sort_by_key(|n| !n.is_multiple_of(3)),
                    Order::Received => sorted.sort_by_key(|n| n * 37 % 1201),
                }
                for page in [
                    Page::number(1, 7),
                    Page::number(3, 7),
                    Page::number(1, 2000),
                ] {
                    let asked = query(words, open, order, page);
                    let found = list::list(&connection, &asked).unwrap();
                    let wanted = sorted.iter().skip(page.offset as usize);
                    let wanted: Vec<_> = wanted.take(page.size as usize).copied().collect();
                    let numbers: Vec<_> = found.items.iter().map(|row| row.case.number()).collect();
                    assert_eq!(numbers, wanted, "{words:?} {open:?} {order:?} {page:?}");
                    assert_eq!(
                        found.total,
                        expected.len() as u64,
                        "{words:?} {open:?} {order:?}"
                    );
                }
                let few = query(words, open, order, Page::number(1, 1));
                let counted = list::count(&connection, &few, 100).unwrap();
                assert_eq!(
                    counted,
                    expected.len().min(100) as u64,
                    "{words:?} {open:?}"
                );
            }
        }
    }
}

#[test]
fn only_what_differs_is_written_and_nothing_of_others_is_touched() {
    let connection = filled(CASES);
    let case = CaseId::new(2026, 6);
    let before = of_case(&connection, &CaseId::new(2026, 8)).unwrap();
    assert_eq!(
        of_case(&connection, &case).unwrap(),
        [SECOND, ALL, FEW].map(WordTag)
    );
    let changes = || -> u64 {
        let all = connection.query_row("select total_changes()", [], |row| row.get(0));
        all.unwrap()
    };
    let then = changes();
    put(&connection, &case, &[WordTag(ALL), WordTag(99)]).unwrap();
    assert_eq!(changes() - then, 3);
    assert_eq!(of_case(&connection, &case).unwrap(), [ALL, 99].map(WordTag));
    put(&connection, &case, &[WordTag(ALL), WordTag(99)]).unwrap();
    assert_eq!(changes() - then, 3);
    assert_eq!(of_case(&connection, &CaseId::new(2026, 8)).unwrap(), before);
}

/// In steps of SQLite's machine, which no other load changes.
#[test]
fn a_search_with_a_rare_word_takes_no_longer_with_more_cases() {
    let steps = |cases: u32| {
        let mut connection = filled(cases);
        let taken = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&taken);
        let step = move || {
            count.fetch_add(1, Ordering::Relaxed);
            false
        };
        connection.progress_handler(1, Some(step)).unwrap();
        for order in [Order::Number, Order::Newest, Order::Due, Order::Received] {
            for open in [None, Some(true)] {
                let asked = query(&[FEW, SECOND], open, order, Page::number(1, 4));
                assert!(list::list(&connection, &asked).unwrap().total > 1);
            }
        }
        taken.load(Ordering::Relaxed)
    };
    // How often a word is there is counted up to a bound, which both have passed.
    let (few, many) = (steps(2 * CASES + 100), steps(6 * CASES));
    assert!(few > 100, "{few}");
    assert!(many <= few + few / 20, "{few} {many}");
}
