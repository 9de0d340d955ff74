//! Which accounts there are, an agent is asked; what it does not answer is taken back.

use std::fs;
use std::path::PathBuf;

use jiff::SignedDuration;
use jiff::civil::date;
use lagrum_mandate::answer::{AccountsTold, Refusal as AgentRefusal, RefusalCode, SignedAnswer};
use lagrum_mandate::{INQUIRY_LIFE, Inquiry};
use lagrum_model::{AccountNamed, AccountTold, CaseId, Disposition, Refusal, Role, WatchKind};
use lagrum_store::{CaseFilter, Order, Page, WaitingFor};
use lagrum_transport::Stem;
use rand_core::OsRng;

use super::agent::agent;
use super::world::{World, call_back, person, take};
use crate::{CommandError, Desk, Genuine, News, Session, StillRuns};

/// A provider whose desk has no list of accounts.
fn world() -> World {
    let world = World::new();
    let file = world.dir().join("directory.toml");
    let directory = fs::read_to_string(&file).unwrap();
    let (rest, _) = directory.split_once("[[account]]").unwrap();
    fs::write(&file, format!("{rest}asks = true\n")).unwrap();
    world
}

/// A case in which the agent was asked.
fn asked(world: &World, session: &mut Session<'_>) -> (CaseId, Inquiry) {
    let id = take(session, "R 9").case;
    call_back(session, &id);
    let genuine = Genuine {
        verified: true,
        how: "called back",
        despite: None,
    };
    session.authenticate(&id, &genuine).unwrap();
    let inquiry = ask(world, session, &id);
    (id, inquiry)
}

fn ask(world: &World, session: &mut Session<'_>, id: &CaseId) -> Inquiry {
    let inquiry = session.inquiries(id, true).unwrap().pop().unwrap();
    let note = world.keys[0].sign_note(&inquiry.to_text()).unwrap();
    session.inquire(id, &[note]).unwrap();
    session.settle().unwrap();
    inquiry
}

fn offer(world: &World, inquiry: &Inquiry) -> PathBuf {
    let stem = Stem::new(&inquiry.case, &inquiry.nonce);
    world.dir().join(format!("exchange/in/{stem}.mandate"))
}

fn leave(world: &World, inquiry: &Inquiry, ending: &str, note: &str) -> PathBuf {
    let out = world.dir().join("exchange/out");
    fs::create_dir_all(&out).unwrap();
    let stem = Stem::new(&inquiry.case, &inquiry.nonce);
    let file = out.join(format!("{stem}.{ending}"));
    fs::write(&file, note).unwrap();
    file
}

fn refuse(world: &World, inquiry: &Inquiry, why: &str) -> PathBuf {
    let refusal = AgentRefusal {
        mandate: inquiry.digest(),
        region: inquiry.region.clone(),
        code: RefusalCode::Inquiry,
        why: why.into(),
        recalled: false,
    };
    let note = refusal.sign(&agent(world)).unwrap();
    leave(world, inquiry, "refusal", &note)
}

fn tell(world: &World, inquiry: &Inquiry, change: impl FnOnce(&mut AccountsTold)) -> PathBuf {
    let told = inquiry.accounts.iter().map(|address| AccountTold {
        address: address.clone(),
        names: AccountNamed::Unknown {},
    });
    let mut told = AccountsTold {
        case: inquiry.case.clone(),
        inquiry: inquiry.digest(),
        region: inquiry.region.clone(),
        at: inquiry.asked_at,
        accounts: told.collect(),
    };
    change(&mut told);
    let note = told.sign(&agent(world)).unwrap();
    leave(world, inquiry, "receipt", &note)
}

fn waiting_for(session: &Session<'_>, id: &CaseId) -> WaitingFor {
    let page = Page::number(1, 10);
    let all = session.cases(&CaseFilter::default(), Order::Number, page);
    let row = all.unwrap().items.into_iter().find(|row| row.case == *id);
    row.unwrap().waiting_for
}

