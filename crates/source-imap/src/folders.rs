//! Which folders are the account's own (RFC 2342).

use std::collections::BTreeSet;

use crate::fault::Fault;
use crate::value::Value;

/// The namespaces of a server, each by what its names begin with, in bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Namespaces {
    /// The account's own.
    own: Vec<Vec<u8>>,
    /// Those of other people, and those that several share.
    others: Vec<Vec<u8>>,
}

impl Namespaces {
    /// Reads the answer to `NAMESPACE`: three lists, the first of them the account's own.
    pub(crate) fn of(values: &[Value]) -> Result<Self, Fault> {
        const TORN: Fault = Fault::Nonsense("it does not say which folders are the account's own");
        let [_, own, people, shared] = values else {
            return Err(TORN);
        };
        let prefixes = |one: &Value| -> Result<Vec<Vec<u8>>, Fault> {
            if one.is("NIL") {
                return Ok(vec![]);
            }
            let all = one.list().ok_or(TORN)?.iter().map(|namespace| {
                let prefix = namespace.list().and_then(<[_]>::first);
                Ok(prefix.and_then(Value::text).ok_or(TORN)?.to_vec())
            });
            all.collect()
        };
        let found = Self {
            own: prefixes(own)?,
            others: [prefixes(people)?, prefixes(shared)?].concat(),
        };
        let both = found.own.iter().any(|own| found.others.contains(own));
        match found.own.is_empty() || both {
            true => Err(TORN),
            false => Ok(found),
        }
    }

    /// What the names of the account's own folders begin with.
    pub(crate) fn own(&self) -> impl Iterator<Item = &[u8]> {
        self.own.iter().map(Vec::as_slice)
    }

    /// Whether a folder is the account's own: of all beginnings that fit, the longest decides.
    pub(crate) fn is_own(&self, name: &[u8]) -> bool {
        if is_inbox(name) {
            return true;
        }
        let longest = |all: &[Vec<u8>]| {
            let fits = all.iter().filter(|prefix| begins(name, prefix));
            fits.map(Vec::len).max()
        };
        match (longest(&self.own), longest(&self.others)) {
            (Some(own), Some(other)) => own > other,
            (own, _) => own.is_some(),
        }
    }
}

/// `INBOX` may be written in any letter case (RFC 3501, 5.1), and begin other names.
fn begins(name: &[u8], prefix: &[u8]) -> bool {
    let Some(beginning) = name.get(..prefix.len()) else {
        return false;
    };
    let inbox = prefix.len().min(5);
    match is_inbox(&prefix[..inbox]) {
        true => is_inbox(&beginning[..inbox]) && beginning[inbox..] == prefix[inbox..],
        false => beginning == prefix,
    }
}

pub(crate) fn is_inbox(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"INBOX")
}

/// Adds the folder that an answer to `LIST` names, unless it holds no messages itself or is another's. Gives the length
/// of the name in bytes, if it is new.
pub(crate) fn listed(
    values: &[Value],
    namespaces: &Namespaces,
    to: &mut BTreeSet<String>,
) -> Result<Option<usize>, Fault> {
    const TORN: Fault = Fault::Nonsense("a folder without a name");
    let [Value::Word(_), Value::List(flags), _, name, ..] = values else {
        return Err(TORN);
    };
    // A folder may be called NIL.
    let (Value::Word(name) | Value::Text(name)) = name else {
        return Err(TORN);
    };
    let nothing = |flag: &Value| flag.is("\\Noselect") || flag.is("\\NonExistent");
    if flags.iter().any(nothing) || !namespaces.is_own(name) {
        return Ok(None);
    }
    let plain = name.iter().all(|byte| matches!(byte, b' '..=b'~'));
    if name.is_empty() || !plain {
        return Err(Fault::Nonsense("a folder whose name is not in ASCII"));
    }
    let new = to.insert(match is_inbox(name) {
        true => "INBOX".to_owned(),
        false => String::from_utf8_lossy(name).into_owned(),
    });
    Ok(new.then_some(name.len()))
}

/// A name as a quoted string; it holds printable ASCII alone.
pub(crate) fn quoted(name: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in name.chars() {
        if matches!(letter, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::values;

    fn namespaces(answer: &str) -> Namespaces {
        Namespaces::of(&values(answer.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn a_folder_is_the_accounts_own_by_the_longest_beginning() {
        // Dovecot; Cyrus with and without altnamespace, in which what is shared begins with nothing.
        let dovecot = "NAMESPACE ((\"\" \"/\")) ((\"user/\" \"/\")) ((\"shared/\" \"/\"))";
        let cyrus = "NAMESPACE ((\"INBOX.\" \".\")) ((\"user.\" \".\")) ((\"\" \".\"))";
        let two = "NAMESPACE ((\"\" \"/\")(\"archive/\" \"/\")) NIL NIL";
        for (answer, name, own) in [
            (dovecot, "Sent", true),
            (dovecot, "inbox", true),
            (dovecot, "user/birk/INBOX", false),
            (dovecot, "users", true),
            (dovecot, "shared/all", false),
            (cyrus, "INBOX", true),
            (cyrus, "INBOX.Sent", true),
            (cyrus, "Inbox.Sent", true),
            (cyrus, "user.birk", false),
            (cyrus, "everybody", false),
            (two, "archive/2020", true),
        ] {
            assert_eq!(namespaces(answer).is_own(name.as_bytes()), own, "{name}");
        }
    }

    #[test]
    fn a_server_that_does_not_say_whose_folders_are_whose_is_not_believed() {
        for answer in [
            "NAMESPACE NIL NIL NIL",
            "NAMESPACE ((\"\" \"/\")) NIL ((\"\" \"/\"))",
            "NAMESPACE ((\"\" \"/\")) NIL",
            "NAMESPACE (NIL) NIL NIL",
        ] {
            let values = values(answer.as_bytes()).unwrap();
            assert!(Namespaces::of(&values).is_err(), "{answer}");
        }
    }

    #[test]
    fn folders_without_messages_and_those_of_others_are_left_out() {
        let namespaces = namespaces("NAMESPACE ((\"\" \"/\")) ((\"user/\" \"/\")) NIL");
        let mut all = BTreeSet::new();
        let mut list = |answer: &str| {
            listed(&values(answer.as_bytes()).unwrap(), &namespaces, &mut all).is_ok()
        };
        assert!(list("LIST () \"/\" iNBOX"));
        assert!(list("LIST (\\Noselect) \"/\" folders"));
        assert!(list("LIST (\\HasChildren \\noSelect) \"/\" more"));
        assert!(list("LIST () \"/\" user/birk"));
        assert!(list("LIST (\\Sent) \"/\" \"a \\\"b\\\"\" ()"));
        assert!(list("LIST () NIL NIL"));
        assert!(!list("LIST () \"/\" \"\""));
        assert!(!list("LIST \"/\" x"));
        assert_eq!(Vec::from_iter(all), ["INBOX", "NIL", "a \"b\""]);
        assert_eq!(quoted("a \"b\\"), "\"a \\\"b\\\\\"");
    }
}
