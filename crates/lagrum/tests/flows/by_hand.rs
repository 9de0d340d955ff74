//! A whole case by hand, on the command line alone, at a provider that `lagrum init` set up.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{
    Ran, answers, bound_program, ended, entries, name, program, program_at, scratch,
};

/// A provider with two places in Sweden, its people, and an authority with its key.
pub struct Hand {
    scratch: TempDir,
    /// Whether the modes of files bind the program even where the tests run as root.
    bound: bool,
    /// Which program is run; the one of today, if that is nothing.
    program: Option<PathBuf>,
}

impl Hand {
    /// How much the desk keeps beside its cases: who is signed in, passkeys, challenges, drafts.
    pub fn on_the_shelf(&self) -> i64 {
        let file = self.path("provider/desk/desk.sqlite");
        let database = rusqlite::Connection::open(file).unwrap();
        let count = "select count(*) from shelf";
        database.query_row(count, [], |row| row.get(0)).unwrap()
    }

    /// People with their keys, in an empty directory: nothing is set up yet.
    pub fn people() -> Self {
        Self::people_by(None)
    }

    fn people_by(program: Option<&Path>) -> Self {
        let hand = Self {
            scratch: scratch(),
            bound: false,
            program: program.map(Path::to_owned),
        };
        for (who, passphrase) in [
            ("olof", "a sentence of Olof's"),
            ("maja", "a sentence of Maja's"),
        ] {
            let secret = hand.path(&format!("{who}.passphrase"));
            lagrum_durable::private_file(Path::new(&secret), passphrase.as_bytes()).unwrap();
            let key = hand.path(&format!("{who}.key"));
            let name = format!("hand.example/{who}");
            hand.anywhere(&[
                "key",
                "new",
                &key,
                "--name",
                &name,
                "--passphrase-file",
                &secret,
            ])
            .ok();
        }
        for who in ["police", "stranger"] {
            hand.anywhere(&[
                "key",
                "new",
                &hand.path(&format!("{who}.key")),
                "--recipient",
            ])
            .ok();
        }
        hand
    }

    /// The same people and the same authority in a directory of its own, where nothing is set up
    /// yet: making keys costs time.
    pub fn same_people(&self) -> Self {
        let hand = Self {
            scratch: scratch(),
            bound: false,
            program: self.program.clone(),
        };
        for file in entries(self.scratch.path())
            .iter()
            .filter(|file| file.is_file())
        {
            fs::copy(file, hand.path(&name(file))).unwrap();
        }
        hand
    }

    /// A provider that is ready for demands.
    pub fn ready() -> Self {
        Self::set_up(&["--log-at-once"]).0
    }

    /// A provider that another program set up, which is run until [`Hand::run_by`] says otherwise.
    pub fn ready_by(program: &Path) -> Self {
        let hand = Self::people_by(Some(program));
        hand.founded("hand.example", &["--log-at-once"], |init| hand.run(init));
        hand
    }

    /// From here on this program is run; the one of today, if that is nothing.
    pub fn run_by(&mut self, program: Option<&Path>) {
        self.program = program.map(Path::to_owned);
    }

    /// A provider that is ready for demands, set up with these words more; and what was said then.
    pub fn set_up(more: &[&str]) -> (Self, Ran) {
        let hand = Self::people();
        let said = hand.founded("hand.example", more, |init| hand.run(init));
        (hand, said)
    }

    /// Sets a provider of this domain up where these people are, by `run`; what was said then.
    pub fn founded(&self, domain: &str, more: &[&str], run: impl Fn(&[&str]) -> Ran) -> Ran {
        let hand = self;
        let (olof, maja) = (
            hand.person("Olof Strand=analyst=", "olof"),
            hand.person("Maja Ek=counsel=", "maja"),
        );
        let known = hand.known("Polismyndigheten=SE");
        let mut init = vec![
            "init",
            "--provider",
            "Hand Mail",
            "--domain",
            domain,
            "--region",
            "lulea=SE",
            "--region",
            "stockholm=SE",
            "--person",
            &olof,
            "--person",
            &maja,
            "--recipient",
            &known,
        ];
        init.extend(more);
        let said = run(&init).ok();
        hand.append("provider/desk/directory.toml", DIRECTORY);
        hand.append("provider/desk/authorities.toml", AUTHORITIES);
        for region in ["lulea", "stockholm"] {
            hand.append(&format!("provider/agents/{region}/agent.toml"), STORES);
            for part in ["cur", "new", "tmp"] {
                let place = format!("provider/agents/{region}/mail/ann/{part}");
                fs::create_dir_all(hand.path(&place)).unwrap();
            }
        }
        for (number, date) in DATES.iter().enumerate() {
            let message = format!("Date: {date}\nSubject: hej {number}\n\nhej\n");
            hand.write(
                &format!("provider/agents/stockholm/mail/ann/cur/{number}:2,S"),
                &message,
            );
        }
        hand.write("demand.toml", hand.demand("AM-1-26"));
        said
    }

