//! Tokens with which programs act for one person, as far as their scopes and that person's role go. A token
//! is shown once; what is kept of it is kept under a word that nobody makes without the master key.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use lagrum_access::{Action, Scope};
use lagrum_desk::shelved::{TOKEN, TOKEN_SEEN};
use lagrum_desk::{Desk, OpenError};
use lagrum_model::schema::Instant;
use lagrum_store::StoreError;
use rand_core::CryptoRngCore;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// With what every token begins, so that one that lies where it should not is found.
const BEGINS: &str = "lagrum_";
/// How long a token works at most, in days.
pub const LONGEST_DAYS: u16 = 366;
/// Tokens of one person at once.
const MOST: usize = 20;
/// The longest name, in characters.
const LONGEST_NAME: usize = 80;
/// How often it is written down that a token was used.
const SEEN: SignedDuration = SignedDuration::from_mins(5);

/// A token, without the token itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Token {
    /// By what it is listed and ended.
    pub id: String,
    /// Whose it is (an id of people.toml).
    pub person: String,
    /// What it is for, as whoever made it called it.
    pub name: String,
    /// What it may do, as far as the person may.
    pub scopes: Vec<Scope>,
    /// When it was made (UTC).
    #[schemars(with = "Instant")]
    pub since: Timestamp,
    /// Until when it works (UTC).
    #[schemars(with = "Instant")]
    pub until: Timestamp,
    /// When it was last used (UTC), give or take five minutes; null: never.
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    pub seen: Option<Timestamp>,
}

/// Why a token is not made.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// There is no such person.
    #[error("{0}: nobody in people.toml has this id")]
    Nobody(String),
    /// The name is empty, too long, or not one line.
    #[error("name: say in 1 to 80 characters, in one line, what the token is for")]
    Name,
    /// It has no scope.
    #[error("scope: name at least one")]
    NoScope,
    /// The person's role never permits anything of this scope.
    #[error("scope {scope}: {person} may do nothing of it, whatever the token says")]
    Useless {
        /// Which scope.
        scope: Scope,
        /// Whose token it would be.
        person: String,
    },
    /// It would work for too long, or not at all.
    #[error("days: a token works for 1 to 366 days")]
    Days,
    /// The person has too many.
    #[error("{0} has 20 tokens already; end one that is not used any more")]
    TooMany(String),
    /// The list of people cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct NewToken<'n> {
    /// Whose it is.
    pub person: &'n str,
    /// What it is for.
    pub name: &'n str,
    /// What it may do.
    pub scopes: &'n [Scope],
    /// For how many days it works.
    pub days: u16,
}

/// Makes a token, and gives it with its text, which nobody can find again.
///
/// # Errors
/// [`TokenError`].
pub fn add(
    desk: &Desk,
    new: &NewToken<'_>,
    now: Timestamp,
    random: &mut dyn CryptoRngCore,
) -> Result<(Token, String), TokenError> {
    let who = desk.people()?.principal_signed_in(new.person);
    let who = who.ok_or_else(|| TokenError::Nobody(new.person.to_owned()))?;
    let name = new.name.trim();
    let long = name.chars().count() > LONGEST_NAME;
    if name.is_empty() || long || name.contains(char::is_control) {
        return Err(TokenError::Name);
    }
    if !(1..=LONGEST_DAYS).contains(&new.days) {
        return Err(TokenError::Days);
    }
    let mut scopes = new.scopes.to_vec();
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(TokenError::NoScope);
    }
    let useful = |scope: &Scope| {
        let mut all = Action::ALL.into_iter();
        all.any(|action| Scope::of(action) == Some(*scope) && desk.may_ever(&who, action))
    };
    if let Some(scope) = scopes.iter().find(|scope| !useful(scope)) {
        return Err(TokenError::Useless {
            scope: *scope,
            person: new.person.to_owned(),
        });
    }
    let theirs = list(desk, now)?;
    if theirs.iter().filter(|one| one.person == new.person).count() >= MOST {
        return Err(TokenError::TooMany(new.person.to_owned()));
    }
    let (mut secret, mut id) = ([0; 32], [0; 6]);
    random.fill_bytes(&mut secret);
    random.fill_bytes(&mut id);
    let text = format!("{BEGINS}{}", BASE64_URL_SAFE_NO_PAD.encode(secret));
    let token = Token {
        id: id.iter().map(|byte| format!("{byte:02x}")).collect(),
        person: new.person.to_owned(),
        name: name.to_owned(),
        scopes,
        since: now,
        until: now + SignedDuration::from_hours(24 * i64::from(new.days)),
        seen: None,
    };
    let value = serde_json::to_vec(&token).unwrap_or_default();
    let shelf = desk.shelf();
    shelf.put(TOKEN, text.as_bytes(), &value, Some(token.until), random)?;
    Ok((token, text))
}

