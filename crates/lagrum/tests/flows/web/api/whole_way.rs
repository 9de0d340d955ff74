//! A demand from its arrival to its end through the interface for programs alone; what is signed is signed on
//! people's own machines, and what is produced an agent produces.

use serde_json::{Value, json};

use super::{Program, json as read, refused, signed_at_home};
use crate::by_hand::Hand;
use crate::web::Served;

/// The demand of the tests, in JSON.
pub fn demand(hand: &Hand, reference: &str) -> Value {
    toml::from_str::<Value>(&hand.demand(reference)).unwrap()
}

/// Takes a demand in, and gives the case.
pub fn taken_in(program: &mut Program, hand: &Hand, reference: &str) -> String {
    let demand = demand(hand, reference).to_string();
    let key = format!("in-{reference}");
    let files = [("demand.json", demand.as_bytes())];
    let taken = program.files("/cases", &[("channel", "portal")], &files, &key);
    assert_eq!(taken.status, 201, "{}", taken.text());
    read(&taken)["case"].as_str().unwrap().to_owned()
}

#[test]
fn a_demand_goes_the_whole_way_through_the_interface_alone() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.program("olof", &["cases:read", "cases:write", "intake", "sign"]);
    let mut maja = served.program("maja", &["sign", "counsel", "privileged", "cases:read"]);

    // A ticket system opens the case with what arrived.
    let paper = "STOCKHOLMS TINGSRÄTT\nBeslut 2026-03-02 i AM-77-26";
    let arrived = [
        ("channel", "email"),
        ("from", "k.ek@polisen.example"),
        ("at", "2026-03-02T08:00:00Z"),
        ("reference", "ticket 4711"),
    ];
    let files = [("beslut.txt", paper.as_bytes()), ("bilaga.txt", b"bilaga")];
    let taken = olof.files("/cases", &arrived, &files, "ticket-4711");
    assert_eq!(taken.status, 201, "{}", taken.text());
    let about = read(&taken);
    let case = about["case"].as_str().unwrap().to_owned();
    assert_eq!(
        taken.header("location"),
        Some(&*format!("/api/v1/cases/{case}"))
    );
    assert_eq!(
        (&about["new"], &about["published"]),
        (&true.into(), &true.into())
    );
    let at = format!("/cases/{case}");
    let original = olof.get(&format!("{at}/originals/1")).ok();
    assert_eq!(original.bytes, paper.as_bytes());
    assert!(
        original
            .header("content-disposition")
            .unwrap()
            .contains("beslut.txt")
    );
    let listed =
        olof.read("/cases?state=received&waiting_for=description&order=newest&page_size=5");
    assert_eq!(listed["total"], 1);
    assert_eq!(listed["cases"][0]["case"], case);
    let told = read(&olof.get(&at).ok());
    assert_eq!(told["originals"][0]["arrival"]["reference"], "ticket 4711");
    refused(&olof.get(&format!("{at}/sender")), 409, "not-described");

    // It is described; a field that is wrong is named.
    let mut wrong = demand(&hand, "AM-77-26");
    wrong["part"][0]["categories"] = json!(["everything"]);
    let refusal = refused(
        &olof.post(&format!("{at}/demand"), &wrong),
        422,
        "unreadable",
    );
    assert!(
        refusal["errors"][0]["pointer"]
            .as_str()
            .unwrap()
            .starts_with("/part"),
        "{refusal}"
    );
    let described = olof.act(&format!("{at}/demand"), &demand(&hand, "AM-77-26"));
    assert_eq!(
        (&described["case"], &described["described"]),
        (&case.clone().into(), &true.into())
    );
    let found = olof.post(
        "/cases/search",
        &json!({"identifier": {"kind": "email-address", "value": "ann@hand.example"}}),
    );
    assert_eq!(read(&found.ok())["cases"][0]["case"], case);

    // Called back, found genuine, assessed.
    assert_eq!(
        olof.read(&format!("{at}/sender"))["known"]["telephone"],
        "+46 8 555 01 02"
    );
    let called = json!({"answered_by": "K. Ek", "confirmed": true});
    assert_eq!(
        olof.act(&format!("{at}/call-back"), &called)["warnings"],
        json!([])
    );
    let genuine = json!({"verified": true, "how": "called back"});
    assert_eq!(
        olof.act(&format!("{at}/genuine"), &genuine)["called_back"],
        true
    );
    olof.act(&format!("{at}/owner"), &json!({"person": "olof"}));
    olof.act(
        &format!("{at}/notes"),
        &json!({"text": "the ticket system says hello"}),
    );
    let served_on = json!({"happened": [{"what": "served", "when": "2026-03-03T08:00:00Z"}], "known": "letter"});
    assert_eq!(olof.act(&format!("{at}/moments"), &served_on)["case"], case);
    // What the law would say of it, it says.
    let file = demand(&hand, "AM-77-26");
    let foreseen = olof.act("/preview", &file)["parts"][0]["finding"].clone();
    let unknown = olof.act("/preview?not_verified=true", &file);
    let wrong = json!({"format": "lagrum-demand/2"});
    refused(&olof.post("/preview", &wrong), 422, "unreadable");
    let assessed = olof.act(&format!("{at}/assessment"), &json!({}));
    let part = &assessed["assessment"]["parts"][0]["finding"];
    assert_eq!(part["disposition"], "produce", "{assessed}");
    assert_eq!(foreseen["disposition"], "produce", "{foreseen}");
    assert_eq!(
        unknown["parts"][0]["finding"]["disposition"], "reject",
        "{unknown}"
    );
    // Nobody answers more laxly than the law, and nobody decides twice otherwise.
    let lax = json!({"stricter": [{"part": 7, "disposition": "reject"}], "reason": "x"});
    refused(
        &olof.post(&format!("{at}/decision"), &lax),
        422,
        "no-such-part",
    );
    let decided = olof.act(
        &format!("{at}/decision"),
        &json!({"reason": "as the law says"}),
    );
    let mandate = decided["mandates"][0].clone();

    // What there is to sign; each signs at home, and the second signature releases it.
    let to_sign = olof.read(&format!("{at}/to-sign"));
    assert_eq!(to_sign["mandates"][0]["mandate"], mandate);
    assert!(
        to_sign["mandates"][0]["text"]
            .as_str()
            .unwrap()
            .contains("ann@hand.example")
    );
    for (program, who, released) in [(&mut olof, "olof", false), (&mut maja, "maja", true)] {
        let file = program.get(&format!("{at}/to-sign/file")).ok();
        let signatures = signed_at_home(&served, who, &file.bytes);
        let signed = program.act(&format!("{at}/signatures"), &signatures);
        assert_eq!(signed["signed"], json!([mandate]));
        assert_eq!(signed["released"], released, "{signed}");
        // What is signed already is said, and nothing happens twice.
        let again = program.post(&format!("{at}/signatures"), &signatures);
        assert!([200, 409].contains(&again.status), "{}", again.text());
    }
    refused(&olof.get(&format!("{at}/to-sign")), 409, "nothing-to-sign");

    // An agent carries it out; it is handed over, a letter is sent, the case is closed and taken up again.
    hand.run(&["agent", "run"]).ok();
    let delivered = olof.act(&format!("{at}/delivery"), &Value::Null);
    let name = delivered["packages"][0].as_str().unwrap();
    assert!(!name.contains('/') && name.ends_with(".age"), "{name}");
    let proposed = olof.post(
        &format!("{at}/letters/proposed/acknowledgement"),
        &json!({"language": "sv"}),
    );
    let text = read(&proposed.ok())["text"].as_str().unwrap().to_owned();
    let filled = text.replace("[[", "").replace("]]", "");
    let letter = json!({"kind": "acknowledgement", "language": "sv", "to": "k.ek@polisen.example", "by": "email", "text": filled});
    let sent = olof.act(&format!("{at}/letters"), &letter);
    let number = &sent["number"];
    let kept = olof.read(&format!("{at}/letters/sent/{number}"));
    assert_eq!(kept["text"].as_str().unwrap().trim(), filled.trim());
    assert_eq!(
        olof.read(&format!("{at}/letters"))["sent"][0]["number"],
        *number
    );
    let closing = json!({"reason": "answered", "duties_live_on": true});
    assert_eq!(olof.act(&format!("{at}/closing"), &closing)["case"], case);
    assert_eq!(
        olof.act(&format!("{at}/reopening"), &json!({"reason": "a question"}))["closed"],
        false
    );
    let proof = olof.get(&format!("{at}/events/1/proof")).ok();
    proof.says("c2sp.org/tlog-proof");

    // What a program did is what everybody sees, in the person's name.
    let all = hand.json(&["case", &case]);
    assert_eq!(olof.read(&at), all);
    assert_eq!(all["events"][0]["actor"]["id"], "olof");
}

