//! A provider, as the desk speaks with it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use form_urlencoded::{Serializer, byte_serialize};
use jiff::{SignedDuration, Timestamp};
use lagrum_https::{Ask, ask};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::discovery::{Known, LARGEST, LOOKS_FOR, Shows, WITHIN};
use crate::token::{Expected, subject};
use crate::{NotSignedIn, OpenIdSettings};

/// What a provider says of itself, and its keys, count so long.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(1);
/// One that did not answer is not asked again before.
const RESTS: SignedDuration = SignedDuration::from_secs(10);
/// So many speak with it at once: one that hangs holds up nothing else of the desk.
const AT_ONCE: usize = 4;
/// Who has to show the provider anew who they are did so at most so long ago.
const ANEW: SignedDuration = SignedDuration::from_mins(5);
/// A longer code is none, in bytes.
const LONGEST_CODE: usize = 4 << 10;

/// One sign-in, on its way to the provider and back. Whoever makes it keeps it to the browser in which it began.
#[derive(Clone, Debug)]
pub struct Flow {
    /// What comes back with the answer.
    pub state: String,
    /// What stands in the ID token.
    pub nonce: String,
    /// What the provider is shown with the code (RFC 7636): 43 to 128 letters, digits and `-._~`.
    pub verifier: String,
    /// Where the provider sends people back to.
    pub back: String,
    /// Whether they have to show the provider anew who they are.
    pub anew: bool,
}

/// Somebody, as the provider names them. Not a person of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// By which provider.
    pub issuer: String,
    /// Who: never given to another one there.
    pub subject: String,
}

/// That a provider is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looked {
    /// How many of its keys are understood.
    pub keys: usize,
}

/// An OpenID provider.
pub struct Provider {
    settings: OpenIdSettings,
    learned: Mutex<Option<Learned>>,
    speaking: AtomicUsize,
}

/// What was learned of it, and when.
#[derive(Clone)]
struct Learned {
    at: Timestamp,
    known: Result<Arc<Known>, NotSignedIn>,
}

#[derive(Deserialize)]
struct Granted {
    id_token: String,
}

#[derive(Deserialize)]
struct NotGranted {
    error: String,
}

/// A turn to speak with the provider.
struct Turn<'p>(&'p AtomicUsize);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Provider {
    /// The provider of these settings. Nothing is asked of it yet.
    #[must_use]
    pub fn new(settings: OpenIdSettings) -> Self {
        Self {
            settings,
            learned: Mutex::new(None),
            speaking: AtomicUsize::new(0),
        }
    }

    /// By which settings.
    #[must_use]
    pub fn settings(&self) -> &OpenIdSettings {
        &self.settings
    }

    /// Asks the provider for its description and its keys, whatever is known of it. Blocks.
    ///
    /// # Errors
    /// [`NotSignedIn`].
    pub fn look(&self) -> Result<Looked, NotSignedIn> {
        let known = Known::fetch(&self.settings, LOOKS_FOR)?;
        Ok(Looked {
            keys: known.keys.len(),
        })
    }

    /// The address to which a browser goes on to sign in. Blocks while the provider is asked for its description.
    ///
    /// # Errors
    /// [`NotSignedIn`].
    pub fn authorize(&self, flow: &Flow, now: Timestamp) -> Result<String, NotSignedIn> {
        let known = self.known(now)?;
        let challenge = Sha256::digest(flow.verifier.as_bytes());
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(challenge);
        let mut asks = Serializer::new(String::new());
        asks.append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client)
            .append_pair("redirect_uri", &flow.back)
            .append_pair("scope", "openid")
            .append_pair("state", &flow.state)
            .append_pair("nonce", &flow.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        if let Some(age) = self.max_age(flow) {
            let seconds = if flow.anew { 0 } else { age.as_secs() };
            asks.append_pair("max_age", &seconds.to_string());
        }
        if flow.anew {
            asks.append_pair("prompt", "login");
        }
        let joined = if known.authorize.contains('?') {
            '&'
        } else {
            '?'
        };
        Ok(format!("{}{joined}{}", known.authorize, asks.finish()))
    }

    /// Whether an answer may come from this provider, by the issuer that it names (RFC 9207).
    ///
    /// # Errors
    /// [`NotSignedIn`].
    pub fn answers_as(&self, issuer: Option<&str>, now: Timestamp) -> Result<bool, NotSignedIn> {
        match issuer {
            Some(issuer) => Ok(issuer == self.settings.issuer),
            None => Ok(!self.known(now)?.names_itself),
        }
    }

