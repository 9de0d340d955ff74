//! Any other store of mail, through a program of the operator's (docs/programs.md).

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use lagrum_durable::open_settings;
use lagrum_mandate::Orders;
use lagrum_model::{EmailAddress, Period};
use lagrum_source::{
    About, Context, Counts, Need, Run, SearchResult, Sink, Source, SourceConfig, SourceError,
};
use lagrum_sources::{Handed, MailDate, each_order};
use serde::{Deserialize, Serialize};

use crate::confine::Shut;
use crate::fault::Fault;
use crate::running::{Limits, Running};

/// The protocol that is spoken.
const PROTOCOL: &str = "lagrum-program/1";
/// The longest line that is taken, in bytes.
const LINE: usize = 16 << 10;
/// The longest message that is taken, in bytes.
const LONGEST_MESSAGE: u64 = 256 << 20;
/// The longest place and the longest reason, in bytes.
const LONGEST_TEXT: usize = 1024;

/// Mail that a program of the operator's gives.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// The program, which nobody else may be able to change.
    pub program: PathBuf,
    /// What it is called with.
    #[serde(default)]
    pub arguments: Vec<String>,
    /// Whether it may reach the network.
    #[serde(default)]
    pub network: bool,
    /// It gives something within so many seconds.
    #[serde(default = "minute")]
    pub silence_seconds: u32,
    /// It has ended within so many minutes, for each account.
    #[serde(default = "hour")]
    pub whole_minutes: u32,
    /// So much it gives at most for each account, in MiB.
    #[serde(default = "most")]
    pub most_mebibytes: u32,
    /// Which date decides ([`MailDate`]). Absent: the `Date` header field.
    #[serde(default)]
    pub date: Option<String>,
}

fn minute() -> u32 {
    60
}

fn hour() -> u32 {
    60
}

fn most() -> u32 {
    64 << 10
}

/// What the program is asked.
#[derive(Serialize)]
struct Asked<'a> {
    protocol: &'static str,
    account: &'a str,
    from: String,
    until: String,
    /// Which date decides, if it is not the `Date` header field.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'static str>,
}

/// What it says, a line each.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Said {
    /// A message; so many bytes follow, and a line end.
    Message {
        account: EmailAddress,
        place: String,
        length: u64,
    },
    /// Something that it could not read.
    Unread { place: String, why: String },
    /// There is no such account.
    NoAccount {},
    /// That was all: so many messages, and so many that it could not read.
    End { messages: u64, unread: u64 },
}

pub(crate) struct Program {
    about: About,
    program: PathBuf,
    arguments: Vec<String>,
    shut: Shut,
    limits: Limits,
    most: u64,
    date: MailDate,
}

/// Mail that a program gives: the kind `program`.
///
/// # Errors
/// [`SourceError::Config`], naming the field.
pub fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Box<dyn Source>, SourceError> {
    Ok(Box::new(Program::open(config, context)?))
}

impl Program {
    pub(crate) fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Self, SourceError> {
        let written: ProgramConfig = config.read()?;
        let can = [MailDate::Header, MailDate::Received];
        let date = MailDate::read(&written.id, "program", written.date.as_deref(), &can)?;
        let program = context.base_directory.join(&written.program);
        open_settings(&program)
            .map_err(|e| SourceError::config(&written.id, "program", e.to_string()))?;
        for (field, value) in [
            ("silence_seconds", written.silence_seconds),
            ("whole_minutes", written.whole_minutes),
            ("most_mebibytes", written.most_mebibytes),
        ] {
            if value == 0 {
                return Err(SourceError::config(&written.id, field, "write at least 1"));
            }
        }
        Ok(Self {
            about: About::of_mail(written.id, "program", date.rule()),
            date,
            program,
            arguments: written.arguments,
            shut: if written.network {
                Shut::InWithNetwork
            } else {
                Shut::In
            },
            limits: Limits {
                silence: Duration::from_secs(written.silence_seconds.into()),
                whole: Duration::from_secs(60 * u64::from(written.whole_minutes)),
            },
            most: u64::from(written.most_mebibytes) << 20,
        })
    }

    fn id(&self) -> &str {
        &self.about.id
    }

