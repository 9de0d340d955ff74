//! Which account at the sign-in provider signs which person of the desk in.
//!
//! A binding is made by whoever looks after the desk, and by nothing else: the person asks for it, signed in here and
//! just shown by the provider to have that account, and an administrator agrees; or it is made where the desk runs. An
//! account is issuer and subject. An address, a name or anything else that a provider says binds nobody.

use jiff::{SignedDuration, Timestamp};
use lagrum_desk::shelved::{BINDING, BINDING_ASKED};
use lagrum_desk::{Desk, OpenError};
use lagrum_openid::Account;
use lagrum_store::{StoreError, Tag};
use lagrum_telemetry::{Facts, Happening};
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};

/// Who asks is answered within that time.
const ASKED_FOR: SignedDuration = SignedDuration::from_hours(24 * 14);
/// The longest subject, in characters.
const LONGEST_SUBJECT: usize = 255;

/// That an account signs a person in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// By what it is listed and ended.
    pub id: String,
    /// Whom it signs in (an id of people.toml).
    pub person: String,
    /// The provider.
    pub issuer: String,
    /// Who, as the provider names them.
    pub subject: String,
    /// Since when (UTC).
    pub since: Timestamp,
    /// Who agreed (an id of people.toml); absent: it was made where the desk runs.
    pub by: Option<String>,
}

/// That somebody asks to be signed in by an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) person: String,
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) at: Timestamp,
}

/// By which binding somebody signed in: for their session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bound {
    pub(crate) binding: String,
    pub(crate) issuer: String,
    pub(crate) subject: String,
}

/// Why a binding is not made.
#[derive(Debug, thiserror::Error)]
pub enum BindingError {
    /// There is no such person.
    #[error("{0}: nobody in people.toml has this id")]
    Nobody(String),
    /// The subject is empty, too long or not plain.
    #[error(
        "subject: write it exactly as the provider has it (`sub`), in 1 to 255 characters of ASCII"
    )]
    Subject,
    /// The account signs somebody in already.
    #[error("this account signs {0} in already; end that binding first")]
    Taken(String),
    /// The person is signed in by another account of that provider.
    #[error("{0} is signed in by another account of this provider already; end that binding first")]
    Has(String),
    /// The list of people cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn key(issuer: &str, subject: &str) -> Vec<u8> {
    format!("{issuer}\n{subject}").into_bytes()
}

/// Lets an account sign a person in from now on.
///
/// # Errors
/// [`BindingError`].
pub fn bind(
    desk: &Desk,
    person: &str,
    account: &Account,
    by: Option<&str>,
    now: Timestamp,
    random: &mut dyn CryptoRngCore,
) -> Result<Binding, BindingError> {
    let Account { issuer, subject } = account;
    if desk.people()?.find(person).is_none() {
        return Err(BindingError::Nobody(person.to_owned()));
    }
    let plain = |c: char| c.is_ascii() && !c.is_ascii_control();
    let right = !subject.trim().is_empty() && subject.len() <= LONGEST_SUBJECT;
    if !right || !subject.chars().all(plain) {
        return Err(BindingError::Subject);
    }
    if of_person(desk, person, issuer, now)?.is_some_and(|one| one.subject != *subject) {
        return Err(BindingError::Has(person.to_owned()));
    }
    let mut id = [0; 6];
    random.fill_bytes(&mut id);
    let binding = Binding {
        id: id.iter().map(|byte| format!("{byte:02x}")).collect(),
        person: person.to_owned(),
        issuer: issuer.clone(),
        subject: subject.clone(),
        since: now,
        by: by.map(str::to_owned),
    };
    let value = serde_json::to_vec(&binding).unwrap_or_default();
    let first = desk
        .shelf()
        .put_first(BINDING, &key(issuer, subject), &value, None, random)?;
    if !first {
        let other = find(desk, account, now)?.map(|one| one.person);
        return Err(BindingError::Taken(other.unwrap_or_default()));
    }
    desk.shelf().remove(BINDING_ASKED, person.as_bytes())?;
    told("bound");
    Ok(binding)
}

/// All bindings, by person and age.
///
/// # Errors
/// When the store cannot be read.
pub fn list(desk: &Desk, now: Timestamp) -> Result<Vec<Binding>, StoreError> {
    let all = desk.shelf().all(BINDING, now)?;
    let all = all
        .iter()
        .filter_map(|bytes| serde_json::from_slice(bytes).ok());
    let mut all: Vec<Binding> = all.collect();
    all.sort_by(|one, other| (&one.person, one.since).cmp(&(&other.person, other.since)));
    Ok(all)
}

