//! A provider with one region, whose accounts and stores a test writes, and an authority that may
//! ask for everything that lies there. All goes through the program: from the demand to the opened
//! package.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use lagrum_mandate::Mandate;
use lagrum_model::CaseId;
use rand_core::OsRng;
use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::{
    Ran, answers, ended, entries, files_below, limited, name, now, open_desk, principal,
};

/// The only place.
pub const REGION: &str = "seattle";

/// What an account is called and where it is known.
pub struct Account {
    pub address: String,
    pub aliases: Vec<String>,
}

/// What a demand asks for.
pub struct Order {
    pub accounts: Vec<String>,
    pub categories: Vec<String>,
    /// RFC 3339.
    pub from: String,
    /// RFC 3339.
    pub until: String,
}

/// How the agent runs.
pub struct Circumstances {
    /// What its process may take, in bytes.
    pub memory: u64,
    /// A program that runs meanwhile; it prints a line when it is ready.
    pub meanwhile: Option<Command>,
}

/// What a recipient finds in a package.
pub struct Opened {
    pub summary: String,
    /// Each message: its path in the package and its bytes.
    pub items: BTreeMap<String, Vec<u8>>,
    /// Each row of the exact form.
    pub rows: Vec<String>,
    /// The rows as tables.
    pub csv: Vec<String>,
    pub statement: Value,
}

/// What came of a demand.
#[derive(Default)]
pub struct Came {
    /// Everything by which somebody was told that something is not handed over, and why: by the
    /// desk, by the agent, and in what the agent keeps of it in its region.
    pub refusals: Vec<String>,
    /// What the agent answered to the desk, where it produced nothing.
    pub told: Vec<String>,
    /// The desk answers that there is nothing, without having looked.
    pub nothing_at_the_desk: bool,
    /// What a person in the region has to look at, a line for each.
    pub review: Vec<String>,
    pub opened: Option<Opened>,
    /// How long the agent ran.
    pub took: Duration,
    /// The agent did not end by itself: it was killed, or broke off without a word that was meant
    /// for a reader.
    pub cut_off: bool,
}

impl fmt::Display for Came {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the agent ran {:?}", self.took)?;
        for why in &self.refusals {
            writeln!(f, "-- refused\n{}", why.trim_end())?;
        }
        for line in &self.review {
            writeln!(f, "-- for a person\n{line}")?;
        }
        let Some(opened) = &self.opened else {
            return Ok(());
        };
        for (path, item) in &opened.items {
            writeln!(f, "-- {path}\n{}", String::from_utf8_lossy(item))?;
        }
        for row in &opened.rows {
            writeln!(f, "-- row\n{row}")?;
        }
        writeln!(f, "-- summary\n{}", opened.summary)
    }
}

/// The provider.
pub struct World {
    pub hand: Hand,
}

impl World {
    /// A provider whose people have these keys. `known` are the accounts that desk and agent know.
    pub fn new(people: &Hand, known: &[Account]) -> Self {
        let hand = people.same_people();
        let (olof, maja) = (
            hand.person("Olof Strand=analyst=", "olof"),
            hand.person("Maja Ek=counsel=", "maja"),
        );
        hand.run(&[
            "init",
            "--log-at-once",
            "--provider",
            "Kvist Mail Inc.",
            "--domain",
            "kvist.example",
            "--region",
            &format!("{REGION}=US"),
            "--person",
            &olof,
            "--person",
            &maja,
            "--recipient",
            &hand.known("United States Attorney=US"),
        ])
        .ok();
        let mut directory = ENTITY.to_owned();
        let mut facts = String::new();
        for Account { address, aliases } in known {
            let aliases: Vec<_> = aliases.iter().map(|alias| quoted(alias)).collect();
            let account = format!(
                "\n[[account]]\naddress = {}\naliases = [{}]\ncontroller = \"consumer\"\nresides_in = \"US\"\n",
                quoted(address),
                aliases.join(", ")
            );
            facts += &account;
            directory += &account;
            directory += &format!(
                "holdings = [{{ region = \"{REGION}\", categories = [\"subscriber\", \"identification\", \"traffic\", \"content\"] }}]\n"
            );
        }
        hand.append("provider/desk/directory.toml", &directory);
        hand.append("provider/desk/authorities.toml", AUTHORITIES);
        let world = Self { hand };
        world.append_to_agent(&facts);
        world
    }

    /// Adds to the agent's configuration, for example `[[source]]` tables.
    pub fn append_to_agent(&self, text: &str) {
        let agent = format!("provider/agents/{REGION}/agent.toml");
        self.hand.append(&agent, text);
    }

    /// Brings a demand from its intake to the opened package, as far as it comes.
    pub fn answer(&self, order: Order, circumstances: Circumstances) -> Came {
        let mut came = Came::default();
        let Some(case) = self.release(&[order], &mut came) else {
            return came;
        };
        if self.agent(circumstances, &mut came) {
            self.opened(&case, &mut came);
        }
        came
    }

