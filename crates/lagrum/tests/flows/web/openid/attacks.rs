//! What is tried with a sign-in, and what a provider that is not as it must be may try.

use lagrum_openid::testing::{Does, OddProvider, SECRET, http};
use serde_json::json;

use super::{OLOF, bind, gone, odd};
use crate::by_hand::Hand;
use crate::web::Served;
use crate::web::client::{Answer, Browser};

/// Nobody is signed in, the page says so in words, and nothing of the provider stands in it but its name.
fn refused(browser: &mut Browser, answer: &Answer, status: u16, says: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    answer.says(says);
    // Passkeys are there as always.
    answer.says("Sign in with your passkey");
    for never in [
        SECRET,
        "id_token",
        "invalid_",
        "127.0.0.1",
        "/token",
        "openid.toml",
    ] {
        answer.says_not(never);
    }
    assert_eq!(browser.get("/you").status, 303);
}

#[test]
fn an_answer_counts_once_in_the_browser_in_which_it_was_asked_for() {
    let hand = Hand::ready();
    let odd = odd(&hand);
    bind(&hand, "olof", OLOF);
    let served = Served::new(&hand);
    let again = "begun in another browser or too long ago, or was used already";

    // Taken to another browser: one without anything, and one that began a sign-in of its own.
    let mut olof = served.stranger();
    let there = olof.get("/sign-in/openid");
    let back = odd.comes_back(there.to());
    let mut thief = served.stranger();
    let stolen = thief.get(&back);
    refused(&mut thief, &stolen, 422, again);
    thief.get("/sign-in/openid");
    let stolen = thief.get(&back);
    refused(&mut thief, &stolen, 422, again);
    // Another state, none, one that is said twice, and what the browser keeps changed or twice.
    let kept = olof.cookies.clone();
    let code = back.split_once("&state=").unwrap().0;
    for odd_one in [
        format!("{code}&state=AAAA"),
        code.to_owned(),
        format!("{back}&state=AAAA"),
        format!("{back}&code=AAAA"),
        back.replace("code=", "x="),
    ] {
        olof.cookies.clone_from(&kept);
        let answer = olof.get(&odd_one);
        refused(&mut olof, &answer, 422, again);
    }
    let changed = |change: &dyn Fn(&str) -> String| {
        let mut browser = served.stranger();
        browser.cookies = vec![(kept[0].0.clone(), change(&kept[0].1))];
        let answer = browser.get(&back);
        refused(&mut browser, &answer, 422, again);
    };
    changed(&|value| value.replacen('e', "f", 1));
    changed(&|value| format!("{}.AAAA", value.split_once('.').unwrap().0));
    changed(&|_| String::new());
    let mut two = served.stranger();
    two.cookies = vec![kept[0].clone(), kept[0].clone()];
    let answer = two.get(&back);
    refused(&mut two, &answer, 422, again);
    // From another provider, as the answer says itself; and a no.
    olof.cookies.clone_from(&kept);
    let answer = olof.get(&format!("{back}&iss=https%3A%2F%2Fevil.example"));
    refused(&mut olof, &answer, 422, "cannot be used here");
    olof.cookies.clone_from(&kept);
    let state = back.split_once("&state=").unwrap().1;
    let no =
        format!("/sign-in/openid/back?error=access_denied&error_description=%3Cb%3E&state={state}");
    let answer = olof.get(&no);
    refused(&mut olof, &answer, 422, "did not let you in");
    // Another code, made by whoever likes.
    olof.cookies.clone_from(&kept);
    let answer = olof.get(&format!("/sign-in/openid/back?code=AAAA&state={state}"));
    refused(&mut olof, &answer, 422, again);

    // Rightly, once; this provider takes a code twice.
    olof.cookies.clone_from(&kept);
    olof.get(&back).ok();
    olof.get("/you").ok().says("Olof Strand");
    let mut replayed = served.stranger();
    replayed.cookies.clone_from(&kept);
    let answer = replayed.get(&back);
    refused(&mut replayed, &answer, 422, again);
}