#[test]
fn a_privileged_note_is_for_a_token_of_counsel_that_names_it() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.program("olof", &["cases:read", "cases:write", "intake"]);
    let case = taken_in(&mut olof, &hand, "AM-1-26");
    let at = format!("/cases/{case}");
    let secret = "the advice of counsel";
    let mut whole = served.program("maja", &["cases:read", "privileged"]);
    whole.act(&format!("{at}/privileged-notes"), &json!({"text": secret}));
    // The desk keeps it sealed, and gives it to such a token as it is.
    whole.get(&at).ok().says("BEGIN AGE ENCRYPTED FILE");
    whole.get(&at).ok().says_not(secret);
    // Counsel's own token without that scope does not read it, and does not write one.
    let mut plain = served.program("maja", &["cases:read", "cases:write", "sign"]);
    plain.get(&at).ok().says_not("BEGIN AGE");
    let note = json!({"text": "x"});
    refused(
        &plain.post(&format!("{at}/privileged-notes"), &note),
        403,
        "scope-missing",
    );
    olof.get(&at).ok().says_not("BEGIN AGE");
    refused(
        &olof.post(&format!("{at}/privileged-notes"), &note),
        403,
        "scope-missing",
    );
    // Nor does a token of counsel state findings that it is not for.
    let mut found = demand(&hand, "AM-1-26");
    found["findings"] = json!({"privilege_cleared": true});
    let described = plain.post(&format!("{at}/demand"), &found);
    refused(&described, 422, "unreadable");
    let mut counsel = served.program("maja", &["cases:write", "counsel"]);
    let reviewed = json!({"happened": [{"what": "emergency-reviewed", "when": "2026-03-03T08:00:00Z"}], "known": "x"});
    refused(
        &plain.post(&format!("{at}/moments"), &reviewed),
        403,
        "scope-missing",
    );
    counsel.act(&format!("{at}/demand"), &found);
    assert_eq!(
        hand.json(&["case", &case])["demand"]["findings"]["privilege_cleared"],
        true
    );
}

