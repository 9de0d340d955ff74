use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::PasskeyError;

/// What the browser states (Web Authentication, section 5.8.1, `CollectedClientData`). It may hold more,
/// which is passed over; what is read stands there once, or it is refused.
#[derive(Deserialize)]
pub(super) struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    // Some browsers leave it out.
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
    #[serde(default, rename = "topOrigin", deserialize_with = "stands")]
    top_origin: bool,
}

/// Whether the member is there, whatever it says.
fn stands<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

impl ClientData {
    pub(super) fn parse(json: &[u8]) -> Result<Self, PasskeyError> {
        // A list of five values would be read as the five members.
        if !json.starts_with(b"{") {
            return Err(PasskeyError::ClientData);
        }
        serde_json::from_slice(json).map_err(|_| PasskeyError::ClientData)
    }

    pub(super) fn is_for(&self, challenge: &[u8], origin: &str) -> Result<(), PasskeyError> {
        if self.r#type != "webauthn.get" {
            return Err(PasskeyError::Purpose);
        }
        if self.challenge != BASE64_URL_SAFE_NO_PAD.encode(challenge) {
            return Err(PasskeyError::Challenge);
        }
        if self.origin != origin {
            return Err(PasskeyError::Elsewhere);
        }
        if self.cross_origin || self.top_origin {
            return Err(PasskeyError::Framed);
        }
        Ok(())
    }
}
