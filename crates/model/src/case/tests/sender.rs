//! Nothing leaves, and nothing is kept, for a sender whom nobody called back.

use super::*;

/// Described and assessed, with nothing known of the sender.
fn nobody_called(demand: &[&str]) -> Driven {
    let mut driven = Driven::new();
    let demand = Box::new(testing::demand(demand));
    driven.tell(Command::Describe { demand }).unwrap();
    driven
}

fn assessed(driven: &mut Driven) {
    let assessment = Box::new(assessment([Disposition::Produce, Disposition::Preserve]));
    driven.tell(Command::Assess { assessment }).unwrap();
}

#[test]
fn nothing_is_granted_before_somebody_of_the_authority_confirmed_it() {
    for granted in [
        [Disposition::Produce, Disposition::Reject],
        [Disposition::Reject, Disposition::Preserve],
    ] {
        let mut driven = nobody_called(&[]);
        driven.tell(authenticate(true)).unwrap();
        assessed(&mut driven);
        assert_eq!(
            driven.tell(decide(granted)),
            Err(Refusal::CallBackMissing),
            "{granted:?}"
        );
        let call = called_back(false);
        driven.tell(Command::CallBack { call }).unwrap();
        assert_eq!(driven.tell(decide(granted)), Err(Refusal::CallBackMissing));
        let call = called_back(true);
        driven.tell(Command::CallBack { call }).unwrap();
        driven.tell(decide(granted)).unwrap();
    }
}

#[test]
fn a_refusal_needs_no_call() {
    let mut driven = nobody_called(&[]);
    driven.tell(authenticate(false)).unwrap();
    assessed(&mut driven);
    let rejected = [Disposition::Reject, Disposition::Reject];
    driven.tell(decide(rejected)).unwrap();
}

#[test]
fn who_is_denied_after_being_confirmed_gets_nothing() {
    let mut driven = nobody_called(&[]);
    for confirmed in [true, false] {
        let call = called_back(confirmed);
        driven.tell(Command::CallBack { call }).unwrap();
    }
    driven.tell(authenticate(true)).unwrap();
    assessed(&mut driven);
    let answer = decide([Disposition::Produce, Disposition::Reject]);
    assert_eq!(driven.tell(answer), Err(Refusal::CallBackMissing));
}

#[test]
fn a_call_about_another_description_does_not_count() {
    let mut driven = nobody_called(&[]);
    let call = called_back(true);
    driven.tell(Command::CallBack { call }).unwrap();
    let other = r#"[[part]]
period = { from = "2026-01-01T00:00:00Z", until = "2026-03-01T00:00:00Z" }"#;
    let demand = Box::new(testing::demand(&[other]));
    driven.tell(Command::Describe { demand }).unwrap();
    assert!(driven.0.call_backs.is_empty());
}

#[test]
fn a_call_says_whom_and_where() {
    let mut driven = nobody_called(&[]);
    for (field, number, answered_by) in [("number", " ", "Ek"), ("answered-by", "+46 8 1", "")] {
        let call = CallBack {
            number: number.into(),
            answered_by: answered_by.into(),
            ..called_back(true)
        };
        assert_eq!(
            driven.tell(Command::CallBack { call }),
            Err(Refusal::Empty { field })
        );
    }
}

#[test]
fn a_warning_about_the_sender_is_answered_before_the_demand_is_genuine() {
    let mut driven = nobody_called(&[]);
    let warned = |verified, despite: Option<&str>| Command::Authenticate {
        verified,
        how: "looks fine".into(),
        warnings: vec![SenderWarning::OtherDomain {
            address: "noa@mail.example".into(),
        }],
        despite: despite.map(str::to_owned),
    };
    for despite in [None, Some(" ")] {
        assert!(matches!(
            driven.tell(warned(true, despite)),
            Err(Refusal::SenderWarnings { .. })
        ));
    }
    driven.tell(warned(false, None)).unwrap();
    driven
        .tell(warned(true, Some("a private address, confirmed")))
        .unwrap();
    assert_eq!(driven.0.authenticated.unwrap().warnings.len(), 1);
}

#[test]
fn in_an_emergency_one_calls_and_another_verifies() {
    let danger = r#"[emergency]
threat_to = "person"
facts = "a child is missing""#;
    let mut driven = nobody_called(&[danger]);
    let call = called_back(true);
    driven.tell(Command::CallBack { call }).unwrap();
    driven.tell(authenticate(true)).unwrap();
    assessed(&mut driven);
    let answer = || decide([Disposition::Produce, Disposition::Reject]);
    assert_eq!(driven.tell(answer()), Err(Refusal::SecondPersonMissing));
    driven
        .tell_as_person("maja", Role::Counsel, authenticate(true))
        .unwrap();
    assessed(&mut driven);
    driven.tell(answer()).unwrap();
}
