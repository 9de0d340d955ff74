//! What a provider says of itself (OpenID Connect Discovery 1.0, section 3).

use std::time::Duration;

use lagrum_https::{Ask, Server, ask};
use serde::Deserialize;

use crate::keys::Keys;
use crate::{NotSignedIn, OpenIdSettings};

/// What a provider answers ends within that time.
pub(crate) const WITHIN: Duration = Duration::from_secs(10);
/// Whoever only looks whether one is there waits so long for each answer: a person waits for what is found.
pub(crate) const LOOKS_FOR: Duration = Duration::from_secs(3);
/// More of an answer is not taken in, in bytes. Those of large providers have some ten thousand.
pub(crate) const LARGEST: usize = 256 << 10;

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// How the client shows its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shows {
    /// In the head of the request (RFC 6749, section 2.3.1).
    Basic,
    /// In its body.
    Post,
}

/// A provider as it described itself.
pub(crate) struct Known {
    /// Where people are sent.
    pub(crate) authorize: String,
    /// Where a code is exchanged.
    pub(crate) token: Server,
    pub(crate) shows: Shows,
    /// Whether each answer names its issuer (RFC 9207).
    pub(crate) names_itself: bool,
    pub(crate) keys: Keys,
}

impl Known {
    /// Asks the provider, whose answers end `within` that time each.
    pub(crate) fn fetch(settings: &OpenIdSettings, within: Duration) -> Result<Self, NotSignedIn> {
        let issuer = settings.issuer.trim_end_matches('/');
        let address = format!("{issuer}/.well-known/openid-configuration");
        let at = settings.server(&address);
        let at = at.ok_or(NotSignedIn::Address("issuer"))?;
        let body = get(&at, within)?;
        let document: Document = serde_json::from_slice(&body)
            .map_err(|_| NotSignedIn::Malformed("description of itself"))?;
        if document.issuer != settings.issuer {
            return Err(NotSignedIn::OtherIssuer);
        }
        let server = |address: &str, name: &'static str| {
            let server = settings.server(address);
            server.ok_or(NotSignedIn::Address(name))
        };
        server(&document.authorization_endpoint, "authorization_endpoint")?;
        let takes = document.token_endpoint_auth_methods_supported;
        let takes = |way: &str| match &takes {
            Some(all) => all.iter().any(|one| one == way),
            // The usual, where nothing is said.
            None => way == "client_secret_basic",
        };
        let shows = if takes("client_secret_basic") {
            Shows::Basic
        } else if takes("client_secret_post") {
            Shows::Post
        } else {
            return Err(NotSignedIn::NoWay);
        };
        Ok(Self {
            token: server(&document.token_endpoint, "token_endpoint")?,
            keys: Keys::parse(&get(&server(&document.jwks_uri, "jwks_uri")?, within)?)?,
            authorize: document.authorization_endpoint,
            shows,
            names_itself: document.authorization_response_iss_parameter_supported,
        })
    }
}

fn get(at: &Server, within: Duration) -> Result<Vec<u8>, NotSignedIn> {
    let what = Ask {
        body: None,
        headers: &[("accept", "application/json")],
        within,
        largest: LARGEST,
    };
    let answer = ask(at, &what)?;
    match answer.status {
        200 => Ok(answer.body),
        other => Err(NotSignedIn::Status(other)),
    }
}
