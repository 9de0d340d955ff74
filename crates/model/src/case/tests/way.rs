//! The way of a case: in order, from receipt to its end.

use super::*;

#[test]
fn a_demand_goes_the_whole_way_in_order() {
    let (mut driven, mandate) = Driven::drafted();
    assert_eq!(driven.0.state(), CaseState::Decided);
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    assert_eq!(driven.0.state(), CaseState::PartlyApproved);
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    assert_eq!(driven.0.state(), CaseState::Mandated);
    assert!(
        driven.tell(close()).is_err(),
        "an agent still has the mandate"
    );
    let package = Sha256Digest::of(b"package");
    let record = Command::RecordProduction {
        mandate,
        package,
        items: 3,
        for_review: 1,
        searched: Vec::new(),
        answer: None,
    };
    driven.tell(record.clone()).unwrap();
    assert_eq!(driven.tell(record), Ok(0), "told twice, recorded once");
    assert_eq!(driven.0.state(), CaseState::Produced);
    driven
        .tell(Command::Deliver {
            package,
            to: "Police".into(),
        })
        .unwrap();
    assert_eq!(driven.0.state(), CaseState::Delivered);
    driven.tell(close()).unwrap();
    assert_eq!(driven.0.state(), CaseState::Closed);
}

#[test]
fn what_cannot_be_read_is_kept_and_can_be_described_later() {
    let mut driven = Driven::new();
    driven
        .tell(Command::RecordUnreadable { why: "PDF".into() })
        .unwrap();
    assert_eq!(driven.0.state(), CaseState::Received);
    assert!(driven.tell(authenticate(true)).is_err());
    let demand = Box::new(testing::demand(&[]));
    driven.tell(Command::Describe { demand }).unwrap();
    assert_eq!(
        (driven.0.state(), &driven.0.unreadable),
        (CaseState::Described, &None)
    );
}

#[test]
fn a_new_description_makes_every_finding_about_the_old_one_void() {
    let mut driven = Driven::assessed(true, [Disposition::Produce, Disposition::Produce]);
    let wider = r#"[[part]]
period = { from = "2026-01-01T00:00:00Z", until = "2026-03-01T00:00:00Z" }"#;
    let demand = Box::new(testing::demand(&[wider]));
    driven.tell(Command::Describe { demand }).unwrap();
    assert_eq!(
        (&driven.0.authenticated, &driven.0.assessment),
        (&None, &None)
    );
    assert_eq!(driven.0.state(), CaseState::Described);
}

#[test]
fn a_case_is_not_closed_while_something_is_owed() {
    let (mut driven, mandate) = Driven::drafted();
    assert!(driven.tell(close()).is_err(), "to be signed");
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    assert!(driven.tell(close()).is_err(), "to be signed by another");
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    assert!(driven.tell(close()).is_err(), "to be carried out");
    let package = Sha256Digest::of(b"package");
    driven
        .tell(Command::RecordProduction {
            mandate,
            package,
            items: 1,
            for_review: 0,
            searched: Vec::new(),
            answer: None,
        })
        .unwrap();
    assert!(driven.tell(close()).is_err(), "to be delivered");
    driven
        .tell(Command::Deliver {
            package,
            to: "Police".into(),
        })
        .unwrap();
    driven.tell(close()).unwrap();

    // What was removed is recorded when it is known, and once more when it has become certain.
    let other = Command::RecordRemoval {
        package: Sha256Digest::of(b"another"),
        certain: true,
    };
    assert_eq!(driven.tell(other), Err(Refusal::NoSuchPackage));
    for (certain, events) in [(false, 1), (false, 0), (true, 1), (false, 0), (true, 0)] {
        let command = Command::RecordRemoval { package, certain };
        assert_eq!(driven.tell(command), Ok(events), "{certain}");
    }
    let removed = driven
        .0
        .mandates
        .values()
        .find_map(|one| one.removed.as_ref());
    assert!(removed.unwrap().certain);
}

#[test]
fn a_case_belongs_to_a_person_and_keeps_notes_even_when_it_is_closed() {
    let mut driven = Driven::assessed(true, [Disposition::Reject, Disposition::Reject]);
    let assign = |to: Option<&str>| Command::Assign {
        to: to.map(str::to_owned),
    };
    assert_eq!(driven.tell(assign(Some("elin"))), Ok(1));
    assert_eq!(driven.tell(assign(Some("elin"))), Ok(0));
    assert_eq!(driven.0.owner.as_deref(), Some("elin"));
    driven
        .tell(decide([Disposition::Reject, Disposition::Reject]))
        .unwrap();
    driven.tell(close()).unwrap();
    assert_eq!(driven.tell(assign(None)), Err(Refusal::Closed));
    let note = Command::Note {
        text: "called back".into(),
    };
    assert_eq!(driven.tell(note), Ok(1));
    assert_eq!(driven.0.notes.len(), 1);
}

#[test]
fn case_numbers_have_one_spelling() {
    assert_eq!(CaseId::parse("2026-0007").unwrap(), CaseId::new(2026, 7));
    assert_eq!(
        CaseId::parse("2026-12345").unwrap().to_string(),
        "2026-12345"
    );
    for wrong in [
        "2026-7",
        "2026-00007",
        "26-0007",
        "2026_0007",
        "",
        "2026-000x",
        "+026-0007",
    ] {
        assert!(CaseId::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn only_an_officer_looks_at_the_door_whatever_the_state_and_nothing_changes_by_it() {
    let officer = Actor::Officer {
        id: "f3a1".into(),
        name: "K. Ek".into(),
        authority: "Polisen".into(),
        country: country("SE"),
    };
    let (drafted, _) = Driven::drafted();
    let mut closed = Driven::decided([Disposition::Reject, Disposition::Reject]);
    closed.tell(close()).unwrap();
    assert_eq!(closed.0.state(), CaseState::Closed);
    for mut driven in [Driven::new(), drafted, closed] {
        assert_eq!(driven.tell(Command::View), Err(Refusal::OnlyOfficer));
        let happened = driven.0.handle(&officer, Command::View).unwrap();
        assert_eq!(happened, [EventKind::Viewed {}]);
        let before = driven.0.clone();
        let (case, number) = (CaseId::new(2026, 1), before.events + 1);
        let at = Timestamp::UNIX_EPOCH;
        let what = EventKind::Viewed {};
        let event = testing::event(case, number, at, officer.clone(), "seen", what);
        driven.0.apply(&event);
        assert_eq!(driven.0.events, number);
        driven.0.events = before.events;
        assert_eq!(driven.0, before);
    }
    let nothing = Case::default().handle(&officer, Command::View);
    assert_eq!(nothing, Err(Refusal::NothingReceived));
}
