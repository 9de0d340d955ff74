use serde::{Deserialize, Serialize};

use super::text::{one_text, only_digits};

/// The separators that people write into numbers of devices.
const SEPARATORS: [char; 5] = [' ', '\u{a0}', '-', '/', '.'];

/// The number of a mobile device (IMEI, 3GPP TS 23.003 clause 6.2.1): 15 digits, of which the last is
/// the check digit. Separators are accepted and dropped.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Imei(String);

one_text!(Imei, "490154203237518");

impl Imei {
    /// Reads the number.
    ///
    /// # Errors
    /// A sentence that names the rule that `text` breaks, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fault = |why: &str| Err(format!("IMEI `{}`: {why}", text.escape_debug()));
        let digits = match only_digits(text, &SEPARATORS, 10) {
            Ok(digits) => digits,
            Err(why) => return fault(&why),
        };
        match digits.len() {
            15 if luhn(&digits) => Ok(Self(digits)),
            15 => fault(
                "its check digit does not fit the others, so that one of them is wrong; compare it with the paper",
            ),
            14 => fault("the check digit is missing; write all 15 digits"),
            16 => fault(
                "16 digits are an IMEI with a software version (IMEISV); write the 15 digits of the IMEI, the last of which is the check digit",
            ),
            _ => fault("write its 15 digits"),
        }
    }
}

/// Whether the last digit is the check digit of the others (Luhn; ISO/IEC 7812-1 annex B).
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(
            |(place, digit)| match (place % 2, u32::from(digit - b'0')) {
                (0, digit) => digit,
                (_, digit) => digit * 2 / 10 + digit * 2 % 10,
            },
        )
        .sum();
    sum.is_multiple_of(10)
}

/// The number of a mobile subscription (IMSI, Recommendation ITU-T E.212): 6 to 15 digits that begin
/// with a mobile country code. Separators are accepted and dropped.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Imsi(String);

one_text!(Imsi, "240990123456789");

impl Imsi {
    /// Reads the number.
    ///
    /// # Errors
    /// A sentence that names the rule that `text` breaks.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fault = |why: &str| Err(format!("IMSI `{}`: {why}", text.escape_debug()));
        let digits = match only_digits(text, &SEPARATORS, 10) {
            Ok(digits) => digits,
            Err(why) => return fault(&why),
        };
        if !(6..=15).contains(&digits.len()) {
            return fault("write its digits, 15 at most (ITU-T E.212)");
        }
        if digits.starts_with(['0', '1', '8']) {
            return fault("it begins with no mobile country code that a network has (ITU-T E.212)");
        }
        Ok(Self(digits))
    }
}

/// The number of a network interface (EUI-48, IEEE 802): six pairs of hexadecimal digits, kept in
/// small letters with colons. Hyphens, dots or no separators are accepted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MacAddress(String);

one_text!(MacAddress, "00:1b:63:84:45:e6");

impl MacAddress {
    /// Reads the number.
    ///
    /// # Errors
    /// A sentence that names the rule that `text` breaks.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fault = |why: &str| Err(format!("MAC address `{}`: {why}", text.escape_debug()));
        let digits = match only_digits(text, &[':', '-', '.', ' '], 16) {
            Ok(digits) => digits,
            Err(why) => return fault(&why),
        };
        if digits.len() != 12 {
            return fault("write six pairs of hexadecimal digits, for example 00:1b:63:84:45:e6");
        }
        let first = u8::from_str_radix(&digits[..2], 16).unwrap_or(1);
        if first % 2 == 1 || digits.bytes().all(|digit| digit == b'0') {
            return fault(
                "it is a group of devices or none (IEEE 802), so that it names no device",
            );
        }
        let pairs: Vec<_> = (0..6).map(|pair| &digits[2 * pair..2 * pair + 2]).collect();
        Ok(Self(pairs.join(":")))
    }
}
