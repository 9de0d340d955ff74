use jiff::civil::date;
use lagrum_access::{Access, Action, CaseOf};
use lagrum_model::{
    Arrival, Burden, CaseId, Channel, CounselOnly, Disposition, EventKind, Language, LetterKind,
    Link, Moment, Note, Refusal, Role, WorkKind,
};
use lagrum_notes::open_sealed;
use lagrum_store::{CaseFilter, Order, Page};
use rand_core::OsRng;

use super::world::{World, decide, demand, person, take};
use crate::{Call, CommandError, Desk, Genuine, Intake, Sending, Session, StillRuns};

/// One thing that a person can do at the desk, and the action as which the policy knows it.
pub type Deed = (
    Action,
    fn(&mut Session<'_>, &CaseId) -> Result<(), CommandError>,
);

pub fn file(bytes: &[u8]) -> Intake<'_> {
    Intake {
        file_name: "file",
        bytes,
        arrival: Arrival {
            channel: Some(Channel::Fax),
            ..Arrival::default()
        },
    }
}

fn letter() -> Sending<'static> {
    Sending {
        kind: LetterKind::Acknowledgement,
        language: Language::English,
        to: "O. Fficer",
        by: Channel::Email,
        account: None,
        text: "We have received your demand.",
        objects: false,
    }
}

