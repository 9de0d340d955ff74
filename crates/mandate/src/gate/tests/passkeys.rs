//! Check 1 with passkeys: each is a person's signature, and never one from a person's own machine.

use lagrum_notes::testing::Passkey;
use lagrum_notes::{Assertion, passkey_challenge, passkey_line};

use super::*;
use crate::testing::with_passkey;
use crate::{Person, Recall};

const ORIGIN: &str = "https://desk.kvist.example";
const MAJAS: &str = "firm.example/maja-passkey";
const OLOFS: &str = "kvist.example/olof-passkey";

/// The provider, at which counsel and Olof have a passkey besides, and Elin's key lies on her own
/// machine.
struct WithPasskeys {
    provider: Provider,
    maja: Passkey,
    olof: Passkey,
}

impl WithPasskeys {
    fn new() -> Self {
        let mut provider = Provider::new();
        let (maja, olof) = (Passkey::new(1, ORIGIN), Passkey::new(2, ORIGIN));
        let mut people = provider.roster.people().to_vec();
        for person in &mut people {
            person.own_machine = person.id == "elin";
        }
        people.push(with_passkey("Maja", Role::Counsel, &maja, MAJAS));
        people.push(with_passkey("Olof", Role::Analyst, &olof, OLOFS));
        provider.roster = Roster::new(people).unwrap();
        Self {
            provider,
            maja,
            olof,
        }
    }

    fn admit(&self, lines: &[&str]) -> Result<Cleared, Refused> {
        let untrusted = self.provider.with_lines(&mandate(), lines);
        self.provider.admit(&untrusted)
    }

    fn majas(&self) -> String {
        self.maja.sign_line(MAJAS, &mandate().to_text())
    }

    fn olofs(&self) -> String {
        self.olof.sign_line(OLOFS, &mandate().to_text())
    }
}

fn line(key: &SigningKey<role::Person>) -> String {
    key.sign_line(&mandate().to_text()).unwrap()
}

fn signatures(why: &Refused) -> bool {
    matches!(why, Refused::Signatures(_))
}

const NOT_OWN: &str = "neither key lies on its holder's own machine";

#[test]
fn check_1_counsels_passkey_counts_beside_a_key_on_a_machine_of_the_own() {
    let with = WithPasskeys::new();
    let elins = line(&with.provider.elin);
    assert!(with.admit(&[&with.majas(), &elins]).is_ok());
    refused(with.admit(&[&with.majas()]), signatures, "1 of 2");
    refused(with.admit(&[&with.olofs(), &elins]), signatures, "counsel");
}

#[test]
fn check_1_a_passkey_and_a_key_at_the_desk_are_refused_by_default() {
    let with = WithPasskeys::new();
    let olofs = line(&with.provider.olof);
    refused(with.admit(&[&with.majas(), &olofs]), signatures, NOT_OWN);
}

#[test]
fn check_1_two_passkeys_are_refused_by_default() {
    let with = WithPasskeys::new();
    let lines = [with.majas(), with.olofs()];
    refused(with.admit(&[&lines[0], &lines[1]]), signatures, NOT_OWN);
    // An operator can switch that off: two people did sign.
    let note = with
        .provider
        .with_lines(&mandate(), &[&lines[0], &lines[1]])
        .note;
    let roster = &with.provider.roster;
    assert!(two_people_signed(roster, false, &note).is_ok());
    assert!(two_people_signed(roster, true, &note).is_err());
}

#[test]
fn what_a_taken_over_desk_has_a_passkey_sign_lets_nothing_out_without_a_key_that_it_never_sees() {
    let with = WithPasskeys::new();
    // Counsel believes to sign in: the page chose the challenge, and nothing else showed it.
    let mut others = mandate();
    others.reference = "what nobody was shown".into();
    let text = others.to_text();
    let touched = with.maja.sign(&passkey_challenge(&text));
    let counsels = passkey_line(&with.maja.named(MAJAS), &touched).unwrap();
    // The desk has Olof's key file and passphrase, too, since he signs on its host.
    let olofs = with.provider.olof.sign_line(&text).unwrap();
    let untrusted = with.provider.with_lines(&others, &[&counsels, &olofs]);
    refused(with.provider.admit(&untrusted), signatures, NOT_OWN);
    // Where the operator switched that off, nothing is left that stops it.
    let roster = &with.provider.roster;
    assert_eq!(two_people_signed(roster, false, &untrusted.note), Ok(text));
}

#[test]
fn check_1_one_person_with_a_passkey_and_another_key_is_one_person() {
    let with = WithPasskeys::new();
    let majas = line(&with.provider.maja);
    refused(with.admit(&[&majas, &with.majas()]), signatures, "1 of 2");
    // Under her id both are hers; under another id the roster does not take her name.
    let mut people = with.provider.roster.people().to_vec();
    people[3].id = "somebody-else".into();
    assert!(Roster::new(people).unwrap_err().contains("reads like"));
}

