//! `lagrum desk mail`

use std::time::Duration;

use anyhow::anyhow;
use lagrum_desk::{Desk, LARGEST_ORIGINAL, Mail as Message, MailboxState};
use lagrum_mailbox::{Heading, Letter, MailboxSettings, Place as At, read_new};
use lagrum_model::{CaseId, TimeSource as _};
use lagrum_setup::Place;
use rand_core::OsRng;

use crate::context::{Context, Machine};
use crate::output::Failure;

/// How often a desk that is served looks into the mailbox.
const EVERY: Duration = Duration::from_secs(60);

/// Take in what authorities sent to the mailbox of mailbox.toml since it was last read
///
/// Each message is a case at once, and nothing in the mailbox changes. A desk that is served does the same
/// each minute.
#[derive(clap::Args)]
pub struct Mail {}

/// What a run took in.
struct TakenIn {
    new: Vec<CaseId>,
    state: MailboxState,
}

/// The settings of the mailbox, if there is one.
pub fn settings(place: &Place) -> Result<Option<MailboxSettings>, Failure> {
    let file = place.desk().join("mailbox.toml");
    MailboxSettings::read(&file).map_err(|e| anyhow!(e).into())
}

/// Reads what is new, and keeps up to where, and whether it could be read.
fn take_in(settings: &MailboxSettings, desk: &Desk) -> Result<TakenIn, Failure> {
    let now = Machine.now();
    let mut state = desk.mailbox(&settings.user, now)?;
    let place = (state.last > 0 || state.validity > 0).then_some(At {
        validity: state.validity,
        last: state.last,
    });
    let mut new = Vec::new();
    let mut too_long = Vec::new();
    let take = |letter: Letter| {
        let heading = Heading::of(&letter.bytes);
        let mail = Message {
            mailbox: &settings.user,
            file_name: &heading.file_name(),
            bytes: &letter.bytes,
            from: heading.from.as_deref(),
            arrived: letter.arrived,
        };
        let taken = desk.take_in_mail(&mail, &Machine, &mut OsRng);
        let (case, is_new) = taken.map_err(|e| e.to_string())?;
        if is_new {
            new.push(case);
        }
        Ok(())
    };
    let read = read_new(settings, place, LARGEST_ORIGINAL, take, |one| {
        too_long.push(one.uid);
    });
    if let Some(place) = read.place {
        (state.validity, state.last) = (place.validity, place.last);
    }
    for uid in too_long {
        state.name(uid);
    }
    let now = Machine.now();
    match read.stopped {
        None => {
            state.read_at = Some(now);
            state.failing = None;
        }
        Some(why) => {
            let since = state.failing.map_or(now, |(since, _)| since);
            state.failing = Some((since, why.to_string()));
        }
    }
    desk.keep_mailbox(&state, now, &mut OsRng)?;
    if !new.is_empty() {
        // What is recorded stays recorded; the next run brings it into the public log.
        let _ = desk.settle();
    }
    Ok(TakenIn { new, state })
}

/// Looks into the mailbox for as long as the process runs.
pub fn look_every_minute(place: Place, settings: MailboxSettings) {
    std::thread::spawn(move || {
        loop {
            // What fails is kept with the mailbox, and told to whoever asks whether all is in order.
            if let Ok(desk) = place.open_desk() {
                let _ = take_in(&settings, &desk);
            }
            std::thread::sleep(EVERY);
        }
    });
}

impl Mail {
    /// Takes it in.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let settings = settings(&context.place)?.ok_or_else(|| {
            anyhow!(
                "there is no mailbox.toml beside desk.toml: docs/mailbox.md says what stands in it"
            )
        })?;
        let taken = context.at_desk(|session| take_in(&settings, session.desk()))?;
        if let Some((since, why)) = &taken.state.failing {
            return Err(anyhow!(
                "{why} (since {since}); what lies in the mailbox was not read to its end"
            )
            .into());
        }
        let cases: Vec<_> = taken.new.iter().map(ToString::to_string).collect();
        let json = serde_json::json!({"new": cases, "not_taken": taken.state.not_taken});
        context.output.show(&json, || {
            let mut lines = vec![match cases.len() {
                0 => "Nothing new in the mailbox.".to_owned(),
                1 => format!("One new case: {}", cases[0]),
                many => format!("{many} new cases: {}", cases.join(", ")),
            }];
            if !taken.state.not_taken.is_empty() {
                let count = taken.state.not_taken.len();
                lines.push(format!(
                    "Too long to be taken in: {count}. Look at them in the mailbox itself, and take their files in by hand."
                ));
            }
            lines.join("\n")
        })
    }
}