#[test]
fn two_arrivals_become_one_case_a_second_demand_another_and_a_mandate_is_taken_back() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let mut olof = served.program("olof", &["cases:read", "cases:write", "intake"]);
    let first = taken_in(&mut olof, &hand, "AM-1-26");
    let again = taken_in(&mut olof, &hand, "AM-1-26-again");
    let join = |into: &str| json!({"into": into, "reason": "the same demand"});
    refused(
        &olof.post(&format!("/cases/{again}/join"), &join(&again)),
        422,
        "linked-to-itself",
    );
    let joined = olof.act(&format!("/cases/{again}/join"), &join(&first));
    assert_eq!(
        (&joined["into"], &joined["files"]),
        (&json!(first), &json!(1))
    );
    assert_eq!(olof.read(&format!("/cases/{again}"))["state"], "closed");

    let split = |originals: Value| json!({"originals": originals, "reason": "another demand"});
    let at = format!("/cases/{first}");
    refused(
        &olof.post(&format!("{at}/split"), &split(json!([7]))),
        404,
        "no-such-original",
    );
    let out = olof.act(&format!("{at}/split"), &split(json!([2])));
    assert_eq!(out["new"], true);
    assert_ne!(out["case"], json!(first));

    let case = hand.decided();
    let at = format!("/cases/{case}");
    assert_eq!(olof.read(&format!("{at}/to-recall"))["recalls"], json!([]));
    hand.both_approve(&case);
    let open = olof.read(&format!("{at}/to-recall"));
    let text = open["recalls"][0]["text"].as_str().unwrap();
    let note = hand.key_of("maja").sign_note(text).unwrap();
    let recall = |note: &str| json!({"notes": [note], "reason": "the wrong account"});
    let altered = note.replacen("recall", "recalL", 1);
    refused(
        &olof.post(&format!("{at}/recalls"), &recall(&altered)),
        422,
        "signature-invalid",
    );
    let recalled = olof.act(&format!("{at}/recalls"), &recall(&note));
    assert_eq!(recalled["mandates"][0], open["recalls"][0]["mandate"]);
    hand.run(&["agent", "run"]);
    hand.run(&["settle"]).ok();
    let events = olof.read(&at)["events"].clone();
    let kinds: Vec<_> = events.as_array().unwrap().iter().collect();
    let recorded = |kind: &str| kinds.iter().any(|one| one["what"]["event"] == kind);
    assert!(
        recorded("mandate-recalled") && recorded("not-produced"),
        "{events}"
    );
    assert_eq!(olof.read("/challenged")["total"], 0);
    assert_eq!(olof.read("/withheld?page_size=5")["items"], json!([]));
}

#[test]
fn a_program_reads_what_an_auditor_had_drawn() {
    let hand = Hand::ready();
    hand.hire("ada", "Ada Alm", "auditor");
    let served = Served::new(&hand);
    let case = taken_in(&mut served.program("olof", &["intake"]), &hand, "AM-78-26");
    let order = [
        "--json", "audit", "sample", "--first", &case, "--last", &case,
    ];
    let when = ["--size", "1", "--at", "2999-01-01T00:00:00Z"];
    let ordered = hand.by("ada", &[&order[..], &when].concat()).ok().json();
    let id = ordered["sample"]["id"].as_str().unwrap();
    let secret = ordered["secret"].as_str().unwrap();
    let mut ada = served.program("ada", &["audit:read"]);
    let all = ada.get("/samples").ok();
    assert!(!all.text().contains(secret));
    assert_eq!(read(&all)[0]["id"], id);
    let one = ada.read(&format!("/samples/{id}"));
    assert_eq!((&one["first"], &one["stated"]), (&case.into(), &json!([])));
    refused(&ada.get("/samples/none"), 404, "not-there");
    let mut olof = served.program("olof", &["cases:read"]);
    for path in ["/samples".to_owned(), format!("/samples/{id}")] {
        refused(&olof.get(&path), 403, "scope-missing");
    }
}
