//! Cases that are found by words.

use lagrum_model::Sha256Digest;

use super::*;
use crate::{MOST_WORDS, Order, Page, PageOf, Sought, words_of};

const CASES: u32 = 24;

/// What is written in the case: each word in its own share of the cases, in two texts.
fn text(n: u32) -> String {
    let every = |words: &str, of: u32| match n.is_multiple_of(of) {
        true => words.to_owned(),
        false => String::new(),
    };
    let (second, third) = (every("Två åar", 2), every("tre øer", 3));
    format!(
        "alla {third}. nummer{n}, {second}; {}",
        every("Kvist-Mejl", 5)
    )
}

fn open_all(store: &Store) {
    for n in 1..=CASES {
        let id = open(store, &n.to_be_bytes());
        tell(store, &id, note(&text(n))).unwrap();
        tell(store, &id, note("senare anteckning")).unwrap();
    }
}

fn by(words: &str) -> CaseFilter {
    CaseFilter {
        words: Some(Sought::parse(words).unwrap()),
        ..CaseFilter::default()
    }
}

fn listed(store: &Store, filter: &CaseFilter, order: Order, page: Page) -> PageOf<Summary> {
    store.list(filter, order, page).unwrap()
}

fn found(store: &Store, words: &str) -> Vec<u32> {
    let found = listed(store, &by(words), Order::Number, Page::number(1, 100));
    found.items.iter().map(|one| one.case.number()).collect()
}

/// Compared with all texts in memory: each order, page by page, alone and with what else a filter asks for.
pub fn words_are_found_in_whatever_order_with_what_else_is_asked_for(place: &dyn Place) {
    let store = store(place);
    open_all(&store);
    let some_closed = |id: &CaseId, case: &Case, events: &[Event]| {
        let mut projection = project(id, case, events);
        projection.summary.closed = id.number().is_multiple_of(4);
        projection
    };
    store.rebuild_summaries(&some_closed).unwrap();
    let holds = |words: &str, n: u32| {
        let there = words_of(&format!("{} senare anteckning demand.toml", text(n)));
        words_of(words).iter().all(|word| there.contains(word))
    };
    let mut given = 0;
    for words in [
        "alla",
        "ALLA",
        "två",
        "två tre",
        "øer åar",
        "anteckning nummer6",
        "demand toml två",
        "kvist",
        "mejl kvist alla",
        "kvist@mejl två øer",
        "oer",
        "aar",
        "nummer",
        "alla fel",
        "anteck",
    ] {
        for open in [None, Some(true), Some(false)] {
            let filter = CaseFilter { open, ..by(words) };
            let fits =
                |n: &u32| holds(words, *n) && open.is_none_or(|open| n.is_multiple_of(4) != open);
            let mut expected: Vec<_> = (1..=CASES).filter(fits).collect();
            given += expected.len();
            let count = store.counts(std::slice::from_ref(&filter)).unwrap();
            assert_eq!(count, [expected.len() as u64], "{words} {open:?}");
            for order in [Order::Number, Order::Newest, Order::Due, Order::Received] {
                let mut all = Vec::new();
                for page in 1..=CASES.div_ceil(5).into() {
                    let found = listed(&store, &filter, order, Page::number(page, 5));
                    let past = found.items.is_empty() && page > 1;
                    assert!(
                        past || found.total == expected.len() as u64,
                        "{words} {order:?}"
                    );
                    all.extend(found.items.iter().map(|one| one.case.number()));
                }
                if order == Order::Newest {
                    let mut newest = expected.clone();
                    newest.reverse();
                    assert_eq!(all, newest, "{words} {open:?}");
                }
                all.sort_unstable();
                assert_eq!(all, expected, "{words} {open:?} {order:?}");
            }
            expected.clear();
        }
    }
    assert!(given > 50, "{given}");
    let with_identifier = CaseFilter {
        identifier: Some(lagrum_model::Identifier::UserId("one".parse().unwrap())),
        ..by("tre två")
    };
    let both = listed(&store, &with_identifier, Order::Due, Page::number(1, 100));
    assert_eq!(both.total, u64::from(CASES / 6));
}

