//! Which account an identifier names: exactly one, none, or an alias that is named and not
//! followed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lagrum_model::{AccountIdentifier, EmailAddress, Identifier};
use serde::Deserialize;

use crate::SearchResult;

/// Other names of accounts: each alias with the account that it stands for, given once for all
/// sources. Two spellings of one address are one alias, so they may not both occur.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct Aliases(Names<String>);

/// The account that a search is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wanted<'a> {
    /// A mail address in normal form; compared with the ASCII letters lowered.
    Email(&'a str),
    /// Any other name; compared byte for byte.
    Exact(&'a str),
}

impl<'a> Wanted<'a> {
    /// What `identifier` asks for, if it names an account by a name.
    #[must_use]
    pub fn of(identifier: &'a AccountIdentifier) -> Option<Self> {
        match identifier.get() {
            Identifier::EmailAddress(address) => Some(Self::Email(address.normal())),
            Identifier::UserId(name) | Identifier::PhoneNumber(name) => Some(Self::Exact(name)),
            Identifier::IpAddress { .. } | Identifier::Network(_) => None,
        }
    }

    /// Whether `stored` is this account.
    #[must_use]
    pub fn is(&self, stored: &str) -> bool {
        match self {
            // No other character of a mail address lowers to an ASCII letter.
            Self::Email(normal) => stored.eq_ignore_ascii_case(normal),
            Self::Exact(name) => stored == *name,
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &'a str {
        match self {
            Self::Email(name) | Self::Exact(name) => name,
        }
    }
}

impl SearchResult {
    /// The answer for an order by a kind of identifier that names no account here.
    pub const NO_SUCH_IDENTIFIER: Self = Self::NotServed {
        why: "the source knows accounts by name only, not by Internet address",
    };

    /// The answer for an order for a category that the source does not hold.
    pub const NO_SUCH_CATEGORY: Self = Self::NotServed {
        why: "the source does not serve this category",
    };
}

/// Values by name. A name with `@` is a mail address; it is found by its normal form, or byte for
/// byte as a user id.
#[derive(Clone, Debug)]
pub struct Names<T> {
    written: BTreeMap<String, T>,
    normal: BTreeMap<String, String>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self {
            written: BTreeMap::new(),
            normal: BTreeMap::new(),
        }
    }
}

impl<T> Names<T> {
    /// Checks the names.
    ///
    /// # Errors
    /// A sentence that names the name and the rule: no wildcards, and no address twice.
    pub fn new(written: BTreeMap<String, T>) -> Result<Self, String> {
        let mut normal: BTreeMap<String, String> = BTreeMap::new();
        for name in written.keys() {
            if name.trim().is_empty() || name.contains(['*', '%', '?']) {
                return Err(format!(
                    "`{name}`: write the name of one account, without wildcards"
                ));
            }
            if !name.contains('@') {
                continue;
            }
            let address = EmailAddress::parse(name)?;
            if let Some(other) = normal.insert(address.normal().to_owned(), name.clone()) {
                return Err(format!(
                    "`{other}` and `{name}` are the same address; keep one"
                ));
            }
        }
        Ok(Self { written, normal })
    }

    /// Each name as it is written, with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        let all = self.written.iter();
        all.map(|(name, value)| (name.as_str(), value))
    }

    /// What stands under the name that is wanted.
    #[must_use]
    pub fn find(&self, wanted: Wanted<'_>) -> Option<&T> {
        match wanted {
            Wanted::Email(normal) => self.written.get(self.normal.get(normal)?),
            Wanted::Exact(name) => self.written.get(name),
        }
    }
}

impl TryFrom<BTreeMap<String, String>> for Aliases {
    type Error = String;
    fn try_from(written: BTreeMap<String, String>) -> Result<Self, String> {
        let names = Names::new(written).map_err(|why| format!("aliases: {why}"))?;
        if let Some((alias, _)) = names.written.iter().find(|(alias, of)| {
            alias == of || (alias.contains('@') && alias.eq_ignore_ascii_case(of))
        }) {
            return Err(format!("aliases: `{alias}` stands for itself; remove it"));
        }
        Ok(Self(names))
    }
}

/// What is known of the accounts that a mandate names: looked up once, by the agent, for the law and
/// for all sources.
#[derive(Clone, Debug, Default)]
pub struct Known {
    aliases: Aliases,
    /// By the source's id and the account's address in normal form.
    places: BTreeMap<(String, String), PathBuf>,
}

