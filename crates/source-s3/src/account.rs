//! Where an account's objects lie: below one prefix, which no other account shares.

use lagrum_model::EmailAddress;
use lagrum_source::Template;

/// The prefixes of all accounts. Each ends with `/`, and no account's begins with another's.
pub(crate) struct Prefixes {
    template: Template,
    /// The only domain whose accounts are here, where the prefix does not name the domain.
    domain: Option<String>,
}

impl Prefixes {
    /// Reads what the operator wrote.
    ///
    /// # Errors
    /// The field, and what is wrong with it.
    pub(crate) fn read(
        text: &str,
        domain: Option<&str>,
    ) -> Result<Self, (&'static str, &'static str)> {
        let wrong = |why| Err(("prefix", why));
        let Ok(template) = Template::parse(text) else {
            return wrong(
                "write where the objects of an account lie, below the bucket, with %u (the whole address) or %d (the domain) and %n (what stands before the @): `%d/%n/`",
            );
        };
        if !text.ends_with('/') {
            return wrong(
                "has to end with `/`: without it the keys of another account may begin like this one's",
            );
        }
        // `%%` is a percent sign.
        let plain = text.replace("%%", "");
        if plain.contains("%u") {
            return match domain {
                None => Ok(Self {
                    template,
                    domain: None,
                }),
                Some(_) => Err(("domain", "the prefix names the whole address; take it out")),
            };
        }
        let apart = |part: &str| matches!(part.matches('%').count(), 0 | 1);
        if !plain.split('/').all(apart) {
            return wrong("write `/` between %d and %n: else two accounts may have one prefix");
        }
        match (plain.contains("%d"), domain) {
            (true, None) => Ok(Self {
                template,
                domain: None,
            }),
            (true, Some(_)) => Err(("domain", "the prefix names the domain; take it out")),
            (false, None) => Err((
                "domain",
                "the prefix names no domain; write the only one whose accounts are here",
            )),
            (false, Some(domain)) => Ok(Self {
                template,
                domain: Some(domain.to_lowercase()),
            }),
        }
    }

    /// The prefix of an account; `None`: accounts of its domain are not here.
    ///
    /// # Errors
    /// When its name would make it lie elsewhere.
    pub(crate) fn of(&self, account: &EmailAddress) -> Result<Option<Vec<u8>>, String> {
        let domain = account.normal().rsplit_once('@').map(|(_, domain)| domain);
        if self
            .domain
            .as_deref()
            .is_some_and(|own| domain != Some(own))
        {
            return Ok(None);
        }
        let place = self.template.place_of(account)?;
        Ok(Some(place.into_os_string().into_encoded_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefix(text: &str, domain: Option<&str>, account: &str) -> Option<String> {
        let prefixes = Prefixes::read(text, domain).unwrap();
        let account = EmailAddress::parse(account).unwrap();
        let prefix = prefixes.of(&account).unwrap();
        prefix.map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_prefix_ends_with_a_slash_and_names_the_account_in_small_letters() {
        for (text, domain, found) in [
            ("%d/%n/", None, Some("kvist.example/bo/")),
            ("users/%u/", None, Some("users/bo@kvist.example/")),
            ("%n/files/%d/", None, Some("bo/files/kvist.example/")),
            ("100%%/%d/u-%n/", None, Some("100%/kvist.example/u-bo/")),
            ("%n/", Some("Kvist.example"), Some("bo/")),
            ("%n/", Some("other.example"), None),
        ] {
            assert_eq!(prefix(text, domain, "Bo@kvist.example").as_deref(), found);
        }
    }

    #[test]
    fn a_prefix_that_two_accounts_could_share_is_refused() {
        for (text, domain, field, says) in [
            ("%d/%n", None, "prefix", "end with `/`"),
            ("%d%n/", None, "prefix", "between"),
            ("%d-%n/", None, "prefix", "between"),
            ("%n/", None, "domain", "the only one"),
            ("%d/%n/", Some("kvist.example"), "domain", "take it out"),
            ("%u/", Some("kvist.example"), "domain", "take it out"),
            ("all/", None, "prefix", "%u"),
            ("../%n/", None, "prefix", "%u"),
            ("/%d/%n/", None, "prefix", "%u"),
        ] {
            let (of, why) = Prefixes::read(text, domain).err().unwrap();
            assert!(of == field && why.contains(says), "{text}: {of}: {why}");
        }
    }
}
