//! What officers reach at the door, and what stays shut.

use std::fs;

use lagrum_access::Action;
use lagrum_model::{
    Actor, CaseState, Channel, CountryCode, EventKind, RecipientKey, Refusal, Role, SenderWarning,
};
use lagrum_store::Page;
use rand_core::OsRng;

use super::world::{World, call_back, demand, person};
use crate::{CommandError, Desk, Genuine, Happened, Intake, NewOfficer, Officer, Standing};

pub fn officer<'o>(name: &'o str, authority: &'o str) -> NewOfficer<'o> {
    NewOfficer {
        name,
        authority,
        country: CountryCode::parse("SE").unwrap(),
        email: match authority {
            "Polisen" => "k.ek@police.example",
            _ => "p@prosecutor.example",
        },
        answered_by: "the switchboard",
    }
}

/// A second authority beside that of the usual demand.
pub fn two_authorities(world: &World) {
    let file = world.dir().join("authorities.toml");
    let more = "\n[[authority]]\nname = \"Åklagaren\"\ncountry = \"SE\"\nkind = \"prosecutor\"\ndomains = [\"prosecutor.example\"]\ntelephone = \"+46 8 222 22 22\"\n";
    let text = fs::read_to_string(&file).unwrap();
    fs::write(file, text + more).unwrap();
}

pub fn admitted(desk: &Desk, world: &World, name: &str, authority: &str) -> Officer {
    let mut random = OsRng;
    let mut session = desk.session(person(desk, Role::Analyst), &world.time, &mut random);
    let record = session.admit_officer(&officer(name, authority)).unwrap();
    let now = session.now();
    desk.officer_signed_in(&record.id, now).unwrap().unwrap()
}

macro_rules! at_door {
    ($desk:expr, $world:expr, $officer:expr) => {
        $desk.door($officer.clone(), &$world.time, &mut OsRng)
    };
}

pub fn on_each_database(test: impl Fn(&World)) {
    test(&World::new());
    match World::on_a_server() {
        Ok(world) => test(&world),
        Err(why) => assert!(std::env::var_os("CI").is_none(), "{why}"),
    }
}

#[test]
fn what_an_officer_sends_is_a_case_of_their_own_authority_and_of_no_other() {
    on_each_database(|world| {
        two_authorities(world);
        let desk = world.desk();
        let ek = admitted(&desk, world, "K. Ek", "Polisen");
        let colleague = admitted(&desk, world, "B. Bo", "Polisen");
        let other = admitted(&desk, world, "P. Alm", "Åklagaren");
        let files: [(&str, &[u8]); 2] = [("beslut.pdf", b"%PDF a scan"), ("bilaga.txt", b"annex")];
        let sent = at_door!(desk, world, ek)
            .send(&files, Some("AM-1"), false)
            .unwrap()
            .unwrap();
        assert!(sent.new && sent.address.len() == 32);

        // It lies in the inbox, described by nobody, and says how it came.
        let mut random = OsRng;
        let analyst = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
        let id = desk
            .inner
            .store
            .case_at_door("SE Polisen", &sent.address)
            .unwrap()
            .unwrap();
        let view = analyst.case(&id).unwrap();
        assert_eq!(view.case.state(), CaseState::Received);
        let arrival = &view.case.originals[0].arrival;
        assert_eq!(arrival.channel, Some(Channel::Door));
        assert_eq!(arrival.reference.as_deref(), Some("AM-1"));
        assert!(matches!(&view.events[0].actor, Actor::Officer { name, .. } if name == "K. Ek"));
        assert!(view.case.authenticated.is_none() && view.case.call_backs.is_empty());

        // The same bytes again are the same case for the same authority, whichever of its officers
        // brings them, and whether all of them or some.
        for (who, again) in [
            (&ek, &files[..]),
            (&colleague, &files[..]),
            (&ek, &files[..1]),
        ] {
            let same = at_door!(desk, world, who)
                .send(again, Some("AM-1"), false)
                .unwrap()
                .unwrap();
            assert_eq!((same.address.as_str(), same.new), (&*sent.address, false));
            assert_eq!(same.at, sent.at);
        }
        // Something more is never lost: it is another case.
        let more: [(&str, &[u8]); 2] = [("beslut.pdf", b"%PDF a scan"), ("new.txt", b"new")];
        assert!(
            at_door!(desk, world, ek)
                .send(&more, None, false)
                .unwrap()
                .unwrap()
                .new
        );
        // Another authority learns nothing from sending what was sent before.
        let theirs = at_door!(desk, world, other)
            .send(&files, None, false)
            .unwrap()
            .unwrap();
        assert!(theirs.new && theirs.address != sent.address);
        assert_eq!(
            at_door!(desk, world, other).send(&[], None, false).unwrap(),
            None
        );

        // Each authority sees its own.
        let page = Page::number(1, 10);
        let count = |who: &Officer| at_door!(desk, world, who).demands(page).unwrap().total;
        assert_eq!((count(&ek), count(&colleague), count(&other)), (2, 2, 1));
        let seen = at_door!(desk, world, colleague)
            .demand(&sent.address)
            .unwrap()
            .unwrap();
        assert_eq!(
            (seen.name.as_str(), seen.standing),
            ("AM-1", Standing::Received)
        );
        assert_eq!(seen.files.len(), 2);
        let nothing = "0".repeat(32);
        for address in [&*theirs.address, &nothing, "", "../x", &id.to_string()] {
            assert_eq!(at_door!(desk, world, ek).demand(address).unwrap(), None);
            let answer: [(&str, &[u8]); 1] = [("a", b"a")];
            assert_eq!(
                at_door!(desk, world, ek).answer(address, &answer).unwrap(),
                None
            );
            let package = lagrum_model::Sha256Digest([0; 32]);
            assert_eq!(
                at_door!(desk, world, ek).fetch(address, package).unwrap(),
                None
            );
            assert_eq!(
                at_door!(desk, world, ek).confirm(address, package).unwrap(),
                None
            );
            assert_eq!(at_door!(desk, world, ek).miss(address, "x").unwrap(), None);
        }
        // Who looked, auditors read: it is an event.
        let auditor = desk.session(person(&desk, Role::Auditor), &world.time, &mut random);
        let events = auditor.case(&id).unwrap().events;
        let mut looks = events
            .iter()
            .filter(|event| event.what == EventKind::Viewed {});
        let look = looks.next().unwrap();
        assert!(matches!(&look.actor, Actor::Officer { name, .. } if name == "B. Bo"));
        assert_eq!(looks.next(), None);
        // The list is rebuilt from the events alone.
        let administrator =
            desk.session(person(&desk, Role::Administrator), &world.time, &mut random);
        assert_eq!(administrator.compare().unwrap(), []);
        administrator.rebuild().unwrap();
        assert_eq!(count(&colleague), 2);
    });
}