    /// The same provider, whose program may do to files what their modes say, and no more.
    pub fn bound_by_modes(self) -> Self {
        Self {
            bound: true,
            ..self
        }
    }

    /// What `--person` wants.
    pub fn person(&self, name_and_role: &str, who: &str) -> String {
        format!("{name_and_role}{}", self.path(&format!("{who}.key.pub")))
    }

    /// What `--recipient` wants for the authority whose key lies here.
    pub fn known(&self, name_and_country: &str) -> String {
        format!("{name_and_country}={}", self.path("police.key.pub"))
    }

    /// A path below the test's directory.
    pub fn path(&self, path: &str) -> String {
        self.scratch.path().join(path).to_str().unwrap().to_owned()
    }

    /// Writes a file, and gives its path.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> String {
        fs::write(self.path(path), text).unwrap();
        self.path(path)
    }

    pub fn append(&self, path: &str, text: &str) {
        let whole = fs::read_to_string(self.path(path)).unwrap();
        self.write(path, whole + text);
    }

    /// One person more at the desk, who acts on its host.
    pub fn hire(&self, id: &str, name: &str, role: &str) {
        let user = lagrum_access::current_user().unwrap();
        let entry = format!(
            "\n[[person]]\nid = \"{id}\"\nname = \"{name}\"\nrole = \"{role}\"\nuser = \"{user}\"\n"
        );
        self.append("provider/desk/people.toml", &entry);
    }

    /// Runs the program at the provider, as the analyst of the people.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.by("olof", arguments)
    }

    /// The same, as one of the people.
    pub fn by(&self, who: &str, arguments: &[&str]) -> Ran {
        ended(self.command(who).args(arguments))
    }

    /// The same, so much later (`+25h`): what asks for the time is told another by the library `clock`.
    pub fn later(&self, clock: &Path, by: &str, who: &str, arguments: &[&str]) -> Ran {
        let mut command = self.command(who);
        command
            .env("LD_PRELOAD", clock)
            .env("FAKETIME", by)
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .args(arguments);
        ended(&mut command)
    }

    /// The program at the provider, as one of the people, not started yet.
    pub fn command(&self, who: &str) -> Command {
        let mut command = match &self.program {
            Some(other) => program_at(other),
            None if self.bound => bound_program(),
            None => program(),
        };
        command
            .args(["--as", who, "--dir"])
            .arg(self.path("provider"));
        command
    }

    /// What a command prints with `--json`, as the analyst.
    pub fn json(&self, arguments: &[&str]) -> Value {
        self.run(&[&["--json"], arguments].concat()).ok().json()
    }

    /// Runs the program where no provider is.
    pub fn anywhere(&self, arguments: &[&str]) -> Ran {
        let mut command = self.program.as_deref().map_or_else(program, program_at);
        ended(command.current_dir(self.scratch.path()).args(arguments))
    }

    /// Signs the mandates of a case.
    pub fn approve(&self, case: &str, who: &str) -> Ran {
        self.approve_for(case, who, "ann@hand.example")
    }

    /// Signs the mandates of a case about this account.
    pub fn approve_for(&self, case: &str, who: &str, account: &str) -> Ran {
        self.approve_all(case, who, &[account.to_owned()])
    }

    /// Signs the mandates of a case; for each, in their order, what has to be confirmed.
    pub fn approve_all(&self, case: &str, who: &str, confirm: &[String]) -> Ran {
        let (key, secret) = (
            self.path(&format!("{who}.key")),
            self.path(&format!("{who}.passphrase")),
        );
        let mut arguments = vec![
            "--json",
            "approve",
            case,
            "--key",
            &key,
            "--passphrase-file",
            &secret,
        ];
        for words in confirm {
            arguments.extend(["--confirm", words]);
        }
        self.run(&arguments)
    }

    /// Signs the one mandate of a case, and gives the page that whoever signs it reads.
    pub fn page_signed(&self, case: &str, who: &str, confirm: &str) -> String {
        let (key, secret) = (
            self.path(&format!("{who}.key")),
            self.path(&format!("{who}.passphrase")),
        );
        let signing = ["--key", &key, "--passphrase-file", &secret];
        let arguments = [&["approve", case][..], &signing, &["--confirm", confirm]].concat();
        self.run(&arguments).ok().out
    }

    /// Calls the authority back, who confirms the demand, and says that it is genuine.
    pub fn verified(&self, case: &str) {
        let called = ["call-back", case, "--confirmed", "--answered-by", "K. Ek"];
        self.run(&called).ok();
        self.run(&["authenticate", case, "--verified", "--how", "called back"])
            .ok();
    }

    /// Takes the demand in, and brings it as far as a decision. Gives the case.
    pub fn decided(&self) -> String {
        let taken = self.json(&["intake", &self.path("demand.toml")]);
        let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
        self.verified(&case);
        self.run(&["assess", &case]).ok();
        self.run(&["decide", &case]).ok();
        case
    }

    /// The whole way to a delivered package. Gives the case and the package.
    pub fn delivered(&self) -> (String, String) {
        let case = self.decided();
        self.approve(&case, "olof").ok();
        self.approve(&case, "maja").ok();
        self.run(&["agent", "run"]).ok();
        let told = self.json(&["deliver", &case]);
        let package = told["packages"][0].as_str().unwrap().to_owned();
        (case, package)
    }

    /// A demand for the content of one account, as an analyst would write it down.
    pub fn demand(&self, reference: &str) -> String {
        let key = fs::read_to_string(self.path("police.key.pub")).unwrap();
        format!(
            r#"format = "lagrum-demand/2"
reference = "{reference}"

[authority]
name = "Polismyndigheten"
country = "SE"
kind = "police"
officer = {{ name = "K. Ek", email = "k.ek@polisen.example" }}

[instrument]
kind = "court-decision"
measure = "interception"
country = "SE"
provision = "Rättegångsbalken 27 kap. 18 och 21 §§"
issued_on = "2026-03-02"
issued_by = {{ name = "Stockholms tingsrätt", kind = "judge" }}
signatures = [{{ name = "Stockholms tingsrätt", form = "handwritten" }}]

[addressee]
entity = "Hand Mail AB"
country = "SE"

[offence]
description = "trafficking in narcotics"
maximum_penalty_months = 120

[[part]]
identifiers = [{{ kind = "email-address", value = "ann@hand.example" }}]
categories = ["content"]
period = {{ from = "2026-01-01T00:00:00+01:00", until = "2026-02-01T00:00:00+01:00" }}

[recipient]
name = "Polismyndigheten"
key = "{}"
"#,
            key.trim()
        )
    }
}

