//! What happens to a demand from outside, and what is answered meanwhile.

use super::*;
use crate::Notification;

fn happen(what: Moment, second: i64) -> Command {
    Command::RecordMilestone {
        what,
        when: Timestamp::from_second(second).unwrap(),
        ruling: None,
    }
}

#[test]
fn what_the_enforcing_authority_did_goes_before_what_the_certificate_said() {
    let mut driven = Driven::assessed(true, [Disposition::Wait, Disposition::Produce]);
    let notification = |driven: &Driven| driven.0.basis().unwrap().instrument.notification;
    assert_eq!(notification(&driven), None);
    assert_eq!(driven.tell(happen(Moment::Notified, 5)), Ok(1));
    assert!(
        driven.0.assessment.is_some(),
        "it changes no fact of the law"
    );
    assert_eq!(driven.tell(happen(Moment::Cleared, 10)), Ok(1));
    assert_eq!(driven.tell(happen(Moment::Cleared, 10)), Ok(0), "once");
    assert_eq!(notification(&driven), Some(Notification::Cleared));
    assert_eq!(
        driven.0.state(),
        CaseState::Authenticated,
        "to be assessed anew"
    );
    driven.tell(happen(Moment::Refused, 20)).unwrap();
    assert_eq!(notification(&driven), Some(Notification::Refused));

    assert_eq!(
        driven.tell(happen(Moment::Clarified, 30)),
        Err(Refusal::OutOfOrder {
            earlier: Moment::ClarificationAsked,
            later: Moment::Clarified,
        })
    );
}

#[test]
fn after_a_refusal_nothing_of_content_is_handed_over_and_the_case_can_end() {
    let (mut driven, mandate) = Driven::drafted();
    let package = produced(&mut driven, mandate);
    let deliver = Command::Deliver {
        package,
        to: "Police".into(),
    };
    driven.tell(happen(Moment::Refused, 10)).unwrap();
    assert_eq!(
        driven.tell(deliver.clone()),
        Err(Refusal::NotifiedAuthorityRefused)
    );
    assert!(
        !driven.0.answers.is_empty(),
        "what was released stays on the record"
    );
    driven.tell(close()).unwrap();
    assert!(driven.tell(happen(Moment::Cleared, 20)).is_err(), "closed");

    // Subscriber data is no matter of the enforcing authority (Article 8(1)).
    let (mut driven, mandate) = Driven::drafted();
    if let Some(found) = driven.0.mandates.get_mut(&mandate) {
        found.parts = vec![1];
        found.released_by_event = Some(1);
        found.produced = Some(Production {
            package,
            items: 1,
            for_review: 0,
        });
    }
    driven.tell(happen(Moment::Refused, 10)).unwrap();
    driven.tell(deliver).unwrap();
    assert!(driven.0.moments.first(Moment::Produced).is_some());
}

/// Signed by two people, released, and produced.
fn produced(driven: &mut Driven, mandate: Sha256Digest) -> Sha256Digest {
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    let package = Sha256Digest::of(b"package");
    driven
        .tell(Command::RecordProduction {
            mandate,
            package,
            items: 3,
            for_review: 0,
            searched: Vec::new(),
            answer: None,
        })
        .unwrap();
    package
}

