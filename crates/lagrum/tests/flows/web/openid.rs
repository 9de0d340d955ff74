//! Signing in at an OpenID provider: with one that is certified, and with one that does what none may do.

mod attacks;
mod certified;

use std::path::Path;

use lagrum_openid::testing::{OddProvider, SECRET};

use super::Served;
use super::client::{Answer, Browser};
use crate::by_hand::Hand;
use crate::support::now;

/// Writes `openid.toml` with its secret.
pub fn set_up(hand: &Hand, settings: &str, secret: &str) {
    let file = hand.path("provider/desk/openid.secret");
    lagrum_durable::private_file(Path::new(&file), secret.as_bytes()).unwrap();
    hand.write("provider/desk/openid.toml", settings);
}

/// A provider, and a desk that knows it.
fn odd(hand: &Hand) -> OddProvider {
    let odd = OddProvider::start(|| now().as_second());
    set_up(hand, &odd.settings(), SECRET);
    odd
}

/// Goes to the provider from a page of the desk, and comes back.
fn gone(browser: &mut Browser, odd: &OddProvider, from: &str) -> Answer {
    let there = browser.get(from);
    assert_eq!(there.status, 303, "{}", there.text());
    browser.get(&odd.comes_back(there.to()))
}

fn bind(hand: &Hand, person: &str, subject: &str) -> String {
    let made = hand.json(&["desk", "binding", "add", person, "--subject", subject]);
    made["binding"]["id"].as_str().unwrap().to_owned()
}

const OLOF: &str = "248289761001";

