//! An independent script reads the demo's stores again, over real mail, and says what each production
//! must hold. What is odd in a store is tried in [`crate::odd_stores`], where whoever writes the
//! store knows what it holds.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use serde_json::Value;

use crate::support::{
    Demo, ended, entries, files_below, identities, lagrum, name, released, review_list, scratch,
    sha256, shared,
};

const ZONES: [&str; 3] = ["UTC", "Asia/Tokyo", "America/New_York"];

/// How much was compared.
#[derive(Debug, Default)]
struct Compared {
    produced: usize,
    for_review: usize,
    /// Of those for review: how many carry a date that is known to be lost.
    lost: usize,
    /// Dates that Python's `email.utils` read in the same way as the script.
    agreed: u64,
}

/// Compares every package and every review list below `dir` with what the script says of the
/// stores, item by item and to the byte.
fn compare(dir: &Path, zone: &str) -> Compared {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flows/oracle.py");
    let mandates = released(dir);
    let texts: serde_json::Map<String, Value> = mandates
        .iter()
        .map(|one| (one.stem.clone(), Value::from(one.note.as_str())))
        .collect();
    let scratch = scratch();
    let notes = scratch.path().join("mandates.json");
    fs::write(&notes, serde_json::to_vec(&texts).unwrap()).unwrap();
    let mut command = Command::new("python3");
    command.env("TZ", zone).arg(script).arg(dir).arg(&notes);
    let told = ended(&mut command).ok().json();
    let identities = identities(dir);
    let mut compared = Compared {
        agreed: told["agreed"].as_u64().unwrap(),
        ..Default::default()
    };
    assert!(!mandates.is_empty());
    assert_eq!(mandates.len(), told["mandates"].as_object().unwrap().len());
    for one in mandates {
        let expected = &told["mandates"][&one.stem];
        let produced = opened_items(
            dir,
            &one.package,
            &identities[one.mandate.recipient.key().unwrap().as_str()],
        );
        assert_eq!(
            produced,
            digests(&expected["produced"]),
            "{}: items",
            one.stem
        );
        let agent = dir.join("agents").join(&one.region);
        let (review, raw_dates) = reviews(&agent, &one.stem);
        assert_eq!(
            review,
            digests(&expected["review"]),
            "{}: for review",
            one.stem
        );
        compared.produced += produced.len();
        compared.for_review += review.len();
        let lost = |date: &&String| {
            ["0002", "1706", "1979"]
                .iter()
                .any(|year| date.contains(year))
        };
        let lost = raw_dates.iter().filter(lost).count();
        assert_eq!(
            lost as u64,
            expected["lost"].as_u64().unwrap(),
            "{}: lost dates",
            one.stem
        );
        compared.lost += lost;
    }
    compared
}

fn digests(list: &Value) -> Vec<String> {
    let list = list.as_array().expect("a list");
    let mut all: Vec<_> = list
        .iter()
        .map(|one| one.as_str().unwrap().to_owned())
        .collect();
    all.sort();
    all
}

/// SHA-256 of every message in a package, as its recipient finds them.
fn opened_items(dir: &Path, package: &Path, identity: &Path) -> Vec<String> {
    let scratch = scratch();
    let to = scratch.path().join("opened");
    let place = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let arguments = [
        "--dir",
        &place(dir),
        "open",
        &place(package),
        "--identity",
        &place(identity),
        "--to",
        &place(&to),
    ];
    lagrum(arguments).ok();
    let files = files_below(&to.join("items"));
    let mut all: Vec<_> = files
        .iter()
        .map(|file| sha256(&fs::read(file).unwrap()))
        .collect();
    all.sort();
    all
}