    /// Searches one account for one order; `None`: there is no such account.
    pub(crate) fn search_account(
        &self,
        account: &EmailAddress,
        place: usize,
        period: &Period,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Option<Counts>, SourceError> {
        let mut handed = Handed::new(self.id(), place, period, self.date, run, sink)?;
        let mut at = "the program".to_owned();
        let told = self.ask(account, period, &mut handed, &mut at);
        match told.map_err(|fault| fault.at(self.id(), &at))? {
            true => Ok(Some(handed.counts())),
            false => Ok(None),
        }
    }

    /// Asks for one account; `false`: there is no such account.
    fn ask(
        &self,
        account: &EmailAddress,
        period: &Period,
        handed: &mut Handed<'_>,
        at: &mut String,
    ) -> Result<bool, Fault> {
        let asked = Asked {
            protocol: PROTOCOL,
            account: account.normal(),
            from: period.from().to_string(),
            until: period.until().to_string(),
            date: (self.date != MailDate::default()).then(|| self.date.as_str()),
        };
        let line = serde_json::to_string(&asked).map_err(std::io::Error::from)?;
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir("/");
        let mut running =
            Running::start_with(&mut command, self.limits, self.shut, Some(&(line + "\n")))?;
        match self.told(&mut running, account, handed, at) {
            Ok(there) => {
                running.end()?;
                Ok(there)
            }
            Err(fault) => Err(running.broke_off(fault)),
        }
    }

    /// Takes what it says, to its end.
    fn told(
        &self,
        running: &mut Running,
        asked: &EmailAddress,
        handed: &mut Handed<'_>,
        at: &mut String,
    ) -> Result<bool, Fault> {
        let (mut messages, mut unread, mut bytes) = (0, 0, 0_u64);
        loop {
            let line = running.until(b'\n', LINE)?;
            let said = serde_json::from_slice(&line);
            let said = said.map_err(|_| Fault::Nonsense("a line that is none of the protocol"))?;
            match said {
                Said::Message {
                    account,
                    place,
                    length,
                } => {
                    *at = text(place)?;
                    if account.normal() != asked.normal() {
                        return Err(Fault::Nonsense("a message of another account"));
                    }
                    bytes = bytes.saturating_add(length);
                    if length > LONGEST_MESSAGE || bytes > self.most {
                        return Err(Fault::Nonsense("more than it may give"));
                    }
                    handed.begin()?;
                    running.exactly(length, &mut |bytes| Ok(handed.push(bytes)?))?;
                    if !running.until(b'\n', 0).is_ok_and(|line| line.is_empty()) {
                        return Err(Fault::Nonsense(
                            "a message of another length than announced",
                        ));
                    }
                    handed.end(at)?;
                    messages += 1;
                }
                Said::Unread { place, why } => {
                    *at = text(place)?;
                    handed.unread(at, &text(why)?)?;
                    unread += 1;
                    if unread > 100_000 {
                        return Err(Fault::Nonsense("more than it may leave unread"));
                    }
                }
                Said::NoAccount {} => {
                    return match (messages, unread) {
                        (0, 0) => Ok(false),
                        _ => Err(Fault::Nonsense("messages of an account that is not there")),
                    };
                }
                Said::End {
                    messages: all,
                    unread: all_unread,
                } => {
                    return match (messages, unread) == (all, all_unread) {
                        true => Ok(true),
                        false => Err(Fault::Nonsense("another number of messages than it gave")),
                    };
                }
            }
        }
    }
}

/// A text for people.
fn text(text: String) -> Result<String, Fault> {
    let plain = !text.trim().is_empty() && !text.chars().any(char::is_control);
    match plain && text.len() <= LONGEST_TEXT {
        true => Ok(text),
        false => Err(Fault::Nonsense(
            "a place or a reason that is no short line of text",
        )),
    }
}

impl Source for Program {
    fn about(&self) -> &About {
        &self.about
    }

    fn needs(&self) -> Vec<Need> {
        let network = self.shut == Shut::InWithNetwork;
        vec![Need::Program { network }]
    }

    fn probe(&self) -> Result<(), SourceError> {
        // What it reads, it alone knows.
        open_settings(&self.program)
            .map(drop)
            .map_err(|error| SourceError::io(self.id(), "the program", error.source))
    }

    fn search(
        &self,
        orders: &Orders<'_>,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        each_order(self.id(), orders, run, |account, place, period| {
            self.search_account(account, place, period, run, sink)
        })
    }
}
