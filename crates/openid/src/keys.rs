//! The keys with which a provider signs (RFC 7517).

use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

use crate::NotSignedIn;

/// More keys than any provider has.
const MOST: usize = 100;
/// What is accepted. Nothing under a secret that two have, and nothing unsigned.
pub(crate) const ACCEPTED: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

struct Key {
    id: Option<String>,
    /// The one algorithm that it is for, if it says so.
    only: Option<Algorithm>,
    key: DecodingKey,
}

/// All of them that are understood.
pub(crate) struct Keys(Vec<Key>);

#[derive(Deserialize)]
struct Set {
    keys: Vec<Value>,
}

impl Keys {
    /// Reads a set. What is not understood in it signs nothing for us.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, NotSignedIn> {
        let set: Set =
            serde_json::from_slice(body).map_err(|_| NotSignedIn::Malformed("set of keys"))?;
        let keys = set.keys.into_iter().take(MOST).filter_map(understood);
        let keys: Vec<_> = keys.collect();
        match keys.is_empty() {
            true => Err(NotSignedIn::NoKeys),
            false => Ok(Self(keys)),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Those that could have signed under this name, in this way.
    pub(crate) fn for_head<'k>(
        &'k self,
        id: Option<&'k str>,
        algorithm: Algorithm,
    ) -> impl Iterator<Item = &'k DecodingKey> {
        let fits = move |key: &&Key| {
            // A token that names no key may be signed by any.
            id.is_none_or(|id| key.id.as_deref() == Some(id))
                && key.key.family() == algorithm.family()
                && key.only.is_none_or(|only| only == algorithm)
        };
        self.0.iter().filter(fits).map(|key| &key.key)
    }
}

fn understood(value: Value) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(value).ok()?;
    let common = &jwk.common;
    let other_use = |usage: &PublicKeyUse| *usage != PublicKeyUse::Signature;
    if common.public_key_use.as_ref().is_some_and(other_use) {
        return None;
    }
    let only = match &common.key_algorithm {
        None => None,
        Some(named) => Some(named.to_string().parse().ok()?),
    };
    let accepted = |algorithm: &Algorithm| ACCEPTED.contains(algorithm);
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    let family = ACCEPTED.iter().any(|one| one.family() == key.family());
    (family && only.as_ref().is_none_or(accepted)).then(|| Key {
        id: common.key_id.clone(),
        only,
        key,
    })
}
