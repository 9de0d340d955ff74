//! What a case costs in time and money: by command, by form and by program, and the tables of a period.

use serde_json::{Value, json};

use crate::by_hand::Hand;
use crate::web::Served;
use crate::web::api::refused;

fn taken_in(hand: &Hand) -> String {
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    taken["cases"][0]["case"].as_str().unwrap().to_owned()
}

fn entry(told: &Value) -> String {
    told["entry"].as_u64().unwrap().to_string()
}

#[test]
fn time_and_money_are_recorded_summed_and_taken_back_with_the_reason() {
    let hand = Hand::ready();
    hand.hire("ada", "Ada Alm", "auditor");
    let case = taken_in(&hand);
    let work = |more: &[&str]| hand.json(&[&["burden", "work", &case][..], more].concat());
    work(&["reading", "20"]);
    let cost = ["--firm", "Berg & Ek", "--cost", "4500,50 SEK"];
    let legal = ["legal-assessment", "90", "--what", "conflict of laws"];
    work(&[&legal[..], &cost].concat());
    let wrong = work(&["legal-assessment", "900"]);
    let paid = ["burden", "reimbursed", &case, "paid", "1000 SEK"];
    hand.by("maja", &paid).ok();

    // By one person with the reason; a second time changes nothing.
    let back = ["burden", "take-back", &case, &entry(&wrong), "--reason"];
    hand.by("maja", &[&back[..], &["a nought too many"]].concat())
        .ok();
    let before = hand.json(&["case", &case])["events"].clone();
    hand.run(&[&back[..], &["again"]].concat()).ok();
    assert_eq!(hand.json(&["case", &case])["events"], before);
    let none = hand.run(&[&back[..], &[" "]].concat());
    assert_eq!(none.code, Some(1), "{}", none.out);

    // The auditor reads all of it, and writes nothing.
    let show = hand.by("ada", &["--json", "burden", "show", &case]).ok();
    let told = show.json();
    assert_eq!(
        told["sum"],
        json!({
            "entries": 3,
            "minutes": {"reading": 20, "legal-assessment": 90},
            "costs": {"SEK": 450_050},
            "paid": {"SEK": 100_000},
            "refused": {},
        })
    );
    let entries = told["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 4);
    assert_eq!(entries[1]["burden"]["firm"], "Berg & Ek");
    assert_eq!(entries[2]["taken_back"]["why"], "a nought too many");
    assert_eq!(entries[2]["taken_back"]["by"]["name"], "Maja Ek");
    for arguments in [
        &["burden", "work", &case, "other", "5"][..],
        &["burden", "reimbursed", &case, "refused", "5 SEK"],
        &[&back[..], &["so"]].concat(),
    ] {
        let ran = hand.by("ada", arguments);
        assert!(
            ran.err.contains("not allowed"),
            "{arguments:?}: {}",
            ran.err
        );
    }

    // For people, in their languages; the case's own page has the sums.
    let swedish = hand
        .run(&["burden", "show", &case, "--lang", "sv"])
        .ok()
        .out;
    for line in ["1 tim 50 min", "4500,50", "a nought too many", "Berg & Ek"] {
        assert!(swedish.contains(line), "{line}: {swedish}");
    }
    let page = hand.run(&["case", &case]).ok().out;
    assert!(
        page.contains("All work") && page.contains("1 h 50 min"),
        "{page}"
    );

    // What nobody can mean is refused before anything is recorded.
    for (arguments, code) in [
        (&["other", "0"][..], 1),
        (&["other", "60001"], 1),
        (&["thinking", "5"], 2),
        (&["other", "5", "--cost", "1,250.00 SEK"], 2),
        (&["other", "5", "--cost", "12 XAU"], 2),
        (&["other", "0", "--cost", "0 SEK"], 1),
    ] {
        let ran = hand.run(&[&["burden", "work", &case][..], arguments].concat());
        assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.err);
    }
    assert_eq!(hand.json(&["case", &case])["events"], before);
    hand.run(&["desk", "verify"]).ok();
}

#[test]
fn the_tables_of_a_period_have_it_by_country_and_instrument() {
    let hand = Hand::ready();
    let case = taken_in(&hand);
    let received = hand.json(&["case", &case])["moments"]["received"][0].clone();
    let year = received.as_str().unwrap()[..4].to_owned();
    let out = hand.path("tables");
    let table = ["report", "table", "burden", &year, "--out", &out];
    let read = |name: &str| {
        let file = std::path::Path::new(&out).join(name);
        std::fs::read_to_string(file).unwrap()
    };
    hand.by("maja", &table).ok();
    let time = read("burden-time.csv");
    assert!(
        time.ends_with(",1,0,,,,,,,,\r\n"),
        "nobody recorded any: {time}"
    );
    assert_eq!(read("burden-money.csv").lines().count(), 1);

    let cost = ["--cost", "4500.50 SEK"];
    let work = ["burden", "work", &case, "challenge", "75"];
    hand.run(&[&work[..], &cost].concat()).ok();
    hand.by("maja", &table).ok();
    let time = read("burden-time.csv");
    assert!(time.ends_with(",1,1,0,0,0,0,0,75,0,75\r\n"), "{time}");
    let money = read("burden-money.csv");
    assert!(money.ends_with(",SEK,4500.50,0.00,0.00\r\n"), "{money}");
    // What figures know is what the events say.
    hand.run(&["desk", "verify"]).ok();
}

