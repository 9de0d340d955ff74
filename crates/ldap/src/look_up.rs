//! What is asked, and what the answer says.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use lagrum_durable::{read_secret, read_settings};
use lagrum_https::{connector, is_local};
use rasn::types::SetOf;
use rasn_ldap::{
    AuthenticationChoice, BindRequest, ExtendedRequest, Filter, ProtocolOp, ResultCode,
    SearchRequest, SearchRequestDerefAliases, SearchRequestScope, SearchResultEntry,
};
use tokio_rustls::rustls::ClientConfig;
use zeroize::Zeroizing;

use crate::connection::{Connection, Timed, Wire};
use crate::fault::LdapFault;
use crate::filter::{Template, is_attribute};

/// The name of StartTLS (RFC 4511, section 4.14).
const START_TLS: &str = "1.3.6.1.4.1.1466.20037";

/// More entries are not asked for: two are too many.
const TWO: u32 = 2;

/// The most values of one attribute.
const VALUES: usize = 1000;

/// The columns whose attribute may have several values: they are told with a blank between them.
const SEVERAL: [&str; 2] = ["aliases", "none"];

/// What the operator writes of a directory.
#[derive(Clone, Debug)]
pub struct LdapConfig<'c> {
    /// Where it is: `ldaps://HOST`, or `ldap://HOST`, secured with StartTLS unless it is this machine.
    pub address: &'c str,
    /// As whom it is asked (a DN).
    pub bind: &'c str,
    /// The password, in a file that nobody else can read.
    pub password_file: &'c Path,
    /// Below which entry accounts lie (a DN).
    pub base: &'c str,
    /// The filter that finds the account called `:identifier`.
    pub filter: &'c str,
    /// Who vouches for the server (PEM). Absent: those that the machine trusts. Where they are named, this machine
    /// is asked over StartTLS, too.
    pub certificates: Option<&'c Path>,
    /// The attribute of each column.
    pub columns: &'c BTreeMap<String, String>,
    /// How long a look-up may take, in seconds.
    pub timeout_seconds: u32,
}

/// The columns, and the rows for a name: nothing as an empty value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, in the order of the columns.
    pub rows: Vec<Vec<String>>,
}

/// A look-up that can be made. Nothing of the directory is kept between two.
pub struct LookUp {
    host: String,
    port: u16,
    security: Security,
    bind: String,
    password: Zeroizing<String>,
    base: String,
    filter: Template,
    columns: Vec<(String, String)>,
    timeout: Duration,
}

/// How it is secured.
enum Security {
    /// Not at all: it is on this machine.
    None,
    /// From the beginning.
    Tls(Arc<ClientConfig>),
    /// After the first word.
    StartTls(Arc<ClientConfig>),
}

