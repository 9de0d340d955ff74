//! Two groups of one desk, each with its own counsel: nobody of the one learns of the cases of the other.

use serde_json::{Value, json};

use crate::by_hand::Hand;
use crate::support::Ran;
use crate::web::Served;
use crate::web::api::{self, Program};
use crate::web::attacks;
use crate::web::client::{Answer, Browser};

/// A desk with a group for Sweden and one for everything else.
fn grouped(hand: &Hand) {
    for (id, name, role) in [
        ("nils", "Nils Lund", "analyst"),
        ("sara", "Sara Bech", "counsel"),
        ("ada", "Ada Alm", "auditor"),
    ] {
        hand.hire(id, name, role);
    }
    let groups = r#"
[[group]]
id = "sweden"
name = "Sweden"
authorities_of = ["SE"]
people = ["olof", "maja"]

[[group]]
id = "others"
name = "All others"
people = ["nils", "sara"]
the_rest = true
"#;
    hand.append("provider/desk/people.toml", groups);
}

/// What a refusal says, without what is asked for.
fn said(ran: &Ran, case: &str) -> String {
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    ran.err.replace(case, "CASE")
}

fn page(answer: &Answer, case: &str) -> String {
    let clock = regex::Regex::new(r"\d\d:\d\d").unwrap();
    let text = answer.text().replace(case, "CASE");
    clock.replace_all(&text, "").into_owned()
}

const NOWHERE: &str = "2026-9999";

/// What forms of a case ask for, all at once.
const FIELDS: [(&str, &str); 12] = [
    ("said", "genuine"),
    ("who", "x"),
    ("how", "x"),
    ("why", "x"),
    ("text", "x"),
    ("reason", "x"),
    ("what", "cleared"),
    ("owner", "nils"),
    ("group", "others"),
    ("group-why", "x"),
    ("believed", "yes"),
    ("verified", "yes"),
];