#[test]
fn a_session_is_made_when_somebody_signs_in_and_goes_on_to_a_page_of_ours() {
    let hand = Hand::ready();
    let odd = odd(&hand);
    bind(&hand, "olof", OLOF);
    let served = Served::new(&hand);
    // A cookie that somebody else set, and the session of whoever was there before, are not taken over.
    let mut victim = served.stranger();
    let set = (
        "lagrum".to_owned(),
        "a-token-that-the-attacker-knows".to_owned(),
    );
    victim.cookies.push(set.clone());
    gone(&mut victim, &odd, "/sign-in/openid").ok();
    victim.get("/you").ok().says("Olof Strand");
    assert!(!victim.cookies.contains(&set));
    let mut knows = served.stranger();
    knows.cookies.push(set);
    assert_eq!(knows.get("/you").status, 303);
    let mut maja = served.browser("maja");
    let mut before = maja.clone();
    gone(&mut maja, &odd, "/sign-in/openid").ok();
    maja.get("/you").ok().says("Olof Strand");
    assert_eq!(before.get("/you").status, 303);

    for next in [
        "//evil.example",
        "https://evil.example",
        "/%5Cevil.example",
        "%2F%2Fevil.example",
        "/%0d%0aSet-Cookie:%20a=b",
    ] {
        let entered = gone(
            &mut served.stranger(),
            &odd,
            &format!("/sign-in/openid?next={next}"),
        );
        assert_eq!(entered.ok().header("refresh"), Some("0; url=/"), "{next}");
    }
    // The way back is the desk's own, whatever a request says that the desk is called.
    let there = served
        .stranger()
        .get("/sign-in/openid?redirect_uri=https://evil.example");
    let back = format!(
        "redirect_uri=http%3A%2F%2Flocalhost%3A{}%2Fsign-in%2Fopenid%2Fback",
        served.port
    );
    assert!(
        there
            .to()
            .starts_with(&format!("{}/authorize?", odd.issuer())),
        "{}",
        there.to()
    );
    assert!(
        there.to().contains(&back) && !there.to().contains("evil"),
        "{}",
        there.to()
    );
    let elsewhere = [("Host", "evil.example")];
    assert_eq!(
        served
            .stranger()
            .send("GET", "/sign-in/openid", &elsewhere, b"")
            .status,
        404
    );
}

/// A change of what the provider does.
type Change = Box<dyn FnOnce(&mut Does)>;

fn claim(name: &'static str, value: serde_json::Value) -> Change {
    Box::new(move |does| {
        does.claims.insert(name.to_owned(), value);
    })
}

