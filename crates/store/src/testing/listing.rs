//! The read model.

use lagrum_model::testing::country;
use lagrum_model::{
    CaseState, Category, CountryCode, Disposition, EmailAddress, Identifier, InstrumentKind,
    WatchKind, Watched,
};

use super::*;
use crate::{Due, Order, Owner, Page, Unsigned, Which};

const CASES: u32 = 60;

fn identifier(n: u32) -> Identifier {
    match n % 3 {
        0 => Identifier::UserId(format!("user-{}", n % 6).parse().unwrap()),
        1 => Identifier::EmailAddress(EmailAddress::parse("Alder@Kvist.example").unwrap()),
        _ => Identifier::PhoneNumber(format!("+4670{n}").parse().unwrap()),
    }
}

/// A read model in which all fields differ from case to case.
fn made_up(id: &CaseId, _: &Case, events: &[Event]) -> Projection {
    let n = id.number();
    let some = |every: u32| (!n.is_multiple_of(every)).then_some(());
    let closed = n.is_multiple_of(5);
    let state = CaseState::ALL[n as usize % (CaseState::ALL.len() - 1)];
    let roles = [
        vec![],
        vec![Role::Counsel],
        vec![Role::Analyst, Role::Counsel],
    ];
    let summary = Summary {
        case: id.clone(),
        name: format!("Bråttom {n}.pdf"),
        received_at: at(i64::from(n * 37 % 23)),
        state: if closed { CaseState::Closed } else { state },
        closed,
        authority: some(7).map(|()| format!("Åklagarkammaren i Stad {}% _", n % 4)),
        authority_country: some(7).map(|()| CountryCode::parse("SE").unwrap()),
        reference: some(7).map(|()| format!("AM-{}-26'; ÖVR", n % 9)),
        instrument: some(7).map(|()| InstrumentKind::SearchWarrant),
        owner: some(3).map(|()| format!("person{}", n % 2)),
        due: some(4).filter(|()| !closed).map(|()| Due {
            at: at(i64::from(n * 31 % 17) * 3600),
            clock: "se.clock".into(),
            kind: "act-by".into(),
        }),
        answers: vec![Disposition::Produce, Disposition::Reject][..n as usize % 3 % 2 + 1].to_vec(),
        parts: n % 4,
        also: some(2).map(|()| WaitingFor::Filing).into_iter().collect(),
        runs: some(3).map(|()| Due {
            at: at(i64::from(n)),
            clock: "se.permit".into(),
            kind: "valid-until".into(),
        }),
        agent_until: some(5).map(|()| at(i64::from(n))).into_iter().collect(),
        sign_until: some(6).map(|()| at(i64::from(n))).into_iter().collect(),
        to_sign: some(4).map(|()| Unsigned {
            accounts: n,
            categories: vec![Category::Content],
            recipients: vec!["Åklagaren \u{0}".into()],
            signed_by: vec![],
        }),
        waiting_for: match n % 4 {
            0 => WaitingFor::Agent,
            1 => WaitingFor::Decision,
            _ => WaitingFor::Signature(roles[n as usize % 3].clone()),
        },
        events: events.len() as u64,
        group: some(6).map(|()| ["north", "south"][n as usize % 2].to_owned()),
        route: format!("way-{}", n % 3),
    };
    let identifiers = vec![
        identifier(n),
        Identifier::UserId("everybody's".parse().unwrap()),
    ];
    Projection {
        summary,
        identifiers,
        written: vec![],
        letters: vec![],
        watched: watched(id),
        door: None,
        facts: None,
        arranged: String::new(),
    }
}

/// What is watched of it: two kinds, some in the future, some over.
fn watched(id: &CaseId) -> Vec<Watched> {
    let n = id.number();
    let kinds = [WatchKind::Late, WatchKind::Signed];
    let one = |kind: WatchKind| Watched {
        case: id.clone(),
        kind,
        about: format!("number {}", n % 3),
        since: at(i64::from(n * 37 % 61)),
        settled: n.is_multiple_of(4).then(|| at(100)),
    };
    let used = 1 + usize::from(n.is_multiple_of(2));
    kinds.into_iter().take(used).map(one).collect()
}