#[test]
fn a_refusal_in_part_stops_what_was_drafted_before_it_and_nothing_that_is_drafted_after() {
    let deliver = |package| Command::Deliver {
        package,
        to: "Police".into(),
    };
    let (mut driven, mandate) = Driven::drafted();
    let package = produced(&mut driven, mandate);
    driven.tell(happen(Moment::PartlyRefused, 10)).unwrap();
    let barred = driven.0.barred_by(&driven.0.mandates[&mandate]);
    assert_eq!(barred, Some(Moment::PartlyRefused));
    assert_eq!(
        driven.tell(deliver(package)),
        Err(Refusal::Stopped {
            by: Moment::PartlyRefused
        })
    );

    // Counsel found what is left of the order: a mandate of that is carried out and handed over.
    let mut driven = Driven::decided([Disposition::Produce, Disposition::Reject]);
    driven.tell(happen(Moment::PartlyRefused, 10)).unwrap();
    assert!(driven.0.answers.is_empty(), "answered on other facts");
    let mut demand = testing::demand(&[]);
    demand.findings.partial_refusal_settled = true;
    let described = Command::Describe {
        demand: Box::new(demand),
    };
    assert!(matches!(
        driven.tell(described.clone()),
        Err(Refusal::OnlyCounsel { .. })
    ));
    driven.tell_as(Role::Counsel, described).unwrap();
    driven
        .tell(Command::CallBack {
            call: called_back(true),
        })
        .unwrap();
    driven.tell(authenticate(true)).unwrap();
    driven
        .tell(Command::Assess {
            assessment: Box::new(assessment([Disposition::Produce, Disposition::Produce])),
        })
        .unwrap();
    driven
        .tell(decide([Disposition::Produce, Disposition::Reject]))
        .unwrap();
    let mandate = Sha256Digest::of(b"what is left\n");
    driven
        .tell(Command::DraftMandate {
            mandate,
            text: "what is left\n".into(),
            parts: vec![0],
            answers: None,
        })
        .unwrap();
    let package = produced(&mut driven, mandate);
    assert_eq!(driven.0.barred_by(&driven.0.mandates[&mandate]), None);
    driven.tell(deliver(package)).unwrap();
    // A second refusal, in part or in full, stops it again.
    driven.tell(happen(Moment::PartlyRefused, 20)).unwrap();
    let barred = driven.0.barred_by(&driven.0.mandates[&mandate]);
    assert_eq!(barred, Some(Moment::PartlyRefused));
}

#[test]
fn what_was_withdrawn_or_not_validated_is_stopped_wherever_it_is() {
    for moment in [Moment::Withdrawn, Moment::ValidationRefused] {
        // Drafted, and perhaps signed by one: nothing is left of it.
        let (mut driven, mandate) = Driven::drafted();
        driven.approve(mandate, "Olof", Role::Analyst).unwrap();
        driven.tell(happen(moment, 10)).unwrap();
        assert!(driven.0.mandates.is_empty(), "{moment:?}");

        // With its agent: it may not be carried out any more, of whatever category it is.
        let (mut driven, mandate) = Driven::drafted();
        driven.approve(mandate, "Olof", Role::Analyst).unwrap();
        driven.approve(mandate, "Maja", Role::Counsel).unwrap();
        driven.tell(Command::Mandate { mandate }).unwrap();
        driven.tell(happen(moment, 10)).unwrap();
        for part in [0, 1] {
            let mut record = driven.0.mandates[&mandate].clone();
            record.parts = vec![part];
            assert_eq!(driven.0.barred_by(&record), Some(moment));
        }

        // Produced: it is not handed over.
        let (mut driven, mandate) = Driven::drafted();
        let package = produced(&mut driven, mandate);
        driven.tell(happen(moment, 10)).unwrap();
        let deliver = Command::Deliver {
            package,
            to: "Police".into(),
        };
        assert!(driven.tell(deliver).is_err(), "{moment:?}");
    }
}

#[test]
fn that_a_danger_is_over_only_counsel_says() {
    let mut driven = Driven::assessed(true, [Disposition::Produce, Disposition::Produce]);
    let over = happen(Moment::DangerOver, 10);
    assert_eq!(
        driven.tell(over.clone()),
        Err(Refusal::OnlyCounsel {
            what: CounselOnly::DangerOver
        })
    );
    driven.tell_as(Role::Counsel, over).unwrap();
}