#[test]
fn a_question_is_answered_with_a_further_original_and_the_door_tells_nothing_before_the_answer() {
    let world = World::new();
    two_authorities(&world);
    let desk = world.desk();
    let ek = admitted(&desk, &world, "K. Ek", "Polisen");
    let files: [(&str, &[u8]); 1] = [("beslut.pdf", b"a scan")];
    let address = at_door!(desk, world, ek)
        .send(&files, None, false)
        .unwrap()
        .unwrap()
        .address;
    let id = desk
        .inner
        .store
        .case_at_door("SE Polisen", &address)
        .unwrap()
        .unwrap();
    let mut random = OsRng;
    let mut analyst = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let standing = || at_door!(desk, world, ek).demand(&address).unwrap().unwrap();
    analyst.ask(&id, "Which account is meant?").unwrap();
    let seen = standing();
    assert_eq!(seen.standing, Standing::Asked);
    assert_eq!(seen.questions[0].text, "Which account is meant?");
    let answer: [(&str, &[u8]); 1] = [("answer.txt", b"bjork@kvist.example")];
    at_door!(desk, world, ek)
        .answer(&address, &answer)
        .unwrap()
        .unwrap();
    let seen = standing();
    assert_eq!(seen.standing, Standing::Received);
    assert!(seen.questions[0].answered);
    assert_eq!(analyst.original(&id, 2).unwrap().1, b"bjork@kvist.example");

    // Described, called back, found genuine, assessed, decided: the officer is told of none of it but
    // the call that their own office had.
    let text = demand("R 7");
    let file = Intake {
        file_name: "description.toml",
        bytes: text.as_bytes(),
        arrival: lagrum_model::Arrival::default(),
    };
    analyst.describe(&id, &file, &[], None).unwrap();
    let told = analyst.sender(&id).unwrap();
    assert!(told.warnings.is_empty(), "{:?}", told.warnings);
    // Signed in at the door is no call: nothing is granted before the number was called.
    let genuine = Genuine {
        verified: true,
        how: "signed in at the door",
        despite: None,
    };
    analyst.authenticate(&id, &genuine).unwrap();
    analyst
        .assess(&id, jiff::civil::date(2026, 11, 21))
        .unwrap();
    let refused = analyst.decide(&id, &[], "so").unwrap_err();
    assert_eq!(refused.refusal(), Some(&Refusal::CallBackMissing));
    call_back(&analyst, &id);
    analyst.note(&id, "a note of ours").unwrap();
    analyst.assign(&id, Some("analyst")).unwrap();
    analyst
        .assess(&id, jiff::civil::date(2026, 11, 21))
        .unwrap();
    analyst
        .decide(&id, &[], "as the law packs propose")
        .unwrap();
    let seen = standing();
    assert_eq!(
        (seen.name.as_str(), seen.standing),
        ("R 7", Standing::Received)
    );
    assert!(seen.parts.is_empty() && seen.packages.is_empty());
    let told: Vec<_> = seen.happened.iter().map(|one| one.what.clone()).collect();
    let expected = [
        Happened::CalledBack,
        Happened::Sent("answer.txt".into()),
        Happened::Asked,
        Happened::Received,
    ];
    assert_eq!(told, expected);
    let all = format!("{seen:?}");
    for secret in ["a note of ours", "The analyst", &id.to_string()] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
    // A question in a case that came otherwise is read by nobody, and is not put.
    let elsewhere = super::world::take(&mut analyst, "R 8").case;
    let refused = analyst.ask(&elsewhere, "Which?").unwrap_err();
    assert_eq!(refused.refusal(), Some(&Refusal::NotFromTheDoor));
}

