//! What nobody can carry out any more is drafted anew, and nothing that somebody still may.

use std::fs;
use std::path::Path;

use jiff::SignedDuration;
use lagrum_mandate::gate::CLOCK_TOLERANCE;
use lagrum_mandate::{Mandate, Recall};
use lagrum_model::{CaseId, CaseState, Disposition, Refusal, Role};
use lagrum_store::{CaseFilter, Order, Page, WaitingFor};
use lagrum_transport::Stem;
use rand_core::OsRng;

use super::agent::{offer, produce, refuse, the_mandate};
use super::world::{World, decide, person, sign, take};
use crate::mandates::LIFE;
use crate::{CommandError, DeskConfig, Session, StillRuns};

/// A case whose one mandate is with its agent.
fn released(world: &World, session: &mut Session<'_>) -> (CaseId, Mandate) {
    let id = take(session, "R 9").case;
    decide(session, &id);
    sign(world, session, &id);
    let mandate = the_mandate(session, &id);
    assert!(offer(world, &mandate).exists());
    (id, mandate)
}

fn recall(world: &World, session: &mut Session<'_>, id: &CaseId, mandate: &Mandate) {
    let recall = Recall {
        case: id.clone(),
        mandate: mandate.digest(),
        at: mandate.issued_at,
    };
    let note = world.keys[1].sign_note(&recall.to_text()).unwrap();
    session.recall(id, &[note], "it was refused").unwrap();
    session.settle().unwrap();
}

fn decide_again(session: &mut Session<'_>, id: &CaseId) -> Result<crate::Decided, Refusal> {
    match session.decide(id, &[], "again") {
        Ok(decided) => Ok(decided),
        Err(CommandError::Refused { refusal, .. }) => Err(refusal),
        Err(other) => panic!("{other}"),
    }
}

fn waits_for(session: &Session<'_>, id: &CaseId) -> (CaseState, WaitingFor) {
    let page = Page::number(1, 10);
    let all = session.cases(&CaseFilter::default(), Order::Number, page);
    let row = all.unwrap().items.into_iter().find(|row| row.case == *id);
    let row = row.unwrap();
    (row.state, row.waiting_for)
}

#[test]
fn what_ran_out_is_drafted_anew_and_not_a_minute_before_no_agent_can_carry_it_out() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let by = person(&desk, Role::Analyst);
    let mut session = desk.session(by, &world.time, &mut random);
    let (id, first) = released(&world, &mut session);
    assert_eq!(
        decide_again(&mut session, &id).unwrap_err(),
        Refusal::AnswersFixed
    );
    // It ran out by the desk's clock, and an agent's may be behind.
    world
        .time
        .advance(LIFE + CLOCK_TOLERANCE - SignedDuration::from_mins(1));
    assert_eq!(waits_for(&session, &id).1, WaitingFor::Agent);
    assert!(session.case(&id).unwrap().lapsed.is_empty());
    assert_eq!(
        decide_again(&mut session, &id).unwrap_err(),
        Refusal::AnswersFixed
    );
    world.time.advance(SignedDuration::from_mins(2));
    assert_eq!(session.case(&id).unwrap().lapsed, [first.digest()]);
    // Nothing was recorded, and the list says what is so.
    assert_eq!(waits_for(&session, &id).1, WaitingFor::Decision);
    let decided = decide_again(&mut session, &id).unwrap();
    assert_eq!(decided.lapsed, [first.digest()]);
    session.settle().unwrap();
    assert!(!offer(&world, &first).exists(), "nobody begins with it now");
    let second = the_mandate(&session, &id);
    assert_eq!(decided.mandates, [second.digest()]);
    assert_ne!(second.nonce, first.nonce);
    assert_eq!(
        (second.identifiers, second.categories, second.period),
        (first.identifiers, first.categories, first.period)
    );
    assert!(second.issued_at > first.expires_at);
    let signatures = vec![Role::Counsel, Role::Analyst];
    assert_eq!(
        waits_for(&session, &id),
        (CaseState::Decided, WaitingFor::Signature(signatures))
    );
    sign(&world, &mut session, &id);
    let second = the_mandate(&session, &id);
    assert!(offer(&world, &second).exists());
    produce(&world, &second);
    session.deliver(&id).unwrap();
    session.close(&id, "answered", StillRuns::LivesOn).unwrap();
    whole(&session);
}

