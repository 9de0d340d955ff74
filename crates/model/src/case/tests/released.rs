//! What a mandate covers, and what it takes to release one.

use super::*;

#[test]
fn nothing_is_released_without_two_people_one_of_them_counsel() {
    let (mut driven, mandate) = Driven::drafted();
    assert!(driven.tell(Command::Mandate { mandate }).is_err());
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    assert_eq!(
        driven.approve(mandate, "Olof", Role::Analyst),
        Ok(0),
        "the same signature, brought twice"
    );
    let again = Command::Approve {
        mandate,
        signer: "Olof".into(),
        role: Role::Analyst,
        signature: "— another line".into(),
    };
    assert!(
        matches!(driven.tell(again), Err(Refusal::AlreadySigned { .. })),
        "the same person again"
    );
    assert!(driven.tell(Command::Mandate { mandate }).is_err());
    driven.approve(mandate, "Elin", Role::Analyst).unwrap();
    assert_eq!(
        driven.tell(Command::Mandate { mandate }),
        Err(Refusal::CounselMissing)
    );
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
}

#[test]
fn a_mandate_covers_only_what_was_decided_to_be_produced() {
    let mut driven = Driven::decided([Disposition::Produce, Disposition::Reject]);
    let mandate = Sha256Digest::of(b"text\n");
    let draft = |parts, mandate| Command::DraftMandate {
        mandate,
        text: "text\n".into(),
        parts,
        answers: None,
    };
    assert!(
        driven.tell(draft(vec![0, 1], mandate)).is_err(),
        "part 2 was rejected"
    );
    assert!(driven.tell(draft(vec![], mandate)).is_err());
    assert!(
        driven
            .tell(draft(vec![0], Sha256Digest::of(b"other")))
            .is_err()
    );
    driven.tell(draft(vec![0], mandate)).unwrap();
}

#[test]
fn a_second_package_for_one_mandate_is_refused() {
    let (mut driven, mandate) = Driven::drafted();
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    let record = |bytes: &[u8]| Command::RecordProduction {
        mandate,
        package: Sha256Digest::of(bytes),
        items: 1,
        for_review: 0,
        searched: Vec::new(),
        answer: None,
    };
    assert!(driven.tell(record(b"early")).is_err(), "not released yet");
    driven.tell(Command::Mandate { mandate }).unwrap();
    driven.tell(record(b"one")).unwrap();
    assert!(driven.tell(record(b"two")).is_err());
}
