//! What is kept between two pages: who is signed in, passkeys, challenges, invitations, drafts. All of
//! it lies on the desk's shelf, sealed; a stolen database signs nobody in.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use lagrum_desk::Desk;
use lagrum_desk::shelved::{INVITATION, PASSKEY, SESSION, SETTINGS};
use lagrum_store::{Shelf, StoreError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::api::tokens;
use crate::bindings::{self, Bound};
use crate::settings::Settings;
use crate::{Origin, Web, WebError};

/// Nobody stays signed in for longer, whatever they do.
const LONGEST_SESSION: SignedDuration = SignedDuration::from_hours(12);
/// Who does nothing for so long is signed out.
const IDLE: SignedDuration = SignedDuration::from_mins(60);
/// How often it is written down that somebody is still there.
const SEEN: SignedDuration = SignedDuration::from_mins(5);
/// A challenge is answered within that time.
const CHALLENGE: SignedDuration = SignedDuration::from_mins(5);
/// An invitation is used within that time.
const INVITED_FOR: SignedDuration = SignedDuration::from_hours(24);
/// A draft that nobody touches is kept so long.
const DRAFT: SignedDuration = SignedDuration::from_hours(30 * 24);

const CHALLENGED: &str = "challenge";
const CHALLENGE_MADE: &str = "challenge-made";
const DRAFTED: &str = "draft";
const SEARCH: &str = "search";

/// How somebody showed who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Shown {
    /// With a link that works once.
    Link,
    /// With a passkey.
    Passkey,
    /// At the sign-in provider.
    OpenId,
}

/// That somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stay {
    /// The id in people.toml.
    pub(crate) person: String,
    pub(crate) shown: Shown,
    pub(crate) since: Timestamp,
    pub(crate) seen: Timestamp,
    /// SHA-256 of what the browser says that it is: a cookie that turns up in another one is not
    /// believed.
    browser: String,
    /// By which account, if it was one at the sign-in provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) bound: Option<Bound>,
}

/// A passkey that somebody registered here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Registered {
    /// The id in people.toml.
    pub(crate) person: String,
    /// The credential's id, in base64url as browsers write it.
    pub(crate) credential: String,
    /// The public key.
    pub(crate) key: String,
    /// What the person calls it.
    pub(crate) name: String,
    pub(crate) since: Timestamp,
}

/// For what a challenge was made: it answers nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Purpose {
    SignIn,
    Register { person: String },
}

/// A link with which one person signs in once.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The address to open.
    pub link: String,
    /// Until when it works (UTC).
    pub until: Timestamp,
}

/// What somebody typed in a form, and when it was kept (UTC).
pub(crate) type Draft = (Timestamp, Vec<(String, String)>);

/// Whose sessions, passkeys and links: those of one side are nothing on the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Desk,
    Door,
}

pub(crate) struct Keep<'w> {
    desk: &'w Desk,
    web: &'w Web,
    side: Side,
}

impl<'w> Keep<'w> {
    pub(crate) fn of(desk: &'w Desk, web: &'w Web) -> Self {
        let side = Side::Desk;
        Self { desk, web, side }
    }

    /// What is kept of officers, at the door for authorities.
    pub(crate) fn at_door(desk: &'w Desk, web: &'w Web) -> Self {
        let side = Side::Door;
        Self { desk, web, side }
    }

    fn kind(&self, kind: &str) -> String {
        match self.side {
            Side::Desk => kind.to_owned(),
            Side::Door => format!("door-{kind}"),
        }
    }

