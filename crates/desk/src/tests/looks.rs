//! That an officer saw a case at the door is an event of it, and nothing else of it changes.

use std::fs;

use jiff::SignedDuration;
use lagrum_mandate::gate::CLOCK_TOLERANCE;
use lagrum_model::{Actor, Case, CaseId, CaseState, EventKind, Role};
use lagrum_store::{Projection, WaitingFor};
use rand_core::OsRng;

use super::agent::{refuse, the_mandate};
use super::door::{admitted, on_each_database, two_authorities};
use super::world::{World, decide, demand, person, sign};
use crate::mandates::LIFE;
use crate::projection::project;
use crate::{Arrived, Desk, DeskConfig, DoorCase, Genuine, Intake, Officer, StillRuns};

fn send(desk: &Desk, world: &World, by: &Officer) -> (CaseId, String) {
    let mut random = OsRng;
    let mut door = desk.door(by.clone(), &world.time, &mut random);
    let files: [(&str, &[u8]); 1] = [("beslut.pdf", b"a scan")];
    let Arrived { address, .. } = door.send(&files, None, false).unwrap().unwrap();
    let store = &desk.inner.store;
    let id = store.case_at_door("SE Polisen", &address).unwrap().unwrap();
    (id, address)
}

/// Looks at a case at the door, and says whether something has to go to the log then.
fn look(desk: &Desk, world: &World, by: &Officer, address: &str) -> (DoorCase, bool) {
    let mut random = OsRng;
    let mut door = desk.door(by.clone(), &world.time, &mut random);
    let seen = door.demand(address).unwrap().unwrap();
    (seen, door.has_recorded())
}

/// Who looked, as the events say.
fn looks(desk: &Desk, id: &CaseId) -> Vec<String> {
    let events = desk.record(id).unwrap().events.into_iter();
    let looks = events.filter(|event| event.what == EventKind::Viewed {});
    let by = |actor: Actor| match actor {
        Actor::Officer { name, .. } => name,
        other => panic!("{other:?} looked at the door"),
    };
    looks.map(|event| by(event.actor)).collect()
}

/// All of a case and of its read model but how many events it has.
fn rest(desk: &Desk, id: &CaseId) -> (Case, Projection) {
    let read = desk.record(id).unwrap();
    let mut case = read.case;
    let mut shown = project(desk, id, &case, &read.events);
    let kept = desk.inner.store.summary(id).unwrap();
    assert_eq!(kept, shown.summary, "the list is not what the events say");
    (case.events, shown.summary.events) = (0, 0);
    (case, shown)
}

fn describe(desk: &Desk, world: &World, id: &CaseId) {
    let mut random = OsRng;
    let mut analyst = desk.session(person(desk, Role::Analyst), &world.time, &mut random);
    let text = demand("R 7");
    let file = Intake {
        file_name: "description.toml",
        bytes: text.as_bytes(),
        arrival: lagrum_model::Arrival::default(),
    };
    analyst.describe(id, &file, &[], None).unwrap();
}