#[test]
fn an_account_that_is_bound_signs_its_person_in_for_as_long_as_it_is_bound() {
    let hand = Hand::ready();
    let odd = odd(&hand);
    let served = Served::new(&hand);
    let page = served.stranger().get("/sign-in?next=%2Finbox").ok();
    page.says("Sign in with Kvist login");
    page.says("a mandate is still signed with your passkey");
    page.says("/sign-in/openid?next=%2Finbox");

    // Nobody is bound yet: it is told with the account's name, and nobody is signed in.
    let mut olof = served.stranger();
    let unknown = gone(&mut olof, &odd, "/sign-in/openid?next=%2Finbox");
    assert_eq!(unknown.status, 422);
    unknown.says("that account signs nobody in here");
    unknown.says(OLOF);
    assert_eq!(olof.get("/you").status, 303);
    // An address that is a person's, or a name, binds nobody.
    odd.does(|does| {
        for (claim, value) in [
            ("email", "olof@hand.example"),
            ("preferred_username", "olof"),
        ] {
            does.claims.insert(claim.to_owned(), value.into());
        }
        does.claims.insert("email_verified".to_owned(), true.into());
    });
    assert_eq!(gone(&mut olof, &odd, "/sign-in/openid").status, 422);

    let first = bind(&hand, "olof", OLOF);
    let begun = olof.get("/sign-in/openid?next=%2Finbox");
    let kept = begun.header("set-cookie").unwrap();
    for must in [
        "lagrum-openid=",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=600",
    ] {
        assert!(kept.contains(must), "{kept}");
    }
    let entered = olof.get(&odd.comes_back(begun.to())).ok();
    entered.says("You are signed in");
    assert_eq!(entered.header("refresh"), Some("0; url=/inbox"));
    let cookies: Vec<_> = entered
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie")
        .collect();
    assert!(
        cookies
            .iter()
            .any(|(_, one)| one.starts_with("lagrum=") && one.contains("SameSite=Strict"))
            && cookies
                .iter()
                .any(|(_, one)| one.starts_with("lagrum-openid=;") && one.contains("Max-Age=0")),
        "{cookies:?}"
    );
    let own = olof.get("/you").ok();
    own.says("Olof Strand");
    own.says("Your account at Kvist login signs you in. It signs no mandate.");
    // A passkey would outlive the binding: none is made by whoever came like this.
    own.says_not("Make the passkey");
    let challenge = Browser::hidden(&served.browser("olof").get("/you").ok(), "challenge");
    let passkey = lagrum_notes::testing::Passkey::new(7, &served.origin());
    let made = super::passkeys::answered(
        &mut olof,
        &passkey,
        &super::passkeys::text(&[7; 20]),
        &challenge,
        &served.origin(),
    );
    assert_eq!(made.status, 422);
    olof.get("/you").ok().says_not("a laptop");

    // Ended, it opens nothing, and whoever came by it is out at once. Bound anew, it does not come back.
    let mut copy = olof.clone();
    hand.run(&["desk", "binding", "end", &first]).ok();
    assert_eq!(olof.get("/you").status, 303);
    let list = hand.json(&["desk", "binding", "list"]);
    assert_eq!(list["bindings"].as_array().map(Vec::len), Some(0));
    let second = bind(&hand, "olof", OLOF);
    assert_eq!(copy.get("/you").status, 303);
    assert_eq!(gone(&mut copy, &odd, "/sign-in/openid").status, 200);
    copy.get("/you").ok();
    // Signing out ends the desk's session.
    let mut stays = copy.clone();
    assert_eq!(copy.post("/sign-out", &[]).to(), "/sign-in");
    assert_eq!(stays.get("/you").status, 303);
    // One account is one person's, and a person has one account.
    let taken = hand.run(&["desk", "binding", "add", "maja", "--subject", OLOF]);
    assert!(taken.err.contains("signs olof in already"), "{}", taken.err);
    let more = hand.run(&["desk", "binding", "add", "olof", "--subject", "another"]);
    assert!(more.err.contains("by another account"), "{}", more.err);
    let nobody = hand.run(&["desk", "binding", "add", "nils", "--subject", "x"]);
    assert!(
        nobody.err.contains("nobody in people.toml"),
        "{}",
        nobody.err
    );

    // Another provider, or none: what was bound at the first one opens nothing.
    assert_eq!(gone(&mut copy, &odd, "/sign-in/openid").status, 200);
    let settings = hand.path("provider/desk/openid.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    hand.write(
        "provider/desk/openid.toml",
        text.replace("127.0.0.1", "localhost"),
    );
    assert_eq!(copy.get("/you").status, 303);
    hand.write("provider/desk/openid.toml", &text);
    copy.get("/you").ok();
    std::fs::remove_file(&settings).unwrap();
    assert_eq!(copy.get("/you").status, 303);
    assert_eq!(copy.get("/sign-in/openid").status, 404);
    copy.get("/sign-in").ok().says_not("Kvist login");

    // Who leaves is out at once, and whoever gets the id later is not let in by it.
    hand.write("provider/desk/openid.toml", &text);
    assert_eq!(gone(&mut copy, &odd, "/sign-in/openid").status, 200);
    let people = std::fs::read_to_string(hand.path("provider/desk/people.toml")).unwrap();
    served.dismiss("olof");
    assert_eq!(copy.get("/you").status, 303);
    assert_eq!(gone(&mut copy, &odd, "/sign-in/openid").status, 422);
    for _ in 0..60 {
        let list = hand
            .by("maja", &["--json", "desk", "binding", "list"])
            .ok()
            .json();
        if !list["bindings"].to_string().contains(&second) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_secs(1));
    }
    hand.write("provider/desk/people.toml", people);
    assert_eq!(gone(&mut copy, &odd, "/sign-in/openid").status, 422);
}

