//! Passkeys, as browsers hand them over.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use lagrum_documents::in_words;
use lagrum_model::{Language, Sha256Digest};
use lagrum_notes::{Assertion, PasskeyKey};
use serde::Deserialize;

use crate::form::Form;

/// What a browser says of how a passkey was made (`CollectedClientData`, Web Authentication section
/// 5.8.1).
#[derive(Deserialize)]
struct Made {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    framed: bool,
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text).ok()
}

/// The answer of a passkey in a form.
pub(crate) fn assertion(form: &Form) -> Option<Assertion> {
    Some(Assertion {
        authenticator_data: bytes(form.text("authenticator"))?,
        client_data: bytes(form.text("client"))?,
        signature: bytes(form.text("signature"))?,
    })
}

/// Whether the passkey answers this challenge of ours.
pub(crate) fn answers(key: &str, challenge: &str, form: &Form) -> bool {
    let verified = || {
        let key: PasskeyKey = key.parse().ok()?;
        key.verify(&bytes(challenge)?, &assertion(form)?).ok()
    };
    verified().is_some()
}

/// The key of a passkey that was just made for us. Nobody attests it: whoever registers one is signed
/// in, and each signature is verified against it.
pub(crate) fn made(origin: &str, challenge: &str, form: &Form) -> Option<String> {
    let client: Made = serde_json::from_slice(&bytes(form.text("client"))?).ok()?;
    let ours = client.kind == "webauthn.create"
        && client.challenge == challenge
        && client.origin == origin
        && !client.framed;
    if !ours || bytes(form.text("credential")).is_none_or(|id| !(16..=1023).contains(&id.len())) {
        return None;
    }
    let key = PasskeyKey::from_spki(&bytes(form.text("key"))?, origin).ok()?;
    Some(key.to_text())
}

/// A key in eight words: what people compare.
pub(crate) fn words(key: &str, _: Language) -> Option<Vec<String>> {
    let key: PasskeyKey = key.parse().ok()?;
    let words = in_words(&Sha256Digest::of(key.to_text().as_bytes()));
    Some(words.split(' ').map(str::to_owned).collect())
}
