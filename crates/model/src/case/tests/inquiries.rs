//! Questions to agents of which accounts there are.

use super::*;
use crate::{AccountKnown, AccountNamed, AccountTold, Controller, EmailAddress};

const ADDRESS: &str = "alder@kvist.example";

fn address() -> EmailAddress {
    EmailAddress::parse(ADDRESS).unwrap()
}

fn inquiry(text: &str) -> Sha256Digest {
    Sha256Digest::of(text.as_bytes())
}

fn ask(text: &str) -> Command {
    Command::Inquire {
        inquiry: inquiry(text),
        region: Region::parse("stockholm").unwrap(),
        note: text.into(),
    }
}

fn tell(text: &str, names: AccountNamed) -> Command {
    Command::AnswerInquiry {
        inquiry: inquiry(text),
        accounts: vec![AccountTold {
            address: address(),
            names,
        }],
        answer: "a note".into(),
    }
}

fn account() -> AccountNamed {
    AccountNamed::Account {
        known: AccountKnown {
            controller: Controller::Consumer,
            resides_in: None,
            us_person: None,
            privileged: false,
            public_authority_of: None,
            categories: vec![crate::Category::Content],
        },
    }
}

#[test]
fn what_an_agent_told_last_holds_and_voids_only_what_was_found_on_something_else() {
    let mut driven = Driven::assessed(true, [Disposition::Produce, Disposition::Produce]);
    driven.tell(ask("one")).unwrap();
    driven.tell(tell("one", account())).unwrap();
    assert!(driven.0.assessment.is_some());
    // The same again: nothing is void.
    driven.tell(ask("two")).unwrap();
    driven.tell(tell("two", account())).unwrap();
    assert!(driven.0.assessment.is_some());
    driven.tell(ask("three")).unwrap();
    driven.tell(tell("three", AccountNamed::Nobody {})).unwrap();
    assert_eq!(driven.0.assessment, None);
    let told = driven.0.told_of(&address());
    let told: Vec<_> = told.into_values().collect();
    assert_eq!(told, [&AccountNamed::Nobody {}]);
    // An answer is given once.
    driven.tell(tell("one", AccountNamed::Unknown {})).unwrap();
    let told = driven.0.told_of(&address());
    assert_eq!(
        told.into_values().collect::<Vec<_>>(),
        [&AccountNamed::Nobody {}]
    );
}

#[test]
fn nobody_tells_what_was_not_asked_and_a_late_answer_is_still_taken() {
    let mut driven = Driven::assessed(true, [Disposition::Reject, Disposition::Reject]);
    let missing = Err(Refusal::NoSuchMandate {
        mandate: inquiry("one"),
    });
    assert_eq!(driven.tell(tell("one", account())), missing);
    driven.tell(ask("one")).unwrap();
    let refused = Command::RefuseInquiry {
        inquiry: inquiry("one"),
        why: "log: not yet".into(),
        answer: "a note".into(),
    };
    driven.tell(refused.clone()).unwrap();
    let record = |driven: &Driven| driven.0.inquiries[&inquiry("one")].clone();
    assert_eq!(record(&driven).refused.as_deref(), Some("log: not yet"));
    let events = driven.0.events;
    driven.tell(refused).unwrap();
    assert_eq!(driven.0.events, events, "the same reason is told once");
    driven
        .tell(decide([Disposition::Reject, Disposition::Reject]))
        .unwrap();
    driven.tell(Command::Close { duties: vec![] }).unwrap();
    driven.tell(tell("one", account())).unwrap();
    assert!(record(&driven).told.is_some());
    assert_eq!(record(&driven).refused, None);
}
