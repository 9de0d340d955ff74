//! What the operator writes of a server.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use lagrum_durable::{read_secret, read_settings};
use lagrum_https::{Patience, Peer, Server as Place, connector};
use lagrum_model::EmailAddress;
use lagrum_source::{Context, SourceConfig, SourceError, Template};
use lagrum_sources::MailDate;
use serde::Deserialize;
use tokio_rustls::TlsConnector;
use zeroize::Zeroizing;

/// Mail on a JMAP server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JmapConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// The address of its session (RFC 8620, 2): `https://mail.example/jmap/`. `http://` is for this machine alone.
    pub session: String,
    /// Certificates (PEM) of whoever vouches for the server. Absent: those that the machine trusts.
    #[serde(default)]
    pub certificates: Option<PathBuf>,
    /// The user that stands for every account; with `password_file`.
    #[serde(default)]
    pub user: Option<String>,
    /// Its password, in a file that nobody else can read.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// In their place: a bearer token (RFC 6750) of that user, in a file that nobody else can read.
    #[serde(default)]
    pub token_file: Option<PathBuf>,
    /// What an account is called at the server, with `%u`, `%n` and `%d`.
    #[serde(default = "whole")]
    pub login: String,
    /// An account that is certainly there: with it a probe shows that the login may stand for accounts.
    #[serde(default)]
    pub known_account: Option<EmailAddress>,
    /// Which date decides ([`MailDate`]). Absent: the `Date` header field.
    #[serde(default)]
    pub date: Option<String>,
}

fn whole() -> String {
    "%u".to_owned()
}

/// A server, and who signs in there.
pub(crate) struct Server {
    secure: Option<TlsConnector>,
    /// The address of the session.
    pub(crate) place: Place,
    /// What requests say of who signs in.
    pub(crate) authorization: Zeroizing<String>,
    login: Template,
    /// The name of an account that is certainly there.
    pub(crate) known: Option<String>,
    /// Which date decides.
    pub(crate) date: MailDate,
    pub(crate) patience: Patience,
    /// How many messages are listed, or told of, at once.
    pub(crate) page: u64,
}

impl Server {
    /// Reads and checks what the operator wrote.
    pub(crate) fn read(
        config: &SourceConfig,
        context: &Context<'_>,
    ) -> Result<(String, Self), SourceError> {
        let written: JmapConfig = config.read()?;
        let fault = |field: &str, why: String| SourceError::config(&written.id, field, why);
        let place = Place::at(&written.session).ok_or_else(|| {
            let why = "write https://HOST and the path of the session; http:// is for this machine alone, and no name or password stands in it";
            fault("session", why.into())
        })?;
        let below = |path: &Path| context.base_directory.join(path);
        let secure = match place.secure {
            false => None,
            true => {
                let certificates = match &written.certificates {
                    Some(path) => read_settings(&below(path))
                        .map_err(|e| fault("certificates", e.to_string()))?
                        .into_bytes(),
                    None => vec![],
                };
                let connector = connector(&certificates);
                Some(connector.map_err(|e| fault("certificates", e.to_string()))?)
            }
        };
        let authorization = authorization(&written, &below)
            .map_err(|(field, why)| SourceError::config(&written.id, field, why))?;
        let login = Template::parse(&written.login).map_err(|why| fault("login", why))?;
        let can = [MailDate::Header, MailDate::Received, MailDate::Internal];
        let date = MailDate::read(&written.id, "jmap", written.date.as_deref(), &can)?;
        let mut server = Self {
            secure,
            place,
            authorization,
            login,
            known: None,
            date,
            patience: Patience {
                tries: 5,
                pause: Duration::from_millis(500),
            },
            page: 500,
        };
        let known = written.known_account.as_ref();
        let known = known.map(|account| server.name_of(account)).transpose();
        server.known = known.map_err(|why| fault("known_account", why))?;
        Ok((written.id, server))
    }

    /// To whom requests go.
    pub(crate) fn peer(&self) -> Peer<'_> {
        Peer {
            host: &self.place.host,
            port: self.place.port,
            secure: self.secure.as_ref(),
        }
    }

    /// What an account is called at the server.
    ///
    /// # Errors
    /// When its name cannot be asked for.
    pub(crate) fn name_of(&self, account: &EmailAddress) -> Result<String, String> {
        let name = self.login.place_of(account)?;
        let name = name.to_str().ok_or("its name is no text")?;
        match name.bytes().all(|byte| byte.is_ascii_graphic()) {
            true => Ok(name.to_owned()),
            false => Err("its name holds letters that no header of a request has".into()),
        }
    }
}

/// What requests say of who signs in, or which field is wrong and why.
fn authorization(
    written: &JmapConfig,
    below: &dyn Fn(&Path) -> PathBuf,
) -> Result<Zeroizing<String>, (&'static str, String)> {
    let secret = |field: &'static str, path: &Path| {
        let text = read_secret(&below(path)).map_err(|e| (field, e.to_string()))?;
        let text = Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned());
        match text.is_empty() || text.chars().any(char::is_control) {
            true => Err((field, "holds nothing, or more than one line".to_owned())),
            false => Ok(text),
        }
    };
    match (&written.user, &written.password_file, &written.token_file) {
        (Some(user), Some(path), None) => {
            // RFC 7617: the first colon ends the name.
            if user.is_empty() || user.contains(':') || user.chars().any(char::is_control) {
                let why = "is empty, or holds a colon or control characters";
                return Err(("user", why.to_owned()));
            }
            let password = secret("password_file", path)?;
            let both = Zeroizing::new(format!("{user}:{}", *password));
            let both = Zeroizing::new(BASE64_STANDARD.encode(both.as_bytes()));
            Ok(Zeroizing::new(format!("Basic {}", *both)))
        }
        (None, None, Some(path)) => {
            let token = secret("token_file", path)?;
            match token.bytes().all(|byte| byte.is_ascii_graphic()) {
                true => Ok(Zeroizing::new(format!("Bearer {}", *token))),
                false => Err(("token_file", "holds no token".to_owned())),
            }
        }
        _ => {
            let why = "write `user` and `password_file`, or `token_file` alone";
            Err(("user", why.to_owned()))
        }
    }
}
