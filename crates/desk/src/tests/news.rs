//! News: told once, to whoever hears of it, and nothing but its kind and the case.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::SignedDuration;
use lagrum_model::{CaseId, Matter, Moment, NewsKind, Role, Standing};
use rand_core::OsRng;

use super::agent::{produce, the_mandate};
use super::door::on_each_database;
use super::outgoing::{Given, Kept, desk, lines, now, ran, rules, work};
use super::world::{World, decide, person, sign, take};
use crate::{Desk, OnCall, Receiver, Watch};

pub fn arrives(desk: &Desk, world: &World, subject: &str) -> CaseId {
    let mail = crate::Mail {
        mailbox: "demands@kvist.example",
        file_name: subject,
        bytes: subject.as_bytes(),
        from: None,
        arrived: None,
    };
    desk.take_in_mail(&mail, &world.time, &mut OsRng).unwrap().0
}

#[test]
fn news_goes_once_to_whoever_hears_of_it_and_says_its_kind_and_the_case() {
    on_each_database(|world| {
        let mut rules = rules();
        rules.receivers = vec![Receiver {
            name: "pager".into(),
            news: vec![NewsKind::AgentRefused, NewsKind::ForCounsel],
        }];
        let desk = desk(world, rules.clone());
        let kept = Kept::default();
        // What was there before is no news.
        arrives(&desk, world, "before");
        desk.settle().unwrap();
        ran(&desk, world, &kept);
        assert_eq!(kept.taken(), []);
        let id = arrives(&desk, world, "Beslut AM-7");
        let others = [
            super::outgoing::desk(world, rules.clone()),
            super::outgoing::desk(world, rules),
        ];
        for desk in [&desk, &others[0], &others[1]] {
            ran(desk, world, &kept);
            desk.settle().unwrap();
            ran(desk, world, &kept);
        }
        let told = |all: &[Given]| -> Vec<(String, String)> {
            let mut all: Vec<_> = all
                .iter()
                .map(|one| (one.to.clone(), one.says.clone()))
                .collect();
            all.sort();
            all
        };
        let new = |to: &str| (to.to_owned(), format!("new-case {id}"));
        assert_eq!(told(&kept.taken()), [new("analyst@kvist.example")]);
        // A decision that waits for counsel is counsel's, and the program's that asked for it.
        let other = work(&desk, world, |session| {
            let other = take(session, "R 2").case;
            decide(session, &other);
            other
        });
        ran(&desk, world, &kept);
        let all = told(&kept.taken());
        let says = format!("for-counsel {other}");
        for to in ["counsel@kvist.example", "pager"] {
            assert!(all.contains(&(to.to_owned(), says.clone())), "{all:?}");
        }
        assert!(!all.contains(&("analyst@kvist.example".to_owned(), says)));
    });
}

pub fn all_day(person: &str) -> Watch {
    use jiff::civil::{Time, Weekday};
    Watch {
        person: person.into(),
        days: vec![
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
            Weekday::Saturday,
            Weekday::Sunday,
        ],
        from: Time::midnight(),
        until: Time::midnight(),
    }
}

#[test]
fn an_emergency_wakes_whoever_is_on_call_and_the_next_one_if_nobody_acts() {
    on_each_database(|world| {
        let mut rules = rules();
        rules.receivers = vec![Receiver {
            name: "pager".into(),
            news: vec![NewsKind::Emergency],
        }];
        rules.on_call = Some(OnCall {
            zone: jiff::tz::TimeZone::UTC,
            look_within: SignedDuration::from_mins(10),
            watches: vec![all_day("counsel"), all_day("analyst"), all_day("gone")],
        });
        let desk = desk(world, rules);
        let kept = Kept::default();
        ran(&desk, world, &kept);
        let id = arrives(&desk, world, "EMERGENCY: imminent danger");
        let woken = || -> Vec<String> {
            ran(&desk, world, &kept);
            let emergencies = kept.taken().into_iter();
            let emergencies = emergencies.filter(|one| one.says.starts_with("emergency"));
            let mut all: Vec<_> = emergencies.map(|one| one.to).collect();
            all.sort();
            all
        };
        // The log has not seen it yet.
        assert_eq!(woken(), ["counsel@kvist.example", "pager"]);
        assert!(woken().is_empty());
        world.time.advance(SignedDuration::from_mins(10));
        assert_eq!(woken(), ["analyst@kvist.example"]);
        let unseen = |lines: Vec<(Standing, Matter)>| {
            let of = |matter: &Matter| matches!(matter, Matter::EmergencyUnseen { case, .. } if *case == id);
            lines
                .into_iter()
                .find(|(_, matter)| of(matter))
                .map(|(standing, _)| standing)
        };
        assert_eq!(unseen(lines(&desk, world)), Some(Standing::NotInOrder));
        let unreachable = |matter: &Matter| matches!(matter, Matter::OnCallUnreachable { person } if person == "gone");
        assert!(
            lines(&desk, world)
                .iter()
                .any(|(_, matter)| unreachable(matter))
        );
        // Somebody takes it: nobody else is woken.
        work(&desk, world, |session| {
            session.assign(&id, Some("analyst")).unwrap()
        });
        world.time.advance(SignedDuration::from_mins(60));
        assert!(woken().is_empty());
        assert_eq!(unseen(lines(&desk, world)), None);
        // Another one, and nobody does anything: in the end everybody who hears of emergencies is told.
        arrives(&desk, world, "fara för liv");
        assert_eq!(woken(), ["counsel@kvist.example", "pager"]);
        world.time.advance(SignedDuration::from_mins(31));
        assert_eq!(
            woken(),
            [
                "analyst@kvist.example",
                "analyst@kvist.example",
                "counsel@kvist.example"
            ]
        );
        world.time.advance(SignedDuration::from_mins(60));
        assert!(woken().is_empty());
        // An ordinary mail wakes nobody.
        arrives(&desk, world, "Beslut AM-8");
        assert!(woken().is_empty());
    });
}

