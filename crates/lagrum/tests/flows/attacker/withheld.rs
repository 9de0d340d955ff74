//! What a search withheld: counsel looks at it in the region and decides, two people sign, and what is
//! released leaves. Whoever has the desk decides nothing about it.

use std::fs;
use std::path::PathBuf;

use lagrum_agent::MandateOutcome;
use lagrum_mandate::answer::{Receipt, SignedAnswer};
use lagrum_mandate::{Mandate, Nonce, Review, ReviewNote};
use lagrum_model::{Actor, Case, CaseId, Command, Event, Role};
use lagrum_package::layout::{MANIFEST, ManifestLine};
use lagrum_store::{Projection, StoreError};
use lagrum_transport::Stem;
use rand_core::{OsRng, RngCore};

use super::Taken;
use crate::support::{Ran, entries, files_below, identities, lagrum, name, now, open_store};

/// A case whose mandate was carried out and withheld messages without a date.
struct Withheld {
    taken: Taken,
    case: CaseId,
    /// What the search withheld, by the receipt.
    count: u64,
}

impl Withheld {
    fn new() -> Self {
        let taken = Taken::new();
        let (case, stem) = taken.a_genuine_mandate_that_waits("to review");
        let receipt = produced(&taken, &stem);
        let count = receipt.for_review;
        assert!(count > 2, "{receipt:?}");
        let withheld = Self { taken, case, count };
        withheld.run(&["settle"]).ok();
        // The agent hears that the desk has the package.
        withheld.taken.run("stockholm");
        withheld
    }

    /// Runs the program on the agent's host or the desk's, which the demo has in one place.
    fn run(&self, arguments: &[&str]) -> Ran {
        let dir = self.taken.dir().to_str().unwrap();
        lagrum([&["--dir", dir, "--as", "olof"], arguments].concat())
    }

    /// Looks, or decides, as counsel in the region.
    fn review(&self, arguments: &[&str]) -> Ran {
        let case = self.case.to_string();
        let here = ["agent", "review", "--region", "stockholm", &case];
        self.run(&[&here[..], arguments].concat())
    }

    /// Counsel releases the first thing and refuses the others.
    fn decide(&self) {
        // Whoever reviews needs neither stores nor accounts.
        self.stores(false);
        let rehearsed = self.run(&["agent", "rehearse", "--region", "stockholm"]);
        let away = "/nowhere/mail is not a directory";
        assert!(rehearsed.err.contains(away), "{}", rehearsed.err);
        let by = ["--counsel", "maja", "--because"];
        let release = [&["1", "--release"], &by[..], &["the headers show the day"]].concat();
        self.review(&release).ok();
        let others = format!("2-{}", self.count);
        let refuse = [&[&*others, "--refuse"], &by[..], &["of another year"]].concat();
        self.review(&refuse).ok();
        self.stores(true);
    }

    /// The agent's accounts and stores are out of reach of whoever reviews, or back again.
    fn stores(&self, there: bool) {
        let agent = self.taken.dir().join("agents/stockholm");
        let (file, kept) = (agent.join("agent.toml"), agent.join("kept.toml"));
        if there {
            fs::rename(kept, file).unwrap();
            return;
        }
        let text = fs::read_to_string(&file).unwrap();
        fs::rename(&file, kept).unwrap();
        let away =
            text.replace("root = \"", "root = \"/nowhere/") + "\n[accounts]\ncsv = \"gone.csv\"\n";
        assert!(away.contains("/nowhere/"), "{text}");
        fs::write(file, away).unwrap();
    }

    /// What the agent tells the desk of it.
    fn note(&self) -> PathBuf {
        let file = self.taken.dir().join("review.note");
        let _ = fs::remove_file(&file);
        self.review(&["--out", file.to_str().unwrap()]).ok();
        file
    }

    fn taken_in(&self, file: &std::path::Path) -> Ran {
        let case = self.case.to_string();
        self.run(&["--json", "review", &case, file.to_str().unwrap()])
    }

    /// The package that left for it: the mandate's name.
    fn mandate_of_review(&self) -> (String, Mandate) {
        let all = crate::support::released(self.taken.dir()).into_iter();
        let found = all.filter(|one| one.mandate.review.is_some());
        let mut found: Vec<_> = found.map(|one| (one.stem, one.mandate)).collect();
        found.pop().expect("it was released")
    }

