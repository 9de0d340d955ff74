//! Figures of a day that a stranger checks, and what a desk tries that reports something else.

mod readers;
mod samples;
mod site;
mod sums;
mod tables;
mod telling;
mod views;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use jiff::SignedDuration;
use lagrum_cards::LogView;
use lagrum_figures::{
    About, CaseFacts, CodeBook, Counted, Facts, Outcome, Period, Plan, ReportFiles, cards_of,
    logged, make,
};
use lagrum_log::LogReader;
use lagrum_model::{Case, CaseId, CountryCode};
use lagrum_notes::{SigningKey, role};
use lagrum_store::{MasterKey, Store, Vault};
use lagrum_store_sqlite::SqliteDatabase;
use rand_core::OsRng;
use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::{Ran, ended, now, shared};
use crate::web::browser::clock;

/// A provider whose clock is set by the test.
struct Provider {
    hand: Hand,
    clock: std::path::PathBuf,
}

impl Provider {
    fn by(&self, later: &str, who: &str, arguments: &[&str]) -> Ran {
        self.hand.later(&self.clock, later, who, arguments)
    }

    fn verify(&self, report: &str, more: &[&str]) -> Ran {
        let (trust, log) = (
            self.hand.path("provider/trust.toml"),
            self.hand.path("provider/log"),
        );
        let arguments = ["--json", "verify", report, "--trust", &trust, "--log", &log];
        self.by("+51h", "olof", &[&arguments, more].concat())
    }

    /// The day, in UTC, on which the file of the first demands is written.
    fn day(&self, receipt: &str) -> String {
        let (trust, log) = (
            self.hand.path("provider/trust.toml"),
            self.hand.path("provider/log"),
        );
        let found = self.by(
            "+0",
            "olof",
            &[
                "--json", "verify", receipt, "--trust", &trust, "--log", &log,
            ],
        );
        found.ok().json()["file_at"].as_str().unwrap()[..10].to_owned()
    }
}

/// Three demands: one is answered with data, one is refused, one waits. Gives their receipts' files.
fn three(provider: &Provider) -> [(String, String); 3] {
    let hand = &provider.hand;
    hand.json(&["settle"]);
    let receipt = |case: &str| {
        let told = hand.run(&["receipt", case]).ok().out;
        hand.write(&format!("receipt-{case}.txt"), &told)
    };
    let produced = hand.decided();
    hand.approve(&produced, "olof").ok();
    hand.approve(&produced, "maja").ok();
    let taken = |name: &str, text: String| {
        let file = hand.write(name, text);
        let taken = hand.json(&["intake", &file]);
        taken["cases"][0]["case"].as_str().unwrap().to_owned()
    };
    let refused = taken("refused.toml", hand.demand("AM-2-26"));
    hand.run(&[
        "authenticate",
        &refused,
        "--not-verified",
        "--how",
        "nobody answers",
    ]);
    hand.run(&["assess", &refused]);
    hand.run(&["decide", &refused]);
    hand.run(&["close", &refused, "--reason", "not genuine"]);
    let waits = taken("waits.toml", hand.demand("AM-3-26"));
    provider.by("+21m", "olof", &["settle"]).ok();
    provider.by("+22m", "olof", &["agent", "run"]).ok();
    provider.by("+23m", "olof", &["deliver", &produced]).ok();
    [produced, refused, waits].map(|case| {
        let file = receipt(&case);
        (case, file)
    })
}

fn made(provider: &Provider, band: &str) -> (String, String, [(String, String); 3]) {
    let cases = three(provider);
    let day = provider.day(&cases[0].1);
    // The file of the day, and the day's end.
    provider.by("+50h", "olof", &["settle"]).ok();
    let out = provider.hand.path("report");
    let make = [
        "report", "make", &day, "--out", &out, "--band", band, "--sealed", band,
    ];
    assert_eq!(
        provider.by("+50h", "olof", &make).code,
        Some(1),
        "an analyst publishes nothing"
    );
    let said = provider.by("+50h", "maja", &make).ok();
    assert!(said.out.contains("made now"), "{}", said.out);
    (day, out, cases)
}

