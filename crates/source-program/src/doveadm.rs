//! Mail that Dovecot keeps, read by its own tool: dbox, mdbox, what it compressed, what it encrypted.
//!
//! No form in which `doveadm` writes messages keeps their bytes and tells where one ends: `json` replaces what is not
//! UTF-8, `tab` puts tabs into long messages, and in `flow` and `pager` a message can contain what looks like the
//! beginning of the next. So the lengths are asked for first, and then exactly so many bytes of `flow` are taken for
//! each message.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use lagrum_durable::open_settings;
use lagrum_mandate::Orders;
use lagrum_model::{EmailAddress, Period};
use lagrum_source::{
    About, Context, Counts, Need, Rehearsed, Run, SearchResult, Sink, Source, SourceConfig,
    SourceError, Template,
};
use lagrum_sources::{Handed, MailDate, each_order};
use serde::Deserialize;

use crate::fault::Fault;
use crate::listing::{self, Listed};
use crate::running::{Limits, Running};

/// How often the messages are listed until two listings agree.
const ATTEMPTS: usize = 16;
/// The longest listing, in bytes: some two million messages.
const LISTING: usize = 512 << 20;
/// The longest message that is read, in bytes: what a mail server takes is a tenth of it.
const LONGEST_MESSAGE: u64 = 256 << 20;
/// With this status it says that there is no such account (sysexits.h).
const NO_USER: i32 = 67;
/// Whom it is asked for in a rehearsal: nobody's name.
const NOBODY: &str = "nobody-is-called-this.invalid";
/// It says something within five minutes, and has ended within a day.
const LIMITS: Limits = Limits {
    silence: Duration::from_secs(300),
    whole: Duration::from_secs(24 * 3600),
};

/// Mail that Dovecot keeps on this machine.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoveadmConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// The tool.
    #[serde(default = "usual")]
    pub program: PathBuf,
    /// Dovecot's settings. Absent: those at the usual place.
    #[serde(default)]
    pub settings: Option<PathBuf>,
    /// What an account is called there, with `%u`, `%n` and `%d`.
    #[serde(default = "whole")]
    pub login: String,
    /// Which date decides ([`MailDate`]). Absent: the `Date` header field.
    #[serde(default)]
    pub date: Option<String>,
}

fn usual() -> PathBuf {
    "/usr/bin/doveadm".into()
}

fn whole() -> String {
    "%u".to_owned()
}

pub(crate) struct Doveadm {
    about: About,
    program: PathBuf,
    settings: Option<PathBuf>,
    login: Template,
    date: MailDate,
}

/// Mail that Dovecot keeps: the kind `doveadm`.
///
/// # Errors
/// [`SourceError::Config`], naming the field.
pub fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Box<dyn Source>, SourceError> {
    Ok(Box::new(Doveadm::open(config, context)?))
}

impl Doveadm {
    pub(crate) fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Self, SourceError> {
        let DoveadmConfig {
            id,
            program,
            settings,
            login,
            date,
        } = config.read()?;
        let can = [MailDate::Header, MailDate::Received, MailDate::Internal];
        let date = MailDate::read(&id, "doveadm", date.as_deref(), &can)?;
        let fault = |field: &str, why: String| SourceError::config(&id, field, why);
        let program = context.base_directory.join(program);
        open_settings(&program).map_err(|e| fault("program", e.to_string()))?;
        let login = Template::parse(&login).map_err(|why| fault("login", why))?;
        Ok(Self {
            about: About::of_mail(id, "doveadm", date.rule()),
            program,
            settings: settings.map(|path| context.base_directory.join(path)),
            login,
            date,
        })
    }

    fn id(&self) -> &str {
        &self.about.id
    }

    /// What an account is called there.
    fn name_of(&self, account: &EmailAddress) -> Result<String, String> {
        let name = self.login.place_of(account)?;
        let name = name.to_str().ok_or("its name is no text")?.to_owned();
        match name.contains(['*', '?']) {
            // `doveadm` would take it for a pattern, and fetch the mail of every account that fits.
            true => Err(format!(
                "`{name}` holds `*` or `?`; say in `none` that the source has nothing of it"
            )),
            false => Ok(name),
        }
    }

    fn tool(&self) -> Command {
        let mut command = Command::new(&self.program);
        if let Some(settings) = &self.settings {
            command.arg("-c").arg(settings);
        }
        command
    }

    /// The tool, asked to fetch these fields; the words of the query are each an argument of their own.
    fn fetch(&self, form: &str, user: &str, fields: &str, query: &[&str]) -> Command {
        let mut command = self.tool();
        command
            .args(["-f", form, "fetch", "-u", user, fields])
            .args(query);
        command
    }

    /// Lists all messages until two listings in a row agree; `None`: there is no such account.
    fn settled(&self, user: &str) -> Result<Option<Vec<Listed>>, Fault> {
        let mut before = match self.list(user) {
            Err(Fault::Failed {
                code: Some(NO_USER),
                ..
            }) => return Ok(None),
            other => other?,
        };
        for _ in 0..ATTEMPTS {
            let after = self.list(user)?;
            if before == after {
                return Ok(Some(after));
            }
            before = after;
        }
        Err(Fault::Changed(
            "messages come and go all the time, so that no two listings agree; search again",
        ))
    }

