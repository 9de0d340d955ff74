//! Where a server is, and how far it is trusted.

use hyper::Uri;

/// A server, and the path on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Whether it is reached over HTTPS; if not, it is on this machine.
    pub secure: bool,
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Host and port, as a request names them.
    pub authority: String,
    /// The path, with what is asked.
    pub path: String,
    /// Whether its address may be one of a private network.
    pub private: bool,
    /// Certificates (PEM) of whoever vouches for it. Empty: those that the machine trusts.
    pub certificates: Vec<u8>,
}

impl Server {
    /// The server of an address, trusted as any other; `None`: it is no address of a server, names a user, or is
    /// neither https nor this machine.
    #[must_use]
    pub fn at(address: &str) -> Option<Self> {
        // `Uri` forgets what follows a `#`.
        let plain = !address.contains(['#', '@']) && !address.contains(char::is_control);
        let uri: Uri = address.parse().ok().filter(|_| plain)?;
        let host = uri.host().filter(|host| !host.is_empty())?;
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") if is_local(host) => false,
            _ => return None,
        };
        Some(Self {
            secure,
            port: uri.port_u16().unwrap_or(if secure { 443 } else { 80 }),
            host: host
                .trim_start_matches('[')
                .trim_end_matches(']')
                .to_owned(),
            authority: uri.authority()?.to_string(),
            path: uri
                .path_and_query()
                .map_or_else(|| "/".to_owned(), ToString::to_string),
            private: false,
            certificates: Vec::new(),
        })
    }
}

/// Whether a host is this machine, by its name.
#[must_use]
pub fn is_local(host: &str) -> bool {
    ["localhost", "127.0.0.1", "::1", "[::1]"].contains(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_or_this_machine_and_names_no_user() {
        let pager = Server::at("https://pager.example/hook?a=b").unwrap();
        assert!(pager.secure && !pager.private);
        assert_eq!((pager.host.as_str(), pager.port), ("pager.example", 443));
        assert_eq!(pager.path, "/hook?a=b");
        let local = Server::at("http://[::1]:8080").unwrap();
        assert_eq!((local.host.as_str(), local.port), ("::1", 8080));
        assert_eq!(
            (local.authority.as_str(), local.path.as_str()),
            ("[::1]:8080", "/")
        );
        for wrong in [
            "",
            "/hook",
            "pager.example",
            "http://pager.example/",
            "https://",
            "https://user@pager.example/",
            "https://localhost@pager.example/",
            "https://pager.example/#a",
            "https://pager.example/a\r\nb: c",
            "ftp://pager.example/",
            "file:///etc/passwd",
        ] {
            assert_eq!(Server::at(wrong), None, "{wrong}");
        }
    }
}