impl LookUp {
    /// The port that is connected to.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Checks a configuration; nothing is connected to.
    ///
    /// # Errors
    /// [`LdapFault::Config`].
    pub fn open(config: &LdapConfig<'_>) -> Result<Self, LdapFault> {
        let fault = |field, why: String| LdapFault::Config { field, why };
        let (secured, place) = match config.address.split_once("://") {
            Some(("ldaps", place)) => (true, place),
            Some(("ldap", place)) => (false, place),
            _ => return Err(fault("address", "write ldaps://HOST or ldap://HOST".into())),
        };
        let place = place.strip_suffix('/').unwrap_or(place);
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
                let port = port.parse();
                (
                    host,
                    port.map_err(|_| fault("address", "has a port that is none".into()))?,
                )
            }
            _ => (place, if secured { 636 } else { 389 }),
        };
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        if host.is_empty() || !host.bytes().all(is_host) {
            let why = "names no host, or more than host and port; what is asked stands in `base`, `filter` and `bind`";
            return Err(fault("address", why.into()));
        }
        let tls = || {
            let certificates = match config.certificates {
                None => Vec::new(),
                Some(file) => read_settings(file)
                    .map_err(|error| fault("certificates", error.to_string()))?
                    .into_bytes(),
            };
            // Nothing written would be whoever the machine trusts.
            let named = certificates
                .windows(17)
                .any(|part| part == b"BEGIN CERTIFICATE");
            if config.certificates.is_some() && !named {
                return Err(fault("certificates", "holds no certificate (PEM)".into()));
            }
            let connector = connector(&certificates);
            let connector = connector.map_err(|why| fault("certificates", why.to_string()))?;
            Ok::<_, LdapFault>(Arc::clone(connector.config()))
        };
        let security = match (secured, is_local(host) && config.certificates.is_none()) {
            (true, _) => Security::Tls(tls()?),
            (false, false) => Security::StartTls(tls()?),
            (false, true) => Security::None,
        };
        let password = read_secret(config.password_file)
            .map_err(|error| fault("password_file", error.to_string()))?;
        let password = Zeroizing::new(password.trim_end_matches(['\r', '\n']).to_owned());
        // A bind without a password is let in as nobody (RFC 4513, section 5.1.2), who may see less.
        if password.is_empty() {
            return Err(fault("password_file", "holds no password".into()));
        }
        if config.bind.is_empty() || config.base.is_empty() {
            let field = if config.bind.is_empty() {
                "bind"
            } else {
                "base"
            };
            return Err(fault(field, "is empty; write a DN".into()));
        }
        let filter = Template::parse(config.filter).map_err(|why| fault("filter", why))?;
        if !(1..=600).contains(&config.timeout_seconds) {
            return Err(fault("timeout_seconds", "write 1 to 600 seconds".into()));
        }
        for (column, attribute) in config.columns {
            if !is_attribute(attribute) {
                let why = format!(
                    "`{column}`: `{}` names no attribute",
                    attribute.escape_debug()
                );
                return Err(fault("columns", why));
            }
        }
        let columns = config.columns.iter();
        Ok(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port,
            security,
            bind: config.bind.to_owned(),
            password,
            base: config.base.to_owned(),
            filter,
            columns: columns.map(|(a, b)| (a.clone(), b.clone())).collect(),
            timeout: Duration::from_secs(config.timeout_seconds.into()),
        })
    }

    /// One that connects to nobody.
    #[cfg(feature = "testing")]
    pub(crate) fn of_two_columns() -> Self {
        let columns = [("address", "mail"), ("aliases", "other")];
        Self {
            host: String::new(),
            port: 0,
            security: Security::None,
            bind: String::new(),
            password: Zeroizing::default(),
            base: String::new(),
            filter: Template::Named("mail".into()),
            columns: columns.map(|(a, b)| (a.into(), b.into())).into(),
            timeout: Duration::from_secs(1),
        }
    }

    /// What is understood of a server at the other end of `wire`.
    #[cfg(feature = "testing")]
    pub(crate) fn told<W: Wire>(&self, wire: W) -> Result<Answered, LdapFault> {
        let mut connection = Connection::new(wire);
        self.bound(&mut connection)?;
        self.rows(&mut connection, "a@b.example")
    }

    /// Checks that the filter and the attributes are those of this directory: it answers to an attribute that it does
    /// not know, or that this user may not see, as to one that nobody has.
    ///
    /// # Errors
    /// [`LdapFault::Config`], naming the attribute; and as [`LookUp::read`].
    pub fn check(&self) -> Result<(), LdapFault> {
        let mut connection = self.connected()?;
        let filter = self.filter.named();
        let filter = filter.into_iter().map(|attribute| ("filter", attribute));
        let columns = self.columns.iter();
        let columns = columns.map(|(_, attribute)| ("columns", attribute.as_str()));
        for (field, attribute) in filter.chain(columns) {
            let has = Filter::Present(attribute.into());
            let has = Filter::And(SetOf::from_vec(vec![self.filter.filled(None), has]));
            let (entries, _) = self.entries(&mut connection, has, &[attribute], 1)?;
            let mut given = entries.iter().flat_map(|entry| &entry.attributes);
            if !given.any(|given| given.r#type.eq_ignore_ascii_case(attribute)) {
                let why = format!(
                    "no entry below `base` that the filter can find, and that this user may see, has the attribute `{attribute}`; write an attribute as the directory calls it, let the user read it, or leave the column out"
                );
                return Err(LdapFault::Config { field, why });
            }
        }
        connection.leave();
        Ok(())
    }

    /// Lets `reader` ask over one connection: for a name it gives the entries that belong to it, at most two of
    /// them, since two are too many.
    ///
    /// # Errors
    /// When the server does not answer, or an entry cannot be told whole: never an empty answer instead. And what
    /// `reader` says.
    pub fn read<T, E: From<LdapFault>>(
        &self,
        reader: impl FnOnce(&mut dyn FnMut(&str) -> Result<Answered, LdapFault>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.connected()?;
        let read = reader(&mut |name| self.rows(&mut connection, name));
        connection.leave();
        read
    }

    fn connected(&self) -> Result<Connection<Box<dyn Wire>>, LdapFault> {
        let socket = Timed::connect(&self.host, self.port, self.timeout)?;
        let wire: Box<dyn Wire> = match &self.security {
            Security::None => Box::new(socket),
            Security::Tls(tls) => Box::new(socket.secured(&self.host, tls)?),
            Security::StartTls(tls) => {
                let mut plain = Connection::new(socket);
                let start = ExtendedRequest {
                    request_name: START_TLS.as_bytes().to_vec().into(),
                    request_value: None,
                };
                plain.send(ProtocolOp::ExtendedReq(start))?;
                match plain.answer()? {
                    ProtocolOp::ExtendedResp(answer) => done(answer.result_code, "secure it")?,
                    _ => return Err(LdapFault::Nonsense("it answers StartTLS otherwise")),
                }
                Box::new(plain.into_wire().secured(&self.host, tls)?)
            }
        };
        let mut connection = Connection::new(wire);
        self.bound(&mut connection)?;
        Ok(connection)
    }

    fn bound<W: Wire>(&self, connection: &mut Connection<W>) -> Result<(), LdapFault> {
        let password = self.password.as_bytes().to_vec().into();
        let bind = AuthenticationChoice::Simple(password);
        let bind = BindRequest::new(3, self.bind.as_str().into(), bind);
        connection.send(ProtocolOp::BindRequest(bind))?;
        match connection.answer()? {
            ProtocolOp::BindResponse(answer) => done(answer.result_code, "sign in"),
            _ => Err(LdapFault::Nonsense("it answers a bind otherwise")),
        }
    }

    fn rows<W: Wire>(
        &self,
        connection: &mut Connection<W>,
        name: &str,
    ) -> Result<Answered, LdapFault> {
        let attributes = self.columns.iter().map(|(_, attribute)| attribute.as_str());
        let attributes: Vec<_> = attributes.collect();
        let filter = self.filter.filled(Some(name));
        let (entries, cut) = self.entries(connection, filter, &attributes, TWO)?;
        // There are more than two, and two are seen. With fewer it is another limit that hides some.
        if cut && entries.len() < 2 {
            return Err(LdapFault::Refused(ResultCode::SizeLimitExceeded as u16));
        }
        let rows = entries.iter().map(|entry| self.row(entry));
        let columns = self.columns.iter().map(|(column, _)| column.clone());
        Ok(Answered {
            columns: columns.collect(),
            rows: rows.collect::<Result<_, _>>()?,
        })
    }

    /// At most `most` entries, and whether there are more.
    fn entries<W: Wire>(
        &self,
        connection: &mut Connection<W>,
        filter: Filter,
        attributes: &[&str],
        most: u32,
    ) -> Result<(Vec<SearchResultEntry>, bool), LdapFault> {
        let attributes = attributes.iter().map(|attribute| (*attribute).into());
        let search = SearchRequest::new(
            self.base.as_str().into(),
            SearchRequestScope::WholeSubtree,
            SearchRequestDerefAliases::NeverDerefAliases,
            most,
            u32::try_from(self.timeout.as_secs()).unwrap_or(u32::MAX),
            false,
            filter,
            attributes.collect(),
        );
        connection.send(ProtocolOp::SearchRequest(search))?;
        let mut entries = Vec::new();
        loop {
            match connection.answer()? {
                ProtocolOp::SearchResEntry(entry) if entries.len() < most as usize => {
                    entries.push(entry);
                }
                ProtocolOp::SearchResEntry(_) => {
                    return Err(LdapFault::Nonsense(
                        "it gives more entries than were asked for",
                    ));
                }
                ProtocolOp::SearchResRef(_) => return Err(LdapFault::Referral),
                ProtocolOp::SearchResDone(result) => {
                    let cut = result.0.result_code == ResultCode::SizeLimitExceeded;
                    if !cut {
                        done(result.0.result_code, "search below `base`")?;
                    }
                    return Ok((entries, cut));
                }
                _ => return Err(LdapFault::Nonsense("it answers a search otherwise")),
            }
        }
    }

    fn row(&self, entry: &SearchResultEntry) -> Result<Vec<String>, LdapFault> {
        for given in &entry.attributes {
            // It is another form of one that was asked for (`mail;lang-sv`, a part of its values, its other name), and
            // without it nobody knows all of its values.
            let mut asked = self.columns.iter();
            if !asked.any(|(_, attribute)| given.r#type.eq_ignore_ascii_case(attribute)) {
                return Err(LdapFault::Nonsense(
                    "it gives an attribute by a name by which it was not asked for; in `columns` write attributes as the directory calls them, with what stands behind a semicolon",
                ));
            }
        }
        self.columns
            .iter()
            .map(|(column, attribute)| value(entry, column, attribute))
            .collect()
    }
}

