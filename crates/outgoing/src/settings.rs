//! `outgoing.toml`.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::Uri;
use jiff::SignedDuration;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use lagrum_durable::{SettingsError, SettingsFile};
use lagrum_https::{Server, is_local};
use lagrum_model::{EmailAddress, Language, LetterKind, NewsKind};
use lettre::message::Mailbox;
use serde::Deserialize;
use zeroize::Zeroizing;

/// So long somebody who is on call has until the next one is woken, if nothing else is said.
const LOOK_WITHIN_MINUTES: u32 = 10;
/// A secret of a receiver has at least so many bytes, as Standard Webhooks ask.
const SHORTEST_SECRET: usize = 24;
const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    desk: Option<String>,
    #[serde(default)]
    language: Language,
    #[serde(default)]
    mail: Option<MailFile>,
    #[serde(default, rename = "receiver")]
    receivers: Vec<ReceiverFile>,
    #[serde(default, rename = "on-call")]
    on_call: Option<OnCallFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MailFile {
    server: String,
    #[serde(default)]
    security: Security,
    #[serde(default)]
    port: Option<u16>,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    password_file: Option<PathBuf>,
    from: String,
    #[serde(default)]
    certificates: Option<PathBuf>,
    #[serde(default)]
    letters: Vec<LetterKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReceiverFile {
    name: String,
    url: String,
    secret_file: PathBuf,
    news: Vec<NewsKind>,
    #[serde(default)]
    private: bool,
    #[serde(default)]
    certificates: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OnCallFile {
    zone: String,
    #[serde(default = "look_within")]
    look_within_minutes: u32,
    #[serde(default, rename = "watch")]
    watches: Vec<WatchFile>,
}

fn look_within() -> u32 {
    LOOK_WITHIN_MINUTES
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WatchFile {
    person: String,
    #[serde(default)]
    days: Option<Vec<String>>,
    from: String,
    until: String,
}

/// How a mail server is spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte on (RFC 8314).
    #[default]
    Tls,
    /// TLS after STARTTLS (RFC 3207); without it nothing is said.
    StartTls,
    /// None: only a server on this machine.
    None,
}

impl Security {
    /// Its word in the settings.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::StartTls => "starttls",
            Self::None => "none",
        }
    }
}

/// How mail is sent.
#[derive(Clone)]
pub struct MailSettings {
    /// The server's name, as its certificate has it.
    pub server: String,
    /// 465; 587 with STARTTLS; 25 without.
    pub port: u16,
    /// How it is spoken to.
    pub security: Security,
    /// User and password, if the server asks for them.
    pub login: Option<(String, Zeroizing<String>)>,
    /// From whom: an address, or a name with one in angle brackets.
    pub from: String,
    /// The address alone.
    pub address: String,
    /// Certificates (PEM) of whoever vouches for the server. Empty: those that the machine trusts.
    pub certificates: Vec<u8>,
    /// The kinds of letters whose text may go as plain mail.
    pub letters: Vec<LetterKind>,
}

/// A program that is told of news.
#[derive(Clone)]
pub struct HookSettings {
    /// Its name here.
    pub name: String,
    /// Where it is, and how far it is trusted.
    pub server: Server,
    /// The secret under which messages to it are signed.
    pub secret: Zeroizing<Vec<u8>>,
    /// What it is told of.
    pub news: Vec<NewsKind>,
}

/// Who is woken.
#[derive(Clone)]
pub struct OnCallSettings {
    /// In which zone the hours are.
    pub zone: TimeZone,
    /// So long somebody has until the next one is woken.
    pub look_within: SignedDuration,
    /// The hours, in the order in which people are woken.
    pub watches: Vec<WatchSettings>,
}

/// Hours of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchSettings {
    /// The person's id.
    pub person: String,
    /// The days on which they begin.
    pub days: Vec<Weekday>,
    /// When they begin.
    pub from: Time,
    /// When they end; not later than they begin: on the next day.
    pub until: Time,
}

/// What goes out, how, and to whom.
#[derive(Clone, Default)]
pub struct OutgoingSettings {
    /// Under which address people of the desk reach it, for links. Absent: mails hold none.
    pub desk: Option<String>,
    /// In which language people of the desk are told.
    pub language: Language,
    /// Mail. Absent: none is sent.
    pub mail: Option<MailSettings>,
    /// Programs.
    pub receivers: Vec<HookSettings>,
    /// Who is woken.
    pub on_call: Option<OnCallSettings>,
}

impl OutgoingSettings {
    /// Reads `outgoing.toml`; paths in it are relative to it. `None`: there is no such file.
    ///
    /// # Errors
    /// When it is there and cannot be used: an unknown field, a secret that others can read, a server elsewhere
    /// without TLS.
    pub fn read(path: &Path) -> Result<Option<Self>, SettingsError> {
        let Some((settings, file)) = SettingsFile::read::<File>(path)? else {
            return Ok(None);
        };
        let reading = Reading { file: settings };
        let desk = match file.desk {
            Some(desk) => Some(reading.desk(&desk)?),
            None => None,
        };
        let mut receivers: Vec<HookSettings> = Vec::new();
        for one in file.receivers {
            let one = reading.receiver(one)?;
            if receivers.iter().any(|other| other.name == one.name) {
                let why = format!("receiver {}: `name` occurs twice", one.name);
                return Err(settings.invalid(why));
            }
            receivers.push(one);
        }
        Ok(Some(Self {
            desk,
            language: file.language,
            mail: file.mail.map(|mail| reading.mail(mail)).transpose()?,
            receivers,
            on_call: file.on_call.map(|one| reading.on_call(one)).transpose()?,
        }))
    }
}

