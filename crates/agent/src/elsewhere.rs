//! What lies outside the agent's own directory: in a directory, or at an address.

use std::path::{Path, PathBuf};

use lagrum_transport::AgentEnd;
use serde::Deserialize;

use crate::doubt::LogDoubt;

/// Where something lies that is not the agent's own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum Elsewhere {
    /// In a directory.
    Directory(PathBuf),
    /// At an address: https://…, or http://… on this machine.
    Address(String),
}

impl From<String> for Elsewhere {
    fn from(text: String) -> Self {
        match text.contains("://") {
            true => Self::Address(text),
            false => Self::Directory(text.into()),
        }
    }
}

impl Elsewhere {
    /// A directory is relative to `base`.
    pub(crate) fn below(self, base: &Path) -> Self {
        match self {
            Self::Directory(path) => Self::Directory(base.join(path)),
            at => at,
        }
    }
}

/// Brings the agent's own copy of the public log up to date.
pub type RenewLog = Box<dyn Fn() -> Result<(), LogDoubt> + Send + Sync>;

/// How an agent reaches what lies at an address. It opens no connection by itself: whoever opens the agent says how.
#[derive(Default)]
pub struct Ways {
    /// The way to the desk, where `desk` is an address.
    pub desk: Option<Box<dyn AgentEnd>>,
    /// How the copy of the log is renewed, where `log` is an address: before each mandate is looked at.
    pub log: Option<RenewLog>,
}