#[test]
fn what_its_agent_refuses_because_it_ran_out_waits_for_a_decision_and_for_no_agent() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let by = person(&desk, Role::Analyst);
    let mut session = desk.session(by, &world.time, &mut random);
    let (id, mandate) = released(&world, &mut session);
    // What failed in time is tried again.
    refuse(&world, &mandate, "a store failed", false);
    session.settle().unwrap();
    assert_eq!(
        waits_for(&session, &id),
        (CaseState::NotProduced, WaitingFor::Agent)
    );
    world.time.advance(LIFE + CLOCK_TOLERANCE);
    refuse(&world, &mandate, "it expired", false);
    session.settle().unwrap();
    assert_eq!(
        waits_for(&session, &id),
        (CaseState::NotProduced, WaitingFor::Decision)
    );
    assert_eq!(session.case(&id).unwrap().case.not_handed_over(), [0]);
    decide_again(&mut session, &id).unwrap();
    sign(&world, &mut session, &id);
    produce(&world, &the_mandate(&session, &id));
    session.deliver(&id).unwrap();
    assert!(session.case(&id).unwrap().case.not_handed_over().is_empty());
    whole(&session);
}

#[test]
fn what_was_recalled_is_drafted_anew_when_its_agent_has_answered_that_and_not_before() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let by = person(&desk, Role::Analyst);
    let mut session = desk.session(by, &world.time, &mut random);
    let (id, first) = released(&world, &mut session);
    refuse(&world, &first, "mandate: the recipient is not known", false);
    session.settle().unwrap();
    assert_eq!(
        decide_again(&mut session, &id).unwrap_err(),
        Refusal::AnswersFixed,
        "it would try again"
    );
    recall(&world, &mut session, &id, &first);
    let until = first.expires_at + CLOCK_TOLERANCE;
    let waits = Refusal::MayBeCarriedOut { until };
    assert_eq!(decide_again(&mut session, &id).unwrap_err(), waits);
    assert!(offer(&world, &first).exists(), "so that the agent answers");
    // A refusal that does not say that it heard the recall may be an old one.
    refuse(&world, &first, "mandate: another reason", false);
    assert_eq!(decide_again(&mut session, &id).unwrap_err(), waits);
    // The same words, signed with knowledge of the recall.
    refuse(&world, &first, "mandate: another reason", true);
    session.settle().unwrap();
    assert_eq!(
        waits_for(&session, &id),
        (CaseState::NotProduced, WaitingFor::Decision)
    );
    let decided = decide_again(&mut session, &id).unwrap();
    assert_eq!(decided.lapsed, [first.digest()]);
    sign(&world, &mut session, &id);
    assert!(!offer(&world, &first).exists());
    // Nothing of it lies with the agent any more.
    let stem = Stem::of(&first).to_string();
    for folder in ["in", "out"] {
        let left = fs::read_dir(world.dir().join("exchange").join(folder)).unwrap();
        let mut left = left.map(|file| file.unwrap().file_name().into_string().unwrap());
        assert_eq!(left.find(|name| name.starts_with(&stem)), None);
    }
    // And if its answer comes once more, that changes nothing.
    refuse(&world, &first, "mandate: another reason", true);
    session.settle().unwrap();
    assert_eq!(waits_for(&session, &id).0, CaseState::Mandated);
    whole(&session);
}

#[test]
fn an_answer_that_comes_after_the_mandate_lapsed_is_taken_and_what_replaced_it_is_taken_back() {
    for signed in [false, true] {
        let world = World::new();
        let desk = world.desk();
        let mut random = OsRng;
        let by = person(&desk, Role::Analyst);
        let mut session = desk.session(by, &world.time, &mut random);
        let (id, first) = released(&world, &mut session);
        world.time.advance(LIFE + CLOCK_TOLERANCE);
        decide_again(&mut session, &id).unwrap();
        let second = the_mandate(&session, &id);
        if signed {
            sign(&world, &mut session, &id);
            assert!(offer(&world, &second).exists());
        }
        // Its agent had sealed in time, and reaches the desk only now.
        produce(&world, &first);
        session.settle().unwrap();
        assert!(!offer(&world, &second).exists());
        let case = session.case(&id).unwrap().case;
        assert!(case.mandates[&first.digest()].produced.is_some());
        assert!(session.to_sign(&id).is_err(), "nothing is left to sign");
        assert_eq!(session.deliver(&id).unwrap().packages.len(), 1);
        if signed {
            // And if an agent had begun with the other: that is recorded as well.
            produce(&world, &second);
            session.settle().unwrap();
            let case = session.case(&id).unwrap().case;
            assert!(case.mandates[&second.digest()].produced.is_some());
        }
        session.deliver(&id).unwrap();
        session.close(&id, "answered", StillRuns::LivesOn).unwrap();
        whole(&session);
    }
}

