//! The door for authorities: what officers do there.

mod archives;
mod attacks;
mod bucket;
mod volumes;

use std::fs;

use lagrum_model::{CertificateKind, LetterCode};
use serde_json::Value;

use super::Served;
use super::client::{Answer, Browser};
use super::whole_way::{as_form, description, sign};
use crate::by_hand::Hand;
use crate::certificates::Holder;
use crate::support::{ended, now, program};

const PROSECUTOR: &str = r#"
[[authority]]
name = "Åklagarmyndigheten"
country = "SE"
kind = "prosecutor"
domains = ["aklagare.example"]
telephone = "+46 8 555 02 03"
"#;

/// A provider with two authorities in its list, whose door is open.
fn ready() -> Hand {
    let hand = Hand::ready();
    hand.append("provider/desk/authorities.toml", PROSECUTOR);
    hand
}

/// Makes an officer known, on the desk's page; gives the path of the link.
fn admitted(served: &Served<'_>, name: &str, authority: &str, email: &str) -> String {
    let fields = [
        ("authority", &*format!("SE|{authority}")),
        ("name", name),
        ("email", email),
        ("answered-by", "the switchboard"),
    ];
    link(
        served,
        &served.browser("olof").post("/officers", &fields).ok(),
    )
}

fn link(served: &Served<'_>, page: &Answer) -> String {
    let text = page.text();
    let at = format!("http://localhost:{}", served.door);
    let rest = text.split(&at).nth(1).unwrap_or_else(|| panic!("{text}"));
    rest.split('<').next().unwrap().to_owned()
}

/// A browser in which this officer is signed in at the door.
fn officer(served: &Served<'_>, name: &str, authority: &str, email: &str) -> Browser {
    let path = admitted(served, name, authority, email);
    let mut browser = Browser::new(served.door);
    let entered = browser.post(&path, &[]);
    assert_eq!((entered.status, entered.to()), (303, "/you?welcome=yes"));
    browser
}

fn police(served: &Served<'_>) -> Browser {
    officer(served, "K. Ek", "Polismyndigheten", "k.ek@polisen.example")
}

fn prosecutor(served: &Served<'_>) -> Browser {
    officer(served, "P. Alm", "Åklagarmyndigheten", "p@aklagare.example")
}

/// Sends a demand, and gives the path of its page.
fn sent(browser: &mut Browser, reference: &str, files: &[(&str, &[u8])]) -> String {
    let fields = [
        ("kind", "order"),
        ("reference", reference),
        ("accounts", "ann@hand.example"),
    ];
    let answer = browser.upload("/send", &fields, files);
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.to().split('?').next().unwrap().to_owned()
}

/// Has the demand of an officer described, decided, signed and carried out. Gives what handing over it said.
fn handed_over(hand: &Hand, served: &Served<'_>, case: &str) -> Value {
    let key = fs::read_to_string(hand.path("police.key.pub")).unwrap();
    let form = description(key.trim());
    let mut olof = served.browser("olof");
    let described = olof.post(&format!("/cases/{case}/describe/done"), &as_form(&form));
    assert_eq!(described.status, 303);
    hand.verified(case);
    hand.run(&["assess", case]).ok();
    hand.run(&["decide", case]).ok();
    hand.approve(case, "olof").ok();
    hand.approve(case, "maja").ok();
    hand.run(&["agent", "run"]).ok();
    hand.json(&["deliver", case])
}

fn last_case(hand: &Hand) -> String {
    let all = hand.json(&["cases"]);
    let all = all["cases"].as_array().unwrap();
    all.last().unwrap()["case"].as_str().unwrap().to_owned()
}

