//! What the desk is told while a mandate is carried out.

use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use lagrum_agent::{Agent, Progress};
use lagrum_mandate::answer::{Beat, Step};
use rand_core::OsRng;

use super::{Alone, NOW};

/// What the desk hears within ten seconds that is as `is` says.
pub(super) fn heard(alone: &Alone, is: impl Fn(&Beat) -> bool) -> Beat {
    let began = Instant::now();
    loop {
        let beat = alone.beat();
        if is(&beat) {
            return beat;
        }
        assert!(began.elapsed() < Duration::from_secs(10), "{beat:?}");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn how_far_an_agent_is_is_told_while_it_works_without_mandate_source_or_account() {
    let alone = Alone::new();
    let agent = Agent::open(&alone.config()).unwrap();
    let agent = agent.telling_every(Duration::from_millis(10));
    let mut steps = Vec::new();
    let now = Mutex::new(NOW);
    agent
        .run(&|| *now.lock().unwrap(), &mut OsRng, &mut |progress| {
            let (step, place) = match progress {
                Progress::Searching { place, .. } => (Step::Searching, Some(place)),
                Progress::Sealing { .. } => (Step::Sealing, None),
            };
            // The machine slept: that was no time for a clock that counts from the beginning.
            let later = *now.lock().unwrap() + SignedDuration::from_hours(2);
            *now.lock().unwrap() = later;
            let beat = heard(&alone, |beat| {
                beat.at == later
                    && beat.working.as_ref().is_some_and(|working| {
                        working.step == step
                            && place.is_none_or(|place| place == (working.source, working.sources))
                    })
            });
            assert_eq!(beat.working.unwrap().since, NOW);
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
