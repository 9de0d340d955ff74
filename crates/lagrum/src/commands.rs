//! The commands, one module for each side.

pub mod agent;
pub mod assess;
pub mod desk;
pub mod law;
pub mod law_explain;
pub mod log;
pub mod package;
pub mod setup;

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use jiff::Timestamp;
use lagrum_desk::Desk;
use lagrum_documents::sanitize_for_terminal;
use lagrum_model::{Actor, Role};
use lagrum_production::Trust;
use rand_core::OsRng;

use crate::By;
use crate::output::Failure;

/// Where everything of one provider lies.
pub struct Place {
    dir: PathBuf,
}

impl Place {
    /// Below `dir`.
    pub fn new(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// The directory itself.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The desk's directory.
    pub fn desk(&self) -> PathBuf {
        self.dir.join("desk")
    }

    /// The agents' directories, one for each region.
    pub fn agents(&self) -> PathBuf {
        self.dir.join("agents")
    }

    /// The public log.
    pub fn log(&self) -> PathBuf {
        self.dir.join("log")
    }

    /// The provider's published keys.
    pub fn trust(&self) -> PathBuf {
        self.dir.join("trust.toml")
    }

    /// Opens the desk, and records what the agents answered meanwhile.
    pub fn open_desk(&self) -> Result<Desk, Failure> {
        let file = self.desk().join("desk.toml");
        if !file.exists() {
            return Err(anyhow!(
                "there is no desk in {}; `lagrum init` sets one up, --dir names another place, `lagrum demo` shows one",
                self.dir.display()
            )
            .into());
        }
        let mut desk = Desk::open(&file)?;
        for news in desk.collect(now(), &mut OsRng)? {
            if let Some(warning) = news.warning() {
                eprintln!("lagrum: note: {}", sanitize_for_terminal(&warning));
            }
        }
        Ok(desk)
    }
}

/// Now (UTC). The one place where the program looks at the clock.
pub fn now() -> Timestamp {
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line is where time comes in"
    )]
    Timestamp::now()
}

/// Reads the provider's published keys: from `given`, or those of this place, if any.
pub fn load_trust(at: &Place, given: Option<&Path>) -> Result<Option<Trust>, Failure> {
    let file = match given {
        Some(file) => file.to_owned(),
        None if at.trust().exists() => at.trust(),
        None => return Ok(None),
    };
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    Trust::parse(&text)
        .map(Some)
        .map_err(|e| anyhow!("{}: {e}", file.display()).into())
}

impl By {
    /// The person, or how to say who it is.
    pub fn actor(&self) -> Result<Actor, Failure> {
        let name = self
            .name
            .clone()
            .filter(|name| !name.trim().is_empty())
            .ok_or_else(|| {
                anyhow!("say who acts, for the record: --as \"Your Name\", or LAGRUM_AS")
            })?;
        Ok(Actor::Person {
            id: name.to_lowercase().replace(' ', "-"),
            name,
            role: if self.counsel {
                Role::Counsel
            } else {
                Role::Analyst
            },
        })
    }
}