#[test]
fn a_demand_goes_from_the_door_to_its_confirmed_receipt() {
    let hand = ready();
    let served = Served::with_door(&hand);
    let mut ek = police(&served);
    ek.get("/send").ok().says("Send what you have.");

    // It has arrived, at a time that both sides can read, and is a case at once.
    let paper = "STOCKHOLMS TINGSRÄTT\nBeslut 2026-03-02 i AM-77-26\n";
    let files: [(&str, &[u8]); 2] = [("beslut.txt", paper.as_bytes()), ("bilaga.pdf", b"%PDF")];
    let fields = [
        ("kind", "order"),
        ("reference", "AM-77-26"),
        ("accounts", "198.51.100.0/24"),
        ("secret", "yes"),
        ("secret-under", "RB 27:21"),
    ];
    let answer = ek.upload("/send", &fields, &files);
    let page = ek.get(answer.to()).ok();
    page.says("It has arrived. A person reads it.");
    page.says("UTC");
    page.says("One of the lines is a network.");
    let path = answer.to().split('?').next().unwrap().to_owned();
    let case = last_case(&hand);
    let told: Value = hand.json(&["case", &case]);
    assert_eq!(told["state"], "received");
    let first = &told["events"][0];
    assert_eq!(first["actor"]["kind"], "officer");
    assert_eq!(first["what"]["original"]["arrival"]["channel"], "door");
    // The case number is nowhere at the door.
    for at in ["/", &path, "/key", "/help", "/you"] {
        ek.get(at).ok().says_not(&case);
    }
    ek.get("/").ok().says("AM-77-26");
    // What was typed is an original, too.
    let mut olof = served.browser("olof");
    olof.get(&format!("/cases/{case}/originals/3"))
        .ok()
        .says("198.51.100.0/24");
    // The same again is the same demand.
    let again = ek.upload("/send", &fields, &files);
    assert_eq!(
        again.to().split(['?', '&']).nth(1),
        Some("done=sent-before")
    );
    assert_eq!(again.to().split('?').next(), Some(&*path));
    assert_eq!(last_case(&hand), case);

    // A question, and its answer.
    let ask = format!("/cases/{case}/ask");
    assert_eq!(
        olof.post(&ask, &[("question", "Which account is <meant>?")])
            .status,
        303
    );
    let page = ek.get(&path).ok();
    page.says("Which account is &lt;meant&gt;?");
    page.says("To do: answer our question");
    let answered = ek.upload(
        &format!("{path}/answer"),
        &[("answer", "ann@hand.example")],
        &[("order.txt", b"in writing")],
    );
    assert_eq!(answered.status, 303, "{}", answered.text());
    ek.get(&path).ok().says("Received: we are working on it");
    olof.get(&format!("/cases/{case}/originals/5"))
        .ok()
        .says("ann@hand.example");

    // Described, called back, decided, signed, produced: nothing of it is told before it is there.
    let key = fs::read_to_string(hand.path("police.key.pub")).unwrap();
    let form = description(key.trim());
    assert_eq!(
        olof.post(&format!("/cases/{case}/describe/done"), &as_form(&form))
            .status,
        303
    );
    let page = olof.get(&format!("/cases/{case}/call-back")).ok();
    page.says("It came through the door from K. Ek");
    let said = [("confirmed", "yes"), ("who", "K. Ek, NOA"), ("at", "")];
    assert_eq!(
        olof.post(&format!("/cases/{case}/call-back"), &said).status,
        303
    );
    let genuine = [("verified", "yes"), ("how", "called back")];
    assert_eq!(
        olof.post(&format!("/cases/{case}/genuine"), &genuine)
            .status,
        303
    );
    assert_eq!(
        olof.post(&format!("/cases/{case}/assessment"), &[]).status,
        303
    );
    let decision = [("part-0", ""), ("reason", "")];
    assert_eq!(
        olof.post(&format!("/cases/{case}/decision"), &decision)
            .status,
        303
    );
    sign(&served, &mut olof, &case, "olof");
    let mut maja = served.browser("maja");
    sign(&served, &mut maja, &case, "maja");
    hand.run(&["agent", "run"]).ok();
    hand.run(&["settle"]).ok();
    let page = ek.get(&path).ok();
    page.says("Received: we are working on it");
    for hidden in [
        "Part by part",
        "Fetch the sealed package",
        "Olof",
        "Maja",
        "Produced",
    ] {
        page.says_not(hidden);
    }
    assert_eq!(
        olof.post(&format!("/cases/{case}/deliver"), &[]).status,
        303
    );

    // Fetched: whole, and in pieces after it was cut off.
    let page = ek.get(&path).ok();
    page.says("The answer is ready to fetch");
    page.says("Produced");
    let text_of = page.text();
    let fetch = text_of
        .split('"')
        .find(|one| one.contains("/packages/"))
        .unwrap()
        .to_owned();
    let whole = ek.get(&fetch).ok();
    assert!(
        whole
            .header("content-disposition")
            .unwrap()
            .starts_with("attachment")
    );
    assert!(whole.bytes.starts_with(b"age-encryption.org/v1"));
    let etag = whole.header("etag").unwrap().to_owned();
    let rest = ek.send(
        "GET",
        &fetch,
        &[("Range", "bytes=100-"), ("If-Range", &etag)],
        b"",
    );
    assert_eq!((rest.status, &rest.bytes[..]), (206, &whole.bytes[100..]));
    let length = whole.bytes.len();
    let said = format!("bytes 100-{}/{length}", length - 1);
    assert_eq!(rest.header("content-range"), Some(&*said));
    let past = ek.send(
        "GET",
        &fetch,
        &[("Range", &*format!("bytes={length}-"))],
        b"",
    );
    assert_eq!(past.status, 416);
    let package = hand.write("fetched.tar.age", &whole.bytes);
    let identity = hand.path("police.key");
    let opened = ended(program().args(["open", &package, "--identity", &identity])).ok();
    assert!(opened.out.contains("Whole: "), "{}", opened.out);
    let receipt = ek.get(&fetch.replace("/packages/", "/receipts/")).ok();
    assert!(
        receipt.text().starts_with("lagrum-receipt/"),
        "{}",
        receipt.text()
    );

    // What is missing is said, and receipt is confirmed, once.
    let missing = ek.post(&format!("{path}/missing"), &[("text", "Where is March?")]);
    assert_eq!(missing.status, 303);
    let digest = fetch.rsplit('/').next().unwrap();
    for _ in 0..2 {
        let confirmed = ek.post(&format!("{path}/confirm"), &[("package", digest)]);
        assert_eq!(confirmed.status, 303, "{}", confirmed.text());
    }
    ek.get(&path).ok().says("Fetched and confirmed");
    let told: Value = hand.json(&["case", &case]);
    let events = told["events"].as_array().unwrap();
    let count = |name: &str| {
        let named = events.iter().filter(|event| event["what"]["event"] == name);
        named.count()
    };
    assert_eq!(
        (
            count("fetched"),
            count("receipt-confirmed"),
            count("missed"),
            count("asked")
        ),
        (1, 1, 1, 1)
    );
    // However often K. Ek looked, one for each day.
    let looks = events.iter();
    let looks = looks.filter(|event| event["what"]["event"] == "viewed");
    let days: std::collections::BTreeSet<_> = looks
        .map(|event| event["at"].as_str().unwrap().split('T').next().unwrap())
        .collect();
    assert!(!days.is_empty());
    assert_eq!(count("viewed"), days.len());
    let page = olof.get(&format!("/cases/{case}")).ok();
    page.says("Where is March?");
    page.says("looked at by an officer");
    ek.get(&path).ok().says_not("looked at by an officer");
    served.hire("ada", "Ada Alm", "auditor");
    let page = served.browser("ada").get(&format!("/cases/{case}")).ok();
    page.says("Looked at by officers");
    page.says("The first time on each day (UTC)");
    hand.run(&["settle"]).ok();
    hand.run(&["desk", "verify"]).ok();
}