#[test]
fn what_is_another_groups_is_not_there_on_any_page_command_or_operation() {
    let hand = Hand::ready();
    let case = hand.decided();
    hand.by("maja", &["note", &case, "our advice", "--privileged"])
        .ok();
    grouped(&hand);
    let before = hand.json(&["case", &case])["events"].clone();
    // Something of their own, so that lists are not empty.
    let paper = hand.write("paper.txt", "Un ordre\n");
    let taken = hand.by("nils", &["--json", "intake", &paper]).ok().json();
    let own = taken["cases"][0]["case"].as_str().unwrap().to_owned();

    // The command line.
    let demand = hand.path("demand.toml");
    let out = hand.path("out.json");
    let commands: Vec<Vec<&str>> = vec![
        vec!["case", "{}"],
        vec!["memo", "{}"],
        vec!["original", "{}"],
        vec!["log", "proof", "{}", "1"],
        vec!["to-sign", "{}", "--out", &out],
        vec!["describe", "{}", &demand],
        vec!["attach", "{}", &paper],
        vec!["call-back", "{}", "--confirmed", "--answered-by", "x"],
        vec!["authenticate", "{}", "--verified", "--how", "x"],
        vec!["emergency", "{}", "--believed", "--why", "x"],
        vec!["assess", "{}"],
        vec!["decide", "{}"],
        vec!["deliver", "{}"],
        vec!["close", "{}"],
        vec!["reopen", "{}", "--reason", "x"],
        vec!["record", "{}", "cleared=2026-03-02T10:00:00Z", "--how", "x"],
        vec!["assign", "{}", "nils"],
        vec!["assign", "{}", "--group", "others", "--reason", "x"],
        vec!["note", "{}", "x"],
        vec!["note", "{}", "x", "--privileged"],
        vec!["burden", "show", "{}"],
        vec!["burden", "work", "{}", "other", "5"],
        vec!["burden", "take-back", "{}", "1", "--reason", "x"],
        vec!["link", "{}", &own, "--reason", "x"],
        vec!["link", &own, "{}", "--reason", "x"],
        vec!["join", &own, "{}", "--reason", "x"],
        vec!["split", "{}", "1", "--reason", "x"],
    ];
    for who in ["nils", "sara"] {
        for command in &commands {
            let ask = |case: &str| {
                let words: Vec<_> = command
                    .iter()
                    .map(|word| if *word == "{}" { case } else { word })
                    .collect();
                hand.by(who, &words)
            };
            let there = said(&ask(&case), &case);
            assert!(
                there.contains("there is no case CASE"),
                "{command:?}: {there}"
            );
            assert_eq!(there, said(&ask(NOWHERE), NOWHERE), "{who} {command:?}");
        }
        for command in [
            &["cases"][..],
            &["cases", "--account", "ann@hand.example"],
            &["cases", "--reference", "AM-1"],
            &["cases", "--authority", "polis"],
            &["cases", "--state", "decided"],
            &["cases", "--group", "sweden"],
            &["check"],
        ] {
            let told = hand.by(who, command);
            let mut words = vec![case.as_str(), "AM-1-26"];
            // The list of authorities is everybody's.
            words.extend((command != ["check"]).then_some("Polismyndigheten"));
            for word in words {
                assert!(!told.out.contains(word), "{who} {command:?}: {}", told.out);
            }
        }
        assert_eq!(hand.by(who, &["--json", "cases"]).ok().json()["total"], 1);
        // The file of the demand itself gives nothing away: it opens a case, which goes where it belongs.
        let again = hand.by(who, &["--json", "intake", &demand]).ok().json();
        assert_eq!(again["cases"][0]["new"], true, "{again}");
        assert_ne!(again["cases"][0]["case"], case.as_str());
        let opened = again["cases"][0]["case"].as_str().unwrap();
        assert_eq!(hand.by(who, &["case", opened]).code, Some(1));
        // Going through all that is kept tells of every case: it is for whoever sees them.
        let all = hand.by(who, &["desk", "verify"]);
        assert_eq!(all.code, Some(1), "{}", all.out);
        assert!(all.err.contains("administrator, auditor"), "{}", all.err);
    }
    hand.by("ada", &["desk", "verify"]).ok();

    // The pages.
    let served = Served::new(&hand);
    let mut browsers = [served.browser("nils"), served.browser("sara")];
    let (mut tried, mut malformed) = (0, 0);
    for browser in &mut browsers {
        for (verb, path, needs) in attacks::routes() {
            if needs == "anybody" || !path.contains("{case}") {
                continue;
            }
            let mut ask = |case: &str| {
                let there = attacks::filled(&path, case);
                match (verb.as_str(), path.ends_with("/originals")) {
                    (_, true) => browser.upload(&there, &[], &[("paper.txt", b"more")]),
                    ("POST", _) if attacks::is_plain(&path) => browser.post(&there, &FIELDS),
                    _ => attacks::ask(browser, &verb, &there),
                }
            };
            let (there, gone) = (ask(&case), ask(NOWHERE));
            assert_eq!(there.status, gone.status, "{verb} {path}");
            // What is no form of theirs at all is refused before the case is asked for.
            let wrong = there.status == 400 && verb == "POST";
            assert!(
                there.status == 404 || wrong,
                "{verb} {path}: {}",
                there.status
            );
            malformed += usize::from(wrong);
            assert_eq!(page(&there, &case), page(&gone, NOWHERE), "{verb} {path}");
            tried += 1;
        }
        lists(browser, &case);
        let ticked = [
            ("case", case.as_str()),
            ("do", "take"),
            ("back", "/cases?view=open"),
        ];
        let told = browser.post("/hand-over", &ticked);
        assert_eq!(told.status, 422);
        let gone = browser.post("/hand-over", &[("case", NOWHERE), ticked[1], ticked[2]]);
        assert_eq!(page(&told, &case), page(&gone, NOWHERE));
    }
    assert!(tried > 80 && malformed < 12, "{tried}, {malformed}");

    // The interface for programs, with bodies that would do something.
    for who in ["nils", "sara"] {
        let scopes = if who == "sara" { 6 } else { 4 };
        let mut program = served.program(who, &api::SCOPES[..scopes]);
        for (verb, path, _) in api::routes() {
            if !path.contains("{case}") {
                continue;
            }
            let body = would_do(&path, &own);
            let mut ask = |case: &str| {
                let path = api::filled(&path, case);
                match verb.as_str() {
                    "GET" => program.get(&path),
                    _ => program.post(&path, body.as_ref().unwrap_or(&json!({}))),
                }
            };
            let (there, gone) = (ask(&case), ask(NOWHERE));
            assert_eq!(there.status, gone.status, "{verb} {path}: {}", there.text());
            assert_eq!(api::json(&there), api::json(&gone), "{verb} {path}");
            let only_counsel =
                who == "nils" && (path.ends_with("danger") || path.contains("privileged"));
            match (verb == "GET" || body.is_some(), only_counsel) {
                (true, false) => drop(api::refused(&there, 404, "not-there")),
                // Their role has no such scope, whatever the case; or the body is none, and the case is not asked for.
                (true, true) => drop(api::refused(&there, 403, "scope-missing")),
                (false, _) => assert!((400..500).contains(&there.status), "{path}"),
            }
        }
        finds_only(&mut program, &own, &case);
    }
    assert_eq!(hand.json(&["case", &case])["events"], before);
    nothing_is_waited_for_or_read(&hand, &served, &case);
    // Their own people and the auditor see it as before.
    for who in ["olof", "maja", "ada"] {
        assert!(hand.by(who, &["cases"]).ok().out.contains(&case), "{who}");
    }
    for (group, there) in [("sweden", true), ("others", false)] {
        let told = hand.by("ada", &["cases", "--group", group]).ok().out;
        assert_eq!(told.contains(&case), there, "{group}: {told}");
    }
    let unknown = hand.by("ada", &["cases", "--group", "norway"]);
    assert!(
        unknown.err.contains("there are sweden, others"),
        "{}",
        unknown.err
    );
}

