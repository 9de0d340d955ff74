//! Two arrivals of one demand become one case, and two demands of one arrival two.

use lagrum_model::{Arrival, CaseId, CaseState, EventKind, Link, Refusal, Role};
use rand_core::OsRng;

use super::world::{World, decide, demand, person, take};
use crate::{CommandError, Intake, Session};

fn came(session: &mut Session<'_>, name: &str, bytes: &[u8], hours_ago: i64) -> CaseId {
    let at = session.now() - jiff::SignedDuration::from_hours(hours_ago);
    let arrival = Arrival {
        at: Some(at),
        ..Arrival::default()
    };
    let file = Intake {
        file_name: name,
        bytes,
        arrival,
    };
    session.intake(&file, &[]).unwrap().case
}

fn refusal<T: std::fmt::Debug>(done: Result<T, CommandError>) -> Refusal {
    let error = done.unwrap_err();
    error.refusal().unwrap_or_else(|| panic!("{error}")).clone()
}

fn whole(session: &mut Session<'_>) {
    session.settle().unwrap();
    let mut faults = Vec::new();
    session
        .verify(&mut |fault| faults.push(format!("{fault:?}")))
        .unwrap();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn two_arrivals_of_one_demand_are_one_case_whose_clocks_count_from_the_first() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let session = &mut desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    // By letter days ago, and by mail today: the mail was described first.
    let mail = came(session, "mail.toml", demand("AM-1").as_bytes(), 1);
    let letter = came(session, "letter.pdf", b"%PDF the letter", 72);
    let extra = Intake {
        file_name: "annex.pdf",
        bytes: b"%PDF annex",
        arrival: Arrival::default(),
    };
    session.attach(&letter, &extra).unwrap();
    let before = session.case(&letter).unwrap();
    assert_eq!(
        refusal(session.join(&mail, &mail, "x")),
        Refusal::LinkedToItself
    );
    assert_eq!(
        refusal(session.join(&letter, &mail, " ")),
        Refusal::Empty { field: "reason" }
    );
    let done = session.join(&letter, &mail, "the same order").unwrap();
    assert_eq!((done.files, &done.into), (2, &mail));
    let stays = session.case(&mail).unwrap();
    let names: Vec<_> = stays
        .case
        .originals
        .iter()
        .map(|one| &*one.file_name)
        .collect();
    assert_eq!(names, ["mail.toml", "letter.pdf", "annex.pdf"]);
    assert_eq!(session.original(&mail, 2).unwrap().1, b"%PDF the letter");
    assert_eq!(
        stays.case.received_at, before.case.received_at,
        "the first receipt"
    );
    assert_eq!(
        stays.case.originals[1].arrival.at, before.case.originals[0].arrival.at,
        "both receipts stay"
    );
    assert_eq!(stays.case.links, [(letter.clone(), Link::SentAgain)]);
    assert!(stays.clocks.iter().all(|one| {
        one.started_by != lagrum_model::Moment::Received
            || Some(one.started_at) == before.case.received_at
    }));
    let summary = desk.inner.store.summary(&mail).unwrap();
    assert_eq!(Some(summary.received_at), before.case.received_at);

    let ended = session.case(&letter).unwrap().case;
    assert_eq!(ended.state(), CaseState::Closed);
    assert_eq!(ended.answered_in(), Some(&mail));
    assert_eq!(ended.originals.len(), 2, "nothing is lost");
    // Again changes nothing; the same bytes again give the case that points on.
    let events = stays.events.len();
    assert_eq!(session.join(&letter, &mail, "again").unwrap().files, 0);
    assert_eq!(session.case(&mail).unwrap().events.len(), events);
    assert_eq!(came(session, "letter.pdf", b"%PDF the letter", 0), letter);
    // What is closed takes nothing, and what is decided stays where it was decided.
    let other = came(session, "other.pdf", b"%PDF other", 0);
    assert_eq!(refusal(session.join(&other, &letter, "x")), Refusal::Closed);
    decide(session, &mail);
    assert_eq!(
        refusal(session.join(&mail, &other, "x")),
        Refusal::AlreadyDecided
    );
    assert!(session.case(&mail).unwrap().case.answered_in().is_none());
    whole(session);
}

#[test]
fn joining_that_was_cut_off_goes_on() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let session = &mut desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let (first, again) = (take(session, "AM-1").case, take(session, "AM-2").case);
    // As it is left by whoever is cut off after the first of the two.
    session
        .link(&again, &first, Link::AnsweredThere, "the same")
        .unwrap();
    session
        .close(&again, "the same", crate::StillRuns::Refuse)
        .unwrap();
    assert_eq!(session.join(&again, &first, "the same").unwrap().files, 1);
    assert_eq!(session.case(&first).unwrap().case.originals.len(), 2);
    whole(session);
}

#[test]
fn two_demands_of_one_arrival_become_two_cases_with_one_receipt() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let session = &mut desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let both = came(session, "both.pdf", b"%PDF two orders", 30);
    let annex = Intake {
        file_name: "second.pdf",
        bytes: b"%PDF the second",
        arrival: Arrival::default(),
    };
    session.attach(&both, &annex).unwrap();
    let wrong: [(&[usize], &str); 4] = [(&[], "x"), (&[3], "x"), (&[0], "x"), (&[1], " ")];
    for (numbers, why) in wrong {
        refusal(session.split(&both, numbers, why));
    }
    assert_eq!(session.case(&both).unwrap().case.links, []);
    let taken = session
        .split(&both, &[1, 2], "a second order on page 3")
        .unwrap();
    assert!(taken.new && taken.case != both);
    let (old, new) = (
        session.case(&both).unwrap(),
        session.case(&taken.case).unwrap(),
    );
    assert_eq!(old.case.originals.len(), 2, "they stay");
    assert_eq!(new.case.originals.len(), 2);
    assert_eq!(
        session.original(&taken.case, 1).unwrap().1,
        b"%PDF two orders"
    );
    assert_eq!(new.case.received_at, old.case.received_at);
    assert_eq!(new.case.state(), CaseState::Received);
    assert_eq!(new.case.links, [(both.clone(), Link::Related)]);
    assert_eq!(old.case.links, [(taken.case.clone(), Link::Related)]);
    assert!(matches!(new.events[0].what, EventKind::Received { .. }));
    // The same again is the same case; the file that came in again is still that of the first.
    let again = session.split(&both, &[1, 2], "again").unwrap();
    assert_eq!((again.new, &again.case), (false, &taken.case));
    assert_eq!(came(session, "both.pdf", b"%PDF two orders", 0), both);
    whole(session);
}
