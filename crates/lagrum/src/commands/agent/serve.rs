//! `lagrum agent serve`, `lagrum agent enrol`

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::anyhow;
use lagrum_agent::{AgentConfig, AgentError, Elsewhere, ShutIn};
use lagrum_documents::fingerprint_of;
use lagrum_exchange::{HttpsAgent, look, when_stopped};
use lagrum_model::Sha256Digest;
use lagrum_transport::TransportError;

use super::shut_in::{Say, shut_in};
use super::{Ran, Which, journal, note_where_no_desk_is, reach, run_one};
use crate::context::Context;
use crate::output::Failure;

/// The agent looks after everything again when so much time went by: what failed, what runs out, and the word that it
/// is at work.
const ANEW: Duration = Duration::from_secs(10 * 60);
/// How often a directory is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// The first pause after something failed; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5 * 60);

/// Carry out mandates as they come, until the process is stopped
///
/// Asked to stop (SIGTERM, Ctrl+C) it finishes the mandate that it works on. Between mandates it holds no lock, so that
/// counsel can review meanwhile. Of what fails it says the class and a number alone; `lagrum agent run` says the rest.
#[derive(clap::Args)]
pub struct Serve {
    #[command(flatten)]
    which: Which,
}

/// Show an exchange this agent's key, with a token that was made there (`lagrum exchange invite`)
///
/// The address is `desk` in agent.toml.
#[derive(clap::Args)]
pub struct Enrol {
    /// The token; it works once
    #[arg(
        long,
        value_name = "TOKEN",
        env = "LAGRUM_TOKEN",
        hide_env_values = true
    )]
    token: String,
    #[command(flatten)]
    which: Which,
}

/// What the loop hears.
enum Heard {
    /// The process is asked to stop.
    Stop,
    /// How what the desk left looks now.
    Looks(Result<Sha256Digest, TransportError>),
}

/// The one configuration that is meant.
fn one(which: &Which, context: &Context) -> Result<PathBuf, Failure> {
    let mut files = which.files(&context.place)?;
    match (files.pop(), files.is_empty()) {
        (Some(file), true) => Ok(file),
        _ => Err(
            anyhow!("there are several agents here; say which with --region or --config").into(),
        ),
    }
}

impl Enrol {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let file = one(&self.which, context)?;
        let config = AgentConfig::load(&file)?;
        let end = reach::exchange(&file, &config)?.ok_or_else(|| {
            anyhow!(
                "{}: desk is a directory; write the exchange's address there",
                file.display()
            )
        })?;
        end.enrol(&self.token)?;
        let key = end.key().to_string();
        let words = fingerprint_of(&key);
        let json = serde_json::json!({"region": config.region, "key": key, "words": words});
        context.output.show(&json, || {
            format!(
                "The exchange knows this agent's key from now on, for the region {}:\n\n    {key}\n    {words}\n\n\
                 Have whoever runs the exchange read you these words (`lagrum exchange agents`). The desk believes what\n\
                 the agent answers once the key stands in desk.toml, too.",
                config.region
            )
        })
    }
}

impl Serve {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        journal::keep_out_of_panics();
        let at_start = journal::error_at_start;
        let file = one(&self.which, context)?;
        let config = AgentConfig::load(&file).map_err(at_start)?;
        note_where_no_desk_is(context, &file);
        // Before there is another thread: what is given up, those give up that are started afterwards.
        let shut = shut_in(context, std::slice::from_ref(&file), Say::Always).map_err(at_start)?;
        // What is wrong with it is told here, where its operator is.
        drop(reach::open(&file).map_err(at_start)?);
        let (tell, hear) = channel();
        let stops = Arc::new(AtomicBool::new(false));
        let (stop, also) = (tell.clone(), Arc::clone(&stops));
        when_stopped(move || {
            also.store(true, Ordering::Relaxed);
            let _ = stop.send(Heard::Stop);
        })?;
        let wait = watch(Watched::of(&file, &config).map_err(at_start)?, tell);
        let json = serde_json::json!({"region": config.region, "serving": true});
        // Nobody reads it: then it serves all the same.
        let _ = context.output.show(&json, || {
            format!(
                "The agent {} carries out what comes. Stop it with Ctrl+C.",
                config.region
            )
        });
        let serving = Serving {
            context,
            file: &file,
            shut,
            stops,
        };
        serving.work(&wait, &hear);
        Ok(())
    }
}

/// What is watched.
enum Watched {
    Exchange(Box<HttpsAgent>),
    Directory(PathBuf),
}

impl Watched {
    fn of(file: &Path, config: &AgentConfig) -> Result<Self, AgentError> {
        Ok(match (reach::exchange(file, config)?, &config.desk) {
            (Some(end), _) => Self::Exchange(Box::new(end)),
            (None, Elsewhere::Directory(path)) => Self::Directory(path.clone()),
            (None, Elsewhere::Address(address)) => Self::Directory(address.into()),
        })
    }

