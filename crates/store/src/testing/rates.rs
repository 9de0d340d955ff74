//! How fast a store is: for release builds, printed, never part of pass or fail.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use lagrum_model::testing::{demand, demand_text};
use lagrum_model::{CaseState, Demand, Identifier};

use super::*;
use crate::{Due, Order, Owner, Page};

/// The bytes that one intake of [`rates`] keeps: a demand file, and its description.
#[must_use]
pub fn bytes_of_an_intake(n: u64) -> Vec<u8> {
    let demand = demand(&[]);
    let mut bytes = bytes_of(n);
    serde_json::to_writer(&mut bytes, &demand).expect("text");
    bytes
}

/// Takes in `cases` cases (at least 20,000), first alone, then from 16 threads, and reads pages of
/// the list; prints rates, and their ratios to `bare`: the rows of [`bytes_of_an_intake`] that one
/// process inserts in a second into a bare table, with one wait for the disk each.
pub fn rates(store: &Store, bare: f64, cases: u64) {
    println!("{bare:>8.0} rows/s of the same bytes into a bare table");
    let first = alone(store, 0, 1000);
    println!(
        "{first:>8.0} cases/s by one, the first 1000: {:.2} x bare",
        first / bare
    );
    let threads = together(store, 16, 1000, 18_000);
    println!(
        "{threads:>8.0} cases/s by 16 at once: {:.2} x bare",
        threads / bare
    );
    let last = alone(store, 19_000, 1000);
    println!(
        "{last:>8.0} cases/s by one, the last 1000 of 20,000: {:.2} x the first",
        last / first
    );
    together(store, 16, 20_000, cases.saturating_sub(20_000));
    pages(store, cases);
    let start = Instant::now();
    let mut placed = 0;
    while placed < 20_000 {
        placed += store.place(4096).expect("positions").events;
    }
    let rate = f64::from(placed) / start.elapsed().as_secs_f64();
    println!("{rate:>8.0} positions/s");
}

fn pages(store: &Store, cases: u64) {
    let text = |text: &str| Some(text.to_owned());
    let all = CaseFilter::default;
    let state = |state| CaseFilter {
        state: Some(state),
        ..all()
    };
    let by = |words| CaseFilter {
        words: crate::Sought::parse(words).ok(),
        ..all()
    };
    let authority = |words| CaseFilter {
        authority: text(words),
        ..all()
    };
    let user = Some(Identifier::UserId("user777".parse().unwrap()));
    let counsel = Some(WaitingFor::Signature(vec![Role::Counsel]));
    for (what, filter) in [
        ("all", all()),
        (
            "open",
            CaseFilter {
                open: Some(true),
                ..all()
            },
        ),
        (
            "closed",
            CaseFilter {
                open: Some(false),
                ..all()
            },
        ),
        ("in a state that nearly all have", state(CaseState::Closed)),
        ("in a state that few have", state(CaseState::Decided)),
        ("authority, common", authority("polis")),
        ("authority, rare", authority("region 217,")),
        ("authority, unknown", authority("tull")),
        (
            "reference of one case",
            CaseFilter {
                reference: text("k7777-"),
                ..all()
            },
        ),
        (
            "identifier",
            CaseFilter {
                identifier: user,
                ..all()
            },
        ),
        ("a word that all have", by("överallt")),
        ("a word of every tenth", by("tionde3")),
        ("a word of one", by("ensam777")),
        (
            "two words, of all and of every hundredth",
            by("överallt hundrade33"),
        ),
        (
            "two words that are common and never together",
            by("tionde3 hundrade34"),
        ),
        ("a word that nobody wrote", by("ingenstans")),
        (
            "open ones with a word that all have",
            CaseFilter {
                open: Some(true),
                ..by("överallt")
            },
        ),
        (
            "closed ones with a word of every tenth",
            CaseFilter {
                open: Some(false),
                ..by("tionde3")
            },
        ),
        (
            "open ones of an owner",
            CaseFilter {
                owner: Some(Owner::Person("person10".into())),
                open: Some(true),
                ..all()
            },
        ),
        (
            "waiting for counsel's signature",
            CaseFilter {
                waiting_for: counsel,
                ..all()
            },
        ),
        (
            "due before",
            CaseFilter {
                due_before: Some(at(500)),
                ..all()
            },
        ),
    ] {
        for order in [Order::Newest, Order::Due, Order::Received] {
            page(
                store,
                &format!("{what} ({order:?})"),
                &filter,
                order,
                Page::number(1, 50),
            );
        }
    }
    let last = Page::number(cases / 50, 50);
    page(store, "all (Due), the last page", &all(), Order::Due, last);
}

