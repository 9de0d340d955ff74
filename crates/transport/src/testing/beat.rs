//! The word that an agent is at work.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;

use lagrum_mandate::answer::Beat;

use super::*;

fn beat(second: i64) -> Beat {
    Beat {
        region: region(),
        at: jiff::Timestamp::from_second(second).unwrap(),
        version: "1".into(),
        law: Sha256Digest::of(b"law"),
        roster: Sha256Digest::of(b"roster"),
        own_machine: true,
        waiting: 2,
        refused: BTreeMap::from([(RefusalCode::Source, 1)]),
        to_review: 3,
        cards_missing: 1,
        working: None,
    }
}

/// See its name.
///
/// # Panics
/// When it is not so.
pub fn the_last_word_of_an_agent_is_there_whole_and_the_one_before_until_then<W: Wire>() {
    let stops = Arc::new(Stops::default());
    let wire = W::new(region(), &agent_key(), stops.clone());
    assert_eq!(wire.desk().beat(&region()).unwrap(), None);
    let send = |second| {
        wire.agent()
            .send_beat(&beat(second).sign(&agent_key()).unwrap())
    };
    send(1).unwrap();
    assert_eq!(wire.desk().beat(&region()).unwrap(), Some(beat(1)));
    for place in 0..9 {
        stops.fail_after(place);
        let sent = send(2);
        if stops.none() {
            sent.unwrap();
            break;
        }
        assert!(sent.is_err(), "{place}");
        let there = wire.desk().beat(&region()).unwrap().unwrap();
        assert!([beat(1), beat(2)].contains(&there), "{place}");
    }
    send(2).unwrap();
    assert_eq!(wire.desk().beat(&region()).unwrap(), Some(beat(2)));
    // It is no answer to anything.
    assert_eq!(wire.desk().answers(&region(), &|_| true).unwrap(), []);
}

/// See its name.
///
/// # Panics
/// When it is not so.
pub fn what_the_agent_of_the_region_did_not_sign_is_no_word_of_it<W: Wire>() {
    let wire = W::new(region(), &agent_key(), Arc::default());
    let forged = SigningKey::from_seed(&[8; 32], "kvist.example/agent/stockholm").unwrap();
    let mut elsewhere = beat(1);
    elsewhere.region = Region::parse("dublin").unwrap();
    let notes = [
        beat(1).sign(&forged).unwrap(),
        elsewhere.sign(&agent_key()).unwrap(),
        refusal_note(),
        "lagrum-beat/1\n{}\n".into(),
        beat(1)
            .sign(&agent_key())
            .unwrap()
            .replace("\"waiting\": 2", "\"waiting\": 0"),
    ];
    for note in notes {
        wire.agent().send_beat(&note).unwrap();
        assert_eq!(wire.desk().beat(&region()).unwrap(), None, "{note}");
    }
    let secret = wire.own().join("secret");
    fs::write(&secret, beat(1).sign(&agent_key()).unwrap()).unwrap();
    fs::remove_file(wire.file("out/beat")).unwrap();
    symlink(&secret, wire.file("out/beat")).unwrap();
    assert!(
        wire.desk().beat(&region()).is_err(),
        "it is read through no link"
    );
}
