use serde::{Deserialize, Serialize};

use super::text::{one_text, only_digits};

/// An international telephone number (Recommendation ITU-T E.164): `+`, the country code, and the
/// rest, 15 digits at most; kept as `+` and digits.
///
/// Blanks, hyphens, dots, slashes and brackets between the digits are accepted and dropped, and so is
/// the `(0)` that stands for a national prefix. A number without its country code is another line in each
/// country, so it is refused.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

one_text!(PhoneNumber, "+46701740605");

impl PhoneNumber {
    /// Reads the number.
    ///
    /// # Errors
    /// A sentence that names the rule that `text` breaks, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fault = |why: &str| Err(format!("telephone number `{}`: {why}", text.escape_debug()));
        let Some(rest) = text.trim().strip_prefix('+') else {
            return fault(
                "write it with + and the country code, for example +46701740605; without the country code it is another line in each country (ITU-T E.164)",
            );
        };
        let rest = rest.replacen("(0)", "", 1);
        let separators = [
            ' ', '\u{a0}', '\u{202f}', '-', '\u{2011}', '\u{2013}', '.', '/', '(', ')',
        ];
        let digits = match only_digits(&rest, &separators, 10) {
            Ok(digits) => digits,
            Err(why) => return fault(&why),
        };
        if digits.is_empty() || digits.len() > 15 {
            return fault("an international number has 1 to 15 digits after the + (ITU-T E.164)");
        }
        if digits.starts_with('0') {
            return fault(
                "no country code begins with 0; write + and the country code, without 00 and without the 0 of the national number",
            );
        }
        Ok(Self(format!("+{digits}")))
    }
}
