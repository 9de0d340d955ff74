//! Demands with their right answers, from `crates/law/tests/law-cases`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use lagrum_law::{Clock, Law, LawPacks, NextStep, Notice, Situation, with_finding};
use lagrum_model::{
    Assessment, Basis, Demand, Disposition, Holding, LookedUp, MandateRecord, Moments, Part,
    Sha256Digest,
};
use serde::Deserialize;

use crate::assess::WithLookedUp;
use crate::{CommandError, Directory, TheseHoldings, assess, facts_at, looked_at};

mod at_a_desk;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    no: String,
    demand: PathBuf,
    as_of: Date,
    #[serde(default)]
    holdings: Vec<PathBuf>,
    /// For each holding, the answers that are right.
    expect: Vec<Vec<String>>,
    why: String,
    #[serde(default)]
    moments: Vec<String>,
    #[serde(default)]
    args: Vec<String>,
    /// `operative:NAME`, and the instant.
    #[serde(default)]
    clocks: BTreeMap<String, Timestamp>,
    #[serde(default)]
    noclocks: Vec<String>,
    #[serde(default)]
    rules: Vec<String>,
    #[serde(default)]
    norules: Vec<String>,
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    saysnot: Vec<String>,
    #[serde(default)]
    notice: BTreeMap<String, String>,
    #[serde(default)]
    desk: bool,
    /// Of which kind it is one more member.
    #[serde(default, rename = "kind")]
    _kind: String,
    /// What differs from the file of the demand, as TOML; the word `absent` takes a field away.
    #[serde(default)]
    differs: String,
    /// The same for each holding.
    #[serde(default)]
    holds: Vec<String>,
    /// At a desk: nobody is called that.
    #[serde(default)]
    no_account: bool,
    /// At a desk: the account has other data there, and nothing of what is asked for.
    #[serde(default)]
    nothing: bool,
    /// At a desk: the addressed company stands in no list.
    #[serde(default)]
    no_company: bool,
    /// At a desk: part of what is said instead of an answer.
    refused: Option<String>,
    #[serde(default, rename = "saywhy")]
    _says_because: String,
    #[serde(default, rename = "fit")]
    _fit: String,
    #[serde(default, rename = "source")]
    _source: String,
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../law/tests/law-cases"
    ))
}

/// A file of the folder in which some fields differ.
fn with(name: &Path, differs: &str) -> String {
    fn differ(file: &mut toml::Table, differs: toml::Table) {
        for (key, value) in differs {
            match (file.get_mut(&key), value) {
                (_, toml::Value::String(text)) if text == "absent" => {
                    file.remove(&key);
                }
                (Some(toml::Value::Table(known)), toml::Value::Table(new)) => differ(known, new),
                (_, value) => {
                    file.insert(key, value);
                }
            }
        }
    }
    let text = fs::read_to_string(folder().join(name)).expect("a file of the case");
    let mut file: toml::Table = text.parse().expect("TOML");
    differ(&mut file, differs.parse().expect("TOML"));
    toml::to_string(&file).expect("what was read can be written")
}

