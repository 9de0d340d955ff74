//! How far an agent shuts itself in before it looks at a mandate: what its own configuration does not name, it does not
//! write, reach or run.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use lagrum_accounts::Whereabouts;
use lagrum_confine::{Calls, Files, Limits, Part, Tcp, is_root};
use lagrum_durable::private_directory;
use lagrum_https::Server;
use lagrum_source::Need;

use crate::agent::open_sources;
use crate::elsewhere::Elsewhere;
use crate::{AgentConfig, AgentError, Confine, live_accounts};

/// Names are looked up over TCP where an answer is long (RFC 7766).
const NAMES: u16 = 53;

/// What a source's own tool takes with it.
const OF_TOOLS: [Part; 4] = [Part::Files, Part::Emptying, Part::Devices, Part::Tcp];

/// How far a process of agents shut itself in.
#[derive(Debug)]
pub struct ShutIn {
    /// Nothing, where it is switched off.
    needs: Option<Needs>,
    /// What the kernel did not take away.
    pub missing: BTreeSet<Part>,
    /// What was left, since a source needs it: the source, and what.
    pub left: BTreeMap<String, Vec<Part>>,
    /// Whether it runs as root.
    pub root: bool,
}

/// What is needed by one agent, or by several.
#[derive(Clone, Debug, Default)]
struct Needs {
    /// What is written: directories and files, and which of the system's they are.
    own: BTreeMap<PathBuf, Option<(u64, u64)>>,
    /// To which ports it connects.
    ports: BTreeSet<u16>,
    /// Whether programs are started.
    runs: bool,
    /// What is left, and to which source.
    left: BTreeMap<String, Vec<Part>>,
}

/// Shuts this process in, as the configurations in `files` say: what all of them need together is left. It has no other
/// thread yet. What is wrong with a configuration is not told here, but where its agent is opened.
///
/// # Errors
/// [`AgentError::Config`]: where it is required and does not hold, and where agents that start together do not say
/// the same.
pub fn shut_in(files: &[PathBuf]) -> Result<ShutIn, AgentError> {
    let mut needs = Needs::default();
    let mut said = Vec::new();
    for file in files {
        let Ok(config) = AgentConfig::load(file) else {
            continue;
        };
        said.push((file, config.confine));
        if let Ok(own) = Needs::of(file, &config) {
            needs.add(own);
        }
    }
    let root = is_root();
    let off = |one: &&(&PathBuf, Confine)| one.1 == Confine::Off;
    if let Some((file, _)) = said.iter().find(off) {
        if !said.iter().all(|one| off(&one)) {
            return Err(refused(
                file,
                "off: agents that start together are shut in together; start this one by itself",
            ));
        }
        return Ok(ShutIn {
            needs: None,
            missing: BTreeSet::new(),
            left: BTreeMap::new(),
            root,
        });
    }
    let required = said.iter().find(|one| one.1 == Confine::Required);
    if let (Some((file, _)), Some((source, left))) = (required, needs.left.first_key_value()) {
        let why = format!(
            "required: source `{source}` needs what would be given up: {}",
            names(left)
        );
        return Err(refused(file, &why));
    }
    let limits = needs.limits();
    let mut missing = limits.hold_for_process();
    // What was not given up is not missing either.
    missing.retain(|part| !needs.left.values().flatten().any(|left| left == part));
    if let (Some((file, _)), false) = (required, missing.is_empty()) {
        let why = format!(
            "required: this system does not have, or does not let it give up: {}",
            names(&missing)
        );
        return Err(refused(file, &why));
    }
    Ok(ShutIn {
        left: needs.left.clone(),
        needs: Some(needs),
        missing,
        root,
    })
}

fn refused(file: &Path, why: &str) -> AgentError {
    AgentError::Config {
        file: file.display().to_string(),
        why: format!("confine: {why}"),
    }
}

fn names<'p>(parts: impl IntoIterator<Item = &'p Part>) -> String {
    let names: Vec<_> = parts.into_iter().map(|part| part.as_str()).collect();
    names.join(", ")
}

