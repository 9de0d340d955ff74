//! The messages of an account, as `doveadm` lists them.

use serde::Deserialize;

use crate::fault::Fault;

/// A message as it was listed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Listed {
    /// The folder, for people.
    pub(crate) mailbox: String,
    /// The folder, for good: one that is made anew has another.
    #[serde(rename = "mailbox-guid")]
    pub(crate) folder: String,
    /// Its number in the folder.
    #[serde(with = "number")]
    pub(crate) uid: u64,
    /// The message, for good.
    pub(crate) guid: String,
    /// Its length in bytes as it is stored, unpacked and in the clear.
    #[serde(rename = "size.physical", with = "number")]
    pub(crate) length: u64,
    /// When Dovecot received it, in seconds since 1970, if that decides.
    #[serde(rename = "date.received.unixtime", default)]
    pub(crate) received: Option<String>,
}

impl Listed {
    /// Where it lies, for people.
    pub(crate) fn locator(&self) -> String {
        format!("{} uid {}", self.mailbox, self.uid)
    }
}

mod number {
    use serde::{Deserialize as _, Deserializer, de::Error as _};

    /// A number that stands there as text.
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<u64, D::Error> {
        let text = String::deserialize(input)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Reads a listing; the messages of one folder stand together, with rising numbers.
pub(crate) fn read(json: &[u8]) -> Result<Vec<Listed>, Fault> {
    let torn = |_| Fault::Nonsense("a list of messages that cannot be read");
    let mut all: Vec<Listed> = serde_json::from_slice(json).map_err(torn)?;
    let plain = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    // A guid may be any text; these are the ends of what it is told from.
    let told_apart = |one: &Listed| {
        plain(&one.folder) && one.uid > 0 && !one.guid.contains(['\t', '\n', '\r', '\u{1}'])
    };
    if !all.iter().all(told_apart) {
        return Err(Fault::Nonsense("a message without a name of its own"));
    }
    let key = |one: &Listed| (one.mailbox.clone(), one.folder.clone(), one.uid);
    all.sort_by_cached_key(key);
    let twice = all
        .windows(2)
        .any(|two| (&two[0].folder, two[0].uid) == (&two[1].folder, two[1].uid));
    match twice {
        true => Err(Fault::Nonsense("a message twice")),
        false => Ok(all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_read_whole_or_not_at_all() {
        let one = r#"{"mailbox":"B \"x\"","mailbox-guid":"0a1f","uid":"2","guid":"abc","size.physical":"7"}"#;
        let two = one
            .replace("\"2\"", "\"1\"")
            .replace("B ", "A ")
            .replace("0a1f", "0b");
        let all = read(format!("[{one},{two}]").as_bytes()).unwrap();
        let seen: Vec<_> = all.iter().map(|one| (one.locator(), one.length)).collect();
        assert_eq!(
            seen,
            [
                ("A \"x\" uid 1".to_owned(), 7),
                ("B \"x\" uid 2".to_owned(), 7)
            ]
        );
        assert!(read(b"[]").unwrap().is_empty());
        for torn in [
            format!("[{one}"),
            format!("[{one},{one}]"),
            format!("[{}]", one.replace("\"2\"", "\"0\"")),
            format!("[{}]", one.replace("\"7\"", "\"-7\"")),
            format!("[{}]", one.replace("0a1f", "1 OR all")),
            format!("[{}]", one.replace("abc", "a\\tb")),
            String::new(),
        ] {
            assert!(read(torn.as_bytes()).is_err(), "{torn}");
        }
    }
}
