//! One case: a store in which something is odd, and a demand.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::expected::Expected;
use crate::by_hand::Hand;
use crate::support::{entries, files_below, name};
use crate::world::{Account, Circumstances, Order, World};

/// What the agent's process may take unless a case says otherwise.
const MEMORY: u64 = 128 << 20;

/// `case.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    /// The account, as the demand writes it.
    account: String,
    from: String,
    until: String,
    categories: Vec<String>,
    /// Other accounts of the provider.
    #[serde(default)]
    also: Vec<String>,
    /// Other names of the account.
    #[serde(default)]
    aliases: Vec<String>,
    /// The account's own name, where the demand writes it differently.
    known_as: Option<String>,
    /// Whether desk and agent know the account as the demand writes it.
    #[serde(default = "yes")]
    desk_account: bool,
}

fn yes() -> bool {
    true
}

/// A folder of `store-cases`.
pub struct Case {
    pub name: String,
    folder: PathBuf,
    facts: Facts,
    expected: Expected,
}

/// How the names of the cases begin that are asked for.
fn only() -> Option<String> {
    std::env::var("LAGRUM_CASE").ok()
}

/// All of them, or those whose names begin as `LAGRUM_CASE` says.
pub fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/store-cases");
    let only = only();
    let folders = entries(&folder).into_iter().filter(|folder| {
        folder.is_dir()
            && only
                .as_ref()
                .is_none_or(|only| name(folder).starts_with(only))
    });
    folders.map(Case::read).collect()
}

impl Case {
    fn read(folder: PathBuf) -> Self {
        let text = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
        let facts = toml::from_str(&text("case.toml"));
        Self {
            name: name(&folder),
            facts: facts.unwrap_or_else(|e| panic!("{}: {e}", folder.display())),
            expected: Expected::read(&text("expected.txt")),
            folder,
        }
    }

    /// Runs it from the demand to the opened package. Gives the lines of `expected.txt` that do not
    /// hold.
    pub fn run(&self, people: &Hand) -> Vec<String> {
        let sources = fs::read_to_string(self.folder.join("sources.toml")).unwrap();
        let world = World::new(people, &self.known());
        let store = PathBuf::from(world.hand.path("store"));
        self.lay_out(&store);
        let sources = sources.replace("@STORE@", store.to_str().unwrap());
        world.append_to_agent(&sources);
        let order = Order {
            accounts: vec![self.facts.account.clone()],
            categories: self.facts.categories.clone(),
            from: self.facts.from.clone(),
            until: self.facts.until.clone(),
        };
        let before = self.folder.join("before");
        let meanwhile = before.exists().then(|| program(&before, &store));
        let laid_out = as_it_is(&store);
        let circumstances = Circumstances {
            memory: self.expected.megabytes().map_or(MEMORY, |most| most << 20),
            meanwhile,
        };
        let came = world.answer(order, circumstances);
        let unchanged = as_it_is(&store) == laid_out;
        if only().is_some() {
            println!("{came}");
        }
        let mut broken = self.expected.broken(&came, unchanged);
        // What files and folders are called is the customers' own: it stays in the region.
        let names = laid_out.keys().map(|path| name(path));
        let names: Vec<_> = names.filter(|name| name.len() > 3).collect();
        for told in &came.told {
            let leaked = names.iter().filter(|name| told.contains(name.as_str()));
            broken.extend(leaked.map(|name| format!("the desk is told {name}")));
        }
        broken
    }

    /// The accounts of the provider.
    fn known(&self) -> Vec<Account> {
        let facts = &self.facts;
        let named = facts.desk_account.then_some(&facts.account);
        let own = named
            .into_iter()
            .chain(&facts.known_as)
            .map(|address| Account {
                address: address.clone(),
                aliases: facts.aliases.clone(),
            });
        let others = facts.also.iter().map(|address| Account {
            address: address.clone(),
            aliases: vec![],
        });
        own.chain(others).collect()
    }

    /// Copies the store, and completes it with what Git cannot keep.
    fn lay_out(&self, store: &Path) {
        fs::create_dir_all(store).unwrap();
        let kept = self.folder.join("store");
        for file in files_below(&kept) {
            let to = store.join(file.strip_prefix(&kept).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            // This one only keeps a folder for Git.
            if name(&file) != ".keep" {
                fs::copy(&file, to).unwrap();
            }
        }
        let make = self.folder.join("make");
        if make.exists() {
            let made = program(&make, store).status().unwrap();
            assert!(made.success(), "{}", make.display());
        }
    }
}

/// A program that comes with a case.
fn program(file: &Path, store: &Path) -> Command {
    let mut command = Command::new("python3");
    command.arg(file).arg(store);
    command
}

/// Every file of a store with its bytes, and every folder.
fn as_it_is(store: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    for path in entries(store) {
        if path.is_dir() {
            found.append(&mut as_it_is(&path));
            found.insert(path, None);
        } else {
            // What is no plain file (a pipe) only stands there.
            let plain = fs::symlink_metadata(&path).unwrap().is_file();
            let bytes = plain.then(|| fs::read(&path).unwrap());
            found.insert(path, bytes);
        }
    }
    found
}
