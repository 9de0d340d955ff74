//! Somebody has the whole desk: its database, its keys, its roster, the log with its signing key,
//! and what passes between desk and agents. Nobody's own key, and nothing of the agents' hosts.

mod answers;
mod forged;
mod recipients;
mod record;
mod rewritten;
mod stolen;
mod unreachable;
mod vault;
mod withheld;

use std::fs;
use std::path::{Path, PathBuf};

use lagrum_agent::{Agent, MandateOutcome};
use lagrum_desk::{Call, Desk, Genuine, Intake};
use lagrum_mandate::{Mandate, SealedTo};
use lagrum_model::{Arrival, CaseId, Demand, Recipient, RecipientKey, Role};
use lagrum_notes::{SigningKey, role};
use rand_core::OsRng;
use rusqlite::Connection;

use crate::support::{Demo, Released, files_below, name, now, open_desk, principal, released};

/// A provider at work, and the same provider in an attacker's eyes.
struct Taken {
    demo: Demo,
}

/// What must not change: the packages that were handed out, and what each agent carried out.
type Done = (Vec<(String, Vec<u8>)>, Vec<Vec<String>>);

impl Taken {
    fn new() -> Self {
        Self { demo: Demo::new() }
    }

    fn dir(&self) -> &Path {
        &self.demo.dir
    }

    fn exchange(&self, region: &str) -> PathBuf {
        self.dir().join("exchange").join(region)
    }

    /// The keys of the people, which the attacker does not have. Analyst first.
    fn people(&self) -> [SigningKey<role::Person>; 2] {
        ["olof", "maja"].map(|short| {
            let read = |end| fs::read(self.dir().join(format!("people/{short}.{end}"))).unwrap();
            let passphrase = String::from_utf8(read("passphrase")).unwrap();
            SigningKey::open(&read("key"), &passphrase).unwrap()
        })
    }

    fn desk(&self) -> Desk {
        open_desk(self.dir())
    }

    /// The Swedish demand again, under another reference, as far as two
    /// signatures: what whoever has the desk can do without anybody.
    fn a_case_that_waits_for_signatures(&self, desk: &Desk, reference: &str) -> CaseId {
        self.a_case_to_sign(desk, reference, |_| ())
    }

    /// The same, with another demand.
    fn a_case_to_sign(&self, desk: &Desk, reference: &str, change: impl Fn(&mut Demand)) -> CaseId {
        let file = fs::read(self.dir().join("demands/04-swedish-decision.toml")).unwrap();
        let mut demand = Demand::parse(&file).unwrap();
        demand.reference = reference.to_owned();
        demand.originals.clear();
        change(&mut demand);
        let bytes = toml::to_string(&demand).unwrap().into_bytes();
        let mut random = OsRng;
        let mut session = desk.session(principal(desk, "olof"), &now, &mut random);
        let file = Intake {
            file_name: "demand.toml",
            bytes: &bytes,
            arrival: Arrival::default(),
        };
        let taken = session.intake(&file, &[]).unwrap();
        assert_eq!(taken.unreadable, None);
        let id = taken.case;
        let genuine = Genuine {
            verified: true,
            how: "called back",
            despite: None,
        };
        let call = Call {
            answered_by: "the duty officer",
            at: None,
            confirmed: true,
        };
        session.call_back(&id, &call).unwrap();
        session.authenticate(&id, &genuine).unwrap();
        let today = now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
        session.assess(&id, today).unwrap();
        session.decide(&id, &[], "as proposed").unwrap();
        id
    }

    /// Signs every mandate of a case with these keys, brings the signatures, and releases.
    fn approve(&self, desk: &Desk, id: &CaseId, keys: &[&SigningKey<role::Person>]) {
        let mut random = OsRng;
        let mut session = desk.session(principal(desk, "olof"), &now, &mut random);
        for key in keys {
            let lines: Vec<_> = session
                .to_sign(id)
                .unwrap()
                .iter()
                .map(|one| (one.mandate, key.sign_line(&one.text).unwrap()))
                .collect();
            session.add_signatures(id, &lines).unwrap();
        }
        desk.settle().unwrap();
    }

    /// A genuine mandate, signed by the two people and in the log, that no agent has seen yet: its
    /// case and the name under which it travels.
    fn a_genuine_mandate_that_waits(&self, reference: &str) -> (CaseId, String) {
        let waiting = self.signed_by_both(reference, |_| ());
        (waiting.mandate.case, waiting.stem)
    }

    /// The same over another demand, as it was released.
    fn signed_by_both(&self, reference: &str, change: impl Fn(&mut Demand)) -> Released {
        let desk = self.desk();
        let id = self.a_case_to_sign(&desk, reference, change);
        let people = self.people();
        self.approve(&desk, &id, &people.each_ref());
        self.released(&id)
    }

    /// The mandate of a case that was released.
    fn released(&self, id: &CaseId) -> Released {
        let mut all = released(self.dir()).into_iter();
        all.find(|one| one.mandate.case == *id).expect("released")
    }

    /// A mandate that was carried out in Stockholm and of which the desk knows: its name, and what its
    /// agent got.
    fn carried_out(&self) -> (String, String, String) {
        let mut done = released(self.dir()).into_iter();
        let done = done.find(|one| one.region == "stockholm").unwrap();
        assert!(done.package.exists(), "it was delivered");
        (done.stem, done.note, done.proof)
    }

