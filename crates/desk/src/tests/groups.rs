//! Groups of the desk: what is another group's is not there, whatever somebody tries to do with it.

use std::fs;
use std::slice::from_ref;

use jiff::SignedDuration;
use lagrum_access::{Action, Principal};
use lagrum_mandate::answer::{RefusalCode, Step, Working};
use lagrum_model::{CaseId, NewsKind, Refusal, Role};
use lagrum_store::{CaseFilter, Order, Page};
use rand_core::OsRng;

use super::door::on_each_database;
use super::news::{all_day, arrives};
use super::outgoing::{Kept, ran, rules};
use super::roles::{DEEDS, file};
use super::world::{World, decide, demand, person, take};
use crate::{CommandError, Desk, OnCall, StandsOpen};

const MORE_PEOPLE: &str = r#"
[[person]]
id = "other-analyst"
name = "Another analyst"
role = "analyst"
user = "tester"
mail = "other-analyst@kvist.example"

[[person]]
id = "other-counsel"
name = "A law firm of another country"
role = "counsel"
user = "tester"
mail = "other-counsel@kvist.example"
"#;

const GROUPS: &str = r#"
[[group]]
id = "ours"
name = "Ours"
authorities_of = ["SE"]
people = ["analyst", "counsel"]

[[group]]
id = "theirs"
name = "Theirs"
people = ["other-analyst", "other-counsel"]
the_rest = true
"#;

/// The desk after its list of people was changed.
fn grouped(world: &World, groups: &str) -> Desk {
    let file = world.dir().join("people.toml");
    let text = fs::read_to_string(&file).unwrap();
    let people = text.split("\n[[group]]").next().unwrap();
    let more = match people.contains("other-analyst") {
        true => "",
        false => MORE_PEOPLE,
    };
    fs::write(&file, format!("{people}{more}{groups}")).unwrap();
    let desk = world.desk();
    desk.arrange().unwrap();
    desk
}

fn somebody(desk: &Desk, id: &str) -> Principal {
    desk.people().unwrap().principal_signed_in(id).unwrap()
}

fn ours(desk: &Desk, world: &World, number: usize) -> CaseId {
    let mut random = OsRng;
    let mut session = desk.session(person(desk, Role::Analyst), &world.time, &mut random);
    let id = take(&mut session, &format!("R 1/{number}")).case;
    decide(&mut session, &id);
    id
}

fn listed(desk: &Desk, world: &World, who: &str) -> Vec<CaseId> {
    let mut random = OsRng;
    let session = desk.session(somebody(desk, who), &world.time, &mut random);
    let page = Page::number(1, 100);
    let found = session.cases(&CaseFilter::default(), Order::Number, page);
    found
        .unwrap()
        .items
        .into_iter()
        .map(|one| one.case)
        .collect()
}

/// Whether the policy knows an action of the desk as a whole.
fn is_at_desk(action: Action) -> bool {
    matches!(
        action,
        Action::ReadList
            | Action::Preview
            | Action::Settle
            | Action::VerifyRecord
            | Action::RebuildReadModel
            | Action::ChangeLogKey
            | Action::StateLoss
            | Action::ScheduleLog
            | Action::BackUp
            | Action::ChangeSetup
            | Action::PublishReport
            | Action::Check
            | Action::ReadSetup
            | Action::EndSession
            | Action::BindSignIn
            | Action::Audit
            | Action::AuditSample
            | Action::AdmitOfficer
    )
}