/// Compared with all cases in memory: each kind, at several instants, open and all, page by page.
pub fn what_is_watched_is_found_by_kind_and_instant(place: &dyn Place) {
    let store = store(place);
    for n in 1..=CASES {
        let bytes = n.to_be_bytes();
        let opened = store.open_case(
            "intake",
            at(0),
            &[&bytes],
            &mut MadeRandom,
            &made_up,
            |changes| Ok::<_, Failed>(changes.command(receive(&bytes), &analyst(), "")?),
        );
        opened.unwrap();
    }
    let all: Vec<Watched> = (1..=CASES)
        .flat_map(|n| watched(&CaseId::new(2026, n)))
        .collect();
    let mut given = 0;
    for kind in [WatchKind::Late, WatchKind::Signed, WatchKind::Called] {
        for (seconds, which) in [
            (0, Which::Open),
            (30, Which::Open),
            (30, Which::All),
            (500, Which::Open),
            (500, Which::Since(at(20))),
        ] {
            let counts = |one: &&Watched| {
                one.kind == kind
                    && one.since <= at(seconds)
                    && match which {
                        Which::Open => one.settled.is_none(),
                        Which::Since(after) => one.since > after,
                        Which::All => true,
                    }
            };
            let mut expected: Vec<_> = all.iter().filter(counts).cloned().collect();
            expected.sort_by(|one, other| (other.since, &other.case).cmp(&(one.since, &one.case)));
            given += expected.len();
            for page in [Page::number(1, 100), Page::number(2, 7)] {
                let found = store.watched(kind, at(seconds), which, page).unwrap();
                assert_eq!(
                    found.total,
                    expected.len() as u64,
                    "{kind:?} {seconds} {which:?}"
                );
                let wanted = expected.iter().skip(page.offset as usize);
                let wanted: Vec<_> = wanted.take(page.size as usize).cloned().collect();
                assert_eq!(found.items, wanted, "{kind:?} {seconds} {which:?} {page:?}");
            }
        }
    }
    assert!(given > 100, "{given}");
    // It is compared with the events, and made anew.
    assert_eq!(store.compare_summaries(&made_up).unwrap(), []);
    place
        .tamper(
            "update watch set settled = 1 where number = 7;
             delete from watch where number = 9;
             update watch set kind = 'nothing' where number = 11",
        )
        .unwrap();
    let late = store.watched(WatchKind::Late, at(500), Which::All, Page::number(1, 100));
    assert_eq!(late.unwrap().items.len(), CASES as usize - 2);
    let differ = store.compare_summaries(&made_up).unwrap();
    let cases: Vec<_> = differ.iter().map(|found| found.case.number()).collect();
    assert_eq!(cases, [7, 9, 11]);
    store.rebuild_summaries(&made_up).unwrap();
    assert_eq!(store.compare_summaries(&made_up).unwrap(), []);
    assert_eq!(store.last_case_number(2026).unwrap(), CASES);
    assert_eq!(store.last_case_number(2025).unwrap(), 0);
}

/// The same filter, in plain words.
fn holds(filter: &CaseFilter, n: u32, summary: &Summary) -> bool {
    let contains = |text: &Option<String>, part: &str| {
        let text = text.as_deref().unwrap_or_default().to_lowercase();
        text.contains(&part.to_lowercase())
    };
    let waits = |wanted: &WaitingFor| match (wanted, &summary.waiting_for) {
        (WaitingFor::Signature(wanted), WaitingFor::Signature(roles)) => {
            wanted.iter().all(|role| roles.contains(role))
        }
        (wanted, waiting) => wanted == waiting,
    };
    let named = |wanted: &Identifier| {
        *wanted == identifier(n) || *wanted == Identifier::UserId("everybody's".parse().unwrap())
    };
    filter.state.is_none_or(|state| summary.state == state)
        && filter
            .authority
            .as_ref()
            .is_none_or(|part| contains(&summary.authority, part))
        && filter
            .reference
            .as_ref()
            .is_none_or(|part| contains(&summary.reference, part))
        && filter
            .country
            .is_none_or(|country| summary.authority_country == Some(country))
        && filter
            .instrument
            .is_none_or(|kind| summary.instrument == Some(kind))
        && filter
            .received_since
            .is_none_or(|since| summary.received_at >= since)
        && filter
            .received_before
            .is_none_or(|before| summary.received_at < before)
        && filter.owner.as_ref().is_none_or(|owner| match owner {
            Owner::Person(id) => summary.owner.as_ref() == Some(id),
            Owner::Nobody => summary.owner.is_none(),
        })
        && filter.identifier.as_ref().is_none_or(named)
        && filter.waiting_for.as_ref().is_none_or(waits)
        && filter
            .due_before
            .is_none_or(|before| summary.due.as_ref().is_some_and(|due| due.at < before))
        && filter.open.is_none_or(|open| summary.closed != open)
        && filter.groups.as_ref().is_none_or(|groups| {
            let group = summary.group.as_ref();
            group.is_some_and(|group| groups.contains(group))
        })
}