    /// Whoever has the desk drafts the mandate of a review that no counsel made, past the desk's own
    /// checks; `change` makes it out of the true one. The two people sign what they are shown. The
    /// agent's answer.
    fn forged(&self, change: impl Fn(&mut Review)) -> String {
        let (mut note, _) = self.read(&self.note());
        change(&mut note.review);
        let of = note.review.of;
        let mut all = crate::support::released(self.taken.dir()).into_iter();
        let searched = all.find(|one| one.mandate.digest() == of).unwrap().mandate;
        let mut nonce = [0; 16];
        OsRng.fill_bytes(&mut nonce);
        let mandate = Mandate {
            review: Some(note.review),
            nonce: Nonce(nonce),
            ..searched
        };
        let store = open_store(self.taken.dir());
        let summary = store.summary(&self.case).unwrap();
        let project = |_: &CaseId, _: &Case, _: &[Event]| Projection {
            summary: summary.clone(),
            identifiers: vec![],
            watched: vec![],
            written: vec![],
            letters: vec![],
            door: None,
            facts: None,
            arranged: String::new(),
        };
        let thief = Actor::Person {
            id: "olof".into(),
            name: "Olof Strand".into(),
            role: Role::Analyst,
        };
        store
            .change(
                "forged",
                &self.case,
                now(),
                &[],
                &mut OsRng,
                &project,
                |changes| {
                    let parts = changes.case().mandates[&of].parts.clone();
                    let draft = Command::DraftMandate {
                        mandate: mandate.digest(),
                        text: mandate.to_text(),
                        parts,
                        answers: None,
                    };
                    changes.command(draft, &thief, "forged").unwrap();
                    Ok::<_, StoreError>(())
                },
            )
            .unwrap();
        let people = self.taken.people();
        let desk = self.taken.desk();
        self.taken.approve(&desk, &self.case, &people.each_ref());
        let stem = Stem::of(&mandate).to_string();
        let why = self.taken.refuses("stockholm", &[&stem], "").remove(0);
        self.run(&["settle"]).ok();
        why
    }

    fn read(&self, file: &std::path::Path) -> (ReviewNote, String) {
        let text = fs::read_to_string(file).unwrap();
        let json = text.strip_prefix(ReviewNote::HEADING).unwrap();
        let json = json.rsplit_once("\n\n").unwrap().0;
        (serde_json::from_str(json).unwrap(), text)
    }
}

fn produced(taken: &Taken, stem: &str) -> Receipt {
    let outcomes = taken.run("stockholm");
    let outcome = outcomes.into_iter().find(|(name, _)| name == stem);
    match outcome {
        Some((_, MandateOutcome::Produced(receipt))) => receipt,
        other => panic!("{other:?}"),
    }
}

#[test]
fn counsel_releases_one_thing_in_the_region_and_exactly_that_leaves() {
    let withheld = Withheld::new();
    let taken = &withheld.taken;
    let lists = withheld
        .run(&["agent", "review", "--region", "stockholm"])
        .ok();
    assert!(
        lists.out.contains(&withheld.case.to_string()),
        "{}",
        lists.out
    );
    let raw = withheld.review(&["1", "--raw"]).ok().out;
    assert!(raw.contains("Subject: "), "{raw}");
    let shown = withheld.review(&["1"]).ok().out;
    assert!(shown.contains("Subject: "), "{shown}");
    withheld.decide();
    let file = withheld.note();
    let (note, text) = withheld.read(&file);
    assert_eq!(note.review.items.len() as u64, withheld.count);
    // Nothing of what was withheld is in what goes to the desk, nor anything to try guesses by.
    let digest = lagrum_model::Sha256Digest::of(raw.as_bytes()).to_string();
    assert!(
        !text.contains(&digest) && !text.contains("Subject"),
        "{text}"
    );

    let first = withheld.taken_in(&file).ok().json();
    let again = withheld.taken_in(&file).ok().json();
    assert_eq!(first["mandate"], again["mandate"]);
    assert_eq!(
        (&first["released"], &first["refused"]),
        (&1.into(), &(withheld.count - 1).into())
    );
    let desk = taken.desk();
    let people = taken.people();
    taken.approve(&desk, &withheld.case, &people.each_ref());
    let (stem, mandate) = withheld.mandate_of_review();
    let receipt = produced(taken, &stem);
    assert_eq!((receipt.produced, receipt.for_review), (1, 0));
    withheld.run(&["settle"]).ok();
    let case = withheld.case.to_string();
    withheld.run(&["deliver", &case]).ok();
    let package = taken
        .dir()
        .join("deliveries")
        .join(&case)
        .join(format!("{stem}.tar.age"));
    let identity = &identities(taken.dir())[mandate.recipient.key().unwrap().as_str()];
    let to = taken.dir().join("released by counsel");
    let trust = taken.dir().join("trust.toml");
    let opened = withheld.run(&[
        "open",
        package.to_str().unwrap(),
        "--identity",
        identity.to_str().unwrap(),
        "--trust",
        trust.to_str().unwrap(),
        "--to",
        to.to_str().unwrap(),
    ]);
    let opened = opened.ok();
    let items: Vec<_> = files_below(&to.join("items"));
    assert_eq!(items.len(), 1, "{}", opened.out);
    assert_eq!(fs::read(&items[0]).unwrap(), raw.as_bytes());
    let line = fs::read_to_string(to.join(MANIFEST)).unwrap();
    let line: ManifestLine = serde_json::from_str(&line).unwrap();
    assert_eq!(line.released.unwrap().number, 1);
    let summary = fs::read_to_string(to.join("SUMMARY.txt")).unwrap();
    assert!(summary.contains("the headers show the day"), "{summary}");
    assert!(summary.contains("of another year"), "{summary}");
    println!("{summary}");

    // It waits for nobody any more, and the list of lists is without it.
    let lists = withheld.run(&["--json", "agent", "review"]).ok().json();
    let lists = lists.as_array().unwrap();
    assert!(lists.iter().all(|list| list["case"] != case), "{lists:?}");
    // What is carried out is fixed, and nothing readable or sealed of it stays.
    let again = withheld.review(&["1", "--refuse", "--counsel", "maja", "--because", "no"]);
    assert!(again.err.contains("carried out already"), "{}", again.err);
    let review = taken.dir().join("agents/stockholm/state/review");
    let copies: Vec<_> = entries(&review)
        .iter()
        .map(|file| name(file))
        .filter(|name| name.starts_with(&case) && name.ends_with(".age"))
        .collect();
    assert_eq!(copies, Vec::<String>::new());
}