#[test]
fn nothing_is_done_to_a_case_of_another_group_and_nothing_tells_of_it() {
    let world = World::new();
    let desk = grouped(&world, GROUPS);
    // The first case of the year is named by some of the deeds.
    ours(&desk, &world, 0);
    let id = ours(&desk, &world, 1);
    desk.settle().unwrap();
    let before = desk.inner.store.events(&id).unwrap();
    let (nowhere, mut tried) = (CaseId::new(2026, 9999), 0);
    for who in ["other-analyst", "other-counsel"] {
        for (number, (action, deed)) in DEEDS.iter().enumerate() {
            let mut random = OsRng;
            let mut session = desk.session(somebody(&desk, who), &world.time, &mut random);
            let answer = deed(&mut session, &id);
            // The first deed takes a file in, which belongs to no case yet.
            if is_at_desk(*action) || number == 0 {
                continue;
            }
            assert!(
                matches!(&answer, Err(CommandError::NoSuchCase(case)) if *case == id),
                "deed {number}, {action} by {who}: {answer:?}"
            );
            // Exactly what is said of a case that never was.
            let other = deed(&mut session, &nowhere);
            let said = |answer: Result<(), CommandError>| answer.unwrap_err().to_string();
            let (there, gone) = (said(answer), said(other));
            assert_eq!(
                there.replace(&id.to_string(), ""),
                gone.replace(&nowhere.to_string(), ""),
                "deed {number}, {action} by {who}"
            );
            tried += 1;
        }
        assert!(!listed(&desk, &world, who).contains(&id), "{who}");
        let mut random = OsRng;
        let session = desk.session(somebody(&desk, who), &world.time, &mut random);
        let any = [
            CaseFilter::default(),
            CaseFilter {
                open: Some(true),
                ..CaseFilter::default()
            },
        ];
        let own = listed(&desk, &world, who).len() as u64;
        assert_eq!(session.counts(&any).unwrap(), [own, own]);
        assert_eq!(session.emergencies().unwrap(), []);
        for what in [StandsOpen::Challenged, StandsOpen::Withheld] {
            assert_eq!(session.standing(what, Page::number(1, 9)).unwrap().total, 0);
        }
        let check = session.check().unwrap();
        assert!(
            !serde_json::to_string(&check.lines)
                .unwrap()
                .contains(&id.to_string())
        );
    }
    assert!(tried > 60, "{tried}");
    assert_eq!(desk.inner.store.events(&id).unwrap(), before);
    // To the auditor and to its own people it is as it was.
    for who in ["analyst", "counsel", "auditor"] {
        assert!(listed(&desk, &world, who).contains(&id), "{who}");
    }
}

#[test]
fn what_an_agent_counts_and_how_far_it_is_is_told_to_those_alone_to_whom_every_case_is_there() {
    use lagrum_model::{Matter, Standing, TimeSource as _};
    let world = World::new();
    let desk = grouped(&world, GROUPS);
    let since = world.time.now();
    super::check::beats(&world, |beat| {
        beat.waiting = 7;
        beat.refused.insert(RefusalCode::Source, 2);
        beat.to_review = 5;
        beat.cards_missing = 3;
        beat.working = Some(Working {
            since,
            step: Step::Searching,
            source: 2,
            sources: 3,
        });
    });
    let lines = |who| {
        let mut random = OsRng;
        let session = desk.session(somebody(&desk, who), &world.time, &mut random);
        session.check().unwrap().lines
    };
    let words = |who| -> Vec<_> {
        let all = lines(who).into_iter();
        let counts = ["waits-for-counsel", "cards-missing"];
        let is_of_agent = |word: &str| word.starts_with("agent-") || counts.contains(&word);
        all.filter(|line| is_of_agent(line.matter.as_str()))
            .map(|line| (line.matter.as_str(), line.standing))
            .collect()
    };
    let at_work = ("agent-at-work", Standing::InOrder);
    let busy = ("agent-busy", Standing::InOrder);
    let counted = [
        ("cards-missing", Standing::NotInOrder),
        ("agent-refused", Standing::Soon),
        ("waits-for-counsel", Standing::Soon),
    ];
    assert_eq!(words("auditor"), [&counted[..], &[at_work, busy]].concat());
    for who in ["other-counsel", "analyst"] {
        assert_eq!(words(who), [at_work], "{who}");
    }
    // How the desk is set up shows health and versions to whoever may see it, and counts by the same rule.
    let agents = |who| {
        let mut random = OsRng;
        let session = desk.session(somebody(&desk, who), &world.time, &mut random);
        let told = session.agents_as_told().unwrap();
        (
            session.agents().is_ok(),
            serde_json::to_value(told).unwrap(),
        )
    };
    let counts = [
        "waiting",
        "refused",
        "to_review",
        "cards_missing",
        "working",
    ];
    let health = ["at", "version", "law", "roster", "own_machine"];
    for (who, may, whole) in [
        ("auditor", true, true),
        ("administrator", true, true),
        ("data-operator", true, true),
        ("analyst", false, false),
        ("other-counsel", false, false),
    ] {
        let (allowed, told) = agents(who);
        assert_eq!(allowed, may, "{who}");
        let said = told[0]["beat"].as_object().unwrap();
        assert!(
            health.iter().all(|name| said.contains_key(*name)),
            "{who}: {told}"
        );
        let shown = counts
            .iter()
            .filter(|name| said.contains_key(**name))
            .count();
        assert_eq!(shown, if whole { counts.len() } else { 0 }, "{who}: {told}");
    }

    // That it broke off keeps theirs from being answered, too: it says when it was last heard, and no more.
    world.time.advance(SignedDuration::from_mins(21));
    for who in ["auditor", "other-counsel"] {
        let mut all = lines(who).into_iter();
        let broke = all.find(|line| matches!(line.matter, Matter::AgentBrokeOff { .. }));
        assert_eq!(broke.unwrap().standing, Standing::NotInOrder, "{who}");
        assert!(!words(who).contains(&busy), "{who}");
    }
}

