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
            // What is wrong with any other setting may quote the account of which it is said, or its line.
            Self::Config { why, .. } => why.starts_with("confine: "),
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

    /// What kind of error it is, in fixed words and the name of a source or of a file of settings.
    #[must_use]
    pub fn in_a_class(&self) -> String {
        if let Self::Config { file, why } = self {
            let line = why.split("at line ").nth(1).and_then(|rest| {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                (digits > 0).then(|| format!(", line {}", &rest[..digits]))
            });
            let line = line.unwrap_or_default();
            return format!("configuration: {file}{line} does not say what can be used");
        }
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
            config("source `mail`: the place of `bjork` must lie below the root"),
            config("TOML parse error at line 3, column 1\n \"bjork.mbox\"\n"),
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
        let parsed = config("TOML parse error at line 31, column 1\n \"bjork.mbox\"\n");
        assert!(
            parsed
                .in_a_class()
                .starts_with("configuration: agent.toml, line 31 ")
        );
        let says = config("confine: port 993 is new");
        assert!(says.names_nobody());
    }
}