fn made_up(id: &CaseId, _: &Case, events: &[Event]) -> Projection {
    let n = id.number();
    let closed = !n.is_multiple_of(10);
    let states = CaseState::ALL;
    let state = if closed {
        CaseState::Closed
    } else {
        states[n as usize / 10 % (states.len() - 1)]
    };
    let summary = Summary {
        case: id.clone(),
        name: format!("demand-{n}.pdf"),
        received_at: at(i64::from(n)),
        state,
        closed,
        authority: Some(format!("Polisregion {}, Sektion Bedrägeri", n % 300)),
        authority_country: None,
        reference: Some(format!("5000-K{n}-26")),
        instrument: None,
        owner: Some(format!("person{}", n % 12)),
        due: (n.is_multiple_of(20)).then(|| Due {
            at: at(i64::from(n * 7 % 100_003)),
            clock: "eu.clock.production.ten-days".into(),
            kind: "act-by".into(),
        }),
        answers: vec![],
        parts: 2,
        also: vec![],
        runs: None,
        to_sign: None,
        agent_until: Vec::new(),
        sign_until: Vec::new(),
        waiting_for: match closed {
            true => WaitingFor::Nobody,
            false => WaitingFor::Signature(vec![Role::Counsel]),
        },
        events: events.len() as u64,
        group: None,
        route: "?".into(),
    };
    let identifiers = vec![Identifier::UserId(
        format!("user{}", n % 50_000).parse().unwrap(),
    )];
    Projection {
        summary,
        identifiers,
        written: written(n),
        letters: vec![],
        watched: vec![],
        door: None,
        facts: None,
        arranged: String::new(),
    }
}

/// What is written in a case: a word that all have, words that one in some hundreds has, one that is its own, and
/// sixty others out of fifty thousand.
fn written(n: u32) -> Vec<String> {
    let other = |place: u32| format!("ord{}", (n * 211 + place * place * 7) % 50_000);
    let others: Vec<_> = (0..60).map(other).collect();
    let sometimes = format!("tionde{} hundrade{} tusende{}", n % 10, n % 100, n % 1000);
    vec![format!(
        "överallt {sometimes} ensam{n} {}",
        others.join(" ")
    )]
}

fn intake(store: &Store, bytes: &[u8], demand: &Demand) {
    let opened = store.open_case(
        "intake",
        at(0),
        &[bytes],
        &mut MadeRandom,
        &made_up,
        |changes| {
            let original = Original::of("demand.toml", bytes, Arrival::default());
            changes.command(Command::Receive { original }, &analyst(), "received")?;
            let demand = Box::new(demand.clone());
            changes.command(Command::Describe { demand }, &analyst(), "described")?;
            Ok::<_, Failed>(())
        },
    );
    opened.expect("it is taken in");
}

fn bytes_of(n: u64) -> Vec<u8> {
    // Made once: what is measured is the store.
    static TEXT: LazyLock<String> = LazyLock::new(|| demand_text(&[]));
    format!("{}# {n}\n", *TEXT).into_bytes()
}

fn alone(store: &Store, from: u64, cases: u64) -> f64 {
    let demand = demand(&[]);
    let start = Instant::now();
    for n in from..from + cases {
        intake(store, &bytes_of(n), &demand);
    }
    cases as f64 / start.elapsed().as_secs_f64()
}

fn together(store: &Store, threads: u64, from: u64, cases: u64) -> f64 {
    let next = AtomicU64::new(from);
    let demand = demand(&[]);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= from + cases {
                        return;
                    }
                    intake(store, &bytes_of(n), &demand);
                }
            });
        }
    });
    cases as f64 / start.elapsed().as_secs_f64()
}

fn page(store: &Store, what: &str, filter: &CaseFilter, order: Order, page: Page) {
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let start = Instant::now();
            store.list(filter, order, page).expect("a page");
            start.elapsed()
        })
        .collect();
    times.sort();
    let total = store.list(filter, order, page).expect("a page").total;
    println!(
        "{:>8.2} ms  {total:>6} cases  {what}",
        times[4].as_secs_f64() * 1e3
    );
}
