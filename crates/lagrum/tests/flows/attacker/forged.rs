//! Mandates that nobody signed, or that two people signed for something else.

use std::fs;

use jiff::SignedDuration;
use lagrum_agent::{Agent, MandateOutcome};
use lagrum_mandate::Nonce;
use lagrum_notes::assemble;
use rand_core::OsRng;

use super::{Taken, mandate_of, own_key, roster_of, signatures_of, text_of};
use crate::support::{Dice, files_below, name, now};

#[test]
fn a_roster_forged_at_the_desk_lets_nothing_out() {
    for names in [
        ["kvist.example/olof", "kvist.example/maja"],
        ["thief.example/a", "thief.example/b"],
    ] {
        let taken = Taken::new();
        let [analyst, counsel] = names.map(own_key);
        fs::write(
            taken.dir().join("desk/roster.toml"),
            roster_of(&analyst, &counsel),
        )
        .unwrap();
        // The desk's own program then signs, logs and releases, with the real log key.
        let desk = taken.desk();
        let id = taken.a_case_that_waits_for_signatures(&desk, "forged");
        taken.approve(&desk, &id, &[&analyst, &counsel]);
        let forged = taken.released(&id);
        let reasons = taken.refuses("stockholm", &[&forged.stem], "signatures: ");
        assert!(!reasons[0].contains("invalid signature"), "{reasons:?}");
    }
}

#[test]
fn a_mandate_that_was_carried_out_is_not_carried_out_again() {
    let taken = Taken::new();
    let (stem, note, proof) = taken.carried_out();
    taken.leave("stockholm", &stem, &note, &proof);
    taken.leave("stockholm", "2026-9999-00000000", &note, &proof);
    taken.leave("stockholm", "again", &note, &proof);
    // Its receipt went when the desk had it: the agent has to decide from its own memory.
    assert!(
        files_below(&taken.exchange("stockholm").join("out"))
            .iter()
            .all(|file| !name(file).starts_with(&stem))
    );
    let stems = ["2026-9999-00000000", "again", &stem];
    let reasons = taken.refuses("stockholm", &stems, "mandate: ");
    assert!(
        reasons.iter().all(|why| why.contains("carried out before")),
        "{reasons:?}"
    );
}

#[test]
fn genuine_signatures_count_for_no_other_text() {
    let taken = Taken::new();
    let (_, stem) = taken.a_genuine_mandate_that_waits("genuine");
    let (note, proof) = taken.left("stockholm", &stem);
    taken.take_away("stockholm", &stem);
    let genuine = mandate_of(&note);
    let lines = signatures_of(&note);
    let mut wider = genuine.clone();
    wider.period = lagrum_model::Period::new(
        genuine.period.from() - SignedDuration::from_hours(1),
        genuine.period.until(),
    )
    .unwrap();
    let mut to_the_thief = genuine.clone();
    to_the_thief.recipient = super::to_the_thief(&to_the_thief);
    let mut of_another = genuine.clone();
    let other = lagrum_model::EmailAddress::parse("fir@kvist.example").unwrap();
    of_another.identifiers = vec![
        lagrum_model::Identifier::EmailAddress(other)
            .try_into()
            .unwrap(),
    ];
    let mut new_again = genuine.clone();
    new_again.nonce = Nonce([7; 16]);
    let mut elsewhere = genuine;
    elsewhere.region = lagrum_model::Region::parse("dublin").unwrap();
    let forged = [
        ("wider", wider),
        ("to-the-thief", to_the_thief),
        ("of-another", of_another),
        ("new-again", new_again),
        ("elsewhere", elsewhere),
    ];
    for (stem, mandate) in &forged {
        taken.leave(
            "stockholm",
            stem,
            &assemble(&mandate.to_text(), &lines),
            &proof,
        );
    }
    let stems = forged.each_ref().map(|(stem, _)| *stem);
    let reasons = taken.refuses("stockholm", &stems, "signatures: ");
    assert!(
        reasons.iter().all(|why| why.contains("invalid signature")),
        "{reasons:?}"
    );
}

#[test]
fn a_mandate_for_one_region_opens_no_other() {
    let taken = Taken::new();
    let (_, stem) = taken.a_genuine_mandate_that_waits("swedish");
    let (note, proof) = taken.left("stockholm", &stem);
    for region in ["dublin", "seattle"] {
        taken.leave(region, "elsewhere", &note, &proof);
        // Swedish law does not reach there; that comes before the region is compared.
        taken.refuses(region, &["elsewhere"], "law: ");
    }
    // To the agent of its own region it is as good as ever.
    let outcomes = taken.run("stockholm");
    assert!(matches!(
        outcomes.iter().find(|(name, _)| *name == stem),
        Some((_, MandateOutcome::Produced(_)))
    ));
}

#[test]
fn a_mandate_that_was_kept_back_until_it_expired_lets_nothing_out() {
    let taken = Taken::new();
    let (_, stem) = taken.a_genuine_mandate_that_waits("late");
    let before = taken.done();
    let file = taken.dir().join("agents/stockholm/agent.toml");
    let later = || now() + SignedDuration::from_hours(24 * 15);
    let outcomes = Agent::open(&file)
        .unwrap()
        .run(&later, &mut OsRng, &mut |_| ())
        .unwrap();
    let outcome = outcomes.iter().find(|(name, _)| name.as_str() == stem);
    let Some((_, MandateOutcome::Refused(refusal))) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(
        refusal.why.starts_with("mandate: it expired at "),
        "{}",
        refusal.why
    );
    assert!(taken.done() == before);
}

#[test]
fn a_proof_or_a_signature_with_any_bit_flipped_lets_nothing_out() {
    let taken = Taken::new();
    let (_, stem) = taken.a_genuine_mandate_that_waits("flipped");
    let (note, proof) = taken.left("stockholm", &stem);
    taken.take_away("stockholm", &stem);
    let mut dice = Dice(3);
    let mut flip = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        let at = dice.below(bytes.len() as u64) as usize;
        // The lowest bit: it stays ASCII, so that nothing but the meaning is wrong.
        bytes[at] ^= 1;
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let mut stems = Vec::new();
    for number in 0..60 {
        let (in_proof, in_note) = (format!("proof-{number}"), format!("note-{number}"));
        taken.leave("stockholm", &in_proof, &note, &flip(&proof));
        taken.leave("stockholm", &in_note, &flip(&note), &proof);
        stems.extend([in_proof, in_note]);
    }
    let all: Vec<_> = stems.iter().map(String::as_str).collect();
    taken.refuses("stockholm", &all, "");
    // And with nothing flipped it is carried out.
    for stem in &stems {
        taken.take_away("stockholm", stem);
    }
    taken.leave("stockholm", &stem, &note, &proof);
    assert_eq!(mandate_of(&note).to_text(), text_of(&note));
    let outcomes = taken.run("stockholm");
    assert!(matches!(
        outcomes.iter().find(|(name, _)| *name == stem),
        Some((_, MandateOutcome::Produced(_)))
    ));
}
