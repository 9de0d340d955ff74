use std::path::PathBuf;

use jiff::Timestamp;

use crate::telling::Telling;

/// Why the public log is not believed.
#[derive(Debug, thiserror::Error)]
pub enum LogDoubt {
    /// What this agent remembers is no checkpoint that its policy believes.
    #[error("the remembered checkpoint: {0}")]
    Remembered(lagrum_log::Error),
    /// It was rewritten.
    #[error("the log no longer contains what this agent saw in it before: {0}")]
    Shrunk(lagrum_log::Error),
    /// The proof that came with the mandate is none.
    #[error("{0}")]
    Proof(lagrum_log::Error),
    /// The proof is one of another log.
    #[error("the proof's checkpoint is not one of the public log: {0}")]
    NotPublic(lagrum_log::Error),
    /// A witness dates what it saw beyond every calendar.
    #[error("a witness gives a time that no clock has")]
    NoTime,
    /// The witnesses' word is old.
    #[error(
        "its witnesses saw it last at {0}, longer ago than this agent believes (log_max_age_hours)"
    )]
    Old(Timestamp),
    /// The agent's own copy of the log could not be brought up to date.
    #[error("the copy of the log could not be brought up to date: {0}")]
    NotCopied(String),
    /// The log shows another history than the one that was copied: proved by its own two signatures.
    #[error("{0}")]
    Forked(String),
    /// A mirror tells another history, or cannot be read.
    #[error("the mirror {}: {error}", .mirror.display())]
    Mirror {
        /// Which.
        mirror: PathBuf,
        /// What is wrong with it.
        error: lagrum_log::Error,
    },
}

impl LogDoubt {
    /// How much of it leaves the region: where the log lies here, who copies it and what their files
    /// say does not.
    pub(crate) fn telling(&self) -> Telling {
        let (class, error) = match self {
            Self::NoTime | Self::Old(_) => return Telling::Whole,
            Self::Remembered(error) => ("the remembered checkpoint cannot be used", error),
            Self::Shrunk(error) => (
                "the log no longer contains what this agent saw in it before",
                error,
            ),
            Self::Proof(error) => ("the proof cannot be read", error),
            Self::NotPublic(error) => {
                ("the proof's checkpoint is not one of the public log", error)
            }
            Self::NotCopied(_) => {
                let class = "log: the public log could not be fetched here";
                return Telling::Class(class.to_owned());
            }
            Self::Forked(_) => {
                let class = "log: it shows another history than the one that was copied here";
                return Telling::Class(class.to_owned());
            }
            Self::Mirror { .. } => {
                let class = "log: a mirror tells another history, or cannot be read";
                return Telling::Class(class.to_owned());
            }
        };
        match error {
            // Fixed words.
            lagrum_log::Error::NotProved { .. } => Telling::Whole,
            lagrum_log::Error::File { .. } => {
                Telling::Class("log: the public log cannot be read here".to_owned())
            }
            _ => Telling::Class(format!("log: {class}")),
        }
    }
}
