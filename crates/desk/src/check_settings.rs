use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// From when on something is not in order: the table `[check]` of desk.toml.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CheckSettings {
    /// Hours after which an agent that told nothing is silent.
    pub agent_silent_hours: u32,
    /// Hours before a mandate runs out at which that is told.
    pub mandate_hours: u32,
    /// Months after which an authority's contact details are to be checked again.
    pub authority_months: u32,
    /// Minutes after which events that are not in the public log, or things that are not sent, are late.
    pub waits_minutes: u32,
    /// Hours after which the witnesses' word is too old.
    pub witness_hours: u32,
    /// Days before the certificate under which browsers reach the desk runs out at which that is told.
    pub certificate_days: u32,
    /// Mebibytes of room below which the disk is nearly full.
    pub disk_mebibytes: u64,
    /// A file that each backup writes anew when it is done; its time is when that was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup: Option<PathBuf>,
    /// Hours after which the last backup is too old.
    pub backup_hours: u32,
}

impl Default for CheckSettings {
    fn default() -> Self {
        Self {
            agent_silent_hours: 24,
            mandate_hours: 48,
            authority_months: 12,
            waits_minutes: 15,
            witness_hours: 24,
            certificate_days: 14,
            disk_mebibytes: 1024,
            backup: None,
            backup_hours: 36,
        }
    }
}