#[test]
fn a_demand_in_the_name_of_another_authority_is_named_and_its_answer_is_the_others() {
    let world = World::new();
    two_authorities(&world);
    let desk = world.desk();
    let other = admitted(&desk, &world, "P. Alm", "Åklagaren");
    let files: [(&str, &[u8]); 1] = [("beslut.pdf", b"in the name of the police")];
    let address = at_door!(desk, world, other)
        .send(&files, None, false)
        .unwrap()
        .unwrap()
        .address;
    let id = desk
        .inner
        .store
        .case_at_door("SE Åklagaren", &address)
        .unwrap()
        .unwrap();
    let mut random = OsRng;
    let mut analyst = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let text = demand("R 7");
    let file = Intake {
        file_name: "description.toml",
        bytes: text.as_bytes(),
        arrival: lagrum_model::Arrival::default(),
    };
    analyst.describe(&id, &file, &[], None).unwrap();
    let warning = SenderWarning::OtherAuthority {
        name: "Åklagaren".into(),
    };
    assert!(analyst.sender(&id).unwrap().warnings.contains(&warning));
    super::world::call_back(&analyst, &id);
    let genuine = Genuine {
        verified: true,
        how: "called",
        despite: Some("they say so"),
    };
    analyst.authenticate(&id, &genuine).unwrap();
    analyst
        .assess(&id, jiff::civil::date(2026, 11, 21))
        .unwrap();
    analyst.decide(&id, &[], "so").unwrap();
    let seen = at_door!(desk, world, other)
        .demand(&address)
        .unwrap()
        .unwrap();
    assert!(seen.parts.is_empty() && seen.packages.is_empty());
    assert!(
        seen.happened
            .iter()
            .all(|one| one.what != Happened::CalledBack)
    );
}

#[test]
fn an_officer_is_made_known_by_whom_the_policy_says_on_the_number_of_the_list_and_ended_at_once() {
    let world = World::new();
    two_authorities(&world);
    let desk = world.desk();
    let mut random = OsRng;
    let mut analyst = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    for (wrong, why) in [
        (officer(" ", "Polisen"), Refusal::Empty { field: "name" }),
        (
            NewOfficer {
                answered_by: "",
                ..officer("K", "Polisen")
            },
            Refusal::Empty {
                field: "answered_by",
            },
        ),
        (officer("K", "Polisen Syd"), Refusal::NoNumber),
        (
            NewOfficer {
                email: "k.ek@police.example.evil.example",
                ..officer("K", "Polisen")
            },
            Refusal::NotOfAuthority {
                address: "k.ek@police.example.evil.example".into(),
            },
        ),
    ] {
        let refused = analyst.admit_officer(&wrong).unwrap_err();
        assert_eq!(refused.refusal(), Some(&why));
    }
    let record = analyst.admit_officer(&officer("K. Ek", "Polisen")).unwrap();
    assert_eq!(record.number, "+46 8 111 11 11");
    let there = || {
        desk.officer_signed_in(&record.id, jiff::Timestamp::UNIX_EPOCH)
            .unwrap()
    };
    let ek = there().unwrap();
    let key = age::x25519::Identity::generate().to_public().to_string();
    let key = RecipientKey::parse(&key).unwrap();
    at_door!(desk, world, ek).offer_key(&key, false).unwrap();
    assert_eq!(there().unwrap().key().map(|one| &one.key), Some(&key));
    let counsel = person(&desk, Role::Counsel);
    let mut again = OsRng;
    let mut session = desk.session(counsel, &world.time, &mut again);
    let ended = session.end_officer(&record.id).unwrap().unwrap();
    assert!(ended.ended.is_some());
    assert_eq!(there(), None);
    assert_eq!(session.officer_to_invite(&record.id).unwrap(), None);
    assert_eq!(session.end_officer("nobody").unwrap(), None);
    // An administrator reads no demand, and lets nobody in who does.
    let administrator = person(&desk, Role::Administrator);
    let mut session = desk.session(administrator, &world.time, &mut again);
    let refused = session
        .admit_officer(&officer("K. Ek", "Polisen"))
        .unwrap_err();
    assert!(
        matches!(&refused, CommandError::NotAllowed(why) if why.action == Action::AdmitOfficer),
        "{refused}"
    );
}
