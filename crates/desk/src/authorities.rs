use lagrum_model::{AuthorityKind, CountryCode, RecipientKey};
use serde::{Deserialize, Serialize};

/// Authorities whose contact details a person checked beforehand.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorities {
    /// The authorities.
    #[serde(default, rename = "authority")]
    pub authorities: Vec<KnownAuthority>,
}

/// One authority whose contact details were checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    /// Its public key for sealed packages (`age1…`), if it gave one through a checked channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_key: Option<RecipientKey>,
}

impl Authorities {
    /// The authority of that name and country, if its contact details were checked.
    #[must_use]
    pub fn find(&self, name: &str, country: CountryCode) -> Option<&KnownAuthority> {
        self.authorities
            .iter()
            .find(|known| known.name == name && known.country == country)
    }
}
