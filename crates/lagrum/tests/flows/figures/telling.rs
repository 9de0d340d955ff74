//! What a report would tell of what it hides: before the period, when it is refused, and when it is made all the same.

use super::*;

/// What `lagrum --json` says on the error stream, as its last line.
fn refused(ran: &Ran) -> Value {
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    let last = ran.err.lines().rfind(|line| line.starts_with('{'));
    serde_json::from_str(last.unwrap_or_else(|| panic!("{}", ran.err))).unwrap()
}

#[test]
fn what_an_authority_could_tell_with_its_own_demands_stops_a_report_until_counsel_says_otherwise() {
    let Some(provider) = provider() else { return };
    let cases = three(&provider);
    let day = provider.day(&cases[0].1);
    provider.by("+50h", "olof", &["settle"]).ok();
    // Who asked is known of one that is erased, too.
    let erased = CaseId::parse(&cases[1].0).unwrap();
    store(&provider).erase(&erased).unwrap();
    let out = provider.hand.path("report");
    let report = ["report", "make", &day, "--out", &out];
    let make = |before: &[&str], after: &[&str]| {
        let all = [before, &report[..], after].concat();
        provider.by("+50h", "maja", &all)
    };
    // One waits, and it is the authority's own: of 0 to 1 that are not answered, others have none.
    let bands = ["--band", "2", "--sealed", "2"];
    let stopped = make(&[], &bands);
    assert_eq!(stopped.code, Some(1), "{}", stopped.out);
    for says in [
        "an authority of SE that knows its own 3 demands:",
        "of others, not answered yet: 0",
        "Nothing of this would be told with --band 2 --sealed 10.",
        "--even-telling",
        "let nobody hear of it",
    ] {
        assert!(stopped.err.contains(says), "{says}: {}", stopped.err);
    }
    assert!(!Path::new(&out).exists());
    let found = refused(&make(&["--json"], &bands));
    assert_eq!(
        found["wider"],
        serde_json::json!({"band": 2, "sealed": 10}),
        "{found}"
    );
    assert_eq!(found["fixed"], false);
    let told = found["told"].as_array().unwrap();
    // How many came is published where no band is wider for sealed kinds, and they are the three: nobody else asked at all.
    let what: Vec<_> = told.iter().map(|one| one["what"].as_str()).collect();
    assert_eq!(
        what,
        [
            Some("of others, not answered yet"),
            Some("of others, accounts of other"),
            Some("of others, other"),
        ]
    );
    assert_eq!(told[0]["between"], serde_json::json!([0, 0]));
    assert_eq!(told[0]["who"]["authority"]["demands"], 3);
    // What is proposed holds: but it is another report.
    let made = make(&["--json"], &[&bands[..], &["--even-telling"]].concat()).ok();
    let made = made.json();
    assert_eq!(made["told"], found["told"], "{made}");
    assert_eq!(made["of_nobody"], 0);
    // Asked again, it says the same again; and no file of the report says it.
    let again = make(&[], &[]).ok();
    assert!(
        again.out.contains("of others, not answered yet: 0"),
        "{}",
        again.out
    );
    let mut files = 0;
    for file in fs::read_dir(&out).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("of others"));
        files += 1;
    }
    assert!(files > 5, "{files}");
}

#[test]
fn what_is_proposed_holds() {
    let Some(provider) = provider() else { return };
    let cases = three(&provider);
    let day = provider.day(&cases[0].1);
    provider.by("+50h", "olof", &["settle"]).ok();
    let out = provider.hand.path("report");
    let make = [
        "--json", "report", "make", &day, "--out", &out, "--band", "2", "--sealed", "10",
    ];
    let made = provider.by("+50h", "maja", &make).ok().json();
    assert_eq!(made["told"], serde_json::json!([]), "{made}");
}

#[test]
fn a_plan_says_before_it_is_fixed_what_it_could_tell_and_then_only_waiting_is_left() {
    let Some(provider) = provider() else { return };
    let hand = &provider.hand;
    hand.json(&["settle"]);
    let file = hand.write("one.toml", hand.demand("AM-4-26"));
    let taken = hand.json(&["intake", &file]);
    let case = taken["cases"][0]["case"].as_str().unwrap();
    let told = hand.run(&["receipt", case]).ok().out;
    let day = provider.day(&hand.write("receipt.txt", &told));
    let plan = |more: &[&str]| {
        let plan = ["report", "plan", &day];
        provider.by("+0", "maja", &[&plan, more].concat())
    };
    assert_eq!(
        provider
            .by("+0", "olof", &["report", "plan", &day, "--look"])
            .code,
        Some(1),
        "an analyst publishes nothing"
    );
    let looked = plan(&["--look"]).ok().out;
    for says in [
        "not fixed by this",
        "no reader can tell more than its band of: not answered yet; other.",
        "Bands alone do not hide everything.",
        "For example, if nothing came but",
        "everybody could tell that",
    ] {
        assert!(looked.contains(says), "{says}: {looked}");
    }
    // Looking fixed nothing: other bands are taken.
    let fixed = plan(&["--band", "2", "--sealed", "2"]).ok().out;
    assert!(fixed.contains("fixed now"), "{fixed}");
    assert!(
        fixed.contains("Bands alone do not hide everything."),
        "{fixed}"
    );
    provider.by("+50h", "olof", &["settle"]).ok();
    let out = hand.path("report");
    let make = ["--json", "report", "make", &day, "--out", &out];
    let found = refused(&provider.by("+50h", "maja", &make));
    assert_eq!(found["fixed"], true, "{found}");
    let why = found["error"].as_str().unwrap();
    assert!(why.contains("no other bands can be taken"), "{why}");
    assert!(why.contains("Fix those for the next period."), "{why}");
}
