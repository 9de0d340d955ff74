//! What another mail reader says of a message's date.

use lagrum_model::Period;
use mail_parser::MessageParser;

/// Whether another mail reader, too, places this message inside the period. The bytes are the
/// message's beginning, at least its whole header.
///
/// # Errors
/// A sentence that says why not.
pub fn second_opinion(beginning: &[u8], period: Period) -> Result<(), String> {
    let message = MessageParser::default()
        .parse_headers(beginning)
        .ok_or_else(|| "a second reader finds no header".to_owned())?;
    let date = message
        .date()
        .ok_or_else(|| "a second reader finds no date".to_owned())?;
    let instant = jiff::Timestamp::from_second(date.to_timestamp())
        .map_err(|_| "a second reader finds an impossible date".to_owned())?;
    if period.contains(instant) {
        Ok(())
    } else {
        Err("a second reader finds a date outside the mandate's period".into())
    }
}

/// The date as it stands in a message that begins so: unfolded, at most 200 characters.
#[must_use]
pub fn date_as_it_stands(beginning: &[u8]) -> Option<String> {
    let message = MessageParser::default().parse_headers(beginning)?;
    let raw = message.header_raw(mail_parser::HeaderName::Date)?;
    let words: Vec<_> = raw.split_ascii_whitespace().collect();
    Some(words.join(" ").chars().take(200).collect())
}