pub const DEEDS: &[Deed] = &[
    (Action::Intake, |s, _| {
        s.intake(&file(b"a scan"), &[]).map(|_| ())
    }),
    (Action::Intake, |s, id| s.attach(id, &file(b"an annex"))),
    (Action::Describe, |s, id| {
        s.describe(id, &file(demand("R 2").as_bytes()), &[], Some("wrong"))
            .map(drop)
    }),
    (Action::Authenticate, |s, id| {
        let genuine = Genuine {
            verified: true,
            how: "called back",
            despite: None,
        };
        s.authenticate(id, &genuine).map(|_| ())
    }),
    (Action::CallBack, |s, id| {
        let call = Call {
            answered_by: "O",
            at: None,
            confirmed: true,
        };
        s.call_back(id, &call).map(|_| ())
    }),
    (Action::JudgeEmergency, |s, id| {
        s.judge_emergency(id, true, "credible")
    }),
    (Action::RecordMilestone, |s, id| {
        let when = "2026-11-02T10:00:00Z".parse().unwrap();
        s.record(id, &[(Moment::Served, when)], "letter")
            .map(|_| ())
    }),
    (Action::Inquire, |s, id| s.inquiries(id, true).map(|_| ())),
    (Action::Inquire, |s, id| s.inquire(id, &[]).map(|_| ())),
    (Action::Assess, |s, id| {
        s.assess(id, date(2026, 11, 21)).map(|_| ())
    }),
    (Action::Decide, |s, id| s.decide(id, &[], "so").map(|_| ())),
    (Action::ExportToSign, |s, id| s.to_sign(id).map(|_| ())),
    (Action::ExportToSign, |s, id| {
        s.events_to_sign(id).map(|_| ())
    }),
    (Action::AddSignature, |s, id| {
        s.add_signatures(id, &[]).map(|_| ())
    }),
    (Action::Assign, |s, id| s.assign(id, Some("counsel"))),
    (Action::Ask, |s, id| s.ask(id, "Which account?")),
    (Action::Note, |s, id| s.note(id, "called")),
    (Action::NotePrivileged, |s, id| {
        s.note_privileged(id, "advice").map(drop)
    }),
    (Action::RecordBurden, |s, id| {
        let burden = Burden::Work {
            on: WorkKind::Other,
            minutes: 5,
            firm: None,
            cost: None,
        };
        s.record_burden(id, &burden, "").map(|_| ())
    }),
    (Action::RecordBurden, |s, id| {
        s.take_burden_back(id, 1, "twice").map(|_| ())
    }),
    (Action::Deliver, |s, id| s.deliver(id).map(|_| ())),
    (Action::TellPassphrase, |s, id| {
        s.passphrase_told(id).map(|_| ())
    }),
    (Action::Link, |s, id| {
        s.link(id, &CaseId::new(2026, 1), Link::Related, "so")
    }),
    (Action::Join, |s, id| {
        s.join(id, &CaseId::new(2026, 1), "so").map(|_| ())
    }),
    (Action::Split, |s, id| s.split(id, &[1], "so").map(|_| ())),
    (Action::Close, |s, id| {
        s.close(id, "answered", StillRuns::LivesOn).map(|_| ())
    }),
    (Action::Reopen, |s, id| s.reopen(id, "appealed")),
    (Action::ReadList, |s, _| {
        s.cases(&CaseFilter::default(), Order::Number, Page::number(1, 10))
            .map(|_| ())
    }),
    (Action::ReadCase, |s, id| s.case(id).map(|_| ())),
    (Action::ReadOriginal, |s, id| s.original(id, 1).map(|_| ())),
    (Action::ProveEvent, |s, id| s.proof(id, 1).map(|_| ())),
    (Action::Preview, |s, _| {
        let demand = lagrum_model::Demand::parse(demand("R 3").as_bytes()).unwrap();
        s.preview(&demand, &demand.basis(true, false), date(2026, 11, 21))
            .map(|_| ())
    }),
    (Action::Settle, |s, _| s.settle().map(|_| ())),
    (Action::VerifyRecord, |s, _| {
        s.verify(&mut |_| ()).map(|_| ())
    }),
    (Action::RebuildReadModel, |s, _| s.rebuild().map(|_| ())),
    (Action::RebuildReadModel, |s, _| s.compare().map(|_| ())),
    (Action::ChangeLogKey, |s, _| {
        s.make_next_log_key().map(|_| ())
    }),
    (Action::ChangeLogKey, |s, _| s.change_log_key().map(|_| ())),
    (Action::StateLoss, |s, _| {
        s.state_loss("a test", 0).map(|_| ())
    }),
    (Action::PublishReport, |s, _| {
        let period = lagrum_figures::Period::parse("2020")?;
        s.make_report(&period, crate::HowToReport::default())
            .map(|_| ())
    }),
    (Action::ScheduleLog, |s, _| {
        s.announce_batches(lagrum_log::Rhythm::default(), None)
            .map(|_| ())
    }),
    (Action::BackUp, |s, _| {
        s.while_the_log_stands(|_, _| Ok::<_, CommandError>(()))
    }),
    (Action::ChangeSetup, |s, _| s.may_change_setup()),
    (Action::ChangeSetup, |s, _| s.hangs_on("x").map(|_| ())),
    (Action::AdmitOfficer, |s, _| {
        s.admit_officer(&super::door::officer("K. Ek", "Polisen"))
            .map(|_| ())
    }),
    (Action::AdmitOfficer, |s, _| s.end_officer("x").map(|_| ())),
    (Action::AdmitOfficer, |s, _| {
        s.officer_to_invite("x").map(|_| ())
    }),
    (Action::ReadList, |s, _| s.officers().map(|_| ())),
    (Action::ReadCase, |s, id| s.letters(id).map(|_| ())),
    (Action::ReadCase, |s, id| s.letter(id, 1).map(|_| ())),
    (Action::ReadCase, |s, id| s.sender(id).map(|_| ())),
    (Action::ReadCase, |s, id| {
        s.by_itself(id, LetterKind::Question).map(|_| ())
    }),
    (Action::Recall, |s, id| s.to_recall(id).map(|_| ())),
    (Action::Recall, |s, id| {
        s.recall(id, &["x".to_owned()], "so").map(|_| ())
    }),
    (Action::Review, |s, id| s.review(id, b"x").map(|_| ())),
    (Action::Assign, |s, id| s.hand_to_group(id, "theirs", "so")),
    (Action::SendLetter, |s, id| {
        s.send_letter(id, &letter()).map(|_| ())
    }),
    (Action::SendLetter, |s, id| {
        s.let_send(id, &letter()).map(|_| ())
    }),
    (Action::Check, |s, _| s.check().map(|_| ())),
    (Action::ReadSetup, |s, _| s.agents().map(|_| ())),
    (Action::ReadSetup, |s, _| s.settings().map(|_| ())),
    (Action::EndSession, |s, _| s.may_end_sessions().map(|_| ())),
    (Action::BindSignIn, |s, _| s.may_bind()),
    (Action::Audit, |s, _| s.audit().map(|_| ())),
    (Action::Audit, |s, _| s.samples().map(|_| ())),
    (Action::Audit, |s, _| s.examined("x").map(|_| ())),
    (Action::AuditSample, |s, _| {
        s.draw_sample("x", "y").map(|_| ())
    }),
];

/// What is asked in the middle of something else, each with a test of its own: what only counsel may state, sign
/// and read.
const WITHIN: [Action; 4] = [
    Action::StateFindings,
    Action::Sign,
    Action::SignAsCounsel,
    Action::ReadPrivileged,
];

