use std::collections::BTreeMap;

use jiff::Timestamp;
use lagrum_model::{CaseId, Channel, EventFormat, Language, LetterKind, Role};

use super::*;

fn person() -> Actor {
    Actor::Person {
        id: "elin".into(),
        name: "Elin Lindqvist".into(),
        role: Role::Counsel,
    }
}

fn event(actor: Actor, reason: &str, what: EventKind) -> Event {
    Event {
        format: EventFormat::V1,
        case: CaseId::new(2026, 1),
        number: 1,
        at: Timestamp::UNIX_EPOCH,
        actor,
        reason: reason.into(),
        what,
        more: BTreeMap::new(),
    }
}

fn note(text: &str, privileged: bool) -> Event {
    let text = text.to_owned();
    event(person(), "note", EventKind::Noted { text, privileged })
}

#[test]
fn a_privileged_note_is_left_out_whole() {
    let events = [note("to be seen", false), note("for counsel", true)];
    assert_eq!(written(&events), ["to be seen"]);
}

#[test]
fn what_people_said_is_there_and_what_programs_said_is_not() {
    let outgoing = Actor::Outgoing {
        address: "desk@kvist.example".into(),
    };
    let officer = Actor::Officer {
        id: "ek".into(),
        name: "K. Ek".into(),
        authority: "Polisen".into(),
        country: lagrum_model::CountryCode::parse("SE").unwrap(),
    };
    let events = [
        event(
            outgoing,
            "not sent",
            EventKind::LetterNotSent {
                waits: 3,
                why: "550".into(),
            },
        ),
        event(person(), "the court said so", EventKind::Reopened {}),
        event(
            officer,
            "told at the door",
            EventKind::Missed {
                text: "the second mailbox".into(),
            },
        ),
    ];
    assert_eq!(
        written(&events),
        ["the court said so", "the second mailbox"]
    );
}

#[test]
fn a_demand_is_found_by_all_that_people_name_in_it() {
    let demand = lagrum_model::testing::demand(&[]);
    let described = EventKind::Described {
        demand: Box::new(demand.clone()),
    };
    let texts = written(&[event(person(), "described", described)]);
    let offence = demand
        .offence
        .as_ref()
        .map(|offence| offence.description.clone());
    let expected = [
        Some(demand.reference.clone()),
        Some(demand.authority.name.clone()),
        Some(demand.authority.officer.name.clone()),
        Some(demand.authority.officer.email.clone()),
        Some(demand.instrument.provision.clone()),
        Some(demand.instrument.issued_by.name.clone()),
        Some(demand.addressee.entity.clone()),
        offence,
        Some(demand.identifiers()[0].value()),
    ];
    for text in expected.into_iter().flatten() {
        assert!(texts.contains(&text), "{text}: {texts:#?}");
    }
}

#[test]
fn a_letter_that_waited_and_was_sent_is_one_letter() {
    let letter = Box::new(Letter {
        kind: LetterKind::Question,
        language: Language::Swedish,
        to: "Polisen, Box 1".into(),
        by: Channel::Email,
        account: None,
        sha256: Sha256Digest::of(b"text"),
        length: 4,
    });
    let waits = EventKind::LetterWaits {
        letter: letter.clone(),
    };
    let sent = EventKind::LetterSent {
        letter,
        taken: None,
    };
    let events = [event(person(), "", waits), event(person(), "", sent)];
    assert_eq!(letters(&events), [Sha256Digest::of(b"text")]);
    assert!(written(&events).contains(&"Polisen, Box 1".to_owned()));
}