#[test]
fn a_review_that_counsel_did_not_make_in_the_region_lets_nothing_out() {
    let withheld = Withheld::new();
    withheld.decide();
    // Another is released in its place.
    let why = withheld.forged(|review| {
        let released = review.items[0].released.take();
        review.items[1].released = released;
    });
    assert!(why.contains("decided otherwise"), "{why}");
    // Only the reason is another.
    let why = withheld.forged(|review| review.items[0].reason = "as ordered".into());
    assert!(why.contains("decided otherwise"), "{why}");
    // Something about which nobody decided: the number after the last.
    let why = withheld.forged(|review| {
        let mut more = review.items[0].clone();
        more.number = withheld.count + 1;
        review.items.push(more);
    });
    assert!(why.contains("decided nothing"), "{why}");
    // Counsel's decisions are damaged: what stands there stays there.
    let review = withheld.taken.dir().join("agents/stockholm/state/review");
    let ours = |file: &PathBuf| {
        let name = name(file);
        name.starts_with(&withheld.case.to_string()) && name.ends_with(".decisions.json")
    };
    let decisions = entries(&review).into_iter().find(ours).unwrap();
    let whole = fs::read(&decisions).unwrap();
    let why = withheld.forged(|review| {
        review.items[0].reason = "as ordered".into();
        fs::write(&decisions, "{\"1\": \"Zebrastaren\"}").unwrap();
    });
    assert!(why.contains("under number"), "{why}");
    for inside in ["Zebrastaren", "review/", "decisions"] {
        assert!(!why.contains(inside), "{inside}: {why}");
    }
    fs::write(&decisions, whole).unwrap();
    // In the name of somebody who is not counsel.
    let why = withheld.forged(|review| review.by = "olof".into());
    assert!(
        why.starts_with("signatures: ") && why.contains("olof"),
        "{why}"
    );
    // About nothing.
    let why = withheld.forged(|review| review.items.clear());
    assert!(why.contains("a review decides about"), "{why}");
}

#[test]
fn only_counsel_of_the_agents_roster_decides_and_only_with_a_reason() {
    let withheld = Withheld::new();
    let by = |counsel: &str, because: &str| {
        let decision = ["1", "--release", "--counsel", counsel, "--because", because];
        withheld.review(&decision).err
    };
    assert!(by("olof", "why not").contains("not counsel"));
    assert!(by("nobody", "why not").contains("not counsel"));
    assert!(by("maja", " ").contains("say why"));
    let far = ["9999", "--refuse", "--counsel", "maja", "--because", "no"];
    assert!(withheld.review(&far).err.contains("the list goes to"));
    let file = withheld.taken.dir().join("early.note");
    let early = withheld.review(&["--out", file.to_str().unwrap()]);
    assert!(early.err.contains("nothing is decided"), "{}", early.err);
    // What nobody known signed is no review, whatever it says.
    withheld.decide();
    let note = withheld.note();
    let text = fs::read_to_string(&note)
        .unwrap()
        .replace("of another year", "of that year");
    fs::write(&file, text).unwrap();
    let ran = withheld.taken_in(&file);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
}
