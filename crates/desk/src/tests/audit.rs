//! What the auditor sees, and the samples that nobody steers.

use jiff::SignedDuration;
use lagrum_access::NotAllowed;
use lagrum_model::testing::{PERMITTED, demand_text};
use lagrum_model::{Arrival, CaseId, Role, TimeSource as _, WatchKind};
use lagrum_store::Page;
use rand_core::OsRng;

use super::world::{World, decide, person, sign, take, take_text};
use crate::{CommandError, Desk, Intake, Order, Outcome, SampleRefused, Session, drawn};

fn session<'d>(world: &'d World, desk: &'d Desk, role: Role, random: &'d mut OsRng) -> Session<'d> {
    desk.session(person(desk, role), &world.time, random)
}

#[test]
fn what_happened_in_haste_and_what_is_still_open_is_seen_and_goes_when_it_is_done() {
    let world = World::new();
    let desk = world.desk();
    let (mut one, mut two) = (OsRng, OsRng);
    let mut counsel = session(&world, &desk, Role::Counsel, &mut one);
    let auditor = session(&world, &desk, Role::Auditor, &mut two);
    let id = take(&mut counsel, "AM-1").case;
    decide(&mut counsel, &id);
    sign(&world, &mut counsel, &id);
    let of = |kind, open| {
        auditor
            .audit_of(kind, open, Page::number(1, 10))
            .unwrap()
            .items
    };
    // The tests' clock advances by seconds: both signed at once.
    let hasty = of(WatchKind::SignedAtOnce, false);
    assert_eq!(hasty.len(), 2, "{hasty:?}");
    assert!(
        hasty
            .iter()
            .all(|one| one.case == id && one.about.starts_with("kvist.example/"))
    );
    let found = auditor.audit().unwrap();
    assert_eq!(found.mandates, 1);
    assert_eq!(
        found.pairs[0].keys,
        ["kvist.example/analyst", "kvist.example/counsel"]
    );
    assert_eq!(found.other_numbers, []);
    assert_eq!(
        of(WatchKind::NoCallBack, true),
        [],
        "it was called back before"
    );
    assert_eq!(of(WatchKind::Late, true), []);
    // Time makes it late, and nobody writes anything for it.
    let european = r#"
reference = "EU-1"
[authority]
name = "Amtsgericht Hamburg"
country = "DE"
kind = "court"
[instrument]
kind = "european-production-order"
country = "DE"
notification = "not-required"
"#;
    let european = demand_text(&[PERMITTED, european]).replace("measure = \"interception\"\n", "");
    let european = take_text(&mut counsel, &european).case;
    let unread = Intake {
        file_name: "order.pdf",
        bytes: b"%PDF-1.7 nobody reads it",
        arrival: Arrival::default(),
    };
    let unread = counsel.intake(&unread, &[]).unwrap().case;
    assert_eq!(of(WatchKind::Late, true), []);
    assert_eq!(of(WatchKind::Undescribed, true), []);
    world.time.advance(SignedDuration::from_hours(60 * 24));
    let late = of(WatchKind::Late, true);
    assert!(
        !late.is_empty() && late.iter().all(|one| one.case == european),
        "{late:?}"
    );
    let undescribed = of(WatchKind::Undescribed, true);
    assert_eq!((undescribed.len(), &undescribed[0].case), (1, &unread));
    let ran_out = of(WatchKind::MandateRunsOut, true);
    assert_eq!(ran_out.len(), 1);
    assert_eq!(
        counsel
            .compare()
            .err()
            .map(|e| matches!(e, CommandError::NotAllowed(_))),
        Some(true)
    );
    let mut three = OsRng;
    let administrator = session(&world, &desk, Role::Administrator, &mut three);
    assert_eq!(
        administrator.compare().unwrap(),
        [],
        "it follows from the events"
    );
}