/// Dates at the ends of the period, each with what becomes of it: before, first instant, inside,
/// last second, first instant after, lost.
const DATES: [&str; 6] = [
    "Wed, 31 Dec 2025 22:59:59 +0000",
    "Thu, 01 Jan 2026 00:00:00 +0100",
    "Thu, 15 Jan 2026 12:00:00 -0500",
    "Sat, 31 Jan 2026 23:59:59 +0100",
    "Sat, 31 Jan 2026 23:00:00 +0000",
    "Sun, 30 Nov 0002 00:00:00 -0800 (PST)",
];

const DIRECTORY: &str = r#"
[[entity]]
name = "Hand Mail AB"
country = "SE"
region = "stockholm"

[[account]]
address = "ann@hand.example"
aliases = ["annie@hand.example"]
controller = "consumer"
resides_in = "SE"
holdings = [{ region = "stockholm", categories = ["content"] }]
"#;

const AUTHORITIES: &str = r#"
[[authority]]
name = "Polismyndigheten"
country = "SE"
kind = "police"
domains = ["polisen.example"]
telephone = "+46 8 555 01 02"
"#;

const STORES: &str = r#"
[[account]]
address = "ann@hand.example"
aliases = ["annie@hand.example"]
controller = "consumer"
resides_in = "SE"