    /// How what the desk left looks, when it looks otherwise than `seen`, or after half a minute.
    fn look(&self, seen: Option<Sha256Digest>) -> Result<Sha256Digest, TransportError> {
        match self {
            Self::Exchange(end) => end.changes(seen),
            Self::Directory(path) => {
                let began = Instant::now();
                loop {
                    let now = look(path)?;
                    if seen != Some(now) || began.elapsed() > Duration::from_secs(30) {
                        return Ok(now);
                    }
                    std::thread::sleep(LOOK_EVERY);
                }
            }
        }
    }
}

/// Watches in a thread of its own: for each look that is asked for one is told.
fn watch(watched: Watched, tell: Sender<Heard>) -> Sender<Option<Sha256Digest>> {
    let (ask, asked) = channel();
    std::thread::spawn(move || {
        while let Ok(seen) = asked.recv() {
            if tell.send(Heard::Looks(watched.look(seen))).is_err() {
                return;
            }
        }
    });
    ask
}

/// An agent that is served.
struct Serving<'s> {
    context: &'s Context,
    file: &'s Path,
    shut: ShutIn,
    stops: Arc<AtomicBool>,
}

impl Serving<'_> {
    /// Carries out what comes, until it is asked to stop.
    fn work(&self, wait: &Sender<Option<Sha256Digest>>, hear: &Receiver<Heard>) {
        let mut pause = FIRST_PAUSE;
        let mut seen = None;
        // What was last told, so that the same is not told every ten minutes.
        let mut told = String::new();
        while !self.stops.load(Ordering::Relaxed) {
            // First how it looks, then the work: what comes meanwhile is seen afterwards.
            let failed = match next(wait, hear, None, LONGEST_PAUSE) {
                Next::Stop => return,
                Next::Changed(now) => {
                    seen = Some(now);
                    self.carry_out(&mut told).err()
                }
                Next::Nothing => None,
                Next::Failed(error) => Some(error.into()),
            };
            let began = Instant::now();
            match failed {
                None => pause = FIRST_PAUSE,
                Some(error) => {
                    let error = journal::error(error).to_string();
                    if told != error {
                        self.context.note(&error);
                    }
                    told = error;
                    if stopped_within(hear, pause) {
                        return;
                    }
                    pause = (pause * 2).min(LONGEST_PAUSE);
                    continue;
                }
            }
            while began.elapsed() < ANEW {
                match next(wait, hear, seen, ANEW) {
                    Next::Stop => return,
                    Next::Nothing => {}
                    Next::Changed(_) | Next::Failed(_) => break,
                }
            }
        }
    }

    /// One run of the agent.
    fn carry_out(&self, told: &mut String) -> Result<(), AgentError> {
        self.shut.still_fits(self.file)?;
        let agent = reach::open_ending_with(self.file, &self.stops)?;
        let mut ran = Ran::default();
        let done = run_one(&agent, &mut ran);
        drop(agent);
        let text = ran.text();
        let all = ran.notes.join("\n") + &text;
        let nothing = ran.is_empty() && ran.notes.is_empty();
        if !nothing && *told != all {
            // What is told is told once; what was said of it is compared, and goes nowhere.
            if let Some(note) = journal::note(&ran) {
                self.context.note(&note);
            }
            if !ran.is_empty() {
                // Nobody reads it: then it goes on all the same.
                let said = || journal::text(&ran);
                let _ = self.context.output.show(&journal::json(&ran), said);
            }
            *told = all;
        }
        done
    }
}

/// What comes next.
enum Next {
    Stop,
    /// It looks otherwise.
    Changed(Sha256Digest),
    Nothing,
    Failed(TransportError),
}

fn next(
    wait: &Sender<Option<Sha256Digest>>,
    hear: &Receiver<Heard>,
    seen: Option<Sha256Digest>,
    within: Duration,
) -> Next {
    if wait.send(seen).is_err() {
        return Next::Stop;
    }
    match hear.recv_timeout(within) {
        Ok(Heard::Stop) | Err(RecvTimeoutError::Disconnected) => Next::Stop,
        Ok(Heard::Looks(Ok(now))) if seen == Some(now) => Next::Nothing,
        Ok(Heard::Looks(Ok(now))) => Next::Changed(now),
        Ok(Heard::Looks(Err(error))) => Next::Failed(error),
        Err(RecvTimeoutError::Timeout) => Next::Nothing,
    }
}

/// Waits for a while. Whether it was asked to stop.
fn stopped_within(hear: &Receiver<Heard>, pause: Duration) -> bool {
    matches!(hear.recv_timeout(pause), Ok(Heard::Stop))
}
