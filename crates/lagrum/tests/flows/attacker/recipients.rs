//! The desk lies about what a signer cannot judge: to whom the answer is sealed.

use std::fs;

use lagrum_model::{Demand, RecipientKey};

use super::{Taken, a_key_of_the_thief};

/// The refusal of an agent that does not know a key.
const UNKNOWN: &str = "mandate: this agent does not know the recipient";

#[test]
fn a_recipients_key_exchanged_at_the_desk_opens_nothing() {
    let taken = Taken::new();
    // The thief's key under the name of the police, in the demand as the desk holds it. Both people
    // then sign what the program shows them.
    let thief = a_key_of_the_thief();
    let waiting = taken.signed_by_both("exchanged", |demand| {
        demand.recipient.as_mut().unwrap().key = thief.clone();
    });
    assert_eq!(waiting.mandate.recipient.key(), Some(&thief));
    taken.refuses("stockholm", &[&waiting.stem], UNKNOWN);
}

#[test]
fn a_key_is_not_known_under_another_authoritys_name_or_country() {
    let taken = Taken::new();
    // A key that this agent knows, but as that of the Danish police.
    let known = taken.dir().join("recipients/dk-police.key");
    let known = fs::read_to_string(known).unwrap();
    let known = known.lines().next().unwrap();
    let known = RecipientKey::parse(known.strip_prefix("# public key: ").unwrap()).unwrap();
    type Change = fn(&mut Demand);
    let named: [(&str, Change); 2] = [
        ("danish", |_| ()),
        ("swedish", |demand| {
            demand.recipient.as_mut().unwrap().name = "Rigspolitiet".into();
        }),
    ];
    for (reference, change) in named {
        let waiting = taken.signed_by_both(reference, |demand| {
            demand.recipient.as_mut().unwrap().key = known.clone();
            change(demand);
        });
        taken.refuses("stockholm", &[&waiting.stem], UNKNOWN);
        taken.take_away("stockholm", &waiting.stem);
    }
}

#[test]
fn a_key_that_the_desk_alone_made_known_is_not_known_to_the_agent() {
    let taken = Taken::new();
    let thief = a_key_of_the_thief();
    // All that the desk's host holds about keys: its own list, and what it publishes.
    for file in ["desk/authorities.toml", "trust.toml"] {
        let file = taken.dir().join(file);
        let text = fs::read_to_string(&file).unwrap();
        let police = fs::read_to_string(taken.dir().join("recipients/se-police.key")).unwrap();
        let police = police.lines().next().unwrap();
        let police = police.strip_prefix("# public key: ").unwrap();
        fs::write(&file, text.replace(police, thief.as_str())).unwrap();
    }
    let waiting = taken.signed_by_both("published", |demand| {
        demand.recipient.as_mut().unwrap().key = thief.clone();
    });
    taken.refuses("stockholm", &[&waiting.stem], UNKNOWN);
}
