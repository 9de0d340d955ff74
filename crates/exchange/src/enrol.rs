//! A new agent, let in by a token that works once.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;

use jiff::{SignedDuration, Timestamp};
use lagrum_durable::{
    FaultPoints, FileError, NewFile, lock, private_directory, private_file, read_settings, replace,
};
use lagrum_model::{Region, Sha256Digest};
use lagrum_notes::{VerifyingKey, role};
use rand_core::CryptoRngCore;

use crate::settings::{ExchangeSettings, enrolled, enrolled_file};

/// How long an invitation counts.
pub const INVITED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// An invitation of an agent.
pub struct Invitation {
    /// What the agent shows: 16 bytes by chance, in hexadecimal. It is kept nowhere.
    pub token: String,
    /// Until when (UTC).
    pub until: Timestamp,
}

/// Why nobody is invited.
#[derive(Debug, thiserror::Error)]
pub enum NotInvited {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] lagrum_durable::SettingsError),
    /// A file cannot be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// There is no such region.
    #[error("exchange.toml has no region {0}")]
    NoRegion(Region),
    /// The region has an agent.
    #[error(
        "the region {0} has an agent already, and has one at a time; take its key out first (`agent` in exchange.toml, or its file below `enrolled`)"
    )]
    HasAgent(Region),
}

/// Invites the agent of `region` at the exchange whose settings are `file`. Of the token only the digest is kept.
///
/// # Errors
/// [`NotInvited`].
pub fn invite(
    file: &Path,
    region: &Region,
    now: Timestamp,
    random: &mut dyn CryptoRngCore,
) -> Result<Invitation, NotInvited> {
    match ExchangeSettings::read(file)?.region(region) {
        None => return Err(NotInvited::NoRegion(region.clone())),
        Some(one) if one.agent.is_some() => return Err(NotInvited::HasAgent(region.clone())),
        Some(_) => {}
    }
    let mut bytes = [0; 16];
    random.fill_bytes(&mut bytes);
    let token = hex::encode(bytes);
    let until = now.saturating_add(INVITED_FOR).unwrap_or(now);
    let invited = invitation(file, &token);
    make_places(file)?;
    private_file(&invited, format!("{region}\n{until}\n").as_bytes())?;
    Ok(Invitation { token, until })
}

fn invitation(file: &Path, token: &str) -> PathBuf {
    let digest = Sha256Digest::of(token.as_bytes());
    file.with_file_name("invited").join(digest.to_string())
}

/// A token that was given out for a region, and whose time is not over.
struct Given {
    /// Until when it counts.
    until: Timestamp,
    /// The key that showed it first, if one did.
    shown_by: Option<String>,
    /// Whether that key came in with it.
    used: bool,
}

/// What lies there of a token, if it is one of this region and its time is not over.
fn given(invited: &Path, region: &Region, now: Timestamp) -> Result<Option<Given>, NotLetIn> {
    let text = match read_settings(invited) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        text => text?,
    };
    let mut lines = text.lines();
    let its_own = lines.next() == Some(region.as_str());
    let until = lines.next().and_then(|line| line.parse::<Timestamp>().ok());
    let Some(until) = until.filter(|until| its_own && now < *until) else {
        return Ok(None);
    };
    let shown_by = lines.next().map(str::to_owned);
    let used = used(invited);
    let used = used.try_exists().map_err(FileError::of("look at", &used))?;
    // One that was used before the key was written down is bound to none.
    let counts = !used || shown_by.is_some();
    Ok(counts.then_some(Given {
        until,
        shown_by,
        used,
    }))
}

/// Whether a token is one that was given out for this region and may count now, for one key at least.
pub(crate) fn is_invited(
    file: &Path,
    token: &str,
    region: &Region,
    now: Timestamp,
) -> Result<bool, NotLetIn> {
    Ok(given(&invitation(file, token), region, now)?.is_some())
}

fn used(invited: &Path) -> PathBuf {
    invited.with_extension("used")
}

/// Makes the directories beside the settings in which tokens and keys lie. A server that may write nothing else cannot
/// make them itself.
///
/// # Errors
/// When the system refuses.
pub fn make_places(file: &Path) -> Result<(), FileError> {
    ["invited", "enrolled"]
        .into_iter()
        .try_for_each(|name| private_directory(&file.with_file_name(name)))
}

/// Why it is not known whether an agent may come in: something failed here.
#[derive(Debug, thiserror::Error)]
pub enum NotLetIn {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] lagrum_durable::SettingsError),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// One agent is let in at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What became of an agent with a token that counted when it came.
pub(crate) enum LetIn {
    /// Its key counts.
    Yes,
    /// The token does not count any more, another key showed it first, or the region has an agent.
    No,
    /// Another server of the same directory is at it.
    Busy,
}

/// Lets the key in, and uses the token up.
///
/// The token is bound to the key before the key counts, and is used up last. So wherever it is cut off, the same agent
/// comes in with the same token the next time, and no other ever does. Whoever is in hears that again, for the answer may
/// have been lost.
pub(crate) fn let_in(
    file: &Path,
    token: &str,
    region: &Region,
    key: &VerifyingKey<role::Agent>,
    now: Timestamp,
    faults: &dyn FaultPoints,
) -> Result<LetIn, NotLetIn> {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    make_places(file)?;
    let place = enrolled_file(file, region);
    let Some(_locked) = lock(&place.with_file_name(".lock"))? else {
        return Ok(LetIn::Busy);
    };
    let settings = ExchangeSettings::read(file)?;
    let came_in = enrolled(&place)?;
    let line = key.to_string();
    let invited = invitation(file, token);
    let (Some(here), Some(given)) = (settings.region(region), given(&invited, region, now)?) else {
        return Ok(LetIn::No);
    };
    let is_in = came_in.as_ref() == Some(&line);
    let is_bound = given.shown_by.as_ref() == Some(&line);
    if given.used {
        return Ok(match is_bound && is_in {
            true => LetIn::Yes,
            false => LetIn::No,
        });
    }
    // It may have been cut off, before its key counted or afterwards.
    let is_free = here.agent.is_none() || (is_bound && is_in);
    let may = is_free && (given.shown_by.is_none() || is_bound);
    // Asked again, of the settings that hold now: the key may have come in elsewhere meanwhile.
    if !may || settings.is_known_elsewhere(key, region) {
        return Ok(LetIn::No);
    }
    let until = given.until;
    faults.point(&invited)?;
    let mut bound = NewFile::create_private(&invited)?;
    write!(bound, "{region}\n{until}\n{line}\n").map_err(FileError::of("write", &invited))?;
    bound.finish()?;
    faults.point(&place)?;
    replace(&place, format!("{line}\n").as_bytes())?;
    let used = used(&invited);
    faults.point(&used)?;
    private_file(&used, b"")?;
    Ok(LetIn::Yes)
}
