//! Closing a case ends the work on it, and none of the duties that come with it.

use lagrum_model::testing::{PERMITTED, demand_text};
use lagrum_model::{Arrival, CaseId, CaseState, Disposition, Duty, Link, Moment, Refusal, Role};
use lagrum_store::{CaseFilter, Order, Page, Summary};
use rand_core::OsRng;

use super::agent::{preserve, produce, the_mandate};
use super::world::{World, decide, person, sign, take, take_text};
use crate::{CommandError, Desk, Genuine, Intake, Session, StillRuns};

fn work<T>(desk: &Desk, world: &World, work: impl FnOnce(&mut Session<'_>) -> T) -> T {
    let mut random = OsRng;
    work(&mut desk.session(person(desk, Role::Analyst), &world.time, &mut random))
}

fn described(session: &mut Session<'_>, more: &str) -> CaseId {
    take_text(session, &demand_text(&[PERMITTED, more])).case
}

fn decided(session: &mut Session<'_>, more: &str) -> CaseId {
    let id = described(session, more);
    decide(session, &id);
    id
}

/// The same, signed and frozen by its agent.
fn frozen(world: &World, session: &mut Session<'_>, more: &str) -> CaseId {
    let id = decided(session, more);
    sign(world, session, &id);
    preserve(world, &the_mandate(session, &id));
    session.settle().unwrap();
    id
}

fn listed(session: &Session<'_>, id: &CaseId) -> Summary {
    let open = CaseFilter {
        open: Some(true),
        ..CaseFilter::default()
    };
    let page = session
        .cases(&open, Order::Due, Page::number(1, 50))
        .unwrap();
    let found = page.items.into_iter().find(|one| one.case == *id);
    found.expect("it is in the list of what is open")
}

const PRESERVATION: &str = r#"
reference = "R 7"
[instrument]
kind = "preservation-order"
provision = "Rättegångsbalken 27 kap. 16 §"
issued_by = { name = "Åklagarkammaren", kind = "prosecutor" }
[[part]]
categories = ["subscriber"]
"#;

#[test]
fn data_that_is_kept_outlives_the_case_that_asked_for_it() {
    let world = World::new();
    let desk = world.desk();
    work(&desk, &world, |session| {
        let id = frozen(&world, session, PRESERVATION);
        let case = session.case(&id).unwrap().case;
        assert_eq!(case.answers[0].disposition, Disposition::Preserve);
        let refused = session
            .close(&id, "answered", StillRuns::Refuse)
            .unwrap_err();
        let Some(Refusal::DutiesRun { duties }) = refused.refusal() else {
            panic!("{refused}");
        };
        let kept = Duty::Clock {
            id: "se.clock.preservation.ninety-days".into(),
        };
        assert_eq!(duties.as_slice(), std::slice::from_ref(&kept));

        let closed = session.close(&id, "frozen", StillRuns::LivesOn).unwrap();
        assert!(!closed.closed && closed.duties == [kept] && closed.clocks.len() == 1);
        let one = listed(session, &id);
        assert_eq!((one.state, one.closed), (CaseState::DutiesRun, false));
        assert_eq!(one.due.unwrap().clock, "se.clock.preservation.ninety-days");

        let again = session.close(&id, "done", StillRuns::Refuse).unwrap_err();
        assert!(matches!(again.refusal(), Some(Refusal::DutiesRun { .. })));
        let at = session.now();
        session
            .record(&id, &[(Moment::NoLongerNeeded, at)], "letter")
            .unwrap();
        assert!(
            session
                .close(&id, "done", StillRuns::Refuse)
                .unwrap()
                .closed
        );
        let case = session.case(&id).unwrap().case;
        assert_eq!(case.state(), CaseState::Closed);
    });
}

/// German police, which may order who an account is in an emergency before anybody validated that.
const NOT_VALIDATED: &str = r#"
reference = "HH 1"
[authority]
name = "Polizei Hamburg"
country = "DE"
kind = "police"
[instrument]
kind = "european-production-order"
country = "DE"
notification = "not-required"
issued_by = { name = "Polizei Hamburg", kind = "police" }
signatures = [{ name = "P", form = "qualified" }]
[emergency]
threat_to = "person"
facts = "a kidnapped child"
[recipient]
name = "Polizei Hamburg"
key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
[[part]]
categories = ["subscriber"]
"#;

#[test]
fn what_had_to_be_validated_afterwards_and_was_not_is_owed_although_its_time_passed() {
    let world = World::new();
    let list = world.dir().join("authorities.toml");
    let known = std::fs::read_to_string(&list).unwrap();
    let hamburg = "[[authority]]\nname = \"Polizei Hamburg\"\ncountry = \"DE\"\nkind = \"police\"\ndomains = [\"police.example\"]\ntelephone = \"+49 40 555 0102\"\n";
    std::fs::write(&list, format!("{known}\n{hamburg}")).unwrap();
    let desk = world.desk();
    work(&desk, &world, |session| {
        let order = demand_text(&[PERMITTED, NOT_VALIDATED]);
        let order = order.replace("measure = \"interception\"\n", "");
        let id = take_text(session, &order).case;
        decide(session, &id);
        sign(&world, session, &id);
        produce(&world, &the_mandate(session, &id));
        session.deliver(&id).unwrap();
        let validation = Duty::Clock {
            id: "eu.clock.validation.forty-eight-hours".into(),
        };
        let owed = |session: &mut Session<'_>| {
            let refused = session.close(&id, "answered", StillRuns::Refuse);
            match refused.as_ref().map_err(CommandError::refusal) {
                Err(Some(Refusal::DutiesRun { duties })) => duties.contains(&validation),
                _ => false,
            }
        };
        assert!(owed(session));
        world.time.advance(jiff::SignedDuration::from_hours(24 * 7));
        assert!(owed(session), "nobody validated it, and its time passed");
        let at = session.now();
        session
            .record(&id, &[(Moment::Validated, at)], "their judge")
            .unwrap();
        assert!(!owed(session));
    });
}