    /// What lies in an agent's inbox under a name.
    fn left(&self, region: &str, stem: &str) -> (String, String) {
        let read = |end| {
            fs::read_to_string(self.exchange(region).join(format!("in/{stem}.{end}"))).unwrap()
        };
        (read("mandate"), read("tlog-proof"))
    }

    /// Leaves something for an agent.
    fn leave(&self, region: &str, stem: &str, mandate: &str, proof: &str) {
        let inbox = self.exchange(region).join("in");
        fs::create_dir_all(&inbox).unwrap();
        fs::write(inbox.join(format!("{stem}.tlog-proof")), proof).unwrap();
        fs::write(inbox.join(format!("{stem}.mandate")), mandate).unwrap();
    }

    fn take_away(&self, region: &str, stem: &str) {
        for end in ["mandate", "tlog-proof"] {
            fs::remove_file(self.exchange(region).join(format!("in/{stem}.{end}"))).unwrap();
        }
    }

    /// Lets an agent work on what lies there.
    fn run(&self, region: &str) -> Vec<(String, MandateOutcome)> {
        let file = self.dir().join("agents").join(region).join("agent.toml");
        let outcomes = Agent::open(&file)
            .unwrap()
            .run(&now, &mut OsRng, &mut |_| ())
            .unwrap();
        let named = outcomes.into_iter();
        named
            .map(|(stem, outcome)| (stem.to_string(), outcome))
            .collect()
    }

    fn done(&self) -> Done {
        let all = files_below(self.dir()).into_iter();
        let packages = all
            .filter(|file| name(file).ends_with(".age"))
            .map(|file| (file.display().to_string(), fs::read(&file).unwrap()))
            .collect();
        let ledgers = ["dublin", "seattle", "stockholm"].map(|region| {
            let state = self.dir().join("agents").join(region).join("state");
            let ledger = Connection::open(state.join("ledger.sqlite")).unwrap();
            let mut query = ledger
                .prepare("select nonce || sha256 from carried order by 1")
                .unwrap();
            let rows = query.query_map([], |row| row.get(0)).unwrap();
            rows.collect::<Result<_, _>>().unwrap()
        });
        (packages, ledgers.to_vec())
    }

    /// Lets the agent of `region` work, and makes sure that it refuses what was left under `stems`
    /// for reasons that begin with `reason`, and does nothing. Gives the reasons.
    fn refuses(&self, region: &str, stems: &[&str], reason: &str) -> Vec<String> {
        let before = self.done();
        let outcomes = self.run(region);
        assert!(self.done() == before, "the agent of {region} did something");
        stems
            .iter()
            .map(|stem| {
                let outcome = outcomes.iter().find(|(name, _)| name == stem);
                let Some((_, MandateOutcome::Refused(refusal))) = outcome else {
                    panic!("{stem}: {outcome:?}");
                };
                println!("{stem}: {}", refusal.why);
                assert!(refusal.why.starts_with(reason), "{stem}: {}", refusal.why);
                let told = self.exchange(region).join(format!("out/{stem}.refusal"));
                let told = fs::read_to_string(&told).unwrap();
                assert!(told.contains(&refusal.why.replace('"', "\\\"")), "{told}");
                refusal.why.clone()
            })
            .collect()
    }
}

/// A key of the attacker's own, under a name of their choice.
fn own_key(name: &str) -> SigningKey<role::Person> {
    SigningKey::generate(&mut OsRng, name).unwrap()
}

/// The mandate's recipient with a key that whoever has the desk made.
fn to_the_thief(mandate: &Mandate) -> SealedTo {
    SealedTo::Key(Recipient {
        name: mandate.recipient.name().to_owned(),
        key: a_key_of_the_thief(),
    })
}

/// A recipient's key that whoever has the desk made.
fn a_key_of_the_thief() -> RecipientKey {
    let public = age::x25519::Identity::generate().to_public().to_string();
    RecipientKey::parse(&public).unwrap()
}

/// A roster that names these keys as Olof's and Maja's.
fn roster_of(analyst: &SigningKey<role::Person>, counsel: &SigningKey<role::Person>) -> String {
    let roster = lagrum_mandate::testing::roster(&[
        ("Olof Strand", Role::Analyst, analyst),
        ("Maja Ek", Role::Counsel, counsel),
    ]);
    toml::to_string(&roster).unwrap()
}

/// The text of a note.
fn text_of(note: &str) -> String {
    format!("{}\n", note.split_once("\n\n").unwrap().0)
}

/// The signature lines of a note.
fn signatures_of(note: &str) -> Vec<&str> {
    note.split_once("\n\n").unwrap().1.lines().collect()
}

fn mandate_of(note: &str) -> Mandate {
    Mandate::parse(&text_of(note)).unwrap()
}

#[test]
fn a_genuine_mandate_is_carried_out_so_that_every_refusal_here_means_something() {
    let taken = Taken::new();
    let (_, stem) = taken.a_genuine_mandate_that_waits("control");
    let outcomes = taken.run("stockholm");
    let outcome = outcomes.iter().find(|(name, _)| *name == stem);
    assert!(
        matches!(outcome, Some((_, MandateOutcome::Produced(_)))),
        "{outcome:?}"
    );
}
