//! The desk lies about what a signer cannot judge: to whom the answer is sealed.

use std::fs;

use lagrum_agent::Agent;
use lagrum_certificate::Certificate;
use lagrum_mandate::{KnownRecipient, PinnedCertificate, Recipients};
use lagrum_model::{CountryCode, Demand, RecipientKey};

use super::{Taken, a_key_of_the_thief};
use crate::certificates::Holder;
use crate::support::now;

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

#[test]
fn a_certificate_of_the_same_name_put_in_the_place_of_the_pinned_one_opens_nothing() {
    let thieves = Holder::each("Polismyndigheten");
    let police = Holder::each("Polismyndigheten").into_iter();
    for (police, thief) in police.zip(thieves) {
        put_in_its_place(&police.certificate(now()), &thief.certificate(now()));
    }
}

fn put_in_its_place(police: &Certificate, thief: &Certificate) {
    let taken = Taken::new();
    let file = taken.dir().join("agents/stockholm/recipients.toml");
    let before = Recipients::parse(&fs::read_to_string(&file).unwrap()).unwrap();
    let pinned = |one: &Certificate, bytes: &Certificate| {
        let known = KnownRecipient {
            name: "Polismyndigheten".into(),
            country: CountryCode::parse("SE").unwrap(),
            key: one.key().clone(),
            certificate: Some(PinnedCertificate::new(bytes.bytes()).unwrap()),
            since: before.known()[0].since,
        };
        let alone = Recipients::new(vec![known]);
        alone.map(|list| list.to_toml().unwrap())
    };
    let genuine = pinned(police, police).unwrap();
    // Whoever has the desk sends a mandate that names the thief's certificate: two people signed it, and it is not
    // pinned where the data lies.
    fs::write(&file, &genuine).unwrap();
    let to = |one: &Certificate, reference: &str| {
        taken.signed_by_both(reference, |demand| {
            let recipient = demand.recipient.as_mut().unwrap();
            recipient.name = "Polismyndigheten".into();
            recipient.key = one.key().clone();
        })
    };
    let waiting = to(thief, "thief");
    taken.refuses("stockholm", &[&waiting.stem], UNKNOWN);
    taken.take_away("stockholm", &waiting.stem);
    // Whoever can write the agent's list puts the thief's certificate under the genuine name: the agent does not
    // open; and with its own name: it is not the one of the mandate.
    let waiting = to(police, "genuine");
    assert!(pinned(police, thief).is_err());
    let base64 = |one: &Certificate| String::from(PinnedCertificate::new(one.bytes()).unwrap());
    fs::write(&file, genuine.replace(&base64(police), &base64(thief))).unwrap();
    let config = taken.dir().join("agents/stockholm/agent.toml");
    let before = taken.done();
    let error = Agent::open(&config)
        .err()
        .expect("it does not work")
        .to_string();
    assert!(error.contains("the certificate is another"), "{error}");
    assert!(taken.done() == before);
    fs::write(&file, pinned(thief, thief).unwrap()).unwrap();
    taken.refuses("stockholm", &[&waiting.stem], UNKNOWN);
}
