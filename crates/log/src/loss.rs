//! What the log's keeper says of entries that mean nothing to anybody any more: its record of them was lost, as after
//! a restore from an older copy. A public text of the log itself, so that nobody loses anything in silence.

use crate::error::Error;
use crate::text;

const WHAT: &str = "statement of a loss";
const FIRST_LINE: &str = "lagrum/log/v1/loss";
/// Characters of the reason.
const LONGEST_REASON: usize = 300;

/// That of some entries nobody can say any more what they stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The log.
    pub origin: String,
    /// The first of them.
    pub first: u64,
    /// The last of them.
    pub last: u64,
    /// How many of those from the first to the last are lost. Of the others the record was whole.
    pub lost: u64,
    /// When it was stated: seconds since 1970-01-01T00:00:00Z (POSIX).
    pub at: u64,
    /// Why, as the keeper says it: one line of 1 to 300 characters.
    pub why: String,
}

impl Loss {
    /// Reads the text strictly; none if it does not say of itself that it states a loss.
    ///
    /// # Errors
    /// [`Error::Malformed`], naming the rule.
    pub fn parse(bytes: &[u8]) -> Result<Option<Self>, Error> {
        let Some(rest) = bytes.strip_prefix(FIRST_LINE.as_bytes()) else {
            return Ok(None);
        };
        let wrong = || {
            Error::malformed(
                WHAT,
                "must have the lines origin, entries, lost, at, why and an empty one",
            )
        };
        let text = std::str::from_utf8(rest).map_err(|_| wrong())?;
        let mut lines = text.split('\n').skip(1);
        let mut value = |key: &str| {
            let line = lines.next().ok_or_else(wrong)?;
            let value = line.strip_prefix(key).ok_or_else(wrong)?;
            value.strip_prefix(' ').ok_or_else(wrong)
        };
        let number = |text: &str| text::decimal(text, WHAT);
        let origin = value("origin")?.to_owned();
        let (first, last) = value("entries")?.split_once(' ').ok_or_else(wrong)?;
        let loss = Self {
            origin,
            first: number(first)?,
            last: number(last)?,
            lost: number(value("lost")?)?,
            at: number(value("at")?)?,
            why: value("why")?.to_owned(),
        };
        loss.check()?;
        match loss.text().as_bytes() == bytes {
            true => Ok(Some(loss)),
            false => Err(wrong()),
        }
    }

    /// The text, as the log has it.
    ///
    /// # Errors
    /// [`Error::Malformed`] if it says what no loss can be.
    pub fn to_text(&self) -> Result<String, Error> {
        self.check()?;
        Ok(self.text())
    }

    fn text(&self) -> String {
        let Self {
            origin,
            first,
            last,
            lost,
            at,
            why,
        } = self;
        format!(
            "{FIRST_LINE}\norigin {origin}\nentries {first} {last}\nlost {lost}\nat {at}\nwhy {why}\n\n"
        )
    }

    fn check(&self) -> Result<(), Error> {
        let wrong = |rule| Err(Error::malformed(WHAT, rule));
        if self.first > self.last || self.last > 1 << 48 || self.at > 1 << 40 {
            return wrong("must have numbers that can be");
        }
        if self.lost == 0 || self.lost > self.last - self.first + 1 {
            return wrong("must have lost something, and no more than there is");
        }
        let is_line = self.why.trim() == self.why && !self.why.chars().any(char::is_control);
        if !is_line || !(1..=LONGEST_REASON).contains(&self.why.chars().count()) {
            return wrong("must say why in one line of 1 to 300 characters");
        }
        Ok(())
    }
}
