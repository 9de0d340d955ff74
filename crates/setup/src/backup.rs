//! A copy of desk and log that is of one instant, although the desk is at work; and a desk made of it.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lagrum_desk::{DeskConfig, Session, is_server};
use lagrum_durable::{FileError, private_directory};
use lagrum_log::Head;
use lagrum_model::Sha256Digest;
use lagrum_store::MasterKey;
use lagrum_store_sqlite::Snapshot;
use serde::{Deserialize, Serialize};

use crate::copying::{Copying, check_sums, files_of, put};
use crate::layout::{Layout, within};
use crate::{Place, SetupError};

const FORMAT: &str = "lagrum-backup/1";
const MANIFEST: &str = "backup.toml";
const SETTINGS: &str = "desk/desk.toml";
/// Where the master key lies in a copy, if it does.
const MASTER_KEY: &str = "desk/master.key";
/// The list of the log's public texts is no longer; all else that changes is shorter.
const LONGEST_MOVING: u64 = 16 << 20;

/// What a copy says of itself: `backup.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// `lagrum-backup/1`.
    pub format: String,
    /// Of which instant it is (UTC).
    pub made_at: Timestamp,
    /// How many entries the public log had then.
    pub entries: u64,
    /// The root hash over them, in base64.
    pub root: String,
    /// Whether the database is in it: a file, and no server.
    pub database: bool,
    /// Whether the master key is in it.
    pub master_key: bool,
}

/// A copy that was made.
#[derive(Clone, Debug)]
pub struct Backup {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Number of its files.
    pub files: u64,
    /// Their length in bytes.
    pub bytes: u64,
    /// The file whose time says when the last copy was made, if desk.toml names one: it was written.
    pub marked: Option<PathBuf>,
    /// Whether sealed packages lie in a bucket, which is not copied.
    pub packages_elsewhere: bool,
}

/// A copy whose every file was held against its sum.
#[derive(Clone, Debug)]
pub struct CheckedCopy {
    /// What it says of itself.
    pub manifest: Manifest,
    directory: PathBuf,
    sums: BTreeMap<String, Sha256Digest>,
}

/// Copies desk and log into the directory `to`, which is empty or not there. The desk may be at work: database
/// and log are of the instant at which this begins, and nobody waits for longer than that takes.
///
/// The master key stays out unless `with_master_key`. The exchange with the agents and what they keep are not part
/// of it, nor what can be made anew.
///
/// # Errors
/// When the person may not; when `to` holds something or lies in the provider's own directory; when a file cannot
/// be read or written. What is there then has no list of its files, and is no copy.
pub fn back_up(
    at: &Place,
    session: &mut Session<'_>,
    to: &Path,
    with_master_key: bool,
) -> Result<Backup, SetupError> {
    let home = fs::canonicalize(at.dir()).map_err(FileError::of("find", at.dir()))?;
    let at = Place::new(home);
    let config = DeskConfig::load(&at.desk_file())?;
    let layout = Layout::of(&at, &config);
    let begun = session.while_the_log_stands(|head, now| {
        // Nothing is written before the person was asked for the right to it.
        begin(&at, to)?;
        let database = match is_server(&config.database) {
            true => None,
            false => Some(Snapshot::of(Path::new(&config.database))?),
        };
        let log = files_of(&config.log)?;
        let moving = log.iter().filter(|(_, place)| moves(place));
        let mut moving: Vec<_> = moving
            .map(|(file, place)| {
                Ok((
                    layout.in_log(place),
                    lagrum_durable::read(file, LONGEST_MOVING)?,
                ))
            })
            .collect::<Result<_, SetupError>>()?;
        let pending = config.staging.join("pending");
        if let Some(bytes) = lagrum_durable::read_if_any(&pending, LONGEST_MOVING)? {
            moving.push((format!("{}/pending", layout.staging), bytes));
        }
        Ok::<_, SetupError>((*head, now, database, log, moving))
    });
    let (head, now, database, log, moving) = begun?;
    let mut copy = Copying::into(to);
    let manifest = manifest(now, &head, database.is_some(), with_master_key);
    copy.write(MANIFEST, toml::to_string(&manifest)?.as_bytes())?;
    for (place, bytes) in &moving {
        copy.write(place, bytes)?;
    }
    // What is in its place in the log never changes again.
    for (file, place) in log.iter().filter(|(_, place)| !moves(place)) {
        copy.file(file, &layout.in_log(place))?;
    }
    if let Some(database) = database {
        database.copy_to(&copy.place(&layout.database)?)?;
        copy.there(&layout.database)?;
    }
    copy_desk(&at, &config, &layout, &mut copy)?;
    if with_master_key {
        let key = lagrum_durable::read_secret(&config.master_key)?;
        copy.write(&layout.master_key, key.as_bytes())?;
    }
    if at.trust().exists() {
        copy.file(&at.trust(), "trust.toml")?;
    }
    let (files, bytes) = copy.much();
    copy.finish()?;
    let marked = config.check.backup;
    if let Some(mark) = &marked {
        lagrum_durable::replace(mark, format!("{}\n", manifest.made_at).as_bytes())?;
    }
    Ok(Backup {
        manifest,
        files,
        bytes,
        marked,
        packages_elsewhere: config.packages_s3.is_some(),
    })
}