#[test]
fn a_case_goes_to_its_group_by_country_and_to_another_by_a_person_with_a_reason() {
    on_each_database(|world| {
        let desk = grouped(world, GROUPS);
        let (mut one, mut other) = (OsRng, OsRng);
        let mut theirs = desk.session(somebody(&desk, "other-analyst"), &world.time, &mut one);
        let mut ours = desk.session(somebody(&desk, "analyst"), &world.time, &mut other);
        // Until somebody described it, it is with the group of whoever brought it.
        let id = theirs.intake(&file(b"a scan"), &[]).unwrap().case;
        assert!(theirs.sees(&id) && !ours.sees(&id));
        theirs.assign(&id, Some("other-analyst")).unwrap();
        let wrong = theirs.assign(&id, Some("analyst")).unwrap_err();
        assert!(
            matches!(wrong.refusal(), Some(Refusal::OfAnotherGroup { .. })),
            "{wrong}"
        );
        // The same bytes from somebody else give no case of another group away: they open one of their own, and
        // that one again.
        let again = ours.intake(&file(b"a scan"), &[]).unwrap();
        assert!(
            again.new && again.case != id && ours.sees(&again.case) && !theirs.sees(&again.case)
        );
        let third = ours.intake(&file(b"a scan"), &[]).unwrap();
        assert_eq!((third.new, third.case), (false, again.case));
        let first = theirs.intake(&file(b"a scan"), &[]).unwrap();
        assert_eq!((first.new, &first.case), (false, &id));
        // It is from an authority of ours: described, it is ours, and nobody of theirs looks after it.
        theirs
            .describe(&id, &file(demand("R 7").as_bytes()), &[], None)
            .unwrap();
        assert!(!theirs.sees(&id) && ours.sees(&id));
        assert_eq!(ours.case(&id).unwrap().case.owner, None);
        assert!(listed(&desk, world, "counsel").contains(&id));
        assert!(!listed(&desk, world, "other-counsel").contains(&id));

        // A person hands it over, and says why.
        for (group, reason) in [("theirs", " "), ("no-group", "so")] {
            let wrong = ours.hand_to_group(&id, group, reason).unwrap_err();
            assert!(wrong.refusal().is_some(), "{wrong}");
        }
        ours.hand_to_group(&id, "ours", "they have it already")
            .unwrap();
        assert!(ours.sees(&id));
        ours.assign(&id, Some("counsel")).unwrap();
        ours.hand_to_group(&id, "theirs", "our company there was meant")
            .unwrap();
        assert!(theirs.sees(&id) && !ours.sees(&id));
        let view = theirs.case(&id).unwrap();
        assert_eq!(
            (view.case.group.as_deref(), view.case.owner),
            (Some("theirs"), None)
        );
        let last = view.events.last().unwrap();
        assert_eq!(last.reason, "our company there was meant");
        assert!(
            ours.hand_to_group(&id, "ours", "back").is_err(),
            "it is not there any more"
        );
        // What two groups have is not linked by somebody who sees one of them.
        let own = take(&mut ours, "R 8").case;
        let link = ours.link(&own, &id, lagrum_model::Link::Related, "so");
        assert!(matches!(link, Err(CommandError::NoSuchCase(_))));
        let link = ours.join(&own, &id, "so");
        assert!(matches!(link, Err(CommandError::NoSuchCase(_))));
        assert_eq!(ours.case(&own).unwrap().case.links, []);
    });
}

