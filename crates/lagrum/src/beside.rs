//! What this machine knows beside the desk: the agents whose configuration lies here, too.

use lagrum_desk::{Beside, ProviderFound};
use lagrum_durable::SettingsError;
use lagrum_model::{Category, EmailAddress, Region};
use lagrum_openid::{Looked, OpenIdSettings, Provider};
use lagrum_setup::Place;

/// `openid.toml`, if there is one.
///
/// # Errors
/// When it is there and cannot be used.
pub fn openid(place: &Place) -> Result<Option<OpenIdSettings>, SettingsError> {
    OpenIdSettings::read(&place.desk().join("openid.toml"))
}

/// The agents below the same directory.
pub struct Here(pub Place);

impl Beside for Here {
    fn unknown_accounts(
        &self,
        region: &Region,
        accounts: &[(EmailAddress, Vec<Category>)],
    ) -> Option<Result<Vec<EmailAddress>, String>> {
        let file = self.0.agents().join(region.as_str()).join("agent.toml");
        let asked = || {
            let unknown = lagrum_agent::unknown_accounts(&file, accounts);
            unknown.map_err(|e| e.to_string())
        };
        file.exists().then(asked)
    }

    fn settings(&self) -> Vec<(&'static str, String)> {
        let Ok(Some(read)) = openid(&self.0) else {
            return Vec::new();
        };
        let age = read.max_age.map(|age| format!("{} min", age.as_mins()));
        let all = [
            ("openid.name", Some(read.name)),
            ("openid.issuer", Some(read.issuer)),
            ("openid.client", Some(read.client)),
            ("openid.max_age_minutes", age),
        ];
        let given = all.into_iter();
        given
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    fn sign_in_provider(&self) -> Option<ProviderFound> {
        let settings = match openid(&self.0) {
            Ok(settings) => settings?,
            Err(why) => return Some(ProviderFound::Unusable(why.to_string())),
        };
        let issuer = settings.issuer.clone();
        Some(match Provider::new(settings).look() {
            Ok(Looked { keys }) => ProviderFound::There {
                issuer,
                keys: keys as u64,
            },
            Err(why) => ProviderFound::Silent {
                issuer,
                why: why.to_string(),
            },
        })
    }
}
