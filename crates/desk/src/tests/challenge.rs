//! A challenge: who has it, what records it, and that none is lost from sight.

use lagrum_model::testing::{PERMITTED, demand_text};
use lagrum_model::{
    Arrival, CaseId, Challenge, Channel, Disposition, Duty, EventKind, FormReason, Language,
    LetterKind, Moment, NoLetter, Refusal, Role, Ruling, RulingOutcome, TimeSource as _, WatchKind,
};
use lagrum_store::{Page, WaitingFor};
use rand_core::OsRng;

use super::world::{World, call_back, person, take, take_text};
use crate::{CommandError, Genuine, Intake, Sending, Session, StandsOpen, StillRuns};

fn genuine(session: &mut Session<'_>, id: &CaseId) {
    call_back(session, id);
    let genuine = Genuine {
        verified: true,
        how: "called back",
        despite: None,
    };
    session.authenticate(id, &genuine).unwrap();
    session.assess(id, jiff::civil::date(2026, 11, 21)).unwrap();
}

/// A case whose one part a person challenges although the law would hand it over.
fn challenged(session: &mut Session<'_>, reference: &str) -> CaseId {
    let id = take(session, reference).case;
    genuine(session, &id);
    let challenge = [(0, Disposition::Challenge)];
    session
        .decide(&id, &challenge, "the court is not competent")
        .unwrap();
    id
}

fn waits(session: &Session<'_>, id: &CaseId) -> WaitingFor {
    session.desk().inner.store.summary(id).unwrap().waiting_for
}

fn open(session: &Session<'_>) -> Vec<(CaseId, String)> {
    let found = session.standing(StandsOpen::Challenged, Page::number(1, 10));
    let found = found.unwrap().items.into_iter();
    found.map(|(one, _)| (one.case, one.about)).collect()
}

#[test]
fn a_challenge_is_filed_then_before_the_court_then_ruled_on_and_stays_in_sight_until_it_is_over() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let session = &mut desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    let id = challenged(session, "AM-1");
    let how_far = |session: &Session<'_>| session.case(&id).unwrap().case.challenge().unwrap();
    assert_eq!(waits(session, &id), WaitingFor::Filing);
    assert_eq!(open(session), [(id.clone(), "1".to_owned())]);
    let record = |session: &mut Session<'_>, what| {
        let at = world.time.now();
        session.record(&id, &[(what, at)], "as the court wrote")
    };
    for (what, standing, waiting) in [
        (
            Moment::CourtReviewAsked,
            Challenge::Before,
            WaitingFor::Court,
        ),
        (Moment::Heard, Challenge::Before, WaitingFor::Court),
        (Moment::CourtRuled, Challenge::Ruled, WaitingFor::Letter),
        (Moment::Appealed, Challenge::Before, WaitingFor::Court),
        (Moment::AppealDecided, Challenge::Ruled, WaitingFor::Letter),
    ] {
        record(session, what).unwrap();
        assert_eq!(how_far(session), standing, "{what}");
        // While nobody ruled on it, closing the case does not end it.
        if standing == Challenge::Before {
            let refused = session.close(&id, "x", StillRuns::Refuse).unwrap_err();
            let named = matches!(refused.refusal(), Some(Refusal::DutiesRun { duties }) if duties.contains(&Duty::Challenge));
            assert!(named, "{what}: {refused}");
        }
        assert_eq!(waits(session, &id), waiting, "{what}");
        assert_eq!(open(session).len(), 1, "{what}");
    }
    session.close(&id, "vacated", StillRuns::LivesOn).unwrap();
    assert_eq!(open(session), []);
    session.reopen(&id, "the ruling was set aside").unwrap();
    assert_eq!(open(session), [(id.clone(), "1".to_owned())]);
    record(session, Moment::Withdrawn).unwrap();
    assert_eq!(open(session), []);
    let mut random = OsRng;
    let administrator = desk.session(person(&desk, Role::Administrator), &world.time, &mut random);
    assert_eq!(administrator.compare().unwrap(), []);
    let refused = administrator.standing(StandsOpen::Challenged, Page::number(1, 1));
    assert!(matches!(refused, Err(CommandError::NotAllowed(_))));
}

#[test]
fn what_is_decided_otherwise_is_challenged_no_more() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let session = &mut desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    let (one, other) = (challenged(session, "AM-1"), challenged(session, "AM-2"));
    let standing = session.standing(StandsOpen::Challenged, Page::number(1, 1));
    let standing = standing.unwrap();
    assert_eq!(standing.total, 2);
    assert_eq!(standing.items[0].0.case, other, "the latest first");
    session
        .decide(&one, &[(0, Disposition::Produce)], "the law's own answer")
        .unwrap();
    let open = open(session);
    assert_eq!(open, [(other, "1".to_owned())]);
    let kept = desk.inner.store.watched(
        WatchKind::Challenged,
        world.time.now(),
        lagrum_store::Which::All,
        Page::number(1, 10),
    );
    assert_eq!(kept.unwrap().total, 2, "what was over is not forgotten");
}