/// Whoever may not know of a case waits for nobody who works in it, and hears nothing of what is wrong with it.
fn nothing_is_waited_for_or_read(hand: &Hand, served: &Served<'_>, case: &str) {
    let mut nils = served.browser("nils");
    let mut program = served.program("nils", &["cases:write"]);
    let (notes, note) = (format!("/cases/{case}/notes"), json!({"text": "x"}));
    let nowhere = page(
        &nils.post(&notes.replace(case, NOWHERE), &[("text", "x")]),
        NOWHERE,
    );
    let file = hand.path("provider/desk/desk.sqlite");
    let database = rusqlite::Connection::open(file).unwrap();
    // Somebody writes, and lets nobody else.
    database.execute_batch("begin immediate").unwrap();
    let begin = std::time::Instant::now();
    let there = nils.post(&notes, &[("text", "x")]);
    assert_eq!((there.status, page(&there, case)), (404, nowhere.clone()));
    let told = hand.by("nils", &["note", case, "x"]);
    assert_eq!(
        said(&told, case),
        said(&hand.by("nils", &["note", NOWHERE, "x"]), NOWHERE)
    );
    assert!(begin.elapsed().as_secs() < 5, "{:?}", begin.elapsed());
    database.execute_batch("rollback").unwrap();
    // What was changed from outside is told to its own people, and to nobody else.
    let (_, number) = case.split_once('-').unwrap();
    let number: u32 = number.parse().unwrap();
    let harm = format!(
        "drop trigger event_stays; update event set sealed = x'00' where year = 2026 and number = {number} and event = 2"
    );
    let kept: Vec<u8> = database
        .query_row(
            "select sealed from event where year = 2026 and number = ?1 and event = 2",
            [number],
            |row| row.get(0),
        )
        .unwrap();
    database.execute_batch(&harm).unwrap();
    let own = hand.by("olof", &["case", case]);
    assert!(own.err.contains("damaged"), "{}", own.err);
    assert_eq!(page(&nils.post(&notes, &[("text", "x")]), case), nowhere);
    api::refused(&program.post(&notes, &note), 404, "not-there");
    let there = said(&hand.by("nils", &["case", case]), case);
    assert!(there.contains("there is no case CASE"), "{there}");
    let told = hand.by("nils", &["settle"]).ok();
    assert!(
        !told.out.contains(case) && !told.err.contains(case),
        "{}{}",
        told.out,
        told.err
    );
    let mend = "update event set sealed = ?1 where year = 2026 and number = ?2 and event = 2";
    database
        .execute(mend, rusqlite::params![kept, number])
        .unwrap();
}