    fn shelf(&self) -> Shelf<'_> {
        self.desk.shelf()
    }

    fn token(&self) -> String {
        let mut bytes = [0; 32];
        self.web.random().fill_bytes(&mut bytes);
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    fn put(
        &self,
        kind: &str,
        key: &str,
        value: &impl Serialize,
        until: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let value = serde_json::to_vec(value).unwrap_or_default();
        let mut random = self.web.random();
        self.shelf().put(
            &self.kind(kind),
            key.as_bytes(),
            &value,
            until,
            &mut *random,
        )
    }

    fn get<T: DeserializeOwned>(&self, kind: &str, key: &str) -> Result<Option<T>, StoreError> {
        let found = self
            .shelf()
            .get(&self.kind(kind), key.as_bytes(), self.web.now())?;
        Ok(found.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    fn take<T: DeserializeOwned>(&self, kind: &str, key: &str) -> Result<Option<T>, StoreError> {
        let found = self
            .shelf()
            .take(&self.kind(kind), key.as_bytes(), self.web.now())?;
        Ok(found.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// Signs somebody in, and gives the token for the cookie. A token is never taken from outside.
    pub(crate) fn enter(
        &self,
        person: &str,
        shown: Shown,
        browser: &str,
    ) -> Result<String, StoreError> {
        self.enters(person, shown, None, browser)
    }

    /// The same by an account at the sign-in provider.
    pub(crate) fn enter_bound(
        &self,
        person: &str,
        bound: Bound,
        browser: &str,
    ) -> Result<String, StoreError> {
        self.enters(person, Shown::OpenId, Some(bound), browser)
    }

    fn enters(
        &self,
        person: &str,
        shown: Shown,
        bound: Option<Bound>,
        browser: &str,
    ) -> Result<String, StoreError> {
        let (token, now) = (self.token(), self.web.now());
        let stay = Stay {
            person: person.to_owned(),
            shown,
            since: now,
            seen: now,
            browser: digest(browser),
            bound,
        };
        self.put(SESSION, &token, &stay, Some(ends(&stay)))?;
        Ok(token)
    }

    /// Who is signed in with this token, in this browser.
    pub(crate) fn stay(&self, token: &str, browser: &str) -> Result<Option<Stay>, StoreError> {
        let Some(mut stay) = self.get::<Stay>(SESSION, token)? else {
            return Ok(None);
        };
        if stay.browser != digest(browser) {
            return Ok(None);
        }
        let now = self.web.now();
        if now.duration_since(stay.seen) >= SEEN {
            stay.seen = now;
            self.put(SESSION, token, &stay, Some(ends(&stay)))?;
        }
        Ok(Some(stay))
    }

    pub(crate) fn leave(&self, token: &str) -> Result<(), StoreError> {
        self.shelf().remove(&self.kind(SESSION), token.as_bytes())
    }

    /// Makes a challenge for one purpose: chance, until when it counts, and a word that only this desk makes
    /// about both. Nothing is written down: strangers open the page of signing in as often as they like.
    pub(crate) fn challenge(&self, purpose: &Purpose) -> String {
        let mut begin = [0; 24];
        self.web.random().fill_bytes(&mut begin[..16]);
        let until = (self.web.now() + CHALLENGE).as_second();
        begin[16..].copy_from_slice(&until.to_be_bytes());
        let word = self.challenge_word(purpose, &begin);
        BASE64_URL_SAFE_NO_PAD.encode([&begin[..], &word].concat())
    }

    /// Whether this is a challenge of ours for that purpose, which still counts.
    pub(crate) fn is_challenge(&self, challenge: &str, purpose: &Purpose) -> bool {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(challenge).unwrap_or_default();
        let Some((begin, word)) = bytes.split_at_checked(24) else {
            return false;
        };
        let until = <[u8; 8]>::try_from(&begin[16..]).map(i64::from_be_bytes);
        let counts = until.is_ok_and(|until| self.web.now().as_second() < until);
        let right = self.challenge_word(purpose, begin);
        counts && same(word, &right)
    }

    /// Uses a challenge up that was answered rightly: one answer counts.
    pub(crate) fn use_up(&self, challenge: &str) -> Result<bool, StoreError> {
        let until = self.web.now() + CHALLENGE;
        let mut random = self.web.random();
        self.shelf().put_first(
            &self.kind(CHALLENGED),
            challenge.as_bytes(),
            b"",
            Some(until),
            &mut *random,
        )
    }

    fn challenge_word(&self, purpose: &Purpose, begin: &[u8]) -> [u8; 32] {
        let purpose = serde_json::to_vec(purpose).unwrap_or_default();
        let kind = self.kind(CHALLENGE_MADE);
        self.shelf().word(&kind, &[begin, &purpose].concat()).0
    }

    pub(crate) fn register(&self, passkey: &Registered) -> Result<(), StoreError> {
        self.put(PASSKEY, &passkey.credential, passkey, None)
    }

    pub(crate) fn passkey(&self, credential: &str) -> Result<Option<Registered>, StoreError> {
        self.get(PASSKEY, credential)
    }

    pub(crate) fn passkeys_of(&self, person: &str) -> Result<Vec<Registered>, StoreError> {
        let all = self.shelf().all(&self.kind(PASSKEY), self.web.now())?;
        let all = all
            .iter()
            .filter_map(|bytes| serde_json::from_slice::<Registered>(bytes).ok());
        let mut theirs: Vec<_> = all.filter(|one| one.person == person).collect();
        theirs.sort_by_key(|one| one.since);
        Ok(theirs)
    }

    pub(crate) fn remove_passkey(&self, credential: &str) -> Result<(), StoreError> {
        self.shelf()
            .remove(&self.kind(PASSKEY), credential.as_bytes())
    }

    /// Makes a link with which somebody signs in once, at `origin`.
    pub(crate) fn invite(&self, who: &str, origin: &Origin) -> Result<Invitation, StoreError> {
        let (token, until) = (self.token(), self.web.now() + INVITED_FOR);
        self.put(INVITATION, &token, &who, Some(until))?;
        let link = format!("{origin}/welcome/{token}");
        Ok(Invitation { link, until })
    }

    /// Whom an invitation is for. It works still.
    pub(crate) fn invited(&self, token: &str) -> Result<Option<String>, StoreError> {
        self.get(INVITATION, token)
    }

    /// Uses an invitation up.
    pub(crate) fn accept(&self, token: &str) -> Result<Option<String>, StoreError> {
        self.take(INVITATION, token)
    }

    /// Keeps what somebody typed in a form of a case.
    pub(crate) fn draft(&self, of: &str, fields: &[(String, String)]) -> Result<(), StoreError> {
        let until = self.web.now() + DRAFT;
        self.put(DRAFTED, of, &(self.web.now(), fields), Some(until))
    }

    pub(crate) fn drafted(&self, of: &str) -> Result<Option<Draft>, StoreError> {
        self.get(DRAFTED, of)
    }

    pub(crate) fn forget_draft(&self, of: &str) -> Result<(), StoreError> {
        self.shelf().remove(&self.kind(DRAFTED), of.as_bytes())
    }

    /// What a person set for themselves.
    pub(crate) fn settings(&self, person: &str) -> Result<Settings, StoreError> {
        Ok(self.get(SETTINGS, person)?.unwrap_or_default())
    }

    pub(crate) fn keep_settings(&self, person: &str, set: &Settings) -> Result<(), StoreError> {
        self.put(SETTINGS, person, set, None)
    }

    /// Keeps what somebody searches for, for that person alone and for a while.
    pub(crate) fn keep_search(&self, person: &str, wanted: &str) -> Result<String, StoreError> {
        let id = self.token();
        let until = self.web.now() + IDLE;
        self.put(SEARCH, &id, &(person, wanted), Some(until))?;
        Ok(id)
    }

    pub(crate) fn kept_search(&self, person: &str, id: &str) -> Result<Option<String>, StoreError> {
        let found: Option<(String, String)> = self.get(SEARCH, id)?;
        Ok(found
            .filter(|(by, _)| by == person)
            .map(|(_, wanted)| wanted))
    }

    pub(crate) fn sweep(&self) -> Result<(), StoreError> {
        self.shelf().sweep(self.web.now())
    }
}

impl Web {
    /// Brings the log, the agents' answers and the shelf up to date. The server does it now and then,
    /// so that an answer is there when somebody looks.
    ///
    /// # Errors
    /// When the desk cannot be opened, or the sequencer stops; the next time goes on.
    pub fn tick(&self) -> Result<(), String> {
        let (desk, _) = self.desk()?;
        let ticked = desk.tick(self.now(), &mut *self.random());
        desk.settle().map_err(|e| e.to_string())?;
        ticked.map_err(|e| e.to_string())?;
        tokens::end_of_those_who_left(&desk, self.now()).map_err(|e| e.to_string())?;
        bindings::end_of_those_who_left(&desk, self.now()).map_err(|e| e.to_string())?;
        Keep::of(&desk, self).sweep().map_err(|e| e.to_string())?;
        self.tell_certificate(&desk).map_err(|e| e.to_string())
    }

    /// Makes a link with which `person` (an id of people.toml) signs in once and makes a passkey.
    /// Whoever has the link is believed to be that person: it is given to them and nobody else.
    ///
    /// # Errors
    /// When there is no such person, or the store cannot be written.
    pub fn invite(&self, person: &str) -> Result<Invitation, WebError> {
        let (desk, _) = self.desk().map_err(WebError::Desk)?;
        if desk.people()?.find(person).is_none() {
            return Err(WebError::Nobody(person.to_owned()));
        }
        let keep = Keep::of(&desk, self);
        Ok(keep.invite(person, &self.origin)?)
    }

    /// Makes a link with which an officer comes in once at the door. `None` while the door is closed.
    ///
    /// # Errors
    /// When the desk cannot be opened, or the store cannot be written.
    pub fn invite_officer(&self, officer: &str) -> Result<Option<Invitation>, WebError> {
        let (desk, _) = self.desk().map_err(WebError::Desk)?;
        crate::door::invite(self, &desk, officer)
    }
}

fn ends(stay: &Stay) -> Timestamp {
    (stay.since + LONGEST_SESSION).min(stay.seen + IDLE)
}

/// Whether two words are the same: found out in one time, wherever they differ.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    let pairs = one.iter().zip(other);
    let differ = pairs.fold(0, |sum, (one, other)| sum | (one ^ other));
    one.len() == other.len() && differ == 0
}

fn digest(text: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}