#[test]
fn an_alarm_is_tried_every_two_minutes_and_given_up_after_a_day() {
    let world = World::new();
    let desk = desk(&world, rules());
    let kept = Kept::default();
    ran(&desk, &world, &kept);
    arrives(&desk, &world, "emergency");
    kept.says_no(true);
    let mut tries = 0;
    for _ in 0..30 {
        ran(&desk, &world, &kept);
        tries += kept.taken().len();
        world.time.advance(SignedDuration::from_mins(1));
    }
    // Two people hear of it.
    assert!(tries >= 2 * 14, "{tries}");
    world.time.advance(SignedDuration::from_hours(24));
    let gave_up = ran(&desk, &world, &kept).given_up;
    assert_eq!(gave_up, 2);
    let told = |matter: &Matter| matches!(matter, Matter::OutgoingGivenUp { count: 2, .. });
    assert!(lines(&desk, &world).iter().any(|(_, matter)| told(matter)));
    // After a week nobody is told of it any more, and nothing is left.
    world.time.advance(SignedDuration::from_hours(8 * 24));
    ran(&desk, &world, &kept);
    assert!(
        desk.outgoing(now(&world))
            .unwrap()
            .iter()
            .all(|one| one.given_up.is_none())
    );
}

#[test]
fn a_clock_is_told_once_for_each_time_that_is_left() {
    let world = World::new();
    let desk = desk(&world, rules());
    let kept = Kept::default();
    ran(&desk, &world, &kept);
    let id = arrives(&desk, &world, "Beslut");
    let told = RefCell::new(BTreeMap::<String, u64>::new());
    let pass = |hours: i64| {
        for _ in 0..hours * 6 {
            world.time.advance(SignedDuration::from_mins(10));
            ran(&desk, &world, &kept);
            for one in kept.taken() {
                *told.borrow_mut().entry(one.says).or_default() += 1;
            }
        }
    };
    pass(5);
    assert_eq!(told.borrow().get(&format!("clock-runs-out {id}")), None);
    pass(5);
    assert_eq!(told.borrow()[&format!("clock-runs-out {id}")], 1);
}

#[test]
fn a_confirmation_is_asked_for_the_day_after_data_left_in_an_emergency_and_not_once_it_is_there() {
    for confirmed in [false, true] {
        let world = World::new();
        let desk = desk(&world, rules());
        let kept = Kept::default();
        ran(&desk, &world, &kept);
        let id = work(&desk, &world, |session| take(session, "R 9").case);
        let mut random = OsRng;
        let mut counsel = desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
        counsel
            .judge_emergency(&id, true, "a credible threat")
            .unwrap();
        work(&desk, &world, |session| {
            decide(session, &id);
            sign(&world, session, &id);
            produce(&world, &the_mandate(session, &id));
            session.settle().unwrap();
        });
        let open = work(&desk, &world, |session| session.emergencies().unwrap());
        assert!(open.is_empty(), "it is answered");
        ran(&desk, &world, &kept);
        kept.taken();
        world.time.advance(SignedDuration::from_hours(23));
        ran(&desk, &world, &kept);
        let says = format!("confirmation {id}");
        assert!(kept.taken().iter().all(|one| one.says != says));
        if confirmed {
            work(&desk, &world, |session| {
                let at = session.now();
                let moment = (Moment::ConfirmedInWriting, at);
                session.record(&id, &[moment], "letter").unwrap();
            });
        }
        world.time.advance(SignedDuration::from_hours(2));
        ran(&desk, &world, &kept);
        ran(&desk, &world, &kept);
        let asked = kept.taken().into_iter().filter(|one| one.says == says);
        assert_eq!(asked.count(), if confirmed { 0 } else { 2 });
    }
}
