//! Running the program, and reading what it left.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use jiff::Timestamp;
use lagrum_access::Principal;
use lagrum_desk::{Desk, DeskConfig, Parts};
use lagrum_mandate::Mandate;
use lagrum_notes::assemble;
use lagrum_store::{CaseFilter, Logged, MasterKey, Order, Page, Store, Vault};
use lagrum_store_sqlite::SqliteDatabase;
use lagrum_transport::Stem;
use lagrum_transport::directory::DirectoryDesk;
use rand_core::OsRng;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// What a run of the program left.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The run, if it ended with success.
    pub fn ok(self) -> Self {
        assert_eq!(self.code, Some(0), "{}\n{}", self.out, self.err);
        self
    }

    /// What it printed, as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("no JSON: {e}\n{}", self.out))
    }
}

/// The program, in an environment that says nothing to it.
pub fn program() -> Command {
    program_at(Path::new(env!("CARGO_BIN_EXE_lagrum")))
}

/// The same of the program that lies there.
pub fn program_at(file: &Path) -> Command {
    let mut command = Command::new(file);
    for name in ["LAGRUM_DIR", "COLUMNS", "TZ"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// The same program, bound by the modes of files even where the tests run as root: without root's
/// power over them (capabilities(7)).
pub fn bound_program() -> Command {
    let root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if !root {
        return program();
    }
    let without = "-dac_override,-dac_read_search";
    let mut command = Command::new("setpriv");
    command
        .arg(format!("--bounding-set={without}"))
        .arg(format!("--inh-caps={without}"))
        .arg(program().get_program());
    for (name, _) in program().get_envs() {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs the program with these arguments.
pub fn lagrum<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Ran {
    ended(program().args(arguments))
}

/// Runs a command to its end.
pub fn ended(command: &mut Command) -> Ran {
    let output = command
        .output()
        .unwrap_or_else(|e| panic!("{command:?}: {e}"));
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The same command, whose process may take this many bytes of memory and no more: it ends when it
/// asks for them.
pub fn limited(command: &Command, bytes: u64) -> Command {
    let mut limits = Command::new("prlimit");
    limits.arg(format!("--data={bytes}"));
    run_by(limits, command)
}

/// The same command, run by `front`: a program that takes another as its last arguments, and becomes it.
pub fn run_by(mut front: Command, command: &Command) -> Command {
    front
        .arg(command.get_program())
        .args(command.get_args())
        .stdin(Stdio::null());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => front.env(name, value),
            None => front.env_remove(name),
        };
    }
    front
}

/// A directory that goes when the test ends: below `LAGRUM_SCRATCH` if that is set; else in memory
/// where the machine offers that, because most of a demo's time is waiting for a disk. A process
/// that is killed loses nothing of what it wrote to either.
#[expect(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
pub fn scratch() -> TempDir {
    if let Some(chosen) = std::env::var_os("LAGRUM_SCRATCH") {
        let directory = tempfile::Builder::new()
            .prefix("lagrum-")
            .tempdir_in(chosen);
        return directory.expect("LAGRUM_SCRATCH: a directory that can be written");
    }
    let memory = Path::new("/dev/shm");
    if memory.is_dir()
        && let Ok(directory) = tempfile::Builder::new()
            .prefix("lagrum-")
            .tempdir_in(memory)
    {
        return directory;
    }
    tempfile::tempdir().expect("a temporary directory")
}

/// A file or folder of the data that is shared beside the repository, if it is there; else says so.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(path);
    if found.exists() {
        return Some(found);
    }
    println!("SKIPPED: ../shared/data/{path} is not there; made mail is checked in the same way");
    None
}

/// Now (UTC).
pub fn now() -> Timestamp {
    #[expect(
        clippy::disallowed_methods,
        reason = "the program that is tested looks at the same clock"
    )]
    Timestamp::now()
}

/// A demo that ran to its end.
pub struct Demo {
    _scratch: TempDir,
    pub dir: PathBuf,
    /// What it printed with `--json`.
    pub told: Value,
}

impl Demo {
    /// Runs the demo over made mail.
    pub fn new() -> Self {
        Self::over(None, "UTC").unwrap_or_else(|why| panic!("{why}"))
    }

    /// Runs the demo over this mail, where `$TZ` is `zone`; or says why it failed.
    pub fn over(mail: Option<&Path>, zone: &str) -> Result<Self, String> {
        let scratch = scratch();
        let dir = scratch.path().join("demo");
        let mut command = program();
        command
            .env("TZ", zone)
            .arg("--json")
            .arg("--dir")
            .arg(&dir)
            .arg("demo");
        if let Some(mail) = mail {
            command.arg("--mail").arg(mail);
        }
        let ran = ended(&mut command);
        if ran.code != Some(0) {
            return Err(format!("exit code {:?}: {}", ran.code, ran.err));
        }
        Ok(Self {
            _scratch: scratch,
            dir,
            told: ran.json(),
        })
    }

    /// Each part of each demand, with its answer.
    pub fn dispositions(&self) -> Vec<(String, String, String)> {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let demands = self.told["demands"].as_array().expect("demands");
        demands
            .iter()
            .flat_map(|demand| {
                let parts = demand["parts"].as_array().expect("parts");
                parts.iter().map(move |part| {
                    (
                        text(&demand["number"]),
                        text(&part["what"]),
                        text(&part["disposition"]),
                    )
                })
            })
            .collect()
    }
}

