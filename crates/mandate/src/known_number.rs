use jiff::civil::Date;
use lagrum_model::CountryCode;
use serde::{Deserialize, Serialize};

use crate::recipient_name::check_name;
use crate::{TelephoneNumber, signed_text};

/// First line of the text that two people sign to make a number known.
const HEADING: &str = "lagrum-telephone/1";

/// A telephone number that two people found to be an authority's, each by themselves: the only ones on which a
/// passphrase is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownNumber {
    /// Whose number it is, as mandates name the authority.
    pub name: String,
    /// The country that the authority acts for.
    pub country: CountryCode,
    /// The number.
    pub number: TelephoneNumber,
    /// Since which day it is known.
    pub since: Date,
}

impl KnownNumber {
    /// The text that two people of the roster sign to make it known: readable by who signs it, and exact to the
    /// byte.
    #[must_use]
    pub fn to_text(&self) -> String {
        signed_text::write(HEADING, self)
    }

    /// Whether a text begins as one of these does.
    #[must_use]
    pub fn is_begun(text: &str) -> bool {
        text.starts_with(HEADING)
    }

    /// Reads the text, and accepts only what [`KnownNumber::to_text`] writes.
    ///
    /// # Errors
    /// A sentence that says what it is not.
    pub fn parse(text: &str) -> Result<Self, String> {
        let known: Self =
            signed_text::read(HEADING, "telephone number", text).map_err(|e| e.to_string())?;
        check_name(&known.name)?;
        Ok(known)
    }
}
