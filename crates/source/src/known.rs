//! What the agent knows of the accounts of a mandate.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lagrum_model::{AccountIdentifier, EmailAddress, Identifier};

use crate::{Aliases, Wanted};

/// Why an account has no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPlace {
    /// It is named by something that is no name.
    NotAName,
    /// It is another name of this account.
    Alias(String),
    /// The source has no place for it.
    Unknown,
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

    /// Where an account lies below the root of a source.
    ///
    /// # Errors
    /// Why it lies nowhere.
    pub fn place(&self, source: &str, identifier: &AccountIdentifier) -> Result<&Path, NoPlace> {
        let account = self.account(identifier)?;
        let key = (source.to_owned(), account.normal().to_owned());
        let found = self.places.get(&key);
        found.map(PathBuf::as_path).ok_or(NoPlace::Unknown)
    }

    /// The address of the account that is named, for a store that knows its accounts itself.
    ///
    /// # Errors
    /// When it is named by something else than an address of its own.
    pub fn account<'i>(
        &self,
        identifier: &'i AccountIdentifier,
    ) -> Result<&'i EmailAddress, NoPlace> {
        let wanted = Wanted::of(identifier).ok_or(NoPlace::NotAName)?;
        if let Some(of) = self.aliases.of(wanted) {
            return Err(NoPlace::Alias(of.to_owned()));
        }
        match identifier.get() {
            Identifier::EmailAddress(address) => Ok(address),
            _ => Err(NoPlace::Unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use lagrum_model::AddressAt;

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
                named(Identifier::UserId(
                    "alder@kvist.example".parse().expect("an id"),
                )),
            ),
        ] {
            assert_eq!(place(source, other), Err(NoPlace::Unknown));
        }
        let of = "alder@kvist.example".to_owned();
        assert_eq!(
            place("mail", email("INFO@kvist.example")),
            Err(NoPlace::Alias(of))
        );
        let epoch = jiff::Timestamp::UNIX_EPOCH;
        let address = AddressAt::new([192, 0, 2, 1].into(), None, epoch).expect("an address");
        let address = Identifier::IpAddress(address);
        assert_eq!(place("mail", named(address)), Err(NoPlace::NotAName));
    }

    #[test]
    fn two_spellings_of_one_alias_are_refused_and_one_that_stands_for_itself() {
        let (a, upper) = ("a@b.example", "A@b.example");
        assert!(aliases(&[(a, "c@b.example"), (upper, "d@b.example")]).is_err());
        assert!(aliases(&[(a, upper)]).is_err());
    }
}
