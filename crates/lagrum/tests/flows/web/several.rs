//! Several cases of a list at once: who looks after them, and a list that is narrowed. No script is used.

use super::Served;
use crate::by_hand::Hand;

fn taken(hand: &Hand, name: &str) -> String {
    let file = hand.write(name, format!("what came as {name}\n"));
    let taken = hand.json(&["intake", &file]);
    taken["cases"][0]["case"].as_str().unwrap().to_owned()
}

fn owner(hand: &Hand, case: &str) -> Option<String> {
    let owner = &hand.json(&["case", case])["owner"];
    owner.as_str().map(str::to_owned)
}

#[test]
fn ticked_cases_change_hands_each_on_its_own_and_what_could_not_is_named() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let cases = ["one.txt", "two.txt", "three.txt"].map(|name| taken(&hand, name));
    let [one, two, three] = &cases;
    let mut olof = served.browser("olof");
    let list = olof.get("/cases?view=open").ok();
    for case in &cases {
        list.says(&format!(
            "<input type=\"checkbox\" name=\"case\" value=\"{case}\" form=\"several\">"
        ));
    }
    // All of it works, and the list says so where it was.
    let ticked = [
        ("case", one.as_str()),
        ("case", two),
        ("do", "take"),
        ("to", "maja"),
        ("back", "/cases?view=open"),
    ];
    let done = olof.post("/hand-over", &ticked);
    assert_eq!(done.to(), "/cases?view=open&done=assigned-several");
    olof.get(done.to())
        .ok()
        .says("The cases have changed hands.");
    assert_eq!(owner(&hand, one).as_deref(), Some("olof"));
    assert_eq!(owner(&hand, two).as_deref(), Some("olof"));
    assert_eq!(owner(&hand, three), None);
    let events = |case: &str| {
        hand.json(&["case", case])["events"]
            .as_array()
            .unwrap()
            .len()
    };
    let before = events(one);

    // Somebody closed one meanwhile: it is named with the reason, and the others change hands. One that is not
    // there is named, too, and nothing else of it is said.
    hand.run(&["close", two, "--reason", "sent by mistake"])
        .ok();
    let give = [
        ("case", one.as_str()),
        ("case", two),
        ("case", "2026-9999"),
        ("case", three),
        ("case", one),
        ("do", "give"),
        ("to", "maja"),
        ("back", "/cases?view=open"),
    ];
    let told = olof.post("/hand-over", &give);
    assert_eq!(told.status, 422, "{}", told.text());
    told.says("2 cases have changed hands. They are with: Maja Ek.");
    told.says("2 cases stay with whom they were");
    told.says(&format!("{two}: "));
    told.says("2026-9999: ");
    assert_eq!(owner(&hand, one).as_deref(), Some("maja"));
    assert_eq!(owner(&hand, three).as_deref(), Some("maja"));
    assert_eq!(owner(&hand, two).as_deref(), Some("olof"));
    assert_eq!(events(one), before + 1, "once, though it was ticked twice");

    // Back to nobody, and nobody new.
    let nobody = [("case", one.as_str()), ("do", "give"), ("to", "*")];
    let done = olof.post("/hand-over", &nobody);
    assert!(done.to().starts_with("/cases"), "{}", done.to());
    assert_eq!(owner(&hand, one), None);
    let unknown = [("case", one.as_str()), ("do", "give"), ("to", "nora")];
    let told = olof.post("/hand-over", &unknown);
    told.says("One case stays with whom it was");
    assert_eq!(told.status, 422);
}

#[test]
fn what_no_form_of_a_list_sends_changes_nothing() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let case = taken(&hand, "one.txt");
    served.hire("ada", "Ada Alm", "auditor");
    let mut olof = served.browser("olof");
    let mut ada = served.browser("ada");
    // Nothing ticked, nothing said.
    let none = olof.post("/hand-over", &[("do", "take")]);
    none.says("No case is selected");
    assert_eq!(none.status, 422);
    let many: Vec<String> = (1..=101).map(|n| format!("2026-{n:04}")).collect();
    let mut too_many: Vec<(&str, &str)> = many.iter().map(|id| ("case", id.as_str())).collect();
    too_many.push(("do", "take"));
    assert_eq!(olof.post("/hand-over", &too_many).status, 400);
    for wrong in [
        [("case", "../x"), ("do", "take")],
        [("case", case.as_str()), ("do", "decide")],
        [("case", case.as_str()), ("do", "give")],
    ] {
        assert_eq!(olof.post("/hand-over", &wrong).status, 400, "{wrong:?}");
    }
    // Nowhere else but to a list of ours.
    for away in [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "",
    ] {
        let ticked = [("case", case.as_str()), ("do", "take"), ("back", away)];
        let done = olof.post("/hand-over", &ticked);
        assert_eq!(done.to(), "/cases?done=assigned-several", "{away}");
    }
    // An auditor ticks nothing, and does nothing.
    ada.get("/cases?view=open").ok().says_not("checkbox");
    let ticked = [("case", case.as_str()), ("do", "give"), ("to", "*")];
    assert_eq!(ada.post("/hand-over", &ticked).status, 404);
    assert_eq!(owner(&hand, &case).as_deref(), Some("olof"));
}

#[test]
fn a_list_is_narrowed_by_its_address_and_never_widened() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let paper = taken(&hand, "one.txt");
    let decided = hand.decided();
    hand.run(&["assign", &decided, "olof"]).ok();
    let mut olof = served.browser("olof");
    let all = olof.get("/cases?view=open").ok();
    all.says(&paper);
    all.says(&decided);
    for (narrowed, finds) in [
        ("authority=polis", &decided),
        ("reference=am-1", &decided),
        ("state=decided", &decided),
        ("state=received", &paper),
        ("owner=olof", &decided),
        ("owner=*", &paper),
        ("country=SE", &decided),
        ("instrument=court-decision&since=2026-01-01", &decided),
    ] {
        let page = olof.get(&format!("/cases?view=open&{narrowed}")).ok();
        let rows = page.text();
        let (_, rows) = rows.split_once("<table").unwrap();
        for case in [&paper, &decided] {
            assert_eq!(rows.contains(case), case == finds, "{narrowed} {case}");
        }
        page.says("Show all of the view");
    }
    // A view stays what it is: nothing of others comes into it.
    let mine = olof.get("/cases?view=mine&owner=*").ok();
    mine.says(&decided);
    olof.get("/cases?view=open&authority=nobody-of-that-name")
        .ok()
        .says("No case of this view fits.");
    for nothing in ["country=DK", "until=2020-01-01", "since=2999-01-01"] {
        let page = olof.get(&format!("/cases?view=open&{nothing}")).ok();
        page.says("No case of this view fits.");
        // What it was narrowed to stands in the form.
        page.says("Show all of the view");
    }

    // The same on the command line.
    let found = |filter: &[&str]| {
        let whole = [&["cases"], filter].concat();
        let listed = hand.json(&whole);
        let cases = listed["cases"].as_array().unwrap().iter();
        cases
            .map(|one| one["case"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        found(&["--country", "SE", "--instrument", "court-decision"]),
        std::slice::from_ref(&decided)
    );
    assert_eq!(found(&["--received-until", "2020-01-01"]), [""; 0]);
    assert_eq!(found(&["--received-since", "2026-01-01"]).len(), 2);
    let wrong = hand.run(&["cases", "--instrument", "letter"]);
    assert!(wrong.err.contains("write one of"), "{}", wrong.err);
    let wrong = hand.run(&["cases", "--country", "Sweden"]);
    assert!(wrong.err.contains("--country"), "{}", wrong.err);
}
