//! A review of what an agent withheld: seen at the desk as a number, looked at where it lies.

use std::fs;

use super::Served;
use super::api::refused;
use super::whole_way::sign;
use crate::by_hand::Hand;
use crate::support::files_below;

/// Messages whose date nobody can establish, with words that must never be seen at the desk.
pub fn undated(hand: &Hand) {
    for (number, head) in [
        (20, "Subject: nobody-dates-this"),
        (21, "Date: sometime in January\nSubject: nor-this"),
        (
            22,
            "Received: from a by mx.hand.example; Fri, 16 Jan 2026 10:00:00 +0100\nSubject: our-own-server-does",
        ),
    ] {
        let file = format!("provider/agents/stockholm/mail/ann/cur/{number}:2,S");
        hand.write(
            &file,
            format!("{head}\nFrom: somebody@else.example\n\nwords-of-a-letter\n"),
        );
    }
}

/// A demand whose mandate was carried out, and withheld four messages. Gives the case.
pub fn searched(hand: &Hand) -> String {
    undated(hand);
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    hand.run(&["agent", "run"]).ok();
    hand.run(&["settle"]).ok();
    case
}

/// All that a package holds, as the authority opens it.
fn opened(hand: &Hand, package: &str, number: usize) -> String {
    let (key, to) = (
        hand.path("police.key"),
        hand.path(&format!("opened-{number}")),
    );
    let trust = hand.path("provider/trust.toml");
    let open = [
        "open",
        package,
        "--identity",
        &key,
        "--to",
        &to,
        "--trust",
        &trust,
    ];
    hand.anywhere(&open).ok();
    let texts = files_below(to.as_ref()).into_iter().map(|file| {
        let bytes = fs::read(file).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    });
    texts.collect()
}

#[test]
fn what_was_withheld_is_reviewed_in_the_region_and_leaves_under_a_mandate_of_its_own() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let case = searched(&hand);
    let path = format!("/cases/{case}/withheld");

    // Counsel sees that it waits, and nothing of it.
    let mut maja = served.browser("maja");
    let all = maja.get("/withheld").ok();
    all.says(&path);
    all.says("4 things");
    all.says("Withheld <span class=\"count\">1</span>");
    let page = maja.get(&path).ok();
    page.says("4 things were kept back");
    page.says("Nobody can read them here.");
    page.says("They lie in stockholm");
    page.says("The agent in stockholm");
    let command =
        format!("lagrum agent review --region stockholm {case} 1 --release --counsel maja");
    page.says(&command);
    for at in ["/withheld", &path, &format!("/cases/{case}")] {
        let text = maja.get(at).ok().text();
        for word in [
            "nobody-dates-this",
            "nor-this",
            "our-own-server",
            "words-of-a-letter",
            "somebody@else",
        ] {
            assert!(!text.contains(word), "{word} at {at}");
        }
    }

    // What is no note of the region's agent is refused, and nothing is drafted.
    for (name, bytes) in [("review.note", &b"released: all\n"[..]), ("empty", b"")] {
        let refused = maja.upload(&path, &[], &[(name, bytes)]);
        assert_eq!(refused.status, 422, "{name}");
    }
    assert_eq!(maja.upload(&path, &[], &[]).status, 422);

    // She looks at them in the region, and decides there.
    let look = ["agent", "review", "--region", "stockholm", &case];
    let list = hand.run(&look).ok().out;
    assert!(list.contains('4'), "{list}");
    let numbers: Vec<_> = (1..=4).map(|n: u32| n.to_string()).collect();
    let of = |word: &str| {
        let shown = |n: &&String| {
            let out = hand
                .run(&[&look[..], &[n.as_str(), "--raw"]].concat())
                .ok()
                .out;
            out.contains(word)
        };
        numbers.iter().find(shown).unwrap().clone()
    };
    let dated = of("our-own-server-does");
    let by = ["--counsel", "maja", "--because"];
    let release = [
        &look[..],
        &[&dated, "--release"],
        &by,
        &["our own server dates it"],
    ]
    .concat();
    hand.run(&release).ok();
    let lost = of("nobody-dates-this");
    let refuse = [
        &look[..],
        &[&lost, "--refuse"],
        &by,
        &["nothing dates <it>"],
    ]
    .concat();
    hand.run(&refuse).ok();
    let note = hand.path("review.note");
    hand.run(&[&look[..], &["--out", &note]].concat()).ok();

    // The desk takes it: two are decided, two wait still.
    let bytes = fs::read(&note).unwrap();
    let taken = maja.upload(&path, &[], &[("review.note", &bytes)]);
    assert_eq!(
        taken.to(),
        format!("{path}?done=reviewed"),
        "{}",
        taken.text()
    );
    let page = maja.get(taken.to()).ok();
    page.says("2 are decided");
    page.says("our own server dates it");
    page.says("nothing dates &lt;it&gt;");
    page.says("Decided by Maja Ek, not carried out yet");
    page.says("Waiting for counsel");
    // Twice is once.
    maja.upload(&path, &[], &[("review.note", &bytes)]);
    // So it is for a program.
    let mut program = served.program("maja", &["cases:write"]);
    let said = serde_json::json!({"note": String::from_utf8(bytes).unwrap()});
    let at = format!("/cases/{case}/review");
    let again = program.act(&at, &said);
    assert_eq!(
        (&again["released"], &again["refused"]),
        (&1.into(), &1.into()),
        "{again}"
    );
    let forged = serde_json::json!({"note": "released: all\n"});
    refused(&program.post(&at, &forged), 422, "signature-invalid");
    let told = hand.json(&["case", &case]);
    let drafted = |told: &serde_json::Value| {
        let all = told["events"].as_array().unwrap().iter();
        all.filter(|one| one["what"]["event"] == "mandate-drafted")
            .count()
    };
    assert_eq!(drafted(&told), 2);

    // Two people sign it, one of them the counsel who decided; the agent carries it out.
    let mut olof = served.browser("olof");
    sign(&served, &mut olof, &case, "olof");
    maja.get(&path).ok().says("Waiting for counsel");
    sign(&served, &mut maja, &case, "maja");
    maja.get(&path).ok().says("Waiting for the agent");
    hand.run(&["agent", "run"]).ok();
    hand.run(&["settle"]).ok();
    let page = maja.get(&path).ok();
    page.says("Decided by Maja Ek, and carried out");
    // Two that nobody decided about still wait, and are in sight.
    maja.get("/withheld").ok().says("2 things");
    page.says("<strong>2</strong> · 2 are decided");
    let delivered = olof.post(&format!("/cases/{case}/deliver"), &[]);
    assert_eq!(delivered.status, 303, "{}", delivered.text());
    let packages = hand.json(&["deliver", &case]);
    let packages = packages["packages"].as_array().unwrap();
    let all: Vec<_> = packages
        .iter()
        .enumerate()
        .map(|(n, one)| opened(&hand, one.as_str().unwrap(), n))
        .collect();
    let with = all.iter().filter(|all| all.contains("our-own-server-does"));
    assert_eq!(with.count(), 1, "it left once");
    assert!(!all.iter().any(|all| all.contains("nobody-dates-this")));
    assert!(
        all.iter()
            .any(|all| all.contains("our own server dates it"))
    );
}
