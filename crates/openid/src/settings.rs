//! `openid.toml`.

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use lagrum_durable::{SettingsError, SettingsFile};
use lagrum_https::Server;
use serde::Deserialize;
use zeroize::Zeroizing;

/// The longest name of a provider, in characters: it stands on a button.
const LONGEST_NAME: usize = 40;
/// An hour at the provider is too long for nobody, and a year for everybody.
const LONGEST_AGE_MINUTES: u32 = 60 * 24 * 31;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    issuer: String,
    client: String,
    secret_file: PathBuf,
    name: String,
    #[serde(default)]
    max_age_minutes: Option<u32>,
    #[serde(default)]
    private: bool,
    #[serde(default)]
    certificates: Option<PathBuf>,
}

/// The OpenID provider of a desk.
#[derive(Clone)]
pub struct OpenIdSettings {
    /// Who it is: exactly the text of `iss`.
    pub issuer: String,
    /// As which client the desk is known there.
    pub client: String,
    /// The client's secret.
    pub secret: Zeroizing<String>,
    /// How people call it.
    pub name: String,
    /// So long ago people may have shown the provider who they are. Absent: the provider decides.
    pub max_age: Option<SignedDuration>,
    /// Whether its addresses may be of a private network.
    pub private: bool,
    /// Certificates (PEM) of whoever vouches for it. Empty: those that the machine trusts.
    pub certificates: Vec<u8>,
}

impl fmt::Debug for OpenIdSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenIdSettings")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

impl OpenIdSettings {
    /// Reads `openid.toml`; paths in it are relative to it. `None`: there is no such file.
    ///
    /// # Errors
    /// When it is there and cannot be used: an unknown field, a secret that others can read, an issuer without TLS.
    pub fn read(path: &Path) -> Result<Option<Self>, SettingsError> {
        let Some((settings, file)) = SettingsFile::read::<File>(path)? else {
            return Ok(None);
        };
        let invalid = |why: &str| settings.invalid(why);
        let issuer = Server::at(&file.issuer).filter(|_| !file.issuer.contains('?'));
        if issuer.is_none() {
            return Err(invalid(
                "issuer: write the address of the provider as it writes it itself, for example \"https://login.kvist.example\"; only https, no user and no question mark; http reaches this machine alone (localhost)",
            ));
        }
        let plain = |text: &str| !text.is_empty() && text.chars().all(|c| ('!'..='~').contains(&c));
        if !plain(&file.client) {
            return Err(invalid(
                "client: write the id that the provider gave the desk; letters, digits and signs of ASCII",
            ));
        }
        let long = file.name.chars().count() > LONGEST_NAME;
        if file.name.trim().is_empty() || long || file.name.contains(char::is_control) {
            return Err(invalid(
                "name: write in 1 to 40 characters how people call the provider, for example \"Kvist login\"",
            ));
        }
        if file
            .max_age_minutes
            .is_some_and(|age| !(1..=LONGEST_AGE_MINUTES).contains(&age))
        {
            return Err(invalid(
                "max_age_minutes: write 1 to 44640, or take the line out",
            ));
        }
        let secret = settings.secret(&file.secret_file)?;
        if secret.is_empty() || secret.contains(char::is_control) {
            return Err(invalid(
                "secret_file: the file is empty, or holds more than one line; write the client’s secret into it, alone",
            ));
        }
        let certificates = settings.certificates(file.certificates.as_ref())?;
        Ok(Some(Self {
            issuer: file.issuer,
            client: file.client,
            secret,
            name: file.name.trim().to_owned(),
            max_age: file
                .max_age_minutes
                .map(|minutes| SignedDuration::from_mins(minutes.into())),
            private: file.private,
            certificates,
        }))
    }

    /// The server of an address that the provider names, trusted as the settings say.
    pub(crate) fn server(&self, address: &str) -> Option<Server> {
        Some(Server {
            private: self.private,
            certificates: self.certificates.clone(),
            ..Server::at(address)?
        })
    }
}