#[test]
fn nothing_is_drafted_anew_on_law_that_says_something_else_now() {
    let world = World::new();
    let (id, first) = {
        let desk = world.desk();
        let mut random = OsRng;
        let by = person(&desk, Role::Analyst);
        released(&world, &mut desk.session(by, &world.time, &mut random))
    };
    world.time.advance(LIFE + CLOCK_TOLERANCE);
    new_law(&world);
    let desk = world.desk();
    let mut random = OsRng;
    let by = person(&desk, Role::Analyst);
    let mut session = desk.session(by, &world.time, &mut random);
    assert_eq!(
        decide_again(&mut session, &id).unwrap_err(),
        Refusal::LawChanged {
            part: 0,
            was: Disposition::Produce,
            now: Disposition::Reject,
        }
    );
    let case = session.case(&id).unwrap().case;
    assert!(
        !case.mandates[&first.digest()].is_lapsed(),
        "nothing happened"
    );
    let today = jiff::civil::date(2026, 12, 3);
    session.assess(&id, today).unwrap();
    assert_eq!(
        waits_for(&session, &id),
        (CaseState::Assessed, WaitingFor::Decision)
    );
    let decided = decide_again(&mut session, &id).unwrap();
    assert_eq!(decided.answers[0].disposition, Disposition::Reject);
    assert_eq!(decided.mandates, []);
    // What comes late now was decided otherwise: it is recorded, and does not leave.
    produce(&world, &first);
    let delivered = session.deliver(&id);
    assert!(
        matches!(
            delivered,
            Err(CommandError::Refused {
                refusal: Refusal::DecidedOtherwise,
                ..
            })
        ),
        "{delivered:?}"
    );
    let case = session.case(&id).unwrap().case;
    assert!(case.mandates[&first.digest()].produced.is_some());
    session.close(&id, "rejected", StillRuns::LivesOn).unwrap();
}

/// From now on this desk's law packs forbid all content.
fn new_law(world: &World) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law");
    let to = world.dir().join("law");
    copy(&from, &to);
    let file = to.join("provider/promise.cedar");
    let more = r#"
@id("provider.no-content")
@cite("The provider's published promise, point 4")
@says("No content is disclosed.")
@verified("provider's own rule; not confirmed by counsel")
@route("reject")
@instead("Ask for something else.")
forbid (principal, action == Action::"disclose", resource)
when { resource.category == Category::"content" };
"#;
    fs::write(&file, fs::read_to_string(&file).unwrap() + more).unwrap();
    let file = world.dir().join("desk.toml");
    let mut config: DeskConfig = toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    config.law = Some("law".into());
    fs::write(&file, toml::to_string(&config).unwrap()).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &place),
            false => fs::copy(entry.path(), place).map(|_| ()).unwrap(),
        }
    }
}

#[test]
fn what_ran_out_is_not_signed_and_holds_no_case_open() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let by = person(&desk, Role::Analyst);
    let mut session = desk.session(by, &world.time, &mut random);
    // Nobody signed it in time.
    let id = take(&mut session, "R 10").case;
    decide(&mut session, &id);
    let waiting = session.to_sign(&id).unwrap().remove(0);
    let line = world.keys[0].sign_line(&waiting.text).unwrap();
    let roles = vec![Role::Counsel, Role::Analyst];
    assert_eq!(waits_for(&session, &id).1, WaitingFor::Signature(roles));
    world.time.advance(LIFE);
    assert_eq!(waits_for(&session, &id).1, WaitingFor::Decision);
    let late = session.add_signatures(&id, &[(waiting.mandate, line)]);
    assert!(
        matches!(
            late,
            Err(CommandError::Refused {
                refusal: Refusal::MandateExpired { .. },
                ..
            })
        ),
        "{late:?}"
    );
    decide_again(&mut session, &id).unwrap();
    sign(&world, &mut session, &id);
    let second = the_mandate(&session, &id);
    assert_ne!(second.digest(), waiting.mandate);
    // Nobody ever answers. The case ends, and its agent has nothing left to begin with.
    let open = session.close(&id, "too late", StillRuns::LivesOn);
    assert!(
        matches!(
            open,
            Err(CommandError::Refused {
                refusal: Refusal::WithAgent,
                ..
            })
        ),
        "{open:?}"
    );
    world.time.advance(LIFE + CLOCK_TOLERANCE);
    session.close(&id, "too late", StillRuns::LivesOn).unwrap();
    session.settle().unwrap();
    assert!(!offer(&world, &second).exists());
    // What comes even later is recorded, in the closed case.
    produce(&world, &second);
    session.settle().unwrap();
    let case = session.case(&id).unwrap().case;
    assert!(case.mandates[&second.digest()].produced.is_some());
}

/// What is kept is what was recorded, and every signature in it fits.
fn whole(session: &Session<'_>) {
    session.desk().settle().unwrap();
    let found = session.verify(&mut |fault| panic!("{fault:?}")).unwrap();
    assert_eq!(found.faults, 0);
}
