//! An account that changes while it is read: the result is of one state, or there is none.

use super::script::{Deed, Message, Script, Store};
use super::{IN, OUT, failed, mail, opened, search};

fn store(count: usize) -> Store {
    let all: Vec<_> = (0..count)
        .map(|n| mail(IN, &format!("number {n}")))
        .collect();
    Store::of(&all)
}

fn new(id: &str) -> Message {
    Message {
        id: id.to_owned(),
        mailboxes: vec!["inbox"],
        received: "2026-01-15T11:00:00Z".to_owned(),
        bytes: mail(IN, "new"),
    }
}

#[test]
fn every_message_is_handed_over_once_in_whichever_mailboxes_it_lies() {
    let mut store = store(20);
    store.messages[3].mailboxes = vec!["inbox", "sent"];
    store.messages[4].bytes = mail(OUT, "outside");
    store.messages[5].bytes = b"Subject: no date\r\n\r\n".to_vec();
    store.messages[6].bytes = vec![];
    let server = Script::of(store, Box::new(|_, _, _| Deed::Pass));
    let (counts, taken) = search(&opened(server.port, "").unwrap(), "ann").unwrap();
    assert_eq!((counts.examined, counts.selected), (20, 17));
    let mut expected: Vec<_> = (0..20)
        .filter(|n| !(4..=6).contains(n))
        .map(|n| mail(IN, &format!("number {n}")))
        .collect();
    expected.sort_unstable();
    assert_eq!(taken.bytes(), expected);
    assert_eq!(
        Vec::from_iter(taken.reviews.keys()),
        ["email M5", "email M6"]
    );
    // Seven are listed at once; told of are as many as fit into a request that the server takes.
    let of = |what: &str| server.asked().iter().filter(|one| one.what == what).count();
    assert_eq!((of("Email/query"), of("Email/get")), (3, 2 + 7));
    for asked in server.asked() {
        let head = asked.head.to_ascii_lowercase();
        assert!(head.contains("\r\nauthorize-as: ann\r\n"), "{head}");
        assert!(head.contains("\r\nauthorization: basic "), "{head}");
    }
}

type Change = fn(&mut Store);

#[test]
fn what_comes_goes_or_is_moved_between_two_pages_leads_to_one_more_listing() {
    let changes: [Change; 4] = [
        |store| store.messages.insert(0, new("Mnew")),
        |store| drop(store.messages.remove(0)),
        |store| store.messages[1].mailboxes = vec!["inbox"],
        |store| {
            store.mailboxes.push("later");
            for message in &mut store.messages {
                message.mailboxes = vec!["later"];
            }
        },
    ];
    for (which, change) in changes.into_iter().enumerate() {
        let mut after = store(20);
        change(&mut after);
        let mut expected: Vec<_> = after.messages.iter().map(|one| one.bytes.clone()).collect();
        expected.sort_unstable();
        // Wherever in the listing it happens.
        for (what, number) in [
            ("Mailbox/get", 0),
            ("Email/get", 0),
            ("Email/query", 0),
            ("Email/query", 1),
            ("Email/query", 2),
            ("Email/get", 1),
            ("Email/get", 3),
            ("Email/get", 7),
            ("Mailbox/get", 1),
        ] {
            let server = Script::of(
                store(20),
                Box::new(move |asked, times, store| {
                    if asked.what == what && times == number {
                        change(store);
                        store.state += 1;
                    }
                    Deed::Pass
                }),
            );
            let (_, taken) = search(&opened(server.port, "").unwrap(), "ann").unwrap();
            assert!(taken.bytes() == expected, "{which} at {what} {number}");
        }
    }
}

#[test]
fn an_account_that_changes_all_the_time_is_an_error_that_says_to_search_again() {
    for what in ["Mailbox/get", "Email/query", "Email/get"] {
        let server = Script::of(
            store(20),
            Box::new(move |asked, _, store| {
                store.state += u64::from(asked.what == what);
                Deed::Pass
            }),
        );
        let error = failed(&opened(server.port, "").unwrap(), "ann");
        assert_eq!(error.class(), "changed", "{error}");
        assert!(error.retryable() && error.to_string().contains("search again"));
        let listed = server
            .asked()
            .iter()
            .filter(|one| one.what == "Mailbox/get")
            .count();
        assert!((8..=16).contains(&listed), "{listed}");
    }
}

#[test]
fn a_message_that_goes_between_its_listing_and_its_turn_is_told_as_such() {
    let server = Script::of(
        store(20),
        Box::new(|asked, times, store| {
            if asked.what == "blob" && times == 3 {
                store.messages.clear();
            }
            Deed::Pass
        }),
    );
    let error = failed(&opened(server.port, "").unwrap(), "ann");
    assert_eq!(error.class(), "changed", "{error}");
    assert!(error.to_string().contains("is gone"), "{error}");
}
