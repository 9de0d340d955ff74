//! A letter from its proposal to the thread, through pages and by hand.

use super::Served;
use crate::by_hand::Hand;

#[test]
fn a_letter_is_proposed_edited_previewed_set_and_recorded_as_it_was_sent() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let case = hand.decided();
    let mut olof = served.browser("olof");
    let all = format!("/cases/{case}/letters");

    // What can be written, and why not the rest.
    let list = olof.get(&all).ok();
    list.says("Acknowledgement");
    list.says("No part of the demand is answered in this way.");
    list.says("The provider must not tell the account holder.");

    // The proposal is in the authority's language, and another one is a link away.
    let path = format!("{all}/acknowledgement");
    olof.get(&path).ok().says("Er begäran har kommit in");
    let proposed = olof.get(&format!("{path}?lang=en")).ok();
    proposed.says("Your demand has arrived");

    // A draft is kept, and shown as text whatever stands in it.
    let edited = "Your demand has arrived\n\nWe <b>look</b> at it.\n\n[[Fill in: the day.]]";
    let fields = |text, act| {
        [
            ("lang", "en"),
            ("text", text),
            ("to", "Polismyndigheten, Box 12256"),
            ("by", "post"),
            ("do", act),
        ]
    };
    assert_eq!(olof.post(&path, &fields(edited, "keep")).status, 303);
    let kept = olof.get(&path).ok();
    kept.says("We &lt;b&gt;look&lt;/b&gt; at it.");
    kept.says_not("<b>look");
    olof.get(&all).ok().says("your draft");
    let unfinished = olof.post(&path, &fields(edited, "sent"));
    assert_eq!(unfinished.status, 422);
    unfinished.says("double square brackets");

    // As paper, before it is sent.
    let text = "Your demand has arrived\n\nWe look at it.";
    let paper = olof.post(&path, &fields(text, "pdf"));
    assert!(paper.bytes.starts_with(b"%PDF-"), "{}", paper.text());
    let strange = olof.post(&path, &fields("Title\n\n漢", "pdf")).ok();
    strange.says("The typeface of letters has no");

    // Sent: in the thread with its digest, and word for word.
    let sent = olof.post(&path, &fields(text, "sent"));
    assert_eq!(sent.to(), format!("{all}?done=letter-sent"));
    let page = olof.get(sent.to()).ok();
    page.says("recorded as sent");
    page.says("Polismyndigheten, Box 12256");
    let digest = lagrum_model::Sha256Digest::of(format!("{text}\n").as_bytes()).to_string();
    page.says(&digest);
    let thread = olof.get(&format!("/cases/{case}")).ok();
    thread.says("Acknowledgement sent to Polismyndigheten, Box 12256");
    thread.says(&digest);
    let told = hand.json(&["letter", &case]);
    let number = told["sent"][0]["number"].to_string();
    let file = olof.get(&format!("{all}/sent/{number}/file")).ok();
    assert_eq!(file.bytes, format!("{text}\n").as_bytes());
    let paper = olof.get(&format!("{all}/sent/{number}/file?as=pdf")).ok();
    assert!(paper.bytes.starts_with(b"%PDF-"));
    for nowhere in ["sent/1", "sent/99", "sent/x", "greeting"] {
        assert_eq!(
            olof.get(&format!("{all}/{nowhere}")).status,
            404,
            "{nowhere}"
        );
    }

    // Nobody is told who may not be, whatever is posted.
    let notice = [
        ("lang", "en"),
        ("text", "Notice\n\nabsurd aftermath acme alkali"),
        ("to", "ann@hand.example"),
        ("by", "email"),
        ("do", "sent"),
    ];
    let refused = olof.post(&format!("{all}/notice"), &notice);
    assert_eq!(refused.status, 422);
    refused.says("must not tell the account holder");
}

#[test]
fn a_letter_is_written_and_recorded_by_hand() {
    let hand = Hand::ready();
    let case = hand.decided();
    let list = hand.run(&["letter", &case]).ok().out;
    assert!(list.contains("acknowledgement"), "{list}");
    let proposed = hand.json(&["letter", &case, "question", "--lang", "da"]);
    let text = proposed["text"].as_str().unwrap();
    assert!(
        text.starts_with("Et spørgsmål") && text.contains("[["),
        "{text}"
    );
    let file = hand.write("letter.txt", text);
    let sent = |file: &str| {
        let to = ["--to", "Polisen", "--by", "email", "--sent", file];
        hand.run(&[&["letter", &case, "question"][..], &to].concat())
    };
    let unfinished = sent(&file);
    assert_eq!(unfinished.code, Some(1));
    assert!(
        unfinished.err.contains("square brackets"),
        "{}",
        unfinished.err
    );
    let file = hand.write("letter.txt", "Spørgsmål\n\nHvilken konto?\n");
    sent(&file).ok();
    let told = hand.json(&["letter", &case]);
    let number = told["sent"][0]["number"].to_string();
    let shown = hand.run(&["letter", &case, "--show", &number]).ok();
    assert_eq!(shown.out, "Spørgsmål\n\nHvilken konto?\n");
    let paper = hand.path("letter.pdf");
    hand.run(&["letter", &case, "--show", &number, "--pdf", &paper])
        .ok();
    assert!(std::fs::read(&paper).unwrap().starts_with(b"%PDF-"));
    hand.run(&["desk", "verify"]).ok();
}

#[test]
fn the_providers_own_words_stand_in_its_letters_and_a_wrong_file_stops_those_alone() {
    let hand = Hand::ready();
    let own = hand.write(
        "provider/desk/letters.sv.ftl",
        "letter-closing =\n    För { $provider }, rättsavdelningen\n    Måndag till fredag 8–17\n",
    );
    hand.append(
        "provider/desk/desk.toml",
        "\n[letters]\ntexts = { sv = \"letters.sv.ftl\" }\n",
    );
    let served = Served::new(&hand);
    let case = hand.decided();

    let usable = hand.run(&["desk", "letter-texts", "sv", &own]).ok();
    assert!(usable.out.contains("can be used"), "{}", usable.out);
    let built_in = hand.json(&["desk", "letter-texts", "sv"]);
    let built_in = built_in["texts"].as_str().unwrap();
    assert!(built_in.contains("letter-closing = "), "{built_in}");

    let command = ["letter", &case, "acknowledgement", "--lang", "sv"];
    let path = format!("/cases/{case}/letters/acknowledgement");
    let written = hand.run(&command).ok();
    let closing = "rättsavdelningen\nMåndag till fredag 8–17\n";
    assert!(written.out.contains(closing), "{}", written.out);
    let mut olof = served.browser("olof");
    olof.get(&path).ok().says("rättsavdelningen");
    // The other languages keep what is compiled in.
    let english = olof.get(&format!("{path}?lang=en")).ok();
    english.says_not("rättsavdelningen");

    // A text that says less than the one in its place is in no letter.
    hand.write(
        "provider/desk/letters.sv.ftl",
        "letter-closing = Hälsningar\n",
    );
    let checked = hand.run(&["desk", "letter-texts", "sv", &own]);
    let refused = hand.run(&command);
    for ran in [checked, refused] {
        assert_ne!(ran.code, Some(0), "{}", ran.out);
        let why = "`letter-closing` does not say { $provider }";
        assert!(ran.err.contains("letters.sv.ftl"), "{}", ran.err);
        assert!(ran.err.contains(why), "{}", ran.err);
    }
    assert_ne!(olof.get(&path).status, 200);
    olof.get(&format!("{path}?lang=en")).ok();
    olof.get(&format!("/cases/{case}")).ok();
}
