//! What presses most is first in the list, and what was not recorded is not said to be done.

use jiff::SignedDuration;
use lagrum_model::testing::{PERMITTED, demand_text};
use lagrum_model::{Arrival, CaseState, Moment, Refusal, Role};
use lagrum_store::{CaseFilter, DESCRIBE, Order, Page, Summary};
use rand_core::OsRng;

use super::world::{World, decide, person, take};
use crate::{Desk, Genuine, Intake, SHORTEST, Session, Taken};

fn by<T>(
    (desk, world): (&Desk, &World),
    role: Role,
    work: impl FnOnce(&mut Session<'_>) -> T,
) -> T {
    let mut random = OsRng;
    work(&mut desk.session(person(desk, role), &world.time, &mut random))
}

fn file(bytes: &[u8]) -> Intake<'_> {
    Intake {
        file_name: "order.pdf",
        bytes,
        arrival: Arrival::default(),
    }
}

fn taken(session: &mut Session<'_>, bytes: &[u8]) -> Taken {
    session.intake(&file(bytes), &[]).unwrap()
}

fn listed(session: &Session<'_>, filter: &CaseFilter) -> Vec<Summary> {
    let page = session.cases(filter, Order::Due, Page::number(1, 50));
    page.unwrap().items
}

/// An American warrant whose content a British law forbids to hand over: the motion is open.
const MOTION: &str = r#"
reference = "MOTION"
[authority]
name = "United States Attorney"
country = "US"
kind = "prosecutor"
[instrument]
kind = "search-warrant"
country = "US"
provision = "18 U.S.C. § 2703(a)"
issued_by = { name = "J", kind = "judge" }
[addressee]
entity = "Kvist Mail AB"
country = "SE"
[findings]
conflict = { country = "GB", ground = "forbids", qualifying_government = true }
"#;

fn motion() -> String {
    demand_text(&[PERMITTED, MOTION]).replace("measure = \"interception\"\n", "")
}

#[test]
fn a_demand_that_nobody_described_goes_before_what_came_later() {
    let world = World::new();
    let desk = world.desk();
    by((&desk, &world), Role::Counsel, |session| {
        let first = taken(session, b"%PDF-1.7, an order that may give eight hours");
        let described = taken(session, motion().as_bytes());
        assert_eq!(described.unreadable, None);
        let second = taken(session, b"%PDF-1.7, another");
        let all = listed(session, &CaseFilter::default());
        let cases: Vec<_> = all.iter().map(|one| &one.case).collect();
        assert_eq!(cases, [&first.case, &second.case, &described.case]);
        let due = all[0].due.as_ref().unwrap();
        assert_eq!(
            (due.kind.as_str(), due.at),
            (DESCRIBE, all[0].received_at + SHORTEST)
        );
        // Whoever asks for what is due before an instant sees them, too.
        let soon = CaseFilter {
            due_before: Some(session.now() + SHORTEST + SignedDuration::from_secs(1)),
            ..CaseFilter::default()
        };
        assert_eq!(listed(session, &soon).len(), 2);
        // Described, it has the time that it gives.
        let text = demand_text(&[PERMITTED]);
        session
            .describe(&first.case, &file(text.as_bytes()), &[], None)
            .unwrap();
        let all = listed(session, &CaseFilter::default());
        let now = all.iter().find(|one| one.case == first.case).unwrap();
        assert!(now.due.as_ref().is_none_or(|due| due.kind != DESCRIBE));
    });
}

#[test]
fn what_only_runs_to_its_end_is_told_and_is_no_deadline_of_ours() {
    let world = World::new();
    let desk = world.desk();
    by((&desk, &world), Role::Analyst, |session| {
        taken(session, demand_text(&[PERMITTED]).as_bytes());
        let all = listed(session, &CaseFilter::default());
        assert_eq!(all[0].due, None);
        let runs = all[0].runs.as_ref().expect("the permit runs");
        assert_eq!(runs.clock, "se.clock.permit.one-month");
        let due = CaseFilter {
            due_before: Some(runs.at + SHORTEST),
            ..CaseFilter::default()
        };
        assert_eq!(listed(session, &due), []);
    });
}

