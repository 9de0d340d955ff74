//! What is owed and not done is seen, from the instant at which it counts until it is done, and no longer.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use lagrum_mandate::answer::SignedAnswer as _;
use lagrum_mandate::{Mandate, Review, ReviewNote, Reviewed};
use lagrum_model::testing::{PERMITTED, demand_text};
use lagrum_model::{
    Arrival, Case, CaseId, Event, EventFormat, EventKind, Moment, Role, Sha256Digest,
    TimeSource as _, WatchKind, Watched,
};
use lagrum_store::Page;
use rand_core::OsRng;

use super::agent::{agent, produce, refuse, the_mandate, withhold};
use super::world::{World, call_back, decide, person, sign, take, take_text};
use crate::{Desk, Genuine, Intake, Session, StandsOpen};

/// What the auditor sees of a kind that is not over: the case, and about what.
fn seen(world: &World, desk: &Desk, kind: WatchKind) -> Vec<(CaseId, String)> {
    let mut random = OsRng;
    let auditor = desk.session(person(desk, Role::Auditor), &world.time, &mut random);
    let found = auditor.audit_of(kind, true, Page::number(1, 10)).unwrap();
    found
        .items
        .into_iter()
        .map(|one| (one.case, one.about))
        .collect()
}

fn with_agent(world: &World, session: &mut Session<'_>, id: &CaseId) -> Mandate {
    sign(world, session, id);
    the_mandate(session, id)
}

#[test]
fn an_emergency_that_nobody_confirmed_or_looked_at_again_is_seen_a_day_after_it_left() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let counsel = &mut desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    let id = take(counsel, "AM-1").case;
    call_back(counsel, &id);
    counsel
        .judge_emergency(&id, true, "the facts are plain")
        .unwrap();
    let genuine = Genuine {
        verified: true,
        how: "called back",
        despite: None,
    };
    counsel.authenticate(&id, &genuine).unwrap();
    counsel
        .assess(&id, jiff::civil::date(2026, 11, 21))
        .unwrap();
    counsel.decide(&id, &[], "as the law proposes").unwrap();
    let mandate = with_agent(&world, counsel, &id);
    produce(&world, &mandate);
    counsel.settle().unwrap();
    let of = |kind| seen(&world, &desk, kind);
    let open = [
        WatchKind::EmergencyUnconfirmed,
        WatchKind::EmergencyUnreviewed,
    ];
    for kind in open {
        assert_eq!(of(kind), [], "not before a day went by");
    }
    world.time.advance(SignedDuration::from_hours(25));
    for kind in open {
        assert_eq!(of(kind), [(id.clone(), String::new())]);
    }
    let at = world.time.now();
    counsel
        .record(&id, &[(Moment::ConfirmedInWriting, at)], "a letter")
        .unwrap();
    assert_eq!(of(WatchKind::EmergencyUnconfirmed), []);
    assert_eq!(of(WatchKind::EmergencyUnreviewed).len(), 1);
    counsel
        .record(&id, &[(Moment::EmergencyReviewed, at)], "it was real")
        .unwrap();
    assert_eq!(of(WatchKind::EmergencyUnreviewed), []);
}

#[test]
fn an_agents_refusal_is_seen_with_its_reason_until_the_mandate_is_carried_out() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let analyst = &mut desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let id = take(analyst, "AM-1").case;
    decide(analyst, &id);
    let mandate = with_agent(&world, analyst, &id);
    let of = |kind| seen(&world, &desk, kind);
    refuse(&world, &mandate, "its period is too long", false);
    analyst.settle().unwrap();
    let about = format!("{} mandate", mandate.region);
    assert_eq!(of(WatchKind::AgentRefused), [(id.clone(), about)]);
    produce(&world, &mandate);
    analyst.settle().unwrap();
    assert_eq!(of(WatchKind::AgentRefused), []);
}

/// What counsel decided in the region, as its agent signs it.
fn note(world: &World, id: &CaseId, mandate: &Mandate, numbers: &[u64]) -> String {
    let items = numbers.iter().map(|number| Reviewed {
        number: *number,
        released: (number % 2 == 1).then(|| Sha256Digest::of(b"bytes")),
        reason: "looked at".into(),
    });
    let note = ReviewNote {
        case: id.clone(),
        region: mandate.region.clone(),
        review: Review {
            of: mandate.digest(),
            by: "counsel".into(),
            items: items.collect(),
        },
    };
    note.sign(&agent(world)).unwrap()
}

#[test]
fn what_was_withheld_is_seen_until_all_of_it_was_decided_about_and_carried_out() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let counsel = &mut desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    let id = take(counsel, "AM-1").case;
    decide(counsel, &id);
    let searched = with_agent(&world, counsel, &id);
    withhold(&world, &searched, 5);
    counsel.settle().unwrap();
    let waits = |counsel: &Session<'_>| {
        let seen = seen(&world, &desk, WatchKind::Unreviewed);
        let open = counsel.standing(StandsOpen::Withheld, Page::number(1, 10));
        let open = open.unwrap().items;
        assert_eq!(seen.len(), open.len(), "both see the same");
        let numbers = seen.into_iter().map(|(case, about)| {
            assert_eq!(case, id);
            about.parse::<u64>().unwrap()
        });
        numbers.sum::<u64>()
    };
    assert_eq!(waits(counsel), 5);
    for (numbers, after) in [(&[1, 2][..], 3), (&[3, 4, 5][..], 0)] {
        let before = waits(counsel);
        let taken = counsel.review(&id, note(&world, &id, &searched, numbers).as_bytes());
        let taken = taken.unwrap();
        assert_eq!(taken.released + taken.refused, numbers.len());
        assert_eq!(waits(counsel), before, "decided is not carried out");
        sign(&world, counsel, &id);
        assert_eq!(waits(counsel), before, "signed is not carried out");
        let case = counsel.case(&id).unwrap().case;
        let text = &case.mandates[&taken.mandate].text;
        produce(&world, &Mandate::parse(text).unwrap());
        counsel.settle().unwrap();
        assert_eq!(waits(counsel), after);
        let case = counsel.case(&id).unwrap().case;
        let duties = desk.duties(&case, world.time.now()).unwrap();
        let owed = duties.iter().any(|one| one.as_str() == "review");
        assert_eq!(owed, after > 0, "{duties:?}");
    }
}