#[test]
fn check_1_one_passkeys_signature_in_two_forms_is_one_signature() {
    let with = WithPasskeys::new();
    let made = with.maja.sign(&passkey_challenge(&mandate().to_text()));
    // The second value of `s`, that nobody needs the key for.
    let twin = Assertion {
        signature: lagrum_notes::testing::twin(&made.signature),
        ..made.clone()
    };
    assert_ne!(made, twin);
    let key = with.maja.named(MAJAS);
    let one = passkey_line(&key, &made).unwrap();
    let other = passkey_line(&key, &twin).unwrap();
    refused(with.admit(&[&one, &other]), signatures, "1 of 2");
    // Nor is a second touch a second person: it gives another line.
    let again = Assertion {
        authenticator_data: made.authenticator_data.clone(),
        ..with.maja.sign_as(
            &lagrum_notes::testing::authenticator_data("desk.kvist.example", 0x1d),
            &made.client_data,
        )
    };
    let again = passkey_line(&key, &again).unwrap();
    assert_ne!(one, again);
    refused(with.admit(&[&one, &again]), signatures, "1 of 2");
}

#[test]
fn check_1_what_a_passkey_signed_for_another_mandate_or_page_counts_for_none() {
    let with = WithPasskeys::new();
    let elins = line(&with.provider.elin);
    let mut other = mandate();
    other.reference = "AM-2".into();
    let key = with.maja.named(MAJAS);
    let invalid = |line: &str| refused(with.admit(&[line, &elins]), signatures, "invalid");
    invalid(&with.maja.sign_line(MAJAS, &other.to_text()));
    let challenge = passkey_challenge(&mandate().to_text());
    let elsewhere = Passkey::new(1, "https://desk.kvist.example.evil.example").sign(&challenge);
    invalid(&passkey_line(&key, &elsewhere).unwrap());
    let of_another = with.olof.sign(&challenge);
    invalid(&passkey_line(&key, &of_another).unwrap());
    // What signed her in, if its challenge was another, is no signature.
    invalid(&passkey_line(&key, &with.maja.sign(&[7; 32])).unwrap());
}

#[test]
fn check_1_any_changed_byte_of_a_note_under_a_passkey_closes_the_gate() {
    let with = WithPasskeys::new();
    let lines = [with.majas(), line(&with.provider.elin)];
    let genuine = with
        .provider
        .with_lines(&mandate(), &[&lines[0], &lines[1]])
        .note;
    let open = |note: &[u8]| two_people_signed(&with.provider.roster, true, note).is_ok();
    assert!(open(&genuine));
    for at in 0..genuine.len() {
        let mut changed = genuine.clone();
        changed[at] ^= 1;
        assert!(!open(&changed), "byte {at}");
    }
}

#[test]
fn a_roster_says_which_key_is_a_passkey_and_that_it_is_on_nobodys_own_machine() {
    let with = WithPasskeys::new();
    let roster = &with.provider.roster;
    let text = toml::to_string(roster).unwrap();
    assert_eq!(
        text.matches("\npasskey = \"https://desk.kvist.example\"\n")
            .count(),
        2
    );
    assert_eq!(Roster::parse(&text).as_ref(), Ok(roster));
    // Nobody has to read base64 to see it.
    let silent = text.replace("passkey = \"https://desk.kvist.example\"\n", "");
    let why = Roster::parse(&silent).unwrap_err();
    assert!(why.contains("is a passkey; say so"), "{why}");
    let other = text.replace("passkey = \"https://desk", "passkey = \"https://other");
    assert!(Roster::parse(&other).unwrap_err().contains("say so"));
    let claimed = text.replacen(
        "own_machine = true\n",
        "own_machine = true\npasskey = \"https://desk.kvist.example\"\n",
        1,
    );
    let why = Roster::parse(&claimed).unwrap_err();
    assert!(
        why.contains("`passkey`") && why.contains("leave it out"),
        "{why}"
    );

    let mut people = roster.people().to_vec();
    people[3].own_machine = true;
    let why = Roster::new(people).unwrap_err();
    assert!(
        why.contains("show one thing and have the passkey sign another"),
        "{why}"
    );
    // One passkey is one person's, whatever page it is for.
    let mut people: Vec<Person> = roster.people().to_vec();
    let elsewhere = Passkey::new(1, "https://other.kvist.example");
    people[4] = with_passkey("Olof", Role::Analyst, &elsewhere, OLOFS);
    assert!(Roster::new(people).unwrap_err().contains("same key"));
}

#[test]
fn who_signs_with_a_passkey_recalls_with_it_and_decides_what_was_withheld() {
    let with = WithPasskeys::new();
    let recall = Recall {
        case: CaseId::new(2026, 4),
        mandate: mandate().digest(),
        at: NOW.parse().unwrap(),
    };
    let text = recall.to_text();
    let note = |line: &str| lagrum_notes::assemble(&text, &[line]).into_bytes();
    let read = |note: &[u8]| {
        Recall::from_note(&with.provider.roster, note).map(|(recall, by)| (recall, by.id.clone()))
    };
    let made = note(&with.maja.sign_line(MAJAS, &text));
    assert_eq!(read(&made), Ok((recall.clone(), "maja".to_owned())));
    assert!(read(&note(&with.majas())).is_err());

    let mut decided = mandate();
    decided.review = Some(crate::Review {
        of: mandate().digest(),
        by: "maja".into(),
        items: Vec::new(),
    });
    let text = decided.to_text();
    let lines = [with.maja.sign_line(MAJAS, &text), line(&with.provider.elin)];
    let signed = lagrum_notes::assemble(&text, &[&lines[0], &lines[1]]);
    let reviewer =
        |note: &str| the_reviewer_signed(&with.provider.roster, &decided, note.as_bytes());
    assert_eq!(reviewer(&signed), Ok(()));
    let without = lagrum_notes::assemble(&text, &[&lines[1]]);
    assert!(reviewer(&without).is_err());
}
