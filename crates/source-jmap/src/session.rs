//! What a server says of itself and of an account (RFC 8620, 2).

use std::collections::BTreeMap;

use lagrum_https::Server as Place;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::fault::Fault;

/// The longest address that is taken, in bytes.
const LONGEST_ADDRESS: usize = 4096;
/// The longest id of an account, in bytes: servers take names of users for it, whose letters are not those of RFC
/// 8620, 1.2.
const LONGEST_ACCOUNT: usize = 1024;
/// What messages are downloaded as.
const TYPE: &str = "application/octet-stream";
/// A name that is a file's; nobody sees it.
const NAME: &str = "message";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    username: String,
    api_url: String,
    download_url: String,
    capabilities: Capabilities,
    accounts: Option<BTreeMap<String, Account>>,
    primary_accounts: Option<Primary>,
}

#[derive(Deserialize)]
struct Capabilities {
    #[serde(rename = "urn:ietf:params:jmap:core")]
    core: Core,
    #[serde(rename = "urn:ietf:params:jmap:mail")]
    _mail: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Core {
    max_size_request: u64,
    max_objects_in_get: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    is_personal: bool,
    account_capabilities: Option<OfMail>,
}

#[derive(Deserialize)]
struct OfMail {
    #[serde(rename = "urn:ietf:params:jmap:mail")]
    mail: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Primary {
    #[serde(rename = "urn:ietf:params:jmap:mail")]
    mail: Option<String>,
}

/// A server's session, which was read for a login alone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Server {
    /// Where methods are called: a path on the server.
    pub(crate) api: String,
    /// From where messages are downloaded.
    download: String,
    /// How many objects are told at once.
    pub(crate) at_once: u64,
    /// How long a request may be, in bytes.
    pub(crate) longest_request: u64,
}

/// The same for an account.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) server: Server,
    /// The id of the account.
    pub(crate) account: String,
}

fn told(bytes: &[u8], place: &Place) -> Result<(Server, Told), Fault> {
    let told: Told =
        serde_json::from_slice(bytes).map_err(|_| Fault::Nonsense("a session that is none"))?;
    let server = Server {
        api: on_server(&told.api_url, place)?,
        download: told.download_url.clone(),
        at_once: told.capabilities.core.max_objects_in_get,
        longest_request: told.capabilities.core.max_size_request,
    };
    // Whatever is downloaded, it is from here.
    server.blob(place, "a", "b")?;
    match server.at_once {
        0 => Err(Fault::Nonsense("it tells of no object at once")),
        _ => Ok((server, told)),
    }
}

impl Server {
    /// Reads what a server says at `place`.
    pub(crate) fn read(bytes: &[u8], place: &Place) -> Result<Self, Fault> {
        Ok(told(bytes, place)?.0)
    }

    /// The path from which a message is downloaded.
    pub(crate) fn blob(&self, place: &Place, account: &str, blob: &str) -> Result<String, Fault> {
        let filled = filled(&self.download, account, blob);
        on_server(
            &filled.ok_or(Fault::Nonsense(
                "an address of messages that names no message",
            ))?,
            place,
        )
    }
}

impl Session {
    /// Reads what a server says at `place` of the account of this name, for which the login stands.
    pub(crate) fn read(bytes: &[u8], place: &Place, name: &str) -> Result<Self, Fault> {
        let (server, told) = told(bytes, place)?;
        if !told.username.eq_ignore_ascii_case(name) {
            return Err(Fault::Nonsense(
                "it answers for another account than the one that was asked for; see `login`",
            ));
        }
        let id = told.primary_accounts.and_then(|primary| primary.mail);
        let id = id.ok_or(Fault::NoMail)?;
        let account = told.accounts.unwrap_or_default().remove(&id);
        let account = account.ok_or(Fault::NoMail)?;
        if !account.is_personal {
            return Err(Fault::Nonsense("an account that is somebody else's"));
        }
        if id.is_empty() || id.len() > LONGEST_ACCOUNT || id.chars().any(char::is_control) {
            return Err(Fault::Nonsense("an account without an id"));
        }
        match account.account_capabilities.and_then(|all| all.mail) {
            Some(_) => Ok(Self {
                server,
                account: id,
            }),
            None => Err(Fault::NoMail),
        }
    }
}