#[test]
fn an_offered_key_is_shown_with_its_words_on_both_sides_and_pinned_by_nobody() {
    let hand = ready();
    let served = Served::with_door(&hand);
    let mut ek = police(&served);
    for wrong in ["", "age1nonsense", "AGE-SECRET-KEY-1QQ"] {
        let answer = ek.post("/key", &[("key", wrong)]);
        assert_eq!(answer.status, 422);
        answer.says("This is no public key of age");
    }
    let key = fs::read_to_string(hand.path("stranger.key.pub")).unwrap();
    let before: Vec<_> = ["lulea", "stockholm"]
        .map(|region| {
            fs::read_dir(hand.path(&format!("provider/agents/{region}")))
                .unwrap()
                .count()
        })
        .to_vec();
    assert_eq!(ek.post("/key", &[("key", key.trim())]).status, 303);
    let words = lagrum_documents::fingerprint_of(key.trim());
    let page = ek.get("/key").ok();
    for word in words.split(' ') {
        page.says(&format!("<li>{word}</li>"));
    }
    served.browser("maja").get("/officers").ok().says(&words);
    let after: Vec<_> = ["lulea", "stockholm"]
        .map(|region| {
            fs::read_dir(hand.path(&format!("provider/agents/{region}")))
                .unwrap()
                .count()
        })
        .to_vec();
    assert_eq!(before, after);
}