#[test]
fn every_action_of_the_matrix_is_tried() {
    for action in Action::ALL {
        let tried = DEEDS.iter().filter(|(deed, _)| *deed == action).count();
        assert_eq!(tried == 0, WITHIN.contains(&action), "{action}");
    }
}

/// A case that has come as far as `steps` bring it.
fn case_of(desk: &Desk, world: &World, steps: usize, number: usize) -> CaseId {
    let mut random = OsRng;
    let mut session = desk.session(person(desk, Role::Analyst), &world.time, &mut random);
    let id = take(&mut session, &format!("R 1/{number}")).case;
    if steps > 0 {
        decide(&mut session, &id);
    }
    id
}

#[test]
fn every_deed_is_permitted_or_refused_as_the_policy_says_for_every_role() {
    let world = World::new();
    let desk = world.desk();
    let mut cases = 0;
    for steps in [0, 1] {
        for role in Role::ALL {
            for (number, (action, deed)) in DEEDS.iter().enumerate() {
                // A fresh case each time: what one deed did must not decide about the next.
                cases += 1;
                let id = case_of(&desk, &world, steps, cases);
                desk.settle().unwrap();
                let by = person(&desk, role);
                let mut random = OsRng;
                let state = desk.inner.store.case(&id).unwrap().state();
                let mut session = desk.session(by.clone(), &world.time, &mut random);
                let refused = matches!(deed(&mut session, &id), Err(CommandError::NotAllowed(_)));
                let of = CaseOf { state, group: None };
                let at_desk = Access::new().check(&by, *action, None).is_ok();
                let in_case = Access::new().check(&by, *action, Some(of)).is_ok();
                assert_eq!(
                    refused,
                    !(at_desk || in_case),
                    "deed {number}, {action} by {role}, {state}"
                );
            }
        }
    }
}

#[test]
fn what_only_counsel_may_state_and_read_an_analyst_does_not() {
    let world = World::new();
    let desk = world.desk();
    let id = case_of(&desk, &world, 0, 0);
    let (mut one, mut other) = (OsRng, OsRng);
    let mut counsel = desk.session(person(&desk, Role::Counsel), &world.time, &mut one);
    let mut analyst = desk.session(person(&desk, Role::Analyst), &world.time, &mut other);

    counsel.note_privileged(&id, "our advice").unwrap();
    analyst.note(&id, "our log").unwrap();
    let texts = |session: &Session<'_>| -> Vec<String> {
        let view = session.case(&id).unwrap();
        let noted = view.events.iter().filter_map(|event| match &event.what {
            EventKind::Noted { text, .. } => Some(text.clone()),
            EventKind::NoteSealed { sealed } => Some(sealed.age.clone()),
            _ => None,
        });
        let noted: Vec<_> = noted.collect();
        let text = |note: &Note| match &note.sealed {
            Some(sealed) => sealed.age.clone(),
            None => note.text.clone(),
        };
        assert_eq!(view.case.notes.iter().map(text).collect::<Vec<_>>(), noted);
        noted
    };
    // The desk itself cannot read it: it opens with counsel's key and with no other.
    let [sealed, open] = texts(&counsel).try_into().unwrap();
    assert_eq!(open, "our log");
    let [analysts, counsels] = &world.keys;
    let opened = open_sealed(counsels, sealed.as_bytes()).unwrap();
    assert_eq!(*opened, b"our advice");
    assert!(open_sealed(analysts, sealed.as_bytes()).is_err());
    assert_eq!(texts(&analyst), ["", "our log"]);
    let number = counsel.case(&id).unwrap().case.notes[0].number;
    let kept = counsel.sealed_note(&id, number).unwrap().unwrap();
    assert_eq!(
        (kept.to, kept.age),
        (vec!["The counsel".to_owned()], sealed)
    );
    assert_eq!(counsel.sealed_note(&id, number + 1).unwrap(), None);
    assert!(matches!(
        analyst.sealed_note(&id, number),
        Err(CommandError::NotAllowed(_))
    ));
    desk.settle().unwrap();
    assert!(counsel.proof(&id, number).unwrap().is_some());
    assert!(matches!(
        analyst.proof(&id, number),
        Err(CommandError::NotAllowed(_))
    ));

    let findings = demand("R 9") + "[findings]\nprivilege_cleared = true\n";
    let wrong = analyst
        .describe(&id, &file(findings.as_bytes()), &[], None)
        .unwrap_err();
    assert!(
        matches!(wrong.refusal(), Some(Refusal::Unreadable { .. })),
        "{wrong}"
    );
    counsel
        .describe(&id, &file(findings.as_bytes()), &[], None)
        .unwrap();
    assert!(matches!(
        analyst.judge_emergency(&id, true, "credible"),
        Err(CommandError::NotAllowed(_))
    ));
    counsel.judge_emergency(&id, true, "credible").unwrap();
    // Below the policy the pure case says the same.
    let case = desk.inner.store.case(&id).unwrap();
    let judge = lagrum_model::Command::JudgeEmergency { believed: true };
    assert_eq!(
        case.handle(&analyst.by.actor(), judge),
        Err(Refusal::OnlyCounsel {
            what: CounselOnly::EmergencyBelief
        })
    );
}

