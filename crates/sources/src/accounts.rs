//! Which account an identifier names: exactly one, none, or an alias that is named and not
//! followed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lagrum_model::{AccountIdentifier, EmailAddress, Identifier};
use serde::Deserialize;

use crate::{Outcome, SourceError, store};

/// Other names of accounts: each alias with the account that it stands for, given once for all
/// sources. Two spellings of one address are one alias, so they may not both occur.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct Aliases(Names<String>);

/// The account that a search is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted<'a> {
    /// A mail address in normal form; compared with the ASCII letters lowered.
    Email(&'a str),
    /// Any other name; compared byte for byte.
    Exact(&'a str),
}

impl<'a> Wanted<'a> {
    /// What `identifier` asks for, if it names an account by a name.
    pub(crate) fn of(identifier: &'a AccountIdentifier) -> Option<Self> {
        match identifier.get() {
            Identifier::EmailAddress(address) => Some(Self::Email(address.normal())),
            Identifier::UserId(name) | Identifier::PhoneNumber(name) => Some(Self::Exact(name)),
            Identifier::IpAddress { .. } | Identifier::Network(_) => None,
        }
    }

    /// Whether `stored` is this account.
    pub(crate) fn is(&self, stored: &str) -> bool {
        match self {
            // No other character of a mail address lowers to an ASCII letter.
            Self::Email(normal) => stored.eq_ignore_ascii_case(normal),
            Self::Exact(name) => stored == *name,
        }
    }

    /// The name.
    pub(crate) fn name(&self) -> &'a str {
        match self {
            Self::Email(name) | Self::Exact(name) => name,
        }
    }
}

/// The answer for an order by a kind of identifier that names no account here.
pub(crate) const NO_SUCH_IDENTIFIER: Outcome = Outcome::NotServed {
    why: "the source knows accounts by name only, not by Internet address",
};

/// The answer for an order for a category that the source does not hold.
pub(crate) const NO_SUCH_CATEGORY: Outcome = Outcome::NotServed {
    why: "the source does not serve this category",
};

