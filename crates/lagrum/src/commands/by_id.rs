//! What lets somebody in, ended by the id that its list shows.

use std::error::Error;

use anyhow::anyhow;
use jiff::Timestamp;
use lagrum_desk::Desk;

use crate::context::{Context, now};
use crate::output::Failure;

/// One of a list
#[derive(clap::Args)]
pub struct ById {
    /// Its id, as the list shows it
    id: String,
}

impl ById {
    /// Ends it; `none` says why nothing was ended.
    pub fn end<E: Error + Send + Sync + 'static>(
        self,
        context: &Context,
        end: impl FnOnce(&Desk, &str, Timestamp) -> Result<bool, E>,
        none: &str,
    ) -> Result<(), Failure> {
        let desk = context.open_desk()?;
        if !end(&desk, &self.id, now()).map_err(anyhow::Error::from)? {
            return Err(anyhow!("{}: {none}", self.id).into());
        }
        let json = serde_json::json!({"ended": self.id});
        context.output.show(&json, || "It is ended.".to_owned())
    }
}