    /// Whose code it is that came back. Blocks while the provider is asked.
    ///
    /// # Errors
    /// [`NotSignedIn`].
    pub fn answer(&self, code: &str, flow: &Flow, now: Timestamp) -> Result<Account, NotSignedIn> {
        if code.is_empty() || code.len() > LONGEST_CODE {
            return Err(NotSignedIn::Code);
        }
        let known = self.known(now)?;
        let _turn = self.turn()?;
        let token = self.exchange(&known, code, flow)?;
        let expected = Expected {
            issuer: &self.settings.issuer,
            client: &self.settings.client,
            nonce: &flow.nonce,
            max_age: self.max_age(flow),
            now,
        };
        let subject = match subject(&token, &known.keys, &expected) {
            // The provider may have changed its keys: they are fetched anew, once.
            Err(NotSignedIn::Key) => {
                let known = Arc::new(Known::fetch(&self.settings, WITHIN)?);
                self.learn(now, Ok(Arc::clone(&known)));
                subject(&token, &known.keys, &expected)?
            }
            other => other?,
        };
        Ok(Account {
            issuer: self.settings.issuer.clone(),
            subject,
        })
    }

    fn max_age(&self, flow: &Flow) -> Option<SignedDuration> {
        match flow.anew {
            true => Some(ANEW),
            false => self.settings.max_age,
        }
    }

    fn exchange(&self, known: &Known, code: &str, flow: &Flow) -> Result<String, NotSignedIn> {
        let (client, secret) = (&self.settings.client, self.settings.secret.as_str());
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &flow.back)
            .append_pair("code_verifier", &flow.verifier);
        let coded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let both = format!("{}:{}", coded(client), coded(secret));
        let basic = format!("Basic {}", BASE64_STANDARD.encode(both));
        let mut headers = vec![
            ("content-type", "application/x-www-form-urlencoded"),
            ("accept", "application/json"),
        ];
        match known.shows {
            Shows::Basic => headers.push(("authorization", &basic)),
            Shows::Post => {
                form.append_pair("client_id", client)
                    .append_pair("client_secret", secret);
            }
        }
        let form = form.finish();
        let what = Ask {
            body: Some(form.as_bytes()),
            headers: &headers,
            within: WITHIN,
            largest: LARGEST,
        };
        let answer = ask(&known.token, &what)?;
        match answer.status {
            200 => serde_json::from_slice::<Granted>(&answer.body)
                .map(|granted| granted.id_token)
                .map_err(|_| NotSignedIn::Malformed("answer to a code")),
            400 | 401 => {
                let said = serde_json::from_slice::<NotGranted>(&answer.body);
                Err(match said {
                    Ok(NotGranted { error }) if error == "invalid_grant" => NotSignedIn::Code,
                    Ok(NotGranted { error }) if error.ends_with("_client") => NotSignedIn::Client,
                    _ => NotSignedIn::Status(answer.status),
                })
            }
            other => Err(NotSignedIn::Status(other)),
        }
    }

    /// What is known of the provider; it is asked if that is nothing, or too old.
    fn known(&self, now: Timestamp) -> Result<Arc<Known>, NotSignedIn> {
        let learned = self.learned.lock();
        let learned = learned.unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(Learned { at, known }) = learned {
            let age = now.duration_since(at);
            let counts = if known.is_ok() { KNOWN_FOR } else { RESTS };
            if !age.is_negative() && age < counts {
                return known;
            }
        }
        let _turn = self.turn()?;
        let fetched = Known::fetch(&self.settings, WITHIN).map(Arc::new);
        self.learn(now, fetched.clone());
        fetched
    }

    fn learn(&self, at: Timestamp, known: Result<Arc<Known>, NotSignedIn>) {
        let mut learned = self.learned.lock().unwrap_or_else(PoisonError::into_inner);
        *learned = Some(Learned { at, known });
    }

    fn turn(&self) -> Result<Turn<'_>, NotSignedIn> {
        let one_more = |all: usize| (all < AT_ONCE).then_some(all + 1);
        let taken = self
            .speaking
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more);
        taken
            .map(|_| Turn(&self.speaking))
            .map_err(|_| NotSignedIn::Busy)
    }
}