/// All tokens that work, by person and age.
///
/// # Errors
/// When the store cannot be read.
pub fn list(desk: &Desk, now: Timestamp) -> Result<Vec<Token>, StoreError> {
    let shelf = desk.shelf();
    let mut all = Vec::new();
    for bytes in shelf.all(TOKEN, now)? {
        let Ok(mut token) = serde_json::from_slice::<Token>(&bytes) else {
            continue;
        };
        token.seen = seen(desk, &token.id, now)?;
        all.push(token);
    }
    all.sort_by(|one, other| {
        (&one.person, one.since, &one.id).cmp(&(&other.person, other.since, &other.id))
    });
    Ok(all)
}

/// Ends a token at once; says whether there was one of this id.
///
/// # Errors
/// When the store cannot be written.
pub fn end(desk: &Desk, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    end_where(desk, now, |token| token.id == id)
}

/// Ends the tokens of people who are not in people.toml any more: nobody who gets that id later has them.
pub(crate) fn end_of_those_who_left(desk: &Desk, now: Timestamp) -> Result<(), StoreError> {
    let Ok(people) = desk.people() else {
        return Ok(());
    };
    end_where(desk, now, |token| people.find(&token.person).is_none()).map(|_| ())
}

fn end_where(
    desk: &Desk,
    now: Timestamp,
    which: impl Fn(&Token) -> bool,
) -> Result<bool, StoreError> {
    let shelf = desk.shelf();
    let mut ended = false;
    for (tag, bytes) in shelf.tagged(TOKEN, now)? {
        let token: Option<Token> = serde_json::from_slice(&bytes).ok();
        if let Some(token) = token.filter(&which) {
            ended |= shelf.remove_tagged(TOKEN, &tag)?;
            shelf.remove(TOKEN_SEEN, token.id.as_bytes())?;
        }
    }
    Ok(ended)
}

/// The token of this text, if it works.
pub(crate) fn find(
    desk: &Desk,
    text: &str,
    now: Timestamp,
    random: &mut dyn CryptoRngCore,
) -> Result<Option<Token>, StoreError> {
    if !text.starts_with(BEGINS) || text.len() > 100 {
        return Ok(None);
    }
    let shelf = desk.shelf();
    let found = shelf.get(TOKEN, text.as_bytes(), now)?;
    let Some(token) = found.and_then(|bytes| serde_json::from_slice::<Token>(&bytes).ok()) else {
        return Ok(None);
    };
    // Beside the token and not in it: what is written late must not bring back one that was ended.
    let last = seen(desk, &token.id, now)?;
    if last.is_none_or(|last| now.duration_since(last) >= SEEN) {
        let value = serde_json::to_vec(&now).unwrap_or_default();
        let until = Some(token.until);
        shelf.put(TOKEN_SEEN, token.id.as_bytes(), &value, until, random)?;
    }
    Ok(Some(token))
}

fn seen(desk: &Desk, id: &str, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let found = desk.shelf().get(TOKEN_SEEN, id.as_bytes(), now)?;
    Ok(found.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}