/// A Swedish order to keep data, which forbids to tell.
const KEPT_QUIET: &str = r#"
reference = "R 7"
[instrument]
kind = "preservation-order"
provision = "Rättegångsbalken 27 kap. 16 §"
issued_by = { name = "Åklagarkammaren", kind = "prosecutor" }
[secrecy]
provision = "Rättegångsbalken 27 kap. 16 a §"
[[part]]
categories = ["subscriber"]
"#;

#[test]
fn secrecy_without_an_end_is_seen_until_it_has_one() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let analyst = &mut desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let id = take_text(analyst, &demand_text(&[PERMITTED, KEPT_QUIET])).case;
    let of = |kind| seen(&world, &desk, kind);
    assert_eq!(of(WatchKind::SecrecyWithoutEnd), [], "nobody assessed it");
    decide(analyst, &id);
    let expected = [(id.clone(), "se.notice.preservation".to_owned())];
    assert_eq!(of(WatchKind::SecrecyWithoutEnd), expected);
    let ended = KEPT_QUIET.replace(
        "16 a §\"\n[[part]]",
        "16 a §\"\nuntil = \"2027-01-01T00:00:00Z\"\n[[part]]",
    );
    let text = demand_text(&[PERMITTED, &ended]);
    let file = Intake {
        file_name: "demand.toml",
        bytes: text.as_bytes(),
        arrival: Arrival::default(),
    };
    analyst
        .describe(&id, &file, &[], Some("the court named an end"))
        .unwrap();
    decide(analyst, &id);
    assert_eq!(of(WatchKind::SecrecyWithoutEnd), []);
}

/// What is watched of a case once data of it left at `at`: by the same reading of its events, law packs and all.
fn had_it_left(desk: &Desk, session: &Session<'_>, id: &CaseId, at: Timestamp) -> Vec<Watched> {
    let mut events = session.case(id).unwrap().events;
    let (actor, number) = (events[0].actor.clone(), events.len() as u64 + 1);
    let digest = Sha256Digest::of(b"a package");
    events.push(Event {
        format: EventFormat::V1,
        case: id.clone(),
        number,
        at,
        actor,
        reason: "produced".into(),
        what: EventKind::Produced {
            mandate: digest,
            package: digest,
            items: 1,
            for_review: 0,
            searched: Vec::new(),
            answer: None,
        },
        more: BTreeMap::new(),
    });
    let case = Case::from_events(&events);
    let last = events.last().unwrap().at;
    let clocks = desk.clocks(&case, last).unwrap();
    let all = crate::watch::watched(desk, id, &case, &events, &clocks).into_iter();
    all.filter(|one| one.kind == WatchKind::NoticeOverdue)
        .collect()
}

#[test]
fn a_notice_that_is_owed_counts_three_days_after_the_data_left_or_the_secrecy_ended() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let analyst = &mut desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    // An order of the Digital Services Act, of which the provider has to tell.
    let told = KEPT_QUIET.replace(
        "[secrecy]\nprovision = \"Rättegångsbalken 27 kap. 16 a §\"\n",
        "digital_services = { reasons = true, redress = true, language = true }\n",
    );
    let id = take_text(analyst, &demand_text(&[PERMITTED, &told])).case;
    decide(analyst, &id);
    let at = world.time.now();
    let three_days = SignedDuration::from_hours(72);
    let owed = had_it_left(&desk, analyst, &id, at);
    let owed: Vec<_> = owed
        .iter()
        .map(|one| (&*one.about, one.since, one.settled))
        .collect();
    let rule = "eu.notice.digital-services";
    assert_eq!(owed, [(rule, at + three_days, None)]);
    let happened = [(Moment::AccountHolderTold, at)];
    analyst.record(&id, &happened, "by post").unwrap();
    assert_eq!(had_it_left(&desk, analyst, &id, at), [], "it was told");

    // While it is forbidden nobody owes it; when the order ends it is owed.
    let quiet = KEPT_QUIET.replace(
        "16 a §\"\n[[part]]",
        "16 a §\"\nuntil = \"2027-01-01T00:00:00Z\"\n[[part]]",
    );
    let quiet = quiet.replace("R 7", "R 8");
    let id = take_text(analyst, &demand_text(&[PERMITTED, &quiet])).case;
    decide(analyst, &id);
    let owed = had_it_left(&desk, analyst, &id, at);
    let ends: Timestamp = "2027-01-01T00:00:00Z".parse().unwrap();
    let owed: Vec<_> = owed.iter().map(|one| one.since).collect();
    assert_eq!(owed, [ends + three_days]);
}