/// Values by name. A name with `@` is a mail address; it is found by its normal form, or byte for
/// byte as a user id.
#[derive(Clone, Debug)]
struct Names<T> {
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
    fn new(written: BTreeMap<String, T>) -> Result<Self, String> {
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

    fn find(&self, wanted: Wanted<'_>) -> Option<&T> {
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
    pub(crate) fn of(&self, wanted: Wanted<'_>) -> Option<&str> {
        self.0.find(wanted).map(String::as_str)
    }
}

/// Where each account lies below a root.
#[derive(Clone, Debug)]
pub(crate) struct Accounts {
    places: Names<PathBuf>,
    aliases: Aliases,
}

impl Accounts {
    /// Checks the accounts of the source `id`.
    pub(crate) fn new(
        id: &str,
        accounts: &BTreeMap<String, PathBuf>,
        aliases: &Aliases,
    ) -> Result<Self, SourceError> {
        let fault = |why: String| SourceError::config(id, "accounts", why);
        if accounts.is_empty() {
            return Err(fault("names no account; write at least one".into()));
        }
        for (name, place) in accounts {
            if let Some(why) = store::place_fault(place) {
                return Err(fault(format!("the place of `{name}` {why}")));
            }
            let wanted = match EmailAddress::parse(name) {
                Ok(address) => aliases.of(Wanted::Email(address.normal())),
                Err(_) => aliases.of(Wanted::Exact(name)),
            };
            if let Some(of) = wanted {
                return Err(fault(format!(
                    "`{name}` is also an alias of `{of}`; keep it in one of the two lists"
                )));
            }
        }
        Ok(Self {
            places: Names::new(accounts.clone()).map_err(fault)?,
            aliases: aliases.clone(),
        })
    }

    /// The place of the account, or the outcome that takes the place of a search.
    pub(crate) fn place(&self, identifier: &AccountIdentifier) -> Result<&Path, Outcome> {
        let wanted = Wanted::of(identifier).ok_or(NO_SUCH_IDENTIFIER)?;
        if let Some(place) = self.places.find(wanted) {
            return Ok(place);
        }
        Err(match self.aliases.of(wanted) {
            Some(of) => Outcome::Alias { of: of.to_owned() },
            None => Outcome::UnknownAccount,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(text: &str) -> AccountIdentifier {
        Identifier::EmailAddress(EmailAddress::parse(text).expect("an address"))
            .try_into()
            .expect("an account")
    }

    fn user(text: &str) -> AccountIdentifier {
        Identifier::UserId(text.into())
            .try_into()
            .expect("an account")
    }

    fn map<T: From<&'static str>>(pairs: &[(&str, &'static str)]) -> BTreeMap<String, T> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), T::from(*value)))
            .collect()
    }

    #[test]
    fn an_address_is_found_in_any_letter_case_and_a_user_id_only_as_it_is_written() {
        let places = map(&[("Alder@kvist.example", "alder"), ("Bok", "bok")]);
        let accounts = Accounts::new("m", &places, &Aliases::default()).expect("valid");
        assert_eq!(
            accounts.place(&email("aLDER@KVIST.example")),
            Ok(Path::new("alder"))
        );
        assert_eq!(
            accounts.place(&user("Alder@kvist.example")),
            Ok(Path::new("alder"))
        );
        assert_eq!(
            accounts.place(&user("alder@kvist.example")),
            Err(Outcome::UnknownAccount)
        );
        assert_eq!(accounts.place(&user("Bok")), Ok(Path::new("bok")));
        assert_eq!(accounts.place(&user("bok")), Err(Outcome::UnknownAccount));
        assert_eq!(
            accounts.place(&email("alder+x@kvist.example")),
            Err(Outcome::UnknownAccount)
        );
    }

    #[test]
    fn an_alias_is_named_and_not_followed() {
        let aliases = Aliases::try_from(map(&[("Info@kvist.example", "alder@kvist.example")]));
        let places = map(&[("alder@kvist.example", "alder")]);
        let accounts = Accounts::new("m", &places, &aliases.expect("valid")).expect("valid");
        assert_eq!(
            accounts.place(&email("INFO@kvist.example")),
            Err(Outcome::Alias {
                of: "alder@kvist.example".into()
            })
        );
    }

    #[test]
    fn two_spellings_of_one_address_are_a_fault_of_the_configuration() {
        let pairs = [("alder@kvist.example", "a"), ("Alder@Kvist.example", "b")];
        let places = map(&pairs);
        assert!(Accounts::new("m", &places, &Aliases::default()).is_err());
        assert!(Aliases::try_from(map(&pairs)).is_err());
        assert!(Aliases::try_from(map(&[("a@b.example", "A@b.example")])).is_err());
    }

    #[test]
    fn a_place_outside_the_root_is_a_fault_of_the_configuration() {
        for place in ["/etc", "../x", "a/../../x", "", "a\0b"] {
            let places = map(&[("a@b.example", place)]);
            let error = Accounts::new("m", &places, &Aliases::default()).expect_err(place);
            assert!(error.to_string().contains("accounts"), "{error}");
        }
    }

    #[test]
    fn a_name_that_is_both_account_and_alias_is_a_fault_of_the_configuration() {
        let aliases = Aliases::try_from(map(&[("A@b.example", "c@b.example")])).expect("valid");
        let places = map(&[("a@b.example", "a")]);
        assert!(Accounts::new("m", &places, &aliases).is_err());
    }

    #[test]
    fn an_internet_address_names_no_account_of_a_store() {
        let identifier = Identifier::IpAddress {
            address: [192, 0, 2, 1].into(),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let places = map(&[("a@b.example", "a")]);
        let accounts = Accounts::new("m", &places, &Aliases::default()).expect("valid");
        let identifier = identifier.try_into().expect("an account");
        assert_eq!(accounts.place(&identifier), Err(NO_SUCH_IDENTIFIER));
    }
}
