//! A challenge through its stages, by pages and forms alone.

use super::Served;
use crate::by_hand::Hand;
use crate::support::now;

/// An instant a day ago, as a form writes it.
pub fn yesterday() -> String {
    let at = now() - jiff::SignedDuration::from_hours(24);
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

#[test]
fn a_challenge_goes_through_its_stages_and_each_says_what_it_does() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    served.hire("ada", "Ada Alm", "auditor");
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    hand.verified(&case);
    hand.run(&["assess", &case]).ok();
    let mut olof = served.browser("olof");
    let path = format!("/cases/{case}/challenge");
    // Where nothing is challenged there is no such page, and no way to it.
    assert_eq!(olof.get(&path).status, 404);
    olof.get(&format!("/cases/{case}")).ok().says_not(&path);
    let fields = [
        ("part-0", "challenge"),
        ("reason", "the <b>court</b> is not competent"),
    ];
    let decided = olof.post(&format!("/cases/{case}/decision"), &fields);
    assert_eq!(decided.to(), format!("/cases/{case}?done=decided"));

    // The list says what is to be done, and counsel finds it without looking for it.
    olof.get("/cases?view=open")
        .ok()
        .says("To do: bring it before the court");
    let mut maja = served.browser("maja");
    let all = maja.get("/challenges").ok();
    all.says(&path);
    all.says("Part 1");
    all.says("Challenges <span class=\"count\">1</span>");

    let page = maja.get(&path).ok();
    page.says("Nothing is before the court yet");
    page.says("stopped by us, not by a court");
    page.says("the &lt;b&gt;court&lt;/b&gt; is not competent");
    page.says("Cannot start yet");
    page.says("Record the filing");
    page.says("Nobody yet.");
    // What comes later cannot be recorded before.
    for later in ["appealed", "appeal-decided", "nothing"] {
        let form = maja.get(&format!("{path}?record={later}"));
        assert_eq!(form.status, 404, "{later}");
        let fields = [("stage", later), ("at", &*yesterday()), ("how", "x")];
        assert_eq!(maja.upload(&path, &fields, &[]).status, 400, "{later}");
    }

    // The motion is filed, with its paper.
    let form = maja.get(&format!("{path}?record=filed")).ok();
    form.says("Moves no clock.");
    form.says("Before which court");
    let at = yesterday();
    let fields = [
        ("stage", "filed"),
        ("what", "court-review-asked"),
        ("at", "soon"),
        ("how", "Stockholms tingsrätt, B 17-26, <script>"),
    ];
    let wrong = maja.upload(&path, &fields, &[]);
    assert_eq!(wrong.status, 422);
    wrong.says("Stockholms tingsrätt, B 17-26");
    let fields = [fields[0], fields[1], ("at", &at), fields[3]];
    let paper: [(&str, &[u8]); 1] = [("motion.txt", b"Ans\xc3\xb6kan")];
    let done = maja.upload(&path, &fields, &paper);
    assert_eq!(done.to(), format!("{path}?done=recorded"));
    let page = maja.get(done.to()).ok();
    page.says("It is recorded");
    page.says("The court has it");
    page.says("Stockholms tingsrätt, B 17-26, &lt;script&gt;");
    page.says("recorded by Maja Ek");
    page.says("motion.txt");
    page.says(&format!("/cases/{case}/originals/2"));
    let told = hand.json(&["case", &case]);
    let events = told["events"].as_array().unwrap().iter();
    let kinds: Vec<_> = events
        .map(|one| one["what"]["event"].as_str().unwrap())
        .collect();
    assert!(
        kinds.ends_with(&["attached", "milestone-recorded"]),
        "{kinds:?}"
    );
    olof.get("/cases?view=open")
        .ok()
        .says("Waiting for the court");

    // Somebody joins; the court rules, without a hearing; it is appealed.
    for (stage, says) in [
        ("supporters", "Riksarkivet"),
        ("ruled", "the decision stands"),
        ("appealed", "Svea hovrätt, by us"),
    ] {
        let fields = [
            ("stage", stage),
            ("at", &at),
            ("how", says),
            ("outcome", "rejected"),
            ("number", "B 17-26 <b>"),
        ];
        let done = olof.upload(&path, &fields, &[]);
        assert_eq!(done.status, 303, "{stage}: {}", done.text());
        olof.get(&path).ok().says(says);
    }
    let page = olof.get(&path).ok();
    page.says("The court has it");
    page.says("Counsel states in the description what the court weighed");
    // How it went stands with the ruling alone, and the authority is owed a letter about it.
    page.says("for the authority: the demand stands (B 17-26 &lt;b&gt;)");
    page.says(&format!("/cases/{case}/letters/court-outcome"));
    let letter = olof.get(&format!("/cases/{case}/letters/court-outcome"));
    letter.ok().says("B 17-26 &lt;b&gt;");
    olof.get(&format!("/cases/{case}"))
        .ok()
        .says("The court’s decision");
    // An instant of another order is refused on the form, and nothing is lost.
    let early = [
        ("stage", "appeal-decided"),
        ("at", "2026-01-02T03:04"),
        ("how", "before there was an appeal"),
    ];
    let refused = olof.upload(&path, &early, &[]);
    assert_eq!(refused.status, 422);
    refused.says("before there was an appeal");

    // The auditor reads it, and records nothing.
    let mut ada = served.browser("ada");
    let page = ada.get(&path).ok();
    page.says_not("Record the");
    page.says_not("Add a supporter");
    assert_eq!(ada.get(&format!("{path}?record=ruled")).status, 404);

    // Withdrawn: there is nothing left to rule on, and it leaves the list of challenges.
    let fields = [("what", "withdrawn"), ("at", &*at), ("how", "a letter")];
    let withdrawn = olof.post(&format!("/cases/{case}/clocks"), &fields);
    assert_eq!(withdrawn.status, 303, "{}", withdrawn.text());
    olof.get(&path)
        .ok()
        .says("The authority withdrew the demand");
    maja.get("/challenges").ok().says("Nothing is challenged.");
}

#[test]
fn a_challenge_that_is_itself_the_motion_is_recorded_with_its_letter() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    hand.verified(&case);
    hand.run(&["assess", &case]).ok();
    let because = [
        "decide",
        &case,
        "--part",
        "1=challenge",
        "--reason",
        "not competent",
    ];
    hand.run(&because).ok();
    let mut olof = served.browser("olof");
    let path = format!("/cases/{case}/letters/challenge");
    olof.get(&path)
        .ok()
        .says("This letter is itself the objection or motion");
    olof.get(&format!("/cases/{case}/letters/acknowledgement"))
        .ok()
        .says_not("itself the objection");
    let letter = [
        ("lang", "sv"),
        ("text", "Ansökan\n\nVi begär rättens prövning."),
        ("to", "Stockholms tingsrätt"),
        ("by", "post"),
        ("objects", "yes"),
        ("do", "sent"),
    ];
    assert_eq!(olof.post(&path, &letter).status, 303);
    let page = olof.get(&format!("/cases/{case}/challenge")).ok();
    page.says("The court has it");
    page.says("the objection or motion");
    page.says("/letters/sent/");
}