impl Known {
    /// Accounts with these other names.
    #[must_use]
    pub fn new(aliases: Aliases) -> Self {
        let places = BTreeMap::new();
        Self { aliases, places }
    }

    /// Adds where an account lies below the root of a source.
    pub fn add_place(&mut self, source: &str, account: &EmailAddress, place: PathBuf) {
        let key = (source.to_owned(), account.normal().to_owned());
        self.places.insert(key, place);
    }

    /// The other names.
    #[must_use]
    pub fn aliases(&self) -> &Aliases {
        &self.aliases
    }

    /// Where an account lies below the root of a source, or the outcome that takes the place of a
    /// search.
    ///
    /// # Errors
    /// The outcome.
    pub fn place(
        &self,
        source: &str,
        identifier: &AccountIdentifier,
    ) -> Result<&Path, SearchResult> {
        let wanted = Wanted::of(identifier).ok_or(SearchResult::NO_SUCH_IDENTIFIER)?;
        if let Some(of) = self.aliases.of(wanted) {
            return Err(SearchResult::Alias { of: of.to_owned() });
        }
        let found = match wanted {
            Wanted::Email(normal) => self.places.get(&(source.to_owned(), normal.to_owned())),
            Wanted::Exact(_) => None,
        };
        found
            .map(PathBuf::as_path)
            .ok_or(SearchResult::UnknownAccount)
    }
}

impl Aliases {
    /// The account that `wanted` is an alias of.
    #[must_use]
    pub fn of(&self, wanted: Wanted<'_>) -> Option<&str> {
        self.0.find(wanted).map(String::as_str)
    }

    /// The other names of the account `wanted`. What a store holds under one of them is the
    /// account's: a person signs in, or is written down, by any name that they have.
    pub fn names_of<'s>(&'s self, wanted: Wanted<'_>) -> impl Iterator<Item = Wanted<'s>> {
        let Names { written, normal } = &self.0;
        let addresses = normal
            .iter()
            .map(|(normal, alias)| (alias, Wanted::Email(normal)));
        let others = written
            .keys()
            .filter(|alias| !alias.contains('@'))
            .map(|alias| (alias, Wanted::Exact(alias.as_str())));
        addresses
            .chain(others)
            .filter(move |(alias, _)| written.get(*alias).is_some_and(|of| wanted.is(of)))
            .map(|(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(identifier: Identifier) -> AccountIdentifier {
        identifier.try_into().expect("an account")
    }

    fn email(text: &str) -> AccountIdentifier {
        let address = EmailAddress::parse(text).expect("an address");
        named(Identifier::EmailAddress(address))
    }

    fn aliases(pairs: &[(&str, &str)]) -> Result<Aliases, String> {
        let pairs = pairs.iter();
        let pairs = pairs.map(|(alias, of)| ((*alias).to_owned(), (*of).to_owned()));
        Aliases::try_from(pairs.collect::<BTreeMap<_, _>>())
    }

    #[test]
    fn a_place_is_found_by_the_address_in_any_letter_case_and_an_alias_is_not_followed() {
        let aliases = aliases(&[("Info@kvist.example", "alder@kvist.example")]);
        let mut known = Known::new(aliases.expect("valid"));
        let alder = EmailAddress::parse("Alder@kvist.example").expect("an address");
        known.add_place("mail", &alder, "alder".into());
        let place = |source, identifier: AccountIdentifier| {
            known.place(source, &identifier).map(Path::to_owned)
        };
        assert_eq!(
            place("mail", email("aLDER@KVIST.example")),
            Ok("alder".into())
        );
        for (source, other) in [
            ("mail", email("alder+x@kvist.example")),
            ("archive", email("alder@kvist.example")),
            (
                "mail",
                named(Identifier::UserId("alder@kvist.example".into())),
            ),
        ] {
            assert_eq!(place(source, other), Err(SearchResult::UnknownAccount));
        }
        let of = "alder@kvist.example".to_owned();
        assert_eq!(
            place("mail", email("INFO@kvist.example")),
            Err(SearchResult::Alias { of })
        );
        let address = Identifier::IpAddress {
            address: [192, 0, 2, 1].into(),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        assert_eq!(
            place("mail", named(address)),
            Err(SearchResult::NO_SUCH_IDENTIFIER)
        );
    }

    #[test]
    fn two_spellings_of_one_alias_are_refused_and_one_that_stands_for_itself() {
        let (a, upper) = ("a@b.example", "A@b.example");
        assert!(aliases(&[(a, "c@b.example"), (upper, "d@b.example")]).is_err());
        assert!(aliases(&[(a, upper)]).is_err());
    }
}
