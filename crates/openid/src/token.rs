//! The ID token, point by point as OpenID Connect Core 1.0, section 3.1.3.7, has it.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Validation, decode, decode_header};
use serde::Deserialize;

use crate::NotSignedIn;
use crate::keys::{ACCEPTED, Keys};

/// So far two clocks may be apart.
const APART: SignedDuration = SignedDuration::from_secs(60);
/// The longest subject, in characters (Core, section 2).
const LONGEST_SUBJECT: usize = 255;

/// What a token has to say.
pub(crate) struct Expected<'e> {
    pub(crate) issuer: &'e str,
    pub(crate) client: &'e str,
    pub(crate) nonce: &'e str,
    /// So long ago the person may have shown the provider who they are.
    pub(crate) max_age: Option<SignedDuration>,
    pub(crate) now: Timestamp,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: f64,
    iat: f64,
    #[serde(default)]
    nbf: Option<f64>,
    #[serde(default)]
    nonce: Option<String>,
    #[serde(default)]
    azp: Option<String>,
    #[serde(default)]
    auth_time: Option<f64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// The subject of a token that passed.
pub(crate) fn subject(
    token: &str,
    keys: &Keys,
    expected: &Expected<'_>,
) -> Result<String, NotSignedIn> {
    let claims = signed(token, keys)?;
    let Expected { issuer, client, .. } = *expected;
    if claims.iss != issuer {
        return Err(NotSignedIn::Issuer);
    }
    // Ours, and nobody else's: another audience is none that we trust.
    let ours = match &claims.aud {
        Audience::One(one) => one == client,
        Audience::Several(all) => matches!(&all[..], [one] if one == client),
    };
    if !ours || claims.azp.is_some_and(|azp| azp != client) {
        return Err(NotSignedIn::Audience);
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(NotSignedIn::Nonce);
    }
    let now = expected.now;
    let at = |seconds: f64| instant(seconds).ok_or(NotSignedIn::Times);
    let (issued, ends) = (at(claims.iat)?, at(claims.exp)?);
    let begins = claims.nbf.map(at).transpose()?.unwrap_or(issued);
    if ends + APART <= now || issued - APART > now || begins - APART > now || ends <= issued {
        return Err(NotSignedIn::Times);
    }
    if let Some(max_age) = expected.max_age {
        let shown = claims.auth_time.and_then(instant);
        let shown = shown.ok_or(NotSignedIn::TooOld)?;
        if shown - APART > now || now.duration_since(shown) > max_age + APART {
            return Err(NotSignedIn::TooOld);
        }
    }
    let plain = |c: char| c.is_ascii() && !c.is_ascii_control();
    let right = !claims.sub.trim().is_empty() && claims.sub.len() <= LONGEST_SUBJECT;
    match right && claims.sub.chars().all(plain) {
        true => Ok(claims.sub),
        false => Err(NotSignedIn::Subject),
    }
}

/// What a token says, if one of the keys signed it.
fn signed(token: &str, keys: &Keys) -> Result<Claims, NotSignedIn> {
    let head = decode_header(token).map_err(|why| match why.kind() {
        // `none`, and whatever else is not known.
        ErrorKind::Json(_) | ErrorKind::InvalidAlgorithm | ErrorKind::InvalidAlgorithmName => {
            NotSignedIn::Algorithm
        }
        _ => NotSignedIn::Head,
    })?;
    let typed = |name: &String| !name.eq_ignore_ascii_case("JWT");
    // What is said to be critical is not understood here (RFC 7515, section 4.1.11).
    if head.crit.is_some() || head.typ.as_ref().is_some_and(typed) {
        return Err(NotSignedIn::Head);
    }
    if !ACCEPTED.contains(&head.alg) {
        return Err(NotSignedIn::Algorithm);
    }
    let mut how = Validation::new(head.alg);
    // Signature alone: what the token says is looked at in one place, above.
    how.validate_exp = false;
    how.validate_aud = false;
    how.required_spec_claims.clear();
    let mut refused = NotSignedIn::Key;
    for key in keys.for_head(head.kid.as_deref(), head.alg) {
        match decode::<Claims>(token, key, &how) {
            Ok(data) => return Ok(data.claims),
            Err(why) => {
                refused = match why.kind() {
                    ErrorKind::Json(_) | ErrorKind::Base64(_) | ErrorKind::Utf8(_) => {
                        NotSignedIn::Malformed("ID token")
                    }
                    _ => NotSignedIn::Signature,
                }
            }
        }
    }
    Err(refused)
}

fn instant(seconds: f64) -> Option<Timestamp> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is finite, and far from the ends of the type"
    )]
    let whole = (seconds.abs() < 1e12).then_some(seconds.floor() as i64)?;
    Timestamp::from_second(whole).ok()
}