fn filters() -> Vec<CaseFilter> {
    let text = |text: &str| Some(text.to_owned());
    let person = |id: &str| Some(Owner::Person(id.to_owned()));
    let none = CaseFilter::default;
    let address = EmailAddress::parse("ALDER@kvist.example").unwrap();
    let mut all = vec![
        none(),
        CaseFilter {
            state: Some(CaseState::Closed),
            ..none()
        },
        CaseFilter {
            state: Some(CaseState::NotAuthenticated),
            ..none()
        },
        CaseFilter {
            authority: text("ÅKLAGARKAMMAREN I STAD 3"),
            ..none()
        },
        CaseFilter {
            authority: text("% _"),
            ..none()
        },
        CaseFilter {
            authority: text("%stad"),
            ..none()
        },
        CaseFilter {
            authority: text(""),
            ..none()
        },
        CaseFilter {
            reference: text("-7-26'; ö"),
            ..none()
        },
        CaseFilter {
            reference: text("' or 1 = 1 --"),
            ..none()
        },
        CaseFilter {
            owner: person("person1"),
            ..none()
        },
        CaseFilter {
            owner: person("nobody"),
            ..none()
        },
        CaseFilter {
            owner: Some(Owner::Nobody),
            ..none()
        },
        CaseFilter {
            owner: Some(Owner::Nobody),
            open: Some(true),
            ..none()
        },
        CaseFilter {
            identifier: Some(Identifier::EmailAddress(address)),
            ..none()
        },
        CaseFilter {
            identifier: Some(Identifier::UserId("user-3".parse().unwrap())),
            ..none()
        },
        CaseFilter {
            identifier: Some(Identifier::UserId("+46702".parse().unwrap())),
            ..none()
        },
        CaseFilter {
            identifier: Some(Identifier::UserId("everybody's".parse().unwrap())),
            ..none()
        },
        CaseFilter {
            waiting_for: Some(WaitingFor::Agent),
            ..none()
        },
        CaseFilter {
            waiting_for: Some(WaitingFor::Signature(vec![])),
            ..none()
        },
        CaseFilter {
            waiting_for: Some(WaitingFor::Signature(vec![Role::Counsel])),
            ..none()
        },
        CaseFilter {
            waiting_for: Some(WaitingFor::Signature(vec![Role::Counsel])),
            owner: person("person1"),
            open: Some(true),
            ..none()
        },
        CaseFilter {
            state: Some(CaseState::Waiting),
            owner: Some(Owner::Nobody),
            open: Some(true),
            ..none()
        },
        CaseFilter {
            waiting_for: Some(WaitingFor::Signature(vec![Role::Counsel, Role::Analyst])),
            ..none()
        },
        CaseFilter {
            due_before: Some(at(8 * 3600)),
            ..none()
        },
        CaseFilter {
            country: Some(country("SE")),
            ..none()
        },
        CaseFilter {
            country: Some(country("DK")),
            instrument: Some(InstrumentKind::SearchWarrant),
            ..none()
        },
        CaseFilter {
            instrument: Some(InstrumentKind::DisclosureOrder),
            received_before: Some(at(20)),
            ..none()
        },
        CaseFilter {
            received_since: Some(at(3)),
            received_before: Some(at(9)),
            open: Some(true),
            ..none()
        },
        CaseFilter {
            open: Some(true),
            ..none()
        },
        CaseFilter {
            open: Some(false),
            ..none()
        },
        CaseFilter {
            authority: text("stad"),
            owner: person("person0"),
            open: Some(true),
            due_before: Some(at(12 * 3600)),
            identifier: Some(Identifier::UserId("everybody's".parse().unwrap())),
            ..none()
        },
    ];
    // Each of some of them within groups: none at all, one, several, and one that has no case.
    let groups: [&[&str]; 4] = [&[], &["north"], &["north", "south"], &["south", "west"]];
    for one in 0..all.len() {
        let groups = groups[one % groups.len()]
            .iter()
            .map(|one| (*one).to_owned());
        let groups = Some(groups.collect());
        all.push(CaseFilter {
            groups,
            ..all[one].clone()
        });
    }
    all
}

