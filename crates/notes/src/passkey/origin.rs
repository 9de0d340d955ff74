use crate::PasskeyError;

/// The longest origin: scheme, a name of 253 characters (RFC 1035), a port.
pub(crate) const LONGEST: usize = 8 + 253 + 6;

/// An origin as browsers write it (HTML, "ASCII serialization of an origin"), so that it can be compared
/// by its bytes.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Origin(String);

impl Origin {
    pub(super) fn parse(text: &str) -> Result<Self, PasskeyError> {
        let right = text.len() <= LONGEST && {
            let (scheme, authority) = text.split_once("://").unwrap_or_default();
            let (host, port) = match authority.split_once(':') {
                None => (authority, None),
                Some((host, port)) => (host, Some(port)),
            };
            let own = match scheme {
                "https" => "443",
                "http" if host == "localhost" => "80",
                _ => return Err(PasskeyError::Origin),
            };
            is_host(host) && port.is_none_or(|port| is_port(port) && port != own)
        };
        right
            .then(|| Self(text.to_owned()))
            .ok_or(PasskeyError::Origin)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn host(&self) -> &str {
        let authority = self.0.split_once("://").map_or("", |(_, after)| after);
        authority
            .split_once(':')
            .map_or(authority, |(host, _)| host)
    }
}

/// A name, never an address: no passkey is registered for an address. What ends in a label that begins
/// with a digit is one to a browser, or no name that exists.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.split('.').all(label)
        && last.starts_with(|c: char| c.is_ascii_lowercase())
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|b| b.is_ascii_digit())
        && !port.starts_with('0')
        && port.parse::<u16>().is_ok()
}
