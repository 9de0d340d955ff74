//! Cases are found by the words that people wrote in them: on the command line, on a page and by a program.

use std::path::Path;

use lagrum_model::CaseId;
use serde_json::{Value, json};

use crate::by_hand::Hand;
use crate::support::open_store;
use crate::web::Served;
use crate::web::api::{self, json as read};

fn taken(hand: &Hand, name: &str) -> String {
    let file = hand.write(name, format!("what came as {name}\n"));
    let taken = hand.json(&["intake", &file]);
    taken["cases"][0]["case"].as_str().unwrap().to_owned()
}

fn of(listed: &Value) -> Vec<&str> {
    let cases = listed["cases"].as_array().unwrap();
    cases
        .iter()
        .map(|one| one["case"].as_str().unwrap())
        .collect()
}

/// The cases in which these words were written, by the command line, with what else is asked for.
fn found(hand: &Hand, words: &str, more: &[&str]) -> Vec<String> {
    let listed = hand.json(&[&["cases", "--words", words], more].concat());
    of(&listed).into_iter().map(str::to_owned).collect()
}

/// A demand that is decided, one that nobody described, and what is written in both.
fn written(hand: &Hand) -> (String, String) {
    let decided = hand.decided();
    let paper = taken(hand, "Gränslösa papper.txt");
    hand.run(&[
        "note",
        &paper,
        "Ringde Åse om båten; hon återkommer på tisdag.",
    ])
    .ok();
    hand.run(&["note", &paper, "Søren på Ærø har øl."]).ok();
    hand.by(
        "maja",
        &["note", &paper, "Vi förlorar målet.", "--privileged"],
    )
    .ok();
    (decided, paper)
}

#[test]
fn a_case_is_found_by_words_in_different_places_until_it_is_erased() {
    let hand = Hand::ready();
    hand.hire("ada", "Ada Alm", "administrator");
    let (decided, paper) = written(&hand);
    // A word of a note; two, of a note and a file's name, in whatever order and letter case; of two notes.
    assert_eq!(found(&hand, "tisdag", &[]), [paper.as_str()]);
    assert_eq!(found(&hand, "PAPPER båten", &[]), [paper.as_str()]);
    assert_eq!(found(&hand, "øl Åse", &[]), [paper.as_str()]);
    // Another letter is another word, and a part of one is none.
    for nothing in ["baten", "ol", "Ase", "tis", "båten Kvist"] {
        assert_eq!(found(&hand, nothing, &[]), [""; 0], "{nothing}");
    }
    let told = hand.run(&["cases", "--words", "baten"]).ok();
    assert!(told.out.contains("No case fits."), "{}", told.out);
    // What stands in the demand, with other filters.
    assert_eq!(
        found(&hand, "polismyndigheten AM-1-26", &[]),
        [decided.as_str()]
    );
    assert_eq!(
        found(&hand, "polismyndigheten", &["--country", "SE"]),
        [decided.as_str()]
    );
    assert_eq!(
        found(&hand, "polismyndigheten", &["--country", "DK"]),
        [""; 0]
    );
    assert_eq!(found(&hand, "tisdag", &["--closed"]), [""; 0]);
    // What is for counsel only is found by nobody.
    for who in ["olof", "maja"] {
        let listed = hand
            .by(who, &["--json", "cases", "--words", "målet"])
            .ok()
            .json();
        assert_eq!(listed["total"], 0, "{who}: {listed}");
    }
    let refused = hand.run(&["cases", "--words", "å §"]);
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert!(refused.err.contains("at least one word"), "{}", refused.err);

    // The same after the list was made anew, and nothing after erasure.
    hand.by("ada", &["desk", "rebuild"]).ok();
    hand.by("ada", &["desk", "compare"]).ok();
    assert_eq!(found(&hand, "øl tisdag papper", &[]), [paper.as_str()]);
    let store = open_store(Path::new(&hand.path("provider")));
    store.erase(&CaseId::parse(&paper).unwrap()).unwrap();
    drop(store);
    assert_eq!(found(&hand, "tisdag", &[]), [""; 0]);
    assert_eq!(found(&hand, "papper", &[]), [""; 0]);
    hand.by("ada", &["desk", "rebuild"]).ok();
    assert_eq!(found(&hand, "tisdag", &[]), [""; 0]);
    hand.by("ada", &["desk", "verify"]).ok();
}

#[test]
fn words_are_searched_for_on_the_page_and_stand_in_no_address() {
    let hand = Hand::ready();
    let (decided, paper) = written(&hand);
    let served = Served::new(&hand);
    let mut olof = served.browser("olof");
    let answer = olof.post("/search", &[("q", "båten tisdag")]);
    assert!(!answer.to().contains("tisdag"), "{}", answer.to());
    let page = olof.get(answer.to()).ok();
    page.says("Written in the case");
    page.says(&format!("/cases/{paper}"));
    page.says_not(&format!("/cases/{decided}"));
    let nothing = olof.post("/search", &[("q", "baten")]);
    olof.get(nothing.to()).ok().says("Nothing was found.");
    let private = olof.post("/search", &[("q", "målet")]);
    olof.get(private.to()).ok().says("Nothing was found.");

    // Narrowed further: the list keeps the search under a name that means nothing, for its person alone.
    let search = answer.to().rsplit('/').next().unwrap().to_owned();
    let list = format!("/cases?view=open&search={search}");
    page.says(&list.replace('&', "&amp;"));
    let open = olof.get(&list).ok();
    open.says("Cases with the words: båten tisdag");
    open.says(&format!("/cases/{paper}"));
    open.says_not(&format!("/cases/{decided}"));
    let other = format!("{list}&country=DK");
    olof.get(&other).ok().says("No case of this view fits.");
    let closed = format!("/cases?view=closed&search={search}");
    olof.get(&closed).ok().says("No case of this view fits.");
    let mut maja = served.browser("maja");
    assert_eq!(maja.get(&list).status, 404);
}

#[test]
fn a_program_searches_by_words_with_what_else_it_asks_for() {
    let hand = Hand::ready();
    let (decided, paper) = written(&hand);
    let served = Served::new(&hand);
    let mut olof = served.program("olof", &["cases:read"]);
    let mut search = |body: Value| olof.post("/cases/search", &body);
    let both = read(&search(json!({"words": "Tisdag Søren"})).ok());
    assert_eq!(
        (of(&both), &both["total"]),
        (vec![paper.as_str()], &json!(1))
    );
    let account = json!({"kind": "email-address", "value": "ann@hand.example"});
    let with =
        |words: &str, only: Value| json!({"identifier": account, "words": words, "only": only});
    let found = read(&search(with("polismyndigheten", json!({"country": "SE"}))).ok());
    assert_eq!(of(&found), [decided.as_str()]);
    for body in [
        with("tisdag", json!({})),
        with("polismyndigheten", json!({"country": "DK"})),
        json!({"words": "målet"}),
    ] {
        assert_eq!(read(&search(body).ok())["total"], 0);
    }
    for body in [
        json!({}),
        json!({"words": "å"}),
        json!({"words": "ord ".repeat(250) + "till"}),
    ] {
        api::refused(&search(body), 422, "words-wrong");
    }
}