    /// Takes a demand for all of this in, decides it, and has two people sign. Gives the case, if a
    /// mandate left.
    pub fn release(&self, orders: &[Order], came: &mut Came) -> Option<String> {
        let demand = self.hand.write("demand.toml", self.demand(orders));
        let taken = self.step(&["intake", &demand], came)?;
        let case = taken["cases"][0]["case"].as_str()?.to_owned();
        let unreadable = &taken["cases"][0]["unreadable"];
        if !unreadable.is_null() {
            came.refusals.push(unreadable.to_string());
            return None;
        }
        let how = "called back";
        let called = [
            "call-back",
            &case,
            "--confirmed",
            "--answered-by",
            "K. Alder",
        ];
        self.step(&called, came)?;
        self.step(&["authenticate", &case, "--verified", "--how", how], came)?;
        let assessed = self.step(&["assess", &case], came)?;
        for part in assessed["assessment"]["parts"].as_array()? {
            match part["finding"]["disposition"].as_str()? {
                "produce" => {}
                "no-data" => came.nothing_at_the_desk = true,
                _ => came.refusals.push(part.to_string()),
            }
        }
        let decided = self.step(&["decide", &case], came)?;
        if decided["mandates"].as_array()?.is_empty() {
            return None;
        }
        for who in ["olof", "maja"] {
            self.hand
                .approve_all(&case, who, &self.to_confirm(&case))
                .ok();
        }
        Some(case)
    }

    /// One command of the desk; nothing, if it is refused, which is kept.
    fn step(&self, arguments: &[&str], came: &mut Came) -> Option<Value> {
        let ran = self.hand.run(&[&["--json"], arguments].concat());
        if ran.code == Some(0) {
            return Some(ran.json());
        }
        came.refusals.push(ran.out + &ran.err);
        None
    }

    /// Runs the agent; whether it produced.
    fn agent(&self, circumstances: Circumstances, came: &mut Came) -> bool {
        let mut command = self.hand.command("olof");
        command.args(["--json", "agent", "run", "--region", REGION]);
        let meanwhile = circumstances.meanwhile.map(Meanwhile::start);
        let began = Instant::now();
        let ran = ended(&mut limited(&command, circumstances.memory));
        came.took = began.elapsed();
        drop(meanwhile);
        let state = PathBuf::from(self.hand.path("provider/agents"))
            .join(REGION)
            .join("state");
        let kept = entries(&state.join("review"));
        for list in kept.iter().filter(|kept| name(kept).ends_with(".jsonl")) {
            let list = fs::read_to_string(list).unwrap();
            came.review.extend(list.lines().map(str::to_owned));
        }
        came.cut_off = !matches!(ran.code, Some(0..=4));
        if produced(&ran) {
            return true;
        }
        came.refusals.push(ran.out + &ran.err);
        let out = PathBuf::from(self.hand.path("provider/exchange")).join(REGION);
        for answer in answers(&out.join("out")) {
            let answer = fs::read(answer).unwrap();
            came.told
                .push(String::from_utf8_lossy(&answer).into_owned());
        }
        // The desk hears a class and a number; where and what stays in the region.
        for file in files_below(&state) {
            let ours = [
                "lock",
                "ledger.sqlite",
                "ledger.sqlite-wal",
                "ledger.sqlite-shm",
            ];
            if !file.starts_with(state.join("review")) && !ours.contains(&&*name(&file)) {
                let kept = fs::read(file).unwrap();
                came.refusals.push(String::from_utf8_lossy(&kept).into());
            }
        }
        false
    }

    /// Records the answer, delivers it, and opens it as the recipient.
    fn opened(&self, case: &str, came: &mut Came) {
        let hand = &self.hand;
        hand.json(&["settle"]);
        let delivered = hand.json(&["deliver", case]);
        let package = delivered["packages"][0].as_str().expect("a package");
        let (key, trust, to) = (
            hand.path("police.key"),
            hand.path("provider/trust.toml"),
            PathBuf::from(hand.path("opened")).join(case),
        );
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        let place = to.to_str().unwrap();
        hand.anywhere(&[
            "open",
            package,
            "--identity",
            &key,
            "--to",
            place,
            "--trust",
            &trust,
        ])
        .ok();
        came.opened = Some(Opened::read(&to));
    }

    /// What whoever signs the mandates of a case has to write, in their order.
    fn to_confirm(&self, case: &str) -> Vec<String> {
        let desk = open_desk(&self.provider());
        let mut random = OsRng;
        let session = desk.session(principal(&desk, "olof"), &now, &mut random);
        let waiting = session.to_sign(&CaseId::parse(case).unwrap()).unwrap();
        let words = waiting.iter().map(|one| {
            let named = Mandate::parse(&one.text).unwrap().identifiers;
            match &named[..] {
                [only] => only.to_string(),
                several => several.len().to_string(),
            }
        });
        words.collect()
    }