struct Reading<'r> {
    file: SettingsFile<'r>,
}

impl Reading<'_> {
    fn desk(&self, text: &str) -> Result<String, SettingsError> {
        let uri: Option<Uri> = text.parse().ok();
        let right = uri.is_some_and(|uri| {
            let host = uri.host().unwrap_or_default();
            let scheme = uri.scheme_str();
            let safe = scheme == Some("https") || (scheme == Some("http") && is_local(host));
            safe && uri.path() == "/" && uri.query().is_none() && !text.contains('@')
        });
        match right {
            true => Ok(text.trim_end_matches('/').to_owned()),
            false => Err(self.file.invalid(
                "desk: write the address of the desk, for example \"https://desk.kvist.example\"",
            )),
        }
    }

    fn mail(&self, file: MailFile) -> Result<MailSettings, SettingsError> {
        if file.security == Security::None && !is_local(&file.server) {
            return Err(self.file.invalid(
                "mail: `security = \"none\"`: without TLS only a server on this machine is spoken to; take the line out"
                    ,
            ));
        }
        if file.server.is_empty() || file.server.chars().any(char::is_control) {
            return Err(self
                .file
                .invalid("mail: `server`: empty, or holds control characters"));
        }
        let from: Result<Mailbox, _> = file.from.parse();
        let address = from.ok().map(|from| from.email.to_string());
        let address = address.filter(|address| EmailAddress::parse(address).is_ok());
        let address = address.ok_or_else(|| {
            self.file.invalid(
                "mail: `from`: write an address, for example \"Kvist Mail <desk@kvist.example>\"",
            )
        })?;
        let login = match (file.user, &file.password_file) {
            (Some(user), Some(name)) => Some((user, self.file.secret(name)?)),
            (None, None) => None,
            _ => {
                return Err(self.file.invalid(
                    "mail: `user` and `password_file` belong together: write both, or neither",
                ));
            }
        };
        Ok(MailSettings {
            port: file.port.unwrap_or(match file.security {
                Security::Tls => 465,
                Security::StartTls => 587,
                Security::None => 25,
            }),
            server: file.server,
            security: file.security,
            login,
            from: file.from,
            address,
            certificates: self.file.certificates(file.certificates.as_ref())?,
            letters: file.letters,
        })
    }

    fn receiver(&self, file: ReceiverFile) -> Result<HookSettings, SettingsError> {
        let name = file.name;
        let invalid = |why: &str| self.file.invalid(format!("receiver {name}: {why}"));
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || name == "mail" || !name.chars().all(plain) {
            return Err(invalid(
                "`name`: use lower-case letters (a-z), digits and hyphens, and not \"mail\"",
            ));
        }
        let server = Server::at(&file.url).ok_or_else(|| {
            invalid(
                "`url`: write the receiver’s address, and no user; only https; http reaches this machine alone (localhost)",
            )
        })?;
        let secret = self.file.secret(&file.secret_file)?;
        let text = secret.trim();
        let text = text.strip_prefix("whsec_").unwrap_or(text);
        let secret = STANDARD
            .decode(text)
            .ok()
            .filter(|secret| secret.len() >= SHORTEST_SECRET);
        let secret = secret.ok_or_else(|| {
            invalid(
                "`secret_file`: at least 24 random bytes in base64, for example out of `openssl rand -base64 32`",
            )
        })?;
        Ok(HookSettings {
            server: Server {
                private: file.private,
                certificates: self.file.certificates(file.certificates.as_ref())?,
                ..server
            },
            secret: Zeroizing::new(secret),
            news: file.news,
            name,
        })
    }

    fn on_call(&self, file: OnCallFile) -> Result<OnCallSettings, SettingsError> {
        let zone = TimeZone::get(&file.zone).map_err(|_| {
            let why = format!("on-call: zone `{}` is not known", file.zone.escape_debug());
            self.file
                .invalid(format!("{why}; write for example \"Europe/Stockholm\""))
        })?;
        if file.look_within_minutes == 0 {
            return Err(self
                .file
                .invalid("on-call: `look_within_minutes`: at least 1"));
        }
        let watches = file.watches.into_iter().map(|one| self.watch(one));
        Ok(OnCallSettings {
            zone,
            look_within: SignedDuration::from_mins(file.look_within_minutes.into()),
            watches: watches.collect::<Result<_, _>>()?,
        })
    }

    fn watch(&self, file: WatchFile) -> Result<WatchSettings, SettingsError> {
        let person = file.person;
        let invalid = |why: &str| {
            self.file
                .invalid(format!("on-call: watch of {person}: {why}"))
        };
        let day = |text: &String| {
            let found = DAYS.iter().find(|(word, _)| word == text);
            found
                .map(|(_, day)| *day)
                .ok_or_else(|| invalid("`days`: write mon, tue, wed, thu, fri, sat or sun"))
        };
        let days = match &file.days {
            Some(days) => days.iter().map(day).collect::<Result<_, _>>()?,
            None => DAYS.map(|(_, day)| day).to_vec(),
        };
        let time = |text: &str| {
            let hours = Time::strptime("%H:%M", text);
            hours.map_err(|_| invalid("`from` and `until`: write a time like \"18:00\""))
        };
        Ok(WatchSettings {
            from: time(&file.from)?,
            until: time(&file.until)?,
            days,
            person,
        })
    }
}