#[test]
fn a_person_asks_for_it_and_an_administrator_agrees_and_neither_can_alone() {
    let hand = Hand::ready();
    let odd = odd(&hand);
    let served = Served::new(&hand);
    served.hire("ada", "Ada Alm", "auditor");
    served.hire("dan", "Dan Dal", "administrator");
    let (mut olof, mut dan) = (served.browser("olof"), served.browser("dan"));
    olof.get("/you").ok().says("Show Kvist login who you are");

    // They show the provider anew who they are, for this.
    let there = olof.get("/you/openid");
    assert!(
        there.to().contains("prompt=login") && there.to().contains("max_age=0"),
        "{}",
        there.to()
    );
    odd.does(|does| {
        let long_ago = (does.now)() - 7_200;
        does.claims.insert("auth_time".to_owned(), long_ago.into());
    });
    let old = olof.get(&odd.comes_back(there.to()));
    assert_eq!(old.status, 422);
    old.says("You showed Kvist login too long ago who you are");
    odd.does(|does| does.claims.clear());
    let asked = gone(&mut olof, &odd, "/you/openid").ok();
    asked.says("An administrator has to agree now");
    assert_eq!(asked.header("refresh"), Some("0; url=/you"));
    olof.get("/you")
        .ok()
        .says("an administrator has not agreed yet");
    // Asked for is not bound.
    assert_eq!(
        gone(&mut served.stranger(), &odd, "/sign-in/openid").status,
        422
    );

    let people = dan.get("/people").ok();
    people.says("Olof Strand asks for it");
    people.says(OLOF);
    let which = Browser::hidden(&people, "which");
    let mut ada = served.browser("ada");
    for (browser, answer) in [(&mut ada, "yes"), (&mut olof, "yes")] {
        let tried = browser.post("/people/bind", &[("which", &which), ("answer", answer)]);
        assert_eq!(tried.status, 404, "{}", tried.text());
    }
    assert_eq!(
        dan.post("/people/bind", &[("which", &which), ("answer", "?")])
            .status,
        400
    );
    assert_eq!(
        dan.post("/people/bind", &[("which", "AAAA"), ("answer", "yes")])
            .status,
        400
    );
    let agreed = dan.post("/people/bind", &[("which", &which), ("answer", "yes")]);
    assert_eq!(agreed.to(), "/people?done=bound");
    assert_eq!(
        dan.post("/people/bind", &[("which", &which), ("answer", "yes")])
            .status,
        404
    );
    let mut other = served.stranger();
    assert_eq!(gone(&mut other, &odd, "/sign-in/openid").status, 200);
    other.get("/you").ok().says("Olof Strand");
    let list = hand.json(&["desk", "binding", "list"]);
    assert_eq!(list["bindings"][0]["by"], "dan");

    // An account that signs somebody in is nobody else's to ask for.
    let mut maja = served.browser("maja");
    let taken = gone(&mut maja, &odd, "/you/openid");
    assert_eq!(taken.status, 422);
    taken.says("it signs somebody in here already");
    // A request can be refused, and taken back.
    odd.does(|does| "another".clone_into(&mut does.subject));
    gone(&mut maja, &odd, "/you/openid").ok();
    let which = Browser::hidden(&dan.get("/people").ok(), "which");
    assert_eq!(
        dan.post("/people/bind", &[("which", &which), ("answer", "no")])
            .to(),
        "/people?done=ended"
    );
    maja.get("/you").ok().says("Show Kvist login who you are");
    gone(&mut maja, &odd, "/you/openid").ok();
    assert_eq!(maja.post("/you/openid/end", &[]).to(), "/you");
    dan.get("/people").ok().says_not("Maja Ek asks for it");

    // The administrator ends it, or its person: whoever came by it is out.
    let id = list["bindings"][0]["id"].as_str().unwrap();
    let ended = dan.post("/people/end", &[("kind", "binding"), ("which", id)]);
    assert_eq!(ended.to(), "/people?done=ended");
    assert_eq!(other.get("/you").status, 303);
    olof.get("/you").ok();
}

#[test]
fn whether_the_provider_answers_is_told_to_whoever_asks_whether_all_is_in_order() {
    let hand = Hand::ready();
    let standing = |matter: &str| {
        let found = hand.run(&["check", "--json"]).json();
        let lines = found["lines"].as_array().unwrap().clone();
        let line = lines.into_iter().find(|line| line["matter"] == matter);
        line.map(|line| line["standing"].as_str().unwrap().to_owned())
    };
    assert_eq!(standing("sign-in-there"), None);
    let odd = odd(&hand);
    assert_eq!(standing("sign-in-there").as_deref(), Some("in-order"));
    let told = hand.run(&["check", "--lang", "sv"]).out;
    assert!(
        told.contains(&format!("Inloggningen hos {} svarar", odd.issuer())),
        "{told}"
    );
    odd.does(|does| does.closed = true);
    assert_eq!(standing("sign-in-silent").as_deref(), Some("not-in-order"));
    // Settings that cannot be used: served is no desk with them, and whoever asks is told which field.
    hand.append("provider/desk/openid.toml", "colour = \"red\"\n");
    assert_eq!(standing("file-fault").as_deref(), Some("not-in-order"));
    let refused = hand.run(&["desk", "serve"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("colour"), "{}", refused.err);
}