/// Ends a binding; says whether there was one of this id. Whoever signed in by it is signed out at once.
///
/// # Errors
/// When the store cannot be written.
pub fn end(desk: &Desk, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    end_where(desk, now, |one| one.id == id)
}

/// Ends the bindings of people who are not in people.toml any more: nobody who gets that id later has them.
pub(crate) fn end_of_those_who_left(desk: &Desk, now: Timestamp) -> Result<(), StoreError> {
    let Ok(people) = desk.people() else {
        return Ok(());
    };
    end_where(desk, now, |one| people.find(&one.person).is_none())?;
    for (tag, asked) in asked(desk, now)? {
        if people.find(&asked.person).is_none() {
            desk.shelf().remove_tagged(BINDING_ASKED, &tag)?;
        }
    }
    Ok(())
}

fn end_where(
    desk: &Desk,
    now: Timestamp,
    which: impl Fn(&Binding) -> bool,
) -> Result<bool, StoreError> {
    let shelf = desk.shelf();
    let mut ended = false;
    for (tag, bytes) in shelf.tagged(BINDING, now)? {
        let binding: Option<Binding> = serde_json::from_slice(&bytes).ok();
        if binding.as_ref().is_some_and(&which) && shelf.remove_tagged(BINDING, &tag)? {
            ended = true;
            told("ended");
        }
    }
    Ok(ended)
}

/// The binding of an account.
pub(crate) fn find(
    desk: &Desk,
    account: &Account,
    now: Timestamp,
) -> Result<Option<Binding>, StoreError> {
    let key = key(&account.issuer, &account.subject);
    let found = desk.shelf().get(BINDING, &key, now)?;
    Ok(found.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

/// The binding of a person at a provider.
pub(crate) fn of_person(
    desk: &Desk,
    person: &str,
    issuer: &str,
    now: Timestamp,
) -> Result<Option<Binding>, StoreError> {
    let mut all = list(desk, now)?.into_iter();
    Ok(all.find(|one| one.person == person && one.issuer == issuer))
}

/// Whether a session that began by a binding still rests on it.
pub(crate) fn holds(
    desk: &Desk,
    bound: &Bound,
    person: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let account = Account {
        issuer: bound.issuer.clone(),
        subject: bound.subject.clone(),
    };
    let found = find(desk, &account, now)?;
    Ok(found.is_some_and(|one| one.id == bound.binding && one.person == person))
}

/// Keeps that somebody asks for a binding, in the place of what they asked before.
pub(crate) fn ask(
    desk: &Desk,
    person: &str,
    account: &Account,
    now: Timestamp,
    random: &mut dyn CryptoRngCore,
) -> Result<(), StoreError> {
    let asked = Asked {
        person: person.to_owned(),
        issuer: account.issuer.clone(),
        subject: account.subject.clone(),
        at: now,
    };
    let value = serde_json::to_vec(&asked).unwrap_or_default();
    let until = Some(now + ASKED_FOR);
    let shelf = desk.shelf();
    shelf.put(BINDING_ASKED, person.as_bytes(), &value, until, random)?;
    told("asked");
    Ok(())
}

/// Who asks.
pub(crate) fn asked(desk: &Desk, now: Timestamp) -> Result<Vec<(Tag, Asked)>, StoreError> {
    let all = desk.shelf().tagged(BINDING_ASKED, now)?.into_iter();
    let read = |(tag, bytes): (Tag, Vec<u8>)| Some((tag, serde_json::from_slice(&bytes).ok()?));
    Ok(all.filter_map(read).collect())
}

/// What a person asks for.
pub(crate) fn asked_by(
    desk: &Desk,
    person: &str,
    now: Timestamp,
) -> Result<Option<Asked>, StoreError> {
    let found = desk.shelf().get(BINDING_ASKED, person.as_bytes(), now)?;
    Ok(found.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

/// Takes what somebody asked for away; says whether it was there.
pub(crate) fn refuse(desk: &Desk, tag: &Tag) -> Result<bool, StoreError> {
    let there = desk.shelf().remove_tagged(BINDING_ASKED, tag)?;
    if there {
        told("refused");
    }
    Ok(there)
}

fn told(code: &'static str) {
    Happening::BindingChanged.tell(Facts {
        code: Some(code),
        ..Facts::default()
    });
}
