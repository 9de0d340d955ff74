//! One person's key is stolen as well.

use std::fs;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use lagrum_notes::{SigningKey, assemble, role};

use super::{Taken, own_key, roster_of, text_of};
use crate::support::released;

/// With the desk and one person's genuine key: everything that can be tried.
fn with_one_key(counsel: bool) {
    let taken = Taken::new();
    let [analyst_key, counsel_key] = taken.people();
    let (stolen, other) = if counsel {
        (counsel_key, "kvist.example/olof")
    } else {
        (analyst_key, "kvist.example/maja")
    };
    // The desk is told that the missing person's key is one of the attacker's.
    let own = own_key(other);
    let roster = if counsel {
        roster_of(&own, &stolen)
    } else {
        roster_of(&stolen, &own)
    };
    let file = taken.dir().join("desk/roster.toml");
    fs::write(&file, roster).unwrap();
    let desk = taken.desk();
    let id = taken.a_case_that_waits_for_signatures(&desk, "stolen");
    taken.approve(&desk, &id, &[&stolen, &own]);
    let waiting = taken.released(&id);
    let (note, proof) = taken.left("stockholm", &waiting.stem);
    let text = text_of(&note);

    // The mandate is logged, with a correct proof; what is missing is a second person.
    let line = stolen.sign_line(&text).unwrap();
    taken.leave("stockholm", "alone", &assemble(&text, &[&line]), &proof);
    taken.leave(
        "stockholm",
        "twice",
        &assemble(&text, &[&line, &line]),
        &proof,
    );
    let renamed = renamed(&stolen, other).sign_line(&text).unwrap();
    taken.leave(
        "stockholm",
        "renamed",
        &assemble(&text, &[&line, &renamed]),
        &proof,
    );
    let mut stems = vec![waiting.stem.as_str(), "alone", "twice", "renamed"];
    // A signature line in the other person's name, with that person's genuine key id.
    let genuine = released(taken.dir())
        .into_iter()
        .find(|one| one.region == "stockholm" && one.mandate.case != id)
        .unwrap()
        .note;
    let theirs = super::signatures_of(&genuine)
        .into_iter()
        .find(|line| line.contains(other))
        .expect("the genuine mandate bears both signatures")
        .to_owned();
    taken.leave(
        "stockholm",
        "borrowed",
        &assemble(&text, &[&line, &theirs]),
        &proof,
    );
    stems.push("borrowed");

    let reasons = taken.refuses("stockholm", &stems, "signatures: ");
    for reason in &reasons[..4] {
        assert!(reason.contains("1 of 2 people signed"), "{reason}");
    }
    assert!(
        reasons.last().unwrap().contains("invalid signature"),
        "{reasons:?}"
    );
}

/// The same key under another name.
fn renamed(key: &SigningKey<role::Person>, name: &str) -> SigningKey<role::Person> {
    // PRIVATE+KEY+<name>+<id>+<base64 of a type byte and the seed>
    let secret = key.to_secret();
    let encoded = secret.trim().splitn(5, '+').nth(4).unwrap();
    let seed = &BASE64_STANDARD.decode(encoded).unwrap()[1..];
    SigningKey::from_seed(seed.try_into().unwrap(), name).unwrap()
}

#[test]
fn counsels_stolen_key_alone_lets_nothing_out() {
    with_one_key(true);
}

#[test]
fn an_analysts_stolen_key_alone_lets_nothing_out() {
    with_one_key(false);
}
