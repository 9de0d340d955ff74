//! Which account an identifier names: exactly one, none, or an alias that is named and not
//! followed.

use std::collections::BTreeMap;

use lagrum_model::{AccountIdentifier, EmailAddress, Identifier};
use serde::Deserialize;

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
            Identifier::UserId(name) => Some(Self::Exact(name.as_str())),
            Identifier::PhoneNumber(number) => Some(Self::Exact(number.as_str())),
            _ => None,
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