#[test]
fn an_offered_certificate_is_brought_into_its_form_and_a_private_key_is_kept_nowhere() {
    let hand = ready();
    let served = Served::with_door(&hand);
    let mut ek = police(&served);
    for holder in Holder::each("Polismyndigheten") {
        let (field, begins, no, several, label) = match holder.kind() {
            CertificateKind::OpenPgp => (
                "certificate",
                "BEGIN PGP",
                "This is no public OpenPGP key",
                "There are several keys in it",
                "PGP PUBLIC KEY BLOCK",
            ),
            CertificateKind::X509 => (
                "x509",
                "BEGIN CERTIFICATE",
                "This is no certificate",
                "There are several certificates in it",
                "CERTIFICATE",
            ),
        };
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (public, secret) = (text(holder.given()), text(holder.secret()));
        let both = format!("{public}{public}");
        for (wrong, says) in [
            (&*secret, "This is a PRIVATE key"),
            (begins, no),
            (&both, several),
        ] {
            let answer = ek.post("/key", &[(field, wrong)]);
            assert_eq!(answer.status, 422);
            answer.says(says);
            // It is not shown again, and kept nowhere.
            let line = secret.lines().nth(3).unwrap();
            assert!(!answer.text().contains(line));
        }
        // The name of a certificate is not one.
        let certificate = holder.certificate(now());
        let name = certificate.key().as_str();
        assert_eq!(ek.post("/key", &[("key", name)]).status, 422);
        assert!(!ek.get("/key").ok().text().contains(name));

        assert_eq!(ek.post("/key", &[(field, &public)]).status, 303);
        let page = ek.get("/key").ok();
        page.says(name);
        let digits = holder.shown().replace([' ', ':'], "");
        for at in 0..digits.len() / 4 {
            page.says(&format!("<li>{}</li>", &digits[at * 4..][..4]));
        }
        // The desk has what would be sealed to, as text that programs take in.
        let desk = served.browser("maja").get("/officers").ok();
        let text = desk.text();
        let (begin, end) = (
            format!("-----BEGIN {label}-----"),
            format!("-----END {label}-----"),
        );
        let (_, rest) = text.split_once(&begin).unwrap();
        let (inner, _) = rest.split_once(&end).unwrap();
        let given = format!("{begin}{inner}{end}\n");
        holder.takes_in(given.as_bytes());
        let file = hand.write("from-desk", given);
        let out = hand.path(&format!("{field}.recipient"));
        let new = ["recipient", "new", "--name", "Polismyndigheten"];
        let more = ["--country", "SE", "--certificate", &file, "--out", &out];
        let new = hand.json(&[&new[..], &more].concat());
        assert_eq!(new["recipient"]["key"], name);
    }
}

/// An order to keep the data, which nothing forbids to tell of.
const TO_KEEP: [(&str, &str); 4] = [
    ("kind = \"court-decision\"", "kind = \"preservation-order\""),
    ("measure = \"interception\"\n", ""),
    ("27 kap. 18 och 21 §§", "27 kap. 16 §"),
    (
        "name = \"Stockholms tingsrätt\", kind = \"judge\"",
        "name = \"Åklagarkammaren\", kind = \"prosecutor\"",
    ),
];