#[test]
fn a_token_or_a_provider_that_is_not_as_it_must_be_signs_nobody_in_and_is_told_in_words() {
    let hand = Hand::ready();
    let odd = odd(&hand);
    bind(&hand, "olof", OLOF);
    let served = Served::new(&hand);
    let long_ago = crate::support::now().as_second() - 3_600;
    let checks = "did not pass the checks here";
    let unusable = "cannot be used here";
    let answers = |path: &'static str, answer: String| -> Change {
        Box::new(move |does| does.answers.push((path, answer)))
    };
    let endless = format!("{{\"keys\":\"{}\"}}", "x".repeat(300 << 10));
    let elsewhere =
        "HTTP/1.1 302 Elsewhere\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n";
    let token = "/token";
    let tried: Vec<(&str, Change, u16, &str)> = vec![
        ("nonce", claim("nonce", json!("another")), 422, checks),
        ("no nonce", claim("nonce", json!(null)), 422, checks),
        ("expired", claim("exp", json!(long_ago)), 422, checks),
        (
            "issuer",
            claim("iss", json!("https://evil.example")),
            422,
            checks,
        ),
        ("audience", claim("aud", json!("another")), 422, checks),
        (
            "none",
            Box::new(|does| {
                does.head = json!({"alg": "none"});
                does.signs_with = 0;
            }),
            422,
            checks,
        ),
        (
            "a secret that two have",
            Box::new(|does| does.head = json!({"alg": "HS256"})),
            422,
            checks,
        ),
        (
            "another key",
            Box::new(|does| does.signs_with = 2),
            422,
            checks,
        ),
        (
            "changed",
            Box::new(|does| does.signature = Some("A".repeat(86))),
            422,
            checks,
        ),
        (
            "a redirect for a code",
            answers(token, elsewhere.to_owned()),
            422,
            unusable,
        ),
        ("no token", answers(token, http(200, "{}")), 422, unusable),
        (
            "oversized",
            answers(token, http(200, &endless)),
            422,
            unusable,
        ),
        (
            "the client is unknown",
            answers(token, http(401, r#"{"error":"invalid_client"}"#)),
            422,
            unusable,
        ),
        (
            "failing",
            answers(token, http(500, "Olof Strand failed")),
            503,
            "cannot be reached just now",
        ),
        (
            "breaking off",
            answers(token, String::new()),
            503,
            "cannot be reached just now",
        ),
    ];
    let usual = {
        let mut usual = None;
        odd.does(|does| usual = Some(does.clone()));
        usual.unwrap()
    };
    for (what, change, status, says) in tried {
        odd.does(change);
        let mut browser = served.stranger();
        println!("{what}");
        let answer = gone(&mut browser, &odd, "/sign-in/openid");
        refused(&mut browser, &answer, status, says);
        odd.does(|does| *does = usual.clone());
    }
    let mut olof = served.stranger();
    gone(&mut olof, &odd, "/sign-in/openid").ok();
    // A name that is markup is text.
    odd.does(|does| "<b>olof</b>".clone_into(&mut does.subject));
    let mut browser = served.stranger();
    let answer = gone(&mut browser, &odd, "/sign-in/openid");
    refused(&mut browser, &answer, 422, "&lt;b&gt;olof&lt;/b&gt;");
}

#[test]
fn a_provider_that_is_down_or_describes_itself_falsely_lets_nobody_in_and_keeps_nobody_out() {
    let elsewhere =
        "HTTP/1.1 302 Elsewhere\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n";
    let endless = format!("{{\"issuer\":\"{}\"}}", "x".repeat(300 << 10));
    let hand = Hand::ready();
    let odd = odd(&hand);
    bind(&hand, "olof", OLOF);
    let path = "/.well-known/openid-configuration";
    let down = "cannot be reached just now";
    let tried: Vec<(Change, u16, &str)> = vec![
        (Box::new(|does| does.closed = true), 503, down),
        (
            Box::new(move |does| does.answers.push((path, http(200, &endless)))),
            422,
            "cannot be used here",
        ),
        (
            Box::new(move |does| does.answers.push((path, elsewhere.to_owned()))),
            422,
            "cannot be used here",
        ),
        (
            Box::new(|does| {
                does.describes
                    .insert("issuer".to_owned(), json!("https://evil.example"));
            }),
            422,
            "cannot be used here",
        ),
    ];
    let usual = {
        let mut usual = None;
        odd.does(|does| usual = Some(does.clone()));
        usual.unwrap()
    };
    for (change, status, says) in tried {
        odd.does(change);
        let served = Served::new(&hand);
        let mut browser = served.stranger();
        let answer = browser.get("/sign-in/openid");
        refused(&mut browser, &answer, status, says);
        assert!(browser.cookies.is_empty());
        // Links and passkeys do not need it; who is on another way is not held up by it.
        served.browser("olof").get("/you").ok();
        odd.does(|does| *does = usual.clone());
    }
}

#[test]
fn a_stranger_who_begins_again_and_again_writes_nothing() {
    let hand = Hand::ready();
    let odd = odd(&hand);
    bind(&hand, "olof", OLOF);
    let served = Served::new(&hand);
    let before = hand.on_the_shelf();
    let mut states = std::collections::BTreeSet::new();
    for _ in 0..30 {
        let mut stranger = served.stranger();
        let there = stranger.get("/sign-in/openid");
        let back = odd.comes_back(there.to());
        assert!(
            states.insert(back.split_once("&state=").unwrap().1.to_owned()),
            "given twice"
        );
        // Nor do wrong codes.
        let state = back.split_once("&state=").unwrap().1;
        let wrong = stranger.get(&format!("/sign-in/openid/back?code=x&state={state}"));
        assert_eq!(wrong.status, 422);
    }
    assert_eq!(hand.on_the_shelf(), before);
    assert_eq!(odd.asked("/keys"), 1);
}

#[test]
fn the_door_for_authorities_has_no_such_way_in() {
    let hand = Hand::ready();
    let odd: OddProvider = odd(&hand);
    bind(&hand, "olof", OLOF);
    let served = Served::with_door(&hand);
    let mut officer = Browser::new(served.door);
    let nothing = officer.get("/nowhere").status;
    for path in [
        "/sign-in/openid",
        "/sign-in/openid/back?code=x&state=y",
        "/you/openid",
    ] {
        assert_eq!(officer.get(path).status, nothing, "{path}");
    }
    officer.get("/sign-in").says_not("Kvist login");
    // A session that began there is none at the door.
    let mut olof = served.stranger();
    gone(&mut olof, &odd, "/sign-in/openid").ok();
    officer.cookies.clone_from(&olof.cookies);
    assert_ne!(officer.get("/").status, 200);
}
