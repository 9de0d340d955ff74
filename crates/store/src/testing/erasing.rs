//! The end of a case's retention.

use lagrum_log::HeadStore;
use lagrum_model::{Identifier, Sha256Digest};

use super::logging::{item, log, publish};
use super::*;
use crate::{Order, Page};

/// What is left: commitments, and that there was a case.
pub fn after_erasure_nobody_reads_the_case_and_the_log_is_whole(place: &dyn Place) {
    let directory = scratch().unwrap();
    let mut log = log(directory.path());
    let store = store(place);
    let ids = [b"bytes of one", b"bytes of two"].map(|bytes| open(&store, bytes));
    tell(&store, &ids[0], note("a note")).unwrap();
    let tagged = |id: &CaseId, case: &Case, events: &[Event]| {
        let mut projection = project(id, case, events);
        projection.summary.authority = Some(format!("Authority of case {id}"));
        projection.identifiers = vec![Identifier::UserId("somebody".parse().unwrap())];
        projection.watched = vec![lagrum_model::Watched {
            case: id.clone(),
            kind: lagrum_model::WatchKind::Late,
            about: format!("Watched of case {id}"),
            since: at(0),
            settled: None,
        }];
        projection
    };
    store.rebuild_summaries(&tagged).unwrap();
    publish(&store, &mut log);
    let commitment = store.logged(&ids[0], 2).unwrap().commitment;
    let by_identifier = CaseFilter {
        identifier: Some(Identifier::UserId("somebody".parse().unwrap())),
        ..CaseFilter::default()
    };
    let list = |filter: &CaseFilter| {
        let found = store
            .list(filter, Order::Number, Page::number(1, 10))
            .unwrap();
        found
            .items
            .into_iter()
            .map(|summary| summary.case)
            .collect::<Vec<_>>()
    };
    assert_eq!(list(&by_identifier), ids);

    let known = store.facts_of(&ids[0]).unwrap();
    assert_eq!(known, Some(format!("2 events of {}", ids[0]).into_bytes()));
    store.erase(&ids[0]).unwrap();
    store.erase(&ids[0]).unwrap();
    // What figures know names nobody, and stays.
    assert_eq!(store.facts_of(&ids[0]).unwrap(), known);
    let mut of_year = Vec::new();
    let mut each = |case: CaseId, facts: Result<Vec<u8>, StoreError>| {
        of_year.push((case, facts?));
        Ok::<_, StoreError>(())
    };
    store
        .facts_of_year(ids[0].year(), 1..=u32::MAX, &mut each)
        .unwrap();
    let (year, second) = (ids[1].year(), ids[1].number());
    store
        .facts_of_year(year, second..=second, &mut each)
        .unwrap();
    store
        .facts_of_year(year, 1..=second - 1, &mut each)
        .unwrap();
    let of = |id: &CaseId, events| (id.clone(), format!("{events} events of {id}").into_bytes());
    let [first, second] = [of(&ids[0], 2), of(&ids[1], 1)];
    assert_eq!(of_year, [first.clone(), second.clone(), second, first]);
    let erased = |result: Result<(), StoreError>| {
        assert!(
            matches!(&result, Err(StoreError::Erased(id)) if *id == ids[0]),
            "{result:?}"
        );
    };
    let sha256 = Sha256Digest::of(b"bytes of one");
    erased(store.events(&ids[0]).map(drop));
    erased(store.case(&ids[0]).map(drop));
    erased(store.logged(&ids[0], 1).map(drop));
    erased(store.summary(&ids[0]).map(drop));
    erased(store.original(&ids[0], &sha256).map(drop));
    let told = tell(&store, &ids[0], note("too late"));
    assert!(
        matches!(told, Err(Failed::Store(StoreError::Erased(_)))),
        "{told:?}"
    );
    assert_eq!(store.case_of_original(&sha256).unwrap(), None);
    assert_eq!(list(&by_identifier), ids[1..]);
    assert_eq!(list(&CaseFilter::default()), ids[1..]);
    assert_eq!(store.rebuild_summaries(&project).unwrap().cases, 1);
    assert_eq!(store.events(&ids[1]).unwrap().len(), 1);

    // The log goes on, and proves what it proved.
    tell(&store, &ids[1], note("afterwards")).unwrap();
    publish(&store, &mut log);
    assert_eq!(
        log.verify_all().unwrap().head,
        store.log_head().head().unwrap().unwrap()
    );
    let entries = store.entries_from(0, 10).unwrap();
    assert_eq!(entries.len(), 4);
    let entry = entries
        .iter()
        .find(|entry| entry.event == Some((ids[0].clone(), 2)))
        .unwrap();
    assert_eq!(entry.commitment, commitment);
    log.prove(entry.position).unwrap();
    is_whole(&store);
    let bytes = place.bytes();
    let found = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    assert!(found(b"demand.toml"), "the other case is still in the list");
    assert!(!found(format!("Authority of case {}", ids[0]).as_bytes()));
    assert!(!found(format!("Watched of case {}", ids[0]).as_bytes()));
}

/// So that nothing is erased that still has to be proved or done.
pub fn a_case_is_erased_only_when_it_is_in_the_log_and_nothing_is_left_to_do(place: &dyn Place) {
    let store = store(place);
    let id = open(&store, b"a");
    let refused = |why: &str| {
        let refused = store.erase(&id);
        assert!(
            matches!(refused, Err(StoreError::Unfinished(_))),
            "{why}: {refused:?}"
        );
        assert!(!store.events(&id).unwrap().is_empty());
    };
    refused("no event is in the log");
    store.place(10).unwrap();
    change(&store, &id, |changes| {
        changes.command(note("one more"), &analyst(), "")?;
        changes.send(item("a"));
        Ok(())
    })
    .unwrap();
    refused("the last event is not in the log");
    store.place(10).unwrap();
    refused("something is to be done");
    store.outbox_done("a").unwrap();
    store.erase(&id).unwrap();
    let missing = store.erase(&CaseId::new(2026, 9));
    assert!(
        matches!(missing, Err(StoreError::NoSuchCase(_))),
        "{missing:?}"
    );
}
