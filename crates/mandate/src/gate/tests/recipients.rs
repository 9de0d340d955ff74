//! Check 4: the recipient is one that the agent itself knows.

use lagrum_model::{CountryCode, Recipient, RecipientKey};

use super::*;
use crate::{KnownRecipient, SealedTo, recipient_from_note};

/// A key that the agent does not know: that of the age specification.
const OTHER: &str = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

fn unknown(why: &Refused) -> bool {
    matches!(why, Refused::Mandate(why) if why.contains("does not know the recipient"))
}

#[test]
fn check_4_the_desk_cannot_put_another_key_under_a_known_name() {
    let provider = Provider::new();
    let change = |change: &dyn Fn(&mut Mandate)| provider.admit_changed(change);
    assert!(change(&|_| ()).is_ok());
    let key = RecipientKey::parse(OTHER).unwrap();
    let other = |change: &dyn Fn(&mut Recipient)| {
        let mut recipient = testing::recipient();
        change(&mut recipient);
        let recipient = SealedTo::Key(recipient);
        provider.admit_changed(&|m| m.recipient = recipient.clone())
    };
    refused(other(&|one| one.key = key.clone()), unknown, "SE");
    refused(other(&|one| one.name = "police".into()), unknown, "police");
}

#[test]
fn check_4_a_key_that_is_known_for_one_country_is_not_known_for_another() {
    let mut provider = Provider::new();
    let mut known = provider.recipients.known().to_vec();
    known[0].country = CountryCode::parse("DK").unwrap();
    provider.recipients = Recipients::new(known).unwrap();
    let admitted = provider.admit_changed(&|_| ());
    refused(admitted, unknown, "(SE)");
}

#[test]
fn check_4_an_agent_that_knows_nobody_seals_to_nobody() {
    let mut provider = Provider::new();
    provider.recipients = Recipients::default();
    let admitted = provider.admit_changed(&|_| ());
    refused(admitted, unknown, "");
}

#[test]
fn a_recipient_becomes_known_by_two_people_as_a_mandate_by_two_people() {
    let provider = Provider::new();
    let Provider {
        olof,
        elin,
        maja,
        stranger,
        roster,
        ..
    } = &provider;
    let known = KnownRecipient {
        name: "Rigspolitiet".into(),
        country: CountryCode::parse("DK").unwrap(),
        key: RecipientKey::parse(OTHER).unwrap(),
        certificate: None,
        since: date(2026, 11, 21),
    };
    let text = known.to_text();
    let read = |text: &str, signers: &[&SigningKey<role::Person>]| {
        let note = testing::signed_text(text, signers);
        recipient_from_note(roster, true, note.as_bytes())
    };
    assert_eq!(read(&text, &[olof, maja]).unwrap(), known);
    for signers in [
        &[maja][..],
        &[maja, maja],
        &[maja, stranger],
        &[olof, elin],
        &[stranger],
    ] {
        assert!(read(&text, signers).is_err());
    }
    // Two people who signed a mandate made no recipient known, and the other way round.
    assert!(read(&mandate().to_text(), &[olof, maja]).is_err());
    let note = testing::signed_text(&text, &[olof, maja]);
    let mut untrusted = provider.untrusted(&mandate(), &[olof, maja]);
    untrusted.note = note.into_bytes();
    assert!(provider.admit(&untrusted).is_err());
    // A name that shows something else than it holds makes nobody known.
    let mut hidden = known.clone();
    hidden.name = "Rigspolitiet\nverified".into();
    assert!(read(&hidden.to_text(), &[olof, maja]).is_err());
}
