//! Which database: its kind, and where it is.

use std::fmt;
use std::path::{Path, PathBuf};

use lagrum_https::is_local;

/// Which kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
    Mysql,
}

impl Kind {
    /// A name in the marks that this kind puts around names.
    pub(crate) fn quoted(self, name: &str) -> String {
        match self {
            Self::Mysql => format!("`{}`", name.replace('`', "``")),
            Self::Sqlite | Self::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }
}

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// A file.
    Sqlite(PathBuf),
    /// A server on this machine.
    Server(Server),
}

/// A server on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Server {
    pub(crate) kind: Kind,
    pub(crate) user: String,
    pub(crate) host: String,
    pub(crate) port: u16,
    /// Its Unix socket: for PostgreSQL the directory in which it lies.
    pub(crate) socket: Option<PathBuf>,
    pub(crate) database: String,
}

const FORMS: &str = "write sqlite:/path, postgres://USER@localhost/DATABASE or mysql://USER@localhost/DATABASE, for a Unix socket with ?socket=/path behind it";

impl Address {
    /// Reads what the operator wrote. A password in it is refused, and never repeated.
    ///
    /// # Errors
    /// What is wrong, and the way out.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return match path {
                "" => Err(format!("names no file; {FORMS}")),
                path => Ok(Self::Sqlite(path.into())),
            };
        }
        let (kind, port, rest) = if let Some(rest) = text.strip_prefix("postgres://") {
            (Kind::Postgres, 5432, rest)
        } else if let Some(rest) = text.strip_prefix("postgresql://") {
            (Kind::Postgres, 5432, rest)
        } else if let Some(rest) = text.strip_prefix("mysql://") {
            (Kind::Mysql, 3306, rest)
        } else if let Some(rest) = text.strip_prefix("mariadb://") {
            (Kind::Mysql, 3306, rest)
        } else {
            return Err(format!("is of no kind that is known here; {FORMS}"));
        };
        // The last one: a password may hold the sign, and nothing of it is to be shown.
        let (user, rest) = rest
            .rsplit_once('@')
            .ok_or(format!("names no user; {FORMS}"))?;
        if user.contains(':') || rest.contains("password") {
            return Err(
                "holds a password; write it into a file and name that in `password_file`".into(),
            );
        }
        let (place, rest) = rest
            .split_once('/')
            .ok_or(format!("names no database; {FORMS}"))?;
        let (database, more) = match rest.split_once('?') {
            Some((database, more)) => (database, Some(more)),
            None => (rest, None),
        };
        let socket = match more {
            None => None,
            Some(more) => match more.strip_prefix("socket=") {
                Some(path) if path.starts_with('/') && !path.contains('&') => Some(path.into()),
                _ => {
                    return Err(
                        "may only have ?socket= and a path that begins with / behind it".into(),
                    );
                }
            },
        };
        let (host, port) = match place.rsplit_once(':') {
            Some((host, digits)) if !host.contains(':') || host.ends_with(']') => {
                let port = digits
                    .parse()
                    .map_err(|_| format!("has a port that is none; {FORMS}"))?;
                (host, port)
            }
            _ => (place, port),
        };
        if !is_local(host) {
            return Err("names a server elsewhere, and nothing on the way would be encrypted; use one on this machine, or a tunnel that ends here".into());
        }
        if user.is_empty() || database.is_empty() {
            return Err(format!("names no user or no database; {FORMS}"));
        }
        let odd = |text: &str| text.contains(['%', '&', '=']) || text.chars().any(char::is_control);
        if [user, database].into_iter().any(odd) {
            return Err(
                "holds a sign of addresses (%, &, =) in a name; names are written as they are"
                    .into(),
            );
        }
        Ok(Self::Server(Server {
            kind,
            user: user.to_owned(),
            host: host.trim_matches(['[', ']']).to_owned(),
            port,
            socket,
            database: database.to_owned(),
        }))
    }

    /// The same, the path of a file starting at `base` unless it is absolute.
    pub(crate) fn below(self, base: &Path) -> Self {
        match self {
            Self::Sqlite(path) => Self::Sqlite(base.join(path)),
            server => server,
        }
    }

    /// The port that is connected to, unless it is a file or a Unix socket.
    pub(crate) fn port(&self) -> Option<u16> {
        match self {
            Self::Server(Server {
                port, socket: None, ..
            }) => Some(*port),
            _ => None,
        }
    }

    /// Which kind of database it is.
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Sqlite(_) => Kind::Sqlite,
            Self::Server(server) => server.kind,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "database {}", path.display()),
            Self::Server(server) => write!(f, "database {}", server.database),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(text: &str) -> Server {
        match Address::parse(text) {
            Ok(Address::Server(server)) => server,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn an_address_names_kind_place_user_and_database() {
        let found = server("postgres://lagrum@localhost/mastodon");
        assert_eq!((found.kind, found.port), (Kind::Postgres, 5432));
        assert_eq!(
            (found.user.as_str(), found.database.as_str()),
            ("lagrum", "mastodon")
        );
        let found = server("mysql://reader@127.0.0.1:3307/forum?socket=/run/mysqld/mysqld.sock");
        assert_eq!((found.kind, found.port), (Kind::Mysql, 3307));
        assert_eq!(found.socket, Some("/run/mysqld/mysqld.sock".into()));
        assert_eq!(server("mariadb://a@[::1]:9/b").host, "::1");
        let file = Address::parse("sqlite:registry.db").unwrap();
        assert_eq!(
            (file.kind(), file),
            (Kind::Sqlite, Address::Sqlite("registry.db".into()))
        );
    }

    #[test]
    fn another_machine_and_a_password_are_refused_and_the_password_is_not_told() {
        for (text, why) in [
            ("postgres://a:s3cret@localhost/b", "password_file"),
            ("postgres://a:s3@cret@localhost/b", "password_file"),
            ("postgres://a@localhost/b?password=s3cret", "password_file"),
            ("postgres://a@db.example/b", "elsewhere"),
            ("mysql://a@192.0.2.1/b", "elsewhere"),
            ("mysql://a@localhost.example/b", "elsewhere"),
            ("mysql://localhost/b", "names no user"),
            ("mysql://a@localhost", "names no database"),
            ("mysql://a@localhost/", "no database"),
            ("oracle://a@localhost/b", "no kind"),
            ("sqlite:", "no file"),
            ("postgres://a@localhost:x/b", "port"),
            ("postgres://a@localhost/b?socket=x", "socket"),
        ] {
            let refused = Address::parse(text).unwrap_err();
            assert!(refused.contains(why), "{text}: {refused}");
            assert!(!refused.contains("s3"), "{refused}");
        }
    }
}
