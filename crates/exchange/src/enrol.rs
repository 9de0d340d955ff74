//! A new agent, let in by a token that works once.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;

use jiff::{SignedDuration, Timestamp};
use lagrum_durable::{FileError, private_directory, private_file, read_settings, replace};
use lagrum_model::{Region, Sha256Digest};
use lagrum_notes::{VerifyingKey, role};
use rand_core::CryptoRngCore;

use crate::settings::{ExchangeSettings, enrolled_file};

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
    private_directory(invited.parent().unwrap_or(Path::new(".")))?;
    private_file(&invited, format!("{region}\n{until}\n").as_bytes())?;
    Ok(Invitation { token, until })
}

fn invitation(file: &Path, token: &str) -> PathBuf {
    let digest = Sha256Digest::of(token.as_bytes());
    file.with_file_name("invited").join(digest.to_string())
}

/// Whether a token is one that was given out for this region and counts now, and was not used.
pub(crate) fn is_invited(
    file: &Path,
    token: &str,
    region: &Region,
    now: Timestamp,
) -> Result<bool, FileError> {
    let invited = invitation(file, token);
    let text = match read_settings(&invited) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        text => text?,
    };
    let until = text.strip_prefix(&format!("{region}\n"));
    let until = until.and_then(|rest| rest.trim_end().parse::<Timestamp>().ok());
    Ok(until.is_some_and(|until| now < until) && !used(&invited).exists())
}

fn used(invited: &Path) -> PathBuf {
    invited.with_extension("used")
}

/// One agent is let in at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Uses the token up, and lets the key in. `false`: the token was used meanwhile, or the region has an agent.
///
/// The token is used up first: cut off between the two, it has let nobody in, and there is another invitation.
pub(crate) fn let_in(
    file: &Path,
    token: &str,
    region: &Region,
    key: &VerifyingKey<role::Agent>,
) -> Result<bool, FileError> {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let settings = ExchangeSettings::read(file);
    let region_is_free = settings
        .ok()
        .and_then(|settings| Some(settings.region(region)?.agent.is_none()));
    if region_is_free != Some(true) {
        return Ok(false);
    }
    match private_file(&used(&invitation(file, token)), b"") {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(false),
        made => made?,
    }
    let place = enrolled_file(file, region);
    private_directory(place.parent().unwrap_or(Path::new(".")))?;
    replace(&place, format!("{key}\n").as_bytes())?;
    Ok(true)
}