fn refused<T: std::fmt::Debug>(result: Result<T, CommandError>) -> SampleRefused {
    match result {
        Err(CommandError::Sample(refused)) => refused,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sample_is_drawn_by_what_nobody_knew_and_can_be_drawn_again_by_everybody() {
    let world = World::new();
    let desk = world.desk();
    let (mut one, mut two) = (OsRng, OsRng);
    let mut analyst = session(&world, &desk, Role::Analyst, &mut one);
    let mut auditor = session(&world, &desk, Role::Auditor, &mut two);
    let ids: Vec<CaseId> = (0..6)
        .map(|n| take(&mut analyst, &format!("AM-{n}")).case)
        .collect();
    analyst.settle().unwrap();
    let now = world.time.now();
    let order = |size, hours| Order {
        first: ids[0].clone(),
        last: ids[5].clone(),
        size,
        draw_at: now + SignedDuration::from_hours(hours),
    };
    assert_eq!(
        refused(auditor.order_sample(&order(3, -1))),
        SampleRefused::NotAhead
    );
    assert_eq!(
        refused(auditor.order_sample(&order(7, 1))),
        SampleRefused::Size { most: 100 }
    );
    let beyond = Order {
        last: CaseId::new(ids[0].year(), 7),
        ..order(3, 1)
    };
    let beyond = refused(auditor.order_sample(&beyond));
    assert!(matches!(beyond, SampleRefused::NoSuchCases { last: 6, .. }));
    let (sample, secret) = auditor.order_sample(&order(3, 1)).unwrap();
    let id = sample.id.as_str();
    assert!(matches!(
        refused(auditor.draw_sample(id, &secret)),
        SampleRefused::NotYet(_)
    ));
    world.time.advance(SignedDuration::from_hours(2));
    // What was in the log before decides nothing.
    assert_eq!(
        refused(auditor.draw_sample(id, &secret)),
        SampleRefused::NothingSince
    );
    analyst.note(&ids[0], "the first since then").unwrap();
    assert_eq!(
        refused(auditor.draw_sample(id, &secret)),
        SampleRefused::NothingSince,
        "not public"
    );
    analyst.settle().unwrap();
    analyst.note(&ids[1], "the second").unwrap();
    analyst.settle().unwrap();
    assert_eq!(
        refused(auditor.draw_sample(id, &"0".repeat(64))),
        SampleRefused::OtherSecret
    );
    let sample = auditor.draw_sample(id, &secret).unwrap();
    let made = sample.drawn.clone().unwrap();
    let log_entry = desk.log_reader().unwrap().entry(made.position).unwrap();
    let hex: String = log_entry
        .as_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(hex, made.entry, "it stands in the public log");
    let bytes = |text: &str| -> [u8; 32] {
        let byte = |at: usize| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap();
        std::array::from_fn(byte)
    };
    assert_eq!(
        drawn(&order(3, 1), &bytes(&made.entry), &bytes(&secret)),
        made.cases
    );
    assert_eq!(made.cases.len(), 3);
    // Drawn once: later entries, and another try, change nothing.
    analyst.note(&ids[2], "later").unwrap();
    analyst.settle().unwrap();
    assert_eq!(auditor.draw_sample(id, &secret).unwrap(), sample);

    let mut three = OsRng;
    let before = session(&world, &desk, Role::Auditor, &mut three);
    let events = before.case(&made.cases[0]).unwrap().events;
    let stated = |auditor: &mut Session<'_>, case: &CaseId, note: &str| {
        auditor.state_outcome(id, case, Outcome::NotAsItShould, note)
    };
    assert_eq!(
        refused(stated(&mut auditor, &made.cases[0], " ")),
        SampleRefused::NoReason
    );
    stated(
        &mut auditor,
        &made.cases[0],
        "described otherwise than it came",
    )
    .unwrap();
    let again = refused(stated(&mut auditor, &made.cases[0], "no"));
    assert_eq!(again, SampleRefused::StatedBefore(made.cases[0].clone()));
    let outside = ids.iter().find(|one| !made.cases.contains(one)).unwrap();
    assert_eq!(
        refused(stated(&mut auditor, outside, "x")),
        SampleRefused::NotInSample(outside.clone())
    );
    assert_eq!(
        before.case(&made.cases[0]).unwrap().events,
        events,
        "no case changes"
    );
    assert_eq!(auditor.examined(id).unwrap().stated.len(), 1);
}

#[test]
fn those_who_are_watched_see_and_alter_none_of_it() {
    let world = World::new();
    let desk = world.desk();
    for role in [
        Role::Analyst,
        Role::Counsel,
        Role::DataOperator,
        Role::Administrator,
    ] {
        let mut random = OsRng;
        let mut somebody = session(&world, &desk, role, &mut random);
        let case = CaseId::new(2026, 1);
        let order = Order {
            first: case.clone(),
            last: case.clone(),
            size: 1,
            draw_at: world.time.now() + SignedDuration::from_hours(1),
        };
        let no = |result: Result<(), CommandError>| {
            let refused = result.unwrap_err();
            assert!(
                matches!(refused, CommandError::NotAllowed(NotAllowed { .. })),
                "{role}: {refused}"
            );
        };
        no(somebody.audit().map(drop));
        no(somebody
            .audit_of(WatchKind::Late, true, Page::number(1, 1))
            .map(drop));
        no(somebody.samples().map(drop));
        no(somebody.examined("x").map(drop));
        no(somebody.order_sample(&order).map(drop));
        no(somebody.draw_sample("x", "y").map(drop));
        no(somebody
            .state_outcome("x", &case, Outcome::AsItShould, "z")
            .map(drop));
    }
}
