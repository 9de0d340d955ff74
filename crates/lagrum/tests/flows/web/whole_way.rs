//! A demand from its arrival to its end, through pages and forms alone; what is signed is signed on
//! people's own machines, and what is produced an agent produces.

use std::fs;

use serde_json::Value;

use super::Served;
use super::client::Browser;
use crate::by_hand::Hand;
use crate::support::{ended, program};

/// The form as an analyst fills it in, beside the paper.
pub fn description(key: &str) -> Vec<(&'static str, String)> {
    [
        ("kind", "court-decision"),
        ("authority", "Polismyndigheten"),
        ("authority-country", "SE"),
        ("authority-kind", "police"),
        ("officer", "K. Ek"),
        ("officer-email", "k.ek@polisen.example"),
        ("reference", "AM-77-26"),
        ("measure", "interception"),
        ("provision", "Rättegångsbalken 27 kap. 18 och 21 §§"),
        ("law-country", "SE"),
        ("issued-on", "2026-03-02"),
        ("issuer", "Stockholms tingsrätt"),
        ("issuer-kind", "judge"),
        ("signature", "Stockholms tingsrätt"),
        ("signature-form", "handwritten"),
        ("entity", "SE|Hand Mail AB"),
        ("zone", "Europe/Stockholm"),
        ("part-1-identifiers", "ann@hand.example"),
        ("part-1-categories", "content"),
        ("part-1-from", "2026-01-01T00:00"),
        ("part-1-until", "2026-02-01T00:00"),
        ("offence", "trafficking in narcotics"),
        ("offence-months", "120"),
        ("recipient", "Polismyndigheten"),
        ("recipient-key", key),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

pub fn as_form<'f>(fields: &'f [(&'static str, String)]) -> Vec<(&'f str, &'f str)> {
    fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

/// Signs on a person's own machine what the page gave, and brings it back.
pub fn sign(served: &Served<'_>, browser: &mut Browser, case: &str, who: &str) {
    let file = browser.get(&format!("/cases/{case}/sign/file")).ok();
    assert!(
        file.header("content-disposition")
            .unwrap()
            .starts_with("attachment")
    );
    let hand = served.hand;
    let to_sign = hand.write(&format!("{who}-to-sign.json"), &file.bytes);
    let (key, secret) = (
        hand.path(&format!("{who}.key")),
        hand.path(&format!("{who}.passphrase")),
    );
    let mut command = program();
    let confirm = ["--confirm", "ann@hand.example"];
    let with = ["--key", &key, "--passphrase-file", &secret];
    ended(command.args(["sign", &to_sign]).args(with).args(confirm)).ok();
    let signed = fs::read(hand.path(&format!("{who}-to-sign.signatures"))).unwrap();
    let path = format!("/cases/{case}/signatures");
    let answer = browser.upload(&path, &[], &[("ann.signatures", &signed)]);
    assert_eq!(answer.status, 303, "{}", answer.text());
}

#[test]
fn a_demand_goes_from_a_scan_to_its_delivered_package_through_pages_alone() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");

    // What arrives is a case at once.
    let paper = "STOCKHOLMS TINGSRÄTT\nBeslut 2026-03-02 i AM-77-26\nbjörk & <b>";
    let arrived = [
        ("channel", "email"),
        ("from", "k.ek@polisen.example"),
        ("words", ""),
    ];
    let taken = olof.upload("/new", &arrived, &[("beslut.txt", paper.as_bytes())]);
    assert_eq!(taken.status, 303, "{}", taken.text());
    let case = taken.to()["/cases/".len()..]
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let page = olof.get(taken.to()).ok();
    page.says("beslut.txt");
    olof.get("/inbox").ok().says(&case);

    // Nothing goes on before it is described.
    olof.get(&format!("/cases/{case}/call-back"))
        .ok()
        .says("Describe the demand");

    // The form stands beside the paper, whose text is text.
    let form = olof
        .get(&format!(
            "/cases/{case}/describe?kind=court-decision&parts=1"
        ))
        .ok();
    form.says("What does it permit?");
    form.says("björk &amp; &lt;b&gt;");
    let key = fs::read_to_string(hand.path("police.key.pub")).unwrap();
    let fields = description(key.trim());
    let path = format!("/cases/{case}/describe");
    let checked = olof.post(&path, &as_form(&fields)).ok();
    for shown in [
        "Check your answers",
        "AM-77-26",
        "ann@hand.example",
        "120 months",
    ] {
        checked.says(shown);
    }
    let described = olof.post(&format!("{path}/done"), &as_form(&fields));
    assert_eq!(described.status, 303, "{}", described.text());

    // The number is the list's.
    let call = olof.get(&format!("/cases/{case}/call-back")).ok();
    call.says("+46 8 555 01 02");
    let said = [("confirmed", "yes"), ("who", "K. Ek, NOA"), ("at", "")];
    assert_eq!(
        olof.post(&format!("/cases/{case}/call-back"), &said).status,
        303
    );
    let genuine = [
        ("verified", "yes"),
        ("how", "called back on the number of the list"),
    ];
    assert_eq!(
        olof.post(&format!("/cases/{case}/genuine"), &genuine)
            .status,
        303
    );
    assert_eq!(
        olof.post(&format!("/cases/{case}/assessment"), &[]).status,
        303
    );
    let found = olof.get(&format!("/cases/{case}/assessment")).ok();
    found.says("1 part may leave.");
    found.says("27 kap. 18 §");
    let decided = olof.post(
        &format!("/cases/{case}/decision"),
        &[("part-0", ""), ("reason", "")],
    );
    assert_eq!(decided.to(), format!("/cases/{case}/sign?done=decided"));
    let page = olof.get(decided.to()).ok();
    for shown in ["This leaves", "ann@hand.example", "Polismyndigheten"] {
        page.says(shown);
    }

    // Two people, each on a machine of their own.
    sign(&served, &mut olof, &case, "olof");
    let mut maja = served.browser("maja");
    let waiting = maja.get("/cases?view=counsel").ok();
    waiting.says(&case);
    waiting.says("of 1 account, to Polismyndigheten");
    waiting.says("Signed by");
    sign(&served, &mut maja, &case, "maja");
    hand.run(&["agent", "run"]).ok();
    hand.run(&["settle"]).ok();
    olof.get(&format!("/cases/{case}"))
        .ok()
        .says("Make the sealed packages ready to fetch");
    assert_eq!(
        olof.post(&format!("/cases/{case}/deliver"), &[]).status,
        303
    );
    let told: Value = hand.json(&["case", &case]);
    assert_eq!(told["state"], "delivered", "{told:#}");
    let mut packages = fs::read_dir(hand.path(&format!("provider/deliveries/{case}"))).unwrap();
    let package = packages
        .find_map(|entry| {
            Some(entry.ok()?.path()).filter(|path| path.to_string_lossy().ends_with(".age"))
        })
        .unwrap();
    let identity = hand.path("police.key");
    let opened = hand
        .run(&["open", package.to_str().unwrap(), "--identity", &identity])
        .ok();
    assert!(opened.out.contains("Whole: "), "{}", opened.out);

    // Closing asks for its reason, and names what outlives the case before.
    let closing = olof.get(&format!("/cases/{case}/close")).ok();
    closing.says("name=\"duties\" value=\"live-on\"");
    assert_eq!(
        olof.post(&format!("/cases/{case}/close"), &[("reason", "answered")])
            .status,
        422
    );
    let kept = [("reason", "answered"), ("duties", "live-on")];
    assert_eq!(
        olof.post(&format!("/cases/{case}/close"), &kept).status,
        303
    );
}

#[test]
fn a_refusal_says_why_and_keeps_what_was_typed() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    let taken = olof.upload(
        "/new",
        &[("channel", "telephone"), ("words", "A call at three.")],
        &[],
    );
    let case = taken.to()["/cases/".len()..]
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let path = format!("/cases/{case}/describe");
    let mut fields = description("age1nonsense");
    let wrong = olof.post(&path, &as_form(&fields));
    assert_eq!(wrong.status, 422, "{}", wrong.text());
    wrong.says("There is something to correct");
    wrong.says("value=\"AM-77-26\"");
    for (name, value) in &mut fields {
        match *name {
            "recipient" | "recipient-key" => value.clear(),
            "part-1-identifiers" => "198.51.100.0/24".clone_into(value),
            "issued-on" => value.clear(),
            _ => {}
        }
    }
    let wrong = olof.post(&path, &as_form(&fields));
    assert_eq!(wrong.status, 422);
    wrong.says("Fill in: Day on its face.");
    wrong.says("198.51.100.0/24");
    // The draft is there for whoever wrote it, after signing in again; and for nobody else.
    let mut again = served.browser("olof");
    again.get(&path).ok().says("198.51.100.0/24");
    served
        .browser("maja")
        .get(&path)
        .ok()
        .says_not("198.51.100.0/24");
    // Nothing was described.
    assert_eq!(hand.json(&["case", &case])["state"], "received");
    // What is not possible yet changes nothing, and says why.
    let early = olof.post(&format!("/cases/{case}/assessment"), &[]);
    assert_eq!(early.status, 422, "{}", early.text());
    early.says("Nothing was changed.");
}