#[test]
fn privileged_notes_are_for_counsel_of_the_cases_own_group() {
    let world = World::new();
    let desk = grouped(&world, GROUPS);
    let id = ours(&desk, &world, 0);
    let mut random = OsRng;
    let mut counsel = desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    counsel.note_privileged(&id, "our advice").unwrap();
    let number = counsel.case(&id).unwrap().case.notes[0].number;
    let (mut one, mut other) = (OsRng, OsRng);
    let mut elsewhere = desk.session(somebody(&desk, "other-counsel"), &world.time, &mut one);
    assert!(matches!(
        elsewhere.case(&id),
        Err(CommandError::NoSuchCase(_))
    ));
    assert!(matches!(
        elsewhere.proof(&id, number),
        Err(CommandError::NoSuchCase(_))
    ));
    assert!(matches!(
        elsewhere.note_privileged(&id, "mine"),
        Err(CommandError::NoSuchCase(_))
    ));
    // Handed over, it is theirs with all that is in it, and ours no more.
    let mut ours = desk.session(person(&desk, Role::Analyst), &world.time, &mut other);
    ours.hand_to_group(&id, "theirs", "another company")
        .unwrap();
    // But for what was sealed to our counsel: theirs see whom to ask.
    let sealed = elsewhere.sealed_note(&id, number).unwrap().unwrap();
    assert_eq!(sealed.to, ["The counsel"]);
    // Their own counsel is not on the roster, and nothing is sealed to nobody.
    let refused = elsewhere.note_privileged(&id, "mine").unwrap_err();
    assert_eq!(refused.refusal(), Some(&Refusal::NobodyOpens));
    assert!(matches!(
        counsel.case(&id),
        Err(CommandError::NoSuchCase(_))
    ));
}

#[test]
fn groups_that_change_change_the_list_at_once_and_a_desk_without_them_is_one_for_all() {
    on_each_database(|world| {
        let desk = grouped(world, "");
        let id = ours(&desk, world, 0);
        for who in ["analyst", "other-analyst", "other-counsel"] {
            assert_eq!(listed(&desk, world, who), from_ref(&id), "{who}");
        }
        let first = grouped(world, GROUPS);
        assert_eq!(listed(&first, world, "analyst"), from_ref(&id));
        assert_eq!(listed(&first, world, "other-analyst"), []);
        let named = "people = [\"other-analyst\"";
        let moved = GROUPS.replace("\"SE\"", "\"NO\"").replace(
            named,
            "companies_in = [\"SE\"]\npeople = [\"other-analyst\"",
        );
        let second = grouped(world, &moved);
        assert_eq!(listed(&second, world, "analyst"), []);
        assert_eq!(listed(&second, world, "other-counsel"), from_ref(&id));
        // Whoever still has the groups of before sees no list that was arranged by others.
        let mut random = OsRng;
        let session = first.session(somebody(&first, "analyst"), &world.time, &mut random);
        let stale = session.cases(&CaseFilter::default(), Order::Number, Page::number(1, 9));
        assert!(matches!(stale, Err(CommandError::NotArranged)), "{stale:?}");
        let desk = grouped(world, "");
        assert_eq!(listed(&desk, world, "analyst"), from_ref(&id));
        desk.settle().unwrap();
        let mut random = OsRng;
        let admin = desk.session(person(&desk, Role::Administrator), &world.time, &mut random);
        assert_eq!(admin.compare().unwrap(), []);
    });
}

#[test]
fn nobody_is_told_or_woken_for_a_case_of_another_group() {
    let world = World::new();
    drop(grouped(&world, GROUPS));
    let mut rules = rules();
    rules.on_call = Some(OnCall {
        zone: jiff::tz::TimeZone::UTC,
        look_within: SignedDuration::from_mins(10),
        watches: vec![all_day("analyst"), all_day("other-analyst")],
    });
    let desk = super::outgoing::desk(&world, rules);
    let kept = Kept::default();
    ran(&desk, &world, &kept);
    // By mail, and nobody knows yet from where: it is with the group that has the rest.
    let id = arrives(&desk, &world, "EMERGENCY: danger to life");
    ran(&desk, &world, &kept);
    let told = |kept: &Kept| -> Vec<String> {
        let mut all: Vec<_> = kept.taken().into_iter().map(|one| one.to).collect();
        all.sort();
        all.dedup();
        all
    };
    assert_eq!(told(&kept), ["other-analyst@kvist.example"]);
    world.time.advance(SignedDuration::from_mins(11));
    ran(&desk, &world, &kept);
    let second = told(&kept);
    assert!(
        second.iter().all(|one| one.starts_with("other-")),
        "{second:?}"
    );
    // What is decided in a case of ours waits for our counsel, and for nobody else's.
    let own = ours(&desk, &world, 3);
    ran(&desk, &world, &kept);
    let says = format!("{} {own}", NewsKind::ForCounsel.as_str());
    let all = kept.taken();
    let for_counsel: Vec<_> = all.iter().filter(|one| one.says == says).collect();
    assert_eq!(for_counsel.len(), 1, "{all:?}");
    assert_eq!(for_counsel[0].to, "counsel@kvist.example");
    assert!(
        all.iter()
            .all(|one| !one.to.starts_with("other-") || !one.says.contains(&own.to_string()))
    );
    assert!(desk.inner.store.case(&id).is_ok());
}