/// The cases of a file of the folder.
fn cases(name: &str) -> Vec<Case> {
    let text = fs::read_to_string(folder().join(name)).expect("a table of cases");
    let expected: Expected = toml::from_str(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
    expected.case
}

/// The kinds of fault that were found, and the others of the same kind that were looked for.
fn all_cases() -> Vec<Case> {
    let mut all = cases("expected.toml");
    all.extend(cases("members.toml"));
    all
}

/// All that a part tells whoever reads it.
fn told(part: &Part) -> String {
    let finding = &part.finding;
    let rules = finding.decided_by.iter().chain(&finding.overridden);
    let mut text: Vec<_> = rules
        .flat_map(|rule| [rule.cite.as_str(), rule.says.as_str()])
        .collect();
    text.extend(finding.instead.as_deref());
    text.join(" ")
}

/// Whose accounts the demand means, as a desk finds it out: an agent is to be asked first, and what it
/// told is judged then.
fn looked_up_first(
    demand: &Demand,
    basis: &Basis,
    packs: &LawPacks,
    law: &Law,
) -> Result<Assessment, CommandError> {
    const DIRECTORY: &str = r#"
[[entity]]
name = "Norrsken Mail AB"
country = "SE"
region = "se"
looks_up = ["ip-address"]
[[place]]
region = "se"
country = "SE"
[[account]]
address = "lind@norrsken.example"
controller = "consumer"
resides_in = "SE"
holdings = [{ region = "se", categories = ["identification", "subscriber"] }]
"#;
    let base = tempfile::TempDir::new().expect("a directory");
    let file = base.path().join("directory.toml");
    fs::write(&file, DIRECTORY).expect("a file");
    let directory = Directory::open(&file, &base.path().join("accounts.sqlite")).expect("read");
    let first = assess(demand, basis, &directory, packs, law)?;
    for part in &first.parts {
        assert_eq!(part.finding.disposition, Disposition::LookUp);
    }
    let found = demand.identifiers().into_iter().map(|identifier| LookedUp {
        identifier: identifier.clone().try_into().expect("one user"),
        account: Some(
            "lind@norrsken.example"
                .to_owned()
                .try_into()
                .expect("an address"),
        ),
        accounts: 1,
        looked_in: Vec::new(),
    });
    let text = "a mandate\n".to_owned();
    let mut record = MandateRecord::new(text.clone(), vec![0]);
    record.looked_up = Some(found.collect());
    let mut case = lagrum_model::Case::default();
    case.mandates
        .insert(Sha256Digest::of(text.as_bytes()), record);
    let known = WithLookedUp {
        holdings: &directory,
        case: &case,
    };
    assess(demand, basis, &known, packs, law)
}

impl Case {
    /// The file of the demand.
    fn demand(&self) -> String {
        with(&self.demand, &self.differs)
    }

    fn holdings(&self) -> Vec<Holding> {
        let differs = self.holds.iter().map(String::as_str);
        let differs = differs.chain(std::iter::repeat(""));
        let held = |(name, differs): (&PathBuf, &str)| {
            toml::from_str(&with(name, differs)).expect("a holding")
        };
        self.holdings.iter().zip(differs).map(held).collect()
    }

    /// Whether only a desk knows what it is about.
    fn is_of_a_desk(&self) -> bool {
        self.no_account || self.nothing || self.no_company
    }

    /// What is not as expected.
    fn faults(&self, packs: &LawPacks) -> Vec<String> {
        let demand = Demand::parse(self.demand().as_bytes()).expect("a demand");
        let holdings = TheseHoldings(self.holdings());
        let mut happened = Moments::new();
        for text in &self.moments {
            let (what, at) = text.split_once('=').expect("NAME=INSTANT");
            happened.add(
                what.parse().expect("a moment"),
                at.parse().expect("an instant"),
            );
        }
        let believed = self.args.iter().any(|arg| arg == "--emergency-believed");
        let at = looked_at(
            self.as_of,
            "2027-06-01T00:00:00Z".parse().expect("an instant"),
        );
        let basis = facts_at(&demand, (true, believed), &happened, packs, at).expect("its facts");
        let law = packs.in_force(self.as_of).expect("the law of the day");
        let mut faults = Vec::new();
        let assessed = match self.desk {
            false => assess(&demand, &basis, &holdings, packs, &law),
            true => looked_up_first(&demand, &basis, packs, &law),
        };
        let found = match assessed {
            Ok(found) => found,
            Err(error) => return vec![error.to_string()],
        };
        self.answers(&found, &mut faults);
        self.tells(&found, &mut faults);
        let mut now = demand.clone();
        now.instrument.notification = basis.instrument.notification;
        let clocks = packs.clocks().of(&now, &happened, at).expect("its clocks");
        self.runs(&with_finding(clocks, &found), &mut faults);
        let situation = Situation {
            demand: &demand,
            moments: &happened,
            verified: true,
            enterprise: found.concerns_enterprise(),
        };
        self.may_tell(&packs.notices().of(&situation, at), &mut faults);
        faults
    }

    /// What an authority is told of the law.
    fn tells(&self, found: &Assessment, faults: &mut Vec<String>) {
        let text = found.parts.iter().map(told).collect::<Vec<_>>().join(" ");
        for says in self.says.iter().filter(|says| !text.contains(*says)) {
            faults.push(format!("does not say `{says}`"));
        }
        for says in self.saysnot.iter().filter(|says| text.contains(*says)) {
            faults.push(format!("says `{says}`"));
        }
    }

    /// Which clocks run, and until when.
    fn runs(&self, clocks: &[Clock], faults: &mut Vec<String>) {
        for (name, instant) in &self.clocks {
            let name = name.trim_start_matches("operative:");
            let clock = clocks.iter().find(|clock| clock.id == name);
            let operative = clock.and_then(|clock| clock.operative);
            if operative != Some(*instant) {
                faults.push(format!("{name}: {operative:?}, not {instant}"));
            }
        }
        for name in &self.noclocks {
            if clocks.iter().any(|clock| clock.id == *name) {
                faults.push(format!("{name} runs"));
            }
        }
    }

    /// What is next towards the account holder.
    fn may_tell(&self, notices: &[Notice], faults: &mut Vec<String>) {
        let never = self
            .notice
            .get("next_step")
            .is_some_and(|step| step == "!tell");
        if never && notices.iter().any(|one| one.next_step == NextStep::Tell) {
            faults.push("the next step is to tell".to_owned());
        }
    }

    fn answers(&self, found: &Assessment, faults: &mut Vec<String>) {
        let answers: Vec<_> = found
            .parts
            .iter()
            .map(|part| part.finding.disposition)
            .collect();
        let right = answers.len() == self.expect.len()
            && answers.iter().zip(&self.expect).all(|(answer, right)| {
                let known = |word: &String| Disposition::parse(word) == Some(*answer);
                right.iter().any(known)
            });
        if !right {
            faults.push(format!("{answers:?}, not {:?}: {}", self.expect, self.why));
        }
        let cited: Vec<_> = found
            .parts
            .iter()
            .flat_map(|part| {
                part.finding
                    .decided_by
                    .iter()
                    .chain(&part.finding.overridden)
            })
            .map(|rule| rule.rule.as_str())
            .collect();
        for rule in self
            .rules
            .iter()
            .filter(|rule| !cited.contains(&rule.as_str()))
        {
            faults.push(format!("{rule} is not among {cited:?}"));
        }
        for rule in self
            .norules
            .iter()
            .filter(|rule| cited.contains(&rule.as_str()))
        {
            faults.push(format!("{rule} is among {cited:?}"));
        }
    }
}

#[test]
fn each_demand_is_answered_as_is_right_but_for_those_that_are_named_here() {
    let packs = LawPacks::embedded().unwrap();
    let mut wrong = Vec::new();
    let cases = all_cases();
    for case in cases.iter().filter(|case| !case.is_of_a_desk()) {
        let faults = case.faults(&packs);
        if !faults.is_empty() {
            wrong.push(format!("{}: {}", case.no, faults.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(cases.len() >= 30);
}
