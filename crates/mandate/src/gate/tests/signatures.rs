//! Check 1: the signatures.

use super::*;

fn signatures(why: &Refused) -> bool {
    matches!(why, Refused::Signatures(_))
}

#[test]
fn check_1_two_different_people_of_the_roster_one_of_them_counsel() {
    let provider = Provider::new();
    let Provider {
        olof,
        elin,
        maja,
        stranger,
        ..
    } = &provider;
    let with = |signers: &[&SigningKey<role::Person>]| {
        provider.admit(&provider.untrusted(&mandate(), signers))
    };
    refused(with(&[maja]), signatures, "1 of 2");
    refused(with(&[olof]), signatures, "1 of 2");
    refused(with(&[maja, stranger]), signatures, "1 of 2");
    refused(with(&[maja, maja]), signatures, "1 of 2");
    refused(with(&[olof, elin]), signatures, "counsel");
    refused(with(&[stranger]), signatures, "");
    assert!(
        with(&[stranger, elin, maja]).is_ok(),
        "a signature more does no harm"
    );
}

/// What these people's roster lets through, and why it refuses the other two.
fn elin_and_maja_may_and_olof_and_maja_may_not(
    provider: &mut Provider,
    people: Vec<crate::Person>,
    why: &str,
) {
    provider.roster = Roster::new(people).unwrap();
    let Provider {
        olof, elin, maja, ..
    } = &*provider;
    refused(
        provider.admit(&provider.untrusted(&mandate(), &[olof, maja])),
        signatures,
        why,
    );
    assert!(
        provider
            .admit(&provider.untrusted(&mandate(), &[elin, maja]))
            .is_ok()
    );
}

#[test]
fn check_1_one_person_with_two_keys_is_one_person() {
    let mut provider = Provider::new();
    let mut people = provider.roster.people().to_vec();
    people[0].id = people[2].id.clone();
    people[0].name = people[2].name.clone();
    people[0].role = Role::Counsel;
    elin_and_maja_may_and_olof_and_maja_may_not(&mut provider, people, "1 of 2");
}

#[test]
fn check_1_one_of_the_two_signs_on_a_machine_of_the_own() {
    let mut provider = Provider::new();
    let mut people = provider.roster.people().to_vec();
    for person in &mut people {
        person.own_machine = person.id == "elin";
    }
    let why = "neither key lies on its holder's own machine";
    elin_and_maja_may_and_olof_and_maja_may_not(&mut provider, people, why);
}

#[test]
fn check_1_a_roster_with_one_key_under_two_names_is_refused() {
    let provider = Provider::new();
    let mut people = provider.roster.people().to_vec();
    people[1].key = people[2].key.clone();
    assert!(Roster::new(people).unwrap_err().contains("same key"));
}

#[test]
fn check_1_only_analysts_and_counsel_are_on_a_roster() {
    let provider = Provider::new();
    for role in Role::ALL {
        let mut people = provider.roster.people().to_vec();
        people[0].role = role;
        let made = Roster::new(people);
        let signs = matches!(role, Role::Analyst | Role::Counsel);
        assert_eq!(made.is_ok(), signs, "{role}: {made:?}");
    }
}

#[test]
fn check_1_any_changed_byte_of_the_note_closes_the_gate() {
    let provider = Provider::new();
    let genuine = provider.untrusted(&mandate(), &[&provider.olof, &provider.maja]);
    for at in 0..genuine.note.len() {
        let mut changed = genuine.clone();
        changed.note[at] ^= 1;
        assert!(provider.admit(&changed).is_err(), "byte {at}");
    }
}

#[test]
fn check_1_what_a_newer_desk_has_signed_is_refused_and_called_that() {
    let provider = Provider::new();
    let mandate = mandate();
    let text = mandate.to_text();
    let newer = |from: &str, to: &str| {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        let note = testing::signed_text(&changed, &[&provider.olof, &provider.maja]);
        let what = EventKind::Mandated {
            mandate: mandate.digest(),
        };
        provider.admit(&provider.with_note(&mandate, note, what))
    };
    let of_it = |why: &Refused| matches!(why, Refused::Mandate(_));
    let field = newer("{\n", "{\n  \"dreamt\": 1,\n");
    refused(field, of_it, "the field `dreamt`, which this version");
    let form = newer("lagrum-mandate/1", "lagrum-mandate/2");
    refused(form, of_it, "the form `lagrum-mandate/2`, which");
    let word = newer("\"disclose\"", "\"dream\"");
    refused(word, of_it, "the word `dream`, which");
    // What no version wrote is something else.
    refused(newer("{\n", "\n"), signatures, "something else");
}
