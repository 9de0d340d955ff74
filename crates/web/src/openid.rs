//! Signing in at the provider of `openid.toml`: the way there and back, and what a browser keeps meanwhile.
//!
//! Nothing is written down before an answer passed. What belongs to one sign-in (state, nonce and the secret that the
//! provider is shown with the code) is made of chance that the browser keeps in a cookie, under a word that only this
//! desk makes; the answer counts in that browser alone, for ten minutes, and once.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use lagrum_desk::Desk;
use lagrum_desk::shelved::OPENID_USED;
use lagrum_openid::{Account, Flow, Kind, NotSignedIn, Provider};
use lagrum_store::{Shelf, StoreError};
use serde::{Deserialize, Serialize};

use crate::Web;
use crate::bindings;
use crate::keep::{Shown, Stay, same};
use crate::visit::Visit;

/// Where the provider sends people back to.
pub(crate) const BACK: &str = "/sign-in/openid/back";
/// A sign-in comes back within that time.
const WITHIN: SignedDuration = SignedDuration::from_mins(10);

const BEGUN: &str = "openid-begun";
const STATE: &str = "openid-state";
const NONCE: &str = "openid-nonce";
const VERIFIER: &str = "openid-verifier";

/// For what somebody goes to the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Errand {
    /// To sign in, and go on to a page of ours.
    SignIn { next: String },
    /// To show which account it is that should sign them in.
    Bind { person: String },
}

/// What the browser keeps of a sign-in that began.
#[derive(Serialize, Deserialize)]
struct Begun {
    chance: String,
    /// In seconds since 1970 (UTC).
    until: i64,
    errand: Errand,
}

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The answer belongs to no sign-in that began in this browser, or to one that is over.
    NotBegun,
    /// It comes from another provider.
    Elsewhere,
    /// The provider, or the person there, said no.
    SaidNo,
    /// The provider, or what it says.
    Provider(NotSignedIn),
    /// The account signs nobody in here.
    Unknown(Account),
    /// The account signs somebody else in.
    Taken,
}

impl Refused {
    /// The word of what people are told.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::NotBegun => "again",
            Self::Elsewhere => "provider",
            Self::SaidNo => "said-no",
            Self::Unknown(_) => "unknown",
            Self::Taken => "taken",
            Self::Provider(why) => match why.kind() {
                Kind::Busy => "busy",
                Kind::Down => "down",
                Kind::Provider => "provider",
                Kind::Token => "token",
                Kind::Again => "again",
                Kind::TooOld => "too-old",
            },
        }
    }

    /// Its word in the operating log.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NotBegun => "openid-state",
            Self::Elsewhere => "openid-elsewhere",
            Self::SaidNo => "openid-said-no",
            Self::Unknown(_) => "openid-unknown",
            Self::Taken => "openid-taken",
            Self::Provider(why) => why.code(),
        }
    }

    pub(crate) fn status(&self) -> u16 {
        match self.word() {
            "down" | "busy" => 503,
            _ => 422,
        }
    }
}

/// Begins: where the browser goes, and what it keeps.
pub(crate) fn begin(
    visit: &Visit<'_>,
    provider: &Provider,
    errand: &Errand,
) -> Result<(String, String), NotSignedIn> {
    let mut chance = [0; 32];
    visit.web.random().fill_bytes(&mut chance);
    let begun = Begun {
        chance: BASE64_URL_SAFE_NO_PAD.encode(chance),
        until: (visit.now + WITHIN).as_second(),
        errand: errand.clone(),
    };
    let begun = serde_json::to_vec(&begun).unwrap_or_default();
    let shelf = visit.desk.shelf();
    let flow = flow(&shelf, visit.web, &begun, errand);
    let there = provider.authorize(&flow, visit.now)?;
    let word = shelf.word(BEGUN, &begun).0;
    let kept = format!(
        "{}.{}",
        BASE64_URL_SAFE_NO_PAD.encode(&begun),
        BASE64_URL_SAFE_NO_PAD.encode(word)
    );
    Ok((there, kept))
}