#[test]
fn a_question_that_is_over_or_whose_case_is_closed_lies_with_the_agent_no_more() {
    let world = world();
    let desk = world.desk();
    let mut random = OsRng;
    let mut session = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let (id, first) = asked(&world, &mut session);
    assert!(offer(&world, &first).exists());
    assert_eq!(waiting_for(&session, &id), WaitingFor::Agent);
    // What the agent says it may still answer stays with it.
    let said = refuse(&world, &first, "limit: later");
    session.settle().unwrap();
    assert!(offer(&world, &first).exists() && said.exists());
    assert_eq!(waiting_for(&session, &id), WaitingFor::Assessment);
    let open = |desk: &Desk, kind| {
        let mut random = OsRng;
        let auditor = desk.session(person(desk, Role::Auditor), &world.time, &mut random);
        let found = auditor.audit_of(kind, true, Page::number(1, 10)).unwrap();
        let about = found.items.into_iter().map(|one| one.about);
        about.collect::<Vec<_>>()
    };
    assert_eq!(open(&desk, WatchKind::AgentRefused), ["stockholm inquiry"]);
    // Asked anew, it is asked the new question alone.
    let second = ask(&world, &mut session, &id);
    assert_eq!(open(&desk, WatchKind::AgentRefused), [""; 0]);
    assert!(!offer(&world, &first).exists() && !said.exists());
    assert!(offer(&world, &second).exists());
    world.time.advance(INQUIRY_LIFE);
    let said = refuse(&world, &second, "question: it was over");
    session.settle().unwrap();
    assert!(!offer(&world, &second).exists() && !said.exists());
    // What nobody answered when a case is closed is asked no more.
    let third = ask(&world, &mut session, &id);
    tell(&world, &third, |_| {});
    session.settle().unwrap();
    session.assess(&id, date(2026, 11, 21)).unwrap();
    let refuse = [(0, Disposition::Reject)];
    session.decide(&id, &refuse, "nobody of that name").unwrap();
    let fourth = ask(&world, &mut session, &id);
    assert!(offer(&world, &fourth).exists());
    session.close(&id, "answered", StillRuns::LivesOn).unwrap();
    session.settle().unwrap();
    assert!(!offer(&world, &fourth).exists());
    // The auditor sees who asked each time, and about how many.
    let mut random = OsRng;
    let auditor = desk.session(person(&desk, Role::Auditor), &world.time, &mut random);
    let asked = auditor.audit_of(WatchKind::Inquired, false, Page::number(1, 10));
    let asked = asked.unwrap().items;
    let about = format!("{} 1 stockholm", world.keys[0].name());
    assert_eq!(asked.len(), 4);
    assert!(asked.iter().all(|one| one.about == about), "{asked:?}");
    let counted = auditor.audit().unwrap().kinds;
    let counted = counted.iter().find(|one| one.kind == WatchKind::Inquired);
    assert_eq!(counted.map(|one| (one.open, one.recent)), Some((None, 4)));
}

#[test]
fn nobody_but_the_agent_that_was_asked_answers_and_only_what_was_asked() {
    let world = world();
    let desk = world.desk();
    let mut random = OsRng;
    let mut session = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let (id, inquiry) = asked(&world, &mut session);
    let refused = |session: &mut Session<'_>| {
        let (_, news) = session.settle().unwrap();
        assert!(matches!(news[..], [News::NotBelieved { .. }]), "{news:?}");
        let assessed = session.assess(&id, date(2026, 11, 21));
        let Err(CommandError::Refused { refusal, .. }) = assessed else {
            panic!("{assessed:?}");
        };
        assert!(matches!(refusal, Refusal::AccountsNotTold { .. }));
    };
    let wrong: [fn(&mut AccountsTold); 4] = [
        |told| told.accounts.clear(),
        |told| told.accounts[0].address = "oak@kvist.example".to_owned().try_into().unwrap(),
        |told| told.case = CaseId::new(2026, 9),
        |told| told.inquiry = lagrum_model::Sha256Digest::of(b"other"),
    ];
    for change in wrong {
        let left = tell(&world, &inquiry, change);
        refused(&mut session);
        fs::remove_file(left).unwrap();
    }
    // The right answer under another name, and one that another key signed.
    let mut elsewhere = inquiry.clone();
    elsewhere.nonce = lagrum_mandate::Nonce([9; 16]);
    let told = tell(&world, &elsewhere, |told| told.inquiry = inquiry.digest());
    refused(&mut session);
    fs::remove_file(told).unwrap();
    let told = tell(&world, &inquiry, |_| {});
    let note = fs::read_to_string(&told).unwrap();
    fs::write(&told, note.replace("unknown", "nobody")).unwrap();
    refused(&mut session);
    fs::write(&told, note).unwrap();
    let (_, news) = session.settle().unwrap();
    assert!(
        matches!(news[..], [News::AccountsTold { accounts: 1, .. }]),
        "{news:?}"
    );
    assert!(!told.exists(), "the exchange is empty");
    let found = session.assess(&id, date(2026, 11, 21)).unwrap();
    assert_eq!(found.assessment.parts.len(), 1);
    // A question of a week ago is none that is asked now.
    let late = session.inquiries(&id, true).unwrap().pop().unwrap();
    let note = world.keys[0].sign_note(&late.to_text()).unwrap();
    world.time.advance(SignedDuration::from_hours(7 * 24));
    let refused = session.inquire(&id, &[note]);
    assert!(
        matches!(
            refused,
            Err(CommandError::Refused {
                refusal: Refusal::NothingToInquire,
                ..
            })
        ),
        "{refused:?}"
    );
}
