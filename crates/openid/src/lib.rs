//! Signing in at an OpenID provider (OpenID Connect Core 1.0): the authorization code flow with PKCE.
//!
//! **Invariant.** An [`Account`] is made in one place ([`Provider::answer`]), of an ID token that the provider itself
//! handed over for a code, whose signature, issuer, audience, nonce and times were all checked. It says who somebody
//! is at the provider and nothing else: whose it is at the desk, the desk says. Of what a provider answers no more is
//! taken in than is written here, and none of it is handed on but issuer and subject.
//!
//! Time and randomness are passed in. Nothing here keeps a cookie or a session.

mod discovery;
mod keys;
mod provider;
mod refused;
mod settings;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod token;

pub use provider::{Account, Flow, Looked, Provider};
pub use refused::{Kind, NotSignedIn};
pub use settings::OpenIdSettings;

#[cfg(test)]
mod tests;
