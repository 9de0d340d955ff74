use lagrum_log::{Head, HeadStore};
use lagrum_model::{Command, Role};
#[allow(
    clippy::disallowed_types,
    reason = "no test here depends on what is drawn"
)]
use rand_core::OsRng;

use super::*;

fn person() -> Actor {
    Actor::Person {
        id: "elin".into(),
        name: "Elin".into(),
        role: Role::Analyst,
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn receive(bytes: &[u8]) -> Command {
    Command::Receive {
        original: lagrum_model::Original::of("demand", bytes, lagrum_model::Arrival::default()),
    }
}

fn open(store: &mut Store, bytes: &[u8]) -> CaseId {
    store
        .open_case(at(0), &[bytes], &mut OsRng, |changes| {
            changes.command(receive(bytes), &person(), "received")
        })
        .unwrap()
}

#[test]
fn original_bytes_are_kept_with_their_digest_whatever_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("desk.sqlite")).unwrap();
    let bytes = b"%PDF-1.7 \xff\x00 not a demand";
    let id = open(&mut store, bytes);
    let sha256 = Sha256Digest::of(bytes);
    assert_eq!(store.original(&sha256).unwrap().unwrap(), bytes);
    assert_eq!(store.case_of_original(&sha256).unwrap(), Some(id));
}

#[test]
fn cases_are_numbered_without_gaps_and_events_without_gaps_within_them() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("desk.sqlite");
    let mut one = Store::open(&file).unwrap();
    let mut other = Store::open(&file).unwrap();
    let ids = [
        open(&mut one, b"a"),
        open(&mut other, b"b"),
        open(&mut one, b"c"),
    ];
    assert_eq!(ids.map(|id| id.number()), [1, 2, 3]);
    assert_eq!(one.cases().unwrap().len(), 3);
    assert_eq!(one.commitments_from(0).unwrap().len(), 3);
    assert_eq!(one.commitments_from(2).unwrap().len(), 1);
}

#[test]
fn a_refused_command_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("desk.sqlite")).unwrap();
    let id = open(&mut store, b"a");
    let refused = store.change(&id, at(1), &[b"more"], &mut OsRng, |changes| {
        let unreadable = Command::RecordUnreadable { why: "x".into() };
        changes.command(unreadable, &person(), "kept")?;
        changes.command(
            Command::Deliver {
                package: Sha256Digest::of(b"p"),
                to: "x".into(),
            },
            &person(),
            "",
        )
    });
    assert!(refused.is_err());
    assert_eq!(store.events(&id).unwrap().len(), 1);
    assert_eq!(store.original(&Sha256Digest::of(b"more")).unwrap(), None);
}

#[test]
fn events_cannot_be_changed_or_removed_and_a_changed_one_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("desk.sqlite");
    let mut store = Store::open(&file).unwrap();
    open(&mut store, b"a");
    let raw = Connection::open(&file).unwrap();
    for attempt in [
        "update event set text = '{}'",
        "delete from event",
        "insert or replace into event select position, case_year, case_number, number, salt, commitment, '{}' from event",
    ] {
        let said = raw.execute(attempt, []);
        assert!(
            said.is_err() || store.commitments_from(0).is_err(),
            "{attempt}"
        );
    }
    // Whoever has the file can remove the guard; then the commitment tells.
    raw.execute_batch(
        "drop trigger event_stays; update event set text = replace(text, 'Elin', 'Eve')",
    )
    .unwrap();
    let noticed = store.commitments_from(0).unwrap_err().to_string();
    assert!(
        noticed.contains("changed after it was recorded"),
        "{noticed}"
    );
}

#[test]
fn the_head_of_the_log_moves_only_from_where_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("desk.sqlite")).unwrap();
    let head = |size, byte| Head {
        size,
        root: Hash([byte; 32]),
    };
    assert_eq!(store.head().unwrap(), None);
    assert!(store.compare_and_swap(None, &Head::EMPTY).unwrap());
    assert!(!store.compare_and_swap(None, &head(1, 1)).unwrap());
    assert!(
        store
            .compare_and_swap(Some(&Head::EMPTY), &head(1, 1))
            .unwrap()
    );
    assert!(
        !store
            .compare_and_swap(Some(&head(1, 2)), &head(2, 2))
            .unwrap()
    );
    assert_eq!(store.head().unwrap(), Some(head(1, 1)));
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("desk.sqlite");
    drop(Store::open(&file).unwrap());
    let raw = Connection::open(&file).unwrap();
    raw.pragma_update(None, "user_version", 2).unwrap();
    let why = Store::open(&file).err().unwrap().to_string();
    assert!(why.contains("version 2"), "{why}");
}
