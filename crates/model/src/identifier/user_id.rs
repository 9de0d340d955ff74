use serde::{Deserialize, Serialize};

use super::text::one_text;
use crate::plainly_written;

/// The longest user id, in bytes.
const LONGEST: usize = 256;

/// The provider's own name or number for one account: one word of 1 to 256 bytes without blanks,
/// compared byte for byte. Words that describe somebody ("the person who posted yesterday", "Anna
/// Berg, Malmö") name no account.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UserId(String);

one_text!(UserId, "u-20417");

impl UserId {
    /// Reads the one word.
    ///
    /// # Errors
    /// A sentence that names the rule that `text` breaks, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fault = |why: &str| Err(format!("user id `{}`: {why}", text.escape_debug()));
        if let Err(why) = plainly_written(text) {
            return fault(&why);
        }
        if text.is_empty() {
            return fault("write the provider's own name or number of the account");
        }
        if text.len() > LONGEST {
            return fault("an account's name has at most 256 bytes");
        }
        if text.contains(char::is_whitespace) {
            return fault(
                "the provider's own name of one account is one word without blanks; words that describe somebody name no account: ask the authority for the user id or the mail address, or write what it says as it is with kind = \"search-term\"",
            );
        }
        Ok(Self(text.to_owned()))
    }
}