[[source]]
kind = "maildir"
id = "mail"
root = "mail"
[source.accounts]
"ann@hand.example" = "ann"
"#;

/// The second lines of the messages in an opened package, sorted.
pub fn subjects(directory: &Path) -> Vec<String> {
    let mut all: Vec<_> = entries(&directory.join("items/mail"))
        .iter()
        .map(|file| {
            fs::read_to_string(file)
                .unwrap()
                .lines()
                .nth(1)
                .unwrap()
                .to_owned()
        })
        .collect();
    all.sort();
    all
}

#[test]
fn a_case_goes_the_whole_way_on_the_command_line_alone() {
    let hand = Hand::ready();
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    assert_eq!(taken["cases"][0]["unreadable"], Value::Null);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    let case = case.as_str();
    let called = ["call-back", case, "--confirmed", "--answered-by", "K. Ek"];
    assert_eq!(hand.json(&called)["warnings"], serde_json::json!([]));
    let told = hand.json(&["authenticate", case, "--verified", "--how", "called back"]);
    assert_eq!(
        (&told["verified"], &told["called_back"]),
        (&true.into(), &true.into())
    );
    let found = hand.json(&["assess", case])["assessment"].clone();
    assert_eq!(
        found["parts"][0]["finding"]["disposition"], "produce",
        "{found}"
    );
    assert!(
        found["parts"][0]["finding"]["decided_by"][0]["cite"]
            .as_str()
            .unwrap()
            .contains("27 kap.")
    );
    let decided = hand.json(&["decide", case]);
    assert_eq!(decided["answers"][0]["disposition"], "produce");
    assert_eq!(decided["mandates"].as_array().unwrap().len(), 1);

    // Whoever signs reads what is signed, and says whose data leaves.
    let seen = hand.page_signed(case, "olof", "ann@hand.example");
    let digest = decided["mandates"][0].as_str().unwrap();
    for shown in [
        "ann@hand.example",
        "31 December 2025 at 23:00 to 31 January 2026 at 23:00 (UTC)",
        "AM-1-26",
        "stockholm",
        digest,
    ] {
        assert!(seen.contains(shown), "{shown} is missing:\n{seen}");
    }
    assert_eq!(
        hand.run(&["--json", "agent", "run"]).ok().json(),
        serde_json::json!([])
    );
    assert_eq!(hand.approve(case, "maja").ok().json()["released"], true);

    // An agent in the same country, but of another place, does not serve.
    let exchange = PathBuf::from(hand.path("provider/exchange"));
    let left = entries(&exchange.join("stockholm/in"));
    fs::create_dir_all(exchange.join("lulea/in")).unwrap();
    for file in &left {
        fs::copy(file, exchange.join("lulea/in").join(name(file))).unwrap();
    }
    let refused = hand.run(&["--json", "agent", "run", "--region", "lulea"]);
    assert_eq!(refused.code, Some(4));
    let why = refused.json()[0]["outcome"]["refused"].to_string();
    assert_eq!(
        why,
        r#""mandate: it is for stockholm, this agent serves lulea""#
    );
    fs::remove_dir_all(exchange.join("lulea")).unwrap();

    let ran = hand.run(&["--json", "agent", "run"]).ok().json();
    let produced = &ran[0]["outcome"]["produced"];
    assert_eq!(
        (&produced["produced"], &produced["for_review"]),
        (&3.into(), &1.into()),
        "{ran}"
    );
    let again = hand.run(&["--json", "agent", "run"]).ok().json();
    assert_eq!(again[0]["outcome"], "already produced");
    // Looking shows that there is an answer; settling records it.
    assert_eq!(hand.json(&["case", case])["unrecorded_answer"], true);
    assert_eq!(hand.json(&["case", case])["state"], "mandated");
    let news = hand.json(&["settle"])["news"].clone();
    assert_eq!(
        (&news[0]["news"], &news[0]["case"]),
        (&"produced".into(), &case.into())
    );
    assert_eq!(hand.json(&["case", case])["state"], "produced");
    // The agent knows, and has nothing left to do or to hand out.
    assert_eq!(
        hand.run(&["--json", "agent", "run"]).ok().json(),
        serde_json::json!([])
    );
    let exchanged = answers(&exchange.join("stockholm/out"));
    assert_eq!(exchanged, Vec::<PathBuf>::new());
    let delivered = hand.json(&["deliver", case]);
    assert_eq!(
        hand.json(&["deliver", case]),
        delivered,
        "delivering again changes nothing"
    );
    let package = delivered["packages"][0].as_str().unwrap();
    // Two messages were withheld: closing does not end what counsel owes about them.
    let owed = hand.run(&["close", case]);
    assert!(
        owed.code == Some(1) && owed.err.contains("Counsel has to decide"),
        "{}",
        owed.err
    );
    let closed = hand.json(&["close", case, "--duties-live-on"]);
    assert_eq!(
        (&closed["closed"], &closed["duties"][0]["kind"]),
        (&false.into(), &"review".into())
    );
    let listed = hand.json(&["cases"]);
    assert_eq!(listed["cases"][0]["state"], "duties-run", "{listed}");

    // The recipient has the package, the receipt beside it, and what the provider published.
    let (trust, key, to) = (
        hand.path("provider/trust.toml"),
        hand.path("police.key"),
        hand.path("to"),
    );
    let sealed = hand
        .anywhere(&["--json", "verify", package, "--trust", &trust])
        .ok()
        .json();
    assert_eq!(sealed["receipt"]["produced"], 3);
    let opened = hand
        .anywhere(&[
            "--json",
            "open",
            package,
            "--identity",
            &key,
            "--to",
            &to,
            "--trust",
            &trust,
        ])
        .ok()
        .json();
    assert_eq!(
        (&opened["messages"], &opened["for_review"]),
        (&3.into(), &1.into())
    );
    assert_eq!(opened["signed_by"].as_array().unwrap().len(), 2);
    assert_eq!(opened["reference"], "AM-1-26");
    assert_eq!(
        subjects(Path::new(&to)),
        ["Subject: hej 1", "Subject: hej 2", "Subject: hej 3"]
    );
    let checked = hand
        .anywhere(&["--json", "verify", &to, "--trust", &trust])
        .ok()
        .json();
    assert_eq!(checked["checked_against_published_keys"], true);
    let checked = hand
        .anywhere(&["--json", "verify", package, "--identity", &key])
        .ok()
        .json();
    assert_eq!(checked["checked_against_published_keys"], false);

    // What remains is the record, and the log that vouches for it.
    let cases = hand.json(&["cases"])["cases"].clone();
    assert_eq!(
        (cases[0]["state"].as_str(), cases[0]["answers"][0].as_str()),
        (Some("duties-run"), Some("produce"))
    );
    let whole = hand.json(&["case", case]);
    let events = whole["events"].as_array().unwrap();
    let log = hand.json(&["log", "verify"]);
    assert_eq!(log["entries"], events.len());
    for number in 1..=events.len() {
        let proof = hand.json(&["log", "proof", case, &number.to_string()]);
        assert_eq!(proof["index"], number - 1);
    }
    // The same, to be read by a person.
    let text = hand.run(&["case", case]).ok().out;
    assert!(
        text.contains("Produce") && text.contains("released") && text.contains("Maja Ek (counsel)")
    );
}

#[test]
fn every_command_tells_a_machine_in_json_why_it_failed() {
    let hand = Hand::ready();
    let missing = hand.run(&["--json", "case", "2026-0009"]);
    assert_eq!((missing.code, missing.out.as_str()), (Some(1), ""));
    let told: Value = serde_json::from_str(&missing.err).unwrap();
    assert_eq!(told["exit_code"], 1);
    assert!(
        told["error"]
            .as_str()
            .unwrap()
            .contains("there is no case 2026-0009")
    );
}

#[test]
fn the_schema_names_every_field_of_a_demand() {
    let hand = Hand::ready();
    let schema = hand.anywhere(&["schema"]).ok().json();
    let demand: toml::Table = hand.demand("x").parse().unwrap();
    for field in demand.keys() {
        assert!(schema["properties"][field].is_object(), "{field}");
    }
}