impl CheckedCopy {
    /// Reads a copy, and holds every file of it against its sum.
    ///
    /// # Errors
    /// [`SetupError::Copy`] when it is not whole or not what was copied; when a file cannot be read.
    pub fn read(directory: &Path) -> Result<Self, SetupError> {
        let sums = check_sums(directory)?;
        for needed in [MANIFEST, SETTINGS] {
            if !sums.contains_key(needed) {
                return Err(SetupError::Copy(format!("{needed} is not in the copy")));
            }
        }
        let file = directory.join(MANIFEST);
        let text = lagrum_durable::read_settings(&file)?;
        let wrong = |why: String| SetupError::Copy(format!("{MANIFEST}: {why}"));
        let manifest: Manifest =
            toml::from_str(&text).map_err(|e| wrong(e.to_string().trim().to_owned()))?;
        if manifest.format != FORMAT {
            let other = manifest.format.escape_debug();
            return Err(wrong(format!(
                "format `{other}`: this program reads {FORMAT}"
            )));
        }
        Ok(Self {
            manifest,
            directory: directory.to_owned(),
            sums,
        })
    }

    /// Makes a desk of it at `at`, where nothing is yet. Where the copy has no master key, `master_key` is the file
    /// with it. The settings come last: without them there is no desk.
    ///
    /// # Errors
    /// [`SetupError::AlreadyThere`]; [`SetupError::CopyNeeds`] when the master key is missing; when a file cannot be read
    /// or written.
    pub fn restore(&self, at: &Place, master_key: Option<&Path>) -> Result<(), SetupError> {
        if !is_empty(at.dir())? {
            return Err(SetupError::AlreadyThere(at.dir().to_owned()));
        }
        let config = DeskConfig::load(&self.directory.join(SETTINGS))?;
        let place = within(&self.directory, &config.master_key);
        let place = place.unwrap_or_else(|| MASTER_KEY.to_owned());
        let key = match (self.sums.contains_key(&place), master_key) {
            (true, None) => None,
            (true, Some(_)) => {
                return Err(SetupError::CopyNeeds(
                    "the master key is in the copy; name no other".into(),
                ));
            }
            (false, None) => {
                return Err(SetupError::CopyNeeds(
                    "the master key is not in the copy; name the file that has it".into(),
                ));
            }
            (false, Some(file)) => Some(MasterKey::read(file)?),
        };
        private_directory(at.dir())?;
        private_directory(&at.desk())?;
        for (place, sum) in &self.sums {
            if ![MANIFEST, SETTINGS].contains(&place.as_str()) {
                put(&self.directory, place, sum, at.dir())?;
            }
        }
        if let Some(key) = key {
            let file = at.dir().join(&place);
            if let Some(parent) = file.parent() {
                private_directory(parent)?;
            }
            lagrum_durable::private_file(&file, key.to_secret_string().as_bytes())?;
        }
        if let Some(sum) = self.sums.get(SETTINGS) {
            put(&self.directory, SETTINGS, sum, at.dir())?;
        }
        Ok(())
    }
}

/// Makes the directory of a copy.
fn begin(at: &Place, to: &Path) -> Result<(), SetupError> {
    let refused = |why: &str| SetupError::Copy(format!("{}: {why}", to.display()));
    // It may not be there yet; then it will lie where what is above it lies.
    let above = to
        .ancestors()
        .find_map(|above| match above.as_os_str().is_empty() {
            true => fs::canonicalize(".").ok(),
            false => fs::canonicalize(above).ok(),
        });
    if above.is_none_or(|above| above.starts_with(at.dir())) {
        return Err(refused(
            "it lies in what is copied; name another directory, best on another disk",
        ));
    }
    if !is_empty(to)? {
        return Err(refused(
            "it is not empty; name a directory that is, or is not there",
        ));
    }
    private_directory(to)?;
    // One that was there may be open to others.
    fs::set_permissions(to, fs::Permissions::from_mode(0o700))
        .map_err(FileError::of("close", to))?;
    Ok(())
}

fn is_empty(directory: &Path) -> Result<bool, SetupError> {
    match fs::read_dir(directory) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(FileError::new("read", directory, error).into()),
    }
}

/// What the public log replaces or removes while it grows.
fn moves(place: &str) -> bool {
    let whole_tile = place.starts_with("tile/") && !place.contains(".p/");
    let text = place
        .strip_prefix("notices/")
        .is_some_and(|name| name != "list");
    !whole_tile && !text
}

fn manifest(made_at: Timestamp, head: &Head, database: bool, master_key: bool) -> Manifest {
    Manifest {
        format: FORMAT.to_owned(),
        made_at,
        entries: head.size,
        root: head.root.to_base64(),
        database,
        master_key,
    }
}

/// Copies what is the desk's beside database and log.
fn copy_desk(
    at: &Place,
    config: &DeskConfig,
    layout: &Layout,
    copy: &mut Copying<'_>,
) -> Result<(), SetupError> {
    copy.write(SETTINGS, layout.settings(at)?.as_bytes())?;
    // A package moves from the first to the second: it is found in one of them.
    for (directory, place) in [
        (&config.packages, &layout.packages),
        (&config.deliveries, &layout.deliveries),
    ] {
        for (file, name) in files_of(directory)? {
            match copy.file(&file, &format!("{place}/{name}")) {
                Err(SetupError::Durable(gone)) if gone.kind() == ErrorKind::NotFound => {}
                other => other?,
            }
        }
    }
    for (file, name) in files_of(&at.desk())? {
        if !Layout::is_left_out(at, config, &file) {
            copy.file(&file, &format!("desk/{name}"))?;
        }
    }
    for (path, place) in &layout.besides {
        for (file, name) in files_of_any(path)? {
            copy.file(&file, &format!("{place}{name}"))?;
        }
    }
    Ok(())
}

/// A file, or those below a directory.
fn files_of_any(path: &Path) -> Result<Vec<(PathBuf, String)>, SetupError> {
    if path.is_dir() {
        let files = files_of(path)?.into_iter();
        return Ok(files
            .map(|(file, name)| (file, format!("/{name}")))
            .collect());
    }
    Ok(vec![(path.to_owned(), String::new())])
}
