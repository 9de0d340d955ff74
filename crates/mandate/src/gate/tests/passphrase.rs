//! Check 4, of a passphrase that is told by telephone: on a number that the agent itself knows, by a person of its roster.

use lagrum_model::CountryCode;
use lagrum_notes::testing::Passkey;

use super::*;
use crate::{
    KnownNumber, Person, SealedTo, TelephoneNumber, ToldPassphrase, number_from_note,
    recipient_from_note,
};

const NUMBER: &str = "+46 77 114 14 00";

fn number(text: &str) -> TelephoneNumber {
    TelephoneNumber::parse(text).unwrap()
}

fn known() -> KnownNumber {
    KnownNumber {
        name: "Police".into(),
        country: CountryCode::parse("SE").unwrap(),
        number: number(NUMBER),
        since: date(2026, 11, 1),
    }
}

/// A provider whose agent knows the number, and no key.
fn provider() -> Provider {
    let mut provider = Provider::new();
    let recipients = Recipients::default().with_numbers(vec![known()]);
    provider.recipients = recipients.unwrap();
    provider
}

fn told(name: &str, by: &str, on: &str) -> SealedTo {
    SealedTo::Passphrase(ToldPassphrase::new(name, by, number(on)))
}

fn unknown(why: &Refused) -> bool {
    matches!(why, Refused::Mandate(why) if why.contains("does not know the recipient"))
}

fn no_key(why: &Refused) -> bool {
    matches!(why, Refused::Mandate(why) if why.contains("no key on this agent's roster"))
}

#[test]
fn check_4_a_passphrase_is_told_on_no_number_unless_the_agent_knows_it() {
    let with =
        |provider: &Provider, to: &SealedTo| provider.admit_changed(&|m| m.recipient = to.clone());
    // Off by default: who knows keys alone lets nobody be told anything.
    let off = Provider::new();
    refused(
        with(&off, &told("Police", "olof", NUMBER)),
        unknown,
        "77 114",
    );

    let provider = provider();
    let cleared = with(&provider, &told("Police", "olof", NUMBER)).unwrap();
    assert!(cleared.mandate().recipient.told().is_some());
    for other in [
        told("Police", "olof", "+46 70 000 00 00"),
        told("police", "olof", NUMBER),
        // One spelling of a number is another text, and is not known.
        told("Police", "olof", "+46771141400"),
    ] {
        refused(with(&provider, &other), unknown, "telephone number");
    }
    let mut elsewhere = self::provider();
    let mut dane = known();
    dane.country = CountryCode::parse("DK").unwrap();
    elsewhere.recipients = testing::recipients().with_numbers(vec![dane]).unwrap();
    let admitted = with(&elsewhere, &told("Police", "olof", NUMBER));
    refused(admitted, unknown, "(SE)");
}

#[test]
fn check_4_who_tells_it_is_a_person_of_the_roster_to_whose_key_it_can_be_sealed() {
    let mut provider = provider();
    let passkey = Passkey::new(7, "https://desk.kvist.example");
    let mut people = provider.roster.people().to_vec();
    people.push(Person {
        id: "nils".into(),
        ..testing::with_passkey("Nils", Role::Analyst, &passkey, "kvist.example/nils")
    });
    provider.roster = Roster::new(people).unwrap();
    for by in ["olof", "elin", "maja"] {
        let to = told("Police", by, NUMBER);
        assert!(
            provider
                .admit_changed(&|m| m.recipient = to.clone())
                .is_ok(),
            "{by}"
        );
    }
    for by in ["eve", "", "Olof", "nils"] {
        let to = told("Police", by, NUMBER);
        let admitted = provider.admit_changed(&|m| m.recipient = to.clone());
        refused(admitted, no_key, "is to tell the passphrase");
    }
}

#[test]
fn check_1_a_passphrase_in_the_place_of_the_key_that_two_people_signed_for_is_not_signed() {
    // Whoever has the desk puts the one in the place of the other under signatures that it has, and logs it.
    let provider = provider();
    let key = mandate();
    let mut swapped = key.clone();
    swapped.recipient = told("Police", "olof", NUMBER);
    for (signed, offered) in [(&key, &swapped), (&swapped, &key)] {
        let note = testing::signed(signed, &[&provider.olof, &provider.maja]);
        let lines: Vec<_> = note.split_once("\n\n").unwrap().1.lines().collect();
        let untrusted = provider.with_lines(offered, &lines);
        assert!(matches!(
            provider.admit(&untrusted),
            Err(Refused::Signatures(_))
        ));
    }
    // What is signed says it, for whoever reads it.
    let text = swapped.to_text();
    for said in [
        "a one-time passphrase that is told by telephone",
        "\"olof\"",
        NUMBER,
    ] {
        assert!(text.contains(said), "{text}");
    }
    // A key beside a passphrase is no mandate: age has no such package.
    let both = text.replace(
        "\"told_by\"",
        &format!(
            "\"key\": \"{}\",\n    \"told_by\"",
            lagrum_model::testing::RECIPIENT_KEY
        ),
    );
    assert!(Mandate::parse(&both).is_err());
}

#[test]
fn who_has_a_key_where_the_data_lies_is_told_no_passphrase_that_is_worth_less() {
    let refused = |list: Result<Recipients, String>| {
        let why = list.unwrap_err();
        assert!(why.contains("Police (SE) has a key"), "{why}");
    };
    let key = testing::recipients();
    refused(key.clone().with_numbers(vec![known()]));
    refused(key.clone().with_number(known()));
    let number = Recipients::default().with_number(known()).unwrap();
    refused(number.clone().with(key.known()[0].clone()));
    let both = format!("{}\n{}", key.to_toml().unwrap(), number.to_toml().unwrap());
    refused(Recipients::parse(&both));
    // The same name elsewhere, and another name, are other authorities.
    let mut dane = known();
    dane.country = CountryCode::parse("DK").unwrap();
    let mut customs = known();
    customs.name = "Customs".into();
    customs.number = TelephoneNumber::parse("+46 77 152 05 20").unwrap();
    key.with_numbers(vec![dane, customs]).unwrap();
}

#[test]
fn a_number_becomes_known_by_two_people_and_is_one_authoritys() {
    let Provider {
        olof,
        elin,
        maja,
        stranger,
        roster,
        ..
    } = &provider();
    let text = known().to_text();
    let note = testing::signed_text;
    let read = |text: &str, signers: &[&SigningKey<role::Person>]| {
        number_from_note(roster, true, note(text, signers).as_bytes())
    };
    assert_eq!(read(&text, &[olof, maja]).unwrap(), known());
    for signers in [&[maja][..], &[maja, stranger], &[olof, elin], &[stranger]] {
        assert!(read(&text, signers).is_err());
    }
    // What makes a number known makes no key known, and the other way round; nor does a mandate.
    assert!(recipient_from_note(roster, true, note(&text, &[olof, maja]).as_bytes()).is_err());
    assert!(read(&mandate().to_text(), &[olof, maja]).is_err());
    let mut other = known();
    other.name = "Customs".into();
    other.number = number("+46771141400");
    let twice = Recipients::default().with_numbers(vec![known(), other]);
    assert!(twice.unwrap_err().contains("the same telephone number"));
    for wrong in [
        "",
        "112",
        "0771141400",
        "+46 77 114 14 0O",
        "+46  77 114 14 00",
        "+46 77-114 14 00",
    ] {
        assert!(TelephoneNumber::parse(wrong).is_err(), "{wrong}");
    }
}