/// Compared with the same filter over all cases in memory, for every order and page.
pub fn filters_orders_and_pages_give_what_they_say(place: &dyn Place) {
    let store = store(place);
    for n in 1..=CASES {
        let bytes = n.to_be_bytes();
        store
            .open_case(
                "intake",
                at(0),
                &[&bytes],
                &mut MadeRandom,
                &made_up,
                |changes| Ok::<_, Failed>(changes.command(receive(&bytes), &analyst(), "")?),
            )
            .unwrap();
    }
    let all: Vec<_> = (1..=CASES)
        .map(|n| made_up(&CaseId::new(2026, n), &Case::default(), &[]).summary)
        .map(|summary| Summary {
            events: 1,
            ..summary
        })
        .collect();
    assert_eq!(store.summary(&CaseId::new(2026, 8)).unwrap(), all[7]);
    let mut given = 0;
    for filter in filters() {
        for order in [Order::Number, Order::Newest, Order::Due, Order::Received] {
            let mut expected: Vec<_> = (1..)
                .zip(&all)
                .filter(|(n, summary)| holds(&filter, *n, summary))
                .map(|(_, summary)| summary)
                .collect();
            match order {
                Order::Number => {}
                Order::Newest => expected.reverse(),
                Order::Due => expected.sort_by_key(|summary| {
                    let due = summary.due.as_ref().map(|due| due.at);
                    (summary.closed, due.is_none(), due)
                }),
                Order::Received => expected.sort_by_key(|summary| summary.received_at),
            }
            given += expected.len();
            for page in [
                Page::number(1, 100),
                Page::number(2, 7),
                Page::number(40, 7),
                Page::number(1, 7).counted_up_to(5),
                Page::number(3, 7).counted_up_to(5),
                Page::number(1, 7).counted_up_to(9),
            ] {
                let found = store.list(&filter, order, page).unwrap();
                // Counted so far, and never fewer than are shown.
                let total = expected.len() as u64;
                let shown = match found.items.is_empty() {
                    true => 0,
                    false => page.offset + found.items.len() as u64,
                };
                let counted = total.min(page.counted_up_to).max(shown);
                assert_eq!(found.total, counted, "{filter:?} {page:?}");
                let more = total > page.offset + u64::from(page.size);
                assert!(found.goes_on(&page) || !more, "{filter:?} {page:?}");
                if page.counted_up_to > total {
                    assert_eq!(found.goes_on(&page), more, "{filter:?} {page:?}");
                }
                let wanted = expected
                    .iter()
                    .skip(page.offset as usize)
                    .take(page.size as usize);
                let wanted: Vec<_> = wanted.map(|summary| (*summary).clone()).collect();
                assert_eq!(found.items, wanted, "{filter:?} {order:?} {page:?}");
            }
        }
    }
    let counts = store.counts(&filters()).unwrap();
    for (filter, counted) in filters().iter().zip(counts) {
        let held = (1..).zip(&all).filter(|(n, one)| holds(filter, *n, one));
        assert_eq!(counted, held.count() as u64, "{filter:?}");
    }
    assert!(
        given > 1000,
        "the filters hold for too few cases to show anything"
    );
    let far = Page {
        offset: u64::MAX,
        size: u32::MAX,
        counted_up_to: u64::MAX,
    };
    let beyond = store
        .list(&CaseFilter::default(), Order::Number, far)
        .unwrap();
    assert_eq!((beyond.items.len(), beyond.total), (0, u64::from(CASES)));
}

