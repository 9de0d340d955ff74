use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a clock stands, as far as the law asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClockStanding {
    /// It runs.
    Running,
    /// It is suspended.
    Paused,
    /// Its instant has passed and nothing stopped it.
    Passed,
}

impl ClockStanding {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Running, Self::Paused, Self::Passed];

    /// The spelling used in files and law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Passed => "passed",
        }
    }
}
