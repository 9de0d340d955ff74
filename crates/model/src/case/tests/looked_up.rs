//! Parts of which it is found out first whose account they are about.

use super::*;
use crate::{AccountIdentifier, LookedIn, LookedUp};

const USED: &str = "ip-address:198.51.100.23 port 51234 at 2026-08-20T19:04:11Z";

fn used() -> Identifier {
    Identifier::parse(USED).unwrap()
}

/// Content of an account, and the subscriber behind an address.
fn found(first: Disposition, second: Disposition) -> Assessment {
    let mut found = assessment([first, second]);
    found.parts[1].identifier = used();
    found
}

fn of(account: Option<&str>) -> Vec<LookedUp> {
    vec![LookedUp {
        identifier: AccountIdentifier::try_from(used()).unwrap(),
        account: account.map(|account| account.to_owned().try_into().unwrap()),
        accounts: 1,
        looked_in: vec![LookedIn {
            source: "logins".into(),
            port: true,
            examined: 9,
            matched: 2,
            unreadable: 0,
        }],
    }]
}

/// A case with a released mandate to look up for part 1, and another, not signed, for part 0.
fn looking(first: Disposition) -> (Driven, Sha256Digest) {
    let mut driven = Driven::assessed(true, [Disposition::Produce, Disposition::Produce]);
    let assessment = Box::new(found(first, Disposition::LookUp));
    driven.tell(Command::Assess { assessment }).unwrap();
    driven.tell(decide([first, Disposition::LookUp])).unwrap();
    let mut last = Sha256Digest::of(b"");
    let drafted = [("search\n", 0), ("look up\n", 1)];
    let skipped = usize::from(!first.is_carried_out());
    for (text, part) in drafted.into_iter().skip(skipped) {
        last = Sha256Digest::of(text.as_bytes());
        let draft = Command::DraftMandate {
            mandate: last,
            text: text.into(),
            parts: vec![part],
            answers: None,
        };
        driven.tell(draft).unwrap();
    }
    driven.approve(last, "Elin", Role::Analyst).unwrap();
    driven.approve(last, "Maja", Role::Counsel).unwrap();
    driven.tell(Command::Mandate { mandate: last }).unwrap();
    (driven, last)
}

fn told(mandate: Sha256Digest, found: Vec<LookedUp>) -> Command {
    let answer = "a note".to_owned();
    Command::RecordLookUp {
        mandate,
        found,
        answer,
    }
}

#[test]
fn what_is_to_be_looked_up_is_not_produced_and_what_is_produced_not_looked_up() {
    let mut driven = Driven::assessed(true, [Disposition::Produce, Disposition::Produce]);
    let assessment = Box::new(found(Disposition::Produce, Disposition::LookUp));
    driven.tell(Command::Assess { assessment }).unwrap();
    for answers in [
        [Disposition::Produce, Disposition::Produce],
        [Disposition::Produce, Disposition::NoData],
        [Disposition::LookUp, Disposition::LookUp],
    ] {
        let refused = driven.tell(decide(answers)).unwrap_err();
        assert!(
            matches!(refused, Refusal::LaxerThanLaw { .. }),
            "{refused:?}"
        );
    }
    driven
        .tell(decide([Disposition::Produce, Disposition::Reject]))
        .unwrap();
}

#[test]
fn once_it_is_known_whose_account_it_is_the_part_is_open_again_and_the_others_stay() {
    let (mut driven, mandate) = looking(Disposition::Produce);
    let close = Command::Close { duties: vec![] };
    assert_eq!(driven.tell(close).unwrap_err().code(), "with-agent");
    let account = Some("bjork@kvist.example");
    driven.tell(told(mandate, of(account))).unwrap();
    assert_eq!(driven.tell(told(mandate, of(account))), Ok(0), "once");
    assert_eq!(
        driven.tell(told(mandate, of(None))),
        Err(Refusal::OtherPackage)
    );
    let case = &driven.0;
    assert_eq!(case.answers.len(), 1);
    assert!(case.is_looked_up(1) && !case.is_looked_up(0));
    assert_eq!(
        case.looked_up(&used())
            .unwrap()
            .account
            .as_ref()
            .unwrap()
            .normal(),
        "bjork@kvist.example"
    );
    // It is neither closed nor looked up a second time without being assessed.
    assert!(matches!(
        driven.tell(Command::Close { duties: vec![] }),
        Err(Refusal::PartsPending { .. })
    ));
    // The account has data in two places, of which the second is a part of its own.
    let mut anew = found(Disposition::Produce, Disposition::Produce);
    anew.parts[1].account = driven.0.looked_up(&used()).unwrap().account.clone();
    let mut elsewhere = anew.parts[1].clone();
    elsewhere.holding.as_mut().unwrap().region = Region::parse("lulea").unwrap();
    anew.parts.push(elsewhere);
    let mut moved = anew.clone();
    moved.parts[0].holding = None;
    let refused = driven.tell(Command::Assess {
        assessment: Box::new(moved),
    });
    assert_eq!(
        refused,
        Err(Refusal::HoldingsChanged),
        "what is answered stays"
    );
    driven
        .tell(Command::Assess {
            assessment: Box::new(anew),
        })
        .unwrap();
    let case = &driven.0;
    assert_eq!(case.answers.len(), 1);
    assert_eq!(case.waiting().collect::<Vec<_>>(), [1, 2]);
    let named = case.assessment.as_ref().unwrap().parts[1].named().unwrap();
    assert_eq!(named.to_string(), "bjork@kvist.example");
}

#[test]
fn what_was_found_out_stays_known_while_answers_are_taken_back() {
    let (mut driven, mandate) = looking(Disposition::Reject);
    driven
        .tell(told(mandate, of(Some("bjork@kvist.example"))))
        .unwrap();
    driven
        .tell(Command::Assess {
            assessment: Box::new(found(Disposition::Reject, Disposition::Produce)),
        })
        .unwrap();
    for answer in [Disposition::Produce, Disposition::Reject] {
        driven.tell(decide([Disposition::Reject, answer])).unwrap();
        assert!(driven.0.looked_up(&used()).is_some());
    }
    driven.tell(Command::Close { duties: vec![] }).unwrap();
    // What is told late, of a mandate that was never released, is not taken.
    let (mut driven, _) = Driven::drafted();
    let draft = Sha256Digest::of(b"text\n");
    assert_eq!(
        driven.tell(told(draft, of(None))),
        Err(Refusal::NotReleased)
    );
}
