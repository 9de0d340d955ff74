//! `lagrum log verify`, `lagrum log proof`, `lagrum log cosign`, `lagrum log serve`, `lagrum log mirror`

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::anyhow;
use lagrum_desk::Desk;
use lagrum_durable::FileError;
use lagrum_log::{CheckpointPolicy, Fork, LogReader, MirrorError, mirror};
use lagrum_model::CaseId;
use lagrum_notes::VerifyingKey;
use lagrum_public::{Https, NotFetched, Outcome, ask_witnesses, log_files};
use lagrum_serving::serve;
use lagrum_setup::Place;

use crate::commands::witness::At;
use crate::context::{Context, load_trust, second};
use crate::output::Failure;

/// The public log
#[derive(clap::Subcommand)]
pub enum Log {
    /// Read the whole log again, and check every hash and the signature
    Verify {
        /// The log's directory; that of --dir if left out
        #[arg(long, value_name = "DIR", requires = "key")]
        log: Option<PathBuf>,
        /// The log's public key (name+id+base64); from the trust file if left out
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
    },
    /// Ask the witnesses that the desk's log policy names to cosign the log as it is now
    Cosign,
    /// Serve the log's files for reading; a plain web server does as well
    Serve {
        /// The log's directory; that of --dir if left out
        #[arg(long, value_name = "DIR")]
        log: Option<PathBuf>,
        #[command(flatten)]
        at: At,
    },
    /// Keep a copy of somebody's log: what is new is checked before it is kept
    Mirror {
        /// The log's address: https://…
        address: String,
        /// Where the copy lies
        directory: PathBuf,
        /// Whose checkpoints are believed (c2sp.org/tlog-policy)
        #[arg(long, value_name = "FILE")]
        policy: PathBuf,
    },
    /// Prove that an event of a case is in the log; the proof holds the event itself
    Proof {
        /// The case
        #[arg(value_parser = CaseId::parse)]
        case: CaseId,
        /// The number of the event (`lagrum case`)
        event: u64,
    },
}

impl Log {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Verify { log, key } => verify(context, log.as_deref(), key.as_deref()),
            Self::Cosign => cosign(context),
            Self::Serve { log, at } => serve_log(context, log, at),
            Self::Mirror {
                address,
                directory,
                policy,
            } => keep_copy(context, &address, &directory, &policy),
            Self::Proof { case, event } => proof(context, &case, event),
        }
    }
}

/// Reads the whole log again.
fn verify(context: &Context, log: Option<&Path>, key: Option<&str>) -> Result<(), Failure> {
    let (at, output) = (&context.place, &context.output);
    let policy = match key {
        Some(text) => CheckpointPolicy::of_log(VerifyingKey::parse(text)?),
        None => load_trust(at, None)?
            .ok_or_else(|| {
                anyhow!(
                    "{} is not there; give --log and --key, or --dir",
                    at.trust().display()
                )
            })?
            .policy()
            .map_err(|why| anyhow!(why))?,
    };
    let key = policy.log();
    let directory = log.map_or_else(|| at.log(), Path::to_owned);
    let reader = LogReader::of(&directory, &policy);
    let whole = reader
        .verify_all()
        .map_err(|e| Failure::NotGenuine(e.into()))?;
    let json = serde_json::json!({
        "log": directory, "origin": key.name(), "entries": whole.head.size,
        "root": whole.head.root.to_base64(), "tiles": whole.tiles, "bundles": whole.bundles,
    });
    output.show(&json, || {
        format!(
            "The log {} is whole: {} entries, root {}.\n\
             Checked: the checkpoint's signature; entry bundles: {}; tiles: {}.",
            key.name(),
            whole.head.size,
            whole.head.root.to_base64(),
            whole.bundles,
            whole.tiles
        )
    })
}

/// Proves that an event is in the log.
fn proof(context: &Context, case: &CaseId, event: u64) -> Result<(), Failure> {
    context.at_desk(|session| {
        let proof = session.proof(case, event)?.ok_or_else(|| {
            anyhow!("event {event} of case {case} is recorded, and not yet in the public log as its witnesses have seen it; `lagrum settle` brings it there, and where witnesses are asked for, `lagrum log cosign` then asks them")
        })?;
        let json = serde_json::json!({
            "case": case, "event": event, "index": proof.inclusion().index(),
            "proof": proof.to_string(),
        });
        context.output.show(&json, || proof.to_string())
    })
}

/// Asks the witnesses, and publishes what they say.
fn cosign(context: &Context) -> Result<(), Failure> {
    let (told, enough, alarm) = context.at_desk(|session| {
        let (log, policy) = session
            .to_witness()?
            .ok_or_else(|| anyhow!("desk.toml names no log policy that asks for a witness"))?;
        let asked = ask_witnesses(&log, &policy)?;
        let cosigned = asked
            .outcomes
            .iter()
            .any(|(_, one)| *one == Outcome::Cosigned);
        let enough = match cosigned {
            true => session.add_cosignatures(&asked.checkpoint)?,
            false => policy.verify(&asked.checkpoint).is_ok(),
        };
        let alarm = asked.outcomes.iter().any(|(_, one)| one.is_alarm());
        Ok((asked.outcomes, enough, alarm))
    })?;
    let json = serde_json::json!({
        "enough": enough, "alarm": alarm,
        "witnesses": told.iter().map(|(name, one)| serde_json::json!({
            "witness": name, "cosigned": *one == Outcome::Cosigned, "said": said(one),
        })).collect::<Vec<_>>(),
    });
    context.output.show(&json, || {
        let mut lines: Vec<_> = told.iter().map(|(name, one)| format!("{name}: {}", said(one))).collect();
        lines.push(match enough {
            true => "Enough of them have seen the log. `lagrum settle` sends out what waited for that.".to_owned(),
            false => "Not enough of them have seen the log: nothing new goes to an agent until they have.".to_owned(),
        });
        lines.join("\n")
    })?;
    if alarm || !enough {
        Err(Failure::NotInOrder)
    } else {
        Ok(())
    }
}