#[test]
fn a_stage_and_its_papers_are_recorded_together_or_not_at_all() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let session = &mut desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let id = challenged(session, "AM-1");
    let motion = Intake {
        file_name: "motion.pdf",
        bytes: b"%PDF motion",
        arrival: Arrival::default(),
    };
    let before = session.case(&id).unwrap().events.len();
    let ahead = world.time.now() + jiff::SignedDuration::from_hours(1);
    for (what, at, how) in [
        (Moment::Objected, ahead, "filed"),
        (Moment::Objected, world.time.now(), " "),
    ] {
        let done = session.record_with(&id, &[(what, at)], how, std::slice::from_ref(&motion));
        assert!(done.unwrap_err().refusal().is_some());
    }
    assert_eq!(session.case(&id).unwrap().events.len(), before);
    let at = world.time.now();
    session
        .record_with(&id, &[(Moment::Objected, at)], "docket 7", &[motion])
        .unwrap();
    let view = session.case(&id).unwrap();
    assert_eq!(view.events.len(), before + 2);
    assert_eq!(view.case.originals.len(), 2);
    assert_eq!(session.original(&id, 2).unwrap().1, b"%PDF motion");
}

fn sent(session: &mut Session<'_>, id: &CaseId, kind: LetterKind, objects: bool) {
    let letter = Sending {
        kind,
        language: Language::English,
        to: "Polisen",
        by: Channel::Post,
        account: None,
        text: "Title\n\nWords.",
        objects,
    };
    session.send_letter(id, &letter).unwrap();
}

/// A court of another Member State, as the list of authorities has it.
const COURT: &str = r#"
[[authority]]
name = "Amtsgericht Hamburg"
country = "DE"
kind = "court"
domains = ["police.example"]
telephone = "+49 40 555 0101"
"#;

/// A European Production Order of that court, with what else is said.
fn european(differs: &str) -> String {
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
signatures = [{ name = "Amtsgericht Hamburg", form = "qualified" }]
[recipient]
name = "Amtsgericht Hamburg"
key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
"#;
    demand_text(&[PERMITTED, european, differs]).replace("measure = \"interception\"\n", "")
}

#[test]
fn what_counsel_refuses_of_a_certificate_goes_out_with_the_form_and_its_ground() {
    let world = World::new();
    let list = world.dir().join("authorities.toml");
    let known = std::fs::read_to_string(&list).unwrap();
    std::fs::write(&list, known + COURT).unwrap();
    let desk = world.desk();
    let mut random = OsRng;
    let session = &mut desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    let ground = FormReason::ImmunityOrPrivilege;
    let refuse = [(0, Disposition::Reject)];
    let id = take_text(session, &european("")).case;
    genuine(session, &id);
    // Without a ground nothing is decided, and it is said which part lacks one.
    let refused = session.decide(&id, &refuse, "a lawyer's account");
    assert_eq!(
        refused.unwrap_err().refusal(),
        Some(&Refusal::GroundMissing { part: 0 })
    );
    assert!(session.case(&id).unwrap().case.answers.is_empty());
    // A ground alone refuses nothing.
    let nothing = session.decide_on(&id, &[], Some(ground), "a lawyer's account");
    assert_eq!(
        nothing.unwrap_err().refusal(),
        Some(&Refusal::GroundNotAsked)
    );
    session
        .decide_on(&id, &refuse, Some(ground), "a lawyer's account")
        .unwrap();
    let view = session.case(&id).unwrap();
    let form = view.case.answers[0].form.unwrap();
    // Article 10(5): to the enforcing authority, too.
    assert_eq!((form.reason, form.enforcing_authority), (ground, true));
    assert_eq!(
        view.case.letter_owed(&view.events),
        Some(LetterKind::AnnexIii)
    );
    sent(session, &id, LetterKind::AnnexIii, false);
    let view = session.case(&id).unwrap();
    assert_eq!(view.case.letter_owed(&view.events), None);
    // What is no certificate has no such form.
    let id = take(session, "AM-1").case;
    genuine(session, &id);
    let refused = session.decide_on(&id, &refuse, Some(ground), "x");
    assert_eq!(
        refused.unwrap_err().refusal(),
        Some(&Refusal::GroundNotAsked)
    );
    session.decide(&id, &refuse, "too wide").unwrap();
}