/// Whose a case is follows from its way and from the groups as they are, without a case being read; what is
/// watched follows; and whoever writes by other groups leaves a list that is arranged anew.
pub fn the_list_is_arranged_by_groups_and_shows_each_its_own(place: &dyn Place) {
    let store = store(place);
    let put = |n: u32, project: crate::Project<'_>| {
        let bytes = n.to_be_bytes();
        let opened = store.open_case(
            "intake",
            at(0),
            &[&bytes],
            &mut MadeRandom,
            project,
            |changes| Ok::<_, Failed>(changes.command(receive(&bytes), &analyst(), "")?),
        );
        opened.unwrap().case
    };
    for n in 1..=CASES {
        put(n, &made_up);
    }
    let numbers = |groups: &[&str]| {
        let filter = CaseFilter {
            groups: Some(groups.iter().map(|one| (*one).to_owned()).collect()),
            ..CaseFilter::default()
        };
        let found = store
            .list(&filter, Order::Number, Page::number(1, 100))
            .unwrap();
        let numbers = found.items.iter().map(|one| one.case.number());
        numbers.collect::<Vec<_>>()
    };
    let watched_of = |groups: &[&str]| {
        let groups: Vec<_> = groups.iter().map(|one| (*one).to_owned()).collect();
        let found = store.watched_of(
            Some(&groups),
            WatchKind::Late,
            at(500),
            Page::number(1, 100),
        );
        let found = found.unwrap();
        assert_eq!(found.total, found.items.len() as u64);
        let mut numbers: Vec<_> = found.items.iter().map(|one| one.case.number()).collect();
        numbers.sort_unstable();
        numbers
    };
    let by_way = |way: u32| {
        (1..=CASES)
            .filter(move |n| n % 3 == way)
            .collect::<Vec<_>>()
    };
    let group_of = |route: &str| match route {
        "way-0" => "east".to_owned(),
        "way-1" => "west".to_owned(),
        _ => String::new(),
    };
    assert_eq!(store.arranged().unwrap(), "");
    assert!(store.arrange("by ways", &group_of, &made_up).unwrap());
    assert!(!store.arrange("by ways", &group_of, &made_up).unwrap());
    assert_eq!(store.arranged().unwrap(), "by ways");
    assert_eq!(numbers(&["east"]), by_way(0));
    assert_eq!(numbers(&["west"]), by_way(1));
    assert_eq!(numbers(&["north", "south"]), [0_u32; 0]);
    let open: Vec<_> = by_way(1)
        .into_iter()
        .filter(|n| !n.is_multiple_of(4))
        .collect();
    assert_eq!(watched_of(&["west"]), open);
    assert_eq!(watched_of(&["east", "west"]).len(), open.len() + 15);
    assert_eq!(watched_of(&[]), [0_u32; 0]);

    // Written by the groups of before: the list is arranged by no groups any more, until it is again.
    put(CASES + 1, &made_up);
    assert_ne!(store.arranged().unwrap(), "by ways");
    assert!(store.arrange("by ways", &group_of, &made_up).unwrap());
    assert_eq!(numbers(&["west"]).last(), Some(&(CASES + 1)));
    let by_ways = |id: &CaseId, case: &Case, events: &[Event]| {
        let mut projection = made_up(id, case, events);
        let group = group_of(&projection.summary.route);
        projection.summary.group = Some(group).filter(|group| !group.is_empty());
        projection.arranged = "by ways".into();
        projection
    };
    put(CASES + 3, &by_ways);
    assert_eq!(store.arranged().unwrap(), "by ways");
    assert_eq!(store.compare_summaries(&by_ways).unwrap(), []);

    // A row from before there were groups says no way: it is made anew.
    place
        .tamper("update summary set route = '', desk_group = '' where number = 4")
        .unwrap();
    assert!(store.arrange("again", &group_of, &made_up).unwrap());
    assert!(numbers(&["west"]).contains(&4));
}

/// Also beside somebody who works.
pub fn the_read_model_is_compared_with_the_events_and_made_anew(place: &dyn Place) {
    let store = store(place);
    let ids: Vec<_> = (0..70u8).map(|n| open(&store, &[n])).collect();
    assert_eq!(store.compare_summaries(&project).unwrap(), []);
    place.tamper("update summary set state = 'closed' where number = 3; delete from summary where number = 66").unwrap();
    let differences = store.compare_summaries(&project).unwrap();
    let cases: Vec<_> = differences
        .iter()
        .map(|found| found.case.number())
        .collect();
    assert_eq!(cases, [3, 66]);
    assert_eq!(
        differences[0].stored.as_ref().unwrap().state,
        CaseState::Closed
    );
    assert_eq!(
        differences[0].folded.as_ref().unwrap().state,
        CaseState::Received
    );
    assert_eq!(differences[1].stored, None);
    let missing = store.summary(&ids[65]).unwrap_err().to_string();
    assert!(missing.contains("read model"), "{missing}");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for id in &ids {
                tell(&store, id, note("meanwhile")).unwrap();
            }
        });
        assert_eq!(store.rebuild_summaries(&project).unwrap().cases, 70);
    });
    is_whole(&store);
    // A tag too few is a difference, too.
    let tagged = |id: &CaseId, case: &Case, events: &[Event]| Projection {
        identifiers: vec![identifier(0)],
        door: None,
        ..project(id, case, events)
    };
    assert_eq!(store.compare_summaries(&tagged).unwrap().len(), 70);
}