#[test]
fn who_signs_for_a_case_works_for_its_group() {
    let world = World::new();
    let apart = GROUPS
        .replace("\"counsel\"]", "\"other-counsel\"]")
        .replace("\"other-counsel\"]\nthe_rest", "\"counsel\"]\nthe_rest");
    let desk = grouped(&world, "");
    let id = ours(&desk, &world, 0);
    let desk_of_two = grouped(&world, &apart);
    let mut random = OsRng;
    let mut analyst =
        desk_of_two.session(somebody(&desk_of_two, "analyst"), &world.time, &mut random);
    let waiting = analyst.to_sign(&id).unwrap();
    let line = |key: usize| {
        let one = &waiting[0];
        [(one.mandate, world.keys[key].sign_line(&one.text).unwrap())]
    };
    analyst.add_signatures(&id, &line(0)).unwrap();
    // The roster has them, and the case is not theirs: whoever carries the signature.
    let refused = analyst.add_signatures(&id, &line(1)).unwrap_err();
    assert!(
        matches!(refused.refusal(), Some(Refusal::OfAnotherGroup { id }) if id == "the-counsel"),
        "{refused}"
    );
    assert_eq!(
        analyst
            .case(&id)
            .unwrap()
            .case
            .mandates
            .values()
            .next()
            .unwrap()
            .approvals
            .len(),
        1
    );
    let desk = grouped(&world, "");
    let mut random = OsRng;
    let mut counsel = desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    counsel.add_signatures(&id, &line(1)).unwrap();
    // What a run does for a case of ours, the others are not told, nor how much of it there was.
    let desk = grouped(&world, GROUPS);
    let settled = desk.settle().unwrap();
    assert_eq!(settled.released, from_ref(&id));
    let told = |who: &str| {
        let mut random = OsRng;
        let session = desk.session(somebody(&desk, who), &world.time, &mut random);
        let damaged = crate::News::Damaged {
            case: id.clone(),
            why: "changed".into(),
        };
        let (settled, told) = session.told(settled.clone(), vec![damaged]).unwrap();
        (settled.released.len(), settled.entries, told.len())
    };
    assert_eq!(told("counsel"), (1, settled.entries, 1));
    assert_eq!(told("other-counsel"), (0, settled.entries, 0));
}

#[test]
fn officers_are_let_in_by_the_group_that_answers_their_country() {
    let world = World::new();
    super::door::two_authorities(&world);
    let desk = grouped(&world, GROUPS);
    let new = super::door::officer("K. Ek", "Polisen");
    let (mut one, mut other) = (OsRng, OsRng);
    let mut theirs = desk.session(somebody(&desk, "other-counsel"), &world.time, &mut one);
    let mut ours = desk.session(somebody(&desk, "analyst"), &world.time, &mut other);
    let refused = theirs.admit_officer(&new).unwrap_err();
    assert!(
        matches!(
            refused.refusal(),
            Some(Refusal::AuthorityOfAnotherGroup { .. })
        ),
        "{refused}"
    );
    let record = ours.admit_officer(&new).unwrap();
    assert_eq!(theirs.officers().unwrap(), []);
    assert_eq!(theirs.officer_to_invite(&record.id).unwrap(), None);
    assert_eq!(theirs.end_officer(&record.id).unwrap(), None);
    assert_eq!(ours.officers().unwrap(), from_ref(&record));
    assert!(ours.officer_to_invite(&record.id).unwrap().is_some());
}