/// The path of an address that is on the operator's server; another is not asked.
fn on_server(address: &str, place: &Place) -> Result<String, Fault> {
    const ELSEWHERE: Fault =
        Fault::Nonsense("an address that is not on the server which `session` names");
    if address.len() > LONGEST_ADDRESS {
        return Err(Fault::Nonsense("an address that is too long"));
    }
    if address.starts_with('/') && !address.starts_with("//") {
        return Ok(address.to_owned());
    }
    let there = Place::at(address).ok_or(ELSEWHERE)?;
    let same = there.secure == place.secure
        && there.host.eq_ignore_ascii_case(&place.host)
        && there.port == place.port;
    match same {
        true => Ok(there.path),
        false => Err(ELSEWHERE),
    }
}

/// A template (RFC 6570, level 1) with what stands for its names; `None`: it has others, or lacks one.
fn filled(template: &str, account: &str, blob: &str) -> Option<String> {
    let mut filled = String::new();
    let mut named = [false; 2];
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&match name {
            "accountId" => {
                named[0] = true;
                encoded(account)
            }
            "blobId" => {
                named[1] = true;
                encoded(blob)
            }
            "type" => encoded(TYPE),
            "name" => NAME.to_owned(),
            _ => return None,
        });
        rest = after;
    }
    filled.push_str(rest);
    (named == [true; 2]).then_some(filled)
}

/// All but unreserved letters (RFC 3986, 2.3) as `%XX`.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(at: &str) -> Place {
        Place::at(at).unwrap()
    }

    #[test]
    fn an_address_is_on_the_server_that_was_named_or_is_not_asked() {
        let here = place("https://mail.kvist.example/jmap/");
        for (address, path) in [
            ("/jmap/", Some("/jmap/")),
            ("https://mail.kvist.example/api?a=b", Some("/api?a=b")),
            ("https://MAIL.kvist.example:443/api", Some("/api")),
            ("https://mail.kvist.example:444/api", None),
            ("https://mail.kvist.example.evil.example/api", None),
            ("https://mail.kvist.example@evil.example/api", None),
            ("https://evil.example/api", None),
            ("http://mail.kvist.example/api", None),
            ("//evil.example/api", None),
            ("evil.example/api", None),
            ("api", None),
            ("", None),
        ] {
            let told = on_server(address, &here).ok();
            assert_eq!(told.as_deref(), path, "{address}");
        }
        let local = place("http://localhost:8080/jmap/");
        assert!(on_server("http://127.0.0.1:8080/jmap/", &local).is_err());
    }

    #[test]
    fn what_stands_in_a_template_leads_to_no_other_place() {
        let usual = "/d/{accountId}/{blobId}/{name}?accept={type}";
        let told = filled(usual, "ann@kvist.example", "../..//x?y#z%2f").unwrap();
        assert_eq!(
            told,
            "/d/ann%40kvist%2Eexample/%2E%2E%2F%2E%2E%2F%2Fx%3Fy%23z%252f/message?accept=application%2Foctet-stream"
        );
        for wrong in [
            "/d/{accountId}/{name}",
            "/d/{blobId}",
            "/d/{accountId}/{blobId}/{other}",
            "/d/{accountId}/{+blobId}",
            "/d/{accountId}/{blobId",
            "",
        ] {
            assert_eq!(filled(wrong, "a", "b"), None, "{wrong}");
        }
        let host = Server {
            api: "/".into(),
            download: "https://{accountId}/{blobId}".into(),
            at_once: 1,
            longest_request: 1,
        };
        let here = place("https://mail.kvist.example/jmap/");
        assert!(host.blob(&here, "evil.example", "b").is_err());
    }
}
