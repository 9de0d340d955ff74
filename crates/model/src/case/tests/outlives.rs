//! What still runs outlives the work on a case.

use super::*;

fn rejected() -> Driven {
    let mut driven = Driven::assessed(true, [Disposition::Reject, Disposition::Reject]);
    driven
        .tell(decide([Disposition::Reject, Disposition::Reject]))
        .unwrap();
    driven
}

fn gag() -> Vec<Duty> {
    vec![Duty::Clock {
        id: "us.clock.secrecy".into(),
    }]
}

fn record(what: Moment) -> Command {
    let when = Timestamp::UNIX_EPOCH;
    Command::RecordMilestone {
        what,
        when,
        ruling: None,
    }
}

#[test]
fn what_runs_lives_on_until_the_case_is_closed_again_without_it() {
    let mut driven = rejected();
    driven.tell(Command::Close { duties: gag() }).unwrap();
    assert_eq!(driven.0.state(), CaseState::DutiesRun);
    assert_eq!(driven.tell(Command::Close { duties: gag() }), Ok(0));
    let original = Original::of("letter.pdf", b"letter", Arrival::default());
    driven.tell(Command::Attach { original }).unwrap();
    driven.tell(record(Moment::CourtRuled)).unwrap();
    driven
        .tell(Command::Assign {
            to: Some("olof".into()),
        })
        .unwrap();
    driven.tell(close()).unwrap();
    assert_eq!(driven.0.state(), CaseState::Closed);
    assert_eq!(
        driven.tell(record(Moment::Appealed)),
        Err(Refusal::Closed),
        "it is taken up again first"
    );
}

#[test]
fn while_duties_run_nothing_is_decided_or_handed_over() {
    let mut driven = rejected();
    driven.tell(Command::Close { duties: gag() }).unwrap();
    let demand = Box::new(testing::demand(&[]));
    for command in [
        Command::Describe { demand },
        authenticate(true),
        decide([Disposition::Produce, Disposition::Reject]),
        Command::Deliver {
            package: Sha256Digest::of(b"package"),
            to: "Police".into(),
        },
    ] {
        assert_eq!(driven.tell(command), Err(Refusal::Closed));
    }
}

#[test]
fn what_happens_while_duties_run_does_not_undo_the_answer() {
    let mut driven = rejected();
    driven.tell(Command::Close { duties: gag() }).unwrap();
    driven.tell(record(Moment::Withdrawn)).unwrap();
    assert_eq!(driven.0.answers.len(), 2);
    assert_eq!(driven.0.state(), CaseState::DutiesRun);
}

#[test]
fn a_closed_case_is_taken_up_again_and_says_why() {
    let mut driven = rejected();
    assert_eq!(driven.tell(Command::Reopen), Ok(0), "it is open");
    driven.tell(close()).unwrap();
    driven.tell(Command::Reopen).unwrap();
    assert_eq!(driven.0.state(), CaseState::Decided);
    driven.tell(record(Moment::CourtRuled)).unwrap();
    driven.tell(record(Moment::Appealed)).unwrap();
}

/// Disclosed in an emergency that the provider believed in.
fn disclosed_in_an_emergency() -> Driven {
    let (mut driven, mandate) = Driven::drafted();
    driven.0.emergency_believed = true;
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    let package = Sha256Digest::of(b"package");
    for command in [
        Command::RecordProduction {
            mandate,
            package,
            items: 1,
            for_review: 0,
            searched: Vec::new(),
            answer: None,
        },
        Command::Deliver {
            package,
            to: "Police".into(),
        },
    ] {
        driven.tell(command).unwrap();
    }
    driven
}

#[test]
fn a_disclosure_in_an_emergency_is_looked_at_by_counsel_and_confirmed_afterwards() {
    let mut driven = disclosed_in_an_emergency();
    let both = vec![Duty::EmergencyReview, Duty::EmergencyConfirmation];
    assert_eq!(
        driven.tell(close()),
        Err(Refusal::DutiesRun {
            duties: both.clone()
        })
    );
    driven.tell(Command::Close { duties: both }).unwrap();
    assert!(driven.tell(close()).is_err(), "nothing of it is done");
    assert_eq!(
        driven.tell(record(Moment::EmergencyReviewed)),
        Err(Refusal::OnlyCounsel {
            what: CounselOnly::EmergencyReview
        })
    );
    driven
        .tell_as(Role::Counsel, record(Moment::EmergencyReviewed))
        .unwrap();
    driven.tell(record(Moment::ConfirmedInWriting)).unwrap();
    driven.tell(close()).unwrap();
    assert_eq!(driven.0.state(), CaseState::Closed);
}

#[test]
fn a_demand_that_was_sent_again_is_closed_where_it_is_answered_already() {
    let mut driven = Driven::new();
    assert_eq!(driven.tell(close()), Err(Refusal::NotAnswered));
    let first = CaseId::new(2026, 3);
    for how in [Link::Related, Link::SentAgain] {
        let to = first.clone();
        driven.tell(Command::Link { to, how }).unwrap();
        assert_eq!(driven.tell(close()), Err(Refusal::NotAnswered), "{how:?}");
    }
    let link = || Command::Link {
        to: first.clone(),
        how: Link::AnsweredThere,
    };
    driven.tell(link()).unwrap();
    assert_eq!(driven.tell(link()), Ok(0));
    driven.tell(close()).unwrap();
    assert_eq!(driven.0.answered_in(), Some(&first));
}

#[test]
fn a_decided_demand_is_described_anew_until_two_people_released_a_mandate() {
    let wider = r#"[[part]]
period = { from = "2026-01-01T00:00:00Z", until = "2026-03-01T00:00:00Z" }"#;
    let other = || Command::Describe {
        demand: Box::new(testing::demand(&[wider])),
    };
    let (mut driven, mandate) = Driven::drafted();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.tell(other()).unwrap();
    assert_eq!(driven.0.state(), CaseState::Described);
    assert!(driven.0.answers.is_empty() && driven.0.mandates.is_empty());
    assert_eq!(
        driven.approve(mandate, "Olof", Role::Analyst),
        Err(Refusal::NoSuchMandate { mandate }),
        "what was signed of another description is void"
    );

    let (mut driven, mandate) = Driven::drafted();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    assert_eq!(driven.tell(other()), Err(Refusal::DescriptionFixed));
}