#[test]
fn a_mandate_is_released_by_two_signatures_that_fit_and_by_nothing_else() {
    let world = World::new();
    let desk = world.desk();
    let id = case_of(&desk, &world, 1, 0);
    let mut random = OsRng;
    let mut session = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let waiting = session.to_sign(&id).unwrap();
    let line = |key: usize| {
        let one = &waiting[0];
        (one.mandate, world.keys[key].sign_line(&one.text).unwrap())
    };
    let other_text = {
        let line = world.keys[0].sign_line("something else\n").unwrap();
        (waiting[0].mandate, line)
    };
    let stranger = {
        let key = lagrum_notes::SigningKey::generate(&mut OsRng, "kvist.example/else").unwrap();
        let key: lagrum_notes::SigningKey<lagrum_notes::role::Person> = key;
        (waiting[0].mandate, key.sign_line(&waiting[0].text).unwrap())
    };
    let refusal = |session: &mut Session<'_>, line| {
        let error = session.add_signatures(&id, &[line]).unwrap_err();
        error.refusal().cloned().unwrap()
    };
    assert_eq!(refusal(&mut session, other_text), Refusal::SignatureInvalid);
    assert_eq!(
        refusal(&mut session, stranger),
        Refusal::NotOnRoster {
            key: "kvist.example/else".into()
        }
    );
    assert!(!session.add_signatures(&id, &[line(0)]).unwrap().released);
    assert!(
        !session.add_signatures(&id, &[line(0)]).unwrap().released,
        "the same signature again is no second one"
    );
    assert_eq!(desk.settle().unwrap().released.len(), 0);
    assert!(session.add_signatures(&id, &[line(1)]).unwrap().released);
    assert_eq!(desk.settle().unwrap().released.len(), 1);
    assert_eq!(desk.settle().unwrap().released.len(), 0, "once");
    assert!(matches!(
        session.to_sign(&id),
        Err(CommandError::Refused {
            refusal: Refusal::NothingToSign,
            ..
        })
    ));
}

#[test]
fn what_somebody_refused_stays_until_the_part_is_named_and_what_counsel_refused_no_analyst_takes_back()
 {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let answer =
        |session: &Session<'_>, id: &CaseId| session.case(id).unwrap().case.answers[0].clone();
    let case = |session: &mut Session<'_>, reference: &str| {
        let id = take(session, reference).case;
        decide(session, &id);
        id
    };
    let refuse = [(0, Disposition::Reject)];
    let produce = [(0, Disposition::Produce)];

    // An analyst refused: a decision that does not name the part leaves it so; one that does is open to both.
    let mut analyst = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let own = case(&mut analyst, "R 1");
    analyst.decide(&own, &refuse, "not ours").unwrap();
    let silent = analyst
        .decide(&own, &[], "as the law packs propose")
        .unwrap();
    assert_eq!(silent.answers[0].disposition, Disposition::Reject);
    assert_eq!(answer(&analyst, &own).reason, "not ours");
    analyst
        .decide(&own, &produce, "it is ours after all")
        .unwrap();
    assert_eq!(answer(&analyst, &own).disposition, Disposition::Produce);

    // Counsel refused.
    let id = case(&mut analyst, "R 2");
    let mut random = OsRng;
    let mut counsel = desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    counsel.decide(&id, &refuse, "disproportionate").unwrap();
    let refused = analyst.decide(&id, &produce, "I think not").unwrap_err();
    let only = Refusal::OnlyCounsel {
        what: CounselOnly::LaxerAnswer,
    };
    assert_eq!(refused.refusal(), Some(&only));
    analyst
        .decide(&id, &[], "as the law packs propose")
        .unwrap();
    assert_eq!(answer(&analyst, &id).reason, "disproportionate");
    counsel.decide(&id, &produce, "reconsidered").unwrap();
    assert_eq!(answer(&analyst, &id).disposition, Disposition::Produce);
}