#[test]
fn a_demand_that_was_refused_leaves_nothing_behind() {
    let world = World::new();
    let desk = world.desk();
    work(&desk, &world, |session| {
        let id = described(session, PRESERVATION);
        let genuine = Genuine {
            verified: false,
            how: "nobody answers",
            despite: None,
        };
        session.authenticate(&id, &genuine).unwrap();
        session
            .assess(&id, jiff::civil::date(2026, 11, 21))
            .unwrap();
        session.decide(&id, &[], "not verified").unwrap();
        assert!(
            session
                .close(&id, "answered", StillRuns::Refuse)
                .unwrap()
                .closed
        );
    });
}

#[test]
fn a_court_that_was_asked_still_has_to_rule_when_the_case_is_closed() {
    let world = World::new();
    let desk = world.desk();
    work(&desk, &world, |session| {
        let id = decided(session, PRESERVATION);
        let at = session.now();
        session
            .record(&id, &[(Moment::CourtReviewAsked, at)], "our letter")
            .unwrap();
        session
            .record(&id, &[(Moment::NoLongerNeeded, at)], "letter")
            .unwrap();
        let refused = session
            .close(&id, "answered", StillRuns::Refuse)
            .unwrap_err();
        let review = Duty::Clock {
            id: "se.clock.review.four-days".into(),
        };
        assert!(
            matches!(refused.refusal(), Some(Refusal::DutiesRun { duties }) if duties.contains(&review)),
            "{refused}"
        );
        session
            .record(&id, &[(Moment::CourtDecided, at)], "ruling")
            .unwrap();
        assert!(
            session
                .close(&id, "answered", StillRuns::Refuse)
                .unwrap()
                .closed
        );
    });
}

#[test]
fn a_closed_case_is_taken_up_again_and_its_memo_is_still_there() {
    let world = World::new();
    let desk = world.desk();
    work(&desk, &world, |session| {
        let id = frozen(&world, session, PRESERVATION);
        let then = session.case(&id).unwrap().case.assessment.unwrap();
        session.close(&id, "frozen", StillRuns::LivesOn).unwrap();
        let now = session.found_today(&id).unwrap();
        assert_eq!(now.parts.len(), then.parts.len());
        assert_eq!(
            session.case(&id).unwrap().case.assessment,
            Some(then),
            "looking again changes nothing"
        );
        assert!(session.reopen(&id, " ").is_err(), "it says why");
        session.reopen(&id, "the authority wrote again").unwrap();
        let case = session.case(&id).unwrap().case;
        assert_eq!((case.state(), case.answers.len()), (CaseState::Decided, 1));
    });
}

