#![expect(
    clippy::disallowed_types,
    reason = "what is random here decides nothing that is tested"
)]

use lagrum_mandate::Mandate;
use lagrum_model::{CaseId, Role};
use rand_core::OsRng;

use super::*;
use crate::Session;
use crate::tests::world::{World, decide, person, sign, take};

/// Brings a case to a released mandate.
fn released(world: &World, session: &mut Session<'_>, reference: &str) -> (CaseId, Mandate) {
    let id = take(session, reference).case;
    decide(session, &id);
    sign(world, session, &id);
    let case = session.case(&id).unwrap().case;
    let text = &case.mandates.values().next().unwrap().text;
    (id, Mandate::parse(text).unwrap())
}

/// The names of what the desk left.
fn left(world: &World) -> Vec<String> {
    let inbox = std::fs::read_dir(world.dir().join("exchange/in")).unwrap();
    let names = inbox.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name.contains('.')).collect();
    names.sort();
    names
}

#[test]
fn what_lay_with_an_agent_and_was_lost_is_left_again_and_nothing_else_is() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let mut session = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let mut made = Vec::new();
    for reference in ["R 1", "R 2", "R 3"] {
        made.push(released(&world, &mut session, reference));
    }
    // One was recalled, and its agent has not answered that.
    let recall = session.to_recall(&made[1].0).unwrap().remove(0).to_text();
    let line = world.keys[0].sign_line(&recall).unwrap();
    let note = lagrum_notes::assemble(&recall, &[&line]);
    session.recall(&made[1].0, &[note], "a mistake").unwrap();
    session.settle().unwrap();
    let before = left(&world);
    let of = |place: usize, ending: &str| format!("{}.{ending}", Stem::of(&made[place].1));
    assert!(before.contains(&of(1, "recall")) && before.contains(&of(0, "mandate")));

    // Nothing is left again while nothing was lost, whatever an agent took away.
    let gone = world.dir().join("exchange/in").join(of(0, "mandate"));
    std::fs::remove_file(&gone).unwrap();
    assert_eq!(session.settle().unwrap().1, []);
    assert!(!gone.exists());

    // The whole directory is gone, or an empty one lies in its place.
    for made_anew in [false, true] {
        std::fs::remove_dir_all(world.dir().join("exchange")).unwrap();
        if made_anew {
            std::fs::create_dir_all(world.dir().join("exchange/in")).unwrap();
        }
        let (_, news) = session.settle().unwrap();
        let region = made[0].1.region.clone();
        let told = News::OfferedAnew {
            region,
            mandates: 3,
        };
        assert_eq!(news, [told]);
        assert_eq!(left(&world), before);
        assert_eq!(session.settle().unwrap().1, [], "it is told once");
    }

    // What ran out meanwhile is not.
    world.time.advance(crate::mandates::LIFE);
    world.time.advance(jiff::SignedDuration::from_hours(1));
    std::fs::remove_dir_all(world.dir().join("exchange")).unwrap();
    assert_eq!(session.settle().unwrap().1, []);
    assert_eq!(left(&world), Vec::<String>::new());
}
