//! Asking agents which accounts there are, on the page of a case.

use std::fs;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use lagrum_notes::passkey_challenge;
use lagrum_notes::testing::Passkey;

use super::Served;
use super::client::Browser;
use super::passkeys::{register, text};
use crate::inquired::{provider, ran};
use crate::support::{ended, program};

/// The name under which the roster knows the passkey.
const NAME: &str = "hand.example/olof-passkey";

/// What a passkey signs of the question on the page, as the script sends it.
fn signed(
    page: &super::client::Answer,
    passkey: &Passkey,
    credential: &str,
) -> Vec<(String, String)> {
    let question = Browser::hidden(page, "question");
    let exact = BASE64_STANDARD.decode(&question).unwrap();
    let exact = String::from_utf8(exact).unwrap();
    let assertion = passkey.sign(&passkey_challenge(&exact));
    [
        ("question", question),
        ("credential", credential.to_owned()),
        ("authenticator", text(&assertion.authenticator_data)),
        ("client", text(&assertion.client_data)),
        ("signature", text(&assertion.signature)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

fn post(browser: &mut Browser, path: &str, fields: &[(String, String)]) -> super::client::Answer {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    browser.post(path, &fields)
}

#[test]
fn agents_are_asked_with_a_passkey_or_on_a_machine_of_the_own_and_the_page_shows_what_they_told() {
    let hand = provider();
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    let case = case.as_str();
    hand.verified(case);
    let served = Served::new(&hand);
    let origin = served.origin();
    let mut olof = served.browser("olof");
    olof.get(&format!("/cases/{case}"))
        .ok()
        .says("Ask which accounts there are");
    let refused = olof.post(&format!("/cases/{case}/assessment"), &[]);
    assert_eq!(refused.status, 422);
    refused.says("the agent of stockholm knows alone");

    // Without a passkey on the roster it is signed elsewhere.
    let at = format!("/cases/{case}/accounts");
    let page = olof.get(&at).ok();
    for says in [
        "Question to the agent of stockholm",
        "ann@hand.example",
        "who@hand.example",
    ] {
        page.says(says);
    }
    let question = Browser::hidden(&page, "question");
    let file = olof
        .post(&format!("{at}/question"), &[("question", &question)])
        .ok();
    let to_sign = hand.write("olof.inquiry", &file.bytes);
    let (key, secret) = (hand.path("olof.key"), hand.path("olof.passphrase"));
    let with = ["--key", &key, "--passphrase-file", &secret];
    ended(program().args(["sign", &to_sign]).args(with)).ok();
    let note = fs::read(hand.path("olof.signed")).unwrap();
    let brought = |browser: &mut Browser, bytes: &[u8]| {
        browser.upload(&format!("{at}/signed"), &[], &[("olof.signed", bytes)])
    };
    let other = String::from_utf8(note.clone()).unwrap();
    let other = other.replace("who@hand", "bo@hand");
    assert_eq!(brought(&mut olof, other.as_bytes()).status, 422);
    assert_eq!(brought(&mut olof, &note).status, 303);
    let page = olof.get(&at).ok();
    page.says("has not answered yet");
    page.says("There is nothing to ask now.");
    assert_eq!(ran(&hand)[0]["outcome"]["told"], 4);
    hand.json(&["settle"]);
    olof.get(&at).ok().says("has answered");
    let thread = olof.get(&format!("/cases/{case}")).ok();
    for says in [
        "ann@hand.example is an account (content)",
        "annie@hand.example is another name of ann@hand.example (content)",
        "gone@hand.example is nobody",
        "who@hand.example is no account known there",
    ] {
        thread.says(says);
    }
    let assessed = olof.post(&format!("/cases/{case}/assessment"), &[]);
    assert_eq!(assessed.status, 303, "{}", assessed.text());

    // Asked again, with a passkey that the rosters know.
    let passkey = Passkey::new(7, &origin);
    let credential = text(&[7; 20]);
    assert_eq!(
        register(&mut olof, &passkey, &credential, &origin).status,
        303
    );
    let again = format!("{at}?again=1");
    olof.get(&again)
        .ok()
        .says("You have no passkey that is on the roster");
    let person = format!(
        "\n[[person]]\nid = \"olof\"\nname = \"Olof Strand\"\nrole = \"analyst\"\nkey = \"{}\"\npasskey = \"{origin}\"\n",
        passkey.named(NAME)
    );
    hand.append("provider/desk/roster.toml", &person);
    hand.append("provider/agents/stockholm/roster.toml", &person);
    let page = olof.get(&again).ok();
    page.says("Ask with your passkey");
    let fields = signed(&page, &passkey, &credential);
    // What another passkey signed, or what this one signed of another text, asks nothing.
    let strange = signed(&page, &Passkey::new(8, &origin), &credential);
    assert_eq!(post(&mut olof, &at, &strange).status, 422);
    let mut swapped = fields.clone();
    let exact = String::from_utf8(BASE64_STANDARD.decode(&fields[0].1).unwrap()).unwrap();
    swapped[0].1 = BASE64_STANDARD.encode(exact.replace("who@hand", "bo@hand"));
    assert_eq!(post(&mut olof, &at, &swapped).status, 422);
    assert_eq!(post(&mut olof, &at, &fields).status, 303);
    assert_eq!(ran(&hand)[0]["outcome"]["told"], 4);
    hand.json(&["settle"]);
    // The same was told: what was found on it stands.
    assert_eq!(hand.json(&["case", case])["state"], "assessed");
    // Whoever may not work cases asks nobody.
    served.hire("rut", "Rut Holm", "auditor");
    let mut rut = served.browser("rut");
    assert_eq!(rut.get(&at).status, 404);
    assert_eq!(post(&mut rut, &at, &fields).status, 404);
    let verified = hand.run(&["desk", "verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.out);
}
