#![expect(
    clippy::disallowed_types,
    reason = "what is random here decides nothing that is tested"
)]

use lagrum_mandate::Mandate;
use lagrum_mandate::answer::{Receipt, SignedAnswer};
use lagrum_model::{Region, Role};
use lagrum_notes::{SigningKey, role};
use lagrum_transport::Stem;
use rand_core::OsRng;

use crate::tests::world::{World, decide, person, sign, take};
use crate::{AgentContact, CommandError, DeskConfig, News};

#[test]
fn an_exchange_that_cannot_be_reached_is_in_the_way_of_no_case_that_never_went_there() {
    let world = World::new();
    let file = world.dir().join("desk.toml");
    let mut config: DeskConfig = toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let agent = SigningKey::<role::Agent>::generate(&mut OsRng, "kvist.example/b").unwrap();
    std::fs::write(world.dir().join("no-exchange"), "a file").unwrap();
    config.agents.push(AgentContact {
        region: Region::parse("elsewhere").unwrap(),
        key: agent.verifying_key(),
        exchange: "no-exchange".into(),
    });
    std::fs::write(&file, toml::to_string(&config).unwrap()).unwrap();
    let desk = world.desk();
    let mut random = OsRng;
    let all = desk.collect(jiff::Timestamp::UNIX_EPOCH, &mut random);
    let all = all.unwrap();
    assert!(
        matches!(all.as_slice(), [News::NotReached { region, .. }] if region.to_string() == "elsewhere"),
        "{all:?}"
    );
    let mut session = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let id = take(&mut session, "R 1").case;
    let closed = session.close(&id, "no", crate::StillRuns::LivesOn);
    assert!(
        matches!(closed, Err(CommandError::Refused { .. })),
        "{closed:?}"
    );
}

/// Brings a case to a released mandate. Gives the case and the name of the mandate.
fn released(world: &World, session: &mut crate::Session<'_>) -> (lagrum_model::CaseId, Mandate) {
    let id = take(session, "R 2").case;
    decide(session, &id);
    sign(world, session, &id);
    let case = session.case(&id).unwrap().case;
    let text = &case.mandates.values().next().unwrap().text;
    (id, Mandate::parse(text).unwrap())
}

#[test]
fn a_share_that_keeps_what_was_acknowledged_is_told_and_the_answer_stays_recorded() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let mut session = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let (id, mandate) = released(&world, &mut session);
    let stem = Stem::of(&mandate);
    let package = b"sealed";
    let receipt = Receipt {
        case: id.clone(),
        mandate: mandate.digest(),
        region: mandate.region.clone(),
        package: stem.package(),
        sha256: lagrum_model::Sha256Digest::of(package),
        length: package.len() as u64,
        volumes: None,
        produced: 1,
        for_review: 0,
        searched: Vec::new(),
    };
    let out = world.dir().join("exchange/out");
    std::fs::create_dir_all(&out).unwrap();
    std::fs::write(out.join(stem.package()), package).unwrap();
    let secret = std::fs::read_to_string(world.dir().join("agent.key")).unwrap();
    let agent = SigningKey::<role::Agent>::from_secret(secret.trim()).unwrap();
    let note = receipt.sign(&agent).unwrap();
    std::fs::write(out.join(format!("{stem}.receipt")), &note).unwrap();
    // Nothing removes a directory that is not empty.
    let stays = out.join(format!("{stem}.refusal"));
    std::fs::create_dir_all(stays.join("inside")).unwrap();
    for first in [true, false] {
        let (_, news) = session.settle().unwrap();
        let produced = matches!(news.first(), Some(News::Produced { .. }));
        assert_eq!(produced, first, "{news:?}");
        let told = news
            .iter()
            .any(|one| matches!(one, News::NotFetched { case, .. } if *case == id));
        assert!(told, "{news:?}");
        let case = session.case(&id).unwrap().case;
        let record = case.mandates.values().next().unwrap();
        assert_eq!(record.receipt.as_deref(), Some(note.as_str()));
    }
    std::fs::remove_dir_all(&stays).unwrap();
    let (_, news) = session.settle().unwrap();
    assert_eq!(news, []);
    assert!(!out.join(format!("{stem}.receipt")).exists());
}
