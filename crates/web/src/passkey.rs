//! Passkeys, as browsers hand them over.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use lagrum_documents::fingerprint_of;
use lagrum_mandate::Roster;
use lagrum_model::Sha256Digest;
use lagrum_notes::{Assertion, PasskeyKey, VerifyingKey, role};
use lagrum_store::StoreError;
use serde::Deserialize;

use crate::error::Problem;
use crate::form::Form;
use crate::keep::{Keep, Purpose, Registered};
use crate::reply::Reply;

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

/// The passkey that answered a challenge for signing in, once. `None` says nothing of whether there is such a
/// passkey.
pub(crate) fn signed_in(keep: &Keep<'_>, form: &Form) -> Result<Option<Registered>, StoreError> {
    let challenge = form.text("challenge");
    if !keep.is_challenge(challenge, &Purpose::SignIn) {
        return Ok(None);
    }
    let known = keep.passkey(form.text("credential"))?;
    let Some(known) = known.filter(|known| answers(&known.key, challenge, form)) else {
        return Ok(None);
    };
    Ok(keep.use_up(challenge)?.then_some(known))
}

/// Registers the passkey that a browser made for this person at `origin`; says whether it did.
pub(crate) fn register(
    keep: &Keep<'_>,
    origin: &str,
    person: &str,
    form: &Form,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let challenge = form.text("challenge");
    let wanted = Purpose::Register {
        person: person.to_owned(),
    };
    let made = made(origin, challenge, form);
    let (Some(key), true) = (made, keep.is_challenge(challenge, &wanted)) else {
        return Ok(false);
    };
    let credential = form.text("credential").to_owned();
    // A credential belongs to whom it was first registered for.
    if keep.passkey(&credential)?.is_some() || !keep.use_up(challenge)? {
        return Ok(false);
    }
    let name = form.text("name").chars();
    let name: String = name.filter(|c| !c.is_control()).take(60).collect();
    keep.register(&Registered {
        person: person.to_owned(),
        credential,
        key,
        name: if name.is_empty() {
            "passkey".into()
        } else {
            name
        },
        since: now,
    })?;
    Ok(true)
}

/// Forgets one of their own passkeys; another's is not there.
pub(crate) fn forget(keep: &Keep<'_>, person: &str, form: &Form) -> Result<Reply, Problem> {
    let credential = form.text("credential");
    let theirs = keep.passkey(credential)?.filter(|one| one.person == person);
    if theirs.is_none() {
        return Err(Problem::NotThere);
    }
    keep.remove_passkey(credential)?;
    Ok(Reply::see("/you"))
}

/// Whether the passkey answers this challenge of ours.
fn answers(key: &str, challenge: &str, form: &Form) -> bool {
    let verified = || {
        let key: PasskeyKey = key.parse().ok()?;
        key.verify(&bytes(challenge)?, &assertion(form)?).ok()
    };
    verified().is_some()
}

/// The key of a passkey that was just made for us. Nobody attests it: whoever registers one is signed
/// in, and each signature is verified against it.
fn made(origin: &str, challenge: &str, form: &Form) -> Option<String> {
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

/// The key of a passkey under the name by which a roster knows it: the person's own, and four digits that
/// tell several passkeys apart.
pub(crate) fn named(
    roster: &Roster,
    person: &str,
    key: &str,
) -> Option<VerifyingKey<role::Person>> {
    let passkey: PasskeyKey = key.parse().ok()?;
    let entries = roster.people();
    let listed = entries
        .iter()
        .find(|one| one.key.passkey() == Some(&passkey));
    if let Some(listed) = listed {
        return Some(listed.key.clone());
    }
    let theirs = entries.iter().find(|one| one.id == person);
    let domain = theirs.or(entries.first())?.key.name();
    let domain = domain.split('/').next()?;
    let digest = Sha256Digest::of(key.as_bytes()).to_string();
    VerifyingKey::from_passkey(&format!("{domain}/{person}-{}", &digest[..4]), passkey).ok()
}

/// A key in eight words: what people compare.
pub(crate) fn words(key: &VerifyingKey<role::Person>) -> Vec<String> {
    let words = fingerprint_of(&key.to_string());
    words.split(' ').map(str::to_owned).collect()
}