    /// Where the provider's desk and agent lie.
    pub fn provider(&self) -> PathBuf {
        self.hand.path("provider").into()
    }

    /// A demand for all of this, on a search warrant.
    pub fn demand(&self, orders: &[Order]) -> String {
        let list = |texts: &[String]| {
            let texts: Vec<_> = texts.iter().map(|text| quoted(text)).collect();
            texts.join(", ")
        };
        let parts = orders.iter().map(|order| {
            let named = |account: &String| {
                format!("{{ kind = \"email-address\", value = {} }}", quoted(account))
            };
            let identifiers: Vec<_> = order.accounts.iter().map(named).collect();
            format!(
                "\n[[part]]\nidentifiers = [{}]\ncategories = [{}]\nperiod = {{ from = \"{}\", until = \"{}\" }}\n",
                identifiers.join(", "),
                list(&order.categories),
                order.from,
                order.until
            )
        });
        let key = fs::read_to_string(self.hand.path("police.key.pub")).unwrap();
        DEMAND
            .replace("@PARTS@", &parts.collect::<String>())
            .replace("@KEY@", key.trim())
    }
}

/// Whether the one mandate that waited was carried out.
fn produced(ran: &Ran) -> bool {
    ran.code == Some(0)
        && ran
            .json()
            .as_array()
            .is_some_and(|all| all.iter().any(|one| !one["outcome"]["produced"].is_null()))
}

impl Opened {
    /// What lies in the directory of a package that was opened.
    pub fn read(to: &Path) -> Self {
        let text = |path: &Path| fs::read_to_string(path).unwrap();
        let (mut rows, mut csv) = (Vec::new(), Vec::new());
        for file in files_below(&to.join("records")) {
            if name(&file).ends_with(".jsonl") {
                rows.extend(text(&file).lines().map(str::to_owned));
            } else {
                csv.push(text(&file));
            }
        }
        let items = files_below(&to.join("items")).into_iter().map(|file| {
            let path = file.strip_prefix(to).unwrap().display().to_string();
            (path, fs::read(&file).unwrap())
        });
        Self {
            summary: text(&to.join("SUMMARY.txt")),
            items: items.collect(),
            rows,
            csv,
            statement: serde_json::from_str(&text(&to.join("statement.json"))).unwrap(),
        }
    }

    /// Whether it says that there is nothing, or that nobody is called that.
    pub fn says_nothing(&self) -> bool {
        let said = |text: &str| self.summary.to_lowercase().contains(text);
        let searches = self.statement["searches"].as_array().expect("searches");
        // The summary is broken into lines anywhere: what a machine reads says the same.
        let unknown = searches
            .iter()
            .any(|one| one["outcome"]["result"] == "unknown-account");
        said("no data") || said("no account of that name") || unknown
    }

    /// Whether one item or one row holds all of these.
    pub fn holds(&self, wanted: &[&str]) -> bool {
        let held = |bytes: &[u8]| wanted.iter().all(|text| contains(bytes, text.as_bytes()));
        self.items.values().any(|item| held(item))
            || self.rows.iter().any(|row| held(row.as_bytes()))
    }
}

/// A program that runs while the agent does, and ends with this.
struct Meanwhile(Child);

impl Meanwhile {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("its output"))
            .read_line(&mut line)
            .unwrap();
        assert_eq!(line.trim(), "ok", "{command:?}");
        Self(child)
    }
}

impl Drop for Meanwhile {
    fn drop(&mut self) {
        self.0.kill().and_then(|()| self.0.wait()).expect("it ends");
    }
}

/// Whether `bytes` hold `text`.
pub fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|part| part == text)
}

/// A text as TOML writes it.
pub fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

const ENTITY: &str = r#"
[[entity]]
name = "Kvist Mail Inc."
country = "US"
region = "seattle"
"#;

const AUTHORITIES: &str = r#"
[[authority]]
name = "United States Attorney, Western District of Washington"
country = "US"
kind = "prosecutor"
domains = ["usdoj.example"]
telephone = "+1 206 555 01 02"
"#;

const DEMAND: &str = r#"format = "lagrum-demand/2"
reference = "26-MJ-0117"

[authority]
name = "United States Attorney, Western District of Washington"
country = "US"
kind = "prosecutor"
officer = { name = "K. Alder", email = "k.alder@usdoj.example" }

[instrument]
kind = "search-warrant"
country = "US"
provision = "18 U.S.C. § 2703(a), (b), (c)"
issued_on = "2026-06-02"
issued_by = { name = "United States District Court, Western District of Washington", kind = "judge" }
signatures = [{ name = "Hon. J. Marsh", form = "handwritten" }]

[addressee]
entity = "Kvist Mail Inc."
country = "US"

[offence]
description = "fraud"
maximum_penalty_months = 120

@PARTS@
[recipient]
name = "United States Attorney"
key = "@KEY@"
"#;
