use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A currency, by its three letters of ISO 4217.
///
/// What was recorded stays readable when a currency ends, so any three capital letters are read; whether ISO 4217
/// knows them and how it divides them, [`Currency::decimals`] says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads three capital letters.
    ///
    /// # Errors
    /// A sentence that shows the form.
    pub fn parse(text: &str) -> Result<Self, String> {
        <[u8; 3]>::try_from(text.as_bytes())
            .ok()
            .filter(|letters| letters.iter().all(u8::is_ascii_uppercase))
            .map(Self)
            .ok_or_else(|| {
                let text = text.escape_debug();
                format!("currency `{text}`: write three capital letters of ISO 4217, like EUR")
            })
    }

    /// Its three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals its unit has: 2 of EUR, 0 of JPY. Absent: ISO 4217 knows no such currency, or none that
    /// anybody pays with (gold, codes for tests).
    #[must_use]
    pub fn decimals(&self) -> Option<u32> {
        let known = iso_currency::Currency::from_code(self.as_str())?;
        known.exponent().map(u32::from)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
impl TryFrom<String> for Currency {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}
impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}
impl schemars::JsonSchema for Currency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Currency".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A currency, by its three letters of ISO 4217.",
            "pattern": "^[A-Z]{3}$",
            "examples": ["EUR"]
        })
    }
}

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// How much, in the smallest unit that ISO 4217 gives the currency: cents of EUR, whole yen of JPY.
    pub amount: u64,
    /// In which currency.
    pub currency: Currency,
}

impl Money {
    /// The most that one amount may be, in the smallest unit: a hundred thousand million.
    pub const MOST: u64 = 100_000_000_000;

    /// Reads an amount and its currency: `1250.50 SEK`. A comma may stand for the full stop; nothing separates
    /// thousands, because in some countries that is a comma and in others a full stop.
    ///
    /// # Errors
    /// A sentence that says what is wrong and shows the form.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = |why: &str| format!("amount `{}`: {why}", text.escape_debug());
        let (number, code) = text
            .trim()
            .split_once(' ')
            .ok_or_else(|| wrong("write it like 1250.50 SEK"))?;
        let currency = Currency::parse(code.trim_start())?;
        let decimals = currency
            .decimals()
            .ok_or_else(|| wrong("ISO 4217 knows no such currency"))?;
        let (whole, rest) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let places = usize::try_from(decimals).unwrap_or_default();
        if whole.is_empty() || !digits(whole) || !digits(rest) || number.ends_with(['.', ',']) {
            return Err(wrong("write it like 1250.50 SEK"));
        }
        if rest.len() > places {
            return Err(wrong(&format!("{currency} has {decimals} decimals")));
        }
        let amount = format!("{whole}{rest:0<places$}").parse().ok();
        let amount = amount.filter(|amount| *amount <= Self::MOST);
        amount
            .map(|amount| Self { amount, currency })
            .ok_or_else(|| wrong("it is too large"))
    }

    /// The number alone, in the currency's unit with all its decimals: `1250.50`. Absent where nobody knows how the
    /// currency is divided.
    #[must_use]
    pub fn number(&self) -> Option<String> {
        let places = usize::try_from(self.currency.decimals()?).ok()?;
        let digits = format!("{:0>1$}", self.amount, places + 1);
        let (whole, rest) = digits.split_at(digits.len() - places);
        Some(match rest {
            "" => whole.to_owned(),
            rest => format!("{whole}.{rest}"),
        })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number() {
            Some(number) => write!(f, "{number} {}", self.currency),
            None => write!(f, "{} smallest units of {}", self.amount, self.currency),
        }
    }
}

/// Sums, one for each currency: amounts of two currencies are never added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Sums(
    /// In the smallest unit of each currency.
    BTreeMap<Currency, u64>,
);

impl Sums {
    /// Adds an amount.
    pub fn add(&mut self, money: Money) {
        let sum = self.0.entry(money.currency).or_default();
        *sum = sum.saturating_add(money.amount);
    }

    /// Each currency with its sum, by its letters.
    pub fn iter(&self) -> impl Iterator<Item = Money> {
        self.0.iter().map(|(currency, amount)| Money {
            amount: *amount,
            currency: *currency,
        })
    }

    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    #[test]
    fn an_amount_is_kept_in_the_smallest_unit_that_iso_4217_gives_its_currency() {
        for (text, amount, shown) in [
            ("1250.50 SEK", 125_050, "1250.50 SEK"),
            ("1250,5 SEK", 125_050, "1250.50 SEK"),
            ("0.07 EUR", 7, "0.07 EUR"),
            ("  12   USD ", 1_200, "12.00 USD"),
            ("1250 JPY", 1_250, "1250 JPY"),
            ("1.234 KWD", 1_234, "1.234 KWD"),
            ("0 GBP", 0, "0.00 GBP"),
        ] {
            let read = money(text);
            assert_eq!((read.amount, read.to_string().as_str()), (amount, shown));
            assert_eq!(money(shown), read, "{shown}");
        }
    }

    #[test]
    fn what_could_be_another_amount_is_refused() {
        for text in [
            "",
            "SEK",
            "12",
            "12.345 SEK",
            "1.5 JPY",
            "1,250.50 SEK",
            "1 250 SEK",
            "-3 SEK",
            ". SEK",
            ".5 SEK",
            "5. SEK",
            "1e3 SEK",
            "12 sek",
            "12 SE",
            "12 SEKK",
            "12 XAU",
            "12 ZZZ",
            "١٢ SEK",
            "99999999999999999999 SEK",
            "1000000000.01 SEK",
        ] {
            assert!(Money::parse(text).is_err(), "{text}");
        }
        assert_eq!(money("1000000000 SEK").amount, Money::MOST);
    }

    #[test]
    fn a_currency_that_ended_stays_readable_and_nobody_guesses_how_it_is_divided() {
        let read: Money = serde_json::from_str(r#"{"amount":125,"currency":"QQQ"}"#).unwrap();
        assert_eq!(read.number(), None);
        assert_eq!(read.to_string(), "125 smallest units of QQQ");
        for wrong in ["eur", "EU", "EURO", "E1R", "ÅÄ"] {
            let json = format!(r#"{{"amount":1,"currency":"{wrong}"}}"#);
            assert!(serde_json::from_str::<Money>(&json).is_err(), "{wrong}");
        }
    }

    #[test]
    fn amounts_of_two_currencies_are_never_added() {
        let mut sums = Sums::default();
        for one in ["2 SEK", "1 EUR", "0.50 SEK"] {
            sums.add(money(one));
        }
        let all: Vec<_> = sums.iter().map(|one| one.to_string()).collect();
        assert_eq!(all, ["1.00 EUR", "2.50 SEK"]);
        let json = serde_json::to_string(&sums).unwrap();
        assert_eq!(json, r#"{"EUR":100,"SEK":250}"#);
        assert_eq!(serde_json::from_str::<Sums>(&json).unwrap(), sums);
    }
}
