//! Signing in with a passkey, by an authenticator in software.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use lagrum_notes::testing::Passkey;

use super::Served;
use super::client::{Answer, Browser};
use crate::by_hand::Hand;

pub fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// What a browser says of a passkey that was made.
fn made(kind: &str, challenge: &str, origin: &str) -> String {
    let client = format!(
        "{{\"type\":\"{kind}\",\"challenge\":\"{challenge}\",\"origin\":\"{origin}\",\"crossOrigin\":false}}"
    );
    text(client.as_bytes())
}

pub fn register(
    browser: &mut Browser,
    passkey: &Passkey,
    credential: &str,
    origin: &str,
) -> Answer {
    let page = browser.get("/you").ok();
    let challenge = Browser::hidden(&page, "challenge");
    answered(browser, passkey, credential, &challenge, origin)
}

/// Sends a passkey that was made for this challenge.
pub fn answered(
    browser: &mut Browser,
    passkey: &Passkey,
    credential: &str,
    challenge: &str,
    origin: &str,
) -> Answer {
    let client = made("webauthn.create", challenge, origin);
    let key = text(&passkey.spki());
    browser.post(
        "/you/passkeys",
        &[
            ("challenge", challenge),
            ("credential", credential),
            ("key", &key),
            ("authenticator", ""),
            ("client", &client),
            ("name", "a laptop"),
        ],
    )
}