/// The value of a column.
fn value(entry: &SearchResultEntry, column: &str, attribute: &str) -> Result<String, LdapFault> {
    let fault = |why| LdapFault::Entry {
        attribute: attribute.to_owned(),
        why,
    };
    let given = entry.attributes.iter();
    let given = given.filter(|given| given.r#type.eq_ignore_ascii_case(attribute));
    let values: Vec<_> = given.flat_map(|given| given.vals.to_vec()).collect();
    if values.len() > VALUES {
        return Err(fault("has more than 1000 values"));
    }
    let several = SEVERAL.contains(&column);
    if values.len() > 1 && !several {
        return Err(fault(
            "has several values, and nobody could say which counts; name an attribute that has one",
        ));
    }
    let mut texts = Vec::new();
    for value in values {
        let text = std::str::from_utf8(value);
        let text = text.map_err(|_| fault("has a value that is not text in UTF-8"))?;
        if several && (text.is_empty() || text.contains(char::is_whitespace)) {
            return Err(fault("has a value that is empty or has a blank in it"));
        }
        texts.push(text);
    }
    texts.sort_unstable();
    Ok(texts.join(" "))
}

/// Whether what was asked was done.
fn done(code: ResultCode, what: &'static str) -> Result<(), LdapFault> {
    match code {
        ResultCode::Success => Ok(()),
        ResultCode::Referral => Err(LdapFault::Referral),
        ResultCode::InvalidCredentials
        | ResultCode::InsufficientAccessRights
        | ResultCode::InappropriateAuthentication
        | ResultCode::StrongerAuthRequired
        | ResultCode::ConfidentialityRequired => Err(LdapFault::Denied(what)),
        ResultCode::NoSuchObject => Err(LdapFault::Config {
            field: "base",
            why: "there is no such entry, or this user may not see it".into(),
        }),
        ResultCode::TimeLimitExceeded
        | ResultCode::AdminLimitExceeded
        | ResultCode::Busy
        | ResultCode::Unavailable => Err(LdapFault::Busy(code as u16)),
        // What it says beside it may repeat the name.
        other => Err(LdapFault::Refused(other as u16)),
    }
}