#[test]
fn after_a_ruling_the_authority_is_owed_a_letter_about_it_once() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let session = &mut desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    let id = challenged(session, "AM-1");
    let kind = LetterKind::CourtOutcome;
    let may = |session: &Session<'_>| {
        let all = session.letters(&id).unwrap();
        all.into_iter()
            .find(|one| one.kind == kind)
            .unwrap()
            .why_not
    };
    let owed = |session: &Session<'_>| {
        let view = session.case(&id).unwrap();
        view.case.letter_owed(&view.events)
    };
    let at = world.time.now();
    session
        .record(&id, &[(Moment::CourtReviewAsked, at)], "filed")
        .unwrap();
    assert_eq!(
        (may(session), owed(session)),
        (Some(NoLetter::NoRuling), None)
    );
    let ruling = Ruling {
        outcome: RulingOutcome::Granted,
        case_number: Some("T 1234-26".into()),
    };
    let ruled = |session: &mut Session<'_>, what| {
        session.record_ruling(&id, &[(what, at)], Some(&ruling), "their letter", &[])
    };
    assert_eq!(
        ruled(session, Moment::Heard).unwrap_err().refusal(),
        Some(&Refusal::NoRuling {
            what: Moment::Heard
        })
    );
    ruled(session, Moment::CourtRuled).unwrap();
    let kept = session.case(&id).unwrap().case.last_ruling.unwrap();
    assert_eq!(kept.ruling, Some(ruling.clone()));
    assert_eq!((may(session), owed(session)), (None, Some(kind)));
    sent(session, &id, kind, false);
    assert_eq!(
        (may(session), owed(session), waits(session, &id)),
        (Some(NoLetter::RulingTold), None, WaitingFor::Closing)
    );
    // An appeal is news, and so is what comes of it; the ruling that was appealed stays known.
    session.record(&id, &[(Moment::Appealed, at)], "x").unwrap();
    let kept = session.case(&id).unwrap().case.last_ruling.unwrap();
    assert_eq!((kept.what, kept.appealed), (Moment::CourtRuled, Some(at)));
    assert_eq!((may(session), owed(session)), (None, Some(kind)));
    sent(session, &id, kind, false);
    ruled(session, Moment::AppealDecided).unwrap();
    assert_eq!((may(session), owed(session)), (None, Some(kind)));
    // What the authority withdrew is not told of any more.
    session
        .record(&id, &[(Moment::Withdrawn, at)], "x")
        .unwrap();
    assert_eq!(owed(session), None);
}

#[test]
fn a_letter_records_the_objection_where_it_is_one_and_nowhere_else() {
    let world = World::new();
    let list = world.dir().join("authorities.toml");
    let known = std::fs::read_to_string(&list).unwrap();
    std::fs::write(&list, known + COURT).unwrap();
    let desk = world.desk();
    let mut random = OsRng;
    let session = &mut desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    let objected = |session: &Session<'_>, id: &CaseId| {
        let case = session.case(id).unwrap().case;
        case.moments.first(Moment::Objected)
    };
    // A letter that tells of a motion is no motion.
    let id = challenged(session, "AM-1");
    sent(session, &id, LetterKind::Challenge, false);
    assert_eq!(objected(session, &id), None);
    // Who sends it to the court says so.
    let id = challenged(session, "AM-2");
    sent(session, &id, LetterKind::Challenge, true);
    assert!(objected(session, &id).is_some());
    let events = session.case(&id).unwrap().events;
    let last: Vec<_> = events.iter().rev().take(2).collect();
    assert!(
        matches!(last[1].what, EventKind::LetterSent { .. })
            && matches!(
                last[0].what,
                EventKind::MilestoneRecorded {
                    what: Moment::Objected,
                    ..
                }
            )
    );
    // Of another letter nobody can say it.
    let id = challenged(session, "AM-3");
    sent(session, &id, LetterKind::Acknowledgement, true);
    assert_eq!(objected(session, &id), None);
    // The form of the Regulation is the objection itself, where it names another country's law.
    let conflict = "[findings.conflict]\ncountry = \"US\"\nground = \"forbids\"\n";
    let id = take_text(session, &european(conflict)).case;
    genuine(session, &id);
    session.decide(&id, &[], "as the law proposes").unwrap();
    let case = session.case(&id).unwrap().case;
    assert_eq!(case.dispositions(), [Disposition::Challenge]);
    let objection = |session: &Session<'_>| {
        let clocks = session.case(&id).unwrap().clocks;
        let found = clocks
            .into_iter()
            .find(|one| one.id == "eu.clock.production.objection");
        found.unwrap().state
    };
    assert_eq!(objection(session), lagrum_law::ClockState::Running);
    sent(session, &id, LetterKind::Challenge, false);
    assert_eq!(objected(session, &id), None);
    sent(session, &id, LetterKind::AnnexIii, false);
    let at = objected(session, &id).unwrap();
    let by = Moment::Objected;
    assert_eq!(objection(session), lagrum_law::ClockState::Done { by, at });
    // Another form of the same annex is no objection.
    let refused = session.record(&id, &[(Moment::Objected, at)], "");
    assert!(matches!(
        refused.unwrap_err().refusal(),
        Some(Refusal::Empty { .. })
    ));
}