#[test]
fn what_can_be_answered_is_answered_while_the_rest_waits() {
    use Disposition::{Produce, Wait};
    let mut driven = Driven::assessed(true, [Wait, Produce]);
    let one = |part, disposition| Command::Decide {
        answers: vec![Answer {
            part,
            disposition,
            reason: "because".into(),
            form: None,
        }],
    };
    assert!(driven.tell(one(0, Wait)).is_err(), "to wait is no answer");
    assert!(
        driven.tell(Command::Decide { answers: vec![] }).is_err(),
        "nothing is answered"
    );
    driven.tell(one(1, Produce)).unwrap();
    assert_eq!(driven.0.waiting().collect::<Vec<_>>(), [0]);
    let first = deliver(&mut driven, 1, b"first\n");
    assert_eq!(driven.0.state(), CaseState::Waiting);
    assert!(driven.0.moments.first(Moment::Produced).is_none());
    assert_eq!(
        driven.tell(close()),
        Err(Refusal::PartsPending { parts: vec![0] })
    );
    assert!(driven.tell(one(1, Disposition::Reject)).is_err(), "fixed");

    // What was answered and released stays, whatever the law says of it now.
    driven.tell(happen(Moment::Cleared, 10)).unwrap();
    let mut elsewhere = assessment([Produce, Produce]);
    elsewhere.parts.swap(0, 1);
    let assess = |assessment| Command::Assess {
        assessment: Box::new(assessment),
    };
    assert_eq!(
        driven.tell(assess(elsewhere)),
        Err(Refusal::HoldingsChanged)
    );
    driven
        .tell(assess(assessment([Produce, Disposition::Reject])))
        .unwrap();
    let found = |driven: &Driven, part: usize| {
        driven.0.assessment.as_ref().unwrap().parts[part]
            .finding
            .disposition
    };
    assert_eq!((found(&driven, 0), found(&driven, 1)), (Produce, Produce));
    driven.tell(one(0, Produce)).unwrap();
    assert_eq!(driven.0.answers.len(), 2);
    assert!(
        driven.0.mandates.contains_key(&first),
        "the first is still there"
    );
    deliver(&mut driven, 0, b"second\n");
    assert_eq!(driven.0.state(), CaseState::Delivered);
    assert!(driven.0.moments.first(Moment::Produced).is_some());
    driven.tell(close()).unwrap();
}

/// Has a mandate for one part signed, carried out and handed over.
fn deliver(driven: &mut Driven, part: usize, text: &[u8]) -> Sha256Digest {
    let mandate = Sha256Digest::of(text);
    driven
        .tell(Command::DraftMandate {
            mandate,
            text: String::from_utf8(text.to_vec()).unwrap(),
            parts: vec![part],
            answers: None,
        })
        .unwrap();
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    let package = Sha256Digest::of(&[text, b"package"].concat());
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
    let to = "Police".into();
    driven.tell(Command::Deliver { package, to }).unwrap();
    mandate
}

#[test]
fn only_of_a_ruling_it_is_recorded_how_it_went() {
    let mut driven = Driven::assessed(true, [Disposition::Reject, Disposition::Reject]);
    let ruled = |what| Command::RecordMilestone {
        what,
        when: Timestamp::from_second(5).unwrap(),
        ruling: Some(crate::Ruling {
            outcome: crate::RulingOutcome::Granted,
            case_number: None,
        }),
    };
    for what in Moment::ALL
        .iter()
        .copied()
        .filter(|what| !what.is_a_ruling())
    {
        let refused = driven.tell(ruled(what));
        let only_counsel = matches!(refused, Err(Refusal::OnlyCounsel { .. }));
        assert!(
            only_counsel || refused == Err(Refusal::NoRuling { what }),
            "{what}: {refused:?}"
        );
    }
}

#[test]
fn how_a_ruling_went_can_be_said_later_and_is_then_told_anew() {
    use crate::{Ruling, RulingOutcome};
    let mut driven = Driven::assessed(true, [Disposition::Reject, Disposition::Reject]);
    let at = |second| Timestamp::from_second(second).unwrap();
    let ruled = |second, outcome: Option<RulingOutcome>| Command::RecordMilestone {
        what: Moment::CourtRuled,
        when: at(second),
        ruling: outcome.map(|outcome| Ruling {
            outcome,
            case_number: None,
        }),
    };
    let known = |driven: &Driven| {
        let last = driven.0.last_ruling.clone().unwrap();
        (
            last.number,
            last.ruling.map(|ruling| ruling.outcome),
            last.appealed,
        )
    };
    driven.tell(ruled(5, None)).unwrap();
    let (first, outcome, _) = known(&driven);
    assert_eq!(outcome, None);
    driven
        .tell(Command::RecordMilestone {
            what: Moment::Appealed,
            when: at(6),
            ruling: None,
        })
        .unwrap();
    driven.tell(ruled(5, Some(RulingOutcome::InPart))).unwrap();
    let (later, outcome, appealed) = known(&driven);
    assert!(later > first);
    assert_eq!(
        (outcome, appealed),
        (Some(RulingOutcome::InPart), Some(at(6)))
    );
    // The same again is nothing new; and who says nothing of it takes nothing back.
    driven.tell(ruled(5, Some(RulingOutcome::InPart))).unwrap();
    driven.tell(ruled(5, None)).unwrap();
    assert_eq!(
        known(&driven),
        (later, Some(RulingOutcome::InPart), Some(at(6)))
    );
}
