//! `lagrum desk backup`, `lagrum desk restore`

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use lagrum_desk::{DeskConfig, MissingPackage, Verification};
use lagrum_durable::FileError;
use lagrum_log::{Fetch, Mirrored, mirror};
use lagrum_public::Https;
use lagrum_setup::{CheckedCopy, Manifest, SetupError, back_up};
use lagrum_store::Fault;
use serde_json::json;

use crate::commands::verified::{as_recorded, gone_through, sentence};
use crate::context::{Context, load_trust};
use crate::output::Failure;

/// Copy desk and log, as they are at one instant; the desk may be at work
#[derive(clap::Args)]
pub struct Backup {
    /// Where the copy is made: a directory that is empty or not there
    directory: PathBuf,
    /// Copy the master key, too: then whoever has the copy reads every case
    #[arg(long)]
    with_master_key: bool,
}

/// Make a desk out of a copy, where nothing is yet (--dir), and verify everything in it
#[derive(clap::Args)]
pub struct Restore {
    /// The copy
    directory: PathBuf,
    /// The file with the master key, if the copy has none
    #[arg(long, value_name = "FILE")]
    master_key: Option<PathBuf>,
    /// The public log as it is now, or a copy of it that is as new: a directory or https://…
    #[arg(long, value_name = "DIR|URL")]
    log: Option<String>,
}

impl Backup {
    /// Makes it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let (to, at) = (&self.directory, &context.place);
        let made = context.at_desk(|session| {
            back_up(at, session, to, self.with_master_key).map_err(|error| match error {
                // What the desk refuses has words of its own.
                SetupError::Command(error) => error.into(),
                other => other.into(),
            })
        })?;
        let json = json!({
            "directory": to, "manifest": made.manifest, "files": made.files, "bytes": made.bytes,
            "marked": made.marked, "packages_elsewhere": made.packages_elsewhere,
        });
        context.output.show(&json, || {
            let mut lines = vec![format!(
                "The desk and its log of {} are in {}. Files: {}; bytes: {}; entries of the public log: {}.",
                of(&made.manifest),
                to.display(),
                made.files,
                made.bytes,
                made.manifest.entries
            )];
            if !made.manifest.database {
                lines.push(NO_DATABASE.to_owned());
            }
            if made.packages_elsewhere {
                lines.push(NO_PACKAGES.to_owned());
            }
            lines.push(match made.manifest.master_key {
                true => "The master key is in it: whoever has the copy reads every case.",
                false => "The master key is not in it. Without it nobody ever reads the cases: keep it elsewhere.",
            }.to_owned());
            lines.push("The key with which the log signs is in it. Keep the copy as you keep the desk.".to_owned());
            if made.marked.is_none() {
                lines.push("`lagrum check` does not know of it: `backup` in the [check] table of desk.toml names no file.".to_owned());
            }
            lines.join("\n")
        })
    }
}

const NO_DATABASE: &str = "The database is on a server and NOT in the copy: run pg_dump. The two fit only if nothing was written \
to the log between them: stop the desk, copy both, and start it again.";

const NO_PACKAGES: &str = "The sealed packages in the bucket are NOT in the copy: the storage keeps them. Deliveries are in it.";

impl Restore {
    /// Makes it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let copy = CheckedCopy::read(&self.directory).map_err(judged)?;
        copy.restore(&context.place, self.master_key.as_deref())
            .map_err(judged)?;
        let manifest = &copy.manifest;
        if !manifest.database {
            let json = json!({"manifest": manifest, "verified": null, "log": null});
            return context.output.show(&json, || {
                format!(
                    "What the copy of {} holds is in place, and NOTHING of it is verified: its database is on a server. Load what\n\
                     pg_dump wrote then into a database of its own, name that in {}, and run `lagrum desk verify`.",
                    of(manifest),
                    context.place.desk_file().display()
                )
            });
        }
        let mut faults = Vec::new();
        let (done, missing) = context.at_desk(|session| {
            let done = session.verify(&mut |fault| faults.push(fault.clone()))?;
            Ok((done, session.missing_packages()?))
        })?;
        // What is damaged is not held against another log.
        let log = match (&self.log, done.faults) {
            (Some(from), 0) => Some(newest(context, from)?),
            _ => None,
        };
        let entries = log.as_ref().map(|log| log.checkpoint.head().size);
        let json = json!({
            "manifest": manifest, "verified": done, "faults": faults, "missing_packages": missing,
            "log": entries.map(|entries| json!({
                "entries": entries, "missing_in_copy": entries.saturating_sub(manifest.entries),
            })),
        });
        context.output.show(&json, || {
            told(manifest, &done, (&faults, &missing), entries)
        })?;
        as_recorded(&done)?;
        if !missing.is_empty() {
            return Err(Failure::NotInOrder);
        }
        match entries {
            Some(entries) if entries > manifest.entries => Err(Failure::NotInOrder),
            _ => Ok(()),
        }
    }
}