#[test]
fn a_demand_sent_again_is_one_demand_with_two_receipts() {
    let world = World::new();
    let desk = world.desk();
    work(&desk, &world, |session| {
        let first = take(session, "R 1").case;
        let again = take(session, "R 1").case;
        take(session, "R 1 (another)");
        let alike = |id| -> Vec<_> {
            let all = session.alike(id).unwrap().into_iter();
            all.map(|one| one.case).collect()
        };
        assert_eq!(alike(&again), std::slice::from_ref(&first));
        let nobody = CaseId::new(2026, 9999);
        assert!(
            session
                .link(&again, &nobody, Link::AnsweredThere, "x")
                .is_err()
        );
        assert!(session.case(&again).unwrap().case.links.is_empty());
        assert!(session.link(&again, &again, Link::Related, "x").is_err());
        session
            .link(
                &again,
                &first,
                Link::AnsweredThere,
                "the same order by letter",
            )
            .unwrap();
        let links = |id| session.case(id).unwrap().case.links;
        assert!(session.alike(&again).unwrap().is_empty(), "they are linked");
        assert_eq!(links(&again), [(first.clone(), Link::AnsweredThere)]);
        assert_eq!(links(&first), [(again.clone(), Link::SentAgain)]);
        assert!(
            session
                .close(&again, "sent again", StillRuns::Refuse)
                .unwrap()
                .closed
        );
        let refused = session.close(&first, "x", StillRuns::Refuse).unwrap_err();
        assert_eq!(refused.refusal(), Some(&Refusal::NotAnswered));
    });
}

#[test]
fn a_decided_demand_is_described_anew_for_a_reason_that_is_said() {
    let world = World::new();
    let desk = world.desk();
    work(&desk, &world, |session| {
        let id = decided(session, PRESERVATION);
        let text = demand_text(&[PERMITTED, PRESERVATION, "reference = \"R 8\""]);
        let file = Intake {
            file_name: "demand.toml",
            bytes: text.as_bytes(),
            arrival: Arrival::default(),
        };
        assert!(session.describe(&id, &file, &[], None).is_err());
        let why = Some("the reference was misread");
        assert!(session.describe(&id, &file, &[], why).unwrap());
        // The same again is not said to be another description.
        assert!(!session.describe(&id, &file, &[], why).unwrap());
        let view = session.case(&id).unwrap();
        assert_eq!(view.case.state(), CaseState::Described);
        assert_eq!(
            view.events.last().unwrap().reason,
            "the reference was misread"
        );
    });
}

#[test]
fn an_order_of_secrecy_outlives_the_case_and_its_end_is_in_the_list() {
    let world = World::new();
    let desk = world.desk();
    work(&desk, &world, |session| {
        let secret = format!(
            "{PRESERVATION}\n[secrecy]\nprovision = \"RB 27:16 a\"\nuntil = \"2027-10-01T00:00:00Z\"\n"
        );
        let id = decided(session, &secret);
        let at = session.now();
        session
            .record(&id, &[(Moment::NoLongerNeeded, at)], "letter")
            .unwrap();
        let refused = session
            .close(&id, "answered", StillRuns::Refuse)
            .unwrap_err();
        let silence = Duty::Notice {
            id: "se.notice.preservation".into(),
        };
        assert!(
            matches!(refused.refusal(), Some(Refusal::DutiesRun { duties }) if *duties == [silence]),
            "{refused}"
        );
        session.close(&id, "answered", StillRuns::LivesOn).unwrap();
        let due = listed(session, &id).due.unwrap();
        assert_eq!(due.clock, "se.notice.preservation");
        assert_eq!(due.at.to_string(), "2027-10-01T00:00:00Z");

        // It is extended, and then lifted earlier: what was said last counts, for the list and for what is told.
        for end in ["2028-01-01T00:00:00Z", "2027-06-01T00:00:00Z"] {
            let until = [(Moment::SecrecyUntil, end.parse().unwrap())];
            session.record(&id, &until, "letter").unwrap();
            assert_eq!(listed(session, &id).due.unwrap().at.to_string(), end);
            let case = session.case(&id).unwrap().case;
            let notice = desk.notices(&case, session.now()).unwrap().remove(0);
            assert_eq!(notice.next_by.unwrap().to_string(), end);
        }
        let open = decided(session, &PRESERVATION.replace("R 7", "R 9"));
        let until = [(
            Moment::SecrecyUntil,
            "2028-01-01T00:00:00Z".parse().unwrap(),
        )];
        let refused = session.record(&open, &until, "letter").unwrap_err();
        assert_eq!(refused.refusal(), Some(&Refusal::NoSecrecy));
    });
}