/// What would do something at an operation, where that is no file.
fn would_do(path: &str, own: &str) -> Option<Value> {
    let (_, act) = path.split_once("{case}/")?;
    Some(match act {
        "call-back" => json!({"answered_by": "x", "confirmed": true}),
        "genuine" => json!({"verified": true, "how": "x"}),
        "danger" => json!({"believed": true, "why": "x"}),
        "moments" => {
            json!({"happened": [{"what": "cleared", "when": "2026-03-02T10:00:00Z"}], "known": "x"})
        }
        "assessment" | "delivery" | "letters/proposed/{letter}" => json!({}),
        "decision" | "closing" | "reopening" => json!({"reason": "x"}),
        "notes" | "privileged-notes" | "questions" => json!({"text": "x"}),
        "burden/work" => json!({"on": "other", "minutes": 5}),
        "burden/reimbursements" => {
            json!({"outcome": "paid", "amount": {"amount": 5, "currency": "EUR"}})
        }
        "burden/taken-back" => json!({"entry": 1, "reason": "x"}),
        "owner" => json!({"person": "nils"}),
        "group" => json!({"group": "others", "reason": "x"}),
        "links" => json!({"to": own, "how": "related", "reason": "x"}),
        "letters" => json!({
            "kind": "question", "language": "en", "to": "x", "by": "post", "text": "x",
        }),
        // Files.
        "originals" | "demand" | "signatures" => return None,
        // A question.
        _ => return None,
    })
}

/// No list, number or search of the pages tells of the case.
fn lists(browser: &mut Browser, case: &str) {
    for list in [
        "/cases?view=open",
        "/cases?view=counsel",
        "/cases?view=closed",
        "/cases?view=today",
        "/inbox",
        "/challenges",
        "/withheld",
        "/order",
    ] {
        let page = browser.get(list).ok();
        page.says_not(case);
        page.says_not("AM-1-26");
    }
    for wanted in [case, "AM-1-26", "ann@hand.example", "Polismyndigheten"] {
        let found = browser.post("/search", &[("q", wanted)]);
        let answer = browser.get(found.to()).ok();
        answer.says_not(&format!("/cases/{case}"));
        answer.says("Nothing");
    }
    let counsel = browser.get("/cases?view=open").ok().text();
    // The last one: counsel have the view at the top of each page, too.
    let (_, rest) = counsel.rsplit_once("/cases?view=counsel\"").unwrap();
    let (_, rest) = rest.split_once("class=\"count").unwrap();
    let number = rest.split('>').nth(1).unwrap();
    assert!(number.starts_with('0'), "{number}");
}

fn finds_only(program: &mut Program, own: &str, case: &str) {
    let found = program.read("/cases");
    assert_eq!(found["total"], 1, "{found}");
    assert_eq!(found["cases"][0]["case"], own);
    program.get("/cases?reference=AM-1").ok().says_not(case);
}

#[test]
fn a_case_is_handed_to_another_group_on_its_page_and_leaves_the_list_of_the_first() {
    let hand = Hand::ready();
    grouped(&hand);
    let case = hand.decided();
    let served = Served::new(&hand);
    let (mut olof, mut nils) = (served.browser("olof"), served.browser("nils"));
    let shown = olof.get(&format!("/cases/{case}")).ok();
    shown.says("Group: Sweden");
    shown.says("All others");
    nils.get(&format!("/cases/{case}")).says_not("Sweden");
    let path = format!("/cases/{case}/group");
    let why = [("group", "others"), ("group-why", "")];
    assert_eq!(olof.post(&path, &why).status, 422);
    let why = [
        ("group", "others"),
        ("group-why", "our company in Denmark was meant"),
    ];
    let done = olof.post(&path, &why);
    assert_eq!(done.to(), "/cases?done=of-another-group");
    olof.get(done.to()).ok().says("not in your list any more");
    assert_eq!(olof.get(&format!("/cases/{case}")).status, 404);
    let page = nils.get(&format!("/cases/{case}")).ok();
    page.says("our company in Denmark was meant");
    page.says("Group: All others");
    // Only its own people are there to be chosen.
    page.says("Sara Bech");
    let (_, form) = page
        .text()
        .split_once("id=\"owner\"")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    assert!(!form.split("</select>").next().unwrap().contains("Maja Ek"));
    let all = nils.get("/people").ok();
    all.says("Authorities of Sweden");
    all.says("All others, and what is not described and no other group has");
}