fn provider() -> Option<Provider> {
    let Some(clock) = clock() else {
        println!("SKIPPED: no libfaketime; dev/test installs it");
        return None;
    };
    let (hand, _) = Hand::set_up(&[]);
    Some(Provider { hand, clock })
}

/// What stands in a workbook, as Python's standard library reads it.
fn workbook(file: &Path) -> Value {
    let reader = Path::new(env!("CARGO_MANIFEST_DIR")).join("../workbook/tests/read.py");
    let mut python = Command::new("python3");
    ended(python.arg(reader).arg(file)).ok().json()
}

fn not_genuine(ran: &Ran, says: &str) {
    assert_eq!(ran.code, Some(3), "{}{}", ran.out, ran.err);
    let said = format!("{}{}", ran.out, ran.err);
    assert!(said.contains(says), "`{says}`: {said}");
}

#[test]
fn every_figure_of_a_report_follows_from_the_cards_and_everybody_sees_their_own() {
    let Some(provider) = provider() else { return };
    let (day, out, cases) = made(&provider, "1");
    // Nobody believes it before the log holds it.
    not_genuine(&provider.verify(&out, &[]), "the log does not hold it");
    provider.by("+51h", "olof", &["settle"]).ok();
    let found: Value = provider.verify(&out, &[]).ok().json();
    let figures = &found["figures"];
    assert_eq!(figures["received"], 3, "{found}");
    assert_eq!(figures["outcome.produced"], 1, "{figures}");
    assert_eq!(figures["pending"], 1, "{figures}");
    assert_eq!(figures["accounts"], 1, "{figures}");
    assert_eq!(figures["country.SE"], 2, "{figures}");
    assert_eq!(found["period"], *day);
    // Who asked sees as what their own demand is counted.
    let counted: Vec<_> = cases
        .iter()
        .map(|(_, receipt)| {
            let found = provider.verify(&out, &["--receipt", receipt]).ok().json();
            found["counted_as"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(counted[0], "SE, court decision, produced; 1 account(s)");
    assert!(
        counted[1].starts_with("SE, court decision, "),
        "{counted:?}"
    );
    assert!(found["planned"].is_null(), "{found}");
    assert!(!counted[1].contains("produced"), "{counted:?}");
    assert_eq!(counted[2], "not answered yet");
    // Both agents sign: the one that handed something over, and the one that did nothing.
    provider.by("+51h", "olof", &["agent", "report", &out]).ok();
    let found = provider.verify(&out, &[]).ok().json();
    assert_eq!(found["agents"], serde_json::json!(["lulea", "stockholm"]));
    // Made once: the same again, whatever else is asked for.
    let again = provider.hand.path("again");
    let make = ["report", "make", &day, "--out", &again];
    let said = provider.by("+51h", "maja", &make).ok();
    assert!(said.out.contains("made before"), "{}", said.out);
    for name in ["statement", "proof", "numbers", "codebook", "plan"] {
        let read = |dir: &str| fs::read(Path::new(dir).join(name)).unwrap();
        assert_eq!(read(&out), read(&again), "{name}");
    }
    let whole = provider.by("+51h", "olof", &["desk", "verify"]);
    assert_eq!(whole.code, Some(0), "{}{}", whole.out, whole.err);

    // Whatever of it is changed afterwards is no report.
    let spoilt = provider.hand.path("spoilt");
    fs::create_dir(&spoilt).unwrap();
    for (name, says) in [
        ("statement", "report"),
        ("proof", "another report of this period"),
        ("numbers", "another report of this period"),
        ("codebook", "code book"),
        ("plan", "plan"),
    ] {
        for file in ["statement", "proof", "numbers", "codebook", "plan"] {
            fs::copy(Path::new(&out).join(file), Path::new(&spoilt).join(file)).unwrap();
        }
        let file = Path::new(&spoilt).join(name);
        let mut bytes = fs::read(&file).unwrap();
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
        fs::write(&file, bytes).unwrap();
        not_genuine(&provider.verify(&spoilt, &[]), says);
    }
}

#[test]
fn a_report_in_bands_says_between_what_and_no_more() {
    let Some(provider) = provider() else { return };
    let (_, out, _) = made(&provider, "10");
    provider.by("+51h", "olof", &["settle"]).ok();
    let found: Value = provider.verify(&out, &[]).ok().json();
    let figures = found["figures"].as_object().unwrap();
    assert!(figures.len() > 20);
    for (name, figure) in figures {
        assert_eq!(*figure, serde_json::json!([0, 9]), "{name}");
    }
    let files = ReportFiles::read(Path::new(&out)).unwrap();
    assert_eq!(
        files.report.numbers, b"lagrum/count-cards/v1/numbers\n\n",
        "no number besides"
    );
}

/// The desk's store, as whoever has the desk has it.
fn store(provider: &Provider) -> Store {
    let below = |path: &str| provider.hand.path(&format!("provider/{path}"));
    let master = fs::read_to_string(below("desk/master.key")).unwrap();
    let vault = Vault::new(&MasterKey::from_secret_string(master.trim()).unwrap());
    let database = SqliteDatabase::open(Path::new(&below("desk/desk.sqlite"))).unwrap();
    Store::open(Arc::new(database), vault).unwrap()
}

fn facts(store: &Store, case: &CaseId) -> Facts {
    let events = store.events(case).unwrap();
    Facts::from(&CaseFacts::of(&Case::from_events(&events), &events).unwrap())
}

/// The report that a changed desk makes: everything is counted as it is, but what `change` makes of it.
fn false_report(provider: &Provider, day: &str, change: impl Fn(&mut Facts)) -> String {
    false_report_at(provider, day, ("false", "+51h"), change)
}

/// The same, in a directory of this name and logged at this time.
fn false_report_at(
    provider: &Provider,
    day: &str,
    (name, later): (&str, &str),
    change: impl Fn(&mut Facts),
) -> String {
    let below = |path: &str| provider.hand.path(&format!("provider/{path}"));
    let store = store(provider);
    let period = Period::parse(day).unwrap();
    let schedule = store.schedule().unwrap();
    let slots = period.slots(&schedule).unwrap();
    let key = fs::read_to_string(below("desk/log.key")).unwrap();
    let key = SigningKey::<role::Log>::from_secret(key.trim()).unwrap();
    let log = LogReader::open(below("log"), key.verifying_key());
    let head = log.checkpoint().unwrap().head();
    let cards = cards_of(&log, &schedule, key.name(), slots.1, head.size).unwrap();
    let mut counted = Vec::new();
    for number in slots.0..=slots.1 {
        for (case, opening) in store.cards_of_slot(number).unwrap() {
            let facts = case.map(|case| {
                let mut facts = facts(&store, &case);
                change(&mut facts);
                facts
            });
            counted.push(Counted {
                opening,
                facts,
                former: None,
            });
        }
    }
    let book = CodeBook::of(&[CountryCode::parse("SE").unwrap()].into());
    let plan = Plan {
        band: 1,
        sealed: 1,
        ..Plan::default()
    };
    let about = About {
        origin: key.name(),
        period: &period,
        log: LogView {
            size: head.size,
            root: head.root.0,
        },
        slots,
        former: None,
        views: &[],
        even_telling: true,
        fixed: false,
        correct: false,
    };
    let made = make(&about, &book, &plan, &cards, &counted, &mut OsRng).unwrap();
    let files = ReportFiles {
        report: made.made.report,
        former: Vec::new(),
        book,
        plan,
    };
    let text = logged(day, 1, &files.report.digest());
    assert!(
        store
            .put_report(name, day.as_bytes(), b"", &text, &mut OsRng)
            .unwrap()
    );
    let out = provider.hand.path(name);
    fs::create_dir(&out).unwrap();
    files.write(Path::new(&out)).unwrap();
    provider.by(later, "olof", &["settle"]).ok();
    out
}

#[test]
fn a_desk_that_counts_a_production_as_something_else_is_found_by_its_agent_and_by_whoever_asked() {
    let Some(provider) = provider() else { return };
    let cases = three(&provider);
    let day = provider.day(&cases[0].1);
    provider.by("+50h", "olof", &["settle"]).ok();
    let out = false_report(&provider, &day, |facts| {
        if facts.outcome == Some(Outcome::Produced) {
            facts.outcome = Some(Outcome::Refused);
            facts.accounts = 0;
        }
    });
    // Every equation holds: a stranger alone cannot see it.
    let found = provider.verify(&out, &[]).ok().json();
    assert_eq!(found["figures"]["outcome.produced"], 0, "{found}");
    // The agent knows what it handed over, and does not sign; the officer sees what their demand is counted as.
    let refused = provider.by(
        "+51h",
        "olof",
        &["agent", "report", &out, "--region", "stockholm"],
    );
    not_genuine(&refused, "otherwise than this agent carried it out");
    let found = provider
        .verify(&out, &["--receipt", &cases[0].1])
        .ok()
        .json();
    let counted = found["counted_as"].as_str().unwrap();
    assert!(counted.contains("refused"), "{counted}");
    let missing = provider.verify(&out, &[]).ok().json();
    assert_eq!(
        missing["agents_missing"],
        serde_json::json!(["lulea", "stockholm"])
    );
    // An honest desk makes none beside it; and of two that the log holds neither is believed.
    let other = provider.hand.path("true");
    let make = ["report", "make", &day, "--out", &other];
    let refused = provider.by("+51h", "maja", &make);
    assert!(
        refused
            .err
            .contains("the log holds one of this period already"),
        "{}",
        refused.err
    );
    let second = false_report_at(&provider, &day, ("second", "+52h"), |_| ());
    for report in [&out, &second] {
        not_genuine(&provider.verify(report, &[]), "two reports of one period");
    }
}

#[test]
fn a_case_that_cannot_be_read_stops_a_report_until_a_person_says_otherwise() {
    let Some(provider) = provider() else { return };
    let cases = three(&provider);
    let day = provider.day(&cases[0].1);
    provider.by("+50h", "olof", &["settle"]).ok();
    let file = provider.hand.path("provider/desk/desk.sqlite");
    let number = CaseId::parse(&cases[1].0).unwrap().number();
    rusqlite::Connection::open(file)
        .unwrap()
        .execute_batch(&format!(
            "drop trigger if exists event_stays;
             update event set sealed = zeroblob(100) where number = {number} and event = 2"
        ))
        .unwrap();
    let out = provider.hand.path("report");
    let make = |more: &[&str]| {
        let make = [
            "report", "make", &day, "--out", &out, "--band", "1", "--sealed", "1",
        ];
        provider.by("+50h", "maja", &[&make, more].concat())
    };
    let stopped = make(&[]);
    assert_eq!(stopped.code, Some(1), "{}", stopped.out);
    assert!(
        stopped
            .err
            .contains(&format!("event 2 of case {}", cases[1].0)),
        "{}",
        stopped.err
    );
    assert!(!Path::new(&out).exists());
    // It is counted as what figures last knew of it.
    let said = make(&["--even-damaged"]).ok();
    assert!(
        said.err.contains("counted as what figures last knew of it"),
        "{}",
        said.err
    );
    provider.by("+51h", "olof", &["settle"]);
    let found = provider.verify(&out, &[]).ok().json();
    assert_eq!(
        (&found["figures"]["received"], &found["figures"]["other"]),
        (&3.into(), &0.into()),
        "{found}"
    );
}
