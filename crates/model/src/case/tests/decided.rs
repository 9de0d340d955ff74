//! What people may decide and state, and who.

use super::*;

#[test]
fn a_person_can_be_stricter_than_the_law_packs_and_never_laxer() {
    let mut driven = Driven::assessed(true, [Disposition::Challenge, Disposition::Produce]);
    assert_eq!(
        driven.tell(decide([Disposition::Produce, Disposition::Produce])),
        Err(Refusal::LaxerThanLaw {
            part: 0,
            proposed: Disposition::Challenge,
            answered: Disposition::Produce,
        })
    );
    driven
        .tell(decide([Disposition::Reject, Disposition::Challenge]))
        .unwrap();
    assert_eq!(
        driven.0.dispositions(),
        [Disposition::Reject, Disposition::Challenge]
    );
}

#[test]
fn nothing_is_produced_for_a_demand_that_is_not_verified() {
    let mut driven = Driven::assessed(false, [Disposition::Produce, Disposition::Reject]);
    assert!(
        driven
            .tell(decide([Disposition::Produce, Disposition::Reject]))
            .is_err()
    );
    driven
        .tell(decide([Disposition::Reject, Disposition::Reject]))
        .unwrap();
}

#[test]
fn a_decision_can_be_taken_back_until_two_people_signed() {
    let (mut driven, mandate) = Driven::drafted();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven
        .tell(decide([Disposition::Reject, Disposition::Reject]))
        .unwrap();
    assert!(driven.0.mandates.is_empty(), "what was signed once is void");
    assert!(driven.approve(mandate, "Olof", Role::Analyst).is_err());
    let (mut driven, mandate) = Driven::drafted();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    assert!(
        driven
            .tell(decide([Disposition::Reject, Disposition::Reject]))
            .is_err()
    );
}

#[test]
fn what_waits_is_no_answer_and_what_is_preserved_is_not_produced() {
    use Disposition::{Preserve, Produce, Reject, Wait};
    let mut driven = Driven::assessed(true, [Wait, Produce]);
    assert_eq!(
        driven.tell(decide([Wait, Produce])),
        Err(Refusal::PartPending { part: 0 })
    );
    driven.tell(decide([Reject, Produce])).unwrap();

    let mut driven = Driven::assessed(true, [Preserve, Produce]);
    assert!(driven.tell(decide([Produce, Produce])).is_err(), "laxer");
    assert!(
        driven.tell(decide([Preserve, Preserve])).is_err(),
        "another act"
    );
    driven.tell(decide([Preserve, Produce])).unwrap();
    let draft = Command::DraftMandate {
        mandate: Sha256Digest::of(b"text\n"),
        text: "text\n".into(),
        parts: vec![0],
        answers: None,
    };
    assert!(
        driven.tell(draft).is_err(),
        "no mandate hands over what is only to be preserved"
    );
    let mut driven = Driven::assessed(false, [Preserve, Reject]);
    assert!(
        driven.tell(decide([Preserve, Reject])).is_err(),
        "unverified"
    );
}

#[test]
fn only_counsel_states_belief_findings_and_privileged_notes() {
    let emergency = "[emergency]\nthreat_to = \"person\"\nfacts = \"a threat\"";
    let mut demand = Box::new(testing::demand(&[emergency]));
    let only = |what| Err(Refusal::OnlyCounsel { what });
    let mut driven = Driven::new();
    driven
        .tell(Command::Describe {
            demand: demand.clone(),
        })
        .unwrap();
    let judge = Command::JudgeEmergency { believed: true };
    let note = Command::SealNote {
        sealed: Box::new(SealedNote {
            to: vec!["Maja Ek".into()],
            age: "sealed".into(),
        }),
    };
    demand.findings.privilege_cleared = true;
    let find = Command::Describe { demand };
    for role in Role::ALL {
        let counsel = role == Role::Counsel;
        let mut driven = Driven(driven.0.clone());
        let expected = |what| if counsel { Ok(1) } else { only(what) };
        assert_eq!(
            driven.tell_as(role, judge.clone()),
            expected(CounselOnly::EmergencyBelief)
        );
        assert_eq!(
            driven.tell_as(role, note.clone()),
            expected(CounselOnly::PrivilegedNote)
        );
        assert_eq!(
            driven.tell_as(role, find.clone()),
            expected(CounselOnly::Findings)
        );
    }
    // What counsel found stays when an analyst corrects the rest.
    driven.tell_as(Role::Counsel, find).unwrap();
    let mut corrected = driven.0.demand.clone().unwrap();
    corrected.reference = "R 2".into();
    let demand = Box::new(corrected);
    assert_eq!(driven.tell(Command::Describe { demand }), Ok(1));
}