#[test]
fn the_list_says_what_is_to_be_signed_and_who_signed_it() {
    let world = World::new();
    let desk = world.desk();
    by((&desk, &world), Role::Analyst, |session| {
        let id = take(session, "A 1").case;
        decide(session, &id);
        let unsigned = |session: &Session<'_>| {
            let all = listed(session, &CaseFilter::default());
            all.into_iter().find_map(|one| one.to_sign)
        };
        let one = unsigned(session).expect("a mandate");
        assert_eq!((one.accounts, one.recipients.len()), (1, 1));
        assert_eq!((one.categories.len(), one.signed_by.len()), (1, 0));
        for (signed, key) in (1..).zip(&world.keys) {
            let waiting = session.to_sign(&id).unwrap().remove(0);
            let line = key.sign_line(&waiting.text).unwrap();
            session
                .add_signatures(&id, &[(waiting.mandate, line)])
                .unwrap();
            let names = unsigned(session).map(|one| one.signed_by.len());
            assert_eq!(names, (signed < world.keys.len()).then_some(signed));
        }
    });
}

#[test]
fn a_right_is_due_in_the_list_as_on_the_page_of_its_case() {
    let world = World::new();
    let desk = world.desk();
    by((&desk, &world), Role::Counsel, |session| {
        let id = taken(session, motion().as_bytes()).case;
        let all = listed(session, &CaseFilter::default());
        let due = all[0].due.clone().expect("the motion");
        assert_eq!(due.clock, "us.clock.comity.fourteen-days");
        assert_eq!(due.kind, "claim-by");
        let page = session.case(&id).unwrap();
        let first = lagrum_law::first_due(&page.clocks).unwrap();
        assert_eq!(
            (first.id.as_str(), first.operative),
            (due.clock.as_str(), Some(due.at))
        );
        // Filed, nothing of it is due any more.
        let now = session.now();
        session
            .record(&id, &[(Moment::Objected, now)], "filed")
            .unwrap();
        let all = listed(session, &CaseFilter::default());
        assert!(all[0].due.as_ref().is_none_or(|due| due.kind != "claim-by"));
    });
}

#[test]
fn what_is_late_stays_first_in_the_list() {
    let world = World::new();
    let desk = world.desk();
    let order = |reference: &str| {
        let european = format!(
            r#"
reference = "{reference}"
[authority]
name = "Amtsgericht Hamburg"
country = "DE"
kind = "court"
[instrument]
kind = "european-production-order"
country = "DE"
notification = "not-required"
"#
        );
        demand_text(&[PERMITTED, &european]).replace("measure = \"interception\"\n", "")
    };
    by((&desk, &world), Role::Counsel, |session| {
        let late = taken(session, order("LATE").as_bytes()).case;
        world
            .time
            .advance(jiff::SignedDuration::from_hours(24 * 12));
        let new = taken(session, order("NEW").as_bytes()).case;
        let all = listed(session, &CaseFilter::default());
        let cases: Vec<_> = all.iter().map(|one| &one.case).collect();
        assert_eq!(cases, [&late, &new]);
        let due = all[0].due.as_ref().unwrap();
        assert!(due.at < session.now(), "it is late, and still there");
    });
}

#[test]
fn bytes_that_were_refused_are_not_described_by_taking_them_in_again() {
    let world = World::new();
    let desk = world.desk();
    let text = motion();
    let first = by((&desk, &world), Role::Analyst, |session| {
        taken(session, text.as_bytes())
    });
    assert!(first.unreadable.is_some(), "an analyst states no findings");
    by((&desk, &world), Role::Counsel, |session| {
        let again = taken(session, text.as_bytes());
        assert_eq!((&again.case, again.new), (&first.case, false));
        let case = session.case(&first.case).unwrap().case;
        assert_eq!(case.state(), CaseState::Received);
        let genuine = Genuine {
            verified: true,
            how: "called",
            despite: None,
        };
        let refused = session.authenticate(&first.case, &genuine).unwrap_err();
        assert!(matches!(refused.refusal(), Some(Refusal::NotDescribed)));
        session
            .describe(&first.case, &file(text.as_bytes()), &[], None)
            .unwrap();
        let case = session.case(&first.case).unwrap().case;
        assert_eq!(case.state(), CaseState::Described);
    });
}

#[test]
fn an_annex_that_comes_with_known_bytes_is_not_said_to_be_there() {
    let world = World::new();
    let desk = world.desk();
    by((&desk, &world), Role::Analyst, |session| {
        let first = take(session, "A 1");
        let (_, bytes) = session.original(&first.case, 1).unwrap();
        let annex = file(b"%PDF-1.7, the decision");
        let again = session
            .intake(&file(&bytes), std::slice::from_ref(&annex))
            .unwrap();
        assert!(!again.new, "nothing was recorded");
        let held = |session: &Session<'_>| session.case(&first.case).unwrap().case.originals.len();
        assert_eq!(held(session), 1);
        session.attach(&first.case, &annex).unwrap();
        assert_eq!(held(session), 2);
    });
}
