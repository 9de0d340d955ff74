//! How much of an error may stand in a journal, which is read, kept and sent on by others than those who run the agent.

use lagrum_accounts::AccountsError;
use lagrum_transport::TransportError;

use crate::AgentError;
use crate::telling::Telling;

impl AgentError {
    /// Whether its text is made of settings, instants and numbers alone: neither an account, a case nor what lies in a
    /// store can be in it.
    #[must_use]
    pub fn names_nobody(&self) -> bool {
        match self {
            // What is wrong with a setting may quote the account of which it is said, or its line.
            Self::Config { why, .. } => !why.contains(['@', '\n']),
            Self::Accounts(AccountsError::File(_))
            | Self::Transport(TransportError::Elsewhere(_) | TransportError::UnknownRegion(_))
            | Self::Log(_)
            | Self::NoRecord(_)
            | Self::RecordLost(_)
            | Self::RecordNotMarked(_)
            | Self::OtherRecord(_)
            | Self::RecordOlder(_)
            | Self::RecordNewer { .. }
            | Self::RecordThere(_)
            | Self::ClockBehind { .. }
            | Self::RecallUnread
            | Self::NoVault
            | Self::ClocksDiffer { .. }
            | Self::CopiesUnknown(_)
            | Self::Busy(_) => true,
            _ => false,
        }
    }

    /// What kind of error it is, in fixed words and the name of a source.
    #[must_use]
    pub fn in_a_class(&self) -> String {
        match self.telling() {
            Telling::Class(class) => class,
            Telling::Whole => format!("class `{}`", self.class()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_may_name_somebody_has_a_class_without_the_name() {
        let address = lagrum_model::EmailAddress::parse("bjork@kvist.example").unwrap();
        let by_hand = true;
        let config = |why: &str| AgentError::Config {
            file: "agent.toml".into(),
            why: why.into(),
        };
        let errors = [
            AgentError::NoFacts { address, by_hand },
            AgentError::Disagree("bjork@kvist.example: the source knows no such account".into()),
            AgentError::Vault("2026-0001: cannot be opened".into()),
            AgentError::io("state/review/2026-0001-ab.jsonl")(std::io::ErrorKind::NotFound.into()),
            config("account bjork@kvist.example stands twice"),
            config("at line 3\n \"bjork.mbox\"\n"),
            lagrum_source::SourceError::io("inbox", "bjork", std::io::ErrorKind::PermissionDenied)
                .into(),
        ];
        for error in errors {
            let (whole, class) = (error.to_string(), error.in_a_class());
            assert!(whole.contains("bjork") || whole.contains("2026-0001"));
            assert!(!error.names_nobody(), "{whole}");
            assert!(!class.contains("bjork") && !class.contains("2026-0001"));
            assert!(class.len() > 3, "{class}");
        }
        let says = config("confine: port 993 is new");
        assert!(says.names_nobody());
    }
}
