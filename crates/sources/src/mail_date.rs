//! Which date of a message decides in a source: the choice of the operator, as far as the kind has it.

use lagrum_model::DateRule;

use crate::SourceError;

/// Which date of a message decides whether it lies in the period, as the configuration writes it (`date`).
/// What it cannot tell of one message goes to a person, and never to another date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailDate {
    /// `header`: the `Date` header field, which the author's program wrote. What decides where nothing is
    /// written.
    #[default]
    Header,
    /// `received`: the date in the topmost `Received` header field, which the last mail server wrote.
    Received,
    /// `delivered`: the seconds with which the name of a Maildir's file begins.
    Delivered,
    /// `internal`: what the mail server keeps beside the message, its internal date.
    Internal,
}

impl MailDate {
    /// All of them.
    const ALL: [Self; 4] = [
        Self::Header,
        Self::Received,
        Self::Delivered,
        Self::Internal,
    ];

    /// What the configuration writes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Received => "received",
            Self::Delivered => "delivered",
            Self::Internal => "internal",
        }
    }

    /// What the statement of a package says of it.
    #[must_use]
    pub fn rule(self) -> DateRule {
        match self {
            Self::Header => DateRule::MessageDate,
            Self::Received => DateRule::ReceivedField,
            Self::Delivered => DateRule::DeliveryTime,
            Self::Internal => DateRule::InternalDate,
        }
    }

    /// The one of which a statement says that it decided; none of what is no mail.
    #[must_use]
    pub fn of(rule: DateRule) -> Option<Self> {
        Self::ALL.into_iter().find(|date| date.rule() == rule)
    }

    /// Whether it stands in the message itself, and not beside it in the store.
    #[must_use]
    pub fn is_in_the_message(self) -> bool {
        matches!(self, Self::Header | Self::Received)
    }

    /// What a person is told that it is.
    pub(crate) fn named(self) -> &'static str {
        match self {
            Self::Header => "Date header field",
            Self::Received => "topmost Received header field",
            Self::Delivered => "time of delivery in the file's name",
            Self::Internal => "internal date",
        }
    }

    /// Reads the field `date` of a source of this kind, which can tell the dates in `can`.
    ///
    /// # Errors
    /// [`SourceError::Config`], with the words that may stand there.
    pub fn read(
        id: &str,
        kind: &str,
        written: Option<&str>,
        can: &[Self],
    ) -> Result<Self, SourceError> {
        let Some(written) = written else {
            return Ok(Self::default());
        };
        if let Some(date) = can.iter().find(|date| date.as_str() == written) {
            return Ok(*date);
        }
        let of_others = Self::ALL.iter().any(|date| date.as_str() == written);
        let not = match of_others {
            true => format!("a source of the kind `{kind}` keeps no date `{written}`"),
            false => format!("`{written}` is not a date of mail"),
        };
        let words: Vec<_> = can.iter().map(|date| date.as_str()).collect();
        let why = format!("{not}; write {}", words.join(" or "));
        Err(SourceError::config(id, "date", why))
    }
}

#[cfg(test)]
mod tests;
