//! Where each account lies below a root.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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
        Ok(Self {
            places: Names::new(accounts.clone()).map_err(fault)?,
            aliases: aliases.clone(),
        })
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
