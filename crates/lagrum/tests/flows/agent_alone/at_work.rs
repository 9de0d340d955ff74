//! What the desk is told while a mandate is carried out.

use std::thread;
use std::time::{Duration, Instant};

use lagrum_agent::{Agent, Progress};
use lagrum_mandate::answer::{Step, Working};
use rand_core::OsRng;

use super::{Alone, NOW};

/// What the desk hears within ten seconds of an agent that is at this step, and at this source.
fn heard(alone: &Alone, step: Step, place: Option<(u32, u32)>) -> Working {
    let began = Instant::now();
    loop {
        match alone.beat().working {
            Some(working)
                if working.step == step
                    && place.is_none_or(|place| place == (working.source, working.sources)) =>
            {
                return working;
            }
            _ if began.elapsed() > Duration::from_secs(10) => panic!("not heard: {step:?}"),
            _ => thread::sleep(Duration::from_millis(5)),
        }
    }
}

#[test]
fn how_far_an_agent_is_is_told_while_it_works_without_mandate_source_or_account() {
    let alone = Alone::new();
    let agent = Agent::open(&alone.config()).unwrap();
    let agent = agent.telling_every(Duration::from_millis(10));
    let mut steps = Vec::new();
    agent
        .run(&|| NOW, &mut OsRng, &mut |progress| {
            let (step, place) = match progress {
                Progress::Searching { place, .. } => (Step::Searching, Some(place)),
                Progress::Sealing { .. } => (Step::Sealing, None),
            };
            let working = heard(&alone, step, place);
            assert_eq!(working.since, NOW);
            if let Some(place) = place {
                assert!((1..=place.1).contains(&place.0));
            }
            steps.push(step);
        })
        .unwrap();
    assert!(steps.contains(&Step::Searching) && steps.contains(&Step::Sealing));
    // Once it is done, it works on nothing.
    let beat = alone.beat();
    assert_eq!((beat.working, beat.waiting), (None, 0));
}