/// What was restored, for people.
fn told(
    manifest: &Manifest,
    done: &Verification,
    (faults, missing): (&[Fault], &[MissingPackage]),
    entries: Option<u64>,
) -> String {
    let mut lines = vec![format!(
        "The desk of {} is in place; its log had {} entries then.",
        of(manifest),
        manifest.entries
    )];
    lines.extend(faults.iter().map(sentence));
    lines.push(gone_through(done));
    lines.extend(missing.iter().map(|one| match &one.not_known {
        None => format!(
            "Case {}: package {} is to be handed over and is NOT where packages are kept: it has to be produced anew.",
            one.case, one.package
        ),
        Some(why) => format!(
            "Case {}: whether package {} is there is NOT known: {why}",
            one.case, one.package
        ),
    }));
    lines.push(match entries {
        _ if done.faults > 0 => "Do not work with it.".to_owned(),
        Some(entries) if entries > manifest.entries => format!(
            "The public log went on after the copy: it has {} entries more, and is in place as it is now. What they stand for is\n\
             lost here. The desk works on its cases, opens none, and publishes nothing, so that no mandate goes out. Look for a newer copy.\n\
             If there is none, `lagrum desk state-loss` says in the log what is lost, and lets the desk go on.",
            entries - manifest.entries
        ),
        Some(entries) if entries < manifest.entries => format!(
            "The log that you named has {entries} entries, fewer than the copy. Whether the public log went on after the copy is NOT known."
        ),
        Some(_) => "The public log has nothing that the copy lacks: the desk can go on.".to_owned(),
        None => "Whether the public log went on after the copy is NOT known here. If it did, this desk would sign a second history, which\n\
                 agents, mirrors and witnesses refuse. Before it works, restore with --log, which names the log of now."
            .to_owned(),
    });
    lines.join("\n")
}

fn of(manifest: &Manifest) -> String {
    manifest
        .made_at
        .strftime("%Y-%m-%d %H:%M:%S UTC")
        .to_string()
}

/// A copy that is not what was copied is another thing than one that cannot be read.
fn judged(error: SetupError) -> Failure {
    match error {
        SetupError::Copy(_) => Failure::NotGenuine(error.into()),
        other => other.into(),
    }
}

/// Brings the restored log to what it is now, if that continues it.
fn newest(context: &Context, from: &str) -> Result<Mirrored, Failure> {
    let trust = load_trust(&context.place, None)?
        .ok_or_else(|| anyhow!("{} is not there", context.place.trust().display()))?;
    let policy = trust.policy().map_err(|why| anyhow!(why))?;
    let log = DeskConfig::load(&context.place.desk_file())?.log;
    let extended = match from.contains("://") {
        true => mirror(&log, &policy, &mut Https::below(from)).map_err(|e| e.to_string()),
        false => mirror(&log, &policy, &mut Below(from.into())).map_err(|e| e.to_string()),
    };
    extended.map_err(|why| {
        Failure::NotGenuine(anyhow!(
            "the desk is in place and verified; do not work with it: {from}: {why}"
        ))
    })
}

/// A log in a directory of this machine.
struct Below(PathBuf);

impl Fetch for Below {
    type Error = FileError;

    fn fetch(&mut self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, FileError> {
        lagrum_durable::read_if_any(&self.0.join(Path::new(path)), limit)
    }
}
