use jiff::{SignedDuration, Timestamp};
use lagrum_model::{AccountIdentifier, Identifier, Period};
use serde::{Deserialize, Serialize};

/// The widest window around an instant in which it is looked who used an address: a day to each side.
pub const WIDEST_WINDOW: u32 = 24 * 60 * 60;

/// That a mandate is to find out whose account it is that the demand names by something else than an
/// account's name: who had this Internet address, and port, at this instant; whose telephone number or user
/// id this is. The agent tells the desk, and hands nothing over to anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LookUp {
    /// How far before and after the instant of an address it is looked who used it, in seconds: a log
    /// tells when somebody came, not how long they stayed.
    pub seconds_around: u32,
}

impl LookUp {
    /// Whether an agent can look an account up by an identifier of this kind at all.
    #[must_use]
    pub fn serves(identifier: &Identifier) -> bool {
        matches!(
            identifier,
            Identifier::IpAddress(_) | Identifier::PhoneNumber(_) | Identifier::UserId(_)
        )
    }

    /// The window around the instant of an identifier that has one.
    #[must_use]
    pub fn window(&self, identifier: &AccountIdentifier) -> Option<Period> {
        let Identifier::IpAddress(address) = identifier.get() else {
            return None;
        };
        let around = SignedDuration::from_secs(self.seconds_around.into());
        let second = SignedDuration::from_secs(1);
        let from = address.at().checked_sub(around).ok()?;
        let until = address.at().checked_add(around + second).ok()?;
        Period::new(from, until).ok()
    }

    /// The least span that holds the windows of all `identifiers`, and nothing from after `received_at`
    /// (UTC): nothing, if none has an instant before that.
    #[must_use]
    pub fn span(
        &self,
        identifiers: &[AccountIdentifier],
        received_at: Timestamp,
    ) -> Option<Period> {
        let windows = identifiers.iter().filter_map(|one| self.window(one));
        let windows: Vec<_> = windows.collect();
        let from = windows.iter().map(Period::from).min()?;
        let until = windows.iter().map(Period::until).max()?.min(received_at);
        Period::new(from, until).ok()
    }

    /// Whether a mandate with it is one: it names nobody by an account's address, and reaches no further
    /// than the windows.
    ///
    /// # Errors
    /// A sentence with the rule.
    pub(crate) fn is_complete(
        &self,
        all: &[AccountIdentifier],
        period: Period,
    ) -> Result<(), String> {
        if self.seconds_around > WIDEST_WINDOW {
            return Err(format!(
                "a look-up looks at most {WIDEST_WINDOW} seconds around an instant, this one {}",
                self.seconds_around
            ));
        }
        if let Some(other) = all.iter().find(|one| !Self::serves(one.get())) {
            return Err(format!(
                "an identifier of kind `{}` is not looked up",
                other.get().kind()
            ));
        }
        let windows: Vec<_> = all.iter().map(|one| self.window(one)).collect();
        if windows.iter().all(Option::is_none) {
            return Ok(());
        }
        if windows.iter().any(Option::is_none) {
            return Err(
                "it mixes addresses at instants with names that have none; one mandate does one"
                    .into(),
            );
        }
        let reach = self.span(all, Timestamp::MAX);
        let inside = reach
            .is_some_and(|reach| reach.from() <= period.from() && period.until() <= reach.until());
        match inside {
            true => Ok(()),
            false => Err("its period reaches beyond the windows around its instants".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(instant: &str) -> AccountIdentifier {
        let text = format!("198.51.100.23 port 51234 at {instant}");
        let identifier = Identifier::IpAddress(text.parse().expect("an address"));
        identifier.try_into().expect("it names one user")
    }

    #[test]
    fn the_span_holds_the_windows_and_nothing_from_after_the_receipt() {
        let look_up = LookUp { seconds_around: 60 };
        let all = [at("2026-08-20T19:04:11Z"), at("2026-08-20T20:00:00Z")];
        let instant = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let span = |received: &str| look_up.span(&all, instant(received));
        let whole = span("2026-09-01T00:00:00Z").expect("a span");
        assert_eq!(whole.from(), instant("2026-08-20T19:03:11Z"));
        assert_eq!(whole.until(), instant("2026-08-20T20:01:01Z"));
        let cut = span("2026-08-20T19:30:00Z").expect("a span");
        assert_eq!(cut.until(), instant("2026-08-20T19:30:00Z"));
        assert_eq!(span("2026-08-20T19:00:00Z"), None);
        let number = Identifier::PhoneNumber("+46701740605".parse().expect("a number"));
        let number = [number.try_into().expect("it names one line")];
        assert_eq!(look_up.span(&number, instant("2026-09-01T00:00:00Z")), None);
    }
}