#[test]
fn the_page_of_a_case_takes_entries_and_says_what_is_wrong_with_one() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    served.hire("ada", "Ada Alm", "auditor");
    let case = taken_in(&hand);
    let at = format!("/cases/{case}/burden");
    let mut olof = served.browser("olof");
    let empty = olof.get(&at).ok();
    empty.says("Nothing is recorded.");
    empty.says_not("Take it back");

    let form = |minutes, cost| {
        [
            ("on", "searching"),
            ("minutes", minutes),
            ("cost", cost),
            ("firm", "<b>Berg</b>"),
            ("what", "read <script>alert(1)</script> mails"),
        ]
    };
    for (minutes, cost, why) in [
        ("an hour", "", "Write a whole number of minutes."),
        ("-5", "", "Write a whole number of minutes."),
        ("5", "12 kronor", "Write the amount with its currency"),
        ("0", "", "the minutes, or what it cost"),
        ("60001", "", "At most 60,000"),
    ] {
        let page = olof.post(&at, &form(minutes, cost));
        assert_eq!(page.status, 422, "{minutes}, {cost}");
        page.says(why);
        // What was written stays.
        page.says("&lt;b&gt;Berg&lt;/b&gt;");
    }
    let done = olof.post(&at, &form("125", "800 EUR"));
    assert_eq!(done.to(), format!("{at}?done=burden-recorded"));
    let page = olof.get(done.to()).ok();
    page.says("The entry is recorded.");
    page.says("2 h 5 min");
    page.says("800.00");
    page.says_not("<script>alert");
    page.says_not("<b>Berg");
    let claim = |amount| [("outcome", "refused"), ("amount", amount), ("claimed", "")];
    let reimbursement = format!("{at}/reimbursement");
    assert_eq!(
        olof.post(&reimbursement, &claim("1.000,00 EUR")).status,
        422
    );
    assert_eq!(olof.post(&reimbursement, &claim("300 EUR")).status, 303);

    let told = hand.json(&["burden", "show", &case]);
    let number = told["entries"][0]["entry"].to_string();
    let back = |why| [("entry", number.as_str()), ("why", why)];
    let taken_back = format!("{at}/taken-back");
    assert_eq!(olof.post(&taken_back, &back("")).status, 422);
    let done = olof.post(&taken_back, &back("counted in another case"));
    let page = olof.get(done.to()).ok();
    page.says("counted in another case");
    page.says("Reimbursement refused");
    let sum = hand.json(&["burden", "show", &case])["sum"].clone();
    assert_eq!((&sum["minutes"], &sum["costs"]), (&json!({}), &json!({})));
    assert_eq!(sum["refused"], json!({"EUR": 30_000}));

    // The auditor reads, and is offered no form.
    let mut ada = served.browser("ada");
    let page = ada.get(&at).ok();
    page.says("counted in another case");
    page.says_not("Record work");
    assert_eq!(ada.post(&at, &form("5", "")).status, 404);
}

#[test]
fn a_program_records_reads_and_takes_back() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let case = taken_in(&hand);
    let at = format!("/cases/{case}/burden");
    let mut olof = served.program("olof", &["cases:read", "cases:write"]);
    let sek = |amount: u64| json!({"amount": amount, "currency": "SEK"});
    let work = json!({"on": "verifying", "minutes": 15.0, "cost": sek(25_000), "what": "called"});
    let done = olof.act(&format!("{at}/work"), &work);
    let claim = json!({"outcome": "paid", "amount": sek(25_000)});
    olof.act(&format!("{at}/reimbursements"), &claim);
    let told = olof.read(&at);
    assert_eq!(told["sum"]["minutes"], json!({"verifying": 15}));
    assert_eq!(told["sum"]["paid"], json!({"SEK": 25_000}));
    assert_eq!(told["entries"][0]["what"], "called");

    let back = |entry: u64| json!({"entry": entry, "reason": "the wrong case"});
    let number = done["entry"].as_u64().unwrap();
    let taken_back = format!("{at}/taken-back");
    let told = olof.act(&taken_back, &back(number));
    assert_eq!(told["taken_back"], number);
    assert_eq!(olof.read(&at)["sum"]["minutes"], json!({}));
    refused(
        &olof.post(&taken_back, &back(number + 7)),
        404,
        "no-such-entry",
    );
    for (body, status, code) in [
        (json!({"on": "verifying", "minutes": 0}), 422, "empty"),
        (
            json!({"on": "verifying", "minutes": 60_001}),
            422,
            "too-much",
        ),
        (
            json!({"on": "verifying", "minutes": 1, "firm": ""}),
            422,
            "empty",
        ),
        (
            json!({"on": "verifying", "minutes": 1, "cost": {"amount": 1, "currency": "QQQ"}}),
            422,
            "unknown-currency",
        ),
        (
            json!({"on": "verifying", "minutes": 1, "cost": {"amount": 1, "currency": "kr"}}),
            400,
            "body-wrong",
        ),
        (json!({"on": "thinking", "minutes": 1}), 400, "body-wrong"),
    ] {
        refused(&olof.post(&format!("{at}/work"), &body), status, code);
    }
}