#[test]
fn a_notice_that_was_sent_is_genuine_at_the_door_and_tells_no_more_than_its_kind() {
    let hand = ready();
    let mut text = hand.demand("AM-3-26");
    for (from, to) in TO_KEEP {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    hand.write("demand.toml", text);
    let served = Served::with_door(&hand);
    let case = hand.decided();
    let mut olof = served.browser("olof");
    let path = format!("/cases/{case}/letters/notice");
    olof.get(&path).ok().says("ann@hand.example");
    let proposed = hand.json(&["letter", &case, "notice", "--lang", "en"]);
    let proposed = proposed["text"].as_str().unwrap();
    let code = LetterCode::find_in(proposed).unwrap().to_string();
    let mut reader = Browser::new(served.door);
    let unknown = "We do not know these words";
    // Proposed is not sent.
    reader.post("/check", &[("words", &code)]).says(unknown);
    let filled = regex::Regex::new(r"\[\[[^\]]*\]\]").unwrap();
    let text = filled.replace_all(proposed, "said").into_owned();
    let letter = [
        ("lang", "en"),
        ("text", &*text),
        ("to", "Ann, Storgatan 1"),
        ("by", "post"),
        ("do", "sent"),
    ];
    // The law leaves it to the provider: counsel chooses.
    let refused = olof.post(&path, &letter);
    assert_eq!(refused.status, 422, "{}", refused.text());
    refused.says("Only counsel can send this notice");
    let sent = served.browser("maja").post(&path, &letter);
    assert_eq!(sent.status, 303, "{}", sent.text());

    // As it stands in the letter, and as people type it.
    for words in [
        code.clone(),
        code.to_uppercase(),
        format!("  {}  ", code.replace(' ', "\n")),
    ] {
        let page = reader.post("/check", &[("words", &words)]).ok();
        page.says("Hand Mail");
        page.says("Sweden");
        page.says_not(unknown);
        for secret in [
            "ann@hand",
            "Ann",
            "Storgatan",
            "Polismyndigheten",
            "AM-3-26",
            &case,
        ] {
            page.says_not(secret);
        }
        assert!(page.header("set-cookie").is_none());
    }
    let page = reader.post("/check", &[("words", &code), ("lang", "da")]);
    page.ok().says("Sverige");
    // One word off is nobody's.
    let last = code.rsplit(' ').next().unwrap();
    let other = if last == "acme" { "alkali" } else { "acme" };
    let wrong = format!("{} {other}", code.rsplit_once(' ').unwrap().0);
    reader.post("/check", &[("words", &wrong)]).says(unknown);
}

#[test]
fn an_officer_fetches_the_receipt_of_their_own_demand_and_nobody_elses() {
    let (hand, _) = Hand::set_up(&[]);
    hand.append("provider/desk/authorities.toml", PROSECUTOR);
    let served = Served::with_door(&hand);
    let mut police = police(&served);
    let page = sent(&mut police, "K-1", &[("order.pdf", b"%PDF-1.4 order")]);
    let text = police.get(&page).ok().text();
    assert!(text.contains(&format!("{page}/receipt")), "{text}");
    let receipt = police.get(&format!("{page}/receipt")).ok().text();
    let file = hand.write("receipt.txt", &receipt);
    let demand = hand.write("order.pdf", "%PDF-1.4 order");
    let trust = hand.path("provider/trust.toml");
    let verify = [
        "--json", "verify", &file, "--trust", &trust, "--demand", &demand,
    ];
    let found = hand.run(&verify).ok().json();
    assert_eq!(found["demand_compared"], true, "{found}");
    let mut prosecutor = prosecutor(&served);
    assert_eq!(prosecutor.get(&format!("{page}/receipt")).status, 404);
    assert_eq!(
        Browser::new(served.door)
            .get(&format!("{page}/receipt"))
            .status,
        303
    );
}
