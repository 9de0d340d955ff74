//! Where the desk is reached.

use std::fmt;
use std::str::FromStr;

/// The one origin under which people reach the desk: `https://desk.kvist.example`, or for a desk that
/// only its own machine reaches `http://localhost:8700`. Passkeys are bound to it, and requests under
/// another name are not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    text: String,
    host: usize,
}

/// Why a text is no origin of a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// It has not the form of an origin.
    #[error(
        "write scheme, host and, if it is not the usual one, port and nothing else, in small letters: https://desk.kvist.example"
    )]
    Form,
    /// It is not encrypted, and not this machine alone.
    #[error(
        "over http only localhost is served: what people type and read would be open to everybody between; write https://, with a reverse proxy or a certificate"
    )]
    Open,
}

impl Origin {
    /// `desk.kvist.example:8443`: what a browser sends as `Host`.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.text[self.host..]
    }

    /// The host without the port: the relying party of passkeys.
    #[must_use]
    pub fn host(&self) -> &str {
        let authority = self.authority();
        authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host)
    }

    /// Whether it is encrypted.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.text.starts_with("https://")
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let scheme = ["https://", "http://"]
            .into_iter()
            .find(|scheme| text.starts_with(scheme))
            .ok_or(OriginError::Form)?;
        let authority = &text[scheme.len()..];
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
        let usual = if scheme == "https://" { "443" } else { "80" };
        let is_port = |port: &str| {
            port.parse::<u16>().is_ok_and(|number| number > 0)
                && !port.starts_with(['0', '+'])
                && port != usual
        };
        let labels = host.split('.').all(|label| {
            !label.is_empty()
                && label.len() < 64
                && !label.starts_with('-')
                && !label.ends_with('-')
        });
        if !host.chars().all(letter) || !labels || !port.is_none_or(is_port) {
            return Err(OriginError::Form);
        }
        if scheme == "http://" && host != "localhost" {
            return Err(OriginError::Open);
        }
        Ok(Self {
            text: text.to_owned(),
            host: scheme.len(),
        })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port_and_nothing_else() {
        for good in [
            "https://desk.kvist.example",
            "https://desk.kvist.example:8443",
            "http://localhost",
            "http://localhost:8700",
        ] {
            let origin: Origin = good.parse().unwrap();
            assert_eq!(origin.to_string(), good);
            assert!(!origin.host().contains(':'));
        }
        for wrong in [
            "",
            "desk.kvist.example",
            "https://",
            "https://Desk.example",
            "https://a.example/",
            "https://a.example:443",
            "https://a.example:0",
            "https://a.example:+1",
            "https://u@a.example",
            "https://a..example",
            "https://-a.example",
            "https://a.example?x",
            "ftp://a.example",
            "http://localhost:80",
        ] {
            assert_eq!(wrong.parse::<Origin>(), Err(OriginError::Form), "{wrong}");
        }
        for open in ["http://desk.kvist.example", "http://127.0.0.1:8700"] {
            assert_eq!(open.parse::<Origin>(), Err(OriginError::Open), "{open}");
        }
    }
}