/// They are compared with the events, made anew, and nothing of them is left of an erased case.
pub fn words_follow_from_what_was_written_and_go_with_the_case(place: &dyn Place) {
    let store = store(place);
    open_all(&store);
    assert_eq!(found(&store, "två øer"), [6, 12, 18, 24]);
    assert_eq!(store.compare_summaries(&project).unwrap(), []);
    place
        .tamper(
            "delete from summary_word where number = 6;
             insert into summary_word (word, year, number) values (7, 2026, 8);
             update summary_word set word = word + 1 where number = 12",
        )
        .unwrap();
    let differ = store.compare_summaries(&project).unwrap();
    let cases: Vec<_> = differ.iter().map(|one| one.case.number()).collect();
    assert_eq!(cases, [6, 8, 12]);
    assert_eq!(found(&store, "två øer"), [18, 24]);
    store.rebuild_summaries(&project).unwrap();
    assert_eq!(store.compare_summaries(&project).unwrap(), []);
    assert_eq!(found(&store, "två øer"), [6, 12, 18, 24]);

    // What is written no more is found no more.
    let quiet = |id: &CaseId, case: &Case, events: &[Event]| Projection {
        written: vec!["øer".into()],
        ..project(id, case, events)
    };
    store.rebuild_summaries(&quiet).unwrap();
    assert_eq!(found(&store, "två"), [0_u32; 0]);
    assert_eq!(found(&store, "øer").len(), CASES as usize);
    store.rebuild_summaries(&project).unwrap();

    while store.place(1000).unwrap().events > 0 {}
    let erased = CaseId::new(2026, 6);
    store.erase(&erased).unwrap();
    assert_eq!(found(&store, "två øer"), [12, 18, 24]);
    assert_eq!(found(&store, "nummer6"), [0_u32; 0]);
    let database = place.open().unwrap();
    assert_eq!(database.read().unwrap().words(&erased).unwrap(), []);
    let left = database
        .read()
        .unwrap()
        .words(&CaseId::new(2026, 12))
        .unwrap();
    assert!(!left.is_empty());
    // Who puts a word back from outside is told, as of all that is left of an erased case.
    place
        .tamper("insert into summary_word (word, year, number) values (7, 2026, 6)")
        .unwrap();
    let differ = store.compare_summaries(&project).unwrap();
    assert_eq!(differ.len(), 1);
    assert_eq!(differ[0].case, erased);
}

/// Their texts lie beside the events.
pub fn letters_are_found_by_their_words(place: &dyn Place) {
    let store = store(place);
    let ids = [b"one", b"two"].map(|bytes| open(&store, bytes));
    let letter = "Vi kan inte lämna ut uppgifterna.".as_bytes();
    let lettered = |id: &CaseId, case: &Case, events: &[Event]| Projection {
        letters: vec![Sha256Digest::of(letter), Sha256Digest::of(b"not there")],
        ..project(id, case, events)
    };
    let written = store.change(
        "test",
        &ids[0],
        at(1),
        &[letter],
        &mut MadeRandom,
        &lettered,
        |changes| Ok::<_, Failed>(changes.command(note("skickat"), &analyst(), "because")?),
    );
    written.unwrap();
    assert_eq!(found(&store, "uppgifterna skickat lämna"), [1]);
    assert_eq!(store.compare_summaries(&project).unwrap().len(), 1);
    store.rebuild_summaries(&lettered).unwrap();
    assert_eq!(found(&store, "uppgifterna"), [1]);
    assert_eq!(store.compare_summaries(&lettered).unwrap(), []);
    // The other case has no such text, whoever names it.
    assert_eq!(found(&store, "inte"), [1]);
}

/// The first words are found, and the others are not taken for none.
pub fn of_a_case_with_too_many_words_it_is_told(place: &dyn Place) {
    let store = store(place);
    let ids = [b"one", b"two"].map(|bytes| open(&store, bytes));
    let numbers = |count: usize| (0..count).map(|n| format!("w{n} ")).collect::<String>();
    let many = |count: usize| {
        move |id: &CaseId, case: &Case, events: &[Event]| Projection {
            written: vec![numbers(count)],
            ..project(id, case, events)
        }
    };
    let tell_by = |count| {
        let act = |changes: &mut Changes<'_>| {
            Ok::<_, Failed>(changes.command(note("x"), &analyst(), "because")?)
        };
        let changed = store.change(
            "test",
            &ids[1],
            at(1),
            &[],
            &mut MadeRandom,
            &many(count),
            act,
        );
        changed.unwrap();
    };
    tell_by(MOST_WORDS);
    assert_eq!(store.half_searched(None).unwrap(), 0);
    let last = format!("w{}", MOST_WORDS - 1);
    assert_eq!(found(&store, &last), [2]);
    tell_by(MOST_WORDS + 1);
    assert_eq!(store.half_searched(None).unwrap(), 1);
    assert_eq!(store.half_searched(Some(&["north".into()])).unwrap(), 0);
    assert_eq!(found(&store, &last), [2]);
    assert_eq!(found(&store, &format!("w{MOST_WORDS}")), [0_u32; 0]);
}