    fn list(&self, user: &str) -> Result<Vec<Listed>, Fault> {
        let fields = match self.date {
            MailDate::Internal => {
                "mailbox mailbox-guid uid guid size.physical date.received.unixtime"
            }
            _ => "mailbox mailbox-guid uid guid size.physical",
        };
        let mut running = Running::start(&mut self.fetch("json", user, fields, &["ALL"]), LIMITS)?;
        let mut json = Vec::new();
        loop {
            let here = running.here()?;
            if here.is_empty() {
                break;
            }
            json.extend_from_slice(here);
            let count = here.len();
            running.consume(count);
            if json.len() > LISTING {
                return Err(Fault::Nonsense("a list of more than 512 MiB"));
            }
        }
        running.end()?;
        listing::read(&json)
    }

    /// Hands over the messages of one folder, as they were listed.
    fn read(
        &self,
        user: &str,
        folder: &[Listed],
        handed: &mut Handed<'_>,
        at: &mut String,
    ) -> Result<(), Fault> {
        let (Some(first), Some(last)) = (folder.first(), folder.last()) else {
            return Ok(());
        };
        at.clone_from(&first.mailbox);
        let uids = format!("1:{}", last.uid);
        let query = ["mailbox-guid", &first.folder, "uid", &uids];
        // One that arrived since would have a higher number.
        let fields = "mailbox-guid uid guid text";
        let mut running = Running::start(&mut self.fetch("flow", user, fields, &query), LIMITS)?;
        match told(&mut running, folder, handed, at) {
            Ok(()) => running.end(),
            Err(fault) => Err(running.broke_off(fault)),
        }
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
        let user = self.name_of(account);
        let user = user.map_err(|why| SourceError::config(self.id(), "login", why))?;
        let mut at = "the account's folders".to_owned();
        let listed = self.settled(&user);
        let Some(listed) = listed.map_err(|fault| fault.at(self.id(), &at))? else {
            return Ok(None);
        };
        let mut handed = Handed::new(self.id(), place, period, self.date, run, sink)?;
        for folder in listed.chunk_by(|one, next| one.folder == next.folder) {
            let read = self.read(&user, folder, &mut handed, &mut at);
            read.map_err(|fault| fault.at(self.id(), &at))?;
        }
        Ok(Some(handed.counts()))
    }
}

/// Takes a folder's messages as `flow` writes them: the fields in a line, each with its name, the text as the last
/// and a line end behind it.
fn told(
    running: &mut Running,
    folder: &[Listed],
    handed: &mut Handed<'_>,
    at: &mut String,
) -> Result<(), Fault> {
    const GONE: Fault = Fault::Changed(
        "a message was there when the folder was listed and is gone or is another now; search again",
    );
    for message in folder {
        *at = message.locator();
        handed.begin()?;
        let out = handed.dated(message.received.as_deref());
        if running.here()?.is_empty() {
            return Err(GONE);
        }
        let Listed {
            folder, uid, guid, ..
        } = message;
        let expected = format!("mailbox-guid={folder} uid={uid} guid={guid} text=");
        let mut same = true;
        let mut rest = expected.as_bytes();
        running.exactly(expected.len() as u64, &mut |bytes| {
            let (here, after) = rest.split_at(bytes.len());
            same &= here == bytes;
            rest = after;
            Ok(())
        })?;
        if !same {
            return Err(GONE);
        }
        if message.length > LONGEST_MESSAGE {
            running.exactly(message.length, &mut |_| Ok(()))?;
        } else {
            running.exactly(message.length, &mut |bytes| Ok(handed.push(bytes)?))?;
        }
        if !running.until(b'\n', 0).is_ok_and(|line| line.is_empty()) {
            return Err(Fault::Nonsense("a message of another length than listed"));
        }
        match message.length > LONGEST_MESSAGE {
            _ if out => {}
            true => handed.unread(at, "the message is longer than 256 MiB; it was not read")?,
            false => handed.end(at)?,
        }
    }
    Ok(())
}

impl Source for Doveadm {
    fn about(&self) -> &About {
        &self.about
    }

    fn needs(&self) -> Vec<Need> {
        vec![Need::Tool]
    }

    fn probe(&self) -> Result<(), SourceError> {
        // It reads the settings for this, and no mail.
        let mut command = self.tool();
        command.args(["mailbox", "mutf7", "INBOX"]);
        let mut tried = || {
            let mut running = Running::start(&mut command, LIMITS)?;
            match running.until(b'\n', 1024) {
                Ok(_) => running.end(),
                Err(fault) => Err(running.broke_off(fault)),
            }
        };
        tried().map_err(|fault: Fault| fault.at(self.id(), "the tool"))
    }

    fn rehearse(&self) -> Result<Vec<Rehearsed>, SourceError> {
        self.probe()?;
        let mut command = self.tool();
        command.args(["user", NOBODY]);
        let mut asked = || {
            let mut running = Running::start(&mut command, LIMITS)?;
            loop {
                let count = running.here()?.len();
                if count == 0 {
                    return running.end();
                }
                running.consume(count);
            }
        };
        match asked() {
            // That there is nobody of that name is an answer; a static `userdb` knows every name. Of accounts of others a
            // socket of mode 0666 says nothing, and that does not show here.
            Ok(())
            | Err(Fault::Failed {
                code: Some(NO_USER),
                ..
            }) => {}
            Err(fault) => return Err(fault.at(self.id(), "the socket auth-userdb of Dovecot")),
        }
        Ok(vec![Rehearsed {
            what: "users".to_owned(),
            statement: "Dovecot answers whom this user asks for".to_owned(),
            plan: Vec::new(),
            warnings: vec![
                "whether an account is found and its mail can be opened was not asked: a socket auth-userdb of mode 0666 answers each user about itself alone, and Dovecot opens mail as the user and group of the account, which have to be the agent's own, and writes its index and its lock beside it"
                    .to_owned(),
            ],
        }])
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