/// The words of one sign-in: nobody makes them without the master key, and each is for one thing.
fn flow(shelf: &Shelf<'_>, web: &Web, begun: &[u8], errand: &Errand) -> Flow {
    let word = |kind: &str| BASE64_URL_SAFE_NO_PAD.encode(shelf.word(kind, begun).0);
    Flow {
        state: word(STATE),
        nonce: word(NONCE),
        verifier: word(VERIFIER),
        back: format!("{}{BACK}", web.origin),
        anew: matches!(errand, Errand::Bind { .. }),
    }
}

/// What began in this browser, if it still counts.
fn begun(visit: &Visit<'_>) -> Option<(Vec<u8>, Begun)> {
    let (begun, word) = visit.begun.as_deref()?.split_once('.')?;
    let decoded = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).ok();
    let (bytes, word) = (decoded(begun)?, decoded(word)?);
    if !same(&word, &visit.desk.shelf().word(BEGUN, &bytes).0) {
        return None;
    }
    let begun: Begun = serde_json::from_slice(&bytes).ok()?;
    (visit.now.as_second() < begun.until).then_some((bytes, begun))
}

/// For what somebody went there, as far as this browser knows.
pub(crate) fn errand(visit: &Visit<'_>) -> Option<Errand> {
    begun(visit).map(|(_, begun)| begun.errand)
}

/// Somebody came back: for what they went, and whose account it is.
pub(crate) fn come_back(
    visit: &Visit<'_>,
    provider: &Provider,
) -> Result<Result<(Errand, Account), Refused>, StoreError> {
    let Some((bytes, begun)) = begun(visit) else {
        return Ok(Err(Refused::NotBegun));
    };
    let shelf = visit.desk.shelf();
    let flow = flow(&shelf, visit.web, &bytes, &begun.errand);
    let account = match answered(visit, provider, &flow) {
        Ok(account) => account,
        Err(why) => return Ok(Err(why)),
    };
    // Once: also where the provider takes a code twice.
    let until = Some(visit.now + WITHIN);
    let state = flow.state.as_bytes();
    let mut random = visit.web.random();
    if !shelf.put_first(OPENID_USED, state, b"", until, &mut *random)? {
        return Ok(Err(Refused::NotBegun));
    }
    Ok(Ok((begun.errand, account)))
}

fn answered(visit: &Visit<'_>, provider: &Provider, flow: &Flow) -> Result<Account, Refused> {
    let one = |name: &str| {
        let mut all = visit.query.all(name);
        let first = all.next();
        // What is said twice is not said.
        first.filter(|_| all.next().is_none())
    };
    let state = one("state").unwrap_or_default();
    if !same(state.as_bytes(), flow.state.as_bytes()) {
        return Err(Refused::NotBegun);
    }
    let ours = provider.answers_as(one("iss"), visit.now);
    if !ours.map_err(Refused::Provider)? {
        return Err(Refused::Elsewhere);
    }
    if one("error").is_some() {
        return Err(Refused::SaidNo);
    }
    let code = one("code").ok_or(Refused::NotBegun)?;
    let answer = provider.answer(code, flow, visit.now);
    answer.map_err(Refused::Provider)
}

/// Whether somebody who is signed in still is: who came by an account is, as long as it is bound to them and its
/// provider is the desk's.
pub(crate) fn still(web: &Web, desk: &Desk, stay: &Stay) -> Result<bool, StoreError> {
    if stay.shown != Shown::OpenId {
        return Ok(true);
    }
    let (Some(bound), Some(provider)) = (&stay.bound, web.openid()) else {
        return Ok(false);
    };
    Ok(provider.settings().issuer == bound.issuer
        && bindings::holds(desk, bound, &stay.person, web.now())?)
}
