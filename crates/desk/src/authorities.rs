use jiff::civil::Date;
use lagrum_mandate::{TelephoneNumber, ToldPassphrase};
use lagrum_model::{
    Actor, AuthorityKind, Case, Channel, CountryCode, Demand, EmailAddress, Original, RecipientKey,
    SenderWarning,
};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// Authorities whose contact details a person checked beforehand.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorities {
    /// The authorities.
    #[serde(default, rename = "authority", deserialize_with = "callable")]
    pub authorities: Vec<KnownAuthority>,
}

/// One authority whose contact details were checked.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownAuthority {
    /// Its name.
    pub name: String,
    /// The country it acts for.
    pub country: CountryCode,
    /// What kind it is.
    pub kind: AuthorityKind,
    /// The domains of its mail addresses, matched whole.
    pub domains: Vec<String>,
    /// The number to call back, found independently of any demand.
    pub telephone: String,
    /// The day on which these details were last checked with the authority itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<lagrum_model::schema::Day>")]
    pub checked: Option<Date>,
    /// Who checked them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_by: Option<String>,
    /// Its public key for sealed packages (`age1…`, or the name of an OpenPGP or X.509 certificate), if it gave one through a checked channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_key: Option<RecipientKey>,
    /// Who tells it a one-time passphrase on that number, if it has no key: the id of a person on the agents' rosters.
    /// Absent: nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passphrase_told_by: Option<String>,
}

/// Authorities, each of which can be called where somebody is to tell it a passphrase: its number has its country's code.
fn callable<'de, D: Deserializer<'de>>(file: D) -> Result<Vec<KnownAuthority>, D::Error> {
    let all = Vec::<KnownAuthority>::deserialize(file)?;
    for one in all.iter().filter(|one| one.passphrase_told_by.is_some()) {
        TelephoneNumber::parse(&one.telephone)
            .map_err(|why| D::Error::custom(format!("{}: {why}", one.name)))?;
    }
    Ok(all)
}

impl KnownAuthority {
    /// Who tells it a passphrase on which number; nothing, where nobody does.
    #[must_use]
    pub fn told(&self) -> Option<ToldPassphrase> {
        let by = self.passphrase_told_by.as_deref()?;
        let number = TelephoneNumber::parse(&self.telephone).ok()?;
        Some(ToldPassphrase::new(&self.name, by, number))
    }
}

impl Authorities {
    /// The authority of that name and country, if its contact details were checked.
    #[must_use]
    pub fn find(&self, name: &str, country: CountryCode) -> Option<&KnownAuthority> {
        self.authorities
            .iter()
            .find(|known| known.name == name && known.country == country)
    }

    /// Who the demand of a case says it comes from, as the provider knows them, and what is not as it
    /// should be. Nothing, while nobody described the demand.
    #[must_use]
    pub fn sender_of(&self, case: &Case) -> Option<(Option<&KnownAuthority>, Vec<SenderWarning>)> {
        let demand = case.demand.as_ref()?;
        let known = self.find(&demand.authority.name, demand.authority.country);
        let mut warnings = self.warnings(demand, &case.originals);
        if let Some(Actor::Officer {
            authority, country, ..
        }) = &case.sent_by
            && (authority, country) != (&demand.authority.name, &demand.authority.country)
        {
            warnings.push(SenderWarning::OtherAuthority {
                name: authority.clone(),
            });
        }
        Some((known, warnings))
    }