fn config(dir: &Path) -> DeskConfig {
    DeskConfig::load(&dir.join("desk/desk.toml")).expect("the desk's configuration")
}

/// The store of the desk below `dir`: its database, opened with its master key.
pub fn open_store(dir: &Path) -> Store {
    let config = config(dir);
    let database = SqliteDatabase::open(Path::new(&config.database)).expect("a database");
    let master = MasterKey::read(&config.master_key).expect("the master key");
    Store::open(Arc::new(database), Vault::new(&master)).expect("the store")
}

/// The desk below `dir`, as the program opens it.
pub fn open_desk(dir: &Path) -> Desk {
    let config = config(dir);
    let transport = Box::new(DirectoryDesk::new(config.contacts()));
    Desk::open(Parts {
        packages: lagrum_setup::packages(&config),
        store: open_store(dir),
        config,
        transport,
    })
}

/// Every event in the order of the log, as it is committed to.
pub fn logged(dir: &Path) -> Vec<Logged> {
    let store = open_store(dir);
    let entries = store.entries_from(0, 1_000_000).expect("the log's entries");
    let events = entries.into_iter().filter_map(|entry| entry.event);
    events
        .map(|(case, number)| store.logged(&case, number).expect("an event"))
        .collect()
}

/// Somebody who works at the desk, by the id in `people.toml`.
pub fn principal(desk: &Desk, id: &str) -> Principal {
    let user = lagrum_access::current_user().expect("a user");
    let people = desk.people().expect("people.toml");
    people
        .principal_of_user(&user, Some(id))
        .unwrap_or_else(|e| panic!("{e}"))
}

/// A mandate that the desk released, by the name under which it travels.
pub struct Released {
    pub region: String,
    pub stem: String,
    pub mandate: Mandate,
    /// Where the package lies once it is delivered.
    pub package: PathBuf,
    /// The mandate with its signatures, as the agent got it.
    pub note: String,
    /// The proof that the agent got with it.
    pub proof: String,
}

/// All mandates that the desk below `dir` released, in the order of their regions and names.
pub fn released(dir: &Path) -> Vec<Released> {
    let desk = open_desk(dir);
    let mut random = OsRng;
    let session = desk.session(principal(&desk, "olof"), &now, &mut random);
    // Past the desk's own checks: rosters are exchanged here, and what fits no roster is still read.
    let store = open_store(dir);
    let all = session
        .cases(
            &CaseFilter::default(),
            Order::Number,
            Page::number(1, 10_000),
        )
        .expect("the list");
    let mut found = Vec::new();
    for summary in all.items {
        let case = store.case(&summary.case).expect("a case");
        for record in case.mandates.values() {
            let Some(event) = record.released_by_event else {
                continue;
            };
            let mandate = Mandate::parse(&record.text).expect("a mandate");
            let stem = Stem::of(&mandate);
            let lines: Vec<_> = record
                .approvals
                .iter()
                .map(|approval| approval.signature.as_str())
                .collect();
            let proof = session.proof(&summary.case, event).expect("a proof");
            found.push(Released {
                region: mandate.region.to_string(),
                package: dir
                    .join("deliveries")
                    .join(summary.case.to_string())
                    .join(stem.package()),
                stem: stem.to_string(),
                note: assemble(&record.text, &lines),
                proof: proof.map(|proof| proof.to_string()).unwrap_or_default(),
                mandate,
            });
        }
    }
    found.sort_by(|one, other| (&one.region, &one.stem).cmp(&(&other.region, &other.stem)));
    found
}

/// The demo's recipients: public key and identity file.
pub fn identities(dir: &Path) -> BTreeMap<String, PathBuf> {
    entries(&dir.join("recipients"))
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file).expect("an identity file");
            let line = text
                .lines()
                .next()
                .and_then(|line| line.strip_prefix("# public key: "));
            (line.expect("a public key").to_owned(), file)
        })
        .collect()
}

/// What an agent left for the desk, beside the word that it is at work.
pub fn answers(out: &Path) -> Vec<PathBuf> {
    let mut all = entries(out);
    all.retain(|file| !file.ends_with("beat"));
    all
}

/// What lies in a directory, in order; nothing if it is not there.
pub fn entries(directory: &Path) -> Vec<PathBuf> {
    let Ok(found) = fs::read_dir(directory) else {
        return vec![];
    };
    let mut paths: Vec<_> = found.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// Every file below a directory, however deep, in order.
pub fn files_below(directory: &Path) -> Vec<PathBuf> {
    entries(directory)
        .into_iter()
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// The review list of a mandate, which begins with the name under which it travels; empty if there is
/// none.
pub fn review_list(agent: &Path, stem: &str) -> String {
    let lists = entries(&agent.join("state/review"));
    let list = lists.iter().find(|list| {
        let name = name(list);
        name.starts_with(stem) && name.ends_with(".jsonl")
    });
    list.map_or_else(String::new, |list| {
        fs::read_to_string(list).expect("a review list")
    })
}

/// The last part of a path.
pub fn name(path: &Path) -> String {
    path.file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Random numbers that a seed repeats (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}