impl ShutIn {
    /// Whether it is switched off.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.needs.is_none()
    }

    /// The ports to which connections are left; nothing, where all are: also where the system took none away.
    #[must_use]
    pub fn ports(&self) -> Option<BTreeSet<u16>> {
        if self.missing.contains(&Part::Tcp) {
            return None;
        }
        match self.needs.as_ref()?.limits().tcp {
            Tcp::All => None,
            Tcp::To(ports) => Some(ports),
        }
    }

    /// Checks that a configuration still needs no more than what was left when this process shut itself in.
    ///
    /// # Errors
    /// What has changed; and when it cannot be read.
    pub fn still_fits(&self, file: &Path) -> Result<(), AgentError> {
        let Some(had) = &self.needs else {
            return Ok(());
        };
        let now = Needs::of(file, &AgentConfig::load(file)?)?;
        let changed = |what: String| {
            Err(refused(
                file,
                &format!("{what}, and this process shut itself in before that; start it again"),
            ))
        };
        for (path, is) in &now.own {
            if had.own.get(path) != Some(is) {
                return changed(format!("{} is new, or another", path.display()));
            }
        }
        if let Some(port) = now.ports.difference(&had.ports).next() {
            return changed(format!("port {port} is new"));
        }
        let new = now.left.keys().find(|one| !had.left.contains_key(*one));
        match new {
            Some(source) => changed(format!("source `{source}` is new")),
            None if now.runs && !had.runs => changed("a program is new".to_owned()),
            None => Ok(()),
        }
    }
}

impl Needs {
    /// What the agent of one configuration needs. Its own directories are made.
    fn of(file: &Path, config: &AgentConfig) -> Result<Self, AgentError> {
        let mut needs = Self::default();
        private_directory(&config.state)?;
        // Its lock, its mark, and the keys that it makes lie beside its key.
        let beside = config.key.parent().filter(|path| *path != Path::new(""));
        needs.own(beside.unwrap_or(Path::new(".")));
        needs.own(&config.state);
        if let Some(vault) = &config.vault {
            // Where it cannot be made, a mandate to preserve is told so.
            let _ = private_directory(vault);
            needs.own(vault);
        }
        for (at, own) in [(&config.desk, true), (&config.log, false)] {
            match at {
                Elsewhere::Directory(path) if own => {
                    // As whoever looks for a mandate there first does; where it cannot be made, that is told then.
                    let _ = private_directory(path);
                    needs.own(path);
                }
                Elsewhere::Directory(_) => {}
                Elsewhere::Address(address) => {
                    needs
                        .ports
                        .extend(Server::at(address).map(|server| server.port));
                }
            }
        }
        if let Some(Whereabouts::Live(live)) = &config.table {
            needs.ports.extend(live_accounts::port(live)?);
        }
        for source in open_sources(file, config)? {
            needs.source(&source.about().id, &source.needs());
        }
        Ok(needs)
    }

    fn own(&mut self, path: &Path) {
        let is = std::fs::metadata(path).map(|about| (about.dev(), about.ino()));
        self.own.insert(path.to_owned(), is.ok());
    }

    fn source(&mut self, id: &str, needs: &[Need]) {
        for need in needs {
            match need {
                Need::Port(port) => {
                    self.ports.insert(*port);
                }
                Need::Program { network } => {
                    self.runs = true;
                    if *network {
                        self.left.insert(id.to_owned(), vec![Part::Tcp]);
                    }
                }
                Need::Tool => {
                    self.runs = true;
                    self.left.insert(id.to_owned(), OF_TOOLS.to_vec());
                }
            }
        }
    }

    fn add(&mut self, other: Self) {
        self.own.extend(other.own);
        self.ports.extend(other.ports);
        self.runs |= other.runs;
        self.left.extend(other.left);
    }

    fn is_left(&self, part: Part) -> bool {
        self.left.values().flatten().any(|left| *left == part)
    }

    fn limits(&self) -> Limits {
        let mut ports = self.ports.clone();
        if !ports.is_empty() {
            ports.insert(NAMES);
        }
        let network = !ports.is_empty() || self.is_left(Part::Tcp);
        Limits {
            files: match self.is_left(Part::Files) {
                true => Files::All,
                false => Files::Written {
                    beneath: (self.own.keys().cloned())
                        .chain(["/dev/null".into()])
                        .collect(),
                    run: self.runs,
                },
            },
            tcp: match self.is_left(Part::Tcp) {
                true => Tcp::All,
                false => Tcp::To(ports),
            },
            calls: Calls::Ordinary { network },
        }
    }
}
