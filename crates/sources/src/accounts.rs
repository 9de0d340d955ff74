//! Where each account lies below a root.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use lagrum_model::{AccountIdentifier, EmailAddress};
use lagrum_source::{Aliases, Names, SearchResult, SourceError, Wanted};

use crate::beneath;

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
            if let Some(why) = beneath::place_fault(place) {
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
        apart(accounts).map_err(fault)?;
        Ok(Self {
            places: Names::new(accounts.clone()).map_err(fault)?,
            aliases: aliases.clone(),
        })
    }

    /// Each account, as the configuration writes it, with its place.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Path)> {
        let all = self.places.iter();
        all.map(|(account, place)| (account, place.as_path()))
    }

    /// The place of the account, or the outcome that takes the place of a search.
    pub(crate) fn place(&self, identifier: &AccountIdentifier) -> Result<&Path, SearchResult> {
        let wanted = Wanted::of(identifier).ok_or(SearchResult::NO_SUCH_IDENTIFIER)?;
        if let Some(place) = self.places.find(wanted) {
            return Ok(place);
        }
        Err(match self.aliases.of(wanted) {
            Some(of) => SearchResult::Alias { of: of.to_owned() },
            None => SearchResult::UnknownAccount,
        })
    }
}

/// Whether each account has a place of its own, and none within another's: else the mail of one would
/// be found for the other.
fn apart(accounts: &BTreeMap<String, PathBuf>) -> Result<(), String> {
    let names = |place: &PathBuf| -> Vec<_> {
        let parts = place.components().filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_owned()),
            _ => None,
        });
        parts.collect()
    };
    let mut places: Vec<_> = accounts
        .iter()
        .map(|(account, place)| (names(place), account))
        .collect();
    places.sort_unstable();
    // What lies within a place comes directly behind it, or behind what lies there too.
    for pair in places.windows(2) {
        let [(outer, one), (inner, other)] = pair else {
            continue;
        };
        if outer == inner {
            return Err(format!(
                "`{one}` and `{other}` have the same place, so it is not certain whose mail lies there; give each its own"
            ));
        }
        if inner.starts_with(outer) {
            return Err(format!(
                "the place of `{other}` lies within that of `{one}`, whose search would find the mail of both; give each a place of its own"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use lagrum_model::Identifier;

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
            Err(SearchResult::UnknownAccount)
        );
        assert_eq!(accounts.place(&user("Bok")), Ok(Path::new("bok")));
        assert_eq!(
            accounts.place(&user("bok")),
            Err(SearchResult::UnknownAccount)
        );
        assert_eq!(
            accounts.place(&email("alder+x@kvist.example")),
            Err(SearchResult::UnknownAccount)
        );
    }

    #[test]
    fn an_alias_is_named_and_not_followed() {
        let aliases = Aliases::try_from(map(&[("Info@kvist.example", "alder@kvist.example")]));
        let places = map(&[("alder@kvist.example", "alder")]);
        let accounts = Accounts::new("m", &places, &aliases.expect("valid")).expect("valid");
        assert_eq!(
            accounts.place(&email("INFO@kvist.example")),
            Err(SearchResult::Alias {
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
    fn places_that_coincide_or_lie_in_each_other_are_a_fault_of_the_configuration() {
        for (one, other, apart) in [
            ("b", "b", false),
            ("b", "./b/", false),
            ("b", "b/ek", false),
            (".", "b", false),
            ("b/./c", "b/c/d", false),
            ("b", "b-2", true),
            ("b/c", "b/d", true),
            ("bc", "b", true),
        ] {
            let places = map(&[("a@b.example", one), ("c@b.example", other)]);
            let accounts = Accounts::new("m", &places, &Aliases::default());
            assert_eq!(accounts.is_ok(), apart, "{one} {other}");
        }
        let many = map(&[("a@b", "b"), ("c@b", "b-2"), ("d@b", "c"), ("e@b", "b/x/y")]);
        assert!(Accounts::new("m", &many, &Aliases::default()).is_err());
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
        assert_eq!(
            accounts.place(&identifier),
            Err(SearchResult::NO_SUCH_IDENTIFIER)
        );
    }
}
