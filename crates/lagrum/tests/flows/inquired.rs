//! Which accounts there are, the desk does not know: it asks the agent, with one signature, and is told no content.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::{answers, entries};

/// A provider whose desk has no list of accounts, and a demand for an account, another name of it, an address that is
/// certainly nobody's, and one of which nobody knows.
pub fn provider() -> Hand {
    let hand = Hand::ready();
    let change = |path: &str, from: &str, to: &str| {
        let whole = fs::read_to_string(hand.path(path)).unwrap();
        assert!(whole.contains(from), "{path}: {from}");
        hand.write(path, whole.replacen(from, to, 1));
    };
    let directory = fs::read_to_string(hand.path("provider/desk/directory.toml")).unwrap();
    let (rest, _) = directory.split_once("[[account]]").unwrap();
    let asks = "region = \"stockholm\"\ncountry = \"SE\"\nasks = true\n";
    let rest = rest.replacen("region = \"stockholm\"\ncountry = \"SE\"\n", asks, 1);
    assert!(rest.contains("asks"), "{rest}");
    hand.write("provider/desk/directory.toml", rest);
    change(
        "provider/agents/stockholm/agent.toml",
        "region = \"stockholm\"\n",
        "region = \"stockholm\"\nnobody = [\"gone@hand.example\"]\n",
    );
    let named = ["annie", "gone", "who"]
        .map(|name| format!(", {{ kind = \"email-address\", value = \"{name}@hand.example\" }}"));
    let demand = hand.demand("AM-7-26").replace(
        "value = \"ann@hand.example\" }",
        &format!("value = \"ann@hand.example\" }}{}", named.concat()),
    );
    hand.write("demand.toml", demand);
    hand
}

fn asked(hand: &Hand, case: &str, more: &[&str]) -> Value {
    let (key, secret) = (hand.path("olof.key"), hand.path("olof.passphrase"));
    let ask = ["inquire", case, "--key", &key, "--passphrase-file", &secret];
    hand.json(&[&ask[..], more].concat())
}

fn set_most(hand: &Hand, most: u32) {
    let file = "provider/agents/stockholm/agent.toml";
    let whole = fs::read_to_string(hand.path(file)).unwrap();
    let kept: String = whole
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("most_inquired_per_day"))
        .collect();
    let first = "region = \"stockholm\"\n";
    let with = format!("{first}most_inquired_per_day = {most}\n");
    hand.write(file, kept.replacen(first, &with, 1));
}

pub fn ran(hand: &Hand) -> Value {
    let run = ["--json", "agent", "run", "--region", "stockholm"];
    serde_json::from_str(&hand.run(&run).out).unwrap()
}

#[test]
fn the_desk_asks_which_accounts_there_are_and_is_told_no_content() {
    let hand = provider();
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    let case = case.as_str();
    hand.verified(case);
    let refused = hand.run(&["--json", "assess", case]);
    assert_ne!(refused.code, Some(0));
    let said = format!("{}{}", refused.out, refused.err);
    assert!(
        said.contains("stockholm") && said.contains("lagrum inquire"),
        "{said}"
    );

    let told = asked(&hand, case, &[]);
    assert_eq!(told["regions"], serde_json::json!(["stockholm"]), "{told}");
    assert_eq!(hand.json(&["case", case])["state"], "authenticated");
    // It is with the agent: asking once more is nothing new.
    let (key, secret) = (hand.path("olof.key"), hand.path("olof.passphrase"));
    let again = ["inquire", case, "--key", &key, "--passphrase-file", &secret];
    assert_ne!(hand.run(&again).code, Some(0));

    let became = ran(&hand);
    assert_eq!(became[0]["outcome"]["told"], 4, "{became}");
    let out = hand.path("provider/exchange/stockholm/out");
    let left = answers(Path::new(&out));
    assert_eq!(left.len(), 1, "{left:?}");
    let answer = entries(Path::new(&out));
    let answer = answer
        .iter()
        .map(|file| fs::read_to_string(file).unwrap_or_default());
    let answer = answer.collect::<String>();
    assert!(answer.contains("\"categories\": [\n"), "{answer}");
    assert!(!answer.contains("hej"), "no content: {answer}");
    let news = hand.json(&["settle"])["news"].clone();
    assert_eq!(
        (&news[0]["news"], &news[0]["accounts"]),
        (&"accounts-told".into(), &4.into()),
        "{news}"
    );
    assert!(answers(Path::new(&out)).is_empty());

    let found = hand.json(&["assess", case])["assessment"].clone();
    let parts = found["parts"].as_array().unwrap().iter();
    let dispositions: Vec<_> = parts
        .map(|part| part["finding"]["disposition"].as_str().unwrap())
        .collect();
    assert_eq!(
        dispositions,
        ["produce", "narrow", "no-data", "no-data"],
        "{found}"
    );
    assert_eq!(found["parts"][0]["holding"]["region"], "stockholm");
    assert_eq!(found["parts"][0]["holding"]["holder_resides_in"], "SE");
    // The agent tells of so many within a day, and of no more.
    set_most(&hand, 7);
    asked(&hand, case, &["--again"]);
    let became = ran(&hand);
    assert_eq!(became[0]["outcome"]["code"], "limit", "{became}");
    let news = hand.json(&["settle"])["news"].to_string();
    assert!(news.contains("most_inquired_per_day"), "{news}");
    set_most(&hand, 8);
    let became = ran(&hand);
    assert_eq!(became[0]["outcome"]["told"], 4, "{became}");
    hand.json(&["settle"]);
    // The same was told: what was found on it stands.
    assert_eq!(hand.json(&["case", case])["state"], "assessed");
    let verified = hand.run(&["desk", "verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.out);
}

#[test]
fn a_question_is_signed_on_a_persons_own_machine_and_the_account_that_was_told_of_is_produced() {
    let hand = provider();
    hand.write("demand.toml", hand.demand("AM-8-26"));
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    let case = case.as_str();
    hand.verified(case);
    let written = hand.json(&["inquire", case, "--out", &hand.path("ask")]);
    let question = written["files"][0].as_str().unwrap().to_owned();
    let (key, secret) = (hand.path("maja.key"), hand.path("maja.passphrase"));
    let sign = [
        "sign",
        &question,
        "--key",
        &key,
        "--passphrase-file",
        &secret,
    ];
    let shown = hand.anywhere(&sign).ok();
    assert!(shown.err.contains("ann@hand.example"), "{}", shown.err);
    let signed = question.replace(".inquiry", ".signed");
    // What was signed was signed of these accounts.
    let note = fs::read_to_string(&signed).unwrap();
    let other = hand.write("other.signed", note.replace("ann@hand", "bo@hand"));
    assert_ne!(
        hand.run(&["inquire", case, "--signed", &other]).code,
        Some(0)
    );
    let told = hand.json(&["inquire", case, "--signed", &signed]);
    assert_eq!(told["by"], serde_json::json!(["Maja Ek"]), "{told}");
    assert_eq!(ran(&hand)[0]["outcome"]["told"], 1);
    hand.json(&["settle"]);
    hand.run(&["assess", case]).ok();
    hand.run(&["decide", case]).ok();
    hand.approve(case, "olof").ok();
    hand.approve(case, "maja").ok();
    let became = ran(&hand);
    assert_eq!(became[0]["outcome"]["produced"]["produced"], 3, "{became}");
}