#[test]
fn a_look_is_one_event_for_each_officer_case_and_day_also_of_a_closed_case() {
    on_each_database(|world| {
        two_authorities(world);
        let desk = world.desk();
        let ek = admitted(&desk, world, "K. Ek", "Polisen");
        let bo = admitted(&desk, world, "B. Bo", "Polisen");
        let other = admitted(&desk, world, "P. Alm", "Åklagaren");
        let (id, address) = send(&desk, world, &ek);
        assert!(looks(&desk, &id).is_empty(), "who sends it does not look");
        let before = rest(&desk, &id);

        // It is 11 o'clock (UTC): twelve hours later is the same day, two more hours later another one.
        assert!(look(&desk, world, &ek, &address).1);
        assert!(!look(&desk, world, &ek, &address).1);
        world.time.advance(SignedDuration::from_hours(12));
        assert!(!look(&desk, world, &ek, &address).1);
        assert_eq!(looks(&desk, &id), ["K. Ek"]);
        assert!(look(&desk, world, &bo, &address).1);
        world.time.advance(SignedDuration::from_hours(2));
        let (seen, _) = look(&desk, world, &ek, &address);
        let names = ["K. Ek", "B. Bo", "K. Ek"];
        assert_eq!(looks(&desk, &id), names);
        assert_eq!(rest(&desk, &id), before);
        // Asking for the receipt is a look, too, and the first was on this day.
        let mut random = OsRng;
        let mut door = desk.door(ek.clone(), &world.time, &mut random);
        assert_eq!(door.receipt(&address).unwrap(), None);
        let mut door = desk.door(bo.clone(), &world.time, &mut random);
        assert_eq!(door.receipt(&address).unwrap(), None);
        let names = ["K. Ek", "B. Bo", "K. Ek", "B. Bo"];
        assert_eq!(looks(&desk, &id), names);
        // Officers are not told who looked. Who sees nothing leaves nothing.
        assert!(!format!("{seen:?}").contains("Bo"));
        assert_eq!(seen.happened.len(), 1);
        let mut door = desk.door(other, &world.time, &mut random);
        assert_eq!(door.demand(&address).unwrap(), None);
        assert_eq!(looks(&desk, &id), names);

        describe(&desk, world, &id);
        let mut analyst = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
        let genuine = Genuine {
            verified: false,
            how: "nobody there knows of it",
            despite: None,
        };
        analyst.authenticate(&id, &genuine).unwrap();
        let day = jiff::civil::date(2026, 11, 21);
        analyst.assess(&id, day).unwrap();
        analyst.decide(&id, &[], "not genuine").unwrap();
        let still_runs = StillRuns::LivesOn;
        analyst.close(&id, "not genuine", still_runs).unwrap();
        let before = rest(&desk, &id);
        assert_eq!(before.0.state(), CaseState::Closed);
        world.time.advance(SignedDuration::from_hours(24));
        look(&desk, world, &ek, &address);
        look(&desk, world, &ek, &address);
        let names = ["K. Ek", "B. Bo", "K. Ek", "B. Bo", "K. Ek"];
        assert_eq!(looks(&desk, &id), names);
        assert_eq!(rest(&desk, &id), before);

        // It goes to the public log as everything else does.
        desk.settle().unwrap();
        let events = desk.record(&id).unwrap().events.len();
        assert_eq!(world.whole_log().head.size, events as u64);
        let administrator =
            desk.session(person(&desk, Role::Administrator), &world.time, &mut random);
        assert_eq!(administrator.compare().unwrap(), []);
    });
}

#[test]
fn a_look_is_no_moment_at_which_something_is_found_to_be_over() {
    let world = World::new();
    let desk = world.desk();
    let ek = admitted(&desk, &world, "K. Ek", "Polisen");
    let (id, address) = send(&desk, &world, &ek);
    describe(&desk, &world, &id);
    let mut random = OsRng;
    let mut session = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    decide(&mut session, &id);
    sign(&world, &mut session, &id);
    refuse(&world, &the_mandate(&session, &id), "a store failed", false);
    session.settle().unwrap();
    let before = rest(&desk, &id);
    assert_eq!(before.1.summary.waiting_for, WaitingFor::Agent);
    // By now no agent can carry it out any more, and clocks ran out: whoever reads the list sees that, as before.
    world.time.advance(LIFE + CLOCK_TOLERANCE);
    look(&desk, &world, &ek, &address);
    assert_eq!(looks(&desk, &id).len(), 1);
    assert_eq!(rest(&desk, &id), before);
    // Whatever somebody does is one.
    session.note(&id, "a note").unwrap();
    let after = rest(&desk, &id).1;
    assert_eq!(after.summary.waiting_for, WaitingFor::Decision);
}

#[test]
fn what_cannot_be_recorded_as_seen_is_not_shown() {
    let world = World::new();
    let desk = world.desk();
    let ek = admitted(&desk, &world, "K. Ek", "Polisen");
    let (id, address) = send(&desk, &world, &ek);
    // Without the law no event can be recorded.
    let file = world.dir().join("desk.toml");
    let text = fs::read_to_string(&file).unwrap();
    let mut config: DeskConfig = toml::from_str(&text).unwrap();
    config.law = Some("gone".into());
    fs::write(&file, toml::to_string(&config).unwrap()).unwrap();
    let without = world.desk();
    let mut random = OsRng;
    let mut door = without.door(ek.clone(), &world.time, &mut random);
    assert!(door.demand(&address).is_err());
    assert!(door.receipt(&address).is_err());
    assert!(looks(&desk, &id).is_empty());
}
