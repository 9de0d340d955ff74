//! The line of a passkey is brought to the desk as any other.

use std::fs;

use lagrum_mandate::testing::with_passkey;
use lagrum_mandate::{Person, Roster};
use lagrum_model::{Refusal, Role};
use lagrum_notes::testing::{Passkey, authenticator_data};
use lagrum_notes::{passkey_challenge, passkey_line};
use rand_core::OsRng;

use super::world::{World, decide, person, take};
use crate::{Desk, Session};

const ORIGIN: &str = "https://desk.kvist.example";
const NAME: &str = "kvist.example/counsel-passkey";

/// The world with a passkey of counsel on the desk's roster, beside counsel's other key, which lies on
/// counsel's own machine; the analyst's does, too, or not.
fn with_counsels_passkey(passkey: &Passkey, analysts_own: bool) -> World {
    let world = World::new();
    let file = world.dir().join("roster.toml");
    let roster = Roster::parse(&fs::read_to_string(&file).unwrap()).unwrap();
    let mut people: Vec<Person> = roster.people().to_vec();
    for person in people.iter_mut().filter(|one| one.role == Role::Analyst) {
        person.own_machine = analysts_own;
    }
    people.push(with_passkey("The counsel", Role::Counsel, passkey, NAME));
    let roster = Roster::new(people).unwrap();
    fs::write(&file, toml::to_string(&roster).unwrap()).unwrap();
    world
}

fn session<'a>(desk: &'a Desk, world: &'a World, random: &'a mut OsRng) -> Session<'a> {
    desk.session(person(desk, Role::Analyst), &world.time, random)
}

#[test]
fn counsels_passkey_and_an_analysts_key_release_a_mandate_and_the_record_holds() {
    let passkey = Passkey::new(1, ORIGIN);
    let world = with_counsels_passkey(&passkey, true);
    let (desk, mut random) = (world.desk(), OsRng);
    let mut session = session(&desk, &world, &mut random);
    let [id, other] = ["R 1", "R 2"].map(|reference| {
        let id = take(&mut session, reference).case;
        decide(&mut session, &id);
        id
    });
    let waiting = session.to_sign(&id).unwrap().remove(0);
    let others = session.to_sign(&other).unwrap().remove(0);
    let refusal = |session: &mut Session<'_>, line: String| {
        let lines = [(waiting.mandate, line)];
        let error = session.add_signatures(&id, &lines).unwrap_err();
        error.refusal().cloned().unwrap()
    };

    // What was signed for another mandate, or with somebody else's passkey, is no signature of this one.
    for line in [
        passkey.sign_line(NAME, &others.text),
        Passkey::new(2, ORIGIN).sign_line(NAME, &waiting.text),
    ] {
        let why = refusal(&mut session, line);
        assert!(
            matches!(why, Refusal::SignatureInvalid | Refusal::NotOnRoster { .. }),
            "{why:?}"
        );
    }
    let key = passkey.named(NAME);
    let replayed = passkey_line(&key, &passkey.sign(&passkey_challenge(&others.text))).unwrap();
    assert_eq!(refusal(&mut session, replayed), Refusal::SignatureInvalid);

    let line = passkey.sign_line(NAME, &waiting.text);
    let signed = session
        .add_signatures(&id, &[(waiting.mandate, line.clone())])
        .unwrap();
    assert_eq!(
        (signed.signer.as_str(), signed.released),
        ("The counsel", false)
    );
    let again = session
        .add_signatures(&id, &[(waiting.mandate, line)])
        .unwrap();
    assert!(!again.released, "the same signature again is no second one");
    // Neither counsel's other key nor a second touch of the passkey is a second person.
    let challenge = passkey_challenge(&waiting.text);
    let touched = passkey.sign_as(
        &authenticator_data("desk.kvist.example", 0x1d),
        passkey.client_data(&challenge).as_bytes(),
    );
    for line in [
        world.keys[1].sign_line(&waiting.text).unwrap(),
        passkey_line(&key, &touched).unwrap(),
    ] {
        let signer = "The counsel".to_owned();
        assert_eq!(
            refusal(&mut session, line),
            Refusal::AlreadySigned { signer }
        );
    }

    let analysts = world.keys[0].sign_line(&waiting.text).unwrap();
    let signed = session
        .add_signatures(&id, &[(waiting.mandate, analysts)])
        .unwrap();
    assert!(signed.released);
    assert_eq!(session.settle().unwrap().0.released.len(), 1);

    // Read again by another process, every signature is held against the roster.
    let (again, mut random) = (world.desk(), OsRng);
    let auditor = again.session(person(&again, Role::Auditor), &world.time, &mut random);
    let found = auditor.verify(&mut |fault| panic!("{fault:?}")).unwrap();
    assert_eq!((found.signatures, found.faults), (2, 0));
}

/// The agent would refuse it days later; the desk says so while somebody can still sign rightly.
#[test]
fn a_mandate_that_an_agent_will_refuse_for_want_of_an_own_machine_is_not_signed_to_its_end() {
    let passkey = Passkey::new(1, ORIGIN);
    let world = with_counsels_passkey(&passkey, false);
    let (desk, mut random) = (world.desk(), OsRng);
    let mut session = session(&desk, &world, &mut random);
    let id = take(&mut session, "R 1").case;
    decide(&mut session, &id);
    let waiting = session.to_sign(&id).unwrap().remove(0);
    let touched = passkey.sign_line(NAME, &waiting.text);
    let analysts = world.keys[0].sign_line(&waiting.text).unwrap();
    let counsels = world.keys[1].sign_line(&waiting.text).unwrap();
    // Nor is it an agent that somebody waits for: the signatures are missing.
    let undelivered = session.deliver(&id).unwrap_err();
    assert_eq!(undelivered.refusal(), Some(&Refusal::NotSigned));
    let mut add = |line: &String| session.add_signatures(&id, &[(waiting.mandate, line.clone())]);
    let refused = |done: Result<crate::Signed, crate::CommandError>| {
        let error = done.unwrap_err();
        assert_eq!(
            error.refusal(),
            Some(&Refusal::NoOwnMachineSigned {
                region: lagrum_model::Region::parse("stockholm").unwrap(),
                people: vec!["The counsel".into()],
            })
        );
    };
    // As the first one: nobody else could sign on a machine of their own afterwards.
    refused(add(&touched));
    assert!(!add(&analysts).unwrap().released);
    // As the last one.
    refused(add(&touched));
    assert!(add(&counsels).unwrap().released);
}