/// SHA-256 of every message on a review list, read from where the list says that it lies; and
/// the dates as the list shows them.
fn reviews(agent: &Path, stem: &str) -> (Vec<String>, Vec<String>) {
    let list = review_list(agent, stem);
    let config: toml::Table = fs::read_to_string(agent.join("agent.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let (mut all, mut dates) = (Vec::new(), Vec::new());
    for line in list.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let (account, locator) = (
            &line["identifier"]["value"],
            line["locator"].as_str().unwrap(),
        );
        let source = config["source"].as_array().unwrap().iter();
        let place = source
            .filter(|source| source["id"].as_str() == line["source"].as_str())
            .find_map(|source| source.get("accounts")?.get(account.as_str()?)?.as_str())
            .expect("the account has a place in the source");
        let place = agent.join("mail").join(place);
        let bytes = match locator
            .strip_prefix("bytes ")
            .and_then(|span| span.split_once('+'))
        {
            Some((at, length)) => {
                let (at, length): (usize, usize) = (at.parse().unwrap(), length.parse().unwrap());
                fs::read(&place).unwrap()[at..at + length].to_vec()
            }
            None => fs::read(place.join(locator)).unwrap(),
        };
        all.push(sha256(&bytes));
        dates.push(line["raw_date"].as_str().unwrap_or_default().to_owned());
    }
    all.sort();
    (all, dates)
}

#[test]
fn the_answers_of_the_demo_are_the_same_in_every_time_zone() {
    let answers = ZONES.map(|zone| Demo::over(None, zone).unwrap().dispositions());
    assert!(answers.iter().all(|one| *one == answers[0]));
    let numbers: BTreeSet<_> = answers[0].iter().map(|(number, ..)| number).collect();
    assert_eq!(numbers.len(), 12);
}

#[test]
fn real_mail_of_enron_is_produced_to_the_byte_in_every_time_zone() {
    let Some(mail) = shared("mail/enron-edrm") else {
        return;
    };
    over_real_mail(&mail, |compared| {
        // Whoever reads this list reads exactly the mail whose date was lost.
        assert!(compared.lost > 500, "{compared:?}");
        assert_eq!(compared.for_review, compared.lost);
    });
}

#[test]
fn real_mail_of_a_mailing_list_is_produced_to_the_byte_in_every_time_zone() {
    let Some(mail) = shared("mail/dovecot-list-2002.mbox.gz") else {
        return;
    };
    over_real_mail(&mail, |compared| {
        assert!(compared.produced > 900, "{compared:?}")
    });
}

fn over_real_mail(mail: &Path, judge: impl Fn(&Compared)) {
    let made = Demo::new().dispositions();
    for zone in ZONES {
        let demo = Demo::over(Some(mail), zone).unwrap();
        assert_eq!(
            demo.dispositions(),
            made,
            "the answers do not depend on the mail"
        );
        let compared = compare(&demo.dir, zone);
        println!("{} under TZ={zone}: {compared:?}", name(mail));
        assert!(compared.agreed > 500, "{compared:?}");
        judge(&compared);
    }
}

#[test]
fn every_odd_mbox_of_a_mail_archive_is_produced_to_the_byte_or_refused_with_a_reason() {
    let Some(folder) = shared("mail/ponymail") else {
        return;
    };
    let made = Demo::new().dispositions();
    let all = entries(&folder);
    let (imported, produced) = thread::scope(|scope| {
        let half = |first: usize| {
            let (all, made) = (&all, &made);
            scope.spawn(move || {
                let (mut imported, mut produced) = (0, 0);
                for (at, mbox) in all.iter().enumerate().skip(first).step_by(2) {
                    if let Some(compared) = one_mbox(mbox, ZONES[at % ZONES.len()], made) {
                        imported += 1;
                        produced += compared.produced;
                    }
                }
                (imported, produced)
            })
        };
        let [one, other] = [half(0), half(1)].map(|half| half.join().unwrap());
        (one.0 + other.0, one.1 + other.1)
    });
    println!("{imported} imported, {produced} messages produced");
    assert!(imported >= 25 && produced > 100);
}

fn one_mbox(mbox: &Path, zone: &str, made: &[(String, String, String)]) -> Option<Compared> {
    match Demo::over(Some(mbox), zone) {
        Ok(demo) => {
            assert_eq!(demo.dispositions(), made, "{}", mbox.display());
            let compared = compare(&demo.dir, zone);
            println!("{} under TZ={zone}: {compared:?}", name(mbox));
            Some(compared)
        }
        Err(why) => {
            println!("{}: not imported: {why}", name(mbox));
            assert!(
                why.starts_with("exit code Some(1): lagrum: --mail"),
                "{why}"
            );
            assert!(why.contains(&name(mbox)), "{why}");
            None
        }
    }
}