    /// What about the sender of a demand is not as the provider knows the authority that it names:
    /// each address and number that the demand came from or names for answers.
    #[must_use]
    pub fn warnings(&self, demand: &Demand, originals: &[Original]) -> Vec<SenderWarning> {
        let authority = &demand.authority;
        let Some(known) = self.find(&authority.name, authority.country) else {
            return vec![SenderWarning::UnknownAuthority];
        };
        let mut warnings = Vec::new();
        if known.kind != authority.kind {
            warnings.push(SenderWarning::OtherKind);
        }
        let contact = demand.process.contact.as_ref();
        let named = contact.and_then(|contact| contact.email.as_deref());
        let came_from = originals
            .iter()
            .filter_map(|one| one.arrival.from.as_deref());
        let addresses = std::iter::once(authority.officer.email.as_str())
            .chain(named)
            .chain(came_from.filter(|from| from.contains('@')));
        for address in addresses {
            let warning = SenderWarning::OtherDomain {
                address: address.to_owned(),
            };
            if !known.has_domain_of(address) && !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
        for original in originals {
            let by_wire = matches!(
                original.arrival.channel,
                Some(Channel::Telephone | Channel::Fax)
            );
            let from = original.arrival.from.as_deref();
            let number = from.filter(|from| by_wire && digits(from).len() >= 5);
            let Some(number) = number.filter(|from| digits(from) != digits(&known.telephone))
            else {
                continue;
            };
            let warning = SenderWarning::OtherNumber {
                number: number.to_owned(),
            };
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
        warnings
    }
}

impl KnownAuthority {
    /// Whether a mail address is in one of the domains, matched whole: a domain that only ends like
    /// one is another. What is no address is in none.
    pub(crate) fn has_domain_of(&self, address: &str) -> bool {
        // `Name <address>` is how mail programs write it.
        let inner = address
            .rsplit_once('<')
            .and_then(|(_, rest)| rest.strip_suffix('>'));
        EmailAddress::parse(inner.unwrap_or(address).trim()).is_ok_and(|address| {
            let same = |domain: &String| domain.eq_ignore_ascii_case(address.domain());
            self.domains.iter().any(same)
        })
    }
}

/// The digits of a telephone number, without an international prefix in one of its spellings.
fn digits(number: &str) -> String {
    let all: String = number.chars().filter(char::is_ascii_digit).collect();
    match all.strip_prefix("00") {
        Some(rest) if !number.trim_start().starts_with('+') => rest.to_owned(),
        _ => all,
    }
}

#[cfg(test)]
mod tests {
    use lagrum_model::Arrival;
    use lagrum_model::testing::demand;

    use super::*;
    use crate::testing::AUTHORITIES;

    fn warnings(demand_file: &[&str], arrival: Arrival) -> Vec<SenderWarning> {
        let list: Authorities = toml::from_str(AUTHORITIES).unwrap();
        list.warnings(
            &demand(demand_file),
            &[Original::of("letter.pdf", b"letter", arrival)],
        )
    }

    fn from(channel: Channel, from: &str) -> Arrival {
        Arrival {
            channel: Some(channel),
            from: Some(from.into()),
            at: None,
            reference: None,
            emergency: false,
        }
    }

    #[test]
    fn what_comes_from_where_the_authority_is_known_to_write_from_raises_no_warning() {
        assert!(warnings(&[], Arrival::default()).is_empty());
        for address in ["O@POLICE.example", "Officer <o@police.example>"] {
            assert!(
                warnings(&[], from(Channel::Email, address)).is_empty(),
                "{address}"
            );
        }
        for number in ["+46 8 111 11 11", "0046-8-1111111", "+4681111111"] {
            assert!(
                warnings(&[], from(Channel::Fax, number)).is_empty(),
                "{number}"
            );
        }
    }

    #[test]
    fn an_address_outside_the_domains_is_named_however_alike_it_looks() {
        for address in [
            "noa@mail.example",
            "o@police.example.mail.example",
            "o@xpolice.example",
            "o@sub.police.example",
            "o@police.example@mail.example",
            "o@polıce.example",
        ] {
            let found = warnings(&[], from(Channel::Email, address));
            let expected = SenderWarning::OtherDomain {
                address: address.into(),
            };
            assert_eq!(found, [expected]);
        }
        let officer = r#"[authority]
officer = { name = "O", email = "o@mail.example" }"#;
        assert_eq!(warnings(&[officer], Arrival::default()).len(), 1);
    }

    #[test]
    fn a_call_or_fax_from_another_number_is_named() {
        for channel in [Channel::Telephone, Channel::Fax] {
            let found = warnings(&[], from(channel, "+46 8 222 22 22"));
            assert!(matches!(found[..], [SenderWarning::OtherNumber { .. }]));
        }
        assert!(warnings(&[], from(Channel::Post, "Polisen, Box 1")).is_empty());
    }

    #[test]
    fn an_authority_that_is_not_in_the_list_or_is_of_another_kind_is_named() {
        let other = r#"[authority]
name = "Polisen Syd""#;
        assert_eq!(
            warnings(&[other], Arrival::default()),
            [SenderWarning::UnknownAuthority]
        );
        let kind = r#"[authority]
kind = "court""#;
        assert_eq!(
            warnings(&[kind], Arrival::default()),
            [SenderWarning::OtherKind]
        );
    }

    #[test]
    fn who_is_told_a_passphrase_has_a_number_that_can_be_called_from_anywhere() {
        let told = |number: &str| {
            let (before, _) = AUTHORITIES.split_once("telephone").unwrap();
            let last = format!("telephone = \"{number}\"\npassphrase_told_by = \"olof\"\n");
            toml::from_str::<Authorities>(&(before.to_owned() + &last))
        };
        let list = told("+46 77 114 14 00").unwrap();
        let last = list.authorities.last().unwrap();
        assert_eq!(last.told().unwrap().on_number.as_str(), last.telephone);
        let refused = told("114 14").unwrap_err().to_string();
        assert!(refused.contains("country's code"), "{refused}");
    }
}
