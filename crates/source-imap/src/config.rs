//! What the operator writes of a server.

use std::path::PathBuf;
use std::sync::Arc;

use lagrum_durable::{read_secret, read_settings};
use lagrum_https::{connector, is_local};
use lagrum_model::EmailAddress;
use lagrum_source::{Context, SourceConfig, SourceError, Template};
use lagrum_sources::MailDate;
use serde::Deserialize;
use tokio_rustls::rustls::ClientConfig;
use zeroize::Zeroizing;

/// Mail on an IMAP server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImapConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// The server's name, as its certificate has it.
    pub server: String,
    /// 993 unless said otherwise.
    #[serde(default = "imaps")]
    pub port: u16,
    /// Without TLS; only a server on this machine.
    #[serde(default)]
    pub plain: bool,
    /// Certificates (PEM) of whoever vouches for the server. Absent: those that the machine trusts.
    #[serde(default)]
    pub certificates: Option<PathBuf>,
    /// What an account is called at the server, with `%u`, `%n` and `%d`.
    #[serde(default = "whole")]
    pub login: String,
    /// The user that may read every account.
    pub master: String,
    /// Its password, in a file that nobody else can read.
    pub password_file: PathBuf,
    /// What stands between the name of the account and that of the master user, where the server wants both as
    /// one name. Absent: they are given one beside the other (RFC 4616).
    #[serde(default)]
    pub separator: Option<char>,
    /// An account that is certainly there: with it one that is not there is told from a master user who is not
    /// let in.
    #[serde(default)]
    pub known_account: Option<EmailAddress>,
    /// Which date decides ([`MailDate`]). Absent: the `Date` header field.
    #[serde(default)]
    pub date: Option<String>,
}

fn imaps() -> u16 {
    993
}

fn whole() -> String {
    "%u".to_owned()
}

/// A server, and how to sign in.
pub(crate) struct Server {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tls: Option<Arc<ClientConfig>>,
    pub(crate) master: String,
    pub(crate) separator: Option<char>,
    pub(crate) password: Zeroizing<String>,
    login: Template,
    /// The name of an account that is certainly there.
    pub(crate) known: Option<String>,
    /// Which date decides.
    pub(crate) date: MailDate,
}

impl Server {
    /// Reads and checks what the operator wrote.
    pub(crate) fn read(
        config: &SourceConfig,
        context: &Context<'_>,
    ) -> Result<(String, Self), SourceError> {
        let written: ImapConfig = config.read()?;
        let id = written.id;
        let fault = |field: &str, why: String| SourceError::config(&id, field, why);
        for (field, value) in [("server", &written.server), ("master", &written.master)] {
            if value.is_empty() || value.chars().any(char::is_control) {
                return Err(fault(field, "is empty, or holds control characters".into()));
            }
        }
        if written.plain && !is_local(&written.server) {
            let why = "without TLS only a server on this machine is read; take the line out";
            return Err(fault("plain", why.into()));
        }
        let below = |path: &PathBuf| context.base_directory.join(path);
        let certificates = match &written.certificates {
            Some(path) => read_settings(&below(path))
                .map_err(|e| fault("certificates", e.to_string()))?
                .into_bytes(),
            None => vec![],
        };
        let tls = match written.plain {
            true => None,
            false => {
                let connector =
                    connector(&certificates).map_err(|e| fault("certificates", e.to_string()))?;
                Some(Arc::clone(connector.config()))
            }
        };
        let password = read_secret(&below(&written.password_file))
            .map_err(|e| fault("password_file", e.to_string()))?;
        let password = Zeroizing::new(password.trim_end_matches(['\r', '\n']).to_owned());
        if password.is_empty() || password.contains('\0') {
            return Err(fault("password_file", "holds no password".into()));
        }
        let login = Template::parse(&written.login).map_err(|why| fault("login", why))?;
        let can = [MailDate::Header, MailDate::Received, MailDate::Internal];
        let date = MailDate::read(&id, "imap", written.date.as_deref(), &can)?;
        let mut server = Self {
            host: written.server,
            port: written.port,
            tls,
            master: written.master,
            separator: written.separator,
            password,
            login,
            known: None,
            date,
        };
        let known = written.known_account.as_ref();
        let known = known.map(|account| server.name_of(account)).transpose();
        server.known = known.map_err(|why| fault("known_account", why))?;
        Ok((id, server))
    }

    /// What an account is called at the server.
    ///
    /// # Errors
    /// When its name would be taken for two.
    pub(crate) fn name_of(&self, account: &EmailAddress) -> Result<String, String> {
        let name = self.login.place_of(account)?;
        let name = name.to_str().ok_or("its name is no text")?.to_owned();
        match self.separator.filter(|one| name.contains(*one)) {
            Some(separator) => Err(format!(
                "`{name}` holds the `separator` {separator}, so that the server would take it for another name; say in `none` that the source has nothing of it, or leave `separator` out"
            )),
            None => Ok(name),
        }
    }
}