/// The answer of a passkey to the challenge of the sign-in page.
pub fn answer(browser: &mut Browser, passkey: &Passkey, credential: &str) -> Vec<(String, String)> {
    let page = browser.get("/sign-in?next=%2Finbox").ok();
    let challenge = Browser::hidden(&page, "challenge");
    let assertion = passkey.sign(&BASE64_URL_SAFE_NO_PAD.decode(&challenge).unwrap());
    [
        ("challenge", challenge),
        ("next", "/inbox".to_owned()),
        ("credential", credential.to_owned()),
        ("authenticator", text(&assertion.authenticator_data)),
        ("client", text(&assertion.client_data)),
        ("signature", text(&assertion.signature)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

pub fn post(browser: &mut Browser, fields: &[(String, String)]) -> Answer {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    browser.post("/sign-in", &fields)
}

#[test]
fn a_passkey_signs_its_person_in_and_each_answer_counts_once() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let origin = served.origin();
    let mut olof = served.browser("olof");
    let passkey = Passkey::new(7, &origin);
    let credential = text(&[7; 20]);
    assert_eq!(
        register(&mut olof, &passkey, &credential, &origin).status,
        303
    );
    olof.get("/you").ok().says("a laptop");

    let mut browser = served.stranger();
    let fields = answer(&mut browser, &passkey, &credential);
    let entered = post(&mut browser, &fields);
    assert_eq!(
        (entered.status, entered.to()),
        (303, "/inbox"),
        "{}",
        entered.text()
    );
    browser.get("/you").ok().says("Olof Strand");
    // The same answer again is none.
    assert_eq!(post(&mut served.stranger(), &fields).status, 422);
    // Nor is one to a challenge of somebody's own.
    let mut own = fields.clone();
    own[0].1 = text(&[1; 32]);
    let assertion = passkey.sign(&[1; 32]);
    own[4].1 = text(&assertion.client_data);
    own[5].1 = text(&assertion.signature);
    assert_eq!(post(&mut served.stranger(), &own).status, 422);
    // Another passkey under the credential of this one, and the right one for another site.
    for other in [
        Passkey::new(8, &origin),
        Passkey::new(7, "http://localhost:1"),
    ] {
        let mut stranger = served.stranger();
        let fields = answer(&mut stranger, &other, &credential);
        assert_eq!(post(&mut stranger, &fields).status, 422);
        assert_eq!(stranger.get("/you").status, 303);
    }
    // A challenge that was made to register signs nobody in.
    let page = olof.get("/you").ok();
    let challenge = Browser::hidden(&page, "challenge");
    let assertion = passkey.sign(&BASE64_URL_SAFE_NO_PAD.decode(&challenge).unwrap());
    let mut swapped = fields.clone();
    swapped[0].1 = challenge;
    swapped[4].1 = text(&assertion.client_data);
    swapped[5].1 = text(&assertion.signature);
    assert_eq!(post(&mut served.stranger(), &swapped).status, 422);
    // One that nobody knows looks the same as one that does not fit.
    let mut stranger = served.stranger();
    let unknown = answer(&mut stranger, &passkey, &text(&[9; 20]));
    let said = post(&mut stranger, &unknown);
    assert_eq!(said.status, 422);
    said.says("That did not work");
    // Taken away, it opens nothing.
    assert_eq!(
        olof.post("/you/passkeys/remove", &[("credential", &credential)])
            .status,
        303
    );
    let mut browser = served.stranger();
    let fields = answer(&mut browser, &passkey, &credential);
    assert_eq!(post(&mut browser, &fields).status, 422);
}

#[test]
fn a_passkey_is_registered_by_its_person_on_our_page_and_belongs_to_nobody_else() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let origin = served.origin();
    let (mut olof, mut maja) = (served.browser("olof"), served.browser("maja"));
    let passkey = Passkey::new(7, &origin);
    let credential = text(&[7; 20]);
    assert_eq!(
        register(&mut olof, &passkey, &credential, "https://evil.example").status,
        422
    );
    // Somebody else's challenge registers nothing.
    let page = olof.get("/you").ok();
    let challenge = Browser::hidden(&page, "challenge");
    let client = made("webauthn.create", &challenge, &origin);
    let key = text(&passkey.spki());
    let fields = [
        ("challenge", &*challenge),
        ("credential", &*credential),
        ("key", &*key),
        ("authenticator", ""),
        ("client", &*client),
        ("name", "x"),
    ];
    assert_eq!(maja.post("/you/passkeys", &fields).status, 422);
    // Whose it is, for them it counts, once.
    assert_eq!(olof.post("/you/passkeys", &fields).status, 303);
    assert_eq!(olof.post("/you/passkeys", &fields).status, 422);
    // Nobody takes it over, or away.
    assert_eq!(
        register(&mut maja, &Passkey::new(9, &origin), &credential, &origin).status,
        422
    );
    assert_eq!(
        maja.post("/you/passkeys/remove", &[("credential", &credential)])
            .status,
        404
    );
    // What is no key of ours, and what was made to sign in.
    for wrong in ["", "AAAA", "!!"] {
        let page = maja.get("/you").ok();
        let challenge = Browser::hidden(&page, "challenge");
        let client = made("webauthn.create", &challenge, &origin);
        let fields = [
            ("challenge", &*challenge),
            ("credential", &*credential),
            ("key", wrong),
            ("authenticator", ""),
            ("client", &*client),
            ("name", "x"),
        ];
        assert_eq!(maja.post("/you/passkeys", &fields).status, 422);
    }
    let mut browser = served.stranger();
    let fields = answer(&mut browser, &passkey, &credential);
    assert_eq!(post(&mut browser, &fields).status, 303);
    browser.get("/you").ok().says("Olof Strand");
}

#[test]
fn counsel_signs_with_a_passkey_what_was_read_on_a_machine_of_its_own_before() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let origin = served.origin();
    let passkey = Passkey::new(7, &origin);
    let key = passkey.named("hand.example/maja-passkey").to_string();
    let entry = format!(
        "\n[[person]]\nid = \"maja\"\nname = \"Maja Ek\"\nrole = \"counsel\"\nkey = \"{key}\"\npasskey = \"{origin}\"\n"
    );
    for roster in ["desk", "agents/lulea", "agents/stockholm"] {
        let file = format!("provider/{roster}/roster.toml");
        let text = std::fs::read_to_string(hand.path(&file)).unwrap();
        // Olof's key lies on his own machine.
        let own = text.replacen(
            "role = \"analyst\"",
            "role = \"analyst\"\nown_machine = true",
            1,
        );
        assert_ne!(own, text);
        hand.write(&file, own + &entry);
    }
    let case = hand.decided();
    let mut maja = served.browser("maja");
    let credential = text(&[7; 20]);
    assert_eq!(
        register(&mut maja, &passkey, &credential, &origin).status,
        303
    );
    maja.get("/you").ok().says("on the desk’s roster");
    let path = format!("/cases/{case}/sign");
    let page = maja.get(&path).ok();
    // Nobody has signed on a machine of their own yet: the page does not offer it, and the door is shut.
    page.says("somebody has to sign on a machine of their own first");
    let told = hand.json(&["case", &case]);
    let mandate = told["events"].to_string();
    let digest = mandate
        .split("\"mandate\":\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let sign = |maja: &mut Browser, typed: &str, challenge: &[u8]| {
        let assertion = passkey.sign(challenge);
        let (data, client) = (
            text(&assertion.authenticator_data),
            text(&assertion.client_data),
        );
        let signature = text(&assertion.signature);
        maja.post(
            &path,
            &[
                ("mandate", digest),
                ("typed-1", typed),
                ("credential", &credential),
                ("authenticator", &data),
                ("client", &client),
                ("signature", &signature),
            ],
        )
    };
    let of = |page: &Answer| {
        let text = page.text();
        let rest = text.split("data-challenge=\"").nth(1).map(str::to_owned);
        rest.map(|rest| {
            BASE64_URL_SAFE_NO_PAD
                .decode(rest.split('"').next().unwrap())
                .unwrap()
        })
    };
    assert!(of(&page).is_none());
    assert_eq!(sign(&mut maja, "ann@hand.example", &[0; 32]).status, 422);

    // Olof's own machine.
    let to_sign = hand.path("to-sign.json");
    hand.run(&["to-sign", &case, "--out", &to_sign]).ok();
    let (key, secret) = (hand.path("olof.key"), hand.path("olof.passphrase"));
    let with = [
        "--key",
        &key,
        "--passphrase-file",
        &secret,
        "--confirm",
        "ann@hand.example",
    ];
    hand.anywhere(&[&["sign", &to_sign][..], &with].concat())
        .ok();
    hand.run(&["add-signature", &case, &hand.path("to-sign.signatures")])
        .ok();

    let page = maja.get(&path).ok();
    let challenge = of(&page).unwrap();
    // Without the account, and over another text, nothing is signed.
    assert_eq!(sign(&mut maja, "anna@hand.example", &challenge).status, 422);
    assert_eq!(sign(&mut maja, "ann@hand.example", &[1; 32]).status, 422);
    assert_eq!(hand.json(&["case", &case])["state"], "partly-approved");
    // The colleague who signed has no passkey of hers.
    let signed = sign(&mut maja, "Ann@hand.example", &challenge);
    assert_eq!(
        signed.to(),
        format!("/cases/{case}?done=released"),
        "{}",
        signed.text()
    );
    // The agent asks its own roster, and carries it out.
    hand.run(&["agent", "run"]).ok();
    hand.run(&["settle"]).ok();
    assert_eq!(hand.json(&["case", &case])["state"], "produced");
}
