//! What every transport must do, over a directory.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

mod beat;
mod hostile;
mod steps;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lagrum_model::Region;
use lagrum_notes::{SigningKey, role};

use crate::directory::{Contact, DirectoryAgent, DirectoryDesk};
use crate::testing::{Stops, Wire};
use crate::{AgentEnd, DeskEnd};

struct InDirectory {
    desk: DirectoryDesk,
    agent: DirectoryAgent,
    root: tempfile::TempDir,
}

impl Wire for InDirectory {
    fn new(region: Region, key: &SigningKey<role::Agent>, stops: Arc<Stops>) -> Self {
        let root = tempfile::tempdir().unwrap();
        let directory = root.path().join("exchange");
        let contact = Contact {
            region,
            key: key.verifying_key(),
            directory: directory.clone(),
        };
        Self {
            desk: DirectoryDesk::new(vec![contact]).with_faults(stops.clone()),
            agent: DirectoryAgent::new(directory).with_faults(stops),
            root,
        }
    }

    fn desk(&self) -> &dyn DeskEnd {
        &self.desk
    }

    fn agent(&self) -> &dyn AgentEnd {
        &self.agent
    }

    fn own(&self) -> &Path {
        self.root.path()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.root.path().join("exchange").join(name)
    }
}