/// How often a desk that is served looks whether the log's witnesses have to be asked.
const EVERY: Duration = Duration::from_secs(15);
/// Their word is made fresh again when it is so old, in seconds.
const OLD: u64 = 3600;

/// Has the log witnessed for as long as the process runs: at once after it grew, and else once an hour.
pub fn witness_all_the_time(place: Place) {
    std::thread::spawn(move || {
        loop {
            // What fails is tried again, and told to whoever asks whether all is in order.
            let _ = place
                .open_desk()
                .map_err(|_| ())
                .and_then(|desk| witnessed(&desk).map_err(|_| ()));
            std::thread::sleep(EVERY);
        }
    });
}

fn witnessed(desk: &Desk) -> Result<(), Failure> {
    let Some((log, policy)) = desk.to_witness()? else {
        return Ok(());
    };
    let at = second();
    let seen = policy
        .verify(log.newest()?.signed())
        .ok()
        .and_then(|seen| seen.seen_at());
    if seen.is_some_and(|seen| at < seen.saturating_add(OLD)) {
        return Ok(());
    }
    let asked = ask_witnesses(&log, &policy)?;
    if asked
        .outcomes
        .iter()
        .any(|(_, one)| *one == Outcome::Cosigned)
        && desk.add_cosignatures(&asked.checkpoint)?
    {
        desk.settle()?;
    }
    Ok(())
}

/// What a witness said, for the operator.
fn said(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Cosigned => "cosigned".to_owned(),
        Outcome::SawMore { size } => format!(
            "ALARM: it has seen {size} entries, more than the log has. The log was rolled back, or somebody else signs with its key. Stop, and find out before anything else is released"
        ),
        Outcome::SawOther => "ALARM: it has seen another history of this log. Somebody signed two. Stop, and find out before anything else is released".to_owned(),
        Outcome::Refuses { status: 404 } => "it does not know this log: give its operator the log's public key".to_owned(),
        Outcome::Refuses { status: 403 } => "it knows another key of this log: give its operator the present one".to_owned(),
        Outcome::Refuses { status } => format!("it refuses (status {status})"),
        Outcome::NoCosignature => "what it answered holds no signature of its own key".to_owned(),
        Outcome::Address => "its address in the policy is neither https nor this machine".to_owned(),
        Outcome::Silent(why) => format!("no answer: {why}"),
        _ => "something that this program does not know".to_owned(),
    }
}

/// Serves the files until the process ends.
fn serve_log(context: &Context, log: Option<PathBuf>, at: At) -> Result<(), Failure> {
    let directory = log.unwrap_or_else(|| context.place.log());
    if !directory.is_dir() {
        return Err(anyhow!("{} is no directory", directory.display()).into());
    }
    let (listen, shown) = (at.listen, directory.display().to_string());
    let said = |listening| {
        let json = serde_json::json!({"log": shown, "listening": listening});
        // Nobody reads it: then it serves all the same.
        let _ = context.output.show(&json, || {
            format!("The log in {shown} can be read on {listening}. Stop it with Ctrl+C.")
        });
    };
    serve(log_files(directory), listen, at.tls()?, said)?;
    Ok(())
}

/// Keeps both checkpoints of a log that showed another history than the one that was copied into `directory`. Gives
/// the file.
pub fn keep_evidence(directory: &Path, fork: &Fork) -> Result<PathBuf, FileError> {
    let evidence = directory.with_extension("forked");
    let both = format!("{}\n\n{}", fork.copied.text(), fork.shown.text());
    lagrum_durable::replace(&evidence, both.as_bytes())?;
    Ok(evidence)
}

/// Brings a copy up to date.
fn keep_copy(
    context: &Context,
    address: &str,
    directory: &Path,
    policy: &Path,
) -> Result<(), Failure> {
    let text = lagrum_durable::read_settings(policy)?;
    let policy = CheckpointPolicy::parse(&text)?;
    match mirror(directory, &policy, &mut Https::below(address)) {
        Ok(done) => {
            let (head, new) = (done.checkpoint.head(), done.new);
            let json = serde_json::json!({
                "log": done.checkpoint.origin(), "entries": head.size, "new": new,
                "root": head.root.to_base64(),
            });
            context.output.show(&json, || {
                format!(
                    "The copy of {} has {} entries, {new} of them new; root {}.",
                    done.checkpoint.origin(),
                    head.size,
                    head.root.to_base64()
                )
            })
        }
        Err(MirrorError::Forked(fork)) => {
            // Both are kept: the log signed two histories, and nobody else may have seen the second.
            let evidence = keep_evidence(directory, &fork)?;
            let evidence = evidence.display();
            Err(Failure::NotGenuine(anyhow!(
                "{}; both checkpoints, signed by the log, are kept in {evidence}: show them to whoever relies on this log",
                MirrorError::<NotFetched>::Forked(fork)
            )))
        }
        Err(error @ MirrorError::Damaged) => Err(Failure::NotGenuine(error.into())),
        Err(error) => Err(anyhow!(error).into()),
    }
}
