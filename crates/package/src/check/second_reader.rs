//! What another mail reader says of the date that decides.

use std::sync::LazyLock;

use jiff::Timestamp;
use lagrum_model::{DateRule, Period};
use mail_parser::{DateTime, HeaderName, Message, MessageParser};

/// Reads the dates that may decide and what the message is, and passes over every other field: addresses and subjects
/// take most of the time of a whole header, and decide nothing.
static OF_DATE: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new()
        .header_date(HeaderName::Date)
        .header_content_type(HeaderName::ContentType)
        .default_header_ignore()
});

/// The same, with what servers wrote on the way.
static OF_RECEIVED: LazyLock<MessageParser> =
    LazyLock::new(|| OF_DATE.clone().header_received(HeaderName::Received));

/// The header of the message that begins so, as far as a source of this rule needs it.
pub(super) fn header_of(rule: DateRule, beginning: &[u8]) -> Option<Message<'_>> {
    let parser = match rule {
        DateRule::ReceivedField => &*OF_RECEIVED,
        _ => &*OF_DATE,
    };
    parser.parse_headers(beginning)
}

/// What another mail reader makes of a message.
pub struct SecondReader<'b> {
    pub(super) rule: DateRule,
    pub(super) beginning: &'b [u8],
    pub(super) message: Option<Message<'b>>,
}

impl<'b> SecondReader<'b> {
    /// Reads the message that begins so, in a source of this rule: at least its whole header.
    #[must_use]
    pub fn of(rule: DateRule, beginning: &'b [u8]) -> Self {
        Self {
            rule,
            beginning,
            message: header_of(rule, beginning),
        }
    }

    /// Whether it, too, places the message inside the period. `stored` is what the store says of its date beside it, as it
    /// writes it, where that decides.
    ///
    /// # Errors
    /// A sentence that says why not.
    pub fn agrees(&self, stored: Option<&str>, period: Period) -> Result<(), String> {
        let rule = self.rule;
        let instant = match rule {
            DateRule::MessageDate | DateRule::ReceivedField => {
                let message = (self.message.as_ref())
                    .ok_or_else(|| "a second reader finds no header".to_owned())?;
                let date = date_of(rule, message)
                    .ok_or_else(|| "a second reader finds no date".to_owned())?;
                Timestamp::from_second(date.to_timestamp())
                    .map_err(|_| "a second reader finds an impossible date".to_owned())?
            }
            DateRule::DeliveryTime | DateRule::InternalDate => {
                let stored = stored.ok_or("what the store says of its date is missing")?;
                stored_date(rule, stored).ok_or_else(|| {
                    "a second reader cannot read what the store says of its date".to_owned()
                })?
            }
            DateRule::EventTime
            | DateRule::LastModified
            | DateRule::ObjectMetadata
            | DateRule::PresentState => {
                return Err("its source has no date of messages".into());
            }
        };
        if period.contains(instant) {
            Ok(())
        } else {
            Err("a second reader finds a date outside the mandate's period".into())
        }
    }
}

/// The date that decides, if it stands in the header.
pub(super) fn date_of<'m>(rule: DateRule, message: &'m Message<'_>) -> Option<&'m DateTime> {
    match rule {
        DateRule::ReceivedField => {
            let topmost = message.header_values(HeaderName::Received).next()?;
            topmost.as_received()?.date.as_ref()
        }
        _ => message.date(),
    }
}

/// Reads what a store says: seconds since 1970 (UTC), or an internal date (RFC 3501 section 9; RFC 8620 section 1.4).
pub(super) fn stored_date(rule: DateRule, stored: &str) -> Option<Timestamp> {
    match stored.parse() {
        Ok(seconds) => Timestamp::from_second(seconds).ok(),
        Err(_) if rule == DateRule::InternalDate => match stored.ends_with('Z') {
            true => stored.parse().ok(),
            false => Timestamp::strptime("%d-%b-%Y %H:%M:%S %z", stored.trim_start()).ok(),
        },
        Err(_) => None,
    }
}

/// The date that decides as it stands in a message that begins so, or beside it: unfolded, at most 200
/// characters.
#[must_use]
pub fn date_as_it_stands(rule: DateRule, beginning: &[u8], stored: Option<&str>) -> Option<String> {
    let name = match rule {
        DateRule::ReceivedField => HeaderName::Received,
        DateRule::MessageDate => HeaderName::Date,
        _ => return stored.map(|stored| stored.chars().take(200).collect()),
    };
    let message = header_of(rule, beginning)?;
    // The topmost is the one that decides where there are several.
    let (_, raw) = message.headers_raw().find(|(field, _)| {
        let field = field.trim_ascii();
        field.eq_ignore_ascii_case(name.as_str())
    })?;
    let raw = match rule {
        DateRule::ReceivedField => raw.rsplit(';').next().unwrap_or(raw),
        _ => raw,
    };
    let words: Vec<_> = raw.split_ascii_whitespace().collect();
    Some(words.join(" ").chars().take(200).collect())
}
